/* SPDX-License-Identifier: MIT */
/* layout/: list labels, their places and numbers, numbers of headings (writer-layout, text 6). */
#include "test_layout.h"

#define LEVEL(level, more, inside) \
    "<text:list-level-style-number text:level=\"" level "\" " more ">" inside \
    "</text:list-level-style-number>"
#define BULLET(level, more, inside) \
    "<text:list-level-style-bullet text:level=\"" level "\" " more ">" inside \
    "</text:list-level-style-bullet>"
#define ALIGN_AT(align, follow, more) \
    "<style:list-level-properties " \
    "text:list-level-position-and-space-mode=\"label-alignment\" " align ">" \
    "<style:list-level-label-alignment text:label-followed-by=\"" follow "\" " more \
    "/></style:list-level-properties>"
#define AT(follow, more) ALIGN_AT("", follow, more)
#define OLD(more) "<style:list-level-properties " more "/>"
#define STYLE(inside) "<text:list-style style:name=\"L\">" inside "</text:list-style>"
#define LIST_WITH(more, x) "<text:list text:style-name=\"L\" " more ">" x "</text:list>"
#define LIST(x) LIST_WITH("", x)
#define SUB(x) "<text:list>" x "</text:list>"
#define ONE "style:num-format=\"1\" style:num-suffix=\".\""
#define USUAL AT("listtab", "fo:margin-left=\"36pt\" fo:text-indent=\"-18pt\"")

/* ---- 6.1, 6.2: label-alignment ---- */

static void label_stands_at_the_first_line_and_text_at_the_margin(void **state)
{
    (void)state;
    expect_texts((Source){ LIST(ITEM(P("a" BREAK "b"))), STYLE(LEVEL("1", ONE, USUAL)) },
                 "1360 1167 1.\n1720 1167 a\n1720 1394 b\n");
}

/* The first stop beyond the label's end, 640; the list's tab counts from the text area's edge. */
static void text_goes_to_the_next_stop_after_the_label(void **state)
{
    (void)state;
#define WITH_STOP(stop) \
    STYLE(LEVEL("1", ONE, \
                AT("listtab", "text:list-tab-stop-position=\"" stop \
                              "\" fo:margin-left=\"50pt\" fo:text-indent=\"-30pt\"")))
    static const struct {
        const char *style;
        int32_t x;
    } cases[] = {
        { WITH_STOP("40pt"), 1800 }, /* before the margin of 1000 */
        { WITH_STOP("60pt"), 2000 }, /* the margin comes first */
        { WITH_STOP("32pt"), 2000 }, /* the label ends exactly on it: the next one */
    };
#undef WITH_STOP
    for (size_t i = 0; i < COUNT(cases); i++) {
        Laid r = lay((Source){ LIST(ITEM(P("a"))), cases[i].style });
        assert_int_equal(find(&r, "1.", NULL)->x, 1400);
        assert_int_equal(find(&r, "a", NULL)->x, cases[i].x);
        done(&r);
    }
}

/* A label as wide as its room skips the margin: the next default stop, 600 from the margin. */
static void label_that_fills_its_room_goes_to_the_default_stop(void **state)
{
    (void)state;
    expect_texts((Source){ LIST(ITEM(P("a" BREAK "b"))),
                           STYLE(LEVEL("1", ONE,
                                       AT("listtab",
                                          "fo:margin-left=\"36pt\" fo:text-indent=\"-12pt\""))) },
                 "1480 1167 1.\n2320 1167 a\n1720 1394 b\n");
}

/* Without a style: bullets of one kind on all levels, 18 pt further each (frames-styles 2.9). */
static void list_without_a_style_has_one_bullet_on_all_levels(void **state)
{
    (void)state;
    expect_texts((Source){ "<text:list>" ITEM(
                     P("a") SUB(ITEM(P("b") SUB(ITEM(P("c")))))) "</text:list>" },
                 "1360 1167 \u2022\n1720 1167 a\n1720 1394 \u2022\n2080 1394 b\n2080 1621 \u2022\n"
                 "2440 1621 c\n");
}

