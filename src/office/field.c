/* SPDX-License-Identifier: MIT */
/* Fields by their Polish labels: from the column of a mail merge to the tag that gives it.  What a
 * record refers to is looked through too: on a certificate "Nazwisko" is the participant's. */
#include "internal.h"

#include <stdlib.h>
#include <string.h>

enum { DEEPEST = 3 };                   /* certificate, completion, participant, address */

static const char *element_type(const Schema *s, const char *element)
{
    for (size_t i = 0; i < s->all.n; i++)
        for (size_t k = 0; k < s->all.p[i]->child.n; k++)
            if (!strcmp(s->all.p[i]->child.p[k].name, element))
                return s->all.p[i]->child.p[k].type;
    return NULL;
}

/* Only what a record belongs to: a participant's course is not the course of its provider. */
static bool followed(const char *attribute)
{
    static const char *const names[] = { "completionRef", "participantRef", "courseRef" };
    for (size_t i = 0; i < COUNT(names); i++)
        if (!strcmp(names[i], attribute))
            return true;
    return false;
}

/* What the words of the schema mean to a reader: "osoba bezrobotna" for unemployed. */
static const char *in_words(Arena *a, const char *type, const char *path)
{
    Buf b = {0};
    const char *value;
    for (size_t i = 0; (value = words_get(type, i)); i++)
        buf_format(&b, "{{#%s %s = '%s'}}%s", i ? "elif" : "if", path, value,
                   words_word(a, type, value));
    buf_str(&b, "{{/if}}");
    const char *tag = arena_dup(a, b.p, b.n);
    buf_free(&b);
    return tag;
}

/* What may be missing is asked for first: a missing value is an error in a template, and a blank
 * in a mail merge. */
static void add(Fields *x, const SchemaField *f, const char *path, bool optional, const char *tag)
{
    vec_push(&x->field, (Field){ f, optional ? arena_format(x->arena, "{{#if %s}}%s{{/if}}", path,
                                                            tag) : tag });
}

static void give(Fields *x, const char *element, const SchemaField *f, const char *prefix)
{
    static const struct { const char *type, *before, *after; } by_type[] = {
        { "date", "date(", ")" }, { "money", "money(", ")" }, { "hours", "decimal(", ")" },
        { "count", "decimal(", ")" },
    };
    const ProjectField *known = project_schema_field(x->project_schema, element, f->name);
    const char *before = "", *after = "";
    const char *path = arena_format(x->arena, "%s@%s", prefix, f->name);
    bool optional = !f->required || strstr(prefix, "address/");
    if (known && (known->n_target || known->id))
        return;
    if (words_known(f->type) && strcmp(f->type, "hourUnit")) {
        add(x, f, path, false, in_words(x->arena, f->type, path));
        return;
    }
    for (size_t i = 0; i < COUNT(by_type); i++)
        if (!strcmp(by_type[i].type, f->type)) {
            before = by_type[i].before;
            after = by_type[i].after;
        }
    add(x, f, path, optional, arena_format(x->arena, "{{ %s%s%s }}", before, path, after));
}

/* A column that names another element: the course of a completion, the worker of a contract. */
static void give_name(Fields *x, const char *element, const SchemaField *f, const char *prefix)
{
    static const struct { const char *target, *first, *second; } names[] = {
        { "participant", "firstName", "lastName" }, { "member", "firstName", "lastName" },
        { "course", "name", NULL }, { "instrument", "name", NULL }, { "group", "name", NULL },
        { "edition", "name", NULL }, { "organisation", "name", NULL }, { "path", "name", NULL },
    };
    const ProjectField *known = project_schema_field(x->project_schema, element, f->name);
    const char *path = arena_format(x->arena, "%s@%s", prefix, f->name);
    for (size_t i = 0; known && known->n_target && i < COUNT(names); i++) {
        if (strcmp(names[i].target, known->target[0]) || !strcmp(f->type, "refs"))
            continue;
        const char *tag = arena_format(x->arena, "{{ ref(%s)/@%s }}", path, names[i].first);
        if (names[i].second)
            tag = arena_format(x->arena, "%s {{ ref(%s)/@%s }}", tag, path, names[i].second);
        add(x, f, path, !f->required, tag);
    }
}

