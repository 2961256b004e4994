/* SPDX-License-Identifier: MIT */
/* Properties of frames and shapes: a graphic style and the element's own attributes together
 * (shared/writer-layout, frames-styles.md section 1). */
#include "internal.h"

#include <string.h>

typedef struct {
    const OdfFile *f;
    const OdfNode *frame;
    const OdfStyle *style;      /* NULL: none, not even Writer's own */
} Frame;

/* Of the style or its parents.  The default graphic style is for shapes only, and says what is
 * Writer's default anyway. */
static const char *of_style(const Frame *fr, OdfName name)
{
    const char *v = NULL;
    for (const OdfStyle *s = fr->style; s && !v; s = s->parent) {
        const OdfNode *n = odf_style_part(s, ODF_STYLE_GRAPHIC_PROPERTIES);
        v = n ? odf_attr(n, name) : NULL;
    }
    return v;
}

static const char *of_both(const Frame *fr, OdfName name)
{
    const char *v = odf_attr(fr->frame, name);
    return v ? v : of_style(fr, name);
}

static int32_t length(const char *s)
{
    int32_t v;
    return odf_length(s, &v) ? v : 0;
}

static int32_t positive(const char *s)
{
    int32_t v = length(s);
    return v > 0 ? v : 0;
}

/* ---- place ---- */

static void read_anchor(const Frame *fr, OdfFrameProps *p)
{
    static const char *const anchors[] = { "as-char", "char", "paragraph", "page", "frame", NULL };
    p->anchor = (OdfAnchor)odf_word(of_both(fr, ODF_TEXT_ANCHOR_TYPE), anchors, ANCHOR_CHAR_AS);
    p->anchor_page = odf_int(odf_attr(fr->frame, ODF_TEXT_ANCHOR_PAGE_NUMBER), 1);
    if (p->anchor_page < 1)
        p->anchor_page = 1;
}

static OdfHRel horizontal_rel(const char *s)
{
    static const char *const words[] = {
        "paragraph", "paragraph-content", "page", "page-content", "page-start-margin",
        "page-end-margin", "paragraph-start-margin", "paragraph-end-margin", "char", NULL
    };
    if (str_equal(s, "frame-content"))
        return HREL_PARAGRAPH_CONTENT;
    return (OdfHRel)odf_word(s, words, HREL_PARAGRAPH);
}

static OdfVRel vertical_rel(const char *s)
{
    static const char *const words[] = { "paragraph", "paragraph-content", "page", "page-content",
                                         "char", "line", "baseline", "text", NULL };
    if (str_equal(s, "frame-content"))
        return VREL_PARAGRAPH_CONTENT;
    return (OdfVRel)odf_word(s, words, VREL_PARAGRAPH);
}

static void read_position(const Frame *fr, OdfFrameProps *p)
{
    static const char *const across[] = { "left", "center", "right", "from-left", "inside",
                                          "outside", "from-inside", NULL };
    static const char *const down[] = { "top", "middle", "bottom", "from-top", "below", NULL };
    p->hpos = (OdfHPos)odf_word(of_style(fr, ODF_STYLE_HORIZONTAL_POS), across, HPOS_FROM_LEFT);
    p->hrel = horizontal_rel(of_style(fr, ODF_STYLE_HORIZONTAL_REL));
    p->vpos = (OdfVPos)odf_word(of_style(fr, ODF_STYLE_VERTICAL_POS), down, VPOS_FROM_TOP);
    p->vrel = vertical_rel(of_style(fr, ODF_STYLE_VERTICAL_REL));
    p->x = length(of_both(fr, ODF_SVG_X));
    p->y = length(of_both(fr, ODF_SVG_Y));
    p->z = odf_int(odf_attr(fr->frame, ODF_DRAW_Z_INDEX), 0);
}

