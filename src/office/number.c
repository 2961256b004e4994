/* SPDX-License-Identifier: MIT */
/* Missing numbers: given once, in order, behind the last one; gaps stay. */
#include "internal.h"

#include <stdlib.h>
#include <string.h>

/* ---- findings about papers ---- */

void papers_touch(Papers *p, const xmlNode *n, const char *name)
{
    const char *id = elem_attr(n, "id");
    map_put(p->touched, id, strlen(id), arena_str(p->office->arena, name));
}

void papers_start(Papers *p, Office *o)
{
    *p = (Papers){ .office = o, .touched = map_new(o->arena) };
}

/* A finding of the rules counts if it is about a paper that was changed. */
static bool place_of(void *data, const xmlNode *n, const char *attribute, Place *place)
{
    Papers *p = data;
    (void)attribute;
    for (; n && n->type == XML_ELEMENT_NODE; n = n->parent) {
        const char *id = elem_attr(n, "id");
        const char *name = *id ? map_get(p->touched, id, strlen(id)) : NULL;
        if (!name)
            continue;
        *place = (Place){ .label = name, .line = 1 };
        return true;
    }
    return false;
}

bool papers_save(Papers *p, bool dry_run)
{
    OfficeSave s = { .place = place_of, .data = p, .dry_run = dry_run };
    return office_save(p->office, &s);
}

const char *paper_name(Office *o, const xmlNode *n, const char *number)
{
    static const struct { const char *element, *name[2]; } names[] = {
        { "certificate", { "certificate", "zaświadczenie" } },
        { "contract", { "contract", "kontrakt" } }, { "agreement", { "agreement", "umowa" } },
    };
    for (size_t i = 0; i < COUNT(names); i++)
        if (elem_is(n, names[i].element))
            return arena_format(o->arena, "%s %s", names[i].name[diags_lang(o->d)], number);
    return number;
}

/* ---- the order ---- */

typedef struct {
    xmlNode *node;
    const char *date, *id;
    const xmlNode *person, *in; /* whose it is; the course, and its place in the list of courses */
    size_t course;
    ExprEnv *env;
} Wanting;
typedef VEC(Wanting) WantingList;

static int by_name(const Wanting *a, const Wanting *b)
{
    static const char *const parts[] = { "lastName", "firstName" };
    for (size_t i = 0; i < COUNT(parts); i++) {
        int c = expr_collate(a->env, elem_attr(a->person, parts[i]),
                             elem_attr(b->person, parts[i]));
        if (c)
            return c;
    }
    return strcmp(a->id, b->id);
}

static int in_order(const void *x, const void *y)
{
    const Wanting *a = x, *b = y;
    if (a->course != b->course)
        return a->course < b->course ? -1 : 1;
    int c = strcmp(a->date, b->date);
    return c ? c : by_name(a, b);
}

static void sort(WantingList *w)
{
    ExprEnv *env = expr_env_new(NULL);
    for (size_t i = 0; i < w->n; i++)
        w->p[i].env = env;
    if (w->n)
        qsort(w->p, w->n, sizeof *w->p, in_order);
    expr_env_free(env);
}

/* ---- contracts and agreements ---- */

static char *year_of(Arena *a, const char *date)
{
    return arena_dup(a, date, strnlen(date, 4));
}

static bool no_register(Office *o, const char *kind)
{
    diag_add(o->d, DIAG_number_no_register, &(Place){ .file = o->path }, kind, (char *)NULL);
    return false;
}

static bool number_list(Papers *p, const char *list, const char *element, size_t *count)
{
    Office *o = p->office;
    Register r;
    WantingList w = {0};
    bool known = register_open(&r, o, element), ok = true;
    for (xmlNode *n = elem_first(office_list(o, list, false), element); n;
         n = elem_next(n, element)) {
        const char *number = xml_attr(n, "number"), *date = elem_attr(n, "date");
        if (number && known)
            register_know(&r, number, "", year_of(o->arena, date));
        else if (!number)
            vec_push(&w, (Wanting){ .node = n, .date = date, .id = elem_attr(n, "id"),
                                    .person = office_find(o, elem_attr(n, "participantRef")) });
    }
    if (w.n && !known)
        ok = no_register(o, element);
    sort(&w);
    for (size_t i = 0; i < w.n && ok; i++) {
        const char *number = register_next(&r, "", year_of(o->arena, w.p[i].date));
        ok = number != NULL;
        if (!ok)
            break;
        edit_set(&o->edits, w.p[i].node, "number", number);
        papers_touch(p, w.p[i].node, paper_name(o, w.p[i].node, number));
        (*count)++;
    }
    vec_free(&w);
    return ok;
}

