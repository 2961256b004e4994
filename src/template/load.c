/* SPDX-License-Identifier: MIT */
/* A template: its file, its properties, the files it includes. */
#include "internal.h"

#include <libgen.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* ---- properties ---- */

static const char *property(const Template *t, const char *name)
{
    for (size_t i = 0; i < t->doc->n_properties; i++)
        if (!strcmp(t->doc->properties[i].name, name))
            return t->doc->properties[i].value;
    return NULL;
}

/* Those that belong to the document; ours never reach the output. */
static void own_properties(Template *t)
{
    OdfProperty *kept = ARENA_ARRAY(t->arena, OdfProperty, t->doc->n_properties + 1);
    for (size_t i = 0; i < t->doc->n_properties; i++)
        if (!str_starts(t->doc->properties[i].name, "skryba."))
            kept[t->n_properties++] = t->doc->properties[i];
    t->properties = kept;
}

static void set_language(Template *t, ExprEnv *env)
{
    const char *language = t->doc->language;
    char made[32];
    if (!language || !*language) {
        const OdfTextProps *p = odf_para_text_props(t->doc->file, NULL);
        bool country = p->country[0] && strcmp(p->country, "none") != 0;
        snprintf(made, sizeof made, "%s%s%s", p->language, country ? "-" : "",
                 country ? p->country : "");
        language = p->language[0] && strcmp(p->language, "none") != 0 ? made : "pl-PL";
    }
    t->language = arena_str(t->arena, language);
    expr_env_language(env, t->language);
}

static void set_namespaces(const Template *t, ExprEnv *env)
{
    for (size_t i = 0; i < t->doc->n_properties; i++) {
        const OdfProperty *p = &t->doc->properties[i];
        if (!strcmp(p->name, "skryba.ns"))
            expr_env_namespace(env, "", p->value);
        else if (str_starts(p->name, "skryba.ns."))
            expr_env_namespace(env, p->name + 10, p->value);
    }
}

static char *name_of(Template *t)
{
    const char *slash = strrchr(t->path, '/'), *name = slash ? slash + 1 : t->path;
    const char *dot = strrchr(name, '.');
    return arena_dup(t->arena, name, dot && dot > name ? (size_t)(dot - name) : strlen(name));
}

static Spot property_spot(const Template *t, const char *en, const char *pl)
{
    return (Spot){ .file = t->path, .label = { en, pl }, .apart = true };
}

void records_set(Compile *c, const char *text)
{
    Buf b = { 0 };
    buf_format(&b, "{{#each %s}}", text);
    Tag *tag = ARENA_NEW(c->t->arena, Tag);
    tag->typed = arena_str(c->t->arena, text);
    tag->text = lex_plain(c->t->arena, b.p, b.n);
    tag->spot = property_spot(c->t, "property skryba.each", "właściwość skryba.each");
    tag->spot.around = tag->typed;
    buf_free(&b);
    vec_push(&c->t->tags, tag);
    c->t->records = tag;
    tag_read(c, tag);
}

/* skryba.each: what an each may say, without by. */
static void read_records(Compile *c)
{
    const char *text = property(c->t, "skryba.each");
    if (text)
        records_set(c, text);
}

static void read_strings(Compile *c)
{
    Template *t = c->t;
    const char *title = property(t, "skryba.title"), *file = property(t, "skryba.file");
    Spot spot = property_spot(t, "property skryba.title", "właściwość skryba.title");
    if (!title && t->doc->title) {
        title = t->doc->title;
        spot = property_spot(t, "document title", "tytuł dokumentu");
    }
    if (title) {
        t->own_title = typeset_string(t, t->arena, title);
        t->title = compile_string(c, title, &spot, false);
    }
    if (file) {
        t->own_name = file;
        spot = property_spot(t, "property skryba.file", "właściwość skryba.file");
        t->file_name = compile_string(c, file, &spot, false);
    }
}

/* ---- includes ---- */

