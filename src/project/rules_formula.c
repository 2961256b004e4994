/* SPDX-License-Identifier: MIT */
/* Expressions of a rules file: compiled, with a caret on what is wrong, and refused when they
 * cannot be evaluated for many nodes in linear time. */
#include "rules_internal.h"

#include <string.h>

/* ---- places ---- */

static const char *find_value(const char *t, const char *end, const char *attribute)
{
    size_t n = strlen(attribute);
    for (const char *p = t + 1; p < end && *p != '>'; p++) {
        if (*p == '"' || *p == '\'') {
            p = memchr(p + 1, *p, (size_t)(end - p - 1));
            if (!p)
                return NULL;
        } else if ((size_t)(end - p) > n && !memcmp(p, attribute, n) &&
                   strchr("= \t\r\n", p[n]) && strchr(" \t\r\n", p[-1])) {
            p += n;
            while (p < end && *p != '"' && *p != '\'')
                p++;
            return p < end ? p + 1 : NULL;
        }
    }
    return NULL;
}

/* The bytes that stand in the file for the character or entity at s, and in the value. */
static size_t source_step(const char *s, const char *end, size_t *value)
{
    const char *semicolon = *s == '&' ? memchr(s, ';', (size_t)(end - s)) : NULL;
    *value = 1;
    if (!semicolon)
        return 1;
    if (s[1] == '#') {
        char out[4];
        bool hex = s[2] == 'x';
        *value = (size_t)utf8_put(out, (uint32_t)strtoul(s + 2 + hex, NULL, hex ? 16 : 10));
    }
    return (size_t)(semicolon + 1 - s);
}

/* Moves a place from an attribute's name to a byte of its value.  The text needs no mask. */
static void move(Place *p, Arena *a, XmlDoc *x, const xmlNode *node, const Origin *o)
{
    size_t len, value;
    const char *text = xml_text(x, &len), *end = text + len;
    const char *s = find_value(text + xml_offset(node), end, o->attribute), *start;
    if (!s)
        return;
    for (size_t at = 0; at < o->offset && s < end; at += value)
        s += source_step(s, end, &value);
    p->line = 1;
    start = text;
    for (const char *nl; (nl = memchr(start, '\n', (size_t)(s - start))); start = nl + 1)
        p->line++;
    const char *stop = memchr(s, '\n', (size_t)(end - s));
    p->column = (unsigned)utf8_count(start, (size_t)(s - start)) + 1;
    p->width = 0;
    p->source = arena_dup(a, start, (size_t)((stop ? stop : end) - start));
}

Place origin_place(const Origin *o)
{
    if (!o->attribute)
        return xml_place(o->file->xml, o->node);
    return xml_attr_place(o->file->xml, o->node, o->attribute);
}

static void fault_in_formula(Loader *l, const Origin *at, const ExprError *error)
{
    Origin o = *at;
    o.offset += error->offset;
    Place place = origin_place(&o);
    if (o.attribute && !l->params)
        move(&place, l->rules->arena, l->file->xml, o.node, &o);
    expr_report(l->d, error, &place);
    l->faults++;
}

/* ---- the parameters of an abstract pattern ---- */

static const char *parameter(const Loader *l, const char *name, size_t len)
{
    for (const xmlNode *n = l->params ? l->params->children : NULL; n; n = n->next) {
        const char *known = n->type == XML_ELEMENT_NODE ? xml_attr(n, "name") : NULL;
        if (known && strlen(known) == len && !memcmp(known, name, len))
            return xml_attr(n, "value");
    }
    return NULL;
}

const char *load_text(Loader *l, const xmlNode *n, const char *attribute)
{
    const char *text = xml_attr(n, attribute);
    if (!text || !l->params)
        return text;
    Buf b = {0};
    for (const char *s = text; *s; ) {
        size_t len = *s == '$' ? strcspn(s + 1, " \t\r\n$/[]()|@=<>!,+*'\":") : 0;
        const char *value = len ? parameter(l, s + 1, len) : NULL;
        buf_put(&b, value ? value : s, value ? strlen(value) : 1);
        s += value ? len + 1 : 1;
    }
    const char *r = arena_dup(l->rules->arena, b.p ? b.p : "", b.n);
    buf_free(&b);
    return r;
}

/* ---- names of variables and keys, and what takes too long ---- */

static bool word_is(const char *text, ExprToken t, const char *word)
{
    return t.len == strlen(word) && !memcmp(text + t.offset, word, t.len);
}

static bool variable_known(const Loader *l, const char *name, size_t len)
{
    if (map_get(l->globals, name, len))
        return true;
    for (size_t i = 0; i < l->locals.n; i++)
        if (strlen(l->locals.p[i]) == len && !memcmp(l->locals.p[i], name, len))
            return true;
    return false;
}

typedef struct {
    const char *text;
    ExprToken token[5];         /* the last ones, the newest first */
    int inside;                 /* predicates that are open */
} Reader;

static bool is_mark(const Reader *r, int i, const char *mark)
{
    return r->token[i].kind == EXPR_MARK && word_is(r->text, r->token[i], mark);
}

/* Whether a path begins with the newest token, // */
static bool begins_path(const Reader *r)
{
    ExprTokenKind k = r->token[1].kind;
    return !(k == EXPR_NAME || k == EXPR_ATTRIBUTE || k == EXPR_VARIABLE || is_mark(r, 1, ")") ||
             is_mark(r, 1, "]") || is_mark(r, 1, ".") || is_mark(r, 1, ".."));
}

