/* SPDX-License-Identifier: MIT */
/* Each and if find their ends; then where the tags stand decides what repeats or is chosen:
 * text of a paragraph, rows, items or blocks (skryba-template(7), "What repeats"). */
#include "internal.h"

#include <stdlib.h>
#include <string.h>

typedef struct {
    Compile *c;
    VEC(Block *) all;           /* in order of their opening tags */
    VEC(Block *) open;
    uint32_t order;
} Matcher;

/* ---- findings ---- */

static Remark *complain(Compile *c, const Tag *t, DiagId id, const char *arg)
{
    return fault(c, &t->spot, id, t->typed, arg, NULL);
}

static void note_tag(Compile *c, Remark *r, const Tag *t, const char *en, const char *pl)
{
    Buf b = { 0 };
    buf_format(&b, diags_lang(c->d) == LANG_PL ? pl : en, t->typed);
    tell_note(c->t, r, &t->spot, b.p);
    buf_free(&b);
}

/* An error of a block that names both its ends. */
static void complain_block(Compile *c, const Block *b, DiagId id, const char *arg)
{
    Remark *r = complain(c, b->tag.p[0]->tag, id, arg);
    note_tag(c, r, b->tag.p[b->tag.n - 1]->tag, "the other end is here: %s",
             "drugi koniec jest tu: %s");
}

/* ---- matching ---- */

static void unclosed(Matcher *m, const Tag *met)
{
    const Tag *t = m->open.p[--m->open.n]->tag.p[0]->tag;
    Remark *f = complain(m->c, t, DIAG_template_unclosed,
                          t->kind == TAG_EACH ? "{{/each}}" : "{{/if}}");
    if (met)
        note_tag(m->c, f, met, "before this tag: %s", "przed tym znacznikiem: %s");
}

static void open_block(Matcher *m, Work *w)
{
    Block *b = ARENA_NEW(m->c->scratch->arena, Block);
    if (m->open.n) {
        b->outer = m->open.p[m->open.n - 1];
        b->outer_branch = b->outer->tag.n - 1;
    }
    vec_push(&b->tag, w);
    w->of = b;
    vec_push(&m->all, b);
    vec_push(&m->c->scratch->block, b);
    vec_push(&m->open, b);
}

static void end_block(Matcher *m, Work *w)
{
    TagKind opening = w->tag->kind == TAG_END_EACH ? TAG_EACH : TAG_IF;
    size_t i = m->open.n;
    while (i && m->open.p[i - 1]->tag.p[0]->tag->kind != opening)
        i--;
    if (!i) {
        Remark *f = complain(m->c, w->tag, DIAG_template_stray,
                              opening == TAG_EACH ? "{{#each}}" : "{{#if}}");
        if (m->open.n)
            note_tag(m->c, f, m->open.p[m->open.n - 1]->tag.p[0]->tag, "open here: %s",
                     "otwarte jest tu: %s");
        return;
    }
    while (m->open.n > i)
        unclosed(m, w->tag);
    Block *b = m->open.p[--m->open.n];
    vec_push(&b->tag, w);
    w->of = b;
}

static void else_tag(Matcher *m, Work *w)
{
    Block *b = m->open.n ? m->open.p[m->open.n - 1] : NULL;
    bool elif = w->tag->kind == TAG_ELIF;
    if (!b || (elif && b->tag.p[0]->tag->kind != TAG_IF) ||
        b->tag.p[b->tag.n - 1]->tag->kind == TAG_ELSE) {
        Remark *f = complain(m->c, w->tag, DIAG_template_else, NULL);
        if (b)
            note_tag(m->c, f, b->tag.p[b->tag.n - 1]->tag, "after this tag: %s",
                     "po znaczniku: %s");
        return;
    }
    vec_push(&b->tag, w);
    w->of = b;
}

