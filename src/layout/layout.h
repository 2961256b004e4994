/* SPDX-License-Identifier: MIT */
/* Layout: a document becomes pages of placed items and a structure tree.  Knows no PDF.
 *
 * Lengths are twips (1/20 pt), x to the right, y down from the page's upper left corner. */
#ifndef SKRYBA_LAYOUT_H
#define SKRYBA_LAYOUT_H

#include "odf/odf.h"
#include "text/text.h"

/* ---- structure: what the text means, in reading order -------------------------------------- */
#define LAYOUT_ROLES(R) \
    R(DOCUMENT, "Document") \
    R(PART, "Part") R(SECT, "Sect") R(DIV, "Div") R(BLOCK_QUOTE, "BlockQuote") R(P, "P") \
        R(H1, "H1") R(H2, "H2") R(H3, "H3") R(H4, "H4") R(H5, "H5") R(H6, "H6") R(L, "L") \
            R(LI, "LI") R(LBL, "Lbl") R(LBODY, "LBody") R(TABLE, "Table") R(THEAD, "THead") \
                R(TBODY, "TBody") R(TR, "TR") R(TH, "TH") R(TD, "TD") R(CAPTION, "Caption") \
                    R(FIGURE, "Figure") R(FORMULA, "Formula") R(LINK, "Link") R(SPAN, "Span") \
                        R(QUOTE, "Quote") R(TOC, "TOC") R(TOCI, "TOCI") R(REFERENCE, "Reference") \
                            R(NOTE, "Note") R(FORM, "Form")
#define R(constant, name) ROLE_##constant,
typedef enum { LAYOUT_ROLES(R) ROLE_COUNT } LayoutRole;
#undef R

typedef struct LayoutNode LayoutNode;
typedef struct LayoutKid LayoutKid;
struct LayoutKid {
    LayoutKid *next;
    union {
        LayoutNode *node;       /* KID_NODE */
        struct { uint32_t page, number; };      /* the marked content, the link of that page */
    };
    enum { KID_NODE, KID_CONTENT, KID_LINK } kind;
};
struct LayoutNode {
    LayoutRole role;
    uint32_t n_kids;
    LayoutNode *parent;
    LayoutKid *first, *last;
    const char *language;       /* "en-GB"; NULL: as the parent */
    const char *alt, *actual;   /* texts for a reader, or NULL */
    uint16_t row_span, col_span;        /* of TH and TD, from 1 */
    enum { SCOPE_NONE, SCOPE_COLUMN, SCOPE_ROW, SCOPE_BOTH } scope : 8;
    enum { LIST_NONE, LIST_DISC, LIST_DECIMAL, LIST_LOWER_ALPHA, LIST_UPPER_ALPHA, LIST_LOWER_ROMAN,
           LIST_UPPER_ROMAN } numbering : 8;    /* of L */
    enum { PRINT_CHECK_BOX, PRINT_RADIO_BUTTON, PRINT_PUSH_BUTTON, PRINT_TEXT } field : 8;
    bool checked;
    int32_t box[4];             /* of a figure: x0, y0, x1, y1 on its page */
    uint32_t id;                /* of a note: unique in the document, from 1; else 0 */
    uint32_t object;            /* for the writer of the file: its number; 0 at first */
};

/* ---- pages -------------------------------------------------------------------------------- */
typedef enum {
    ARTIFACT_LAYOUT,
    ARTIFACT_HEADER,
    ARTIFACT_FOOTER,
    ARTIFACT_BACKGROUND,
    ARTIFACT_PAGINATION         /* repeated rows */
} LayoutArtifact;

typedef OdfPoint LayoutPoint;

/* A run of glyphs of one face and size, placed.  A glyph's advance is its own (TextGlyph.advance)
 * plus spacing, plus space_extra for each U+0020 of the text. */
