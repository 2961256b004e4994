/* SPDX-License-Identifier: MIT */
/* Reads an XSD's tree for what libxml2 does not tell: appinfo, optional, white space, names. */
#include "internal.h"

#include <string.h>

#define XSD "http://www.w3.org/2001/XMLSchema"
#define MARKS "urn:skryba:schema"

enum { CHAIN = 64, GROUPS = 16 };       /* limits on bases of bases, groups in groups */

struct ModelType {
    const xmlNode *def;         /* xs:complexType */
    ModelType *base;            /* what it extends */
    Map *attributes, *kids;     /* ProjectField*, ModelElement* */
    VEC(const char *) attribute_names, kid_names;       /* in order of the schema; see hold() */
    bool open;
};

struct Model {
    Arena *arena;
    const xmlNode *schema;
    Map *types;                 /* named: complex types -> ModelType* */
    Map *simple, *complex, *attribute_groups, *groups, *elements, *attributes;  /* xmlNode* */
    Map *roots;                 /* ModelElement* */
    ModelType top;              /* its kid_names are the roots */
    Map *merged;                /* "element attribute" and "element" -> ProjectField* */
    Map *names;                 /* of all elements */
    struct Pending { struct Pending *next; ModelType *type; } *pending;
    bool ids, personal;
};

static bool is(const xmlNode *n, const char *local)
{
    return xml_is(n, XSD, local);
}

static const xmlNode *child(const xmlNode *n, const char *local)
{
    return xml_child(n, XSD, local);
}

static void hold(Model *m, ModelType *t, bool kid, const char *name)
{
    size_t n = kid ? t->kid_names.n : t->attribute_names.n;
    if ((n & (n - 1)) == 0) {           /* the arena has no realloc: room doubles at powers of 2 */
        const char **p = ARENA_ARRAY(m->arena, const char *, n ? n * 2 : 1);
        const char **old = kid ? t->kid_names.p : t->attribute_names.p;
        if (n)
            memcpy(p, old, n * sizeof *p);
        if (kid)
            t->kid_names.p = p;
        else
            t->attribute_names.p = p;
    }
    if (kid)
        t->kid_names.p[t->kid_names.n++] = name;
    else
        t->attribute_names.p[t->attribute_names.n++] = name;
}

static void *lookup(const Map *m, const char *key)
{
    return key ? map_get(m, key, strlen(key)) : NULL;
}

/* The local part of a QName, and whether it is one of XSD's own. */
static const char *local_name(const xmlNode *at, const char *qname, bool *xsd)
{
    const char *colon = strchr(qname, ':');
    char prefix[64] = "";
    if (colon && colon - qname < (int)sizeof prefix)
        memcpy(prefix, qname, (size_t)(colon - qname));
    xmlNs *ns = xmlSearchNs(at->doc, (xmlNode *)at, colon ? BAD_CAST prefix : NULL);
    *xsd = ns && str_equal((const char *)ns->href, XSD);
    return colon ? colon + 1 : qname;
}

/* ---- fields ---- */

/* XSD part 2, 4.3.6: string preserves, normalizedString replaces, all others collapse. */
static bool collapses(const Model *m, const xmlNode *simple, const char *qname)
{
    for (int i = 0; i < CHAIN; i++) {
        if (qname) {
            bool xsd;
            const char *name = local_name(simple, qname, &xsd);
            if (xsd)
                return !str_equal(name, "string") && !str_equal(name, "normalizedString") &&
                       !str_equal(name, "anySimpleType");
            simple = lookup(m->simple, name);
        }
        const xmlNode *r = simple ? child(simple, "restriction") : NULL;
        if (!r)
            return simple != NULL;      /* a list collapses; a union too, to be on one side */
        const xmlNode *space = child(r, "whiteSpace");
        const char *value = space ? xml_attr(space, "value") : NULL;
        if (value)
            return str_equal(value, "collapse");
        qname = xml_attr(r, "base");
        const xmlNode *inner = child(r, "simpleType");
        if (!qname && !inner)
            return false;
        simple = qname ? r : inner;
    }
    return false;
}

