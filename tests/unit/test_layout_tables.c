/* SPDX-License-Identifier: MIT */
/* layout/: widths of tables and columns, margins and heights of rows, rules (writer-layout,
 * tables-pages sections 1, 2 and 3). */
#include "test_layout.h"

#define COLUMN(style) "<table:table-column table:style-name=\"" style "\"/>"
#define TABLE(style, inside) "<table:table table:style-name=\"" style "\">" inside "</table:table>"

/* ---- 1: widths; W0 is 8000 ---- */

/* table: properties of the table's style; then of the columns' styles; edges from the text area's
 * left, the table's own included: one more than columns. */
static void expect_edges(const char *table, const char *const *column, size_t n,
                         const int32_t *edge)
{
    Buf styles = {0}, body = {0};
    buf_format(&styles,
               "<style:style style:name=\"T\" style:family=\"table\"><style:table-properties %s/>"
               "</style:style>" PARA("Right", "fo:text-align=\"end\""),
               table);
    buf_str(&body, "<table:table table:style-name=\"T\">");
    for (size_t i = 0; i < n; i++) {
        buf_format(&styles, "<style:style style:name=\"C%zu\" style:family=\"table-column\">"
                   "<style:table-column-properties %s/></style:style>", i, column[i]);
        buf_format(&body, "<table:table-column table:style-name=\"C%zu\"/>", i);
    }
    buf_str(&body, "<table:table-row>");
    for (size_t i = 0; i < n; i++)
        buf_format(&body, "<table:table-cell><text:p>%c</text:p>%s</table:table-cell>",
                   (int)('a' + i), i + 1 == n ? PS("Right", "z") : "");
    buf_str(&body, "</table:table-row></table:table>");
    Laid r = lay((Source){ body.p, styles.p });
    for (size_t i = 0; i < n; i++) {
        char name[2] = { (char)('a' + i), 0 };
        int32_t x = find(&r, name, NULL)->x - LEFT;
        if (x != edge[i])
            fail_msg("%s: column %zu begins at %d, not %d", table, i + 1, x, edge[i]);
    }
    int32_t right = find(&r, "z", NULL)->x - LEFT + ADVANCE;
    if (edge[n] - edge[n - 1] > ADVANCE && right != edge[n])
        fail_msg("%s: the table ends at %d, not %d", table, right, edge[n]);
    done(&r);
    buf_free(&styles);
    buf_free(&body);
}

#define EDGES(table, columns, ...) \
    do { \
        static const char *const column_[] = columns; \
        static const int32_t edge_[] = { __VA_ARGS__ }; \
        assert_int_equal(COUNT(edge_), COUNT(column_) + 1); \
        expect_edges(table, column_, COUNT(column_), edge_); \
    } while (0)
#define C(...) { __VA_ARGS__ }
#define REL(n) "style:rel-column-width=\"" n "*\""
#define ABS(width) "style:column-width=\"" width "\""

static void table_without_alignment_is_as_wide_as_the_text(void **state)
{
    (void)state;
    EDGES("", C(""), 0, 8000);
    EDGES("style:width=\"100pt\" fo:margin-left=\"10pt\" fo:margin-right=\"10pt\"", C(""), 0, 8000);
    EDGES("table:align=\"from-left\" style:width=\"100pt\"", C(""), 0, 8000);
    EDGES("table:align=\"left\"", C(""), 0, 8000);
    EDGES("table:align=\"center\"", C(""), 0, 8000);
}

static void margins_make_the_width(void **state)
{
    (void)state;
    EDGES("table:align=\"margins\" fo:margin-left=\"10pt\" fo:margin-right=\"-5pt\" "
          "style:width=\"1pt\"",
          C(""), 200, 8100);
    EDGES("table:align=\"margins\" fo:margin-left=\"-10pt\"", C(""), -200, 8000);
}

static void left_table_has_its_own_width(void **state)
{
    (void)state;
    EDGES("table:align=\"left\" style:width=\"100pt\" fo:margin-left=\"10pt\" "
          "fo:margin-right=\"9pt\"",
          C(ABS("100pt")), 200, 2200);
    EDGES("table:align=\"left\" style:width=\"100pt\" fo:margin-left=\"-10pt\"", C(ABS("100pt")),
          -200, 1800);
    EDGES("table:align=\"left\" style:width=\"500pt\"", C(ABS("500pt")), 0,
          10000); /* never shrunk */
}

