/* SPDX-License-Identifier: MIT */
/* Changes to a description that keep the rest of its text byte for byte.
 *
 * A change is made twice, by two roads that know nothing of each other: in the tree, and, when all
 * changes are known, in the text, by byte offsets.  The changed text, parsed again, must be the
 * changed tree. */
#include "internal.h"

#include <stdlib.h>
#include <string.h>

bool edit_is_new(const xmlNode *n)
{
    return n->type == XML_ELEMENT_NODE && !n->_private;
}

static void touch(Edits *e, xmlNode *n, EditKind kind, const char *name)
{
    vec_push(&e->touched, (EditTouched){ n, kind, name ? arena_str(e->arena, name) : NULL,
                                         e->touched.n });
}

bool edit_set(Edits *e, xmlNode *n, const char *name, const char *value)
{
    const char *old = xml_attr(n, name);
    if (str_equal(old, value))
        return false;
    if (value)
        xmlSetProp(n, BAD_CAST name, BAD_CAST value);
    else
        xmlUnsetProp(n, BAD_CAST name);
    if (!edit_is_new(n))
        touch(e, n, EDIT_ATTRIBUTE, name);
    return true;
}

xmlNode *edit_new(Edits *e, const char *name)
{
    return xmlNewDocNode(e->tree, NULL, BAD_CAST name, NULL);
}

/* The comment that follows in the line of an element, or the element itself: as scan_rest_of_line()
 * has it in the text. */
static xmlNode *end_of_line(xmlNode *n)
{
    xmlNode *c = n->next;
    if (c && c->type == XML_TEXT_NODE && !strpbrk((const char *)c->content, "\r\n"))
        c = c->next;
    bool here = c && c->type == XML_COMMENT_NODE && n->_private &&
                !strchr((const char *)c->content, '\n');
    return here ? c : n;
}

void edit_add(Edits *e, xmlNode *parent, xmlNode *after, xmlNode *n)
{
    if (after)
        after = end_of_line(after);
    if (after)
        xmlAddNextSibling(after, n);
    else
        xmlAddChild(parent, n);
    if (!edit_is_new(parent))
        touch(e, parent, EDIT_CHILDREN, NULL);
}

void edit_add_first(Edits *e, xmlNode *parent, xmlNode *n)
{
    xmlAddPrevSibling(parent->children, n);
    if (!edit_is_new(parent))
        touch(e, parent, EDIT_CHILDREN, NULL);
}

void edit_text(Edits *e, xmlNode *n, const char *text)
{
    xmlNodeSetContent(n, NULL);
    xmlNodeAddContent(n, BAD_CAST text);
    if (!edit_is_new(n))
        touch(e, n, EDIT_TEXT, NULL);
}

void edit_remove(Edits *e, xmlNode *n)
{
    if (!edit_is_new(n))
        touch(e, n, EDIT_GONE, NULL);
    xmlUnlinkNode(n);
    vec_push(&e->gone, n);
}

bool edit_any(const Edits *e)
{
    return e->touched.n > 0;
}

/* ---- from the tree to the text ---- */

static void cut(Edits *e, size_t from, size_t to, const Buf *put)
{
    vec_push(&e->cuts, (EditCut){ from, to, put && put->p ? arena_dup(e->arena, put->p, put->n)
                                                          : "", put ? put->n : 0, e->cuts.n });
}

static int by_place(const void *a, const void *b)
{
    const EditTouched *x = a, *y = b;
    size_t i = (size_t)(uintptr_t)x->node->_private, j = (size_t)(uintptr_t)y->node->_private;
    if (i != j)
        return i < j ? -1 : 1;
    if (x->kind != y->kind)
        return x->kind < y->kind ? -1 : 1;
    return x->number < y->number ? -1 : x->number > y->number;
}

static bool named_before(const EditTouched *first, const EditTouched *t)
{
    for (; first < t; first++)
        if (str_equal(first->name, t->name))
            return true;
    return false;
}

/* All attributes of one element; those that are new go behind its last one. */
static void cut_attributes(Edits *e, const EditTouched *t, size_t n)
{
    size_t tag = xml_offset(t->node);
    Buf added = {0};
    ScanAttr a = {0};
    size_t column = 0;
    const char *indent = scan_indent(&e->source, tag, e->arena);
    for (size_t i = 0; i < n; i++) {
        if (named_before(t, t + i))
            continue;
        const char *value = xml_attr(t->node, t[i].name);
        a = scan_attr(&e->source, tag, t[i].name);
        if (a.found && value) {
            Buf put = {0};
            /* A value in apostrophes gets quotation marks: they are what is escaped. */
            buf_chr(&put, '"');
            print_attr_value(&put, value);
            buf_chr(&put, '"');
            cut(e, a.value - 1, a.value_end + 1, &put);
            buf_free(&put);
        } else if (a.found) {
            cut(e, a.before, a.value_end + 1, NULL);
        } else if (value) {
            if (!added.n)
                column = scan_column(&e->source, a.last);
            column = print_attr(&added, &e->style, indent, column, t[i].name, value);
        }
    }
    if (added.n)
        cut(e, a.last, a.last, &added);
    buf_free(&added);
}

