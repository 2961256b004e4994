/* SPDX-License-Identifier: MIT */
/* Runs of text in a content stream (ISO 32000-1, 9.4).
 *
 * Where a glyph has to stand follows from the sums so far, and where the viewer's pen is follows
 * from what was written; only a difference that could be seen is written into the TJ array.  So
 * rounding never adds up, and a run that goes on where the last one ended needs no operator.
 * Codes are written as bytes and not in hexadecimal: half as much to pack. */
#include "internal.h"

#include <hb.h>
#include <math.h>
#include <string.h>

#define EM INT64_C(1000000)

/* ---- where the pen should stand ---- */

typedef struct { int64_t advance, glyphs, spaces; } Sum;

/* Adds a cluster, or takes it away: sign is 1 or -1. */
static inline void sum_cluster(Sum *s, const LayoutText *t, const PdfCluster *c, int sign)
{
    for (uint32_t i = c->first; i < c->last; i++)
        s->advance += sign * t->glyph[i].advance;
    s->glyphs += sign * (int64_t)(c->last - c->first);
    if (t->space_extra)
        for (uint32_t i = c->start; i < c->end; i++)
            s->spaces += t->text[i] == ' ' ? sign : 0;
}

static Sum sum_until(const LayoutText *t, uint32_t glyph)
{
    Sum s = {0};
    PdfCluster c;
    for (uint32_t i = 0; i < glyph; i = c.last) {
        c = pdf_cluster(t, i);
        sum_cluster(&s, t, &c, 1);
    }
    return s;
}

/* From the start of the run. */
static inline PdfPen sum_pen(const LayoutText *t, const Sum *s)
{
    return s->advance * EM / t->face->upem * t->size * t->scale
        + s->glyphs * t->spacing * PEN_TWIP + s->spaces * t->space_extra * (PEN_TWIP / 100);
}

int64_t pdf_show_width(const LayoutText *t)
{
    Sum s = sum_until(t, t->n_glyph);
    return sum_pen(t, &s) / PEN_TWIP;
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
    PdfPen unit;                /* a millionth of an em */
    PdfPen slack;               /* a difference that cannot be seen */
    PdfPen space;               /* what Tc adds after a glyph */
    int64_t grain;              /* numbers in TJ are multiples of so many millionths */
    bool placed;
    bool simple;                /* no glyph of it is moved, or stands for other than its text */
} Show;

Buf *pdf_operator(PdfContent *c)
{
    if (c->showing)
        pdf_put(c->b, ")]TJ\n", 5);
    c->showing = false;
    return c->b;
}

static void set_font(Show *s, const PdfFont *font)
{
    PdfContent *c = s->c;
    int32_t size = s->it->text.size;
    if (c->font == font && c->size == size)
        return;
    Buf *b = pdf_operator(c);
    pdf_chr(b, '/');
    pdf_str(b, pdf_haru_font(c->f, c->haru, font->ref));
    pdf_chr(b, ' ');
    pdf_number(b, (int64_t)size * TWIP);
    pdf_put(b, " Tf\n", 4);
    c->font = font;
    c->size = size;
}

static void set_rise(PdfContent *c, int64_t rise)
{
    if (c->rise == rise)
        return;
    Buf *b = pdf_operator(c);
    pdf_number(b, rise);
    pdf_put(b, " Ts\n", 4);
    c->rise = rise;
}

/* Moves the pen by a number in the array and goes into a string of it. */
static void move(Show *s, PdfPen to)
{
    PdfContent *c = s->c;
    PdfPen diff = to - c->pen;
    bool stay = diff <= s->slack && diff >= -s->slack;
    if (stay && c->showing)
        return;
    pdf_put(c->b, c->showing ? ")" : "[", 1);
    if (!stay) {
        PdfPen grain = s->unit * s->grain;
        int64_t steps = (diff + (diff < 0 ? -grain : grain) / 2) / grain;
        pdf_number(c->b, -steps * s->grain);
        c->pen += steps * grain;
    }
    pdf_put(c->b, "(", 1);
    c->showing = true;
}

/* Two bytes of a string (7.3.4.2); a carriage return would be read as a line feed. */
static inline void put_code(Buf *b, uint32_t cid)
{
    static const bool escaped[256] = { ['('] = true, [')'] = true, ['\\'] = true, ['\r'] = true };
    char *p = b->cap > b->n + 4 ? b->p + b->n : buf_room(b, 4);
    if (!p)
        return;
    if (!escaped[cid >> 8] && !escaped[cid & 255]) {
        p[0] = (char)(cid >> 8);
        p[1] = (char)cid;
        p[2] = 0;
        b->n += 2;
        return;
    }
    for (int shift = 8; shift >= 0; shift -= 8) {
        char byte = (char)(cid >> shift);
        if (byte == '(' || byte == ')' || byte == '\\' || byte == '\r')
            *p++ = '\\';
        *p++ = byte == '\r' ? 'r' : byte;
    }
    *p = 0;
    b->n = (size_t)(p - b->p);
}

