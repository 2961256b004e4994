/* SPDX-License-Identifier: MIT */
/* From the cells of a sheet to values under known headings. */
#include "internal.h"

#include <string.h>

enum { HEADINGS_WITHIN = 20 };          /* rows at the top that may hold the headings */

Place import_place(Import *im, const ImportSheet *s, unsigned row, int column)
{
    const ImportColumn *c = NULL;
    for (size_t i = 0; column >= 0 && i < s->used.n && !c; i++)
        if (s->used.p[i].column == column)
            c = &s->used.p[i];
    return book_place(im->book, s->sheet, row, c ? c->at : 0, c ? c->heading : NULL, im->lang,
                      &im->label);
}

/* ---- headings ---- */

static const char *tidy(Arena *a, const char *text)
{
    char *s = arena_str(a, text);
    for (char *p = s; *p; p++)
        *p = *p == '\n' || *p == '\t' ? ' ' : *p;
    return s;
}

/* The row with most known headings; NULL: no row has two, or the only one. */
static const Row *heading_row(const ImportSheet *s)
{
    const Row *best = NULL;
    size_t most = 1;
    for (size_t i = 0; i < s->sheet->row.n && i < HEADINGS_WITHIN; i++) {
        const Row *r = &s->sheet->row.p[i];
        size_t n = 0;
        for (size_t k = 0; k < r->n; k++)
            n += columns_find(&s->columns, r->cell[k].text) >= 0;
        if (n > most) {
            most = n;
            best = r;
        }
    }
    return best;
}

/* Columns that an office keeps for itself. */
static bool own_column(const char *heading)
{
    static const char *const names[] = { "Lp", "L.p.", "Nr", "Uwagi", "Uwaga", "Notatki" };
    for (size_t i = 0; i < COUNT(names); i++)
        if (fold_same(names[i], heading))
            return true;
    return false;
}

static bool is_used(const ImportSheet *s, int column)
{
    for (size_t i = 0; i < s->used.n; i++)
        if (s->used.p[i].column == column)
            return true;
    return false;
}

static bool named(const ImportSheet *s, const char *heading)
{
    int c = columns_find(&s->columns, heading);
    return c >= 0 && is_used(s, c);
}

/* A slip of the pen, or a column that skryba has no use for. */
static void tell_unknown(Import *im, const ImportSheet *s, const Row *r, const Cell *c)
{
    Arena *a = im->office->arena;
    const char *typed = tidy(a, c->text), *near = columns_near(&s->columns, typed, false);
    if (own_column(typed))
        return;
    Place place = book_place(im->book, s->sheet, r->number, c->column, typed, im->lang, &im->label);
    if (near && !named(s, near))
        diag_add(im->d, DIAG_list_heading_near, &place, near, (char *)NULL);
    else
        diag_add(im->d, DIAG_list_heading, &place, columns_near(&s->columns, typed, true),
                 (char *)NULL);
}

static void use_headings(Import *im, ImportSheet *s, const Row *r)
{
    for (size_t i = 0; i < r->n; i++) {
        const Cell *c = &r->cell[i];
        int column = columns_find(&s->columns, c->text);
        if (column < 0)
            continue;
        ColumnKind kind = s->columns.column.p[column].spec.kind;
        const char *heading = tidy(im->office->arena, c->text);
        if (is_used(s, column) && kind != COLUMN_TEXTS && kind != COLUMN_ACTIONS &&
            kind != COLUMN_REFS) {
            Place p = book_place(im->book, s->sheet, r->number, c->column, heading, im->lang,
                                 &im->label);
            diag_add(im->d, DIAG_list_heading_twice, &p, (char *)NULL);
            continue;
        }
        vec_push(&s->used, (ImportColumn){ c->column, column, heading });
    }
    for (size_t i = 0; i < r->n; i++)
        if (columns_find(&s->columns, r->cell[i].text) < 0)
            tell_unknown(im, s, r, &r->cell[i]);
}

/* ---- values ---- */

static void add_value(Import *im, const Column *c, const char **value, const char *text)
{
    Arena *a = im->office->arena;
    if (*value && (c->spec.kind == COLUMN_TEXTS || c->spec.kind == COLUMN_ACTIONS ||
                   c->spec.kind == COLUMN_REFS))
        *value = arena_format(a, "%s\n%s", *value, text);
    else
        *value = arena_str(a, text);
}

