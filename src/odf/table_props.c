/* SPDX-License-Identifier: MIT */
/* Properties of tables, their columns, rows and cells, and of sections: shared/writer-layout,
 * tables-pages.md sections 1 to 3 and 6. */
#include "internal.h"

#include <string.h>

/* The properties elements that make up a style, weakest first: the default, the parents, itself. */
typedef struct { const OdfNode *part[ODF_PARENTS + 2]; size_t n; } Parts;

static void collect(const OdfFile *f, const OdfStyle *s, OdfFamily family, Parts *out)
{
    OdfName name = odf_family_properties(family);
    const OdfNode *d = f->by_name->defaults[family], *n;
    size_t chain = 0;
    const OdfStyle *up[ODF_PARENTS + 1];
    for (; s && chain < COUNT(up); s = s->parent)
        up[chain++] = s;
    out->n = 0;
    if (d && (n = odf_kid(d, name)))
        out->part[out->n++] = n;
    while (chain--)
        if ((n = odf_style_part(up[chain], name)))
            out->part[out->n++] = n;
}

static const char *get(const Parts *p, OdfName name)
{
    const char *v = NULL;
    for (size_t i = p->n; i-- && !v; )
        v = odf_attr(p->part[i], name);
    return v;
}

static int32_t get_length(const Parts *p, OdfName name)
{
    int32_t v;
    return odf_length(get(p, name), &v) && v > 0 ? v : 0;
}

static bool is_always(const char *s)
{
    return str_equal(s, "always");
}

static void read_margins(const Parts *parts, int32_t margin[4])
{
    for (size_t i = 0; i < parts->n; i++) {
        OdfSides s;
        odf_read_sides(parts->part[i], ODF_FO_MARGIN, odf_margin_names, &s);
        for (int side = 0; side < 4; side++)
            if (s.set[side])
                margin[side] = s.value[side];
    }
}

static void read_table(const OdfFile *f, const Parts *n, const OdfStyle *s, OdfTableProps *p)
{
    static const char *const models[] = { "collapsing", "separating", NULL };
    static const char *const aligns[] = { "", "margins", "left", "center", "right", NULL };
    p->width = get_length(n, ODF_STYLE_WIDTH);
    if (!odf_percent(get(n, ODF_STYLE_REL_WIDTH), &p->rel_width) || p->rel_width < 0)
        p->rel_width = 0;
    read_margins(n, p->margin);
    p->align = (unsigned)odf_word(get(n, ODF_TABLE_ALIGN), aligns, TABLE_FULL);
    /* As LibreOffice 7.4 does, which gives a flat file what a new document has. */
    p->separating = odf_word(get(n, ODF_TABLE_BORDER_MODEL), models, !f->flat) == 1;
    p->keep_with_next = is_always(get(n, ODF_FO_KEEP_WITH_NEXT));
    p->no_break_between_rows = !odf_bool(get(n, ODF_STYLE_MAY_BREAK_BETWEEN_ROWS), true);
    p->break_before = odf_read_break(get(n, ODF_FO_BREAK_BEFORE), BREAK_NONE);
    p->break_after = odf_read_break(get(n, ODF_FO_BREAK_AFTER), BREAK_NONE);
    p->background = odf_color(get(n, ODF_FO_BACKGROUND_COLOR));
    p->back = odf_style_back(f, s);
    odf_read_shadow(get(n, ODF_STYLE_SHADOW), &p->shadow_x, &p->shadow_y, &p->shadow_color);
}

const OdfTableProps *odf_table_props(const OdfFile *f, const OdfStyle *s)
{
    const void **kept = s ? &s->computed->other : &f->by_name->none[FAMILY_TABLE];
    if (!*kept) {
        OdfTableProps *p = ARENA_NEW(f->arena, OdfTableProps);
        Parts n;
        collect(f, s, FAMILY_TABLE, &n);
        read_table(f, &n, s, p);
        *kept = p;
    }
    return *kept;
}

