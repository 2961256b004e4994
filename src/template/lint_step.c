/* SPDX-License-Identifier: MIT */
/* Steps of a path against the schema: which kinds of nodes they lead to, and whether there can be
 * any. */
#include "lint_internal.h"

#include <string.h>

/* ---- values ---- */

void value_add(Value *v, const Kind *k)
{
    for (size_t i = 0; i < v->n; i++)
        if (v->kind[i]->fact == k->fact && str_equal(v->kind[i]->name, k->name) &&
            str_equal(v->kind[i]->attribute, k->attribute))
            return;
    if (v->n == VALUE_KINDS)
        v->any = true;
    else
        v->kind[v->n++] = k;
}

void value_join(Value *v, const Value *other)
{
    for (size_t i = 0; i < other->n; i++)
        value_add(v, other->kind[i]);
    v->any |= other->any;
    v->money |= other->money;
    if (!v->personal)
        v->personal = other->personal;
}

Value value_any(void)
{
    return (Value){ .type = VALUE_NODES, .any = true };
}

static const Kind *new_kind(Linter *l, const Kind *parent, const Fact *fact, const char *name,
                            const char *attribute)
{
    Kind *k = ARENA_NEW(l->arena, Kind);
    *k = (Kind){ parent, name, fact, attribute };
    return k;
}

Value value_document(Linter *l)
{
    Value v = { .type = VALUE_NODES };
    value_add(&v, new_kind(l, NULL, NULL, NULL, NULL));
    return v;
}

Value value_of_element(Linter *l, const char *name)
{
    Value v = { .type = VALUE_NODES };
    value_add(&v, new_kind(l, NULL, facts_find(l->facts, name), name, NULL));
    return v;
}

const ProjectField *kind_field(const Linter *l, const Kind *k)
{
    if (!l->facts || !k->fact)
        return NULL;
    return project_schema_field(l->facts->schema, k->name, k->attribute);
}

/* The parent that a kind has: as the path came, else the only one in the schema. */
static const char *parent_name(const Kind *k)
{
    if (k->parent)
        return k->parent->name;
    return k->fact && k->fact->parent.n == 1 ? k->fact->parent.p[0]->name : NULL;
}

const char *kind_text(const Linter *l, const Kind *k)
{
    if (!k->name)
        return "/";
    if (k->attribute)
        return arena_format(l->arena, "%s/@%s", k->name, k->attribute);
    const char *parent = parent_name(k);
    return parent ? arena_format(l->arena, "%s/%s", parent, k->name) : k->name;
}

void value_mark(const Linter *l, Value *v)
{
    v->money = false;
    v->personal = NULL;
    for (size_t i = 0; i < v->n; i++) {
        const ProjectField *f = kind_field(l, v->kind[i]);
        const char *colon = f && f->type ? strchr(f->type, ':') : NULL;
        v->money |= f && f->type && !strcmp(colon ? colon + 1 : f->type, "money");
        if (f && f->personal && !v->personal)
            v->personal = kind_text(l, v->kind[i]);
    }
}

/* ---- names ---- */

/* The local part of a name test, and whether it has a prefix. */
static const char *local_name(const Reading *r, ExprToken t, bool *prefixed)
{
    const char *s = r->text + t.offset, *colon = memchr(s, ':', t.len);
    *prefixed = colon != NULL;
    return colon ? arena_dup(r->l->arena, colon + 1, (size_t)(s + t.len - colon - 1))
                 : arena_dup(r->l->arena, s, t.len);
}

static void try_kids(Near *near, const Fact *f)
{
    for (size_t i = 0; i < f->kid.n; i++)
        near_try(near, f->kid.p[i].fact->name);
}

static void try_attributes(Near *near, const Fact *f)
{
    for (size_t i = 0; i < f->attribute.n; i++)
        near_try(near, f->attribute.p[i]);
}

/* participants/participant where a participant is looked for in the project, or NULL. */
static const char *deeper(Linter *l, const Fact *f, const char *name)
{
    for (size_t i = 0; i < f->kid.n; i++)
        if (fact_kid(f->kid.p[i].fact, name))
            return arena_format(l->arena, "%s/%s", f->kid.p[i].fact->name, name);
    return NULL;
}

/* A name that the schema has nowhere, or that it has not in the element of a kind. */
static void tell_element(Reading *r, ExprToken at, const char *name, const Kind *in)
{
    const Facts *f = r->l->facts;
    Near near = { .name = name };
    DiagId id = !in ? DIAG_lint_name : !in->name ? DIAG_lint_root : DIAG_lint_element;
    if (in && in->fact && fact_has_attribute(in->fact, name)) {
        near.found = arena_format(r->l->arena, "@%s", name);
    } else if (in && in->fact && (near.found = deeper(r->l, in->fact, name))) {
        ;                               /* a step was left out */
    } else if (in && in->fact) {
        try_kids(&near, in->fact);
    } else {
        for (size_t i = 0; i < f->all.n; i++)
            if (!in || f->all.p[i]->root)
                near_try(&near, f->all.p[i]->name);
    }
    Remark *k = reading_tell(r, at, id, name, in ? in->name : NULL);
    tell_near(r->l->t, r->l->d, k, near.found);
}