static void spoil(ImportRow *r, int column)
{
    r->bad[column] = true;
    r->faulty = true;
    r->value[column] = NULL;
}

/* What a cell says is never quoted: where columns are exchanged, it may be anything. */
static void tell_fault(Import *im, const ImportSheet *s, const ImportRow *r, int column)
{
    Place place = import_place(im, s, r->number, column);
    Buf words = {0};
    if (im->value.fault == DIAG_cell_word)
        words_list(s->columns.column.p[column].field->type, &words);
    diag_add(im->d, im->value.fault, &place, words.p ? words.p : "", (char *)NULL);
    buf_free(&words);
}

static void note_repairs(Import *im, ImportSheet *s, size_t used, unsigned row)
{
    for (int bit = 0; bit < REPAIRS; bit++) {
        Repaired *x = &s->repaired[used * REPAIRS + (size_t)bit];
        if (!(im->value.repairs >> bit & 1))
            continue;
        if (x->n < COUNT(x->row))
            x->row[x->n] = row;
        x->n++;
    }
}

/* Lines of text are read as a line each; what they mean is seen when they are written. */
static const SchemaField lines_field = { .name = "text", .type = "lines" };
static const SchemaField line_field = { .name = "text", .type = "line" };

static const SchemaField *field_of(const Column *c)
{
    switch (c->spec.kind) {
    case COLUMN_TEXTS:
    case COLUMN_ACTIONS:
    case COLUMN_REFS:
        return &lines_field;
    case COLUMN_REF:
    case COLUMN_OWNER:
        return &line_field;
    default:
        return c->field;
    }
}

static void read_cell(Import *im, ImportSheet *s, ImportRow *r, size_t used, const Cell *cell)
{
    int column = s->used.p[used].column;
    const Column *c = &s->columns.column.p[column];
    if (cell->kind == CELL_COVERED)
        return;
    if (!value_read(&im->value, cell, field_of(c), im->book->since_1904)) {
        tell_fault(im, s, r, column);
        spoil(r, column);
        return;
    }
    if (!im->value.text.n)
        return;
    note_repairs(im, s, used, r->number);
    add_value(im, c, &r->value[column], im->value.text.p);
}

/* ---- references ---- */

/* The sheet that holds such elements; NULL: no sheet does. */
static const char *sheet_of(const char *element)
{
    for (size_t k = 0; k < kinds_count(); k++)
        if (!strcmp(kinds_get(k)->element, element))
            return kinds_get(k)->sheet;
    return NULL;
}

static void tell_reference(Import *im, const ImportSheet *s, const ImportRow *r, int column,
                           RefResult result, const ProjectField *f, const char *text)
{
    Place place = import_place(im, s, r->number, column);
    const char *near = refs_near(&im->refs, f->target, f->n_target, text);
    const char *sheet = sheet_of(f->target[0]);
    DiagId id = result == REF_AMBIGUOUS ? DIAG_cell_ref_ambiguous
                : near ? DIAG_cell_ref_near : sheet ? DIAG_cell_ref : DIAG_cell_ref_project;
    diag_add(im->d, id, &place, near ? near : sheet ? sheet : "", (char *)NULL);
}

/* Names become ids; several are separated by semicolons, commas or lines. */
static void read_references(Import *im, const ImportSheet *s, ImportRow *r, int column,
                            const ProjectField *f, bool several)
{
    Arena *a = im->office->arena;
    const char *out = "";
    const char *apart = s->columns.column.p[column].spec.kind == COLUMN_REFS ? "\n" : " ";
    for (const char *p = r->value[column]; *p; ) {
        /* A whole name may hold a comma: it is tried first. */
        size_t len = several ? strcspn(p, ";\n") : strlen(p);
        char *name = arena_dup(a, p, len);
        const char *id = NULL;
        RefResult result = refs_find(&im->refs, f->target, f->n_target, name, &id);
        /* "Ciesielski, Nowak" and "s1 s2": then up to the comma, up to the space. */
        for (const char *sep = ", "; *sep && result == REF_UNKNOWN && several; sep++) {
            size_t n = strcspn(p, (char[]){ *sep, ';', '\n', 0 });
            char *shorter = arena_dup(a, p, n);
            result = refs_find(&im->refs, f->target, f->n_target, shorter, &id);
            len = result == REF_FOUND ? n : len;
        }
        if (result != REF_FOUND) {
            tell_reference(im, s, r, column, result, f, name);
            spoil(r, column);
            return;
        }
        out = arena_format(a, "%s%s%s", out, *out ? apart : "", id);
        p += len;
        p += strspn(p, ";,\n ");
    }
    r->value[column] = out;
}

