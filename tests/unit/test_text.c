/* SPDX-License-Identifier: MIT */
/* text/: which face a family gets and its measures, symbols, scripts, directions, letter cases. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>
#include <strings.h>

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

static const TextFace *regular(const char *family)
{
    return text_face(fonts, family, 400, false, false, NULL);
}

/* ---- which face (frames-styles 4.1) ---- */

static void expect_family(const char *asked, bool fixed, const char *want)
{
    bool substituted = false;
    const TextFace *face = text_face(fonts, asked, 400, false, fixed, &substituted);
    if (strcmp(face->family, want))
        fail_msg("%s%s gets %s, not %s", asked, fixed ? " (fixed)" : "", face->family, want);
    assert_int_equal(substituted, strcasecmp(asked, want) != 0);
}

static void installed_families_are_themselves(void **state)
{
    (void)state;
    static const char *const names[] = {
        "Liberation Sans",  "Liberation Serif",
        "Liberation Mono",  "Lato",
        "Carlito",          "Caladea",
        "DejaVu Sans",      "DejaVu Serif",
        "DejaVu Sans Mono", "DejaVu Math TeX Gyre",
        "OpenSymbol",       "Open Sans",
    };
    for (size_t i = 0; i < COUNT(names); i++) {
        expect_family(names[i], false, names[i]);
        expect_family(names[i], true, names[i]);
    }
    assert_string_equal(regular("liberation SERIF")->family, "Liberation Serif");
}

/* The table of 4.1: what LibreOffice 7.4 was seen to take. */
static void families_that_are_missing_get_what_libreoffice_takes(void **state)
{
    (void)state;
    static const struct { const char *asked[24], *got;
    } table[] = {
        { { "Arial", "Helvetica", "Albany", "Albany AMT", "Nimbus Sans L", "arial", "ARIAL" },
          "Liberation Sans" },
        { { "Times New Roman", "Times", "Thorndale", "Thorndale AMT", "Nimbus Roman No9 L" },
          "Liberation Serif" },
        { { "Courier New", "Courier", "Cumberland" }, "Liberation Mono" },
        { { "Calibri" }, "Carlito" },
        { { "Cambria" }, "Caladea" },
        { { "Cambria Math" }, "DejaVu Math TeX Gyre" },
        { { "Georgia", "Garamond", "Palatino Linotype", "Constantia", "FreeSerif", "SimSun",
            "Bitstream Vera Serif", "serif" },
          "DejaVu Serif" },
        { { "Consolas", "FreeMono", "Andale Mono", "Monospace" }, "DejaVu Sans Mono" },
        { { "Verdana",
            "Tahoma",
            "Ubuntu",
            "Trebuchet MS",
            "Segoe UI",
            "Arial Narrow",
            "Arial Black",
            "Arial Unicode MS",
            "Century Gothic",
            "Comic Sans MS",
            "Impact",
            "Lucida Sans",
            "Roboto",
            "Noto Sans",
            "Calibri Light",
            "Aptos",
            "Book Antiqua",
            "Bookman Old Style",
            "Liberation Sans Narrow",
            "Franklin Gothic",
            "Gill Sans",
            "Rockwell",
            "Mangal" },
          "DejaVu Sans" },
        { { "No Such Font", "", "%s%n", "a/400/0/0" }, "DejaVu Sans" },
        { { "Symbol", "Wingdings", "Webdings", "Monotype Sorts", "Zapf Dingbats", "StarSymbol" },
          "OpenSymbol" },
    };
    for (size_t i = 0; i < COUNT(table); i++)
        for (size_t k = 0; table[i].asked[k]; k++)
            expect_family(table[i].asked[k], false, table[i].got);
    assert_string_equal(regular(NULL)->family, "DejaVu Sans");
}

/* 4.1: "With pitch fixed: all but Arial, Times New Roman, Courier New, Calibri, Cambria and
 * installed fonts become DejaVu Sans Mono." */
static void fixed_pitch_makes_unknown_families_monospaced(void **state)
{
    (void)state;
    expect_family("Arial", true, "Liberation Sans");
    expect_family("Times New Roman", true, "Liberation Serif");
    expect_family("Courier New", true, "Liberation Mono");
    expect_family("Calibri", true, "Carlito");
    expect_family("Cambria", true, "Caladea");
    expect_family("Verdana", true, "DejaVu Sans Mono");
    expect_family("Georgia", true, "DejaVu Sans Mono");
    expect_family("No Such Font", true, "DejaVu Sans Mono");
}

