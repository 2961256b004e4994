/* SPDX-License-Identifier: MIT */
/* How a template is compiled:
 *
 *   work.c        the file's tree becomes a tree with parents that may change; what must not reach
 *                 the output goes, repeated rows are written out, split lists joined
 *   paragraph.c   the tags in the text of each paragraph (lexis.c finds, tag.c reads them) become
 *                 nodes of that tree; white space and typography of what stays
 *   block.c       each and if find their ends, and what repeats or is chosen
 *   compile.c     the tree becomes a program: operations that a record runs (names.c, style.c)
 *
 * and filled: fill.c runs the program, block by block; carry.c moves what stood on paragraphs that
 * vanish; value.c, picture.c, rich.c make the contents; record.c the names of files.  tell.c keeps
 * what is wrong with a template; lint_internal.h tells how more of that is found. */
#ifndef TEMPLATE_INTERNAL_H
#define TEMPLATE_INTERNAL_H

#include "template.h"

enum {
    TEMPLATE_INCLUDES = 16,             /* depth of {{> }} in {{> }} */
    TEMPLATE_REPEATED = 4096,           /* rows or cells that a file writes as repeated */
    TEMPLATE_STEPS = 20 * 1000 * 1000,  /* operations a record may run */
    TEMPLATE_PICTURE = 64 << 20,        /* bytes of a picture file */
    TEMPLATE_SAME = 5,                  /* findings of one tag in one record */
    TEMPLATE_AROUND = 30,               /* characters of text shown on each side of a tag */
};

/* ---- tags ---------------------------------------------------------------------------------- */
typedef enum {
    TAG_VALUE, TAG_COMMENT, TAG_EACH, TAG_IF, TAG_ELIF, TAG_ELSE, TAG_END_EACH, TAG_END_IF, TAG_LET,
    TAG_INCLUDE, TAG_TEXT, TAG_IMAGE, TAG_QR
} TagKind;
typedef enum {
    UNIT_NONE, UNIT_PARAGRAPH, UNIT_CELL, UNIT_ROW, UNIT_ITEM, UNIT_SECTION, UNIT_TABLE
} Unit;

/* A place in a template for messages. */
typedef struct Spot Spot;
struct Spot {
    const OdfOrigin *origin;            /* NULL: file and label */
    const char *file, *label[2];        /* label by Lang */
    const char *around;                 /* the tag and the words around it, one line */
    unsigned column, width;             /* of the tag in around */
    uint32_t solid;                     /* bytes before it in its paragraph but white space */
    bool apart;                         /* in an attribute: no text of the paragraph */
    const Spot *included;               /* the tag that includes this file, or NULL */
};

typedef struct {
    TagKind kind;
    Unit by;
    bool component;                     /* in a link, behind ? or #: reserved characters escape */
    Expr *expr, *group;                 /* value, nodes or condition; key of a group */
    ExprSort *sort;
    size_t n_sort;
    const char *name;                   /* of a variable; path of an include */
    const char *typed;                  /* as typed, with braces; one line */
    const char *text;                   /* what is between the braces, autocorrection undone */
    uint32_t order;                     /* in reading order */
    bool unsure;                        /* of a block in the way of another: what it is inside of */
    Spot spot;
} Tag;

typedef VEC(Tag *) TagList;

/* ---- lexis.c --------------------------------------------------------------------------------- */
typedef enum { LEX_NONE, LEX_TAG, LEX_OPEN, LEX_QUOTE } LexKind;
/* Finds the first tag at or behind *start in the text of a paragraph; sets its first byte and the
 * one behind it.  LEX_OPEN: a {{ without }}; LEX_QUOTE: a literal that does not end. */
LexKind lex_find(const char *text, size_t len, size_t *start, size_t *end);
/* What a tag says, without its braces and Writer's autocorrection. */
char *lex_plain(Arena *a, const char *typed, size_t len);
/* The byte of typed that byte `at` of lex_plain() came from. */
size_t lex_origin(const char *typed, size_t len, size_t at);

/* ---- names.c: names in copies ---------------------------------------------------------------- */
/* Names of one class are unique in a document; an equal name may occur in two classes. */
typedef enum { NAMES_ID, NAMES_TABLE, NAMES_DRAW, NAMES_SECTION, NAMES_BOOKMARK, NAMES_MARK,
               NAMES_NOTE, NAMES_SEQUENCE } NameClass;
