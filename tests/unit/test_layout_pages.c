/* SPDX-License-Identifier: MIT */
/* layout/: what stands on which page: widows, keep, breaks, numbers, headers and footers, tables
 * over pages (writer-layout, text section 8, tables-pages sections 4, 5 and 8).  A page holds 17
 * lines of 227 in its 4000; 141 are left. */
#include "test_layout.h"

/* ---- widows and orphans (8.1) ---- */

static void without_widow_control_lines_stay_or_go_alone(void **state)
{
    (void)state;
    begin();
    put_paragraphs("a", 16, "N");
    put_lines("b", 3, "N");
    expect_pages((Source){ body(), FLOW }, "a1 b2");
    begin();
    put_paragraphs("a", 15, "N");
    put_lines("b", 3, "N");
    expect_pages((Source){ body(), FLOW }, "a1 b3");
}

static void widows_take_a_line_with_them(void **state)
{
    (void)state;
    begin();
    put_paragraphs("a", 14, "N");
    put_lines("b", 4, "WO");            /* 3 fit; 1 would be carried: 2 stay */
    expect_pages((Source){ body(), FLOW }, "a1 b3");
}

static void too_few_orphans_move_the_whole_paragraph(void **state)
{
    (void)state;
    begin();
    put_paragraphs("a", 16, "N");
    put_lines("b", 5, "WO");            /* 1 fits, fewer than 2 */
    expect_pages((Source){ body(), FLOW }, "a1 b1");
    begin();
    put_paragraphs("a", 15, "N");
    put_lines("b", 3, "WO");            /* 2 fit, 1 carried: reduced to 1, fewer than 2 */
    expect_pages((Source){ body(), FLOW }, "a1 b1");
}

static void paragraph_with_fewer_lines_than_both_is_never_split(void **state)
{
    (void)state;
    for (int before = 12; before <= 16; before++) {
        begin();
        put_paragraphs("a", before, "N");
        put_lines("b", 5, "W3");
        expect_pages((Source){ body(), FLOW }, before == 12 ? "a1" : "a1 b1");
    }
}

static void long_paragraph_goes_over_many_pages(void **state)
{
    (void)state;
    begin();
    put_lines("b", 36, "WO");           /* 17, 17, 2 */
    expect_pages((Source){ body(), FLOW }, "b1 b18 b35");
    begin();
    put_lines("b", 35, "WO");           /* 17, 16, 2 */
    expect_pages((Source){ body(), FLOW }, "b1 b18 b34");
}

/* ---- keep (8.2) ---- */

static void kept_paragraph_goes_with_the_next(void **state)
{
    (void)state;
    begin();
    put_paragraphs("a", 16, "N");
    put_paragraphs("k", 1, "K");
    put_paragraphs("b", 1, "N");
    expect_pages((Source){ body(), FLOW }, "a1 k1");
    begin();
    put_paragraphs("a", 14, "N");
    put_paragraphs("k", 3, "K");        /* a chain */
    put_paragraphs("b", 1, "N");
    expect_pages((Source){ body(), FLOW }, "a1 k1");
}

static void kept_paragraph_needs_the_orphans_of_the_next(void **state)
{
    (void)state;
    begin();
    put_paragraphs("a", 15, "N");
    put_paragraphs("k", 1, "K");
    put_lines("b", 4, "WO");            /* one line fits, two are needed */
    expect_pages((Source){ body(), FLOW }, "a1 k1");
    begin();
    put_paragraphs("a", 14, "N");
    put_paragraphs("k", 1, "K");
    put_lines("b", 4, "WO");
    expect_pages((Source){ body(), FLOW }, "a1 b3");
}

static void kept_paragraph_of_several_lines_is_not_split(void **state)
{
    (void)state;
    begin();
    put_paragraphs("a", 15, "N");
    put_lines("k", 3, "K");
    put_paragraphs("b", 1, "N");
    expect_pages((Source){ body(), FLOW }, "a1 k1");
}

static void keep_before_a_break_is_ignored(void **state)
{
    (void)state;
    begin();
    put_paragraphs("a", 5, "N");
    put_paragraphs("k", 1, "K");
    put_paragraphs("b", 1, "PB");
    expect_pages((Source){ body(), FLOW }, "a1 b1");
    begin();
    put_paragraphs("k", 1, "K");
    put_paragraphs("b", 1, "PB");
    expect_pages((Source){ body(), FLOW }, "k1 b1");
}

