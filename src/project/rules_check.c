/* SPDX-License-Identifier: MIT */
/* Asserts and reports: severity, subject, and the texts in both languages.
 *
 * The text of an assert is in the language that xml:lang says of it (or of an ancestor).  The
 * diagnostics it names say the rest, language by language: in another language than the assert's
 * the first one is the message; the next one is the remedy; one with skryba:at stands at other
 * nodes, as a note.  What has no language serves both. */
#include "rules_internal.h"

#include <string.h>

enum { NO_LANG = 2 };

static int lang_of(const xmlNode *n)
{
    for (; n && n->type == XML_ELEMENT_NODE; n = n->parent)
        for (const xmlAttr *a = n->properties; a; a = a->next)
            if (a->ns && str_equal((const char *)a->name, "lang") && a->children)
                return str_starts((const char *)a->children->content, "pl") ? LANG_PL : LANG_EN;
    return NO_LANG;
}

static const char *own_attr(const xmlNode *n, const char *name)
{
    for (const xmlAttr *a = n->properties; a; a = a->next)
        if (a->ns && str_equal((const char *)a->ns->href, RULES_NS) &&
            str_equal((const char *)a->name, name))
            return a->children ? (const char *)a->children->content : "";
    return NULL;
}

/* ---- texts ---- */

typedef struct { Loader *l; VEC(Piece) pieces; Buf text; bool space; } Writing;

static void flush(Writing *w)
{
    if (w->text.n)
        vec_push(&w->pieces, (Piece){ arena_dup(w->l->rules->arena, w->text.p, w->text.n), NULL });
    buf_clear(&w->text);
}

/* White space folds to one space, and goes at both ends. */
static void put_text(Writing *w, const char *s)
{
    for (; *s; s++) {
        bool space = strchr(" \t\r\n", *s);
        if (!space) {
            if (w->space && (w->pieces.n || w->text.n))
                buf_chr(&w->text, ' ');
            buf_chr(&w->text, *s);
        }
        w->space = space;
    }
}

static void put_value(Writing *w, const Formula *f)
{
    put_text(w, "");
    if (w->space && (w->pieces.n || w->text.n))
        buf_chr(&w->text, ' ');
    w->space = false;
    flush(w);
    vec_push(&w->pieces, (Piece){ NULL, f });
}

static void put_element(Writing *w, const xmlNode *n)
{
    static const char *const known[] = { "value-of", "name", "emph", "span", "dir" };
    Loader *l = w->l;
    if (!load_element(l, n, known, COUNT(known)))
        return;
    if (str_equal((const char *)n->name, "value-of")) {
        put_value(w, load_formula(l, n, "select"));
    } else if (str_equal((const char *)n->name, "name")) {
        const char *path = load_text(l, n, "path");
        const char *text = arena_format(l->rules->arena, "name(%s)", path ? path : "");
        Origin at = { l->file, n, NULL, 0 };
        put_value(w, load_piece(l, &at, text, strlen(text)));
    }
}

/* The next node of a text in document order; emph, span and dir are gone into. */
static const xmlNode *next_of_text(const xmlNode *n, const xmlNode *top)
{
    if (n->type == XML_ELEMENT_NODE && n->children)
        return n->children;
    while (n != top && !n->next)
        n = n->parent;
    return n == top ? NULL : n->next;
}

static Words load_words(Loader *l, const xmlNode *top)
{
    Writing w = { .l = l };
    Words words = {0};
    for (const xmlNode *n = top->children; n; n = next_of_text(n, top))
        if (n->type == XML_TEXT_NODE)
            put_text(&w, (const char *)n->content);
        else if (n->type == XML_ELEMENT_NODE)
            put_element(&w, n);
    flush(&w);
    words.piece = ARENA_ARRAY(l->rules->arena, Piece, w.pieces.n + 1);
    if (w.pieces.n)
        memcpy(words.piece, w.pieces.p, w.pieces.n * sizeof *words.piece);
    words.n = w.pieces.n;
    vec_free(&w.pieces);
    buf_free(&w.text);
    return words;
}

