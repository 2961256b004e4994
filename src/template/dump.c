/* SPDX-License-Identifier: MIT */
/* The program of a template as indented text: one operation a line. */
#include "internal.h"

#include <string.h>

static const char *const names[] = {
    [OP_STATIC] = "static", [OP_ELEMENT] = "element", [OP_PARAGRAPH] = "paragraph",
    [OP_HOLDER] = "holder", [OP_FRAME] = "frame", [OP_VALUE] = "value", [OP_EACH] = "each",
    [OP_IF] = "if", [OP_LET] = "let", [OP_INCLUDE] = "include", [OP_RICH] = "text",
    [OP_CARRY] = "carry", [OP_LOST] = "lost",
};

static void dump(const Ops *ops, int depth, Buf *out);

static void dump_break(const char *what, const Break *b, Buf *out)
{
    if (!break_none(b))
        buf_format(out, " %s=%s", what, b->master ? b->master : "page");
}

static void dump_branches(const Op *op, int depth, Buf *out)
{
    for (size_t i = 0; i < op->n_branch; i++) {
        if (i)
            buf_format(out, "%*s%s\n", depth * 2, "", op->branch[i].tag->typed);
        dump(&op->branch[i].body, depth + 1, out);
    }
}

static void dump_op(const Op *op, int depth, Buf *out)
{
    buf_format(out, "%*s%s", depth * 2, "", names[op->kind]);
    if (op->node && op->node->name == ODF_CHARACTERS)
        buf_format(out, " \"%s\"", op->node->text);
    else if (op->node)
        buf_format(out, " %s", odf_name_text(op->node->name));
    if (op->tag)
        buf_format(out, " %s", op->tag->typed);
    for (size_t i = 0; i < op->n_naming; i++)
        buf_format(out, " %s:%s", op->naming[i].kind == NAMING_REFERENCE ? "refers" : "names",
                   op->naming[i].entry->name);
    bool branches = op->kind == OP_EACH || op->kind == OP_IF;
    if (branches)
        dump_break("first", &op->first, out);
    if (branches && op->loop)
        dump_break("between", &op->loop->between, out);
    if (op->kind == OP_CARRY || (op->kind == OP_PARAGRAPH && op->controls))
        dump_break("carries", &op->carried, out);
    buf_chr(out, '\n');
    if (branches)
        dump_branches(op, depth, out);
    else
        dump(op->kind == OP_INCLUDE ? op->include : &op->body, depth + 1, out);
}

static void dump(const Ops *ops, int depth, Buf *out)
{
    for (size_t i = 0; i < ops->n; i++)
        dump_op(&ops->op[i], depth, out);
}

void template_dump(const Template *t, Buf *out)
{
    dump(&t->body, 0, out);
    dump(&t->masters, 0, out);
}
