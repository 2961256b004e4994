/* SPDX-License-Identifier: MIT */
/* Footnotes at the bottom of the page, endnotes after the text (writer-layout, tables-pages 7). */
#include "internal.h"

#include <stdlib.h>
#include <string.h>

typedef struct { const char *format, *master; int start; } Config;

struct Notes {
    Map *by_node;               /* text:note -> Note */
    VEC(Note *) all;
    Config foot, end;
    /* the page that is being filled */
    bool active;
    int32_t room, width, used, most, separator;
    VEC(PlacedNote) placed;
    VEC(PlacedNote) waiting;    /* the rest of a note, for the next page */
};

static Config read_config(Ctx *c, const char *class, const char *format)
{
    Config v = { format, NULL, 1 };
    const OdfNode *styles = c->file->styles;
    for (uint32_t i = 0; styles && i < styles->n_kid; i++) {
        const OdfNode *n = styles->kid[i];
        if (n->name != ODF_TEXT_NOTES_CONFIGURATION ||
            !str_equal(odf_attr(n, ODF_TEXT_NOTE_CLASS), class))
            continue;
        const char *f = odf_attr(n, ODF_STYLE_NUM_FORMAT),
                   *start = odf_attr(n, ODF_TEXT_START_VALUE);
        v.format = f ? f : format;
        v.start = number_in(start, 0, 999999, 0) + 1;
        v.master = odf_attr(n, ODF_TEXT_MASTER_PAGE_NAME);
    }
    return v;
}

static void collect(Ctx *c, const OdfNode *n, int *foot, int *end, int depth)
{
    struct Notes *k = c->notes;
    if (n->name == ODF_CHARACTERS || depth > 200)
        return;
    if (n->name == ODF_TEXT_NOTE) {
        char number[32];
        Note *v = ARENA_NEW(c->arena, Note);
        v->node = n;
        v->endnote = str_equal(odf_attr(n, ODF_TEXT_NOTE_CLASS), "endnote");
        const Config *f = v->endnote ? &k->end : &k->foot;
        int *count = v->endnote ? end : foot;
        odf_number_format(f->format, false, f->start + (*count)++, number, sizeof number);
        const OdfNode *citation = odf_kid(n, ODF_TEXT_NOTE_CITATION);
        const char *label = citation ? odf_attr(citation, ODF_TEXT_LABEL) : NULL;
        v->number = arena_str(c->arena, label ? label : number);
        map_put(k->by_node, (const char *)&n, sizeof n, v);
        vec_push(&k->all, v);
        v->id = (uint32_t)k->all.n;
        return;
    }
    for (uint32_t i = 0; i < n->n_kid; i++)
        collect(c, n->kid[i], foot, end, depth + 1);
}

void notes_begin(Ctx *c)
{
    int foot = 0, end = 0;
    c->notes = ARENA_NEW(c->arena, struct Notes);
    c->notes->by_node = map_new(c->arena);
    c->notes->foot = read_config(c, "footnote", "1");
    c->notes->end = read_config(c, "endnote", "i");
    collect(c, c->doc->body, &foot, &end, 0);
}

void notes_end(Ctx *c)
{
    vec_free(&c->notes->all);
    vec_free(&c->notes->placed);
    vec_free(&c->notes->waiting);
}

Note *note_of(Ctx *c, const OdfNode *n)
{
    return map_get(c->notes->by_node, (const char *)&n, sizeof n);
}

/* The note's text: its number stands before the first line, without a space; with a hanging indent
 * the text begins at the margin (7.6). */
static void note_blocks(Ctx *c, Note *v)
{
    const OdfNode *body = odf_kid(v->node, ODF_TEXT_NOTE_BODY);
    v->group = ARENA_NEW(c->pass, Group);
    v->group->role = ROLE_NOTE;
    v->blocks = body ? blocks_make(c, body, v->group) : (Blocks){ NULL, 0 };
    if (!v->blocks.n || v->blocks.p[0]->kind != BLOCK_PARAGRAPH || v->blocks.p[0]->label)
        return;
    Block *b = v->blocks.p[0];
    OdfListLevel *level = ARENA_NEW(c->pass, OdfListLevel);
    Label *label = ARENA_NEW(c->pass, Label);
    level->kind = LABEL_NUMBER;
    level->label_alignment = true;
    level->tab_position = -1;
    level->follow = b->first < 0 ? FOLLOW_TAB : FOLLOW_NOTHING;
    *label = (Label){ v->number, level, b->text, false };
    b->label = label;
}

void notes_pass(Ctx *c)
{
    c->notes->active = false;
    c->notes->placed.n = c->notes->waiting.n = 0;
    for (size_t i = 0; i < c->notes->all.n; i++)
        note_blocks(c, c->notes->all.p[i]);
}

