/* SPDX-License-Identifier: MIT */
/* layout/: charts (frames-styles section 6).  The chart is 200 x 100 pt at the corner of the body,
 * (1000, 1000) to (5000, 3000); two hundredths stay free on each side.  Its letters are Liberation
 * Sans 10 pt, that LibreOffice measures in pixels of 15 twips: 13 of them, 12 above the baseline
 * and 3 below, 7 across for a figure. */
#include "test_layout.h"

#include <math.h>

#include "layout/chart.h"

#define CHART_NS NS("chart", "chart") NS("number", "datastyle")
#define STYLE(name, chart, graphic, text) \
    "<style:style style:name=\"" name "\" style:family=\"chart\"><style:chart-properties " chart \
    "/><style:graphic-properties " graphic "/><style:text-properties " text "/></style:style>"
#define CHART(desc, styles, class, more) \
    "<text:p><draw:frame text:anchor-type=\"as-char\" svg:width=\"200pt\" svg:height=\"100pt\">" \
    "<draw:object><office:document" CHART_NS "><office:automatic-styles>" styles \
    "</office:automatic-styles><office:body><office:chart><chart:chart chart:class=\"chart:" class \
        "\">" more \
        "</chart:chart></office:chart></office:body></office:document></draw:object>" desc \
        "</draw:frame></text:p>"
#define DESC "<svg:desc>Sprzedaż</svg:desc>"
#define TABLE(rows) "<table:table table:name=\"local-table\">" rows "</table:table>"
#define NAMES(a) \
    "<table:table-header-columns/><table:table-header-rows><table:table-row><table:table-cell/>" a \
    "</table:table-row></table:table-header-rows>"
#define S(x) \
    "<table:table-cell office:value-type=\"string\"><text:p>" x "</text:p></table:table-cell>"
#define V(x) "<table:table-cell office:value-type=\"float\" office:value=\"" x "\"/>"
#define R(a, b) "<table:table-row>" S(a) b "</table:table-row>"
#define SERIES "<chart:series chart:style-name=\"s\"/>"
#define FILLED STYLE("s", "", "draw:stroke=\"none\" draw:fill-color=\"#112233\"", "")
#define FOUR TABLE(NAMES(S("Ala")) R("a", V("3")) R("b", V("5")) R("c", V("2")) R("d", V("7")))

/* The boxes of what has a colour, "X Y W H". */
static void expect_paths(const char *body, int32_t color, const char *want)
{
    Laid r = lay((Source){ body });
    Buf b = { 0 };
    buf_str(&b, "");
    for (size_t i = 0; i < r.l->page.p[0]->item.n; i++) {
        const LayoutItem *t = &r.l->page.p[0]->item.p[i];
        if (t->kind == ITEM_PATH && t->color == color)
            buf_format(&b, "%s%d %d %d %d", b.n ? ", " : "", t->x, t->y, t->w, t->h);
    }
    assert_string_equal(b.p, want);
    buf_free(&b);
    done(&r);
}

/* ---- 6.4: scales ---- */

static void expect_scale(double low, double high, const char *want)
{
    const OdfChartAxis axis = { .min = NAN, .max = NAN, .step = NAN };
    char got[80];
    Scale s = scale_make(low, high, (ScaleRule){ &axis, true, false, 10 });
    snprintf(got, sizeof got, "%g %g %g", s.min, s.max, s.step);
    assert_string_equal(got, want);
}

/* The pictures of LibreOffice 7.4 for the same numbers. */
static void axes_reach_a_step_beyond_what_comes_near_their_ends(void **state)
{
    (void)state;
    expect_scale(1, 7, "0 8 1");
    expect_scale(1, 9, "0 10 1");
    expect_scale(.1, .8, "0 0.9 0.1");
    expect_scale(2, 20, "0 25 5");
    expect_scale(-7, 3, "-8 4 2");
    expect_scale(-2, 3, "-3 4 1");
    expect_scale(-2, 0, "-2.5 0 0.5");
    expect_scale(95, 100, "92 101 1");
    expect_scale(5, 5, "0 6 1");
    expect_scale(0, 0, "0 1 0.1");
    expect_scale(NAN, NAN, "0 1 0.1");
    expect_scale(900000, 3400000, "0 4e+06 500000");
}

