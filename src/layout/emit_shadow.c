/* SPDX-License-Identifier: MIT */
/* Shadows of paragraphs, tables and frames (writer-layout, frames-styles 1.1.4): of one width, on
 * two sides, inside the box. */
#include "emit.h"

#include <stdlib.h>

enum { SHADOW_MOST = 2880 };

static int32_t width_of(int32_t x, int32_t y)
{
    int64_t s = (llabs(x) + llabs(y)) / 2;
    return s > SHADOW_MOST ? SHADOW_MOST : (int32_t)s;
}

void shadow_sides(int32_t x, int32_t y, int32_t side[4])
{
    int32_t s = width_of(x, y);
    side[SIDE_TOP] = y < 0 ? s : 0;
    side[SIDE_BOTTOM] = y > 0 ? s : 0;
    side[SIDE_LEFT] = x < 0 ? s : 0;
    side[SIDE_RIGHT] = x > 0 ? s : 0;
}

void emit_shadow(Emit *e, int32_t shadow_x, int32_t shadow_y, int32_t color, int32_t box[4])
{
    int32_t side[4];
    shadow_sides(shadow_x, shadow_y, side);
    box[0] += side[SIDE_LEFT];
    box[1] += side[SIDE_TOP];
    box[2] -= side[SIDE_LEFT] + side[SIDE_RIGHT];
    box[3] -= side[SIDE_TOP] + side[SIDE_BOTTOM];
    int32_t dx = side[SIDE_RIGHT] - side[SIDE_LEFT], dy = side[SIDE_BOTTOM] - side[SIDE_TOP];
    int32_t right = box[0] + box[2], bottom = box[1] + box[3];
    emit_fill(e, dx > 0 ? right : box[0] + dx, box[1] + dy, abs(dx), box[3], color);
    emit_fill(e, box[0] + (dx > 0 ? dx : 0), dy > 0 ? bottom : box[1] + dy, box[2] - abs(dx),
              abs(dy), color);
}
