/* SPDX-License-Identifier: MIT */
/* The schema's own words: which attributes a type has, in order, and their Polish labels. */
#include "internal.h"

#include <string.h>

/* The label is the documentation up to its first full stop that a space or the end follows. */
static const char *label(Arena *a, const xmlNode *n, const char *lang)
{
    const xmlNode *annotation = elem_first(n, "annotation");
    for (const xmlNode *d = elem_first(annotation, "documentation"); d;
         d = elem_next(d, "documentation")) {
        xmlChar *l = xmlGetNsProp(d, BAD_CAST "lang", XML_XML_NAMESPACE);
        bool wanted = l && !strcmp((const char *)l, lang);
        xmlFree(l);
        if (!wanted)
            continue;
        char *text = elem_text(d, a), *stop = strstr(text, ". ");
        size_t len = strlen(text);
        if (!stop && len && text[len - 1] == '.')
            stop = text + len - 1;
        if (stop)
            *stop = 0;
        return text;
    }
    return "";
}

static void read_attribute(SchemaType *t, Arena *a, const xmlNode *x)
{
    SchemaField f = { .name = arena_str(a, elem_attr(x, "name")),
                      .type = arena_str(a, elem_attr(x, "type")),
                      .label = { label(a, x, "en"), label(a, x, "pl") },
                      .required = !strcmp(elem_attr(x, "use"), "required") };
    vec_push(&t->field, f);
}

/* Attributes of a type, or of a group of attributes, below whatever holds them. */
static void read_attributes(Schema *s, SchemaType *t, const xmlNode *root, const xmlNode *type)
{
    for (const xmlNode *n = elem_walk(type, type); n; n = elem_walk(n, type)) {
        if (elem_is(n, "attribute")) {
            read_attribute(t, s->arena, n);
        } else if (elem_is(n, "element")) {
            SchemaChild c = { arena_str(s->arena, elem_attr(n, "name")),
                              arena_str(s->arena, elem_attr(n, "type")),
                              { label(s->arena, n, "en"), label(s->arena, n, "pl") },
                              strcmp(elem_attr(n, "minOccurs"), "0") != 0 };
            vec_push(&t->child, c);
        }
        if (!elem_is(n, "attributeGroup") || !strcmp(elem_attr(n, "ref"), "provenance"))
            continue;
        for (const xmlNode *g = elem_first(root, "attributeGroup"); g;
             g = elem_next(g, "attributeGroup"))
            if (!strcmp(elem_attr(g, "name"), elem_attr(n, "ref")))
                for (const xmlNode *k = elem_first(g, "attribute"); k;
                     k = elem_next(k, "attribute"))
                    read_attribute(t, s->arena, k);
    }
}

bool schema_read(Schema *s, Diags *d)
{
    size_t len;
    const char *text = project_schema_text(&len);
    XmlDoc *x = xml_parse("project.xsd", mem_dup(text, len), len, d);
    if (!x)
        return false;
    s->arena = arena_new();
    s->types = map_new(s->arena);
    for (const xmlNode *n = elem_first(xml_root(x), "complexType"); n;
         n = elem_next(n, "complexType")) {
        SchemaType *t = ARENA_NEW(s->arena, SchemaType);
        t->name = arena_str(s->arena, elem_attr(n, "name"));
        read_attributes(s, t, xml_root(x), n);
        map_put(s->types, t->name, strlen(t->name), t);
        vec_push(&s->all, t);
    }
    /* What all elements have is in no list of headings, but has labels. */
    for (const xmlNode *n = elem_first(xml_root(x), "attributeGroup"); n;
         n = elem_next(n, "attributeGroup")) {
        SchemaType *t = ARENA_NEW(s->arena, SchemaType);
        t->name = arena_str(s->arena, elem_attr(n, "name"));
        read_attributes(s, t, xml_root(x), n);
        map_put(s->types, t->name, strlen(t->name), t);
        vec_push(&s->all, t);
    }
    xml_free(x);
    return true;
}

void schema_free(Schema *s)
{
    for (size_t i = 0; i < s->all.n; i++) {
        vec_free(&s->all.p[i]->field);
        vec_free(&s->all.p[i]->child);
    }
    vec_free(&s->all);
    if (s->arena)
        arena_free(s->arena);
}

const SchemaType *schema_type(const Schema *s, const char *name)
{
    return map_get(s->types, name, strlen(name));
}

const SchemaField *schema_field(const SchemaType *t, const char *name)
{
    for (size_t i = 0; t && i < t->field.n; i++)
        if (!strcmp(t->field.p[i].name, name))
            return &t->field.p[i];
    return NULL;
}
