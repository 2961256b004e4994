/* SPDX-License-Identifier: MIT */
/* List numbering and labels, numbers of headings (writer-layout, text section 6). */
#include "internal.h"

#include <stdlib.h>
#include <string.h>

enum { LEVELS = 10 };

/* Where one list stands: the last number of each level; shared by lists that continue it. */
typedef struct { int number[LEVELS]; bool used[LEVELS]; int last; bool any; } Counter;

/* style: its own or that of the list around it, "" without any; item: what its item has instead. */
typedef struct { const char *style, *item; Counter *counter; int level; } Open;

struct Lists {
    VEC(Open) open;
    Map *by_style;              /* list style -> Counter of the last list with it */
    Map *by_id;                 /* xml:id -> Counter */
    Counter outline;
};

struct Lists *lists_new(Ctx *c)
{
    struct Lists *l = ARENA_NEW(c->pass, struct Lists);
    l->by_style = map_new(c->pass);
    l->by_id = map_new(c->pass);
    return l;
}

void list_begin(Ctx *c, const OdfNode *list)
{
    struct Lists *l = c->lists;
    const Open *outer = l->open.n ? &l->open.p[l->open.n - 1] : NULL;
    const char *style = odf_attr(list, ODF_TEXT_STYLE_NAME), *id = odf_attr(list, ODF_XML_ID);
    const char *from = odf_attr(list, ODF_TEXT_CONTINUE_LIST);
    Open o = { style, NULL, NULL, outer ? outer->level + 1 : 1 };
    if (!style)
        o.style = !outer ? "" : outer->item ? outer->item : outer->style;
    if (outer) {
        o.counter = outer->counter;
    } else {
        if (from)
            o.counter = map_get(l->by_id, from, strlen(from));
        if (!o.counter && str_equal(odf_attr(list, ODF_TEXT_CONTINUE_NUMBERING), "true"))
            o.counter = map_get(l->by_style, o.style, strlen(o.style));
        if (!o.counter)
            o.counter = ARENA_NEW(c->pass, Counter);
        map_put(l->by_style, o.style, strlen(o.style), o.counter);
    }
    if (id)
        map_put(l->by_id, id, strlen(id), o.counter);
    if (o.level > LEVELS)
        o.level = LEVELS;
    vec_push(&l->open, o);
}

void list_end(Ctx *c)
{
    struct Lists *l = c->lists;
    if (l->open.n && --l->open.n == 0)
        vec_free(&l->open);
}

void list_item(Ctx *c, const OdfNode *item)
{
    struct Lists *l = c->lists;
    l->open.p[l->open.n - 1].item = odf_attr(item, ODF_TEXT_STYLE_OVERRIDE);
}

/* The item's style, else the list's.  That of the paragraph does not count (ODF 1.3 part 3, 19.880
 * says otherwise): LibreOffice 7.4 prints its usual bullets in a list that has no style. */
static const char *style_of(const Open *o)
{
    return o->item ? o->item : o->style;
}

const OdfListLevel *list_level(Ctx *c)
{
    const struct Lists *l = c->lists;
    if (!l->open.n)
        return NULL;
    const Open *o = &l->open.p[l->open.n - 1];
    return odf_list_level(c->file, style_of(o), o->level, c->masters);
}

typedef const OdfListLevel *LevelOf(Ctx *c, const void *data, int level);

static const OdfListLevel *of_list(Ctx *c, const void *data, int level)
{
    return odf_list_level(c->file, data, level, c->masters);
}

static const OdfListLevel *of_outline(Ctx *c, const void *data, int level)
{
    (void)data;
    return odf_outline_style(c->file, level);
}

/* Counts one more at a level; levels below begin again.  A level above that has no number yet has
 * one from now on, though none is printed: its next item counts on. */
static void count(Ctx *c, Counter *k, LevelOf *of, const void *data, int level, const char *value)
{
    enum { VALUE_MOST = 32767 };        /* Writer leaves out others */
    const OdfListLevel *v = of(c, data, level);
    int i = level - 1, start = v ? v->start : 1;
    for (int j = 0; j < i; j++) {
        const OdfListLevel *above = k->used[j] ? NULL : of(c, data, j + 1);
        if (above)
            k->number[j] = above->start;
        k->used[j] = true;
    }
    if (v && v->consecutive)
        k->number[i] = k->any ? k->last + 1 : start;
    else
        k->number[i] = k->used[i] ? k->number[i] + 1 : start;
    int given = number_in(value, -1, VALUE_MOST + 1, -1);
    if (given >= 0 && given <= VALUE_MOST)
        k->number[i] = given;
    k->used[i] = k->any = true;
    k->last = k->number[i];
    for (int j = level; j < LEVELS; j++)
        k->used[j] = false;
}

static void put_number(Buf *b, const Counter *k, const OdfListLevel *v, int level)
{
    char text[64];
    int start = v ? v->start : 1;
    odf_number_format(v && v->format ? v->format : "", v && v->letter_sync,
                      k->used[level - 1] ? k->number[level - 1] : start, text, sizeof text);
    buf_str(b, text);
}

/* The text of a number: prefix, the levels it shows joined by full stops, suffix; or the template
 * of loext:num-list-format, "%1%.%2%)". */
