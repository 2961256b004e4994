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

/* The N of the parts in the folder; 0: there is none, or a finding was added: not all have it. */
static size_t count_shards(const char *folder, Diags *d)
{
    static const char prefix[] = ".skryba-shard-";
    DIR *dir = opendir(folder);
    size_t n = 0;
    bool mixed = false;
    for (struct dirent *e; dir && (e = readdir(dir)); ) {
        const char *of = str_starts(e->d_name, prefix) ? strstr(e->d_name, "-of-") : NULL;
        int64_t v;
        if (!of || !number_parse(of + 4, strlen(of + 4), 0, &v) || v <= 0 || v > SHARDS_MAX)
            continue;
        mixed |= n && n != (size_t)v;
        n = (size_t)v;
    }
    if (dir)
        closedir(dir);
    if (n && !mixed)
        return n;
    diag_add(d, mixed ? DIAG_join_mixed : DIAG_join_nothing, NULL, folder, (char *)NULL);
    return 0;
}

static bool same_run(const ShardHead *a, const ShardHead *b)
{
    return a->shards == b->shards && a->total == b->total && a->run.a == b->run.a &&
           a->run.b == b->run.b;
}

static void tell_broken(Join *j, size_t k)
{
    Buf path = {0};
    shard_path(&path, j->folder->name, k, j->head.shards);
    diag_add(j->d, DIAG_join_broken, NULL, path.p, (char *)NULL);
    buf_free(&path);
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
        good = h && h->shard == k && h->shards == j->head.shards;
        if (h && !good)
            tell_broken(j, k);
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

/* Reads the record from the part k - 1 that has it. */
static bool get_record(Join *j, uint32_t order, size_t *k, ShardRecord *r)
{
    for (*k = 0; *k < j->head.shards; ++*k)
        if (j->shard[*k] && shard_at(j->shard[*k], order))
            return shard_get(j->shard[*k], r);
    return false;
}

/* ---- what is missing ---- */

static void tell_range(Join *j, uint32_t first, uint32_t last)
{
    char text[32];
    snprintf(text, sizeof text, first == last ? "%u" : "%u-%u", first + 1, last + 1);
    diag_add(j->d, DIAG_join_missing, NULL, text, (char *)NULL);
}

/* Parts that are not there, or that a first look at all their records found damaged. */
static bool parts_whole(Join *j)
{
    bool good = true;
    for (size_t k = 0; k < j->head.shards; k++) {
        char n[48];
        snprintf(n, sizeof n, "%zu/%u", k + 1, j->head.shards);
        if (!j->shard[k])
            diag_add(j->d, DIAG_join_no_part, NULL, n, (char *)NULL);
        else if (!shard_whole(j->shard[k]))
            tell_broken(j, k + 1);
        else
            continue;
        good = false;
    }
    return good;
}

/* Goes through all parts once.  True: no record is missing. */
static bool is_complete(Join *j)
{
    VEC(uint32_t) gap = {0};    /* first and last, by turns */
    ShardRecord r;
    size_t k;
    for (uint32_t i = 0; i < j->head.total; i++) {
        if (get_record(j, i, &k, &r))
            continue;
        if (gap.n && gap.p[gap.n - 1] + 1 == i) {
            gap.p[gap.n - 1] = i;
        } else {
            vec_push(&gap, i);
            vec_push(&gap, i);
        }
        j->count.not_begun++;
    }
    bool complete = parts_whole(j) && !gap.n;
    for (size_t i = 0; i < gap.n; i += 2)
        tell_range(j, gap.p[i], gap.p[i + 1]);
    vec_free(&gap);
    return complete;
}

/* ---- putting together ---- */

static bool same_file(const Entry *a, const Entry *b)
{
    return a->digest.a == b->digest.a && a->digest.b == b->digest.b &&
           a->sum.size == b->sum.size && a->sum.crc == b->sum.crc && a->issued == b->issued;
}

/* What the part's journal says of a record's files. */
static void join_journal(Join *j, const ShardRecord *r, const Journal *from)
{
    Buf name = {0};
    for (int i = 0; i < OUT_COUNT; i++) {
        buf_clear(&name);
        buf_format(&name, "%s%s", r->text[SHARD_DOCUMENT], out_ending[i]);
        const Entry *e = journal_find(from, name.p);
        const Entry *known = journal_find(j->folder->journal, name.p);
        if (e && !(known && same_file(e, known)))
            journal_add(j->folder->journal, name.p, r->text[SHARD_TEMPLATE], e);
    }
    for (int i = 0; i < OUT_COUNT; i++) {
        j->count.files += r->made.has[i];
        j->count.bytes += r->made.has[i] ? r->made.sum[i].size : 0;
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
    size_t k;
    for (uint32_t i = 0; i < j->head.total; i++)
        if (get_record(j, i, &k, &r))
            join_record(j, &r, j->journal[k]);
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

/* Their parts have said why. */
static void tell_failed(Join *j)
{
    char n[24];
    j->count.failed += (size_t)j->head.refused;
    snprintf(n, sizeof n, "%zu", j->count.failed);
    if (j->count.failed)
        diag_add(j->d, DIAG_join_failed, NULL, n, (char *)NULL);
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
    report_end(j->report, &j->count, (size_t)j->head.refused, j->d);
    tell_failed(j);
    int error = journal_flush(j->folder->journal);
    if (error)
        diag_add(j->d, DIAG_batch_journal_write, NULL, j->folder->name, strerror(error),
                 (char *)NULL);
    if (complete && !error)
        remove_parts(j);
}

static void join(Join *j)
{
    j->head.shards = (uint32_t)count_shards(j->folder->name, j->d);
    if (!j->head.shards || !batch_handles(j->head.shards, j->d))
        return;
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
