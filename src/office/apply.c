/* SPDX-License-Identifier: MIT */
/* Rows become elements of the description, or change those that they speak of. */
#include "internal.h"

#include <string.h>

/* ---- what is printed on a certificate that was issued ---- */

static bool printed(const char *element, const char *attribute)
{
    static const char *const person[] = { "firstName", "secondName", "lastName", "sex", "pesel",
                                          "idDocument", "birthDate", "birthPlace" };
    static const char *const not_printed[] = { "declaredCompletions", "declaredEnrolled", "forAll",
                                               "groupRef", "editionRef", "participantRefs",
                                               "instrumentRef", "grade" };
    bool participant = !strcmp(element, "participant");
    const char *const *list = participant ? person : not_printed;
    size_t n = participant ? COUNT(person) : COUNT(not_printed);
    for (size_t i = 0; i < n; i++)
        if (!strcmp(list[i], attribute))
            return participant;
    return !participant && (!strcmp(element, "course") || !strcmp(element, "topic") ||
                            !strcmp(element, "completion"));
}

static const char *frozen_by(Import *im, const xmlNode *n)
{
    const char *id = elem_is(n, "topic") ? elem_attr(n->parent, "id") : elem_attr(n, "id");
    return map_get(im->frozen, id, strlen(id));
}

/* False: the row may not say this; a finding was added. */
static bool allowed(Import *im, const ImportSheet *s, ImportRow *r, int column,
                    const char *attribute, const char *value)
{
    const char *old = xml_attr(r->node, attribute), *number = NULL;
    if (r->fresh || str_equal(old, value))
        return true;
    if (printed((const char *)r->node->name, attribute))
        number = frozen_by(im, r->node);
    Place place = import_place(im, s, r->number, column);
    if (number)
        diag_add(im->d, DIAG_import_frozen, &place, number, (char *)NULL);
    else if (old && !strcmp(attribute, "number"))
        diag_add(im->d, DIAG_import_number, &place, old, (char *)NULL);
    else
        return true;
    return false;
}

/* ---- attributes ---- */

static const char *stand_in(Import *im, const SchemaField *f)
{
    const xmlNode *period = elem_first(im->office->root, "period");
    if (!strcmp(f->type, "date"))
        return elem_attr(period, !strcmp(f->name, "entry") || !strcmp(f->name, "start") ? "start"
                                                                                        : "end");
    return words_known(f->type) ? words_get(f->type, 0) : "1";
}

static void set(Import *im, const ImportSheet *s, ImportRow *r, int column)
{
    const Column *c = &s->columns.column.p[column];
    const char *name = c->spec.attribute, *value = r->value[column];
    Edits *e = &im->office->edits;
    if (r->bad[column]) {
        /* The rest of the row is checked with something in its place; nothing is written. */
        if (r->fresh && c->field->required)
            edit_set(e, r->node, name, stand_in(im, c->field));
        return;
    }
    bool gone = !value && im->remove && !r->fresh && !c->field->required;
    if (value) {
        if (allowed(im, s, r, column, name, value))
            edit_set(e, r->node, name, value);
    } else if (gone && xml_attr(r->node, name) && strcmp(name, "id") && strcmp(name, "number") &&
               allowed(im, s, r, column, name, NULL)) {
        edit_set(e, r->node, name, NULL);
    }
}

/* The PESEL number says whether Pan or Pani; who stands in a list of participants is an adult
 * unless it says otherwise. */
static void derive(const ImportSheet *s, ImportRow *r)
{
    int sex = -1, kind = -1;
    const char *pesel = NULL;
    if (strcmp(s->columns.kind->element, "participant"))
        return;
    for (size_t i = 0; i < s->columns.column.n; i++) {
        const char *name = s->columns.column.p[i].spec.attribute;
        sex = str_equal(name, "sex") ? (int)i : sex;
        kind = str_equal(name, "kind") ? (int)i : kind;
        pesel = str_equal(name, "pesel") ? r->value[i] : pesel;
    }
    if (!r->value[sex] && !r->bad[sex] && pesel && expr_pesel_valid(pesel, strlen(pesel)))
        r->value[sex] = expr_pesel_sex(pesel, strlen(pesel)) == 'F' ? "F" : "M";
    if (!r->value[kind] && !r->bad[kind])
        r->value[kind] = "adult";
}

