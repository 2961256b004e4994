/* SPDX-License-Identifier: MIT */
/* Windows metafiles ([MS-WMF]): 16-bit records, whose picture is the window they set. */
#include "metafile.h"

#include <math.h>
#include <string.h>

typedef struct {
    Metafile *m;
    double unit[2]; /* the first extent of a viewport; 0: none was set */
    bool measured;  /* the window is known */
} Wmf;

/* ---- headers ---- */

/* [MS-WMF] 2.3.2.3: the box of the picture, and units to the inch. */
static bool read_placeable(Bytes *b, double box[4], double *inch)
{
    Bytes head = *b;
    if (bytes_u32(&head) != 0x9ac6cdd7)
        return false;
    bytes_u16(&head);
    for (int i = 0; i < 4; i++)
        box[i] = bytes_i16(&head);
    box[2] -= box[0];
    box[3] -= box[1];
    *inch = bytes_u16(&head);
    bytes_take(b, 22);
    return !b->bad && box[2] != 0 && box[3] != 0;
}

static bool read_header(Bytes *b)
{
    unsigned type = bytes_u16(b), words = bytes_u16(b);
    bytes_take(b, 14);
    return !b->bad && (type == 1 || type == 2) && words == 9;
}

enum { SET_WINDOW_EXT = 0x20c, SET_WINDOW_ORG = 0x20b };

/* The next record; false: there is none. */
static bool next(Bytes *b, unsigned *function, Bytes *data)
{
    uint32_t words = bytes_u32(b);
    *function = bytes_u16(b);
    if (b->bad || words < 3 || !*function)
        return false;
    *data = bytes_take(b, words - 3 < b->n / 2 ? (size_t)(words - 3) * 2 : b->n);
    data->bad = false;
    return true;
}

/* The first window that it sets. */
static bool first_window(Bytes b, double box[4])
{
    unsigned function;
    Bytes d;
    bool found = false;
    while (!found && next(&b, &function, &d))
        if (function == SET_WINDOW_EXT || function == SET_WINDOW_ORG) {
            double y = bytes_i16(&d), x = bytes_i16(&d);
            int at = function == SET_WINDOW_EXT ? 2 : 0;
            box[at] = x;
            box[at + 1] = y;
            found = at == 2 && x != 0 && y != 0;
        }
    return found;
}

bool wmf_size(Bytes b, int32_t size[2])
{
    double box[4] = { 0, 0, 0, 0 }, inch = 96;
    bool placed = read_placeable(&b, box, &inch);
    if (!read_header(&b))
        return false;
    if (!placed)
        first_window(b, box);
    for (int i = 0; i < 2; i++)
        size[i] = inch > 0 ? (int32_t)(fabs(box[2 + i]) * 1440 / inch) : 0;
    return true;
}

/* ---- state ---- */

/* The window fills the picture, however large its viewport is.  The origin of a viewport without an
 * extent does not count (experiment with LibreOffice 7.4). */
static void map(Wmf *w)
{
    double sx = METAFILE_SIDE, sy = METAFILE_SIDE;
    if (w->unit[0] != 0 && w->unit[1] != 0) {
        sx /= w->unit[0];
        sy /= w->unit[1];
    }
    if (!w->measured)
        sx = sy = 1;
    double *v = w->m->now.viewport, origin[2] = { v[0], v[1] };
    if (w->unit[0] == 0)
        v[0] = v[1] = 0;
    meta_map(w->m, (Matrix){ { sx, 0, 0, sy, 0, 0 } });
    memcpy(v, origin, sizeof origin);
}

static void set_window(Wmf *w, unsigned function, Bytes d)
{
    MetaState *s = &w->m->now;
    double y = bytes_i16(&d), x = bytes_i16(&d);
    double *at = function == SET_WINDOW_ORG || function == SET_WINDOW_EXT ? s->window : s->viewport;
    if (function == SET_WINDOW_ORG || function == 0x20d) {
        at[0] = x;
        at[1] = y;
    } else if (x != 0 && y != 0) {
        at[2] = x;
        at[3] = y;
        if (at == s->viewport && w->unit[0] == 0) {
            w->unit[0] = x;
            w->unit[1] = y;
        }
    }
    map(w);
}

