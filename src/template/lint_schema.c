/* SPDX-License-Identifier: MIT */
/* Which names stand in which: an XSD read for the paths that it allows.  Elements of one name are
 * taken together, so that what is found wrong is wrong for each of them. */
#include "lint_internal.h"

#include "xml/xml.h"

#include <stdlib.h>
#include <string.h>

#define XSD "http://www.w3.org/2001/XMLSchema"

enum { GROUPS = 16 };           /* groups in groups, bases of bases */

typedef struct { Fact *fact; const xmlNode *type; } Todo;

typedef struct {
    Facts *f;
    const xmlNode *schema;
    Map *done;                  /* "name address of type" */
    VEC(Todo) todo;
} Reader;

/* ---- the XSD's tree ---- */

static bool is(const xmlNode *n, const char *local)
{
    return xml_is(n, XSD, local);
}

static const xmlNode *child(const xmlNode *n, const char *local)
{
    return xml_child(n, XSD, local);
}

static const char *local_part(const char *qname)
{
    const char *colon = strchr(qname, ':');
    return colon ? colon + 1 : qname;
}

/* A declaration of the schema's top level by its kind and qualified name. */
static const xmlNode *declared(const Reader *r, const char *kind, const char *qname)
{
    for (const xmlNode *n = r->schema->children; qname && n; n = n->next)
        if (is(n, kind) && str_equal(xml_attr(n, "name"), local_part(qname)))
            return n;
    return NULL;
}

static bool of_xsd(const xmlNode *at, const char *qname)
{
    const char *colon = strchr(qname, ':');
    char prefix[64] = "";
    if (colon && colon - qname < (int)sizeof prefix)
        memcpy(prefix, qname, (size_t)(colon - qname));
    const xmlNs *ns = xmlSearchNs(at->doc, (xmlNode *)(uintptr_t)at,
                                  colon ? (const xmlChar *)prefix : NULL);
    return ns && str_equal((const char *)ns->href, XSD);
}

/* ---- facts ---- */

static Fact *fact_of(Facts *f, const char *name)
{
    Fact *k = map_get(f->names, name, strlen(name));
    if (k)
        return k;
    k = ARENA_NEW(f->arena, Fact);
    k->name = name;
    map_put(f->names, name, strlen(name), k);
    vec_push(&f->all, k);
    return k;
}

static void add_kid(Fact *f, Fact *kid, bool optional)
{
    for (size_t i = 0; i < f->kid.n; i++) {
        if (f->kid.p[i].fact == kid) {
            f->kid.p[i].optional |= optional;
            return;
        }
    }
    vec_push(&f->kid, (FactKid){ kid, optional });
    vec_push(&kid->parent, f);
}

static void add_attribute(Fact *f, const xmlNode *n)
{
    const char *ref = xml_attr(n, "ref"), *name = ref ? local_part(ref) : xml_attr(n, "name");
    if (name && !fact_has_attribute(f, name) && !str_equal(xml_attr(n, "use"), "prohibited"))
        vec_push(&f->attribute, name);
}

/* The type of an element is read later, once for each name and type. */
static void plan_type(Reader *r, Fact *f, const xmlNode *declaration)
{
    const char *name = xml_attr(declaration, "type");
    const xmlNode *type = child(declaration, "complexType");
    bool simple = child(declaration, "simpleType") != NULL;
    if (!type && name) {
        type = declared(r, "complexType", name);
        simple = of_xsd(declaration, name) ? !str_equal(local_part(name), "anyType")
                                           : declared(r, "simpleType", name) != NULL;
    }
    f->open |= !type && !simple;
    Buf key = { 0 };
    buf_format(&key, "%s %p", f->name, (const void *)type);
    if (type && !map_get(r->done, key.p, key.n)) {
        map_put(r->done, key.p, key.n, f);
        vec_push(&r->todo, (Todo){ f, type });
    }
    buf_free(&key);
}

static bool may_miss(const xmlNode *n)
{
    return str_equal(xml_attr(n, "minOccurs"), "0");
}

static void add_element(Reader *r, Fact *f, const xmlNode *n, bool optional)
{
    const char *ref = xml_attr(n, "ref"), *name = ref ? local_part(ref) : xml_attr(n, "name");
    if (!name)
        return;
    Fact *kid = fact_of(r->f, name);
    add_kid(f, kid, optional || may_miss(n));
    if (!ref)
        plan_type(r, kid, n);
}

