/* SPDX-License-Identifier: MIT */
/* The blocks of a text: paragraphs and tables in reading order, with what they belong to. */
#include "internal.h"

#include <stdlib.h>
#include <string.h>

typedef struct {
    Ctx *c;
    VEC(Block *) block;
    Group *group;
    const OdfSectionProps *section;     /* whose margins and background hold here, or NULL */
    const OdfNode *section_node;
    const OdfNode *item;        /* list item whose label is still to be printed, or NULL */
    bool in_list;
    const Block *hidden;        /* the break before a hidden paragraph is the next block's */
} Builder;

static void build(Builder *k, const OdfNode *n);

static void add_block(Builder *k, Block *b)
{
    b->section = k->section;
    b->section_node = k->section_node;
    if (k->hidden && !b->master && b->break_before == BREAK_NONE) {
        b->break_before = k->hidden->break_before;
        b->master = k->hidden->master;
        b->page_number = k->hidden->page_number;
    }
    k->hidden = NULL;
    vec_push(&k->block, b);
}

static Group *group_new(Ctx *c, LayoutRole role, Group *parent)
{
    Group *g = ARENA_NEW(c->pass, Group);
    g->role = role;
    g->parent = parent;
    return g;
}

static void build_kids(Builder *k, const OdfNode *n)
{
    if (n->name == ODF_CHARACTERS)
        return;
    for (uint32_t i = 0; i < n->n_kid; i++)
        build(k, n->kid[i]);
}

static void breaks_of(Ctx *c, Block *b, const OdfNode *n, OdfBreak before, OdfBreak after)
{
    const char *master = odf_style_attr(n->style, ODF_STYLE_MASTER_PAGE_NAME);
    b->break_before = before;
    b->break_after = after;
    if (master && *master && odf_master(c->doc, master))
        b->master = master;
    const char *number = odf_style_attr(n->style, ODF_STYLE_PAGE_NUMBER);
    b->page_number = number_in(number, 0, 999999, 0);
}

static bool hidden_section(Ctx *c, const OdfNode *n)
{
    const char *display = odf_attr(n, ODF_TEXT_DISPLAY);
    bool hide;
    if (str_equal(display, "none"))
        return true;
    if (!str_equal(display, "condition"))
        return false;
    if (field_condition(c, odf_attr(n, ODF_TEXT_CONDITION), &hide))
        return hide;
    return !c->file->formulas || str_equal(odf_attr(n, ODF_TEXT_IS_HIDDEN), "true");
}

/* A text:hidden-paragraph whose condition holds takes the whole paragraph away (frames-styles
 * 3.4.6). */
static bool hidden_paragraph(Ctx *c, const OdfNode *n, int depth)
{
    bool hide;
    if (n->name == ODF_CHARACTERS || depth > 8)
        return false;
    if (n->name == ODF_TEXT_HIDDEN_PARAGRAPH) {
        const char *condition = odf_attr(n, ODF_TEXT_CONDITION);
        if (!condition || !*condition)
            return false;
        if (field_condition(c, condition, &hide))
            return hide;
        return c->file->formulas && str_equal(odf_attr(n, ODF_TEXT_IS_HIDDEN), "true");
    }
    for (uint32_t i = 0; i < n->n_kid; i++)
        if (hidden_paragraph(c, n->kid[i], depth + 1))
            return true;
    return false;
}

static void build_heading(Builder *k, Block *b, const OdfNode *n)
{
    const OdfListLevel *v = NULL;
    b->heading = (int8_t)odf_outline_level(k->c->file, n);
    if (!b->heading || k->in_list)
        return;
    b->number = heading_number(k->c, n, b->heading, &v);
    if (!v || !v->format || !*v->format)        /* without numbers there is no indent either */
        return;
    if (b->number && *b->number) {
        Label *label = ARENA_NEW(k->c->pass, Label);
        label->text = b->number;
        label->level = v;
        label->props =
            v->label_style ? odf_text_props(k->c->file, b->text, v->label_style) : b->text;
        b->label = label;
    }
    list_indents(k->c, b, v);
}

/* Two letters' size (5.1); in old documents the line spacing counts. */
static int32_t auto_indent(const Ctx *c, const Block *b)
{
    const OdfParaProps *p = b->props;
    if (c->compat->AutoFirstLineIndentDisregardLineSpace)
        return 2 * b->text->size;
    if (p->line_kind == LINE_HEIGHT_FIXED)
        return p->line_height;
    return p->line_kind == LINE_HEIGHT_PERCENT ? 2 * b->text->size * p->line_height / 100
                                               : 2 * b->text->size;
}

