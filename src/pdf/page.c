/* SPDX-License-Identifier: MIT */
/* A page: its content stream, dictionary, links and what the trees say of it. */
#include "internal.h"

#include <string.h>

/* ---- labels (ISO 32000-1, 12.4.2) ---- */

/* The number that a label is, -1: it is none, or not written plainly. */
static int64_t plain_number(const char *s)
{
    int64_t v = 0;
    if (*s < '1' || *s > '9' || strlen(s) > 9)
        return -1;
    for (; *s; s++) {
        if (*s < '0' || *s > '9')
            return -1;
        v = v * 10 + (*s - '0');
    }
    return v;
}

static Buf *label_entry(PdfFile *f, uint32_t page)
{
    char key[24];
    snprintf(key, sizeof key, "%u", page);
    pdf_tree_key(&f->labels, key);
    return &f->labels.leaf;
}

/* A range of labels lasts until another begins; the file begins with 1, 2, 3.  Entries are written
 * from the first page on whose label differs from its number. */
void pdf_label(PdfFile *f, const char *label)
{
    uint32_t page = f->n_pages;
    int64_t number = label ? plain_number(label) : (int64_t)page + 1;
    if (number > 0 && number - page == f->label_shift)
        return;
    if (!f->labelled && page)
        pdf_str(label_entry(f, 0), "<</S/D>>");
    f->labelled = true;
    f->label_shift = number > 0 ? number - page : INT64_MIN;
    Buf *b = label_entry(f, page);
    if (number > 0) {
        pdf_str(b, "<</S/D/St ");
        pdf_int(b, (uint64_t)number);
    } else {
        pdf_str(b, "<</P");
        pdf_text(b, label);
    }
    pdf_str(b, ">>");
}

/* ---- the parent tree (14.7.4.4) ---- */

static uint32_t new_key(PdfFile *f)
{
    char key[24];
    snprintf(key, sizeof key, "%u", f->next_key);
    pdf_tree_key(&f->parents, key);
    return f->next_key++;
}

static uint32_t page_key(PdfFile *f, const PdfContent *c)
{
    uint32_t key = new_key(f);
    Buf *b = &f->parents.leaf;
    pdf_chr(b, '[');
    for (size_t i = 0; i < c->content.n; i++) {
        if (i)
            pdf_chr(b, ' ');
        pdf_ref(b, c->content.p[i]);
    }
    pdf_chr(b, ']');
    return key;
}

/* ---- links ---- */

static const char *link_text(const LayoutLink *link)
{
    if (link->text && *link->text)
        return link->text;
    return link->uri ? link->uri : "→";
}

static void write_link(PdfAdd *a, const PdfContent *c, uint32_t i)
{
    PdfFile *f = a->f;
    const LayoutLink *link = &c->p->link.p[i];
    int64_t x = (int64_t)link->x * TWIP, y = ((int64_t)c->p->height - link->y) * TWIP;
    uint32_t key = new_key(f);
    Buf uri = {0}, *tail = &f->dict;
    pdf_ref(&f->parents.leaf, link->node->object);
    pdf_chr(&f->parents.leaf, ' ');
    buf_clear(tail);
    pdf_str(tail, "/Rect[");
    pdf_numbers(tail, (int64_t[]){ x, y - (int64_t)link->h * TWIP, x + (int64_t)link->w * TWIP, y },
                4);
    pdf_str(tail, "]/Contents");
    pdf_text(tail, link_text(link));
    if (!link->uri) {
        const LayoutPage *to = a->l->page.p[link->to_page];
        pdf_str(tail, "/Dest[");
        pdf_ref(tail, a->first_page + link->to_page);
        pdf_str(tail, "/XYZ 0 ");
        pdf_number(tail, ((int64_t)to->height - link->to_y) * TWIP);
        pdf_str(tail, " 0]");
    } else if (!pdf_uri(&uri, link->uri)) {
        buf_clear(&uri);        /* pdf_check() has refused it */
    }
    pdf_haru_link(f, c->haru, a->first_link[c->page] + i, key, link->uri ? uri.p : NULL, tail);
    buf_free(&uri);
}

/* ---- the page itself ---- */

static void page_tail(PdfFile *f, const LayoutPage *p, uint32_t contents)
{
    Buf *b = &f->dict;
    int64_t box[4] = { 0, 0, (int64_t)p->width * TWIP, (int64_t)p->height * TWIP };
    buf_clear(b);
    pdf_str(b, "/Parent ");
    pdf_ref(b, f->leaf);
    pdf_str(b, "/Contents ");
    pdf_ref(b, contents);
    pdf_str(b, "/MediaBox[");
    pdf_numbers(b, box, 4);
    pdf_str(b, "]/TrimBox[");
    pdf_numbers(b, box, 4);
    pdf_chr(b, ']');
}

void pdf_leaf(PdfFile *f)
{
    if (!f->leaf)
        f->leaf = pdf_take(f, 1);
}

void pdf_page_done(PdfFile *f, uint32_t object, const char *label)
{
    if (f->piece) {
        pdf_piece_page(f, object, label);
        return;
    }
    pdf_label(f, label);
    vec_push(&f->leaf_kids, object);
    f->n_pages++;
    if (f->leaf_kids.n == SLICE_PAGES)
        pdf_pages_flush(f);
}

void pdf_page(PdfAdd *a, uint32_t page)
{
    PdfFile *f = a->f;
    const LayoutPage *p = a->l->page.p[page];
    pdf_leaf(f);
    PdfContent c = { .f = f,
                     .a = a,
                     .page = page,
                     .p = p,
                     .b = &f->content,
                     .scale = 100,
                     .opacity = 100,
                     .line_width = 1000,
                     .haru = pdf_haru_page(f, a->first_page + page) };
    buf_clear(c.b);
    pdf_content(&c);
    uint32_t contents = pdf_take(f, 1);
    buf_clear(&f->dict);
    pdf_stream(f, contents, &f->dict, c.b->p, c.b->n, PDF_DEFLATE_ONCE);
    uint32_t key = page_key(f, &c);
    for (uint32_t i = 0; i < p->link.n; i++)
        write_link(a, &c, i);
    page_tail(f, p, contents);
    pdf_haru_page_end(f, c.haru, key, &f->dict);
    vec_free(&c.content);
    pdf_page_done(f, a->first_page + page, p->label);
}

/* Ends the slice: its nodes of the page tree and of the trees kept beside it. */
void pdf_pages_flush(PdfFile *f)
{
    if (f->leaf) {
        Buf *b = pdf_object(f, f->leaf);
        buf_format(b, "<</Type/Pages/Parent %d 0 R/Count %zu/Kids[", OBJ_PAGES, f->leaf_kids.n);
        for (size_t i = 0; i < f->leaf_kids.n; i++) {
            pdf_ref(b, f->leaf_kids.p[i]);
            pdf_chr(b, ' ');
        }
        pdf_str(b, "]>>");
        pdf_object_end(f);
        vec_push(&f->leaves, f->leaf);
        f->leaf = 0;
        f->leaf_kids.n = 0;
    }
    pdf_tree_flush(f, &f->parents);
    pdf_tree_flush(f, &f->ids);
    pdf_tree_flush(f, &f->labels);
    pdf_haru_close(f);
}