static void look(Fields *x, const char *element, const char *type_name, const char *prefix,
                 int depth)
{
    const SchemaType *t = schema_type(x->words, type_name);
    for (size_t i = 0; t && i < t->field.n; i++)
        give(x, element, &t->field.p[i], prefix);
    for (size_t i = 0; t && i < t->field.n; i++)
        give_name(x, element, &t->field.p[i], prefix);
    for (size_t i = 0; t && i < t->child.n; i++)
        if (!strcmp(t->child.p[i].name, "address"))
            look(x, "address", t->child.p[i].type, arena_format(x->arena, "%saddress/", prefix),
                 DEEPEST);
    for (size_t i = 0; t && i < t->field.n && depth < DEEPEST; i++) {
        const SchemaField *f = &t->field.p[i];
        const ProjectField *known = project_schema_field(x->project_schema, element, f->name);
        const char *target = known && known->n_target ? element_type(x->words, known->target[0])
                                                      : NULL;
        if (target && followed(f->name))
            look(x, known->target[0], target,
                 arena_format(x->arena, "ref(%s@%s)/", prefix, f->name), depth + 1);
    }
}

bool fields_start(Fields *x, const char *element, const Schema *words, const ProjectSchema *schema,
                  Arena *a)
{
    const char *type = element_type(words, element);
    *x = (Fields){ .arena = a, .words = words, .project_schema = schema };
    if (type)
        look(x, element, type, "", 0);
    return type != NULL;
}

void fields_end(Fields *x)
{
    vec_free(&x->field);
}

const char *fields_find(const Fields *x, const char *label, const char **near)
{
    Nearest n;
    nearest_start(&n, fold_new(x->arena, label));
    for (size_t i = 0; i < x->field.n; i++) {
        const SchemaField *f = x->field.p[i].field;
        if (fold_same(f->label[LANG_PL], label) || !strcmp(f->name, label))
            return x->field.p[i].tag;
        nearest_try(&n, fold_new(x->arena, f->label[LANG_PL]), f->label[LANG_PL]);
    }
    *near = n.name;
    return NULL;
}

/* ---- for templates ---- */

typedef struct {
    TemplateColumns columns;            /* first: what templates see */
    Arena *arena;
    ProjectSchema *schema;              /* NULL until it is needed */
    Schema words;
} Opened;

/* The schema is built in: nothing can be wrong with it. */
static bool open_schema(Opened *o)
{
    if (o->schema)
        return true;
    Diags *d = diags_new(LANG_EN);
    o->schema = project_schema_open(NULL, d);
    bool ok = o->schema && schema_read(&o->words, d);
    diags_free(d);
    return ok;
}

static bool find_tag(void *data, const char *element, const char *column, Buf *tag, Buf *near)
{
    Opened *o = data;
    Fields x = {0};
    const char *found = NULL, *nearest = NULL;
    if (open_schema(o) && fields_start(&x, element, &o->words, o->schema, o->arena))
        found = fields_find(&x, column, &nearest);
    if (found)
        buf_str(tag, found);
    else if (nearest)
        buf_str(near, nearest);
    fields_end(&x);
    return found != NULL;
}

/* A table of the mail merge is a sheet of the office's list. */
static const char *find_records(void *data, const char *table)
{
    Opened *o = data;
    const SheetKind *k = kinds_find(table);
    if (!k)
        return NULL;
    return k->prefix ? arena_format(o->arena, "/project/%s/%s", k->list, k->element)
                     : arena_format(o->arena, "/project/%s/course/%s", k->list, k->element);
}

TemplateColumns *office_columns_new(void)
{
    Opened *o = mem_new(sizeof *o);
    o->arena = arena_new();
    o->columns = (TemplateColumns){ find_tag, find_records, o };
    return &o->columns;
}

void office_columns_free(TemplateColumns *c)
{
    Opened *o = c ? c->data : NULL;
    if (!o)
        return;
    if (o->schema)
        schema_free(&o->words);
    project_schema_free(o->schema);
    arena_free(o->arena);
    free(o);
}
