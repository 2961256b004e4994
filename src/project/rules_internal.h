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

/* An expression and where it stands.  number counts them, for what a run keeps of each.  Those of
 * our own rules, which the tests compile, are compiled when they are first needed: x NULL. */
typedef struct {
    Expr *x;
    const char *text;
    Origin at;
    size_t number;
    size_t attribute;           /* of no more than @name: the number of the name; else 0 */
} Formula;

/* ---- the simple part of an expression.  rules_quick.c, rules_answer.c ---- */
typedef enum { OPERAND_TEXT, OPERAND_NUMBER, OPERAND_ATTRIBUTE, OPERAND_PARENT, OPERAND_GLOBAL,
               OPERAND_LOCAL, OPERAND_KEY, OPERAND_KEY_FIRST, OPERAND_KEY_COUNT, OPERAND_CONCAT,
               OPERAND_UNION, OPERAND_PREDICATE, OPERAND_PESEL_SEX, OPERAND_PESEL_DATE,
               OPERAND_BIRTH, OPERAND_YEARS, OPERAND_DAYS, OPERAND_BY_YEAR, OPERAND_BEFORE,
               OPERAND_WITHIN, OPERAND_SERIAL } OperandKind;
typedef bool TextPredicate(const char *s, size_t len);
enum { OPERAND_PARTS = 5 };
typedef struct Operand {
    OperandKind kind;
    const char *text;           /* a literal */
    size_t attribute;           /* of the node, its parent, a variable's or key's nodes: a number
                                   among the names of the rules; 0: none */
    double number;
    size_t index;               /* of a variable among the lets of its kind, of a key */
    TextPredicate *predicate;
    struct Operand *part[OPERAND_PARTS];
    size_t n;
} Operand;
typedef enum { QUICK_OR, QUICK_AND, QUICK_NOT, QUICK_EXISTS, QUICK_COMPARE,
               QUICK_UNKNOWN } QuickKind;
typedef enum { COMPARE_EQUAL, COMPARE_OTHER, COMPARE_LESS, COMPARE_MOST, COMPARE_GREATER,
               COMPARE_LEAST } Comparison;
typedef struct Quick {
    QuickKind kind;
    Comparison comparison;
    struct Quick *a, *b;
    Operand *left, *right;
} Quick;

/* A test: what can be answered at once, and the whole. */
typedef struct { const Formula *formula; const Quick *quick; } Test;

/* One step of a context: an element or, of the last step, an attribute. */
typedef struct {
    const char *name;           /* NULL: any */
    const char *uri;            /* its namespace; NULL: none */
    bool attribute;
    bool deep;                  /* after //: any number of elements stand before it */
    size_t *has;                /* predicates [@name]: numbers of names */
    size_t n_has;
    Test *test;                 /* the other predicates */
    size_t n_test;
} Step;
typedef struct { Step *step; size_t n; bool rooted; } Path;
/* The context of a rule or the match of a key: an XSLT 1.0 pattern (5.2). */
typedef struct { Path *path; size_t n; } Match;

typedef struct {
    const char *name;
    const Formula *value;
    const Operand *quick;       /* the value, when it is so simple, or NULL */
    uint32_t uses;              /* bit i: the i-th let of the rule, which stands before */
} Let;
enum { LETS_MOST = 32 };        /* of a rule */

/* A text with values in it; select NULL: the text itself. */
typedef struct { const char *text; const Formula *select; } Piece;
typedef struct { Piece *piece; size_t n; } Words;
/* Another place of a finding: what stands at the nodes of an expression. */
typedef struct { const Formula *at; Words words; } RuleNote;

