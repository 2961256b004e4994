/* SPDX-License-Identifier: MIT */
/* layout/: sections, columns, footnotes and endnotes (tables-pages sections 6 and 7). */
#include "test_layout.h"

#define SECTION(style, x) \
    "<text:section text:name=\"S\" text:style-name=\"" style "\">" x "</text:section>"
#define NOTE(x) \
    "<text:note " \
    "text:note-class=\"footnote\"><text:note-citation>9</text:note-citation><text:note-body>" P( \
        x) "</text:note-body></text:note>"
#define ENDNOTE(x) \
    "<text:note " \
    "text:note-class=\"endnote\"><text:note-citation>9</text:note-citation><text:note-body>" P( \
        x) "</text:note-body></text:note>"

/* ---- 6: sections ---- */

static void margins_of_a_section_narrow_the_text(void **state)
{
    (void)state;
    expect_texts((Source){ SECTION("S", P("a") PS("E", "b")) P("c"),
                           SECTION_STYLE("S", "fo:margin-left=\"10pt\" fo:margin-right=\"20pt\"",
                                         "") PARA("E", "fo:text-align=\"end\"") },
                 "1200 1167 a\n8480 1394 b\n1000 1621 c\n");
}

/* 6.1: the inner section's margins are measured from the outer text area. */
static void margins_of_nested_sections_do_not_add_up(void **state)
{
    (void)state;
    expect_texts((Source){ SECTION("S", P("a") SECTION("T", P("b"))),
                           SECTION_STYLE("S", "fo:margin-left=\"10pt\"", "")
                               SECTION_STYLE("T", "fo:margin-left=\"15pt\"", "") },
                 "1200 1167 a\n1300 1394 b\n");
}

/* 6.2: the margins of its first and last paragraph lie outside of the background. */
static void background_of_a_section_covers_its_lines(void **state)
{
    (void)state;
    Laid r = lay((Source){ P("x") SECTION("S", PS("M", "a") PS("M", "b")) P("y"),
                           SECTION_STYLE("S", "fo:background-color=\"#eeeeee\"", "")
                               PARA("M", "fo:margin-top=\"5pt\" fo:margin-bottom=\"5pt\"") });
    assert_string_equal(show(&r, FILLS), "fill 1000 1327 8000 654\n");
    assert_int_equal(find(&r, "y", NULL)->y, 1000 + 227 + 100 + 654 + 100 + ASCENT);
    done(&r);
}

static void hidden_section_takes_no_room(void **state)
{
    (void)state;
    expect_texts((Source){ PS("M", "a") "<text:section text:name=\"S\" text:display=\"none\">" P(
                               "hidden") "</text:section>" P("b"),
                           PARA("M", "fo:margin-bottom=\"5pt\"") },
                 "1000 1167 a\n1000 1494 b\n");
}

/* Experiment, LibreOffice 7.4: one line of Standard; hidden content is content. */
static void sections_and_indexes_without_content_have_an_empty_line(void **state)
{
    (void)state;
    static const char index[] =
        P("a") "<text:table-of-content><text:table-of-content-source/><text:index-body/>"
               "</text:table-of-content>" P("b");
    expect_texts((Source){ P("a") SECTION("", "") P("b"), "" }, "1000 1167 a\n1000 1621 b\n");
    expect_texts((Source){ P("a") SECTION("", SECTION("", "")) P("b"), "" },
                 "1000 1167 a\n1000 1621 b\n");
    expect_texts((Source){ P("a") SECTION("", "<text:section-source xlink:href=\"x.odt\"/>") P("b"),
                           "" },
                 "1000 1167 a\n1000 1621 b\n");
    expect_texts((Source){ index, "" }, "1000 1167 a\n1000 1621 b\n");
    expect_texts((Source){ P("a") SECTION("", PS("H", "x")) P("b"),
                           PARA_TEXT("H", "", "text:display=\"none\"") },
                 "1000 1167 a\n1000 1394 b\n");
}