static void given_ends_and_steps_hold(void **state)
{
    (void)state;
    const OdfChartAxis axis = { .min = 1, .max = 6, .step = .5 };
    Scale s = scale_make(0, 100, (ScaleRule){ &axis, true, false, 10 });
    assert_true(s.min == 1 && s.max == 6 && s.step == .5);
    const OdfChartAxis tens = { .min = NAN, .max = NAN, .step = NAN, .logarithmic = true };
    s = scale_make(1, 7000, (ScaleRule){ &tens, true, false, 10 });
    assert_true(s.min == 1 && s.max == 10000);
    assert_true(fabs(scale_at(&s, 100) - .5) < 1e-9 && isnan(scale_at(&s, 0)));
}

/* ---- 6.5: the plot is 3840 x 1920 at (1080, 1040), a category 960 wide, its bar half of that */

static void bars_stand_in_the_middle_of_their_category(void **state)
{
    (void)state;
    /* up to 8: 240 for each */
    expect_paths(CHART(DESC, FILLED, "bar", "<chart:plot-area>" SERIES "</chart:plot-area>" FOUR),
                 0x112233,
                 "1320 2240 480 720, 2280 1760 480 1200, 3240 2480 480 480, 4200 1280 480 1680");
}

static void bars_that_lie_go_upwards(void **state)
{
    (void)state;
    /* 480 for each unit; a category is 480 high, its bar 240 */
    expect_paths(CHART(DESC, FILLED STYLE("p", "chart:vertical=\"true\"", "", ""), "bar",
                       "<chart:plot-area chart:style-name=\"p\">" SERIES "</chart:plot-area>" FOUR),
                 0x112233,
                 "1080 2600 1440 240, 1080 2120 2400 240, 1080 1640 960 240, 1080 1160 3360 240");
}

#define BARE(x) \
    "<chart:plot-area><chart:axis chart:dimension=\"x\" chart:style-name=\"x\"/>" SERIES \
    "</chart:plot-area>" x

static void bars_begin_at_the_axis_of_names(void **state)
{
    (void)state;
    /* from -6 to 4, 192 for each; the axis is at the lower end */
    expect_paths(CHART(DESC, FILLED STYLE("x", "chart:axis-position=\"start\"", "", ""), "bar",
                       BARE(TABLE(NAMES(S("x")) R("a", V("3")) R("b", V("-5"))))),
                 0x112233, "1560 1232 960 1728, 3480 2768 960 192");
    /* turned round, the first one is on the right */
    expect_paths(CHART(DESC, FILLED STYLE("x", "chart:reverse-direction=\"true\"", "", ""), "bar",
                       BARE(FOUR)),
                 0x112233,
                 "4200 2240 480 720, 3240 1760 480 1200, 2280 2480 480 480, 1320 1280 480 1680");
}

#define TWO TABLE(NAMES(S("x") S("y")) R("a", V("3") V("1")) R("b", V("-4") V("4")))

static void bars_are_stacked_on_each_side_of_zero(void **state)
{
    (void)state;
    /* from -5 to 5, 192 for each unit: zero is at 2000; up to 4, down to -4 */
    expect_paths(CHART(DESC, FILLED STYLE("p", "chart:stacked=\"true\"", "", ""), "bar",
                       "<chart:plot-area chart:style-name=\"p\">" SERIES SERIES
                       "</chart:plot-area>" TWO),
                 0x112233,
                 "1560 1424 960 576, 3480 2000 960 768, 1560 1232 960 192, 3480 1232 960 768");
}

/* ---- 6.6 ---- */

static void lines_go_from_edge_to_edge_and_break_at_what_is_missing(void **state)
{
    (void)state;
    /* up to 8; the points are at 1080, 2360, 3640, 4920 */
    expect_paths(CHART(DESC, STYLE("s", "", "svg:stroke-color=\"#112233\"", ""), "line",
                       "<chart:plot-area>" SERIES "</chart:plot-area>" TABLE(NAMES(
                           S("x")) R("a", V("3")) R("b", V("NaN")) R("c", V("2")) R("d", V("7")))),
                 0x112233, "3640 1280 1280 1200");
}

