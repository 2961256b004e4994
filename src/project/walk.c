/* SPDX-License-Identifier: MIT */
/* Goes through a description with the declarations of its elements beside it. */
#include "internal.h"

void model_walk(const Model *m, xmlNode *root, ModelVisit *visit, void *data)
{
    const ModelElement *declared[XML_DEPTH + 2];
    int depth = 0;
    declared[0] = model_root(m, (const char *)root->name);
    if (!visit(data, root, declared[0], NULL))
        return;
    for (xmlNode *n = root->children, *next; n; n = next) {
        xmlNode *up = n->parent;
        next = n->next;
        if (n->type == XML_ELEMENT_NODE) {
            const ModelElement *parent = declared[depth];
            const ModelElement *e = parent ? model_kid(parent->type, (const char *)n->name) : NULL;
            if (visit(data, n, e, parent) && n->children) {
                declared[++depth] = e;          /* the parser refuses what is deeper */
                next = n->children;
            }
        }
        while (!next && up != root) {           /* up from the last child */
            next = up->next;
            up = up->parent;
            depth--;
        }
    }
}
