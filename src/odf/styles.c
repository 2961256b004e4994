/* SPDX-License-Identifier: MIT */
/* The table of styles: which there are, what they are called, whose parents they are.  The rules
 * are those of shared/writer-layout, frames-styles.md section 2. */
#include "internal.h"

#include <string.h>

static const char *const family_names[] = { "paragraph", "text", "section", "table", "table-column",
                                            "table-row", "table-cell", "graphic", NULL };

OdfFamily odf_family(const char *name)
{
    return (OdfFamily)odf_word(name, family_names, FAMILY_COUNT);
}

OdfName odf_family_properties(OdfFamily family)
{
    static const OdfName names[FAMILY_COUNT] = {
        [FAMILY_PARAGRAPH] = ODF_STYLE_PARAGRAPH_PROPERTIES,
        [FAMILY_TEXT] = ODF_STYLE_TEXT_PROPERTIES,
        [FAMILY_SECTION] = ODF_STYLE_SECTION_PROPERTIES,
        [FAMILY_TABLE] = ODF_STYLE_TABLE_PROPERTIES,
        [FAMILY_COLUMN] = ODF_STYLE_TABLE_COLUMN_PROPERTIES,
        [FAMILY_ROW] = ODF_STYLE_TABLE_ROW_PROPERTIES,
        [FAMILY_CELL] = ODF_STYLE_TABLE_CELL_PROPERTIES,
        [FAMILY_GRAPHIC] = ODF_STYLE_GRAPHIC_PROPERTIES,
    };
    return names[family];
}

/* ---- collecting ---- */

static OdfStyle *new_style(const OdfFile *f, const OdfNode *n, OdfFamily family, bool automatic)
{
    OdfStyle *s = ARENA_NEW(f->arena, OdfStyle);
    s->name = odf_attr(n, ODF_STYLE_NAME);
    s->file = f;
    s->node = n;
    s->family = family;
    s->automatic = automatic;
    s->computed = ARENA_NEW(f->arena, OdfComputed);
    return s;
}

static void add_style(const OdfFile *f, const OdfNode *n, OdfScope scope)
{
    OdfFamily family = odf_family(odf_attr(n, ODF_STYLE_FAMILY));
    if (family == FAMILY_COUNT)
        return;
    OdfStyle *s = new_style(f, n, family, scope != SCOPE_COMMON);
    const char *display = odf_attr(n, ODF_STYLE_DISPLAY_NAME);
    if (!s->name)
        return;
    map_put(f->by_name->style[scope][family], s->name, strlen(s->name), s);
    if (display && scope == SCOPE_COMMON)
        map_put(f->by_name->display[family], display, strlen(display), s);
}

static void put(Map *m, const OdfNode *n, void *value)
{
    const char *name = odf_attr(n, ODF_STYLE_NAME);
    if (name)
        map_put(m, name, strlen(name), value);
}

static void collect(const OdfFile *f, const OdfNode *container, OdfScope scope)
{
    struct OdfStyles *t = f->by_name;
    for (size_t i = 0; container && i < container->n_kid; i++) {
        const OdfNode *n = container->kid[i];
        OdfFamily family;
        switch (n->name) {
        case ODF_STYLE_STYLE:
            add_style(f, n, scope);
            break;
        case ODF_STYLE_DEFAULT_STYLE:
            family = odf_family(odf_attr(n, ODF_STYLE_FAMILY));
            if (family != FAMILY_COUNT)
                t->defaults[family] = n;
            break;
        case ODF_TEXT_LIST_STYLE: {
            OdfListStyle *l = ARENA_NEW(f->arena, OdfListStyle);
            l->node = n;
            put(t->list[scope], n, l);
            break;
        }
        case ODF_NUMBER_DATE_STYLE: case ODF_NUMBER_TIME_STYLE: case ODF_NUMBER_NUMBER_STYLE:
        case ODF_NUMBER_CURRENCY_STYLE:
        case ODF_NUMBER_PERCENTAGE_STYLE:
            put(t->data[scope], n, (void *)(uintptr_t)n);
            break;
        case ODF_TEXT_OUTLINE_STYLE:
            t->outline_levels.node = n;
            break;
        case ODF_STYLE_PAGE_LAYOUT:
            put(t->page_layout_node, n, (void *)(uintptr_t)n);
            break;
        default:
            break;
        }
    }
}

/* ---- parents ---- */

static OdfStyle *find(const OdfFile *f, OdfScope scope, OdfFamily family, const char *name)
{
    return map_get(f->by_name->style[scope][family], name, strlen(name));
}