static void keep_together_moves_whole_or_is_split_on_a_new_page(void **state)
{
    (void)state;
    begin();
    put_paragraphs("a", 10, "N");
    put_lines("t", 10, "T");
    expect_pages((Source){ body(), FLOW }, "a1 t1");
    begin();
    put_paragraphs("a", 10, "N");
    put_lines("t", 20, "T");            /* higher than a page: a new page, split there */
    expect_pages((Source){ body(), FLOW }, "a1 t1 t18");
}

static void chain_longer_than_a_page_breaks_where_the_page_is_full(void **state)
{
    (void)state;
    begin();
    put_paragraphs("k", 40, "K");
    Laid r = lay((Source){ body(), FLOW });
    assert_true(r.l->page.n >= 3 && r.l->page.n <= 4);
    assert_int_equal(page_of(&r, "k40"), r.l->page.n);
    done(&r);
}

/* ---- breaks (8.3) ---- */

static void breaks_make_no_empty_pages(void **state)
{
    (void)state;
    expect_pages((Source){ PS("PB", "a") PS("N", "b"), FLOW }, "a");
    expect_pages((Source){ PS("N", "a") PS("PA", "b"), FLOW }, "a");
    expect_pages((Source){ PS("PA", "a") PS("PB", "b"), FLOW }, "a b");
    expect_pages((Source){ PS("PA", "a") PS("N", "b"), FLOW }, "a b");
    expect_pages((Source){ PS("N", "a") PS("CB", "b"), FLOW }, "a");
    expect_pages((Source){ PS("N", "a") "<text:soft-page-break/>" PS("N",
                                                                     "b<text:soft-page-break/>c"),
                           FLOW },
                 "a");
}

static void empty_paragraph_takes_a_line_at_the_top_too(void **state)
{
    (void)state;
    Laid r = lay((Source){ PS("N", "a") PS("PB", "") PS("N", "b"), FLOW });
    assert_int_equal(page_of(&r, "b"), 2);
    assert_int_equal(find(&r, "b", NULL)->y, TOP + LINE + ASCENT);
    done(&r);
}

/* ---- master pages and numbers (8.4, 5.8-5.10) ---- */

#define COUNT_FIELD "<text:page-count/>"
#define MASTER(name, more, x) \
    "<style:master-page style:name=\"" name "\" style:page-layout-name=\"pm\" " more ">" x \
    "</style:master-page>"
#define TO(name, more) \
    "<style:style style:name=\"" name \
    "\" style:family=\"paragraph\" style:master-page-name=\"" more ">" \
    "<style:paragraph-properties/></style:style>"
#define TO_AT(name, master, number) \
    "<style:style style:name=\"" name \
    "\" style:family=\"paragraph\" style:master-page-name=\"" master "\">" \
    "<style:paragraph-properties style:page-number=\"" number "\"/></style:style>"

/* The labels of the pages, "1 2 iv". */
static void expect_labels(Source s, const char *want)
{
    Laid r = lay(s);
    Buf b = {0};
    buf_str(&b, "");
    for (size_t p = 0; p < r.l->page.n; p++)
        buf_format(&b, "%s%s", p ? " " : "", r.l->page.p[p]->label);
    assert_string_equal(b.p, want);
    buf_free(&b);
    done(&r);
}

static void pages_are_numbered_and_counted(void **state)
{
    (void)state;
    Laid r = lay((Source){ PS("N", "a") PS("PB", "b") PS("PB", "c"), FLOW,
                           .master = FOOTER(P("strona " NUMBER " z " COUNT_FIELD)) });
    assert_string_equal(show_lines(&r), "a | strona 1 z 3 || b | strona 2 z 3 || c | strona 3 z 3");
    done(&r);
}

