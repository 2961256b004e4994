/* SPDX-License-Identifier: MIT */
/* A file from beginning to end: documents come one after another, the trees are closed last. */
#include "internal.h"

#include <stdlib.h>
#include <string.h>

enum { LONG_PAGES = 16 };       /* from here on a thread is worth its start */

static const char *keep(Arena *a, const char *s)
{
    return s && *s ? arena_str(a, s) : NULL;
}

PdfFile *pdf_begin(Output *out, const PdfOptions *o)
{
    PdfFile *f = mem_new(sizeof *f);
    f->out = out;
    f->arena = arena_new();
    f->own_cache = !o->cache;
    f->cache = o->cache ? o->cache : pdf_cache_new();
    f->o = (PdfOptions){ .producer = keep(f->arena, o->producer),
                         .title = keep(f->arena, o->title),
                         .language = keep(f->arena, o->language),
                         .subject = keep(f->arena, o->subject),
                         .date = keep(f->arena, o->date),
                         .parts = o->parts, .duplex = o->duplex, .beside = o->beside };
    f->next = OBJ_FIRST;
    f->label_shift = 1;
    f->parents.kind = f->labels.kind = "Nums";
    f->ids.kind = "Names";
    if (out)
        pdf_header(f);
    return f;
}

/* Numbers for pages, links and nodes, so that all can point to each other. */
static void number(PdfAdd *a)
{
    PdfFile *f = a->f;
    a->first_page = pdf_take(f, (uint32_t)a->l->page.n);
    a->first_link = ARENA_ARRAY(a->arena, uint32_t, a->l->page.n);
    for (size_t i = 0; i < a->l->page.n; i++)
        a->first_link[i] = pdf_take(f, (uint32_t)a->l->page.p[i]->link.n);
    for (size_t i = 0; i < a->node.n; i++) {
        LayoutNode *n = a->node.p[i];
        if (pdf_tag_silent(a, n))
            n->object = n->parent->object;      /* which has its number: it comes before */
        else
            n->object = !i && !f->o.parts ? OBJ_DOCUMENT : pdf_take(f, 1);
    }
    if (f->o.parts)
        vec_push(&f->parts, a->l->root->object);
}

/* The numbers a document will need at most, by a generous guess for what is met on the way. */
static bool has_room(const PdfFile *f, const PdfAdd *a)
{
    uint64_t n =
        (f->piece ? 0 : f->next) + (uint64_t)a->node.n + 4 * (uint64_t)a->l->page.n
        + a->l->heading.n + 1000;
    for (size_t i = 0; i < a->l->page.n; i++)
        n += a->l->page.p[i]->link.n;
    return n + n / 1000 < PDF_OBJECTS_MAX;
}

/* What the options leave out is the first document's. */
void pdf_defaults(PdfFile *f, const char *title, const char *language)
{
    if (!f->o.title)
        f->o.title = keep(f->arena, title);
    if (!pdf_language_valid(f->o.language))
        f->o.language = keep(f->arena, language);
    if (!pdf_language_valid(f->o.language))
        f->o.language = "und";          /* BCP 47: not known */
}

static bool add(PdfAdd *a)
{
    PdfFile *f = a->f;
    if (!f->o.parts && f->n_docs) {
        pdf_finding(a, DIAG_pdf_internal, 0, "two documents");
        return false;
    }
    if (!pdf_check(a))
        return false;
    if (!has_room(f, a)) {
        diag_add(a->d, DIAG_pdf_objects, NULL, (char *)NULL);
        return false;
    }
    pdf_defaults(f, a->l->title, a->l->language);
    if (f->o.beside && !f->packer && !f->piece && a->l->page.n >= LONG_PAGES)
        f->packer = pdf_packer_new();
    number(a);
    for (uint32_t i = 0; i < a->l->page.n; i++)
        pdf_page(a, i);
    pdf_tags(a);
    pdf_outline(a);
    f->n_docs++;
    if (!pdf_haru_ok(f, a->d))
        f->failed = true;
    return !f->failed;
}

