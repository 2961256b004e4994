/* SPDX-License-Identifier: MIT */
/* Runs of text in a content stream (ISO 32000-1, 9.4).
 *
 * Where a glyph has to stand follows from the sums so far, and where the viewer's pen is follows
 * from what was written; both are kept in millionths of the font size, and only a difference that
 * could be seen is written into the TJ array.  So rounding never adds up. */
#include "internal.h"

#include <hb.h>
#include <string.h>

#define EM INT64_C(1000000)

bool pdf_cluster(const LayoutText *t, uint32_t glyph, PdfCluster *c)
{
    const TextGlyph *g = t->glyph;
    c->first = glyph;
    c->last = glyph + 1;
    while (c->last < t->n_glyph && g[c->last].cluster == g[glyph].cluster)
        c->last++;
    c->start = g[glyph].cluster;
    if (t->rtl)
        c->end = glyph ? g[glyph - 1].cluster : t->len;
    else
        c->end = c->last < t->n_glyph ? g[c->last].cluster : t->len;
    return c->start < c->end && c->end <= t->len;
}

/* ---- where the pen stands ---- */

typedef struct { int64_t advance, glyphs, spaces; } Pen;

static void pen_cluster(Pen *p, const LayoutText *t, const PdfCluster *c)
{
    for (uint32_t i = c->first; i < c->last; i++)
        p->advance += t->glyph[i].advance;
    p->glyphs += c->last - c->first;
    for (uint32_t i = c->start; i < c->end; i++)
        p->spaces += t->text[i] == ' ';
}

/* In millionths of the font size, before the horizontal scale. */
static int64_t pen_at(const LayoutText *t, const Pen *p)
{
    int64_t at = p->advance * EM / t->face->upem;
    if (t->spacing || t->space_extra)
        at += (p->glyphs * t->spacing * 100 + p->spaces * t->space_extra) * EM
            / ((int64_t)t->size * t->scale);
    return at;
}

int64_t pdf_show_width(const LayoutText *t)
{
    Pen p = {0};
    PdfCluster c;
    for (uint32_t i = 0; i < t->n_glyph; i = c.last) {
        pdf_cluster(t, i, &c);
        pen_cluster(&p, t, &c);
    }
    return pen_at(t, &p) * t->size / EM * t->scale / 100;
}

/* ---- what a glyph's text is ---- */

/* The cluster taken apart into base letters and marks, as a font without the letter has it. */
static void decompose(Buf *b, uint32_t c)
{
    hb_codepoint_t base, mark;
    uint32_t marks[8];
    int n = 0;
    while (n < 8 && hb_unicode_decompose(hb_unicode_funcs_get_default(), c, &base, &mark)) {
        if (mark)
            marks[n++] = mark;
        if (c == base)
            break;
        c = base;
    }
    buf_utf8(b, c);
    while (n)
        buf_utf8(b, marks[--n]);
}

static const char *char_at(const char *s, size_t count)
{
    while (count--)
        do
            s++;
        while (((unsigned char)*s & 0xc0) == 0x80);
    return s;
}

typedef struct { const char *text; size_t len, chars; } Piece;

static Piece cluster_piece(const LayoutText *t, const PdfCluster *c, Buf *scratch)
{
    Piece p = { t->text + c->start, c->end - c->start, 0 };
    p.chars = utf8_count(p.text, p.len);
    if (p.chars >= c->last - c->first)
        return p;
    buf_clear(scratch);
    for (const char *s = p.text, *end = s + p.len; s < end; ) {
        int n;
        decompose(scratch, utf8_get(s, end, &n));
        s += n;
    }
    size_t chars = utf8_count(scratch->p, scratch->n);
    return chars >= c->last - c->first ? (Piece){ scratch->p, scratch->n, chars } : p;
}

/* The characters that glyph i of a cluster stands for, such that all glyphs in reading order give
 * the cluster's text: the first takes what is left over. */
static Piece glyph_piece(const LayoutText *t, const PdfCluster *c, uint32_t i, Buf *scratch)
{
    size_t glyphs = c->last - c->first, order = t->rtl ? c->last - 1 - i : i - c->first;
    if (glyphs == 1)
        return (Piece){ t->text + c->start, c->end - c->start, 1 };
    Piece p = cluster_piece(t, c, scratch);
    if (p.chars < glyphs)
        return order ? (Piece){ "\u2060", 3, 1 } : p;
    size_t first = p.chars - glyphs + 1;
    const char *start = order ? char_at(p.text, first + order - 1) : p.text;
    const char *end = order + 1 == glyphs ? p.text + p.len : char_at(p.text, first + order);
    return (Piece){ start, (size_t)(end - start), 1 };
}

