/* SPDX-License-Identifier: MIT */
/* How faults are found that compiling does not see:
 *
 *   lint_schema.c   which names stand in which, by the schema
 *   lint_step.c     the steps of a path: from nodes of some kinds to nodes of others
 *   lint_path.c     an XPath expression read for what it gives and reads
 *   lint_call.c     what its functions give
 *   lint_program.c  all expressions of a template, each with the context and names it has
 *   lint_rules.c    the table of rules for the document, and the walk over it
 *   lint_text.c, lint_look.c, lint_feature.c    those rules: on the text of paragraphs, on other
 *                   things, on what the PDF does not show
 *
 * Nothing is evaluated; of what cannot be known without data, nothing is said. */
#ifndef TEMPLATE_LINT_INTERNAL_H
#define TEMPLATE_LINT_INTERNAL_H

#include "internal.h"

/* ---- lint_schema.c --------------------------------------------------------------------------- */
/* What the schema says of all elements of one name together. */
typedef struct Fact Fact;
typedef struct { Fact *fact; bool optional; } FactKid;
struct Fact {
    const char *name;
    VEC(FactKid) kid;
    VEC(Fact *) parent;
    VEC(const char *) attribute;
    bool root, open;                    /* open: other elements and attributes may stand in it */
};
typedef struct {
    Arena *arena;
    const ProjectSchema *schema;
    XmlDoc *xsd;                        /* its names are used */
    Map *names;                         /* -> Fact* */
    VEC(Fact *) all;                    /* in order of the schema */
    bool open;                          /* elements may stand for others: nothing is sure */
    bool wild;                          /* some element takes names that the schema has not */
} Facts;
/* NULL: there is no schema. */
Facts *facts_open(const LintOptions *o, Diags *d);
void facts_free(Facts *f);
const Fact *facts_find(const Facts *f, const char *name);
const FactKid *fact_kid(const Fact *f, const char *name);
bool fact_has_attribute(const Fact *f, const char *name);

/* ---- what an expression gives ---------------------------------------------------------------- */
/* Nodes of one kind: elements of one name, their attributes of one name, their text. */
typedef struct Kind Kind;
struct Kind {
    const Kind *parent;                 /* as the path came; NULL: by the schema */
    const char *name;                   /* of the element; NULL: the document */
    const Fact *fact;                   /* NULL: nothing is known */
    const char *attribute;              /* NULL: not of an attribute */
};
enum { VALUE_KINDS = 12 };
typedef struct {
    enum { VALUE_UNKNOWN, VALUE_NODES, VALUE_TEXT, VALUE_NUMBER, VALUE_TRUTH } type;
    const Kind *kind[VALUE_KINDS];      /* of NODES */
    size_t n;
    bool any;                           /* nodes of other kinds too */
    bool optional;                      /* may be missing, by the schema */
    bool constant;                      /* written as it is: 'a', 2 */
    bool money;
    const char *personal;               /* the personal data that show in it, or NULL */
} Value;

/* ---- the linter ------------------------------------------------------------------------------ */
typedef struct { const char *name; Value value; } Scope;
/* A path that a condition around asks for; at the depth of contexts where it was written. */
typedef struct { const char *path; int level; } Guard;
typedef struct { const Tag *tag; DiagId id; size_t at; } Said;

typedef struct Linter {
    Template *t;
    Diags *d;                           /* NULL: nothing is told */
    const LintOptions *o;
    const Facts *facts;
    Arena *arena;
    Lang lang;
    Value context, group;
    int level;                          /* depth of contexts */
    VEC(Scope) scope;
    VEC(Guard) guard;
    VEC(TemplateRead) read;             /* by the tag at hand */
    VEC(const char *) asked;            /* paths of it, and of its predicates, without blanks */
    VEC(Said) said;
    const Spot *site;                   /* the include around, or NULL */
    const char *naming;                 /* the string being read: "the title"; NULL: none */
    uint64_t steps;
    bool (*visit)(void *data, const TemplateUse *use);
    void *data;
    bool stop;
} Linter;

/* The expression of a tag in the context of l.  *from: where in tag->text it is looked for; moves
 * behind it.  lint_path.c */
