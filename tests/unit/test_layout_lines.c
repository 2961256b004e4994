/* SPDX-License-Identifier: MIT */
/* layout/: heights of lines and distances of paragraphs (writer-layout, text 1, 2 and 7). */
#include "test_layout.h"

/* ---- 1.2: ascent A and height H ---- */

static void expect_measure(const char *family, int32_t size, bool gap, int32_t a, int32_t h)
{
    int32_t ascent, height;
    font_measure(text_face(fonts, family, 400, false, false, NULL), size, gap, &ascent, &height);
    if (ascent != a || height != h)
        fail_msg("%s %d: %d, %d, not %d, %d", family, size, ascent, height, a, h);
}

/* The examples of the rule. */
static void line_measures_are_those_of_the_rule(void **state)
{
    (void)state;
    expect_measure("Liberation Serif", 240, true, 224, 276);
    expect_measure("Liberation Sans", 240, true, 225, 276);
    expect_measure("Lato", 240, true, 241, 288);
    expect_measure("DejaVu Sans", 240, true, 223, 280);
    expect_measure("Carlito", 240, true, 233, 293);
    expect_measure("Open Sans", 240, true, 257, 327);
    expect_measure("Liberation Sans", 200, true, 188, 230); /* tables-pages, head */
}

/* Worked out from the tables of the files with exact fractions. */
static void line_measures_of_other_sizes(void **state)
{
    (void)state;
    static const struct {
        const char *family;
        int32_t size, a, h;
    } rows[] = {
        { "Liberation Serif", 120, 112, 138 },
        { "Liberation Serif", 185, 173, 213 },
        { "Liberation Serif", 720, 673, 828 },
        { "Liberation Sans", 180, 169, 207 },
        { "Liberation Mono", 200, 167, 227 },
        { "Liberation Mono", 240, 200, 272 },
        { "Lato", 200, 201, 240 },
        { "Lato", 185, 186, 222 },
        { "DejaVu Sans", 360, 334, 419 },
        { "Carlito", 180, 175, 220 },
        { "Caladea", 240, 216, 276 },
        { "Open Sans", 185, 198, 252 },
        /* where the gap rounds by itself */
        { "Liberation Serif", 135, 126, 156 },
        { "Liberation Sans", 130, 122, 149 },
        { "Carlito", 165, 160, 201 },
        { "OpenSymbol", 240, 166, 218 },
    };
    for (size_t i = 0; i < COUNT(rows); i++)
        expect_measure(rows[i].family, rows[i].size, true, rows[i].a, rows[i].h);
}

static void without_external_leading_the_gap_is_left_out(void **state)
{
    (void)state;
    expect_measure("Liberation Serif", 240, false, 214, 266);
    expect_measure("Liberation Sans", 240, false, 217, 268);
    expect_measure("Lato", 240, false, 193, 240);
    expect_measure("Carlito", 240, false, 180, 240);
}

/* text.md 0: missing in settings that are there, the item is false; without any settings true. */
static void external_leading_is_left_out_of_old_documents(void **state)
{
    (void)state;
    static const char body[] = PS("S", "a") PS("S", "b");
    static const char style[] =
        PARA_TEXT("S", "", "fo:font-family=\"Liberation Serif\" fo:font-size=\"12pt\"");
    expect_texts((Source){ body, style }, "1000 1224 a\n1000 1500 b\n");
    expect_texts((Source){ body, style, .settings = "" }, "1000 1214 a\n1000 1480 b\n");
}

static void twips_are_rounded_half_up(void **state)
{
    (void)state;
    assert_int_equal(round_div(5, 10), 1);
    assert_int_equal(round_div(4, 10), 0);
    assert_int_equal(round_div(-4, 10), 0);
    assert_int_equal(round_div(-5, 10), 0);
    assert_int_equal(round_div(-6, 10), -1);
    assert_int_equal(round_div(-15, 10), -1);
    assert_int_equal(round_div(7, 1), 7);
}

/* ---- 1.3: lines of several fonts ---- */

#define SPANS \
    TEXT_STYLE("Big", "fo:font-size=\"20pt\"") \
    TEXT_STYLE("Lato", "fo:font-family=\"Lato\"") \
    TEXT_STYLE("Serif", "fo:font-family=\"Liberation Serif\" fo:font-size=\"12pt\"")

