/* SPDX-License-Identifier: MIT */
/* Properties of characters: shared/writer-layout, text.md section 7, frames-styles.md 2.1-2.10. */
#include "internal.h"

#include <stdlib.h>
#include <string.h>

/* LibreOffice 7.4 gives a flat file what a new document has, a package the older values: seen with
 * files that differ in nothing else. */
enum { DEFAULT_SIZE = 240, FLAT_ASIAN_SIZE = 210, FLAT_HYPHEN_WORD = 5 };

/* ---- fonts ---- */

/* The first family of a list, without quotes: the others never count. */
static const char *first_family(const OdfFile *f, const char *s)
{
    s += strspn(s, " '\"");
    size_t n = strcspn(s, ",;'\"");
    while (n && s[n - 1] == ' ')
        n--;
    return arena_dup(f->arena, s, n);
}

static const OdfNode *font_face(const OdfFile *f, const char *name)
{
    return map_get(f->by_name->font, name, strlen(name));
}

/* A face's family; NULL: the face is not declared, and the name counts for nothing. */
static const char *face_family(const OdfFile *f, const char *name)
{
    const OdfNode *face = font_face(f, name);
    if (!face)
        return NULL;
    const char *family = odf_attr(face, ODF_SVG_FONT_FAMILY);
    if (!family)
        family = odf_attr(face, ODF_FO_FONT_FAMILY);    /* OpenOffice.org 1.x */
    return first_family(f, family && *family ? family : name);
}

static bool is_fixed(const OdfNode *n)
{
    return str_equal(odf_attr(n, ODF_STYLE_FONT_PITCH), "fixed");
}

static bool is_symbol(const OdfNode *n)
{
    return str_equal(odf_attr(n, ODF_STYLE_FONT_CHARSET), "x-symbol");
}

/* Of fo:font-family and style:font-name in one element the last one wins. */
void odf_read_font(const OdfFile *f, const OdfNode *n, const char **family, bool *fixed,
                   bool *symbol)
{
    for (size_t i = 0; i < n->n_attr; i++) {
        const OdfAttr *a = &n->attr[i];
        if (a->name == ODF_FO_FONT_FAMILY && *a->value) {
            *family = first_family(f, a->value);
            *fixed = is_fixed(n);
            *symbol = is_symbol(n);
        } else if (a->name == ODF_STYLE_FONT_NAME && font_face(f, a->value)) {
            *family = face_family(f, a->value);
            *fixed = is_fixed(font_face(f, a->value));
            *symbol = is_symbol(font_face(f, a->value));
        }
    }
}

static uint16_t read_weight(const char *s, uint16_t other)
{
    int v = str_equal(s, "bold") ? 700 : str_equal(s, "normal") ? 400 : odf_int(s, other);
    return (uint16_t)(v < 1 ? 1 : v > 1000 ? 1000 : v);
}

/* percent_of 0: percentages do not count here (frames-styles.md 2.7). */
static int32_t read_size(const char *s, int32_t percent_of, int32_t other)
{
    enum { LEAST = 20, MOST = 999 * 20 };
    int32_t v;
    if (odf_length(s, &v))
        return v < LEAST ? LEAST : v > MOST ? MOST : v;
    if (!percent_of || !odf_percent(s, &v) || v <= 0)
        return other;
    v = (int32_t)(((int64_t)percent_of * v + 50) / 100);
    return v < LEAST ? LEAST : v > MOST ? MOST : v;
}

/* ---- lines and positions ---- */

static OdfLineStyle read_line(const char *s, bool is_double)
{
    static const char *const words[] = { "none",      "solid",    "double",       "dotted", "dash",
                                         "long-dash", "dot-dash", "dot-dot-dash", "wave",   NULL };
    int i = odf_word(s, words, LINE_SINGLE);
    return i == LINE_SINGLE && is_double ? LINE_DOUBLE : (OdfLineStyle)i;
}

static bool is_bold_width(const char *s)
{
    return str_equal(s, "bold") || str_equal(s, "thick");
}

