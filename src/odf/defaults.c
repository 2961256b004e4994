/* SPDX-License-Identifier: MIT */
/* Defaults of a flat file said aloud.  LibreOffice 7.4 gives what is not said in a flat file the
 * values of a new document, and in a package those of OpenOffice.org 1: other tab stops, no
 * kerning, separate borders.  What we write is a package, and is to look like the flat file it
 * comes from. */
#include "internal.h"

#include <string.h>

typedef struct { OdfName name; const char *value; OdfName instead; } Default;

static const Default paragraph[] = { { ODF_STYLE_TAB_STOP_DISTANCE, "1.25cm", 0 } };
static const Default text[] = {
    { ODF_STYLE_USE_WINDOW_FONT_COLOR, "true", ODF_FO_COLOR },
    { ODF_STYLE_LETTER_KERNING, "true", 0 },
    { ODF_STYLE_FONT_SIZE_ASIAN, "10.5pt", 0 },
};
static const Default table[] = { { ODF_TABLE_BORDER_MODEL, "collapsing", 0 } };

static bool given(const OdfNode *n, const Default *d)
{
    return n && (odf_attr(n, d->name) || (d->instead && odf_attr(n, d->instead)));
}

/* A properties element with the defaults that n (NULL: an empty one) does not give. */
static OdfNode *complete(Arena *a, OdfName name, const OdfNode *n, const Default *d,
                         size_t n_default)
{
    size_t had = n ? n->n_attr : 0, kids = n ? n->n_kid : 0, at = had;
    OdfNode *full = odf_element(a, name, had + n_default, kids);
    if (had)
        memcpy(odf_attrs(full), n->attr, had * sizeof *n->attr);
    if (kids)
        memcpy(odf_kids(full), n->kid, kids * sizeof *n->kid);
    for (size_t i = 0; i < n_default; i++)
        if (!given(n, &d[i]))
            odf_attrs(full)[at++] = (OdfAttr){ d[i].name, d[i].value };
    full->n_attr = (uint16_t)at;
    return full;
}

/* n: the file's own style:default-style, or NULL. */
static OdfNode *default_style(Arena *a, const OdfNode *n, const char *family)
{
    bool is_paragraph = str_equal(family, "paragraph");
    OdfName own = is_paragraph ? ODF_STYLE_PARAGRAPH_PROPERTIES : ODF_STYLE_TABLE_PROPERTIES;
    const Default *d = is_paragraph ? paragraph : table;
    OdfNode *style = odf_element(a, ODF_STYLE_DEFAULT_STYLE, 1, 1 + is_paragraph);
    odf_attrs(style)[0] = (OdfAttr){ ODF_STYLE_FAMILY, family };
    odf_kids(style)[0] = complete(a, own, n ? odf_kid(n, own) : NULL, d,
                                  is_paragraph ? COUNT(paragraph) : COUNT(table));
    if (is_paragraph)
        odf_kids(style)[1] =
            complete(a, ODF_STYLE_TEXT_PROPERTIES, n ? odf_kid(n, ODF_STYLE_TEXT_PROPERTIES) : NULL,
                     text, COUNT(text));
    return style;
}

/* Of several default styles of a family the last one counts. */
static const OdfNode *last_default(const OdfNode *styles, const char *family)
{
    for (size_t i = styles ? styles->n_kid : 0; i--; )
        if (styles->kid[i]->name == ODF_STYLE_DEFAULT_STYLE &&
            str_equal(odf_attr(styles->kid[i], ODF_STYLE_FAMILY), family))
            return styles->kid[i];
    return NULL;
}

void odf_flat_defaults(OdfFile *f)
{
    const OdfNode *old = f->styles;
    const OdfNode *p = last_default(old, "paragraph"), *t = last_default(old, "table");
    size_t n = old ? old->n_kid : 0, at = 0;
    OdfNode *styles = odf_element(f->arena, ODF_OFFICE_STYLES, old ? old->n_attr : 0, n + 2);
    if (old && old->n_attr)
        memcpy(odf_attrs(styles), old->attr, old->n_attr * sizeof *old->attr);
    odf_kids(styles)[at++] = default_style(f->arena, p, "paragraph");
    odf_kids(styles)[at++] = default_style(f->arena, t, "table");
    for (size_t i = 0; i < n; i++)
        if (old->kid[i] != p && old->kid[i] != t)
            odf_kids(styles)[at++] = old->kid[i];
    styles->n_kid = (uint32_t)at;
    f->styles = styles;
}
