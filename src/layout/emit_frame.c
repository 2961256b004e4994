/* SPDX-License-Identifier: MIT */
/* Frames and drawings as items, and what they mean. */
#include "emit.h"

#include <string.h>

static void gather(const OdfNode *n, Buf *out, int depth)
{
    if (n->name == ODF_CHARACTERS)
        buf_put(out, n->text, n->n_kid);
    for (uint32_t i = 0; n->name != ODF_CHARACTERS && depth < 20 && i < n->n_kid; i++)
        gather(n->kid[i], out, depth + 1);
}

/* The description, else the title (ODF 1.3 part 3, 10.3.2 and 10.3.3). */
static const char *frame_alt(Ctx *c, const OdfNode *frame)
{
    static const OdfName from[] = { ODF_SVG_DESC, ODF_SVG_TITLE };
    for (size_t i = 0; i < COUNT(from); i++) {
        const OdfNode *n = odf_kid(frame, from[i]);
        Buf t = {0};
        if (n)
            gather(n, &t, 0);
        const char *r = t.n ? arena_dup(c->arena, t.p, t.n) : NULL;
        buf_free(&t);
        if (r)
            return r;
    }
    return NULL;
}

static bool shows_picture(const Frame *f)
{
    const OdfPicture *p = f->chart ? NULL : f->picture;
    return p && odf_picture_paints(p);
}

/* A picture, or a drawing without words: a figure when it says what it shows; else a picture is one
 * that lacks its text, and a drawing is decoration. */
static bool is_figure(Ctx *c, const Frame *f, const char **alt)
{
    bool picture = shows_picture(f) || f->chart;
    bool drawing = f->node->name != ODF_DRAW_FRAME && !f->n_fragment;
    *alt = (picture || drawing) && !f->props.decorative ? frame_alt(c, f->node) : NULL;
    if (!picture || f->props.decorative || *alt)
        return *alt != NULL;
    warn_once(c, DIAG_layout_alt, f->node->origin, NULL, NULL, NULL);
    *alt = f->chart ? chart_alt(c, f->chart) : "obraz";
    return true;
}

void emit_anchor(Emit *e, Frame *f, LayoutNode *paragraph)
{
    Ctx *c = e->c;
    const char *alt;
    if (e->artifact || !paragraph || f->structure)
        return;
    LayoutNode *inside = paragraph;
    bool figure = is_figure(c, f, &alt);
    if ((figure || f->control) && paragraph->role == ROLE_DOCUMENT)
        inside = node_new(c, paragraph, ROLE_P);
    if (figure) {
        f->structure = node_new(c, inside, ROLE_FIGURE);
        f->structure->alt = alt;
    } else if (f->control) {
        f->structure = node_new(c, inside, ROLE_FORM);
        control_meaning(f, f->structure);
    } else if (f->n_fragment) {
        f->structure = node_new(c, emit_block_parent(paragraph), ROLE_DIV);
    }
    for (size_t i = 0; f->node->name == ODF_DRAW_G && !figure && i < f->n_inner; i++)
        emit_anchor(e, f->inner[i], paragraph);
}

/* To crop by less than nothing leaves room beside the picture. */
static void pad(int32_t *at, int32_t *size, int32_t *before, int32_t *after)
{
    int64_t whole = *size, shown = 1000 - *before - *after;
    int32_t first = *before < 0 ? (int32_t)(whole * -*before / shown) : 0;
    int32_t last = *after < 0 ? (int32_t)(whole * -*after / shown) : 0;
    *at += first;
    *size -= first + last;
    *before = *before < 0 ? 0 : *before;
    *after = *after < 0 ? 0 : *after;
}

static void emit_picture(Emit *e, const Frame *f, int32_t x, int32_t y, int32_t w, int32_t h,
                         LayoutNode *node)
{
    const OdfFrameProps *p = &f->props;
    if (node) {
        node->box[0] = x;
        node->box[1] = y;
        node->box[2] = x + w;
        node->box[3] = y + h;
    }
    int32_t clip[4];
    memcpy(clip, f->crop, sizeof clip);
    pad(&x, &w, &clip[SIDE_LEFT], &clip[SIDE_RIGHT]);
    pad(&y, &h, &clip[SIDE_TOP], &clip[SIDE_BOTTOM]);
    if (f->picture->kind == PICTURE_METAFILE) {
        emit_metafile(e, f, (int32_t[4]){ x, y, w, h }, clip, node);
        return;
    }
    LayoutItem *i = emit_item(e, node);
    i->kind = ITEM_IMAGE;
    i->x = x;
    i->y = y;
    i->w = w;
    i->h = h;
    i->opacity = (uint8_t)p->image_opacity;
    i->image.picture = f->picture;
    memcpy(i->image.clip, clip, sizeof i->image.clip);
    i->image.mirror_h = p->mirror_h;
    i->image.mirror_v = p->mirror_v;
    i->image.greyscale = p->greyscale;
}

