/* SPDX-License-Identifier: MIT */
/* What a reader would miss, or would not get: alternative texts, headings, heading rows, fonts,
 * what the PDF does not show, what a printer cannot print. */
#include "lint_internal.h"

#include <string.h>

/* ---- pictures ---- */

static bool blank_text(const OdfNode *n)
{
    Buf b = { 0 };
    for (size_t i = 0; n && i < n->n_kid; i++)
        if (n->kid[i]->name == ODF_CHARACTERS)
            buf_put(&b, n->kid[i]->text, n->kid[i]->n_kid);
    bool blank = !b.p || !b.p[strspn(b.p, " \t\r\n")];
    buf_free(&b);
    return blank;
}

/* The word of the picture's tag in the title of a frame, or NULL. */
static const char *picture_tag(const OdfNode *frame)
{
    const OdfNode *title = odf_kid(frame, ODF_SVG_TITLE);
    const OdfNode *k = title && title->n_kid ? title->kid[0] : NULL;
    if (!k || k->name != ODF_CHARACTERS)
        return NULL;
    const char *s = k->text + strspn(k->text, " \t\r\n");
    if (!str_starts(s, "{{"))
        return NULL;
    s += 2 + strspn(s + 2, " ");
    return str_starts(s, "#image") ? "image" : str_starts(s, "#qr") ? "qr" : NULL;
}

void look_alt(Look *k, const OdfNode *frame)
{
    const char *tag = picture_tag(frame);
    bool shows = tag || (!odf_kid(frame, ODF_DRAW_TEXT_BOX) &&
                         (odf_kid(frame, ODF_DRAW_IMAGE) || odf_kid(frame, ODF_DRAW_OBJECT) ||
                          odf_kid(frame, ODF_DRAW_OBJECT_OLE)));
    OdfFrameProps p;
    if (!shows || str_equal(tag, "qr") || !blank_text(odf_kid(frame, ODF_SVG_DESC)) ||
        (!tag && !blank_text(odf_kid(frame, ODF_SVG_TITLE))))
        return;
    odf_frame_props(k->doc->file, frame, &p);
    if (!p.decorative)
        look_tell(k, DIAG_layout_alt, 0, 0, NULL, NULL, NULL);
}

/* ---- what the PDF does not show: what layout/ draws, and no more ---- */

static const struct { OdfName name; const char *text[2]; } unseen[] = {
    { ODF_DRAW_FLOATING_FRAME, { "a floating frame", "pływająca ramka" } },
    { ODF_DRAW_PLUGIN, { "a plug-in", "wtyczka" } },
    { ODF_DRAW_APPLET, { "an applet", "aplet" } },
    { ODF_TEXT_RUBY_TEXT, { "ruby text above its base", "objaśnienie nad tekstem (ruby)" } },
};

static void tell_unseen(Look *k, const char *en, const char *pl)
{
    look_tell(k, DIAG_lint_feature, 0, 0, k->l->lang == LANG_PL ? pl : en, NULL, NULL);
}

/* A frame without text whose picture cannot be drawn. */
static void look_frame(Look *k, const OdfNode *frame)
{
    bool object = odf_kid(frame, ODF_DRAW_OBJECT) || odf_kid(frame, ODF_DRAW_OBJECT_OLE);
    if (picture_tag(frame) || odf_kid(frame, ODF_DRAW_TEXT_BOX) ||
        (!object && !odf_kid(frame, ODF_DRAW_IMAGE)))
        return;
    const OdfPicture *p = odf_frame_picture(k->doc, frame);
    if (p && (p->kind == PICTURE_PNG || p->kind == PICTURE_JPEG))
        return;
    if (object)
        tell_unseen(k, "an object (a chart, a formula)", "obiekt (wykres, wzór)");
    else
        tell_unseen(k, "a picture that is neither PNG nor JPEG", "obraz inny niż PNG i JPEG");
}

