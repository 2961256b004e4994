/* SPDX-License-Identifier: MIT */
#include "test_odf.h"

static int32_t twips(const char *s)
{
    int32_t v = 12345;
    return odf_length(s, &v) ? v : -99999;
}

static void lengths_are_rounded_to_twips(void **state)
{
    (void)state;
    assert_int_equal(twips("1in"), 1440);
    assert_int_equal(twips("2.54cm"), 1440);
    assert_int_equal(twips("25.4mm"), 1440);
    assert_int_equal(twips("6pc"), 1440);
    assert_int_equal(twips("12pt"), 240);
    assert_int_equal(twips("0.523cm"), 297);    /* text.md section 9 */
    assert_int_equal(twips("0.7777in"), 1120);  /* tables-pages.md section 9 */
    assert_int_equal(twips("10cm"), 5669);
    assert_int_equal(twips("3.333cm"), 1890);
    assert_int_equal(twips("0.05pt"), 1);
    assert_int_equal(twips("-1cm"), -567);
    assert_int_equal(twips(".5in"), 720);
    assert_int_equal(twips(" 21.001cm "), 11906);
    assert_int_equal(twips("96px"), 1440);
    assert_int_equal(twips("0"), 0);
}

static void what_is_no_length_is_refused(void **state)
{
    (void)state;
    static const char *const bad[] = { "",     "cm",     "5", "5%",    "5em", "1,5cm", "1.5.5cm",
                                       "5cmx", "5 cm x", "-", "--5cm", "nan", "1e5cm" };
    for (size_t i = 0; i < COUNT(bad); i++)
        assert_int_equal(twips(bad[i]), -99999);
    int32_t v;
    assert_false(odf_length(NULL, &v));
}

/* 11 pt are 388.06 hundredths of a millimetre; 388 are 219.97 twips. */
static void lengths_of_drawings_are_cut(void **state)
{
    (void)state;
    static const struct { const char *s; int32_t twips; } want[] = {
        { "0.399cm", 226 }, { "0.9cm", 510 }, { "0.901cm", 510 }, { "1in", 1440 }, { "20pt", 400 },
        { "11pt", 219 }, { "0cm", 0 }, { "-1cm", 0 }, { "9999999cm", 1 << 24 },
    };
    for (size_t i = 0; i < COUNT(want); i++) {
        int32_t v = -1;
        assert_true(odf_length_drawn(want[i].s, &v));
        assert_int_equal(v, want[i].twips);
    }
    int32_t v;
    assert_false(odf_length_drawn(NULL, &v));
    assert_false(odf_length_drawn("5%", &v));
}

static void absurd_lengths_stay_small_enough_to_add(void **state)
{
    (void)state;
    assert_true(twips("9999999cm") <= 1 << 24);
    assert_true(twips("-9999999cm") >= -(1 << 24));
    assert_int_equal(twips("99999999999999999999cm"), -99999);
}

static void percentages_are_whole(void **state)
{
    (void)state;
    int32_t v;
    assert_true(odf_percent("50%", &v) && v == 50);
    assert_true(odf_percent("33.4%", &v) && v == 33);
    assert_true(odf_percent("-33%", &v) && v == -33);
    assert_false(odf_percent("50", &v));
    assert_false(odf_percent("50pt", &v));
}

static void colours_are_six_digits(void **state)
{
    (void)state;
    assert_int_equal(odf_color("#0a0B0c"), 0x0a0b0c);
    assert_int_equal(odf_color("transparent"), COLOR_NONE);
    assert_int_equal(odf_color("#fff"), COLOR_NONE);
    assert_int_equal(odf_color("#-12345"), COLOR_NONE);
    assert_int_equal(odf_color("# 12345"), COLOR_NONE);
    assert_int_equal(odf_color("#12345g"), COLOR_NONE);
    assert_int_equal(odf_color(NULL), COLOR_NONE);
}

static void number(const char *format, bool sync, int n, const char *expected)
{
    char out[48];
    odf_number_format(format, sync, n, out, sizeof out);
    assert_string_equal(out, expected);
}

static void numbers_are_written_in_the_formats_of_lists(void **state)
{
    (void)state;
    number("1", false, 12, "12");
    number("1", false, -3, "-3");
    number("a", false, 12, "l");
    number("a", false, 26, "z");
    number("a", false, 27, "aa");
    number("a", false, 28, "ab");
    number("a", true, 27, "aa");
    number("a", true, 28, "bb");
    number("A", true, 53, "AAA");
    number("A", false, 703, "AAA");
    number("I", false, 12, "XII");
    number("i", false, 1994, "mcmxciv");
    number("I", false, 3999, "MMMCMXCIX");
    number("I", false, 0, "");
    number("", false, 7, "");
    number("01, 02, 03, ...", false, 7, "07");
    number("01, 02, 03, ...", false, 123, "123");
    number(NULL, false, 7, "7");
}

static void a_number_is_cut_to_its_room(void **state)
{
    (void)state;
    char out[4] = "xxx";
    odf_number_format("I", false, 3888, out, sizeof out);
    assert_string_equal(out, "MMM");
    odf_number_format("a", true, 100000, out, sizeof out);
    assert_int_equal(strlen(out), 3);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(lengths_are_rounded_to_twips), TEST(what_is_no_length_is_refused),
        TEST(lengths_of_drawings_are_cut), TEST(absurd_lengths_stay_small_enough_to_add),
        TEST(percentages_are_whole),
        TEST(colours_are_six_digits), TEST(numbers_are_written_in_the_formats_of_lists),
        TEST(a_number_is_cut_to_its_room),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