static void emit_box_text(Emit *e, const Frame *f, int32_t x, int32_t y, int32_t h,
                          LayoutNode *node)
{
    LayoutNode *outer = e->parent;
    bool was = e->artifact;
    int32_t free = h - f->content_height, down = 0;
    if (free > 0 && f->props.text_align != FRAME_TOP)
        down = f->props.text_align == FRAME_MIDDLE ? free / 2 : free;
    e->parent = node;
    e->artifact |= !node;
    emit_order(e, f->inner, f->n_inner, node);
    emit_floats(e, f->inner, f->n_inner, x, y + down, true);
    emit_fragments(e, f->fragment, f->n_fragment, x, y + down);
    emit_floats(e, f->inner, f->n_inner, x, y + down, false);
    e->artifact = was;
    e->parent = outer;
}

static void emit_group(Emit *e, const Frame *f, int32_t x, int32_t y)
{
    for (size_t i = 0; i < f->n_inner; i++) {
        Frame *k = f->inner[i];
        if (f->structure && f->structure->role == ROLE_FIGURE)
            k->structure = f->structure;        /* the group is one picture */
        emit_frame(e, k, x + k->x, y + k->y, k->structure);
    }
}

static void emit_drawing(Emit *e, Frame *f, int32_t x, int32_t y, LayoutNode *node)
{
    if (f->node->name == ODF_DRAW_G)
        emit_group(e, f, x, y);
    else if (f->control)
        emit_control(e, f, x, y, node);
    else
        emit_shape(e, f, x, y, node);
    if (f->node->name != ODF_DRAW_G && f->node->name != ODF_DRAW_CONTROL && !f->n_fragment &&
        !f->shape.n_point)
        warn_unseen(e->c, f->node->origin, UNSEEN_DRAWING);
    if (f->n_fragment)
        emit_box_text(e, f, x + f->text_x, y + f->text_y, f->text_height, node);
}

void emit_frame(Emit *e, Frame *f, int32_t x, int32_t y, LayoutNode *node)
{
    const OdfFrameProps *p = &f->props;
    int32_t in[4];
    if (f->node->name != ODF_DRAW_FRAME) {
        emit_drawing(e, f, x, y, node);
        return;
    }
    int32_t box[4] = { x, y, f->width, f->height };
    emit_shadow(e, p->shadow_x, p->shadow_y, p->shadow_color, box);
    if (has_bands(p, true))
        emit_gradient(e, p, NULL, box[0], box[1], box[2], box[3]);
    else
        emit_fill(e, box[0], box[1], box[2], box[3], p->fill);
    if (p->other_fill || (p->gradient && !has_bands(p, true)))
        warn_unseen(e->c, f->node->origin, UNSEEN_FILL);
    emit_back(e, p->back, box[0], box[1], box[2], box[3]);
    emit_box(e, p->border, COLOR_NONE, box[0], box[1], box[2], box[3]);
    shadow_sides(p->shadow_x, p->shadow_y, in);
    for (int i = 0; i < 4; i++)
        in[i] += p->border[i].width + p->padding[i];
    int32_t w = f->width - in[SIDE_LEFT] - in[SIDE_RIGHT],
            h = f->height - in[SIDE_TOP] - in[SIDE_BOTTOM];
    if (f->chart)
        emit_chart(e, f, x + in[SIDE_LEFT], y + in[SIDE_TOP], w, h, node);
    else if (shows_picture(f))
        emit_picture(e, f, x + in[SIDE_LEFT], y + in[SIDE_TOP], w, h, node);
    else if (f->n_fragment)
        emit_box_text(e, f, x + in[SIDE_LEFT], y + in[SIDE_TOP], h, node);
    else
        warn_unseen(e->c, f->node->origin, odf_kid(f->node, ODF_DRAW_OBJECT) ||
                                                   odf_kid(f->node, ODF_DRAW_OBJECT_OLE)
                                               ? UNSEEN_OBJECT : UNSEEN_PICTURE);
}