/* ---- 6.7: a pie of 960 round (3000, 2000), against the clock from the top */

static void pieces_go_against_the_clock_from_the_top(void **state)
{
    (void)state;
    expect_paths(CHART(DESC, "", "circle",
                       "<chart:plot-area>" SERIES
                       "</chart:plot-area>" TABLE(NAMES(S("x")) R("a", V("1")) R("b", V("1")))),
                 0x004586, "2040 1040 960 1920");
    /* numbers below zero count by their size */
    expect_paths(CHART(DESC, "", "circle",
                       "<chart:plot-area>" SERIES
                       "</chart:plot-area>" TABLE(NAMES(S("x")) R("a", V("1")) R("b", V("-3")))),
                 0x004586, "2040 1040 960 960");
}

/* ---- texts ---- */

#define AXES(x, y) \
    "<chart:axis chart:dimension=\"x\" chart:style-name=\"x\">" x "</chart:axis>" \
    "<chart:axis chart:dimension=\"y\" chart:style-name=\"y\">" y "</chart:axis>"
#define LABELS \
    STYLE("x", "chart:display-label=\"true\"", "draw:stroke=\"none\"", "") \
    STYLE("y", "chart:display-label=\"true\"", "draw:stroke=\"none\"", "")

/* A mark is 85 long (1.5 mm), its label 57 away (1 mm), a line 225.6 high: the plot is left with
 * (1080 + 105 + 141.7, 1040 + 112.8) to (4920, 2960 - 141.7 - 225.6), 1440 high and 3593.3 wide.
 * There is room for six lines, so that the steps are of 2.  A letter is 105 wide too. */
static void labels_leave_the_plot_its_room(void **state)
{
    (void)state;
    Laid r =
        lay((Source){ CHART(DESC, FILLED LABELS, "bar",
                            "<chart:plot-area>" AXES("", "") SERIES "</chart:plot-area>" FOUR) });
    assert_string_equal(show(&r, TEXTS),
                        "1723 2914 a\n2622 2914 b\n3520 2914 c\n4418 2914 d\n"
                        "1080 2660 0\n1080 2300 2\n1080 1940 4\n1080 1580 6\n1080 1220 8\n");
    done(&r);
}

/* "Województwo pierwsze" is wider than its place; at 45 degrees its end is at its mark. */
static void names_without_room_are_turned(void **state)
{
    (void)state;
    Laid r = lay((Source){
        CHART(DESC, FILLED LABELS, "bar",
              "<chart:plot-area>" AXES("", "") SERIES "</chart:plot-area>" TABLE(
                  NAMES(S("x")) R("Długa nazwa pierwsza", V("1")) R("Długa nazwa druga", V("2"))
                      R("Długa nazwa trzecia", V("3")) R("Długa nazwa czwarta", V("4")))) });
    assert_int_equal(find(&r, "Długa nazwa druga", NULL)->text.turn, 45);
    assert_int_equal(find(&r, "0", NULL)->text.turn, 0);
    done(&r);
}

static void values_are_written_above_their_bars(void **state)
{
    (void)state;
    /* the bar of 7 ends at 1280, in the middle of 4440: 1280 - 57 - 226 + 180; 4440 - 105 / 2 */
    Laid r = lay((Source){ CHART(DESC, STYLE("s", "chart:data-label-number=\"value\"", "", ""),
                                 "bar", "<chart:plot-area>" SERIES "</chart:plot-area>" FOUR) });
    const LayoutItem *i = find(&r, "7", NULL);
    assert_true(i->x >= 4387 && i->x <= 4388);
    assert_true(i->y >= 1177 && i->y <= 1178);
    done(&r);
}

