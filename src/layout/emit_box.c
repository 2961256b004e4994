/* SPDX-License-Identifier: MIT */
/* Borders and backgrounds as items; all of them decoration, that is artifacts. */
#include "emit.h"

void emit_fill(Emit *e, int32_t x, int32_t y, int32_t w, int32_t h, int32_t color)
{
    if (w <= 0 || h <= 0 || color == COLOR_NONE)
        return;
    LayoutItem *i = emit_item(e, NULL);
    i->kind = ITEM_FILL;
    i->x = x;
    i->y = y;
    i->w = w;
    i->h = h;
    i->color = color == COLOR_AUTO ? 0 : color;
}

/* Dash patterns in hundredths of a point, whatever the width (tables-pages 2.9). */
static const int32_t dashes[][4] = {
    [BORDER_DOTTED] = { 50, 100, 50, 100 },         [BORDER_DASHED] = { 800, 250, 800, 250 },
    [BORDER_FINE_DASHED] = { 300, 100, 300, 100 },  [BORDER_DASH_DOT] = { 800, 250, 250, 250 },
    [BORDER_DASH_DOT_DOT] = { 800, 250, 250, 250 },
};

enum { THIN = 10 };             /* twips */

/* A thin rule is a line, which every device shows; the area of one would be a shade of grey. */
static void line(Emit *e, bool across, int32_t x, int32_t y, int32_t length, int32_t width,
                 int32_t color, const int32_t dash[4])
{
    if (width >= THIN && !dash) {
        emit_fill(e, x, y, across ? length : width, across ? width : length, color);
        return;
    }
    if (width <= 0 || length <= 0)
        return;
    LayoutItem *i = emit_item(e, NULL);
    i->kind = ITEM_LINE;
    i->x = across ? x : x + width / 2;
    i->y = across ? y + width / 2 : y;
    i->w = across ? length : 0;
    i->h = across ? 0 : length;
    i->color = color;
    i->line.width = width;
    for (int k = 0; dash && k < 4; k++)
        i->line.dash[k] = dash[k];
}

/* The two lines of a double border; at its ends the inner one stops at the inner line of the side
 * that it meets: cut_before and cut_after are that side's outer line and gap. */
static void doubled(Emit *e, const OdfBorder *b, OdfSide side, int32_t x, int32_t y, int32_t length,
                    int32_t cut_before, int32_t cut_after)
{
    bool across = side == SIDE_TOP || side == SIDE_BOTTOM,
         outer_first = side == SIDE_TOP || side == SIDE_LEFT;
    int32_t color = b->color == COLOR_AUTO ? 0 : b->color;
    int32_t outer = outer_first ? 0 : b->inner + b->gap,
            inner = outer_first ? b->outer + b->gap : 0;
    line(e, across, across ? x : x + outer, across ? y + outer : y, length, b->outer, color, NULL);
    x += across ? cut_before : inner;
    y += across ? inner : cut_before;
    line(e, across, x, y, length - cut_before - cut_after, b->inner, color, NULL);
}

static int32_t corner(const OdfBorder *b)
{
    bool two = b->style == BORDER_DOUBLE || b->style == BORDER_DOUBLE_THIN;
    return two && b->width ? b->outer + b->gap : 0;
}

static void box_side(Emit *e, const OdfBorder border[4], OdfSide side, int32_t x, int32_t y,
                     int32_t length)
{
    const OdfBorder *b = &border[side];
    bool across = side == SIDE_TOP || side == SIDE_BOTTOM;
    if (!corner(b))
        emit_border(e, b, side, x, y, length);
    else
        doubled(e, b, side, x, y, length, corner(&border[across ? SIDE_LEFT : SIDE_TOP]),
                corner(&border[across ? SIDE_RIGHT : SIDE_BOTTOM]));
}

void emit_border(Emit *e, const OdfBorder *b, OdfSide side, int32_t x, int32_t y, int32_t length)
{
    bool across = side == SIDE_TOP || side == SIDE_BOTTOM;
    int32_t color = b->color == COLOR_AUTO ? 0 : b->color;
    if (b->style == BORDER_NONE || b->width <= 0 || length <= 0)
        return;
    switch (b->style) {
    case BORDER_DOTTED: case BORDER_DASHED: case BORDER_FINE_DASHED: case BORDER_DASH_DOT:
    case BORDER_DASH_DOT_DOT:
        line(e, across, x, y, length, b->width, color, dashes[b->style]);
        return;
    case BORDER_DOUBLE: case BORDER_DOUBLE_THIN:
        doubled(e, b, side, x, y, length, 0, 0);
        return;
    default:
        line(e, across, x, y, length, b->width, color, NULL);
    }
}

void emit_box(Emit *e, const OdfBorder border[4], int32_t background, int32_t x, int32_t y,
              int32_t w, int32_t h)
{
    emit_fill(e, x, y, w, h, background);
    box_side(e, border, SIDE_TOP, x, y, w);
    box_side(e, border, SIDE_LEFT, x, y, h);
    box_side(e, border, SIDE_BOTTOM, x, y + h - border[SIDE_BOTTOM].width, w);
    box_side(e, border, SIDE_RIGHT, x + w - border[SIDE_RIGHT].width, y, h);
}
