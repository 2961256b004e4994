/* SPDX-License-Identifier: MIT */
/* Functions of words: forms by number and by sex, lists, letters. */
#include "internal.h"

#include <libxml/xpathInternals.h>
#include <string.h>
#include <unicode/uchar.h>

/* ---- forms ---- */

/* The form of a word for a category of CLDR, of those given: one few many; fractions (other) use
 * the form of few: 1,5 godziny.  Languages without few have one and other. */
static int form_of(ExprCall *c, const char *category)
{
    int forms = c->n - 1;
    if (!strcmp(category, "one"))
        return 0;
    if (!strcmp(category, "few"))
        return 1;
    if (!strcmp(category, "many"))
        return forms - 1;
    return c->env->polish ? 1 : forms - 1;
}

static const char *plural_form(ExprCall *c, Decimal n)
{
    char category[16];
    double scale = 1;
    for (int i = 0; i < n.digits; i++)
        scale *= 10;
    if (c->env->polish && c->n != 4) {
        env_fail(c->env, DIAG_expr_forms, c->function->name, "3", NULL);
        return NULL;
    }
    double v = (double)n.v / scale;
    if (!icu_plural(c->env, v < 0 ? -v : v, category))
        return NULL;
    return arg_text(c, 1 + form_of(c, category));
}

void fn_plural(ExprCall *c)
{
    Decimal n;
    const char *form = arg_decimal(c, 0, &n) ? plural_form(c, n) : NULL;
    if (form)
        give_text(c, form);
}

void fn_count_of(ExprCall *c)
{
    Decimal n;
    Buf out = { 0 };
    const char *form = arg_decimal(c, 0, &n) ? plural_form(c, n) : NULL;
    if (!form)
        return;
    decimal_put(c->env, &out, n);
    buf_str(&out, NBSP);
    buf_str(&out, form);
    give_buf(c, &out);
}

void fn_by_sex(ExprCall *c)
{
    size_t len;
    const char *sex = arg_trimmed(c, 0, &len);
    if (len == 1 && (*sex == 'F' || *sex == 'K'))
        give_text(c, arg_text(c, 1));
    else if (len == 1 && *sex == 'M')
        give_text(c, arg_text(c, 2));
    else
        call_refuse(c, DIAG_expr_choice, 0);
}

/* ---- lists ---- */

static bool is_blank(const char *s)
{
    return !s[strspn(s, " \t\r\n")];
}

static void put_joined(ExprCall *c, const char *const *text, size_t n, Buf *out)
{
    const char *between = arg_text(c, 1);
    const char *last = c->n > 2 ? arg_text(c, 2) : between;
    for (size_t i = 0; i < n; i++) {
        if (i)
            buf_str(out, i + 1 == n ? last : between);
        buf_str(out, text[i]);
    }
}

void fn_join(ExprCall *c)
{
    xmlNodeSet *nodes = arg_nodes(c, 0);
    size_t n = 0;
    Buf out = { 0 };
    if (!nodes)
        return;
    const char **text = ARENA_ARRAY(c->env->scratch, const char *, nodes->nodeNr);
    for (int i = 0; i < nodes->nodeNr; i++) {
        text[n] = node_text(c->env, nodes->nodeTab[i]);
        n += !is_blank(text[n]);
    }
    bool good = true;
    if (c->n > 1)
        put_joined(c, text, n, &out);
    else if (n)
        good = icu_join(c->env, text, n, &out);
    if (good)
        give_buf(c, &out);
    buf_free(&out);
}

/* ---- letters ---- */

typedef int32_t CaseFunction(const UCaseMap *m, char *to, int32_t room, const char *from,
                             int32_t len, UErrorCode *status);

static void change_case(ExprCall *c, CaseFunction *change)
{
    UErrorCode status = U_ZERO_ERROR;
    UCaseMap *map = icu_cases(c->env);
    const char *s = arg_text(c, 0);
    size_t len = strlen(s);
    if (!map)
        return;
    if (len > INT32_MAX / 4) {
        call_refuse(c, DIAG_expr_overflow, 0);
        return;
    }
    /* no letter grows to more than three times its bytes (Unicode's SpecialCasing) */
    int32_t room = (int32_t)len * 3 + 1;
    char *out = arena_get(c->env->scratch, (size_t)room);
    change(map, out, room, s, (int32_t)len, &status);
    give_text(c, out);
}

void fn_upper(ExprCall *c)
{
    change_case(c, ucasemap_utf8ToUpper);
}

void fn_lower(ExprCall *c)
{
    change_case(c, ucasemap_utf8ToLower);
}

/* The first letter, after quotes and brackets; a text that begins with a digit stays. */
void fn_capital(ExprCall *c)
{
    const char *s = arg_text(c, 0), *end = s + strlen(s), *p = s;
    Buf out = { 0 };
    uint32_t letter = 0;
    int n = 0;
    for (; p < end; p += n) {
        letter = utf8_get(p, end, &n);
        if (!u_ispunct((UChar32)letter) && !u_isUWhiteSpace((UChar32)letter))
            break;
    }
    buf_put(&out, s, (size_t)(p - s));
    if (p < end) {
        buf_utf8(&out, (uint32_t)u_totitle((UChar32)letter));
        buf_str(&out, p + n);
    }
    give_buf(c, &out);
}
