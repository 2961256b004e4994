/* SPDX-License-Identifier: MIT */
/* layout/: the structure tree: what the text means, by ODF's elements, never by looks (ISO 14289-1
 * and ISO 32000-1 14.8); artifacts; links; bookmarks. */
#include "test_layout.h"

#define TABLE(x) "<table:table>" COLUMNS2 x "</table:table>"
#define HN(level, x) "<text:h text:style-name=\"N\" text:outline-level=\"" level "\">" x "</text:h>"
#define NORMAL PARA("N", "") PARA("PB", "fo:break-before=\"page\"")
#define LIST(x) "<text:list>" x "</text:list>"
#define NUMBERED(x) "<text:list text:style-name=\"L\">" x "</text:list>"
#define LINK(href, x) "<text:a xlink:type=\"simple\" xlink:href=\"" href "\">" x "</text:a>"

static const char *kinds_of_numbers =
    "<text:list-style style:name=\"L\"><text:list-level-style-number text:level=\"1\""
    " style:num-format=\"1\" style:num-suffix=\".\"/></text:list-style>";

/* ---- paragraphs and headings ---- */

static void paragraphs_are_p(void **state)
{
    (void)state;
    expect_structure((Source){ P("a") P("b" SPAN("x", "c") "d") }, "Document[P'a' P'bcd']");
}

static void empty_paragraphs_are_nothing(void **state)
{
    (void)state;
    expect_structure((Source){ P("") P("a") P(" ") P("<text:bookmark text:name=\"x\"/>") P("b") },
                     "Document[P'a' P'b']");
    expect_structure((Source){ P("") }, "Document");
    expect_structure((Source){ H("1", "") P("a") }, "Document[P'a']");
}

static void paragraphs_of_nothing_but_spaces_are_nothing(void **state)
{
    (void)state;
    expect_structure((Source){ P("a") P("<text:s text:c=\"3\"/>") P("b") }, "Document[P'a' P'b']");
    expect_structure((Source){ P("a") P(TAB) P("b") }, "Document[P'a' P'b']");
}

/* ISO 32000-1 14.8.2.5: words are set apart by the white space that plain text would have; what is
 * read aloud knows no positions. */
static void words_apart_by_tabs_are_apart_in_the_content(void **state)
{
    (void)state;
    expect_structure((Source){ P("Imię:" TAB "Jan") }, "Document[P'Imię: Jan']");
}

static void words_apart_by_line_breaks_are_apart_in_the_content(void **state)
{
    (void)state;
    expect_structure((Source){ P("ul. Długa 5" BREAK "00-001 Warszawa") },
                     "Document[P'ul. Długa 5 00-001 Warszawa']");
}

static void number_of_a_heading_is_apart_from_its_text(void **state)
{
    (void)state;
    static const char *const follow[] = { "space", "listtab" };
    for (size_t i = 0; i < COUNT(follow); i++) {
        Buf outline = {0};
        buf_format(&outline,
                   "<text:outline-style style:name=\"Outline\">"
                   "<text:outline-level-style text:level=\"1\""
                   " style:num-format=\"1\" style:num-suffix=\".\"><style:list-level-properties"
                   " text:list-level-position-and-space-mode=\"label-alignment\">"
                   "<style:list-level-label-alignment text:label-followed-by=\"%s\"/>"
                   "</style:list-level-properties></text:outline-level-style></text:outline-style>",
                   follow[i]);
        expect_structure((Source){ HN("1", "Cel"), NORMAL, outline.p }, "Document[H1'1. Cel']");
        buf_free(&outline);
    }
}

static void words_of_two_lines_are_apart_in_the_content(void **state)
{
    (void)state;
    expect_structure((Source){ PS("R", "aaaaaaaaaa bbbbbbbbbbb c"),
                               PARA("R", "fo:margin-right=\"280pt\"") },
                     "Document[P'aaaaaaaaaa bbbbbbbbbbb c']");
}

