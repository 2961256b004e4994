/* SPDX-License-Identifier: MIT */
#include "test_odf.h"

#include <zip.h>

#include "xml/xml.h"

#define STYLE(family, name, inside) \
    "<style:style style:family='" family "' style:name='" name "'>" inside "</style:style>"

/* A picture of one black pixel. */
static const unsigned char png[] = {
    0x89, 'P',  'N',  'G',  '\r', '\n', 0x1a, '\n', 0,    0,    0,    13,   'I',  'H',
    'D',  'R',  0,    0,    0,    1,    0,    0,    0,    1,    8,    0,    0,    0,
    0,    0x3a, 0x7e, 0x9b, 0x55, 0,    0,    0,    10,   'I',  'D',  'A',  'T',  0x78,
    0x9c, 0x63, 0x60, 0,    0,    0,    2,    0,    1,    0x48, 0xaf, 0xa4, 0x71, 0,
    0,    0,    0,    'I',  'E',  'N',  'D',  0xae, 0x42, 0x60, 0x82,
};
#define PNG_BASE64 \
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNgAAAAAgABSK+kcQAAAABJRU5ErkJggg=="
#define PICTURE "<office:binary-data>" PNG_BASE64 "</office:binary-data>"

static Buf package;
static char *part_text;

static int clean(void **state)
{
    buf_free(&package);
    free(part_text);
    part_text = NULL;
    return teardown(state);
}
#define WRITES(f) cmocka_unit_test_setup_teardown(f, setup, clean)

static void write_package(void)
{
    buf_free(&package);
    assert_non_null(document);
    assert_true(odf_write_package(document, &(OdfWriteOptions){ "skryba" }, &package, diags));
}

/* An entry of the package, read by libzip; NULL: not there. */
static const char *part(const char *name)
{
    zip_error_t error;
    zip_stat_t st;
    zip_error_init(&error);
    zip_source_t *source = zip_source_buffer_create(package.p, package.n, 0, &error);
    zip_t *zip = zip_open_from_source(source, ZIP_RDONLY | ZIP_CHECKCONS, &error);
    assert_non_null(zip);
    free(part_text);
    part_text = NULL;
    if (zip_stat(zip, name, 0, &st) == 0) {
        zip_file_t *file = zip_fopen(zip, name, 0);
        part_text = calloc(1, st.size + 1);
        assert_int_equal(zip_fread(file, part_text, st.size), (zip_int64_t)st.size);
        zip_fclose(file);
    }
    zip_discard(zip);
    return part_text;
}

static bool has(const char *name, const char *text)
{
    const char *p = part(name);
    return p && strstr(p, text);
}

static void the_package_begins_with_its_type(void **state)
{
    (void)state;
    static const char start[] = "PK\3\4\x14\0\0\0\0\0";
    FLAT(.body = "<text:p>a</text:p>");
    write_package();
    assert_memory_equal(package.p, start, 10);
    assert_memory_equal(package.p + 10, "\1\0\x21\x28", 4);     /* 2000-01-01 00:00:02 */
    assert_memory_equal(package.p + 26, "\x8\0\0\0", 4);        /* no extra field */
    assert_memory_equal(package.p + 30, "mimetypeapplication/vnd.oasis.opendocument.textPK", 49);
}

static void the_same_document_gives_the_same_bytes(void **state)
{
    (void)state;
    const Source s = { .masters = "<style:master-page style:name='Standard'/>",
                       .body = "<text:p>a<draw:frame><draw:image>" PICTURE
                               "</draw:image></draw:frame></text:p>" };
    load_flat(&s);
    write_package();
    Buf first = package;
    package = (Buf){0};
    write_package();
    assert_int_equal(first.n, package.n);
    assert_memory_equal(first.p, package.p, first.n);
    odf_free(document);
    load_flat(&s);
    write_package();
    assert_int_equal(first.n, package.n);
    assert_memory_equal(first.p, package.p, first.n);
    buf_free(&first);
}

