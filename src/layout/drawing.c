/* SPDX-License-Identifier: MIT */
/* Shapes, groups of them, and controls of forms: their sizes, texts, outlines. */
#include "emit.h"

#include <string.h>

static int32_t max(int32_t a, int32_t b)
{
    return a > b ? a : b;
}

static int32_t min(int32_t a, int32_t b)
{
    return a < b ? a : b;
}

/* ---- making ---- */

/* The size of a group is what its drawings take; they stand to each other as the file says. */
static void make_group(Ctx *c, Frame *f, int32_t room)
{
    const OdfNode *n = f->node;
    int32_t x1 = 0, y1 = 0, x0 = 0, y0 = 0;
    f->inner = ARENA_ARRAY(c->pass, Frame *, n->n_kid ? n->n_kid : 1);
    if (too_deep(c, n))
        return;
    c->depth++;
    for (uint32_t i = 0; i < n->n_kid; i++) {
        if (!odf_is_drawing(n->kid[i]->name))
            continue;
        Frame *k = frame_make(c, n->kid[i], room);
        k->x = k->props.x;
        k->y = k->props.y;
        bool first = !f->n_inner;
        x0 = first ? k->x : min(x0, k->x);
        y0 = first ? k->y : min(y0, k->y);
        x1 = first ? k->x + k->width : max(x1, k->x + k->width);
        y1 = first ? k->y + k->height : max(y1, k->y + k->height);
        f->inner[f->n_inner++] = k;
    }
    c->depth--;
    for (size_t i = 0; i < f->n_inner; i++) {
        f->inner[i]->x -= x0;
        f->inner[i]->y -= y0;
    }
    f->width = x1 - x0;
    f->height = y1 - y0;
    if (!odf_attr(n, ODF_SVG_X))
        f->props.x = x0;
    if (!odf_attr(n, ODF_SVG_Y))
        f->props.y = y0;
}

/* Whether there is more in it than Writer's empty paragraph. */
static bool has_text(const OdfNode *n)
{
    Buf text = {0};
    for (uint32_t i = 0; i < n->n_kid && !text.n; i++)
        if (n->kid[i]->name == ODF_TEXT_P || n->kid[i]->name == ODF_TEXT_H ||
            n->kid[i]->name == ODF_TEXT_LIST)
            odf_plain_text(n->kid[i], &text);
    bool any = text.n;
    buf_free(&text);
    return any;
}

static void make_text(Ctx *c, Frame *f, const int32_t area[4], const OdfNode *holder)
{
    const int32_t *pad = f->props.padding;
    f->text_x = area[0] + pad[SIDE_LEFT];
    f->text_y = area[1] + pad[SIDE_TOP];
    f->text_width = area[2] - pad[SIDE_RIGHT] - f->text_x;
    f->text_height = area[3] - pad[SIDE_BOTTOM] - f->text_y;
    frame_text(c, f, holder);
}

static void make_shape(Ctx *c, Frame *f)
{
    OdfShape *s = &f->shape;
    if (!odf_shape(f->node, c->arena, s))
        return;
    f->props.x = s->x;
    f->props.y = s->y;
    f->width = s->width;
    f->height = s->height;
    if (has_text(f->node) && !too_deep(c, f->node)) {
        if (s->turned)
            warn_unseen(c, f->node->origin, UNSEEN_TURN);
        make_text(c, f, s->text, f->node);
    }
}

enum { LEAST = 200 };           /* room for the text of a control, twips */

static void make_control(Ctx *c, Frame *f)
{
    const int32_t area[4] = { 0, 0, f->props.width, f->props.height };
    f->width = f->props.width;
    f->height = f->props.height;
    f->control = control_find(c, f->node);
    if (!f->control)
        return;
    const OdfNode *text = control_text(c, f);
    int32_t inset = control_inset(c, f);
    if (!text || f->width < inset + LEAST)      /* Writer cuts off what has no room */
        return;
    f->props.text_align = FRAME_MIDDLE;
    memcpy(f->props.padding, (int32_t[4]){ 0, 40, 0, inset }, sizeof f->props.padding);
    make_text(c, f, area, text);
}

