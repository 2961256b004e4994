/* SPDX-License-Identifier: MIT */
/* Contexts of rules and matches of keys: XSLT 1.0 patterns (5.2) of elements and attributes. */
#include "rules_internal.h"

#include <string.h>

/* ---- reading ---- */

typedef struct {
    Loader *l;
    Origin at;
    const char *text;
    size_t len;
    ExprLexer lexer;
    ExprToken now;
    VEC(Path) paths;
    VEC(Step) steps;
    VEC(size_t) has;
    VEC(Test) tests;
} Reading;

static void next(Reading *r)
{
    r->now = expr_token(&r->lexer);
}

static bool is(const Reading *r, const char *word)
{
    return r->now.len == strlen(word) && !memcmp(r->text + r->now.offset, word, r->now.len);
}

static bool refuse(Reading *r)
{
    load_fault(r->l, DIAG_rules_context, r->at.node, r->at.attribute, r->text);
    return false;
}

/* A name with its prefix resolved, or "*". */
static bool read_name(Reading *r, Step *s)
{
    const char *name = arena_dup(r->l->rules->arena, r->text + r->now.offset, r->now.len);
    const char *colon = strchr(name, ':');
    const ProjectRules *rules = r->l->rules;
    if (colon) {
        for (size_t i = 0; i < rules->prefixes.n; i += 2)
            if (!strncmp(rules->prefixes.p[i], name, (size_t)(colon - name)) &&
                !rules->prefixes.p[i][colon - name])
                s->uri = rules->prefixes.p[i + 1];
        if (!s->uri)
            return refuse(r);
        name = colon + 1;
    }
    s->name = str_equal(name, "*") ? NULL : name;
    next(r);
    return true;
}

/* [@name] is looked up, everything else is evaluated.  A number or position() would have to count
 * the siblings of each node. */
static bool read_predicate(Reading *r)
{
    size_t start = r->now.offset + r->now.len, depth = 1, words = 0;
    ExprToken first = {0};
    do {
        next(r);
        if (r->now.kind == EXPR_END || r->now.kind == EXPR_BAD || is(r, "position") ||
            is(r, "last"))
            return refuse(r);
        depth += is(r, "[");
        depth -= is(r, "]");
        if (!words++)
            first = r->now;
        else if (words == 2 && depth && first.len == 1 && r->text[first.offset] == '@' &&
                 r->now.kind == EXPR_ATTRIBUTE)
            first = r->now;
    } while (depth);
    size_t len = r->now.offset - start;
    const char *text = arena_dup(r->l->rules->arena, r->text + start, len);
    if (first.kind == EXPR_NUMBER && words == 2)
        return refuse(r);
    if (first.kind == EXPR_ATTRIBUTE && words == 3 && !strpbrk(text, ":*")) {
        vec_push(&r->has, load_name(r->l, arena_dup(r->l->rules->arena, r->text + first.offset,
                                                    first.len)));
    } else {
        Origin at = r->at;
        at.offset += start;
        const Formula *f = load_piece(r->l, &at, text, len);
        if (!f)
            return false;
        vec_push(&r->tests, (Test){ f, load_quick(r->l, text) });
    }
    next(r);
    return true;
}

/* Takes what was gathered in a list into the arena. */
#define TAKE(r, list, to, count, type) \
    do { \
        (to) = ARENA_ARRAY((r)->l->rules->arena, type, (list).n + 1); \
        if ((list).n) \
            memcpy((to), (list).p, (list).n * sizeof *(list).p); \
        (count) = (list).n; \
        (list).n = 0; \
    } while (0)

static bool read_step(Reading *r, bool deep)
{
    Step s = { .deep = deep };
    if (is(r, "@")) {
        s.attribute = true;
        next(r);
    }
    if (r->now.kind != EXPR_NAME && r->now.kind != EXPR_ATTRIBUTE)
        return refuse(r);
    if (!read_name(r, &s))
        return false;
    while (is(r, "["))
        if (!read_predicate(r))
            return false;
    TAKE(r, r->has, s.has, s.n_has, size_t);
    TAKE(r, r->tests, s.test, s.n_test, Test);
    vec_push(&r->steps, s);
    return true;
}

static bool read_path(Reading *r)
{
    Path p = { .rooted = is(r, "/") };
    bool deep = is(r, "//"), more = true;
    if (p.rooted || deep)
        next(r);
    if (p.rooted && (r->now.kind == EXPR_END || is(r, "|")))
        more = false;
    while (more) {
        if (r->steps.n && r->steps.p[r->steps.n - 1].attribute)
            return refuse(r);
        if (!read_step(r, deep))
            return false;
        deep = is(r, "//");
        more = deep || is(r, "/");
        if (more)
            next(r);
    }
    TAKE(r, r->steps, p.step, p.n, Step);
    vec_push(&r->paths, p);
    return true;
}

