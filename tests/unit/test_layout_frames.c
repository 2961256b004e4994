/* SPDX-License-Identifier: MIT */
/* layout/: where frames stand and how text goes round them (frames-styles section 1). */
#include "test_layout.h"

#define PNG \
    "<draw:image><office:binary-data>" \
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9Q" \
    "DwADhgGAWjR9awAAAABJRU5ErkJggg==</office:binary-data></draw:image><svg:desc>x</svg:desc>"
/* A picture of 2000 x 400 twips. */
#define FRAME(more) \
    "<draw:frame draw:style-name=\"F\" text:anchor-type=\"paragraph\" svg:width=\"100pt\"" \
    " svg:height=\"20pt\" " more ">" PNG "</draw:frame>"

/* The first picture on the pages. */
static const LayoutItem *picture(const Laid *r)
{
    for (size_t p = 0; p < r->l->page.n; p++)
        for (size_t i = 0; i < r->l->page.p[p]->item.n; i++)
            if (r->l->page.p[p]->item.p[i].kind == ITEM_IMAGE)
                return &r->l->page.p[p]->item.p[i];
    fail_msg("no picture");
    return NULL;
}

static void graphic(Buf *out, const char *properties)
{
    buf_format(
        out,
        "<style:style style:name=\"F\" style:family=\"graphic\">"
        "<style:graphic-properties style:wrap=\"run-through\" fo:margin=\"5pt\" fo:border=\"none\""
        " fo:padding=\"0pt\" %s/></style:style>%s%s",
        properties, PARA("I", "fo:margin-left=\"10pt\" fo:margin-right=\"20pt\""),
        PARA("T", "fo:margin-top=\"10pt\" fo:margin-bottom=\"4pt\""));
}

static void expect_at(const char *properties, const char *body, int32_t x, int32_t y)
{
    Buf styles = { 0 };
    graphic(&styles, properties);
    Laid r = lay((Source){ body, styles.p });
    const LayoutItem *i = picture(&r);
    if (i->x != x || i->y != y)
        fail_msg("%s: at %d, %d, not %d, %d", properties, i->x, i->y, x, y);
    done(&r);
    buf_free(&styles);
}

#define AT(hpos, hrel, vpos, vrel) \
    "style:horizontal-pos=\"" hpos "\" style:horizontal-rel=\"" hrel \
    "\" style:vertical-pos=\"" vpos "\" style:vertical-rel=\"" vrel "\""

/* ---- 1.3.1: x in 1000 .. 9000, margins of 100 ---- */

static void expect_x(const char *hpos, const char *hrel, const char *more, int32_t x)
{
    Buf p = { 0 }, b = { 0 };
    buf_format(&p, AT("%s", "%s", "top", "page"), hpos, hrel);
    buf_format(&b,
               "<text:p text:style-name=\"I\"><draw:frame draw:style-name=\"F\" "
               "text:anchor-type=\"paragraph\""
               " svg:width=\"100pt\" svg:height=\"20pt\" %s>" PNG "</draw:frame>a</text:p>",
               more);
    expect_at(p.p, b.p, x, 100);
    buf_free(&p);
    buf_free(&b);
}

static void horizontal_places_by_their_areas(void **state)
{
    (void)state;
    /* the paragraph's own indents do not count */
    expect_x("left", "paragraph", "", 1100);
    expect_x("right", "paragraph", "", 6900);
    expect_x("center", "paragraph", "", 4000);
    expect_x("from-left", "paragraph", "svg:x=\"30pt\"", 1600);
    expect_x("from-left", "paragraph", "svg:x=\"-10pt\"", 800);
    /* inside of them */
    expect_x("left", "paragraph-content", "", 1300);
    expect_x("right", "paragraph-content", "", 6500);
    expect_x("from-left", "paragraph-content", "svg:x=\"30pt\"", 1800);
    expect_x("left", "page", "", 100);
    expect_x("right", "page", "", 7900);
    expect_x("center", "page", "", 4000);
    expect_x("from-left", "page", "svg:x=\"30pt\"", 600);
    expect_x("left", "page-content", "", 1100);
    expect_x("right", "page-content", "", 6900);
}

