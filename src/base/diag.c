/* SPDX-License-Identifier: MIT */
/* Findings: collected, ordered by place, printed with the source line and a caret. */
#include "base.h"

#include <limits.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#define DIAG(id, sev, en, pl, hint_en, hint_pl) \
    { #id, SEV_##sev, { en, pl }, { hint_en, hint_pl } },
static const DiagText texts[] = {
#include "diag.def"
};
#undef DIAG

typedef struct Note Note;
struct Note { Note *next; Place place; const char *text; };

struct Finding {
    Diags *owner;
    Severity sev;
    const char *id;             /* hyphens, or the id of a rule */
    Place place;
    const char *text, *hint;
    Note *notes, **last_note;
    size_t number;              /* order of arrival: keeps sorting stable */
};

struct Diags {
    Arena *arena;
    Map *names;
    Lang lang;
    VEC(Finding *) found;
    size_t arrived, count[SEV_COUNT];
};

const DiagText *diag_text(DiagId id)
{
    return &texts[id];
}

Diags *diags_new(Lang lang)
{
    Diags *d = mem_new(sizeof *d);
    d->arena = arena_new();
    d->names = map_new(d->arena);
    d->lang = lang;
    return d;
}

void diags_free(Diags *d)
{
    if (!d)
        return;
    vec_free(&d->found);
    arena_free(d->arena);
    free(d);
}

Lang diags_lang(const Diags *d)
{
    return d->lang;
}

static const char *keep(Diags *d, const char *s)
{
    return s ? map_intern(d->names, s, strlen(s)) : NULL;
}

static Place keep_place(Diags *d, const Place *p)
{
    Place r = {0};
    if (p) {
        r = *p;
        r.file = keep(d, p->file);
        r.label = keep(d, p->label);
        r.source = keep(d, p->source);
    }
    return r;
}

static Finding *add(Diags *d, Severity sev, const Place *place)
{
    Finding *f = ARENA_NEW(d->arena, Finding);
    f->owner = d;
    f->sev = sev;
    f->place = keep_place(d, place);
    f->last_note = &f->notes;
    f->number = d->arrived++;
    d->count[sev]++;
    vec_push(&d->found, f);
    return f;
}

/* Puts the arguments into the places %1 to %9 of a message. */
static const char *fill(Diags *d, const char *text, const char **arg, size_t n)
{
    if (!text)
        return NULL;
    Buf b = {0};
    for (const char *s = text; *s; s++) {
        size_t k = s[0] == '%' ? (size_t)(unsigned char)s[1] - '1' : n;
        if (k < n) {
            buf_str(&b, arg[k]);
            s++;
        } else {
            buf_chr(&b, *s);
        }
    }
    const char *r = arena_dup(d->arena, b.p ? b.p : "", b.n);
    buf_free(&b);
    return r;
}

Finding *diag_add(Diags *d, DiagId id, const Place *place, ...)
{
    const char *arg[9];
    size_t n = 0;
    va_list ap;
    va_start(ap, place);
    for (const char *s; n < COUNT(arg) && (s = va_arg(ap, const char *)); )
        arg[n++] = s;
    va_end(ap);
    const DiagText *t = &texts[id];
    Finding *f = add(d, t->sev, place);
    char *name = arena_str(d->arena, t->id);
    for (char *s = name; *s; s++)
        if (*s == '_')
            *s = '-';
    f->id = name;
    f->text = fill(d, t->text[d->lang], arg, n);
    f->hint = fill(d, t->hint[d->lang], arg, n);
    return f;
}

Finding *diag_add_rule(Diags *d, Severity sev, const char *rule, const Place *place,
                       const char *message, const char *hint)
{
    Finding *f = add(d, sev, place);
    f->id = keep(d, rule);
    f->text = arena_str(d->arena, message);
    f->hint = hint ? arena_str(d->arena, hint) : NULL;
    return f;
}

void diag_note(Finding *f, const Place *place, const char *text)
{
    Diags *d = f->owner;
    Note *n = ARENA_NEW(d->arena, Note);
    n->place = keep_place(d, place);
    n->text = arena_str(d->arena, text);
    *f->last_note = n;
    f->last_note = &n->next;
}

const Finding *diags_get(const Diags *d, size_t i, Severity *sev, Place *place)
{
    if (i >= d->found.n)
        return NULL;
    const Finding *f = d->found.p[i];
    *sev = f->sev;
    *place = f->place;
    return f;
}

const char *diag_id(const Finding *f)
{
    return f->id;
}

const char *diag_message(const Finding *f)
{
    return f->text;
}

Finding *diag_copy(Diags *d, const Finding *f, const Place *place)
{
    return diag_add_rule(d, f->sev, f->id, place, f->text, f->hint);
}

void diag_severity(Finding *f, Severity sev)
{
    f->owner->count[f->sev]--;
    f->sev = sev;
    f->owner->count[sev]++;
}

size_t diags_count(const Diags *d, Severity sev)
{
    return d->count[sev];
}

int diags_status(const Diags *d, bool strict)
{
    if (d->count[SEV_SYSTEM])
        return EXIT_SYSTEM;
    return d->count[SEV_ERROR] || (strict && d->count[SEV_WARNING]) ? EXIT_INPUT : EXIT_DONE;
}

/* ---- between processes ---- */

static void pack_int(Buf *out, uint64_t v)
{
    buf_put(out, &v, sizeof v);
}

static void pack_text(Buf *out, const char *s)
{
    size_t n = s ? strlen(s) + 1 : 0;
    pack_int(out, n);
    buf_put(out, s ? s : "", n);
}

static void pack_place(Buf *out, const Place *p)
{
    pack_text(out, p->file);
    pack_text(out, p->label);
    pack_text(out, p->source);
    pack_int(out, p->line);
    pack_int(out, p->column);
    pack_int(out, p->width);
}

void diags_pack(const Diags *d, Buf *out)
{
    for (size_t i = 0; i < d->found.n; i++) {
        const Finding *f = d->found.p[i];
        size_t notes = 0;
        for (const Note *n = f->notes; n; n = n->next)
            notes++;
        pack_int(out, f->sev);
        pack_text(out, f->id);
        pack_text(out, f->text);
        pack_text(out, f->hint);
        pack_place(out, &f->place);
        pack_int(out, notes);
        for (const Note *n = f->notes; n; n = n->next) {
            pack_place(out, &n->place);
            pack_text(out, n->text);
        }
    }
}

typedef struct { const char *p, *end; bool bad; } Packed;

static uint64_t unpack_int(Packed *in)
{
    uint64_t v = 0;
    if (in->bad || (size_t)(in->end - in->p) < sizeof v) {
        in->bad = true;
        return 0;
    }
    memcpy(&v, in->p, sizeof v);
    in->p += sizeof v;
    return v;
}

static const char *unpack_text(Packed *in)
{
    uint64_t n = unpack_int(in);
    const char *s = in->p;
    if (!n || in->bad)
        return NULL;
    if (n > (size_t)(in->end - in->p) || s[n - 1]) {
        in->bad = true;
        return NULL;
    }
    in->p += n;
    return s;
}

static Place unpack_place(Packed *in)
{
    Place p = {0};
    p.file = unpack_text(in);
    p.label = unpack_text(in);
    p.source = unpack_text(in);
    p.line = (unsigned)unpack_int(in);
    p.column = (unsigned)unpack_int(in);
    p.width = (unsigned)unpack_int(in);
    return p;
}

static void unpack_finding(Diags *d, Packed *in)
{
    uint64_t sev = unpack_int(in);
    const char *id = unpack_text(in), *text = unpack_text(in), *hint = unpack_text(in);
    Place place = unpack_place(in);
    uint64_t notes = unpack_int(in);
    if (in->bad || sev >= SEV_COUNT || !id || !text) {
        in->bad = true;
        return;
    }
    Finding *f = diag_add_rule(d, (Severity)sev, id, &place, text, hint);
    for (; notes && !in->bad; notes--) {
        Place at = unpack_place(in);
        const char *note = unpack_text(in);
        if (note)
            diag_note(f, &at, note);
    }
}

bool diags_unpack(Diags *d, const char *data, size_t len)
{
    Packed in = { data, data + len, false };
    while (in.p < in.end && !in.bad)
        unpack_finding(d, &in);
    return !in.bad;
}

/* ---- printing ---- */

static const char *const sev_name[2][SEV_COUNT] = {
    { "info", "accepted", "warning", "error", "error" },
    { "informacja", "przyjęte", "ostrzeżenie", "błąd", "błąd" },
};
static const char *const sev_color[SEV_COUNT] = { "\33[36m", "\33[2m", "\33[35m", "\33[31m",
                                                  "\33[31m" };

/* What is only told of the whole file comes after all the rest of it. */
static unsigned line_of(const Finding *f)
{
    return f->place.line || f->sev != SEV_INFO ? f->place.line : UINT_MAX;
}

static int compare(const void *a, const void *b)
{
    const Finding *x = *(Finding *const *)a, *y = *(Finding *const *)b;
    if (x->place.file != y->place.file) {
        int c = strcmp(x->place.file ? x->place.file : "", y->place.file ? y->place.file : "");
        if (c)
            return c;
    }
    if (line_of(x) != line_of(y))
        return line_of(x) < line_of(y) ? -1 : 1;
    if (x->place.line && x->place.column != y->place.column)
        return x->place.column < y->place.column ? -1 : 1;
    return x->number < y->number ? -1 : 1;
}

/* Control characters (of both sets) and broken bytes of the input must not reach a terminal. */
static void print_character(FILE *out, uint32_t c)
{
    char t[4];
    if (c < 0x20 || (c >= 0x7f && c < 0xa0))
        fputc(' ', out);
    else
        fwrite(t, 1, (size_t)utf8_put(t, c), out);
}

static void print_text(FILE *out, const char *s)
{
    int n;
    for (const char *end = s + strlen(s); s < end; s += n)
        print_character(out, utf8_get(s, end, &n));
}

static void print_place(FILE *out, const Place *p)
{
    if (p->file)
        print_text(out, p->file);
    if (p->file && p->line)
        fprintf(out, ":%u", p->line);
    if (p->file && p->line && p->column)
        fprintf(out, ":%u", p->column);
    if (p->file)
        fputs(": ", out);
    if (p->label) {
        print_text(out, p->label);
        fputs(": ", out);
    }
}

enum { LINE_SHOWN = 100 };

/* The source line, cut to a window of LINE_SHOWN characters round the column, and the caret. */
static void print_source(FILE *out, const Place *p, bool color)
{
    const char *s = p->source, *end = s + strlen(s);
    unsigned first = p->column > LINE_SHOWN / 2 + 20 ? p->column - LINE_SHOWN / 2 : 1, at = 1;
    unsigned caret = p->column ? p->column : 1, width = p->width ? p->width : 1;
    fprintf(out, "  %s", first > 1 ? "…" : "");
    for (int n; s < end && at < first + LINE_SHOWN; s += n, at++) {
        uint32_t c = utf8_get(s, end, &n);
        if (at < first)
            continue;
        print_character(out, c);
    }
    fprintf(out, "%s\n", s < end ? "…" : "");
    if (!p->column)
        return;
    fprintf(out, "  %*s%s^", (int)(caret - first + (first > 1)), "", color ? "\33[32m" : "");
    for (unsigned i = 1; i < width && caret + i < first + LINE_SHOWN; i++)
        fputc('~', out);
    fprintf(out, "%s\n", color ? "\33[0m" : "");
}

static void print_finding(FILE *out, const Finding *f, bool color)
{
    Lang lang = f->owner->lang;
    if (f->place.file || f->place.label)
        print_place(out, &f->place);
    else
        fputs("skryba: ", out);
    fprintf(out, "%s%s:%s ", color ? sev_color[f->sev] : "", sev_name[lang][f->sev],
            color ? "\33[0m" : "");
    print_text(out, f->text);
    fprintf(out, " [%s]\n", f->id);
    if (f->place.source)
        print_source(out, &f->place, color);
    for (const Note *n = f->notes; n; n = n->next) {
        print_place(out, &n->place);
        fputs(lang ? "uwaga: " : "note: ", out);
        print_text(out, n->text);
        fputc('\n', out);
    }
    if (f->hint) {
        fputs(lang ? "uwaga: " : "note: ", out);
        print_text(out, f->hint);
        fputc('\n', out);
    }
}

/* ---- as JSON ---- */

static void json_field(Buf *b, const char *key, const char *value)
{
    buf_format(b, ",\"%s\":", key);
    buf_json(b, value);
}

static void json_number(Buf *b, const char *key, unsigned value)
{
    if (value)
        buf_format(b, ",\"%s\":%u", key, value);
    else
        buf_format(b, ",\"%s\":null", key);
}

static void json_place(Buf *b, const Place *p)
{
    buf_str(b, "\"file\":");
    buf_json(b, p->file);
    json_number(b, "line", p->line);
    json_number(b, "column", p->line ? p->column : 0);
    json_field(b, "place", p->label);
}

/* All keys are always there, so that who reads them need not ask. */
static void print_json(FILE *out, const Finding *f, Buf *b)
{
    buf_clear(b);
    buf_format(b, "{\"severity\":\"%s\"", sev_name[LANG_EN][f->sev]);
    json_field(b, "id", f->id);
    buf_chr(b, ',');
    json_place(b, &f->place);
    json_number(b, "width", f->place.width);
    json_field(b, "text", f->text);
    json_field(b, "remedy", f->hint);
    buf_str(b, ",\"notes\":[");
    for (const Note *n = f->notes; n; n = n->next) {
        buf_str(b, n == f->notes ? "{" : ",{");
        json_place(b, &n->place);
        json_field(b, "text", n->text);
        buf_chr(b, '}');
    }
    buf_str(b, "]}\n");
    fwrite(b->p, 1, b->n, out);
}

void diags_summary_json(const Diags *d, FILE *out)
{
    fprintf(out, "{\"errors\":%zu,\"warnings\":%zu,\"infos\":%zu,\"accepted\":%zu}\n",
            d->count[SEV_ERROR] + d->count[SEV_SYSTEM], d->count[SEV_WARNING], d->count[SEV_INFO],
            d->count[SEV_ACCEPTED]);
}

/* ---- all of them ---- */

void diags_print(Diags *d, FILE *out, const DiagStyle *style)
{
    Buf line = {0};
    if (d->found.n)
        qsort(d->found.p, d->found.n, sizeof *d->found.p, compare);
    size_t n = style->max && style->max < d->found.n ? style->max : d->found.n;
    for (size_t i = 0; i < n; i++)
        if (style->json)
            print_json(out, d->found.p[i], &line);
        else
            print_finding(out, d->found.p[i], style->color);
    buf_free(&line);
    if (n < d->found.n && !style->json)
        fprintf(out, d->lang ? "skryba: pominięto %zu dalszych (--max)\n"
                             : "skryba: %zu more left out (--max)\n", d->found.n - n);
    d->found.n = 0;
}

/* The form of a Polish noun for n: 1 błąd, 2 błędy, 5 błędów (CLDR plural rules, pl). */
static const char *form(size_t n, const char *one, const char *few, const char *many)
{
    size_t tens = n % 100;
    if (n == 1)
        return one;
    return n % 10 >= 2 && n % 10 <= 4 && (tens < 12 || tens > 14) ? few : many;
}

void diags_summary(const Diags *d, FILE *out)
{
    size_t e = d->count[SEV_ERROR] + d->count[SEV_SYSTEM], w = d->count[SEV_WARNING];
    size_t i = d->count[SEV_INFO], a = d->count[SEV_ACCEPTED];
    const char *sep = "";
    if (!e && !w && !i && !a)
        return;
#define PART(n, en_one, en_many, one, few, many) \
    if (n) { \
        fprintf(out, "%s%zu %s", sep, n, \
                d->lang ? form(n, one, few, many) : n == 1 ? en_one : en_many); \
        sep = ", "; \
    }
    PART(e, "error", "errors", "błąd", "błędy", "błędów")
    PART(w, "warning", "warnings", "ostrzeżenie", "ostrzeżenia", "ostrzeżeń")
    PART(i, "info", "infos", "informacja", "informacje", "informacji")
    PART(a, "accepted", "accepted", "przyjęte", "przyjęte", "przyjętych")
#undef PART
    fputc('\n', out);
}
