/* SPDX-License-Identifier: MIT */
/* The file's tree as one that has parents and may change, while its tags are found.  Recursion is
 * as deep as the file, which xml/ limits. */
#include "internal.h"

#include <stdlib.h>
#include <string.h>

bool is_paragraph(OdfName name)
{
    return name == ODF_TEXT_P || name == ODF_TEXT_H;
}

bool is_inline_group(OdfName name)
{
    switch (name) {
    case ODF_TEXT_SPAN: case ODF_TEXT_A: case ODF_TEXT_META: case ODF_TEXT_META_FIELD:
    case ODF_TEXT_PLACEHOLDER: case ODF_TEXT_TEXT_INPUT:
        return true;
    default:
        return name >= ODF_KNOWN;       /* LibreOffice's own, or of whom we know nothing */
    }
}

bool is_mark(OdfName name)
{
    switch (name) {
    case ODF_TEXT_BOOKMARK: case ODF_TEXT_BOOKMARK_START: case ODF_TEXT_BOOKMARK_END:
    case ODF_TEXT_REFERENCE_MARK: case ODF_TEXT_REFERENCE_MARK_START:
    case ODF_TEXT_REFERENCE_MARK_END: case ODF_TEXT_TOC_MARK: case ODF_TEXT_TOC_MARK_START:
    case ODF_TEXT_TOC_MARK_END: case ODF_TEXT_ALPHABETICAL_INDEX_MARK:
    case ODF_TEXT_USER_INDEX_MARK:
        return true;
    default:
        return false;
    }
}

/* ---- what can be seen ---- */

bool frame_anchored(const OdfFile *f, const OdfNode *frame)
{
    (void)f;
    const char *anchor = odf_attr(frame, ODF_TEXT_ANCHOR_TYPE);
    return anchor && strcmp(anchor, "as-char") != 0;
}

bool is_shape(OdfName name)
{
    return name >= ODF_DRAW_FRAME && name <= ODF_DRAW_CAPTION;
}

static bool blank(const char *s)
{
    return !s[strspn(s, " \t\r\n")];
}

bool node_visible(const OdfFile *f, const OdfNode *n)
{
    if (n->name == ODF_CHARACTERS)
        return !blank(n->text);
    if (n->name == ODF_TEXT_S || n->name == ODF_TEXT_TAB || n->name == ODF_TEXT_LINE_BREAK ||
        n->name == ODF_TEXT_SOFT_PAGE_BREAK || is_mark(n->name))
        return false;
    if (is_shape(n->name))
        return !frame_anchored(f, n);
    bool group = is_inline_group(n->name) || is_paragraph(n->name);
    switch (n->name) {
    case ODF_TEXT_LIST: case ODF_TEXT_LIST_ITEM: case ODF_TEXT_LIST_HEADER: case ODF_TEXT_SECTION:
    case ODF_TABLE_TABLE: case ODF_TABLE_TABLE_ROW: case ODF_TABLE_TABLE_ROWS:
    case ODF_TABLE_TABLE_HEADER_ROWS: case ODF_TABLE_TABLE_ROW_GROUP: case ODF_TABLE_TABLE_CELL:
        group = true;
        break;
    case ODF_TABLE_COVERED_TABLE_CELL: case ODF_TABLE_TABLE_COLUMN: case ODF_TABLE_TABLE_COLUMNS:
        return false;
    default:
        break;
    }
    if (!group)
        return true;            /* a field, a note, an index */
    for (size_t i = 0; i < n->n_kid; i++)
        if (node_visible(f, n->kid[i]))
            return true;
    return false;
}

bool work_visible(const Work *w)
{
    if (!w->node)
        return !is_control(w->tag->kind);
    if (w->filled && w->filled->picture && !frame_anchored(NULL, w->node))
        return true;
    if (!w->changed && !w->dynamic)
        return node_visible(NULL, w->node);
    OdfNode bare = *w->node;
    bare.n_kid = 0;
    if (w->node->name == ODF_CHARACTERS || node_visible(NULL, &bare))
        return node_visible(NULL, w->node);
    if (is_shape(w->node->name))
        return !frame_anchored(NULL, w->node);
    for (size_t i = 0; i < w->kid.n; i++)
        if (work_visible(w->kid.p[i]))
            return true;
    return false;
}

/* ---- building ---- */

Work *work_new(Compile *c, const OdfNode *node, Work *parent)
{
    Work *w = ARENA_NEW(c->scratch->arena, Work);
    vec_push(&c->scratch->work, w);
    w->node = node;
    w->parent = parent;
    return w;
}

