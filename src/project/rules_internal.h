/* SPDX-License-Identifier: MIT */
/* The interpreter of rules files (ISO Schematron, queryBinding xslt). */
#ifndef PROJECT_RULES_INTERNAL_H
#define PROJECT_RULES_INTERNAL_H

#include "expr/expr.h"
#include "internal.h"

/* Elements and attributes of our own in a rules file. */
#define RULES_NS "urn:skryba:rules"
#define SCHEMATRON_NS "http://purl.oclc.org/dsdl/schematron"
#define XSLT_NS "http://www.w3.org/1999/XSL/Transform"

/* ---- what a rules file says, compiled ---- */

/* A rules file, or ours. */
typedef struct { XmlDoc *xml; bool ours; } RulesFile;

/* Where something of a rules file stands. */
typedef struct {
    const RulesFile *file;
    const xmlNode *node;
    const char *attribute;
    size_t offset;              /* of an expression in the attribute's value */
} Origin;

/* An expression and where it stands.  number counts them, for what a run keeps of each. */
typedef struct { Expr *x; Origin at; size_t number; } Formula;

/* One step of a context: an element or, of the last step, an attribute. */
typedef struct {
    const char *name;           /* NULL: any */
    const char *uri;            /* its namespace; NULL: none */
    bool attribute;
    bool deep;                  /* after //: any number of elements stand before it */
    const char **has;           /* predicates [@name] */
    size_t n_has;
    const Formula **test;       /* the other predicates */
    size_t n_test;
} Step;
typedef struct { Step *step; size_t n; bool rooted; } Path;
/* The context of a rule or the match of a key: an XSLT 1.0 pattern (5.2). */
typedef struct { Path *path; size_t n; } Match;

typedef struct { const char *name; const Formula *value; } Let;

/* A text with values in it; select NULL: the text itself. */
typedef struct { const char *text; const Formula *select; } Piece;
typedef struct { Piece *piece; size_t n; } Words;
/* Another place of a finding: what stands at the nodes of an expression. */
typedef struct { const Formula *at; Words words; } RuleNote;

typedef struct {
    bool report;                /* a finding when the test is true, not when it is false */
    const char *id;             /* of the finding */
    Severity severity;
    const Formula *test;
    const Formula *subject;     /* the node the finding is about; NULL: the context */
    Words message[2], hint[2];  /* by Lang */
    RuleNote *note[2];
    size_t n_note[2];
} Check;

typedef struct {
    Match context;
    const RulesFile *file;
    size_t pattern;             /* only the first rule of a pattern fires for a node */
    Let *let;
    size_t n_let;
    Check *check;
    size_t n_check;
} Rule;

typedef struct { const char *name; Match match; const Formula *use; const char *attribute; } Key;

struct ProjectRules {
    Arena *arena;
    ExprEnv *env;               /* without a document: it compiles */
    VEC(RulesFile *) files;
    VEC(Formula *) formulas;
    VEC(Let) lets;              /* of schemas and patterns, in order */
    VEC(Key) keys;
    VEC(Rule) rules;            /* in order of pattern */
    VEC(const char *) prefixes; /* prefix, uri, prefix, uri ... */
    Map *ids;                   /* ids that findings may have -> not NULL */
    size_t patterns;
};

/* ---- one run ---- */

typedef struct KeyTable KeyTable;
/* A piece of text in a node. */
typedef struct { const xmlNode *node; const char *text; } Spot;

typedef struct {
    Project *p;
    const ProjectRules *rules;
    Diags *d;
    Arena *arena;
    ExprEnv *env;
    xmlNode *current;           /* the node the rule fired for */
    KeyTable *keys;             /* one for each key of the rules */
    bool *dead;                 /* by the number of a formula: it failed, and that was said */
    uint64_t budget;            /* steps that large evaluations may still take */
    uint64_t returned;          /* nodes that key() may still give */
    Spot spot;                  /* what a function of texts has just found, and where */
    Map *accepted;              /* rule and id -> Accepted */
    bool strict;
    bool foreign;               /* no description of ours: our rules do not apply */
} Run;

/* The next element of a tree in document order; NULL: none. */
xmlNode *walk_next(xmlNode *n);
/* Evaluates; NULL: it failed, and that was said once.  The caller frees. */
xmlXPathObject *run_eval(Run *r, const Formula *f, xmlNode *node);
/* Adds a finding that the test of a check asks for.  rules_say.c */
void run_say(Run *r, const Check *c, xmlNode *node);

