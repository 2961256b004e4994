/* SPDX-License-Identifier: MIT */
#include "test_odf.h"

#define PARA(name, attrs, parts) \
    "<style:style style:family='paragraph' style:name='" name "' " attrs ">" parts "</" \
                                                                                   "style:style>"
#define SPAN(name, attrs, parts) \
    "<style:style style:family='text' style:name='" name "' " attrs ">" parts "</style:style>"
#define PARENT(name) "style:parent-style-name='" name "'"
#define PP(attrs) "<style:paragraph-properties " attrs "/>"
#define TP(attrs) "<style:text-properties " attrs "/>"
#define USE(style, text) "<text:p text:style-name='" style "'>" text "</text:p>"
#define IN(style, text) "<text:span text:style-name='" style "'>" text "</text:span>"

static const OdfParaProps *para(int i)
{
    return odf_para_props(document->file, at(ODF_TEXT_P, i)->style);
}

static const OdfTextProps *text(int i)
{
    return odf_para_text_props(document->file, at(ODF_TEXT_P, i)->style);
}

static void without_styles_writers_defaults_hold(void **state)
{
    (void)state;
    FLAT(.body = "<text:p>a</text:p>");         /* frames-styles.md 2.9 */
    assert_string_equal(text(0)->family, "Liberation Serif");
    assert_int_equal(text(0)->size, 240);
    assert_int_equal(text(0)->weight, 400);
    assert_true(text(0)->kerning);
    assert_false(text(0)->hyphenate);
    assert_int_equal(text(0)->color, COLOR_AUTO);
    assert_int_equal(text(0)->background, COLOR_NONE);
    assert_int_equal(text(0)->asian_size, 210);
    assert_int_equal(para(0)->tab_distance, 709);
    assert_int_equal(para(0)->widows + para(0)->orphans, 0);
    assert_int_equal(para(0)->line_kind, LINE_HEIGHT_NORMAL);
    assert_true(para(0)->join_border);
    assert_int_equal(odf_master(document, NULL)->page->width, 11906);
    assert_int_equal(odf_master(document, NULL)->page->margin[SIDE_LEFT], 1134);
}

static void packages_have_older_defaults(void **state)
{
    (void)state;
    load_package((TestPart[]){ PART("content.xml", CONTENT("<text:p/><table:table/>")) }, 1);
    assert_false(text(0)->kerning);
    assert_int_equal(para(0)->tab_distance, 1134);
    assert_true(odf_table_props(document->file, at(ODF_TABLE_TABLE, 0)->style)->separating);
}

static void styles_resolve_from_default_to_automatic(void **state)
{
    (void)state;
    FLAT(.styles = "<style:default-style style:family='paragraph'>" PP("fo:orphans='3'")
             TP("fo:color='#111111' "
                "fo:font-weight='bold'") "</style:default-style>" PARA("A", "",
                                                                       TP("fo:color='#222222' "
                                                                          "fo:font-size='20pt'"))
                 PARA("B", PARENT("A"), TP("fo:color='#333333'") PP("fo:text-align='center'")),
         .automatic = PARA("P1", PARENT("B"), TP("fo:font-style='italic'")),
         .body = USE("P1", "x") USE("A", "x"));
    assert_int_equal(text(0)->color, 0x333333);
    assert_int_equal(text(0)->size, 400);
    assert_int_equal(text(0)->weight, 700);
    assert_true(text(0)->italic);
    assert_int_equal(para(0)->align, ALIGN_CENTER);
    assert_int_equal(para(0)->orphans, 3);
    assert_int_equal(text(1)->color, 0x222222);
    assert_false(text(1)->italic);
}

