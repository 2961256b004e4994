/* SPDX-License-Identifier: MIT */
/* Findings of a template: kept until all are found, then told in the order of the document, each
 * with its place and the way through the includes. */
#include "internal.h"

#include <stdlib.h>
#include <string.h>

Place spot_place(const Spot *s, Lang lang)
{
    Place p = { 0 };
    if (s->origin) {
        p = odf_place(s->origin, lang);
    } else {
        p.file = s->file;
        p.label = s->label[lang];
    }
    p.source = s->around;
    p.column = s->column;
    p.width = s->width;
    return p;
}

void spot_trace(Finding *f, const Spot *s, Lang lang)
{
    for (s = s->included; s; s = s->included) {
        Place p = spot_place(s, lang);
        diag_note(f, &p, lang == LANG_PL ? "tu dołączono ten plik" : "this file is included here");
    }
}

/* ---- the words around ---- */

void put_line(Buf *b, const char *s, size_t len)
{
    static const char object[] = "\xEF\xBF\xBC";      /* U+FFFC, of which fonts show nothing */
    for (size_t i = 0; i < len; i++) {
        if (len - i >= 3 && !memcmp(s + i, object, 3)) {
            buf_str(b, "□");
            i += 2;
        } else {
            buf_chr(b, (unsigned char)s[i] < 0x20 ? ' ' : s[i]);
        }
    }
}

static bool inside_character(char c)
{
    return ((unsigned char)c & 0xC0) == 0x80;
}

static size_t back(const char *s, size_t at, unsigned chars)
{
    for (; at && chars; chars--)
        do
            at--;
        while (at && inside_character(s[at]));
    return at;
}

static size_t forth(const char *s, size_t len, size_t at, unsigned chars)
{
    for (; at < len && chars; chars--)
        do
            at++;
        while (at < len && inside_character(s[at]));
    return at;
}

void spot_around(Arena *a, const char *text, size_t len, size_t start, size_t end, Spot *spot)
{
    size_t from = back(text, start, TEMPLATE_AROUND), to = forth(text, len, end, TEMPLATE_AROUND);
    Buf b = { 0 };
    if (from)
        buf_str(&b, "…");
    put_line(&b, text + from, to - from);
    if (to < len)
        buf_str(&b, "…");
    spot->around = arena_dup(a, b.p ? b.p : "", b.n);
    spot->column = (unsigned)utf8_count(text + from, start - from) + 1 + (from ? 1 : 0);
    spot->width = (unsigned)utf8_count(text + start, end - start);
    spot->solid = 0;
    for (size_t i = 0; i < start && !spot->apart; i++)
        spot->solid += (unsigned char)text[i] > ' ';
    buf_free(&b);
}

/* The spot of a piece of a tag: len bytes of tag->text from `at`. */
Spot spot_inside(const Tag *tag, size_t at, size_t len)
{
    Spot s = tag->spot;
    size_t typed = strlen(tag->typed), from = lex_origin(tag->typed, typed, at);
    size_t end = lex_origin(tag->typed, typed, at + len);
    if (s.column && from + 2 < typed) {
        s.column += (unsigned)utf8_count(tag->typed, from);
        s.width = len && end > from ? (unsigned)utf8_count(tag->typed + from, end - from) : 1;
    }
    return s;
}

/* ---- telling ---- */

void put_message(Buf *b, const char *text, const char *const *arg)
{
    for (const char *s = text; *s; s++) {
        size_t k = s[0] == '%' ? (size_t)(unsigned char)s[1] - '1' : REMARK_ARGS;
        if (k < REMARK_ARGS && arg[k]) {
            buf_str(b, arg[k]);
            s++;
        } else {
            buf_chr(b, *s);
        }
    }
}

Remark *tell(Template *t, Diags *d, const Spot *s, DiagId id, const char *a, const char *b,
             const char *c)
{
    if (!d)
        return NULL;
    const char *const arg[REMARK_ARGS] = { a, b, c };
    Remark *r = ARENA_NEW(t->arena, Remark);
    Spot *kept = ARENA_NEW(t->arena, Spot);
    *kept = *s;
    *r = (Remark){ .spot = kept, .id = id, .number = t->remarks.n };
    for (size_t i = 0; i < REMARK_ARGS && arg[i]; i++)
        r->arg[i] = arena_str(t->arena, arg[i]);
    r->last = &r->note;
    vec_push(&t->remarks, r);
    return r;
}

