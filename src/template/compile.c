/* SPDX-License-Identifier: MIT */
/* From the tree with its tags and blocks to operations. */
#include "internal.h"

#include <stdlib.h>
#include <string.h>

typedef VEC(Op) OpList;

const Ops *ops_keep(Compile *c, Ops ops)
{
    Ops *kept = ARENA_NEW(c->t->arena, Ops);
    *kept = ops;
    return kept;
}

static Ops finish(Compile *c, OpList *list)
{
    Ops ops = { ARENA_ARRAY(c->t->arena, Op, list->n + 1), list->n };
    if (list->n)
        memcpy(ops.op, list->p, list->n * sizeof *list->p);
    vec_free(list);
    return ops;
}

static void element(Compile *c, Work *w, OpList *out);

/* ---- kinds of elements ---- */

static HoldKind hold_kind(OdfName name)
{
    switch (name) {
    case ODF_TEXT_LIST: case ODF_TEXT_LIST_ITEM: case ODF_TEXT_LIST_HEADER: case ODF_TEXT_SECTION:
    case ODF_TABLE_TABLE_ROWS: case ODF_TABLE_TABLE_ROW_GROUP: case ODF_TABLE_TABLE_HEADER_ROWS:
        return HOLD_SOME;
    case ODF_TABLE_TABLE_ROW:
        return HOLD_ROW;
    case ODF_TABLE_TABLE:
        return HOLD_TABLE;
    case ODF_TABLE_TABLE_CELL:
    case ODF_DRAW_TEXT_BOX:
    case ODF_TEXT_NOTE_BODY:
    case ODF_OFFICE_TEXT:
    case ODF_STYLE_HEADER: case ODF_STYLE_HEADER_LEFT: case ODF_STYLE_HEADER_FIRST:
    case ODF_STYLE_FOOTER: case ODF_STYLE_FOOTER_LEFT: case ODF_STYLE_FOOTER_FIRST:
        return HOLD_TEXT;
    default:
        return HOLD_ALWAYS;
    }
}

/* Takes over what a vanished paragraph left. */
bool compile_is_block(OdfName name)
{
    HoldKind hold = hold_kind(name);
    return is_paragraph(name) || hold == HOLD_SOME || hold == HOLD_ROW || hold == HOLD_TABLE ||
           name == ODF_TEXT_TABLE_OF_CONTENT;
}

/* ---- blocks of tags ---- */

static void range(Compile *c, Work *w, size_t low, size_t high, size_t *cursor, uint32_t limit,
                  OpList *out);

/* The paragraph that holds a tag of a block among blocks, when nothing of it stays. */
static const Work *vanished(const Block *b, size_t i)
{
    const Work *p = b->tag.p[i]->parent;
    return p->parent == b->in && is_paragraph(p->node->name) && !work_visible(p) ? p : NULL;
}

static void branch_ops(Compile *c, Block *b, size_t i, size_t *cursor, Branch *out)
{
    OpList list = { 0 };
    bool chosen = i < b->low.n;
    size_t next = i + 1 < b->tag.n ? i + 1 : b->tag.n - 1;
    c->blocks++;
    for (size_t k = 0; !i && k < b->let.n; k++)
        vec_push(&list, (Op){ .kind = OP_LET, .tag = b->let.p[k]->tag });
    if (chosen)
        range(c, b->in, b->low.p[i], b->high.p[i], cursor, b->tag.p[next]->tag->order, &list);
    c->blocks--;
    out->tag = b->tag.p[i]->tag;
    out->body = finish(c, &list);
}

static void block_op(Compile *c, Block *b, size_t *cursor, OpList *out)
{
    const Tag *tag = b->tag.p[0]->tag;
    Op op = { .kind = tag->kind == TAG_EACH ? OP_EACH : OP_IF, .tag = tag };
    op.n_branch = b->low.n;
    op.branch = ARENA_ARRAY(c->t->arena, Branch, op.n_branch);
    const Work *first = vanished(b, 0), *end = vanished(b, b->tag.n - 1);
    if (first) {
        op.first = break_of(c->t->doc->file, first->node);
        op.first.master = NULL; /* this moves on even without a turn */
    }
    if (tag->by == UNIT_CELL) {
        for (size_t i = 0; i < b->from; i++)
            op.column += cell_columns(b->in->kid.p[i]->node);
        op.columns = cell_columns(b->in->kid.p[b->from]->node);
    }
    Loop *outer = c->loop;
    if (op.kind == OP_EACH) {
        op.loop = ARENA_NEW(c->t->arena, Loop);
        vec_push(&c->t->loops, op.loop);
        op.loop->outer = outer;
        if (end)
            op.loop->between = break_of(c->t->doc->file, end->node);
        c->loop = op.loop;
    }
    for (size_t i = 0; i < op.n_branch; i++) {
        branch_ops(c, b, i, cursor, &op.branch[i]);
        c->loop = outer;        /* what stands behind else is no turn */
    }
    vec_push(out, op);
}

