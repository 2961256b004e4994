/* SPDX-License-Identifier: MIT */
/* Pages: which master page, how large its body, header and footer, and what of the text stands on
 * it (writer-layout, tables-pages section 5, text 8.4). */
#include "internal.h"

#include <stdlib.h>
#include <string.h>

typedef struct {
    Ctx *c;
    VEC(Page *) page;
    const OdfMaster *master;
    bool same_run;              /* not the first page of a run of one master */
    bool shifted;               /* odd numbers stand on even sheets */
    int printed;
    NoteQueue waiting;          /* notes that go on on the next page */
} Maker;

static int32_t max(int32_t a, int32_t b)
{
    return a > b ? a : b;
}

static const Blocks *margin_blocks(Ctx *c, const OdfNode *node)
{
    Blocks *b = map_get(c->headers, (const char *)&node, sizeof node);
    if (!b) {
        b = ARENA_NEW(c->pass, Blocks);
        c->masters = true;
        *b = blocks_make(c, node, NULL);
        c->masters = false;
        map_put(c->headers, (const char *)&node, sizeof node, b);
    }
    return b;
}

/* Lays a header's or footer's content out, in its place on the page once that is known (region);
 * returns its total height, spacing included (5.3). */
static int32_t margin_make(Ctx *c, struct Margin *m, int32_t width, Region *region)
{
    const OdfHeaderProps *p = m->props;
    int32_t inset[4], h = p->given ? p->min_height : 284, spacing = p->given ? p->spacing : 0;
    for (int i = 0; i < 4; i++)
        inset[i] = p->border[i].width + p->padding[i];
    m->width = width - p->margin_left - p->margin_right;
    int32_t inner = m->width - inset[SIDE_LEFT] - inset[SIDE_RIGHT];
    if (region) {
        region->x = m->x + inset[SIDE_LEFT];
        region->y = m->y + inset[SIDE_TOP];
        region->width = inner;
    }
    c->masters = true;
    c->region = region;
    m->content = flow_fill(c, *margin_blocks(c, m->node), inner, 0, NULL, FILL_UNLIMITED);
    c->region = NULL;
    c->masters = false;
    int32_t content = m->content.height + inset[SIDE_TOP] + inset[SIDE_BOTTOM];
    int32_t total;
    if (p->given && p->min_height < 0 && p->height > 0) {
        total = p->height;
    } else if (p->dynamic_spacing) {
        total = max(h, content);
        m->frame = max(content, h - spacing);
        return total;
    } else {
        total = max(h, content + spacing);
    }
    m->frame = total - spacing;
    return total;
}

/* The same before the body's place is known; what holds frames is made again in its place. */
static int32_t margin_measure(Ctx *c, Page *p, struct Margin *m)
{
    Floats scratch = {0};
    Region r = { .page = &p->geometry, .floats = &scratch };
    uint64_t frames = c->frames;
    int32_t height = margin_make(c, m, p->body_width, &r);
    m->floats = c->frames > frames;
    floats_free(&scratch);
    return height;
}

static void choose_margins(const Maker *k, Page *p)
{
    const OdfMaster *m = k->master;
    bool left = p->printed % 2 == 0 || m->page->usage == USAGE_LEFT, first = !k->same_run;
    p->header.node = first && m->header_first ? m->header_first
                     : left && m->header_left ? m->header_left
                                              : m->header;
    p->footer.node = first && m->footer_first ? m->footer_first
                     : left && m->footer_left ? m->footer_left
                                              : m->footer;
    p->header.props = &m->page->header;
    p->footer.props = &m->page->footer;
}

/* Sizes: the body is what page margins, border, padding, header and footer leave; at least a fifth
 * of the height (5.4). */
static void page_geometry(Maker *k, Page *p)
{
    const OdfPageProps *g = k->master->page;
    int32_t inset[4], left = g->margin[SIDE_LEFT], right = g->margin[SIDE_RIGHT];
    for (int i = 0; i < 4; i++)
        inset[i] = g->border[i].width + g->padding[i];
    if (g->usage == USAGE_MIRRORED && p->printed % 2 == 0) {
        int32_t t = left;
        left = right;
        right = t;
    }
    p->body_x = left + inset[SIDE_LEFT];
    p->body_width = g->width - left - right - inset[SIDE_LEFT] - inset[SIDE_RIGHT];
    if (p->body_width < 20)
        p->body_width = 20;
    int32_t top = g->margin[SIDE_TOP] + inset[SIDE_TOP],
            bottom = g->margin[SIDE_BOTTOM] + inset[SIDE_BOTTOM];
    int32_t room = g->height - top - bottom, header = 0, footer = 0, least = room / 5;
    p->header.x = p->body_x + p->header.props->margin_left;
    p->header.y = top;
    p->footer.x = p->body_x + p->footer.props->margin_left;
    p->geometry = (PageGeometry){ g->width,      g->height, p->body_x,           top,
                                  p->body_width, room,      p->printed % 2 == 0 };
    if (p->footer.node)
        footer = margin_measure(k->c, p, &p->footer);
    if (footer > room - least)
        footer = room - least;
    if (p->header.node)
        header = margin_measure(k->c, p, &p->header);
    if (header > room - least - footer)
        header = room - least - footer;
    p->body_y = top + header;
    p->body_height = room - header - footer;
    p->footer.y = g->height - bottom - p->footer.frame;
    p->geometry.body_y = p->body_y;
    p->geometry.body_height = p->body_height;
}

/* Frames of the page, and of its header and footer: the body's text goes round them too, but not
 * in old documents (frames-styles 1.4.12). */
