/* SPDX-License-Identifier: MIT */
/* note kind="accepted": turns a warning of a rule on an element into an accepted one;
 * errors cannot be accepted.  skryba-project(5), Acceptance. */
#include "rules_internal.h"

#include <string.h>

typedef struct Accepted {
    const xmlNode *note;
    struct Accepted *next;      /* in order of the file */
    bool used, error;           /* what it names was a warning; was an error */
} Accepted;

static const char *map_key(Run *r, const char *rule, const char *id)
{
    return arena_format(r->arena, "%s %s", rule, id);
}

static bool is_note(const xmlNode *n)
{
    return n->type == XML_ELEMENT_NODE && str_equal((const char *)n->name, "note") &&
           str_equal(xml_attr(n, "kind"), "accepted");
}

static const xmlNode *notes_of(const Project *p)
{
    const xmlNode *n = project_root(p)->children;
    while (n && !(n->type == XML_ELEMENT_NODE && str_equal((const char *)n->name, "notes")))
        n = n->next;
    return n ? n->children : NULL;
}

void accept_collect(Run *r)
{
    r->accepted = map_new(r->arena);
    for (const xmlNode *n = notes_of(r->p); n; n = n->next) {
        const char *rule = is_note(n) ? xml_attr(n, "rule") : NULL;
        const char *ref = rule ? xml_attr(n, "ref") : NULL;
        if (!ref)
            continue;
        const char *k = map_key(r, rule, ref);
        Accepted *a = ARENA_NEW(r->arena, Accepted);
        a->note = n;
        a->next = map_get(r->accepted, k, strlen(k));
        map_put(r->accepted, k, strlen(k), a);
    }
}

/* The id of the nearest element that has one. */
static const char *nearest_id(const xmlNode *n)
{
    for (; n; n = n->parent)
        if (n->type == XML_ELEMENT_NODE && xml_attr(n, "id"))
            return xml_attr(n, "id");
    return "";
}

static bool take(Run *r, const char *rule, Severity severity, const char *id)
{
    const char *k = map_key(r, rule, id);
    Accepted *a = map_get(r->accepted, k, strlen(k));
    for (Accepted *one = a; one; one = one->next) {
        one->used = one->used || severity != SEV_ERROR;
        one->error = one->error || severity == SEV_ERROR;
    }
    return a && severity != SEV_ERROR;
}

bool accept_take(Run *r, const char *rule, Severity severity, const xmlNode *context,
                 const xmlNode *subject)
{
    if (!map_count(r->accepted))
        return false;
    const char *id = nearest_id(subject), *other = nearest_id(context);
    bool yes = take(r, rule, severity, id);
    return str_equal(id, other) ? yes : take(r, rule, severity, other) || yes;
}

static void finish(Run *r, const xmlNode *n)
{
    const char *rule = xml_attr(n, "rule"), *ref = xml_attr(n, "ref");
    Place place = project_place(r->p, n);
    if (!rule || !ref) {
        diag_add(r->d, DIAG_note_incomplete, &place, (char *)NULL);
        return;
    }
    if (map_get(r->waiting, rule, strlen(rule)))
        return;
    const char *k = map_key(r, rule, ref);
    const Accepted *a = map_get(r->accepted, k, strlen(k));
    while (a->note != n)
        a = a->next;
    if (a->used || !map_get(r->rules->ids, rule, strlen(rule))) {
        if (!a->used)
            diag_add(r->d, DIAG_note_rule, &place, rule, (char *)NULL);
    } else {
        diag_add(r->d, a->error ? DIAG_note_error : DIAG_note_unused, &place, rule, ref,
                 (char *)NULL);
    }
}

/* Only with our rules: those of the user alone do not decide what our notes are for. */
void accept_finish(Run *r)
{
    bool ours = r->rules->files.n && r->rules->files.p[0]->ours;
    for (const xmlNode *n = ours ? notes_of(r->p) : NULL; n; n = n->next)
        if (is_note(n))
            finish(r, n);
}