static void unknown_and_missing_styles_are_standard(void **state)
{
    (void)state;
    FLAT(.styles = PARA("Standard", "", TP("fo:font-size='20pt'")) PARA("Free", "", ""),
         .body = "<text:p>a</text:p>" USE("Nope", "b") USE("Free", "c") USE("Text_20_body", "d"));
    assert_int_equal(text(0)->size, 400);
    assert_int_equal(text(1)->size, 400);
    assert_int_equal(text(2)->size, 240);       /* no parent: not from Standard */
    assert_int_equal(text(3)->size, 400);
}

static void automatic_style_without_a_parent_hangs_on_standard(void **state)
{
    (void)state;
    FLAT(.styles = PARA("Standard", "", TP("fo:font-size='20pt'")) PARA("Free", "", ""),
         .automatic = PARA("P1", "", TP("fo:color='#111111'"))
             PARA("P2", PARENT("P1"), TP("fo:color='#333333'")) PARA("P3", PARENT("Nope"), "")
                 PARA("P4", PARENT("Free"), "") PARA("P5", PARENT("Caption"), ""),
         .body = USE("P1", "a") USE("P2", "b") USE("P3", "c") USE("P4", "d") USE("P5", "e"));
    assert_int_equal(text(0)->size, 400);
    assert_int_equal(text(0)->color, 0x111111);
    assert_int_equal(text(1)->size, 400);
    assert_int_equal(text(1)->color, 0x333333);
    assert_int_equal(text(2)->size, 400);
    assert_int_equal(text(3)->size, 240);
    assert_true(text(4)->italic);       /* Writer's own Caption */
}

static void automatic_parents_and_cycles_are_cut(void **state)
{
    (void)state;
    FLAT(.styles = PARA("A", PARENT("B"), TP("fo:font-size='20pt'"))
             PARA("B", PARENT("A"), TP("fo:color='#111111'"))
                 PARA("S", PARENT("S"), TP("fo:color='#222222'")),
         .automatic = PARA("P1", "", TP("fo:font-size='30pt'"))
             PARA("P2", PARENT("P1"), TP("fo:color='#333333'")),
         .body = USE("P2", "a") USE("A", "b") USE("B", "c") USE("S", "d"));
    assert_int_equal(text(0)->size, 240);
    assert_int_equal(text(0)->color, 0x333333);
    assert_int_equal(text(1)->size, 400);
    assert_int_equal(text(2)->color, 0x111111);
    assert_int_equal(text(3)->color, 0x222222);
}

static void a_very_long_chain_of_parents_ends(void **state)
{
    (void)state;
    Buf b = {0};
    buf_str(&b, PARA("S0", "", TP("fo:font-size='20pt'")));
    for (int i = 1; i < 3000; i++)
        buf_format(&b, PARA("S%d", PARENT("S%d"), ""), i, i - 1);
    FLAT(.styles = b.p, .body = USE("S2999", "a") USE("S60", "b"));
    assert_int_equal(text(0)->size, 240);
    assert_int_equal(text(1)->size, 400);
    buf_free(&b);
}

static void the_automatic_style_wins_over_a_common_one_of_its_name(void **state)
{
    (void)state;
    FLAT(.styles = PARA("X", "", TP("fo:font-size='20pt'"))
             PARA("Y", "style:display-name='Shown name'", TP("fo:font-size='8pt'")),
         .automatic = PARA("X", "", TP("fo:font-size='30pt'")),
         .body = USE("X", "a") USE("Shown name", "b"));
    assert_int_equal(text(0)->size, 600);
    assert_int_equal(text(1)->size, 160);
}

