/* SPDX-License-Identifier: MIT */
/* Charts while they are drawn (writer-layout, frames-styles section 6).  Lengths are twips on the
 * page, as numbers with a point: they are rounded only when an item is made. */
#ifndef LAYOUT_CHART_H
#define LAYOUT_CHART_H

#include "emit.h"

#define MM100(v) ((v)*1440. / 2540) /* LibreOffice's unit here: hundredths of a millimetre */

typedef struct {
    double left, top, right, bottom;
} Area;

typedef struct {
    Emit *e;
    LayoutNode *node; /* of the figure; NULL: all is an artifact */
    const OdfChart *chart;
    Area frame;
} ChartPen;

/* What goes from 0 to 1 along an axis. */
typedef struct {
    double min, max, step;
    bool logarithmic, reversed, percent;
} Scale;
double scale_at(const Scale *s, double v); /* NAN: not on it */
bool scale_has(double at);                 /* with room for rounding */

/* How many steps an axis has at most, by the room for its labels. */
typedef struct {
    const OdfChartAxis *axis;
    bool from_zero, percent;
    int steps_most;
} ScaleRule;
Scale scale_make(double low, double high, ScaleRule rule);
double scale_down(double v, double step); /* the multiple of step not above v */

typedef struct {
    Area box;
    Scale x, y, y2;
    bool categories, shifted; /* names along x; they stand between the marks */
    bool turned;              /* the names of the x axis had no room */
    bool trial;               /* labels are measured as if they had room */
} Plot;
enum { AXIS_X, AXIS_Y, AXIS_Y2, AXES };
/* Sets what depends on the numbers of the chart; steps: how many each axis has at most. */
void plot_scales(const OdfChart *c, Plot *p, const int steps[AXES]);
/* From parts of the axes to the page. */
OdfPoint plot_point(const ChartPen *k, const Plot *p, double x, double y);
/* Where bars and areas begin: at the axis of names. */
double plot_base(const ChartPen *k, const Scale *y);
double plot_category(const ChartPen *k, const Plot *p, size_t i);

/* ---- chart_text.c ---- */
double chart_line_height(const ChartPen *k, const OdfTextProps *props);
double chart_ascent(const ChartPen *k, const OdfTextProps *props);
/* As LibreOffice measures it: each letter in whole pixels of 1/96 inch. */
double chart_width(const ChartPen *k, const OdfTextProps *props, const char *text);
/* One line, from its start on the baseline, turned against the clock. */
void chart_put(ChartPen *k, const OdfTextProps *props, const char *text, double x, double y,
               int angle);
/* Lines parted by \n, each in the middle of the block or at its left; size: of the block. */
typedef struct {
    double width, height;
} Size;
Size chart_block_size(const ChartPen *k, const OdfTextProps *props, const char *text);
void chart_block(ChartPen *k, const OdfTextProps *props, const char *text, double x, double y,
                 bool middle);
/* The text with line feeds, so that it is not wider where a word allows it; in the pass's arena. */
const char *chart_wrap(const ChartPen *k, const OdfTextProps *props, const char *text,
                       double width);
/* A number by its style, or as it is; in the pass's arena. */
const char *chart_number_text(const ChartPen *k, const OdfNode *format, const OdfTextProps *props,
                              double v, bool percent);

/* ---- chart_shape.c ---- */
void chart_line(ChartPen *k, const OdfChartLook *look, OdfPoint from, OdfPoint to);
void chart_path(ChartPen *k, const OdfChartLook *look, const OdfPoint *p, size_t n);
void chart_rectangle(ChartPen *k, const OdfChartLook *look, Area a);
void chart_symbol(ChartPen *k, const OdfChartPoint *p, double x, double y, double size);
OdfPoint chart_at(double x, double y);

/* ---- chart_axis.c, chart_series.c, chart_pie.c, chart_legend.c ---- */
/* Puts the axes into the room and draws them; the room they took is left in *room. */
Plot chart_axes(ChartPen *k, Area *room);
void chart_axis_labels(ChartPen *k, Plot *p); /* over what the series paint */
void chart_series(ChartPen *k, const Plot *p);
void chart_pie(ChartPen *k, Area room);
const char *chart_label(const ChartPen *k, const OdfChartSeries *s, size_t i, double sum);
void chart_legend(ChartPen *k, Area *room);
OdfChartLook chart_piece_look(const OdfChartSeries *s, size_t i);

#endif
