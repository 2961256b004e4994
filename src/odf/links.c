/* SPDX-License-Identifier: MIT */
/* While a file is read: what it shows or loads by a link.  Nothing outside of the file is ever
 * opened: a document from elsewhere could name any file or server (shared/security.md, O1). */
#include "internal.h"

#include <stdlib.h>
#include <string.h>

OdfLink odf_link_kind(OdfName element)
{
    switch (element) {
    case ODF_DRAW_IMAGE:
    case ODF_DRAW_FILL_IMAGE:
    case ODF_STYLE_BACKGROUND_IMAGE:
    case ODF_TEXT_LIST_LEVEL_STYLE_IMAGE:
        return LINK_PICTURE;
    case ODF_TEXT_SECTION_SOURCE:
    case ODF_TEXT_ALPHABETICAL_INDEX_AUTO_MARK_FILE:
    case ODF_DRAW_OBJECT:
    case ODF_DRAW_OBJECT_OLE:
    case ODF_DRAW_FLOATING_FRAME:
    case ODF_DRAW_PLUGIN:
    case ODF_DRAW_APPLET:
        return LINK_OTHER;
    default:
        return LINK_NONE;
    }
}

static void tell(OdfReader *r, DiagId id, const char *href)
{
    Place place =
        r->origin ? odf_place(r->origin, diags_lang(r->d)) : (Place){ .file = r->file->path };
    char shown[121];
    snprintf(shown, sizeof shown, "%s", href);
    diag_add(r->d, id, &place, shown, (char *)NULL);
}

/* A name inside a package: no scheme, no root, no way up. */
bool odf_link_relative(const char *href)
{
    size_t scheme = strcspn(href, ":/\\?#");
    if (href[scheme] == ':' || href[0] == '/' || strchr(href, '\\'))
        return false;
    for (const char *p = href; (p = strstr(p, "..")); p += 2)
        if ((p == href || p[-1] == '/') && (!p[2] || p[2] == '/'))
            return false;
    return true;
}

bool odf_link_inside(OdfReader *r, const char *href)
{
    if (!*href || *href == '#' || (r->package && odf_link_relative(href)))
        return true;
    if (!map_get(r->hrefs, href, strlen(href))) {
        map_put(r->hrefs, href, strlen(href), (void *)(uintptr_t)"");
        tell(r, DIAG_odf_outside, href);
    }
    return false;
}

/* ---- pictures ---- */

static const char *add_picture(OdfReader *r, const void *data, size_t len)
{
    OdfFile *f = r->file;
    const char *path = odf_picture_path(f->arena, data, len);
    if (map_get(f->pictures, path, strlen(path)))
        return path;
    OdfPicture *p = ARENA_NEW(f->arena, OdfPicture);
    if (!odf_picture_read(p, data, len)) {
        *p = (OdfPicture){ .data = data, .len = len };
        tell(r, DIAG_odf_picture, path);
    }
    p->path = path;
    p->drawn = odf_picture_raster(f->arena, p);
    map_put(f->pictures, path, strlen(path), p);
    return path;
}

enum { BASE64_WHITE = -1, BASE64_END = -2, BASE64_OTHER = -3 };

static int base64_digit(char c)
{
    if (c >= 'A' && c <= 'Z')
        return c - 'A';
    if (c >= 'a' && c <= 'z')
        return c - 'a' + 26;
    if (c >= '0' && c <= '9')
        return c - '0' + 52;
    if (c == '+' || c == '/')
        return c == '+' ? 62 : 63;
    if (c == ' ' || (c >= '\t' && c <= '\r'))
        return BASE64_WHITE;
    return c == '=' ? BASE64_END : BASE64_OTHER;
}

/* Returns the number of bytes; (size_t)-1: this is not base64.  out has room for 3/4 of text. */
static size_t base64(const char *text, unsigned char *out)
{
    uint32_t bits = 0;
    int n = 0;
    size_t len = 0;
    for (; *text; text++) {
        int v = base64_digit(*text);
        if (v == BASE64_OTHER)
            return (size_t)-1;
        if (v == BASE64_END)
            break;
        if (v < 0)
            continue;
        bits = bits << 6 | (uint32_t)v;
        if ((n += 6) >= 8)
            out[len++] = (unsigned char)(bits >> (n -= 8));
    }
    return len;
}

static const char *inline_picture(OdfReader *r, const OdfNode *n, const OdfNode *inside)
{
    const OdfNode *text = inside->n_kid ? inside->kid[0] : NULL;
    bool plain = text && text->name == ODF_CHARACTERS;
    unsigned char *data = arena_get(r->file->arena, (plain ? text->n_kid : 0) / 4 * 3 + 4);
    size_t len = base64(plain ? text->text : "", data);
    if (len && len != (size_t)-1)
        return add_picture(r, data, len);
    const char *name = odf_name_text(n->name), *colon = strchr(name, ':');
    tell(r, DIAG_odf_base64, colon ? colon + 1 : name);
    return NULL;
}

static const char *package_picture(OdfReader *r, const char *href)
{
    const char *name = str_starts(href, "./") ? href + 2 : href;
    const char *known = map_get(r->hrefs, name, strlen(name));
    if (known)
        return *known ? known : NULL;
    size_t len = 0;
    char *bytes = odf_package_get(r->package, name, &len, r->d, &r->failed);
    const char *path = "";
    if (bytes && len)
        path = add_picture(r, arena_dup(r->file->arena, bytes, len), len);
    else if (!r->failed)
        tell(r, DIAG_odf_picture_missing, name);
    free(bytes);
    map_put(r->hrefs, name, strlen(name), (void *)(uintptr_t)path);
    return *path ? path : NULL;
}

const char *odf_read_picture(OdfReader *r, const OdfNode *n, const OdfNode *inside)
{
    if (inside)
        return inline_picture(r, n, inside);
    const char *href = odf_attr(n, ODF_XLINK_HREF);
    if (!href || !*href || !odf_link_inside(r, href) || *href == '#')
        return NULL;
    return package_picture(r, href);
}
