/* SPDX-License-Identifier: MIT */
/* A line's portions as items: highlight, text, underline and strike-out, leaders, frames, links. */
#include "emit.h"

#include <stdlib.h>
#include <string.h>

typedef struct {
    Emit *e;
    const Fragment *f;
    const Line *l;
    int32_t x, baseline;
    LayoutNode *node;           /* of the paragraph; NULL: an artifact */
} At;

/* ---- text ---- */

void emit_text(Emit *e, const Portion *p, int32_t x, int32_t baseline, LayoutNode *node)
{
    if (!p->n_glyph)
        return;
    LayoutItem *i = emit_item(e, node);
    const TextPiece *t = p->piece;
    i->kind = ITEM_TEXT;
    i->x = x;
    i->y = baseline - p->rise;
    i->color = p->props->color == COLOR_AUTO ? 0 : p->props->color;
    i->text = (LayoutText){
        .face = t->face,
        .size = p->size,
        .glyph = t->glyph + p->glyph,
        .offset = t->offset ? t->offset + p->glyph : NULL,
        .n_glyph = p->n_glyph,
        .text = t->text,
        .len = p->segment && p->kind == PORTION_TEXT ? p->end - p->segment->start : t->len,
        .spacing = p->props->letter_spacing + p->spread,
        .space_extra = p->space_extra,
        .scale = p->props->scale,
        .rtl = t->rtl,
        .soft_hyphen = p->kind == PORTION_HYPHEN,
    };
    if (i->text.len > t->len)
        i->text.len = t->len;
}

static void put_text(At *a, const Portion *p, int32_t x, LayoutNode *node)
{
    emit_text(a->e, p, x, a->baseline, node);
}

static bool allowed_scheme(const char *href)
{
    return str_starts(href, "http://") || str_starts(href, "https://") ||
           str_starts(href, "mailto:");
}

static LayoutNode *span_node(At *a, const Portion *p, LayoutNode *parent)
{
    const OdfTextProps *para = a->f->block->text;
    if (!p->props->language[0] || !strcmp(p->props->language, para->language))
        return parent;
    LayoutNode *n = node_new(a->e->c, parent, ROLE_SPAN);
    n->language = p->props->country[0]
        ? arena_format(a->e->c->arena, "%s-%s", p->props->language, p->props->country)
        : arena_str(a->e->c->arena, p->props->language);
    return n;
}

/* The nearest element round a paragraph that may hold other blocks. */
LayoutNode *emit_block_parent(LayoutNode *n)
{
    while (n->parent && n->role != ROLE_TD && n->role != ROLE_TH && n->role != ROLE_LBODY &&
           n->role != ROLE_DIV)
        n = n->parent;
    return n;
}

/* The mark of a note is a reference; the note itself is read right after the block it is in. */
static LayoutNode *note_mark(At *a, Note *note, LayoutNode *node)
{
    if (a->e->artifact)
        return node;
    node = node_new(a->e->c, node, ROLE_REFERENCE);
    if (note->group && !note->group->structure) {
        note->group->structure = node_new(a->e->c, emit_block_parent(a->node), ROLE_NOTE);
        note->group->structure->id = note->id;
    }
    return node;
}

/* The text of a link on this line, for its description. */
static const char *link_text(Ctx *c, const OdfNode *n)
{
    Buf t = {0};
    odf_plain_text(n, &t);
    const char *r = arena_dup(c->arena, t.p ? t.p : "", t.n);
    buf_free(&t);
    return *r ? r : "odnośnik";
}

/* The link's element, and an annotation over this portion (a link over two lines has two). */
static LayoutNode *link_node(At *a, const Portion *p)
{
    Link *link = p->link;
    const char *href = link->href;
    Ctx *c = a->e->c;
    bool inner = href[0] == '#';
    if (!inner && !allowed_scheme(href))
        return a->node;
    if (!link->structure)
        link->structure = node_new(c, a->node, ROLE_LINK);
    LayoutLink l = { .node = link->structure,
                     .x = a->x + p->x,
                     .y = a->baseline - p->ascent,
                     .w = p->width,
                     .h = p->height,
                     .text = link_text(c, link->node) };
    if (inner) {
        size_t n = strcspn(href + 1, "|");
        l.target = arena_dup(c->arena, href + 1, n);
    } else {
        l.uri = arena_str(c->arena, href);
    }
    LayoutPage *page = a->e->page;
    LayoutLink *last = page->link.n ? &page->link.p[page->link.n - 1] : NULL;
    if (last && last->node == l.node && last->y == l.y && last->x + last->w >= l.x - 20) {
        last->w = l.x + l.w - last->x;
        return link->structure;
    }
    vec_push(&page->link, l);
    return link->structure;
}

/* The annotations of a link come after its text: ISO 32000-1 14.7.4.3, object references. */
static void close_links(At *a, size_t from)
{
    LayoutPage *page = a->e->page;
    for (size_t i = from; i < page->link.n; i++) {
        LayoutNode *n = page->link.p[i].node;
        LayoutKid *k = ARENA_NEW(a->e->c->arena, LayoutKid);
        k->kind = KID_LINK;
        k->page = a->e->number;
        k->number = (uint32_t)i;
        if (n->last)
            n->last->next = k;
        else
            n->first = k;
        n->last = k;
        n->n_kids++;
    }
}