static void read_marks(Model *m, ProjectField *f, const xmlNode *declaration)
{
    const xmlNode *a = child(declaration, "annotation");
    for (const xmlNode *info = a ? a->children : NULL; info; info = info->next) {
        if (!is(info, "appinfo"))
            continue;
        for (const xmlNode *n = info->children; n; n = n->next) {
            if (n->type != XML_ELEMENT_NODE || !n->ns ||
                !str_equal((const char *)n->ns->href, MARKS))
                continue;
            const char *target = xml_attr(n, "target");
            if (str_equal((const char *)n->name, "personal"))
                f->personal = m->personal = true;
            else if (str_equal((const char *)n->name, "id"))
                f->id = m->ids = true;
            else if (str_equal((const char *)n->name, "ref") && target) {
                const char **t = ARENA_ARRAY(m->arena, const char *, f->n_target + 1);
                if (f->n_target)
                    memcpy(t, f->target, f->n_target * sizeof *t);
                t[f->n_target++] = target;
                f->target = t;
            }
        }
    }
}

/* A field of the simple type that a declaration names (qname) or holds. */
static ProjectField *field_new(Model *m, const xmlNode *declaration, const char *qname)
{
    ProjectField *f = ARENA_NEW(m->arena, ProjectField);
    const xmlNode *inner = child(declaration, "simpleType");
    f->type = qname;
    if (qname || inner)
        f->collapse = collapses(m, qname ? declaration : inner, qname);
    return f;
}

static ProjectField *copy_field(Model *m, const ProjectField *f)
{
    ProjectField *r = ARENA_NEW(m->arena, ProjectField);
    *r = *f;
    return r;
}

/* Adds what one declaration says to what all elements of its name say together. */
static void merge(Model *m, const char *element, const char *attribute, const ProjectField *f)
{
    const char *key = attribute ? arena_format(m->arena, "%s %s", element, attribute) : element;
    ProjectField *all = lookup(m->merged, key);
    if (!all) {
        map_put(m->merged, key, strlen(key), copy_field(m, f));
        return;
    }
    all->personal |= f->personal;
    all->id |= f->id;
    all->optional |= f->optional;
    all->collapse &= f->collapse;
    if (!str_equal(all->type, f->type))
        all->type = NULL;
    if (!all->n_target) {
        all->target = f->target;
        all->n_target = f->n_target;
    }
}

/* ---- types ---- */

static ModelType *type_new(Model *m, const xmlNode *def)
{
    ModelType *t = ARENA_NEW(m->arena, ModelType);
    struct Pending *p = ARENA_NEW(m->arena, struct Pending);
    t->def = def;
    t->attributes = map_new(m->arena);
    t->kids = map_new(m->arena);
    p->type = t;
    p->next = m->pending;
    m->pending = p;
    return t;
}

static ModelType *type_named(Model *m, const char *name)
{
    ModelType *t = lookup(m->types, name);
    const xmlNode *def = t ? NULL : lookup(m->complex, name);
    if (def) {
        t = type_new(m, def);
        map_put(m->types, name, strlen(name), t);
    }
    return t;
}

/* The simple type whose text an element of a complex type holds: through simpleContent. */
static ProjectField *text_field(Model *m, const xmlNode *complex)
{
    const xmlNode *at = complex;
    for (int i = 0; i < CHAIN && at; i++) {
        const xmlNode *content = child(at, "simpleContent");
        const xmlNode *r = content ? child(content, "extension") : NULL;
        if (content && !r)
            r = child(content, "restriction");
        const char *base = r ? xml_attr(r, "base") : NULL;
        if (!base)
            return str_equal(xml_attr(at, "mixed"), "true") ? ARENA_NEW(m->arena, ProjectField)
                                                            : NULL;
        bool xsd;
        const char *name = local_name(r, base, &xsd);
        at = xsd ? NULL : lookup(m->complex, name);
        if (!at)
            return field_new(m, r, base);
    }
    return NULL;
}

static ModelElement *element_new(Model *m, const xmlNode *declaration)
{
    ModelElement *e = ARENA_NEW(m->arena, ModelElement);
    const char *type = xml_attr(declaration, "type");
    const xmlNode *complex = child(declaration, "complexType");
    bool xsd = false;
    e->name = xml_attr(declaration, "name");
    if (complex) {
        e->type = type_new(m, complex);
    } else if (type) {
        const char *name = local_name(declaration, type, &xsd);
        if (!xsd)
            complex = lookup(m->complex, name);
        if (complex)
            e->type = type_named(m, name);
    }
    e->text = complex ? text_field(m, complex) : field_new(m, declaration, type);
    if (e->text)
        read_marks(m, e->text, declaration);
    map_put(m->names, e->name, strlen(e->name), e);
    return e;
}

