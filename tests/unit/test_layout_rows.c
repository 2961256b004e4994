/* SPDX-License-Identifier: MIT */
/* layout/: tables over pages: rows that fit, rows that are split, repeated header rows
 * (tables-pages section 4).  A page holds 17 lines of 227 in its 4000; 141 are left. */
#include "test_layout.h"

static void rows_go_on_on_the_next_page(void **state)
{
    (void)state;
    begin();
    put("<table:table>" COLUMNS2);
    put_rows("r", 40);
    put("</table:table>");
    expect_pages((Source){ body(), FLOW }, "r1 r18 r35");
}

/* 4.1: bottom of the row + the last rule <= body bottom, to the twip. */
static void row_fits_to_the_twip_with_its_rule(void **state)
{
    (void)state;
    static const char *const heights[] = { "99pt", "99.05pt" }; /* 2000 + 1980 + 20 */
    for (int i = 0; i < 2; i++) {
        Buf styles = { 0 };
        buf_format(
            &styles,
            CELL_STYLE("B", "fo:border-bottom=\"1pt solid #000000\"") ROW_STYLE(
                "A",
                "style:min-row-height=\"100pt\"") "<style:style style:name=\"Z\" "
                                                  "style:family=\"table-row\"><style:table-row-"
                                                  "properties"
                                                  " style:min-row-height=\"%s\" "
                                                  "fo:keep-together=\"always\"/></style:style>",
            heights[i]);
        Laid r = lay((Source){ "<table:table>" COLUMNS2 ROW_S("A", CELL_S("B", P("a")))
                                   ROW_S("Z", CELL_S("B", P("b"))) "</table:table>",
                               styles.p });
        assert_int_equal(page_of(&r, "b"), i + 1);
        done(&r);
        buf_free(&styles);
    }
}

/* 4.2: as many whole lines as fit in the page less TM, BM and the rule; the rest begins with TM. */
static void row_is_split_between_lines(void **state)
{
    (void)state;
    begin();
    put("<table:table>" COLUMNS2 "<table:table-row><table:table-cell table:style-name=\"C\">");
    put_lines("a", 20, "N");
    put("</table:table-cell>" CELL_S("C", P("b")) "</table:table-row></table:table>" P("end"));
    Laid r =
        lay((Source){ body(), FLOW CELL_STYLE("C", "fo:padding=\"3pt\"") }); /* 3880: 17 lines */
    assert_int_equal(page_of(&r, "a17"), 1);
    assert_int_equal(page_of(&r, "a18"), 2);
    assert_int_equal(page_of(&r, "b"), 1);
    assert_int_equal(find(&r, "a18", NULL)->y, TOP + 60 + ASCENT);
    assert_int_equal(find(&r, "end", NULL)->y, TOP + 60 + 3 * LINE + 60 + ASCENT);
    done(&r);
}

/* "At a paragraph boundary: the first part includes the bottom margin of its last paragraph, the
 * next part starts with the top margin of its first." */
static void split_between_paragraphs_keeps_their_margins(void **state)
{
    (void)state;
    begin();
    put("<table:table>" COLUMNS2 "<table:table-row><table:table-cell>");
    put_paragraphs("a", 20, "M"); /* 40 + 227 + 60 each: 12 in 3924 */
    put("</table:table-cell></table:table-row></table:table>");
    Laid r =
        lay((Source){ body(), FLOW PARA("M", "fo:margin-top=\"2pt\" fo:margin-bottom=\"3pt\"") });
    assert_int_equal(page_of(&r, "a12"), 1);
    assert_int_equal(page_of(&r, "a13"), 2);
    assert_int_equal(find(&r, "a13", NULL)->y, TOP + 40 + ASCENT);
    done(&r);
}

/* 4.3 */
static void row_moves_whole_where_a_first_line_does_not_fit(void **state)
{
    (void)state;
    begin();
    put_paragraphs("a", 16, "N");
    put("<table:table>" COLUMNS2 "<table:table-row><table:table-cell>");
    put_lines("b", 3, "N");
    put("</table:table-cell>" CELL(PS("Big", "c")) "</table:table-row></table:table>");
    expect_pages((Source){ body(), FLOW PARA_TEXT("Big", "", "fo:font-size=\"20pt\"") }, "a1 b1");
    expect_pages((Source){ body(), FLOW PARA("Big", "") }, "a1 b2");
}

