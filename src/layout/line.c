/* SPDX-License-Identifier: MIT */
/* Breaking a paragraph into lines, as Writer does (writer-layout, text section 3): greedily, a line
 * fits when its width without trailing spaces is at most the room. */
#include "internal.h"

#include <string.h>

/* Where the line could end: before byte `end`, with the portions up to and including `portion`. */
typedef struct { bool found, hyphen; uint32_t end; size_t portions; } Candidate;

typedef struct {
    Liner l;
    size_t segment;             /* the next one to look at, from byte `at` */
    uint32_t at;
    int32_t x;                  /* where the next portion begins */
    int32_t solid;              /* the right end of what is no trailing space */
    Candidate best;
    bool overflow;
    bool over_margin;           /* after a tab that reaches beyond it: text may stick out */
    uint32_t over;              /* the byte of the first glyph that does not fit */
} Scan;

static bool italic_end(const Scan *s, int32_t *more)
{
    for (size_t i = s->l.portion.n; i--; ) {
        const Portion *p = &s->l.portion.p[i];
        if (p->kind != PORTION_TEXT)
            return false;
        *more = p->height / 12;
        return p->props->italic;
    }
    return false;
}

/* Notes that the line could end before byte `end`, if what must follow there still fits. */
static void candidate(Scan *s, uint32_t end, bool soft_hyphen)
{
    int32_t need = 0;
    if (end <= s->l.start)
        return;
    if (soft_hyphen && s->l.portion.n)
        need = hyphen_width(s->l.c, &s->l.portion.p[s->l.portion.n - 1]);
    else if (!italic_end(s, &need))
        need = 0;
    if (s->solid + need <= s->l.room)
        s->best = (Candidate){ true, soft_hyphen, end, s->l.portion.n };
}

static bool after_soft_hyphen(const Content *t, uint32_t at)
{
    return at >= 2 && t->text[at - 2] == '\xc2' && t->text[at - 1] == '\xad';
}

/* Gives a portion n glyphs of its piece, from one on, in the order of reading. */
static void take_glyphs(Portion *p, uint32_t first, uint32_t n)
{
    p->glyph = p->piece->rtl ? p->piece->n_glyph - first - n : first;
    p->n_glyph = n;
}

/* Where a sum of glyphs ends; a negative spacing is not after the last one. */
static int32_t right_of(const Scan *s, const Segment *seg, int64_t sixths)
{
    int32_t tight = seg->run->props->letter_spacing;
    return s->x + round_div(sixths, 6) - (tight < 0 ? tight : 0);
}

/* A sixth of a twip too much is too much, though portions are as wide as whole twips. */
static bool fits(const Scan *s, const Segment *seg, int64_t sixths)
{
    int32_t tight = seg->run->props->letter_spacing;
    return sixths - (tight < 0 ? 6 * tight : 0) <= 6 * ((int64_t)s->l.room - s->x);
}

/* The line could end before glyph i of the segment, `sum` behind where it began. */
static bool may_end(const Scan *s, uint32_t off, int64_t sum)
{
    uint8_t can = s->l.content->can_break[off];
    return can && off > s->l.start &&
           (can != TEXT_BREAK_IF_SPACE_ENDS || s->x + round_div(sum, 6) > s->l.room);
}

static Portion *begin_text(Scan *s, const Segment *seg)
{
    Portion p = { .segment = seg,
                  .kind = PORTION_TEXT,
                  .x = s->x,
                  .start = s->at,
                  .end = s->at,
                  .piece = seg->piece,
                  .props = seg->run->props,
                  .size = seg->run->size,
                  .rise = seg->run->rise,
                  .ascent = seg->ascent,
                  .height = seg->height, .line_ascent = seg->line_ascent,
                  .line_height = seg->line_height,
                  .link = seg->run->link };
    vec_push(&s->l.portion, p);
    return &s->l.portion.p[s->l.portion.n - 1];
}

