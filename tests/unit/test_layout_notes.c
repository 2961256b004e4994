/* SPDX-License-Identifier: MIT */
/* layout/: where notes stand and how they are counted (tables-pages section 7).  The text is 4000
 * twips high from 1000 on, a line 227, the line above notes with its distances 124; columns of
 * 3800 begin at 1000 and 5200. */
#include "test_layout.h"

#define SECTION(style, x) \
    "<text:section text:name=\"S\" text:style-name=\"" style "\">" x "</text:section>"
#define NOTE_CITED(class, citation, x) \
    "<text:note text:note-class=\"" class "\"><text:note-citation" citation \
    ">9</text:note-citation><text:note-body>" x "</text:note-body></text:note>"
#define NOTE(x) NOTE_CITED("footnote", "", P(x))
#define ENDNOTE(x) NOTE_CITED("endnote", "", P(x))
#define TWO_COLUMNS "<style:columns fo:column-count=\"2\" fo:column-gap=\"20pt\"/>"
#define OWN(class, more) "<text:notes-configuration text:note-class=\"" class "\" " more "/>"
#define FOOTNOTES(more) OWN("footnote", "style:num-format=\"1\" " more)
#define IN_ALL "text:start-numbering-at=\"document\" "

static bool has_fill(const Laid *r, int32_t x, int32_t y, int32_t w, int32_t h)
{
    for (size_t i = 0; i < r->l->page.p[0]->item.n; i++) {
        const LayoutItem *k = &r->l->page.p[0]->item.p[i];
        if (k->kind == ITEM_FILL && k->x == x && k->y == y && k->w == w && k->h == h)
            return true;
    }
    return false;
}

/* ---- 7.8: columns ---- */

/* Sections of old documents: at the foot of each column; the section takes the rest of the page. */
static void notes_of_old_columns_stand_in_their_column(void **state)
{
    (void)state;
    Laid r = lay((Source){ SECTION("S", P("a" NOTE("n")) P("b") PS("CB", "c" NOTE("m"))) P("y"),
                           FLOW SECTION_STYLE("S", "", TWO_COLUMNS),
                           .settings = SET("FootnoteInColumnToPageEnd", "false") });
    assert_string_equal(show(&r, TEXTS),
                        "1000 1167 a\n1120 1097 1\n1000 1394 b\n1000 4940 1\n1120 4940 n\n"
                        "5200 1167 c\n5320 1097 2\n5200 4940 2\n5320 4940 m\n"
                        "page 2\n1000 1167 y\n");
    assert_true(has_fill(&r, 1000, 5000 - LINE - 57 - 10, 950, 10));
    assert_true(has_fill(&r, 5200, 5000 - LINE - 57 - 10, 950, 10));
    done(&r);
}

/* Below a note of the page they have none: the mark goes to the next page. */
static void columns_below_a_note_of_the_page_have_none(void **state)
{
    (void)state;
    expect_lines((Source){ P("x" NOTE("l")) SECTION("S", P("a") P("b" NOTE("n"))),
                           SECTION_STYLE("S", "", TWO_COLUMNS),
                           .settings = SET("FootnoteInColumnToPageEnd", "false") },
                 "x | 1 | a | 1 l || b | 2 | 2 n");
}

/* Columns that are not balanced keep their notes whatever the document says. */
static void notes_of_unbalanced_columns_stand_in_their_column(void **state)
{
    (void)state;
    expect_texts((Source){ SECTION("S", P("a" NOTE("n")) PS("CB", "b")) P("y"),
                           FLOW SECTION_STYLE("S", "text:dont-balance-text-columns=\"true\"",
                                              TWO_COLUMNS) },
                 "1000 1167 a\n1120 1097 1\n1000 4940 1\n1120 4940 n\n5200 1167 b\n"
                 "page 2\n1000 1167 y\n");
}

static void balanced_columns_have_their_notes_at_the_page_end(void **state)
{
    (void)state;
    expect_texts((Source){ SECTION("S", P("a" NOTE("n")) P("b") P("c") P("d") P("e")) P("y"),
                           SECTION_STYLE("S", "", TWO_COLUMNS) },
                 "1000 1167 a\n1120 1097 1\n1000 1394 b\n1000 1621 c\n5200 1167 d\n5200 1394 e\n"
                 "1000 1848 y\n1000 4940 1\n1120 4940 n\n");
}