static void add_element(Model *m, ModelType *t, const xmlNode *n)
{
    const char *ref = xml_attr(n, "ref");
    bool xsd;
    const char *name = ref ? local_name(n, ref, &xsd) : xml_attr(n, "name");
    ModelElement *e = ref ? lookup(m->roots, name) : NULL;
    if (!name || (ref && !e)) {
        t->open = true;
        return;
    }
    if (!ref)
        e = element_new(m, n);
    if (!lookup(t->kids, name))
        hold(m, t, true, e->name);
    map_put(t->kids, name, strlen(name), e);
}

static void add_attribute(Model *m, ModelType *t, const xmlNode *n)
{
    const char *ref = xml_attr(n, "ref"), *use = xml_attr(n, "use");
    bool xsd;
    const char *name = ref ? local_name(n, ref, &xsd) : xml_attr(n, "name");
    const xmlNode *declaration = ref ? lookup(m->attributes, name) : n;
    if (!name || !declaration || str_equal(use, "prohibited"))
        return;
    ProjectField *f = field_new(m, declaration, xml_attr(declaration, "type"));
    f->optional = !str_equal(use, "required");
    read_marks(m, f, declaration);
    hold(m, t, false, name);
    map_put(t->attributes, name, strlen(name), f);
}

/* Goes through what stands in a type: depth is bounded by the XML's and by groups. */
static void read_content(Model *m, ModelType *t, const xmlNode *at, int groups)
{
    for (const xmlNode *n = at->children; n; n = n->next) {
        const char *ref = n->type == XML_ELEMENT_NODE ? xml_attr(n, "ref") : NULL;
        bool xsd, attributes = is(n, "attributeGroup");
        if (is(n, "element")) {
            add_element(m, t, n);
        } else if (is(n, "attribute")) {
            add_attribute(m, t, n);
        } else if (is(n, "any")) {
            t->open = true;
        } else if ((attributes || is(n, "group")) && ref && groups < GROUPS) {
            const char *name = local_name(n, ref, &xsd);
            const xmlNode *g = lookup(attributes ? m->attribute_groups : m->groups, name);
            if (g)
                read_content(m, t, g, groups + 1);
        } else if (is(n, "extension") || is(n, "restriction")) {
            const char *base = xml_attr(n, "base");
            if (base)
                t->base = is(n, "extension") ? type_named(m, local_name(n, base, &xsd)) : NULL;
            read_content(m, t, n, groups);
        } else if (is(n, "sequence") || is(n, "choice") || is(n, "all") ||
                   is(n, "complexContent") || is(n, "simpleContent")) {
            read_content(m, t, n, groups);
        }
    }
}

/* ---- the whole ---- */

static void index_declarations(Model *m)
{
    static const struct { const char *element; size_t at; } kinds[] = {
        { "simpleType", offsetof(Model, simple) }, { "complexType", offsetof(Model, complex) },
        { "attributeGroup", offsetof(Model, attribute_groups) },
        { "group", offsetof(Model, groups) }, { "element", offsetof(Model, elements) },
        { "attribute", offsetof(Model, attributes) },
    };
    for (size_t k = 0; k < COUNT(kinds); k++)
        *(Map **)((char *)m + kinds[k].at) = map_new(m->arena);
    for (const xmlNode *n = m->schema->children; n; n = n->next) {
        const char *name = n->type == XML_ELEMENT_NODE ? xml_attr(n, "name") : NULL;
        for (size_t k = 0; name && k < COUNT(kinds); k++)
            if (is(n, kinds[k].element))
                map_put(*(Map **)((char *)m + kinds[k].at), name, strlen(name), (void *)n);
    }
}

static void merge_element(Model *m, const ModelElement *e)
{
    if (e->text)
        merge(m, e->name, NULL, e->text);
    const ModelType *t = e->type;
    for (int i = 0; i < CHAIN && t; i++, t = t->base)
        for (size_t k = 0; k < t->attribute_names.n; k++)
            merge(m, e->name, t->attribute_names.p[k],
                  lookup(t->attributes, t->attribute_names.p[k]));
}

static void merge_kids(Model *m, const ModelType *t)
{
    for (size_t i = 0; i < t->kid_names.n; i++)
        merge_element(m, lookup(t->kids, t->kid_names.p[i]));
}