/* 4.4 */
static void widows_do_not_count_in_rows(void **state)
{
    (void)state;
    begin();
    put_paragraphs("a", 16, "N");
    put("<table:table>" COLUMNS2 "<table:table-row><table:table-cell>");
    put_lines("b", 5, "W3");
    put("</table:table-cell></table:table-row></table:table>");
    expect_pages((Source){ body(), FLOW }, "a1 b2");
}

/* 4.5 */
static void rows_that_are_not_split_move_whole(void **state)
{
    (void)state;
    static const char *const styles[] = {
        ROW_STYLE("R", "fo:keep-together=\"always\""),
        ROW_STYLE("R", "style:row-height=\"40pt\""),
    };
    for (size_t i = 0; i < COUNT(styles); i++) {
        Buf all = { 0 };
        begin();
        put_paragraphs("a", 15, "N"); /* 595 are left */
        put("<table:table>" COLUMNS2 "<table:table-row table:style-name=\"R\"><table:table-cell>");
        put_lines("b", 3, "N");
        put("</table:table-cell></table:table-row></table:table>");
        buf_format(&all, "%s%s", FLOW, styles[i]);
        expect_pages((Source){ body(), all.p }, "a1 b1");
        buf_free(&all);
    }
}

static void row_with_a_least_height_above_the_room_left_moves_whole(void **state)
{
    (void)state;
    begin();
    put_paragraphs("a", 15, "N"); /* 595 are left, the row wants 800 */
    put("<table:table>" COLUMNS2 "<table:table-row table:style-name=\"R\"><table:table-cell>");
    put_lines("b", 3, "N");
    put("</table:table-cell></table:table-row></table:table>");
    expect_pages((Source){ body(), FLOW ROW_STYLE("R", "style:min-row-height=\"40pt\"") }, "a1 b1");
}

/* "If min-row-height fits, the row is split and its first part is at least min-row-height high." */
static void row_with_a_least_height_that_fits_is_split(void **state)
{
    (void)state;
    begin();
    put_paragraphs("a", 15, "N");
    put("<table:table>" COLUMNS2 "<table:table-row table:style-name=\"R\"><table:table-cell>");
    put_lines("b", 5, "N");
    put("</table:table-cell></table:table-row></table:table>");
    expect_pages((Source){ body(), FLOW ROW_STYLE("R", "style:min-row-height=\"28pt\"") }, "a1 b3");
}

/* Its first part is as high as it asks for: from 4405 to 4965, the rule below. */
static void first_part_has_the_least_height(void **state)
{
    (void)state;
    begin();
    put_paragraphs("a", 15, "N");
    put("<table:table><table:table-column/><table:table-row table:style-name=\"R\">"
        "<table:table-cell table:style-name=\"B\">");
    put_lines("b", 5, "N");
    put("</table:table-cell></table:table-row></table:table>");
    Laid r = lay((Source){ body(), FLOW ROW_STYLE("R", "style:min-row-height=\"28pt\"")
                                       CELL_STYLE("B", "fo:border-bottom=\"1pt solid #000000\"") });
    assert_true(str_starts(show(&r, FILLS), "fill 1000 4965 8000 20\n"));
    done(&r);
}

/* 4.6 */
static void row_higher_than_the_page_is_split_after_all(void **state)
{
    (void)state;
    begin();
    put_paragraphs("a", 5, "N");
    put("<table:table>" COLUMNS2 "<table:table-row table:style-name=\"R\"><table:table-cell>");
    put_paragraphs("b", 2, "N");
    put_lines("c", 20, "N");
    put("</table:table-cell></table:table-row></table:table>");
    expect_pages((Source){ body(), FLOW ROW_STYLE("R", "fo:keep-together=\"always\"") },
                 "a1 b1 c16");
}

static void fixed_row_higher_than_the_page_is_cut(void **state)
{
    (void)state;
    Laid r =
        lay((Source){ "<table:table>" COLUMNS2 ROW_S("R", CELL(P("a"))) "</table:table>" P("b"),
                      ROW_STYLE("R", "style:row-height=\"400pt\"") });
    assert_int_equal(page_of(&r, "a"), 1);
    assert_int_equal(page_of(&r, "b"), 2);
    assert_int_equal(r.l->page.n, 2);
    done(&r);
}

static void put_span(const char *style, int rows, int lines)
{
    begin();
    buf_format(&text,
               "<table:table>" COLUMNS2 "<table:table-row><table:table-cell table:style-name=\"%s\""
               " table:number-rows-spanned=\"%d\">",
               style, rows);
    put_paragraphs("l", lines, "N");
    put("</table:table-cell>" CELL(P("r1")) "</table:table-row>");
    for (int i = 2; i <= rows; i++)
        buf_format(&text, ROW("<table:covered-table-cell/>" CELL(P("r%d"))), i);
    put("</table:table>" PS("N", "end"));
}

