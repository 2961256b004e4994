/* SPDX-License-Identifier: MIT */
/* The content stream of a page: items become operators, in marked content (ISO 32000-1, 8, 14.6).
 *
 * One BT..ET holds as many runs and marked contents as possible; but marked content that also holds
 * graphics must enclose BT..ET, as the two may not cross. */
#include "internal.h"

#include <string.h>

void pdf_text_open(PdfContent *c)
{
    if (c->in_text)
        return;
    pdf_put(c->b, "BT\n", 3);
    c->in_text = true;
    c->skewed = false;
    c->line_x = c->line_y = c->pen = 0;
}

void pdf_text_close(PdfContent *c)
{
    if (c->in_text)
        pdf_put(pdf_operator(c), "ET\n", 3);
    c->in_text = false;
}

void pdf_mark(PdfContent *c, const char *role, uint32_t number)
{
    Buf *b = pdf_operator(c);
    c->mark_in_text = c->in_text;
    pdf_chr(b, '/');
    pdf_str(b, role);
    pdf_str(b, "<</MCID ");
    pdf_int(b, number);
    pdf_str(b, ">>BDC\n");
}

void pdf_unmark(PdfContent *c)
{
    if (!c->mark_in_text)
        pdf_text_close(c);
    pdf_put(pdf_operator(c), "EMC\n", 4);
}

/* ---- colour, opacity, lines ---- */

static void color(Buf *b, int32_t rgb, const char *grey_op, const char *rgb_op)
{
    int part[3] = { rgb >> 16 & 255, rgb >> 8 & 255, rgb & 255 };
    int n = part[0] == part[1] && part[1] == part[2] ? 1 : 3;
    for (int i = 0; i < n; i++) {
        pdf_number(b, (part[i] * 1000 + 127) / 255);
        pdf_chr(b, ' ');
    }
    pdf_str(b, n == 1 ? grey_op : rgb_op);
    pdf_chr(b, '\n');
}

void pdf_fill_color(PdfContent *c, int32_t rgb)
{
    if (c->fill != rgb)
        color(pdf_operator(c), c->fill = rgb, "g", "rg");
}

void pdf_stroke_color(PdfContent *c, int32_t rgb)
{
    if (c->stroke != rgb)
        color(pdf_operator(c), c->stroke = rgb, "G", "RG");
}

void pdf_line_width(PdfContent *c, int64_t width)
{
    if (c->line_width == width)
        return;
    Buf *b = pdf_operator(c);
    pdf_number(b, c->line_width = width);
    pdf_put(b, " w\n", 3);
}

/* dash: hundredths of a point. */
static void put_dash(PdfContent *c, const int32_t *dash, size_t n)
{
    pdf_chr(c->b, '[');
    for (size_t i = 0; i < n; i++) {
        if (i)
            pdf_chr(c->b, ' ');
        pdf_number(c->b, (int64_t)dash[i] * 10);
    }
    pdf_str(c->b, "] 0 d\n");
}

static void set_dash(PdfContent *c, const int32_t *dash)
{
    size_t n = 0;
    if (!memcmp(c->dash, dash, sizeof c->dash))
        return;
    memcpy(c->dash, dash, sizeof c->dash);
    while (n < COUNT(c->dash) && dash[n])
        n++;
    put_dash(c, dash, n);
}

uint32_t pdf_opacity(PdfFile *f, uint8_t percent)
{
    uint32_t object = f->opacity[percent].object;
    if (object)
        return object;
    object = f->opacity[percent].object = pdf_take_shared(f);
    f->opacity[percent].ref = pdf_haru_ref(f, object);
    if (f->piece) {
        pdf_piece_opacity(f, object, percent);
        return object;
    }
    Buf *b = pdf_object(f, object);
    pdf_str(b, "<</ca ");
    pdf_number(b, percent * 10);
    pdf_str(b, "/CA ");
    pdf_number(b, percent * 10);
    pdf_str(b, ">>");
    pdf_object_end(f);
    return object;
}

static void set_opacity(PdfContent *c, uint8_t percent)
{
    PdfFile *f = c->f;
    if (percent > 100)
        percent = 100;
    if (c->opacity == percent)
        return;
    pdf_opacity(f, percent);
    buf_format(pdf_operator(c), "/%s gs\n", pdf_haru_opacity(f, c->haru, f->opacity[percent].ref));
    c->opacity = percent;
}