static void match(Matcher *m, Work *w)
{
    if (w->tag) {
        w->tag->order = m->order++;
        switch (w->tag->kind) {
        case TAG_EACH: case TAG_IF: open_block(m, w); break;
        case TAG_END_EACH: case TAG_END_IF: end_block(m, w); break;
        case TAG_ELIF: case TAG_ELSE: else_tag(m, w); break;
        case TAG_IMAGE:
        case TAG_QR:
            complain(m->c, w->tag, DIAG_template_picture_place, NULL);
            break;
        default: break;
        }
    }
    for (size_t i = 0; i < w->kid.n; i++)
        match(m, w->kid.p[i]);
}

/* ---- where it stands ---- */

static size_t depth_of(const Work *w)
{
    size_t n = 0;
    for (; w->parent; w = w->parent)
        n++;
    return n;
}

static Work *common(Work *a, Work *b)
{
    size_t na = depth_of(a), nb = depth_of(b);
    for (; na > nb; na--)
        a = a->parent;
    for (; nb > na; nb--)
        b = b->parent;
    while (a != b) {
        a = a->parent;
        b = b->parent;
    }
    return a;
}

/* The kid of `in` that holds w. */
static Work *unit_of(Work *w, const Work *in)
{
    while (w && w->parent != in)
        w = w->parent;
    return w;
}

static bool is_rows(OdfName name)
{
    return name == ODF_TABLE_TABLE || name == ODF_TABLE_TABLE_ROWS ||
           name == ODF_TABLE_TABLE_ROW_GROUP || name == ODF_TABLE_TABLE_HEADER_ROWS;
}

bool holds_blocks(OdfName name)
{
    switch (name) {
    case ODF_OFFICE_TEXT: case ODF_TEXT_SECTION: case ODF_TABLE_TABLE_CELL: case ODF_TEXT_LIST_ITEM:
    case ODF_TEXT_LIST_HEADER: case ODF_DRAW_TEXT_BOX: case ODF_TEXT_NOTE_BODY:
    case ODF_STYLE_HEADER: case ODF_STYLE_HEADER_LEFT: case ODF_STYLE_HEADER_FIRST:
    case ODF_STYLE_FOOTER: case ODF_STYLE_FOOTER_LEFT: case ODF_STYLE_FOOTER_FIRST:
        return true;
    default:
        return false;
    }
}

static bool is_unit(OdfName name, Unit unit)
{
    switch (unit) {
    case UNIT_PARAGRAPH: return is_paragraph(name);
    case UNIT_CELL: return name == ODF_TABLE_TABLE_CELL;
    case UNIT_ROW: return name == ODF_TABLE_TABLE_ROW;
    case UNIT_ITEM: return name == ODF_TEXT_LIST_ITEM;
    case UNIT_SECTION: return name == ODF_TEXT_SECTION;
    case UNIT_TABLE: return name == ODF_TABLE_TABLE;
    default: return false;
    }
}

/* Walks to the tag, from the start or from the end; *seen: there was something to see before. */
static bool walk_to(const Work *w, const Work *tag, bool from_end, bool *seen)
{
    if (w == tag)
        return true;
    if (!w->kid.n || is_shape(w->node->name)) {
        *seen |= work_visible(w);
        return false;
    }
    for (size_t i = 0; i < w->kid.n; i++)
        if (walk_to(w->kid.p[from_end ? w->kid.n - 1 - i : i], tag, from_end, seen))
            return true;
    return false;
}

static bool is_first(const Work *unit, const Work *tag)
{
    bool seen = false;
    walk_to(unit, tag, false, &seen);
    return !seen;
}

static bool is_last(const Work *unit, const Work *tag)
{
    bool seen = false;
    walk_to(unit, tag, true, &seen);
    return !seen;
}

/* ---- placing ---- */

static void set_ranges(Block *b, Work *in, size_t from, size_t after)
{
    b->in = in;
    b->from = from;
    b->after = after;
}

/* The block is one whole unit. */
static void place_unit(Compile *c, Block *b, Work *unit)
{
    if (b->tag.n > 2) {
        complain(c, b->tag.p[1]->tag, DIAG_template_else_unit, b->tag.p[0]->tag->typed);
        return;
    }
    if (!unit->parent) {
        complain_block(c, b, DIAG_template_cross, NULL);
        return;
    }
    vec_push(&b->low, unit->index);
    vec_push(&b->high, unit->index + 1);
    set_ranges(b, unit->parent, unit->index, unit->index + 1);
}

