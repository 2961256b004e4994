/* SPDX-License-Identifier: MIT */
/* Dates, times and numbers of fields by their data style (ODF 1.3 part 3, 16.29), in the language
 * of the style, else of the text, as LibreOffice 7.4 prints them (writer-layout, text section 10).
 * What a style asks that is not known here leaves the stored text. */
#include "internal.h"

#include <stdlib.h>
#include <string.h>

typedef struct {
    Buf pattern;                /* ICU's */
    const char *language, *country;
    bool known, half_days;      /* am-pm: hours to 12 */
    int month;
} Pattern;

static bool is_true(const char *s)
{
    return str_equal(s, "true");
}

/* Two quoted texts in a row are one: between them the quotes would mean a quote. */
static void put_quoted(Buf *b, const char *s, size_t n)
{
    if (!n)
        return;
    if (b->n && b->p[b->n - 1] == '\'')
        b->n--;
    else
        buf_chr(b, '\'');
    for (size_t i = 0; i < n; i++) {
        if (s[i] == '\'')
            buf_chr(b, '\'');
        buf_chr(b, s[i]);
    }
    buf_chr(b, '\'');
}

static void put_part(Pattern *p, bool wide, const char *narrow_form, const char *wide_form)
{
    buf_str(&p->pattern, wide ? wide_form : narrow_form);
}

/* Polish short names of months are Roman numerals. */
static void put_month(Pattern *p, const OdfNode *n, bool wide, bool alone)
{
    static const char *const roman[] = { "I",   "II",   "III", "IV", "V",  "VI",
                                         "VII", "VIII", "IX",  "X",  "XI", "XII" };
    if (!is_true(odf_attr(n, ODF_NUMBER_TEXTUAL)))
        put_part(p, wide, "M", "MM");
    else if (!wide && str_equal(p->language, "pl"))
        put_quoted(&p->pattern, roman[p->month - 1], strlen(roman[p->month - 1]));
    else if (alone)
        put_part(p, wide, "LLL", "LLLL");
    else
        put_part(p, wide, "MMM", "MMMM");
}

static void put_seconds(Pattern *p, const OdfNode *n, bool wide)
{
    int places = number_in(odf_attr(n, ODF_NUMBER_DECIMAL_PLACES), 0, 9, 0);
    put_part(p, wide, "s", "ss");
    if (places)
        put_quoted(&p->pattern, str_equal(p->language, "pl") ? "," : ".", 1);
    while (places--)
        buf_chr(&p->pattern, 'S');
}

static void put_element(Pattern *p, const OdfNode *n, bool with_day)
{
    bool wide = str_equal(odf_attr(n, ODF_NUMBER_STYLE), "long");
    switch (n->name) {
    case ODF_NUMBER_DAY:
        put_part(p, wide, "d", "dd");
        break;
    case ODF_NUMBER_MONTH:
        put_month(p, n, wide, !with_day);
        break;
    case ODF_NUMBER_YEAR:
        put_part(p, wide, "yy", "yyyy");
        break;
    case ODF_NUMBER_DAY_OF_WEEK:
        put_part(p, wide, "EEE", "EEEE");
        break;
    case ODF_NUMBER_HOURS:
        put_part(p, wide, p->half_days ? "h" : "H", p->half_days ? "hh" : "HH");
        break;
    case ODF_NUMBER_MINUTES:
        put_part(p, wide, "m", "mm");
        break;
    case ODF_NUMBER_SECONDS:
        put_seconds(p, n, wide);
        break;
    case ODF_NUMBER_AM_PM:
        buf_str(&p->pattern, "a");
        break;
    case ODF_NUMBER_TEXT:
        for (uint32_t i = 0; i < n->n_kid; i++)
            if (n->kid[i]->name == ODF_CHARACTERS)
                put_quoted(&p->pattern, n->kid[i]->text, n->kid[i]->n_kid);
        break;
    case ODF_STYLE_TEXT_PROPERTIES:
        break;
    default:
        p->known = false;
    }
}

