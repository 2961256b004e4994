/* SPDX-License-Identifier: MIT */
/* What the files of pdf/ share.  Only haru.c knows libharu. */
#ifndef PDF_INTERNAL_H
#define PDF_INTERNAL_H

#include "pdf/pdf.h"

#include <string.h>

/* Numbers known before the first page; others are taken as they are needed. */
enum {
    OBJ_CATALOG = 1, OBJ_PAGES, OBJ_STRUCT_ROOT, OBJ_DOCUMENT, OBJ_METADATA, OBJ_PROFILE,
    OBJ_OUTLINES, OBJ_INFO, OBJ_FIRST
};
enum {
    SLICE_PAGES = 64,           /* pages to a node of the page tree, and to a libharu document */
    PIECE_SHARED = (1 << 23) - (1 << 16),       /* numbers in a piece: see piece.c */
    PIECE_LEAF = (1 << 23) - 1, PIECE_OBJECT = 1 << 23, PIECE_KEY = 1 << 24, PIECE_NOTE = 1 << 25,
    CID_MAX = 65535,            /* ISO 19005-2, 6.1.13 */
    STRING_MAX = 32767 / 2 - 2, /* UTF-16 units of a text string, ISO 19005-2, 6.1.13 */
};
#define TWIP 50                 /* a twip in thousandths of a point, the unit of written numbers */

/* ---- write.c: how things are spelled -------------------------------------------------------- */
/* As buf_put() and buf_str(), in place: a page is some ten thousand pieces of a few bytes. */
static inline void pdf_put(Buf *b, const void *data, size_t len)
{
    if (b->cap < b->n + len + 1) {
        buf_put(b, data, len);
        return;
    }
    if (len)
        memcpy(b->p + b->n, data, len);
    b->n += len;
    b->p[b->n] = 0;
}
static inline void pdf_str(Buf *b, const char *s)
{
    pdf_put(b, s, strlen(s));
}
static inline void pdf_chr(Buf *b, int c)
{
    char t = (char)c;
    pdf_put(b, &t, 1);
}
void pdf_int(Buf *b, uint64_t v);
void pdf_number(Buf *b, int64_t thousandths);           /* 12500 -> 12.5 */
void pdf_numbers(Buf *b, const int64_t *v, int n);      /* with a space between */
void pdf_ref(Buf *b, uint32_t object);                  /* 12 0 R */
/* A text string (7.9.2.2), in ASCII or UTF-16, cut at STRING_MAX. */
void pdf_text(Buf *b, const char *utf8);
void pdf_byte(Buf *b, int byte);                        /* of a string in parentheses */
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
typedef struct PdfCodes PdfCodes;
typedef struct PdfImage PdfImage;
typedef struct PdfImageUse PdfImageUse;
typedef struct PdfHaru PdfHaru;
typedef struct PdfPacker PdfPacker;

struct PdfFile {
    Output *out;
    PdfOptions o;               /* strings in arena */
    Arena *arena;
    PdfCache *cache;
    PdfPacker *packer;          /* of a long document, or NULL */
    bool own_cache, failed;
    Digest digest;              /* of all that was written, for /ID */

    uint32_t next;              /* the first free object number */
    VEC(PdfRun) run;
    Buf head, body;             /* the object stream being filled */
    uint32_t in_body, body_number;
    size_t body_run;            /* the run of its last object */
    Buf packed, dict, content, start;   /* scratch */

    uint32_t n_pages, n_docs, leaf;     /* leaf: the node of the page tree being filled, or 0 */
    VEC(uint32_t) leaf_kids, leaves, parts;
    PdfTree parents, ids, labels;
    uint32_t next_key, next_note;
    int64_t label_shift;        /* of the current range of labels: label - page, see page.c */
    bool labelled;

    VEC(PdfFace *) face;
    VEC(PdfCodes *) codes;      /* more than one: codes ran out; the last has room */
    VEC(PdfImageUse *) image;
    struct { uint32_t object; void *ref; } opacity[101];
    PdfHaru *haru;              /* of the current slice, or NULL */

