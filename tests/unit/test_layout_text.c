/* SPDX-License-Identifier: MIT */
/* layout/: breaking lines, alignment, hyphenation, tabs, indents and boxes (writer-layout, text
 * sections 3, 4 and 5). */
#include "test_layout.h"

/* Paragraphs with room for 20 characters, 2400 twips. */
#define R20 "fo:margin-right=\"280pt\" fo:margin-left=\"0pt\" fo:text-indent=\"0pt\" "
#define STYLES \
    PARA("R", R20) \
    PARA("J", R20 "fo:text-align=\"justify\"") \
    PARA("E", R20 "fo:text-align=\"end\"") PARA("C", R20 "fo:text-align=\"center\"") \
        TEXT_STYLE("I", "fo:font-style=\"italic\"") TEXT_STYLE("Red", "fo:color=\"#ff0000\"") \
            TEXT_STYLE("None", "")

/* ---- 3: breaking ---- */

static void line_that_fits_exactly_is_not_broken(void **state)
{
    (void)state;
    expect_lines((Source){ PS("R", "aaaaaaaaa bbbbbbbbbb cc"), STYLES },
                 "aaaaaaaaa bbbbbbbbbb | cc");
    expect_lines((Source){ PS("R", "aaaaaaaaa bbbbbbbbbbb cc"), STYLES },
                 "aaaaaaaaa | bbbbbbbbbbb cc");
    /* one twip less is too little: 2399 */
    expect_lines((Source){ PS("X", "aaaaaaaaa bbbbbbbbbb cc"),
                           PARA("X", "fo:margin-right=\"280.05pt\"") },
                 "aaaaaaaaa | bbbbbbbbbb cc");
}

/* At 10.1 pt a letter is rd(1229 * 202 * 6 / 2048) = 727 sixths of a twip wide, eight of them
 * 969 1/3 twips: a third of a twip is too much for 969, though the portion is 969 wide.  (Found in
 * two lines of reports that LibreOffice 7.4 breaks.) */
static void sixths_of_a_twip_count(void **state)
{
    (void)state;
    expect_lines((Source){ PS("X", SPAN("S", "aaa aaaa bb")),
                           PARA("X", "fo:margin-right=\"351.55pt\"")
                               TEXT_STYLE("S", "fo:font-size=\"10.1pt\"") },
                 "aaa | aaaa bb");
    expect_lines((Source){ PS("X", SPAN("S", "aaa aaaa bb")),
                           PARA("X", "fo:margin-right=\"351.5pt\"")
                               TEXT_STYLE("S", "fo:font-size=\"10.1pt\"") },
                 "aaa aaaa | bb");
}

/* LibreOffice 7.4 puts no colon at the head of a line, unless the space before it is too much. */
static void closing_signs_stay_with_the_word_before(void **state)
{
    (void)state;
    expect_lines((Source){ PS("R", "aaaaaaaaa bbbbbbbb :cc"), STYLES }, "aaaaaaaaa | bbbbbbbb :cc");
    expect_lines((Source){ PS("R", "aaaaaaaaa bbbbbbbbb !cc"), STYLES },
                 "aaaaaaaaa | bbbbbbbbb !cc");
    expect_lines((Source){ PS("R", "aaaaaaaaa bbbbbbbbbb :cc"), STYLES },
                 "aaaaaaaaa bbbbbbbbbb | :cc");
    expect_lines((Source){ PS("R", "aaaaaaaaa bbbbbbbb %cc"), STYLES }, "aaaaaaaaa bbbbbbbb | %cc");
}

static void spaces_at_the_end_hang_out(void **state)
{
    (void)state;
    expect_lines((Source){ PS("R", "aaaaaaaaaaaaaaaaaaaa b"), STYLES }, "aaaaaaaaaaaaaaaaaaaa | b");
    expect_texts((Source){ PS("R", "aaaaaaaaaaaaaaaaaaaa<text:s text:c=\"5\"/>b"), STYLES },
                 "1000 1167 aaaaaaaaaaaaaaaaaaaa\n1000 1394 b\n");
}

static void white_space_collapses_over_spans(void **state)
{
    (void)state;
    expect_lines((Source){ P("  \n a \t b" SPAN("Red", " c ") " d\r\n"), STYLES }, "a b c d");
    /* after text:s nothing collapses; before and after a tab spaces stay */
    expect_texts((Source){ P("a<text:s/> b"), STYLES }, "1000 1167 a  b\n");
    expect_texts((Source){ P("<text:s text:c=\"3\"/>a"), STYLES }, "1000 1167    a\n");
    expect_texts((Source){ P("a" TAB " b"), STYLES }, "1000 1167 a\n1600 1167  b\n");
}

