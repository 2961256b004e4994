/* SPDX-License-Identifier: MIT */
/* The project description: read, compared with its schema, its ids known and its references
 * resolved.  Everything that is wrong becomes a finding; values are never quoted in one. */
#ifndef SKRYBA_PROJECT_H
#define SKRYBA_PROJECT_H

#include "xml/xml.h"

/* ---- the schema ------------------------------------------------------------------------------
 * An XSD 1.0 file whose xs:appinfo says what XSD cannot: skryba:id, skryba:ref, skryba:personal.
 * One schema serves any number of descriptions, in one thread. */
typedef struct ProjectSchema ProjectSchema;

/* file NULL: ours, compiled in; "none": accepts everything and knows nothing; otherwise an XSD of
 * the user's, in one file.  NULL: findings were added. */
ProjectSchema *project_schema_open(const char *file, Diags *d) MUST_CHECK;
void project_schema_free(ProjectSchema *s);                     /* s may be NULL */
/* Our schema as text, NUL-terminated; it lives as long as the program. */
const char *project_schema_text(size_t *len);

/* What a schema says of one attribute, or of an element's text. */
typedef struct {
    const char *type;           /* name of its simple type, "money", "xs:date"; NULL: unnamed */
    const char *const *target;  /* a reference: names of the elements it may point to; "*": any */
    size_t n_target;            /* 0: no reference */
    bool personal;              /* to be masked wherever it could be shown */
    bool id;
    bool optional;              /* an attribute that may be absent */
    bool collapse;              /* white space has no meaning in it */
} ProjectField;

/* By names, for who has no data (lint, masking): attribute NULL is the element's text.  Where
 * elements of one name differ, what asks for more care holds: personal, optional, not collapsed.
 * NULL: the schema does not know it. */
const ProjectField *project_schema_field(const ProjectSchema *s, const char *element,
                                         const char *attribute);
/* Whether some element of the schema has this name. */
bool project_schema_knows(const ProjectSchema *s, const char *element);

/* ---- a description ------------------------------------------------------------------------- */
typedef struct Project Project;
typedef struct {
    ProjectSchema *schema;      /* borrowed, must outlive the project */
} ProjectOptions;

/* Reads and checks a file ("-": standard input).  NULL: it could not be read as XML.  Otherwise
 * the tree can be used, and project_errors() says how many errors it has.  The caller frees. */
Project *project_load(const char *path, const ProjectOptions *o, Diags *d) MUST_CHECK;
void project_free(Project *p);                                  /* p may be NULL */
size_t project_errors(const Project *p);
XmlDoc *project_xml(const Project *p);
xmlNode *project_root(const Project *p);
/* The element with an id, in constant time; of several the first.  NULL: there is none.  A schema
 * that marks no ids: attributes `id` and `xml:id`. */
xmlNode *project_find(const Project *p, const char *id);
size_t project_ids(const Project *p);                           /* how many elements have one */
/* What the schema says of this very element's attribute (NULL: its text); NULL: nothing. */
const ProjectField *project_field(const Project *p, const xmlNode *element, const char *attribute);
/* Whether the schema wants white space collapsed in the value of a node (element, attribute or
 * text); false when it says nothing. */
bool project_collapses(const Project *p, const xmlNode *node);
/* The place of a node; valid until the next call. */
Place project_place(const Project *p, const xmlNode *node);
Place project_spot(const Project *p, const xmlNode *node);      /* without the source line */

/* ---- rules -----------------------------------------------------------------------------------
 * Rules files in the vocabulary of ISO Schematron (ISO/IEC 19757-3), queryBinding="xslt", run by
 * our own interpreter; schema/project.sch holds ours and says how.  Loaded once, run over any
 * number of descriptions, in one thread. */
typedef struct ProjectRules ProjectRules;

/* Ours, compiled in, and those of n files; "none" among them drops ours.  NULL: a file has faults,
 * which are findings with their places. */
ProjectRules *project_rules_open(const char *const *file, size_t n, Diags *d) MUST_CHECK;
void project_rules_free(ProjectRules *r);                       /* r may be NULL */
/* Our rules as text, NUL-terminated; it lives as long as the program. */
const char *project_rules_text(size_t *len);

typedef struct {
    bool strict;                /* warnings block as errors do */
    void (*progress)(void *data, size_t done, size_t total);    /* now and then; NULL: not */
    void *data;
} RulesOptions;
/* Adds the findings of the rules.  Those that ask for something that has errors, by
 * project_errors(), wait until these are gone, and a finding tells which.  False: there was an
 * error.  Our own rules are silent on what does not begin with our `project`. */
bool project_check_rules(Project *p, const ProjectRules *r, const RulesOptions *o, Diags *d);
/* Whether errors of the last project_check_rules() forbid the document of a record: one inside it,
 * inside what it refers to, or one that belongs to no record.  record NULL: only the last. */
bool project_blocked(const Project *p, const xmlNode *record);

#endif
