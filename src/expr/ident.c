/* SPDX-License-Identifier: MIT */
/* Numbers with check digits: PESEL, NIP, REGON, NRB; the rules R03 to R11. */
#include "internal.h"

#include <string.h>

enum { ID_MAX = 26 };

static bool all_digits(const char *s, size_t len)
{
    for (size_t i = 0; i < len; i++)
        if (s[i] < '0' || s[i] > '9')
            return false;
    return true;
}

/* The digits of s without "PL" before them, spaces (U+00A0 too) and the characters of skip;
 * their number, 0 if anything else stands there. */
static size_t digits_of(const char *s, size_t len, const char *skip, char out[ID_MAX + 1])
{
    size_t n = 0, i = len >= 2 && !memcmp(s, "PL", 2) ? 2 : 0;
    for (; i < len; i++) {
        if (len - i >= 2 && !memcmp(s + i, NBSP, 2)) {
            i++;
        } else if (s[i] >= '0' && s[i] <= '9') {
            if (n == ID_MAX)
                return 0;
            out[n++] = s[i];
        } else if (s[i] != ' ' && (!s[i] || !strchr(skip, s[i]))) {
            return 0;
        }
    }
    out[n] = '\0';
    return n;
}

static int weighted(const char *digits, const char *weights)
{
    int sum = 0;
    for (size_t i = 0; weights[i]; i++)
        sum += (digits[i] - '0') * (weights[i] - '0');
    return sum;
}

static bool all_zero(const char *digits)
{
    return !digits[strspn(digits, "0")];
}

/* ---- PESEL ---- */

bool expr_pesel_check(const char *s, size_t len)
{
    if (len != 11 || !all_digits(s, len))
        return false;
    return (10 - weighted(s, "1379137913") % 10) % 10 == s[10] - '0';
}

bool expr_pesel_date(const char *s, size_t len, char iso[11])
{
    static const int century[] = { 1900, 2000, 2100, 2200, 1800 };
    if (len != 11 || !all_digits(s, len))
        return false;
    int code = (s[2] - '0') * 10 + s[3] - '0';
    int year = century[code / 20] + (s[0] - '0') * 10 + s[1] - '0';
    int month = code % 20, day = (s[4] - '0') * 10 + s[5] - '0';
    if (!day_exists(year, month, day))
        return false;
    Buf b = { 0 };
    buf_format(&b, "%04d-%02d-%02d", year, month, day);
    memcpy(iso, b.p, 11);
    buf_free(&b);
    return true;
}

bool expr_pesel_valid(const char *s, size_t len)
{
    char iso[11];
    return expr_pesel_check(s, len) && expr_pesel_date(s, len, iso);
}

char expr_pesel_sex(const char *s, size_t len)
{
    if (len != 11 || !all_digits(s, len))
        return 0;
    return (s[9] - '0') % 2 ? 'M' : 'F';
}

/* ---- others ---- */

bool expr_nip_valid(const char *s, size_t len)
{
    char d[ID_MAX + 1];
    return digits_of(s, len, "-", d) == 10 && !all_zero(d) &&
           weighted(d, "657234567") % 11 == d[9] - '0';
}

bool expr_regon_valid(const char *s, size_t len)
{
    char d[ID_MAX + 1];
    size_t n = len && *s == 'P' ? 0 : digits_of(s, len, "", d);
    if ((n != 9 && n != 14) || all_zero(d) || weighted(d, "89234567") % 11 % 10 != d[8] - '0')
        return false;
    return n == 9 || weighted(d, "2485097361248") % 11 % 10 == d[13] - '0';
}

/* ISO 13616: country and check digits move to the end, P = 25, L = 21. */
static int iban_remainder(const char *digits)
{
    int r = 0;
    for (int i = 2; i < 26; i++)
        r = (r * 10 + digits[i] - '0') % 97;
    for (const char *p = "2521"; *p; p++)
        r = (r * 10 + *p - '0') % 97;
    return ((r * 10 + digits[0] - '0') * 10 + digits[1] - '0') % 97;
}

bool expr_nrb_valid(const char *s, size_t len)
{
    char d[ID_MAX + 1];
    if (digits_of(s, len, "", d) != 26 || iban_remainder(d) != 1)
        return false;
    int check = (d[0] - '0') * 10 + d[1] - '0';         /* 98 - remainder: 02 to 98 */
    int sort_code = (10 - weighted(d + 2, "3971397") % 10) % 10;
    return check >= 2 && check <= 98 && sort_code == d[9] - '0';
}

