/* SPDX-License-Identifier: MIT */
/* layout/: text from right to left (UAX #9), in the places that it has in LibreOffice 7.4. */
#include "test_layout.h"

#define RTL(name, more) PARA(name, "style:writing-mode=\"rl-tb\" " more)

/* The texts of the page from left to right, line by line. */
static void expect_visual(Source s, const char *want)
{
    Laid r = lay(s);
    const LayoutPage *page = r.l->page.p[0];
    Buf all = {0};
    int32_t last_x = -1, y = -1;
    for (;;) {
        const LayoutItem *next = NULL;
        for (size_t i = 0; i < page->item.n; i++) {
            const LayoutItem *k = &page->item.p[i];
            bool after = k->y > y || (k->y == y && k->x > last_x);
            if (k->kind == ITEM_TEXT && k->node && after &&
                (!next || k->y < next->y || (k->y == next->y && k->x < next->x)))
                next = k;
        }
        if (!next)
            break;
        buf_str(&all, next->y != y && y >= 0 ? " / " : y >= 0 ? "|" : "");
        y = next->y;
        last_x = next->x;
        size_t from = 0;
        for (uint32_t g = 0; g < next->text.n_glyph; g++)
            if (!g || next->text.glyph[g].cluster < from)
                from = next->text.glyph[g].cluster;
        buf_put(&all, next->text.text + from, next->text.len - from);
    }
    assert_string_equal(all.p, want);
    buf_free(&all);
    done(&r);
}

static void hebrew_words_stand_from_right_to_left(void **state)
{
    (void)state;
    expect_visual((Source){ P("ab \u05d0\u05d1 12 \u05d2 cd"), "" },
                  "ab | \u05d2|12|\u05d0\u05d1 | cd");
    expect_visual((Source){ PS("R", "ab \u05d0\u05d1."), RTL("R", "fo:text-align=\"end\"") },
                  " \u05d0\u05d1.|ab");
    /* a full stop of Latin text in such a paragraph stands at its left */
    expect_visual((Source){ PS("R", "ab."), RTL("R", "") }, ".|ab");
}

/* Each line holds its own words, every word once. */
static void lines_of_hebrew_hold_their_own_words(void **state)
{
    (void)state;
    static const char style[] = RTL("R", "fo:margin-left=\"330pt\" fo:text-align=\"end\"");
#define EIGHT "\u05d0\u05d1\u05d2\u05d3\u05d0\u05d1\u05d2\u05d3"
    expect_visual((Source){ PS("R", EIGHT " " EIGHT " \u05d8"), style },
                  EIGHT "  / " EIGHT " \u05d8");
}

/* The left margin is the one where a line begins, at the right; "start" is the left side. */
static void margins_of_right_to_left_paragraphs_change_sides(void **state)
{
    (void)state;
#define MARGINS "fo:margin-left=\"40pt\" fo:margin-right=\"100pt\" "
    Laid r = lay((Source){ PS("R", "ab"), RTL("R", MARGINS "fo:text-align=\"end\"") });
    assert_int_equal(find(&r, "ab", NULL)->x, LEFT + WIDTH - 800 - 2 * ADVANCE);
    done(&r);
    r = lay((Source){ PS("R", "ab"), RTL("R", MARGINS) });
    assert_int_equal(find(&r, "ab", NULL)->x, LEFT + 2000);
    done(&r);
    r = lay((Source){ PS("R", "a" TAB "b"), RTL("R", "fo:text-align=\"end\"") });
    assert_int_equal(find(&r, "a", NULL)->x, LEFT + WIDTH - ADVANCE);
    assert_int_equal(find(&r, "b", NULL)->x, LEFT + WIDTH - 600 - ADVANCE);
    done(&r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(hebrew_words_stand_from_right_to_left),
        cmocka_unit_test(lines_of_hebrew_hold_their_own_words),
        cmocka_unit_test(margins_of_right_to_left_paragraphs_change_sides),
    };
    return cmocka_run_group_tests(tests, fonts_open, fonts_close);
}
