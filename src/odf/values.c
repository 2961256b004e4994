/* SPDX-License-Identifier: MIT */
/* Reading of attribute values, and numbers as text. */
#include "internal.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

bool odf_bool(const char *s, bool other)
{
    if (str_equal(s, "true"))
        return true;
    return str_equal(s, "false") ? false : other;
}

int odf_int(const char *s, int other)
{
    int64_t v;
    if (!s || !number_parse(s, strlen(s), 0, &v) || v > 1 << 30 || v < -(1 << 30))
        return other;
    return (int)v;
}

int odf_word(const char *s, const char *const *words, int other)
{
    for (int i = 0; s && words[i]; i++)
        if (!strcmp(s, words[i]))
            return i;
    return other;
}

static bool white(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/* Splits " 2.50cm " into millionths of a number and the unit; false: no number, or too large. */
static bool measure(const char *s, int64_t *millionths, char unit[8])
{
    while (white(*s))
        s++;
    const char *number = s;
    while (*s == '-' || *s == '+' || *s == '.' || (*s >= '0' && *s <= '9'))
        s++;
    size_t len = (size_t)(s - number), n = 0;
    const char *point = memchr(number, '.', len);
    if (point && len > (size_t)(point - number) + 7)    /* more decimals than count */
        len = (size_t)(point - number) + 7;
    while (*s && !white(*s) && n < 7)
        unit[n++] = *s++;
    unit[n] = 0;
    while (white(*s))
        s++;
    return !*s && number_parse(number, len, 6, millionths) &&
           *millionths < INT64_C(10000000000000) && *millionths > -INT64_C(10000000000000);
}

/* x / y rounded half up; y > 0. */
static int64_t divide(int64_t x, int64_t y)
{
    int64_t q = (2 * x + y) / (2 * y);
    return q * (2 * y) > 2 * x + y ? q - 1 : q;
}

/* ODF 1.3 part 3 section 18.3.18; inch and px as LibreOffice reads them: x / y twips. */
static bool length(const char *s, int64_t *x, int64_t *y)
{
    static const struct { char unit[5]; int32_t times, by; } units[] = {
        { "cm", 144000, 254 }, { "mm", 14400, 254 }, { "pt", 20, 1 }, { "in", 1440, 1 },
        { "inch", 1440, 1 }, { "pc", 240, 1 }, { "px", 15, 1 },
    };
    int64_t v;
    char unit[8];
    if (!s || !measure(s, &v, unit))
        return false;
    for (size_t i = 0; i < COUNT(units); i++)
        if (!strcmp(unit, units[i].unit)) {
            *x = v * units[i].times;
            *y = INT64_C(1000000) * units[i].by;
            return true;
        }
    *x = 0;
    *y = 1;
    return !*unit && v == 0;
}

enum { LENGTH_MOST = 1 << 24 }; /* twips, 296 m: sums of some lengths stay in 32 bits */

bool odf_length(const char *s, int32_t *twips)
{
    int64_t x, y;
    if (!length(s, &x, &y))
        return false;
    int64_t t = divide(x, y);
    *twips = (int32_t)(t > LENGTH_MOST ? LENGTH_MOST : t < -LENGTH_MOST ? -LENGTH_MOST : t);
    return true;
}

bool odf_length_drawn(const char *s, int32_t *twips)
{
    int64_t x, y;
    if (!length(s, &x, &y))
        return false;
    double hundredths = floor((double)x / (double)y * 127 / 72 + .5);
    double t = floor(hundredths * 72 / 127);
    *twips = (int32_t)(t > LENGTH_MOST ? LENGTH_MOST : t < 0 ? 0 : t);
    return true;
}

bool odf_percent(const char *s, int32_t *percent)
{
    int64_t v;
    char unit[8];
    if (!s || !measure(s, &v, unit) || strcmp(unit, "%"))
        return false;
    v = divide(v, 1000000);
    *percent = v > 100000 ? 100000 : v < -100000 ? -100000 : (int32_t)v;
    return true;
}

int32_t odf_color(const char *s)
{
    if (!s || s[0] != '#' || strlen(s) != 7)
        return COLOR_NONE;
    char *end;
    long v = strtol(s + 1, &end, 16);
    return *end || s[1] == '-' || s[1] == '+' || s[1] == ' ' ? COLOR_NONE : (int32_t)v;
}

/* ---- numbers as text: ODF 1.3 part 3 section 19.502 ---- */

static void roman(int n, bool upper, char *out, size_t room)
{
    static const struct { int value; const char *text; } steps[] = {
        { 1000, "m" }, { 900, "cm" }, { 500, "d" }, { 400, "cd" }, { 100, "c" }, { 90, "xc" },
        { 50, "l" }, { 40, "xl" }, { 10, "x" }, { 9, "ix" }, { 5, "v" }, { 4, "iv" }, { 1, "i" },
    };
    size_t at = 0;
    for (size_t i = 0; i < COUNT(steps); i++)
        for (; n >= steps[i].value; n -= steps[i].value)
            for (const char *t = steps[i].text; *t; t++)
                if (at + 1 < room)
                    out[at++] = (char)(upper ? *t - 'a' + 'A' : *t);
    out[at] = 0;
}

static void letters(int n, char first, bool sync, char *out, size_t room)
{
    char t[40];
    size_t len = 0;
    if (sync) {
        len = (size_t)(n - 1) / 26 + 1;
        if (len > sizeof t)
            len = sizeof t;
        memset(t, first + (n - 1) % 26, len);
    } else {
        for (; n > 0 && len < sizeof t; n = (n - 1) / 26)
            t[len++] = (char)(first + (n - 1) % 26);
    }
    size_t at = 0;
    while (len && at + 1 < room)
        out[at++] = t[--len];
    out[at] = 0;
}

void odf_number_format(const char *format, bool letter_sync, int n, char *out, size_t room)
{
    char f = format ? format[0] : '1';
    out[0] = 0;
    if (f == '0' && str_starts(format, "01"))
        snprintf(out, room, "%02d", n);
    else if ((f == 'i' || f == 'I') && n > 0 && n < 10000)
        roman(n, f == 'I', out, room);
    else if ((f == 'a' || f == 'A') && n > 0)
        letters(n, f, letter_sync, out, room);
    else if (f && !(n <= 0 && strchr("iIaA", f)))
        snprintf(out, room, "%d", n);
}
