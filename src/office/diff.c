/* SPDX-License-Identifier: MIT */
/* What changed between two descriptions, in words, and which papers that touches.  Personal data
 * are named by their headings, never shown. */
#include "internal.h"

#include <stdlib.h>
#include <string.h>

typedef struct {
    Arena *arena;
    Lang lang;
    const Schema *words;
    const ProjectSchema *schema;
    xmlNode *before, *after;    /* roots */
    Map *old_ids, *new_ids;
    Map *dirty;                 /* ids of what changed */
    bool everything;            /* something changed that stands on every paper */
    Buf *out;
} Diff;

/* ---- names ---- */

static const struct { const char *element, *pl[3], *en[2]; } names[] = {
    { "participant", { "uczestnik", "uczestnika", "uczestników" },
      { "participant", "participants" } },
    { "course", { "kurs", "kurs", "kursy" }, { "course", "courses" } },
    { "class", { "zajęcia", "zajęcia", "zajęcia" }, { "class", "classes" } },
    { "completion", { "ukończenie", "ukończenie", "ukończenia" },
      { "completion", "completions" } },
    { "certificate", { "zaświadczenie", "zaświadczenie", "zaświadczenia" },
      { "certificate", "certificates" } },
    { "contract", { "kontrakt", "kontrakt", "kontrakty" }, { "contract", "contracts" } },
    { "agreement", { "umowa", "umowę", "umowy" }, { "agreement", "agreements" } },
    { "member", { "osoba z zespołu", "osobę z zespołu", "osoby z zespołu" },
      { "team member", "team members" } },
    { "organisation", { "organizacja", "organizację", "organizacje" },
      { "organisation", "organisations" } },
    { "instrument", { "instrument", "instrument", "instrumenty" },
      { "instrument", "instruments" } },
    { "group", { "grupa", "grupę", "grupy" }, { "group", "groups" } },
    { "representative", { "osoba reprezentująca", "osobę reprezentującą", "osoby reprezentujące" },
      { "representative", "representatives" } },
    { "targetGroup", { "grupa docelowa", "grupę docelową", "grupy docelowe" },
      { "target group", "target groups" } },
    { "goal", { "cel", "cel", "cele" }, { "goal", "goals" } },
    { "indicator", { "wskaźnik", "wskaźnik", "wskaźniki" }, { "indicator", "indicators" } },
    { "source", { "źródło finansowania", "źródło finansowania", "źródła finansowania" },
      { "source of money", "sources of money" } },
    { "task", { "zadanie", "zadanie", "zadania" }, { "task", "tasks" } },
    { "edition", { "edycja", "edycję", "edycje" }, { "edition", "editions" } },
    { "path", { "ścieżka", "ścieżkę", "ścieżki" }, { "path", "paths" } },
    { "session", { "spotkanie", "spotkanie", "spotkania" }, { "session", "sessions" } },
    { "sum", { "suma", "sumę", "sumy" }, { "sum", "sums" } },
    { "support", { "wsparcie", "wsparcie", "wsparcie" }, { "support", "support" } },
    { "result", { "rezultat", "rezultat", "rezultaty" }, { "result", "results" } },
    { "text", { "tekst", "tekst", "teksty" }, { "text", "texts" } },
    { "photo", { "zdjęcie", "zdjęcie", "zdjęcia" }, { "photo", "photos" } },
    { "report", { "wersja sprawozdania", "wersję sprawozdania", "wersje sprawozdania" },
      { "version of the report", "versions of the report" } },
    { "consent", { "zgoda", "zgodę", "zgody" }, { "consent", "consents" } },
    { "note", { "uwaga", "uwagę", "uwagi" }, { "note", "notes" } },
    { "project", { "projekt", "projekt", "projekty" }, { "project", "projects" } },
    { "event", { "wydarzenie", "wydarzenie", "wydarzenia" }, { "event", "events" } },
};

typedef enum { WHO_IS, WHOM, MANY } Form;

static const char *name_of(const Diff *d, const char *element, Form f)
{
    for (size_t i = 0; i < COUNT(names); i++)
        if (!strcmp(names[i].element, element))
            return d->lang ? names[i].pl[f] : names[i].en[f == MANY];
    return element;
}

