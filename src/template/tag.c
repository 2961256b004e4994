/* SPDX-License-Identifier: MIT */
/* Reads what stands between the braces of a tag. */
#include "internal.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

static const struct { const char *word; TagKind kind; } openings[] = {
    { "each", TAG_EACH }, { "if", TAG_IF }, { "elif", TAG_ELIF }, { "else", TAG_ELSE },
    { "let", TAG_LET }, { "text", TAG_TEXT }, { "image", TAG_IMAGE }, { "qr", TAG_QR },
};
static const char *const unit_word[] = {
    [UNIT_PARAGRAPH] = "paragraph", [UNIT_CELL] = "cell", [UNIT_ROW] = "row",
    [UNIT_ITEM] = "item", [UNIT_SECTION] = "section", [UNIT_TABLE] = "table",
};

const char *tag_word(TagKind kind)
{
    switch (kind) {
    case TAG_VALUE: return "value";
    case TAG_COMMENT: return "!";
    case TAG_END_EACH: return "/each";
    case TAG_END_IF: return "/if";
    case TAG_INCLUDE: return ">";
    default:
        for (size_t i = 0; i < COUNT(openings); i++)
            if (openings[i].kind == kind)
                return openings[i].word;
        return "";
    }
}

bool is_control(TagKind kind)
{
    return kind >= TAG_COMMENT && kind <= TAG_LET;
}

/* ---- reading ---- */

typedef struct { Compile *c; Tag *tag; const char *at, *end; } Reader;

static bool complain(Reader *r, DiagId id, const char *arg)
{
    fault(r->c, &r->tag->spot, id, r->tag->typed, arg, NULL);
    return false;
}

static void skip_space(Reader *r)
{
    while (r->at < r->end && *r->at == ' ')
        r->at++;
}

/* Letters of ASCII from here: a keyword; its length. */
static size_t word_length(const Reader *r)
{
    size_t n = 0;
    while (r->at + n < r->end && ((r->at[n] | 32) >= 'a' && (r->at[n] | 32) <= 'z'))
        n++;
    return n;
}

/* Takes the word if it is the next one. */
static bool take(Reader *r, const char *word)
{
    size_t n = word_length(r);
    if (n != strlen(word) || strncasecmp(r->at, word, n))
        return false;
    r->at += n;
    skip_space(r);
    return true;
}

/* {{each p}}: a note that the number sign is missing; what was meant is the kind of the tag. */
static void note_number_sign(Reader *r, Remark *k)
{
    const char *s = r->tag->text + strspn(r->tag->text, " ");
    bool pl = diags_lang(r->c->d) == LANG_PL, value = r->tag->kind == TAG_VALUE;
    for (size_t i = 0; i < COUNT(openings); i++) {
        size_t n = strlen(openings[i].word);
        if (value && !strncmp(s, openings[i].word, n) && s[n] == ' ') {
            Buf b = { 0 };
            buf_format(&b, pl ? "czy chodzi o {{#%s}}?" : "is {{#%s}} meant?", openings[i].word);
            tell_note(r->c->t, k, NULL, b.p);
            buf_free(&b);
            r->tag->kind = openings[i].kind;
        }
    }
}

/* The function that an unknown one comes nearest to, of ours and of XPath 1.0, section 4. */
static const char *near_function(const char *name)
{
    static const char *const core[] = {
        "last", "position", "count", "id", "local-name", "namespace-uri", "name", "string",
        "concat", "starts-with", "contains", "substring-before", "substring-after", "substring",
        "string-length", "normalize-space", "translate", "boolean", "not", "true", "false", "lang",
        "number", "sum", "floor", "ceiling", "round",
    };
    const ExprFunction *own;
    size_t n = expr_functions(&own);
    Near near = { .name = name };
    for (size_t i = 0; i < n; i++)
        near_try(&near, own[i].name);
    for (size_t i = 0; i < COUNT(core); i++)
        near_try(&near, core[i]);
    return near.found;
}

