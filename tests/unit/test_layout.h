/* SPDX-License-Identifier: MIT */
/* Small documents laid out, their items and structure as text.
 *
 * The page is 500 x 300 pt with margins of 50 pt: a body of 8000 x 4000 twips at (1000, 1000).
 * Text is Liberation Mono 10 pt: by its tables (1705 + 615 of 2048, no gap, advances of 1229) and
 * text.md 1.2 every character is 120 twips wide, a line 227 high, its baseline 167 below its top.
 */
#ifndef TEST_LAYOUT_H
#define TEST_LAYOUT_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "layout/internal.h"

/* A source names only what it needs; a test file uses only some of these functions. */
#pragma GCC diagnostic ignored "-Wmissing-field-initializers"
#pragma GCC diagnostic ignored "-Wunused-function"

enum {
    ADVANCE = 120,
    LINE = 227,
    ASCENT = 167,
    LEFT = 1000,
    TOP = 1000,
    WIDTH = 8000,
    HEIGHT = 4000
};

#define P(x) "<text:p>" x "</text:p>"
#define PS(style, x) "<text:p text:style-name=\"" style "\">" x "</text:p>"
#define SPAN(style, x) "<text:span text:style-name=\"" style "\">" x "</text:span>"
#define H(level, x) "<text:h text:outline-level=\"" level "\">" x "</text:h>"
#define TAB "<text:tab/>"
#define BREAK "<text:line-break/>"
/* An automatic paragraph style: of paragraph properties; of text properties too. */
#define PARA(name, properties) PARA_TEXT(name, properties, "")
#define PARA_TEXT(name, properties, text) \
    "<style:style style:name=\"" name "\" style:family=\"paragraph\"><style:paragraph-properties " \
    properties "/><style:text-properties " text "/></style:style>"
#define TEXT_STYLE(name, properties) \
    "<style:style style:name=\"" name \
    "\" style:family=\"text\"><style:text-properties " properties "/></style:style>"
#define CELL(x) "<table:table-cell>" x "</table:table-cell>"
#define CELL_S(style, x) "<table:table-cell table:style-name=\"" style "\">" x "</table:table-cell>"
#define ROW(x) "<table:table-row>" x "</table:table-row>"
#define ITEM(x) "<text:list-item>" x "</text:list-item>"
#define TABLE_STYLE(name, properties) \
    "<style:style style:name=\"" name \
    "\" style:family=\"table\"><style:table-properties " properties "/></style:style>"
#define COLUMN_STYLE(name, properties) \
    "<style:style style:name=\"" name \
    "\" style:family=\"table-column\"><style:table-column-properties " properties "/></style:style>"
#define ROW_STYLE(name, properties) \
    "<style:style style:name=\"" name \
    "\" style:family=\"table-row\"><style:table-row-properties " properties "/></style:style>"
#define CELL_STYLE(name, properties) \
    "<style:style style:name=\"" name \
    "\" style:family=\"table-cell\"><style:table-cell-properties " properties "/></style:style>"
#define SECTION_STYLE(name, properties, inside) \
    "<style:style style:name=\"" name "\" style:family=\"section\"><style:section-properties " \
    properties ">" inside "</style:section-properties></style:style>"
#define COLUMNS2 "<table:table-column table:number-columns-repeated=\"2\"/>"
#define ROW_S(style, x) "<table:table-row table:style-name=\"" style "\">" x "</table:table-row>"
#define HEADS(x) "<table:table-header-rows>" x "</table:table-header-rows>"
#define HEADER(x) "<style:header>" x "</style:header>"
#define FOOTER(x) "<style:footer>" x "</style:footer>"
#define NUMBER "<text:page-number text:select-page=\"current\"/>"
/* One of the compatibility items of office:settings. */
#define SET(name, value) \
    "<config:config-item config:name=\"" name "\" config:type=\"boolean\">" value \
    "</config:config-item>"

typedef struct {
    const char *body;
    const char *automatic;      /* styles */
    const char *styles;         /* common styles, list styles, outline */
    const char *page; /* content of a page layout "pm" of its own, instead of the usual one */
    const char *layouts;        /* more page layouts */
    const char *masters;        /* master pages; otherwise one, Standard, with: */
    const char *master;         /* header and footer */
    const char *settings;       /* config items; NULL: no settings at all */
    const char *language;       /* of the default style, "fo:language=..."; NULL: Polish */
    bool regenerate;
    const char *mark;
} Source;