/* ---- the kinds of items ---- */

static int64_t flip(const PdfContent *c, int64_t y)
{
    return (c->p->height - y) * TWIP;
}

static void rectangle(PdfContent *c, const LayoutItem *it)
{
    int64_t v[4] = { (int64_t)it->x * TWIP, flip(c, (int64_t)it->y + it->h), (int64_t)it->w * TWIP,
                     (int64_t)it->h * TWIP };
    pdf_numbers(c->b, v, 4);
    pdf_put(c->b, " re\n", 4);
}

/* Thin boxes are painted as strokes: viewers keep those of one width equally thick wherever they
 * lie (stroke adjustment, ISO 32000-1 10.6.5).  0: it is no thin one. */
static int32_t thickness(const LayoutItem *it)
{
    enum { THIN = 40 };
    int32_t t = it->w < it->h ? it->w : it->h;
    return it->kind == ITEM_FILL && t <= THIN ? t : 0;
}

/* Does the path go on with the next item, to be painted by one operator? */
static bool goes_on(const LayoutItem *it, const LayoutItem *next)
{
    if (it->kind != next->kind || it->color != next->color || it->opacity != 100
        || next->opacity != 100)
        return false;
    return it->kind == ITEM_FILL
           ? thickness(it) == thickness(next)
           : (it->line.width == next->line.width
               && !memcmp(it->line.dash, next->line.dash, sizeof it->line.dash));
}

static const int32_t solid[6];

static void draw_thin(PdfContent *c, const LayoutItem *it, bool more)
{
    int64_t w = (int64_t)it->w * TWIP, h = (int64_t)it->h * TWIP, x = (int64_t)it->x * TWIP,
            y = flip(c, it->y);
    pdf_stroke_color(c, it->color);
    pdf_line_width(c, w < h ? w : h);
    set_dash(c, solid);
    pdf_numbers(c->b, w < h ? (int64_t[]){ x + w / 2, y } : (int64_t[]){ x, y - h / 2 }, 2);
    pdf_put(c->b, " m\n", 3);
    pdf_numbers(c->b, w < h ? (int64_t[]){ x + w / 2, y - h } : (int64_t[]){ x + w, y - h / 2 }, 2);
    pdf_str(c->b, more ? " l\n" : " l S\n");
}

static void draw_fill(PdfContent *c, const LayoutItem *it, bool more)
{
    if (thickness(it)) {
        draw_thin(c, it, more);
        return;
    }
    pdf_fill_color(c, it->color);
    rectangle(c, it);
    if (!more)
        pdf_put(c->b, "f\n", 2);
}

static void draw_line(PdfContent *c, const LayoutItem *it, bool more)
{
    pdf_stroke_color(c, it->color);
    pdf_line_width(c, (int64_t)it->line.width * TWIP);
    set_dash(c, it->line.dash);
    pdf_numbers(c->b, (int64_t[]){ (int64_t)it->x * TWIP, flip(c, it->y) }, 2);
    pdf_put(c->b, " m\n", 3);
    pdf_numbers(c->b,
                (int64_t[]){ ((int64_t)it->x + it->w) * TWIP, flip(c, (int64_t)it->y + it->h) }, 2);
    pdf_str(c->b, more ? " l\n" : " l S\n");
}

static void draw_path(PdfContent *c, const LayoutItem *it)
{
    int curve = 0;
    if (it->path.fill) {
        pdf_fill_color(c, it->color);
    } else {
        pdf_stroke_color(c, it->color);
        pdf_line_width(c, (int64_t)it->path.width * TWIP);
        set_dash(c, solid);
        if (it->path.n_dash)
            put_dash(c, it->path.dash, it->path.n_dash);
        pdf_str(c->b, "1 j\n");         /* corners are round, as Writer's */
    }
    for (uint32_t i = 0; i < it->path.n; i++) {
        const LayoutPoint *p = &it->path.point[i];
        if (p->kind != POINT_CLOSE)
            pdf_numbers(c->b, (int64_t[]){ (int64_t)p->x * TWIP, flip(c, p->y) }, 2);
        if (p->kind != POINT_CURVE)
            pdf_str(c->b, p->kind == POINT_MOVE ? " m\n" : p->kind == POINT_LINE ? " l\n" : "h\n");
        else
            pdf_str(c->b, ++curve % 3 ? " " : " c\n");
    }
    pdf_str(c->b, it->path.fill ? "f*\n" : "S\n0 j\n");
    if (it->path.n_dash)
        put_dash(c, NULL, 0);
}

