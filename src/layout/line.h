/* SPDX-License-Identifier: MIT */
/* What a paragraph consists of, from its text to its lines, and what is asked of each glyph. */
#ifndef LAYOUT_LINE_H
#define LAYOUT_LINE_H

#include "layout.h"

/* ---- one paragraph's content, flattened (inline.c) ---- */
typedef struct {
    const char *href;           /* as the file has it */
    const OdfNode *node;
    LayoutNode *structure;      /* made when first emitted */
} Link;

typedef enum { RUN_TEXT, RUN_TAB, RUN_BREAK, RUN_FRAME, RUN_ANCHOR } RunKind;
typedef struct {
    RunKind kind;
    bool blank;                 /* takes its room, but is not painted */
    uint32_t start, end; /* bytes of the paragraph's text; a tab, a break, a frame has one byte */
    const OdfTextProps *props;
    int32_t size;               /* after small capitals and super- or subscript */
    int32_t rise;               /* upwards */
    Link *link;
    const OdfNode *node;        /* RUN_FRAME, RUN_ANCHOR: the frame */
    struct Note *note;          /* this is the mark of a note */
} Run;

/* A run cut where the face, the script or the direction changes, and shaped. */
typedef struct {
    const Run *run;
    uint32_t start, end;
    const TextFace *face;
    const TextPiece *piece;     /* NULL: no text */
    uint8_t level;              /* of its direction, UAX #9: odd ones are read from the right */
    int32_t ascent, height;     /* A and H of text.md 1.2 */
    int32_t line_ascent, line_height;   /* what it asks of its line, raised or lowered text too */
} Segment;

typedef struct {
    const char *text;
    const Run *run;
    const Segment *segment;
    const uint8_t *can_break;   /* len + 1 */
    uint32_t len, n_run, n_segment;
    bool rtl;                   /* the paragraph is read from the right */
    bool uses_page;             /* holds a page number: differs from page to page */
    bool uses_count;
    bool has_notes;
} Content;

/* ---- lines (line.c) ---- */
typedef struct {
    const Segment *segment;     /* NULL: a list label or a hyphen */
    enum { PORTION_TEXT, PORTION_TAB, PORTION_FRAME, PORTION_LABEL, PORTION_HYPHEN } kind;
    int32_t x, width;           /* from the line's left edge */
    uint32_t start, end;        /* bytes of the paragraph's text */
    const TextPiece *piece;
    uint32_t glyph, n_glyph;    /* of piece */
    const OdfTextProps *props;
    int32_t size, rise;
    int32_t space_extra;        /* 1/100 twip */
    int32_t spread;             /* after each glyph of a stretched word */
    int32_t ascent, height, line_ascent, line_height;
    int32_t frame_top;          /* PORTION_FRAME: its upper edge from the baseline, downwards */
    uint32_t leader;            /* PORTION_TAB: the character, 0: none */
    Link *link;
    struct Frame *frame;        /* PORTION_FRAME, and what hangs on this place */
} Portion;

typedef struct {
    int32_t x;                  /* from the left edge of the text area: indent and alignment */
    int32_t height;             /* without above */
    int32_t above;              /* extra space above, dropped at the top of a page */
    int32_t ascent;             /* baseline from the line's top (below above) */
    int32_t natural;            /* of its text alone: what line spacing counts from */
    int32_t drop;               /* moved down by this much, below a frame */
    const Portion *portion;
    uint32_t n_portion;
    uint32_t start, end;
    bool beside;                /* on the same height as the line before, right of a frame */
} Line;

typedef VEC(Segment) Segments;
typedef VEC(Portion) Portions;
typedef VEC(Line) Lines;

/* ---- glyphs ---- */

/* rd(a / b), b > 0 */
static inline int32_t round_div(int64_t a, int64_t b)
{
    return (int32_t)(a >= 0 ? (2 * a + b) / (2 * b) : -((-2 * a + b - 1) / (2 * b)));
}

/* Its advance in 1/6 twip (writer-layout, text 1.2). */
static inline int32_t glyph_sixths(const Segment *s, const TextGlyph *g)
{
    const OdfTextProps *p = s->run->props;
    int64_t k = (int64_t)s->run->size * 6;
    if (p->scale != 100)
        k = k * p->scale / 100;
    return round_div(g->advance * k, s->face->upem) + p->letter_spacing * 6;
}

/* The k-th glyph in the order of reading. */
static inline const TextGlyph *piece_glyph(const TextPiece *p, uint32_t k)
{
    return &p->glyph[p->rtl ? p->n_glyph - 1 - k : k];
}

static inline const TextGlyph *portion_glyph(const Portion *p, uint32_t k)
{
    return &p->piece->glyph[p->glyph + (p->piece->rtl ? p->n_glyph - 1 - k : k)];
}

/* The first glyph of a segment, in the order of reading, of what begins at a byte of the text. */
static inline uint32_t glyph_from(const Segment *s, uint32_t at)
{
    uint32_t low = 0, high = s->piece->n_glyph, want = at - s->start;
    while (low < high) {
        uint32_t middle = (low + high) / 2;
        if (piece_glyph(s->piece, middle)->cluster < want)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

#endif