static bool inside_folder(const char *path)
{
    if (*path == '/' || !*path || strchr(path, '\\'))
        return false;
    for (const char *s = path; s; s = strchr(s, '/'), s += s != NULL)
        if (!strncmp(s, "..", 2) && (s[2] == '/' || !s[2]))
            return false;
    return true;
}

/* An ordinary file that lies below the folder, links followed; its one true path. */
static char *file_below(Compile *c, const char *folder, const char *path)
{
    char real[PATH_MAX], top[PATH_MAX];
    struct stat s;
    if (!realpath(path, real) || !realpath(folder, top) || stat(real, &s) || !S_ISREG(s.st_mode))
        return NULL;
    size_t len = strlen(top);
    bool below = !strncmp(real, top, len) && (real[len] == '/' || top[len - 1] == '/');
    return below ? arena_str(c->t->arena, real) : NULL;
}

/* The file beside the template, then in the folders of templates; with the endings of Writer. */
static char *find_file(Compile *c, const char *name)
{
    static const char *const endings[] = { "", ".fodt", ".odt", ".ott" };
    char *own = mem_dup(c->doc->file->path, strlen(c->doc->file->path));
    char *folder = dirname(own), *found = NULL;
    for (size_t i = 0; i <= c->t->options.n_include_folder && !found; i++) {
        const char *in = i ? c->t->options.include_folder[i - 1] : folder;
        for (size_t k = 0; k < COUNT(endings) && !found; k++) {
            found = file_below(c, in, arena_format(c->t->arena, "%s/%s%s", in, name, endings[k]));
        }
    }
    free(own);
    return found;
}

static Include *known_include(Template *t, const char *path)
{
    for (size_t i = 0; i < t->includes.n; i++)
        if (!strcmp(t->includes.p[i]->path, path))
            return t->includes.p[i];
    return NULL;
}

/* The blocks of the body; its declarations stay behind. */
static Ops body_blocks(Compile *c, Ops tree)
{
    const Op *body = tree.op;
    bool fixed = tree.n && body->kind == OP_STATIC;
    size_t n = !tree.n ? 0 : fixed ? body->node->n_kid : body->body.n;
    Ops blocks = { ARENA_ARRAY(c->t->arena, Op, n + 1), 0 };
    for (size_t i = 0; i < n; i++) {
        Op op = fixed ? (Op){ .kind = OP_STATIC, .node = body->node->kid[i], .block = true,
                              .visible = node_visible(c->t->doc->file, body->node->kid[i]) }
                      : body->body.op[i];
        if (op.kind != OP_STATIC || compile_is_block(op.node->name))
            blocks.op[blocks.n++] = op;
    }
    return blocks;
}

static void include_load(Compile *c, const Tag *tag, Include *in)
{
    Compile inner = { .t = c->t, .env = c->env, .d = c->d, .included = &tag->spot, .copies = true,
                      .depth = c->depth + 1, .scratch = c->scratch, .loop = c->loop };
    in->doc = odf_load(in->path, c->d);
    if (!in->doc) {
        c->failed = true;
        return;
    }
    in->body = style_adopt(c->t, in->doc);
    inner.doc = in->doc;
    Ops tree = compile_tree(&inner, in->body);
    c->failed |= inner.failed;
    in->ops = body_blocks(&inner, tree);
    in->done = true;
}

void include_compile(Compile *c, const Tag *tag, Op *op)
{
    char *path = inside_folder(tag->name) ? find_file(c, tag->name) : NULL;
    static const Ops none;
    op->include = &none;
    if (!path) {
        fault(c, &tag->spot, DIAG_template_include_missing, tag->typed, tag->name, NULL);
        return;
    }
    Include *in = known_include(c->t, path);
    if (in && !in->done) {
        fault(c, &tag->spot, DIAG_template_include_cycle, tag->typed, tag->name, NULL);
        return;
    }
    if (c->depth >= TEMPLATE_INCLUDES) {
        fault(c, &tag->spot, DIAG_template_include_depth, tag->typed, tag->name, NULL);
        return;
    }
    if (!in) {
        in = ARENA_NEW(c->t->arena, Include);
        in->path = path;
        in->tag = tag;
        vec_push(&c->t->includes, in);
        include_load(c, tag, in);
    }
    op->include = &in->ops;
}