static void read_content(Reader *r, Fact *f, const xmlNode *at, bool optional, int depth);

static void read_reference(Reader *r, Fact *f, const xmlNode *n, const char *kind,
                           const char *name, bool optional, int depth)
{
    const xmlNode *to = declared(r, kind, name);
    if (to && depth < GROUPS)
        read_content(r, f, to, optional, depth + 1);
    else
        f->open |= !of_xsd(n, name);
}

/* What stands in a type or group: depth is bounded by that of the XML. */
static void read_content(Reader *r, Fact *f, const xmlNode *at, bool optional, int depth)
{
    for (const xmlNode *n = at->children; n; n = n->next) {
        if (n->type != XML_ELEMENT_NODE)
            continue;
        const char *ref = xml_attr(n, "ref"), *base = xml_attr(n, "base");
        if (is(n, "element"))
            add_element(r, f, n, optional);
        else if (is(n, "attribute"))
            add_attribute(f, n);
        else if (is(n, "any") || is(n, "anyAttribute"))
            f->open = true;
        else if (is(n, "attributeGroup") && ref)
            read_reference(r, f, n, "attributeGroup", ref, optional, depth);
        else if (is(n, "group") && ref)
            read_reference(r, f, n, "group", ref, optional || may_miss(n), depth);
        else if (is(n, "choice"))
            read_content(r, f, n, true, depth);
        else if (is(n, "sequence") || is(n, "all"))
            read_content(r, f, n, optional || may_miss(n), depth);
        else if (is(n, "complexContent") || is(n, "simpleContent") || is(n, "restriction"))
            read_content(r, f, n, optional, depth);
        else if (is(n, "extension")) {
            if (base && !declared(r, "simpleType", base))
                read_reference(r, f, n, "complexType", base, optional, depth);
            read_content(r, f, n, optional, depth);
        }
    }
}

static void read_schema(Facts *f)
{
    Reader r = { .f = f, .schema = xml_root(f->xsd), .done = map_new(f->arena) };
    for (const xmlNode *n = r.schema->children; n; n = n->next) {
        const char *name = is(n, "element") ? xml_attr(n, "name") : NULL;
        if (!name)
            continue;
        Fact *k = fact_of(f, name);
        k->root = true;
        f->open |= xml_attr(n, "substitutionGroup") != NULL;
        plan_type(&r, k, n);
    }
    for (size_t i = 0; i < r.todo.n; i++)
        read_content(&r, r.todo.p[i].fact, r.todo.p[i].type, false, 0);
    for (size_t i = 0; i < f->all.n; i++)
        f->wild |= f->all.p[i]->open;
    vec_free(&r.todo);
}

Facts *facts_open(const LintOptions *o, Diags *d)
{
    size_t len;
    if (!o->schema || str_equal(o->schema_file, "none"))
        return NULL;
    const char *ours = project_schema_text(&len);
    XmlDoc *xsd = o->schema_file ? xml_load(o->schema_file, d)
                                 : xml_parse("project.xsd", mem_dup(ours, len), len, d);
    if (!xsd)
        return NULL;
    Arena *a = arena_new();
    Facts *f = ARENA_NEW(a, Facts);
    f->arena = a;
    f->schema = o->schema;
    f->xsd = xsd;
    f->names = map_new(a);
    read_schema(f);
    return f;
}

void facts_free(Facts *f)
{
    if (!f)
        return;
    for (size_t i = 0; i < f->all.n; i++) {
        vec_free(&f->all.p[i]->kid);
        vec_free(&f->all.p[i]->parent);
        vec_free(&f->all.p[i]->attribute);
    }
    vec_free(&f->all);
    xml_free(f->xsd);
    arena_free(f->arena);
}

/* ---- asking ---- */

const Fact *facts_find(const Facts *f, const char *name)
{
    return f ? map_get(f->names, name, strlen(name)) : NULL;
}

const FactKid *fact_kid(const Fact *f, const char *name)
{
    for (size_t i = 0; i < f->kid.n; i++)
        if (!strcmp(f->kid.p[i].fact->name, name))
            return &f->kid.p[i];
    return NULL;
}

bool fact_has_attribute(const Fact *f, const char *name)
{
    for (size_t i = 0; i < f->attribute.n; i++)
        if (!strcmp(f->attribute.p[i], name))
            return true;
    return false;
}
