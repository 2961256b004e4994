/* SPDX-License-Identifier: MIT */
/* From libxml2's tree to ours: names by namespace, styles bound, places counted, pictures taken
 * out of the text. */
#include "internal.h"

#include <stdlib.h>
#include <string.h>

static void fail(OdfReader *r, DiagId id)
{
    if (!r->failed)
        diag_add(r->d, id, &(Place){ .file = r->file->path }, (char *)NULL);
    r->failed = true;
}

/* The number is kept in the namespace itself: one look-up for each declaration. */
static OdfNs space_of(OdfReader *r, xmlNs *ns)
{
    if (!ns)
        return 0;
    if (!ns->_private) {
        const char *prefix = ns->prefix ? (const char *)ns->prefix : "ns";
        OdfNs found = odf_namespace(prefix, (const char *)ns->href);
        if (!found)
            fail(r, DIAG_odf_names);
        ns->_private = (void *)(uintptr_t)(found + 1);
    }
    OdfNs n = (OdfNs)((uintptr_t)ns->_private - 1);
    r->file->by_name->ns_used[n] = true;
    return n;
}

static OdfName name_of(OdfReader *r, xmlNs *ns, const xmlChar *local)
{
    OdfName name = odf_name_in(space_of(r, ns), (const char *)local);
    if (!name)
        fail(r, DIAG_odf_names);
    return name;
}

static const char *keep(OdfReader *r, const char *s, size_t len)
{
    return len < 64 ? map_intern(r->values, s, len) : arena_dup(r->file->arena, s, len);
}

/* Formulas and the names of settings begin with a prefix that the file must have bound: LibreOffice
 * takes no notice of them else.  A bound one is declared in what we write. */
static const char *prefixed_value(OdfReader *r, const xmlNode *x, OdfName name, const char *value)
{
    const char *colon = strchr(value, ':');
    size_t len = colon ? (size_t)(colon - value) : 0;
    char prefix[32];
    if (!len || len >= sizeof prefix)
        return value;
    memcpy(prefix, value, len);
    prefix[len] = 0;
    xmlNs *ns = xmlSearchNs(x->doc, (xmlNode *)(uintptr_t)x, (const xmlChar *)prefix);
    if (name != ODF_CONFIG_NAME) {
        if (ns)
            space_of(r, ns);
        if (ns && !strcmp((const char *)ns->href, "http://openoffice.org/2004/writer"))
            r->file->formulas = true;
        return value;
    }
    if (!ns || strcmp((const char *)ns->href, "http://openoffice.org/2004/office"))
        return colon + 1;
    space_of(r, ns);
    return arena_format(r->file->arena, "ooo:%s", colon + 1);
}

static bool has_prefix(OdfName name)
{
    switch (name) {
    case ODF_TEXT_FORMULA:
    case ODF_TEXT_CONDITION:
    case ODF_STYLE_CONDITION:
    case ODF_TABLE_FORMULA:
    case ODF_SCRIPT_LANGUAGE:
    case ODF_CONFIG_NAME:
        return true;
    default:
        return false;
    }
}

static void read_attribute(OdfReader *r, const xmlNode *x, const xmlAttr *a, OdfAttr *out)
{
    out->name = name_of(r, a->ns, a->name);
    const xmlNode *first = a->children;
    if (first && first->next) {
        char *all = (char *)xmlNodeListGetString(x->doc, first, 1);
        out->value = keep(r, all ? all : "", all ? strlen(all) : 0);
        xmlFree(all);
        return;
    }
    const char *value = first && first->content ? (const char *)first->content : "";
    if (has_prefix(out->name))
        value = prefixed_value(r, x, out->name, value);
    out->value = keep(r, value, strlen(value));
}

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

static bool only_white(const char *s)
{
    return !s[strspn(s, " \t\r\n")];
}

static bool picture_inside(const xmlNode *x)
{
    for (const xmlNode *k = x->children; k; k = k->next)
        if (k->type == XML_ELEMENT_NODE && !strcmp((const char *)k->name, "binary-data"))
            return true;
    return false;
}

static void read_kids(OdfReader *r, const xmlNode *x, bool skip_binary)
{
    for (const xmlNode *k = x->children; k && !r->failed; k = k->next) {
        OdfNode *n = NULL;
        if (k->type == XML_ELEMENT_NODE) {
            if (!skip_binary || strcmp((const char *)k->name, "binary-data"))
                n = odf_read_tree(r, k);
        } else if (k->type == XML_TEXT_NODE || k->type == XML_CDATA_SECTION_NODE) {
            const char *text = (const char *)k->content;
            bool alone = !k->prev && !k->next;
            if (r->paragraph_text || alone || !only_white(text))
                n = odf_characters(r->file->arena, text, strlen(text));
            if (n)
                n->origin = r->origin;
        }
        if (n)
            vec_push(&r->pending, n);
    }
}

