/* SPDX-License-Identifier: MIT */
/* Outlines of shapes while they are made. */
#ifndef SKRYBA_ODF_OUTLINE_H
#define SKRYBA_ODF_OUTLINE_H

#include "internal.h"

/* x' = m[0] x + m[2] y + m[4];  y' = m[1] x + m[3] y + m[5] */
typedef struct { double m[6]; } Matrix;
typedef struct {
    Matrix to;                  /* from the numbers of the file to twips */
    VEC(OdfPoint) point;
    VEC(struct OdfContour) contour;     /* that have ended */
    double x, y, x0, y0;        /* where the pen is; where the part began */
} Outline;

Matrix matrix_then(Matrix first, Matrix second);
/* draw:transform, ODF 1.3 part 3 section 19.228; false: there is none that can be read. */
bool matrix_read(const char *s, Matrix *out);

void outline_move(Outline *o, double x, double y);
void outline_line(Outline *o, double x, double y);
void outline_curve(Outline *o, double x1, double y1, double x2, double y2, double x, double y);
/* Part of an ellipse, from `start` over `sweep` radians; y grows downwards, so clockwise is plus.
 * A line leads to its beginning when join. */
void outline_arc(Outline *o, double cx, double cy, double rx, double ry, double start,
                 double sweep, bool join);
void outline_close(Outline *o);
void outline_contour(Outline *o, bool fill, bool stroke);       /* ends one, if it has begun */

/* The next number of a list, after spaces and commas; false: there is none here. */
bool outline_number(const char **s, double *v);
void outline_svg(Outline *o, const char *d);            /* svg:d, SVG 1.1 section 8.3 */
void outline_points(Outline *o, const char *s, bool close);     /* draw:points */

/* ---- enhanced.c: draw:enhanced-geometry  ----------------------------------------------------- */
typedef struct Formulas Formulas;
/* The numbers of a shape of that size, in twips; freed with a. */
Formulas *formulas_new(const OdfNode *geometry, double width, double height, Arena *a);
/* A number, $modifier, ?equation or name; moves *s behind it.  False: none of these is here. */
bool formulas_value(Formulas *f, const char **s, double *v);
const double *formulas_view(const Formulas *f);         /* x, y, width, height of svg:viewBox */

/* Adds the outline in the units of the view box; text gets the first text area in them. */
void enhanced_outline(Outline *o, Formulas *f, const OdfNode *geometry, double text[4]);

#endif
