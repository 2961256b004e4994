/* SPDX-License-Identifier: MIT */
#ifndef OFFICE_INTERNAL_H
#define OFFICE_INTERNAL_H

#include "office.h"

#include "expr/expr.h"
#include "odf/odf.h"
#include "project/project.h"

/* ---- scan.c: the text of a description ------------------------------------------------------- */
typedef struct { const char *text; size_t len; } XmlSource;
/* Offset of an attribute's value and its end, of the white space before its name, and of the end
 * of the tag's last attribute (of its name, where there is none). */
typedef struct { bool found; size_t before, value, value_end, last; } ScanAttr;
ScanAttr scan_attr(const XmlSource *s, size_t tag, const char *name);
size_t scan_tag_end(const XmlSource *s, size_t at, bool *empty);        /* behind the > */
size_t scan_element_end(const XmlSource *s, size_t at);
size_t scan_column(const XmlSource *s, size_t at);              /* characters before it */
bool scan_alone(const XmlSource *s, size_t at);                 /* only blanks before it */
char *scan_indent(const XmlSource *s, size_t at, Arena *a);     /* of the line of at */
/* Behind a comment that follows in the line, or at itself. */
size_t scan_rest_of_line(const XmlSource *s, size_t at);
/* Widens a range to whole lines if nothing else stands in them. */
void scan_widen(const XmlSource *s, size_t *from, size_t *to);

/* ---- print.c: new elements as text ----------------------------------------------------------- */
typedef struct {
    const ProjectSchema *schema;        /* which texts may be wrapped */
    const char *newline, *unit;         /* of a line; of an indentation */
} PrintStyle;
void print_attr_value(Buf *out, const char *value);
/* Adds an attribute in a tag whose last line has column characters; returns the new number. */
size_t print_attr(Buf *out, const PrintStyle *p, const char *indent, size_t column,
                  const char *name, const char *value);
void print_text(Buf *out, const PrintStyle *p, const char *indent, size_t column,
                const char *element, const char *text);
void print_element(Buf *out, const PrintStyle *p, const char *indent, const xmlNode *n);

/* ---- edit.c: changes to a description -------------------------------------------------------- */
typedef enum { EDIT_ATTRIBUTE, EDIT_CHILDREN, EDIT_TEXT, EDIT_GONE } EditKind;
typedef struct { xmlNode *node; EditKind kind; const char *name; size_t number; } EditTouched;
typedef struct { size_t from, to; const char *put; size_t len, number; } EditCut;
typedef struct {
    Arena *arena;
    xmlDoc *tree;               /* as it is to be */
    XmlSource source;           /* as it was */
    PrintStyle style;
    VEC(EditTouched) touched;
    VEC(EditCut) cuts;
    VEC(xmlNode *) gone;
} Edits;
void edit_start(Edits *e, const Project *p, const ProjectSchema *schema);
void edit_end(Edits *e);
/* Sets an attribute, or removes it (NULL); false: it is so already. */
bool edit_set(Edits *e, xmlNode *n, const char *name, const char *value);
xmlNode *edit_new(Edits *e, const char *name);
/* Puts a new element into parent behind one of its children; NULL: at the end. */
void edit_add(Edits *e, xmlNode *parent, xmlNode *after, xmlNode *n);
void edit_text(Edits *e, xmlNode *n, const char *text);         /* of an element without elements */
/* The same, before all others; parent has children. */
void edit_add_first(Edits *e, xmlNode *parent, xmlNode *n);
void edit_remove(Edits *e, xmlNode *n);
bool edit_is_new(const xmlNode *n);
bool edit_any(const Edits *e);
void edit_write(Edits *e, Buf *out);                            /* the text with all changes */
/* Elements, attributes, comments and words are the same; white space between them may differ. */
bool edit_same(const xmlNode *root_a, const xmlNode *root_b);

/* ---- elem.c: walking a description ----------------------------------------------------------- */
xmlNode *elem_first(const xmlNode *parent, const char *name);   /* child element; name NULL: any */
xmlNode *elem_next(const xmlNode *n, const char *name);         /* sibling element */
xmlNode *elem_last(const xmlNode *parent, const char *name);
bool elem_is(const xmlNode *n, const char *name);
const char *elem_attr(const xmlNode *n, const char *name);      /* "" when absent */
/* The text of an element, white space collapsed. */
char *elem_text(const xmlNode *n, Arena *a);
/* The next element in document order below root, or the next that is not inside of n; NULL: there
 * is none. */
