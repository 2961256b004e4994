/* SPDX-License-Identifier: MIT */
/* layout/: lines under and through text (writer-layout, text 7.5).  Liberation Mono of 10 pt has
 * 8.3 pt above and 3.0 pt below the baseline; of the latter a third of the former counts, 2.7 pt.
 * In tenths: single lines (25 * 27 + 50) / 100 = 7 thick, bold ones 14, double ones 4. */
#include "test_layout.h"

#define LINES(name, properties) TEXT_STYLE(name, properties)
#define UNDER(style, more) "style:text-underline-style=\"" style "\" " more

enum { BASELINE = TOP + ASCENT };

/* Items of the page that are no text, one a line. */
static void expect_rules(const char *properties, const char *want)
{
    char style[400];
    snprintf(style, sizeof style, LINES("U", "%s"), properties);
    Laid r = lay((Source){ P(SPAN("U", "ab cd")), style });
    const LayoutPage *page = r.l->page.p[0];
    Buf all = {0};
    for (size_t i = 0; i < page->item.n; i++) {
        const LayoutItem *k = &page->item.p[i];
        if (k->kind == ITEM_TEXT)
            continue;
        buf_format(&all, "%d:%d+%d", k->y - BASELINE, k->x - LEFT, k->w);
        if (k->kind == ITEM_FILL)
            buf_format(&all, " high %d", k->h);
        if (k->kind == ITEM_PATH)
            buf_format(&all, " wave of %u", k->path.n);
        for (int d = 0; k->kind == ITEM_LINE && d < 6 && k->line.dash[d]; d++)
            buf_format(&all, "%c%d", d ? ' ' : '=', k->line.dash[d]);
        buf_chr(&all, '\n');
    }
    assert_string_equal(all.p, want);
    buf_free(&all);
    done(&r);
}

/* Twips: the top of a single line is 27/2 + 1 - 3 - 3 = 8 tenths below the baseline, 16 twips. */
static void underlines_have_writers_thickness_and_place(void **state)
{
    (void)state;
    expect_rules(UNDER("solid", ""), "16:0+600 high 14\n");
    /* 27/2 + 1 - 7 = 7 */
    expect_rules(UNDER("solid", "style:text-underline-width=\"bold\""), "14:0+600 high 28\n");
    /* gap 9: 27/2 + 1 - 4 - 4 = 6, the second 13 lower */
    expect_rules(UNDER("solid", "style:text-underline-type=\"double\""),
                 "12:0+600 high 8\n38:0+600 high 8\n");
    expect_rules(UNDER("solid", "style:text-underline-mode=\"skip-white-space\""),
                 "16:0+240 high 14\n16:360+240 high 14\n");
}

/* Strokes and gaps in thicknesses; hundredths of a point.  The middle is 16 + 7 twips low. */
static void patterns_count_in_thicknesses(void **state)
{
    (void)state;
    expect_rules(UNDER("dotted", ""), "23:0+600=70 70\n");
    expect_rules(UNDER("dash", ""), "23:0+600=280 140\n");
    expect_rules(UNDER("long-dash", ""), "23:0+600=560 140\n");
    expect_rules(UNDER("dot-dash", ""), "23:0+600=280 140 70 140\n");
    expect_rules(UNDER("dot-dot-dash", ""), "23:0+600=280 140 70 140 70 140\n");
}

/* Half waves of 2.7 pt round a middle 1.4 pt low; their control points are 26 up and down. */
static void waves_swing_round_their_middle(void **state)
{
    (void)state;
    /* 600 / 54 + 1 = 12 half waves of three points, and the start */
    expect_rules(UNDER("wave", ""), "1:0+648 wave of 37\n");
}

/* The middle of a line through text is (83 - (83 + 30 - 100)) / 3 = 23 tenths up. */
static void lines_go_through_the_middle(void **state)
{
    (void)state;
    expect_rules("style:text-line-through-style=\"solid\"", "-58:0+600 high 14\n");
    expect_rules("style:text-line-through-style=\"solid\" style:text-line-through-width=\"bold\"",
                 "-72:0+600 high 28\n");
    expect_rules("style:text-line-through-style=\"solid\" style:text-line-through-type=\"double\"",
                 "-62:0+600 high 8\n-36:0+600 high 8\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(underlines_have_writers_thickness_and_place),
        cmocka_unit_test(patterns_count_in_thicknesses),
        cmocka_unit_test(waves_swing_round_their_middle),
        cmocka_unit_test(lines_go_through_the_middle),
    };
    return cmocka_run_group_tests(tests, fonts_open, fonts_close);
}
