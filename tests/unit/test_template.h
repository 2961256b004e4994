/* SPDX-License-Identifier: MIT */
/* Templates written as the body of a flat file, filled, and shown as one line of text:
 * <p STYLE>, <span STYLE> and so on, other attributes as name=value; ~ is a non-breaking space,
 * _ a text:s, > a tab, | a line break. */
#ifndef TEST_TEMPLATE_H
#define TEST_TEMPLATE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "template/template.h"
#include "xml/xml.h"

#define P(x) "<text:p>" x "</text:p>"
#define SPAN(style, x) "<text:span text:style-name=\"" style "\">" x "</text:span>"
#define CELL(x) "<table:table-cell>" x "</table:table-cell>"
#define ROW(x) "<table:table-row>" x "</table:table-row>"
#define HEADS(x) "<table:table-header-rows>" x "</table:table-header-rows>"
#define TABLE(x) "<table:table table:name=\"T\"><table:table-column/>" x "</table:table>"
#define LIST(x) "<text:list text:style-name=\"L1\">" x "</text:list>"
#define ITEM(x) "<text:list-item>" x "</text:list-item>"
#define SECTION(x) "<text:section text:name=\"S\">" x "</text:section>"

typedef struct {
    const char *body, *data;
    const char *automatic;      /* styles */
    const char *masters;        /* content of office:master-styles */
    const char *properties;     /* content of office:meta */
    bool typography;
    TemplateOptions options;
} Case;

/* What came of a case: the body shown, or the findings; freed by case_done(). */
typedef struct {
    char folder[32], *path;
    Arena *arena;
    Diags *diags;
    XmlDoc *xml;
    ExprEnv *env;
    Template *template;
    OdfDoc doc;
    bool filled;
    Buf text;
} Result;

static void put_text(Buf *b, const char *s, size_t len)
{
    for (size_t i = 0; i < len; i++) {
        if ((unsigned char)s[i] == 0xC2 && (unsigned char)s[i + 1] == 0xA0) {
            buf_chr(b, '~');
            i++;
        } else {
            buf_chr(b, s[i]);
        }
    }
}

static void show(const OdfNode *n, Buf *b)
{
    if (n->name == ODF_CHARACTERS) {
        put_text(b, n->text, n->n_kid);
        return;
    }
    if (n->name == ODF_TEXT_S) {
        const char *c = odf_attr(n, ODF_TEXT_C);
        for (int i = c ? atoi(c) : 1; i > 0; i--)
            buf_chr(b, '_');
        return;
    }
    if (n->name == ODF_TEXT_TAB || n->name == ODF_TEXT_LINE_BREAK) {
        buf_chr(b, n->name == ODF_TEXT_TAB ? '>' : '|');
        return;
    }
    const char *name = strchr(odf_name_text(n->name), ':') + 1;
    buf_format(b, "<%s", str_starts(name, "table-") ? name + 6 : str_starts(name,
        "list-") ? name + 5 : name);
    for (size_t i = 0; i < n->n_attr; i++) {
        const char *local = strchr(odf_name_text(n->attr[i].name), ':') + 1;
        if (!strcmp(local, "style-name"))
            buf_format(b, " %s", n->attr[i].value);
        else
            buf_format(b, " %s=%s", local, n->attr[i].value);
    }
    buf_chr(b, '>');
    for (size_t i = 0; i < n->n_kid; i++)
        show(n->kid[i], b);
    if (n->n_kid)
        buf_format(b, "</%s>", str_starts(name, "table-") ? name + 6 : str_starts(name,
        "list-") ? name + 5 : name);
}

static void show_kids(const OdfNode *n, Buf *b)
{
    for (size_t i = 0; i < n->n_kid; i++)
        show(n->kid[i], b);
}

/* The findings as printed, for comparison by lines. */
static void show_findings(Diags *d, Buf *b)
{
    char *text = NULL;
    size_t len = 0;
    FILE *f = open_memstream(&text, &len);
    diags_print(d, f, &(DiagStyle){ 0 });
    fclose(f);
    buf_str(b, text);
    free(text);
}

#define NAMESPACES \
    " xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\"" \
    " xmlns:text=\"urn:oasis:names:tc:opendocument:xmlns:text:1.0\"" \
    " xmlns:table=\"urn:oasis:names:tc:opendocument:xmlns:table:1.0\"" \
    " xmlns:style=\"urn:oasis:names:tc:opendocument:xmlns:style:1.0\"" \
    " xmlns:draw=\"urn:oasis:names:tc:opendocument:xmlns:drawing:1.0\"" \
    " xmlns:fo=\"urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0\"" \
    " xmlns:svg=\"urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0\"" \
    " xmlns:meta=\"urn:oasis:names:tc:opendocument:xmlns:meta:1.0\"" \
    " xmlns:dc=\"http://purl.org/dc/elements/1.1/\"" \
    " xmlns:xlink=\"http://www.w3.org/1999/xlink\"" \
    " xmlns:loext=\"urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0\"" \
    " office:version=\"1.3\" office:mimetype=\"application/vnd.oasis.opendocument.text\""

