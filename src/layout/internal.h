/* SPDX-License-Identifier: MIT */
/* Layout inside: blocks (what the document says), lines and fragments (where it stands), emission.
 *
 *     document tree ──block.c──▶ blocks ──flow.c──▶ fragments on pages ──emit.c──▶ items, structure
 *                        paragraph.c, line.c, table.c: what a block looks like at a width
 *
 * A block is placed piece by piece: flow_fill() puts into a given height what fits and returns a
 * token that says where to go on.  Lengths are twips; "tr" and "rd" in comments are the truncation
 * and rounding of the rules of Writer that each file names. */
#ifndef LAYOUT_INTERNAL_H
#define LAYOUT_INTERNAL_H

#include "line.h"

enum {
    DEPTH_MOST = 200,           /* elements in each other */
    NESTED_MOST = 16,           /* nested tables, frames and sections */
    COLUMNS_NESTED = 4,         /* columns in columns: each level is filled many times */
    PAGES_MOST = 100000,        /* of one document */
    PASSES = 3,                 /* until page numbers agree */
};

typedef struct Block Block;
typedef struct Group Group;
typedef struct { Block *const *p; size_t n; } Blocks;

/* ---- blocks (block.c) ---- */
/* A list label: its text and where it stands. */
typedef struct {
    const char *text;
    const OdfListLevel *level;
    const OdfTextProps *props;
    bool bullet;
} Label;

typedef enum { BLOCK_PARAGRAPH, BLOCK_TABLE, BLOCK_SECTION } BlockKind;

/* What a group of blocks means, from the outside in: section, list, item, table of contents. */
struct Group {
    LayoutRole role;
    Group *parent;
    const char *list_format;    /* of ROLE_L */
    LayoutNode *structure;
};

typedef struct {
    const Content *content;
    const Line *line;
    size_t n_line;
    int32_t width;
    uint32_t page, count;       /* values of the fields it was made with */
    uint32_t from; /* the byte it begins at: the rest of one that stands beside frames */
    bool beside;                /* made round frames: for this place only */
} Paragraph;

typedef struct Table Table;
struct Block {
    BlockKind kind;
    int page_number;            /* with a break: 0 continues */
    OdfBreak break_before, break_after;
    const OdfNode *node;
    Group *group;
    LayoutNode *structure;
    const char *master;         /* break to this master page; NULL: none */
    /* paragraphs */
    const OdfParaProps *props;
    const OdfTextProps *text;
    const Label *label;
    int32_t left, right, first; /* indents, a list's level included */
    int8_t heading;             /* outline level, 0: none */
    bool in_label_item;         /* has a label of its own or follows one in its item */
    bool keep_with_next;
    const char *number;         /* of a heading, with its suffix */
    Paragraph *paragraph;       /* laid out at paragraph->width */
    /* tables */
    Table *table;
    /* sections with columns are blocks; of others, their blocks know the margins and background */
    const OdfSectionProps *section;
    const OdfNode *section_node;
    Blocks inner;
};

/* ---- tables (table.c) ---- */
typedef struct {
    const OdfNode *node;        /* NULL: a missing cell */
    const OdfCellProps *props;
    Blocks blocks;
    uint16_t column, col_span, row_span;
    bool covered;
    bool beside;                /* covered by a cell of a column left of it */
    uint32_t row;               /* the row it begins in */
    int32_t content;            /* height of its blocks at full length */
    LayoutNode *structure;
} Cell;
typedef struct {
    const OdfNode *node;
    const OdfRowProps *props;
    Cell *cell;                 /* in order of columns, covered ones too */
    size_t n_cell;
    bool header;
    int32_t top, bottom;        /* common margins TM and BM */
    int32_t bottom_line;
    int32_t height;             /* when not split */
    int32_t own;                /* without what spanning cells ask of it */
    LayoutNode *structure;
} Row;
struct Table {
    const OdfNode *node;
    const OdfTableProps *props;
    int32_t outer;              /* width of the area it was laid out in */
    int32_t x, width;
    int32_t *edge;              /* n_column + 1, from the table's left edge */
    size_t n_column;
    const OdfCellProps **column_cell;   /* of its cells without a style; NULL: none */
    Row *row;
    size_t n_row, n_header;
    LayoutNode *head, *body;
};

/* ---- placed ---- */
/* Notes, or the rest of one, for the next place: the n from first on. */
typedef struct { struct WaitingNote *first, *last; size_t n; } NoteQueue;

