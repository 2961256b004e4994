/* SPDX-License-Identifier: MIT */
/* The tree as XML.  What a finished document must not hold is left out here: see odf.h. */
#include "internal.h"

#include <string.h>

/* ---- characters ---- */

/* 1: to be written in another way; 2: the first byte of what may be no character of XML. */
static const uint8_t special[256] = {
    [0x00] = 1, [0x01] = 1, [0x02] = 1, [0x03] = 1, [0x04] = 1, [0x05] = 1, [0x06] = 1, [0x07] = 1,
    [0x08] = 1, [0x09] = 1, [0x0a] = 1, [0x0b] = 1, [0x0c] = 1, [0x0d] = 1, [0x0e] = 1, [0x0f] = 1,
    [0x10] = 1, [0x11] = 1, [0x12] = 1, [0x13] = 1, [0x14] = 1, [0x15] = 1, [0x16] = 1, [0x17] = 1,
    [0x18] = 1, [0x19] = 1, [0x1a] = 1, [0x1b] = 1, [0x1c] = 1, [0x1d] = 1, [0x1e] = 1, [0x1f] = 1,
    ['"'] = 1, ['&'] = 1, ['<'] = 1, ['>'] = 1, [0xed] = 2, [0xef] = 2,
};

static const char *escaped(unsigned char c, bool attribute)
{
    switch (c) {
    case '&': return "&amp;";
    case '<': return "&lt;";
    case '>': return "&gt;";
    case '"': return attribute ? "&quot;" : "\"";
    case '\t': return attribute ? "&#9;" : "\t";
    case '\n': return attribute ? "&#10;" : "\n";
    case '\r': return "&#13;";
    default: return "\xef\xbf\xbd";
    }
}

/* U+D800-DFFF, U+FFFE, U+FFFF are not characters of XML 1.0. */
static bool no_character(const unsigned char *p, size_t left)
{
    if (left < 3)
        return true;
    return p[0] == 0xed ? p[1] >= 0xa0 : p[1] == 0xbf && p[2] >= 0xbe;
}

static void put_text(Buf *out, const char *text, size_t len, bool attribute)
{
    const unsigned char *p = (const unsigned char *)text, *end = p + len, *from = p;
    for (; p < end; p++) {
        int kind = special[*p];
        if (!kind || (kind == 2 && !no_character(p, (size_t)(end - p))))
            continue;
        buf_put(out, from, (size_t)(p - from));
        buf_str(out, kind == 2 ? "\xef\xbf\xbd" : escaped(*p, attribute));
        if (kind == 2)
            p += end - p < 3 ? end - p - 1 : 2;
        from = p + 1;
    }
    buf_put(out, from, (size_t)(end - from));
}

void odf_put_escaped(Buf *out, const char *s, size_t len)
{
    put_text(out, s, len, true);
}

/* ---- what is left out ---- */

static bool style_hides(const OdfStyle *s)
{
    if (!s || s->family > FAMILY_TEXT)
        return false;
    if (!s->computed->hides)
        s->computed->hides = str_equal(odf_style_attr(s, ODF_TEXT_DISPLAY), "none") ? 1 : -1;
    return s->computed->hides > 0;
}

static bool has_hidden_field(const OdfNode *n, int depth)
{
    for (size_t i = 0; i < n->n_kid; i++) {
        const OdfNode *k = n->kid[i];
        if (k->name == ODF_TEXT_HIDDEN_PARAGRAPH &&
            odf_bool(odf_attr(k, ODF_TEXT_IS_HIDDEN), false))
            return true;
        if (k->name == ODF_TEXT_SPAN && depth < 8 && has_hidden_field(k, depth + 1))
            return true;
    }
    return false;
}

static bool hidden(const OdfNode *n)
{
    const char *display;
    switch (n->name) {
    case ODF_TEXT_SPAN:
        return style_hides(n->style);
    case ODF_TEXT_HIDDEN_TEXT:
        return !str_equal(odf_attr(n, ODF_TEXT_IS_HIDDEN), "false");
    case ODF_TEXT_SECTION:
        display = odf_attr(n, ODF_TEXT_DISPLAY);
        return str_equal(display, "none") || (str_equal(display, "condition") &&
                                              odf_bool(odf_attr(n, ODF_TEXT_IS_HIDDEN), false));
    default:
        return false;
    }
}

/* Pictures and parts that are not in the package. */
static bool leads_outside(const OdfSerializer *s, const OdfNode *n)
{
    const char *href = odf_attr(n, ODF_XLINK_HREF);
    switch (odf_link_kind(n->name)) {
    case LINK_PICTURE:
        return !odf_picture(s->doc, href) && (href || n->name == ODF_DRAW_IMAGE) &&
               !odf_kid(n, ODF_OFFICE_BINARY_DATA);
    case LINK_OTHER:
        return href && *href && *href != '#' &&
               !(n->name == ODF_DRAW_OBJECT && odf_object_find(s->doc->file, href));
    default:
        return false;
    }
}