/* Appends the glyphs of a segment from byte s->at until its end or until one does not fit. */
static void scan_text(Scan *s, const Segment *seg)
{
    const Content *t = s->l.content;
    uint32_t first = glyph_from(seg, s->at), before = UINT32_MAX;
    int64_t sum = 0, solid = 0; /* sixths of a twip; up to the last glyph that is no space */
    bool letters = false;
    Portion *now = begin_text(s, seg);
    for (uint32_t i = first; i < seg->piece->n_glyph; i++) {
        const TextGlyph *g = piece_glyph(seg->piece, i);
        uint32_t off = seg->start + g->cluster;
        if (off != before && may_end(s, off, sum)) {
            now->end = off;
            take_glyphs(now, first, i - first);
            if (letters)
                s->solid = right_of(s, seg, solid);
            candidate(s, off, after_soft_hyphen(t, off));
        }
        before = off;
        sum += glyph_sixths(seg, g);
        if (t->text[off] == ' ')
            continue;
        if (!fits(s, seg, sum) && !s->over_margin) {
            s->overflow = true;
            s->over = off;
            take_glyphs(now, first, i - first);
            now->end = off;
            break;
        }
        solid = sum;
        letters = true;
    }
    if (letters)
        s->solid = right_of(s, seg, solid);
    if (s->overflow)
        return;
    take_glyphs(now, first, seg->piece->n_glyph - first);
    now->end = seg->end;
    now->width = round_div(sum, 6);
    if (now->n_glyph && now->props->letter_spacing < 0)
        now->width -= now->props->letter_spacing;
    s->x += now->width;
}

static void scan_tab(Scan *s, const Segment *seg)
{
    bool begins = s->l.portion.n == 0 || s->l.portion.p[s->l.portion.n - 1].kind == PORTION_LABEL;
    if (!begins)
        candidate(s, seg->start, false);
    tabs_resolve(&s->l);
    if (s->l.portion.n) {
        const Portion *last = &s->l.portion.p[s->l.portion.n - 1];
        s->x = last->x + last->width;
    }
    Stop stop = tab_next(&s->l, s->x);
    bool beyond =
        stop.type == TAB_LEFT && stop.position >= s->l.room && !s->l.c->compat->TabOverMargin;
    Portion p = { .segment = seg,
                  .kind = PORTION_TAB,
                  .x = s->x,
                  .start = seg->start,
                  .end = seg->end,
                  .props = seg->run->props,
                  .size = seg->run->size,
                  .ascent = seg->ascent,
                  .height = seg->height, .line_ascent = seg->line_ascent,
                  .line_height = seg->line_height,
                  .leader = stop.leader,
                  .link = seg->run->link };
    p.width = stop.type == TAB_LEFT ? stop.position - s->x : 0;
    bool outside = stop.explicit_stop && stop.position > s->l.room && stop.position >= s->l.area;
    if (beyond && !begins && !outside) {        /* text.md 4.5 */
        s->overflow = true;
        s->over = seg->start;
        return;
    }
    if (beyond)
        p.width = s->l.room > s->x ? s->l.room - s->x : 0;
    vec_push(&s->l.portion, p);
    s->x += p.width;
    s->over_margin |= s->l.c->compat->TabOverMargin && s->x >= s->l.room;
    s->solid = s->x < s->l.room ? s->x : s->l.room;
    if (begins || beyond)
        candidate(s, seg->end, false);
}

static void scan_frame(Scan *s, const Segment *seg)
{
    Frame *frame = frame_make(s->l.c, seg->run->node, s->l.room);
    const OdfFrameProps *f = &frame->props;
    if (s->l.portion.n && seg->start > s->l.start)
        candidate(s, seg->start, false);
    Portion p = { .segment = seg,
                  .kind = PORTION_FRAME,
                  .x = s->x,
                  .start = seg->start,
                  .end = seg->end,
                  .props = seg->run->props,
                  .size = seg->run->size,
                  .ascent = seg->ascent,
                  .height = seg->height, .line_ascent = seg->line_ascent,
                  .line_height = seg->line_height,
                  .frame = frame,
                  .link = seg->run->link };
    p.width = frame->width + f->margin[SIDE_LEFT] + f->margin[SIDE_RIGHT];
    if (s->x + p.width > s->l.room && seg->start > s->l.start && s->best.found) {
        s->overflow = true;
        s->over = seg->start;
        return;
    }
    vec_push(&s->l.portion, p);
    s->x += p.width;
    s->solid = s->x;
    candidate(s, seg->end, false);
}

