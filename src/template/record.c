/* SPDX-License-Identifier: MIT */
/* Filling a template with a record: its document and its file name. */
#include "internal.h"

#include <stdlib.h>
#include <string.h>

static void begin(Fill *f, Template *t, ExprEnv *env, const ExprItem *record, int position,
                  int size, Arena *a, Diags *d)
{
    *f = (Fill){ .t = t, .env = env, .a = a, .d = d, .record = record,
                 .record_position = position, .record_size = size, .node = record->node,
                 .position = position, .size = size };
    f->copies = ARENA_ARRAY(a, uint32_t, t->entries.n + 1);
    f->base = ARENA_ARRAY(a, uint32_t, t->n_slots + 1);
    expr_env_language(env, t->language);
}

static void end(Fill *f)
{
    vec_free(&f->out);
    vec_free(&f->carry.thing);
    vec_free(&f->edits);
    vec_free(&f->told);
    vec_free(&f->broken);
    vec_free(&f->cells);
    buf_free(&f->text);
    buf_free(&f->flat);
}

/* One tree of the template: the element itself, filled. */
static const OdfNode *fill_tree(Fill *f, const Ops *ops, const OdfNode *otherwise)
{
    f->out.n = 0;
    f->carry.thing.n = 0;
    f->carry.brk = (Break){ 0 };
    fill_run(f, ops);
    return f->out.n ? f->out.p[0] : otherwise;
}

static void check_steps(Fill *f)
{
    if (f->steps <= TEMPLATE_STEPS)
        return;
    Place p = { .file = f->t->path };
    char limit[24];
    snprintf(limit, sizeof limit, "%d", TEMPLATE_STEPS);
    diag_add(f->d, DIAG_template_steps, &p, limit, (char *)NULL);
    f->failed = true;
}

bool template_fill(Template *t, ExprEnv *env, const ExprItem *record, int position, int size,
                   Arena *a, OdfDoc *out, Diags *d)
{
    Fill f;
    begin(&f, t, env, record, position, size, a, d);
    size_t mark = expr_env_mark(env);
    xmlNodeSet *group = expr_env_group(env, record->group);
    *out = *t->doc;
    out->language = t->language;
    out->properties = t->properties;
    out->n_properties = t->n_properties;
    out->body = fill_tree(&f, &t->body, t->doc->body);
    if (t->masters.n)
        out->masters = fill_tree(&f, &t->masters, t->doc->masters);
    f.out.n = 0;
    if (t->title)
        out->title = value_string(&f, t->title, false);
    else if (t->own_title)
        out->title = t->own_title;
    out->pictures = f.pictures;
    check_steps(&f);
    expr_env_group(env, group);
    expr_env_release(env, mark);
    bool good = !f.failed;
    end(&f);
    return good;
}

bool template_records(const Template *t, ExprEnv *env, ExprList *out, Diags *d)
{
    ExprError e = { 0 };
    xmlXPathObject *v = NULL;
    expr_env_language(env, t->language);
    if (!t->records) {
        Expr *root = expr_compile(env, "/*", 2, NULL, &e);
        if (root && (v = expr_eval(env, root, NULL, 1, 1, &e)) &&
            expr_list(env, v->nodesetval, NULL, NULL, 0, out, &e)) {
            xmlXPathFreeObject(v);
            expr_free(root);
            return true;
        }
        expr_free(root);
    } else if ((v = expr_eval(env, t->records->expr, NULL, 1, 1, &e))) {
        if (v->type != XPATH_NODESET) {
            Place p = spot_place(&t->records->spot, diags_lang(d));
            diag_add(d, DIAG_template_nodes, &p, t->records->typed, (char *)NULL);
            xmlXPathFreeObject(v);
            return false;
        }
        bool good = expr_list(env, v->nodesetval, t->records->group, t->records->sort,
                              t->records->n_sort, out, &e);
        xmlXPathFreeObject(v);
        if (good)
            return true;
        v = NULL;
    }
    xmlXPathFreeObject(v);
    Place p = t->records ? spot_place(&t->records->spot, diags_lang(d))
                         : (Place){ .file = t->path };
    expr_report(d, &e, &p);
    return false;
}

