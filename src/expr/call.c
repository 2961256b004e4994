/* SPDX-License-Identifier: MIT */
/* Calls from XPath to our functions: arguments off libxml2's stack, checked, and the result on. */
#include "internal.h"

#include <libxml/xpathInternals.h>
#include <string.h>

static bool is_nodes(const xmlXPathObject *o)
{
    return o->type == XPATH_NODESET || o->type == XPATH_XSLT_TREE;
}

static bool is_nothing(const xmlXPathObject *o)
{
    return is_nodes(o) && xmlXPathNodeSetIsEmpty(o->nodesetval);
}

/* ---- refusing an argument ---- */

/* The name of parameter i in a signature: date(day, pattern?) -> day, pattern */
static const char *parameter(ExprCall *c, int i)
{
    const char *s = strchr(c->function->signature, '(') + 1;
    for (; i > 0 && strchr(s, ','); i--)
        s = strchr(s, ',') + 2;
    return arena_dup(c->env->scratch, s, strcspn(s, ",?.)"));
}

static const char *node_name(ExprCall *c, const xmlNode *node)
{
    ExprEnv *e = c->env;
    e->now.error->node = node;
    if (node->type == XML_ATTRIBUTE_NODE)
        return arena_format(e->scratch, "@%s", (const char *)node->name);
    return node->type == XML_ELEMENT_NODE ? (const char *)node->name : e->now.text;
}

/* What argument i is, without the value of a node: @start, course, or what the author wrote. */
static const char *argument(ExprCall *c, int i)
{
    ExprEnv *e = c->env;
    const xmlXPathObject *o = c->arg[i];
    if (is_nodes(o))
        return is_nothing(o) ? e->now.text : node_name(c, o->nodesetval->nodeTab[0]);
    const char *text = arg_text(c, i);
    if (!strstr(e->now.text, text))
        return e->now.text;
    return o->type == XPATH_STRING ? arena_format(e->scratch, "'%s'", text) : text;
}

void call_refuse(ExprCall *c, DiagId id, int i)
{
    if (!c->env->now.failed)
        env_fail(c->env, id, c->function->name, parameter(c, i), argument(c, i));
}

void call_refuse_node(ExprCall *c, DiagId id, int i, const xmlNode *node)
{
    if (!c->env->now.failed)
        env_fail(c->env, id, c->function->name, parameter(c, i), node_name(c, node));
}

/* ---- the call ---- */

static bool arguments_exist(ExprCall *c)
{
    for (int i = 0; i < c->n; i++)
        if (is_nothing(c->arg[i]) && !(c->function->nothing >> i & 1)) {
            call_refuse(c, DIAG_expr_missing_argument, i);
            return false;
        }
    return true;
}

static bool pop_arguments(xmlXPathParserContext *p, xmlXPathObject **arg, int n)
{
    bool complete = true;
    for (int i = n; i--;) {
        arg[i] = valuePop(p);
        complete = complete && arg[i];
    }
    return complete;
}

static void run(ExprCall *c, const Callee *callee, const char *name)
{
    if (callee->own) {
        if (arguments_exist(c))
            callee->own->call(c);
    } else {
        c->result = callee->extra(callee->data, c->arg, c->n);
    }
    if (!c->result)
        env_fail(c->env, DIAG_expr_call, name, NULL, NULL);
}

