/* SPDX-License-Identifier: MIT */
/* What the files of expr/ share: the environment, one call of a function, exact values. */
#ifndef SKRYBA_EXPR_INTERNAL_H
#define SKRYBA_EXPR_INTERNAL_H

#include "expr.h"

#include <unicode/ucasemap.h>
#include <unicode/ucol.h>
#include <unicode/udat.h>
#include <unicode/udateintervalformat.h>
#include <unicode/ulistformatter.h>
#include <unicode/unum.h>
#include <unicode/upluralrules.h>

enum {
    EXPR_LENGTH = 32 << 10,     /* bytes of one expression */
    EXPR_DEPTH = 64,            /* brackets in brackets */
    EXPR_ARGUMENTS = 16,        /* of one call to a function of ours */
    EXPR_STEPS = 100000000      /* libxml2's operations in one evaluation: about a second */
};

#define NBSP "\xc2\xa0"
#define EN_DASH "\xe2\x80\x93"
#define MINUS "\xe2\x88\x92"

/* ---- environment ---- */

/* What a function's name stands for: a row of our table, a function of the caller, or, with
 * neither, one of XPath's own. */
typedef struct {
    const ExprFunction *own;
    ExprCallback *extra;
    void *data;
    int min, max;
} Callee;

typedef struct { const char *name; xmlXPathObject *value; } Variable;

/* ICU's objects for the env's language, NULL until first needed. */
typedef struct {
    bool known;                 /* ICU has the language */
    UCollator *collator;
    UPluralRules *plural;
    UNumberFormat *spell, *money, *percent, *number;
    char spell_rules[32];       /* that are set in spell now */
    UDateFormat *date, *pattern;
    UDateIntervalFormat *interval;
    UListFormatter *list;
    UCaseMap *cases;
    char group[16], point[16];  /* separators of numbers */
} Icu;

/* The compilation or evaluation under way. */
typedef struct {
    ExprError *error;
    bool failed;                /* error is filled */
    const char *text;           /* the expression */
} Pending;

struct ExprEnv {
    xmlXPathContext *xpath;
    Arena *arena;               /* lives as long as the env */
    Arena *scratch;             /* one call's */
    Map *names;                 /* interned names of variables */
    Map *functions;             /* of Callee */
    VEC(Variable) variables;
    char language[64];
    bool polish;
    bool prefixed;              /* unprefixed names have a namespace, under PREFIX */
    char today[16];             /* "" if not given */
    xmlNode *(*find)(void *data, const char *id);
    void *find_data;
    xmlNodeSet *group;          /* what group() gives; borrowed */
    Icu icu;
    Pending now;
    int stop;                   /* byte where libxml2 stopped */
    int depth;                  /* evaluations inside evaluations */
};

/* The prefix put before unprefixed names that have a namespace. */
#define EXPR_PREFIX "_"

struct Expr {
    xmlXPathCompExpr *compiled;
    char *text;
};

/* Fills the error of what is under way, unless one was filled before. */
void env_fail(ExprEnv *e, DiagId id, const char *a, const char *b, const char *c);
/* Begins one, inside the one that is returned and to be set again with env_end(). */
Pending env_begin(ExprEnv *e, ExprError *error, const char *text);
void env_end(ExprEnv *e, Pending before);
const Callee *env_function(const ExprEnv *e, const char *name, size_t len);
void env_quiet_begin(xmlGenericErrorFunc *func, void **data);
void env_quiet_end(xmlGenericErrorFunc func, void *data);

/* ---- one call ---- */

struct ExprCall {
    ExprEnv *env;
    const ExprFunction *function;
    xmlXPathObject **arg;       /* freed after the call; a function may take one, leaving NULL */
    int n;
    xmlXPathObject *result;     /* NULL at the end: an error was filled */
};

/* libxml2 calls this for every function that is not its own. */
void call_dispatch(xmlXPathParserContext *p, int n);
/* Refuses argument i: %1 the function, %2 the parameter's name, %3 the argument. */
void call_refuse(ExprCall *c, DiagId id, int i);
void call_refuse_node(ExprCall *c, DiagId id, int i, const xmlNode *node);  /* one of its nodes */

/* Values of argument i.  Texts live until the call ends; what returns false has refused. */
const char *arg_text(ExprCall *c, int i);
const char *arg_trimmed(ExprCall *c, int i, size_t *len);
xmlNodeSet *arg_nodes(ExprCall *c, int i);              /* NULL when it has refused */
bool arg_whole(ExprCall *c, int i, int64_t least, int64_t most, int64_t *out);
const char *node_text(ExprEnv *e, xmlNode *node);
const char *node_trimmed(ExprEnv *e, xmlNode *node, size_t *len);

