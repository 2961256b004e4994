/* SPDX-License-Identifier: MIT */
/* Flaws of texts: what a copy between programs breaks (R55), marks without their partner (R58),
 * words that lose their meaning when time goes by (R16). */
#include "rules_internal.h"

#include <libxml/xpathInternals.h>
#include <string.h>
#include <unicode/uchar.h>

typedef struct { const char *from, *to; } Found;        /* from NULL: nothing */

static uint32_t char_at(const char *s, const char *end, int *n)
{
    *n = 1;
    return s < end ? utf8_get(s, end, n) : 0;
}

static uint32_t char_before(const char *start, const char *s, int *n)
{
    const char *p = s;
    *n = 0;
    if (s == start)
        return 0;
    do
        p--;
    while (p > start && ((unsigned char)*p & 0xc0) == 0x80);
    return utf8_get(p, s, n);
}

static bool is_space(uint32_t c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == 0xa0 || c == 0x202f;
}

static bool is_letter(uint32_t c)
{
    return u_isalpha((UChar32)c);
}

/* ---- what to show ---- */

/* Goes over a word to the right, with the spaces before it. */
static const char *word_after(const char *s, const char *end)
{
    int n;
    while (s < end && is_space(char_at(s, end, &n)))
        s += n;
    while (s < end && !is_space(char_at(s, end, &n)))
        s += n;
    return s;
}

static const char *word_before(const char *start, const char *s)
{
    int n;
    uint32_t c;
    while ((c = char_before(start, s, &n)) && is_space(c))
        s -= n;
    while ((c = char_before(start, s, &n)) && !is_space(c))
        s -= n;
    return s;
}

/* The piece with so many words more on both sides. */
static Found around(const char *start, const char *end, Found f, int before, int after)
{
    int n;
    uint32_t c;
    while ((c = char_before(start, f.from, &n)) && !is_space(c))
        f.from -= n;
    while (f.to < end && !is_space(char_at(f.to, end, &n)))
        f.to += n;
    while (before--)
        f.from = word_before(start, f.from);
    while (after--)
        f.to = word_after(f.to, end);
    while (f.from < f.to && is_space(char_at(f.from, f.to, &n)))
        f.from += n;
    return f;
}

/* ---- flaws: each finds the first in a text ---- */

typedef bool IsFlaw(const char *start, const char *s, const char *end, uint32_t c);

static bool is_replacement(const char *start, const char *s, const char *end, uint32_t c)
{
    (void)start, (void)s, (void)end;
    return c == 0xfffd;
}

static bool is_soft_hyphen(const char *start, const char *s, const char *end, uint32_t c)
{
    (void)start, (void)s, (void)end;
    return c == 0xad;
}

/* Control characters, and those that have no width or turn the direction of writing. */
static bool is_control(const char *start, const char *s, const char *end, uint32_t c)
{
    (void)start, (void)s, (void)end;
    return (c < 0x20 && !is_space(c)) || (c >= 0x7f && c < 0xa0) || c == 0xfeff ||
           (c >= 0x200b && c <= 0x200f) || (c >= 0x2028 && c <= 0x202e) ||
           (c >= 0x2060 && c <= 0x2069);
}

/* A question mark between spaces and words: a dash that was lost. */
static bool is_question(const char *start, const char *s, const char *end, uint32_t c)
{
    int n, m;
    if (c != '?' || !is_space(char_before(start, s, &n)) || !is_space(char_at(s + 1, end, &m)))
        return false;
    return is_letter(char_before(start, s - n, &n)) && is_letter(char_at(s + 1 + m, end, &m));
}

/* społecznej.Wkrótce: two small letters before, a capital and a small letter after. */
static bool is_full_stop(const char *start, const char *s, const char *end, uint32_t c)
{
    int n, m;
    if (c != '.' || !u_islower((UChar32)char_before(start, s, &n)) ||
        !u_islower((UChar32)char_before(start, s - n, &m)) ||
        !u_isupper((UChar32)char_at(s + 1, end, &n)) ||
        !u_islower((UChar32)char_at(s + 1 + n, end, &m)))
        return false;
    const char *word = word_before(start, s);
    return memcmp(word, "www.", 4) && memcmp(word, "http", 4);
}

static bool is_two_dots(const char *start, const char *s, const char *end, uint32_t c)
{
    return c == '.' && s + 1 < end && s[1] == '.' && !(s + 2 < end && s[2] == '.') &&
           !(s > start && s[-1] == '.') && !(s + 2 < end && s[2] == '/');
}