static void read_owner(Import *im, const ImportSheet *s, ImportRow *r, int column)
{
    static const char *const course[] = { "course" };
    static const ProjectField f = { .target = course, .n_target = 1 };
    if (!r->value[column])
        return;
    read_references(im, s, r, column, &f, false);
    if (r->value[column])
        r->owner = office_find(im->office, r->value[column]);
}

bool rows_late(const ImportSheet *s, int column)
{
    const Column *c = &s->columns.column.p[column];
    for (size_t i = 0; c->spec.kind == COLUMN_REF && i < c->known->n_target; i++)
        if (!strcmp(c->known->target[i], s->columns.kind->element))
            return true;
    return false;
}

void rows_reference(Import *im, ImportSheet *s, ImportRow *r, int column)
{
    const Column *c = &s->columns.column.p[column];
    if (r->value[column])
        read_references(im, s, r, column, c->known, !strcmp(c->field->type, "refs"));
}

static void find_references(Import *im, ImportSheet *s, ImportRow *r)
{
    static const char *const instrument[] = { "instrument" };
    static const ProjectField children = { .target = instrument, .n_target = 1 };
    for (size_t i = 0; i < s->columns.column.n; i++) {
        const Column *c = &s->columns.column.p[i];
        if (c->spec.kind == COLUMN_OWNER)
            read_owner(im, s, r, (int)i);
        else if (!r->value[i])
            continue;
        else if (c->spec.kind == COLUMN_REF && !rows_late(s, (int)i))
            rows_reference(im, s, r, (int)i);
        else if (c->spec.kind == COLUMN_REFS)
            read_references(im, s, r, (int)i, &children, true);
    }
}

/* ---- the participant by name and PESEL ---- */

static int column_of(const ImportSheet *s, ColumnKind kind, const char *attribute)
{
    for (size_t i = 0; i < s->columns.column.n; i++) {
        const Column *c = &s->columns.column.p[i];
        if (c->spec.kind == kind && str_equal(c->spec.attribute, attribute))
            return (int)i;
    }
    return -1;
}

/* One person by parts in columns of their own: PESEL first, the name must then agree. */
static void find_person(Import *im, ImportSheet *s, ImportRow *r)
{
    static const char *const participant[] = { "participant" };
    static const ProjectField f = { .target = participant, .n_target = 1 };
    int ref = column_of(s, COLUMN_REF, "participantRef");
    int parts[3] = { column_of(s, COLUMN_PERSON, "pesel"), column_of(s, COLUMN_PERSON, "firstName"),
                     column_of(s, COLUMN_PERSON, "lastName") };
    if (ref < 0 || parts[0] < 0 || r->value[ref] || r->bad[ref])
        return;
    const char *pesel = r->value[parts[0]], *first = r->value[parts[1]], *last = r->value[parts[2]];
    const char *id = NULL, *name = NULL;
    if (first && last)
        name = arena_format(im->office->arena, "%s %s", first, last);
    int at = pesel ? parts[0] : parts[2];
    if (!pesel && !name)
        return;
    RefResult result = refs_find(&im->refs, participant, 1, pesel ? pesel : name, &id);
    if (result != REF_FOUND) {
        tell_reference(im, s, r, at, result, &f, pesel ? pesel : name);
        spoil(r, ref);
        return;
    }
    const xmlNode *n = office_find(im->office, id);
    if (pesel && last && !fold_same(elem_attr(n, "lastName"), last)) {
        Place place = import_place(im, s, r->number, parts[2]);
        diag_add(im->d, DIAG_cell_other_person, &place, id, (char *)NULL);
        spoil(r, ref);
        return;
    }
    r->value[ref] = arena_str(im->office->arena, id);
}

/* ---- rows ---- */

