/* SPDX-License-Identifier: MIT */
/* Goes through a description with the declarations of its elements beside it. */
#include "internal.h"

/* The declaration of an element under a parent's.  Mostly it is that of the sibling before: names
 * of a tree are kept once, so pointers tell them apart. */
static const ModelElement *declaration(const ModelElement *parent, const xmlNode *n,
                                       const ModelElement *before, const xmlChar *name)
{
    if (!parent || n->name == name)
        return parent ? before : NULL;
    return model_kid(parent->type, (const char *)n->name);
}

void model_walk(const Model *m, xmlNode *root, ModelVisit *visit, void *data)
{
    const ModelElement *declared[XML_DEPTH + 2], *before = NULL;
    const xmlChar *name = NULL;         /* of the sibling before */
    int depth = 0;
    declared[0] = model_root(m, (const char *)root->name);
    if (!visit(data, root, declared[0], NULL))
        return;
    for (xmlNode *n = root->children, *next; n; n = next) {
        xmlNode *up = n->parent;
        next = n->next;
        if (n->type == XML_ELEMENT_NODE) {
            const ModelElement *parent = declared[depth];
            const ModelElement *e = declaration(parent, n, before, name);
            before = e;
            name = n->name;
            if (visit(data, n, e, parent) && n->children) {
                declared[++depth] = e;          /* the parser refuses what is deeper */
                next = n->children;
                name = NULL;
            }
        }
        while (!next && up != root) {           /* up from the last child */
            next = up->next;
            before = declared[depth];
            name = up->name;
            up = up->parent;
            depth--;
        }
    }
}
