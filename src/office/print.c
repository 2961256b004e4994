/* SPDX-License-Identifier: MIT */
/* New elements as text: indented as their neighbours, lines of at most a hundred and twenty
 * characters. */
#include "internal.h"

#include <string.h>

enum { WIDTH = 120 };

static void put_escaped(Buf *out, const char *s, bool attribute)
{
    for (; *s; s++) {
        switch (*s) {
        case '&': buf_str(out, "&amp;"); break;
        case '<': buf_str(out, "&lt;"); break;
        case '>': buf_str(out, "&gt;"); break;
        case '"': buf_str(out, attribute ? "&quot;" : "\""); break;
        case '\r': buf_str(out, "&#13;"); break;
        case '\n': buf_str(out, attribute ? "&#10;" : "\n"); break;
        case '\t': buf_str(out, attribute ? "&#9;" : "\t"); break;
        default: buf_chr(out, *s);
        }
    }
}

void print_attr_value(Buf *out, const char *value)
{
    put_escaped(out, value, true);
}

size_t print_attr(Buf *out, const PrintStyle *p, const char *indent, size_t column,
                  const char *name, const char *value)
{
    Buf b = {0};
    buf_format(&b, "%s=\"", name);
    put_escaped(&b, value, true);
    buf_chr(&b, '"');
    size_t n = utf8_count(b.p, b.n);
    if (column + 1 + n > WIDTH) {
        buf_format(out, "%s%s%s%s", p->newline, indent, p->unit, p->unit);
        column = strlen(indent) + 2 * strlen(p->unit) + n;
    } else {
        buf_chr(out, ' ');
        column += 1 + n;
    }
    buf_put(out, b.p, b.n);
    buf_free(&b);
    return column;
}

/* Words of text, wrapped, each line indented; begins and ends with a new line. */
static void put_wrapped(Buf *out, const PrintStyle *p, const char *indent, const char *text)
{
    Buf line = {0};
    const char *s = text + strspn(text, " \t\r\n");
    while (*s) {
        size_t n = strcspn(s, " \t\r\n");
        size_t need = utf8_count(s, n) + strlen(indent) + strlen(p->unit);
        if (line.n && utf8_count(line.p, line.n) + 1 + need > WIDTH) {
            buf_format(out, "%s%s%s%s", p->newline, indent, p->unit, line.p);
            buf_clear(&line);
        }
        if (line.n)
            buf_chr(&line, ' ');
        char *word = mem_dup(s, n);
        put_escaped(&line, word, false);
        free(word);
        s += n;
        s += strspn(s, " \t\r\n");
    }
    if (line.n)
        buf_format(out, "%s%s%s%s", p->newline, indent, p->unit, line.p);
    buf_format(out, "%s%s", p->newline, indent);
    buf_free(&line);
}

void print_text(Buf *out, const PrintStyle *p, const char *indent, size_t column,
                const char *element, const char *text)
{
    const ProjectField *f = project_schema_field(p->schema, element, NULL);
    size_t n = utf8_count(text, strlen(text));
    if (f && f->collapse && column + n + strlen(element) + 3 > WIDTH)
        put_wrapped(out, p, indent, text);
    else
        put_escaped(out, text, false);
}

static const xmlNode *first_element(const xmlNode *n)
{
    for (n = n->children; n && n->type != XML_ELEMENT_NODE; )
        n = n->next;
    return n;
}

void print_element(Buf *out, const PrintStyle *p, const char *indent, const xmlNode *n)
{
    const char *name = (const char *)n->name;
    buf_format(out, "<%s", name);
    size_t column = strlen(indent) + 1 + strlen(name);
    for (const xmlAttr *a = n->properties; a; a = a->next)
        column = print_attr(out, p, indent, column, (const char *)a->name,
                            a->children ? (const char *)a->children->content : "");
    if (!n->children) {
        buf_str(out, "/>");
        return;
    }
    buf_chr(out, '>');
    const xmlNode *kid = first_element(n);
    if (kid) {
        Buf deeper = {0};
        buf_format(&deeper, "%s%s", indent, p->unit);
        for (; kid; kid = kid->next) {
            buf_format(out, "%s%s", p->newline, deeper.p);
            print_element(out, p, deeper.p, kid);       /* made by skryba: three levels at most */
        }
        buf_format(out, "%s%s", p->newline, indent);
        buf_free(&deeper);
    } else {
        print_text(out, p, indent, column + 1, name, (const char *)n->children->content);
    }
    buf_format(out, "</%s>", name);
}
