/* SPDX-License-Identifier: MIT */
/* Before anything of a document is written: is it whole, and within what PDF allows?  Layout should
 * never give us less; but a file with a broken structure tree must not leave the program. */
#include "internal.h"

#include <stdlib.h>
#include <string.h>

enum { PAGE_LEAST = 3 * 20, PAGE_MOST = 14400 * 20 };   /* twips; ISO 19005-2, 6.1.13 */
enum { SIZE_MOST = 1000000, SPACING_MOST = 20000, SPACE_MOST = 2000000, SCALE_MOST = 10000,
       GLYPHS_MOST = 1000000, TEXT_MOST = 1000000 };    /* so that the sums of show.c stay exact */
enum { DEPTH_MOST = 1000 };

void pdf_finding(PdfAdd *a, DiagId id, uint32_t page, const char *what)
{
    char number[24];
    snprintf(number, sizeof number, "%u", page + 1);
    diag_add(a->d, id, NULL, number, what, (char *)NULL);
}

static bool broken(PdfAdd *a, uint32_t page, const char *what)
{
    pdf_finding(a, DIAG_pdf_internal, page, what);
    return false;
}

/* ---- nodes ---- */

typedef struct {
    bool **content, **link;
} Met; /* by page and number: was it in the tree? */

static bool kid_sound(PdfAdd *a, const Met *met, const LayoutNode *n, const LayoutKid *k)
{
    const LayoutDoc *l = a->l;
    if (k->kind == KID_NODE)
        return (k->node && k->node->parent == n && !k->node->object && k->node->role < ROLE_COUNT)
            || broken(a, 0, "structure");
    if (k->page >= l->page.n)
        return broken(a, k->page, "page");
    const LayoutPage *p = l->page.p[k->page];
    bool content = k->kind == KID_CONTENT, sound;
    if (content)
        sound = k->number < p->content.n && p->content.p[k->number] == n;
    else
        sound = k->number < p->link.n && p->link.p[k->number].node == n && n->role == ROLE_LINK;
    bool *is_met = sound ? &(content ? met->content : met->link)[k->page][k->number] : NULL;
    if (!sound || *is_met)
        return broken(a, k->page, content ? "content" : "link");
    return *is_met = true;
}

/* Gathers the nodes in reading order; their object tells for now that they were met. */
static bool gather(PdfAdd *a, const Met *met)
{
    typedef struct { const LayoutNode *node; const LayoutKid *kid; } Step;
    VEC(Step) path = {0};
    LayoutNode *root = a->l->root;
    bool ok = root && root->role < ROLE_COUNT && !root->object;
    if (!ok)
        return broken(a, 0, "root");
    root->object = 1;
    vec_push(&a->node, root);
    vec_push(&path, (Step){ root, root->first });
    while (path.n && ok) {
        Step *step = &path.p[path.n - 1];
        const LayoutKid *k = step->kid;
        if (!k) {
            path.n--;
            continue;
        }
        step->kid = k->next;
        ok = kid_sound(a, met, step->node, k);
        if (!ok || k->kind != KID_NODE)
            continue;
        k->node->object = 1;
        vec_push(&a->node, k->node);
        vec_push(&path, (Step){ k->node, k->node->first });
        ok = path.n < DEPTH_MOST || broken(a, 0, "depth");
    }
    vec_free(&path);
    return ok;
}

static bool all_met(PdfAdd *a, const Met *met)
{
    for (uint32_t i = 0; i < a->l->page.n; i++) {
        const LayoutPage *p = a->l->page.p[i];
        for (uint32_t k = 0; k < p->content.n; k++)
            if (!met->content[i][k])
                return broken(a, i, "content outside of the structure");
        for (uint32_t k = 0; k < p->link.n; k++)
            if (!met->link[i][k])
                return broken(a, i, "link outside of the structure");
    }
    return true;
}

