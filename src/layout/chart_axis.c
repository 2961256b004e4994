/* SPDX-License-Identifier: MIT */
/* Axes of charts: where the plot stands between their labels, and their drawing (writer-layout,
 * frames-styles 6.3). */
#include "chart.h"

#include <math.h>
#include <string.h>

#define TICK MM100(150)
#define GAP MM100(100) /* from the mark to its label */

static const double TURN = M_PI / 180;

/* ---- places ---- */

OdfPoint plot_point(const ChartPen *k, const Plot *p, double x, double y)
{
    const Area *b = &p->box;
    double u = k->chart->sideways ? y : x, v = k->chart->sideways ? x : y;
    return chart_at(b->left + u * (b->right - b->left), b->bottom - v * (b->bottom - b->top));
}

double plot_category(const ChartPen *k, const Plot *p, size_t i)
{
    double n = (double)k->chart->n, place = (double)i;
    double at = p->shifted ? (place + .5) / n : n > 1 ? place / (n - 1) : 0;
    return p->x.reversed ? 1 - at : at;
}

/* ---- an axis with its marks and labels ---- */

typedef struct {
    ChartPen *k;
    Plot *p;
    const OdfChartAxis *axis;
    const Scale *scale; /* NULL: names */
    bool upright;       /* on the page */
    bool far;           /* its labels are on the right or above */
    double across;      /* of the page: where it stands */
    bool turned;
    size_t every; /* labels that are shown; 2: every other one */
    bool staggered;
    double widest;
    Area used;
} AxisRun;

/* From the axis to its labels. */
static double away(const AxisRun *r)
{
    return GAP + (r->axis->outer_ticks ? TICK : 0);
}

static double run_at(const AxisRun *r, double at)
{
    const Area *b = &r->p->box;
    return r->upright ? b->bottom - at * (b->bottom - b->top) : b->left + at * (b->right - b->left);
}

static void use(AxisRun *r, double x0, double y0, double x1, double y1)
{
    Area *u = &r->used;
    u->left = x0 < u->left ? x0 : u->left;
    u->top = y0 < u->top ? y0 : u->top;
    u->right = x1 > u->right ? x1 : u->right;
    u->bottom = y1 > u->bottom ? y1 : u->bottom;
}

static size_t count(const AxisRun *r)
{
    if (!r->scale)
        return r->k->chart->n;
    if (r->scale->logarithmic)
        return (size_t)(log10(r->scale->max) - log10(r->scale->min) + 1.5);
    double n = (r->scale->max - r->scale->min) / r->scale->step;
    return n < 1000 ? (size_t)(n + 1 + 1e-6) : 0;
}

static double value_of(const AxisRun *r, size_t i)
{
    if (r->scale->logarithmic)
        return r->scale->min * pow(10, (double)i);
    double first = -scale_down(-r->scale->min, r->scale->step),
           v = first + (double)i * r->scale->step;
    return fabs(v) < r->scale->step * 1e-9 ? 0 : v;
}

static double label_at(const AxisRun *r, size_t i)
{
    return r->scale ? scale_at(r->scale, value_of(r, i)) : plot_category(r->k, r->p, i);
}

static const char *label_text(const AxisRun *r, size_t i, double pitch)
{
    if (r->scale)
        return chart_number_text(r->k, r->axis->format, r->axis->props, value_of(r, i),
                                 r->scale->percent);
    const char *text = r->k->chart->category[i];
    bool wraps = r->axis->wraps && !r->upright && !r->axis->angle;
    return wraps ? chart_wrap(r->k, r->axis->props, text, pitch * .95) : text;
}

static int angle_of(const AxisRun *r)
{
    return r->turned ? 45 : r->axis->angle;
}

/* A turned label ends in the middle of its height at its mark, or begins there. */
static void turned_label(AxisRun *r, const char *text, double at, bool draw)
{
    const OdfTextProps *props = r->axis->props;
    int angle = ((angle_of(r) % 360) + 360) % 360;
    double w = chart_width(r->k, props, text), h = chart_line_height(r->k, props);
    double c = cos(angle * TURN), s = sin(angle * TURN), x = at, y;
    bool ends = angle <= 180;
    /* along the text: (c, -s); down from it: (s, c) */
    if (r->upright) {
        x = r->across + (r->far ? 1 : -1) * away(r);
        y = at;
        x += r->far ? fabs(h / 2 * s) : -fabs(h / 2 * s);
        ends = !r->far;
    } else {
        y = r->across + (r->far ? -1 : 1) * away(r);
        y += (r->far ? -1 : 1) * fabs(h / 2 * c);
        ends = ends != r->far;
    }
    double x0 = ends ? x - w * c : x, y0 = ends ? y + w * s : y; /* middle of its beginning */
    for (int i = 0; i < 4; i++) {
        double u = i % 2 ? w : 0, v = i < 2 ? -h / 2 : h / 2;
        double px = x0 + u * c + v * s, py = y0 - u * s + v * c;
        use(r, px, py, px, py);
    }
    double base = chart_ascent(r->k, props) - h / 2;
    if (draw)
        chart_put(r->k, props, text, x0 + base * s, y0 + base * c, angle);
}

