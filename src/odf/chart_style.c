/* SPDX-License-Identifier: MIT */
/* Styles of charts (family "chart"): they are of the chart's own file, and have no parents. */
#include "chart.h"

#include <string.h>

static bool is_format(OdfName name)
{
    return name == ODF_NUMBER_NUMBER_STYLE || name == ODF_NUMBER_PERCENTAGE_STYLE ||
           name == ODF_NUMBER_CURRENCY_STYLE || name == ODF_NUMBER_DATE_STYLE ||
           name == ODF_NUMBER_TIME_STYLE;
}

static void collect(ChartStyles *s, const OdfNode *from)
{
    for (uint32_t i = 0; from && i < from->n_kid; i++) {
        const OdfNode *n = from->kid[i];
        const char *name = n->name == ODF_CHARACTERS ? NULL : odf_attr(n, ODF_STYLE_NAME);
        if (name && (n->name == ODF_STYLE_STYLE || is_format(n->name)))
            map_put(n->name == ODF_STYLE_STYLE ? s->style : s->format, name, strlen(name),
                    (void *)(uintptr_t)n);
    }
}

void chart_styles_open(ChartStyles *s, const OdfFile *file, const OdfNode *content, Arena *a)
{
    OdfTextProps *p = ARENA_NEW(a, OdfTextProps);
    *p = *odf_para_text_props(file, NULL);
    p->family = "Liberation Sans";
    p->size = 200;
    p->weight = 400;
    p->italic = p->fixed_pitch = p->symbol = false;
    p->color = COLOR_AUTO;
    p->kerning = true;
    *s =
        (ChartStyles){ .file = file, .a = a, .style = map_new(a), .format = map_new(a), .base = p };
    collect(s, odf_kid(content, ODF_OFFICE_STYLES));
    collect(s, odf_kid(content, ODF_OFFICE_AUTOMATIC_STYLES));
}

static const OdfNode *style_of(const ChartStyles *s, const OdfNode *n)
{
    const char *name = n ? odf_attr(n, ODF_CHART_STYLE_NAME) : NULL;
    return name ? map_get(s->style, name, strlen(name)) : NULL;
}

static const char *of_part(const ChartStyles *s, const OdfNode *n, OdfName part, OdfName name)
{
    const OdfNode *style = style_of(s, n), *p = style ? odf_kid(style, part) : NULL;
    return p ? odf_attr(p, name) : NULL;
}

const char *chart_property(const ChartStyles *s, const OdfNode *n, OdfName name)
{
    return of_part(s, n, ODF_STYLE_CHART_PROPERTIES, name);
}

const char *chart_graphic(const ChartStyles *s, const OdfNode *n, OdfName name)
{
    return of_part(s, n, ODF_STYLE_GRAPHIC_PROPERTIES, name);
}

const OdfTextProps *chart_text_props(const ChartStyles *s, const OdfNode *n, int32_t size)
{
    const OdfNode *style = style_of(s, n);
    const OdfNode *part = style ? odf_kid(style, ODF_STYLE_TEXT_PROPERTIES) : NULL;
    OdfTextProps *p = ARENA_NEW(s->a, OdfTextProps);
    *p = *s->base;
    p->size = size;
    if (part)
        odf_read_text(s->file, part, p, size);
    return p;
}

static int32_t percent(const char *s, int32_t other)
{
    int32_t v;
    return !odf_percent(s, &v) ? other : v < 0 ? 0 : v > 100 ? 100 : v;
}

OdfChartLook chart_look(const ChartStyles *s, const OdfNode *n, OdfChartLook look)
{
    const char *stroke = chart_graphic(s, n, ODF_DRAW_STROKE);
    const char *fill = chart_graphic(s, n, ODF_DRAW_FILL);
    int32_t line = odf_color(chart_graphic(s, n, ODF_SVG_STROKE_COLOR));
    int32_t color = odf_color(chart_graphic(s, n, ODF_DRAW_FILL_COLOR)), width;
    if (str_equal(stroke, "none"))
        look.stroke = COLOR_NONE;
    else if (look.stroke != COLOR_NONE || stroke)
        look.stroke = line >= 0 ? line : look.stroke >= 0 ? look.stroke : 0;
    look.dashed = str_equal(stroke, "dash");
    if (odf_length(chart_graphic(s, n, ODF_SVG_STROKE_WIDTH), &width) && width >= 0)
        look.stroke_width = width;
    if (str_equal(fill, "none"))
        look.fill = COLOR_NONE;
    else if (color >= 0 && (fill || look.fill != COLOR_NONE))
        look.fill = color;
    else if (fill && look.fill == COLOR_NONE)
        look.fill = 0x99ccff;
    look.fill_opacity = percent(chart_graphic(s, n, ODF_DRAW_OPACITY), look.fill_opacity);
    look.stroke_opacity = percent(chart_graphic(s, n, ODF_SVG_STROKE_OPACITY), look.stroke_opacity);
    return look;
}

