/* SPDX-License-Identifier: MIT */
/* --resume of print files: parts that are there already, of the same records, are left. */
#include "internal.h"

#include <string.h>

/* Whether an entry is of the file that the tasks from first on would make; *n of them. */
static bool part_stays(Batch *b, size_t first, const Entry *e, Arena *a, size_t *n)
{
    const Job *job = b->tasks.p[first].job;
    const MergeOptions o = merge_options(&b->o);
    Digest digest = merge_digest(&o), one;
    for (*n = 0; first + *n < b->tasks.n; (*n)++) {
        const Task *t = &b->tasks.p[first + *n];
        if (t->job != job || t->number > e->last)
            break;
        arena_reset(a);
        if (record_digest(b, t, a, &one))
            digest_add(&digest, &one, sizeof one);
    }
    return *n && digest.a == e->digest.a && digest.b == e->digest.b;
}

static size_t parts_stay(Batch *b, size_t first, Arena *a)
{
    Job *job = b->tasks.p[first].job;
    const Folder *f = job->plan->folder;
    size_t done = 0, n;
    for (;; done += n, job->parts_left++) {
        const char *path = merge_path(job->plan->arena, job->merge, job->parts_left + 1);
        const Entry *e = journal_find(f->journal, path + f->prefix);
        OutputSum sum;
        size_t at = first + done;
        if (!e || at >= b->tasks.n || b->tasks.p[at].job != job ||
            e->first != b->tasks.p[at].number || file_sum(path, &sum) ||
            sum.size != e->sum.size || sum.crc != e->sum.crc || !part_stays(b, at, e, a, &n))
            return done;
    }
}

void merge_resume(Batch *b)
{
    Arena *a = arena_new();
    size_t kept = 0;
    for (size_t i = 0, n; i < b->tasks.n; i += n) {
        Job *job = b->tasks.p[i].job;
        for (n = 1; i + n < b->tasks.n && b->tasks.p[i + n].job == job; n++)
            ;
        size_t left = parts_stay(b, i, a);
        memmove(b->tasks.p + kept, b->tasks.p + i + left, (n - left) * sizeof *b->tasks.p);
        kept += n - left;
        b->count.left += left;
    }
    b->tasks.n = kept;
    arena_free(a);
}