/* ---- certificates ---- */

static bool earned(const xmlNode *completion)
{
    const char *result = elem_attr(completion, "result");
    return !strcmp(result, "completed") || !strcmp(result, "passed");
}

/* Where a new certificate says that it was made: as settings say, else where the provider sits. */
static const char *issue_place(Office *o, const xmlNode *course)
{
    const char *city = elem_attr(elem_first(o->root, "documents"), "city");
    const xmlNode *provider = office_find(o, elem_attr(course, "providerRef"));
    return *city ? city : elem_attr(elem_first(provider, "address"), "city");
}

static const char *signatory(Office *o, const xmlNode *course)
{
    const xmlNode *n = elem_first(elem_first(o->root, "documents"), "signatory");
    while (n && strcmp(elem_attr(n, "document"), "certificate"))
        n = elem_next(n, "signatory");
    const xmlNode *provider = office_find(o, elem_attr(course, "providerRef"));
    return n ? elem_attr(n, "ref") : elem_attr(elem_first(provider, "representative"), "id");
}

static bool complete(Office *o, const char *place, const char *who, const char *date)
{
    const DiagId id = !*date ? DIAG_number_no_date
                      : !*place ? DIAG_number_no_place : DIAG_number_no_signatory;
    if (*date && *place && *who)
        return true;
    diag_add(o->d, id, &(Place){ .file = o->path }, (char *)NULL);
    return false;
}

/* What is printed about the course of each certificate. */
static bool course_complete(Office *o, const Register *r, const xmlNode *course)
{
    bool hours = xml_attr(course, "declaredHours") ||
                 (xml_attr(course, "theoryHours") && xml_attr(course, "practiceHours"));
    const struct { const char *attribute; bool there; } needed[] = {
        { "code", xml_attr(course, "code") || !strstr(r->pattern, "{course}") },
        { "providerRef", xml_attr(course, "providerRef") }, { "declaredHours", hours },
    };
    const SchemaType *t = schema_type(&o->words, "course");
    Buf lacks = {0};
    for (size_t i = 0; i < COUNT(needed); i++)
        if (!needed[i].there)
            buf_format(&lacks, "%s%s", lacks.n ? ", " : "",
                       schema_field(t, needed[i].attribute)->label[diags_lang(o->d)]);
    bool ok = !lacks.n;
    if (!ok)
        diag_add(o->d, DIAG_number_course, &(Place){ .file = o->path }, elem_attr(course, "name"),
                 lacks.p, (char *)NULL);
    buf_free(&lacks);
    return ok;
}

static xmlNode *add_certificate(Papers *p, Register *r, const xmlNode *completion,
                                const char *date)
{
    Office *o = p->office;
    const xmlNode *course = office_find(o, elem_attr(completion, "courseRef"));
    const char *place = issue_place(o, course), *who = signatory(o, course);
    if (!complete(o, place, who, date))
        return NULL;
    const char *number = register_next(r, elem_attr(course, "code"), year_of(o->arena, date));
    if (!number)
        return NULL;
    xmlNode *list = office_list(o, "certificates", true);
    xmlNode *n = office_add(o, list, "certificate", "zs", NULL);
    edit_set(&o->edits, n, "number", number);
    edit_set(&o->edits, n, "completionRef", elem_attr(completion, "id"));
    edit_set(&o->edits, n, "issueDate", date);
    edit_set(&o->edits, n, "issuePlace", place);
    edit_set(&o->edits, n, "signatoryRef", who);
    edit_set(&o->edits, n, "status", "prepared");
    papers_touch(p, n, paper_name(o, n, number));
    return n;
}

