/* SPDX-License-Identifier: MIT */
/* Blocks put into a place of given height: keep, widows and orphans, breaks (writer-layout, text
 * section 8, tables-pages sections 1, 3, 4 and 8). */
#include "internal.h"

#include <stdlib.h>
#include <string.h>

enum { WIDOWS_FAR = 40 };      /* lines; further on widows need not be counted */

typedef struct {
    Fragment *fragment;
    size_t index;
    int32_t end;
    FloatsMark floats;
    NotesMark notes;
} Put;

typedef struct {
    Ctx *c;
    Blocks list;
    int32_t width, height;
    unsigned flags;
    int32_t next_width;         /* of the place after this one, when it differs; else 0 */
    VEC(Put) put;
    int32_t y;                  /* the bottom of what was put */
} Fill;

/* Sections narrow the text (tables-pages 6.1). */
static int32_t area_left(const Block *b)
{
    return b->section && b->kind != BLOCK_SECTION ? b->section->margin_left : 0;
}

static int32_t area_width(const Fill *f, const Block *b)
{
    int32_t w = f->width - (b->section ? b->section->margin_left + b->section->margin_right : 0);
    return w > 20 ? w : 20;
}

static bool unlimited(const Fill *f)
{
    return f->flags & FILL_UNLIMITED;
}

/* The room from y on, down to the end of the place and to the notes below it. */
static int32_t room_below(const Fill *f, int32_t y)
{
    int32_t end = notes_top(f->c);
    return (f->height < end ? f->height : end) - y;
}

/* ---- a paragraph ---- */

static int32_t lines_height(const Paragraph *p, size_t from, size_t to, bool drop_above)
{
    int32_t h = 0;
    for (size_t i = from; i < to; i++)
        h += p->line[i].height + p->line[i].drop + (i == from && drop_above ? 0 : p->line[i].above);
    return h;
}

/* How many lines from `from` on fit into height. */
static size_t lines_fitting(const Paragraph *p, size_t from, int32_t height, bool drop_above)
{
    int32_t h = 0;
    size_t i = from;
    for (; i < p->n_line; i++) {
        h += p->line[i].height + p->line[i].drop + (i == from && drop_above ? 0 : p->line[i].above);
        if (h > height)
            break;
    }
    return i - from;
}

/* The rest goes to a place of another width: it has as many lines there as widows asks for (as in
 * LibreOffice, where the lines of the rest are counted in its own place). */
static size_t widows_elsewhere(const Fill *f, const Block *b, const Paragraph *p, size_t from,
                               size_t fit, size_t widows)
{
    if (!f->next_width || widows < 2)
        return fit;
    for (; fit; fit--) {
        size_t line = from + fit;
        if (p->n_line - line > WIDOWS_FAR)
            break;
        int32_t narrowed = area_width(f, b) - f->width;
        const Paragraph *rest =
            paragraph_rest(f->c, (Block *)b, f->next_width + narrowed, p, &line);
        if (rest->n_line - line >= widows)
            break;
    }
    return fit;
}

/* Lines of the first part, when the paragraph does not fit as a whole; 0: it moves (8.1). */
static size_t split_lines(const Fill *f, const Block *b, const Paragraph *p, size_t from,
                          size_t fit, bool must, bool begins)
{
    size_t left = p->n_line - from, widows = b->props->widows, orphans = b->props->orphans;
    bool whole = b->props->keep_together || (b->keep_with_next && f->list.n);
    if (f->flags & FILL_CELL)           /* rows that split ignore them (tables-pages 4.4) */
        widows = orphans = 0;
    else if (whole)
        return must && begins ? (fit ? fit : 1) : begins ? 0 : fit;
    if (fit >= left)
        return left;
    if (left - fit < widows)
        fit = left > widows ? left - widows : 0;
    fit = widows_elsewhere(f, b, p, from, fit, widows);
    if (begins && fit < orphans)
        fit = 0;
    return fit;
}

