/* SPDX-License-Identifier: MIT */
/* Functions of money and numbers: exact sums, printed forms, words, the least and greatest. */
#include "internal.h"

#include <libxml/xpathInternals.h>
#include <string.h>
#include <unicode/ustring.h>

enum { DECIMALS = 6 };          /* of the values that min, max, avg and percent compare */

/* ---- money ---- */

/* ICU's form of a decimal number that is given as text, so that it stays exact. */
static bool put_icu_number(ExprCall *c, UNumberFormat *f, Decimal d, Buf *out)
{
    UErrorCode status = U_ZERO_ERROR;
    UChar text[128];
    Buf number = { 0 };
    if (!f)
        return false;
    buf_fixed(&number, d.v, d.digits);
    int32_t n = unum_formatDecimal(f, number.p, (int32_t)number.n, text, COUNT(text), NULL,
                                   &status);
    buf_free(&number);
    if (U_FAILURE(status) || n > (int32_t)COUNT(text)) {
        call_refuse(c, DIAG_expr_overflow, 0);
        return false;
    }
    icu_put(out, text, n);
    return true;
}

void fn_money(ExprCall *c)
{
    Decimal d = { 0, 2 };
    Buf out = { 0 };
    bool good = true;
    if (!arg_grosze(c, 0, &d.v))
        return;
    if (c->env->polish) {
        decimal_put(c->env, &out, d);
        buf_str(&out, NBSP "zł");
    } else {
        good = put_icu_number(c, icu_number(c->env, UNUM_CURRENCY), d, &out);
    }
    if (good)
        give_buf(c, &out);
    else
        buf_free(&out);
}

/* jeden złoty, dwa złote, pięć złotych: the CLDR categories one, few and many of pl. */
static const char *zloty(int64_t n)
{
    bool few = n % 10 >= 2 && n % 10 <= 4 && (n % 100 < 12 || n % 100 > 14);
    return n == 1 ? "złoty" : few ? "złote" : "złotych";
}

void fn_money_words(ExprCall *c)
{
    int64_t grosze;
    Buf out = { 0 };
    if (!arg_grosze(c, 0, &grosze))
        return;
    if (grosze < 0)
        buf_str(&out, "minus ");
    grosze = grosze < 0 ? -grosze : grosze;
    if (!icu_spell(c->env, grosze / 100, "masculine", &out)) {
        buf_free(&out);
        return;
    }
    buf_format(&out, " %s %02d/100", c->env->polish ? zloty(grosze / 100) : "PLN",
               (int)(grosze % 100));
    give_buf(c, &out);
}

/* Reads a value of a node-set, exactly; false: the argument was refused. */
static bool node_grosze(ExprCall *c, xmlNode *node, int64_t *out)
{
    size_t len;
    const char *s = node_trimmed(c->env, node, &len);
    DecimalResult r = grosze_parse(s, len, out);
    if (r != DECIMAL_OK)
        call_refuse_node(c, r == DECIMAL_BAD ? DIAG_expr_money : DIAG_expr_overflow, 0, node);
    return r == DECIMAL_OK;
}

void fn_grosze(ExprCall *c)
{
    int64_t sum = 0, v;
    if (c->arg[0]->type != XPATH_NODESET) {
        if (arg_grosze(c, 0, &v))
            give_number(c, (double)v);
        return;
    }
    xmlNodeSet *nodes = arg_nodes(c, 0);
    for (int i = 0; i < nodes->nodeNr; i++) {
        if (!node_grosze(c, nodes->nodeTab[i], &v))
            return;
        sum += v;       /* each at most 2^53, so this cannot pass 2^63 before it is refused */
        if (sum > MONEY_MAX || sum < -MONEY_MAX) {
            call_refuse(c, DIAG_expr_overflow, 0);
            return;
        }
    }
    give_number(c, (double)sum);
}

/* ---- numbers ---- */

void fn_decimal(ExprCall *c)
{
    Decimal d;
    int64_t digits = 0;
    Buf out = { 0 };
    if (!arg_decimal(c, 0, &d) || (c->n > 1 && !arg_whole(c, 1, 0, DECIMALS, &digits)))
        return;
    if (c->n > 1 && !decimal_scale(&d, (int)digits)) {
        call_refuse(c, DIAG_expr_overflow, 0);
        return;
    }
    decimal_put(c->env, &out, d);
    give_buf(c, &out);
}

/* a / b with so many decimals, half away from zero, by long division; false: too large. */
static bool divide(int64_t a, int64_t b, int decimals, Decimal *out)
{
    bool negative = (a < 0) != (b < 0);
    a = a < 0 ? -a : a;
    b = b < 0 ? -b : b;
    int64_t q = a / b, r = a % b;
    for (int i = 0; i < decimals; i++) {
        if (q > INT64_MAX / 20 || r > INT64_MAX / 10)
            return false;
        r *= 10;
        q = q * 10 + r / b;
        r %= b;
    }
    q += r >= b - r;
    *out = (Decimal){ negative ? -q : q, decimals };
    return true;
}

/* The share in percent: with `digits` decimals, or (-1) with at most two. */
static bool share(Decimal part, Decimal whole, int digits, Decimal *out)
{
    int common = part.digits > whole.digits ? part.digits : whole.digits;
    if (!decimal_scale(&part, common) || !decimal_scale(&whole, common) ||
        !divide(part.v, whole.v, 2 + (digits < 0 ? 2 : digits), out))
        return false;
    out->digits -= 2;
    while (digits < 0 && out->digits && out->v % 10 == 0) {
        out->v /= 10;
        out->digits--;
    }
    return true;
}