/* The item's box is what is seen.  Of a cropped picture the whole is larger, and cut by a path; it
 * is mirrored about the middle of the box. */
static void draw_image(PdfContent *c, const LayoutItem *it)
{
    const int32_t *clip = it->image.clip;
    PdfImageUse *u = pdf_image(c->a, it->image.picture, it->image.greyscale, c->page);
    if (!u)
        return;
    int64_t w = (int64_t)it->w * TWIP * 1000 / (1000 - clip[1] - clip[3]);
    int64_t h = (int64_t)it->h * TWIP * 1000 / (1000 - clip[0] - clip[2]);
    int64_t x = (int64_t)it->x * TWIP - w * clip[3] / 1000;
    int64_t y = flip(c, (int64_t)it->y + it->h) - h * clip[2] / 1000;
    int64_t m[6] = { w, 0, 0, h, x, y };
    if (it->image.mirror_h) {
        m[0] = -w;
        m[4] = (2 * (int64_t)it->x + it->w) * TWIP - x;
    }
    if (it->image.mirror_v) {
        m[3] = -h;
        m[5] = 2 * flip(c, it->y) - (int64_t)it->h * TWIP - y;
    }
    pdf_put(c->b, "q\n", 2);
    if (clip[0] || clip[1] || clip[2] || clip[3]) {
        rectangle(c, it);
        pdf_put(c->b, "W n\n", 4);
    }
    pdf_numbers(c->b, m, 6);
    buf_format(c->b, " cm\n/%s Do\nQ\n", pdf_haru_image(c->f, c->haru, u->ref));
}

/* Paints in a box (8.5.4); what is set inside does not hold outside. */
static void draw_cut(PdfContent *c, const LayoutItem *it, const int32_t *cut)
{
    PdfContent was = *c;
    int64_t v[4] = { (int64_t)cut[0] * TWIP, flip(c, cut[3]), ((int64_t)cut[2] - cut[0]) * TWIP,
                     ((int64_t)cut[3] - cut[1]) * TWIP };
    pdf_put(c->b, "q\n", 2);
    pdf_numbers(c->b, v, 4);
    pdf_put(c->b, " re W n\n", 8);
    if (it->kind == ITEM_PATH)
        draw_path(c, it);
    else
        draw_image(c, it);
    pdf_put(c->b, "Q\n", 2);
    c->fill = was.fill;
    c->stroke = was.stroke;
    c->line_width = was.line_width;
    memcpy(c->dash, was.dash, sizeof c->dash);
}

static void draw(PdfContent *c, const LayoutItem *it, const LayoutItem *next)
{
    bool more = next && goes_on(it, next);
    set_opacity(c, it->opacity);
    if (it->kind != ITEM_TEXT)
        pdf_text_close(c);
    switch (it->kind) {
    case ITEM_TEXT:
        pdf_show(c, it);
        break;
    case ITEM_FILL:
        draw_fill(c, it, more);
        break;
    case ITEM_LINE:
        draw_line(c, it, more);
        break;
    case ITEM_IMAGE:
        if (it->image.cut)
            draw_cut(c, it, it->image.cut);
        else
            draw_image(c, it);
        break;
    case ITEM_PATH:
        if (it->path.cut)
            draw_cut(c, it, it->path.cut);
        else
            draw_path(c, it);
        break;
    }
}

/* ---- groups of items of one marked content ---- */

static bool same_content(const LayoutItem *x, const LayoutItem *y)
{
    if (!x->node || !y->node)
        return !x->node && !y->node && x->artifact == y->artifact;
    return x->content == y->content;
}

typedef struct { int64_t x0, y0, x1, y1; } Box;         /* twips, y down */

