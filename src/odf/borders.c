/* SPDX-License-Identifier: MIT */
/* Attributes that several families share: sides, borders, shadows, columns, breaks. */
#include "internal.h"

#include <string.h>

const OdfName odf_margin_names[4] = { ODF_FO_MARGIN_TOP, ODF_FO_MARGIN_RIGHT, ODF_FO_MARGIN_BOTTOM,
                                      ODF_FO_MARGIN_LEFT };

/* The shorthand sets all four, the single ones override it in either order. */
void odf_read_sides(const OdfNode *n, OdfName all, const OdfName side[4], OdfSides *out)
{
    *out = (OdfSides){0};
    int32_t v;
    bool every = n && odf_length(odf_attr(n, all), &v);
    for (int i = 0; n && i < 4; i++) {
        if (odf_length(odf_attr(n, side[i]), &out->value[i])) {
            out->set[i] = true;
        } else if (every) {
            out->value[i] = v;
            out->set[i] = true;
        }
    }
}

bool odf_read_padding(const OdfNode *n, int32_t padding[4])
{
    static const OdfName names[4] = { ODF_FO_PADDING_TOP, ODF_FO_PADDING_RIGHT,
                                      ODF_FO_PADDING_BOTTOM, ODF_FO_PADDING_LEFT };
    OdfSides s;
    bool any = false;
    odf_read_sides(n, ODF_FO_PADDING, names, &s);
    for (int i = 0; i < 4; i++)
        if (s.set[i]) {
            padding[i] = s.value[i] > 0 ? s.value[i] : 0;
            any = true;
        }
    return any;
}

/* The next word of s, cut off at room; NULL at the end. */
static const char *next_word(const char *s, char *word, size_t room)
{
    s += strspn(s, " \t\r\n");
    size_t n = strcspn(s, " \t\r\n");
    if (!n)
        return NULL;
    snprintf(word, room, "%.*s", (int)(n < room ? n : room - 1), s);
    return s + n;
}

/* A double line's parts where style:border-line-width says nothing: tables-pages.md 2.8, 2.9. */
static void border_parts(OdfBorder *b)
{
    int32_t w = b->width, thin, gap;
    switch (b->style) {
    case BORDER_DOUBLE:
        thin = gap = (2 * w + 3) / 6;
        break;
    case BORDER_DOUBLE_THIN:
        thin = (w + 3) / 6;
        gap = (4 * w + 3) / 6;
        break;
    case BORDER_INSET:
    case BORDER_OUTSET:
        thin = gap = (w + 2) / 4;
        break;
    default:
        return;
    }
    b->inner = b->outer = thin;
    b->gap = gap;
    b->width = 2 * thin + gap;
}

/* "0.05pt solid #000000", in any order; tables-pages.md 2.7. */
static OdfBorder read_border(const char *s)
{
    static const char *const styles[] = { "none", "solid", "double", "dotted", "dashed",
                                          "fine-dashed", "dash-dot", "dash-dot-dot", "double-thin",
                                          "groove", "ridge", "inset", "outset", NULL };
    OdfBorder b = {0};
    char word[32];
    while ((s = next_word(s, word, sizeof word))) {
        int style = odf_word(word, styles, -1);
        if (style >= 0)
            b.style = (OdfBorderStyle)style;
        else if (*word == '#')
            b.color = odf_color(word) < 0 ? 0 : odf_color(word);
        else if (!strcmp(word, "thin"))
            b.width = 1;
        else if (!strcmp(word, "thick"))
            b.width = 15;
        else if (!odf_length(word, &b.width) || b.width < 0)
            b.width = 0;
    }
    if (!b.style || !b.width)
        return (OdfBorder){0};
    border_parts(&b);
    return b;
}

/* style:border-line-width: "inner gap outer", ODF 1.3 part 3 section 20.252. */
static void read_line_widths(const char *s, OdfBorder *b)
{
    int32_t w[3];
    char word[32];
    for (int i = 0; i < 3; i++)
        if (!(s = next_word(s, word, sizeof word)) || !odf_length(word, &w[i]) || w[i] < 0)
            return;
    b->inner = w[0];
    b->gap = w[1];
    b->outer = w[2];
    b->width = w[0] + w[1] + w[2];
}

