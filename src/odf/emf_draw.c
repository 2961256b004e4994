/* SPDX-License-Identifier: MIT */
/* What enhanced metafiles paint: lines and shapes, text, bitmaps. */
#include "emf.h"

#include <math.h>

/* ---- lines ---- */

typedef enum { LINES, CURVES } Joined;

static void read_point(Bytes *d, bool small, double *x, double *y)
{
    *x = small ? bytes_i16(d) : bytes_i32(d);
    *y = small ? bytes_i16(d) : bytes_i32(d);
}

/* Adds n points; going on from the current place, or from the first of them. */
static void points(Metafile *m, Bytes *d, uint32_t n, bool small, Joined how, bool on, bool close)
{
    Outline *o = meta_path(m);
    size_t each = small ? 4 : 8;
    double x[3], y[3];
    if (n > d->n / each)
        n = (uint32_t)(d->n / each);
    if (on && !m->bracket)
        outline_move(o, m->now.x, m->now.y);
    if (!on && n) {
        read_point(d, small, &x[2], &y[2]);
        outline_move(o, x[2], y[2]);
        n--;
    }
    for (; n >= (how == CURVES ? 3 : 1); n -= how == CURVES ? 3 : 1) {
        for (int i = how == CURVES ? 0 : 2; i < 3; i++)
            read_point(d, small, &x[i], &y[i]);
        if (how == CURVES)
            outline_curve(o, x[0], y[0], x[1], y[1], x[2], y[2]);
        else
            outline_line(o, x[2], y[2]);
        m->now.x = on ? x[2] : m->now.x;
        m->now.y = on ? y[2] : m->now.y;
    }
    bytes_take(d, n * each);
    if (close)
        outline_close(o);
}

static void poly(Metafile *m, Bytes d, bool small, Joined how, bool on, bool close)
{
    bytes_take(&d, 16);
    uint32_t n = bytes_u32(&d);
    points(m, &d, n, small, how, on, close);
    meta_paint(m, close, true);
}

static void polypoly(Metafile *m, Bytes d, bool small, bool close)
{
    bytes_take(&d, 16);
    uint32_t n = bytes_u32(&d);
    bytes_u32(&d);
    Bytes counts = bytes_take(&d, n < d.n / 4 ? 4 * (size_t)n : d.n);
    while (counts.n >= 4 && d.n)
        points(m, &d, bytes_u32(&counts), small, LINES, false, close);
    meta_paint(m, close, true);
}

static bool play_poly(Metafile *m, uint32_t type, Bytes d)
{
    enum { POLY = 2, POLY_LAST = 8, POLY16 = 85, POLY16_LAST = 91 };
    bool small = type >= POLY16 && type <= POLY16_LAST;
    if (!small && (type < POLY || type > POLY_LAST))
        return false;
    switch (type - (small ? POLY16 : POLY)) {
    case 0:
        poly(m, d, small, CURVES, false, false);
        break;
    case 1:
    case 2:
        poly(m, d, small, LINES, false, type == (small ? POLY16 : POLY) + 1);
        break;
    case 3:
        poly(m, d, small, CURVES, true, false);
        break;
    case 4:
        poly(m, d, small, LINES, true, false);
        break;
    default:
        polypoly(m, d, small, type == (small ? POLY16 : POLY) + 6);
    }
    return true;
}

static void move_to(Metafile *m, Bytes d)
{
    m->now.x = bytes_i32(&d);
    m->now.y = bytes_i32(&d);
    if (m->bracket)
        outline_move(meta_path(m), m->now.x, m->now.y);
}

static void line_to(Metafile *m, Bytes d)
{
    Outline *o = meta_path(m);
    if (!m->bracket)
        outline_move(o, m->now.x, m->now.y);
    m->now.x = bytes_i32(&d);
    m->now.y = bytes_i32(&d);
    outline_line(o, m->now.x, m->now.y);
    meta_paint(m, false, true);
}

