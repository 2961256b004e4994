/* SPDX-License-Identifier: MIT */
/* What the files of pdf/ share.  Only haru.c knows libharu. */
#ifndef PDF_INTERNAL_H
#define PDF_INTERNAL_H

#include "pdf/pdf.h"

/* Numbers known before the first page; others are taken as they are needed. */
enum {
    OBJ_CATALOG = 1, OBJ_PAGES, OBJ_STRUCT_ROOT, OBJ_DOCUMENT, OBJ_METADATA, OBJ_PROFILE,
    OBJ_OUTLINES, OBJ_INFO, OBJ_FIRST
};
enum {
    SLICE_PAGES = 64,           /* pages to a node of the page tree, and to a libharu document */
    CID_MAX = 65535,            /* ISO 19005-2, 6.1.13 */
    STRING_MAX = 32767 / 2 - 2, /* UTF-16 units of a text string, ISO 19005-2, 6.1.13 */
};
#define TWIP 50                 /* a twip in thousandths of a point, the unit of written numbers */

/* ---- write.c: how things are spelled -------------------------------------------------------- */
void pdf_number(Buf *b, int64_t thousandths);           /* 12500 -> 12.5 */
void pdf_numbers(Buf *b, const int64_t *v, int n);      /* with a space between */
void pdf_ref(Buf *b, uint32_t object);                  /* 12 0 R */
void pdf_text(Buf *b, const char *utf8);                /* <FEFF...>, cut at STRING_MAX */
void pdf_hex(Buf *b, uint32_t v, int digits);
void pdf_utf16(Buf *b, uint32_t c);                     /* hex digits of one or two units */
/* A string in parentheses of printable ASCII; other bytes are left out. */
void pdf_ascii(Buf *b, const char *s);
bool pdf_language_valid(const char *s);                 /* BCP 47 by its form; NULL is not */
/* The URI in ASCII: host in punycode, the rest percent-encoded.  False: neither http, https nor
 * mailto, or no such host. */
bool pdf_uri(Buf *out, const char *iri) MUST_CHECK;

/* ---- file.c: objects and where they are ----------------------------------------------------- */
typedef struct { uint64_t where; uint32_t first; uint16_t n, index; } PdfRun;   /* see file.c */

/* A number or name tree written leaf by leaf: keys must come in their order. */
typedef struct {
    const char *kind;           /* "Nums" or "Names" */
    Buf leaf;
    char first[24], last[24];   /* keys of the leaf as written */
    VEC(uint32_t) kids;
} PdfTree;

typedef struct PdfFont PdfFont;
typedef struct PdfFace PdfFace;
typedef struct PdfImage PdfImage;
typedef struct PdfImageUse PdfImageUse;
typedef struct PdfHaru PdfHaru;

struct PdfFile {
    Output *out;
    PdfOptions o;               /* strings in arena */
    Arena *arena;
    PdfCache *cache;
    bool own_cache, failed;
    Digest digest;              /* of all that was written, for /ID */

    uint32_t next;              /* the first free object number */
    VEC(PdfRun) run;
    Buf head, body;             /* the object stream being filled */
    uint32_t in_body, body_number;
    size_t body_run;            /* the run of its last object */
    Buf packed, dict, content;  /* scratch */

    uint32_t n_pages, n_docs, leaf;     /* leaf: the node of the page tree being filled, or 0 */
    VEC(uint32_t) leaf_kids, leaves, parts;
    PdfTree parents, ids, labels;
    uint32_t next_key, next_note;
    int64_t label_shift;        /* of the current range of labels: label - page, see page.c */
    bool labelled;

    VEC(PdfFace *) face;
    VEC(PdfImageUse *) image;
    struct { uint32_t object; void *ref; } opacity[101];
    PdfHaru *haru;              /* of the current slice, or NULL */

    uint32_t outline_first, outline_last, outline_count;
    Buf outline_open;           /* the last bookmark of the top level, without its end */
};