static bool read_paths(Reading *r)
{
    for (;;) {
        if (!read_path(r))
            return false;
        if (!is(r, "|"))
            break;
        next(r);
    }
    return r->now.kind == EXPR_END && r->now.offset >= r->len ? true : refuse(r);
}

bool load_match(Loader *l, const xmlNode *n, const char *attribute, Match *out)
{
    const char *text = load_text(l, n, attribute);
    if (!text) {
        load_fault(l, DIAG_schema_attribute_missing, n, NULL, (const char *)n->name, attribute);
        return false;
    }
    Reading r = { .l = l, .at = { l->file, n, attribute, 0 }, .text = text, .len = strlen(text) };
    size_t faults = l->faults;
    expr_lexer(&r.lexer, text, r.len);
    next(&r);
    bool good = read_paths(&r) && l->faults == faults;
    if (good)
        TAKE(&r, r.paths, out->path, out->n, Path);
    vec_free(&r.paths);
    vec_free(&r.steps);
    vec_free(&r.has);
    vec_free(&r.tests);
    return good;
}

bool match_root(const Match *m)
{
    for (size_t i = 0; i < m->n; i++)
        if (!m->path[i].rooted || m->path[i].n > 1)
            return false;
    return true;
}

/* ---- matching ---- */

static bool name_fits(const Step *s, const xmlNode *n)
{
    if (s->attribute != (n->type == XML_ATTRIBUTE_NODE))
        return false;
    if (s->name && (s->name[0] != (char)n->name[0] || strcmp(s->name, (const char *)n->name)))
        return false;
    if (!s->name && !s->uri)
        return true;
    return str_equal(s->uri, n->ns ? (const char *)n->ns->href : NULL);
}

static bool step_fits(Run *r, const Step *s, const xmlNode *n)
{
    if (!name_fits(s, n))
        return false;
    for (size_t i = 0; i < s->n_has; i++)
        if (!attribute_node(r, n, s->has[i]))
            return false;
    for (size_t i = 0; i < s->n_test; i++)
        if (run_answer(r, &s->test[i], (xmlNode *)n) != YES)
            return false;
    return true;
}

/* Whether steps 0 to i lead to a node; recursion is bounded by the steps. */
static bool path_fits(Run *r, const Path *p, size_t i, const xmlNode *n)
{
    if (!step_fits(r, &p->step[i], n))
        return false;
    const xmlNode *up = n->parent;
    bool element = up && up->type == XML_ELEMENT_NODE;
    if (!i)
        return !p->rooted || p->step[0].deep || !element;
    for (; element; up = up->parent, element = up && up->type == XML_ELEMENT_NODE) {
        if (path_fits(r, p, i - 1, up))
            return true;
        if (!p->step[i].deep)
            return false;
    }
    return false;
}

bool match_fits(Run *r, const Match *m, const xmlNode *n)
{
    for (size_t i = 0; i < m->n; i++) {
        const Path *p = &m->path[i];
        bool document = n->type == XML_DOCUMENT_NODE;
        if (p->n ? !document && path_fits(r, p, p->n - 1, n) : document)
            return true;
    }
    return false;
}

/* ---- the index ---- */

static void index_put(Arena *a, Index *x, const Path *p, const Match *m, size_t item)
{
    const Step *s = p->n ? &p->step[p->n - 1] : NULL;
    Map *map = s && s->attribute ? x->attributes : x->elements;
    Candidates *c = s ? s->attribute ? x->any_attribute : x->any : x->document;
    if (s && s->name) {
        c = map_get(map, s->name, strlen(s->name));
        if (!c) {
            c = ARENA_NEW(a, Candidates);
            map_put(map, s->name, strlen(s->name), c);
        }
    }
    if (c->n && c->p[c->n - 1].item == item)    /* two alternatives of one match */
        return;
    Candidate *more = ARENA_ARRAY(a, Candidate, c->n + 1);
    if (c->n)
        memcpy(more, c->p, c->n * sizeof *more);
    more[c->n] = (Candidate){ m, item };
    c->p = more;
    c->n++;
}

Index *index_new(Arena *a, size_t n, const Match *(*get)(const void *data, size_t i),
                 const void *data)
{
    Index *x = ARENA_NEW(a, Index);
    x->elements = map_new(a);
    x->attributes = map_new(a);
    x->any = ARENA_NEW(a, Candidates);
    x->any_attribute = ARENA_NEW(a, Candidates);
    x->document = ARENA_NEW(a, Candidates);
    for (size_t i = 0; i < n; i++) {
        const Match *m = get(data, i);
        for (size_t k = 0; k < m->n; k++)
            index_put(a, x, &m->path[k], m, i);
    }
    return x;
}

const Candidates *index_find(const Index *x, const xmlNode *n)
{
    if (n->type == XML_DOCUMENT_NODE)
        return x->document;
    bool attribute = n->type == XML_ATTRIBUTE_NODE;
    const char *name = (const char *)n->name;
    const Candidates *c = map_get(attribute ? x->attributes : x->elements, name, strlen(name));
    return c;
}
