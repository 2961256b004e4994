/* SPDX-License-Identifier: MIT */
/* From fragments to items and structure.  Structure elements are made when their first content is
 * met, so that their order is the reading order; an element without content is never made. */
#include "emit.h"

#include <stdlib.h>
#include <string.h>

typedef struct { uint32_t page; int32_t y; } Target;

LayoutNode *node_new(Ctx *c, LayoutNode *parent, LayoutRole role)
{
    LayoutNode *n = ARENA_NEW(c->arena, LayoutNode);
    n->role = role;
    n->parent = parent;
    n->row_span = n->col_span = 1;
    if (parent) {
        LayoutKid *k = ARENA_NEW(c->arena, LayoutKid);
        k->kind = KID_NODE;
        k->node = n;
        if (parent->last)
            parent->last->next = k;
        else
            parent->first = k;
        parent->last = k;
        parent->n_kids++;
    }
    return n;
}

static void add_content(Ctx *c, LayoutNode *n, uint32_t page, uint32_t number)
{
    LayoutKid *k = ARENA_NEW(c->arena, LayoutKid);
    k->kind = KID_CONTENT;
    k->page = page;
    k->number = number;
    if (n->last)
        n->last->next = k;
    else
        n->first = k;
    n->last = k;
    n->n_kids++;
}

/* A new item; content of node, or an artifact.  What follows each other in one node is one piece
 * of marked content. */
LayoutItem *emit_item(Emit *e, LayoutNode *node)
{
    LayoutItem item = { .artifact = (uint8_t)e->kind, .opacity = 100 };
    if (e->artifact)
        node = NULL;
    if (node != e->open || !node) {
        e->open = node;
        if (node) {
            e->content = (uint32_t)e->page->content.n;
            vec_push(&e->page->content, node);
            add_content(e->c, node, e->number, e->content);
        }
    }
    item.node = node;
    item.content = node ? e->content : 0;
    vec_push(&e->page->item, item);
    return &e->page->item.p[e->page->item.n - 1];
}

/* ---- structure of blocks ---- */

LayoutNode *emit_group_node(Emit *e, Group *g)
{
    if (!g)
        return e->parent;
    if (g->structure || e->artifact)
        return g->structure;
    g->structure = node_new(e->c, emit_group_node(e, g->parent), g->role);
    if (g->role == ROLE_L) {
        const char *f = g->list_format;
        g->structure->numbering = !f ? LIST_DISC
            : *f == 'a' ? LIST_LOWER_ALPHA : *f == 'A' ? LIST_UPPER_ALPHA
            : *f == 'i' ? LIST_LOWER_ROMAN : *f == 'I' ? LIST_UPPER_ROMAN : LIST_DECIMAL;
    }
    return g->structure;
}

/* ISO 14289-1 7.4.2: the first heading is of level 1 and none is skipped; headings of one level
 * under the same one stay of one level. */
static LayoutRole heading_role(Emit *e, const Block *b)
{
    Ctx *c = e->c;
    while (c->n_heading && c->heading[c->n_heading - 1] >= b->heading)
        c->n_heading--;
    int above = c->n_heading ? c->heading[c->n_heading - 1] : 0;
    if (c->n_heading < (int)COUNT(c->heading))
        c->heading[c->n_heading++] = b->heading;
    int level = c->n_heading;
    if (b->heading > above + 1) {
        char a[16], before[16], now[16];
        snprintf(a, sizeof a, "%d", b->heading);
        snprintf(before, sizeof before, "%d", above);
        snprintf(now, sizeof now, "%d", level);
        Place place = odf_place(b->node->origin, diags_lang(c->diags));
        diag_add(c->diags, DIAG_layout_heading, &place, a, before, now, (char *)NULL);
    }
    return level > 6 ? ROLE_P : (LayoutRole)(ROLE_H1 + level - 1);
}

static const char *language_of(Ctx *c, const OdfTextProps *p)
{
    if (!p->language[0])
        return NULL;
    return p->country[0] ? arena_format(c->arena, "%s-%s", p->language, p->country)
                         : arena_str(c->arena, p->language);
}

LayoutNode *emit_paragraph_node(Emit *e, Block *b)
{
    if (b->structure || e->artifact)
        return b->structure;
    LayoutRole role = ROLE_P;
    if (b->heading)
        role = heading_role(e, b);
    else if (b->group && b->group->role == ROLE_TOCI)
        role = ROLE_REFERENCE;
    b->structure = node_new(e->c, emit_group_node(e, b->group), role);
    const char *language = language_of(e->c, b->text);
    if (!str_equal(language, e->c->out->language))
        b->structure->language = language;
    return b->structure;
}

/* ---- paragraphs ---- */