const OdfColumnProps *odf_column_props(const OdfFile *f, const OdfStyle *s)
{
    const void **kept = s ? &s->computed->other : &f->by_name->none[FAMILY_COLUMN];
    if (!*kept) {
        OdfColumnProps *p = ARENA_NEW(f->arena, OdfColumnProps);
        Parts n;
        collect(f, s, FAMILY_COLUMN, &n);
        p->width = get_length(&n, ODF_STYLE_COLUMN_WIDTH);
        p->rel_width = odf_relative(get(&n, ODF_STYLE_REL_COLUMN_WIDTH));
        *kept = p;
    }
    return *kept;
}

const OdfRowProps *odf_row_props(const OdfFile *f, const OdfStyle *s)
{
    const void **kept = s ? &s->computed->other : &f->by_name->none[FAMILY_ROW];
    if (!*kept) {
        OdfRowProps *p = ARENA_NEW(f->arena, OdfRowProps);
        Parts n;
        collect(f, s, FAMILY_ROW, &n);
        p->height = get_length(&n, ODF_STYLE_ROW_HEIGHT);
        p->min_height = get_length(&n, ODF_STYLE_MIN_ROW_HEIGHT);
        p->background = odf_color(get(&n, ODF_FO_BACKGROUND_COLOR));
        p->back = odf_style_back(f, s);
        p->keep_together = is_always(get(&n, ODF_FO_KEEP_TOGETHER));
        *kept = p;
    }
    return *kept;
}

static void read_cell(const OdfNode *n, OdfCellProps *p)
{
    static const char *const aligns[] = { "top", "middle", "bottom", NULL };
    const char *mode = odf_attr(n, ODF_STYLE_WRITING_MODE);
    odf_read_borders(n, p->border);
    odf_read_padding(n, p->padding);
    p->background = odf_color(odf_attr(n, ODF_FO_BACKGROUND_COLOR));
    p->align = (unsigned)odf_word(odf_attr(n, ODF_STYLE_VERTICAL_ALIGN), aligns, CELL_TOP);
    p->right_to_left = mode && str_starts(mode, "rl");
}

/* Only an automatic style counts, and neither its parent nor a default (tables-pages.md 1). */
const OdfCellProps *odf_cell_props(const OdfFile *f, const OdfStyle *s)
{
    if (s && !s->automatic)
        s = NULL;
    const void **kept = s ? &s->computed->other : &f->by_name->none[FAMILY_CELL];
    if (!*kept) {
        OdfCellProps *p = ARENA_NEW(f->arena, OdfCellProps);
        const OdfNode *n = s ? odf_style_part(s, ODF_STYLE_TABLE_CELL_PROPERTIES) : NULL;
        p->background = COLOR_NONE;
        if (n) {
            read_cell(n, p);
            p->back = odf_back(f, odf_kid(n, ODF_STYLE_BACKGROUND_IMAGE));
        }
        *kept = p;
    }
    return *kept;
}

const OdfSectionProps *odf_section_props(const OdfFile *f, const OdfStyle *s)
{
    const void **kept = s ? &s->computed->other : &f->by_name->none[FAMILY_SECTION];
    if (!*kept) {
        OdfSectionProps *p = ARENA_NEW(f->arena, OdfSectionProps);
        Parts n;
        int32_t margin[4] = {0};
        collect(f, s, FAMILY_SECTION, &n);
        read_margins(&n, margin);
        p->margin_left = margin[SIDE_LEFT];
        p->margin_right = margin[SIDE_RIGHT];
        p->background = odf_color(get(&n, ODF_FO_BACKGROUND_COLOR));
        p->back = odf_style_back(f, s);
        odf_read_columns(n.n ? n.part[n.n - 1] : NULL, &p->columns);
        for (size_t i = 0; n.n && i < n.part[n.n - 1]->n_kid; i++) {
            const OdfNode *kid = n.part[n.n - 1]->kid[i];
            if (kid->name != ODF_TEXT_NOTES_CONFIGURATION)
                continue;
            if (str_equal(odf_attr(kid, ODF_TEXT_NOTE_CLASS), "endnote"))
                p->endnotes = kid;
            else
                p->footnotes = kid;
        }
        *kept = p;
    }
    return *kept;
}
