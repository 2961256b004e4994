/* SPDX-License-Identifier: MIT */
/* What is to be made: templates, their records, the names of the files. */
#include "internal.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* ---- finding templates ---- */

static bool writer_file(const char *name)
{
    static const char *const endings[] = { ".fodt", ".odt", ".ott" };
    size_t n = strlen(name);
    for (size_t i = 0; i < COUNT(endings); i++) {
        size_t k = strlen(endings[i]);
        if (n > k && name[0] != '.' && !strcmp(name + n - k, endings[i]))
            return true;
    }
    return false;
}

static int by_name(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

const char *const *batch_shipped(Arena *a, size_t *n)
{
    char *folder = data_file("templates");
    DIR *dir = folder ? opendir(folder) : NULL;
    VEC(const char *) found = {0};
    for (struct dirent *e; dir && (e = readdir(dir)); )
        if (writer_file(e->d_name))
            vec_push(&found, arena_format(a, "%s/%s", folder, e->d_name));
    if (dir)
        closedir(dir);
    free(folder);
    if (found.n)
        qsort(found.p, found.n, sizeof *found.p, by_name);
    const char **r = ARENA_ARRAY(a, const char *, found.n + 1);
    if (found.n)
        memcpy(r, found.p, found.n * sizeof *r);
    *n = found.n;
    vec_free(&found);
    return r;
}

const char *batch_template_path(Arena *a, const char *name)
{
    if (strchr(name, '/') || writer_file(name))
        return access(name, R_OK) ? NULL : arena_str(a, name);
    size_t n;
    const char *const *shipped = batch_shipped(a, &n);
    for (size_t i = 0; i < n; i++) {
        const char *base = strrchr(shipped[i], '/') + 1;
        size_t len = strlen(name);
        if (!strncmp(base, name, len) && base[len] == '.' && !strchr(base + len + 1, '.'))
            return shipped[i];
    }
    return NULL;
}

/* ---- a template and its records ---- */

static bool collapses(void *data, const xmlNode *node)
{
    return project_collapses(data, node);
}

static Place place(void *data, const xmlNode *node)
{
    return project_place(data, node);
}

static xmlNode *find_id(void *data, const char *id)
{
    return project_find(data, id);
}

static ExprEnv *env_new(const Project *p, const char *date)
{
    ExprEnv *e = expr_env_new(xml_tree(project_xml(p)));
    expr_env_resolver(e, find_id, (void *)p);
    expr_env_today(e, date);
    return e;
}

static void job_free(Job *job)
{
    template_free(job->template);
    expr_list_free(&job->records);
    expr_env_free(job->env);
    free(job);
}

/* asked: the user named this template, so it must have records. */
static void add_job(Plan *plan, const char *path, bool asked)
{
    Job *job = mem_new(sizeof *job);
    job->env = env_new(plan->project, plan->batch->o.date);
    job->template = template_load(path, &plan->options, job->env, plan->d);
    bool good = job->template && template_records(job->template, job->env, &job->records, plan->d);
    if (good && asked && !job->records.n)
        diag_add(plan->d, DIAG_batch_no_records, NULL, path, xml_name(project_xml(plan->project)),
                 (char *)NULL);
    if (good && job->records.n) {
        job->mark = mark_text(plan, job->template);
        vec_push(&plan->jobs, job);
    } else {
        job_free(job);
    }
}

static void add_jobs(Plan *plan)
{
    const BatchOptions *o = &plan->batch->o;
    size_t n = 0, errors = diags_count(plan->d, SEV_ERROR);
    const char *const *shipped = o->n_template ? NULL : batch_shipped(plan->arena, &n);
    for (size_t i = 0; i < n; i++)
        add_job(plan, shipped[i], false);
    for (size_t i = 0; i < o->n_template; i++) {
        const char *path = batch_template_path(plan->arena, o->template[i]);
        if (path)
            add_job(plan, path, true);
        else
            diag_add(plan->d, DIAG_batch_no_template, NULL, o->template[i], (char *)NULL);
    }
    if (!o->n_template && !plan->jobs.n && diags_count(plan->d, SEV_ERROR) == errors)
        diag_add(plan->d, DIAG_batch_nothing, NULL, xml_name(project_xml(plan->project)),
                 (char *)NULL);
}

/* ---- records and their files ---- */

typedef struct { const char *file; unsigned line; } Taken;

/* Keeps a path for a record; false: another record has it already. */
static bool take(Plan *plan, const char *path, xmlNode *node)
{
    Batch *b = plan->batch;
    XmlDoc *xml = project_xml(plan->project);
    const Taken *old = map_get(b->paths, path, strlen(path));
    if (!old) {
        Taken *t = ARENA_NEW(b->arena, Taken);
        t->file = arena_str(b->arena, xml_name(xml));
        t->line = xml_line(xml, node);
        map_put(b->paths, path, strlen(path), t);
        return true;
    }
    Place here = xml_place(xml, node), first = { .file = old->file, .line = old->line };
    Finding *f = diag_add(plan->d, DIAG_batch_same_name, &here, path, (char *)NULL);
    diag_note(f, &first, diag_text(DIAG_batch_first_name)->text[diags_lang(plan->d)]);
    return false;
}

/* A record with errors, or one that refers to errors, is not made, except as a draft. */
static bool forbidden(Plan *plan, const Job *job, const xmlNode *record)
{
    if (plan->batch->o.draft || !project_blocked(plan->project, record))
        return false;
    Place here = project_place(plan->project, record);
    diag_add(plan->d, DIAG_batch_blocked, &here, template_name(job->template), (char *)NULL);
    plan->refused++;
    return true;
}

static void add_task(Plan *plan, Job *job, size_t number)
{
    const ExprItem *item = &job->records.item[number - 1];
    if (forbidden(plan, job, item->node))
        return;
    const char *name = template_file_name(job->template, job->env, item, (int)number,
                                          (int)job->records.n, plan->arena, plan->d);
    Task task = { job, number, NULL };
    if (name)
        task.path = plan->folder ? arena_format(plan->arena, "%s/%s", plan->folder, name) : name;
    if (name && take(plan, task.path, item->node))
        vec_push(&plan->tasks, task);
    else
        plan->refused++;
}

static bool selected(Plan *plan, Job *job, const Expr *select, size_t number, bool *yes)
{
    ExprError error = {0};
    Place here = { .label = "--select" };
    *yes = true;
    if (!select || expr_boolean(job->env, select, job->records.item[number - 1].node, (int)number,
                                (int)job->records.n, yes, &error))
        return true;
    expr_report(plan->d, &error, &here);
    return false;
}

static void add_tasks(Plan *plan, Job *job)
{
    const BatchOptions *o = &plan->batch->o;
    ExprError error = {0};
    Place here = { .label = "--select" };
    Expr *select = NULL;
    if (o->select) {
        select = expr_compile(job->env, o->select, strlen(o->select), NULL, &error);
        if (!select) {
            expr_report(plan->d, &error, &here);
            return;
        }
    }
    size_t last = o->last && o->last < job->records.n ? o->last : job->records.n;
    for (size_t i = o->first ? o->first : 1; i <= last; i++) {
        bool yes;
        if (!selected(plan, job, select, i, &yes))
            break;
        if (yes)
            add_task(plan, job, i);
    }
    expr_free(select);
}

/* ---- the folder ---- */

/* The end of a tag's expression: }} outside of its literals. */
static const char *tag_end(const char *p)
{
    for (char quote = 0; *p; p++) {
        if (quote)
            quote = *p == quote ? 0 : quote;
        else if (*p == '"' || *p == '\'')
            quote = *p;
        else if (p[0] == '}' && p[1] == '}')
            return p;
    }
    return NULL;
}

/* One tag's value, as a single step of a path. */
static bool put_tag(Arena *a, ExprEnv *env, const Project *p, const char *text, size_t len,
                    Buf *out, ExprError *error)
{
    Expr *x = expr_compile(env, text, len, NULL, error);
    Buf value = {0};
    bool good = x && expr_string(env, x, project_root(p), 1, 1, &value, error);
    const char *name = good ? template_safe_name(a, value.p ? value.p : "", value.n) : NULL;
    if (name)
        buf_str(out, name);
    buf_free(&value);
    expr_free(x);
    return good && name;
}

const char *batch_folder(Arena *a, const char *folder, const Project *p, const char *date, Diags *d)
{
    ExprEnv *env = env_new(p, date);
    ExprError error = {0};
    Place here = { .label = folder };
    Buf out = {0};
    bool good = true;
    for (const char *s = folder, *tag; *s && good; ) {
        tag = strstr(s, "{{");
        const char *end = tag ? tag_end(tag + 2) : NULL;
        buf_put(&out, s, tag ? (size_t)(tag - s) : strlen(s));
        if (!tag)
            break;
        good = end && put_tag(a, env, p, tag + 2, (size_t)(end - tag - 2), &out, &error);
        s = end ? end + 2 : s;
    }
    if (!good && error.arg[0][0])
        expr_report(d, &error, &here);
    else if (!good)
        diag_add(d, DIAG_batch_folder, &here, (char *)NULL);
    const char *r = good ? arena_dup(a, out.p ? out.p : "", out.n) : NULL;
    buf_free(&out);
    expr_env_free(env);
    return r;
}

/* ---- the plan ---- */

/* Images are opened below the folder of the description only. */
static const char *folder_of(Arena *a, const char *path)
{
    const char *slash = strrchr(path, '/');
    if (str_equal(path, "<stdin>"))
        return NULL;
    return slash ? arena_dup(a, path, slash == path ? 1 : (size_t)(slash - path)) : ".";
}

void plan_make(Plan *plan)
{
    Batch *b = plan->batch;
    char *templates = data_file("templates");
    const char **include = ARENA_ARRAY(plan->arena, const char *, 1);
    if (templates)
        include[0] = arena_str(plan->arena, templates);
    plan->options = (TemplateOptions){
        .project_folder = folder_of(plan->arena, xml_name(project_xml(plan->project))),
        .include_folder = include, .n_include_folder = templates ? 1 : 0,
        .collapses = collapses, .place = place, .data = plan->project,
    };
    free(templates);
    if (b->o.dump == BATCH_FILES) {
        plan->folder = batch_folder(plan->arena, b->o.folder, plan->project, b->o.date, plan->d);
        if (!plan->folder)
            return;
    }
    add_jobs(plan);
    size_t errors = diags_count(plan->d, SEV_ERROR);
    for (size_t i = 0; i < plan->jobs.n; i++)
        add_tasks(plan, plan->jobs.p[i]);
    if (plan->jobs.n && !plan->tasks.n && diags_count(plan->d, SEV_ERROR) == errors)
        diag_add(plan->d, DIAG_batch_none_selected, NULL, xml_name(project_xml(plan->project)),
                 (char *)NULL);
}

void plan_free(Plan *plan)
{
    for (size_t i = 0; i < plan->jobs.n; i++)
        job_free(plan->jobs.p[i]);
    vec_free(&plan->jobs);
    vec_free(&plan->tasks);
    arena_free(plan->arena);
}
