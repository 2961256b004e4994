/* SPDX-License-Identifier: MIT */
/* Frames that hang on a paragraph, a character or the page: where they stand, and the room they
 * leave for text (writer-layout, frames-styles 1.3 and 1.4). */
#include "internal.h"

#include <stdlib.h>
#include <string.h>

typedef struct { int32_t from, to; } Area;

typedef struct {
    Ctx *c;
    const Region *r;
    const Block *b;             /* NULL: anchored to the page */
    int32_t top, text_top, bottom; /* of the paragraph: with and without space above; its end */
    int32_t char_x, line_top, line_bottom;      /* of the anchor character */
    bool has_char;
} Anchor;

static int32_t inset_of(const Block *b, OdfSide side)
{
    int32_t inset[4];
    paragraph_insets(b->props, inset);
    return inset[side];
}

/* What follows the text in a cell counts from the cell, not from the page (1.5.4). */
static bool in_cell(const Anchor *a, const Frame *f)
{
    return a->r->box_width && f->props.flow_with_text;
}

static Area across(const Anchor *a, const Frame *f)
{
    OdfHRel rel = f->props.hrel;
    const PageGeometry *g = a->r->page;
    Area text = { a->r->x, a->r->x + a->r->width }, page = { g->body_x, g->body_x + g->body_width };
    int32_t left = a->b ? a->b->left + inset_of(a->b, SIDE_LEFT) : 0;
    int32_t right = a->b ? a->b->right + inset_of(a->b, SIDE_RIGHT) : 0;
    if (in_cell(a, f) && rel == HREL_PAGE)
        return (Area){ a->r->box_x, a->r->box_x + a->r->box_width };
    if (in_cell(a, f) && rel == HREL_PAGE_CONTENT)
        return text;
    if (f->props.anchor == ANCHOR_PAGE && (rel == HREL_PARAGRAPH || rel == HREL_CHAR))
        rel = HREL_PAGE;        /* where there is no paragraph (LibreOffice 7.4) */
    switch (rel) {
    case HREL_PARAGRAPH:
        return text;
    case HREL_PARAGRAPH_CONTENT:
        return (Area){ text.from + left, text.to - right };
    case HREL_PAGE:
        return (Area){ 0, g->width };
    case HREL_PAGE_CONTENT:
        return page;
    case HREL_PAGE_START_MARGIN:
        return (Area){ 0, page.from };
    case HREL_PAGE_END_MARGIN:
        return (Area){ page.to, g->width };
    case HREL_PARAGRAPH_START_MARGIN:
        return (Area){ text.from, text.from + left };
    case HREL_PARAGRAPH_END_MARGIN:
        return (Area){ text.to - right, text.to };
    case HREL_CHAR:
        return a->has_char ? (Area){ a->char_x, a->char_x } : text;
    }
    return text;
}

static Area down(const Anchor *a, const Frame *f)
{
    OdfVRel rel = f->props.vrel;
    const PageGeometry *g = a->r->page;
    Area para = { a->top, a->bottom };
    if (in_cell(a, f) && (rel == VREL_PAGE || rel == VREL_PAGE_CONTENT))
        return (Area){ a->r->box_y, a->r->box_y + f->height };      /* it grows to hold the frame */
    if (f->props.anchor == ANCHOR_PAGE && (rel == VREL_BASELINE || rel == VREL_TEXT))
        rel = VREL_PAGE_CONTENT;
    switch (rel) {
    case VREL_PARAGRAPH_CONTENT:
        return a->b ? (Area){ a->text_top, a->bottom - inset_of(a->b, SIDE_BOTTOM) }
                    : (Area){ g->body_y, g->body_y + g->body_height };
    case VREL_PAGE:
        return (Area){ 0, g->height };
    case VREL_PAGE_CONTENT:
        return (Area){ g->body_y, g->body_y + g->body_height };
    case VREL_CHAR:
    case VREL_LINE:
        return a->has_char ? (Area){ a->line_top, a->line_bottom } : (Area){ a->top, a->top };
    default:
        return a->b ? para : (Area){ 0, g->height };
    }
}

static OdfHPos mirrored(OdfHPos pos, bool even)
{
    switch (pos) {
    case HPOS_INSIDE:
        return even ? HPOS_RIGHT : HPOS_LEFT;
    case HPOS_OUTSIDE:
        return even ? HPOS_LEFT : HPOS_RIGHT;
    default:
        return pos;
    }
}

/* The side of its area that a frame stands at, on this page. */
static OdfHPos side_of(const Anchor *a, const Frame *f)
{
    return mirrored(f->props.hpos, a->r->page->even);
}

/* Frames at one side do not cover each other: the later one steps aside, as far as there is room
 * (1.3.4). */