static void paragraph_over_two_pages_is_one_element(void **state)
{
    (void)state;
    Buf b = { 0 };
    buf_str(&b, "<text:p>");
    for (int i = 0; i < 20; i++)
        buf_format(&b, "%sl%d", i ? BREAK : "", i);
    buf_str(&b, "</text:p>" P("end"));
    Laid r = lay((Source){ b.p });
    assert_int_equal(r.l->page.n, 2);
    const LayoutNode *root = r.l->root;
    assert_int_equal(root->n_kids, 2);
    const LayoutNode *p = root->first->node;
    assert_int_equal(p->role, ROLE_P);
    assert_int_equal(p->n_kids, 2);
    assert_int_equal(p->first->page, 0);
    assert_int_equal(p->first->next->page, 1);
    done(&r);
    buf_free(&b);
}

static void headings_have_their_levels(void **state)
{
    (void)state;
    expect_structure((Source){ HN("1", "a") HN("2", "b") HN("3", "c") HN("2", "d") HN("1", "e")
                                   P("f"),
                               NORMAL },
                     "Document[H1'a' H2'b' H3'c' H2'd' H1'e' P'f']");
}

/* ISO 14289-1 7.4.2: none is skipped; said in a warning. */
static void skipped_levels_of_headings_are_closed_up(void **state)
{
    (void)state;
    Laid r =
        lay((Source){ HN("1", "a") HN("3", "b") HN("4", "c") HN("3", "d") HN("2", "e"), NORMAL });
    assert_string_equal(show_structure(&r), "Document[H1'a' H2'b' H3'c' H2'd' H2'e']");
    assert_non_null(strstr(r.findings.p, "[layout-heading]"));
    done(&r);
    expect_structure((Source){ HN("2", "a") HN("3", "b") HN("1", "c"), NORMAL },
                     "Document[H1'a' H2'b' H1'c']");
}

/* Two headings of the same level under the same one stay of the same level. */
static void equal_levels_stay_equal_after_a_skip(void **state)
{
    (void)state;
    expect_structure((Source){ HN("1", "a") HN("3", "b") HN("3", "c") HN("3", "d"), NORMAL },
                     "Document[H1'a' H2'b' H2'c' H2'd']");
}

static void headings_below_six_are_paragraphs(void **state)
{
    (void)state;
    expect_structure((Source){ HN("1", "a") HN("2", "b") HN("3", "c") HN("4", "d") HN("5", "e")
                                   HN("6", "f") HN("7", "g"),
                               NORMAL },
                     "Document[H1'a' H2'b' H3'c' H4'd' H5'e' H6'f' P'g']");
}

static void big_bold_text_is_no_heading(void **state)
{
    (void)state;
    expect_structure((Source){ PS("B", "a"),
                               PARA_TEXT("B", "fo:keep-with-next=\"always\"",
                                         "fo:font-size=\"24pt\" fo:font-weight=\"bold\"") },
                     "Document[P'a']");
}

static void headings_are_listed_for_bookmarks(void **state)
{
    (void)state;
    Laid r = lay((Source){
        HN("1",
           "a" TAB "b" BREAK
           "c") "<text:h text:style-name=\"PB\" text:outline-level=\"2\">d</text:h>" HN("1", ""),
        NORMAL });
    assert_int_equal(r.l->heading.n, 2);
    assert_string_equal(r.l->heading.p[0].title, "a b c");
    assert_int_equal(r.l->heading.p[0].level, 1);
    assert_int_equal(r.l->heading.p[0].page, 0);
    assert_int_equal(r.l->heading.p[0].y, TOP);
    assert_string_equal(r.l->heading.p[1].title, "d");
    assert_int_equal(r.l->heading.p[1].level, 2);
    assert_int_equal(r.l->heading.p[1].page, 1);
    done(&r);
}

/* ---- lists ---- */

static void lists_have_labels_and_bodies(void **state)
{
    (void)state;
    expect_structure((Source){ NUMBERED(ITEM(P("a")) ITEM(P("b") P("c"))), kinds_of_numbers },
                     "Document[L[LI[Lbl'1.' LBody[P'a']] LI[Lbl'2.' LBody[P'b' P'c']]]]");
}

