/* SPDX-License-Identifier: MIT */
/* Functions of nodes: defaults, references, distinct values, groups, what the source states. */
#include "internal.h"

#include <libxml/xpathInternals.h>
#include <string.h>

static void add_node(xmlNodeSet *set, xmlNode *node)
{
    if (xmlXPathNodeSetAddUnique(set, node))
        mem_fail();
}

/* The value itself, so that it can be a date or an amount, unless it is missing or blank. */
void fn_default(ExprCall *c)
{
    size_t len;
    arg_trimmed(c, 0, &len);
    int i = len == 0;
    c->result = c->arg[i];
    c->arg[i] = NULL;
}

/* ---- references ---- */

typedef struct {
    ExprCall *call;
    xmlNodeSet *found;
    Map *seen;                  /* of ids; the value is not used */
} References;

static bool add_reference(References *r, const char *id, size_t len)
{
    ExprEnv *e = r->call->env;
    const char *name = arena_dup(e->scratch, id, len);
    if (map_get(r->seen, id, len))
        return true;
    xmlNode *node = e->find ? e->find(e->find_data, name) : NULL;
    if (!node) {
        env_fail(e, DIAG_expr_ref, r->call->function->name, name, NULL);
        return false;
    }
    map_put(r->seen, id, len, node);
    add_node(r->found, node);
    return true;
}

/* The ids of one text, which may be a list (xs:IDREFS). */
static bool add_references(References *r, const char *s)
{
    static const char space[] = " \t\r\n";
    for (s += strspn(s, space); *s; s += strspn(s, space)) {
        size_t len = strcspn(s, space);
        if (!add_reference(r, s, len))
            return false;
        s += len;
    }
    return true;
}

void fn_ref(ExprCall *c)
{
    References r = { c, xmlXPathNodeSetCreate(NULL), map_new(c->env->scratch) };
    bool good = true;
    if (c->arg[0]->type == XPATH_NODESET) {
        xmlNodeSet *nodes = arg_nodes(c, 0);
        for (int i = 0; good && i < nodes->nodeNr; i++) {
            good = add_references(&r, node_text(c->env, nodes->nodeTab[i]));
            if (!good)
                c->env->now.error->node = nodes->nodeTab[i];
        }
    } else {
        good = add_references(&r, arg_text(c, 0));
    }
    give_nodes(c, r.found);
}

/* ---- sets ---- */

void fn_distinct(ExprCall *c)
{
    xmlNodeSet *nodes = arg_nodes(c, 0);
    if (!nodes)
        return;
    xmlNodeSet *found = xmlXPathNodeSetCreate(NULL);
    Map *seen = map_new(c->env->scratch);
    for (int i = 0; i < nodes->nodeNr; i++) {
        const char *text = node_text(c->env, nodes->nodeTab[i]);
        size_t len = strlen(text);
        if (map_get(seen, text, len))
            continue;
        map_put(seen, text, len, nodes->nodeTab[i]);
        add_node(found, nodes->nodeTab[i]);
    }
    give_nodes(c, found);
}

void fn_group(ExprCall *c)
{
    if (!c->env->group) {
        env_fail(c->env, DIAG_expr_group, NULL, NULL, NULL);
        return;
    }
    xmlNodeSet *copy = xmlXPathNodeSetCreate(NULL);
    for (int i = 0; i < c->env->group->nodeNr; i++)
        add_node(copy, c->env->group->nodeTab[i]);
    give_nodes(c, copy);
}

/* ---- what was not invented ---- */

static const char *attribute(const xmlNode *element, const char *name)
{
    const xmlAttr *a = xmlHasProp((xmlNode *)element, (const xmlChar *)name);
    return a && a->children && a->children->content ? (const char *)a->children->content : "";
}

static bool names(const char *list, const char *name)
{
    static const char space[] = " \t\r\n";
    size_t n = strlen(name);
    for (list += strspn(list, space); *list; list += strspn(list, space)) {
        size_t len = strcspn(list, space);
        if (len == n && !memcmp(list, name, n))
            return true;
        list += len;
    }
    return false;
}

/* origin="invented" covers an element and all inside; `invented` names attributes of its own. */
static bool is_invented(const xmlNode *node)
{
    if (node->type == XML_ATTRIBUTE_NODE &&
        names(attribute(node->parent, "invented"), (const char *)node->name))
        return true;
    for (const xmlNode *n = node; n; n = n->parent)
        if (n->type == XML_ELEMENT_NODE && !strcmp(attribute(n, "origin"), "invented"))
            return true;
    return false;
}

void fn_stated(ExprCall *c)
{
    xmlNodeSet *nodes = arg_nodes(c, 0);
    if (!nodes)
        return;
    xmlNodeSet *found = xmlXPathNodeSetCreate(NULL);
    for (int i = 0; i < nodes->nodeNr; i++)
        if (nodes->nodeTab[i]->type != XML_NAMESPACE_DECL && !is_invented(nodes->nodeTab[i]))
            add_node(found, nodes->nodeTab[i]);
    give_nodes(c, found);
}