/* Both sides get trunc((W0 - width) / 2): the width may grow by 1. */
static void centred_table_has_equal_sides(void **state)
{
    (void)state;
    EDGES("table:align=\"center\" style:width=\"250pt\"", C(ABS("250pt")), 1500, 6500);
    EDGES("table:align=\"center\" style:width=\"250.05pt\" fo:margin-left=\"9pt\"",
          C(ABS("250.05pt")), 1499, 6501);
    EDGES("table:align=\"center\" style:width=\"450.05pt\"", C(ABS("450.05pt")), -500, 8500);
}

static void right_table_ends_at_the_text_area(void **state)
{
    (void)state;
    EDGES("table:align=\"right\" style:width=\"250.05pt\" fo:margin-right=\"9pt\"",
          C(ABS("250.05pt")), 2999, 8000);
    EDGES("table:align=\"right\" style:width=\"500pt\"", C(ABS("500pt")), -2000, 8000);
}

static void relative_width_is_a_share_of_the_text_area(void **state)
{
    (void)state;
    EDGES("table:align=\"left\" style:rel-width=\"33%\" style:width=\"9pt\"", C(""), 0, 2640);
    EDGES("table:align=\"left\" style:rel-width=\"150%\"", C(""), 0, 8000);
    EDGES("table:align=\"right\" style:rel-width=\"25%\"", C(""), 6000, 8000);
}

/* N = 65535; w_i = w_i * N / sum, edges = sum of w * W / N, all truncated. */
static void relative_columns_share_the_width(void **state)
{
    (void)state;
    EDGES("", C("", "", ""), 0, 2666, 5333, 8000);
    EDGES("", C(REL("100"), REL("300")), 0, 1999, 8000);
    EDGES("", C(REL("1"), REL("3")), 0, 3999, 8000);            /* below 23 counts as 23 */
    EDGES("", C(REL("23"), REL("69")), 0, 1999, 8000);
    EDGES("", C(ABS("9in") " " REL("100"), REL("300")), 0, 1999, 8000);   /* relative wins */
}

/* "100* 1in 2in" is 1 : 1 : 2 */
static void absolute_columns_become_relative_where_the_width_is(void **state)
{
    (void)state;
    EDGES("", C(REL("100"), ABS("1in"), ABS("2in")), 0, 1999, 3999, 8000);
    EDGES("", C(ABS("1in"), ABS("2in"), ABS("1in")), 0, 1999, 5999, 8000);
    EDGES("table:align=\"left\" style:rel-width=\"50%\"", C(REL("100"), REL("300")), 0, 1000, 4000);
}

/* "three equal relative columns in 5760 tw are 1920, 1280, 2560 (a LibreOffice fault to copy)" */
static void relative_columns_of_a_fixed_table_share_unevenly(void **state)
{
    (void)state;
    EDGES("table:align=\"left\" style:width=\"4in\"", C(REL("1000"), REL("1000"), REL("1000")), 0,
          1920, 3200, 5760);
    EDGES("table:align=\"left\" style:width=\"4in\"", C(REL("1"), REL("3")), 0, 2880, 5760);
    /* V = 5760 - 1440; 100 * 4320 / 300 = 1440, the last one the rest */
    EDGES("table:align=\"left\" style:width=\"4in\"", C(REL("100"), ABS("1in"), REL("200")), 0,
          1440, 2880, 5760);
}

static void relative_columns_are_23_wide_at_least(void **state)
{
    (void)state;
    /* V = 10: 23 each; S = 1036 > N = 1000: 23 + w * 931 / 1036 */
    EDGES("table:align=\"left\" style:width=\"50pt\"", C(ABS("49.5pt"), REL("100"), REL("100")), 0,
          912, 955, 1000);
    /* V = 200 <= 1000 * 23 / 100: 23, 23 + 100 * 131 / 700, the rest */
    EDGES("table:align=\"left\" style:width=\"50pt\"",
          C(ABS("40pt"), REL("100"), REL("200"), REL("700")), 0, 800, 823, 864, 1000);
}

