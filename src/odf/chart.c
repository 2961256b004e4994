/* SPDX-License-Identifier: MIT */
/* Charts (ODF 1.3 part 3, section 11): what they show, and how.  Where it stands is for layout/. */
#include "chart.h"

#include <math.h>
#include <string.h>

typedef struct {
    OdfChart *c;
    ChartStyles styles;
    ChartTable table;
    const OdfNode *chart, *plot;
    Arena *a;
    bool bubbles, lines;
    ChartRange domain; /* of the first series that has one */
    bool has_domain;
} Reader;

int32_t odf_chart_color(size_t i)
{
    static const int32_t colors[] = { 0x004586, 0xff420e, 0xffd320, 0x579d1c, 0x7e0021, 0x83caff,
                                      0x314004, 0xaecf00, 0x4b1f6f, 0xff950e, 0xc5000b, 0x0084d1 };
    return colors[i % COUNT(colors)];
}

static double number_property(const Reader *r, const OdfNode *n, OdfName name)
{
    const char *s = chart_property(&r->styles, n, name);
    return s ? chart_number(s) : NAN;
}

static bool flag(const Reader *r, const OdfNode *n, OdfName name, bool other)
{
    return odf_bool(chart_property(&r->styles, n, name), other);
}

static int32_t bounded(const char *s, int32_t low, int32_t high, int32_t other)
{
    int v = odf_int(s, other);
    return v < low ? low : v > high ? high : v;
}

/* ---- texts ---- */

static const char *lines_of(const OdfNode *n, Arena *a)
{
    Buf b = { 0 };
    for (uint32_t i = 0; n && i < n->n_kid; i++) {
        if (n->kid[i]->name != ODF_TEXT_P)
            continue;
        if (b.n)
            buf_chr(&b, '\n');
        odf_plain_text(n->kid[i], &b);
    }
    const char *s = b.n ? arena_dup(a, b.p, b.n) : NULL;
    buf_free(&b);
    return s;
}

static OdfChartText read_text(const Reader *r, const OdfNode *n, int32_t size)
{
    const OdfChartLook none = { COLOR_NONE, COLOR_NONE, 100, 100, 0, false };
    OdfChartText t = { .text = lines_of(n, r->a) };
    if (!n)
        return t;
    t.props = chart_text_props(&r->styles, n, size);
    t.look = chart_look(&r->styles, n, none);
    const char *angle = chart_property(&r->styles, n, ODF_STYLE_ROTATION_ANGLE);
    t.angle = angle ? bounded(angle, -360, 360, 0) : ANGLE_AUTO;
    t.placed = odf_length(odf_attr(n, ODF_SVG_X), &t.x) &&
               odf_length(odf_attr(n, ODF_SVG_Y), &t.y) &&
               !flag(r, n, ODF_CHART_AUTO_POSITION, false);
    return t;
}

static void read_legend(Reader *r)
{
    OdfChart *c = r->c;
    const OdfNode *n = odf_kid(r->chart, ODF_CHART_LEGEND);
    const char *at = n ? odf_attr(n, ODF_CHART_LEGEND_POSITION) : NULL;
    const char *expansion = n ? odf_attr(n, ODF_STYLE_LEGEND_EXPANSION) : NULL;
    c->legend = read_text(r, n, 200);
    c->legend.text = n ? "" : NULL;
    c->legend_side = !at                        ? LEGEND_END
                     : str_starts(at, "top")    ? LEGEND_TOP
                     : str_starts(at, "bottom") ? LEGEND_BOTTOM
                     : str_starts(at, "start")  ? LEGEND_START
                                                : LEGEND_END;
    c->legend_wide = c->legend_side == LEGEND_TOP || c->legend_side == LEGEND_BOTTOM;
    if (expansion)
        c->legend_wide = !strcmp(expansion, "wide");
}

/* ---- axes ---- */

