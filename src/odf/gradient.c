/* SPDX-License-Identifier: MIT */
/* Gradients as fill of frames and shapes (ODF 1.3 part 3, 16.42.2). */
#include "internal.h"

#include <string.h>

static int32_t percent_of(const OdfNode *n, OdfName name, int32_t other)
{
    int32_t v;
    return !odf_percent(odf_attr(n, name), &v) ? other : v < 0 ? 0 : v > 100 ? 100 : v;
}

/* The colour of an end, darker by its intensity. */
static int32_t end_color(const OdfNode *n, OdfName color, OdfName intensity)
{
    int32_t rgb = odf_color(odf_attr(n, color)), part = percent_of(n, intensity, 100), out = 0;
    for (int shift = 16; shift >= 0 && rgb >= 0; shift -= 8)
        out |= (rgb >> shift & 255) * part / 100 << shift;
    return out;
}

/* Offices wrote tenths of a degree without a unit before they wrote "90deg"; of others the number
 * is of degrees, as ODF 1.3 part 3, 18.3.1 has it (LibreOffice 7.4 asks for the generator, too). */
static int32_t angle_of(const OdfFile *f, const char *s)
{
    const OdfNode *n = f->meta ? odf_kid(f->meta, ODF_META_GENERATOR) : NULL;
    size_t len = s ? strspn(s, "-0123456789.") : 0;
    Buf generator = {0};
    int64_t v;                  /* tenths of what the number is of */
    if (!s || !number_parse(s, len, 1, &v))
        return 0;
    if (n)
        odf_plain_text(n, &generator);
    bool tenths = !s[len] && generator.n && strstr(generator.p, "Office");
    buf_free(&generator);
    int32_t angle = (int32_t)((tenths ? v / 10 : v) % 3600);
    return angle < 0 ? angle + 3600 : angle;
}

static int32_t mean_of(int32_t a, int32_t b)
{
    int32_t out = 0;
    for (int shift = 16; shift >= 0; shift -= 8)
        out |= ((a >> shift & 255) + (b >> shift & 255)) / 2 << shift;
    return out;
}

const OdfGradient *odf_gradient(const OdfFile *f, const char *name, int32_t *mean)
{
    const OdfNode *n = odf_drawing_style(f, ODF_DRAW_GRADIENT, name);
    *mean = COLOR_NONE;
    if (!n)
        return NULL;
    OdfGradient *g = ARENA_NEW(f->arena, OdfGradient);
    const char *style = odf_attr(n, ODF_DRAW_STYLE);
    g->axial = str_equal(style, "axial");
    g->start = end_color(n, ODF_DRAW_START_COLOR, ODF_DRAW_START_INTENSITY);
    g->end = end_color(n, ODF_DRAW_END_COLOR, ODF_DRAW_END_INTENSITY);
    g->angle = angle_of(f, odf_attr(n, ODF_DRAW_ANGLE));
    g->border = percent_of(n, ODF_DRAW_BORDER, 0);
    *mean = mean_of(g->start, g->end);
    return g->axial || str_equal(style, "linear") ? g : NULL;
}
