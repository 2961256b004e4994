/* SPDX-License-Identifier: MIT */
/* A table's rows and cells, margins and heights (writer-layout, tables-pages sections 2 and 3). */
#include "internal.h"

#include <stdlib.h>
#include <string.h>

enum { CELLS_MOST = 2000 };     /* of a row */

typedef struct { Ctx *c; Table *t; VEC(Row) row; bool header; } Builder;

static long number_of(const OdfNode *n, OdfName name)
{
    const char *s = odf_attr(n, name);
    return number_in(s, 1, CELLS_MOST, 1);
}

static void build_row(Builder *k, const OdfNode *n)
{
    VEC(Cell) cell = {0};
    uint16_t column = 0;
    for (uint32_t i = 0; i < n->n_kid; i++) {
        const OdfNode *kid = n->kid[i];
        bool covered = kid->name == ODF_TABLE_COVERED_TABLE_CELL;
        if (kid->name != ODF_TABLE_TABLE_CELL && !covered)
            continue;
        for (long r = number_of(kid, ODF_TABLE_NUMBER_COLUMNS_REPEATED);
             r-- && cell.n < CELLS_MOST;) {
            Cell v = { .node = kid,
                       .props = kid->style ? odf_cell_props(k->c->file, kid->style) : NULL,
                       .column = column,
                       .col_span = 1,
                       .row_span = 1,
                       .covered = covered };
            if (!covered) {
                v.col_span = (uint16_t)number_of(kid, ODF_TABLE_NUMBER_COLUMNS_SPANNED);
                v.row_span = (uint16_t)number_of(kid, ODF_TABLE_NUMBER_ROWS_SPANNED);
                v.blocks = blocks_of_cell(k->c, kid, k->t->node);
            }
            column++;
            vec_push(&cell, v);
        }
    }
    Row row = { .node = n, .props = odf_row_props(k->c->file, n->style), .header = k->header };
    row.cell = ARENA_ARRAY(k->c->pass, Cell, cell.n);
    if (cell.n)
        memcpy(row.cell, cell.p, cell.n * sizeof *row.cell);
    row.n_cell = cell.n;
    vec_free(&cell);
    vec_push(&k->row, row);
    k->t->n_header += k->header;
}

static void build_rows(Builder *k, const OdfNode *n)
{
    if (too_deep(k->c, n))
        return;
    k->c->depth++;
    for (uint32_t i = 0; i < n->n_kid; i++) {
        const OdfNode *kid = n->kid[i];
        switch (kid->name) {
        case ODF_TABLE_TABLE_ROW:
            build_row(k, kid);
            break;
        case ODF_TABLE_TABLE_HEADER_ROWS:
            k->header = k->row.n == k->t->n_header;     /* only rows at the top repeat */
            build_rows(k, kid);
            k->header = false;
            break;
        case ODF_TABLE_TABLE_ROWS: case ODF_TABLE_TABLE_ROW_GROUP:
            build_rows(k, kid);
            break;
        }
    }
    k->c->depth--;
}

static const OdfCellProps plain = { .background = COLOR_NONE };

/* Spans that leave the table are cut. */
static void cut_spans(const Table *t, size_t r, Cell *v)
{
    if (v->col_span > t->n_column - v->column)
        v->col_span = (uint16_t)(t->n_column - v->column);
    if (v->row_span > t->n_row - r)
        v->row_span = (uint16_t)(t->n_row - r);
    if (t->row[r].header && r < t->n_header && v->row_span > t->n_header - r)
        v->row_span = (uint16_t)(t->n_header - r);
}

/* A cell goes to the next column that no span reaches (`reach`: the row below the lowest span of
 * each column), whether the file has covered cells there or not: Writer reads of those only how
 * they look (experiment).  Cells for which no column is left go; missing ones come (tables-pages
 * 1).  `out`: room for a cell of each column. */
static void place_row(Ctx *c, const Table *t, size_t r, size_t *reach, Cell *out)
{
    const Row *row = &t->row[r];
    size_t from = 0;
    for (size_t x = 0; x < t->n_column; x++) {
        const Cell *there = x < row->n_cell ? &row->cell[x] : NULL;
        Cell *v = &out[x];
        if (reach[x] > r) {
            *v = there && there->covered ? *there : (Cell){ .col_span = 1, .row_span = 1 };
            v->covered = true;
            v->column = (uint16_t)x;
            continue;
        }
        while (from < row->n_cell && row->cell[from].covered)
            from++;
        *v = from < row->n_cell ? row->cell[from++] : (Cell){ .col_span = 1, .row_span = 1 };
        v->column = (uint16_t)x;
        if (!v->node)
            v->blocks = blocks_of_cell(c, NULL, t->node);
        if (!v->props)
            v->props = t->column_cell[x] ? t->column_cell[x] : &plain;
        cut_spans(t, r, v);
        for (size_t i = x; i < x + v->col_span; i++)
            if (reach[i] < r + v->row_span)
                reach[i] = r + v->row_span;
    }
}