    uint32_t outline_first, outline_last, outline_count;
    Buf outline_open;           /* the last bookmark of the top level, without its end */

    Buf *piece;                 /* its events, or NULL: this is a file */
    size_t piece_length;        /* where the length of the object being printed goes */
    uint32_t next_shared;
};

uint32_t pdf_take(PdfFile *f, uint32_t n);              /* n numbers that follow each other */
uint32_t pdf_take_shared(PdfFile *f);                   /* one, of what pieces have in common */
/* An object other than a stream: print it into the result, then call pdf_object_end(). */
Buf *pdf_object(PdfFile *f, uint32_t number);
void pdf_object_end(PdfFile *f);
/* What will hardly come again, the content of a page, is packed fast and not as small. */
typedef enum { PDF_PLAIN, PDF_DEFLATE, PDF_DEFLATE_ONCE, PDF_DEFLATED } PdfPacking;
/* Levels of libdeflate.  Above 5 a byte in two hundred is gained for a third more time; 1 takes
 * half the time of 5 and loses five bytes in a hundred of what a page holds, text in codes of two
 * bytes. */
enum { PDF_LEVEL = 5, PDF_LEVEL_FAST = 1 };
/* Ends the object stream.  What differs from file to file of a template, fonts and information, is
 * put into another than what does not, so that the latter is found in the cache. */
void pdf_objects_flush(PdfFile *f, PdfPacking packing);
/* A stream; dict holds its keys but Length and, when packed, Filter. */
void pdf_stream(PdfFile *f, uint32_t number, const Buf *dict, const void *data, size_t len,
                PdfPacking packing);
struct libdeflate_compressor;
void pdf_pack(struct libdeflate_compressor *z, const void *data, size_t len, Buf *out);
void pdf_deflate(PdfCache *c, const void *data, size_t len, Buf *out);  /* replaces out */
void pdf_deflate_fast(PdfCache *c, const void *data, size_t len, Buf *out);
bool pdf_inflate(const void *data, size_t len, Buf *out) MUST_CHECK;    /* adds to out */
/* The first part of a packed stream, made once, and a whole one of it and what differs: that is
 * stored as it is. */
void pdf_pack_head(const Buf *plain, Buf *head);
void pdf_pack_after(const Buf *head, const Buf *tail, Buf *out);        /* replaces out */
void pdf_header(PdfFile *f);
void pdf_trailer(PdfFile *f);                           /* cross-reference stream and the rest */

/* ---- packer.c ---- */
typedef struct {                /* a stream on its way */
    uint32_t number;
    PdfPacking packing;
    Buf dict, data, out;        /* data: what it holds; out: packed, when `pack` */
    bool pack, fast;
} PdfJob;
PdfPacker *pdf_packer_new(void);        /* NULL: no thread can be had */
PdfJob *pdf_packer_job(PdfPacker *p);   /* to be filled in; NULL: some must be taken first */
void pdf_packer_give(PdfPacker *p);     /* that one */
/* The next one to be written, once it is packed, until it is filled in again; NULL: no more. */
PdfJob *pdf_packer_take(PdfPacker *p);
void pdf_packer_free(PdfPacker *p);     /* forgets what was not taken; NULL is fine */

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
    bool plain;                 /* data are those bytes */
    bool sent;                  /* with a piece */
};
struct libdeflate_compressor *pdf_cache_compressor(PdfCache *c, bool fast);
const Buf *pdf_cache_profile(PdfCache *c);              /* deflated */
Buf *pdf_cache_metadata(PdfCache *c);                   /* pdf_pack_head(); empty at first */
hb_face_t *pdf_cache_face(PdfCache *c, const TextFace *base);   /* prepared for subsetting */
/* Results that depend on nothing but their key are kept, the last used ones.  What is found, or
 * made to be filled in, is valid until the next call; it is never larger than a few MB in all. */