static void lists_in_lists_lie_in_the_body_of_their_item(void **state)
{
    (void)state;
    Laid r = lay((Source){ NUMBERED(ITEM(P("a") LIST(ITEM(P("b")))) ITEM(P("c"))) P("d"),
                           kinds_of_numbers });
    const char *t = show_structure(&r);
    assert_true(str_starts(t, "Document[L[LI[Lbl'1.' LBody[P'a' L[LI["));
    assert_non_null(strstr(t, "LBody[P'b']]]]] LI[Lbl'2.' LBody[P'c']]] P'd']"));
    done(&r);
}

static void kind_of_numbering_is_told(void **state)
{
    (void)state;
    static const struct {
        const char *format;
        int numbering;
    } cases[] = {
        { "1", LIST_DECIMAL },     { "a", LIST_LOWER_ALPHA }, { "A", LIST_UPPER_ALPHA },
        { "i", LIST_LOWER_ROMAN }, { "I", LIST_UPPER_ROMAN },
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        Buf s = { 0 };
        buf_format(&s,
                   "<text:list-style style:name=\"L\"><text:list-level-style-number "
                   "text:level=\"1\" style:num-format=\"%s\"/></text:list-style>",
                   cases[i].format);
        Laid r = lay((Source){ NUMBERED(ITEM(P("a"))), s.p });
        assert_int_equal(r.l->root->first->node->role, ROLE_L);
        assert_int_equal(r.l->root->first->node->numbering, cases[i].numbering);
        done(&r);
        buf_free(&s);
    }
    Laid r = lay((Source){ LIST(ITEM(P("a"))) });
    assert_int_equal(r.l->root->first->node->numbering, LIST_DISC);
    done(&r);
}

static void heading_in_a_list_is_a_heading(void **state)
{
    (void)state;
    Laid r = lay((Source){ NUMBERED(ITEM(HN("1", "a"))) P("b"),
                           NORMAL "<text:list-style style:name=\"L\"/>" });
    assert_non_null(strstr(show_structure(&r), "H1'a'"));
    done(&r);
}

static void list_without_text_is_nothing(void **state)
{
    (void)state;
    expect_structure((Source){ "<text:list/>"
                               "<text:list><text:list-item/></text:list>" P("a") },
                     "Document[P'a']");
}

/* ---- tables ---- */

static void tables_with_header_rows_are_tables_of_data(void **state)
{
    (void)state;
    expect_structure(
        (Source){ TABLE(HEADS(ROW(CELL(P("a")) CELL(P("b")))) ROW(CELL(P("c")) CELL(P("d")))) },
        "Document[Table[THead[TR[TH/column'a' TH/column'b']] TBody[TR[TD'c' TD'd']]]]");
}

/* PDF/UA-1 7.2: a THead needs a TBody; a list of data may have come out empty. */
static void table_of_heading_rows_alone_has_no_head(void **state)
{
    (void)state;
    expect_structure((Source){ TABLE(HEADS(ROW(CELL(P("a")) CELL(P("b"))))) },
                     "Document[Table[TBody[TR[TH/column'a' TH/column'b']]]]");
}

static void grid_of_a_table_is_full_even_where_cells_are_empty(void **state)
{
    (void)state;
    expect_structure(
        (Source){ TABLE(HEADS(ROW(CELL(P("a")) CELL(P("")))) ROW(CELL(P("")) CELL(P("")))
                            ROW(CELL(P("c")))) },
        "Document[Table[THead[TR[TH/column'a' TH/column]] TBody[TR[TD TD] TR[TD'c' TD]]]]");
}

static void spans_are_told(void **state)
{
    (void)state;
    expect_structure(
        (Source){ TABLE(HEADS(ROW("<table:table-cell table:number-columns-spanned=\"2\">" P(
            "a") "</table:table-cell><table:covered-table-cell/>"))
                            ROW("<table:table-cell table:number-rows-spanned=\"2\">" P(
                                "b") "</table:table-cell>" CELL(P("c")))
                                ROW("<table:covered-table-cell/>" CELL(P("d")))) },
        "Document[Table[THead[TR[TH/column/2x1'a']] TBody[TR[TD/1x2'b' TD'c'] TR[TD'd']]]]");
}