static void portions_break_and_kern_apart_only_where_properties_differ(void **state)
{
    (void)state;
    Laid r = lay((Source){ P("ab" SPAN("None", "cd") "ef" SPAN("Red", "gh") "ij"), STYLES });
    assert_string_equal(show(&r, TEXTS), "1000 1167 abcdef\n1720 1167 gh\n1960 1167 ij\n");
    done(&r);
}

static void word_may_be_broken_from_a_span_only_where_a_break_is(void **state)
{
    (void)state;
    expect_lines((Source){ PS("R", "aaaaaaaaa bbb" SPAN("Red", "bbbbbbbbb") " c"), STYLES },
                 "aaaaaaaaa | bbb bbbbbbbbb c");
    expect_lines((Source){ PS("R", "aaaaaaaaa bbb-" SPAN("Red", "bbbbbbbbb") " c"), STYLES },
                 "aaaaaaaaa bbb- | bbbbbbbbb c");
    expect_lines((Source){ PS("R", "aaaaaaaaa bbb" SPAN("Red", " bbbbbbbbb") " c"), STYLES },
                 "aaaaaaaaa bbb | bbbbbbbbb c");
}

/* 3.8: to the next line first, there cut before the first glyph that does not fit. */
static void word_longer_than_the_line_is_cut(void **state)
{
    (void)state;
    expect_lines((Source){ PS("R", "aa bbbbbbbbbbbbbbbbbbbbbbbbb cc"), STYLES },
                 "aa | bbbbbbbbbbbbbbbbbbbb | bbbbb cc");
    expect_lines((Source){ PS("R", "aa ńńńńńńńńńńńńńńńńńńńńńńńńń cc"), STYLES },
                 "aa | ńńńńńńńńńńńńńńńńńńńń | ńńńńń cc");
    expect_lines((Source){ PS("X", "abc d"), PARA("X", "fo:margin-right=\"398pt\"") },
                 "a | b | c | d");
    expect_lines((Source){ PS("X", "abc"), PARA("X", "fo:margin-right=\"500pt\"") }, "a | b | c");
}

static void line_break_ends_a_line(void **state)
{
    (void)state;
    expect_texts((Source){ P("a" BREAK BREAK "b" BREAK) P("c") },
                 "1000 1167 a\n1000 1621 b\n1000 2075 c\n");
}

/* 3.3: an italic end needs tr(H / 12) = 18 twips more. */
static void italic_end_needs_more_room(void **state)
{
    (void)state;
    static const char body[] = PS("X", SPAN("I", "aaaaaaaaa bbbbbbbbbb cc"));
    expect_lines((Source){ body, STYLES PARA("X", "fo:margin-right=\"279.15pt\"") },
                 "aaaaaaaaa | bbbbbbbbbb cc");
    expect_lines((Source){ body, STYLES PARA("X", "fo:margin-right=\"279.1pt\"") },
                 "aaaaaaaaa bbbbbbbbbb | cc");
    expect_texts((Source){ PS("E", SPAN("I", "aa")), STYLES }, "3142 1167 aa\n");
    /* 3.9: not when upright text follows */
    expect_lines((Source){ PS("R", SPAN("I", "aaaaaaaaa ") "bbbbbbbbbb cc"), STYLES },
                 "aaaaaaaaa bbbbbbbbbb | cc");
}

static void end_and_centre_alignment(void **state)
{
    (void)state;
    expect_texts((Source){ PS("E", "aaaaa") PS("C", "aaaaa"), STYLES },
                 "2800 1167 aaaaa\n1900 1394 aaaaa\n");
    /* 3.7: spaces at the paragraph's end and before a break count */
    expect_texts((Source){ PS("E", "aa<text:s text:c=\"2\"/>" BREAK "bb<text:s/>"), STYLES },
                 "2920 1167 aa\n3040 1394 bb\n");
    /* in a line that ends by itself they do not */
    expect_texts((Source){ PS("E", "aaaaaaaaaa bbbbbbbbbb"), STYLES },
                 "2200 1167 aaaaaaaaaa\n2200 1394 bbbbbbbbbb\n");
    /* odd rest: 7993 - 120 = 7873, half of it 3936 */
    expect_texts((Source){ PS("X", "a"),
                           PARA("X", "fo:text-align=\"center\" fo:margin-right=\"0.35pt\"") },
                 "4936 1167 a\n");
}

static void mswordcomptrailingblanks_leaves_out_spaces_at_the_end(void **state)
{
    (void)state;
    static const char set[] = "<config:config-item config:name=\"MsWordCompTrailingBlanks\" "
                              "config:type=\"boolean\">true</config:config-item>";
    expect_texts((Source){ PS("E", "bb<text:s/>"), STYLES, .settings = set }, "3160 1167 bb\n");
}

