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

static void box_content(Ctx *c, Frame *f, const OdfNode *box)
{
    const OdfFrameProps *p = &f->props;
    int32_t sides[4];
    for (int i = 0; i < 4; i++)
        sides[i] = p->padding[i] + p->border[i].width;
    if (too_deep(c, f->node))
        return;
    int32_t inner = max(f->width - sides[SIDE_LEFT] - sides[SIDE_RIGHT], 20);
    PageGeometry content = { inner, BOX_HIGH, 0, 0, inner, BOX_HIGH, false };
    Floats own = {0};
    Region r = { .page = &content, .width = inner, .height = BOX_HIGH, .floats = &own,
                 .cell = true };
    const Region *outer = c->region;
    if (p->height && !p->min_height)
        content.height = content.body_height = p->height - sides[SIDE_TOP] - sides[SIDE_BOTTOM];
    c->nested++;
    c->region = &r;
    floats_box(c, box);
    Filled in = flow_fill(c, blocks_make(c, box, NULL), inner, 0, NULL, FILL_UNLIMITED);
    c->region = outer;
    c->nested--;
    f->n_inner = own.frame.n;
    f->inner = ARENA_ARRAY(c->pass, Frame *, own.frame.n);
    if (own.frame.n)
        memcpy(f->inner, own.frame.p, own.frame.n * sizeof *f->inner);
    vec_free(&own.frame);
    vec_free(&own.obstacle);
    f->fragment = in.fragment;
    f->n_fragment = in.n;
    f->content_height = in.height;
    int32_t high = in.height + sides[SIDE_TOP] + sides[SIDE_BOTTOM];
    f->height = p->height && !p->min_height ? p->height : max(p->min_height, high);
}

Frame *frame_make(Ctx *c, const OdfNode *node, int32_t room)
{
    Frame *f = ARENA_NEW(c->pass, Frame);
    OdfFrameProps *p = &f->props;
    const OdfNode *box = odf_kid(node, ODF_DRAW_TEXT_BOX);
    f->node = node;
    c->frames++;
    odf_frame_props(c->file, node, p);
    f->picture = odf_frame_picture(c->doc, node);
    picture_size(f);
    if (p->rel_width > 0)
        f->width = (int32_t)((int64_t)room * p->rel_width / 100);
    if (p->rel_width > 0 && p->rel_height < 0 && p->width)      /* scale: keeps the ratio */
        f->height = (int32_t)((int64_t)p->height * f->width / p->width);
    if (box) {
        f->width = f->width == 321 || !p->width ? max(p->min_width, f->width) : f->width;
        box_content(c, f, box);
    }
    return f;
}