static bool bad_expr(Reader *r, const ExprError *e)
{
    Compile *c = r->c;
    Spot s = spot_inside(r->tag, (size_t)(r->at - r->tag->text) + e->offset, 0);
    Remark *k = fault(c, &s, e->id, e->arg[0], e->arg[1], e->arg[2]);
    if (e->id == DIAG_expr_function)
        tell_near(c->t, c->d, k, near_function(e->arg[0]));
    note_number_sign(r, k);
    return false;
}

/* Compiles the longest expression from here; all: nothing may follow it. */
static Expr *take_expr(Reader *r, bool all)
{
    ExprError e = { 0 };
    size_t used = 0, len = (size_t)(r->end - r->at);
    if (!len) {
        complain(r, DIAG_template_expression, NULL);
        return NULL;
    }
    Expr *x = expr_compile(r->c->env, r->at, len, all ? NULL : &used, &e);
    if (!x)
        bad_expr(r, &e);
    r->at += all ? len : used;
    skip_space(r);
    return x;
}

static bool read_sort(Reader *r)
{
    Tag *t = r->tag;
    VEC(ExprSort) keys = { 0 };
    bool good = true;
    do {
        if (r->at < r->end && *r->at == ',')
            r->at++;
        skip_space(r);
        ExprSort key = { take_expr(r, false), false };
        good = key.key != NULL;
        key.descending = good && take(r, "desc");
        if (good && !key.descending)
            (void)take(r, "asc");
        if (good)
            vec_push(&keys, key);
    } while (good && r->at < r->end && *r->at == ',');
    t->sort = ARENA_ARRAY(r->c->t->arena, ExprSort, keys.n + 1);
    if (keys.n)
        memcpy(t->sort, keys.p, keys.n * sizeof *keys.p);
    t->n_sort = keys.n;
    vec_free(&keys);
    return good;
}

static bool read_unit(Reader *r)
{
    for (Unit u = UNIT_PARAGRAPH; u <= UNIT_TABLE; u++) {
        if (take(r, unit_word[u])) {
            r->tag->by = u;
            return true;
        }
    }
    return complain(r, DIAG_template_unit, NULL);
}

/* Nodes, and what may follow them: group KEY, sort KEY desc, ..., by UNIT. */
static bool read_each(Reader *r)
{
    Tag *t = r->tag;
    if (!(t->expr = take_expr(r, false)))
        return false;
    while (r->at < r->end) {
        bool good = false;
        if (!t->group && take(r, "group"))
            good = (t->group = take_expr(r, false)) != NULL;
        else if (!t->sort && take(r, "sort"))
            good = read_sort(r);
        else if (!t->by && take(r, "by"))
            good = read_unit(r);
        else
            return complain(r, DIAG_template_after, r->at);
        if (!good)
            return false;
    }
    return true;
}

static bool read_if(Reader *r)
{
    Tag *t = r->tag;
    if (!(t->expr = take_expr(r, false)))
        return false;
    if (t->kind == TAG_IF && take(r, "by") && !read_unit(r))
        return false;
    return r->at == r->end || complain(r, DIAG_template_after, r->at);
}

/* An NCName up to the equals sign; letters beyond ASCII are accepted as they are. */
static bool read_let(Reader *r)
{
    const char *name = r->at;
    if (r->at < r->end && *r->at == '$')
        name = ++r->at;
    while (r->at < r->end && (((*r->at | 32) >= 'a' && (*r->at | 32) <= 'z') || *r->at == '_' ||
           (*r->at & 0x80) || (r->at > name && ((*r->at >= '0' && *r->at <= '9') || *r->at == '-' ||
                                                *r->at == '.'))))
        r->at++;
    size_t len = (size_t)(r->at - name);
    skip_space(r);
    if (!len || r->at == r->end || *r->at != '=')
        return complain(r, DIAG_template_let, NULL);
    r->at++;
    skip_space(r);
    r->tag->name = arena_dup(r->c->t->arena, name, len);
    return (r->tag->expr = take_expr(r, true)) != NULL;
}

