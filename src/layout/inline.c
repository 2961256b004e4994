/* SPDX-License-Identifier: MIT */
/* A paragraph's content as one string with runs: white space collapsed (writer-layout,
 * frames-styles 3.1), fields computed, letter case applied. */
#include "internal.h"

#include <stdlib.h>
#include <string.h>

typedef struct {
    Ctx *c;
    Buf text;
    VEC(Run) run;
    bool space;                 /* white space here collapses into what was before */
    bool cut;                   /* the next text begins a portion of its own */
    bool blank, uses_page, uses_count, has_notes;
    bool raw;                   /* in a field: white space is kept */
    const OdfOrigin *origin;
    unsigned depth;
} Flat;

typedef struct { const OdfTextProps *props; Link *link; } Style;

static int32_t rise_of(const Flat *f, const OdfTextProps *p, int32_t *size)
{
    int32_t full_a, full_h, small_a, small_h;
    if (p->rise == 0 && p->rise_size == 100)
        return 0;
    const TextFace *face = face_of(f->c, p);
    *size = round_div((int64_t)p->size * p->rise_size, 100);
    bool gap = f->c->compat->AddExternalLeading;
    font_measure(face, p->size, gap, &full_a, &full_h);
    font_measure(face, *size, gap, &small_a, &small_h);
    if (p->rise == RISE_SUPER)
        return full_a - small_a;
    if (p->rise == RISE_SUB)
        return (small_h - small_a) - (full_h - full_a);
    return p->rise * full_h / 100;
}

static void add_run(Flat *f, RunKind kind, size_t start, const Style *s, int32_t size, int32_t rise,
                    const OdfNode *node)
{
    Run *last = f->run.n ? &f->run.p[f->run.n - 1] : NULL;
    if (kind == RUN_TEXT && last && last->kind == RUN_TEXT && last->props == s->props &&
        last->link == s->link && last->size == size && !f->cut) {
        last->end = (uint32_t)f->text.n;
        return;
    }
    f->cut = false;
    vec_push(&f->run, (Run){ kind, f->blank, (uint32_t)start, (uint32_t)f->text.n, s->props, size,
                             rise, s->link, node, NULL });
}

/* Characters of a symbol font that is not installed become those of OpenSymbol. */
static void put_symbols(Flat *f, const char *text, size_t len, const char *family)
{
    int n;
    for (const char *p = text, *end = text + len; p < end; p += n)
        buf_utf8(&f->text, text_symbol(family, utf8_get(p, end, &n)));
}

/* Unicode's own line and paragraph separators have no glyphs; Writer prints a space. */
static void put_characters(Buf *out, const char *text, size_t len)
{
    for (const char *p = text, *end = text + len; p < end; ) {
        const char *q = memchr(p, 0xe2, (size_t)(end - p));
        bool separator = q && end - q >= 3 && (unsigned char)q[1] == 0x80 &&
                         ((unsigned char)q[2] & 0xfe) == 0xa8;
        const char *stop = separator ? q : q ? q + 1 : end;
        buf_put(out, p, (size_t)(stop - p));
        if (separator)
            buf_chr(out, ' ');
        p = separator ? q + 3 : stop;
    }
}

/* Text of one case: as it is, or in small capitals' small size. */
static void put_text(Flat *f, const char *text, size_t len, const Style *s, int32_t percent)
{
    if (!len)
        return;
    int32_t size = s->props->size, rise = rise_of(f, s->props, &size);
    size_t start = f->text.n;
    if (s->props->symbol && text_symbol_family(s->props->family))
        put_symbols(f, text, len, s->props->family);
    else
        put_characters(&f->text, text, len);
    add_run(f, RUN_TEXT, start, s, (int32_t)((int64_t)size * percent / 100),
            rise, NULL);
}

static bool is_lower(const char *p, size_t n, const char *language)
{
    Buf up = {0};
    text_case(&up, p, n, true, language);
    bool lower = up.n != n || memcmp(up.p, p, n);
    buf_free(&up);
    return lower;
}

