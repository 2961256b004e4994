/* SPDX-License-Identifier: MIT */
#ifndef XML_INTERNAL_H
#define XML_INTERNAL_H

#include "xml.h"

typedef struct { size_t name; uint32_t parent; } XmlElement;    /* offset of its name in the text */
typedef struct { size_t at; uint32_t open; } XmlStart;

struct XmlDoc {
    char *name, *text;
    size_t len;
    bool lenient;               /* as in XmlHandler */
    xmlDoc *tree;
    VEC(size_t) lines;          /* offset of each line's first byte; made when first needed */
    VEC(XmlElement) elements;   /* for masking (mask.c), made when first needed */
    VEC(XmlStart) starts;       /* of each line */
    XmlMask *mask;
    void *mask_data;
    char *shown;                /* the last source line given out, and which bytes it shows */
    size_t shown_start, shown_end;
    size_t at, column;          /* the last place: columns of one long line are not counted anew */
};

/* One run of libxml2's parser; its errors become a finding, the first of them.  parse.c */
typedef struct {
    XmlDoc *x;
    Diags *d;
    size_t found;
    const XmlHandler *handler;  /* stream.c */
    void *data;
} XmlParse;
bool xml_run(XmlParse *p, struct _xmlParserCtxt *c);    /* c NULL: memory has ended */
/* Refuses what is not to reach libxml2: DOCTYPE, other encodings, limits.  scan.c */
bool xml_scan(const XmlDoc *x, Diags *d);
/* The place of a byte.  place.c */
/* Writes what of a line lies before `end`, masked.  mask.c */
void xml_mask_line(XmlDoc *x, Buf *out, size_t line, size_t end);
Place xml_place_at(XmlDoc *x, size_t offset, size_t width);

#endif