static void percentages_count_where_writer_counts_them(void **state)
{
    (void)state;
    /* frames-styles.md 2.7; the numbers are those of its test 23 */
    FLAT(.styles = PARA("Base", "",
                        PP("fo:margin-left='2cm' fo:margin-top='1cm'") TP("fo:font-size='20pt'"))
             PARA("P80", PARENT("Base"),
                  PP("fo:margin-left='50%' fo:margin-top='50%'") TP("fo:font-size='80%'"))
                 PARA("P80of", PARENT("P80"), TP("fo:font-size='80%'"))
                     SPAN("Tc", "", TP("fo:font-size='200%'")),
         .automatic =
             PARA("Pauto", PARENT("P80"), PP("fo:margin-left='50%'") TP("fo:font-size='50%'"))
                 SPAN("T50", "", TP("fo:font-size='50%'")),
         .body = USE("P80", "a") USE("P80of", "a") USE("Pauto", "a")
             USE("Base", IN("T50", "a") IN("Tc", "b")));
    assert_int_equal(text(0)->size, 320);
    assert_int_equal(text(1)->size, 256);
    assert_int_equal(text(2)->size, 320);
    assert_int_equal(para(0)->margin[SIDE_LEFT], 567);
    assert_int_equal(para(0)->margin[SIDE_TOP], 283);
    assert_int_equal(para(2)->margin[SIDE_LEFT], 567);
    assert_int_equal(odf_text_props(document->file, text(3), at(ODF_TEXT_SPAN, 0)->style)->size,
                     400);
    assert_int_equal(odf_text_props(document->file, text(3), at(ODF_TEXT_SPAN, 1)->style)->size,
                     480);
}

static void one_member_of_a_group_resets_the_others(void **state)
{
    (void)state;
    /* text.md 0b */
    FLAT(.styles = "<style:default-style style:family='paragraph'>" PP(
             "fo:margin-top='3pt'") "</style:default-style>" PARA("A", "",
                                                                  PP("fo:margin='10pt' "
                                                                     "fo:text-indent='5pt' "
                                                                     "style:contextual-spacing='"
                                                                     "true' "
                                                                     "fo:line-height='150%' "
                                                                     "fo:border='1pt solid "
                                                                     "#000000' fo:padding='2pt'")),
         .automatic = PARA("P1", PARENT("A"), PP("fo:margin-right='7pt'"))
             PARA("P2", PARENT("A"), PP("fo:margin-bottom='7pt'"))
                 PARA("P3", PARENT("A"), PP("fo:padding='4pt'"))
                     PARA("P4", PARENT("A"), PP("fo:margin='8pt'")),
         .body = USE("P1", "") USE("P2", "") USE("P3", "") USE("P4", ""));
    assert_int_equal(para(0)->margin[SIDE_LEFT], 0);
    assert_int_equal(para(0)->margin[SIDE_RIGHT], 140);
    assert_int_equal(para(0)->indent, 0);
    assert_int_equal(para(0)->margin[SIDE_BOTTOM], 200);
    assert_true(para(0)->contextual);
    assert_int_equal(para(1)->margin[SIDE_LEFT], 200);
    assert_int_equal(para(1)->margin[SIDE_TOP], 60);            /* of the default style */
    assert_false(para(1)->contextual);
    assert_int_equal(para(2)->border[SIDE_TOP].width, 0);
    assert_int_equal(para(2)->padding[SIDE_TOP], 80);
    assert_int_equal(para(2)->line_height, 150);
    assert_int_equal(para(3)->indent, 0);
    assert_int_equal(para(3)->margin[SIDE_TOP], 160);
}

static void own_indents_in_lists_are_told(void **state)
{
    (void)state;
    FLAT(.styles = PARA("A", "", PP("fo:margin-left='1cm'"))
             PARA("L", "style:list-style-name='N'", PP("fo:margin-left='1cm'"))
                 PARA("M", PARENT("A") " style:list-style-name='N'", ""),
         .automatic =
             PARA("P1", PARENT("A"), PP("fo:margin-left='2cm'")) PARA("P2", PARENT("L"), ""),
         .body = USE("A", "") USE("L", "") USE("M", "") USE("P1", "") USE("P2", ""));
    assert_true(!para(0)->own_margins && para(0)->style_margins);
    assert_true(!para(1)->own_margins && para(1)->style_margins);
    assert_true(!para(2)->own_margins && !para(2)->style_margins);
    assert_true(para(3)->own_margins);
    assert_true(!para(4)->own_margins && para(4)->style_margins);
}

