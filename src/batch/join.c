/* SPDX-License-Identifier: MIT */
/* The parts of a run on several machines put together: journals, report, print files. */
#include "internal.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

typedef struct {
    const BatchOptions *o;
    Diags *d;
    Arena *arena;
    Folder *folder;
    ShardHead head;
    const char *date;
    Shard **shard;              /* by number - 1; NULL: missing */
    Journal **journal;
    BatchCount count;
    Merge *merge;
    Report *report;
    const char *print;          /* path of the print file last asked for */
} Join;

/* ---- finding the parts ---- */

/* The number N of the first part in the folder; 0: there is none. */
static size_t count_shards(const char *folder)
{
    static const char prefix[] = ".skryba-shard-";
    DIR *dir = opendir(folder);
    size_t n = 0;
    for (struct dirent *e; dir && !n && (e = readdir(dir)); ) {
        const char *of = str_starts(e->d_name, prefix) ? strstr(e->d_name, "-of-") : NULL;
        int64_t v;
        if (of && number_parse(of + 4, strlen(of + 4), 0, &v) && v > 0 && v <= 100000)
            n = (size_t)v;
    }
    if (dir)
        closedir(dir);
    return n;
}

static bool same_run(const ShardHead *a, const ShardHead *b)
{
    return a->shards == b->shards && a->total == b->total && a->run.a == b->run.a &&
           a->run.b == b->run.b;
}

/* Opens part k; false: it cannot be used.  One that is not there is no error here. */
static bool open_shard(Join *j, size_t k, bool first)
{
    Buf path = {0};
    const char *date;
    bool good = true;
    shard_path(&path, j->folder->name, k, j->head.shards);
    if (access(path.p, F_OK) == 0) {
        Shard *s = j->shard[k - 1] = shard_open(path.p, j->d);
        const ShardHead *h = s ? shard_head(s, &date) : NULL;
        good = h && h->shard == k;
        if (good && first) {
            j->head = *h;
            j->date = date ? arena_str(j->arena, date) : NULL;
        } else if (good && !same_run(&j->head, h)) {
            diag_add(j->d, DIAG_join_other_run, NULL, path.p, (char *)NULL);
            good = false;
        }
    }
    buf_free(&path);
    return good;
}

static void close_shards(Join *j)
{
    for (size_t i = 0; j->shard && i < j->head.shards; i++) {
        shard_close(j->shard[i]);
        j->shard[i] = NULL;
    }
}

static bool open_shards(Join *j)
{
    bool good = true, first = true;
    for (size_t k = 1; k <= j->head.shards && good; k++) {
        good = open_shard(j, k, first);
        first &= !j->shard[k - 1];
    }
    return good;
}

static Shard *shard_with(const Join *j, uint32_t order)
{
    for (size_t i = 0; i < j->head.shards; i++)
        if (j->shard[i] && shard_at(j->shard[i], order))
            return j->shard[i];
    return NULL;
}

/* ---- what is missing ---- */

static void tell_range(Join *j, uint32_t first, uint32_t last)
{
    char text[32];
    snprintf(text, sizeof text, first == last ? "%u" : "%u-%u", first + 1, last + 1);
    diag_add(j->d, DIAG_join_missing, NULL, text, (char *)NULL);
}

/* Goes through all parts once.  True: no record is missing. */
static bool is_complete(Join *j)
{
    bool gap = false, complete = true;
    uint32_t first = 0;
    for (size_t k = 0; k < j->head.shards; k++)
        if (!j->shard[k]) {
            char n[48];
            snprintf(n, sizeof n, "%zu/%u", k + 1, j->head.shards);
            diag_add(j->d, DIAG_join_no_part, NULL, n, (char *)NULL);
        }
    for (uint32_t i = 0; i < j->head.total; i++) {
        Shard *s = shard_with(j, i);
        if (!s && !gap)
            first = i;
        if (s && gap)
            tell_range(j, first, i - 1);
        gap = !s;
        complete &= s && shard_skip(s);
        j->count.not_begun += !s;
    }
    if (gap)
        tell_range(j, first, j->head.total - 1);
    return complete;
}

/* ---- putting together ---- */

/* What the part's journal says of a record's files. */
static void join_journal(Join *j, const ShardRecord *r, const Journal *from)
{
    Buf name = {0};
    for (int i = 0; i < OUT_COUNT; i++) {
        buf_clear(&name);
        buf_format(&name, "%s%s", r->text[SHARD_DOCUMENT], out_ending[i]);
        const Entry *e = from ? journal_find(from, name.p) : NULL;
        if (!e)
            continue;
        journal_add(j->folder->journal, name.p, r->text[SHARD_TEMPLATE], e);
        j->count.files += r->made.state == MADE;
        j->count.bytes += r->made.state == MADE ? e->sum.size : 0;
    }
    buf_free(&name);
}