/* 1.3.6: x in 0 .. page width - w. */
static void frame_never_leaves_the_paper(void **state)
{
    (void)state;
    expect_x("from-left", "page", "svg:x=\"-30pt\"", 0);
    expect_x("from-left", "page", "svg:x=\"490pt\"", 8000);
    expect_x("left", "page-end-margin", "", 8000);
    expect_x("center", "page-start-margin", "", 0);
}

/* ---- 1.3.3: y ---- */

static void expect_y(const char *vpos, const char *vrel, const char *more, int32_t y)
{
    Buf p = { 0 }, b = { 0 };
    buf_format(&p, AT("from-left", "paragraph", "%s", "%s"), vpos, vrel);
    buf_format(&b,
               P("before") "<text:p text:style-name=\"T\"><draw:frame draw:style-name=\"F\" "
                           "text:anchor-type=\"paragraph\""
                           " svg:width=\"100pt\" svg:height=\"20pt\" %s>" PNG "</draw:frame>a" BREAK
                           "b" BREAK "c</text:p>",
               more);
    expect_at(p.p, b.p, 1000, y);
    buf_free(&p);
    buf_free(&b);
}

/* The paragraph begins at 1227, its lines at 1427; three of them end at 2108. */
static void vertical_places_by_their_areas(void **state)
{
    (void)state;
    expect_y("top", "paragraph", "", 1327); /* the space above is part of it */
    expect_y("from-top", "paragraph", "svg:y=\"7pt\"", 1367);
    expect_y("bottom", "paragraph", "", 2108 - 500);
    expect_y("middle", "paragraph", "", (1227 + 2108 - 400) / 2);
    expect_y("top", "paragraph-content", "", 1527);
    expect_y("from-top", "paragraph-content", "svg:y=\"7pt\"", 1567);
    expect_y("top", "page", "", 100);
    expect_y("middle", "page", "", 2800);
    expect_y("bottom", "page", "", 5500);
    expect_y("from-top", "page", "svg:y=\"7pt\"", 140);
    expect_y("top", "page-content", "", 1100);
    expect_y("bottom", "page-content", "", 4500);
}

/* 1.5.1: the frame stays on its page and is moved up to the paper's edge. */
static void frame_beyond_the_edges_of_the_paper_is_moved_in(void **state)
{
    (void)state;
    expect_y("from-top", "paragraph", "svg:y=\"280pt\"", 5600);
    expect_y("from-top", "page", "svg:y=\"-30pt\"", 0);
}

/* ---- 1.4: wrap ---- */

static void expect_wrapped(const char *properties, const char *body, const char *want)
{
    Buf styles = { 0 };
    buf_format(&styles,
               "<style:style style:name=\"F\" style:family=\"graphic\"><style:graphic-properties"
               " fo:border=\"none\" fo:padding=\"0pt\" style:vertical-pos=\"top\" "
               "style:vertical-rel=\"paragraph\" %s/></style:style>" PARA("N", ""),
               properties);
    expect_texts((Source){ body, styles.p }, want);
    buf_free(&styles);
}

#define LEFT_ONE "style:horizontal-pos=\"left\" style:horizontal-rel=\"paragraph\" "
#define RIGHT_ONE "style:horizontal-pos=\"right\" style:horizontal-rel=\"paragraph\" "
/* 50 characters beside the frame, then lines of 66: 49 + 1, 49 + 1, 10 */
#define W49 "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
#define LONG W49 " " W49 " end"

static void text_goes_on_beside_the_frame(void **state)
{
    (void)state;
    /* lines at 1000 and 1227 meet the frame of 1000 .. 1400, that at 1454 does not */
    expect_wrapped(LEFT_ONE "style:wrap=\"right\"", P(FRAME("") LONG " " W49),
                   "3000 1167 " W49 "\n3000 1394 " W49 "\n1000 1621 end " W49 "\n");
    expect_wrapped(LEFT_ONE "style:wrap=\"parallel\"", P(FRAME("") LONG " " W49),
                   "3000 1167 " W49 "\n3000 1394 " W49 "\n1000 1621 end " W49 "\n");
    expect_wrapped(RIGHT_ONE "style:wrap=\"left\"", P(FRAME("") LONG " " W49),
                   "1000 1167 " W49 "\n1000 1394 " W49 "\n1000 1621 end " W49 "\n");
}

