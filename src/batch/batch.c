/* SPDX-License-Identifier: MIT */
/* The batch from beginning to end: plans are made, then all records. */
#include "internal.h"

#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>

Batch *batch_new(const BatchOptions *o)
{
    Batch *b = mem_new(sizeof *b);
    b->o = *o;
    b->arena = arena_new();
    b->cache = pdf_cache_new();
    b->names = arena_new();
    b->paths = map_new(b->names);
    return b;
}

static void forget_plans(Batch *b)
{
    for (size_t i = 0; i < b->plans.n; i++)
        plan_free(b->plans.p[i]);
    vec_free(&b->plans);
    vec_free(&b->tasks);
    vec_free(&b->slices);
    b->refused = 0;
}

void batch_free(Batch *b)
{
    if (!b)
        return;
    forget_plans(b);
    pdf_cache_free(b->cache);
    arena_free(b->names);
    arena_free(b->arena);
    free(b);
}

BatchCount batch_count(const Batch *b)
{
    return b->count;
}

/* For the figures that a person reads, and for when to flush: no output depends on it. */
double batch_now(void)
{
    struct timespec t;
    return clock_gettime(CLOCK_MONOTONIC, &t) ? 0 : (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

/* A dump of filled text would show the data of real people. */
static bool dump_allowed(const Batch *b, const Project *p, Diags *d)
{
    const char *v = xml_attr(project_root(p), "synthetic");
    if (b->o.dump < BATCH_DUMP_FILLED || str_equal(v, "true") || str_equal(v, "1"))
        return true;
    diag_add(d, DIAG_batch_dump, NULL, (char *)NULL);
    return false;
}

void batch_add(Batch *b, Project *p, Diags *d)
{
    double start = batch_now();
    if (!dump_allowed(b, p, d))
        return;
    Plan *plan = mem_new(sizeof *plan);
    *plan = (Plan){ .batch = b, .project = p, .arena = arena_new(), .scratch = arena_new() };
    vec_push(&b->plans, plan);
    plan_make(plan, d);
    b->count.seconds += batch_now() - start;
}

/* ---- slices ---- */

static bool our_shard(const Batch *b, size_t slice)
{
    return !b->o.shards || slice % b->o.shards == b->o.shard - 1;
}

/* Cuts the tasks where their numbers say so, and drops those of other shards. */
static void cut_slices(Batch *b)
{
    size_t kept = 0, number = 0;
    for (size_t i = 0; i < b->tasks.n; i++)
        b->tasks.p[i].order = (uint32_t)i;
    for (size_t i = 0, n; i < b->tasks.n; i += n, number++) {
        const Task *t = &b->tasks.p[i];
        for (n = 1; i + n < b->tasks.n && b->tasks.p[i + n].job == t->job &&
                    (b->tasks.p[i + n].number - 1) / SLICE == (t->number - 1) / SLICE; n++)
            ;
        if (!our_shard(b, number))
            continue;
        memmove(b->tasks.p + kept, t, n * sizeof *t);
        vec_push(&b->slices, (Slice){ kept, n });
        kept += n;
    }
    b->tasks.n = kept;
}

static void digest_plan(Digest *g, const Plan *plan)
{
    size_t len;
    const char *text = xml_text(project_xml(plan->project), &len);
    digest_bytes(g, text, len);
    for (size_t i = 0; i < plan->jobs.n; i++) {
        const Job *job = plan->jobs.p[i];
        digest_document(g, template_document(job->template));
        digest_bytes(g, &job->style, sizeof job->style);
    }
}

/* A document as it will be, with what its template includes. */
static void digest_filled(Batch *b, const Task *t, Digest *g)
{
    Arena *a = arena_new();
    Digest one;
    if (record_digest(b, t, a, &one))
        digest_bytes(g, &one, sizeof one);
    arena_free(a);
}

/* What parts of one run must agree on: the data, the templates, the records, the options. */
static void set_head(Batch *b)
{
    const BatchOptions *o = &b->o;
    Digest *g = &b->head.run;
    b->head = (ShardHead){ (uint32_t)o->shard, (uint32_t)o->shards, (uint32_t)b->tasks.n,
                           o->duplex, o->merge_pages, b->refused, {0} };
    const uint64_t flags[] = { o->pdf, o->odt, o->draft, o->duplex, o->merge_pages };
    digest_bytes(g, flags, sizeof flags);
    digest_bytes(g, o->date ? o->date : "", o->date ? strlen(o->date) : 0);
    for (size_t i = 0; i < b->plans.n; i++)
        digest_plan(g, b->plans.p[i]);
    for (size_t i = 0; i < b->tasks.n; i++) {
        const Task *t = &b->tasks.p[i];
        const char *name = t->path + strlen(t->job->plan->name) + 1;
        if (!i || t->job != b->tasks.p[i - 1].job)
            digest_filled(b, t, g);
        digest_bytes(g, name, strlen(name));
        digest_bytes(g, &t->number, sizeof t->number);
    }
}

/* ---- making ---- */

static void dump_all(Batch *b, Diags *d)
{
    Arena *a = arena_new();
    for (size_t i = 0; i < b->plans.n; i++)
        for (size_t k = 0; k < b->plans.p[i]->jobs.n; k++)
            if (b->o.dump == BATCH_DUMP_DOCUMENT || b->o.dump == BATCH_DUMP_PROGRAM)
                record_dump_template(b, b->plans.p[i]->jobs.p[k]);
    bool records = b->o.dump == BATCH_TRY || b->o.dump >= BATCH_DUMP_FILLED;
    for (size_t i = 0; records && i < b->tasks.n; i++) {
        const Task *t = &b->tasks.p[i];
        Made made = record_make(b, t, a, NULL, d);
        b->count.documents += made.state == MADE;
        b->count.failed += made.state != MADE;
        if (made.state != MADE && b->o.dump != BATCH_TRY) {
            Place place = project_place(t->job->plan->project,
                                        t->job->records.item[t->record - 1].node);
            diag_add(d, DIAG_batch_failed, &place, t->path, (char *)NULL);
        }
        arena_reset(a);
        record_trim(b);
    }
    arena_free(a);
}

/* A number that no record has is a slip of the pen, not a wish for nothing. */
static bool reissues_known(const Batch *b, Diags *d)
{
    bool good = true;
    for (size_t i = 0; i < b->o.n_reissue; i++) {
        size_t k = 0;
        while (k < b->tasks.n && !str_equal(task_issue_number(&b->tasks.p[k]), b->o.reissue[i]))
            k++;
        if (k < b->tasks.n)
            continue;
        diag_add(d, DIAG_batch_reissue, NULL, b->o.reissue[i], (char *)NULL);
        good = false;
    }
    return good;
}

bool batch_handles(size_t more, Diags *d)
{
    const size_t needed = 32 + more;
    struct rlimit limit;
    char have[24], need[24];
    if (getrlimit(RLIMIT_NOFILE, &limit) || limit.rlim_cur >= needed)
        return true;
    snprintf(have, sizeof have, "%lu", (unsigned long)limit.rlim_cur);
    snprintf(need, sizeof need, "%zu", needed);
    limit.rlim_cur = limit.rlim_max < needed ? limit.rlim_max : needed;
    if (limit.rlim_cur == needed && !setrlimit(RLIMIT_NOFILE, &limit))
        return true;
    diag_add(d, DIAG_batch_handles, NULL, have, need, (char *)NULL);
    return false;
}

static void tell_stopped(Batch *b, const Run *r, Diags *d)
{
    char left[24];
    snprintf(left, sizeof left, "%zu", b->count.not_begun);
    if (run_hopeless(r))
        diag_add(d, DIAG_batch_hopeless, NULL, left, (char *)NULL);
    else
        diag_add(d, DIAG_batch_interrupted, NULL, left, (char *)NULL);
}

static void make_all(Batch *b, Diags *d)
{
    if (b->clash) {
        diag_add(d, DIAG_batch_clash, NULL, (char *)NULL);
        b->count.failed += b->tasks.n;
        return;
    }
    if (!reissues_known(b, d) || !b->tasks.n || !batch_handles(0, d))
        return;
    if (!folders_open(b, d)) {
        folders_close(b);
        return;
    }
    if (b->o.shards)
        set_head(b);
    else if (b->o.merge && b->o.resume)
        merge_resume(b);
    cut_slices(b);
    if (b->tasks.n || b->o.shards) {    /* a part without records says so, else it is missing */
        Run *r = run_new(b, d);
        if (b->o.progress)
            b->o.progress(b->o.data, 0, b->tasks.n);
        const MergeOptions mo = merge_options(&b->o);
        b->merge = b->o.merge && !b->o.shards ? merge_new(&mo) : NULL;
        workers_run(b, r, d);
        run_end(r);
        merge_end(b->merge, b->count.not_begun, &b->count, d);
        b->merge = NULL;
        if (b->count.not_begun)
            tell_stopped(b, r, d);
        run_free(r);
    }
    folders_close(b);
}

void batch_run(Batch *b, Diags *d)
{
    double start = batch_now();
    arena_free(b->names);
    b->names = NULL;
    if (b->o.dump)
        dump_all(b, d);
    else
        make_all(b, d);
    b->count.failed += b->refused;
    forget_plans(b);
    b->count.seconds += batch_now() - start;
}

void batch_render(Batch *b, Project *p, Diags *d)
{
    batch_add(b, p, d);
    batch_run(b, d);
}
