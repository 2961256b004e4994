/* SPDX-License-Identifier: MIT */
/* The environment: an XPath context with our functions, variables, namespaces and language. */
#include "internal.h"

#include <libxml/xpathInternals.h>
#include <stdlib.h>
#include <string.h>

/* XPath's own functions (XPath 1.0, chapter 4): libxml2 does not tell how many arguments they
 * take before they run, and its XQuery additions are left out. */
static const struct { const char *name; int min, max; } core[] = {
    { "last", 0, 0 }, { "position", 0, 0 }, { "count", 1, 1 }, { "id", 1, 1 },
    { "local-name", 0, 1 }, { "namespace-uri", 0, 1 }, { "name", 0, 1 }, { "string", 0, 1 },
    { "concat", 2, -1 }, { "starts-with", 2, 2 }, { "contains", 2, 2 },
    { "substring-before", 2, 2 }, { "substring-after", 2, 2 }, { "substring", 2, 3 },
    { "string-length", 0, 1 }, { "normalize-space", 0, 1 }, { "translate", 3, 3 },
    { "boolean", 1, 1 }, { "not", 1, 1 }, { "true", 0, 0 }, { "false", 0, 0 }, { "lang", 1, 1 },
    { "number", 0, 1 }, { "sum", 1, 1 }, { "floor", 1, 1 }, { "ceiling", 1, 1 },
    { "round", 1, 1 },
};

static void add_function(ExprEnv *e, const char *name, Callee callee)
{
    Callee *p = ARENA_NEW(e->arena, Callee);
    *p = callee;
    map_put(e->functions, name, strlen(name), p);
}

const Callee *env_function(const ExprEnv *e, const char *name, size_t len)
{
    return map_get(e->functions, name, len);
}

static xmlXPathFunction look_up_function(void *data, const xmlChar *name, const xmlChar *uri)
{
    const char *text = (const char *)name;
    const Callee *f = uri ? NULL : env_function(data, text, strlen(text));
    return f && !f->own && !f->extra ? NULL : call_dispatch;
}

static xmlXPathObject *look_up_variable(void *data, const xmlChar *name, const xmlChar *uri)
{
    ExprEnv *e = data;
    const xmlXPathObject *value = uri ? NULL : expr_env_find(e, (const char *)name);
    if (!value) {
        env_fail(e, DIAG_expr_variable, (const char *)name, NULL, NULL);
        return NULL;
    }
    return xmlXPathObjectCopy((xmlXPathObject *)value);
}

/* Keeps where libxml2 stopped, and turns the errors that our own functions did not explain. */
static void on_error(void *data, xmlError *error)
{
    ExprEnv *e = data;
    e->stop = error->int1;
    int code = error->code - XML_XPATH_EXPRESSION_OK;
    if (code == XPATH_OP_LIMIT_EXCEEDED || code == XPATH_RECURSION_LIMIT_EXCEEDED)
        env_fail(e, DIAG_expr_limit, e->now.text, NULL, NULL);
    else if (code == XPATH_MEMORY_ERROR)
        mem_fail();
}

ExprEnv *expr_env_new(xmlDoc *doc)
{
    ExprEnv *e = mem_new(sizeof *e);
    e->arena = arena_new();
    e->scratch = arena_new();
    e->names = map_new(e->arena);
    e->functions = map_new(e->arena);
    for (size_t i = 0; i < COUNT(core); i++)
        add_function(e, core[i].name, (Callee){ .min = core[i].min, .max = core[i].max });
    const ExprFunction *table;
    size_t n = expr_functions(&table);
    for (size_t i = 0; i < n; i++)
        add_function(e, table[i].name,
                     (Callee){ .own = &table[i], .min = table[i].min, .max = table[i].max });
    e->xpath = xmlXPathNewContext(doc);
    if (!e->xpath)
        mem_fail();
    e->xpath->error = on_error;
    e->xpath->userData = e;
    e->xpath->opLimit = EXPR_STEPS;
    xmlXPathRegisterFuncLookup(e->xpath, look_up_function, e);
    xmlXPathRegisterVariableLookup(e->xpath, look_up_variable, e);
    if (doc)
        xmlXPathOrderDocElems(doc);     /* else comparing two far siblings walks between them */
    expr_env_language(e, "pl");
    return e;
}

