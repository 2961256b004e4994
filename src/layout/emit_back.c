/* SPDX-License-Identifier: MIT */
/* Pictures behind something: once, stretched, or as tiles; decoration, that is artifacts. */
#include "emit.h"

#include <string.h>

enum { TILES_MOST = 20000 };    /* more of them are one stretched picture */

typedef struct {
    Emit *e;
    const OdfBack *back;
    const OdfPicture *picture;
    int32_t x, y, w, h;         /* the area; nothing is painted beyond it */
} Back;

/* What of a length at `at` lies outside [0, room), in thousandths: before and after. */
static void cut(int32_t at, int32_t length, int32_t room, int32_t *before, int32_t *after)
{
    int32_t end = at + length;
    *before = at < 0 ? (int32_t)((int64_t)-at * 1000 / length) : 0;
    *after = end > room ? (int32_t)((int64_t)(end - room) * 1000 / length) : 0;
}

static int32_t max(int32_t a, int32_t b)
{
    return a > b ? a : b;
}

static int32_t min(int32_t a, int32_t b)
{
    return a < b ? a : b;
}

/* The picture of width w, height h at (x, y) of the area, cut at the area's edges. */
static void put(const Back *k, int32_t x, int32_t y, int32_t w, int32_t h)
{
    int32_t clip[4];
    cut(x, w, k->w, &clip[SIDE_LEFT], &clip[SIDE_RIGHT]);
    cut(y, h, k->h, &clip[SIDE_TOP], &clip[SIDE_BOTTOM]);
    int32_t x0 = max(x, 0), y0 = max(y, 0), x1 = min(x + w, k->w), y1 = min(y + h, k->h);
    if (x1 <= x0 || y1 <= y0 || clip[SIDE_LEFT] + clip[SIDE_RIGHT] > 990 ||
        clip[SIDE_TOP] + clip[SIDE_BOTTOM] > 990)
        return;
    LayoutItem *i = emit_item(k->e, NULL);
    i->kind = ITEM_IMAGE;
    i->x = k->x + x0;
    i->y = k->y + y0;
    i->w = x1 - x0;
    i->h = y1 - y0;
    i->opacity = (uint8_t)k->back->opacity;
    i->image.picture = k->picture;
    memcpy(i->image.clip, clip, sizeof clip);
}

/* Pixels at the file's resolution, else at 96 a inch (frames-styles 1.7.1). */
static int32_t natural(uint32_t pixels, uint32_t dpi)
{
    int64_t v = (int64_t)pixels * 1440 / (dpi ? dpi : 96);
    return v < 1 ? 1 : v > 1 << 20 ? 1 << 20 : (int32_t)v;
}

void emit_back(Emit *e, const OdfBack *b, int32_t x, int32_t y, int32_t w, int32_t h)
{
    const OdfPicture *p = b ? odf_picture(e->c->doc, b->href) : NULL;
    p = p && p->drawn ? p->drawn : p;
    if (!b || w <= 0 || h <= 0)
        return;
    if (!p || (p->kind != PICTURE_PNG && p->kind != PICTURE_JPEG)) {
        warn_unseen(e->c, NULL, UNSEEN_PICTURE);
        return;
    }
    Back k = { e, b, p, x, y, w, h };
    int32_t tile_w = b->width ? b->width : natural(p->width, p->dpi_x),
            tile_h = b->height ? b->height : natural(p->height, p->dpi_y);
    bool many = (int64_t)(w / tile_w + 1) * (h / tile_h + 1) > TILES_MOST;
    if (b->repeat == BACK_STRETCH || (b->repeat == BACK_REPEAT && many)) {
        put(&k, 0, 0, w, h);
    } else if (b->repeat == BACK_ONCE) {
        put(&k, (w - tile_w) * b->at_x / 100, (h - tile_h) * b->at_y / 100, tile_w, tile_h);
    } else {
        for (int32_t v = 0; v < h; v += tile_h)
            for (int32_t u = 0; u < w; u += tile_w)
                put(&k, u, v, tile_w, tile_h);
    }
}