static void build_paragraph(Builder *k, const OdfNode *n)
{
    Ctx *c = k->c;
    Block *b = ARENA_NEW(c->pass, Block);
    b->kind = BLOCK_PARAGRAPH;
    b->node = n;
    b->group = k->group;
    b->props = odf_para_props(c->file, n->style);
    b->text = odf_para_text_props(c->file, n->style);
    if (b->text->hidden || hidden_paragraph(c, n, 0)) {
        breaks_of(c, b, n, b->props->break_before, BREAK_NONE);
        if (b->master || b->break_before != BREAK_NONE)
            k->hidden = b;
        return;
    }
    if (odf_drops_cap(n->style))
        warn_unseen(c, n->origin, UNSEEN_DROP_CAP);
    b->keep_with_next = b->props->keep_with_next;
    b->left = b->props->margin[SIDE_LEFT];
    b->right = b->props->margin[SIDE_RIGHT];
    b->first = b->props->auto_indent ? auto_indent(c, b) : b->props->indent;
    breaks_of(c, b, n, b->props->break_before, b->props->break_after);
    if (k->in_list) {
        if (k->item)
            b->label = list_label(c, k->item, b);
        k->item = NULL;
        list_indents(c, b, list_level(c));
    }
    if (c->compat->InvertBorderSpacing) {       /* the box sticks out, as in Word */
        int32_t inset[4];
        paragraph_insets(b->props, inset);
        b->left -= inset[SIDE_LEFT];
        b->right -= inset[SIDE_RIGHT];
    }
    build_heading(k, b, n);
    add_block(k, b);
}

static void build_table(Builder *k, const OdfNode *n)
{
    Ctx *c = k->c;
    if (too_deep(c, n))
        return;
    Block *b = ARENA_NEW(c->pass, Block);
    b->kind = BLOCK_TABLE;
    b->node = n;
    b->group = k->group;
    b->table = table_make(c, n);
    if (!b->table->n_row)       /* as if it were not there (experiment) */
        return;
    b->keep_with_next = b->table->props->keep_with_next;
    breaks_of(c, b, n, b->table->props->break_before, b->table->props->break_after);
    /* a change of master page in its first paragraph is the table's */
    const Cell *first = b->table->n_row && b->table->row[0].n_cell ? b->table->row[0].cell : NULL;
    if (!b->master && first && first->blocks.n && first->blocks.p[0]->master) {
        b->master = first->blocks.p[0]->master;
        b->page_number = first->blocks.p[0]->page_number;
    }
    add_block(k, b);
}

static void build_list(Builder *k, const OdfNode *n)
{
    Group *outer = k->group, *list = group_new(k->c, ROLE_L, outer);
    bool was_in_list = k->in_list;
    list_begin(k->c, n);
    const OdfListLevel *v = list_level(k->c);
    list->list_format = v->kind == LABEL_NUMBER ? v->format : NULL;
    for (uint32_t i = 0; i < n->n_kid; i++) {
        const OdfNode *item = n->kid[i];
        if (item->name != ODF_TEXT_LIST_ITEM && item->name != ODF_TEXT_LIST_HEADER)
            continue;
        list_item(k->c, item);
        k->in_list = true;
        k->item = item->name == ODF_TEXT_LIST_ITEM ? item : NULL;
        k->group = group_new(k->c, ROLE_LBODY, group_new(k->c, ROLE_LI, list));
        build_kids(k, item);
    }
    list_end(k->c);
    k->item = NULL;
    k->in_list = was_in_list;
    k->group = outer;
}

/* Has Writer something to put into the section, index or cell?  Else an empty paragraph of style
 * Standard stands there (experiment: so, too, where the content is in another file, or an index has
 * no entries). */
static bool has_content(const OdfNode *n, int depth)
{
    for (uint32_t i = 0; i < n->n_kid; i++)
        switch (n->kid[i]->name) {
        case ODF_TEXT_P: case ODF_TEXT_H: case ODF_TEXT_LIST: case ODF_TABLE_TABLE:
        case ODF_TEXT_SECTION: case ODF_TEXT_NUMBERED_PARAGRAPH:
            return true;
        case ODF_TEXT_INDEX_BODY: case ODF_TEXT_INDEX_TITLE:
            if (depth < 2 && has_content(n->kid[i], depth + 1))
                return true;
            break;
        default:
        }
    return false;
}

static OdfNode *empty_paragraph(Ctx *c, const OdfNode *in)
{
    OdfNode *p = odf_element(c->pass, ODF_TEXT_P, 0, 0);
    p->style = odf_style(c->file, FAMILY_PARAGRAPH, "Standard", c->masters);
    p->origin = in->origin;
    return p;
}

static void build_inside(Builder *k, const OdfNode *n, void (*inside)(Builder *, const OdfNode *))
{
    size_t before = k->block.n;
    inside(k, n);
    if (k->block.n == before && !has_content(n, 0))
        build_paragraph(k, empty_paragraph(k->c, n));
}

/* A section: one with columns, or with notes of its own, is a block.  Its margins count from the
 * outer text area, whatever sections it is in (tables-pages 6.1). */