/* 1.2.4: half of the text's height, 113, is added between the lines, never of the picture's. */
static void line_spacing_does_not_count_pictures(void **state)
{
    (void)state;
    static const char style[] = PARA("H", "fo:line-height=\"150%\"");
    static const char as_char[] =
        "<draw:frame text:anchor-type=\"as-char\" svg:width=\"100pt\" svg:height=\"20pt\">" PNG
        "</draw:frame>";
    Buf b = {0};
    buf_format(&b, PS("H", "a") PS("H", "%s") PS("H", "b") PS("H", "c%s") PS("H", "d"), as_char,
               as_char);
    expect_texts((Source){ b.p, style },
                 "1000 1167 a\n1000 2020 b\n1000 2593 c\n1000 2933 d\n");
    buf_free(&b);
}

/* LibreOffice 7.4: 0.9 cm are 510.2 twips, a drawing in the line takes 511; the line of one that is
 * an inch high is 1441 above the baseline. */
static void drawings_in_the_line_take_a_twip_more(void **state)
{
    (void)state;
#define DRAWN(width, height) \
    "<draw:rect draw:style-name=\"F\" text:anchor-type=\"as-char\" svg:width=\"" width \
    "\" svg:height=\"" height "\"/>"
    expect_texts((Source){ P("a" DRAWN("0.9cm", "0.1cm") "b") P("c" DRAWN("0.1cm", "1in")),
                           "<style:style style:name=\"F\" style:family=\"graphic\">"
                           "<style:graphic-properties style:vertical-pos=\"top\" "
                           "style:vertical-rel=\"baseline\"/></style:style>" },
                 "1000 1167 a\n1631 1167 b\n1000 2668 c\n");
}

/* 1.4.1: [top, bottom): a line that begins where the frame ends is free. */
static void line_that_begins_at_the_end_of_the_frame_is_free(void **state)
{
    (void)state;
    expect_wrapped(LEFT_ONE "style:wrap=\"right\"",
                   P("<draw:frame draw:style-name=\"F\" text:anchor-type=\"paragraph\""
                     " svg:width=\"100pt\" svg:height=\"11.35pt\">" PNG "</draw:frame>abc" BREAK
                     "def"),
                   "3000 1167 abc\n1000 1394 def\n");
    expect_wrapped(LEFT_ONE "style:wrap=\"right\"",
                   P("<draw:frame draw:style-name=\"F\" text:anchor-type=\"paragraph\""
                     " svg:width=\"100pt\" svg:height=\"11.4pt\">" PNG "</draw:frame>abc" BREAK
                     "def"),
                   "3000 1167 abc\n3000 1394 def\n");
}

static void margins_of_the_frame_belong_to_the_obstacle(void **state)
{
    (void)state;
    expect_wrapped(LEFT_ONE
                   "style:wrap=\"right\" fo:margin-right=\"10pt\" fo:margin-bottom=\"5pt\"",
                   P(FRAME("") "abc" BREAK "def" BREAK "ghi" BREAK "jkl"),
                   "3200 1167 abc\n3200 1394 def\n3200 1621 ghi\n1000 1848 jkl\n");
}

static void without_wrap_the_text_begins_below(void **state)
{
    (void)state;
    expect_wrapped(LEFT_ONE "style:wrap=\"none\"", P(FRAME("") "abc") P("def"),
                   "1000 1567 abc\n1000 1794 def\n");
    /* 1.4.10: an empty anchor paragraph moves below too */
    expect_wrapped(LEFT_ONE "style:wrap=\"none\"", P(FRAME("")) P("def"), "1000 1794 def\n");
}

static void text_ignores_a_frame_that_is_run_through(void **state)
{
    (void)state;
    expect_wrapped(LEFT_ONE "style:wrap=\"run-through\"", P(FRAME("") "abc"), "1000 1167 abc\n");
}