/* Where to go on: block `block`; inside a paragraph at `line`, inside a table at `row`, whose cells
 * go on at `cell`. */
typedef struct Token Token;
struct Token {
    size_t block;
    const Paragraph *paragraph; /* whose line `line` is the next */
    size_t line;
    size_t row;
    const Token *cell;          /* n_cell of them, NULL: the row begins */
    const struct SpanRest *span;        /* cells that span the row from above and go on */
    size_t n_span;
    NoteQueue waiting;          /* notes that go on */
    bool inside;                /* of the block: not at its beginning */
    bool done;
};

typedef struct Fragment Fragment;
/* Notes of one place, their height with the line above them. */
typedef struct {
    struct PlacedNote *p;
    size_t n;
    int32_t height;
    const OdfPageProps *page;
} NoteList;
struct Fragment {
    enum { FRAGMENT_PARAGRAPH, FRAGMENT_TABLE, FRAGMENT_ROW, FRAGMENT_CELL, FRAGMENT_COLUMNS,
           FRAGMENT_COLUMN } kind;
    int32_t x, y, width, height;        /* from the origin of what holds it */
    /* paragraph: x is that of the text area; its box, without margins, begins `box` to the right */
    int32_t box;
    Block *block;               /* paragraph, table, section */
    union {
        struct { const Paragraph *paragraph; uint32_t first_line, n_line; };
        struct { const Table *table; Row *row; Cell *cell; };   /* table and below */
        const OdfColumns *columns;      /* of FRAGMENT_COLUMNS */
        const NoteList *notes;  /* at the foot of a FRAGMENT_COLUMN; or NULL */
    };
    Fragment *const *kid;
    uint32_t n_kid, row_index;
    bool at_top;                /* of its place: space above the first line is dropped */
    bool joins_above, joins_below;      /* border shared with the neighbour */
    bool begins, ends;                  /* holds the first, the last line */
    bool repeated;              /* a header row again */
};

/* What a flow put into its place. */
typedef struct {
    Fragment *const *fragment;
    size_t n;
    int32_t height;             /* used, last margins that count included */
    bool done;
    Token rest;
    bool forced;                /* the rest begins after a break that was asked for */
} Filled;

/* A footnote or endnote. */
typedef struct Note {
    const OdfNode *node;
    const char *number, *label; /* in the text; before the note */
    const char *format, *prefix, *suffix;
    const OdfStyle *mark_style, *label_style;   /* of these; or NULL */
    bool endnote;
    bool after_text;            /* stands behind the text */
    bool by_page;               /* counted on each page anew */
    const OdfNode *section;     /* whose notes stand at its end; or NULL */
    uint32_t page;              /* from 0: where its mark is */
    bool marked, reached;       /* the mark is in the text; an area has the note */
    uint32_t id;
    Blocks blocks;
    Group *group;               /* whose structure is made at the mark */
} Note;

/* A frame laid out: a picture, or a box with text.  x, y: of its border box, once it is placed. */
typedef struct Frame {
    const OdfNode *node;
    OdfFrameProps props;
    int32_t x, y;               /* on the page, of one that is not in the line */
    LayoutNode *structure;      /* of what it holds, where it is anchored */
    int32_t width, height;      /* of the border box */
    const OdfPicture *picture;
    int32_t crop[4];            /* thousandths of its sides that are cut off; below 0: added */
    Fragment *const *fragment;  /* of a text box; from its content's corner */
    size_t n_fragment;
    int32_t content_height;
    struct Frame **inner;       /* that hang in it; x and y from its content's corner */
    size_t n_inner;
    OdfShape shape;             /* its outline, when it has one */
    int32_t text_x, text_y, text_width, text_height;    /* of a shape: its area for text */
    const Block *anchored_to;   /* its paragraph; NULL: the page or a box */
    const OdfNode *control;     /* the form:... element that it shows */
    const OdfChart *chart;
} Frame;

typedef struct WaitingNote { Note *note; Token from; struct WaitingNote *next; } WaitingNote;
/* What stands of a note in one place, y from the top of the notes there. */
typedef struct PlacedNote {
    Note *note;
    Filled filled;
    int32_t y;
    Frame **frame;              /* that hang on it, from its top */
    size_t n_frame;
} PlacedNote;

/* What text has to go round, on its page: border box and margins of a frame. */
typedef struct {
    int32_t x0, y0, x1, y1;
    OdfWrap wrap;
    const Block *owner;
    bool owner_only;
} Obstacle;