/* What hangs on this place takes no room in the line. */
static void scan_anchor(Scan *s, const Segment *seg)
{
    Portion p = { .segment = seg,
                  .kind = PORTION_FRAME,
                  .x = s->x,
                  .start = seg->start,
                  .end = seg->end,
                  .props = seg->run->props,
                  .link = seg->run->link };
    p.frame = map_get(s->l.c->anchored, (const char *)&seg->run->node, sizeof seg->run->node);
    if (p.frame)                                /* else only measured */
        vec_push(&s->l.portion, p);
}

/* ---- a line ---- */

/* Cuts the portions so that the line ends before byte `end`. */
static void cut(Scan *s, size_t portions, uint32_t end)
{
    Liner *l = &s->l;
    if (portions < l->portion.n)
        l->portion.n = portions;
    while (l->portion.n && l->portion.p[l->portion.n - 1].start >= end &&
           l->portion.p[l->portion.n - 1].kind != PORTION_LABEL)
        l->portion.n--;
    if (!l->portion.n || l->portion.p[l->portion.n - 1].kind != PORTION_TEXT)
        return;
    Portion *p = &l->portion.p[l->portion.n - 1];
    const Segment *seg = p->segment;
    uint32_t first = glyph_from(seg, p->start);
    take_glyphs(p, first, glyph_from(seg, end) - first);
    p->end = end < seg->end ? end : seg->end;
    p->width = portion_measure(p);
}

static void add_hyphen(Scan *s)
{
    const Portion last = s->l.portion.p[s->l.portion.n - 1];
    Portion h = portion_text(s->l.c, last.props, last.size, "-");
    h.kind = PORTION_HYPHEN;
    h.segment = last.segment;
    h.x = last.x + last.width;
    h.rise = last.rise;
    h.start = h.end = last.end;
    h.link = last.link;
    vec_push(&s->l.portion, h);
}

/* One glyph at least, even when it does not fit (text.md 3.8). */
static uint32_t forced_end(const Scan *s)
{
    const Content *t = s->l.content;
    uint32_t end = s->over;
    if (end <= s->l.start) {
        int n;
        utf8_get(t->text + s->l.start, t->text + t->len, &n);
        end = s->l.start + (uint32_t)n;
        while (end < t->len && ((unsigned char)t->text[end] & 0xc0) == 0x80)
            end++;
    }
    return end;
}

static void break_line(Scan *s)
{
    uint32_t end = hyphen_place(&s->l, s->over, s->best.found ? s->best.end : s->l.start);
    if (end)
        s->best = (Candidate){ true, true, end, s->l.portion.n };
    if (s->best.found) {
        bool hyphen = s->best.hyphen;
        cut(s, s->best.portions, s->best.end);
        s->l.end = s->best.end;
        if (hyphen && s->l.portion.n)
            add_hyphen(s);
        s->l.ladder = hyphen ? s->l.ladder + 1 : 0;
        return;
    }
    if (!s->l.must) {                           /* beside a frame: the word goes elsewhere */
        s->l.end = s->l.start;
        return;
    }
    end = forced_end(s);
    cut(s, s->l.portion.n, end);
    if (s->l.portion.n && s->l.portion.p[s->l.portion.n - 1].kind == PORTION_TEXT &&
        !s->l.portion.p[s->l.portion.n - 1].n_glyph) {
        Portion *p = &s->l.portion.p[s->l.portion.n - 1];
        take_glyphs(p, glyph_from(p->segment, p->start), 1);
        p->end = end;
        p->width = portion_measure(p);
    }
    s->l.end = end;
    s->l.ladder = 0;
}

static void scan_segment(Scan *s, const Segment *seg)
{
    switch (seg->run->kind) {
    case RUN_TEXT:
        scan_text(s, seg);
        break;
    case RUN_TAB:
        scan_tab(s, seg);
        break;
    case RUN_FRAME:
        scan_frame(s, seg);
        break;
    case RUN_ANCHOR:
        scan_anchor(s, seg);
        break;
    case RUN_BREAK:
        s->l.broken = true;
        break;
    }
}