#define TWO_COLUMNS(more) \
    SECTION_STYLE("S", more, "<style:columns fo:column-count=\"2\" fo:column-gap=\"20pt\"/>")

/* 6.4, 6.6: (8000 - 400) / 2 wide; five lines are three and two. */
static void columns_are_balanced(void **state)
{
    (void)state;
    expect_texts((Source){ P("x") SECTION("S", P("a") P("b") P("c") P("d") P("e")) P("y"),
                           TWO_COLUMNS("") },
                 "1000 1167 x\n1000 1394 a\n1000 1621 b\n1000 1848 c\n5200 1394 d\n5200 1621 "
                 "e\n1000 2075 y\n");
}

/* 6.4: without a gap column i spans trunc(W0 * rel / sum), text inside by its indents. */
/* 6.8: the space above a paragraph stays after a break, goes where the text merely flowed; the
 * first one's lies outside of the section. */
static void space_above_stays_after_a_column_break(void **state)
{
    (void)state;
    static const char styles[] = SECTION_STYLE(
        "S", "", "<style:columns fo:column-count=\"2\" fo:column-gap=\"0pt\"/>")
        PARA("M", "fo:margin-top=\"10pt\"")
            PARA("B", "fo:margin-top=\"10pt\" fo:break-before=\"column\"");
    expect_texts((Source){ SECTION("S", PS("M", "a") PS("B", "b")), styles },
                 "1000 1367 a\n5000 1567 b\n");
    expect_texts((Source){ SECTION("S", PS("M", "a") PS("M", "b")), styles },
                 "1000 1367 a\n5000 1367 b\n");
}

static void a_break_after_a_paragraph_goes_to_the_next_column(void **state)
{
    (void)state;
    expect_texts((Source){ SECTION("S", PS("A", "a") P("b")),
                           SECTION_STYLE("S", "",
                                         "<style:columns fo:column-count=\"2\" fo:column-gap=\"0pt\"/>")
                               PARA("A", "fo:break-after=\"column\"") },
                 "1000 1167 a\n5000 1167 b\n");
}

/* The last paragraph's line spacing of tr(50 * 227 / 100) lies below the section, as its margin. */
static void line_spacing_counts_after_columns(void **state)
{
    (void)state;
    expect_texts((Source){ SECTION("S", PS("H", "a")) P("b"),
                           SECTION_STYLE("S", "", "<style:columns fo:column-count=\"2\"/>")
                               PARA("H", "fo:line-height=\"150%\"") },
                 "1000 1167 a\n1000 1507 b\n");
}

static void columns_without_a_gap_share_the_width(void **state)
{
    (void)state;
    expect_texts((Source){ SECTION("S", P("aaaaaaa bbbbbbbb") PS("B", "c")),
                           SECTION_STYLE("S", "",
                                         "<style:columns fo:column-count=\"2\">"
                                         "<style:column style:rel-width=\"1000*\""
                                         " fo:start-indent=\"5pt\" fo:end-indent=\"10pt\"/>"
                                         "<style:column style:rel-width=\"3000*\""
                                         " fo:start-indent=\"15pt\" fo:end-indent=\"0pt\"/>"
                                         "</style:columns>")
                               PARA("B", "fo:break-before=\"column\"") },
                 "1100 1167 aaaaaaa\n1100 1394 bbbbbbbb\n3300 1167 c\n");
}

/* 6.7 */
static void columns_that_are_not_balanced_are_filled_to_the_page_end(void **state)
{
    (void)state;
    begin();
    put("<text:section text:name=\"S\" text:style-name=\"S\">");
    put_paragraphs("a", 20, "N");
    put("</text:section>");
    Laid r = lay((Source){ body(), TWO_COLUMNS("text:dont-balance-text-columns=\"true\"") FLOW });
    assert_int_equal(find(&r, "a17", NULL)->x, 1000);
    assert_int_equal(find(&r, "a18", NULL)->x, 5200);
    assert_int_equal(find(&r, "a18", NULL)->y, 1167);
    done(&r);
}

