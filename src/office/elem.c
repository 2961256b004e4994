/* SPDX-License-Identifier: MIT */
/* Walking a description. */
#include "internal.h"

#include <string.h>

bool elem_is(const xmlNode *n, const char *name)
{
    return n && n->type == XML_ELEMENT_NODE && (!name || !strcmp((const char *)n->name, name));
}

static xmlNode *from(xmlNode *n, const char *name)
{
    while (n && !elem_is(n, name))
        n = n->next;
    return n;
}

xmlNode *elem_first(const xmlNode *parent, const char *name)
{
    return parent ? from(parent->children, name) : NULL;
}

xmlNode *elem_next(const xmlNode *n, const char *name)
{
    return from(n->next, name);
}

xmlNode *elem_last(const xmlNode *parent, const char *name)
{
    xmlNode *n = parent ? parent->last : NULL;
    while (n && !elem_is(n, name))
        n = n->prev;
    return n;
}

const char *elem_attr(const xmlNode *n, const char *name)
{
    const char *v = n ? xml_attr(n, name) : NULL;
    return v ? v : "";
}

char *elem_text(const xmlNode *n, Arena *a)
{
    Buf b = {0};
    for (const xmlNode *k = n ? n->children : NULL; k; k = k->next) {
        if (k->type != XML_TEXT_NODE)
            continue;
        const char *s = (const char *)k->content;
        for (s += strspn(s, " \t\r\n"); *s; s += strspn(s, " \t\r\n")) {
            size_t len = strcspn(s, " \t\r\n");
            if (b.n)
                buf_chr(&b, ' ');
            buf_put(&b, s, len);
            s += len;
        }
    }
    char *r = arena_dup(a, b.p ? b.p : "", b.n);
    buf_free(&b);
    return r;
}

xmlNode *elem_walk(const xmlNode *n, const xmlNode *root)
{
    xmlNode *kid = elem_first(n, NULL);
    return kid ? kid : elem_skip(n, root);
}

xmlNode *elem_skip(const xmlNode *n, const xmlNode *root)
{
    while (n && n != root) {
        xmlNode *next = elem_next(n, NULL);
        if (next)
            return next;
        n = n->parent;
    }
    return NULL;
}
