/* SPDX-License-Identifier: MIT */
/* Properties of paragraphs.  LibreOffice keeps some of them in one item each: a style that sets one
 * member of such a group takes the others from the default style, not from its parent (groups
 * G1-G4 of shared/writer-layout, text.md section 0b). */
#include "internal.h"

#include <stdlib.h>
#include <string.h>

typedef struct {
    const OdfFile *f;
    const OdfNode *n;           /* style:paragraph-properties */
    const OdfParaProps *parent, *fallback;      /* fallback: what a reset member gets */
    bool automatic;
} Source;

static const char *attr(const Source *s, OdfName name)
{
    return odf_attr(s->n, name);
}

/* A margin as a length, or in a common style a percentage of the parent's. */
static bool read_margin(const Source *s, OdfName name, OdfSide side, int32_t *out)
{
    const char *v = attr(s, name);
    int32_t percent;
    if (!v)
        v = attr(s, ODF_FO_MARGIN);
    if (odf_length(v, out))
        return true;
    if (s->automatic || !odf_percent(v, &percent))
        return false;
    *out = (int32_t)((int64_t)s->parent->margin[side] * percent / 100);
    return true;
}

static bool read_indents(const Source *s, OdfParaProps *p)
{
    int32_t left, right, indent;
    const char *automatic = attr(s, ODF_STYLE_AUTO_TEXT_INDENT);
    bool has_left = read_margin(s, ODF_FO_MARGIN_LEFT, SIDE_LEFT, &left);
    bool has_right = read_margin(s, ODF_FO_MARGIN_RIGHT, SIDE_RIGHT, &right);
    bool has_indent = odf_length(attr(s, ODF_FO_TEXT_INDENT), &indent);
    if (!has_left && !has_right && !has_indent && !automatic)
        return false;
    p->margin[SIDE_LEFT] = has_left ? left : s->fallback->margin[SIDE_LEFT];
    p->margin[SIDE_RIGHT] = has_right ? right : s->fallback->margin[SIDE_RIGHT];
    p->indent = has_indent ? indent : s->fallback->indent;
    p->auto_indent = odf_bool(automatic, s->fallback->auto_indent);
    return true;
}

static void read_spaces(const Source *s, OdfParaProps *p)
{
    int32_t top, bottom;
    const char *contextual = attr(s, ODF_STYLE_CONTEXTUAL_SPACING);
    if (!contextual)
        contextual = attr(s, ODF_LOEXT_CONTEXTUAL_SPACING);
    bool has_top = read_margin(s, ODF_FO_MARGIN_TOP, SIDE_TOP, &top);
    bool has_bottom = read_margin(s, ODF_FO_MARGIN_BOTTOM, SIDE_BOTTOM, &bottom);
    if (!has_top && !has_bottom && !contextual)
        return;
    p->margin[SIDE_TOP] = has_top ? top : s->fallback->margin[SIDE_TOP];
    p->margin[SIDE_BOTTOM] = has_bottom ? bottom : s->fallback->margin[SIDE_BOTTOM];
    p->contextual = odf_bool(contextual, s->fallback->contextual);
}

static void read_box(const Source *s, OdfParaProps *p)
{
    OdfBorder border[4];
    int32_t padding[4];
    memcpy(border, s->fallback->border, sizeof border);
    memcpy(padding, s->fallback->padding, sizeof padding);
    bool any = odf_read_borders(s->n, border);
    any |= odf_read_padding(s->n, padding);
    if (!any)
        return;
    memcpy(p->border, border, sizeof border);
    memcpy(p->padding, padding, sizeof padding);
}

static void read_line_height(const Source *s, OdfParaProps *p)
{
    const char *height = attr(s, ODF_FO_LINE_HEIGHT),
               *least = attr(s, ODF_STYLE_LINE_HEIGHT_AT_LEAST);
    const char *leading = attr(s, ODF_STYLE_LINE_SPACING);
    int32_t v;
    if (odf_percent(height, &v) && v > 0) {
        p->line_kind = LINE_HEIGHT_PERCENT;
        p->line_height = v;
    } else if (odf_length(height, &v) && v > 0) {
        p->line_kind = LINE_HEIGHT_FIXED;
        p->line_height = v;
    } else if (odf_length(least, &v) && v > 0) {
        p->line_kind = LINE_HEIGHT_LEAST;
        p->line_height = v;
    } else if (odf_length(leading, &v)) {
        p->line_kind = LINE_HEIGHT_LEADING;
        p->line_height = v;
    } else if (height || least || leading) {
        p->line_kind = LINE_HEIGHT_NORMAL;
        p->line_height = 0;
    }
}

