/* SPDX-License-Identifier: MIT */
/* Styles asked and made: breaks that move from a paragraph that vanishes to the next block, and the
 * styles of files that are included. */
#include "internal.h"

#include <string.h>

bool break_none(const Break *b)
{
    return !b->page && !b->master;
}

Break break_of(const OdfFile *f, const OdfNode *block)
{
    Break b = { 0 };
    if (!block->style)
        return b;
    if (is_paragraph(block->name))
        b.page = odf_para_props(f, block->style)->break_before == BREAK_PAGE;
    else if (block->name == ODF_TABLE_TABLE)
        b.page = odf_table_props(f, block->style)->break_before == BREAK_PAGE;
    else
        return b;
    const char *master = odf_style_attr(block->style, ODF_STYLE_MASTER_PAGE_NAME);
    if (master && *master)
        b = (Break){ true, master };
    return b;
}

bool is_polish(const Template *t, const OdfNode *paragraph)
{
    const OdfTextProps *p = odf_para_text_props(t->doc->file, paragraph->style);
    if (p->language[0] && strcmp(p->language, "none") != 0 && strcmp(p->language, "zxx") != 0)
        return !strcmp(p->language, "pl");
    return t->language && str_starts(t->language, "pl");
}

/* ---- breaks that are asked for ---- */

typedef struct { Template *t; VEC(Break) brk; } Asked;

static void ask(Asked *q, const Break *b)
{
    Break all[2] = { { b->page, NULL }, { b->master != NULL, b->master } };
    for (int i = 0; i < 2; i++) {
        bool known = break_none(&all[i]);
        for (size_t k = 0; k < q->brk.n && !known; k++)
            known = str_equal(q->brk.p[k].master, all[i].master);
        if (!known)
            vec_push(&q->brk, all[i]);
    }
}

static void ask_ops(Asked *q, const Ops *ops)
{
    for (size_t i = 0; i < ops->n; i++) {
        const Op *op = &ops->op[i];
        if (op->kind == OP_EACH || op->kind == OP_IF) {
            ask(q, &op->first);
            if (op->loop)
                ask(q, &op->loop->between);
            for (size_t k = 0; k < op->n_branch; k++)
                ask_ops(q, &op->branch[k].body);
        } else if (op->kind == OP_CARRY || (op->kind == OP_PARAGRAPH && op->controls)) {
            ask(q, &op->carried);
        } else if (op->kind == OP_HOLDER && op->hold == HOLD_TABLE) {
            Break b = break_of(q->t->doc->file, op->node);
            ask(q, &b);
        }
        ask_ops(q, &op->body);
    }
}

/* ---- styles with a break ---- */

static const OdfNode *automatic_style(const OdfFile *f, const OdfStyle *s, bool table)
{
    const char *name = s ? odf_style_name(s) : NULL;
    for (size_t i = 0; name && f->automatic && i < f->automatic->n_kid; i++) {
        const OdfNode *n = f->automatic->kid[i];
        if (n->name == ODF_STYLE_STYLE && str_equal(odf_attr(n, ODF_STYLE_NAME), name) &&
            str_equal(odf_attr(n, ODF_STYLE_FAMILY), table ? "table" : "paragraph"))
            return n;
    }
    return NULL;
}

/* The element with an attribute set. */
static OdfNode *with_attr(Arena *a, const OdfNode *n, OdfName name, const char *value)
{
    OdfNode *made = odf_element(a, n->name, n->n_attr + 1u, 0);
    size_t at = n->n_attr;
    for (size_t i = n->n_attr; i--;) {
        odf_attrs(made)[i] = n->attr[i];
        if (n->attr[i].name == name)
            at = i;
    }
    odf_attrs(made)[at] = (OdfAttr){ name, value };
    made->n_attr = (uint16_t)(n->n_attr + (at == n->n_attr));
    made->kid = n->kid;
    made->n_kid = n->n_kid;
    made->style = n->style;
    made->origin = n->origin;
    return made;
}