static bool is_straight(const char *start, const char *s, const char *end, uint32_t c)
{
    (void)start, (void)s, (void)end;
    return c == '"';
}

/* A space that may break here and may not there, between the same two words. */
static bool is_mixed_space(const char *start, const char *s, const char *end, uint32_t c)
{
    enum { LONGEST = 64 };
    char plain[2 * LONGEST + 2];
    if (c != 0xa0)
        return false;
    const char *a = word_before(start, s), *b = word_after(s + 2, end);
    size_t before = (size_t)(s - a), after = (size_t)(b - s - 2);
    if (!before || !after || before > LONGEST || after > LONGEST)
        return false;
    memcpy(plain, a, before);
    plain[before] = ' ';
    memcpy(plain + before + 1, s + 2, after);
    plain[before + 1 + after] = 0;
    return strstr(start, plain);
}

/* The same word twice: r. r. */
static bool is_twice(const char *start, const char *s, const char *end, uint32_t c)
{
    int n;
    if (!is_space(c) || s == start)
        return false;
    const char *a = word_before(start, s), *b = s;
    while (b < end && is_space(char_at(b, end, &n)))
        b += n;
    size_t len = (size_t)(s - a);
    if (!len || (size_t)(end - b) < len || memcmp(a, b, len) || !is_letter(char_at(a, s, &n)))
        return false;
    uint32_t after = char_at(b + len, end, &n);
    return b + len == end || is_space(after) || u_ispunct((UChar32)after);
}

/* A full stop after a word, before a sentence: kat. B and Dz. U. are none. */
static bool ends_sentence(const char *start, const char *s, const char *end)
{
    int n, m;
    const char *word = word_before(start, s);
    uint32_t first = char_at(s + 1, end, &n);
    uint32_t second = char_at(s + 1 + n, end, &m);
    int after = n + m;
    return s - word > 3 && u_islower((UChar32)char_before(start, s, &m)) && is_space(first) &&
           u_isupper((UChar32)second) && u_islower((UChar32)char_at(s + 1 + after, end, &n));
}

/* A text of several sentences whose last one has no mark at its end. */
static bool is_unfinished(const char *start, const char *s, const char *end, uint32_t c)
{
    int n;
    uint32_t last;
    if (c != '.' || !ends_sentence(start, s, end))
        return false;
    while ((last = char_before(start, end, &n)) && is_space(last))
        end -= n;
    return is_letter(last);
}

static Found scan(const char *start, const char *end, IsFlaw *is_flaw, int before, int after)
{
    int n;
    for (const char *s = start; s < end; s += n) {
        uint32_t c = utf8_get(s, end, &n);
        if (is_flaw(start, s, end, c))
            return around(start, end, (Found){ s, s + n }, before, after);
    }
    return (Found){0};
}

/* ---- pairs ---- */

enum { PAIRS_DEEP = 64 };

/* 1) and a) number the points of a list. */
static bool numbers_point(const char *start, const char *s)
{
    const char *word = s;
    int n;
    uint32_t c;
    while ((c = char_before(start, word, &n)) && !is_space(c) && c != '(' && s - word < 4)
        word -= n;
    size_t len = (size_t)(s - word);
    return len && (len == 1 || strspn(word, "0123456789") >= len);
}

/* +kind opens, -kind closes, 0 neither. */
static int quote_mark(const char *start, const char *s, uint32_t c, int open)
{
    int n;
    if (c == 0x201e)
        return 1;
    if (c == 0x201d)
        return -1;
    if (c == 0x201c)
        return open == 1 ? -1 : 1;
    if (c == 0xab || c == 0xbb)
        return open == 2 ? -2 : 2;
    if (c == 0x201a)
        return 3;
    if (c == 0x2019 && !is_letter(char_before(start, s, &n)))
        return -3;
    return 0;
}

static int bracket_mark(const char *start, const char *s, uint32_t c, int open)
{
    switch (c) {
    case '(': return 1;
    case ')': return open == 1 || !numbers_point(start, s) ? -1 : 0;
    case '[': return 2;
    case ']': return -2;
    default: return 0;
    }
}

