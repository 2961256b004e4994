/* SPDX-License-Identifier: MIT */
#ifndef TEXT_INTERNAL_H
#define TEXT_INTERNAL_H

#include <fontconfig/fontconfig.h>
#include <hyphen.h>

#include "text.h"

/* A face that is installed: what fontconfig says of it. */
typedef struct {
    FcPattern *pattern;         /* owned by the configuration */
    const FcCharSet *characters;
    const char *file;
    int index;
    unsigned weight;            /* 100-900 */
    bool italic, fixed_pitch;
    TextFace *face;             /* once loaded */
} Installed;

struct TextFonts {
    Arena *arena;
    FcConfig *config;
    VEC(Installed) installed;
    VEC(const TextFace *) face; /* in the order first used: the index is its id */
    Map *asked;                 /* "family/weight/slant/pitch" -> Choice */
    hb_buffer_t *buffer;
    Arena *shaped_arena;
    Map *shaped;
    Map *hyphens;               /* language -> HyphenDict, or none */
    Arena *hyphens_arena;
};

/* Writer draws the no-break space and the no-break hyphen as ordinary ones. */
uint32_t text_drawn(uint32_t c);
/* Opens the file of an installed face; NULL when it cannot be read as a font.  face.c */
TextFace *face_load(TextFonts *f, Installed *i);
/* The same face with made-up bold or slant.  face.c */
const TextFace *face_synthetic(TextFonts *f, const TextFace *face, bool bold, bool italic);
void face_close(const TextFace *face);
void hyphens_free(TextFonts *f);

#endif
