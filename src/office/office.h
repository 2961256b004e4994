/* SPDX-License-Identifier: MIT */
/* The office's work on a description: from its lists to numbered papers and back.  Each change is
 * a small edit of the file's text; everything else stays as it was typed. */
#ifndef SKRYBA_OFFICE_H
#define SKRYBA_OFFICE_H

#include "template/template.h"

/* Makes a folder with project.xml, lista.ods and README.txt; what is there is not written over. */
bool office_init(const char *folder, Diags *d) MUST_CHECK;

/* A description that is being changed. */
typedef struct Office Office;
/* Reads it and checks it against the schema.  NULL: findings were added. */
Office *office_open(const char *path, Diags *d) MUST_CHECK;
void office_free(Office *o);                                    /* o may be NULL */

/* Each of the following changes the description once, checks the result, and writes the file.
 * False: it is as it was, and findings say why. */

/* ---- from lists ------------------------------------------------------------------------------ */
typedef struct {
    const char *sheet;          /* what a list without sheets (CSV) holds; NULL: by its name */
    bool dry_run;               /* write nothing */
    bool remove;                /* what the list no longer has */
} OfficeImportOptions;
typedef struct { const char *name; size_t added, changed, same, gone; } OfficeSheet;
typedef struct { OfficeSheet sheet[16]; size_t n, elsewhere; } OfficeImported;
/* Reads a spreadsheet (.ods, .fods, .csv) into the description.  out->elsewhere counts errors of
 * the description that do not come from the list: they stop nothing. */
bool office_import(Office *o, const char *list, const OfficeImportOptions *options,
                   OfficeImported *out) MUST_CHECK;

/* ---- registers ----------------------------------------------------------------------------- */
typedef struct {
    const char *date;           /* of the certificates, "2011-12-16"; "": as documents/@date says */
    bool dry_run;
} OfficeNumberOptions;
typedef struct {
    size_t contracts, agreements, certificates;
    bool nothing;               /* there is no paper, and none to make */
} OfficeNumbered;
/* Gives contracts and agreements the numbers they lack, by day and name, and makes a prepared
 * certificate for each completed course that has none, by course and name. */
bool office_number(Office *o, const OfficeNumberOptions *options, OfficeNumbered *out) MUST_CHECK;

typedef struct {
    const char *const *number;
    size_t n;
    const char *date;           /* "2011-12-16", "": none, which is a finding */
    const char *text;           /* the reason, or who received it; NULL: nothing */
    bool dry_run;
} OfficePaper;
/* Marks prepared certificates (n 0: all) as issued; their data are then fixed.  Without a date on
 * the day that they were prepared with, which is printed on them. */
bool office_issue(Office *o, const OfficePaper *x, size_t *count) MUST_CHECK;
bool office_void(Office *o, const OfficePaper *x) MUST_CHECK;
/* A prepared certificate in place of a void one; its number lives as long as o. */
bool office_replace(Office *o, const OfficePaper *x, const char **number) MUST_CHECK;
bool office_duplicate(Office *o, const OfficePaper *x) MUST_CHECK;
bool office_receive(Office *o, const OfficePaper *x) MUST_CHECK;

/* ---- what changed -------------------------------------------------------------------------- */
/* In words, lines of text: what was added, deleted, changed, and the papers that it touches. */
bool office_diff(const char *before, const char *after, Buf *out, Diags *d) MUST_CHECK;
/* The same of a description that is open: from the file to what it would become. */
void office_changes(Office *o, Buf *out);

/* ---- habits of mail merge -------------------------------------------------------------------- */
/* Writes an .odt with every field of each kind of record: label, tag to copy, sample. */
bool office_palette(const char *path, Diags *d) MUST_CHECK;
/* Writer's database fields as tags, by their Polish labels: on a certificate the column "Nazwisko"
 * is {{ ref(ref(@completionRef)/@participantRef)/@lastName }}; what may be missing is asked for
 * first, {{#if @exit}}{{ date(@exit) }}{{/if}}.  Reads the schema when a template asks. */
TemplateColumns *office_columns_new(void);
void office_columns_free(TemplateColumns *c);                   /* c may be NULL */

#endif