xmlNode *elem_walk(const xmlNode *n, const xmlNode *root);
xmlNode *elem_skip(const xmlNode *n, const xmlNode *root);

/* ---- schema.c: the schema's own words -------------------------------------------------------- */
typedef struct {
    const char *name, *type;    /* "firstName", "line" */
    const char *label[2];       /* by Lang: "First name", "Imię" */
    bool required;
} SchemaField;
typedef struct { const char *name, *type, *label[2]; bool required; } SchemaChild;
typedef struct {
    const char *name;
    VEC(SchemaField) field;
    VEC(SchemaChild) child;     /* in order */
} SchemaType;
typedef struct { Arena *arena; Map *types; VEC(SchemaType *) all; } Schema;
bool schema_read(Schema *s, Diags *d);
void schema_free(Schema *s);
const SchemaType *schema_type(const Schema *s, const char *name);
const SchemaField *schema_field(const SchemaType *t, const char *name);

/* ---- office.c: an open description ----------------------------------------------------------- */
struct Office {
    Arena *arena;
    const char *path;
    char *target;               /* the file itself, behind symbolic links */
    unsigned mode;
    ProjectSchema *schema;
    Schema words;
    Project *project;
    xmlNode *root;
    Edits edits;
    Map *ids;                   /* id -> element; of new elements too */
    Map *last_id;               /* prefix -> NextId */
    Diags *d;
};
/* The list below project by its name ("participants"), made where it is missing. */
xmlNode *office_list(Office *o, const char *name, bool make);
/* A free id that begins with prefix and counts on. */
const char *office_free_id(Office *o, const char *prefix);
/* Adds an element at the end of a list, with an id (NULL: a free one that begins with prefix). */
xmlNode *office_add(Office *o, xmlNode *list, const char *element, const char *prefix,
                    const char *id);
xmlNode *office_find(const Office *o, const char *id);
void office_know(Office *o, const char *id, xmlNode *n);
/* Where a finding of the checks is to be shown; false: it is none of this command's business.
 * attribute NULL: the element as a whole. */
typedef bool OfficePlace(void *data, const xmlNode *element, const char *attribute, Place *place);
typedef struct {
    OfficePlace *place;
    void *data;
    bool dry_run;               /* check, but write nothing */
    size_t elsewhere;           /* result: errors that were none of this command's business */
} OfficeSave;
/* Checks the changed description by schema and rules and writes it, unless that brought errors or
 * nothing is changed.  False: nothing was written, findings were added. */
bool office_save(Office *o, OfficeSave *s) MUST_CHECK;

/* ---- fold.c: names compared forgivingly ------------------------------------------------------ */
void fold(Buf *out, const char *s);     /* lower case, without Polish marks, letters and digits */
char *fold_new(Arena *a, const char *s);
bool fold_same(const char *a, const char *b);
/* The nearest of several folded names; name is what nearest_try() got with it, or NULL. */
typedef struct { const char *wanted; size_t best; const char *name; } Nearest;
void nearest_start(Nearest *x, const char *folded);
void nearest_try(Nearest *x, const char *folded, const char *name);

/* ---- book.c, ods.c, csv.c: lists ----------------------------------------------------------- */
enum { BOOK_BYTES = 1 << 28, BOOK_CELLS = 20000000 };
typedef enum {
    CELL_TEXT, CELL_NUMBER, CELL_DATE, CELL_TIME, CELL_BOOLEAN, CELL_ERROR, CELL_COVERED
} CellKind;
typedef struct {
    CellKind kind;
    unsigned column;            /* from 0 */
    bool formula, merged;
    const char *text;           /* as shown; paragraphs are separated by line feeds */
    const char *value;          /* office:value, date-value ...; NULL: none */
} Cell;
typedef struct { unsigned number; const Cell *cell; size_t n; } Row;    /* filled cells only */
typedef struct { const char *name; unsigned number; bool hidden; VEC(Row) row; } Sheet;
typedef struct {
    Arena *arena;
    const char *path, *file;    /* as given; its last part */
    bool csv, since_1904;
    size_t cells;
    VEC(Sheet *) sheet;
} Book;
Book *book_load(const char *path, Diags *d);    /* NULL: findings were added */
void book_free(Book *b);
Sheet *book_sheet(Book *b, const char *name);
/* Adds a row, copying its cells; false: the list is too large. */
bool book_row(Book *b, Sheet *s, unsigned number, const Cell *cell, size_t n);
const Cell *row_cell(const Row *r, unsigned column);    /* NULL: empty */
/* Row 0: the whole sheet; s NULL: the file.  label is the place's until it changes. */
Place book_place(const Book *b, const Sheet *s, unsigned row, unsigned column, const char *heading,
                 Lang lang, Buf *label);