/* What Writer takes without a style, and for styles whose order follows the language. */
static const char *usual_date(const Pattern *p, bool wide, bool century)
{
    bool pl = str_equal(p->language, "pl");
    if (!pl && (!str_equal(p->language, "en") || !str_equal(p->country, "US")))
        return NULL;
    if (!wide && !century)
        return pl ? "yy-M-d" : "M/d/yy";
    if (!century)
        return pl ? "d.MM.yy" : "MM/dd/yy";
    return pl ? "d.MM.yyyy" : "MM/dd/yyyy";
}

static const OdfNode *part(const OdfNode *style, OdfName name)
{
    const OdfNode *n = odf_kid(style, name);
    return n && !is_true(odf_attr(n, ODF_NUMBER_TEXTUAL)) ? n : NULL;
}

/* Day, month and year as numbers, in the order of the language. */
static const char *ordered(const Pattern *p, const OdfNode *style)
{
    const OdfNode *day = part(style, ODF_NUMBER_DAY), *month = part(style, ODF_NUMBER_MONTH);
    const OdfNode *year = part(style, ODF_NUMBER_YEAR);
    if (!is_true(odf_attr(style, ODF_NUMBER_AUTOMATIC_ORDER)) || !day || !month || !year)
        return NULL;
    for (uint32_t i = 0; i < style->n_kid; i++)
        if (style->kid[i]->name != ODF_NUMBER_TEXT && style->kid[i] != day &&
            style->kid[i] != month && style->kid[i] != year &&
            style->kid[i]->name != ODF_CHARACTERS)
            return NULL;
    return usual_date(p, str_equal(odf_attr(day, ODF_NUMBER_STYLE), "long"),
                      str_equal(odf_attr(year, ODF_NUMBER_STYLE), "long"));
}

static void make_pattern(Pattern *p, const OdfNode *style)
{
    const char *usual = ordered(p, style);
    if (usual) {
        buf_str(&p->pattern, usual);
        return;
    }
    p->half_days = odf_kid(style, ODF_NUMBER_AM_PM) != NULL;
    for (uint32_t i = 0; i < style->n_kid; i++)
        if (style->kid[i]->name != ODF_CHARACTERS)
            put_element(p, style->kid[i], odf_kid(style, ODF_NUMBER_DAY) != NULL);
}

/* ---- values ---- */

static bool digits(const char **s, int n, int *out)
{
    int v = 0;
    for (int i = 0; i < n; i++, ++*s) {
        if (**s < '0' || **s > '9')
            return false;
        v = 10 * v + **s - '0';
    }
    *out = v;
    return true;
}

static bool take(const char **s, char c)
{
    return **s == c && ++*s;
}

static bool read_time(const char *s, TextMoment *m)
{
    if (!digits(&s, 2, &m->hour) || !take(&s, ':') || !digits(&s, 2, &m->minute) ||
        m->hour > 24 || m->minute > 59)
        return false;
    if (take(&s, ':') && (!digits(&s, 2, &m->second) || m->second > 60))
        return false;
    if (*s == '.' && s[1] >= '0' && s[1] <= '9')
        m->hundredths = (s[1] - '0') * 10 + (s[2] >= '0' && s[2] <= '9' ? s[2] - '0' : 0);
    return true;
}

/* xs:date, xs:dateTime or xs:time. */
static bool read_moment(const char *s, TextMoment *m)
{
    *m = (TextMoment){ .year = 1899, .month = 12, .day = 30 };
    if (strlen(s) < 10 || s[4] != '-')
        return read_time(s, m);
    if (!digits(&s, 4, &m->year) || !take(&s, '-') || !digits(&s, 2, &m->month) ||
        !take(&s, '-') || !digits(&s, 2, &m->day) || m->month < 1 || m->month > 12 || m->day < 1 ||
        m->day > 31)
        return false;
    return !take(&s, 'T') || read_time(s, m);
}