static void absolute_columns_are_scaled_to_the_table(void **state)
{
    (void)state;
    EDGES("table:align=\"left\" style:width=\"4in\"", C(ABS("1in"), ABS("3in")), 0, 1440, 5760);
    /* S < N: 1440 + 1440 * 1440 / 4320 */
    EDGES("table:align=\"left\" style:width=\"4in\"", C(ABS("1in"), ABS("2in")), 0, 1920, 5760);
    /* S > N: 23 + w * (2880 - 46) / 5760 */
    EDGES("table:align=\"left\" style:width=\"2in\"", C(ABS("2in"), ABS("2in")), 0, 1440, 2880);
    EDGES("table:align=\"left\" style:width=\"2in\"", C(ABS("3in"), ABS("1in")), 0, 2148, 2880);
}

static void nested_table_takes_the_width_of_its_cell(void **state)
{
    (void)state;
    expect_texts((Source){ TABLE("", COLUMNS2 ROW(CELL(P("a")) CELL_S(
                                         "P", TABLE("", COLUMNS2 ROW(CELL(P("b")) CELL(P("c"))))))),
                           CELL_STYLE("P", "fo:padding=\"10pt\"") },
                 "1000 1367 a\n5199 1367 b\n6999 1367 c\n");
}

static void rows_are_cut_and_filled_to_the_columns(void **state)
{
    (void)state;
    expect_texts((Source){ TABLE("", COLUMNS2 ROW(CELL(P("a")) CELL(P("b")) CELL(P("extra")))
                                         ROW(CELL(P("c"))) ROW("")) P("d") },
                 "1000 1167 a\n4999 1167 b\n1000 1394 c\n1000 1848 d\n");
}

/* ---- 2.3: margins of rows ---- */

static void cells_without_style_have_no_padding(void **state)
{
    (void)state;
    expect_texts((Source){ TABLE("", COLUMNS2 ROW(CELL(P("a")) CELL(P("b")))
                                         ROW(CELL(P("c")) CELL(P("d")))) P("e") },
                 "1000 1167 a\n4999 1167 b\n1000 1394 c\n4999 1394 d\n1000 1621 e\n");
    expect_texts((Source){ TABLE("", COLUMNS2 ROW(CELL_S("B", P("a")))),
                           CELL_STYLE("B", "fo:border=\"1pt solid #000000\"") },
                 "1000 1187 a\n");
}

/* TM = 20 + 60, BM = 60; below, the last row's rule of 20. */
static void borders_of_a_collapsing_table_take_room_above_only(void **state)
{
    (void)state;
    expect_texts((Source){ TABLE("", COLUMNS2 ROW(CELL_S("B", P("a"))) ROW(CELL_S("B", P("b"))))
                               P("c"),
                           CELL_STYLE("B", "fo:border=\"1pt solid #000000\" fo:padding=\"3pt\"") },
                 "1060 1247 a\n1060 1614 b\n1000 1921 c\n");
}

/* All cells of a row have the greatest margins: 80 against 40. */
static void cells_of_a_row_share_their_margins(void **state)
{
    (void)state;
    expect_texts(
        (Source){ TABLE("", COLUMNS2 ROW(CELL_S("A", P("a")) CELL_S("B", P("b")))) P("c"),
                  CELL_STYLE("A", "fo:border-top=\"2pt solid #000000\" fo:padding=\"0pt\"")
                      CELL_STYLE("B", "fo:border-top=\"1pt solid #000000\" fo:padding=\"3pt\"") },
        "1000 1247 a\n5059 1247 b\n1000 1534 c\n");
}

/* TM of the second row: the rule above it, 80, and its padding, 40. */
static void rule_of_the_row_above_counts(void **state)
{
    (void)state;
    expect_texts(
        (Source){
            TABLE("", COLUMNS2 ROW(CELL_S("A", P("a"))) ROW(CELL_S("B", P("b")))) P("c"),
            CELL_STYLE("A", "fo:border-bottom=\"4pt solid #000000\" fo:padding=\"0pt\"")
                CELL_STYLE("B", "fo:border-top=\"1pt solid #000000\" fo:padding-top=\"2pt\"") },
        "1000 1167 a\n1000 1514 b\n1000 1741 c\n");
}

