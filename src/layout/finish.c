/* SPDX-License-Identifier: MIT */
/* A line's portions get their places: alignment and justification (writer-layout, text 3.3, 3.7,
 * 3.10), its height and baseline (1.3-1.7), frames in the line (frames-styles 1.2). */
#include "internal.h"

#include <string.h>

typedef struct { int32_t width, spaces, solid; } Measure;       /* solid: without trailing spaces */

static Measure measure(const Liner *l, size_t from)
{
    Measure m = {0};
    int32_t spaces = 0;
    for (size_t i = from; i < l->portion.n; i++) {
        const Portion *p = &l->portion.p[i];
        m.width = p->x + p->width;
        if (p->kind != PORTION_TEXT) {
            if (p->width) {
                m.solid = m.width;
                m.spaces = spaces;
            }
            continue;
        }
        int64_t sum = 0, solid = 0;
        bool letters = false;
        for (uint32_t k = 0; k < p->n_glyph; k++) {
            const TextGlyph *g = portion_glyph(p, k);
            sum += glyph_sixths(p->segment, g);
            if (p->piece->text[g->cluster] == ' ') {
                spaces++;
            } else {
                solid = sum;
                letters = true;
                m.spaces = spaces;
            }
        }
        if (letters)
            m.solid = p->x + round_div(solid, 6);
    }
    return m;
}

static int32_t italic_more(const Liner *l)
{
    const Portion *p = l->portion.n ? &l->portion.p[l->portion.n - 1] : NULL;
    return p && p->kind == PORTION_TEXT && p->props->italic && (l->last || l->broken)
               ? p->height / 12
               : 0;
}

/* A single word is stretched between its letters, when the style asks for it. */
static void spread(Liner *l, size_t from, int32_t rest)
{
    int32_t glyphs = 0, before = 0;
    for (size_t i = from; i < l->portion.n; i++)
        for (uint32_t k = 0; k < l->portion.p[i].n_glyph; k++)
            glyphs +=
                l->portion.p[i]
                    .piece->text[l->portion.p[i].piece->glyph[l->portion.p[i].glyph + k].cluster] !=
                ' ';
    if (glyphs < 2)
        return;
    for (size_t i = from; i < l->portion.n; i++) {
        Portion *p = &l->portion.p[i];
        p->spread = rest / (glyphs - 1);
        p->x += before * p->spread;
        p->width += (int32_t)p->n_glyph * p->spread;
        before += (int32_t)p->n_glyph;
    }
}

static void justify(Liner *l, size_t from)
{
    Measure m = measure(l, from);
    int32_t rest = l->room - m.solid;
    if (rest > 0 && !m.spaces && l->b->props->justify_single_word)
        spread(l, from, rest);
    if (rest <= 0 || !m.spaces)
        return;
    int32_t extra = (int32_t)((int64_t)rest * 100 / m.spaces);
    int64_t before = 0;                         /* spaces passed */
    for (size_t i = from; i < l->portion.n; i++) {
        Portion *p = &l->portion.p[i];
        p->x += (int32_t)(before * extra / 100);
        if (p->kind != PORTION_TEXT)
            continue;
        int64_t here = 0;
        for (uint32_t k = 0; k < p->n_glyph; k++)
            here += p->piece->text[p->piece->glyph[p->glyph + k].cluster] == ' ';
        p->space_extra = here ? extra : 0;
        p->width += (int32_t)(here * extra / 100);
        before += here;
    }
}

/* What is left of the line's room beside its text. */
static int32_t free_room(const Liner *l, OdfAlign align)
{
    Measure m = measure(l, 0);
    if (l->content->rtl && align == ALIGN_RIGHT)        /* spaces at its end stand at the left */
        return l->room - m.width;
    bool ends = l->last || l->broken;
    int32_t width = ends && !l->c->compat->MsWordCompTrailingBlanks ? m.width : m.solid;
    return l->room - width - italic_more(l);
}

static void align(Liner *l, Line *out)
{
    const OdfParaProps *p = l->b->props;
    OdfAlign align = p->align;
    if (l->last && align == ALIGN_JUSTIFY)      /* „end” there gives start (3.10) */
        align = p->align_last == ALIGN_RIGHT ? ALIGN_LEFT : p->align_last;
    else if (l->content->rtl && (align == ALIGN_LEFT || align == ALIGN_RIGHT))
        align = align == ALIGN_LEFT ? ALIGN_RIGHT : ALIGN_LEFT;
    out->x = l->x0;
    if (align == ALIGN_JUSTIFY) {
        size_t tab = l->portion.n;
        while (tab && l->portion.p[tab - 1].kind != PORTION_TAB)
            tab--;
        if (!(l->broken && l->c->compat->DoNotJustifyLinesWithManualBreak))
            justify(l, tab);
    } else if (align != ALIGN_LEFT) {
        int32_t free = free_room(l, align);
        if (free > 0)
            out->x += align == ALIGN_RIGHT ? free : free / 2;
    }
}

