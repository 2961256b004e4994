/* SPDX-License-Identifier: MIT */
/* Lists: a spreadsheet of any of the kinds that are read, as sheets of rows of filled cells. */
#include "internal.h"

#include <stdlib.h>
#include <string.h>

Sheet *book_sheet(Book *b, const char *name)
{
    Sheet *s = ARENA_NEW(b->arena, Sheet);
    s->name = arena_str(b->arena, name);
    s->number = (unsigned)b->sheet.n;
    vec_push(&b->sheet, s);
    return s;
}

bool book_row(Book *b, Sheet *s, unsigned number, const Cell *cell, size_t n)
{
    if (!n)
        return true;
    b->cells += n;
    if (b->cells > BOOK_CELLS)
        return false;
    Cell *copy = ARENA_ARRAY(b->arena, Cell, n);
    memcpy(copy, cell, n * sizeof *cell);
    vec_push(&s->row, (Row){ number, copy, n });
    return true;
}

const Cell *row_cell(const Row *r, unsigned column)
{
    for (size_t i = 0; i < r->n; i++)
        if (r->cell[i].column == column)
            return &r->cell[i];
    return NULL;
}

Place book_place(const Book *b, const Sheet *s, unsigned row, unsigned column, const char *heading,
                 Lang lang, Buf *label)
{
    bool pl = lang == LANG_PL;
    buf_clear(label);
    buf_str(label, b->file);
    if (s && !b->csv)
        buf_format(label, pl ? ", arkusz %s" : ", sheet %s", s->name);
    if (row)
        buf_format(label, pl ? ", wiersz %u" : ", row %u", row);
    if (heading)
        buf_format(label, pl ? ", kolumna %s" : ", column %s", heading);
    /* A row of a million sheets cannot be: the number only orders the findings. */
    return (Place){ .line = s ? (s->number + 1) * 4194304 + row : 1, .column = column + 1,
                    .label = label->p };
}

static bool is_flat(const char *bytes, size_t len)
{
    size_t i = len >= 3 && !memcmp(bytes, "\xef\xbb\xbf", 3) ? 3 : 0;
    i += strspn(bytes + i, " \t\r\n");
    return bytes[i] == '<';
}

Book *book_load(const char *path, Diags *d)
{
    size_t len;
    char *bytes = file_read(path, BOOK_BYTES, &len, d);
    if (!bytes)
        return NULL;
    Book *b = mem_new(sizeof *b);
    const char *slash = strrchr(path, '/');
    b->arena = arena_new();
    b->path = arena_str(b->arena, path);
    b->file = arena_str(b->arena, slash ? slash + 1 : path);
    bool ok;
    if (len > 4 && !memcmp(bytes, "PK\3\4", 4)) {
        ok = ods_read(b, bytes, len, d);
    } else if (len > 8 && !memcmp(bytes, "\xd0\xcf\x11\xe0", 4)) {
        diag_add(d, DIAG_list_excel, &(Place){ .file = path }, (char *)NULL);
        ok = false;
    } else if (is_flat(bytes, len)) {
        ok = ods_read_flat(b, bytes, len, d);
    } else {
        ok = csv_read(b, bytes, len, d);
    }
    free(bytes);
    if (ok)
        return b;
    book_free(b);
    return NULL;
}

void book_free(Book *b)
{
    if (!b)
        return;
    for (size_t i = 0; i < b->sheet.n; i++)
        vec_free(&b->sheet.p[i]->row);
    vec_free(&b->sheet);
    arena_free(b->arena);
    free(b);
}