void give_text(ExprCall *c, const char *s);
void give_buf(ExprCall *c, Buf *b);                     /* and frees b */
void give_number(ExprCall *c, double v);
void give_boolean(ExprCall *c, bool v);
void give_nodes(ExprCall *c, xmlNodeSet *nodes);        /* takes nodes */

/* ---- exact values ---- */

/* v / 10^digits */
typedef struct { int64_t v; int digits; } Decimal;
typedef enum { DECIMAL_OK, DECIMAL_BAD, DECIMAL_LARGE } DecimalResult;
DecimalResult decimal_parse(const char *s, size_t len, Decimal *out);
/* The double as a number with at most `digits` decimals, rounded, or (exact) BAD if it has more. */
DecimalResult decimal_from_double(double v, int digits, bool exact, Decimal *out);
/* Changes the number of decimals, half away from zero; false: too large. */
bool decimal_scale(Decimal *d, int digits);
DecimalResult grosze_parse(const char *s, size_t len, int64_t *out);
bool arg_decimal(ExprCall *c, int i, Decimal *out);
bool arg_grosze(ExprCall *c, int i, int64_t *out);
/* Adds the number with the language's separators: 200146.96 -> 200 146,96 */
void decimal_put(ExprEnv *e, Buf *out, Decimal d);
/* Adds an XPath number as XPath writes it: 1.5, 6000000000000000, NaN */
void number_put(Buf *out, double v);

typedef struct { int year, month, day; } Day;
bool day_parse(const char *s, size_t len, Day *out);    /* xs:date, or the date of xs:dateTime */
bool day_exists(int year, int month, int day);
int64_t day_number(Day d);                              /* days since 1970-01-01 */
int day_compare(Day a, Day b);
bool arg_day(ExprCall *c, int i, Day *out);

/* ---- ICU ---- each returns NULL or false after filling the error expr_language */
void icu_close(Icu *icu);
UCollator *icu_collator(ExprEnv *e);
UNumberFormat *icu_number(ExprEnv *e, UNumberFormatStyle style);
UDateFormat *icu_date(ExprEnv *e);
UDateFormat *icu_pattern(ExprEnv *e, const char *pattern);
UDateIntervalFormat *icu_interval(ExprEnv *e);
UCaseMap *icu_cases(ExprEnv *e);
/* The CLDR category of a number: "one", "few", "many", "other"... */
bool icu_plural(ExprEnv *e, double n, char category[16]);
bool icu_join(ExprEnv *e, const char *const *text, size_t n, Buf *out);
/* Adds v in words; gender is "masculine", "feminine" or "neuter". */
bool icu_spell(ExprEnv *e, int64_t v, const char *gender, Buf *out);
const char *icu_separators(ExprEnv *e, const char **point);     /* the one of groups */
UChar *icu_text(Arena *a, const char *s, int32_t *len);
void icu_put(Buf *out, const UChar *s, int32_t len);

/* ---- functions of the table, by file ---- */
void fn_date(ExprCall *c);
void fn_dates(ExprCall *c);
void fn_month(ExprCall *c);
void fn_age(ExprCall *c);
void fn_months(ExprCall *c);
void fn_days(ExprCall *c);
void fn_today(ExprCall *c);

void fn_money(ExprCall *c);
void fn_money_words(ExprCall *c);
void fn_grosze(ExprCall *c);
void fn_decimal(ExprCall *c);
void fn_percent(ExprCall *c);
void fn_words(ExprCall *c);
void fn_roman(ExprCall *c);
void fn_min(ExprCall *c);
void fn_max(ExprCall *c);
void fn_avg(ExprCall *c);

void fn_plural(ExprCall *c);
void fn_count_of(ExprCall *c);
void fn_by_sex(ExprCall *c);
void fn_join(ExprCall *c);
void fn_upper(ExprCall *c);
void fn_lower(ExprCall *c);
void fn_capital(ExprCall *c);

void fn_default(ExprCall *c);
void fn_ref(ExprCall *c);
void fn_distinct(ExprCall *c);
void fn_group(ExprCall *c);
void fn_stated(ExprCall *c);

void fn_pesel_check(ExprCall *c);
void fn_pesel_valid(ExprCall *c);
void fn_pesel_date(ExprCall *c);
void fn_pesel_sex(ExprCall *c);
void fn_masked(ExprCall *c);
void fn_nip(ExprCall *c);
void fn_regon(ExprCall *c);
void fn_nrb(ExprCall *c);
void fn_iban(ExprCall *c);
void fn_nip_valid(ExprCall *c);
void fn_regon_valid(ExprCall *c);
void fn_nrb_valid(ExprCall *c);
void fn_krs_valid(ExprCall *c);
void fn_postal_valid(ExprCall *c);

#endif
