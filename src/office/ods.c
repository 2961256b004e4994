/* SPDX-License-Identifier: MIT */
/* Spreadsheets, ODF 1.3 part 3 chapter 9, read as they come: only what is filled is kept, repeated
 * rows and cells are written out, of formulas the value that was stored counts. */
#include "internal.h"

#include <stdlib.h>
#include <string.h>

#define NS(name) "urn:oasis:names:tc:opendocument:xmlns:" name ":1.0"
static const char ns_table[] = NS("table"), ns_text[] = NS("text"), ns_office[] = NS("office");
static const char ns_style[] = NS("style");
static const char ns_calc[] =
    "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0";

enum { COLUMNS = 1024 };        /* LibreOffice's own limit until version 7.4 */

typedef struct {
    Book *book;
    Sheet *sheet;               /* the open one, or NULL */
    Map *hidden;                /* styles of hidden sheets */
    char *style;                /* the open style's name */
    unsigned skip;              /* open elements below one that is of no interest */
    unsigned row, rows;         /* number of the last row; how often the open one stands */
    unsigned column, columns;
    bool in_row, in_cell, in_paragraph, spreadsheet, full;
    unsigned paragraphs;        /* of the cell so far */
    Cell cell;
    bool error;
    Buf text, value;
    VEC(Cell) cells;
} Reader;

typedef struct { const XmlAttr *p; size_t n; } Attrs;

static const XmlAttr *find(Attrs a, const char *uri, const char *name)
{
    for (size_t i = 0; i < a.n; i++)
        if (!strcmp(a.p[i].name.name, name) && !strcmp(a.p[i].name.uri, uri))
            return &a.p[i];
    return NULL;
}

static bool says(Attrs a, const char *uri, const char *name, const char *value)
{
    const XmlAttr *x = find(a, uri, name);
    return x && x->len == strlen(value) && !memcmp(x->value, value, x->len);
}

static unsigned number(Attrs a, const char *name, unsigned most)
{
    const XmlAttr *x = find(a, ns_table, name);
    int64_t v;
    if (!x || !number_parse(x->value, x->len, 0, &v) || v < 1)
        return 1;
    return v > most ? most : (unsigned)v;
}

/* ---- cells ---- */

static void start_value(Reader *r, Attrs a)
{
    static const struct { const char *type, *attribute; CellKind kind; } types[] = {
        { "float", "value", CELL_NUMBER }, { "currency", "value", CELL_NUMBER },
        { "percentage", "value", CELL_NUMBER }, { "date", "date-value", CELL_DATE },
        { "time", "time-value", CELL_TIME }, { "boolean", "boolean-value", CELL_BOOLEAN },
    };
    buf_clear(&r->value);
    for (size_t i = 0; i < COUNT(types); i++) {
        const XmlAttr *v = find(a, ns_office, types[i].attribute);
        if (!v || !says(a, ns_office, "value-type", types[i].type))
            continue;
        r->cell.kind = types[i].kind;
        buf_put(&r->value, v->value, v->len);
    }
}

static void start_cell(Reader *r, Attrs a, bool covered)
{
    r->in_cell = true;
    r->paragraphs = 0;
    r->columns = number(a, "number-columns-repeated", COLUMNS);
    r->cell = (Cell){ .kind = covered ? CELL_COVERED : CELL_TEXT, .column = r->column };
    buf_clear(&r->text);
    start_value(r, a);
    r->cell.formula = find(a, ns_table, "formula") != NULL;
    r->cell.merged = number(a, "number-columns-spanned", 2) > 1 ||
                     number(a, "number-rows-spanned", 2) > 1;
    r->error = says(a, ns_calc, "value-type", "error");
}

static void end_cell(Reader *r)
{
    Arena *a = r->book->arena;
    Cell *c = &r->cell;
    const char *text = r->text.n ? r->text.p : "";
    r->in_cell = false;
    if (r->error || str_starts(text, "Err:") || (c->formula && text[0] == '#'))
        c->kind = CELL_ERROR;
    bool filled = c->kind != CELL_COVERED &&
                  (text[strspn(text, " \t\r\n")] || r->value.n || c->kind == CELL_ERROR);
    if (filled) {
        c->text = arena_str(a, text);
        c->value = r->value.n ? arena_dup(a, r->value.p, r->value.n) : NULL;
    }
    for (unsigned i = 0; filled && i < r->columns && r->column + i < COLUMNS; i++) {
        c->column = r->column + i;
        vec_push(&r->cells, *c);
    }
    r->column += r->columns;
}

/* Inside of a cell only paragraphs count: no comments, no drawings. */
static void start_inside(Reader *r, const char *uri, const char *name)
{
    if (strcmp(uri, ns_text)) {
        r->skip = 1;
    } else if (!strcmp(name, "p") || !strcmp(name, "h")) {
        if (r->paragraphs++)
            buf_chr(&r->text, '\n');
        r->in_paragraph = true;
    } else if (!strcmp(name, "s") || !strcmp(name, "tab")) {
        buf_chr(&r->text, ' ');
    } else if (!strcmp(name, "line-break")) {
        buf_chr(&r->text, '\n');
    }
}

/* ---- rows and sheets ---- */