static void the_manifest_lists_every_part(void **state)
{
    (void)state;
    FLAT(.settings = "<config:config-item-set config:name='ooo:configuration-settings'/>",
         .body = "<text:p><draw:frame><draw:image>" PICTURE "</draw:image></draw:frame></text:p>");
    write_package();
    static const char *const names[] = { "content.xml", "styles.xml", "meta.xml", "settings.xml" };
    char entry[128];
    for (size_t i = 0; i < COUNT(names); i++) {
        assert_non_null(part(names[i]));
        snprintf(entry, sizeof entry, "manifest:full-path=\"%s\" manifest:media-type=\"text/xml\"",
                 names[i]);
        assert_true(has("META-INF/manifest.xml", entry));
    }
    assert_true(has(
        "META-INF/manifest.xml",
        "manifest:full-path=\"/\" manifest:media-type=\"application/vnd.oasis.opendocument.text\" "
        "manifest:version=\"1.3\""));
    assert_true(has("META-INF/manifest.xml", ".png\" manifest:media-type=\"image/png\""));
}

static void values_stay_text(void **state)
{
    (void)state;
    static const char hostile[] =
        "<b>&amp;]]>\"'\x01\xef\xbf\xbe\xed\xa0\x80 \xc5\x82\xf0\x9f\x98\x80\r";
    FLAT(.body = "<text:p>a</text:p>");
    Arena *a = document->file->arena;
    OdfNode *p = odf_element(a, ODF_TEXT_P, 1, 1);
    odf_attrs(p)[0] = (OdfAttr){ ODF_TEXT_NAME, "a\"<&\n" };
    odf_kids(p)[0] = odf_characters(a, hostile, sizeof hostile - 1);
    OdfNode *body = odf_element(a, ODF_OFFICE_TEXT, 0, 1);
    odf_kids(body)[0] = p;
    OdfDoc other = *document;
    other.body = body;
    assert_true(odf_write_package(&other, &(OdfWriteOptions){ "skryba" }, &package, diags));
    const char *text = part("content.xml");
    XmlDoc *x = xml_parse("content.xml", mem_dup(text, strlen(text)), strlen(text), diags);
    assert_non_null(x);
    xmlChar *shown = xmlNodeGetContent(xml_root(x));
    assert_string_equal(
        shown, "<b>&amp;]]>\"'\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd \xc5\x82\xf0\x9f\x98\x80\r");
    xmlFree(shown);
    assert_true(has("content.xml", "text:name=\"a&quot;&lt;&amp;&#10;\""));
    xml_free(x);
}

static void automatic_styles_go_where_they_are_used(void **state)
{
    (void)state;
    FLAT(.automatic = STYLE("paragraph", "Body", "") STYLE("paragraph", "Head",
                                                           "") STYLE("paragraph", "Both", "")
             STYLE("paragraph", "Unused",
                   "") "<style:style style:family='paragraph' style:name='Listed' "
                       "style:list-style-name='L'/>"
                       "<text:list-style style:name='L'/><text:list-style style:name='Unused2'/>"
                       "<number:date-style style:name='N'/><style:page-layout style:name='pm'/>"
                       "<style:page-layout style:name='pm2'/>",
         .masters =
             "<style:master-page style:name='Standard' style:page-layout-name='pm'><style:header>"
             "<text:p text:style-name='Head'/><text:p "
             "text:style-name='Both'/></style:header></style:master-page>",
         .body = "<text:p text:style-name='Body'><text:date style:data-style-name='N'/></text:p>"
                 "<text:p text:style-name='Both'/><text:p text:style-name='Listed'/>");
    write_package();
    assert_true(has("content.xml", "style:name=\"Body\""));
    assert_true(has("content.xml", "style:name=\"Both\""));
    assert_true(has("content.xml", "style:name=\"L\""));
    assert_true(has("content.xml", "<number:date-style style:name=\"N\""));
    assert_false(has("content.xml", "\"Head\""));
    assert_false(has("content.xml", "\"pm\""));
    assert_true(has("styles.xml", "style:name=\"Head\""));
    assert_true(has("styles.xml", "style:name=\"Both\""));
    assert_true(has("styles.xml", "<style:page-layout style:name=\"pm\""));
    assert_false(has("styles.xml", "\"Body\""));
    assert_false(has("styles.xml", "pm2"));
    assert_false(has("content.xml", "Unused"));
    assert_false(has("styles.xml", "Unused"));
}