/* ---- children ---- */

static size_t child_order(const SchemaType *t, const char *name)
{
    size_t i = 0;
    while (i < t->child.n && strcmp(t->child.p[i].name, name))
        i++;
    return i;
}

/* Adds a child where the schema wants it. */
static xmlNode *add_child(Import *im, const SchemaType *t, xmlNode *parent, const char *name)
{
    xmlNode *after = NULL, *n = edit_new(&im->office->edits, name);
    for (xmlNode *k = elem_first(parent, NULL); k; k = elem_next(k, NULL))
        if (child_order(t, (const char *)k->name) <= child_order(t, name))
            after = k;
    if (after || !elem_first(parent, NULL))
        edit_add(&im->office->edits, parent, after, n);
    else
        edit_add_first(&im->office->edits, parent, n);
    return n;
}

static void set_address(Import *im, const ImportSheet *s, ImportRow *r)
{
    const SchemaType *t = s->columns.type;
    xmlNode *address = elem_first(r->node, "address");
    int city = -1;
    bool any = false;
    for (size_t i = 0; i < s->columns.column.n; i++) {
        const Column *c = &s->columns.column.p[i];
        if (!str_equal(c->spec.child, "address") || c->spec.kind != COLUMN_VALUE)
            continue;
        any |= r->value[i] != NULL;
        if (!strcmp(c->spec.attribute, "city"))
            city = (int)i;
    }
    if (!any)
        return;
    if (!address && !r->value[city]) {
        Place place = import_place(im, s, r->number, city);
        if (!r->bad[city])
            diag_add(im->d, DIAG_import_no_city, &place, (char *)NULL);
        return;
    }
    if (!address)
        address = add_child(im, t, r->node, "address");
    for (size_t i = 0; i < s->columns.column.n; i++) {
        const Column *c = &s->columns.column.p[i];
        if (!str_equal(c->spec.child, "address") || c->spec.kind != COLUMN_VALUE)
            continue;
        if (r->value[i])
            edit_set(&im->office->edits, address, c->spec.attribute, r->value[i]);
        else if (im->remove && !r->bad[i] && (int)i != city)
            edit_set(&im->office->edits, address, c->spec.attribute, NULL);
    }
}

static bool of_column(const xmlNode *n, const ColumnSpec *c)
{
    return elem_is(n, c->child) &&
           (!c->fixed || !strcmp(elem_attr(n, c->fixed), c->fixed_value));
}

static xmlNode *next_of_column(xmlNode *n, const ColumnSpec *c)
{
    while (n && !of_column(n, c))
        n = elem_next(n, NULL);
    return n;
}

/* "do 30.06.2011 – Udział w kursie": the date is cut off; false: there is none. */
static bool split_date(const char **line, char iso[11])
{
    enum { LONGEST = 30 };
    const char *s = *line + (str_starts(*line, "do ") ? 3 : 0);
    size_t best = 0;
    for (size_t i = 6; i <= LONGEST && i <= strlen(s); i++) {
        if (s[i] && !strchr(" :,;", s[i]))
            continue;
        char *head = mem_dup(s, i), found[11];
        if (date_read(head, found) == DATE_ISO || date_read(head, found) == DATE_POLISH) {
            best = i;
            memcpy(iso, found, sizeof found);
        }
        free(head);
    }
    s += best;
    for (size_t n; (n = strspn(s, " :,;-")) || (n = str_starts(s, "–") ? 3 : 0); )
        s += n;
    *line = s;
    return best > 0 && *s;
}

