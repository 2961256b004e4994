/* SPDX-License-Identifier: MIT */
/* Cross-references (ODF 1.3 part 3, 7.7.5, 7.7.6) to the text of a mark, which filling may have
 * changed, and to its page, which is known when a pass has ended; the next prints it. */
#include "internal.h"

#include <string.h>

/* ---- pages ---- */

typedef struct {
    Map *page;                  /* name of a mark -> number of its page, as printed */
    Buf all;                    /* the same as text, to be compared */
} Marks;

static bool is_mark(OdfName name)
{
    return name == ODF_TEXT_BOOKMARK || name == ODF_TEXT_BOOKMARK_START ||
           name == ODF_TEXT_REFERENCE_MARK || name == ODF_TEXT_REFERENCE_MARK_START;
}

static void collect(Marks *m, const OdfNode *n, const char *label, int depth)
{
    enum { DEEPEST = 50 };
    for (uint32_t i = 0; n->name != ODF_CHARACTERS && depth < DEEPEST && i < n->n_kid; i++) {
        const OdfNode *k = n->kid[i];
        const char *name = is_mark(k->name) ? odf_attr(k, ODF_TEXT_NAME) : NULL;
        if (name) {
            map_put(m->page, name, strlen(name), (void *)label);
            buf_format(&m->all, "%s=%s;", name, label);
        }
        collect(m, k, label, depth + 1);
    }
}

static void find_marks(Marks *m, Fragment *const *f, size_t n, const char *label)
{
    for (size_t i = 0; i < n; i++)
        if (f[i]->kind != FRAGMENT_PARAGRAPH)
            find_marks(m, f[i]->kid, f[i]->n_kid, label);
        else if (f[i]->begins)
            collect(m, f[i]->block->node, label, 0);
}

static bool put_page(Ctx *c, const char *name, Buf *out)
{
    c->uses_refs = true;
    const char *page = c->ref_page ? map_get(c->ref_page, name, strlen(name)) : NULL;
    if (page)
        buf_str(out, page);
    return page != NULL;
}

/* ---- texts ---- */

typedef struct { const char *name; size_t from; } OpenMark;
typedef struct {
    Ctx *c;
    Buf text;                   /* of the paragraph so far */
    VEC(OpenMark) open;
} Texts;

static void end_mark(Texts *t, const char *name)
{
    for (size_t i = t->open.n; i--; )
        if (!strcmp(t->open.p[i].name, name)) {
            size_t from = t->open.p[i].from;
            const char *text = arena_dup(t->c->arena, t->text.p ? t->text.p + from : "",
                                         t->text.n - from);
            map_put(t->c->ref_text, name, strlen(name), (void *)text);
            return;
        }
}

static void read_texts(Texts *t, const OdfNode *n, int depth)
{
    enum { DEEPEST = 200 };
    for (uint32_t i = 0; n->name != ODF_CHARACTERS && depth < DEEPEST && i < n->n_kid; i++) {
        const OdfNode *k = n->kid[i];
        const char *name = k->name == ODF_CHARACTERS ? NULL : odf_attr(k, ODF_TEXT_NAME);
        if (k->name == ODF_CHARACTERS)
            buf_put(&t->text, k->text, k->n_kid);
        else if (k->name == ODF_TEXT_S)
            buf_chr(&t->text, ' ');
        else if (name && is_mark(k->name))
            vec_push(&t->open, (OpenMark){ name, t->text.n });
        else if (name && (k->name == ODF_TEXT_BOOKMARK_END ||
                          k->name == ODF_TEXT_REFERENCE_MARK_END))
            end_mark(t, name);
        else
            read_texts(t, k, depth + 1);
        if (k->name == ODF_TEXT_P || k->name == ODF_TEXT_H) {
            buf_clear(&t->text);        /* a mark over several paragraphs keeps its stored text */
            t->open.n = 0;
        }
    }
}

static bool put_text(Ctx *c, const char *name, Buf *out)
{
    if (!c->ref_text) {
        Texts t = { .c = c };
        c->ref_text = map_new(c->arena);
        read_texts(&t, c->doc->body, 0);
        buf_free(&t.text);
        vec_free(&t.open);
    }
    const char *text = map_get(c->ref_text, name, strlen(name));
    if (text)
        buf_str(out, text);
    return text != NULL;
}

/* ---- fields ---- */

bool refs_put(Ctx *c, const OdfNode *n, Buf *out)
{
    const char *name = odf_attr(n, ODF_TEXT_REF_NAME);
    const char *format = odf_attr(n, ODF_TEXT_REFERENCE_FORMAT);
    if (!name)
        return false;
    if (!format || !strcmp(format, "text"))
        return put_text(c, name, out);
    return !strcmp(format, "page") && put_page(c, name, out);
}

bool refs_update(Ctx *c, const Pages *pages)
{
    if (!c->uses_refs)
        return false;
    Marks m = { map_new(c->arena), {0} };
    for (size_t i = 0; i < pages->n; i++)
        find_marks(&m, pages->p[i]->body.fragment, pages->p[i]->body.n,
                   page_label(c, pages->p[i]));
    bool changed = !str_equal(c->ref_marks, m.all.p ? m.all.p : "");
    c->ref_marks = arena_str(c->arena, m.all.p ? m.all.p : "");
    c->ref_page = m.page;
    buf_free(&m.all);
    return changed;
}