static void cells_of_a_separating_table_have_their_own_margins(void **state)
{
    (void)state;
    expect_texts(
        (Source){ TABLE("S", COLUMNS2 ROW(CELL_S("A", P("a")) CELL_S("B", P("b")))
                                 ROW(CELL_S("A", P("c")))) P("d"),
                  TABLE_STYLE("S", "table:border-model=\"separating\"")
                      CELL_STYLE("A", "fo:border=\"1pt solid #000000\" fo:padding=\"1pt\"")
                          CELL_STYLE("B", "fo:border=\"2pt solid #000000\" fo:padding=\"3pt\"") },
        "1040 1207 a\n5099 1267 b\n1040 1634 c\n1000 1901 d\n");
}

/* ---- 3: rows and cells ---- */

static void cell_without_a_paragraph_is_one_empty_line_high(void **state)
{
    (void)state;
    expect_texts((Source){ TABLE("", COLUMNS2 ROW(CELL("") CELL("")) ROW("")) P("a") },
                 "1000 1621 a\n");
}

static void margins_of_the_paragraphs_count_in_a_cell(void **state)
{
    (void)state;
    static const char body[] = TABLE("", COLUMNS2 ROW(CELL(PS("M", "a") PS("M", "b")))) P("c");
    static const char style[] = PARA("M", "fo:margin-top=\"2pt\" fo:margin-bottom=\"5pt\"");
    expect_texts((Source){ body, style }, "1000 1207 a\n1000 1574 b\n1000 1901 c\n");
    /* the last one's bottom margin only by the setting */
    expect_texts((Source){ body, style, .settings = SET("UseFormerLineSpacing", "false") },
                 "1000 1207 a\n1000 1574 b\n1000 1801 c\n");
}

/* 3.2: the last paragraph's proportional spacing: tr(50 * 227 / 100) more. */
static void line_spacing_counts_at_the_end_of_a_cell(void **state)
{
    (void)state;
    expect_texts((Source){ TABLE("", COLUMNS2 ROW(CELL(PS("M", "a")))) P("c"),
                           PARA("M", "fo:line-height=\"150%\"") },
                 "1000 1167 a\n1000 1507 c\n");
}

/* 3.3: an empty paragraph after a nested table takes one twip. */
static void empty_paragraph_after_a_nested_table_collapses(void **state)
{
    (void)state;
    static const char body[] =
        TABLE("", COLUMNS2 ROW(CELL(TABLE("", COLUMNS2 ROW(CELL(P("a")))) P("")))) P("b");
    expect_texts((Source){ body }, "1000 1167 a\n1000 1395 b\n");
    expect_texts((Source){ body, .settings = SET("UseFormerLineSpacing", "false") },
                 "1000 1167 a\n1000 1621 b\n");
    /* before it, it is a line */
    expect_texts((Source){ TABLE("", COLUMNS2 ROW(CELL(
                                         P("") TABLE("", COLUMNS2 ROW(CELL(P("a"))))))) P("b") },
                 "1000 1394 a\n1000 1621 b\n");
}

static void heights_of_rows_are_least_or_exact(void **state)
{
    (void)state;
    static const char styles[] = ROW_STYLE("Least", "style:min-row-height=\"50pt\"")
        ROW_STYLE("Small", "style:min-row-height=\"5pt\"")
            ROW_STYLE("Exact", "style:row-height=\"8pt\" style:use-optimal-row-height=\"true\"")
                CELL_STYLE("B", "fo:border=\"1pt solid #000000\" fo:padding=\"3pt\"");
    expect_texts((Source){ TABLE("", COLUMNS2 ROW_S("Least", CELL(P("a")))) P("b"), styles },
                 "1000 1167 a\n1000 2167 b\n");
    expect_texts((Source){ TABLE("", COLUMNS2 ROW_S("Small", CELL(P("a")))) P("b"), styles },
                 "1000 1167 a\n1000 1394 b\n");
    expect_texts((Source){ TABLE("", COLUMNS2 ROW_S("Exact", CELL(P("a")))) P("b"), styles },
                 "1000 1167 a\n1000 1327 b\n");
    /* TM and BM are in the height, the rule below the last row is not */
    expect_texts((Source){ TABLE("", COLUMNS2 ROW_S("Least", CELL_S("B", P("a")))) P("b"), styles },
                 "1060 1247 a\n1000 2187 b\n");
}