static void offset_window(Wmf *w, unsigned function, Bytes d)
{
    double *at = function == 0x20f ? w->m->now.window : w->m->now.viewport;
    at[1] += bytes_i16(&d);
    at[0] += bytes_i16(&d);
    map(w);
}

/* ---- objects ---- */

static void create_pen(Metafile *m, Bytes d)
{
    unsigned style = bytes_u16(&d);
    double width = bytes_i16(&d);
    bytes_u16(&d);
    meta_put(m, SIZE_MAX,
             (MetaObject){ META_PEN, meta_pen(style, width, bytes_colorref(&d)), NULL });
}

static void create_brush(Metafile *m, Bytes d)
{
    unsigned style = bytes_u16(&d);
    meta_put(m, SIZE_MAX, (MetaObject){ META_BRUSH, meta_brush(style, bytes_colorref(&d)), NULL });
}

static void create_pattern(Metafile *m, Bytes d)
{
    bytes_u32(&d);
    meta_put(m, SIZE_MAX, (MetaObject){ META_BRUSH, meta_pattern(m, d, (Bytes){ 0 }), NULL });
}

static void create_font(Metafile *m, Bytes d)
{
    int32_t height = bytes_i16(&d);
    bytes_i16(&d);
    int32_t angle = bytes_i16(&d);
    bytes_i16(&d);
    int32_t weight = bytes_i16(&d);
    MetaFont *f = meta_font(m, height, angle, weight, &d);
    const char *end = d.n ? memchr(d.p, 0, d.n) : NULL;
    Buf family = { 0 };
    bytes_charset((Bytes){ d.p, end ? (size_t)(end - (const char *)d.p) : d.n, false },
                  f->charset == 2 ? 0 : f->charset, &family);
    meta_put_font(m, SIZE_MAX, f, &family);
    buf_free(&family);
}

/* ---- shapes ---- */

static void points(Metafile *m, Bytes *d, unsigned n, bool close)
{
    Outline *o = meta_path(m);
    for (unsigned i = 0; i < n && d->n >= 4; i++) {
        double x = bytes_i16(d), y = bytes_i16(d);
        if (i)
            outline_line(o, x, y);
        else
            outline_move(o, x, y);
    }
    if (close && n)
        outline_close(o);
}

static void polypolygon(Metafile *m, Bytes d)
{
    unsigned n = bytes_u16(&d);
    Bytes counts = bytes_take(&d, 2 * (size_t)n);
    while (counts.n >= 2 && d.n >= 4)
        points(m, &d, bytes_u16(&counts), true);
    meta_paint(m, true, true);
}

/* Bottom, right, top, left: into left, top, right, bottom. */
static void read_box(Bytes *d, double box[4])
{
    for (int i = 3; i >= 0; i--)
        box[i] = bytes_i16(d);
}

static void arc(Metafile *m, Bytes d, MetaArc how)
{
    double end[4], box[4];
    for (int i = 0; i < 4; i++)
        end[i] = bytes_i16(&d); /* the end's y and x, the beginning's */
    read_box(&d, box);
    meta_arc(m, box, end[3], end[2], end[1], end[0], how);
    meta_paint(m, how != ARC_OPEN, true);
}

static void round_rectangle(Metafile *m, Bytes d)
{
    double box[4], h = bytes_i16(&d), w = bytes_i16(&d);
    read_box(&d, box);
    meta_round(m, box, w / 2, h / 2);
    meta_paint(m, true, true);
}

static void line_to(Metafile *m, Bytes d)
{
    Outline *o = meta_path(m);
    outline_move(o, m->now.x, m->now.y);
    m->now.y = bytes_i16(&d);
    m->now.x = bytes_i16(&d);
    outline_line(o, m->now.x, m->now.y);
    meta_paint(m, false, true);
}

static void set_pixel(Metafile *m, Bytes d)
{
    int32_t color = bytes_colorref(&d);
    double y = bytes_i16(&d), x = bytes_i16(&d);
    meta_fill_color(m, (double[]){ x, y, x + 1, y + 1 }, color);
}

/* ---- text ---- */