static xmlNode *new_item(Import *im, const ImportSheet *s, ImportRow *r, const ColumnSpec *c)
{
    xmlNode *n = add_child(im, s->columns.type, r->node, c->child);
    if (!strcmp(c->child, "goal")) {
        const char *id = office_free_id(im->office, arena_format(im->office->arena, "%s-c",
                                                                 elem_attr(r->node, "id")));
        edit_set(&im->office->edits, n, "id", id);
        office_know(im->office, id, n);
    }
    if (c->fixed)
        edit_set(&im->office->edits, n, c->fixed, c->fixed_value);
    return n;
}

static void set_item(Import *im, xmlNode *n, const char *line, const char *date)
{
    if (date)
        edit_set(&im->office->edits, n, "due", date);
    if (strcmp(elem_text(n, im->office->arena), line))
        edit_text(&im->office->edits, n, line);
}

/* The texts of a cell, each a line, against the children that there are. */
static void set_texts(Import *im, const ImportSheet *s, ImportRow *r, int column)
{
    const ColumnSpec *c = &s->columns.column.p[column].spec;
    xmlNode *n = next_of_column(elem_first(r->node, NULL), c);
    for (const char *p = r->value[column]; p && *p; p += *p == '\n') {
        size_t len = strcspn(p, "\n");
        const char *line = arena_dup(im->office->arena, p, len);
        char date[11];
        bool action = c->kind == COLUMN_ACTIONS;
        p += len;
        if (action && !split_date(&line, date)) {
            Place place = import_place(im, s, r->number, column);
            diag_add(im->d, DIAG_cell_action, &place, (char *)NULL);
            r->bad[column] = r->faulty = true;
            memcpy(date, "2000-01-01", sizeof date);
        }
        xmlNode *item = n ? n : new_item(im, s, r, c);
        n = n ? next_of_column(elem_next(n, NULL), c) : NULL;
        set_item(im, item, line, action ? date : NULL);
    }
    while (n && im->remove && r->value[column]) {
        xmlNode *next = next_of_column(elem_next(n, NULL), c);
        edit_remove(&im->office->edits, n);
        n = next;
    }
}

static bool has_line(const char *lines, const char *line)
{
    size_t n = strlen(line);
    for (const char *p = lines; *p; p += strcspn(p, "\n"), p += *p == '\n')
        if (strcspn(p, "\n") == n && !memcmp(p, line, n))
            return true;
    return false;
}

static void set_refs(Import *im, const ImportSheet *s, ImportRow *r, int column)
{
    const ColumnSpec *c = &s->columns.column.p[column].spec;
    const char *have = "";
    for (xmlNode *n = elem_first(r->node, c->child), *next; n; n = next) {
        next = elem_next(n, c->child);
        const char *ref = elem_attr(n, c->attribute);
        if (im->remove && !has_line(r->value[column], ref))
            edit_remove(&im->office->edits, n);
        else
            have = arena_format(im->office->arena, "%s%s\n", have, ref);
    }
    for (const char *p = r->value[column]; *p; p += *p == '\n') {
        const char *ref = arena_dup(im->office->arena, p, strcspn(p, "\n"));
        p += strlen(ref);
        if (!has_line(have, ref))
            edit_set(&im->office->edits, add_child(im, s->columns.type, r->node, c->child),
                     c->attribute, ref);
    }
}

/* The rest of a faulty row is checked with something in the place of children that it lacks. */
static void set_stand_ins(Import *im, const ImportSheet *s, ImportRow *r)
{
    const Columns *c = &s->columns;
    const xmlNode *period = elem_first(im->office->root, "period");
    const xmlNode *any = elem_first(elem_first(im->office->root, "instruments"), "instrument");
    for (size_t i = 0; i < c->column.n; i++) {
        const ColumnSpec *x = &c->column.p[i].spec;
        size_t k = x->child ? child_order(c->type, x->child) : c->type->child.n;
        if (k >= c->type->child.n || !c->type->child.p[k].required || elem_first(r->node, x->child))
            continue;
        xmlNode *n = new_item(im, s, r, x);
        if (x->kind == COLUMN_REFS)
            edit_set(&im->office->edits, n, x->attribute, elem_attr(any, "id"));
        else
            set_item(im, n, "–", x->kind == COLUMN_ACTIONS ? elem_attr(period, "end") : NULL);
    }
}

