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

static void tables_have_their_properties(void **state)
{
    (void)state;
    FLAT(.styles = "<style:style style:family='table-cell' "
                   "style:name='Common'><style:table-cell-properties "
                   "fo:padding='1cm'/></style:style>",
         .automatic =
             "<style:style style:family='table' style:name='T'><style:table-properties "
             "style:width='10cm' "
             "table:align='center' fo:margin-top='1pt' fo:margin-left='50%'/></style:style>"
             "<style:style style:family='table-column' "
             "style:name='C'><style:table-column-properties "
             "style:column-width='2cm' style:rel-column-width='123*'/></style:style>"
             "<style:style style:family='table-row' style:name='R'><style:table-row-properties "
             "style:min-row-height='1cm' fo:keep-together='always'/></style:style>"
             "<style:style style:family='table-cell' style:name='D'><style:table-cell-properties "
             "style:vertical-align='middle' fo:padding='0.1cm' fo:padding-left='0.2cm' "
             "fo:background-color='#eeeeee'/></style:style>",
         .body = "<table:table table:style-name='T'><table:table-column "
                 "table:style-name='C'/><table:table-row "
                 "table:style-name='R'><table:table-cell table:style-name='D'/><table:table-cell "
                 "table:style-name='Common'/></table:table-row></table:table>");
    const OdfFile *f = document->file;
    const OdfTableProps *t = odf_table_props(f, at(ODF_TABLE_TABLE, 0)->style);
    assert_true(t->width == 5669 && t->align == TABLE_CENTER && t->margin[SIDE_TOP] == 20 &&
                !t->margin[SIDE_LEFT]);
    assert_false(t->separating);
    const OdfColumnProps *c = odf_column_props(f, at(ODF_TABLE_TABLE_COLUMN, 0)->style);
    assert_true(c->width == 1134 && c->rel_width == 123);
    assert_true(odf_row_props(f, at(ODF_TABLE_TABLE_ROW, 0)->style)->keep_together);
    const OdfCellProps *d = odf_cell_props(f, at(ODF_TABLE_TABLE_CELL, 0)->style);
    assert_true(d->align == CELL_MIDDLE && d->padding[SIDE_TOP] == 57 &&
                d->padding[SIDE_LEFT] == 113);
    assert_int_equal(d->background, 0xeeeeee);
    assert_int_equal(odf_cell_props(f, at(ODF_TABLE_TABLE_CELL, 1)->style)->padding[0], 0);
    assert_int_equal(odf_table_props(f, NULL)->align, TABLE_FULL);
}

static void sections_have_columns(void **state)
{
    (void)state;
    FLAT(.automatic =
             "<style:style style:family='section' style:name='S'><style:section-properties "
             "fo:margin-left='1cm' text:dont-balance-text-columns='true'><style:columns "
             "fo:column-count='2'>"
             "<style:column-sep style:width='1pt' style:color='#ff0000' style:height='50%' "
             "style:vertical-align='bottom'/><style:column style:rel-width='1000*' "
             "fo:end-indent='1cm'/>"
             "<style:column "
             "style:rel-width='3000*'/></style:columns></style:section-properties></style:style>",
         .body = "<text:section text:style-name='S'/>");
    const OdfSectionProps *s = odf_section_props(document->file, at(ODF_TEXT_SECTION, 0)->style);
    assert_true(s->margin_left == 567 && s->columns.n == 2 && s->columns.gap == -1 &&
                s->columns.dont_balance);
    assert_true(s->columns.share[0].rel == 1000 && s->columns.share[0].end == 567 &&
                s->columns.share[1].rel == 3000);
    assert_true(s->columns.line_width == 20 && s->columns.line_height == 50 &&
                s->columns.line_align == LINE_BOTTOM);
}

static void frames_join_style_and_attributes(void **state)
{
    (void)state;
    FLAT(.automatic =
             "<style:style style:family='graphic' style:name='fr1'><style:graphic-properties "
             "style:wrap='run-through' "
             "style:run-through='background' style:horizontal-pos='right' "
             "style:horizontal-rel='page' "
             "fo:clip='rect(0.1cm, 0.2cm, 0cm, 0.4cm)' fo:margin='0.1cm' fo:margin-left='0.2cm' "
             "style:mirror='horizontal' fo:border='1pt solid #000000'/></style:style>",
         .body = "<text:p><draw:frame draw:style-name='fr1' text:anchor-type='paragraph' "
                 "svg:width='5cm' svg:y='1cm' "
                 "draw:z-index='3' style:rel-width='50%'><draw:image/></draw:frame>"
                 "<draw:frame><draw:text-box fo:min-height='1cm'/></draw:frame><draw:rect "
                 "svg:width='1cm'/></text:p>");
    OdfFrameProps p;
    odf_frame_props(document->file, at(ODF_DRAW_FRAME, 0), &p);
    assert_true(p.anchor == ANCHOR_PARAGRAPH && p.wrap == WRAP_THROUGH && p.background &&
                p.mirror_h && !p.mirror_v);
    assert_true(p.hpos == HPOS_RIGHT && p.hrel == HREL_PAGE && p.vpos == VPOS_FROM_TOP &&
                p.y == 567);
    assert_true(p.width == 2835 && p.rel_width == 50 && p.z == 3);
    assert_true(p.clip[0] == 57 && p.clip[1] == 113 && p.clip[2] == 0 && p.clip[3] == 227);
    assert_true(p.margin[SIDE_TOP] == 57 && p.margin[SIDE_LEFT] == 113 && p.border[0].width == 20);
    assert_int_equal(p.fill, COLOR_NONE);
    odf_frame_props(document->file, at(ODF_DRAW_FRAME, 1), &p);
    assert_true(p.anchor == ANCHOR_CHAR_AS && p.wrap == WRAP_PARALLEL && p.min_height == 567);
    assert_int_equal(p.fill, 0xffffff);         /* frames-styles.md 1.1.5 */
    odf_frame_props(document->file, at(ODF_DRAW_RECT, 0), &p);
    assert_true(p.fill == 0x729fcf && p.stroke == 0x3465a4 && p.stroke_width == 0);
}

