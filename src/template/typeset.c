/* SPDX-License-Identifier: MIT */
/* The rules of typography.c on paragraphs of a document: the text is looked at flat, over spans;
 * what changes is changed inside the node where it stands, so that styles stay where they were. */
#include "internal.h"

#include <stdlib.h>
#include <string.h>

static void flatten(const OdfNode *n, Buf *flat)
{
    for (size_t i = 0; i < n->n_kid; i++) {
        const OdfNode *k = n->kid[i];
        if (k->name == ODF_CHARACTERS)
            buf_put(flat, k->text, k->n_kid);
        else if (k->name == ODF_TEXT_S)
            buf_chr(flat, '\1');
        else if (k->name == ODF_TEXT_TAB)
            buf_chr(flat, '\t');
        else if (k->name == ODF_TEXT_LINE_BREAK)
            buf_chr(flat, '\n');
        else if (is_inline_group(k->name))
            flatten(k, flat);
        else if (!is_mark(k->name))
            buf_str(flat, "\xEF\xBF\xBC");
    }
}

typedef struct { Arena *a; const Edit *edit, *end; size_t at; } Setter;

static const OdfNode *set_characters(Setter *s, const OdfNode *n)
{
    size_t start = s->at, stop = s->at += n->n_kid;
    if (s->edit == s->end || s->edit->at >= stop)
        return n;
    Buf b = { 0 };
    size_t done = start;
    for (; s->edit < s->end && s->edit->at < stop; s->edit++) {
        buf_put(&b, n->text + (done - start), s->edit->at - done);
        buf_str(&b, s->edit->with);
        done = s->edit->at + s->edit->len;
    }
    buf_put(&b, n->text + (done - start), stop - done);
    OdfNode *made = odf_characters(s->a, b.p, b.n);
    made->origin = n->origin;
    buf_free(&b);
    return made;
}

static const OdfNode *set_kids(Setter *s, const OdfNode *n)
{
    const OdfNode **kid = NULL;
    for (size_t i = 0; i < n->n_kid && s->edit < s->end; i++) {
        const OdfNode *k = n->kid[i], *made = k;
        if (k->name == ODF_CHARACTERS)
            made = set_characters(s, k);
        else if (k->name == ODF_TEXT_S || k->name == ODF_TEXT_TAB || k->name == ODF_TEXT_LINE_BREAK)
            s->at++;
        else if (is_inline_group(k->name))
            made = set_kids(s, k);
        else if (!is_mark(k->name))
            s->at += 3;
        if (made == k)
            continue;
        if (!kid) {
            kid = ARENA_ARRAY(s->a, const OdfNode *, n->n_kid);
            memcpy(kid, n->kid, n->n_kid * sizeof *kid);
        }
        kid[i] = made;
    }
    if (!kid)
        return n;
    OdfNode *copy = odf_copy(s->a, n);
    copy->kid = (OdfNode *const *)kid;
    return copy;
}

const OdfNode *typeset(Arena *a, const OdfNode *paragraph, Buf *flat, EditList *edits)
{
    buf_clear(flat);
    edits->n = 0;
    flatten(paragraph, flat);
    if (flat->n)
        typography_find(flat->p, flat->n, edits);
    Setter s = { a, edits->p, edits->p + edits->n, 0 };
    return edits->n ? set_kids(&s, paragraph) : paragraph;
}

static const OdfNode *tree(Template *t, Arena *a, const OdfNode *n, Buf *flat, EditList *edits)
{
    if (n->name == ODF_CHARACTERS)
        return n;
    const OdfNode **kid = NULL;
    for (size_t i = 0; i < n->n_kid; i++) {
        const OdfNode *made = tree(t, a, n->kid[i], flat, edits);
        if (made == n->kid[i])
            continue;
        if (!kid) {
            kid = ARENA_ARRAY(a, const OdfNode *, n->n_kid);
            memcpy(kid, n->kid, n->n_kid * sizeof *kid);
        }
        kid[i] = made;
    }
    if (kid) {
        OdfNode *copy = odf_copy(a, n);
        copy->kid = (OdfNode *const *)kid;
        n = copy;
    }
    return is_paragraph(n->name) && is_polish(t, n) ? typeset(a, n, flat, edits) : n;
}

const OdfNode *typeset_tree(Template *t, Arena *a, const OdfNode *n)
{
    if (!t->typography)
        return n;
    Buf flat = { 0 };
    EditList edits = { 0 };
    const OdfNode *made = tree(t, a, n, &flat, &edits);
    buf_free(&flat);
    vec_free(&edits);
    return made;
}

const char *typeset_string(const Template *t, Arena *a, const char *text)
{
    EditList edits = { 0 };
    Buf b = { 0 };
    size_t done = 0;
    if (!t->typography || !str_starts(t->language, "pl"))
        return text;
    typography_find(text, strlen(text), &edits);
    for (size_t i = 0; i < edits.n; i++) {
        buf_put(&b, text + done, edits.p[i].at - done);
        buf_str(&b, edits.p[i].with);
        done = edits.p[i].at + edits.p[i].len;
    }
    buf_str(&b, text + done);
    const char *made = edits.n ? arena_dup(a, b.p, b.n) : text;
    buf_free(&b);
    vec_free(&edits);
    return made;
}
