/* SPDX-License-Identifier: MIT */
/* Shaping by HarfBuzz: unhinted advances in font units, each text of a face shaped once. */
#include "internal.h"

#include <stdlib.h>
#include <string.h>

/* HarfBuzz 6 is quadratic in a run of combining marks (CVE-2023-25193): after this many the run is
 * cut, as UAX #15 section 13 (stream-safe text) does. */
enum { MARKS = 30, SHAPED_BYTES = 16 << 20 };

static void add_text(hb_buffer_t *b, const char *text, size_t len)
{
    hb_unicode_funcs_t *u = hb_unicode_funcs_get_default();
    const char *p = text, *end = text + len;
    for (unsigned marks = 0; p < end; ) {
        int n;
        uint32_t c = utf8_get(p, end, &n);
        if (c >= 0x300 &&
            hb_unicode_general_category(u, c) == HB_UNICODE_GENERAL_CATEGORY_NON_SPACING_MARK)
            marks++;
        else
            marks = 0;
        if (marks <= MARKS)
            hb_buffer_add(b, text_drawn(c), (unsigned)(p - text));
        p += n;
    }
    hb_buffer_set_content_type(b, HB_BUFFER_CONTENT_TYPE_UNICODE);
}

/* No letter of a font is 32 em wide: what goes beyond is nonsense. */
static int16_t units(hb_position_t v)
{
    return (int16_t)(v > INT16_MAX ? INT16_MAX : v < INT16_MIN ? INT16_MIN : v);
}

static const TextGlyph *collect(Arena *a, hb_buffer_t *b, uint32_t *count)
{
    unsigned n;
    const hb_glyph_info_t *info = hb_buffer_get_glyph_infos(b, &n);
    const hb_glyph_position_t *at = hb_buffer_get_glyph_positions(b, NULL);
    TextGlyph *g = ARENA_ARRAY(a, TextGlyph, n);
    for (unsigned i = 0; i < n; i++)
        g[i] = (TextGlyph){ .cluster = info[i].cluster,
                            .glyph = (uint16_t)info[i].codepoint,
                            .advance = units(at[i].x_advance),
                            .dx = units(at[i].x_offset),
                            .dy = units(at[i].y_offset) };
    *count = n;
    return g;
}

/* What is read out is not the private characters, but what they mean: as many bytes each. */
static const char *explained(Arena *a, const char *text, size_t len)
{
    char *copy = NULL;
    for (size_t i = 0; i + 2 < len; i++) {
        int n;
        uint32_t c;
        if ((text[i] != '\xee' && text[i] != '\xef') ||
            (c = utf8_get(text + i, text + len, &n)) < 0xe000)
            continue;
        copy = copy ? copy : arena_dup(a, text, len);
        utf8_put(copy + i, text_meaning(c));
    }
    return copy ? copy : text;
}

/* The text must live as long as the piece. */
static TextPiece *shape(TextFonts *f, const TextFace *face, const TextFeatures *o, const char *text,
                        size_t len)
{
    TextPiece *p = ARENA_NEW(f->shaped_arena, TextPiece);
    p->face = face;
    p->text = explained(f->shaped_arena, text, len);
    p->len = (uint32_t)len;
    p->rtl = o->rtl;
    hb_buffer_t *b = f->buffer;
    hb_buffer_clear_contents(b);
    add_text(b, text, len);
    hb_buffer_set_cluster_level(b, HB_BUFFER_CLUSTER_LEVEL_MONOTONE_CHARACTERS);
    hb_buffer_set_direction(b, o->rtl ? HB_DIRECTION_RTL : HB_DIRECTION_LTR);
    hb_buffer_set_language(b, hb_language_from_string(o->language[0] ? o->language : "und", -1));
    hb_buffer_guess_segment_properties(b);
    hb_feature_t off = { HB_TAG('k', 'e', 'r', 'n'), 0, 0, (unsigned)-1 };
    hb_shape(face->font, b, &off, o->kerning ? 0 : 1);
    p->glyph = collect(f->shaped_arena, b, &p->n_glyph);
    return p;
}

const TextPiece *text_shape(TextFonts *f, const TextFace *face, const TextFeatures *o,
                            const char *text, size_t len)
{
    struct { unsigned face; TextFeatures features; } head;
    char stack[256], *key = stack;
    size_t size = sizeof head + len;
    memset(&head, 0, sizeof head);
    head.face = face->id;
    head.features.kerning = o->kerning;
    head.features.rtl = o->rtl;
    snprintf(head.features.language, sizeof head.features.language, "%s", o->language);
    if (size > sizeof stack)
        key = mem_new(size);
    memcpy(key, &head, sizeof head);
    memcpy(key + sizeof head, text, len);
    TextPiece *p = map_get(f->shaped, key, size);
    if (!p) {
        p = shape(f, face, o, map_intern(f->shaped, key, size) + sizeof head, len);
        map_put(f->shaped, key, size, p);
    }
    if (key != stack)
        free(key);
    return p;
}

void text_trim(TextFonts *f)
{
    if (arena_size(f->shaped_arena) < SHAPED_BYTES)
        return;
    arena_reset(f->shaped_arena);
    f->shaped = map_new(f->shaped_arena);
}