static void cells_of_several_blocks_hold_them(void **state)
{
    (void)state;
    expect_structure(
        (Source){ TABLE(HEADS(ROW(CELL(P("a")) CELL(P("b"))))
                            ROW(CELL(P("c") P("d")) CELL(HN("1", "e")))),
                  NORMAL },
        "Document[Table[THead[TR[TH/column'a' TH/column'b']] TBody[TR[TD[P'c' P'd'] TD[H1'e']]]]]");
}

/* Without header rows it arranges things: read cell by cell, never with header cells. */
static void table_without_header_rows_has_no_header_cells(void **state)
{
    (void)state;
    Laid r = lay((Source){ TABLE(ROW(CELL(P("a")) CELL(P("b"))) ROW(CELL(P("c")) CELL(P("d")))) });
    const char *t = show_structure(&r);
    assert_null(strstr(t, "TH"));
    const char *a = strstr(t, "'a'"), *b = strstr(t, "'b'"), *c = strstr(t, "'c'"),
               *d = strstr(t, "'d'");
    assert_true(a && a < b && b < c && c < d);
    done(&r);
}

static void table_over_pages_is_one_table(void **state)
{
    (void)state;
    Buf b = { 0 };
    buf_str(&b, "<table:table>" COLUMNS2 HEADS(ROW(CELL(P("h")) CELL(P("i")))));
    for (int i = 0; i < 20; i++)
        buf_str(&b, ROW(CELL(P("x")) CELL(P("y"))));
    buf_str(&b, "</table:table>");
    Laid r = lay((Source){ b.p });
    assert_int_equal(r.l->page.n, 2);
    const LayoutNode *table = r.l->root->first->node;
    assert_int_equal(r.l->root->n_kids, 1);
    assert_int_equal(table->role, ROLE_TABLE);
    assert_int_equal(table->n_kids, 2);
    assert_int_equal(table->first->node->n_kids, 1); /* THead: one row */
    assert_int_equal(table->first->next->node->n_kids, 20);
    done(&r);
    buf_free(&b);
}

static void split_cell_is_one_cell(void **state)
{
    (void)state;
    Buf b = { 0 };
    buf_str(&b, "<table:table>" COLUMNS2 HEADS(
                    ROW(CELL(P("h")) CELL(P("i")))) "<table:table-row><table:table-cell>");
    for (int i = 0; i < 20; i++)
        buf_format(&b, P("l%d"), i);
    buf_str(&b, "</table:table-cell>" CELL(P("x")) "</table:table-row></table:table>");
    Laid r = lay((Source){ b.p });
    assert_int_equal(r.l->page.n, 2);
    const LayoutNode *body = r.l->root->first->node->first->next->node;
    assert_int_equal(body->n_kids, 1);
    assert_int_equal(body->first->node->n_kids, 2);
    assert_int_equal(body->first->node->first->node->n_kids, 20);
    done(&r);
    buf_free(&b);
}

/* ---- headers, footers, decoration ---- */

static void header_is_read_once(void **state)
{
    (void)state;
    Laid r = lay((Source){ PS("N", "a") PS("PB", "b"), NORMAL,
                           .master = HEADER(P("logo")) FOOTER(P("adres")) });
    assert_string_equal(show_structure(&r), "Document[P'logo' P'a' P'adres' P'b']");
    for (size_t p = 0; p < 2; p++) {
        const LayoutPage *page = r.l->page.p[p];
        for (size_t i = 0; i < page->item.n; i++) {
            size_t len;
            const char *t = item_text(&page->item.p[i], &len);
            bool header = !memcmp(t, "logo", 4), footer = len == 5 && !memcmp(t, "adres", 5);
            if (!header && !footer)
                continue;
            assert_int_equal(page->item.p[i].node == NULL, p == 1);
            if (p == 1)
                assert_int_equal(page->item.p[i].artifact,
                                 header ? ARTIFACT_HEADER : ARTIFACT_FOOTER);
        }
    }
    done(&r);
}