/* One kind of line is a whole: naming its style or type forgets what was inherited of it. */
static void read_underline(const OdfNode *n, OdfTextProps *p)
{
    const char *style = odf_attr(n, ODF_STYLE_TEXT_UNDERLINE_STYLE);
    const char *type = odf_attr(n, ODF_STYLE_TEXT_UNDERLINE_TYPE);
    const char *color = odf_attr(n, ODF_STYLE_TEXT_UNDERLINE_COLOR);
    const char *mode = odf_attr(n, ODF_STYLE_TEXT_UNDERLINE_MODE);
    if (style || type) {
        p->underline_double = str_equal(type, "double");
        p->underline_bold = is_bold_width(odf_attr(n, ODF_STYLE_TEXT_UNDERLINE_WIDTH));
        p->underline = str_equal(type, "none") ? LINE_NONE : read_line(style, p->underline_double);
    }
    if (color)
        p->underline_color = odf_color(color) < 0 ? COLOR_AUTO : odf_color(color);
    if (mode)
        p->underline_words = str_equal(mode, "skip-white-space");
}

static void read_other_lines(const OdfNode *n, OdfTextProps *p)
{
    const char *style = odf_attr(n, ODF_STYLE_TEXT_LINE_THROUGH_STYLE);
    const char *type = odf_attr(n, ODF_STYLE_TEXT_LINE_THROUGH_TYPE);
    if (style || type) {
        p->strike_double = str_equal(type, "double");
        p->strike_bold = is_bold_width(odf_attr(n, ODF_STYLE_TEXT_LINE_THROUGH_WIDTH));
        p->strike = str_equal(type, "none") ? LINE_NONE : read_line(style, p->strike_double);
    }
    style = odf_attr(n, ODF_STYLE_TEXT_OVERLINE_STYLE);
    type = odf_attr(n, ODF_STYLE_TEXT_OVERLINE_TYPE);
    if (style || type)
        p->overline =
            str_equal(type, "none") ? LINE_NONE : read_line(style, str_equal(type, "double"));
}

/* "super 58%", "sub", "33% 58%", "0% 100%". */
static void read_position(const char *s, OdfTextProps *p)
{
    size_t n = strcspn(s, " ");
    char word[16];
    snprintf(word, sizeof word, "%.*s", n < sizeof word ? (int)n : 0, s);
    if (!strcmp(word, "super"))
        p->rise = RISE_SUPER;
    else if (!strcmp(word, "sub"))
        p->rise = RISE_SUB;
    else if (!odf_percent(word, &p->rise) || p->rise > 100 || p->rise < -100)
        p->rise = 0;
    if (!s[n] || !odf_percent(s + n, &p->rise_size) || p->rise_size < 1 || p->rise_size > 100)
        p->rise_size = p->rise ? 58 : 100;
}

static void read_case(const OdfNode *n, OdfTextProps *p)
{
    static const char *const words[] = { "none", "uppercase", "lowercase", "capitalize", NULL };
    const char *transform = odf_attr(n, ODF_FO_TEXT_TRANSFORM),
               *variant = odf_attr(n, ODF_FO_FONT_VARIANT);
    if (transform || variant)
        p->text_case = (unsigned)odf_word(transform, words, CASE_NONE);
    if (str_equal(variant, "small-caps"))
        p->text_case = CASE_SMALL_CAPS;
}

/* ---- the rest, one attribute after the other ---- */

static void copy_code(char *out, size_t room, const char *s)
{
    bool none = !strcmp(s, "none") || strlen(s) >= room;
    snprintf(out, room, "%s", none ? "" : s);
}