/* 3.10: each space gets tr(100 * rest / n) / 100. */
static void justified_lines_share_the_rest_among_their_spaces(void **state)
{
    (void)state;
    /* 18 of 20 characters, 3 spaces: 240 / 3; 17: 360 / 3; with 7 spaces: 240 / 7 = 34.28 */
    expect_texts((Source){ PS("J", "aaaa bbbb cc ddddd eeeeeee"), STYLES },
                 "1000 1167 aaaa bbbb cc ddddd +8000\n1000 1394 eeeeeee\n");
    expect_texts((Source){ PS("J", "a b c d e f g hhhh iiiiiii"), STYLES },
                 "1000 1167 a b c d e f g hhhh +3428\n1000 1394 iiiiiii\n");
}

static void justified_portions_move_by_the_spaces_before_them(void **state)
{
    (void)state;
    /* extra 80 for each of the 3 spaces */
    expect_texts((Source){ PS("J", "aaaa " SPAN("Red", "bbbb cc") " ddddd eeeeeee"), STYLES },
                 "1000 1167 aaaa +8000\n1680 1167 bbbb cc +8000\n2600 1167  ddddd +8000\n1000 1394 "
                 "eeeeeee\n");
}

static void what_is_not_stretched(void **state)
{
    (void)state;
    /* the last line, a single word, NBSP and the wide spaces */
    expect_texts((Source){ PS("J", "aa bb"), STYLES }, "1000 1167 aa bb\n");
    expect_texts((Source){ PS("J", "aaaaaaaaaaaa bbbbbbbbbbbbb"), STYLES },
                 "1000 1167 aaaaaaaaaaaa\n1000 1394 bbbbbbbbbbbbb\n");
    expect_texts((Source){ PS("J", "aaaa\u00a0bbbb cc ddddd eeeeeee"), STYLES },
                 "1000 1167 aaaa\n1480 1167 \u00a0\n1600 1167 bbbb cc ddddd +12000\n"
                 "1000 1394 eeeeeee\n");
    /* spaces that hang at the end take nothing */
    expect_texts((Source){ PS("J", "aaaa bbbb cc ddddd<text:s text:c=\"4\"/>eeeeeee"), STYLES },
                 "1000 1167 aaaa bbbb cc ddddd +8000\n1000 1394 eeeeeee\n");
}

static void lines_ended_by_a_break_are_justified_in_new_documents_only(void **state)
{
    (void)state;
    static const char body[] = PS("J", "aaaa bbbb cc ddddd" BREAK "ee");
    expect_texts((Source){ body, STYLES }, "1000 1167 aaaa bbbb cc ddddd +8000\n1000 1394 ee\n");
    expect_texts((Source){ body, STYLES, .settings = "" },
                 "1000 1167 aaaa bbbb cc ddddd\n1000 1394 ee\n");
}

static void last_line_is_aligned_as_asked(void **state)
{
    (void)state;
    expect_texts((Source){ PS("X", "aa bb"),
                           PARA("X",
                                R20 "fo:text-align=\"justify\" fo:text-align-last=\"justify\"") },
                 "1000 1167 aa bb +180000\n");
    expect_texts((Source){ PS("X", "aa bb"),
                           PARA("X",
                                R20 "fo:text-align=\"justify\" fo:text-align-last=\"center\"") },
                 "1900 1167 aa bb\n");
}

/* LibreOffice knows no "end" for the last line. */
static void last_line_asked_for_at_the_end_stands_at_the_start(void **state)
{
    (void)state;
    expect_texts((Source){ PS("X", "aa bb"),
                           PARA("X", R20 "fo:text-align=\"justify\" fo:text-align-last=\"end\"") },
                 "1000 1167 aa bb\n");
}

static void single_word_is_spread_only_when_asked(void **state)
{
    (void)state;
    Laid r = lay(
        (Source){ PS("X", "aaaaa bbbbbbbbbbbbbbbbbbb"),
                  PARA("X", R20 "fo:text-align=\"justify\" style:justify-single-word=\"true\"") });
    assert_true(find(&r, "aaaaa", NULL)->text.spacing > 0);
    done(&r);
}

/* Only what follows the last tab is stretched. */
static void justified_line_is_stretched_after_its_last_tab(void **state)
{
    (void)state;
    expect_texts((Source){ PS("J", "a b" TAB "c d eeeee ffffff"), STYLES },
                 "1000 1167 a b\n1600 1167 c d eeeee +36000\n1000 1394 ffffff\n");
}

/* ---- 3.12: hyphenation ---- */

#define HYPHENS(name, properties, text) \
    PARA_TEXT(name, R20 properties, \
              "fo:hyphenate=\"true\" fo:hyphenation-remain-char-count=\"2\"" \
              " fo:hyphenation-push-char-count=\"2\" " text)

