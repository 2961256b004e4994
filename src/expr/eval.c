/* SPDX-License-Identifier: MIT */
/* Evaluating a compiled expression at a node, and the value of a tag. */
#include "internal.h"

#include <libxml/xpathInternals.h>
#include <stdlib.h>
#include <string.h>

/* What an evaluation changes in the context; a function of the caller may evaluate in turn. */
typedef struct {
    xmlNode *node;
    int position, size;
    Pending pending;
} Before;

static Before enter(ExprEnv *e, xmlNode *node, int position, int size, Pending pending)
{
    xmlXPathContext *c = e->xpath;
    Before b = { c->node, c->proximityPosition, c->contextSize, pending };
    c->node = node ? node : (xmlNode *)c->doc;
    c->proximityPosition = position;
    c->contextSize = size;
    if (!e->depth++)
        c->opCount = 0;
    return b;
}

static void leave(ExprEnv *e, Before b)
{
    xmlXPathContext *c = e->xpath;
    c->node = b.node;
    c->proximityPosition = b.position;
    c->contextSize = b.size;
    env_end(e, b.pending);
    e->depth--;
}

xmlXPathObject *expr_eval(ExprEnv *e, const Expr *x, xmlNode *node, int position, int size,
                          ExprError *error)
{
    xmlGenericErrorFunc func;
    void *data;
    Before before = enter(e, node, position, size, env_begin(e, error, x->text));
    env_quiet_begin(&func, &data);
    xmlXPathObject *result = xmlXPathCompiledEval(x->compiled, e->xpath);
    env_quiet_end(func, data);
    if (e->now.failed && result) {
        xmlXPathFreeObject(result);
        result = NULL;
    }
    if (!result)
        env_fail(e, DIAG_expr_type, x->text, NULL, NULL);
    leave(e, before);
    return result;
}

static void put_value(ExprEnv *e, Buf *out, const xmlXPathObject *v)
{
    switch (v->type) {
    case XPATH_NODESET: case XPATH_XSLT_TREE:
        buf_str(out, node_text(e, v->nodesetval->nodeTab[0]));
        arena_reset(e->scratch);
        break;
    case XPATH_BOOLEAN:
        buf_str(out, v->boolval ? "true" : "false");
        break;
    case XPATH_NUMBER:
        number_put(out, v->floatval);
        break;
    default:
        buf_str(out, v->stringval ? (const char *)v->stringval : "");
    }
}

bool expr_string(ExprEnv *e, const Expr *x, xmlNode *node, int position, int size, Buf *out,
                 ExprError *error)
{
    xmlXPathObject *v = expr_eval(e, x, node, position, size, error);
    if (!v)
        return false;
    bool nodes = v->type == XPATH_NODESET || v->type == XPATH_XSLT_TREE;
    bool missing = nodes && xmlXPathNodeSetIsEmpty(v->nodesetval);
    if (missing) {
        Pending before = env_begin(e, error, x->text);
        env_fail(e, DIAG_expr_missing, x->text, NULL, NULL);
        env_end(e, before);
    } else {
        put_value(e, out, v);
    }
    xmlXPathFreeObject(v);
    return !missing;
}

bool expr_boolean(ExprEnv *e, const Expr *x, xmlNode *node, int position, int size, bool *out,
                  ExprError *error)
{
    xmlXPathObject *v = expr_eval(e, x, node, position, size, error);
    if (!v)
        return false;
    *out = xmlXPathCastToBoolean(v);
    xmlXPathFreeObject(v);
    return true;
}