static void a_flat_files_defaults_are_said_aloud(void **state)
{
    (void)state;
    FLAT(.styles = "<style:default-style style:family='paragraph'><style:text-properties "
                   "fo:color='#ff0000'/>"
                   "</style:default-style>",
         .body = "");
    write_package();
    assert_true(has("styles.xml", "style:tab-stop-distance=\"1.25cm\""));
    assert_true(has("styles.xml", "fo:color=\"#ff0000\" style:letter-kerning=\"true\""));
    assert_true(has("styles.xml", "table:border-model=\"collapsing\""));
    assert_null(part("settings.xml"));
}

static void nothing_of_the_templates_history_is_left(void **state)
{
    (void)state;
    FLAT(.meta = "<meta:initial-creator>Secret</meta:initial-creator><dc:creator>Secret</"
                 "dc:creator><dc:title>T&amp;T</dc:title>"
                 "<meta:template xlink:href='Secret'/><meta:user-defined "
                 "meta:name='skryba.file'>Secret</meta:user-defined>"
                 "<meta:user-defined meta:name='Kind'>Letter</meta:user-defined>",
         .settings = "<config:config-item-set config:name='ooo:view-settings'><config:config-item "
                     "config:name='Secret'/>"
                     "</config:config-item-set><config:config-item-set "
                     "config:name='ooo:configuration-settings'>"
                     "<config:config-item config:name='PrinterName' "
                     "config:type='string'>Secret</config:config-item>"
                     "<config:config-item config:name='TabOverflow' "
                     "config:type='boolean'>true</config:config-item>"
                     "</config:config-item-set>",
         .automatic = STYLE("paragraph", "Hid", "<style:text-properties text:display='none'/>")
             STYLE("text", "HidT", "<style:text-properties text:display='none'/>"),
         .body = "<text:tracked-changes><text:changed-region><text:deletion><office:change-info><"
                 "dc:creator>Secret"
                 "</dc:creator></office:change-info><text:p>Secret</text:p></text:deletion></"
                 "text:changed-region>"
                 "</text:tracked-changes><office:scripts><office:script>Secret</office:script></"
                 "office:scripts>"
                 "<text:p>a<text:change-start text:change-id='Secret'/>new<text:change-end "
                 "text:change-id='Secret'/>"
                 "<text:change "
                 "text:change-id='Secret'/><office:annotation><text:p>Secret</text:p></"
                 "office:annotation>"
                 "<text:soft-page-break/><text:script>Secret</text:script><text:span "
                 "text:style-name='HidT'>Secret</text:span>"
                 "<text:hidden-text text:is-hidden='true' "
                 "text:string-value='Secret'>Secret</text:hidden-text>"
                 "<text:execute-macro text:name='Secret'>run</text:execute-macro></text:p>"
                 "<text:p text:style-name='Hid'>Secret</text:p><text:section "
                 "text:display='none'><text:p>Secret</text:p>"
                 "</text:section><text:p><text:hidden-paragraph text:is-hidden='true' "
                 "text:condition=''/>Secret</text:p>");
    write_package();
    static const char *const names[] = { "content.xml", "styles.xml", "meta.xml", "settings.xml",
                                         "META-INF/manifest.xml" };
    for (size_t i = 0; i < COUNT(names); i++)
        assert_false(has(names[i], "Secret"));
    assert_false(has("content.xml", "change"));
    assert_false(has("content.xml", "soft-page-break"));
    assert_true(has("content.xml", "<text:p>anewrun</text:p>"));
    assert_true(has("settings.xml", "TabOverflow"));
    assert_true(has("meta.xml", "<dc:title>T&amp;T</dc:title>"));
    assert_true(
        has("meta.xml", "<meta:user-defined meta:name=\"Kind\">Letter</meta:user-defined>"));
    assert_false(has("meta.xml", "skryba."));
}

