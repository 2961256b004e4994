/* SPDX-License-Identifier: MIT */
/* ICU's objects for the language of an env, made when they are first needed, since each reads
 * tables; and texts between UTF-8 and ICU's UTF-16. */
#include "internal.h"

#include <stdlib.h>
#include <string.h>
#include <unicode/ures.h>
#include <unicode/ustring.h>

enum { WORDS = 512 };           /* UTF-16 units of a number in words; 2^53 takes under 300 */

void icu_close(Icu *icu)
{
    ucol_close(icu->collator);
    uplrules_close(icu->plural);
    UNumberFormat *numbers[] = { icu->spell, icu->money, icu->percent, icu->number };
    for (size_t i = 0; i < COUNT(numbers); i++)
        unum_close(numbers[i]);
    udat_close(icu->date);
    udat_close(icu->pattern);
    udtitvfmt_close(icu->interval);
    ulistfmt_close(icu->list);
    ucasemap_close(icu->cases);
    memset(icu, 0, sizeof *icu);
}

static bool fail_language(ExprEnv *e)
{
    env_fail(e, DIAG_expr_language, e->language, NULL, NULL);
    return false;
}

/* A language that ICU lacks would silently become the default of the machine.  Only the bundle of
 * the locale itself tells: formatters report a default also where data comes from the root. */
static bool known(ExprEnv *e)
{
    UErrorCode status = U_ZERO_ERROR;
    if (!e->icu.known) {
        UResourceBundle *bundle = ures_open(NULL, e->language, &status);
        ures_close(bundle);
        e->icu.known = U_SUCCESS(status) && status != U_USING_DEFAULT_WARNING;
    }
    return e->icu.known || fail_language(e);
}

static bool opened(ExprEnv *e, UErrorCode status)
{
    return U_SUCCESS(status) || fail_language(e);
}

/* ---- texts ---- */

UChar *icu_text(Arena *a, const char *s, int32_t *len)
{
    size_t n = strlen(s);
    UErrorCode status = U_ZERO_ERROR;
    UChar *out = ARENA_ARRAY(a, UChar, n + 1);
    /* UTF-16 never takes more units than UTF-8 takes bytes */
    u_strFromUTF8WithSub(out, (int32_t)n + 1, len, s, (int32_t)n, 0xfffd, NULL, &status);
    return out;
}

void icu_put(Buf *out, const UChar *s, int32_t len)
{
    for (int32_t i = 0; i < len;) {
        UChar32 c;
        U16_NEXT(s, i, len, c);
        buf_utf8(out, U_IS_SURROGATE(c) ? 0xfffd : (uint32_t)c);
    }
}

/* ---- order and numbers ---- */

UCollator *icu_collator(ExprEnv *e)
{
    UErrorCode status = U_ZERO_ERROR;
    if (e->icu.collator || !known(e))
        return e->icu.collator;
    UCollator *c = ucol_open(e->language, &status);
    if (U_SUCCESS(status))
        ucol_setAttribute(c, UCOL_NUMERIC_COLLATION, UCOL_ON, &status);
    if (!opened(e, status)) {
        ucol_close(c);
        return NULL;
    }
    return e->icu.collator = c;
}

static UNumberFormat **number_slot(Icu *icu, UNumberFormatStyle style)
{
    switch (style) {
    case UNUM_SPELLOUT: return &icu->spell;
    case UNUM_CURRENCY: return &icu->money;
    case UNUM_PERCENT:  return &icu->percent;
    default:            return &icu->number;
    }
}

UNumberFormat *icu_number(ExprEnv *e, UNumberFormatStyle style)
{
    UErrorCode status = U_ZERO_ERROR;
    UNumberFormat **slot = number_slot(&e->icu, style);
    if (*slot || !known(e))
        return *slot;
    UNumberFormat *f = unum_open(style, NULL, 0, e->language, NULL, &status);
    if (style == UNUM_CURRENCY && U_SUCCESS(status))
        unum_setTextAttribute(f, UNUM_CURRENCY_CODE, u"PLN", 3, &status);
    if (!opened(e, status)) {
        unum_close(f);
        return NULL;
    }
    return *slot = f;
}

static bool read_symbol(UNumberFormat *f, UNumberFormatSymbol symbol, char out[16])
{
    UErrorCode status = U_ZERO_ERROR;
    UChar s[8];
    Buf b = { 0 };
    int32_t n = unum_getSymbol(f, symbol, s, COUNT(s), &status);
    if (U_SUCCESS(status) && n <= (int32_t)COUNT(s))
        icu_put(&b, s, n);
    bool good = b.n && b.n < 16;
    if (good)
        memcpy(out, b.p, b.n + 1);
    buf_free(&b);
    return good;
}

const char *icu_separators(ExprEnv *e, const char **point)
{
    Icu *icu = &e->icu;
    if (e->polish) {
        *point = ",";
        return NBSP;
    }
    if (!*icu->group) {
        UNumberFormat *f = icu_number(e, UNUM_DECIMAL);
        if (!f || !read_symbol(f, UNUM_GROUPING_SEPARATOR_SYMBOL, icu->group) ||
            !read_symbol(f, UNUM_DECIMAL_SEPARATOR_SYMBOL, icu->point)) {
            *point = ".";
            return "";
        }
    }
    *point = icu->point;
    return icu->group;
}

