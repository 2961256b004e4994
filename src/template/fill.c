/* SPDX-License-Identifier: MIT */
/* Runs the operations of a template for a record.  Recursion is as deep as the template and its
 * includes; the number of operations has a limit. */
#include "internal.h"

#include <stdlib.h>
#include <string.h>

/* ---- findings ---- */

static bool may_tell(Fill *f, const Tag *tag)
{
    for (size_t i = 0; i < f->told.n; i++)
        if (f->told.p[i].tag == tag)
            return ++f->told.p[i].n <= TEMPLATE_SAME;
    vec_push(&f->told, (Told){ tag, 1 });
    return true;
}

/* An element by its name and id: "completion c-12". */
static void put_node_name(Buf *b, const xmlNode *n)
{
    if (n->type == XML_ATTRIBUTE_NODE)
        n = n->parent;
    buf_str(b, n->type == XML_ELEMENT_NODE ? (const char *)n->name : "/");
    xmlChar *id = n->type == XML_ELEMENT_NODE ? xmlGetNoNsProp(n, (const xmlChar *)"id") : NULL;
    if (id)
        buf_format(b, " %.60s", (const char *)id);
    xmlFree(id);
}

static void note_node(Fill *f, Finding *x, const xmlNode *n, const char *text)
{
    const TemplateOptions *o = &f->t->options;
    Place p = { 0 };
    if (o->place)
        p = o->place(o->data, n);
    diag_note(x, o->place ? &p : NULL, text);
}

static void note_record(Fill *f, Finding *x, const xmlNode *at)
{
    bool pl = diags_lang(f->d) == LANG_PL;
    const xmlNode *record = f->record->node;
    Buf b = { 0 };
    buf_format(&b, pl ? "rekord %d z %d: " : "record %d of %d: ", f->record_position,
               f->record_size);
    put_node_name(&b, record);
    note_node(f, x, record, b.p);
    if (at && at != record) {
        buf_clear(&b);
        buf_str(&b, pl ? "w elemencie " : "in ");
        put_node_name(&b, at);
        note_node(f, x, at, b.p);
    }
    buf_free(&b);
}

static void note_all(Fill *f, Finding *x, const Tag *tag)
{
    spot_trace(x, &tag->spot, diags_lang(f->d));
    note_record(f, x, f->node);
}

/* Whether an expression uses a variable that has no value because of an error told before. */
static bool uses_broken(const Fill *f, const Expr *x)
{
    const char *text = x && f->broken.n ? expr_text(x) : "";
    ExprLexer l;
    expr_lexer(&l, text, strlen(text));
    for (ExprToken t = expr_token(&l); t.kind != EXPR_END && t.kind != EXPR_BAD; t = expr_token(&l))
        for (size_t i = 0; t.kind == EXPR_VARIABLE && i < f->broken.n; i++)
            if (strlen(f->broken.p[i]) == t.len && !memcmp(f->broken.p[i], text + t.offset, t.len))
                return true;
    return false;
}

bool fill_error(Fill *f, const Tag *tag, const ExprError *error)
{
    f->failed = true;
    if (!f->quiet && !uses_broken(f, tag->expr) && may_tell(f, tag)) {
        Place p = spot_place(&tag->spot, diags_lang(f->d));
        note_all(f, expr_report(f->d, error, &p), tag);
    }
    return false;
}

void fill_tell(Fill *f, const Tag *tag, DiagId id, const char *arg, const char *arg2)
{
    f->failed = true;
    if (may_tell(f, tag)) {
        Place p = spot_place(&tag->spot, diags_lang(f->d));
        note_all(f, diag_add(f->d, id, &p, arg ? arg : tag->typed, arg2, (char *)NULL), tag);
    }
}

/* ---- nodes ---- */

void fill_kids(Fill *f, OdfNode *n, size_t base)
{
    size_t count = f->out.n - base;
    const OdfNode **kid = ARENA_ARRAY(f->a, const OdfNode *, count + 1);
    if (count)
        memcpy(kid, f->out.p + base, count * sizeof *kid);
    n->kid = (OdfNode *const *)kid;
    n->n_kid = (uint32_t)count;
    f->out.n = base;
}

void fill_push_block(Fill *f, const OdfNode *n)
{
    vec_push(&f->out, carry_empty(&f->carry) ? n : carry_into(f, n));
}

static const char *copy_name(Fill *f, const Naming *n, const char *value)
{
    const NameEntry *e = n->entry;
    uint32_t *copies = &f->copies[e->number], number = *copies;
    if (n->kind == NAMING_NEW)
        number = ++*copies;
    else if (n->kind == NAMING_REFERENCE)
        number = n->plain ? 1 : f->base[n->slot] + 1;
    if (number <= 1)
        return value;
    return arena_format(f->a, "%s%s%u%s", n->before, e->stem, number, n->after);
}

