/* SPDX-License-Identifier: MIT */
/* A description that is being changed: read, changed, checked, written whole or not at all. */
#include "internal.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

typedef struct { unsigned number; int width; } LastId;

/* "u07" is prefix u, number 7, width 2. */
static void know_number(Office *o, const char *id)
{
    size_t n = strlen(id), digits = 0;
    while (digits < n && digits < 9 && id[n - digits - 1] >= '0' && id[n - digits - 1] <= '9')
        digits++;
    if (!digits || digits == n)
        return;
    LastId *last = map_get(o->last_id, id, n - digits);
    if (!last) {
        last = ARENA_NEW(o->arena, LastId);
        map_put(o->last_id, id, n - digits, last);
    }
    unsigned number = 0;
    for (size_t i = n - digits; i < n; i++)
        number = number * 10 + (unsigned)(id[i] - '0');
    last->number = number > last->number ? number : last->number;
    last->width = id[n - digits] == '0' ? (int)digits : last->width;
}

void office_know(Office *o, const char *id, xmlNode *n)
{
    map_put(o->ids, id, strlen(id), n);
    know_number(o, id);
}

xmlNode *office_find(const Office *o, const char *id)
{
    return map_get(o->ids, id, strlen(id));
}

const char *office_free_id(Office *o, const char *prefix)
{
    const LastId *last = map_get(o->last_id, prefix, strlen(prefix));
    unsigned number = last ? last->number : 0;
    const char *id;
    do
        id = arena_format(o->arena, "%s%0*u", prefix, last ? last->width : 0, ++number);
    while (office_find(o, id));
    return id;
}

static bool open_project(Office *o, const char *path)
{
    const ProjectOptions options = { .schema = o->schema };
    o->project = project_load(path, &options, o->d);
    if (!o->project)
        return false;
    edit_start(&o->edits, o->project, o->schema);
    o->root = project_root(o->project);
    if (project_errors(o->project)) {
        diag_add(o->d, DIAG_office_faulty, &(Place){ .file = o->path }, path, (char *)NULL);
        return false;
    }
    if (!elem_is(o->root, "project")) {
        diag_add(o->d, DIAG_office_other, &(Place){ .file = o->path }, (char *)NULL);
        return false;
    }
    for (xmlNode *n = o->root; n; n = elem_walk(n, o->root))
        if (xml_attr(n, "id"))
            office_know(o, elem_attr(n, "id"), n);
    return true;
}

Office *office_open(const char *path, Diags *d)
{
    struct stat st;
    Office *o = mem_new(sizeof *o);
    o->arena = arena_new();
    o->path = arena_str(o->arena, path);
    o->d = d;
    o->ids = map_new(o->arena);
    o->last_id = map_new(o->arena);
    o->target = realpath(path, NULL);
    o->mode = o->target && !stat(o->target, &st) ? (unsigned)st.st_mode & 0777 : 0600;
    o->schema = project_schema_open(NULL, d);
    if (o->schema && schema_read(&o->words, d) && open_project(o, path))
        return o;
    office_free(o);
    return NULL;
}

void office_free(Office *o)
{
    if (!o)
        return;
    if (o->edits.arena)
        edit_end(&o->edits);
    project_free(o->project);
    project_schema_free(o->schema);
    schema_free(&o->words);
    free(o->target);
    arena_free(o->arena);
    free(o);
}

/* ---- changes ---- */

/* The lists below project stand in the order of the schema. */
static size_t order(const Office *o, const char *name)
{
    const SchemaType *t = schema_type(&o->words, "project");
    size_t i = 0;
    while (i < t->child.n && strcmp(t->child.p[i].name, name))
        i++;
    return i;
}

xmlNode *office_list(Office *o, const char *name, bool make)
{
    xmlNode *list = elem_first(o->root, name), *before = NULL;
    if (list || !make)
        return list;
    for (xmlNode *n = elem_first(o->root, NULL); n; n = elem_next(n, NULL))
        if (order(o, (const char *)n->name) < order(o, name))
            before = n;
    list = edit_new(&o->edits, name);
    edit_add(&o->edits, o->root, before, list);
    return list;
}

xmlNode *office_add(Office *o, xmlNode *list, const char *element, const char *prefix,
                    const char *id)
{
    xmlNode *n = edit_new(&o->edits, element);
    if (!id)
        id = office_free_id(o, prefix);
    edit_set(&o->edits, n, "id", id);
    edit_add(&o->edits, list, elem_last(list, NULL), n);
    office_know(o, id, n);
    return n;
}

/* ---- checks ---- */

typedef struct { VEC(size_t) at; VEC(const xmlNode *) node; VEC(size_t) line; XmlSource s; } Index;

static void make_index(Index *x, const Project *p)
{
    x->s.text = xml_text(project_xml(p), &x->s.len);
    for (const xmlNode *n = project_root(p); n; n = elem_walk(n, project_root(p))) {
        vec_push(&x->at, xml_offset(n));
        vec_push(&x->node, n);
    }
    vec_push(&x->line, 0);
    for (const char *s = x->s.text; (s = strchr(s, '\n')); )
        vec_push(&x->line, (size_t)(++s - x->s.text));
}

