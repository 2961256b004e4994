/* SPDX-License-Identifier: MIT */
/* Text put together from words, each of them shaped once, with the spaces beside it: what a font
 * kerns against a space belongs to the word.  That is right as long as no rule of the font looks
 * beyond a space; where one does, the text is shaped as a whole. */
#include "internal.h"

#include <hb-aat.h>
#include <hb-ot.h>
#include <string.h>

/* Without `apart` the word depends on what is beyond the spaces. */
typedef struct { uint32_t n; bool apart; TextGlyph glyph[]; } Word;

/* What HarfBuzz applies to horizontal text unasked; but for fractions, which it makes of digits
 * that stand together. */
static const hb_tag_t applied[] = {
    HB_TAG('r', 'v', 'r', 'n'), HB_TAG('l', 't', 'r', 'a'), HB_TAG('l', 't', 'r', 'm'),
    HB_TAG('r', 'a', 'n', 'd'), HB_TAG('a', 'b', 'v', 'm'), HB_TAG('b', 'l', 'w', 'm'),
    HB_TAG('c', 'c', 'm', 'p'), HB_TAG('l', 'o', 'c', 'l'), HB_TAG('m', 'a', 'r', 'k'),
    HB_TAG('m', 'k', 'm', 'k'), HB_TAG('r', 'l', 'i', 'g'), HB_TAG('c', 'a', 'l', 't'),
    HB_TAG('c', 'l', 'i', 'g'), HB_TAG('c', 'u', 'r', 's'), HB_TAG('d', 'i', 's', 't'),
    HB_TAG('k', 'e', 'r', 'n'), HB_TAG('l', 'i', 'g', 'a'), HB_TAG('r', 'c', 'l', 't'), 0
};

/* Adds the glyphs that one look-up may change, or has changed, for what is beyond a space: those of
 * rules with a space in what they look at.  Kerning of two glyphs looks no farther than it. */
static void add_lookup(hb_set_t *out, hb_face_t *face, hb_tag_t table, unsigned lookup,
                       hb_codepoint_t space)
{
    hb_set_t *before = hb_set_create(), *input = hb_set_create(), *after = hb_set_create();
    hb_set_t *output = hb_set_create();
    hb_ot_layout_lookup_collect_glyphs(face, table, lookup, before, input, after, output);
    bool context = !hb_set_is_empty(before) || !hb_set_is_empty(after);
    bool sees = hb_set_has(before, space) || hb_set_has(input, space) || hb_set_has(after, space);
    if (!context)               /* as the first glyph of a ligature it is within the word */
        hb_set_del(input, space);
    if (sees && (context || table == HB_OT_TAG_GSUB)) {
        hb_set_union(out, input);
        hb_set_union(out, output);
    }
    hb_set_destroy(before);
    hb_set_destroy(input);
    hb_set_destroy(after);
    hb_set_destroy(output);
}

/* Graphite's and Apple's rules cannot be asked. */
static bool opaque(hb_face_t *face)
{
    hb_blob_t *graphite = hb_face_reference_table(face, HB_TAG('S', 'i', 'l', 'f'));
    bool found = hb_blob_get_length(graphite) > 0;
    hb_blob_destroy(graphite);
    return found || hb_aat_layout_has_substitution(face) || hb_aat_layout_has_positioning(face);
}

/* The glyphs that may change for what is beyond a space, kept with the face: all of them where the
 * space itself may. */
static const hb_set_t *far_sighted(const TextFace *face)
{
    static hb_user_data_key_t key;
    static const hb_tag_t tables[] = { HB_OT_TAG_GSUB, HB_OT_TAG_GPOS };
    hb_set_t *set = hb_face_get_user_data(face->hb, &key);
    hb_codepoint_t space = 0;
    if (set)
        return set;
    set = hb_set_create();
    bool any = hb_font_get_nominal_glyph(face->font, ' ', &space);
    for (size_t i = 0; any && i < COUNT(tables); i++) {
        hb_set_t *lookups = hb_set_create();
        hb_ot_layout_collect_lookups(face->hb, tables[i], NULL, NULL, applied, lookups);
        for (hb_codepoint_t k = HB_SET_VALUE_INVALID; hb_set_next(lookups, &k); )
            add_lookup(set, face->hb, tables[i], k, space);
        hb_set_destroy(lookups);
    }
    if (!any || opaque(face->hb) || hb_set_has(set, space))
        hb_set_add_range(set, 0, UINT16_MAX);
    hb_face_set_user_data(face->hb, &key, set, (hb_destroy_func_t)hb_set_destroy, true);
    return set;
}

