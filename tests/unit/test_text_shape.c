/* SPDX-License-Identifier: MIT */
/* text/: shaping: advances, kerning, ligatures, directions, the cache, the cap on marks. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>
#include <time.h>

#include "text/text.h"

static TextFonts *fonts;

static int set_up(void **state)
{
    (void)state;
    Diags *d = diags_new(LANG_EN);
    fonts = text_fonts_open(NULL, d);
    diags_free(d);
    return fonts ? 0 : -1;
}

static int tear_down(void **state)
{
    (void)state;
    text_fonts_free(fonts);
    return 0;
}

static const TextFeatures plain = { .kerning = true, .language = "pl" };

static const TextPiece *shape(const char *family, const char *text, TextFeatures o)
{
    return text_shape(fonts, text_face(fonts, family, 400, false, false, NULL), &o, text,
                      strlen(text));
}

static int32_t width(const TextPiece *p)
{
    int32_t sum = 0;
    for (uint32_t i = 0; i < p->n_glyph; i++)
        sum += p->glyph[i].advance;
    return sum;
}

/* hmtx of LiberationMono-Regular: every advance is 1229 of 2048. */
static void advances_are_font_units(void **state)
{
    (void)state;
    const TextPiece *p = shape("Liberation Mono", "Zażółć 12", plain);
    assert_int_equal(p->n_glyph, 9);
    for (uint32_t i = 0; i < p->n_glyph; i++) {
        assert_int_equal(p->glyph[i].advance, 1229);
    }
    assert_null(p->offset);
    assert_string_equal(p->text, "Zażółć 12");
    assert_int_equal(p->len, 13);
}

static void clusters_are_bytes_of_the_text(void **state)
{
    (void)state;
    static const uint32_t want[] = { 0, 1, 2, 4, 6, 8, 10, 11 };
    const TextPiece *p = shape("Liberation Mono", "Zażółć a", plain);
    assert_int_equal(p->n_glyph, COUNT(want));
    for (uint32_t i = 0; i < p->n_glyph; i++)
        assert_int_equal(p->glyph[i].cluster, want[i]);
}

/* text.md 3.2: pair kerning is switched by style:letter-kerning. */
static void kerning_is_on_only_when_asked(void **state)
{
    (void)state;
    const TextPiece *on = shape("Liberation Serif", "AVAVAV", plain);
    const TextPiece *off =
        shape("Liberation Serif", "AVAVAV", (TextFeatures){ .kerning = false, .language = "pl" });
    assert_true(width(on) < width(off));
    int32_t a = width(shape("Liberation Serif", "A", plain)),
            v = width(shape("Liberation Serif", "V", plain));
    assert_int_equal(width(off), 3 * (a + v));
}

static void ligatures_are_one_glyph_of_two_characters(void **state)
{
    (void)state;
    const TextPiece *p = shape("Carlito", "ti", plain);         /* Carlito has one, in liga */
    const TextPiece *q = shape("Liberation Mono", "ti", plain);
    assert_int_equal(q->n_glyph, 2);
    assert_true(p->n_glyph <= 2);
    assert_int_equal(p->glyph[0].cluster, 0);
}

static void right_to_left_text_comes_in_visual_order(void **state)
{
    (void)state;
    const TextPiece *p =
        shape("DejaVu Sans", "אבג", (TextFeatures){ .rtl = true, .language = "he" });
    assert_int_equal(p->n_glyph, 3);
    assert_true(p->rtl);
    assert_int_equal(p->glyph[0].cluster, 4);
    assert_int_equal(p->glyph[1].cluster, 2);
    assert_int_equal(p->glyph[2].cluster, 0);
}

static void equal_texts_are_shaped_once(void **state)
{
    (void)state;
    char copy[] = "Uczestnik projektu";
    const TextPiece *p = shape("Lato", "Uczestnik projektu", plain);
    assert_ptr_equal(shape("Lato", copy, plain), p);
    assert_ptr_not_equal(shape("Lato", "Uczestnik projekty", plain), p);
    assert_ptr_not_equal(shape("Carlito", copy, plain), p);
    assert_ptr_not_equal(shape("Lato", copy, (TextFeatures){ .kerning = false, .language = "pl" }),
                         p);
    assert_ptr_not_equal(shape("Lato", copy, (TextFeatures){ .kerning = true, .language = "en" }),
                         p);
    assert_ptr_not_equal(shape("Lato", copy,
                               (TextFeatures){ .kerning = true, .rtl = true, .language = "pl" }),
                         p);
    char longer[3000];
    memset(longer, 'x', sizeof longer - 1);
    longer[sizeof longer - 1] = 0;
    assert_ptr_equal(shape("Lato", longer, plain), shape("Lato", longer, plain));
}

