/* SPDX-License-Identifier: MIT */
/* The structure tree (ISO 32000-1, 14.7 and 14.8): an element for each node of the layout. */
#include "internal.h"

#include <stdlib.h>
#include <string.h>

static int by_content(const void *a, const void *b)
{
    const PdfSplit *x = a, *y = b;
    if (x->page != y->page)
        return x->page < y->page ? -1 : 1;
    if (x->number != y->number)
        return x->number < y->number ? -1 : 1;
    return x->span_number < y->span_number ? -1 : x->span_number > y->span_number;
}

/* ---- attributes ---- */

static void list_attributes(Buf *b, const LayoutNode *n)
{
    static const char *const numbering[] = {
        [LIST_NONE] = "None", [LIST_DISC] = "Disc", [LIST_DECIMAL] = "Decimal",
        [LIST_LOWER_ALPHA] = "LowerAlpha", [LIST_UPPER_ALPHA] = "UpperAlpha",
        [LIST_LOWER_ROMAN] = "LowerRoman", [LIST_UPPER_ROMAN] = "UpperRoman",
    };
    buf_format(b, "/A<</O/List/ListNumbering/%s>>",
               n->numbering < COUNT(numbering) ? numbering[n->numbering] : "None");
}

static void key_int(Buf *b, const char *key, uint32_t v)
{
    pdf_str(b, key);
    pdf_int(b, v);
}

static void cell_attributes(Buf *b, const LayoutNode *n)
{
    static const char *const scope[] = {
        [SCOPE_NONE] = "/Scope/Column",
        [SCOPE_COLUMN] = "/Scope/Column",
        [SCOPE_ROW] = "/Scope/Row",
        [SCOPE_BOTH] = "/Scope/Both",
    };
    bool head = n->role == ROLE_TH;
    if (!head && n->row_span <= 1 && n->col_span <= 1)
        return;
    pdf_str(b, "/A<</O/Table");
    if (head)
        pdf_str(b, scope[n->scope < COUNT(scope) ? n->scope : 0]);
    if (n->row_span > 1)
        key_int(b, "/RowSpan ", n->row_span);
    if (n->col_span > 1)
        key_int(b, "/ColSpan ", n->col_span);
    pdf_str(b, ">>");
}

/* ISO 32000-1 14.8.5.6: a field that is printed, not filled in. */
static void field_attributes(Buf *b, const LayoutNode *n)
{
    static const char *const role[] = { [PRINT_CHECK_BOX] = "cb", [PRINT_RADIO_BUTTON] = "rb",
                                        [PRINT_PUSH_BUTTON] = "pb", [PRINT_TEXT] = "tv" };
    bool ticks = n->field == PRINT_CHECK_BOX || n->field == PRINT_RADIO_BUTTON;
    buf_format(b, "/A<</O/PrintField/Role/%s", role[n->field]);
    if (ticks)
        pdf_str(b, n->checked ? "/checked/on" : "/checked/off");
    if (n->alt && *n->alt) {
        pdf_str(b, "/Desc");
        pdf_text(b, n->alt);
    }
    pdf_str(b, ">>");
}

static bool inside_text(const LayoutNode *n)
{
    const LayoutNode *p = n->parent;
    return p
           && (p->role == ROLE_P || p->role == ROLE_SPAN || p->role == ROLE_LINK
               || p->role == ROLE_LBL || (p->role >= ROLE_H1 && p->role <= ROLE_H6));
}

static void figure_attributes(PdfAdd *a, Buf *b, const LayoutNode *n, const LayoutKid *first)
{
    const int32_t *x = n->box;
    buf_format(b, "/A<</O/Layout/Placement/%s", inside_text(n) ? "Inline" : "Block");
    if (first) {
        int64_t height = a->l->page.p[first->page]->height;
        pdf_str(b, "/BBox[");
        pdf_numbers(b,
                    (int64_t[]){ (int64_t)x[0] * TWIP, (height - x[3]) * TWIP, (int64_t)x[2] * TWIP,
                                 (height - x[1]) * TWIP },
                    4);
        pdf_chr(b, ']');
    }
    pdf_str(b, ">>");
}

/* A note's ID is unique in the file and grows, as the keys of a name tree must. */
static void note_id(PdfFile *f, Buf *b, const LayoutNode *n)
{
    char key[24];
    snprintf(key, sizeof key, "(n%08u)", ++f->next_note);
    buf_format(b, "/ID%s", key);
    pdf_tree_key(&f->ids, key);
    pdf_ref(&f->ids.leaf, n->object);
    pdf_chr(&f->ids.leaf, ' ');
}

static void texts(PdfAdd *a, Buf *b, const LayoutNode *n)
{
    if (n->alt && *n->alt) {
        pdf_str(b, "/Alt");
        pdf_text(b, n->alt);
    } else if ((n->role == ROLE_FIGURE || n->role == ROLE_FORMULA) && !n->actual) {
        pdf_str(b, "/Alt");
        pdf_text(b, str_starts(a->f->o.language, "pl") ? "Ilustracja" : "Picture");
    }
    if (n->actual) {
        pdf_str(b, "/ActualText");
        pdf_text(b, n->actual);
    }
    if (pdf_language_valid(n->language)) {
        pdf_str(b, "/Lang");
        pdf_ascii(b, n->language);
    }
}

/* ---- kids ---- */

typedef VEC(const LayoutKid *) Path;    /* where to go on above a silent node */

static void content_ref(PdfAdd *a, Buf *b, uint32_t page, uint32_t number, uint32_t own_page)
{
    if (page == own_page) {
        pdf_int(b, number);
        return;
    }
    key_int(b, "<</Type/MCR/MCID ", number);
    pdf_str(b, "/Pg ");
    pdf_ref(b, a->first_page + page);
    pdf_str(b, ">>");
}