void work_insert(Work *parent, size_t at, Work *kid)
{
    vec_push(&parent->kid, kid);
    memmove(parent->kid.p + at + 1, parent->kid.p + at,
            (parent->kid.n - 1 - at) * sizeof *parent->kid.p);
    parent->kid.p[at] = kid;
    kid->parent = parent;
    parent->changed = true;
}

void work_remove(Work *parent, size_t at)
{
    memmove(parent->kid.p + at, parent->kid.p + at + 1,
            (parent->kid.n - at - 1) * sizeof *parent->kid.p);
    parent->kid.n--;
    parent->changed = true;
}

size_t work_find(const Work *parent, const Work *kid)
{
    for (size_t i = 0; i < parent->kid.n; i++)
        if (parent->kid.p[i] == kid)
            return i;
    return parent->kid.n;
}

void scratch_free(Scratch *s)
{
    for (size_t i = 0; i < s->work.n; i++) {
        vec_free(&s->work.p[i]->kid);
        vec_free(&s->work.p[i]->block);
    }
    for (size_t i = 0; i < s->block.n; i++) {
        vec_free(&s->block.p[i]->tag);
        vec_free(&s->block.p[i]->low);
        vec_free(&s->block.p[i]->high);
        vec_free(&s->block.p[i]->let);
    }
    vec_free(&s->work);
    vec_free(&s->block);
    vec_free(&s->reference);
    arena_free(s->arena);
}

static bool hidden_style(const Compile *c, const OdfNode *n)
{
    if (!n->style)
        return false;
    if (is_paragraph(n->name))
        return odf_para_text_props(c->t->doc->file, n->style)->hidden;
    const OdfTextProps *plain = odf_para_text_props(c->t->doc->file, NULL);
    return odf_text_props(c->t->doc->file, plain, n->style)->hidden;
}

static bool holds_braces(const OdfNode *n)
{
    Buf b = { 0 };
    odf_plain_text(n, &b);
    bool found = b.p && strstr(b.p, "{{");
    buf_free(&b);
    return found;
}

/* Text that Writer made from another one, tags included: an entry of a table of contents, a field
 * with the document's title.  Both are made anew from what they repeat. */
static bool is_stale(const OdfNode *n, const Work *parent)
{
    switch (parent->node->name) {
    case ODF_TEXT_INDEX_BODY:
        return parent->parent && parent->parent->node->name == ODF_TEXT_TABLE_OF_CONTENT &&
               n->name != ODF_TEXT_INDEX_TITLE && holds_braces(n);
    case ODF_TEXT_TITLE: case ODF_TEXT_SUBJECT: case ODF_TEXT_DESCRIPTION:
        return holds_braces(n);
    default:
        return false;
    }
}

/* What a template has for its author alone: it never reaches the output. */
static bool is_private(const Compile *c, const OdfNode *n)
{
    switch (n->name) {
    case ODF_OFFICE_ANNOTATION: case ODF_OFFICE_ANNOTATION_END: case ODF_TEXT_SOFT_PAGE_BREAK:
    case ODF_TEXT_TRACKED_CHANGES: case ODF_TEXT_CHANGE: case ODF_TEXT_CHANGE_START:
    case ODF_TEXT_CHANGE_END: case ODF_TEXT_SCRIPT: case ODF_OFFICE_EVENT_LISTENERS:
        return true;
    case ODF_TEXT_SECTION:
        return str_equal(odf_attr(n, ODF_TEXT_DISPLAY), "none");
    case ODF_TEXT_HIDDEN_TEXT:
        return str_equal(odf_attr(n, ODF_TEXT_IS_HIDDEN), "true");
    case ODF_TEXT_SPAN: case ODF_TEXT_P: case ODF_TEXT_H:
        return hidden_style(c, n);
    /* Who made the template, and where: Writer shows others in a document without these data. */
    case ODF_TEXT_AUTHOR_NAME: case ODF_TEXT_AUTHOR_INITIALS: case ODF_TEXT_CREATOR:
    case ODF_TEXT_INITIAL_CREATOR: case ODF_TEXT_PRINTED_BY: case ODF_TEXT_FILE_NAME:
        return !str_equal(odf_attr(n, ODF_TEXT_FIXED), "true");
    default:
        return false;
    }
}