/* The number or the name where it is nobody's; otherwise the id. */
static const char *title_of(const Diff *d, const xmlNode *n)
{
    static const char *const shown[] = { "number", "name" };
    for (size_t i = 0; i < COUNT(shown); i++) {
        const ProjectField *f = project_schema_field(d->schema, (const char *)n->name, shown[i]);
        const char *v = xml_attr(n, shown[i]);
        if (v && f && !f->personal)
            return i ? arena_format(d->arena, d->lang ? "„%s”" : "“%s”", v) : v;
    }
    return elem_attr(n, "id");
}

static const char *label_of(const Diff *d, const xmlNode *n, const char *attribute)
{
    const SchemaField *f = schema_field(schema_type(d->words, (const char *)n->name), attribute);
    if (!f)
        f = schema_field(schema_type(d->words, "provenance"), attribute);
    return f ? f->label[d->lang] : attribute;
}

static const char *child_label(const Diff *d, const xmlNode *n)
{
    const SchemaType *t = schema_type(d->words, (const char *)n->parent->name);
    for (size_t i = 0; t && i < t->child.n; i++)
        if (!strcmp(t->child.p[i].name, (const char *)n->name))
            return t->child.p[i].label[d->lang];
    return (const char *)n->name;
}

/* ---- one element in both ---- */

/* A value as an office says it; "–" for none. */
static const char *said(const Diff *d, const ProjectField *f, const char *value)
{
    const char *word = value && d->lang == LANG_PL && f->type ? words_word(d->arena, f->type, value)
                                                              : NULL;
    return word ? word : value ? value : "–";
}

static void say_attribute(const Diff *d, const xmlNode *n, const char *name, const char *before,
                          const char *after, Buf *b)
{
    const ProjectField *f = project_schema_field(d->schema, (const char *)n->name, name);
    buf_format(b, "%s%s", b->n ? ", " : "", label_of(d, n, name));
    if (!f || f->personal)
        return;
    buf_format(b, " (%s → %s)", said(d, f, before), said(d, f, after));
}

static void compare_attributes(const Diff *d, const xmlNode *x, const xmlNode *y, Buf *b)
{
    for (const xmlAttr *a = x->properties; a; a = a->next) {
        const char *name = (const char *)a->name, *v = xml_attr(y, name);
        if (!str_equal(xml_attr(x, name), v))
            say_attribute(d, y, name, xml_attr(x, name), v, b);
    }
    for (const xmlAttr *a = y->properties; a; a = a->next)
        if (!xml_attr(x, (const char *)a->name))
            say_attribute(d, y, (const char *)a->name, NULL, xml_attr(y, (const char *)a->name), b);
}

/* Children without an id are compared one by one; the first that differs names the difference. */
static void compare_children(const Diff *d, const xmlNode *x, const xmlNode *y, Buf *b)
{
    const xmlNode *p = elem_first(x, NULL), *q = elem_first(y, NULL);
    const char *said = "";
    while (p || q) {
        bool same_name = p && q && !xmlStrcmp(p->name, q->name);
        const xmlNode *n = same_name || q ? q : p;
        if (same_name && (xml_attr(p, "id") || edit_same(p, q))) {
            p = elem_next(p, NULL);
            q = elem_next(q, NULL);
            continue;
        }
        if (!xml_attr(n, "id") && strcmp(said, child_label(d, n))) {
            said = child_label(d, n);
            buf_format(b, "%s%s", b->n ? ", " : "", said);
        }
        if (same_name || p)
            p = elem_next(p, NULL);
        if (same_name || (q && n == q))
            q = elem_next(q, NULL);
    }
}

static bool has_text(const xmlNode *n)
{
    return !elem_first(n, NULL) && n->children;
}

/* False: nothing changed. */
static bool say(Diff *d, const xmlNode *n, const Buf *changes)
{
    const char *id = xml_attr(n, "id");
    const char *what = id ? name_of(d, (const char *)n->name, WHO_IS) : child_label(d, n);
    if (!changes->n)
        return false;
    buf_format(d->out, "%s%s%s", what, id ? " " : "", id ? title_of(d, n) : "");
    buf_format(d->out, d->lang ? ", zmieniono: %s\n" : ", changed: %s\n", changes->p);
    return true;
}