static Box item_box(const LayoutItem *it)
{
    Box b = { it->x, it->y, (int64_t)it->x + it->w, (int64_t)it->y + it->h };
    if (it->kind == ITEM_TEXT) {
        const TextFace *t = it->text.face;
        b.x1 = b.x0 + pdf_show_width(&it->text);
        b.y1 = b.y0 + (int64_t)t->descent * it->text.size / t->upem;
        b.y0 -= (int64_t)t->ascent * it->text.size / t->upem;
    }
    if (b.x0 > b.x1)
        b = (Box){ b.x1, b.y0, b.x0, b.y1 };
    if (b.y0 > b.y1)
        b = (Box){ b.x0, b.y1, b.x1, b.y0 };
    return b;
}

static void bounding_box(PdfContent *c, const LayoutItem *it, size_t n)
{
    Box all = item_box(it);
    for (size_t i = 1; i < n; i++) {
        Box b = item_box(&it[i]);
        all.x0 = b.x0 < all.x0 ? b.x0 : all.x0;
        all.y0 = b.y0 < all.y0 ? b.y0 : all.y0;
        all.x1 = b.x1 > all.x1 ? b.x1 : all.x1;
        all.y1 = b.y1 > all.y1 ? b.y1 : all.y1;
    }
    pdf_str(c->b, "/BBox[");
    pdf_numbers(c->b, (int64_t[]){ all.x0 * TWIP, flip(c, all.y1), all.x1 * TWIP, flip(c, all.y0) },
                4);
    pdf_chr(c->b, ']');
}

/* 14.8.2.2: what is no content says what it is instead. */
static void mark_artifact(PdfContent *c, const LayoutItem *it, size_t n)
{
    static const struct { const char *keys; bool box; } kind[] = {
        [ARTIFACT_LAYOUT] = { "/Type/Layout", false },
        [ARTIFACT_HEADER] = { "/Type/Pagination/Subtype/Header/Attached[/Top]", true },
        [ARTIFACT_FOOTER] = { "/Type/Pagination/Subtype/Footer/Attached[/Bottom]", true },
        [ARTIFACT_BACKGROUND] = { "/Type/Background", true },
        [ARTIFACT_PAGINATION] = { "/Type/Pagination", false },
    };
    unsigned k = it->artifact < COUNT(kind) ? it->artifact : ARTIFACT_LAYOUT;
    c->mark_in_text = c->in_text;
    buf_format(pdf_operator(c), "/Artifact<<%s", kind[k].keys);
    if (kind[k].box)
        bounding_box(c, it, n);
    pdf_str(c->b, ">>BDC\n");
}

static void group(PdfContent *c, const LayoutItem *it, size_t n)
{
    bool text_only = true;
    for (size_t i = 0; i < n; i++)
        text_only &= it[i].kind == ITEM_TEXT;
    if (text_only)
        pdf_text_open(c);
    else
        pdf_text_close(c);
    if (it->node) {
        pdf_mark(c, layout_role_name(it->node->role), it->content);
        c->content.p[it->content] = it->node->object;
    } else {
        mark_artifact(c, it, n);
    }
    for (size_t i = 0; i < n; i++)
        draw(c, &it[i], i + 1 < n ? &it[i + 1] : NULL);
    pdf_unmark(c);
}

/* A number without items is still in the structure: it gets an empty marked content. */
static void unused_numbers(PdfContent *c)
{
    for (uint32_t i = 0; i < c->p->content.n; i++) {
        if (c->content.p[i])
            continue;
        LayoutNode *node = c->p->content.p[i];
        pdf_mark(c, layout_role_name(node->role), i);
        pdf_unmark(c);
        c->content.p[i] = node->object;
    }
}

void pdf_content(PdfContent *c)
{
    const LayoutItem *it = c->p->item.p;
    for (size_t i = 0; i < c->p->content.n; i++)
        vec_push(&c->content, 0);
    c->numbers = (uint32_t)c->p->content.n;
    for (size_t i = 0, n; i < c->p->item.n; i += n) {
        for (n = 1; i + n < c->p->item.n && same_content(&it[i], &it[i + n]); )
            n++;
        group(c, &it[i], n);
    }
    unused_numbers(c);
    pdf_text_close(c);
}