static size_t repeated(const OdfNode *n)
{
    OdfName attr = n->name == ODF_TABLE_TABLE_ROW ? ODF_TABLE_NUMBER_ROWS_REPEATED
                 : n->name == ODF_TABLE_TABLE_CELL || n->name == ODF_TABLE_COVERED_TABLE_CELL
                     ? ODF_TABLE_NUMBER_COLUMNS_REPEATED : 0;
    const char *s = attr ? odf_attr(n, attr) : NULL;
    int64_t count;
    if (!s || !number_parse(s, strlen(s), 0, &count) || count < 2)
        return 1;
    return (size_t)count;
}

/* The row or cell without the attribute that repeats it. */
static const OdfNode *not_repeated(Compile *c, const OdfNode *n)
{
    OdfNode *copy = odf_element(c->t->arena, n->name, n->n_attr, 0);
    OdfAttr *attr = odf_attrs(copy);
    size_t kept = 0;
    for (size_t i = 0; i < n->n_attr; i++)
        if (n->attr[i].name != ODF_TABLE_NUMBER_ROWS_REPEATED &&
            n->attr[i].name != ODF_TABLE_NUMBER_COLUMNS_REPEATED)
            attr[kept++] = n->attr[i];
    copy->n_attr = (uint16_t)kept;
    copy->kid = n->kid;
    copy->n_kid = n->n_kid;
    copy->style = n->style;
    copy->origin = n->origin;
    return copy;
}

static void build_kid(Compile *c, const OdfNode *n, Work *parent)
{
    if (is_private(c, n) || is_stale(n, parent)) {
        parent->changed = true;
        return;
    }
    size_t times = n->name == ODF_CHARACTERS ? 1 : repeated(n);
    if (times > TEMPLATE_REPEATED) {
        char limit[24];
        snprintf(limit, sizeof limit, "%d", TEMPLATE_REPEATED);
        Spot s = { .origin = n->origin, .file = c->t->path, .included = c->included };
        fault(c, &s, DIAG_template_repeated, limit, NULL, NULL);
        times = 1;
    }
    if (times > 1) {
        n = not_repeated(c, n);
        parent->changed = true;
    }
    for (; times; times--)
        vec_push(&parent->kid, work_build(c, n, parent));
}

Work *work_build(Compile *c, const OdfNode *n, Work *parent)
{
    Work *w = work_new(c, n, parent);
    if (n->name != ODF_CHARACTERS)
        for (size_t i = 0; i < n->n_kid; i++)
            build_kid(c, n->kid[i], w);
    return w;
}

void work_index(Work *w)
{
    w->dynamic = w->tag || w->filled || w->controls;
    w->named = w->node && w->node->name != ODF_CHARACTERS && names_has(w->node);
    for (size_t i = 0; i < w->kid.n; i++) {
        Work *k = w->kid.p[i];
        k->index = i;
        k->parent = w;
        work_index(k);
        w->dynamic |= k->dynamic;
        w->changed |= k->changed;
        w->named |= k->named;
    }
}

size_t cell_rows(const Work *cell)
{
    const char *s = cell->node && cell->node->name == ODF_TABLE_TABLE_CELL
                        ? odf_attr(cell->node, ODF_TABLE_NUMBER_ROWS_SPANNED) : NULL;
    int64_t n;
    return s && number_parse(s, strlen(s), 0, &n) && n > 1 ? (size_t)n : 1;
}

void pin_rows(Work *w)
{
    size_t end = 0;
    for (size_t i = 0; i < w->kid.n; i++) {
        Work *row = w->kid.p[i];
        pin_rows(row);
        if (!row->node || row->node->name != ODF_TABLE_TABLE_ROW)
            continue;
        for (size_t k = 0; k < row->kid.n; k++) {
            size_t rows = cell_rows(row->kid.p[k]);
            if (rows > 1 && i + rows > end)
                end = i + rows;
        }
        row->pinned = i < end;
    }
}

const OdfNode *work_node(Compile *c, const Work *w)
{
    if (!w->changed || w->node->name == ODF_CHARACTERS)
        return w->node;
    OdfNode *n = odf_copy(c->t->arena, w->node);
    const OdfNode **kid = ARENA_ARRAY(c->t->arena, const OdfNode *, w->kid.n + 1);
    for (size_t i = 0; i < w->kid.n; i++)
        kid[i] = work_node(c, w->kid.p[i]);
    n->kid = (OdfNode *const *)kid;
    n->n_kid = (uint32_t)w->kid.n;
    return n;
}