static void read_axis(Reader *r, const OdfNode *n, OdfChartAxis *out)
{
    static const char *const positions[] = { "0", "start", "end", NULL };
    const OdfChartLook line = { COLOR_NONE, 0, 100, 100, 0, false };
    const ChartStyles *s = &r->styles;
    const char *position = chart_property(s, n, ODF_CHART_AXIS_POSITION);
    double cross = number_property(r, n, ODF_CHART_AXIS_POSITION);
    *out = (OdfChartAxis){
        .given = true,
        .shown = flag(r, n, ODF_CHART_VISIBLE, true),
        .labels = flag(r, n, ODF_CHART_DISPLAY_LABEL, false),
        .logarithmic = flag(r, n, ODF_CHART_LOGARITHMIC, false),
        .reversed = flag(r, n, ODF_CHART_REVERSE_DIRECTION, false),
        .wraps = flag(r, n, ODF_TEXT_LINE_BREAK, false),
        .staggers = flag(r, n, ODF_LOEXT_TRY_STAGGERING_FIRST, false),
        .overlaps = flag(r, n, ODF_CHART_TEXT_OVERLAP, false),
        .outer_ticks = flag(r, n, ODF_CHART_TICK_MARKS_MAJOR_OUTER, true),
        .inner_ticks = flag(r, n, ODF_CHART_TICK_MARKS_MAJOR_INNER, false),
        .position = (unsigned)odf_word(position, positions, CROSS_VALUE),
        .cross = cross == cross ? cross : 0,
        .min = number_property(r, n, ODF_CHART_MINIMUM),
        .max = number_property(r, n, ODF_CHART_MAXIMUM),
        .step = number_property(r, n, ODF_CHART_INTERVAL_MAJOR),
        .title = read_text(r, odf_kid(n, ODF_CHART_TITLE), 180),
        .props = chart_text_props(s, n, 200),
        .angle = bounded(chart_property(s, n, ODF_STYLE_ROTATION_ANGLE), -360, 360, 0),
        .look = chart_look(s, n, line),
        .format = chart_format(s, n, ODF_STYLE_DATA_STYLE_NAME),
    };
    for (uint32_t i = 0; i < n->n_kid; i++)
        if (n->kid[i]->name == ODF_CHART_GRID &&
            !str_equal(odf_attr(n->kid[i], ODF_CHART_CLASS), "minor")) {
            out->grid = true;
            out->grid_look = chart_look(s, n->kid[i], line);
        }
}

static void read_axes(Reader *r)
{
    const OdfChartAxis none = { .min = NAN, .max = NAN, .step = NAN };
    OdfChart *c = r->c;
    const OdfNode *y = NULL;
    c->x = c->y = c->y2 = none;
    for (uint32_t i = 0; i < r->plot->n_kid; i++) {
        const OdfNode *n = r->plot->kid[i];
        const char *way = n->name == ODF_CHART_AXIS ? odf_attr(n, ODF_CHART_DIMENSION) : NULL;
        if (str_equal(way, "x") && !c->x.given) {
            read_axis(r, n, &c->x);
        } else if (str_equal(way, "y") && !y) {
            read_axis(r, n, &c->y);
            y = n;
        } else if (str_equal(way, "y") && !c->y2.given) {
            read_axis(r, n, &c->y2);
        }
    }
    c->gap = bounded(chart_property(&r->styles, y, ODF_CHART_GAP_WIDTH), 0, 600, 100);
    c->overlap = bounded(chart_property(&r->styles, y, ODF_CHART_OVERLAP), -100, 100, 0);
}

/* ---- series ---- */

/* Those that are not drawn as what they are become what shows their numbers. */
static OdfChartKind kind_of(const char *class, OdfChartKind other, bool *altered)
{
    static const char *const words[] = { "bar",   "line",    "area",   "circle",
                                         "ring",  "scatter", "radar",  "filled-radar",
                                         "stock", "surface", "bubble", "gantt",
                                         NULL };
    static const OdfChartKind kinds[] = { CHART_BAR,  CHART_LINE,    CHART_AREA,    CHART_CIRCLE,
                                          CHART_RING, CHART_SCATTER, CHART_LINE,    CHART_LINE,
                                          CHART_LINE, CHART_LINE,    CHART_SCATTER, CHART_BAR };
    const char *colon = class ? strchr(class, ':') : NULL;
    int i = odf_word(colon ? colon + 1 : class, words, -1);
    *altered |= i > CHART_SCATTER || (class && i < 0);
    return i < 0 ? other : kinds[i];
}

