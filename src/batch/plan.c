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

ExprEnv *plan_env(const Project *p, const char *date)
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
    job->plan = plan;
    job->env = plan_env(plan->project, plan->batch->o.date);
    job->template = template_load(path, &plan->options, job->env, plan->d);
    bool good = job->template && template_records(job->template, job->env, &job->records, plan->d);
    if (good && asked && !job->records.n)
        diag_add(plan->d, DIAG_batch_no_records, NULL, path, xml_name(project_xml(plan->project)),
                 (char *)NULL);
    if (good && job->records.n) {
        job->mark = mark_text(plan, job->template);
        digest_style(&job->style, template_document(job->template)->file);
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

/* Remembers the path of a task; false: an earlier one has it already. */
static bool take(Plan *plan, const char *path, xmlNode *node)
{
    Batch *b = plan->batch;
    uintptr_t old = (uintptr_t)map_get(b->paths, path, strlen(path));
    if (!old) {
        map_put(b->paths, path, strlen(path), (void *)(uintptr_t)(b->tasks.n + 1));
        return true;
    }
    const Task *t = &b->tasks.p[old - 1];
    Place here = project_place(plan->project, node);
    Finding *f = diag_add(plan->d, DIAG_batch_same_name, &here, path, (char *)NULL);
    Place first = project_place(t->job->plan->project, t->job->records.item[t->record - 1].node);
    first.source = NULL;
    diag_note(f, &first, diag_text(DIAG_batch_first_name)->text[diags_lang(plan->d)]);
    b->clash = true;
    return false;
}

static bool name_merge(Plan *plan, Job *job)
{
    Batch *b = plan->batch;
    const char *name = merge_name(plan, job);
    if (!name)
        return false;
    job->merge = arena_format(plan->arena, "%s/%s", plan->name, name);
    if (!map_get(b->paths, job->merge, strlen(job->merge))) {
        map_put(b->paths, job->merge, strlen(job->merge), job);
        return true;
    }
    Place here = { .file = xml_name(project_xml(plan->project)) };
    diag_add(plan->d, DIAG_batch_same_name, &here, job->merge, (char *)NULL);
    b->clash = true;
    return false;
}

/* A record with errors, or one that refers to errors, is not made, except as a draft. */
static bool forbidden(Plan *plan, const Job *job, const xmlNode *record)
{
    if (plan->batch->o.draft || !project_blocked(plan->project, record))
        return false;
    Place here = project_place(plan->project, record);
    diag_add(plan->d, DIAG_batch_blocked, &here, template_name(job->template), (char *)NULL);
    plan->batch->refused++;
    return true;
}

static void add_task(Plan *plan, Job *job, size_t record, size_t number)
{
    Batch *b = plan->batch;
    const ExprItem *item = &job->records.item[record - 1];
    if (forbidden(plan, job, item->node))
        return;
    arena_reset(plan->scratch);
    const char *name = template_file_name(job->template, job->env, item, (int)record,
                                          (int)job->records.n, plan->scratch, plan->d);
    if (name && plan->name)
        name = arena_format(plan->scratch, "%s/%s", plan->name, name);
    if (!name || (!b->o.merge && !take(plan, name, item->node)))
        b->refused++;
    else
        vec_push(&b->tasks, (Task){ job, (uint32_t)record, (uint32_t)number,
                                    arena_str(b->arena, name), 0 });
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

static Expr *compile_select(Plan *plan, Job *job)
{
    const char *text = plan->batch->o.select;
    ExprError error = {0};
    Place here = { .label = "--select" };
    Expr *x = expr_compile(job->env, text, strlen(text), NULL, &error);
    if (!x)
        expr_report(plan->d, &error, &here);
    return x;
}

/* The records of a job in the order of making, those that are wanted. */
static void add_tasks(Plan *plan, Job *job)
{
    const BatchOptions *o = &plan->batch->o;
    size_t n = job->records.n, last = o->last && o->last < n ? o->last : n;
    Expr *select = o->select ? compile_select(plan, job) : NULL;
    uint32_t *order = mem_new(n * sizeof *order);
    bool good = (select || !o->select) && order_records(job, o->sort, order, plan->d);
    for (size_t i = o->first ? o->first : 1; good && i <= last; i++) {
        bool yes;
        good = selected(plan, job, select, order[i - 1] + 1, &yes);
        if (good && yes)
            add_task(plan, job, order[i - 1] + 1, i);
    }
    free(order);
    expr_free(select);
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

void plan_make(Plan *plan, Diags *d)
{
    Batch *b = plan->batch;
    size_t before = b->tasks.n;
    plan->d = d;
    char *templates = data_file("templates");
    const char **include = ARENA_ARRAY(plan->arena, const char *, 1);
    if (templates)
        include[0] = arena_str(plan->arena, templates);
    plan->options = (TemplateOptions){
        .project_folder = folder_of(plan->arena, xml_name(project_xml(plan->project))),
        .include_folder = include, .n_include_folder = templates ? 1 : 0,
        .collapses = collapses, .place = place, .data = plan->project,
        .columns = b->o.columns,
    };
    free(templates);
    if (b->o.dump == BATCH_FILES) {
        plan->name = batch_folder(plan->arena, b->o.folder, plan->project, b->o.date, plan->d);
        if (!plan->name)
            return;
    }
    add_jobs(plan);
    size_t errors = diags_count(plan->d, SEV_ERROR);
    for (size_t i = 0; i < plan->jobs.n; i++)
        if (!b->o.merge || b->o.dump || name_merge(plan, plan->jobs.p[i]))
            add_tasks(plan, plan->jobs.p[i]);
    if (plan->jobs.n && b->tasks.n == before && diags_count(plan->d, SEV_ERROR) == errors)
        diag_add(plan->d, DIAG_batch_none_selected, NULL, xml_name(project_xml(plan->project)),
                 (char *)NULL);
}

void plan_free(Plan *plan)
{
    for (size_t i = 0; i < plan->jobs.n; i++)
        job_free(plan->jobs.p[i]);
    vec_free(&plan->jobs);
    arena_free(plan->scratch);
    arena_free(plan->arena);
    free(plan);
}