Blocks notes_after(Ctx *c, Blocks body)
{
    VEC(Block *) all = {0};
    const char *master = c->notes->end.master ? c->notes->end.master : "Endnote";
    for (size_t i = 0; i < c->notes->all.n; i++) {
        const Note *v = c->notes->all.p[i];
        for (size_t k = 0; v->endnote && k < v->blocks.n; k++)
            vec_push(&all, v->blocks.p[k]);
    }
    if (!all.n)
        return body;
    all.p[0]->break_before = BREAK_PAGE;
    if (odf_master(c->doc, master))
        all.p[0]->master = master;
    Block **copy = ARENA_ARRAY(c->pass, Block *, body.n + all.n);
    if (body.n)
        memcpy(copy, body.p, body.n * sizeof *copy);
    memcpy(copy + body.n, all.p, all.n * sizeof *copy);
    Blocks r = { copy, body.n + all.n };
    vec_free(&all);
    return r;
}

/* ---- on a page ---- */

static int32_t separator(const OdfPageProps *p)
{
    return p->footnote_before + p->footnote_line + p->footnote_after;
}

/* Places what fits of a note into the area; false: not even its first line. */
static bool put_note(Ctx *c, Note *v, const Token *from, int32_t free, int32_t separate)
{
    struct Notes *k = c->notes;
    const Region *region = c->region;
    if (free <= 0)
        return false;
    c->region = NULL;
    Filled f = flow_fill(c, v->blocks, k->width, free, from, FILL_OPTIONAL);
    c->region = region;
    if (!f.n && !f.done)
        return false;
    PlacedNote p = { v, f, k->used + separate, from == NULL };
    k->used += separate + f.height;
    vec_push(&k->placed, p);
    if (!f.done)
        vec_push(&k->waiting, p);
    return true;
}

void notes_page(Ctx *c, const OdfPageProps *page, int32_t width, int32_t height)
{
    struct Notes *k = c->notes;
    size_t n = k->waiting.n;
    PlacedNote *before = ARENA_ARRAY(c->pass, PlacedNote, n);
    if (n)
        memcpy(before, k->waiting.p, n * sizeof *before);
    k->placed.n = k->waiting.n = 0;
    k->used = 0;
    k->room = height;
    k->width = width;
    k->most = page->footnote_max > 0 ? page->footnote_max : (int32_t)((int64_t)height * 80 / 100);
    if (k->most > height)
        k->most = height;
    k->separator = separator(page);
    for (size_t i = 0; i < n; i++) {
        int32_t separate = k->used ? 0 : k->separator;
        if (k->waiting.n || !put_note(c, before[i].note, &before[i].filled.rest,
                                      k->most - k->used - separate, separate))
            vec_push(&k->waiting, before[i]);
    }
    k->active = true;
}

bool notes_wait(const Ctx *c)
{
    return c->notes->waiting.n;
}

int32_t notes_used(const Ctx *c)
{
    return c->region && c->notes->active ? c->notes->used : 0;
}

NotesMark notes_mark(const Ctx *c)
{
    return (NotesMark){ c->notes->placed.n, c->notes->waiting.n, c->notes->used };
}

void notes_back(Ctx *c, NotesMark m)
{
    c->notes->placed.n = m.placed;
    c->notes->waiting.n = m.waiting;
    c->notes->used = m.used;
}

/* 7.3: a line stays only if the first line of its note fits below it. */
static bool add_note(Ctx *c, Note *v, int32_t bottom)
{
    struct Notes *k = c->notes;
    for (size_t i = 0; i < k->placed.n; i++)
        if (k->placed.p[i].note == v)
            return true;
    if (v->endnote)
        return true;
    if (k->waiting.n)
        return false;
    int32_t separate = k->used ? 0 : k->separator, area = k->room - bottom;
    area = area < k->most ? area : k->most;
    return put_note(c, v, NULL, area - k->used - separate, separate);
}

bool notes_add(Ctx *c, const Content *t, uint32_t from, uint32_t to, int32_t bottom)
{
    if (!c->region || !c->notes->active || !c->notes->all.n)
        return true;
    bottom += c->region->y - c->region->page->body_y;
    for (size_t i = 0; i < t->n_run; i++)
        if (t->run[i].note && t->run[i].start >= from && t->run[i].start < to &&
            !add_note(c, t->run[i].note, bottom))
            return false;
    return true;
}

void notes_take(Ctx *c, Page *p)
{
    struct Notes *k = c->notes;
    p->n_notes = k->placed.n;
    p->notes_height = k->used;
    p->notes = ARENA_ARRAY(c->pass, PlacedNote, k->placed.n);
    if (k->placed.n)
        memcpy(p->notes, k->placed.p, k->placed.n * sizeof *p->notes);
    k->active = false;
}

/* ---- emission ---- */

void notes_emit(Emit *e, const Page *p)
{
    const OdfPageProps *g = p->props;
    int32_t top = p->body_y + p->body_height - p->notes_height;
    if (!p->n_notes)
        return;
    int32_t w = (int32_t)((int64_t)p->body_width * g->footnote_rel_width / 100),
            free = p->body_width - w;
    int32_t x = g->footnote_adjust == ALIGN_CENTER  ? free / 2
                : g->footnote_adjust == ALIGN_RIGHT ? free
                                                    : 0;
    emit_fill(e, p->body_x + x, top + g->footnote_before, w, g->footnote_line, g->footnote_color);
    for (size_t i = 0; i < p->n_notes; i++)
        emit_fragments(e, p->notes[i].filled.fragment, p->notes[i].filled.n, p->body_x,
                       top + p->notes[i].y);
}
