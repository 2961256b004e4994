/* SPDX-License-Identifier: MIT */
/* Actions of StarView metafiles, shared by svm.c and svm_draw.c. */
#ifndef SKRYBA_ODF_SVM_H
#define SKRYBA_ODF_SVM_H

#include "metafile.h"

enum {
    PIXEL = 100, POINT_ACTION, LINE, RECT, ROUNDRECT, ELLIPSE, ARC, PIE, CHORD, POLYLINE, POLYGON,
    POLYPOLYGON, TEXT, TEXTARRAY, STRETCHTEXT, TEXTRECT, BMP, BMPSCALE, BMPSCALEPART, BMPEX,
    BMPEXSCALE, BMPEXSCALEPART, MASK, MASKSCALE, MASKSCALEPART, GRADIENT, HATCH, WALLPAPER,
    CLIPREGION, ISECTRECT, ISECTREGION, MOVECLIP, LINECOLOR, FILLCOLOR, TEXTCOLOR, TEXTFILLCOLOR,
    TEXTALIGN, MAPMODE, FONT, PUSH, POP, RASTEROP, TRANSPARENT, EPS, REFPOINT, TEXTLINECOLOR,
    TEXTLINE, FLOATTRANSPARENT, GRADIENTEX, COMMENT = 512,
};
/* A part with a version and a length; *version may be NULL. */
Bytes svm_part(Bytes *b, unsigned *version);
int32_t svm_color(Bytes *d);
int32_t svm_mean_color(Bytes *b);               /* of a gradient */
void svm_font(Metafile *m, Bytes b);
/* Plays an action that paints; false: it is none of these. */
bool svm_draw(Metafile *m, unsigned action, Bytes d, unsigned version);

#endif
