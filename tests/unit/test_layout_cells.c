/* SPDX-License-Identifier: MIT */
/* layout/: what cells look like, and their content. */
#include "test_layout.h"

#define COLUMNS3 "<table:table-column table:number-columns-repeated=\"3\"/>"
#define TABLE(style, inside) "<table:table table:style-name=\"" style "\">" inside "</table:table>"

/* Without a style of its own a covered cell has that of the cell that spans it: TM 120 + 20 in each
 * row, BM 120, so the rows are 487 high; the cells right of it in a wide span do not count. */
static void covered_cells_look_like_what_covers_them(void **state)
{
    (void)state;
    static const char style[] =
        CELL_STYLE("S", "fo:padding=\"6pt\" fo:border-top=\"1pt solid #000000\"")
            CELL_STYLE("P", "fo:padding=\"10pt\"");
    expect_texts(
        (Source){ TABLE("", COLUMNS2 ROW("<table:table-cell table:number-rows-spanned=\"2\" "
                                         "table:style-name=\"S\">" P("a") "</table:table-cell>"
                                         CELL(P("e")))
                                ROW("<table:covered-table-cell/>" CELL(P("f")))) P("g"),
                  style },
        "1120 1307 a\n4999 1307 e\n4999 1794 f\n1000 2141 g\n");
    expect_texts(
        (Source){ TABLE("", COLUMNS3 ROW("<table:table-cell table:number-rows-spanned=\"2\" "
                                         "table:number-columns-spanned=\"2\">" P("a")
                                         "</table:table-cell><table:covered-table-cell/>"
                                         CELL(P("e")))
                                ROW("<table:covered-table-cell/><table:covered-table-cell "
                                    "table:style-name=\"P\"/>" CELL(P("f")))) P("g"),
                  style },
        "1000 1167 a\n6333 1167 e\n6333 1394 f\n1000 1621 g\n");
}

/* The column's padding holds for cells without a style, also for one that the row lacks. */
static void cells_without_style_have_that_of_their_column(void **state)
{
    (void)state;
    expect_texts(
        (Source){ TABLE("", "<table:table-column table:default-cell-style-name=\"P\"/>"
                            "<table:table-column table:default-cell-style-name=\"Q\"/>"
                                ROW(CELL(P("a")) CELL_S("O", P("b"))) ROW(CELL_S("O", P("c"))))
                      P("d"),
                  CELL_STYLE("P", "fo:padding=\"10pt\"") CELL_STYLE("Q", "fo:padding=\"5pt\"")
                      CELL_STYLE("O", "fo:padding=\"0pt\"") },
        "1200 1367 a\n4999 1367 b\n1000 1894 c\n1000 2221 d\n");
}

static void a_fixed_row_does_not_grow_for_a_span_cut_at_a_page_end(void **state)
{
    (void)state;
    /* 3,600 fill the page but for 400: the first row of 227 fits, the second, of 300, does not;
     * the span of three lines goes on in it */
    Laid r = lay((Source){
        PS("Tall", "x") TABLE(
            "", COLUMNS2 ROW(CELL(P("a")) "<table:table-cell table:number-rows-spanned=\"2\">" P(
                "b") P("c") P("d") P("e") "</table:table-cell>")
                ROW_S("Fixed", CELL(P("f")) "<table:covered-table-cell/>")) P("g"),
        PARA("Tall", "fo:line-height=\"180pt\"")
            ROW_STYLE("Fixed", "style:row-height=\"15pt\"") });
    assert_int_equal(r.l->page.n, 2);
    assert_int_equal(find(&r, "f", NULL)->y, 1167);
    assert_int_equal(find(&r, "g", NULL)->y, 1467);
    done(&r);
}

/* An item's label is content, though its cell holds no words; so is the box of an empty line. */
static void cells_without_words_are_painted(void **state)
{
    (void)state;
    expect_items((Source){ TABLE("", "<table:table-column/>" ROW(CELL(PS("B", "")))),
                           PARA("B", "fo:background-color=\"#ff0000\"") },
                 FILLS, "fill 1000 1000 8000 227\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(covered_cells_look_like_what_covers_them),
        cmocka_unit_test(cells_without_style_have_that_of_their_column),
        cmocka_unit_test(a_fixed_row_does_not_grow_for_a_span_cut_at_a_page_end),
        cmocka_unit_test(cells_without_words_are_painted),
    };
    return cmocka_run_group_tests(tests, fonts_open, fonts_close);
}
