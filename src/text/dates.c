/* SPDX-License-Identifier: MIT */
/* Dates and numbers as a language writes them, by ICU: always the Gregorian calendar and the digits
 * 0 to 9, whatever the locale of the machine. */
#include "internal.h"

#include <unicode/udat.h>
#include <unicode/unum.h>
#include <unicode/ustring.h>

enum { LONGEST = 400 };

static void locale_of(char id[64], const char *language, const char *country)
{
    snprintf(id, 64, "%.11s%s%.3s@calendar=gregorian;numbers=latn", language, *country ? "_" : "",
             country);
}

static bool put_utf16(Buf *out, const UChar *text, int32_t len)
{
    char utf8[3 * LONGEST + 1];
    int32_t n = 0;
    UErrorCode e = U_ZERO_ERROR;
    u_strToUTF8(utf8, sizeof utf8, &n, text, len, &e);
    if (U_SUCCESS(e))
        buf_put(out, utf8, (size_t)n);
    return U_SUCCESS(e);
}

bool text_moment(Buf *out, const char *language, const char *country, const char *pattern,
                 const TextMoment *m)
{
    static const UChar zone[] = { 'G', 'M', 'T', 0 };
    char id[64];
    UChar p[LONGEST], text[LONGEST];
    int32_t n = 0;
    UErrorCode e = U_ZERO_ERROR;
    locale_of(id, language, country);
    u_strFromUTF8(p, LONGEST, &n, pattern, -1, &e);
    if (U_FAILURE(e))
        return false;
    UDateFormat *f = udat_open(UDAT_PATTERN, UDAT_PATTERN, id, zone, -1, p, n, &e);
    double seconds = (double)days_since_1970(m->year, m->month, m->day) * 86400 + m->hour * 3600 +
                     m->minute * 60 + m->second;
    n = f ? udat_format(f, seconds * 1000 + m->hundredths * 10, text, LONGEST, NULL, &e) : 0;
    if (f)
        udat_close(f);
    return U_SUCCESS(e) && n < LONGEST && put_utf16(out, text, n);
}

bool text_number(Buf *out, const char *language, const char *country, double value, int decimals,
                 int integers, bool grouping)
{
    enum { MOST_DECIMALS = 20 };
    char id[64];
    UChar text[LONGEST];
    UErrorCode e = U_ZERO_ERROR;
    locale_of(id, language, country);
    UNumberFormat *f = unum_open(UNUM_DECIMAL, NULL, 0, id, NULL, &e);
    if (!f)
        return false;
    unum_setAttribute(f, UNUM_MIN_INTEGER_DIGITS, integers);
    unum_setAttribute(f, UNUM_GROUPING_USED, grouping);
    unum_setAttribute(f, UNUM_ROUNDING_MODE, UNUM_ROUND_HALFUP);
    unum_setAttribute(f, UNUM_MIN_FRACTION_DIGITS, decimals < 0 ? 0 : decimals);
    unum_setAttribute(f, UNUM_MAX_FRACTION_DIGITS, decimals < 0 ? MOST_DECIMALS : decimals);
    if (grouping)               /* Polish: 1 234 too, as Writer */
        unum_setAttribute(f, UNUM_MINIMUM_GROUPING_DIGITS, 1);
    int32_t n = unum_formatDouble(f, value, text, LONGEST, NULL, &e);
    unum_close(f);
    return U_SUCCESS(e) && n < LONGEST && put_utf16(out, text, n);
}
