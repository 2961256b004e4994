/* SPDX-License-Identifier: MIT */
/* A file that is included brings its styles: those the template has too, with the same meaning, are
 * shared; the others are added, under a new name where the old one is taken. */
#include "internal.h"

#include <stdlib.h>
#include <string.h>

typedef struct {
    Template *t;
    const OdfFile *from, *to;
    Arena *a;                   /* the template's file: styles live as long as it */
    Map *name;                  /* old name -> new name, where it changes */
    Map *taken;                 /* names of styles of the template's file */
    Map *shared;                /* common styles that both have, being or found equal */
} Adopter;

static const char *style_name(const OdfNode *n)
{
    return n->name == ODF_CHARACTERS ? NULL : odf_attr(n, ODF_STYLE_NAME);
}

static void take_names(Adopter *d, const OdfNode *container)
{
    for (size_t i = 0; container && i < container->n_kid; i++) {
        const char *name = style_name(container->kid[i]);
        if (name)
            map_put(d->taken, name, strlen(name), (void *)(uintptr_t)container->kid[i]);
    }
}

/* ---- equal styles ---- */

static bool same_node(const OdfNode *a, const OdfNode *b)
{
    if (a->name != b->name || a->n_kid != b->n_kid)
        return false;
    if (a->name == ODF_CHARACTERS)
        return !memcmp(a->text, b->text, a->n_kid);
    if (a->n_attr != b->n_attr)
        return false;
    for (size_t i = 0; i < a->n_attr; i++)
        if (!str_equal(a->attr[i].value, odf_attr(b, a->attr[i].name)))
            return false;
    for (size_t i = 0; i < a->n_kid; i++)
        if (!same_node(a->kid[i], b->kid[i]))
            return false;
    return true;
}

static const OdfNode *common_style(const OdfFile *f, const OdfNode *like)
{
    for (size_t i = 0; f->styles && i < f->styles->n_kid; i++) {
        const OdfNode *n = f->styles->kid[i];
        if (n->name == like->name && str_equal(style_name(n), style_name(like)) &&
            str_equal(odf_attr(n, ODF_STYLE_FAMILY), odf_attr(like, ODF_STYLE_FAMILY)))
            return n;
    }
    return NULL;
}

static const OdfNode *parent_of(const OdfFile *f, const OdfNode *n)
{
    const char *parent = odf_attr(n, ODF_STYLE_PARENT_STYLE_NAME);
    for (size_t i = 0; parent && f->styles && i < f->styles->n_kid; i++) {
        const OdfNode *p = f->styles->kid[i];
        if (p->name == n->name && str_equal(style_name(p), parent) &&
            str_equal(odf_attr(p, ODF_STYLE_FAMILY), odf_attr(n, ODF_STYLE_FAMILY)))
            return p;
    }
    return NULL;
}

/* Both files have it, and it and its parents say the same. */
static bool same_style(const Adopter *d, const OdfNode *n, int depth)
{
    const OdfNode *own = common_style(d->to, n);
    if (!own || depth > 64 || !same_node(own, n))
        return false;
    const OdfNode *parent = parent_of(d->from, n);
    return !parent || same_style(d, parent, depth + 1);
}

/* ---- new names ---- */

static void rename_style(Adopter *d, const char *name)
{
    const char *made;
    unsigned i = 1;
    do
        made = arena_format(d->a, "%s_%u", name, ++i);
    while (map_get(d->taken, made, strlen(made)));
    map_put(d->name, name, strlen(name), (void *)(uintptr_t)made);
    map_put(d->taken, made, strlen(made), (void *)(uintptr_t)made);
}

/* Names are looked at without their families: one that clashes in any is renamed in all. */
static void choose_names(Adopter *d, const OdfNode *container, bool common)
{
    for (size_t i = 0; container && i < container->n_kid; i++) {
        const OdfNode *n = container->kid[i];
        const char *name = style_name(n);
        if (!name || map_get(d->name, name, strlen(name)))
            continue;
        bool clash = map_get(d->taken, name, strlen(name)) && !(common && same_style(d, n, 0));
        if (clash)
            rename_style(d, name);
    }
}

/* ---- trees with new names ---- */

/* Attributes that name a style end so; fonts keep their names. */
static bool names_style(OdfName attr)
{
    switch (attr) {
    case ODF_STYLE_NAME:
    case ODF_TEXT_STYLE_NAME:
    case ODF_TABLE_STYLE_NAME:
    case ODF_DRAW_STYLE_NAME:
    case ODF_STYLE_PARENT_STYLE_NAME:
    case ODF_STYLE_NEXT_STYLE_NAME:
    case ODF_STYLE_LIST_STYLE_NAME:
    case ODF_STYLE_DATA_STYLE_NAME: case ODF_TEXT_COND_STYLE_NAME: case ODF_STYLE_APPLY_STYLE_NAME:
    case ODF_TABLE_DEFAULT_CELL_STYLE_NAME: case ODF_DRAW_TEXT_STYLE_NAME:
        return true;
    default:
        return false;
    }
}