/* 4.7: split at the row boundary, the content goes on in the next part. */
static void spanning_cell_goes_on_on_the_next_page(void **state)
{
    (void)state;
    put_span("C", 20, 30);
    Laid r = lay((Source){ body(), FLOW CELL_STYLE("C", "") });
    assert_int_equal(page_of(&r, "r17"), 1);
    assert_int_equal(page_of(&r, "r18"), 2);
    assert_int_equal(page_of(&r, "l17"), 1);
    assert_int_equal(page_of(&r, "l18"), 2);
    assert_int_equal(find(&r, "l18", NULL)->y, TOP + ASCENT);
    assert_int_equal(find(&r, "r18", NULL)->y, TOP + ASCENT);
    assert_int_equal(find(&r, "end", NULL)->y, TOP + 13 * LINE + ASCENT);
    done(&r);
}

/* 3.6: "top in the first part; the last part is aligned in its own room" */
static void last_part_of_a_spanning_cell_is_aligned(void **state)
{
    (void)state;
    put_span("C", 20, 18);
    Laid r = lay((Source){ body(), FLOW CELL_STYLE("C", "style:vertical-align=\"bottom\"") });
    assert_int_equal(find(&r, "l1", NULL)->y, TOP + ASCENT);
    assert_int_equal(page_of(&r, "l18"), 2);
    assert_int_equal(find(&r, "l18", NULL)->y, TOP + 2 * LINE + ASCENT);
    done(&r);
}

/* l1 ... l10 span the rows a and b1 ... b4; 17 lines fit on a page. */
static void put_spanned(int before, int spanning, int lines)
{
    begin();
    put_paragraphs("x", before, "N");
    put("<table:table>" COLUMNS2
        "<table:table-row><table:table-cell table:number-rows-spanned=\"2\">");
    put_lines("l", spanning, "N");
    put("</table:table-cell>" CELL(P("a")) "</table:table-row><table:table-row>"
        "<table:covered-table-cell/><table:table-cell>");
    put_lines("b", lines, "N");
    put("</table:table-cell></table:table-row>" ROW(CELL(P("end"))) "</table:table>");
}

/* Rows that a cell spans are split like others (LibreOffice; 4.7 is of rows that fit). */
static void rows_under_a_spanning_cell_are_split(void **state)
{
    (void)state;
    put_spanned(14, 4, 4);
    Laid r = lay((Source){ body(), FLOW });
    assert_int_equal(page_of(&r, "b2"), 1);
    assert_int_equal(page_of(&r, "b3"), 2);
    assert_int_equal(page_of(&r, "l3"), 1);
    assert_int_equal(find(&r, "l4", NULL)->y, TOP + ASCENT);
    assert_int_equal(find(&r, "end", NULL)->y, TOP + 2 * LINE + ASCENT);
    done(&r);
}

/* 12 lines leave room for five: the last row is cut where the page ends. */
static void last_row_of_a_long_span_is_cut_at_the_page_end(void **state)
{
    (void)state;
    put_spanned(12, 10, 1);
    Laid r = lay((Source){ body(), FLOW });
    assert_int_equal(page_of(&r, "b1"), 1);
    assert_int_equal(page_of(&r, "l5"), 1);
    assert_int_equal(find(&r, "l6", NULL)->y, TOP + ASCENT);
    assert_int_equal(find(&r, "end", NULL)->y, TOP + 5 * LINE + ASCENT);
    done(&r);
}

/* A span over three rows counts in the last of them, whatever the rows between are. */
static void span_over_many_rows_counts_in_the_last_one(void **state)
{
    (void)state;
    begin();
    put("<table:table>" COLUMNS2
        "<table:table-row><table:table-cell table:number-rows-spanned=\"4\">");
    put_lines("l", 9, "N");
    put("</table:table-cell>" CELL(P("a")) "</table:table-row>");
    for (int i = 0; i < 3; i++)
        put(ROW("<table:covered-table-cell/>" CELL(P("b"))));
    put(ROW(CELL(P("end"))) "</table:table>");
    Laid r = lay((Source){ body(), FLOW });
    assert_int_equal(find(&r, "end", NULL)->y, TOP + 9 * LINE + ASCENT);
    done(&r);
}

static void span_higher_than_the_page_ends(void **state)
{
    (void)state;
    put_spanned(3, 5, 5);
    Laid r = lay((Source){ body(), PARA_TEXT("N", "", "fo:font-size=\"400pt\"") });
    assert_true(r.l->page.n <= 25);
    find(&r, "end", NULL);
    find(&r, "5", NULL);                /* so large that letters and figures are on lines */
    done(&r);
}

