/* SPDX-License-Identifier: MIT */
/* The order in which records are made: that of the data, or of a key (--sort). */
#include "internal.h"

#include <libxml/xpathInternals.h>
#include <string.h>

static bool report(Diags *d, const ExprError *error)
{
    Place here = { .label = "--sort" };
    expr_report(d, error, &here);
    return false;
}

/* What follows the expression: nothing, or "desc". */
static bool read_direction(const char *rest, bool *descending)
{
    size_t n = strlen(rest);
    while (n && rest[n - 1] == ' ')
        n--;
    *descending = n == 4 && !memcmp(rest, "desc", 4);
    return *descending || !n;
}

/* Sorting is that of {{#each ... sort KEY}}, which gives nodes: their numbers are looked up. */
static void number_nodes(const Job *job, const ExprList *sorted, uint32_t *order)
{
    Arena *a = arena_new();
    Map *index = map_new(a);
    for (size_t i = 0; i < job->records.n; i++) {
        xmlNode *node = job->records.item[i].node;
        map_put(index, (const char *)&node, sizeof node, (void *)(uintptr_t)i);
    }
    for (size_t i = 0; i < sorted->n; i++) {
        xmlNode *node = sorted->item[i].node;
        order[i] = (uint32_t)(uintptr_t)map_get(index, (const char *)&node, sizeof node);
    }
    arena_free(a);
}

bool order_records(Job *job, const char *sort, uint32_t *order, Diags *d)
{
    for (size_t i = 0; i < job->records.n; i++)
        order[i] = (uint32_t)i;
    if (!sort)
        return true;
    ExprError error = {0};
    ExprSort by = {0};
    size_t used = 0;
    Expr *key = expr_compile(job->env, sort, strlen(sort), &used, &error);
    if (!key)
        return report(d, &error);
    by.key = key;
    bool good = read_direction(sort + used, &by.descending);
    if (!good) {
        Place here = { .label = "--sort" };
        diag_add(d, DIAG_batch_sort, &here, (char *)NULL);
    } else {
        ExprList sorted = {0};
        xmlNodeSet *nodes = xmlXPathNodeSetCreate(NULL);
        for (size_t i = 0; nodes && i < job->records.n; i++)
            xmlXPathNodeSetAddUnique(nodes, job->records.item[i].node);
        good = expr_list(job->env, nodes, NULL, &by, 1, &sorted, &error);
        if (!good)
            report(d, &error);
        else if (sorted.n == job->records.n)
            number_nodes(job, &sorted, order);
        expr_list_free(&sorted);
        xmlXPathFreeNodeSet(nodes);
    }
    expr_free(key);
    return good;
}
