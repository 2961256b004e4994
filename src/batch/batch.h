/* SPDX-License-Identifier: MIT */
/* The batch: which records of which templates, what is done with each, what was made. */
#ifndef SKRYBA_BATCH_H
#define SKRYBA_BATCH_H

#include "layout/layout.h"
#include "pdf/pdf.h"
#include "project/project.h"

/* Instead of files: a stage's result as text, for tests; or nothing, the records are only filled,
 * to see whether they can be. */
typedef enum { BATCH_FILES, BATCH_TRY, BATCH_DUMP_DOCUMENT, BATCH_DUMP_PROGRAM, BATCH_DUMP_FILLED,
               BATCH_DUMP_BOXES, BATCH_DUMP_STRUCTURE } BatchDump;

typedef struct {
    const char *folder;         /* where the documents go; may hold tags, {{ @id }}, of the root */
    const char *const *template;        /* names of shipped ones or files; none: all shipped ones */
    size_t n_template;          /*   that find a record in the data */
    bool pdf, odt;
    const char *select;         /* XPath, true for the records that are wanted; NULL: all */
    size_t first, last;         /* numbers of a template's records, from 1; last 0: to the end */
    const char *date;           /* of issue, "2011-12-16"; NULL: none is written anywhere */
    bool draft;                 /* PROJEKT on every page */
    TextFonts *fonts;           /* borrowed; BATCH_TRY needs none */
    BatchDump dump;
    FILE *dump_to;
    /* Called after each record, and once before the first; NULL: not. */
    void (*progress)(void *data, size_t done, size_t total);
    void *data;
} BatchOptions;

typedef struct {
    size_t documents, files;    /* made */
    size_t failed;              /* records that were wanted and not made */
    double seconds;             /* of clock time, for people */
} BatchCount;

typedef struct Batch Batch;
/* *o is copied; what it points to outlives the batch. */
Batch *batch_new(const BatchOptions *o);
void batch_free(Batch *b);                                      /* b may be NULL */
/* Makes the documents of one description.  A record with errors is not made, the others are; what
 * was wrong is in d.  The project must be free of errors unless this is a draft. */
void batch_render(Batch *b, Project *p, Diags *d);
BatchCount batch_count(const Batch *b);                         /* of all projects so far */

/* Writes a laid-out document as a PDF of its own.  title NULL: the document's. */
bool batch_write_pdf(const LayoutDoc *l, PdfCache *cache, const char *title, const char *path,
                     Diags *d) MUST_CHECK;

/* The templates that came with the program, in order of name; paths and array in a. */
const char *const *batch_shipped(Arena *a, size_t *n);
/* The file that -t NAME|FILE means: NULL when there is none.  In a. */
const char *batch_template_path(Arena *a, const char *name);

/* The folder's name with its tags filled, from the root of a description.  In a; NULL: findings
 * were added. */
const char *batch_folder(Arena *a, const char *folder, const Project *p, const char *date,
                         Diags *d);

#endif
