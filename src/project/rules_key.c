/* SPDX-License-Identifier: MIT */
/* xsl:key: nodes by the string of an expression, hashed in one walk before the rules run. */
#include "rules_internal.h"

#include <stdlib.h>
#include <string.h>

struct KeyTable {
    KeyGroup **slot;
    size_t slots, n;
};

static uint64_t hash(const char *s)
{
    uint64_t h = UINT64_C(14695981039346656037);
    for (; *s; s++)
        h = (h ^ (unsigned char)*s) * UINT64_C(1099511628211);
    return h ^ h >> 29;
}

static KeyGroup *look_up(const KeyTable *t, const char *value)
{
    uint64_t h = hash(value);
    KeyGroup *g = t->slots ? t->slot[h & (t->slots - 1)] : NULL;
    while (g && (g->hash != h || strcmp(g->value, value)))
        g = g->next;
    return g;
}

static void grow(KeyTable *t)
{
    size_t slots = t->slots ? t->slots * 2 : 64;
    KeyGroup **slot = mem_new(slots * sizeof *slot);
    for (size_t i = 0; i < t->slots; i++)
        for (KeyGroup *g = t->slot[i], *next; g; g = next) {
            size_t at = g->hash & (slots - 1);
            next = g->next;
            g->next = slot[at];
            slot[at] = g;
        }
    free(t->slot);
    t->slot = slot;
    t->slots = slots;
}

xmlNode *key_node(const KeyGroup *g, size_t i)
{
    return g->cap ? g->node.many[i] : g->node.one;
}

/* Most values have one node: that takes no room of its own. */
static void append(KeyGroup *g, xmlNode *node)
{
    if (!g->n) {
        g->node.one = node;
    } else if (g->n >= g->cap) {
        uint32_t cap = g->cap ? g->cap * 2 : 4;
        xmlNode *first = g->cap ? NULL : g->node.one;
        g->node.many = mem_grow(g->cap ? g->node.many : NULL, cap * sizeof *g->node.many);
        if (first)
            g->node.many[0] = first;
        g->cap = cap;
    }
    if (g->n)
        g->node.many[g->n] = node;
    g->n++;
}

/* value is kept, not copied. */
static void add(Run *r, KeyTable *t, const char *value, xmlNode *node)
{
    KeyGroup *g = look_up(t, value);
    if (!g) {
        if (t->n >= t->slots)
            grow(t);
        g = ARENA_NEW(r->arena, KeyGroup);
        g->value = value;
        g->hash = hash(value);
        size_t at = g->hash & (t->slots - 1);
        g->next = t->slot[at];
        t->slot[at] = g;
        t->n++;
    }
    if (!g->n || key_node(g, g->n - 1) != node)
        append(g, node);
}

/* The text of an attribute of the tree lives as long as the run. */
static bool add_quickly(Run *r, const Key *k, KeyTable *t, xmlNode *node)
{
    Value v = k->quick ? operand_value(r, k->quick, node) : (Value){0};
    const char *text = v.kind == VALUE_TEXT ? v.text : v.kind == VALUE_SMALL ? v.small : "";
    if (*text) {
        const KeyGroup *known = look_up(t, text);
        add(r, t, known ? known->value : arena_str(r->arena, text), node);
    }
    for (size_t i = 0; v.kind == VALUE_NODES && i < v.n; i++)
        add(r, t, node_value(r, v.node[i]), node);
    return v.kind == VALUE_TEXT || v.kind == VALUE_SMALL || (v.kind == VALUE_NODES && !v.many);
}

static void add_values(Run *r, const Key *k, KeyTable *t, xmlNode *node)
{
    r->current = node;
    if (add_quickly(r, k, t, node))
        return;
    xmlXPathObject *o = run_eval(r, k->use, node);
    if (o && o->type == XPATH_NODESET) {
        for (int i = 0; o->nodesetval && i < o->nodesetval->nodeNr; i++)
            add(r, t, arena_str(r->arena, node_value(r, o->nodesetval->nodeTab[i])), node);
    } else if (o) {
        const char *value = argument_text(r, o);
        if (*value)
            add(r, t, arena_str(r->arena, value), node);
    }
    xmlXPathFreeObject(o);
}

static const Match *key_match(const void *data, size_t i)
{
    return &((const ProjectRules *)data)->keys.p[i].match;
}

static void add_node(Run *r, const Candidates *c, xmlNode *node)
{
    const Key *keys = r->rules->keys.p;
    for (size_t i = 0; c && i < c->n; i++)
        if (match_fits(r, c->p[i].match, node))     /* its predicates ask no key */
            add_values(r, &keys[c->p[i].item], &r->keys[c->p[i].item], node);
}

size_t key_number(const ProjectRules *r, const RulesFile *file, const char *name, size_t len)
{
    size_t found = r->keys.n;
    for (size_t i = 0; i < r->keys.n; i++) {
        const Key *k = &r->keys.p[i];
        if (strlen(k->name) == len && !memcmp(k->name, name, len) &&
            (found == r->keys.n || k->file == file))
            found = i;
    }
    return found;
}

void keys_build(Run *r)
{
    size_t n = r->rules->keys.n;
    if (!n)
        return;
    const Index *index = index_new(r->arena, n, key_match, r->rules);
    r->keys = mem_new(n * sizeof *r->keys);
    for (xmlNode *e = project_root(r->p); e; e = walk_next(e)) {
        add_node(r, index->any, e);
        add_node(r, index_find(index, e), e);
        for (xmlAttr *a = map_count(index->attributes) ? e->properties : NULL; a; a = a->next)
            add_node(r, index_find(index, (xmlNode *)a), (xmlNode *)a);
    }
}

const KeyGroup *key_look_up(const Run *r, size_t key, const char *value)
{
    return look_up(&r->keys[key], value);
}

const KeyGroup *key_find(const Run *r, const char *name, const char *value)
{
    size_t i = key_number(r->rules, r->file, name, strlen(name));
    return i < r->rules->keys.n ? look_up(&r->keys[i], value) : NULL;
}

void keys_free(Run *r)
{
    for (size_t i = 0; r->keys && i < r->rules->keys.n; i++) {
        for (size_t s = 0; s < r->keys[i].slots; s++)
            for (KeyGroup *g = r->keys[i].slot[s]; g; g = g->next)
                if (g->cap)
                    free(g->node.many);
        free(r->keys[i].slot);
    }
    free(r->keys);
}