static bool left_out(const OdfSerializer *s, const OdfNode *n)
{
    switch (n->name) {
    case ODF_OFFICE_ANNOTATION:
    case ODF_OFFICE_ANNOTATION_END:
    case ODF_OFFICE_SCRIPTS:
    case ODF_OFFICE_EVENT_LISTENERS:
    case ODF_OFFICE_META:
    case ODF_OFFICE_DDE_SOURCE:
    case ODF_SCRIPT_EVENT_LISTENER:
    case ODF_PRESENTATION_EVENT_LISTENER:
    case ODF_SVG_FONT_FACE_SRC:
    case ODF_TEXT_SCRIPT:
    case ODF_TEXT_SOFT_PAGE_BREAK:
    case ODF_TEXT_TRACKED_CHANGES:
    case ODF_TEXT_CHANGE:
    case ODF_TEXT_CHANGE_START:
    case ODF_TEXT_CHANGE_END:
    case ODF_TEXT_DDE_CONNECTION_DECLS:
        return true;
    default:
        return hidden(n) || leads_outside(s, n);
    }
}

/* A paragraph is not left out but emptied: it may change the page style, and cells need one. */
static bool emptied(const OdfNode *n)
{
    return (n->name == ODF_TEXT_P || n->name == ODF_TEXT_H) &&
           (style_hides(n->style) || has_hidden_field(n, 0));
}

/* A frame that loses all it shows keeps its room on the page by an empty text box. */
static bool loses_content(const OdfSerializer *s, const OdfNode *frame)
{
    bool lost = false;
    for (size_t i = 0; i < frame->n_kid; i++) {
        const OdfNode *k = frame->kid[i];
        bool shows = odf_link_kind(k->name) != LINK_NONE || k->name == ODF_DRAW_TEXT_BOX;
        if (shows && !left_out(s, k))
            return false;
        lost |= shows;
    }
    return lost;
}

/* Elements of which only the text stays. */
static bool unwrapped(OdfName name)
{
    return name == ODF_TEXT_EXECUTE_MACRO || name == ODF_TEXT_DDE_CONNECTION;
}

static bool attribute_left_out(const OdfSerializer *s, OdfName name)
{
    return !s->everything && (name == ODF_OFFICEOOO_RSID || name == ODF_OFFICEOOO_PARAGRAPH_RSID ||
                              name == ODF_TEXT_USE_SOFT_PAGE_BREAKS);
}

/* ---- pictures ---- */

static void note_picture(OdfSerializer *s, const OdfPicture *p)
{
    size_t len = strlen(p->path);
    if (map_get(s->seen, p->path, len))
        return;
    map_put(s->seen, p->path, len, (void *)(uintptr_t)p);
    vec_push(&s->picture, p);
}

static void note_object(OdfSerializer *s, const OdfObject *o)
{
    if (!o || map_get(s->seen, o->folder, strlen(o->folder)))
        return;
    map_put(s->seen, o->folder, strlen(o->folder), (void *)(uintptr_t)o);
    vec_push(&s->object, o);
}

static void put_base64(Buf *out, const OdfPicture *p)
{
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    const unsigned char *d = p->data;
    buf_str(out, "<office:binary-data>");
    for (size_t i = 0; i < p->len; i += 3) {
        size_t left = p->len - i;
        uint32_t v = (uint32_t)d[i] << 16 | (left > 1 ? (uint32_t)d[i + 1] << 8 : 0) |
                     (left > 2 ? d[i + 2] : 0);
        char t[4] = { digits[v >> 18], digits[v >> 12 & 63], left > 1 ? digits[v >> 6 & 63] : '=',
                      left > 2 ? digits[v & 63] : '=' };
        buf_put(out, t, 4);
    }
    buf_str(out, "</office:binary-data>");
}

static bool is_link(OdfName name)
{
    return name == ODF_XLINK_HREF || name == ODF_XLINK_TYPE || name == ODF_XLINK_SHOW ||
           name == ODF_XLINK_ACTUATE;
}

/* ---- elements ---- */

static void put_name(OdfSerializer *s, const OdfNameInfo *info)
{
    s->ns[info->ns] = true;
    buf_put(s->out, info->text, info->len);
}

static bool named(const OdfUse *u, const char *name)
{
    return map_get(u->first, name, strlen(name)) != NULL;
}

static void put_attribute(OdfSerializer *s, const OdfAttr *a)
{
    const OdfNameInfo *info = odf_name_info(a->name);
    bool renamed = s->rename &&
                   (info->style_reference || (s->naming && a->name == ODF_STYLE_NAME)) &&
                   named(&s->rename[0], a->value) && named(&s->rename[1], a->value);
    if (info->style_reference && s->use)
        odf_use_mark(s->use, a->value);
    buf_put(s->out, " ", 1);
    put_name(s, info);
    buf_put(s->out, "=\"", 2);
    if (renamed)
        buf_str(s->out, "masters-");
    put_text(s->out, a->value, strlen(a->value), true);
    buf_put(s->out, "\"", 1);
}

