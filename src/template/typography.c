/* SPDX-License-Identifier: MIT */
/* Polish typography (shared/domain.md section 7): where a space must not break a line, and which
 * way a quotation mark opens.  Only spaces, quotation marks and apostrophes are looked at. */
#include "internal.h"

#include <stdlib.h>
#include <string.h>

#define NBSP "\302\240"

typedef struct { const char *text, *at, *end; } Around;         /* at: the space */

/* Words that hold on to what follows. */
typedef enum { THEN_ANY, THEN_DIGIT, THEN_UPPER } Then;
static const struct { const char *word; Then then; } before_word[] = {
    { "nr", THEN_DIGIT }, { "art.", THEN_DIGIT }, { "ust.", THEN_DIGIT }, { "pkt", THEN_DIGIT },
    { "poz.", THEN_DIGIT }, { "str.", THEN_DIGIT }, { "s.", THEN_DIGIT }, { "t.", THEN_DIGIT },
    { "rozdz.", THEN_DIGIT }, { "tel.", THEN_ANY }, { "lok.", THEN_DIGIT }, { "m.", THEN_DIGIT },
    { "zał.", THEN_DIGIT }, { "tab.", THEN_DIGIT }, { "rys.", THEN_DIGIT }, { "lit.", THEN_ANY },
    { "§", THEN_ANY }, { "§§", THEN_ANY }, { "ul.", THEN_ANY }, { "al.", THEN_ANY },
    { "pl.", THEN_ANY }, { "os.", THEN_ANY }, { "woj.", THEN_ANY }, { "pow.", THEN_ANY },
    { "gm.", THEN_ANY }, { "św.", THEN_ANY }, { "im.", THEN_ANY }, { "tzw.", THEN_ANY },
    { "np.", THEN_ANY }, { "dr", THEN_ANY }, { "mgr", THEN_ANY }, { "inż.", THEN_ANY },
    { "prof.", THEN_ANY }, { "hab.", THEN_ANY }, { "lic.", THEN_ANY }, { "ks.", THEN_ANY },
    { "Pan", THEN_UPPER }, { "Pani", THEN_UPPER }, { "Pana", THEN_UPPER },
    { "Panu", THEN_UPPER }, { "Panem", THEN_UPPER }, { "Panią", THEN_UPPER },
};
/* Words that hold on to a number before them. */
static const char *const after_number[] = {
    "zł",        "gr",       "%",        "‰",
    "°C",        "r.",       "w.",       "km",
    "m",         "cm",       "mm",       "m²",
    "km²",       "ha",       "kg",       "g",
    "t",         "l",        "ml",       "h",
    "s",         "min",      "min.",     "godz.",
    "godz",      "godzin",   "godziny",  "godzina",
    "szt.",      "os.",      "str.",     "tys.",
    "mln",       "mld",      "PLN",      "EUR",
    "USD",       "euro",     "kB",       "KB",
    "MB",        "GB",       "stycznia", "lutego",
    "marca",     "kwietnia", "maja",     "czerwca",
    "lipca",     "sierpnia", "września", "października",
    "listopada", "grudnia",
};

static bool is_digit(uint32_t c)
{
    return c >= '0' && c <= '9';
}

/* Letters of the Latin alphabets; case as far as Polish needs it. */
static bool is_letter(uint32_t c)
{
    return ((c | 32) >= 'a' && (c | 32) <= 'z') ||
           (c >= 0xC0 && c <= 0x24F && c != 0xD7 && c != 0xF7);
}

static bool is_upper(uint32_t c)
{
    if (c < 0x80)
        return c >= 'A' && c <= 'Z';
    switch (c) {
    case 0x104: case 0x106: case 0x118: case 0x141: case 0x143: case 0xD3: case 0x15A: case 0x179:
    case 0x17B:
        return true;
    default:
        return false;
    }
}

static uint32_t before(const char *text, const char *at)
{
    if (at == text)
        return 0;
    const char *s = at - 1;
    while (s > text && ((unsigned char)*s & 0xC0) == 0x80)
        s--;
    int n;
    return utf8_get(s, at, &n);
}

static uint32_t after(const char *at, const char *end)
{
    int n;
    return at < end ? utf8_get(at, end, &n) : 0;
}

/* No letter or digit, nothing unknown: a word may begin behind it. */
static bool is_edge(uint32_t c)
{
    return !is_letter(c) && !is_digit(c) && c != 0xFFFC && c != '-' && c != '.' && c != '\'' &&
           c != 0x2019 && c != '/' && c != '@' && c != '_' && c != '&';
}

/* The text before the space ends in the word; the first letter's case is free if it is small. */
static bool ends_in(const Around *a, const char *word)
{
    size_t len = strlen(word);
    if ((size_t)(a->at - a->text) < len)
        return false;
    const char *s = a->at - len;
    bool free_case = *word >= 'a' && *word <= 'z';
    if (memcmp(s + free_case, word + free_case, len - free_case) ||
        (free_case && (*s | 32) != *word))
        return false;
    return is_edge(before(a->text, s));
}

