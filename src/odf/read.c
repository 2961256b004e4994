/* SPDX-License-Identifier: MIT */
/* Nodes become part of a document: styles bound, places counted, pictures taken out of the text. */
#include "internal.h"

#include <string.h>

/* ---- places of blocks ---- */

static bool breaks_page(const OdfReader *r, const OdfStyle *s)
{
    if (!s || r->tables || !r->paragraph)
        return false;
    const char *master = odf_style_attr(s, ODF_STYLE_MASTER_PAGE_NAME);
    const char *before = odf_style_attr(s, ODF_FO_BREAK_BEFORE);
    return (master && *master) || (before && str_equal(before, "page"));
}

static const OdfOrigin *new_origin(OdfReader *r, OdfName name, const OdfStyle *style)
{
    OdfOrigin *o = ARENA_NEW(r->file->arena, OdfOrigin);
    if (!r->part && r->pages_known && breaks_page(r, style))
        r->page++;
    o->file = r->file;
    o->part = r->part;
    o->master = r->master;
    o->page = r->part || !r->pages_known ? 0 : r->page;
    if (name != ODF_TABLE_TABLE)
        r->paragraph++;
    o->paragraph = r->paragraph + (name == ODF_TABLE_TABLE);
    return o;
}

static const char *part_of(OdfName name)
{
    switch (name) {
    case ODF_STYLE_HEADER: return "header";
    case ODF_STYLE_HEADER_LEFT: return "header-left";
    case ODF_STYLE_HEADER_FIRST: return "header-first";
    case ODF_STYLE_FOOTER: return "footer";
    case ODF_STYLE_FOOTER_LEFT: return "footer-left";
    case ODF_STYLE_FOOTER_FIRST: return "footer-first";
    default: return NULL;
    }
}

/* ---- elements ---- */

static void enter(OdfReader *r, const OdfNode *n)
{
    OdfName name = n->name;
    if (part_of(name)) {
        r->part = part_of(name);
        r->paragraph = 0;
    } else if (name == ODF_STYLE_MASTER_PAGE) {
        const char *display = odf_attr(n, ODF_STYLE_DISPLAY_NAME);
        r->master = display ? display : odf_attr(n, ODF_STYLE_NAME);
    }
    if (name == ODF_TEXT_SOFT_PAGE_BREAK)
        r->page++;
    if (name == ODF_TEXT_TRACKED_CHANGES || name == ODF_OFFICE_ANNOTATION ||
        name == ODF_DRAW_OBJECT)
        r->counting = false;
    if (r->counting && (name == ODF_TEXT_P || name == ODF_TEXT_H || name == ODF_TABLE_TABLE))
        r->origin = new_origin(r, name, n->style);
    if (name == ODF_TABLE_TABLE)
        r->tables++;
}

/* Attributes that a link to a picture in the package has, ODF 1.3 part 3 section 19.917. */
static void link_attributes(OdfAttr *at, const char *path)
{
    at[0] = (OdfAttr){ ODF_XLINK_HREF, path };
    at[1] = (OdfAttr){ ODF_XLINK_TYPE, "simple" };
    at[2] = (OdfAttr){ ODF_XLINK_SHOW, "embed" };
    at[3] = (OdfAttr){ ODF_XLINK_ACTUATE, "onLoad" };
}

static bool is_link(OdfName name)
{
    return name == ODF_XLINK_HREF || name == ODF_XLINK_TYPE || name == ODF_XLINK_SHOW ||
           name == ODF_XLINK_ACTUATE;
}

/* The element leads to where the picture is now. */
static void link_to(OdfReader *r, OdfNode *n, const char *path)
{
    OdfAttr *attr = ARENA_ARRAY(r->file->arena, OdfAttr, n->n_attr + 4u);
    size_t kept = 0;
    for (size_t i = 0; i < n->n_attr; i++)
        if (!is_link(n->attr[i].name))
            attr[kept++] = n->attr[i];
    link_attributes(attr + kept, path);
    n->attr = attr;
    n->n_attr = (uint16_t)(kept + 4);
}

static void drop_kids(OdfNode *n, OdfName name)
{
    uint32_t kept = 0;
    for (uint32_t i = 0; i < n->n_kid; i++)
        if (n->kid[i]->name != name)
            odf_kids(n)[kept++] = n->kid[i];
    n->n_kid = kept;
}

/* A link that leads nowhere or outside stays as it is; odf_picture() finds nothing for it. */
static void follow_link(OdfReader *r, OdfNode *n)
{
    OdfLink kind = odf_link_kind(n->name);
    if (kind == LINK_NONE)
        return;
    if (kind == LINK_OTHER) {
        const char *href = odf_attr(n, ODF_XLINK_HREF);
        if (href && odf_link_inside(r, href) && n->name == ODF_DRAW_OBJECT)
            odf_object_read(r, href);
        return;
    }
    const OdfNode *inside = odf_kid(n, ODF_OFFICE_BINARY_DATA);
    const char *path = odf_read_picture(r, n, inside);
    drop_kids(n, ODF_OFFICE_BINARY_DATA);
    if (path)
        link_to(r, n, path);
}

/* Namespaces of what is kept are declared in what we write. */
static void use_names(OdfReader *r, const OdfNode *n)
{
    bool *used = r->file->by_name->ns_used;
    used[odf_name_info(n->name)->ns] = true;
    for (size_t i = 0; i < n->n_attr; i++)
        used[odf_name_info(n->attr[i].name)->ns] = true;
}

bool odf_read_tree(OdfReader *r, OdfNode *n)
{
    if (n->name == ODF_CHARACTERS) {
        n->origin = r->origin;
        return true;
    }
    const OdfOrigin *origin = r->origin;
    const char *part = r->part;
    unsigned paragraph = r->paragraph;
    bool counting = r->counting;
    int tables = r->tables;
    use_names(r, n);
    follow_link(r, n);
    if (r->file->by_name->ready && !r->object)
        n->style = odf_style_bind(r->file, n, r->masters);
    enter(r, n);
    n->origin = r->origin;
    for (uint32_t i = 0; i < n->n_kid && !r->failed; i++)
        odf_read_tree(r, n->kid[i]);
    r->origin = origin;
    r->counting = counting;
    r->tables = tables;
    if (part_of(n->name)) {
        r->part = part;
        r->paragraph = paragraph;
    }
    return !r->failed;
}
