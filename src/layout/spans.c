/* SPDX-License-Identifier: MIT */
/* Cells that span rows, when the rows do not fit together: they are cut at the end of a row, and
 * their content goes on in the next part (writer-layout, tables-pages 4.7). */
#include "rows.h"

#include <stdlib.h>
#include <string.h>

static void open_span(Rows *k, Cell *v, Row *row, Fragment *f, const Token *from)
{
    f->begins = !from;
    vec_push(&k->open, (OpenSpan){ v, row, f, k->y, from });
}

static int32_t insets(const Rows *k, const OpenSpan *s)
{
    return cell_inset(k->t, s->row, s->cell, SIDE_TOP) +
           cell_inset(k->t, s->row, s->cell, SIDE_BOTTOM);
}

/* The height that row r must have, when it is the last one of spans, so that what is left of them
 * fits; at least h. */
static int32_t last_row_height(Rows *k, size_t r, int32_t h)
{
    bool fixed = k->t->row[r].props->height;
    for (size_t i = 0; i < k->open.n && !fixed; i++) {
        const OpenSpan *s = &k->open.p[i];
        if (s->cell->row + s->cell->row_span != r + 1)
            continue;
        Filled f =
            cell_fill(k->c, k->t, s->cell, 0, s->from, FILL_CELL | FILL_UNLIMITED, false, 0, 0);
        int32_t want = f.height + insets(k, s) - (k->y - s->y);
        h = want > h ? want : h;
    }
    return h;
}

/* Ends a span at the rows placed so far; with content left over it says where to go on. */
static bool close_span(Rows *k, const OpenSpan *s, bool last, SpanRest *rest)
{
    int32_t height = k->y - s->y, room = height - insets(k, s);
    unsigned flags = FILL_CELL | (last       ? FILL_UNLIMITED
                                  : k->fresh ? FILL_MUST
                                             : FILL_OPTIONAL);
    Filled f = row_cell_fill(k, s->row, s->cell, s->y, room, s->from, flags);
    s->fragment->height = height;
    s->fragment->ends = last;
    cell_content(k, s->fragment, &f, f.height);
    *rest = (SpanRest){ s->cell, s->row, f.done ? (Token){ .done = true } : f.rest };
    if (f.done)
        rest->token.block = s->cell->blocks.n;
    return last;
}

static void close_spans(Rows *k, size_t r, bool all, Token *rest)
{
    SpanRest *left = ARENA_ARRAY(k->c->pass, SpanRest, k->open.n);
    size_t kept = 0, n = 0;
    for (size_t i = 0; i < k->open.n; i++) {
        OpenSpan s = k->open.p[i];
        bool last = s.cell->row + s.cell->row_span <= r;
        if (!last && !all) {
            k->open.p[kept++] = s;
            continue;
        }
        if (!close_span(k, &s, last, &left[n]))
            n++;
    }
    k->open.n = kept;
    rest->span = left;
    rest->n_span = n;
}

/* Places a row, or the part of it that was filled, and opens its spans and those from above. */
static void put_row(Rows *k, size_t r, int32_t height, const RowPart *part, const Token *cells,
                    const Token *from)
{
    Row *row = &k->t->row[r];
    size_t more = from ? from->n_span : 0, n = 0, filled = 0;
    Fragment **cell = ARENA_ARRAY(k->c->pass, Fragment *, row->n_cell + more);
    for (size_t i = 0; i < more; i++) {
        const SpanRest *s = &from->span[i];
        cell[n] = cell_fragment(k, s->row, s->cell, 0);
        open_span(k, s->cell, s->row, cell[n++], &s->token);
    }
    for (size_t i = 0; i < row->n_cell; i++) {
        Cell *v = &row->cell[i];
        if (v->covered || (v->row_span > 1 && cells))
            continue;
        cell[n] = cell_fragment(k, row, v, height);
        if (v->row_span > 1) {
            open_span(k, v, row, cell[n++], NULL);
            continue;
        }
        const Filled *f = &part->filled[filled++];
        cell[n]->begins = !cells;
        cell[n]->ends = f->done;
        cell_content(k, cell[n++], f, f->height);
    }
    Fragment *f = row_fragment(k, r, height, cell, n, false);
    f->begins = !cells;
    f->ends = !part->left;
}

/* Fills row r as far as there is room, *height becomes what that takes; false: it goes to the next
 * place.  A row that ends spans reaches down to the end of the place when they go on. */
static bool fill_row(Rows *k, size_t r, const Token *cells, bool must, RowPart *part,
                     int32_t *height)
{
    const Row *row = &k->t->row[r];
    int32_t room = INT32_MAX / 2, own = cells ? 0 : row->own;
    bool whole = k->flags & FILL_UNLIMITED, fixed = row->props->height;
    if (fixed) {                /* what does not fit into it is cut */
        room = rows_room(k) - k->y - row->bottom_line;
        if (own > room && !must && !whole)
            return false;
        rows_notes(k, r, r + 1, true);
        whole = true;
    }
    if (!whole && !row_fill_above_notes(k, part, cells)) {
        if (!must)
            return false;
        rows_notes(k, r, r + 1, true);
        whole = true;
    }
    if (whole) {
        unsigned flags = k->flags;
        k->flags |= FILL_UNLIMITED;
        row_fill(k, part, 0, cells);
        k->flags = flags;
    } else {
        room = rows_room(k) - k->y - row->bottom_line;
    }
    *height = fixed ? own : part->high;
    if (part->left || fixed)
        return true;
    *height = last_row_height(k, r, own > part->high ? own : part->high);
    if (*height <= room)
        return true;
    if (row->props->keep_together && !must)
        return false;
    part->left = *height > part->high;
    *height = room > part->high ? room : part->high;
    return true;
}

bool spans_place(Rows *k, size_t *r, size_t end, const Token *cells, const Token *from,
                 Token *rest)
{
    bool any = false;
    *rest = (Token){0};
    k->fresh = k->flags & FILL_MUST;
    /* spans that go on from the page before are there before their last row is measured */
    for (size_t i = 0; from && i < from->n_span; i++)
        vec_push(&k->open, (OpenSpan){ from->span[i].cell, from->span[i].row, NULL, k->y,
                                       &from->span[i].token });
    for (; *r < end && *r < k->t->n_row && !rest->cell; ++*r) {
        RowPart part = row_part(k, *r);
        int32_t height;
        NotesMark notes = notes_mark(k->c);
        bool stays = fill_row(k, *r, cells, !any && k->flags & FILL_MUST, &part, &height);
        if (from && !any)
            k->open.n = 0;                      /* put_row() opens them with their fragments */
        if (!stays) {
            notes_back(notes);
            break;
        }
        put_row(k, *r, height, &part, cells, any ? NULL : from);
        any = true;
        k->flags &= ~(unsigned)FILL_MUST;
        cells = NULL;
        if (part.left) {
            rest->cell = part.token;
            break;
        }
        close_spans(k, *r + 1, false, rest);
    }
    if (any)
        close_spans(k, *r, true, rest);
    else
        k->open.n = 0;
    return any;
}