static Found unpaired(const char *start, const char *end,
                      int (*mark)(const char *, const char *, uint32_t, int))
{
    struct { const char *at; int kind; } open[PAIRS_DEEP];
    int depth = 0, n;
    const char *bad = NULL;
    for (const char *s = start; s < end && !bad; s += n) {
        uint32_t c = utf8_get(s, end, &n);
        int kind = mark(start, s, c, depth ? open[depth - 1].kind : 0);
        if (kind > 0 && depth < PAIRS_DEEP) {
            open[depth].at = s;
            open[depth++].kind = kind;
        } else if (kind < 0 && depth && open[depth - 1].kind == -kind) {
            depth--;
        } else if (kind < 0) {
            bad = s;
        }
    }
    if (!bad && depth)
        bad = open[depth - 1].at;
    if (!bad)
        return (Found){0};
    char_at(bad, end, &n);
    return around(start, end, (Found){ bad, bad + n }, 1, 1);
}

/* ---- the functions ---- */

static Found find_flaw(const char *s, const char *end, const char *kind)
{
    static const struct { const char *kind; IsFlaw *is; int before, after; } table[] = {
        { "replacement", is_replacement, 0, 0 }, { "question", is_question, 1, 1 },
        { "soft-hyphen", is_soft_hyphen, 0, 0 }, { "control", is_control, 0, 0 },
        { "full-stop", is_full_stop, 0, 0 }, { "dots", is_two_dots, 0, 0 },
        { "twice", is_twice, 1, 1 }, { "space", is_mixed_space, 0, 0 },
        { "straight", is_straight, 0, 0 },
    };
    if (str_equal(kind, "quotes"))
        return unpaired(s, end, quote_mark);
    if (str_equal(kind, "brackets"))
        return unpaired(s, end, bracket_mark);
    if (str_equal(kind, "unfinished")) {
        Found f = scan(s, end, is_unfinished, 0, 0);
        while (f.from && end > s && is_space((unsigned char)end[-1]))
            end--;
        return f.from ? around(s, end, (Found){ end, end }, 1, 0) : f;
    }
    for (size_t i = 0; i < COUNT(table); i++)
        if (str_equal(kind, table[i].kind))
            return scan(s, end, table[i].is, table[i].before, table[i].after);
    return (Found){0};
}

/* The text, and the node it is the value of. */
static xmlXPathObject *give(Run *r, const xmlXPathObject *o, Found f)
{
    if (!f.from)
        return xmlXPathNewCString("");
    const char *text = arena_dup(r->arena, f.from, (size_t)(f.to - f.from));
    if (o->type == XPATH_NODESET && o->nodesetval && o->nodesetval->nodeNr)
        r->spot = (Spot){ o->nodesetval->nodeTab[0], text, false };
    return xmlXPathNewCString(text);
}

xmlXPathObject *rule_flaw(void *data, xmlXPathObject *const *arg, int n)
{
    Run *r = data;
    const char *s = argument_text(r, arg[0]);
    (void)n;
    return give(r, arg[0], find_flaw(s, s + strlen(s), argument_text(r, arg[1])));
}

/* Compares without regard to case; white space equals white space. */
static size_t starts_with(const char *s, const char *end, const char *word, size_t len)
{
    const char *start = s, *stop = word + len;
    int n, m;
    while (word < stop && s < end) {
        uint32_t a = utf8_get(s, end, &n), b = utf8_get(word, stop, &m);
        bool space = is_space(a) && is_space(b);
        if (!space && u_tolower((UChar32)a) != (UChar32)b)
            return 0;
        s += n;
        word += m;
        while (space && s < end && is_space(char_at(s, end, &n)))
            s += n;
    }
    return word < stop ? 0 : (size_t)(s - start);
}

static Found mention(const char *start, const char *end, const char *list)
{
    int n;
    for (const char *s = start; s < end; s += n) {
        uint32_t before = char_before(start, s, &n);
        char_at(s, end, &n);
        if (u_isalnum((UChar32)before))
            continue;
        for (const char *w = list; *w; w += strcspn(w, "|"), w += *w == '|') {
            size_t len = strcspn(w, "|"), found = starts_with(s, end, w, len);
            int k;
            if (found && (w[len - 1] == '.' || !u_isalnum((UChar32)char_at(s + found, end, &k))))
                return (Found){ s, s + found };
        }
    }
    return (Found){0};
}

xmlXPathObject *rule_mentions(void *data, xmlXPathObject *const *arg, int n)
{
    Run *r = data;
    const char *s = argument_text(r, arg[0]);
    (void)n;
    return give(r, arg[0], mention(s, s + strlen(s), argument_text(r, arg[1])));
}
