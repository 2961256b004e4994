/* SPDX-License-Identifier: MIT */
/* Dates as offices write them. */
#include "internal.h"

#include <string.h>

static bool leap(int y)
{
    return (y % 4 == 0 && y % 100) || y % 400 == 0;
}

static bool make(int y, int m, int d, char iso[11])
{
    static const int days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
    if (y < 1 || y > 9999 || m < 1 || m > 12 || d < 1 || d > days[m - 1] + (m == 2 && leap(y)))
        return false;
    snprintf(iso, 11, "%04u-%02u-%02u", (unsigned)y % 10000, (unsigned)m % 100, (unsigned)d % 100);
    return true;
}

static int digits(const char **s, int most)
{
    int v = 0, n = 0;
    while (n < most && **s >= '0' && **s <= '9') {
        v = v * 10 + (*(*s)++ - '0');
        n++;
    }
    return n ? v : -1;
}

static void skip(const char **s, const char *what)
{
    *s += strspn(*s, what);
}

/* A month in words or as a Roman number; 0: it is none. */
static int month(const char **s)
{
    static const char *const names[12][4] = {
        { "stycznia", "styczen", "sty", "i" }, { "lutego", "luty", "lut", "ii" },
        { "marca", "marzec", "mar", "iii" }, { "kwietnia", "kwiecien", "kwi", "iv" },
        { "maja", "maj", "maj", "v" }, { "czerwca", "czerwiec", "cze", "vi" },
        { "lipca", "lipiec", "lip", "vii" }, { "sierpnia", "sierpien", "sie", "viii" },
        { "wrzesnia", "wrzesien", "wrz", "ix" }, { "pazdziernika", "pazdziernik", "paz", "x" },
        { "listopada", "listopad", "lis", "xi" }, { "grudnia", "grudzien", "gru", "xii" },
    };
    size_t len = strcspn(*s, " .0123456789");
    char *word = mem_dup(*s, len);
    Buf folded = {0};
    int found = 0;
    fold(&folded, word);
    for (int m = 0; m < 12; m++)
        for (int i = 0; i < 4; i++)
            if (folded.n && !strcmp(folded.p, names[m][i]))
                found = m + 1;
    free(word);
    buf_free(&folded);
    *s += found ? len : 0;
    return found;
}

/* Nothing may follow but "r." or "roku". */
static bool ends(const char *s)
{
    skip(&s, " ");
    if (*s == 'r')
        s += str_starts(s, "roku") ? 4 : 1;
    skip(&s, " .");
    return !*s;
}

/* "16 grudnia 2011 r.", "16 XII 2011": the day has been read. */
static bool in_words(const char *s, int day, char iso[11])
{
    skip(&s, " .");
    int m = month(&s);
    skip(&s, " .");
    const char *y = s;
    int year = m ? digits(&s, 4) : -1;
    return s - y == 4 && make(year, m, day, iso) && ends(s);
}

DateKind date_read(const char *text, char iso[11])
{
    const char *s = text;
    int a = digits(&s, 4);
    size_t n = (size_t)(s - text);
    char sep = *s;
    if (a < 0)
        return DATE_NONE;
    if (n == 4 && sep && strchr("-./", sep)) {          /* year first */
        s++;
        int m = digits(&s, 2);
        bool iso_form = sep == '-' && s - text == 7;
        if (*s++ != sep)
            return DATE_NONE;
        const char *day = s;
        int d = digits(&s, 2);
        if (!make(a, m, d, iso) || !ends(s))
            return DATE_NONE;
        return iso_form && s - day == 2 && !*s ? DATE_ISO : DATE_POLISH;
    }
    if (n > 2)
        return DATE_NONE;
    if (!sep || !strchr("-./", sep) || (sep == '.' && s[1] == ' ' && !strpbrk(s + 1, ".")))
        return in_words(s, a, iso) ? DATE_POLISH : DATE_NONE;
    s++;
    skip(&s, " ");
    int m = digits(&s, 2);
    if (m < 0)
        return in_words(s, a, iso) ? DATE_POLISH : DATE_NONE;
    skip(&s, " ");
    if (*s++ != sep)
        return DATE_NONE;
    skip(&s, " ");
    const char *year = s;
    int y = digits(&s, 4);
    if (s - year != 4 || !ends(s))
        return DATE_NONE;
    /* With slashes Americans put the month first. */
    if (sep == '/' && a <= 12 && m <= 12 && a != m)
        return DATE_DOUBTFUL;
    return make(y, m, a, iso) ? DATE_POLISH : DATE_NONE;
}

/* Days since 1970-01-01 to the calendar: the algorithm of Howard Hinnant, chrono dates. */
static bool civil(int64_t days, char iso[11])
{
    days += 719468;
    int64_t era = days / 146097, doe = days - era * 146097;
    int64_t yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
    int64_t doy = doe - (365 * yoe + yoe / 4 - yoe / 100), mp = (5 * doy + 2) / 153;
    int d = (int)(doy - (153 * mp + 2) / 5 + 1), m = (int)(mp < 10 ? mp + 3 : mp - 9);
    return make((int)(yoe + era * 400 + (m <= 2)), m, d, iso);
}

bool date_from_number(int64_t n, bool since_1904, char iso[11])
{
    /* 25569 is 1970-01-01 counted from 1899-12-30, 24107 from 1904-01-01. */
    if (n >= 19000101 && n <= 21001231)
        return make((int)(n / 10000), (int)(n / 100 % 100), (int)(n % 100), iso);
    return n >= 5000 && n <= 73050 && civil(n - (since_1904 ? 24107 : 25569), iso);
}
