/* SPDX-License-Identifier: MIT */
/* Bars, lines, areas and points of charts, and what is written at them (writer-layout,
 * frames-styles 6.5, 6.6). */
#include "chart.h"

#include <math.h>
#include <string.h>

#define AWAY MM100(100) /* from a thing to what is written at it */

typedef struct {
    ChartPen *k;
    const Plot *p;
    double *up, *under; /* of each category: what is stacked so far */
    double *sum;        /* all of it */
    bool stacked;
} Stack;

static const Scale *scale_of(const Plot *p, const OdfChartSeries *s)
{
    return s->secondary ? &p->y2 : &p->y;
}

static double share(const Stack *t, size_t i, double v)
{
    return !t->k->chart->percent ? v : t->sum[i] > 0 ? v / t->sum[i] : 0;
}

static void stack_open(Stack *t, ChartPen *k, const Plot *p, bool secondary)
{
    const OdfChart *c = k->chart;
    Arena *a = k->e->c->pass;
    *t = (Stack){ .k = k,
                  .p = p,
                  .stacked = c->stacked,
                  .up = ARENA_ARRAY(a, double, c->n + 1),
                  .under = ARENA_ARRAY(a, double, c->n + 1),
                  .sum = ARENA_ARRAY(a, double, c->n + 1) };
    for (size_t s = 0; s < c->n_series; s++)
        for (size_t i = 0; i < c->n && c->series[s].secondary == secondary; i++)
            if (!isnan(c->series[s].value[i]))
                t->sum[i] += fabs(c->series[s].value[i]);
}

/* ---- labels ---- */

static void part(Buf *b, const OdfChartPoint *p, const char *text)
{
    if (b->n && *text)
        buf_str(b, p->separator);
    buf_str(b, text);
}

const char *chart_label(const ChartPen *k, const OdfChartSeries *s, size_t i, double sum)
{
    const OdfChartPoint *p = s->point[i];
    double v = s->value[i];
    Buf b = { 0 };
    if (!p->label || isnan(v))
        return NULL;
    if (p->label & LABEL_CATEGORY)
        part(&b, p, k->chart->category[i]);
    if (p->label & LABEL_SERIES && s->name)
        part(&b, p, s->name);
    if (p->label & LABEL_VALUE)
        part(&b, p, chart_number_text(k, p->format, p->props, v, false));
    if (p->label & LABEL_PERCENT)
        part(&b, p,
             chart_number_text(k, p->percent_format, p->props, sum > 0 ? fabs(v) / sum : 0, true));
    const char *text = b.n ? arena_dup(k->e->c->pass, b.p, b.n) : NULL;
    buf_free(&b);
    return text;
}

/* Writes beside a place: dx, dy of -1, 0, 1 say on which side. */
static void put_label(ChartPen *k, const OdfChartPoint *p, const char *text, double x, double y,
                      int dx, int dy)
{
    Size size = chart_block_size(k, p->props, text);
    x += dx * AWAY + (dx - 1) * size.width / 2;
    y += dy * AWAY + (dy - 1) * size.height / 2;
    chart_block(k, p->props, text, x, y, true);
}

/* At the higher end, whatever the sign (LibreOffice 7.4); towards: the way that values grow on the
 * page, to the right or up. */
static void bar_label(const Stack *t, const OdfChartSeries *s, size_t i, Area bar, bool towards)
{
    const OdfChartPoint *p = s->point[i];
    const char *text = chart_label(t->k, s, i, t->sum[i]);
    bool across = t->k->chart->sideways;
    double x = (bar.left + bar.right) / 2, y = (bar.top + bar.bottom) / 2;
    OdfChartPlace place = p->place;
    if (!text)
        return;
    if (place == PLACE_AUTO)
        place = t->stacked ? PLACE_CENTER : PLACE_OUTSIDE;
    int way = place == PLACE_CENTER ? 0 : across == towards ? 1 : -1; /* right or down: 1 */
    bool end = place != PLACE_ORIGIN;
    if (way && across)
        x = end == (way > 0) ? bar.right : bar.left;
    else if (way)
        y = end == (way > 0) ? bar.bottom : bar.top;
    if (place == PLACE_INSIDE)
        way = -way;
    put_label(t->k, p, text, x, y, across ? way : 0, across ? 0 : way);
}

