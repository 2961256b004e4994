/* SPDX-License-Identifier: MIT */
/* Shapes: rectangles, ellipses, lines, paths, and Writer's own shapes, as outlines. */
#include "outline.h"

#include <math.h>
#include <string.h>

static const double FULL = 2 * M_PI;

bool odf_is_drawing(OdfName name)
{
    switch (name) {
    case ODF_DRAW_FRAME: case ODF_DRAW_RECT: case ODF_DRAW_LINE: case ODF_DRAW_ELLIPSE:
    case ODF_DRAW_CIRCLE: case ODF_DRAW_POLYLINE: case ODF_DRAW_POLYGON: case ODF_DRAW_PATH:
    case ODF_DRAW_CUSTOM_SHAPE: case ODF_DRAW_G: case ODF_DRAW_CONTROL: case ODF_DRAW_CONNECTOR:
    case ODF_DRAW_CAPTION: case ODF_DRAW_REGULAR_POLYGON:
        return true;
    default:
        return false;
    }
}

static double length(const OdfNode *n, OdfName name)
{
    int32_t v;
    return odf_length(odf_attr(n, name), &v) ? v : 0;
}

typedef struct { double x, y, w, h; } Box;

static Box box_of(const OdfNode *n)
{
    Box b = { length(n, ODF_SVG_X), length(n, ODF_SVG_Y), length(n, ODF_SVG_WIDTH),
              length(n, ODF_SVG_HEIGHT) };
    double rx = length(n, ODF_SVG_RX), ry = length(n, ODF_SVG_RY), r = length(n, ODF_SVG_R);
    rx = rx > 0 ? rx : r;
    ry = ry > 0 ? ry : r;
    if (b.w <= 0 && rx > 0 && odf_attr(n, ODF_SVG_CX))
        b = (Box){ length(n, ODF_SVG_CX) - rx, length(n, ODF_SVG_CY) - ry, 2 * rx, 2 * ry };
    return b;
}

/* From a view box to the shape's box. */
static Matrix fitted(const double view[4], Box b)
{
    double sx = view[2] > 0 ? b.w / view[2] : 1, sy = view[3] > 0 ? b.h / view[3] : 1;
    return (Matrix){ { sx, 0, 0, sy, b.x - view[0] * sx, b.y - view[1] * sy } };
}

static bool read_view(const OdfNode *n, double view[4])
{
    const char *s = odf_attr(n, ODF_SVG_VIEWBOX);
    for (int i = 0; i < 4; i++)
        if (!s || !outline_number(&s, &view[i]))
            return false;
    return true;
}

/* ---- outlines ---- */

static void rectangle(Outline *o, Box b, double r)
{
    double most = (b.w < b.h ? b.w : b.h) / 2;
    double right = b.x + b.w, bottom = b.y + b.h;
    r = r > most ? most : r;
    if (r <= 0) {
        outline_move(o, b.x, b.y);
        outline_line(o, right, b.y);
        outline_line(o, right, bottom);
        outline_line(o, b.x, bottom);
    } else {
        outline_arc(o, b.x + r, b.y + r, r, r, FULL / 2, FULL / 4, false);
        outline_arc(o, right - r, b.y + r, r, r, FULL * 3 / 4, FULL / 4, true);
        outline_arc(o, right - r, bottom - r, r, r, 0, FULL / 4, true);
        outline_arc(o, b.x + r, bottom - r, r, r, FULL / 4, FULL / 4, true);
    }
    outline_close(o);
}

static void line(Outline *o, const OdfNode *n)
{
    outline_move(o, length(n, ODF_SVG_X1), length(n, ODF_SVG_Y1));
    outline_line(o, length(n, ODF_SVG_X2), length(n, ODF_SVG_Y2));
}

static void with_view(Outline *o, const OdfNode *n, Box b)
{
    double view[4];
    const char *d = odf_attr(n, ODF_SVG_D), *points = odf_attr(n, ODF_DRAW_POINTS);
    Matrix outer = o->to;
    if (read_view(n, view))
        o->to = matrix_then(fitted(view, b), outer);
    if (d)
        outline_svg(o, d);
    else if (points)
        outline_points(o, points, n->name == ODF_DRAW_POLYGON);
    o->to = outer;
}

static Matrix mirrored(const OdfNode *g, Box b)
{
    bool across = odf_bool(odf_attr(g, ODF_DRAW_MIRROR_HORIZONTAL), false);
    bool down = odf_bool(odf_attr(g, ODF_DRAW_MIRROR_VERTICAL), false);
    return (Matrix){ { across ? -1 : 1, 0, 0, down ? -1 : 1, across ? 2 * b.x + b.w : 0,
                       down ? 2 * b.y + b.h : 0 } };
}

static void custom(Outline *o, const OdfNode *n, Box b, Arena *a, double text[4])
{
    const OdfNode *g = odf_kid(n, ODF_DRAW_ENHANCED_GEOMETRY);
    if (!g) {
        rectangle(o, b, 0);
        return;
    }
    double area[4];
    Matrix outer = o->to;
    Formulas *f = formulas_new(g, b.w, b.h, a);
    Matrix fit = fitted(formulas_view(f), b);
    o->to = matrix_then(matrix_then(fit, mirrored(g, b)), outer);
    enhanced_outline(o, f, g, area);
    o->to = outer;
    for (int i = 0; i < 4; i++)
        text[i] = area[i] * fit.m[i % 2 ? 3 : 0] + fit.m[i % 2 ? 5 : 4] - (i % 2 ? b.y : b.x);
}