typedef struct NameEntry {
    const char *name;
    NameClass in;
    uint32_t number;                    /* counts its copies in Fill.copies */
    const char *stem;                   /* the n-th copy is called stem followed by n */
    struct Loop *loop;                  /* where it is defined, or NULL */
    bool defined;
} NameEntry;
typedef enum { NAMING_NEW, NAMING_LAST, NAMING_REFERENCE } NamingKind;
typedef struct Naming {                 /* an attribute of an element that may be copied */
    NamingKind kind;
    OdfName attr;
    NameEntry *entry;
    const char *before, *after;         /* around the name: "#" and "|table" */
    struct Loop *loop;                  /* of a reference: its innermost loop */
    bool plain;                         /* a reference to what is not copied beside it */
    uint32_t slot;                      /* of a reference: in Fill.base */
} Naming;

/* ---- operations ------------------------------------------------------------------------------ */
typedef enum {
    OP_STATIC,                          /* node as it is */
    OP_ELEMENT,                         /* node with body inside; without content it is dropped */
    OP_PARAGRAPH,                       /* text:p, text:h */
    OP_HOLDER,                          /* list, item, row, table, section, cell ... */
    OP_FRAME,                           /* draw:frame whose picture or description is filled */
    OP_VALUE, OP_EACH, OP_IF, OP_LET, OP_INCLUDE, OP_RICH,
    OP_CARRY,                           /* what stood on a paragraph that other blocks replace */
    OP_LOST,                            /* a tag of a block that has no place: for lint alone */
} OpKind;
typedef enum {
    HOLD_ALWAYS,                        /* kept whatever it holds */
    HOLD_SOME,                          /* vanishes when nothing is left: list, item, section */
    HOLD_ROW,                           /* vanishes when its cells lost all they had */
    HOLD_TABLE,
    HOLD_TEXT                           /* keeps one paragraph: cell, text box, header, note */
} HoldKind;

typedef struct Op Op;
typedef struct { Op *op; size_t n; } Ops;
typedef struct { const Tag *tag; Ops body; } Branch;    /* tag NULL or of kind else: always */

/* The break or change of page that a paragraph or table has by its style. */
typedef struct {
    bool page;                          /* a page break */
    const char *master;                 /* change of master page, or NULL */
} Break;

typedef struct Loop {
    struct Loop *outer;
    Break between;                      /* from the paragraph of the end tag */
    VEC(NameEntry *) tracked;           /* names that references in a turn follow */
    VEC(uint32_t) slot;
} Loop;

struct Op {
    OpKind kind : 8;
    HoldKind hold : 8;
    bool block : 1;                     /* STATIC: stands among blocks */
    bool visible : 1;                   /* STATIC, ELEMENT, FRAME: content by itself */
    bool controls : 1;                  /* PARAGRAPH: held control tags, vanishes when empty */
    bool typography : 1;                /* PARAGRAPH */
    const OdfNode *node;
    const Tag *tag;
    Ops body;
    Naming *naming;
    size_t n_naming;
    union {
        struct {                                                /* EACH, IF */
            Branch *branch;
            size_t n_branch;
            Break first;
            Loop *loop;
            size_t column, columns;     /* by cell: its place in the row; columns 0: no cell */
        };
        struct { const Ops *href; };                            /* ELEMENT: the link */
        struct { const Ops *title, *desc; } frame;              /* FRAME; tag: the picture's */
        struct { const OdfNode *spare; } text;                  /* HOLDER: the paragraph it keeps */
        Break carried;                  /* PARAGRAPH, CARRY: moves to the next block */
        const Ops *include;                                     /* INCLUDE */
    };
};

/* ---- work.c: the tree being compiled --------------------------------------------------------- */
typedef struct Work Work;
typedef struct Block Block;
typedef struct { const Tag *picture; const Ops *title, *desc, *href; } Filled;  /* attributes */
struct Work {
    const OdfNode *node;                /* its element or characters; NULL: a tag */
    Tag *tag;
    Work *parent;
    VEC(Work *) kid;
    size_t index;                       /* in parent's kids, once work_index() ran */
    bool changed;                       /* its kids are no longer those of node */
    bool dynamic;                       /* a tag in it or below */
    bool named;                         /* a name in it or below that copies must change */
    bool controls;                      /* a paragraph that held control tags */
    bool pinned;                        /* a row that a cell over several rows touches: it stays */
    bool moved;                         /* a let that the program has elsewhere: Block.let */
    Filled *filled;
    VEC(Block *) block;                 /* that choose among its kids, in reading order */
    Block *of;                          /* a tag: its block */
};