static void fonts_are_found_by_their_declaration(void **state)
{
    (void)state;
    FLAT(.fonts =
             "<style:font-face style:name='F' svg:font-family=\"&apos;Lato Medium&apos;, Arial\" "
             "style:font-pitch='fixed'/><style:font-face style:name='S' svg:font-family='Symbol' "
             "style:font-charset='x-symbol'/>",
         .styles = PARA("A", "", TP("style:font-name='F'"))
             PARA("B", PARENT("A"), TP("fo:font-family='Georgia'"))
                 PARA("C", PARENT("A"), TP("style:font-name='Unknown'"))
                     PARA("D", "", TP("style:font-name='F' fo:font-family='Georgia'"))
                         PARA("E", "", TP("fo:font-family='Georgia' style:font-name='S'")),
         .body = USE("A", "") USE("B", "") USE("C", "") USE("D", "") USE("E", ""));
    assert_string_equal(text(0)->family, "Lato Medium");
    assert_true(text(0)->fixed_pitch);
    assert_string_equal(text(1)->family, "Georgia");
    assert_false(text(1)->fixed_pitch);
    assert_string_equal(text(2)->family, "Lato Medium");
    assert_string_equal(text(3)->family, "Georgia");
    assert_string_equal(text(4)->family, "Symbol");
    assert_true(text(4)->symbol);
}

static void spans_add_to_what_is_around_them(void **state)
{
    (void)state;
    FLAT(.styles = SPAN("Em", "", TP("fo:font-style='italic'")),
         .automatic = SPAN("T1", PARENT("Em"), TP("fo:font-weight='bold'"))
             SPAN("T2", "", TP("style:text-position='super 60%'")) SPAN("T3", "", ""),
         .body = "<text:p>" IN("T1", IN("T2", "x")) IN("T3", "y") "</text:p>");
    const OdfFile *f = document->file;
    const OdfTextProps *one = odf_text_props(f, text(0), at(ODF_TEXT_SPAN, 0)->style);
    const OdfTextProps *two = odf_text_props(f, one, at(ODF_TEXT_SPAN, 1)->style);
    assert_true(one->italic && one->weight == 700 && one->rise == 0);
    assert_true(two->italic && two->weight == 700 && two->rise == RISE_SUPER &&
                two->rise_size == 60);
    assert_ptr_equal(odf_text_props(f, one, at(ODF_TEXT_SPAN, 1)->style), two);
    assert_ptr_equal(odf_text_props(f, one, at(ODF_TEXT_SPAN, 2)->style), one);
    assert_true(odf_style_empty(at(ODF_TEXT_SPAN, 2)->style));
    assert_false(odf_style_empty(at(ODF_TEXT_SPAN, 0)->style));
}

static void character_properties_are_read(void **state)
{
    (void)state;
    FLAT(.automatic = PARA(
             "P1", "",
             TP("style:text-underline-style='solid' style:text-underline-type='double' "
                "style:text-underline-color='#112233' style:text-line-through-style='solid' "
                "fo:letter-spacing='0.03cm' style:text-scale='80%' fo:text-transform='uppercase' "
                "fo:language='pl' fo:country='PL' style:letter-kerning='false' "
                "style:text-position='-33% 58%' fo:background-color='#ffff00'"))
             PARA("P2", "",
                  TP("fo:font-variant='small-caps' style:text-underline-style='none' "
                     "text:display='none' "
                     "fo:language='none' fo:country='none' fo:font-weight='600'")),
         .body = USE("P1", "") USE("P2", ""));
    const OdfTextProps *p = text(0);
    assert_true(p->underline_double && p->underline && p->underline_color == 0x112233 &&
                p->strike == LINE_SINGLE);
    assert_int_equal(p->letter_spacing, 17);    /* text.md 7.3 */
    assert_int_equal(p->scale, 80);
    assert_int_equal(p->text_case, CASE_UPPER);
    assert_string_equal(p->language, "pl");
    assert_string_equal(p->country, "PL");
    assert_false(p->kerning);
    assert_true(p->rise == -33 && p->rise_size == 58);
    assert_int_equal(p->background, 0xffff00);
    p = text(1);
    assert_true(p->text_case == CASE_SMALL_CAPS && !p->underline && p->hidden && p->weight == 600);
    assert_string_equal(p->language, "");
}

