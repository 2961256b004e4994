/* SPDX-License-Identifier: MIT */
/* text/: where a line may begin (writer-layout, text 3.5) and where a word may be hyphenated. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>
#include <time.h>

#include "text/text.h"

/* marked: the text with a caret at each place where a line may begin. */
static void expect_with(const char *marked, bool hyphenate)
{
    char text[400] = "", found[800];
    uint8_t can[401];
    size_t n = 0, f = 0;
    for (const char *s = marked; *s; s++)
        if (*s != '^')
            text[n++] = *s;
    text_breaks(text, n, hyphenate, can);
    for (size_t i = 0; i < n; i++) {
        if (can[i])
            found[f++] = '^';
        found[f++] = text[i];
    }
    found[f] = 0;
    assert_string_equal(found, marked);
}

static void expect(const char *marked)
{
    expect_with(marked, false);
}

static void line_begins_after_spaces_only(void **state)
{
    (void)state;
    expect("");
    expect("a");
    expect("aa ^bb ^cc");
    expect("aa   ^bb");
    expect(" ^aa ");
    expect("aa\t^bb");
    expect("w ^domu ^z ^mamą ^i ^3 ^osoby");            /* 3.6: no rule for one-letter words */
    expect("aa\u2003^bb\u2009^cc\u3000^dd");            /* other Unicode spaces */
    expect("aa\u200b^bb");
}

static void line_begins_after_hyphens_and_dashes(void **state)
{
    (void)state;
    expect("aa-^bb");
    expect("12-^31");
    expect("aa ^-^5");
    expect("aa(-^9");
    expect("aa\u2010^bb");
    expect("aa–^bb^—^cc");
    expect("1–^31 ^grudnia ^2011");
    expect("aa ^– ^bb ^— ^cc ^- ^dd");
    expect("biało-^czerwony");
}

static void line_begins_after_these_signs(void **state)
{
    (void)state;
    expect("aa\\^bb");
    expect("aa|^bb");
    expect("aa!^bb");
    expect("aa?^bb");
    expect("aa…^bb");
    expect("aa\u00ad^bb");
    expect("aa! ^bb? ^cc… ^dd");
    expect("aa ^! ^bb ^% ^cc ^) ^dd");                  /* alone they end a line like a word */
}

static void percent_begins_a_line_but_not_after_a_number(void **state)
{
    (void)state;
    expect("aa^%bb");
    expect("ść^%");
    expect("12%bb");
    expect("12 ^%");
    expect("a)^%");
    expect("5)%");
    expect("\"%");
}

/* Measured with LibreOffice 7.4: all pairs of 50 characters, letters or digits on both sides. */
static void signs_and_brackets_meet_as_in_writer(void **state)
{
    (void)state;
    expect("call()^[0].name");
    expect("aa)^(bb");
    expect("aa.^[bb");
    expect("aa:^„bb");
    expect("a@b.c");
    expect("aa)^+bb");
    expect("2)+3");
    expect("2)^(3");
    expect("aa+^(bb");
    expect("2+(3");
    expect("5^—^6");
    expect("„—”");
    expect("a^——^b");
    expect("a,^…^b");
    expect("a…");
    expect("aa ^\u22125");
    expect("a\u2212b");
}

static void line_never_begins_round_these(void **state)
{
    (void)state;
    static const char *const never[] = {
        ".",      ",",      ":",      ";",      "@",      "_",   "(",    ")",      "[", "]",
        "+",      "=",      "&",      "~",      "*",      "#",   "\"",   "'",      "„", "”",
        "“",      "‘",      "’",      "‚",      "«",      "»",   "‹",    "›",      "·", "•",
        "°",      "§",      "€",      "$",      "<",      ">",   "×",    "\u2212", "→", "←",
        "\u2011", "\u2060", "\u00a0", "\u202f", "\u2007", "...", "....", "____",
    };
    char text[64];
    for (size_t i = 0; i < COUNT(never); i++) {
        snprintf(text, sizeof text, "aa%sbb", never[i]);
        expect(text);
        snprintf(text, sizeof text, "12%s34", never[i]);
        expect(text);
        snprintf(text, sizeof text, "a%s5", never[i]);
        expect(text);
        snprintf(text, sizeof text, "aa%s ^bb", never[i]);
        if (!strchr("([", never[i][0]) && strcmp(never[i], "„") && strcmp(never[i], "‚") &&
            strcmp(never[i], "\u00a0") && strcmp(never[i], "\u202f") &&
            strcmp(never[i], "\u2007") && strcmp(never[i], "\u2060") && strcmp(never[i], "\u2011"))
            expect(text);
    }
}

/* "none between an opening bracket and the next word even with spaces between" */
static void opening_bracket_holds_the_next_word(void **state)
{
    (void)state;
    expect("mmm ^( nnn");
    expect("mmm ^[  nnn");
    expect("mmm ^{ nnn");
    expect("mmm ^„ nnn");
    expect("mmm( nnn");
    expect("mmm ^\" ^nnn");                             /* the plain quote is no such bracket */
    expect("mmm ^(nnn) ^ooo");
}