struct Block {
    Block *outer;                       /* the block around it */
    size_t outer_branch;
    VEC(Work *) tag;                    /* opening, elif and else, end */
    Work *in;                           /* whose kids are chosen from; NULL: not placed */
    VEC(size_t) low, high;              /* of each branch: kids low <= i < high */
    VEC(Work *) let;                    /* behind the opening tag in a unit that vanishes */
    size_t from, after;                 /* its first kid, and the first behind it */
};

/* What compiling needs until it ends, also that of the files that are included. */
typedef struct {
    Arena *arena;
    VEC(Work *) work;
    VEC(Block *) block;
    VEC(Naming *) reference;
} Scratch;

typedef struct Compile {
    Template *t;
    ExprEnv *env;
    Diags *d;
    const OdfDoc *doc;                  /* the file being compiled */
    const Spot *included;
    bool copies;                        /* inside an include: names always change */
    const char *const *stack;           /* paths of the files being included */
    size_t depth;
    bool failed;
    Loop *loop;
    int blocks;                         /* depth of each and if */
    bool lets;                          /* those outside of blocks are seen by other parts */
    Scratch *scratch;
} Compile;

Work *work_build(Compile *c, const OdfNode *n, Work *parent);
Work *work_new(Compile *c, const OdfNode *node, Work *parent);
void work_insert(Work *parent, size_t at, Work *kid);
void work_remove(Work *parent, size_t at);
size_t work_find(const Work *parent, const Work *kid);
void work_index(Work *w);               /* sets index, dynamic and changed below w */
void scratch_free(Scratch *s);
size_t cell_rows(const Work *cell);     /* how many rows a cell spans; 1: its own */
void pin_rows(Work *w);                 /* sets pinned below w */
/* The element again, with the kids it has now; the same node when nothing changed. */
const OdfNode *work_node(Compile *c, const Work *w);
bool is_paragraph(OdfName name);
bool is_control(TagKind kind);
/* An element of a paragraph that only groups text: its kids are text of the paragraph. */
bool is_inline_group(OdfName name);
bool is_mark(OdfName name);             /* bookmarks and the like: nothing to see */
bool is_shape(OdfName name);            /* a frame, or something drawn */
/* Something to see: characters that are no white space, a field, a note, a picture as character. */
bool work_visible(const Work *w);
bool node_visible(const OdfFile *f, const OdfNode *n);
bool frame_anchored(const OdfFile *f, const OdfNode *frame);    /* not as a character */

/* ---- paragraph.c ----------------------------------------------------------------------------- */
void paragraph_tags(Compile *c, Work *paragraph);
/* A text with tags outside of paragraphs: title, description, file name, link.  href: values are
 * escaped for a link.  NULL: there is no tag in it. */
const Ops *compile_string(Compile *c, const char *text, const Spot *spot, bool href);
const char *href_decode(Arena *a, const char *href);            /* NULL: holds no tag */
/* The picture's tag that is all of a frame's title; NULL: there is none such. */
Tag *frame_tag(Compile *c, const char *title, const Spot *spot);

/* ---- column.c -------------------------------------------------------------------------------- */
/* A database field becomes the tag of its column, as text; other elements stay. */
void column_read(Compile *c, Work *field, const Spot *base);

/* ---- tag.c ----------------------------------------------------------------------------------- */
/* Reads tag->text; false: a finding was added. */
bool tag_read(Compile *c, Tag *tag);
const char *tag_word(TagKind kind);

/* ---- tell.c ---------------------------------------------------------------------------------- */
Place spot_place(const Spot *s, Lang lang);
/* Adds the places of the includes as notes. */
void spot_trace(Finding *f, const Spot *s, Lang lang);
/* Sets what of spot depends on the text of its paragraph: bytes start .. end of it are meant. */
void spot_around(Arena *a, const char *text, size_t len, size_t start, size_t end, Spot *spot);
/* The spot of a piece of a tag: len bytes of tag->text from `at`; len 0: one character. */
Spot spot_inside(const Tag *tag, size_t at, size_t len);
void put_line(Buf *b, const char *s, size_t len);       /* as one line */

