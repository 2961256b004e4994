/* SPDX-License-Identifier: MIT */
/* A table put into a place: rows that fit, rows split, headers repeated (writer-layout,
 * tables-pages section 4). */
#include "rows.h"

#include <string.h>

/* The last row that a span beginning in r, or in a row it reaches, holds together; or `end`. */
static size_t span_end(const Table *t, size_t r, size_t end)
{
    for (size_t y = r; y <= end; y++)
        for (size_t i = 0; i < t->row[y].n_cell; i++) {
            const Cell *v = &t->row[y].cell[i];
            if (!v->covered && y + v->row_span - 1 > end)
                end = y + v->row_span - 1;
        }
    return end;
}

static int32_t rows_height(const Table *t, size_t from, size_t to)
{
    int32_t h = 0;
    for (size_t r = from; r < to; r++)
        h += t->row[r].height;
    return h;
}

Fragment *cell_fragment(Rows *k, Row *row, Cell *v, int32_t height)
{
    Fragment *f = ARENA_NEW(k->c->pass, Fragment);
    f->kind = FRAGMENT_CELL;
    f->table = k->t;
    f->row = row;
    f->cell = v;
    f->x = k->t->edge[v->column];
    f->width = k->t->edge[v->column + v->col_span] - f->x;
    f->height = height;
    return f;
}

/* The cell's content placed in its box: padding, vertical alignment (3.6). */
void cell_content(Rows *k, Fragment *f, const Filled *content, int32_t used)
{
    const Cell *v = f->cell;
    int32_t top = cell_inset(k->t, f->row, v, SIDE_TOP),
            bottom = cell_inset(k->t, f->row, v, SIDE_BOTTOM);
    int32_t free = f->height - top - bottom - used, left = v->props->padding[SIDE_LEFT];
    if (k->t->props->separating)
        left += v->props->border[SIDE_LEFT].width;
    if (free > 0 && v->props->align != CELL_TOP)
        top += v->props->align == CELL_MIDDLE ? free / 2 : free;
    f->kid = content->fragment;
    f->n_kid = (uint32_t)content->n;
    for (size_t i = 0; i < content->n; i++) {
        content->fragment[i]->x += left;
        content->fragment[i]->y += top;
    }
}

Fragment *row_fragment(Rows *k, size_t r, int32_t height, Fragment **cell, size_t n,
                              bool repeated)
{
    Fragment *f = ARENA_NEW(k->c->pass, Fragment);
    f->kind = FRAGMENT_ROW;
    f->table = k->t;
    f->row = &k->t->row[r];
    f->row_index = (uint32_t)r;
    f->y = k->y;
    f->width = k->t->width;
    f->height = height;
    f->kid = cell;
    f->n_kid = (uint32_t)n;
    f->repeated = repeated;
    vec_push(&k->row, f);
    k->y += height;
    return f;
}

Filled row_cell_fill(Rows *k, const Row *row, const Cell *v, int32_t y, int32_t height,
                     const Token *from, unsigned flags)
{
    const Region *r = k->c->region;
    int32_t left = v->props->padding[SIDE_LEFT];
    if (k->t->props->separating)
        left += v->props->border[SIDE_LEFT].width;
    int32_t x = k->t->x + k->t->edge[v->column] + left;
    y += k->at + cell_inset(k->t, row, v, SIDE_TOP);
    return cell_fill(k->c, k->t, v, height, from, flags, true, (r ? r->x : 0) + x,
                     (r ? r->y : 0) + y);
}

int32_t rows_room(const Rows *k)
{
    int32_t end = notes_top(k->c) - k->at;
    return k->height < end ? k->height : end;
}

bool rows_notes(Rows *k, size_t from, size_t to, bool must)
{
    for (size_t r = from; r < to; r++)
        for (size_t i = 0; i < k->t->row[r].n_cell; i++)
            if (!notes_add_all(k->c, k->t->row[r].cell[i].blocks,
                               k->at + k->y + rows_height(k->t, from, to), must))
                return false;
    return true;
}

static void put_whole_row(Rows *k, size_t r, bool repeated)
{
    Row *row = &k->t->row[r];
    Fragment **cell = ARENA_ARRAY(k->c->pass, Fragment *, row->n_cell);
    size_t n = 0;
    for (size_t i = 0; i < row->n_cell; i++) {
        Cell *v = &row->cell[i];
        if (v->covered)
            continue;
        Fragment *f = cell_fragment(k, row, v, rows_height(k->t, r, r + v->row_span));
        Filled content = row_cell_fill(k, row, v, k->y, 0, NULL, FILL_CELL | FILL_UNLIMITED);
        cell_content(k, f, &content, v->content);
        f->begins = f->ends = true;
        cell[n++] = f;
    }
    Fragment *f = row_fragment(k, r, row->height, cell, n, repeated);
    f->begins = f->ends = true;
}

