/* SPDX-License-Identifier: MIT */
/* Names that must be unique in a document, where a part of the template is copied: the n-th copy
 * of a name gets n behind it, and references made in the same turn of a loop follow.  The first
 * copy keeps the name. */
#include "internal.h"

#include <stdlib.h>
#include <string.h>

typedef struct { OdfName element, attr; NameClass in; NamingKind kind; } NameRule;

/* element 0: any */
static const NameRule rules[] = {
    { 0, ODF_XML_ID, NAMES_ID, NAMING_NEW },
    { 0, ODF_DRAW_NAME, NAMES_DRAW, NAMING_NEW },
    { ODF_TABLE_TABLE, ODF_TABLE_NAME, NAMES_TABLE, NAMING_NEW },
    { ODF_TEXT_SECTION, ODF_TEXT_NAME, NAMES_SECTION, NAMING_NEW },
    { ODF_TEXT_TABLE_OF_CONTENT, ODF_TEXT_NAME, NAMES_SECTION, NAMING_NEW },
    { ODF_TEXT_BOOKMARK, ODF_TEXT_NAME, NAMES_BOOKMARK, NAMING_NEW },
    { ODF_TEXT_BOOKMARK_START, ODF_TEXT_NAME, NAMES_BOOKMARK, NAMING_NEW },
    { ODF_TEXT_BOOKMARK_END, ODF_TEXT_NAME, NAMES_BOOKMARK, NAMING_LAST },
    { ODF_TEXT_REFERENCE_MARK, ODF_TEXT_NAME, NAMES_MARK, NAMING_NEW },
    { ODF_TEXT_REFERENCE_MARK_START, ODF_TEXT_NAME, NAMES_MARK, NAMING_NEW },
    { ODF_TEXT_REFERENCE_MARK_END, ODF_TEXT_NAME, NAMES_MARK, NAMING_LAST },
    { ODF_TEXT_NOTE, ODF_TEXT_ID, NAMES_NOTE, NAMING_NEW },
    { ODF_TEXT_SEQUENCE, ODF_TEXT_REF_NAME, NAMES_SEQUENCE, NAMING_NEW },
    { ODF_TEXT_LIST, ODF_TEXT_CONTINUE_LIST, NAMES_ID, NAMING_REFERENCE },
    { ODF_TEXT_BOOKMARK_REF, ODF_TEXT_REF_NAME, NAMES_BOOKMARK, NAMING_REFERENCE },
    { ODF_TEXT_REFERENCE_REF, ODF_TEXT_REF_NAME, NAMES_MARK, NAMING_REFERENCE },
    { ODF_TEXT_NOTE_REF, ODF_TEXT_REF_NAME, NAMES_NOTE, NAMING_REFERENCE },
    { ODF_TEXT_SEQUENCE_REF, ODF_TEXT_REF_NAME, NAMES_SEQUENCE, NAMING_REFERENCE },
    { 0, ODF_DRAW_CHAIN_NEXT_NAME, NAMES_DRAW, NAMING_REFERENCE },
};

/* Targets of links inside the document: "#Tabela1|table". */
static const struct { const char *suffix; NameClass in; } targets[] = {
    { "|table", NAMES_TABLE }, { "|frame", NAMES_DRAW }, { "|graphic", NAMES_DRAW },
    { "|ole", NAMES_DRAW }, { "|region", NAMES_SECTION }, { "|sequence", NAMES_SEQUENCE },
};

static const NameRule *rule_of(OdfName element, OdfName attr)
{
    for (size_t i = 0; i < COUNT(rules); i++)
        if (rules[i].attr == attr && (!rules[i].element || rules[i].element == element))
            return &rules[i];
    return NULL;
}

static bool is_inner_link(const OdfAttr *a)
{
    return a->name == ODF_XLINK_HREF && a->value[0] == '#' && a->value[1];
}

