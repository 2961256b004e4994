/* SPDX-License-Identifier: MIT */
/* Parsing with libxml2 without building a tree. */
#include "internal.h"

#include <libxml/parser.h>
#include <libxml/parserInternals.h>
#include <string.h>

static XmlName name_of(const xmlChar *name, const xmlChar *prefix, const xmlChar *uri)
{
    return (XmlName){ (const char *)prefix, uri ? (const char *)uri : "", (const char *)name };
}

/* Of each attribute libxml2 gives name, prefix, namespace, value and the value's end. */
static void start_element(void *context, const xmlChar *name, const xmlChar *prefix,
                          const xmlChar *uri, int n_ns, const xmlChar **ns, int n_attr,
                          int n_default, const xmlChar **attr)
{
    const XmlParse *p = ((xmlParserCtxt *)context)->_private;
    XmlAttr list[XML_ATTRIBUTES];
    size_t n = (size_t)n_attr < XML_ATTRIBUTES ? (size_t)n_attr : XML_ATTRIBUTES;
    XmlName element = name_of(name, prefix, uri);
    (void)n_default;
    for (int i = 0; i < n_ns && p->handler->declare; i++)
        p->handler->declare(p->data, ns[2 * i] ? (const char *)ns[2 * i] : "",
                            ns[2 * i + 1] ? (const char *)ns[2 * i + 1] : "");
    for (size_t i = 0; i < n; i++, attr += 5)
        list[i] = (XmlAttr){ name_of(attr[0], attr[1], attr[2]), (const char *)attr[3],
                             (size_t)(attr[4] - attr[3]) };
    p->handler->start(p->data, &element, list, n);
}

static void end_element(void *context, const xmlChar *name, const xmlChar *prefix,
                        const xmlChar *uri)
{
    const XmlParse *p = ((xmlParserCtxt *)context)->_private;
    XmlName element = name_of(name, prefix, uri);
    p->handler->end(p->data, &element);
}

static void characters(void *context, const xmlChar *s, int len)
{
    const XmlParse *p = ((xmlParserCtxt *)context)->_private;
    p->handler->text(p->data, (const char *)s, (size_t)len);
}

/* Nothing is known of what the elements hold: nothing of it is shown. */
static bool hide_all(void *data, const char *element, const char *attribute)
{
    (void)data, (void)element, (void)attribute;
    return true;
}

bool xml_stream(const char *name, char *text, size_t len, const XmlHandler *h, void *data,
                Diags *d)
{
    XmlDoc x = { .name = mem_dup(name, strlen(name)), .text = text, .len = len, .column = 1,
                 .mask = h->shown ? NULL : hide_all, .lenient = h->lenient };
    XmlParse p = { .x = &x, .d = d, .handler = h, .data = data };
    bool good = xml_scan(&x, d);
    xmlParserCtxt *c = good ? xmlCreateMemoryParserCtxt(text, (int)len) : NULL;
    if (c) {
        c->sax->startElementNs = start_element;
        c->sax->endElementNs = end_element;
        c->sax->characters = c->sax->ignorableWhitespace = characters;
        c->sax->cdataBlock = characters;
        c->sax->comment = NULL;
        c->sax->processingInstruction = NULL;
    }
    if (good) {
        good = xml_run(&p, c);
        xmlFreeDoc(c->myDoc);
        c->myDoc = NULL;
        xmlFreeParserCtxt(c);
    }
    vec_free(&x.lines);
    vec_free(&x.elements);
    vec_free(&x.starts);
    free(x.shown);
    free(x.name);
    return good;
}