static int32_t step_aside(const Anchor *a, const Frame *f, OdfHPos side, int32_t x)
{
    const OdfFrameProps *p = &f->props;
    int32_t width = a->r->page->width;
    for (size_t i = 0; i < a->r->floats->frame.n; i++) {
        const Frame *k = a->r->floats->frame.p[i];
        const OdfFrameProps *q = &k->props;
        if (q->anchor == ANCHOR_PAGE || side_of(a, k) != side || q->hrel != p->hrel ||
            k->y - q->margin[SIDE_TOP] >= f->y + f->height + p->margin[SIDE_BOTTOM] ||
            k->y + k->height + q->margin[SIDE_BOTTOM] <= f->y - p->margin[SIDE_TOP])
            continue;
        int32_t next = side == HPOS_LEFT
                           ? k->x + k->width + q->margin[SIDE_RIGHT] + p->margin[SIDE_LEFT]
                           : k->x - q->margin[SIDE_LEFT] - p->margin[SIDE_RIGHT] - f->width;
        bool aside = side == HPOS_LEFT ? next > x : next < x;
        if (aside && next >= 0 && next + f->width <= width)
            x = next;
    }
    return x;
}

static int32_t place_across(const Anchor *a, const Frame *f)
{
    const OdfFrameProps *p = &f->props;
    bool even = a->r->page->even;
    Area v = across(a, f);
    int32_t w = f->width, x = v.from + p->x;
    OdfHPos side = side_of(a, f);
    switch (side) {
    case HPOS_LEFT:
        x = step_aside(a, f, side, v.from + p->margin[SIDE_LEFT]);
        break;
    case HPOS_RIGHT:
        x = step_aside(a, f, side, v.to - p->margin[SIDE_RIGHT] - w);
        break;
    case HPOS_CENTER:
        x = (v.from + v.to - w) / 2;
        break;
    case HPOS_FROM_INSIDE:
        x = even ? v.to - p->x - w : v.from + p->x;
        break;
    default:
        break;
    }
    if (x + w > a->r->page->width)              /* never off the paper (1.3.6) */
        x = a->r->page->width - w;
    return x < 0 ? 0 : x;
}

/* Where text and what flows with it ends. */
static int32_t flow_end(const Anchor *a)
{
    return a->r->page->body_y + a->r->page->body_height;
}

/* Goes to the next page when it does not fit, alone (1.5.3). */
static bool flows_on(const Anchor *a, const Frame *f)
{
    return a->b && f->props.flow_with_text && !a->r->cell && f->props.vrel != VREL_PAGE &&
           f->props.vrel != VREL_PAGE_CONTENT;
}

/* 1.3.5 */
static int32_t below_others(const Anchor *a, const Frame *f, int32_t y)
{
    for (size_t i = 0; i < a->r->floats->frame.n; i++) {
        const Frame *k = a->r->floats->frame.p[i];
        if (k->anchored_to == a->b && a->b && k->y < y + f->height && k->y + k->height > y)
            y = k->y + k->height;
    }
    return y;
}

static int32_t place_down(const Anchor *a, const Frame *f)
{
    const OdfFrameProps *p = &f->props;
    Area v = down(a, f);
    int32_t h = f->height, top = p->margin[SIDE_TOP], bottom = p->margin[SIDE_BOTTOM],
            y = v.from + p->y;
    bool line = p->vrel == VREL_LINE && a->has_char;
    switch (p->vpos) {
    case VPOS_TOP:
        y = line ? v.from - bottom - h : v.from + top;
        break;
    case VPOS_MIDDLE:
        y = line ? v.from - h / 2 : (v.from + v.to - h) / 2;
        break;
    case VPOS_BOTTOM:
        y = line ? v.from + top : v.to - bottom - h;
        break;
    case VPOS_FROM_TOP:
        if (a->has_char && p->vrel == VREL_CHAR)
            y = v.to - p->y;
        else if (line)
            y = v.from - p->y;
        break;
    case VPOS_BELOW:
        y = a->has_char ? v.to + top : v.from + top;
        break;
    }
    if (p->no_overlap)
        y = below_others(a, f, y);
    int32_t end = p->flow_with_text ? flow_end(a) : a->r->page->height;
    if (y + h > end && !flows_on(a, f))
        y = end - h;
    return y < 0 ? 0 : y;
}

static void add_obstacle(Floats *all, const Frame *f, const Block *owner)
{
    const OdfFrameProps *p = &f->props;
    if (p->wrap == WRAP_THROUGH)
        return;
    Obstacle o = { f->x - p->margin[SIDE_LEFT],
                   f->y - p->margin[SIDE_TOP],
                   f->x + f->width + p->margin[SIDE_RIGHT],
                   f->y + f->height + p->margin[SIDE_BOTTOM],
                   p->wrap,
                   owner,
                   p->wrap_one_paragraph };
    vec_push(&all->obstacle, o);
}

/* Where the anchor character stands, seen without the frame. */
static void find_char(Anchor *a, const Paragraph *p, uint32_t byte, int32_t y)
{
    for (size_t i = 0; i < p->n_line; i++) {
        const Line *l = &p->line[i];
        y += i ? l->above : 0;
        if (byte < l->end || i + 1 == p->n_line) {
            a->has_char = true;
            a->line_top = y;
            a->line_bottom = y + l->height;
            a->char_x = a->r->x + l->x;
            for (size_t k = 0; k < l->n_portion; k++)
                if (l->portion[k].start <= byte)
                    a->char_x = a->r->x + l->x + l->portion[k].x;
            return;
        }
        y += l->height;
    }
}

