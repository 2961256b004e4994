/* SPDX-License-Identifier: MIT */
/* Lines under, through and over text (writer-layout, text 7.5; the patterns and waves were read
 * from LibreOffice 7.4's PDF).  Measures here are tenths of a point, downwards from the
 * baseline. */
#include "emit.h"

#include <string.h>

typedef struct {
    Emit *e;
    const Portion *p;
    int32_t x, baseline;        /* of the text, twips */
    int32_t ascent, depth;      /* of its face */
    int32_t descent;            /* at most a third of the ascent */
    int32_t color;
} Rules;

/* Thickness, and what a double line and a bold one have instead. */
static int32_t thin(const Rules *r)
{
    int32_t t = (25 * r->descent + 50) / 100;
    return t < 1 ? 1 : t;
}

static int32_t thin_double(const Rules *r)
{
    int32_t t = (16 * r->descent + 50) / 100;
    return t < 1 ? 1 : t;
}

static int32_t thick(const Rules *r)
{
    int32_t t = (50 * r->descent + 50) / 100;
    return t < 1 ? 1 : t;
}

/* Lengths of strokes and gaps in thicknesses. */
static const uint8_t patterns[][6] = {
    [LINE_DOTTED] = { 1, 1 },
    [LINE_DASH] = { 4, 2 },
    [LINE_LONG_DASH] = { 8, 2 },
    [LINE_DOT_DASH] = { 4, 2, 1, 2 },
    [LINE_DOT_DOT_DASH] = { 4, 2, 1, 2, 1, 2 },
};

static void dashes(const Rules *r, OdfLineStyle style, int32_t x, int32_t width, int32_t top,
                   int32_t t)
{
    LayoutItem *i = emit_item(r->e, NULL);
    i->kind = ITEM_LINE;
    i->x = r->x + x;
    i->y = r->baseline + top * 2 + t;
    i->w = width;
    i->color = r->color;
    i->line.width = t * 2;
    for (size_t k = 0; k < COUNT(patterns[0]); k++)
        i->line.dash[k] = patterns[style][k] * t * 10;
}

/* Half waves of a length, up and down round a middle. */
static void wave(const Rules *r, int32_t x, int32_t width, int32_t middle, int32_t half,
                 int32_t line)
{
    enum { LEAST = 5, MOST = 4000 };
    int32_t step = 2 * (half < LEAST ? LEAST : half), n = width / step + 1;
    if (width <= 0 || n > MOST)
        return;
    size_t count = 1 + 3 * (size_t)n;
    OdfPoint *p = ARENA_ARRAY(r->e->c->arena, OdfPoint, count);
    p[0] = (OdfPoint){ POINT_MOVE, 0, 0 };
    for (int32_t i = 0; i < n; i++) {
        int32_t at = i * step, swing = i % 2 ? step / 2 : -step / 2;
        p[3 * i + 1] = (OdfPoint){ POINT_CURVE, at, 0 };
        p[3 * i + 2] = (OdfPoint){ POINT_CURVE, at + step / 2, swing };
        p[3 * i + 3] = (OdfPoint){ POINT_CURVE, at + step, 0 };
    }
    emit_path(r->e, NULL, p, count, r->x + x, r->baseline + middle * 2,
              (Paint){ .color = r->color, .opacity = 100, .width = line * 2 });
}

static void solid(const Rules *r, int32_t x, int32_t width, int32_t top, int32_t t)
{
    emit_fill(r->e, r->x + x, r->baseline + top * 2, width, t * 2, r->color);
}

static void underline(const Rules *r, int32_t x, int32_t width)
{
    const OdfTextProps *o = r->p->props;
    int32_t n = r->descent, t = o->underline_bold ? thick(r) : thin(r);
    if (o->underline == LINE_WAVE && o->underline_double) {
        wave(r, x, width, n / 2 + 1 + n / 12, n / 3 * 2, (t + 1) / 2);
        wave(r, x, width, n / 2 + 1 + n / 12 + (n + 7) / 6, n / 3 * 2, (t + 1) / 2);
    } else if (o->underline == LINE_WAVE) {
        wave(r, x, width, n / 2 + 1, n, (t + 1) / 2);
    } else if (o->underline_double) {
        t = thin_double(r);
        int32_t gap = 2 * t > 9 ? 2 * t : 9, top = n / 2 + 1 - gap / 2 - t;
        solid(r, x, width, top, t);
        solid(r, x, width, top + t + gap, t);
    } else {
        int32_t top = n / 2 + 1 - t / 2 - (o->underline_bold ? 0 : t / 2);
        if (o->underline == LINE_SINGLE)
            solid(r, x, width, top, t);
        else
            dashes(r, o->underline, x, width, top, t);
    }
}