void tell_note(Template *t, Remark *r, const Spot *at, const char *text)
{
    if (!r)
        return;
    RemarkNote *n = ARENA_NEW(t->arena, RemarkNote);
    n->at = at;
    n->text = arena_str(t->arena, text);
    *r->last = n;
    r->last = &n->next;
}

void tell_near(Template *t, Diags *d, Remark *r, const char *name)
{
    if (!r || !name)
        return;
    const char *const arg[REMARK_ARGS] = { name };
    Buf b = { 0 };
    put_message(&b, diag_text(DIAG_lint_near)->text[diags_lang(d)], arg);
    tell_note(t, r, NULL, b.p);
    buf_free(&b);
}

Remark *fault(Compile *c, const Spot *s, DiagId id, const char *arg, const char *arg2,
              const char *arg3)
{
    c->failed = true;
    return tell(c->t, c->d, s, id, arg, arg2, arg3);
}

/* ---- in order of place ---- */

/* The body, then headers and footers, then properties; those in the order of the file. */
static int part_of(const Spot *s)
{
    return !s->origin ? 2 : s->origin->part != NULL;
}

static int by_place(const void *a, const void *b)
{
    const Remark *x = *(Remark *const *)a, *y = *(Remark *const *)b;
    const Spot *s = x->spot, *o = y->spot;
    int part = part_of(s) - part_of(o);
    if (part)
        return part;
    if (s->origin && !s->origin->part) {
        if (s->origin->paragraph != o->origin->paragraph)
            return s->origin->paragraph < o->origin->paragraph ? -1 : 1;
        if (s->origin == o->origin && s->solid != o->solid)
            return s->solid < o->solid ? -1 : 1;
    }
    return x->number < y->number ? -1 : 1;
}

static void report(const Remark *r, Diags *d)
{
    Lang lang = diags_lang(d);
    Place p = spot_place(r->spot, lang);
    Finding *f = diag_add(d, r->id, &p, r->arg[0], r->arg[1], r->arg[2], (char *)NULL);
    for (const RemarkNote *n = r->note; n; n = n->next) {
        Place at = { 0 };
        if (n->at)
            at = spot_place(n->at, lang);
        diag_note(f, n->at ? &at : NULL, n->text);
    }
    spot_trace(f, r->spot, lang);
}

void template_report(Template *t, Diags *d)
{
    size_t from = t->reported;
    if (t->remarks.n > from)
        qsort(t->remarks.p + from, t->remarks.n - from, sizeof *t->remarks.p, by_place);
    for (; t->reported < t->remarks.n; t->reported++)
        report(t->remarks.p[t->reported], d);
}

/* ---- the nearest name ---- */

enum { NEAR_MOST = 2, NEAR_LENGTH = 64 };

/* Letters put, taken, changed or swapped with a neighbour (optimal string alignment). */
static int distance(const char *a, const char *b)
{
    size_t n = strlen(a), m = strlen(b);
    int row[3][NEAR_LENGTH + 1];
    if (n > NEAR_LENGTH || m > NEAR_LENGTH)
        return NEAR_LENGTH;
    for (size_t j = 0; j <= m; j++)
        row[0][j] = (int)j;
    for (size_t i = 1; i <= n; i++) {
        int *now = row[i % 3], *up = row[(i + 2) % 3], *before = row[(i + 1) % 3];
        now[0] = (int)i;
        for (size_t j = 1; j <= m; j++) {
            int best = up[j - 1] + (a[i - 1] != b[j - 1]);
            int other = (up[j] < now[j - 1] ? up[j] : now[j - 1]) + 1;
            best = other < best ? other : best;
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] &&
                before[j - 2] + 1 < best)
                best = before[j - 2] + 1;
            now[j] = best;
        }
    }
    return row[n % 3][m];
}

void near_try(Near *n, const char *candidate)
{
    int d = distance(n->name, candidate);
    size_t a = strlen(n->name), b = strlen(candidate);
    size_t longer = a > b ? a : b;      /* a third of a short name is another name */
    if (d > NEAR_MOST || (size_t)d * 3 > longer || (n->found && d >= n->distance))
        return;
    n->found = candidate;
    n->distance = d;
}
