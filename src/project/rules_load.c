/* SPDX-License-Identifier: MIT */
/* Reads rules files: the vocabulary of ISO Schematron with queryBinding="xslt". */
#include "rules_internal.h"

#include <stdlib.h>
#include <string.h>

/* ---- elements ---- */

static bool in_schematron(const xmlNode *n)
{
    return n->ns && str_equal((const char *)n->ns->href, SCHEMATRON_NS);
}

static bool is_sch(const xmlNode *n, const char *name)
{
    return n->type == XML_ELEMENT_NODE && in_schematron(n) &&
           str_equal((const char *)n->name, name);
}

static bool abstract(const xmlNode *n)
{
    return str_equal(xml_attr(n, "abstract"), "true");
}

/* Whether an element is one of those known here; foreign ones are passed over, as the standard
 * allows, other ones of Schematron are faults. */
bool load_element(Loader *l, const xmlNode *n, const char *const *known, size_t n_known)
{
    if (n->type != XML_ELEMENT_NODE || !in_schematron(n))
        return false;
    if (is_sch(n, "include") || xml_attr(n, "href")) {
        load_fault(l, DIAG_rules_include, n, NULL, (const char *)n->name);
        return false;
    }
    for (size_t i = 0; i < n_known; i++)
        if (str_equal((const char *)n->name, known[i]))
            return true;
    Buf names = {0};
    for (size_t i = 0; i < n_known; i++)
        buf_format(&names, i ? ", %s" : "%s", known[i]);
    load_fault(l, DIAG_schema_stray, n, NULL, (const char *)n->name, (const char *)n->parent->name,
               names.p);
    buf_free(&names);
    return false;
}

static const char *needed(Loader *l, const xmlNode *n, const char *attribute)
{
    const char *v = load_text(l, n, attribute);
    if (!v || !*v)
        load_fault(l, DIAG_schema_attribute_missing, n, NULL, (const char *)n->name, attribute);
    return v && *v ? v : NULL;
}

/* Puts a node under its id, which must not be taken. */
static void enter(Loader *l, Map *map, xmlNode *n, const char *attribute)
{
    const char *id = needed(l, n, attribute);
    if (id && map_get(map, id, strlen(id)))
        load_fault(l, DIAG_id_twice, n, attribute, id);
    else if (id)
        map_put(map, id, strlen(id), n);
}

/* ---- what others refer to ---- */

static void load_namespace(Loader *l, const xmlNode *n)
{
    ProjectRules *r = l->rules;
    const char *prefix = needed(l, n, "prefix"), *uri = needed(l, n, "uri");
    if (!prefix || !uri)
        return;
    for (size_t i = 0; i < r->prefixes.n; i += 2)
        if (str_equal(r->prefixes.p[i], prefix) && !str_equal(r->prefixes.p[i + 1], uri))
            load_fault(l, DIAG_rules_prefix, n, "prefix", prefix);
    vec_push(&r->prefixes, prefix);
    vec_push(&r->prefixes, uri);
    expr_env_namespace(r->env, prefix, uri);
}

static void load_key(Loader *l, const xmlNode *n)
{
    Key k = { .name = needed(l, n, "name"), .file = l->file };
    if (!k.name)
        return;
    size_t same = key_number(l->rules, l->file, k.name, strlen(k.name));
    if (same < l->rules->keys.n && l->rules->keys.p[same].file == l->file) {
        load_fault(l, DIAG_id_twice, n, "name", k.name);
        return;
    }
    k.use = load_formula(l, n, "use");
    if (load_match(l, n, "match", &k.match) && k.use) {
        k.quick = load_operand(l, load_text(l, n, "use"));
        vec_push(&l->rules->keys, k);
    }
}

static bool is_key(const xmlNode *n)
{
    return xml_is(n, XSLT_NS, "key");
}

/* First namespaces, then keys, then ids: they may stand after what uses them. */
static void load_referred(Loader *l, xmlNode *schema)
{
    for (xmlNode *n = schema->children; n; n = n->next)
        if (is_sch(n, "ns"))
            load_namespace(l, n);
    for (xmlNode *n = schema->children; n; n = n->next)
        if (is_key(n))
            load_key(l, n);
    for (xmlNode *n = schema->children; n; n = n->next) {
        if (is_sch(n, "pattern") && abstract(n))
            enter(l, l->abstracts, n, "id");
        for (xmlNode *d = is_sch(n, "diagnostics") ? n->children : NULL; d; d = d->next)
            if (is_sch(d, "diagnostic"))
                enter(l, l->diagnostics, d, "id");
    }
}

/* ---- rules ---- */

static const Formula *let_value(Loader *l, const xmlNode *n, const char **name)
{
    *name = needed(l, n, "name");
    return *name ? load_formula(l, n, "value") : NULL;
}

