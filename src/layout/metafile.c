/* SPDX-License-Identifier: MIT */
/* Metafiles as items: their steps, stretched to the box that the frame gives the picture. */
#include "emit.h"

#include <math.h>
#include <string.h>

typedef struct {
    Emit *e;
    const Frame *f;
    LayoutNode *node;
    int32_t x, y, w, h;  /* the whole picture, also what is cropped */
    const int32_t *seen; /* left, top, right, bottom of what is not; NULL: all is seen */
    OdfTextProps *props; /* of the text before, */
    bool cell;           /* and how its size was meant */
    int32_t asked;
} Painter;

static const double TURN = M_PI / 1800;

/* ---- places ---- */

static int32_t stretch(int32_t v, int32_t side)
{
    return (int32_t)(((int64_t)v * side + METAFILE_SIDE / 2) >> 20);
}

static int32_t at_x(const Painter *k, int32_t x)
{
    return k->x + stretch(k->f->props.mirror_h ? METAFILE_SIDE - x : x, k->w);
}

static int32_t at_y(const Painter *k, int32_t y)
{
    return k->y + stretch(k->f->props.mirror_v ? METAFILE_SIDE - y : y, k->h);
}

static int32_t grey(int32_t color)
{
    int32_t v = ((color >> 16 & 255) * 77 + (color >> 8 & 255) * 151 + (color & 255) * 28) >> 8;
    return v << 16 | v << 8 | v;
}

static int32_t color_of(const Painter *k, int32_t color)
{
    return k->f->props.greyscale ? grey(color) : color;
}

static int32_t opacity_of(const Painter *k, const OdfStep *s)
{
    return s->opacity * k->f->props.image_opacity / 100;
}

/* What of a step is seen: its own clip and that of the picture, as left, top, right, bottom. */
static const int32_t *cut_of(const Painter *k, const OdfStep *s)
{
    if (!s->clipped)
        return k->seen;
    int32_t *c = ARENA_ARRAY(k->e->c->arena, int32_t, 4);
    for (int i = 0; i < 4; i++)
        c[i] = i % 2 ? at_y(k, s->clip[i]) : at_x(k, s->clip[i]);
    for (int i = 0; i < 2; i++)
        if (c[i] > c[i + 2]) {
            int32_t t = c[i];
            c[i] = c[i + 2];
            c[i + 2] = t;
        }
    for (int i = 0; k->seen && i < 4; i++)
        c[i] = (i < 2) == (c[i] < k->seen[i]) ? k->seen[i] : c[i];
    return c;
}

/* ---- paths and bitmaps ---- */

/* LibreOffice prints lines without a width a tenth of a point thick. */
enum { HAIRLINE = 2 };

static void put_path(Painter *k, const OdfStep *s)
{
    int32_t width = stretch(s->path.width, k->w);
    OdfPoint *p = ARENA_ARRAY(k->e->c->pass, OdfPoint, s->path.n);
    for (uint32_t i = 0; i < s->path.n; i++)
        p[i] = (OdfPoint){ s->path.point[i].kind, at_x(k, s->path.point[i].x),
                           at_y(k, s->path.point[i].y) };
    emit_path(k->e, k->node, p, s->path.n, 0, 0,
              (Paint){ color_of(k, s->color), opacity_of(k, s), s->path.fill,
                       width > HAIRLINE ? width : HAIRLINE });
    k->e->page->item.p[k->e->page->item.n - 1].path.cut = cut_of(k, s);
}

static void put_image(Painter *k, const OdfStep *s)
{
    const OdfFrameProps *p = &k->f->props;
    int32_t x0 = at_x(k, s->image.x), x1 = at_x(k, s->image.x + s->image.width);
    int32_t y0 = at_y(k, s->image.y), y1 = at_y(k, s->image.y + s->image.height);
    LayoutItem *i = emit_item(k->e, k->node);
    i->kind = ITEM_IMAGE;
    i->x = x0 < x1 ? x0 : x1;
    i->y = y0 < y1 ? y0 : y1;
    i->w = abs(x1 - x0);
    i->h = abs(y1 - y0);
    i->opacity = (uint8_t)opacity_of(k, s);
    i->image.picture = s->image.picture;
    i->image.mirror_h = s->image.mirror_h != p->mirror_h;
    i->image.mirror_v = s->image.mirror_v != p->mirror_v;
    i->image.greyscale = p->greyscale;
    i->image.cut = cut_of(k, s);
}

