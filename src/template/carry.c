/* SPDX-License-Identifier: MIT */
/* What stood on a paragraph that vanishes - frames, bookmarks, a page break, a change of master
 * page - waits here for the next block that is kept. */
#include "internal.h"

#include <stdlib.h>
#include <string.h>

bool carry_empty(const Carry *c)
{
    return !c->thing.n && break_none(&c->brk);
}

void carry_break(Fill *f, const Break *b)
{
    if (f->tables || break_none(b))
        return;                 /* rows have no breaks */
    f->carry.brk.page |= b->page;
    if (b->master)
        f->carry.brk.master = b->master;
}

static void keep_things(Fill *f, const OdfNode *n)
{
    if (is_mark(n->name) || is_shape(n->name))
        vec_push(&f->carry.thing, n);
    else if (n->name != ODF_CHARACTERS)
        for (size_t i = 0; i < n->n_kid; i++)
            keep_things(f, n->kid[i]);
}

void carry_from(Fill *f, size_t base)
{
    for (size_t i = base; i < f->out.n; i++)
        keep_things(f, f->out.p[i]);
    f->out.n = base;
}

static const OdfNode *paragraph_with(Fill *f, const OdfNode *p)
{
    Carry *c = &f->carry;
    if (!break_none(&c->brk) && !f->tables)
        p = block_with_break(f->t, f->a, p, &c->brk);
    if (!f->tables)
        c->brk = (Break){ 0 };
    if (c->thing.n) {
        OdfNode *n = odf_copy(f->a, p);
        const OdfNode **kid = ARENA_ARRAY(f->a, const OdfNode *, p->n_kid + c->thing.n);
        memcpy(kid, c->thing.p, c->thing.n * sizeof *kid);
        if (p->n_kid)
            memcpy(kid + c->thing.n, p->kid, p->n_kid * sizeof *kid);
        n->kid = (OdfNode *const *)kid;
        n->n_kid = (uint32_t)(p->n_kid + c->thing.n);
        c->thing.n = 0;
        p = n;
    }
    return p;
}

/* Down to the first paragraph; what is passed on the way is copied. */
const OdfNode *carry_into(Fill *f, const OdfNode *block)
{
    if (is_paragraph(block->name))
        return paragraph_with(f, block);
    if (block->name == ODF_CHARACTERS)
        return block;
    if (block->name == ODF_TABLE_TABLE && f->carry.brk.page && !f->tables) {
        block = block_with_break(f->t, f->a, block, &f->carry.brk);
        f->carry.brk = (Break){ 0 };
    }
    for (size_t i = 0; i < block->n_kid && !carry_empty(&f->carry); i++) {
        const OdfNode *made = carry_into(f, block->kid[i]);
        if (made == block->kid[i])
            continue;
        OdfNode *n = odf_copy(f->a, block);
        const OdfNode **kid = ARENA_ARRAY(f->a, const OdfNode *, block->n_kid);
        memcpy(kid, block->kid, block->n_kid * sizeof *kid);
        kid[i] = made;
        n->kid = (OdfNode *const *)kid;
        return n;
    }
    return block;
}
