/* SPDX-License-Identifier: MIT */
/* Tables of contents made anew (writer-layout, frames-styles 5.2): an entry for each heading, by
 * the templates of text:table-of-content-source, with a link to a bookmark on the heading. */
#include "internal.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct {
    const OdfNode *node;        /* the heading, with its bookmark */
    int level;
    const char *bookmark, *number, *text, *page;
} Entry;

struct Toc {
    VEC(Entry) entry;
    const OdfNode *body;        /* with bookmarks; the tables as they were */
    size_t n_tables;
};

static OdfNode *attribute_node(Arena *a, OdfName name, OdfName attr, const char *value, size_t kids)
{
    OdfNode *n = odf_element(a, name, 1, kids);
    odf_attrs(n)[0] = (OdfAttr){ attr, value };
    return n;
}

/* ---- bookmarks on the headings ---- */

static const OdfNode *with_bookmark(Ctx *c, const OdfNode *h)
{
    struct Toc *t = c->toc;
    Buf text = {0};
    odf_plain_text(h, &text);
    bool empty = !text.n;
    Entry e = { .level = odf_outline_level(c->file, h), .page = "" };
    e.text = arena_dup(c->arena, text.p ? text.p : "", text.n);
    buf_free(&text);
    if (empty || !e.level)
        return h;
    e.bookmark = arena_format(c->arena, "__RefHeading___Toc%zu", t->entry.n + 1);
    OdfNode *n = odf_element(c->arena, h->name, h->n_attr, h->n_kid + 2);
    OdfNode **kid = odf_kids(n);
    memcpy(odf_attrs(n), h->attr, h->n_attr * sizeof *h->attr);
    n->style = h->style;
    n->origin = h->origin;
    kid[0] = attribute_node(c->arena, ODF_TEXT_BOOKMARK_START, ODF_TEXT_NAME, e.bookmark, 0);
    memcpy(kid + 1, h->kid, h->n_kid * sizeof *kid);
    kid[h->n_kid + 1] =
        attribute_node(c->arena, ODF_TEXT_BOOKMARK_END, ODF_TEXT_NAME, e.bookmark, 0);
    e.node = n;
    vec_push(&t->entry, e);
    return n;
}

static bool index_name(OdfName name)
{
    return name == ODF_TEXT_TABLE_OF_CONTENT;
}

typedef const OdfNode *Change(Ctx *c, const OdfNode *n);

/* The tree with change() made on what it concerns; parts without a change stay the same nodes. */
static const OdfNode *rebuild(Ctx *c, const OdfNode *n, Change *change, int depth)
{
    if (n->name == ODF_CHARACTERS || depth > 200)
        return n;
    const OdfNode *changed = change(c, n);
    if (changed || n->name == ODF_TEXT_P || n->name == ODF_TEXT_H)
        return changed ? changed : n;
    OdfNode *copy = NULL;
    for (uint32_t i = 0; i < n->n_kid; i++) {
        const OdfNode *kid = rebuild(c, n->kid[i], change, depth + 1);
        if (kid == n->kid[i])
            continue;
        if (!copy) {
            copy = odf_element(c->arena, n->name, n->n_attr, n->n_kid);
            memcpy(odf_attrs(copy), n->attr, n->n_attr * sizeof *n->attr);
            memcpy(odf_kids(copy), n->kid, n->n_kid * sizeof *n->kid);
            copy->style = n->style;
            copy->origin = n->origin;
        }
        odf_kids(copy)[i] = (OdfNode *)kid;
    }
    return copy ? copy : n;
}

static const OdfNode *mark_heading(Ctx *c, const OdfNode *n)
{
    if (index_name(n->name)) {
        c->toc->n_tables++;
        return n;                       /* headings inside an index are its title */
    }
    return n->name == ODF_TEXT_H ? with_bookmark(c, n) : NULL;
}

static void number_entries(Ctx *c)
{
    c->lists = lists_new(c);
    for (size_t i = 0; i < c->toc->entry.n; i++) {
        Entry *e = &c->toc->entry.p[i];
        const OdfListLevel *level;
        const char *number = heading_number(c, e->node, e->level, &level);
        e->number = number && *number ? arena_str(c->arena, number) : NULL;
    }
}

/* ---- entries ---- */

static const OdfNode *entry_template(const OdfNode *source, int level)
{
    char want[16];
    snprintf(want, sizeof want, "%d", level);
    for (uint32_t i = 0; source && i < source->n_kid; i++)
        if (source->kid[i]->name == ODF_TEXT_TABLE_OF_CONTENT_ENTRY_TEMPLATE &&
            str_equal(odf_attr(source->kid[i], ODF_TEXT_OUTLINE_LEVEL), want))
            return source->kid[i];
    return NULL;
}

static OdfNode *entry_part(Ctx *c, const OdfNode *part, const Entry *e)
{
    const char *text = NULL;
    switch (part->name) {
    case ODF_TEXT_INDEX_ENTRY_CHAPTER:
        text = e->number ? arena_format(c->arena, "%s ", e->number) : NULL;
        break;
    case ODF_TEXT_INDEX_ENTRY_TEXT:
        text = e->text;
        break;
    case ODF_TEXT_INDEX_ENTRY_PAGE_NUMBER:
        text = e->page;
        break;
    case ODF_TEXT_INDEX_ENTRY_SPAN: {
        Buf b = {0};
        odf_plain_text(part, &b);
        text = b.n ? arena_dup(c->arena, b.p, b.n) : NULL;
        buf_free(&b);
        break;
    }
    case ODF_TEXT_INDEX_ENTRY_TAB_STOP:
        return odf_element(c->arena, ODF_TEXT_TAB, 0, 0);
    }
    return text ? odf_characters(c->arena, text, strlen(text)) : NULL;
}

