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

/* Experiment, LibreOffice 7.4: what spans reach decides where a cell stands, not whether the file
 * has covered cells. */
static void cells_go_to_columns_that_no_span_reaches(void **state)
{
    (void)state;
    expect_texts(
        (Source){ TABLE("", COLUMNS3
                            ROW(CELL(P("a")) "<table:table-cell table:number-rows-spanned=\"2\">" P(
                                "b") "</table:table-cell>" CELL(P("c")))
                                ROW(CELL(P("d")) CELL(P("e")))
                                    ROW("<table:table-cell table:number-columns-spanned=\"2\">" P(
                                        "f") "</table:table-cell>" CELL(P("g")))
                                        ROW(CELL(P("h")) "<table:covered-table-cell/>" CELL(
                                            P("i")))) },
        "1000 1167 a\n3666 1167 b\n6333 1167 c\n1000 1394 d\n6333 1394 e\n1000 1621 f\n"
        "6333 1621 g\n1000 1848 h\n3666 1848 i\n");
}

/* 100 above a line of 227, in a cell without a paragraph and in one that the row lacks. */
static void empty_cells_have_a_paragraph_of_style_standard(void **state)
{
    (void)state;
    static const char standard[] =
        "<style:style style:name=\"Standard\" style:family=\"paragraph\">"
        "<style:paragraph-properties fo:margin-top=\"5pt\"/></style:style>";
    expect_texts((Source){ TABLE("", COLUMNS2 ROW(CELL("") CELL(PS("N", "b")))
                                         ROW(CELL(PS("N", "c")))) PS("N", "d"),
                           PARA("N", "fo:margin-top=\"0pt\""), standard },
                 "4999 1167 b\n1000 1494 c\n1000 1821 d\n");
}

static void a_table_without_rows_takes_no_room(void **state)
{
    (void)state;
    expect_texts((Source){ P("a") TABLE("T", COLUMNS2) P("b"),
                           TABLE_STYLE("T", "fo:margin-top=\"5pt\" fo:margin-bottom=\"5pt\"") },
                 "1000 1167 a\n1000 1394 b\n");
}