typedef struct {
    Diags *diags;
    OdfDoc *odf, doc;
    LayoutDoc *l;
    Buf text;                   /* what was shown last */
    Buf findings;
} Laid;

static TextFonts *fonts;
static Buf text; /* the body being built, see begin() */
static const char *loading;     /* the source, for messages of tests that fail early */

static int fonts_open(void **state)
{
    (void)state;
    Diags *d = diags_new(LANG_EN);
    fonts = text_fonts_open(NULL, d);
    diags_free(d);
    return fonts ? 0 : -1;
}

static int fonts_close(void **state)
{
    (void)state;
    text_fonts_free(fonts);
    buf_free(&text);
    return 0;
}

#define NS(prefix, name) " xmlns:" prefix "=\"urn:oasis:names:tc:opendocument:xmlns:" name ":1.0\""

static void put_source(Buf *b, const Source *s)
{
    static const char usual[] = "<style:page-layout-properties fo:page-width=\"500pt\" "
                                "fo:page-height=\"300pt\" fo:margin=\"50pt\"/>";
    buf_str(
        b, "<?xml version=\"1.0\" encoding=\"UTF-8\"?><office:document" NS("office", "office")
               NS("text", "text") NS("table", "table") NS("style", "style") NS("draw", "drawing")
                   NS("fo", "xsl-fo-compatible") NS("svg", "svg-compatible") NS("meta", "meta")
                       NS("config",
                          "config") " xmlns:xlink=\"http://www.w3.org/1999/xlink\" "
                                    "xmlns:dc=\"http://purl.org/dc/elements/1.1/\""
                                    " xmlns:ooo=\"http://openoffice.org/2004/office\""
                                    " xmlns:ooow=\"http://openoffice.org/2004/writer\""
                                    NS("number", "datastyle")
                                    " xmlns:loext=\"urn:org:documentfoundation:names:experimental:"
                                    "office:xmlns:loext:1.0\""
                                    " office:version=\"1.3\" "
                                    "office:mimetype=\"application/vnd.oasis.opendocument.text\">");
    if (s->settings)
        buf_format(
            b,
            "<office:settings><config:config-item-set config:name=\"ooo:configuration-settings\">%s"
            "</config:config-item-set></office:settings>",
            s->settings);
    buf_format(
        b,
        "<office:styles><style:default-style style:family=\"paragraph\"><style:paragraph-properties"
        " style:tab-stop-distance=\"30pt\"/><style:text-properties fo:font-family=\"Liberation "
        "Mono\""
        " fo:font-size=\"10pt\" %s/></style:default-style>%s</office:styles>",
        s->language ? s->language : "fo:language=\"pl\" fo:country=\"PL\"",
        s->styles ? s->styles : "");
    buf_format(
        b,
        "<office:automatic-styles>%s<style:page-layout style:name=\"pm\">%s</style:page-layout>%s"
        "</office:automatic-styles>",
        s->automatic ? s->automatic : "", s->page ? s->page : usual, s->layouts ? s->layouts : "");
    buf_str(b, "<office:master-styles>");
    if (s->masters)
        buf_str(b, s->masters);
    else
        buf_format(b, "<style:master-page style:name=\"Standard\" style:page-layout-name=\"pm\">%s"
                   "</style:master-page>", s->master ? s->master : "");
    buf_format(b, "</office:master-styles><office:body><office:text>%s</office:text></office:body>"
               "</office:document>", s->body);
}

/* NULL pages: layout_run() said no; findings tell why. */
static Laid try_lay(Source s)
{
    Laid r = { .diags = diags_new(LANG_EN) };
    Buf b = {0};
    char path[] = "/tmp/skryba-layout-XXXXXX", *text = NULL;
    size_t len;
    int fd = mkstemp(path);
    loading = s.body;
    put_source(&b, &s);
    assert_true(fd >= 0 && write(fd, b.p, b.n) == (ssize_t)b.n);
    close(fd);
    buf_free(&b);
    r.odf = odf_load(path, r.diags);
    if (r.odf) {
        const LayoutOptions o = { .fonts = fonts, .regenerate = s.regenerate, .mark = s.mark };
        r.doc = *r.odf;
        r.l = layout_run(&r.doc, &o, r.diags);
    }
    FILE *f = open_memstream(&text, &len);
    diags_print(r.diags, f, &(DiagStyle){0});
    fclose(f);
    buf_str(&r.findings, text);
    free(text);
    unlink(path);
    return r;
}

static void done(Laid *r)
{
    layout_free(r->l);
    odf_free(r->odf);
    diags_free(r->diags);
    buf_free(&r->text);
    buf_free(&r->findings);
}

