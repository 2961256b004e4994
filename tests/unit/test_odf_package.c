/* SPDX-License-Identifier: MIT */
/* Reading of packages as others make them: shared/security.md, tests Z1 to Z9. */
#include "test_odf.h"

#include <zip.h>

#define TEXT "application/vnd.oasis.opendocument.text"
static const char simple[] = CONTENT("<text:p>a</text:p>");
#define CONTENT_PART PART("content.xml", simple)
#define LOAD(...) load_package((TestPart[]){ __VA_ARGS__ }, COUNT(((TestPart[]){ __VA_ARGS__ })))

static void told(const char *text)
{
    assert_null(document);
    char *all = findings();
    if (!strstr(all, text))
        print_error("%s", all);
    assert_non_null(strstr(all, text));
}

static void the_type_may_be_missing_late_or_of_a_template(void **state)
{
    (void)state;
    assert_non_null(LOAD(CONTENT_PART));
    odf_free(document);
    assert_non_null(LOAD(CONTENT_PART, PART("mimetype", TEXT "-template\n")));
    assert_false(document->file->flat);
}

static void another_kind_of_document_is_named(void **state)
{
    (void)state;
    LOAD(PART("mimetype", "application/vnd.oasis.opendocument.spreadsheet"), CONTENT_PART);
    told("opendocument.spreadsheet");
}

static void a_package_without_text_is_refused(void **state)
{
    (void)state;
    LOAD(PART("mimetype", TEXT), PART("meta.xml", "<office:document-meta" XMLNS "/>"));
    told("odf-no-content");
}

static void a_template_of_styles_is_an_empty_text(void **state)
{
    (void)state;
    LOAD(PART("mimetype", TEXT), PART("styles.xml", "<office:document-styles" XMLNS "/>"));
    assert_non_null(document);
    assert_int_equal(document->body->n_kid, 1);
    assert_int_equal(document->body->kid[0]->name, ODF_TEXT_P);
}

static void what_old_files_leave_undeclared_is_read(void **state)
{
    (void)state;
    static const char manifest[] =
        "<?xml version='1.0' encoding='UTF-8'?>\n"
        "<!DOCTYPE manifest:manifest PUBLIC '-//OpenOffice.org//DTD Manifest 1.0//EN' 'M.dtd'>\n"
        "<manifest:manifest><manifest:file-entry/></manifest:manifest>";
    assert_non_null(LOAD(CONTENT_PART, PART("META-INF/manifest.xml", manifest)));
}

static void the_last_of_two_parts_of_one_name_counts(void **state)
{
    (void)state;
    assert_non_null(
        LOAD(CONTENT_PART, PART("x/", ""), PART("x/", ""), PART("/abs", ""), PART("../../x", "y")));
    odf_free(document);
    assert_null(strstr(findings(), "odf-twice"));
    assert_non_null(LOAD(PART("content.xml", CONTENT("<text:p>a</text:p>")),
                         PART("content.xml", CONTENT("<text:p>b</text:p>"))));
    assert_non_null(strstr(findings(), "odf-twice"));
    Buf text = {0};
    odf_plain_text(document->body, &text);
    assert_string_equal(text.p, "b");
    buf_free(&text);
}

static void names_are_never_paths(void **state)
{
    (void)state;
    LOAD(PART("../content.xml", simple), PART("/content.xml", simple), PART("CONTENT.XML", simple));
    told("odf-no-content");
}

static void encryption_is_named(void **state)
{
    (void)state;
    LOAD(CONTENT_PART,
         PART("META-INF/manifest.xml", "<m:manifest xmlns:m='" OASIS "manifest:1.0'><m:file-entry>"
                                       "<m:encryption-data/></m:file-entry></m:manifest>"));
    told("password");
}

static void damage_is_named(void **state)
{
    (void)state;
    Buf b = {0};
    make_package(&b, (TestPart[]){ CONTENT_PART }, 1);
    for (size_t cut = 1; cut < b.n; cut += 7) {
        Buf copy = {0};
        buf_put(&copy, b.p, b.n - cut);
        document = load_bytes(copy.p, copy.n);
        assert_null(document);
        buf_free(&copy);
    }
    findings();                                 /* forgets them */
    b.p[60] ^= 1;                               /* in the text: its checksum is wrong now */
    document = load_bytes(b.p, b.n);
    told("odf-entry");
    buf_free(&b);
}

static void what_stands_before_or_after_does_not_matter(void **state)
{
    (void)state;
    Buf b = {0};
    make_package(&b, (TestPart[]){ CONTENT_PART }, 1);
    buf_str(&b, "appended");
    document = load_bytes(b.p, b.n);
    buf_free(&b);
    if (!document)                              /* refused is right as well, if it is told */
        assert_true(diags_count(diags, SEV_ERROR) > 0);
}