static void page_floats(Maker *k, Page *p)
{
    Region r = { .page = &p->geometry, .width = p->body_width, .height = p->body_height,
                 .x = p->body_x, .y = p->body_y, .floats = &p->floats };
    k->c->region = &r;
    floats_page(k->c, (int)k->page.n + 1);
    if (k->page.n)
        floats_carry(k->c, &k->page.p[k->page.n - 1]->floats);
    size_t obstacles = p->floats.obstacle.n;
    if (p->header.floats)
        margin_make(k->c, &p->header, p->body_width, &r);
    if (p->footer.floats)
        margin_make(k->c, &p->footer, p->body_width, &r);
    if (k->c->compat->UseFormerTextWrapping)
        p->floats.obstacle.n = obstacles;
    k->c->region = NULL;
}

static void page_begin(Maker *k, Page *p)
{
    p->master = k->master;
    p->props = k->master->page;
    p->printed = k->printed;
    k->c->page = (uint32_t)k->printed;
    k->c->page_index = (uint32_t)k->page.n;
    k->c->page_format = p->props->num_format ? p->props->num_format : "1";
    choose_margins(k, p);
    page_geometry(k, p);
    k->c->geometry = &p->geometry;
    k->c->page_props = p->props;
    page_floats(k, p);
}

static const OdfMaster *master_named(Ctx *c, const char *name)
{
    const OdfMaster *m = odf_master(c->doc, name);
    return m ? m : odf_master(c->doc, NULL);
}

/* The master and number of the page that begins with a block after a break. */
static void turn_to(Maker *k, const Block *b, bool forced, size_t physical)
{
    const OdfMaster *before = k->master;
    k->printed++;
    if (forced && b && b->master && odf_master(k->c->doc, b->master)) {
        k->master = odf_master(k->c->doc, b->master);
        if (b->page_number) {
            k->printed = b->page_number;
            k->shifted = false;
        }
        k->same_run = false;
        return;
    }
    if (before->next) {
        const OdfMaster *next = odf_master(k->c->doc, before->next);
        k->master = next ? next : before;
    }
    k->same_run = k->master == before;
    if (forced && b && b->break_before == BREAK_PAGE && b->page_number) {
        k->printed = b->page_number;    /* text.md 8.4: of a plain break, without blank pages */
        k->shifted = (k->printed ^ (int)physical) & 1;
    }
}

/* tables-pages 5.10: a blank page where the parity would not fit; it counts, but is not printed. */
static void skip_blank(Maker *k, size_t *physical)
{
    bool odd = k->printed % 2, want = (*physical % 2) != k->shifted;
    if (k->master->page->usage == USAGE_LEFT && odd)
        k->printed++;
    if (k->master->page->usage == USAGE_RIGHT && !odd)
        k->printed++;
    if ((k->printed % 2 != 0) != want)
        ++*physical;
}

/* Text, notes or frames are left over for another page. */
static bool goes_on(const Maker *k)
{
    const Page *last = k->page.p[k->page.n - 1];
    return !last->body.done || last->floats.carried.n || k->waiting.n;
}

const char *page_label(Ctx *c, const Page *p)
{
    char label[32];
    const char *format = p->props->num_format;
    odf_number_format(format ? format : "1", false, p->printed, label, sizeof label);
    return arena_str(c->arena, label);
}

static void page_body(Maker *k, Page *p, Blocks body, const Token *at, unsigned flags)
{
    Ctx *c = k->c;
    const OdfColumns *columns = &p->props->columns;
    Region r = { .page = &p->geometry, .x = p->body_x, .y = p->body_y, .width = p->body_width,
                 .height = p->body_height, .floats = &p->floats };
    NoteArea area = { .page = p->props, .y = p->body_y, .room = p->body_height,
                      .width = p->body_width, .feet = true };
    c->region = &r;
    notes_enter(c, &area, k->waiting);
    if (columns->n > 1)
        p->body = columns_fill(c, body, columns, p->body_width, p->body_height, at, flags, NULL);
    else
        p->body = flow_fill(c, body, p->body_width, p->body_height, at, flags);
    if (p->body.done && !p->floats.carried.n)
        notes_end_text(c, &area, columns->n > 1 ? area.room : p->body.height);
    p->notes = notes_leave(c, &area, &k->waiting);
    c->region = NULL;
}

bool pages_make(Ctx *c, Blocks body, Pages *out)
{
    Maker k = { .c = c, .printed = 1 };
    Token at = {0};
    size_t physical = 0;
    bool more = true, forced = true;
    const Block *first = body.n ? body.p[0] : NULL;
    k.master = master_named(c, first ? first->master : NULL);
    if (first && first->master && first->page_number)
        k.printed = first->page_number;
    for (; more; more = goes_on(&k)) {
        if (k.page.n >= PAGES_MOST) {
            diag_add(c->diags, DIAG_layout_pages, &(Place){ .file = c->file->path }, "100000",
                     (char *)NULL);
            break;
        }
        physical++;
        if (k.page.n)
            turn_to(&k, at.block < body.n ? body.p[at.block] : NULL, forced, physical);
        if (k.page.n)
            skip_blank(&k, &physical);
        Page *p = ARENA_NEW(c->pass, Page);
        page_begin(&k, p);
        page_body(&k, p, body, &at, FILL_PAGE | (k.page.n && !forced ? FILL_TOP_DROPPED : 0));
        at = p->body.rest;
        forced = p->body.forced;
        vec_push(&k.page, p);
    }
    out->p = ARENA_ARRAY(c->pass, Page *, k.page.n);
    memcpy(out->p, k.page.p, k.page.n * sizeof *out->p);
    out->n = k.page.n;
    out->counted = physical;
    vec_free(&k.page);
    return !more;
}

void pages_free(Pages *pages)
{
    for (size_t i = 0; i < pages->n; i++)
        floats_free(&pages->p[i]->floats);
    pages->n = 0;
}
