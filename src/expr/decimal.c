/* SPDX-License-Identifier: MIT */
/* Exact decimal numbers: read from the text of a node, never through binary fractions. */
#include "internal.h"

#include <libxml/xpathInternals.h>
#include <math.h>
#include <string.h>

enum { DIGITS_MAX = 15, DOUBLE_DIGITS = 6 };
#define DOUBLE_MOST 0x1p49      /* of the last decimal: in grosze, 5.6e12 zl */

static int64_t power10(int n)
{
    int64_t p = 1;
    while (n-- > 0)
        p *= 10;
    return p;
}

/* Whether s is a decimal number of XML Schema; counts its decimals without zeros at the end. */
static bool measure(const char *s, size_t len, int *decimals)
{
    size_t i = len && (*s == '-' || *s == '+'), point = len;
    bool digit = false;
    *decimals = 0;
    for (; i < len; i++) {
        if (s[i] == '.' && point == len)
            point = i;
        else if (s[i] >= '0' && s[i] <= '9')
            digit = true;
        else
            return false;
        if (point < i && s[i] != '0')
            *decimals = i - point > DIGITS_MAX ? DIGITS_MAX + 1 : (int)(i - point);
    }
    return digit;
}

DecimalResult decimal_parse(const char *s, size_t len, Decimal *out)
{
    if (!measure(s, len, &out->digits))
        return DECIMAL_BAD;
    if (out->digits > DIGITS_MAX || !number_parse(s, len, out->digits, &out->v))
        return DECIMAL_LARGE;
    return DECIMAL_OK;
}

static void drop_zeros(Decimal *d)
{
    while (d->digits && d->v % 10 == 0) {
        d->v /= 10;
        d->digits--;
    }
}

/* XPath's numbers are doubles, and libxml2 reads even 1.14 one bit off.  Up to DOUBLE_MOST a
 * double and its neighbours lie within an eighth of a unit, so the decimal meant is certain; what
 * is further off than a thousandth (100 div 3) has more decimals. */
DecimalResult decimal_from_double(double v, int digits, bool exact, Decimal *out)
{
    double scaled = v * (double)power10(digits);
    if (isnan(v))
        return DECIMAL_BAD;
    if (!(fabs(scaled) <= DOUBLE_MOST))
        return DECIMAL_LARGE;
    *out = (Decimal){ llround(scaled), digits };
    if (exact && fabs((double)out->v - scaled) > 0.001 + fabs(scaled) * 0x1p-51)
        return DECIMAL_BAD;
    drop_zeros(out);
    return DECIMAL_OK;
}

bool decimal_scale(Decimal *d, int digits)
{
    if (digits >= d->digits) {
        int64_t factor = power10(digits - d->digits);
        if (d->v > INT64_MAX / factor || d->v < -INT64_MAX / factor)
            return false;
        d->v *= factor;
    } else {
        int64_t divisor = power10(d->digits - digits);
        int64_t rest = d->v % divisor;
        d->v /= divisor;
        if (rest >= divisor - rest)
            d->v++;
        else if (-rest >= divisor + rest)
            d->v--;
    }
    d->digits = digits;
    return true;
}

static DecimalResult read_argument(ExprCall *c, int i, int digits, bool exact, Decimal *out)
{
    size_t len;
    if (c->arg[i]->type == XPATH_NUMBER)
        return decimal_from_double(c->arg[i]->floatval, digits, exact, out);
    const char *s = arg_trimmed(c, i, &len);
    return decimal_parse(s, len, out);
}

bool arg_decimal(ExprCall *c, int i, Decimal *out)
{
    DecimalResult r = read_argument(c, i, DOUBLE_DIGITS, false, out);
    /* a double too large for decimals may still be a whole number */
    if (r == DECIMAL_LARGE && c->arg[i]->type == XPATH_NUMBER)
        r = decimal_from_double(c->arg[i]->floatval, 0, true, out);
    if (r != DECIMAL_OK)
        call_refuse(c, r == DECIMAL_BAD ? DIAG_expr_number : DIAG_expr_overflow, i);
    return r == DECIMAL_OK;
}

static DecimalResult to_grosze(DecimalResult r, Decimal d, int64_t *out)
{
    if (r != DECIMAL_OK || d.digits > 2)
        return r == DECIMAL_OK ? DECIMAL_BAD : r;
    if (!decimal_scale(&d, 2) || d.v > MONEY_MAX || d.v < -MONEY_MAX)
        return DECIMAL_LARGE;
    *out = d.v;
    return DECIMAL_OK;
}

DecimalResult grosze_parse(const char *s, size_t len, int64_t *out)
{
    Decimal d;
    DecimalResult r = decimal_parse(s, len, &d);
    return to_grosze(r, d, out);
}

bool arg_grosze(ExprCall *c, int i, int64_t *out)
{
    Decimal d;
    DecimalResult r = read_argument(c, i, 2, true, &d);
    r = to_grosze(r, d, out);
    if (r != DECIMAL_OK)
        call_refuse(c, r == DECIMAL_BAD ? DIAG_expr_money : DIAG_expr_overflow, i);
    return r == DECIMAL_OK;
}

/* Groups of three digits from the point leftwards, from 1000 on. */
void decimal_put(ExprEnv *e, Buf *out, Decimal d)
{
    char digits[24];
    const char *point, *group = icu_separators(e, &point);
    int64_t scale = power10(d.digits), whole = d.v / scale, rest = d.v % scale;
    if (d.v < 0)
        buf_str(out, MINUS);
    whole = whole < 0 ? -whole : whole;
    rest = rest < 0 ? -rest : rest;
    int n = snprintf(digits, sizeof digits, "%lld", (long long)whole);
    for (int i = 0; i < n; i++) {
        if (i && (n - i) % 3 == 0)
            buf_str(out, group);
        buf_chr(out, digits[i]);
    }
    if (d.digits) {
        buf_str(out, point);
        buf_format(out, "%0*lld", d.digits, (long long)rest);
    }
}

/* libxml2 writes 6e+15 from 10^9 on, which XPath (4.2) does not know. */
static void put_large(Buf *out, double v)
{
    double whole = floor(fabs(v));
    int64_t millionths = llround((fabs(v) - whole) * 1e6);
    buf_str(out, v < 0 ? "-" : "");
    buf_int(out, (int64_t)whole + millionths / 1000000);
    if (millionths % 1000000) {
        Buf rest = { 0 };
        buf_fixed(&rest, millionths, 6);
        buf_str(out, rest.p + 1);       /* without the zero before the point */
        buf_free(&rest);
    }
}

void number_put(Buf *out, double v)
{
    size_t start = out->n;
    if (fabs(v) >= 1e9 && fabs(v) <= (double)MONEY_MAX) {
        put_large(out, v);
        return;
    }
    xmlChar *s = xmlXPathCastNumberToString(v);
    if (!s)
        mem_fail();
    buf_str(out, (const char *)s);
    xmlFree(s);
    /* libxml2 prints by the locale of the process */
    for (size_t i = start; i < out->n; i++)
        if (out->p[i] == ',')
            out->p[i] = '.';
}