bool names_has(const OdfNode *n)
{
    for (size_t i = 0; i < n->n_attr; i++)
        if (rule_of(n->name, n->attr[i].name) || is_inner_link(&n->attr[i]))
            return true;
    return false;
}

static NameEntry *entry_of(Compile *c, NameClass in, const char *name, size_t len)
{
    Buf key = { 0 };
    buf_chr(&key, 'a' + (int)in);
    buf_put(&key, name, len);
    NameEntry *e = map_get(c->t->names, key.p, key.n);
    if (!e) {
        e = ARENA_NEW(c->t->arena, NameEntry);
        e->name = arena_dup(c->t->arena, name, len);
        e->in = in;
        e->number = (uint32_t)c->t->entries.n;
        vec_push(&c->t->entries, e);
        map_put(c->t->names, key.p, key.n, e);
    }
    buf_free(&key);
    return e;
}

static void link_name(Compile *c, const char *href, Naming *n)
{
    size_t len = strlen(++href), cut = len;
    NameClass in = NAMES_BOOKMARK;
    for (size_t i = 0; i < COUNT(targets); i++) {
        size_t k = strlen(targets[i].suffix);
        if (len > k && !strcmp(href + len - k, targets[i].suffix)) {
            cut = len - k;
            in = targets[i].in;
        }
    }
    n->kind = NAMING_REFERENCE;
    n->before = "#";
    n->after = href + cut;
    n->entry = entry_of(c, in, href, cut);
}

void names_of(Compile *c, const OdfNode *n, Op *op)
{
    op->naming = ARENA_ARRAY(c->t->arena, Naming, n->n_attr + 1);
    for (size_t i = 0; i < n->n_attr; i++) {
        const OdfAttr *a = &n->attr[i];
        const NameRule *rule = rule_of(n->name, a->name);
        if (!rule && !is_inner_link(a))
            continue;
        Naming *to = &op->naming[op->n_naming++];
        to->attr = a->name;
        to->before = to->after = "";
        to->loop = c->loop;
        if (rule) {
            to->kind = rule->kind;
            to->entry = entry_of(c, rule->in, a->value, strlen(a->value));
        } else {
            link_name(c, a->value, to);
        }
        if (to->kind == NAMING_NEW && !to->entry->defined) {
            to->entry->defined = true;
            to->entry->loop = c->loop;
        }
        if (to->kind == NAMING_REFERENCE)
            vec_push(&c->scratch->reference, to);
    }
}

/* The innermost loop around both, or NULL. */
static Loop *common_loop(Loop *a, Loop *b)
{
    for (Loop *i = a; i; i = i->outer)
        for (Loop *j = b; j; j = j->outer)
            if (i == j)
                return i;
    return NULL;
}

/* A name's stem ends so that no other name of its class begins with it and goes on in digits. */
static void set_stem(Template *t, NameEntry *e)
{
    Buf stem = { 0 };
    buf_str(&stem, e->name);
    bool clash;
    do {
        buf_chr(&stem, '_');
        clash = false;
        for (size_t i = 0; i < t->entries.n && !clash; i++) {
            const NameEntry *o = t->entries.p[i];
            clash = o->in == e->in && !strncmp(o->name, stem.p, stem.n) &&
                    o->name[stem.n] >= '0' && o->name[stem.n] <= '9';
        }
    } while (clash);
    e->stem = arena_dup(t->arena, stem.p, stem.n);
    buf_free(&stem);
}

void names_resolve(Compile *c)
{
    for (size_t i = 0; i < c->t->entries.n; i++)
        set_stem(c->t, c->t->entries.p[i]);
    for (size_t i = 0; i < c->scratch->reference.n; i++) {
        Naming *n = c->scratch->reference.p[i];
        Loop *loop = n->entry->defined ? common_loop(n->loop, n->entry->loop) : NULL;
        n->plain = !loop;
        if (!loop)
            continue;
        n->slot = c->t->n_slots++;
        vec_push(&loop->tracked, n->entry);
        vec_push(&loop->slot, n->slot);
    }
}