static void plain_heading(const Paragraph *p, Buf *out)
{
    const Content *t = p->content;
    for (uint32_t i = 0; i < t->len; i++)
        if (t->text[i] == '\n' || t->text[i] == '\t')
            buf_chr(out, ' ');
        else if (memcmp(t->text + i, "\xef\xbf\xbc", t->len - i < 3 ? 1 : 3) || t->len - i < 3)
            buf_chr(out, t->text[i]);
        else
            i += 2;
}

static void note_heading(Emit *e, const Fragment *f, int32_t y)
{
    Buf t = {0};
    const Block *b = f->block;
    if (b->number && *b->number) {
        buf_str(&t, b->number);
        buf_chr(&t, ' ');
    }
    plain_heading(f->paragraph, &t);
    if (t.n) {
        LayoutHeading h = { arena_dup(e->c->arena, t.p, t.n), b->heading, e->number, y, NULL };
        vec_push(&e->c->out->heading, h);
    }
    buf_free(&t);
}

static void note_bookmarks(Emit *e, const OdfNode *n, int32_t y, int depth)
{
    if (n->name == ODF_CHARACTERS || depth > 20)
        return;
    if (n->name == ODF_TEXT_BOOKMARK || n->name == ODF_TEXT_BOOKMARK_START) {
        const char *name = odf_attr(n, ODF_TEXT_NAME);
        Target *t = ARENA_NEW(e->c->pass, Target);
        *t = (Target){ e->number, y };
        if (name)
            map_put(e->c->bookmarks, name, strlen(name), t);
        return;
    }
    for (uint32_t i = 0; i < n->n_kid; i++)
        note_bookmarks(e, n->kid[i], y, depth + 1);
}

/* Box of the paragraph: background and border, joined with its neighbours' (text.md 5.2, 5.3). */
static void emit_paragraph_box(Emit *e, const Fragment *f, const Fragment *below, int32_t x,
                               int32_t y)
{
    const OdfParaProps *p = f->block->props;
    OdfBorder border[4];
    memcpy(border, p->border, sizeof border);
    if (f->joins_above)
        border[SIDE_TOP].width = 0;
    if (f->joins_below)
        border[SIDE_BOTTOM].width = 0;
    int32_t h = f->height;
    if (f->joins_below && below)
        h = below->y - f->y;
    int32_t box[4] = { x, y, f->width, h };
    emit_shadow(e, p->shadow_x, p->shadow_y, p->shadow_color, box);
    emit_fill(e, box[0], box[1], box[2], box[3], p->background);
    emit_back(e, p->back, box[0], box[1], box[2], box[3]);
    emit_box(e, border, COLOR_NONE, box[0], box[1], box[2], box[3]);
}

static void emit_paragraph(Emit *e, const Fragment *f, const Fragment *below, int32_t x, int32_t y)
{
    int32_t inset[4], at = y;
    const Block *b = f->block;
    bool margin = e->kind == ARTIFACT_HEADER || e->kind == ARTIFACT_FOOTER, was = e->artifact;
    paragraph_insets(b->props, inset);
    emit_paragraph_box(e, f, below, x + f->box, y);
    /* page numbers are pagination, not content (ISO 14289-1 7.8) */
    if (margin && f->paragraph->content->uses_page)
        e->artifact = true;
    if (f->begins && !e->artifact) {
        if (b->heading && f->paragraph->content->len)
            note_heading(e, f, y);
        if (e->c->inner_links)
            note_bookmarks(e, b->node, y, 0);
    }
    if (!f->joins_above)
        at += inset[SIDE_TOP];
    int32_t line = at;
    for (size_t i = 0; i < f->n_line; i++) {
        const Line *l = &f->paragraph->line[f->first_line + i];
        if (!l->beside)
            line = at + l->drop + (i || !f->at_top ? l->above : 0);
        emit_line(e, f, l, x + l->x, line);
        if (!l->beside)
            at = line + l->height;
    }
    e->artifact = was;
}

LayoutNode *emit_label_node(Emit *e, Block *b)
{
    if (!e->artifact && b->group && b->group->role == ROLE_NOTE)
        return node_new(e->c, emit_group_node(e, b->group), ROLE_LBL);
    if (e->artifact || !b->group || b->group->role != ROLE_LBODY)
        return e->artifact ? NULL : emit_paragraph_node(e, b);
    return node_new(e->c, emit_group_node(e, b->group->parent), ROLE_LBL);
}