/* What is wrong with a template. */
enum { REMARK_ARGS = 3 };
typedef struct RemarkNote { const Spot *at; const char *text; struct RemarkNote *next; } RemarkNote;
typedef struct {
    const Spot *spot;
    DiagId id;
    const char *arg[REMARK_ARGS];
    RemarkNote *note, **last;
    size_t number;                      /* in the order of being found */
} Remark;
/* Keeps a finding at a spot with up to three arguments, NULL behind the last, until
 * template_report().  d NULL: nothing is found, and NULL is returned, which the notes accept. */
Remark *tell(Template *t, Diags *d, const Spot *s, DiagId id, const char *a, const char *b,
             const char *c);
void tell_note(Template *t, Remark *r, const Spot *at, const char *text);       /* at is borrowed */
void tell_near(Template *t, Diags *d, Remark *r, const char *name);     /* name NULL: nothing */
/* A message with its arguments in the places of %1, %2, %3. */
void put_message(Buf *b, const char *text, const char *const *arg);
/* The same while compiling: the template has failed. */
Remark *fault(Compile *c, const Spot *s, DiagId id, const char *arg, const char *arg2,
              const char *arg3);
/* The nearest of the names tried: Near n = { .name = typed }; near_try(&n, "..."); n.found. */
typedef struct { const char *name, *found; int distance; } Near;
void near_try(Near *n, const char *candidate);

/* ---- block.c --------------------------------------------------------------------------------- */
bool holds_blocks(OdfName name);        /* paragraphs, tables, sections stand directly in it */
void blocks_find(Compile *c, Work *root);

/* ---- compile.c ------------------------------------------------------------------------------- */
/* Compiles a tree of the file: office:text, or office:master-styles. */
Ops compile_tree(Compile *c, const OdfNode *root);
Ops compile_kids(Compile *c, Work *w);
bool compile_is_block(OdfName name);    /* may take over what a vanished paragraph left */
const Ops *ops_keep(Compile *c, Ops ops);
/* Compiles the file that a tag includes, or takes what was compiled before, as the body of op. */
void records_set(Compile *c, const char *text);         /* as the property skryba.each */
void include_compile(Compile *c, const Tag *tag, Op *op);

/* names.c */
bool names_has(const OdfNode *n);       /* a name, or a reference to one */
void names_of(Compile *c, const OdfNode *n, Op *op);
void names_resolve(Compile *c);         /* once all is compiled */

/* ---- decls.c --------------------------------------------------------------------------------- */
/* Adds what included files declare to the body's program. */
void declarations_join(Template *t);

/* ---- style.c --------------------------------------------------------------------------------- */
Break break_of(const OdfFile *f, const OdfNode *block);
bool break_none(const Break *b);
/* The block (a paragraph or a table) with a style that has this break; in arena a. */
const OdfNode *block_with_break(Template *t, Arena *a, const OdfNode *block, const Break *b);
bool is_polish(const Template *t, const OdfNode *paragraph);
/* Makes, once all is compiled, the styles that breaks may ask for: in an order that depends on the
 * template alone. */
void styles_derive(Template *t);

/* ---- adopt.c --------------------------------------------------------------------------------- */
/* The body of another file with the styles of this one: equal ones shared, others renamed. */
const OdfNode *style_adopt(Template *t, const OdfDoc *from);

/* ---- typography.c ---------------------------------------------------------------------------- */
typedef struct { uint32_t at, len; const char *with; } Edit;    /* bytes at .. at + len */
typedef VEC(Edit) EditList;
/* Non-breaking spaces and quotation marks for a Polish text.  U+FFFC is an object; \t, \n and \1
 * are white space that stays. */
void typography_find(const char *text, size_t len, EditList *out);

/* ---- typeset.c ------------------------------------------------------------------------------- */
/* The paragraph by those rules, the same node when nothing changed; flat and edits are for work. */
const OdfNode *typeset(Arena *a, const OdfNode *paragraph, Buf *flat, EditList *edits);
/* The same for all Polish paragraphs of a tree. */
const OdfNode *typeset_tree(Template *t, Arena *a, const OdfNode *n);
/* A title or a name by those rules; the same one when nothing changed. */
const char *typeset_string(const Template *t, Arena *a, const char *text);

/* ---- the template ---------------------------------------------------------------------------- */
typedef struct Include {
    char *path;
    const Tag *tag;                     /* the first that includes it */
    OdfDoc *doc;
    const OdfNode *body;                /* with the styles of the template */
    Ops ops;
    bool done;
} Include;