static void strike(const Rules *r, int32_t x, int32_t width)
{
    const OdfTextProps *o = r->p->props;
    int32_t above = (r->ascent - (r->ascent + r->depth - r->p->size / 2)) / 3;
    int32_t t = thin(r), top = -(above + t / 2) - t / 2;
    if (o->strike_double) {
        t = thin_double(r);
        int32_t gap = 2 * t > 9 ? 2 * t : 9;
        solid(r, x, width, -above - gap / 2 - t, t);
        solid(r, x, width, -above - gap / 2 + gap, t);
    } else if (o->strike == LINE_SINGLE || o->strike == LINE_WAVE) {
        int32_t more = o->strike_bold ? thick(r) - t : 0;
        solid(r, x, width, top - more, t + more);
    } else {
        dashes(r, o->strike, x, width, top, t);
    }
}

static void overline(const Rules *r, int32_t x, int32_t width)
{
    OdfLineStyle style = r->p->props->overline;
    if (style == LINE_SINGLE || style == LINE_DOUBLE || style == LINE_WAVE)
        solid(r, x, width, 5 - r->ascent, thin(r));
    else
        dashes(r, style, x, width, 5 - r->ascent, thin(r));
}

static void all(Rules *r, int32_t x, int32_t width)
{
    const OdfTextProps *o = r->p->props;
    int32_t color = o->color == COLOR_AUTO ? 0 : o->color;
    r->color = o->underline_color == COLOR_AUTO ? color : o->underline_color;
    if (o->underline != LINE_NONE)
        underline(r, x, width);
    r->color = color;
    if (o->strike != LINE_NONE)
        strike(r, x, width);
    if (o->overline != LINE_NONE)
        overline(r, x, width);
}

static bool is_white(const TextPiece *t, uint32_t at)
{
    return t->text[at] == ' ' || (at + 1 < t->len && str_starts(t->text + at, "\xc2\xa0"));
}

/* text:...-mode="skip-white-space": a line under each word. */
static void words(Rules *r)
{
    const Portion *p = r->p;
    int64_t sixths = 0;
    int32_t from = 0, extra = 0;
    bool inside = false;
    for (uint32_t i = 0; i <= p->n_glyph; i++) {
        const TextGlyph *g = i < p->n_glyph ? &p->piece->glyph[p->glyph + i] : NULL;
        bool white = !g || is_white(p->piece, g->cluster);
        int32_t at = round_div(sixths, 6) + extra / 100 + (int32_t)i * p->spread;
        if (inside && white)
            all(r, from, at - from);
        else if (!inside && !white)
            from = at;
        inside = !white;
        if (g) {
            sixths += glyph_sixths(p->segment, g);
            extra += p->piece->text[g->cluster] == ' ' ? p->space_extra : 0;
        }
    }
}

void emit_rules(Emit *e, const Portion *p, int32_t x, int32_t baseline)
{
    const OdfTextProps *o = p->props;
    if (o->underline == LINE_NONE && o->strike == LINE_NONE && o->overline == LINE_NONE)
        return;
    const TextFace *face = face_of(e->c, o);
    Rules r = { .e = e, .p = p, .x = x, .baseline = baseline - p->rise };
    r.depth = round_div((int64_t)face->descent * p->size, 2 * face->upem);
    r.ascent = round_div((int64_t)face->ascent * p->size, 2 * face->upem);
    r.descent = 3 * r.depth > r.ascent ? r.ascent / 3 : r.depth;
    if (o->underline_words && p->kind == PORTION_TEXT && p->segment && !p->piece->rtl)
        words(&r);
    else if (!o->underline_words || p->kind != PORTION_TAB)
        all(&r, 0, p->width);
}
