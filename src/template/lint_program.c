/* SPDX-License-Identifier: MIT */
/* The expressions of a template in the order of the document, each with the context and the names
 * that it will have.  Blocks that found no place are followed as they stand in the text. */
#include "lint_internal.h"

#include <stdlib.h>
#include <string.h>

enum { STEPS = 1000 * 1000 };           /* operations looked at, includes in includes counted */

/* What ends where a block, an include or a part ends. */
typedef struct { size_t scope, guard; int level; Value context, group; } Held;

typedef struct { TagKind kind; Held before; } Lost;
typedef struct { Linter *l; VEC(Lost) lost; } Program;

static Held hold(const Linter *l)
{
    return (Held){ l->scope.n, l->guard.n, l->level, l->context, l->group };
}

static void let_go(Linter *l, const Held *h)
{
    l->scope.n = h->scope;
    l->guard.n = h->guard;
    l->level = h->level;
    l->context = h->context;
    l->group = h->group;
}

/* ---- telling ---- */

Remark *lint_tell(Linter *l, const Tag *tag, size_t at, size_t len, DiagId id, const char *a,
                  const char *b)
{
    if (!l->d)
        return NULL;
    for (size_t i = 0; i < l->said.n; i++)
        if (l->said.p[i].tag == tag && l->said.p[i].id == id && l->said.p[i].at == at)
            return NULL;
    vec_push(&l->said, (Said){ tag, id, at });
    Spot s = len ? spot_inside(tag, at, len) : tag->spot;
    if (s.included)
        s.included = l->site;
    return tell(l->t, l->d, &s, id, a, b, NULL);
}

static void show_use(Linter *l, const Tag *tag)
{
    if (!l->visit || l->stop)
        return;
    TemplateUse use = { .typed = tag->typed, .what = tag_word(tag->kind),
                        .place = spot_place(&tag->spot, l->lang), .read = l->read.p,
                        .n = l->read.n };
    l->stop = !l->visit(l->data, &use);
}

/* ---- expressions ---- */

static void begin(Linter *l)
{
    l->read.n = 0;
    l->asked.n = 0;
}

/* The expression of a tag, nothing else of it. */
static Value expression(Linter *l, const Tag *tag)
{
    size_t from = 0;
    begin(l);
    Value v = tag->expr ? lint_expr(l, tag, tag->expr, &from) : value_any();
    return v;
}

/* Nodes that repeat, with the keys of groups and of order; afterwards they are the context. */
static void repeated(Linter *l, const Tag *tag)
{
    size_t from = 0;
    begin(l);
    Value v = tag->expr ? lint_expr(l, tag, tag->expr, &from) : value_any();
    size_t asked = l->asked.n;
    if (v.type != VALUE_NODES)
        v = value_any();
    v.optional = false;
    l->level++;
    l->context = v;
    if (tag->group) {
        l->group = v;
        lint_expr(l, tag, tag->group, &from);
    }
    for (size_t i = 0; i < tag->n_sort; i++)
        if (tag->sort[i].key)
            lint_expr(l, tag, tag->sort[i].key, &from);
    for (size_t i = 0; i < asked; i++)  /* each p[@a]: @a is there inside */
        vec_push(&l->guard, (Guard){ l->asked.p[i], l->level });
    show_use(l, tag);
}

static void condition(Linter *l, const Tag *tag)
{
    expression(l, tag);
    for (size_t i = 0; i < l->asked.n; i++)
        vec_push(&l->guard, (Guard){ l->asked.p[i], l->level });
    show_use(l, tag);
}

static void let(Linter *l, const Tag *tag)
{
    Value v = expression(l, tag);
    show_use(l, tag);
    vec_push(&l->scope, (Scope){ tag->name, v });
}

/* A value that is printed or becomes a picture. */
static void printed(Linter *l, const Tag *tag)
{
    Value v = expression(l, tag);
    if (l->naming && v.personal)
        lint_tell(l, tag, 0, 0, DIAG_lint_personal, l->naming, v.personal);
    show_use(l, tag);
}

/* ---- operations ---- */

static void walk(Program *p, const Ops *ops);

static void inside(Program *p, const Ops *ops)
{
    size_t lost = p->lost.n;
    if (ops)
        walk(p, ops);
    p->lost.n = lost < p->lost.n ? lost : p->lost.n;
}

static void walk_each(Program *p, const Op *op)
{
    Held h = hold(p->l);
    repeated(p->l, op->tag);
    inside(p, &op->branch[0].body);
    let_go(p->l, &h);
    if (op->n_branch > 1)
        inside(p, &op->branch[1].body);
    let_go(p->l, &h);
}

