/* SPDX-License-Identifier: MIT */
/* A finding of a rule: its text in the language of the run, its place, other places. */
#include "rules_internal.h"

#include <stdlib.h>
#include <string.h>

/* ---- personal data ---- */

static const xmlNode *element_of(const xmlNode *n)
{
    while (n && n->type != XML_ELEMENT_NODE)
        n = n->parent;
    return n;
}

static bool personal(const Run *r, const xmlNode *n)
{
    const xmlNode *e = element_of(n);
    const char *attribute = n->type == XML_ATTRIBUTE_NODE ? (const char *)n->name : NULL;
    const ProjectField *f = e ? project_field(r->p, e, attribute) : NULL;
    return f && f->personal;
}

static void blot(char *at, size_t len)
{
    memset(at, '*', len);
}

/* Hides the personal data of an element wherever they stand in a text that was made of them. */
static void hide_fields(const Run *r, const xmlNode *e, char *text)
{
    enum { SHORTEST = 3 };      /* shorter values are parts of other words */
    for (const xmlAttr *a = e->properties; a; a = a->next) {
        const char *value = a->children ? (const char *)a->children->content : NULL;
        size_t len = value ? strlen(value) : 0;
        if (len < SHORTEST || !personal(r, (const xmlNode *)a))
            continue;
        for (char *at = text; (at = strstr(at, value)); at += len)
            blot(at, len);
    }
}

/* ---- texts ---- */

/* The first node that a formula gives; NULL: none.  *o: what it gives, to be freed; NULL: nodes. */
static xmlNode *first_node(Run *r, const Formula *f, xmlNode *node, xmlXPathObject **o)
{
    *o = NULL;
    if (f->attribute)
        return (xmlNode *)attribute_node(r, node, f->attribute);
    *o = run_eval(r, f, node);
    bool some = *o && (*o)->type == XPATH_NODESET && (*o)->nodesetval && (*o)->nodesetval->nodeNr;
    return some ? (*o)->nodesetval->nodeTab[0] : NULL;
}

/* The text of a value, with what is personal of it hidden. */
static const char *value_text(Run *r, const Formula *f, xmlNode *node)
{
    xmlXPathObject *o;
    xmlNode *first = first_node(r, f, node, &o);
    const char *found = first ? node_value(r, first) : o ? argument_text(r, o) : "";
    char *text = arena_str(r->arena, found);
    if (first && personal(r, first))
        blot(text, strlen(text));
    else if (!first)
        for (const xmlNode *e = element_of(node); e; e = element_of(e->parent))
            hide_fields(r, e, text);
    xmlXPathFreeObject(o);
    return text;
}

/* A value may stand over several lines of the file. */
static void put_piece(Run *r, const Formula *f, xmlNode *node, Buf *out)
{
    const char *text = value_text(r, f, node);
    bool space = false;
    for (const char *s = text; *s; s++) {
        bool white = *s == ' ' || *s == '\t' || *s == '\n' || *s == '\r';
        if (!white || !space)
            buf_chr(out, white ? ' ' : *s);
        space = white;
    }
}

/* The text at a node; borrowed until the run ends. */
static const char *say_words(Run *r, const Words *w, xmlNode *node)
{
    enum { LONGEST = 2000 };
    Buf b = { .max = LONGEST };
    for (size_t i = 0; i < w->n; i++)
        if (w->piece[i].text)
            buf_str(&b, w->piece[i].text);
        else
            put_piece(r, w->piece[i].select, node, &b);
    const char *text = arena_dup(r->arena, b.p ? b.p : "", b.n);
    buf_free(&b);
    return text;
}

/* ---- places ---- */

/* Compares a piece of a value with the file's text, white space with white space.  The bytes of
 * the file that match, or 0. */
