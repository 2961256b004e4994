/* SPDX-License-Identifier: MIT */
/* Footnotes and endnotes: which there are, their numbers and what they say (writer-layout,
 * tables-pages 7); notearea.c puts them into their places. */
#include "internal.h"

#include <stdlib.h>
#include <string.h>

typedef struct {
    const char *format, *prefix, *suffix, *master;
    const OdfStyle *mark, *label;       /* of the number in the text, and before the note */
    int start;
    bool after_text;            /* footnotes-position: document */
    enum { COUNT_DOCUMENT, COUNT_CHAPTER, COUNT_PAGE } count;
} Config;

struct Notes {
    Map *by_node;               /* text:note -> Note */
    VEC(Note *) all;
    Config foot, end;
};

static const char *or_empty(const char *s)
{
    return s ? s : "";
}

static const OdfStyle *style_of(Ctx *c, const OdfNode *n, OdfName attr, const char *usual)
{
    const char *name = n ? odf_attr(n, attr) : NULL;
    return odf_style(c->file, FAMILY_TEXT, name ? name : usual, false);
}

/* ODF 1.3 part 3, 16.29.3; n NULL: Writer's own. */
static Config read_config(Ctx *c, const OdfNode *n, bool endnote)
{
    static const char *const counts[] = { "document", "chapter", "page" };
    Config v = { .format = endnote ? "i" : "1", .prefix = "", .suffix = "", .start = 1 };
    v.mark = style_of(c, n, ODF_TEXT_CITATION_BODY_STYLE_NAME,
                      endnote ? "Endnote_20_anchor" : "Footnote_20_anchor");
    v.label = style_of(c, n, ODF_TEXT_CITATION_STYLE_NAME,
                       endnote ? "Endnote_20_Symbol" : "Footnote_20_Symbol");
    if (!n)
        return v;
    const char *format = odf_attr(n, ODF_STYLE_NUM_FORMAT);
    v.format = format ? format : v.format;
    v.prefix = or_empty(odf_attr(n, ODF_STYLE_NUM_PREFIX));
    v.suffix = or_empty(odf_attr(n, ODF_STYLE_NUM_SUFFIX));
    v.start = number_in(odf_attr(n, ODF_TEXT_START_VALUE), 0, 999999, 0) + 1;
    v.master = odf_attr(n, ODF_TEXT_MASTER_PAGE_NAME);
    v.after_text =
        !endnote && str_equal(odf_attr(n, ODF_TEXT_FOOTNOTES_POSITION), "document");
    v.count = endnote ? COUNT_DOCUMENT : COUNT_PAGE;    /* so Writer reads a file without it */
    for (unsigned i = 0; !endnote && i < COUNT(counts); i++)
        if (str_equal(odf_attr(n, ODF_TEXT_START_NUMBERING_AT), counts[i]))
            v.count = i;
    return v;
}

static const OdfNode *find_config(Ctx *c, const char *class)
{
    const OdfNode *styles = c->file->styles, *found = NULL;
    for (uint32_t i = 0; styles && i < styles->n_kid; i++) {
        const OdfNode *n = styles->kid[i];
        if (n->name == ODF_TEXT_NOTES_CONFIGURATION &&
            str_equal(odf_attr(n, ODF_TEXT_NOTE_CLASS), class))
            found = n;
    }
    return found;
}

/* Notes while they are found: what counts them and what section collects them. */
typedef struct { const Config *config; int *count; const OdfNode *section; } Series;
typedef struct { Ctx *c; Series foot, end; } Walk;

static void give_number(Ctx *c, Note *v, const char *format, int n)
{
    char number[32];
    const OdfNode *citation = odf_kid(v->node, ODF_TEXT_NOTE_CITATION);
    const char *own = citation ? odf_attr(citation, ODF_TEXT_LABEL) : NULL;
    odf_number_format(format, false, n, number, sizeof number);
    v->number = own ? own : arena_str(c->arena, number);
    v->label = own ? own : arena_format(c->arena, "%s%s%s", v->prefix, number, v->suffix);
}

static void collect_note(const Walk *w, const OdfNode *n)
{
    Ctx *c = w->c;
    struct Notes *k = c->notes;
    Note *v = ARENA_NEW(c->arena, Note);
    v->node = n;
    v->endnote = str_equal(odf_attr(n, ODF_TEXT_NOTE_CLASS), "endnote");
    const Series *s = v->endnote ? &w->end : &w->foot;
    const Config *f = s->config;
    const OdfNode *citation = odf_kid(n, ODF_TEXT_NOTE_CITATION);
    bool counts = !citation || !odf_attr(citation, ODF_TEXT_LABEL);
    v->section = s->section;
    v->format = f->format;
    v->prefix = f->prefix;
    v->suffix = f->suffix;
    v->mark_style = f->mark;
    v->label_style = f->label;
    v->by_page = counts && f->count == COUNT_PAGE;
    v->after_text = !s->section && (v->endnote || f->after_text);
    give_number(c, v, f->format, f->start + *s->count);
    *s->count += counts;
    map_put(k->by_node, (const char *)&n, sizeof n, v);
    vec_push(&k->all, v);
    v->id = (uint32_t)k->all.n;
}

/* A section's own series: it collects its notes.  It counts them alone when it says how, and notes
 * are not counted by page; the first has its text:start-value then, not the number after it
 * (experiments with LibreOffice 7.4). */
