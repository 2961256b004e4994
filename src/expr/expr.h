/* SPDX-License-Identifier: MIT */
/* XPath 1.0 for tags and rules, with skryba's own functions: dates, money, words, plurals,
 * identifiers, look-ups; sorting and grouping of what an expression found. */
#ifndef SKRYBA_EXPR_H
#define SKRYBA_EXPR_H

#include "base/base.h"

#include <libxml/tree.h>
#include <libxml/xpath.h>

/* ---- what went wrong -------------------------------------------------------------------------
 * id is a row of the section "expressions" in diag.def and arg its %1 to %3.  Values of nodes are
 * never in arg (they may be personal data), only what the template's author wrote. */
enum { EXPR_ARG = 160 };        /* bytes with the NUL; longer texts are cut between characters */
typedef struct {
    DiagId id;
    size_t offset;              /* byte of the expression, for a caret; 0 when it is not known */
    const xmlNode *node;        /* whose value was refused, or NULL */
    char arg[3][EXPR_ARG];
} ExprError;

/* Adds the error as a finding at place (may be NULL). */
Finding *expr_report(Diags *d, const ExprError *error, const Place *place);

/* ---- the environment: one document, its namespaces, variables and language ------------------- */
typedef struct ExprEnv ExprEnv;

/* doc may be NULL (lint); it is not owned and must not be changed while the env lives. */
ExprEnv *expr_env_new(xmlDoc *doc);
void expr_env_free(ExprEnv *e);                                 /* e may be NULL */
/* The date today() gives, "2011-12-16"; NULL (the start): today() is an error. */
void expr_env_today(ExprEnv *e, const char *iso_date);
/* Language of numbers, dates and words: "pl" (the start), "en", any that ICU knows. */
void expr_env_language(ExprEnv *e, const char *bcp47);
/* Declares a prefix; "" is the namespace of element names without one, for what is compiled
 * afterwards. */
void expr_env_namespace(ExprEnv *e, const char *prefix, const char *uri);
/* How ref() finds the element with an id; without it, ref() finds nothing. */
void expr_env_resolver(ExprEnv *e, xmlNode *(*find)(void *data, const char *id), void *data);

/* Steps of libxml2 that one evaluation may take, 100,000,000 at the start: about a second. */
void expr_env_limit(ExprEnv *e, unsigned long steps);

/* A variable hides an earlier one of its name until the release of a mark set before it.
 * The env takes value, which may be NULL: then the name is undefined again. */
void expr_env_variable(ExprEnv *e, const char *name, xmlXPathObject *value);
size_t expr_env_mark(const ExprEnv *e);
void expr_env_release(ExprEnv *e, size_t mark);
const xmlXPathObject *expr_env_find(const ExprEnv *e, const char *name);       /* NULL: no such */

/* Sets what group() gives and returns what it gave, to be set again when the turn ends.
 * nodes stays the caller's; NULL: group() is an error. */
xmlNodeSet *expr_env_group(ExprEnv *e, xmlNodeSet *nodes);

/* Adds a function of the caller, as key() or current() of rules; max -1: any number.  call gets
 * the arguments (borrowed, at most 16) and returns a new object; NULL becomes DIAG_expr_call. */
typedef xmlXPathObject *ExprCallback(void *data, xmlXPathObject *const *arg, int n);
void expr_env_function(ExprEnv *e, const char *name, int min, int max, ExprCallback *call,
                       void *data);

/* ---- compiling and evaluating ---------------------------------------------------------------- */
typedef struct Expr Expr;

/* Compiles the longest start of text that is a whole expression; *used is its length with the
 * white space after it, so that `sort`, `group`, `by`, `with`, `desc` or a comma may follow.
 * used NULL: all of text must be one expression.  Unknown functions, wrong numbers of arguments
 * and unknown prefixes are found here.  NULL: error is filled, with the offset.
 * The result may be evaluated in any env with the same namespaces and functions. */
Expr *expr_compile(ExprEnv *e, const char *text, size_t len, size_t *used, ExprError *error)
    MUST_CHECK;
void expr_free(Expr *x);                                        /* x may be NULL */
const char *expr_text(const Expr *x);                   /* as written, without what follows */

/* Evaluates with a context node (NULL: the document), position() and last().  The caller frees
 * the result with xmlXPathFreeObject().  NULL: error is filled. */
xmlXPathObject *expr_eval(ExprEnv *e, const Expr *x, xmlNode *node, int position, int size,
                          ExprError *error) MUST_CHECK;
/* Adds the value of a tag to out: the string of the first node.  A missing value (no node) is
 * DIAG_expr_missing; an empty one that exists is not. */
