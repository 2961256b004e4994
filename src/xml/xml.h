/* SPDX-License-Identifier: MIT */
/* XML: the only place that parses it.  No DOCTYPE, no network, limits before libxml2 sees a byte,
 * and the byte offset of each element, from which a place is computed when a finding needs it. */
#ifndef SKRYBA_XML_H
#define SKRYBA_XML_H

#include <libxml/tree.h>

#include "base/base.h"

/* Limits, with room above what 3,800 real Writer files hold. */
enum {
    XML_BYTES = 1 << 30,
    XML_DEPTH = 256,
    XML_ATTRIBUTES = 1000,      /* of one element, xmlns included */
    XML_NAME = 1024,            /* bytes */
    XML_ELEMENTS = 10 << 20,
};

typedef struct XmlDoc XmlDoc;

/* Says which data must not be shown: asked with an element's name and an attribute's (NULL: its
 * text).  Shown source lines have them replaced by asterisks, character for character; comments
 * always. */
typedef bool XmlMask(void *data, const char *element, const char *attribute);

/* Reads and parses a file ("-": standard input).  NULL: findings were added. */
XmlDoc *xml_load(const char *path, Diags *d) MUST_CHECK;
/* The same with a mask that holds from the first finding on; mask and data outlive the document. */
XmlDoc *xml_load_masked(const char *path, XmlMask *mask, void *data, Diags *d) MUST_CHECK;
/* Parses text, which is kept and freed with the document (at once on failure). */
XmlDoc *xml_parse(const char *name, char *text, size_t len, Diags *d) MUST_CHECK;
void xml_free(XmlDoc *x);

xmlDoc *xml_tree(const XmlDoc *x);
xmlNode *xml_root(const XmlDoc *x);
const char *xml_name(const XmlDoc *x);

/* The value of an attribute without namespace, NULL if absent; borrowed from the tree. */
const char *xml_attr(const xmlNode *node, const char *name);

/* Whether the node is that element of that namespace; its first child that is; or NULL. */
bool xml_is(const xmlNode *node, const char *uri, const char *local);
const xmlNode *xml_child(const xmlNode *node, const char *uri, const char *local);

/* The place of an element, or of one of its attributes (by qualified name as typed; if it is not
 * there, of the element).  Valid until the document is freed or the next call. */
Place xml_place(XmlDoc *x, const xmlNode *node);
Place xml_attr_place(XmlDoc *x, const xmlNode *node, const char *attribute);
/* The same without the source line, which notes do not show; attribute NULL: of the element. */
Place xml_spot(XmlDoc *x, const xmlNode *node, const char *attribute);
/* The byte offset where the start tag of an element begins, and its line from 1. */
size_t xml_offset(const xmlNode *node);
unsigned xml_line(XmlDoc *x, const xmlNode *node);
/* The text as it was read. */
const char *xml_text(const XmlDoc *x, size_t *len);

/* ---- without a tree ----------------------------------------------------------------------------
 * The same limits and findings, the elements as they come.  Names, prefixes and URIs live until the
 * end of the run, equal ones at one place; values, which are not NUL-terminated, and text end with
 * the call. */
typedef struct {
    const char *prefix;         /* NULL: none */
    const char *uri, *name;     /* uri "": no namespace */
} XmlName;
typedef struct { XmlName name; const char *value; size_t len; } XmlAttr;
typedef struct {
    void (*start)(void *data, const XmlName *element, const XmlAttr *attr, size_t n);
    void (*end)(void *data, const XmlName *element);
    void (*text)(void *data, const char *s, size_t len);
    /* A namespace that the element which starts next declares; prefix "" is that of names without
     * one.  May be NULL. */
    void (*declare)(void *data, const char *prefix, const char *uri);
    bool lenient;               /* a prefix may be declared nowhere, an xml:id stand twice */
    bool shown;                 /* findings show the source line; else it is masked as a whole */
} XmlHandler;
/* name is for findings.  False: findings were added; the handler has seen the part before. */
bool xml_stream(const char *name, char *text, size_t len, const XmlHandler *h, void *data,
                Diags *d) MUST_CHECK;

#endif