static void slash_breaks_only_where_no_space_is_near(void **state)
{
    (void)state;
    expect("aa/^bb");
    expect("aa/^bb/^cc");
    expect("ii ^aa/bb");
    expect_with("ii ^aa/^bb", true);
    expect("ii ^https://www.przyklad.pl/strona/dalej ^koniec");
}

/* 66 characters before the slash are looked at. */
static void slash_looks_back_66_characters(void **state)
{
    (void)state;
    static const char *const letters[] = { "a", "ż" };
    for (size_t k = 0; k < COUNT(letters); k++)
        for (int n = 60; n < 72; n++) {
            char marked[400] = "i ^";
            for (int i = 0; i < n; i++)
                strcat(marked, letters[k]);
            /* the space is the (n + 1)th character before the slash */
            strcat(marked, n + 1 <= 66 ? "/bb" : "/^bb");
            expect(marked);
        }
}

static void ideographs_break_between_each_other(void **state)
{
    (void)state;
    expect("中^文^字");
}

static void broken_bytes_do_no_harm(void **state)
{
    (void)state;
    uint8_t can[8];
    text_breaks("\xff\xfe \xc5", 4, false, can);
    assert_int_equal(can[0], 0);
    assert_int_equal(can[3], 1);
}

static void long_texts_take_linear_time(void **state)
{
    (void)state;
    size_t n = 4 << 20;
    char *text = mem_new(n);
    uint8_t *can = mem_new(n + 1);
    for (size_t i = 0; i < n; i++)
        text[i] = "a/ -%"[i * 7 % 5];
    clock_t from = clock();
    text_breaks(text, n, false, can);
    assert_true(clock() - from < CLOCKS_PER_SEC * 2);
    free(text);
    free(can);
}

/* ---- hyphenation (3.12) ---- */

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

static void hyphens(const char *marked, int before, int after)
{
    char word[200] = "", found[400];
    uint8_t can[201];
    size_t n = 0, f = 0;
    for (const char *s = marked; *s; s++)
        if (*s != '-')
            word[n++] = *s;
    assert_true(text_hyphenate(fonts, "pl", word, n, before, after, can));
    for (size_t i = 0; i < n; i++) {
        if (can[i])
            found[f++] = '-';
        found[f++] = word[i];
    }
    found[f] = 0;
    assert_string_equal(found, marked);
}

/* The places LibreOffice was seen to take, 12-hyphenation-pl. */
static void polish_words_are_hyphenated_as_libreoffice_does(void **state)
{
    (void)state;
    hyphens("kon-stan-ty-no-po-li-tań-czy-ko-wia-necz-ka", 2, 2);
    hyphens("oświad-cze-nie", 2, 2);
    hyphens("wo-je-wódz-two", 2, 2);
}

static void capitals_are_hyphenated_too(void **state)
{
    (void)state;
    hyphens("WO-JE-WÓDZ-TWO", 2, 2);
    hyphens("OŚWIAD-CZE-NIE", 2, 2);
}

static void ends_of_a_word_stay_together(void **state)
{
    (void)state;
    hyphens("woje-wódz-two", 3, 2);
    hyphens("woje-wódz-two", 4, 3);
    hyphens("woje-wództwo", 3, 4);
    hyphens("województwo", 9, 9);
}

static void what_is_no_polish_word_is_left_alone(void **state)
{
    (void)state;
    uint8_t can[1000];
    hyphens("", 2, 2);
    hyphens("a", 2, 2);
    hyphens("中文字中文字", 2, 2);
    assert_true(text_hyphenate(fonts, "pl-PL", "zdanie", 6, 2, 2, can));
    assert_false(text_hyphenate(fonts, "xx", "zdanie", 6, 2, 2, can));
    assert_false(text_hyphenate(fonts, "", "zdanie", 6, 2, 2, can));
    for (int i = 0; i < 6; i++)
        assert_int_equal(can[i], 0);
    char word[900];
    memset(word, 'a', sizeof word);
    assert_true(text_hyphenate(fonts, "pl", word, sizeof word, 2, 2, can));
    assert_true(text_hyphenate(fonts, "pl", "\xff\xfe\xff\xff\xff", 5, 2, 2, can));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(line_begins_after_spaces_only),
        cmocka_unit_test(line_begins_after_hyphens_and_dashes),
        cmocka_unit_test(line_begins_after_these_signs),
        cmocka_unit_test(percent_begins_a_line_but_not_after_a_number),
        cmocka_unit_test(signs_and_brackets_meet_as_in_writer),
        cmocka_unit_test(line_never_begins_round_these),
        cmocka_unit_test(opening_bracket_holds_the_next_word),
        cmocka_unit_test(slash_breaks_only_where_no_space_is_near),
        cmocka_unit_test(slash_looks_back_66_characters),
        cmocka_unit_test(ideographs_break_between_each_other),
        cmocka_unit_test(broken_bytes_do_no_harm),
        cmocka_unit_test(long_texts_take_linear_time),
        cmocka_unit_test(polish_words_are_hyphenated_as_libreoffice_does),
        cmocka_unit_test(capitals_are_hyphenated_too),
        cmocka_unit_test(ends_of_a_word_stay_together),
        cmocka_unit_test(what_is_no_polish_word_is_left_alone),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
