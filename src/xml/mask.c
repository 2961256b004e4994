/* SPDX-License-Identifier: MIT */
/* Source lines with personal data replaced by asterisks, character for character.  It works on the
 * text, because a broken file has no tree; for each line is known in which element and in what kind
 * of markup it begins. */
#include "internal.h"

#include <string.h>

enum { NONE = UINT32_MAX };

/* One walk over markup, to learn where lines begin or to write a piece of it. */
typedef struct {
    XmlDoc *x;
    size_t p, end;
    uint32_t open;              /* the element we are in, in x->elements; NONE: none */
    Buf *out;                   /* NULL: only learning */
    size_t show;                /* what is written begins here */
    char element[128], attribute[128];
} Walk;

/* ---- writing ---- */

static void pass(Walk *w, size_t to, bool hide)
{
    const char *t = w->x->text;
    to = to < w->end ? to : w->end;
    size_t from = w->p > w->show ? w->p : w->show;
    if (w->out && !hide && from < to)
        buf_put(w->out, t + from, to - from);
    for (int n; w->out && hide && from < to; from += (size_t)n) {
        uint32_t c = utf8_get(t + from, t + to, &n);
        buf_chr(w->out, c == ' ' || c == '\t' ? (int)c : '*');
    }
    if (to > w->p)
        w->p = to;
}

static bool ends_name(char c)
{
    switch (c) {
    case 0: case ' ': case '\t': case '\r': case '\n': case '=': case '/': case '>': case '"':
    case '\'': case '<':
        return true;
    default:
        return false;
    }
}

static size_t name_end(const Walk *w, size_t p)
{
    while (p < w->x->len && !ends_name(w->x->text[p]))
        p++;
    return p;
}

static void copy_name(const Walk *w, size_t from, char *out, size_t room)
{
    size_t n = name_end(w, from) - from;
    n = n < room ? n : room - 1;
    memcpy(out, w->x->text + from, n);
    out[n] = 0;
}

static bool hidden(Walk *w, const char *attribute)
{
    if (!w->out)
        return false;
    if (!attribute) {
        w->element[0] = 0;
        if (w->open != NONE)
            copy_name(w, w->x->elements.p[w->open].name, w->element, sizeof w->element);
    }
    return w->element[0] && w->x->mask(w->x->mask_data, w->element, attribute);
}

/* ---- markup ---- */

/* The offset after the next occurrence of what, or the end of the file. */
static size_t after(const Walk *w, size_t from, const char *what)
{
    size_t n = strlen(what), len = w->x->len;
    for (const char *q; from < len && (q = memchr(w->x->text + from, what[0], len - from));
         from++) {
        from = (size_t)(q - w->x->text);
        if (len - from >= n && !memcmp(q, what, n))
            return from + n;
    }
    return len;
}

static void open_element(Walk *w, size_t name)
{
    if (w->out) {
        /* while writing, elements are found again: those that begin here follow each other */
        XmlElement want = { name, 0 };
        uint32_t low = 0, high = (uint32_t)w->x->elements.n;
        while (low < high) {
            uint32_t middle = low + (high - low) / 2;
            if (w->x->elements.p[middle].name < want.name)
                low = middle + 1;
            else
                high = middle;
        }
        w->open = low < w->x->elements.n ? low : NONE;
        return;
    }
    XmlElement e = { name, w->open };
    w->open = (uint32_t)w->x->elements.n;
    vec_push(&w->x->elements, e);
}

static void close_element(Walk *w)
{
    if (w->open != NONE)
        w->open = w->x->elements.p[w->open].parent;
}

static void start_tag(Walk *w)
{
    const char *t = w->x->text;
    size_t name = w->p + 1;
    copy_name(w, name, w->element, sizeof w->element);
    open_element(w, name);
    pass(w, name_end(w, name), false);
    while (w->p < w->end && t[w->p] != '>') {
        if (t[w->p] == '"' || t[w->p] == '\'') {
            const char quote[2] = { t[w->p], 0 };
            size_t close = after(w, w->p + 1, quote);
            pass(w, w->p + 1, false);
            pass(w, close - 1, hidden(w, w->attribute));
            pass(w, close, false);
        } else if (strchr(" \t\r\n=/<", t[w->p])) {
            pass(w, w->p + 1, false);
        } else {
            copy_name(w, w->p, w->attribute, sizeof w->attribute);
            pass(w, name_end(w, w->p), false);
        }
    }
    bool empty = w->p < w->end && t[w->p - 1] == '/';
    pass(w, w->p + 1, false);
    if (empty)
        close_element(w);
}

/* One piece of markup, or the text up to the next. */
static void step(Walk *w)
{
    const char *t = w->x->text + w->p;
    size_t left = w->x->len - w->p;
    if (*t != '<') {
        const char *q = memchr(t, '<', left);
        pass(w, q ? (size_t)(q - w->x->text) : w->end, hidden(w, NULL));
    } else if (left > 3 && !memcmp(t, "<!--", 4)) {
        size_t end = after(w, w->p + 4, "-->");
        pass(w, w->p + 4, false);
        pass(w, end - 3, true);
        pass(w, end, false);
    } else if (left > 8 && !memcmp(t, "<![CDATA[", 9)) {
        size_t end = after(w, w->p + 9, "]]>");
        bool hide = hidden(w, NULL);
        pass(w, w->p + 9, false);
        pass(w, end - 3, hide);
        pass(w, end, false);
    } else if (left > 1 && t[1] == '?') {
        pass(w, after(w, w->p, "?>"), false);
    } else if (left > 1 && (t[1] == '/' || t[1] == '!')) {
        if (t[1] == '/')
            close_element(w);
        pass(w, after(w, w->p, ">"), false);
    } else {
        start_tag(w);
    }
}

/* ---- the lines ---- */

/* For each line: where the piece of markup or text begins that its first byte is in, and the
 * element that is open there. */
static void learn(XmlDoc *x)
{
    Walk w = { .x = x, .end = x->len, .open = NONE };
    size_t line = 0;
    x->starts.p = mem_grow(NULL, x->lines.n * sizeof *x->starts.p);
    x->starts.cap = x->lines.n;
    while (w.p < w.end) {
        XmlStart s = { w.p, w.open };
        step(&w);
        for (; line < x->lines.n && x->lines.p[line] < w.p; line++)
            x->starts.p[x->starts.n++] = s;
    }
    for (; line < x->lines.n; line++)
        x->starts.p[x->starts.n++] = (XmlStart){ w.p, w.open };
}

void xml_mask_line(XmlDoc *x, Buf *out, size_t line, size_t end)
{
    if (!x->starts.n)
        learn(x);
    XmlStart s = x->starts.p[line];
    Walk w = {
        .x = x, .p = s.at, .end = end, .open = s.open, .out = out, .show = x->lines.p[line]
    };
    while (w.p < w.end)
        step(&w);
}
