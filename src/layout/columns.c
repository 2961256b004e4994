/* SPDX-License-Identifier: MIT */
/* Widths of tables and their columns (writer-layout, tables-pages section 1).  All divisions
 * truncate, as Writer's do, and its uneven last columns are kept. */
#include "internal.h"

#include <stdlib.h>

enum { LEAST = 23, WHOLE = 65535, COLUMNS_MOST = 2000 };

typedef struct { int64_t width; bool relative; const OdfCellProps *cell; } Column;
typedef VEC(Column) Columns;

static long repeat_of(const OdfNode *n)
{
    const char *s = odf_attr(n, ODF_TABLE_NUMBER_COLUMNS_REPEATED);
    return number_in(s, 1, COLUMNS_MOST, 1);
}

/* What the column's cells without a style look like, or NULL (ODF 1.3 part 3, 19.621). */
static const OdfCellProps *cell_props(Ctx *c, const OdfNode *column)
{
    const char *name = odf_attr(column, ODF_TABLE_DEFAULT_CELL_STYLE_NAME);
    const OdfStyle *s = name ? odf_style(c->file, FAMILY_CELL, name, c->masters) : NULL;
    return s ? odf_cell_props(c->file, s) : NULL;
}

static void collect(Ctx *c, const OdfNode *n, Columns *out)
{
    for (uint32_t i = 0; i < n->n_kid; i++) {
        const OdfNode *kid = n->kid[i];
        if (kid->name == ODF_TABLE_TABLE_COLUMNS || kid->name == ODF_TABLE_TABLE_HEADER_COLUMNS ||
            kid->name == ODF_TABLE_TABLE_COLUMN_GROUP) {
            if (c->depth < 200) {
                c->depth++;
                collect(c, kid, out);
                c->depth--;
            }
        } else if (kid->name == ODF_TABLE_TABLE_COLUMN) {
            const OdfColumnProps *p = odf_column_props(c->file, kid->style);
            Column v = { p->rel_width ? p->rel_width : p->width, p->rel_width || !p->width,
                         cell_props(c, kid) };
            if (v.width < LEAST && v.relative)
                v.width = LEAST;
            for (long r = repeat_of(kid); r-- && out->n < COLUMNS_MOST; )
                vec_push(out, v);
        }
    }
}

static int64_t sum(const Columns *v)
{
    int64_t s = 0;
    for (size_t i = 0; i < v->n; i++)
        s += v->p[i].width;
    return s;
}

/* The widths are scaled so that they make up n; the last takes the rest. */
static void share(Columns *v, int64_t n, int64_t base, int64_t free, int64_t whole)
{
    int64_t left = n;
    for (size_t i = 0; i + 1 < v->n; i++) {
        v->p[i].width = base + (base ? 0 : v->p[i].width) +
                        (whole ? v->p[i].width * free / whole : 0);
        left -= v->p[i].width;
    }
    v->p[v->n - 1].width = left;
}

/* Relative mode: full width, margins, or a relative width of the table. */
static int64_t relative_mode(Columns *v, bool own_width)
{
    int64_t least_relative = 0, least_absolute = 0;
    for (size_t i = 0; i < v->n; i++) {
        int64_t *least = v->p[i].relative ? &least_relative : &least_absolute;
        if (!*least || v->p[i].width < *least)
            *least = v->p[i].width;
    }
    for (size_t i = 0; i < v->n && least_relative && least_absolute; i++)
        if (!v->p[i].relative)
            v->p[i].width = v->p[i].width * least_relative / least_absolute;
    int64_t s = sum(v), n = own_width && s < WHOLE ? s : WHOLE, left = n;
    for (size_t i = 0; i + 1 < v->n; i++) {
        v->p[i].width = v->p[i].width * n / (s ? s : 1);
        left -= v->p[i].width;
    }
    v->p[v->n - 1].width = left;
    return n;
}

/* The relative columns of a table of fixed width share what the absolute ones leave. */
static void fixed_relative(Columns *v, int64_t n)
{
    int64_t absolute = 0, relative = 0, least = 0, count = 0, last = -1;
    for (size_t i = 0; i < v->n; i++) {
        if (!v->p[i].relative) {
            absolute += v->p[i].width;
            continue;
        }
        relative += v->p[i].width;
        least = !least || v->p[i].width < least ? v->p[i].width : least;
        count++;
        last = (int64_t)i;
    }
    if (!count)
        return;
    int64_t room = n > absolute ? n - absolute : 0, first = room;
    bool scarce = room <= LEAST * count, tight = !scarce && room <= relative * LEAST / least;
    for (size_t i = 0; i < v->n; i++) {
        Column *w = &v->p[i];
        if (!w->relative)
            continue;
        if (scarce)
            w->width = LEAST;
        else if ((int64_t)i == last)
            w->width = room;
        else if (tight)
            w->width = LEAST + (w->width - least) * (first - LEAST * count) /
                                   (relative - count * least ? relative - count * least : 1);
        else
            w->width = w->width * room / relative;
        room -= w->width;
    }
}

static int64_t fixed_mode(Columns *v, int64_t n)
{
    fixed_relative(v, n);
    int64_t s = sum(v), k = (int64_t)v->n;
    if (s < n)
        share(v, n, 0, n - s, s);
    else if (s > n)
        share(v, n, LEAST, n - LEAST * k, s);
    return n;
}

void table_columns(Ctx *c, Table *t, int32_t area)
{
    const OdfTableProps *p = t->props;
    Columns v = {0};
    bool placed = p->align == TABLE_LEFT || p->align == TABLE_CENTER || p->align == TABLE_RIGHT;
    collect(c, t->node, &v);
    if (!v.n)
        vec_push(&v, (Column){ LEAST, true, NULL });
    t->x = 0;
    t->width = area;
    if (p->align == TABLE_MARGINS) {
        t->x = p->margin[SIDE_LEFT];
        t->width = area - p->margin[SIDE_LEFT] - p->margin[SIDE_RIGHT];
    } else if (placed && (p->rel_width || p->width)) {
        t->width = p->rel_width
                       ? (int32_t)((int64_t)area * (p->rel_width > 100 ? 100 : p->rel_width) / 100)
                       : p->width;
    }
    if (p->align == TABLE_LEFT)
        t->x = p->margin[SIDE_LEFT];
    else if (p->align == TABLE_CENTER)
        t->x = (area - t->width) / 2;
    else if (p->align == TABLE_RIGHT)
        t->x = area - t->width;
    if (p->align == TABLE_CENTER)
        t->width = area - 2 * t->x;
    int32_t shadow[4];
    shadow_sides(p->shadow_x, p->shadow_y, shadow);
    t->x += shadow[SIDE_LEFT];
    t->width -= shadow[SIDE_LEFT] + shadow[SIDE_RIGHT];
    if (t->width < LEAST)
        t->width = LEAST;
    bool fixed = placed && p->width && !p->rel_width;
    int64_t n = fixed ? fixed_mode(&v, p->width) : relative_mode(&v, p->rel_width != 0);
    t->n_column = v.n;
    t->edge = ARENA_ARRAY(c->pass, int32_t, v.n + 1);
    t->column_cell = ARENA_ARRAY(c->pass, const OdfCellProps *, v.n);
    int64_t at = 0;
    for (size_t i = 0; i < v.n; i++) {
        t->column_cell[i] = v.p[i].cell;
        at += v.p[i].width;
        t->edge[i + 1] = n == t->width ? (int32_t)at : (int32_t)(at * t->width / (n ? n : 1));
    }
    t->edge[v.n] = t->width;
    vec_free(&v);
}
