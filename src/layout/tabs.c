/* SPDX-License-Identifier: MIT */
/* Tab stops (writer-layout, text section 4).  Positions here count from the line's left edge. */
#include "internal.h"

/* The line's left edge, seen from where the paragraph's tab positions count. */
static int32_t base(const Liner *l)
{
    int32_t inset[4];
    paragraph_insets(l->b->props, inset);
    return l->x0 - inset[SIDE_LEFT] - (l->c->compat->TabsRelativeToIndent ? l->b->left : 0);
}

static Stop default_stop(const Liner *l, int32_t x, int32_t from)
{
    int32_t distance = l->b->props->tab_distance > 0 ? l->b->props->tab_distance : 709;
    int32_t at = x + from, k = at >= 0 ? at / distance + 1 : -((-at - 1) / distance);
    return (Stop){ k * distance - from, TAB_LEFT, 0, 0, false };
}

Stop tab_next(const Liner *l, int32_t x)
{
    const OdfParaProps *p = l->b->props;
    int32_t from = base(l), inset[4];
    paragraph_insets(p, inset);
    int32_t margin = l->b->left + inset[SIDE_LEFT] - l->x0;    /* where other lines begin */
    Stop best = default_stop(l, x, from);
    bool found = false;
    for (size_t i = 0; i < p->n_tab; i++) {
        int32_t at = p->tab[i].position - from;
        if (at > x && (!found || at < best.position)) {
            best = (Stop){ at, (int)p->tab[i].type, p->tab[i].character, p->tab[i].leader, true };
            found = true;
        }
    }
    if (l->first && l->b->label && l->b->label->level->label_alignment &&
        l->b->label->level->tab_position >= 0) {
        int32_t at = l->b->label->level->tab_position + inset[SIDE_LEFT] - l->x0;
        if (at > x && (at < best.position || !found)) {
            best = (Stop){ at, TAB_LEFT, 0, 0, true };
            found = true;
        }
    }
    /* with a hanging indent the margin itself is a stop, and wins over later ones */
    if (margin > x && l->b->first < 0 && (margin < best.position || !found))
        best = (Stop){ margin, TAB_LEFT, 0, 0, false };
    if (best.type != TAB_LEFT && best.position > l->room && !l->c->compat->TabOverMargin)
        best.position = l->room;
    return best;
}

static int32_t until_character(const Liner *l, size_t from, uint32_t character)
{
    int32_t width = 0;
    for (size_t i = from; i < l->portion.n; i++) {
        const Portion *p = &l->portion.p[i];
        if (p->kind != PORTION_TEXT) {
            width += p->width;
            continue;
        }
        int64_t sum = 0;
        for (uint32_t k = 0; k < p->n_glyph; k++) {
            const TextGlyph *g = portion_glyph(p, k);
            int n;
            const char *t = p->piece->text + g->cluster;
            if (utf8_get(t, p->piece->text + p->piece->len, &n) == character)
                return width + round_div(sum, 6);
            sum += glyph_sixths(p->segment, g);
        }
        width += p->width;
    }
    return width;
}

void tabs_resolve(Liner *l)
{
    size_t at = l->portion.n;
    int32_t width = 0;
    while (at && l->portion.p[at - 1].kind != PORTION_TAB)
        width += l->portion.p[--at].width;
    if (!at)
        return;
    Portion *tab = &l->portion.p[at - 1];
    if (tab->width)                             /* a left one, or resolved before */
        return;
    Stop stop = tab_next(l, tab->x);
    if (stop.type == TAB_LEFT)
        return;
    int32_t before = stop.type == TAB_CENTER ? width / 2
                   : stop.type == TAB_CHAR   ? until_character(l, at, stop.character) : width;
    int32_t room = stop.position - tab->x - before;
    if (stop.type == TAB_CENTER && stop.position + width - before > l->room)
        room = l->room - tab->x - width;        /* pushed left, to end at the margin */
    tab->width = room > 0 ? room : 0;
    for (size_t i = at; i < l->portion.n; i++)
        l->portion.p[i].x += tab->width;
}
