/* SPDX-License-Identifier: MIT */
/* Dates: reckoning in the Gregorian calendar, and the functions that print dates and periods.
 * Polish forms from sjp.pwn.pl poradnia 16535. */
#include "internal.h"

#include <string.h>

/* ---- reckoning ---- */

static bool is_leap(int year)
{
    return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

bool day_exists(int year, int month, int day)
{
    static const char length[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
    if (year < 1 || month < 1 || month > 12 || day < 1)
        return false;
    return day <= length[month - 1] + (month == 2 && is_leap(year));
}

static bool read_digits(const char *s, int n, int *out)
{
    for (*out = 0; n--; s++) {
        if (*s < '0' || *s > '9')
            return false;
        *out = *out * 10 + (*s - '0');
    }
    return true;
}

bool day_parse(const char *s, size_t len, Day *out)
{
    if (len < 10 || s[4] != '-' || s[7] != '-' || (len > 10 && !strchr("TZ+-", s[10])))
        return false;
    return read_digits(s, 4, &out->year) && read_digits(s + 5, 2, &out->month) &&
           read_digits(s + 8, 2, &out->day) && day_exists(out->year, out->month, out->day);
}

int64_t day_number(Day d)
{
    return days_since_1970(d.year, d.month, d.day);
}

int day_compare(Day a, Day b)
{
    int64_t x = day_number(a), y = day_number(b);
    return (x > y) - (x < y);
}

static Day day_next(Day d)
{
    if (day_exists(d.year, d.month, d.day + 1))
        return (Day){ d.year, d.month, d.day + 1 };
    if (d.month < 12)
        return (Day){ d.year, d.month + 1, 1 };
    return (Day){ d.year + 1, 1, 1 };
}

bool arg_day(ExprCall *c, int i, Day *out)
{
    size_t len;
    const char *s = arg_trimmed(c, i, &len);
    if (day_parse(s, len, out))
        return true;
    call_refuse(c, DIAG_expr_date, i);
    return false;
}

/* ---- printing ---- */

typedef enum { NOMINATIVE, GENITIVE, LOCATIVE } Case;

static const char *const months_pl[12][3] = {
    { "styczeń", "stycznia", "styczniu" },
    { "luty", "lutego", "lutym" },
    { "marzec", "marca", "marcu" },
    { "kwiecień", "kwietnia", "kwietniu" },
    { "maj", "maja", "maju" },
    { "czerwiec", "czerwca", "czerwcu" },
    { "lipiec", "lipca", "lipcu" },
    { "sierpień", "sierpnia", "sierpniu" },
    { "wrzesień", "września", "wrześniu" },
    { "październik", "października", "październiku" },
    { "listopad", "listopada", "listopadzie" },
    { "grudzień", "grudnia", "grudniu" },
};

static UDate icu_time(Day d)
{
    return (UDate)day_number(d) * 86400000.0;
}

/* Formats with ICU; false: it has refused argument i. */
static bool put_icu(ExprCall *c, int i, UDateFormat *f, Day d, Buf *out)
{
    UErrorCode status = U_ZERO_ERROR;
    UChar text[512];
    if (!f)
        return false;
    int32_t n = udat_format(f, icu_time(d), text, COUNT(text), NULL, &status);
    if (U_FAILURE(status) || n > (int32_t)COUNT(text)) {
        call_refuse(c, DIAG_expr_pattern, i);
        return false;
    }
    icu_put(out, text, n);
    return true;
}

/* 16 grudnia 2011 r., or without the year */
static void put_polish(Buf *out, Day d, bool year)
{
    buf_format(out, "%d" NBSP "%s", d.day, months_pl[d.month - 1][GENITIVE]);
    if (year)
        buf_format(out, " %d" NBSP "r.", d.year);
}

static bool put_date(ExprCall *c, Buf *out, Day d)
{
    if (!c->env->polish)
        return put_icu(c, 0, icu_date(c->env), d, out);
    put_polish(out, d, true);
    return true;
}

static bool put_pattern(ExprCall *c, Buf *out, Day d)
{
    const char *pattern = arg_text(c, 1);
    size_t len = strlen(pattern);
    if (!len || len > 64) {
        call_refuse(c, DIAG_expr_pattern, 1);
        return false;
    }
    return put_icu(c, 1, icu_pattern(c->env, pattern), d, out);
}

void fn_date(ExprCall *c)
{
    Day d;
    Buf out = { 0 };
    if (!arg_day(c, 0, &d))
        return;
    if (c->n > 1 ? put_pattern(c, &out, d) : put_date(c, &out, d))
        give_buf(c, &out);
    else
        buf_free(&out);
}

/* What both dates share is said once; a period that runs backwards is printed as it is. */
static void put_period_polish(Buf *out, Day a, Day b)
{
    bool forward = day_compare(a, b) < 0;
    if (forward && a.year == b.year && a.month == b.month) {
        buf_format(out, "%d" EN_DASH, a.day);
    } else {
        put_polish(out, a, !forward || a.year != b.year);
        buf_str(out, " " EN_DASH " ");
    }
    put_polish(out, b, true);
}

static bool put_period(ExprCall *c, Buf *out, Day a, Day b)
{
    UErrorCode status = U_ZERO_ERROR;
    UChar text[512];
    UDateIntervalFormat *f = icu_interval(c->env);
    if (!f)
        return false;
    int32_t n = udtitvfmt_format(f, icu_time(a), icu_time(b), text, COUNT(text), NULL, &status);
    if (U_FAILURE(status) || n > (int32_t)COUNT(text)) {
        call_refuse(c, DIAG_expr_date, 0);
        return false;
    }
    icu_put(out, text, n);
    return true;
}

void fn_dates(ExprCall *c)
{
    Day a, b;
    Buf out = { 0 };
    bool good = true;
    if (!arg_day(c, 0, &a) || !arg_day(c, 1, &b))
        return;
    if (!day_compare(a, b))
        good = put_date(c, &out, a);
    else if (c->env->polish)
        put_period_polish(&out, a, b);
    else
        good = put_period(c, &out, a, b);
    if (good)
        give_buf(c, &out);
    else
        buf_free(&out);
}

/* "we" stands before a cluster that begins with w or f: only września among the months. */
static void put_month_polish(Buf *out, Day d, bool within)
{
    const char *const *name = months_pl[d.month - 1];
    if (within)
        buf_str(out, d.month == 9 ? "we" NBSP : "w" NBSP);
    buf_format(out, "%s %d" NBSP "r.", name[within ? LOCATIVE : NOMINATIVE], d.year);
}

void fn_month(ExprCall *c)
{
    Day d;
    Buf out = { 0 };
    bool within = c->n > 1;
    if (!arg_day(c, 0, &d))
        return;
    if (within && strcmp(arg_text(c, 1), "w")) {
        call_refuse(c, DIAG_expr_choice, 1);
        return;
    }
    bool good = true;
    if (c->env->polish)
        put_month_polish(&out, d, within);
    else
        good = put_icu(c, 0, icu_pattern(c->env, "LLLL y"), d, &out);
    if (good)
        give_buf(c, &out);
    else
        buf_free(&out);
}

/* ---- durations ---- */

/* Years gone by; who was born on 29 February has the birthday on 1 March in common years, since
 * 28 February still comes before the 29th. */
void fn_age(ExprCall *c)
{
    Day birth, on;
    if (!arg_day(c, 0, &birth) || !arg_day(c, 1, &on))
        return;
    bool before = on.month < birth.month || (on.month == birth.month && on.day < birth.day);
    give_number(c, on.year - birth.year - before);
}

/* Whole months from the first day to the last, both counted: the period ends where the day after
 * the last one begins.  1.01-31.12 is 12; from the 31st a month ends with a shorter month. */
static int whole_months(Day a, Day b)
{
    Day end = day_next(b);
    return (end.year - a.year) * 12 + end.month - a.month - (end.day < a.day);
}

void fn_months(ExprCall *c)
{
    Day a, b;
    if (!arg_day(c, 0, &a) || !arg_day(c, 1, &b))
        return;
    give_number(c, day_compare(a, b) <= 0 ? whole_months(a, b) : -whole_months(b, a));
}

/* Both days count; when the second comes first, minus the days between them (never 0), so that a
 * rule can tell the order. */
void fn_days(ExprCall *c)
{
    Day a, b;
    if (!arg_day(c, 0, &a) || !arg_day(c, 1, &b))
        return;
    int64_t n = day_number(b) - day_number(a);
    give_number(c, (double)(n >= 0 ? n + 1 : n));
}

void fn_today(ExprCall *c)
{
    if (*c->env->today)
        give_text(c, c->env->today);
    else
        env_fail(c->env, DIAG_expr_today, NULL, NULL, NULL);
}