/* The background of a section lies under all of its blocks that follow each other here. */
static void emit_section(Emit *e, Fragment *const *f, size_t n, int32_t x, int32_t y)
{
    const OdfNode *section = f[0]->block ? f[0]->block->section_node : NULL;
    const OdfSectionProps *p = section ? f[0]->block->section : NULL;
    size_t k = 1;
    if (!p || (p->background == COLOR_NONE && !p->back))
        return;
    while (k < n && f[k]->block && f[k]->block->section_node == section)
        k++;
    int32_t left = x + f[0]->x, right = left;
    for (size_t i = 0; i < k; i++) {
        int32_t end =
            x + f[i]->x + (f[i]->kind == FRAGMENT_PARAGRAPH ? f[i]->box : 0) + f[i]->width;
        right = end > right ? end : right;
    }
    int32_t high = f[k - 1]->y + f[k - 1]->height - f[0]->y;
    emit_fill(e, left, y + f[0]->y, right - left, high, p->background);
    emit_back(e, p->back, left, y + f[0]->y, right - left, high);
}

static void emit_columns(Emit *e, const Fragment *f, int32_t x, int32_t y)
{
    const OdfColumns *v = f->columns;
    for (size_t i = 0; i < f->n_kid; i++) {
        const Fragment *k = f->kid[i];
        emit_fragments(e, k->kid, k->n_kid, x + k->x, y + k->y);
        if (k->notes)
            notes_emit(e, k->notes, x + k->x, y + f->height, k->width);
    }
    if (v->line_width <= 0)
        return;
    int32_t h = (int32_t)((int64_t)f->height * v->line_height / 100), free = f->height - h;
    int32_t top = v->line_align == LINE_TOP ? 0 : v->line_align == LINE_MIDDLE ? free / 2 : free;
    for (size_t i = 1; i < f->n_kid; i++) {
        int32_t middle = (f->kid[i - 1]->x + f->kid[i - 1]->width + f->kid[i]->x) / 2;
        emit_fill(e, x + middle - v->line_width / 2, y + top, v->line_width, h, v->line_color);
    }
}

void emit_fragments(Emit *e, Fragment *const *f, size_t n, int32_t x, int32_t y)
{
    for (size_t i = 0; i < n; i++) {
        if (f[i]->block && f[i]->block->section_node &&
            (!i || !f[i - 1]->block || f[i - 1]->block->section_node != f[i]->block->section_node))
            emit_section(e, f + i, n - i, x, y);
        if (f[i]->kind == FRAGMENT_COLUMNS)
            emit_columns(e, f[i], x + f[i]->x, y + f[i]->y);
        else if (f[i]->kind == FRAGMENT_PARAGRAPH)
            emit_paragraph(e, f[i], i + 1 < n ? f[i + 1] : NULL, x + f[i]->x, y + f[i]->y);
        else
            emit_table(e, f[i], x + f[i]->x, y + f[i]->y);
    }
}

/* ---- pages ---- */

static int by_z(const void *a, const void *b)
{
    const Frame *x = *(Frame *const *)a, *y = *(Frame *const *)b;
    return x->props.z < y->props.z ? -1 : x->props.z > y->props.z;
}

void emit_order(Emit *e, Frame **f, size_t n, LayoutNode *parent)
{
    if (n > 1)
        qsort(f, n, sizeof *f, by_z);
    for (size_t i = 0; i < n; i++)
        if (f[i]->props.anchor == ANCHOR_PAGE || f[i]->props.anchor == ANCHOR_FRAME)
            emit_anchor(e, f[i], parent);
}

void emit_floats(Emit *e, Frame *const *f, size_t n, int32_t x, int32_t y, bool background)
{
    for (size_t i = 0; i < n; i++) {
        bool behind = f[i]->props.background && f[i]->props.wrap == WRAP_THROUGH;
        if (behind == background)
            emit_frame(e, f[i], x + f[i]->x, y + f[i]->y, f[i]->structure);
    }
}

/* The items from `from` on are painted first, those of [0, from) after them. */
static void paint_first(Emit *e, size_t low, size_t from)
{
    LayoutPage *page = e->page;
    size_t n = page->item.n - from, old = from - low;
    if (!n || !old)
        return;
    LayoutItem *copy = ARENA_ARRAY(e->c->pass, LayoutItem, n);
    LayoutItem *base = page->item.p + low;
    memcpy(copy, page->item.p + from, n * sizeof *copy);
    memmove(base + n, base, old * sizeof *copy);
    memcpy(base, copy, n * sizeof *copy);
    e->open = NULL;
}