/* A style made for blocks of style base (NULL: none) of one family that get a break. */
typedef struct { const OdfStyle *base; bool table; Break brk; const OdfStyle *made; } Derived;

struct Template {
    Arena *arena;
    TemplateOptions options;
    OdfDoc *doc;
    char *path, *name, *language;
    bool typography;
    bool failed;                        /* it has faults and cannot be filled */
    Ops body;
    Ops masters;                        /* the whole of office:master-styles; n 0: as it is */
    const Ops *title, *file_name;       /* with tags; else: */
    const char *own_title, *own_name;   /* the properties as they are, or NULL */
    Tag *records;                       /* skryba.each; NULL: none */
    const OdfProperty *properties;      /* without skryba.* */
    size_t n_properties;
    TagList tags;
    VEC(Include *) includes;
    Map *names;
    VEC(NameEntry *) entries;
    uint32_t n_slots;
    VEC(Derived) derived;
    VEC(Loop *) loops;
    VEC(const Tag *) lets;              /* of the body's top level */
    VEC(Remark *) remarks;
    size_t reported;                    /* of them are findings already */
};

/* ---- filling --------------------------------------------------------------------------------- */
typedef struct {
    VEC(const OdfNode *) thing;         /* frames, bookmarks */
    Break brk;
} Carry;

typedef struct { const Tag *tag; unsigned n; } Told;
typedef struct { size_t column, columns, made; } Cells;         /* of the table being filled */

typedef struct Fill {
    Template *t;
    ExprEnv *env;
    Arena *a;
    Diags *d;
    const ExprItem *record;
    int record_position, record_size;
    xmlNode *node;                      /* the context */
    int position, size;
    bool failed;
    bool quiet;                         /* errors are not told */
    VEC(const char *) broken;           /* variables whose let failed: what uses them is not told */
    bool href;                          /* values are escaped for a link */
    bool visible;                       /* the paragraph being filled has something to see */
    uint64_t content, lost;             /* visible things made; paragraphs that vanished */
    uint64_t steps;
    int tables;                         /* depth of tables around */
    VEC(Cells) cells;
    size_t first_cells;                 /* of the innermost table */
    VEC(const OdfNode *) out;           /* a stack: nodes made and not yet in their parent */
    Carry carry;
    uint32_t *copies;                   /* of each NameEntry */
    uint32_t *base;                     /* of each slot: copies when the turn began */
    Buf text, flat;
    EditList edits;
    VEC(Told) told;
    Map *pictures;
} Fill;

void fill_run(Fill *f, const Ops *ops);
/* The nodes made since base become the kids of n (taken off the stack). */
void fill_kids(Fill *f, OdfNode *n, size_t base);
void fill_push_block(Fill *f, const OdfNode *n);
bool fill_error(Fill *f, const Tag *tag, const ExprError *error);       /* always false */
/* A finding at a tag, with its place and the record; arg NULL: the tag as typed. */
void fill_tell(Fill *f, const Tag *tag, DiagId id, const char *arg, const char *arg2);
void fill_let(Fill *f, const Tag *tag);
bool fill_list(Fill *f, const Tag *tag, ExprList *list);        /* the turns of an each */

/* carry.c */
bool carry_empty(const Carry *c);
void carry_from(Fill *f, size_t base);  /* what is to be kept of the nodes since base */
const OdfNode *carry_into(Fill *f, const OdfNode *block);
void carry_break(Fill *f, const Break *b);

/* cells.c */
size_t cell_columns(const OdfNode *cell);
void cells_made(Fill *f, const Op *op, size_t before);  /* cells on the stack since `before` */
void cells_columns(Fill *f, size_t base);      /* the nodes since base are a table's kids */

/* value.c */
bool value_text(Fill *f, const Tag *tag, Buf *out);
void value_push(Fill *f, const char *text, size_t len);
void value_escape(Buf *out, const char *text, size_t len, bool component);
const char *value_string(Fill *f, const Ops *ops, bool href);   /* a string filled; in f->a */

/* rich.c */
void rich_push(Fill *f, const Op *op);
/* For a template with {{#text}}: adds those of the styles it uses that the file lacks, as Writer
 * has them, which writes only those that are in use. */
void rich_styles(const Template *t);

/* picture.c */
/* n, the frame's copy, with the picture its tag names; NULL: findings were added. */
const OdfNode *picture_frame(Fill *f, const Op *op, OdfNode *n, const char *desc);

#endif
