/* SPDX-License-Identifier: MIT */
/* Lines, areas and marks of charts as items. */
#include "chart.h"

#include <math.h>
#include <string.h>

enum { BEYOND = 1 << 22 }; /* places that no page reaches */

static int32_t place(double v)
{
    return !(v > -BEYOND) ? -BEYOND : v > BEYOND ? BEYOND : (int32_t)lround(v);
}

OdfPoint chart_at(double x, double y)
{
    return (OdfPoint){ POINT_LINE, place(x), place(y) };
}

static void path(ChartPen *k, const OdfPoint *p, size_t n, Paint paint)
{
    OdfPoint *copy = ARENA_ARRAY(k->e->c->pass, OdfPoint, n);
    memcpy(copy, p, n * sizeof *copy);
    copy[0].kind = POINT_MOVE;
    emit_path(k->e, k->node, copy, n, 0, 0, paint);
}

static void dashed(ChartPen *k, const OdfChartLook *look, OdfPoint from, OdfPoint to)
{
    LayoutItem *i = emit_item(k->e, k->node);
    i->kind = ITEM_LINE;
    i->x = from.x;
    i->y = from.y;
    i->w = to.x - from.x;
    i->h = to.y - from.y;
    i->color = look->stroke;
    i->opacity = (uint8_t)look->stroke_opacity;
    i->line.width = look->stroke_width;
    i->line.dash[0] = 300;
    i->line.dash[1] = 200;
}

static void stroke(ChartPen *k, const OdfChartLook *look, const OdfPoint *p, size_t n)
{
    if (look->stroke == COLOR_NONE)
        return;
    if (!look->dashed) {
        path(k, p, n, (Paint){ look->stroke, look->stroke_opacity, false, look->stroke_width });
        return;
    }
    for (size_t i = 1; i < n; i++)
        if (p[i].kind == POINT_LINE)
            dashed(k, look, p[i - 1], p[i]);
}

void chart_line(ChartPen *k, const OdfChartLook *look, OdfPoint from, OdfPoint to)
{
    const OdfPoint p[] = { from, to };
    stroke(k, look, p, COUNT(p));
}

void chart_path(ChartPen *k, const OdfChartLook *look, const OdfPoint *p, size_t n)
{
    if (n < 2)
        return;
    if (look->fill >= 0 && look->fill_opacity)
        path(k, p, n, (Paint){ look->fill, look->fill_opacity, true, 0 });
    stroke(k, look, p, n);
}

void chart_rectangle(ChartPen *k, const OdfChartLook *look, Area a)
{
    OdfPoint p[] = { chart_at(a.left, a.top), chart_at(a.right, a.top), chart_at(a.right, a.bottom),
                     chart_at(a.left, a.bottom), chart_at(a.left, a.top) };
    p[4].kind = look->dashed ? POINT_LINE : POINT_CLOSE;
    chart_path(k, look, p, COUNT(p));
}

/* ---- symbols ---- */

/* Corners in eighths of the size, from the middle; a row for each of LibreOffice's symbols.  A
 * cross is two bars. */
static const struct {
    int n;
    signed char at[12][2];
} symbols[] = {
    { 4, { { -4, -4 }, { 4, -4 }, { 4, 4 }, { -4, 4 } } },
    { 4, { { 0, -4 }, { 4, 0 }, { 0, 4 }, { -4, 0 } } },
    { 3, { { -4, -4 }, { 4, -4 }, { 0, 4 } } },
    { 3, { { -4, 4 }, { 0, -4 }, { 4, 4 } } },
    { 3, { { -4, -4 }, { 4, 0 }, { -4, 4 } } },
    { 3, { { 4, -4 }, { 4, 4 }, { -4, 0 } } },
    { 4, { { -4, -4 }, { -4, 4 }, { 4, -4 }, { 4, 4 } } },
    { 4, { { -4, -4 }, { 4, -4 }, { -4, 4 }, { 4, 4 } } },
    { 0, { { 0, 0 } } },
    { 8, { { 0, -4 }, { 1, -1 }, { 4, 0 }, { 1, 1 }, { 0, 4 }, { -1, 1 }, { -4, 0 }, { -1, -1 } } },
    { 12,
      { { -4, -3 },
        { -3, -4 },
        { 0, -1 },
        { 3, -4 },
        { 4, -3 },
        { 1, 0 },
        { 4, 3 },
        { 3, 4 },
        { 0, 1 },
        { -3, 4 },
        { -4, 3 },
        { -1, 0 } } },
    { 12,
      { { -1, -4 },
        { 1, -4 },
        { 1, -1 },
        { 4, -1 },
        { 4, 1 },
        { 1, 1 },
        { 1, 4 },
        { -1, 4 },
        { -1, 1 },
        { -4, 1 },
        { -4, -1 },
        { -1, -1 } } },
    { 8, { { 0, -4 }, { 1, -2 }, { 4, -2 }, { 2, 0 }, { 4, 3 }, { 0, 1 }, { -4, 3 }, { -1, 0 } } },
    { 4, { { -4, -1 }, { 4, -1 }, { 4, 1 }, { -4, 1 } } },
    { 4, { { -1, -4 }, { 1, -4 }, { 1, 4 }, { -1, 4 } } },
};

static void disc(ChartPen *k, const OdfChartLook *look, double x, double y, double r)
{
    enum { CORNERS = 24 };
    OdfPoint p[CORNERS + 1];
    for (int i = 0; i <= CORNERS; i++)
        p[i] = chart_at(x + r * cos(i * 2 * M_PI / CORNERS),
                        y + r * sin(i * 2 * M_PI / CORNERS));
    chart_path(k, look, p, COUNT(p));
}

void chart_symbol(ChartPen *k, const OdfChartPoint *point, double x, double y, double size)
{
    const OdfChartLook look = { point->color, point->color, 100, 100, 0, false };
    if (point->symbol < 0 || point->symbol >= (int32_t)COUNT(symbols))
        return;
    int n = symbols[point->symbol].n;
    OdfPoint p[13];
    if (!n) {
        disc(k, &look, x, y, size / 2);
        return;
    }
    for (int i = 0; i <= n; i++) {
        const signed char *at = symbols[point->symbol].at[i % n];
        p[i] = chart_at(x + at[0] * size / 8, y + at[1] * size / 8);
    }
    chart_path(k, &look, p, (size_t)n + 1);
}