typedef enum { PDF_KEPT_STREAM, PDF_KEPT_ONCE, PDF_KEPT_PROGRAM } PdfKind;
typedef struct {
    uint64_t hash, age;
    Buf key;
    Buf part[3];                /* a stream: packed; a program: file and map packed, widths */
    uint32_t length;            /* of the font file, unpacked */
} PdfKept;
PdfKept *pdf_cache_find(PdfCache *c, PdfKind kind, const void *key, size_t len);
PdfKept *pdf_cache_make(PdfCache *c, PdfKind kind, const void *key, size_t len);
const PdfImage *pdf_cache_image(PdfCache *c, const PdfImageKey *key);   /* NULL: not there */
/* Takes over the image's buffers if there is room for them; false: not kept. */
bool pdf_cache_keep(PdfCache *c, const PdfImage *image);
/* Whether an image went along with a piece before; if not, whether it is remembered from now on. */
bool pdf_cache_sent(PdfCache *c, const PdfImage *image, bool *remember);
/* Of the process that places the pieces: copies it. */
const PdfImage *pdf_cache_remember(PdfCache *c, const PdfImage *image);
const PdfImage *pdf_cache_remembered(PdfCache *c, const PdfImageKey *key);      /* or NULL */

/* ---- font.c, program.c ---------------------------------------------------------------------- */
enum {
    CID_OTHER = 0x1f0,          /* CIDs below are fixed by their character, see pdf_cid() */
    CID_PUNCTUATION = 0x180,    /* U+2000 to U+206F */
};
uint32_t pdf_cid(uint32_t c);                           /* 0: it has no fixed CID */
uint32_t pdf_cid_character(uint32_t cid);               /* of a fixed one */

/* What codes mean: shared by all TrueType faces of a file, so that they share a ToUnicode. */
typedef struct { uint32_t text, len; } PdfCode;
struct PdfCodes {
    uint32_t object;            /* its ToUnicode */
    Map *first;                 /* text -> the first CID that stands for it */
    VEC(PdfCode) code;          /* of CID_OTHER and up; text counts from text.p */
    Buf text;
};
typedef struct { uint16_t cid, glyph; int32_t width; } PdfEntry;        /* width: 10^-6 em */
typedef struct { uint32_t text, len; } PdfMeaning;      /* counted from PdfFont.text */
struct PdfFont {
    PdfFace *face;
    PdfCodes *codes;            /* NULL: CFF, whose CIDs are glyphs */
    uint32_t object;
    void *ref;
    PdfEntry fixed[CID_OTHER];  /* by CID; glyph 0: unused */
    VEC(PdfEntry) entry;        /* what is not in fixed */
    VEC(PdfMeaning) meaning;    /* of each of entry */
    VEC(bool) used;             /* by CID: is it in entry? */
    Buf text;                   /* the clusters' UTF-8 */
};
typedef struct { uint32_t font, entry; } PdfSlot;       /* indexes; entry counts from 1, 0: empty */
struct PdfFace {
    const TextFace *base;
    bool cff;
    uint32_t n_glyphs;
    VEC(PdfFont *) font;        /* more than one: codes ran out, or a CFF glyph has several texts */
    PdfSlot *slot;              /* hash table of all pairs of glyph and text but the fixed ones */
    size_t n_slots, n_pairs;
};
typedef struct { PdfFont *font; uint32_t cid; int64_t width; } PdfGlyph;   /* width: 10^-6 em */
PdfFace *pdf_face(PdfFile *f, const TextFace *face);
PdfGlyph pdf_glyph(PdfFile *f, PdfFace *face, uint32_t glyph, const char *text, size_t len);
int32_t pdf_glyph_width(const TextFace *face, uint32_t glyph);
void pdf_fonts_free(PdfFile *f);
bool pdf_fonts_write(PdfFile *f, Diags *d);

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
PdfImageUse *pdf_image_use(PdfFile *f, const PdfImage *m, const void *own, size_t len);
void pdf_image_clear(PdfImage *image);
/* Fills dict, data and mask; false: broken. */
bool pdf_png(PdfCache *c, const OdfPicture *p, bool grey, PdfImage *out);
enum { PICTURE_PIXELS_MAX = 40000000 };