/* ---- tab stops ---- */

static uint32_t first_character(const char *s)
{
    int n;
    return s && *s ? utf8_get(s, s + strlen(s), &n) : 0;
}

static uint32_t read_leader(const OdfNode *n)
{
    const char *style = odf_attr(n, ODF_STYLE_LEADER_STYLE),
               *text = odf_attr(n, ODF_STYLE_LEADER_TEXT);
    const char *older = odf_attr(n, ODF_STYLE_LEADER_CHAR);     /* OpenOffice.org 1.x */
    uint32_t c = 0;
    if (style && strcmp(style, "none"))
        c = text && *text ? first_character(text) : str_equal(style, "dotted") ? '.' : '_';
    else if (older)
        c = first_character(older);
    return c == ' ' ? 0 : c;
}

static int by_position(const void *a, const void *b)
{
    int32_t x = ((const OdfTab *)a)->position, y = ((const OdfTab *)b)->position;
    return (x > y) - (x < y);
}

static void read_tabs(const Source *s, OdfParaProps *p)
{
    static const char *const types[] = { "left", "center", "right", "char", NULL };
    const OdfNode *stops = odf_kid(s->n, ODF_STYLE_TAB_STOPS);
    if (!stops)
        return;
    OdfTab *tab = ARENA_ARRAY(s->f->arena, OdfTab, stops->n_kid);
    p->n_tab = 0;
    for (size_t i = 0; i < stops->n_kid; i++) {
        const OdfNode *n = stops->kid[i];
        OdfTab t = {0};
        if (n->name != ODF_STYLE_TAB_STOP ||
            !odf_length(odf_attr(n, ODF_STYLE_POSITION), &t.position))
            continue;
        t.type = (unsigned)odf_word(odf_attr(n, ODF_STYLE_TYPE), types, TAB_LEFT);
        t.character = first_character(odf_attr(n, ODF_STYLE_CHAR));
        t.leader = read_leader(n);
        tab[p->n_tab++] = t;
    }
    qsort(tab, p->n_tab, sizeof *tab, by_position);
    p->tab = tab;
}

/* ---- the rest ---- */

static void read_align(const Source *s, OdfParaProps *p)
{
    static const char *const words[] = {
        "start", "end", "center", "justify", "left", "right", NULL
    };
    int align = odf_word(attr(s, ODF_FO_TEXT_ALIGN), words, -1);
    int last = odf_word(attr(s, ODF_FO_TEXT_ALIGN_LAST), words, -1);
    if (align >= 0)
        p->align = (OdfAlign)(align & 3);
    if (last >= 0)
        p->align_last = (OdfAlign)(last & 3);
}

static uint16_t read_count(const char *s, uint16_t other)
{
    int n = odf_int(s, other);
    return (uint16_t)(str_equal(s, "no-limit") || n < 0 ? 0 : n > 999 ? 999 : n);
}

static bool read_always(const char *s, bool other)
{
    return s ? !strcmp(s, "always") : other;
}

static void read_breaks(const Source *s, OdfParaProps *p)
{
    p->break_before = odf_read_break(attr(s, ODF_FO_BREAK_BEFORE), p->break_before);
    p->break_after = odf_read_break(attr(s, ODF_FO_BREAK_AFTER), p->break_after);
    p->keep_together = read_always(attr(s, ODF_FO_KEEP_TOGETHER), p->keep_together);
    p->keep_with_next = read_always(attr(s, ODF_FO_KEEP_WITH_NEXT), p->keep_with_next);
    p->widows = read_count(attr(s, ODF_FO_WIDOWS), p->widows);
    p->orphans = read_count(attr(s, ODF_FO_ORPHANS), p->orphans);
    p->hyphen_ladder = read_count(attr(s, ODF_FO_HYPHENATION_LADDER_COUNT), p->hyphen_ladder);
}

