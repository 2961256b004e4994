/* SPDX-License-Identifier: MIT */
/* What tells whether a document has changed since it was made: a digest of the filled document, as
 * names and texts.  It sees everything that the data, the template and the options put into it,
 * and nothing of the program that did it. */
#include "internal.h"

#include <string.h>

enum { DEPTH_MAX = 4096 };

/* Eight bytes at a time, in two lanes: a byte at a time would cost as much as writing the file. */
static void mix(Digest *g, uint64_t v)
{
    g->a = (g->a ^ v) * UINT64_C(0x9e3779b97f4a7c15);
    g->a ^= g->a >> 32;
    g->b = (g->b ^ v) * UINT64_C(0xc2b2ae3d27d4eb4f);
    g->b ^= g->b >> 29;
}

void digest_bytes(Digest *g, const void *data, size_t len)
{
    const char *p = data;
    uint64_t v;
    mix(g, len);
    for (; len >= sizeof v; p += sizeof v, len -= sizeof v) {
        memcpy(&v, p, sizeof v);
        mix(g, v);
    }
    v = 0;
    if (len)
        memcpy(&v, p, len);
    mix(g, v);
}

static void mix_text(Digest *g, const char *s)
{
    if (s)
        digest_bytes(g, s, strlen(s));
    else
        mix(g, UINT64_MAX);
}

static void mix_node(Digest *g, const OdfNode *n, int depth)
{
    if (!n || depth > DEPTH_MAX)
        return;
    if (n->name == ODF_CHARACTERS) {
        digest_bytes(g, n->text, n->n_kid);
        return;
    }
    mix_text(g, odf_name_text(n->name));
    mix(g, n->n_attr);
    for (size_t i = 0; i < n->n_attr; i++) {
        mix_text(g, odf_name_text(n->attr[i].name));
        mix_text(g, n->attr[i].value);
    }
    mix(g, n->n_kid);
    for (size_t i = 0; i < n->n_kid; i++)
        mix_node(g, n->kid[i], depth + 1);
}

void digest_document(Digest *g, const OdfDoc *doc)
{
    const char *const text[] = { doc->title, doc->subject, doc->description, doc->language,
                                 doc->date };
    for (size_t i = 0; i < COUNT(text); i++)
        mix_text(g, text[i]);
    for (size_t i = 0; i < doc->n_properties; i++) {
        mix_text(g, doc->properties[i].name);
        mix_text(g, doc->properties[i].value);
    }
    mix_node(g, doc->body, 0);
    mix_node(g, doc->masters, 0);
}

void digest_style(Digest *g, const OdfFile *f)
{
    const OdfNode *const part[] = { f->font_faces, f->styles, f->automatic,
                                    f->automatic_styles_xml, f->settings };
    for (size_t i = 0; i < COUNT(part); i++)
        mix_node(g, part[i], 0);
}