static void element(OdfSerializer *s, const OdfNode *n, int depth);

static void put_kids(OdfSerializer *s, const OdfNode *n, int depth)
{
    bool only_fields = !s->everything && emptied(n);
    for (size_t i = 0; i < n->n_kid; i++)
        if (!only_fields || n->kid[i]->name == ODF_TEXT_HIDDEN_PARAGRAPH)
            element(s, n->kid[i], depth + 1);
}

static void put_attributes(OdfSerializer *s, const OdfNode *n, bool links)
{
    for (size_t i = 0; i < n->n_attr; i++)
        if (!attribute_left_out(s, n->attr[i].name) && (links || !is_link(n->attr[i].name)))
            put_attribute(s, &n->attr[i]);
}

/* An object inside the text of a flat file becomes one of the package: LibreOffice 7.4 draws
 * nothing in its place else. */
static bool put_inline_object(OdfSerializer *s, const OdfNode *n)
{
    const OdfObject *o = NULL;
    const char *folder = "Object 1";
    if (s->everything || n->name != ODF_DRAW_OBJECT)
        return false;
    for (unsigned i = 1; map_get(s->seen, folder, strlen(folder)) ||
                         odf_object_find(s->doc->file, folder); i++)
        folder = arena_format(s->made, "Object %u", i);
    if (!(o = odf_object_inline(n, folder, s->made)))
        return false;
    note_object(s, o);
    const OdfAttr attr[] = { { ODF_XLINK_HREF, arena_format(s->made, "./%s", folder) },
                             { ODF_XLINK_TYPE, "simple" },
                             { ODF_XLINK_SHOW, "embed" },
                             { ODF_XLINK_ACTUATE, "onLoad" } };
    buf_put(s->out, "<", 1);
    put_name(s, odf_name_info(n->name));
    for (size_t i = 0; i < COUNT(attr); i++)
        put_attribute(s, &attr[i]);
    buf_put(s->out, "/>", 2);
    return true;
}

static void put_element(OdfSerializer *s, const OdfNode *n, int depth)
{
    if (put_inline_object(s, n))
        return;
    const OdfNameInfo *info = odf_name_info(n->name);
    OdfLink kind = odf_link_kind(n->name);
    const char *href = kind == LINK_NONE ? NULL : odf_attr(n, ODF_XLINK_HREF);
    const OdfPicture *picture = kind == LINK_PICTURE ? odf_picture(s->doc, href) : NULL;
    bool inline_picture = picture && s->everything;
    if (picture && !s->everything)
        note_picture(s, picture);
    if (n->name == ODF_DRAW_OBJECT && href && !s->everything)
        note_object(s, odf_object_find(s->doc->file, href));
    buf_put(s->out, "<", 1);
    put_name(s, info);
    put_attributes(s, n, !inline_picture);
    bool box = n->name == ODF_DRAW_FRAME && !s->everything && loses_content(s, n);
    if (!n->n_kid && !inline_picture) {
        buf_put(s->out, "/>", 2);
        return;
    }
    buf_put(s->out, ">", 1);
    if (inline_picture)
        put_base64(s->out, picture);
    if (box)
        buf_str(s->out, "<draw:text-box/>");
    put_kids(s, n, depth);
    buf_put(s->out, "</", 2);
    buf_put(s->out, info->text, info->len);
    buf_put(s->out, ">", 1);
}

static void element(OdfSerializer *s, const OdfNode *n, int depth)
{
    if (n->name == ODF_CHARACTERS) {
        put_text(s->out, n->text, n->n_kid, false);
    } else if (depth == ODF_DEPTH) {
        s->too_deep = true;
    } else if (s->everything || !left_out(s, n)) {
        if (!s->everything && unwrapped(n->name))
            put_kids(s, n, depth);
        else
            put_element(s, n, depth);
    }
}

void odf_serialize(OdfSerializer *s, const OdfNode *n)
{
    element(s, n, 0);
}

void odf_put_namespaces(OdfSerializer *s, Buf *out)
{
    s->ns[odf_name_info(ODF_OFFICE_DOCUMENT)->ns] = true;
    for (size_t i = 0; i < s->doc->file->n_namespaces; i++) {
        const OdfAttr *a = &s->doc->file->namespaces[i];
        s->ns[odf_namespace(odf_name_text(a->name), a->value)] = true;
    }
    for (OdfNs i = 1; i < ODF_NAMESPACES; i++) {
        if (!s->ns[i] || str_equal(odf_ns_prefix(i), "xml"))
            continue;
        buf_format(out, " xmlns:%s=\"", odf_ns_prefix(i));
        put_text(out, odf_ns_uri(i), strlen(odf_ns_uri(i)), true);
        buf_str(out, "\"");
    }
}