static void flat_label(AxisRun *r, const char *text, double at, bool lower, bool draw)
{
    const OdfTextProps *props = r->axis->props;
    Size size = chart_block_size(r->k, props, text);
    double out = away(r), x, y;
    if (r->upright) {
        x = r->far ? r->across + out : r->across - out - size.width;
        y = at - size.height / 2;
    } else {
        out += lower ? chart_line_height(r->k, props) : 0;
        x = at - size.width / 2;
        y = r->far ? r->across - out - size.height : r->across + out;
    }
    r->widest = size.width > r->widest ? size.width : r->widest;
    use(r, x, y, x + size.width, y + size.height);
    if (draw)
        chart_block(r->k, props, text, x, y, !r->upright);
}

static double pitch_of(const AxisRun *r, size_t n)
{
    const Area *b = &r->p->box;
    double all = r->upright ? b->bottom - b->top : b->right - b->left;
    bool between = r->p->shifted && !r->scale;
    double parts = between || n < 2 ? (double)n : (double)n - 1;
    return parts > 0 ? all / parts : all;
}

/* Whether every n-th label touches the next one. */
static bool collides(const AxisRun *r, size_t n, size_t every, bool turned)
{
    double pitch = pitch_of(r, n) * (double)every, h = chart_line_height(r->k, r->axis->props);
    int angle = turned ? 45 : r->axis->angle;
    if (r->upright)
        return pitch < h;
    if (angle)
        return pitch * fabs(sin(angle * TURN)) < h;
    for (size_t i = 0; i + every < n; i += every) {
        Size a = chart_block_size(r->k, r->axis->props, label_text(r, i, pitch));
        Size b = chart_block_size(r->k, r->axis->props, label_text(r, i + every, pitch));
        if ((a.width + b.width) / 2 > pitch || a.width / 2 > pitch)
            return true;
    }
    return false;
}

/* Names without room are set on two heights if the file asks for that first, then turned by 45
 * degrees, then left out (6.5). */
static void arrange(AxisRun *r)
{
    size_t n = count(r);
    r->every = 1;
    if (r->p->trial)
        return;
    r->turned = r->p->turned && !r->scale && !r->upright;
    if (r->axis->overlaps || n < 2)
        return;
    if (!r->scale && !r->turned && !r->upright && !r->axis->angle && collides(r, n, 1, false)) {
        r->staggered = r->axis->staggers && !r->axis->wraps && !collides(r, n, 2, false);
        r->turned = !r->staggered;
    }
    while (!r->staggered && r->every < n && collides(r, n, r->every, r->turned))
        r->every++;
    if (r->turned)
        r->p->turned = true;
}

static void run_labels(AxisRun *r, bool draw)
{
    size_t n = count(r);
    double pitch = pitch_of(r, n);
    if (!r->axis->labels || !r->axis->shown)
        return;
    arrange(r);
    for (size_t i = 0; i < n; i += r->every) {
        double at = label_at(r, i);
        const char *text = label_text(r, i, pitch);
        if (!scale_has(at) || !*text)
            continue;
        if (angle_of(r))
            turned_label(r, text, run_at(r, at), draw);
        else
            flat_label(r, text, run_at(r, at), r->staggered && i % 2 == 0, draw);
    }
}

static void mark(const AxisRun *r, double at)
{
    double out = r->axis->outer_ticks ? TICK : 0, in = r->axis->inner_ticks ? TICK : 0;
    double side = r->far == r->upright ? 1 : -1, a = run_at(r, at);
    if (out <= 0 && in <= 0)
        return;
    if (r->upright)
        chart_line(r->k, &r->axis->look, chart_at(r->across + side * out, a),
                   chart_at(r->across - side * in, a));
    else
        chart_line(r->k, &r->axis->look, chart_at(a, r->across - side * in),
                   chart_at(a, r->across + (r->far ? -out : out)));
}

static size_t marks(const AxisRun *r)
{
    return r->scale ? count(r) : r->p->shifted ? r->k->chart->n + 1 : r->k->chart->n;
}

static double mark_at(const AxisRun *r, size_t i)
{
    if (!r->scale && r->p->shifted)
        return (double)i / (double)r->k->chart->n;
    return label_at(r, i);
}

static void run_draw(AxisRun *r)
{
    const Area *b = &r->p->box;
    size_t n = marks(r);
    if (!r->axis->shown || !r->axis->given)
        return;
    for (size_t i = 0; i < n; i++)
        if (scale_has(mark_at(r, i)))
            mark(r, mark_at(r, i));
    if (r->upright)
        chart_line(r->k, &r->axis->look, chart_at(r->across, b->top),
                   chart_at(r->across, b->bottom));
    else
        chart_line(r->k, &r->axis->look, chart_at(b->left, r->across),
                   chart_at(b->right, r->across));
}