static bool sibling_axis(const Reader *r, int i)
{
    return r->token[i].kind == EXPR_AXIS && (word_is(r->text, r->token[i], "preceding-sibling") ||
                                             word_is(r->text, r->token[i], "following-sibling"));
}

/* What cannot run in linear time, and where; or NULL.  Of siblings only the nearest may be asked
 * for: [1]. */
static const char *slow(const Loader *l, Reader *r, size_t *at)
{
    ExprToken now = r->token[0];
    *at = now.offset;
    if (now.kind == EXPR_AXIS && word_is(r->text, now, "preceding"))
        return "preceding::";
    if (now.kind == EXPR_AXIS && word_is(r->text, now, "following"))
        return "following::";
    for (int i = 3; i <= 4; i++) {
        bool first = now.kind == EXPR_NUMBER && word_is(r->text, now, "1");
        if (sibling_axis(r, i) && !(i == 3 ? is_mark(r, 0, "[") : first)) {
            *at = r->token[i].offset;
            return word_is(r->text, r->token[i], "preceding-sibling") ? "preceding-sibling::"
                                                                       : "following-sibling::";
        }
    }
    if (is_mark(r, 0, "[") || is_mark(r, 0, "]"))
        r->inside += is_mark(r, 0, "[") ? 1 : -1;
    if (is_mark(r, 0, "//") && r->inside)
        return "// inside [ ]";
    if (is_mark(r, 0, "//") && !l->once && begins_path(r))
        return "//";
    return NULL;
}

static void fault_at(Loader *l, const Origin *at, size_t offset, DiagId id, const char *argument)
{
    Origin o = *at;
    o.offset += offset;
    Place place = origin_place(&o);
    if (o.attribute && !l->params)
        move(&place, l->rules->arena, l->file->xml, o.node, &o);
    diag_add(l->d, id, &place, argument, (char *)NULL);
    l->faults++;
}

static const char *key_functions[] = { "key", "key-first", "key-count" };

static bool calls_key(const Reader *r)
{
    bool yes = false;
    for (size_t i = 0; i < COUNT(key_functions); i++)
        yes = yes || word_is(r->text, r->token[2], key_functions[i]);
    return yes && r->token[2].kind == EXPR_FUNCTION && is_mark(r, 1, "(");
}

static bool check_word(Loader *l, const Origin *at, Reader *r)
{
    ExprToken now = r->token[0];
    char *name = arena_dup(l->rules->arena, r->text + now.offset, now.len);
    size_t where;
    const char *too_slow = slow(l, r, &where);
    if (too_slow)
        fault_at(l, at, where, DIAG_rules_slow, too_slow);
    else if (now.kind == EXPR_VARIABLE && !variable_known(l, name, now.len))
        fault_at(l, at, now.offset, DIAG_rules_variable, name);
    else if (calls_key(r) && now.kind != EXPR_LITERAL)
        fault_at(l, at, now.offset, DIAG_rules_key_name, NULL);
    else if (calls_key(r) &&
             key_number(l->rules, l->file, name + 1, now.len - 2) == l->rules->keys.n)
        fault_at(l, at, now.offset, DIAG_rules_key, name);
    else
        return true;
    return false;
}

static bool check_words(Loader *l, const Origin *at, const char *text, size_t len)
{
    ExprLexer lexer;
    Reader r = { .text = text };
    expr_lexer(&lexer, text, len);
    for (;;) {
        memmove(r.token + 1, r.token, sizeof r.token - sizeof *r.token);
        r.token[0] = expr_token(&lexer);
        if (!check_word(l, at, &r))
            return false;
        if (r.token[0].kind == EXPR_END || r.token[0].kind == EXPR_BAD)
            return true;
    }
}

/* ---- compiling ---- */

const Formula *load_piece(Loader *l, const Origin *at, const char *text, size_t len)
{
    ExprError error = {0};
    Expr *x = NULL;
    if (!l->file->ours) {
        x = expr_compile(l->rules->env, text, len, NULL, &error);
        if (!x) {
            fault_in_formula(l, at, &error);
            return NULL;
        }
    }
    Formula *f = ARENA_NEW(l->rules->arena, Formula);
    *f = (Formula){ x, arena_dup(l->rules->arena, text, len), *at, l->rules->formulas.n, 0 };
    if (*f->text == '@' && !f->text[1 + strcspn(f->text + 1, " \t\r\n:*/|[=<>!+,)")])
        f->attribute = load_name(l, f->text + 1);
    vec_push(&l->rules->formulas, f);
    return !x || check_words(l, at, text, len) ? f : NULL;
}

const Formula *load_formula(Loader *l, const xmlNode *n, const char *attribute)
{
    const char *text = load_text(l, n, attribute);
    if (!text || !text[strspn(text, " \t\r\n")]) {
        load_fault(l, DIAG_schema_attribute_missing, n, NULL, (const char *)n->name, attribute);
        return NULL;
    }
    Origin at = { l->file, n, attribute, 0 };
    return load_piece(l, &at, text, strlen(text));
}

uint32_t load_uses(const Loader *l, const char *text, const Let *lets)
{
    ExprLexer lexer;
    uint32_t uses = 0;
    expr_lexer(&lexer, text, strlen(text));
    for (ExprToken t; (t = expr_token(&lexer)).kind != EXPR_END && t.kind != EXPR_BAD; )
        for (size_t i = 0; t.kind == EXPR_VARIABLE && i < l->locals.n; i++)
            if (word_is(text, t, l->locals.p[i]))
                uses |= UINT32_C(1) << i | lets[i].uses;
    return uses;
}