static size_t same(const char *s, const char *end, const char *piece)
{
    static const char space[] = " \t\r\n";
    const char *p = s;
    while (*piece && p < end) {
        bool white = strchr(space, *piece), here = strchr(space, *p);
        if (white != here || (!white && *p != *piece))
            return 0;
        do
            p++;
        while (white && p < end && strchr(space, *p));
        do
            piece++;
        while (white && *piece && strchr(space, *piece));
    }
    return *piece ? 0 : (size_t)(p - s);
}

/* Moves the place of an element or attribute to the piece of it that a function found.  Without a
 * source line when the line holds markup, which may be somebody's data. */
static void narrow(Run *r, Place *place, const xmlNode *node)
{
    size_t len, n = 0;
    const char *text = xml_text(project_xml(r->p), &len), *end = text + len;
    const char *s = text + xml_offset(node), *from = s;
    bool attribute = node->type == XML_ATTRIBUTE_NODE;
    const char *stop = attribute ? memchr(s, '>', (size_t)(end - s))
                                 : strstr(s, "</");
    while (!attribute && from < end && *from != '>')
        from++;
    for (s = from; stop && s < stop && !(n = same(s, stop, r->spot.text)); s++) ;
    if (!n || !stop)
        return;
    const char *line = s, *last = s;
    while (line > text && line[-1] != '\n')
        line--;
    while (last < end && *last != '\n' && *last != '\r')
        last++;
    unsigned lines = 0;
    for (const char *p = text + xml_offset(node); p < s; p++)
        lines += *p == '\n';
    unsigned number = xml_line(project_xml(r->p), node) + lines;
    bool plain = !attribute && line > from && last <= stop;
    if (number != place->line)
        place->source = plain ? arena_dup(r->arena, line, (size_t)(last - line)) : NULL;
    place->line = number;
    place->column = (unsigned)utf8_count(line, (size_t)(s - line)) + 1;
    place->width = (unsigned)utf8_count(s, n);
    if (place->source && memchr(s, '\n', n))
        place->width = (unsigned)utf8_count(s, (size_t)(last - s));
}

static xmlNode *subject_of(Run *r, const Formula *f, xmlNode *node)
{
    xmlXPathObject *o = NULL;
    xmlNode *subject = f ? first_node(r, f, node, &o) : NULL;
    xmlXPathFreeObject(o);
    return subject ? subject : node;
}

static void add_notes(Run *r, const RuleNote *note, size_t n, xmlNode *node, Finding *f)
{
    enum { SHOWN = 4 };
    for (size_t i = 0; i < n; i++) {
        xmlXPathObject *o = run_eval(r, note[i].at, node);
        int found = o && o->type == XPATH_NODESET && o->nodesetval ? o->nodesetval->nodeNr : 0;
        for (int k = 0; k < found && k < SHOWN; k++) {
            xmlNode *other = o->nodesetval->nodeTab[k];
            Place place = project_spot(r->p, other);
            diag_note(f, &place, say_words(r, &note[i].words, other));
        }
        xmlXPathFreeObject(o);
    }
}

void run_say(Run *r, const Check *c, xmlNode *node)
{
    Lang lang = diags_lang(r->d);
    Spot spot = r->spot;
    xmlNode *subject = subject_of(r, c->subject, node);
    bool accepted = accept_take(r, c->id, c->severity, node, subject);
    const char *message = say_words(r, &c->message[lang], node);
    const char *hint = c->hint[lang].n ? say_words(r, &c->hint[lang], node) : NULL;
    Place place = project_place(r->p, subject);
    r->spot = spot;
    if (spot.node == subject && spot.text)
        narrow(r, &place, subject);
    if (spot.secret)
        place.source = NULL;
    Finding *f = diag_add_rule(r->d, accepted ? SEV_ACCEPTED : c->severity, c->id, &place, message,
                               hint);
    add_notes(r, c->note[lang], c->n_note[lang], node, f);
    if (c->severity == SEV_ERROR || (r->strict && c->severity == SEV_WARNING && !accepted))
        blocked_add(r->p, node);
}