static OdfChartPoint series_look(const Reader *r, const OdfNode *n, OdfChartKind kind, size_t i)
{
    bool lines = kind == CHART_LINE || kind == CHART_SCATTER;
    bool pie = kind == CHART_CIRCLE || kind == CHART_RING;
    const char *type = chart_property(&r->styles, r->plot, ODF_CHART_SYMBOL_TYPE);
    OdfChartPoint p = {
        .look = { lines ? COLOR_NONE : 0x99ccff, lines ? odf_chart_color(i) : 0, 100, 100, 0,
                  false },
        .symbol = lines && str_equal(type, "automatic") ? (int32_t)(i % 15) : -1,
        .symbol_size = 99, /* 1.75 mm */
        .separator = " ",
    };
    chart_point_style(&r->styles, n, r->plot, &p);
    int32_t line = odf_color(chart_graphic(&r->styles, n, ODF_SVG_STROKE_COLOR));
    p.color = line >= 0 ? line : p.look.fill >= 0 ? p.look.fill : odf_chart_color(i);
    if (lines)
        p.look.fill = COLOR_NONE;
    if (kind == CHART_LINE && r->c->altered && p.look.stroke == COLOR_NONE)
        p.look.stroke = p.color;        /* of what is no line there it is all that is seen */
    if (kind == CHART_SCATTER && !flag(r, n, ODF_CHART_LINES, r->lines))
        p.look.stroke = COLOR_NONE;
    if (pie)
        p.look.fill = COLOR_AUTO; /* each piece has its own */
    p.props = chart_text_props(&r->styles, n, 200);
    return p;
}

static void read_points(const Reader *r, const OdfNode *n, OdfChartSeries *s)
{
    const OdfChartPoint **point = ARENA_ARRAY(r->a, const OdfChartPoint *, r->c->n);
    size_t at = 0;
    for (uint32_t i = 0; i < n->n_kid; i++) {
        const OdfNode *k = n->kid[i];
        if (k->name != ODF_CHART_DATA_POINT)
            continue;
        int times = odf_int(odf_attr(k, ODF_CHART_REPEATED), 1);
        OdfChartPoint *p = NULL;
        if (odf_attr(k, ODF_CHART_STYLE_NAME)) {
            p = ARENA_NEW(r->a, OdfChartPoint);
            *p = *s->own;
            chart_point_style(&r->styles, k, NULL, p);
            int32_t fill = odf_color(chart_graphic(&r->styles, k, ODF_DRAW_FILL_COLOR));
            p->color = fill >= 0 ? fill : p->color;
            p->props = chart_text_props(&r->styles, k, s->own->props->size);
        }
        for (int t = 0; t < times && at < r->c->n; t++)
            point[at++] = p;
    }
    for (size_t i = 0; i < r->c->n; i++)
        if (!point[i])
            point[i] = s->own;
    s->point = point;
}

static const double *numbers(const Reader *r, const ChartRange *range)
{
    double *v = ARENA_ARRAY(r->a, double, r->c->n);
    for (size_t i = 0; i < r->c->n; i++)
        v[i] = chart_cell_in(&r->table, range, i)->value;
    return v;
}

static const double *counted(const Reader *r)
{
    double *v = ARENA_ARRAY(r->a, double, r->c->n);
    for (size_t i = 0; i < r->c->n; i++)
        v[i] = (double)i + 1;
    return v;
}

typedef struct {
    const OdfNode *node;
    ChartRange value, domain[2];
    size_t n_domain;
} Source;

/* Without an address the series are the columns of the table, one after another. */
static void find_source(const Reader *r, const OdfNode *n, size_t i, Source *out)
{
    const ChartTable *t = &r->table;
    *out = (Source){ .node = n };
    if (!chart_range(t, odf_attr(n, ODF_CHART_VALUES_CELL_RANGE_ADDRESS), &out->value))
        out->value = (ChartRange){ i + t->stubs, t->heads, 1, t->rows - t->heads };
    for (uint32_t k = 0; k < n->n_kid && out->n_domain < 2; k++)
        if (n->kid[k]->name == ODF_CHART_DOMAIN &&
            chart_range(t, odf_attr(n->kid[k], ODF_TABLE_CELL_RANGE_ADDRESS),
                        &out->domain[out->n_domain]))
            out->n_domain++;
}

