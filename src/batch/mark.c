/* SPDX-License-Identifier: MIT */
/* What tells that a paper is no real one: PROJEKT on drafts, WZÓR on examples.
 *
 * A template that asks for @synthetic itself says so in its own words, in PDF and ODT alike: the
 * shipped ones do, in their headers.  For others the line is put on every page of the PDF and at
 * the start of the ODT. */
#include "internal.h"

#include <string.h>

static bool synthetic(const Project *p)
{
    const char *v = xml_attr(project_root(p), "synthetic");
    return str_equal(v, "true") || str_equal(v, "1");
}

static bool says_so_itself(const Template *t)
{
    TemplateTag tag;
    for (size_t i = 0; template_tag(t, i, LANG_EN, &tag); i++)
        if (strstr(tag.typed, "@synthetic"))
            return true;
    return false;
}

static bool reconstructed(const Template *t)
{
    const OdfDoc *doc = template_document(t);
    for (size_t i = 0; i < doc->n_properties; i++)
        if (str_equal(doc->properties[i].name, "skryba.reconstructed"))
            return str_equal(doc->properties[i].value, "yes");
    return false;
}

const char *mark_text(const Plan *plan, const Template *t)
{
    bool draft = plan->batch->o.draft, example = synthetic(plan->project) && !says_so_itself(t);
    if (!draft && !example)
        return NULL;
    return arena_format(plan->arena, "%s%s%s%s", draft ? "PROJEKT" : "",
                        draft && example ? " · " : "",
                        example ? "WZÓR – dane przykładowe" : "",
                        example && reconstructed(t) ? " – nie do podpisu" : "");
}

static bool declaration(const OdfNode *n)
{
    const char *name = odf_name_text(n->name);
    size_t len = strlen(name);
    return n->name == ODF_CHARACTERS || str_equal(name, "office:forms") ||
           str_equal(name, "text:tracked-changes") ||
           (len > 6 && !strcmp(name + len - 6, "-decls"));
}

/* Where the line goes: before the first block, but after it when it is a paragraph, which may
 * carry the master page of the document's start. */
static size_t start_of_text(const OdfNode *body)
{
    size_t i = 0;
    while (i < body->n_kid && declaration(body->kid[i]))
        i++;
    return i < body->n_kid && (body->kid[i]->name == ODF_TEXT_P || body->kid[i]->name == ODF_TEXT_H)
               ? i + 1 : i;
}

void mark_document(OdfDoc *doc, const char *mark, Arena *a)
{
    const OdfNode *old = doc->body;
    size_t at = start_of_text(old), n = old->n_kid;
    OdfNode *body = odf_element(a, old->name, old->n_attr, n + 1);
    OdfNode *line = odf_element(a, ODF_TEXT_P, 0, 1);
    odf_kids(line)[0] = odf_characters(a, mark, strlen(mark));
    if (old->n_attr)
        memcpy(odf_attrs(body), old->attr, old->n_attr * sizeof *old->attr);
    OdfNode **kid = odf_kids(body);
    for (size_t i = 0; i < at; i++)
        kid[i] = (OdfNode *)old->kid[i];
    kid[at] = line;
    for (size_t i = at; i < n; i++)
        kid[i + 1] = (OdfNode *)old->kid[i];
    body->style = old->style;
    body->origin = old->origin;
    doc->body = body;
}