static void lines_follow_each_other_by_their_height(void **state)
{
    (void)state;
    expect_texts((Source){ P("a") P("b") PS("Serif", "c") PS("Serif", "d"),
                           PARA_TEXT("Serif", "",
                                     "fo:font-family=\"Liberation Serif\" fo:font-size=\"12pt\"") },
                 "1000 1167 a\n1000 1394 b\n1000 1678 c\n1000 1954 d\n");
}

/* Mono 20 pt: A = rd(1998 / 6) = 333, H = rd(2719 / 6) = 453. */
static void line_has_the_greatest_ascent_and_descent_of_its_portions(void **state)
{
    (void)state;
    expect_texts((Source){ P("a" SPAN("Big", "b") "c") P("d"), SPANS },
                 "1000 1333 a\n1120 1333 b\n1360 1333 c\n1000 1620 d\n");
    /* Lato 10 pt: A 201, D 39; Mono: A 167, D 60 */
    Laid r = lay((Source){ P("a" SPAN("Lato", "b")) P("d"), SPANS });
    assert_int_equal(find(&r, "a", NULL)->y, 1000 + 201);
    assert_int_equal(find(&r, "d", NULL)->y, 1000 + 201 + 60 + 167);
    done(&r);
}

static void tabs_and_spaces_count_with_their_font(void **state)
{
    (void)state;
    Laid r = lay((Source){ P("a" SPAN("Big", TAB) "b") P("a" SPAN("Big", " ") "c") P("d"), SPANS });
    assert_int_equal(find(&r, "b", NULL)->y, 1333);
    assert_int_equal(find(&r, "c", NULL)->y, 1453 + 333);
    done(&r);
}

static void line_break_counts_only_alone_in_its_line(void **state)
{
    (void)state;
    Laid r = lay((Source){ P("a" SPAN("Big", BREAK) "b") P(SPAN("Big", BREAK) "c") P("d"), SPANS });
    assert_int_equal(find(&r, "a", NULL)->y, 1167);
    assert_int_equal(find(&r, "b", NULL)->y, 1394);
    assert_int_equal(find(&r, "c", NULL)->y, 1454 + 453 + 167);
    assert_int_equal(find(&r, "d", NULL)->y, 1454 + 453 + 227 + 167);
    done(&r);
}

/* Tried with LibreOffice 7.4: a span counts when it holds all of the text. */
static void last_empty_line_has_the_font_of_its_paragraph(void **state)
{
    (void)state;
    Laid r = lay((Source){ P("a" SPAN("Big", BREAK)) P("b"), SPANS });
    assert_int_equal(find(&r, "b", NULL)->y, 1000 + 227 + 227 + 167);
    done(&r);
    r = lay((Source){ P(SPAN("Big", "a" BREAK)) P("b"), SPANS });
    assert_int_equal(find(&r, "b", NULL)->y, 1000 + 453 + 453 + 167);
    done(&r);
    r = lay((Source){ P("a" BREAK) P("b") });
    assert_int_equal(find(&r, "b", NULL)->y, 1000 + 227 + 227 + 167);
    done(&r);
}

static void empty_paragraph_is_as_high_as_its_font(void **state)
{
    (void)state;
    Laid r = lay(
        (Source){ P("") P(SPAN("Big", "")) PS("Serif", "") P("a"),
                  SPANS PARA_TEXT("Serif", "",
                                  "fo:font-family=\"Liberation Serif\" fo:font-size=\"12pt\"") });
    assert_int_equal(find(&r, "a", NULL)->y, 1000 + 227 + 227 + 276 + 167);
    done(&r);
}

/* ---- 1.4-1.8: line spacing ---- */

#define THREE(style) PS(style, "a" BREAK "b" BREAK "c")
#define SERIF "fo:font-family=\"Liberation Serif\" fo:font-size=\"12pt\""