static void read_one(Reader *r, const Source *from, size_t i, OdfChartSeries *out)
{
    const OdfNode *n = from->node;
    ChartRange label, value = from->value;
    OdfChartPoint *own = ARENA_NEW(r->a, OdfChartPoint);
    out->kind = kind_of(odf_attr(n, ODF_CHART_CLASS), r->c->kind, &r->c->altered);
    if (out->kind != r->c->kind && (r->c->kind >= CHART_CIRCLE || out->kind >= CHART_CIRCLE))
        out->kind = r->c->kind; /* pies and others share no axes */
    if (chart_range(&r->table, odf_attr(n, ODF_CHART_LABEL_CELL_ADDRESS), &label))
        out->name = chart_cell_in(&r->table, &label, 0)->text;
    else if (r->table.heads && value.row)
        out->name = chart_cell(&r->table, value.column, value.row - 1)->text;
    if (out->kind == CHART_SCATTER) {
        const ChartRange *x = from->n_domain ? &from->domain[from->n_domain - 1] : &r->domain;
        if (r->bubbles && from->n_domain == 2)
            value = from->domain[0];
        out->x = from->n_domain || r->has_domain ? numbers(r, x) : counted(r);
    }
    out->value = numbers(r, &value);
    out->secondary = str_equal(odf_attr(n, ODF_CHART_ATTACHED_AXIS), "secondary-y");
    *own = series_look(r, n, out->kind, i);
    out->own = own;
    read_points(r, n, out);
}

static bool lacks_something(const OdfNode *n)
{
    return odf_kid(n, ODF_CHART_ERROR_INDICATOR) || odf_kid(n, ODF_CHART_MEAN_VALUE) ||
           odf_kid(n, ODF_CHART_REGRESSION_CURVE);
}

static bool read_series(Reader *r)
{
    OdfChart *c = r->c;
    Source *from = ARENA_ARRAY(r->a, Source, r->plot->n_kid ? r->plot->n_kid : 1);
    for (uint32_t i = 0; i < r->plot->n_kid; i++) {
        const OdfNode *n = r->plot->kid[i];
        if (n->name != ODF_CHART_SERIES)
            continue;
        Source *s = &from[c->n_series];
        find_source(r, n, c->n_series++, s);
        size_t count = s->value.columns * s->value.rows;
        c->n = count > c->n ? count : c->n;
        c->lacks |= lacks_something(n);
        if (s->n_domain && !r->has_domain)
            r->domain = s->domain[s->n_domain - 1];
        r->has_domain |= s->n_domain > 0;
    }
    if (c->n_series * c->n > CHART_CELLS)
        return false;
    OdfChartSeries *series = ARENA_ARRAY(r->a, OdfChartSeries, c->n_series ? c->n_series : 1);
    for (size_t i = 0; i < c->n_series; i++)
        read_one(r, &from[i], i, &series[i]);
    c->series = series;
    return true;
}

/* Names of several columns are put together. */
static void read_categories(Reader *r)
{
    const ChartTable *t = &r->table;
    const OdfNode *given = NULL;
    ChartRange range = { 0, t->heads, 1, t->rows - t->heads };
    const char **name = ARENA_ARRAY(r->a, const char *, r->c->n ? r->c->n : 1);
    for (uint32_t i = 0; i < r->plot->n_kid && !given; i++)
        if (r->plot->kid[i]->name == ODF_CHART_AXIS)
            given = odf_kid(r->plot->kid[i], ODF_CHART_CATEGORIES);
    if (given)
        (void)!chart_range(t, odf_attr(given, ODF_TABLE_CELL_RANGE_ADDRESS), &range);
    bool across = range.rows == 1 && range.columns > 1;
    for (size_t i = 0; i < r->c->n; i++) {
        Buf b = { 0 };
        for (size_t k = 0; k < (across ? 1 : range.columns); k++) {
            const ChartCell *cell = across ? chart_cell_in(t, &range, i)
                                           : chart_cell(t, range.column + k, range.row + i);
            if (cell->text && (across || i < range.rows) && (given || t->stubs || !cell->number))
                buf_format(&b, b.n ? " %s" : "%s", cell->text);
        }
        name[i] = b.n                 ? arena_dup(r->a, b.p, b.n)
                  : given || t->stubs ? ""
                                      : arena_format(r->a, "%zu", i + 1);
        buf_free(&b);
    }
    r->c->category = name;
}

