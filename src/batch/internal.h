/* SPDX-License-Identifier: MIT */
#ifndef BATCH_INTERNAL_H
#define BATCH_INTERNAL_H

#include "batch.h"
#include "template/template.h"

typedef struct Plan Plan;
typedef struct Merge Merge;
typedef struct Folder Folder;

/* One template and what it is filled with. */
typedef struct {
    Plan *plan;
    Template *template;
    ExprEnv *env;
    ExprList records;
    Digest style;               /* of the template apart from its text */
    const char *mark;           /* a line on every page, or NULL */
    const char *merge;          /* path of its print file, or NULL */
    uint32_t parts_left;        /* of its print file: there already, unchanged */
} Job;

/* One record to be made.  Its place in the list is fixed before the first one is made. */
typedef struct {
    Job *job;
    uint32_t record;            /* which of the job's, from 1, in the order of the data */
    uint32_t number;            /* from 1, in the order of making: --sort */
    const char *path;           /* with folder, without ending */
    uint32_t order;             /* among the tasks of all shards, from 0 */
} Task;

/* What is dealt to a worker: tasks of one job.  Borders depend on numbers only, never on workers,
 * selection or what failed. */
enum { SLICE = 16 };
typedef struct { size_t first, n; } Slice;

enum { SHARDS_MAX = 100000 };

/* What all parts of a run on several machines have in common, and the number of this one. */
typedef struct {
    uint32_t shard, shards, total;      /* total: records of all parts */
    uint32_t duplex;
    uint64_t pages;             /* BatchOptions.merge_pages */
    uint64_t refused;           /* records that are in no part, see Batch */
    Digest run;                 /* the same for all parts of one run */
} ShardHead;

/* A project's share of the work. */
struct Plan {
    Batch *batch;
    Project *project;
    Diags *d;                   /* while it is made */
    Arena *arena, *scratch;
    const char *name;           /* of the folder, with tags filled */
    Folder *folder;             /* of that name, in batch->folders */
    TemplateOptions options;
    VEC(Job *) jobs;
};

struct Batch {
    BatchOptions o;
    Arena *arena;               /* lives as long as the batch */
    Arena *names;               /* while plans are made */
    Map *paths;                 /* of the tasks, to 1 + task: two records must not share one */
    bool clash;                 /* two do */
    PdfCache *cache;
    Merge *merge;               /* or NULL */
    ShardHead head;             /* with --shard */
    VEC(Plan *) plans;
    VEC(Folder *) folders;      /* open while the batch runs */
    VEC(Task) tasks;
    VEC(Slice) slices;
    size_t refused;             /* records that were wanted but have no task */
    BatchCount count;
};

/* Makes sure that 32 and so many more files can be open: a face that cannot be opened would be
 * taken for a broken one.  batch.c */
bool batch_handles(size_t more, Diags *d) MUST_CHECK;

/* ---- plan.c, order.c, folder_name.c: what is to be made ------------------------------------- */
/* Loads templates, finds records, names their files; adds to b->tasks. */
void plan_make(Plan *plan, Diags *d);
void plan_free(Plan *plan);
/* Whether a record or another stands before it in the order of making; see BatchOptions.sort.
 * order[i] is the index of a record; false: a finding was added. */
bool order_records(Job *job, const char *sort, uint32_t *order, Diags *d) MUST_CHECK;
ExprEnv *plan_env(const Project *p, const char *date);
/* The name of a job's print file, in the plan's arena; NULL: a finding was added. */
const char *merge_name(Plan *plan, const Job *job);

/* ---- record.c: one record -------------------------------------------------------------------- */
enum { OUT_PDF, OUT_ODT, OUT_COUNT };
extern const char *const out_ending[OUT_COUNT];

typedef enum { MADE, LEFT, FROZEN, FAILED } State;
typedef struct {
    State state;
    bool issued;                /* the data say so */
    uint32_t pages;
    uint32_t part, first_page;  /* of the print file, from 1; 0: in none */
    bool wide;                  /* its first page is */
    uint64_t microseconds;
    Digest digest;              /* of all that decides what is in the document */
    bool has[OUT_COUNT];        /* files written under their temporary names */
    OutputSum sum[OUT_COUNT];
} Made;

/* What --reissue names a record's paper by: its number, else its id; or NULL. */
const char *task_issue_number(const Task *task);
/* Makes one record; everything of it lives in a.  For a print file its pages are added to piece.
 * What was wrong is added to d. */
Made record_make(Batch *b, const Task *task, Arena *a, Buf *piece, Diags *d);
/* Only its digest; false: it cannot be filled. */
bool record_digest(Batch *b, const Task *task, Arena *a, Digest *digest) MUST_CHECK;
/* Gives back what the last record took beyond a, so that memory stays flat. */
void record_trim(Batch *b);
/* What a dump shows of a template itself. */
void record_dump_template(const Batch *b, const Job *job);

