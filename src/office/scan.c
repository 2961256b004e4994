/* SPDX-License-Identifier: MIT */
/* The text of a description, as typed: where a start tag and an element end, where an attribute
 * stands, how a line is indented.  The text has been parsed: it is well-formed. */
#include "internal.h"

#include <string.h>

static size_t after(const XmlSource *s, size_t at, const char *what)
{
    const char *p = at < s->len ? strstr(s->text + at, what) : NULL;
    return p ? (size_t)(p - s->text) + strlen(what) : s->len;
}

size_t scan_tag_end(const XmlSource *s, size_t at, bool *empty)
{
    size_t i = at;
    while (i < s->len && s->text[i] != '>') {
        char c = s->text[i++];
        if (c != '"' && c != '\'')
            continue;
        const char *close = memchr(s->text + i, c, s->len - i);
        i = close ? (size_t)(close - s->text) + 1 : s->len;
    }
    *empty = i > at && s->text[i - 1] == '/';
    return i < s->len ? i + 1 : s->len;
}

/* Behind the markup that begins at at; *deeper is what it adds to the depth. */
static size_t skip_markup(const XmlSource *s, size_t at, int *deeper)
{
    const char *t = s->text + at;
    *deeper = 0;
    if (str_starts(t, "<!--"))
        return after(s, at + 4, "-->");
    if (str_starts(t, "<![CDATA["))
        return after(s, at, "]]>");
    if (t[1] == '?')
        return after(s, at, "?>");
    bool empty;
    size_t end = scan_tag_end(s, at, &empty);
    *deeper = t[1] == '/' ? -1 : empty ? 0 : 1;
    return end;
}

size_t scan_element_end(const XmlSource *s, size_t at)
{
    int depth = 0, deeper;
    while (at < s->len) {
        at = skip_markup(s, at, &deeper);
        depth += deeper;
        if (depth <= 0)
            return at;
        const char *next = memchr(s->text + at, '<', s->len - at);
        at = next ? (size_t)(next - s->text) : s->len;
    }
    return s->len;
}

static bool blank(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

ScanAttr scan_attr(const XmlSource *s, size_t tag, const char *name)
{
    bool empty;
    size_t end = scan_tag_end(s, tag, &empty), n = strlen(name);
    size_t i = tag + 1 + strcspn(s->text + tag + 1, " \t\r\n/>");
    ScanAttr a = { .last = i };
    while (i < end) {
        size_t before = i;
        while (i < end && blank(s->text[i]))
            i++;
        size_t word = i;
        while (i < end && !blank(s->text[i]) && !strchr("=/>", s->text[i]))
            i++;
        if (i == word)
            break;
        size_t len = i - word;
        while (i < end && s->text[i] != '"' && s->text[i] != '\'')
            i++;
        const char *close = i < end ? memchr(s->text + i + 1, s->text[i], end - i - 1) : NULL;
        if (!close)
            break;
        size_t stop = (size_t)(close - s->text);
        if (len == n && !memcmp(s->text + word, name, n)) {
            a.found = true;
            a.before = before;
            a.value = i + 1;
            a.value_end = stop;
        }
        i = a.last = stop + 1;
    }
    return a;
}

static size_t line_start(const XmlSource *s, size_t at)
{
    while (at && s->text[at - 1] != '\n')
        at--;
    return at;
}

size_t scan_column(const XmlSource *s, size_t at)
{
    size_t start = line_start(s, at);
    return utf8_count(s->text + start, at - start);
}

bool scan_alone(const XmlSource *s, size_t at)
{
    for (size_t i = line_start(s, at); i < at; i++)
        if (s->text[i] != ' ' && s->text[i] != '\t')
            return false;
    return true;
}

char *scan_indent(const XmlSource *s, size_t at, Arena *a)
{
    size_t start = line_start(s, at), n = start;
    while (n < at && (s->text[n] == ' ' || s->text[n] == '\t'))
        n++;
    return arena_dup(a, s->text + start, n - start);
}

size_t scan_rest_of_line(const XmlSource *s, size_t at)
{
    size_t i = at;
    while (i < s->len && (s->text[i] == ' ' || s->text[i] == '\t'))
        i++;
    if (!str_starts(s->text + i, "<!--"))
        return at;
    size_t end = after(s, i + 4, "-->");
    return memchr(s->text + i, '\n', end - i) ? at : end;
}

void scan_widen(const XmlSource *s, size_t *from, size_t *to)
{
    size_t end = *to;
    while (end < s->len && (s->text[end] == ' ' || s->text[end] == '\t' || s->text[end] == '\r'))
        end++;
    if (!scan_alone(s, *from) || (end < s->len && s->text[end] != '\n'))
        return;
    *from = line_start(s, *from);
    *to = end < s->len ? end + 1 : end;
}