static void box_shape(Metafile *m, uint32_t type, Bytes d)
{
    double box[4];
    bytes_box(&d, box);
    if (type == RECTANGLE) {
        meta_rectangle(m, box[0], box[1], box[2], box[3]);
    } else if (type == ELLIPSE) {
        meta_ellipse(m, box);
    } else if (type == ROUND_RECT) {
        double w = bytes_i32(&d), h = bytes_i32(&d);
        meta_round(m, box, w / 2, h / 2);
    } else {
        double x0 = bytes_i32(&d), y0 = bytes_i32(&d), x1 = bytes_i32(&d), y1 = bytes_i32(&d);
        meta_arc(m, box, x0, y0, x1, y1,
                 type == ARC     ? ARC_OPEN
                 : type == CHORD ? ARC_CHORD
                 : type == PIE   ? ARC_PIE
                                 : ARC_TO);
        if (type == ARC_TO_RECORD) {
            m->now.x = x1;
            m->now.y = y1;
        }
    }
    meta_paint(m, type != ARC && type != ARC_TO_RECORD, true);
}

static void angle_arc(Metafile *m, Bytes d)
{
    double x = bytes_i32(&d), y = bytes_i32(&d), r = bytes_u32(&d);
    double start = bytes_f32(&d), sweep = bytes_f32(&d), to = atan2(1, 0) / 90;
    Outline *o = meta_path(m);
    if (!m->bracket)
        outline_move(o, m->now.x, m->now.y);
    if (fabs(sweep) > 360)
        sweep = 360;
    outline_arc(o, x, y, r, r, -start * to, -sweep * to, true);
    m->now.x = o->x;
    m->now.y = o->y;
    meta_paint(m, false, true);
}

/* ---- text ([MS-EMF] 2.2.5) ---- */

static void put_text(Metafile *m, double x, double y, Bytes s, uint32_t n, bool wide, Bytes dx)
{
    Buf t = { 0 };
    if (wide)
        bytes_utf16(&s, n, &t);
    else
        bytes_charset(bytes_take(&s, n), m->now.font.charset, &t);
    size_t count = utf8_count(t.p ? t.p : "", t.n);
    double *end = NULL, sum = 0;
    if (count && count == n && dx.n >= 4 * count) {
        end = mem_new(count * sizeof *end);
        for (size_t i = 0; i < count; i++)
            end[i] = sum += bytes_i32(&dx);
    }
    if (t.n)
        meta_text(m, x, y, t.p, t.n, sum > 0 ? end : NULL);
    free(end);
    buf_free(&t);
}

static void text_out(Metafile *m, Bytes d, Bytes record, bool wide)
{
    enum { OPAQUE = 2, GLYPHS = 16, PAIRS = 0x2000 };
    double box[4];
    bytes_take(&d, 28);
    double x = bytes_i32(&d), y = bytes_i32(&d);
    uint32_t n = bytes_u32(&d), at = bytes_u32(&d), options = bytes_u32(&d);
    bytes_box(&d, box);
    uint32_t dx = bytes_u32(&d);
    if ((options & OPAQUE) && box[2] > box[0])
        meta_fill_color(m, box, m->now.back_color);
    if (options & GLYPHS) { /* numbers of glyphs, no text */
        m->partial = true;
        return;
    }
    Bytes s = bytes_at(record, at, at < record.n ? record.n - at : 0);
    Bytes ends = bytes_at(record, dx, dx && dx < record.n ? record.n - dx : 0);
    put_text(m, x, y, s, n, wide, options & PAIRS ? (Bytes){ 0 } : ends);
}

static void small_text_out(Metafile *m, Bytes d)
{
    enum { NO_RECT = 0x100, SMALL_CHARS = 0x200 };
    double x = bytes_i32(&d), y = bytes_i32(&d);
    uint32_t n = bytes_u32(&d), options = bytes_u32(&d);
    bytes_take(&d, options & NO_RECT ? 12 : 28);
    put_text(m, x, y, d, n, !(options & SMALL_CHARS), (Bytes){ 0 });
}

/* ---- bitmaps ---- */

static void put_dib(Metafile *m, Bytes record, const uint32_t at[4], bool turned,
                    const double from[4], const double to[4], uint32_t operation)
{
    Dib dib = dib_read(bytes_at(record, at[0], at[1]), bytes_at(record, at[2], at[3]), &m->pixels);
    dib_crop(&dib, turned, from[0], from[1], fabs(from[2]), fabs(from[3]));
    meta_image(m, &dib, to[0], to[1], to[2], to[3], operation);
}

