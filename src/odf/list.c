/* SPDX-License-Identifier: MIT */
/* Levels of lists and of the outline: shared/writer-layout, text.md section 6. */
#include "internal.h"

#include <string.h>

enum { BULLET_STEP = 360 };     /* 0.635 cm */

static int32_t length(const OdfNode *n, OdfName name, int32_t other)
{
    int32_t v;
    return n && odf_length(odf_attr(n, name), &v) ? v : other;
}

static const char *or_empty(const char *s)
{
    return s ? s : "";
}

/* ---- where the label stands ---- */

static void read_label_alignment(const OdfNode *n, OdfListLevel *l)
{
    static const char *const words[] = { "listtab", "space", "nothing", NULL };
    const OdfNode *a = odf_kid(n, ODF_STYLE_LIST_LEVEL_LABEL_ALIGNMENT);
    l->label_alignment = true;
    l->margin_left = length(a, ODF_FO_MARGIN_LEFT, 0);
    l->indent = length(a, ODF_FO_TEXT_INDENT, 0);
    l->tab_position = length(a, ODF_TEXT_LIST_TAB_STOP_POSITION, -1);
    l->follow =
        (unsigned)odf_word(a ? odf_attr(a, ODF_TEXT_LABEL_FOLLOWED_BY) : NULL, words, FOLLOW_TAB);
}

static void read_position(const OdfNode *level, OdfListLevel *l)
{
    /* "left" and "right" are words of paragraphs: Writer 7.4 takes them for "start" here */
    static const char *const words[] = { "start", "end", "center", NULL };
    const OdfNode *n = odf_kid(level, ODF_STYLE_LIST_LEVEL_PROPERTIES);
    l->tab_position = -1;
    if (!n)
        return;
    l->align = (OdfAlign)odf_word(odf_attr(n, ODF_FO_TEXT_ALIGN), words, ALIGN_LEFT);
    if (str_equal(odf_attr(n, ODF_TEXT_LIST_LEVEL_POSITION_AND_SPACE_MODE), "label-alignment")) {
        read_label_alignment(n, l);
        return;
    }
    l->space_before = length(n, ODF_TEXT_SPACE_BEFORE, 0);
    l->min_label_width = length(n, ODF_TEXT_MIN_LABEL_WIDTH, 0);
    l->min_label_distance = length(n, ODF_TEXT_MIN_LABEL_DISTANCE, 0);
}

/* ---- what it says ---- */

static void read_number(const OdfNode *n, OdfListLevel *l)
{
    l->format = or_empty(odf_attr(n, ODF_STYLE_NUM_FORMAT));
    l->letter_sync = odf_bool(odf_attr(n, ODF_STYLE_NUM_LETTER_SYNC), false);
    l->prefix = or_empty(odf_attr(n, ODF_STYLE_NUM_PREFIX));
    l->suffix = or_empty(odf_attr(n, ODF_STYLE_NUM_SUFFIX));
    l->template = odf_attr(n, ODF_LOEXT_NUM_LIST_FORMAT);
    l->display_levels = odf_int(odf_attr(n, ODF_TEXT_DISPLAY_LEVELS), 1);
    l->start = odf_int(odf_attr(n, ODF_TEXT_START_VALUE), 1);
    if (l->display_levels < 1)
        l->display_levels = 1;
    bool says = *l->format || *l->prefix || *l->suffix;
    l->kind = says ? LABEL_NUMBER : LABEL_NONE;
}

/* Of the properties in the level only the font counts, and only for bullets (text.md 6.4). */
static void read_bullet(const OdfFile *f, const OdfNode *n, OdfListLevel *l)
{
    const char *s = odf_attr(n, ODF_TEXT_BULLET_CHAR);
    const OdfNode *text = odf_kid(n, ODF_STYLE_TEXT_PROPERTIES);
    int len;
    bool fixed = false;
    l->bullet = s && *s ? utf8_get(s, s + strlen(s), &len) : 0;
    l->kind = l->bullet ? LABEL_BULLET : LABEL_NONE;
    if (text)
        odf_read_font(f, text, &l->bullet_family, &fixed, &l->bullet_symbol);
}