/* What looks like the head of another key is another text. */
static void keys_of_the_cache_do_not_meet(void **state)
{
    (void)state;
    const TextPiece *p = shape("Liberation Mono", "b/c", (TextFeatures){ .language = "a" });
    const TextPiece *q = shape("Liberation Mono", "c", (TextFeatures){ .language = "a/b" });
    assert_ptr_not_equal(p, q);
    assert_int_equal(q->n_glyph, 1);
}

static void empty_text_has_no_glyphs(void **state)
{
    (void)state;
    const TextPiece *p = shape("Lato", "", plain);
    assert_int_equal(p->n_glyph, 0);
    assert_int_equal(p->len, 0);
}

/* ISO 19005-2, 6.2.11.7.3: what is read must not be private characters. */
static void private_characters_are_read_as_what_they_mean(void **state)
{
    (void)state;
    const TextPiece *p = shape("OpenSymbol", "\ue4c4\ue4c2", plain);
    assert_int_equal(p->n_glyph, 2);
    assert_string_equal(p->text, "☑✓");
    const TextFace *f = text_face(fonts, "OpenSymbol", 400, false, false, NULL);
    hb_codepoint_t glyph;
    assert_true(hb_font_get_nominal_glyph(f->font, 0xe4c4, &glyph));
    assert_int_equal(p->glyph[0].glyph, glyph);         /* drawn is still the private one */
    assert_string_equal(shape("OpenSymbol", "a\ufb01\uf8ff", plain)->text, "a\ufb01•");
}

static void trimming_keeps_small_caches_and_empties_large_ones(void **state)
{
    (void)state;
    const TextPiece *p = shape("Lato", "kept", plain);
    text_trim(fonts);
    assert_ptr_equal(shape("Lato", "kept", plain), p);
    char text[200];
    for (int i = 0; i < 20000; i++) {
        snprintf(text, sizeof text, "%d to jest dość długi tekst, aby pamięć się zapełniła", i);
        shape("Liberation Mono", text, plain);
    }
    text_trim(fonts);
    p = shape("Liberation Mono", "after", plain);
    assert_int_equal(p->n_glyph, 5);
    assert_int_equal(width(p), 5 * 1229);
    assert_ptr_equal(shape("Liberation Mono", "after", plain), p);
}

/* The same text, shaped by HarfBuzz as a whole. */
static void assert_whole(const TextFace *face, const char *text, TextFeatures o)
{
    const TextPiece *p = text_shape(fonts, face, &o, text, strlen(text));
    hb_buffer_t *b = hb_buffer_create();
    hb_buffer_add_utf8(b, text, -1, 0, -1);
    hb_buffer_set_cluster_level(b, HB_BUFFER_CLUSTER_LEVEL_MONOTONE_CHARACTERS);
    hb_buffer_set_direction(b, o.rtl ? HB_DIRECTION_RTL : HB_DIRECTION_LTR);
    hb_buffer_set_language(b, hb_language_from_string(o.language, -1));
    hb_buffer_guess_segment_properties(b);
    hb_feature_t off = { HB_TAG('k', 'e', 'r', 'n'), 0, 0, (unsigned)-1 };
    hb_shape(face->font, b, &off, o.kerning ? 0 : 1);
    unsigned n;
    const hb_glyph_info_t *info = hb_buffer_get_glyph_infos(b, &n);
    const hb_glyph_position_t *at = hb_buffer_get_glyph_positions(b, NULL);
    assert_int_equal(p->n_glyph, n);
    for (unsigned i = 0; i < n; i++) {
        assert_int_equal(p->glyph[i].glyph, info[i].codepoint);
        assert_int_equal(p->glyph[i].cluster, info[i].cluster);
        assert_int_equal(p->glyph[i].advance, at[i].x_advance);
        assert_int_equal(p->offset ? p->offset[i].dx : 0, at[i].x_offset);
        assert_int_equal(p->offset ? p->offset[i].dy : 0, at[i].y_offset);
    }
    hb_buffer_destroy(b);
}

/* Kerning with spaces, ligatures, spaces in a row and at the ends, digits alone, marks on spaces
 * and over them, fractions, Lato's and Carlito's Greek capitals that lose their accent for what
 * stands beyond a space. */
