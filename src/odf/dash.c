/* SPDX-License-Identifier: MIT */
/* Dashes of strokes (ODF 1.3 part 3, 16.42.9, 20.105 and 20.143). */
#include "internal.h"

#include <stdlib.h>

enum {
    DOTS_MOST = 6,              /* in all: on and off each */
    HAIRLINE = 27,              /* twips; what a percentage of a line without width counts from */
    LONGEST = 20000
};

/* Hundredths of a point.  Writer 7.4 takes the hundredths of a millimetre that it read for twips,
 * so lengths (not percentages) are 127/72 of what they say; measured. */
static int32_t length_of(const char *s, int32_t width, int32_t other)
{
    int32_t v;
    int64_t h = other;
    if (odf_percent(s, &v))
        h = (int64_t)width * v * 5 / 100;
    else if (odf_length(s, &v))
        h = (int64_t)v * 5 * 127 / 72;
    return h < 0 ? 0 : h > LONGEST ? LONGEST : (int32_t)h;
}

static void put_dots(const char *count, const char *length, int32_t width, int32_t distance,
                     OdfFrameProps *p)
{
    long n = count ? strtol(count, NULL, 10) : 0;
    int32_t on = length_of(length, width, width * 5);   /* a dot is as long as it is wide */
    for (; n > 0 && p->n_dash < 2 * DOTS_MOST; n--) {
        p->dash[p->n_dash++] = on > 0 ? on : 1;
        p->dash[p->n_dash++] = distance;
    }
}

void odf_read_dash(const OdfFile *f, const char *name, OdfFrameProps *p)
{
    const OdfNode *n = odf_drawing_style(f, ODF_DRAW_STROKE_DASH, name);
    int32_t width = p->stroke_width ? p->stroke_width : HAIRLINE;
    int32_t distance = n ? length_of(odf_attr(n, ODF_DRAW_DISTANCE), width, 0) : 0;
    p->n_dash = 0;
    if (distance <= 0)
        return;
    put_dots(odf_attr(n, ODF_DRAW_DOTS1), odf_attr(n, ODF_DRAW_DOTS1_LENGTH), width, distance, p);
    put_dots(odf_attr(n, ODF_DRAW_DOTS2), odf_attr(n, ODF_DRAW_DOTS2_LENGTH), width, distance, p);
}