static void empty_cells_keep_the_height_of_their_row(void **state)
{
    (void)state;
    begin();
    put_paragraphs("x", 16, "N");
    put("<table:table>" COLUMNS2);
    for (int i = 0; i < 3; i++)
        put(ROW("<table:table-cell/>"));
    put("</table:table>" P("y"));
    Laid r = lay((Source){ body(), FLOW });
    assert_int_equal(page_of(&r, "y"), 2);
    assert_int_equal(find(&r, "y", NULL)->y, TOP + 2 * LINE + ASCENT);
    done(&r);
}

static void spanning_cell_keeps_its_margins_in_both_parts(void **state)
{
    (void)state;
    put_span("C", 20, 20);
    Laid r = lay((Source){ body(), FLOW CELL_STYLE("C", "fo:padding=\"3pt\"") });
    assert_int_equal(find(&r, "l1", NULL)->y, TOP + 60 + ASCENT);
    assert_int_equal(find(&r, "r1", NULL)->y, TOP + 60 + ASCENT);
    done(&r);
}

/* 4.8 */
static void table_that_may_not_break_moves_whole(void **state)
{
    (void)state;
    begin();
    put_paragraphs("a", 10, "N");
    put("<table:table table:style-name=\"T\">" COLUMNS2);
    put_rows("r", 10);
    put("</table:table>");
    expect_pages((Source){ body(),
                           FLOW TABLE_STYLE("T", "style:may-break-between-rows=\"false\"") },
                 "a1 r1");
    begin();
    put_paragraphs("a", 10, "N");
    put("<table:table table:style-name=\"T\">" COLUMNS2);
    put_rows("r", 20); /* higher than a page: a new one, split there */
    put("</table:table>");
    expect_pages((Source){ body(),
                           FLOW TABLE_STYLE("T", "style:may-break-between-rows=\"false\"") },
                 "a1 r1 r18");
}

/* 4.9 */
static void table_that_keeps_with_the_next_moves_with_it(void **state)
{
    (void)state;
    begin();
    put_paragraphs("a", 14, "N");
    put_paragraphs("k", 1, "K");
    put("<table:table table:style-name=\"T\">" COLUMNS2);
    put_rows("r", 2);
    put("</table:table>" PS("N", "b"));
    expect_pages((Source){ body(), FLOW TABLE_STYLE("T", "fo:keep-with-next=\"always\"") },
                 "a1 k1");
}

/* 4.10: header rows stand on each page and count as part of the room. */
static void header_rows_repeat_on_every_page(void **state)
{
    (void)state;
    begin();
    put("<table:table>" COLUMNS2 HEADS(ROW(CELL(P("head")))));
    put_rows("r", 40);
    put("</table:table>");
    Laid r = lay((Source){ body(), FLOW });
    assert_int_equal(r.l->page.n, 3);
    assert_int_equal(page_of(&r, "r16"), 1);
    assert_int_equal(page_of(&r, "r17"), 2);
    assert_int_equal(page_of(&r, "r33"), 3);
    assert_int_equal(find(&r, "r17", NULL)->y, TOP + LINE + ASCENT);
    for (size_t p = 0; p < 3; p++) {
        size_t len;
        const LayoutItem *first = &r.l->page.p[p]->item.p[0];
        assert_memory_equal(item_text(first, &len), "head", 4);
        assert_int_equal(first->node == NULL, p > 0); /* read once; then an artifact */
    }
    done(&r);
}

static void header_and_first_row_are_never_separated(void **state)
{
    (void)state;
    begin();
    put_paragraphs("a", 16, "N");
    put("<table:table>" COLUMNS2 HEADS(ROW(CELL(P("head")))));
    put_rows("r", 3);
    put("</table:table>");
    expect_pages((Source){ body(), FLOW }, "a1 head");
}

static void header_rows_higher_than_the_page_do_not_repeat(void **state)
{
    (void)state;
    begin();
    put("<table:table>" COLUMNS2 "<table:table-header-rows>");
    put_rows("h", 20);
    put("</table:table-header-rows>");
    put_rows("r", 20);
    put("</table:table>");
    expect_pages((Source){ body(), FLOW }, "h1 h18 r15");
}