static bool check_structure(PdfAdd *a)
{
    size_t n = a->l->page.n;
    Met met = { ARENA_ARRAY(a->arena, bool *, n), ARENA_ARRAY(a->arena, bool *, n) };
    for (size_t i = 0; i < n; i++) {
        met.content[i] = ARENA_ARRAY(a->arena, bool, a->l->page.p[i]->content.n);
        met.link[i] = ARENA_ARRAY(a->arena, bool, a->l->page.p[i]->link.n);
    }
    return gather(a, &met) && all_met(a, &met);
}

/* ---- items ---- */

static bool missing_glyph(PdfAdd *a, uint32_t page, const LayoutText *t, uint32_t cluster)
{
    char number[24], code[24];
    int n;
    snprintf(number, sizeof number, "%u", page + 1);
    snprintf(code, sizeof code, "U+%04X", utf8_get(t->text + cluster, t->text + t->len, &n));
    diag_add(a->d, DIAG_pdf_glyph, NULL, number, t->face->family, code, (char *)NULL);
    return false;
}

/* Clusters go up, of right-to-left text down, and lie within the text; so none is empty.  Sums of
 * show.c stay exact up to a width that is, all in all, within 2^63 pens. */
static bool glyphs_sound(PdfAdd *a, uint32_t page, const LayoutText *t)
{
    const TextGlyph *g = t->glyph;
    uint32_t glyphs = pdf_face(a->f, t->face)->n_glyphs, before = t->rtl ? t->len - 1 : 0;
    int64_t most = (INT64_C(1) << 61) / ((int64_t)t->size * t->scale) / 1000000, sum = 0;
    for (uint32_t i = 0; i < t->n_glyph; before = g[i++].cluster) {
        sum += llabs((long long)g[i].advance) + (t->offset ? llabs((long long)t->offset[i].dx) : 0);
        if (g[i].cluster >= t->len || (t->rtl ? g[i].cluster > before : g[i].cluster < before))
            return broken(a, page, "cluster");
        if (!g[i].glyph)
            return missing_glyph(a, page, t, g[i].cluster);
        if (g[i].glyph >= glyphs)
            return broken(a, page, "glyph");
    }
    return sum / t->face->upem < most || broken(a, page, "text");
}

static bool text_sound(PdfAdd *a, uint32_t page, const LayoutText *t)
{
    if (!t->face || t->face->upem <= 0 || (t->n_glyph && (!t->text || !t->glyph)) || t->size < 1
        || t->len > TEXT_MOST || t->size > SIZE_MOST || t->scale < 1 || t->scale > SCALE_MOST
        || t->n_glyph > GLYPHS_MOST || t->spacing > SPACING_MOST || t->spacing < -SPACING_MOST
        || t->space_extra > SPACE_MOST || t->space_extra < -SPACE_MOST)
        return broken(a, page, "text");
    return glyphs_sound(a, page, t);
}

static bool image_sound(PdfAdd *a, uint32_t page, const LayoutItem *it)
{
    const int32_t *clip = it->image.clip;
    for (int i = 0; i < 4; i++)
        if (clip[i] < 0 || clip[i] + clip[(i + 2) % 4] >= 1000)
            return broken(a, page, "clip");
    if (!it->image.picture || !it->image.picture->data)
        return broken(a, page, "picture");
    return pdf_image(a, it->image.picture, it->image.greyscale, page) != NULL;
}

static bool path_sound(PdfAdd *a, uint32_t page, const LayoutItem *it)
{
    uint32_t curve = 0;
    for (uint32_t i = 0; i < it->path.n; i++) {
        bool is_curve = it->path.point[i].kind == POINT_CURVE;
        if ((!is_curve && curve % 3) || (!i && it->path.point[i].kind != POINT_MOVE))
            return broken(a, page, "path");
        curve += is_curve;
    }
    return (it->path.n && !(curve % 3)) || broken(a, page, "path");
}

