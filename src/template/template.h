/* SPDX-License-Identifier: MIT */
/* Templates: ordinary Writer files with tags typed as text.  A template is compiled once and then
 * filled with any number of records, each giving a document that shares with the template what
 * holds no tag.  The language: skryba-template(7). */
#ifndef SKRYBA_TEMPLATE_H
#define SKRYBA_TEMPLATE_H

#include "expr/expr.h"
#include "odf/odf.h"
#include "project/project.h"

typedef struct Template Template;

/* What the columns of a mail merge stand for: Writer's database fields are read as tags. */
typedef struct {
    /* Puts the tag of a column into *tag; false: the nearest column's name is in *near, if any.
     * element: what the records are, "certificate". */
    bool (*tag)(void *data, const char *element, const char *column, Buf *tag, Buf *near);
    /* The records of a table, as in skryba.each; NULL: not known. */
    const char *(*records)(void *data, const char *table);
    void *data;
} TemplateColumns;

typedef struct {
    const char *project_folder;         /* {{#image}} opens files below it only; NULL: none */
    const char *const *include_folder;  /* where {{> path}} looks after the template's own folder */
    size_t n_include_folder;
    /* Whether the schema collapses the white space of this element's or attribute's value. */
    bool (*collapses)(void *data, const xmlNode *node);         /* NULL: of none */
    /* Where a node of the data stands, for messages; used at once. */
    Place (*place)(void *data, const xmlNode *node);            /* NULL: not known */
    void *data;
    const TemplateColumns *columns;     /* NULL: database fields stay as they are */
} TemplateOptions;

/* Loads a Writer file and compiles its tags: those of the body, of headers and footers, the title
 * and the properties skryba.*.  Declares its namespaces (skryba.ns.*) and its language in env.
 * All faults become findings; NULL when there was one.  *o is copied, what it points to is
 * borrowed and outlives the template.  The caller frees with template_free(). */
Template *template_load(const char *path, const TemplateOptions *o, ExprEnv *env, Diags *d)
    MUST_CHECK;
/* The same for looking at: also a template with faults is returned, and NULL only for what is no
 * Writer file.  One that is not sound must not be filled.  Faults wait for template_report(). */
Template *template_open(const char *path, const TemplateOptions *o, ExprEnv *env, Diags *d)
    MUST_CHECK;
bool template_sound(const Template *t);
/* Adds what was found so far, in the order of the document. */
void template_report(Template *t, Diags *d);
void template_free(Template *t);                                /* t may be NULL */

const char *template_path(const Template *t);                   /* as given */
const char *template_name(const Template *t);                   /* without folder and ending */
const char *template_language(const Template *t);               /* "pl-PL" */
/* The Writer file itself, tags included; of the same OdfFile as all that is made from it. */
const OdfDoc *template_document(const Template *t);

/* What the template is filled with: the nodes of skryba.each (an XPath that `group` and `sort` may
 * follow), from the document; without the property, the root element once.  out starts from {0};
 * expr_list_free().  False: findings were added. */
bool template_records(const Template *t, ExprEnv *env, ExprList *out, Diags *d) MUST_CHECK;

/* Fills the template with a record, position (from 1) of size.  What *out points to lives in a and
 * in the template.  False: findings were added, all that the record has, each with the record, the
 * place in the template and the tag; *out is not to be used. */
bool template_fill(Template *t, ExprEnv *env, const ExprItem *record, int position, int size,
                   Arena *a, OdfDoc *out, Diags *d) MUST_CHECK;

/* The file name for a record, without ending: skryba.file filled, otherwise NAME-POSITION.  Safe
 * as the name of one file (shared/security.md P1): no separators, control or formatting
 * characters, no dot, hyphen or space at its ends, at most TEMPLATE_NAME bytes.  In a; NULL:
 * findings were added (an empty name is one). */
enum { TEMPLATE_NAME = 200 };
const char *template_file_name(Template *t, ExprEnv *env, const ExprItem *record, int position,
                               int size, Arena *a, Diags *d) MUST_CHECK;
/* The same rule for a text of any origin: NULL when nothing is left of it. */
const char *template_safe_name(Arena *a, const char *text, size_t len);

/* ---- its tags, for `skryba tags` and lint ---------------------------------------------------- */
typedef struct {
    const char *typed;          /* as typed, with its braces */
    const char *what;           /* "value", "each", "if" ... */
    const Expr *expr[8];        /* its expressions, then NULL: value or nodes, key, sort keys */
    Place place;                /* file, label, words around; lives as long as the template */
} TemplateTag;
/* The i-th tag in reading order; false behind the last. */
bool template_tag(const Template *t, size_t i, Lang lang, TemplateTag *out);

/* ---- lint ------------------------------------------------------------------------------------ */
typedef struct {
    const ProjectSchema *schema;        /* NULL: names are not looked up */
    const char *schema_file;            /* what it was opened from; NULL: ours */
    /* The family that is taken for one that is not there; NULL: it is there. */
    const char *(*font)(void *data, const OdfTextProps *text);  /* NULL: fonts are not looked at */
    void *data;
} LintOptions;

/* Finds, and reports beside what compiling found: paths that the schema cannot have, names without
 * a value, sums of money, and what is wrong with the document (skryba-template(7), LINT).  Errors
 * are what cannot be rendered, warnings the rest. */
void template_lint(Template *t, const LintOptions *o, Diags *d);
/* Writes a copy of the template as a flat file, with all that was told of it so far as comments at
 * their places.  False: a finding was added. */
bool template_annotate(const Template *t, const char *path, Diags *d) MUST_CHECK;

/* What a tag reads, "address/@street". */
typedef struct { const char *name; bool optional, personal; } TemplateRead;
typedef struct {
    const char *typed, *what;           /* as in TemplateTag */
    Place place;
    const TemplateRead *read;
    size_t n;
} TemplateUse;
/* Calls visit for each tag with an expression, in the order of the document; those of an included
 * file wherever it is included.  All is valid during the call; false ends it. */
void template_uses(Template *t, const LintOptions *o, Lang lang,
                   bool (*visit)(void *data, const TemplateUse *use), void *data);

/* The program a template was compiled to, as indented text, for tests. */
void template_dump(const Template *t, Buf *out);

#endif
