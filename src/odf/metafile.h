/* SPDX-License-Identifier: MIT */
/* Metafiles while they are read: a player with a state, whose records become steps.
 *
 * wmf.c, emf.c and svm.c read the records of their format and call what is here.  Points go through
 * `now.to` into the picture's own square: METAFILE_SIDE units to the right and down. */
#ifndef SKRYBA_ODF_METAFILE_H
#define SKRYBA_ODF_METAFILE_H

#include "outline.h"

/* ---- bytes.c: little-endian data that may end anywhere: then numbers are 0 and bad is set ---- */
typedef struct { const unsigned char *p; size_t n; bool bad; } Bytes;
Bytes bytes_take(Bytes *b, size_t n);           /* the next n, or what is left */
Bytes bytes_at(Bytes b, size_t from, size_t n); /* n of them from there; n 0 and bad: not all */
unsigned bytes_u8(Bytes *b);
unsigned bytes_u16(Bytes *b);
int32_t bytes_i16(Bytes *b);
uint32_t bytes_u32(Bytes *b);
int32_t bytes_i32(Bytes *b);
double bytes_f32(Bytes *b);
int32_t bytes_colorref(Bytes *b);               /* COLORREF: red is the first byte */
void bytes_box(Bytes *b, double box[4]);        /* RECTL: left, top, right, bottom */
/* Text of units of 16 bits, up to n of them, or of a Windows character set, as UTF-8. */
void bytes_utf16(Bytes *b, size_t n, Buf *out);
void bytes_charset(Bytes b, unsigned charset, Buf *out);

/* ---- dib.c: bitmaps ---- */
typedef struct {
    uint32_t width, height;
    unsigned char *rgba;        /* rows from the top, to be freed; NULL: it could not be read */
    bool one_bit, bottom_up;
} Dib;
/* Pixels that a metafile may still unpack; the header and palette in info, the pixels in bits
 * (bits.n 0: right behind them). */
Dib dib_read(Bytes info, Bytes bits, uint64_t *budget);
/* With the header of a .bmp file, perhaps packed as LibreOffice does; takes it off *b. */
Dib dib_read_file(Bytes *b, uint64_t *budget);
/* A part of it; turned: y counts from the first row of the data, not from the top. */
void dib_crop(Dib *d, bool turned, double x, double y, double width, double height);
const OdfPicture *dib_picture(const Dib *d, Arena *a);  /* NULL: there are no pixels */

/* ---- metafile.c: the player ---- */
typedef struct {
    int32_t color;              /* COLOR_NONE: none */
    double width;               /* of a pen, in logical units; 0: as thin as can be */
    bool device;                /* the width does not grow with the units */
} MetaTool;
typedef struct {
    char family[64];
    double height, angle;       /* in tenths of degrees, against the clock */
    unsigned charset;
    uint16_t weight;
    bool cell;                  /* the height is that of the line, not of the em */
    bool italic, underline, strike;
} MetaFont;
typedef struct {
    Matrix to;                  /* from logical units to the picture's */
    MetaTool pen, brush;
    MetaFont font;
    int32_t text_color, back_color;
    uint8_t opacity;
    OdfStepAlign align;
    bool moves;                 /* text goes on from the current place, and moves it */
    double x, y;                /* the current place, in logical units */
    double clip[4];             /* left, top, right, bottom, in the picture's units */
    int mode;                   /* the mapping, in whatever way the format tells it: */
    double window[4], viewport[4];      /* origin, extent */
    Matrix world;
    unsigned flags;             /* of SVM: what a push keeps */
} MetaState;
typedef enum { META_PEN = 1, META_BRUSH, META_FONT, META_OTHER } MetaKind;
typedef struct {
    MetaKind kind;              /* 0: a free place */
    MetaTool tool;
    MetaFont *font;
} MetaObject;
typedef struct {
    Arena *a;
    MetaState now;
    VEC(MetaState) saved;
    VEC(MetaObject) object;
    VEC(OdfStep) step;
    Outline path;
    double bounds[4];           /* of all points; bounds[2] < bounds[0]: none yet */
    bool bracket;               /* a path is collected, to be painted later */
    bool partial;               /* something that is seen was left out */
    bool clockwise;             /* the direction of arcs */
    uint64_t pixels;            /* budget of bitmaps */
    Dib mask;                   /* a bitmap that masks the next one, at: */
    double mask_at[4];
} Metafile;