static void fixed_pitch_makes_the_other_twins_monospaced_too(void **state)
{
    (void)state;
    static const char *const names[] = { "Helvetica", "Albany",  "Nimbus Sans L", "Times",
                                         "Thorndale", "Courier", "Cumberland" };
    for (size_t i = 0; i < COUNT(names); i++)
        expect_family(names[i], true, "DejaVu Sans Mono");
}

/* text.md 7.4: bold from 600 on; a family without a face of that kind is imitated. */
static void weight_and_slant_choose_the_face(void **state)
{
    (void)state;
    static const char family[] = "Liberation Serif";
    const TextFace *r = text_face(fonts, family, 400, false, false, NULL);
    const TextFace *b = text_face(fonts, family, 700, false, false, NULL);
    const TextFace *i = text_face(fonts, family, 400, true, false, NULL);
    assert_true(r->weight < 600 && !r->italic && !r->synthetic_bold && !r->synthetic_italic);
    assert_true(b->weight >= 600 && !b->italic && !b->synthetic_bold);
    assert_true(i->italic && !i->synthetic_italic);
    assert_ptr_equal(text_face(fonts, family, 599, false, false, NULL), r);
    assert_ptr_equal(text_face(fonts, family, 600, false, false, NULL), b);
    assert_ptr_equal(text_face(fonts, family, 100, false, false, NULL), r);
    assert_ptr_equal(text_face(fonts, family, 900, false, false, NULL), b);
    const TextFace *s = text_face(fonts, "OpenSymbol", 700, true, false, NULL);
    assert_true(s->synthetic_bold && s->synthetic_italic);
    assert_ptr_equal(s->base, regular("OpenSymbol"));
    assert_ptr_equal(text_face(fonts, "StarSymbol", 700, true, false, NULL), s);
    assert_string_equal(text_face(fonts, "Lato Semibold", 400, false, false, NULL)->postscript,
                        "Lato-Semibold");
    assert_string_equal(text_face(fonts, "Lato", 400, false, false, NULL)->postscript,
                        "Lato-Regular");
    assert_string_equal(text_face(fonts, "Lato", 700, true, false, NULL)->postscript,
                        "Lato-BoldItalic");
}

static void faces_are_numbered_as_they_are_used(void **state)
{
    (void)state;
    for (unsigned i = 0; i < text_face_count(fonts); i++)
        assert_int_equal(text_face_at(fonts, i)->id, i);
}

/* ---- measures of the files, read from their tables by another program (text.md 1.1) ---- */

static void vertical_measures_come_from_the_right_table(void **state)
{
    (void)state;
    static const struct { const char *family; int upem, ascent, descent, gap; } faces[] = {
        { "Liberation Serif", 2048, 1825, 443, 87 },    /* hhea */
        { "Liberation Sans", 2048, 1854, 434, 67 },     { "Liberation Mono", 2048, 1705, 615, 0 },
        { "Lato", 2000, 1610, 390, 400 },               /* typo: bit 7 of fsSelection */
        { "DejaVu Sans", 2048, 1901, 483, 0 },          { "Carlito", 2048, 1536, 512, 452 },
        { "Caladea", 1000, 900, 250, 0 },               { "Open Sans", 2048, 2189, 600, 0 },
        { "OpenSymbol", 2048, 1420, 442, 0 },           /* its gap does not count */
    };
    for (size_t i = 0; i < COUNT(faces); i++) {
        const TextFace *f = regular(faces[i].family);
        assert_string_equal(f->family, faces[i].family);
        assert_int_equal(f->upem, faces[i].upem);
        assert_int_equal(f->ascent, faces[i].ascent);
        assert_int_equal(f->descent, faces[i].descent);
        assert_int_equal(f->gap, faces[i].gap);
    }
}

/* ---- missing characters (frames-styles 4.2) ---- */

static const char *fallback(const char *family, unsigned weight, uint32_t c)
{
    const TextFace *face = text_face(fonts, family, weight, false, false, NULL);
    assert_false(text_has(face, c));
    const TextFace *other = text_fallback(fonts, face, c);
    if (other)
        assert_true(text_has(other, c));
    return other ? other->family : NULL;
}

static void faces_know_their_characters(void **state)
{
    (void)state;
    const TextFace *f = regular("Liberation Serif");
    assert_true(text_has(f, 'a') && text_has(f, 0x142) && text_has(f, 0x20ac));
    assert_false(text_has(f, 0x2713) || text_has(f, 0x4e2d) || text_has(f, 0x10ffff) ||
                 text_has(f, 0xffffffff));
}