static void compare(Diff *d, const xmlNode *x, const xmlNode *y, bool paper)
{
    Buf b = {0};
    const char *id = xml_attr(y, "id");
    compare_attributes(d, x, y, &b);
    if (y != d->after)
        compare_children(d, x, y, &b);
    if ((has_text(x) || has_text(y)) && strcmp(elem_text(x, d->arena), elem_text(y, d->arena)))
        buf_format(&b, "%s%s", b.n ? ", " : "", d->lang ? "treść" : "text");
    if (say(d, y, &b)) {
        if (id)
            map_put(d->dirty, id, strlen(id), d);
        d->everything |= !paper;
    }
    buf_free(&b);
}

/* ---- all elements ---- */

static Map *ids_of(Arena *a, xmlNode *root)
{
    Map *m = map_new(a);
    for (xmlNode *n = root; n; n = elem_walk(n, root)) {
        const char *id = xml_attr(n, "id");
        if (id)
            map_put(m, id, strlen(id), n);
    }
    return m;
}

/* Completions are told by course; parts of a paper with the paper. */
static bool is_listed(const xmlNode *n)
{
    return xml_attr(n, "id") && !elem_is(n, "completion") && !elem_is(n, "project") &&
           !elem_is(n->parent, "contract");
}

enum { NAMED = 5 };                     /* of each kind, then they are only counted */

static void say_some(Diff *d, const char *element, bool added, const Buf *titles, size_t n)
{
    const char *verb = d->lang ? added ? "dodano" : "usunięto" : added ? "added" : "deleted";
    if (n > NAMED)
        buf_format(d->out, "%s %s: %zu\n", verb, name_of(d, element, MANY), n);
    else if (n)
        buf_format(d->out, "%s %s %s\n", verb, name_of(d, element, n > 1 ? MANY : WHOM),
                   titles->p);
}

/* What one tree has and the other has not, by kind. */
static void say_missing(Diff *d, xmlNode *root, const Map *other, bool added)
{
    Map *done = map_new(d->arena);
    for (xmlNode *n = root; n; n = elem_walk(n, root)) {
        const char *element = (const char *)n->name;
        if (!is_listed(n) || map_get(done, element, strlen(element)))
            continue;
        map_put(done, element, strlen(element), d);
        Buf titles = {0};
        size_t count = 0;
        for (xmlNode *k = n; k; k = elem_walk(k, root)) {
            const char *id = elem_attr(k, "id");
            if (!elem_is(k, element) || !is_listed(k) || map_get(other, id, strlen(id)))
                continue;
            map_put(d->dirty, id, strlen(id), d);
            if (count++ < NAMED)
                buf_format(&titles, "%s%s", count > 1 ? ", " : "", title_of(d, k));
        }
        say_some(d, element, added, &titles, count);
        buf_free(&titles);
    }
}

static void say_changed(Diff *d)
{
    for (xmlNode *n = d->after; n; n = elem_walk(n, d->after)) {
        const char *id = xml_attr(n, "id");
        const xmlNode *old = id ? map_get(d->old_ids, id, strlen(id)) : NULL;
        if (n == d->after)
            compare(d, d->before, n, true);
        else if (old)
            compare(d, old, n, !elem_is(n, "organisation") && !elem_is(n, "representative"));
        else if (!id && n->parent == d->after && !elem_is(n, "participants") &&
                 elem_first(d->before, (const char *)n->name))
            compare(d, elem_first(d->before, (const char *)n->name), n,
                    !elem_is(n, "title") && !elem_is(n, "programme") && !elem_is(n, "documents"));
    }
}

/* ---- completions, by course ---- */

static size_t count_completions(const xmlNode *root, const char *course)
{
    size_t n = 0;
    for (const xmlNode *c = elem_first(elem_first(root, "completions"), "completion"); c;
         c = elem_next(c, "completion"))
        n += !strcmp(elem_attr(c, "courseRef"), course);
    return n;
}

static void say_completions(Diff *d)
{
    for (xmlNode *n = elem_first(elem_first(d->after, "courses"), "course"); n;
         n = elem_next(n, "course")) {
        const char *id = elem_attr(n, "id");
        size_t x = count_completions(d->before, id), y = count_completions(d->after, id);
        if (x != y)
            buf_format(d->out, d->lang ? "ukończenia kursu %s: %zu → %zu\n"
                                       : "completions of %s: %zu → %zu\n", title_of(d, n), x, y);
    }
}