static char *number_text(Ctx *c, const Counter *k, LevelOf *of, const void *data, int level)
{
    const OdfListLevel *v = of(c, data, level);
    Buf b = {0};
    if (v->template) {
        for (const char *s = v->template; *s; s++) {
            const char *end = s + 1 + strspn(s + 1, "0123456789");
            int n = *s == '%' ? number_in(s + 1, 0, 99, 0) : 0;
            if (n >= 1 && n <= level && *end == '%') {
                put_number(&b, k, of(c, data, n), n);
                s = end;
            } else {
                buf_chr(&b, *s);
            }
        }
    } else {
        int first = level - (v->display_levels > 0 ? v->display_levels : 1) + 1;
        buf_str(&b, v->prefix ? v->prefix : "");
        for (int i = first < 1 ? 1 : first; i <= level; i++) {
            const OdfListLevel *w = of(c, data, i);
            if (i < level && (!w || w->kind != LABEL_NUMBER || !w->format || !*w->format))
                continue;
            put_number(&b, k, w, i);
            if (i < level)
                buf_chr(&b, '.');
        }
        buf_str(&b, v->suffix ? v->suffix : "");
    }
    char *text = arena_dup(c->pass, b.p ? b.p : "", b.n);
    buf_free(&b);
    return text;
}

/* One span round the whole text counts as the paragraph's properties. */
static const OdfTextProps *whole_span(Ctx *c, const Block *b)
{
    const OdfNode *n = b->node;
    const OdfTextProps *p = b->text;
    while (n->n_kid == 1 && n->kid[0]->name == ODF_TEXT_SPAN) {
        n = n->kid[0];
        p = odf_text_props(c->file, p, n->style);
    }
    return p;
}

/* text.md 6.4, 6.5: a label has the paragraph's font and the style that its level names. */
static const OdfTextProps *label_props(Ctx *c, const OdfListLevel *v, const Block *b)
{
    const OdfTextProps *text = whole_span(c, b);
    const OdfTextProps *p =
        v->label_style ? odf_text_props(c->file, text, v->label_style) : text;
    if (v->kind != LABEL_BULLET || !v->bullet_family)
        return p;
    OdfTextProps *own = ARENA_NEW(c->pass, OdfTextProps);
    *own = *p;
    own->family = v->bullet_family;
    own->symbol = v->bullet_symbol;
    return own;
}

const Label *list_label(Ctx *c, const OdfNode *item, const Block *b)
{
    struct Lists *l = c->lists;
    const Open *o = &l->open.p[l->open.n - 1];
    const OdfListLevel *v = list_level(c);
    count(c, o->counter, of_list, style_of(o), o->level, odf_attr(item, ODF_TEXT_START_VALUE));
    Label *label = ARENA_NEW(c->pass, Label);
    label->level = v;
    label->bullet = v->kind == LABEL_BULLET;
    label->props = label_props(c, v, b);
    label->text = "";
    if (v->kind == LABEL_BULLET && v->bullet) {
        Buf t = {0};
        buf_utf8(&t, text_symbol_family(label->props->family)
                         ? text_symbol(label->props->family, v->bullet)
                         : v->bullet);
        label->text = arena_dup(c->pass, t.p, t.n);
        buf_free(&t);
    } else if (v->kind == LABEL_IMAGE) {
        warn_unseen(c, b->node->origin, UNSEEN_BULLET);
    } else if (v->kind == LABEL_NUMBER) {
        label->text = number_text(c, o->counter, of_list, style_of(o), o->level);
    }
    return label;
}

/* A heading's own formatting takes it out of the numbering by the empty name of a list style; that
 * of a common style does not (tried with LibreOffice 7.4). */
static bool not_numbered(const OdfNode *heading)
{
    const OdfStyle *s = heading->style;
    return s && odf_style_automatic(s) &&
           str_equal(odf_style_own(s, ODF_STYLE_LIST_STYLE_NAME), "");
}

const char *heading_number(Ctx *c, const OdfNode *heading, int level, const OdfListLevel **props)
{
    const OdfListLevel *v = not_numbered(heading) ? NULL : odf_outline_style(c->file, level);
    *props = v;
    if (!v || str_equal(odf_attr(heading, ODF_TEXT_IS_LIST_HEADER), "true"))
        return NULL;
    count(c, &c->lists->outline, of_outline, NULL, level, odf_attr(heading, ODF_TEXT_START_VALUE));
    if (v->kind != LABEL_NUMBER || !v->format || (!*v->format && !v->template))
        return NULL;
    return number_text(c, &c->lists->outline, of_outline, NULL, level);
}

/* Sets the indents of a paragraph in a list (6.1, 6.3, 6.6, 6.7); b->label tells whether it begins
 * its item. */
void list_indents(Ctx *c, Block *b, const OdfListLevel *v)
{
    const OdfParaProps *p = b->props;
    if (!v->label_alignment) {
        b->left = p->margin[SIDE_LEFT] + v->space_before + v->min_label_width;
        b->first = b->label ? p->indent - v->min_label_width : 0;
        return;
    }
    const OdfStyle *common = odf_style_common(b->node->style);
    const struct Lists *l = c->lists;
    const char *style = l->open.n ? style_of(&l->open.p[l->open.n - 1]) : "";
    bool named = common && str_equal(odf_style_attr(common, ODF_STYLE_LIST_STYLE_NAME), style);
    if (p->own_margins || (p->style_margins && named)) {
        b->first = b->label && !c->compat->IgnoreFirstLineIndentInNumbering ? p->indent : 0;
        return;
    }
    b->left = v->margin_left;
    b->first = b->label ? v->indent : 0;
}