static void own_series(Ctx *c, Series *s, const OdfNode *section, const OdfNode *n, bool endnote)
{
    if (!n)
        return;
    s->section = section;
    const char *start = odf_attr(n, ODF_TEXT_START_VALUE);
    if (s->config->count == COUNT_PAGE)
        return;
    if (!start && !odf_attr(n, ODF_STYLE_NUM_FORMAT) && !odf_attr(n, ODF_STYLE_NUM_PREFIX) &&
        !odf_attr(n, ODF_STYLE_NUM_SUFFIX))
        return;
    Config *own = ARENA_NEW(c->arena, Config);
    *own = read_config(c, n, endnote);
    own->start = number_in(start, 1, 999999, 1);
    own->count = COUNT_DOCUMENT;
    own->mark = s->config->mark;
    own->label = s->config->label;
    s->config = own;
    s->count = ARENA_NEW(c->arena, int);
}

static void collect(Walk w, const OdfNode *n, int depth)
{
    Ctx *c = w.c;
    if (n->name == ODF_CHARACTERS || n->name == ODF_TEXT_TRACKED_CHANGES || depth > DEPTH_MOST)
        return;
    if (n->name == ODF_TEXT_NOTE) {
        collect_note(&w, n);
        return;
    }
    if (n->name == ODF_TEXT_H && odf_outline_level(c->file, n) == 1 &&
        c->notes->foot.count == COUNT_CHAPTER && w.foot.config == &c->notes->foot)
        *w.foot.count = 0;
    if (n->name == ODF_TEXT_SECTION) {
        const OdfSectionProps *p = odf_section_props(c->file, n->style);
        own_series(c, &w.foot, n, p->footnotes, false);
        own_series(c, &w.end, n, p->endnotes, true);
    }
    for (uint32_t i = 0; i < n->n_kid; i++)
        collect(w, n->kid[i], depth + 1);
}

void notes_begin(Ctx *c)
{
    int foot = 0, end = 0;
    struct Notes *k = c->notes = ARENA_NEW(c->arena, struct Notes);
    k->by_node = map_new(c->arena);
    k->foot = read_config(c, find_config(c, "footnote"), false);
    k->end = read_config(c, find_config(c, "endnote"), true);
    Walk w = { c, { &k->foot, &foot, NULL }, { &k->end, &end, NULL } };
    collect(w, c->doc->body, 0);
}

bool notes_update(Ctx *c)
{
    uint32_t page = UINT32_MAX;
    int count = 0;
    bool changed = false;
    for (size_t i = 0; i < c->notes->all.n; i++) {
        Note *v = c->notes->all.p[i];
        if (!v->by_page)
            continue;
        count = v->page == page ? count + 1 : 1;
        page = v->page;
        const char *before = v->number;
        give_number(c, v, v->format, count);
        changed |= !str_equal(before, v->number);
    }
    return changed;
}

void notes_end(Ctx *c)
{
    vec_free(&c->notes->all);
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
    *label = (Label){ v->label, level, b->text, false };
    if (v->label_style)
        label->props = odf_text_props(c->file, b->text, v->label_style);
    b->label = label;
}

void notes_pass(Ctx *c)
{
    for (size_t i = 0; i < c->notes->all.n; i++) {
        Note *v = c->notes->all.p[i];
        v->marked = v->reached = false;
        note_blocks(c, v);
    }
}

/* Appends the notes that stand after the text, on pages of their own (7.9). */
static void put_after(Ctx *c, Blocks *body, bool endnote, const char *master)
{
    VEC(Block *) all = {0};
    for (size_t i = 0; i < c->notes->all.n; i++) {
        const Note *v = c->notes->all.p[i];
        for (size_t k = 0; v->after_text && v->endnote == endnote && k < v->blocks.n; k++)
            vec_push(&all, v->blocks.p[k]);
    }
    if (!all.n)
        return;
    all.p[0]->break_before = BREAK_PAGE;
    if (odf_master(c->doc, master))
        all.p[0]->master = master;
    Block **copy = ARENA_ARRAY(c->pass, Block *, body->n + all.n);
    if (body->n)
        memcpy(copy, body->p, body->n * sizeof *copy);
    memcpy(copy + body->n, all.p, all.n * sizeof *copy);
    *body = (Blocks){ copy, body->n + all.n };
    vec_free(&all);
}

Blocks notes_after(Ctx *c, Blocks body)
{
    const struct Notes *k = c->notes;
    put_after(c, &body, false, k->foot.master ? k->foot.master : "Footnote");
    if (!c->compat->ContinuousEndnotes)
        put_after(c, &body, true, k->end.master ? k->end.master : "Endnote");
    return body;
}

void notes_end_section(Ctx *c, NoteArea *a, const OdfNode *section, int32_t text)
{
    for (size_t i = 0; i < c->notes->all.n; i++) {
        Note *v = c->notes->all.p[i];
        if (v->endnote && v->section == section)
            notes_end_here(c, a, v, text);
    }
}

void notes_end_text(Ctx *c, NoteArea *a, int32_t text)
{
    for (size_t i = 0; i < c->notes->all.n; i++) {
        Note *v = c->notes->all.p[i];
        bool below = v->after_text ? v->endnote && c->compat->ContinuousEndnotes : v->marked;
        if (below && !v->reached)
            notes_end_here(c, a, v, text);
    }
}