/* The end of what stands between the tags of an element that holds no old element: new children
 * come behind its comments. */
static size_t content_end(const Edits *e, size_t from, size_t to)
{
    while (to > from && strchr(" \t\r\n", e->source.text[to - 1]))
        to--;
    return to;
}

typedef struct { size_t start, open, end, close; bool empty; const char *indent; } Extent;

static Extent extent(Edits *e, const xmlNode *n)
{
    Extent x = { .start = xml_offset(n) };
    x.open = scan_tag_end(&e->source, x.start, &x.empty);
    x.end = scan_element_end(&e->source, x.start);
    x.close = x.empty ? x.end : x.end - 3 - strlen((const char *)n->name);
    while (!x.empty && x.close > x.open && e->source.text[x.close] != '<')
        x.close--;                              /* white space before the > of the end tag */
    x.indent = scan_indent(&e->source, x.start, e->arena);
    return x;
}

static bool has_old_elements(const xmlNode *n)
{
    for (n = n->children; n; n = n->next)
        if (n->type == XML_ELEMENT_NODE && !edit_is_new(n))
            return true;
    return false;
}

/* The indentation of the children: that of the first one that stands alone in its line. */
static const char *kids_indent(Edits *e, const xmlNode *parent, const Extent *x)
{
    for (const xmlNode *n = parent->children; n; n = n->next)
        if (n->type == XML_ELEMENT_NODE && !edit_is_new(n) &&
            scan_alone(&e->source, xml_offset(n)))
            return scan_indent(&e->source, xml_offset(n), e->arena);
    return arena_format(e->arena, "%s%s", x->indent, e->style.unit);
}

/* New children in an element that had none: its tags are opened, its comments stay first. */
static void cut_first_children(Edits *e, const xmlNode *parent, const Extent *x, Buf *put)
{
    size_t from = x->end, to = x->end;
    if (x->empty) {
        from = x->open - 2;
        while (from > x->start && strchr(" \t\r\n", e->source.text[from - 1]))
            from--;
        Buf b = {0};
        buf_format(&b, ">%s%s%s</%s>", put->p, e->style.newline, x->indent,
                   (const char *)parent->name);
        cut(e, from, to, &b);
        buf_free(&b);
        return;
    }
    from = e->gone.n ? x->open : content_end(e, x->open, x->close);
    if (!memchr(e->source.text + from, '\n', x->close - from))
        buf_format(put, "%s%s", e->style.newline, x->indent);
    cut(e, from, from, put);
}

static void cut_children(Edits *e, const xmlNode *parent)
{
    Extent x = extent(e, parent);
    const char *indent = kids_indent(e, parent, &x);
    const xmlNode *anchor = NULL, *kid = parent->children;
    while (kid) {
        if (!edit_is_new(kid)) {
            anchor = kid->type == XML_ELEMENT_NODE ? kid : anchor;
            kid = kid->next;
            continue;
        }
        Buf put = {0};
        for (; kid && (edit_is_new(kid) || kid->type == XML_TEXT_NODE); kid = kid->next) {
            if (!edit_is_new(kid))
                continue;
            buf_format(&put, "%s%s", e->style.newline, indent);
            print_element(&put, &e->style, indent, kid);
        }
        if (!has_old_elements(parent)) {
            cut_first_children(e, parent, &x, &put);
        } else {
            size_t at = anchor ? scan_element_end(&e->source, xml_offset(anchor)) : x.open;
            at = scan_rest_of_line(&e->source, at);
            cut(e, at, at, &put);
        }
        buf_free(&put);
    }
}

static void cut_text(Edits *e, const xmlNode *n)
{
    Extent x = extent(e, n);
    const char *text = n->children ? (const char *)n->children->content : "";
    Buf put = {0};
    if (x.empty) {
        buf_chr(&put, '>');
        print_text(&put, &e->style, x.indent, 0, (const char *)n->name, text);
        buf_format(&put, "</%s>", (const char *)n->name);
        cut(e, x.open - 2, x.open, &put);
    } else {
        print_text(&put, &e->style, x.indent, scan_column(&e->source, x.open),
                   (const char *)n->name, text);
        cut(e, x.open, x.close, &put);
    }
    buf_free(&put);
}

static void cut_element(Edits *e, const xmlNode *n)
{
    size_t from = xml_offset(n), to = scan_element_end(&e->source, from);
    scan_widen(&e->source, &from, &to);
    cut(e, from, to, NULL);
}

