/* SPDX-License-Identifier: MIT */
/* Pictures behind pages, paragraphs, cells, frames (ODF 1.3 part 3, 17.3, 20.108-20.130). */
#include "internal.h"

#include <string.h>

static void read_repeat(const char *s, OdfBack *b)
{
    static const char *const words[] = { "repeat", "no-repeat", "stretch", NULL };
    b->repeat = (unsigned)odf_word(s, words, BACK_REPEAT);
}

/* "top left", "center", "bottom": what is not said is in the middle. */
static void read_position(const char *s, OdfBack *b)
{
    b->at_x = b->at_y = 50;
    if (!s)
        return;
    b->at_x = strstr(s, "left") ? 0 : strstr(s, "right") ? 100 : 50;
    b->at_y = strstr(s, "top") ? 0 : strstr(s, "bottom") ? 100 : 50;
}

static int32_t opacity(const char *s)
{
    int32_t v;
    return !odf_percent(s, &v) || v > 100 ? 100 : v < 0 ? 0 : v;
}

const OdfBack *odf_back(const OdfFile *f, const OdfNode *image)
{
    const char *href = image ? odf_attr(image, ODF_XLINK_HREF) : NULL;
    if (!href || !*href)
        return NULL;
    OdfBack *b = ARENA_NEW(f->arena, OdfBack);
    b->href = href;
    read_repeat(odf_attr(image, ODF_STYLE_REPEAT), b);
    read_position(odf_attr(image, ODF_STYLE_POSITION), b);
    b->opacity = opacity(odf_attr(image, ODF_DRAW_OPACITY));
    return b;
}

const OdfBack *odf_style_back(const OdfFile *f, const OdfStyle *s)
{
    return s ? odf_back(f, odf_style_kid(s, ODF_STYLE_BACKGROUND_IMAGE)) : NULL;
}

static int32_t size(const char *s)
{
    int32_t v;
    return odf_length(s, &v) && v > 0 ? v : 0;
}

const OdfBack *odf_fill_back(const OdfFile *f, const OdfStyle *s)
{
    const OdfNode *n =
        odf_drawing_style(f, ODF_DRAW_FILL_IMAGE, odf_style_attr(s, ODF_DRAW_FILL_IMAGE_NAME));
    const char *href = n ? odf_attr(n, ODF_XLINK_HREF) : NULL;
    if (!href || !*href)
        return NULL;
    OdfBack *b = ARENA_NEW(f->arena, OdfBack);
    b->href = href;
    read_repeat(odf_style_attr(s, ODF_STYLE_REPEAT), b);
    read_position(odf_style_attr(s, ODF_DRAW_FILL_IMAGE_REF_POINT), b);
    b->width = size(odf_style_attr(s, ODF_DRAW_FILL_IMAGE_WIDTH));
    b->height = size(odf_style_attr(s, ODF_DRAW_FILL_IMAGE_HEIGHT));
    b->opacity = opacity(odf_style_attr(s, ODF_DRAW_OPACITY));
    return b;
}