static void tell_attribute(Reading *r, ExprToken at, const char *name, const Kind *in)
{
    const Facts *f = r->l->facts;
    Near near = { .name = name };
    if (in && fact_kid(in->fact, name))
        near.found = name;
    else if (in)
        try_attributes(&near, in->fact);
    else
        for (size_t i = 0; i < f->all.n; i++)
            try_attributes(&near, f->all.p[i]);
    const char *found = near.found;
    if (found && !(in && found == name))
        found = arena_format(r->l->arena, "@%s", found);
    Remark *k = reading_tell(r, at, in ? DIAG_lint_attribute : DIAG_lint_attribute_name, name,
                             in ? in->name : NULL);
    tell_near(r->l->t, r->l->d, k, found);
}

/* ---- steps ---- */

/* Adds the elements of a name that stand in nodes of a kind; *open: there may be others. */
static void child_of(Linter *l, const Kind *k, const char *name, Value *out, bool *open)
{
    const Facts *f = l->facts;
    if (k->attribute)
        return;
    if (!k->name) {
        const Fact *root = facts_find(f, name);
        if (root && root->root)
            value_add(out, new_kind(l, k, root, name, NULL));
        return;
    }
    const FactKid *kid = k->fact ? fact_kid(k->fact, name) : NULL;
    if (kid) {
        value_add(out, new_kind(l, k, kid->fact, name, NULL));
        out->optional |= kid->optional;
    } else {
        *open |= !k->fact || k->fact->open;
    }
}

/* All elements that stand in nodes of these kinds. */
static Value all_children(Linter *l, const Value *from)
{
    Value v = { .type = VALUE_NODES, .any = from->any };
    for (size_t i = 0; i < from->n; i++) {
        const Kind *k = from->kind[i];
        v.any |= k->name ? !k->fact || k->fact->open : !l->facts;
        for (size_t j = 0; l->facts && !k->name && j < l->facts->all.n; j++)
            if (l->facts->all.p[j]->root)
                value_add(&v, new_kind(l, k, l->facts->all.p[j], l->facts->all.p[j]->name, NULL));
        for (size_t j = 0; k->fact && !k->attribute && j < k->fact->kid.n; j++)
            value_add(&v, new_kind(l, k, k->fact->kid.p[j].fact, k->fact->kid.p[j].fact->name,
                                   NULL));
    }
    return v;
}

Value step_child(Reading *r, const Value *from, ExprToken name)
{
    Linter *l = r->l;
    bool prefixed, open = from->any || (l->facts && l->facts->open);
    const char *local = local_name(r, name, &prefixed);
    if (!strcmp(local, "*"))
        return all_children(l, from);
    Value v = { .type = VALUE_NODES };
    if (!l->facts) {
        value_add(&v, new_kind(l, from->n ? from->kind[0] : NULL, NULL, local, NULL));
        return v;
    }
    for (size_t i = 0; i < from->n; i++)
        child_of(l, from->kind[i], local, &v, &open);
    v.optional |= from->n > 1;
    if (v.n)
        return v;
    if (open)
        return step_named(r, name);
    tell_element(r, name, local, from->n ? from->kind[0] : NULL);
    return value_any();
}

Value step_named(Reading *r, ExprToken name)
{
    Linter *l = r->l;
    bool prefixed;
    const char *local = local_name(r, name, &prefixed);
    if (!strcmp(local, "*"))
        return value_any();
    if (l->facts && !l->facts->open && !l->facts->wild && !facts_find(l->facts, local)) {
        tell_element(r, name, local, NULL);
        return value_any();
    }
    return value_of_element(l, local);
}

/* Whether an element of any name has such an attribute. */
static bool anywhere(const Facts *f, const char *attribute)
{
    for (size_t i = 0; i < f->all.n; i++)
        if (fact_has_attribute(f->all.p[i], attribute))
            return true;
    return false;
}

Value step_attribute(Reading *r, const Value *from, ExprToken name)
{
    Linter *l = r->l;
    bool prefixed, open = from->any || (l->facts && l->facts->open);
    const char *local = local_name(r, name, &prefixed);
    Value v = { .type = VALUE_NODES };
    if (prefixed || !strcmp(local, "*"))
        return value_any();
    for (size_t i = 0; i < from->n; i++) {
        const Kind *k = from->kind[i];
        if (k->attribute || !k->name)
            continue;
        if (!l->facts || (k->fact && fact_has_attribute(k->fact, local)))
            value_add(&v, new_kind(l, k, k->fact, k->name, local));
        else
            open |= !k->fact || k->fact->open;
    }
    for (size_t i = 0; i < v.n; i++) {
        const ProjectField *f = kind_field(l, v.kind[i]);
        v.optional |= f && f->optional;
    }
    v.optional |= v.n > 0 && v.n < from->n;
    value_mark(l, &v);
    if (v.n)
        return v;
    const Kind *in = from->n && from->kind[0]->fact ? from->kind[0] : NULL;
    if (l->facts && !open && in)
        tell_attribute(r, name, local, in);
    else if (l->facts && open && !l->facts->open && !l->facts->wild &&
             !anywhere(l->facts, local))
        tell_attribute(r, name, local, NULL);
    return value_any();
}

Value step_parent(Reading *r, const Value *from)
{
    Linter *l = r->l;
    Value v = { .type = VALUE_NODES, .any = from->any };
    for (size_t i = 0; i < from->n; i++) {
        const Kind *k = from->kind[i];
        if (k->parent) {
            value_add(&v, k->parent);
        } else if (k->fact) {
            for (size_t j = 0; j < k->fact->parent.n; j++)
                value_add(&v, new_kind(l, NULL, k->fact->parent.p[j], k->fact->parent.p[j]->name,
                                       NULL));
            if (k->fact->root)
                value_add(&v, new_kind(l, NULL, NULL, NULL, NULL));
        } else {
            v.any = true;
        }
    }
    return v;
}