/* ---- papers ---- */

enum { DEEPEST = 8 };                   /* certificate, completion, course, provider ... */

static bool touches(const Diff *d, const xmlNode *n, int depth);

static bool refers(const Diff *d, const xmlNode *n, int depth)
{
    for (const xmlAttr *a = n->properties; a; a = a->next) {
        const ProjectField *f = project_schema_field(d->schema, (const char *)n->name,
                                                     (const char *)a->name);
        const char *s = f && f->n_target && a->children ? (const char *)a->children->content : "";
        for (s += strspn(s, " "); *s; s += strspn(s, " ")) {
            size_t len = strcspn(s, " ");
            const xmlNode *to = map_get(d->new_ids, s, len);
            if (map_get(d->dirty, s, len) || (to && touches(d, to, depth + 1)))
                return true;
            s += len;
        }
    }
    return false;
}

static bool touches(const Diff *d, const xmlNode *n, int depth)
{
    const char *id = xml_attr(n, "id");
    if (depth > DEEPEST || (id && map_get(d->dirty, id, strlen(id))))
        return depth <= DEEPEST;
    for (const xmlNode *k = n; k; k = elem_walk(k, n))
        if (refers(d, k, depth))
            return true;
    return false;
}

static void say_papers(Diff *d)
{
    static const struct { const char *list, *element; } papers[] = {
        { "contracts", "contract" }, { "agreements", "agreement" },
        { "certificates", "certificate" },
    };
    buf_str(d->out, d->lang ? "Dotyczy dokumentów: sprawozdanie, listy i ewidencje\n"
                            : "Documents touched: report, lists and registers\n");
    for (size_t i = 0; i < COUNT(papers); i++) {
        Buf b = {0};
        size_t n = 0, all = 0;
        const xmlNode *list = elem_first(d->after, papers[i].list);
        for (const xmlNode *p = elem_first(list, papers[i].element); p;
             p = elem_next(p, papers[i].element), all++)
            if ((d->everything || touches(d, p, 0)) && n++ < 4 * NAMED)
                buf_format(&b, "%s%s", b.n ? ", " : "", title_of(d, p));
        if (n > 4 * NAMED)
            buf_format(d->out, d->lang ? "  %s: %zu z %zu\n" : "  %s: %zu of %zu\n",
                       name_of(d, papers[i].element, MANY), n, all);
        else if (n)
            buf_format(d->out, "  %s: %s\n", name_of(d, papers[i].element, MANY), b.p);
        buf_free(&b);
    }
}

/* ---- */

void diff_trees(xmlNode *before, xmlNode *after, const Schema *words, const ProjectSchema *schema,
                Lang lang, Buf *out)
{
    Diff d = { .arena = arena_new(), .lang = lang, .words = words, .schema = schema,
               .before = before, .after = after, .out = out };
    size_t start = out->n;
    d.old_ids = ids_of(d.arena, before);
    d.new_ids = ids_of(d.arena, after);
    d.dirty = map_new(d.arena);
    say_missing(&d, after, d.old_ids, true);
    say_missing(&d, before, d.new_ids, false);
    say_completions(&d);
    say_changed(&d);
    if (out->n > start)
        say_papers(&d);
    else
        buf_str(out, lang ? "Bez zmian.\n" : "No changes.\n");
    arena_free(d.arena);
}

bool office_diff(const char *before, const char *after, Buf *out, Diags *d)
{
    Office *x = office_open(before, d), *y = x ? office_open(after, d) : NULL;
    if (y)
        diff_trees(x->root, y->root, &y->words, y->schema, diags_lang(d), out);
    bool ok = y != NULL;
    office_free(x);
    office_free(y);
    return ok;
}

void office_changes(Office *o, Buf *out)
{
    Diags *quiet = diags_new(diags_lang(o->d));
    const ProjectOptions options = { .schema = o->schema };
    Project *p = project_load(o->target, &options, quiet);
    if (p)
        diff_trees(project_root(p), o->root, &o->words, o->schema, diags_lang(o->d), out);
    project_free(p);
    diags_free(quiet);
}