/* Megabytes of one letter, packed by libzip. */
static void a_bomb_is_refused_while_it_inflates(void **state)
{
    (void)state;
    enum { SIZE = 64 << 20 };
    char path[] = "/tmp/skryba-test-XXXXXX";
    int fd = mkstemp(path), error;
    assert_true(fd >= 0);
    close(fd);
    zip_t *zip = zip_open(path, ZIP_CREATE | ZIP_TRUNCATE, &error);
    char *data = calloc(1, SIZE);
    memset(data, ' ', SIZE);
    zip_file_add(zip, "content.xml", zip_source_buffer(zip, data, SIZE, 1), 0);
    assert_int_equal(zip_close(zip), 0);
    document = odf_load(path, diags);
    unlink(path);
    told("odf-bomb");
}

static void a_doctype_in_any_part_is_refused(void **state)
{
    (void)state;
    LOAD(CONTENT_PART,
         PART("meta.xml", "<!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]><x/>"));
    told("DOCTYPE");
}

static void headers_use_the_styles_of_their_part(void **state)
{
    (void)state;
    static const char content[] =
        "<office:document-content" XMLNS "><office:automatic-styles><style:style style:name='P1' "
        "style:family='paragraph'><style:text-properties "
        "fo:font-size='20pt'/></style:style></office:automatic-styles>"
        "<office:body><office:text><text:p text:style-name='P1'/></office:text></office:body>"
        "</office:document-content>";
    static const char styles[] =
        "<office:document-styles" XMLNS "><office:automatic-styles><style:style style:name='P1' "
        "style:family='paragraph'><style:text-properties "
        "fo:font-size='30pt'/></style:style></office:automatic-styles>"
        "<office:master-styles><style:master-page style:name='Standard'><style:header><text:p "
        "text:style-name='P1'/></style:header></style:master-page></office:master-styles></"
        "office:document-styles>";
    LOAD(PART("content.xml", content), PART("styles.xml", styles));
    const OdfFile *f = document->file;
    assert_int_equal(odf_para_text_props(f, at(ODF_TEXT_P, 0)->style)->size, 400);
    assert_int_equal(
        odf_para_text_props(f, odf_master(document, NULL)->header->kid[0]->style)->size, 600);
    assert_int_equal(odf_para_text_props(f, odf_style(f, FAMILY_PARAGRAPH, "P1", true))->size, 600);
}

static void metadata_and_properties_are_read(void **state)
{
    (void)state;
    LOAD(CONTENT_PART,
         PART("meta.xml", "<office:document-meta" XMLNS "><office:meta><dc:title>T</dc:title>"
                          "<meta:user-defined meta:name='skryba.each'>//x</meta:user-defined>"
                          "<dc:language>pl-PL</dc:language></office:meta></office:document-meta>"));
    assert_string_equal(document->title, "T");
    assert_string_equal(document->language, "pl-PL");
    assert_int_equal(document->n_properties, 1);
    assert_string_equal(document->properties[0].name, "skryba.each");
    assert_string_equal(document->properties[0].value, "//x");
}

static void an_embedded_chart_goes_along(void **state)
{
    (void)state;
    static const char body[] =
        CONTENT("<text:p><draw:frame><draw:object xlink:href='./Object 1'/></draw:frame></text:p>");
    static const char chart[] =
        "<office:document-content" XMLNS "><office:body><office:chart/></office:body>"
        "</office:document-content>";
    LOAD(PART("content.xml", body), PART("Object 1/content.xml", chart),
         PART("Object 1/meta.xml", "<office:document-meta" XMLNS "/>"));
    assert_non_null(document);
    const OdfNode *object = odf_object(document, at(ODF_DRAW_OBJECT, 0));
    assert_non_null(object);
    assert_int_equal(object->name, ODF_OFFICE_DOCUMENT_CONTENT);
    Buf b = {0};
    assert_true(odf_write_package(document, &(OdfWriteOptions){ "skryba" }, &b, diags));
    odf_free(document);
    document = load_bytes(b.p, b.n);
    assert_non_null(document);
    assert_non_null(odf_object(document, at(ODF_DRAW_OBJECT, 0)));
    buf_free(&b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(the_type_may_be_missing_late_or_of_a_template),
        TEST(another_kind_of_document_is_named),
        TEST(a_package_without_text_is_refused),
        TEST(a_template_of_styles_is_an_empty_text),
        TEST(what_old_files_leave_undeclared_is_read),
        TEST(the_last_of_two_parts_of_one_name_counts),
        TEST(names_are_never_paths),
        TEST(encryption_is_named),
        TEST(damage_is_named),
        TEST(what_stands_before_or_after_does_not_matter),
        TEST(a_bomb_is_refused_while_it_inflates),
        TEST(a_doctype_in_any_part_is_refused),
        TEST(headers_use_the_styles_of_their_part),
        TEST(metadata_and_properties_are_read),
        TEST(an_embedded_chart_goes_along),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