static void languages(Pattern *p, const OdfNode *style, const OdfTextProps *props)
{
    const char *own = style ? odf_attr(style, ODF_NUMBER_LANGUAGE) : NULL;
    const char *country = style ? odf_attr(style, ODF_NUMBER_COUNTRY) : NULL;
    p->language = own ? own : props->language;
    p->country = own ? (country ? country : "") : props->country;
}

bool data_moment(const OdfNode *style, bool time, const OdfTextProps *props, const char *value,
                 Buf *out)
{
    TextMoment m;
    Pattern p = { .known = true };
    if (!value || !read_moment(value, &m))
        return false;
    languages(&p, style, props);
    p.month = m.month;
    const char *usual = style ? NULL : time ? "HH:mm:ss" : usual_date(&p, false, false);
    if (style)
        make_pattern(&p, style);
    else if (usual)
        buf_str(&p.pattern, usual);
    bool good = p.known && p.pattern.n &&
                text_moment(out, p.language, p.country, p.pattern.p, &m);
    buf_free(&p.pattern);
    return good;
}

/* ---- numbers ---- */

/* A style with conditions: the one that it takes for a number that is not negative. */
static const OdfNode *applied(Ctx *c, const OdfNode *style, double value, bool *negative)
{
    const OdfNode *map = odf_kid(style, ODF_STYLE_MAP);
    const char *condition = map ? odf_attr(map, ODF_STYLE_CONDITION) : NULL;
    *negative = !map && value < 0;
    if (!map || value < 0 || !str_equal(condition, "value()>=0"))
        return style;
    const OdfNode *other =
        odf_data_style(c->file, odf_attr(map, ODF_STYLE_APPLY_STYLE_NAME), c->masters);
    return other ? other : style;
}

bool data_amount(const OdfNode *style, const OdfTextProps *props, double value, Buf *out)
{
    Pattern p = {0};
    bool number = false;
    languages(&p, style, props);
    if (value < 0)
        buf_chr(out, '-');
    value = value < 0 ? -value : value;
    value *= style->name == ODF_NUMBER_PERCENTAGE_STYLE ? 100 : 1;
    for (uint32_t i = 0; i < style->n_kid; i++) {
        const OdfNode *k = style->kid[i];
        if (k->name == ODF_NUMBER_TEXT || k->name == ODF_NUMBER_CURRENCY_SYMBOL) {
            for (uint32_t t = 0; t < k->n_kid; t++)
                if (k->kid[t]->name == ODF_CHARACTERS)
                    buf_put(out, k->kid[t]->text, k->kid[t]->n_kid);
        } else if (k->name == ODF_NUMBER_NUMBER) {
            number = text_number(out, p.language, p.country, value,
                                 number_in(odf_attr(k, ODF_NUMBER_DECIMAL_PLACES), 0, 15, -1),
                                 number_in(odf_attr(k, ODF_NUMBER_MIN_INTEGER_DIGITS), 0, 20, 1),
                                 is_true(odf_attr(k, ODF_NUMBER_GROUPING)));
        }
    }
    if (!number)
        buf_clear(out);
    return number;
}

bool data_number(Ctx *c, const OdfNode *style, const OdfTextProps *props, const char *value,
                 Buf *out)
{
    enum { DIGITS = 15 };
    int64_t v;
    bool minus;
    size_t n = strlen(value);
    const char *point = strchr(value, '.');
    if (!n || n > DIGITS || strspn(value, "-.0123456789") < n ||
        !number_parse(value, point && n > (size_t)(point - value) + 7 ? (size_t)(point - value) + 7
                                                                      : n, 6, &v))
        return false;
    double amount = (double)v / 1e6;
    style = applied(c, style, amount, &minus);
    return data_amount(style, props, amount < 0 && !minus ? -amount : amount, out);
}
