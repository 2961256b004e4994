/* SPDX-License-Identifier: MIT */
/* Compiling: our own pass over the words finds where the expression ends and checks functions
 * and prefixes, which libxml2 would only find when the expression runs; libxml2 does the rest. */
#include "internal.h"

#include <libxml/xpathInternals.h>
#include <stdlib.h>
#include <string.h>

/* An open bracket; name is that of the function it belongs to, kind EXPR_MARK for any other. */
typedef struct { ExprToken name; int commas; bool filled; } Bracket;

typedef struct {
    ExprEnv *env;
    ExprLexer lexer;
    ExprError *error;
    Bracket open[EXPR_DEPTH];
    int depth;
    ExprToken before;
    Buf out;                    /* the expression with prefixes put in, for libxml2 */
    size_t copied;              /* bytes of text that are in out */
    VEC(size_t) inserted;       /* offsets in out where a prefix was put in */
} Compiler;

static const char *token_text(Compiler *k, ExprToken t)
{
    return arena_dup(k->env->scratch, k->lexer.text + t.offset, t.len);
}

static bool fail_at(Compiler *k, size_t offset, DiagId id, const char *a, const char *b,
                    const char *c)
{
    env_fail(k->env, id, a, b, c);
    k->error->offset = offset;
    return false;
}

static bool fail_syntax(Compiler *k, size_t offset)
{
    return fail_at(k, offset, DIAG_expr_syntax,
                   arena_dup(k->env->scratch, k->lexer.text, k->lexer.len), NULL, NULL);
}

/* ---- brackets and functions ---- */

/* Names the signature of one of our functions, or the bare name of one of XPath's. */
static const char *signature(Compiler *k, ExprToken name, const Callee *f)
{
    return f->own ? f->own->signature : arena_format(k->env->scratch, "%s()", token_text(k, name));
}

static bool check_arity(Compiler *k, const Bracket *b)
{
    if (b->name.kind != EXPR_FUNCTION)
        return true;
    const char *name = token_text(k, b->name);
    const Callee *f = env_function(k->env, name, b->name.len);
    int n = b->filled ? b->commas + 1 : 0;
    bool ours = f->own || f->extra;
    if (n >= f->min && (f->max < 0 || n <= f->max) && (n <= EXPR_ARGUMENTS || !ours))
        return true;
    return fail_at(k, b->name.offset, DIAG_expr_arity, name, signature(k, b->name, f),
                   arena_format(k->env->scratch, "%d", n));
}

static bool check_function(Compiler *k, ExprToken t)
{
    const char *name = token_text(k, t);
    if (env_function(k->env, name, t.len))
        return true;
    return fail_at(k, t.offset, DIAG_expr_function, name, NULL, NULL);
}

static bool check_mark(Compiler *k, ExprToken t)
{
    char c = k->lexer.text[t.offset];
    Bracket *top = k->depth ? &k->open[k->depth - 1] : NULL;
    if (c == '(' || c == '[') {
        if (k->depth == EXPR_DEPTH)
            return fail_at(k, t.offset, DIAG_expr_large, NULL, NULL, NULL);
        ExprToken none = { EXPR_MARK, t.offset, 0 };
        k->open[k->depth++] = (Bracket){ .name = k->before.kind == EXPR_FUNCTION && c == '('
                                                     ? k->before : none };
    } else if (c == ')' || c == ']') {
        k->depth--;
        return check_arity(k, top);
    } else if (c == ',') {
        if (top->name.kind != EXPR_FUNCTION || !top->filled)
            return fail_syntax(k, t.offset);
        top->commas++;
    }
    return true;
}

/* ---- namespaces ---- */

static bool check_prefix(Compiler *k, ExprToken t, const char *colon)
{
    size_t n = (size_t)(colon - (k->lexer.text + t.offset));
    const char *prefix = arena_dup(k->env->scratch, k->lexer.text + t.offset, n);
    if (xmlXPathNsLookup(k->env->xpath, (const xmlChar *)prefix))
        return true;
    return fail_at(k, t.offset, DIAG_expr_prefix, prefix, NULL, NULL);
}

static void copy_until(Compiler *k, size_t offset)
{
    buf_put(&k->out, k->lexer.text + k->copied, offset - k->copied);
    k->copied = offset;
}

