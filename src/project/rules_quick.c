/* SPDX-License-Identifier: MIT */
/* The simple part of an expression, taken apart when the rules are loaded: and, or, not(),
 * comparisons of attributes, variables, literals, dates, key-count().  Most tests of most nodes are
 * answered by it alone; what it does not know is left to XPath. */
#include "rules_internal.h"

#include <libxml/xpath.h>
#include <string.h>

enum { QUICK_TOKENS = 256, QUICK_DEEP = 16 };

typedef struct {
    Loader *l;
    const char *text;
    ExprToken token[QUICK_TOKENS];
    size_t n, at;
    int depth;
} Parser;

static bool read_tokens(Parser *p, const char *text)
{
    ExprLexer lexer;
    p->text = text;
    expr_lexer(&lexer, text, strlen(text));
    do {
        if (p->n == QUICK_TOKENS)
            return false;
        p->token[p->n] = expr_token(&lexer);
    } while (p->token[p->n++].kind != EXPR_END);
    return true;
}

static bool is(const Parser *p, const char *word)
{
    const ExprToken *t = &p->token[p->at];
    return t->len == strlen(word) && !memcmp(p->text + t->offset, word, t->len);
}

static bool kind_is(const Parser *p, ExprTokenKind kind)
{
    return p->token[p->at].kind == kind;
}

static bool take(Parser *p, const char *word)
{
    if (!is(p, word) || kind_is(p, EXPR_END))
        return false;
    p->at++;
    return true;
}

static const char *word(Parser *p)
{
    const ExprToken *t = &p->token[p->at++];
    return arena_dup(p->l->rules->arena, p->text + t->offset, t->len);
}

static const char *literal(Parser *p)
{
    const ExprToken *t = &p->token[p->at++];
    return arena_dup(p->l->rules->arena, p->text + t->offset + 1, t->len - 2);
}

/* Where an operand of and, or, not() ends. */
static bool at_end(const Parser *p)
{
    return kind_is(p, EXPR_END) || is(p, ")") || (kind_is(p, EXPR_OPERATOR) && (is(p, "and") ||
                                                                                 is(p, "or")));
}

/* The number of an attribute's name. */
size_t load_name(Loader *l, const char *name)
{
    ProjectRules *r = l->rules;
    if (!r->names.n)
        vec_push(&r->names, "");
    for (size_t i = 1; i < r->names.n; i++)
        if (str_equal(r->names.p[i], name))
            return i;
    vec_push(&r->names, name);
    return r->names.n - 1;
}

/* ---- operands ---- */

static Operand *operand(Parser *p);

static Operand *new_operand(Parser *p, OperandKind kind)
{
    Operand *o = ARENA_NEW(p->l->rules->arena, Operand);
    o->kind = kind;
    return o;
}

/* /@name after a variable or key(): its attribute. */
static Operand *attribute_of(Parser *p, Operand *o)
{
    if (!o || !is(p, "/"))
        return o;
    p->at++;
    if (!take(p, "@") || !kind_is(p, EXPR_ATTRIBUTE))
        return NULL;
    o->attribute = load_name(p->l, word(p));
    return o;
}

static Operand *variable(Parser *p)
{
    Operand *o = new_operand(p, OPERAND_GLOBAL);
    const char *name = word(p);
    for (size_t i = 0; i < p->l->locals.n; i++)
        if (str_equal(p->l->locals.p[i], name)) {
            o->kind = OPERAND_LOCAL;
            o->index = i;
        }
    for (size_t i = 0; o->kind == OPERAND_GLOBAL; i++) {
        if (i == p->l->rules->lets.n)
            return NULL;
        o->index = i;
        if (str_equal(p->l->rules->lets.p[i].name, name))
            break;
    }
    return attribute_of(p, o);
}

static bool arguments(Parser *p, Operand *o, size_t least, size_t most)
{
    do {
        if (o->n == most || !(o->part[o->n++] = operand(p)))
            return false;
    } while (take(p, ","));
    return o->n >= least && take(p, ")");
}