static void words_are_hyphenated_as_late_as_possible(void **state)
{
    (void)state;
    /* wo-je-wódz-two: 20 characters hold 'aaaaaaaaaa ' and 9 more with the hyphen */
    expect_lines((Source){ PS("H", "aaaaaaaaaa województwo b"), HYPHENS("H", "", "") },
                 "aaaaaaaaaa wojewódz - | two b");
    expect_lines((Source){ PS("H", "aaaaaaaaaaa województwo b"), HYPHENS("H", "", "") },
                 "aaaaaaaaaaa woje - | wództwo b");
    expect_lines((Source){ PS("H", "aaaaaaaaaaaaaaaaa województwo b"), HYPHENS("H", "", "") },
                 "aaaaaaaaaaaaaaaaa | województwo b");
    expect_lines((Source){ PS("R", "aaaaaaaaaa województwo b"), STYLES },
                 "aaaaaaaaaa | województwo b");
}

static void hyphen_stands_right_after_its_word(void **state)
{
    (void)state;
    Laid r = lay((Source){ PS("H", "aaaaaaaaaa województwo b"), HYPHENS("H", "", "") });
    assert_string_equal(show(&r, TEXTS),
                        "1000 1167 aaaaaaaaaa wojewódz\n3280 1167 -\n1000 1394 two b\n");
    assert_true(find(&r, "-", NULL)->text.soft_hyphen);
    done(&r);
}

/* "Patterns are applied to the word without its punctuation" */
static void words_in_quotation_marks_are_hyphenated(void **state)
{
    (void)state;
    expect_lines((Source){ PS("H", "aaaaaaaaa (województwo), b"), HYPHENS("H", "", "") },
                 "aaaaaaaaa (wojewódz - | two), b");
    expect_lines((Source){ PS("H", "aaaaaaaaa „województwo”, b"), HYPHENS("H", "", "") },
                 "aaaaaaaaa „wojewódz - | two”, b");
}

static void capitals_are_hyphenated_unless_told(void **state)
{
    (void)state;
    expect_lines((Source){ PS("H", "aaaaaaaaaa WOJEWÓDZTWO b"), HYPHENS("H", "", "") },
                 "aaaaaaaaaa WOJEWÓDZ - | TWO b");
    expect_lines((Source){ PS("H", "aaaaaaaaaa województwo."), HYPHENS("H", "", "") },
                 "aaaaaaaaaa wojewódz - | two.");
    expect_lines((Source){ PS("H", "aaaaaaaaaa WOJEWÓDZTWO b"),
                           HYPHENS("H", "", "loext:hyphenation-no-caps=\"true\"") },
                 "aaaaaaaaaa | WOJEWÓDZTWO b");
    expect_lines((Source){ PS("H", "aaaaaaaaaa województwo"),
                           HYPHENS("H", "", "loext:hyphenation-no-last-word=\"true\"") },
                 "aaaaaaaaaa | województwo");
}

static void hyphenation_obeys_the_counts(void **state)
{
    (void)state;
    static const char push[] =
        PARA_TEXT("H", R20, "fo:hyphenate=\"true\" fo:hyphenation-push-char-count=\"4\"");
    expect_lines((Source){ PS("H", "aaaaaaaaaa województwo b"), push },
                 "aaaaaaaaaa woje - | wództwo b");
    static const char remain[] =
        PARA_TEXT("H", R20, "fo:hyphenate=\"true\" fo:hyphenation-remain-char-count=\"5\"");
    expect_lines((Source){ PS("H", "aaaaaaaaaaaa województwo b"), remain },
                 "aaaaaaaaaaaa | województwo b");
    /* words of less than five characters are left alone: "ma-ma" */
    expect_lines((Source){ PS("H", "aaaaaaaaaaaaaaaaa mama"), HYPHENS("H", "", "") },
                 "aaaaaaaaaaaaaaaaa | mama");
}

/* After n hyphenated lines the next may not end in a hyphen; what does not fit is cut (3.8). */
static void ladder_of_hyphens_is_limited(void **state)
{
    (void)state;
    static const char word[] =
        "konstantynopolitańczykowianeczka"; /* kon-stan-ty-no-po-li-tań-czy-ko-wia-necz-ka */
    Buf b = { 0 };
    buf_format(&b, "<text:p text:style-name=\"H\">%s</text:p>", word);
    /* room for 10 characters */
    expect_lines((Source){ b.p,
                           PARA_TEXT("H", "fo:margin-right=\"340pt\"", "fo:hyphenate=\"true\"") },
                 "konstanty - | nopolitań - | czykowia - | neczka");
    expect_lines(
        (Source){ b.p, PARA_TEXT("H", "fo:margin-right=\"340pt\" fo:hyphenation-ladder-count=\"2\"",
                                 "fo:hyphenate=\"true\"") },
        "konstanty - | nopolitań - | czykowiane | czka");
    buf_free(&b);
}