void meta_open(Metafile *m, Arena *a);
void meta_close(Metafile *m);
void meta_save(Metafile *m);
void meta_restore(Metafile *m, int32_t which);  /* -1: the last; 1: the first */
/* Sets now.to by world, window and viewport, and from what is a viewport's unit to the picture. */
void meta_map(Metafile *m, Matrix to_picture);
Matrix meta_fit(const double box[4]);           /* x, y, width, height of the picture */
/* Handles of objects.  put: at a place, or the first free one (SIZE_MAX). */
void meta_put(Metafile *m, size_t at, MetaObject o);
/* A font: d goes on with what EMF and WMF have alike behind its weight.  The family is its last
 * part, in letters of each one's own. */
MetaFont *meta_font(Metafile *m, double height, int32_t angle, int32_t weight, Bytes *d);
void meta_put_font(Metafile *m, size_t at, MetaFont *f, const Buf *family);
void meta_select(Metafile *m, size_t at);
void meta_delete(Metafile *m, size_t at);

/* Where the next points go, with the mapping of now. */
Outline *meta_path(Metafile *m);
/* Ends the path: as a part of a bracket, or painted. */
void meta_paint(Metafile *m, bool fill, bool stroke);
void meta_paint_bracket(Metafile *m, bool fill, bool stroke);
void meta_rectangle(Metafile *m, double x0, double y0, double x1, double y1);
void meta_round(Metafile *m, const double box[4], double rx, double ry);
void meta_ellipse(Metafile *m, const double box[4]);
typedef enum { ARC_OPEN, ARC_TO, ARC_CHORD, ARC_PIE } MetaArc;
/* box: left, top, right, bottom; the arc goes from the ray to (x0, y0) to the ray to (x1, y1). */
void meta_arc(Metafile *m, const double box[4], double x0, double y0, double x1, double y1,
              MetaArc how);
/* The clip becomes what it has in common with a box in logical units. */
void meta_clip(Metafile *m, double x0, double y0, double x1, double y1);
void meta_clip_all(Metafile *m);
/* UTF-8 text; dx: where each of its characters ends, from its beginning, or NULL. */
void meta_text(Metafile *m, double x, double y, const char *text, size_t len, const double *dx);
/* A bitmap in a box of logical units whose width or height may be negative; frees it. */
void meta_image(Metafile *m, Dib *d, double x, double y, double w, double h, uint32_t operation);
/* A box filled by a raster operation without a bitmap. */
void meta_fill(Metafile *m, double x, double y, double w, double h, uint32_t operation);
void meta_fill_color(Metafile *m, const double box[4], int32_t color);
enum {
    ROP_COPY = 0xcc0020,
    ROP_AND = 0x8800c6,
    ROP_PAINT = 0xee0086,
    ROP_INVERT = 0x660046,
    ROP_BLACK = 0x42,
    ROP_WHITE = 0xff0062,
    ROP_NOTHING = 0xaa0029,
    ROP_PATTERN = 0xf00021
};

/* Windows' fonts and tools, that WMF and EMF share. */
MetaTool meta_pen(unsigned style, double width, int32_t color);
MetaTool meta_brush(unsigned style, int32_t color);
MetaTool meta_pattern(Metafile *m, Bytes info, Bytes bits);
void meta_align(MetaState *s, unsigned bits);

/* The formats.  size: the natural size in twips.  False: this is no such file. */
bool wmf_size(Bytes b, int32_t size[2]);
bool wmf_play(Metafile *m, Bytes b);
bool emf_size(Bytes b, int32_t size[2]);
bool emf_play(Metafile *m, Bytes b);
bool svm_size(Bytes b, int32_t size[2]);
bool svm_play(Metafile *m, Bytes b);

#endif