static void number_begins_anew_with_a_master_page(void **state)
{
    (void)state;
    expect_labels((Source){ PS("N", "a") PS("M", "b") PS("PB", "c"),
                            FLOW TO_AT("M", "Standard", "6") },
                  "1 6 7");
    expect_labels((Source){ PS("M", "a") PS("PB", "c"), FLOW TO_AT("M", "Standard", "5") }, "5 6");
    expect_labels((Source){ PS("N", "a") PS("M", "b"), FLOW TO_AT("M", "Standard", "auto") },
                  "1 2");
    expect_labels((Source){ PS("N", "a") PS("M", "b"), FLOW TO_AT("M", "", "7") },
                  "1"); /* no break, no number */
    expect_labels((Source){ PS("N", "a") PS("M", "b"), FLOW PARA("M", "style:page-number=\"7\"") },
                  "1");
}

/* frames-styles 2.14: "an unknown name does nothing (no break)" */
static void unknown_master_page_is_no_break(void **state)
{
    (void)state;
    expect_labels((Source){ PS("N", "a") PS("M", "b"), FLOW TO_AT("M", "Unknown", "7") }, "1");
    expect_labels((Source){ PS("M", "a") PS("N", "b"), FLOW TO_AT("M", "Unknown", "1") }, "1");
}

/* 5.10: "its number has the same parity as the page before it: a blank page is inserted, not
 * printed, but counted" (1 then 5: count 3) */
static void blank_pages_are_counted_but_not_printed(void **state)
{
    (void)state;
    Laid r = lay((Source){ PS("N", "a") PS("M", "b"), FLOW TO_AT("M", "Standard", "5"),
                           .master = FOOTER(P(NUMBER "/" COUNT_FIELD)) });
    assert_string_equal(show_lines(&r), "a | 1 / 3 || b | 5 / 3");
    done(&r);
}

#define LAYOUT_OF(name, usage) \
    "<style:page-layout style:name=\"" name "\" style:page-usage=\"" usage \
    "\"><style:page-layout-properties fo:page-width=\"500pt\"" \
    " fo:page-height=\"300pt\" fo:margin=\"50pt\" fo:margin-left=\"30pt\"/></style:page-layout>"

/* "x on 1, y with a right-only style: y is 3, count 3" */
static void right_pages_come_on_odd_numbers(void **state)
{
    (void)state;
    Laid r = lay((Source){
        PS("N", "x") PS("M", "y"), FLOW TO_AT("M", "Right", "auto"),
        .layouts = LAYOUT_OF("right", "right"),
        .masters =
            MASTER("Standard", "", FOOTER(P(NUMBER "/" COUNT_FIELD))) "<style:master-page "
                                                                      "style:name=\"Right\" "
                                                                      "style:page-layout-name="
                                                                      "\"right\">" FOOTER(P(
                                                                          NUMBER
                                                                          "/" COUNT_FIELD)) "</"
                                                                                            "style:"
                                                                                            "master"
                                                                                            "-page"
                                                                                            ">" });
    assert_string_equal(show_lines(&r), "x | 1 / 3 || y | 3 / 3");
    done(&r);
}

static void first_page_takes_its_style_whatever_its_usage(void **state)
{
    (void)state;
    Laid r = lay((Source){
        PS("N", "x"), FLOW, .layouts = LAYOUT_OF("left", "left"),
        .masters =
            "<style:master-page style:name=\"Standard\" style:page-layout-name=\"left\"/>" });
    assert_int_equal(r.l->page.n, 1);
    assert_string_equal(r.l->page.p[0]->label, "1");
    done(&r);
}

static void next_style_follows_at_the_end_of_the_page(void **state)
{
    (void)state;
    Laid r = lay((Source){
        PS("N", "a") PS("PB", "b") PS("PB", "c"), FLOW,
        .masters = MASTER("Standard", "style:next-style-name=\"Second\"", HEADER(P("first")))
            MASTER("Second", "", HEADER(P("second"))) });
    assert_string_equal(show_lines(&r), "first | a || second | b || second | c");
    done(&r);
}

static void mirrored_margins_change_sides_on_even_pages(void **state)
{
    (void)state;
    Laid r = lay((Source){
        PS("N", "a") PS("PB", "b"), FLOW, .layouts = LAYOUT_OF("mirrored", "mirrored"),
        .masters =
            "<style:master-page style:name=\"Standard\" style:page-layout-name=\"mirrored\"/>" });
    assert_int_equal(find(&r, "a", NULL)->x, 600);
    assert_int_equal(find(&r, "b", NULL)->x, 1000);
    done(&r);
}

