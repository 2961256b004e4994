/* SPDX-License-Identifier: MIT */
/* Parsing with libxml2, keeping the byte offset of each element in node->_private. */
#include "internal.h"

#include <libxml/parser.h>
#include <libxml/parserInternals.h>
#include <libxml/SAX2.h>
#include <stdlib.h>
#include <string.h>

/* What libxml2 finds is reworded: its own messages quote the values, which may be personal. */
static const struct { int code; DiagId id; } reworded[] = {
    { XML_ERR_TAG_NAME_MISMATCH, DIAG_xml_mismatch },
    { XML_ERR_TAG_NOT_FINISHED, DIAG_xml_unfinished },
    { XML_ERR_DOCUMENT_END, DIAG_xml_after_end },
    { XML_ERR_ATTRIBUTE_REDEFINED, DIAG_xml_twice },
    { XML_ERR_UNDECLARED_ENTITY, DIAG_xml_entity },
    { XML_WAR_UNDECLARED_ENTITY, DIAG_xml_entity },
    { XML_ERR_LT_IN_ATTRIBUTE, DIAG_xml_less_than },
    { XML_ERR_INVALID_CHAR, DIAG_xml_character },
    { XML_ERR_INVALID_CHARREF, DIAG_xml_character },
    { XML_ERR_ATTRIBUTE_NOT_STARTED, DIAG_xml_quote },
    { XML_ERR_ATTRIBUTE_NOT_FINISHED, DIAG_xml_quote },
    { XML_ERR_ENTITYREF_SEMICOL_MISSING, DIAG_xml_ampersand },
    { XML_ERR_NAME_REQUIRED, DIAG_xml_ampersand },
    { XML_NS_ERR_UNDEFINED_NAMESPACE, DIAG_xml_prefix },
    { XML_ERR_DOCUMENT_EMPTY, DIAG_xml_none },
    { XML_ERR_DOCUMENT_START, DIAG_xml_none },
};

static size_t offset_now(const xmlParserCtxt *c)
{
    return (size_t)c->input->consumed + (size_t)(c->input->cur - c->input->base);
}

static void start_element(void *data, const xmlChar *name, const xmlChar *prefix,
                          const xmlChar *uri, int n_ns, const xmlChar **ns, int n_attr,
                          int n_default, const xmlChar **attr)
{
    xmlParserCtxt *c = data;
    const XmlParse *p = c->_private;
    xmlSAX2StartElementNs(c, name, prefix, uri, n_ns, ns, n_attr, n_default, attr);
    size_t at = offset_now(c);
    if (at >= p->x->len)
        at = p->x->len - 1;
    while (at && p->x->text[at] != '<')         /* the parser stands inside the tag: no other < */
        at--;
    if (c->node)
        c->node->_private = (void *)(uintptr_t)(at + 1);
}

static bool forgiven(const XmlParse *p, int code)
{
    return p->x->lenient &&
           (code == XML_NS_ERR_UNDEFINED_NAMESPACE || code == XML_DTD_ID_REDEFINED);
}

static void on_error(void *data, xmlErrorPtr e)
{
    XmlParse *p = data;
    const xmlParserCtxt *c = e->ctxt;
    if (forgiven(p, e->code))
        return;
    if (e->level < XML_ERR_ERROR && e->code != XML_WAR_UNDECLARED_ENTITY)
        return;
    if (p->found++)                             /* the first one is the cause of the others */
        return;
    DiagId id = DIAG_xml_syntax;
    for (size_t i = 0; i < COUNT(reworded); i++)
        if (reworded[i].code == e->code)
            id = reworded[i].id;
    size_t at = c && c->input ? offset_now(c) : 0;
    Place place = xml_place_at(p->x, at < p->x->len ? at : p->x->len - 1, 0);
    char code[16];
    snprintf(code, sizeof code, "%d", e->code);
    diag_add(p->d, id, &place, code, (char *)NULL);
}

