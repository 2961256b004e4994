/* SPDX-License-Identifier: MIT */
/* Which automatic styles a part of the document uses, directly or through one another. */
#include "internal.h"

#include <string.h>

void odf_use_open(OdfUse *u, Arena *a, const OdfNode *container)
{
    size_t n = container ? container->n_kid : 0;
    u->container = container;
    u->first = map_new(a);
    u->next = ARENA_ARRAY(a, uint32_t, n);
    u->used = ARENA_ARRAY(a, bool, n);
    u->queue = ARENA_ARRAY(a, uint32_t, n);
    u->n_queue = 0;
    for (size_t i = n; i--; ) {
        const OdfNode *k = container->kid[i];
        const char *name = k->name == ODF_CHARACTERS ? NULL : odf_attr(k, ODF_STYLE_NAME);
        if (!name)
            continue;
        u->next[i] = (uint32_t)(uintptr_t)map_get(u->first, name, strlen(name));
        map_put(u->first, name, strlen(name), (void *)(uintptr_t)(i + 1));
    }
}

void odf_use_clear(OdfUse *u)
{
    if (u->container)
        memset(u->used, 0, u->container->n_kid * sizeof *u->used);
}

static void enlist(OdfUse *u, const char *name)
{
    uint32_t i = (uint32_t)(uintptr_t)map_get(u->first, name, strlen(name));
    if (i && u->used[i - 1])            /* then all of that name are */
        return;
    for (; i; i = u->next[i - 1]) {
        u->used[i - 1] = true;
        u->queue[u->n_queue++] = i - 1;
    }
}

static void enlist_inside(OdfUse *u, const OdfNode *n, int depth)
{
    if (n->name == ODF_CHARACTERS || depth == ODF_DEPTH)
        return;
    for (size_t i = 0; i < n->n_attr; i++)
        if (odf_name_info(n->attr[i].name)->style_reference)
            enlist(u, n->attr[i].value);
    for (size_t i = 0; i < n->n_kid; i++)
        enlist_inside(u, n->kid[i], depth + 1);
}

/* Styles of all families share the names here: one too many is kept rather than one lost. */
void odf_use_mark(OdfUse *u, const char *name)
{
    enlist(u, name);
    while (u->n_queue)
        enlist_inside(u, u->container->kid[u->queue[--u->n_queue]], 0);
}
