/* SPDX-License-Identifier: MIT */
/* Which rules wait: those that ask for something that schema, ids or references have found wrong.
 * What they would say follows from that error, or is not true.  All others are applied, so that
 * one run finds as much as it can. */
#include "rules_internal.h"

#include <stdlib.h>
#include <string.h>

typedef struct {
    Run *r;
    const Map *wrong;           /* names of elements and attributes */
    bool *key, *let;            /* of the rules: depend on one of those names */
} Waiting;

static bool wrong(const Waiting *w, const char *name, size_t len)
{
    return map_get(w->wrong, name, len) != NULL;
}

/* What functions read without naming it in the expression. */
static bool reads_wrong(const Waiting *w, const char *function, size_t len)
{
    static const struct { const char *function, *name; } reads[] = {
        { "birth", "pesel" }, { "birth", "birthDate" }, { "ref", "id" },
    };
    for (size_t i = 0; i < COUNT(reads); i++)
        if (len == strlen(reads[i].function) && !memcmp(function, reads[i].function, len) &&
            wrong(w, reads[i].name, strlen(reads[i].name)))
            return true;
    return false;
}

static bool names(const char *name, const char *s, size_t len)
{
    return strlen(name) == len && !memcmp(name, s, len);
}

/* A literal may name a key. */
static bool key_waits(const Waiting *w, const char *s, size_t len)
{
    for (size_t i = 0; i < w->r->rules->keys.n; i++)
        if (w->key[i] && names(w->r->rules->keys.p[i].name, s, len))
            return true;
    return false;
}

static bool let_waits(const Waiting *w, const char *s, size_t len)
{
    for (size_t i = 0; i < w->r->rules->lets.n; i++)
        if (w->let[i] && names(w->r->rules->lets.p[i].name, s, len))
            return true;
    return false;
}

static bool formula_waits(const Waiting *w, const Formula *f)
{
    ExprLexer lexer;
    expr_lexer(&lexer, f->text, strlen(f->text));
    for (ExprToken t; (t = expr_token(&lexer)).kind != EXPR_END && t.kind != EXPR_BAD; ) {
        const char *s = f->text + t.offset;
        if (((t.kind == EXPR_NAME || t.kind == EXPR_ATTRIBUTE) && wrong(w, s, t.len)) ||
            (t.kind == EXPR_ATTRIBUTE && *s == '*') ||
            (t.kind == EXPR_FUNCTION && reads_wrong(w, s, t.len)) ||
            (t.kind == EXPR_VARIABLE && let_waits(w, s, t.len)) ||
            (t.kind == EXPR_LITERAL && key_waits(w, s + 1, t.len - 2)))
            return true;
    }
    return false;
}

static bool step_waits(const Waiting *w, const Step *s)
{
    for (size_t i = 0; i < s->n_has; i++) {
        const char *name = w->r->rules->names.p[s->has[i]];
        if (wrong(w, name, strlen(name)))
            return true;
    }
    for (size_t i = 0; i < s->n_test; i++)
        if (formula_waits(w, s->test[i].formula))
            return true;
    return false;
}

/* whole: all the nodes must be there, not only the one that is looked at. */
static bool match_waits(const Waiting *w, const Match *m, bool whole)
{
    for (size_t i = 0; i < m->n; i++)
        for (size_t k = 0; k < m->path[i].n; k++) {
            const Step *s = &m->path[i].step[k];
            if ((whole && s->name && wrong(w, s->name, strlen(s->name))) || step_waits(w, s))
                return true;
        }
    return false;
}

static bool check_waits(const Waiting *w, const Rule *rule, const Check *c)
{
    for (size_t i = 0; i < rule->n_let; i++)
        if (c->uses >> i & 1 && formula_waits(w, rule->let[i].value))
            return true;
    return formula_waits(w, c->test.formula);
}

static void mark_rules(const Waiting *w)
{
    Buf list = {0};
    for (size_t i = 0; i < w->r->rules->rules.n; i++) {
        const Rule *rule = &w->r->rules->rules.p[i];
        bool context = match_waits(w, &rule->context, false);
        for (size_t k = 0; k < rule->n_check; k++) {
            const Check *c = &rule->check[k];
            if (!context && !check_waits(w, rule, c))
                continue;
            w->r->waits[c->number] = true;
            if (!map_get(w->r->waiting, c->id, strlen(c->id)))
                buf_format(&list, list.n ? ", %s" : "%s", c->id);
            map_put(w->r->waiting, c->id, strlen(c->id), w->r);
        }
    }
    if (list.n)
        diag_add(w->r->d, DIAG_rules_wait, &(Place){ .file = xml_name(project_xml(w->r->p)) },
                 list.p, (char *)NULL);
    buf_free(&list);
}

void wait_mark(Run *r)
{
    const ProjectRules *rules = r->rules;
    Waiting w = { .r = r, .wrong = r->p->wrong };
    if (!map_count(w.wrong))
        return;
    w.key = mem_new(rules->keys.n + 1);
    w.let = mem_new(rules->lets.n + 1);
    for (size_t i = 0; i < rules->keys.n; i++)          /* they use no variables */
        w.key[i] = match_waits(&w, &rules->keys.p[i].match, true) ||
                   formula_waits(&w, rules->keys.p[i].use);
    for (size_t i = 0; i < rules->lets.n; i++)
        w.let[i] = formula_waits(&w, rules->lets.p[i].value);
    mark_rules(&w);
    free(w.key);
    free(w.let);
}