static void expect_three(const char *automatic, const char *settings, int32_t a, int32_t b,
                         int32_t c)
{
    Laid r = lay((Source){ THREE("X"), automatic, .settings = settings });
    assert_int_equal(find(&r, "a", NULL)->y, TOP + a);
    assert_int_equal(find(&r, "b", NULL)->y, TOP + b);
    assert_int_equal(find(&r, "c", NULL)->y, TOP + c);
    done(&r);
}

static void percent_above_100_adds_above_all_lines_but_the_first(void **state)
{
    (void)state;
    /* tr(50 * 227 / 100) = 113; tr(15 * 227 / 100) = 34 */
    expect_three(PARA("X", "fo:line-height=\"150%\""), NULL, 167, 167 + 340, 167 + 680);
    expect_three(PARA("X", "fo:line-height=\"115%\""), NULL, 167, 167 + 261, 167 + 522);
    expect_three(PARA("X", "fo:line-height=\"100%\""), NULL, 167, 167 + 227, 167 + 454);
    expect_three(PARA("X", "fo:line-height=\"normal\""), NULL, 167, 167 + 227, 167 + 454);
}

/* The example of the rule: Serif 12 pt, 80 %: 220 and 221 high, baselines 176 and 169. */
static void percent_below_100_shrinks_lines(void **state)
{
    (void)state;
    expect_three(PARA_TEXT("X", "fo:line-height=\"80%\"", SERIF), NULL, 176, 220 + 169,
                 220 + 221 + 169);
}

/* 50 % of 276: first line 138 high, baseline tr(4 * 138 / 5) = 110; others 276 - 138, baseline
 * 224 - 138. */
static void percent_below_50_counts_as_50(void **state)
{
    (void)state;
    expect_three(PARA_TEXT("X", "fo:line-height=\"50%\"", SERIF), NULL, 110, 138 + 86, 276 + 86);
    expect_three(PARA_TEXT("X", "fo:line-height=\"20%\"", SERIF), NULL, 110, 138 + 86, 276 + 86);
}

static void old_documents_do_not_shrink_the_first_line(void **state)
{
    (void)state;
    expect_three(PARA_TEXT("X", "fo:line-height=\"80%\"", SERIF), SET("AddExternalLeading", "true"),
                 224, 276 + 169, 276 + 221 + 169);
}

/* 0.6 cm = 340 twips; baseline at 4/5. */
static void fixed_height_holds_whatever_the_fonts(void **state)
{
    (void)state;
    expect_three(PARA("X", "fo:line-height=\"0.6cm\""), NULL, 272, 340 + 272, 680 + 272);
    Laid r = lay((Source){ PS("X", "a" SPAN("Big", "b") BREAK "c"),
                           PARA("X", "fo:line-height=\"0.6cm\"") SPANS });
    assert_int_equal(find(&r, "b", NULL)->y, 1272);
    assert_int_equal(find(&r, "c", NULL)->y, 1340 + 272);
    done(&r);
}

static void least_height_is_added_above_the_text(void **state)
{
    (void)state;
    expect_three(PARA("X", "style:line-height-at-least=\"20pt\""), NULL, 400 - 60, 800 - 60,
                 1200 - 60);
    expect_three(PARA("X", "style:line-height-at-least=\"5pt\""), NULL, 167, 167 + 227, 167 + 454);
}

static void leading_is_added_above_all_lines_but_the_first(void **state)
{
    (void)state;
    expect_three(PARA("X", "style:line-spacing=\"5pt\""), NULL, 167, 167 + 327, 167 + 654);
}

static void font_independent_spacing_is_ignored(void **state)
{
    (void)state;
    expect_three(PARA("X", "style:font-independent-line-spacing=\"true\""), NULL, 167, 167 + 227,
                 167 + 454);
}

/* 1.9: 4000 of body; lines of 227, 113 above: 12 lines take 227 + 11 * 340 = 3967. */
static void extra_above_is_dropped_at_the_top_of_a_page(void **state)
{
    (void)state;
    static const char body[] =
        PS("X", "1" BREAK "2" BREAK "3" BREAK "4" BREAK "5" BREAK "6" BREAK "7" BREAK "8" BREAK
                "9" BREAK "10" BREAK "11" BREAK "12" BREAK "13" BREAK "14");
    Laid r = lay((Source){ body, PARA("X", "fo:line-height=\"150%\"") });
    assert_int_equal(page_of(&r, "12"), 1);
    assert_int_equal(page_of(&r, "13"), 2);
    assert_int_equal(find(&r, "13", NULL)->y, 1167);
    assert_int_equal(find(&r, "14", NULL)->y, 1167 + 340);
    done(&r);
    r = lay(
        (Source){ body, PARA("X", "style:line-height-at-least=\"20pt\"") }); /* 10 lines of 400 */
    assert_int_equal(page_of(&r, "11"), 2);
    assert_int_equal(find(&r, "11", NULL)->y, 1340); /* kept */
    done(&r);
}