static void headers_of_two_masters_are_read_once_each(void **state)
{
    (void)state;
    expect_structure(
        (Source){
            PS("N", "a") PS("M", "b") PS("PB", "c"),
            NORMAL "<style:style style:name=\"M\" style:family=\"paragraph\" "
                   "style:master-page-name=\"Second\"/>",
            .masters =
                "<style:master-page style:name=\"Standard\" style:page-layout-name=\"pm\">" HEADER(
                    P("one")) "</style:master-page>"
                              "<style:master-page style:name=\"Second\" "
                              "style:page-layout-name=\"pm\">" HEADER(
                                  P("two")) "</style:master-page>" },
        "Document[P'one' P'a' P'two' P'b' P'c']");
}

/* ISO 14289-1 7.8: page numbers are pagination. */
static void page_numbers_are_artifacts(void **state)
{
    (void)state;
    Laid r = lay((Source){ P("a"), .master = FOOTER(P("strona " NUMBER)) });
    assert_string_equal(show_structure(&r), "Document[P'a']");
    assert_non_null(strstr(show(&r, TEXTS | ARTIFACTS), "(artifact) 1"));
    done(&r);
}

static void page_number_in_the_text_is_read(void **state)
{
    (void)state;
    expect_structure((Source){ P("na stronie " NUMBER) }, "Document[P'na stronie 1']");
}

static void decoration_is_an_artifact(void **state)
{
    (void)state;
    Laid r = lay((Source){
        PS("X", "a " SPAN("U", "b")),
        PARA("X", "fo:border=\"1pt solid #000000\" fo:background-color=\"#eeeeee\"")
            TEXT_STYLE("U",
                       "style:text-underline-style=\"solid\" fo:background-color=\"#ffff00\"") });
    for (size_t i = 0; i < r.l->page.p[0]->item.n; i++) {
        const LayoutItem *k = &r.l->page.p[0]->item.p[i];
        assert_int_equal(k->node != NULL, k->kind == ITEM_TEXT);
    }
    assert_string_equal(show_structure(&r), "Document[P'a b']");
    done(&r);
}

/* Each marked content is one node's, its number its place in the page's list. */
static void contents_of_a_page_name_their_nodes(void **state)
{
    (void)state;
    Laid r = lay((Source){ HN("1", "a") P("b") TABLE(HEADS(ROW(CELL(P("c")) CELL(P("d")))) ROW(
                               CELL(P("e")) CELL(P("f")))) PS("PB", "g"),
                           NORMAL, .master = HEADER(P("h")) });
    for (size_t p = 0; p < r.l->page.n; p++) {
        const LayoutPage *page = r.l->page.p[p];
        for (size_t i = 0; i < page->item.n; i++) {
            const LayoutItem *k = &page->item.p[i];
            if (!k->node)
                continue;
            assert_true(k->content < page->content.n);
            assert_ptr_equal(page->content.p[k->content], k->node);
            bool found = false;
            for (const LayoutKid *kid = k->node->first; kid; kid = kid->next)
                found |= kid->kind == KID_CONTENT && kid->page == p && kid->number == k->content;
            assert_true(found);
        }
    }
    done(&r);
}

/* ---- links ---- */

static void link_is_an_element_with_an_annotation(void **state)
{
    (void)state;
    Laid r = lay((Source){ P("a " LINK("https://www.przyklad.pl/", "strona") " b") });
    assert_string_equal(show_structure(&r), "Document[P['a' Link['strona' (link)] ' b']]");
    const LayoutPage *page = r.l->page.p[0];
    assert_int_equal(page->link.n, 1);
    const LayoutLink *l = &page->link.p[0];
    assert_string_equal(l->uri, "https://www.przyklad.pl/");
    assert_string_equal(l->text, "strona");
    assert_int_equal(l->node->role, ROLE_LINK);
    assert_int_equal(l->x, LEFT + 2 * ADVANCE);
    assert_int_equal(l->w, 6 * ADVANCE);
    assert_int_equal(l->y, TOP);
    assert_int_equal(l->h, LINE);
    done(&r);
}