static void metadata_are_the_documents(void **state)
{
    (void)state;
    FLAT(.body = "<text:p>a</text:p>");
    OdfDoc d = *document;
    OdfProperty property = { "A<", "b&" };
    d.title = "Title";
    d.language = "pl-PL";
    d.date = "2011-12-16T00:00:00";
    d.properties = &property;
    d.n_properties = 1;
    assert_true(odf_write_package(&d, &(OdfWriteOptions){ "skryba 1" }, &package, diags));
    assert_true(has("meta.xml",
                    "<meta:generator>skryba 1</meta:generator><dc:title>Title</dc:title>"
                    "<meta:creation-date>2011-12-16T00:00:00</meta:creation-date>"
                    "<dc:date>2011-12-16T00:00:00</dc:date><dc:language>pl-PL</dc:language>"
                    "<meta:user-defined meta:name=\"A&lt;\">b&amp;</meta:user-defined>"));
}

static void pictures_are_packed_once_and_only_when_shown(void **state)
{
    (void)state;
    FLAT(.automatic =
             "<style:style style:name='X' style:family='paragraph'><style:paragraph-properties>"
             "<style:background-image>"
             "<office:binary-data>R0lGODlhAQABAAAAACwAAAAAAQABAAA=</office:binary-data>"
             "</style:background-image></style:paragraph-properties></style:style>",
         .body = "<text:p><draw:frame><draw:image>" PICTURE "</draw:image></draw:frame>"
                 "<draw:frame><draw:image> \n" PICTURE "\n</draw:image></draw:frame></text:p>");
    const OdfPicture *p = odf_frame_picture(document, at(ODF_DRAW_FRAME, 0));
    assert_non_null(p);
    assert_ptr_equal(odf_frame_picture(document, at(ODF_DRAW_FRAME, 1)), p);
    assert_int_equal(p->len, sizeof png);
    assert_memory_equal(p->data, png, sizeof png);
    assert_true(p->kind == PICTURE_PNG && p->width == 1 && p->height == 1);
    write_package();
    assert_non_null(part(p->path));
    assert_memory_equal(part_text, png, sizeof png);
    const char *manifest = part("META-INF/manifest.xml");
    const char *first = strstr(manifest, "Pictures/");
    assert_non_null(first);
    assert_null(strstr(first + 1, "Pictures/"));
}

static void pictures_of_a_record_are_packed(void **state)
{
    (void)state;
    FLAT(.body = "<text:p><draw:frame><draw:image xlink:href='x'/></draw:frame></text:p>");
    Arena *a = document->file->arena;
    OdfDoc d = *document;
    OdfPicture p;
    assert_true(odf_picture_read(&p, png, sizeof png));
    p.path = odf_picture_path(a, png, sizeof png);
    d.pictures = map_new(a);
    map_put(d.pictures, p.path, strlen(p.path), &p);
    odf_attrs((OdfNode *)(uintptr_t)at(ODF_DRAW_IMAGE, 0))[0].value = p.path;
    assert_ptr_equal(odf_frame_picture(&d, at(ODF_DRAW_FRAME, 0)), &p);
    assert_true(odf_write_package(&d, &(OdfWriteOptions){ "skryba" }, &package, diags));
    assert_non_null(part(p.path));
}

static void links_out_of_the_file_are_told_and_not_written(void **state)
{
    (void)state;
    FLAT(.body =
             "<text:p><draw:frame svg:width='1cm'><draw:image "
             "xlink:href='file:///etc/passwd'/><svg:title>t</svg:title>"
             "</draw:frame><draw:frame><draw:object xlink:href='http://h/x'/><draw:image>" PICTURE
             "</draw:image>"
             "</draw:frame><draw:frame><draw:image xlink:href='file:///etc/passwd'/></draw:frame>"
             "<text:a "
             "xlink:href='http://kept/'>l</text:a></text:p><text:section><text:section-source "
             "xlink:href='../other.odt'/><text:p/></text:section>");
    assert_int_equal(diags_count(diags, SEV_WARNING), 3);
    assert_non_null(strstr(findings(), "file:///etc/passwd"));
    write_package();
    assert_false(has("content.xml", "passwd"));
    assert_false(has("content.xml", "http://h"));
    assert_false(has("content.xml", "other.odt"));
    assert_true(has("content.xml", "xlink:href=\"http://kept/\""));
    assert_true(
        has("content.xml",
            "<draw:frame svg:width=\"1cm\"><draw:text-box/><svg:title>t</svg:title></draw:frame>"));
}