const OdfNode *chart_format(const ChartStyles *s, const OdfNode *n, OdfName name)
{
    const OdfNode *style = style_of(s, n);
    const char *format = style ? odf_attr(style, name) : NULL;
    return format ? map_get(s->format, format, strlen(format)) : NULL;
}

/* ---- points and series ---- */

static void read_symbol(const ChartStyles *s, const OdfNode *n, OdfChartPoint *p)
{
    static const char *const types[] = { "none", "automatic", "named-symbol", "image", NULL };
    static const char *const names[] = {
        "square",   "diamond",        "arrow-down",   "arrow-up", "arrow-right", "arrow-left",
        "bow-tie",  "hourglass",      "circle",       "star",     "x",           "plus",
        "asterisk", "horizontal-bar", "vertical-bar", NULL
    };
    int32_t size;
    switch (odf_word(chart_property(s, n, ODF_CHART_SYMBOL_TYPE), types, -1)) {
    case 0:
        p->symbol = -1;
        break;
    case 2:
        p->symbol = odf_word(chart_property(s, n, ODF_CHART_SYMBOL_NAME), names, 0);
        break;
    case 3:
        p->symbol = 0;
        break;
    }
    if (odf_length(chart_property(s, n, ODF_CHART_SYMBOL_WIDTH), &size) && size > 0)
        p->symbol_size = size;
}

static void read_label(const ChartStyles *s, const OdfNode *n, OdfChartPoint *p)
{
    static const char *const numbers[] = { "none", "value", "percentage", "value-and-percentage",
                                           NULL };
    static const char *const places[] = { "avoid-overlap", "center", "inside", "outside",
                                          "near-origin",   "top",    "bottom", "left",
                                          "right",         NULL };
    static const struct {
        OdfName name;
        unsigned bit;
    } shown[] = {
        { ODF_CHART_DATA_LABEL_TEXT, LABEL_CATEGORY },
        { ODF_CHART_DATA_LABEL_SERIES, LABEL_SERIES },
    };
    const char *number = chart_property(s, n, ODF_CHART_DATA_LABEL_NUMBER);
    if (number)
        p->label = (p->label & ~3u) | (unsigned)odf_word(number, numbers, 0);
    for (size_t i = 0; i < COUNT(shown); i++) {
        const char *v = chart_property(s, n, shown[i].name);
        if (v)
            p->label = odf_bool(v, false) ? p->label | shown[i].bit : p->label & ~shown[i].bit;
    }
    p->place =
        (OdfChartPlace)odf_word(chart_property(s, n, ODF_CHART_LABEL_POSITION), places, p->place);
}

void chart_point_style(const ChartStyles *s, const OdfNode *n, const OdfNode *plot,
                       OdfChartPoint *p)
{
    const OdfNode *styles[] = { plot, n };
    const OdfNode *format = chart_format(s, n, ODF_STYLE_DATA_STYLE_NAME);
    const OdfNode *percents = chart_format(s, n, ODF_STYLE_PERCENTAGE_DATA_STYLE_NAME);
    for (size_t i = plot ? 0 : 1; i < COUNT(styles); i++) {
        read_symbol(s, styles[i], p);
        read_label(s, styles[i], p);
    }
    p->format = format ? format : p->format;
    p->percent_format = percents ? percents : p->percent_format;
    p->offset = odf_int(chart_property(s, n, ODF_CHART_PIE_OFFSET), p->offset);
    p->offset = p->offset < 0 ? 0 : p->offset > 1000 ? 1000 : p->offset;
    p->look = chart_look(s, n, p->look);
}
