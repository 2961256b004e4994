/* SPDX-License-Identifier: MIT */
/* odf/: what is read of a chart.  The expectations follow from ODF 1.3 part 3, section 11. */
#include "test_odf.h"

#include <math.h>

#include "odf/chart.h"

static void numbers_are_read_whatever_the_locale(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        double value;
    } good[] = {
        { "0", 0 },        { "-12.5", -12.5 },
        { "+3", 3 },       { ".25", .25 },
        { "1.5E3", 1500 }, { "25e-2", .25 },
        { "1E+2", 100 },   { "12345678901234", 12345678901234 },
    };
    static const char *const bad[] = { "",      "NaN",   "INF", "-INF", "1,5",
                                       "1e400", "1.2.3", "x",   "e5",   "--1" };
    for (size_t i = 0; i < COUNT(good); i++)
        assert_true(fabs(chart_number(good[i].text) - good[i].value) <=
                    fabs(good[i].value) * 1e-14);
    for (size_t i = 0; i < COUNT(bad); i++)
        assert_true(isnan(chart_number(bad[i])));
}

static void ranges_are_of_the_table(void **state)
{
    (void)state;
    const ChartTable t = { .rows = 5, .columns = 30 };
    ChartRange r;
    assert_true(chart_range(&t, "local-table.$B$2:.$B$5", &r));
    assert_true(r.column == 1 && r.row == 1 && r.columns == 1 && r.rows == 4);
    assert_true(chart_range(&t, "local-table.AA1:local-table.AD2", &r));
    assert_true(r.column == 26 && r.row == 0 && r.columns == 4 && r.rows == 2);
    assert_true(chart_range(&t, "a.C3", &r));
    assert_true(r.column == 2 && r.row == 2 && r.columns == 1 && r.rows == 1);
    /* what sticks out of the table is cut off; what is not in it at all is none */
    assert_true(chart_range(&t, "a.A4:.ZZ99", &r));
    assert_true(r.columns == 30 && r.rows == 2);
    static const char *const bad[] = { "a.A6", "a.B5:.A1",          "B2",  "",
                                       "a.2B", "a.ZZZZZZZZZZZZZZ1", "a.A0" };
    for (size_t i = 0; i < COUNT(bad); i++)
        assert_false(chart_range(&t, bad[i], &r));
    assert_false(chart_range(&t, NULL, &r));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(numbers_are_read_whatever_the_locale),
        cmocka_unit_test(ranges_are_of_the_table),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