bool xml_run(XmlParse *p, xmlParserCtxt *c)
{
    if (!c)
        mem_fail();
    xmlCtxtUseOptions(c, XML_PARSE_NONET | XML_PARSE_NOENT | XML_PARSE_NOCDATA | XML_PARSE_HUGE |
                             XML_PARSE_BIG_LINES | XML_PARSE_COMPACT);
    c->_private = p;
    xmlSetStructuredErrorFunc(p, on_error);
    xmlParseDocument(c);
    xmlSetStructuredErrorFunc(NULL, NULL);
    if (!c->wellFormed && !p->found)
        diag_add(p->d, DIAG_xml_syntax, &(Place){ .file = p->x->name }, "0", (char *)NULL);
    return c->wellFormed && !p->found;
}

static bool parse(XmlDoc *x, Diags *d)
{
    XmlParse p = { .x = x, .d = d };
    xmlParserCtxt *c = xmlCreateMemoryParserCtxt(x->text, (int)x->len);
    if (c)
        c->sax->startElementNs = start_element;
    bool good = xml_run(&p, c);
    if (good)
        x->tree = c->myDoc;
    else
        xmlFreeDoc(c->myDoc);
    c->myDoc = NULL;
    xmlFreeParserCtxt(c);
    return good;
}

static XmlDoc *parse_doc(XmlDoc x, Diags *d)
{
    XmlDoc *doc = mem_new(sizeof *doc);
    *doc = x;
    doc->name = mem_dup(x.name, strlen(x.name));
    doc->column = 1;
    if (xml_scan(doc, d) && parse(doc, d))
        return doc;
    xml_free(doc);
    return NULL;
}

XmlDoc *xml_parse(const char *name, char *text, size_t len, Diags *d)
{
    return parse_doc((XmlDoc){ .name = (char *)name, .text = text, .len = len }, d);
}

XmlDoc *xml_load_masked(const char *path, XmlMask *mask, void *data, Diags *d)
{
    size_t len;
    char *text = file_read(path, XML_BYTES, &len, d);
    if (!text)
        return NULL;
    return parse_doc((XmlDoc){ .name = (char *)(str_equal(path, "-") ? "<stdin>" : path),
                               .text = text, .len = len, .mask = mask, .mask_data = data }, d);
}

XmlDoc *xml_load(const char *path, Diags *d)
{
    return xml_load_masked(path, NULL, NULL, d);
}

void xml_free(XmlDoc *x)
{
    if (!x)
        return;
    xmlFreeDoc(x->tree);
    vec_free(&x->lines);
    vec_free(&x->elements);
    vec_free(&x->starts);
    free(x->shown);
    free(x->name);
    free(x->text);
    free(x);
}

xmlDoc *xml_tree(const XmlDoc *x)
{
    return x->tree;
}

xmlNode *xml_root(const XmlDoc *x)
{
    return xmlDocGetRootElement(x->tree);
}

bool xml_is(const xmlNode *node, const char *uri, const char *local)
{
    return node->type == XML_ELEMENT_NODE && node->ns &&
           str_equal((const char *)node->ns->href, uri) &&
           str_equal((const char *)node->name, local);
}

const xmlNode *xml_child(const xmlNode *node, const char *uri, const char *local)
{
    for (const xmlNode *n = node->children; n; n = n->next)
        if (xml_is(n, uri, local))
            return n;
    return NULL;
}

const char *xml_name(const XmlDoc *x)
{
    return x->name;
}

const char *xml_text(const XmlDoc *x, size_t *len)
{
    *len = x->len;
    return x->text;
}

const char *xml_attr(const xmlNode *node, const char *name)
{
    for (const xmlAttr *a = node->properties; a; a = a->next)
        if (!a->ns && !strcmp((const char *)a->name, name))
            return a->children ? (const char *)a->children->content : "";
    return NULL;
}