/* Which rules of the spell-out: the ones with a gender where the language has them. */
static bool set_rules(ExprEnv *e, UNumberFormat *f, const char *gender)
{
    UErrorCode status = U_ZERO_ERROR;
    UChar name[64];
    if (!strcmp(e->icu.spell_rules, gender))
        return true;
    Buf b = { 0 };
    buf_format(&b, "%%spellout-cardinal-%s", gender);
    u_strFromUTF8(name, COUNT(name), NULL, b.p, -1, &status);
    unum_setTextAttribute(f, UNUM_DEFAULT_RULESET, name, -1, &status);
    if (U_FAILURE(status)) {
        status = U_ZERO_ERROR;
        u_uastrcpy(name, "%spellout-cardinal");
        unum_setTextAttribute(f, UNUM_DEFAULT_RULESET, name, -1, &status);
    }
    buf_free(&b);
    memcpy(e->icu.spell_rules, gender, strlen(gender) + 1);
    return opened(e, status);
}

bool icu_spell(ExprEnv *e, int64_t v, const char *gender, Buf *out)
{
    UErrorCode status = U_ZERO_ERROR;
    UChar words[WORDS];
    UNumberFormat *f = icu_number(e, UNUM_SPELLOUT);
    if (!f || !set_rules(e, f, gender))
        return false;
    int32_t n = unum_formatInt64(f, v, words, WORDS, NULL, &status);
    if (!opened(e, status))
        return false;
    icu_put(out, words, n);
    return true;
}

bool icu_plural(ExprEnv *e, double n, char category[16])
{
    UErrorCode status = U_ZERO_ERROR;
    UChar word[16];
    if (!known(e))
        return false;
    if (!e->icu.plural)
        e->icu.plural = uplrules_open(e->language, &status);
    if (U_SUCCESS(status))
        uplrules_select(e->icu.plural, n, word, COUNT(word), &status);
    if (!opened(e, status))
        return false;
    u_UCharsToChars(word, category, u_strlen(word) + 1);
    return true;
}

/* ---- dates ---- the zone is fixed, so that no setting of the machine is read */

static const UChar ZONE[] = u"Etc/UTC";

/* XML's dates are of the Gregorian calendar in all years; ICU's would be Julian before 1582. */
static bool set_calendar(ExprEnv *e, UDateFormat *f)
{
    UErrorCode status = U_ZERO_ERROR;
    UCalendar *c = ucal_open(ZONE, -1, e->language, UCAL_GREGORIAN, &status);
    if (U_SUCCESS(status)) {
        ucal_setGregorianChange(c, -1e15, &status);
        udat_setCalendar(f, c);
    }
    ucal_close(c);
    return opened(e, status);
}

static UDateFormat *open_date(ExprEnv *e, UDateFormatStyle style, const UChar *pattern, int32_t n)
{
    UErrorCode status = U_ZERO_ERROR;
    if (!known(e))
        return NULL;
    UDateFormat *f = udat_open(style == UDAT_PATTERN ? UDAT_PATTERN : UDAT_NONE, style, e->language,
                               ZONE, -1, pattern, n, &status);
    if (opened(e, status) && set_calendar(e, f))
        return f;
    udat_close(f);
    return NULL;
}

UDateFormat *icu_date(ExprEnv *e)
{
    if (!e->icu.date)
        e->icu.date = open_date(e, UDAT_LONG, NULL, 0);
    return e->icu.date;
}

UDateFormat *icu_pattern(ExprEnv *e, const char *pattern)
{
    int32_t n;
    UChar *p = icu_text(e->scratch, pattern, &n);
    if (!e->icu.pattern)
        e->icu.pattern = open_date(e, UDAT_PATTERN, p, n);
    else
        udat_applyPattern(e->icu.pattern, false, p, n);
    return e->icu.pattern;
}

UDateIntervalFormat *icu_interval(ExprEnv *e)
{
    UErrorCode status = U_ZERO_ERROR;
    if (e->icu.interval || !known(e))
        return e->icu.interval;
    UDateIntervalFormat *f = udtitvfmt_open(e->language, u"yMMMMd", -1, ZONE, -1, &status);
    if (!opened(e, status)) {
        udtitvfmt_close(f);
        return NULL;
    }
    return e->icu.interval = f;
}

/* ---- words ---- */

UCaseMap *icu_cases(ExprEnv *e)
{
    UErrorCode status = U_ZERO_ERROR;
    if (!e->icu.cases && known(e))
        e->icu.cases = ucasemap_open(e->language, 0, &status);
    return opened(e, status) ? e->icu.cases : NULL;
}

static bool join_texts(ExprEnv *e, const UChar *const *text, const int32_t *len, size_t n,
                       Buf *out)
{
    UErrorCode status = U_ZERO_ERROR;
    int32_t room = 64;
    for (size_t i = 0; i < n; i++)
        room += len[i] + 16;    /* with the word or mark between */
    UChar *joined = ARENA_ARRAY(e->scratch, UChar, room);
    int32_t length = ulistfmt_format(e->icu.list, text, len, (int32_t)n, joined, room, &status);
    if (!opened(e, status))
        return false;
    icu_put(out, joined, length);
    return true;
}

bool icu_join(ExprEnv *e, const char *const *text, size_t n, Buf *out)
{
    UErrorCode status = U_ZERO_ERROR;
    if (!known(e))
        return false;
    if (!e->icu.list) {
        e->icu.list = ulistfmt_open(e->language, &status);
        if (!opened(e, status)) {
            ulistfmt_close(e->icu.list);
            e->icu.list = NULL;
            return false;
        }
    }
    const UChar **wide = ARENA_ARRAY(e->scratch, const UChar *, n);
    int32_t *len = ARENA_ARRAY(e->scratch, int32_t, n);
    for (size_t i = 0; i < n; i++)
        wide[i] = icu_text(e->scratch, text[i], &len[i]);
    return join_texts(e, wide, len, n, out);
}