bool ods_read(Book *b, char *bytes, size_t len, Diags *d);
bool ods_read_flat(Book *b, char *bytes, size_t len, Diags *d);
bool csv_read(Book *b, const char *bytes, size_t len, Diags *d);

/* ---- date.c, words.c, value.c: cells ------------------------------------------------------- */
typedef enum { DATE_NONE, DATE_ISO, DATE_POLISH, DATE_DOUBTFUL } DateKind;
DateKind date_read(const char *text, char iso[11]);
/* A day counted by a spreadsheet, or 20111216. */
bool date_from_number(int64_t n, bool since_1904, char iso[11]);
bool words_known(const char *type);
const char *words_get(const char *type, size_t i);      /* its values, then NULL */
const char *words_value(const char *type, const char *word);    /* NULL: none */
const char *words_word(Arena *a, const char *type, const char *value);
void words_list(const char *type, Buf *out);
enum {
    REPAIR_SPACES = 1, REPAIR_ZEROS = 2, REPAIR_DATE_TEXT = 4, REPAIR_DATE_NUMBER = 8,
    REPAIR_COMMA = 16, REPAIR_TEXT_NUMBER = 32, REPAIR_DASH = 64, REPAIRS = 7
};
typedef struct { Buf text; unsigned repairs; DiagId fault; } Value;
/* The value of a cell for an attribute; false: v->fault says why there is none. */
bool value_read(Value *v, const Cell *c, const SchemaField *f, bool since_1904);

/* ---- kinds.c: sheets and their columns ----------------------------------------------------- */
typedef enum {
    COLUMN_NONE,
    COLUMN_VALUE,               /* an attribute, of the element or of a child */
    COLUMN_REF,                 /* one or several references */
    COLUMN_TEXTS,               /* child elements with text, one in each line of the cell */
    COLUMN_ACTIONS,             /* the same, each beginning with a date */
    COLUMN_REFS,                /* child elements with a reference, one in each line */
    COLUMN_OWNER,               /* the element that holds this one */
    COLUMN_PERSON,              /* a part of what names the participant */
} ColumnKind;
typedef struct {
    ColumnKind kind;
    const char *heading;        /* NULL: the schema's label */
    const char *child, *attribute;
    const char *fixed, *fixed_value;    /* an attribute that every such child has */
} ColumnSpec;
typedef struct {
    const char *sheet, *list, *element, *type, *prefix;
    const ColumnSpec *extra;
} SheetKind;
typedef struct {
    ColumnSpec spec;
    const char *heading, *folded;
    const SchemaField *field;
    const ProjectField *known;
} Column;
typedef struct {
    Arena *arena;
    const SheetKind *kind;
    const SchemaType *type;
    const ProjectSchema *project_schema;
    VEC(Column) column;
} Columns;
size_t kinds_count(void);
const SheetKind *kinds_get(size_t i);
const SheetKind *kinds_find(const char *sheet);
void columns_start(Columns *c, const SheetKind *k, const Schema *s, const ProjectSchema *ps,
                   Arena *a);
void columns_end(Columns *c);
int columns_find(const Columns *c, const char *heading);        /* -1: unknown */
const char *columns_near(const Columns *c, const char *heading, bool however_far);

/* ---- list.c -------------------------------------------------------------------------------- */
/* An empty spreadsheet with the sheets and headings that an import reads. */
bool list_write(const Office *o, Buf *out);

/* ---- refs.c: names instead of ids ---------------------------------------------------------- */
typedef struct {
    Arena *arena;
    xmlNode *root;
    const ProjectSchema *schema;
    Map *targets;
    VEC(void *) all;
} Refs;
typedef enum { REF_FOUND, REF_UNKNOWN, REF_AMBIGUOUS } RefResult;
void refs_start(Refs *r, xmlNode *root, const ProjectSchema *s);
void refs_changed(Refs *r);             /* elements were added */
void refs_end(Refs *r);
RefResult refs_find(Refs *r, const char *const *target, size_t n, const char *text,
                    const char **id);
