/* SPDX-License-Identifier: MIT */
/* XML as it comes becomes nodes: names by namespace, white space between elements left out.  What
 * the nodes mean to a document (styles, places, pictures) is found afterwards, in read.c. */
#include "internal.h"

#include <string.h>

enum { NAMES_KEPT = 256 };

typedef struct {
    OdfName name;
    bool paragraph;             /* white space in it means something */
    uint16_t n_attr;
    OdfAttr *attr;
    size_t kid;                 /* its first one among those of all open elements */
} Open;

typedef struct { const char *prefix, *uri; size_t depth; } Declared;
typedef struct { XmlName xml; OdfName name; } KnownName;

typedef struct {
    OdfReader *r;
    Arena *arena;
    Buf text;                   /* since the last tag */
    VEC(Open) open;
    VEC(OdfNode *) kid;
    VEC(Declared) declared;
    KnownName known[NAMES_KEPT];
    OdfNode *root;
} Parser;

static void fail(Parser *p)
{
    if (!p->r->failed)
        diag_add(p->r->d, DIAG_odf_names, &(Place){ .file = p->r->file->path }, (char *)NULL);
    p->r->failed = true;
}

/* A prefix that nothing declares is part of the name. */
static OdfName new_name(Parser *p, const XmlName *x)
{
    const char *local = x->name;
    OdfNs ns = 0;
    if (*x->uri && !(ns = odf_namespace(x->prefix ? x->prefix : "ns", x->uri)))
        fail(p);
    if (!*x->uri && x->prefix)
        local = arena_format(p->arena, "%s:%s", x->prefix, x->name);
    OdfName name = odf_name_in(ns, local);
    if (!name)
        fail(p);
    return name;
}

/* Equal names come as the same pointers, so that most are found without comparing letters, in one
 * of two places. */
static OdfName name_of(Parser *p, const XmlName *x)
{
    uintptr_t h = ((uintptr_t)x->name >> 3 ^ (uintptr_t)x->uri >> 5) % NAMES_KEPT;
    for (int i = 0; i < 2; i++) {
        const KnownName *k = &p->known[h ^ i];
        if (k->xml.name == x->name && k->xml.uri == x->uri && k->xml.prefix == x->prefix)
            return k->name;
    }
    KnownName *k = &p->known[p->known[h].xml.name ? h ^ 1 : h];
    *k = (KnownName){ *x, new_name(p, x) };
    return k->name;
}

/* ---- attributes ---- */

static const char *uri_of(const Parser *p, const char *prefix, size_t len)
{
    for (size_t i = p->declared.n; i--; ) {
        const Declared *d = &p->declared.p[i];
        if (strlen(d->prefix) == len && !memcmp(d->prefix, prefix, len))
            return d->uri;
    }
    return NULL;
}

/* Formulas and the names of settings begin with a prefix that the file must have bound: LibreOffice
 * takes no notice of them else.  A bound one is declared in what we write. */
static const char *prefixed_value(Parser *p, OdfName name, const char *value)
{
    const char *colon = strchr(value, ':');
    if (!colon || colon == value)
        return value;
    const char *uri = uri_of(p, value, (size_t)(colon - value));
    if (uri) {
        const char *prefix = arena_dup(p->arena, value, (size_t)(colon - value));
        OdfNs ns = odf_namespace(prefix, uri);
        p->r->file->by_name->ns_used[ns] = true;
    }
    if (name != ODF_CONFIG_NAME) {
        p->r->file->formulas |= str_equal(uri, "http://openoffice.org/2004/writer");
        return value;
    }
    return str_equal(uri, "http://openoffice.org/2004/office")
               ? arena_format(p->arena, "ooo:%s", colon + 1) : colon + 1;
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

static const char *value_of(Parser *p, OdfName name, const XmlAttr *a)
{
    const char *value = a->len < 64 ? map_intern(p->r->values, a->value, a->len)
                                    : arena_dup(p->arena, a->value, a->len);
    return has_prefix(name) ? prefixed_value(p, name, value) : value;
}

/* ---- elements ---- */

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

/* The text since the last tag, `alone` in its element or beside others. */
static void put_text(Parser *p, bool alone)
{
    Buf *t = &p->text;
    if (!t->n)
        return;
    const Open *o = &p->open.p[p->open.n - 1];
    if (o->paragraph || alone || t->p[strspn(t->p, " \t\r\n")])
        vec_push(&p->kid, odf_characters(p->arena, t->p, t->n));
    buf_clear(t);
}

static void declare(void *data, const char *prefix, const char *uri)
{
    Parser *p = data;
    vec_push(&p->declared, ((Declared){ prefix, uri, p->open.n + 1 }));
}

static void start(void *data, const XmlName *element, const XmlAttr *attr, size_t n)
{
    Parser *p = data;
    bool paragraph = false;
    if (p->r->failed)
        return;
    if (p->open.n) {
        put_text(p, false);
        paragraph = p->open.p[p->open.n - 1].paragraph;
    }
    Open o = { .name = name_of(p, element), .n_attr = (uint16_t)n, .kid = p->kid.n };
    o.attr = ARENA_ARRAY(p->arena, OdfAttr, n);
    for (size_t i = 0; i < n; i++) {
        o.attr[i].name = name_of(p, &attr[i].name);
        o.attr[i].value = value_of(p, o.attr[i].name, &attr[i]);
    }
    o.paragraph = o.name == ODF_TEXT_P || o.name == ODF_TEXT_H || (paragraph && !ends_text(o.name));
    vec_push(&p->open, o);
}

static void end(void *data, const XmlName *element)
{
    Parser *p = data;
    (void)element;
    if (p->r->failed)
        return;
    const Open *o = &p->open.p[p->open.n - 1];
    put_text(p, p->kid.n == o->kid);
    OdfNode *n = ARENA_NEW(p->arena, OdfNode);
    n->name = o->name;
    n->n_attr = o->n_attr;
    n->attr = o->attr;
    n->n_kid = (uint32_t)(p->kid.n - o->kid);
    n->kid = ARENA_ARRAY(p->arena, OdfNode *, n->n_kid);
    if (n->n_kid)
        memcpy(odf_kids(n), p->kid.p + o->kid, n->n_kid * sizeof(OdfNode *));
    p->kid.n = o->kid;
    while (p->declared.n && p->declared.p[p->declared.n - 1].depth == p->open.n)
        p->declared.n--;
    if (--p->open.n)
        vec_push(&p->kid, n);
    else
        p->root = n;
}

static void characters(void *data, const char *s, size_t len)
{
    Parser *p = data;
    buf_put(&p->text, s, len);
}

OdfNode *odf_parse(OdfReader *r, const char *name, char *text, size_t len)
{
    static const XmlHandler handler = { .start = start, .end = end, .text = characters,
                                        .declare = declare, .lenient = true, .shown = true };
    Parser p = { .r = r, .arena = r->file->arena };
    if (!xml_stream(name, text, len, &handler, &p, r->d))
        r->failed = true;
    buf_free(&p.text);
    vec_free(&p.open);
    vec_free(&p.kid);
    vec_free(&p.declared);
    return r->failed ? NULL : p.root;
}