/* What of the break of a paragraph that may vanish moves to the next block. */
static Break carried(Compile *c, const Work *w)
{
    Break b = break_of(c->t->doc->file, w->node);
    if (work_visible(w))
        return b;
    for (size_t i = 0; i < w->kid.n; i++) {
        const Work *k = w->kid.p[i];
        if (!k->of || k->of->in != w->parent)
            continue;
        if (k == k->of->tag.p[0])
            b.page = false;                     /* comes with what the block yields */
        else if (k->tag->kind == TAG_END_EACH)
            b = (Break){ 0 };                   /* stands between the turns */
    }
    return b;
}

/* ---- text ---- */

static void tag_op(Compile *c, Work *w, const Work *paragraph, OpList *out)
{
    Op op = { .tag = w->tag };
    switch (w->tag->kind) {
    case TAG_VALUE:
        op.kind = OP_VALUE;
        break;
    case TAG_LET:
        if (w->moved)
            return;
        op.kind = OP_LET;
        if (c->lets && !c->blocks)
            vec_push(&c->t->lets, w->tag);
        break;
    case TAG_INCLUDE:
        op.kind = OP_INCLUDE;
        include_compile(c, w->tag, &op);
        break;
    case TAG_TEXT:
        op.kind = OP_RICH;
        op.node = paragraph->node;
        break;
    default:
        if (w->of && w->of->in)
            return;             /* compiled with its block */
        op.kind = OP_LOST;
    }
    vec_push(out, op);
}

static void static_op(Compile *c, const Work *w, OpList *out)
{
    const OdfNode *n = typeset_tree(c->t, c->t->arena, work_node(c, w));
    Op op = { .kind = OP_STATIC, .node = n };
    op.visible = node_visible(c->t->doc->file, n);
    op.block = compile_is_block(n->name);
    vec_push(out, op);
}

static void units(Compile *c, Work *w, size_t low, size_t high, OpList *out)
{
    for (size_t i = low; i < high; i++) {
        Work *k = w->kid.p[i];
        if (k->tag)
            tag_op(c, k, w, out);
        else
            element(c, k, out);
    }
}

static void range(Compile *c, Work *w, size_t low, size_t high, size_t *cursor, uint32_t limit,
                  OpList *out)
{
    while (*cursor < w->block.n && w->block.p[*cursor]->tag.p[0]->tag->order < limit) {
        Block *b = w->block.p[(*cursor)++];
        units(c, w, low, b->from, out);
        block_op(c, b, cursor, out);
        low = b->after;
    }
    units(c, w, low, high, out);
}

Ops compile_kids(Compile *c, Work *w)
{
    OpList list = { 0 };
    size_t cursor = 0;
    range(c, w, 0, w->kid.n, &cursor, UINT32_MAX, &list);
    return finish(c, &list);
}

/* ---- paragraphs whose tags give blocks ---- */

static bool gives_blocks(const Work *w)
{
    for (size_t i = 0; i < w->kid.n; i++)
        if (w->kid.p[i]->tag &&
            (w->kid.p[i]->tag->kind == TAG_INCLUDE || w->kid.p[i]->tag->kind == TAG_TEXT))
            return true;
    return false;
}

static const Tag *not_alone(const Work *w)
{
    const Tag *first = NULL;
    bool other = false;
    for (size_t i = 0; i < w->kid.n; i++) {
        const Work *k = w->kid.p[i];
        bool gives = k->tag && (k->tag->kind == TAG_INCLUDE || k->tag->kind == TAG_TEXT);
        if (gives && !first)
            first = k->tag;
        other |= !gives && work_visible(k);
    }
    return other ? first : NULL;
}