const char *refs_near(Refs *r, const char *const *target, size_t n, const char *text);

/* ---- import: rows.c reads, match.c finds, apply.c writes ----------------------------------- */
typedef struct {
    unsigned number;            /* of the row in its sheet */
    const Row *cells;
    const char **value;         /* by column; NULL: nothing there */
    bool *bad;                  /* by column: there was something that could not be used */
    xmlNode *node, *owner;
    bool fresh;                 /* node was made for it */
    bool changed;               /* node was there and is changed */
    bool faulty;                /* some column is bad */
    bool useless;               /* it cannot become an element */
} ImportRow;
typedef struct { unsigned at; int column; const char *heading; } ImportColumn;
typedef struct { size_t n; unsigned row[8]; } Repaired;
typedef struct {
    const Sheet *sheet;
    Columns columns;
    VEC(ImportColumn) used;     /* columns of the sheet, known ones */
    VEC(ImportRow) row;
    Repaired *repaired;         /* by used column and kind of repair */
    size_t added, changed, same, gone;
} ImportSheet;
typedef struct {
    Office *office;
    const Book *book;
    Diags *d;
    Lang lang;
    bool remove;                /* --delete */
    Refs refs;
    Map *frozen;                /* id -> number of an issued certificate that prints it */
    Map *rows;                  /* id of an element -> RowOf */
    VEC(ImportSheet *) sheet;
    Buf label, text;
    Value value;
} Import;
typedef struct { ImportSheet *sheet; ImportRow *row; } RowOf;
Place import_place(Import *im, const ImportSheet *s, unsigned row, int column);
/* Finds the headings and reads the rows below them; false: no headings, findings were added. */
bool rows_read(Import *im, ImportSheet *s);
/* Whether a column refers to rows of its own sheet: that can be resolved only when they are in. */
bool rows_late(const ImportSheet *s, int column);
void rows_reference(Import *im, ImportSheet *s, ImportRow *r, int column);      /* name to id */
void match_rows(Import *im, ImportSheet *s);
void apply_rows(Import *im, ImportSheet *s);
/* The key under which apply_rows() remembers the row of an element without an id. */
char *apply_key(Arena *a, const xmlNode *n);

/* ---- register.c: numbers ------------------------------------------------------------------- */
/* The number that a pattern makes, and back; 0: the number does not fit. */
char *register_format(Arena *a, const char *pattern, unsigned n, const char *course,
                      const char *year);
unsigned register_serial(const char *number, const char *pattern, const char *course,
                         const char *year);
typedef struct {
    Office *office;
    const char *kind, *pattern, *restart;
    unsigned start;
    Map *last;                  /* of each series that counts on its own */
    Map *taken;
} Register;
bool register_open(Register *r, Office *o, const char *kind);   /* false: there is none */
void register_know(Register *r, const char *number, const char *course, const char *year);
/* NULL: the pattern does not give a free number; a finding was added. */
const char *register_next(Register *r, const char *course, const char *year);

/* ---- number.c, paper.c --------------------------------------------------------------------- */
/* What a command changes; findings are told by the names of papers. */
typedef struct { Office *office; Map *touched; } Papers;
void papers_start(Papers *p, Office *o);
void papers_touch(Papers *p, const xmlNode *n, const char *name);
bool papers_save(Papers *p, bool dry_run);
const char *paper_name(Office *o, const xmlNode *n, const char *number);
/* A prepared certificate with the next number; NULL: findings were added. */
xmlNode *certificate_replacing(Papers *p, const xmlNode *old, const char *date);

/* ---- diff.c -------------------------------------------------------------------------------- */
void diff_trees(xmlNode *before, xmlNode *after, const Schema *words, const ProjectSchema *schema,
                Lang lang, Buf *out);

/* ---- field.c: fields by their labels --------------------------------------------------------- */
typedef struct { const SchemaField *field; const char *tag; } Field;    /* tag: as typed */
typedef struct {
    Arena *arena;
    const Schema *words;
    const ProjectSchema *project_schema;
    VEC(Field) field;           /* the record's own first, then those of what it refers to */
} Fields;
/* False: the schema has no such element. */
bool fields_start(Fields *x, const char *element, const Schema *words, const ProjectSchema *schema,
                  Arena *a);
void fields_end(Fields *x);
/* The tag, by label or name of the field; NULL: none, *near is the nearest label or NULL. */
const char *fields_find(const Fields *x, const char *label, const char **near);

#endif
