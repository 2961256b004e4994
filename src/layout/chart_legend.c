/* SPDX-License-Identifier: MIT */
/* Legends (writer-layout, frames-styles 6.3): entries in rows and columns. */
#include "chart.h"

#include <math.h>
#include <string.h>

typedef struct {
    const char *text;
    const OdfChartSeries *series;
    size_t point;
    Size size;
} Entry;
typedef struct {
    ChartPen *k;
    const OdfTextProps *props;
    Entry *entry;
    size_t n, rows, columns;
    double symbol, height; /* width and height of a symbol */
    double pad_x, pad_y, gap_x, gap_y, gap;
    double *width, *tall; /* of columns and rows */
    Size size;
} Legend;

static double larger(double a, double b)
{
    return a > b ? a : b;
}

static double at_least(double v)
{
    return larger(v, MM100(100));
}

static bool round_kind(const OdfChart *c)
{
    return c->kind == CHART_CIRCLE || c->kind == CHART_RING;
}

static bool has_line(const Entry *e)
{
    return e->series->kind == CHART_LINE || e->series->kind == CHART_SCATTER;
}

/* What is stacked upwards, and bars that lie above each other, are listed from the top where the
 * list goes down. */
static void collect(Legend *l)
{
    const OdfChart *c = l->k->chart;
    bool pie = round_kind(c), back = c->stacked != c->sideways && !c->legend_wide;
    size_t n = pie ? (c->n_series ? c->n : 0) : c->n_series;
    l->entry = ARENA_ARRAY(l->k->e->c->pass, Entry, n + 1);
    for (size_t i = 0; i < n; i++) {
        size_t which = back && !pie ? n - 1 - i : i;
        const OdfChartSeries *s = &c->series[pie ? 0 : which];
        const char *name = pie ? c->category[which] : s->name;
        if (!name)
            name = arena_format(l->k->e->c->pass, "%zu", which + 1);
        l->entry[l->n++] = (Entry){ .text = name, .series = s, .point = which };
    }
}

/* Distances are parts of the size of the letters, but a millimetre at least. */
static void measure(Legend *l, Area room)
{
    double em = floor(l->props->size * 2540. / 1440), widest = 0, tall = 0;
    double across = room.right - room.left;
    l->height = MM100(floor(em * .6));
    l->symbol = l->height;
    l->pad_x = at_least(MM100(floor(em * .33)));
    l->gap_x = at_least(MM100(floor(em * .66)));
    l->pad_y = l->gap_y = at_least(MM100(floor(em * .2)));
    l->gap = at_least(MM100(floor(em * .22)));
    for (size_t i = 0; i < l->n; i++)
        if (has_line(&l->entry[i]))
            l->symbol =
                larger(l->symbol, l->entry[i].series->own->look.dashed ? MM100(1600) : MM100(800));
    double most = l->k->chart->legend_wide ? across - l->symbol - l->gap : across * .3;
    for (size_t i = 0; i < l->n; i++) {
        Entry *e = &l->entry[i];
        e->text = chart_wrap(l->k, l->props, e->text, most);
        e->size = chart_block_size(l->k, l->props, e->text);
        widest = e->size.width > widest ? e->size.width : widest;
        tall = e->size.height > tall ? e->size.height : tall;
    }
    double one =
        l->k->chart->legend_wide ? l->gap_x + l->symbol + l->gap + widest : l->gap_y + tall;
    double all =
        l->k->chart->legend_wide ? across - 2 * l->pad_x : room.bottom - room.top - 2 * l->pad_y;
    size_t fit = all > one ? (size_t)(all / one) : 1;
    size_t lines = (l->n + fit - 1) / fit, other = (l->n + lines - 1) / lines;
    l->rows = l->k->chart->legend_wide ? lines : other;
    l->columns = l->k->chart->legend_wide ? other : lines;
}

static void arrange(Legend *l)
{
    Arena *a = l->k->e->c->pass;
    l->width = ARENA_ARRAY(a, double, l->columns);
    l->tall = ARENA_ARRAY(a, double, l->rows);
    for (size_t i = 0; i < l->n; i++) {
        double *w = &l->width[i % l->columns], *h = &l->tall[i / l->columns];
        double width = l->symbol + l->gap + l->entry[i].size.width;
        *w = width > *w ? width : *w;
        *h = l->entry[i].size.height > *h ? l->entry[i].size.height : *h;
    }
    l->size.width = 2 * l->pad_x + l->gap_x * ((double)l->columns - 1);
    l->size.height = 2 * l->pad_y + l->gap_y * ((double)l->rows - 1);
    for (size_t i = 0; i < l->columns; i++)
        l->size.width += l->width[i];
    for (size_t i = 0; i < l->rows; i++)
        l->size.height += l->tall[i];
}

/* Puts it on its side of the room, which gets smaller by it. */
static Area place(const Legend *l, Area *room)
{
    const OdfChart *c = l->k->chart;
    const Area *f = &l->k->frame;
    double aside = MM100(210), above = MM100(185), w = l->size.width, h = l->size.height;
    double x = (f->left + f->right - w) / 2, y = (f->top + f->bottom - h) / 2;
    switch (c->legend_side) {
    case LEGEND_END:
        x = f->right - aside - w;
        room->right -= w + aside;
        break;
    case LEGEND_START:
        x = f->left + aside;
        room->left += w + aside;
        break;
    case LEGEND_TOP:
        y = room->top + above;
        room->top += h + above;
        break;
    case LEGEND_BOTTOM:
        y = room->bottom - h;
        room->bottom -= h + above;
        break;
    }
    if (c->legend.placed && c->width && c->height) {
        x = f->left + c->legend.x * (f->right - f->left) / c->width;
        y = f->top + c->legend.y * (f->bottom - f->top) / c->height;
    }
    return (Area){ x, y, x + w, y + h };
}

static void draw_symbol(const Legend *l, const Entry *e, double x, double y)
{
    ChartPen *k = l->k;
    double middle = y + l->height / 2;
    if (has_line(e)) {
        chart_line(k, &e->series->own->look, chart_at(x, middle), chart_at(x + l->symbol, middle));
        chart_symbol(k, e->series->own, x + l->symbol / 2, middle, l->height);
        return;
    }
    OdfChartLook look =
        round_kind(k->chart) ? chart_piece_look(e->series, e->point) : e->series->own->look;
    double left = x + (l->symbol - l->height) / 2;
    chart_rectangle(k, &look, (Area){ left, y, left + l->height, y + l->height });
}

static void draw(const Legend *l, Area at)
{
    double y = at.top + l->pad_y;
    chart_rectangle(l->k, &l->k->chart->legend.look, at);
    for (size_t row = 0, i = 0; row < l->rows; row++) {
        double x = at.left + l->pad_x;
        for (size_t column = 0; column < l->columns && i < l->n; column++, i++) {
            const Entry *e = &l->entry[i];
            double line = chart_line_height(l->k, l->props);
            draw_symbol(l, e, x, y + (line - l->height) / 2);
            chart_block(l->k, l->props, e->text, x + l->symbol + l->gap, y, false);
            x += l->width[column] + l->gap_x;
        }
        y += l->tall[row] + l->gap_y;
    }
}

void chart_legend(ChartPen *k, Area *room)
{
    Legend l = { .k = k, .props = k->chart->legend.props };
    if (!k->chart->legend.text)
        return;
    collect(&l);
    if (!l.n)
        return;
    measure(&l, *room);
    arrange(&l);
    draw(&l, place(&l, room));
}