static void tab_stops_are_sorted_and_replaced_as_a_whole(void **state)
{
    (void)state;
    FLAT(.styles = PARA(
             "A", "",
             "<style:paragraph-properties><style:tab-stops><style:tab-stop style:position='5cm' "
             "style:type='right' style:leader-style='dotted'/><style:tab-stop "
             "style:position='1cm'/>"
             "</style:tab-stops></style:paragraph-properties>"),
         .automatic = PARA(
             "P1", PARENT("A"),
             "<style:paragraph-properties><style:tab-stops><style:tab-stop "
             "style:position='3cm' style:type='char' style:char=',' style:leader-style='solid' "
             "style:leader-text='·'/></style:tab-stops></style:paragraph-properties>")
             PARA("P2", PARENT("A"),
                  "<style:paragraph-properties><style:tab-stops/></style:paragraph-properties>"),
         .body = USE("A", "") USE("P1", "") USE("P2", ""));
    assert_int_equal(para(0)->n_tab, 2);
    assert_int_equal(para(0)->tab[0].position, 567);
    assert_int_equal(para(0)->tab[1].leader, '.');
    assert_int_equal(para(0)->tab[1].type, TAB_RIGHT);
    assert_int_equal(para(1)->n_tab, 1);
    assert_int_equal(para(1)->tab[0].character, ',');
    assert_int_equal(para(1)->tab[0].leader, 0xb7);
    assert_int_equal(para(2)->n_tab, 0);
}

static void headings_have_levels_and_looks(void **state)
{
    (void)state;
    FLAT(.styles = PARA("H", "style:default-outline-level='2'", "") PARA("Child", PARENT("H"), ""),
         .automatic = PARA("P1", PARENT("H"), ""),
         .body = "<text:h text:outline-level='1'>a</text:h><text:h>b</text:h>" USE("H", "")
             USE("Child", "") USE("P1", ""));
    const OdfFile *f = document->file;
    const OdfTextProps *t = odf_para_text_props(f, at(ODF_TEXT_H, 0)->style);
    assert_string_equal(t->family, "Liberation Sans");
    assert_int_equal(t->size, 360);             /* as LibreOffice 7.4 prints it */
    assert_int_equal(t->weight, 700);
    assert_int_equal(odf_para_props(f, at(ODF_TEXT_H, 0)->style)->margin[SIDE_TOP], 240);
    assert_int_equal(odf_outline_level(f, at(ODF_TEXT_H, 1)), 1);
    assert_int_equal(odf_outline_level(f, at(ODF_TEXT_P, 0)), 2);
    assert_int_equal(odf_outline_level(f, at(ODF_TEXT_P, 1)),
                     0); /* not inherited by common styles */
    assert_int_equal(odf_outline_level(f, at(ODF_TEXT_P, 2)), 2);
}