#define ALIGNS \
    CELL_STYLE("M", "style:vertical-align=\"middle\"") \
    CELL_STYLE("B", "style:vertical-align=\"bottom\"") \
        CELL_STYLE("A", "style:vertical-align=\"automatic\"") \
            CELL_STYLE("U", "style:vertical-align=\"strange\"") \
                ROW_STYLE("R", "style:min-row-height=\"100pt\"")

/* free = 2000 - 227 = 1773; half of it 886 */
static void content_is_aligned_in_its_cell(void **state)
{
    (void)state;
    expect_texts((Source){ TABLE("",
                                 "<table:table-column table:number-columns-repeated=\"4\"/>" ROW_S(
                                     "R", CELL_S("M", P("a")) CELL_S("B", P("b"))
                                              CELL_S("A", P("c")) CELL_S("U", P("d")))),
                           ALIGNS },
                 "1000 2053 a\n2999 2940 b\n4999 1167 c\n6999 1167 d\n");
}

/* 3.7: rows before the last leave the spanning cell out; the last one makes the room. */
static void spanning_cell_makes_its_last_row_higher(void **state)
{
    (void)state;
    expect_texts(
        (Source){ TABLE("", COLUMNS2 ROW("<table:table-cell table:number-rows-spanned=\"2\">" P(
                                "a") P("b") P("c") P("d") "</table:table-cell>" CELL(P("e")))
                                ROW("<table:covered-table-cell/>" CELL(P("f")))) P("g") },
        "1000 1167 a\n1000 1394 b\n1000 1621 c\n1000 1848 d\n4999 1167 e\n4999 1394 f\n1000 2075 "
        "g\n");
}

static void spanning_cell_that_has_room_adds_nothing(void **state)
{
    (void)state;
    expect_texts(
        (Source){
            TABLE("",
                  COLUMNS2 ROW(
                      "<table:table-cell table:style-name=\"M\" table:number-rows-spanned=\"2\">" P(
                          "a") "</table:table-cell>" CELL(P("e")))
                      ROW("<table:covered-table-cell/>" CELL(P("f")))) P("g"),
            ALIGNS },
        "1000 1280 a\n4999 1167 e\n4999 1394 f\n1000 1621 g\n");
}

/* The covered cell's own padding of 200 counts for its row. */
static void covered_cells_count_for_the_margins_of_their_row(void **state)
{
    (void)state;
    static const char body[] =
        TABLE("", COLUMNS2 ROW("<table:table-cell table:number-rows-spanned=\"2\">" P(
                      "a") "</table:table-cell>" CELL(P("e")))
                      ROW("<table:covered-table-cell table:style-name=\"P\"/>" CELL(P("f"))))
            P("g");
    expect_texts((Source){ body, CELL_STYLE("P", "fo:padding=\"10pt\"") },
                 "1000 1167 a\n4999 1167 e\n4999 1594 f\n1000 2021 g\n");
}

static void cells_covered_by_a_column_span_do_not_count(void **state)
{
    (void)state;
    expect_texts(
        (Source){
            TABLE("",
                  COLUMNS2 ROW("<table:table-cell table:number-columns-spanned=\"2\">" P(
                      "a") "</table:table-cell><table:covered-table-cell table:style-name=\"P\"/>")
                      ROW(CELL(P("b")) CELL(P("c")))) P("d"),
            CELL_STYLE("P", "fo:padding=\"10pt\"") },
        "1000 1167 a\n1000 1394 b\n4999 1394 c\n1000 1621 d\n");
}