/* 4000 - 124 - 227 hold 16 lines in each column, also when the mark stands in the last one. */
static void columns_end_above_the_notes_of_all_of_them(void **state)
{
    (void)state;
    begin();
    put("<text:section text:name=\"S\" text:style-name=\"S\">");
    put_paragraphs("a", 20, "N");
    put(P("b" NOTE("n")));
    put_paragraphs("c", 20, "N");
    put("</text:section>");
    Laid r = lay((Source){ body(), FLOW SECTION_STYLE("S", "", TWO_COLUMNS) });
    assert_int_equal(find(&r, "a16", NULL)->x, 1000);
    assert_int_equal(find(&r, "a17", NULL)->x, 5200);
    assert_int_equal(find(&r, "c11", NULL)->x, 5200);
    assert_int_equal(page_of(&r, "c11"), 1);
    assert_int_equal(page_of(&r, "c12"), 2);
    done(&r);
}

static void notes_of_page_columns_stand_in_their_column(void **state)
{
    (void)state;
    expect_texts(
        (Source){ P("a" NOTE("n")) PS("CB", "b"), FLOW,
                  .page = "<style:page-layout-properties fo:page-width=\"500pt\" "
                          "fo:page-height=\"300pt\" fo:margin=\"50pt\">" TWO_COLUMNS
                          "</style:page-layout-properties>" },
        "1000 1167 a\n1120 1097 1\n1000 4940 1\n1120 4940 n\n5200 1167 b\n");
}

/* A note of 20 lines: 4000 less 124 and the line of the mark hold 16 of them (on pages it would be
 * 80 % of 4000), the rest is in the next column. */
static void note_goes_on_in_the_next_column(void **state)
{
    (void)state;
    begin();
    put("<text:section text:name=\"S\" text:style-name=\"S\"><text:p>a<text:note "
        "text:note-class=\"footnote\"><text:note-citation>1</text:note-citation><text:note-body>");
    put_paragraphs("n", 20, "N");
    put("</text:note-body></text:note></text:p>");
    put_paragraphs("b", 2, "N");
    put("</text:section>");
    Laid r = lay((Source){ body(), FLOW SECTION_STYLE("S", "", TWO_COLUMNS),
                           .settings = SET("FootnoteInColumnToPageEnd", "false") });
    assert_int_equal(r.l->page.n, 1);
    assert_int_equal(find(&r, "n16", NULL)->x, 1000);
    assert_int_equal(find(&r, "n16", NULL)->y, 4940);
    assert_int_equal(find(&r, "n17", NULL)->x, 5200);
    assert_int_equal(find(&r, "n20", NULL)->y, 4940);
    assert_int_equal(find(&r, "b1", NULL)->x, 5200);
    done(&r);
}

/* ---- sections that end with their notes ---- */

static void section_ends_with_its_footnotes(void **state)
{
    (void)state;
    expect_texts((Source){ SECTION("S", P("a" NOTE("n")) P("b")) P("y" NOTE("m")),
                           SECTION_STYLE("S", "", OWN("footnote", "")) },
                 "1000 1167 a\n1120 1097 1\n1000 1394 b\n1000 1745 1\n1120 1745 n\n"
                 "1000 1972 y\n1120 1902 2\n1000 4940 2\n1120 4940 m\n");
}

static void section_ends_with_its_endnotes(void **state)
{
    (void)state;
    expect_texts((Source){ SECTION("S", P("a" ENDNOTE("n")) P("b")) P("y"),
                           SECTION_STYLE("S", "", OWN("endnote", "")) },
                 "1000 1167 a\n1120 1097 i\n1000 1394 b\n1000 1745 i\n1120 1745 n\n"
                 "1000 1972 y\n");
}

/* Two columns: a, b | c and, below a line (124), the note. */
static void notes_that_end_a_section_are_balanced_with_it(void **state)
{
    (void)state;
    expect_texts((Source){ SECTION("S", P("a") P("b") P("c") P("d" NOTE("n"))) P("y"),
                           SECTION_STYLE("S", "", TWO_COLUMNS OWN("footnote", "")) },
                 "1000 1167 a\n1000 1394 b\n1000 1621 c\n5200 1167 d\n5320 1097 1\n"
                 "5200 1621 1\n5320 1621 n\n1000 1848 y\n");
}

static void endnotes_stand_below_the_text_where_the_document_says_so(void **state)
{
    (void)state;
    expect_texts((Source){ P("a" ENDNOTE("n")) P("b"),
                           .settings = SET("ContinuousEndnotes", "true") },
                 "1000 1167 a\n1120 1097 i\n1000 1394 b\n1000 4940 i\n1120 4940 n\n");
}