static void load_global(Loader *l, const xmlNode *n)
{
    Let let = {0};
    l->once = true;
    let.value = let_value(l, n, &let.name);
    if (let.value && map_get(l->globals, let.name, strlen(let.name))) {
        load_fault(l, DIAG_rules_let_taken, n, "name", let.name);
    } else if (let.value) {
        vec_push(&l->rules->lets, let);
        map_put(l->globals, let.name, strlen(let.name), l);
    }
}

typedef VEC(Let) Lets;
typedef VEC(Check) Checks;

static void load_local(Loader *l, const xmlNode *n, Lets *lets)
{
    Let let = {0};
    let.value = let_value(l, n, &let.name);
    if (!let.value)
        return;
    if (lets->n == LETS_MOST) {
        load_fault(l, DIAG_rules_lets, n, NULL, "32");
        return;
    }
    let.quick = load_operand(l, load_text(l, n, "value"));
    let.uses = load_uses(l, load_text(l, n, "value"), lets->p);
    vec_push(lets, let);
    vec_push(&l->locals, let.name);
}

static void load_parts(Loader *l, const xmlNode *rule, const char *id, Lets *lets,
                       Checks *checks);

/* The parts of an abstract rule of the same pattern (ISO/IEC 19757-3, 5.4.4). */
static void load_extended(Loader *l, const xmlNode *n, const char *id, Lets *lets, Checks *checks)
{
    enum { MOST = 1000 };       /* of a file: they may multiply, or run in a circle */
    const char *name = needed(l, n, "rule");
    const xmlNode *rule = name ? map_get(l->abstract_rules, name, strlen(name)) : NULL;
    if (name && !rule)
        load_fault(l, DIAG_rules_reference, n, "rule", name);
    else if (name && l->extended == MOST)
        load_fault(l, DIAG_rules_extends, n, "rule", "1000");
    if (rule && l->extended++ < MOST)
        load_parts(l, rule, id, lets, checks);
}

/* The parts of a rule, once its context is known. */
static void load_parts(Loader *l, const xmlNode *rule, const char *id, Lets *lets, Checks *checks)
{
    static const char *const known[] = { "let", "assert", "report", "extends", "p", "title" };
    const char *role = load_text(l, rule, "role");
    for (const xmlNode *n = rule->children; n; n = n->next) {
        if (!load_element(l, n, known, COUNT(known)))
            continue;
        if (is_sch(n, "let")) {
            load_local(l, n, lets);
        } else if (is_sch(n, "extends")) {
            load_extended(l, n, id, lets, checks);
        } else if (is_sch(n, "assert") || is_sch(n, "report")) {
            Check c = {0};
            if (load_check(l, n, id, role, lets->p, &c))
                vec_push(checks, c);
        }
    }
}

static void load_rule(Loader *l, const xmlNode *n, const char *pattern_id)
{
    const char *id = xml_attr(n, "id");
    Rule rule = { .file = l->file, .pattern = l->rules->patterns };
    Lets lets = {0};
    Checks checks = {0};
    if (!load_match(l, n, "context", &rule.context))
        return;
    l->once = match_root(&rule.context);
    load_parts(l, n, id ? id : pattern_id, &lets, &checks);
    rule.let = ARENA_ARRAY(l->rules->arena, Let, lets.n + 1);
    rule.check = ARENA_ARRAY(l->rules->arena, Check, checks.n + 1);
    if (lets.n)
        memcpy(rule.let, lets.p, lets.n * sizeof *lets.p);
    if (checks.n)
        memcpy(rule.check, checks.p, checks.n * sizeof *checks.p);
    rule.n_let = lets.n;
    rule.n_check = checks.n;
    vec_push(&l->rules->rules, rule);
    vec_free(&lets);
    vec_free(&checks);
    l->locals.n = 0;
    l->once = false;
}

static void load_rules(Loader *l, const xmlNode *pattern, const char *id)
{
    static const char *const known[] = { "rule", "let", "param", "title", "p" };
    l->abstract_rules = map_new(l->rules->arena);
    for (xmlNode *n = pattern->children; n; n = n->next)
        if (is_sch(n, "rule") && abstract(n))
            enter(l, l->abstract_rules, n, "id");
    for (const xmlNode *n = pattern->children; n; n = n->next) {
        if (!load_element(l, n, known, COUNT(known)))
            continue;
        if (is_sch(n, "let"))
            load_global(l, n);
        l->once = false;
        if (is_sch(n, "rule") && !abstract(n))
            load_rule(l, n, id);
    }
}