static void link_over_two_lines_has_two_annotations_and_one_element(void **state)
{
    (void)state;
    Laid r = lay((Source){ PS("R", "aaaaaaaaaa " LINK("http://a.pl", "bbbbbbb ccccccc") " d"),
                           PARA("R", "fo:margin-right=\"280pt\"") });
    assert_string_equal(show_structure(&r),
                        "Document[P['aaaaaaaaaa' Link['bbbbbbb' (link) 'ccccccc' (link)] ' d']]");
    const LayoutPage *page = r.l->page.p[0];
    assert_int_equal(page->link.n, 2);
    assert_ptr_equal(page->link.p[0].node, page->link.p[1].node);
    assert_int_equal(page->link.p[0].y, TOP);
    assert_int_equal(page->link.p[1].y, TOP + LINE);
    assert_int_equal(page->link.p[1].x, LEFT);
    assert_int_equal(page->link.p[1].w, 7 * ADVANCE);
    done(&r);
}

static void link_of_several_spans_is_one(void **state)
{
    (void)state;
    Laid r = lay((Source){ P(LINK("http://a.pl", "ab" SPAN("Red", "cd") "ef")),
                           TEXT_STYLE("Red", "fo:color=\"#ff0000\"") });
    assert_int_equal(r.l->page.p[0]->link.n, 1);
    assert_int_equal(r.l->page.p[0]->link.p[0].w, 6 * ADVANCE);
    done(&r);
}

static void two_links_side_by_side_are_two(void **state)
{
    (void)state;
    Laid r = lay((Source){ P(LINK("http://a.pl", "ab") LINK("http://b.pl", "cd")) });
    assert_int_equal(r.l->page.p[0]->link.n, 2);
    assert_ptr_not_equal(r.l->page.p[0]->link.p[0].node, r.l->page.p[0]->link.p[1].node);
    done(&r);
}

/* Only addresses that a reader may open without harm. */
static void other_schemes_are_text_only(void **state)
{
    (void)state;
    static const char *const bad[] = { "javascript:alert(1)",
                                       "file:///etc/passwd",
                                       "vnd.sun.star.script:x",
                                       "ftp://x",
                                       "x.pdf",
                                       "",
                                       "HTTP:" };
    for (size_t i = 0; i < COUNT(bad); i++) {
        Buf b = { 0 };
        buf_format(&b, P(LINK("%s", "abc")), bad[i]);
        Laid r = lay((Source){ b.p });
        assert_int_equal(r.l->page.p[0]->link.n, 0);
        assert_string_equal(show_structure(&r), "Document[P'abc']");
        done(&r);
        buf_free(&b);
    }
    Laid r = lay((Source){ P(LINK("mailto:a@b.pl", "abc")) });
    assert_int_equal(r.l->page.p[0]->link.n, 1);
    done(&r);
}

static void inner_link_knows_its_page(void **state)
{
    (void)state;
    Laid r = lay((Source){ P(LINK("#there", "abc")) P("x") PS("PB", "top")
                               P("<text:bookmark-start text:name=\"there\"/>here<text:bookmark-end "
                                 "text:name=\"there\"/>"),
                           NORMAL });
    const LayoutLink *l = &r.l->page.p[0]->link.p[0];
    assert_null(l->uri);
    assert_int_equal(l->to_page, 1);
    assert_int_equal(l->to_y, TOP + LINE);
    done(&r);
}

/* A link that leads nowhere must not be offered as one, nor crash. */
static void dead_inner_link_keeps_its_text(void **state)
{
    (void)state;
    Laid r = lay((Source){ P(LINK("#nowhere", "abc")) });
    assert_non_null(strstr(show_structure(&r), "'abc'"));
    done(&r);
}