/* 7.9: the page has the size of the others, and margins of 2 cm (1134). */
static void footnotes_may_stand_after_the_text(void **state)
{
    (void)state;
    expect_texts((Source){ P("a" NOTE("n")) P("b"),
                           .styles = FOOTNOTES("text:footnotes-position=\"document\"") },
                 "1000 1167 a\n1120 1097 1\n1000 1394 b\npage 2\n1134 1301 1\n1254 1301 n\n");
}

/* ---- numbers ---- */

static void expect_numbers(const char *config, const char *section, const char *want)
{
    Buf styles = {0};
    buf_format(&styles, SECTION_STYLE("S", "", "%s") FLOW, section);
    expect_lines((Source){ P("a" NOTE("n")) SECTION("S", P("b" NOTE("m"))) PS("PB", "c" NOTE("o")),
                           styles.p, .styles = config },
                 want);
    buf_free(&styles);
}

static void notes_are_counted_as_the_document_says(void **state)
{
    (void)state;
    expect_numbers(FOOTNOTES(IN_ALL), "",
                   "a | 1 | b | 2 | 1 n | 2 m || c | 3 | 3 o");
    expect_numbers(FOOTNOTES("text:start-numbering-at=\"page\" text:start-value=\"7\""), "",
                   "a | 1 | b | 2 | 1 n | 2 m || c | 1 | 1 o");
    expect_numbers(FOOTNOTES(""), "", "a | 1 | b | 2 | 1 n | 2 m || c | 1 | 1 o");
    expect_numbers(FOOTNOTES(IN_ALL "style:num-prefix=\"(\" style:num-suffix=\")\""), "",
                   "a | 1 | b | 2 | (1) n | (2) m || c | 3 | (3) o");
}

/* Only what the section says of numbers makes it count alone. */
static void section_counts_its_notes_as_it_says(void **state)
{
    (void)state;
    expect_numbers(FOOTNOTES(IN_ALL), OWN("footnote", ""),
                   "a | 1 | b | 2 | 2 m | 1 n || c | 3 | 3 o");
    expect_numbers(FOOTNOTES(IN_ALL), OWN("footnote", "text:start-value=\"4\""),
                   "a | 1 | b | 4 | 4 m | 1 n || c | 2 | 2 o");
    expect_numbers(FOOTNOTES(IN_ALL), OWN("footnote", "style:num-format=\"a\" style:num-suffix=\".\""),
                   "a | 1 | b | a | a. m | 1 n || c | 2 | 2 o");
    expect_numbers(FOOTNOTES(""), OWN("footnote", "style:num-format=\"a\""),
                   "a | 1 | b | 2 | 2 m | 1 n || c | 1 | 1 o");
}

static void notes_are_counted_by_chapter(void **state)
{
    (void)state;
    expect_lines((Source){ H("1", "A") P("a" NOTE("n") "b" NOTE("m")) H("2", "B") P("c" NOTE("o"))
                               H("1", "C") P("d" NOTE("p")),
                           .styles = FOOTNOTES("text:start-numbering-at=\"chapter\"") },
                 "A | a | 1 | b | 2 | B | c | 3 | C | d | 1 | 1 n | 2 m | 3 o | 1 p");
}

static void note_with_a_label_is_not_counted(void **state)
{
    (void)state;
    expect_lines((Source){ P("a" NOTE_CITED("footnote", " text:label=\"*\"", P("n")) "b" NOTE(
                     "m")) },
                 "a | * | b | 1 | * n | 1 m");
}

static void styles_of_the_number_are_the_documents(void **state)
{
    (void)state;
    Laid r = lay((Source){ P("a" NOTE("n")),
                           .styles = TEXT_STYLE("M", "fo:color=\"#ff0000\"")
                               TEXT_STYLE("L", "fo:color=\"#00ff00\"")
                                   FOOTNOTES("text:citation-body-style-name=\"M\" "
                                             "text:citation-style-name=\"L\"") });
    const LayoutItem *mark = find(&r, "1", NULL), *label = find(&r, "n", NULL) - 1;
    assert_int_equal(mark->color, 0xff0000);
    assert_int_equal(mark->y, TOP + ASCENT);            /* the style does not raise it */
    assert_int_equal(label->color, 0x00ff00);
    done(&r);
}

/* ---- room ---- */