/* A level that is left out counts once; numbers below 0 and beyond 32767 are left out. */
static void levels_that_are_skipped_count(void **state)
{
    (void)state;
#define TWO \
    STYLE(LEVEL("1", ONE, USUAL) LEVEL("2", "style:num-format=\"a\" style:num-suffix=\".\"", USUAL))
    static const struct { const char *body, *want; } cases[] = {
        { LIST(ITEM(SUB(ITEM(P("x")) ITEM(P("x")))) ITEM(P("x")) ITEM(SUB(ITEM(P("x")))) ITEM(P("x"))),
          "a.b.2.a.3." },
        { LIST(ITEM(P("x")) "<text:list-item text:start-value=\"327601520\">" P("x")
               "</text:list-item><text:list-item text:start-value=\"-3\">" P("x")
               "</text:list-item><text:list-item text:start-value=\"0\">" P("x") "</text:list-item>"),
          "1.2.3.0." },
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        Laid r = lay((Source){ cases[i].body, TWO });
        const LayoutPage *page = r.l->page.p[0];
        Buf labels = {0};
        for (size_t k = 0; k < page->item.n; k++) {
            const LayoutText *t = &page->item.p[k].text;
            if (page->item.p[k].kind == ITEM_TEXT && t->len > 1)
                buf_put(&labels, t->text, t->len);
        }
        assert_string_equal(labels.p, cases[i].want);
        buf_free(&labels);
        done(&r);
    }
#undef TWO
}

/* The text stands where Writer has it. */
static void picture_as_a_bullet_is_named(void **state)
{
    (void)state;
    Laid r = lay((Source){ LIST(ITEM(P("a"))),
                           STYLE("<text:list-level-style-image text:level=\"1\">" USUAL
                                 "</text:list-level-style-image>") });
    assert_int_equal(find(&r, "a", NULL)->x, 1720);
    assert_non_null(strstr(r.findings.p, "bullets"));
    done(&r);
}

static void label_is_followed_by_a_space_or_nothing(void **state)
{
    (void)state;
    expect_texts((Source){ LIST(ITEM(P("a"))),
                           STYLE(LEVEL("1", ONE,
                                       AT("space",
                                          "fo:margin-left=\"40pt\" fo:text-indent=\"-18pt\""))) },
                 "1440 1167 1.\n1800 1167 a\n");
    expect_texts((Source){ LIST(ITEM(P("a"))),
                           STYLE(LEVEL("1", ONE,
                                       AT("nothing",
                                          "fo:margin-left=\"36pt\" fo:text-indent=\"-18pt\""))) },
                 "1360 1167 1.\n1600 1167 a\n");
}

static void label_ends_or_is_centred_at_its_place(void **state)
{
    (void)state;
    expect_texts(
        (Source){ LIST(ITEM(P("a"))),
                  STYLE(LEVEL("1", ONE,
                              ALIGN_AT("fo:text-align=\"end\"", "listtab",
                                       "fo:margin-left=\"36pt\" fo:text-indent=\"-18pt\""))) },
        "1120 1167 1.\n1720 1167 a\n");
    expect_texts(
        (Source){ LIST(ITEM(P("a"))),
                  STYLE(LEVEL("1", ONE,
                              ALIGN_AT("fo:text-align=\"center\"", "listtab",
                                       "fo:margin-left=\"36pt\" fo:text-indent=\"-18pt\""))) },
        "1240 1167 1.\n1720 1167 a\n");
}

/* ---- 6.3: the older mode ---- */

