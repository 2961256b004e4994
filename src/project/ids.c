/* SPDX-License-Identifier: MIT */
/* Ids are unique, references point to the right kind of element (R02): one pass that collects, one
 * that resolves.  libxml2 does not check that an IDREF resolves. */
#include "internal.h"

#include <stdlib.h>
#include <string.h>

enum { SUGGESTIONS = 10 };      /* each looks at all ids */

typedef struct { xmlNode *node; const char *id; } Known;
typedef struct {
    Project *p;
    Diags *d;
    VEC(Known) known;           /* in document order; made when a suggestion is wanted */
    int suggested;
    bool marked;                /* the schema marks ids */
} Ids;

static void add(Ids *s, xmlNode *n, const char *attribute, const char *id)
{
    size_t len = strlen(id);
    xmlNode *first = map_get(s->p->ids, id, len);
    if (!first) {
        map_put(s->p->ids, id, len, n);
        return;
    }
    if (!s->marked)
        return;
    Place place = xml_attr_place(s->p->xml, n, attribute);
    Finding *f = diag_add(s->d, DIAG_id_twice, &place, id, (char *)NULL);
    place = xml_spot(s->p->xml, first, attribute);
    diag_note(f, &place, diag_text(DIAG_id_first)->text[diags_lang(s->d)]);
    project_error(s->p, attribute);
}

static bool collect(void *data, xmlNode *n, const ModelElement *e, const ModelElement *parent)
{
    Ids *s = data;
    (void)parent;
    for (const xmlAttr *a = n->properties; a; a = a->next) {
        const char *name = (const char *)a->name, *value;
        const ProjectField *f = e && !a->ns ? model_attribute(e->type, name) : NULL;
        bool id = s->marked ? f && f->id : str_equal(name, "id");
        value = a->children ? (const char *)a->children->content : "";
        if (id && value[0])
            add(s, n, name, value);
    }
    return true;
}

/* ---- references ---- */

static bool wanted(const ProjectField *f, const xmlNode *n)
{
    for (size_t i = 0; i < f->n_target; i++)
        if (str_equal(f->target[i], "*") || str_equal(f->target[i], (const char *)n->name))
            return true;
    return false;
}

/* "member, representative" */
static char *target_names(Arena *a, const ProjectField *f)
{
    const char *list = f->target[0];
    for (size_t i = 1; i < f->n_target; i++)
        list = arena_format(a, "%s, %s", list, f->target[i]);
    return arena_str(a, list);
}

static bool remember(void *data, xmlNode *n, const ModelElement *e, const ModelElement *parent)
{
    Ids *s = data;
    (void)parent;
    for (const xmlAttr *a = n->properties; e && a; a = a->next) {
        const ProjectField *f = a->ns ? NULL : model_attribute(e->type, (const char *)a->name);
        if (f && f->id && a->children)
            vec_push(&s->known, (Known){ n, (const char *)a->children->content });
    }
    return true;
}

/* u12 and u13 are neighbours, not a slip of the pen: something besides digits must differ. */
static bool digits_apart(const char *a, const char *b)
{
    for (;; a++, b++) {
        while (*a >= '0' && *a <= '9')
            a++;
        while (*b >= '0' && *b <= '9')
            b++;
        if (*a != *b)
            return false;
        if (!*a)
            return true;
    }
}

static const char *suggest(Ids *s, const ProjectField *f, const char *id)
{
    const char *found = NULL;
    int best = NEAR_MOST + 1;
    if (s->suggested++ >= SUGGESTIONS)
        return NULL;
    if (!s->known.n)
        model_walk(s->p->schema->model, project_root(s->p), remember, s);
    for (size_t i = 0; i < s->known.n; i++) {
        const Known *k = &s->known.p[i];
        int distance = wanted(f, k->node) && !digits_apart(k->id, id) ? near_distance(k->id, id)
                                                                      : best;
        if (distance < best) {
            best = distance;
            found = k->id;
        }
    }
    return found;
}

/* A reference that is personal data is not quoted. */
static void resolve(Ids *s, const xmlNode *n, const char *attribute, const ProjectField *f,
                    const char *id)
{
    xmlNode *target = map_get(s->p->ids, id, strlen(id));
    if (target && wanted(f, target))
        return;
    Arena *a = arena_new();
    const char *names = target_names(a, f), *shown = f->personal ? "***" : id;
    Place place = xml_attr_place(s->p->xml, n, attribute);
    if (target) {
        Finding *found = diag_add(s->d, DIAG_ref_kind, &place, attribute, names, shown,
                                  (const char *)target->name, (char *)NULL);
        place = xml_spot(s->p->xml, target, NULL);
        diag_note(found, &place, diag_text(DIAG_ref_target)->text[diags_lang(s->d)]);
    } else {
        const char *near = f->personal ? NULL : suggest(s, f, id);
        diag_add(s->d, near ? DIAG_ref_unknown_near : DIAG_ref_unknown, &place, attribute, names,
                 shown, near, (char *)NULL);
    }
    project_error(s->p, attribute);
    arena_free(a);
}

/* One reference, or several separated by white space. */
static void resolve_list(Ids *s, const xmlNode *n, const char *attribute, const ProjectField *f,
                         const char *list)
{
    static const char space[] = " \t\r\n";
    for (list += strspn(list, space); *list; list += strspn(list, space)) {
        size_t len = strcspn(list, space);
        char *id = mem_dup(list, len);
        resolve(s, n, attribute, f, id);
        free(id);
        list += len;
    }
}

static bool look(void *data, xmlNode *n, const ModelElement *e, const ModelElement *parent)
{
    Ids *s = data;
    (void)parent;
    for (const xmlAttr *a = n->properties; e && a; a = a->next) {
        const ProjectField *f = a->ns ? NULL : model_attribute(e->type, (const char *)a->name);
        if (f && f->n_target && a->children && a->children->content)
            resolve_list(s, n, (const char *)a->name, f, (const char *)a->children->content);
    }
    return true;
}

/* Without a schema: every element, with no declarations. */
static void walk_plain(Ids *s)
{
    xmlNode *root = project_root(s->p);
    for (xmlNode *n = root; n; ) {
        if (n->type == XML_ELEMENT_NODE)
            collect(s, n, NULL, NULL);
        if (n->children) {
            n = n->children;
            continue;
        }
        while (n != root && !n->next)
            n = n->parent;
        n = n == root ? NULL : n->next;
    }
}

void project_resolve(Project *p, Diags *d)
{
    const Model *m = p->schema->model;
    Ids s = { .p = p, .d = d, .marked = m && model_marks_ids(m) };
    if (!s.marked) {
        walk_plain(&s);
        return;
    }
    model_walk(m, project_root(p), collect, &s);
    model_walk(m, project_root(p), look, &s);
    vec_free(&s.known);
}
