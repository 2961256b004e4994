/* SPDX-License-Identifier: MIT */
/* Runs rules over a description: one walk, the rules found by the names of its elements. */
#include "rules_internal.h"

#include <libxml/dict.h>
#include <stdlib.h>
#include <string.h>

/* A rule asks about one node at a time.  Most questions are small; what a large one takes (the sum
 * of a whole project) comes from a budget in proportion to the file, so that no rule can make the
 * run quadratic.  Steps are libxml2's. */
enum { STEPS = 4000, STEPS_GROW = 8, STEPS_PER_ELEMENT = 400, NODES_PER_ELEMENT = 100 };
static const uint64_t steps_least = 100000000, nodes_least = 20000000;

/* ---- evaluating ---- */

/* Says once that a formula cannot be evaluated, and does not try again. */
static void give_up(Run *r, const Formula *f, const ExprError *error, const xmlNode *node)
{
    Place place = origin_place(&f->at);
    Finding *found;
    r->dead[f->number] = true;
    if (error->id == DIAG_expr_limit || r->returned == 0)
        found = diag_add(r->d, DIAG_rules_too_slow, &place, (char *)NULL);
    else
        found = expr_report(r->d, error, &place);
    place = project_spot(r->p, node);
    diag_note(found, &place, diag_text(DIAG_rules_here)->text[diags_lang(r->d)]);
}

static bool compile(Run *r, const Formula *f, ExprError *error)
{
    Formula *own = r->rules->formulas.p[f->number];
    if (!own->x)
        own->x = expr_compile(r->rules->env, f->text, strlen(f->text), NULL, error);
    return own->x;
}

xmlXPathObject *run_eval(Run *r, const Formula *f, xmlNode *node)
{
    ExprError error = {0};
    r->file = f->at.file;
    if (r->dead[f->number])
        return NULL;
    if (!compile(r, f, &error)) {
        give_up(r, f, &error, node);
        return NULL;
    }
    for (uint64_t steps = STEPS;; steps *= STEPS_GROW) {
        expr_env_limit(r->env, steps);
        xmlXPathObject *o = expr_eval(r->env, f->x, node, 1, 1, &error);
        if (o)
            return o;
        if (error.id != DIAG_expr_limit || steps * STEPS_GROW > r->budget) {
            give_up(r, f, &error, node);
            return NULL;
        }
        r->budget -= steps * STEPS_GROW;
    }
}

Answer run_answer(Run *r, const Test *t, xmlNode *node)
{
    Answer answer = quick_answer(r, t->quick, node);
    if (answer != PERHAPS)
        return answer;
    xmlXPathObject *o = run_eval(r, t->formula, node);
    if (o)
        answer = xmlXPathCastToBoolean(o) ? YES : NO;
    xmlXPathFreeObject(o);
    return answer;
}

/* ---- the variables of a rule ----
 * Evaluated when they are needed: most tests are answered before they ask for one. */

/* Makes lets known to XPath; false: one of them fails. */
static bool push(Run *r, uint32_t lets)
{
    bool good = true;
    for (size_t i = 0; i < r->rule->n_let; i++) {
        Local *v = &r->local[i];
        if (!(lets >> i & 1))
            continue;
        run_local(r, i);
        if (v->state == LOCAL_SET && !v->object && !v->pushed)
            v->object = run_eval(r, r->rule->let[i].value, r->current);
        if (v->state == LOCAL_SET && v->object && !v->pushed) {
            expr_env_variable(r->env, r->rule->let[i].name, v->object);
            v->pushed = true;
        }
        good = good && v->pushed;
    }
    return good;
}

Value run_local(Run *r, size_t i)
{
    const Let *let = &r->rule->let[i];
    Local *v = &r->local[i];
    if (v->state != LOCAL_UNSET)
        return v->value;
    v->state = LOCAL_SET;
    v->value = let->quick ? operand_value(r, let->quick, r->current) : (Value){0};
    if (v->value.kind == VALUE_TEXT)            /* perhaps in the run's buffer */
        v->value.kind = VALUE_UNKNOWN;
    if (v->value.kind == VALUE_UNKNOWN) {
        v->object = push(r, let->uses) ? run_eval(r, let->value, r->current) : NULL;
        v->state = v->object ? LOCAL_SET : LOCAL_FAILED;
        v->value = value_of(v->object);
    }
    return v->value;
}

static void begin_rule(Run *r, const Rule *rule, xmlNode *node)
{
    r->rule = rule;
    r->current = node;
    for (size_t i = 0; i < rule->n_let; i++)
        r->local[i] = (Local){0};
}

static void end_rule(Run *r, size_t mark)
{
    expr_env_release(r->env, mark);
    for (size_t i = 0; i < r->rule->n_let; i++)
        if (!r->local[i].pushed)
            xmlXPathFreeObject(r->local[i].object);
}

/* ---- firing ---- */

static bool found(Run *r, const Check *c, xmlNode *node)
{
    Answer answer = quick_answer(r, c->test.quick, node);
    if (answer == PERHAPS && push(r, c->uses))
        answer = run_answer(r, &(Test){ c->test.formula, NULL }, node);
    return answer == (c->report ? YES : NO);
}

static void fire(Run *r, const Rule *rule, xmlNode *node)
{
    size_t mark = expr_env_mark(r->env);
    begin_rule(r, rule, node);
    for (size_t i = 0; i < rule->n_check; i++) {
        const Check *c = &rule->check[i];
        r->spot = (Spot){0};
        if (!r->waits[c->number] && found(r, c, node)) {
            push(r, UINT32_MAX);
            run_say(r, c, node);
        }
    }
    end_rule(r, mark);
}