static void older_labels_stand_in_a_box(void **state)
{
    (void)state;
    static const struct {
        const char *style;
        int32_t label, text, other;
    } cases[] = {
        { STYLE(LEVEL("1", ONE, OLD("text:space-before=\"10pt\" text:min-label-width=\"20pt\""))),
          200, 600, 600 },
        { STYLE(LEVEL("1", ONE,
                      OLD("text:space-before=\"10pt\" text:min-label-width=\"20pt\" "
                          "fo:text-align=\"end\""))),
          360, 600, 600 },
        { STYLE(LEVEL("1", ONE,
                      OLD("text:space-before=\"10pt\" text:min-label-width=\"20pt\" "
                          "fo:text-align=\"center\""))),
          280, 600, 600 },
        /* a label of 240 in a box of 100: the text touches it, or keeps the distance */
        { STYLE(LEVEL("1", ONE, OLD("text:min-label-width=\"5pt\""))), 0, 240, 100 },
        { STYLE(
              LEVEL("1", ONE, OLD("text:min-label-width=\"5pt\" text:min-label-distance=\"4pt\""))),
          0, 320, 100 },
        { STYLE(LEVEL("1", ONE,
                      OLD("text:min-label-width=\"13pt\" text:min-label-distance=\"4pt\""))),
          0, 320, 260 },
        { STYLE(LEVEL("1", ONE, "")), 0, 240, 0 },
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        Laid r = lay((Source){ LIST(ITEM(P("a" BREAK "b"))), cases[i].style });
        int32_t label = find(&r, "1.", NULL)->x - LEFT, at = find(&r, "a", NULL)->x - LEFT,
                other = find(&r, "b", NULL)->x - LEFT;
        if (label != cases[i].label || at != cases[i].text || other != cases[i].other)
            fail_msg("case %zu: %d, %d, %d", i, label, at, other);
        done(&r);
    }
}

/* "Here the paragraph's margin-left ADDS": 600 + 200, and 60 of first-line indent. */
static void margin_of_the_paragraph_is_added_in_the_older_mode(void **state)
{
    (void)state;
    expect_texts((Source){ LIST(ITEM(PS("X", "a" BREAK "b"))),
                           PARA("X", "fo:margin-left=\"30pt\" fo:text-indent=\"3pt\"") STYLE(LEVEL(
                               "1", ONE,
                               OLD("text:space-before=\"10pt\" text:min-label-width=\"20pt\""))) },
                 "1860 1167 1.\n2260 1167 a\n2200 1394 b\n");
}

/* ---- 6.4, 6.5: fonts of labels ---- */

#define BIG_LABEL \
    STYLE(LEVEL("1", ONE " text:style-name=\"Big\"", \
                AT("nothing", "") "<style:text-properties fo:font-size=\"40pt\"/>"))

static void label_has_the_font_of_its_paragraph(void **state)
{
    (void)state;
    /* 8 pt: A 133, advance 96; the size inside the level is ignored */
    expect_items((Source){ LIST(ITEM(PS("X", "a"))),
                           PARA_TEXT("X", "", "fo:font-size=\"8pt\"") BIG_LABEL },
                 TEXTS | SIZES, "1000 1133 1. 160\n1192 1133 a 160\n");
}

static void common_style_of_the_level_changes_the_label(void **state)
{
    (void)state;
    expect_items((Source){ LIST(ITEM(P("a"))), BIG_LABEL,
                           .styles = TEXT_STYLE("Big", "fo:font-size=\"20pt\"") },
                 TEXTS | SIZES, "1000 1333 1. 400\n1480 1333 a 200\n");
}

static void automatic_style_of_the_level_is_not_found(void **state)
{
    (void)state;
    expect_items((Source){ LIST(ITEM(P("a"))),
                           TEXT_STYLE("Big", "fo:font-size=\"20pt\"") BIG_LABEL },
                 TEXTS | SIZES, "1000 1167 1. 200\n1240 1167 a 200\n");
}

static void label_follows_a_span_over_the_whole_paragraph(void **state)
{
    (void)state;
    expect_items((Source){ LIST(ITEM(P(SPAN("Big", "a")))),
                           TEXT_STYLE("Big", "fo:font-size=\"20pt\"")
                               STYLE(LEVEL("1", ONE, AT("nothing", ""))) },
                 TEXTS | SIZES, "1000 1333 1. 400\n1480 1333 a 400\n");
}

static void empty_item_has_its_number(void **state)
{
    (void)state;
    expect_texts((Source){ LIST(ITEM(P("")) ITEM(P("b"))),
                           STYLE(LEVEL("1", ONE, AT("nothing", ""))) },
                 "1000 1167 1.\n1000 1394 2.\n1240 1394 b\n");
}

/* Experiment: a line that holds only a small label is as high as text; half of 227 more between
 * lines of 150 %, whatever the label's size. */