static bool shows_text(const Frame *f)
{
    return f->n_fragment;
}

/* Wider than the paper, or flowing and higher than the text area: made as small; pictures keep
 * their shape (1.3.6, 1.5.3). */
static void shrink(const Anchor *a, Frame *f)
{
    int32_t width = a->r->page->width, height = a->r->page->body_height, old = f->width;
    if (f->width > width) {
        f->width = width;
        if (!shows_text(f))
            f->height = (int32_t)((int64_t)f->height * width / old);
    }
    old = f->height;
    if (flows_on(a, f) && f->height > height) {
        f->height = height;
        if (!shows_text(f))
            f->width = (int32_t)((int64_t)f->width * height / old);
    }
}

static void put_frame(const Anchor *a, Frame *f, const OdfNode *n, const Block *owner)
{
    Floats *all = a->r->floats;
    if (f->node->name == ODF_DRAW_FRAME)
        shrink(a, f);
    f->y = place_down(a, f);
    f->x = place_across(a, f);
    map_put(a->c->anchored, (const char *)&n, sizeof n, f);
    if (flows_on(a, f) && f->y + f->height > flow_end(a)) {
        vec_push(&all->carried, f);
        return;
    }
    vec_push(&all->frame, f);
    add_obstacle(all, f, owner);
}

void floats_free(Floats *f)
{
    vec_free(&f->obstacle);
    vec_free(&f->frame);
    vec_free(&f->carried);
}

FloatsMark floats_mark(const Ctx *c)
{
    const Floats *f = c->region ? c->region->floats : NULL;
    return f ? (FloatsMark){ f->obstacle.n, f->frame.n, f->carried.n } : (FloatsMark){0};
}

void floats_back(Ctx *c, FloatsMark m)
{
    Floats *f = c->region ? c->region->floats : NULL;
    if (!f)
        return;
    f->obstacle.n = m.obstacles;
    f->frame.n = m.frames;
    f->carried.n = m.carried;
}

bool floats_place(Ctx *c, Block *b, const Paragraph *p, int32_t top, int32_t y)
{
    const Region *r = c->region;
    bool any = false;
    if (!r)
        return false;
    int32_t height = 0;
    for (size_t i = 0; i < p->n_line; i++)
        height += p->line[i].height + (i ? p->line[i].above : 0);
    for (size_t i = 0; i < p->content->n_run; i++) {
        const Run *run = &p->content->run[i];
        if (run->kind != RUN_ANCHOR)
            continue;
        Anchor a = { .c = c, .r = r, .b = b, .top = r->y + top, .text_top = r->y + y,
                     .bottom = r->y + y + height + inset_of(b, SIDE_BOTTOM) };
        Frame *f = frame_make(c, run->node, r->width);
        if (f->props.anchor == ANCHOR_CHAR)
            find_char(&a, p, run->start, r->y + y);
        f->anchored_to = b;
        put_frame(&a, f, run->node, b);
        any = true;
    }
    return any;
}

/* A frame that hangs on no paragraph. */
static void place(const Anchor *a, const OdfNode *n, int32_t room)
{
    Ctx *c = a->c;
    Frame *f = frame_make(c, n, room);
    put_frame(a, f, n, NULL);
}

void floats_carry(Ctx *c, const Floats *before)
{
    const Region *r = c->region;
    Anchor a = { .c = c, .r = r };
    for (size_t i = 0; i < before->carried.n; i++) {
        Frame *f = before->carried.p[i];
        f->y = r->y;
        f->x = place_across(&a, f);
        vec_push(&r->floats->frame, f);
        add_obstacle(r->floats, f, NULL);
    }
}

void floats_begin(Ctx *c)
{
    const OdfNode *body = c->doc->body;
    c->on_pages = map_new(c->arena);
    for (uint32_t i = 0; i < body->n_kid; i++) {
        const OdfNode *n = body->kid[i];
        if (!odf_is_drawing(n->name))
            continue;
        vec_push(&c->page_frame, n);
        map_put(c->on_pages, (const char *)&n, sizeof n, c);
    }
}

void floats_page(Ctx *c, int page)
{
    Anchor a = { .c = c, .r = c->region };
    for (size_t i = 0; i < c->page_frame.n; i++) {
        const OdfNode *n = c->page_frame.p[i];
        if (number_in(odf_attr(n, ODF_TEXT_ANCHOR_PAGE_NUMBER), 1, PAGES_MOST, 1) != page)
            continue;
        place(&a, n, c->region->page->width);
    }
}

void floats_box(Ctx *c, const OdfNode *box)
{
    Anchor a = { .c = c, .r = c->region };
    for (uint32_t i = 0; i < box->n_kid; i++) {
        const OdfNode *n = box->kid[i];
        if (!odf_is_drawing(n->name))
            continue;
        map_put(c->on_pages, (const char *)&n, sizeof n, c);
        place(&a, n, c->region->width);
    }
}