/* Rules with the node's name and rules for any name, merged in the order of the file. */
static void apply(Run *r, const Candidates *named, const Candidates *any, xmlNode *node)
{
    size_t i = 0, k = 0, done = SIZE_MAX;
    size_t n = named ? named->n : 0;
    while (i < n || k < any->n) {
        bool first = k == any->n || (i < n && named->p[i].item < any->p[k].item);
        const Candidate *c = first ? &named->p[i++] : &any->p[k++];
        const Rule *rule = &r->rules->rules.p[c->item];
        r->current = node;
        if (rule->pattern != done && !(r->foreign && rule->file->ours) &&
            match_fits(r, c->match, node)) {
            done = rule->pattern;
            fire(r, rule, node);
        }
    }
}

/* ---- the walk ---- */

xmlNode *walk_next(xmlNode *n)
{
    for (xmlNode *k = n->children; k; k = k->next)
        if (k->type == XML_ELEMENT_NODE)
            return k;
    for (; n; n = n->parent && n->parent->type == XML_ELEMENT_NODE ? n->parent : NULL)
        for (xmlNode *k = n->next; k; k = k->next)
            if (k->type == XML_ELEMENT_NODE)
                return k;
    return NULL;
}

static size_t count_elements(const Project *p)
{
    size_t n = 0;
    for (xmlNode *e = project_root(p); e; e = walk_next(e))
        n++;
    return n;
}

static const Match *rule_match(const void *data, size_t i)
{
    return &((const ProjectRules *)data)->rules.p[i].context;
}

static void walk(Run *r, size_t total, const RulesOptions *o)
{
    static const Candidates none = {0};
    const Index *index = index_new(r->arena, r->rules->rules.n, rule_match, r->rules);
    bool attributes = map_count(index->attributes) || index->any_attribute->n;
    size_t done = 0;
    apply(r, index->document, &none, (xmlNode *)xml_tree(project_xml(r->p)));
    for (xmlNode *e = project_root(r->p); e; e = walk_next(e)) {
        apply(r, index_find(index, e), index->any, e);
        for (xmlAttr *a = attributes ? e->properties : NULL; a; a = a->next)
            apply(r, index_find(index, (xmlNode *)a), index->any_attribute, (xmlNode *)a);
        if (++done % 4096 == 0 && o->progress)
            o->progress(o->data, done, total);
    }
}

/* ---- a project ---- */

static xmlNode *find_id(void *data, const char *id)
{
    return project_find(data, id);
}

static void find_names(Run *r)
{
    xmlDict *dict = xml_tree(project_xml(r->p))->dict;
    size_t n = r->rules->names.n;
    r->name = ARENA_ARRAY(r->arena, const xmlChar *, n + 1);
    for (size_t i = 1; dict && i < n; i++)
        r->name[i] = xmlDictExists(dict, (const xmlChar *)r->rules->names.p[i], -1);
}

static void start(Run *r, size_t elements)
{
    size_t n = r->rules->formulas.n;
    r->arena = arena_new();
    find_names(r);
    r->dead = mem_new(n + 1);
    r->waiting = map_new(r->arena);
    r->waits = mem_new(r->rules->checks + 1);
    r->global = ARENA_ARRAY(r->arena, Value, r->rules->lets.n + 1);
    r->budget = steps_least + (uint64_t)elements * STEPS_PER_ELEMENT;
    r->returned = nodes_least + (uint64_t)elements * NODES_PER_ELEMENT;
    r->env = expr_env_new(xml_tree(project_xml(r->p)));
    expr_env_language(r->env, diags_lang(r->d) == LANG_PL ? "pl" : "en");
    expr_env_resolver(r->env, find_id, r->p);
    for (size_t i = 0; i < r->rules->prefixes.n; i += 2)
        expr_env_namespace(r->env, r->rules->prefixes.p[i], r->rules->prefixes.p[i + 1]);
    functions_register(r->env, r);
}

/* What fails is undefined; ours fail on what is not ours. */
static void set_globals(Run *r)
{
    r->current = (xmlNode *)xml_tree(project_xml(r->p));
    for (size_t i = 0; i < r->rules->lets.n; i++) {
        const Let *let = &r->rules->lets.p[i];
        bool skip = r->foreign && let->value->at.file->ours;
        xmlXPathObject *o = skip ? NULL : run_eval(r, let->value, r->current);
        expr_env_variable(r->env, let->name, o);
        r->global[i] = value_of(o);
    }
}

bool project_check_rules(Project *p, const ProjectRules *rules, const RulesOptions *o, Diags *d)
{
    Run r = { .p = p, .rules = rules, .d = d, .strict = o->strict,
              .foreign = !str_equal((const char *)project_root(p)->name, "project") };
    size_t errors = diags_count(d, SEV_ERROR), elements = count_elements(p);
    blocked_clear(p);
    start(&r, elements);
    keys_build(&r);
    accept_collect(&r);
    wait_mark(&r);
    set_globals(&r);
    walk(&r, elements, o);
    if (!r.foreign)
        accept_finish(&r);
    keys_free(&r);
    expr_env_free(r.env);
    arena_free(r.arena);
    buf_free(&r.text);
    free(r.dead);
    free(r.waits);
    return diags_count(d, SEV_ERROR) == errors;
}