/* Codes of the Private Use Areas mean nothing to a reader and are forbidden (ISO 19005-2,
 * 6.2.11.7.3): a label becomes a bullet, anything else U+FFFD with a warning. */
static bool is_private(uint32_t c)
{
    return (c >= 0xe000 && c <= 0xf8ff) || c >= 0xf0000;
}

static Piece replace_private(PdfContent *c, const LayoutItem *it, Piece p)
{
    bool found = false, high = false;
    for (size_t i = 0; i < p.len; i++)
        high |= (unsigned char)p.text[i] >= 0xee;
    if (!high)
        return p;
    for (const char *s = p.text, *end = s + p.len; s < end && !found; ) {
        int n;
        found = is_private(utf8_get(s, end, &n));
        s += n;
    }
    if (!found)
        return p;
    bool told = !it->node;
    for (const LayoutNode *n = it->node; n; n = n->parent) {
        if (n->role == ROLE_LBL)
            return (Piece){ "\u2022", 3, 1 };
        told |= n->actual || n->alt;
    }
    if (!told && !c->a->told_private) {
        pdf_finding(c->a, DIAG_pdf_private, c->page, it->text.face->family);
        c->a->told_private = true;
    }
    return (Piece){ "\ufffd", 3, 1 };
}

/* ---- writing ---- */

typedef struct {
    PdfContent *c;
    const LayoutItem *it;
    PdfFace *face;
    int64_t pen, base;          /* the viewer's pen; the pen's place where the range starts */
    int64_t shown;              /* glyphs; what Tc adds for each is not in pen */
    int64_t slack;              /* a difference that cannot be seen */
    int64_t grain;              /* numbers are written as multiples of it */
    bool open;                  /* inside [< */
} Show;

static void array_close(Show *s)
{
    if (s->open)
        buf_put(s->c->b, ">]TJ\n", 5);
    s->open = false;
}

static void array_open(Show *s)
{
    if (!s->open)
        buf_put(s->c->b, "[<", 2);
    s->open = true;
}

static void set_font(Show *s, const PdfFont *font)
{
    PdfContent *c = s->c;
    int32_t size = s->it->text.size;
    if (c->font == font && c->size == size)
        return;
    array_close(s);
    buf_chr(c->b, '/');
    buf_str(c->b, pdf_haru_font(c->f, c->haru, font->ref));
    buf_chr(c->b, ' ');
    pdf_number(c->b, (int64_t)size * TWIP);
    buf_put(c->b, " Tf\n", 4);
    c->font = font;
    c->size = size;
}

static void set_rise(Show *s, int64_t rise)
{
    if (s->c->rise == rise)
        return;
    array_close(s);
    pdf_number(s->c->b, rise);
    buf_put(s->c->b, " Ts\n", 4);
    s->c->rise = rise;
}

static void move(Show *s, int64_t want)
{
    int64_t diff = want - s->pen;
    if (s->c->char_space)
        diff -= s->shown * s->c->char_space * 20000 / s->it->text.size;
    if (diff <= s->slack && diff >= -s->slack)
        return;
    int64_t steps = (diff + (diff < 0 ? -s->grain : s->grain) / 2) / s->grain;
    Buf *b = s->c->b;
    if (!s->open)
        buf_put(b, "[", 1);
    else
        buf_put(b, ">", 1);
    pdf_number(b, -steps * s->grain);
    buf_put(b, "<", 1);
    s->open = true;
    s->pen += steps * s->grain;
}

static void show_glyph(Show *s, const TextGlyph *g, Piece p, int64_t at)
{
    const LayoutText *t = &s->it->text;
    PdfContent *c = s->c;
    if (t->soft_hyphen)
        p = (Piece){ "\u00ad", 2, 1 };
    p = replace_private(c, s->it, p);
    PdfGlyph glyph = pdf_glyph(c->f, s->face, g->glyph, p.text, p.len);
    set_font(s, glyph.font);
    set_rise(s, g->dy ? (int64_t)g->dy * t->size * TWIP / t->face->upem : 0);
    move(s, at - s->base + (g->dx ? g->dx * EM / t->face->upem : 0));
    array_open(s);
    pdf_hex(c->b, glyph.cid, 4);
    s->pen += glyph.width;
    s->shown++;
}