static void repeated_and_collapsed_rows_are_shown_once(void **state)
{
    (void)state;
    expect_texts(
        (Source){ TABLE(
            "", COLUMNS2 "<table:table-row table:visibility=\"collapse\">" CELL(P(
                    "a")) "</table:table-row>"
                          "<table:table-row table:number-rows-repeated=\"3\">" CELL(P(
                              "b")) "</table:table-row>" ROW("<table:table-cell "
                                                             "table:number-columns-repeated="
                                                             "\"2\">" P("c") "</table:table-cell>"))
                      P("d") },
        "1000 1167 a\n1000 1394 b\n1000 1621 c\n4999 1621 c\n1000 1848 d\n");
}

static void breaks_in_cells_are_ignored(void **state)
{
    (void)state;
    Laid r = lay((Source){ TABLE("", COLUMNS2 ROW(CELL(P("a") PS("B", "b") P("c")))),
                           PARA("B", "fo:break-before=\"page\"") });
    assert_int_equal(r.l->page.n, 1);
    done(&r);
}

/* 1, 2.6: distances are sums. */
static void margins_of_tables_and_paragraphs_are_added(void **state)
{
    (void)state;
    expect_texts((Source){ PS("M", "a") TABLE("T", COLUMNS2 ROW(CELL(P("b"))))
                               TABLE("T", COLUMNS2 ROW(CELL(P("c")))) PS("M", "d"),
                           PARA("M", "fo:margin-top=\"2pt\" fo:margin-bottom=\"5pt\"")
                               TABLE_STYLE("T", "fo:margin-top=\"3pt\" fo:margin-bottom=\"7pt\"") },
                 "1000 1207 a\n1000 1594 b\n1000 2021 c\n1000 2428 d\n");
}

/* ---- 2.4-2.10: rules ---- */

static void rules_lie_on_the_edges(void **state)
{
    (void)state;
    /* row of 20 + 227; verticals centred on the edges and over the full height, horizontals longer
     * by half of them */
    expect_items((Source){ TABLE("", "<table:table-column/>" ROW(CELL_S("B", P("a")))),
                           CELL_STYLE("B", "fo:border=\"1pt solid #000000\"") },
                 FILLS,
                 "fill 990 1000 8020 20\nfill 990 1247 8020 20\nfill 990 1000 20 267\nfill 8990 "
                 "1000 20 267\n");
}

static void wider_border_wins_on_a_shared_edge(void **state)
{
    (void)state;
    static const char body[] = TABLE("", COLUMNS2 ROW(CELL_S("L", P("a")) CELL_S("R", P("b"))));
    expect_items((Source){ body, CELL_STYLE("L", "fo:border-right=\"2pt solid #000000\"")
                                     CELL_STYLE("R", "fo:border-left=\"1pt solid #000000\"") },
                 FILLS, "fill 4979 1000 40 227\n");
    expect_items((Source){ body, CELL_STYLE("L", "fo:border-right=\"1pt solid #000000\"")
                                     CELL_STYLE("R", "fo:border-left=\"2pt solid #000000\"") },
                 FILLS, "fill 4979 1000 40 227\n");
}

static int32_t color_of_first_fill(Source s)
{
    Laid r = lay(s);
    int32_t color = -9;
    for (size_t i = 0; i < r.l->page.p[0]->item.n && color == -9; i++)
        if (r.l->page.p[0]->item.p[i].kind == ITEM_FILL)
            color = r.l->page.p[0]->item.p[i].color;
    done(&r);
    return color;
}

static void of_equal_borders_the_second_wins(void **state)
{
    (void)state;
    assert_int_equal(color_of_first_fill(
                         (Source){ TABLE("", COLUMNS2 ROW(CELL_S("L", P("a")) CELL_S("R", P("b")))),
                                   CELL_STYLE("L", "fo:border-right=\"1pt solid #111111\"")
                                       CELL_STYLE("R", "fo:border-left=\"1pt solid #222222\"") }),
                     0x222222);
    assert_int_equal(color_of_first_fill((Source){
                         TABLE("", COLUMNS2 ROW(CELL_S("L", P("a"))) ROW(CELL_S("R", P("b")))),
                         CELL_STYLE("L", "fo:border-bottom=\"1pt solid #111111\"")
                             CELL_STYLE("R", "fo:border-top=\"1pt solid #222222\"") }),
                     0x222222);
    /* a double one beats a single one of its width */
    assert_int_equal(color_of_first_fill(
                         (Source){ TABLE("", COLUMNS2 ROW(CELL_S("L", P("a")) CELL_S("R", P("b")))),
                                   CELL_STYLE("L", "fo:border-right=\"3pt double #111111\"")
                                       CELL_STYLE("R", "fo:border-left=\"3pt solid #222222\"") }),
                     0x111111);
}