static void read_font_attribute(const OdfFile *f, const OdfAttr *a, OdfTextProps *p,
                                int32_t percent_of)
{
    const char *family;
    switch (a->name) {
    case ODF_FO_FONT_SIZE:
        p->size = read_size(a->value, percent_of, p->size);
        break;
    case ODF_STYLE_FONT_SIZE_ASIAN:
        p->asian_size = read_size(a->value, percent_of ? p->asian_size : 0, p->asian_size);
        break;
    case ODF_STYLE_FONT_SIZE_COMPLEX:
        p->complex_size = read_size(a->value, percent_of ? p->complex_size : 0, p->complex_size);
        break;
    case ODF_STYLE_FONT_NAME_ASIAN:
        family = face_family(f, a->value);
        p->asian_family = family ? family : p->asian_family;
        break;
    case ODF_STYLE_FONT_NAME_COMPLEX:
        family = face_family(f, a->value);
        p->complex_family = family ? family : p->complex_family;
        break;
    case ODF_STYLE_FONT_FAMILY_ASIAN:
        p->asian_family = first_family(f, a->value);
        break;
    case ODF_STYLE_FONT_FAMILY_COMPLEX:
        p->complex_family = first_family(f, a->value);
        break;
    case ODF_FO_FONT_WEIGHT:
        p->weight = read_weight(a->value, p->weight);
        break;
    case ODF_FO_FONT_STYLE:
        p->italic = str_equal(a->value, "italic") || str_equal(a->value, "oblique");
        break;
    case ODF_STYLE_FONT_WEIGHT_COMPLEX:
        p->complex_weight = read_weight(a->value, p->complex_weight);
        break;
    case ODF_STYLE_FONT_STYLE_COMPLEX:
        p->complex_italic = str_equal(a->value, "italic") || str_equal(a->value, "oblique");
        break;
    case ODF_STYLE_LETTER_KERNING:
        p->kerning = odf_bool(a->value, p->kerning);
        break;
    case ODF_FO_LETTER_SPACING:
        if (!odf_length(a->value, &p->letter_spacing))
            p->letter_spacing = 0;
        break;
    case ODF_STYLE_TEXT_SCALE:
        if (!odf_percent(a->value, &p->scale) || p->scale < 1)
            p->scale = 100;
        break;
    default:
        break;
    }
}

static void read_language_attribute(const OdfAttr *a, OdfTextProps *p)
{
    switch (a->name) {
    case ODF_FO_LANGUAGE:
        copy_code(p->language, sizeof p->language, a->value);
        break;
    case ODF_FO_COUNTRY:
        copy_code(p->country, sizeof p->country, a->value);
        break;
    case ODF_FO_HYPHENATE:
        p->hyphenate = odf_bool(a->value, p->hyphenate);
        break;
    case ODF_FO_HYPHENATION_REMAIN_CHAR_COUNT:
        p->hyphen_before = odf_int(a->value, p->hyphen_before);
        break;
    case ODF_FO_HYPHENATION_PUSH_CHAR_COUNT:
        p->hyphen_after = odf_int(a->value, p->hyphen_after);
        break;
    case ODF_LOEXT_HYPHENATION_WORD_CHAR_COUNT:
        p->hyphen_word = odf_int(a->value, p->hyphen_word);
        break;
    case ODF_LOEXT_HYPHENATION_NO_CAPS:
        p->hyphenate_caps = !odf_bool(a->value, !p->hyphenate_caps);
        break;
    case ODF_LOEXT_HYPHENATION_NO_LAST_WORD:
        p->hyphenate_last = !odf_bool(a->value, !p->hyphenate_last);
        break;
    default:
        break;
    }
}

static void read_look_attribute(const OdfAttr *a, OdfTextProps *p)
{
    switch (a->name) {
    case ODF_FO_COLOR:
        p->color = odf_color(a->value) < 0 ? COLOR_AUTO : odf_color(a->value);
        break;
    case ODF_STYLE_USE_WINDOW_FONT_COLOR:
        if (odf_bool(a->value, false))
            p->color = COLOR_AUTO;
        break;
    case ODF_FO_BACKGROUND_COLOR:
        p->background = odf_color(a->value);
        break;
    case ODF_STYLE_TEXT_OUTLINE:
        p->outline = odf_bool(a->value, p->outline);
        break;
    case ODF_FO_TEXT_SHADOW:
        p->shadow = strcmp(a->value, "none") != 0;
        break;
    case ODF_STYLE_FONT_RELIEF:
        p->relief = strcmp(a->value, "none") != 0;
        break;
    case ODF_STYLE_TEXT_EMPHASIZE:
        p->emphasis = strcmp(a->value, "none") != 0;
        break;
    case ODF_STYLE_TEXT_ROTATION_ANGLE:
        p->turned = odf_int(a->value, 0) % 360 != 0;
        break;
    case ODF_STYLE_TEXT_POSITION:
        read_position(a->value, p);
        break;
    case ODF_TEXT_DISPLAY:
        p->hidden = str_equal(a->value, "none");
        break;
    default:
        break;
    }
}