static const char *new_value(const Adopter *d, OdfName element, const OdfAttr *a)
{
    if (element == ODF_DRAW_OBJECT && a->name == ODF_XLINK_HREF) {
        const char *folder = odf_object_share(d->from, a->value, d->to);
        return folder ? arena_format(d->a, "./%s", folder) : a->value;
    }
    const char *made = names_style(a->name) ? map_get(d->name, a->value, strlen(a->value)) : NULL;
    return made ? made : a->value;
}

/* bind: to the styles of the template, as elements of its text. */
static const OdfNode *adopt(Adopter *d, const OdfNode *n, bool bind)
{
    if (n->name == ODF_CHARACTERS)
        return n;
    OdfNode *made = odf_element(d->a, n->name, n->n_attr, n->n_kid);
    size_t kept = 0;
    for (size_t i = 0; i < n->n_attr; i++) {
        const OdfAttr *a = &n->attr[i];
        /* The pages of the included file are not included. */
        if (a->name == ODF_STYLE_MASTER_PAGE_NAME ||
            (a->name == ODF_STYLE_DISPLAY_NAME && !bind &&
             map_get(d->name, style_name(n), strlen(style_name(n)))))
            continue;
        odf_attrs(made)[kept++] = (OdfAttr){ a->name, new_value(d, n->name, a) };
    }
    made->n_attr = (uint16_t)kept;
    for (size_t i = 0; i < n->n_kid; i++)
        odf_kids(made)[i] = (OdfNode *)(uintptr_t)adopt(d, n->kid[i], bind);
    made->origin = n->origin;
    if (bind)
        made->style = odf_bind(d->to, made);
    return made;
}

static void add_styles(Adopter *d, const OdfNode *container, bool common)
{
    VEC(const OdfNode *) added = { 0 };
    for (size_t i = 0; container && i < container->n_kid; i++) {
        const OdfNode *n = container->kid[i];
        const char *name = style_name(n);
        bool renamed = name && map_get(d->name, name, strlen(name));
        if (name && (renamed || !common || !common_style(d->to, n)))
            vec_push(&added, adopt(d, n, false));
    }
    odf_add_styles(d->to, common ? ODF_OFFICE_STYLES : ODF_OFFICE_AUTOMATIC_STYLES, added.p,
                   added.n);
    vec_free(&added);
}

static void add_fonts(Adopter *d)
{
    VEC(const OdfNode *) added = { 0 };
    const OdfNode *from = d->from->font_faces, *to = d->to->font_faces;
    for (size_t i = 0; from && i < from->n_kid; i++) {
        bool known = from->kid[i]->name != ODF_STYLE_FONT_FACE;
        for (size_t k = 0; to && k < to->n_kid && !known; k++)
            known = str_equal(style_name(to->kid[k]), style_name(from->kid[i]));
        if (!known)
            vec_push(&added, adopt(d, from->kid[i], false));
    }
    if (added.n)
        odf_add_styles(d->to, ODF_OFFICE_FONT_FACE_DECLS, added.p, added.n);
    vec_free(&added);
}

/* ---- the rest of a file ---- */

/* Those of frames, and those behind paragraphs and tables. */
static void add_pictures(Adopter *d, const OdfNode *n)
{
    const char *href = n && n->name != ODF_CHARACTERS ? odf_attr(n, ODF_XLINK_HREF) : NULL;
    size_t len = href ? strlen(href) : 0;
    void *picture = href ? map_get(d->from->pictures, href, len) : NULL;
    if (picture && !map_get(d->to->pictures, href, len))
        map_put(d->to->pictures, href, len, picture);
    for (size_t i = 0; n && n->name != ODF_CHARACTERS && i < n->n_kid; i++)
        add_pictures(d, n->kid[i]);
}

static void add_namespaces(Adopter *d)
{
    OdfFile *to = (OdfFile *)(uintptr_t)d->to;
    OdfAttr *all = ARENA_ARRAY(d->a, OdfAttr, to->n_namespaces + d->from->n_namespaces + 1);
    size_t n = to->n_namespaces;
    if (n)
        memcpy(all, to->namespaces, n * sizeof *all);
    for (size_t i = 0; i < d->from->n_namespaces; i++) {
        bool known = false;
        for (size_t k = 0; k < n && !known; k++)
            known = all[k].name == d->from->namespaces[i].name;
        if (!known)
            all[n++] = d->from->namespaces[i];
    }
    to->namespaces = all;
    to->n_namespaces = n;
}

const OdfNode *style_adopt(Template *t, const OdfDoc *from)
{
    Adopter d = { .t = t, .from = from->file, .to = t->doc->file, .a = t->doc->file->arena };
    d.name = map_new(d.a);
    d.taken = map_new(d.a);
    take_names(&d, d.to->styles);
    take_names(&d, d.to->automatic);
    take_names(&d, d.to->automatic_styles_xml);
    choose_names(&d, d.from->automatic, false);
    choose_names(&d, d.from->styles, true);
    add_fonts(&d);
    add_styles(&d, d.from->styles, true);
    add_styles(&d, d.from->automatic, false);
    add_pictures(&d, from->body);
    add_pictures(&d, d.from->styles);
    add_pictures(&d, d.from->automatic);
    add_namespaces(&d);
    return adopt(&d, from->body, true);
}