/* Reads the numbers that there are; has gets the completions that have a certificate, valid or
 * not: what was made void is replaced, not numbered again. */
static void know_certificates(Office *o, Register *r, bool known, Map *has)
{
    for (const xmlNode *n = elem_first(office_list(o, "certificates", false), "certificate"); n;
         n = elem_next(n, "certificate")) {
        const char *ref = elem_attr(n, "completionRef");
        const xmlNode *completion = office_find(o, ref);
        const xmlNode *course = office_find(o, elem_attr(completion, "courseRef"));
        map_put(has, ref, strlen(ref), o);
        if (known && !xml_attr(n, "duplicateOf"))
            register_know(r, elem_attr(n, "number"), elem_attr(course, "code"),
                          year_of(o->arena, elem_attr(n, "issueDate")));
    }
}

static bool certificates_register(Register *r, Office *o, Map *has)
{
    bool known = register_open(r, o, "certificate");
    know_certificates(o, r, known, has);
    return known || no_register(o, "certificate");
}

static size_t place_in_list(const xmlNode *n)
{
    size_t i = 1;
    for (; n && n->prev; n = n->prev)
        i++;
    return n ? i : 0;
}

/* Completions that deserve a certificate and have none, in order. */
static void find_wanting(Office *o, const Map *has, WantingList *w)
{
    for (xmlNode *n = elem_first(office_list(o, "completions", false), "completion"); n;
         n = elem_next(n, "completion")) {
        const char *id = elem_attr(n, "id");
        const xmlNode *course = office_find(o, elem_attr(n, "courseRef"));
        if (earned(n) && !map_get(has, id, strlen(id)))
            vec_push(w, (Wanting){ .node = n, .date = "", .id = id, .in = course,
                                   .person = office_find(o, elem_attr(n, "participantRef")),
                                   .course = place_in_list(course) });
    }
    sort(w);
}

static bool number_certificates(Papers *p, const char *date, size_t *count)
{
    Office *o = p->office;
    Register r;
    WantingList w = {0};
    Map *has = map_new(o->arena);
    bool known = register_open(&r, o, "certificate"), ok = true;
    know_certificates(o, &r, known, has);
    find_wanting(o, has, &w);
    if (w.n && !known)
        ok = no_register(o, "certificate");
    for (size_t i = 0; i < w.n && known; i++)
        if (!i || w.p[i].in != w.p[i - 1].in)
            ok &= course_complete(o, &r, w.p[i].in);
    for (size_t i = 0; i < w.n && ok; i++) {
        ok = add_certificate(p, &r, w.p[i].node, date) != NULL;
        *count += ok;
    }
    vec_free(&w);
    return ok;
}

xmlNode *certificate_replacing(Papers *p, const xmlNode *old, const char *date)
{
    Register r;
    Office *o = p->office;
    const xmlNode *completion = office_find(o, elem_attr(old, "completionRef"));
    if (!certificates_register(&r, o, map_new(o->arena)) ||
        !course_complete(o, &r, office_find(o, elem_attr(completion, "courseRef"))))
        return NULL;
    xmlNode *n = add_certificate(p, &r, completion, date);
    if (n)
        edit_set(&o->edits, n, "replaces", elem_attr(old, "id"));
    return n;
}

bool office_number(Office *o, const OfficeNumberOptions *options, OfficeNumbered *out)
{
    Papers p;
    *out = (OfficeNumbered){0};
    papers_start(&p, o);
    const char *date = options->date;
    if (!*date)
        date = elem_attr(elem_first(o->root, "documents"), "date");
    bool ok = number_list(&p, "contracts", "contract", &out->contracts) &&
              number_list(&p, "agreements", "agreement", &out->agreements) &&
              number_certificates(&p, date, &out->certificates) &&
              papers_save(&p, options->dry_run);
    out->nothing = !elem_first(office_list(o, "contracts", false), "contract") &&
                   !elem_first(office_list(o, "agreements", false), "agreement") &&
                   !elem_first(office_list(o, "certificates", false), "certificate");
    return ok;
}
