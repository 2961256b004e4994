/* SPDX-License-Identifier: MIT */
/* Where a tag ends and what it says: literals by class of quotes, Writer's autocorrection undone
 * outside of them. */
#include "internal.h"

#include <string.h>

typedef enum { QUOTE_NONE, QUOTE_DOUBLE, QUOTE_SINGLE } Quote;

static Quote quote_class(uint32_t c)
{
    switch (c) {
    case '"': case 0x201C: case 0x201D: case 0x201E: case 0xBB: case 0xAB:
        return QUOTE_DOUBLE;
    case '\'': case 0x2018: case 0x2019: case 0x201A:
        return QUOTE_SINGLE;
    default:
        return QUOTE_NONE;
    }
}

/* What Writer made of ASCII, back again; NULL: the character stands for itself. */
static const char *uncorrected(uint32_t c)
{
    switch (c) {
    case 0xA0: case 0x202F: case '\t': case '\n': case '\r':
        return " ";
    case 0x2010: case 0x2011: case 0x2013: case 0x2014: case 0x2212:
        return "-";
    case 0xA9:
        return "(c)";
    case 0xAE:
        return "(r)";
    case 0x2122:
        return "(tm)";
    case 0x2190:
        return "<-";
    case 0x2192:
        return "->";
    case 0x2194:
        return "<->";
    case 0x2026:
        return "...";
    case 0xAD: case 0x200B: case 0x2060: case 0xFEFF:   /* nothing to see */
        return "";
    default:
        return NULL;
    }
}

static bool two(const char *text, size_t len, size_t at, char c)
{
    return at + 1 < len && text[at] == c && text[at + 1] == c;
}

static bool find_two(const char *text, size_t len, size_t from, char c, size_t *at)
{
    for (size_t i = from; i + 1 < len; i++) {
        if (two(text, len, i, c)) {
            *at = i;
            return true;
        }
    }
    return false;
}

LexKind lex_find(const char *text, size_t len, size_t *start, size_t *end)
{
    size_t at;
    if (!find_two(text, len, *start, '{', &at))
        return LEX_NONE;
    *start = at;
    at += 2;
    *end = at;
    if (at < len && text[at] == '!') {
        if (!find_two(text, len, at, '}', &at))
            return LEX_OPEN;
        *end = at + 2;
        return LEX_TAG;
    }
    Quote open = QUOTE_NONE;
    for (int n; at < len; at += (size_t)n) {
        Quote q = quote_class(utf8_get(text + at, text + len, &n));
        if (open) {
            open = q == open ? QUOTE_NONE : open;
        } else if (q) {
            open = q;
        } else if (two(text, len, at, '{')) {
            return LEX_OPEN;
        } else if (two(text, len, at, '}')) {
            *end = at + 2;
            return LEX_TAG;
        }
    }
    /* A literal that swallowed the rest: the tag as its author sees it ends at the first braces. */
    bool closed = find_two(text, len, *start + 2, '}', &at);
    if (closed)
        *end = at + 2;
    return open && closed ? LEX_QUOTE : LEX_OPEN;
}

/* Calls for each piece of the plain text: with what it says and where in typed it began. */
static size_t plain(const char *typed, size_t len, Buf *out, size_t until)
{
    Quote open = QUOTE_NONE;
    size_t made = 0;
    size_t at = len >= 4 ? 2 : 0, end = len >= 4 ? len - 2 : len;
    for (int n; at < end; at += (size_t)n) {
        uint32_t c = utf8_get(typed + at, typed + end, &n);
        Quote q = quote_class(c);
        const char *with = NULL;
        if (open) {
            if (q == open) {
                with = open == QUOTE_DOUBLE ? "\"" : "'";
                open = QUOTE_NONE;
            }
        } else if (q) {
            open = q;
            with = q == QUOTE_DOUBLE ? "\"" : "'";
        } else {
            with = uncorrected(c);
        }
        made += with ? strlen(with) : (size_t)n;
        if (out)
            buf_put(out, with ? with : typed + at, with ? strlen(with) : (size_t)n);
        if (made > until)
            return at;
    }
    return end;
}

char *lex_plain(Arena *a, const char *typed, size_t len)
{
    Buf b = { 0 };
    plain(typed, len, &b, SIZE_MAX - 1);
    char *s = arena_dup(a, b.p ? b.p : "", b.n);
    buf_free(&b);
    return s;
}

size_t lex_origin(const char *typed, size_t len, size_t at)
{
    return plain(typed, len, NULL, at);
}
