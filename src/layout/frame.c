/* SPDX-License-Identifier: MIT */
/* Frames: pictures and text boxes, their sizes (writer-layout, frames-styles sections 1.1, 1.6,
 * 1.7). */
#include "internal.h"

#include <string.h>

enum { BOX_HIGH = 1 << 24 };        /* of a text box that grows, before its height is known */

static int32_t max(int32_t a, int32_t b)
{
    return a > b ? a : b;
}

/* Missing sizes: both, 16.05 pt square; one, 1.15 pt for that side (1.7.1). */
static void picture_size(Frame *f)
{
    const OdfFrameProps *p = &f->props;
    f->width = p->width ? p->width : p->height ? 23 : 321;
    f->height = p->height ? p->height : p->width ? 23 : 321;
}

/* 1.6.5; "scale" keeps the ratio that the sizes have. */
static void relative_size(const Ctx *c, Frame *f, int32_t room)
{
    const OdfFrameProps *p = &f->props;
    const PageGeometry *g = c->geometry;
    if (p->rel_width > 0)
        f->width = (int32_t)((int64_t)(p->rel_width_page && g ? g->width : room) * p->rel_width /
                             100);
    if (p->rel_height > 0 && g)
        f->height = (int32_t)((int64_t)g->body_height * p->rel_height / 100);
    if (p->rel_width > 0 && p->rel_height < 0 && p->width)
        f->height = (int32_t)((int64_t)p->height * f->width / p->width);
    if (p->rel_height > 0 && p->rel_width < 0 && p->height)
        f->width = (int32_t)((int64_t)p->width * f->height / p->height);
}

/* What is cut off counts in the picture's own size, by its own resolution (1.7.1, 1.7.2). */
static void crop(Frame *f)
{
    const OdfPicture *q = f->picture;
    int64_t w = (int64_t)q->width * 1440 / (q->dpi_x ? q->dpi_x : 96),
            h = (int64_t)q->height * 1440 / (q->dpi_y ? q->dpi_y : 96);
    for (int i = 0; i < 4 && w && h; i++)
        f->crop[i] = (int32_t)((int64_t)f->props.clip[i] * 1000 / (i % 2 ? w : h));
    if (f->crop[0] + f->crop[2] > 990 || f->crop[1] + f->crop[3] > 990)
        memset(f->crop, 0, sizeof f->crop);     /* nothing would be left */
}

/* The text of a box in columns: balanced, but filled one after another where all of it fits into
 * the height it has anyway (experiments with LibreOffice 7.4). */
static Filled box_columns(Ctx *c, Blocks list, const OdfFrameProps *p, int32_t width,
                          int32_t height)
{
    const OdfColumns *v = &p->columns;
    FloatsMark floats = floats_mark(c);
    Filled f = { .done = false };
    if (height == BOX_HIGH)
        height = p->min_height - p->padding[SIDE_TOP] - p->padding[SIDE_BOTTOM] -
                 p->border[SIDE_TOP].width - p->border[SIDE_BOTTOM].width;
    c->columns++;
    if (height > 0)
        f = columns_fill(c, list, v, width, height, NULL, FILL_OPTIONAL, NULL);
    if (!f.done) {
        floats_back(c, floats);
        f = columns_fill(c, list, v, width, 0, NULL, FILL_UNLIMITED | FILL_BALANCED, NULL);
    }
    c->columns--;
    return f;
}

/* Lays what a box holds out, width wide; height: its own, or BOX_HIGH when it grows. */
static void fill_box(Ctx *c, Frame *f, const OdfNode *box, int32_t width, int32_t height)
{
    PageGeometry content = { width, height, 0, 0, width, height, false };
    Floats own = {0};
    Region r = { .page = &content, .width = width, .height = BOX_HIGH, .floats = &own,
                 .cell = true };
    const Region *outer = c->region;
    NoteArea *area = c->area;
    c->nested++;
    c->region = &r;
    c->area = NULL;
    floats_box(c, box);         /* first: these are no blocks */
    Blocks list = blocks_make(c, box, NULL);
    Filled in = f->props.columns.n > 1 && c->columns < COLUMNS_NESTED
                    ? box_columns(c, list, &f->props, width, height)
                    : flow_fill(c, list, width, 0, NULL, FILL_UNLIMITED);
    c->region = outer;
    c->area = area;
    c->nested--;
    f->n_inner = own.frame.n;
    f->inner = ARENA_ARRAY(c->pass, Frame *, own.frame.n);
    if (own.frame.n)
        memcpy(f->inner, own.frame.p, own.frame.n * sizeof *f->inner);
    floats_free(&own);
    f->fragment = in.fragment;
    f->n_fragment = in.n;
    f->content_height = in.height;
}

static void box_content(Ctx *c, Frame *f, const OdfNode *box)
{
    const OdfFrameProps *p = &f->props;
    int32_t sides[4];
    shadow_sides(p->shadow_x, p->shadow_y, sides);
    for (int i = 0; i < 4; i++)
        sides[i] += p->padding[i] + p->border[i].width;
    if (too_deep(c, f->node))
        return;
    int32_t across = sides[SIDE_LEFT] + sides[SIDE_RIGHT],
            down = sides[SIDE_TOP] + sides[SIDE_BOTTOM];
    bool fixed = p->height && !p->min_height;
    fill_box(c, f, box, max(f->width - across, 20), fixed ? p->height - down : BOX_HIGH);
    f->height = fixed ? p->height : max(p->min_height, f->content_height + down);
}

void frame_text(Ctx *c, Frame *f, const OdfNode *holder)
{
    fill_box(c, f, holder, max(f->text_width, 20), max(f->text_height, 20));
}

/* One whose kind we cannot draw is shown by the picture of it, if that can be drawn. */
static const OdfChart *chart_of(Ctx *c, const OdfNode *node)
{
    const OdfChart *chart = map_get(c->charts, (const char *)&node, sizeof node);
    if (!chart && odf_kid(node, ODF_DRAW_OBJECT)) {
        chart = odf_chart(c->doc, node, c->arena);
        if (chart)
            map_put(c->charts, (const char *)&node, sizeof node, (void *)(uintptr_t)chart);
    }
    const OdfPicture *p = chart && chart->altered ? odf_frame_picture(c->doc, node) : NULL;
    return p && odf_picture_paints(p) ? NULL : chart;
}

Frame *frame_make(Ctx *c, const OdfNode *node, int32_t room)
{
    Frame *f = ARENA_NEW(c->pass, Frame);
    OdfFrameProps *p = &f->props;
    const OdfNode *box = odf_kid(node, ODF_DRAW_TEXT_BOX);
    f->node = node;
    c->frames++;
    odf_frame_props(c->file, node, p);
    if (node->name != ODF_DRAW_FRAME) {
        drawing_make(c, f, room);
        return f;
    }
    f->picture = odf_frame_picture(c->doc, node);
    f->chart = chart_of(c, node);
    picture_size(f);
    relative_size(c, f, room);
    if (f->picture)
        crop(f);
    if (box) {
        f->width = f->width == 321 || !p->width ? max(p->min_width, f->width) : f->width;
        box_content(c, f, box);
    }
    return f;
}