/* The blocks take the paragraph's place; bookmarks and frames move to the first of them. */
static void dissolved(Compile *c, Work *w, OpList *out)
{
    const Tag *bad = not_alone(w);
    if (bad) {
        fault(c, &bad->spot, DIAG_template_alone, bad->typed, NULL, NULL);
        return;
    }
    Op op = { .kind = OP_CARRY, .carried = carried(c, w) };
    OpList things = { 0 };
    for (size_t i = 0; i < w->kid.n; i++) {
        Work *k = w->kid.p[i];
        if (k->tag)
            continue;
        if (k->node->name != ODF_CHARACTERS)
            element(c, k, &things);
        /* Blocks count kids: the place stays, as a text that is empty. */
        w->kid.p[i] = work_new(c, odf_characters(c->t->arena, "", 0), w);
    }
    op.body = finish(c, &things);
    vec_push(out, op);
    OpList list = { 0 };
    size_t cursor = 0;
    range(c, w, 0, w->kid.n, &cursor, UINT32_MAX, &list);
    for (size_t i = 0; i < list.n; i++)
        vec_push(out, list.p[i]);
    vec_free(&list);
}

/* ---- elements ---- */

static const OdfNode *spare_paragraph(Compile *c, const Work *w)
{
    for (size_t i = 0; i < w->kid.n; i++) {
        const OdfNode *n = w->kid.p[i]->node;
        if (n && is_paragraph(n->name)) {
            OdfNode *bare = odf_copy(c->t->arena, n);
            bare->kid = NULL;
            bare->n_kid = 0;
            return bare;
        }
    }
    return odf_element(c->t->arena, ODF_TEXT_P, 0, 0);
}

/* The kids of a frame but those that are filled apart. */
static Ops frame_kids(Compile *c, Work *w)
{
    OpList list = { 0 };
    for (size_t i = 0; i < w->kid.n; i++) {
        Work *k = w->kid.p[i];
        OdfName name = k->node->name;
        bool filled = (name == ODF_SVG_TITLE && (w->filled->title || w->filled->picture)) ||
                      (name == ODF_SVG_DESC && (w->filled->desc || w->filled->picture)) ||
                      (w->filled->picture && (name == ODF_DRAW_IMAGE || name == ODF_DRAW_TEXT_BOX));
        if (!filled)
            element(c, k, &list);
    }
    return finish(c, &list);
}

static Op element_op(Compile *c, Work *w)
{
    OdfName name = w->node->name;
    Op op = { .kind = OP_ELEMENT, .node = w->node, .hold = hold_kind(name) };
    if (w->pinned)
        op.hold = HOLD_ALWAYS;
    if (is_paragraph(name)) {
        op.kind = OP_PARAGRAPH;
        op.controls = w->controls;
        op.typography = c->t->typography && is_polish(c->t, w->node);
        op.carried = carried(c, w);
    } else if (w->filled && is_shape(name)) {
        op.kind = OP_FRAME;
        op.tag = w->filled->picture;
        op.frame.title = w->filled->title;
        op.frame.desc = w->filled->desc;
        op.body = frame_kids(c, w);
        op.visible = !frame_anchored(c->t->doc->file, w->node);
        return op;
    } else if (op.hold != HOLD_ALWAYS) {
        op.kind = OP_HOLDER;
        if (op.hold == HOLD_TEXT)
            op.text.spare = spare_paragraph(c, w);
    } else {
        OdfNode bare = *w->node;
        bare.n_kid = 0;
        op.visible = node_visible(c->t->doc->file, &bare);
        op.href = w->filled ? w->filled->href : NULL;
    }
    op.body = compile_kids(c, w);
    return op;
}

static void element(Compile *c, Work *w, OpList *out)
{
    if (!w->kid.n && (w->node->name == ODF_TEXT_SPAN ||
                      (w->node->name == ODF_CHARACTERS && !w->node->n_kid)))
        return;
    bool copies = (c->loop || c->copies) && w->named;
    if (!w->dynamic && !copies) {
        static_op(c, w, out);
        return;
    }
    if (is_paragraph(w->node->name) && gives_blocks(w)) {
        dissolved(c, w, out);
        return;
    }
    Op op = element_op(c, w);
    if (c->loop || c->copies)
        names_of(c, w->node, &op);
    vec_push(out, op);
}

/* ---- before: tags found everywhere ---- */

static const char *kid_text(Compile *c, const OdfNode *n, OdfName name)
{
    const OdfNode *kid = odf_kid(n, name);
    Buf b = { 0 };
    for (size_t i = 0; kid && i < kid->n_kid; i++)
        if (kid->kid[i]->name == ODF_CHARACTERS)
            buf_put(&b, kid->kid[i]->text, kid->kid[i]->n_kid);
    const char *s = b.n ? arena_dup(c->t->arena, b.p, b.n) : NULL;
    buf_free(&b);
    return s;
}

static Filled *filled(Compile *c, Work *w)
{
    if (!w->filled)
        w->filled = ARENA_NEW(c->t->arena, Filled);
    return w->filled;
}