/* Corners on the ellipse of the box, the first at the top; of a star, others between them. */
static void regular(Outline *o, const OdfNode *n, Box b)
{
    enum { CORNERS_MOST = 1000 };
    int32_t sharpness;
    bool star = odf_bool(odf_attr(n, ODF_DRAW_CONCAVE), false);
    int corners = odf_int(odf_attr(n, ODF_DRAW_CORNERS), 3) * (star ? 2 : 1);
    if (!odf_percent(odf_attr(n, ODF_DRAW_SHARPNESS), &sharpness))
        sharpness = 0;
    for (int i = 0; corners >= 3 && corners <= CORNERS_MOST && i < corners; i++) {
        double a = FULL * i / corners - FULL / 4, k = star && i % 2 ? (100 - sharpness) / 200. : .5;
        double x = b.x + b.w * (.5 + k * cos(a)), y = b.y + b.h * (.5 + k * sin(a));
        if (i)
            outline_line(o, x, y);
        else
            outline_move(o, x, y);
    }
    outline_close(o);
}

static bool outline_of(Outline *o, const OdfNode *n, Box b, Arena *a, double text[4])
{
    switch (n->name) {
    case ODF_DRAW_RECT: case ODF_DRAW_CAPTION:
        rectangle(o, b, length(n, ODF_DRAW_CORNER_RADIUS));
        return true;
    case ODF_DRAW_ELLIPSE: case ODF_DRAW_CIRCLE:
        outline_arc(o, b.x + b.w / 2, b.y + b.h / 2, b.w / 2, b.h / 2, 0, FULL, false);
        outline_close(o);
        return true;
    case ODF_DRAW_LINE:
        line(o, n);
        return true;
    case ODF_DRAW_CONNECTOR:
        if (odf_attr(n, ODF_SVG_D))
            with_view(o, n, b);
        else
            line(o, n);
        return true;
    case ODF_DRAW_PATH: case ODF_DRAW_POLYGON: case ODF_DRAW_POLYLINE:
        with_view(o, n, b);
        return true;
    case ODF_DRAW_REGULAR_POLYGON:
        regular(o, n, b);
        return true;
    case ODF_DRAW_CUSTOM_SHAPE:
        custom(o, n, b, a, text);
        return true;
    default:
        return false;
    }
}

/* ---- the shape ---- */

static bool has_inside(const OdfNode *n)
{
    const char *d = n->name == ODF_DRAW_PATH ? odf_attr(n, ODF_SVG_D) : NULL;
    return n->name != ODF_DRAW_LINE && n->name != ODF_DRAW_CONNECTOR &&
           n->name != ODF_DRAW_POLYLINE && (!d || strpbrk(d, "zZ"));
}

/* Its box is what its points take. */
static void bound(OdfShape *s, OdfPoint *p, uint32_t n)
{
    int32_t x1 = p[0].x, y1 = p[0].y;
    s->x = x1;
    s->y = y1;
    for (uint32_t i = 1; i < n; i++) {
        s->x = p[i].x < s->x ? p[i].x : s->x;
        s->y = p[i].y < s->y ? p[i].y : s->y;
        x1 = p[i].x > x1 ? p[i].x : x1;
        y1 = p[i].y > y1 ? p[i].y : y1;
    }
    s->width = x1 - s->x;
    s->height = y1 - s->y;
}

static void copy_outline(const Outline *o, bool own_box, Arena *a, OdfShape *out)
{
    OdfPoint *p = ARENA_ARRAY(a, OdfPoint, o->point.n);
    struct OdfContour *k = ARENA_ARRAY(a, struct OdfContour, o->contour.n);
    memcpy(p, o->point.p, o->point.n * sizeof *p);
    memcpy(k, o->contour.p, o->contour.n * sizeof *k);
    if (own_box)
        bound(out, p, (uint32_t)o->point.n);
    for (size_t i = 0; i < o->point.n; i++) {
        p[i].x -= out->x;
        p[i].y -= out->y;
    }
    out->point = p;
    out->n_point = (uint32_t)o->point.n;
    out->contour = k;
    out->n_contour = (uint32_t)o->contour.n;
}

bool odf_shape(const OdfNode *n, Arena *a, OdfShape *out)
{
    Box b = box_of(n);
    double text[4] = { 0, 0, b.w, b.h };
    Outline o = { .to = { { 1, 0, 0, 1, 0, 0 } } };
    const char *transform = odf_attr(n, ODF_DRAW_TRANSFORM);
    bool turned = transform && matrix_read(transform, &o.to), known = outline_of(&o, n, b, a, text);
    *out = (OdfShape){ .x = (int32_t)b.x, .y = (int32_t)b.y, .width = (int32_t)b.w,
                       .height = (int32_t)b.h, .open = !has_inside(n), .turned = turned };
    for (int i = 0; i < 4; i++)
        out->text[i] = text[i] > -1e6 && text[i] < 1e6 ? (int32_t)text[i] : 0;
    outline_contour(&o, true, true);
    if (known && o.point.n)
        copy_outline(&o, turned || n->name == ODF_DRAW_LINE || n->name == ODF_DRAW_CONNECTOR, a,
                     out);
    if (turned) {
        const int32_t whole[4] = { 0, 0, out->width, out->height };
        memcpy(out->text, whole, sizeof whole);
    }
    vec_free(&o.point);
    vec_free(&o.contour);
    return known;
}