static void end_row(Reader *r)
{
    r->in_row = false;
    if (!r->cells.n) {
        r->row += r->rows;
        return;
    }
    for (unsigned i = 0; i < r->rows && !r->full; i++)
        r->full = !book_row(r->book, r->sheet, ++r->row, r->cells.p, r->cells.n);
}

static char *value_of(Reader *r, Attrs a, const char *uri, const char *name)
{
    const XmlAttr *x = find(a, uri, name);
    return x ? arena_dup(r->book->arena, x->value, x->len) : arena_str(r->book->arena, "");
}

static void start_sheet(Reader *r, Attrs a)
{
    const char *style = value_of(r, a, ns_table, "style-name");
    r->sheet = book_sheet(r->book, value_of(r, a, ns_table, "name"));
    r->sheet->hidden = map_get(r->hidden, style, strlen(style)) != NULL;
    r->row = 0;
}

/* Elements outside of cells. */
static void start_outside(Reader *r, const char *uri, const char *name, Attrs a)
{
    bool table = !strcmp(uri, ns_table);
    if (!strcmp(uri, ns_style) && !strcmp(name, "style")) {
        r->style = value_of(r, a, ns_style, "name");
    } else if (!strcmp(uri, ns_style) && !strcmp(name, "table-properties")) {
        if (r->style && says(a, ns_table, "display", "false"))
            map_put(r->hidden, r->style, strlen(r->style), r);
    } else if (!strcmp(uri, ns_office) && !strcmp(name, "spreadsheet")) {
        r->spreadsheet = true;
    } else if (table && !strcmp(name, "null-date")) {
        r->book->since_1904 = str_starts(value_of(r, a, ns_table, "date-value"), "1904");
    } else if (table && (!strcmp(name, "tracked-changes") || !strcmp(name, "shapes"))) {
        r->skip = 1;
    } else if (table && !strcmp(name, "table") && r->spreadsheet) {
        start_sheet(r, a);
    } else if (table && !strcmp(name, "table-row") && r->sheet) {
        r->in_row = true;
        r->column = 0;
        r->cells.n = 0;
        r->rows = number(a, "number-rows-repeated", 1 << 20);
    } else if (table && r->in_row && !strcmp(name, "table-cell")) {
        start_cell(r, a, false);
    } else if (table && r->in_row && !strcmp(name, "covered-table-cell")) {
        start_cell(r, a, true);
    }
}

static void start(void *data, const XmlName *element, const XmlAttr *attr, size_t n)
{
    Reader *r = data;
    if (r->skip)
        r->skip++;
    else if (r->in_cell)
        start_inside(r, element->uri, element->name);
    else if (!r->full)
        start_outside(r, element->uri, element->name, (Attrs){ attr, n });
}

static void end(void *data, const XmlName *element)
{
    Reader *r = data;
    const char *uri = element->uri, *name = element->name;
    if (r->skip) {
        r->skip--;
        return;
    }
    if (r->in_cell && !strcmp(uri, ns_text)) {
        r->in_paragraph &= strcmp(name, "p") && strcmp(name, "h");
        return;
    }
    if (strcmp(uri, ns_table))
        return;
    if (r->in_cell)
        end_cell(r);
    else if (r->in_row && !strcmp(name, "table-row"))
        end_row(r);
    else if (!strcmp(name, "table"))
        r->sheet = NULL;
}

static void characters(void *data, const char *s, size_t len)
{
    Reader *r = data;
    if (r->in_paragraph && !r->skip)
        buf_put(&r->text, s, len);
}

/* ---- the file ---- */

static bool read_content(Book *b, char *text, size_t len, Diags *d)
{
    static const XmlHandler handler = { .start = start, .end = end, .text = characters };
    Reader r = { .book = b, .hidden = map_new(b->arena) };
    bool ok = xml_stream(b->path, text, len, &handler, &r, d);
    if (ok && !r.spreadsheet)
        diag_add(d, DIAG_list_kind, &(Place){ .file = b->path }, (char *)NULL);
    else if (ok && r.full)
        diag_add(d, DIAG_list_large, &(Place){ .file = b->path }, (char *)NULL);
    buf_free(&r.text);
    buf_free(&r.value);
    vec_free(&r.cells);
    return ok && r.spreadsheet && !r.full;
}

static bool contains(const char *bytes, size_t len, const char *word)
{
    size_t n = strlen(word);
    const char *last = bytes + len - n;
    for (const char *s = bytes; s < last && (s = memchr(s, word[0], (size_t)(last - s))); s++)
        if (!memcmp(s, word, n))
            return true;
    return false;
}

bool ods_read(Book *b, char *bytes, size_t len, Diags *d)
{
    size_t n;
    /* A workbook of Excel is a package too. */
    if (contains(bytes, len, "xl/workbook.xml")) {
        diag_add(d, DIAG_list_excel, &(Place){ .file = b->path }, (char *)NULL);
        return false;
    }
    char *text = odf_part(b->path, bytes, len, "content.xml", &n, d);
    bool ok = text && read_content(b, text, n, d);
    free(text);
    return ok;
}

bool ods_read_flat(Book *b, char *bytes, size_t len, Diags *d)
{
    return read_content(b, bytes, len, d);
}