void expr_env_free(ExprEnv *e)
{
    if (!e)
        return;
    expr_env_release(e, 0);
    vec_free(&e->variables);
    icu_close(&e->icu);
    xmlXPathFreeContext(e->xpath);
    arena_free(e->scratch);
    arena_free(e->arena);
    free(e);
}

static void copy_text(char *to, size_t size, const char *from)
{
    size_t n = strlen(from);
    if (n >= size)
        for (n = size - 1; n && ((unsigned char)from[n] & 0xc0) == 0x80;)
            n--;
    memcpy(to, from, n);
    to[n] = '\0';
}

void expr_env_today(ExprEnv *e, const char *iso_date)
{
    copy_text(e->today, sizeof e->today, iso_date ? iso_date : "");
}

void expr_env_language(ExprEnv *e, const char *bcp47)
{
    if (!strcmp(e->language, bcp47))
        return;
    icu_close(&e->icu);
    copy_text(e->language, sizeof e->language, bcp47);
    e->polish = !strncmp(bcp47, "pl", 2) && (!bcp47[2] || bcp47[2] == '-' || bcp47[2] == '_');
}

void expr_env_namespace(ExprEnv *e, const char *prefix, const char *uri)
{
    if (!*prefix) {
        e->prefixed = true;
        prefix = EXPR_PREFIX;
    }
    if (xmlXPathRegisterNs(e->xpath, (const xmlChar *)prefix, (const xmlChar *)uri))
        mem_fail();
}

void expr_env_resolver(ExprEnv *e, xmlNode *(*find)(void *data, const char *id), void *data)
{
    e->find = find;
    e->find_data = data;
}

void expr_env_limit(ExprEnv *e, unsigned long steps)
{
    e->xpath->opLimit = steps;
}

void expr_env_function(ExprEnv *e, const char *name, int min, int max, ExprCallback *call,
                       void *data)
{
    add_function(e, name, (Callee){ .extra = call, .data = data, .min = min, .max = max });
}

/* ---- variables ---- */

void expr_env_variable(ExprEnv *e, const char *name, xmlXPathObject *value)
{
    vec_push(&e->variables, (Variable){ map_intern(e->names, name, strlen(name)), value });
}

size_t expr_env_mark(const ExprEnv *e)
{
    return e->variables.n;
}

void expr_env_release(ExprEnv *e, size_t mark)
{
    while (e->variables.n > mark)
        xmlXPathFreeObject(e->variables.p[--e->variables.n].value);
}

const xmlXPathObject *expr_env_find(const ExprEnv *e, const char *name)
{
    for (size_t i = e->variables.n; i--;)
        if (!strcmp(e->variables.p[i].name, name))
            return e->variables.p[i].value;
    return NULL;
}

xmlNodeSet *expr_env_group(ExprEnv *e, xmlNodeSet *nodes)
{
    xmlNodeSet *before = e->group;
    e->group = nodes;
    return before;
}

/* ---- errors ---- */

Pending env_begin(ExprEnv *e, ExprError *error, const char *text)
{
    Pending before = e->now;
    memset(error, 0, sizeof *error);
    e->now = (Pending){ .error = error, .text = text };
    e->stop = 0;
    return before;
}

void env_end(ExprEnv *e, Pending before)
{
    e->now = before;
}

void env_fail(ExprEnv *e, DiagId id, const char *a, const char *b, const char *c)
{
    if (e->now.failed || !e->now.error)
        return;
    e->now.failed = true;
    e->now.error->id = id;
    copy_text(e->now.error->arg[0], EXPR_ARG, a ? a : "");
    copy_text(e->now.error->arg[1], EXPR_ARG, b ? b : "");
    copy_text(e->now.error->arg[2], EXPR_ARG, c ? c : "");
}

Finding *expr_report(Diags *d, const ExprError *error, const Place *place)
{
    return diag_add(d, error->id, place, error->arg[0], error->arg[1], error->arg[2], NULL);
}

static void say_nothing(void *data, const char *format, ...)
{
    (void)data;
    (void)format;
}

/* Some of libxml2's XPath messages go past the structured handler to the generic one, which
 * prints; it is put aside while XPath works. */
void env_quiet_begin(xmlGenericErrorFunc *func, void **data)
{
    *func = xmlGenericError;
    *data = xmlGenericErrorContext;
    xmlSetGenericErrorFunc(NULL, say_nothing);
}

void env_quiet_end(xmlGenericErrorFunc func, void *data)
{
    xmlSetGenericErrorFunc(data, func);
}
