/* SPDX-License-Identifier: MIT */
/* Text in columns, of a section or a page, and sections with notes of their own (writer-layout,
 * tables-pages 6.4-6.8, 7.8). */
#include "internal.h"

#include <string.h>

enum { COLUMNS_MOST = 16, FILLS_MOST = 8 };

typedef struct {
    Ctx *c;
    Blocks list;
    int32_t x[COLUMNS_MOST], w[COLUMNS_MOST];
    size_t n;
    unsigned flags;
    bool endless;
    const OdfNode *section;     /* NULL: of a page */
    enum { FEET_OUTSIDE, FEET_OF_COLUMNS, FEET_OF_SECTION } feet;
    bool closed;                /* no footnotes here */
    bool endnotes;              /* they end the section */
    Filled filled[COLUMNS_MOST];
    NoteList notes[COLUMNS_MOST];
    NoteQueue waiting;
    size_t used;                /* columns that hold something */
    int32_t high;               /* the highest one */
    bool noted;                 /* a column has notes */
} Columns;

/* 6.4: with a gap equal columns; else by their shares, text inside by start and end indent. */
static void widths(Columns *k, const OdfColumns *v, int32_t width)
{
    int32_t sum = 0, before = 0;
    k->n = v->n < COLUMNS_MOST ? (size_t)v->n : COLUMNS_MOST;
    for (size_t i = 0; i < k->n; i++)
        sum += v->share[i].rel;
    for (size_t i = 0; i < k->n; i++) {
        if (v->gap >= 0 || !sum) {
            int32_t gap = v->gap >= 0 ? v->gap : 0;
            k->w[i] = (width - (int32_t)(k->n - 1) * gap) / (int32_t)k->n;
            k->x[i] = (int32_t)i * (k->w[i] + gap);
            continue;
        }
        int32_t w = (int32_t)((int64_t)width * v->share[i].rel / sum);
        k->x[i] = before + v->share[i].start;
        k->w[i] = w - v->share[i].start - v->share[i].end;
        before += w;
    }
    for (size_t i = 0; i < k->n; i++)
        k->w[i] = k->w[i] < 20 ? 20 : k->w[i];
}

static bool own_notes(const Columns *k)
{
    return k->feet != FEET_OUTSIDE || k->endnotes;
}

/* Fills column i; notes that stand in it are part of its height. */
static void fill_column(Columns *k, size_t i, int32_t height, const Token *at, unsigned flags)
{
    Ctx *c = k->c;
    NoteArea area = { .page = c->page_props, .y = c->region ? c->region->y : 0, .room = height,
                      .width = k->w[i], .feet = k->feet != FEET_OUTSIDE,
                      .closed = k->closed, .endless = k->section };
    Filled *f = &k->filled[i];
    if (own_notes(k))
        notes_enter(c, &area, k->waiting);
    c->next_width = i + 1 < k->n ? k->w[i + 1] : 0;
    *f = flow_fill(c, k->list, k->w[i], height, at, flags);
    k->notes[i] = (NoteList){0};
    if (!own_notes(k))
        return;
    if (f->done && k->endnotes && at->block < k->list.n)
        notes_end_section(c, &area, k->section, f->height);
    k->notes[i] = notes_leave(c, &area, &k->waiting);
    k->noted |= k->notes[i].n;
    f->height += k->notes[i].height;
}

/* Fills the columns to a height; true when all is placed and nothing sticks out. */
static bool fill(Columns *k, int32_t height, const Token *from, const Region *region)
{
    Token at = from ? *from : (Token){0};
    bool done = false, forced = true;
    k->high = 0;
    k->noted = false;
    k->waiting = at.waiting;
    for (k->used = 0; k->used < k->n && !(done && !k->waiting.n); k->used++) {
        unsigned flags = k->flags | FILL_COLUMN;
        if (k->endless && k->used + 1 == k->n)
            flags &= ~(unsigned)FILL_COLUMN;    /* nowhere to go on: no more breaks */
        Region r;
        if (region) {
            r = *region;
            r.x += k->x[k->used];
            r.width = k->w[k->used];
            k->c->region = &r;
        }
        if (k->used)            /* a top margin stays after a break that was asked for (6.8) */
            flags = forced ? flags & ~(unsigned)FILL_TOP_DROPPED : flags | FILL_TOP_DROPPED;
        Filled *f = &k->filled[k->used];
        fill_column(k, k->used, height, &at, flags);
        k->c->region = region;
        at = f->rest;
        done = f->done;
        forced = f->forced;
        k->high = f->height > k->high ? f->height : k->high;
        if (forced && at.block < k->list.n && !flow_next_column(k->list, at.block)) {
            k->used++;                          /* a page break: the other columns stay empty */
            break;
        }
    }
    return done && !k->waiting.n && k->high <= height;
}

/* The smallest height in which the columns hold everything (6.6). */
static int32_t balanced(Columns *k, int32_t most, const Token *from, const Region *region)
{
    int32_t low = 0, high = most;
    FloatsMark floats = floats_mark(k->c);
    while (high - low > 1) {
        int32_t middle = low + (high - low) / 2;
        if (fill(k, middle, from, region))
            high = middle;
        else
            low = middle;
        if (region)
            floats_back(k->c, floats);
    }
    return high;
}

/* Fills as high as the place allows, above the notes at the foot of the page; *height becomes what
 * that is. */
