/* SPDX-License-Identifier: MIT */
/* Goes through the records of a description. */
#include "internal.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

Batch *batch_new(const BatchOptions *o)
{
    Batch *b = mem_new(sizeof *b);
    b->o = *o;
    b->arena = arena_new();
    b->paths = map_new(b->arena);
    b->cache = pdf_cache_new();
    return b;
}

void batch_free(Batch *b)
{
    if (!b)
        return;
    pdf_cache_free(b->cache);
    arena_free(b->arena);
    free(b);
}

BatchCount batch_count(const Batch *b)
{
    return b->count;
}

/* Only for the summary that a person reads: no output depends on it. */
static double now(void)
{
    struct timespec t;
    return clock_gettime(CLOCK_MONOTONIC, &t) ? 0 : (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static void say_failed(Plan *plan, const Task *task)
{
    const xmlNode *node = task->job->records.item[task->number - 1].node;
    Place place = project_place(plan->project, node);
    plan->batch->count.failed++;
    if (plan->batch->o.dump != BATCH_TRY)
        diag_add(plan->d, DIAG_batch_failed, &place, task->path, (char *)NULL);
}

static void make_all(Plan *plan)
{
    Batch *b = plan->batch;
    Arena *a = arena_new();
    if (b->o.progress)
        b->o.progress(b->o.data, 0, plan->tasks.n);
    for (size_t i = 0; i < plan->tasks.n; i++) {
        if (record_make(plan, &plan->tasks.p[i], a))
            b->count.documents++;
        else
            say_failed(plan, &plan->tasks.p[i]);
        arena_reset(a);
        if (b->o.progress)
            b->o.progress(b->o.data, i + 1, plan->tasks.n);
    }
    arena_free(a);
}

/* A dump of filled text would show the data of real people. */
static bool dump_allowed(const Plan *plan)
{
    const char *v = xml_attr(project_root(plan->project), "synthetic");
    if (plan->batch->o.dump < BATCH_DUMP_FILLED || str_equal(v, "true") || str_equal(v, "1"))
        return true;
    diag_add(plan->d, DIAG_batch_dump, NULL, (char *)NULL);
    return false;
}

static void run(Plan *plan)
{
    Batch *b = plan->batch;
    if (!dump_allowed(plan))
        return;
    plan_make(plan);
    b->count.failed += plan->refused;
    if (b->o.dump == BATCH_DUMP_DOCUMENT || b->o.dump == BATCH_DUMP_PROGRAM) {
        for (size_t i = 0; i < plan->jobs.n; i++)
            record_dump_template(plan, plan->jobs.p[i]);
        return;
    }
    if (plan->tasks.n && (b->o.dump || folder_make(plan->folder, plan->d)))
        make_all(plan);
}

void batch_render(Batch *b, Project *p, Diags *d)
{
    double start = now();
    Plan plan = { .batch = b, .project = p, .d = d, .arena = arena_new() };
    run(&plan);
    plan_free(&plan);
    b->count.seconds += now() - start;
}