/* Cuts what has no end, and what is deeper than anything real. */
static bool endless(const OdfStyle *s)
{
    int depth = 0;
    for (const OdfStyle *p = s->parent; p; p = p->parent)
        if (p == s || ++depth > ODF_PARENTS)
            return true;
    return false;
}

static OdfStyle *builtin(const OdfFile *f, OdfFamily family, const char *name)
{
    char key[64];
    int len = snprintf(key, sizeof key, "%d %s", (int)family, name);
    if (len < 0 || (size_t)len >= sizeof key)
        return NULL;
    OdfStyle *s = map_get(f->by_name->builtin, key, (size_t)len);
    const OdfNode *n = s ? NULL : odf_builtin_style(f, family, name);
    if (n) {
        s = new_style(f, n, family, false);
        map_put(f->by_name->builtin, key, (size_t)len, s);
    }
    return s;
}

/* The common style of that name, the file's or Writer's own.  An automatic paragraph style without
 * one hangs on Standard, as a paragraph without a style does (experiment, LibreOffice 7.4). */
static OdfStyle *parent_of(const OdfFile *f, OdfFamily family, const char *name, OdfScope scope)
{
    OdfStyle *s = name ? find(f, SCOPE_COMMON, family, name) : NULL;
    if (!s && name && family == FAMILY_PARAGRAPH && !strstr(name, "_20_"))
        s = builtin(f, family, name);
    if (!s && family == FAMILY_PARAGRAPH && scope != SCOPE_COMMON)
        s = find(f, SCOPE_COMMON, family, "Standard");
    return s;
}

static void link_parents(const OdfFile *f, const OdfNode *container, OdfScope scope)
{
    for (int pass = 0; pass < 2; pass++)
        for (size_t i = 0; container && i < container->n_kid; i++) {
            const OdfNode *n = container->kid[i];
            OdfFamily family = n->name == ODF_STYLE_STYLE
                                   ? odf_family(odf_attr(n, ODF_STYLE_FAMILY))
                                   : FAMILY_COUNT;
            const char *name = odf_attr(n, ODF_STYLE_NAME);
            const char *parent = odf_attr(n, ODF_STYLE_PARENT_STYLE_NAME);
            OdfStyle *s = family != FAMILY_COUNT && name ? find(f, scope, family, name) : NULL;
            if (!s || s->node != n)
                continue;
            if (!pass)
                s->parent = parent_of(f, family, parent, scope);
            else if (endless(s))
                s->parent = NULL;
        }
}

static void collect_fonts(const OdfFile *f, const OdfNode *faces)
{
    for (size_t i = 0; faces && i < faces->n_kid; i++)
        if (faces->kid[i]->name == ODF_STYLE_FONT_FACE)
            put(f->by_name->font, faces->kid[i], (void *)(uintptr_t)faces->kid[i]);
}

void odf_styles_open(OdfFile *f)
{
    struct OdfStyles *t = f->by_name;
    const OdfNode *container[SCOPE_COUNT] = { [SCOPE_AUTOMATIC] = f->automatic,
                                              [SCOPE_MASTERS] = f->automatic_styles_xml,
                                              [SCOPE_COMMON] = f->styles };
    Map **maps[] = { &t->objects,          &t->font, &t->builtin, &t->page_layout,
                     &t->page_layout_node, &t->spans };
    for (size_t i = 0; i < COUNT(maps); i++)
        *maps[i] = map_new(f->arena);
    for (int family = 0; family < FAMILY_COUNT; family++)
        t->display[family] = map_new(f->arena);
    for (int scope = 0; scope < SCOPE_COUNT; scope++) {
        t->list[scope] = map_new(f->arena);
        t->data[scope] = map_new(f->arena);
        for (int family = 0; family < FAMILY_COUNT; family++)
            t->style[scope][family] = map_new(f->arena);
    }
    collect_fonts(f, f->font_faces);
    for (int scope = 0; scope < SCOPE_COUNT; scope++)
        collect(f, container[scope], (OdfScope)scope);
    link_parents(f, f->styles, SCOPE_COMMON);
    link_parents(f, f->automatic, SCOPE_AUTOMATIC);
    link_parents(f, f->automatic_styles_xml, SCOPE_MASTERS);
    t->ready = true;
}

/* ---- adding ---- */