static void set_state(PdfContent *c, const LayoutItem *it)
{
    const LayoutText *t = &it->text;
    Buf *b = c->b;
    int64_t spacing = (int64_t)t->spacing * TWIP * 100 / t->scale;
    pdf_fill_color(c, it->color);
    if (c->char_space != spacing) {
        pdf_number(b, c->char_space = spacing);
        buf_str(b, " Tc\n");
    }
    if (c->scale != t->scale) {
        buf_int(b, c->scale = t->scale);
        buf_str(b, " Tz\n");
    }
    if (t->face->synthetic_bold) {      /* Writer's: an outline of a thirtieth of the size */
        pdf_stroke_color(c, it->color);
        pdf_line_width(c, (int64_t)t->size * TWIP / 30);
    }
    if (c->bold != t->face->synthetic_bold) {
        c->bold = t->face->synthetic_bold;
        buf_str(b, c->bold ? "2 Tr\n" : "0 Tr\n");
    }
}

/* Moves to (x, y) in thousandths of a point.  A slanted line needs a matrix of its own. */
static void place(PdfContent *c, int64_t x, int64_t y, bool skew)
{
    if (skew || c->skewed) {
        buf_str(c->b, skew ? "1 0 .2679 1 " : "1 0 0 1 ");
        pdf_numbers(c->b, (int64_t[]){ x, y }, 2);
        buf_str(c->b, " Tm\n");
    } else {
        pdf_numbers(c->b, (int64_t[]){ x - c->line_x, y - c->line_y }, 2);
        buf_str(c->b, " Td\n");
    }
    c->skewed = skew;
    c->line_x = x;
    c->line_y = y;
}

/* Glyphs from one cluster's first to another's; *pen stands at from and is moved on. */
static void show_range(PdfContent *c, const LayoutItem *it, uint32_t from, uint32_t to, Pen *pen)
{
    const LayoutText *t = &it->text;
    Show s = { .c = c, .it = it, .face = pdf_face(c->f, t->face), .base = pen_at(t, pen) };
    Buf scratch = {0};
    PdfCluster k;
    pdf_text_open(c);
    set_state(c, it);
    s.slack = 10000 / t->size;          /* 0.0005 pt */
    s.grain = t->size > 400 ? 10 : 100;
    place(c, (int64_t)it->x * TWIP + s.base * t->size / 100 * t->scale / 20000,
          ((int64_t)c->p->height - it->y) * TWIP, t->face->synthetic_italic);
    for (uint32_t i = from; i < to; i = k.last) {
        pdf_cluster(t, i, &k);
        Pen within = *pen;
        for (; i < k.last; i++) {
            show_glyph(&s, &t->glyph[i], glyph_piece(t, &k, i, &scratch), pen_at(t, &within));
            within.advance += t->glyph[i].advance;
            within.glyphs++;
        }
        pen_cluster(pen, t, &k);
    }
    array_close(&s);
    set_rise(&s, 0);
    buf_free(&scratch);
}

/* More glyphs than characters: no CID can carry the text. */
static bool needs_actual(const LayoutText *t, const PdfCluster *k, Buf *scratch)
{
    return k->last - k->first > 1 && cluster_piece(t, k, scratch).chars < k->last - k->first;
}

/* Ends the marked content, puts a Span with /ActualText round one cluster, and goes on in another
 * piece of the same element. */
static void show_actual(PdfContent *c, const LayoutItem *it, const PdfCluster *k, Pen *pen)
{
    const LayoutText *t = &it->text;
    PdfSplit s = { .page = c->page,
                   .number = it->content,
                   .node = it->node,
                   .span = pdf_take(c->f, 1),
                   .span_number = c->numbers,
                   .rest_number = c->numbers + 1,
                   .actual = arena_dup(c->a->arena, t->text + k->start, k->end - k->start) };
    c->numbers += 2;
    vec_push(&c->content, s.span);
    vec_push(&c->content, it->node->object);
    vec_push(&c->a->split, s);
    pdf_unmark(c);
    pdf_mark(c, "Span", s.span_number);
    show_range(c, it, k->first, k->last, pen);
    pdf_unmark(c);
    pdf_mark(c, layout_role_name(it->node->role), s.rest_number);
}

void pdf_show(PdfContent *c, const LayoutItem *it)
{
    const LayoutText *t = &it->text;
    uint32_t from = 0;
    Pen pen = {0};
    Buf scratch = {0};
    PdfCluster k;
    for (uint32_t i = 0; it->node && i < t->n_glyph; i = k.last) {
        pdf_cluster(t, i, &k);
        if (!needs_actual(t, &k, &scratch))
            continue;
        if (from < k.first)
            show_range(c, it, from, k.first, &pen);
        show_actual(c, it, &k, &pen);
        from = k.last;
    }
    if (from < t->n_glyph)
        show_range(c, it, from, t->n_glyph, &pen);
    buf_free(&scratch);
}
