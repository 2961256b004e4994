/* SPDX-License-Identifier: MIT */
/* Files get their names in groups: all are flushed to disk at once, then renamed, then the folder
 * is flushed; run.c tells the journal afterwards.  So a name stands for a whole file or an earlier
 * one at any moment, and the journal never promises what the disk does not have. */
#include "internal.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

typedef struct {
    const Task *task;
    Made made;
    int out;                    /* OUT_PDF ... */
    char *temporary;
} Waiting;

struct Commit {
    Batch *batch;
    VEC(Waiting) file;
};

Commit *commit_new(Batch *b)
{
    Commit *c = mem_new(sizeof *c);
    c->batch = b;
    return c;
}

static void forget(Commit *c)
{
    for (size_t i = 0; i < c->file.n; i++)
        free(c->file.p[i].temporary);
    c->file.n = 0;
}

void commit_free(Commit *c)
{
    if (!c)
        return;
    for (size_t i = 0; i < c->file.n; i++)
        unlink(c->file.p[i].temporary);
    forget(c);
    vec_free(&c->file);
    free(c);
}

void commit_drop(const Task *task, Made *made, long pid)
{
    Buf path = {0}, temporary = {0};
    for (int i = 0; i < OUT_COUNT; i++) {
        buf_clear(&path);
        buf_format(&path, "%s%s", task->path, out_ending[i]);
        output_temporary(&temporary, path.p, pid);
        if (made->has[i])
            unlink(temporary.p);
        made->has[i] = false;
    }
    buf_free(&path);
    buf_free(&temporary);
}

size_t commit_count(const Commit *c)
{
    return c->file.n;
}

void commit_add(Commit *c, const Task *task, const Made *made, long pid)
{
    Buf path = {0};
    for (int i = 0; i < OUT_COUNT; i++) {
        if (!made->has[i])
            continue;
        Buf temporary = {0};
        buf_clear(&path);
        buf_format(&path, "%s%s", task->path, out_ending[i]);
        output_temporary(&temporary, path.p, pid);
        vec_push(&c->file, (Waiting){ task, *made, i, temporary.p });
    }
    buf_free(&path);
}

/* ---- whose file is it that stands in the way? ---- */

static bool is_file(const char *path, const OutputSum *sum)
{
    struct stat st;
    OutputSum there;
    return !lstat(path, &st) && S_ISREG(st.st_mode) && (uint64_t)st.st_size == sum->size &&
           !file_sum(path, &there) && there.size == sum->size && there.crc == sum->crc;
}

const Entry *journal_sound(const Folder *f, const char *path)
{
    const Entry *e = journal_find(f->journal, path + f->prefix);
    return e && is_file(path, &e->sum) ? e : NULL;
}

/* A file that an earlier run made and nobody changed since, or one like that which takes its
 * place: a run was killed before it could tell the journal. */
static bool is_ours(const Folder *f, const char *path, const OutputSum *sum)
{
    return is_file(path, sum) || journal_sound(f, path);
}

int commit_name(bool overwrite, const Folder *f, const char *temporary, const char *path,
                const OutputSum *sum)
{
    int error = disk_place(temporary, path, false);
    if (error != EEXIST || (!overwrite && !is_ours(f, path, sum)))
        return error;
    return disk_place(temporary, path, true);
}

/* ---- the steps ---- */

/* Once for each file system. */
static int flush_all(Commit *c)
{
    VEC(char *) path = {0};
    VEC(uint64_t) done = {0};
    int error = 0;
    for (size_t i = 0; i < c->file.n && !error; i++) {
        const Folder *f = c->file.p[i].task->job->plan->folder;
        size_t k = 0;
        while (k < done.n && done.p[k] != f->device)
            k++;
        if (k < done.n)
            continue;
        path.n = 0;
        for (size_t n = i; n < c->file.n; n++)
            if (c->file.p[n].task->job->plan->folder->device == f->device)
                vec_push(&path, c->file.p[n].temporary);
        error = disk_flush(f->name, path.p, path.n);
        vec_push(&done, f->device);
    }
    vec_free(&path);
    vec_free(&done);
    return error;
}

static void tell(const Waiting *w, const char *path, int error, Diags *d)
{
    if (error == EEXIST) {
        Place place = project_place(w->task->job->plan->project,
                                    w->task->job->records.item[w->task->record - 1].node);
        place.source = NULL;
        diag_add(d, DIAG_batch_foreign, &place, path, (char *)NULL);
    } else {
        diag_add(d, DIAG_file_write, NULL, path, strerror(error), (char *)NULL);
    }
}

static void name_all(Commit *c, int error, CommitFailed *failed, void *data)
{
    Buf path = {0};
    for (size_t i = 0; i < c->file.n; i++) {
        Waiting *w = &c->file.p[i];
        Folder *f = w->task->job->plan->folder;
        buf_clear(&path);
        buf_format(&path, "%s%s", w->task->path, out_ending[w->out]);
        int e = error ? error
                      : commit_name(c->batch->o.overwrite, f, w->temporary, path.p,
                                    &w->made.sum[w->out]);
        f->touched |= !e;
        if (e) {
            unlink(w->temporary);
            tell(w, path.p, e, failed(data, w->task, w->out));
        }
    }
    buf_free(&path);
}

static void flush_folders(Batch *b, Diags *d)
{
    for (size_t i = 0; i < b->folders.n; i++) {
        Folder *f = b->folders.p[i];
        int error = f->touched ? disk_flush_folder(f->name) : 0;
        if (error)
            diag_add(d, DIAG_file_write, NULL, f->name, strerror(error), (char *)NULL);
        f->touched = false;
    }
}

void commit_flush(Commit *c, CommitFailed *failed, void *data, Diags *d)
{
    if (!c->file.n)
        return;
    name_all(c, flush_all(c), failed, data);
    flush_folders(c->batch, d);
    forget(c);
}