static void cut_all(Edits *e)
{
    if (e->touched.n)
        qsort(e->touched.p, e->touched.n, sizeof *e->touched.p, by_place);
    for (size_t i = 0, n; i < e->touched.n; i += n) {
        const EditTouched *t = &e->touched.p[i];
        for (n = 1; i + n < e->touched.n && t[n].node == t->node && t[n].kind == t->kind; )
            n++;
        switch (t->kind) {
        case EDIT_ATTRIBUTE: cut_attributes(e, t, n); break;
        case EDIT_CHILDREN: cut_children(e, t->node); break;
        case EDIT_TEXT: cut_text(e, t->node); break;
        case EDIT_GONE: cut_element(e, t->node); break;
        }
    }
}

static int by_offset(const void *a, const void *b)
{
    const EditCut *x = a, *y = b;
    if (x->from != y->from)
        return x->from < y->from ? -1 : 1;
    return x->number < y->number ? -1 : x->number > y->number;
}

void edit_write(Edits *e, Buf *out)
{
    size_t at = 0;
    e->cuts.n = 0;
    cut_all(e);
    if (e->cuts.n)
        qsort(e->cuts.p, e->cuts.n, sizeof *e->cuts.p, by_offset);
    for (size_t i = 0; i < e->cuts.n; i++) {
        const EditCut *c = &e->cuts.p[i];
        if (c->from < at)                       /* inside of what is removed */
            continue;
        buf_put(out, e->source.text + at, c->from - at);
        buf_put(out, c->put, c->len);
        at = c->to;
    }
    buf_put(out, e->source.text + at, e->source.len - at);
}

/* ---- the text parsed again against the tree ---- */

static bool is_blank(const xmlNode *n)
{
    if (n->type != XML_TEXT_NODE)
        return false;
    const char *s = (const char *)n->content;
    return !s[strspn(s, " \t\r\n")];
}

static const xmlNode *significant(const xmlNode *n)
{
    while (n && is_blank(n))
        n = n->next;
    return n;
}

static bool same_words(const char *a, const char *b)
{
    static const char space[] = " \t\r\n";
    for (;;) {
        a += strspn(a, space);
        b += strspn(b, space);
        size_t n = strcspn(a, space);
        if (n != strcspn(b, space) || memcmp(a, b, n))
            return false;
        if (!n)
            return true;
        a += n;
        b += n;
    }
}

static bool same_attributes(const xmlNode *a, const xmlNode *b)
{
    size_t n = 0, m = 0;
    for (const xmlAttr *x = b->properties; x; x = x->next)
        m++;
    for (const xmlAttr *x = a->properties; x; x = x->next, n++) {
        const xmlAttr *y = xmlHasNsProp(b, x->name, x->ns ? x->ns->href : NULL);
        if (!y || !str_equal(x->children ? (const char *)x->children->content : "",
                             y->children ? (const char *)y->children->content : ""))
            return false;
    }
    return n == m;
}

static bool same_node(const xmlNode *a, const xmlNode *b)
{
    if (a->type != b->type)
        return false;
    if (a->type != XML_ELEMENT_NODE)
        return same_words((const char *)a->content, (const char *)b->content);
    return !xmlStrcmp(a->name, b->name) && same_attributes(a, b);
}

bool edit_same(const xmlNode *root_a, const xmlNode *root_b)
{
    const xmlNode *a = root_a, *b = root_b;
    for (;;) {
        if (!same_node(a, b))
            return false;
        const xmlNode *x = a->type == XML_ELEMENT_NODE ? significant(a->children) : NULL;
        const xmlNode *y = b->type == XML_ELEMENT_NODE ? significant(b->children) : NULL;
        while (!x && !y) {
            if (a == root_a)
                return b == root_b;
            x = significant(a->next);
            y = significant(b->next);
            if (x || y)
                break;
            a = a->parent;
            b = b->parent;
            if (a == root_a || b == root_b)
                return a == root_a && b == root_b;
        }
        if (!x || !y)
            return false;
        a = x;
        b = y;
    }
}

/* ---- beginning and end ---- */

void edit_start(Edits *e, const Project *p, const ProjectSchema *schema)
{
    *e = (Edits){ .arena = arena_new(), .tree = xml_tree(project_xml(p)) };
    e->source.text = xml_text(project_xml(p), &e->source.len);
    const char *nl = memchr(e->source.text, '\n', e->source.len);
    e->style.schema = schema;
    e->style.newline = nl && nl > e->source.text && nl[-1] == '\r' ? "\r\n" : "\n";
    e->style.unit = "  ";
    for (const xmlNode *n = project_root(p)->children; n; n = n->next)
        if (n->type == XML_ELEMENT_NODE && scan_alone(&e->source, xml_offset(n))) {
            const char *unit = scan_indent(&e->source, xml_offset(n), e->arena);
            e->style.unit = *unit ? unit : e->style.unit;
            break;
        }
}

void edit_end(Edits *e)
{
    for (size_t i = 0; i < e->gone.n; i++)
        xmlFreeNode(e->gone.p[i]);
    vec_free(&e->gone);
    vec_free(&e->touched);
    vec_free(&e->cuts);
    arena_free(e->arena);
}