static void foreign_markup_passes_through(void **state)
{
    (void)state;
    static const char text[] =
        "<office:document" XMLNS
        " xmlns:q='urn:q'><office:body><office:text><text:p q:a='1'><q:b>x</q:b></text:p>"
        "</office:text></office:body></office:document>";
    document = load_bytes(text, sizeof text - 1);
    write_package();
    assert_true(has("content.xml", "xmlns:q=\"urn:q\""));
    assert_true(has("content.xml", "<text:p q:a=\"1\"><q:b>x</q:b></text:p>"));
}

static void a_flat_copy_leaves_nothing_out(void **state)
{
    (void)state;
    FLAT(.automatic = STYLE("paragraph", "Unused", ""),
         .meta = "<meta:user-defined meta:name='skryba.file'>f</meta:user-defined>",
         .body = "<text:p>a<office:annotation><text:p>note</text:p></"
                 "office:annotation><text:soft-page-break/><draw:frame>"
                 "<draw:image>" PICTURE "</draw:image></draw:frame></text:p>");
    assert_true(odf_write_flat(document, &(OdfWriteOptions){ "skryba" }, &package, diags));
    static const char *const kept[] = { "<text:p>note</text:p>", "soft-page-break", "Unused",
                                        PNG_BASE64, "skryba.file" };
    for (size_t i = 0; i < COUNT(kept); i++)
        assert_non_null(strstr(package.p, kept[i]));
    odf_free(document);
    document = load_bytes(package.p, package.n);
    assert_non_null(document);
    assert_non_null(odf_frame_picture(document, at(ODF_DRAW_FRAME, 0)));
}

static void a_flat_copy_of_a_package_keeps_styles_of_one_name_apart(void **state)
{
    (void)state;
    static const char content[] =
        "<office:document-content" XMLNS "><office:automatic-styles>"
        "<style:style style:name='P1' style:family='paragraph'><style:text-properties "
        "fo:font-size='20pt'/></style:style>"
        "</office:automatic-styles><office:body><office:text><text:p "
        "text:style-name='P1'/></office:text></office:body>"
        "</office:document-content>";
    static const char styles[] =
        "<office:document-styles" XMLNS "><office:automatic-styles>"
        "<style:style style:name='P1' style:family='paragraph'><style:text-properties "
        "fo:font-size='30pt'/></style:style>"
        "</office:automatic-styles><office:master-styles><style:master-page "
        "style:name='Standard'><style:header>"
        "<text:p "
        "text:style-name='P1'/></style:header></style:master-page></office:master-styles></"
        "office:document-styles>";
    load_package((TestPart[]){ PART("content.xml", content), PART("styles.xml", styles) }, 2);
    assert_non_null(document);
    assert_true(odf_write_flat(document, &(OdfWriteOptions){ "skryba" }, &package, diags));
    odf_free(document);
    document = load_bytes(package.p, package.n);
    assert_non_null(document);
    const OdfNode *header = odf_master(document, NULL)->header;
    assert_int_equal(odf_para_text_props(document->file, at(ODF_TEXT_P, 0)->style)->size, 400);
    assert_int_equal(odf_para_text_props(document->file, header->kid[0]->style)->size, 600);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WRITES(the_package_begins_with_its_type),
        WRITES(the_same_document_gives_the_same_bytes),
        WRITES(the_manifest_lists_every_part),
        WRITES(values_stay_text),
        WRITES(automatic_styles_go_where_they_are_used),
        WRITES(a_flat_files_defaults_are_said_aloud),
        WRITES(nothing_of_the_templates_history_is_left),
        WRITES(metadata_are_the_documents),
        WRITES(pictures_are_packed_once_and_only_when_shown),
        WRITES(pictures_of_a_record_are_packed),
        WRITES(links_out_of_the_file_are_told_and_not_written),
        WRITES(foreign_markup_passes_through),
        WRITES(a_flat_copy_leaves_nothing_out),
        WRITES(a_flat_copy_of_a_package_keeps_styles_of_one_name_apart),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
