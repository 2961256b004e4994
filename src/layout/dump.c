/* SPDX-License-Identifier: MIT */
/* Boxes and structure as text, for tests and for a look inside: lengths in twips. */
#include "internal.h"

static const char *const names[] = {
#define R(constant, name) name,
    LAYOUT_ROLES(R)
#undef R
};

const char *layout_role_name(LayoutRole r)
{
    return names[r];
}

static void put_quoted(Buf *out, const char *s, size_t len)
{
    buf_chr(out, '"');
    for (size_t i = 0; i < len; i++)
        if (s[i] == '"' || s[i] == '\\')
            buf_format(out, "\\%c", s[i]);
        else if ((unsigned char)s[i] < 0x20)
            buf_format(out, "\\x%02x", s[i]);
        else
            buf_chr(out, s[i]);
    buf_chr(out, '"');
}

static void dump_item(const LayoutItem *i, Buf *out)
{
    static const char *const kinds[] = { "text", "fill", "line", "image", "path" };
    static const char *const artifacts[] = { "layout", "header", "footer", "background",
                                             "pagination" };
    buf_format(out, "  %s %d %d %d %d #%06x", kinds[i->kind], i->x, i->y, i->w, i->h,
               (unsigned)i->color);
    if (i->node)
        buf_format(out, " %s/%u", names[i->node->role], i->content);
    else
        buf_format(out, " artifact/%s", artifacts[i->artifact]);
    if (i->kind == ITEM_TEXT) {
        const LayoutText *t = &i->text;
        uint32_t from = t->n_glyph ? t->glyph[0].cluster : 0;
        buf_format(out, " %s %d ", t->face->postscript, t->size);
        put_quoted(out, t->text + from, t->len > from ? t->len - from : 0);
        if (t->space_extra)
            buf_format(out, " extra %d", t->space_extra);
        if (t->turn)
            buf_format(out, " turn %d", t->turn);
    }
    const int32_t *cut = i->kind == ITEM_PATH    ? i->path.cut
                         : i->kind == ITEM_IMAGE ? i->image.cut
                                                 : NULL;
    if (cut)
        buf_format(out, " cut %d %d %d %d", cut[0], cut[1], cut[2], cut[3]);
    buf_chr(out, '\n');
}

void layout_dump(const LayoutDoc *l, Buf *out)
{
    for (size_t p = 0; p < l->page.n; p++) {
        const LayoutPage *page = l->page.p[p];
        buf_format(out, "page %zu \"%s\" %d x %d\n", p + 1, page->label, page->width, page->height);
        for (size_t i = 0; i < page->item.n; i++)
            dump_item(&page->item.p[i], out);
        for (size_t i = 0; i < page->link.n; i++) {
            const LayoutLink *k = &page->link.p[i];
            buf_format(out, "  link %d %d %d %d ", k->x, k->y, k->w, k->h);
            if (k->uri)
                buf_format(out, "%s\n", k->uri);
            else
                buf_format(out, "page %u y %d\n", k->to_page + 1, k->to_y);
        }
    }
    for (size_t i = 0; i < l->heading.n; i++)
        buf_format(out, "heading %d page %u y %d %s\n", l->heading.p[i].level,
                   l->heading.p[i].page + 1, l->heading.p[i].y, l->heading.p[i].title);
}

/* The text of one piece of marked content. */
static void dump_content(const LayoutDoc *l, const LayoutKid *k, Buf *out)
{
    const LayoutPage *page = l->page.p[k->page];
    for (size_t i = 0; i < page->item.n; i++) {
        const LayoutItem *item = &page->item.p[i];
        if (!item->node || item->content != k->number || item->kind != ITEM_TEXT)
            continue;
        uint32_t from = item->text.n_glyph ? item->text.glyph[0].cluster : 0;
        if (item->text.len > from)
            buf_put(out, item->text.text + from, item->text.len - from);
    }
}

static void dump_node(const LayoutDoc *l, const LayoutNode *n, Buf *out, int depth)
{
    static const char *const scopes[] = { "", " column", " row", " both" };
    buf_format(out, "%*s%s%s", depth * 2, "", names[n->role], scopes[n->scope]);
    if (n->language)
        buf_format(out, " lang=%s", n->language);
    if (n->alt)
        buf_format(out, " alt=\"%s\"", n->alt);
    if (n->col_span > 1 || n->row_span > 1)
        buf_format(out, " span=%ux%u", n->col_span, n->row_span);
    if (n->numbering)
        buf_format(out, " numbering=%d", (int)n->numbering);
    buf_chr(out, '\n');
    if (depth > 150)
        return;
    for (const LayoutKid *k = n->first; k; k = k->next) {
        if (k->kind == KID_NODE) {
            dump_node(l, k->node, out, depth + 1);
        } else if (k->kind == KID_LINK) {
            buf_format(out, "%*s(link on page %u)\n", depth * 2 + 2, "", k->page + 1);
        } else {
            Buf t = {0};
            dump_content(l, k, &t);
            buf_format(out, "%*s", depth * 2 + 2, "");
            put_quoted(out, t.p ? t.p : "", t.n);
            buf_chr(out, '\n');
            buf_free(&t);
        }
    }
}

void layout_dump_structure(const LayoutDoc *l, Buf *out)
{
    dump_node(l, l->root, out, 0);
}
