/* SPDX-License-Identifier: MIT */
/* Charts: titles and legend take their room from the frame, the plot gets the rest (writer-layout,
 * frames-styles 6.3, 6.8; distances are LibreOffice's, found by measuring its pages). */
#include "chart.h"

#include <math.h>
#include <string.h>

/* Two hundredths of each side stay free. */
static double free_x(const ChartPen *k)
{
    return .02 * (k->frame.right - k->frame.left);
}

static double free_y(const ChartPen *k)
{
    return .02 * (k->frame.bottom - k->frame.top);
}

/* Room above and below the text of a title, and beside it, by the size of its letters. */
static double padding(const OdfChartText *t, double part)
{
    return MM100(floor(floor(t->props->size * 2540. / 1440) * part));
}
#define ABOVE .3
#define BESIDE .18

static Size title_size(const ChartPen *k, const OdfChartText *t)
{
    Size s = chart_block_size(k, t->props, t->text);
    s.width += 2 * padding(t, BESIDE);
    s.height += 2 * padding(t, ABOVE);
    return s;
}

/* Where the chart itself says it stands, in its own size. */
static bool own_place(const ChartPen *k, const OdfChartText *t, double *x, double *y)
{
    const OdfChart *c = k->chart;
    if (!t->placed || !c->width || !c->height)
        return false;
    *x = k->frame.left + t->x * (k->frame.right - k->frame.left) / c->width;
    *y = k->frame.top + t->y * (k->frame.bottom - k->frame.top) / c->height;
    return true;
}

static void put_title(ChartPen *k, const OdfChartText *t, double x, double y)
{
    Size s = title_size(k, t);
    chart_rectangle(k, &t->look, (Area){ x, y, x + s.width, y + s.height });
    chart_block(k, t->props, t->text, x + padding(t, BESIDE), y + padding(t, ABOVE), true);
}

static void title(ChartPen *k, const OdfChartText *t, double more, Area *room)
{
    if (!t->text)
        return;
    Size s = title_size(k, t);
    double x = (k->frame.left + k->frame.right - s.width) / 2, y = room->top + free_y(k) + more;
    room->top = y + s.height;
    own_place(k, t, &x, &y);
    put_title(k, t, x, y);
}

/* ---- titles of axes ---- */

/* One turned by 90 degrees stands with its letters to the left. */
static void upright_title(ChartPen *k, const OdfChartText *t, double x, double y)
{
    Size s = title_size(k, t);
    double base = x + padding(t, ABOVE) + chart_ascent(k, t->props);
    chart_rectangle(k, &t->look, (Area){ x, y, x + s.height, y + s.width });
    for (const char *line = t->text; *line; base += chart_line_height(k, t->props)) {
        size_t len = strcspn(line, "\n");
        const char *text = arena_dup(k->e->c->pass, line, len);
        double w = chart_width(k, t->props, text);
        chart_put(k, t->props, text, base, y + (s.width + w) / 2, 90);
        line += line[len] ? len + 1 : len;
    }
}

typedef struct {
    const OdfChartText *text;
    Size size;
    bool below, upright, far;
} AxisTitle;

static AxisTitle axis_title(const ChartPen *k, const OdfChartAxis *axis, bool x)
{
    AxisTitle t = { .below = x != k->chart->sideways };
    if (!axis->given || !axis->title.text)
        return t;
    t.text = &axis->title;
    t.size = title_size(k, t.text);
    t.far = axis == &k->chart->y2;
    t.upright = t.text->angle == ANGLE_AUTO ? !t.below : t.text->angle % 180 == 90;
    if (t.upright)
        t.size = (Size){ t.size.height, t.size.width };
    return t;
}

static void reserve(const AxisTitle *t, Area *room)
{
    if (!t->text)
        return;
    if (t->below && t->far)
        room->top += t->size.height + MM100(420);
    else if (t->below)
        room->bottom -= t->size.height + MM100(420);
    else if (t->far)
        room->right -= t->size.width + MM100(450);
    else
        room->left += t->size.width + MM100(450);
}

