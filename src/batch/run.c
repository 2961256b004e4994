/* SPDX-License-Identifier: MIT */
/* Results as they come, told in the order of the records: so messages, report and counts are the
 * same whatever the number of workers. */
#include "internal.h"

#include <stdlib.h>
#include <string.h>

enum {
    GROUP = 256,                /* files to a flush, */
    GROUP_SLICES = 16,          /* or slices that wait for it, */
    GROUP_SECONDS = 1,          /* or seconds since the last one */
    HOPELESS = 20,              /* failures of the machine one after another */
};

typedef struct { bool have; Made made; Buf findings, piece; } Result;

/* A slice from its first result until it is told of. */
typedef struct { Result *result; uint32_t got; bool committed; } Open;

struct Run {
    Batch *batch;
    Diags *d;
    Commit *commit;
    Report *report;
    Output *shard;              /* what `join` will want to know */
    Open *slice;
    uint32_t *slice_of;         /* by task */
    size_t told, begun;         /* slices before these are told of, have begun */
    size_t tasks_told;
    size_t machine_failures;    /* one after another */
    double last;
};

Run *run_new(Batch *b, Diags *d)
{
    Run *r = mem_new(sizeof *r);
    r->batch = b;
    r->d = d;
    r->commit = commit_new(b);
    r->report = report_new(b->o.report, b->o.shards ? b->o.shard : 0, b->o.shards, d);
    if (b->o.shards)
        r->shard = shard_begin(b->folders.p[0]->name, &b->head, b->o.date, d);
    r->slice = mem_new(b->slices.n * sizeof *r->slice);
    r->slice_of = mem_new(b->tasks.n * sizeof *r->slice_of);
    for (size_t i = 0; i < b->slices.n; i++)
        for (size_t k = 0; k < b->slices.p[i].n; k++)
            r->slice_of[b->slices.p[i].first + k] = (uint32_t)i;
    r->last = batch_now();
    return r;
}

static void close_slice(Run *r, size_t i)
{
    Open *o = &r->slice[i];
    for (size_t k = 0; o->result && k < r->batch->slices.p[i].n; k++) {
        buf_free(&o->result[k].findings);
        buf_free(&o->result[k].piece);
    }
    free(o->result);
    o->result = NULL;
}

void run_end(Run *r)
{
    Batch *b = r->batch;
    b->count.not_begun = b->tasks.n - r->tasks_told;
    report_end(r->report, &b->count, b->refused, r->d);
    r->report = NULL;
    bool good = !r->shard || shard_end(r->shard, r->tasks_told, r->d);
    (void)good;                 /* else a finding says so */
    r->shard = NULL;
}

void run_free(Run *r)
{
    commit_free(r->commit);
    free(r->slice);
    free(r->slice_of);
    free(r);
}

size_t run_open(const Run *r)
{
    return r->begun - r->told;
}

bool run_hopeless(const Run *r)
{
    return r->machine_failures >= HOPELESS || merge_failed(r->batch->merge) ||
           (r->shard && output_error(r->shard));
}

void run_take(Run *r, size_t task, const Made *made, const Said *said, long pid)
{
    size_t i = r->slice_of[task];
    const Slice *s = &r->batch->slices.p[i];
    Open *o = &r->slice[i];
    if (!o->result)
        o->result = mem_new(s->n * sizeof *o->result);
    if (i >= r->begun)
        r->begun = i + 1;
    Result *result = &o->result[task - s->first];
    result->have = true;
    result->made = *made;
    if (said->n_findings)
        buf_put(&result->findings, said->findings, said->n_findings);
    if (said->n_piece)
        buf_put(&result->piece, said->piece, said->n_piece);
    o->got++;
    commit_add(r->commit, &r->batch->tasks.p[task], made, pid);
}

static Result *result_of(const Run *r, size_t task)
{
    size_t i = r->slice_of[task];
    return &r->slice[i].result[task - r->batch->slices.p[i].first];
}

/* ---- naming ---- */

typedef struct { Run *run; Diags *found; size_t task; } Failing;

static void keep_failure(Failing *f)
{
    if (!f->found)
        return;
    Result *result = result_of(f->run, f->task);
    diags_pack(f->found, &result->findings);
    result->made.state = FAILED;
    diags_free(f->found);
    f->found = NULL;
}

static Diags *failed(void *data, const Task *task, int out)
{
    Failing *f = data;
    keep_failure(f);
    f->task = (size_t)(task - f->run->batch->tasks.p);
    result_of(f->run, f->task)->made.has[out] = false;
    return f->found = diags_new(diags_lang(f->run->d));
}

static void commit(Run *r)
{
    Failing f = { .run = r };
    commit_flush(r->commit, failed, &f, r->d);
    keep_failure(&f);
    for (size_t i = r->told; i < r->begun; i++)
        r->slice[i].committed = r->slice[i].got == r->batch->slices.p[i].n;
    r->last = batch_now();
}

/* ---- telling ---- */

static void count(Run *r, const Made *made)
{
    BatchCount *c = &r->batch->count;
    c->documents += made->state == MADE;
    c->left += made->state == LEFT;
    c->frozen += made->state == FROZEN;
    c->failed += made->state == FAILED;
    if (made->state != MADE)
        return;
    c->pages += made->pages;
    for (int i = 0; i < OUT_COUNT; i++) {
        c->files += made->has[i];
        c->bytes += made->has[i] ? made->sum[i].size : 0;
    }
}

