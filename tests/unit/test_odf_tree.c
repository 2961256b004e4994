/* SPDX-License-Identifier: MIT */
#include "test_odf.h"

static void the_usual_prefix_names_an_element(void **state)
{
    (void)state;
    assert_int_equal(odf_name("text:p"), ODF_TEXT_P);
    assert_string_equal(odf_name_text(ODF_TEXT_P), "text:p");
    assert_string_equal(odf_name_text(ODF_SVG_VIEWBOX), "svg:viewBox");
    OdfName own = odf_name("text:of-nobody");
    assert_true(own >= ODF_KNOWN);
    assert_int_equal(odf_name("text:of-nobody"), own);
    assert_string_equal(odf_name_text(own), "text:of-nobody");
}

static void every_known_name_is_found_by_its_text(void **state)
{
    (void)state;
    for (OdfName n = ODF_CHARACTERS + 1; n < ODF_KNOWN; n++)
        assert_int_equal(odf_name(odf_name_text(n)), n);
}

static void namespaces_are_recognised_by_uri(void **state)
{
    (void)state;
    static const char text[] =
        "<o:document xmlns:o='" OASIS "office:1.0' xmlns:fo='" OASIS "text:1.0' xmlns:text='urn:x'>"
        "<o:body><o:text><fo:p text:kept='1'>a</fo:p></o:text></o:body></o:document>";
    document = load_bytes(text, sizeof text - 1);
    assert_non_null(document);
    const OdfNode *p = at(ODF_TEXT_P, 0);
    assert_int_equal(p->n_attr, 1);
    assert_true(p->attr[0].name >= ODF_KNOWN);
    assert_int_equal(document->file->n_namespaces, 1);
    assert_string_equal(document->file->namespaces[0].value, "urn:x");
}

static void older_namespaces_count_as_todays(void **state)
{
    (void)state;
    static const char text[] =
        "<office:document xmlns:office='http://openoffice.org/2000/office' xmlns:style="
        "'http://openoffice.org/2000/style' xmlns:fo='http://www.w3.org/1999/XSL/Format' "
        "xmlns:text="
        "'http://openoffice.org/2000/text'><office:styles><style:style style:name='Standard' "
        "style:family='paragraph'><style:text-properties "
        "fo:font-size='20pt'/></style:style></office:styles>"
        "<office:body><office:text><text:p>a</text:p></office:text></office:body></"
        "office:document>";
    document = load_bytes(text, sizeof text - 1);
    assert_non_null(document);
    assert_int_equal(odf_para_text_props(document->file, at(ODF_TEXT_P, 0)->style)->size, 400);
}

static void plain(const char *body, const char *expected)
{
    Buf b = {0};
    FLAT(.body = body);
    assert_non_null(document);
    odf_plain_text(document->body, &b);
    assert_string_equal(b.p ? b.p : "", expected);
    buf_free(&b);
    odf_free(document);
    document = NULL;
}

static void white_space_collapses_as_in_writer(void **state)
{
    (void)state;
    /* frames-styles.md 3.1 */
    plain("<text:p>  a \n\t b </text:p>", "a b ");
    plain("<text:p>a <text:span> b</text:span></text:p>", "a b");
    plain("<text:p><text:span>a</text:span> <text:span>b</text:span></text:p>", "a b");
    plain("<text:p>a<text:s/> b</text:p>", "a  b");
    plain("<text:p><text:s text:c='3'/>b</text:p>", "   b");
    plain("<text:p>a <text:tab/> b<text:line-break/> c</text:p>", "a \t b\n c");
    plain("<text:p>a&#xa0; b</text:p>", "a\xc2\xa0 b");
    plain("<text:p>a<!-- x --> <?x y?> b</text:p>", "a b");
    plain("<text:p>a</text:p><text:p>b</text:p>", "a\nb");
    plain("<text:p>a<office:annotation><text:p>no</text:p></office:annotation>b</text:p>", "ab");
    plain(
        "<text:p>a<text:note text:note-class='footnote'><text:note-citation>1</text:note-citation>"
        "<text:note-body><text:p>no</text:p></text:note-body></text:note>b</text:p>",
        "a1b");
}

static void indentation_of_the_file_is_no_content(void **state)
{
    (void)state;
    FLAT(.body =
             "\n <text:list>\n  <text:list-item>\n   <text:p>a <text:span> </text:span></text:p>\n"
             "  </text:list-item>\n </text:list>\n");
    assert_int_equal(at(ODF_TEXT_LIST, 0)->n_kid, 1);
    assert_int_equal(at(ODF_TEXT_LIST_ITEM, 0)->n_kid, 1);
    assert_int_equal(at(ODF_TEXT_SPAN, 0)->n_kid, 1);
}