bool pdf_add(PdfFile *f, const LayoutDoc *l, Diags *d)
{
    PdfAdd a = { .f = f, .l = l, .d = d, .arena = arena_new() };
    bool ok = !f->failed && add(&a);
    for (size_t i = 0; i < a.node.n; i++)
        a.node.p[i]->object = 0;
    vec_free(&a.node);
    vec_free(&a.split);
    arena_free(a.arena);
    return ok;
}

/* ---- the end ---- */

static void page_root(PdfFile *f)
{
    Buf *b = pdf_object(f, OBJ_PAGES);
    buf_format(b, "<</Type/Pages/Count %u/Kids[", f->n_pages);
    for (size_t i = 0; i < f->leaves.n; i++) {
        pdf_ref(b, f->leaves.p[i]);
        buf_chr(b, ' ');
    }
    buf_str(b, "]>>");
    pdf_object_end(f);
}

static void structure_root(PdfFile *f)
{
    Buf *b;
    if (f->o.parts) {
        b = pdf_object(f, OBJ_DOCUMENT);
        buf_format(b, "<</S/Document/P %d 0 R/K[", OBJ_STRUCT_ROOT);
        for (size_t i = 0; i < f->parts.n; i++) {
            pdf_ref(b, f->parts.p[i]);
            buf_chr(b, ' ');
        }
        buf_str(b, "]>>");
        pdf_object_end(f);
    }
    b = pdf_object(f, OBJ_STRUCT_ROOT);
    buf_format(b, "<</Type/StructTreeRoot/K[%d 0 R]/ParentTreeNextKey %u/ParentTree", OBJ_DOCUMENT,
               f->next_key);
    pdf_tree_root(&f->parents, b);
    if (f->ids.kids.n) {
        buf_str(b, "/IDTree");
        pdf_tree_root(&f->ids, b);
    }
    buf_str(b, ">>");
    pdf_object_end(f);
}

bool pdf_end(PdfFile *f, Diags *d)
{
    bool ok = !f->failed;
    if (ok && !f->n_pages) {
        diag_add(d, DIAG_pdf_empty, NULL, (char *)NULL);
        ok = false;
    }
    if (ok) {
        if (!f->o.title) {
            diag_add(d, DIAG_pdf_title, NULL, (char *)NULL);
            f->o.title = str_starts(f->o.language, "pl") ? "Dokument" : "Document";
        }
        pdf_outline_end(f);
        ok = pdf_haru_ok(f, d);
        pdf_pages_flush(f);
        page_root(f);
        structure_root(f);
        pdf_catalog(f);
        pdf_objects_flush(f, PDF_DEFLATE);
        ok &= pdf_fonts_write(f, d);
        pdf_metadata(f);
        pdf_trailer(f);
    }
    pdf_abort(f);
    return ok;
}

void pdf_abort(PdfFile *f)
{
    if (!f)
        return;
    pdf_packer_free(f->packer);
    pdf_haru_close(f);
    pdf_fonts_free(f);
    if (f->own_cache)
        pdf_cache_free(f->cache);
    vec_free(&f->run);
    vec_free(&f->leaf_kids);
    vec_free(&f->leaves);
    vec_free(&f->parts);
    vec_free(&f->image);
    PdfTree *tree[] = { &f->parents, &f->ids, &f->labels };
    for (size_t i = 0; i < COUNT(tree); i++) {
        buf_free(&tree[i]->leaf);
        vec_free(&tree[i]->kids);
    }
    Buf *buf[] = { &f->head, &f->body, &f->packed, &f->dict, &f->content,
                   &f->start, &f->outline_open };
    for (size_t i = 0; i < COUNT(buf); i++)
        buf_free(buf[i]);
    arena_free(f->arena);
    free(f);
}