static void place_inline(Compile *c, Block *b, Work *paragraph)
{
    for (size_t i = 0; i < b->tag.n; i++) {
        if (b->tag.p[i]->parent != paragraph) {
            complain_block(c, b, DIAG_template_cross, NULL);
            return;
        }
    }
    for (size_t i = 0; i + 1 < b->tag.n; i++) {
        vec_push(&b->low, b->tag.p[i]->index + 1);
        vec_push(&b->high, b->tag.p[i + 1]->index);
    }
    set_ranges(b, paragraph, b->tag.p[0]->index, b->tag.p[b->tag.n - 1]->index + 1);
}

/* The first kid of the branch that a tag opens; gone: its unit holds control tags alone. */
static bool branch_start(Compile *c, const Block *b, size_t i, const Work *unit, bool gone,
                         size_t *at)
{
    const Work *tag = b->tag.p[i];
    *at = unit->index;
    if (i == 0) {
        if (!gone && is_paragraph(unit->node->name) && !is_first(unit, tag)) {
            complain(c, tag->tag, DIAG_template_first, NULL);
            return false;
        }
        *at += gone;
        return true;
    }
    if (gone || is_first(unit, tag))
        return true;
    if (is_last(unit, tag)) {
        ++*at;
        return true;
    }
    complain(c, tag->tag, DIAG_template_middle, NULL);
    return false;
}

/* The lets right behind the opening tag, in a unit that vanishes: they belong to the block. */
static void take_lets(Block *b, Work *w, const Work *opening, bool *inside)
{
    if (w->tag && *inside) {
        *inside = w->tag->kind == TAG_LET;
        if (*inside) {
            w->moved = true;
            vec_push(&b->let, w);
        }
    }
    *inside |= w == opening;
    for (size_t i = 0; i < w->kid.n; i++)
        take_lets(b, w->kid.p[i], opening, inside);
}

/* From the unit of the first tag to the unit of the last, among the kids of `in`. */
static void place_units(Compile *c, Block *b, Work *in)
{
    size_t last = b->tag.n - 1;
    for (size_t i = 0; i <= last; i++) {
        Work *tag = b->tag.p[i], *unit = unit_of(tag, in);
        bool gone = !unit->pinned && !work_visible(unit);
        if (holds_blocks(in->node->name) && tag->parent != unit) {
            complain_block(c, b, DIAG_template_cross, NULL);
            return;
        }
        size_t at = unit->index + !gone;
        if (i == last && !gone && is_paragraph(unit->node->name) && !is_last(unit, tag)) {
            complain(c, tag->tag, DIAG_template_last, NULL);
            return;
        }
        if (i < last && !branch_start(c, b, i, unit, gone, &at))
            return;
        bool inside = false;
        if (!i && gone)
            take_lets(b, unit, tag, &inside);
        if (i)
            vec_push(&b->high, at);
        if (i < last)
            vec_push(&b->low, at);
    }
    set_ranges(b, in, b->low.p[0], b->high.p[last - 1]);
}

/* A cell that spans rows must not reach into or out of what repeats. */
static bool spans_cross(const Work *in, size_t low, size_t high)
{
    for (size_t r = 0; r < high && r < in->kid.n; r++) {
        const Work *row = in->kid.p[r];
        for (size_t i = 0; row->node && row->node->name == ODF_TABLE_TABLE_ROW && i < row->kid.n;
             i++) {
            size_t end = r + cell_rows(row->kid.p[i]);
            if (end > r + 1 && ((r < low && end > low) || (r >= low && end > high)))
                return true;
        }
    }
    return false;
}

