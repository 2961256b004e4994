/* SPDX-License-Identifier: MIT */
/* Texts of charts: how large LibreOffice takes them to be, and where their letters go. */
#include "chart.h"

#include <hb.h>
#include <math.h>
#include <string.h>

enum { PIXEL = 15 }; /* twips: 1/96 inch */

static double pixels(const OdfTextProps *p)
{
    return floor(p->size / (double)PIXEL + .5);
}

double chart_ascent(const ChartPen *k, const OdfTextProps *p)
{
    const TextFace *face = face_of(k->e->c, p);
    return floor(face->ascent * pixels(p) / face->upem + .5) * PIXEL;
}

/* The box of a text is a hundredth of a millimetre higher than its line. */
double chart_line_height(const ChartPen *k, const OdfTextProps *p)
{
    const TextFace *face = face_of(k->e->c, p);
    return chart_ascent(k, p) + floor(face->descent * pixels(p) / face->upem + .5) * PIXEL +
           MM100(1);
}

/* ---- one line ---- */

typedef struct {
    const Segment *p;
    uint32_t n;
} Pieces;

static Pieces segments_of(const ChartPen *k, const OdfTextProps *props, const char *text,
                          size_t len)
{
    Ctx *c = k->e->c;
    Content *t = ARENA_NEW(c->pass, Content);
    Run *run = ARENA_NEW(c->pass, Run);
    *run = (Run){ .kind = RUN_TEXT, .end = (uint32_t)len, .props = props, .size = props->size };
    *t = (Content){
        .text = arena_dup(c->pass, text, len), .len = (uint32_t)len, .run = run, .n_run = 1
    };
    Pieces s = { 0 };
    s.p = segments_make(c, t, NULL, &s.n);
    return s;
}

/* In whole pixels for each letter. */
static double segment_width(const Segment *s)
{
    double px = pixels(s->run->props), sum = 0;
    for (uint32_t i = 0; s->piece && i < s->piece->n_glyph; i++)
        sum += floor(s->piece->glyph[i].advance * px / s->face->upem + .5);
    return sum * PIXEL;
}

static double line_width(const ChartPen *k, const OdfTextProps *props, const char *text, size_t len)
{
    Pieces s = segments_of(k, props, text, len);
    double sum = 0;
    for (size_t i = 0; i < s.n; i++)
        sum += segment_width(&s.p[i]);
    return sum;
}

double chart_width(const ChartPen *k, const OdfTextProps *props, const char *text)
{
    return line_width(k, props, text, strlen(text));
}

/* What each letter gives or takes so that the text is as wide as it was measured; the space at its
 * end does not count. */
static int32_t spacing(const Segment *s)
{
    const TextGlyph *g = s->piece->glyph;
    uint32_t n = s->piece->n_glyph;
    double px = pixels(s->run->props), more = 0;
    n -= n > 1 && s->piece->text[g[n - 1].cluster] == ' ';
    for (uint32_t i = 0; i < n; i++)
        more += floor(g[i].advance * px / s->face->upem + .5) * PIXEL -
                (double)g[i].advance * s->run->size / s->face->upem;
    return (int32_t)lround(more / n);
}

/* A space follows, that parts it from the next text for a reader. */
static void put_line(ChartPen *k, const OdfTextProps *props, const char *text, size_t len, double x,
                     double y, int angle)
{
    const char *spaced = arena_format(k->e->c->pass, "%.*s ", (int)len, text);
    Pieces s = segments_of(k, props, spaced, len + 1);
    double turn = angle * M_PI / 180;
    bool rtl = s.n && s.p[0].piece && s.p[0].piece->rtl;
    if (rtl) /* it would stand on the left */
        s = segments_of(k, props, text, len);
    for (uint32_t n = 0; n < s.n; n++) {
        const Segment *g = &s.p[rtl ? s.n - 1 - n : n];
        if (!g->piece || !g->piece->n_glyph)
            continue;
        LayoutItem *i = emit_item(k->e, k->node);
        i->kind = ITEM_TEXT;
        i->x = (int32_t)lround(x);
        i->y = (int32_t)lround(y);
        i->color = props->color >= 0 ? props->color : 0;
        i->text = (LayoutText){ .face = g->piece->face,
                                .size = props->size,
                                .glyph = g->piece->glyph,
                                .offset = g->piece->offset,
                                .n_glyph = g->piece->n_glyph,
                                .text = g->piece->text,
                                .len = g->piece->len,
                                .spacing = spacing(g),
                                .scale = 100,
                                .rtl = g->piece->rtl,
                                .turn = (int16_t)angle };
        double w = segment_width(g);
        x += w * cos(turn);
        y -= w * sin(turn);
    }
}