/* text.md 7.2: small letters become capitals at 80 % (66 % in old documents). */
static void put_small_caps(Flat *f, const char *text, size_t len, const Style *s)
{
    const char *p = text, *end = text + len;
    int32_t percent = f->c->compat->SmallCapsPercentage66 ? 66 : 80;
    while (p < end) {
        const char *start = p;
        bool lower = false;
        for (int n; p < end; p += n) {
            utf8_get(p, end, &n);
            bool now = is_lower(p, (size_t)n, s->props->language);
            if (p > start && now != lower)
                break;
            lower = now;
        }
        Buf up = {0};
        text_case(&up, start, (size_t)(p - start), true, s->props->language);
        put_text(f, up.p, up.n, s, lower ? percent : 100);
        buf_free(&up);
    }
}

static void put_capitalized(Flat *f, const char *text, size_t len, const Style *s)
{
    bool first = !f->text.n || strchr(" \t\n", f->text.p[f->text.n - 1]);
    Buf out = {0};
    int n;
    for (const char *p = text, *end = text + len; p < end; p += n) {
        utf8_get(p, end, &n);
        if (first)
            text_case(&out, p, (size_t)n, true, s->props->language);
        else
            buf_put(&out, p, (size_t)n);
        first = n == 1 && (*p == ' ' || *p == '\t' || *p == '\n');
    }
    put_text(f, out.p, out.n, s, 100);
    buf_free(&out);
}

static void put_cased(Flat *f, const char *text, size_t len, const Style *s)
{
    Buf out = {0};
    switch (s->props->text_case) {
    case CASE_NONE:
        put_text(f, text, len, s, 100);
        return;
    case CASE_SMALL_CAPS:
        put_small_caps(f, text, len, s);
        return;
    case CASE_CAPITALS:
        put_capitalized(f, text, len, s);
        return;
    case CASE_UPPER:
    case CASE_LOWER:
        text_case(&out, text, len, s->props->text_case == CASE_UPPER, s->props->language);
        put_text(f, out.p, out.n, s, 100);
        buf_free(&out);
    }
}