/* 6.6: all columns are filled to the page end, the last page is balanced. */
static void columns_over_pages_are_balanced_on_the_last_one(void **state)
{
    (void)state;
    begin();
    put("<text:section text:name=\"S\" text:style-name=\"S\">");
    put_paragraphs("a", 40, "N");
    put("</text:section>");
    Laid r = lay((Source){ body(), TWO_COLUMNS("") FLOW });
    assert_int_equal(r.l->page.n, 2);
    assert_int_equal(page_of(&r, "a34"), 1);
    assert_int_equal(find(&r, "a34", NULL)->x, 5200);
    assert_int_equal(find(&r, "a37", NULL)->x, 1000);
    assert_int_equal(find(&r, "a38", NULL)->x, 5200);
    done(&r);
}

static void section_with_columns_without_room_goes_to_the_next_page(void **state)
{
    (void)state;
    begin();
    put_paragraphs("x", 17, "N");
    put("<text:section text:name=\"S\" text:style-name=\"S\">");
    put_paragraphs("a", 4, "N");
    put("</text:section>");
    Laid r = lay((Source){ body(), TWO_COLUMNS("") FLOW });
    assert_int_equal(r.l->page.n, 2);
    assert_int_equal(page_of(&r, "a1"), 2);
    done(&r);
}

/* ---- 7: footnotes ---- */

/* Without style:footnote-sep: 57 + 10 + 57 twips, a line of 25 % at the left; the area ends with
 * the body. */
static void notes_stand_at_the_bottom_of_the_body(void **state)
{
    (void)state;
    Laid r = lay((Source){ P("a" NOTE("note")) });
    const LayoutItem *note = find(&r, "note", NULL), *mark = find(&r, "1", NULL);
    assert_int_equal(note->y, 5000 - LINE + ASCENT);
    /* 7.6: at 58 %, raised by A - A' = 70 */
    assert_int_equal(mark->text.size, 116);
    assert_int_equal(mark->x, LEFT + ADVANCE);
    assert_int_equal(mark->y, TOP + ASCENT - 70);
    /* in the note the number stands in front, without a space */
    assert_int_equal(note->x, LEFT + ADVANCE);
    bool line = false;
    for (size_t i = 0; i < r.l->page.p[0]->item.n; i++) {
        const LayoutItem *k = &r.l->page.p[0]->item.p[i];
        line |= k->kind == ITEM_FILL && k->x == LEFT && k->y == 5000 - LINE - 57 - 10 &&
                k->w == 2000 && k->h == 10;
    }
    assert_true(line);
    done(&r);
}

/* 7.7: numbers are counted, the citation of the file is ignored. */
static void notes_are_numbered_anew(void **state)
{
    (void)state;
    Laid r = lay((Source){ P("a" NOTE("first") " b" NOTE("second")) });
    int32_t first = find(&r, "first", NULL)->y, second = find(&r, "second", NULL)->y;
    assert_int_equal(second - first, LINE);
    assert_int_equal(second, 5000 - LINE + ASCENT);
    assert_non_null(strstr(show_lines(&r), "2 second"));
    assert_null(strstr(show_lines(&r), "9"));
    done(&r);
}

/* 7.7: "start-value + 1 = first number" */
static void notes_begin_at_their_start_value(void **state)
{
    (void)state;
    Laid r = lay((Source){ P("a" NOTE("note")),
                           .styles = "<text:notes-configuration text:note-class=\"footnote\""
                                     " style:num-format=\"1\" text:start-value=\"4\""
                                     " text:start-numbering-at=\"document\"/>" });
    assert_non_null(strstr(show_lines(&r), "5 note"));
    done(&r);
}