/* 1.4.4: a frame wider than 850 twips: only the wider side is used. */
static void dynamic_wrap_takes_the_wider_side(void **state)
{
    (void)state;
    expect_wrapped("style:horizontal-pos=\"from-left\" style:horizontal-rel=\"paragraph\" "
                   "style:wrap=\"dynamic\"",
                   P("<draw:frame draw:style-name=\"F\" text:anchor-type=\"paragraph\" "
                     "svg:width=\"100pt\" svg:height=\"10pt\" svg:x=\"100pt\">" PNG
                     "</draw:frame>abc"),
                   "5000 1167 abc\n");
    expect_wrapped("style:horizontal-pos=\"from-left\" style:horizontal-rel=\"paragraph\" "
                   "style:wrap=\"dynamic\"",
                   P("<draw:frame draw:style-name=\"F\" text:anchor-type=\"paragraph\" "
                     "svg:width=\"100pt\" svg:height=\"10pt\" svg:x=\"250pt\">" PNG
                     "</draw:frame>abc"),
                   "1000 1167 abc\n");
}

static void following_paragraphs_go_round_it_too(void **state)
{
    (void)state;
    expect_wrapped(LEFT_ONE "style:wrap=\"right\"", P(FRAME("") "abc") P("def") P("ghi"),
                   "3000 1167 abc\n3000 1394 def\n1000 1621 ghi\n");
    /* 1.4.9: unless only its own paragraph is to wrap */
    expect_wrapped(LEFT_ONE "style:wrap=\"right\" style:number-wrapped-paragraphs=\"1\"",
                   P(FRAME("") "abc") P("def"), "3000 1167 abc\n1000 1567 def\n");
}

/* 1.1.1: by draw:z-index; run-through="background" before the text. */
static void frames_are_painted_by_their_order(void **state)
{
    (void)state;
    Laid r = lay((Source){
        P("<draw:frame draw:style-name=\"F\" text:anchor-type=\"paragraph\" draw:z-index=\"2\" "
          "svg:width=\"100pt\" svg:height=\"20pt\">" PNG "</draw:frame>"
          "<draw:frame draw:style-name=\"F\" text:anchor-type=\"paragraph\" draw:z-index=\"1\" "
          "svg:width=\"50pt\" svg:height=\"20pt\">" PNG "</draw:frame>"
          "<draw:frame draw:style-name=\"B\" text:anchor-type=\"paragraph\" draw:z-index=\"3\" "
          "svg:width=\"30pt\" svg:height=\"20pt\">" PNG "</draw:frame>abc"),
        "<style:style style:name=\"F\" style:family=\"graphic\"><style:graphic-properties "
        "style:wrap=\"run-through\"/></style:style>"
        "<style:style style:name=\"B\" style:family=\"graphic\"><style:graphic-properties "
        "style:wrap=\"run-through\" style:run-through=\"background\"/></style:style>" });
    const LayoutPage *p = r.l->page.p[0];
    Buf order = { 0 };
    for (size_t i = 0; i < p->item.n; i++)
        if (p->item.p[i].kind == ITEM_IMAGE)
            buf_format(&order, "%d ", p->item.p[i].w);
        else if (p->item.p[i].kind == ITEM_TEXT)
            buf_str(&order, "text ");
    assert_string_equal(order.p, "600 text 1000 2000 ");
    buf_free(&order);
    done(&r);
}

/* ---- 1.6: text boxes in the line ---- */

#define BOX(more, inside) \
    "<draw:frame draw:style-name=\"F\" text:anchor-type=\"as-char\" svg:width=\"100pt\"" more \
    "><draw:text-box " inside "</draw:text-box></draw:frame>"

static void text_box_grows_with_its_text(void **state)
{
    (void)state;
    static const char style[] =
        "<style:style style:name=\"F\" style:family=\"graphic\"><style:graphic-properties"
        " fo:border=\"1pt solid #000000\" fo:padding=\"2pt\" style:vertical-pos=\"top\" "
        "style:vertical-rel=\"baseline\"/></style:style>";
    /* at least 400; two lines and 60 at each side are 574 */
    expect_texts((Source){ P("x" BOX("", "fo:min-height=\"20pt\">" P("a"))) P("y"), style },
                 "1000 1400 x\n1180 1227 a\n1000 1627 y\n");
    expect_texts((Source){ P("x" BOX("", "fo:min-height=\"20pt\">" P("a") P("b"))) P("y"), style },
                 "1000 1574 x\n1180 1227 a\n1180 1454 b\n1000 1801 y\n");
    /* svg:height is exact */
    expect_texts((Source){ P("x" BOX(" svg:height=\"40pt\"", ">" P("a"))) P("y"), style },
                 "1000 1800 x\n1180 1227 a\n1000 2027 y\n");
}