static Fragment *paragraph_fragment(Fill *f, Block *b, const Paragraph *p, size_t from, size_t n,
                                    int32_t y, const Block *above)
{
    Fragment *r = ARENA_NEW(f->c->pass, Fragment);
    int32_t inset[4];
    paragraph_insets(b->props, inset);
    r->kind = FRAGMENT_PARAGRAPH;
    r->block = b;
    r->paragraph = p;
    r->first_line = (uint32_t)from;
    r->n_line = (uint32_t)n;
    r->begins = from == 0 && p->from == 0;
    r->at_top = !r->begins || y == 0;
    r->ends = from + n == p->n_line;
    r->joins_above = r->begins && paragraphs_join(above, b);
    r->y = y;
    r->box = b->left + (b->first < 0 && !b->label ? b->first : 0);
    r->x = area_left(b);
    r->width = area_width(f, b) - b->right - r->box;
    if (b->props->right_to_left)                /* its left margin is the one it begins at */
        r->box = b->right;
    r->height = lines_height(p, from, from + n, r->at_top) +
                (r->joins_above ? 0 : inset[SIDE_TOP]) + inset[SIDE_BOTTOM];
    return r;
}

/* The same paragraph broken round frames, if some hang on it or stand in its way. */
static const Paragraph *beside_frames(Fill *f, Block *b, const Paragraph *p, const Token *from,
                                      size_t *first, int32_t text, int32_t top)
{
    Ctx *c = f->c;
    bool own = !from->inside && floats_place(c, b, p, top, text);
    if (!own && !floats_in(c, text, lines_height(p, *first, p->n_line, text == 0)))
        return p;
    uint32_t byte = from->inside ? p->line[*first].start : 0;
    *first = 0;
    return paragraph_beside(c, b, area_width(f, b), byte, text);
}

/* How many of n lines can stay with their notes, and above all notes. */
static size_t with_notes(Fill *f, const Paragraph *p, size_t first, size_t n, int32_t y, bool drop)
{
    for (size_t i = 0; i < n; i++) {
        const Line *l = &p->line[first + i];
        y += l->height + l->drop + (i || !drop ? l->above : 0);
        if (y > notes_top(f->c) || !notes_add(f->c, p->content, l->start, l->end, y, false))
            return i;
    }
    return n;
}

/* What has to fit below the last line: border and padding; in a cell the margin too, unless it is
 * the end (tables-pages 4.2). */
static int32_t below(const Fill *f, const Block *b)
{
    int32_t inset[4];
    bool last = f->list.p[f->list.n - 1] == b;
    paragraph_insets(b->props, inset);
    return inset[SIDE_BOTTOM] + (f->flags & FILL_CELL && !last ? b->props->margin[SIDE_BOTTOM] : 0);
}

/* How many lines from `first` on stand here, with their notes; the first one at y. */
static size_t lines_here(Fill *f, const Block *b, const Paragraph *p, size_t first, int32_t room,
                         int32_t y, bool begins, bool must)
{
    bool drop = !begins || y == 0;
    size_t left = p->n_line - first, fit = lines_fitting(p, first, room, drop), noted;
    NotesMark notes = notes_mark(f->c);
    if (fit < left || lines_height(p, first, p->n_line, drop) + below(f, b) > room) {
        int32_t inset[4];
        paragraph_insets(b->props, inset);
        fit = lines_fitting(p, first, room - inset[SIDE_BOTTOM], drop);
        fit -= fit == left;
    }
    size_t n = fit == left ? left : split_lines(f, b, p, first, fit, must, begins);
    if (!n && must)
        n = fit ? fit : 1;
    while (n && (noted = with_notes(f, p, first, n, y, drop)) < n) {
        notes_back(notes);
        n = split_lines(f, b, p, first, noted, must, begins);
    }
    if (!n && must) {           /* nowhere else is more room: its notes wait */
        const Line *l = &p->line[first];
        notes_add(f->c, p->content, l->start, l->end, y + l->height, true);
        n = 1;
    }
    return n;
}

static Placed paragraph_place(Fill *f, Block *b, const Token *from, int32_t y, const Block *above,
                              int32_t top, bool must, Token *rest, Fragment **out)
{
    int32_t inset[4], room = room_below(f, y), text = y, width = area_width(f, b);
    bool begins = !from->inside;
    size_t first = from->inside ? from->line : 0;
    const Paragraph *p = from->inside ? paragraph_rest(f->c, b, width, from->paragraph, &first)
                                      : paragraph_at(f->c, b, width);
    paragraph_insets(b->props, inset);
    if (!begins || !paragraphs_join(above, b)) {        /* each part has a whole box */
        room -= inset[SIDE_TOP];
        text += inset[SIDE_TOP];
    }
    p = beside_frames(f, b, p, from, &first, text, top);
    size_t left = p->n_line - first, n = left;
    if (!unlimited(f)) {
        n = lines_here(f, b, p, first, room, text, begins, must);
        if (!n)
            return PLACED_NONE;
    }
    *out = paragraph_fragment(f, b, p, first, n, y, above);
    if (n == left)
        return PLACED_ALL;
    *rest = (Token){ .paragraph = p, .line = first + n, .inside = true };
    return PLACED_PART;
}