Model *model_new(Arena *a, xmlNode *schema)
{
    Model *m = ARENA_NEW(a, Model);
    struct Pending *all = NULL;
    m->arena = a;
    m->schema = schema;
    index_declarations(m);
    m->types = map_new(a);
    m->roots = map_new(a);
    m->merged = map_new(a);
    m->names = map_new(a);
    m->top.kids = m->roots;
    for (const xmlNode *n = schema->children; n; n = n->next)
        if (is(n, "element") && xml_attr(n, "name"))
            add_element(m, &m->top, n);
    while (m->pending) {
        struct Pending *p = m->pending;
        m->pending = p->next;
        read_content(m, p->type, p->type->def, 0);
        p->next = all;
        all = p;
    }
    merge_kids(m, &m->top);
    for (; all; all = all->next)
        merge_kids(m, all->type);
    return m;
}

/* ---- asking ---- */

const ModelElement *model_root(const Model *m, const char *name)
{
    return lookup(m->roots, name);
}

const ModelElement *model_kid(const ModelType *t, const char *name)
{
    const ModelElement *e = NULL;
    for (int i = 0; i < CHAIN && t && !e; i++, t = t->base)
        e = lookup(t->kids, name);
    return e;
}

const ProjectField *model_attribute(const ModelType *t, const char *name)
{
    const ProjectField *f = NULL;
    for (int i = 0; i < CHAIN && t && !f; i++, t = t->base)
        f = lookup(t->attributes, name);
    return f;
}

bool model_open(const ModelType *t)
{
    for (int i = 0; i < CHAIN && t; i++, t = t->base)
        if (t->open)
            return true;
    return false;
}

const ModelElement *model_find(const Model *m, const xmlNode *element)
{
    const xmlNode *path[XML_DEPTH + 1];
    size_t n = 0;
    for (; element && element->type == XML_ELEMENT_NODE; element = element->parent) {
        if (n == COUNT(path))
            return NULL;
        path[n++] = element;
    }
    const ModelElement *e = n ? model_root(m, (const char *)path[--n]->name) : NULL;
    while (e && n)
        e = model_kid(e->type, (const char *)path[--n]->name);
    return e;
}

const ProjectField *model_field(const Model *m, const char *element, const char *attribute)
{
    if (!attribute)
        return lookup(m->merged, element);
    char key[2 * XML_NAME + 2];
    size_t n = strlen(element), k = strlen(attribute);
    if (n > XML_NAME || k > XML_NAME)
        return NULL;
    memcpy(key, element, n);
    key[n] = ' ';
    memcpy(key + n + 1, attribute, k);
    return map_get(m->merged, key, n + 1 + k);
}

bool model_knows(const Model *m, const char *element)
{
    return lookup(m->names, element) != NULL;
}

bool model_marks_ids(const Model *m)
{
    return m->ids;
}

bool model_marks_personal(const Model *m)
{
    return m->personal;
}

void model_kid_names(const Model *m, const ModelType *t, Buf *out)
{
    const char *separator = "";
    if (!t)
        t = &m->top;
    for (int i = 0; i < CHAIN && t; i++, t = t->base)
        for (size_t k = 0; k < t->kid_names.n; k++, separator = ", ") {
            buf_str(out, separator);
            buf_str(out, t->kid_names.p[k]);
        }
}

static const char *nearest(const char *const *names, size_t n, const char *name, int *best,
                           const char *found)
{
    for (size_t i = 0; i < n; i++) {
        int distance = near_distance(names[i], name);
        if (distance < *best) {
            *best = distance;
            found = names[i];
        }
    }
    return found;
}

const char *model_near_kid(const Model *m, const ModelType *t, const char *name)
{
    int best = NEAR_MOST + 1;
    const char *found = NULL;
    if (!t)
        t = &m->top;
    for (int i = 0; i < CHAIN && t; i++, t = t->base)
        found = nearest(t->kid_names.p, t->kid_names.n, name, &best, found);
    return found;
}

const char *model_near_attribute(const ModelType *t, const char *name)
{
    int best = NEAR_MOST + 1;
    const char *found = NULL;
    for (int i = 0; i < CHAIN && t; i++, t = t->base)
        found = nearest(t->attribute_names.p, t->attribute_names.n, name, &best, found);
    return found;
}

const char *model_type_text(const Model *m, const char *type, Lang lang)
{
    const xmlNode *def = lookup(m->simple, type), *a = def ? child(def, "annotation") : NULL;
    const char *any = NULL;
    for (const xmlNode *n = a ? a->children : NULL; n; n = n->next) {
        if (!is(n, "documentation") || !n->children || !n->children->content)
            continue;
        xmlChar *l = xmlNodeGetLang(n);
        bool fits = l && str_starts((const char *)l, lang == LANG_PL ? "pl" : "en");
        xmlFree(l);
        any = (const char *)n->children->content;
        if (fits)
            return any;
    }
    return any;
}