/* text.md 4.7: the leader's character repeated from the tab's left end; decoration. */
static void put_leader(At *a, const Portion *p)
{
    Buf t = {0};
    char one[5] = "";
    one[utf8_put(one, p->leader)] = 0;
    Portion single = portion_text(a->e->c, p->props, p->size, one);
    if (single.width <= 0)
        return;
    int32_t n = p->width / single.width + (p->leader == '_');
    for (int32_t i = 0; i < n && i < 2000; i++)
        buf_str(&t, one);
    if (t.n) {
        Portion all = portion_text(a->e->c, p->props, p->size, t.p);
        put_text(a, &all, a->x + p->x, NULL);
    }
    buf_free(&t);
}

/* A line break, a tab and the gap after a label are spaces for who does not see them (ISO 32000-1
 * 14.8.2.5). */
static void put_space(At *a, const OdfTextProps *props, int32_t x, LayoutNode *node)
{
    Portion space = portion_text(a->e->c, props, props->size, " ");
    put_text(a, &space, a->x + x, node);
}

static void put_label(At *a, const Portion *p)
{
    LayoutNode *node = emit_label_node(a->e, a->f->block);
    put_text(a, p, a->x + p->x, node);
    if (node && node == a->f->block->structure)         /* no Lbl of its own */
        put_space(a, p->props, p->x + p->width, node);
}

/* One inside a line prints nothing, and is no part of what is read. */
static bool is_soft_hyphen(const Content *t, const Portion *p)
{
    return p->end - p->start == 2 && !memcmp(t->text + p->start, "\xc2\xad", 2);
}

static void put_portion(At *a, const Portion *p)
{
    LayoutNode *node = a->node;
    switch (p->kind) {
    case PORTION_LABEL:
        put_label(a, p);
        return;
    case PORTION_TAB:
        if (p->leader)
            put_leader(a, p);
        if (a->node && p > a->l->portion && p[-1].kind == PORTION_TEXT)
            put_space(a, p->props, p->x, p->link ? link_node(a, p) : a->node);
        return;
    case PORTION_FRAME:
        if (!p->frame)
            return;
        emit_anchor(a->e, p->frame, node);
        if (p->frame->props.anchor != ANCHOR_CHAR_AS)
            return;
        emit_frame(a->e, p->frame, a->x + p->x + p->frame->props.margin[SIDE_LEFT],
                   a->baseline + p->frame_top + p->frame->props.margin[SIDE_TOP],
                   p->frame->structure);
        return;
    case PORTION_TEXT:
        if (p->segment->run->blank || is_soft_hyphen(a->f->paragraph->content, p))
            return;
        break;
    case PORTION_HYPHEN:
        break;
    }
    if (p->link && node && p->n_glyph)
        node = link_node(a, p);
    if (node && p->n_glyph && p->segment && p->segment->run->note)
        node = note_mark(a, p->segment->run->note, node);
    else if (node && p->n_glyph)
        node = span_node(a, p, node);
    put_text(a, p, a->x + p->x, node);
}

static void put_break(At *a)
{
    const OdfTextProps *props = a->f->block->text;
    int32_t end = 0;
    for (size_t i = 0; i < a->l->n_portion; i++)
        if (a->l->portion[i].kind == PORTION_TEXT) {
            props = a->l->portion[i].props;
            end = a->l->portion[i].x + a->l->portion[i].width;
        }
    put_space(a, props, end, a->node);
}

/* Text of more than spaces. */
static bool is_read(const Content *content, const Portion *p)
{
    if (p->kind != PORTION_TEXT || !p->n_glyph)
        return false;
    const char *t = content->text;
    uint32_t i = p->start;
    while (i < p->end && (t[i] == ' ' || (i + 1 < p->end && str_starts(t + i, "\xc2\xa0"))))
        i += t[i] == ' ' ? 1 : 2;
    return i < p->end;
}

/* Placeholders keep their room and are not printed. */
static bool is_blank(const Portion *p)
{
    return p->segment && p->segment->run->blank;
}

void emit_line(Emit *e, const Fragment *f, const Line *l, int32_t x, int32_t y)
{
    At a = { .e = e, .f = f, .l = l, .x = x, .baseline = y + l->ascent };
    size_t links = e->page->link.n;
    bool text = false;
    for (size_t i = 0; i < l->n_portion; i++) {
        const Portion *p = &l->portion[i];
        text |= p->kind == PORTION_FRAME ? p->frame != NULL : is_read(f->paragraph->content, p);
        if (p->props && p->props->background != COLOR_NONE && p->kind != PORTION_FRAME &&
            !is_blank(p))
            emit_fill(e, x + p->x, a.baseline - p->ascent - p->rise, p->width, p->height,
                      p->props->background);
    }
    if (l->n_portion && l->portion[0].kind == PORTION_LABEL && *l->portion[0].piece->text)
        put_portion(&a, &l->portion[0]);        /* Lbl comes before LBody */
    if (text)
        a.node = emit_paragraph_node(e, f->block);
    for (size_t i = 0; i < l->n_portion; i++)
        if (l->portion[i].kind != PORTION_LABEL)
            put_portion(&a, &l->portion[i]);
    if (a.node && l->end > l->start && f->paragraph->content->text[l->end - 1] == '\n')
        put_break(&a);
    close_links(&a, links);
    for (size_t i = 0; i < l->n_portion; i++) {
        const Portion *p = &l->portion[i];
        if (p->kind != PORTION_FRAME && p->kind != PORTION_LABEL && !is_blank(p))
            emit_rules(e, p, x + p->x, a.baseline);
    }
}