/* 5.5 */
static void left_and_first_headers_have_their_pages(void **state)
{
    (void)state;
    Laid r = lay((Source){ PS("N", "a") PS("PB", "b") PS("PB", "c"), FLOW,
                           .master = HEADER(P("all")) "<style:header-left>" P(
                               "left") "</style:header-left>"
                                       "<style:header-first>" P("first") "</style:header-first>" });
    assert_string_equal(show_lines(&r), "first | a || left | b || all | c");
    done(&r);
}

static void page_without_properties_is_a4(void **state)
{
    (void)state;
    Laid r = lay((Source){ PS("N", "a"), FLOW, .page = "<style:page-layout-properties/>" });
    assert_int_equal(r.l->page.p[0]->width, 11906);
    assert_int_equal(r.l->page.p[0]->height, 16838);
    assert_int_equal(find(&r, "a", NULL)->x, 1134);
    assert_int_equal(find(&r, "a", NULL)->y, 1134 + ASCENT);
    done(&r);
}

static void page_border_lies_inside_the_margins(void **state)
{
    (void)state;
    Laid r = lay((Source){
        PS("N", "a"), FLOW,
        .page = "<style:page-layout-properties fo:page-width=\"500pt\" fo:page-height=\"300pt\""
                " fo:margin=\"50pt\" fo:border=\"1pt solid #000000\" fo:padding=\"4pt\"/>" });
    assert_string_equal(show(&r, TEXTS | FILLS),
                        "fill 1000 1000 8000 20\nfill 1000 1000 20 4000\nfill 1000 4980 8000 20\n"
                        "fill 8980 1000 20 4000\n1100 1267 a\n");
    done(&r);
}

/* ---- heights of headers and footers (5.3) ---- */

#define PAGE_WITH(header, footer) \
    "<style:page-layout-properties fo:page-width=\"500pt\" fo:page-height=\"300pt\" " \
    "fo:margin=\"50pt\"/>" \
    "<style:header-style>" header "</style:header-style><style:footer-style>" footer \
    "</style:footer-style>"
#define PROPS(x) "<style:header-footer-properties " x "/>"

static void expect_body_at(const char *page, const char *master, int32_t y)
{
    Laid r = lay((Source){ PS("N", "body"), FLOW, .page = page, .master = master });
    int32_t at = find(&r, "body", NULL)->y - ASCENT - TOP;
    if (at != y)
        fail_msg("%s: the body begins at %d, not %d", page, at, y);
    done(&r);
}

static void header_is_as_high_as_its_least_height_and_spacing(void **state)
{
    (void)state;
    static const char one[] = HEADER(P("h")), two[] = HEADER(P("h") P("i"));
    /* total = max(min-height, content + spacing); the height includes the spacing */
    expect_body_at(PAGE_WITH(PROPS("fo:min-height=\"20pt\" fo:margin-bottom=\"5pt\""), ""), one,
                   400);
    expect_body_at(PAGE_WITH(PROPS("fo:min-height=\"20pt\" fo:margin-bottom=\"5pt\""), ""), two,
                   454 + 100);
    expect_body_at(PAGE_WITH(PROPS("fo:min-height=\"0pt\" fo:margin-bottom=\"5pt\""), ""), one,
                   227 + 100);
    /* svg:height is exact */
    expect_body_at(PAGE_WITH(PROPS("svg:height=\"15pt\" fo:margin-bottom=\"5pt\""), ""), two, 300);
    /* dynamic spacing shrinks */
    expect_body_at(
        PAGE_WITH(
            PROPS("fo:min-height=\"20pt\" fo:margin-bottom=\"5pt\" style:dynamic-spacing=\"true\""),
            ""),
        two, 454);
    expect_body_at(
        PAGE_WITH(
            PROPS("fo:min-height=\"30pt\" fo:margin-bottom=\"5pt\" style:dynamic-spacing=\"true\""),
            ""),
        two, 600);
    /* no properties: 0.5 cm, no spacing */
    expect_body_at(PAGE_WITH("", ""), one, 284);
    expect_body_at(PAGE_WITH("", ""), two, 454);
}