/* The note of the first line takes the room of the last ones: 16 lines above 351, not 17. */
static void lines_below_a_mark_end_above_its_note(void **state)
{
    (void)state;
    begin();
    put("<text:p>a" NOTE("n"));
    for (int i = 1; i < 20; i++)
        put(BREAK "b");
    put("</text:p>");
    Laid r = lay((Source){ body() });
    assert_int_equal(r.l->page.n, 2);
    int32_t last = 0;
    for (size_t i = 0; i < r.l->page.p[0]->item.n; i++) {
        const LayoutItem *k = &r.l->page.p[0]->item.p[i];
        if (k->kind == ITEM_TEXT && k->y > last && k->y < 4940)
            last = k->y;
    }
    assert_int_equal(last, TOP + 15 * LINE + ASCENT);
    done(&r);
}

/* 13 lines of the first note leave 925 for text: a mark whose line leaves 227 of them stays, its
 * note comes after the first one. */
static void mark_stays_where_only_its_note_must_wait(void **state)
{
    (void)state;
    for (int before = 1; before <= 3; before++) {
        begin();
        put("<text:p>a<text:note text:note-class=\"footnote\"><text:note-citation/>"
            "<text:note-body>");
        put_paragraphs("n", 20, "N");
        put("</text:note-body></text:note></text:p>");
        put_paragraphs("b", before - 1, "N");
        put(P("c" NOTE("m")));
        Laid r = lay((Source){ body(), FLOW });
        assert_int_equal(page_of(&r, "n13"), 1);
        assert_int_equal(page_of(&r, "n14"), 2);
        assert_int_equal(page_of(&r, "c"), before < 3 ? 1 : 2);
        assert_int_equal(page_of(&r, "m"), 2);
        done(&r);
    }
}

/* A row of a line, its rule and padding none: 15 lines above leave 595, the row and its note need
 * 227 + 351; 16 lines leave 368. */
static void row_goes_with_its_note(void **state)
{
    (void)state;
    for (int before = 15; before <= 16; before++) {
        begin();
        put_paragraphs("a", before, "N");
        put("<table:table>" COLUMNS2 ROW(CELL(P("b")) CELL(P("c" NOTE("n")))) "</table:table>");
        Laid r = lay((Source){ body(), FLOW });
        assert_int_equal(page_of(&r, "c"), before == 15 ? 1 : 2);
        assert_int_equal(page_of(&r, "n"), before == 15 ? 1 : 2);
        done(&r);
    }
}

static void notes_are_never_lost(void **state)
{
    (void)state;
    static const char *const inside[] = {
        "<table:table>" COLUMNS2 ROW(CELL("<table:table>" COLUMNS2 ROW(CELL(P("a" NOTE(
            "note")))) "</table:table>")) "</table:table>",
        "<table:table>" COLUMNS2 ROW("<table:table-cell table:number-rows-spanned=\"2\">" P(
            "a" NOTE("note")) "</table:table-cell>" CELL(P("b")))
            ROW(CELL(P("c"))) "</table:table>",
        P("<draw:frame text:anchor-type=\"paragraph\" svg:width=\"90pt\"><draw:text-box>" P(
            "a" NOTE("note")) "</draw:text-box></draw:frame>"),
        "<table:table>" COLUMNS2 ROW(CELL(SECTION("S", P("a" NOTE("note"))))) "</table:table>",
        "<table:table>" COLUMNS2 ROW(CELL(SECTION("E", P("a" ENDNOTE("note"))))) "</table:table>",
        SECTION("S", SECTION("E", P("a" ENDNOTE("note")) P("b" NOTE("foot")))),
    };
    for (size_t i = 0; i < COUNT(inside); i++) {
        Laid r = lay((Source){ inside[i], SECTION_STYLE("S", "", TWO_COLUMNS)
                                              SECTION_STYLE("E", "", OWN("endnote", "")) });
        find(&r, "note", NULL);
        done(&r);
    }
}

/* Neither a note without room nor columns of no width keep the pages from ending. */
static void notes_end_wherever_they_are(void **state)
{
    (void)state;
    begin();
    put("<text:section text:name=\"S\" text:style-name=\"S\">");
    for (int i = 0; i < 20; i++)
        put(PS("B", "a" NOTE_CITED("footnote", "", PS("B", "n") PS("B", "m"))));
    put("</text:section>");
    static const char *const columns[] = {
        "", TWO_COLUMNS, "<style:columns fo:column-count=\"16\" fo:column-gap=\"200pt\"/>",
        OWN("footnote", ""), TWO_COLUMNS OWN("footnote", "") OWN("endnote", ""),
    };
    for (size_t i = 0; i < COUNT(columns); i++) {
        Buf styles = {0};
        buf_format(&styles,
                   SECTION_STYLE("S", "text:dont-balance-text-columns=\"%s\"", "%s")
                       PARA_TEXT("B", "", "fo:font-size=\"300pt\""),
                   i % 2 ? "true" : "false", columns[i]);
        Laid r = lay((Source){ body(), styles.p });
        assert_true(r.l->page.n <= 100);
        buf_free(&styles);
        done(&r);
    }
}

