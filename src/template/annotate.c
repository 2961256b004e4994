/* SPDX-License-Identifier: MIT */
/* A copy of a template with what was told of it as comments (office:annotation, ODF 1.3 part 3,
 * 14.1), each before the characters it is about.  Writer has comments in the body alone: what
 * belongs to a header, an included file or a property stands at the beginning, with its place. */
#include "internal.h"

#include <stdlib.h>
#include <string.h>

typedef struct {
    const OdfOrigin *origin;            /* the block; NULL: the first paragraph */
    uint32_t solid;                     /* bytes of its text before it but white space */
    const OdfNode *node;
    size_t number;
    bool placed;
} Comment;

typedef struct {
    const Template *t;
    Arena *a;
    Lang lang;
    VEC(Comment) comment;               /* by block and place in it */
    VEC(const OdfNode *) out;           /* a stack: nodes made and not yet in their parent */
    bool first;                         /* a paragraph was met */
    const OdfOrigin *table;             /* whose comments wait for its first paragraph */
} Writer;

/* A paragraph being copied: its comments in order, the next one, and the text before. */
typedef struct { VEC(const Comment *) due; size_t next; uint32_t solid; } Line;

/* ---- comments ---- */

static OdfNode *text_node(Writer *w, OdfName name, const char *text, size_t len)
{
    OdfNode *n = odf_element(w->a, name, 0, 1);
    odf_kids(n)[0] = odf_characters(w->a, text, len);
    return n;
}

static size_t count_lines(const char *s)
{
    size_t n = 1;
    for (; *s; s++)
        n += *s == '\n';
    return n;
}

/* The message, its notes and its hint, a line each; label: of another place than the comment's. */
static char *comment_text(Writer *w, const Remark *r, const char *label)
{
    static const char *const word[][2] = { { "info", "informacja" }, { "accepted", "przyjęte" },
                                           { "warning", "ostrzeżenie" }, { "error", "błąd" },
                                           { "error", "błąd" } };
    const DiagText *text = diag_text(r->id);
    Buf b = { 0 };
    if (label)
        buf_format(&b, "%s: ", label);
    buf_format(&b, "%s: ", word[text->sev][w->lang]);
    put_message(&b, text->text[w->lang], r->arg);
    for (const RemarkNote *n = r->note; n; n = n->next) {
        buf_format(&b, "\n%s", n->text);
        if (n->at)
            buf_format(&b, " (%s)", spot_place(n->at, w->lang).label);
    }
    if (text->hint[w->lang]) {
        buf_chr(&b, '\n');
        put_message(&b, text->hint[w->lang], r->arg);
    }
    char *s = arena_dup(w->a, b.p, b.n);
    buf_free(&b);
    return s;
}

static const OdfNode *annotation(Writer *w, const Remark *r, const char *label)
{
    const char *text = comment_text(w, r, label);
    OdfNode *n = odf_element(w->a, ODF_OFFICE_ANNOTATION, 0, 1 + count_lines(text));
    OdfNode **kid = odf_kids(n);
    *kid++ = text_node(w, ODF_DC_CREATOR, "skryba lint", strlen("skryba lint"));
    for (const char *s = text; *s; ) {
        size_t len = strcspn(s, "\n");
        *kid++ = text_node(w, ODF_TEXT_P, s, len);
        s += len + (s[len] == '\n');
    }
    n->n_kid = (uint32_t)(kid - odf_kids(n));
    return n;
}

static bool inside(const OdfNode *n, const OdfOrigin *origin)
{
    if (n->name == ODF_CHARACTERS)
        return false;
    for (size_t i = 0; i < n->n_kid; i++)
        if (n->kid[i]->origin == origin || inside(n->kid[i], origin))
            return true;
    return false;
}

static void add_comment(Writer *w, const Remark *r, size_t number)
{
    const Spot *s = r->spot;
    while (s->included && (!s->origin || s->origin->file != w->t->doc->file))
        s = s->included;
    bool body = s->origin && s->origin->file == w->t->doc->file && !s->origin->part &&
                inside(w->t->doc->body, s->origin);
    Place p = spot_place(r->spot, w->lang);
    const char *label = s == r->spot && body ? NULL : p.label ? arena_str(w->a, p.label) : NULL;
    vec_push(&w->comment, (Comment){ .origin = body ? s->origin : NULL,
                                     .solid = body ? s->solid : 0,
                                     .node = annotation(w, r, label), .number = number });
}

