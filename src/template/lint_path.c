/* SPDX-License-Identifier: MIT */
/* An XPath expression (XPath 1.0, section 3) read for the kinds of nodes it gives.  It was compiled
 * before, so it is well formed; recursion is as deep as its brackets, which expr/ limits. */
#include "lint_internal.h"

#include <string.h>

/* ---- tokens ---- */

bool reading_at(const Reading *r, const char *sign)
{
    size_t n = strlen(sign);
    return r->token.len == n && r->token.kind != EXPR_LITERAL &&
           !memcmp(r->text + r->token.offset, sign, n);
}

void reading_next(Reading *r)
{
    r->end = r->token.offset + r->token.len;
    r->token = expr_token(&r->lexer);
}

const char *reading_span(const Reading *r, size_t start)
{
    char *s = arena_dup(r->l->arena, r->text + start, r->end - start), *to = s;
    for (const char *from = s; *from; from++)
        if (*from != ' ')
            *to++ = *from;
    *to = 0;
    return s;
}

bool reading_asked(const Reading *r, const char *path)
{
    bool anywhere = *path == '$' || *path == '/';
    for (size_t i = 0; i < r->l->guard.n; i++)
        if ((anywhere || r->l->guard.p[i].level == r->l->level) &&
            !strcmp(r->l->guard.p[i].path, path))
            return true;
    return false;
}

Remark *reading_tell(Reading *r, ExprToken at, DiagId id, const char *a, const char *b)
{
    return lint_tell(r->l, r->tag, r->at + at.offset, at.len, id, a, b);
}

/* ---- paths ---- */

static void note_read(Reading *r, const Value *v, size_t start)
{
    Linter *l = r->l;
    vec_push(&l->asked, reading_span(r, start));
    for (size_t i = 0; i < v->n && !r->inside; i++) {
        const ProjectField *f = kind_field(l, v->kind[i]);
        vec_push(&l->read, (TemplateRead){ kind_text(l, v->kind[i]), v->optional,
                                           f && f->personal });
    }
}

/* What stands in brackets is read with the nodes before it as context. */
static void predicates(Reading *r, const Value *of)
{
    while (reading_at(r, "[")) {
        Value outer = r->context;
        reading_next(r);
        r->context = *of;
        r->inside++;
        read_expr(r);
        r->inside--;
        r->context = outer;
        if (reading_at(r, "]"))
            reading_next(r);
    }
}

static bool axis_is(const Reading *r, ExprToken axis, const char *name)
{
    return axis.len == strlen(name) && !memcmp(r->text + axis.offset, name, axis.len);
}

/* node(), text() and the like */
static Value node_type(Reading *r, const Value *from, ExprToken axis)
{
    bool text = reading_at(r, "text");
    reading_next(r);
    while (!reading_at(r, ")") && r->token.kind != EXPR_END)
        reading_next(r);
    reading_next(r);
    if (text || axis_is(r, axis, "self"))
        return *from;
    return axis_is(r, axis, "parent") ? step_parent(r, from) : value_any();
}

static Value name_test(Reading *r, const Value *from, ExprToken axis, bool below)
{
    ExprToken name = r->token;
    reading_next(r);
    if (name.kind == EXPR_ATTRIBUTE) {
        Value any = value_any();
        return step_attribute(r, below ? &any : from, name);
    }
    if (!below && (!axis.len || axis_is(r, axis, "child")))
        return step_child(r, from, name);
    return step_named(r, name);
}

/* One step; below: // stands before it. */
static Value step(Reading *r, const Value *from, bool below)
{
    ExprToken axis = { 0 };
    Value v;
    if (reading_at(r, "..") || reading_at(r, ".")) {
        bool up = reading_at(r, "..");
        reading_next(r);
        return below ? value_any() : up ? step_parent(r, from) : *from;
    }
    if (reading_at(r, "@"))
        reading_next(r);
    if (r->token.kind == EXPR_AXIS) {
        axis = r->token;
        reading_next(r);
        reading_next(r);                /* :: */
    }
    v = r->token.kind == EXPR_NODE_TYPE ? node_type(r, from, axis)
                                        : name_test(r, from, axis, below);
    v.optional |= from->optional;
    predicates(r, &v);
    return v;
}

static bool at_step(const Reading *r)
{
    switch (r->token.kind) {
    case EXPR_NAME: case EXPR_AXIS: case EXPR_NODE_TYPE:
        return true;
    default:
        return reading_at(r, "@") || reading_at(r, ".") || reading_at(r, "..");
    }
}

static Value steps(Reading *r, Value from, bool below)
{
    Value v = step(r, &from, below);
    while (reading_at(r, "/") || reading_at(r, "//")) {
        below = reading_at(r, "//");
        reading_next(r);
        v = step(r, &v, below);
    }
    value_mark(r->l, &v);
    return v;
}

static Value location_path(Reading *r)
{
    size_t start = r->token.offset;
    Value from = r->context;
    bool below = reading_at(r, "//");
    from.optional = false;
    if (below || reading_at(r, "/")) {
        from = value_document(r->l);
        reading_next(r);
    }
    if (!at_step(r))
        return from;
    Value v = steps(r, from, below);
    note_read(r, &v, start);
    return v;
}