/* ---- loading ---- */

static void compile_all(Compile *c)
{
    Template *t = c->t;
    read_records(c);
    c->lets = true;
    t->body = compile_tree(c, t->doc->body);
    c->lets = false;
    if (t->doc->masters)
        t->masters = compile_tree(c, t->doc->masters);
    read_strings(c);
    names_resolve(c);
    declarations_join(t);
    if (!c->failed) {
        rich_styles(t);
        styles_derive(t);
    }
    t->failed = c->failed;
}

Template *template_open(const char *path, const TemplateOptions *o, ExprEnv *env, Diags *d)
{
    OdfDoc *doc = odf_load(path, d);
    if (!doc)
        return NULL;
    Arena *arena = arena_new();
    Template *t = ARENA_NEW(arena, Template);
    t->arena = arena;
    t->doc = doc;
    if (o)
        t->options = *o;
    t->path = arena_str(arena, path);
    t->name = name_of(t);
    t->names = map_new(arena);
    t->typography = !str_equal(property(t, "skryba.typography"), "no");
    own_properties(t);
    set_language(t, env);
    set_namespaces(t, env);
    Scratch scratch = { .arena = arena_new() };
    Compile c = { .t = t, .env = env, .d = d, .doc = doc, .scratch = &scratch };
    compile_all(&c);
    scratch_free(&scratch);
    return t;
}

Template *template_load(const char *path, const TemplateOptions *o, ExprEnv *env, Diags *d)
{
    Template *t = template_open(path, o, env, d);
    if (t)
        template_report(t, d);
    if (!t || !t->failed)
        return t;
    template_free(t);
    return NULL;
}

static void free_tag(Tag *tag)
{
    expr_free(tag->expr);
    expr_free(tag->group);
    for (size_t i = 0; i < tag->n_sort; i++)
        expr_free((Expr *)(uintptr_t)tag->sort[i].key);
}

void template_free(Template *t)
{
    if (!t)
        return;
    for (size_t i = 0; i < t->tags.n; i++)
        free_tag(t->tags.p[i]);
    for (size_t i = 0; i < t->includes.n; i++)
        if (t->includes.p[i]->doc)
            odf_free(t->includes.p[i]->doc);
    vec_free(&t->tags);
    vec_free(&t->includes);
    vec_free(&t->entries);
    vec_free(&t->lets);
    for (size_t i = 0; i < t->loops.n; i++) {
        vec_free(&t->loops.p[i]->tracked);
        vec_free(&t->loops.p[i]->slot);
    }
    vec_free(&t->loops);
    vec_free(&t->derived);
    vec_free(&t->remarks);
    odf_free(t->doc);
    arena_free(t->arena);
}

/* ---- asked ---- */

bool template_sound(const Template *t)
{
    return !t->failed;
}

const char *template_path(const Template *t)
{
    return t->path;
}

const char *template_name(const Template *t)
{
    return t->name;
}

const char *template_language(const Template *t)
{
    return t->language;
}

const OdfDoc *template_document(const Template *t)
{
    return t->doc;
}

bool template_tag(const Template *t, size_t i, Lang lang, TemplateTag *out)
{
    if (i >= t->tags.n)
        return false;
    const Tag *tag = t->tags.p[i];
    *out = (TemplateTag){ .typed = tag->typed, .what = tag_word(tag->kind) };
    size_t n = 0;
    if (tag->expr)
        out->expr[n++] = tag->expr;
    if (tag->group)
        out->expr[n++] = tag->group;
    for (size_t k = 0; k < tag->n_sort && n + 1 < COUNT(out->expr); k++)
        out->expr[n++] = tag->sort[k].key;
    out->place = spot_place(&tag->spot, lang);
    if (out->place.label)
        out->place.label = arena_str(t->arena, out->place.label);
    return true;
}