static void read_wrap(const Frame *fr, bool shape, OdfFrameProps *p)
{
    static const char *const words[] = { "none", "left", "right", "parallel", "dynamic",
                                         "run-through", NULL };
    const char *wrap = of_style(fr, ODF_STYLE_WRAP);
    p->wrap = str_equal(wrap, "biggest")
                  ? WRAP_DYNAMIC
                  : (OdfWrap)odf_word(wrap, words, shape ? WRAP_THROUGH : WRAP_PARALLEL);
    p->background = str_equal(of_style(fr, ODF_STYLE_RUN_THROUGH), "background");
    p->contour = odf_bool(of_style(fr, ODF_STYLE_WRAP_CONTOUR), false);
    p->wrap_one_paragraph = str_equal(of_style(fr, ODF_STYLE_NUMBER_WRAPPED_PARAGRAPHS), "1");
    p->flow_with_text = odf_bool(of_style(fr, ODF_STYLE_FLOW_WITH_TEXT), false);
    p->no_overlap = !odf_bool(of_style(fr, ODF_LOEXT_ALLOW_OVERLAP), true);
    p->decorative = odf_bool(of_both(fr, ODF_LOEXT_DECORATIVE), false);
}

/* ---- size ---- */

static int32_t relative_size(const char *s)
{
    int32_t v;
    if (str_equal(s, "scale") || str_equal(s, "scale-min"))
        return -1;
    return odf_percent(s, &v) && v > 0 ? v : 0;
}

static void read_size(const Frame *fr, const OdfNode *box, OdfFrameProps *p)
{
    p->width = positive(of_both(fr, ODF_SVG_WIDTH));
    p->height = positive(of_both(fr, ODF_SVG_HEIGHT));
    p->rel_width = relative_size(of_both(fr, ODF_STYLE_REL_WIDTH));
    p->rel_height = relative_size(of_both(fr, ODF_STYLE_REL_HEIGHT));
    p->rel_width_page = str_equal(of_both(fr, ODF_LOEXT_REL_WIDTH_REL), "page");
    if (!box)
        return;
    p->min_width = positive(odf_attr(box, ODF_FO_MIN_WIDTH));
    p->min_height = positive(odf_attr(box, ODF_FO_MIN_HEIGHT));
}

/* ---- looks ---- */

static void read_box(const Frame *fr, OdfFrameProps *p)
{
    const OdfStyle *up[ODF_PARENTS + 1];
    size_t n = 0;
    for (const OdfStyle *s = fr->style; s && n < COUNT(up); s = s->parent)
        up[n++] = s;
    while (n--) {
        const OdfNode *part = odf_style_part(up[n], ODF_STYLE_GRAPHIC_PROPERTIES);
        if (!part)
            continue;
        OdfSides margin;
        odf_read_sides(part, ODF_FO_MARGIN, odf_margin_names, &margin);
        for (int i = 0; i < 4; i++)
            if (margin.set[i])
                p->margin[i] = margin.value[i];
        odf_read_padding(part, p->padding);
        odf_read_borders(part, p->border);
        odf_read_shadow(odf_attr(part, ODF_STYLE_SHADOW), &p->shadow_x, &p->shadow_y,
                        &p->shadow_color);
        if (odf_kid(part, ODF_STYLE_COLUMNS))
            odf_read_columns(part, &p->columns);
    }
}

static int32_t percent(const char *s, int32_t other)
{
    int32_t v;
    return !odf_percent(s, &v) ? other : v < 0 ? 0 : v > 100 ? 100 : v;
}