/* Collects the portions of the line that begins at s->at. */
static void scan_line(Scan *s)
{
    const Content *t = s->l.content;
    s->best.found = s->overflow = false;
    s->l.broken = false;
    while (s->segment < t->n_segment && !s->overflow && !s->l.broken) {
        const Segment *seg = &t->segment[s->segment];
        if (s->at < seg->start)
            s->at = seg->start;
        if (seg->run->kind == RUN_TEXT && seg->start > s->l.start && s->at == seg->start &&
            t->can_break[seg->start] && !seg->piece)
            candidate(s, seg->start, false);
        scan_segment(s, seg);
        if (!s->overflow)
            s->at = t->segment[s->segment++].end;
    }
    int32_t italic = 0;
    if (!s->overflow && s->l.portion.n && italic_end(s, &italic) && s->solid + italic > s->l.room &&
        s->best.found) {
        s->overflow = true;
        s->l.broken = false;
        s->over = s->l.portion.p[s->l.portion.n - 1].end;
    }
    s->l.end = s->at;
    if (s->overflow)
        break_line(s);
}

/* Puts the scan at the byte where the next line begins. */
static void go_to(Scan *s, uint32_t at)
{
    const Content *t = s->l.content;
    s->at = at;
    s->segment = s->segment < t->n_segment ? s->segment : t->n_segment;
    while (s->segment && t->segment[s->segment - 1].end > at)
        s->segment--;
    while (s->segment < t->n_segment && t->segment[s->segment].end <= at &&
           !(t->segment[s->segment].start == at && t->segment[s->segment].end == at))
        s->segment++;
}

/* ---- the first line's label (text.md section 6) ---- */

static void put_label(Scan *s)
{
    const Label *label = s->l.b->label;
    const OdfListLevel *v = label->level;
    Liner *l = &s->l;
    Portion p = portion_text(l->c, label->props, label->props->size, label->text);
    p.kind = PORTION_LABEL;
    int32_t end;
    if (v->label_alignment) {
        /* left and right are the page's: in right-to-left text the label ends at its place */
        OdfAlign out = l->content->rtl ? ALIGN_LEFT : ALIGN_RIGHT;
        p.x = v->align == out ? -p.width : v->align == ALIGN_CENTER ? -p.width / 2 : 0;
        end = p.x + p.width;
        if (v->follow == FOLLOW_SPACE)
            end += portion_text(l->c, label->props, label->props->size, " ").width;
        else if (v->follow == FOLLOW_TAB)
            end = tab_next(l, end).position;
    } else {
        int32_t free = v->min_label_width - p.width;
        p.x = free <= 0 || v->align == ALIGN_LEFT ? 0 : v->align == ALIGN_CENTER ? free / 2 : free;
        end = p.x + p.width + (free < 0 || v->min_label_distance ? v->min_label_distance : 0);
        if (end < v->min_label_width)
            end = v->min_label_width;
    }
    vec_push(&l->portion, p);
    s->x = s->solid = end;
}

int32_t portion_measure(const Portion *p)
{
    int64_t sum = 0;
    for (uint32_t i = 0; i < p->n_glyph; i++)
        sum += glyph_sixths(p->segment, &p->piece->glyph[p->glyph + i]);
    int32_t spacing = p->props->letter_spacing;
    return round_div(sum, 6) - (p->n_glyph && spacing < 0 ? spacing : 0);
}

/* A line's room between obstacles (frames-styles 1.4.5): beside one that covers the line's start
 * the indents count from its edge. */
static void start_line(Scan *s, Interval room, int32_t width, bool first)
{
    int32_t inset[4];
    const Block *b = s->l.b;
    paragraph_insets(b->props, inset);
    s->l.first = first;
    bool rtl = s->l.content->rtl;
    int32_t indent = b->left + inset[rtl ? SIDE_RIGHT : SIDE_LEFT] + (first ? b->first : 0);
    int32_t end = width - b->right - inset[rtl ? SIDE_LEFT : SIDE_RIGHT];
    s->l.x0 = room.from > indent ? room.from + indent : indent;
    s->l.room = (room.to < width && room.to < end ? room.to : end) - s->l.x0;
    s->l.area = width;
    s->l.portion.n = 0;
    s->l.start = s->at;
    s->x = s->solid = 0;
    s->over_margin = false;
    if (first && b->label)
        put_label(s);
}