static void empty_item_is_as_high_as_text(void **state)
{
    (void)state;
    static const char small[] =
        "<style:style style:name=\"Small\" style:family=\"text\"><style:text-properties "
        "fo:font-size=\"5pt\"/></style:style>";
    expect_texts((Source){ LIST(ITEM(P("")) ITEM(P("a"))) LIST(ITEM(PS("H", ""))) PS("H", "b"),
                           STYLE(LEVEL("1", ONE " text:style-name=\"Small\"", USUAL))
                               PARA("H", "fo:line-height=\"150%\""),
                           .styles = small },
                 "1360 1167 1.\n1360 1394 2.\n1720 1394 a\n1360 1621 1.\n1000 1961 b\n");
}

static void bullets_have_their_own_font(void **state)
{
    (void)state;
    Laid r = lay((Source){
        LIST(ITEM(P("a"))),
        STYLE(
            BULLET("1", "text:bullet-char=\"•\"",
                   AT("nothing", "") "<style:text-properties fo:font-family=\"OpenSymbol\"/>")) });
    const LayoutItem *i = find(&r, "•", NULL);
    assert_string_equal(i->text.face->family, "OpenSymbol");
    assert_int_equal(i->text.size, 200);
    done(&r);
    r = lay((Source){
        LIST(ITEM(P("a"))),
        STYLE(BULLET("1", "text:bullet-char=\"\xef\x82\xa7\"",
                     AT("nothing", "") "<style:text-properties fo:font-family=\"Wingdings\"/>")) });
    i = find(&r, "▪", NULL); /* U+F0A7 of Wingdings, read as a small square */
    assert_string_equal(i->text.face->family, "OpenSymbol");
    done(&r);
}

/* ---- 6.6, 6.7: indents ---- */

/* "margin-left 100 pt, indent 0: label at 100, text at the next default stop"; stops of 30 pt. */
static void own_margin_beats_that_of_the_level(void **state)
{
    (void)state;
    expect_texts((Source){ LIST(ITEM(PS("X", "a"))),
                           PARA("X", "fo:margin-left=\"100pt\" fo:text-indent=\"0pt\"") STYLE(
                               LEVEL("1", ONE,
                                     AT("listtab",
                                        "text:list-tab-stop-position=\"36pt\" "
                                        "fo:margin-left=\"36pt\" fo:text-indent=\"-18pt\""))) },
                 "3000 1167 1.\n3600 1167 a\n");
}

/* text.md 0b: an automatic style with only a right margin makes the left one 0. */
static void own_margin_of_one_side_resets_the_others(void **state)
{
    (void)state;
    expect_texts((Source){ LIST(ITEM(PS("X", "a"))),
                           PARA("X", "fo:margin-right=\"10pt\"") STYLE(
                               LEVEL("1", ONE,
                                     AT("nothing",
                                        "fo:margin-left=\"36pt\" fo:text-indent=\"-18pt\""))) },
                 "1000 1167 1.\n1240 1167 a\n");
}

static void list_style_outside_of_a_list_does_nothing(void **state)
{
    (void)state;
    expect_texts((Source){ PS("X", "a"),
                           "<style:style style:name=\"X\" style:family=\"paragraph\" "
                           "style:list-style-name=\"L\"/>" STYLE(LEVEL("1", ONE, USUAL)) },
                 "1000 1167 a\n");
}

static void later_paragraphs_of_an_item_stand_at_the_margin(void **state)
{
    (void)state;
    expect_texts((Source){ LIST("<text:list-header>" P("h") "</text:list-header>" ITEM(P("a")
                                                                                           P("b"))),
                           STYLE(LEVEL("1", ONE, USUAL)) },
                 "1720 1167 h\n1360 1394 1.\n1720 1394 a\n1720 1621 b\n");
}