/* ---- rows ---- */

static bool is_read(const ImportSheet *s, int column)
{
    for (size_t i = 0; i < s->used.n; i++)
        if (s->used.p[i].column == column)
            return true;
    return false;
}

/* Without a usable PESEL number the sex is not known, and it is the number that is told of: here,
 * or by the rules R03 and R04. */
static bool follows(const ImportSheet *s, const ImportRow *r, const char *name)
{
    for (size_t i = 0; str_equal(name, "sex") && i < s->columns.column.n; i++)
        if (str_equal(s->columns.column.p[i].spec.attribute, "pesel"))
            return r->bad[i] || (r->value[i] && !expr_pesel_valid(r->value[i],
                                                                  strlen(r->value[i])));
    return false;
}

static void tell_missing(Import *im, const ImportSheet *s, ImportRow *r, int column)
{
    const Column *c = &s->columns.column.p[column];
    Place place = import_place(im, s, r->number, column);
    diag_add(im->d, is_read(s, column) ? DIAG_cell_empty : DIAG_import_no_column, &place,
             c->heading, (char *)NULL);
    r->bad[column] = r->faulty = true;
}

/* What a new element needs. */
static void look_for_missing(Import *im, const ImportSheet *s, ImportRow *r)
{
    for (size_t i = 0; i < s->columns.column.n; i++) {
        const Column *c = &s->columns.column.p[i];
        bool plain = (c->spec.kind == COLUMN_VALUE || c->spec.kind == COLUMN_REF) && !c->spec.child;
        bool needed = plain && c->field->required && strcmp(c->field->name, "id");
        needed |= c->spec.kind == COLUMN_OWNER;
        if (!needed || r->value[i])
            continue;
        if (!r->bad[i] && follows(s, r, c->spec.attribute))
            r->bad[i] = true;
        else if (!r->bad[i])
            tell_missing(im, s, r, (int)i);
        /* Without the elements that it joins an element means nothing. */
        r->useless |= r->bad[i] && c->spec.kind != COLUMN_VALUE;
    }
    for (size_t k = 0; k < s->columns.type->child.n; k++) {
        const SchemaChild *child = &s->columns.type->child.p[k];
        int first = -1;
        bool there = !child->required;
        for (size_t i = 0; i < s->columns.column.n; i++)
            if (str_equal(s->columns.column.p[i].spec.child, child->name)) {
                there |= r->value[i] || r->bad[i];
                first = first < 0 ? (int)i : first;
            }
        if (!there && first >= 0)
            tell_missing(im, s, r, first);
    }
}

static xmlNode *create(Import *im, const ImportSheet *s, ImportRow *r)
{
    const SheetKind *k = s->columns.kind;
    const char *id = NULL;
    for (size_t i = 0; i < s->columns.column.n; i++)
        if (!s->columns.column.p[i].spec.child &&
            str_equal(s->columns.column.p[i].spec.attribute, "id"))
            id = r->value[i];
    if (!k->prefix)
        return add_child(im, schema_type(&im->office->words, "course"), r->owner, k->element);
    xmlNode *list = office_list(im->office, k->list, true);
    return office_add(im->office, list, k->element, k->prefix, id);
}

static void apply_row(Import *im, ImportSheet *s, ImportRow *r)
{
    r->fresh = !r->node;
    if (r->fresh) {
        derive(s, r);
        look_for_missing(im, s, r);
    }
    if (r->useless)
        return;
    size_t before = im->office->edits.touched.n;
    if (r->fresh)
        r->node = create(im, s, r);
    for (size_t i = 0; i < s->columns.column.n; i++) {
        const Column *c = &s->columns.column.p[i];
        if ((c->spec.kind == COLUMN_VALUE || c->spec.kind == COLUMN_REF) && !c->spec.child &&
            !rows_late(s, (int)i) && (is_read(s, (int)i) || r->value[i] || r->bad[i]))
            set(im, s, r, (int)i);
    }
    set_address(im, s, r);
    for (size_t i = 0; i < s->columns.column.n; i++) {
        if (!r->value[i])
            continue;
        switch (s->columns.column.p[i].spec.kind) {
        case COLUMN_TEXTS:
        case COLUMN_ACTIONS: set_texts(im, s, r, (int)i); break;
        case COLUMN_REFS: set_refs(im, s, r, (int)i); break;
        default: break;
        }
    }
    if (r->fresh && r->faulty)
        set_stand_ins(im, s, r);
    r->changed = !r->fresh && im->office->edits.touched.n != before;
    s->added += r->fresh;
    s->changed += r->changed;
    s->same += !r->fresh && !r->changed;
}