/* Where a flow stands: its origin on the page, and what all flows of the page share. */
typedef struct {
    const struct PageGeometry *page;
    int32_t x, y, width, height;
    struct Floats *floats;
    bool cell;                  /* what follows the text stays in this box */
    int32_t box_x, box_y, box_width;    /* of a cell: its box, padding included */
} Region;
typedef struct PageGeometry {
    int32_t width, height, body_x, body_y, body_width, body_height;
    bool even;
} PageGeometry;
typedef struct Floats {
    VEC(Obstacle) obstacle;
    VEC(Frame *) frame;
    VEC(Frame *) carried;       /* to the top of the next page */
} Floats;
typedef struct { size_t obstacles, frames, carried; } FloatsMark;

/* Where notes stand (notearea.c). */
typedef struct NoteArea {
    struct NoteArea *outer;
    const OdfPageProps *page;   /* whose line it has above its notes */
    int32_t y, room, width;     /* its top on the page; its height, text and notes */
    int32_t most, used;         /* height of the notes: at most, now */
    bool feet;                  /* for footnotes of its text; else they go further out */
    bool closed;                /* its text has none here */
    bool endless;               /* of a section: as high as there is room */
    VEC(PlacedNote) placed;
    NoteQueue waiting;
} NoteArea;
typedef struct { NoteArea *area; size_t placed; NoteQueue waiting; int32_t used; } NotesMark;

/* ---- one run of the engine ---- */
typedef struct {
    Arena *arena;               /* of the result */
    Arena *pass;                /* of this pass: blocks, lines, fragments */
    OdfDoc *doc;
    const OdfFile *file;
    const OdfSettings *compat;
    TextFonts *fonts;
    Diags *diags;
    const LayoutOptions *options;
    LayoutDoc *out;
    uint32_t page, page_count;  /* as printed now; of the pass before */
    uint32_t page_index;        /* from 0 */
    const char *page_format;
    Map *faces;                 /* text properties -> TextFace, in this pass; the last ones: */
    const OdfTextProps *last_props;
    const TextFace *last_face;
    Map *warned;                /* what was said once */
    struct Lists *lists;
    struct Fields *fields;
    struct Notes *notes;
    struct Toc *toc;            /* NULL: nothing to regenerate */
    bool uses_count;            /* a page count is printed somewhere */
    bool uses_refs;             /* so is the page of a mark; of the pass before: */
    Map *ref_page;              /* name of the mark -> its page */
    const char *ref_marks;      /* all of them */
    Map *ref_text;              /* name of a mark -> its text; made when first asked for */
    bool inner_links;
    VEC(const OdfNode *) page_frame;    /* those that stand on a page, not in the text */
    Map *charts;                /* frame node -> OdfChart, read once */
    Map *metafiles;             /* pictures -> OdfMetafile, once they are shown */
    Map *controls;              /* of forms, by id; made when first asked for */
    Map *on_pages;              /* the same as a set, and those that hang on a text box */
    uint64_t frames;            /* made so far */
    Map *anchored;              /* frame node -> Frame, placed */
    Map *headers;               /* header node -> its Blocks */
    Map *bookmarks;             /* name -> Target, filled while emitting */
    int heading[10], n_heading; /* levels of the headings that the next one may be under */
    const Region *region;       /* NULL: only measured, no place known */
    const PageGeometry *geometry;       /* of the page that is being filled; NULL: none yet */
    const OdfPageProps *page_props;     /* of the same */
    NoteArea *area;             /* for notes of what is being placed; NULL: none */
    int32_t next_width;         /* of the column after this one; 0: the same */
    bool masters;               /* inside headers and footers: their automatic styles */
    Segments segment_room;      /* used again by each paragraph, as: */
    Portions portion_room;
    Lines line_room;
    unsigned columns;           /* in each other */
    unsigned depth, nested;     /* elements in each other; tables, frames and columns so */
} Ctx;

/* inline.c */
const Content *content_make(Ctx *c, const Block *b);
/* fields.c */
/* NONE: no field; CONTENT: what it stores is printed; TEXT, PAGE, COUNT: the text put into out
 * (which depends on the page, on the number of pages); BLANK: room for it, not painted. */