/* ---- 2: distances of paragraphs ---- */

static void expect_gap(Source s, int32_t gap)
{
    Laid r = lay(s);
    int32_t a = find(&r, "a", NULL)->y, b = find(&r, "b", NULL)->y;
    if (b - a - LINE != gap)
        fail_msg("the gap is %d, not %d", b - a - LINE, gap);
    done(&r);
}

#define GAPS \
    PARA("T", "fo:margin-top=\"10pt\"") \
    PARA("B", "fo:margin-bottom=\"6pt\"") \
        PARA("TB", "fo:margin-top=\"10pt\" fo:margin-bottom=\"6pt\"") PARA("N", "")

static void margins_between_paragraphs_are_added(void **state)
{
    (void)state;
    expect_gap((Source){ PS("N", "a") PS("N", "b"), GAPS }, 0);
    expect_gap((Source){ PS("B", "a") PS("T", "b"), GAPS }, 320);
    expect_gap((Source){ PS("TB", "a") PS("TB", "b"), GAPS }, 320);
    expect_gap((Source){ PS("T", "a") PS("N", "b"), GAPS }, 0);
}

static void without_addparatablespacing_the_larger_margin_counts(void **state)
{
    (void)state;
    static const char set[] =
        SET("AddParaTableSpacing", "false") SET("UseFormerLineSpacing", "false");
    expect_gap((Source){ PS("B", "a") PS("T", "b"), GAPS, .settings = set }, 200);
    expect_gap((Source){ PS("B", "a") PS("N", "b"), GAPS, .settings = set }, 120);
}

#define CONTEXT \
    "<style:style style:name=\"C\" style:family=\"paragraph\"><style:paragraph-properties " \
    "fo:margin-top=\"10pt\"" \
    " fo:margin-bottom=\"6pt\" style:contextual-spacing=\"true\"/></style:style>" \
    "<style:style style:name=\"C2\" style:family=\"paragraph\"><style:paragraph-properties " \
    "fo:margin-top=\"10pt\"" \
    " fo:margin-bottom=\"6pt\" style:contextual-spacing=\"true\"/></style:style>"
#define OF(name, parent, properties) \
    "<style:style style:name=\"" name \
    "\" style:family=\"paragraph\" style:parent-style-name=\"" parent \
    "\"><style:paragraph-properties " properties "/></style:style>"
#define BOTH "fo:margin-top=\"10pt\" fo:margin-bottom=\"6pt\""

static void contextual_spacing_drops_the_margins_between_equal_styles(void **state)
{
    (void)state;
    expect_gap((Source){ PS("C", "a") PS("C", "b"), .styles = CONTEXT }, 0);
    expect_gap((Source){ PS("C", "a") PS("C2", "b"), .styles = CONTEXT }, 320);
    /* automatic styles are looked through */
    expect_gap((Source){ PS("X", "a") PS("Y", "b"),
                         OF("X", "C", "") OF("Y", "C", "fo:text-align=\"end\""),
                         .styles = CONTEXT },
               0);
    /* only the one before has it: its bottom is 0, the own top counts */
    expect_gap((Source){ PS("C", "a") PS("X", "b"), OF("X", "C", BOTH), .styles = CONTEXT }, 200);
    /* only the second has it: the sum as ever */
    expect_gap((Source){ PS("X", "a") PS("C", "b"), OF("X", "C", BOTH), .styles = CONTEXT }, 320);
}

