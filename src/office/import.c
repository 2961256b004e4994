/* SPDX-License-Identifier: MIT */
/* A list read into a description: sheets, rows, elements; then the whole is checked, and each
 * finding about what came from the list is told at its cell. */
#include "internal.h"

#include <string.h>

/* ---- which sheets ---- */

/* The kind whose headings the first rows of a sheet have most of. */
static const SheetKind *guess_kind(Import *im, const Sheet *s)
{
    const SheetKind *best = NULL;
    size_t most = 2, second = 0;
    for (size_t k = 0; k < kinds_count(); k++) {
        Columns c;
        size_t n = 0;
        columns_start(&c, kinds_get(k), &im->office->words, im->office->schema,
                      im->office->arena);
        for (size_t i = 0; i < s->row.n && i < 3; i++) {
            size_t found = 0;
            for (size_t j = 0; j < s->row.p[i].n; j++)
                found += columns_find(&c, s->row.p[i].cell[j].text) >= 0;
            n = found > n ? found : n;
        }
        columns_end(&c);
        second = n > most ? most : n > second ? n : second;
        best = n > most ? kinds_get(k) : best;
        most = n > most ? n : most;
    }
    return most > second ? best : NULL;
}

/* "uczestnicy-marzec" is the sheet uczestnicy too. */
static const SheetKind *kind_by_start(const char *name)
{
    Buf folded = {0}, kind = {0};
    const SheetKind *found = NULL;
    fold(&folded, name);
    for (size_t k = 0; k < kinds_count() && !found; k++) {
        fold(&kind, kinds_get(k)->sheet);
        if (str_starts(folded.p, kind.p))
            found = kinds_get(k);
    }
    buf_free(&folded);
    buf_free(&kind);
    return found;
}

static const SheetKind *kind_of(Import *im, const Sheet *s, const char *wanted)
{
    if (wanted)
        return kinds_find(wanted);
    const SheetKind *k = kinds_find(s->name);
    if (!k && im->book->csv)
        k = kind_by_start(s->name);
    return k || !im->book->csv ? k : guess_kind(im, s);
}

static const char *near_kind(const char *name)
{
    Nearest near;
    Arena *a = arena_new();
    nearest_start(&near, fold_new(a, name));
    for (size_t k = 0; k < kinds_count(); k++)
        nearest_try(&near, fold_new(a, kinds_get(k)->sheet), kinds_get(k)->sheet);
    arena_free(a);
    return near.name;
}

static void tell_sheet(Import *im, const Sheet *s)
{
    Place place = book_place(im->book, s, 0, 0, NULL, im->lang, &im->label);
    const char *near = near_kind(s->name);
    Buf all = {0};
    for (size_t k = 0; k < kinds_count(); k++)
        buf_format(&all, "%s%s", k ? ", " : "", kinds_get(k)->sheet);
    if (im->book->csv)
        diag_add(im->d, DIAG_list_no_kind, &place, all.p, (char *)NULL);
    else if (near)
        diag_add(im->d, DIAG_list_sheet_near, &place, near, (char *)NULL);
    else if (s->row.n)
        diag_add(im->d, DIAG_list_sheet, &place, all.p, (char *)NULL);
    buf_free(&all);
}

static ImportSheet *open_sheet(Import *im, const Sheet *s, const SheetKind *k)
{
    ImportSheet *x = ARENA_NEW(im->office->arena, ImportSheet);
    x->sheet = s;
    columns_start(&x->columns, k, &im->office->words, im->office->schema, im->office->arena);
    vec_push(&im->sheet, x);
    return x;
}

static bool is_open(const Import *im, const SheetKind *k)
{
    for (size_t i = 0; i < im->sheet.n; i++)
        if (im->sheet.p[i]->columns.kind == k)
            return true;
    return false;
}

static void choose_sheets(Import *im, const char *wanted)
{
    for (size_t i = 0; i < im->book->sheet.n; i++) {
        const Sheet *s = im->book->sheet.p[i];
        const SheetKind *k = kind_of(im, s, im->book->csv ? wanted : NULL);
        Place place = book_place(im->book, s, 0, 0, NULL, im->lang, &im->label);
        if (s->hidden && (k || s->row.n))
            diag_add(im->d, DIAG_list_hidden, &place, (char *)NULL);
        else if (k && is_open(im, k))
            diag_add(im->d, DIAG_list_sheet_twice, &place, k->sheet, (char *)NULL);
        else if (k)
            open_sheet(im, s, k);
        else
            tell_sheet(im, s);
    }
    if (!im->sheet.n && !diags_count(im->d, SEV_ERROR))
        diag_add(im->d, DIAG_list_nothing, &(Place){ .label = im->book->file }, (char *)NULL);
}

/* ---- certificates that were issued ---- */

static void freeze(Import *im, const char *id, const char *number)
{
    map_put(im->frozen, id, strlen(id), arena_str(im->office->arena, number));
}