/* The title and the description of a frame; a picture's tag stands alone in the title. */
static void frame_tags(Compile *c, Work *w, const OdfOrigin *origin)
{
    Spot spot = { .origin = origin, .file = c->doc->file->path, .apart = true,
                  .included = c->included };
    const char *title = kid_text(c, w->node, ODF_SVG_TITLE),
               *desc = kid_text(c, w->node, ODF_SVG_DESC);
    if (title && strstr(title, "{{")) {
        Tag *tag = frame_tag(c, title, &spot);
        if (tag)
            filled(c, w)->picture = tag;
        else
            filled(c, w)->title = compile_string(c, title, &spot, false);
    }
    if (desc && (strstr(desc, "{{") || (w->filled && w->filled->picture)))
        filled(c, w)->desc = compile_string(c, desc, &spot, false);
    if (desc && w->filled && w->filled->picture && !w->filled->desc) {
        OpList list = { 0 };
        vec_push(&list, (Op){ .kind = OP_STATIC,
                              .node = odf_characters(c->t->arena, desc, strlen(desc)) });
        w->filled->desc = ops_keep(c, finish(c, &list));
    }
}

static void link_tags(Compile *c, Work *w, const OdfOrigin *origin)
{
    const char *href = odf_attr(w->node, ODF_XLINK_HREF);
    const char *plain = href ? href_decode(c->t->arena, href) : NULL;
    if (!plain)
        return;
    Spot spot = { .origin = origin, .file = c->doc->file->path, .apart = true,
                  .included = c->included };
    const Ops *ops = compile_string(c, plain, &spot, true);
    if (ops)
        filled(c, w)->href = ops;
}

static void all_tags(Compile *c, Work *w, const OdfOrigin *origin)
{
    if (w->node->name == ODF_CHARACTERS)
        return;
    if (w->node->origin)
        origin = w->node->origin;
    if (w->node->name == ODF_TEXT_A || w->node->name == ODF_DRAW_A)
        link_tags(c, w, origin);
    else if (is_shape(w->node->name))
        frame_tags(c, w, origin);
    for (size_t i = 0; i < w->kid.n; i++)
        all_tags(c, w->kid.p[i], origin);
    if (is_paragraph(w->node->name))
        paragraph_tags(c, w);
}

/* ---- lists that Writer split ---- */

static bool continues(const Work *a, const Work *b)
{
    const char *sa = odf_attr(a->node, ODF_TEXT_STYLE_NAME),
               *sb = odf_attr(b->node, ODF_TEXT_STYLE_NAME);
    if (sb && !str_equal(sa, sb))
        return false;
    const char *list = odf_attr(b->node, ODF_TEXT_CONTINUE_LIST);
    if (list)
        return str_equal(list, odf_attr(a->node, ODF_XML_ID)) ||
               str_equal(list, odf_attr(a->node, ODF_TEXT_CONTINUE_LIST));
    return str_equal(odf_attr(b->node, ODF_TEXT_CONTINUE_NUMBERING), "true");
}

static bool is_list(const Work *w)
{
    return w->node && w->node->name == ODF_TEXT_LIST;
}

/* Lists that follow each other and continue one numbering count as one, where tags are. */
static void join_lists(Work *w)
{
    for (size_t i = 0; i < w->kid.n; i++) {
        Work *k = w->kid.p[i];
        while (is_list(k) && i + 1 < w->kid.n && is_list(w->kid.p[i + 1]) &&
               (k->dynamic || w->kid.p[i + 1]->dynamic) &&
               continues(k, w->kid.p[i + 1])) {
            Work *next = w->kid.p[i + 1];
            for (size_t j = 0; j < next->kid.n; j++)
                work_insert(k, k->kid.n, next->kid.p[j]);
            next->kid.n = 0;
            work_remove(w, i + 1);
            k->dynamic = true;
        }
        join_lists(k);
    }
}

/* Each header and footer is a part of its own. */
static void find_blocks(Compile *c, Work *w)
{
    if (w->node->name != ODF_OFFICE_MASTER_STYLES && w->node->name != ODF_STYLE_MASTER_PAGE) {
        blocks_find(c, w);
        return;
    }
    for (size_t i = 0; i < w->kid.n; i++)
        find_blocks(c, w->kid.p[i]);
}

Ops compile_tree(Compile *c, const OdfNode *root)
{
    OpList list = { 0 };
    Work *w = work_build(c, root, NULL);
    all_tags(c, w, NULL);
    work_index(w);
    join_lists(w);
    pin_rows(w);
    work_index(w);
    find_blocks(c, w);
    element(c, w, &list);       /* also after faults: those of includes are found here */
    return finish(c, &list);
}