/* frames-styles 2.9: label at 0.635 cm = 360, text at 1.27 cm = 720; each level 360 further. */
static void list_without_style_has_writers_bullets(void **state)
{
    (void)state;
    Laid r = lay((Source){ "<text:list>" ITEM(P("a") SUB(ITEM(P("b")))) "</text:list>" });
    assert_int_equal(find(&r, "a", NULL)->x, 1720);
    assert_int_equal(find(&r, "b", NULL)->x, 2080);
    const LayoutItem *first = &r.l->page.p[0]->item.p[0];
    assert_int_equal(first->x, 1360);
    assert_string_equal(first->text.face->family, "OpenSymbol");
    done(&r);
}

/* ---- 6.8: numbering ---- */

#define NUMBERS \
    STYLE( \
        LEVEL("1", ONE, AT("nothing", "")) \
            LEVEL("2", "style:num-format=\"1\" style:num-suffix=\")\" text:display-levels=\"2\"", \
                  AT("nothing", "")) LEVEL("3", "style:num-format=\"a\"", AT("nothing", "")))

static void items_are_numbered(void **state)
{
    (void)state;
    expect_lines((Source){ LIST(ITEM(P("a")) ITEM(P("b")) ITEM(P("c"))), NUMBERS },
                 "1. a | 2. b | 3. c");
    expect_lines((Source){ LIST(ITEM(P("a"))) LIST(ITEM(P("b"))), NUMBERS }, "1. a | 1. b");
}

static void numbering_continues_when_told(void **state)
{
    (void)state;
    expect_lines((Source){ LIST(ITEM(P("a")) ITEM(P("b"))) P("x")
                               LIST_WITH("text:continue-numbering=\"true\"", ITEM(P("c"))),
                           NUMBERS },
                 "1. a | 2. b | x | 3. c");
    expect_lines((Source){ LIST_WITH("xml:id=\"one\"", ITEM(P("a"))) LIST(ITEM(P("b")))
                               LIST_WITH("text:continue-list=\"one\"", ITEM(P("c"))),
                           NUMBERS },
                 "1. a | 1. b | 2. c");
}

static void sublists_join_the_numbers_of_their_levels(void **state)
{
    (void)state;
    expect_lines((Source){ LIST(ITEM(P("a") SUB(ITEM(P("b")) ITEM(P("c"))))
                                    ITEM(P("d") SUB(ITEM(P("e"))))),
                           NUMBERS },
                 "1. a | 1.1) b | 1.2) c | 2. d | 2.1) e");
}

static void item_may_begin_at_another_number(void **state)
{
    (void)state;
    expect_lines((Source){ LIST(ITEM(P("a")) "<text:list-item text:start-value=\"7\">" P(
                               "b") "</text:list-item>" ITEM(P("c"))),
                           NUMBERS },
                 "1. a | 7. b | 8. c");
    expect_lines((Source){ LIST(ITEM(P("a"))),
                           STYLE(LEVEL("1", ONE " text:start-value=\"4\"", AT("nothing", ""))) },
                 "4. a");
    expect_lines((Source){ LIST("<text:list-header>" P("h") "</text:list-header>" ITEM(P("a"))),
                           NUMBERS },
                 "h | 1. a");
}

static void numbers_have_the_formats_of_odf(void **state)
{
    (void)state;
    static const struct {
        const char *style, *want;
    } cases[] = {
        { STYLE(LEVEL("1", "style:num-format=\"a\" text:start-value=\"26\"", AT("space", ""))),
          "z x | aa y" },
        { STYLE(LEVEL(
              "1", "style:num-format=\"a\" style:num-letter-sync=\"true\" text:start-value=\"27\"",
              AT("space", ""))),
          "aa x | bb y" },
        { STYLE(LEVEL("1", "style:num-format=\"A\" text:start-value=\"28\"", AT("space", ""))),
          "AB x | AC y" },
        { STYLE(LEVEL("1", "style:num-format=\"i\" text:start-value=\"1999\"", AT("space", ""))),
          "mcmxcix x | mm y" },
        { STYLE(LEVEL("1", "style:num-format=\"I\" text:start-value=\"4\"", AT("space", ""))),
          "IV x | V y" },
        { STYLE(LEVEL("1", "style:num-format=\"\" style:num-prefix=\"§\" style:num-suffix=\":\"",
                      AT("space", ""))),
          "§: x | §: y" },
        { STYLE(LEVEL("1", "style:num-format=\"1\" style:num-prefix=\"(\" style:num-suffix=\")\"",
                      AT("space", ""))),
          "(1) x | (2) y" },
        { STYLE(LEVEL("1", ONE " loext:num-list-format=\"&lt;%1%&gt;\"", AT("space", ""))),
          "<1> x | <2> y" },
        { STYLE(LEVEL("1", "style:num-format=\"01, 02, 03, ...\"", AT("space", ""))),
          "01 x | 02 y" },
    };
    for (size_t i = 0; i < COUNT(cases); i++)
        expect_lines((Source){ LIST(ITEM(P("x")) ITEM(P("y"))), cases[i].style }, cases[i].want);
}