bool expr_krs_valid(const char *s, size_t len)
{
    return len == 10 && all_digits(s, len) && memcmp(s, "0000000000", 10);
}

bool expr_postal_valid(const char *s, size_t len)
{
    return len == 6 && all_digits(s, 2) && s[2] == '-' && all_digits(s + 3, 3);
}

/* ---- functions ---- */

typedef bool Check(const char *s, size_t len);

static void give_check(ExprCall *c, Check *check)
{
    size_t len;
    const char *s = arg_trimmed(c, 0, &len);
    give_boolean(c, check(s, len));
}

void fn_pesel_check(ExprCall *c)
{
    give_check(c, expr_pesel_check);
}

void fn_pesel_valid(ExprCall *c)
{
    give_check(c, expr_pesel_valid);
}

void fn_nip_valid(ExprCall *c)
{
    give_check(c, expr_nip_valid);
}

void fn_regon_valid(ExprCall *c)
{
    give_check(c, expr_regon_valid);
}

void fn_nrb_valid(ExprCall *c)
{
    give_check(c, expr_nrb_valid);
}

void fn_krs_valid(ExprCall *c)
{
    give_check(c, expr_krs_valid);
}

void fn_postal_valid(ExprCall *c)
{
    give_check(c, expr_postal_valid);
}

void fn_pesel_date(ExprCall *c)
{
    size_t len;
    char iso[11];
    const char *s = arg_trimmed(c, 0, &len);
    if (expr_pesel_check(s, len) && expr_pesel_date(s, len, iso))
        give_text(c, iso);
    else
        call_refuse(c, DIAG_expr_identifier, 0);
}

void fn_pesel_sex(ExprCall *c)
{
    size_t len;
    const char *s = arg_trimmed(c, 0, &len);
    if (expr_pesel_valid(s, len))
        give_text(c, expr_pesel_sex(s, len) == 'F' ? "F" : "M");
    else
        call_refuse(c, DIAG_expr_identifier, 0);
}

/* Asterisks for all characters but the last ones that are asked for. */
void fn_masked(ExprCall *c)
{
    const char *s = arg_text(c, 0), *end = s + strlen(s);
    int64_t shown = 0;
    Buf out = { 0 };
    if (c->n > 1 && !arg_whole(c, 1, 0, 4, &shown))
        return;
    size_t hidden = utf8_count(s, strlen(s));
    hidden = hidden > (size_t)shown ? hidden - (size_t)shown : hidden;
    for (int n; s < end && hidden; s += n, hidden--) {
        utf8_get(s, end, &n);
        buf_chr(&out, '*');
    }
    buf_put(&out, s, (size_t)(end - s));
    give_buf(c, &out);
}

/* ---- printed forms ---- the shape must fit; the check digit is the rules' affair */

static bool arg_digits(ExprCall *c, const char *skip, size_t n, char out[ID_MAX + 1])
{
    size_t len;
    const char *s = arg_trimmed(c, 0, &len);
    if (digits_of(s, len, skip, out) == n)
        return true;
    call_refuse(c, DIAG_expr_identifier, 0);
    return false;
}

void fn_nip(ExprCall *c)
{
    char d[ID_MAX + 1];
    Buf out = { 0 };
    if (!arg_digits(c, "-", 10, d))
        return;
    buf_format(&out, "%.3s-%.3s-%.2s-%.2s", d, d + 3, d + 6, d + 8);
    give_buf(c, &out);
}

void fn_regon(ExprCall *c)
{
    char d[ID_MAX + 1];
    size_t len;
    const char *s = arg_trimmed(c, 0, &len);
    size_t n = digits_of(s, len, "", d);
    if (n == 9 || n == 14)
        give_text(c, d);
    else
        call_refuse(c, DIAG_expr_identifier, 0);
}

/* 2 + 6 x 4 digits */
static void give_account(ExprCall *c, const char *country)
{
    char d[ID_MAX + 1];
    Buf out = { 0 };
    if (!arg_digits(c, "", ID_MAX, d))
        return;
    buf_format(&out, "%s%.2s", country, d);
    for (int i = 2; i < ID_MAX; i += 4)
        buf_format(&out, NBSP "%.4s", d + i);
    give_buf(c, &out);
}

void fn_nrb(ExprCall *c)
{
    give_account(c, "");
}

void fn_iban(ExprCall *c)
{
    give_account(c, "PL");
}