static void missing_characters_are_lent_by_another_face(void **state)
{
    (void)state;
    assert_string_equal(fallback("Liberation Sans", 400, 0x2713), "DejaVu Sans");
    assert_string_equal(fallback("Liberation Sans", 700, 0x2713), "DejaVu Sans");
    assert_string_equal(fallback("Liberation Serif", 400, 0x10d0), "DejaVu Serif"); /* Georgian */
    assert_null(fallback("Liberation Sans", 400, 0x4e2d));
    assert_null(fallback("Liberation Sans", 400, 0x10fffd));
    const TextFace *bold = text_face(fonts, "Liberation Sans", 700, false, false, NULL);
    const TextFace *other = text_fallback(fonts, bold, 0x2713);
    assert_true(other->weight >= 600 || other->synthetic_bold);
}

static void check_mark_of_a_serif_face_is_that_of_the_math_face(void **state)
{
    (void)state;
    assert_string_equal(fallback("Liberation Serif", 400, 0x2713), "DejaVu Math TeX Gyre");
    assert_string_equal(fallback("Caladea", 400, 0x2713), "DejaVu Math TeX Gyre");
}

/* ---- symbol fonts (frames-styles 4.4) ---- */

static void symbols_are_recoded_to_opensymbol(void **state)
{
    (void)state;
    static const struct { const char *family; uint32_t from, to;
    } table[] = {
        { "Wingdings", 0xf06c, 0xe437 },  { "Wingdings", 0xf06e, 0xe439 },
        { "Wingdings", 0xf06f, 0xe43a },  { "Wingdings", 0xf071, 0xe43c },
        { "Wingdings", 0xf076, 0xe441 },  { "Wingdings", 0xf0a7, 0xe46f },
        { "Wingdings", 0xf0a8, 0xe470 },  { "Wingdings", 0xf0b7, 0xe47f },
        { "Wingdings", 0xf0d8, 0xe49e },  { "Wingdings", 0xf0e0, 0xe4a6 },
        { "Wingdings", 0xf0f0, 0xe4b6 },  { "Wingdings", 0xf0fc, 0xe4c2 },
        { "Wingdings", 0xf0fe, 0xe4c4 },  { "Wingdings", 0xf020, ' ' },
        { "Wingdings", 0xfc, 0xe4c2 }, /* a code below 0x100 means 0xf000 more */
        { "wingdings", 0xa7, 0xe46f },    { "Symbol", 0xf0b7, 0xe12c },
        { "Symbol", 0xf0ae, 0xe124 },     { "Symbol", 0xf0a8, 0x2666 },
        { "Symbol", 0xf061, 0x3b1 },      { "Symbol", 0xf0de, 0x21d2 },
        { "Symbol", 0xf044, 0x394 },      { "Symbol", 0xf095, 0xe12c },
        { "Wingdings", 0xf0fb, 0xe4c1 },  { "Wingdings", 0xf023, 0xf023 },
        { "Wingdings 2", 0xf0a3, 0xe57c }, { "Wingdings 2", 0xf052, 0xe531 },
        { "Webdings", 0xf03c, 0xe31b },   { "ZapfDingbats", 0xf06c, 0xe226 },
        { "Symbol", 0xb7, 0xe12c },       { "Symbol", 0x61, 0x3b1 },
        { "StarSymbol", 0x2022, 0x2022 }, { "StarSymbol", 0xe00a, 0xe00a },
        { "StarSymbol", 'a', 'a' },
    };
    for (size_t i = 0; i < COUNT(table); i++)
        assert_int_equal(text_symbol(table[i].family, table[i].from), table[i].to);
    assert_true(text_symbol_family("Wingdings") && text_symbol_family("symbol") &&
                text_symbol_family("Webdings"));
    assert_false(text_symbol_family("OpenSymbol") || text_symbol_family("Lato") ||
                 text_symbol_family(NULL));
}

/* Every target of the recoding exists in OpenSymbol; none is read out as a private character. */
static void recoded_symbols_exist_and_mean_something(void **state)
{
    (void)state;
    const TextFace *f = regular("OpenSymbol");
    for (uint32_t c = 0xf020; c < 0xf100; c++) {
        static const char *const families[] = { "Wingdings", "Symbol", "Wingdings 2",
                                                "Webdings", "ZapfDingbats" };
        for (size_t i = 0; i < COUNT(families); i++) {
            uint32_t to = text_symbol(families[i], c);
            if (to != c && to != ' ')
                assert_true(text_has(f, to) || (to < 0xe000 && text_fallback(fonts, f, to)));
            uint32_t means = text_meaning(to);
            assert_false(means >= 0xe000 && means <= 0xf8ff);
        }
    }
    assert_int_equal(text_meaning('a'), 'a');
    assert_int_equal(text_meaning(0xf900), 0xf900);
    assert_int_equal(text_meaning(0xdfff), 0xdfff);
}