void chart_put(ChartPen *k, const OdfTextProps *props, const char *text, double x, double y,
               int angle)
{
    put_line(k, props, text, strlen(text), x, y, angle);
}

/* ---- several lines ---- */

static size_t line_length(const char *s)
{
    return strcspn(s, "\n");
}

Size chart_block_size(const ChartPen *k, const OdfTextProps *props, const char *text)
{
    Size size = { 0 };
    for (const char *s = text;; s++) {
        double w = line_width(k, props, s, line_length(s));
        size.width = w > size.width ? w : size.width;
        size.height += chart_line_height(k, props);
        s += line_length(s);
        if (!*s)
            return size;
    }
}

void chart_block(ChartPen *k, const OdfTextProps *props, const char *text, double x, double y,
                 bool middle)
{
    double width = chart_block_size(k, props, text).width;
    double at = y + chart_ascent(k, props);
    for (const char *s = text;; s++, at += chart_line_height(k, props)) {
        size_t len = line_length(s);
        double left = middle ? x + (width - line_width(k, props, s, len)) / 2 : x;
        put_line(k, props, s, len, left, at, 0);
        s += len;
        if (!*s)
            return;
    }
}

const char *chart_wrap(const ChartPen *k, const OdfTextProps *props, const char *text, double width)
{
    char *out = arena_str(k->e->c->pass, text), *line = out;
    for (char *space = strchr(out, ' '), *next; space; space = next) {
        next = strchr(space + 1, ' ');
        size_t end = next ? (size_t)(next - line) : strlen(line);
        if (line_width(k, props, line, end) <= width)
            continue;
        *space = '\n';
        line = space + 1;
    }
    return out;
}

/* ---- numbers ---- */

/* LibreOffice's format "General" prints at most ten figures. */
static double rounded(double v)
{
    double size = fabs(v);
    if (!(size > 1e-200 && size < 1e200))
        return 0;
    double ten = pow(10, 9 - floor(log10(size)));
    return ten > 1e15 ? floor(v * ten + .5) / ten : round(v * ten) / ten;
}

static void put_general(Buf *b, const OdfTextProps *props, double v)
{
    double size = fabs(v);
    bool far = size >= 1e15 || (size > 0 && size < 1e-9);
    int ten = far ? (int)floor(log10(size)) : 0;
    if (v < 0)
        buf_chr(b, '-');
    text_number(b, props->language, props->country, rounded(far ? size / pow(10, ten) : size), -1,
                1, false);
    if (far)
        buf_format(b, "E%c%02d", ten < 0 ? '-' : '+', ten < 0 ? -ten : ten);
}

const char *chart_number_text(const ChartPen *k, const OdfNode *format, const OdfTextProps *props,
                              double v, bool percent)
{
    Buf b = { 0 };
    bool percents = format && format->name == ODF_NUMBER_PERCENTAGE_STYLE;
    v = rounded(v);
    if (!format || (percent && !percents) || fabs(v) >= 1e15 ||
        !data_amount(format, props, v, &b)) {
        buf_clear(&b);
        if (percent)
            text_number(&b, props->language, props->country, v * 100, 0, 1, false);
        else
            put_general(&b, props, v);
        buf_str(&b, percent ? "%" : "");
    }
    const char *s = arena_dup(k->e->c->pass, b.p, b.n);
    buf_free(&b);
    return s;
}
