/* SPDX-License-Identifier: MIT */
/* A Writer file to copy tags from: every field of a record by its Polish label, its tag, and what
 * it may give. */
#include "internal.h"

#include <string.h>

static const struct { const char *element, *each, *title; } records[] = {
    { "participant", "/project/participants/participant", "Uczestnik" },
    { "contract", "/project/contracts/contract", "Kontrakt socjalny" },
    { "agreement", "/project/agreements/agreement", "Umowa uczestnictwa" },
    { "certificate", "/project/certificates/certificate", "Zaświadczenie" },
    { "completion", "/project/completions/completion", "Ukończenie kursu" },
    { "course", "/project/courses/course", "Kurs" },
    { "class", "/project/classes/class", "Zajęcia" },
    { "member", "/project/team/member", "Osoba z zespołu" },
};

#define NS(prefix, name) " xmlns:" prefix "=\"urn:oasis:names:tc:opendocument:xmlns:" name ":1.0\""
static const char head[] =
    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<office:document-content office:version=\"1.3\""
    NS("office", "office") NS("text", "text") NS("table", "table") NS("style", "style")
    NS("fo", "xsl-fo-compatible") ">\n<office:automatic-styles>"
    "<style:style style:name=\"Tag\" style:family=\"paragraph\" "
    "style:parent-style-name=\"Standard\"><style:text-properties fo:font-size=\"9pt\" "
    "fo:language=\"none\" fo:country=\"none\"/></style:style></office:automatic-styles>\n"
    "<office:body><office:text>\n"
    "<text:h text:style-name=\"Heading_20_1\" text:outline-level=\"1\">Pola do szablonów</text:h>\n"
    "<text:p text:style-name=\"Standard\">Proszę skopiować znacznik ze środkowej kolumny i wkleić "
    "go w swoim szablonie. Szablon powstaje dla każdego wpisu osobno: we właściwościach pliku "
    "(Plik, Właściwości, Własne) proszę dodać właściwość skryba.each o wartości podanej przy "
    "nagłówku.</text:p>\n";

static const char styles[] =
    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<office:document-styles office:version=\"1.3\""
    NS("office", "office") NS("style", "style") NS("fo", "xsl-fo-compatible")
    NS("text", "text") "><office:styles><style:default-style style:family=\"paragraph\">"
    "<style:text-properties fo:font-size=\"10.5pt\" fo:language=\"pl\" fo:country=\"PL\"/>"
    "</style:default-style><style:style style:name=\"Standard\" style:family=\"paragraph\"/>"
    "<style:style style:name=\"Heading_20_1\" style:display-name=\"Heading 1\" "
    "style:family=\"paragraph\" style:parent-style-name=\"Standard\" "
    "style:default-outline-level=\"1\"><style:paragraph-properties fo:margin-top=\"12pt\" "
    "fo:margin-bottom=\"6pt\" fo:keep-with-next=\"always\"/><style:text-properties "
    "fo:font-size=\"17pt\" fo:font-weight=\"bold\"/></style:style>"
    "<style:style style:name=\"Heading_20_2\" style:display-name=\"Heading 2\" "
    "style:family=\"paragraph\" style:parent-style-name=\"Heading_20_1\" "
    "style:default-outline-level=\"2\"><style:text-properties fo:font-size=\"13pt\"/>"
    "</style:style></office:styles></office:document-styles>\n";

/* What such a field may look like in a document. */
static const char *sample(Arena *a, const SchemaField *f)
{
    static const struct { const char *name, *value; } known[] = {
        { "firstName", "Anna" }, { "secondName", "Maria" }, { "lastName", "Przykładowa" },
        { "pesel", "68051200428" }, { "street", "ul. Polna" }, { "building", "11A" },
        { "flat", "3" }, { "postalCode", "00-001" }, { "city", "Przykładowo" },
        { "phone", "+48 22 123 45 67" }, { "email", "anna@example.pl" }, { "code", "OOS" },
        { "number", "1/OOS/2011" }, { "name", "Opiekun osób starszych" },
    };
    static const struct { const char *type, *value; } typed[] = {
        { "date", "16 grudnia 2011 r." }, { "money", "1 234,50 zł" }, { "hours", "40" },
        { "count", "12" },
    };
    for (size_t i = 0; i < COUNT(known); i++)
        if (!strcmp(known[i].name, f->name))
            return known[i].value;
    for (size_t i = 0; i < COUNT(typed); i++)
        if (!strcmp(typed[i].type, f->type))
            return typed[i].value;
    if (words_known(f->type))
        return words_word(a, f->type, words_get(f->type, 0));
    return "tekst";
}

static void put_cell(Buf *out, const char *style, const char *text)
{
    buf_format(out, "<table:table-cell office:value-type=\"string\">"
               "<text:p text:style-name=\"%s\">", style);
    print_attr_value(out, text);
    buf_str(out, "</text:p></table:table-cell>");
}

static void put_row(Buf *out, const char *a, const char *b, const char *c)
{
    buf_str(out, "<table:table-row>");
    put_cell(out, "Standard", a);
    put_cell(out, "Tag", b);
    put_cell(out, "Standard", c);
    buf_str(out, "</table:table-row>\n");
}

static void put_record(Buf *out, size_t i, const Schema *words, const ProjectSchema *schema,
                       Arena *a)
{
    Fields x;
    fields_start(&x, records[i].element, words, schema, a);
    buf_format(out, "<text:h text:style-name=\"Heading_20_2\" text:outline-level=\"2\">%s</text:h>"
               "<text:p text:style-name=\"Standard\">skryba.each: %s</text:p>\n"
               "<table:table table:name=\"%s\"><table:table-column "
               "table:number-columns-repeated=\"3\"/><table:table-header-rows>", records[i].title,
               records[i].each, records[i].title);
    put_row(out, "Pole", "Znacznik", "Przykład");
    buf_str(out, "</table:table-header-rows>");
    for (size_t k = 0; k < x.field.n; k++)
        put_row(out, x.field.p[k].field->label[LANG_PL], x.field.p[k].tag,
                sample(a, x.field.p[k].field));
    buf_str(out, "</table:table>\n");
    fields_end(&x);
}

bool office_palette(const char *path, Diags *d)
{
    Schema words = {0};
    Buf content = {0}, package = {0};
    ProjectSchema *schema = project_schema_open(NULL, d);
    bool ok = schema && schema_read(&words, d);
    Arena *a = arena_new();
    buf_str(&content, head);
    for (size_t i = 0; ok && i < COUNT(records); i++)
        put_record(&content, i, &words, schema, a);
    buf_str(&content, "</office:text></office:body></office:document-content>\n");
    const OdfPart parts[] = { { "content.xml", content.p, content.n },
                              { "styles.xml", styles, sizeof styles - 1 } };
    ok = ok && odf_write_parts("application/vnd.oasis.opendocument.text", parts, COUNT(parts),
                               &package) && output_write(path, package.p, package.n, d);
    buf_free(&content);
    buf_free(&package);
    arena_free(a);
    schema_free(&words);
    project_schema_free(schema);
    return ok;
}