typedef struct {
    const TextFace *face;
    const TextGlyph *glyph;
    const TextOffset *offset;   /* of each; NULL: none */
    const char *text;           /* the clusters of the glyphs count from here */
    uint32_t n_glyph;
    uint32_t len;               /* bytes of text up to the end of the last cluster */
    int32_t size;               /* twips */
    int32_t spacing;            /* twips after each glyph */
    int32_t space_extra;        /* 1/100 twip for each space */
    int32_t scale;              /* percent of width */
    bool rtl;
    int16_t turn;               /* degrees against the clock, round the origin of the first glyph */
    bool soft_hyphen;           /* one hyphen glyph that stands for U+00AD at a line's end */
} LayoutText;

typedef struct {
    enum { ITEM_TEXT, ITEM_FILL, ITEM_LINE, ITEM_IMAGE, ITEM_PATH } kind;
    uint8_t artifact;           /* LayoutArtifact, when node is NULL */
    uint8_t opacity;            /* percent */
    LayoutNode *node;           /* whose content it is; NULL: an artifact */
    uint32_t content;           /* number of its marked content on this page, counted from 0 */
    int32_t x, y; /* text: origin of the first glyph on the baseline; else upper left corner */
    int32_t w, h;               /* of a fill or image; a line goes from (x, y) to (x + w, y + h) */
    int32_t color;              /* 0xRRGGBB */
    union {
        LayoutText text;
        struct {
            int32_t width;
            int32_t dash[6];
        } line; /* dash: hundredths of a point on, off, on, off ...; ends at 0 */
        struct {
            const OdfPicture *picture;
            int32_t
                clip[4]; /* thousandths of the picture's sides cut off: top, right, bottom, left */
            bool mirror_h, mirror_v, greyscale;
            const int32_t *cut; /* left, top, right, bottom of what is seen, or NULL: all */
        } image;
        struct {
            const LayoutPoint *point;
            const int32_t *dash;        /* hundredths of a point on, off ...; NULL: solid */
            const int32_t *cut; /* as of an image */
            uint32_t n;
            int32_t width;
            uint8_t n_dash;
            bool fill;
        } path;
    };
} LayoutItem;

typedef struct {
    LayoutNode *node;           /* of role LINK */
    int32_t x, y, w, h;
    const char *uri;            /* http, https, mailto; or NULL: a place in this document, */
    const char *target;         /* a bookmark, that stands at to_y of to_page */
    uint32_t to_page;
    int32_t to_y;
    const char *text;           /* what the link says, for /Contents */
} LayoutLink;

typedef struct {
    int32_t width, height;
    VEC(LayoutItem) item;       /* in the order of painting */
    VEC(LayoutNode *) content;  /* by number of marked content: the node that holds it */
    VEC(LayoutLink) link;
    const char *label;          /* its number as printed */
} LayoutPage;

typedef struct {
    const char *title;
    int level;
    uint32_t page;
    int32_t y;
    LayoutNode *node;
} LayoutHeading;

typedef struct {
    Arena *arena;               /* owns all of it */
    VEC(LayoutPage *) page;
    LayoutNode *root;           /* Document */
    VEC(LayoutHeading) heading; /* for bookmarks, in reading order; levels as in the text */
    const char *title, *subject, *language, *date;
} LayoutDoc;

typedef struct {
    TextFonts *fonts;
    bool regenerate;            /* tables of contents are made anew; else printed as stored */
    const char *mark; /* a line on every page: „WZÓR – dane przykładowe”, PROJEKT; or NULL */
    const char *date; /* today for fields that are not fixed, ISO; NULL: their stored text */
} LayoutOptions;

/* Lays a document out.  Tables of contents and page numbers are written back into *doc (its body
 * is replaced by a copy in the result's arena).  NULL: findings were added. */
LayoutDoc *layout_run(OdfDoc *doc, const LayoutOptions *o, Diags *d) MUST_CHECK;
void layout_free(LayoutDoc *l);
/* Boxes and structure as text, for tests. */
void layout_dump(const LayoutDoc *l, Buf *out);
void layout_dump_structure(const LayoutDoc *l, Buf *out);
const char *layout_role_name(LayoutRole r);

#endif