static void set_attr(OdfAttr *attr, size_t n, OdfName name, const char *value)
{
    for (size_t i = 0; i < n; i++)
        if (attr[i].name == name)
            attr[i].value = value;
}

/* A copy of the element with the names of this copy. */
static OdfNode *new_element(Fill *f, const Op *op)
{
    OdfNode *n = odf_copy(f->a, op->node);
    OdfAttr *attr = NULL;
    for (size_t i = 0; i < op->n_naming; i++) {
        const char *old = odf_attr(op->node, op->naming[i].attr);
        const char *value = copy_name(f, &op->naming[i], old);
        if (value == old)
            continue;
        if (!attr) {
            attr = ARENA_ARRAY(f->a, OdfAttr, n->n_attr);
            memcpy(attr, n->attr, n->n_attr * sizeof *attr);
            n->attr = attr;
        }
        set_attr(attr, n->n_attr, op->naming[i].attr, value);
    }
    return n;
}

static bool link_allowed(const char *s)
{
    return str_starts(s, "http://") || str_starts(s, "https://") || str_starts(s, "mailto:") ||
           *s == '#';
}

static void set_href(Fill *f, const Op *op, OdfNode *n)
{
    const char *href = value_string(f, op->href, true);
    if (!f->failed && !link_allowed(href)) {
        const Tag *tag = NULL;
        for (size_t i = 0; i < op->href->n && !tag; i++)
            tag = op->href->op[i].tag;
        fill_tell(f, tag, DIAG_template_link, NULL, NULL);
    }
    OdfAttr *attr = ARENA_ARRAY(f->a, OdfAttr, n->n_attr);
    memcpy(attr, n->attr, n->n_attr * sizeof *attr);
    set_attr(attr, n->n_attr, ODF_XLINK_HREF, href);
    n->attr = attr;
}

static void run_element(Fill *f, const Op *op)
{
    size_t base = f->out.n;
    OdfNode *n = new_element(f, op);
    if (op->href)
        set_href(f, op, n);
    fill_run(f, &op->body);
    if (f->out.n == base && op->body.n && is_inline_group(n->name))
        return;
    f->visible |= op->visible;
    fill_kids(f, n, base);
    vec_push(&f->out, n);
}

static void run_paragraph(Fill *f, const Op *op)
{
    size_t base = f->out.n;
    bool outer = f->visible;
    OdfNode *n = new_element(f, op);
    f->visible = false;
    fill_run(f, &op->body);
    bool visible = f->visible;
    f->visible = outer;
    if (!visible && op->controls) {
        carry_from(f, base);
        carry_break(f, &op->carried);
        f->lost++;
        return;
    }
    f->content += visible;
    fill_kids(f, n, base);
    fill_push_block(f, op->typography ? typeset(f->a, n, &f->flat, &f->edits) : n);
}

/* ---- what holds blocks ---- */

/* Moves the break that waits to *out: a table takes it, its cells do not. */
static Break take_break(Fill *f)
{
    Break b = f->carry.brk;
    f->carry.brk = (Break){ 0 };
    return b;
}

static bool has_rows(const OdfNode *n)
{
    for (size_t i = 0; i < n->n_kid; i++) {
        const OdfNode *k = n->kid[i];
        if (k->name == ODF_TABLE_TABLE_ROW ||
            (k->name >= ODF_TABLE_TABLE_ROWS && k->name <= ODF_TABLE_TABLE_HEADER_ROWS &&
             has_rows(k)))
            return true;
    }
    return false;
}

static void run_table(Fill *f, const Op *op)
{
    size_t base = f->out.n;
    OdfNode *n = new_element(f, op);
    Break brk = take_break(f);
    size_t cells = f->first_cells;
    f->first_cells = f->cells.n;
    f->tables++;
    fill_run(f, &op->body);
    f->tables--;
    if (f->cells.n > f->first_cells)
        cells_columns(f, base);
    f->first_cells = cells;
    fill_kids(f, n, base);
    if (!has_rows(n)) {
        carry_break(f, &brk);
        Break own = break_of(f->t->doc->file, n);
        own.page = false;
        carry_break(f, &own);
        return;
    }
    vec_push(&f->out, break_none(&brk) ? n : block_with_break(f->t, f->a, n, &brk));
}

/* The last paragraph among the nodes since base takes what waits for a block that did not come. */
static void settle(Fill *f, size_t base)
{
    f->carry.brk = (Break){ 0 };
    if (!f->carry.thing.n)
        return;
    if (f->out.n == base)
        return;
    f->out.p[f->out.n - 1] = carry_into(f, f->out.p[f->out.n - 1]);
}

