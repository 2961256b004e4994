/* SPDX-License-Identifier: MIT */
/* The room that frames leave for text beside them (writer-layout, frames-styles 1.4). */
#include "internal.h"

#include <string.h>

bool floats_in(const Ctx *c, int32_t y, int32_t height)
{
    const Region *r = c->region;
    for (size_t i = 0; r && i < r->floats->obstacle.n; i++) {
        const Obstacle *o = &r->floats->obstacle.p[i];
        if (o->y0 < r->y + y + height && o->y1 > r->y + y && o->x0 < r->x + r->width &&
            o->x1 > r->x)
            return true;
    }
    return false;
}

enum { DYNAMIC_BOTH = 850, DYNAMIC_LEAST = 1134 };

/* Which sides text may use; 1.4.4 for dynamic: beside a wide frame only the wider one, none below
 * 2 cm. */
static void sides(const Obstacle *o, int32_t left, int32_t right, bool *use_left, bool *use_right)
{
    *use_left = o->wrap == WRAP_LEFT || o->wrap == WRAP_PARALLEL;
    *use_right = o->wrap == WRAP_RIGHT || o->wrap == WRAP_PARALLEL;
    if (o->wrap != WRAP_DYNAMIC)
        return;
    *use_left = *use_right = true;
    if (o->x1 - o->x0 > DYNAMIC_BOTH) {
        *use_left = left > right;
        *use_right = !*use_left;
    }
    *use_left &= left >= DYNAMIC_LEAST;
    *use_right &= right >= DYNAMIC_LEAST;
}

/* Takes [from, to) out of the intervals. */
static size_t subtract(Interval *v, size_t n, int32_t from, int32_t to)
{
    Interval out[8];
    size_t k = 0;
    for (size_t i = 0; i < n; i++) {
        if (v[i].to <= from || v[i].from >= to) {
            if (k < COUNT(out))
                out[k++] = v[i];
            continue;
        }
        if (v[i].from < from && k < COUNT(out))
            out[k++] = (Interval){ v[i].from, from };
        if (v[i].to > to && k < COUNT(out))
            out[k++] = (Interval){ to, v[i].to };
    }
    memcpy(v, out, k * sizeof *v);
    return k;
}

size_t floats_room(const Ctx *c, const Block *b, int32_t y, int32_t h, int32_t width,
                   Interval out[8], int32_t *next)
{
    const Region *r = c->region;
    size_t n = 1;
    int32_t top = r->y + y;
    out[0] = (Interval){ 0, width };
    *next = INT32_MAX;
    for (size_t i = 0; i < r->floats->obstacle.n; i++) {
        const Obstacle *o = &r->floats->obstacle.p[i];
        if (o->y0 >= top + h || o->y1 <= top || o->x0 >= r->x + width || o->x1 <= r->x)
            continue;
        int32_t from = o->x0 - r->x, to = o->x1 - r->x;
        bool left, right;
        sides(o, from, width - to, &left, &right);
        if (o->owner_only && o->owner != b)
            left = right = false;
        if (o->y1 - r->y < *next)
            *next = o->y1 - r->y;
        n = subtract(out, n, left ? from : INT32_MIN / 2, right ? to : INT32_MAX / 2);
    }
    return n;
}