static void strange_numbers_do_no_harm(void **state)
{
    (void)state;
    static const char *const starts[] = {
        "-5", "0", "2147483647", "99999999999999999999", "x", ""
    };
    static const char *const formats[] = { "1", "a", "A", "i", "I", "01, 02, 03, ..." };
    for (size_t i = 0; i < COUNT(starts); i++)
        for (size_t k = 0; k < COUNT(formats); k++) {
            Buf styles = { 0 }, list = { 0 };
            buf_format(&styles,
                       STYLE(LEVEL("1", "style:num-format=\"%s\" style:num-letter-sync=\"true\"",
                                   AT("space", ""))),
                       formats[k]);
            buf_format(&list,
                       LIST("<text:list-item text:start-value=\"%s\">" P(
                           "x") "</text:list-item>" ITEM(P("y"))),
                       starts[i]);
            Laid r = lay((Source){ list.p, styles.p });
            assert_true(page_of(&r, "y") > 0);
            done(&r);
            buf_free(&styles);
            buf_free(&list);
        }
}

static void lists_deeper_than_ten_levels_do_no_harm(void **state)
{
    (void)state;
    Buf b = { 0 };
    for (int i = 0; i < 40; i++)
        buf_format(&b, "<text:list text:style-name=\"L\"><text:list-item><text:p>d%d</text:p>", i);
    for (int i = 0; i < 40; i++)
        buf_str(&b, "</text:list-item></text:list>");
    Laid r = lay((Source){ b.p, NUMBERS });
    assert_true(page_of(&r, "d39") > 0);
    done(&r);
    buf_free(&b);
}

/* ---- 6.9: headings ---- */

#define OUTLINE \
    "<text:outline-style style:name=\"Outline\">" \
    "<text:outline-level-style text:level=\"1\" style:num-format=\"1\" " \
    "style:num-suffix=\".\">" AT( \
        "space", "") "</text:outline-level-style>" \
                     "<text:outline-level-style text:level=\"2\" style:num-format=\"1\" " \
                     "text:display-levels=\"2\">" AT("space", "") "</text:outline-level-style>" \
                                                                  "</text:outline-style>"

/* A heading that looks like a paragraph. */
#define HN(level, x) "<text:h text:style-name=\"N\" text:outline-level=\"" level "\">" x "</text:h>"

static void headings_are_numbered_by_the_outline(void **state)
{
    (void)state;
    expect_lines((Source){ HN("1", "a") HN("2", "b") HN("2", "c") HN("1", "d") HN("2", "e")
                               HN("3", "f"),
                           PARA("N", ""), OUTLINE },
                 "1. a | 1.1 b | 1.2 c | 2. d | 2.1 e | f");
    expect_lines((Source){ HN("1", "a") "<text:h text:style-name=\"N\" text:outline-level=\"1\" "
                                        "text:is-list-header=\"true\">b</text:h>" HN("1", "c"),
                           PARA("N", ""), OUTLINE },
                 "1. a | b | 2. c");
}

/* Tried with LibreOffice 7.4: the empty name of a list style takes out a heading with formatting of
 * its own, not those of a common style. */