/* ---- operands ---- */

static Value variable(Reading *r)
{
    Linter *l = r->l;
    reading_next(r);                    /* $ */
    ExprToken t = r->token;
    const char *name = arena_dup(l->arena, r->text + t.offset, t.len);
    reading_next(r);
    Near near = { .name = name };
    for (size_t i = l->scope.n; i--;) {
        if (!strcmp(l->scope.p[i].name, name))
            return l->scope.p[i].value;
        near_try(&near, l->scope.p[i].name);
    }
    Remark *k = reading_tell(r, t, DIAG_expr_variable, name, NULL);
    tell_near(l->t, l->d, k, near.found ? arena_format(l->arena, "$%s", near.found) : NULL);
    return (Value){ .type = VALUE_UNKNOWN, .any = true };
}

static Value primary(Reading *r)
{
    Value v = { .type = VALUE_TEXT, .constant = true };
    if (reading_at(r, "$"))
        return variable(r);
    if (r->token.kind == EXPR_FUNCTION)
        return read_call(r);
    if (reading_at(r, "(")) {
        reading_next(r);
        v = read_expr(r);
    } else if (r->token.kind == EXPR_NUMBER) {
        v.type = VALUE_NUMBER;
    }
    reading_next(r);                    /* ), a literal, a number */
    return v;
}

/* $name/@a, ref(@b)/c[1], 'text' */
static Value filter(Reading *r)
{
    size_t start = r->token.offset;
    bool named = reading_at(r, "$");
    Value v = primary(r);
    predicates(r, &v);
    bool below = reading_at(r, "//");
    if (!below && !reading_at(r, "/")) {
        if (named && v.type == VALUE_NODES)
            note_read(r, &v, start);
        return v;
    }
    reading_next(r);
    if (v.type != VALUE_NODES) {
        v = value_any();
    }
    v = steps(r, v, below);
    note_read(r, &v, start);
    return v;
}

static Value union_of(Reading *r)
{
    Value v = { 0 };
    for (bool first = true;; first = false) {
        Value next = at_step(r) || reading_at(r, "/") || reading_at(r, "//") ? location_path(r)
                                                                              : filter(r);
        if (first) {
            v = next;
        } else {
            v.type = VALUE_NODES;
            v.optional &= next.optional;
            value_join(&v, &next);
        }
        if (!reading_at(r, "|"))
            return v;
        reading_next(r);
    }
}

/* ---- operators ---- */

/* Amounts are decimal; XPath computes in binary fractions.  Comparing with what is written out is
 * exact, because both are read in the same way. */
static void check_money(Reading *r, ExprToken op, const Value *a, const Value *b, bool equality)
{
    bool money = a->money || b->money;
    if (!money || (equality && (a->constant || b->constant || a->type == VALUE_TEXT ||
                                b->type == VALUE_TEXT)))
        return;
    reading_tell(r, op, DIAG_lint_money,
                 arena_dup(r->l->arena, r->text + op.offset, op.len), NULL);
}

static Value unary(Reading *r)
{
    bool minus = false;
    while (reading_at(r, "-")) {
        minus = true;
        reading_next(r);
    }
    Value v = union_of(r);
    if (minus)
        v = (Value){ .type = VALUE_NUMBER, .money = v.money, .constant = v.constant };
    return v;
}

/* The levels of XPath 1.0, section 3.4 and 3.5, loosest first; the signs of one level. */
static const char *const levels[][4] = {
    { "or" }, { "and" }, { "=", "!=" }, { "<", "<=", ">", ">=" }, { "+", "-" },
    { "*", "div", "mod" },
};
enum { LEVEL_EQUALITY = 2, LEVEL_SUM = 4 };

static bool at_level(const Reading *r, size_t level)
{
    if (r->token.kind != EXPR_OPERATOR)
        return false;
    for (size_t i = 0; i < COUNT(levels[level]) && levels[level][i]; i++)
        if (reading_at(r, levels[level][i]))
            return true;
    return false;
}

static Value binary(Reading *r, size_t level)
{
    Value v = level < COUNT(levels) ? binary(r, level + 1) : unary(r);
    while (level < COUNT(levels) && at_level(r, level)) {
        ExprToken op = r->token;
        reading_next(r);
        Value right = binary(r, level + 1);
        if (level == LEVEL_EQUALITY || level >= LEVEL_SUM)
            check_money(r, op, &v, &right, level == LEVEL_EQUALITY);
        v = (Value){ .type = level >= LEVEL_SUM ? VALUE_NUMBER : VALUE_TRUTH,
                     .money = level >= LEVEL_SUM && (v.money || right.money),
                     .constant = v.constant && right.constant };
    }
    return v;
}

Value read_expr(Reading *r)
{
    return binary(r, 0);
}

Value lint_expr(Linter *l, const Tag *tag, const Expr *x, size_t *from)
{
    const char *text = expr_text(x), *found = strstr(tag->text + *from, text);
    Reading r = { .l = l, .tag = tag, .text = text, .context = l->context };
    r.at = found ? (size_t)(found - tag->text) : *from;
    *from = r.at + strlen(text);
    expr_lexer(&r.lexer, text, strlen(text));
    r.token = expr_token(&r.lexer);
    return read_expr(&r);
}