/* What is inside starts anew: white space between its elements means nothing. */
static bool ends_text(OdfName name)
{
    switch (name) {
    case ODF_DRAW_FRAME:
    case ODF_DRAW_TEXT_BOX:
    case ODF_DRAW_IMAGE:
    case ODF_DRAW_OBJECT:
    case ODF_DRAW_CUSTOM_SHAPE:
    case ODF_DRAW_G:
    case ODF_TEXT_NOTE:
    case ODF_TEXT_NOTE_BODY:
    case ODF_TEXT_RUBY:
    case ODF_TEXT_DROP_DOWN:
    case ODF_OFFICE_ANNOTATION:
    case ODF_OFFICE_EVENT_LISTENERS:
    case ODF_TABLE_TABLE:
    case ODF_TEXT_LIST:
    case ODF_TEXT_TRACKED_CHANGES:
        return true;
    default:
        return false;
    }
}

static void enter(OdfReader *r, OdfName name, const OdfStyle *style, const xmlNode *x)
{
    bool paragraph = name == ODF_TEXT_P || name == ODF_TEXT_H;
    if (part_of(name)) {
        r->part = part_of(name);
        r->paragraph = 0;
    } else if (name == ODF_STYLE_MASTER_PAGE) {
        const xmlChar *display = xmlGetProp(x, (const xmlChar *)"display-name");
        const xmlChar *plain = xmlGetProp(x, (const xmlChar *)"name");
        const char *shown = (const char *)(display ? display : plain);
        r->master = shown ? arena_str(r->file->arena, shown) : NULL;
        xmlFree((void *)(uintptr_t)display);
        xmlFree((void *)(uintptr_t)plain);
    }
    if (name == ODF_TEXT_SOFT_PAGE_BREAK)
        r->page++;
    if (name == ODF_TEXT_TRACKED_CHANGES || name == ODF_OFFICE_ANNOTATION ||
        name == ODF_DRAW_OBJECT)
        r->counting = false;
    if (r->counting && (paragraph || name == ODF_TABLE_TABLE))
        r->origin = new_origin(r, name, style);
    if (name == ODF_TABLE_TABLE)
        r->tables++;
    r->paragraph_text = paragraph || (r->paragraph_text && !ends_text(name));
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

static const char *href_of(const OdfAttr *attr, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (attr[i].name == ODF_XLINK_HREF)
            return attr[i].value;
    return NULL;
}

typedef struct { OdfAttr *attr; size_t n; bool inline_picture; } Attributes;

/* The attributes as they are kept: links of pictures in the file lead to where they are now.  A
 * link that leads nowhere or outside stays as it is; odf_picture() finds nothing for it. */
static Attributes read_attributes(OdfReader *r, const xmlNode *x, OdfName name)
{
    Attributes a = {0};
    size_t n = 0;
    for (const xmlAttr *p = x->properties; p; p = p->next)
        n++;
    OdfLink kind = odf_link_kind(name);
    a.attr = ARENA_ARRAY(r->file->arena, OdfAttr, n + (kind == LINK_PICTURE ? 4 : 0));
    for (const xmlAttr *p = x->properties; p; p = p->next)
        read_attribute(r, x, p, &a.attr[a.n++]);
    const char *href = href_of(a.attr, a.n), *path = NULL;
    a.inline_picture = kind == LINK_PICTURE && picture_inside(x);
    if (kind == LINK_OTHER && href && odf_link_inside(r, href) && name == ODF_DRAW_OBJECT)
        odf_object_read(r, href);
    if (a.inline_picture || (kind == LINK_PICTURE && href))
        path = odf_read_picture(r, x, a.inline_picture ? NULL : href);
    if (!path)
        return a;
    n = a.n;
    a.n = 0;
    for (size_t i = 0; i < n; i++)
        if (!is_link(a.attr[i].name))
            a.attr[a.n++] = a.attr[i];
    link_attributes(a.attr + a.n, path);
    a.n += 4;
    return a;
}

OdfNode *odf_read_tree(OdfReader *r, const xmlNode *x)
{
    OdfReader before = *r;
    OdfName name = name_of(r, x->ns, x->name);
    Attributes a = read_attributes(r, x, name);
    if (r->failed)
        return NULL;
    OdfNode head = { .name = name, .n_attr = (uint16_t)a.n, .attr = a.attr };
    const OdfStyle *style =
        r->file->by_name->ready && !r->object ? odf_style_bind(r->file, &head, r->masters) : NULL;
    enter(r, name, style, x);
    size_t base = r->pending.n;
    read_kids(r, x, a.inline_picture);
    OdfNode *n = ARENA_NEW(r->file->arena, OdfNode);
    *n = head;
    n->style = style;
    n->origin = r->origin;
    n->n_kid = (uint32_t)(r->pending.n - base);
    n->kid = ARENA_ARRAY(r->file->arena, OdfNode *, n->n_kid);
    if (n->n_kid)
        memcpy(odf_kids(n), r->pending.p + base, n->n_kid * sizeof(OdfNode *));
    r->pending.n = base;
    r->origin = before.origin;
    r->counting = before.counting;
    r->paragraph_text = before.paragraph_text;
    r->tables = before.tables;
    if (part_of(name)) {
        r->part = before.part;
        r->paragraph = before.paragraph;
    }
    return n;
}