static void columns_in_columns_end(void **state)
{
    (void)state;
    begin();
    for (int i = 0; i < 15; i++) {
        put("<text:section text:name=\"S\" text:style-name=\"S\">");
        put_paragraphs("a", 3, "N");
    }
    put(P("inside" NOTE("note")));
    for (int i = 0; i < 15; i++)
        put("</text:section>");
    Laid r = lay((Source){ body(), FLOW SECTION_STYLE("S", "", TWO_COLUMNS) });
    find(&r, "note", NULL);
    assert_true(r.l->page.n <= 10);
    done(&r);
}

/* ---- text that goes on in a place of another width ---- */

#define UNEQUAL(more) \
    SECTION_STYLE("S", "text:dont-balance-text-columns=\"true\"", \
                  "<style:columns fo:column-count=\"2\"><style:column style:rel-width=\"1*\"/>" \
                  "<style:column style:rel-width=\"3*\"/></style:columns>") \
    PARA("U", more)

/* Words of 15 letters: one a line in a column of 2000, three in one of 6000. */
static void put_words(int n)
{
    begin();
    put("<text:section text:name=\"S\" text:style-name=\"S\"><text:p text:style-name=\"U\">");
    for (int i = 1; i <= n; i++)
        buf_format(&text, "%saaaaaaaaaaaaa%02d", i > 1 ? " " : "", i);
    put("</text:p></text:section>");
}

static void text_is_broken_anew_in_a_column_of_another_width(void **state)
{
    (void)state;
    put_words(22);
    Laid r = lay((Source){ body(), UNEQUAL("") });
    const char *t = show_lines(&r), *second = strstr(t, " | aaaaaaaaaaaaa18");
    assert_non_null(second);
    assert_string_equal(second, " | aaaaaaaaaaaaa18 aaaaaaaaaaaaa19 aaaaaaaaaaaaa20"
                                " | aaaaaaaaaaaaa21 aaaaaaaaaaaaa22");
    done(&r);
}

/* Of 20 words three would go on, one line there; two lines need a fourth. */
static void widows_count_in_the_column_they_are_in(void **state)
{
    (void)state;
    put_words(20);
    Laid r = lay((Source){ body(), UNEQUAL("fo:widows=\"2\" fo:orphans=\"2\"") });
    assert_int_equal(find(&r, "aaaaaaaaaaaaa16", NULL)->x, 1000);
    assert_int_equal(find(&r, "aaaaaaaaaaaaa17", NULL)->x, 3000);
    done(&r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(notes_of_old_columns_stand_in_their_column),
        cmocka_unit_test(columns_below_a_note_of_the_page_have_none),
        cmocka_unit_test(notes_of_unbalanced_columns_stand_in_their_column),
        cmocka_unit_test(balanced_columns_have_their_notes_at_the_page_end),
        cmocka_unit_test(columns_end_above_the_notes_of_all_of_them),
        cmocka_unit_test(notes_of_page_columns_stand_in_their_column),
        cmocka_unit_test(note_goes_on_in_the_next_column),
        cmocka_unit_test(section_ends_with_its_footnotes),
        cmocka_unit_test(section_ends_with_its_endnotes),
        cmocka_unit_test(notes_that_end_a_section_are_balanced_with_it),
        cmocka_unit_test(endnotes_stand_below_the_text_where_the_document_says_so),
        cmocka_unit_test(footnotes_may_stand_after_the_text),
        cmocka_unit_test(notes_are_counted_as_the_document_says),
        cmocka_unit_test(section_counts_its_notes_as_it_says),
        cmocka_unit_test(notes_are_counted_by_chapter),
        cmocka_unit_test(note_with_a_label_is_not_counted),
        cmocka_unit_test(styles_of_the_number_are_the_documents),
        cmocka_unit_test(lines_below_a_mark_end_above_its_note),
        cmocka_unit_test(mark_stays_where_only_its_note_must_wait),
        cmocka_unit_test(row_goes_with_its_note),
        cmocka_unit_test(notes_are_never_lost),
        cmocka_unit_test(notes_end_wherever_they_are),
        cmocka_unit_test(columns_in_columns_end),
        cmocka_unit_test(text_is_broken_anew_in_a_column_of_another_width),
        cmocka_unit_test(widows_count_in_the_column_they_are_in),
    };
    return cmocka_run_group_tests(tests, fonts_open, fonts_close);
}