/* ---- page.c, content.c, show.c, tags.c: a document added ------------------------------------ */
bool pdf_check(PdfAdd *a);              /* check.c; fills a->node, writes the pictures */
void pdf_page(PdfAdd *a, uint32_t page);
void pdf_leaf(PdfFile *f);                              /* makes sure that there is f->leaf */
void pdf_page_done(PdfFile *f, uint32_t object, const char *label);
void pdf_pages_flush(PdfFile *f);
uint32_t pdf_opacity(PdfFile *f, uint8_t percent);      /* the object that sets it */
void pdf_label(PdfFile *f, const char *label);          /* of the page that comes next */
/* A Div that says nothing gets no element: its kids become its parent's. */
bool pdf_tag_silent(const PdfAdd *a, const LayoutNode *n);
void pdf_tags(PdfAdd *a);
void pdf_outline(PdfAdd *a);
void pdf_outline_end(PdfFile *f);
void pdf_outline_place(PdfFile *f, uint32_t number, const Buf *item);   /* one without its end */
void pdf_defaults(PdfFile *f, const char *title, const char *language);
void pdf_catalog(PdfFile *f);                           /* meta.c */
void pdf_metadata(PdfFile *f);                          /* XMP, Info, profile */
void pdf_profile(Buf *b);

/* A length on the page fine enough for sums of glyphs to be exact: a millionth of an em is as many
 * pens as the size in twips times the scale in percent. */
typedef int64_t PdfPen;
#define PEN_TWIP INT64_C(100000000)
#define PEN_THOUSANDTH INT64_C(2000000)         /* of a point */

/* ---- piece.c: what is kept for another process to put into a file: place.c ------------------ */
enum { PIECE_EVENT_OBJECT = 1, PIECE_EVENT_STREAM, PIECE_EVENT_PAGE, PIECE_EVENT_IMAGE,
       PIECE_EVENT_OPACITY };
Buf *pdf_piece_object(PdfFile *f, uint32_t number);
void pdf_piece_object_end(PdfFile *f);
void pdf_piece_stream(PdfFile *f, uint32_t number, const Buf *dict, const void *data, size_t len,
                      bool packed);
void pdf_piece_page(PdfFile *f, uint32_t number, const char *label);
void pdf_piece_opacity(PdfFile *f, uint32_t number, uint8_t percent);
void pdf_piece_image(PdfFile *f, uint32_t number, const PdfImage *m, const void *own, size_t len);

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
    bool showing;               /* inside [( of a TJ that may go on */
    int64_t line_x, line_y;     /* start of the current text line, thousandths of a point */
    PdfPen pen;                 /* where the viewer's pen is, from the left of the page */
    bool skewed;
    const PdfFont *font;
    int32_t size, scale, fill, stroke;
    int64_t char_space, rise, line_width;
    int32_t dash[6];
    bool bold;
    uint8_t opacity;
} PdfContent;
Buf *pdf_operator(PdfContent *c);                       /* to print any operator but TJ */
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
static inline PdfCluster pdf_cluster(const LayoutText *t, uint32_t glyph)
{
    const TextGlyph *g = t->glyph;
    PdfCluster c = { glyph, glyph + 1, g[glyph].cluster, t->len };
    while (c.last < t->n_glyph && g[c.last].cluster == c.start)
        c.last++;
    if (t->rtl)
        c.end = glyph ? g[glyph - 1].cluster : t->len;
    else if (c.last < t->n_glyph)
        c.end = g[c.last].cluster;
    return c;
}

#endif