/* The properties of a paragraph's style, or of those it comes from, that hold an element. */
static const OdfNode *style_kid(const OdfFile *f, const OdfStyle *style, OdfName name)
{
    const char *wanted = style ? odf_style_name(style) : NULL;
    for (int depth = 0; wanted && depth < 16; depth++) {
        const OdfNode *found = NULL, *in[] = { f->automatic, f->automatic_styles_xml, f->styles };
        for (size_t i = 0; i < COUNT(in) && !found; i++)
            for (size_t k = 0; in[i] && k < in[i]->n_kid && !found; k++)
                if (in[i]->kid[k]->name == ODF_STYLE_STYLE &&
                    str_equal(odf_attr(in[i]->kid[k], ODF_STYLE_NAME), wanted) &&
                    str_equal(odf_attr(in[i]->kid[k], ODF_STYLE_FAMILY), "paragraph"))
                    found = in[i]->kid[k];
        const OdfNode *p = found ? odf_kid(found, ODF_STYLE_PARAGRAPH_PROPERTIES) : NULL;
        if (p && odf_kid(p, name))
            return odf_kid(p, name);
        wanted = found ? odf_attr(found, ODF_STYLE_PARENT_STYLE_NAME) : NULL;
    }
    return NULL;
}

void look_paragraph(Look *k, const OdfNode *paragraph)
{
    const OdfNode *cap = style_kid(k->doc->file, paragraph->style, ODF_STYLE_DROP_CAP);
    const char *length = cap ? odf_attr(cap, odf_name("style:length")) : NULL;
    if (length && strcmp(length, "0") != 0)
        tell_unseen(k, "a drop cap", "inicjał");
    if (style_kid(k->doc->file, paragraph->style, ODF_STYLE_BACKGROUND_IMAGE))
        tell_unseen(k, "a picture behind the paragraph", "obraz w tle akapitu");
}

/* Once for each: what has one such letter has many. */
void look_letters(Look *k, const OdfNode *characters)
{
    if (k->text->hidden || !node_visible(NULL, characters))
        return;
    if (k->text->outline && !k->outline)
        tell_unseen(k, "outlined letters", "kontur liter");
    if (k->text->shadow && !k->shadow)
        tell_unseen(k, "shadows of letters", "cień liter");
    k->outline |= k->text->outline;
    k->shadow |= k->text->shadow;
}

void look_feature(Look *k, const OdfNode *n)
{
    if (!k->origin)
        return;
    if (n->name == ODF_DRAW_FRAME)
        look_frame(k, n);
    if (n->name == ODF_TABLE_TABLE && odf_table_props(k->doc->file, n->style)->background_image)
        tell_unseen(k, "a picture behind the table", "obraz w tle tabeli");
    for (size_t i = 0; i < COUNT(unseen); i++)
        if (unseen[i].name == n->name)
            look_tell(k, DIAG_lint_feature, 0, 0, unseen[i].text[k->l->lang], NULL, NULL);
}

/* ---- headings ---- */

void look_heading(Look *k, const OdfNode *paragraph)
{
    int level = odf_outline_level(k->doc->file, paragraph);
    if (!level || k->masters)
        return;
    if (level > k->heading + 1) {
        char now[16], before[16], as[16];
        snprintf(now, sizeof now, "%d", level);
        snprintf(before, sizeof before, "%d", k->heading);
        snprintf(as, sizeof as, "%d", k->heading + 1);
        look_tell(k, DIAG_layout_heading, 0, 0, now, before, as);
        level = k->heading + 1;
    }
    k->heading = level;
}

/* ---- tables ---- */

/* The each that a text opens and does not close. */
static int open_loops(const OdfNode *n)
{
    Buf b = { 0 };
    int open = 0;
    odf_plain_text(n, &b);
    size_t start = 0, end = 0;
    for (LexKind x; b.n && (x = lex_find(b.p, b.n, &start, &end)) != LEX_NONE; start = end) {
        const char *s = b.p + start + 2;
        s += strspn(s, " ");
        if (str_starts(s, "#each"))
            open++;
        else if (str_starts(s, "/each"))
            open--;
    }
    buf_free(&b);
    return open;
}

typedef struct { size_t rows, columns; bool heads, loop, data; } Rows;

static bool has_frame(const OdfNode *n)
{
    if (n->name == ODF_CHARACTERS)
        return false;
    for (size_t i = 0; i < n->n_kid; i++)
        if (n->kid[i]->name == ODF_DRAW_FRAME || has_frame(n->kid[i]))
            return true;
    return false;
}