/* ---- a row that goes on on the next page (4.2, 4.3) ---- */

enum { FILLS_MOST = 8 };

static bool may_split(const Rows *k, size_t r)
{
    const Row *row = &k->t->row[r];
    if (span_end(k->t, r, r) != r)
        return false;
    if (row->props->height)                     /* fixed: what does not fit is cut */
        return false;
    return k->flags & FILL_MUST || !row->props->keep_together;
}

RowPart row_part(Rows *k, size_t r)
{
    Row *row = &k->t->row[r];
    return (RowPart){ .row = row,
                      .filled = ARENA_ARRAY(k->c->pass, Filled, row->n_cell),
                      .token = ARENA_ARRAY(k->c->pass, Token, row->n_cell) };
}

bool row_fill(Rows *k, RowPart *part, int32_t room, const Token *from)
{
    Row *row = part->row;
    part->left = false;
    part->high = 0;
    for (size_t i = 0, n = 0; i < row->n_cell; i++) {
        Cell *v = &row->cell[i];
        Token *token = &part->token[i];
        *token = (Token){ .done = true, .block = v->blocks.n };
        if (v->covered || v->row_span > 1)
            continue;
        int32_t sides = cell_inset(k->t, row, v, SIDE_TOP) + cell_inset(k->t, row, v, SIDE_BOTTOM);
        unsigned flags = FILL_CELL | (k->flags & (FILL_MUST | FILL_UNLIMITED));
        const Token *start = from ? &from[i] : NULL;
        Filled *f = &part->filled[n++];
        *f = (Filled){ .done = true };
        if (!start || !start->done) {
            if (start && start->inside)
                flags |= FILL_TOP_DROPPED;
            *f = row_cell_fill(k, row, v, k->y, room - sides, start, flags);
            if (!v->blocks.n)           /* as an empty paragraph (3.1) */
                f->height = v->content;
            if (!f->n && (v->blocks.n || (f->height > room - sides && !(flags & FILL_MUST))))
                return false;
            *token = f->rest;
            token->done = f->done;
        }
        part->left |= !f->done;
        part->high = f->height + sides > part->high ? f->height + sides : part->high;
    }
    return true;
}

/* Those of one cell leave less room for the others. */
bool row_fill_above_notes(Rows *k, RowPart *part, const Token *from)
{
    NotesMark notes = notes_mark(k->c);
    FloatsMark floats = floats_mark(k->c);
    int32_t line = part->row->bottom_line, room = rows_room(k) - k->y - line;
    if (!from && part->row->props->min_height > room && !(k->flags & FILL_MUST))
        return false;
    for (int i = 0;; i++) {
        bool some = row_fill(k, part, room, from);
        int32_t now = rows_room(k) - k->y - line;
        if (some && (part->high <= now || k->flags & FILL_MUST || i == FILLS_MOST)) {
            part->room = room;
            return true;
        }
        notes_back(notes);
        floats_back(k->c, floats);
        if (!some || i == FILLS_MOST)
            return false;
        room = now;
    }
}

/* Places what fits of row r, going on at `from` (NULL: from its beginning).  *rest is set when
 * something is left.  False: not a line fits in some cell. */
static bool put_row_part(Rows *k, size_t r, const Token *from, const Token **rest)
{
    Row *row = &k->t->row[r];
    Fragment **cell = ARENA_ARRAY(k->c->pass, Fragment *, row->n_cell);
    RowPart part = row_part(k, r);
    size_t n = 0;
    if (!row_fill_above_notes(k, &part, from))
        return false;
    if (!from && part.high < row->props->min_height)
        part.high = row->props->min_height < part.room ? row->props->min_height : part.room;
    for (size_t i = 0; i < row->n_cell; i++) {
        Cell *v = &row->cell[i];
        if (v->covered)
            continue;
        const Filled *f = &part.filled[n];
        cell[n] = cell_fragment(k, row, v, part.high);
        cell[n]->begins = !from;
        cell[n]->ends = f->done;
        cell_content(k, cell[n++], f, f->height);
    }
    Fragment *f = row_fragment(k, r, part.high, cell, n, false);
    f->begins = !from;
    f->ends = !part.left;
    *rest = part.left ? part.token : NULL;
    return true;
}

/* ---- the table ---- */