static void read_plain(const Source *s, OdfParaProps *p)
{
    static const char *const aligns[] = { "auto", "baseline", "top", "middle", "bottom", NULL };
    const char *mode = attr(s, ODF_STYLE_WRITING_MODE),
               *background = attr(s, ODF_FO_BACKGROUND_COLOR);
    p->join_border = odf_bool(attr(s, ODF_STYLE_JOIN_BORDER), p->join_border);
    p->justify_single_word =
        odf_bool(attr(s, ODF_STYLE_JUSTIFY_SINGLE_WORD), p->justify_single_word);
    p->snap_to_grid = odf_bool(attr(s, ODF_STYLE_SNAP_TO_LAYOUT_GRID), p->snap_to_grid);
    p->vertical_align =
        (unsigned)odf_word(attr(s, ODF_STYLE_VERTICAL_ALIGN), aligns, (int)p->vertical_align);
    odf_read_shadow(attr(s, ODF_STYLE_SHADOW), &p->shadow_x, &p->shadow_y, &p->shadow_color);
    if (background)
        p->background = odf_color(background);
    if (mode)
        p->right_to_left = str_starts(mode, "rl");
}

static void read_all(const Source *s, OdfParaProps *p)
{
    p->own_margins = read_indents(s, p) && s->automatic;
    read_spaces(s, p);
    read_box(s, p);
    read_line_height(s, p);
    read_tabs(s, p);
    read_align(s, p);
    read_breaks(s, p);
    read_plain(s, p);
}

/* ---- resolution ---- */

static const OdfParaProps *base(const OdfFile *f)
{
    enum { FLAT_TABS = 709, PACKAGE_TABS = 1134 };
    const OdfParaProps nothing = { .join_border = true,
                                   .snap_to_grid = true,
                                   .background = COLOR_NONE,
                                   .tab_distance = f->flat ? FLAT_TABS : PACKAGE_TABS };
    if (f->by_name->para)
        return f->by_name->para;
    OdfParaProps *p = ARENA_NEW(f->arena, OdfParaProps);
    *p = nothing;
    const OdfNode *d = f->by_name->defaults[FAMILY_PARAGRAPH];
    const OdfNode *n = d ? odf_kid(d, ODF_STYLE_PARAGRAPH_PROPERTIES) : NULL;
    if (n) {
        read_all(&(Source){ f, n, &nothing, &nothing, false }, p);
        if (!odf_length(odf_attr(n, ODF_STYLE_TAB_STOP_DISTANCE), &p->tab_distance) ||
            p->tab_distance <= 0)
            p->tab_distance = nothing.tab_distance;
    }
    p->hyphenate = odf_para_text_props(f, NULL)->hyphenate;
    return f->by_name->para = p;
}

static bool sets_indents(const OdfStyle *s)
{
    static const OdfName names[] = { ODF_FO_MARGIN, ODF_FO_MARGIN_LEFT, ODF_FO_MARGIN_RIGHT,
                                     ODF_FO_TEXT_INDENT, ODF_STYLE_AUTO_TEXT_INDENT };
    const OdfNode *n = odf_style_part(s, ODF_STYLE_PARAGRAPH_PROPERTIES);
    for (size_t i = 0; n && i < COUNT(names); i++)
        if (odf_attr(n, names[i]))
            return true;
    return false;
}

/* Going up from a common style: indents are met no later than the list style. */
static bool style_margins(const OdfStyle *s)
{
    for (; s; s = s->parent) {
        if (sets_indents(s))
            return true;
        if (odf_attr(s->node, ODF_STYLE_LIST_STYLE_NAME))
            return false;
    }
    return false;
}

const OdfParaProps *odf_para_props(const OdfFile *f, const OdfStyle *style)
{
    if (!style)
        return base(f);
    if (style->computed->para)
        return style->computed->para;
    const OdfParaProps *parent = odf_para_props(f, style->parent);
    const OdfNode *n = odf_style_part(style, ODF_STYLE_PARAGRAPH_PROPERTIES);
    OdfParaProps *p = ARENA_NEW(f->arena, OdfParaProps);
    *p = *parent;
    p->own_margins = false;
    if (n)
        read_all(&(Source){ f, n, parent, base(f), style->automatic }, p);
    p->back = odf_style_back(f, style);
    p->style_margins = style_margins(odf_style_common(style));
    p->hyphenate = odf_para_text_props(f, style)->hyphenate;
    return style->computed->para = p;
}

bool odf_drops_cap(const OdfStyle *style)
{
    const OdfNode *n = style ? odf_style_kid(style, ODF_STYLE_DROP_CAP) : NULL;
    const char *length = n ? odf_attr(n, odf_name("style:length")) : NULL;
    const char *lines = n ? odf_attr(n, odf_name("style:lines")) : NULL;
    return !str_equal(length, "0") && lines && strcmp(lines, "1") != 0;
}
