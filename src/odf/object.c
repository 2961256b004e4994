/* SPDX-License-Identifier: MIT */
/* Documents inside a package: charts, formulas, tables that a draw:object names.  They are read and
 * written as trees, so that nothing in them leads out or runs; their own metadata and pictures are
 * left behind.  Objects of other programs (draw:object-ole) are not read at all. */
#include "internal.h"

#include <string.h>

static const char CHART_MEDIA[] = "application/vnd.oasis.opendocument.chart";

static bool is_media(const char *s)
{
    return str_starts(s, "application/vnd.oasis.opendocument.") && !strpbrk(s, "\"<>&");
}

/* The folder that "./Object 1" names; false: not a plain name. */
static bool folder_of(const char *href, char *out, size_t room)
{
    const char *name = str_starts(href, "./") ? href + 2 : href;
    size_t len = strlen(name);
    while (len && name[len - 1] == '/')
        len--;
    if (!len || len >= room || !odf_link_relative(name) || memchr(name, '/', len))
        return false;
    memcpy(out, name, len);
    out[len] = 0;
    return true;
}

const OdfObject *odf_object_find(const OdfFile *f, const char *href)
{
    char folder[XML_NAME];
    if (!href || !folder_of(href, folder, sizeof folder))
        return NULL;
    const OdfObject *o = map_get(f->by_name->objects, folder, strlen(folder));
    return o && o->content ? o : NULL;
}

const OdfNode *odf_object(const OdfDoc *doc, const OdfNode *object)
{
    const OdfObject *o = odf_object_find(doc->file, odf_attr(object, ODF_XLINK_HREF));
    return o ? o->content : odf_kid(object, ODF_OFFICE_DOCUMENT);
}

const char *odf_object_share(const OdfFile *from, const char *href, const OdfFile *to)
{
    const OdfObject *o = odf_object_find(from, href);
    Map *objects = to->by_name->objects;
    if (!o)
        return NULL;
    OdfObject *made = ARENA_NEW(to->arena, OdfObject);
    *made = *o;
    for (unsigned n = 1; n == 1 || map_get(objects, made->folder, strlen(made->folder)); n++)
        made->folder = arena_format(to->arena, "Object %u", n);
    map_put(objects, made->folder, strlen(made->folder), made);
    return made->folder;
}

/* ---- of flat files ---- */

/* A part with some of the children of a flat file's root; NULL: it has none of them. */
static const OdfNode *part_of(const OdfNode *document, OdfName root, const OdfName *kids, size_t n,
                              Arena *a)
{
    OdfNode *part = odf_element(a, root, 1, document->n_kid);
    odf_attrs(part)[0] = (OdfAttr){ ODF_OFFICE_VERSION, "1.3" };
    part->n_kid = 0;
    for (uint32_t i = 0; i < document->n_kid; i++)
        for (size_t k = 0; k < n; k++)
            if (document->kid[i]->name == kids[k])
                odf_kids(part)[part->n_kid++] = document->kid[i];
    return part->n_kid ? part : NULL;
}

const OdfObject *odf_object_inline(const OdfNode *object, const char *folder, Arena *a)
{
    static const OdfName content[] = { ODF_OFFICE_FONT_FACE_DECLS, ODF_OFFICE_AUTOMATIC_STYLES,
                                       ODF_OFFICE_BODY };
    static const OdfName styles[] = { ODF_OFFICE_STYLES };
    const OdfNode *n = odf_kid(object, ODF_OFFICE_DOCUMENT);
    if (!n || !odf_kid(n, ODF_OFFICE_BODY))
        return NULL;
    const char *media = odf_attr(n, ODF_OFFICE_MIMETYPE);
    OdfObject *o = ARENA_NEW(a, OdfObject);
    o->folder = folder;
    o->media = media && is_media(media) ? media : CHART_MEDIA;
    o->content = part_of(n, ODF_OFFICE_DOCUMENT_CONTENT, content, COUNT(content), a);
    o->styles = part_of(n, ODF_OFFICE_DOCUMENT_STYLES, styles, COUNT(styles), a);
    return o;
}

/* ---- of packages ---- */

static const char *media_of(const OdfReader *r, const char *folder)
{
    size_t len = strlen(folder);
    for (uint32_t i = 0; r->manifest && i < r->manifest->n_kid; i++) {
        const OdfNode *n = r->manifest->kid[i];
        const char *path = odf_attr(n, ODF_MANIFEST_FULL_PATH);
        const char *media = odf_attr(n, ODF_MANIFEST_MEDIA_TYPE);
        if (path && media && !strncmp(path, folder, len) && !strcmp(path + len, "/") &&
            is_media(media))
            return media;
    }
    return CHART_MEDIA;
}

static const OdfNode *read_part(OdfReader *r, const char *folder, const char *part)
{
    char name[XML_NAME + 16];
    snprintf(name, sizeof name, "%s/%s", folder, part);
    OdfNode *n = odf_parse_part(r, name);
    return n && odf_read_tree(r, n) ? n : NULL;
}

void odf_object_read(OdfReader *r, const char *href)
{
    char folder[XML_NAME];
    Map *objects = r->file->by_name->objects;
    if (!r->package || r->object || !objects || !folder_of(href, folder, sizeof folder) ||
        map_get(objects, folder, strlen(folder)))
        return;
    OdfObject *o = ARENA_NEW(r->file->arena, OdfObject);
    bool counting = r->counting;
    o->folder = arena_str(r->file->arena, folder);
    o->media = media_of(r, folder);
    map_put(objects, folder, strlen(folder), o);
    r->object = true;
    r->counting = false;
    o->content = read_part(r, folder, "content.xml");
    if (o->content && !r->failed)
        o->styles = read_part(r, folder, "styles.xml");
    r->object = false;
    r->counting = counting;
}
