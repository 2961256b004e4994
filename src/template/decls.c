/* SPDX-License-Identifier: MIT */
/* Declarations of variables, user fields and number ranges: those of included files join those of
 * the template, at the beginning of its body (ODF 1.3 part 3, 7.4). */
#include "internal.h"

#include <string.h>

/* In the order in which they stand in office:text. */
static const OdfName containers[] = { ODF_TEXT_VARIABLE_DECLS, ODF_TEXT_SEQUENCE_DECLS,
                                      ODF_TEXT_USER_FIELD_DECLS };

static bool declares(const OdfNode *container, const char *name)
{
    for (size_t i = 0; container && i < container->n_kid; i++)
        if (container->kid[i]->name != ODF_CHARACTERS &&
            str_equal(odf_attr(container->kid[i], ODF_TEXT_NAME), name))
            return true;
    return false;
}

/* The container with what another one declares beside it. */
static const OdfNode *both(Template *t, const OdfNode *own, const OdfNode *other)
{
    if (!own)
        return other;
    OdfNode *n = odf_element(t->arena, own->name, 0, own->n_kid + other->n_kid);
    size_t at = 0;
    for (size_t i = 0; i < own->n_kid; i++)
        odf_kids(n)[at++] = own->kid[i];
    for (size_t i = 0; i < other->n_kid; i++) {
        OdfNode *k = other->kid[i];
        if (k->name != ODF_CHARACTERS && !declares(own, odf_attr(k, ODF_TEXT_NAME)))
            odf_kids(n)[at++] = k;
    }
    n->n_kid = (uint32_t)at;
    return n;
}

/* Where in the program of the body the declarations of a kind are, or would be. */
static size_t place_of(const Ops *body, OdfName name)
{
    for (size_t i = 0; i < body->n; i++)
        if (body->op[i].kind == OP_STATIC && body->op[i].node->name == name)
            return i;
    size_t at = 0;
    for (size_t i = 0; i < body->n; i++) {
        const OdfNode *n = body->op[i].kind == OP_STATIC ? body->op[i].node : NULL;
        bool before = n && (n->name == ODF_OFFICE_FORMS || n->name == ODF_TEXT_TRACKED_CHANGES);
        for (size_t k = 0; n && k < COUNT(containers) && containers[k] != name; k++)
            before |= n->name == containers[k];
        if (before)
            at = i + 1;
    }
    return at;
}

static void put(Template *t, Ops *body, const OdfNode *container)
{
    size_t at = place_of(body, container->name);
    if (at < body->n && body->op[at].kind == OP_STATIC &&
        body->op[at].node->name == container->name) {
        body->op[at].node = both(t, body->op[at].node, container);
        return;
    }
    Op *op = ARENA_ARRAY(t->arena, Op, body->n + 1);
    memcpy(op, body->op, at * sizeof *op);
    op[at] = (Op){ .kind = OP_STATIC, .node = container };
    memcpy(op + at + 1, body->op + at, (body->n - at) * sizeof *op);
    body->op = op;
    body->n++;
}

void declarations_join(Template *t)
{
    if (!t->body.n || t->body.op[0].kind == OP_STATIC)
        return;                 /* it includes nothing */
    for (size_t i = 0; i < t->includes.n; i++) {
        const OdfNode *body = t->includes.p[i]->body;
        for (size_t k = 0; body && k < COUNT(containers); k++) {
            const OdfNode *container = odf_kid(body, containers[k]);
            if (container && container->n_kid)
                put(t, &t->body.op[0].body, container);
        }
    }
}