static void run_grid(const AxisRun *r)
{
    const Area *b = &r->p->box;
    size_t n = marks(r);
    for (size_t i = 0; r->axis->grid && i < n; i++) {
        double at = run_at(r, mark_at(r, i));
        if (!scale_has(mark_at(r, i)))
            continue;
        if (r->upright)
            chart_line(r->k, &r->axis->grid_look, chart_at(b->left, at), chart_at(b->right, at));
        else
            chart_line(r->k, &r->axis->grid_look, chart_at(at, b->top), chart_at(at, b->bottom));
    }
}

/* ---- all of them ---- */

/* Where an axis stands on the other one: at a value of it, at its beginning, at its end. */
static double crossing(const OdfChartAxis *axis, const Scale *other)
{
    double at = 0;
    if (axis->position == CROSS_END)
        at = 1;
    else if (axis->position == CROSS_VALUE && other)
        at = scale_at(other, other->logarithmic && axis->cross <= 0 ? other->min : axis->cross);
    if (other && other->reversed && axis->position != CROSS_VALUE)
        at = 1 - at;
    return at < 0 || at != at ? 0 : at > 1 ? 1 : at;
}

double plot_base(const ChartPen *k, const Scale *y)
{
    return crossing(&k->chart->x, y);
}

static AxisRun run_of(ChartPen *k, Plot *p, int which)
{
    const OdfChart *c = k->chart;
    const OdfChartAxis *axis = which == AXIS_X ? &c->x : which == AXIS_Y ? &c->y : &c->y2;
    const Scale *names = p->categories ? NULL : &p->x;
    AxisRun r = { .k = k,
                  .p = p,
                  .axis = axis,
                  .scale = which == AXIS_X   ? names
                           : which == AXIS_Y ? &p->y
                                             : &p->y2,
                  .used = p->box };
    double at = which == AXIS_Y2 ? 1 : crossing(axis, which == AXIS_X ? &p->y : names);
    if (which == AXIS_Y && p->categories && p->x.reversed)
        at = 1 - at;
    r.upright = (which == AXIS_X) == c->sideways;
    r.far = at > 1 - 1e-9;
    r.across = r.upright ? p->box.left + at * (p->box.right - p->box.left)
                         : p->box.bottom - at * (p->box.bottom - p->box.top);
    return r;
}

/* How often a label fits along an axis; one: what it takes. */
static int steps_for(const AxisRun *r, double one)
{
    const Area *b = &r->p->box;
    double room = r->upright ? b->bottom - b->top : b->right - b->left;
    double n = one > 0 ? room / one : 10;
    return n < 2 ? 2 : n > 10 ? 10 : (int)n;
}

/* one: what a label of each axis takes along it. */
static Area use_axes(ChartPen *k, Plot *p, double one[AXES])
{
    Area used = p->box;
    p->turned = false;
    for (int a = 0; a < AXES; a++) {
        AxisRun r = run_of(k, p, a);
        if (!r.axis->given)
            continue;
        run_labels(&r, false); /* marks alone take no room */
        use(&r, used.left, used.top, used.right, used.bottom);
        used = r.used;
        one[a] = r.upright ? chart_line_height(k, r.axis->props) : r.widest;
    }
    return used;
}

static void resize(Area *b, const Area *room, const Area *used)
{
    b->left += room->left - used->left;
    b->top += room->top - used->top;
    b->right += room->right - used->right;
    b->bottom += room->bottom - used->bottom;
    b->right = b->right > b->left + 20 ? b->right : b->left + 20;
    b->bottom = b->bottom > b->top + 20 ? b->bottom : b->top + 20;
}

/* The plot gets what the labels leave.  As in LibreOffice the labels are first measured on a small
 * plot; the steps that then fit are kept, though the plot changes once more. */
static Area fit(ChartPen *k, Plot *p, Area room, bool inner)
{
    int steps[AXES] = { 10, 10, 10 };
    double one[AXES] = { 0 }, w = (room.right - room.left) / 2.2,
           h = (room.bottom - room.top) / 2.2;
    p->box = room;
    if (!inner)
        p->box = (Area){ room.left, room.top, room.left + w, room.top + h };
    for (int pass = 0; pass < 4; pass++) {
        p->trial = !pass;
        if (pass < 2)
            plot_scales(k->chart, p, steps);
        Area used = use_axes(k, p, one);
        if (!inner)
            resize(&p->box, &room, &used);
        for (int a = 0; a < AXES; a++) {
            AxisRun r = run_of(k, p, a);
            steps[a] = steps_for(&r, one[a]);
        }
    }
    return inner ? use_axes(k, p, one) : room;
}

Plot chart_axes(ChartPen *k, Area *room)
{
    Plot p = { 0 };
    *room = fit(k, &p, *room, k->chart->plot == PLOT_INNER);
    chart_rectangle(k, &k->chart->wall, p.box);
    AxisRun r[AXES];
    for (int a = 0; a < AXES; a++) {
        r[a] = run_of(k, &p, a);
        run_grid(&r[a]);
    }
    for (int a = 0; a < AXES; a++)
        run_draw(&r[a]);
    return p;
}

void chart_axis_labels(ChartPen *k, Plot *p)
{
    for (int a = 0; a < AXES; a++) {
        AxisRun r = run_of(k, p, a);
        if (r.axis->given)
            run_labels(&r, true);
    }
}