/* ---- characters ---- */

static void scripts_choose_the_font_group(void **state)
{
    (void)state;
    static const struct { uint32_t c; TextScript script;
    } table[] = {
        { 'a', SCRIPT_WESTERN },    { 0x142, SCRIPT_WESTERN }, { 0x3b1, SCRIPT_WESTERN },
        { 0x416, SCRIPT_WESTERN },  { ' ', SCRIPT_WEAK },      { '1', SCRIPT_WEAK },
        { 0x2013, SCRIPT_WEAK },    { 0x201e, SCRIPT_WEAK },   { 0x5d0, SCRIPT_COMPLEX },
        { 0x627, SCRIPT_COMPLEX },  { 0x915, SCRIPT_COMPLEX }, { 0xe01, SCRIPT_COMPLEX },
        { 0xfb50, SCRIPT_COMPLEX }, { 0x4e2d, SCRIPT_ASIAN },  { 0x3042, SCRIPT_ASIAN },
        { 0xac00, SCRIPT_ASIAN },   { 0x20000, SCRIPT_ASIAN },
    };
    for (size_t i = 0; i < COUNT(table); i++)
        if (text_script(table[i].c) != table[i].script)
            fail_msg("U+%04X is of script %d", table[i].c, text_script(table[i].c));
}

static void expect_levels(const char *text, bool rtl, const char *want)
{
    uint8_t level[100];
    size_t len = strlen(text);
    text_bidi(text, len, rtl, level);
    assert_int_equal(strlen(want), len);
    for (size_t i = 0; i < len; i++)
        if (level[i] != want[i] - '0')
            fail_msg("%s: byte %zu has level %d, not %c", text, i, level[i], want[i]);
}

/* UAX #9: levels by character, repeated for its bytes. */
static void bidi_levels_follow_uax_9(void **state)
{
    (void)state;
    expect_levels("", false, "");
    expect_levels("abc ąę 12", false, "00000000000");
    expect_levels("ab אב", false, "0001111");
    expect_levels("אב cd", false, "1111000");
    expect_levels("א 12 ב", false, "11122111");
    expect_levels("ab אב", true, "2211111");
    expect_levels("a😀א", false, "0000011");
    expect_levels("אa\xff"
                  "b",
                  false, "11000"); /* a broken byte does not shift the others */
}

static void expect_case(const char *text, bool upper, const char *language, const char *want)
{
    Buf b = {0};
    text_case(&b, text, strlen(text), upper, language);
    assert_string_equal(b.p, want);
    buf_free(&b);
}

static void letter_cases_follow_the_language(void **state)
{
    (void)state;
    expect_case("Zażółć gęślą jaźń", true, "pl", "ZAŻÓŁĆ GĘŚLĄ JAŹŃ");
    expect_case("ZAŻÓŁĆ GĘŚLĄ JAŹŃ", false, "pl", "zażółć gęślą jaźń");
    expect_case("straße", true, "de", "STRASSE");
    expect_case("title", true, "tr", "TİTLE");
    expect_case("title", true, "", "TITLE");
    expect_case("", true, "pl", "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(installed_families_are_themselves),
        cmocka_unit_test(families_that_are_missing_get_what_libreoffice_takes),
        cmocka_unit_test(fixed_pitch_makes_unknown_families_monospaced),
        cmocka_unit_test(fixed_pitch_makes_the_other_twins_monospaced_too),
        cmocka_unit_test(weight_and_slant_choose_the_face),
        cmocka_unit_test(faces_are_numbered_as_they_are_used),
        cmocka_unit_test(vertical_measures_come_from_the_right_table),
        cmocka_unit_test(faces_know_their_characters),
        cmocka_unit_test(missing_characters_are_lent_by_another_face),
        cmocka_unit_test(check_mark_of_a_serif_face_is_that_of_the_math_face),
        cmocka_unit_test(symbols_are_recoded_to_opensymbol),
        cmocka_unit_test(recoded_symbols_exist_and_mean_something),
        cmocka_unit_test(scripts_choose_the_font_group),
        cmocka_unit_test(bidi_levels_follow_uax_9),
        cmocka_unit_test(letter_cases_follow_the_language),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