static void put_text(Metafile *m, double x, double y, Bytes s, Bytes dx)
{
    Buf t = { 0 };
    bytes_charset(s, m->now.font.charset, &t);
    size_t n = utf8_count(t.p ? t.p : "", t.n);
    double *end = NULL, sum = 0;
    if (n && n == s.n && dx.n >= 2 * n) { /* each byte is a character with its width */
        end = mem_new(n * sizeof *end);
        for (size_t i = 0; i < n; i++)
            end[i] = sum += bytes_i16(&dx);
    }
    if (t.n)
        meta_text(m, x, y, t.p, t.n, end);
    free(end);
    buf_free(&t);
}

static void text_out(Metafile *m, Bytes d)
{
    unsigned n = bytes_u16(&d);
    Bytes s = bytes_take(&d, n);
    bytes_take(&d, n % 2);
    double y = bytes_i16(&d), x = bytes_i16(&d);
    put_text(m, x, y, s, (Bytes){ 0 });
}

enum { ETO_OPAQUE = 2, ETO_CLIPPED = 4 };

static void ext_text_out(Metafile *m, Bytes d)
{
    double y = bytes_i16(&d), x = bytes_i16(&d), box[4] = { 0 };
    unsigned n = bytes_u16(&d), options = bytes_u16(&d);
    if (options & (ETO_OPAQUE | ETO_CLIPPED))
        for (int i = 0; i < 4; i++)
            box[i] = bytes_i16(&d);
    if (options & ETO_OPAQUE)
        meta_fill_color(m, box, m->now.back_color);
    Bytes s = bytes_take(&d, n);
    bytes_take(&d, n % 2);
    put_text(m, x, y, s, d);
}

/* ---- bitmaps ---- */

/* Reads the boxes of source and target, which are told last thing first; source may be NULL. */
static void blit(Metafile *m, Bytes d, bool stretch, bool usage, unsigned function, uint32_t words)
{
    uint32_t operation = bytes_u32(&d);
    if (usage)
        bytes_u16(&d);
    double sh = stretch ? bytes_i16(&d) : 0, sw = stretch ? bytes_i16(&d) : 0;
    double sy = bytes_i16(&d), sx = bytes_i16(&d);
    bool none = words == (function >> 8) + 3; /* [MS-WMF] 2.3.1.2: without a bitmap */
    if (none)
        bytes_u16(&d);
    double h = bytes_i16(&d), w = bytes_i16(&d), y = bytes_i16(&d), x = bytes_i16(&d);
    if (none) {
        meta_fill(m, x, y, w, h, operation);
        return;
    }
    Dib dib = dib_read(d, (Bytes){ 0 }, &m->pixels);
    if (!stretch) {
        sw = w;
        sh = h;
    }
    dib_crop(&dib, usage, sx, sy, fabs(sw), fabs(sh));
    meta_image(m, &dib, x, y, w, h, operation);
}

static void pat_blt(Metafile *m, Bytes d)
{
    uint32_t operation = bytes_u32(&d);
    double h = bytes_i16(&d), w = bytes_i16(&d), y = bytes_i16(&d), x = bytes_i16(&d);
    meta_fill(m, x, y, w, h, operation);
}

/* ---- the table ---- */

static bool play_state(Wmf *w, unsigned function, Bytes d)
{
    Metafile *m = w->m;
    double box[4];
    switch (function) {
    case 0x1e:
        meta_save(m);
        return true;
    case 0x127:
        meta_restore(m, bytes_i16(&d));
        return true;
    case 0x103:
        m->now.mode = bytes_i16(&d);
        return true;
    case SET_WINDOW_ORG:
    case SET_WINDOW_EXT:
    case 0x20d:
    case 0x20e:
        set_window(w, function, d);
        return true;
    case 0x20f:
    case 0x211:
        offset_window(w, function, d);
        return true;
    case 0x201:
        m->now.back_color = bytes_colorref(&d);
        return true;
    case 0x209:
        m->now.text_color = bytes_colorref(&d);
        return true;
    case 0x12e:
        meta_align(&m->now, bytes_u16(&d));
        return true;
    case 0x12c:
        meta_clip_all(m);
        return true;
    case 0x416:
        read_box(&d, box);
        meta_clip(m, box[0], box[1], box[2], box[3]);
        return true;
    case 0x12d:
        meta_select(m, bytes_u16(&d));
        return true;
    case 0x1f0:
        meta_delete(m, bytes_u16(&d));
        return true;
    case 0x2fa:
        create_pen(m, d);
        return true;
    case 0x2fb:
        create_font(m, d);
        return true;
    case 0x2fc:
        create_brush(m, d);
        return true;
    case 0x142:
        create_pattern(m, d);
        return true;
    case 0xf7:
    case 0x6ff:
    case 0x1f9: /* a palette, a region, a device's brush */
        meta_put(m, SIZE_MAX, (MetaObject){ .kind = META_OTHER });
        return true;
    case 0x214:
        m->now.y = bytes_i16(&d);
        m->now.x = bytes_i16(&d);
        return true;
    default:
        return false;
    }
}