/* In order of the records, like all else, so that the journal too is the same for any number of
 * workers.  What a killed run has named but not told of is known again by its content. */
static void journal(const Task *t, const Made *made)
{
    const Plan *plan = t->job->plan;
    Buf name = {0};
    for (int i = 0; i < OUT_COUNT; i++) {
        if (!made->has[i])
            continue;
        const Entry e = { made->digest, made->sum[i], made->pages, t->number, t->number,
                          made->issued };
        buf_clear(&name);
        buf_format(&name, "%s%s", t->path + strlen(plan->name) + 1, out_ending[i]);
        journal_add(plan->folder->journal, name.p, template_name(t->job->template), &e);
    }
    buf_free(&name);
}

static void flush_journals(Run *r)
{
    for (size_t i = 0; i < r->batch->folders.n; i++) {
        Folder *f = r->batch->folders.p[i];
        int error = journal_flush(f->journal);
        if (error)
            diag_add(r->d, DIAG_batch_journal_write, NULL, f->name, strerror(error),
                     (char *)NULL);
    }
}

/* Adds a record's findings to those of the run; found has them too. */
static void take_findings(Run *r, const Task *t, Result *result, Diags *found)
{
    if (result->made.state == FAILED) {
        const xmlNode *node = t->job->records.item[t->record - 1].node;
        Place place = project_place(t->job->plan->project, node);
        Diags *own = diags_new(diags_lang(r->d));
        diag_add(own, DIAG_batch_failed, &place, t->path, (char *)NULL);
        diags_pack(own, &result->findings);
        diags_free(own);
    }
    const Buf *b = &result->findings;
    if (!diags_unpack(found, b->p, b->n) || !diags_unpack(r->d, b->p, b->n))
        diag_add(r->d, DIAG_batch_worker, NULL, t->path, "?", (char *)NULL);
}

/* The title of a print file: the template's, if that is the same for all records. */
static const char *title_of(const Job *job)
{
    const char *title = template_document(job->template)->title;
    return title && *title && !strstr(title, "{{") ? title : template_name(job->template);
}

static void merge(Run *r, const Task *t, Result *result)
{
    const Job *job = t->job;
    const MergeItem it = {
        .folder = job->plan->folder, .base = job->merge, .template = template_name(job->template),
        .title = title_of(job), .language = template_language(job->template),
        .document = t->path + strlen(job->plan->name) + 1, .number = t->number,
        .parts_left = job->parts_left, .made = &result->made, .piece = result->piece.p,
        .len = result->piece.n,
    };
    Diags *d = diags_new(diags_lang(r->d));
    if (!merge_add(r->batch->merge, &it, d))
        result->made.state = FAILED;
    diags_pack(d, &result->findings);
    diags_free(d);
}

/* For the report, and for `skryba join`. */
static void account(Run *r, const Task *t, const Result *result, const Diags *found)
{
    const Job *job = t->job;
    Buf entry = {0};
    report_entry(&entry, t, &result->made, found);
    if (r->report)
        report_put(r->report, entry.p, job->merge, &result->made);
    const size_t prefix = strlen(job->plan->name) + 1;
    const ShardRecord s = {
        .order = t->order, .number = t->number, .made = result->made,
        .text = { [SHARD_REPORT] = entry.p, [SHARD_DOCUMENT] = t->path + prefix,
                  [SHARD_TEMPLATE] = template_name(job->template),
                  [SHARD_PRINT] = job->merge ? job->merge + prefix : NULL,
                  [SHARD_TITLE] = title_of(job),
                  [SHARD_LANGUAGE] = template_language(job->template) },
        .piece = result->piece.p, .n_piece = result->piece.n,
    };
    if (r->shard)
        shard_put(r->shard, &s);
    buf_free(&entry);
}

static void tell(Run *r, size_t task, Result *result)
{
    const Task *t = &r->batch->tasks.p[task];
    bool machine = false;
    Diags *found = NULL;
    if (r->batch->merge && result->made.state == MADE)
        merge(r, t, result);
    if (result->findings.n || result->made.state == FAILED) {
        found = diags_new(diags_lang(r->d));
        take_findings(r, t, result, found);
        machine = diags_count(found, SEV_SYSTEM) > 0;
    }
    r->machine_failures = machine ? r->machine_failures + 1 : 0;
    count(r, &result->made);
    journal(t, &result->made);
    if (r->report || r->shard)
        account(r, t, result, found);
    diags_free(found);
    r->tasks_told++;
}

void run_settle(Run *r, bool all)
{
    Batch *b = r->batch;
    size_t files = commit_count(r->commit);
    bool flush = all || files >= GROUP || run_open(r) >= GROUP_SLICES ||
                 batch_now() - r->last >= GROUP_SECONDS;
    if (flush || !files)
        commit(r);
    bool gap = false;           /* in a print file: what comes behind it counts as not begun */
    for (; r->told < r->begun && (all || r->slice[r->told].committed); r->told++) {
        const Slice *s = &b->slices.p[r->told];
        Open *o = &r->slice[r->told];
        for (size_t k = 0; k < s->n; k++) {
            bool have = o->result && o->result[k].have;
            if (have && !gap)
                tell(r, s->first + k, &o->result[k]);
            gap |= !have && b->merge;
        }
        close_slice(r, r->told);
    }
    if (flush)
        flush_journals(r);
    if (b->o.progress)
        b->o.progress(b->o.data, r->tasks_told, b->tasks.n);
}