bool expr_string(ExprEnv *e, const Expr *x, xmlNode *node, int position, int size, Buf *out,
                 ExprError *error) MUST_CHECK;
bool expr_boolean(ExprEnv *e, const Expr *x, xmlNode *node, int position, int size, bool *out,
                  ExprError *error) MUST_CHECK;

/* ---- repeating: groups, order ------------------------------------------------------------------
 * One item a turn.  Without a key to group by, group is NULL. */
typedef struct { xmlNode *node; xmlNodeSet *group; } ExprItem;
typedef struct { ExprItem *item; size_t n; } ExprList;          /* start from {0} */
typedef struct { const Expr *key; bool descending; } ExprSort;

/* Makes the turns of a loop over nodes (in document order; NULL: none).  group_key NULL: no
 * groups; otherwise one item for each distinct string of the key, its node the first one.  Keys
 * are evaluated with the node as context; sort keys may call group().  Sorting is stable; a key
 * compares as numbers when all its values are numbers, otherwise by the language's collation
 * (digits by value, case last).  Missing keys come first. */
bool expr_list(ExprEnv *e, xmlNodeSet *nodes, const Expr *group_key, const ExprSort *sort,
               size_t nsort, ExprList *out, ExprError *error) MUST_CHECK;
void expr_list_free(ExprList *list);
/* Negative, 0 or positive as a stands before, with or after b in the env's language. */
int expr_collate(ExprEnv *e, const char *a, const char *b);

/* ---- the words of an expression, for lint and `skryba tags` ---------------------------------- */
typedef enum {
    EXPR_END,                   /* of the text, or of the longest whole expression */
    EXPR_BAD,                   /* no token of XPath: a quote not closed, a stray character */
    EXPR_NAME,                  /* an element name test, "*" and "prefix:*" included */
    EXPR_ATTRIBUTE,             /* the name after "@" or "attribute::" */
    EXPR_FUNCTION,              /* the name before "(" */
    EXPR_VARIABLE,              /* the name after "$" */
    EXPR_AXIS,                  /* the name before "::" */
    EXPR_NODE_TYPE,             /* node, text, comment, processing-instruction before "(" */
    EXPR_OPERATOR,              /* + - * = != < <= > >= | and or div mod */
    EXPR_LITERAL,               /* with its quotes */
    EXPR_NUMBER,
    EXPR_MARK                   /* ( ) [ ] . .. @ , / // :: $ */
} ExprTokenKind;
typedef struct { ExprTokenKind kind; size_t offset, len; } ExprToken;
typedef struct { const char *text; size_t len, at; ExprToken last; int depth; bool attribute; }
    ExprLexer;
void expr_lexer(ExprLexer *l, const char *text, size_t len);
ExprToken expr_token(ExprLexer *l);

/* ---- the table of functions: skryba-template(7) is made from it ------------------------------ */
typedef struct ExprCall ExprCall;
typedef struct {
    const char *name;
    const char *signature;      /* "date(day, pattern?)": the names are used in messages */
    int min, max;               /* number of arguments */
    unsigned nothing;           /* bit i: argument i may be an empty node-set */
    const char *description[2]; /* by Lang */
    void (*call)(ExprCall *c);
} ExprFunction;
size_t expr_functions(const ExprFunction **table);

/* ---- check digits: the rules R03 to R11 of schema/project.sch -------------------------------- */
/* 11 digits with the right check digit; a real date is not asked for (R03). */
bool expr_pesel_check(const char *s, size_t len);
/* And the date exists (R04); the century is in the month: +80 1800s, +20 2000s, +40, +60. */
bool expr_pesel_valid(const char *s, size_t len);
/* Date of birth as "1968-05-12"; false when the first six digits are no date. */
bool expr_pesel_date(const char *s, size_t len, char iso[11]);
/* 'F' or 'M' from the tenth digit, 0 when there are not eleven digits. */
char expr_pesel_sex(const char *s, size_t len);
/* 10 digits; hyphens, spaces and "PL" before them are allowed (R08). */
bool expr_nip_valid(const char *s, size_t len);
/* 9 or 14 digits; of 14 the first nine are a valid number too (R09). */
bool expr_regon_valid(const char *s, size_t len);
/* 26 digits, spaces and "PL" before them allowed: ISO 13616 remainder and the check digit of
 * the bank's sort code (R10). */
bool expr_nrb_valid(const char *s, size_t len);
bool expr_krs_valid(const char *s, size_t len);                 /* 10 digits, not all zero */
bool expr_postal_valid(const char *s, size_t len);              /* 09-200 */

#endif