/* In the line a drawing takes a twip more than it is long (tried with LibreOffice 7.4: 19 heights,
 * 6 widths). */
static void size_in_line(const OdfNode *n, OdfName name, int32_t *size)
{
    const char *s = odf_attr(n, name);
    int32_t given, drawn;
    if (odf_length(s, &given) && given == *size && odf_length_drawn(s, &drawn))
        *size = drawn + 1;
}

void drawing_make(Ctx *c, Frame *f, int32_t room)
{
    if (f->node->name == ODF_DRAW_G)
        make_group(c, f, room);
    else if (f->node->name == ODF_DRAW_CONTROL)
        make_control(c, f);
    else
        make_shape(c, f);
    if (f->props.anchor == ANCHOR_CHAR_AS && f->node->name != ODF_DRAW_G) {
        size_in_line(f->node, ODF_SVG_WIDTH, &f->width);
        size_in_line(f->node, ODF_SVG_HEIGHT, &f->height);
    }
}

/* ---- painting ---- */

LayoutItem *emit_path(Emit *e, LayoutNode *node, const OdfPoint *point, size_t n, int32_t x,
                      int32_t y, Paint paint)
{
    LayoutPoint *p = ARENA_ARRAY(e->c->arena, LayoutPoint, n);
    int32_t x0 = point[0].x, y0 = point[0].y, x1 = x0, y1 = y0;
    for (size_t i = 0; i < n; i++) {
        p[i] = (LayoutPoint){ point[i].kind, x + point[i].x, y + point[i].y };
        x0 = min(x0, point[i].x);
        y0 = min(y0, point[i].y);
        x1 = max(x1, point[i].x);
        y1 = max(y1, point[i].y);
    }
    LayoutItem *i = emit_item(e, node);
    i->kind = ITEM_PATH;
    i->x = x + x0;
    i->y = y + y0;
    i->w = x1 - x0;
    i->h = y1 - y0;
    i->color = paint.color;
    i->opacity = (uint8_t)paint.opacity;
    i->path.point = p;
    i->path.n = (uint32_t)n;
    i->path.fill = paint.fill;
    i->path.width = paint.width;
    return i;
}

static void emit_stroke(Emit *e, const OdfFrameProps *p, LayoutNode *node, const OdfPoint *point,
                        size_t n, int32_t x, int32_t y)
{
    LayoutItem *i = emit_path(e, node, point, n, x, y,
                              (Paint){ p->stroke, p->stroke_opacity, false, p->stroke_width });
    if (!p->n_dash)
        return;
    int32_t *dash = ARENA_ARRAY(e->c->arena, int32_t, p->n_dash);
    memcpy(dash, p->dash, p->n_dash * sizeof *dash);
    i->path.n_dash = p->n_dash;
    i->path.dash = dash;
}

void emit_shape(Emit *e, const Frame *f, int32_t x, int32_t y, LayoutNode *node)
{
    const OdfFrameProps *p = &f->props;
    const OdfShape *s = &f->shape;
    if (!s->n_point)
        return;
    if (node && node->role != ROLE_FIGURE)
        node = NULL;            /* it holds the text; the outline is decoration */
    for (uint32_t i = 0, from = 0; i < s->n_contour; from = s->contour[i++].end) {
        const struct OdfContour *k = &s->contour[i];
        const OdfPoint *at = s->point + from;
        bool box = f->node->name == ODF_DRAW_RECT && s->n_point == 5 && !s->turned;
        if (!s->open && k->fill && (p->other_fill || (p->gradient && !has_bands(p, box))))
            warn_unseen(e->c, f->node->origin, UNSEEN_FILL);
        if (!s->open && k->fill && has_bands(p, box))
            emit_gradient(e, p, node, x, y, f->width, f->height);
        else if (!s->open && k->fill && p->fill != COLOR_NONE)
            emit_path(e, node, at, k->end - from, x, y,
                      (Paint){ p->fill, p->fill_opacity, true, 0 });
        if (k->stroke && p->stroke != COLOR_NONE)
            emit_stroke(e, p, node, at, k->end - from, x, y);
    }
    if (node)
        memcpy(node->box, (int32_t[4]){ x, y, x + f->width, y + f->height }, sizeof node->box);
}