static bool check_name(Compiler *k, ExprToken t)
{
    const char *s = k->lexer.text + t.offset;
    const char *colon = memchr(s, ':', t.len);
    if (colon)
        return check_prefix(k, t, colon);
    if (t.kind == EXPR_NAME && k->env->prefixed && *s != '*') {
        copy_until(k, t.offset);
        vec_push(&k->inserted, k->out.n);
        buf_str(&k->out, EXPR_PREFIX ":");
    }
    return true;
}

/* The offset in the text of an offset in what libxml2 was given. */
static size_t offset_back(const Compiler *k, size_t offset)
{
    size_t back = offset;
    for (size_t i = 0; i < k->inserted.n && k->inserted.p[i] < offset; i++)
        back -= strlen(EXPR_PREFIX ":");
    return back;
}

/* ---- the pass ---- */

static bool check_token(Compiler *k, ExprToken t)
{
    switch (t.kind) {
    case EXPR_BAD:
        return fail_syntax(k, t.offset);
    case EXPR_FUNCTION:
        return check_function(k, t);
    case EXPR_NAME: case EXPR_ATTRIBUTE:
        return check_name(k, t);
    case EXPR_MARK:
        return check_mark(k, t);
    default:
        return true;
    }
}

/* Reads the words up to the end of the longest expression; *end is its length. */
static bool check_words(Compiler *k, size_t *end)
{
    for (;;) {
        int inside = k->depth;
        ExprToken t = expr_token(&k->lexer);
        if (t.kind == EXPR_END) {
            *end = t.offset;
            return true;
        }
        if (!check_token(k, t))
            return false;
        if (inside && k->depth >= inside)
            k->open[inside - 1].filled = true;
        k->before = t;
    }
}

/* libxml2 makes a stream pattern of a plain path, which walks the whole document each time; in
 * brackets it is a path like others, which goes only where it leads. */
static xmlXPathCompExpr *compile_text(ExprEnv *e, const char *text)
{
    xmlGenericErrorFunc func;
    void *data;
    bool plain = !strpbrk(text, "([@");
    if (plain)
        text = arena_format(e->scratch, "(%s)", text);
    env_quiet_begin(&func, &data);
    e->xpath->opCount = 0;
    xmlXPathCompExpr *compiled = xmlXPathCtxtCompile(e->xpath, (const xmlChar *)text);
    env_quiet_end(func, data);
    if (plain && e->stop > 0)
        e->stop--;
    return compiled;
}

static Expr *finish(Compiler *k, size_t end)
{
    copy_until(k, end);
    buf_put(&k->out, "", 0);
    xmlXPathCompExpr *compiled = compile_text(k->env, k->out.p ? k->out.p : "");
    if (!compiled) {
        fail_syntax(k, offset_back(k, (size_t)k->env->stop));
        return NULL;
    }
    while (end && strchr(" \t\r\n", k->lexer.text[end - 1]))
        end--;
    Expr *x = mem_new(sizeof *x);
    x->compiled = compiled;
    x->text = mem_dup(k->lexer.text, end);
    return x;
}

Expr *expr_compile(ExprEnv *e, const char *text, size_t len, size_t *used, ExprError *error)
{
    Compiler k = { .env = e, .error = error };
    Expr *x = NULL;
    size_t end = 0;
    expr_lexer(&k.lexer, text, len);
    Pending before = env_begin(e, error, NULL);
    if (len > EXPR_LENGTH || memchr(text, '\0', len))
        env_fail(e, len > EXPR_LENGTH ? DIAG_expr_large : DIAG_expr_syntax, NULL, NULL, NULL);
    else if (check_words(&k, &end) && (used || end == len || fail_syntax(&k, end)))
        x = finish(&k, end);
    if (x && used)
        *used = end;
    buf_free(&k.out);
    vec_free(&k.inserted);
    arena_reset(e->scratch);
    env_end(e, before);
    return x;
}

void expr_free(Expr *x)
{
    if (!x)
        return;
    xmlXPathFreeCompExpr(x->compiled);
    free(x->text);
    free(x);
}

const char *expr_text(const Expr *x)
{
    return x->text;
}
