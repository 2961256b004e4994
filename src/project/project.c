/* SPDX-License-Identifier: MIT */
/* A project description as a whole. */
#include "internal.h"

#include <stdlib.h>
#include <string.h>

/* What the schema does not know is hidden with what it marks: firstNmae="Anna" is still a name. */
static bool mask(void *data, const char *element, const char *attribute)
{
    const Model *m = data;
    const ProjectField *f = model_field(m, element, attribute);
    return f ? f->personal : !attribute || !str_starts(attribute, "xmlns");
}

Project *project_load(const char *path, const ProjectOptions *o, Diags *d)
{
    ProjectSchema *schema = o->schema;
    bool masked = schema->model && model_marks_personal(schema->model);
    XmlDoc *xml = xml_load_masked(path, masked ? mask : NULL, schema->model, d);
    if (!xml)
        return NULL;
    Project *p = mem_new(sizeof *p);
    p->arena = arena_new();
    p->xml = xml;
    p->schema = schema;
    p->ids = map_new(p->arena);
    p->wrong = map_new(p->arena);
    if (schema->model)
        project_validate(p, d);
    project_resolve(p, d);
    return p;
}

void project_free(Project *p)
{
    if (!p)
        return;
    xml_free(p->xml);
    arena_free(p->arena);
    free(p);
}

void project_error(Project *p, const char *names)
{
    p->errors++;
    for (names += strspn(names, ", "); *names; names += strspn(names, ", ")) {
        size_t len = strcspn(names, ", ");
        map_put(p->wrong, names, len, p);
        names += len;
    }
}

size_t project_errors(const Project *p)
{
    return p->errors;
}

XmlDoc *project_xml(const Project *p)
{
    return p->xml;
}

xmlNode *project_root(const Project *p)
{
    return xml_root(p->xml);
}

xmlNode *project_find(const Project *p, const char *id)
{
    return map_get(p->ids, id, strlen(id));
}

size_t project_ids(const Project *p)
{
    return map_count(p->ids);
}

const ProjectField *project_field(const Project *p, const xmlNode *element, const char *attribute)
{
    const ModelElement *e = p->schema->model ? model_find(p->schema->model, element) : NULL;
    if (!e)
        return NULL;
    return attribute ? model_attribute(e->type, attribute) : e->text;
}

bool project_collapses(const Project *p, const xmlNode *node)
{
    const xmlNode *e = node;
    while (e && e->type != XML_ELEMENT_NODE)
        e = e->parent;
    const char *attribute = node->type == XML_ATTRIBUTE_NODE ? (const char *)node->name : NULL;
    const ProjectField *f = e ? project_field(p, e, attribute) : NULL;
    return f && f->collapse;
}

/* The element of a node, and the name of the attribute it is or NULL; NULL: the document. */
static const xmlNode *element_of(const xmlNode *node, const char **attribute)
{
    bool plain = node->type == XML_ATTRIBUTE_NODE && !((const xmlAttr *)node)->ns;
    *attribute = plain ? (const char *)node->name : NULL;
    while (node && node->type != XML_ELEMENT_NODE)
        node = node->parent;
    return node;
}

Place project_place(const Project *p, const xmlNode *node)
{
    const char *attribute;
    const xmlNode *e = element_of(node, &attribute);
    if (!e)
        return (Place){ .file = xml_name(p->xml) };
    return attribute ? xml_attr_place(p->xml, e, attribute) : xml_place(p->xml, e);
}

Place project_spot(const Project *p, const xmlNode *node)
{
    const char *attribute;
    const xmlNode *e = element_of(node, &attribute);
    return e ? xml_spot(p->xml, e, attribute) : (Place){ .file = xml_name(p->xml) };
}