static void blocks_know_where_they_stand(void **state)
{
    (void)state;
    load_flat(&(Source){
        .automatic =
            "<style:style style:name='B' style:family='paragraph'><style:paragraph-properties "
            "fo:break-before='page'/></style:style>",
        .masters =
            "<style:master-page style:name='Standard'><style:header><text:p/><text:p>h</text:p>"
            "</style:header></style:master-page>",
        .body = "<text:p>1</text:p><text:p>2<text:soft-page-break/>x</"
                "text:p><table:table><table:table-row>"
                "<table:table-cell><text:p>3</text:p></table:table-cell></table:table-row></"
                "table:table>"
                "<text:p text:style-name='B'>4</text:p>" });
    assert_int_equal(at(ODF_TEXT_P, 2)->origin->paragraph, 3);
    assert_int_equal(at(ODF_TEXT_P, 2)->origin->page,
                     0); /* the file does not say where pages end */
    const OdfMaster *m = odf_master(document, "Standard");
    Place p = odf_place(m->header->kid[1]->origin, LANG_PL);
    assert_string_equal(p.label, "nagłówek (styl strony „Standard”), akapit 2");
    assert_string_equal(odf_place(at(ODF_TEXT_P, 3)->origin, LANG_EN).label, "paragraph 4");
}

static void pages_are_counted_where_the_file_tells_them(void **state)
{
    (void)state;
    static const char text[] =
        "<office:document" XMLNS
        "><office:automatic-styles><style:style style:name='B' style:family='paragraph'>"
        "<style:paragraph-properties "
        "fo:break-before='page'/></style:style></office:automatic-styles>"
        "<office:body><office:text text:use-soft-page-breaks='true'><text:p "
        "text:style-name='B'>1</text:p>"
        "<text:p>2<text:soft-page-break/>x</text:p><text:p>3</text:p><text:p "
        "text:style-name='B'>4</text:p>"
        "</office:text></office:body></office:document>";
    document = load_bytes(text, sizeof text - 1);
    assert_int_equal(at(ODF_TEXT_P, 0)->origin->page, 1);
    assert_int_equal(at(ODF_TEXT_P, 1)->origin->page, 1);
    assert_int_equal(at(ODF_TEXT_P, 2)->origin->page, 2);
    assert_string_equal(odf_place(at(ODF_TEXT_P, 3)->origin, LANG_EN).label, "page 3, paragraph 4");
}

static void nodes_are_built_and_copied(void **state)
{
    (void)state;
    Arena *a = arena_new();
    OdfNode *p = odf_element(a, ODF_TEXT_P, 1, 1);
    odf_attrs(p)[0] = (OdfAttr){ ODF_TEXT_STYLE_NAME, "X" };
    odf_kids(p)[0] = odf_characters(a, "abc", 2);
    OdfNode *copy = odf_copy(a, p);
    assert_string_equal(odf_attr(copy, ODF_TEXT_STYLE_NAME), "X");
    assert_null(odf_attr(copy, ODF_TEXT_NAME));
    assert_ptr_equal(copy->kid[0], p->kid[0]);
    Buf b = {0};
    odf_dump(copy, &b);
    assert_string_equal(b.p, "text:p text:style-name=\"X\"\n  \"ab\"\n");
    buf_free(&b);
    arena_free(a);
}

static void another_kind_of_file_is_refused(void **state)
{
    (void)state;
    static const char sheet[] =
        "<office:document" XMLNS "><office:body><office:spreadsheet/></office:body>"
        "</office:document>";
    assert_null(load_bytes("<html/>", 7));
    assert_null(load_bytes(sheet, sizeof sheet - 1));
    assert_null(load_bytes("%PDF-1.7", 8));
    assert_null(load_bytes("PK\3\4", 4));
    assert_int_equal(diags_count(diags, SEV_ERROR), 4);
    assert_null(load_bytes("<!DOCTYPE x><x/>", 16));
    assert_non_null(strstr(findings(), "DOCTYPE"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(the_usual_prefix_names_an_element), TEST(every_known_name_is_found_by_its_text),
        TEST(namespaces_are_recognised_by_uri), TEST(older_namespaces_count_as_todays),
        TEST(white_space_collapses_as_in_writer), TEST(indentation_of_the_file_is_no_content),
        TEST(blocks_know_where_they_stand), TEST(pages_are_counted_where_the_file_tells_them),
        TEST(nodes_are_built_and_copied), TEST(another_kind_of_file_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
