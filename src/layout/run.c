/* SPDX-License-Identifier: MIT */
/* One run of the engine: passes until page numbers and counts agree, then emission. */
#include "emit.h"

#include <stdlib.h>
#include <string.h>

static void pass_begin(Ctx *c)
{
    arena_reset(c->pass);
    c->lists = lists_new(c);
    c->faces = map_new(c->pass);        /* some properties are made by the pass */
    c->last_face = NULL;
    c->headers = map_new(c->pass);
    c->bookmarks = map_new(c->pass);
    c->anchored = map_new(c->pass);
    c->region = NULL;
    c->geometry = NULL;
    c->depth = c->nested = c->columns = 0;
    c->masters = false;
    c->uses_count = c->uses_refs = false;
    c->n_heading = 0;
    c->page = 1;
}

/* Lays out until nothing changes that a page prints of other pages. */
static bool settle(Ctx *c, Pages *pages)
{
    c->page_count = 1;
    for (int pass = 0;; pass++) {
        pages_free(pages);
        pass_begin(c);
        Blocks body = blocks_make(c, c->doc->body, NULL);
        notes_pass(c);
        body = notes_after(c, body);
        if (!pages_make(c, body, pages))
            return false;
        bool again = toc_update(c, pages);
        again |= refs_update(c, pages);
        again |= notes_update(c);
        again |= c->uses_count && c->page_count != pages->counted;
        c->page_count = (uint32_t)pages->counted;
        if (!again)
            return true;
        if (pass + 1 == PASSES) {
            diag_add(c->diags, DIAG_layout_passes, &(Place){ .file = c->file->path }, (char *)NULL);
            return true;
        }
    }
}

static void metadata(Ctx *c)
{
    const OdfDoc *d = c->doc;
    c->out->title = d->title ? arena_str(c->arena, d->title) : NULL;
    c->out->subject = d->subject ? arena_str(c->arena, d->subject) : NULL;
    c->out->date = d->date ? arena_str(c->arena, d->date) : NULL;
    c->out->language = d->language ? arena_str(c->arena, d->language) : NULL;
    if (!c->out->language) {
        const OdfTextProps *p = odf_para_text_props(c->file, NULL);
        if (p->language[0])
            c->out->language =
                arena_format(c->arena, p->country[0] ? "%s-%s" : "%s", p->language, p->country);
        else
            c->out->language = "pl-PL";
    }
}

static void warn_line_numbers(Ctx *c)
{
    const OdfNode *n =
        c->file->styles ? odf_kid(c->file->styles, ODF_TEXT_LINENUMBERING_CONFIGURATION) : NULL;
    if (n && !str_equal(odf_attr(n, ODF_TEXT_NUMBER_LINES), "false"))
        warn_unseen(c, NULL, UNSEEN_LINE_NUMBERS);
}

LayoutDoc *layout_run(OdfDoc *doc, const LayoutOptions *o, Diags *d)
{
    Arena *arena = arena_new();
    Pages pages = {0};
    Ctx c = { .arena = arena,
              .pass = arena_new(),
              .doc = doc,
              .file = doc->file,
              .compat = doc->file->compat,
              .fonts = o->fonts,
              .diags = d,
              .options = o,
              .page_format = "1" };
    c.out = ARENA_NEW(arena, LayoutDoc);
    c.out->arena = arena;
    c.warned = map_new(arena);
    c.charts = map_new(arena);
    metadata(&c);
    pass_begin(&c);
    fields_begin(&c);
    warn_line_numbers(&c);
    floats_begin(&c);
    notes_begin(&c);
    if (o->regenerate)
        toc_begin(&c);
    bool good = settle(&c, &pages);
    if (good)
        emit_pages(&c, &pages);
    pages_free(&pages);
    toc_end(&c);
    notes_end(&c);
    vec_free(&c.page_frame);
    vec_free(&c.segment_room);
    vec_free(&c.portion_room);
    vec_free(&c.line_room);
    arena_free(c.pass);
    if (good)
        return c.out;
    layout_free(c.out);
    return NULL;
}

void layout_free(LayoutDoc *l)
{
    if (!l)
        return;
    for (size_t i = 0; i < l->page.n; i++) {
        vec_free(&l->page.p[i]->item);
        vec_free(&l->page.p[i]->content);
        vec_free(&l->page.p[i]->link);
    }
    vec_free(&l->page);
    vec_free(&l->heading);
    arena_free(l->arena);
}
