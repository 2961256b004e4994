/* SPDX-License-Identifier: MIT */
/* Pies and rings (writer-layout, frames-styles 6.7): pieces follow each other against the clock. */
#include "chart.h"

#include <math.h>
#include <string.h>

static const double FULL = 2 * M_PI;

typedef struct {
    ChartPen *k;
    double x, y, r; /* middle and radius */
    double hole;    /* inner radius of the ring that is drawn */
    Area used;      /* with what is written outside */
    Area before;    /* of the last label there */
} Pie;

static double larger(double a, double b)
{
    return a > b ? a : b;
}

static double smaller(double a, double b)
{
    return a < b ? a : b;
}

static double sum_of(const ChartPen *k, const OdfChartSeries *s)
{
    double sum = 0;
    for (size_t i = 0; i < k->chart->n; i++)
        sum += isnan(s->value[i]) ? 0 : fabs(s->value[i]);
    return sum;
}

/* Without a style of its own a piece has the next colour. */
OdfChartLook chart_piece_look(const OdfChartSeries *s, size_t i)
{
    OdfChartLook look = s->point[i]->look;
    if (look.fill == COLOR_AUTO)
        look.fill = odf_chart_color(i);
    return look;
}

/* ---- pieces ---- */

static size_t arc(OdfPoint *p, double x, double y, double r, double from, double to)
{
    int parts = (int)ceil(fabs(to - from) / (FULL / 8));
    size_t n = 0;
    p[n++] = chart_at(x + r * cos(from), y - r * sin(from));
    for (int i = 0; i < parts; i++) {
        double a = from + (to - from) * i / parts, b = from + (to - from) * (i + 1) / parts;
        double q = 4. / 3 * tan((b - a) / 4) * r;
        p[n] = chart_at(x + r * cos(a) - q * sin(a), y - r * sin(a) - q * cos(a));
        p[n + 1] = chart_at(x + r * cos(b) + q * sin(b), y - r * sin(b) + q * cos(b));
        p[n + 2] = chart_at(x + r * cos(b), y - r * sin(b));
        for (size_t e = n + 3; n < e; n++)
            p[n].kind = POINT_CURVE;
    }
    return n;
}

typedef struct {
    double from, to, outer, inner;
    size_t i;
} Piece;

static void piece(const Pie *pie, const OdfChartSeries *s, const Piece *q)
{
    OdfPoint p[64];
    double middle = (q->from + q->to) / 2, push = pie->r * s->point[q->i]->offset / 100;
    double x = pie->x + push * cos(middle), y = pie->y - push * sin(middle);
    OdfChartLook look = chart_piece_look(s, q->i);
    size_t n = arc(p, x, y, q->outer, q->from, q->to);
    if (q->inner > 0)
        n += arc(p + n, x, y, q->inner, q->to, q->from);
    else if (q->to - q->from < FULL * (1 - 1e-9))
        p[n++] = chart_at(x, y);
    p[n] = p[0];
    p[n++].kind = POINT_CLOSE;
    chart_path(pie->k, &look, p, n);
}

/* ---- labels ---- */

typedef struct {
    double x, y;
} Vector; /* y upwards, from the middle of the pie */

static double turn_between(Vector a, Vector b)
{
    return fabs(remainder(atan2(a.y, a.x) - atan2(b.y, b.x), FULL));
}

/* Where the middle of a label stands inside its piece: as far out as its farthest corner may come,
 * and so that the line through the middle of the piece crosses the side that looks inwards, in its
 * middle if it looks straight, at its end if it looks askew.  False: it does not fit. */
static bool inner_place(const Piece *q, Size size, double r, Vector *at)
{
    double angle = (q->from + q->to) / 2, c = cos(angle), s = sin(angle),
           half = (q->to - q->from) / 2;
    bool upright = fabs(c) > fabs(s); /* the side that looks inwards */
    double side = upright ? size.height : size.width, depth = upright ? size.width : size.height;
    double askew = atan2(upright ? fabs(s) : fabs(c), upright ? fabs(c) : fabs(s));
    double near = side / 2 * (1 - askew / (FULL / 8)), far = side - near;
    double sx = c < 0 ? -1 : 1, sy = s < 0 ? -1 : 1;
    Vector across = { upright ? 0 : sx, upright ? sy : 0 }, out = { sx - across.x, sy - across.y };
    Vector d = { far * across.x + depth * out.x, far * across.y + depth * out.y };
    double b = c * d.x + s * d.y, rest = b * b - (d.x * d.x + d.y * d.y - r * r);
    if (rest < 0 || sqrt(rest) < b)
        return false;
    Vector p = { (sqrt(rest) - b) * c, (sqrt(rest) - b) * s };
    Vector n = { p.x - near * across.x, p.y - near * across.y };
    Vector m = { p.x + far * across.x, p.y + far * across.y };
    Vector g = { n.x + depth * out.x, n.y + depth * out.y };
    bool crosses = upright ? n.y * m.y <= 0 : n.x * m.x <= 0;
    *at = (Vector){ n.x + side / 2 * across.x + depth / 2 * out.x,
                    n.y + side / 2 * across.y + depth / 2 * out.y };
    return turn_between(p, m) <= half && turn_between(p, crosses ? n : g) <= half;
}

static void use(Pie *pie, double x, double y, Size size)
{
    Area *u = &pie->used;
    *u = (Area){ smaller(x, u->left), smaller(y, u->top), larger(x + size.width, u->right),
                 larger(y + size.height, u->bottom) };
}

