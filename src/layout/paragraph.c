/* SPDX-License-Identifier: MIT */
/* A paragraph's box and its distance from its neighbours (writer-layout, text sections 2 and 5). */
#include "internal.h"

#include <string.h>

void paragraph_insets(const OdfParaProps *p, int32_t inset[4])
{
    shadow_sides(p->shadow_x, p->shadow_y, inset);
    for (int i = 0; i < 4; i++)
        inset[i] += p->border[i].width + p->padding[i];
}

const Paragraph *paragraph_at(Ctx *c, Block *b, int32_t width)
{
    Paragraph *p = b->paragraph;
    if (p && p->width == width && (!p->content->uses_page || p->page == c->page))
        return p;
    bool fresh = !p || (p->content->uses_page && p->page != c->page);
    const Content *content = fresh ? content_make(c, b) : p->content;
    p = ARENA_NEW(c->pass, Paragraph);
    p->content = content;
    p->width = width;
    p->page = c->page;
    p->count = c->page_count;
    const Region *region = c->region;
    c->region = NULL;
    lines_make(c, b, content, width, 0, p);
    c->region = region;
    return b->paragraph = p;
}

const Paragraph *paragraph_beside(Ctx *c, Block *b, int32_t width, uint32_t from, int32_t y)
{
    const Paragraph *whole = paragraph_at(c, b, width);
    Paragraph *p = ARENA_NEW(c->pass, Paragraph);
    *p = (Paragraph){ .content = whole->content,
                      .width = width,
                      .page = c->page,
                      .count = c->page_count,
                      .from = from,
                      .beside = true };
    lines_make(c, b, p->content, width, y, p);
    return p;
}

const Paragraph *paragraph_rest(Ctx *c, Block *b, int32_t width, const Paragraph *p,
                                size_t *first)
{
    if (p->content->uses_page && p->page != c->page) {
        const Paragraph *whole = paragraph_at(c, b, width);
        *first = *first < whole->n_line ? *first : whole->n_line - 1;
        return whole;
    }
    if (p->width == width && !p->beside)
        return p;
    Paragraph *rest = ARENA_NEW(c->pass, Paragraph);
    *rest = (Paragraph){ .content = p->content, .width = width, .page = p->page,
                         .count = p->count, .from = p->line[*first].start };
    const Region *region = c->region;
    c->region = NULL;
    lines_make(c, b, p->content, width, 0, rest);
    c->region = region;
    *first = 0;
    return rest;
}

static bool same_border(const OdfParaProps *a, const OdfParaProps *b)
{
    return !memcmp(a->border, b->border, sizeof a->border) &&
           !memcmp(a->padding, b->padding, sizeof a->padding);
}

static bool boxed(const OdfParaProps *p)
{
    int32_t inset[4];
    paragraph_insets(p, inset);
    return p->background != COLOR_NONE || inset[0] || inset[1] || inset[2] || inset[3];
}

/* text.md 5.3: neighbours with equal borders and sides are one box. */
bool paragraphs_join(const Block *above, const Block *below)
{
    if (!above || !below || above->kind != BLOCK_PARAGRAPH || below->kind != BLOCK_PARAGRAPH)
        return false;
    const OdfParaProps *a = above->props, *b = below->props;
    return boxed(a) && boxed(b) && a->join_border && b->join_border && same_border(a, b) &&
           above->left == below->left && above->right == below->right &&
           above->first == below->first && a->shadow_x == b->shadow_x && a->shadow_y == b->shadow_y;
}

static int32_t max(int32_t a, int32_t b)
{
    return a > b ? a : b;
}

/* The first or last block that stands in it: a section's margins and line spacing lie outside of it
 * (tables-pages 6.2). */
static const Block *edge_of(const Block *b, OdfSide side)
{
    while (b->kind == BLOCK_SECTION)
        b = b->inner.p[side == SIDE_TOP ? 0 : b->inner.n - 1];
    return b;
}

static int32_t margin_of(const Block *b, OdfSide side)
{
    b = edge_of(b, side);
    return b->kind == BLOCK_TABLE ? b->table->props->margin[side] : b->props->margin[side];
}

/* text.md 2.3: line spacing counts between paragraphs too. */
static int32_t line_gap(Ctx *c, const Block *above, const Block *below)
{
    above = edge_of(above, SIDE_BOTTOM);
    below = edge_of(below, SIDE_TOP);
    const OdfParaProps *a = above->kind == BLOCK_PARAGRAPH ? above->props : NULL;
    const OdfParaProps *b = below->kind == BLOCK_PARAGRAPH ? below->props : NULL;
    int32_t leading = b && b->line_kind == LINE_HEIGHT_LEADING ? b->line_height : 0, last = 0;
    if (a && a->line_kind == LINE_HEIGHT_PERCENT && a->line_height >= 100 && above->paragraph) {
        const Line *line = &above->paragraph->line[above->paragraph->n_line - 1];
        last = (a->line_height - 100) * line->natural / 100;
    }
    if (!c->compat->UseFormerLineSpacing) {
        if (last)
            return last + leading;
        return max(a && a->line_kind == LINE_HEIGHT_LEADING ? a->line_height : 0, leading);
    }
    if (a && a->line_kind == LINE_HEIGHT_LEADING)
        last = a->line_height;
    if (b && b->line_kind == LINE_HEIGHT_PERCENT && b->line_height > 100) {
        int32_t ascent, height;
        font_measure(face_of(c, below->text), below->text->size, c->compat->AddExternalLeading,
                     &ascent, &height);
        leading = (b->line_height - 100) * height / 100;
    }
    return max(last, leading);
}

/* The margins that count between two paragraphs or tables (text.md 2.2). */
static void gap_margins(const Block *above, const Block *below, int32_t *bottom, int32_t *top)
{
    *top = margin_of(below, SIDE_TOP);
    *bottom = margin_of(above, SIDE_BOTTOM);
    if (above->kind != BLOCK_PARAGRAPH || below->kind != BLOCK_PARAGRAPH ||
        !above->props->contextual ||
        odf_style_common(above->node->style) != odf_style_common(below->node->style))
        return;
    *bottom = 0;
    if (below->props->contextual)
        *top = 0;
}

/* The distance between two neighbours; above NULL: of the first block in its place, whose top
 * margin counts. */
int32_t paragraph_gap(Ctx *c, const Block *above, const Block *below)
{
    int32_t bottom, top;
    if (!above)
        return margin_of(below, SIDE_TOP);
    gap_margins(above, below, &bottom, &top);
    int32_t gap = c->compat->AddParaTableSpacing ? bottom + top : max(bottom, top);
    return gap + line_gap(c, above, below);
}

int32_t paragraph_gap_above(Ctx *c, const Block *above, const Block *below)
{
    int32_t bottom, top;
    if (!above)
        return 0;
    gap_margins(above, below, &bottom, &top);
    return bottom + line_gap(c, above, below);
}