static void count_cells(const OdfNode *row, Rows *r)
{
    size_t columns = 0;
    for (size_t i = 0; i < row->n_kid; i++) {
        const OdfNode *cell = row->kid[i];
        if (cell->name != ODF_TABLE_TABLE_CELL)
            continue;
        columns++;
        r->loop |= open_loops(cell) != 0;
        r->data |= node_visible(NULL, cell) && !has_frame(cell);
    }
    r->rows++;
    r->columns = columns > r->columns ? columns : r->columns;
}

static void count_rows(const OdfNode *n, Rows *r)
{
    for (size_t i = 0; i < n->n_kid; i++) {
        const OdfNode *k = n->kid[i];
        if (k->name == ODF_TABLE_TABLE_HEADER_ROWS)
            r->heads = true;
        else if (k->name == ODF_TABLE_TABLE_ROWS || k->name == ODF_TABLE_TABLE_ROW_GROUP)
            count_rows(k, r);
        else if (k->name == ODF_TABLE_TABLE_ROW)
            count_cells(k, r);
    }
}

/* Tables that repeat a row, or are larger than what a layout needs: a signature beside another, a
 * label beside its value.  One of pictures alone has nothing to head. */
void look_header_rows(Look *k, const OdfNode *table)
{
    Rows r = { 0 };
    count_rows(table, &r);
    if (!r.heads && r.data && r.columns > 1 && (r.loop || (r.rows > 2 && r.columns > 2)))
        look_tell(k, DIAG_lint_header_rows, 0, 0, NULL, NULL, NULL);
}

/* ---- tracked changes ---- */

void look_changes(Look *k, const OdfNode *n)
{
    if ((n->name != ODF_TEXT_CHANGE && n->name != ODF_TEXT_CHANGE_START) ||
        (k->origin && k->origin == k->changed))
        return;
    k->changed = k->origin;
    look_tell(k, DIAG_lint_changes, 0, 0, NULL, NULL, NULL);
}

/* ---- fonts ---- */

static size_t find_in_flat(const Look *k, const OdfNode *characters)
{
    size_t len = characters->n_kid < 16 ? characters->n_kid : 16;
    for (size_t i = 0; i + len <= k->flat.n; i++)
        if (!memcmp(k->flat.p + i, characters->text, len))
            return i;
    return 0;
}

void look_font(Look *k, const OdfNode *characters)
{
    const LintOptions *o = k->l->o;
    const char *family = k->text->family;
    if (!o->font || k->text->hidden || !node_visible(NULL, characters))
        return;
    const char *key = family ? family : "";
    if (map_get(k->fonts, key, strlen(key)))
        return;
    map_put(k->fonts, key, strlen(key), k);
    const char *taken = o->font(o->data, k->text);
    if (!taken)
        return;
    size_t at = find_in_flat(k, characters);
    look_tell(k, DIAG_font_substituted, at, at, family ? family : "?", taken, NULL);
}

/* ---- pages ---- */

enum { EDGE = 283 };            /* 5 mm in twips */

void look_page(Look *k, const OdfNode *master)
{
    const char *name = odf_attr(master, ODF_STYLE_NAME);
    const OdfMaster *m = name ? odf_master(k->doc, name) : NULL;
    bool near = false;
    if (!m || !m->page)
        return;
    for (int i = 0; i < 4; i++)
        near |= m->page->margin[i] + m->page->border[i].width + m->page->padding[i] < EDGE;
    const char *shown = odf_attr(master, ODF_STYLE_DISPLAY_NAME);
    Spot s = { .file = k->doc->file->path };
    s.label[LANG_EN] = arena_format(k->l->t->arena, "page style %s", shown ? shown : name);
    s.label[LANG_PL] = arena_format(k->l->t->arena, "styl strony „%s”", shown ? shown : name);
    if (near)
        tell(k->l->t, k->l->d, &s, DIAG_lint_edge, NULL, NULL, NULL);
    if (m->page->background_image)
        tell(k->l->t, k->l->d, &s, DIAG_lint_feature, k->l->lang == LANG_PL
             ? "obraz w tle strony" : "a picture behind the page", NULL, NULL);
}

/* ---- the document ---- */

void look_title(Look *k, const OdfNode *body)
{
    const Template *t = k->l->t;
    bool titled = t->own_title && *t->own_title;
    Spot s = { .file = t->path, .label = { "document title", "tytuł dokumentu" } };
    (void)body;
    if (!titled)
        tell(k->l->t, k->l->d, &s, DIAG_pdf_title, NULL, NULL, NULL);
}