/* A label that would lie on the one before it goes on against the clock. */
static void make_room(Pie *pie, Vector way, Size size, double *x, double *y)
{
    const Area *b = &pie->before;
    double across =
        size.width + b->right - b->left - larger(*x + size.width, b->right) + smaller(*x, b->left);
    double down = size.height + b->bottom - b->top - larger(*y + size.height, b->bottom) +
                  smaller(*y, b->top);
    if (across > 0 && down > 0) {
        if (fabs(way.x) > fabs(way.y))
            *x += way.x < 0 ? -across : across;
        else
            *y += way.y < 0 ? down : -down;
    }
    pie->before = (Area){ *x, *y, *x + size.width, *y + size.height };
}

static int side(double v)
{
    static const double straight = .0872; /* of five degrees */
    return v > straight ? 1 : v < -straight ? -1 : 0;
}

static void label(Pie *pie, const OdfChartSeries *s, const Piece *q, double sum, bool draw)
{
    ChartPen *k = pie->k;
    const OdfChartPoint *p = s->point[q->i];
    const char *text = chart_label(k, s, q->i, sum);
    double middle = (q->from + q->to) / 2, c = cos(middle), n = sin(middle);
    if (!text)
        return;
    Size size = chart_block_size(k, p->props, text);
    double out = q->outer + pie->r * p->offset / 100;
    int way = p->place == PLACE_OUTSIDE ? 1 : p->place == PLACE_INSIDE ? -1 : 0;
    Vector at = { (q->inner + out) / 2 * c, (q->inner + out) / 2 * n };
    if (q->inner > 0 || p->place == PLACE_CENTER)
        way = 0;
    else if (!way && !inner_place(q, size, out - .025 * pie->r, &at))
        way = 1;
    if (way)
        at = (Vector){ (out + way * MM100(150)) * c, (out + way * MM100(150)) * n };
    double x = pie->x + at.x + (way * side(c) - 1) * size.width / 2;
    double y = pie->y - at.y + (-way * side(n) - 1) * size.height / 2;
    if (way > 0 && p->place == PLACE_AUTO)
        make_room(pie, (Vector){ -n, c }, size, &x, &y);
    use(pie, x, y, size);
    if (draw)
        chart_block(k, p->props, text, x, y, true);
}

/* ---- the whole ---- */

static double largest_offset(const ChartPen *k)
{
    const OdfChart *c = k->chart;
    int32_t most = 0;
    for (size_t i = 0; c->n_series && c->kind == CHART_CIRCLE && i < c->n; i++)
        most = c->series[0].point[i]->offset > most ? c->series[0].point[i]->offset : most;
    return most / 100.;
}

enum { PIECES = 1, LABELS = 2 };

static void round_of(Pie *pie, const OdfChartSeries *s, double inner, double outer, unsigned what)
{
    const ChartPen *k = pie->k;
    double sum = sum_of(k, s), at = k->chart->angle * FULL / 360;
    for (size_t i = 0; i < k->chart->n && sum > 0; i++) {
        double v = isnan(s->value[i]) ? 0 : fabs(s->value[i]);
        Piece q = { at, at + v / sum * FULL, outer, inner, i };
        at = q.to;
        if (v > 0 && what & PIECES)
            piece(pie, s, &q);
        else if (v > 0)
            label(pie, s, &q, sum, what & LABELS);
    }
}

/* Of a pie the first series is shown, of a ring each, the first one outside. */
static void rounds(Pie *pie, unsigned what)
{
    pie->before = (Area){ -1, -1, -1, -1 };
    const OdfChart *c = pie->k->chart;
    size_t n = c->kind == CHART_RING ? c->n_series : c->n_series ? 1 : 0;
    double width = c->kind == CHART_RING ? pie->r / ((double)n + 1) : pie->r;
    for (size_t i = 0; i < n; i++) {
        double inner = c->kind == CHART_RING ? width * (double)(n - i) : 0;
        round_of(pie, &c->series[i], inner, inner + width, what);
    }
}

static void place(Pie *pie, Area a)
{
    double w = a.right - a.left, h = a.bottom - a.top, least = w < h ? w : h;
    pie->x = (a.left + a.right) / 2;
    pie->y = (a.top + a.bottom) / 2;
    pie->r = (least > 20 ? least / 2 : 10) / (1 + largest_offset(pie->k));
}

/* As in LibreOffice, what is written outside is measured at a small pie first. */
void chart_pie(ChartPen *k, Area room)
{
    Pie pie = { .k = k };
    double w = (room.right - room.left) / 2.2, h = (room.bottom - room.top) / 2.2;
    Area small = { room.left, room.top, room.left + w, room.top + h }, rest = room;
    if (k->chart->plot != PLOT_INNER) {
        place(&pie, small);
        double r = pie.r * (1 + largest_offset(k));
        pie.used = small = (Area){ pie.x - r, pie.y - r, pie.x + r, pie.y + r };
        rounds(&pie, 0);
        rest.left += small.left - pie.used.left;
        rest.top += small.top - pie.used.top;
        rest.right += small.right - pie.used.right;
        rest.bottom += small.bottom - pie.used.bottom;
    }
    place(&pie, rest);
    rounds(&pie, PIECES);
    rounds(&pie, LABELS);
}