/* ---- file names ---- */

static bool is_forbidden(uint32_t c)
{
    if (c < 0x20 || (c >= 0x7F && c < 0xA0) || c == 0xFFFD)
        return true;
    if (c < 0x80)
        return strchr("/\\:*?\"<>|", (int)c) != NULL;
    /* Formatting characters: nothing to see, but another name, or one that reads backwards. */
    return c == 0xAD || (c >= 0x200B && c <= 0x200F) || (c >= 0x2028 && c <= 0x202E) ||
           (c >= 0x2060 && c <= 0x206F) || c == 0xFEFF || (c >= 0xFFF0 && c <= 0xFFFB) ||
           (c >= 0xE000 && c <= 0xF8FF) || c >= 0xE0000;
}

static bool is_end(char c)
{
    return c == ' ' || c == '.';
}

/* Names that Windows keeps for devices, whatever the ending. */
static bool is_device(const char *s, size_t len)
{
    static const char *const names[] = { "con", "prn", "aux", "nul", "com", "lpt" };
    size_t n = 0;
    while (n < len && s[n] != '.')
        n++;
    for (size_t i = 0; i < COUNT(names); i++) {
        if ((n != 3 || i >= 4) && (n != 4 || i < 4 || s[3] < '0' || s[3] > '9'))
            continue;
        if ((s[0] | 32) == names[i][0] && (s[1] | 32) == names[i][1] && (s[2] | 32) == names[i][2])
            return true;
    }
    return false;
}

const char *template_safe_name(Arena *a, const char *text, size_t len)
{
    Buf b = { 0 };
    const char *end = text + len;
    for (int n; text < end; text += n) {
        uint32_t c = utf8_get(text, end, &n);
        bool space = c == ' ' || c == 0xA0 || c == 0x202F || c == '\t' || c == '\n' || c == '\r';
        if (space)
            c = ' ';
        else if (is_forbidden(c))
            c = c == '/' || c == '\\' || c == ':' ? '-' : 0;
        bool again = (c == ' ' || c == '-') && b.n && b.p[b.n - 1] == (char)c;
        bool start = !b.n && (c == ' ' || c == '.' || c == '-');
        if (c && !again && !start) {
            if (b.n + (size_t)n > TEMPLATE_NAME - 1)
                break;
            buf_utf8(&b, c);
        }
    }
    while (b.n && is_end(b.p[b.n - 1]))
        b.n--;
    const char *name = NULL;
    if (b.n)
        name = is_device(b.p, b.n) ? arena_format(a, "%.*s_", (int)b.n, b.p)
                                   : arena_dup(a, b.p, b.n);
    buf_free(&b);
    return name;
}

static void name_error(Fill *f, const char *text)
{
    Place p = { .file = f->t->path };
    p.label = diags_lang(f->d) == LANG_PL ? "właściwość skryba.file" : "property skryba.file";
    p.source = text;
    diag_add(f->d, DIAG_template_file_name, &p, (char *)NULL);
    f->failed = true;
}

const char *template_file_name(Template *t, ExprEnv *env, const ExprItem *record, int position,
                               int size, Arena *a, Diags *d)
{
    Fill f;
    begin(&f, t, env, record, position, size, a, d);
    size_t mark = expr_env_mark(env);
    xmlNodeSet *group = expr_env_group(env, record->group);
    const char *text = t->own_name;
    if (t->file_name) {
        /* Filling the body tells of their errors. */
        f.quiet = true;
        for (size_t i = 0; i < t->lets.n; i++)
            fill_let(&f, t->lets.p[i]);
        f.quiet = f.failed = false;
        f.broken.n = 0;
        text = value_string(&f, t->file_name, false);
    } else if (!text) {
        text = arena_format(a, "%s-%d", t->name, position);
    }
    expr_env_group(env, group);
    expr_env_release(env, mark);
    const char *name = f.failed ? NULL : template_safe_name(a, text, strlen(text));
    if (!name && !f.failed)
        name_error(&f, t->own_name);
    end(&f);
    return name;
}
