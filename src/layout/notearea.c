/* SPDX-License-Identifier: MIT */
/* Where notes stand: at the foot of the page's text, of a column, of a section (writer-layout,
 * tables-pages 7).  The notes of an area lie at its lower edge; its text ends where they begin. */
#include "emit.h"

#include <stdlib.h>
#include <string.h>

static int32_t min(int32_t a, int32_t b)
{
    return a < b ? a : b;
}

/* The area for footnotes of the text that is placed now; NULL: nothing is placed. */
static NoteArea *feet(const Ctx *c)
{
    NoteArea *a = c->region ? c->area : NULL;
    while (a && !a->feet)
        a = a->outer;
    return a;
}

static int32_t separator(const NoteArea *a)
{
    const OdfPageProps *p = a->page;
    return a->used ? 0 : p->footnote_before + p->footnote_line + p->footnote_after;
}

static NoteQueue queued(Ctx *c, NoteQueue q, Note *v, Token from)
{
    WaitingNote *w = ARENA_NEW(c->pass, WaitingNote);
    *w = (WaitingNote){ v, from, NULL };
    if (q.n)
        q.last->next = w;
    return (NoteQueue){ q.n ? q.first : w, w, q.n + 1 };
}

/* Lays out what fits of a note, from a token on; region and area are those of its own text. */
static Filled note_fill(Ctx *c, const NoteArea *a, const Note *v, Token from, int32_t height,
                        bool must, Floats *own)
{
    const Region *outer = c->region;
    NoteArea *inner = c->area;
    Region r = { .page = c->geometry, .width = a->width, .floats = own, .cell = true };
    c->region = &r;
    c->area = NULL;
    Filled f = flow_fill(c, v->blocks, a->width, height, &from, must ? 0 : FILL_OPTIONAL);
    c->area = inner;
    c->region = outer;
    return f;
}

/* Places what fits of a note into a height, the line above the first one included; *rest is what
 * does not.  must: a line of it stands here whatever its height. */
static Placed put_note(Ctx *c, NoteArea *a, Note *v, Token from, int32_t height, bool must,
                       Token *rest)
{
    int32_t separate = separator(a);
    if (height <= separate && !must)
        return PLACED_NONE;
    Floats own = {0};
    PlacedNote p = { .note = v, .y = a->used + separate };
    p.filled = note_fill(c, a, v, from, height - separate, must, &own);
    p.n_frame = own.frame.n;
    p.frame = ARENA_ARRAY(c->pass, Frame *, own.frame.n);
    if (own.frame.n)
        memcpy(p.frame, own.frame.p, own.frame.n * sizeof *p.frame);
    floats_free(&own);
    if (!p.filled.n && !p.filled.done)
        return PLACED_NONE;
    a->used += separate + p.filled.height;
    vec_push(&a->placed, p);
    *rest = p.filled.rest;
    return p.filled.done ? PLACED_ALL : PLACED_PART;
}

void notes_enter(Ctx *c, NoteArea *a, NoteQueue waiting)
{
    int32_t most = a->page->footnote_max > 0 ? a->page->footnote_max
                                             : (int32_t)((int64_t)a->room * 80 / 100);
    a->most = min(a->endless ? a->room : most, a->room);
    a->outer = c->area;
    a->waiting = waiting;
    c->area = a;
    for (bool must = true; a->waiting.n; must = false) {
        WaitingNote *w = a->waiting.first;
        Token rest;
        Placed p = put_note(c, a, w->note, w->from, a->most - a->used, must, &rest);
        if (p == PLACED_NONE)
            return;
        if (p == PLACED_PART) {         /* what is left of it goes on first */
            WaitingNote *left = ARENA_NEW(c->pass, WaitingNote);
            *left = (WaitingNote){ w->note, rest, w->next };
            a->waiting.first = left;
            if (a->waiting.n == 1)
                a->waiting.last = left;
            return;
        }
        a->waiting.first = w->next;
        a->waiting.n--;
    }
}

NoteList notes_leave(Ctx *c, NoteArea *a, NoteQueue *waiting)
{
    NoteList r = { ARENA_ARRAY(c->pass, PlacedNote, a->placed.n), a->placed.n, a->used, a->page };
    if (r.n)
        memcpy(r.p, a->placed.p, r.n * sizeof *r.p);
    *waiting = a->waiting;
    vec_free(&a->placed);
    c->area = a->outer;
    return r;
}

/* Places what fits, the rest waits; false: nothing fits, or others wait already. */
static bool begin_note(Ctx *c, NoteArea *a, Note *v, int32_t height)
{
    Token rest;
    Placed p = a->waiting.n ? PLACED_NONE : put_note(c, a, v, (Token){0}, height, false, &rest);
    if (p == PLACED_PART)
        a->waiting = queued(c, a->waiting, v, rest);
    return p != PLACED_NONE;
}

