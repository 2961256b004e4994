/* SPDX-License-Identifier: MIT */
/* The table inside a chart: what its numbers and names are (ODF 1.3 part 3, section 11.1). */
#include "chart.h"

#include <math.h>
#include <string.h>

static const ChartCell empty = { NULL, NAN, false };

/* xs:double; NAN, what is no number, and what is beyond all measure count as none.  Not strtod():
 * it follows the locale. */
double chart_number(const char *s)
{
    enum { MOST_TEN = 300 };
    double v = 0;
    int ten = 0, digits = 0;
    bool minus = *s == '-', point = false;
    for (s += minus || *s == '+'; (*s >= '0' && *s <= '9') || (*s == '.' && !point); s++) {
        point |= *s == '.';
        if (*s == '.')
            continue;
        v = v * 10 + (*s - '0');
        ten -= point && ten > -MOST_TEN;
        digits++;
    }
    if ((*s == 'e' || *s == 'E') && digits) {
        bool less = *++s == '-';
        int e = 0;
        for (s += less || *s == '+'; *s >= '0' && *s <= '9'; s++)
            e = e < 1000 ? e * 10 + (*s - '0') : e;
        ten += less ? -e : e;
    }
    v *= ten ? pow(10, ten) : 1;
    return *s || !digits || !(v < 1e100) ? NAN : minus ? -v : v;
}

static void read_cell(const OdfNode *n, Arena *a, ChartCell *out)
{
    const char *value = odf_attr(n, ODF_OFFICE_VALUE), *type = odf_attr(n, ODF_OFFICE_VALUE_TYPE);
    Buf text = { 0 };
    *out = empty;
    for (uint32_t i = 0; i < n->n_kid; i++)
        if (n->kid[i]->name == ODF_TEXT_P)
            odf_plain_text(n->kid[i], &text);
    if (text.n)
        out->text = arena_dup(a, text.p, text.n);
    buf_free(&text);
    out->number = value && !str_equal(type, "string");
    if (out->number)
        out->value = chart_number(value);
}

static size_t repeated(const OdfNode *n, OdfName name)
{
    int v = odf_int(odf_attr(n, name), 1);
    return v < 1 ? 1 : (size_t)v;
}

typedef struct {
    ChartTable *t;
    VEC(const OdfNode *) row;
    size_t heads;
    bool too_large;
} Reader;

static size_t width_of(const OdfNode *row)
{
    size_t n = 0;
    for (uint32_t i = 0; i < row->n_kid && n <= CHART_CELLS; i++)
        if (row->kid[i]->name == ODF_TABLE_TABLE_CELL)
            n += repeated(row->kid[i], ODF_TABLE_NUMBER_COLUMNS_REPEATED);
    return n;
}

static void collect(Reader *r, const OdfNode *n, int depth)
{
    for (uint32_t i = 0; n->name != ODF_CHARACTERS && i < n->n_kid && depth < 8; i++) {
        const OdfNode *k = n->kid[i];
        if (k->name == ODF_TABLE_TABLE_ROW) {
            size_t width = width_of(k), times = repeated(k, ODF_TABLE_NUMBER_ROWS_REPEATED);
            r->t->columns = width > r->t->columns ? width : r->t->columns;
            for (size_t t = 0; t < times && !r->too_large; t++) {
                vec_push(&r->row, k);
                r->too_large = r->row.n * r->t->columns > CHART_CELLS || r->row.n > CHART_CELLS;
            }
        } else if (k->name == ODF_TABLE_TABLE_HEADER_ROWS) {
            r->t->heads = true;
            collect(r, k, depth + 1);
        } else if (k->name == ODF_TABLE_TABLE_HEADER_COLUMNS) {
            r->t->stubs = true;
        } else if (k->name == ODF_TABLE_TABLE_ROWS || k->name == ODF_TABLE_TABLE_ROW_GROUP) {
            collect(r, k, depth + 1);
        }
    }
}

static void read_row(ChartTable *t, const OdfNode *row, ChartCell *out)
{
    size_t at = 0;
    for (uint32_t i = 0; i < row->n_kid; i++) {
        if (row->kid[i]->name != ODF_TABLE_TABLE_CELL)
            continue;
        size_t times = repeated(row->kid[i], ODF_TABLE_NUMBER_COLUMNS_REPEATED);
        ChartCell cell;
        read_cell(row->kid[i], t->a, &cell);
        for (size_t k = 0; k < times && at < t->columns; k++)
            out[at++] = cell;
    }
    while (at < t->columns)
        out[at++] = empty;
}

bool chart_table_read(const OdfNode *table, Arena *a, ChartTable *out)
{
    Reader r = { .t = out };
    *out = (ChartTable){ .a = a };
    if (table)
        collect(&r, table, 0);
    bool good = !r.too_large && r.row.n && out->columns;
    if (good) {
        out->rows = r.row.n;
        out->cell = ARENA_ARRAY(a, ChartCell, out->rows * out->columns);
        for (size_t i = 0; i < out->rows; i++)
            read_row(out, r.row.p[i], out->cell + i * out->columns);
    }
    vec_free(&r.row);
    return good;
}

const ChartCell *chart_cell(const ChartTable *t, size_t column, size_t row)
{
    return column < t->columns && row < t->rows ? &t->cell[row * t->columns + column] : &empty;
}

const ChartCell *chart_cell_in(const ChartTable *t, const ChartRange *r, size_t i)
{
    if (!r->columns || i >= r->columns * r->rows)
        return &empty;
    return chart_cell(t, r->column + i % r->columns, r->row + i / r->columns);
}

/* "$AB$12" behind the name of a table and its point; false: no such thing. */
static bool place(const char **s, size_t *column, size_t *row)
{
    const char *p = *s;
    size_t c = 0, r = 0;
    p += *p == '$';
    for (; *p >= 'A' && *p <= 'Z'; p++)
        c = c < CHART_CELLS ? c * 26 + (size_t)(*p - 'A') + 1 : c;
    p += *p == '$';
    for (; *p >= '0' && *p <= '9'; p++)
        r = r < CHART_CELLS ? r * 10 + (size_t)(*p - '0') : r;
    *s = p;
    *column = c - 1;
    *row = r - 1;
    return c && r;
}

bool chart_range(const ChartTable *t, const char *address, ChartRange *out)
{
    size_t column, row;
    const char *s = address ? strchr(address, '.') : NULL;
    s = s ? s + 1 : "";
    if (!place(&s, &out->column, &out->row))
        return false;
    out->columns = out->rows = 1;
    if (*s == ':') {
        const char *point = strchr(s, '.');
        s = point ? point + 1 : s + 1;
        if (!place(&s, &column, &row) || column < out->column || row < out->row)
            return false;
        out->columns = column - out->column + 1;
        out->rows = row - out->row + 1;
    }
    if (out->column >= t->columns || out->row >= t->rows)
        return false;
    out->columns =
        out->columns > t->columns - out->column ? t->columns - out->column : out->columns;
    out->rows = out->rows > t->rows - out->row ? t->rows - out->row : out->rows;
    return true;
}