/* digest.c */
void digest_bytes(Digest *g, const void *data, size_t len);
void digest_document(Digest *g, const OdfDoc *doc);
void digest_style(Digest *g, const OdfFile *f);

/* The line for every page of what is no real paper, or NULL.  mark.c */
const char *mark_text(const Plan *plan, const Template *t);
/* The document with such a line as a paragraph at its start. */
void mark_document(OdfDoc *doc, const char *mark, Arena *a);

/* ---- journal.c: what the folder holds of earlier runs  --------------------------------------- */
typedef struct {
    Digest digest;
    OutputSum sum;
    uint32_t pages;
    uint32_t first, last;       /* numbers of its records */
    bool issued;
} Entry;
typedef struct Journal Journal;

/* Reads the journal of a folder.  A shard adds to a journal of its own, and reads that after the
 * folder's.  NULL: findings were added. */
Journal *journal_open(const char *folder, size_t shard, size_t shards, Diags *d) MUST_CHECK;
const Entry *journal_find(const Journal *j, const char *name);  /* of a file; NULL: not known */
void journal_add(Journal *j, const char *name, const char *template, const Entry *e);
/* Writes what was added since, flushed to disk.  An errno, or 0. */
int journal_flush(Journal *j) MUST_CHECK;
void journal_free(Journal *j);                                  /* j may be NULL */

/* ---- folder.c: where documents go  ----------------------------------------------------------- */
struct Folder {
    const char *name;
    size_t prefix;              /* bytes of a path before the name of a file in it */
    Journal *journal;
    size_t shard;               /* 0: all of it */
    int lock;                   /* descriptor */
    uint64_t device, inode;     /* file systems are flushed once for all their folders */
    bool touched;               /* something was named in it since the last flush */
};
/* Makes the folders of all plans, locks them, removes what a killed run left.  False: a finding was
 * added. */
bool folders_open(Batch *b, Diags *d) MUST_CHECK;
void folders_close(Batch *b);
Folder *folder_lock(const char *name, Diags *d) MUST_CHECK;     /* one, that exists */
void folder_unlock(Folder *f);                                  /* f may be NULL */

/* ---- commit.c: files get their names in groups  ---------------------------------------------- */
typedef struct Commit Commit;
Commit *commit_new(Batch *b);
void commit_free(Commit *c);
/* Removes the files of a record that has failed after all, written by process pid. */
void commit_drop(const Task *task, Made *made, long pid);
/* Takes note of a record's files, written by process pid. */
void commit_add(Commit *c, const Task *task, const Made *made, long pid);
size_t commit_count(const Commit *c);                           /* files that wait */
/* Flushes and names all.  Of a file that cannot get its name failed() is told, which gives the
 * list for the finding; what concerns no record goes to d. */
typedef Diags *CommitFailed(void *data, const Task *task, int out);
void commit_flush(Commit *c, CommitFailed *failed, void *data, Diags *d);
/* Gives a flushed file its name in a folder, unless what stands there is not skryba's own. */
int commit_name(bool overwrite, const Folder *f, const char *temporary, const char *path,
                const OutputSum *sum) MUST_CHECK;
/* The journal's entry of a file that is still as it was made; NULL: it is not. */
const Entry *journal_sound(const Folder *f, const char *path);

/* ---- merge.c, resume.c: print files  --------------------------------------------------------- */
typedef struct {
    bool duplex, overwrite;
    size_t pages;               /* of a part at most; 0: any number */
    const char *date;
    TextFonts *fonts;
} MergeOptions;
MergeOptions merge_options(const BatchOptions *o);
Digest merge_digest(const MergeOptions *o);     /* what a part depends on apart from its records */

/* A record's pages on their way into a print file. */
typedef struct {
    Folder *folder;
    const char *base;           /* path of the print file */
    const char *template, *title, *language, *document;
    uint32_t number, parts_left;
    Made *made;
    const char *piece;          /* of pdf_piece() */
    size_t len;
} MergeItem;
Merge *merge_new(const MergeOptions *o);
/* They come in the order of the records; tells in *it->made where the pages are. */
bool merge_add(Merge *m, const MergeItem *it, Diags *d) MUST_CHECK;
bool merge_failed(const Merge *m);              /* the disk is full, or such: more is in vain */
/* Ends the last file, or drops it when the run was stopped in it; frees m, which may be NULL. */
void merge_end(Merge *m, bool stopped, BatchCount *count, Diags *d);
/* With --resume: takes the records of parts that are there already, unchanged, out of b->tasks. */
void merge_resume(Batch *b);
/* The path of a part of a print file: the first has the name itself.  In a. */
const char *merge_path(Arena *a, const char *base, uint32_t part);

