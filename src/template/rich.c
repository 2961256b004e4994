/* SPDX-License-Identifier: MIT */
/* {{#text}}: paragraphs, emphasis and lists of the data in the template's own styles.  Elements are
 * known by their local names, those of HTML and DocBook; unknown ones count as their content. */
#include "internal.h"

#include <stdlib.h>
#include <string.h>

typedef enum { RICH_OTHER, RICH_PARAGRAPH, RICH_LIST, RICH_NUMBERS, RICH_ITEM, RICH_EMPHASIS,
               RICH_STRONG, RICH_BREAK } RichKind;

static const struct { const char *name; RichKind kind; } kinds[] = {
    { "p", RICH_PARAGRAPH }, { "para", RICH_PARAGRAPH }, { "paragraph", RICH_PARAGRAPH },
    { "ul", RICH_LIST }, { "list", RICH_LIST }, { "itemizedlist", RICH_LIST },
    { "ol", RICH_NUMBERS }, { "orderedlist", RICH_NUMBERS },
    { "li", RICH_ITEM }, { "item", RICH_ITEM }, { "listitem", RICH_ITEM },
    { "em", RICH_EMPHASIS }, { "i", RICH_EMPHASIS }, { "emphasis", RICH_EMPHASIS },
    { "strong", RICH_STRONG }, { "b", RICH_STRONG }, { "br", RICH_BREAK },
};

static const char EMPHASIS[] = "Emphasis", STRONG[] = "Strong_20_Emphasis",
                  BULLETS[] = "List_20_1", NUMBERS[] = "Numbering_20_1";

typedef struct {
    Fill *f;
    const OdfNode *model;       /* the template's paragraph */
    size_t base;                /* of the paragraph being made */
    bool open;
} Rich;

/* The model without its page break, which is for the first paragraph: the style it comes from. */
static const OdfNode *without_break(Fill *f, const OdfNode *model)
{
    Break b = break_of(f->t->doc->file, model);
    const OdfStyle *common = break_none(&b) ? NULL : odf_style_common(model->style);
    if (!common)
        return model;
    OdfNode *n = odf_element(f->a, model->name, model->n_attr, 0);
    for (size_t i = 0; i < model->n_attr; i++) {
        odf_attrs(n)[i] = model->attr[i];
        if (model->attr[i].name == ODF_TEXT_STYLE_NAME)
            odf_attrs(n)[i].value = odf_style_name(common);
    }
    n->style = common;
    n->origin = model->origin;
    return n;
}

static RichKind kind_of(const xmlNode *n)
{
    for (size_t i = 0; i < COUNT(kinds); i++)
        if (!strcmp(kinds[i].name, (const char *)n->name))
            return kinds[i].kind;
    return RICH_OTHER;
}

static void begin(Rich *r)
{
    if (r->open)
        return;
    r->open = true;
    r->base = r->f->out.n;
    r->f->visible = false;
}

/* Ends the paragraph being made; one without anything to see is dropped. */
static void finish(Rich *r)
{
    Fill *f = r->f;
    if (!r->open)
        return;
    r->open = false;
    if (!f->visible) {
        f->out.n = r->base;
        return;
    }
    OdfNode *n = odf_copy(f->a, r->model);
    fill_kids(f, n, r->base);
    f->content++;
    bool set = f->t->typography && is_polish(f->t, n);
    fill_push_block(f, set ? typeset(f->a, n, &f->flat, &f->edits) : n);
    r->model = without_break(f, r->model);
}

/* Text of an element that has elements beside it: white space collapses as in the file itself. */
static void text(Rich *r, const char *s)
{
    bool blank = !s[strspn(s, " \t\r\n")];
    if (blank && !r->open)
        return;
    begin(r);
    r->f->visible |= !blank;
    vec_push(&r->f->out, odf_characters(r->f->a, s, strlen(s)));
}

static void walk(Rich *r, const xmlNode *n);

static void span(Rich *r, const xmlNode *n, const char *style)
{
    Fill *f = r->f;
    begin(r);
    size_t base = f->out.n;
    walk(r, n->children);
    const OdfStyle *s = odf_style(f->t->doc->file, FAMILY_TEXT, style, false);
    if (!r->open || !s || f->out.n <= base)
        return;                 /* a paragraph ended inside */
    OdfNode *made = odf_element(f->a, ODF_TEXT_SPAN, 1, 0);
    odf_attrs(made)[0] = (OdfAttr){ ODF_TEXT_STYLE_NAME, style };
    made->style = s;
    fill_kids(f, made, base);
    vec_push(&f->out, made);
}