static void write_flat(const char *path, const Case *c)
{
    Buf b = { 0 };
    buf_str(&b, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<office:document" NAMESPACES ">");
    buf_format(&b, "<office:meta><dc:language>pl-PL</dc:language>%s",
        c->properties ? c->properties : "");
    if (!c->typography)
        buf_str(&b, "<meta:user-defined meta:name=\"skryba.typography\">no</meta:user-defined>");
    buf_str(&b,
            "</office:meta><office:styles>"
            "<style:default-style style:family=\"paragraph\">"
            "<style:text-properties fo:language=\"pl\" fo:country=\"PL\"/></style:default-style>"
            "<style:style style:name=\"Standard\" style:family=\"paragraph\"/>"
            "<style:style style:name=\"Emphasis\" style:family=\"text\"/>"
            "</office:styles>");
    buf_format(&b, "<office:automatic-styles>"
               "<style:style style:name=\"B\" style:family=\"text\">"
               "<style:text-properties fo:font-weight=\"bold\"/></style:style>"
               "<style:style style:name=\"Break\" style:family=\"paragraph\">"
               "<style:paragraph-properties fo:break-before=\"page\"/></style:style>"
               "%s<style:page-layout style:name=\"pm1\"/></office:automatic-styles>"
               "<office:master-styles>%s</office:master-styles>",
               c->automatic ? c->automatic : "",
               c->masters ? c->masters : "<style:master-page style:name=\"Standard\" "
                                         "style:page-layout-name=\"pm1\"/>");
    buf_format(&b, "<office:body><office:text>%s</office:text></office:body></office:document>",
        c->body);
    FILE *f = fopen(path, "w");
    assert_non_null(f);
    assert_int_equal(fwrite(b.p, 1, b.n, f), b.n);
    assert_int_equal(fclose(f), 0);
    buf_free(&b);
}

static void case_open(Result *r, const Case *c)
{
    memset(r, 0, sizeof *r);
    strcpy(r->folder, "/tmp/template-XXXXXX");
    assert_non_null(mkdtemp(r->folder));
    r->arena = arena_new();
    r->path = arena_format(r->arena, "%s/t.fodt", r->folder);
    write_flat(r->path, c);
    r->diags = diags_new(LANG_EN);
    const char *data = c->data ? c->data : "<r/>";
    r->xml = xml_parse("data.xml", mem_dup(data, strlen(data)), strlen(data), r->diags);
    assert_non_null(r->xml);
    r->env = expr_env_new(xml_tree(r->xml));
}

static void case_fill(Result *r, const Case *c)
{
    r->template = template_load(r->path, &c->options, r->env, r->diags);
    if (!r->template)
        return;
    ExprList records = { 0 };
    if (template_records(r->template, r->env, &records, r->diags) && records.n)
        r->filled = template_fill(r->template, r->env, &records.item[0], 1, (int)records.n,
                                  r->arena,
                                  &r->doc, r->diags);
    expr_list_free(&records);
}

static void case_done(Result *r)
{
    template_free(r->template);
    expr_env_free(r->env);
    xml_free(r->xml);
    diags_free(r->diags);
    unlink(r->path);
    rmdir(r->folder);
    arena_free(r->arena);
    buf_free(&r->text);
}

static Result run_case(Case c)
{
    Result r;
    case_open(&r, &c);
    case_fill(&r, &c);
    if (r.filled)
        show_kids(r.doc.body, &r.text);
    else
        show_findings(r.diags, &r.text);
    if (!r.text.p)
        buf_str(&r.text, "");
    return r;
}

static void expect_case(Case c, const char *expected)
{
    Result r = run_case(c);
    assert_string_equal(r.text.p, expected);
    case_done(&r);
}

/* The template's body and the data give this body. */
static inline void expect(const char *body, const char *data, const char *expected)
{
    expect_case((Case){ .body = body, .data = data }, expected);
}

/* The findings hold this text. */
static inline void expect_fault(const char *body, const char *data, const char *part)
{
    Result r = run_case((Case){ .body = body, .data = data });
    assert_false(r.filled);
    if (!strstr(r.text.p, part))
        assert_string_equal(r.text.p, part);
    case_done(&r);
}

#endif