static void words_are_shaped_as_in_the_whole_text(void **state)
{
    (void)state;
    static const char *const texts[] = {
        "Wykaz T A V Y, „W A” AV To 11 71 Ta. fi ffl office", " A  V   T ", "  ", " ", "A ", " A",
        "12 345,67 zł", "12 345", "A 1 A", "1⁄2 3⁄4 1 2⁄3 2 1⁄2", "o\u0301 \u0301 a\u0328 \u0306x",
        "Zażółć gęślą jaźń — i jeszcze raz", "Ά Γ Άγ Γ Ά", "ΤΆ ΓΆ", "α Ά Γ", "А Т У в", "T\u0301 A",
        "l·l L·L ŀ", "A\tV T", "f i f f i", "\u200bA V\u200d f i", "שלום עולם", "بسم الله",
    };
    static const char *const families[] = { "Liberation Serif", "Liberation Sans", "Lato",
                                            "Carlito", "Caladea", "DejaVu Sans", "DejaVu Serif",
                                            "OpenSymbol" };
    for (size_t f = 0; f < COUNT(families); f++)
        for (unsigned look = 0; look < 4; look++) {
            const TextFace *face =
                text_face(fonts, families[f], look & 1 ? 700 : 400, look & 2, false, NULL);
            for (size_t t = 0; t < COUNT(texts); t++)
                for (unsigned o = 0; o < 4; o++)
                    assert_whole(face, texts[t],
                                 (TextFeatures){ .kerning = o & 1, .rtl = o & 2,
                                                 .language = "pl" });
        }
}

/* A face of Liberation Serif's glyphs whose only rule (GSUB of OpenType 1.9) makes a ligature, the
 * glyph of “&”, of the characters given. */
static hb_face_t *with_ligature(const TextFace *like, const char *of)
{
    unsigned n = (unsigned)strlen(of);
    hb_codepoint_t g[4] = {0}, sign = 0;
    for (unsigned i = 0; i < n; i++)
        assert_true(hb_font_get_nominal_glyph(like->font, (unsigned char)of[i], &g[i]));
    assert_true(hb_font_get_nominal_glyph(like->font, '&', &sign));
    const uint16_t table[] = {
        1, 0, 10, 30, 44,                               /* version, the three lists */
        1, 'D' << 8 | 'F', 'L' << 8 | 'T', 8, 4, 0, 0, 0xffff, 1, 0,
        1, 'l' << 8 | 'i', 'g' << 8 | 'a', 8, 0, 1, 0,
        1, 4, 4, 0, 1, 8,                               /* one look-up of ligatures */
        1, 8, 1, 14, 1, 1, (uint16_t)g[0],              /* for what begins with the first */
        1, 4, (uint16_t)sign, (uint16_t)n, (uint16_t)g[1], (uint16_t)g[2],
    };
    uint8_t bytes[sizeof table];
    for (size_t i = 0; i < COUNT(table); i++) {
        bytes[2 * i] = (uint8_t)(table[i] >> 8);
        bytes[2 * i + 1] = (uint8_t)table[i];
    }
    static const hb_tag_t copied[] = { HB_TAG('h', 'e', 'a', 'd'), HB_TAG('h', 'h', 'e', 'a'),
                                       HB_TAG('h', 'm', 't', 'x'), HB_TAG('m', 'a', 'x', 'p'),
                                       HB_TAG('c', 'm', 'a', 'p') };
    hb_face_t *face = hb_face_builder_create();
    for (size_t i = 0; i < COUNT(copied); i++) {
        hb_blob_t *b = hb_face_reference_table(like->hb, copied[i]);
        assert_true(hb_face_builder_add_table(face, copied[i], b));
        hb_blob_destroy(b);
    }
    hb_blob_t *b =
        hb_blob_create((char *)bytes, sizeof bytes, HB_MEMORY_MODE_DUPLICATE, NULL, NULL);
    assert_true(hb_face_builder_add_table(face, HB_TAG('G', 'S', 'U', 'B'), b));
    hb_blob_destroy(b);
    b = hb_face_reference_blob(face);
    hb_face_destroy(face);
    face = hb_face_create(b, 0);
    hb_blob_destroy(b);
    return face;
}

static void ligatures_of_spaces_are_made_in_the_whole_text(void **state)
{
    (void)state;
    static const char *const rules[] = { "f ", "f i", " f", " f ", "  ", "ff" };
    const TextFace *like = text_face(fonts, "Liberation Serif", 400, false, false, NULL);
    TextFace faces[COUNT(rules)];
    for (size_t i = 0; i < COUNT(rules); i++) {
        TextFace *face = &faces[i];
        *face = *like;
        face->hb = with_ligature(like, rules[i]);
        face->font = hb_font_create(face->hb);
        face->id = 1000 + (unsigned)i;
        assert_int_equal(text_shape(fonts, face, &plain, rules[i], strlen(rules[i]))->n_glyph, 1);
        assert_whole(face, "f i f i", plain);
        assert_whole(face, "of if  ff a", plain);
        assert_whole(face, " f  i ", plain);
        assert_whole(face, "a b", plain);
        hb_font_destroy(face->font);
        hb_face_destroy(face->hb);
    }
}