static void free_index(Index *x)
{
    vec_free(&x->at);
    vec_free(&x->node);
    vec_free(&x->line);
}

static size_t offset_of(const Index *x, const Place *p)
{
    size_t at = p->line <= x->line.n ? x->line.p[p->line - 1] : x->s.len;
    const char *end = x->s.text + x->s.len;
    if (p->line == 1 && str_starts(x->s.text, "\xef\xbb\xbf"))
        at += 3;
    int n;
    for (unsigned c = 1; c < p->column && at < x->s.len; c++, at += (size_t)n)
        (void)utf8_get(x->s.text + at, end, &n);
    return at;
}

/* The element in which, or in whose start tag, a byte stands. */
static const xmlNode *element_at(const Index *x, size_t at)
{
    size_t low = 0, high = x->at.n;
    while (high - low > 1) {
        size_t middle = (low + high) / 2;
        if (x->at.p[middle] <= at)
            low = middle;
        else
            high = middle;
    }
    return x->node.p[low];
}

/* Findings of the changed text, each at the place that the command has for it. */
static void pass_on(Office *o, OfficeSave *s, const Project *p, const Diags *found)
{
    Index x = {0};
    Severity sev;
    Place place;
    const Finding *f;
    make_index(&x, p);
    for (size_t i = 0; (f = diags_get(found, i, &sev, &place)); i++) {
        Place to = { .file = o->path };
        size_t at = place.line ? offset_of(&x, &place) : 0;
        const xmlNode *n = element_at(&x, at);
        char name[64] = "";
        if (at > xml_offset(n))
            snprintf(name, sizeof name, "%.*s", (int)strcspn(x.s.text + at, "= \t\r\n/><"),
                     x.s.text + at);
        if (s->place(s->data, n, name[0] ? name : NULL, &to) ||
            (sev == SEV_ERROR && project_errors(p)))    /* an invalid description is not written */
            diag_copy(o->d, f, &to);
        else if (sev == SEV_ERROR)
            s->elsewhere++;
    }
    free_index(&x);
}

static bool check(Office *o, OfficeSave *s, const char *path)
{
    Diags *found = diags_new(diags_lang(o->d));
    const ProjectOptions options = { .schema = o->schema };
    const RulesOptions ro = {0};
    ProjectRules *rules = project_rules_open(NULL, 0, o->d);
    Project *p = project_load(path, &options, found);
    bool same = p && edit_same(o->root, project_root(p));
    size_t before = diags_count(o->d, SEV_ERROR);
    if (!same)
        diag_add(o->d, DIAG_office_edit, &(Place){ .file = o->path }, (char *)NULL);
    if (same && rules && !project_errors(p))
        project_check_rules(p, rules, &ro, found);
    if (same)
        pass_on(o, s, p, found);
    project_free(p);
    project_rules_free(rules);
    diags_free(found);
    return diags_count(o->d, SEV_ERROR) == before;
}

/* Somebody else's changes must not be lost. */
static bool unchanged(Office *o)
{
    size_t len;
    char *now = file_read(o->target, XML_BYTES, &len, o->d);
    bool same = now && len == o->edits.source.len && !memcmp(now, o->edits.source.text, len);
    if (now && !same)
        diag_add(o->d, DIAG_office_changed, &(Place){ .file = o->path }, (char *)NULL);
    free(now);
    return same;
}

/* Between the last look at the file and its new contents no other run may change it. */
static bool replace(Office *o, Output *out)
{
    const char *path = arena_format(o->arena, "%s.skryba-lock", o->target);
    Buf holder = {0};
    int fd, error = disk_lock(path, 0, &fd, &holder);
    bool ok = !error && unchanged(o);
    if (error == EBUSY)
        diag_add(o->d, DIAG_office_busy, &(Place){ .file = o->path }, holder.p, (char *)NULL);
    else if (error)
        diag_add(o->d, DIAG_file_write, NULL, path, strerror(error), (char *)NULL);
    if (ok)
        ok = output_commit(out, o->d);
    else
        output_abort(out);
    if (!error)
        disk_unlock(path, 0, fd);
    buf_free(&holder);
    return ok;
}

bool office_save(Office *o, OfficeSave *s)
{
    Buf text = {0};
    size_t before = diags_count(o->d, SEV_ERROR);
    edit_write(&o->edits, &text);
    file_mode(o->mode);
    Output *out = output_open(o->target, o->d);
    file_mode(0600);
    if (!out) {
        buf_free(&text);
        return false;
    }
    output_put(out, text.p, text.n);
    bool ok = check(o, s, output_draft(out)) && diags_count(o->d, SEV_ERROR) == before;
    buf_free(&text);
    if (ok && edit_any(&o->edits) && !s->dry_run)
        return replace(o, out);
    output_abort(out);
    return ok;
}
