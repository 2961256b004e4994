/* SPDX-License-Identifier: MIT */
/* Where a line may break: Writer's own rules (writer-layout, text 3.5), not those of UAX #14; for
 * ideographs and South-East Asian scripts ICU's line breaks. */
#include "internal.h"

#include <stdlib.h>
#include <string.h>
#include <unicode/ubrk.h>
#include <unicode/ustring.h>

typedef enum {
    C_OTHER,
    C_DIGIT,
    C_SPACE,
    C_AFTER,                    /* a line may end after it: hyphens, ! ? */
    C_DASH,                     /* and before it: the em dash */
    C_DOTS,
    C_GLUE,
    C_JOINER,                   /* as C_GLUE, after a space too */
    C_OPEN,
    C_QUOTE,
    C_CLOSE,
    C_SLASH,
    C_PREFIX,                   /* signs and currencies */
    C_PERCENT
} Class;

static Class class_of(uint32_t c)
{
    if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'))
        return C_OTHER;
    if (c >= '0' && c <= '9')
        return C_DIGIT;
    switch (c) {
    case ' ': case '\t': case '\n': case 0x3000: case 0x1680: case 0x205f:
        return C_SPACE;
    case '-': case 0x2010: case 0x2013: case '\\': case '|': case '!': case '?': case 0xad:
    case 0x200b:
        return C_AFTER;
    case 0x2014:
        return C_DASH;
    case 0x2026:
        return C_DOTS;
    case '(': case '[': case '{': case 0x201e: case 0x201a:
        return C_OPEN;
    case '/':
        return C_SLASH;
    case '+': case '$': case 0x20ac: case 0x2212:
        return C_PREFIX;
    case '%':
        return C_PERCENT;
    case ')': case ']': case '}': case '.': case ',': case ':': case ';':
        return C_CLOSE;
    case '"': case '\'': case 0x201c: case 0x201d: case 0x2018: case 0x2019: case 0xab: case 0xbb:
        return C_QUOTE;
    case 0xa0: case 0x202f: case 0x2007: case 0x2011:
        return C_GLUE;
    case 0x2060: case 0xfeff:
        return C_JOINER;
    }
    return c >= 0x2000 && c <= 0x200a ? C_SPACE : C_OTHER;
}

static bool complex_script(uint32_t c)
{
    return (c >= 0xe00 && c < 0x1100) || (c >= 0x1780 && c < 0x1800) ||
           (c >= 0x2e80 && c < 0xa4d0) || (c >= 0xac00 && c < 0xd7b0) ||
           (c >= 0xf900 && c < 0xfb00) || (c >= 0xff00 && c < 0xfff0) || c >= 0x20000;
}

/* Adds ICU's breaks beside a character of a script that our table does not know. */
static void icu_breaks(const char *text, size_t len, uint8_t *can)
{
    UErrorCode e = U_ZERO_ERROR;
    UText *u = utext_openUTF8(NULL, text, (int64_t)len, &e);
    UBreakIterator *b = ubrk_open(UBRK_LINE, "", NULL, 0, &e);
    ubrk_setUText(b, u, &e);
    if (U_SUCCESS(e)) {
        for (int32_t i = ubrk_first(b); i != UBRK_DONE; i = ubrk_next(b)) {
            int n;
            size_t before = (size_t)i;
            while (before && (--before, ((unsigned char)text[before] & 0xc0) == 0x80))
                ;
            if (i && ((size_t)i < len && (complex_script(utf8_get(text + i, text + len, &n)) ||
                                          complex_script(utf8_get(text + before, text + len, &n)))))
                can[i] = TEXT_BREAK_HERE;
        }
    }
    if (b)
        ubrk_close(b);
    utext_close(u);
}

enum { SLASH_LOOKS_BACK = 66 };         /* characters */

typedef struct {
    Class before, second;       /* the character before, the one before that */
    Class last;                 /* the last one that is no space */
    size_t number, last_space;  /* characters seen; the number of the last white space + 1 */
    bool hyphenate;
} State;