typedef enum {
    FIELD_NONE,
    FIELD_NOTHING,
    FIELD_CONTENT,
    FIELD_TEXT,
    FIELD_PAGE,
    FIELD_COUNT,
    FIELD_BLANK
} FieldKind;
FieldKind field_text(Ctx *c, const OdfNode *n, const OdfTextProps *props, Buf *out);
void fields_begin(Ctx *c);
/* False: the formula cannot be computed. */
bool field_condition(Ctx *c, const char *formula, bool *result);
/* data.c */
/* A date or time (xs:date, xs:dateTime, xs:time), a number, by a data style; style NULL: as the
 * language writes it.  False: that is not known here, the stored text is to be printed. */
bool data_moment(const OdfNode *style, bool time, const OdfTextProps *props, const char *value,
                 Buf *out);
bool data_number(Ctx *c, const OdfNode *style, const OdfTextProps *props, const char *value,
                 Buf *out);
bool data_amount(const OdfNode *style, const OdfTextProps *props, double value, Buf *out);
/* metrics.c */
/* The whole number that s begins with, between low and high; otherwise other (s may be NULL). */
int number_in(const char *s, int low, int high, int other);
void font_measure(const TextFace *face, int32_t size, bool gap, int32_t *ascent, int32_t *height);
const TextFace *face_of(Ctx *c, const OdfTextProps *p);
const Segment *segments_make(Ctx *c, const Content *content, const OdfOrigin *origin,
                             uint32_t *n);
/* A piece of text of one style outside a paragraph's content: labels, leaders, hyphens. */
Portion portion_text(Ctx *c, const OdfTextProps *props, int32_t size, const char *text);
void warn_once(Ctx *c, DiagId id, const OdfOrigin *origin, const char *a, const char *b,
               const char *d);
/* Tells, once for each kind, of what the PDF does not show. */
typedef enum {
    UNSEEN_PICTURE,
    UNSEEN_OBJECT,
    UNSEEN_CHART_KIND,
    UNSEEN_CHART_PART,
    UNSEEN_DRAWING,
    UNSEEN_METAFILE,
    UNSEEN_TURN,
    UNSEEN_FILL,
    UNSEEN_EFFECT,
    UNSEEN_TURNED_LETTERS,
    UNSEEN_LETTER_BORDER,
    UNSEEN_BULLET,
    UNSEEN_RUBY,
    UNSEEN_LINE_NUMBERS,
    UNSEEN_DROP_CAP
} Unseen;
void warn_unseen(Ctx *c, const OdfOrigin *origin, Unseen what);
/* True, and said in a warning: what lies in each other deeper than that is left out. */
bool too_deep(Ctx *c, const OdfNode *n);
/* line.c */
/* y: of the first line on the page, for frames in the way (c->region). */
void lines_make(Ctx *c, const Block *b, const Content *content, int32_t width, int32_t y,
                Paragraph *out);
/* The parts of one line while it grows (line.c); finish.c places them. */
typedef struct {
    Ctx *c;
    const Block *b;
    const Content *content;
    int32_t x0, room;           /* left edge from the text area's edge; width for text */
    int32_t area;               /* width of the text area */
    bool first, last, broken;   /* of the paragraph; ended by a line break */
    Portions portion;
    uint32_t start, end;
    bool resumed;               /* the paragraph began elsewhere */
    bool must;                  /* a word that does not fit is cut */
    size_t ladder;              /* hyphenated lines that end just before this one */
} Liner;
int32_t portion_measure(const Portion *p); /* sets nothing: sum of its glyphs in twips */
void line_finish(Liner *l, Line *out);
/* hyphen.c */
/* The byte before which the word that begins to stick out at byte `over` is cut, the last one
 * behind byte `behind` for which there is room; 0: nowhere. */
uint32_t hyphen_place(Liner *l, uint32_t over, uint32_t behind);
int32_t hyphen_width(Ctx *c, const Portion *p); /* of one after a portion */
/* tabs.c */
typedef struct { int32_t position; int type; uint32_t character, leader; bool explicit_stop; } Stop;
Stop tab_next(const Liner *l, int32_t x);
/* Gives centred, right and decimal tabs their widths, now that what follows them is known. */
void tabs_resolve(Liner *l);
/* paragraph.c */
const Paragraph *paragraph_at(Ctx *c, Block *b, int32_t width);
/* The same in a place where frames stand, or from a byte on; never kept. */
const Paragraph *paragraph_beside(Ctx *c, Block *b, int32_t width, uint32_t from, int32_t y);
/* The rest of one that began in another place: p's line `*first` and what follows it, broken anew
 * where the width differs; then *first becomes 0. */