/* It stays the same for many records. */
static const char *print_path(Join *j, const ShardRecord *r)
{
    const char *name = r->text[SHARD_PRINT];
    if (name && (!j->print || strcmp(j->print + j->folder->prefix, name)))
        j->print = arena_format(j->arena, "%s/%s", j->folder->name, name);
    return name ? j->print : NULL;
}

static void join_pages(Join *j, ShardRecord *r)
{
    const MergeItem it = {
        .folder = j->folder, .base = print_path(j, r), .template = r->text[SHARD_TEMPLATE],
        .title = r->text[SHARD_TITLE], .language = r->text[SHARD_LANGUAGE],
        .document = r->text[SHARD_DOCUMENT], .number = r->number, .made = &r->made,
        .piece = r->piece, .len = r->n_piece,
    };
    if (!merge_add(j->merge, &it, j->d))
        r->made.state = FAILED;
}

static void join_record(Join *j, ShardRecord *r, const Journal *from)
{
    BatchCount *c = &j->count;
    if (r->text[SHARD_PRINT] && r->made.state == MADE && j->merge)
        join_pages(j, r);
    else if (!r->text[SHARD_PRINT])
        join_journal(j, r, from);
    c->documents += r->made.state == MADE;
    c->left += r->made.state == LEFT;
    c->frozen += r->made.state == FROZEN;
    c->failed += r->made.state == FAILED;
    c->pages += r->made.state == MADE ? r->made.pages : 0;
    if (j->report)
        report_put(j->report, r->text[SHARD_REPORT], print_path(j, r), &r->made);
}

static void join_records(Join *j)
{
    ShardRecord r;
    for (uint32_t i = 0; i < j->head.total; i++) {
        size_t k = 0;
        while (k < j->head.shards && !(j->shard[k] && shard_at(j->shard[k], i)))
            k++;
        if (k < j->head.shards && shard_get(j->shard[k], &r))
            join_record(j, &r, j->journal[k]);
    }
}

/* The parts are no longer needed when nothing is missing. */
static void remove_parts(Join *j)
{
    Buf path = {0};
    for (size_t k = 1; k <= j->head.shards; k++) {
        shard_path(&path, j->folder->name, k, j->head.shards);
        unlink(path.p);
        buf_clear(&path);
        buf_format(&path, "%s/.skryba-journal-%zu-of-%u", j->folder->name, k, j->head.shards);
        unlink(path.p);
    }
    buf_free(&path);
}

static bool open_journals(Join *j)
{
    bool good = true;
    for (size_t k = 0; k < j->head.shards && good; k++) {
        j->journal[k] = j->shard[k] ? journal_open(j->folder->name, k + 1, j->head.shards, j->d)
                                    : NULL;
        good = j->journal[k] || !j->shard[k];
    }
    return good;
}

static void put_together(Join *j, bool complete)
{
    const MergeOptions mo = {
        .duplex = j->head.duplex, .overwrite = j->o->overwrite, .pages = (size_t)j->head.pages,
        .date = j->date, .fonts = j->o->fonts,
    };
    j->merge = complete ? merge_new(&mo) : NULL;
    j->report = report_new(j->o->report, 0, 0, j->d);
    join_records(j);
    merge_end(j->merge, false, &j->count, j->d);
    report_end(j->report, &j->count, 0, j->d);
    int error = journal_flush(j->folder->journal);
    if (error)
        diag_add(j->d, DIAG_batch_journal_write, NULL, j->folder->name, strerror(error),
                 (char *)NULL);
    if (complete && !error)
        remove_parts(j);
}

static void join(Join *j)
{
    j->head.shards = (uint32_t)count_shards(j->folder->name);
    if (!j->head.shards) {
        diag_add(j->d, DIAG_join_nothing, NULL, j->folder->name, (char *)NULL);
        return;
    }
    j->shard = ARENA_ARRAY(j->arena, Shard *, j->head.shards);
    j->journal = ARENA_ARRAY(j->arena, Journal *, j->head.shards);
    bool good = open_shards(j), complete = good && is_complete(j);
    close_shards(j);
    if (good && open_shards(j) && open_journals(j))
        put_together(j, complete);
    close_shards(j);
    for (size_t k = 0; k < j->head.shards; k++)
        journal_free(j->journal[k]);
}

BatchCount batch_join(const BatchOptions *o, Diags *d)
{
    double start = batch_now();
    Join j = { .o = o, .d = d, .arena = arena_new() };
    j.folder = folder_lock(o->folder, d);
    if (j.folder)
        join(&j);
    folder_unlock(j.folder);
    arena_free(j.arena);
    j.count.seconds = batch_now() - start;
    return j.count;
}