static void point_label(const Stack *t, const OdfChartSeries *s, size_t i, OdfPoint at)
{
    static const signed char sides[][2] = {
        [PLACE_AUTO] = { 0, -1 },    [PLACE_CENTER] = { 0, 0 }, [PLACE_INSIDE] = { 0, 1 },
        [PLACE_OUTSIDE] = { 0, -1 }, [PLACE_ORIGIN] = { 0, 1 }, [PLACE_ABOVE] = { 0, -1 },
        [PLACE_BELOW] = { 0, 1 },    [PLACE_LEFT] = { -1, 0 },  [PLACE_RIGHT] = { 1, 0 },
    };
    const OdfChartPoint *p = s->point[i];
    const char *text = chart_label(t->k, s, i, t->sum[i]);
    if (text)
        put_label(t->k, p, text, at.x, at.y, sides[p->place][0], sides[p->place][1]);
}

/* ---- bars ---- */

static double inside(double at)
{
    return at < 0 ? 0 : at > 1 ? 1 : at;
}

/* 6.5: width of a category = bars + gap, in widths of a bar; `slot` of `slots` stand
 * side by side. */
static void bar(const Stack *t, const OdfChartSeries *s, size_t i, size_t slot, size_t slots,
                bool labels)
{
    const OdfChart *c = t->k->chart;
    const Scale *scale = scale_of(t->p, s);
    double v = s->value[i], from = 0, over = t->stacked ? 0 : c->overlap / 100.;
    if (isnan(v))
        return;
    double *pile = v < 0 ? &t->under[i] : &t->up[i];
    if (t->stacked) {
        from = *pile;
        v = *pile += v;
    }
    double low = t->stacked ? scale_at(scale, share(t, i, from)) : plot_base(t->k, scale);
    double high = scale_at(scale, share(t, i, v));
    if (isnan(low))
        low = scale->reversed ? 1 : 0;
    if (isnan(high) || (low < 0 && high < 0) || (low > 1 && high > 1))
        return;
    double bars = (double)slots - over * ((double)slots - 1) + c->gap / 100.,
           width = 1. / (double)c->n / bars;
    double x = (double)i / (double)c->n + width * (c->gap / 200. + (double)slot * (1 - over));
    x = t->p->x.reversed ? 1 - x - width : x;
    OdfPoint a = plot_point(t->k, t->p, x, inside(low));
    OdfPoint b = plot_point(t->k, t->p, x + width, inside(high));
    Area box = { a.x < b.x ? a.x : b.x, a.y < b.y ? a.y : b.y, a.x > b.x ? a.x : b.x,
                 a.y > b.y ? a.y : b.y };
    if (labels)
        bar_label(t, s, i, box, !scale->reversed);
    else
        chart_rectangle(t->k, &s->point[i]->look, box);
}

static void bars(ChartPen *k, const Plot *p, bool secondary, bool labels)
{
    const OdfChart *c = k->chart;
    Stack t;
    size_t slots = 0, slot = 0;
    stack_open(&t, k, p, secondary);
    for (size_t s = 0; s < c->n_series; s++)
        slots += c->series[s].kind == CHART_BAR && c->series[s].secondary == secondary;
    for (size_t s = 0; s < c->n_series; s++) {
        if (c->series[s].kind != CHART_BAR || c->series[s].secondary != secondary)
            continue;
        for (size_t i = 0; i < c->n; i++)
            bar(&t, &c->series[s], i, t.stacked ? 0 : slot, t.stacked ? 1 : slots, labels);
        slot++;
    }
}

/* ---- lines and points ---- */

static double x_of(const ChartPen *k, const Plot *p, const OdfChartSeries *s, size_t i)
{
    return s->x ? scale_at(&p->x, s->x[i]) : plot_category(k, p, i);
}

/* False: there is no such point. */
static bool find_point(const Stack *t, const OdfChartSeries *s, size_t i, OdfPoint *at)
{
    double v = s->value[i];
    if (t->stacked && !s->x && !isnan(v))
        v = t->up[i] += v;
    double x = x_of(t->k, t->p, s, i), y = scale_at(scale_of(t->p, s), share(t, i, v));
    if (isnan(x) || isnan(y))
        return false;
    *at = plot_point(t->k, t->p, x, y);
    return scale_has(x);
}

static bool on_plot(const Plot *p, OdfPoint at)
{
    return at.y > p->box.top - 1 && at.y < p->box.bottom + 1;
}