static void play_shape(Metafile *m, unsigned function, Bytes d, uint32_t words)
{
    double box[4];
    switch (function) {
    case 0x213:
        line_to(m, d);
        break;
    case 0x324:
    case 0x325: {
        unsigned n = bytes_u16(&d);
        points(m, &d, n, function == 0x324);
        meta_paint(m, function == 0x324, true);
        break;
    }
    case 0x538:
        polypolygon(m, d);
        break;
    case 0x41b:
    case 0x418:
        read_box(&d, box);
        if (function == 0x418)
            meta_ellipse(m, box);
        else
            meta_rectangle(m, box[0], box[1], box[2], box[3]);
        meta_paint(m, true, true);
        break;
    case 0x61c:
        round_rectangle(m, d);
        break;
    case 0x817:
    case 0x81a:
    case 0x830:
        arc(m, d, function == 0x817 ? ARC_OPEN : function == 0x81a ? ARC_PIE : ARC_CHORD);
        break;
    case 0x41f:
        set_pixel(m, d);
        break;
    case 0x521:
        text_out(m, d);
        break;
    case 0xa32:
        ext_text_out(m, d);
        break;
    case 0x940:
    case 0xb41:
    case 0xf43:
        blit(m, d, function != 0x940, function == 0xf43, function, words);
        break;
    case 0x61d:
        pat_blt(m, d);
        break;
    case 0x922:
    case 0xb23: /* bitmaps of devices, long gone */
        m->partial = true;
        break;
    default:
        break;
    }
}

static void play(Wmf *w, Bytes b)
{
    unsigned function;
    Bytes d;
    while (next(&b, &function, &d))
        if (!play_state(w, function, d))
            play_shape(w->m, function, d, (uint32_t)(d.n / 2 + 3));
}

/* A picture that sets no window is what is drawn, whatever box its first header tells (experiment
 * with LibreOffice 7.4): it is played once to measure it. */
static bool measure(Bytes b, Arena *a, double box[4])
{
    Metafile m;
    Wmf w = { .m = &m };
    meta_open(&m, a);
    meta_map(&m, (Matrix){ { 1, 0, 0, 1, 0, 0 } });
    for (int i = 0; i < 4; i++)
        m.now.clip[i] = i < 2 ? -1e9 : 1e9;
    play(&w, b);
    for (int i = 0; i < 2; i++) {
        box[i] = m.bounds[i];
        box[2 + i] = m.bounds[2 + i] - m.bounds[i];
    }
    if (m.now.mode >= 2 && m.now.mode <= 6) { /* metric: y grows upwards */
        box[1] += box[3];
        box[3] = -box[3];
    }
    meta_close(&m);
    return box[2] > 0 && box[3] != 0;
}

bool wmf_play(Metafile *m, Bytes b)
{
    double told[4], box[4] = { 0, 0, 0, 0 }, inch;
    Wmf w = { .m = m, .measured = true };
    bool placed = read_placeable(&b, told, &inch);
    if (!read_header(&b))
        return false;
    bool found = first_window(b, box) || measure(b, m->a, box);
    if (!found && !placed)
        return false;
    memcpy(m->now.window, found ? box : told, sizeof box);
    map(&w);
    play(&w, b);
    return true;
}