static void borders_of_a_header_belong_to_its_content(void **state)
{
    (void)state;
    expect_body_at(PAGE_WITH(PROPS("fo:min-height=\"0pt\" fo:margin-bottom=\"5pt\" fo:border=\"1pt "
                                   "solid #000000\" fo:padding=\"2pt\""),
                             ""),
                   HEADER(P("h")), 227 + 120 + 100);
}

/* The last paragraph's bottom margin does not count, the first one's top margin does. */
static void margins_of_header_paragraphs(void **state)
{
    (void)state;
    Laid r = lay(
        (Source){ PS("N", "body"), FLOW PARA("M", "fo:margin-top=\"3pt\" fo:margin-bottom=\"9pt\""),
                  .page = PAGE_WITH(PROPS("fo:min-height=\"0pt\" fo:margin-bottom=\"0pt\""), ""),
                  .master = HEADER(PS("M", "h")) });
    assert_int_equal(find(&r, "h", NULL)->y, TOP + 60 + ASCENT);
    assert_int_equal(find(&r, "body", NULL)->y, TOP + 60 + LINE + ASCENT);
    done(&r);
}

/* The footer's text starts at bottom margin - total + spacing; total = 227 + 100. */
static void footer_stands_at_the_bottom(void **state)
{
    (void)state;
    Laid r =
        lay((Source){ PS("N", "body"), FLOW,
                      .page = PAGE_WITH("", PROPS("fo:min-height=\"0pt\" fo:margin-top=\"5pt\"")),
                      .master = FOOTER(P("f")) });
    assert_int_equal(find(&r, "f", NULL)->y, 5000 - 227 + ASCENT);
    done(&r);
    begin();
    put_paragraphs("a", 17, "N");       /* 3673 of body: 16 lines */
    expect_pages((Source){ body(), FLOW,
                           .page =
                               PAGE_WITH("", PROPS("fo:min-height=\"0pt\" fo:margin-top=\"5pt\"")),
                           .master = FOOTER(P("f")) },
                 "a1 a17");
}

/* 5.4: the body keeps a fifth, 800; the footer has its room first. */
static void body_keeps_a_fifth_of_the_page(void **state)
{
    (void)state;
    expect_body_at(PAGE_WITH(PROPS("fo:min-height=\"190pt\" fo:margin-bottom=\"0pt\""), ""),
                   HEADER(P("h")), 3200);
    expect_body_at(PAGE_WITH(PROPS("fo:min-height=\"190pt\" fo:margin-bottom=\"0pt\""),
                             PROPS("fo:min-height=\"50pt\" fo:margin-top=\"0pt\"")),
                   HEADER(P("h")) FOOTER(P("f")), 2200);
}

/* ---- table of contents ---- */

#define TOC(depth) \
    "<text:table-of-content text:name=\"T\"><text:table-of-content-source " \
    "text:outline-level=\"" depth "\">" \
    "<text:table-of-content-entry-template text:outline-level=\"1\" " \
    "text:style-name=\"Contents_20_1\">" \
    "<text:index-entry-link-start/><text:index-entry-chapter/><text:index-entry-text/" \
    "><text:index-entry-span>: </text:index-entry-span>" \
    "<text:index-entry-page-number/><text:index-entry-link-end/></" \
    "text:table-of-content-entry-template>" \
    "<text:table-of-content-entry-template text:outline-level=\"2\"><text:index-entry-text/>" \
    "<text:index-entry-span>-</text:index-entry-span><text:index-entry-page-number/></" \
    "text:table-of-content-entry-template>" \
    "</text:table-of-content-source><text:index-body>" P( \
        "stored") "</text:index-body></text:table-of-content>"

static void stored_table_of_contents_is_printed_as_it_is(void **state)
{
    (void)state;
    expect_lines((Source){ TOC("2") H("1", "One"), FLOW }, "stored | One");
}

static void table_of_contents_is_made_anew_with_its_pages(void **state)
{
    (void)state;
    expect_lines(
        (Source){
            TOC("2") H(
                "1",
                "One") "<text:h text:style-name=\"PB\" text:outline-level=\"2\">Two</text:h>" H("1",
                                                                                                "")
                H("3", "Three"),
            FLOW, .regenerate = true },
        "One: 1 | Two-2 | One || Two | Three");
    expect_lines((Source){ TOC("1") H("1", "One") H("2", "Two"), FLOW, .regenerate = true },
                 "One: 1 | One | Two");
}