/* Lines of right-to-left paragraphs are made from the right edge on; line_finish() turns them. */
static void from_the_right(Interval *room, size_t n, int32_t width)
{
    for (size_t i = 0; i < n; i++)
        room[i] = (Interval){ width - room[i].to, width - room[i].from };
    for (size_t i = 0; i < n / 2; i++) {
        Interval other = room[i];
        room[i] = room[n - 1 - i];
        room[n - 1 - i] = other;
    }
}

/* One line at y of the region.  Beside frames it may consist of several pieces, and it moves down
 * until there is room for a word; *y becomes the bottom. */
static void put_line(Scan *s, Lines *out, int32_t width, int32_t *y)
{
    Ctx *c = s->l.c;
    Interval room[8] = { { 0, width } };
    bool first = !out->n && !s->l.resumed, placed = false;
    int32_t next = INT32_MAX, guess_a, guess;
    font_measure(face_of(c, s->l.b->text), s->l.b->text->size, c->compat->AddExternalLeading,
                 &guess_a, &guess);
    for (int tries = 0; !placed; tries++) {
        bool beside = c->region && tries < 100 && floats_in(c, *y, guess);
        size_t n = beside ? floats_room(c, s->l.b, *y, guess, width, room, &next) : 1;
        if (beside && s->l.content->rtl)
            from_the_right(room, n, width);
        if (!beside)
            room[0] = (Interval){ 0, width };
        uint32_t start = s->at;
        for (size_t i = 0; i < n; i++) {
            Line line = {0};
            start_line(s, room[i], width, first && !placed);
            s->l.must = !beside;
            scan_line(s);
            if (s->l.end == s->l.start && beside && !s->l.broken &&
                s->l.content->len > s->l.start) {
                go_to(s, start);
                continue;                       /* not a word fits here */
            }
            go_to(s, s->l.end);
            s->l.last = s->l.end >= s->l.content->len && !s->l.broken;
            if (tries)          /* what went below a frame is no first line */
                s->l.first = false;
            line_finish(&s->l, &line);
            if (first && tries) {
                *y += line.above;
                line.above = 0;
            }
            line.beside = placed;
            line.drop = !placed ? *y : 0;
            vec_push(out, line);
            placed = true;
            start = s->at;
            if (s->l.last || s->l.broken)
                break;
        }
        if (!placed)
            *y = next;
    }
}

/* Pieces of one line stand on one baseline. */
static void level(Line *line, size_t n)
{
    for (size_t i = 0, k; i < n; i = k) {
        int32_t ascent = line[i].ascent, below = line[i].height - line[i].ascent;
        for (k = i + 1; k < n && line[k].beside; k++) {
            ascent = line[k].ascent > ascent ? line[k].ascent : ascent;
            below =
                line[k].height - line[k].ascent > below ? line[k].height - line[k].ascent : below;
        }
        for (size_t j = i; j < k; j++) {
            line[j].ascent = ascent;
            line[j].height = j == i ? ascent + below : 0;
        }
    }
}

void lines_make(Ctx *c, const Block *b, const Content *content, int32_t width, int32_t y,
                Paragraph *out)
{
    Scan s = { .l = { .c = c, .b = b, .content = content, .portion = c->portion_room,
                      .resumed = out->from > 0 } };
    Lines lines = c->line_room;
    int32_t top = y;
    c->portion_room = (Portions){0};    /* text in a frame of this line has its own */
    c->line_room = (Lines){0};
    go_to(&s, out->from);
    do {
        size_t from = lines.n;
        put_line(&s, &lines, width, &y);
        Line *first = &lines.p[from];
        first->drop = first->drop - top;        /* moved down below a frame */
        level(first, lines.n - from);
        y += first->height + (from ? first->above : 0);
        top = y;
    } while (s.l.end < content->len || s.l.broken);
    Line *copy = ARENA_ARRAY(c->pass, Line, lines.n);
    memcpy(copy, lines.p, lines.n * sizeof *copy);
    out->line = copy;
    out->n_line = lines.n;
    vec_free(&c->line_room);
    vec_free(&c->portion_room);
    c->line_room = lines;
    c->portion_room = s.l.portion;
    c->line_room.n = c->portion_room.n = 0;
}