static void build_section(Builder *k, const OdfNode *n, void (*inside)(Builder *, const OdfNode *))
{
    const OdfSectionProps *props = odf_section_props(k->c->file, n->style), *outer = k->section;
    const OdfNode *outer_node = k->section_node;
    k->section = props;
    k->section_node = n;
    bool own = props->columns.n > 1 || props->footnotes || props->endnotes;
    if (own && !k->in_list && k->c->nested < NESTED_MOST && k->c->columns < COLUMNS_NESTED) {
        k->c->nested++;
        k->c->columns++;
        Builder in = { .c = k->c, .group = k->group };
        Block *b = ARENA_NEW(k->c->pass, Block);
        build_inside(&in, n, inside);
        b->kind = BLOCK_SECTION;
        b->node = n;
        b->group = k->group;
        Block **copy = ARENA_ARRAY(k->c->pass, Block *, in.block.n);
        if (in.block.n)
            memcpy(copy, in.block.p, in.block.n * sizeof *copy);
        b->inner = (Blocks){ copy, in.block.n };
        if (in.block.n) { /* 6.9: a break before its first paragraph moves it */
            b->break_before = copy[0]->break_before == BREAK_PAGE ? BREAK_PAGE : BREAK_NONE;
            b->master = copy[0]->master;
            b->page_number = copy[0]->page_number;
            add_block(k, b);
        }
        vec_free(&in.block);
        k->c->nested--;
        k->c->columns--;
    } else {
        build_inside(k, n, inside);
    }
    k->section = outer;
    k->section_node = outer_node;
}

/* An index: its title stands before it, its entries are the items of a TOC. */
static void build_index(Builder *k, const OdfNode *n)
{
    const OdfNode *body = odf_kid(n, ODF_TEXT_INDEX_BODY);
    Group *outer = k->group, *toc = group_new(k->c, ROLE_TOC, outer);
    if (!body)
        return;
    for (uint32_t i = 0; i < body->n_kid; i++) {
        const OdfNode *kid = body->kid[i];
        if (kid->name == ODF_TEXT_INDEX_TITLE) {
            build_kids(k, kid);
            continue;
        }
        k->group = group_new(k->c, ROLE_TOCI, toc);
        build(k, kid);
        k->group = outer;
    }
}

static void build(Builder *k, const OdfNode *n)
{
    if (too_deep(k->c, n))
        return;
    k->c->depth++;
    switch (n->name) {
    case ODF_CHARACTERS: case ODF_TEXT_TRACKED_CHANGES: case ODF_TEXT_SEQUENCE_DECLS:
    case ODF_TEXT_VARIABLE_DECLS: case ODF_TEXT_USER_FIELD_DECLS: case ODF_OFFICE_FORMS:
    case ODF_TEXT_SOFT_PAGE_BREAK: case ODF_TEXT_TABLE_OF_CONTENT_SOURCE:
    case ODF_OFFICE_ANNOTATION: case ODF_OFFICE_EVENT_LISTENERS:
        break;
    case ODF_TEXT_P: case ODF_TEXT_H:
        build_paragraph(k, n);
        break;
    case ODF_TABLE_TABLE:
        build_table(k, n);
        break;
    case ODF_TEXT_LIST:
        build_list(k, n);
        break;
    case ODF_TEXT_SECTION:
        if (!hidden_section(k->c, n))
            build_section(k, n, build_kids);
        break;
    case ODF_TEXT_TABLE_OF_CONTENT: case ODF_TEXT_ILLUSTRATION_INDEX: case ODF_TEXT_TABLE_INDEX:
    case ODF_TEXT_OBJECT_INDEX: case ODF_TEXT_USER_INDEX: case ODF_TEXT_ALPHABETICAL_INDEX:
    case ODF_TEXT_BIBLIOGRAPHY:
        build_section(k, n, build_index);
        break;
    default:
        if (!odf_is_drawing(n->name) || !map_get(k->c->on_pages, (const char *)&n, sizeof n))
            build_kids(k, n);
    }
    k->c->depth--;
}

Blocks blocks_of(Ctx *c, OdfNode *const *kid, size_t n, Group *group)
{
    Builder k = { .c = c, .group = group };
    for (size_t i = 0; i < n; i++)
        build(&k, kid[i]);
    Block **copy = ARENA_ARRAY(c->pass, Block *, k.block.n);
    if (k.block.n)
        memcpy(copy, k.block.p, k.block.n * sizeof *copy);
    Blocks r = { copy, k.block.n };
    vec_free(&k.block);
    return r;
}

Blocks blocks_make(Ctx *c, const OdfNode *parent, Group *group)
{
    return blocks_of(c, parent->kid, parent->name == ODF_CHARACTERS ? 0 : parent->n_kid, group);
}

Blocks blocks_of_cell(Ctx *c, const OdfNode *cell, const OdfNode *table)
{
    Blocks r = cell ? blocks_make(c, cell, NULL) : (Blocks){0};
    if (r.n || (cell && has_content(cell, 0)))
        return r;
    OdfNode *p = empty_paragraph(c, cell ? cell : table);
    return blocks_of(c, &p, 1, NULL);
}