static void soft_hyphens_print_only_where_they_break(void **state)
{
    (void)state;
    expect_lines((Source){ PS("R", "aaaaaaaaaaaa bbbb\u00adcccccccc"), STYLES },
                 "aaaaaaaaaaaa bbbb - | cccccccc");
    Laid r = lay((Source){ PS("R", "aaaa\u00adbbbb") PS("R", "c"), STYLES });
    for (size_t i = 0; i < r.l->page.p[0]->item.n; i++)
        assert_false(r.l->page.p[0]->item.p[i].text.soft_hyphen);
    done(&r);
}

static void words_with_hyphens_break_after_them_too(void **state)
{
    (void)state;
    expect_lines((Source){ PS("H", "aaaaaaaaaaa biało-województwo"), HYPHENS("H", "", "") },
                 "aaaaaaaaaaa biało- | województwo");
}

/* design.md: "Missing fonts and missing glyphs are errors that name the face and the text." */
static void missing_character_is_named_with_its_face(void **state)
{
    (void)state;
    static const char *const bodies[] = {
        P("a\u4e2d"),
        "<text:list text:style-name=\"L\">" ITEM(P("a")) "</text:list>",
    };
    for (size_t i = 0; i < COUNT(bodies); i++) {
        Laid r = lay((Source){
            bodies[i], "<text:list-style style:name=\"L\"><text:list-level-style-bullet"
                       " text:level=\"1\" text:bullet-char=\"\u4e2d\"/></text:list-style>" });
        assert_non_null(strstr(r.findings.p, "[font-glyph]"));
        assert_non_null(strstr(r.findings.p, "U+4E2D"));
        assert_null(strstr(r.findings.p, "in the text “Liberation Mono”"));
        done(&r);
    }
}

/* ---- 4: tabs; default stops every 600 twips ---- */

static void tabs_go_to_the_next_default_stop(void **state)
{
    (void)state;
    expect_texts((Source){ P(TAB "a" TAB "b"), STYLES }, "1600 1167 a\n2200 1167 b\n");
    expect_texts((Source){ P("aaaaa" TAB "b"), STYLES },
                 "1000 1167 aaaaa\n2200 1167 b\n"); /* exactly on a stop: the next */
    expect_texts((Source){ P("aaaa" TAB "b"), STYLES }, "1000 1167 aaaa\n1600 1167 b\n");
}

#define TABS(name, properties, stops) \
    "<style:style style:name=\"" name \
    "\" style:family=\"paragraph\"><style:paragraph-properties " properties \
    "><style:tab-stops>" stops "</style:tab-stops></style:paragraph-properties></style:style>"
#define STOP(position, more) "<style:tab-stop style:position=\"" position "\" " more "/>"

static void explicit_stops_come_first_then_default_ones(void **state)
{
    (void)state;
    expect_texts((Source){ PS("T", "a" TAB "b" TAB "c"), TABS("T", "", STOP("50pt", "")) },
                 "1000 1167 a\n2000 1167 b\n2200 1167 c\n");
    expect_texts((Source){ PS("T", "a" TAB "b" TAB "c" TAB "d"),
                           TABS("T", "", STOP("70pt", "") STOP("50pt", "")) },
                 "1000 1167 a\n2000 1167 b\n2400 1167 c\n2800 1167 d\n");
}

/* 4.3: "the first with position > current x": a text that ends on a stop skips it. */
static void stop_where_the_text_ends_is_skipped(void **state)
{
    (void)state;
    expect_texts((Source){ PS("T", "aaaa" TAB "b"),
                           TABS("T", "", STOP("24pt", "") STOP("50pt", "")) },
                 "1000 1167 aaaa\n2000 1167 b\n");
}

static void positions_count_from_the_left_margin(void **state)
{
    (void)state;
    expect_texts((Source){ PS("T", "a" TAB "b" TAB "c"),
                           TABS("T", "fo:margin-left=\"20pt\"", STOP("50pt", "")) },
                 "1400 1167 a\n2400 1167 b\n2600 1167 c\n");
    expect_texts((Source){ PS("T", "a" TAB "b" TAB "c"),
                           TABS("T", "fo:margin-left=\"20pt\"", STOP("50pt", "")),
                           .settings = "<config:config-item config:name=\"TabsRelativeToIndent\" "
                                       "config:type=\"boolean\">false</config:config-item>" },
                 "1400 1167 a\n2000 1167 b\n2200 1167 c\n");
}

/* 4.2: with a hanging indent the margin is a stop; with a positive indent it is none. */
static void hanging_indent_makes_the_margin_a_stop(void **state)
{
    (void)state;
    expect_texts((Source){ PS("T", "a" TAB "b"),
                           PARA("T", "fo:margin-left=\"47pt\" fo:text-indent=\"-47pt\"") },
                 "1000 1167 a\n1940 1167 b\n");
    expect_texts((Source){ PS("T", "a" TAB "b"),
                           TABS("T", "fo:margin-left=\"47pt\" fo:text-indent=\"-47pt\"",
                                STOP("-10pt", "") STOP("60pt", "")) },
                 "1000 1167 a\n1740 1167 b\n");
    expect_texts((Source){ PS("T", TAB "b"),
                           PARA("T", "fo:margin-left=\"40pt\" fo:text-indent=\"7pt\"") },
                 "2400 1167 b\n");
}