void notes_end_here(Ctx *c, NoteArea *a, Note *v, int32_t text)
{
    v->reached = true;
    if (!begin_note(c, a, v, a->room - text - a->used))
        a->waiting = queued(c, a->waiting, v, (Token){0});
}

int32_t notes_top(const Ctx *c)
{
    int32_t top = INT32_MAX / 2;
    for (const NoteArea *a = c->region ? c->area : NULL; a; a = a->outer)
        top = min(top, a->y + a->room - a->used - c->region->y);
    return top;
}

bool notes_full(const Ctx *c)
{
    const NoteArea *a = feet(c);
    return a && a->waiting.n && a->used;
}

bool notes_any(const Ctx *c)
{
    const NoteArea *a = feet(c);
    return a && a->placed.n;
}

NotesMark notes_mark(const Ctx *c)
{
    NoteArea *a = feet(c);
    return a ? (NotesMark){ a, a->placed.n, a->waiting, a->used } : (NotesMark){0};
}

void notes_back(NotesMark m)
{
    if (!m.area)
        return;
    m.area->placed.n = m.placed;
    m.area->waiting = m.waiting;
    m.area->used = m.used;
}

/* 7.3: a line stays only if the first line of its note fits below it.  It stays too where only the
 * notes' greatest height, or the rest of another note, keeps the note for the next
 * place, as in LibreOffice. */
static bool add_note(Ctx *c, Note *v, int32_t bottom, bool must)
{
    NoteArea *a = feet(c);
    if (!a || v->endnote || v->after_text)
        return true;
    v->reached = true;
    v->page = c->page_index;
    for (size_t i = 0; i < a->placed.n; i++)
        if (a->placed.p[i].note == v)
            return true;
    if (a->closed)
        return false;
    int32_t room = a->y + a->room - c->region->y - bottom;
    if (begin_note(c, a, v, min(room, a->most) - a->used))
        return true;
    Floats own = {0};
    int32_t height = room - a->used - separator(a);
    bool stays = must || (height > 0 && note_fill(c, a, v, (Token){0}, height, false, &own).n);
    floats_free(&own);
    if (stays)
        a->waiting = queued(c, a->waiting, v, (Token){0});
    return stays;
}

static bool add_notes(Ctx *c, const Content *t, uint32_t from, uint32_t to, int32_t bottom,
                      bool must)
{
    for (size_t i = 0; i < t->n_run; i++)
        if (t->run[i].note && t->run[i].start >= from && t->run[i].start < to &&
            !add_note(c, t->run[i].note, bottom, must))
            return false;
    return true;
}

bool notes_add(Ctx *c, const Content *t, uint32_t from, uint32_t to, int32_t bottom, bool must)
{
    return !t->has_notes || add_notes(c, t, from, to, bottom, must);
}

bool notes_add_all(Ctx *c, Blocks list, int32_t bottom, bool must)
{
    bool good = true;
    for (size_t i = 0; i < list.n && good; i++) {
        const Block *b = list.p[i];
        const Content *t = b->paragraph ? b->paragraph->content : NULL;
        if (b->kind == BLOCK_PARAGRAPH && t)
            good = notes_add(c, t, 0, t->len, bottom, must);
        else if (b->kind == BLOCK_SECTION)
            good = notes_add_all(c, b->inner, bottom, must);
        for (size_t r = 0; b->kind == BLOCK_TABLE && good && r < b->table->n_row; r++)
            for (size_t k = 0; good && k < b->table->row[r].n_cell; k++)
                good = notes_add_all(c, b->table->row[r].cell[k].blocks, bottom, must);
    }
    return good;
}

/* ---- emission ---- */

void notes_emit(Emit *e, const NoteList *list, int32_t x, int32_t bottom, int32_t width)
{
    const OdfPageProps *g = list->page;
    int32_t top = bottom - list->height;
    if (!list->n)
        return;
    int32_t w = (int32_t)((int64_t)width * g->footnote_rel_width / 100), free = width - w;
    int32_t left = g->footnote_adjust == ALIGN_CENTER  ? free / 2
                   : g->footnote_adjust == ALIGN_RIGHT ? free
                                                       : 0;
    emit_fill(e, x + left, top + g->footnote_before, w, g->footnote_line, g->footnote_color);
    for (size_t i = 0; i < list->n; i++) {
        const PlacedNote *p = &list->p[i];
        emit_fragments(e, p->filled.fragment, p->filled.n, x, top + p->y);
        emit_floats(e, p->frame, p->n_frame, x, top + p->y, true);
        emit_floats(e, p->frame, p->n_frame, x, top + p->y, false);
    }
}
