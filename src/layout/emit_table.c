/* SPDX-License-Identifier: MIT */
/* A placed table: backgrounds, rules (writer-layout, tables-pages 2.4-2.10, 4.12), cells. */
#include "emit.h"

#include <string.h>

typedef struct {
    Emit *e;
    const Fragment *f;
    const Table *t;
    int32_t x, y;
    const Cell **grid;          /* rows placed here times columns; covered ones name their cover */
    size_t n_row;
} Grid;

static const Cell *cell_at(const Grid *g, size_t row, size_t column)
{
    return g->grid[row * g->t->n_column + column];
}

static void fill_grid(Grid *g)
{
    size_t n = g->t->n_column;
    g->grid = ARENA_ARRAY(g->e->c->pass, const Cell *, g->n_row * n);
    for (size_t r = 0; r < g->n_row; r++) {
        const Fragment *row = g->f->kid[r];
        for (size_t i = 0; i < row->n_kid; i++) {
            const Cell *v = row->kid[i]->cell;
            size_t end = v->row + v->row_span, y = r;
            for (; y < g->n_row && g->f->kid[y]->row_index < end &&
                   g->f->kid[y]->repeated == row->repeated; y++)
                for (size_t x = v->column; x < (size_t)v->column + v->col_span && x < n; x++)
                    g->grid[y * n + x] = v;
        }
    }
}

static void backgrounds(const Grid *g)
{
    const OdfTableProps *p = g->t->props;
    int32_t side[4];
    shadow_sides(p->shadow_x, p->shadow_y, side);       /* the width is without it already */
    int32_t box[4] = { g->x - side[SIDE_LEFT], g->y,
                       g->f->width + side[SIDE_LEFT] + side[SIDE_RIGHT], g->f->height };
    emit_shadow(g->e, p->shadow_x, p->shadow_y, p->shadow_color, box);
    emit_fill(g->e, box[0], box[1], box[2], box[3], p->background);
    emit_back(g->e, p->back, box[0], box[1], box[2], box[3]);
    for (size_t r = 0; r < g->n_row; r++) {
        const Fragment *row = g->f->kid[r];
        emit_fill(g->e, g->x, g->y + row->y, g->t->width, row->height, row->row->props->background);
        emit_back(g->e, row->row->props->back, g->x, g->y + row->y, g->t->width, row->height);
        for (size_t i = 0; i < row->n_kid; i++) {
            const Fragment *v = row->kid[i];
            emit_fill(g->e, g->x + v->x, g->y + row->y, v->width, v->height,
                      v->cell->props->background);
            emit_back(g->e, v->cell->props->back, g->x + v->x, g->y + row->y, v->width, v->height);
        }
    }
}

/* 2.4: the wider border wins; double beats single; else the second one, right or below. */
static const OdfBorder *winner(const OdfBorder *first, const OdfBorder *second)
{
    if (!first || first->style == BORDER_NONE)
        return second;
    if (!second || second->style == BORDER_NONE)
        return first;
    if (first->width != second->width)
        return first->width > second->width ? first : second;
    return first->style == BORDER_DOUBLE && second->style != BORDER_DOUBLE ? first : second;
}

/* The rule on the upper edge of row r (n_row: under the last one) in a column; NULL: none. */
static const OdfBorder *across(const Grid *g, size_t r, size_t column)
{
    const Cell *above = r ? cell_at(g, r - 1, column) : NULL;
    const Cell *below = r < g->n_row ? cell_at(g, r, column) : NULL;
    const OdfBorder *b;
    if (above == below)
        return NULL;
    b = winner(above ? &above->props->border[SIDE_BOTTOM] : NULL,
               below ? &below->props->border[SIDE_TOP] : NULL);
    /* 4.12: the top of a following page without a rule of its own shows the cell's lower one */
    if (!r && !g->f->begins && !g->f->kid[0]->repeated && below && (!b || b->style == BORDER_NONE))
        b = &below->props->border[SIDE_BOTTOM];
    return b && b->style != BORDER_NONE && b->width ? b : NULL;
}

static const OdfBorder *down(const Grid *g, size_t row, size_t edge)
{
    const Cell *left = edge ? cell_at(g, row, edge - 1) : NULL;
    const Cell *right = edge < g->t->n_column ? cell_at(g, row, edge) : NULL;
    if (left == right)
        return NULL;
    const OdfBorder *b = winner(left ? &left->props->border[SIDE_RIGHT] : NULL,
                                right ? &right->props->border[SIDE_LEFT] : NULL);
    return b && b->style != BORDER_NONE && b->width ? b : NULL;
}

static bool same(const OdfBorder *a, const OdfBorder *b)
{
    return a && b && !memcmp(a, b, sizeof *a);
}

static int32_t row_top(const Grid *g, size_t r)
{
    if (r < g->n_row)
        return g->y + g->f->kid[r]->y;
    const Fragment *last = g->f->kid[g->n_row - 1];
    return g->y + last->y + last->height;
}

/* Half the width of the vertical rule that a horizontal one meets at an end (2.6). */
static int32_t overhang(const Grid *g, size_t r, size_t edge)
{
    const OdfBorder *a = r ? down(g, r - 1, edge) : NULL,
                    *b = r < g->n_row ? down(g, r, edge) : NULL;
    if (!a || !b)
        return a ? a->width / 2 : b ? b->width / 2 : 0;
    return (a->width < b->width ? a->width : b->width) / 2;
}