/* ---- languages ---- */

static void other_languages_are_told(void **state)
{
    (void)state;
    static const char styles[] = PARA_TEXT("En", "", "fo:language=\"en\" fo:country=\"GB\"")
        TEXT_STYLE("De", "fo:language=\"de\" fo:country=\"DE\"");
    expect_structure((Source){ P("a") PS("En", "b") P("c " SPAN("De", "d") " e"), styles },
                     "Document[P'a' P/en-GB'b' P['c' Span/de-DE'd' ' e']]");
}

/* ---- pictures ---- */

#define PNG \
    "<draw:image><office:binary-data>" \
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+" \
    "M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==" \
    "</office:binary-data></draw:image>"
#define FRAME(more, inside) \
    "<draw:frame text:anchor-type=\"as-char\" svg:width=\"20pt\" svg:height=\"10pt\" " more \
    ">" inside "</draw:frame>"

static void picture_is_a_figure_with_its_text(void **state)
{
    (void)state;
    Laid r = lay((Source){
        P("a" FRAME("", PNG "<svg:title>tytuł</svg:title><svg:desc>opis zdjęcia</svg:desc>")) });
    assert_string_equal(show_structure(&r), "Document[P['a' Figure/\"opis zdjęcia\"'']]");
    assert_null(strstr(r.findings.p, "layout-alt"));
    const LayoutNode *figure = r.l->root->first->node->last->node;
    assert_int_equal(figure->box[2] - figure->box[0], 400);
    assert_int_equal(figure->box[3] - figure->box[1], 200);
    assert_int_equal(figure->box[0], LEFT + ADVANCE);
    done(&r);
}

static void picture_without_a_text_is_warned_of(void **state)
{
    (void)state;
    Laid r = lay((Source){ P("a" FRAME("", PNG)) });
    assert_non_null(strstr(r.findings.p, "[layout-alt]"));
    const LayoutNode *figure = r.l->root->first->node->last->node;
    assert_int_equal(figure->role, ROLE_FIGURE);
    assert_non_null(figure->alt);
    done(&r);
}

static void decorative_picture_is_an_artifact(void **state)
{
    (void)state;
    Laid r = lay((Source){ P("a" FRAME("loext:decorative=\"true\"", PNG)) });
    assert_string_equal(show_structure(&r), "Document[P'a']");
    assert_null(strstr(r.findings.p, "layout-alt"));
    done(&r);
}

/* frames-styles 1.2.2, 1.2.3: on the baseline; the line's ascent is max(A, height): 200. */
static void picture_in_a_line_stands_on_the_baseline(void **state)
{
    (void)state;
    Laid r = lay((Source){ P("a" FRAME("", PNG "<svg:desc>x</svg:desc>") "b") P("c") });
    assert_string_equal(show(&r, TEXTS), "1000 1200 a\n1520 1200 b\n1000 1427 c\n");
    done(&r);
    /* alone: as high as the picture, no descent */
    r = lay((Source){ P(FRAME("", PNG "<svg:desc>x</svg:desc>")) P("c") });
    assert_int_equal(find(&r, "c", NULL)->y, 1200 + ASCENT);
    done(&r);
}

/* ---- tables of contents ---- */

static void table_of_contents_is_a_list_of_references(void **state)
{
    (void)state;
    Laid r = lay((Source){
        "<text:table-of-content text:name=\"T\"><text:table-of-content-source "
        "text:outline-level=\"1\">"
        "<text:table-of-content-entry-template "
        "text:outline-level=\"1\"><text:index-entry-text/><text:index-entry-page-number/>"
        "</text:table-of-content-entry-template></text:table-of-content-source><text:index-body/></"
        "text:table-of-content>" HN("1", "One "),
        NORMAL, .regenerate = true });
    const char *t = show_structure(&r);
    assert_true(str_starts(t, "Document[TOC[TOCI[Reference["));
    assert_non_null(strstr(t, "Link['One"));
    assert_non_null(strstr(t, "H1'One'"));
    assert_int_equal(r.l->page.p[0]->link.n, 1);
    assert_int_equal(r.l->page.p[0]->link.p[0].to_y, TOP + LINE);
    done(&r);
}