static bool has_block(const Fill *f, size_t base)
{
    for (size_t i = base; i < f->out.n; i++) {
        OdfName name = f->out.p[i]->name;
        if (is_paragraph(name) || name == ODF_TEXT_LIST || name == ODF_TABLE_TABLE ||
            name == ODF_TEXT_SECTION || name == ODF_TEXT_TABLE_OF_CONTENT)
            return true;
    }
    return false;
}

static void run_holder(Fill *f, const Op *op)
{
    size_t base = f->out.n;
    uint64_t content = f->content, lost = f->lost;
    if (op->hold == HOLD_TABLE) {
        run_table(f, op);
        return;
    }
    OdfNode *n = new_element(f, op);
    /* A frame's text and a note stand apart from the blocks around them. */
    bool apart = n->name == ODF_DRAW_TEXT_BOX || n->name == ODF_TEXT_NOTE_BODY;
    Carry outer = f->carry;
    if (apart)
        f->carry = (Carry){ 0 };
    fill_run(f, &op->body);
    bool empty = op->hold == HOLD_ROW ? f->content == content && f->lost > lost
                                      : op->hold == HOLD_SOME && f->out.n == base;
    if (empty) {
        f->out.n = base;
        return;
    }
    if (op->hold == HOLD_TEXT) {
        if (!has_block(f, base))
            fill_push_block(f, op->text.spare);
        settle(f, base);
    }
    if (apart) {
        vec_free(&f->carry.thing);
        f->carry = outer;
    }
    fill_kids(f, n, base);
    vec_push(&f->out, n);
}

static void push_text(Fill *f, const char *s, OdfName name)
{
    OdfNode *n = odf_element(f->a, name, 0, 1);
    odf_kids(n)[0] = odf_characters(f->a, s, strlen(s));
    vec_push(&f->out, n);
}

static void run_frame(Fill *f, const Op *op)
{
    const char *desc = op->frame.desc ? value_string(f, op->frame.desc, false) : NULL;
    f->visible |= op->visible;
    f->content += op->visible;
    OdfNode *n = new_element(f, op);
    if (op->tag) {
        const OdfNode *made = picture_frame(f, op, n, desc);
        if (made)
            vec_push(&f->out, made);
        return;
    }
    size_t base = f->out.n;
    bool visible = f->visible;
    fill_run(f, &op->body);
    f->visible = visible;
    if (op->frame.title)
        push_text(f, value_string(f, op->frame.title, false), ODF_SVG_TITLE);
    if (desc)
        push_text(f, desc, ODF_SVG_DESC);
    fill_kids(f, n, base);
    vec_push(&f->out, n);
}

/* ---- control ---- */

static void run_value(Fill *f, const Op *op)
{
    buf_clear(&f->text);
    if (!value_text(f, op->tag, &f->text))
        return;
    if (!f->href) {
        value_push(f, f->text.p, f->text.n);
        return;
    }
    Buf escaped = { 0 };
    value_escape(&escaped, f->text.p, f->text.n, op->tag->component);
    if (escaped.n)
        vec_push(&f->out, odf_characters(f->a, escaped.p, escaped.n));
    buf_free(&escaped);
}

void fill_let(Fill *f, const Tag *tag)
{
    ExprError e = { 0 };
    xmlXPathObject *v = expr_eval(f->env, tag->expr, f->node, f->position, f->size, &e);
    if (!v) {
        fill_error(f, tag, &e);
        vec_push(&f->broken, tag->name);
    }
    expr_env_variable(f->env, tag->name, v);
}

static void run_branch(Fill *f, const Op *op, const Branch *b)
{
    size_t mark = expr_env_mark(f->env);
    size_t before = f->out.n;
    bool waits = op->first.page;
    if (waits)
        carry_break(f, &op->first);
    fill_run(f, &b->body);
    if (waits && f->out.n == before && !f->carry.brk.master)
        f->carry.brk.page = false;
    expr_env_release(f->env, mark);
}

static void run_if(Fill *f, const Op *op)
{
    for (size_t i = 0; i < op->n_branch; i++) {
        const Branch *b = &op->branch[i];
        bool yes = true;
        ExprError e = { 0 };
        if (b->tag->kind != TAG_ELSE &&
            !expr_boolean(f->env, b->tag->expr, f->node, f->position, f->size, &yes, &e)) {
            fill_error(f, b->tag, &e);
            return;
        }
        if (yes) {
            run_branch(f, op, b);
            return;
        }
    }
}