static void fit_to_grid(Ctx *c, Table *t)
{
    size_t *reach = ARENA_ARRAY(c->pass, size_t, t->n_column);
    Cell *out = ARENA_ARRAY(c->pass, Cell, t->n_column);
    for (size_t r = 0; r < t->n_row && t->n_column; r++) {
        Row *row = &t->row[r];
        place_row(c, t, r, reach, out);
        if (row->n_cell < t->n_column)
            row->cell = ARENA_ARRAY(c->pass, Cell, t->n_column);
        memcpy(row->cell, out, t->n_column * sizeof *out);
        row->n_cell = t->n_column;
    }
}

static void cover(Cell *v, const Cell *by)
{
    v->covered = true;
    v->beside = v->column > by->column;
    if (!v->props)      /* it looks like what covers it (experiment: borders and padding count) */
        v->props = by->props;
}

/* A covered cell belongs to the span that reaches it. */
static void mark_covered(Table *t)
{
    for (size_t r = 0; r < t->n_row; r++)
        for (size_t i = 0; i < t->row[r].n_cell; i++) {
            Cell *v = &t->row[r].cell[i];
            if (v->covered)
                continue;
            v->row = (uint32_t)r;
            for (size_t y = r; y < r + v->row_span; y++)
                for (size_t x = i; x < i + v->col_span && x < t->row[y].n_cell; x++)
                    if (y != r || x != i)
                        cover(&t->row[y].cell[x], v);
        }
    for (size_t r = 0; r < t->n_row; r++)
        for (size_t i = 0; i < t->row[r].n_cell; i++)
            if (!t->row[r].cell[i].props)
                t->row[r].cell[i].props = &plain;
}

Table *table_make(Ctx *c, const OdfNode *n)
{
    Table *t = ARENA_NEW(c->pass, Table);
    Builder k = { .c = c, .t = t };
    t->node = n;
    t->props = odf_table_props(c->file, n->style);
    t->outer = -1;
    c->nested++;
    build_rows(&k, n);
    c->nested--;
    t->row = ARENA_ARRAY(c->pass, Row, k.row.n);
    if (k.row.n)
        memcpy(t->row, k.row.p, k.row.n * sizeof *t->row);
    t->n_row = k.row.n;
    vec_free(&k.row);
    return t;
}

/* ---- margins and heights ---- */

static int32_t max(int32_t a, int32_t b)
{
    return a > b ? a : b;
}

/* Collapsing: all cells of a row have the same top and bottom margin (2.3).  A cell covered from
 * above counts, too (3.7). */
static void row_margins(Table *t)
{
    int32_t line_above = 0;
    for (size_t r = 0; r < t->n_row; r++) {
        Row *row = &t->row[r];
        int32_t top = 0, pad_top = 0;
        row->bottom = row->bottom_line = 0;
        for (size_t i = 0; i < row->n_cell; i++) {
            const OdfCellProps *p = row->cell[i].props;
            if (row->cell[i].beside)
                continue;
            top = max(top, p->border[SIDE_TOP].width + p->padding[SIDE_TOP]);
            pad_top = max(pad_top, p->padding[SIDE_TOP]);
            row->bottom = max(row->bottom, p->padding[SIDE_BOTTOM]);
            row->bottom_line = max(row->bottom_line, p->border[SIDE_BOTTOM].width);
        }
        row->top = max(top, line_above + pad_top);
        line_above = row->bottom_line;
        if (t->props->separating)
            row->bottom_line = 0;
    }
}

int32_t cell_inset(const Table *t, const Row *row, const Cell *cell, OdfSide side)
{
    const OdfCellProps *p = cell->props;
    if (t->props->separating)
        return p->border[side].width + p->padding[side];
    return side == SIDE_TOP ? row->top : side == SIDE_BOTTOM ? row->bottom : p->padding[side];
}

int32_t cell_width(const Table *t, const Cell *cell)
{
    int32_t w = t->edge[cell->column + cell->col_span] - t->edge[cell->column];
    int32_t sides = cell->props->padding[SIDE_LEFT] + cell->props->padding[SIDE_RIGHT];
    if (t->props->separating)
        sides += cell->props->border[SIDE_LEFT].width + cell->props->border[SIDE_RIGHT].width;
    return w > sides ? w - sides : 0;
}