/* ---- the mark of drafts ---- */

static void mark_stands_on_every_page_and_is_read(void **state)
{
    (void)state;
    Laid r = lay((Source){ PS("N", "a") PS("PB", "b"), NORMAL, .mark = "PROJEKT" });
    assert_string_equal(show_structure(&r), "Document[P'PROJEKT' P'a' P'PROJEKT' P'b']");
    done(&r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(paragraphs_are_p),
        cmocka_unit_test(empty_paragraphs_are_nothing),
        cmocka_unit_test(paragraphs_of_nothing_but_spaces_are_nothing),
        cmocka_unit_test(words_apart_by_tabs_are_apart_in_the_content),
        cmocka_unit_test(words_apart_by_line_breaks_are_apart_in_the_content),
        cmocka_unit_test(number_of_a_heading_is_apart_from_its_text),
        cmocka_unit_test(words_of_two_lines_are_apart_in_the_content),
        cmocka_unit_test(paragraph_over_two_pages_is_one_element),
        cmocka_unit_test(headings_have_their_levels),
        cmocka_unit_test(skipped_levels_of_headings_are_closed_up),
        cmocka_unit_test(equal_levels_stay_equal_after_a_skip),
        cmocka_unit_test(headings_below_six_are_paragraphs),
        cmocka_unit_test(big_bold_text_is_no_heading),
        cmocka_unit_test(headings_are_listed_for_bookmarks),
        cmocka_unit_test(lists_have_labels_and_bodies),
        cmocka_unit_test(lists_in_lists_lie_in_the_body_of_their_item),
        cmocka_unit_test(kind_of_numbering_is_told),
        cmocka_unit_test(heading_in_a_list_is_a_heading),
        cmocka_unit_test(list_without_text_is_nothing),
        cmocka_unit_test(tables_with_header_rows_are_tables_of_data),
        cmocka_unit_test(table_of_heading_rows_alone_has_no_head),
        cmocka_unit_test(grid_of_a_table_is_full_even_where_cells_are_empty),
        cmocka_unit_test(spans_are_told),
        cmocka_unit_test(cells_of_several_blocks_hold_them),
        cmocka_unit_test(table_without_header_rows_has_no_header_cells),
        cmocka_unit_test(table_over_pages_is_one_table),
        cmocka_unit_test(split_cell_is_one_cell),
        cmocka_unit_test(header_is_read_once),
        cmocka_unit_test(headers_of_two_masters_are_read_once_each),
        cmocka_unit_test(page_numbers_are_artifacts),
        cmocka_unit_test(page_number_in_the_text_is_read),
        cmocka_unit_test(decoration_is_an_artifact),
        cmocka_unit_test(contents_of_a_page_name_their_nodes),
        cmocka_unit_test(link_is_an_element_with_an_annotation),
        cmocka_unit_test(link_over_two_lines_has_two_annotations_and_one_element),
        cmocka_unit_test(link_of_several_spans_is_one),
        cmocka_unit_test(two_links_side_by_side_are_two),
        cmocka_unit_test(other_schemes_are_text_only),
        cmocka_unit_test(inner_link_knows_its_page),
        cmocka_unit_test(dead_inner_link_keeps_its_text),
        cmocka_unit_test(other_languages_are_told),
        cmocka_unit_test(picture_is_a_figure_with_its_text),
        cmocka_unit_test(picture_without_a_text_is_warned_of),
        cmocka_unit_test(decorative_picture_is_an_artifact),
        cmocka_unit_test(picture_in_a_line_stands_on_the_baseline),
        cmocka_unit_test(table_of_contents_is_a_list_of_references),
        cmocka_unit_test(mark_stands_on_every_page_and_is_read),
    };
    return cmocka_run_group_tests(tests, fonts_open, fonts_close);
}