static void a_cell_of_hidden_text_has_no_height(void **state)
{
    (void)state;
    expect_texts((Source){ TABLE("", "<table:table-column/>" ROW(CELL(PS("H", "x")))) P("d"),
                           PARA_TEXT("H", "", "text:display=\"none\"") },
                 "1000 1167 d\n");
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

/* Experiment: the rest of a paragraph begins with its space above once more, in a cell only.  4000
 * less the 3600 above leave room for 100 and one line of 227. */
static void rest_of_a_paragraph_in_a_cell_has_its_space_above(void **state)
{
    (void)state;
    static const char styles[] =
        PARA("Tall", "fo:line-height=\"180pt\"") PARA("M", "fo:margin-top=\"5pt\"");
    Laid r = lay((Source){ PS("Tall", "x") TABLE("", "<table:table-column/>" ROW(
                               CELL(PS("M", "a" BREAK "b")))), styles });
    assert_int_equal(find(&r, "a", NULL)->y, 1000 + 3600 + 100 + 167);
    assert_int_equal(page_of(&r, "b"), 2);
    assert_int_equal(find(&r, "b", NULL)->y, 1000 + 100 + 167);
    done(&r);
    r = lay((Source){ PS("Tall", "x") PS("M", "a" BREAK "b"), styles });
    assert_int_equal(page_of(&r, "b"), 2);
    assert_int_equal(find(&r, "b", NULL)->y, 1000 + 167);
    done(&r);
}

/* Experiment: each part of a split paragraph has a whole box, border 20 and padding 80. */
static void parts_of_a_paragraph_have_whole_boxes(void **state)
{
    (void)state;
    static const char box[] = "fo:border=\"1pt solid #000000\" fo:padding=\"4pt\"";
    Buf styles = {0};
    buf_format(&styles, PARA("Tall", "fo:line-height=\"170pt\"") PARA("B", "%s"), box);
    Laid r = lay((Source){ PS("Tall", "x") PS("B", "a" BREAK "b" BREAK "c"), styles.p });
    /* 600 left: 100 + 227 + 100 fit, another line of 227 does not */
    assert_string_equal(show(&r, TEXTS | FILLS),
                        "1000 3720 x\nfill 1000 4400 8000 20\nfill 1000 4400 20 427\nfill 1000 4807 "
                        "8000 20\nfill 8980 4400 20 427\n1100 4667 a\npage 2\nfill 1000 1000 8000 "
                        "20\nfill 1000 1000 20 654\nfill 1000 1634 8000 20\nfill 8980 1000 20 "
                        "654\n1100 1267 b\n1100 1494 c\n");
    done(&r);
    buf_free(&styles);
}

/* 3.3: nothing but its 1 twip is between a nested table and the cell's end. */
static void collapsed_paragraph_has_no_margins(void **state)
{
    (void)state;
    expect_texts(
        (Source){ TABLE("", "<table:table-column/>" ROW(CELL(
                      TABLE("T", "<table:table-column/>" ROW(CELL(P("a")))) PS("M", "")))) P("b"),
                  TABLE_STYLE("T", "fo:margin-bottom=\"7pt\"")
                      PARA("M", "fo:margin-top=\"5pt\" fo:margin-bottom=\"6pt\"") },
        "1000 1167 a\n1000 1395 b\n");
}

static void frame_that_follows_the_text_counts_from_its_cell(void **state)
{
    (void)state;
    /* padding 100; the frame 60 below the cell's edge and 200 right of it: 60 + 400 + 100 high */
    Laid r = lay((Source){
        TABLE("", COLUMNS2 ROW(CELL(P("a")) CELL_S("P", P(
            "<draw:frame draw:style-name=\"F\" text:anchor-type=\"paragraph\" svg:x=\"10pt\""
            " svg:y=\"3pt\" svg:width=\"100pt\" svg:height=\"20pt\"><draw:text-box>" P("x")
            "</draw:text-box></draw:frame>b")))) P("c"),
        CELL_STYLE("P", "fo:padding=\"5pt\"")
            "<style:style style:name=\"F\" style:family=\"graphic\"><style:graphic-properties "
            "style:flow-with-text=\"true\" style:wrap=\"run-through\" fo:padding=\"0pt\" "
            "fo:border=\"none\" style:vertical-pos=\"from-top\" style:vertical-rel=\"page\" "
            "style:horizontal-pos=\"from-left\" style:horizontal-rel=\"page\"/></style:style>" });
    assert_string_equal(show(&r, TEXTS),
                        "1000 1267 a\n5099 1267 b\n1000 1727 c\n5199 1227 x\n");
    done(&r);
}

/* ---- pictures behind something: 8 x 4 pixels at 96 to the inch, 120 x 60 twips ---- */

#define BACK(more) \
    "<style:background-image " more "><office:binary-data>" \
    "iVBORw0KGgoAAAANSUhEUgAAAAgAAAAECAIAAAA8r+mnAAAAEUlEQVR4nGM4ISeHFTFQTwIAbv4ggUBHKgEAAAAASU" \
    "VORK5CYII=</office:binary-data></style:background-image>"

static void expect_images(Source s, const char *want)
{
    Laid r = lay(s);
    Buf got = {0};
    buf_str(&got, "");
    for (size_t i = 0; i < r.l->page.p[0]->item.n; i++) {
        const LayoutItem *it = &r.l->page.p[0]->item.p[i];
        const int32_t *c = it->image.clip;
        if (it->kind == ITEM_IMAGE) {
            assert_null(it->node);      /* decoration */
            buf_format(&got, "%d %d %d %d cut %d %d %d %d\n", it->x, it->y, it->w, it->h, c[0],
                       c[1], c[2], c[3]);
        }
    }
    assert_string_equal(got.p, want);
    buf_free(&got);
    done(&r);
}

static void expect_behind_cell(const char *image, const char *want)
{
    Buf styles = {0};
    buf_format(&styles,
               "<style:style style:name=\"B\" style:family=\"table-cell\">"
               "<style:table-cell-properties>%s</style:table-cell-properties></style:style>"
               TABLE_STYLE("T", "table:align=\"left\" style:width=\"10pt\""),
               image);
    /* a cell of 200 x 227 */
    expect_images((Source){ TABLE("T", "<table:table-column/>" ROW(CELL_S("B", P("a")))),
                            styles.p }, want);
    buf_free(&styles);
}

static void pictures_behind_cells_are_tiled_from_the_corner(void **state)
{
    (void)state;
    /* the second column is cut by 40 of 120, the fourth row by 13 of 60 */
    expect_behind_cell(BACK(""), "1000 1000 120 60 cut 0 0 0 0\n1120 1000 80 60 cut 0 333 0 0\n"
                                 "1000 1060 120 60 cut 0 0 0 0\n1120 1060 80 60 cut 0 333 0 0\n"
                                 "1000 1120 120 60 cut 0 0 0 0\n1120 1120 80 60 cut 0 333 0 0\n"
                                 "1000 1180 120 47 cut 0 0 216 0\n"
                                 "1120 1180 80 47 cut 0 333 216 0\n");
}

static void pictures_behind_cells_stand_once_or_are_stretched(void **state)
{
    (void)state;
    expect_behind_cell(BACK("style:repeat=\"no-repeat\""), "1040 1083 120 60 cut 0 0 0 0\n");
    expect_behind_cell(BACK("style:repeat=\"no-repeat\" style:position=\"bottom right\""),
                       "1080 1167 120 60 cut 0 0 0 0\n");
    expect_behind_cell(BACK("style:repeat=\"stretch\""), "1000 1000 200 227 cut 0 0 0 0\n");
    expect_behind_cell("<style:background-image/>", "");
}

static void picture_behind_the_page_covers_the_paper(void **state)
{
    (void)state;
    expect_images((Source){ P("a"),
                            .page = "<style:page-layout-properties fo:page-width=\"500pt\" "
                                    "fo:page-height=\"300pt\" fo:margin=\"50pt\">"
                                    BACK("style:repeat=\"stretch\"")
                                    "</style:page-layout-properties>" },
                  "0 0 10000 6000 cut 0 0 0 0\n");
}

/* ---- keep with next: experiment, 72 documents ---- */

/* Rows of 500; 4000 on a page.  A table that does not fit is split as any other, and its heading
 * stays with its first rows; one that fits goes where the next paragraph is; one that must not be
 * split moves whole. */
static void table_kept_with_the_next_paragraph(void **state)
{
    (void)state;
#define KEPT(tall, more) \
    (Source){ PS("Tall", "x") PS("Keep", "h") TABLE("T", "<table:table-column/>" ROW_S("R", \
                  CELL(P("a"))) ROW_S("R", CELL(P("b")))) P("next"), \
              PARA("Tall", "fo:line-height=\"" tall "\"") \
                  PARA("Keep", "fo:keep-with-next=\"always\"") \
                      TABLE_STYLE("T", "fo:keep-with-next=\"always\" " more) \
                          ROW_STYLE("R", "style:row-height=\"25pt\"") }
    static const struct { Source source; size_t head, a, b, next;
    } cases[] = {
        { KEPT("120pt", ""), 1, 1, 1, 1 },      /* 2400 + 227 + 1000 + 227: all fits */
        { KEPT("135pt", ""), 2, 2, 2, 2 },      /* 2700: the next one does not fit */
        { KEPT("160pt", ""), 1, 1, 2, 2 },      /* 3200: the second row neither */
        { KEPT("160pt", "style:may-break-between-rows=\"false\""), 2, 2, 2, 2 },
    };
#undef KEPT
    for (size_t i = 0; i < COUNT(cases); i++) {
        Laid r = lay(cases[i].source);
        assert_int_equal(page_of(&r, "h"), cases[i].head);
        assert_int_equal(page_of(&r, "a"), cases[i].a);
        assert_int_equal(page_of(&r, "b"), cases[i].b);
        assert_int_equal(page_of(&r, "next"), cases[i].next);
        done(&r);
    }
}

/* ---- shadows: (40 + 40) / 2 and (20 + 60) / 2 are 40 wide ---- */

static void shadow_makes_a_table_narrower_and_higher(void **state)
{
    (void)state;
#define SHADOWED(shadow) \
    (Source){ TABLE("T", COLUMNS2 ROW(CELL(P("a")) CELL(P("b")))) P("c"), \
              TABLE_STYLE("T", "style:shadow=\"#808080 " shadow "\" table:align=\"left\" " \
                               "style:width=\"100pt\"") }
    /* the shadow right and below, 40 off; then the text below both */
    expect_items(SHADOWED("1pt 3pt"), TEXTS | FILLS,
                 "fill 2960 1040 40 227\nfill 1040 1227 1920 40\n1000 1167 a\n1980 1167 b\n1000 "
                 "1434 c\n");
    expect_items(SHADOWED("-2pt -2pt"), TEXTS | FILLS,
                 "fill 1000 1000 40 227\nfill 1040 1000 1920 40\n1040 1207 a\n2020 1207 b\n1000 "
                 "1434 c\n");
#undef SHADOWED
}

static void shadow_makes_a_paragraph_narrower_and_higher(void **state)
{
    (void)state;
    expect_items((Source){ PS("S", "a") P("b"),
                           PARA("S", "style:shadow=\"#808080 2pt 2pt\" "
                                     "fo:background-color=\"#ffff00\"") },
                 TEXTS | FILLS,
                 "fill 8960 1040 40 227\nfill 1040 1227 7920 40\nfill 1000 1000 7960 227\n1000 1167 "
                 "a\n1000 1434 b\n");
}

/* ---- gradients: bands from the start colour to the end colour, each to the box's end ---- */

#define GRADIENT(style, angle) \
    "<draw:gradient draw:name=\"G\" draw:style=\"" style "\" draw:start-color=\"#000000\" " \
    "draw:end-color=\"#030000\" draw:angle=\"" angle "\"/>"

static void expect_bands(const char *gradient, const char *want)
{
    Laid r = lay((Source){
        P("<draw:rect draw:style-name=\"F\" text:anchor-type=\"as-char\" svg:width=\"30pt\" "
          "svg:height=\"15pt\"/>"),
        "<style:style style:name=\"F\" style:family=\"graphic\"><style:graphic-properties "
        "draw:stroke=\"none\" draw:fill=\"gradient\" draw:fill-gradient-name=\"G\"/></style:style>",
        gradient });
    Buf got = {0};
    buf_str(&got, "");
    for (size_t i = 0; i < r.l->page.p[0]->item.n; i++) {
        const LayoutItem *it = &r.l->page.p[0]->item.p[i];
        if (it->kind == ITEM_PATH)
            buf_format(&got, "%d %d %d %d %06x\n", it->x, it->y, it->w, it->h, it->color);
    }
    assert_string_equal(got.p, want);
    buf_free(&got);
    done(&r);
}

static void straight_gradients_are_bands(void **state)
{
    (void)state;
    /* 600 x 300: three colours, 100 high; then 200 wide; then 50 high from both sides */
    expect_bands(GRADIENT("linear", "0"), "1000 1000 600 300 000000\n1000 1000 600 300 000000\n"
                                          "1000 1100 600 200 010000\n1000 1200 600 100 030000\n");
    expect_bands(GRADIENT("linear", "90deg"),
                 "1000 1000 600 300 000000\n1000 1000 600 300 000000\n"
                 "1200 1000 400 300 010000\n1400 1000 200 300 030000\n");
    expect_bands(GRADIENT("axial", "0"),
                 "1000 1000 600 300 030000\n1000 1000 600 300 030000\n1000 1050 600 250 020000\n"
                 "1000 1100 600 200 000000\n1000 1150 600 150 000000\n1000 1200 600 100 010000\n"
                 "1000 1250 600 50 030000\n");
    /* others are one colour */
    expect_bands(GRADIENT("radial", "0"), "1000 1000 600 300 010000\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(covered_cells_look_like_what_covers_them),
        cmocka_unit_test(cells_go_to_columns_that_no_span_reaches),
        cmocka_unit_test(empty_cells_have_a_paragraph_of_style_standard),
        cmocka_unit_test(a_table_without_rows_takes_no_room),
        cmocka_unit_test(a_cell_of_hidden_text_has_no_height),
        cmocka_unit_test(cells_without_style_have_that_of_their_column),
        cmocka_unit_test(a_fixed_row_does_not_grow_for_a_span_cut_at_a_page_end),
        cmocka_unit_test(cells_without_words_are_painted),
        cmocka_unit_test(rest_of_a_paragraph_in_a_cell_has_its_space_above),
        cmocka_unit_test(parts_of_a_paragraph_have_whole_boxes),
        cmocka_unit_test(collapsed_paragraph_has_no_margins),
        cmocka_unit_test(frame_that_follows_the_text_counts_from_its_cell),
        cmocka_unit_test(pictures_behind_cells_are_tiled_from_the_corner),
        cmocka_unit_test(pictures_behind_cells_stand_once_or_are_stretched),
        cmocka_unit_test(picture_behind_the_page_covers_the_paper),
        cmocka_unit_test(table_kept_with_the_next_paragraph),
        cmocka_unit_test(straight_gradients_are_bands),
        cmocka_unit_test(shadow_makes_a_table_narrower_and_higher),
        cmocka_unit_test(shadow_makes_a_paragraph_narrower_and_higher),
    };
    return cmocka_run_group_tests(tests, fonts_open, fonts_close);
}