static void right_centre_and_decimal_stops(void **state)
{
    (void)state;
    static const char styles[] = TABS("Rt", "", STOP("100pt", "style:type=\"right\""))
        TABS("Ct", "", STOP("100pt", "style:type=\"center\""))
            TABS("Dt", "", STOP("100pt", "style:type=\"char\" style:char=\",\""));
    expect_texts((Source){ PS("Rt", "a" TAB "bbb") PS("Ct", "a" TAB "bbb") PS("Dt", "a" TAB "12,5")
                               PS("Dt", "a" TAB "bbb"),
                           styles },
                 "1000 1167 a\n2640 1167 bbb\n"
                 "1000 1394 a\n2820 1394 bbb\n"
                 "1000 1621 a\n2760 1621 12,5\n"
                 "1000 1848 a\n2640 1848 bbb\n");
}

/* 4.4 */
static void text_without_room_before_a_right_stop_runs_on(void **state)
{
    (void)state;
    static const char styles[] = TABS("Rt", "", STOP("20pt", "style:type=\"right\""));
    expect_texts((Source){ PS("Rt", "aa" TAB "bbb"), styles }, "1000 1167 aa\n1240 1167 bbb\n");
    expect_texts((Source){ PS("Rt", "aa" TAB "bbb" TAB "c"), styles },
                 "1000 1167 aa\n1240 1167 bbb\n2200 1167 c\n");
}

static void right_stops_beyond_the_margin_stand_at_it(void **state)
{
    (void)state;
    static const char styles[] = TABS("Rt", "", STOP("450pt", "style:type=\"right\""))
        TABS("Ct", "", STOP("398pt", "style:type=\"center\""));
    expect_texts((Source){ PS("Rt", "a" TAB "bbb"), styles }, "1000 1167 a\n8640 1167 bbb\n");
    expect_texts((Source){ PS("Ct", "a" TAB "bbb"), styles },
                 "1000 1167 a\n8640 1167 bbb\n"); /* pushed left */
}

/* 4.5 */
static void left_stop_beyond_the_end_takes_the_tab_to_the_next_line(void **state)
{
    (void)state;
    expect_texts((Source){ PS("R", "aaaaaaaaaaaaaaaaaa" TAB "b"), STYLES },
                 "1000 1167 aaaaaaaaaaaaaaaaaa\n1600 1394 b\n");
}

/* A stop in the right indent sends the tab to the next line, which it fills; one outside of
 * the whole text area, 400 pt wide, keeps it in its line.  At the very end of a line without indent
 * it goes. */
static void left_stop_in_the_indent_fills_the_next_line(void **state)
{
    (void)state;
    static const struct { const char *indent, *stop; int32_t y; } cases[] = {
        { "100pt", "350pt", TOP + ASCENT + 2 * LINE }, { "100pt", "400pt", TOP + ASCENT + LINE },
        { "100pt", "401pt", TOP + ASCENT + LINE },     { "0pt", "400pt", TOP + ASCENT + 2 * LINE },
        { "0pt", "401pt", TOP + ASCENT + LINE },
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        char style[400];
        snprintf(style, sizeof style,
                 "<style:style style:name=\"T\" style:family=\"paragraph\">"
                 "<style:paragraph-properties fo:margin-right=\"%s\"><style:tab-stops>"
                 "<style:tab-stop style:position=\"%s\"/></style:tab-stops>"
                 "</style:paragraph-properties></style:style>",
                 cases[i].indent, cases[i].stop);
        Laid r = lay((Source){ PS("T", "a" TAB "b"), style });
        const LayoutItem *b = find(&r, "b", NULL);
        assert_int_equal(b->x, LEFT);
        assert_int_equal(b->y, cases[i].y);
        done(&r);
    }
}

/* 4.5: "If the first word after a tab does not fit: the tab moves with it to the next line". */
static void tab_goes_with_its_word_to_the_next_line(void **state)
{
    (void)state;
    expect_texts((Source){ PS("R", "aaaaaaaaaaaa" TAB "bbbbbbbb"), STYLES },
                 "1000 1167 aaaaaaaaaaaa\n1600 1394 bbbbbbbb\n");
}

/* A tab that begins a line fills it; the text is one line lower, at 0. */
static void tab_that_begins_a_line_fills_it(void **state)
{
    (void)state;
    expect_texts((Source){ PS("R", TAB "bbbbbbbbbbbbbbbbbb"), STYLES },
                 "1000 1394 bbbbbbbbbbbbbbbbbb\n");
    expect_texts((Source){ PS("T", TAB "b"), TABS("T", R20, STOP("200pt", "")) }, "1000 1394 b\n");
}

