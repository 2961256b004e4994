/* SPDX-License-Identifier: MIT */
/* Shaping by HarfBuzz: unhinted advances in font units, each text of a face shaped once. */
#include "internal.h"

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

void shaper_glyphs(TextFonts *f, const Shaper *s, hb_script_t script, const char *text, size_t len)
{
    unsigned n;
    bool moved = false;
    hb_buffer_t *b = f->buffer;
    hb_buffer_clear_contents(b);
    add_text(b, text, len);
    hb_buffer_set_cluster_level(b, HB_BUFFER_CLUSTER_LEVEL_MONOTONE_CHARACTERS);
    hb_buffer_set_direction(b, s->features.rtl ? HB_DIRECTION_RTL : HB_DIRECTION_LTR);
    hb_buffer_set_language(b, s->language);
    if (script != HB_SCRIPT_INVALID)
        hb_buffer_set_script(b, script);
    hb_buffer_guess_segment_properties(b);
    hb_feature_t off = { HB_TAG('k', 'e', 'r', 'n'), 0, 0, (unsigned)-1 };
    hb_shape(s->face->font, b, &off, s->features.kerning ? 0 : 1);
    const hb_glyph_info_t *info = hb_buffer_get_glyph_infos(b, &n);
    const hb_glyph_position_t *at = hb_buffer_get_glyph_positions(b, NULL);
    f->glyph.n = f->offset.n = 0;
    for (unsigned i = 0; i < n; i++) {
        TextGlyph g = { info[i].cluster, (uint16_t)info[i].codepoint, units(at[i].x_advance) };
        vec_push(&f->glyph, g);
        moved |= at[i].x_offset || at[i].y_offset;
    }
    for (unsigned i = 0; moved && i < n; i++)
        vec_push(&f->offset, ((TextOffset){ units(at[i].x_offset), units(at[i].y_offset) }));
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
static TextPiece *shape(TextFonts *f, Shaper *s, const char *text, size_t len)
{
    TextPiece *p = ARENA_NEW(f->shaped_arena, TextPiece);
    p->face = s->face;
    p->text = explained(f->shaped_arena, text, len);
    p->len = (uint32_t)len;
    p->rtl = s->features.rtl;
    p->glyph = words_shape(f, s, text, len, &p->n_glyph);
    if (p->glyph)
        return p;
    shaper_glyphs(f, s, HB_SCRIPT_INVALID, text, len);
    p->n_glyph = (uint32_t)f->glyph.n;
    TextGlyph *glyph = ARENA_ARRAY(f->shaped_arena, TextGlyph, f->glyph.n);
    if (f->glyph.n)
        memcpy(glyph, f->glyph.p, f->glyph.n * sizeof *glyph);
    p->glyph = glyph;
    if (f->offset.n) {
        TextOffset *offset = ARENA_ARRAY(f->shaped_arena, TextOffset, f->offset.n);
        memcpy(offset, f->offset.p, f->offset.n * sizeof *offset);
        p->offset = offset;
    }
    return p;
}

static Shaper *shaper_of(TextFonts *f, const TextFace *face, const TextFeatures *o)
{
    struct { unsigned face; TextFeatures features; } key;
    Shaper *s = f->shaper;
    if (s && s->face == face && s->features.kerning == o->kerning && s->features.rtl == o->rtl &&
        !strcmp(s->features.language, o->language))
        return s;
    memset(&key, 0, sizeof key);
    key.face = face->id;
    key.features.kerning = o->kerning;
    key.features.rtl = o->rtl;
    snprintf(key.features.language, sizeof key.features.language, "%s", o->language);
    f->shaper = s = map_get(f->shapers, (const char *)&key, sizeof key);
    if (s)
        return s;
    f->shaper = s = ARENA_NEW(f->shaped_arena, Shaper);
    s->face = face;
    s->features = key.features;
    s->language = hb_language_from_string(o->language[0] ? o->language : "und", -1);
    s->pieces = map_new(f->shaped_arena);
    map_put(f->shapers, (const char *)&key, sizeof key, s);
    return s;
}

const TextPiece *text_shape(TextFonts *f, const TextFace *face, const TextFeatures *o,
                            const char *text, size_t len)
{
    Shaper *s = shaper_of(f, face, o);
    TextPiece *p = map_get(s->pieces, text, len);
    if (!p) {
        p = shape(f, s, map_intern(s->pieces, text, len), len);
        map_put(s->pieces, text, len, p);
    }
    return p;
}

void text_trim(TextFonts *f)
{
    if (arena_size(f->shaped_arena) < SHAPED_BYTES)
        return;
    arena_reset(f->shaped_arena);
    f->shapers = map_new(f->shaped_arena);
    f->shaper = NULL;
}
