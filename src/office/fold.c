/* SPDX-License-Identifier: MIT */
/* Names compared as an office writes them: case, spaces, marks and Polish letters forgiven. */
#include "internal.h"

#include <stdlib.h>
#include <string.h>

/* The letter without its mark: only Polish needs it, only Polish is given. */
static uint32_t plain(uint32_t c)
{
    static const struct { uint32_t from, to; } polish[] = {
        { 0x104, 'a' }, { 0x105, 'a' }, { 0x106, 'c' }, { 0x107, 'c' }, { 0x118, 'e' },
        { 0x119, 'e' }, { 0x141, 'l' }, { 0x142, 'l' }, { 0x143, 'n' }, { 0x144, 'n' },
        { 0xD3, 'o' }, { 0xF3, 'o' }, { 0x15A, 's' }, { 0x15B, 's' }, { 0x179, 'z' },
        { 0x17A, 'z' }, { 0x17B, 'z' }, { 0x17C, 'z' },
    };
    if (c >= 'A' && c <= 'Z')
        return c + 'a' - 'A';
    for (size_t i = 0; c >= 0x80 && i < COUNT(polish); i++)
        if (polish[i].from == c)
            return polish[i].to;
    return c;
}

static bool counts(uint32_t c)
{
    if (c < 0x80)
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || c == '+';
    return c >= 0xC0 && !(c >= 0x300 && c < 0x370) && !(c >= 0x2000 && c < 0x2070) && c != 0xFEFF;
}

void fold(Buf *out, const char *s)
{
    int n;
    buf_clear(out);
    buf_str(out, "");
    for (const char *end = s + strlen(s); s < end; s += n) {
        uint32_t c = plain(utf8_get(s, end, &n));
        if (counts(c))
            buf_utf8(out, c);
    }
}

char *fold_new(Arena *a, const char *s)
{
    Buf b = {0};
    fold(&b, s);
    char *r = arena_dup(a, b.p, b.n);
    buf_free(&b);
    return r;
}

bool fold_same(const char *a, const char *b)
{
    Buf x = {0}, y = {0};
    fold(&x, a);
    fold(&y, b);
    bool same = x.n && !strcmp(x.p, y.p);
    buf_free(&x);
    buf_free(&y);
    return same;
}

/* Levenshtein's distance of two folded names; long names are told apart by their beginnings. */
static size_t distance(const char *a, const char *b)
{
    enum { MOST = 64 };
    size_t n = strnlen(a, MOST), m = strnlen(b, MOST), row[MOST + 1];
    for (size_t j = 0; j <= m; j++)
        row[j] = j;
    for (size_t i = 1; i <= n; i++) {
        size_t corner = row[0];
        row[0] = i;
        for (size_t j = 1; j <= m; j++) {
            size_t best = corner + (a[i - 1] != b[j - 1]);
            corner = row[j];
            if (row[j] + 1 < best)
                best = row[j] + 1;
            if (row[j - 1] + 1 < best)
                best = row[j - 1] + 1;
            row[j] = best;
        }
    }
    return row[m];
}

void nearest_start(Nearest *x, const char *folded)
{
    size_t n = strlen(folded);
    *x = (Nearest){ .wanted = folded, .best = n / 3 + 1 };
    if (n > 2 && x->best < 3)
        x->best = 3;                    /* "Nazw." is Nazwisko's neighbour, "Wynik" is not */
}

void nearest_try(Nearest *x, const char *folded, const char *name)
{
    size_t n = strlen(x->wanted), d = distance(x->wanted, folded);
    /* An abbreviation is near, however much it leaves out. */
    if (n > 2 && d > 1 && (str_starts(folded, x->wanted) || strstr(x->wanted, folded)))
        d = 1;
    if (d < x->best) {
        x->best = d;
        x->name = name;
    }
}
