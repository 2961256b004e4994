/* SPDX-License-Identifier: MIT */
/* Cells that repeat or are chosen (by cell) change the number of columns of their table: its
 * column definitions follow the row that has most of them. */
#include "internal.h"

#include <stdlib.h>
#include <string.h>

size_t cell_columns(const OdfNode *cell)
{
    const char *s = odf_attr(cell, ODF_TABLE_NUMBER_COLUMNS_SPANNED);
    int64_t n;
    return s && number_parse(s, strlen(s), 0, &n) && n > 1 && n <= TEMPLATE_REPEATED ? (size_t)n
                                                                                     : 1;
}

void cells_made(Fill *f, const Op *op, size_t before)
{
    size_t made = f->out.n - before;
    for (size_t i = f->first_cells; i < f->cells.n; i++) {
        Cells *c = &f->cells.p[i];
        if (c->column == op->column) {
            c->made = made > c->made ? made : c->made;
            return;
        }
    }
    vec_push(&f->cells, (Cells){ op->column, op->columns, made });
}

static const Cells *at_column(const Fill *f, size_t column)
{
    for (size_t i = f->first_cells; i < f->cells.n; i++)
        if (f->cells.p[i].column == column)
            return &f->cells.p[i];
    return NULL;
}

/* One definition for each column, without the attribute that repeats them. */
static const OdfNode *single(Fill *f, const OdfNode *n)
{
    OdfNode *made = odf_element(f->a, n->name, n->n_attr, 0);
    size_t kept = 0;
    for (size_t i = 0; i < n->n_attr; i++)
        if (n->attr[i].name != ODF_TABLE_NUMBER_COLUMNS_REPEATED)
            odf_attrs(made)[kept++] = n->attr[i];
    made->n_attr = (uint16_t)kept;
    made->style = n->style;
    return made;
}

static size_t repeated(const OdfNode *n)
{
    const char *s = odf_attr(n, ODF_TABLE_NUMBER_COLUMNS_REPEATED);
    int64_t count;
    return s && number_parse(s, strlen(s), 0, &count) && count > 1 && count <= TEMPLATE_REPEATED
               ? (size_t)count : 1;
}

/* The definitions on the stack since base, with those of the cells that were made. */
void cells_columns(Fill *f, size_t base)
{
    VEC(const OdfNode *) old = { 0 }, kid = { 0 };
    for (size_t i = base; i < f->out.n; i++) {
        const OdfNode *n = f->out.p[i];
        for (size_t k = n->name == ODF_TABLE_TABLE_COLUMN ? repeated(n) : 0; k; k--)
            vec_push(&old, single(f, n));
    }
    for (size_t i = 0; i < old.n; ) {
        const Cells *c = at_column(f, i);
        size_t span = c ? c->columns : 1;
        for (size_t made = c ? c->made : 1; made; made--)
            for (size_t k = 0; k < span && i + k < old.n; k++)
                vec_push(&kid, old.p[i + k]);
        i += span;
    }
    for (size_t i = base; i < f->out.n; i++)
        if (f->out.p[i]->name != ODF_TABLE_TABLE_COLUMN)
            vec_push(&kid, f->out.p[i]);
    f->out.n = base;
    for (size_t i = 0; i < kid.n; i++)
        vec_push(&f->out, kid.p[i]);
    vec_free(&old);
    vec_free(&kid);
    f->cells.n = f->first_cells;
}