typedef struct {
    size_t number;              /* among all checks */
    bool report;                /* a finding when the test is true, not when it is false */
    const char *id;             /* of the finding */
    Severity severity;
    Test test;
    uint32_t uses;              /* lets of the rule in the test */
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

typedef struct {
    const char *name;
    const RulesFile *file;
    Match match;
    const Formula *use;
    const Operand *quick;
} Key;

struct ProjectRules {
    Arena *arena;
    ExprEnv *env;               /* without a document: it compiles */
    VEC(RulesFile *) files;
    VEC(Formula *) formulas;
    VEC(Let) lets;              /* of schemas and patterns, in order */
    VEC(Key) keys;
    VEC(Rule) rules;            /* in order of pattern */
    VEC(const char *) names;    /* of attributes that are looked up; the first one is none */
    VEC(const char *) prefixes; /* prefix, uri, prefix, uri ... */
    Map *ids;                   /* ids that findings may have -> not NULL */
    size_t patterns, checks;
};

/* ---- one run ---- */

/* What an operand is worth.  Of more nodes than these it is only known that there are many. */
enum { VALUE_MOST = 4 };
typedef struct {
    enum { VALUE_UNKNOWN, VALUE_NODES, VALUE_TEXT, VALUE_SMALL, VALUE_NUMBER, VALUE_BOOLEAN } kind;
    bool many;
    unsigned n;                 /* nodes */
    union {
        const xmlNode *node[VALUE_MOST];
        const char *text;
        char small[12];         /* a text, too */
        double number;
        bool yes;
    };
} Value;
typedef enum { NO, YES, PERHAPS } Answer;

/* A variable of the rule that fires. */
typedef struct {
    enum { LOCAL_UNSET, LOCAL_SET, LOCAL_FAILED } state;
    Value value;
    xmlXPathObject *object;     /* NULL: the value came without XPath */
    bool pushed;                /* known to XPath */
} Local;

typedef struct KeyTable KeyTable;
/* A piece of text in a node. */
typedef struct {
    const xmlNode *node;
    const char *text;
    bool secret;                /* the line is not to be shown: it names somebody */
} Spot;

typedef struct {
    Project *p;
    const ProjectRules *rules;
    Diags *d;
    Arena *arena;
    ExprEnv *env;
    xmlNode *current;           /* the node the rule fired for */
    const RulesFile *file;      /* of the expression that is evaluated */
    KeyTable *keys;             /* one for each key of the rules */
    const xmlChar **name;       /* of attributes as the tree keeps them; NULL: it has none such */
    Value *global;              /* the lets of the schemas */
    const Rule *rule;           /* that fires, and its variables */
    Local local[LETS_MOST];
    Buf text;                   /* the last text put together by concat() */
    bool *waits;                /* by the number of a check: it is not applied */
    Map *waiting;               /* ids of findings that such checks would have given -> not NULL */
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
/* The value of a let of the rule that fires, evaluated when it is first asked for. */
Value run_local(Run *r, size_t i);
const xmlNode *attribute_node(const Run *r, const xmlNode *n, size_t name);
Value operand_value(Run *r, const Operand *o, const xmlNode *node);
Value value_of(const xmlXPathObject *o);
/* PERHAPS: only XPath can tell.  q may be NULL. */
Answer quick_answer(Run *r, const Quick *q, const xmlNode *node);
/* The answer to a test; PERHAPS: its evaluation failed. */
Answer run_answer(Run *r, const Test *t, xmlNode *node);
/* Days since a fixed one; false: no date. */
bool day_of(const char *iso, int64_t *day);
double years_between(const char *birth, const char *day);       /* NaN: one is no date */
void birth_of(const xmlNode *person, char iso[11]);             /* "": not known */
double number_by_year(const char *table, const char *day);
bool tokens_within(const char *some, const char *all);
bool name_like(const char *s, size_t len);
double serial_of(Run *r, const char *number, const char *pattern, const char *course,
                 const char *day);
/* Adds a finding that the test of a check asks for.  rules_say.c */
void run_say(Run *r, const Check *c, xmlNode *node);

/* ---- loading ---- */

typedef struct {
    ProjectRules *rules;
    RulesFile *file;
    Diags *d;
    Map *diagnostics;           /* id -> xmlNode* */
    Map *abstracts;             /* id of an abstract pattern -> xmlNode* */
    Map *abstract_rules;        /* of the pattern: id of an abstract rule -> xmlNode* */
    Map *active;                /* ids of the patterns of the default phase; NULL: all */
    Map *globals;               /* names of variables, of schema and patterns -> not NULL */
    VEC(const char *) locals;   /* names of variables of the rule */
    const xmlNode *params;      /* the pattern whose sch:param replace $names, or NULL */
    bool once;                  /* what is compiled now is evaluated once, not for many nodes */
    size_t extended;            /* sch:extends so far */
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
/* The simple part of an expression; NULL: nothing of it is simple. */
const Quick *load_quick(Loader *l, const char *text);
const Operand *load_operand(Loader *l, const char *text);
size_t load_name(Loader *l, const char *name);
/* The lets of the rule that an expression uses, and those that they use. */
uint32_t load_uses(const Loader *l, const char *text, const Let *lets);
/* The value of an attribute with the parameters of an abstract pattern put in; NULL: absent. */
const char *load_text(Loader *l, const xmlNode *n, const char *attribute);
/* Reads the context of a rule, the match of a key.  rules_match.c */
bool load_match(Loader *l, const xmlNode *n, const char *attribute, Match *out);
/* Whether a context can be only the root: what hangs on it is evaluated once. */
bool match_root(const Match *m);
bool match_fits(Run *r, const Match *m, const xmlNode *n);
/* Reads an assert or a report.  rules_check.c */
bool load_check(Loader *l, const xmlNode *n, const char *id, const char *role, const Let *lets,
                Check *out);
bool load_element(Loader *l, const xmlNode *n, const char *const *known, size_t n_known);

/* ---- an index of contexts by the name of their last step.  rules_index.c ---- */
typedef struct { const Match *match; size_t item; } Candidate;
typedef struct { Candidate *p; size_t n; } Candidates;
typedef struct { Map *elements, *attributes; Candidates *any, *any_attribute, *document; } Index;
Index *index_new(Arena *a, size_t n, const Match *(*get)(const void *data, size_t i),
                 const void *data);
const Candidates *index_find(const Index *x, const xmlNode *n);

/* ---- keys.  rules_key.c ---- */
/* The number of the key that a name means in a file: its own before those of other files.  keys.n:
 * there is none. */
size_t key_number(const ProjectRules *r, const RulesFile *file, const char *name, size_t len);
void keys_build(Run *r);
/* What key_find() returns lives as long as the run. */
typedef struct KeyGroup {
    const char *value;
    struct KeyGroup *next;
    uint64_t hash;
    uint32_t n, cap;
    union { xmlNode *one, **many; } node;       /* cap 0: one */
} KeyGroup;
const KeyGroup *key_find(const Run *r, const char *name, const char *value);
const KeyGroup *key_look_up(const Run *r, size_t key, const char *value);
xmlNode *key_node(const KeyGroup *g, size_t i);
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
ExprCallback rule_fold, rule_official, rule_by_year, rule_names_person, rule_tokens_within,
             rule_name_like;
                                                        /* rules_names.c */
ExprCallback rule_birth, rule_years, rule_months_off, rule_unordered, rule_before;
                                                        /* rules_dates.c */
ExprCallback rule_image, rule_gaps, rule_serial;                            /* rules_data.c */

/* Marks the checks that need what has errors, and says which.  rules_wait.c */
void wait_mark(Run *r);

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