static void load_pattern(Loader *l, const xmlNode *n)
{
    const char *base = xml_attr(n, "is-a"), *id = xml_attr(n, "id");
    if (abstract(n) || (l->active && !(id && map_get(l->active, id, strlen(id)))))
        return;
    if (xml_attr(n, "documents"))
        load_fault(l, DIAG_schema_attribute, n, "documents", "pattern", "documents");
    if (base) {
        const xmlNode *abstract = map_get(l->abstracts, base, strlen(base));
        l->params = n;
        if (abstract)
            load_rules(l, abstract, id ? id : base);
        else
            load_fault(l, DIAG_rules_reference, n, "is-a", base);
        l->params = NULL;
    } else {
        load_rules(l, n, id ? id : "rule");
    }
    l->rules->patterns++;
}

/* The ids of a phase's patterns; a let there would hold for that phase alone, and is not known. */
static Map *load_phase(Loader *l, const xmlNode *phase)
{
    static const char *const known[] = { "active", "p" };
    Map *patterns = map_new(l->rules->arena);
    for (xmlNode *n = phase->children; n; n = n->next) {
        const char *id = NULL;
        if (load_element(l, n, known, COUNT(known)) && is_sch(n, "active"))
            id = needed(l, n, "pattern");
        if (id)
            map_put(patterns, id, strlen(id), n);
    }
    return patterns;
}

/* defaultPhase names what runs when nobody says otherwise; without it all patterns do. */
static void load_phases(Loader *l, const xmlNode *schema)
{
    const char *chosen = xml_attr(schema, "defaultPhase");
    for (const xmlNode *n = schema->children; n; n = n->next) {
        Map *patterns = is_sch(n, "phase") ? load_phase(l, n) : NULL;
        if (patterns && chosen && str_equal(xml_attr(n, "id"), chosen))
            l->active = patterns;
    }
    if (chosen && !l->active && !str_equal(chosen, "#ALL"))
        load_fault(l, DIAG_rules_reference, schema, "defaultPhase", chosen);
}

static void load_schema(Loader *l, xmlNode *schema)
{
    static const char *const known[] = { "ns", "let", "pattern", "diagnostics", "phase", "title",
                                         "p", "properties" };
    const char *binding = xml_attr(schema, "queryBinding");
    if (!is_sch(schema, "schema")) {
        load_fault(l, DIAG_schema_root, schema, NULL, (const char *)schema->name, "sch:schema");
        return;
    }
    if (binding && !str_equal(binding, "xslt") && !str_equal(binding, "xpath"))
        load_fault(l, DIAG_rules_binding, schema, "queryBinding", binding);
    load_phases(l, schema);
    load_referred(l, schema);
    for (xmlNode *n = schema->children; n; n = n->next)
        if (load_element(l, n, known, COUNT(known)) && is_sch(n, "let"))
            load_global(l, n);
    l->once = false;
    for (xmlNode *n = schema->children; n; n = n->next)
        if (is_sch(n, "pattern"))
            load_pattern(l, n);
}

/* ---- files ---- */

static bool load_file(ProjectRules *r, XmlDoc *xml, bool ours, Map *globals, Diags *d)
{
    if (!xml)
        return false;
    Loader l = { .rules = r, .file = ARENA_NEW(r->arena, RulesFile), .d = d,
                 .diagnostics = map_new(r->arena), .abstracts = map_new(r->arena),
                 .globals = globals };
    *l.file = (RulesFile){ xml, ours };
    vec_push(&r->files, l.file);
    load_schema(&l, xml_root(xml));
    vec_free(&l.locals);
    return !l.faults;
}

ProjectRules *project_rules_open(const char *const *file, size_t n, Diags *d)
{
    ProjectRules *r = mem_new(sizeof *r);
    bool good = true, ours = true;
    r->arena = arena_new();
    r->ids = map_new(r->arena);
    r->env = expr_env_new(NULL);
    functions_register(r->env, NULL);
    Map *globals = map_new(r->arena);
    for (size_t i = 0; i < n; i++)
        ours = ours && !str_equal(file[i], "none");
    if (ours) {
        size_t len;
        const char *text = project_rules_text(&len);
        good = load_file(r, xml_parse("project.sch", mem_dup(text, len), len, d), true, globals, d);
    }
    for (size_t i = 0; i < n; i++)
        if (!str_equal(file[i], "none"))
            good = load_file(r, xml_load(file[i], d), false, globals, d) && good;
    if (good)
        return r;
    project_rules_free(r);
    return NULL;
}

void project_rules_free(ProjectRules *r)
{
    if (!r)
        return;
    for (size_t i = 0; i < r->formulas.n; i++)
        expr_free(r->formulas.p[i]->x);
    for (size_t i = 0; i < r->files.n; i++)
        xml_free(r->files.p[i]->xml);
    vec_free(&r->formulas);
    vec_free(&r->files);
    vec_free(&r->lets);
    vec_free(&r->keys);
    vec_free(&r->rules);
    vec_free(&r->names);
    vec_free(&r->prefixes);
    expr_env_free(r->env);
    arena_free(r->arena);
    free(r);
}