static bool starts_with(const char *at, const char *end, const char *word)
{
    size_t len = strlen(word);
    return (size_t)(end - at) >= len && !memcmp(at, word, len) &&
           (word[len - 1] == '.' ||
            (!is_letter(after(at + len, end)) && !is_digit(after(at + len, end))));
}

/* a, i, o, u, w, z alone before the space. */
static bool one_letter(const Around *a)
{
    if (a->at == a->text || !memchr("aiouwzAIOUWZ", a->at[-1], 12))
        return false;
    uint32_t c = before(a->text, a->at - 1);
    return is_edge(c);
}

/* A capital and a dot, then a surname. */
static bool initial(const Around *a)
{
    if (a->at - a->text < 2 || a->at[-1] != '.' || !is_upper(after(a->at + 1, a->end)))
        return false;
    const char *s = a->at - 2;
    while (s > a->text && ((unsigned char)*s & 0xC0) == 0x80)
        s--;
    return is_upper(after(s, a->end)) && (is_edge(before(a->text, s)) || before(a->text, s) == '.');
}

static bool holds_next(const Around *a)
{
    uint32_t next = after(a->at + 1, a->end);
    char last = a->at > a->text ? a->at[-1] : 0;
    if (!last || is_digit((unsigned char)last))
        return false;
    for (size_t i = 0; i < COUNT(before_word); i++) {
        const char *word = before_word[i].word;
        if (word[strlen(word) - 1] != last || !ends_in(a, word))
            continue;
        if (before_word[i].then == THEN_ANY
                ? is_letter(next) || is_digit(next) || next == 0xFFFC || next == 0x201E
            : before_word[i].then == THEN_DIGIT ? is_digit(next) || next == 0xFFFC
                                                : is_upper(next))
            return true;
    }
    return false;
}

static size_t digits_back(const char *text, const char *at)
{
    size_t n = 0;
    while ((size_t)(at - text) > n && is_digit((unsigned char)at[-1 - (long)n]))
        n++;
    return n;
}

/* 200 146: up to three digits, then exactly three. */
static bool grouped(const Around *a)
{
    size_t back = digits_back(a->text, a->at), n = 0;
    while (a->at + 1 + n < a->end && is_digit((unsigned char)a->at[1 + n]))
        n++;
    return back >= 1 && back <= 3 && n == 3;
}

/* 16 XII 2011: a month in Roman numerals. */
static bool roman_month(const Around *a)
{
    const char *s = a->at + 1;
    while (s < a->end && (*s == 'I' || *s == 'V' || *s == 'X'))
        s++;
    return s > a->at + 1 && s < a->end && *s == ' ' && s + 1 < a->end &&
           is_digit((unsigned char)s[1]);
}

static bool number_before(const Around *a)
{
    char last = a->at > a->text ? a->at[-1] : 0;
    if (!is_digit((unsigned char)last))
        return false;
    if (grouped(a) || roman_month(a))
        return true;
    for (size_t i = 0; i < COUNT(after_number); i++)
        if (starts_with(a->at + 1, a->end, after_number[i]))
            return true;
    return false;
}

static bool glued(const Around *a)
{
    uint32_t next = after(a->at + 1, a->end);
    if (!next || next == ' ' || next == '\t' || next == '\n' || next == '\1' || next == 0xA0)
        return false;
    return one_letter(a) || number_before(a) || initial(a) || holds_next(a);
}

/* ---- quotation marks ---- */

static bool opens(uint32_t c)
{
    return !c || c == ' ' || c == '\t' || c == '\n' || c == '\1' || c == 0xA0 || c == 0x202F ||
           c == '(' || c == '[' || c == 0x2013 || c == 0x2014 || c == '/' || c == 0x201E ||
           c == 0xAB;
}

/* Depth 1 is „ ”, depth 2 « »; more marks than that stay as they are. */
static const char *quote(const char *text, const char *at, int *depth)
{
    if (opens(before(text, at))) {
        if (*depth < 2)
            return ++*depth == 1 ? "„" : "«";
        return NULL;
    }
    if (*depth)
        return --*depth ? "»" : "”";
    return is_digit(before(text, at)) ? NULL : "”";             /* an inch */
}

void typography_find(const char *text, size_t len, EditList *out)
{
    const char *end = text + len;
    int depth = 0;
    for (const char *s = text; s < end; s++) {
        const char *with = NULL;
        if (*s == ' ') {
            if (glued(&(Around){ text, s, end }))
                with = NBSP;
        } else if (*s == '"') {
            with = quote(text, s, &depth);
        } else if (*s == '\'' && is_letter(before(text, s)) && is_letter(after(s + 1, end))) {
            with = "’";
        }
        if (with)
            vec_push(out, (Edit){ (uint32_t)(s - text), 1, with });
    }
}