/* ---- text ---- */

static const OdfTextProps *props_of(Painter *k, const OdfStep *s)
{
    Ctx *c = k->e->c;
    OdfTextProps *p = k->props;
    if (p && k->asked == s->text.size && k->cell == s->text.cell && p->weight == s->text.weight &&
        p->italic == s->text.italic && str_equal(p->family, s->text.family))
        return p;
    k->props = p = ARENA_NEW(c->pass, OdfTextProps);
    k->asked = s->text.size;
    k->cell = s->text.cell;
    *p = (OdfTextProps){ .family = s->text.family,
                         .weight = s->text.weight,
                         .italic = s->text.italic,
                         .kerning = true,
                         .scale = 100,
                         .symbol = text_symbol_family(s->text.family) };
    p->size = stretch(s->text.size, k->h);
    if (s->text.cell) {
        const TextFace *face = face_of(c, p);
        p->size = (int32_t)((int64_t)p->size * face->upem / (face->ascent + face->descent));
    }
    p->size = p->size > 2 ? p->size : 2;
    return p;
}

static const Content *content_of(Ctx *c, const OdfTextProps *props, const char *text)
{
    Buf t = { 0 };
    int n;
    for (const char *s = text, *end = s + strlen(s); s < end; s += n) {
        uint32_t ch = utf8_get(s, end, &n);
        buf_utf8(&t, props->symbol ? text_symbol(props->family, ch) : ch);
    }
    Content *r = ARENA_NEW(c->pass, Content);
    Run *run = ARENA_NEW(c->pass, Run);
    *run = (Run){ .kind = RUN_TEXT, .end = (uint32_t)t.n, .props = props, .size = props->size };
    *r = (Content){ .text = arena_dup(c->pass, t.p ? t.p : "", t.n),
                    .len = (uint32_t)t.n,
                    .run = run,
                    .n_run = 1 };
    buf_free(&t);
    return r;
}

static double width_of(const Segment *s)
{
    int64_t sum = 0;
    for (uint32_t i = 0; s->piece && i < s->piece->n_glyph; i++)
        sum += s->piece->glyph[i].advance;
    return s->piece ? (double)sum * s->run->size / s->piece->face->upem : 0;
}

typedef struct {
    double x, y, width, angle;
} Stretch;

static void put_rule(Painter *k, const OdfStep *s, const Stretch *l, int32_t size, double down)
{
    double c = cos(l->angle), n = sin(l->angle);
    double x = l->x + n * down, y = l->y + c * down;
    OdfPoint p[2] = { { POINT_MOVE, (int32_t)x, (int32_t)y },
                      { POINT_LINE, (int32_t)(x + c * l->width), (int32_t)(y - n * l->width) } };
    emit_path(k->e, k->node, p, 2, 0, 0,
              (Paint){ color_of(k, s->color), opacity_of(k, s), false, size / 18 });
}

/* What each letter gives or takes for the text to be as wide as it says. */
static int32_t spacing_of(const OdfStep *s, int32_t wanted, double width, uint32_t glyphs,
                          int32_t size)
{
    double each = s->text.width > 0 && glyphs ? (wanted - width) / glyphs : 0;
    return (int32_t)lround(fmax(-size / 4.0, fmin(size, each)));
}

static void put_segments(Painter *k, const OdfStep *s, const Segment *g, uint32_t n, Stretch l,
                         int32_t spacing)
{
    bool rtl = n && g->piece && g->piece->rtl;
    for (uint32_t i = 0; i < n; i++) {
        const Segment *at = &g[rtl ? n - 1 - i : i];
        if (!at->piece || !at->piece->n_glyph)
            continue;
        LayoutItem *item = emit_item(k->e, k->node);
        item->kind = ITEM_TEXT;
        item->x = (int32_t)lround(l.x);
        item->y = (int32_t)lround(l.y);
        item->color = color_of(k, s->color);
        item->opacity = (uint8_t)opacity_of(k, s);
        item->text =
            (LayoutText){ .face = at->piece->face,
                          .size = at->run->size,
                          .glyph = at->piece->glyph,
                          .offset = at->piece->offset,
                          .n_glyph = at->piece->n_glyph,
                          .text = at->piece->text,
                          .len = at->piece->len,
                          .spacing = spacing,
                          .scale = 100,
                          .rtl = at->piece->rtl,
                          .turn = (int16_t)((s->text.angle + (s->text.angle < 0 ? -5 : 5)) / 10) };
        double w = width_of(at) + (double)spacing * at->piece->n_glyph;
        l.x += w * cos(l.angle);
        l.y -= w * sin(l.angle);
    }
}