uint32_t pdf_take(PdfFile *f, uint32_t n);              /* n numbers that follow each other */
/* An object other than a stream: print it into the result, then call pdf_object_end(). */
Buf *pdf_object(PdfFile *f, uint32_t number);
void pdf_object_end(PdfFile *f);
/* A stream; dict holds its keys but Length and, when packed, Filter. */
typedef enum { PDF_PLAIN, PDF_DEFLATE, PDF_DEFLATED } PdfPacking;
void pdf_stream(PdfFile *f, uint32_t number, const Buf *dict, const void *data, size_t len,
                PdfPacking packing);
void pdf_deflate(PdfCache *c, const void *data, size_t len, Buf *out);  /* replaces out */
void pdf_header(PdfFile *f);
void pdf_trailer(PdfFile *f);                           /* cross-reference stream and the rest */

void pdf_tree_key(PdfTree *t, const char *key);         /* then print the value into t->leaf */
void pdf_tree_flush(PdfFile *f, PdfTree *t);
void pdf_tree_root(const PdfTree *t, Buf *b);           /* <</Kids[...]>> */

/* ---- haru.c: dictionaries made by libharu --------------------------------------------------- */
void *pdf_haru_ref(PdfFile *f, uint32_t object); /* stands for an object; lives as long as f */
void pdf_haru_close(PdfFile *f);                        /* ends the slice */
bool pdf_haru_ok(PdfFile *f, Diags *d);                 /* false: libharu failed; finding added */
void *pdf_haru_page(PdfFile *f, uint32_t object);
const char *pdf_haru_font(PdfFile *f, void *page, void *ref);   /* its name on that page: F1 */
const char *pdf_haru_image(PdfFile *f, void *page, void *ref);
const char *pdf_haru_opacity(PdfFile *f, void *page, void *ref);
/* Prints the page; boxes and what else is exact goes into tail. */
void pdf_haru_page_end(PdfFile *f, void *page, uint32_t key, const Buf *tail);
void pdf_haru_link(PdfFile *f, void *page, uint32_t object, uint32_t key, const char *uri,
                   const Buf *tail);
void *pdf_haru_outline_root(PdfFile *f);
void *pdf_haru_outline(PdfFile *f, void *parent, const char *title, bool open);
uint32_t pdf_haru_number(const void *dict);
void pdf_haru_print(PdfFile *f, void *dict, const Buf *tail, Buf *out);

/* ---- cache.c -------------------------------------------------------------------------------- */
/* What a picture is known by.  The digest is slow to make: where the data lie, their length and
 * checksum are looked at first. */
typedef struct {
    const void *data;
    size_t len;
    uint32_t crc;
    bool grey;
    Digest digest;
} PdfImageKey;
struct PdfImage {               /* made ready */
    PdfImageKey key;
    uint32_t width, height;
    Buf dict;                   /* ColorSpace, BitsPerComponent, Filter, DecodeParms */
    Buf data, mask;             /* as they go into the file; data empty: the picture's own bytes */
};
struct libdeflate_compressor *pdf_cache_compressor(PdfCache *c);
const Buf *pdf_cache_profile(PdfCache *c);              /* deflated */
hb_face_t *pdf_cache_face(PdfCache *c, const TextFace *base);   /* prepared for subsetting */
const PdfImage *pdf_cache_image(PdfCache *c, const PdfImageKey *key);   /* NULL: not there */
/* Takes over the image's buffers if there is room for them; false: not kept. */
bool pdf_cache_keep(PdfCache *c, const PdfImage *image);

/* ---- font.c, program.c ---------------------------------------------------------------------- */
typedef struct { uint32_t glyph, text, len; int64_t width; } PdfCid;
struct PdfFont {
    PdfFace *face;
    uint32_t object;
    void *ref;
    VEC(PdfCid) cid;            /* of TrueType by CID, 0 never shown; of CFF the CID is the glyph */
    bool *used;                 /* of CFF, by glyph */
    Buf text;                   /* the clusters' UTF-8 */
};
typedef struct { uint32_t font, cid; } PdfSlot;         /* where a pair is: indexes; cid 0: empty */
struct PdfFace {
    const TextFace *base;
    bool cff;
    uint32_t n_glyphs;
    VEC(PdfFont *) font;        /* more than one: CIDs ran out, or a CFF glyph has several texts */
    PdfSlot *slot;              /* hash table of all pairs */
    size_t n_slots, n_pairs;
};
typedef struct { PdfFont *font; uint32_t cid; int64_t width; } PdfGlyph;   /* width: 10^-6 em */
PdfFace *pdf_face(PdfFile *f, const TextFace *face);
PdfGlyph pdf_glyph(PdfFile *f, PdfFace *face, uint32_t glyph, const char *text, size_t len);
void pdf_fonts_free(PdfFile *f);
bool pdf_font_write(PdfFile *f, PdfFont *font, Diags *d);