static void show_glyph(Show *s, uint32_t i, Piece p, PdfPen at)
{
    const LayoutText *t = &s->it->text;
    TextOffset o = t->offset ? t->offset[i] : (TextOffset){0};
    PdfContent *c = s->c;
    if (t->soft_hyphen)
        p = (Piece){ "\u00ad", 2, 1 };
    p = replace_private(c, s->it, p);
    PdfGlyph glyph = pdf_glyph(c->f, s->face, t->glyph[i].glyph, p.text, p.len);
    set_font(s, glyph.font);
    set_rise(c, o.dy ? (int64_t)o.dy * t->size * TWIP / t->face->upem : 0);
    move(s, o.dx ? at + o.dx * EM / t->face->upem * s->unit : at);
    put_code(c->b, glyph.cid);
    c->pen += glyph.width * s->unit + s->space;
}

static void set_state(PdfContent *c, const LayoutItem *it)
{
    const LayoutText *t = &it->text;
    int64_t spacing = (int64_t)t->spacing * TWIP * 100 / t->scale;
    pdf_fill_color(c, it->color);
    if (c->char_space != spacing) {
        Buf *b = pdf_operator(c);
        pdf_number(b, c->char_space = spacing);
        pdf_str(b, " Tc\n");
    }
    if (c->scale != t->scale) {
        Buf *b = pdf_operator(c);
        pdf_int(b, (uint64_t)(c->scale = t->scale));
        pdf_str(b, " Tz\n");
    }
    if (t->face->synthetic_bold) {      /* Writer's: an outline of a thirtieth of the size */
        pdf_stroke_color(c, it->color);
        pdf_line_width(c, (int64_t)t->size * TWIP / 30);
    }
    if (c->bold != t->face->synthetic_bold) {
        c->bold = t->face->synthetic_bold;
        pdf_str(pdf_operator(c), c->bold ? "2 Tr\n" : "0 Tr\n");
    }
}

/* A turned run has a matrix of its own; pen: where on its line it goes on. */
static void place_turned(Show *s, PdfPen pen)
{
    PdfContent *c = s->c;
    const LayoutItem *it = s->it;
    double turn = it->text.turn * M_PI / 180;
    double along = (double)(pen - it->x * PEN_TWIP) / PEN_THOUSANDTH;
    double a = cos(turn), b = sin(turn), slant = it->text.face->synthetic_italic ? .2679 : 0;
    int64_t x = it->x * TWIP, y = ((int64_t)c->p->height - it->y) * TWIP;
    const int64_t matrix[] = { llround(1000 * a), llround(1000 * b),
                               llround(1000 * (slant * a - b)), llround(1000 * (slant * b + a)),
                               x + llround(along * a), y + llround(along * b) };
    Buf *out = pdf_operator(c);
    pdf_numbers(out, matrix, 6);
    pdf_str(out, " Tm\n");
    c->skewed = true;
    c->line_y = INT64_MIN;      /* the next run needs a matrix too */
    c->pen = pen;
}

/* Makes the line start where a run does, unless the pen stands on that line and not far away.  A
 * slanted line needs a matrix of its own. */
static void place(Show *s, PdfPen pen)
{
    PdfContent *c = s->c;
    bool skew = s->it->text.face->synthetic_italic;
    int64_t y = ((int64_t)c->p->height - s->it->y) * TWIP;
    PdfPen diff = pen - c->pen, near = 2 * EM * s->unit;
    if (skew == c->skewed && y == c->line_y && diff < near && diff > -near)
        return;
    int64_t x = (pen + (pen < 0 ? -PEN_THOUSANDTH : PEN_THOUSANDTH) / 2) / PEN_THOUSANDTH;
    Buf *b = pdf_operator(c);
    if (skew || c->skewed) {
        pdf_str(b, skew ? "1 0 .2679 1 " : "1 0 0 1 ");
        pdf_numbers(b, (int64_t[]){ x, y }, 2);
        pdf_str(b, " Tm\n");
    } else {
        pdf_numbers(b, (int64_t[]){ x - c->line_x, y - c->line_y }, 2);
        pdf_str(b, " Td\n");
    }
    c->skewed = skew;
    c->line_x = x;
    c->line_y = y;
    c->pen = x * PEN_THOUSANDTH;
}

/* The pen's place at *sum; before the first glyph that is shown the line is begun there. */
static PdfPen pen_at(Show *s, const Sum *sum)
{
    PdfPen pen = s->it->x * PEN_TWIP + sum_pen(&s->it->text, sum);
    if (!s->placed && s->it->text.turn)
        place_turned(s, pen);
    else if (!s->placed)
        place(s, pen);
    s->placed = true;
    return pen;
}

/* Nine of ten glyphs are one for one character of ASCII, in the font that is set, and stand where
 * the pen is: nothing is written but their codes. */