Value lint_expr(Linter *l, const Tag *tag, const Expr *x, size_t *from);
/* Tells once of a place in a tag (len 0: of all of it); NULL: it was told, or nothing is. */
Remark *lint_tell(Linter *l, const Tag *tag, size_t at, size_t len, DiagId id, const char *a,
                  const char *b);
void lint_program(Linter *l);           /* lint_program.c */

/* ---- reading an expression ------------------------------------------------------------------- */
typedef struct {
    Linter *l;
    const Tag *tag;
    const char *text;                   /* of the expression */
    size_t at;                          /* where it begins in tag->text */
    ExprLexer lexer;
    ExprToken token;                    /* the one at hand */
    size_t end;                         /* behind the last one taken */
    Value context;
    int inside;                         /* depth of predicates */
} Reading;

bool reading_at(const Reading *r, const char *sign);
void reading_next(Reading *r);
Value read_expr(Reading *r);
/* The text from a byte up to what was taken last, without blanks; in the arena of l. */
const char *reading_span(const Reading *r, size_t start);
bool reading_asked(const Reading *r, const char *path);         /* a condition around asks for it */
Remark *reading_tell(Reading *r, ExprToken at, DiagId id, const char *a, const char *b);
/* The call of a function with its arguments; at its name.  lint_call.c */
Value read_call(Reading *r);

/* lint_step.c.  What has no answer in the schema is told and gives nodes of any kind. */
Value step_child(Reading *r, const Value *from, ExprToken name);
Value step_attribute(Reading *r, const Value *from, ExprToken name);
Value step_parent(Reading *r, const Value *from);
/* Elements of a name anywhere (//name, descendant::, ancestor::, ref()). */
Value step_named(Reading *r, ExprToken name);
Value value_of_element(Linter *l, const char *name);
Value value_any(void);
Value value_document(Linter *l);
void value_add(Value *v, const Kind *k);
void value_join(Value *v, const Value *other);
const ProjectField *kind_field(const Linter *l, const Kind *k);
const char *kind_text(const Linter *l, const Kind *k);          /* "address/@street" */
/* Sets money and personal by what the schema says of the kinds. */
void value_mark(const Linter *l, Value *v);

/* ---- lint_rules.c ---------------------------------------------------------------------------- */
/* Where the walk over a document is. */
typedef struct {
    Linter *l;
    const OdfDoc *doc;
    const Spot *included;
    const OdfOrigin *origin;
    const OdfNode *paragraph;           /* around, or NULL */
    const OdfTextProps *text;           /* of the characters here */
    Buf flat, plain;                    /* of the paragraph: its text; the same, tags blotted out */
    bool masters;
    int heading;                        /* level of the last one */
    const OdfOrigin *changed;           /* the paragraph whose changes were told */
    Map *fonts, *styles;                /* told: families, and OdfStyle by address */
} Look;
/* Tells of bytes start .. end of the paragraph's text, or of the block around. */
Remark *look_tell(Look *k, DiagId id, size_t start, size_t end, const char *a, const char *b,
                  const char *c);
void lint_document(Linter *l);

/* lint_text.c */
void look_leader(Look *k, const OdfNode *paragraph);
void look_spaced(Look *k, const OdfNode *paragraph);
void look_empty(Look *k, const OdfNode *blocks);
/* lint_look.c */
/* The word of the picture's tag in the title of a frame, or NULL. */
const char *look_picture_tag(const OdfNode *frame);
void look_alt(Look *k, const OdfNode *frame);
void look_heading(Look *k, const OdfNode *paragraph);
void look_header_rows(Look *k, const OdfNode *table);
void look_changes(Look *k, const OdfNode *n);
void look_field(Look *k, const OdfNode *n);
void look_font(Look *k, const OdfNode *characters);
void look_page(Look *k, const OdfNode *master);
Spot look_page_spot(const Look *k, const OdfNode *master);
void look_title(Look *k, const OdfNode *body);
/* lint_feature.c */
void look_feature(Look *k, const OdfNode *n);
void look_page_feature(Look *k, const OdfNode *master);

#endif