static void find_frozen(Import *im)
{
    const xmlNode *list = office_list(im->office, "certificates", false);
    for (const xmlNode *n = elem_first(list, "certificate"); n; n = elem_next(n, "certificate")) {
        const char *status = elem_attr(n, "status"), *number = elem_attr(n, "number");
        const xmlNode *completion = office_find(im->office, elem_attr(n, "completionRef"));
        if (!strcmp(status, "void") || !strcmp(status, "prepared") || !completion)
            continue;
        freeze(im, elem_attr(completion, "id"), number);
        freeze(im, elem_attr(completion, "participantRef"), number);
        freeze(im, elem_attr(completion, "courseRef"), number);
    }
}

/* ---- findings at their cells ---- */

/* The column of the sheet that gave an attribute of the row's element, or of a child. */
static int column_of(const RowOf *x, const char *child, const char *attribute)
{
    const Columns *c = &x->sheet->columns;
    for (size_t i = 0; i < x->sheet->used.n; i++) {
        int k = x->sheet->used.p[i].column;
        const ColumnSpec *s = &c->column.p[k].spec;
        bool same = str_equal(s->child, child) && s->kind != COLUMN_PERSON &&
                    (str_equal(s->attribute, attribute) || (child && !s->attribute));
        if (same)
            return k;
    }
    return -1;
}

static const RowOf *row_of(const Import *im, const xmlNode **n, const char **child)
{
    Arena *a = arena_new();
    const RowOf *x = NULL;
    for (*child = NULL; *n && (*n)->type == XML_ELEMENT_NODE; *n = (*n)->parent) {
        const char *id = xml_attr(*n, "id");
        if (id)
            x = map_get(im->rows, id, strlen(id));
        else if (elem_is((*n)->parent, "course"))
            x = map_get(im->rows, apply_key(a, *n), strlen(apply_key(a, *n)));
        if (x)
            break;
        *child = (const char *)(*n)->name;
    }
    arena_free(a);
    return x;
}

static bool place_of(void *data, const xmlNode *n, const char *attribute, Place *place)
{
    Import *im = data;
    const char *child;
    const RowOf *x = row_of(im, &n, &child);
    if (!x)
        return false;
    int column = attribute || child ? column_of(x, child, attribute) : -1;
    if (column < 0 && attribute && !x->row->fresh)
        return false;                           /* not from this list */
    if (column >= 0 ? x->row->bad[column] : x->row->faulty)
        return false;                           /* it was told already */
    *place = import_place(im, x->sheet, x->row->number, column);
    return true;
}

/* ---- */

static void read_sheet(Import *im, ImportSheet *s)
{
    if (!rows_read(im, s))
        return;
    match_rows(im, s);
    apply_rows(im, s);
    refs_changed(&im->refs);
}

static void report(const Import *im, OfficeImported *out)
{
    *out = (OfficeImported){0};
    for (size_t i = 0; i < im->sheet.n && out->n < COUNT(out->sheet); i++) {
        const ImportSheet *s = im->sheet.p[i];
        out->sheet[out->n++] = (OfficeSheet){ s->columns.kind->sheet, s->added, s->changed,
                                              s->same, s->gone };
    }
}

bool office_import(Office *o, const char *list, const OfficeImportOptions *options,
                   OfficeImported *out)
{
    Book *book = book_load(list, o->d);
    if (!book)
        return false;
    Import im = { .office = o, .book = book, .d = o->d, .lang = diags_lang(o->d),
                  .remove = options->remove };
    size_t before = diags_count(o->d, SEV_ERROR);
    refs_start(&im.refs, o->root, o->schema);
    im.frozen = map_new(o->arena);
    im.rows = map_new(o->arena);
    find_frozen(&im);
    choose_sheets(&im, options->sheet);
    for (size_t k = 0; k < kinds_count(); k++)          /* what is referred to comes first */
        for (size_t i = 0; i < im.sheet.n; i++)
            if (im.sheet.p[i]->columns.kind == kinds_get(k))
                read_sheet(&im, im.sheet.p[i]);
    bool good = diags_count(o->d, SEV_ERROR) == before;
    OfficeSave save = { .place = place_of, .data = &im, .dry_run = options->dry_run || !good };
    good &= office_save(o, &save);
    report(&im, out);
    out->elsewhere = save.elsewhere;
    if (!good)
        diag_add(o->d, DIAG_import_nothing,
                 &(Place){ .label = book->file, .line = UINT32_MAX }, (char *)NULL);
    for (size_t i = 0; i < im.sheet.n; i++) {
        vec_free(&im.sheet.p[i]->used);
        vec_free(&im.sheet.p[i]->row);
        columns_end(&im.sheet.p[i]->columns);
    }
    vec_free(&im.sheet);
    refs_end(&im.refs);
    buf_free(&im.label);
    buf_free(&im.text);
    buf_free(&im.value.text);
    book_free(book);
    return good;
}