static bool item_sound(PdfAdd *a, uint32_t page, const LayoutItem *it)
{
    switch (it->kind) {
    case ITEM_TEXT:
        return text_sound(a, page, &it->text);
    case ITEM_IMAGE:
        return image_sound(a, page, it);
    case ITEM_PATH:
        return path_sound(a, page, it);
    case ITEM_FILL:
    case ITEM_LINE:
        return true;
    }
    return broken(a, page, "item");
}

/* Items of one number of marked content must lie together: a number cannot be opened twice. */
static bool items_sound(PdfAdd *a, uint32_t page)
{
    const LayoutPage *p = a->l->page.p[page];
    bool *closed = ARENA_ARRAY(a->arena, bool, p->content.n);
    bool ok = true;
    for (size_t i = 0; i < p->item.n; i++) {
        const LayoutItem *it = &p->item.p[i], *before = i ? it - 1 : NULL;
        if (it->node) {
            bool goes_on = before && before->node && before->content == it->content;
            if (it->content >= p->content.n || p->content.p[it->content] != it->node
                || (!goes_on && closed[it->content]))
                return broken(a, page, "marked content");
            closed[it->content] = true;
        }
        ok &= item_sound(a, page, it);
    }
    return ok;
}

/* ---- pages ---- */

/* Only the scheme is shown: an address may be somebody's. */
static void refuse_link(PdfAdd *a, uint32_t page, const char *uri)
{
    size_t n = strcspn(uri, ":/?#");
    char *scheme = arena_format(a->arena, "%.*s:…", n < 20 ? (int)n : 20, uri);
    pdf_finding(a, DIAG_pdf_link, page, scheme);
}

static bool links_sound(PdfAdd *a, uint32_t page)
{
    const LayoutPage *p = a->l->page.p[page];
    bool ok = true;
    for (size_t i = 0; i < p->link.n; i++) {
        const LayoutLink *link = &p->link.p[i];
        Buf uri = {0};
        if (!link->uri && link->to_page >= a->l->page.n) {
            ok = broken(a, page, "link");
        } else if (link->uri && !pdf_uri(&uri, link->uri)) {
            refuse_link(a, page, link->uri);
            ok = false;
        }
        buf_free(&uri);
    }
    return ok;
}

static bool page_size_sound(PdfAdd *a, uint32_t page)
{
    const LayoutPage *p = a->l->page.p[page];
    if (p->width >= PAGE_LEAST && p->width <= PAGE_MOST && p->height >= PAGE_LEAST
        && p->height <= PAGE_MOST)
        return true;
    Buf size = {0};
    pdf_number(&size, (int64_t)p->width * TWIP);
    buf_str(&size, " × ");
    pdf_number(&size, (int64_t)p->height * TWIP);
    pdf_finding(a, DIAG_pdf_page_size, page, size.p);
    buf_free(&size);
    return false;
}

static bool headings_sound(PdfAdd *a)
{
    for (size_t i = 0; i < a->l->heading.n; i++)
        if (a->l->heading.p[i].page >= a->l->page.n)
            return broken(a, a->l->heading.p[i].page, "heading");
    return true;
}

static void warn_alternatives(PdfAdd *a)
{
    for (size_t i = 0; i < a->node.n; i++) {
        const LayoutNode *n = a->node.p[i];
        if (n->role == ROLE_FIGURE && !(n->alt && *n->alt) && !n->actual)
            pdf_finding(a, DIAG_pdf_alternative,
                        n->first && n->first->kind == KID_CONTENT ? n->first->page : 0, "");
    }
}

bool pdf_check(PdfAdd *a)
{
    bool ok = a->l->page.n > 0 && a->l->page.n < PDF_OBJECTS_MAX;
    if (!ok)
        return broken(a, 0, "no pages");
    ok = check_structure(a) && headings_sound(a);
    for (uint32_t i = 0; ok && i < a->l->page.n; i++)
        ok = page_size_sound(a, i);
    for (uint32_t i = 0; ok && i < a->l->page.n; i++)
        ok = items_sound(a, i) && links_sound(a, i);
    if (ok)
        warn_alternatives(a);
    return ok;
}
