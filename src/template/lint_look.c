/* SPDX-License-Identifier: MIT */
/* What a reader would miss: alternative texts, headings, heading rows, fonts, what a printer cannot
 * print. */
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

const char *look_picture_tag(const OdfNode *frame)
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
    const char *tag = look_picture_tag(frame);
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

/* ---- fields ---- */

/* As Writer calls them. */
static const struct { const char *element, *name[2]; } fields[] = {
    { "text:author-name", { "Author", "Autor" } },
    { "text:author-initials", { "Author", "Autor" } },
    { "text:creator", { "Modified by", "Zmodyfikowany przez" } },
    { "text:initial-creator", { "Created by", "Utworzony przez" } },
    { "text:printed-by", { "Last printed by", "Ostatnio drukowany przez" } },
    { "text:file-name", { "File name", "Nazwa pliku" } },
    { "text:template-name", { "Templates", "Szablony" } },
    { "text:date", { "Date", "Data" } },
    { "text:time", { "Time", "Godzina" } },
    { "text:creation-date", { "Created", "Utworzony" } },
    { "text:creation-time", { "Created", "Utworzony" } },
    { "text:modification-date", { "Modified", "Zmodyfikowany" } },
    { "text:modification-time", { "Modified", "Zmodyfikowany" } },
    { "text:print-date", { "Last printed", "Ostatnio drukowany" } },
    { "text:print-time", { "Last printed", "Ostatnio drukowany" } },
    { "text:editing-cycles", { "Revision number", "Numer wersji" } },
    { "text:editing-duration", { "Total editing time", "Całkowity czas edycji" } },
};

void look_field(Look *k, const OdfNode *n)
{
    if (str_equal(odf_attr(n, ODF_TEXT_FIXED), "true"))
        return;
    for (size_t i = 0; i < COUNT(fields); i++)
        if (n->name == odf_name(fields[i].element))
            look_tell(k, DIAG_lint_field, 0, 0, fields[i].name[k->l->lang], NULL, NULL);
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

Spot look_page_spot(const Look *k, const OdfNode *master)
{
    const char *name = odf_attr(master, ODF_STYLE_NAME);
    const char *shown = odf_attr(master, ODF_STYLE_DISPLAY_NAME);
    shown = shown ? shown : name ? name : "?";
    Spot s = { .file = k->doc->file->path };
    s.label[LANG_EN] = arena_format(k->l->t->arena, "page style %s", shown);
    s.label[LANG_PL] = arena_format(k->l->t->arena, "styl strony „%s”", shown);
    return s;
}

void look_page(Look *k, const OdfNode *master)
{
    const char *name = odf_attr(master, ODF_STYLE_NAME);
    const OdfMaster *m = name ? odf_master(k->doc, name) : NULL;
    bool near = false;
    if (!m || !m->page)
        return;
    for (int i = 0; i < 4; i++)
        near |= m->page->margin[i] + m->page->border[i].width + m->page->padding[i] < EDGE;
    Spot s = look_page_spot(k, master);
    if (near)
        tell(k->l->t, k->l->d, &s, DIAG_lint_edge, NULL, NULL, NULL);
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