const Paragraph *paragraph_rest(Ctx *c, Block *b, int32_t width, const Paragraph *p,
                                size_t *first);
/* float.c */
/* Places the frames that hang on a paragraph whose top (space above included) is at y of the
 * region; they become obstacles.  True: there were some. */
bool floats_place(Ctx *c, Block *b, const Paragraph *p, int32_t top, int32_t y);
bool floats_in(const Ctx *c, int32_t y, int32_t height);
/* Frames of the pages themselves: found once; those of one page. */
void floats_begin(Ctx *c);
void floats_page(Ctx *c, int page);
/* Frames that hang on a text box, not on its text; c->region is its content. */
void floats_free(Floats *f);    /* what it holds */
/* To forget frames of what does not stay: the state now, or before. */
FloatsMark floats_mark(const Ctx *c);
void floats_back(Ctx *c, FloatsMark m);
/* Puts what the page before could not hold to the top of this one. */
void floats_carry(Ctx *c, const Floats *before);
void floats_box(Ctx *c, const OdfNode *box);
/* The room of a line at y (region), height h: intervals left to right in the text area.  next:
 * where to try again when there is none. */
typedef struct { int32_t from, to; } Interval;
size_t floats_room(const Ctx *c, const Block *b, int32_t y, int32_t h, int32_t width,
                   Interval out[8], int32_t *next);
int32_t paragraph_gap(Ctx *c, const Block *above, const Block *below);
/* What of it belongs to the block above: frames of the one below stand under it. */
int32_t paragraph_gap_above(Ctx *c, const Block *above, const Block *below);
/* What a shadow takes of a box at its sides; of one width, whatever its two offsets. */
void shadow_sides(int32_t shadow_x, int32_t shadow_y, int32_t side[4]);
void paragraph_insets(const OdfParaProps *p, int32_t inset[4]);
bool paragraphs_join(const Block *above, const Block *below);
/* list.c */
struct Lists *lists_new(Ctx *c);
void list_begin(Ctx *c, const OdfNode *list);
void list_end(Ctx *c);
const Label *list_label(Ctx *c, const OdfNode *item, const Block *b);
void list_item(Ctx *c, const OdfNode *item);    /* begins in the list begun last */
const OdfListLevel *list_level(Ctx *c);
const char *heading_number(Ctx *c, const OdfNode *heading, int level,
                           const OdfListLevel **level_props);
void list_indents(Ctx *c, Block *b, const OdfListLevel *level);
/* block.c */
Blocks blocks_make(Ctx *c, const OdfNode *parent, Group *group);
/* At least an empty paragraph.  `cell`: NULL for one that its row lacks. */
Blocks blocks_of_cell(Ctx *c, const OdfNode *cell, const OdfNode *table);
Blocks blocks_of(Ctx *c, OdfNode *const *kid, size_t n, Group *group);
/* table.c, columns.c */
Table *table_make(Ctx *c, const OdfNode *node);
void table_at(Ctx *c, Table *t, int32_t width);
void table_columns(Ctx *c, Table *t, int32_t area);
int32_t cell_inset(const Table *t, const Row *row, const Cell *cell, OdfSide side);
int32_t cell_width(const Table *t, const Cell *cell);
/* flow.c */
enum {
    FILL_TOP_DROPPED = 1,
    FILL_CELL = 2,
    FILL_MUST = 4,
    FILL_UNLIMITED = 8,
    FILL_PAGE = 16,
    FILL_COLUMN = 32,
    FILL_OPTIONAL = 64,         /* nothing is put where it does not fit */
    FILL_BALANCED = 128         /* columns are no higher than needed */
};
Filled flow_fill(Ctx *c, Blocks list, int32_t width, int32_t height, const Token *from,
                 unsigned flags);
bool flow_next_column(Blocks list, size_t i);   /* a column break is asked for before block i */
/* Fills a cell whose content's corner is at (x, y) of the page; without a place (place false) it is
 * only measured. */
Filled cell_fill(Ctx *c, const Table *t, const Cell *cell, int32_t height, const Token *from,
                 unsigned flags, bool place, int32_t x, int32_t y);
/* Places what fits of a table at y of its region into height. */
typedef enum { PLACED_ALL, PLACED_PART, PLACED_NONE } Placed;
Placed table_place(Ctx *c, Block *b, int32_t y, int32_t height, const Token *from, Token *rest,
                   unsigned flags, Fragment **out);
/* section.c */
/* Fills columns one after another, as high as needed (balanced) or as the place allows; the
 * result is one fragment. */