static void rules_across(const Grid *g)
{
    for (size_t r = 0; r <= g->n_row; r++)
        for (size_t i = 0, k; i < g->t->n_column; i = k) {
            const OdfBorder *b = across(g, r, i);
            for (k = i + 1; k < g->t->n_column && same(b, across(g, r, k)); k++)
                ;
            if (!b)
                continue;
            int32_t from = g->x + g->t->edge[i] - overhang(g, r, i),
                    to = g->x + g->t->edge[k] + overhang(g, r, k);
            emit_border(g->e, b, SIDE_TOP, from, row_top(g, r), to - from);
        }
}

static int32_t rule_width(const Grid *g, size_t r, size_t edge)
{
    int32_t w = 0;
    for (size_t i = edge ? edge - 1 : 0; i <= edge && i < g->t->n_column; i++) {
        const OdfBorder *b = across(g, r, i);
        w = b && b->width > w ? b->width : w;
    }
    return w;
}

static void rules_down(const Grid *g)
{
    for (size_t edge = 0; edge <= g->t->n_column; edge++)
        for (size_t r = 0, k; r < g->n_row; r = k) {
            const OdfBorder *b = down(g, r, edge);
            for (k = r + 1; k < g->n_row && same(b, down(g, k, edge)); k++)
                ;
            if (!b)
                continue;
            int32_t from = row_top(g, r), to = row_top(g, k) + rule_width(g, k, edge);
            emit_border(g->e, b, SIDE_LEFT, g->x + g->t->edge[edge] - b->width / 2, from,
                        to - from);
        }
}

static void separate_borders(const Grid *g)
{
    for (size_t r = 0; r < g->n_row; r++)
        for (size_t i = 0; i < g->f->kid[r]->n_kid; i++) {
            const Fragment *v = g->f->kid[r]->kid[i];
            emit_box(g->e, v->cell->props->border, COLOR_NONE, g->x + v->x, row_top(g, r),
                     v->width - 1, v->height - 1);
        }
}

/* ---- structure ---- */

/* A table without header rows arranges things; read as divisions, not as a table of data. */
static void table_node(Emit *e, Block *b)
{
    Table *t = b->table;
    if (b->structure || e->artifact)
        return;
    b->structure =
        node_new(e->c, emit_group_node(e, b->group), t->n_header ? ROLE_TABLE : ROLE_DIV);
}

static void row_node(Emit *e, Block *b, Row *row)
{
    Table *t = b->table;
    if (row->structure || e->artifact || !t->n_header)
        return;
    bool head = row->header && t->n_header < t->n_row;      /* a THead needs a TBody below it */
    LayoutNode **part = head ? &t->head : &t->body;
    if (!*part)
        *part = node_new(e->c, b->structure, head ? ROLE_THEAD : ROLE_TBODY);
    row->structure = node_new(e->c, *part, ROLE_TR);
    for (size_t i = 0; i < row->n_cell; i++) {          /* empty cells too: the grid must be full */
        Cell *v = &row->cell[i];
        if (v->covered)
            continue;
        v->structure = node_new(e->c, row->structure, row->header ? ROLE_TH : ROLE_TD);
        v->structure->col_span = v->col_span;
        v->structure->row_span = v->row_span;
        v->structure->scope = row->header ? SCOPE_COLUMN : SCOPE_NONE;
    }
}

static LayoutNode *cell_node(Emit *e, Block *b, Cell *v)
{
    if (!v->structure && !e->artifact && !b->table->n_header)
        v->structure = node_new(e->c, b->structure, ROLE_DIV);
    /* a cell of one paragraph holds its content itself */
    if (v->structure && v->blocks.n == 1 && v->blocks.p[0]->kind == BLOCK_PARAGRAPH &&
        b->table->n_header && !v->blocks.p[0]->group && !v->blocks.p[0]->heading)
        v->blocks.p[0]->structure = v->structure;
    return v->structure;
}

static bool has_content(const Fragment *v)
{
    for (size_t i = 0; i < v->n_kid; i++) {
        const Fragment *f = v->kid[i];
        if (f->kind != FRAGMENT_PARAGRAPH || f->paragraph->content->len ||
            (f->begins && f->block->label))
            return true;
    }
    return false;
}

static void cells(const Grid *g, Block *b)
{
    LayoutNode *outer = g->e->parent;
    for (size_t r = 0; r < g->n_row; r++) {
        const Fragment *row = g->f->kid[r];
        bool was = g->e->artifact;
        LayoutArtifact kind = g->e->kind;
        g->e->artifact |= row->repeated;
        if (row->repeated && kind == ARTIFACT_LAYOUT)
            g->e->kind = ARTIFACT_PAGINATION;
        row_node(g->e, b, row->row);
        for (size_t i = 0; i < row->n_kid; i++) {
            const Fragment *v = row->kid[i];
            /* an empty one is painted, too: its paragraphs may have boxes */
            g->e->parent = has_content(v) ? cell_node(g->e, b, v->cell) : outer;
            emit_fragments(g->e, v->kid, v->n_kid, g->x + v->x, g->y + row->y);
        }
        g->e->artifact = was;
        g->e->kind = kind;
        g->e->parent = outer;
    }
}

void emit_table(Emit *e, const Fragment *f, int32_t x, int32_t y)
{
    Grid g = { .e = e, .f = f, .t = f->table, .x = x, .y = y, .n_row = f->n_kid };
    if (!g.n_row)
        return;
    fill_grid(&g);
    backgrounds(&g);
    table_node(e, f->block);
    cells(&g, f->block);
    if (g.t->props->separating) {
        separate_borders(&g);
    } else {
        rules_across(&g);
        rules_down(&g);
    }
}