static Laid lay(Source s)
{
    Laid r = try_lay(s);
    if (!r.l)
        fail_msg("not laid out: %s", r.findings.p);
    return r;
}

/* ---- items as text ---- */

/* The bytes of an item's text, without spaces at its end. */
static const char *item_text(const LayoutItem *i, size_t *len)
{
    const LayoutText *t = &i->text;
    size_t from = t->n_glyph ? t->glyph[0].cluster : 0, to = t->len > from ? t->len : from;
    while (to > from && t->text[to - 1] == ' ')
        to--;
    *len = to - from;
    return t->text + from;
}

enum { TEXTS = 1, FILLS = 2, ARTIFACTS = 4, SIZES = 8 };

static void show_item(Laid *r, const LayoutItem *i, unsigned what)
{
    size_t len;
    if (i->kind == ITEM_TEXT && what & TEXTS) {
        const char *t = item_text(i, &len);
        if (!len)
            return;
        buf_format(&r->text, "%d %d %s%.*s", i->x, i->y,
                   what & ARTIFACTS && !i->node ? "(artifact) " : "", (int)len, t);
        if (what & SIZES)
            buf_format(&r->text, " %d", i->text.size);
        if (i->text.space_extra)
            buf_format(&r->text, " +%d", i->text.space_extra);
        buf_chr(&r->text, '\n');
    }
    if (i->kind == ITEM_FILL && what & FILLS)
        buf_format(&r->text, "fill %d %d %d %d\n", i->x, i->y, i->w, i->h);
}

/* The pages' items, "X BASELINE TEXT" or "fill X Y W H", lengths in twips; pages after the first
 * are headed by "page N". */
static const char *show(Laid *r, unsigned what)
{
    buf_clear(&r->text);
    buf_str(&r->text, "");
    for (size_t p = 0; p < r->l->page.n; p++) {
        const LayoutPage *page = r->l->page.p[p];
        if (p)
            buf_format(&r->text, "page %zu\n", p + 1);
        for (size_t i = 0; i < page->item.n; i++)
            show_item(r, &page->item.p[i], what);
    }
    return r->text.p;
}

static void expect_items(Source s, unsigned what, const char *want)
{
    Laid r = lay(s);
    assert_string_equal(show(&r, what), want);
    done(&r);
}

static void expect_texts(Source s, const char *want)
{
    expect_items(s, TEXTS, want);
}

/* The item that begins with a text; *page is set when not NULL. */
static const LayoutItem *find(const Laid *r, const char *text, size_t *page)
{
    for (size_t p = 0; p < r->l->page.n; p++)
        for (size_t i = 0; i < r->l->page.p[p]->item.n; i++) {
            const LayoutItem *item = &r->l->page.p[p]->item.p[i];
            size_t len;
            if (item->kind != ITEM_TEXT)
                continue;
            const char *t = item_text(item, &len);
            if (len >= strlen(text) && !memcmp(t, text, strlen(text))) {
                if (page)
                    *page = p + 1;
                return item;
            }
        }
    fail_msg("no text %s", text);
    return NULL;
}

static size_t page_of(const Laid *r, const char *text)
{
    size_t page = 0;
    find(r, text, &page);
    return page;
}

/* Lines by page without their places and the spaces round portions: "one two | three || next". */
static const char *show_lines(Laid *r)
{
    buf_clear(&r->text);
    buf_str(&r->text, "");
    for (size_t p = 0; p < r->l->page.n; p++) {
        int32_t y = INT32_MIN;
        if (p)
            buf_str(&r->text, " || ");
        for (size_t i = 0; i < r->l->page.p[p]->item.n; i++) {
            const LayoutItem *item = &r->l->page.p[p]->item.p[i];
            size_t len;
            const char *t = item->kind == ITEM_TEXT ? item_text(item, &len) : NULL;
            for (; t && len && *t == ' '; t++)
                len--;
            if (!t || !len)
                continue;
            buf_format(&r->text, "%s%.*s",
                       y == INT32_MIN ? ""
                       : y == item->y ? " "
                                      : " | ",
                       (int)len, t);
            y = item->y;
        }
    }
    return r->text.p;
}

static void expect_lines(Source s, const char *want)
{
    Laid r = lay(s);
    assert_string_equal(show_lines(&r), want);
    done(&r);
}

/* ---- building long texts ---- */

static const char *body(void)
{
    return text.p;
}

static void put(const char *xml)
{
    buf_str(&text, xml);
}