static inline bool show_next(Show *s, const PdfCluster *k, const Sum *sum)
{
    PdfContent *c = s->c;
    const LayoutText *t = &s->it->text;
    unsigned char byte = (unsigned char)t->text[k->start];
    if (!s->simple || !s->placed || !c->showing || c->size != t->size ||
        c->font != s->face->font.p[0] || k->last - k->first > 1 || byte >= 0x80)
        return false;
    const PdfEntry *e = &c->font->fixed[byte];
    PdfPen diff = s->it->x * PEN_TWIP + sum_pen(t, sum) - c->pen;
    if (k->end - k->start > 1 || e->glyph != t->glyph[k->first].glyph || diff > s->slack ||
        diff < -s->slack)
        return false;
    put_code(c->b, e->cid);
    c->pen += e->width * s->unit + s->space;
    return true;
}

/* The glyphs of a cluster, at *sum, in the order of reading. */
static void show_cluster(Show *s, const PdfCluster *k, const Sum *sum, Buf *scratch)
{
    const LayoutText *t = &s->it->text;
    if (k->last - k->first == 1) {
        Piece whole = { t->text + k->start, k->end - k->start, 1 };
        show_glyph(s, k->first, whole, pen_at(s, sum));
        return;
    }
    for (uint32_t n = 0; n < k->last - k->first; n++) {
        uint32_t glyph = t->rtl ? k->last - 1 - n : k->first + n;
        Sum at = *sum;
        for (uint32_t i = k->first; i < glyph; i++, at.glyphs++)
            at.advance += t->glyph[i].advance;
        show_glyph(s, glyph, glyph_piece(t, k, glyph, scratch), pen_at(s, &at));
    }
}

static PdfCluster cluster_before(const LayoutText *t, uint32_t glyph)
{
    uint32_t first = glyph - 1;
    while (first && t->glyph[first - 1].cluster == t->glyph[glyph - 1].cluster)
        first--;
    return pdf_cluster(t, first);
}

/* Glyphs from one cluster's first to another's.  Right-to-left text goes glyph by glyph to the
 * left, so that its content is in the order of reading (14.8.2.3.3 without ReversedChars, which
 * would have to nest in the marked content of an element). */
static void show_range(PdfContent *c, const LayoutItem *it, uint32_t from, uint32_t to)
{
    const LayoutText *t = &it->text;
    Show s = { .c = c, .it = it, .face = pdf_face(c->f, t->face),
               .unit = (PdfPen)t->size * t->scale, .grain = t->size > 400 ? 10 : 100,
               .simple = !t->offset && !t->soft_hyphen };
    Buf scratch = {0};
    PdfCluster k;
    pdf_text_open(c);
    set_state(c, it);
    s.space = c->char_space * t->scale * (PEN_THOUSANDTH / 100);
    s.slack = s.grain * s.unit / 2 > PEN_THOUSANDTH ? s.grain * s.unit / 2 : PEN_THOUSANDTH;
    Sum sum = sum_until(t, t->rtl ? to : from);
    if (!t->rtl) {
        for (uint32_t i = from; i < to; i = k.last) {
            k = pdf_cluster(t, i);
            if (!show_next(&s, &k, &sum))
                show_cluster(&s, &k, &sum, &scratch);
            sum_cluster(&sum, t, &k, 1);
        }
    } else {
        for (uint32_t i = to; i > from; i = k.first) {
            k = cluster_before(t, i);
            sum_cluster(&sum, t, &k, -1);
            show_cluster(&s, &k, &sum, &scratch);
        }
    }
    set_rise(c, 0);
    buf_free(&scratch);
}

/* More glyphs than characters: no CID can carry the text. */
static bool needs_actual(const LayoutText *t, const PdfCluster *k, Buf *scratch)
{
    return k->last - k->first > 1 && cluster_piece(t, k, scratch).chars < k->last - k->first;
}

/* Ends the marked content, puts a Span with /ActualText round one cluster, and goes on in another
 * piece of the same element. */
static void show_actual(PdfContent *c, const LayoutItem *it, const PdfCluster *k)
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
    show_range(c, it, k->first, k->last);
    pdf_unmark(c);
    pdf_mark(c, layout_role_name(it->node->role), s.rest_number);
}

/* The first cluster in the order of reading, from..to, that needs it. */
static bool find_actual(const LayoutText *t, uint32_t from, uint32_t to, PdfCluster *k)
{
    Buf scratch = {0};
    bool found = false;
    for (uint32_t i = t->rtl ? to : from; !found && (t->rtl ? i > from : i < to);
         i = t->rtl ? k->first : k->last) {
        *k = t->rtl ? cluster_before(t, i) : pdf_cluster(t, i);
        found = needs_actual(t, k, &scratch);
    }
    buf_free(&scratch);
    return found;
}

void pdf_show(PdfContent *c, const LayoutItem *it)
{
    const LayoutText *t = &it->text;
    uint32_t from = 0, to = t->n_glyph;
    PdfCluster k;
    while (it->node && find_actual(t, from, to, &k)) {
        uint32_t start = t->rtl ? k.last : from, end = t->rtl ? to : k.first;
        if (start < end)
            show_range(c, it, start, end);
        show_actual(c, it, &k);
        if (t->rtl)
            to = k.first;
        else
            from = k.last;
    }
    if (from < to)
        show_range(c, it, from, to);
}