static bool read_include(Reader *r)
{
    const char *path = r->at, *with = r->end;
    for (const char *s = path; s + 6 <= r->end; s++) {
        if (!strncmp(s, " with ", 6)) {
            with = s;
            break;
        }
    }
    size_t len = (size_t)(with - path);
    while (len && path[len - 1] == ' ')
        len--;
    if (len > 1 && (*path == '"' || *path == '\'') && path[len - 1] == *path) {
        path++;
        len -= 2;
    }
    if (!len)
        return complain(r, DIAG_template_path, NULL);
    r->tag->name = arena_dup(r->c->t->arena, path, len);
    if (with == r->end)
        return true;
    r->at = with + 6;
    skip_space(r);
    return (r->tag->expr = take_expr(r, true)) != NULL;
}

static bool read_end(Reader *r)
{
    r->at++;
    skip_space(r);
    r->tag->kind = take(r, "each") ? TAG_END_EACH : TAG_END_IF;
    return true;
}

/* The tag that an unknown one comes nearest to is its kind, so that its end is not told, too. */
static bool unknown_tag(Reader *r)
{
    const char *word = arena_dup(r->c->t->arena, r->at, word_length(r));
    Near near = { .name = word };
    for (size_t i = 0; i < COUNT(openings); i++)
        near_try(&near, openings[i].word);
    Remark *k = fault(r->c, &r->tag->spot, DIAG_template_unknown, r->tag->typed, NULL, NULL);
    for (size_t i = 0; near.found && i < COUNT(openings); i++)
        if (near.found == openings[i].word)
            r->tag->kind = openings[i].kind;
    tell_near(r->c->t, r->c->d, k,
              near.found ? arena_format(r->c->t->arena, "#%s", near.found) : NULL);
    return false;
}

static bool read_opening(Reader *r)
{
    r->at++;
    skip_space(r);
    for (size_t i = 0; i < COUNT(openings); i++) {
        if (!take(r, openings[i].word))
            continue;
        switch (r->tag->kind = openings[i].kind) {
        case TAG_EACH: return read_each(r);
        case TAG_IF: case TAG_ELIF: return read_if(r);
        case TAG_ELSE: return r->at == r->end || complain(r, DIAG_template_after, r->at);
        case TAG_LET: return read_let(r);
        default: return (r->tag->expr = take_expr(r, true)) != NULL;
        }
    }
    return unknown_tag(r);
}

/* {{/each}} or {{/if}}; other paths from the root are values. */
static bool is_end(const Reader *r)
{
    Reader ahead = *r;
    ahead.at++;
    skip_space(&ahead);
    return (take(&ahead, "each") || take(&ahead, "if")) && ahead.at == ahead.end;
}

/* Writer begins a sentence with a capital, {{Date(@d)}}; no function has one. */
static void undo_capital(Compile *c, Reader *r)
{
    size_t at = (size_t)(r->at - r->tag->text), n = strcspn(r->at, "( ");
    if (*r->at < 'A' || *r->at > 'Z' || r->at[n] != '(')
        return;
    char *text = arena_str(c->t->arena, r->tag->text);
    text[at] = (char)(text[at] | 32);
    r->end = text + (r->end - r->tag->text);
    r->at = text + at;
    r->tag->text = text;
}

bool tag_read(Compile *c, Tag *tag)
{
    Reader r = { c, tag, tag->text, tag->text + strlen(tag->text) };
    skip_space(&r);
    while (r.end > r.at && r.end[-1] == ' ')
        r.end--;
    if (r.at == r.end)
        return complain(&r, DIAG_template_expression, NULL);
    switch (*r.at) {
    case '!':
        tag->kind = TAG_COMMENT;
        return true;
    case '#':
        return read_opening(&r);
    case '/':
        if (is_end(&r))
            return read_end(&r);
        break;
    case '>':
        tag->kind = TAG_INCLUDE;
        r.at++;
        skip_space(&r);
        return read_include(&r);
    default:
        break;
    }
    tag->kind = TAG_VALUE;
    undo_capital(c, &r);
    return (tag->expr = take_expr(&r, true)) != NULL;
}