static void borders_are_read_in_parts(void **state)
{
    (void)state;
    FLAT(.automatic = PARA("P1", "",
                           PP("fo:border='0.06pt solid #112233' fo:border-left='none' "
                              "fo:border-top='thick solid'"))
             PARA("P2", "",
                  PP("fo:border='3pt double #000000' style:border-line-width='0.02cm 0.04cm "
                     "0.03cm'")) PARA("P3", "", PP("fo:border='#445566 double 3pt'"))
                 PARA("P4", "", PP("fo:border='medium solid #000000'")),
         .body = USE("P1", "") USE("P2", "") USE("P3", "") USE("P4", ""));
    assert_int_equal(para(0)->border[SIDE_RIGHT].width, 1);
    assert_int_equal(para(0)->border[SIDE_RIGHT].color, 0x112233);
    assert_int_equal(para(0)->border[SIDE_LEFT].style, BORDER_NONE);
    assert_int_equal(para(0)->border[SIDE_TOP].width, 15);
    OdfBorder b = para(1)->border[0];
    assert_true(b.inner == 11 && b.gap == 23 && b.outer == 17 && b.width == 51);
    b = para(2)->border[0];
    assert_true(b.inner == 20 && b.gap == 20 && b.outer == 20 && b.width == 60 &&
                b.color == 0x445566);
    assert_int_equal(para(3)->border[0].width, 0);
}

static OdfNode *named(OdfName element, const char *name, const char *family, const char *parent)
{
    OdfNode *n = odf_element(document->file->arena, element, parent ? 3 : 2, 0);
    odf_attrs(n)[0] = (OdfAttr){ ODF_STYLE_NAME, name };
    odf_attrs(n)[1] = (OdfAttr){ ODF_STYLE_FAMILY, family };
    if (parent)
        odf_attrs(n)[2] = (OdfAttr){ ODF_STYLE_PARENT_STYLE_NAME, parent };
    return n;
}

static void styles_are_added_and_written(void **state)
{
    (void)state;
    FLAT(.styles = PARA("A", "", TP("fo:font-size='20pt'")), .automatic = PARA("P1", "", ""),
         .body = USE("New", "a") USE("P1", "b"));
    const OdfFile *f = document->file;
    Buf before = { 0 }, after = { 0 };
    OdfWriteOptions o = { "skryba" };
    assert_true(odf_write_flat(document, &o, &before, diags));
    assert_null(strstr(before.p, "Child"));
    const OdfNode *common = named(ODF_STYLE_STYLE, "Child", "paragraph", "A");
    const OdfNode *automatic = named(ODF_STYLE_STYLE, "New", "paragraph", "Child");
    odf_add_styles(f, ODF_OFFICE_STYLES, &common, 1);
    odf_add_styles(f, ODF_OFFICE_AUTOMATIC_STYLES, &automatic, 1);
    const OdfStyle *s = odf_bind(f, at(ODF_TEXT_P, 0));
    assert_string_equal(odf_style_name(s), "New");
    assert_int_equal(odf_para_text_props(f, s)->size, 400);
    assert_string_equal(odf_style_name(odf_bind(f, at(ODF_TEXT_P, 1))), "P1");
    assert_true(odf_write_flat(document, &o, &after, diags));
    assert_non_null(strstr(after.p, "\"Child\""));
    assert_non_null(strstr(after.p, "style:name=\"New\""));
    buf_free(&before);
    buf_free(&after);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(without_styles_writers_defaults_hold),
        TEST(packages_have_older_defaults),
        TEST(styles_resolve_from_default_to_automatic),
        TEST(unknown_and_missing_styles_are_standard),
        TEST(automatic_style_without_a_parent_hangs_on_standard),
        TEST(automatic_parents_and_cycles_are_cut),
        TEST(a_very_long_chain_of_parents_ends),
        TEST(the_automatic_style_wins_over_a_common_one_of_its_name),
        TEST(percentages_count_where_writer_counts_them),
        TEST(one_member_of_a_group_resets_the_others),
        TEST(own_indents_in_lists_are_told),
        TEST(fonts_are_found_by_their_declaration),
        TEST(spans_add_to_what_is_around_them),
        TEST(character_properties_are_read),
        TEST(tab_stops_are_sorted_and_replaced_as_a_whole),
        TEST(headings_have_levels_and_looks),
        TEST(borders_are_read_in_parts),
        TEST(styles_are_added_and_written),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
