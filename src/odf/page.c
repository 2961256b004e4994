/* SPDX-License-Identifier: MIT */
/* Page layouts and master pages: shared/writer-layout, tables-pages.md sections 5 and 7,
 * frames-styles.md 2.14. */
#include "internal.h"

#include <string.h>

enum { A4_WIDTH = 11906, A4_HEIGHT = 16838, PAGE_MARGIN = 1134, NO_HEADER_HEIGHT = 284,
       FOOTNOTE_GAP = 57, FOOTNOTE_LINE = 10, FOOTNOTE_WIDTH = 25 };

static int32_t length(const OdfNode *n, OdfName name, int32_t other)
{
    int32_t v;
    return n && odf_length(odf_attr(n, name), &v) ? v : other;
}

static void read_header(const OdfFile *f, const OdfNode *style, bool footer, OdfHeaderProps *h)
{
    const OdfNode *n = style ? odf_kid(style, ODF_STYLE_HEADER_FOOTER_PROPERTIES) : NULL;
    h->background = COLOR_NONE;
    h->min_height = NO_HEADER_HEIGHT;
    if (!n)
        return;
    OdfSides margin;
    h->given = true;
    h->min_height = length(n, ODF_FO_MIN_HEIGHT, -1);
    h->height = h->min_height < 0 ? length(n, ODF_SVG_HEIGHT, 0) : 0;
    odf_read_sides(n, ODF_FO_MARGIN, odf_margin_names, &margin);
    h->spacing = margin.value[footer ? SIDE_TOP : SIDE_BOTTOM];
    h->margin_left = margin.value[SIDE_LEFT];
    h->margin_right = margin.value[SIDE_RIGHT];
    h->dynamic_spacing = odf_bool(odf_attr(n, ODF_STYLE_DYNAMIC_SPACING), false);
    h->background = odf_color(odf_attr(n, ODF_FO_BACKGROUND_COLOR));
    h->back = odf_back(f, odf_kid(n, ODF_STYLE_BACKGROUND_IMAGE));
    odf_read_borders(n, h->border);
    odf_read_padding(n, h->padding);
}

static void read_footnotes(const OdfNode *n, OdfPageProps *p)
{
    static const char *const aligns[] = { "left", "right", "center", NULL };
    p->footnote_before = p->footnote_after = FOOTNOTE_GAP;
    p->footnote_line = FOOTNOTE_LINE;
    p->footnote_rel_width = FOOTNOTE_WIDTH;
    p->footnote_max = length(n, ODF_STYLE_FOOTNOTE_MAX_HEIGHT, 0);
    const OdfNode *sep = n ? odf_kid(n, ODF_STYLE_FOOTNOTE_SEP) : NULL;
    if (!sep)
        return;
    p->footnote_before = length(sep, ODF_STYLE_DISTANCE_BEFORE_SEP, 0);
    p->footnote_after = length(sep, ODF_STYLE_DISTANCE_AFTER_SEP, 0);
    p->footnote_line = length(sep, ODF_STYLE_WIDTH, 0);
    if (!odf_percent(odf_attr(sep, ODF_STYLE_REL_WIDTH), &p->footnote_rel_width))
        p->footnote_rel_width = 0;
    p->footnote_adjust =
        (OdfAlign)odf_word(odf_attr(sep, ODF_STYLE_ADJUSTMENT), aligns, ALIGN_LEFT);
    int32_t color = odf_color(odf_attr(sep, ODF_STYLE_COLOR));
    p->footnote_color = color < 0 ? 0 : color;
}

static void read_paper(const OdfFile *f, const OdfNode *n, OdfPageProps *p)
{
    OdfSides margin;
    odf_read_sides(n, ODF_FO_MARGIN, odf_margin_names, &margin);
    for (int i = 0; i < 4; i++)
        p->margin[i] = margin.set[i] ? margin.value[i] : PAGE_MARGIN;
    p->width = length(n, ODF_FO_PAGE_WIDTH, A4_WIDTH);
    p->height = length(n, ODF_FO_PAGE_HEIGHT, A4_HEIGHT);
    if (p->width <= 0)
        p->width = A4_WIDTH;
    if (p->height <= 0)
        p->height = A4_HEIGHT;
    p->background = COLOR_NONE;
    p->num_format = "1";
    if (!n)
        return;
    odf_read_borders(n, p->border);
    odf_read_padding(n, p->padding);
    p->background = odf_color(odf_attr(n, ODF_FO_BACKGROUND_COLOR));
    const char *format = odf_attr(n, ODF_STYLE_NUM_FORMAT);
    p->num_format = format ? format : "1";
    p->first_page = odf_int(odf_attr(n, ODF_STYLE_FIRST_PAGE_NUMBER), 0);
    p->back = odf_back(f, odf_kid(n, ODF_STYLE_BACKGROUND_IMAGE));
}

static OdfPageProps *read_page(const OdfFile *f, const OdfNode *layout)
{
    static const char *const usages[] = { "all", "left", "right", "mirrored", NULL };
    OdfPageProps *p = ARENA_NEW(f->arena, OdfPageProps);
    const OdfNode *n = layout ? odf_kid(layout, ODF_STYLE_PAGE_LAYOUT_PROPERTIES) : NULL;
    read_paper(f, n, p);
    odf_read_columns(n, &p->columns);
    read_footnotes(n, p);
    read_header(f, layout ? odf_kid(layout, ODF_STYLE_HEADER_STYLE) : NULL, false, &p->header);
    read_header(f, layout ? odf_kid(layout, ODF_STYLE_FOOTER_STYLE) : NULL, true, &p->footer);
    if (layout)
        p->usage = (unsigned)odf_word(odf_attr(layout, ODF_STYLE_PAGE_USAGE), usages, USAGE_ALL);
    return p;
}