/* 2.3 */
static void line_spacing_of_the_paragraph_before_counts_between(void **state)
{
    (void)state;
    static const char styles[] =
        PARA("P150", "fo:line-height=\"150%\"") PARA("P80", "fo:line-height=\"80%\"")
            PARA("L5", "style:line-spacing=\"5pt\"") PARA("L9", "style:line-spacing=\"9pt\"")
                PARA("N", "") PARA("F", "fo:line-height=\"20pt\"");
    expect_gap((Source){ PS("P150", "a") PS("N", "b"), styles }, 113);
    expect_gap((Source){ PS("P150", "a") PS("P150", "b"), styles }, 113);
    expect_gap((Source){ PS("N", "a") PS("P150", "b"), styles }, 0);
    expect_gap((Source){ PS("P150", "a") PS("L5", "b"), styles }, 213);
    expect_gap((Source){ PS("L5", "a") PS("N", "b"), styles }, 100);
    expect_gap((Source){ PS("L5", "a") PS("L9", "b"), styles }, 180);
    expect_gap((Source){ PS("L9", "a") PS("L5", "b"), styles }, 180);
    expect_gap((Source){ PS("P80", "a") PS("N", "b"), styles }, 181 - 144 - (227 - 167));
}

static void former_line_spacing_takes_the_larger_one(void **state)
{
    (void)state;
    static const char styles[] =
        PARA("P150", "fo:line-height=\"150%\"") PARA("P120", "fo:line-height=\"120%\"")
            PARA("L5", "style:line-spacing=\"5pt\"") PARA("N", "");
    static const char set[] = SET("UseFormerLineSpacing", "true");
    expect_gap((Source){ PS("P150", "a") PS("N", "b"), styles, .settings = set }, 113);
    expect_gap((Source){ PS("N", "a") PS("P150", "b"), styles, .settings = set }, 113);
    expect_gap((Source){ PS("P120", "a") PS("L5", "b"), styles, .settings = set }, 100);
    expect_gap((Source){ PS("P150", "a") PS("L5", "b"), styles, .settings = set }, 113);
}

/* 2.4 */
static void top_margin_counts_on_page_one_and_after_a_break_asked_for(void **state)
{
    (void)state;
    expect_texts((Source){ PS("T", "a") PS("TP", "b"),
                           GAPS PARA("TP", "fo:margin-top=\"10pt\" fo:break-before=\"page\"") },
                 "1000 1367 a\npage 2\n1000 1367 b\n");
    expect_texts((Source){ PS("T", "a") PS("TP", "b"),
                           GAPS PARA("TP", "fo:margin-top=\"10pt\" fo:break-before=\"page\""),
                           .settings = SET("AddParaTableSpacingAtStart", "false") },
                 "1000 1167 a\npage 2\n1000 1167 b\n");
}

/* 17 lines of 227 fit into 4000. */
static void top_margin_is_dropped_where_the_text_merely_flowed(void **state)
{
    (void)state;
    begin();
    put_paragraphs("l", 17, "N");
    put(PS("T", "b"));
    Laid r = lay((Source){ body(), GAPS });
    assert_int_equal(page_of(&r, "l17"), 1);
    assert_int_equal(page_of(&r, "b"), 2);
    assert_int_equal(find(&r, "b", NULL)->y, 1167);
    done(&r);
}

/* 2.5, 8.5: only the line itself must fit: 141 twips are left below the 17th. */
static void bottom_margin_never_pushes_a_paragraph_out(void **state)
{
    (void)state;
    begin();
    put_paragraphs("l", 16, "N");
    put(PS("Big", "b") PS("N", "c"));
    Laid r = lay((Source){ body(), GAPS PARA("Big", "fo:margin-bottom=\"100pt\"") });
    assert_int_equal(page_of(&r, "b"), 1);
    assert_int_equal(page_of(&r, "c"), 2);
    done(&r);
}

/* ---- 7: characters ---- */

#define RISES \
    TEXT_STYLE("Sup", "style:text-position=\"super\"") \
    TEXT_STYLE("Sub", "style:text-position=\"sub\"") \
    TEXT_STYLE("Third", "style:text-position=\"33% 58%\"")