static bool fill_above_notes(Columns *k, int32_t *height, const Token *from, const Region *region)
{
    Ctx *c = k->c;
    FloatsMark floats = floats_mark(c);
    NotesMark notes = notes_mark(c);
    bool all = fill(k, *height, from, region);
    for (int i = 0; i < FILLS_MOST && !k->endless && k->high > notes_top(c); i++) {
        *height = notes_top(c);
        notes_back(notes);
        floats_back(c, floats);
        all = fill(k, *height, from, region);
    }
    return all;
}

static Fragment *columns_fragment(const Columns *k, const OdfColumns *v, int32_t width)
{
    Fragment *f = ARENA_NEW(k->c->pass, Fragment);
    Fragment **column = ARENA_ARRAY(k->c->pass, Fragment *, k->n);
    f->kind = FRAGMENT_COLUMNS;
    f->columns = v;
    f->width = width;
    f->kid = column;
    f->n_kid = (uint32_t)k->n;
    for (size_t i = 0; i < k->n; i++) {
        column[i] = ARENA_NEW(k->c->pass, Fragment);
        column[i]->kind = FRAGMENT_COLUMN;
        column[i]->x = k->x[i];
        column[i]->width = k->w[i];
        if (i >= k->used)
            continue;
        column[i]->kid = k->filled[i].fragment;
        column[i]->n_kid = (uint32_t)k->filled[i].n;
        if (k->notes[i].n) {
            NoteList *notes = ARENA_NEW(k->c->pass, NoteList);
            *notes = k->notes[i];
            column[i]->notes = notes;
        }
    }
    return f;
}

/* 7.8: whose foot the notes stand at.  A section that keeps them in its columns, or at its end,
 * does so in the text's own pages only.  Below notes of the page columns have none: in LibreOffice
 * their marks go to the next page. */
static void choose_feet(Columns *k, const Block *section, const OdfColumns *v)
{
    const Ctx *c = k->c;
    if (!c->area || !c->region || c->region->cell || k->endless)
        return;
    if (section && section->section->footnotes)
        k->feet = FEET_OF_SECTION;
    else if (!section || (v->n > 1 && (v->dont_balance || !c->compat->FootnoteInColumnToPageEnd)))
        k->feet = FEET_OF_COLUMNS;
    k->endnotes = section && section->section->endnotes;
    k->closed = k->feet == FEET_OF_COLUMNS && k->flags & FILL_OPTIONAL && notes_any(c);
}

Filled columns_fill(Ctx *c, Blocks list, const OdfColumns *v, int32_t width, int32_t height,
                    const Token *from, unsigned flags, const Block *section)
{
    Columns k = { .c = c,
                  .list = list,
                  .flags = flags & ~(unsigned)(FILL_UNLIMITED | FILL_BALANCED) };
    const Region *region = c->region;
    NoteArea *area = c->area;
    bool balance = flags & FILL_BALANCED;
    widths(&k, v, width);
    k.section = section ? section->node : NULL;
    k.endless = flags & FILL_UNLIMITED;
    choose_feet(&k, section, v);
    if (k.endless) {            /* the notes are placed with the row */
        height = INT32_MAX / 4;
        c->area = NULL;
    }
    FloatsMark floats = floats_mark(c);
    NotesMark notes = notes_mark(c);
    bool all = fill_above_notes(&k, &height, from, region);
    bool whole = flags & FILL_PAGE || (k.feet == FEET_OF_COLUMNS && k.noted);
    if (all && balance && !whole && k.n > 1) {
        notes_back(notes);
        floats_back(c, floats);
        c->region = own_notes(&k) ? region : NULL;
        height = balanced(&k, k.high, from, c->region);
        c->region = region;
        all = fill(&k, height, from, region);
    }
    c->area = area;
    Fragment *f = columns_fragment(&k, v, width), **one = ARENA_NEW(c->pass, Fragment *);
    f->height = all && !whole ? k.high : height;
    one[0] = f;
    Filled r = { .fragment = one, .n = k.high || list.n ? 1 : 0, .height = f->height };
    r.done = true;
    if (k.used) {
        const Filled *last = &k.filled[k.used - 1];
        r.done = last->done && !k.waiting.n;
        r.rest = last->rest;
        r.forced = last->forced;
        r.rest.waiting = k.waiting;
    }
    return r;
}

Placed section_place(Ctx *c, Block *b, int32_t width, int32_t height, const Token *from,
                     Token *rest, unsigned flags, Fragment **out)
{
    const Token *start = from->inside ? from->cell : NULL;
    if (height <= 0 && !(flags & (FILL_MUST | FILL_UNLIMITED)))
        return PLACED_NONE;
    bool anyhow = flags & (FILL_MUST | FILL_UNLIMITED);
    Filled f = columns_fill(c, b->inner, &b->section->columns, width, height, start,
                            (flags & (FILL_CELL | FILL_UNLIMITED)) | FILL_TOP_DROPPED |
                                (anyhow ? 0 : FILL_OPTIONAL) |
                                (b->section->columns.dont_balance ? 0 : FILL_BALANCED),
                            b);
    *out = f.fragment[0];
    (*out)->block = b;
    /* not even a line of the first column fitted, and there is a better place */
    if (!f.done && !anyhow && !(*out)->kid[0]->n_kid)
        return PLACED_NONE;
    if (f.done)
        return PLACED_ALL;
    Token *inner = ARENA_NEW(c->pass, Token);
    *inner = f.rest;
    *rest = (Token){ .cell = inner, .inside = true };
    return PLACED_PART;
}