/* The part of a line from a to b that is between the heights of the plot. */
static bool cut(const Plot *p, OdfPoint *a, OdfPoint *b)
{
    const double ends[] = { p->box.top, p->box.bottom };
    for (int i = 0; i < 2; i++) {
        OdfPoint *out = i ? (a->y > b->y ? a : b) : (a->y < b->y ? a : b), *in = out == a ? b : a;
        double y = ends[i];
        if (i ? out->y <= y : out->y >= y)
            continue;
        if (i ? in->y > y : in->y < y)
            return false;
        double part = (y - in->y) / ((double)out->y - in->y);
        *out = chart_at(in->x + part * ((double)out->x - in->x), y);
    }
    return true;
}

static void polyline(const Stack *t, const OdfChartSeries *s, const OdfPoint *at, size_t n)
{
    bool whole = true;
    for (size_t i = 0; i < n; i++)
        whole &= on_plot(t->p, at[i]);
    if (whole) {
        chart_path(t->k, &s->own->look, at, n);
        return;
    }
    for (size_t i = 1; i < n; i++) {
        OdfPoint a = at[i - 1], b = at[i];
        if (cut(t->p, &a, &b))
            chart_line(t->k, &s->own->look, a, b);
    }
}

static void line(const Stack *t, const OdfChartSeries *s)
{
    size_t n = t->k->chart->n, from = 0, end = 0;
    OdfPoint *at = ARENA_ARRAY(t->k->e->c->pass, OdfPoint, n + 1);
    size_t *index = ARENA_ARRAY(t->k->e->c->pass, size_t, n + 1);
    for (size_t i = 0; i <= n; i++) {
        if (i < n && find_point(t, s, i, &at[end])) {
            index[end++] = i;
            continue;
        }
        polyline(t, s, at + from, end - from); /* a missing value parts the line */
        from = end;
    }
    for (size_t i = 0; i < end; i++)
        if (on_plot(t->p, at[i]))
            chart_symbol(t->k, s->point[index[i]], at[i].x, at[i].y,
                         s->point[index[i]]->symbol_size);
    for (size_t i = 0; i < end; i++)
        if (on_plot(t->p, at[i]))
            point_label(t, s, index[i], at[i]);
}

static void lines(ChartPen *k, const Plot *p, bool secondary)
{
    const OdfChart *c = k->chart;
    Stack t;
    stack_open(&t, k, p, secondary);
    for (size_t s = 0; s < c->n_series; s++)
        if (c->series[s].secondary == secondary &&
            (c->series[s].kind == CHART_LINE || c->series[s].kind == CHART_SCATTER))
            line(&t, &c->series[s]);
}

/* ---- areas ---- */

static void area(const Stack *t, const OdfChartSeries *s)
{
    size_t n = t->k->chart->n;
    const Scale *scale = scale_of(t->p, s);
    OdfPoint *at = ARENA_ARRAY(t->k->e->c->pass, OdfPoint, 2 * n + 1);
    for (size_t i = 0; i < n; i++) {
        double v = isnan(s->value[i]) ? 0 : s->value[i], base = t->stacked ? t->up[i] : 0;
        double x = plot_category(t->k, t->p, i);
        double low = t->stacked ? scale_at(scale, share(t, i, base)) : plot_base(t->k, scale);
        double high = scale_at(scale, share(t, i, base + v));
        at[i] = plot_point(t->k, t->p, x, inside(isnan(high) ? 0 : high));
        at[2 * n - 1 - i] = plot_point(t->k, t->p, x, inside(isnan(low) ? 0 : low));
        t->up[i] = base + v;
    }
    at[2 * n] = at[0];
    at[2 * n].kind = POINT_CLOSE;
    chart_path(t->k, &s->own->look, at, 2 * n + 1);
    for (size_t i = 0; i < n; i++)
        point_label(t, s, i, at[i]);
}

/* Those that are not stacked are painted from the last to the first, that all are seen. */
static void areas(ChartPen *k, const Plot *p, bool secondary)
{
    const OdfChart *c = k->chart;
    Stack t;
    stack_open(&t, k, p, secondary);
    for (size_t n = 0; n < c->n_series; n++) {
        const OdfChartSeries *s = &c->series[t.stacked ? n : c->n_series - 1 - n];
        if (s->kind == CHART_AREA && s->secondary == secondary)
            area(&t, s);
    }
}

void chart_series(ChartPen *k, const Plot *p)
{
    for (int secondary = 0; secondary < 2 && k->chart->n; secondary++) {
        areas(k, p, secondary);
        bars(k, p, secondary, false);
        bars(k, p, secondary, true);
        lines(k, p, secondary);
    }
}