static void item(Rich *r, const xmlNode *n)
{
    size_t base = r->f->out.n;
    walk(r, n->children);
    finish(r);
    if (r->f->out.n == base)
        return;
    OdfNode *made = odf_element(r->f->a, ODF_TEXT_LIST_ITEM, 0, 0);
    fill_kids(r->f, made, base);
    vec_push(&r->f->out, made);
}

static void list(Rich *r, const xmlNode *n, const char *style)
{
    Fill *f = r->f;
    finish(r);
    size_t base = f->out.n;
    for (const xmlNode *k = n->children; k; k = k->next)
        if (k->type == XML_ELEMENT_NODE)
            item(r, k);
    if (f->out.n == base)
        return;
    OdfNode *made = odf_element(f->a, ODF_TEXT_LIST, 1, 0);
    odf_attrs(made)[0] = (OdfAttr){ ODF_TEXT_STYLE_NAME, style };
    fill_kids(f, made, base);
    vec_push(&f->out, made);
}

static void walk(Rich *r, const xmlNode *n)
{
    for (; n; n = n->next) {
        if (n->type == XML_TEXT_NODE || n->type == XML_CDATA_SECTION_NODE)
            text(r, (const char *)n->content);
        if (n->type != XML_ELEMENT_NODE)
            continue;
        RichKind kind = kind_of(n);
        switch (kind) {
        case RICH_PARAGRAPH:
            finish(r);
            walk(r, n->children);
            finish(r);
            break;
        case RICH_LIST: list(r, n, BULLETS); break;
        case RICH_NUMBERS: list(r, n, NUMBERS); break;
        case RICH_EMPHASIS:
        case RICH_STRONG:
            span(r, n, kind == RICH_STRONG ? STRONG : EMPHASIS);
            break;
        case RICH_BREAK:
            begin(r);
            vec_push(&r->f->out, odf_element(r->f->a, ODF_TEXT_LINE_BREAK, 0, 0));
            break;
        default: walk(r, n->children); break;
        }
    }
}

/* Text without elements: a line without text stands between paragraphs. */
static void plain(Rich *r, const char *s)
{
    while (*s) {
        const char *end = s, *next;
        for (;; end++) {
            if (!*end) {
                next = end;
                break;
            }
            size_t blank = strspn(end, " \t\r\n");
            if (*end == '\n' && memchr(end + 1, '\n', blank - 1)) {
                next = end + blank;
                break;
            }
        }
        begin(r);
        value_push(r->f, s, (size_t)(end - s));
        finish(r);
        s = next;
    }
}

static bool has_elements(const xmlNode *n)
{
    for (const xmlNode *k = n->type == XML_ELEMENT_NODE ? n->children : NULL; k; k = k->next)
        if (k->type == XML_ELEMENT_NODE)
            return true;
    return false;
}

static void push_node(Rich *r, xmlNode *n)
{
    if (has_elements(n)) {
        walk(r, n->children);
        finish(r);
        return;
    }
    xmlChar *s = xmlXPathCastNodeToString(n);
    if (!s)
        mem_fail();
    plain(r, (const char *)s);
    xmlFree(s);
}

void rich_push(Fill *f, const Op *op)
{
    Rich r = { .f = f, .model = op->node };
    ExprError e = { 0 };
    bool visible = f->visible;
    xmlXPathObject *v = expr_eval(f->env, op->tag->expr, f->node, f->position, f->size, &e);
    if (v && v->type == XPATH_NODESET && !xmlXPathNodeSetIsEmpty(v->nodesetval)) {
        for (int i = 0; i < v->nodesetval->nodeNr; i++)
            push_node(&r, v->nodesetval->nodeTab[i]);
    } else {
        buf_clear(&f->text);
        if (v && value_text(f, op->tag, &f->text)) {
            char *s = arena_dup(f->a, f->text.p, f->text.n);
            plain(&r, s);
        } else if (!v) {
            fill_error(f, op->tag, &e);
        }
    }
    f->lost += !f->failed;      /* so that a row whose value is empty can vanish */
    f->visible = visible;
    xmlXPathFreeObject(v);
}