/* 58 % of 200 is 116: A' = rd(579 / 6) = 97, H' = rd(788 / 6) = 131, so D' = 34; D = 60. */
static void raised_and_lowered_text_is_small_and_leaves_the_line_as_it_is(void **state)
{
    (void)state;
    expect_items(
        (Source){ P("a" SPAN("Sup", "b")) P("c" SPAN("Sub", "d")) P("e"), RISES }, TEXTS | SIZES,
        "1000 1167 a 200\n1120 1097 b 116\n1000 1394 c 200\n1120 1420 d 116\n1000 1621 e 200\n");
    /* tr(33 * 227 / 100) = 74; 97 + 74 is more than 167: the line grows by 4 */
    expect_texts((Source){ P("a" SPAN("Third", "b")) P("c"), RISES },
                 "1000 1171 a\n1120 1097 b\n1000 1398 c\n");
}

/* 7.2: small letters at 80 %, 66 % in old documents; 10 pt: 160 and 132 twips. */
static void small_capitals_are_capitals_at_80_percent(void **state)
{
    (void)state;
    static const char style[] = TEXT_STYLE("SC", "fo:font-variant=\"small-caps\"");
    expect_items((Source){ P(SPAN("SC", "Źle B")), style }, TEXTS | SIZES,
                 "1000 1167 Ź 200\n1120 1167 LE 160\n1312 1167  B 200\n");
    expect_items((Source){ P(SPAN("SC", "Źle")), style,
                           .settings = SET("SmallCapsPercentage66", "true") },
                 TEXTS | SIZES, "1000 1167 Ź 200\n1120 1167 LE 132\n");
    /* truncated: 66 % of 8 pt are 105.6 twips */
    expect_items((Source){ P(SPAN("S8", "e")),
                           TEXT_STYLE("S8", "fo:font-variant=\"small-caps\" fo:font-size=\"8pt\""),
                           .settings = SET("SmallCapsPercentage66", "true") },
                 TEXTS | SIZES, "1000 1133 E 105\n");
}

static void letter_cases_change_the_text(void **state)
{
    (void)state;
    static const char styles[] = TEXT_STYLE("U", "fo:text-transform=\"uppercase\"")
        TEXT_STYLE("L", "fo:text-transform=\"lowercase\"")
            TEXT_STYLE("C", "fo:text-transform=\"capitalize\"");
    expect_lines((Source){ P(SPAN("U", "żółw")) P(SPAN("L", "ŻÓŁW")) P(SPAN("C", "ala ma żółwia")),
                           styles },
                 "ŻÓŁW | żółw | Ala Ma Żółwia");
}

/* 7.3: positive after every glyph, also the last of the portion; negative not after the last. */
static void letter_spacing_is_added_after_glyphs(void **state)
{
    (void)state;
    static const char styles[] = TEXT_STYLE("W", "fo:letter-spacing=\"0.03cm\"") /* 17 twips */
        TEXT_STYLE("N", "fo:letter-spacing=\"-1pt\"");
    Laid r = lay((Source){ P(SPAN("W", "abc") "d"), styles });
    assert_int_equal(find(&r, "d", NULL)->x, 1000 + 3 * 137);
    done(&r);
    r = lay((Source){ P(SPAN("N", "abc") "d"), styles });
    assert_int_equal(find(&r, "d", NULL)->x, 1000 + 3 * 120 - 2 * 20);
    done(&r);
}

static void text_scale_widens_the_glyphs(void **state)
{
    (void)state;
    Laid r = lay((Source){ P(SPAN("W", "abc") "d"), TEXT_STYLE("W", "style:text-scale=\"150%\"") });
    assert_int_equal(find(&r, "d", NULL)->x, 1000 + 3 * 180);
    done(&r);
}

static void hidden_text_takes_no_room(void **state)
{
    (void)state;
    static const char styles[] =
        TEXT_STYLE("X", "text:display=\"none\"") "<style:style style:name=\"XP\" "
                                                 "style:family=\"paragraph\"><style:text-"
                                                 "properties text:display=\"none\"/></style:style>";
    expect_texts((Source){ P("a" SPAN("X", "hidden") "b") PS("XP", "hidden") P("c"), styles },
                 "1000 1167 ab\n1000 1394 c\n");
}