static void numbers_follow_their_style_and_language(void **state)
{
    (void)state;
    static const char money[] =
        "<number:number-style style:name=\"N\"><number:number number:decimal-places=\"2\" "
        "number:min-integer-digits=\"1\" number:grouping=\"true\"/><number:text> zł</number:text>"
        "</number:number-style>"
        "<style:style style:name=\"s\" style:family=\"chart\" style:data-style-name=\"N\">"
        "<style:chart-properties chart:data-label-number=\"value\"/></style:style>";
    Buf b = { 0 };
    buf_format(&b,
               CHART(DESC, "%s", "bar",
                     "<chart:plot-area>" SERIES
                     "</chart:plot-area>" TABLE(NAMES(S("x")) R("a", V("1234.5")))),
               money);
    Laid r = lay((Source){ b.p });
    find(&r, "1", NULL); /* a no-break space stands for itself */
    find(&r, "234,50 zł", NULL);
    done(&r);
    buf_free(&b);
    /* without a style: what it has, up to ten figures */
    r = lay((Source){ CHART(DESC, STYLE("s", "chart:data-label-number=\"value\"", "", ""), "bar",
                            "<chart:plot-area>" SERIES "</chart:plot-area>" TABLE(NAMES(
                                S("x")) R("a", V("0.30000000000000004")) R("b", V("2.5")))) });
    find(&r, "0,3", NULL);
    find(&r, "2,5", NULL);
    done(&r);
}

/* Bars that are stacked are listed from the top; an entry is text and a square of 6 tenths. */
static void legend_lists_what_is_stacked_from_the_top(void **state)
{
    (void)state;
    static const char *const legend = "<chart:legend chart:legend-position=\"end\"/>";
    for (int stacked = 0; stacked < 2; stacked++) {
        Buf b = { 0 };
        buf_format(&b,
                   CHART(DESC, FILLED STYLE("p", "chart:stacked=\"%s\"", "", ""), "bar",
                         "%s<chart:plot-area chart:style-name=\"p\">" SERIES SERIES
                         "</chart:plot-area>" TWO),
                   stacked ? "true" : "false", legend);
        Laid r = lay((Source){ b.p });
        assert_true((find(&r, "x", NULL)->y < find(&r, "y", NULL)->y) == !stacked);
        done(&r);
        buf_free(&b);
    }
}

/* ---- structure ---- */

#define TITLED \
    "<chart:title><text:p>Wynik</text:p></chart:title><chart:plot-area>" SERIES \
    "</chart:plot-area>" FOUR

static void chart_is_one_figure_with_its_texts(void **state)
{
    (void)state;
    expect_structure((Source){ CHART(DESC, FILLED, "bar", TITLED) },
                     "Document[P[Figure/\"Sprzedaż\"'Wynik']]");
}

static void chart_without_a_description_is_told_by_kind_and_title(void **state)
{
    (void)state;
    Laid r = lay((Source){ CHART("", FILLED, "bar", TITLED) });
    assert_string_equal(show_structure(&r),
                        "Document[P[Figure/\"wykres kolumnowy: Wynik\"'Wynik']]");
    assert_non_null(strstr(r.findings.p, "layout-alt"));
    done(&r);
    r = lay((Source){ CHART("", "", "circle", TITLED), .language = "fo:language=\"en\"" });
    assert_string_equal(show_structure(&r), "Document[P[Figure/\"pie chart: Wynik\"'Wynik']]");
    done(&r);
}

/* ---- what is not drawn, and nonsense ---- */

static void kinds_that_are_not_drawn_show_their_numbers_and_are_named(void **state)
{
    (void)state;
    static const char *const kinds[] = { "radar", "stock",   "bubble",
                                         "gantt", "surface", "unheard-of" };
    for (size_t i = 0; i < COUNT(kinds); i++) {
        Buf b = { 0 };
        buf_format(&b, CHART(DESC, FILLED, "%s", TITLED), kinds[i]);
        Laid r = lay((Source){ b.p });
        assert_non_null(strstr(r.findings.p, "the kind of a chart"));
        find(&r, "Wynik", NULL);
        done(&r);
        buf_free(&b);
    }
}

#define PNG \
    "<draw:image><office:binary-data>" \
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+" \
    "M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==</office:binary-data></draw:image>"

