/* SPDX-License-Identifier: MIT */
/* Emission: what was laid out becomes items of pages and the structure tree. */
#ifndef LAYOUT_EMIT_H
#define LAYOUT_EMIT_H

#include "internal.h"

/* emit.c */
typedef struct {
    Ctx *c;
    LayoutPage *page;
    uint32_t number;            /* of the page, from 0 */
    LayoutNode *parent;         /* of blocks that belong to no group */
    bool artifact;              /* all of it: repeated headers and rows */
    LayoutArtifact kind;
    LayoutNode *open;           /* whose marked content is open, and its number */
    uint32_t content;
} Emit;
LayoutNode *node_new(Ctx *c, LayoutNode *parent, LayoutRole role);
/* Notes and the line above them, that end at bottom. */
void notes_emit(Emit *e, const NoteList *list, int32_t x, int32_t bottom, int32_t width);
void emit_pages(Ctx *c, const Pages *pages);
/* The structure element of a paragraph, of its list label, of a group: made when first asked for;
 * NULL while all is an artifact. */
LayoutNode *emit_paragraph_node(Emit *e, Block *b);
LayoutNode *emit_label_node(Emit *e, Block *b);
LayoutNode *emit_group_node(Emit *e, Group *g);
void emit_fragments(Emit *e, Fragment *const *f, size_t n, int32_t x, int32_t y);
LayoutItem *emit_item(Emit *e, LayoutNode *node);       /* NULL node: an artifact */
void emit_fill(Emit *e, int32_t x, int32_t y, int32_t w, int32_t h, int32_t color);
/* emit_rule.c */
void emit_rules(Emit *e, const Portion *p, int32_t x, int32_t baseline);
/* emit_line.c */
void emit_line(Emit *e, const Fragment *f, const Line *l, int32_t x, int32_t y);
void emit_text(Emit *e, const Portion *p, int32_t x, int32_t baseline, LayoutNode *node);
/* Makes the structure of a frame's content where it is anchored; it is painted later. */
void emit_anchor(Emit *e, Frame *frame, LayoutNode *paragraph);
void emit_frame(Emit *e, Frame *frame, int32_t x, int32_t y, LayoutNode *parent);
/* Puts frames in the order of painting; those that hang on no paragraph are read first. */
void emit_order(Emit *e, Frame **frame, size_t n, LayoutNode *parent);
/* Those behind the text or those before it; x, y: what their places count from. */
void emit_floats(Emit *e, Frame *const *frame, size_t n, int32_t x, int32_t y, bool background);
/* emit_table.c */
void emit_table(Emit *e, const Fragment *f, int32_t x, int32_t y);
/* emit_shadow.c: paints a box's shadow and takes its room from the box: x, y, width, height. */
void emit_shadow(Emit *e, int32_t shadow_x, int32_t shadow_y, int32_t color, int32_t box[4]);
/* emit_back.c: the picture behind a box; NULL: none. */
void emit_back(Emit *e, const OdfBack *b, int32_t x, int32_t y, int32_t w, int32_t h);
/* Paints a box with a gradient; other things than boxes get one colour. */
bool has_bands(const OdfFrameProps *p, bool box);
void emit_gradient(Emit *e, const OdfFrameProps *p, LayoutNode *node, int32_t x, int32_t y,
                   int32_t w, int32_t h);
/* emit_box.c */
/* A border's line along the side of a box: from (x, y), length to the right or down. */
void emit_border(Emit *e, const OdfBorder *b, OdfSide side, int32_t x, int32_t y, int32_t length);
void emit_box(Emit *e, const OdfBorder border[4], int32_t background, int32_t x, int32_t y,
              int32_t w, int32_t h);
LayoutNode *emit_block_parent(LayoutNode *n);   /* where a block may stand, from n outwards */
/* drawing.c */
typedef struct { int32_t color, opacity; bool fill; int32_t width; } Paint;
/* The outline's points count from (x, y). */
LayoutItem *emit_path(Emit *e, LayoutNode *node, const OdfPoint *point, size_t n, int32_t x,
                      int32_t y, Paint paint);
void emit_shape(Emit *e, const Frame *f, int32_t x, int32_t y, LayoutNode *node);
/* chart.c */
void emit_chart(Emit *e, const Frame *f, int32_t x, int32_t y, int32_t w, int32_t h,
                LayoutNode *node);
const char *chart_alt(Ctx *c, const OdfChart *chart);   /* of one without alternative text */
/* metafile.c */
/* box: x, y, width, height of what is seen; clip: thousandths of the sides that are cut off. */
void emit_metafile(Emit *e, const Frame *f, const int32_t box[4], const int32_t clip[4],
                   LayoutNode *node);
/* control.c */
void emit_control(Emit *e, const Frame *f, int32_t x, int32_t y, LayoutNode *node);

#endif