/* ---- both directions (UAX #9) ---- */

static unsigned level_of(const Liner *l, const Portion *p)
{
    unsigned base = l->content->rtl ? 1 : 0;
    return p->segment && p->segment->level > base ? p->segment->level : base;
}

static void reverse(const Portion **p, size_t n)
{
    for (size_t i = 0; i < n / 2; i++) {
        const Portion *other = p[i];
        p[i] = p[n - 1 - i];
        p[n - 1 - i] = other;
    }
}

/* Rule L2 within portions that stand in a row: runs of each level are turned, the highest first.
 * The portions stay in the order of reading, only their places change. */
static void reorder(Liner *l, size_t from, size_t to, unsigned base)
{
    size_t n = to - from;
    const Portion **row = ARENA_ARRAY(l->c->pass, const Portion *, n);
    unsigned highest = base;
    for (size_t i = 0; i < n; i++) {
        row[i] = &l->portion.p[from + i];
        highest = level_of(l, row[i]) > highest ? level_of(l, row[i]) : highest;
    }
    for (unsigned level = highest; level > base; level--)
        for (size_t i = 0, k; i < n; i = k + 1) {
            for (k = i; k < n && level_of(l, row[k]) >= level; k++)
                ;
            reverse(row + i, k - i);
        }
    int32_t x = l->portion.p[from].x;
    for (size_t i = 0; i < n; i++) {
        l->portion.p[row[i] - l->portion.p].x = x;
        x += row[i]->width;
    }
}

/* Text of the other direction changes places; a right-to-left line is turned as a whole. */
static void direct(Liner *l, Line *out)
{
    unsigned base = l->content->rtl ? 1 : 0;
    for (size_t i = 0, k; i < l->portion.n; i = k + 1) {
        for (k = i; k < l->portion.n && level_of(l, &l->portion.p[k]) > base; k++)
            ;
        if (k - i > 1)
            reorder(l, i, k, base);
    }
    if (!base)
        return;
    for (size_t i = 0; i < l->portion.n; i++) {
        Portion *p = &l->portion.p[i];
        p->x = l->area - out->x - p->x - p->width;
    }
    out->x = 0;
}

/* Where a frame stands on the line: its top from the baseline, downwards (frames-styles 1.2.2). */
static int32_t frame_top(const Frame *f, int32_t ascent, int32_t descent)
{
    const OdfFrameProps *p = &f->props;
    int32_t h = f->height + p->margin[SIDE_TOP] + p->margin[SIDE_BOTTOM];
    bool line = p->vrel == VREL_LINE || p->vrel == VREL_TEXT;
    switch (p->vpos) {
    case VPOS_TOP:
        return line ? -ascent : -h;
    case VPOS_MIDDLE:
        return line ? -(h + ascent - descent) / 2 : -h / 2;
    case VPOS_BOTTOM:
    case VPOS_BELOW:
        return line || p->vpos == VPOS_BELOW ? descent - h : 0;
    case VPOS_FROM_TOP:
        break;
    }
    return p->y;
}

/* Largest ascent, descent and H of the text on the line. */
static void text_measure(const Liner *l, int32_t *ascent, int32_t *descent, int32_t *text_height)
{
    for (size_t i = 0; i < l->portion.n; i++) {
        const Portion *p = &l->portion.p[i];
        if (p->kind == PORTION_FRAME)
            continue;
        int32_t a = p->line_ascent, d = p->line_height - p->line_ascent;
        if (a > *ascent)
            *ascent = a;
        if (d > *descent)
            *descent = d;
        if (p->kind != PORTION_TAB && p->line_height > *text_height)
            *text_height = p->line_height;
    }
}

static void frames_measure(Liner *l, int32_t *ascent, int32_t *descent)
{
    int32_t text_a = *ascent, text_d = *descent;
    for (size_t i = 0; i < l->portion.n; i++) {
        Portion *p = &l->portion.p[i];
        if (p->kind != PORTION_FRAME || p->frame->props.anchor != ANCHOR_CHAR_AS)
            continue;
        int32_t h = p->frame->height + p->frame->props.margin[SIDE_TOP] +
                    p->frame->props.margin[SIDE_BOTTOM];
        p->frame_top = frame_top(p->frame, text_a, text_d);
        if (-p->frame_top > *ascent)
            *ascent = -p->frame_top;
        if (h + p->frame_top > *descent)
            *descent = h + p->frame_top;
    }
}

/* In a paragraph without text, named character styles of empty spans count, the last one, and not
 * the automatic ones (tried with LibreOffice 7.4). */
