/* SPDX-License-Identifier: MIT */
/* Registers: the pattern of their numbers, and the next number. */
#include "internal.h"

#include <string.h>

/* The part of a pattern that begins at p: its length, and in *text what stands for it; *text NULL:
 * the number itself. */
static size_t part(const char *p, const char *course, const char *year, const char **text,
                   size_t *len)
{
    static const char *const names[] = { "{n}", "{course}", "{year}" };
    const char *value[] = { NULL, course, year };
    for (size_t i = 0; i < COUNT(names); i++)
        if (str_starts(p, names[i])) {
            *text = value[i];
            *len = value[i] ? strlen(value[i]) : 0;
            return strlen(names[i]);
        }
    *text = p;
    *len = 1;
    return 1;
}

char *register_format(Arena *a, const char *pattern, unsigned n, const char *course,
                      const char *year)
{
    Buf b = {0};
    const char *text;
    size_t len;
    for (const char *p = pattern; *p; ) {
        p += part(p, course, year, &text, &len);
        if (text)
            buf_put(&b, text, len);
        else
            buf_int(&b, n);
    }
    char *r = arena_dup(a, b.p ? b.p : "", b.n);
    buf_free(&b);
    return r;
}

unsigned register_serial(const char *number, const char *pattern, const char *course,
                         const char *year)
{
    unsigned n = 0;
    const char *text, *s = number;
    size_t len;
    for (const char *p = pattern; *p; ) {
        p += part(p, course, year, &text, &len);
        if (text) {
            if (strncmp(s, text, len))
                return 0;
            s += len;
            continue;
        }
        size_t digits = strspn(s, "0123456789");
        if (!digits || digits > 9)
            return 0;
        for (n = 0; digits; digits--)
            n = n * 10 + (unsigned)(*s++ - '0');
    }
    return *s ? 0 : n;
}

/* ---- one register ---- */

bool register_open(Register *r, Office *o, const char *kind)
{
    const xmlNode *n = elem_first(elem_first(o->root, "documents"), "register");
    while (n && strcmp(elem_attr(n, "kind"), kind))
        n = elem_next(n, "register");
    *r = (Register){ .office = o, .kind = kind, .last = map_new(o->arena),
                     .taken = map_new(o->arena) };
    if (!n)
        return false;
    r->pattern = elem_attr(n, "pattern");
    r->restart = elem_attr(n, "restart");
    int64_t start;
    const char *s = elem_attr(n, "start");
    r->start = number_parse(s, strlen(s), 0, &start) && start > 0 ? (unsigned)start : 1;
    return true;
}

/* What has numbers of its own: the whole register, a year of it, a course of it. */
static const char *series(const Register *r, const char *course, const char *year)
{
    if (!strcmp(r->restart, "year"))
        return year;
    return !strcmp(r->restart, "course") ? course : "*";
}

void register_know(Register *r, const char *number, const char *course, const char *year)
{
    map_put(r->taken, number, strlen(number), r);
    unsigned n = register_serial(number, r->pattern, course, year);
    const char *s = series(r, course, year);
    unsigned *last = map_get(r->last, s, strlen(s));
    if (!last) {
        last = ARENA_NEW(r->office->arena, unsigned);
        map_put(r->last, s, strlen(s), last);
    }
    *last = n > *last ? n : *last;
}

const char *register_next(Register *r, const char *course, const char *year)
{
    const char *s = series(r, course, year);
    const unsigned *last = map_get(r->last, s, strlen(s));
    unsigned n = last && *last >= r->start ? *last + 1 : r->start;
    const char *number = register_format(r->office->arena, r->pattern, n, course, year);
    if (map_get(r->taken, number, strlen(number)) || !strstr(r->pattern, "{n}")) {
        diag_add(r->office->d, DIAG_number_collides, &(Place){ .file = r->office->path }, number,
                 r->pattern, (char *)NULL);
        return NULL;
    }
    register_know(r, number, course, year);
    return number;
}
