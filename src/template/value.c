/* SPDX-License-Identifier: MIT */
/* Values become text: never markup, never expanded again. */
#include "internal.h"

#include <stdlib.h>
#include <string.h>

static bool is_white(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/* As xs:token: runs of white space become one space, none at the ends; in place. */
static void collapse(Buf *b, size_t from)
{
    size_t to = from;
    for (size_t i = from; i < b->n; i++) {
        bool white = is_white(b->p[i]);
        if (white && (to == from || b->p[to - 1] == ' '))
            continue;
        b->p[to++] = white ? ' ' : b->p[i];
    }
    if (to > from && b->p[to - 1] == ' ')
        to--;
    b->n = to;
    if (b->p)
        b->p[to] = 0;
}

/* The text of a node as XPath's string(); short ways for what is common. */
static void put_node(Buf *out, xmlNode *node)
{
    const xmlNode *only = node->type == XML_ATTRIBUTE_NODE || node->type == XML_ELEMENT_NODE
                              ? node->children : NULL;
    if (only && !only->next && only->type == XML_TEXT_NODE) {
        buf_str(out, (const char *)only->content);
        return;
    }
    xmlChar *s = xmlXPathCastNodeToString(node);
    if (!s)
        mem_fail();
    buf_str(out, (const char *)s);
    xmlFree(s);
}

bool value_text(Fill *f, const Tag *tag, Buf *out)
{
    ExprError e = { 0 };
    xmlXPathObject *v = expr_eval(f->env, tag->expr, f->node, f->position, f->size, &e);
    if (!v)
        return fill_error(f, tag, &e);
    bool good = true;
    size_t from = out->n;
    if (v->type == XPATH_NODESET && !xmlXPathNodeSetIsEmpty(v->nodesetval)) {
        xmlNode *node = v->nodesetval->nodeTab[0];
        put_node(out, node);
        const TemplateOptions *o = &f->t->options;
        if (o->collapses && o->collapses(o->data, node))
            collapse(out, from);
    } else if (v->type == XPATH_STRING) {
        buf_str(out, (const char *)v->stringval);
    } else {
        good = expr_string(f->env, tag->expr, f->node, f->position, f->size, out, &e) ||
               fill_error(f, tag, &e);
    }
    xmlXPathFreeObject(v);
    if (!out->p)
        buf_str(out, "");
    return good;
}

/* ---- as nodes ---- */

static void push(Fill *f, const OdfNode *n)
{
    vec_push(&f->out, n);
}

static void push_characters(Fill *f, const char *s, size_t len)
{
    if (len)
        push(f, odf_characters(f->a, s, len));
}

static void push_spaces(Fill *f, size_t count)
{
    OdfNode *n = odf_element(f->a, ODF_TEXT_S, count > 1, 0);
    if (count > 1)
        odf_attrs(n)[0] = (OdfAttr){ ODF_TEXT_C, arena_format(f->a, "%zu", count) };
    push(f, n);
}

/* Spaces at the ends and behind another one would collapse when the file is read: text:s. */
void value_push(Fill *f, const char *text, size_t len)
{
    const char *s = text, *end = text + len, *start = s;
    while (s < end) {
        if ((unsigned char)*s > ' ') {
            f->visible = true;
            s++;
            continue;
        }
        size_t spaces = 0;
        while (s + spaces < end && s[spaces] == ' ')
            spaces++;
        if (spaces == 1 && s > text && s + 1 < end && !is_white(s[-1]) && !is_white(s[1])) {
            s++;
            continue;
        }
        push_characters(f, start, (size_t)(s - start));
        if (spaces)
            push_spaces(f, spaces);
        else if (*s == '\t')
            push(f, odf_element(f->a, ODF_TEXT_TAB, 0, 0));
        else if (*s == '\n' || (*s == '\r' && (s + 1 == end || s[1] != '\n')))
            push(f, odf_element(f->a, ODF_TEXT_LINE_BREAK, 0, 0));
        s += spaces ? spaces : 1;       /* other control characters: XML has none */
        start = s;
    }
    push_characters(f, start, (size_t)(end - start));
}

/* ---- as part of an address ---- */

void value_escape(Buf *out, const char *text, size_t len, bool component)
{
    static const char digits[] = "0123456789ABCDEF";
    for (size_t i = 0; i < len; i++) {
        unsigned char c = (unsigned char)text[i];
        bool plain = c > ' ' && c != 0x7F && !strchr("<>\"{}|\\^`", c);
        if (component && c < 0x80)
            plain = (c >= '0' && c <= '9') || ((c | 32) >= 'a' && (c | 32) <= 'z') ||
                    strchr("-._~", c);
        if (plain)
            buf_chr(out, c);
        else
            buf_format(out, "%%%c%c", digits[c >> 4], digits[c & 15]);
    }
}

const char *value_string(Fill *f, const Ops *ops, bool href)
{
    size_t base = f->out.n;
    bool outer = f->href, visible = f->visible;
    f->href = href;
    fill_run(f, ops);
    f->href = outer;
    f->visible = visible;
    OdfNode *p = odf_element(f->a, ODF_TEXT_P, 0, 0);
    fill_kids(f, p, base);
    Buf b = { 0 };
    odf_plain_text(p, &b);
    const char *s = arena_dup(f->a, b.p ? b.p : "", b.n);
    buf_free(&b);
    return href ? s : typeset_string(f->t, f->a, s);
}
