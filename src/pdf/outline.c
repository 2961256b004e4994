/* SPDX-License-Identifier: MIT */
/* Bookmarks (ISO 32000-1, 12.3.3).  The chain of the top level goes through all documents, so its
 * last item stays open until the next one has a number. */
#include "internal.h"

#include <string.h>

typedef struct { void *dict; uint32_t page; int32_t y; bool top; } Item;
typedef VEC(Item) Items;

static bool blank(const char *s)
{
    return !s || !s[strspn(s, " \t\n\r")];
}

/* An item becomes a kid of the last one with a lower level, whatever levels are left out. */
static void collect(PdfAdd *a, void *top, Items *items)
{
    struct { int level; void *dict; } path[12] = { { 0, top } };
    int depth = 0;
    for (size_t i = 0; i < a->l->heading.n; i++) {
        const LayoutHeading *h = &a->l->heading.p[i];
        int level = h->level < 1 ? 1 : h->level > 10 ? 10 : h->level;
        if (blank(h->title))
            continue;
        while (path[depth].level >= level)
            depth--;
        void *dict = pdf_haru_outline(a->f, path[depth].dict, h->title, true);
        vec_push(items, (Item){ dict, h->page, h->y, !depth && !a->f->o.parts });
        path[++depth].level = level;
        path[depth].dict = dict;
    }
}

static void print(PdfAdd *a, const Item *it, uint32_t before, Buf *out)
{
    Buf *tail = &a->f->dict;
    buf_clear(tail);
    if (before) {
        buf_str(tail, "/Prev ");
        pdf_ref(tail, before);
    }
    buf_str(tail, "/Dest[");
    pdf_ref(tail, a->first_page + it->page);
    buf_str(tail, "/XYZ 0 ");
    pdf_number(tail, ((int64_t)a->l->page.p[it->page]->height - it->y) * TWIP);
    buf_str(tail, " 0]");
    pdf_haru_print(a->f, it->dict, tail, out);
}

/* The open item ends, followed by next or by nothing. */
static void close_open(PdfFile *f, uint32_t next)
{
    if (!f->outline_open.n)
        return;
    Buf *b = pdf_object(f, f->outline_last);
    buf_put(b, f->outline_open.p, f->outline_open.n);
    if (next) {
        buf_str(b, "/Next ");
        pdf_ref(b, next);
    }
    buf_str(b, ">>");
    pdf_object_end(f);
    buf_clear(&f->outline_open);
}

static void write_items(PdfAdd *a, const Items *items)
{
    PdfFile *f = a->f;
    size_t last = 0;
    for (size_t i = 0; i < items->n; i++)
        if (items->p[i].top)
            last = i;
    uint32_t first = pdf_haru_number(items->p[0].dict);
    close_open(f, first);
    if (!f->outline_first)
        f->outline_first = first;
    for (size_t i = 0; i < items->n; i++) {
        const Item *it = &items->p[i];
        uint32_t before = i ? 0 : f->outline_last;
        if (i == last) {
            print(a, it, before, &f->outline_open);
            if (f->outline_open.n > 2)
                f->outline_open.n -= 2;         /* its >> */
            continue;
        }
        print(a, it, before, pdf_object(f, pdf_haru_number(it->dict)));
        pdf_object_end(f);
    }
    f->outline_last = pdf_haru_number(items->p[last].dict);
    f->outline_count += f->o.parts ? 1 : (uint32_t)items->n;
}

void pdf_outline(PdfAdd *a)
{
    Items items = {0};
    bool part = a->f->o.parts && !blank(a->l->title);
    void *top = part || a->l->heading.n ? pdf_haru_outline_root(a->f) : NULL;
    if (part) {
        top = pdf_haru_outline(a->f, top, a->l->title, false);
        vec_push(&items, (Item){ top, 0, 0, true });
    }
    if (part || !a->f->o.parts)
        collect(a, top, &items);
    if (items.n && items.p[0].dict)
        write_items(a, &items);
    vec_free(&items);
}

void pdf_outline_place(PdfFile *f, uint32_t number, const Buf *item)
{
    close_open(f, number);
    if (!f->outline_first)
        f->outline_first = number;
    buf_put(&f->outline_open, item->p, item->n);
    if (f->outline_last) {
        buf_str(&f->outline_open, "/Prev ");
        pdf_ref(&f->outline_open, f->outline_last);
    }
    f->outline_last = number;
    f->outline_count++;
}

void pdf_outline_end(PdfFile *f)
{
    close_open(f, 0);
    if (!f->outline_first)
        return;
    Buf *b = pdf_object(f, OBJ_OUTLINES);
    buf_str(b, "<</Type/Outlines/First ");
    pdf_ref(b, f->outline_first);
    buf_str(b, "/Last ");
    pdf_ref(b, f->outline_last);
    buf_format(b, "/Count %u>>", f->outline_count);
    pdf_object_end(f);
}