/* ---- any block ---- */

static Placed section_at(Fill *f, Block *b, int32_t y, int32_t width, int32_t room,
                         const Token *from, Token *rest, unsigned flags, Fragment **out)
{
    const Region *outer = f->c->region;
    Region r;
    if (outer) {
        r = *outer;
        r.x += b->section->margin_left;
        r.y += y;
        r.width = width;
        f->c->region = &r;
    }
    Placed p = section_place(f->c, b, width, room, from, rest, flags, out);
    f->c->region = outer;
    return p;
}

/* top: the bottom of the block above and its margin, from where the frames of a paragraph are
 * placed. */
static Placed place(Fill *f, Block *b, const Token *from, int32_t y, const Block *above,
                    int32_t top, bool must, Token *rest, Fragment **out)
{
    if (b->kind == BLOCK_PARAGRAPH)
        return paragraph_place(f, b, from, y, above, top, must, rest, out);
    unsigned flags = f->flags & (FILL_CELL | FILL_UNLIMITED);
    flags |= must ? FILL_MUST : 0;
    int32_t width = area_width(f, b), room = room_below(f, y);
    Placed r;
    if (b->kind == BLOCK_SECTION) {
        r = section_at(f, b, y, width, room, from, rest, flags, out);
    } else {
        table_at(f->c, b->table, width);
        r = table_place(f->c, b, y, room, from, rest, flags, out);
    }
    if (r != PLACED_NONE) {
        (*out)->x += b->section ? b->section->margin_left : 0;
        (*out)->y = y;
    }
    return r;
}

/* No border or padding is between paragraphs that share theirs. */
static int32_t joined_inset(const Block *above, const Block *b)
{
    int32_t inset[4] = {0};
    if (above && paragraphs_join(above, b))
        paragraph_insets(above->props, inset);
    return inset[SIDE_BOTTOM];
}

/* tables-pages 3.3: an empty paragraph that ends a cell right after a nested table is 1 twip
 * high, whatever the space between them. */
static bool collapses(const Fill *f, size_t i)
{
    const Block *b = f->list.p[i];
    if (!(f->flags & FILL_CELL) || i + 1 != f->list.n || !i || b->kind != BLOCK_PARAGRAPH ||
        f->list.p[i - 1]->kind != BLOCK_TABLE || !f->c->compat->CollapseEmptyCellPara)
        return false;
    const Paragraph *p = paragraph_at(f->c, f->list.p[i], area_width(f, b));
    return !p->content->len;
}

/* The distance from what was put last (or from the top of the place). */
static int32_t gap_before(Fill *f, size_t i, const Token *from)
{
    const Block *b = f->list.p[i];
    if (from->inside)           /* the rest of a paragraph in a cell has its space above again */
        return f->flags & FILL_CELL && b->kind == BLOCK_PARAGRAPH ? b->props->margin[SIDE_TOP] : 0;
    if (f->put.n && collapses(f, i))
        return 0;
    if (f->put.n) {
        const Block *above = f->list.p[i - 1];
        return paragraph_gap(f->c, above, b) - joined_inset(above, b);
    }
    if (f->flags & FILL_TOP_DROPPED || !f->c->compat->AddParaTableSpacingAtStart)
        return 0;
    return paragraph_gap(f->c, NULL, b);
}

/* How many blocks stay here when the next goes to the next page, and with it what must stay with
 * it; 0: all would go. */
static size_t not_kept(const Fill *f)
{
    size_t k = f->put.n;
    while (k && f->list.p[f->put.p[k - 1].index]->keep_with_next)
        k--;
    return k;
}

static void take_back(Fill *f)
{
    size_t k = not_kept(f);
    if (k)
        f->put.n = k;
}

/* Frames of what does not stay here do not stay either. */
static void forget_frames(Fill *f, FloatsMark floats, NotesMark notes)
{
    const Put *last = f->put.n ? &f->put.p[f->put.n - 1] : NULL;
    if (!f->c->region)
        return;
    notes_back(last ? last->notes : notes);
    floats_back(f->c, last ? last->floats : floats);
}

bool flow_next_column(Blocks list, size_t i)
{
    return list.p[i]->break_before == BREAK_COLUMN ||
           (i && list.p[i - 1]->break_after == BREAK_COLUMN);
}

