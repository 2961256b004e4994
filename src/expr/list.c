/* SPDX-License-Identifier: MIT */
/* The turns of a loop: groups by a key in linear time, and a stable sort by several keys. */
#include "internal.h"

#include <libxml/xpathInternals.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* One value of a sort key. */
typedef struct {
    const char *text;           /* NULL: missing or blank */
    double number;              /* NaN: not a number */
    uint8_t *weight;            /* ICU's sort key */
} Key;

typedef struct {
    bool numbers;               /* all that are there are numbers */
    bool descending;
} Column;

typedef struct {
    ExprEnv *env;
    Arena *arena;
    const ExprSort *sort;
    size_t nsort;
    Column *column;
    Key *key;                   /* nsort for each item, in the order before sorting */
} Sorter;

/* ---- groups ---- */

/* The text of an evaluated key, NULL when it is missing; frees the value. */
static const char *key_text(Arena *a, xmlXPathObject *v)
{
    const char *text = NULL;
    if (v->type != XPATH_NODESET || !xmlXPathNodeSetIsEmpty(v->nodesetval)) {
        xmlChar *s = xmlXPathCastToString(v);
        text = arena_str(a, s ? (const char *)s : "");
        xmlFree(s);
    }
    xmlXPathFreeObject(v);
    return text;
}

static void add_member(ExprItem *item, xmlNode *node)
{
    if (!item->group)
        item->group = xmlXPathNodeSetCreate(NULL);
    if (!item->group || xmlXPathNodeSetAddUnique(item->group, node))
        mem_fail();
}

static bool make_groups(ExprEnv *e, Arena *a, const xmlNodeSet *nodes, const Expr *group_key,
                        ExprList *out, ExprError *error)
{
    Map *groups = map_new(a);
    for (int i = 0; i < nodes->nodeNr; i++) {
        xmlNode *node = nodes->nodeTab[i];
        xmlXPathObject *v = expr_eval(e, group_key, node, i + 1, nodes->nodeNr, error);
        if (!v)
            return false;
        const char *text = key_text(a, v);
        text = text ? text : "";
        ExprItem *item = map_get(groups, text, strlen(text));
        if (!item) {
            item = &out->item[out->n++];
            item->node = node;
            map_put(groups, text, strlen(text), item);
        }
        add_member(item, node);
    }
    return true;
}

/* ---- sort keys ---- */

static void read_key(Sorter *s, Column *column, xmlXPathObject *v, Key *key)
{
    bool number = v->type == XPATH_NUMBER;
    key->number = number ? v->floatval : 0;
    key->text = key_text(s->arena, v);
    if (key->text && !key->text[strspn(key->text, " \t\r\n")])
        key->text = NULL;
    if (key->text && !number)
        key->number = xmlXPathCastStringToNumber((const xmlChar *)key->text);
    if (key->text && isnan(key->number))
        column->numbers = false;
}

static bool read_keys(Sorter *s, const ExprList *list, ExprError *error)
{
    bool good = true;
    xmlNodeSet *outer = s->env->group;
    for (size_t i = 0; good && i < list->n; i++) {
        const ExprItem *item = &list->item[i];
        if (item->group)
            expr_env_group(s->env, item->group);
        for (size_t k = 0; good && k < s->nsort; k++) {
            xmlXPathObject *v = expr_eval(s->env, s->sort[k].key, item->node, (int)i + 1,
                                          (int)list->n, error);
            good = v != NULL;
            if (v)
                read_key(s, &s->column[k], v, &s->key[i * s->nsort + k]);
        }
    }
    expr_env_group(s->env, outer);
    return good;
}

static uint8_t *weight_of(Arena *a, const UCollator *collator, const char *text)
{
    int32_t len;
    UChar *wide = icu_text(a, text, &len);
    int32_t size = ucol_getSortKey(collator, wide, len, NULL, 0);
    uint8_t *weight = arena_get(a, (size_t)size + 1);
    ucol_getSortKey(collator, wide, len, weight, size);
    return weight;
}

static bool weigh(Sorter *s, size_t n)
{
    for (size_t k = 0; k < s->nsort; k++) {
        UCollator *collator = s->column[k].numbers ? NULL : icu_collator(s->env);
        if (!collator && !s->column[k].numbers)
            return false;
        for (size_t i = 0; collator && i < n; i++) {
            Key *key = &s->key[i * s->nsort + k];
            if (key->text)
                key->weight = weight_of(s->arena, collator, key->text);
        }
    }
    return true;
}

