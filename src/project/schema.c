/* SPDX-License-Identifier: MIT */
/* Opens a schema: compiled for libxml2, and read for what libxml2 does not tell. */
#include "internal.h"

#include <stdlib.h>
#include <string.h>

typedef struct { XmlDoc *xsd; Diags *d; size_t found; } Parse;

/* A schema's text is no personal data: libxml2's own words may stand. */
static void on_error(void *data, xmlErrorPtr e)
{
    Parse *p = data;
    if (e->level < XML_ERR_ERROR || !p->d || p->found++)
        return;
    const xmlNode *at = e->node ? e->node : xml_root(p->xsd);
    Place place = xml_place(p->xsd, at);
    char *text = mem_dup(e->message ? e->message : "", e->message ? strlen(e->message) : 0);
    text[strcspn(text, "\n")] = 0;
    diag_add(p->d, DIAG_schema_bad, &place, text, (char *)NULL);
    free(text);
}

/* Compiles a tree, which must live as long as the result; d NULL: in silence. */
static xmlSchema *compile(XmlDoc *xsd, xmlDoc *tree, Diags *d)
{
    Parse p = { xsd, d, 0 };
    xmlSchemaParserCtxt *c = xmlSchemaNewDocParserCtxt(tree);
    if (!c)
        mem_fail();
    xmlSchemaSetParserStructuredErrors(c, on_error, &p);
    xmlSchema *s = xmlSchemaParse(c);
    xmlSchemaFreeParserCtxt(c);
    if (!s && d && !p.found)
        diag_add(d, DIAG_schema_bad, &(Place){ .file = xml_name(xsd) }, "?", (char *)NULL);
    return s;
}

/* libxml2 would open what these name, from the net too. */
static bool alone(XmlDoc *xsd, Diags *d)
{
    bool good = true;
    for (const xmlNode *n = xml_root(xsd)->children; n; n = n->next) {
        const char *name = n->type == XML_ELEMENT_NODE ? (const char *)n->name : "";
        if (!str_equal(name, "include") && !str_equal(name, "import") &&
            !str_equal(name, "redefine"))
            continue;
        Place place = xml_place(xsd, n);
        diag_add(d, DIAG_schema_include, &place, name, (char *)NULL);
        good = false;
    }
    return good;
}

static XmlDoc *load(const char *file, Diags *d)
{
    size_t len;
    if (file)
        return xml_load(file, d);
    const char *text = project_schema_text(&len);
    return xml_parse("project.xsd", mem_dup(text, len), len, d);
}

ProjectSchema *project_schema_open(const char *file, Diags *d)
{
    ProjectSchema *s = mem_new(sizeof *s);
    s->arena = arena_new();
    if (str_equal(file, "none"))
        return s;
    s->xsd = load(file, d);
    if (s->xsd && alone(s->xsd, d))
        s->strict = compile(s->xsd, xml_tree(s->xsd), d);
    if (s->strict) {
        s->model = model_new(s->arena, xml_root(s->xsd));
        return s;
    }
    project_schema_free(s);
    return NULL;
}

void project_schema_free(ProjectSchema *s)
{
    if (!s)
        return;
    xmlSchemaFree(s->strict);
    xmlSchemaFree(s->loose);
    xmlFreeDoc(s->loose_tree);
    xml_free(s->xsd);
    arena_free(s->arena);
    free(s);
}

/* ---- the loose schema ----
 * After the first child that is out of order, libxml2 looks at none of its siblings.  In a schema
 * whose groups let their members stand in any order and number, it looks at all. */

static bool group(const xmlNode *n)
{
    const char *name = (const char *)n->name;
    return str_equal(name, "sequence") || str_equal(name, "all") || str_equal(name, "choice");
}

static void loosen(xmlNode *n)
{
    if (!group(n))
        return;
    xmlNodeSetName(n, BAD_CAST "choice");
    xmlSetProp(n, BAD_CAST "minOccurs", BAD_CAST "0");
    xmlSetProp(n, BAD_CAST "maxOccurs", BAD_CAST "unbounded");
    for (xmlNode *k = n->children; k; k = k->next)
        if (k->type == XML_ELEMENT_NODE) {
            xmlUnsetProp(k, BAD_CAST "minOccurs");
            xmlUnsetProp(k, BAD_CAST "maxOccurs");
        }
}

static xmlNode *next_node(xmlNode *n)
{
    if (n->children)
        return n->children;
    while (n && !n->next)
        n = n->parent && n->parent->type == XML_ELEMENT_NODE ? n->parent : NULL;
    return n ? n->next : NULL;
}

xmlSchema *project_schema_loose(ProjectSchema *s)
{
    if (s->loose_tried)
        return s->loose;
    s->loose_tried = true;
    xmlDoc *copy = xmlCopyDoc(xml_tree(s->xsd), 1);
    if (!copy)
        mem_fail();
    for (xmlNode *n = xmlDocGetRootElement(copy); n; n = next_node(n))
        if (n->type == XML_ELEMENT_NODE)
            loosen(n);
    s->loose = compile(s->xsd, copy, NULL);
    s->loose_tree = copy;
    return s->loose;
}

/* ---- asking ---- */

const ProjectField *project_schema_field(const ProjectSchema *s, const char *element,
                                         const char *attribute)
{
    return s->model ? model_field(s->model, element, attribute) : NULL;
}

bool project_schema_knows(const ProjectSchema *s, const char *element)
{
    return s->model && model_knows(s->model, element);
}