#define DASH(name, dots) "<draw:stroke-dash draw:name='" name "' " dots "/>"
#define DASHED(name, width) \
    "<style:style style:family='graphic' style:name='" name "'><style:graphic-properties " \
    "draw:stroke='dash' draw:stroke-dash='" name "' svg:stroke-width='" width "'/></style:style>"
#define DRAWN(name) "<draw:line draw:style-name='" name "'/>"

/* Measured with LibreOffice 7.4: lengths become 127/72 of what they say, percentages of the line's
 * width do not; a dot without a length is as long as the line is wide. */
static void strokes_have_dashes(void **state)
{
    (void)state;
    static const struct { uint8_t n; int32_t dash[12];
    } want[] = {
        { 2, { 1411, 705 } },           /* 8 pt and 4 pt */
        { 6, { 176, 529, 176, 529, 1763, 529 } },
        { 2, { 600, 200 } },            /* 300 % and 100 % of 2 pt */
        { 2, { 200, 529 } },
        { 0, {0} },                     /* no distance; unknown */
        { 0, {0} },
    };
    FLAT(.styles = DASH("A", "draw:dots1='1' draw:dots1-length='8pt' draw:distance='4pt'")
             DASH("B", "draw:dots1='2' draw:dots1-length='1pt' draw:dots2='1' "
                       "draw:dots2-length='10pt' draw:distance='3pt'")
                 DASH("C", "draw:dots1='1' draw:dots1-length='300%' draw:distance='100%'")
                     DASH("D", "draw:dots1='1' draw:distance='3pt'")
                         DASH("E", "draw:dots1='1000000'"),
         .automatic = DASHED("A", "0pt") DASHED("B", "2pt") DASHED("C", "2pt") DASHED("D", "2pt")
             DASHED("E", "2pt") DASHED("F", "2pt"),
         .body = "<text:p>" DRAWN("A") DRAWN("B") DRAWN("C") DRAWN("D") DRAWN("E") DRAWN("F")
                 "</text:p>");
    for (size_t i = 0; i < COUNT(want); i++) {
        OdfFrameProps p;
        odf_frame_props(document->file, at(ODF_DRAW_LINE, (int)i), &p);
        assert_int_equal(p.n_dash, want[i].n);
        assert_memory_equal(p.dash, want[i].dash, want[i].n * sizeof *p.dash);
    }
}

#define LEVEL(n, attrs, inside) \
    "<text:list-level-style-number text:level='" n "' " attrs \
    "><style:list-level-properties " inside "</text:list-level-style-number>"
#define ITEM(name, value) \
    "<config:config-item config:name='" name "' config:type='boolean'>" value \
    "</config:config-item>"
#define CONFIGURATION(items) \
    "<config:config-item-set config:name='ooo:configuration-settings'>" items \
    "</config:config-item-set>"

static void list_levels_are_read(void **state)
{
    (void)state;
    FLAT(.styles =
             SPAN("Num", "", TP("fo:font-weight='bold'")) "<text:list-style style:name='L'>" LEVEL(
                 "1",
                 "style:num-format='I' style:num-suffix=')' text:start-value='3' "
                 "text:style-name='Num'",
                 "text:list-level-position-and-space-mode='label-alignment' fo:text-align='end'>"
                 "<style:list-level-label-alignment text:label-followed-by='space' "
                 "fo:text-indent='-1cm' fo:margin-left='2cm'/>"
                 "</style:list-level-properties>")
                 LEVEL(
                     "2", "style:num-format='a' text:display-levels='2'",
                     "text:space-before='1cm' text:min-label-width='0.5cm'/>") "<text:list-level-"
                                                                               "style-bullet "
                                                                               "text:level='3' "
                                                                               "text:bullet-char='&"
                                                                               "#xf0b7;'><style:"
                                                                               "text-properties "
                                                                               "fo:font-family='"
                                                                               "Symbol' "
                                                                               "style:font-charset="
                                                                               "'x-symbol'/></"
                                                                               "text:list-level-"
                                                                               "style-bullet></"
                                                                               "text:list-style>",
         .body = "<text:p/>");
    const OdfFile *f = document->file;
    const OdfListLevel *l = odf_list_level(f, "L", 1, false);
    assert_true(l->kind == LABEL_NUMBER && l->start == 3 && l->label_alignment &&
                l->follow == FOLLOW_SPACE);
    assert_true(l->margin_left == 1134 && l->indent == -567 && l->tab_position == -1 &&
                l->align == ALIGN_RIGHT);
    assert_string_equal(l->suffix, ")");
    assert_string_equal(odf_style_name(l->label_style), "Num");
    l = odf_list_level(f, "L", 2, false);
    assert_true(!l->label_alignment && l->space_before == 567 && l->min_label_width == 283 &&
                l->display_levels == 2);
    l = odf_list_level(f, "L", 3, false);
    assert_true(l->kind == LABEL_BULLET && l->bullet == 0xf0b7 && l->bullet_symbol);
    assert_string_equal(l->bullet_family, "Symbol");
    assert_ptr_equal(odf_list_level(f, "L", 3, false), l);
    l = odf_list_level(f, "Unknown", 2, false);
    assert_true(l->kind == LABEL_BULLET && l->margin_left == 1080 && l->indent == -360);
    assert_null(odf_outline_style(f, 1));
}