/* The script of a text; words of several scripts written with spaces have a cache each. */
static int cache_of(const char *text, size_t len, hb_script_t *script)
{
    static const hb_script_t spaced[WORD_SCRIPTS] = { HB_SCRIPT_COMMON, HB_SCRIPT_LATIN,
                                                      HB_SCRIPT_GREEK, HB_SCRIPT_CYRILLIC };
    hb_unicode_funcs_t *u = hb_unicode_funcs_get_default();
    *script = HB_SCRIPT_COMMON;
    int n;
    for (const char *p = text, *end = text + len; p < end; p += n) {
        hb_script_t s = hb_unicode_script(u, utf8_get(p, end, &n));
        if (s == HB_SCRIPT_COMMON || s == HB_SCRIPT_INHERITED || s == HB_SCRIPT_UNKNOWN)
            continue;
        *script = s;
        break;
    }
    for (int i = 0; i < WORD_SCRIPTS; i++)
        if (*script == spaced[i])
            return i;
    return -1;
}

/* text goes on to the space behind the word, which is no part of it; len with that space.  Words
 * with moved glyphs, which are few, are not kept. */
static Word *make(TextFonts *f, const Shaper *s, hb_script_t script, const char *text, size_t len,
                  bool space)
{
    const hb_set_t *far = far_sighted(s->face);
    shaper_glyphs(f, s, script, text, len);
    size_t n = f->glyph.n;
    Word *w = arena_get(f->shaped_arena, sizeof *w + n * sizeof *w->glyph);
    w->apart = !f->offset.n;
    w->n = (uint32_t)(n - (space && n));
    for (size_t i = 0; i < n; i++) {
        w->glyph[i] = f->glyph.p[i];
        w->apart &= !hb_set_has(far, w->glyph[i].glyph);
    }
    return w;
}

static const Word *word(TextFonts *f, Shaper *s, int cache, hb_script_t script, const char *text,
                        size_t len, bool space)
{
    Word *w = map_get(s->words[cache], text, len);
    if (!w) {
        w = make(f, s, script, text, len, space);
        map_put(s->words[cache], text, len, w);
    }
    return w->apart ? w : NULL;
}

const TextGlyph *words_shape(TextFonts *f, Shaper *s, const char *text, size_t len, uint32_t *count)
{
    hb_script_t script;
    if (s->features.rtl || !memchr(text, ' ', len))
        return NULL;
    int cache = cache_of(text, len, &script);
    if (cache < 0)
        return NULL;
    if (!s->words[cache])
        s->words[cache] = map_new(f->shaped_arena);
    f->word.n = 0;
    size_t total = 0;
    for (size_t at = 0, end; at < len; at = end) {
        const char *space = memchr(text + at + 1, ' ', len - at - 1);
        end = space ? (size_t)(space - text) : len;
        const Word *w = word(f, s, cache, script, text + at, end - at + !!space, space);
        if (!w)
            return NULL;
        vec_push(&f->word, ((PlacedWord){ w->glyph, w->n, (uint32_t)at }));
        total += w->n;
    }
    TextGlyph *g = ARENA_ARRAY(f->shaped_arena, TextGlyph, total), *out = g;
    for (size_t i = 0; i < f->word.n; i++)
        for (uint32_t k = 0; k < f->word.p[i].n; k++) {
            *out = f->word.p[i].glyph[k];
            out++->cluster += f->word.p[i].at;
        }
    *count = (uint32_t)total;
    return g;
}