#define IN(c) (1u << (c))
#define ENDS (IN(C_AFTER) | IN(C_DASH) | IN(C_DOTS))
#define SIGNS (IN(C_CLOSE) | IN(C_PREFIX) | IN(C_PERCENT))

/* After which classes a line may begin with one of this class, without a space; found by trying all
 * pairs of 50 characters in LibreOffice 7.4, between letters and between digits. */
static const unsigned begins_after[] = {
    [C_OTHER] = ENDS,
    [C_DIGIT] = ENDS,
    [C_DASH] = (ENDS & ~IN(C_DASH)) | SIGNS | IN(C_OTHER) | IN(C_DIGIT),
    [C_DOTS] = (ENDS & ~IN(C_DOTS)) | SIGNS,
    [C_OPEN] = ENDS | SIGNS,
    [C_PREFIX] = ENDS | SIGNS,
    [C_PERCENT] = ENDS | SIGNS | IN(C_OTHER),
};

static bool may_break(const State *s, Class now, Class next)
{
    if (now == C_SPACE)
        return false;
    if (s->before == C_SPACE)
        return s->last != C_OPEN && now != C_JOINER;
    if (s->before == C_SLASH)
        return (now == C_OTHER || now == C_DIGIT || now == C_OPEN || now == C_PREFIX) &&
               (s->hyphenate || !s->last_space || s->number - s->last_space > SLASH_LOOKS_BACK);
    if (now >= COUNT(begins_after) || !(begins_after[now] & IN(s->before)))
        return false;
    if (s->before == C_CLOSE && s->second == C_DIGIT)           /* 5)% is one number */
        return now != C_PREFIX && now != C_PERCENT;
    if (now == C_OPEN && next == C_DIGIT)                       /* so is $(5 */
        return s->before != C_PREFIX && s->before != C_PERCENT;
    return true;
}

/* UAX #14, LB13: what never begins a line, even after spaces (before /, % and quotes it may end).
 * Where the space itself does not fit, Writer asks for no rule. */
static bool never_begins(const char *text, const char *p)
{
    return p > text && p[-1] == ' ' && strchr(":;,.!?)]}\\", *p);
}

typedef struct { uint32_t c; int n; Class class; } Letter;

static Letter letter_at(const char *p, const char *end)
{
    Letter l = { .class = C_SPACE };
    if (p < end) {
        l.c = utf8_get(p, end, &l.n);
        l.class = class_of(l.c);
    }
    return l;
}

/* The bytes of ASCII letters: between them and after a letter no line may end. */
static size_t letters(const char *text, const char *end)
{
    const char *p = text;
    while (p < end && (unsigned char)((*p | 32) - 'a') < 26)
        p++;
    return (size_t)(p - text);
}

void text_breaks(const char *text, size_t len, bool hyphenate, uint8_t *can)
{
    State s = { .before = C_GLUE, .last = C_OTHER, .hyphenate = hyphenate };
    bool foreign = false;
    const char *p = text, *end = text + len;
    memset(can, 0, len + 1);
    for (Letter now = letter_at(p, end), next; p < end; p += now.n, now = next) {
        next = letter_at(p + now.n, end);
        foreign |= now.c >= 0xe00 && complex_script(now.c);
        if (p > text && may_break(&s, now.class, next.class))
            can[p - text] = never_begins(text, p) ? TEXT_BREAK_IF_SPACE_ENDS : TEXT_BREAK_HERE;
        s.number++;
        if (now.class == C_SPACE)
            s.last_space = s.number;
        else
            s.last = now.class;
        s.second = s.before;
        s.before = now.class;
        size_t more = now.class == C_OTHER ? letters(p + now.n, end) : 0;
        if (more) {
            p += more;
            s.number += more;
            s.second = C_OTHER;
            next = letter_at(p + now.n, end);
        }
    }
    if (foreign)
        icu_breaks(text, len, can);
}