/* ---- manifest.c: which record is on which sheets of a print file  ---------------------------- */
typedef struct {
    Arena *arena;
    const char *draft;          /* path of the rows on disk */
    Buf rows;                   /* of all parts, below the line of titles */
    size_t saved;               /* bytes of them that are on disk */
} Manifest;
typedef struct { uint32_t first, last, record; const char *document; } ManifestRow;
const char *manifest_path(Arena *a, const char *base);
/* Begins with the rows that an earlier run has before those of the file next; NULL: with none.
 * This and manifest_save() give an errno, or 0. */
int manifest_begin(Manifest *m, const Folder *f, const char *base, const char *next) MUST_CHECK;
void manifest_add(Manifest *m, const char *file, const ManifestRow *row);
int manifest_save(Manifest *m) MUST_CHECK;      /* what was added: before the file gets its name */
void manifest_end(Manifest *m, bool named);     /* it has its name: drops the draft */
/* What an earlier run has left, freed by the caller, NULL: nothing; finished: all of it, in the
 * manifest itself. */
char *manifest_read(const Folder *f, const char *base, size_t *len, bool *finished);
bool manifest_knows(const char *text, size_t len, const char *file);

/* ---- run.c: results in order of the records  ------------------------------------------------- */
typedef struct Run Run;
Run *run_new(Batch *b, Diags *d);
void run_end(Run *r);           /* counts what was not begun, ends the report */
void run_free(Run *r);
/* What a worker says of a record: findings as bytes of diags_pack(), and its pages. */
typedef struct { const char *findings, *piece; size_t n_findings, n_piece; } Said;
/* Takes a record's result, in any order of slices, from process pid. */
void run_take(Run *r, size_t task, const Made *made, const Said *said, long pid);
/* Names files and tells of results when enough have come; all: it is the end. */
void run_settle(Run *r, bool all);
size_t run_open(const Run *r);                  /* slices that have begun and are not told of */
bool run_hopeless(const Run *r);                /* the machine fails again and again */

/* ---- workers.c, worker.c: processes  --------------------------------------------------------- */
/* Makes all slices.  With no workers, or if none can be started, in this process. */
void workers_run(Batch *b, Run *r, Diags *d);
typedef struct { uint32_t first, n; } Deal;     /* tasks, from the parent */
typedef struct {                /* a record's result, followed by findings and piece */
    uint32_t task, n_findings, n_piece;
    Made made;
} Reply;
NORETURN void worker_main(Batch *b, Lang lang, int in, int out);

/* ---- stop.c: SIGINT and SIGTERM  ------------------------------------------------------------- */
/* Catches them until stop_end(); the descriptor becomes readable when one comes. */
int stop_begin(void);
void stop_end(void);
int stop_count(void);                           /* how many came */
int stop_signal(void);                          /* the first, or 0 */

double batch_now(void);                         /* seconds; no output depends on it */

/* ---- report.c  ------------------------------------------------------------------------------- */
typedef struct Report Report;
/* path NULL: none is wanted.  NULL: that, or a finding was added. */
Report *report_new(const char *path, size_t shard, size_t shards, Diags *d);
/* A record's entry without its end; found NULL: nothing was. */
void report_entry(Buf *b, const Task *task, const Made *made, const Diags *found);
/* Ends it with where in the print file base (may be NULL) the pages are, and writes it. */
void report_put(Report *r, const char *entry, const char *base, const Made *made);
void report_end(Report *r, const BatchCount *c, size_t refused, Diags *d);      /* frees r */

/* ---- shard.c: what a part of a run tells `skryba join`  -------------------------------------- */
enum { SHARD_REPORT, SHARD_DOCUMENT, SHARD_TEMPLATE, SHARD_PRINT, SHARD_TITLE, SHARD_LANGUAGE,
       SHARD_TEXTS };
typedef struct {
    uint32_t order, number;     /* among the records of all parts, from 0; the record's */
    Made made;
    const char *text[SHARD_TEXTS];      /* NULL: none */
    const char *piece;
    size_t n_piece;
} ShardRecord;
typedef struct Shard Shard;
void shard_path(Buf *b, const char *folder, size_t shard, size_t shards);      /* replaces b */
Output *shard_begin(const char *folder, const ShardHead *head, const char *date,
                    Diags *d) MUST_CHECK;       /* NULL: a finding was added */
void shard_put(Output *out, const ShardRecord *r);
bool shard_end(Output *out, size_t n, Diags *d) MUST_CHECK;     /* after n records; frees out */
Shard *shard_open(const char *path, Diags *d) MUST_CHECK;       /* NULL: a finding was added */
void shard_close(Shard *s);                                     /* s may be NULL */
const ShardHead *shard_head(const Shard *s, const char **date);
bool shard_at(const Shard *s, uint32_t order);  /* the record to be read next is that one */
/* Reads it; valid until the next call.  False: the file is damaged, and gives no more records. */
bool shard_get(Shard *s, ShardRecord *r) MUST_CHECK;
bool shard_whole(Shard *s);     /* all was read, nothing is missing */

#endif
