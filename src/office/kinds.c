/* SPDX-License-Identifier: MIT */
/* The sheets of a list: what a row of each becomes, and under which headings its values stand. */
#include "internal.h"

#include <string.h>

static const ColumnSpec address[] = {
    { COLUMN_VALUE, NULL, "address", "street", NULL, NULL },
    { COLUMN_VALUE, NULL, "address", "building", NULL, NULL },
    { COLUMN_VALUE, NULL, "address", "flat", NULL, NULL },
    { COLUMN_VALUE, NULL, "address", "postalCode", NULL, NULL },
    { COLUMN_VALUE, NULL, "address", "city", NULL, NULL },
    { COLUMN_VALUE, NULL, "address", "cityLocative", NULL, NULL },
    { COLUMN_VALUE, NULL, "address", "postOffice", NULL, NULL },
    { COLUMN_VALUE, NULL, "address", "commune", NULL, NULL },
    { 0 },
};
static const ColumnSpec person[] = {
    { COLUMN_PERSON, "Imię", NULL, "firstName", NULL, NULL },
    { COLUMN_PERSON, "Nazwisko", NULL, "lastName", NULL, NULL },
    { COLUMN_PERSON, "PESEL", NULL, "pesel", NULL, NULL },
    { 0 },
};
static const ColumnSpec contract[] = {
    { COLUMN_PERSON, "Imię", NULL, "firstName", NULL, NULL },
    { COLUMN_PERSON, "Nazwisko", NULL, "lastName", NULL, NULL },
    { COLUMN_PERSON, "PESEL", NULL, "pesel", NULL, NULL },
    { COLUMN_TEXTS, "Przyczyna", "problem", NULL, NULL, NULL },
    { COLUMN_TEXTS, "Możliwość", "resource", NULL, NULL, NULL },
    { COLUMN_TEXTS, "Ograniczenie", "limitation", NULL, NULL, NULL },
    { COLUMN_TEXTS, "Cel główny", "goal", NULL, "kind", "main" },
    { COLUMN_TEXTS, "Cel szczegółowy", "goal", NULL, "kind", "specific" },
    { COLUMN_TEXTS, "Oczekiwany efekt", "expectedEffect", NULL, NULL, NULL },
    { COLUMN_ACTIONS, "Działanie uczestnika", "action", NULL, "by", "person" },
    { COLUMN_ACTIONS, "Działanie pracownika", "action", NULL, "by", "worker" },
    { COLUMN_ACTIONS, "Działanie ośrodka", "action", NULL, "by", "centre" },
    { COLUMN_REFS, "Instrument", "instrumentRef", "ref", NULL, NULL },
    { 0 },
};
static const ColumnSpec owner[] = {
    { COLUMN_OWNER, "Kurs", NULL, NULL, NULL, NULL },
    { 0 },
};

/* In this order they are read: what is referred to comes first. */
static const SheetKind kinds[] = {
    { "zespół", "team", "member", "member", "t", NULL },
    { "kursy", "courses", "course", "course", "k", NULL },
    { "programy", "courses", "topic", "topic", NULL, owner },
    { "zajęcia", "classes", "class", "class", "zaj", NULL },
    { "uczestnicy", "participants", "participant", "participant", "u", address },
    { "ukończenia", "completions", "completion", "completion", "uk", person },
    { "kontrakty", "contracts", "contract", "contract", "kon", contract },
    { "umowy", "agreements", "agreement", "agreement", "um", person },
};

/* Headings that offices use for the schema's labels. */
static const struct { const char *element, *heading, *label; } also[] = {
    { "participant", "Nr PESEL", "PESEL" },
    { "participant", "Numer PESEL", "PESEL" },
    { "participant", "Imiona", "Imię" },
    { "participant", "Tel", "Telefon" },
    { "participant", "Nr telefonu", "Telefon" },
    { "participant", "Email", "E-mail" },
    { "participant", "Kod", "Kod pocztowy" },
    { "participant", "Nr domu", "Numer domu" },
    { "participant", "Nr mieszkania", "Numer mieszkania" },
    { "participant", "Data przystąpienia", "Przystąpienie" },
    { "participant", "Data zakończenia udziału", "Zakończenie udziału" },
    { "completion", "Nazwa kursu", "Kurs" },
    { "completion", "Data", "Data ukończenia" },
    { "course", "Data rozpoczęcia", "Początek" },
    { "course", "Data zakończenia", "Koniec" },
    { "course", "Liczba godzin", "Godziny razem" },
};