/* One entry: its parts, all in one link to the heading. */
static OdfNode *entry_node(Ctx *c, const OdfNode *source, const Entry *e, const OdfOrigin *origin)
{
    const OdfNode *template = entry_template(source, e->level);
    const char *style = template ? odf_attr(template, ODF_TEXT_STYLE_NAME) : NULL;
    size_t most = template ? template->n_kid : 0, n = 0;
    OdfNode *link = odf_element(c->arena, ODF_TEXT_A, 4, most);
    odf_attrs(link)[0] = (OdfAttr){ ODF_XLINK_TYPE, "simple" };
    odf_attrs(link)[1] = (OdfAttr){ ODF_XLINK_HREF, arena_format(c->arena, "#%s", e->bookmark) };
    odf_attrs(link)[2] = (OdfAttr){ ODF_TEXT_STYLE_NAME, "Index_20_Link" };
    odf_attrs(link)[3] = (OdfAttr){ ODF_TEXT_VISITED_STYLE_NAME, "Index_20_Link" };
    link->style = odf_style(c->file, FAMILY_TEXT, "Index_20_Link", false);
    for (size_t i = 0; i < most; i++) {
        OdfNode *part = entry_part(c, template->kid[i], e);
        if (part)
            odf_kids(link)[n++] = part;
    }
    link->n_kid = (uint32_t)n;
    OdfNode *p =
        attribute_node(c->arena, ODF_TEXT_P, ODF_TEXT_STYLE_NAME, style ? style : "Standard", 1);
    odf_kids(p)[0] = link;
    p->style = odf_style(c->file, FAMILY_PARAGRAPH, style, false);
    p->origin = origin;
    return p;
}

static int index_depth(const OdfNode *source)
{
    const char *s = source ? odf_attr(source, ODF_TEXT_OUTLINE_LEVEL) : NULL;
    return number_in(s, 1, 10, 10);
}

/* The index with its body made of the entries; its title stays. */
static const OdfNode *fill_index(Ctx *c, const OdfNode *n)
{
    if (!index_name(n->name))
        return NULL;
    const OdfNode *source = odf_kid(n, ODF_TEXT_TABLE_OF_CONTENT_SOURCE),
                  *old = odf_kid(n, ODF_TEXT_INDEX_BODY);
    const OdfNode *title = old ? odf_kid(old, ODF_TEXT_INDEX_TITLE) : NULL;
    size_t kids = 0;
    OdfNode *body = odf_element(c->arena, ODF_TEXT_INDEX_BODY, 0, c->toc->entry.n + 1);
    if (title)
        odf_kids(body)[kids++] = (OdfNode *)title;
    for (size_t i = 0; i < c->toc->entry.n; i++)
        if (c->toc->entry.p[i].level <= index_depth(source))
            odf_kids(body)[kids++] = entry_node(c, source, &c->toc->entry.p[i], n->origin);
    body->n_kid = (uint32_t)kids;
    OdfNode *copy = odf_element(c->arena, n->name, n->n_attr, n->n_kid + !old);
    memcpy(odf_attrs(copy), n->attr, n->n_attr * sizeof *n->attr);
    copy->style = n->style;
    copy->origin = n->origin;
    for (uint32_t i = 0; i < n->n_kid; i++)
        odf_kids(copy)[i] = n->kid[i] == old ? body : n->kid[i];
    if (!old)
        odf_kids(copy)[n->n_kid] = body;
    return copy;
}

void toc_begin(Ctx *c)
{
    c->toc = ARENA_NEW(c->arena, struct Toc);
    const OdfNode *body = rebuild(c, c->doc->body, mark_heading, 0);
    if (!c->toc->n_tables) {
        vec_free(&c->toc->entry);
        c->toc = NULL;
        return;
    }
    c->toc->body = body;
    number_entries(c);
    c->doc->body = rebuild(c, body, fill_index, 0);
}

void toc_end(Ctx *c)
{
    if (c->toc)
        vec_free(&c->toc->entry);
}

/* ---- page numbers ---- */

static void find_pages(Ctx *c, Fragment *const *f, size_t n, Map *found, const char *label)
{
    for (size_t i = 0; i < n; i++) {
        if (f[i]->kind != FRAGMENT_PARAGRAPH)
            find_pages(c, f[i]->kid, f[i]->n_kid, found, label);
        else if (f[i]->begins && f[i]->block->heading)
            map_put(found, (const char *)&f[i]->block->node, sizeof f[i]->block->node,
                    (void *)label);
    }
}

bool toc_update(Ctx *c, const Pages *pages)
{
    Map *found = map_new(c->pass);
    bool changed = false;
    if (!c->toc)
        return false;
    for (size_t i = 0; i < pages->n; i++)
        find_pages(c, pages->p[i]->body.fragment, pages->p[i]->body.n, found,
                   page_label(c, pages->p[i]));
    for (size_t i = 0; i < c->toc->entry.n; i++) {
        Entry *e = &c->toc->entry.p[i];
        const char *page = map_get(found, (const char *)&e->node, sizeof e->node);
        page = page ? page : "";
        changed |= !str_equal(page, e->page);
        e->page = page;
    }
    if (changed)
        c->doc->body = rebuild(c, c->toc->body, fill_index, 0);
    return changed;
}