static void put_text(Painter *k, const OdfStep *s)
{
    Ctx *c = k->e->c;
    const OdfTextProps *props = props_of(k, s);
    const TextFace *face = face_of(c, props);
    uint32_t n, glyphs = 0;
    const Segment *g = segments_make(c, content_of(c, props, s->text.text), NULL, &n);
    Stretch l = { at_x(k, s->text.x), at_y(k, s->text.y), 0, s->text.angle * TURN };
    for (uint32_t i = 0; i < n; i++) {
        l.width += width_of(&g[i]);
        glyphs += g[i].piece ? g[i].piece->n_glyph : 0;
    }
    int32_t spacing = spacing_of(s, stretch(s->text.width, k->w), l.width, glyphs, props->size);
    l.width += (double)spacing * glyphs;
    double ascent = (double)face->ascent * props->size / face->upem;
    double descent = (double)face->descent * props->size / face->upem;
    double down = s->text.align.down == META_TOP      ? ascent
                  : s->text.align.down == META_BOTTOM ? -descent
                                                      : 0;
    double back = s->text.align.across == META_LEFT    ? 0
                  : s->text.align.across == META_RIGHT ? l.width
                                                       : l.width / 2;
    l.x += sin(l.angle) * down - cos(l.angle) * back;
    l.y += cos(l.angle) * down + sin(l.angle) * back;
    put_segments(k, s, g, n, l, spacing);
    if (s->text.underline)
        put_rule(k, s, &l, props->size, props->size / 9.0);
    if (s->text.strike)
        put_rule(k, s, &l, props->size, -props->size / 4.0);
}

/* ---- the picture ---- */

/* Read once for all the pages that show it. */
static const OdfMetafile *find(Ctx *c, const OdfPicture *p)
{
    if (!c->metafiles)
        c->metafiles = map_new(c->arena);
    OdfMetafile *m = map_get(c->metafiles, (const char *)&p, sizeof p);
    if (!m) {
        m = (OdfMetafile *)odf_metafile(p, c->arena);
        map_put(c->metafiles, (const char *)&p, sizeof p, m);
    }
    return m;
}

void emit_metafile(Emit *e, const Frame *f, const int32_t box[4], const int32_t clip[4],
                   LayoutNode *node)
{
    const OdfMetafile *m = find(e->c, f->picture);
    Painter k = { .e = e, .f = f, .node = node };
    k.w = (int32_t)((int64_t)box[2] * 1000 / (1000 - clip[SIDE_LEFT] - clip[SIDE_RIGHT]));
    k.h = (int32_t)((int64_t)box[3] * 1000 / (1000 - clip[SIDE_TOP] - clip[SIDE_BOTTOM]));
    k.x = box[0] - (int32_t)((int64_t)k.w * clip[SIDE_LEFT] / 1000);
    k.y = box[1] - (int32_t)((int64_t)k.h * clip[SIDE_TOP] / 1000);
    if (k.w != box[2] || k.h != box[3]) {
        int32_t *seen = ARENA_ARRAY(e->c->arena, int32_t, 4);
        memcpy(seen, (int32_t[4]){ box[0], box[1], box[0] + box[2], box[1] + box[3] },
               4 * sizeof *seen);
        k.seen = seen;
    }
    if (m->partial || !m->n)
        warn_unseen(e->c, f->node->origin, UNSEEN_METAFILE);
    for (size_t i = 0; i < m->n; i++) {
        const OdfStep *s = &m->step[i];
        if (s->kind == STEP_PATH)
            put_path(&k, s);
        else if (s->kind == STEP_IMAGE)
            put_image(&k, s);
        else
            put_text(&k, s);
    }
}