static int by_place(const void *a, const void *b)
{
    const Comment *x = a, *y = b;
    if (x->solid != y->solid)
        return x->solid < y->solid ? -1 : 1;
    return x->number < y->number ? -1 : x->number > y->number;
}

/* ---- the tree ---- */

static const OdfNode *copy_tree(Writer *w, const OdfNode *n);

static const OdfNode *with_kids(Writer *w, const OdfNode *n, size_t base)
{
    OdfNode *made = odf_copy(w->a, n);
    size_t count = w->out.n - base;
    const OdfNode **kid = ARENA_ARRAY(w->a, const OdfNode *, count + 1);
    if (count)
        memcpy(kid, w->out.p + base, count * sizeof *kid);
    made->kid = (OdfNode *const *)kid;
    made->n_kid = (uint32_t)count;
    w->out.n = base;
    return made;
}

static bool is_due(const Line *l)
{
    return l->next < l->due.n && l->due.p[l->next]->solid <= l->solid;
}

/* Characters, cut where a comment is due: before a byte that is no white space and begins a
 * character. */
static void put_characters(Writer *w, Line *l, const OdfNode *n)
{
    size_t from = 0;
    for (size_t i = 0; i < n->n_kid; i++) {
        unsigned char c = (unsigned char)n->text[i];
        if (c <= ' ')
            continue;
        if (is_due(l) && (c & 0xC0) != 0x80) {
            if (i > from)
                vec_push(&w->out, odf_characters(w->a, n->text + from, i - from));
            while (is_due(l))
                vec_push(&w->out, l->due.p[l->next++]->node);
            from = i;
        }
        l->solid++;
    }
    if (n->n_kid > from)
        vec_push(&w->out, odf_characters(w->a, n->text + from, n->n_kid - from));
}

static void put_text(Writer *w, Line *l, const OdfNode *n)
{
    for (size_t i = 0; i < n->n_kid; i++) {
        const OdfNode *k = n->kid[i], *made;
        if (k->name == ODF_CHARACTERS) {
            put_characters(w, l, k);
            continue;
        }
        size_t base = w->out.n;
        if (is_inline_group(k->name)) {
            put_text(w, l, k);
            made = with_kids(w, k, base);
        } else {
            made = copy_tree(w, k);
        }
        vec_push(&w->out, made);
    }
}

/* The comments of a paragraph, of the table that it begins, and those without a block. */
static void gather(Writer *w, const OdfNode *paragraph, Line *l)
{
    for (size_t i = 0; i < w->comment.n; i++) {
        Comment *c = &w->comment.p[i];
        bool here = c->origin ? c->origin == paragraph->origin || c->origin == w->table : !w->first;
        if (here && !c->placed)
            vec_push(&l->due, c);
        c->placed |= here;
    }
    w->first = true;
    w->table = NULL;
}

static const OdfNode *copy_paragraph(Writer *w, const OdfNode *n)
{
    Line l = { 0 };
    size_t base = w->out.n;
    gather(w, n, &l);
    put_text(w, &l, n);
    while (l.next < l.due.n)
        vec_push(&w->out, l.due.p[l.next++]->node);
    vec_free(&l.due);
    return with_kids(w, n, base);
}

static const OdfNode *copy_tree(Writer *w, const OdfNode *n)
{
    if (n->name == ODF_CHARACTERS || n->name == ODF_OFFICE_ANNOTATION)
        return n;
    if (is_paragraph(n->name))
        return copy_paragraph(w, n);
    if (n->name == ODF_TABLE_TABLE)
        w->table = n->origin;
    size_t base = w->out.n;
    for (size_t i = 0; i < n->n_kid; i++) {
        const OdfNode *made = copy_tree(w, n->kid[i]);
        vec_push(&w->out, made);
    }
    return with_kids(w, n, base);
}

bool template_annotate(const Template *t, const char *path, Diags *d)
{
    Writer w = { .t = t, .a = arena_new(), .lang = diags_lang(d) };
    const OdfWriteOptions o = { .generator = "skryba" };
    OdfDoc doc = *t->doc;
    Buf bytes = { 0 };
    for (size_t i = 0; i < t->remarks.n; i++)
        add_comment(&w, t->remarks.p[i], i);
    if (w.comment.n)
        qsort(w.comment.p, w.comment.n, sizeof *w.comment.p, by_place);
    doc.body = copy_tree(&w, t->doc->body);
    bool good = odf_write_flat(&doc, &o, &bytes, d) && output_write(path, bytes.p, bytes.n, d);
    buf_free(&bytes);
    vec_free(&w.comment);
    vec_free(&w.out);
    arena_free(w.a);
    return good;
}
