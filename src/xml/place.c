/* SPDX-License-Identifier: MIT */
/* From a byte offset to file, line, column and the source line with personal data masked. */
#include "internal.h"

#include <stdlib.h>
#include <string.h>

size_t xml_offset(const xmlNode *node)
{
    while (node && (node->type != XML_ELEMENT_NODE || !node->_private))
        node = node->parent;
    return node ? (size_t)(uintptr_t)node->_private - 1 : 0;
}

static void index_lines(XmlDoc *x)
{
    bool mark = x->len >= 3 && !memcmp(x->text, "\xef\xbb\xbf", 3);
    vec_push(&x->lines, mark ? 3 : 0);          /* a byte order mark is no character */
    for (const char *p = x->text; (p = memchr(p, '\n', x->len - (size_t)(p - x->text))); )
        vec_push(&x->lines, (size_t)(++p - x->text));
}

/* The index of the line that holds a byte. */
static size_t line_of(XmlDoc *x, size_t offset)
{
    if (!x->lines.n)
        index_lines(x);
    size_t low = 0, high = x->lines.n;
    while (high - low > 1) {
        size_t middle = (low + high) / 2;
        if (x->lines.p[middle] <= offset)
            low = middle;
        else
            high = middle;
    }
    return low;
}

unsigned xml_line(XmlDoc *x, const xmlNode *node)
{
    return (unsigned)line_of(x, xml_offset(node)) + 1;
}

enum { SHOWN_BYTES = 4096 };    /* of a line, before and after the offset: lines can be very long */

/* The last one is kept: findings about one element follow each other. */
static const char *source_line(XmlDoc *x, size_t line, size_t offset)
{
    size_t start = x->lines.p[line], end = start;
    const char *nl = memchr(x->text + start, '\n', x->len - start);
    end = nl ? (size_t)(nl - x->text) : x->len;
    if (end > offset + SHOWN_BYTES)
        end = offset + SHOWN_BYTES;
    while (end > start && end < x->len && ((unsigned char)x->text[end] & 0xc0) == 0x80)
        end--;
    if (end > start && x->text[end - 1] == '\r')
        end--;
    if (x->shown && x->shown_start == start && x->shown_end == end)
        return x->shown;
    Buf b = {0};
    if (x->mask) {
        xml_mask_line(x, &b, line, end);
    } else {
        buf_put(&b, x->text + start, end - start);
    }
    if (!b.p)
        buf_str(&b, "");
    free(x->shown);
    x->shown_start = start;
    x->shown_end = end;
    return x->shown = b.p;
}

static Place place_at(XmlDoc *x, size_t offset, size_t width, bool source)
{
    size_t line = line_of(x, offset), start = x->lines.p[line];
    Place p = { .file = x->name, .line = (unsigned)line + 1 };
    if (x->at < start || x->at > offset) {
        x->at = start;
        x->column = 1;
    }
    x->column += utf8_count(x->text + x->at, offset - x->at);
    x->at = offset;
    p.column = (unsigned)x->column;
    p.width = (unsigned)utf8_count(x->text + offset, width);
    if (source && offset - start < SHOWN_BYTES)
        p.source = source_line(x, line, offset);
    return p;
}

Place xml_place_at(XmlDoc *x, size_t offset, size_t width)
{
    return place_at(x, offset, width, true);
}

/* Where the name of an element, with the bracket before it, or of an attribute stands. */
static size_t element_at(const XmlDoc *x, const xmlNode *node, size_t *width)
{
    size_t at = xml_offset(node), n = 1;
    while (at + n < x->len && !strchr(" \t\r\n/>", x->text[at + n]))
        n++;
    *width = n;
    return at;
}

static size_t attribute_at(const XmlDoc *x, const xmlNode *node, const char *attribute,
                           size_t *width)
{
    const char *t = x->text;
    size_t p = xml_offset(node) + 1, n = strlen(attribute);
    while (p < x->len && !strchr(" \t\r\n/>", t[p]))
        p++;
    while (p < x->len && t[p] != '>') {
        if (t[p] == '"' || t[p] == '\'') {
            const char *close = memchr(t + p + 1, t[p], x->len - p - 1);
            p = close ? (size_t)(close - t) + 1 : x->len;
        } else if (x->len - p > n && !memcmp(t + p, attribute, n) && strchr("= \t\r\n", t[p + n]) &&
                   strchr(" \t\r\n", t[p - 1])) {
            *width = n;
            return p;
        } else {
            p++;
        }
    }
    return element_at(x, node, width);
}

Place xml_place(XmlDoc *x, const xmlNode *node)
{
    size_t width, at = element_at(x, node, &width);
    return place_at(x, at, width, true);
}

Place xml_attr_place(XmlDoc *x, const xmlNode *node, const char *attribute)
{
    size_t width, at = attribute_at(x, node, attribute, &width);
    return place_at(x, at, width, true);
}

Place xml_spot(XmlDoc *x, const xmlNode *node, const char *attribute)
{
    size_t width, at = attribute ? attribute_at(x, node, attribute, &width)
                                 : element_at(x, node, &width);
    return place_at(x, at, width, false);
}