typedef struct {
    const char *name;
    OperandKind kind;
    size_t n;                   /* arguments; 0: two or more */
    TextPredicate *predicate;
} Known;

static const Known *known_function(const Parser *p)
{
    static const Known known[] = {
        { "key", OPERAND_KEY, 1, NULL }, { "key-first", OPERAND_KEY_FIRST, 1, NULL },
        { "key-count", OPERAND_KEY_COUNT, 1, NULL }, { "concat", OPERAND_CONCAT, 0, NULL },
        { "days", OPERAND_DAYS, 2, NULL }, { "years", OPERAND_YEARS, 2, NULL },
        { "by-year", OPERAND_BY_YEAR, 2, NULL }, { "before", OPERAND_BEFORE, 2, NULL },
        { "tokens-within", OPERAND_WITHIN, 2, NULL }, { "serial", OPERAND_SERIAL, 4, NULL },
        { "pesel-sex", OPERAND_PESEL_SEX, 1, NULL },
        { "pesel-date", OPERAND_PESEL_DATE, 1, NULL }, { "birth", OPERAND_BIRTH, 0, NULL },
        { "pesel-check", OPERAND_PREDICATE, 1, expr_pesel_check },
        { "pesel-valid", OPERAND_PREDICATE, 1, expr_pesel_valid },
        { "postal-valid", OPERAND_PREDICATE, 1, expr_postal_valid },
        { "name-like", OPERAND_PREDICATE, 1, name_like },
    };
    for (size_t i = 0; i < COUNT(known); i++)
        if (is(p, known[i].name))
            return &known[i];
    return NULL;
}

/* The name of a key, and the comma after it. */
static bool key_name(Parser *p, Operand *o)
{
    if (!kind_is(p, EXPR_LITERAL))
        return false;
    o->text = literal(p);
    o->index = key_number(p->l->rules, p->l->file, o->text, strlen(o->text));
    return o->index < p->l->rules->keys.n && take(p, ",");
}

static Operand *function(Parser *p)
{
    const Known *f = known_function(p);
    if (!f)
        return NULL;
    Operand *o = new_operand(p, f->kind);
    bool key = f->kind == OPERAND_KEY || f->kind == OPERAND_KEY_FIRST;
    o->predicate = f->predicate;
    p->at++;
    if (!take(p, "("))
        return NULL;
    if (f->kind == OPERAND_BIRTH)
        return take(p, ".") && take(p, ")") ? o : NULL;
    if ((key || f->kind == OPERAND_KEY_COUNT) && !key_name(p, o))
        return NULL;
    if (!arguments(p, o, f->n ? f->n : 2, f->n ? f->n : OPERAND_PARTS))
        return NULL;
    return key ? attribute_of(p, o) : o;
}

static Operand *single(Parser *p)
{
    if (kind_is(p, EXPR_LITERAL)) {
        Operand *o = new_operand(p, OPERAND_TEXT);
        o->text = literal(p);
        return o;
    }
    if (kind_is(p, EXPR_NUMBER)) {
        Operand *o = new_operand(p, OPERAND_NUMBER);
        o->number = xmlXPathCastStringToNumber((const xmlChar *)word(p));
        return o;
    }
    if (kind_is(p, EXPR_FUNCTION))
        return function(p);
    if (take(p, "$"))
        return kind_is(p, EXPR_VARIABLE) ? variable(p) : NULL;
    Operand *o = new_operand(p, OPERAND_ATTRIBUTE);
    if (take(p, "..")) {
        o->kind = OPERAND_PARENT;
        if (!take(p, "/"))
            return NULL;
    }
    if (!take(p, "@") || !kind_is(p, EXPR_ATTRIBUTE) || is(p, "*"))
        return NULL;
    o->attribute = load_name(p->l, word(p));
    return o;
}