/* In the middle of what the axis with its labels takes. */
static void put_axis_title(ChartPen *k, const AxisTitle *t, const Area *used)
{
    double x, y;
    if (!t->text)
        return;
    if (t->below) {
        x = (used->left + used->right - t->size.width) / 2;
        y = t->far ? used->top - free_y(k) - t->size.height : used->bottom + free_y(k);
    } else {
        x = t->far ? used->right + free_x(k) : used->left - free_x(k) - t->size.width;
        y = (used->top + used->bottom - t->size.height) / 2;
    }
    own_place(k, t->text, &x, &y);
    if (t->upright)
        upright_title(k, t->text, x, y);
    else
        put_title(k, t->text, x, y);
}

/* ---- the plot ---- */

static Area plot_room(const ChartPen *k, Area room)
{
    const OdfChart *c = k->chart;
    const Area *f = &k->frame;
    const int32_t *b = c->plot_box;
    if (c->plot != PLOT_AUTO && c->width > 0 && c->height > 0) {
        double sx = (f->right - f->left) / c->width, sy = (f->bottom - f->top) / c->height;
        room = (Area){ f->left + b[0] * sx, f->top + b[1] * sy, f->left + (b[0] + b[2]) * sx,
                       f->top + (b[1] + b[3]) * sy };
    } else {
        room.left += free_x(k);
        room.right -= free_x(k);
        room.top += free_y(k);
        room.bottom -= free_y(k);
    }
    if (room.right < room.left + 20)
        room.right = room.left + 20;
    if (room.bottom < room.top + 20)
        room.bottom = room.top + 20;
    return room;
}

static void draw_plot(ChartPen *k, Area room)
{
    const OdfChart *c = k->chart;
    if (c->kind == CHART_CIRCLE || c->kind == CHART_RING) {
        chart_pie(k, plot_room(k, room));
        return;
    }
    AxisTitle t[] = { axis_title(k, &c->x, true), axis_title(k, &c->y, false),
                      axis_title(k, &c->y2, false) };
    for (size_t i = 0; i < COUNT(t); i++)
        reserve(&t[i], &room);
    room = plot_room(k, room);
    Plot p = chart_axes(k, &room);
    chart_series(k, &p);
    chart_axis_labels(k, &p);
    for (size_t i = 0; i < COUNT(t); i++)
        put_axis_title(k, &t[i], &room);
}

/* ---- the whole ---- */

void emit_chart(Emit *e, const Frame *f, int32_t x, int32_t y, int32_t w, int32_t h,
                LayoutNode *node)
{
    Ctx *c = e->c;
    const OdfChart *chart = f->chart;
    ChartPen k = { .e = e, .node = node, .chart = chart, .frame = { x, y, x + w, y + h } };
    if (node)
        memcpy(node->box, (int32_t[4]){ x, y, x + w, y + h }, sizeof node->box);
    if (chart->altered)
        warn_unseen(c, f->node->origin, UNSEEN_CHART_KIND);
    if (chart->lacks)
        warn_unseen(c, f->node->origin, UNSEEN_CHART_PART);
    Area room = k.frame;
    chart_rectangle(&k, &chart->look, room);
    title(&k, &chart->title, MM100(135), &room);
    title(&k, &chart->subtitle, 0, &room);
    chart_legend(&k, &room);
    draw_plot(&k, room);
}

/* What a reader is told of a chart that has no text of its own: its kind and its title. */
const char *chart_alt(Ctx *c, const OdfChart *chart)
{
    static const char *const names[][2] = {
        [CHART_BAR] = { "column chart", "wykres kolumnowy" },
        [CHART_LINE] = { "line chart", "wykres liniowy" },
        [CHART_AREA] = { "area chart", "wykres warstwowy" },
        [CHART_CIRCLE] = { "pie chart", "wykres kołowy" },
        [CHART_RING] = { "ring chart", "wykres pierścieniowy" },
        [CHART_SCATTER] = { "scatter chart", "wykres punktowy" },
    };
    bool polish = c->out->language && str_starts(c->out->language, "pl");
    const char *kind = names[chart->kind][polish];
    if (chart->kind == CHART_BAR && chart->sideways)
        kind = polish ? "wykres słupkowy" : "bar chart";
    if (!chart->title.text)
        return kind;
    char *text = arena_format(c->arena, "%s: %s", kind, chart->title.text);
    for (char *s = text; (s = strchr(s, '\n'));)
        *s = ' ';
    return text;
}