/* A header's content is read once, where it first stands; again it is an artifact. */
static void emit_margin(Emit *e, const struct Margin *m, LayoutArtifact kind)
{
    int32_t inset[4];
    if (!m->node)
        return;
    for (int i = 0; i < 4; i++)
        inset[i] = m->props->border[i].width + m->props->padding[i];
    e->kind = kind;
    e->artifact = map_get(e->c->bookmarks, (const char *)&m->node, sizeof m->node) != NULL;
    map_put(e->c->bookmarks, (const char *)&m->node, sizeof m->node, e->c);
    emit_fill(e, m->x, m->y, m->width, m->frame, m->props->background);
    emit_back(e, m->props->back, m->x, m->y, m->width, m->frame);
    emit_box(e, m->props->border, COLOR_NONE, m->x, m->y, m->width, m->frame);
    emit_fragments(e, m->content.fragment, m->content.n, m->x + inset[SIDE_LEFT],
                   m->y + inset[SIDE_TOP]);
    e->artifact = false;
    e->kind = ARTIFACT_LAYOUT;
}

/* The line of LayoutOptions.mark at the head of the page. */
static void emit_mark(Emit *e, const Page *p)
{
    Ctx *c = e->c;
    OdfTextProps *props = ARENA_NEW(c->pass, OdfTextProps);
    *props = *odf_para_text_props(c->file, NULL);
    props->family = "Lato";
    props->weight = 700;
    props->size = 180;
    props->color = 0x8b0000;
    props->scale = 100;
    Portion t = portion_text(c, props, props->size, c->options->mark);
    LayoutNode *node = e->artifact ? NULL : node_new(c, c->out->root, ROLE_P);
    emit_text(e, &t, (p->props->width - t.width) / 2, 300, node);
}

static void emit_page(Ctx *c, const Page *p, uint32_t number)
{
    LayoutPage *page = ARENA_NEW(c->arena, LayoutPage);
    Emit e = { .c = c, .page = page, .number = number, .parent = c->out->root };
    const OdfPageProps *g = p->props;
    page->width = g->width;
    page->height = g->height;
    page->label = page_label(c, p);
    if (number) {               /* pages of a document are much alike */
        vec_reserve(&page->item, c->out->page.p[number - 1]->item.n);
        vec_reserve(&page->content, c->out->page.p[number - 1]->content.n);
    }
    vec_push(&c->out->page, page);
    e.kind = ARTIFACT_BACKGROUND;
    emit_fill(&e, 0, 0, g->width, g->height, g->background);
    emit_back(&e, g->back, 0, 0, g->width, g->height);
    e.kind = ARTIFACT_LAYOUT;
    if (c->options->mark)
        emit_mark(&e, p);
    const struct Margin *last = &p->footer;
    int32_t bottom = last->node ? last->y + last->frame : p->body_y + p->body_height;
    int32_t top = p->header.node ? p->header.y : p->body_y;
    emit_box(&e, g->border, COLOR_NONE,
             p->body_x - g->border[SIDE_LEFT].width - g->padding[SIDE_LEFT],
             top - g->border[SIDE_TOP].width - g->padding[SIDE_TOP],
             p->body_width + g->border[SIDE_LEFT].width + g->padding[SIDE_LEFT] +
                 g->border[SIDE_RIGHT].width + g->padding[SIDE_RIGHT],
             bottom - top + g->border[SIDE_TOP].width + g->padding[SIDE_TOP] +
                 g->border[SIDE_BOTTOM].width + g->padding[SIDE_BOTTOM]);
    size_t text = page->item.n;
    Frame **frame = p->floats.frame.p;
    size_t n = p->floats.frame.n;
    emit_order(&e, frame, n, e.c->out->root);
    emit_margin(&e, &p->header, ARTIFACT_HEADER);
    emit_fragments(&e, p->body.fragment, p->body.n, p->body_x, p->body_y);
    notes_emit(&e, &p->notes, p->body_x, p->body_y + p->body_height, p->body_width);
    emit_margin(&e, &p->footer, ARTIFACT_FOOTER);
    size_t behind = page->item.n;
    emit_floats(&e, frame, n, 0, 0, true);
    paint_first(&e, text, behind);
    emit_floats(&e, frame, n, 0, 0, false);
    vec_fit(&page->item);
    vec_fit(&page->content);
}

/* Links to a place of this document, now that all places are known; a dead one keeps its text. */
static void resolve_links(Ctx *c)
{
    for (size_t i = 0; i < c->out->page.n; i++) {
        LayoutPage *p = c->out->page.p[i];
        for (size_t k = 0; k < p->link.n; k++) {
            LayoutLink *l = &p->link.p[k];
            if (l->uri)
                continue;
            const Target *t = map_get(c->bookmarks, l->target, strlen(l->target));
            l->to_page = t ? t->page : (uint32_t)i;
            l->to_y = t ? t->y : l->y;
        }
    }
}

void emit_pages(Ctx *c, const Pages *pages)
{
    c->bookmarks = map_new(c->pass);
    c->out->root = node_new(c, NULL, ROLE_DOCUMENT);
    for (size_t i = 0; i < pages->n; i++)
        emit_page(c, pages->p[i], (uint32_t)i);
    resolve_links(c);
}