static Operand *operand(Parser *p)
{
    if (++p->depth > QUICK_DEEP)
        return NULL;
    Operand *o = single(p);
    while (o && take(p, "|")) {
        Operand *both = new_operand(p, OPERAND_UNION);
        both->part[0] = o;
        both->part[1] = single(p);
        both->n = 2;
        o = both->part[1] ? both : NULL;
    }
    p->depth--;
    return o;
}

/* ---- tests ---- */

static Quick *either(Parser *p);

static Quick *new_quick(Parser *p, QuickKind kind)
{
    Quick *q = ARENA_NEW(p->l->rules->arena, Quick);
    q->kind = kind;
    return q;
}

static Quick *comparison(Parser *p)
{
    static const struct { const char *text; Comparison c; } known[] = {
        { "=", COMPARE_EQUAL }, { "!=", COMPARE_OTHER }, { "<", COMPARE_LESS },
        { "<=", COMPARE_MOST }, { ">", COMPARE_GREATER }, { ">=", COMPARE_LEAST },
    };
    Quick *q = new_quick(p, QUICK_EXISTS);
    q->left = operand(p);
    if (!q->left || at_end(p))
        return q->left ? q : NULL;
    for (size_t i = 0; i < COUNT(known); i++)
        if (is(p, known[i].text)) {
            p->at++;
            q->kind = QUICK_COMPARE;
            q->comparison = known[i].c;
            q->right = operand(p);
            return q->right && at_end(p) ? q : NULL;
        }
    return NULL;
}

static Quick *bracket(Parser *p, bool negated)
{
    Quick *q = either(p);
    if (!q || !take(p, ")") || !at_end(p))
        return NULL;
    if (!negated)
        return q;
    Quick *not = new_quick(p, QUICK_NOT);
    not->a = q;
    return not;
}

/* Goes over what is not understood, to the end of this operand. */
static Quick *unknown(Parser *p)
{
    int open = 0;
    while (!kind_is(p, EXPR_END) && (open || !at_end(p))) {
        open += is(p, "(") || is(p, "[");
        open -= is(p, ")") || is(p, "]");
        p->at++;
    }
    return new_quick(p, QUICK_UNKNOWN);
}

static Quick *term(Parser *p)
{
    size_t start = p->at;
    Quick *q = NULL;
    int depth = p->depth;
    if (++p->depth <= QUICK_DEEP) {
        if (take(p, "("))
            q = bracket(p, false);
        else if (kind_is(p, EXPR_FUNCTION) && is(p, "not")) {
            p->at++;
            q = take(p, "(") ? bracket(p, true) : NULL;
        } else
            q = comparison(p);
    }
    p->depth = depth;
    if (q)
        return q;
    p->at = start;
    return unknown(p);
}

static Quick *both(Parser *p)
{
    Quick *q = term(p);
    while (q && kind_is(p, EXPR_OPERATOR) && take(p, "and")) {
        Quick *next = new_quick(p, QUICK_AND);
        next->a = q;
        next->b = term(p);
        q = next;
    }
    return q;
}

static Quick *either(Parser *p)
{
    Quick *q = both(p);
    while (q && kind_is(p, EXPR_OPERATOR) && take(p, "or")) {
        Quick *next = new_quick(p, QUICK_OR);
        next->a = q;
        next->b = both(p);
        q = next;
    }
    return q;
}

const Quick *load_quick(Loader *l, const char *text)
{
    Parser p = { .l = l };
    if (!read_tokens(&p, text))
        return NULL;
    Quick *q = either(&p);
    return kind_is(&p, EXPR_END) && q->kind != QUICK_UNKNOWN ? q : NULL;
}

const Operand *load_operand(Loader *l, const char *text)
{
    Parser p = { .l = l };
    Operand *o = read_tokens(&p, text) ? operand(&p) : NULL;
    return o && kind_is(&p, EXPR_END) ? o : NULL;
}