/* Content and, where it was cut, the Spans in it with the rests after them. */
static void content_kid(PdfAdd *a, Buf *b, const LayoutKid *k, uint32_t own_page)
{
    content_ref(a, b, k->page, k->number, own_page);
    size_t low = 0, high = a->split.n;
    while (low < high) {
        size_t mid = (low + high) / 2;
        const PdfSplit *s = &a->split.p[mid];
        if (s->page < k->page || (s->page == k->page && s->number < k->number))
            low = mid + 1;
        else
            high = mid;
    }
    for (; low < a->split.n; low++) {
        const PdfSplit *s = &a->split.p[low];
        if (s->page != k->page || s->number != k->number)
            break;
        pdf_chr(b, ' ');
        pdf_ref(b, s->span);
        pdf_chr(b, ' ');
        content_ref(a, b, k->page, s->rest_number, own_page);
    }
}

static void link_kid(PdfAdd *a, Buf *b, const LayoutKid *k, uint32_t own_page)
{
    pdf_str(b, "<</Type/OBJR/Obj ");
    pdf_ref(b, a->first_link[k->page] + k->number);
    if (k->page != own_page) {
        pdf_str(b, "/Pg ");
        pdf_ref(b, a->first_page + k->page);
    }
    pdf_str(b, ">>");
}

bool pdf_tag_silent(const PdfAdd *a, const LayoutNode *n)
{
    if (n->role != ROLE_DIV || n == a->l->root || n->alt || n->actual || n->language)
        return false;
    for (const LayoutKid *k = n->first; k; k = k->next)
        if (k->kind != KID_NODE)
            return false;
    return n->first != NULL;
}

/* The kid after k in the element of n: those of a silent node stand in its place. */
static const LayoutKid *enter_kid(const PdfAdd *a, const LayoutKid *k, Path *path)
{
    while (k && k->kind == KID_NODE && pdf_tag_silent(a, k->node)) {
        vec_push(path, k->next);
        k = k->node->first;
    }
    return k;
}

static const LayoutKid *next_kid(const PdfAdd *a, const LayoutKid *k, Path *path)
{
    k = k->next;
    while (!k && path->n)
        k = path->p[--path->n];
    return enter_kid(a, k, path);
}

static void kids(PdfAdd *a, Buf *b, const LayoutNode *n, uint32_t own_page)
{
    Path path = {0};
    const LayoutKid *first = enter_kid(a, n->first, &path), *k = first;
    if (!k)
        return;
    bool one = !n->first->next && k == n->first && !a->split.n;
    pdf_str(b, one ? "/K " : "/K[");
    for (; k; k = next_kid(a, k, &path)) {
        if (k != first)
            pdf_chr(b, ' ');
        if (k->kind == KID_NODE)
            pdf_ref(b, k->node->object);
        else if (k->kind == KID_CONTENT)
            content_kid(a, b, k, own_page);
        else
            link_kid(a, b, k, own_page);
    }
    if (!one)
        pdf_chr(b, ']');
    vec_free(&path);
}

/* ---- elements ---- */

/* The root of a document is the file's Document, or a Part of it. */
static void element(PdfAdd *a, const LayoutNode *n)
{
    PdfFile *f = a->f;
    Buf *b = pdf_object(f, n->object);
    bool root = n == a->l->root;
    const LayoutKid *first = n->first;
    while (first && first->kind == KID_NODE)
        first = first->next;
    uint32_t own_page = first ? first->page : UINT32_MAX;
    pdf_str(b, "<</S/");
    pdf_str(b, root && f->o.parts ? "Part" : layout_role_name(n->role));
    pdf_str(b, "/P ");
    pdf_ref(b, !root ? n->parent->object : f->o.parts ? OBJ_DOCUMENT : OBJ_STRUCT_ROOT);
    if (first) {
        pdf_str(b, "/Pg ");
        pdf_ref(b, a->first_page + own_page);
    }
    kids(a, b, n, own_page);
    if (n->role == ROLE_L)
        list_attributes(b, n);
    else if (n->role == ROLE_TH || n->role == ROLE_TD)
        cell_attributes(b, n);
    else if (n->role == ROLE_FIGURE || n->role == ROLE_FORMULA)
        figure_attributes(a, b, n, first);
    else if (n->role == ROLE_FORM)
        field_attributes(b, n);
    else if (n->role == ROLE_NOTE)
        note_id(f, b, n);
    texts(a, b, n);
    if (root && f->o.parts && !n->language && !str_equal(a->l->language, f->o.language)
        && pdf_language_valid(a->l->language)) {
        pdf_str(b, "/Lang");
        pdf_ascii(b, a->l->language);
    }
    pdf_str(b, ">>");
    pdf_object_end(f);
}

static void split_element(PdfAdd *a, const PdfSplit *s)
{
    Buf *b = pdf_object(a->f, s->span);
    pdf_str(b, "<</S/Span/P ");
    pdf_ref(b, s->node->object);
    pdf_str(b, "/Pg ");
    pdf_ref(b, a->first_page + s->page);
    buf_format(b, "/K %u/ActualText", s->span_number);
    pdf_text(b, s->actual);
    pdf_str(b, ">>");
    pdf_object_end(a->f);
}

void pdf_tags(PdfAdd *a)
{
    if (a->split.n)
        qsort(a->split.p, a->split.n, sizeof *a->split.p, by_content);
    for (size_t i = 0; i < a->node.n; i++)
        if (!pdf_tag_silent(a, a->node.p[i]))
            element(a, a->node.p[i]);
    for (size_t i = 0; i < a->split.n; i++)
        split_element(a, &a->split.p[i]);
}