Filled cell_fill(Ctx *c, const Table *t, const Cell *cell, int32_t height, const Token *from,
                 unsigned flags, bool place, int32_t x, int32_t y)
{
    static const PageGeometry none = { 11906, 16838, 1134, 1134, 9638, 14570, false };
    const Region *outer = c->region;
    const Row *row = &t->row[cell->row];
    Floats own = {0};
    int32_t left = cell_inset(t, row, cell, SIDE_LEFT), top = cell_inset(t, row, cell, SIDE_TOP);
    if (!place) {
        x = left;
        y = top;
    }
    Region r = { .page = c->geometry ? c->geometry : &none,
                 .x = x,
                 .y = y,
                 .width = cell_width(t, cell),
                 .floats = &own,
                 .cell = true,
                 .box_x = x - left,
                 .box_y = y - top,
                 .box_width = t->edge[cell->column + cell->col_span] - t->edge[cell->column] };
    NoteArea *area = c->area;
    c->region = &r;
    if (!place)
        c->area = NULL;
    Filled f = flow_fill(c, cell->blocks, r.width, height, from, flags);
    c->area = area;
    for (size_t i = 0; i < own.frame.n; i++) {
        const Frame *k = own.frame.p[i];
        int32_t bottom = k->y + k->height - y;
        if (k->props.flow_with_text && bottom > f.height)       /* frames-styles 1.5.4 */
            f.height = bottom;
        if (place && outer)
            vec_push(&outer->floats->frame, own.frame.p[i]);
    }
    floats_free(&own);
    c->region = outer;
    return f;
}

static void cell_heights(Ctx *c, Table *t)
{
    for (size_t r = 0; r < t->n_row; r++)
        for (size_t i = 0; i < t->row[r].n_cell; i++) {
            Cell *v = &t->row[r].cell[i];
            if (v->covered)
                continue;
            Filled f = cell_fill(c, t, v, 0, NULL, FILL_CELL | FILL_UNLIMITED, false, 0, 0);
            v->content = f.height;
        }
}

/* A cell that spans rows, in a list by the row it ends in. */
typedef struct SpanEnd {
    const Cell *cell;
    struct SpanEnd *next;
} SpanEnd;

/* NULL: there are none. */
static SpanEnd **span_ends(Ctx *c, const Table *t)
{
    SpanEnd **end = NULL;
    for (size_t r = 0; r < t->n_row; r++)
        for (size_t i = 0; i < t->row[r].n_cell; i++) {
            const Cell *v = &t->row[r].cell[i];
            if (v->covered || v->row_span < 2)
                continue;
            if (!end)
                end = ARENA_ARRAY(c->pass, SpanEnd *, t->n_row);
            SpanEnd *s = ARENA_NEW(c->pass, SpanEnd), **at = &end[r + v->row_span - 1];
            *s = (SpanEnd){ v, *at };
            *at = s;
        }
    return end;
}

/* Heights of rows; a spanning cell counts in the last row of its span (3.7). */
static void row_heights(Ctx *c, Table *t)
{
    SpanEnd **end = span_ends(c, t);
    int64_t *above = end ? ARENA_ARRAY(c->pass, int64_t, t->n_row + 1) : NULL;
    for (size_t r = 0; r < t->n_row; r++) {
        Row *row = &t->row[r];
        int32_t h = row->props->min_height;
        for (size_t i = 0; i < row->n_cell; i++) {
            const Cell *v = &row->cell[i];
            if (!v->covered && v->row_span == 1)
                h = max(h, cell_inset(t, row, v, SIDE_TOP) + v->content +
                               cell_inset(t, row, v, SIDE_BOTTOM));
            if (v->covered && !v->beside)
                h = max(h, cell_inset(t, row, v, SIDE_TOP) + cell_inset(t, row, v, SIDE_BOTTOM));
        }
        row->height = row->own = row->props->height ? row->props->height : h;
        for (const SpanEnd *s = end && !row->props->height ? end[r] : NULL; s; s = s->next) {
            const Row *top = &t->row[s->cell->row];
            int64_t others = above[r] - above[s->cell->row];
            row->height = max(row->height, (int32_t)(cell_inset(t, top, s->cell, SIDE_TOP) +
                                                     s->cell->content +
                                                     cell_inset(t, top, s->cell, SIDE_BOTTOM) -
                                                     others));
        }
        if (above)
            above[r + 1] = above[r] + row->height;
    }
}

void table_at(Ctx *c, Table *t, int32_t width)
{
    if (t->outer == width)
        return;
    t->outer = width;
    table_columns(c, t, width);
    fit_to_grid(c, t);
    mark_covered(t);
    row_margins(t);
    c->nested++;
    cell_heights(c, t);
    c->nested--;
    row_heights(c, t);
}
