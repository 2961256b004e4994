/* SPDX-License-Identifier: MIT */
/* What an office writes where the schema wants an id: a name, a symbol, a PESEL number. */
#include "internal.h"

#include <string.h>

static const struct { const char *element, *first, *second; } named_by[] = {
    { "participant", "pesel", NULL }, { "participant", "idDocument", NULL },
    { "participant", "firstName", "lastName" }, { "participant", "lastName", "firstName" },
    { "member", "firstName", "lastName" }, { "member", "lastName", "firstName" },
    { "member", "function", NULL },
    { "representative", "firstName", "lastName" }, { "representative", "lastName", "firstName" },
    { "organisation", "name", NULL }, { "organisation", "shortName", NULL },
    { "course", "code", NULL }, { "course", "name", NULL },
    { "class", "name", NULL }, { "support", "name", NULL },
    { "instrument", "name", NULL }, { "group", "name", NULL }, { "edition", "name", NULL },
    { "path", "name", NULL }, { "path", "number", NULL },
};

typedef struct { xmlNode *node; bool ambiguous; const char *shown; } Target;
typedef struct { Map *by_key; VEC(const char *) keys; } Targets;

static void add(Refs *r, Targets *t, xmlNode *n, const char *text, bool personal)
{
    const char *key = fold_new(r->arena, text);
    size_t len = strlen(key);
    if (!len)
        return;
    Target *known = map_get(t->by_key, key, len);
    if (known) {
        known->ambiguous |= known->node != n;
        return;
    }
    Target *x = ARENA_NEW(r->arena, Target);
    x->node = n;
    x->shown = personal ? elem_attr(n, "id") : arena_str(r->arena, text);
    map_put(t->by_key, key, len, x);
    vec_push(&t->keys, key);
}

static void add_names(Refs *r, Targets *t, const char *element, xmlNode *n)
{
    for (size_t i = 0; i < COUNT(named_by); i++) {
        const char *first = named_by[i].first, *second = named_by[i].second;
        if (strcmp(named_by[i].element, element) || !elem_attr(n, first)[0])
            continue;
        const ProjectField *f = project_schema_field(r->schema, element, first);
        const char *text = second ? arena_format(r->arena, "%s %s", elem_attr(n, first),
                                                 elem_attr(n, second)) : elem_attr(n, first);
        add(r, t, n, text, f && f->personal);
    }
}

static Targets *targets(Refs *r, const char *element)
{
    Targets *t = map_get(r->targets, element, strlen(element));
    if (t)
        return t;
    t = ARENA_NEW(r->arena, Targets);
    t->by_key = map_new(r->arena);
    map_put(r->targets, element, strlen(element), t);
    vec_push(&r->all, t);
    for (xmlNode *n = r->root; n; n = elem_walk(n, r->root))
        if (elem_is(n, element)) {
            add(r, t, n, elem_attr(n, "id"), false);
            add_names(r, t, element, n);
        }
    return t;
}

void refs_start(Refs *r, xmlNode *root, const ProjectSchema *s)
{
    *r = (Refs){ .arena = arena_new(), .root = root, .schema = s };
    r->targets = map_new(r->arena);
}

static void free_all(Refs *r)
{
    for (size_t i = 0; i < r->all.n; i++)
        vec_free(&((Targets *)r->all.p[i])->keys);
    vec_free(&r->all);
    arena_free(r->arena);
}

void refs_changed(Refs *r)
{
    xmlNode *root = r->root;
    const ProjectSchema *s = r->schema;
    free_all(r);
    refs_start(r, root, s);
}

void refs_end(Refs *r)
{
    free_all(r);
}

RefResult refs_find(Refs *r, const char *const *target, size_t n, const char *text,
                    const char **id)
{
    Buf key = {0};
    RefResult result = REF_UNKNOWN;
    fold(&key, text);
    for (size_t i = 0; i < n && result == REF_UNKNOWN && key.n; i++) {
        const Target *x = map_get(targets(r, target[i])->by_key, key.p, key.n);
        if (x) {
            result = x->ambiguous ? REF_AMBIGUOUS : REF_FOUND;
            *id = elem_attr(x->node, "id");
        }
    }
    buf_free(&key);
    return result;
}

const char *refs_near(Refs *r, const char *const *target, size_t n, const char *text)
{
    enum { LOOKED_AT = 2000 };          /* a list of that many names is no help anyhow */
    Nearest near;
    Buf key = {0};
    fold(&key, text);
    nearest_start(&near, key.p);
    for (size_t i = 0; i < n; i++) {
        const Targets *t = targets(r, target[i]);
        for (size_t k = 0; k < t->keys.n && k < LOOKED_AT; k++) {
            const Target *x = map_get(t->by_key, t->keys.p[k], strlen(t->keys.p[k]));
            nearest_try(&near, t->keys.p[k], x->shown);
        }
    }
    buf_free(&key);
    return near.name;
}