/* ---- diagnostics ---- */

static void add_note(Loader *l, Check *c, int lang, RuleNote note)
{
    RuleNote *more = ARENA_ARRAY(l->rules->arena, RuleNote, c->n_note[lang] + 1);
    if (c->n_note[lang])
        memcpy(more, c->note[lang], c->n_note[lang] * sizeof *more);
    more[c->n_note[lang]++] = note;
    c->note[lang] = more;
}

static void add_diagnostic(Loader *l, Check *c, const xmlNode *n, int own_lang, bool has[2])
{
    int lang = lang_of(n);
    Words words = load_words(l, n);
    const char *at = own_attr(n, "at");
    const Formula *place = NULL;
    if (at) {
        Origin o = { l->file, n, "skryba:at", 0 };
        place = load_piece(l, &o, at, strlen(at));
    }
    for (int i = LANG_EN; i <= LANG_PL; i++) {
        if (lang != NO_LANG && lang != i)
            continue;
        if (place) {
            add_note(l, c, i, (RuleNote){ place, words });
        } else if (lang != NO_LANG && own_lang != NO_LANG && own_lang != i && !has[i]) {
            c->message[i] = words;
            has[i] = true;
        } else {
            c->hint[i] = words;
        }
    }
}

static void add_diagnostics(Loader *l, Check *c, const xmlNode *n, const char *list)
{
    static const char space[] = " \t\r\n";
    int own_lang = lang_of(n);
    bool has[2] = { false, false };
    for (list += strspn(list, space); *list; list += strspn(list, space)) {
        size_t len = strcspn(list, space);
        const xmlNode *d = map_get(l->diagnostics, list, len);
        if (d)
            add_diagnostic(l, c, d, own_lang, has);
        else
            load_fault(l, DIAG_rules_reference, n, "diagnostics",
                       arena_dup(l->rules->arena, list, len));
        list += len;
    }
}

/* ---- an assert ---- */

static bool read_role(Loader *l, const xmlNode *n, const char *role, Severity *out)
{
    static const struct { const char *name; Severity sev; } known[] = {
        { "error", SEV_ERROR }, { "warning", SEV_WARNING }, { "info", SEV_INFO },
    };
    for (size_t i = 0; i < COUNT(known); i++)
        if (str_equal(role, known[i].name)) {
            *out = known[i].sev;
            return true;
        }
    load_fault(l, DIAG_rules_role, n, "role", role);
    return false;
}

/* The id before its first full stop: R25.children gives findings of R25. */
static const char *finding_id(Loader *l, const char *id)
{
    return arena_dup(l->rules->arena, id, strcspn(id, "."));
}

bool load_check(Loader *l, const xmlNode *n, const char *id, const char *role, const Let *lets,
                Check *c)
{
    const char *own_role = load_text(l, n, "role"), *own_id = xml_attr(n, "id");
    const char *list = xml_attr(n, "diagnostics");
    size_t faults = l->faults;
    c->number = l->rules->checks++;
    c->report = str_equal((const char *)n->name, "report");
    c->id = finding_id(l, own_id ? own_id : id);
    c->severity = SEV_ERROR;
    if (own_role || role)
        read_role(l, own_role ? n : n->parent, own_role ? own_role : role, &c->severity);
    c->test.formula = load_formula(l, n, "test");
    if (c->test.formula) {
        c->test.quick = load_quick(l, load_text(l, n, "test"));
        c->uses = load_uses(l, load_text(l, n, "test"), lets);
    }
    if (xml_attr(n, "subject"))
        c->subject = load_formula(l, n, "subject");
    else if (xml_attr(n->parent, "subject"))
        c->subject = load_formula(l, n->parent, "subject");
    c->message[LANG_EN] = c->message[LANG_PL] = load_words(l, n);
    if (!c->message[LANG_EN].n)
        load_fault(l, DIAG_schema_blank, n, NULL, (const char *)n->name);
    if (list)
        add_diagnostics(l, c, n, list);
    map_put(l->rules->ids, c->id, strlen(c->id), l->rules);
    return l->faults == faults;
}
