/* SPDX-License-Identifier: MIT */
/* Straight gradients: bands of one colour each, as LibreOffice prints them.  Each band reaches to
 * the end of the box, under those that follow, so that no seam is seen between them. */
#include "emit.h"

#include <math.h>
#include <stdlib.h>

enum { BANDS_MOST = 128 };

typedef struct {
    Emit *e;
    const OdfFrameProps *props;
    LayoutNode *node;
    int32_t x, y, w, h;
    double dx, dy;              /* where the gradient goes */
    double low, length;         /* of the box along it, from its middle */
} Area;

/* How far a corner of the box is along the gradient: 0 to 1. */
static double along(const Area *a, double x, double y)
{
    return ((x - a->w / 2.0) * a->dx + (y - a->h / 2.0) * a->dy - a->low) / a->length;
}

/* The part of the box that lies beyond `from`: one side of a line cuts a convex outline. */
static size_t beyond(const Area *a, double from, OdfPoint out[8])
{
    const double corner[4][2] = { { 0, 0 }, { a->w, 0 }, { a->w, a->h }, { 0, a->h } };
    size_t n = 0;
    for (int i = 0; i < 4; i++) {
        const double *p = corner[i], *q = corner[(i + 1) % 4];
        double s = along(a, p[0], p[1]) - from, t = along(a, q[0], q[1]) - from;
        if (s >= 0)
            out[n++] = (OdfPoint){ POINT_LINE, (int32_t)lround(p[0]), (int32_t)lround(p[1]) };
        if ((s < 0) != (t < 0)) {
            double k = s / (s - t);
            out[n++] = (OdfPoint){ POINT_LINE, (int32_t)lround(p[0] + k * (q[0] - p[0])),
                                   (int32_t)lround(p[1] + k * (q[1] - p[1])) };
        }
    }
    if (n)
        out[0].kind = POINT_MOVE;
    return n;
}

static int32_t mixed(int32_t from, int32_t to, int i, int n)
{
    int32_t out = 0;
    for (int shift = 16; shift >= 0; shift -= 8) {
        int32_t a = from >> shift & 255, b = to >> shift & 255;
        out |= (n > 1 ? a + (b - a) * i / (n - 1) : a) << shift;
    }
    return out;
}

/* The bands from one colour at `from` to another at `to`. */
static void bands(const Area *a, double from, double to, int32_t first, int32_t last)
{
    int n = 1;
    for (int shift = 16; shift >= 0; shift -= 8) {
        int32_t d = abs((first >> shift & 255) - (last >> shift & 255));
        n = d > n ? d : n;
    }
    n = n > BANDS_MOST ? BANDS_MOST : n;
    for (int i = 0; i < n; i++) {
        OdfPoint p[8];
        size_t k = beyond(a, from + (to - from) * i / n, p);
        if (k > 2)
            emit_path(a->e, a->node, p, k, a->x, a->y,
                      (Paint){ mixed(first, last, i, n), a->props->fill_opacity, true, 0 });
    }
}

/* Bands that are seen through would add up; outlines of other kinds would have to cut them. */
bool has_bands(const OdfFrameProps *p, bool box)
{
    return p->gradient && box && p->fill_opacity == 100;
}

void emit_gradient(Emit *e, const OdfFrameProps *p, LayoutNode *node, int32_t x, int32_t y,
                   int32_t w, int32_t h)
{
    const OdfGradient *g = p->gradient;
    if (w <= 0 || h <= 0)
        return;
    double turn = g->angle * M_PI / 1800, s = sin(turn), c = cos(turn);
    Area a = { e, p, node, x, y, w, h, s, c, 0, fabs(w * s) + fabs(h * c) };
    a.low = -a.length / 2;
    double border = g->border / 100.0;
    int32_t first = g->axial ? g->end : g->start;
    bands(&a, -1, 0, first, first);     /* what lies before the first band */
    if (g->axial) {     /* the start colour in the middle; the border on both sides */
        bands(&a, border / 2, 0.5, g->end, g->start);
        bands(&a, 0.5, 1 - border / 2, g->start, g->end);
    } else {
        bands(&a, border, 1, g->start, g->end);
    }
}