void odf_read_text(const OdfFile *f, const OdfNode *n, OdfTextProps *p, int32_t percent_of)
{
    for (size_t i = 0; i < n->n_attr; i++) {
        read_font_attribute(f, &n->attr[i], p, percent_of);
        read_language_attribute(&n->attr[i], p);
        read_look_attribute(&n->attr[i], p);
    }
    odf_read_font(f, n, &p->family, &p->fixed_pitch, &p->symbol);
    read_underline(n, p);
    read_other_lines(n, p);
    read_case(n, p);
    odf_read_borders(n, p->border);
    odf_read_padding(n, p->padding);
}

/* ---- resolution ---- */

static const OdfTextProps *base(const OdfFile *f)
{
    if (f->by_name->text)
        return f->by_name->text;
    OdfTextProps *p = ARENA_NEW(f->arena, OdfTextProps);
    *p = (OdfTextProps){
        .family = "Liberation Serif",
        .size = DEFAULT_SIZE,
        .weight = 400,
        .kerning = f->flat,
        .color = COLOR_AUTO,
        .background = COLOR_NONE,
        .underline_color = COLOR_AUTO,
        .rise_size = 100,
        .scale = 100,
        .language = "en",
        .country = "US",
        .asian_size = f->flat ? FLAT_ASIAN_SIZE : DEFAULT_SIZE,
        .complex_size = DEFAULT_SIZE,
        .complex_weight = 400,
        .hyphen_before = 2,
        .hyphen_after = 2,
        .hyphenate_caps = true,
        .hyphenate_last = true,
        .hyphen_word = f->flat ? FLAT_HYPHEN_WORD : 0,
    };
    const OdfNode *d = f->by_name->defaults[FAMILY_PARAGRAPH];
    const OdfNode *n = d ? odf_kid(d, ODF_STYLE_TEXT_PROPERTIES) : NULL;
    if (n)
        odf_read_text(f, n, p, p->size);
    return f->by_name->text = p;
}

const OdfTextProps *odf_para_text_props(const OdfFile *f, const OdfStyle *style)
{
    if (!style)
        return base(f);
    if (style->computed->text)
        return style->computed->text;
    const OdfTextProps *outer = odf_para_text_props(f, style->parent);
    const OdfNode *n = odf_style_part(style, ODF_STYLE_TEXT_PROPERTIES);
    if (n) {
        OdfTextProps *p = ARENA_NEW(f->arena, OdfTextProps);
        *p = *outer;
        odf_read_text(f, n, p, style->automatic ? 0 : outer->size);
        outer = p;
    }
    return style->computed->text = outer;
}

bool odf_style_empty(const OdfStyle *span)
{
    if (!span)
        return true;
    OdfComputed *c = span->computed;
    if (!c->empty) {
        const OdfNode *n = odf_style_part(span, ODF_STYLE_TEXT_PROPERTIES);
        bool sets = false;
        for (size_t i = 0; n && i < n->n_attr; i++)
            sets |= n->attr[i].name != ODF_OFFICEOOO_RSID &&
                    n->attr[i].name != ODF_OFFICEOOO_PARAGRAPH_RSID;
        c->empty = !sets && odf_style_empty(span->parent) ? 1 : -1;
    }
    return c->empty > 0;
}

static void apply_span(const OdfFile *f, const OdfStyle *s, OdfTextProps *p)
{
    if (s->parent)
        apply_span(f, s->parent, p);
    const OdfNode *n = odf_style_part(s, ODF_STYLE_TEXT_PROPERTIES);
    if (n)
        odf_read_text(f, n, p, s->automatic ? 0 : DEFAULT_SIZE);
}

const OdfTextProps *odf_text_props(const OdfFile *f, const OdfTextProps *outer,
                                   const OdfStyle *span)
{
    if (odf_style_empty(span))
        return outer;
    const void *key[2] = { outer, span };
    OdfTextProps *p = map_get(f->by_name->spans, (const char *)key, sizeof key);
    if (!p) {
        p = ARENA_NEW(f->arena, OdfTextProps);
        *p = *outer;
        apply_span(f, span, p);
        map_put(f->by_name->spans, (const char *)key, sizeof key, p);
    }
    return p;
}