static const OdfNode *longer(const OdfFile *f, OdfName name, const OdfNode *old,
                             const OdfNode *const *n, size_t count)
{
    size_t had = old ? old->n_kid : 0, attrs = old ? old->n_attr : 0;
    OdfNode *made = odf_element(f->arena, name, attrs, had + count);
    if (attrs)
        memcpy(odf_attrs(made), old->attr, attrs * sizeof *old->attr);
    if (had)
        memcpy(odf_kids(made), old->kid, had * sizeof *old->kid);
    for (size_t i = 0; i < count; i++)
        odf_kids(made)[had + i] = (OdfNode *)(uintptr_t)n[i];
    return made;
}

void odf_add_styles(const OdfFile *f, OdfName container, const OdfNode *const *n, size_t count)
{
    OdfFile *file = (OdfFile *)(uintptr_t)f;    /* its owner asks for it, at a safe moment */
    const OdfNode *added = longer(f, container, NULL, n, count);
    if (container == ODF_OFFICE_FONT_FACE_DECLS) {
        file->font_faces = longer(f, container, f->font_faces, n, count);
        collect_fonts(f, added);
    } else {
        OdfScope scope = container == ODF_OFFICE_STYLES ? SCOPE_COMMON : SCOPE_AUTOMATIC;
        const OdfNode **kept = scope == SCOPE_COMMON ? &file->styles : &file->automatic;
        *kept = longer(f, container, *kept, n, count);
        collect(f, added, scope);
        link_parents(f, added, scope);
    }
    odf_write_forget(f);
}

/* ---- asking ---- */

OdfScope odf_scope(const OdfFile *f, bool masters)
{
    return masters && !f->flat ? SCOPE_MASTERS : SCOPE_AUTOMATIC;
}

/* Those of the file: an automatic one, or a common one by its name or the name that Writer shows.
 */
static const OdfStyle *defined(const OdfFile *f, OdfFamily family, const char *name, bool masters)
{
    const OdfStyle *s = find(f, odf_scope(f, masters), family, name);
    if (!s)
        s = find(f, SCOPE_COMMON, family, name);
    return s ? s : map_get(f->by_name->display[family], name, strlen(name));
}

const OdfStyle *odf_style(const OdfFile *f, OdfFamily family, const char *name, bool scope_masters)
{
    if (!name || !*name)
        return NULL;
    const OdfStyle *s = defined(f, family, name, scope_masters);
    return s ? s : builtin(f, family, name);
}

const OdfNode *odf_data_style(const OdfFile *f, const char *name, bool scope_masters)
{
    size_t len = name ? strlen(name) : 0;
    const OdfNode *n =
        len ? map_get(f->by_name->data[odf_scope(f, scope_masters)], name, len) : NULL;
    return n || !len ? n : map_get(f->by_name->data[SCOPE_COMMON], name, len);
}

const char *odf_style_name(const OdfStyle *s)
{
    return s->name;
}

bool odf_style_automatic(const OdfStyle *s)
{
    return s->automatic;
}

const OdfStyle *odf_style_common(const OdfStyle *s)
{
    return s && s->automatic ? s->parent : s;
}

const OdfNode *odf_drawing_style(const OdfFile *f, OdfName element, const char *name)
{
    for (size_t i = 0; name && f->styles && i < f->styles->n_kid; i++) {
        const OdfNode *n = f->styles->kid[i];
        if (n->name == element && str_equal(odf_attr(n, ODF_DRAW_NAME), name))
            return n;
    }
    return NULL;
}

const OdfNode *odf_style_part(const OdfStyle *s, OdfName properties)
{
    return odf_kid(s->node, properties);
}

const char *odf_style_own(const OdfStyle *s, OdfName name)
{
    const char *v = odf_attr(s->node, name);
    for (size_t i = 0; !v && i < s->node->n_kid; i++)
        v = odf_attr(s->node->kid[i], name);
    return v;
}

const char *odf_style_attr(const OdfStyle *s, OdfName name)
{
    const char *v = NULL;
    for (; s && !v; s = s->parent) {
        v = odf_style_own(s, name);
        /* Not inherited by common styles; seen with LibreOffice 7.4. */
        if (!s->automatic &&
            (name == ODF_STYLE_DEFAULT_OUTLINE_LEVEL || name == ODF_STYLE_NAME ||
             name == ODF_STYLE_DISPLAY_NAME || name == ODF_STYLE_CLASS ||
             name == ODF_STYLE_PARENT_STYLE_NAME || name == ODF_STYLE_NEXT_STYLE_NAME))
            break;
    }
    return v;
}

