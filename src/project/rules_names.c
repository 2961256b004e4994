/* SPDX-License-Identifier: MIT */
/* Names: folding (R57), official names (R59), people in texts (R60); parameters by year. */
#include "rules_internal.h"

#include <libxml/xpathInternals.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <unicode/uchar.h>

static xmlXPathObject *give_text(const char *s)
{
    return xmlXPathNewCString(s);
}

static void fold(Buf *out, const char *s, size_t len)
{
    int n;
    for (const char *end = s + len; s < end; s += n) {
        uint32_t c = utf8_get(s, end, &n);
        if (u_isalnum((UChar32)c))
            buf_utf8(out, (uint32_t)u_tolower((UChar32)c));
    }
    buf_put(out, "", 0);
}

xmlXPathObject *rule_fold(void *data, xmlXPathObject *const *arg, int n)
{
    Buf b = {0};
    const char *s = argument_text(data, arg[0]);
    (void)n;
    fold(&b, s, strlen(s));
    xmlXPathObject *o = give_text(b.p ? b.p : "");
    buf_free(&b);
    return o;
}

/* ---- official names ---- */

/* Whether a folded text begins with a folded code: 7.1 does not begin 7.1.1. */
static bool has_code(const char *text, const char *code)
{
    size_t n = strlen(code);
    bool digit = n && code[n - 1] >= '0' && code[n - 1] <= '9';
    return n && !strncmp(text, code, n) && !(digit && text[n] >= '0' && text[n] <= '9');
}

/* The entry of the table with the longest code that the text begins with; *name its length. */
static const char *entry_for(const char *text, const char *table, size_t *len)
{
    const char *best = NULL;
    size_t longest = 0;
    for (const char *e = table; *e; e += strcspn(e, "|"), e += *e == '|') {
        Buf code = {0};
        fold(&code, e, strcspn(e, ":|"));
        if (code.n > longest && has_code(text, code.p)) {
            best = e;
            longest = code.n;
            *len = strcspn(e, "|");
        }
        buf_free(&code);
    }
    return best;
}

/* "Działanie 7.1: Rozwój ..." -> "Działanie 7.1 Rozwój ..." */
static char *printed(Run *r, const char *entry, size_t len)
{
    char *s = arena_dup(r->arena, entry, len);
    char *colon = strchr(s, ':');
    if (colon)
        memmove(colon, colon + 1, strlen(colon));
    return s;
}

xmlXPathObject *rule_official(void *data, xmlXPathObject *const *arg, int n)
{
    Run *r = data;
    const char *text = argument_text(r, arg[0]), *table = argument_text(r, arg[1]);
    const char *expected = "";
    Buf given = {0}, wanted = {0};
    size_t len = 0;
    (void)n;
    fold(&given, text, strlen(text));
    const char *entry = entry_for(given.p, table, &len);
    if (entry) {
        fold(&wanted, entry, len);
        if (!str_equal(wanted.p, given.p))
            expected = printed(r, entry, len);
    }
    buf_free(&given);
    buf_free(&wanted);
    return give_text(expected);
}

/* ---- parameters by year ---- */

double number_by_year(const char *table, const char *day)
{
    int64_t year, from, value;
    double found = (double)NAN;
    if (strlen(day) < 4 || !number_parse(day, 4, 0, &year))
        return found;
    for (const char *s = table + strspn(table, " \n"); *s; s += strspn(s, " \n")) {
        size_t len = strcspn(s, " \n"), colon = strcspn(s, ":");
        if (colon < len && number_parse(s, colon, 0, &from) && from <= year &&
            number_parse(s + colon + 1, len - colon - 1, 4, &value))
            found = (double)value / 10000;
        s += len;
    }
    return found;
}

xmlXPathObject *rule_by_year(void *data, xmlXPathObject *const *arg, int n)
{
    (void)n;
    const char *table = argument_text(data, arg[0]);
    return xmlXPathNewFloat(number_by_year(table, argument_text(data, arg[1])));
}

/* ---- lists ---- */

static bool token_in(const char *list, const char *token, size_t len)
{
    static const char space[] = " \t\r\n";
    for (list += strspn(list, space); *list; list += strspn(list, space)) {
        size_t n = strcspn(list, space);
        if (n == len && !memcmp(list, token, n))
            return true;
        list += n;
    }
    return false;
}

bool tokens_within(const char *some, const char *all)
{
    static const char space[] = " \t\r\n";
    bool within = true;
    for (some += strspn(some, space); *some && within; some += strspn(some, space)) {
        size_t len = strcspn(some, space);
        within = token_in(all, some, len);
        some += len;
    }
    return within;
}

xmlXPathObject *rule_tokens_within(void *data, xmlXPathObject *const *arg, int n)
{
    (void)n;
    const char *some = argument_text(data, arg[0]);
    return xmlXPathNewBoolean(tokens_within(some, argument_text(data, arg[1])));
}

/* ---- people ---- */

bool name_like(const char *s, size_t len)
{
    int n;
    for (const char *end = s + len; s < end; s += n) {
        uint32_t c = utf8_get(s, end, &n);
        if (!u_isalpha((UChar32)c) && c != ' ' && c != '-' && c != '\'' && c != '.' &&
            c != 0x2019 && c != 0x2010 && c != 0x2011 &&
            u_charType((UChar32)c) != U_NON_SPACING_MARK)
            return false;
    }
    return true;
}

xmlXPathObject *rule_name_like(void *data, xmlXPathObject *const *arg, int n)
{
    const char *s = argument_text(data, arg[0]);
    (void)n;
    return xmlXPathNewBoolean(name_like(s, strlen(s)));
}

static size_t word_length(const char *s, const char *end)
{
    const char *start = s;
    int n;
    for (; s < end; s += n) {
        uint32_t c = utf8_get(s, end, &n);
        if (!u_isalpha((UChar32)c) && !(c == '-' && s > start))
            break;
    }
    return (size_t)(s - start);
}

xmlXPathObject *rule_names_person(void *data, xmlXPathObject *const *arg, int n)
{
    Run *r = data;
    const char *s = argument_text(r, arg[0]), *key = argument_text(r, arg[1]);
    const char *end = s + strlen(s), *before = NULL;
    size_t before_len = 0;
    bool found = false;
    Buf pair = {0};
    (void)n;
    for (int k; s < end && !found; ) {
        size_t len = word_length(s, end);
        if (len) {
            buf_clear(&pair);
            buf_put(&pair, before, before_len);
            buf_chr(&pair, ' ');
            buf_put(&pair, s, len);
            found = before && key_find(r, key, pair.p);
            before = s;
            before_len = len;
            s += len;
        } else {
            size_t digits = strspn(s, "0123456789");
            found = digits == 11 && expr_pesel_valid(s, digits);
            utf8_get(s, end, &k);
            s += digits ? digits : (size_t)k;
        }
    }
    buf_free(&pair);
    r->spot.secret = r->spot.secret || found;
    return xmlXPathNewBoolean(found);
}
