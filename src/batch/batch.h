/* SPDX-License-Identifier: MIT */
/* The batch: which records of which templates, what is done with each, what was made. */
#ifndef SKRYBA_BATCH_H
#define SKRYBA_BATCH_H

#include "layout/layout.h"
#include "pdf/pdf.h"
#include "project/project.h"
#include "template/template.h"

/* Instead of files: a stage's result as text, for tests; or nothing, the records are only filled,
 * to see whether they can be. */
typedef enum { BATCH_FILES, BATCH_TRY, BATCH_DUMP_DOCUMENT, BATCH_DUMP_PROGRAM, BATCH_DUMP_FILLED,
               BATCH_DUMP_BOXES, BATCH_DUMP_STRUCTURE } BatchDump;

typedef struct {
    const char *folder;         /* where the documents go; may hold tags, {{ @id }}, of the root */
    const char *const *template;        /* names of shipped ones or files; none: all shipped ones */
    size_t n_template;          /*   that find a record in the data */
    bool pdf, odt;
    const char *merge;          /* instead of a file for each record a print file of each template
                                 *   in the folder, by this name, which may hold tags; or NULL */
    bool duplex;                /* each record of a print file begins on a right-hand page */
    size_t merge_pages;         /* no more in a print file: the next begins; 0: all */
    const char *select;         /* XPath, true for the records that are wanted; NULL: all */
    const char *sort;           /* XPath of a key, "desc" may follow: the order of the records */
    size_t first, last;         /* numbers of a template's records, from 1; last 0: to the end */
    size_t shard, shards;       /* only this part of the slices, from 1; shards 0: all */
    const char *date;           /* of issue, "2011-12-16"; NULL: none is written anywhere */
    bool draft;                 /* PROJEKT on every page */
    const TemplateColumns *columns;     /* of a mail merge; NULL: its fields stay as they are */
    TextFonts *fonts;           /* borrowed; BATCH_TRY needs none */
    unsigned workers;           /* processes; 0: none beside this one, as for a single record */

    bool resume;                /* what the journal knows, and nothing changed since, is left */
    bool overwrite;             /* files that are not of an earlier run may be replaced */
    const char *const *reissue; /* numbers of issued documents that may be made anew */
    size_t n_reissue;
    const char *report;         /* JSON: what was made of each record; NULL: none */

    BatchDump dump;
    FILE *dump_to;
    /* Called now and then, and once before the first; NULL: not. */
    void (*progress)(void *data, size_t done, size_t total);
    void *data;
} BatchOptions;

typedef struct {
    size_t documents, files;    /* made */
    size_t left;                /* documents that were there already, unchanged */
    size_t frozen;              /* issued, and changed since: left as they were */
    size_t failed;              /* records that were wanted and not made */
    size_t not_begun;           /* the run was stopped before them */
    uint64_t bytes;             /* of the files */
    size_t pages;
    double seconds;             /* of clock time, for people */
    int signal;                 /* that stopped the run, or 0 */
} BatchCount;

typedef struct Batch Batch;
/* *o is copied; what it points to outlives the batch. */
Batch *batch_new(const BatchOptions *o);
void batch_free(Batch *b);                                      /* b may be NULL */
/* Adds the documents of one description, without making them.  The project must be free of errors
 * unless this is a draft; it is borrowed until batch_run() is done. */
void batch_add(Batch *b, Project *p, Diags *d);
/* Makes what was added.  Two documents of one name stop all, before anything is written.  A record
 * with errors is not made, the others are; what was wrong is in d, in order of the records,
 * whatever the number of workers. */
void batch_run(Batch *b, Diags *d);
void batch_render(Batch *b, Project *p, Diags *d);              /* both, for one description */
BatchCount batch_count(const Batch *b);                         /* of all projects so far */

/* Puts the parts together that runs with --shard have left in o->folder: print files, the journal,
 * o->report; says what is missing.  Of *o besides: fonts, overwrite. */
BatchCount batch_join(const BatchOptions *o, Diags *d);

/* Writes a laid-out document as a PDF of its own.  title NULL: the document's. */
bool batch_write_pdf(const LayoutDoc *l, PdfCache *cache, const char *title, const char *path,
                     Diags *d) MUST_CHECK;

/* The templates that came with the program, in order of name; paths and array in a. */
const char *const *batch_shipped(Arena *a, size_t *n);
/* The file that -t NAME|FILE means: NULL when there is none.  In a. */
const char *batch_template_path(Arena *a, const char *name);

/* Where the name begins in a path that may hold tags: behind its last slash outside of them. */
size_t batch_split(const char *path);
/* The folder's name with its tags filled, from the root of a description.  In a; NULL: findings
 * were added. */
const char *batch_folder(Arena *a, const char *folder, const Project *p, const char *date,
                         Diags *d);

#endif