/* The picture beside a chart stands for it only when its kind is not drawn. */
static void picture_stands_for_a_chart_that_is_not_drawn(void **state)
{
    (void)state;
    for (int drawn = 0; drawn < 2; drawn++) {
        Buf b = { 0 };
        buf_format(&b, CHART(PNG DESC, FILLED, "%s", TITLED), drawn ? "bar" : "stock");
        Laid r = lay((Source){ b.p });
        size_t images = 0, paths = 0;
        for (size_t i = 0; i < r.l->page.p[0]->item.n; i++) {
            images += r.l->page.p[0]->item.p[i].kind == ITEM_IMAGE;
            paths += r.l->page.p[0]->item.p[i].kind == ITEM_PATH;
        }
        assert_true(images == !drawn && (paths > 0) == drawn);
        assert_null(strstr(r.findings.p, "layout-feature"));
        done(&r);
        buf_free(&b);
    }
}

static void nonsense_ends_in_some_picture(void **state)
{
    (void)state;
    static const char *const tables[] = {
        TABLE(""),
        TABLE(NAMES("")),
        TABLE(NAMES(S("x")) R("a", V("NaN")) R("b", V("INF"))),
        TABLE(NAMES(S("x")) R("a", V("0")) R("b", V("0"))),
        TABLE(NAMES(S("x")) R("a", V("-1e99")) R("b", V("1e99"))),
        TABLE(NAMES(S("x")) R("a", V("1e-99")) R("b", V("1e-98"))),
        TABLE(NAMES(S("x")) R("a", V("1"))),
        "<table:table><table:table-row table:number-rows-repeated=\"1000000000\">" V(
            "1") "</table:table-row></table:table>",
        "",
    };
    static const char *const kinds[] = { "bar", "line", "area", "circle", "ring", "scatter" };
    static const char *const axes[] = {
        "",
        "chart:logarithmic=\"true\"",
        "chart:minimum=\"5\" chart:maximum=\"1\"",
        "chart:interval-major=\"1e-90\"",
        "chart:interval-major=\"-1\" chart:minimum=\"NaN\"",
    };
    for (size_t t = 0; t < COUNT(tables); t++)
        for (size_t k = 0; k < COUNT(kinds); k++)
            for (size_t a = 0; a < COUNT(axes); a++) {
                Buf b = { 0 };
                buf_format(&b,
                           CHART(DESC,
                                 STYLE("y", "chart:display-label=\"true\" %s", "",
                                       "") STYLE("x", "chart:display-label=\"true\"", "", "")
                                     STYLE("s", "chart:data-label-number=\"value-and-percentage\"",
                                           "", ""),
                                 "%s",
                                 "<chart:legend/><chart:plot-area>" AXES("", "") SERIES SERIES
                                 "</chart:plot-area>%s"),
                           axes[a], kinds[k], tables[t]);
                Laid r = lay((Source){ b.p });
                done(&r);
                buf_free(&b);
            }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(axes_reach_a_step_beyond_what_comes_near_their_ends),
        cmocka_unit_test(given_ends_and_steps_hold),
        cmocka_unit_test(bars_stand_in_the_middle_of_their_category),
        cmocka_unit_test(bars_that_lie_go_upwards),
        cmocka_unit_test(bars_begin_at_the_axis_of_names),
        cmocka_unit_test(bars_are_stacked_on_each_side_of_zero),
        cmocka_unit_test(lines_go_from_edge_to_edge_and_break_at_what_is_missing),
        cmocka_unit_test(pieces_go_against_the_clock_from_the_top),
        cmocka_unit_test(labels_leave_the_plot_its_room),
        cmocka_unit_test(names_without_room_are_turned),
        cmocka_unit_test(values_are_written_above_their_bars),
        cmocka_unit_test(numbers_follow_their_style_and_language),
        cmocka_unit_test(legend_lists_what_is_stacked_from_the_top),
        cmocka_unit_test(chart_is_one_figure_with_its_texts),
        cmocka_unit_test(chart_without_a_description_is_told_by_kind_and_title),
        cmocka_unit_test(kinds_that_are_not_drawn_show_their_numbers_and_are_named),
        cmocka_unit_test(picture_stands_for_a_chart_that_is_not_drawn),
        cmocka_unit_test(nonsense_ends_in_some_picture),
    };
    return cmocka_run_group_tests(tests, fonts_open, fonts_close);
}