/* 7.6 */
static void highlight_is_as_high_as_its_own_font(void **state)
{
    (void)state;
    Laid r = lay((Source){ P(SPAN("Big", "a") SPAN("M", "bb")),
                           SPANS TEXT_STYLE("M", "fo:background-color=\"#ffff00\"") });
    assert_string_equal(show(&r, FILLS), "fill 1240 1166 240 227\n");
    done(&r);
}

/* text.md 0b: a style that sets one member of a group does not inherit the others. */
static void property_groups_are_inherited_whole_or_not_at_all(void **state)
{
    (void)state;
    static const char common[] =
        "<style:style style:name=\"C\" style:family=\"paragraph\"><style:paragraph-properties "
        "fo:margin-left=\"20pt\""
        " fo:text-indent=\"10pt\" fo:margin-top=\"10pt\" fo:margin-bottom=\"6pt\"/></style:style>";
    static const char automatic[] = OF("R", "C", "fo:margin-right=\"1pt\"")
        OF("A", "C", "fo:text-align=\"start\"") OF("T", "C", "fo:margin-top=\"2pt\"");
    expect_texts((Source){ PS("A", "a"), automatic, common }, "1600 1367 a\n");
    expect_texts((Source){ PS("R", "a"), automatic, common }, "1000 1367 a\n");
    expect_texts((Source){ PS("T", "a") PS("T", "b"), automatic, common },
                 "1600 1207 a\n1600 1474 b\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(line_measures_are_those_of_the_rule),
        cmocka_unit_test(line_measures_of_other_sizes),
        cmocka_unit_test(without_external_leading_the_gap_is_left_out),
        cmocka_unit_test(external_leading_is_left_out_of_old_documents),
        cmocka_unit_test(twips_are_rounded_half_up),
        cmocka_unit_test(lines_follow_each_other_by_their_height),
        cmocka_unit_test(line_has_the_greatest_ascent_and_descent_of_its_portions),
        cmocka_unit_test(tabs_and_spaces_count_with_their_font),
        cmocka_unit_test(line_break_counts_only_alone_in_its_line),
        cmocka_unit_test(last_empty_line_has_the_font_of_its_paragraph),
        cmocka_unit_test(empty_paragraph_is_as_high_as_its_font),
        cmocka_unit_test(percent_above_100_adds_above_all_lines_but_the_first),
        cmocka_unit_test(percent_below_100_shrinks_lines),
        cmocka_unit_test(percent_below_50_counts_as_50),
        cmocka_unit_test(old_documents_do_not_shrink_the_first_line),
        cmocka_unit_test(fixed_height_holds_whatever_the_fonts),
        cmocka_unit_test(least_height_is_added_above_the_text),
        cmocka_unit_test(leading_is_added_above_all_lines_but_the_first),
        cmocka_unit_test(font_independent_spacing_is_ignored),
        cmocka_unit_test(extra_above_is_dropped_at_the_top_of_a_page),
        cmocka_unit_test(margins_between_paragraphs_are_added),
        cmocka_unit_test(without_addparatablespacing_the_larger_margin_counts),
        cmocka_unit_test(contextual_spacing_drops_the_margins_between_equal_styles),
        cmocka_unit_test(line_spacing_of_the_paragraph_before_counts_between),
        cmocka_unit_test(former_line_spacing_takes_the_larger_one),
        cmocka_unit_test(top_margin_counts_on_page_one_and_after_a_break_asked_for),
        cmocka_unit_test(top_margin_is_dropped_where_the_text_merely_flowed),
        cmocka_unit_test(bottom_margin_never_pushes_a_paragraph_out),
        cmocka_unit_test(raised_and_lowered_text_is_small_and_leaves_the_line_as_it_is),
        cmocka_unit_test(small_capitals_are_capitals_at_80_percent),
        cmocka_unit_test(letter_cases_change_the_text),
        cmocka_unit_test(letter_spacing_is_added_after_glyphs),
        cmocka_unit_test(text_scale_widens_the_glyphs),
        cmocka_unit_test(hidden_text_takes_no_room),
        cmocka_unit_test(highlight_is_as_high_as_its_own_font),
        cmocka_unit_test(property_groups_are_inherited_whole_or_not_at_all),
    };
    return cmocka_run_group_tests(tests, fonts_open, fonts_close);
}