size_t kinds_count(void)
{
    return COUNT(kinds);
}

const SheetKind *kinds_get(size_t i)
{
    return &kinds[i];
}

const SheetKind *kinds_find(const char *sheet)
{
    for (size_t i = 0; i < COUNT(kinds); i++)
        if (fold_same(kinds[i].sheet, sheet))
            return &kinds[i];
    return NULL;
}

static void add(Columns *c, const ColumnSpec *s, const char *heading, const SchemaField *f,
                const ProjectField *known)
{
    vec_push(&c->column, (Column){ .spec = *s, .heading = heading, .field = f, .known = known,
                                   .folded = fold_new(c->arena, heading) });
}

static void add_attributes(Columns *c, const SheetKind *k)
{
    for (size_t i = 0; i < c->type->field.n; i++) {
        const SchemaField *f = &c->type->field.p[i];
        const ProjectField *known = project_schema_field(c->project_schema, k->element, f->name);
        bool ref = known && known->n_target;
        add(c, &(ColumnSpec){ .kind = ref ? COLUMN_REF : COLUMN_VALUE, .attribute = f->name },
            f->label[LANG_PL], f, known);
    }
}

static void add_extra(Columns *c, const SheetKind *k, const Schema *s)
{
    for (const ColumnSpec *x = k->extra; x && x->kind; x++) {
        const char *type = x->child && !strcmp(x->child, "address") ? "personAddress" : NULL;
        const SchemaField *f = NULL;
        if (x->kind == COLUMN_PERSON)
            type = "participant";
        if (type)
            f = schema_field(schema_type(s, type), x->attribute);
        const char *element = x->child ? x->child : x->kind == COLUMN_PERSON ? type : NULL;
        const ProjectField *known =
            element ? project_schema_field(c->project_schema, element, x->attribute) : NULL;
        add(c, x, x->heading ? x->heading : f ? f->label[LANG_PL] : "", f, known);
    }
}

void columns_start(Columns *c, const SheetKind *k, const Schema *s, const ProjectSchema *ps,
                   Arena *a)
{
    *c = (Columns){ .arena = a, .kind = k, .type = schema_type(s, k->type), .project_schema = ps };
    add_attributes(c, k);
    add_extra(c, k, s);
}

void columns_end(Columns *c)
{
    vec_free(&c->column);
}

/* A heading without what stands in brackets and without the number of a repeated column. */
static char *bare(Arena *a, const char *heading)
{
    char *s = fold_new(a, arena_dup(a, heading, strcspn(heading, "([")));
    size_t n = strlen(s);
    while (n > 1 && s[n - 1] >= '0' && s[n - 1] <= '9')
        n--;
    s[n] = 0;
    return s;
}

int columns_find(const Columns *c, const char *heading)
{
    const char *wanted = bare(c->arena, heading);
    for (size_t i = 0; i < COUNT(also); i++)
        if (!strcmp(also[i].element, c->kind->element) && fold_same(also[i].heading, wanted))
            wanted = fold_new(c->arena, also[i].label);
    for (size_t i = 0; *wanted && i < c->column.n; i++)
        if (!strcmp(c->column.p[i].folded, wanted))
            return (int)i;
    return -1;
}

const char *columns_near(const Columns *c, const char *heading, bool however_far)
{
    Nearest near;
    const char *wanted = bare(c->arena, heading);
    nearest_start(&near, wanted);
    if (however_far)
        near.best = SIZE_MAX;
    for (size_t i = 0; *wanted && i < c->column.n; i++)
        nearest_try(&near, c->column.p[i].folded, c->column.p[i].heading);
    return near.name;
}
