/* SPDX-License-Identifier: MIT */
#ifndef PROJECT_INTERNAL_H
#define PROJECT_INTERNAL_H

#include "project.h"

#include <libxml/xmlschemas.h>

/* ---- the model: what an XSD says, as far as we ask it.  model.c ------------------------------ */
typedef struct Model Model;
typedef struct ModelType ModelType;
typedef struct {
    const char *name;
    ModelType *type;            /* NULL: simple, or unknown */
    ProjectField *text;         /* of its text; NULL: it has none */
} ModelElement;

/* The schema's tree must live as long as the model. */
Model *model_new(Arena *a, xmlNode *schema);
const ModelElement *model_root(const Model *m, const char *name);
/* A child's declaration in a type (NULL: no type); NULL: not declared there. */
const ModelElement *model_kid(const ModelType *t, const char *name);
const ProjectField *model_attribute(const ModelType *t, const char *name);
/* Whether any element may stand in the type: wildcards, substitution, unknown constructs. */
bool model_open(const ModelType *t);
/* The declaration of an element of a document by its place in it; NULL: none. */
const ModelElement *model_find(const Model *m, const xmlNode *element);
/* Visits the elements of a tree in document order with their declarations (NULL: none) and their
 * parents'.  visit says whether to go into the element, and may take it out of the tree.  walk.c */
typedef bool ModelVisit(void *data, xmlNode *n, const ModelElement *e, const ModelElement *parent);
void model_walk(const Model *m, xmlNode *root, ModelVisit *visit, void *data);
/* By names over the whole schema; attribute NULL: the text. */
const ProjectField *model_field(const Model *m, const char *element, const char *attribute);
bool model_knows(const Model *m, const char *element);
bool model_marks_ids(const Model *m);
bool model_marks_personal(const Model *m);
/* Names of what may stand in a type, or of the roots (t NULL), separated by commas. */
void model_kid_names(const Model *m, const ModelType *t, Buf *out);
/* The one of those names nearest to a misspelt name, or NULL; of attributes likewise. */
const char *model_near_kid(const Model *m, const ModelType *t, const char *name);
const char *model_near_attribute(const ModelType *t, const char *name);
/* The documentation of a named simple type in a language; NULL: none. */
const char *model_type_text(const Model *m, const char *type, Lang lang);

/* ---- a schema.  schema.c ---- */
struct ProjectSchema {
    Arena *arena;
    XmlDoc *xsd;                /* NULL: "none" */
    Model *model;               /* NULL: "none" */
    xmlSchema *strict;
    xmlSchema *loose;           /* order and number of children set free; made when first needed */
    xmlDoc *loose_tree;
    bool loose_tried;
};
xmlSchema *project_schema_loose(ProjectSchema *s);

/* ---- a project.  project.c ---- */
typedef struct Blocked Blocked;
struct Project {
    Arena *arena;
    XmlDoc *xml;
    ProjectSchema *schema;
    Map *ids;                   /* id -> xmlNode* */
    size_t errors;
    Map *wrong;                 /* names of elements and attributes with errors -> not NULL */
    Blocked *blocked;           /* by errors of rules; NULL: they have not run.  rules_blocked.c */
};

/* Counts an error; what is wrong has these names, "a, b". */
void project_error(Project *p, const char *names);
void project_validate(Project *p, Diags *d);    /* validate.c */
void project_resolve(Project *p, Diags *d);     /* ids.c */

/* Distance of two names in single letters put, taken, changed or swapped with a neighbour, at
 * most NEAR_MOST + 1.  near.c */
enum { NEAR_MOST = 2, NEAR_LENGTH = 64 };
int near_distance(const char *a, const char *b);

#endif