static bool wants_break(const Fill *f, size_t i)
{
    const Block *b = f->list.p[i], *above = i ? f->list.p[i - 1] : NULL;
    if (f->flags & FILL_COLUMN && flow_next_column(f->list, i))
        return true;
    if (f->flags & FILL_CELL || !(f->flags & FILL_PAGE))
        return false;
    return b->break_before == BREAK_PAGE || b->master ||
           (above && above->break_after == BREAK_PAGE);
}

/* The bottom margin of the last block counts in cells only (text.md 2.5). */
static int32_t end_margin(Fill *f)
{
    const OdfSettings *s = f->c->compat;
    if (!(f->flags & FILL_CELL) || !f->put.n || !s->AddParaSpacingToTableCells)
        return 0;
    Block *b = f->list.p[f->put.p[f->put.n - 1].index];
    if (b->kind == BLOCK_SECTION || collapses(f, f->put.p[f->put.n - 1].index))
        return 0;
    if (b->kind == BLOCK_TABLE)
        return b->table->props->margin[SIDE_BOTTOM];
    int32_t more = b->props->margin[SIDE_BOTTOM];
    if (s->AddParaLineSpacingToTableCells && b->props->line_kind == LINE_HEIGHT_PERCENT &&
        b->props->line_height > 100) {
        const Paragraph *p = paragraph_at(f->c, b, area_width(f, b));
        more += (b->props->line_height - 100) * p->line[p->n_line - 1].natural / 100;
    }
    return more;
}

static Filled finish(Fill *f, bool done, Token rest, bool forced)
{
    Filled r = { .n = f->put.n, .done = done, .rest = rest, .forced = forced };
    Fragment **copy = ARENA_ARRAY(f->c->pass, Fragment *, f->put.n);
    for (size_t i = 0; i < f->put.n; i++) {
        copy[i] = f->put.p[i].fragment;
        if (i && copy[i]->joins_above)
            copy[i - 1]->joins_below = true;
    }
    r.fragment = copy;
    r.height = f->put.n ? f->put.p[f->put.n - 1].end + (done ? end_margin(f) : 0) : 0;
    vec_free(&f->put);
    return r;
}

Filled flow_fill(Ctx *c, Blocks list, int32_t width, int32_t height, const Token *from,
                 unsigned flags)
{
    Fill f = { .c = c, .list = list, .width = width, .height = height, .flags = flags };
    f.next_width = c->next_width == width ? 0 : c->next_width;
    c->next_width = 0;
    Token at = from ? *from : (Token){0};
    size_t start = at.block;
    FloatsMark floats = floats_mark(c);
    NotesMark notes = notes_mark(c);
    while (at.block < list.n) {
        Block *b = list.p[at.block];
        Fragment *fragment = NULL;
        Token rest = {0};
        if (at.block > start && !at.inside && wants_break(&f, at.block))
            return finish(&f, false, (Token){ .block = at.block }, true);
        int32_t y = f.y + gap_before(&f, at.block, &at);
        const Block *above = f.put.n ? list.p[at.block - 1] : NULL;
        bool must = !f.put.n && !(flags & FILL_OPTIONAL) && !notes_full(c) &&
                    !(flags & FILL_CELL && !(flags & FILL_MUST));
        int32_t top = f.y + paragraph_gap_above(c, above, b) - joined_inset(above, b);
        Placed p = place(&f, b, &at, y, above, top, must, &rest, &fragment);
        if (p == PLACED_NONE) {
            take_back(&f);
            forget_frames(&f, floats, notes);
            Token again = at;
            if (f.put.n && f.put.p[f.put.n - 1].index + 1 < at.block)
                again = (Token){ .block = f.put.p[f.put.n - 1].index + 1 };
            return finish(&f, false, again, false);
        }
        int32_t bottom = y + (collapses(&f, at.block) ? 1 : fragment->height);
        vec_push(&f.put, (Put){ fragment, at.block, bottom, floats_mark(c), notes_mark(c) });
        f.y = bottom;
        if (p == PLACED_PART) {
            rest.block = at.block;
            return finish(&f, false, rest, false);
        }
        at = (Token){ .block = at.block + 1 };
        if (floats_mark(c).carried > floats.carried && at.block < list.n)
            return finish(&f, false, at, false);        /* text stays behind its frames */
    }
    return finish(&f, true, (Token){ .block = list.n, .done = true }, false);
}