/* A PESEL number that stands in another column of the row: columns were exchanged. */
static void look_for_pesel(Import *im, ImportSheet *s, ImportRow *r)
{
    int pesel = column_of(s, COLUMN_VALUE, "pesel");
    const char *v = pesel >= 0 ? r->value[pesel] : NULL;
    if (!v || expr_pesel_check(v, strlen(v)))
        return;
    for (size_t i = 0; i < s->used.n; i++) {
        int column = s->used.p[i].column;
        const char *other = r->value[column];
        if (column == pesel || !other || !expr_pesel_valid(other, strlen(other)))
            continue;
        Place place = import_place(im, s, r->number, pesel);
        diag_add(im->d, DIAG_cell_pesel_elsewhere, &place, s->used.p[i].heading, (char *)NULL);
        spoil(r, pesel);
        spoil(r, column);
        return;
    }
}

static bool outside(const ImportSheet *s, const Row *r, unsigned *column)
{
    for (size_t i = 0; i < r->n; i++)
        if (r->cell[i].column > *column) {
            *column = r->cell[i].column;
            return s->used.n > 0;
        }
    return false;
}

static void read_row(Import *im, ImportSheet *s, const Row *cells)
{
    Arena *a = im->office->arena;
    size_t n = s->columns.column.n;
    ImportRow r = { .number = cells->number, .cells = cells };
    r.value = ARENA_ARRAY(a, const char *, n);
    r.bad = ARENA_ARRAY(a, bool, n);
    bool any = false;
    size_t k = 0;
    for (size_t i = 0; i < s->used.n; i++) {        /* both are in the order of columns */
        while (k < cells->n && cells->cell[k].column < s->used.p[i].at)
            k++;
        if (k < cells->n && cells->cell[k].column == s->used.p[i].at)
            read_cell(im, s, &r, i, &cells->cell[k]);
        any |= r.value[s->used.p[i].column] || r.bad[s->used.p[i].column];
    }
    if (!any)
        return;
    look_for_pesel(im, s, &r);
    find_references(im, s, &r);
    find_person(im, s, &r);
    vec_push(&s->row, r);
}

static void say_repairs(Import *im, const ImportSheet *s)
{
    static const DiagId ids[REPAIRS] = {
        DIAG_repair_spaces, DIAG_repair_zeros, DIAG_repair_date_text, DIAG_repair_date_number,
        DIAG_repair_comma, DIAG_repair_text_number, DIAG_repair_dash,
    };
    for (size_t i = 0; i < s->used.n * REPAIRS; i++) {
        const Repaired *x = &s->repaired[i];
        Buf rows = {0};
        char count[24];
        for (size_t k = 0; k < x->n && k < COUNT(x->row); k++)
            buf_format(&rows, "%s%u", k ? ", " : "", x->row[k]);
        if (x->n > COUNT(x->row))
            buf_str(&rows, ", …");
        snprintf(count, sizeof count, "%zu", x->n);
        const ImportColumn *c = &s->used.p[i / REPAIRS];
        Place place = book_place(im->book, s->sheet, 0, c->at, c->heading, im->lang, &im->label);
        if (x->n)
            diag_add(im->d, ids[i % REPAIRS], &place, count, rows.p, (char *)NULL);
        buf_free(&rows);
    }
}

bool rows_read(Import *im, ImportSheet *s)
{
    const Row *heading = heading_row(s);
    if (!heading) {
        Place place = book_place(im->book, s->sheet, 0, 0, NULL, im->lang, &im->label);
        if (s->sheet->row.n > 1)
            diag_add(im->d, DIAG_list_no_headings, &place, (char *)NULL);
        return false;
    }
    use_headings(im, s, heading);
    s->repaired = ARENA_ARRAY(im->office->arena, Repaired, s->used.n * REPAIRS + 1);
    unsigned last = heading->number, widest = heading->cell[heading->n - 1].column;
    for (size_t i = 0; i < s->sheet->row.n; i++) {
        const Row *r = &s->sheet->row.p[i];
        if (r->number <= heading->number)
            continue;
        Place place = book_place(im->book, s->sheet, last + 1, 0, NULL, im->lang, &im->label);
        if (r->number > last + 1)
            diag_add(im->d, DIAG_list_empty_row, &place, (char *)NULL);
        if (outside(s, r, &widest)) {
            place = book_place(im->book, s->sheet, r->number, widest, NULL, im->lang, &im->label);
            diag_add(im->d, DIAG_list_outside, &place, (char *)NULL);
        }
        read_row(im, s, r);
        last = r->number;
    }
    say_repairs(im, s);
    return true;
}