/* The table itself pushes the headings: 20 entries of one line on pages of 17. */
static void pages_settle_when_the_table_itself_grows(void **state)
{
    (void)state;
    begin();
    put(TOC("1"));
    for (int i = 1; i <= 20; i++)
        buf_format(&text, "<text:h text:style-name=\"N\" text:outline-level=\"1\">h%d</text:h>", i);
    Laid r = lay((Source){ body(), FLOW, .regenerate = true });
    assert_null(strstr(r.findings.p, "layout-passes"));
    assert_int_equal(page_of(&r, "h1: 2"), 1);          /* 3 entries and 14 headings on page 2 */
    assert_int_equal(page_of(&r, "h14: 2"), 1);
    assert_int_equal(page_of(&r, "h15: 3"), 1);
    assert_int_equal(page_of(&r, "h20: 3"), 2);
    done(&r);
}

static void page_count_of_two_digits_settles(void **state)
{
    (void)state;
    begin();
    put_paragraphs("a", 1, "N");
    put_paragraphs("b", 11, "PB");
    Laid r = lay((Source){ body(), FLOW, .master = FOOTER(P(NUMBER "/" COUNT_FIELD)) });
    assert_int_equal(r.l->page.n, 12);
    assert_int_equal(page_of(&r, "12"), 1);
    assert_null(strstr(r.findings.p, "layout-passes"));
    done(&r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(without_widow_control_lines_stay_or_go_alone),
        cmocka_unit_test(widows_take_a_line_with_them),
        cmocka_unit_test(too_few_orphans_move_the_whole_paragraph),
        cmocka_unit_test(paragraph_with_fewer_lines_than_both_is_never_split),
        cmocka_unit_test(long_paragraph_goes_over_many_pages),
        cmocka_unit_test(kept_paragraph_goes_with_the_next),
        cmocka_unit_test(kept_paragraph_needs_the_orphans_of_the_next),
        cmocka_unit_test(kept_paragraph_of_several_lines_is_not_split),
        cmocka_unit_test(keep_before_a_break_is_ignored),
        cmocka_unit_test(keep_together_moves_whole_or_is_split_on_a_new_page),
        cmocka_unit_test(chain_longer_than_a_page_breaks_where_the_page_is_full),
        cmocka_unit_test(breaks_make_no_empty_pages),
        cmocka_unit_test(empty_paragraph_takes_a_line_at_the_top_too),
        cmocka_unit_test(pages_are_numbered_and_counted),
        cmocka_unit_test(number_begins_anew_with_a_master_page),
        cmocka_unit_test(unknown_master_page_is_no_break),
        cmocka_unit_test(blank_pages_are_counted_but_not_printed),
        cmocka_unit_test(right_pages_come_on_odd_numbers),
        cmocka_unit_test(first_page_takes_its_style_whatever_its_usage),
        cmocka_unit_test(next_style_follows_at_the_end_of_the_page),
        cmocka_unit_test(mirrored_margins_change_sides_on_even_pages),
        cmocka_unit_test(left_and_first_headers_have_their_pages),
        cmocka_unit_test(page_without_properties_is_a4),
        cmocka_unit_test(page_border_lies_inside_the_margins),
        cmocka_unit_test(header_is_as_high_as_its_least_height_and_spacing),
        cmocka_unit_test(borders_of_a_header_belong_to_its_content),
        cmocka_unit_test(margins_of_header_paragraphs),
        cmocka_unit_test(footer_stands_at_the_bottom),
        cmocka_unit_test(body_keeps_a_fifth_of_the_page),
        cmocka_unit_test(stored_table_of_contents_is_printed_as_it_is),
        cmocka_unit_test(table_of_contents_is_made_anew_with_its_pages),
        cmocka_unit_test(pages_settle_when_the_table_itself_grows),
        cmocka_unit_test(page_count_of_two_digits_settles),
    };
    return cmocka_run_group_tests(tests, fonts_open, fonts_close);
}
