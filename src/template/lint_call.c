/* SPDX-License-Identifier: MIT */
/* What functions give, ours and XPath's, and the faults in what they are given. */
#include "lint_internal.h"

#include <string.h>

enum { ARGUMENTS = 16 };

typedef struct {
    Reading *r;
    ExprToken token;
    const char *name;
    Value value[ARGUMENTS];
    const char *span[ARGUMENTS];        /* as written, without blanks */
    size_t n;
} Call;

/* ---- kinds of functions ---- */

typedef enum {
    GIVES_TEXT,                 /* what its arguments show shows in it */
    GIVES_HIDDEN,               /* a text that does not show them */
    GIVES_NUMBER,
    GIVES_AMOUNT,               /* a number in the units of its argument */
    GIVES_TRUTH,
    GIVES_SAME,                 /* nodes of its first argument */
    GIVES_REFERRED,
    GIVES_GROUP,
    GIVES_NODES
} Gives;

static const struct { const char *name; Gives gives; } table[] = {
    { "ref", GIVES_REFERRED }, { "group", GIVES_GROUP }, { "id", GIVES_NODES },
    { "distinct", GIVES_SAME }, { "stated", GIVES_SAME }, { "min", GIVES_SAME },
    { "max", GIVES_SAME },
    { "sum", GIVES_AMOUNT }, { "number", GIVES_AMOUNT }, { "round", GIVES_AMOUNT },
    { "floor", GIVES_AMOUNT }, { "ceiling", GIVES_AMOUNT }, { "avg", GIVES_AMOUNT },
    { "grosze", GIVES_NUMBER }, { "count", GIVES_NUMBER }, { "position", GIVES_NUMBER },
    { "last", GIVES_NUMBER }, { "string-length", GIVES_NUMBER }, { "age", GIVES_NUMBER },
    { "months", GIVES_NUMBER }, { "days", GIVES_NUMBER },
    { "not", GIVES_TRUTH }, { "boolean", GIVES_TRUTH }, { "true", GIVES_TRUTH },
    { "false", GIVES_TRUTH }, { "contains", GIVES_TRUTH }, { "starts-with", GIVES_TRUTH },
    { "lang", GIVES_TRUTH },
    { "by-sex", GIVES_HIDDEN }, { "plural", GIVES_HIDDEN }, { "count-of", GIVES_HIDDEN },
    { "pesel-sex", GIVES_HIDDEN }, { "local-name", GIVES_HIDDEN }, { "name", GIVES_HIDDEN },
    { "namespace-uri", GIVES_HIDDEN }, { "today", GIVES_HIDDEN },
};

static Gives kind_of(const char *name)
{
    size_t n = strlen(name);
    for (size_t i = 0; i < COUNT(table); i++)
        if (!strcmp(table[i].name, name))
            return table[i].gives;
    bool asks = (n > 6 && !strcmp(name + n - 6, "-valid")) || !strcmp(name, "pesel-check");
    return asks ? GIVES_TRUTH : GIVES_TEXT;
}

/* ---- checks ---- */

static void check_optional(Call *c)
{
    if (strcmp(c->name, "concat") && strcmp(c->name, "string"))
        return;
    for (size_t i = 0; i < c->n; i++)
        if (c->value[i].type == VALUE_NODES && c->value[i].optional &&
            !reading_asked(c->r, c->span[i]))
            reading_tell(c->r, c->token, DIAG_lint_optional, c->name, c->span[i]);
}

static void check_sum(Call *c)
{
    if (strcmp(c->name, "sum") == 0 && c->n && c->value[0].money)
        reading_tell(c->r, c->token, DIAG_lint_money, "sum()", NULL);
}

/* ---- ref() ---- */

static Value referred(Call *c)
{
    Linter *l = c->r->l;
    Value v = { .type = VALUE_NODES };
    const Value *from = &c->value[0];
    bool known = c->n && from->type == VALUE_NODES && !from->any && from->n && l->facts;
    bool leads = false;
    for (size_t i = 0; known && i < from->n; i++) {
        const ProjectField *f = kind_field(l, from->kind[i]);
        known = f != NULL;
        leads |= known && f->n_target;
        for (size_t k = 0; known && k < f->n_target; k++) {
            Value to = !strcmp(f->target[k], "*") ? value_any()
                                                  : value_of_element(l, f->target[k]);
            value_join(&v, &to);
        }
    }
    if (known && !leads)
        reading_tell(c->r, c->token, DIAG_lint_reference, kind_text(l, from->kind[0]), NULL);
    if (!known || !leads)
        return value_any();
    v.optional = from->optional;
    return v;
}

/* ---- calls ---- */

static const char *shown(const Call *c)
{
    for (size_t i = 0; i < c->n; i++)
        if (c->value[i].personal)
            return c->value[i].personal;
    return NULL;
}

static Value result(Call *c)
{
    Linter *l = c->r->l;
    Value v = { .type = VALUE_TEXT };
    switch (kind_of(c->name)) {
    case GIVES_TEXT:
        v.personal = shown(c);
        break;
    case GIVES_HIDDEN:
        break;
    case GIVES_AMOUNT:
        v.money = c->n && c->value[0].money;
        v.type = VALUE_NUMBER;
        break;
    case GIVES_NUMBER:
        v.type = VALUE_NUMBER;
        break;
    case GIVES_TRUTH:
        v.type = VALUE_TRUTH;
        break;
    case GIVES_SAME:
        return c->n ? c->value[0] : value_any();
    case GIVES_REFERRED:
        return referred(c);
    case GIVES_GROUP:
        return l->group.type == VALUE_NODES ? l->group : value_any();
    case GIVES_NODES:
        return value_any();
    }
    return v;
}

Value read_call(Reading *r)
{
    Call c = { .r = r, .token = r->token };
    c.name = arena_dup(r->l->arena, r->text + r->token.offset, r->token.len);
    reading_next(r);
    reading_next(r);                    /* ( */
    while (!reading_at(r, ")") && r->token.kind != EXPR_END && r->token.kind != EXPR_BAD) {
        size_t start = r->token.offset;
        Value v = read_expr(r);
        if (c.n < ARGUMENTS) {
            c.span[c.n] = reading_span(r, start);
            c.value[c.n++] = v;
        }
        if (reading_at(r, ","))
            reading_next(r);
    }
    reading_next(r);
    check_optional(&c);
    check_sum(&c);
    return result(&c);
}