/* HarfBuzz is quadratic in runs of combining marks: they are cut. */
static void a_million_combining_marks_take_less_than_a_second(void **state)
{
    (void)state;
    Buf b = {0};
    buf_chr(&b, 'a');
    for (int i = 0; i < 1000000; i++)
        buf_utf8(&b, 0x300 + (uint32_t)(i % 5));
    buf_chr(&b, 'b');
    clock_t from = clock();
    const TextPiece *p = text_shape(fonts, text_face(fonts, "DejaVu Sans", 400, false, false, NULL),
                                    &plain, b.p, b.n);
    assert_true(clock() - from < CLOCKS_PER_SEC);
    assert_true(p->n_glyph >= 2 && p->n_glyph < 100);
    assert_int_equal(p->glyph[p->n_glyph - 1].cluster, b.n - 1);
    buf_free(&b);
}

/* Up to 30 marks are those of real writing (UAX #15, 13): none is lost. */
static void marks_of_real_writing_are_kept(void **state)
{
    (void)state;
    Buf b = {0};
    for (int k = 0; k < 3; k++) {
        buf_chr(&b, 'q');               /* composes with nothing */
        for (int i = 0; i < 30; i++)
            buf_utf8(&b, 0x323);
    }
    const TextPiece *p = shape("DejaVu Sans", b.p, plain);
    assert_int_equal(p->n_glyph, 93);
    buf_free(&b);
}

/* Other marks are as quadratic as those above U+0300. */
static void marks_of_other_scripts_are_cut_too(void **state)
{
    (void)state;
    static const uint32_t marks[] = { 0x5b0, 0x64e, 0x20d0, 0x1ab0, 0xfe20, 0x3099, 0x1e8d0 };
    for (size_t k = 0; k < COUNT(marks); k++) {
        Buf b = {0};
        buf_chr(&b, 'a');
        for (int i = 0; i < 200000; i++)
            buf_utf8(&b, marks[k]);
        clock_t from = clock();
        shape("DejaVu Sans", b.p, plain);
        if (clock() - from > CLOCKS_PER_SEC / 2)
            fail_msg("200,000 of U+%04X took %ld ms", marks[k],
                     (long)((clock() - from) * 1000 / CLOCKS_PER_SEC));
        buf_free(&b);
    }
}

/* The broken bytes of a text must not stop the shaping, nor shift what follows. */
static void broken_bytes_are_shaped_as_replacements(void **state)
{
    (void)state;
    const TextPiece *p = shape("Liberation Mono", "a\xff""b", plain);
    assert_int_equal(p->n_glyph, 3);
    assert_int_equal(p->glyph[2].cluster, 2);
}

/* Carlito has neither character; LibreOffice draws them by the glyphs of the others. */
static void no_break_space_and_hyphen_are_drawn_as_ordinary_ones(void **state)
{
    (void)state;
    const TextFace *carlito = text_face(fonts, "Carlito", 400, false, false, NULL);
    assert_true(text_has(carlito, 0xa0) && text_has(carlito, 0x2011));
    const TextPiece *hard = shape("Carlito", "a\u00a0b\u2011c", plain),
                    *soft = shape("Carlito", "a b-c", plain);
    assert_int_equal(hard->n_glyph, 5);
    for (uint32_t i = 0; i < 5; i++)
        assert_int_equal(hard->glyph[i].glyph, soft->glyph[i].glyph);
    assert_int_equal(hard->glyph[1].advance, 463);      /* of 2048, hmtx */
    assert_string_equal(hard->text, "a\u00a0b\u2011c");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(advances_are_font_units),
        cmocka_unit_test(clusters_are_bytes_of_the_text),
        cmocka_unit_test(kerning_is_on_only_when_asked),
        cmocka_unit_test(ligatures_are_one_glyph_of_two_characters),
        cmocka_unit_test(right_to_left_text_comes_in_visual_order),
        cmocka_unit_test(equal_texts_are_shaped_once),
        cmocka_unit_test(keys_of_the_cache_do_not_meet),
        cmocka_unit_test(empty_text_has_no_glyphs),
        cmocka_unit_test(private_characters_are_read_as_what_they_mean),
        cmocka_unit_test(trimming_keeps_small_caches_and_empties_large_ones),
        cmocka_unit_test(words_are_shaped_as_in_the_whole_text),
        cmocka_unit_test(ligatures_of_spaces_are_made_in_the_whole_text),
        cmocka_unit_test(a_million_combining_marks_take_less_than_a_second),
        cmocka_unit_test(marks_of_real_writing_are_kept),
        cmocka_unit_test(marks_of_other_scripts_are_cut_too),
        cmocka_unit_test(broken_bytes_are_shaped_as_replacements),
        cmocka_unit_test(no_break_space_and_hyphen_are_drawn_as_ordinary_ones),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
