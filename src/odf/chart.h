/* SPDX-License-Identifier: MIT */
/* Charts while they are read: styles of their own, and the table that holds their numbers. */
#ifndef SKRYBA_ODF_CHART_H
#define SKRYBA_ODF_CHART_H

#include "internal.h"

enum { CHART_CELLS = 65536 }; /* of the table; more are not drawn */

/* ---- chart_style.c ---- */
typedef struct {
    const OdfFile *file;   /* of the document, for the names of fonts */
    const OdfNode *styles; /* office:automatic-styles of the chart, or NULL */
    Arena *a;
    Map *style;               /* name -> style:style */
    Map *format;              /* name -> number:...-style */
    const OdfTextProps *base; /* of text without a style */
} ChartStyles;
void chart_styles_open(ChartStyles *s, const OdfFile *file, const OdfNode *content, Arena *a);
/* An attribute among the properties of the style that n names; NULL: not set. */
const char *chart_property(const ChartStyles *s, const OdfNode *n, OdfName name);
const char *chart_graphic(const ChartStyles *s, const OdfNode *n, OdfName name);
const OdfTextProps *chart_text_props(const ChartStyles *s, const OdfNode *n, int32_t size);
OdfChartLook chart_look(const ChartStyles *s, const OdfNode *n, OdfChartLook other);
/* The number style that n names by an attribute of its style. */
const OdfNode *chart_format(const ChartStyles *s, const OdfNode *n, OdfName name);
void chart_point_style(const ChartStyles *s, const OdfNode *n, const OdfNode *plot,
                       OdfChartPoint *p);

/* ---- chart_data.c ---- */
/* NAN: it is none. */
double chart_number(const char *s);
typedef struct {
    const char *text;
    double value;
    bool number;
} ChartCell;
typedef struct {
    Arena *a;
    ChartCell *cell; /* rows one after another */
    size_t rows, columns;
    bool heads, stubs; /* the first row, the first column hold names */
} ChartTable;
/* False: there is none, or it is too large. */
bool chart_table_read(const OdfNode *table, Arena *a, ChartTable *out);
typedef struct {
    size_t column, row, columns, rows;
} ChartRange;
/* "local-table.$B$2:.$B$5"; false: it is none of this table. */
bool chart_range(const ChartTable *t, const char *address, ChartRange *out);
const ChartCell *chart_cell(const ChartTable *t, size_t column, size_t row); /* never NULL */
/* The i-th cell of a range, row by row. */
const ChartCell *chart_cell_in(const ChartTable *t, const ChartRange *r, size_t i);

#endif
