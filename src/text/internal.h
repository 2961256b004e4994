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

enum { WORD_SCRIPTS = 4 };

/* A face with features, and what was shaped with them. */
typedef struct {
    const TextFace *face;
    TextFeatures features;
    hb_language_t language;
    Map *pieces;                /* text -> TextPiece */
    Map *words[WORD_SCRIPTS];   /* words.c; NULL: none yet */
} Shaper;

typedef struct { const TextGlyph *glyph; uint32_t n, at; } PlacedWord;

struct TextFonts {
    Arena *arena;
    FcConfig *config;
    VEC(Installed) installed;
    VEC(const TextFace *) face; /* in the order first used: the index is its id */
    Map *asked;                 /* "family/weight/slant/pitch" -> Choice */
    hb_buffer_t *buffer;
    Arena *shaped_arena;
    Map *shapers;               /* face and features -> Shaper */
    Shaper *shaper;             /* the last one */
    VEC(TextGlyph) glyph;       /* of what is being shaped, and as many */
    VEC(TextOffset) offset;     /* or none, where all are 0 */
    VEC(PlacedWord) word;
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
/* Puts the glyphs of a text into f->glyph and f->offset; its script is that of its letters where
 * none is given (HB_SCRIPT_INVALID).  shape.c */
void shaper_glyphs(TextFonts *f, const Shaper *s, hb_script_t script, const char *text, size_t len);
/* The glyphs of a text put together from its words, kept in f->shaped_arena; NULL: it must be
 * shaped as a whole.  words.c */
const TextGlyph *words_shape(TextFonts *f, Shaper *s, const char *text, size_t len,
                             uint32_t *count);

#endif
