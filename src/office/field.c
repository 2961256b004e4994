/* SPDX-License-Identifier: MIT */
/* Fields by their Polish labels: from the column of a mail merge to the tag that gives it.  What a
 * record refers to is looked through too: on a certificate "Nazwisko" is the participant's. */
#include "internal.h"

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

/* What may be missing is asked for first: a missing value is an error in a template, and a blank
 * in a mail merge. */
static void give(Fields *x, const char *element, const SchemaField *f, const char *prefix)
{
    static const struct { const char *type, *before, *after; } by_type[] = {
        { "date", "date(", ")" }, { "money", "money(", ")" }, { "hours", "decimal(", ")" },
        { "count", "decimal(", ")" },
    };
    const ProjectField *known = project_schema_field(x->project_schema, element, f->name);
    const char *before = "", *after = "";
    if (known && (known->n_target || known->id))
        return;
    for (size_t i = 0; i < COUNT(by_type); i++)
        if (!strcmp(by_type[i].type, f->type)) {
            before = by_type[i].before;
            after = by_type[i].after;
        }
    const char *path = arena_format(x->arena, "%s@%s", prefix, f->name);
    const char *tag = arena_format(x->arena, "{{ %s%s%s }}", before, path, after);
    bool optional = !f->required || strstr(prefix, "address/");
    vec_push(&x->field, (Field){ f, optional ? arena_format(x->arena, "{{#if %s}}%s{{/if}}", path,
                                                            tag) : tag });
}

static void look(Fields *x, const char *element, const char *type_name, const char *prefix,
                 int depth)
{
    const SchemaType *t = schema_type(x->words, type_name);
    for (size_t i = 0; t && i < t->field.n; i++)
        give(x, element, &t->field.p[i], prefix);
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

const char *fields_find(const Fields *x, const char *label)
{
    for (size_t i = 0; i < x->field.n; i++)
        if (fold_same(x->field.p[i].field->label[LANG_PL], label) ||
            !strcmp(x->field.p[i].field->name, label))
            return x->field.p[i].tag;
    return NULL;
}
