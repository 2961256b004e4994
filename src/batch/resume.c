/* SPDX-License-Identifier: MIT */
/* --resume of print files: parts that are there already, of the same records, are left. */
#include "internal.h"

#include <stdlib.h>
#include <string.h>

/* Whether an entry is of the file that the tasks from first on would make; *n of them.  A record
 * that cannot be made is told of again. */
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
        if (!record_digest(b, t, a, &one))
            return false;
        digest_add(&digest, &one, sizeof one);
    }
    return *n && digest.a == e->digest.a && digest.b == e->digest.b;
}

/* How many of a job's n tasks from first on are in parts that stay.  Their rows must be known; if
 * only the manifest is to be made, the last part is made again with it. */
static size_t parts_stay(Batch *b, size_t first, size_t n, Arena *a)
{
    Job *job = b->tasks.p[first].job;
    const Folder *f = job->plan->folder;
    bool finished;
    size_t done = 0, last = 0, len;
    char *rows = manifest_read(f, job->merge, &len, &finished);
    while (rows && done < n) {
        const char *path = merge_path(job->plan->arena, job->merge, job->parts_left + 1);
        const Entry *e = journal_sound(f, path);
        if (!e || e->first != b->tasks.p[first + done].number ||
            !manifest_knows(rows, len, path + f->prefix) ||
            !part_stays(b, first + done, e, a, &last))
            break;
        done += last;
        job->parts_left++;
    }
    free(rows);
    if (done < n || finished)
        return done;
    job->parts_left--;
    return done - last;
}

void merge_resume(Batch *b)
{
    Arena *a = arena_new();
    size_t kept = 0;
    for (size_t i = 0, n; i < b->tasks.n; i += n) {
        Job *job = b->tasks.p[i].job;
        for (n = 1; i + n < b->tasks.n && b->tasks.p[i + n].job == job; n++)
            ;
        size_t left = parts_stay(b, i, n, a);
        memmove(b->tasks.p + kept, b->tasks.p + i + left, (n - left) * sizeof *b->tasks.p);
        kept += n - left;
        b->count.left += left;
    }
    b->tasks.n = kept;
    arena_free(a);
}