static void tabs_past_the_margin_hold_when_the_setting_says_so(void **state)
{
    (void)state;
    expect_texts((Source){ PS("T", "a" TAB "b"), TABS("T", R20, STOP("200pt", "")),
                           .settings = "<config:config-item config:name=\"TabOverMargin\" "
                                       "config:type=\"boolean\">true</config:config-item>" },
                 "1000 1167 a\n5000 1167 b\n");
}

/* 4.7: as many as fit, one more of "_" (tr(920 / 120) and 1); from the tab's left end. */
static void leaders_repeat_their_character(void **state)
{
    (void)state;
    static const char styles[] =
        TABS("Dot", "",
             STOP("100pt",
                  "style:type=\"right\" style:leader-style=\"dotted\" style:leader-text=\".\""))
            TABS("Line", "", STOP("52pt", "style:leader-style=\"solid\" style:leader-text=\"_\""));
    expect_items((Source){ PS("Dot", "a" TAB "9"), styles }, TEXTS | ARTIFACTS,
                 "1000 1167 a\n1120 1167 (artifact) ..............\n2880 1167 9\n");
    expect_items((Source){ PS("Line", "a" TAB "b"), styles }, TEXTS | ARTIFACTS,
                 "1000 1167 a\n1120 1167 (artifact) ________\n2040 1167 b\n");
}

/* 4.8: laid out as if left aligned, then shifted. */
static void centred_lines_with_tabs_are_shifted_whole(void **state)
{
    (void)state;
    expect_texts((Source){ PS("C", "a" TAB "b"), STYLES }, "1840 1167 a\n2440 1167 b\n");
}

/* ---- 5: indents, borders, background ---- */

static void indents_move_the_lines(void **state)
{
    (void)state;
    expect_texts((Source){ PS("X", "a" BREAK "b"),
                           PARA("X", "fo:margin-left=\"20pt\" fo:text-indent=\"-30pt\"") },
                 "800 1167 a\n1400 1394 b\n");
    /* 5.1: twice the font size, whatever fo:text-indent says */
    expect_texts((Source){ PS("X", "a" BREAK "b"),
                           PARA("X", "style:auto-text-indent=\"true\" fo:text-indent=\"5pt\"") },
                 "1400 1167 a\n1000 1394 b\n");
}

#define BOX "fo:border=\"1pt solid #000000\" fo:padding=\"3pt\" "

/* 5.2: 20 of border and 60 of padding inside the margins. */
static void border_and_padding_lie_inside_the_margins(void **state)
{
    (void)state;
    expect_items((Source){ PS("X", "a") PS("N", "b"),
                           PARA("X", BOX "fo:margin-left=\"10pt\" fo:margin-right=\"5pt\" "
                                         "fo:margin-top=\"2pt\" fo:margin-bottom=\"4pt\"")
                               PARA("N", "") },
                 TEXTS | FILLS,
                 "fill 1200 1040 7700 20\nfill 1200 1040 20 387\nfill 1200 1407 7700 20\nfill 8880 "
                 "1040 20 387\n"
                 "1280 1287 a\n1000 1674 b\n");
}

static void padding_works_without_a_border(void **state)
{
    (void)state;
    expect_texts((Source){ PS("X", "a") PS("X", "b"),
                           PARA("X", "fo:padding=\"3pt\" style:join-border=\"false\"") },
                 "1060 1227 a\n1060 1574 b\n");
}

static void background_reaches_from_margin_to_margin(void **state)
{
    (void)state;
    expect_items((Source){ PS("X", "a"),
                           PARA("X", "fo:background-color=\"#ffff00\" fo:margin-left=\"10pt\" "
                                     "fo:text-indent=\"-5pt\"") },
                 TEXTS | FILLS, "fill 1100 1000 7900 227\n1100 1167 a\n");
}

/* 5.3: one box: the rule between is left out, the sides run through the gap. */
static void equal_neighbours_share_one_box(void **state)
{
    (void)state;
    static const char joined[] = PARA("X", BOX "fo:margin-bottom=\"10pt\"");
    Laid r = lay((Source){ PS("X", "a") PS("X", "b"), joined });
    assert_int_equal(find(&r, "a", NULL)->y, 1247);
    assert_int_equal(find(&r, "b", NULL)->y, 1247 + 227 + 200);
    int across = 0;
    for (size_t i = 0; i < r.l->page.p[0]->item.n; i++) {
        const LayoutItem *k = &r.l->page.p[0]->item.p[i];
        across += k->kind == ITEM_FILL && k->h == 20;
    }
    assert_int_equal(across, 2);
    done(&r);
}