/* 7.3: 4000 - 351 hold 16 lines; with the mark in the last of them its note fits, one lower it does
 * not. */
static void line_goes_with_its_note(void **state)
{
    (void)state;
    for (int before = 15; before <= 16; before++) {
        begin();
        put_paragraphs("a", before, "N");
        put(P("b" NOTE("note")));
        Laid r = lay((Source){ body(), FLOW });
        assert_int_equal(page_of(&r, "b"), before == 15 ? 1 : 2);
        assert_int_equal(page_of(&r, "note"), before == 15 ? 1 : 2);
        done(&r);
    }
}

static void notes_leave_less_room_for_the_text(void **state)
{
    (void)state;
    begin();
    put(P("a0" NOTE("note")));
    put_paragraphs("a", 17, "N");
    Laid r = lay((Source){ body(), FLOW });
    assert_int_equal(page_of(&r, "a15"), 1);
    assert_int_equal(page_of(&r, "a16"), 2);
    done(&r);
}

static void note_is_read_where_its_mark_stands(void **state)
{
    (void)state;
    Laid r = lay((Source){ P("a" NOTE("note") "b") P("c") });
    const char *t = show_structure(&r);
    const char *note = strstr(t, "Note["), *b = strstr(t, "'c'");
    assert_true(note && b && note < b);
    assert_non_null(strstr(t, "note"));
    done(&r);
}

/* 7.9: endnotes begin a new page after everything. */
static void endnotes_begin_a_new_page(void **state)
{
    (void)state;
    Laid r = lay((Source){ P("a" ENDNOTE("note")) P("b") });
    assert_int_equal(page_of(&r, "b"), 1);
    assert_int_equal(page_of(&r, "note"), 2);
    done(&r);
}

static void note_longer_than_the_page_goes_on(void **state)
{
    (void)state;
    begin();
    put("<text:p>a<text:note "
        "text:note-class=\"footnote\"><text:note-citation>1</text:note-citation><text:note-body>");
    put_paragraphs("n", 40, "N");
    put("</text:note-body></text:note></text:p>");
    Laid r = lay((Source){ body(), FLOW });
    assert_int_equal(page_of(&r, "a"), 1);
    assert_true(page_of(&r, "n40") > 1 && r.l->page.n < 6);
    done(&r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(margins_of_a_section_narrow_the_text),
        cmocka_unit_test(margins_of_nested_sections_do_not_add_up),
        cmocka_unit_test(background_of_a_section_covers_its_lines),
        cmocka_unit_test(hidden_section_takes_no_room),
        cmocka_unit_test(sections_and_indexes_without_content_have_an_empty_line),
        cmocka_unit_test(columns_are_balanced),
        cmocka_unit_test(space_above_stays_after_a_column_break),
        cmocka_unit_test(a_break_after_a_paragraph_goes_to_the_next_column),
        cmocka_unit_test(line_spacing_counts_after_columns),
        cmocka_unit_test(columns_without_a_gap_share_the_width),
        cmocka_unit_test(columns_that_are_not_balanced_are_filled_to_the_page_end),
        cmocka_unit_test(columns_over_pages_are_balanced_on_the_last_one),
        cmocka_unit_test(section_with_columns_without_room_goes_to_the_next_page),
        cmocka_unit_test(notes_stand_at_the_bottom_of_the_body),
        cmocka_unit_test(notes_are_numbered_anew),
        cmocka_unit_test(notes_begin_at_their_start_value),
        cmocka_unit_test(line_goes_with_its_note),
        cmocka_unit_test(notes_leave_less_room_for_the_text),
        cmocka_unit_test(note_is_read_where_its_mark_stands),
        cmocka_unit_test(endnotes_begin_a_new_page),
        cmocka_unit_test(note_longer_than_the_page_goes_on),
    };
    return cmocka_run_group_tests(tests, fonts_open, fonts_close);
}
