/* SPDX-License-Identifier: MIT */
/* The rules for the document, and the walk that asks each of them where it applies.  Recursion is
 * as deep as the file, which xml/ limits. */
#include "lint_internal.h"

#include <string.h>

typedef enum { ON_BODY, ON_MASTER, ON_BLOCKS, ON_TABLE, ON_PARAGRAPH, ON_CHARACTERS, ON_FRAME,
               ON_ELEMENT } Where;

static const struct { DiagId id; Where where; void (*look)(Look *k, const OdfNode *n); } rules[] = {
    { DIAG_pdf_title, ON_BODY, look_title },
    { DIAG_lint_edge, ON_MASTER, look_page },
    { DIAG_lint_empty, ON_BLOCKS, look_empty },
    { DIAG_lint_header_rows, ON_TABLE, look_header_rows },
    { DIAG_layout_heading, ON_PARAGRAPH, look_heading },
    { DIAG_lint_leader, ON_PARAGRAPH, look_leader },
    { DIAG_lint_spaced, ON_PARAGRAPH, look_spaced },
    { DIAG_font_substituted, ON_CHARACTERS, look_font },
    { DIAG_layout_alt, ON_FRAME, look_alt },
    { DIAG_lint_changes, ON_ELEMENT, look_changes },
    { DIAG_lint_field, ON_ELEMENT, look_field },
    { DIAG_lint_feature, ON_ELEMENT, look_feature },
    { DIAG_lint_feature, ON_MASTER, look_page_feature },
};

static void ask(Look *k, Where where, const OdfNode *n)
{
    for (size_t i = 0; i < COUNT(rules); i++)
        if (rules[i].where == where)
            rules[i].look(k, n);
}

/* ---- places ---- */

#define OBJECT "\xEF\xBF\xBC"   /* U+FFFC stands for a frame or a field */

/* Whether the paragraph has words that help to find it. */
static bool readable(const Look *k)
{
    const char *s = k->flat.p ? k->flat.p : "";
    while (*s) {
        if (str_starts(s, OBJECT))
            s += strlen(OBJECT);
        else if ((unsigned char)*s <= ' ')
            s++;
        else
            return true;
    }
    return false;
}

Remark *look_tell(Look *k, DiagId id, size_t start, size_t end, const char *a, const char *b,
                  const char *c)
{
    Spot s = { .origin = k->origin, .file = k->doc->file->path, .included = k->included };
    if (k->paragraph && readable(k)) {
        spot_around(k->l->t->arena, k->flat.p, k->flat.n, start, end, &s);
        if (end == start)
            s.column = s.width = 0;
    }
    return tell(k->l->t, k->l->d, &s, id, a, b, c);
}

/* ---- the text of a paragraph ---- */

/* Nothing to see there. */
static bool is_silent(OdfName name)
{
    return is_mark(name) || name == ODF_OFFICE_ANNOTATION || name == ODF_OFFICE_ANNOTATION_END ||
           name == ODF_TEXT_SOFT_PAGE_BREAK || name == ODF_TEXT_CHANGE ||
           name == ODF_TEXT_CHANGE_START || name == ODF_TEXT_CHANGE_END;
}

static void flatten(const OdfNode *n, Buf *flat)
{
    for (size_t i = 0; i < n->n_kid; i++) {
        const OdfNode *k = n->kid[i];
        const char *count = k->name == ODF_TEXT_S ? odf_attr(k, ODF_TEXT_C) : NULL;
        int64_t spaces = 1;
        if (count && (!number_parse(count, strlen(count), 0, &spaces) || spaces > 1000))
            spaces = 1;
        if (k->name == ODF_CHARACTERS)
            for (size_t j = 0; j < k->n_kid; j++) {
                bool white = (unsigned char)k->text[j] <= ' ';
                if (!white || (flat->n && flat->p[flat->n - 1] != ' '))
                    buf_chr(flat, white ? ' ' : k->text[j]);
            }
        else if (k->name == ODF_TEXT_S)
            while (spaces-- > 0)
                buf_chr(flat, ' ');
        else if (k->name == ODF_TEXT_TAB || k->name == ODF_TEXT_LINE_BREAK)
            buf_chr(flat, k->name == ODF_TEXT_TAB ? '\t' : '\n');
        else if (is_inline_group(k->name))
            flatten(k, flat);
        else if (!is_silent(k->name))
            buf_str(flat, OBJECT);
    }
}

/* The text once more with \1 for each byte of a tag: rules on text leave tags alone. */
static void blot(Look *k)
{
    buf_clear(&k->plain);
    buf_put(&k->plain, k->flat.p ? k->flat.p : "", k->flat.n);
    size_t start = 0, end = 0;
    for (LexKind x; k->plain.n &&
         (x = lex_find(k->flat.p, k->flat.n, &start, &end)) != LEX_NONE; start = end)
        memset(k->plain.p + start, 1, end - start);
}

/* ---- the walk ---- */

