/* SPDX-License-Identifier: MIT */
/* Text in columns: of a section or a page (writer-layout, tables-pages 6.4-6.8). */
#include "internal.h"

#include <string.h>

enum { COLUMNS_MOST = 16 };

typedef struct {
    Ctx *c;
    Blocks list;
    int32_t x[COLUMNS_MOST], w[COLUMNS_MOST];
    size_t n;
    unsigned flags;
    bool endless;
    Filled filled[COLUMNS_MOST];
    size_t used;                /* columns that hold something */
    int32_t high;               /* the highest one */
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

/* Fills the columns to a height; true when all is placed and nothing sticks out. */
static bool fill(Columns *k, int32_t height, const Token *from, const Region *region)
{
    Token at = from ? *from : (Token){0};
    bool done = false, forced = true;
    k->high = 0;
    for (k->used = 0; k->used < k->n && !done; k->used++) {
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
        *f = flow_fill(k->c, k->list, k->w[k->used], height, &at, flags);
        k->c->region = region;
        at = f->rest;
        done = f->done;
        forced = f->forced;
        k->high = f->height > k->high ? f->height : k->high;
        if (forced && at.block < k->list.n && k->list.p[at.block]->break_before != BREAK_COLUMN) {
            k->used++;                          /* a page break: the other columns stay empty */
            break;
        }
    }
    return done && k->high <= height;
}

/* The smallest height in which the columns hold everything (6.6). */
static int32_t balanced(Columns *k, int32_t most, const Token *from)
{
    int32_t low = 0, high = most;
    while (high - low > 1) {
        int32_t middle = low + (high - low) / 2;
        if (fill(k, middle, from, NULL))
            high = middle;
        else
            low = middle;
    }
    return high;
}

Filled columns_fill(Ctx *c, Blocks list, const OdfColumns *v, int32_t width, int32_t height,
                    const Token *from, unsigned flags, bool balance)
{
    Columns k = { .c = c, .list = list, .flags = flags & ~(unsigned)FILL_UNLIMITED };
    const Region *region = c->region;
    widths(&k, v, width);
    k.endless = flags & FILL_UNLIMITED;
    if (k.endless)
        height = INT32_MAX / 4;
    if (balance) {
        c->region = NULL;
        if (fill(&k, height, from, NULL))
            height = balanced(&k, k.high, from);
        c->region = region;
    }
    bool all = fill(&k, height, from, region);
    Fragment *f = ARENA_NEW(c->pass, Fragment), **column = ARENA_ARRAY(c->pass, Fragment *, k.n);
    Fragment **one = ARENA_NEW(c->pass, Fragment *);
    f->kind = FRAGMENT_COLUMNS;
    f->columns = v;
    f->width = width;
    f->height = all && !(flags & FILL_PAGE) ? k.high : height;
    f->kid = column;
    f->n_kid = (uint32_t)k.n;
    for (size_t i = 0; i < k.n; i++) {
        column[i] = ARENA_NEW(c->pass, Fragment);
        column[i]->kind = FRAGMENT_COLUMN;
        column[i]->x = k.x[i];
        column[i]->width = k.w[i];
        column[i]->kid = i < k.used ? k.filled[i].fragment : NULL;
        column[i]->n_kid = i < k.used ? (uint32_t)k.filled[i].n : 0;
    }
    one[0] = f;
    Filled last = k.used ? k.filled[k.used - 1] : (Filled){ .done = true };
    return (Filled){ .fragment = one,
                     .n = k.high || list.n ? 1 : 0,
                     .height = f->height,
                     .done = last.done,
                     .rest = last.rest,
                     .forced = last.forced };
}

Placed section_place(Ctx *c, Block *b, int32_t width, int32_t height, const Token *from,
                     Token *rest, unsigned flags, Fragment **out)
{
    const Token *start = from->inside ? from->cell : NULL;
    if (height <= 0 && !(flags & (FILL_MUST | FILL_UNLIMITED)))
        return PLACED_NONE;
    Filled f = columns_fill(c, b->inner, &b->section->columns, width, height, start,
                            (flags & (FILL_CELL | FILL_UNLIMITED)) | FILL_TOP_DROPPED,
                            !b->section->columns.dont_balance);
    *out = f.fragment[0];
    (*out)->block = b;
    /* not even a line of the first column fitted, and there is a better place */
    if (!f.done && (*out)->kid[0]->n_kid && !(flags & (FILL_MUST | FILL_UNLIMITED))) {
        const Fragment *first = (*out)->kid[0]->kid[0];
        if (first->y + first->height > height)
            return PLACED_NONE;
    }
    if (f.done)
        return PLACED_ALL;
    Token *inner = ARENA_NEW(c->pass, Token);
    *inner = f.rest;
    *rest = (Token){ .cell = inner, .inside = true };
    return PLACED_PART;
}