/* 2.10: from edge to edge, row top to row bottom; table, row, cell in this order, then rules. */
static void backgrounds_fill_their_boxes_in_order(void **state)
{
    (void)state;
    Laid r = lay((Source){
        TABLE("T", COLUMNS2 ROW_S("R", CELL_S("C", P("a")))),
        TABLE_STYLE("T", "fo:background-color=\"#010101\"")
            ROW_STYLE("R", "fo:background-color=\"#020202\"") CELL_STYLE(
                "C", "fo:background-color=\"#030303\" fo:border-top=\"1pt solid #040404\"") });
    for (size_t i = 0; i < 3; i++) {
        const LayoutItem *k = &r.l->page.p[0]->item.p[i];
        assert_int_equal(k->kind, ITEM_FILL);
        assert_int_equal(k->color, 0x010101 * (int32_t)(i + 1));
        assert_int_equal(k->x, 1000);
        assert_int_equal(k->y, 1000);
    }
    const LayoutPage *p = r.l->page.p[0];
    assert_int_equal(p->item.p[p->item.n - 1].color, 0x040404);
    done(&r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(table_without_alignment_is_as_wide_as_the_text),
        cmocka_unit_test(margins_make_the_width),
        cmocka_unit_test(left_table_has_its_own_width),
        cmocka_unit_test(centred_table_has_equal_sides),
        cmocka_unit_test(right_table_ends_at_the_text_area),
        cmocka_unit_test(relative_width_is_a_share_of_the_text_area),
        cmocka_unit_test(relative_columns_share_the_width),
        cmocka_unit_test(absolute_columns_become_relative_where_the_width_is),
        cmocka_unit_test(relative_columns_of_a_fixed_table_share_unevenly),
        cmocka_unit_test(relative_columns_are_23_wide_at_least),
        cmocka_unit_test(absolute_columns_are_scaled_to_the_table),
        cmocka_unit_test(nested_table_takes_the_width_of_its_cell),
        cmocka_unit_test(rows_are_cut_and_filled_to_the_columns),
        cmocka_unit_test(cells_without_style_have_no_padding),
        cmocka_unit_test(borders_of_a_collapsing_table_take_room_above_only),
        cmocka_unit_test(cells_of_a_row_share_their_margins),
        cmocka_unit_test(rule_of_the_row_above_counts),
        cmocka_unit_test(cells_of_a_separating_table_have_their_own_margins),
        cmocka_unit_test(cell_without_a_paragraph_is_one_empty_line_high),
        cmocka_unit_test(margins_of_the_paragraphs_count_in_a_cell),
        cmocka_unit_test(line_spacing_counts_at_the_end_of_a_cell),
        cmocka_unit_test(empty_paragraph_after_a_nested_table_collapses),
        cmocka_unit_test(heights_of_rows_are_least_or_exact),
        cmocka_unit_test(content_is_aligned_in_its_cell),
        cmocka_unit_test(spanning_cell_makes_its_last_row_higher),
        cmocka_unit_test(spanning_cell_that_has_room_adds_nothing),
        cmocka_unit_test(covered_cells_count_for_the_margins_of_their_row),
        cmocka_unit_test(cells_covered_by_a_column_span_do_not_count),
        cmocka_unit_test(repeated_and_collapsed_rows_are_shown_once),
        cmocka_unit_test(breaks_in_cells_are_ignored),
        cmocka_unit_test(margins_of_tables_and_paragraphs_are_added),
        cmocka_unit_test(rules_lie_on_the_edges),
        cmocka_unit_test(wider_border_wins_on_a_shared_edge),
        cmocka_unit_test(of_equal_borders_the_second_wins),
        cmocka_unit_test(backgrounds_fill_their_boxes_in_order),
    };
    return cmocka_run_group_tests(tests, fonts_open, fonts_close);
}