/* An unknown layout, and none, are Writer's built-in page. */
static const OdfPageProps *page_layout(const OdfFile *f, const char *name)
{
    const OdfNode *layout = name ? map_get(f->by_name->page_layout_node, name, strlen(name)) : NULL;
    const char *key = layout ? name : "";
    OdfPageProps *p = map_get(f->by_name->page_layout, key, strlen(key));
    if (!p) {
        p = read_page(f, layout);
        map_put(f->by_name->page_layout, key, strlen(key), p);
    }
    return p;
}

static void fill(const OdfFile *f, const OdfNode *n, OdfMaster *m)
{
    const char *next = odf_attr(n, ODF_STYLE_NEXT_STYLE_NAME);
    *m = (OdfMaster){ .name = odf_attr(n, ODF_STYLE_NAME), .next = next && *next ? next : NULL };
    m->page = page_layout(f, odf_attr(n, ODF_STYLE_PAGE_LAYOUT_NAME));
    m->header = odf_kid(n, ODF_STYLE_HEADER);
    m->header_left = odf_kid(n, ODF_STYLE_HEADER_LEFT);
    m->header_first = odf_kid(n, ODF_STYLE_HEADER_FIRST);
    m->footer = odf_kid(n, ODF_STYLE_FOOTER);
    m->footer_left = odf_kid(n, ODF_STYLE_FOOTER_LEFT);
    m->footer_first = odf_kid(n, ODF_STYLE_FOOTER_FIRST);
    /* style:display="false" hides nothing (tables-pages.md 5.5). */
    m->header_shown = m->header != NULL;
    m->footer_shown = m->footer != NULL;
}

static const OdfNode *master_node(const OdfNode *masters, const char *name)
{
    for (size_t i = 0; masters && i < masters->n_kid; i++) {
        const OdfNode *k = masters->kid[i];
        if (k->name == ODF_STYLE_MASTER_PAGE && str_equal(odf_attr(k, ODF_STYLE_NAME), name))
            return k;
    }
    return NULL;
}

/* Pages for notes after the text, that Writer has when the file does not: as large as the usual
 * ones, with Writer's own margins (tables-pages.md 7.9). */
static const char *const built_in[] = { "Footnote", "Endnote" };

static const OdfMaster *find_built_in(const OdfDoc *doc, const char *name, OdfMaster *out)
{
    struct OdfStyles *t = doc->file->by_name;
    const OdfNode *usual = master_node(doc->masters, "Standard");
    for (size_t i = 0; i < COUNT(built_in); i++) {
        if (!str_equal(name, built_in[i]))
            continue;
        t->after_text = *page_layout(doc->file, NULL);
        if (usual) {
            const OdfPageProps *p =
                page_layout(doc->file, odf_attr(usual, ODF_STYLE_PAGE_LAYOUT_NAME));
            t->after_text.width = p->width;
            t->after_text.height = p->height;
        }
        out[i] = (OdfMaster){ .name = built_in[i], .page = &t->after_text };
        return &out[i];
    }
    return NULL;
}

/* The masters of a document are filled in at each call: records differ in them, and their nodes may
 * stand where those of the record before stood. */
static const OdfMaster *find(const OdfDoc *doc, const char *name)
{
    struct OdfStyles *t = doc->file->by_name;
    const OdfNode *masters = doc->masters, *node = master_node(masters, name);
    size_t n = masters ? masters->n_kid : 0;
    if (n + 1 + COUNT(built_in) > t->n_master) {
        t->n_master = n + 1 + COUNT(built_in);
        t->master = ARENA_ARRAY(doc->file->arena, OdfMaster, t->n_master);
    }
    if (!node)
        return find_built_in(doc, name, &t->master[n + 1]);
    size_t at = 1;
    while (masters->kid[at - 1] != node)
        at++;
    fill(doc->file, node, &t->master[at]);
    return &t->master[at];
}

/* The first paragraph or table of a text. */
static const OdfNode *first_block(const OdfNode *n, int depth)
{
    for (size_t i = 0; n->name != ODF_CHARACTERS && i < n->n_kid && depth < ODF_DEPTH; i++) {
        const OdfNode *k = n->kid[i], *found = NULL;
        switch (k->name) {
        case ODF_TEXT_P:
        case ODF_TEXT_H:
        case ODF_TABLE_TABLE:
            return k;
        case ODF_TEXT_SECTION:
        case ODF_TEXT_TABLE_OF_CONTENT:
        case ODF_TEXT_INDEX_BODY:
        case ODF_TEXT_INDEX_TITLE:
        case ODF_TEXT_LIST:
        case ODF_TEXT_LIST_ITEM:
        case ODF_TEXT_LIST_HEADER:
        case ODF_TEXT_NUMBERED_PARAGRAPH:
            found = first_block(k, depth + 1);
            break;
        default:
            break;
        }
        if (found)
            return found;
    }
    return NULL;
}

const OdfMaster *odf_master(const OdfDoc *doc, const char *name)
{
    if (name)
        return find(doc, name);
    const OdfNode *block = doc->body ? first_block(doc->body, 0) : NULL;
    const char *first =
        block && block->style ? odf_style_attr(block->style, ODF_STYLE_MASTER_PAGE_NAME) : NULL;
    const OdfMaster *m = first && *first ? find(doc, first) : NULL;
    if (!m)
        m = find(doc, "Standard");
    if (m)
        return m;
    struct OdfStyles *t = doc->file->by_name;           /* find() made room for it */
    t->master[0] = (OdfMaster){ .name = "Standard", .page = page_layout(doc->file, NULL) };
    return &t->master[0];
}