/* BitBlt, StretchBlt and their kin: a target, and perhaps a source. */
static void blit(Metafile *m, uint32_t type, Bytes d, Bytes record)
{
    double to[4], from[4];
    uint32_t at[4];
    bytes_take(&d, 16);
    bytes_box(&d, to);
    uint32_t operation = bytes_u32(&d);
    from[0] = bytes_i32(&d);
    from[1] = bytes_i32(&d);
    bytes_take(&d, 32);
    for (int i = 0; i < 4; i++)
        at[i] = bytes_u32(&d);
    bool blend = type == ALPHA_BLEND || type == TRANSPARENT_BLT;
    if (!at[1]) {
        if (!blend)
            meta_fill(m, to[0], to[1], to[2], to[3], operation);
        return;
    }
    bool sized = type != BIT_BLT && type != MASK_BLT;
    from[2] = sized ? bytes_i32(&d) : to[2];
    from[3] = sized ? bytes_i32(&d) : to[3];
    uint8_t opacity = m->now.opacity;
    if (type == ALPHA_BLEND)
        m->now.opacity = (uint8_t)((operation >> 16 & 255) * 100 / 255);
    put_dib(m, record, at, false, from, to, blend ? ROP_COPY : operation);
    m->now.opacity = opacity;
}

static void stretch_dib(Metafile *m, Bytes d, Bytes record, bool stretch)
{
    double to[4], from[4];
    uint32_t at[4];
    bytes_take(&d, 16);
    to[0] = bytes_i32(&d);
    to[1] = bytes_i32(&d);
    bytes_box(&d, from);
    for (int i = 0; i < 4; i++)
        at[i] = bytes_u32(&d);
    bytes_u32(&d);
    uint32_t operation = stretch ? bytes_u32(&d) : ROP_COPY;
    to[2] = stretch ? bytes_i32(&d) : from[2];
    to[3] = stretch ? bytes_i32(&d) : from[3];
    put_dib(m, record, at, true, from, to, operation);
}

/* The mean colour of a gradient's corners, in the box of them all. */
static void gradient(Metafile *m, Bytes d)
{
    double box[4] = { INFINITY, INFINITY, -INFINITY, -INFINITY };
    uint64_t sum[3] = { 0 }, count = 0;
    bytes_take(&d, 16);
    uint32_t n = bytes_u32(&d);
    bytes_take(&d, 8);
    for (; count < n && d.n >= 16; count++) {
        double x = bytes_i32(&d), y = bytes_i32(&d);
        box[0] = fmin(box[0], x);
        box[1] = fmin(box[1], y);
        box[2] = fmax(box[2], x);
        box[3] = fmax(box[3], y);
        for (int i = 0; i < 3; i++)
            sum[i] += bytes_u16(&d) >> 8;
        bytes_u16(&d);
    }
    if (!count)
        return;
    meta_fill_color(m, box, (int32_t)(sum[0] / count << 16 | sum[1] / count << 8 |
                                      sum[2] / count));
}

/* ---- the table ---- */

static void set_pixel(Metafile *m, Bytes d)
{
    double x = bytes_i32(&d), y = bytes_i32(&d);
    meta_fill_color(m, (double[]){ x, y, x + 1, y + 1 }, bytes_colorref(&d));
}

void emf_draw(Metafile *m, uint32_t type, Bytes d, Bytes record)
{
    if (play_poly(m, type, d))
        return;
    switch (type) {
    case MOVE_TO:
        move_to(m, d);
        break;
    case LINE_TO:
        line_to(m, d);
        break;
    case RECTANGLE:
    case ELLIPSE:
    case ROUND_RECT:
    case ARC:
    case CHORD:
    case PIE:
    case ARC_TO_RECORD:
        box_shape(m, type, d);
        break;
    case ANGLE_ARC:
        angle_arc(m, d);
        break;
    case SET_PIXEL:
        set_pixel(m, d);
        break;
    case TEXT_OUT_A:
    case TEXT_OUT_W:
        text_out(m, d, record, type == TEXT_OUT_W);
        break;
    case SMALL_TEXT_OUT:
        small_text_out(m, d);
        break;
    case BIT_BLT:
    case STRETCH_BLT:
    case MASK_BLT:
    case ALPHA_BLEND:
    case TRANSPARENT_BLT:
        blit(m, type, d, record);
        break;
    case STRETCH_DIBITS:
    case SET_DIBITS:
        stretch_dib(m, d, record, type == STRETCH_DIBITS);
        break;
    case GRADIENT_FILL:
        gradient(m, d);
        break;
    case PLG_BLT:
    case FILL_RGN:
        m->partial = true;
        break;
    default:
        break;
    }
}