/* What never reaches a document. */
static bool passed_over(const OdfNode *n)
{
    switch (n->name) {
    case ODF_OFFICE_ANNOTATION: case ODF_TEXT_TRACKED_CHANGES: case ODF_SVG_TITLE:
    case ODF_SVG_DESC: case ODF_OFFICE_BINARY_DATA:
        return true;
    case ODF_TEXT_SECTION:
        return str_equal(odf_attr(n, ODF_TEXT_DISPLAY), "none");
    default:
        return false;
    }
}

static void walk(Look *k, const OdfNode *n);

static void walk_kids(Look *k, const OdfNode *n)
{
    for (size_t i = 0; i < n->n_kid; i++)
        walk(k, n->kid[i]);
}

static void walk_paragraph(Look *k, const OdfNode *n)
{
    const OdfNode *outer = k->paragraph;
    const OdfTextProps *text = k->text;
    const OdfOrigin *origin = k->origin;
    Buf flat = k->flat, plain = k->plain;       /* of a paragraph that this one's frame stands in */
    k->flat = k->plain = (Buf){ 0 };
    k->paragraph = n;
    k->origin = n->origin ? n->origin : origin;
    k->text = odf_para_text_props(k->doc->file, n->style);
    flatten(n, &k->flat);
    blot(k);
    if (!k->text->hidden) {
        ask(k, ON_PARAGRAPH, n);
        ask(k, ON_ELEMENT, n);
        walk_kids(k, n);
    }
    buf_free(&k->flat);
    buf_free(&k->plain);
    k->flat = flat;
    k->plain = plain;
    k->text = text;
    k->origin = origin;
    k->paragraph = outer;
}

static void walk_span(Look *k, const OdfNode *n)
{
    const OdfTextProps *text = k->text;
    if (text)
        k->text = odf_text_props(k->doc->file, text, n->style);
    walk_kids(k, n);
    k->text = text;
}

/* Of a table or section: its own, or that of the first block in it. */
static const OdfOrigin *origin_of(const OdfNode *n)
{
    while (!n->origin && n->n_kid && n->kid[0]->name != ODF_CHARACTERS)
        n = n->kid[0];
    return n->origin;
}

static void walk(Look *k, const OdfNode *n)
{
    if (n->name == ODF_CHARACTERS) {
        if (k->text)
            ask(k, ON_CHARACTERS, n);
        return;
    }
    if (passed_over(n))
        return;
    const OdfOrigin *origin = k->origin;
    if ((n->name == ODF_TABLE_TABLE || n->name == ODF_TEXT_SECTION) && origin_of(n))
        k->origin = origin_of(n);
    if (n->name == ODF_STYLE_MASTER_PAGE)
        ask(k, ON_MASTER, n);
    if (n->name == ODF_TABLE_TABLE)
        ask(k, ON_TABLE, n);
    if (n->name == ODF_DRAW_FRAME)
        ask(k, ON_FRAME, n);
    if (holds_blocks(n->name))
        ask(k, ON_BLOCKS, n);
    if (is_paragraph(n->name)) {
        walk_paragraph(k, n);
    } else {
        ask(k, ON_ELEMENT, n);
        if (n->name == ODF_TEXT_SPAN)
            walk_span(k, n);
        else
            walk_kids(k, n);
    }
    k->origin = origin;
}

static void look_at(Linter *l, const OdfDoc *doc, const Spot *included, Map *fonts)
{
    Look k = { .l = l, .doc = doc, .included = included, .fonts = fonts,
               .styles = map_new(l->arena) };
    if (!included)
        ask(&k, ON_BODY, doc->body);
    walk(&k, doc->body);
    k.masters = true;
    if (!included && doc->masters)
        walk(&k, doc->masters);
}

void lint_document(Linter *l)
{
    Map *fonts = map_new(l->arena);
    look_at(l, l->t->doc, NULL, fonts);
    for (size_t i = 0; i < l->t->includes.n; i++)
        if (l->t->includes.p[i]->doc)
            look_at(l, l->t->includes.p[i]->doc, &l->t->includes.p[i]->tag->spot, fonts);
}

/* ---- the linter ---- */

static void open_linter(Linter *l, Template *t, const LintOptions *o, Diags *d, Facts *facts)
{
    *l = (Linter){ .t = t, .o = o, .d = d, .facts = facts, .arena = arena_new() };
}

static void close_linter(Linter *l)
{
    vec_free(&l->scope);
    vec_free(&l->guard);
    vec_free(&l->read);
    vec_free(&l->asked);
    vec_free(&l->said);
    arena_free(l->arena);
}

void template_lint(Template *t, const LintOptions *o, Diags *d)
{
    Linter l;
    Facts *facts = facts_open(o, d);
    open_linter(&l, t, o, d, facts);
    l.lang = diags_lang(d);
    lint_program(&l);
    lint_document(&l);
    template_report(t, d);
    close_linter(&l);
    facts_free(facts);
}

void template_uses(Template *t, const LintOptions *o, Lang lang,
                   bool (*visit)(void *data, const TemplateUse *use), void *data)
{
    Linter l;
    Diags *quiet = diags_new(lang);
    Facts *facts = facts_open(o, quiet);
    open_linter(&l, t, o, NULL, facts);
    l.lang = lang;
    l.visit = visit;
    l.data = data;
    lint_program(&l);
    close_linter(&l);
    facts_free(facts);
    diags_free(quiet);
}
