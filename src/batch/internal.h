/* SPDX-License-Identifier: MIT */
#ifndef BATCH_INTERNAL_H
#define BATCH_INTERNAL_H

#include "batch.h"
#include "template/template.h"

/* One template and what it is filled with. */
typedef struct {
    Template *template;
    ExprEnv *env;
    ExprList records;
    const char *mark;           /* a line on every page, or NULL */
} Job;

/* One record to be made.  Its place in the list is fixed before the first one is made, so that the
 * list can be dealt to worker processes in slices. */
typedef struct {
    Job *job;
    size_t number;              /* from 1, in the job */
    const char *path;           /* without ending */
} Task;

struct Batch {
    BatchOptions o;
    Arena *arena;               /* lives as long as the batch */
    Map *paths;                 /* made so far -> Taken*: two records must not share one */
    PdfCache *cache;
    BatchCount count;
};

/* A project's share of the work. */
typedef struct {
    Batch *batch;
    Project *project;
    Diags *d;
    Arena *arena;               /* of the plan */
    const char *folder;
    TemplateOptions options;
    VEC(Job *) jobs;
    VEC(Task) tasks;
    size_t refused;             /* records that were wanted but have no task */
} Plan;

/* Loads templates, finds records, names their files.  plan.c */
void plan_make(Plan *plan);
void plan_free(Plan *plan);

/* Makes one record; everything of it lives in a.  False: findings were added.  record.c */
bool record_make(Plan *plan, const Task *task, Arena *a);
/* What a dump shows of a template itself. */
void record_dump_template(const Plan *plan, const Job *job);

/* The line for every page of what is no real paper, or NULL.  mark.c */
const char *mark_text(const Plan *plan, const Template *t);
/* The document with such a line as a paragraph at its start. */
void mark_document(OdfDoc *doc, const char *mark, Arena *a);

#endif
