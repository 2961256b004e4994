/* SPDX-License-Identifier: MIT */
/* The look at the bytes before libxml2 gets them: it is quadratic in attributes, would follow a
 * DOCTYPE, and guesses encodings. */
#include "internal.h"

#include <string.h>
#include <strings.h>

typedef struct { const XmlDoc *x; Diags *d; size_t depth, elements; } Scan;

static bool refuse(const Scan *s, DiagId id, const char *at, const char *argument)
{
    Place place = xml_place_at((XmlDoc *)s->x, (size_t)(at - s->x->text), 0);
    diag_add(s->d, id, &place, argument, (char *)NULL);
    return false;
}

/* The byte after the next occurrence of what; the end if there is none (libxml2 will complain). */
static const char *after(const char *p, const char *end, const char *what)
{
    size_t n = strlen(what);
    for (; (p = memchr(p, what[0], (size_t)(end - p))); p++) {
        if ((size_t)(end - p) < n)
            break;
        if (!memcmp(p, what, n))
            return p + n;
    }
    return end;
}

static bool name_byte(unsigned char c)
{
    return c > 0x20 && c != '=' && c != '>' && c != '/' && c != '"' && c != '\'';
}

/* Reads one start tag from the byte after its <; NULL when refused. */
static const char *start_tag(Scan *s, const char *p, const char *end)
{
    const char *tag = p - 1;
    size_t attributes = 0;
    while (p < end && *p != '>') {
        if (*p == '"' || *p == '\'') {
            const char *close = memchr(p + 1, *p, (size_t)(end - p - 1));
            p = close ? close + 1 : end;
            if (++attributes > XML_ATTRIBUTES)
                return refuse(s, DIAG_xml_attributes, tag, "1000"), NULL;
        } else if (name_byte((unsigned char)*p)) {
            const char *name = p;
            while (p < end && name_byte((unsigned char)*p))
                p++;
            if (p - name > XML_NAME)
                return refuse(s, DIAG_xml_name, name, "1024"), NULL;
        } else {
            p++;
        }
    }
    bool empty = p > tag && p[-1] == '/';
    s->depth += !empty;
    if (s->depth > XML_DEPTH)
        return refuse(s, DIAG_xml_depth, tag, "256"), NULL;
    if (++s->elements > XML_ELEMENTS)
        return refuse(s, DIAG_xml_elements, tag, "10485760"), NULL;
    return p < end ? p + 1 : end;
}

static bool markup(Scan *s, const char *p, const char *end)
{
    while ((p = memchr(p, '<', (size_t)(end - p)))) {
        size_t left = (size_t)(end - p);
        if (left > 3 && !memcmp(p, "<!--", 4)) {
            p = after(p + 4, end, "-->");
        } else if (left > 8 && !memcmp(p, "<![CDATA[", 9)) {
            p = after(p + 9, end, "]]>");
        } else if (left > 1 && p[1] == '!') {
            return refuse(s, DIAG_xml_doctype, p, NULL);
        } else if (left > 1 && p[1] == '?') {
            p = after(p + 2, end, "?>");
        } else if (left > 1 && p[1] == '/') {
            s->depth -= s->depth > 0;
            p = after(p + 2, end, ">");
        } else if (!(p = start_tag(s, p + 1, end))) {
            return false;
        }
        if (p >= end)
            break;
    }
    return true;
}

/* The first byte that is not ASCII: eight of them are looked at together. */
static const char *ascii(const char *p, const char *end)
{
    for (uint64_t eight; end - p >= 8; p += 8) {
        memcpy(&eight, p, 8);
        if (eight & UINT64_C(0x8080808080808080))
            break;
    }
    while (p < end && (unsigned char)*p < 0x80)
        p++;
    return p;
}

/* Only UTF-8: checked, with and without a byte order mark, and in the XML declaration. */
static bool encoding(const Scan *s, const char *p, const char *end)
{
    if (memchr(p, 0, (size_t)(end - p)))
        return refuse(s, DIAG_xml_encoding, p, NULL);
    for (const char *q = ascii(p, end); q < end; q = ascii(q, end)) {
        int n;
        if (utf8_get(q, end, &n) == 0xfffd && n == 1)
            return refuse(s, DIAG_xml_encoding, q, NULL);
        q += n;
    }
    if (end - p < 5 || memcmp(p, "<?xml", 5))
        return true;
    const char *close = after(p, end, "?>");
    const char *e = after(p, close, "encoding");
    while (e < close && strchr(" \t\r\n=\"'", *e))
        e++;
    if (close - e < 5 || !strncasecmp(e, "utf-8", 5) || !strncasecmp(e, "us-ascii", 8))
        return true;
    return refuse(s, DIAG_xml_encoding, e, NULL);
}

bool xml_scan(const XmlDoc *x, Diags *d)
{
    Scan s = { x, d, 0, 0 };
    const char *p = x->text, *end = x->text + x->len;
    if (x->len >= 3 && !memcmp(p, "\xef\xbb\xbf", 3))
        p += 3;
    return encoding(&s, p, end) && markup(&s, p, end);
}