/* ---- styles that Writer has without writing them ---- */

enum { PAIRS = 4, LEVELS = 10 };

static OdfNode *element(Arena *a, OdfName name, size_t n_kid, const char *const pair[PAIRS][2])
{
    size_t n = 0;
    while (n < PAIRS && pair[n][0])
        n++;
    OdfNode *made = odf_element(a, name, n, n_kid);
    for (size_t i = 0; i < n; i++)
        odf_attrs(made)[i] = (OdfAttr){ odf_name(pair[i][0]), pair[i][1] };
    return made;
}

static const OdfNode *text_style(Arena *a, const char *name, const char *display,
                                 const char *const properties[PAIRS][2])
{
    OdfNode *n = element(a, ODF_STYLE_STYLE, 1, (const char *const[PAIRS][2]){
        { "style:name", name }, { "style:display-name", display }, { "style:family", "text" } });
    odf_kids(n)[0] = element(a, ODF_STYLE_TEXT_PROPERTIES, 0, properties);
    return n;
}

/* Each level hangs a quarter of an inch further in, as Writer's own lists do. */
static OdfNode *list_level(Arena *a, int level, bool numbers)
{
    const char *number = arena_format(a, "%d", level);
    OdfNode *n = element(a, odf_name(numbers ? "text:list-level-style-number"
                                             : "text:list-level-style-bullet"), 1,
                         (const char *const[PAIRS][2]){
        { "text:level", number }, { numbers ? "style:num-format" : "text:bullet-char",
                                    numbers ? "1" : "•" },
        { numbers ? "style:num-suffix" : NULL, "." } });
    OdfNode *p = element(a, odf_name("style:list-level-properties"), 1,
                         (const char *const[PAIRS][2]){
        { "text:list-level-position-and-space-mode", "label-alignment" } });
    odf_kids(p)[0] = element(a, odf_name("style:list-level-label-alignment"), 0,
                             (const char *const[PAIRS][2]){
        { "text:label-followed-by", "listtab" }, { "fo:text-indent", "-0.25in" },
        { "fo:margin-left", arena_format(a, "%d.%02din", level / 4, level % 4 * 25) } });
    odf_kids(n)[0] = p;
    return n;
}

static const OdfNode *list_style(Arena *a, const char *name, const char *display)
{
    OdfNode *n = element(a, ODF_TEXT_LIST_STYLE, LEVELS, (const char *const[PAIRS][2]){
        { "style:name", name }, { "style:display-name", display } });
    for (int i = 0; i < LEVELS; i++)
        odf_kids(n)[i] = list_level(a, i + 1, name == NUMBERS);
    return n;
}

static bool has_style(const OdfFile *file, OdfName element, const char *name)
{
    for (size_t i = 0; file->styles && i < file->styles->n_kid; i++) {
        const OdfNode *n = file->styles->kid[i];
        if (n->name == element && str_equal(odf_attr(n, ODF_STYLE_NAME), name))
            return true;
    }
    return false;
}

void rich_styles(const Template *t)
{
    const OdfFile *f = t->doc->file;
    const OdfNode *made[4];
    size_t n = 0, tag = 0;
    while (tag < t->tags.n && t->tags.p[tag]->kind != TAG_TEXT)
        tag++;
    if (tag == t->tags.n)
        return;
    if (!has_style(f, ODF_STYLE_STYLE, EMPHASIS))
        made[n++] = text_style(f->arena, EMPHASIS, "Emphasis", (const char *const[PAIRS][2]){
            { "fo:font-style", "italic" }, { "style:font-style-asian", "italic" },
            { "style:font-style-complex", "italic" } });
    if (!has_style(f, ODF_STYLE_STYLE, STRONG))
        made[n++] = text_style(f->arena, STRONG, "Strong Emphasis", (const char *const[PAIRS][2]){
            { "fo:font-weight", "bold" }, { "style:font-weight-asian", "bold" },
            { "style:font-weight-complex", "bold" } });
    if (!has_style(f, ODF_TEXT_LIST_STYLE, BULLETS))
        made[n++] = list_style(f->arena, BULLETS, "List 1");
    if (!has_style(f, ODF_TEXT_LIST_STYLE, NUMBERS))
        made[n++] = list_style(f->arena, NUMBERS, "Numbering 1");
    if (n)
        odf_add_styles(f, ODF_OFFICE_STYLES, made, n);
}