char *apply_key(Arena *a, const xmlNode *n)
{
    int i = 0;
    for (const xmlNode *k = n; (k = k->prev); )
        i += elem_is(k, (const char *)n->name);
    return arena_format(a, "%s/%s#%d", elem_attr(n->parent, "id"), (const char *)n->name, i);
}

static void remember(Import *im, ImportSheet *s, ImportRow *r)
{
    RowOf *x = ARENA_NEW(im->office->arena, RowOf);
    const char *id = xml_attr(r->node, "id");
    *x = (RowOf){ s, r };
    if (!id)
        id = apply_key(im->office->arena, r->node);
    map_put(im->rows, id, strlen(id), x);
}

/* ---- elements that the list does not have ---- */

static void drop(Import *im, ImportSheet *s, xmlNode *n)
{
    const char *number = frozen_by(im, n), *id = elem_attr(n, "id");
    if (!im->remove || !number) {
        s->gone++;
        if (im->remove) {
            map_put(im->office->ids, id, strlen(id), NULL);
            edit_remove(&im->office->edits, n);
        }
        return;
    }
    Place place = book_place(im->book, s->sheet, 0, 0, NULL, im->lang, &im->label);
    diag_add(im->d, DIAG_import_frozen_gone, &place, id, number, (char *)NULL);
}

static void look_for_gone(Import *im, ImportSheet *s)
{
    Arena *a = arena_new();
    Map *spoken_of = map_new(a);
    for (size_t i = 0; i < s->row.n; i++) {
        const ImportRow *r = &s->row.p[i];
        if (r->node)
            map_put(spoken_of, (const char *)&r->node, sizeof r->node, a);
        if (r->owner)
            map_put(spoken_of, (const char *)&r->owner, sizeof r->owner, a);
    }
    const char *element = s->columns.kind->element;
    for (xmlNode *n = im->office->root, *next; n; n = next) {
        bool wanted = elem_is(n, element);
        next = wanted ? elem_skip(n, im->office->root) : elem_walk(n, im->office->root);
        if (!wanted || map_get(spoken_of, (const char *)&n, sizeof n))
            continue;
        bool topic = !s->columns.kind->prefix;
        if (!topic || map_get(spoken_of, (const char *)&n->parent, sizeof n->parent))
            drop(im, s, n);
    }
    arena_free(a);
}

static void apply_late(Import *im, ImportSheet *s, int column)
{
    refs_changed(&im->refs);
    for (size_t i = 0; i < s->row.n; i++) {
        ImportRow *r = &s->row.p[i];
        rows_reference(im, s, r, column);
        size_t before = im->office->edits.touched.n;
        if (r->node)
            set(im, s, r, column);
        bool changed = im->office->edits.touched.n != before && !r->changed;
        s->changed += changed;
        s->same -= changed;
    }
}

void apply_rows(Import *im, ImportSheet *s)
{
    for (size_t i = 0; i < s->row.n; i++)
        if (!s->row.p[i].useless)
            apply_row(im, s, &s->row.p[i]);
    for (size_t i = 0; i < s->used.n; i++)
        if (rows_late(s, s->used.p[i].column))
            apply_late(im, s, s->used.p[i].column);
    look_for_gone(im, s);
    for (size_t i = 0; i < s->row.n; i++)
        if (s->row.p[i].node)
            remember(im, s, &s->row.p[i]);
}