static void read_fill(const Frame *fr, bool text, bool shape, OdfFrameProps *p)
{
    const char *fill = of_style(fr, ODF_DRAW_FILL), *color = of_style(fr, ODF_DRAW_FILL_COLOR);
    p->fill = odf_color(of_style(fr, ODF_FO_BACKGROUND_COLOR));
    p->fill_opacity = 100 - percent(of_style(fr, ODF_STYLE_BACKGROUND_TRANSPARENCY), 0);
    if (shape)
        p->fill = 0x729fcf;
    if (str_equal(fill, "none"))
        p->fill = COLOR_NONE;
    else if ((str_equal(fill, "solid") || shape) && odf_color(color) >= 0)
        p->fill = odf_color(color);
    if (of_style(fr, ODF_DRAW_OPACITY))
        p->fill_opacity = percent(of_style(fr, ODF_DRAW_OPACITY), 100);
    if (str_equal(fill, "bitmap") && fr->style)
        p->back = odf_fill_back(fr->f, fr->style);
    if (str_equal(fill, "gradient"))
        p->gradient = odf_gradient(fr->f, of_style(fr, ODF_DRAW_FILL_GRADIENT_NAME), &p->fill);
    p->other_fill = str_equal(fill, "hatch") || (str_equal(fill, "gradient") && !p->gradient);
    if (text && p->fill == COLOR_NONE)          /* a text box hides what is behind it: 1.1.5 */
        p->fill = 0xffffff;
    if (!p->fill_opacity)
        p->fill = COLOR_NONE;
}

static void read_stroke(const Frame *fr, bool shape, OdfFrameProps *p)
{
    const char *stroke = of_style(fr, ODF_DRAW_STROKE);
    bool drawn = stroke ? strcmp(stroke, "none") != 0 : shape;
    int32_t color = odf_color(of_style(fr, ODF_SVG_STROKE_COLOR));
    p->stroke = !drawn ? COLOR_NONE : color >= 0 ? color : 0x3465a4;
    p->stroke_width = positive(of_style(fr, ODF_SVG_STROKE_WIDTH));
    p->stroke_opacity = percent(of_style(fr, ODF_SVG_STROKE_OPACITY), 100);
    if (str_equal(stroke, "dash"))
        odf_read_dash(fr->f, of_style(fr, ODF_DRAW_STROKE_DASH), p);
}

/* fo:clip="rect(top, right, bottom, left)", with or without commas. */
static void read_clip(const char *s, int32_t clip[4])
{
    if (!s || !str_starts(s, "rect("))
        return;
    int32_t v[4] = {0};
    s += 5;
    for (int i = 0; i < 4; i++) {
        char word[24];
        s += strspn(s, " ,\t");
        size_t n = strcspn(s, " ,\t)");
        snprintf(word, sizeof word, "%.*s", n < sizeof word ? (int)n : 0, s);
        if (!odf_length(word, &v[i]) && strcmp(word, "auto"))
            return;
        s += n;
    }
    memcpy(clip, v, sizeof v);
}

static void read_image(const Frame *fr, OdfFrameProps *p)
{
    const char *mirror = of_style(fr, ODF_STYLE_MIRROR);
    read_clip(of_style(fr, ODF_FO_CLIP), p->clip);
    p->mirror_h = mirror && strstr(mirror, "horizontal");
    p->mirror_v = mirror && strstr(mirror, "vertical");
    p->greyscale = str_equal(of_style(fr, ODF_DRAW_COLOR_MODE), "greyscale");
    p->image_opacity = percent(of_style(fr, ODF_DRAW_IMAGE_OPACITY), 100);
}

void odf_frame_props(const OdfFile *f, const OdfNode *frame, OdfFrameProps *out)
{
    static const char *const aligns[] = { "top", "middle", "bottom", NULL };
    const OdfNode *box = odf_kid(frame, ODF_DRAW_TEXT_BOX);
    bool shape = frame->name != ODF_DRAW_FRAME;
    Frame fr = { f, frame, frame->style };
    if (!fr.style && !shape && !odf_attr(frame, ODF_DRAW_STYLE_NAME))
        fr.style = odf_style(f, FAMILY_GRAPHIC, box ? "Frame" : "Graphics", false);
    *out = (OdfFrameProps){ .columns = { .n = 1, .gap = -1 } };
    read_anchor(&fr, out);
    read_position(&fr, out);
    read_wrap(&fr, shape, out);
    read_size(&fr, box, out);
    read_box(&fr, out);
    read_fill(&fr, box != NULL, shape, out);
    read_stroke(&fr, shape, out);
    read_image(&fr, out);
    out->text_align =
        (unsigned)odf_word(of_style(&fr, ODF_DRAW_TEXTAREA_VERTICAL_ALIGN), aligns, FRAME_TOP);
}