static void master_pages_are_found(void **state)
{
    (void)state;
    FLAT(.automatic = "<style:page-layout style:name='pm'><style:page-layout-properties "
                      "fo:page-width='10cm' fo:margin='1cm' "
                      "fo:margin-top='3cm' "
                      "style:num-format='i'/><style:header-style><style:header-footer-properties "
                      "fo:min-height='1cm' fo:margin-bottom='0.5cm' "
                      "style:dynamic-spacing='true'/></style:header-style>"
                      "</style:page-layout>" PARA("P1", PARENT("First"), ""),
         .styles = PARA("First", "style:master-page-name='One'", ""),
         .masters = "<style:master-page style:name='Standard'/><style:master-page style:name='One' "
                    "style:page-layout-name='pm' "
                    "style:next-style-name='Standard'><style:header><text:p/></style:header>"
                    "<style:footer-left/></style:master-page>",
         .body = "<text:section>" USE("P1", "x") "</text:section>");
    const OdfMaster *m = odf_master(document, NULL);
    assert_string_equal(m->name, "One");
    assert_string_equal(m->next, "Standard");
    assert_true(m->header && !m->footer && m->footer_left);
    assert_true(m->page->width == 5669 && m->page->margin[SIDE_TOP] == 1701 &&
                m->page->margin[SIDE_LEFT] == 567);
    assert_string_equal(m->page->num_format, "i");
    assert_true(m->page->header.given && m->page->header.min_height == 567 &&
                m->page->header.spacing == 283 && m->page->header.dynamic_spacing);
    assert_int_equal(m->page->footer.min_height, 284);
    assert_true(m->page->footnote_before == 57 && m->page->footnote_line == 10 &&
                m->page->footnote_rel_width == 25);
    assert_null(odf_master(document, "Nope"));
    assert_int_equal(odf_master(document, "Standard")->page->width, 11906);
}

static void settings_have_three_states(void **state)
{
    (void)state;
    FLAT(.body = "");
    assert_true(document->file->compat->AddExternalLeading &&
                !document->file->compat->UseFormerLineSpacing);
    odf_free(document);
    FLAT(.settings = CONFIGURATION(""), .body = "");
    assert_true(!document->file->compat->AddExternalLeading &&
                document->file->compat->UseFormerLineSpacing);
    assert_true(document->file->compat->AddParaTableSpacing &&
                document->file->compat->SmallCapsPercentage66);
    odf_free(document);
    FLAT(.settings =
             CONFIGURATION(ITEM("AddExternalLeading", "true") ITEM("AddParaTableSpacing", "false")),
         .body = "");
    assert_true(document->file->compat->AddExternalLeading &&
                !document->file->compat->AddParaTableSpacing);
    odf_free(document);
    FLAT(.settings = "<config:config-item-set config:name='ooo:view-settings'>" ITEM(
             "ShowRedlineChanges", "false") "</config:config-item-set>",
         .body = "");
    assert_true(document->file->compat->AddExternalLeading &&
                !document->file->compat->ShowRedlineChanges);
}

static void settings_of_an_unbound_prefix_count_for_nothing(void **state)
{
    (void)state;
    static const char text[] =
        "<o:document xmlns:o='" OASIS "office:1.0' xmlns:c='" OASIS
        "config:1.0'><o:settings><c:config-item-set "
        "c:name='ooo:configuration-settings'/></o:settings><o:body><o:text/></o:body></o:document>";
    document = load_bytes(text, sizeof text - 1);
    assert_true(document->file->compat->AddExternalLeading);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(tables_have_their_properties),
        TEST(sections_have_columns),
        TEST(frames_join_style_and_attributes),
        TEST(strokes_have_dashes),
        TEST(list_levels_are_read),
        TEST(master_pages_are_found),
        TEST(settings_have_three_states),
        TEST(settings_of_an_unbound_prefix_count_for_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