static void run_turn(Fill *f, const Op *op, const ExprItem *item, int position, int size)
{
    Loop *loop = op->loop;
    for (size_t i = 0; i < loop->tracked.n; i++)
        f->base[loop->slot.p[i]] = f->copies[loop->tracked.p[i]->number];
    xmlNodeSet *group = item->group ? expr_env_group(f->env, item->group) : NULL;
    f->node = item->node;
    f->position = position;
    f->size = size;
    if (position == 1) {
        run_branch(f, op, &op->branch[0]);
    } else {
        size_t mark = expr_env_mark(f->env);
        carry_break(f, &loop->between);
        fill_run(f, &op->branch[0].body);
        expr_env_release(f->env, mark);
    }
    if (item->group)
        expr_env_group(f->env, group);
}

static void run_turns(Fill *f, const Op *op, const ExprList *list)
{
    xmlNode *node = f->node;
    int position = f->position, size = f->size;
    for (size_t i = 0; i < list->n && f->steps <= TEMPLATE_STEPS; i++)
        run_turn(f, op, &list->item[i], (int)i + 1, (int)list->n);
    f->node = node;
    f->position = position;
    f->size = size;
}

bool fill_list(Fill *f, const Tag *tag, ExprList *list)
{
    ExprError e = { 0 };
    xmlXPathObject *v = expr_eval(f->env, tag->expr, f->node, f->position, f->size, &e);
    if (!v)
        return fill_error(f, tag, &e);
    bool good = v->type == XPATH_NODESET;
    if (!good)
        fill_tell(f, tag, DIAG_template_nodes, NULL, NULL);
    else if (!expr_list(f->env, v->nodesetval, tag->group, tag->sort, tag->n_sort, list, &e))
        good = fill_error(f, tag, &e);
    xmlXPathFreeObject(v);
    return good;
}

static void run_each(Fill *f, const Op *op)
{
    ExprList list = { 0 };
    if (!fill_list(f, op->tag, &list))
        return;
    if (list.n)
        run_turns(f, op, &list);
    else if (op->n_branch > 1)
        run_branch(f, op, &op->branch[1]);
    expr_list_free(&list);
}

/* Another file's body; with a node as context, where the tag gives one. */
static void run_include(Fill *f, const Op *op)
{
    size_t mark = expr_env_mark(f->env);
    xmlNode *node = f->node;
    int position = f->position, size = f->size;
    if (op->tag->expr) {
        ExprError e = { 0 };
        xmlXPathObject *v = expr_eval(f->env, op->tag->expr, f->node, position, size, &e);
        bool good = v && v->type == XPATH_NODESET && !xmlXPathNodeSetIsEmpty(v->nodesetval);
        if (good)
            f->node = v->nodesetval->nodeTab[0];
        else if (v)
            fill_tell(f, op->tag, DIAG_template_with, NULL, NULL);
        else
            fill_error(f, op->tag, &e);
        xmlXPathFreeObject(v);
        if (!good)
            return;
        f->position = f->size = 1;
    }
    fill_run(f, op->include);
    f->node = node;
    f->position = position;
    f->size = size;
    expr_env_release(f->env, mark);
}

static void run_static(Fill *f, const Op *op)
{
    f->visible |= op->visible;
    f->content += op->visible;
    if (op->block)
        fill_push_block(f, op->node);
    else
        vec_push(&f->out, op->node);
}

static void run_block(Fill *f, const Op *op)
{
    size_t before = f->out.n;
    if (op->kind == OP_EACH)
        run_each(f, op);
    else
        run_if(f, op);
    if (op->columns)
        cells_made(f, op, before);
}

static void run_carry(Fill *f, const Op *op)
{
    size_t base = f->out.n;
    bool visible = f->visible;
    fill_run(f, &op->body);
    f->visible = visible;
    carry_from(f, base);
    carry_break(f, &op->carried);
}

void fill_run(Fill *f, const Ops *ops)
{
    for (const Op *op = ops->op, *end = op + ops->n; op < end; op++) {
        if (++f->steps > TEMPLATE_STEPS)
            return;
        switch (op->kind) {
        case OP_STATIC: run_static(f, op); break;
        case OP_ELEMENT: run_element(f, op); break;
        case OP_PARAGRAPH: run_paragraph(f, op); break;
        case OP_HOLDER: run_holder(f, op); break;
        case OP_FRAME: run_frame(f, op); break;
        case OP_VALUE: run_value(f, op); break;
        case OP_EACH: case OP_IF: run_block(f, op); break;
        case OP_LET: fill_let(f, op->tag); break;
        case OP_INCLUDE: run_include(f, op); break;
        case OP_RICH: rich_push(f, op); break;
        case OP_CARRY: run_carry(f, op); break;
        case OP_LOST: break;
        }
    }
}