static void a_heading_can_be_taken_out_of_the_numbering(void **state)
{
    (void)state;
#define STYLED(name, x) \
    "<text:h text:style-name=\"" name "\" text:outline-level=\"1\">" x "</text:h>"
    expect_lines((Source){ STYLED("N", "a") STYLED("Out", "b") STYLED("In", "c") STYLED("Common", "d"),
                           PARA("N", "")
                           "<style:style style:name=\"Out\" style:family=\"paragraph\" "
                           "style:parent-style-name=\"Common\" style:list-style-name=\"\"/>"
                           "<style:style style:name=\"In\" style:family=\"paragraph\" "
                           "style:parent-style-name=\"Common\"/>",
                           OUTLINE "<style:style style:name=\"Common\" style:family=\"paragraph\" "
                                   "style:list-style-name=\"\"/>" },
                 "1. a | b | 2. c | 3. d");
}

/* frames-styles 2.13 */
static void paragraphs_of_an_outline_style_are_numbered_too(void **state)
{
    (void)state;
    expect_lines((Source){ H("1", "a") PS("Hd", "b"),
                           .styles =
                               OUTLINE "<style:style style:name=\"Hd\" style:family=\"paragraph\" "
                                       "style:default-outline-level=\"1\"/>" },
                 "1. a | 2. b");
}

/* text.md 6.9: Liberation Sans bold 18 pt; frames-styles 2.5: 0.423 cm = 240 above. */
static void heading_without_style_has_the_built_in_one(void **state)
{
    (void)state;
    Laid r = lay((Source){ H("1", "a") });
    const LayoutItem *i = find(&r, "a", NULL);
    int32_t ascent, height;
    assert_string_equal(i->text.face->family, "Liberation Sans");
    assert_true(i->text.face->weight >= 600);
    assert_int_equal(i->text.size, 360);
    font_measure(i->text.face, 360, true, &ascent, &height);
    assert_int_equal(i->y, TOP + 240 + ascent);
    done(&r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(label_stands_at_the_first_line_and_text_at_the_margin),
        cmocka_unit_test(text_goes_to_the_next_stop_after_the_label),
        cmocka_unit_test(label_that_fills_its_room_goes_to_the_default_stop),
        cmocka_unit_test(list_without_a_style_has_one_bullet_on_all_levels),
        cmocka_unit_test(levels_that_are_skipped_count),
        cmocka_unit_test(picture_as_a_bullet_is_named),
        cmocka_unit_test(label_is_followed_by_a_space_or_nothing),
        cmocka_unit_test(label_ends_or_is_centred_at_its_place),
        cmocka_unit_test(older_labels_stand_in_a_box),
        cmocka_unit_test(margin_of_the_paragraph_is_added_in_the_older_mode),
        cmocka_unit_test(label_has_the_font_of_its_paragraph),
        cmocka_unit_test(common_style_of_the_level_changes_the_label),
        cmocka_unit_test(automatic_style_of_the_level_is_not_found),
        cmocka_unit_test(label_follows_a_span_over_the_whole_paragraph),
        cmocka_unit_test(empty_item_has_its_number),
        cmocka_unit_test(empty_item_is_as_high_as_text),
        cmocka_unit_test(bullets_have_their_own_font),
        cmocka_unit_test(own_margin_beats_that_of_the_level),
        cmocka_unit_test(own_margin_of_one_side_resets_the_others),
        cmocka_unit_test(list_style_outside_of_a_list_does_nothing),
        cmocka_unit_test(later_paragraphs_of_an_item_stand_at_the_margin),
        cmocka_unit_test(list_without_style_has_writers_bullets),
        cmocka_unit_test(items_are_numbered),
        cmocka_unit_test(numbering_continues_when_told),
        cmocka_unit_test(sublists_join_the_numbers_of_their_levels),
        cmocka_unit_test(item_may_begin_at_another_number),
        cmocka_unit_test(numbers_have_the_formats_of_odf),
        cmocka_unit_test(strange_numbers_do_no_harm),
        cmocka_unit_test(lists_deeper_than_ten_levels_do_no_harm),
        cmocka_unit_test(headings_are_numbered_by_the_outline),
        cmocka_unit_test(a_heading_can_be_taken_out_of_the_numbering),
        cmocka_unit_test(paragraphs_of_an_outline_style_are_numbered_too),
        cmocka_unit_test(heading_without_style_has_the_built_in_one),
    };
    return cmocka_run_group_tests(tests, fonts_open, fonts_close);
}