/* The style's element with a page break among its properties. */
static OdfNode *with_break(Arena *a, const OdfNode *style, bool table)
{
    OdfName name = table ? ODF_STYLE_TABLE_PROPERTIES : ODF_STYLE_PARAGRAPH_PROPERTIES;
    const OdfNode *old = odf_kid(style, name);
    OdfNode *fresh = odf_element(a, name, 0, 0);
    OdfNode *properties = with_attr(a, old ? old : fresh, ODF_FO_BREAK_BEFORE, "page");
    OdfNode *made = odf_copy(a, style);
    const OdfNode **kid = ARENA_ARRAY(a, const OdfNode *, style->n_kid + 1);
    size_t n = 0;
    if (!old)
        kid[n++] = properties;
    for (size_t i = 0; i < style->n_kid; i++)
        kid[n++] = style->kid[i] == old ? properties : style->kid[i];
    made->kid = (OdfNode *const *)kid;
    made->n_kid = (uint32_t)n;
    return made;
}

static const char *new_name(Template *t, const OdfStyle *base, bool table)
{
    OdfFamily family = table ? FAMILY_TABLE : FAMILY_PARAGRAPH;
    const char *old = base ? odf_style_name(base) : "P", *name;
    unsigned i = 0;
    do
        name = arena_format(t->doc->file->arena, "%s_break%u", old, ++i);
    while (odf_style(t->doc->file, family, name, false));
    return name;
}

static void derive(Template *t, const OdfStyle *base, bool table, const Break *b)
{
    for (size_t i = 0; i < t->derived.n; i++)
        if (t->derived.p[i].base == base && t->derived.p[i].table == table &&
            str_equal(t->derived.p[i].brk.master, b->master))
            return;
    const OdfFile *f = t->doc->file;
    Arena *a = f->arena;
    const OdfNode *n = automatic_style(f, base, table);
    if (!n) {
        OdfNode *fresh = odf_element(a, ODF_STYLE_STYLE, 1, 0);
        odf_attrs(fresh)[0] = (OdfAttr){ ODF_STYLE_FAMILY, table ? "table" : "paragraph" };
        n = base ? with_attr(a, fresh, ODF_STYLE_PARENT_STYLE_NAME, odf_style_name(base)) : fresh;
    }
    const char *name = new_name(t, base, table);
    n = with_attr(a, n, ODF_STYLE_NAME, name);
    n = b->master ? with_attr(a, n, ODF_STYLE_MASTER_PAGE_NAME, b->master)
                  : with_break(a, n, table);
    odf_add_styles(f, ODF_OFFICE_AUTOMATIC_STYLES, &n, 1);
    const OdfStyle *made = odf_style(f, table ? FAMILY_TABLE : FAMILY_PARAGRAPH, name, false);
    vec_push(&t->derived, (Derived){ base, table, *b, made });
}

/* For each style of the blocks that may come next: paragraphs and tables outside of tables. */
static void derive_tree(Asked *q, const OdfNode *n)
{
    bool table = n->name == ODF_TABLE_TABLE;
    if (table || is_paragraph(n->name)) {
        for (size_t i = 0; i < q->brk.n; i++)
            derive(q->t, n->style, table, &q->brk.p[i]);
    } else if (n->name != ODF_CHARACTERS) {
        for (size_t i = 0; i < n->n_kid; i++)
            derive_tree(q, n->kid[i]);
    }
}

void styles_derive(Template *t)
{
    Asked q = { .t = t };
    ask_ops(&q, &t->body);
    for (size_t i = 0; i < t->includes.n; i++)
        ask_ops(&q, &t->includes.p[i]->ops);
    if (q.brk.n) {
        derive_tree(&q, t->doc->body);
        for (size_t i = 0; i < t->includes.n; i++)
            derive_tree(&q, t->includes.p[i]->body);
    }
    vec_free(&q.brk);
}

const OdfNode *block_with_break(Template *t, Arena *a, const OdfNode *block, const Break *b)
{
    bool table = block->name == ODF_TABLE_TABLE;
    Break own = break_of(t->doc->file, block);
    if (own.master || (own.page && !b->master))
        return block;
    for (size_t i = 0; i < t->derived.n; i++) {
        const Derived *d = &t->derived.p[i];
        if (d->base != block->style || d->table != table || !str_equal(d->brk.master, b->master))
            continue;
        OdfNode *n = with_attr(a, block, table ? ODF_TABLE_STYLE_NAME : ODF_TEXT_STYLE_NAME,
                               odf_style_name(d->made));
        n->style = d->made;
        return n;
    }
    return block;
}