const OdfNode *odf_style_kid(const OdfStyle *s, OdfName name)
{
    for (; s; s = s->parent)
        for (size_t i = 0; i < s->node->n_kid; i++) {
            const OdfNode *found = odf_kid(s->node->kid[i], name);
            if (found)
                return found;
        }
    return NULL;
}

int odf_outline_level(const OdfFile *f, const OdfNode *block)
{
    (void)f;
    const char *level = NULL;
    if (block->name == ODF_TEXT_H)
        level = odf_attr(block, ODF_TEXT_OUTLINE_LEVEL);
    else if (block->name == ODF_TEXT_P && block->style)
        level = odf_style_attr(block->style, ODF_STYLE_DEFAULT_OUTLINE_LEVEL);
    int n = odf_int(level, block->name == ODF_TEXT_H);
    return n < 0 ? 0 : n > 10 ? 10 : n;
}

/* ---- binding ---- */

static OdfFamily family_of(OdfName element)
{
    switch (element) {
    case ODF_TEXT_P:
    case ODF_TEXT_H:
        return FAMILY_PARAGRAPH;
    case ODF_TEXT_SPAN:
    case ODF_TEXT_A:
    case ODF_TEXT_INDEX_ENTRY_CHAPTER:
    case ODF_TEXT_INDEX_ENTRY_TEXT:
    case ODF_TEXT_INDEX_ENTRY_SPAN:
    case ODF_TEXT_INDEX_ENTRY_TAB_STOP:
    case ODF_TEXT_INDEX_ENTRY_PAGE_NUMBER:
    case ODF_TEXT_INDEX_ENTRY_LINK_START:
        return FAMILY_TEXT;
    case ODF_TEXT_SECTION:
    case ODF_TEXT_INDEX_TITLE:
    case ODF_TEXT_TABLE_OF_CONTENT:
    case ODF_TEXT_ILLUSTRATION_INDEX:
    case ODF_TEXT_TABLE_INDEX:
    case ODF_TEXT_OBJECT_INDEX:
    case ODF_TEXT_USER_INDEX:
    case ODF_TEXT_ALPHABETICAL_INDEX:
    case ODF_TEXT_BIBLIOGRAPHY:
        return FAMILY_SECTION;
    case ODF_TABLE_TABLE:
        return FAMILY_TABLE;
    case ODF_TABLE_TABLE_COLUMN:
        return FAMILY_COLUMN;
    case ODF_TABLE_TABLE_ROW:
        return FAMILY_ROW;
    case ODF_TABLE_TABLE_CELL:
    case ODF_TABLE_COVERED_TABLE_CELL:
        return FAMILY_CELL;
    default:
        return FAMILY_COUNT;
    }
}

static const OdfStyle *heading_style(const OdfFile *f, const OdfNode *n)
{
    char name[24];
    int level = odf_outline_level(f, n);
    snprintf(name, sizeof name, "Heading_20_%d", level ? level : 1);
    return odf_style(f, FAMILY_PARAGRAPH, name, false);
}

static const OdfStyle *bind_graphic(const OdfFile *f, const OdfNode *n, bool masters)
{
    const char *name = odf_attr(n, ODF_DRAW_STYLE_NAME);
    return name && *name ? defined(f, FAMILY_GRAPHIC, name, masters) : NULL;
}

const OdfStyle *odf_style_bind(const OdfFile *f, const OdfNode *n, bool masters)
{
    OdfFamily family = family_of(n->name);
    if (family == FAMILY_COUNT)
        return bind_graphic(f, n, masters);
    bool table = family >= FAMILY_TABLE && family <= FAMILY_CELL;
    const char *name = odf_attr(n, table ? ODF_TABLE_STYLE_NAME : ODF_TEXT_STYLE_NAME);
    const OdfStyle *s = name && *name ? defined(f, family, name, masters) : NULL;
    if (s)
        return s;
    if (name && *name && !strstr(name, "_20_"))
        s = builtin(f, family, name);
    else if (!name && n->name == ODF_TEXT_A)
        s = odf_style(f, FAMILY_TEXT, "Internet_20_link", false);
    else if (!name && n->name == ODF_TEXT_H)
        s = heading_style(f, n);
    if (!s && family == FAMILY_PARAGRAPH)
        s = odf_style(f, FAMILY_PARAGRAPH, "Standard", false);
    return s;
}

const OdfStyle *odf_bind(const OdfFile *f, const OdfNode *n)
{
    return odf_style_bind(f, n, false);
}