/* ---- the whole ---- */

static void read_plot(Reader *r)
{
    static const OdfName box[] = { ODF_SVG_X, ODF_SVG_Y, ODF_SVG_WIDTH, ODF_SVG_HEIGHT };
    const OdfChartLook wall = { 0xd9d9d9, COLOR_NONE, 100, 100, 0, false };
    const OdfNode *n = r->plot, *inner = NULL;
    OdfChart *c = r->c;
    c->percent = flag(r, n, ODF_CHART_PERCENTAGE, false);
    c->stacked = c->percent || flag(r, n, ODF_CHART_STACKED, false);
    c->sideways |= flag(r, n, ODF_CHART_VERTICAL, false);
    c->altered |= flag(r, n, ODF_CHART_THREE_DIMENSIONAL, false);
    c->angle = bounded(chart_property(&r->styles, n, ODF_CHART_ANGLE_OFFSET), -360, 360, 90);
    const char *curve = chart_property(&r->styles, n, ODF_CHART_INTERPOLATION);
    c->lacks |= curve && strcmp(curve, "none") != 0;
    r->lines = flag(r, n, ODF_CHART_LINES, true);
    c->wall = chart_look(&r->styles, odf_kid(n, ODF_CHART_WALL), wall);
    for (uint32_t i = 0; i < n->n_kid; i++)
        if (n->kid[i]->name != ODF_CHARACTERS &&
            strstr(odf_name_text(n->kid[i]->name), ":coordinate-region"))
            inner = n->kid[i];
    const OdfNode *from = inner ? inner : n;
    bool good =
        !flag(r, n, ODF_CHART_AUTO_POSITION, false) && !flag(r, n, ODF_CHART_AUTO_SIZE, false);
    for (int i = 0; i < 4; i++)
        good &=
            odf_length(odf_attr(from, box[i]), &c->plot_box[i]) && (i < 2 || c->plot_box[i] > 0);
    c->plot = !good ? PLOT_AUTO : inner ? PLOT_INNER : PLOT_OUTER;
}

static bool read_chart(Reader *r, const OdfNode *content, const OdfDoc *doc)
{
    const OdfChartLook page = { 0xffffff, COLOR_NONE, 100, 100, 0, false };
    const OdfNode *body = odf_kid(content, ODF_OFFICE_BODY);
    body = body ? odf_kid(body, ODF_OFFICE_CHART) : NULL;
    r->chart = body ? odf_kid(body, ODF_CHART_CHART) : NULL;
    r->plot = r->chart ? odf_kid(r->chart, ODF_CHART_PLOT_AREA) : NULL;
    if (!r->plot || !chart_table_read(odf_kid(r->chart, ODF_TABLE_TABLE), r->a, &r->table))
        return false;
    OdfChart *c = r->c;
    const char *class = odf_attr(r->chart, ODF_CHART_CLASS);
    chart_styles_open(&r->styles, doc->file, content, r->a);
    c->kind = kind_of(class, CHART_BAR, &c->altered);
    r->bubbles = class && strstr(class, "bubble");
    c->sideways = class && strstr(class, "gantt");
    c->look = chart_look(&r->styles, r->chart, page);
    if (!odf_length(odf_attr(r->chart, ODF_SVG_WIDTH), &c->width) ||
        !odf_length(odf_attr(r->chart, ODF_SVG_HEIGHT), &c->height))
        c->width = c->height = 0;
    c->title = read_text(r, odf_kid(r->chart, ODF_CHART_TITLE), 260);
    c->subtitle = read_text(r, odf_kid(r->chart, ODF_CHART_SUBTITLE), 220);
    read_legend(r);
    read_plot(r);
    read_axes(r);
    if (!read_series(r))
        return false;
    read_categories(r);
    return true;
}

const OdfChart *odf_chart(const OdfDoc *doc, const OdfNode *frame, Arena *a)
{
    const OdfNode *object = odf_kid(frame, ODF_DRAW_OBJECT);
    const OdfNode *content = object ? odf_object(doc, object) : NULL;
    Reader r = { .c = ARENA_NEW(a, OdfChart), .a = a };
    return content && read_chart(&r, content, doc) ? r.c : NULL;
}