static void walk_if(Program *p, const Op *op)
{
    Held h = hold(p->l);
    for (size_t i = 0; i < op->n_branch; i++) {
        const Branch *b = &op->branch[i];
        if (b->tag->kind != TAG_ELSE)
            condition(p->l, b->tag);
        size_t scope = p->l->scope.n;
        inside(p, &b->body);
        p->l->scope.n = scope;
    }
    let_go(p->l, &h);
}

static void walk_include(Program *p, const Op *op)
{
    Linter *l = p->l;
    Held h = hold(l);
    Value v = expression(l, op->tag);
    show_use(l, op->tag);
    if (op->tag->expr) {
        l->level++;
        l->context = v.type == VALUE_NODES ? v : value_any();
        l->context.optional = false;
    }
    const Spot *site = l->site;
    Spot *here = ARENA_NEW(l->t->arena, Spot);
    *here = op->tag->spot;
    here->included = site;
    l->site = here;
    inside(p, op->include);
    l->site = site;
    let_go(l, &h);
}

/* A tag of a block that has no place in the document. */
static void walk_lost(Program *p, const Tag *tag)
{
    TagKind opening = tag->kind == TAG_END_EACH ? TAG_EACH : TAG_IF;
    switch (tag->kind) {
    case TAG_EACH:
    case TAG_IF:
        vec_push(&p->lost, (Lost){ tag->kind, hold(p->l) });
        if (tag->unsure)
            p->l->context = value_any();
        if (tag->kind == TAG_EACH)
            repeated(p->l, tag);
        else
            condition(p->l, tag);
        break;
    case TAG_ELIF:
        if (p->lost.n && p->lost.p[p->lost.n - 1].kind == TAG_IF)
            condition(p->l, tag);
        break;
    case TAG_END_EACH:
    case TAG_END_IF:
        while (p->lost.n) {
            const Lost *top = &p->lost.p[--p->lost.n];
            let_go(p->l, &top->before);
            if (top->kind == opening)
                break;
        }
        break;
    default:
        break;
    }
}

static void walk_op(Program *p, const Op *op)
{
    switch (op->kind) {
    case OP_STATIC: break;
    case OP_ELEMENT:
        if (op->href)
            walk(p, op->href);
        walk(p, &op->body);
        break;
    case OP_PARAGRAPH: case OP_HOLDER: case OP_CARRY:
        walk(p, &op->body);
        break;
    case OP_FRAME:
        if (op->tag)
            printed(p->l, op->tag);
        if (op->frame.title)
            walk(p, op->frame.title);
        if (op->frame.desc)
            walk(p, op->frame.desc);
        walk(p, &op->body);
        break;
    case OP_VALUE: case OP_RICH: printed(p->l, op->tag); break;
    case OP_LET: let(p->l, op->tag); break;
    case OP_EACH: walk_each(p, op); break;
    case OP_IF: walk_if(p, op); break;
    case OP_INCLUDE: walk_include(p, op); break;
    case OP_LOST: walk_lost(p, op->tag); break;
    }
}

static void walk(Program *p, const Ops *ops)
{
    for (size_t i = 0; i < ops->n && p->l->steps < STEPS && !p->l->stop; i++) {
        p->l->steps++;
        walk_op(p, &ops->op[i]);
    }
}

/* ---- the template ---- */

static void walk_part(Program *p, const Ops *ops)
{
    Held h = hold(p->l);
    if (ops)
        inside(p, ops);
    let_go(p->l, &h);
}

static void walk_string(Program *p, const Ops *ops, const char *en, const char *pl)
{
    p->l->naming = p->l->lang == LANG_PL ? pl : en;
    walk_part(p, ops);
    p->l->naming = NULL;
}

/* The names that the body's top level gives to headers, title and file name. */
static void top_lets(Linter *l)
{
    Diags *d = l->d;
    bool stop = l->stop;
    l->d = NULL;                        /* the body told */
    l->stop = true;
    for (size_t i = 0; i < l->t->lets.n; i++)
        let(l, l->t->lets.p[i]);
    l->d = d;
    l->stop = stop;
}

void lint_program(Linter *l)
{
    Template *t = l->t;
    Program p = { .l = l };
    Held h = hold(l);
    l->context = value_document(l);
    if (t->records) {
        repeated(l, t->records);
    } else if (l->facts) {
        ExprToken all = { EXPR_NAME, 0, 1 };
        Reading r = { .l = l, .text = "*" };
        l->context = step_child(&r, &l->context, all);
    } else {
        l->context = value_any();
    }
    walk_part(&p, &t->body);
    top_lets(l);
    walk_part(&p, &t->masters);
    walk_string(&p, t->title, "the title", "tytuł");
    walk_string(&p, t->file_name, "the file name", "nazwa pliku");
    let_go(l, &h);
    vec_free(&p.lost);
}