static bool put_percent(ExprCall *c, Decimal d, Buf *out)
{
    if (c->env->polish) {
        decimal_put(c->env, out, d);
        buf_str(out, NBSP "%");
        return true;
    }
    UNumberFormat *f = icu_number(c->env, UNUM_PERCENT);
    if (f) {
        unum_setAttribute(f, UNUM_MIN_FRACTION_DIGITS, d.digits);
        unum_setAttribute(f, UNUM_MAX_FRACTION_DIGITS, d.digits);
    }
    d.digits += 2;              /* ICU multiplies by 100 */
    return put_icu_number(c, f, d, out);
}

void fn_percent(ExprCall *c)
{
    Decimal part, whole, result;
    int64_t digits = -1;
    Buf out = { 0 };
    if (!arg_decimal(c, 0, &part) || !arg_decimal(c, 1, &whole) ||
        (c->n > 2 && !arg_whole(c, 2, 0, DECIMALS, &digits)))
        return;
    if (!whole.v)
        call_refuse(c, DIAG_expr_zero, 1);
    else if (!share(part, whole, (int)digits, &result))
        call_refuse(c, DIAG_expr_overflow, 0);
    else if (put_percent(c, result, &out))
        give_buf(c, &out);
    buf_free(&out);
}

void fn_words(ExprCall *c)
{
    static const struct { const char *sign, *gender; } genders[] = {
        { "m", "masculine" }, { "f", "feminine" }, { "n", "neuter" },
    };
    int64_t v;
    size_t g = 0;
    Buf out = { 0 };
    if (!arg_whole(c, 0, -MONEY_MAX, MONEY_MAX, &v))
        return;
    while (c->n > 1 && g < COUNT(genders) && strcmp(arg_text(c, 1), genders[g].sign))
        g++;
    if (g == COUNT(genders))
        call_refuse(c, DIAG_expr_choice, 1);
    else if (icu_spell(c->env, v, genders[g].gender, &out))
        give_buf(c, &out);
    buf_free(&out);
}

void fn_roman(ExprCall *c)
{
    static const struct { int value; const char *sign; } signs[] = {
        { 1000, "M" }, { 900, "CM" }, { 500, "D" }, { 400, "CD" }, { 100, "C" }, { 90, "XC" },
        { 50, "L" }, { 40, "XL" }, { 10, "X" }, { 9, "IX" }, { 5, "V" }, { 4, "IV" }, { 1, "I" },
    };
    int64_t v;
    Buf out = { 0 };
    if (!arg_whole(c, 0, 1, 3999, &v))
        return;
    for (size_t i = 0; i < COUNT(signs); i++)
        for (; v >= signs[i].value; v -= signs[i].value)
            buf_str(&out, signs[i].sign);
    give_buf(c, &out);
}

/* ---- of several nodes ---- */

static bool node_number(ExprCall *c, xmlNode *node, int64_t *out)
{
    size_t len;
    const char *s = node_trimmed(c->env, node, &len);
    return number_parse(s, len, DECIMALS, out);
}

static bool node_day(ExprCall *c, xmlNode *node, int64_t *out)
{
    Day d;
    size_t len;
    const char *s = node_trimmed(c->env, node, &len);
    if (!day_parse(s, len, &d))
        return false;
    *out = day_number(d);
    return true;
}

/* Gives the first node with the least (sign -1) or greatest (1) value; numbers, or dates if the
 * first one is a date. */
static void pick(ExprCall *c, int sign)
{
    xmlNodeSet *nodes = arg_nodes(c, 0);
    if (!nodes)
        return;
    xmlNodeSet *found = xmlXPathNodeSetCreate(NULL);
    int64_t best = 0, v;
    bool dates = nodes->nodeNr && node_day(c, nodes->nodeTab[0], &v);
    for (int i = 0; i < nodes->nodeNr; i++) {
        xmlNode *node = nodes->nodeTab[i];
        if (!(dates ? node_day(c, node, &v) : node_number(c, node, &v))) {
            call_refuse_node(c, dates ? DIAG_expr_date : DIAG_expr_number, 0, node);
            break;
        }
        if (i && (sign > 0 ? v <= best : v >= best))
            continue;
        best = v;
        found->nodeNr = 0;
        xmlXPathNodeSetAddUnique(found, node);
    }
    give_nodes(c, found);
}

void fn_min(ExprCall *c)
{
    pick(c, -1);
}

void fn_max(ExprCall *c)
{
    pick(c, 1);
}

void fn_avg(ExprCall *c)
{
    xmlNodeSet *nodes = arg_nodes(c, 0);
    int64_t sum = 0, v;
    if (!nodes)
        return;
    for (int i = 0; i < nodes->nodeNr; i++) {
        if (!node_number(c, nodes->nodeTab[i], &v)) {
            call_refuse_node(c, DIAG_expr_number, 0, nodes->nodeTab[i]);
            return;
        }
        if (v > 0 ? sum > INT64_MAX - v : sum < -INT64_MAX - v) {
            call_refuse(c, DIAG_expr_overflow, 0);
            return;
        }
        sum += v;
    }
    give_number(c, (double)sum / nodes->nodeNr / 1e6);
}