/* ---- sorting ---- */

static int compare_keys(const Column *column, const Key *a, const Key *b)
{
    if (!a->text || !b->text)
        return (a->text != NULL) - (b->text != NULL);
    if (column->numbers)
        return (a->number > b->number) - (a->number < b->number);
    return strcmp((const char *)a->weight, (const char *)b->weight);
}

static int compare(const Sorter *s, size_t a, size_t b)
{
    for (size_t k = 0; k < s->nsort; k++) {
        int r = compare_keys(&s->column[k], &s->key[a * s->nsort + k], &s->key[b * s->nsort + k]);
        if (r)
            return s->column[k].descending ? -r : r;
    }
    return 0;
}

/* A merge sort of indices: stable, which qsort() is not, also when descending. */
static void merge_sort(const Sorter *s, size_t *order, size_t n, size_t *spare)
{
    if (n < 2)
        return;
    size_t half = n / 2, i = 0, j = half, to = 0;
    merge_sort(s, order, half, spare);
    merge_sort(s, order + half, n - half, spare);
    memcpy(spare, order, n * sizeof *spare);
    while (i < half && j < n)
        order[to++] = compare(s, spare[i], spare[j]) <= 0 ? spare[i++] : spare[j++];
    while (i < half)
        order[to++] = spare[i++];
    while (j < n)
        order[to++] = spare[j++];
}

static void reorder(const Sorter *s, ExprList *list)
{
    size_t *order = ARENA_ARRAY(s->arena, size_t, list->n);
    size_t *spare = ARENA_ARRAY(s->arena, size_t, list->n);
    ExprItem *before = ARENA_ARRAY(s->arena, ExprItem, list->n);
    for (size_t i = 0; i < list->n; i++)
        order[i] = i;
    merge_sort(s, order, list->n, spare);
    memcpy(before, list->item, list->n * sizeof *before);
    for (size_t i = 0; i < list->n; i++)
        list->item[i] = before[order[i]];
}

static bool sort_list(ExprEnv *e, Arena *a, const ExprSort *sort, size_t nsort, ExprList *list,
                      ExprError *error)
{
    Sorter s = { e, a, sort, nsort, ARENA_ARRAY(a, Column, nsort),
                 ARENA_ARRAY(a, Key, list->n * nsort) };
    for (size_t k = 0; k < nsort; k++)
        s.column[k] = (Column){ true, sort[k].descending };
    if (!read_keys(&s, list, error))
        return false;
    Pending before = env_begin(e, error, NULL);
    bool good = weigh(&s, list->n);
    env_end(e, before);
    if (good)
        reorder(&s, list);
    return good;
}

/* ---- the list ---- */

bool expr_list(ExprEnv *e, xmlNodeSet *nodes, const Expr *group_key, const ExprSort *sort,
               size_t nsort, ExprList *out, ExprError *error)
{
    *out = (ExprList){ 0 };
    if (xmlXPathNodeSetIsEmpty(nodes))
        return true;
    Arena *a = arena_new();
    bool good = true;
    out->item = mem_new(sizeof *out->item * (size_t)nodes->nodeNr);
    if (group_key)
        good = make_groups(e, a, nodes, group_key, out, error);
    else
        for (int i = 0; i < nodes->nodeNr; i++)
            out->item[out->n++].node = nodes->nodeTab[i];
    if (good && nsort)
        good = sort_list(e, a, sort, nsort, out, error);
    arena_free(a);
    if (!good)
        expr_list_free(out);
    return good;
}

void expr_list_free(ExprList *list)
{
    for (size_t i = 0; i < list->n; i++)
        xmlXPathFreeNodeSet(list->item[i].group);
    free(list->item);
    *list = (ExprList){ 0 };
}

int expr_collate(ExprEnv *e, const char *a, const char *b)
{
    int32_t na, nb;
    UCollator *collator = icu_collator(e);
    if (!collator)
        return strcmp(a, b);
    UChar *wa = icu_text(e->scratch, a, &na), *wb = icu_text(e->scratch, b, &nb);
    UCollationResult r = ucol_strcoll(collator, wa, na, wb, nb);
    arena_reset(e->scratch);
    return r == UCOL_LESS ? -1 : r == UCOL_GREATER;
}