void call_dispatch(xmlXPathParserContext *p, int n)
{
    ExprEnv *e = p->context->userData;
    const char *name = (const char *)p->context->function;
    const Callee *callee = env_function(e, name, strlen(name));
    xmlXPathObject *arg[EXPR_ARGUMENTS] = { NULL };
    if (!callee || (!callee->own && !callee->extra) || n > EXPR_ARGUMENTS || n < callee->min ||
        (callee->max >= 0 && n > callee->max)) {
        /* compiled in an env with other functions; libxml2 frees its stack */
        env_fail(e, DIAG_expr_function, name, NULL, NULL);
        p->error = XPATH_UNKNOWN_FUNC_ERROR;
        return;
    }
    ExprCall c = { .env = e, .function = callee->own, .arg = arg, .n = n };
    if (pop_arguments(p, arg, n))
        run(&c, callee, name);
    for (int i = 0; i < n; i++)
        xmlXPathFreeObject(arg[i]);
    arena_reset(e->scratch);
    if (c.result && !e->now.failed) {
        valuePush(p, c.result);
    } else {
        xmlXPathFreeObject(c.result);
        p->error = XPATH_EXPR_ERROR;
    }
}

/* ---- values of arguments ---- */

const char *node_text(ExprEnv *e, xmlNode *node)
{
    if (node->type == XML_ATTRIBUTE_NODE || node->type == XML_ELEMENT_NODE) {
        const xmlNode *child = node->children;
        if (!child)
            return "";
        if (!child->next && (child->type == XML_TEXT_NODE || child->type == XML_CDATA_SECTION_NODE))
            return child->content ? (const char *)child->content : "";
    }
    xmlChar *s = xmlXPathCastNodeToString(node);
    const char *copy = arena_str(e->scratch, s ? (const char *)s : "");
    xmlFree(s);
    return copy;
}

const char *arg_text(ExprCall *c, int i)
{
    xmlXPathObject *o = c->arg[i];
    if (is_nodes(o))
        return is_nothing(o) ? "" : node_text(c->env, o->nodesetval->nodeTab[0]);
    if (o->type == XPATH_STRING)
        return o->stringval ? (const char *)o->stringval : "";
    if (o->type == XPATH_BOOLEAN)
        return o->boolval ? "true" : "false";
    Buf b = { 0 };
    number_put(&b, o->floatval);
    const char *copy = arena_str(c->env->scratch, b.p);
    buf_free(&b);
    return copy;
}

static const char *trim(const char *s, size_t *len)
{
    s += strspn(s, " \t\r\n");
    *len = strlen(s);
    while (*len && strchr(" \t\r\n", s[*len - 1]))
        (*len)--;
    return s;
}

const char *arg_trimmed(ExprCall *c, int i, size_t *len)
{
    return trim(arg_text(c, i), len);
}

const char *node_trimmed(ExprEnv *e, xmlNode *node, size_t *len)
{
    return trim(node_text(e, node), len);
}

xmlNodeSet *arg_nodes(ExprCall *c, int i)
{
    if (!is_nodes(c->arg[i])) {
        call_refuse(c, DIAG_expr_nodes, i);
        return NULL;
    }
    if (!c->arg[i]->nodesetval)
        c->arg[i]->nodesetval = xmlXPathNodeSetCreate(NULL);
    return c->arg[i]->nodesetval;
}

bool arg_whole(ExprCall *c, int i, int64_t least, int64_t most, int64_t *out)
{
    Decimal d;
    if (!arg_decimal(c, i, &d))
        return false;
    if (d.digits || d.v < least || d.v > most) {
        call_refuse(c, DIAG_expr_whole, i);
        return false;
    }
    *out = d.v;
    return true;
}

/* ---- results ---- */

static void give(ExprCall *c, xmlXPathObject *o)
{
    if (!o)
        mem_fail();
    c->result = o;
}

void give_text(ExprCall *c, const char *s)
{
    give(c, xmlXPathNewCString(s));
}

void give_buf(ExprCall *c, Buf *b)
{
    give(c, xmlXPathNewCString(b->p ? b->p : ""));
    buf_free(b);
}

void give_number(ExprCall *c, double v)
{
    give(c, xmlXPathNewFloat(v));
}

void give_boolean(ExprCall *c, bool v)
{
    give(c, xmlXPathNewBoolean(v));
}

void give_nodes(ExprCall *c, xmlNodeSet *nodes)
{
    give(c, xmlXPathWrapNodeSet(nodes));
}