static bool is_white(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/* Characters of the file: runs of white space become one space, none at the beginning.  Mostly they
 * are so already. */
static void put_collapsed(Flat *f, const char *text, size_t len, const Style *s)
{
    bool space = f->space, other = false;
    if (s->props->hidden)
        return;
    for (size_t i = 0; i < len; i++) {
        bool white = is_white(text[i]);
        other |= white && (space || text[i] != ' ');
        space = white;
    }
    if (!other) {
        f->space = space;
        put_cased(f, text, len, s);
        return;
    }
    Buf out = {0};
    for (size_t i = 0; i < len; i++) {
        bool white = is_white(text[i]);
        if (!white)
            buf_chr(&out, text[i]);
        else if (!f->space)
            buf_chr(&out, ' ');
        f->space = white;
    }
    put_cased(f, out.p, out.n, s);
    buf_free(&out);
}

static void put_spaces(Flat *f, const OdfNode *n, const Style *s)
{
    const char *count = odf_attr(n, ODF_TEXT_C);
    for (int k = number_in(count, 1, 10000, 1); k--; )
        put_text(f, " ", 1, s, 100);
    f->space = false;
}

static void put_mark(Flat *f, RunKind kind, const char *sign, const Style *s, const OdfNode *node)
{
    int32_t size = s->props->size, rise = rise_of(f, s->props, &size);
    size_t start = f->text.n;
    buf_str(&f->text, sign);
    add_run(f, kind, start, s, size, rise, node);
    f->cut = true;
    if (kind != RUN_ANCHOR)
        f->space = false;
}

/* Text that a field prints: as it is, with its line breaks and tabs. */
static void put_raw(Flat *f, const char *text, size_t len, const Style *s)
{
    for (const char *p = text, *end = text + len; p < end && !s->props->hidden; ) {
        size_t n = 0;
        while (p + n < end && !strchr("\n\r\t", p[n]))
            n++;
        put_cased(f, p, n, s);
        if (p + n < end && p[n] != '\r')
            put_mark(f, p[n] == '\t' ? RUN_TAB : RUN_BREAK, p[n] == '\t' ? "\t" : "\n", s, NULL);
        p += n + 1;
    }
}

static void put_field(Flat *f, const char *text, const Style *s)
{
    f->cut = true;
    put_raw(f, text, strlen(text), s);
    f->cut = true;
    f->space = false;
}

/* A frame or shape: in the line, or hung on this place. */
static void put_frame(Flat *f, const OdfNode *n, const Style *s)
{
    OdfFrameProps p;
    if (n->name == ODF_DRAW_FRAME && !n->n_kid)         /* Writer drops it: 1.7.6 */
        return;
    odf_frame_props(f->c->file, n, &p);
    if (p.anchor == ANCHOR_CHAR_AS)
        put_mark(f, RUN_FRAME, "\xef\xbf\xbc", s, n);
    else
        put_mark(f, RUN_ANCHOR, "", s, n);
}

static void flatten(Flat *f, const OdfNode *parent, const Style *s);

static void put_link(Flat *f, const OdfNode *n, const Style *s)
{
    Link *link = ARENA_NEW(f->c->pass, Link);
    link->href = odf_attr(n, ODF_XLINK_HREF);
    link->node = n;
    f->c->inner_links |= link->href && link->href[0] == '#';
    const OdfStyle *style = n->style;
    if (!style)
        style = odf_style(f->c->file, FAMILY_TEXT, "Internet_20_link", f->c->masters);
    Style inner = { odf_text_props(f->c->file, s->props, style), link->href ? link : s->link };
    flatten(f, n, &inner);
}

/* The mark of a note: its number, small and raised unless a style says other. */
static void put_note(Flat *f, const OdfNode *n, const Style *s)
{
    Note *note = note_of(f->c, n);
    if (!note)
        return;
    OdfTextProps *small = ARENA_NEW(f->c->pass, OdfTextProps);
    *small = *s->props;
    small->rise = RISE_SUPER;
    small->rise_size = 58;
    Style inner = { small, s->link };
    if (note->mark_style)
        inner.props = odf_text_props(f->c->file, s->props, note->mark_style);
    note->marked = true;
    put_field(f, note->number, &inner);
    f->has_notes = true;
    if (f->run.n)
        f->run.p[f->run.n - 1].note = note;
}

/* The text above the base follows it in brackets. */
static void put_ruby(Flat *f, const OdfNode *n, const Style *s)
{
    warn_unseen(f->c, f->origin, UNSEEN_RUBY);
    put_field(f, " (", s);
    flatten(f, n, s);
    put_field(f, ")", s);
}

/* What is not text of the paragraph (frames-styles 3.2). */
static bool skipped(OdfName name)
{
    switch (name) {
    case ODF_OFFICE_ANNOTATION: case ODF_OFFICE_ANNOTATION_END: case ODF_TEXT_SCRIPT:
    case ODF_TEXT_TOC_MARK: case ODF_TEXT_TOC_MARK_START: case ODF_TEXT_TOC_MARK_END:
    case ODF_TEXT_TRACKED_CHANGES:
    case ODF_TEXT_SOFT_PAGE_BREAK:
    case ODF_TEXT_ALPHABETICAL_INDEX_MARK:
    case ODF_TEXT_USER_INDEX_MARK: case ODF_TEXT_DATABASE_NEXT: case ODF_TEXT_DATABASE_ROW_SELECT:
    case ODF_TEXT_SHEET_NAME: case ODF_TEXT_DDE_CONNECTION: case ODF_SVG_TITLE: case ODF_SVG_DESC:
        return true;
    }
    return false;
}

/* A field: false when the element is none. */
static bool put_computed(Flat *f, const OdfNode *n, const Style *s)
{
    Buf text = {0};
    Style inner = *s;
    FieldKind kind = field_text(f->c, n, s->props, &text);
    if (kind == FIELD_BLANK)
        inner.props =
            odf_text_props(f->c->file, s->props,
                           odf_style(f->c->file, FAMILY_TEXT, "Placeholder", f->c->masters));
    f->blank = kind == FIELD_BLANK;
    f->uses_page |= kind == FIELD_PAGE;
    f->uses_count |= kind == FIELD_COUNT;
    if (kind == FIELD_CONTENT) {
        f->cut = f->raw = true;
        flatten(f, n, s);
        f->raw = false;
        f->cut = true;
        f->space = false;
    } else if (kind != FIELD_NONE && kind != FIELD_NOTHING) {
        put_field(f, text.p ? text.p : "", &inner);
    }
    f->blank = false;
    buf_free(&text);
    return kind != FIELD_NONE;
}

static void put_element(Flat *f, const OdfNode *n, const Style *s)
{
    switch (n->name) {
    case ODF_TEXT_SPAN: {
        Style inner = { odf_text_props(f->c->file, s->props, n->style), s->link };
        flatten(f, n, &inner);
        return;
    }
    case ODF_TEXT_A:
        put_link(f, n, s);
        return;
    case ODF_TEXT_NOTE:
        put_note(f, n, s);
        return;
    case ODF_TEXT_S:
        put_spaces(f, n, s);
        return;
    case ODF_TEXT_RUBY_TEXT:
        put_ruby(f, n, s);
        return;
    case ODF_TEXT_TAB:
        put_mark(f, RUN_TAB, "\t", s, n);
        return;
    case ODF_TEXT_LINE_BREAK:
        put_mark(f, RUN_BREAK, "\n", s, n);
        return;
    case ODF_TEXT_BOOKMARK: case ODF_TEXT_BOOKMARK_START: case ODF_TEXT_BOOKMARK_END:
    case ODF_TEXT_REFERENCE_MARK:
    case ODF_TEXT_REFERENCE_MARK_START:
    case ODF_TEXT_REFERENCE_MARK_END:
        f->cut = true;
        return;
    }
    if (odf_is_drawing(n->name))
        put_frame(f, n, s);
    else if (!skipped(n->name) && !put_computed(f, n, s))
        flatten(f, n, s);               /* unknown elements: their text is still text */
}

static void flatten(Flat *f, const OdfNode *parent, const Style *s)
{
    if (parent->name == ODF_CHARACTERS || f->depth > 200)
        return;
    f->depth++;
    for (uint32_t i = 0; i < parent->n_kid; i++) {
        const OdfNode *n = parent->kid[i];
        if (n->name == ODF_CHARACTERS)
            (f->raw ? put_raw : put_collapsed)(f, n->text, n->n_kid, s);
        else
            put_element(f, n, s);
    }
    f->depth--;
}

const Content *content_make(Ctx *c, const Block *b)
{
    Flat f = { .c = c, .space = true, .origin = b->node->origin };
    Style s = { b->text, NULL };
    flatten(&f, b->node, &s);
    Content *r = ARENA_NEW(c->pass, Content);
    r->text = arena_dup(c->pass, f.text.p ? f.text.p : "", f.text.n);
    r->len = (uint32_t)f.text.n;
    Run *run = ARENA_ARRAY(c->pass, Run, f.run.n);
    if (f.run.n)
        memcpy(run, f.run.p, f.run.n * sizeof *run);
    r->run = run;
    r->n_run = (uint32_t)f.run.n;
    r->uses_page = f.uses_page;
    r->has_notes = f.has_notes;
    r->uses_count = f.uses_count;
    uint8_t *can = arena_get(c->pass, f.text.n + 1);
    bool hyphenate = (b->props->hyphenate || b->text->hyphenate) &&
                     text_hyphenates(c->fonts, b->text->language);
    text_breaks(r->text, r->len, hyphenate, can);
    for (size_t i = 0; i < r->n_run; i++) {
        if (run[i].kind == RUN_FRAME)           /* before and after a frame in the line */
            can[run[i].start] = can[run[i].end] = TEXT_BREAK_HERE;
        if (run[i].kind == RUN_TAB)             /* a tab goes with the word behind it */
            can[run[i].end] = TEXT_BREAK_NEVER;
    }
    can[0] = TEXT_BREAK_NEVER;
    r->can_break = can;
    r->rtl = b->props->right_to_left;
    r->segment = segments_make(c, r, b->node->origin, &r->n_segment);
    buf_free(&f.text);
    vec_free(&f.run);
    return r;
}