static void place_rows(Compile *c, Block *b, Work *in)
{
    const Work *first = unit_of(b->tag.p[0], in), *last = unit_of(b->tag.p[b->tag.n - 1], in);
    if (first != last && (first->node->name == ODF_TABLE_TABLE_HEADER_ROWS ||
                          last->node->name == ODF_TABLE_TABLE_HEADER_ROWS)) {
        complain_block(c, b, DIAG_template_header_rows, NULL);
        return;
    }
    place_units(c, b, in);
    for (size_t i = 0; b->in && i < b->low.n; i++) {
        if (spans_cross(in, b->low.p[i], b->high.p[i])) {
            complain_block(c, b, DIAG_template_row_span, NULL);
            return;
        }
    }
}

static void place(Compile *c, Block *b)
{
    Work *in = b->tag.p[0]->parent;
    for (size_t i = 1; i < b->tag.n; i++)
        in = common(in, b->tag.p[i]->parent);
    Unit by = b->tag.p[0]->tag->by;
    if (by) {
        Work *unit = in;
        while (unit && !is_unit(unit->node->name, by))
            unit = unit->parent;
        if (unit)
            place_unit(c, b, unit);
        else
            complain_block(c, b, DIAG_template_by, NULL);
    } else if (is_paragraph(in->node->name)) {
        place_inline(c, b, in);
    } else if (in->node->name == ODF_TABLE_TABLE_ROW) {
        place_unit(c, b, in);
        if (b->in && spans_cross(b->in, b->from, b->after))
            complain_block(c, b, DIAG_template_row_span, NULL);
    } else if (is_rows(in->node->name)) {
        place_rows(c, b, in);
    } else if (in->node->name == ODF_TEXT_LIST || holds_blocks(in->node->name)) {
        place_units(c, b, in);
    } else {
        complain_block(c, b, DIAG_template_cross, NULL);
    }
}

/* ---- nesting ---- */

static bool inside(const Block *b)
{
    const Block *o = b->outer;
    size_t low = o->low.p[o->low.n > b->outer_branch ? b->outer_branch : 0];
    size_t high = o->high.p[o->low.n > b->outer_branch ? b->outer_branch : 0];
    if (b->in == o->in)
        return b->from >= low && b->after <= high;
    const Work *unit = unit_of(b->in, o->in);
    return unit && unit->index >= low && unit->index < high;
}

/* The block of the same branch before it that wants a unit of it, too, or NULL. */
static const Block *overlaps(const Block *b)
{
    for (size_t i = b->in->block.n; i--;) {
        const Block *before = b->in->block.p[i];
        if (before->outer == b->outer)
            return before->outer_branch == b->outer_branch && b->from < before->after ? before
                                                                                       : NULL;
    }
    return NULL;
}

/* Gives the block to what it chooses from; false: it has no place. */
static bool attach(Compile *c, Block *b)
{
    const Block *o = b->outer;
    if (o && !o->in)
        return false;           /* said already */
    if (o && !inside(b)) {
        Remark *f = complain(c, b->tag.p[0]->tag, DIAG_template_nesting, o->tag.p[0]->tag->typed);
        note_tag(c, f, o->tag.p[0]->tag, "the block around it: %s", "blok dookoła: %s");
        return false;
    }
    const Block *before = overlaps(b);
    if (before) {
        Remark *f = complain(c, b->tag.p[0]->tag, DIAG_template_overlap,
                              before->tag.p[0]->tag->typed);
        note_tag(c, f, before->tag.p[0]->tag, "the other block: %s", "drugi blok: %s");
        return false;
    }
    vec_push(&b->in->block, b);
    return true;
}

void blocks_find(Compile *c, Work *root)
{
    Matcher m = { .c = c };
    work_index(root);
    match(&m, root);
    while (m.open.n)
        unclosed(&m, NULL);
    for (size_t i = 0; i < m.all.n; i++) {
        Block *b = m.all.p[i];
        const Tag *last = b->tag.p[b->tag.n - 1]->tag;
        if (last->kind != TAG_END_EACH && last->kind != TAG_END_IF)
            continue;           /* unclosed */
        place(c, b);
        if (b->in && !attach(c, b)) {
            b->in = NULL;
            b->tag.p[0]->tag->unsure = true;
        }
    }
    vec_free(&m.all);
    vec_free(&m.open);
}