/* ---- loading ---- */

typedef struct {
    ProjectRules *rules;
    RulesFile *file;
    Diags *d;
    Map *diagnostics;           /* id -> xmlNode* */
    Map *abstracts;             /* id of an abstract pattern -> xmlNode* */
    Map *globals;               /* names of variables, of schema and patterns -> not NULL */
    VEC(const char *) locals;   /* names of variables of the rule */
    const xmlNode *params;      /* the pattern whose sch:param replace $names, or NULL */
    bool once;                  /* what is compiled now is evaluated once, not for many nodes */
    size_t faults;
} Loader;

/* A fault of a rules file.  NULL-terminated arguments as diag_add(). */
#define load_fault(l, id, node, attribute, ...) \
    do { \
        Place place_ = origin_place(&(Origin){ (l)->file, (node), (attribute), 0 }); \
        diag_add((l)->d, (id), &place_, __VA_ARGS__, (char *)NULL); \
        (l)->faults++; \
    } while (0)
Place origin_place(const Origin *o);

/* Compiles an attribute's value, or a piece of it; NULL: a fault was said.  rules_formula.c */
const Formula *load_formula(Loader *l, const xmlNode *n, const char *attribute);
const Formula *load_piece(Loader *l, const Origin *at, const char *text, size_t len);
/* The value of an attribute with the parameters of an abstract pattern put in; NULL: absent. */
const char *load_text(Loader *l, const xmlNode *n, const char *attribute);
/* Reads the context of a rule, the match of a key.  rules_match.c */
bool load_match(Loader *l, const xmlNode *n, const char *attribute, Match *out);
/* Whether a context can be only the root: what hangs on it is evaluated once. */
bool match_root(const Match *m);
bool match_fits(Run *r, const Match *m, const xmlNode *n);
/* Reads an assert or a report.  rules_check.c */
bool load_check(Loader *l, const xmlNode *n, const char *id, const char *role, Check *out);
bool load_element(Loader *l, const xmlNode *n, const char *const *known, size_t n_known);

/* ---- an index of contexts by the name of their last step.  rules_index.c ---- */
typedef struct { const Match *match; size_t item; } Candidate;
typedef struct { Candidate *p; size_t n; } Candidates;
typedef struct { Map *elements, *attributes; Candidates *any, *any_attribute, *document; } Index;
Index *index_new(Arena *a, size_t n, const Match *(*get)(const void *data, size_t i),
                 const void *data);
const Candidates *index_find(const Index *x, const xmlNode *n);

/* ---- keys.  rules_key.c ---- */
void keys_build(Run *r);
/* What key_find() returns lives as long as the run. */
typedef struct KeyGroup {
    const char *value;
    struct KeyGroup *next;
    VEC(xmlNode *) nodes;
} KeyGroup;
const KeyGroup *key_find(const Run *r, const char *name, const char *value);
void keys_free(Run *r);

/* ---- functions of rules.  rules_functions.c ---- */
typedef struct {
    const char *name, *signature;
    int min, max;
    const char *description[2];
    ExprCallback *call;
} RuleFunction;
const RuleFunction *rule_functions(size_t *n);
void functions_register(ExprEnv *e, Run *r);    /* r NULL: to compile only */
/* The text of an argument: the first node's, borrowed from the tree or kept in the run's arena. */
const char *argument_text(Run *r, const xmlXPathObject *o);
const char *node_value(Run *r, const xmlNode *n);

ExprCallback rule_flaw, rule_mentions;                  /* rules_text.c */
ExprCallback rule_fold, rule_official, rule_by_year, rule_names_person, rule_tokens_within;
                                                        /* rules_names.c */
ExprCallback rule_birth, rule_years, rule_months_off, rule_unordered;       /* rules_dates.c */
ExprCallback rule_image, rule_gaps, rule_serial;                            /* rules_data.c */

/* ---- acceptance.  rules_accept.c ---- */
void accept_collect(Run *r);
/* Whether a note accepts a finding of a rule at a node (NULL: at none). */
bool accept_take(Run *r, const char *rule, Severity severity, const xmlNode *context,
                 const xmlNode *subject);
void accept_finish(Run *r);     /* says which notes match nothing */

/* ---- what errors block.  rules_blocked.c ---- */
void blocked_add(Project *p, const xmlNode *node);
void blocked_clear(Project *p);

#endif
