/* SPDX-License-Identifier: MIT */
/* What an error of a rule stops: the record it is in and the records that refer to that one;
 * an error in no record stops everything.  design.md, What an error stops. */
#include "rules_internal.h"

#include <string.h>

/* Elements that documents are made of and refer to. */
static const char *const records[] = {
    "agreement", "certificate", "class", "completion", "contract", "course", "edition", "event",
    "group", "indicator", "instrument", "member", "organisation", "participant", "path", "photo",
    "report", "result", "support",
};

struct Blocked {
    Map *records;               /* records with an error of their own, by address */
    Map *around;                /* those and all that they are in */
    bool everything;
};

enum { REFERENCES_DEEP = 8, REFERENCES_MOST = 4096 };

static bool is_record(const xmlNode *n)
{
    for (size_t i = 0; i < COUNT(records); i++)
        if (!strcmp(records[i], (const char *)n->name))
            return true;
    return false;
}

static const xmlNode *record_of(const xmlNode *n)
{
    while (n && !(n->type == XML_ELEMENT_NODE && is_record(n)))
        n = n->parent;
    return n;
}

static bool has(const Map *m, const xmlNode *n)
{
    return map_get(m, (const char *)&n, sizeof n);
}

static void put(Map *m, const xmlNode *n)
{
    map_put(m, (const char *)&n, sizeof n, m);
}

void blocked_clear(Project *p)
{
    p->blocked = ARENA_NEW(p->arena, Blocked);
    p->blocked->records = map_new(p->arena);
    p->blocked->around = map_new(p->arena);
}

void blocked_add(Project *p, const xmlNode *node)
{
    Blocked *b = p->blocked;
    const xmlNode *record = record_of(node);
    if (record)
        put(b->records, record);
    else
        b->everything = true;
    for (const xmlNode *n = node; n && !has(b->around, n); n = n->parent)
        put(b->around, n);
}

/* ---- references ---- */

typedef struct { const Project *p; Arena *a; Map *seen; bool bad; size_t left; } Search;

static void follow(Search *s, const xmlNode *target, int deep);

static void follow_attributes(Search *s, const xmlNode *n, bool lists, int deep)
{
    static const char space[] = " \t\r\n";
    for (const xmlAttr *a = n->properties; a && !s->bad; a = a->next) {
        const char *name = (const char *)a->name;
        const ProjectField *f = a->ns ? NULL : project_field(s->p, n, name);
        const char *v = f && f->n_target && a->children ? (const char *)a->children->content : "";
        if (!lists && f && str_equal(f->type, "refs"))
            continue;
        for (v += strspn(v, space); *v && !s->bad; v += strspn(v, space)) {
            size_t len = strcspn(v, space);
            const xmlNode *target = project_find(s->p, arena_dup(s->a, v, len));
            if (target)
                follow(s, target, deep + 1);
            v += len;
        }
    }
}

/* What a record refers to counts with what it refers to in turn, but not with the lists of people
 * who took part: a mistake in one of them is no mistake in the course. */
static void follow(Search *s, const xmlNode *target, int deep)
{
    const xmlNode *record = record_of(target);
    if (!record || has(s->seen, record) || deep > REFERENCES_DEEP || !s->left)
        return;
    s->left--;
    put(s->seen, record);
    s->bad = has(s->p->blocked->records, record);
    if (!s->bad)
        follow_attributes(s, record, false, deep);
}

static bool refers_to_blocked(const Project *p, xmlNode *record)
{
    Search s = { .p = p, .a = arena_new(), .left = REFERENCES_MOST };
    const xmlNode *end = record;
    s.seen = map_new(s.a);
    put(s.seen, record);
    for (xmlNode *n = record; n && !s.bad; ) {
        follow_attributes(&s, n, true, 0);
        xmlNode *next = walk_next(n);
        for (end = next; end && end != record; )
            end = end->parent;
        n = end ? next : NULL;
    }
    arena_free(s.a);
    return s.bad;
}

bool project_blocked(const Project *p, const xmlNode *record)
{
    const Blocked *b = p->blocked;
    if (!b || b->everything || !record)
        return b && b->everything;
    if (!map_count(b->around))
        return false;
    return has(b->around, record) || refers_to_blocked(p, (xmlNode *)record);
}