bool odf_read_borders(const OdfNode *n, OdfBorder border[4])
{
    static const OdfName lines[4] = { ODF_FO_BORDER_TOP, ODF_FO_BORDER_RIGHT, ODF_FO_BORDER_BOTTOM,
                                      ODF_FO_BORDER_LEFT };
    static const OdfName widths[4] = { ODF_STYLE_BORDER_LINE_WIDTH_TOP,
                                       ODF_STYLE_BORDER_LINE_WIDTH_RIGHT,
                                       ODF_STYLE_BORDER_LINE_WIDTH_BOTTOM,
                                       ODF_STYLE_BORDER_LINE_WIDTH_LEFT };
    const char *every = odf_attr(n, ODF_FO_BORDER);
    const char *width = odf_attr(n, ODF_STYLE_BORDER_LINE_WIDTH);
    bool any = every || width;
    for (int i = 0; i < 4; i++) {
        const char *own = odf_attr(n, lines[i]), *own_width = odf_attr(n, widths[i]);
        const char *s = own ? own : every, *w = own_width ? own_width : width;
        any |= own || own_width;
        if (s)
            border[i] = read_border(s);
        if (w && border[i].style == BORDER_DOUBLE)
            read_line_widths(w, &border[i]);
    }
    return any;
}

/* "#808080 0.18cm 0.18cm" or "none". */
bool odf_read_shadow(const char *s, int32_t *x, int32_t *y, int32_t *color)
{
    if (!s)
        return false;
    int32_t v[2] = { 0, 0 };
    int n = 0;
    char word[32];
    *color = 0x808080;
    while ((s = next_word(s, word, sizeof word)))
        if (*word == '#')
            *color = odf_color(word) < 0 ? 0x808080 : odf_color(word);
        else if (n < 2 && odf_length(word, &v[n]))
            n++;
    *x = v[0];
    *y = v[1];
    return true;
}

/* other: where the attribute is absent or says nothing we know. */
OdfBreak odf_read_break(const char *s, OdfBreak other)
{
    static const char *const words[] = { "auto", "column", "page", "even-page", "odd-page", NULL };
    int i = odf_word(s, words, -1);
    return i < 0 ? other : i > BREAK_PAGE ? BREAK_PAGE : (OdfBreak)i;
}

/* ---- columns of sections, frames and pages ---- */

static void read_separator(const OdfNode *sep, OdfColumns *out)
{
    static const char *const aligns[] = { "top", "middle", "bottom", NULL };
    if (!odf_length(odf_attr(sep, ODF_STYLE_WIDTH), &out->line_width) || out->line_width < 0)
        out->line_width = 0;
    if (!odf_percent(odf_attr(sep, ODF_STYLE_HEIGHT), &out->line_height))
        out->line_height = 100;
    int32_t color = odf_color(odf_attr(sep, ODF_STYLE_COLOR));
    out->line_color = color < 0 ? 0 : color;
    out->line_align = (unsigned)odf_word(odf_attr(sep, ODF_STYLE_VERTICAL_ALIGN), aligns, LINE_TOP);
}

/* "1234*" as 1234; 0: not such a thing. */
int32_t odf_relative(const char *s)
{
    int64_t v;
    size_t len = s ? strlen(s) : 0;
    if (len < 2 || s[len - 1] != '*' || !number_parse(s, len - 1, 0, &v) || v < 0 || v > 1 << 24)
        return 0;
    return (int32_t)v;
}

void odf_read_columns(const OdfNode *properties, OdfColumns *out)
{
    const OdfNode *n = properties ? odf_kid(properties, ODF_STYLE_COLUMNS) : NULL;
    *out = (OdfColumns){ .n = 1, .gap = -1 };
    if (!n)
        return;
    int count = odf_int(odf_attr(n, ODF_FO_COLUMN_COUNT), 1), seen = 0;
    out->n = count < 1 ? 1 : count > (int)COUNT(out->share) ? (int)COUNT(out->share) : count;
    if (!odf_length(odf_attr(n, ODF_FO_COLUMN_GAP), &out->gap) || out->gap < 0)
        out->gap = -1;
    for (int i = 0; i < out->n; i++)
        out->share[i].rel = 1;
    for (size_t i = 0; i < n->n_kid; i++) {
        const OdfNode *k = n->kid[i];
        if (k->name == ODF_STYLE_COLUMN_SEP)
            read_separator(k, out);
        if (k->name != ODF_STYLE_COLUMN || seen == out->n)
            continue;
        OdfColumnShare *s = &out->share[seen++];
        s->rel = odf_relative(odf_attr(k, ODF_STYLE_REL_WIDTH));
        s->rel = s->rel ? s->rel : 1;
        if (!odf_length(odf_attr(k, ODF_FO_START_INDENT), &s->start))
            s->start = 0;
        if (!odf_length(odf_attr(k, ODF_FO_END_INDENT), &s->end))
            s->end = 0;
    }
    const char *keep = odf_attr(properties, ODF_TEXT_DONT_BALANCE_TEXT_COLUMNS);
    out->dont_balance =
        odf_bool(keep, odf_bool(odf_attr(properties, ODF_STYLE_DONT_BALANCE_TEXT_COLUMNS), false));
}