/* n paragraphs of one line, PREFIX1 ... */
static void put_paragraphs(const char *prefix, int n, const char *style)
{
    for (int i = 1; i <= n; i++)
        buf_format(&text, "<text:p text:style-name=\"%s\">%s%d</text:p>", style, prefix, i);
}

/* One paragraph of n lines, PREFIX1 ... */
static void put_lines(const char *prefix, int n, const char *style)
{
    buf_format(&text, "<text:p text:style-name=\"%s\">", style);
    for (int i = 1; i <= n; i++)
        buf_format(&text, "%s%s%d", i > 1 ? BREAK : "", prefix, i);
    buf_str(&text, "</text:p>");
}

static void put_rows(const char *prefix, int n)
{
    for (int i = 1; i <= n; i++)
        buf_format(&text, ROW(CELL(P("%s%d"))), prefix, i);
}

static void begin(void)
{
    buf_clear(&text);
    buf_str(&text, "");
}

/* Styles for them. */
#define FLOW \
    PARA("N", "") \
    PARA("WO", "fo:widows=\"2\" fo:orphans=\"2\"") PARA("W3", "fo:widows=\"3\" fo:orphans=\"3\"") \
        PARA("K", "fo:keep-with-next=\"always\"") PARA("T", "fo:keep-together=\"always\"") \
            PARA("PB", "fo:break-before=\"page\"") PARA("PA", "fo:break-after=\"page\"") \
                PARA("CB", "fo:break-before=\"column\"")

/* The first text of each page, "a1 a18 b3". */
static void expect_pages(Source s, const char *want)
{
    Laid r = lay(s);
    Buf b = {0};
    buf_str(&b, "");
    for (size_t p = 0; p < r.l->page.n; p++) {
        const LayoutPage *page = r.l->page.p[p];
        size_t len = 0;
        const char *t = NULL;
        for (size_t i = 0; i < page->item.n && !len; i++)
            if (page->item.p[i].kind == ITEM_TEXT)
                t = item_text(&page->item.p[i], &len);
        buf_format(&b, "%s%.*s", p ? " " : "", (int)len, len ? t : "");
    }
    assert_string_equal(b.p, want);
    buf_free(&b);
    done(&r);
}

/* ---- structure: Document[H1'Title' L[LI[Lbl'1.' LBody[P'text']]]] ---- */

static void show_content(const Laid *r, const LayoutKid *k, Buf *out)
{
    const LayoutPage *page = r->l->page.p[k->page];
    buf_chr(out, '\'');
    for (size_t i = 0; i < page->item.n; i++) {
        const LayoutItem *item = &page->item.p[i];
        if (!item->node || item->content != k->number || item->kind != ITEM_TEXT)
            continue;
        const LayoutText *t = &item->text;
        size_t from = t->n_glyph ? t->glyph[0].cluster : 0;
        buf_put(out, t->text + from, t->len > from ? t->len - from : 0);
    }
    while (out->n && out->p[out->n - 1] == ' ')
        out->p[--out->n] = 0;
    buf_chr(out, '\'');
}

static void show_node(const Laid *r, const LayoutNode *n, Buf *out, int depth)
{
    static const char *const scope[] = { "", "/column", "/row", "/both" };
    buf_format(out, "%s%s", layout_role_name(n->role), scope[n->scope]);
    if (n->col_span > 1 || n->row_span > 1)
        buf_format(out, "/%dx%d", n->col_span, n->row_span);
    if (n->language)
        buf_format(out, "/%s", n->language);
    if (n->alt)
        buf_format(out, "/\"%s\"", n->alt);
    if (!n->first || depth > 60)
        return;
    bool only = n->first->kind == KID_CONTENT && !n->first->next;
    if (!only)
        buf_chr(out, '[');
    for (const LayoutKid *k = n->first; k; k = k->next) {
        if (k != n->first)
            buf_chr(out, ' ');
        if (k->kind == KID_NODE)
            show_node(r, k->node, out, depth + 1);
        else if (k->kind == KID_CONTENT)
            show_content(r, k, out);
        else
            buf_str(out, "(link)");
    }
    if (!only)
        buf_chr(out, ']');
}

static const char *show_structure(Laid *r)
{
    buf_clear(&r->text);
    show_node(r, r->l->root, &r->text, 0);
    return r->text.p;
}

static void expect_structure(Source s, const char *want)
{
    Laid r = lay(s);
    assert_string_equal(show_structure(&r), want);
    done(&r);
}

#endif