static const OdfTextProps *empty_span(const Liner *l, const OdfNode *n, const OdfTextProps *found,
                                      int depth)
{
    for (uint32_t i = 0; n->name != ODF_CHARACTERS && depth < 50 && i < n->n_kid; i++) {
        const OdfNode *kid = n->kid[i];
        if (kid->name != ODF_TEXT_SPAN)
            continue;
        if (kid->style && !odf_style_automatic(kid->style))
            found = odf_text_props(l->c->file, l->b->text, kid->style);
        found = empty_span(l, kid, found, depth + 1);
    }
    return found;
}

/* Properties of an automatic style that the whole text has are the paragraph's, at its end too. */
static const OdfTextProps *whole_span(const Liner *l, const OdfTextProps *other)
{
    const OdfNode *n = l->b->node;
    const OdfNode *span = n->n_kid == 1 && n->kid[0]->name == ODF_TEXT_SPAN ? n->kid[0] : NULL;
    bool whole = span && span->style && odf_style_automatic(span->style);
    return whole ? odf_text_props(l->c->file, l->b->text, span->style) : other;
}

/* The height of a line without portions: of the paragraph's font, or of the font at the break. */
static void empty_measure(const Liner *l, int32_t *ascent, int32_t *height)
{
    const OdfTextProps *p = l->b->text;
    p = l->content->len ? whole_span(l, p) : empty_span(l, l->b->node, p, 0);
    for (size_t i = 0; i < l->content->n_run; i++) {
        const Run *r = &l->content->run[i];
        if (r->kind == RUN_BREAK && r->start == l->start)
            p = r->props;
    }
    font_measure(face_of(l->c, p), p->size, l->c->compat->AddExternalLeading, ascent, height);
}

static void line_height(const Liner *l, Line *out, int32_t text_height)
{
    const OdfParaProps *p = l->b->props;
    int32_t h = out->height, percent = p->line_height < 50 ? 50 : p->line_height;
    switch (p->line_kind) {
    case LINE_HEIGHT_NORMAL:
        break;
    case LINE_HEIGHT_PERCENT:
        if (percent >= 100) {
            out->above = l->first ? 0 : (percent - 100) * text_height / 100;
        } else if (!l->first) {
            out->height = h - (100 - percent) * text_height / 100;
            out->ascent -= h - out->height;
        } else if (l->c->compat->PropLineSpacingShrinksFirstLine) {
            out->height = percent * h / 100;
            out->ascent = 4 * out->height / 5;
        }
        break;
    case LINE_HEIGHT_FIXED:
        out->height = p->line_height;
        out->ascent = 4 * p->line_height / 5;
        break;
    case LINE_HEIGHT_LEAST:
        if (h < p->line_height) {
            out->ascent += p->line_height - h;
            out->height = p->line_height;
        }
        break;
    case LINE_HEIGHT_LEADING:
        out->above = l->first ? 0 : p->line_height;
        break;
    }
}

static bool only_labels(const Liner *l)
{
    for (size_t i = 0; i < l->portion.n; i++)
        if (l->portion.p[i].kind != PORTION_LABEL)
            return false;
    return true;
}

static bool has_frame(const Liner *l)
{
    for (size_t i = 0; i < l->portion.n; i++)
        if (l->portion.p[i].kind == PORTION_FRAME &&
            l->portion.p[i].frame->props.anchor == ANCHOR_CHAR_AS)
            return true;
    return false;
}

/* A line without text is as high as text of its paragraph, beside a label too; but a frame stands
 * there alone.  Line spacing counts from that height. */
static void line_measure(const Liner *l, Line *out, int32_t *ascent, int32_t *descent,
                         int32_t *text_height)
{
    text_measure(l, ascent, descent, text_height);
    out->natural = *ascent + *descent;
    if (out->natural && !only_labels(l))
        return;
    int32_t a, h;
    empty_measure(l, &a, &h);
    out->natural = *text_height = h;
    if (has_frame(l))
        return;
    *ascent = a > *ascent ? a : *ascent;
    *descent = h - a > *descent ? h - a : *descent;
}

void line_finish(Liner *l, Line *out)
{
    int32_t ascent = 0, descent = 0, text_height = 0;
    tabs_resolve(l);
    align(l, out);
    direct(l, out);
    line_measure(l, out, &ascent, &descent, &text_height);
    frames_measure(l, &ascent, &descent);
    out->ascent = ascent;
    out->height = ascent + descent;
    line_height(l, out, text_height);
    Portion *copy = ARENA_ARRAY(l->c->pass, Portion, l->portion.n);
    if (l->portion.n)
        memcpy(copy, l->portion.p, l->portion.n * sizeof *copy);
    out->portion = copy;
    out->n_portion = (uint32_t)l->portion.n;
    out->start = l->start;
    out->end = l->end;
}