/* 4.11 */
static void kept_paragraph_before_a_table_needs_its_first_rows(void **state)
{
    (void)state;
    begin();
    put_paragraphs("a", 15, "N");
    put_paragraphs("k", 1, "K");
    put("<table:table>" COLUMNS2 HEADS(ROW(CELL(P("head")))));
    put_rows("r", 3);
    put("</table:table>");
    expect_pages((Source){ body(), FLOW }, "a1 k1");
    begin();
    put_paragraphs("a", 14, "N");
    put_paragraphs("k", 1, "K");
    put("<table:table>" COLUMNS2 HEADS(ROW(CELL(P("head")))));
    put_rows("r", 3);
    put("</table:table>");
    expect_pages((Source){ body(), FLOW }, "a1 head"); /* k1, head and r1 fit */
}

/* 1: "Split table: margin-top only before the first part, margin-bottom only after the last." */
static void margins_of_a_split_table_count_once(void **state)
{
    (void)state;
    begin();
    put("<table:table table:style-name=\"T\">" COLUMNS2);
    put_rows("r", 20);
    put("</table:table>" PS("N", "b"));
    Laid r = lay((Source){
        body(), FLOW TABLE_STYLE("T", "fo:margin-top=\"10pt\" fo:margin-bottom=\"5pt\"") });
    assert_int_equal(find(&r, "r1", NULL)->y, TOP + 200 + ASCENT);
    assert_int_equal(page_of(&r, "r16"), 1);
    assert_int_equal(page_of(&r, "r17"), 2);
    assert_int_equal(find(&r, "r17", NULL)->y, TOP + ASCENT);
    assert_int_equal(find(&r, "b", NULL)->y, TOP + 4 * LINE + 100 + ASCENT);
    done(&r);
}

/* 4.12: the top of the next page shows the cell's own top border, else its lower one. */
static void rule_at_the_top_of_the_next_page(void **state)
{
    (void)state;
    begin();
    put("<table:table><table:table-column/>");
    for (int i = 1; i <= 20; i++)
        buf_format(&text, ROW(CELL_S("B", P("r%d"))), i);
    put("</table:table>");
    Laid r =
        lay((Source){ body(), FLOW CELL_STYLE("B", "fo:border-bottom=\"1pt solid #000000\"") });
    const LayoutPage *page = r.l->page.p[1];
    bool top = false;
    for (size_t i = 0; i < page->item.n; i++)
        top |= page->item.p[i].kind == ITEM_FILL && page->item.p[i].y == TOP &&
               page->item.p[i].h == 20;
    assert_true(top);
    done(&r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rows_go_on_on_the_next_page),
        cmocka_unit_test(row_fits_to_the_twip_with_its_rule),
        cmocka_unit_test(row_is_split_between_lines),
        cmocka_unit_test(split_between_paragraphs_keeps_their_margins),
        cmocka_unit_test(row_moves_whole_where_a_first_line_does_not_fit),
        cmocka_unit_test(widows_do_not_count_in_rows),
        cmocka_unit_test(rows_that_are_not_split_move_whole),
        cmocka_unit_test(row_with_a_least_height_above_the_room_left_moves_whole),
        cmocka_unit_test(row_with_a_least_height_that_fits_is_split),
        cmocka_unit_test(first_part_has_the_least_height),
        cmocka_unit_test(row_higher_than_the_page_is_split_after_all),
        cmocka_unit_test(fixed_row_higher_than_the_page_is_cut),
        cmocka_unit_test(spanning_cell_goes_on_on_the_next_page),
        cmocka_unit_test(last_part_of_a_spanning_cell_is_aligned),
        cmocka_unit_test(rows_under_a_spanning_cell_are_split),
        cmocka_unit_test(last_row_of_a_long_span_is_cut_at_the_page_end),
        cmocka_unit_test(span_over_many_rows_counts_in_the_last_one),
        cmocka_unit_test(span_higher_than_the_page_ends),
        cmocka_unit_test(empty_cells_keep_the_height_of_their_row),
        cmocka_unit_test(spanning_cell_keeps_its_margins_in_both_parts),
        cmocka_unit_test(table_that_may_not_break_moves_whole),
        cmocka_unit_test(table_that_keeps_with_the_next_moves_with_it),
        cmocka_unit_test(header_rows_repeat_on_every_page),
        cmocka_unit_test(header_and_first_row_are_never_separated),
        cmocka_unit_test(header_rows_higher_than_the_page_do_not_repeat),
        cmocka_unit_test(kept_paragraph_before_a_table_needs_its_first_rows),
        cmocka_unit_test(margins_of_a_split_table_count_once),
        cmocka_unit_test(rule_at_the_top_of_the_next_page),
    };
    return cmocka_run_group_tests(tests, fonts_open, fonts_close);
}