static void lower_border_of_a_run_stands_once(void **state)
{
    (void)state;
    static const char rule[] = PARA("X", "fo:border-bottom=\"1pt solid #000000\"");
    expect_items((Source){ PS("X", "a") PS("X", "b"), rule }, TEXTS | FILLS,
                 "1000 1167 a\nfill 1000 1454 8000 20\n1000 1394 b\n");
}

static void boxes_are_not_joined_when_told_or_when_they_differ(void **state)
{
    (void)state;
    static const char apart[] = PARA("X", BOX "style:join-border=\"false\"")
        PARA("Y", BOX "fo:margin-left=\"1pt\"") PARA("Z", BOX);
    Laid r = lay((Source){ PS("X", "a") PS("X", "b"), apart });
    assert_int_equal(find(&r, "b", NULL)->y - find(&r, "a", NULL)->y, 227 + 160);
    done(&r);
    r = lay((Source){ PS("Z", "a") PS("Y", "b"), apart });
    assert_int_equal(find(&r, "b", NULL)->y - find(&r, "a", NULL)->y, 227 + 160);
    done(&r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(line_that_fits_exactly_is_not_broken),
        cmocka_unit_test(sixths_of_a_twip_count),
        cmocka_unit_test(closing_signs_stay_with_the_word_before),
        cmocka_unit_test(spaces_at_the_end_hang_out),
        cmocka_unit_test(white_space_collapses_over_spans),
        cmocka_unit_test(portions_break_and_kern_apart_only_where_properties_differ),
        cmocka_unit_test(word_may_be_broken_from_a_span_only_where_a_break_is),
        cmocka_unit_test(word_longer_than_the_line_is_cut),
        cmocka_unit_test(line_break_ends_a_line),
        cmocka_unit_test(italic_end_needs_more_room),
        cmocka_unit_test(end_and_centre_alignment),
        cmocka_unit_test(mswordcomptrailingblanks_leaves_out_spaces_at_the_end),
        cmocka_unit_test(justified_lines_share_the_rest_among_their_spaces),
        cmocka_unit_test(justified_portions_move_by_the_spaces_before_them),
        cmocka_unit_test(what_is_not_stretched),
        cmocka_unit_test(lines_ended_by_a_break_are_justified_in_new_documents_only),
        cmocka_unit_test(last_line_is_aligned_as_asked),
        cmocka_unit_test(last_line_asked_for_at_the_end_stands_at_the_start),
        cmocka_unit_test(single_word_is_spread_only_when_asked),
        cmocka_unit_test(justified_line_is_stretched_after_its_last_tab),
        cmocka_unit_test(words_are_hyphenated_as_late_as_possible),
        cmocka_unit_test(hyphen_stands_right_after_its_word),
        cmocka_unit_test(capitals_are_hyphenated_unless_told),
        cmocka_unit_test(words_in_quotation_marks_are_hyphenated),
        cmocka_unit_test(hyphenation_obeys_the_counts),
        cmocka_unit_test(ladder_of_hyphens_is_limited),
        cmocka_unit_test(soft_hyphens_print_only_where_they_break),
        cmocka_unit_test(words_with_hyphens_break_after_them_too),
        cmocka_unit_test(missing_character_is_named_with_its_face),
        cmocka_unit_test(tabs_go_to_the_next_default_stop),
        cmocka_unit_test(explicit_stops_come_first_then_default_ones),
        cmocka_unit_test(stop_where_the_text_ends_is_skipped),
        cmocka_unit_test(positions_count_from_the_left_margin),
        cmocka_unit_test(hanging_indent_makes_the_margin_a_stop),
        cmocka_unit_test(right_centre_and_decimal_stops),
        cmocka_unit_test(text_without_room_before_a_right_stop_runs_on),
        cmocka_unit_test(right_stops_beyond_the_margin_stand_at_it),
        cmocka_unit_test(left_stop_beyond_the_end_takes_the_tab_to_the_next_line),
        cmocka_unit_test(left_stop_in_the_indent_fills_the_next_line),
        cmocka_unit_test(tab_goes_with_its_word_to_the_next_line),
        cmocka_unit_test(tab_that_begins_a_line_fills_it),
        cmocka_unit_test(tabs_past_the_margin_hold_when_the_setting_says_so),
        cmocka_unit_test(leaders_repeat_their_character),
        cmocka_unit_test(centred_lines_with_tabs_are_shifted_whole),
        cmocka_unit_test(indents_move_the_lines),
        cmocka_unit_test(border_and_padding_lie_inside_the_margins),
        cmocka_unit_test(padding_works_without_a_border),
        cmocka_unit_test(background_reaches_from_margin_to_margin),
        cmocka_unit_test(equal_neighbours_share_one_box),
        cmocka_unit_test(lower_border_of_a_run_stands_once),
        cmocka_unit_test(boxes_are_not_joined_when_told_or_when_they_differ),
    };
    return cmocka_run_group_tests(tests, fonts_open, fonts_close);
}