static OdfListLevel *read_level(const OdfFile *f, const OdfNode *n)
{
    OdfListLevel *l = ARENA_NEW(f->arena, OdfListLevel);
    const char *style = odf_attr(n, ODF_TEXT_STYLE_NAME);
    l->format = l->prefix = l->suffix = "";
    l->start = l->display_levels = 1;
    switch (n->name) {
    case ODF_TEXT_LIST_LEVEL_STYLE_BULLET:
        read_bullet(f, n, l);
        break;
    case ODF_TEXT_LIST_LEVEL_STYLE_IMAGE:
        l->kind = LABEL_IMAGE;
        break;
    default:
        read_number(n, l);
        break;
    }
    const OdfStyle *s = style ? odf_style(f, FAMILY_TEXT, style, false) : NULL;
    l->label_style = s && !s->automatic ? s : NULL;
    read_position(n, l);
    return l;
}

/* ---- asking ---- */

/* Writer's bullets, where a list has no style or one that is not there (frames-styles.md 2.9). */
static OdfListLevel *builtin_level(const OdfFile *f, int level)
{
    OdfListLevel *l = ARENA_NEW(f->arena, OdfListLevel);
    l->kind = LABEL_BULLET;
    l->format = l->prefix = l->suffix = "";
    l->bullet = 0x2022;
    l->bullet_family = "OpenSymbol";
    l->start = l->display_levels = 1;
    l->label_alignment = true;
    l->margin_left = l->tab_position = BULLET_STEP * (level + 1);
    l->indent = -BULLET_STEP;
    return l;
}

/* A level that a list style leaves out: as in a new numbering of Writer. */
static OdfListLevel *missing_level(const OdfFile *f, int level)
{
    OdfListLevel *l = builtin_level(f, level);
    l->kind = LABEL_NUMBER;
    l->format = "1";
    l->suffix = ".";
    l->bullet_family = NULL;
    l->margin_left = l->tab_position = BULLET_STEP * (level + 1);
    return l;
}

static const OdfNode *level_node(const OdfNode *style, int level)
{
    for (size_t i = 0; i < style->n_kid; i++)
        if (style->kid[i]->name != ODF_CHARACTERS &&
            odf_int(odf_attr(style->kid[i], ODF_TEXT_LEVEL), 0) == level)
            return style->kid[i];
    return NULL;
}

const OdfListLevel *odf_list_level(const OdfFile *f, const char *style, int level,
                                   bool scope_masters)
{
    struct OdfStyles *t = f->by_name;
    size_t len = style ? strlen(style) : 0;
    level = level < 1 ? 1 : level > 10 ? 10 : level;
    OdfListStyle *l = len ? map_get(t->list[odf_scope(f, scope_masters)], style, len) : NULL;
    if (!l && len)
        l = map_get(t->list[SCOPE_COMMON], style, len);
    if (!l)
        l = &t->no_list;
    if (l->level[level - 1])
        return l->level[level - 1];
    const OdfNode *n = l->node ? level_node(l->node, level) : NULL;
    OdfListLevel *v = n         ? read_level(f, n)
                      : l->node ? missing_level(f, level)
                                : builtin_level(f, level);
    v->consecutive = l->node && odf_bool(odf_attr(l->node, ODF_TEXT_CONSECUTIVE_NUMBERING), false);
    return l->level[level - 1] = v;
}

const OdfListLevel *odf_outline_style(const OdfFile *f, int level)
{
    OdfListStyle *l = &f->by_name->outline_levels;
    if (!l->node || level < 1 || level > 10)
        return NULL;
    const OdfNode *n = level_node(l->node, level);
    if (n && !l->level[level - 1])
        l->level[level - 1] = read_level(f, n);
    return l->level[level - 1];
}