static bool fits(const Rows *k, size_t from, size_t to)
{
    return k->flags & FILL_UNLIMITED ||
           k->y + rows_height(k->t, from, to) + k->t->row[to - 1].bottom_line <= rows_room(k);
}

static Fragment *finish(Rows *k, bool begins)
{
    int32_t shadow[4];
    Fragment *f = ARENA_NEW(k->c->pass, Fragment);
    Fragment **kid = ARENA_ARRAY(k->c->pass, Fragment *, k->row.n);
    f->kind = FRAGMENT_TABLE;
    f->table = k->t;
    f->x = k->t->x;
    f->width = k->t->width;
    f->kid = kid;
    f->n_kid = (uint32_t)k->row.n;
    f->begins = begins;
    if (k->row.n) {
        memcpy(kid, k->row.p, k->row.n * sizeof *kid);
        shadow_sides(k->t->props->shadow_x, k->t->props->shadow_y, shadow);
        f->height = k->y + kid[k->row.n - 1]->row->bottom_line + shadow[SIDE_BOTTOM];
    }
    vec_free(&k->row);
    vec_free(&k->open);
    return f;
}

static bool keep_whole(const Rows *k)
{
    return k->t->props->no_break_between_rows && !(k->flags & (FILL_MUST | FILL_UNLIMITED));
}

/* The row after the last that spans from above, or from row r, hold together. */
static size_t spans_end(const Table *t, size_t r, const Token *from)
{
    size_t end = r;
    for (size_t i = 0; from && i < from->n_span; i++) {
        const Cell *v = from->span[i].cell;
        if (v->row + v->row_span - 1 > end)
            end = v->row + v->row_span - 1;
    }
    return span_end(t, r, end) + 1;
}

Placed table_place(Ctx *c, Block *b, int32_t y, int32_t height, const Token *from, Token *rest,
                   unsigned flags, Fragment **out)
{
    Rows k = { .c = c, .t = b->table, .height = height, .flags = flags, .at = y };
    Table *t = k.t;
    int32_t shadow[4];
    shadow_sides(t->props->shadow_x, t->props->shadow_y, shadow);
    k.y = shadow[SIDE_TOP];
    k.height -= shadow[SIDE_BOTTOM];
    size_t r = from->inside ? from->row : 0;
    const Token *cells = from->inside ? from->cell : NULL, *left = NULL;
    if (!t->n_row) {
        *out = finish(&k, true);
        return PLACED_ALL;
    }
    if (!from->inside && keep_whole(&k) && !fits(&k, 0, t->n_row))
        return PLACED_NONE;
    bool repeat =
        t->n_header < t->n_row && rows_height(t, 0, t->n_header) < height / 2 + height / 4;
    for (size_t h = 0; from->inside && repeat && r >= t->n_header && h < t->n_header; h++)
        put_whole_row(&k, h, true);
    size_t placed = 0;
    const Token *spans = from->inside && from->n_span ? from : NULL;
    Token held = {0};
    while (r < t->n_row && !left) {
        size_t end = cells ? r : span_end(t, r, r);
        NotesMark notes = notes_mark(c);
        bool whole = !cells && !spans && fits(&k, r, end + 1);
        if (whole && !(flags & FILL_UNLIMITED))
            whole = rows_notes(&k, r, end + 1, false);
        if (!whole)
            notes_back(notes);
        if (whole) {
            for (; r <= end; r++, placed++)
                put_whole_row(&k, r, false);
        } else if ((end > r || spans) &&
                   spans_place(&k, &r, spans_end(t, r, spans), cells, spans, &held)) {
            placed++;
            spans = NULL;
            cells = NULL;
            left = held.cell;
            if (held.n_span)
                break;
        } else if (may_split(&k, r) && put_row_part(&k, r, cells, &left)) {
            placed++;
            cells = NULL;
            r += !left;
        } else if (!placed && flags & FILL_MUST) {
            rows_notes(&k, r, r + 1, true);
            put_whole_row(&k, r++, false);              /* higher than the page: it sticks out */
            placed++;
        } else {
            break;
        }
        k.flags &= ~(unsigned)FILL_MUST;
    }
    if (!placed || (!from->inside && t->n_header && placed <= t->n_header && r < t->n_row &&
                    !(flags & FILL_MUST))) {
        vec_free(&k.row);
        vec_free(&k.open);
        return PLACED_NONE;
    }
    *out = finish(&k, !from->inside);
    (*out)->block = b;
    if (r >= t->n_row && !left)
        return PLACED_ALL;
    *rest = held;
    rest->row = r;
    rest->cell = left;
    rest->inside = true;
    return PLACED_PART;
}
