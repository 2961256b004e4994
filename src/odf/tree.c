/* SPDX-License-Identifier: MIT */
/* Nodes: making them, asking them, their text. */
#include "internal.h"

#include <string.h>

const char *odf_attr(const OdfNode *n, OdfName name)
{
    for (size_t i = 0; i < n->n_attr; i++)
        if (n->attr[i].name == name)
            return n->attr[i].value;
    return NULL;
}

const OdfNode *odf_kid(const OdfNode *n, OdfName name)
{
    if (n->name == ODF_CHARACTERS)
        return NULL;
    for (size_t i = 0; i < n->n_kid; i++)
        if (n->kid[i]->name == name)
            return n->kid[i];
    return NULL;
}

OdfNode *odf_element(Arena *a, OdfName name, size_t n_attr, size_t n_kid)
{
    size_t attr_size = n_attr * sizeof(OdfAttr);
    OdfNode *n = arena_get(a, sizeof *n + attr_size + n_kid * sizeof(OdfNode *));
    n->name = name;
    n->n_attr = (uint16_t)n_attr;
    n->n_kid = (uint32_t)n_kid;
    n->attr = (OdfAttr *)(n + 1);
    n->kid = (OdfNode *const *)((char *)(n + 1) + attr_size);
    return n;
}

OdfNode *odf_characters(Arena *a, const char *text, size_t len)
{
    OdfNode *n = arena_get(a, sizeof *n + len + 1);
    char *copy = (char *)(n + 1);
    memcpy(copy, text, len);
    n->name = ODF_CHARACTERS;
    n->n_kid = (uint32_t)len;
    n->text = copy;
    return n;
}

OdfNode *odf_copy(Arena *a, const OdfNode *n)
{
    OdfNode *copy = arena_get(a, sizeof *copy);
    *copy = *n;
    return copy;
}

OdfAttr *odf_attrs(OdfNode *n)
{
    return (OdfAttr *)(uintptr_t)n->attr;
}

OdfNode **odf_kids(OdfNode *n)
{
    return (OdfNode **)(uintptr_t)n->kid;
}

/* ---- the text as a reader sees it ---- */

/* space: white space now would collapse; start: where our text begins in out */
typedef struct { Buf *out; size_t start; bool space; } Plain;

static void plain_characters(Plain *p, const OdfNode *n)
{
    for (size_t i = 0; i < n->n_kid; i++) {
        char c = n->text[i];
        bool white = c == ' ' || c == '\t' || c == '\n' || c == '\r';
        if (!white)
            buf_chr(p->out, c);
        else if (!p->space)
            buf_chr(p->out, ' ');
        p->space = white;
    }
}

/* What stands in a paragraph but is not part of its text. */
static bool apart(OdfName name)
{
    switch (name) {
    case ODF_OFFICE_ANNOTATION:
    case ODF_TEXT_NOTE_BODY:
    case ODF_TEXT_RUBY_TEXT:
    case ODF_TEXT_TRACKED_CHANGES:
    case ODF_TEXT_SCRIPT:
    case ODF_OFFICE_EVENT_LISTENERS:
    case ODF_SVG_TITLE:
    case ODF_SVG_DESC:
    case ODF_OFFICE_BINARY_DATA:
        return true;
    default:
        return false;
    }
}

static void plain(Plain *p, const OdfNode *n, int depth)
{
    bool paragraph = n->name == ODF_TEXT_P || n->name == ODF_TEXT_H;
    if (n->name == ODF_CHARACTERS) {
        plain_characters(p, n);
        return;
    }
    if (apart(n->name) || depth == ODF_DEPTH)
        return;
    if (n->name == ODF_TEXT_S) {
        for (int i = odf_int(odf_attr(n, ODF_TEXT_C), 1); i > 0 && i < 1 << 16; i--)
            buf_chr(p->out, ' ');
    } else if (n->name == ODF_TEXT_TAB) {
        buf_chr(p->out, '\t');
    } else if (n->name == ODF_TEXT_LINE_BREAK || (paragraph && p->out->n > p->start)) {
        buf_chr(p->out, '\n');
    }
    if (n->name == ODF_TEXT_S || n->name == ODF_TEXT_TAB || n->name == ODF_TEXT_LINE_BREAK)
        p->space = false;
    else if (paragraph)
        p->space = true;
    for (size_t i = 0; i < n->n_kid; i++)
        plain(p, n->kid[i], depth + 1);
}

void odf_plain_text(const OdfNode *n, Buf *out)
{
    Plain p = { out, out->n, true };
    plain(&p, n, 0);
}

/* ---- for tests ---- */

static void dump(const OdfNode *n, Buf *out, int depth)
{
    for (int i = 0; i < depth; i++)
        buf_str(out, "  ");
    if (n->name == ODF_CHARACTERS) {
        buf_chr(out, '"');
        for (size_t i = 0; i < n->n_kid; i++)
            if (n->text[i] == '\n')
                buf_str(out, "\\n");
            else
                buf_chr(out, n->text[i]);
        buf_str(out, "\"\n");
        return;
    }
    buf_str(out, odf_name_text(n->name));
    for (size_t i = 0; i < n->n_attr; i++)
        buf_format(out, " %s=\"%s\"", odf_name_text(n->attr[i].name), n->attr[i].value);
    buf_chr(out, '\n');
    for (size_t i = 0; i < n->n_kid && depth < ODF_DEPTH; i++)
        dump(n->kid[i], out, depth + 1);
}

void odf_dump(const OdfNode *n, Buf *out)
{
    dump(n, out, 0);
}