Filled columns_fill(Ctx *c, Blocks list, const OdfColumns *columns, int32_t width, int32_t height,
                    const Token *from, unsigned flags, const Block *section);
Placed section_place(Ctx *c, Block *b, int32_t width, int32_t height, const Token *from,
                     Token *rest, unsigned flags, Fragment **out);
/* notes.c */
void notes_begin(Ctx *c);
void notes_end(Ctx *c);
void notes_pass(Ctx *c);
bool notes_update(Ctx *c);              /* numbers by page; true: pages must be made again */
Blocks notes_after(Ctx *c, Blocks body);                /* the body with the endnotes behind it */
Note *note_of(Ctx *c, const OdfNode *n);
/* notearea.c */
/* An area, given page, y (of its top edge on the page), room, width and feet, is what notes go
 * into from now on; first those that wait, from the area before. */
void notes_enter(Ctx *c, NoteArea *a, NoteQueue waiting);
NoteList notes_leave(Ctx *c, NoteArea *a, NoteQueue *waiting);
int32_t notes_top(const Ctx *c); /* y of the region where its text must end */
bool notes_full(const Ctx *c); /* notes of the place before leave no room for others */
bool notes_any(const Ctx *c);                           /* some are placed already */
NotesMark notes_mark(const Ctx *c);
void notes_back(NotesMark m);                           /* what was added since does not stay */
/* Places the notes marked in bytes [from, to), whose line ends at bottom of the region.  False: the
 * line cannot stay; when it must, its notes wait for the next place. */
bool notes_add(Ctx *c, const Content *t, uint32_t from, uint32_t to, int32_t bottom, bool must);
bool notes_add_all(Ctx *c, Blocks list, int32_t bottom, bool must);
/* Places the endnotes of a section, whose text in this area is that high. */
void notes_end_section(Ctx *c, NoteArea *a, const OdfNode *section, int32_t text);
/* The same at the end of the text: endnotes that stand below it, and notes whose marks are where
 * no area was, as in a text box. */
void notes_end_text(Ctx *c, NoteArea *a, int32_t text);
/* One of them. */
void notes_end_here(Ctx *c, NoteArea *a, Note *v, int32_t text);
/* page.c */
/* A page before emission: what stands on it and where. */
typedef struct {
    const OdfMaster *master;
    const OdfPageProps *props;
    int printed;                /* its number */
    int32_t body_x, body_y, body_width, body_height;
    Filled body;
    NoteList notes;
    Floats floats;
    PageGeometry geometry;
    struct Margin {             /* header or footer */
        const OdfNode *node;    /* NULL: none */
        const OdfHeaderProps *props;
        int32_t x, y, width, frame;     /* of its box; frame: height of the box */
        bool floats;            /* frames are in it */
        Filled content;
    } header, footer;
} Page;
typedef struct { Page **p; size_t n, counted; } Pages;  /* counted: with blank pages */
const char *page_label(Ctx *c, const Page *p);   /* its number as printed; in the result */
/* Lays the whole text out once.  False: a finding says why. */
bool pages_make(Ctx *c, Blocks body, Pages *out);
void pages_free(Pages *pages);
/* toc.c */
/* Makes the tables of contents anew: at first with bookmarks on the headings; then, after each
 * pass, with its page numbers.  True: something changed, so the pages must be made again. */
void toc_begin(Ctx *c);
bool toc_update(Ctx *c, const Pages *pages);
void toc_end(Ctx *c);
/* refs.c */
/* Prints what a cross-reference names, its text or page; false: it is not known. */
bool refs_put(Ctx *c, const OdfNode *n, Buf *out);
bool refs_update(Ctx *c, const Pages *pages);   /* true: pages must be made again */
/* frame.c */
Frame *frame_make(Ctx *c, const OdfNode *node, int32_t room);
/* Lays the text of a shape out in the area it was given. */
void frame_text(Ctx *c, Frame *f, const OdfNode *holder);
void drawing_make(Ctx *c, Frame *f, int32_t room);      /* drawing.c: what is no draw:frame */
/* control.c */
const OdfNode *control_find(Ctx *c, const OdfNode *n);  /* NULL: there is none to be seen */
const OdfNode *control_text(Ctx *c, const Frame *f);    /* what holds its paragraph; NULL: none */
int32_t control_inset(Ctx *c, const Frame *f);          /* where its text begins */
void control_meaning(const Frame *f, LayoutNode *node);

#endif