/* ---- a document being added ----------------------------------------------------------------- */
/* A piece of marked content that was cut to put a Span with /ActualText into it. */
typedef struct {
    uint32_t page, number, span, span_number, rest_number;
    LayoutNode *node;
    char *actual;
} PdfSplit;
typedef struct {
    PdfFile *f;
    const LayoutDoc *l;
    Diags *d;
    Arena *arena;
    uint32_t first_page;        /* object of page 0; the others follow */
    uint32_t *first_link;       /* object of each page's first link */
    uint32_t n_nodes;
    VEC(LayoutNode *) node;     /* in reading order */
    VEC(PdfSplit) split;        /* in order of page; of one number, of text */
    bool told_private;          /* the warning of characters without meaning was given */
} PdfAdd;

void pdf_finding(PdfAdd *a, DiagId id, uint32_t page, const char *what);

/* ---- image.c, png.c ------------------------------------------------------------------------- */
struct PdfImageUse { PdfImageKey key; uint32_t object; void *ref; };    /* in a file */
/* Makes the picture ready and writes it, once a file; NULL: a finding was added. */
PdfImageUse *pdf_image(PdfAdd *a, const OdfPicture *p, bool grey, uint32_t page);
bool pdf_image_same(const PdfImageKey *x, const PdfImageKey *y);
void pdf_image_clear(PdfImage *image);
/* Fills dict, data and mask; false: broken. */
bool pdf_png(PdfCache *c, const OdfPicture *p, bool grey, PdfImage *out);
enum { PICTURE_PIXELS_MAX = 40000000 };

/* ---- page.c, content.c, show.c, tags.c: a document added ------------------------------------ */
bool pdf_check(PdfAdd *a);              /* check.c; fills a->node, writes the pictures */
void pdf_page(PdfAdd *a, uint32_t page);
void pdf_pages_flush(PdfFile *f);
void pdf_label(PdfFile *f, const char *label);          /* of the page that comes next */
void pdf_tags(PdfAdd *a);
void pdf_outline(PdfAdd *a);
void pdf_outline_end(PdfFile *f);
void pdf_metadata(PdfFile *f);                          /* meta.c: catalog, XMP, Info, profile */
void pdf_profile(Buf *b);

/* The state of a content stream: what the operators so far have set. */
typedef struct {
    PdfFile *f;
    PdfAdd *a;
    uint32_t page;
    const LayoutPage *p;
    void *haru;
    Buf *b;
    VEC(uint32_t) content; /* by number of marked content: the object that holds it, 0: unused */
    uint32_t numbers;           /* of marked content so far, those of splits included */
    bool in_text, mark_in_text;
    int64_t line_x, line_y;     /* start of the current text line, thousandths of a point */
    bool skewed;
    const PdfFont *font;
    int32_t size, scale, fill, stroke;
    int64_t char_space, rise, line_width;
    int32_t dash[4];
    bool bold;
    uint8_t opacity;
} PdfContent;
void pdf_content(PdfContent *c);
void pdf_mark(PdfContent *c, const char *role, uint32_t number);
void pdf_unmark(PdfContent *c);
void pdf_text_open(PdfContent *c);
void pdf_text_close(PdfContent *c);
void pdf_fill_color(PdfContent *c, int32_t rgb);
void pdf_stroke_color(PdfContent *c, int32_t rgb);
void pdf_line_width(PdfContent *c, int64_t width);
void pdf_show(PdfContent *c, const LayoutItem *it);
int64_t pdf_show_width(const LayoutText *t);            /* twips, rounded */

/* A cluster of a text: glyphs [first, last), bytes [start, end). */
typedef struct { uint32_t first, last, start, end; } PdfCluster;
bool pdf_cluster(const LayoutText *t, uint32_t glyph, PdfCluster *c);   /* false: broken */

#endif
