/* SPDX-License-Identifier: MIT */
/* Which element of the description a row speaks of: by keys, the surest first. */
#include "internal.h"

#include <string.h>

/* strict: two rows with one such key are a fault of the list. */
typedef struct { const char *element; const char *attribute[3]; bool strict; } Key;
static const Key keys[] = {
    { "participant", { "id" }, true }, { "participant", { "pesel" }, true },
    { "participant", { "idDocument" }, true },
    { "participant", { "lastName", "firstName" }, false },
    { "member", { "id" }, true }, { "member", { "lastName", "firstName", "role" }, true },
    { "course", { "id" }, true }, { "course", { "code" }, true }, { "course", { "name" }, true },
    { "topic", { "name" }, true },
    { "class", { "id" }, true }, { "class", { "name" }, true },
    { "completion", { "id" }, true }, { "completion", { "participantRef", "courseRef" }, true },
    { "contract", { "id" }, true }, { "contract", { "number" }, true },
    { "contract", { "participantRef", "date" }, true }, { "contract", { "participantRef" }, false },
    { "agreement", { "id" }, true }, { "agreement", { "number" }, true },
    { "agreement", { "participantRef", "date" }, true },
    { "agreement", { "participantRef" }, false },
};

static int column_of(const ImportSheet *s, const char *attribute)
{
    for (size_t i = 0; i < s->columns.column.n; i++) {
        const ColumnSpec *c = &s->columns.column.p[i].spec;
        if (!c->child && c->kind != COLUMN_PERSON && str_equal(c->attribute, attribute))
            return (int)i;
    }
    return -1;
}

/* False: some part is missing. */
static bool put_part(Buf *out, const char *value)
{
    Buf folded = {0};
    fold(&folded, value);
    buf_put(out, folded.p, folded.n);
    buf_chr(out, '\n');
    bool there = folded.n > 0;
    buf_free(&folded);
    return there;
}

static bool key_of_row(const ImportSheet *s, const ImportRow *r, const Key *k, Buf *out)
{
    buf_clear(out);
    if (r->owner)
        put_part(out, elem_attr(r->owner, "id"));
    for (size_t i = 0; i < COUNT(k->attribute) && k->attribute[i]; i++) {
        int c = column_of(s, k->attribute[i]);
        if (c < 0 || !r->value[c] || !put_part(out, r->value[c]))
            return false;
    }
    return true;
}

static bool key_of_node(const xmlNode *n, const Key *k, Buf *out)
{
    buf_clear(out);
    if (!strcmp(k->element, "topic"))
        put_part(out, elem_attr(n->parent, "id"));
    for (size_t i = 0; i < COUNT(k->attribute) && k->attribute[i]; i++)
        if (!put_part(out, elem_attr(n, k->attribute[i])))
            return false;
    return true;
}

/* ---- one person with two PESEL numbers ---- */

/* One digit is another, or two neighbours changed places. */
static bool nearly_same(const char *a, const char *b)
{
    size_t n = strlen(a), differ = 0, first = 0;
    if (n != strlen(b))
        return false;
    for (size_t i = 0; i < n; i++)
        if (a[i] != b[i] && !differ++)
            first = i;
    return differ < 2 || (differ == 2 && first + 1 < n && a[first] == b[first + 1] &&
                          a[first + 1] == b[first]);
}

/* Whether a row of the same name may be this person: what both say must not contradict. */
static bool may_be(Import *im, const ImportSheet *s, const ImportRow *r, const xmlNode *n)
{
    static const char *const known[] = { "pesel", "idDocument", "birthDate" };
    if (strcmp(s->columns.kind->element, "participant"))
        return true;
    for (size_t i = 0; i < COUNT(known); i++) {
        int c = column_of(s, known[i]);
        const char *mine = c >= 0 ? r->value[c] : NULL, *theirs = xml_attr(n, known[i]);
        if (!mine || !theirs || nearly_same(mine, theirs))
            continue;
        Place place = import_place(im, s, r->number, c);
        diag_add(im->d, DIAG_list_namesake, &place, elem_attr(n, "id"), (char *)NULL);
        return false;
    }
    return true;
}

/* ---- */

typedef struct { xmlNode *node; bool twice; size_t rows; const ImportRow *first; } Found;

static Found *found_at(Map *m, Arena *a, const Buf *key)
{
    Found *f = map_get(m, key->p, key->n);
    if (!f) {
        f = ARENA_NEW(a, Found);
        map_put(m, key->p, key->n, f);
    }
    return f;
}

static void tell_twice(Import *im, const ImportSheet *s, ImportRow *r, const Key *k,
                       const ImportRow *first)
{
    char row[16];
    Place place = import_place(im, s, r->number, column_of(s, k->attribute[0]));
    snprintf(row, sizeof row, "%u", first->number);
    diag_add(im->d, DIAG_list_row_twice, &place, row, (char *)NULL);
    r->useless = true;
}

static void match_by(Import *im, ImportSheet *s, const Key *k, Map *claimed)
{
    Arena *a = arena_new();
    Map *m = map_new(a);
    Buf key = {0};
    for (xmlNode *n = im->office->root; n; n = elem_walk(n, im->office->root))
        if (elem_is(n, k->element) && !edit_is_new(n) &&
            !map_get(claimed, (const char *)&n, sizeof n) && key_of_node(n, k, &key)) {
            Found *f = found_at(m, a, &key);
            f->twice |= f->node != NULL;
            f->node = n;
        }
    for (size_t i = 0; i < s->row.n; i++) {
        ImportRow *r = &s->row.p[i];
        if (r->useless || !key_of_row(s, r, k, &key))
            continue;
        Found *f = found_at(m, a, &key);
        if (k->strict && f->first)
            tell_twice(im, s, r, k, f->first);
        f->first = f->first ? f->first : r;
        f->rows += !r->node && !r->useless;
    }
    for (size_t i = 0; i < s->row.n; i++) {
        ImportRow *r = &s->row.p[i];
        if (r->node || r->useless || !key_of_row(s, r, k, &key))
            continue;
        const Found *f = found_at(m, a, &key);
        if (!f->node || f->twice || f->rows != 1 || (!k->strict && !may_be(im, s, r, f->node)))
            continue;
        r->node = f->node;
        map_put(claimed, (const char *)&f->node, sizeof f->node, r);
    }
    buf_free(&key);
    arena_free(a);
}

/* An id that nothing has, where ids are given. */
static void tell_unknown_ids(Import *im, ImportSheet *s)
{
    int c = column_of(s, "id");
    for (size_t i = 0; c >= 0 && i < s->row.n; i++) {
        ImportRow *r = &s->row.p[i];
        const char *id = r->value[c];
        xmlNode *other = id && !r->node ? office_find(im->office, id) : NULL;
        if (!other)
            continue;
        Place place = import_place(im, s, r->number, c);
        diag_add(im->d, DIAG_list_id_taken, &place, id, (const char *)other->name, (char *)NULL);
        r->useless = true;
    }
}

void match_rows(Import *im, ImportSheet *s)
{
    Arena *a = arena_new();
    Map *claimed = map_new(a);
    for (size_t i = 0; i < COUNT(keys); i++)
        if (!strcmp(keys[i].element, s->columns.kind->element))
            match_by(im, s, &keys[i], claimed);
    tell_unknown_ids(im, s);
    arena_free(a);
}