/* Columns of (1880 - 400) / 2: balanced where the box grows, else filled one after another. */
static void text_box_has_columns(void **state)
{
    (void)state;
    static const char style[] =
        "<style:style style:name=\"F\" style:family=\"graphic\"><style:graphic-properties"
        " fo:border=\"1pt solid #000000\" fo:padding=\"2pt\" style:vertical-pos=\"top\" "
        "style:vertical-rel=\"baseline\"><style:columns fo:column-count=\"2\" "
        "fo:column-gap=\"20pt\"/></style:graphic-properties></style:style>";
    expect_texts((Source){ P("x" BOX("", "fo:min-height=\"20pt\">" P("a") P("b") P("c"))), style },
                 "1000 1574 x\n1180 1227 a\n1180 1454 b\n2320 1227 c\n");
    expect_texts((Source){ P("x" BOX("", "fo:min-height=\"40pt\">" P("a") P("b"))), style },
                 "1000 1800 x\n1180 1227 a\n1180 1454 b\n");
    expect_texts((Source){ P("x" BOX(" svg:height=\"40pt\"", ">" P("a") P("b"))), style },
                 "1000 1800 x\n1180 1227 a\n1180 1454 b\n");
    /* five lines do not fit into two columns of two: none is lost */
    expect_texts((Source){ P("x" BOX(" svg:height=\"40pt\"",
                                     ">" P("a") P("b") P("c") P("d") P("e"))), style },
                 "1000 1800 x\n1180 1227 a\n1180 1454 b\n1180 1681 c\n2320 1227 d\n2320 1454 "
                 "e\n");
}

/* LibreOffice 7.4: places that count from a paragraph count from the page where there is none. */
static void frames_of_a_page_count_from_the_page(void **state)
{
    (void)state;
    static const char body[] =
        "<draw:frame draw:style-name=\"F\" text:anchor-type=\"page\" text:anchor-page-number=\"1\""
        " svg:width=\"100pt\" svg:height=\"20pt\" svg:x=\"30pt\" svg:y=\"40pt\">" PNG
        "</draw:frame>" P("a");
    expect_at(AT("from-left", "paragraph", "from-top", "paragraph"), body, 600, 800);
    expect_at(AT("from-left", "char", "from-top", "page-content"), body, 600, 1000 + 800);
    expect_at(AT("from-left", "page-content", "from-top", "text"), body, 1000 + 600, 1000 + 800);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(line_spacing_does_not_count_pictures),
        cmocka_unit_test(drawings_in_the_line_take_a_twip_more),
        cmocka_unit_test(horizontal_places_by_their_areas),
        cmocka_unit_test(frame_never_leaves_the_paper),
        cmocka_unit_test(vertical_places_by_their_areas),
        cmocka_unit_test(frame_beyond_the_edges_of_the_paper_is_moved_in),
        cmocka_unit_test(text_goes_on_beside_the_frame),
        cmocka_unit_test(line_that_begins_at_the_end_of_the_frame_is_free),
        cmocka_unit_test(margins_of_the_frame_belong_to_the_obstacle),
        cmocka_unit_test(without_wrap_the_text_begins_below),
        cmocka_unit_test(text_ignores_a_frame_that_is_run_through),
        cmocka_unit_test(dynamic_wrap_takes_the_wider_side),
        cmocka_unit_test(following_paragraphs_go_round_it_too),
        cmocka_unit_test(frames_are_painted_by_their_order),
        cmocka_unit_test(text_box_grows_with_its_text),
        cmocka_unit_test(text_box_has_columns),
        cmocka_unit_test(frames_of_a_page_count_from_the_page),
    };
    return cmocka_run_group_tests(tests, fonts_open, fonts_close);
}
