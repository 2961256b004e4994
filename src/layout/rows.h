/* SPDX-License-Identifier: MIT */
/* Rows of a table while they are put into a place. */
#ifndef LAYOUT_ROWS_H
#define LAYOUT_ROWS_H

#include "internal.h"

typedef struct SpanRest { Cell *cell; Row *row; Token token; } SpanRest;
/* A cell that spans rows, while they are placed. */
typedef struct { Cell *cell; Row *row; Fragment *fragment; int32_t y; const Token *from; } OpenSpan;
/* A table being put into a place. */
typedef struct {
    Ctx *c;
    Table *t;
    int32_t height;
    unsigned flags;
    int32_t at, y;              /* the table's top in its region; what is filled */
    bool fresh;                 /* nowhere is more room: spans show a line at least */
    VEC(Fragment *) row;
    VEC(OpenSpan) open;
} Rows;
/* Places the notes of rows that stand whole at k->y; false: they do not fit below them. */
bool rows_notes(Rows *k, size_t from, size_t to, bool must);
Fragment *cell_fragment(Rows *k, Row *row, Cell *v, int32_t height);
Fragment *row_fragment(Rows *k, size_t r, int32_t height, Fragment **cell, size_t n, bool repeated);
void cell_content(Rows *k, Fragment *f, const Filled *content, int32_t used);
/* Fills a cell at y of the table. */
Filled row_cell_fill(Rows *k, const Row *row, const Cell *v, int32_t y, int32_t height,
                     const Token *from, unsigned flags);
/* What of a row fits into a place: of its cells that neither span rows nor are covered. */
typedef struct {
    Row *row;
    Filled *filled;             /* of these */
    Token *token;               /* of all cells */
    int32_t room, high;
    bool left;                  /* something goes on */
} RowPart;
RowPart row_part(Rows *k, size_t r);
/* Fills the cells as far as there is room, going on at `from`; false: not a line fits in some
 * cell.  The second one sees to it that there is room for their notes. */
bool row_fill(Rows *k, RowPart *part, int32_t room, const Token *from);
bool row_fill_above_notes(Rows *k, RowPart *part, const Token *from);
int32_t rows_room(const Rows *k);       /* for rows, above the notes */
/* Places rows from *r on one by one, the first going on at `cells`; rows, and cells that span over
 * the end of the place, are cut there.  Stops at `end`.  False: not even the first row fits. */
bool spans_place(Rows *k, size_t *r, size_t end, const Token *cells, const Token *from,
                 Token *rest);

#endif
