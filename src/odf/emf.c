/* SPDX-License-Identifier: MIT */
/* Enhanced metafiles ([MS-EMF]).  Of EMF+ the EMF records are played that stand for it; a file
 * without them is no picture here. */
#include "emf.h"

#include <math.h>
#include <string.h>

typedef struct {
    Metafile *m;
    Matrix to_picture; /* from pixels of the device */
    double per_mm[2];  /* pixels */
} Emf;

/* ---- the header ([MS-EMF] 2.3.4.2) ---- */

typedef struct {
    int32_t frame[4], pixels[2], mm[2];
} Header;

static bool read_header(Bytes b, Header *h)
{
    if (bytes_u32(&b) != HEADER)
        return false;
    bytes_take(&b, 20);
    for (int i = 0; i < 4; i++)
        h->frame[i] = bytes_i32(&b);
    Bytes magic = bytes_take(&b, 4);
    bytes_take(&b, 28);
    for (int i = 0; i < 2; i++)
        h->pixels[i] = bytes_i32(&b);
    for (int i = 0; i < 2; i++)
        h->mm[i] = bytes_i32(&b);
    return !b.bad && !memcmp(magic.p, " EMF", 4) && h->frame[2] > h->frame[0] &&
           h->frame[3] > h->frame[1] && h->pixels[0] > 0 && h->pixels[1] > 0 && h->mm[0] > 0 &&
           h->mm[1] > 0;
}

/* The next record, its header of 8 bytes included, as offsets count. */
static bool next(Bytes *b, uint32_t *type, Bytes *record)
{
    Bytes head = *b;
    *type = bytes_u32(&head);
    uint32_t size = bytes_u32(&head);
    if (head.bad || size < 8 || *type == END)
        return false;
    *record = bytes_take(b, size);
    record->bad = false;
    return true;
}

/* EMF+ alone: its header, which comes first, does not say "dual" ([MS-EMFPLUS] 2.3.3.3). */
static bool plus_only(Bytes b)
{
    uint32_t type;
    Bytes r;
    if (!next(&b, &type, &r) || !next(&b, &type, &r) || type != COMMENT)
        return false;
    bytes_take(&r, 12);
    Bytes id = bytes_take(&r, 4);
    unsigned kind = bytes_u16(&r), flags = bytes_u16(&r);
    return !r.bad && !memcmp(id.p, "EMF+", 4) && kind == 0x4001 && !(flags & 1);
}

bool emf_size(Bytes b, int32_t size[2])
{
    Header h;
    if (!read_header(b, &h) || plus_only(b))
        return false;
    for (int i = 0; i < 2; i++) {
        int64_t v = ((int64_t)h.frame[2 + i] - h.frame[i]) * 1440 / 2540;
        size[i] = v < 1 << 24 ? (int32_t)v : 1 << 24;
    }
    return true;
}

/* ---- mapping ---- */

static void map(Emf *e)
{
    meta_map(e->m, e->to_picture);
}

static void set_mode(Emf *e, int mode)
{
    static const double units[] = { 10, 100, 100 / 25.4, 1000 / 25.4, 1440 / 25.4 };
    MetaState *s = &e->m->now;
    s->mode = mode;
    if (mode == 1) {
        s->window[2] = s->window[3] = s->viewport[2] = s->viewport[3] = 1;
    } else if (mode >= 2 && mode <= 6) { /* metric and English: y grows upwards */
        s->window[2] = s->window[3] = units[mode - 2];
        s->viewport[2] = e->per_mm[0];
        s->viewport[3] = -e->per_mm[1];
    }
    map(e);
}

static void set_extent(Emf *e, double *of, Bytes d, int at)
{
    double x = bytes_i32(&d), y = bytes_i32(&d);
    bool fixed = at == 2 && e->m->now.mode >= 1 && e->m->now.mode <= 6;
    if (fixed || (at == 2 && (x == 0 || y == 0)))
        return;
    of[at] = x;
    of[at + 1] = y;
    map(e);
}

static void scale_extent(Emf *e, double *of, Bytes d)
{
    double xn = bytes_i32(&d), xd = bytes_i32(&d), yn = bytes_i32(&d), yd = bytes_i32(&d);
    if (xn == 0 || xd == 0 || yn == 0 || yd == 0 || e->m->now.mode < 7)
        return;
    of[2] *= xn / xd;
    of[3] *= yn / yd;
    map(e);
}

static void transform(Emf *e, Bytes d, bool modify)
{
    enum { IDENTITY = 1, LEFT, RIGHT };
    Matrix x, *w = &e->m->now.world;
    for (int i = 0; i < 6; i++)
        x.m[i] = bytes_f32(&d);
    uint32_t how = modify ? bytes_u32(&d) : 4;
    if (how == IDENTITY)
        *w = (Matrix){ { 1, 0, 0, 1, 0, 0 } };
    else
        *w = how == LEFT ? matrix_then(x, *w) : how == RIGHT ? matrix_then(*w, x) : x;
    map(e);
}

/* A box in pixels of the device. */
static void clip_region(Emf *e, Bytes d)
{
    enum { AND = 1, COPY = 5 };
    uint32_t size = bytes_u32(&d), mode = bytes_u32(&d);
    if (mode != AND && mode != COPY)
        return;
    if (mode == COPY)
        meta_clip_all(e->m);
    if (!size)
        return;
    double box[4];
    bytes_take(&d, 16);
    for (int i = 0; i < 4; i++)
        box[i] = bytes_i32(&d);
    Matrix was = e->m->now.to;
    e->m->now.to = e->to_picture;
    if (!d.bad)
        meta_clip(e->m, box[0], box[1], box[2], box[3]);
    e->m->now.to = was;
}

static void clip_path(Emf *e, uint32_t mode)
{
    Metafile *m = e->m;
    double box[4] = { INFINITY, INFINITY, -INFINITY, -INFINITY };
    for (size_t i = 0; i < m->path.point.n; i++) {
        box[0] = fmin(box[0], m->path.point.p[i].x);
        box[1] = fmin(box[1], m->path.point.p[i].y);
        box[2] = fmax(box[2], m->path.point.p[i].x);
        box[3] = fmax(box[3], m->path.point.p[i].y);
    }
    Matrix was = m->now.to;
    m->now.to = (Matrix){ { 1, 0, 0, 1, 0, 0 } };
    if (mode == 5)
        meta_clip_all(m);
    if (m->path.point.n && (mode == 5 || mode == 1))
        meta_clip(m, box[0], box[1], box[2], box[3]);
    m->now.to = was;
    m->path.point.n = 0;
}

/* ---- objects ---- */

static void select_object(Metafile *m, uint32_t at)
{
    static const int32_t grey[] = { 0xffffff, 0xc0c0c0, 0x808080, 0x404040, 0, COLOR_NONE };
    static const int32_t pen[] = { 0xffffff, 0, COLOR_NONE };
    uint32_t stock = at & 0x7fffffff;
    if (!(at & 0x80000000))
        meta_select(m, at);
    else if (stock < COUNT(grey))
        m->now.brush = (MetaTool){ .color = grey[stock] };
    else if (stock - COUNT(grey) < COUNT(pen))
        m->now.pen = (MetaTool){ .color = pen[stock - COUNT(grey)] };
}

static void create_pen(Metafile *m, Bytes d)
{
    uint32_t at = bytes_u32(&d), style = bytes_u32(&d);
    double width = bytes_i32(&d);
    bytes_u32(&d);
    meta_put(m, at, (MetaObject){ META_PEN, meta_pen(style, width, bytes_colorref(&d)), NULL });
}

static void ext_create_pen(Metafile *m, Bytes d)
{
    uint32_t at = bytes_u32(&d);
    bytes_take(&d, 16);
    uint32_t style = bytes_u32(&d);
    double width = bytes_i32(&d);
    uint32_t brush = bytes_u32(&d);
    MetaTool pen = meta_pen(style, style & 0x10000 ? width : 0, bytes_colorref(&d));
    if (brush == 1)
        pen.color = COLOR_NONE;
    meta_put(m, at, (MetaObject){ META_PEN, pen, NULL });
}

static void create_brush(Metafile *m, Bytes d)
{
    uint32_t at = bytes_u32(&d), style = bytes_u32(&d);
    meta_put(m, at, (MetaObject){ META_BRUSH, meta_brush(style, bytes_colorref(&d)), NULL });
}

static void create_pattern(Metafile *m, Bytes d, Bytes record)
{
    uint32_t at = bytes_u32(&d), v[4];
    bytes_u32(&d);
    for (int i = 0; i < 4; i++)
        v[i] = bytes_u32(&d);
    MetaTool t = meta_pattern(m, bytes_at(record, v[0], v[1]), bytes_at(record, v[2], v[3]));
    meta_put(m, at, (MetaObject){ META_BRUSH, t, NULL });
}

static void create_font(Metafile *m, Bytes d)
{
    uint32_t at = bytes_u32(&d);
    int32_t height = bytes_i32(&d);
    bytes_u32(&d);
    int32_t angle = bytes_i32(&d) % 3600;
    bytes_u32(&d);
    int32_t weight = bytes_i32(&d);
    MetaFont *f = meta_font(m, height, angle, weight, &d);
    Bytes name = d;
    size_t n = 0;
    while (n < 32 && bytes_u16(&name))
        n++;
    Buf family = { 0 };
    bytes_utf16(&d, n, &family);
    meta_put_font(m, at, f, &family);
    buf_free(&family);
}

/* ---- the table ---- */

static bool play_mapping(Emf *e, uint32_t type, Bytes d)
{
    MetaState *s = &e->m->now;
    switch (type) {
    case SET_WINDOW_EXT:
        set_extent(e, s->window, d, 2);
        return true;
    case SET_WINDOW_ORG:
        set_extent(e, s->window, d, 0);
        return true;
    case SET_VIEWPORT_EXT:
        set_extent(e, s->viewport, d, 2);
        return true;
    case SET_VIEWPORT_ORG:
        set_extent(e, s->viewport, d, 0);
        return true;
    case SCALE_VIEWPORT:
        scale_extent(e, s->viewport, d);
        return true;
    case SCALE_WINDOW:
        scale_extent(e, s->window, d);
        return true;
    case SET_MAP_MODE:
        set_mode(e, bytes_i32(&d));
        return true;
    case SET_WORLD:
    case MODIFY_WORLD:
        transform(e, d, type == MODIFY_WORLD);
        return true;
    case SELECT_CLIP_RGN:
        clip_region(e, d);
        return true;
    case SELECT_CLIP_PATH:
        clip_path(e, bytes_u32(&d));
        return true;
    default:
        return false;
    }
}

static bool play_state(Metafile *m, uint32_t type, Bytes d, Bytes record)
{
    double box[4];
    switch (type) {
    case SAVE_DC:
        meta_save(m);
        return true;
    case RESTORE_DC:
        meta_restore(m, bytes_i32(&d));
        return true;
    case SET_TEXT_ALIGN:
        meta_align(&m->now, bytes_u32(&d));
        return true;
    case SET_TEXT_COLOR:
        m->now.text_color = bytes_colorref(&d);
        return true;
    case SET_BK_COLOR:
        m->now.back_color = bytes_colorref(&d);
        return true;
    case INTERSECT_CLIP:
        bytes_box(&d, box);
        meta_clip(m, box[0], box[1], box[2], box[3]);
        return true;
    case SET_ARC_DIRECTION:
        m->clockwise = bytes_u32(&d) == 2;
        return true;
    case SELECT_OBJECT:
        select_object(m, bytes_u32(&d));
        return true;
    case DELETE_OBJECT:
        meta_delete(m, bytes_u32(&d));
        return true;
    case CREATE_PEN:
        create_pen(m, d);
        return true;
    case EXT_CREATE_PEN:
        ext_create_pen(m, d);
        return true;
    case CREATE_BRUSH:
        create_brush(m, d);
        return true;
    case CREATE_MONO_BRUSH:
    case CREATE_DIB_BRUSH:
        create_pattern(m, d, record);
        return true;
    case CREATE_FONT:
        create_font(m, d);
        return true;
    default:
        return false;
    }
}

static bool play_path(Metafile *m, uint32_t type)
{
    switch (type) {
    case BEGIN_PATH:
        m->path.point.n = 0;
        m->path.x = m->now.x;
        m->path.y = m->now.y;
        m->bracket = true;
        return true;
    case END_PATH: /* what follows paints it as a whole */
        return true;
    case CLOSE_FIGURE:
        outline_close(&m->path);
        return true;
    case FILL_PATH:
    case STROKE_PATH:
    case STROKE_FILL_PATH:
        meta_paint_bracket(m, type != STROKE_PATH, type != FILL_PATH);
        return true;
    case ABORT_PATH:
        m->bracket = false;
        m->path.point.n = 0;
        return true;
    default:
        return false;
    }
}

static void play(Emf *e, Bytes b)
{
    uint32_t type;
    Bytes record;
    while (next(&b, &type, &record)) {
        Bytes d = record;
        bytes_take(&d, 8);
        if (!play_mapping(e, type, d) && !play_state(e->m, type, d, record) &&
            !play_path(e->m, type))
            emf_draw(e->m, type, d, record);
    }
}

bool emf_play(Metafile *m, Bytes b)
{
    Header h;
    Emf e = { .m = m };
    double box[4];
    if (!read_header(b, &h) || plus_only(b))
        return false;
    for (int i = 0; i < 4; i++) /* from hundredths of a millimetre to pixels */
        box[i] = ((double)h.frame[i] - (i < 2 ? 0 : h.frame[i - 2])) * h.pixels[i % 2] /
                 h.mm[i % 2] / 100;
    for (int i = 0; i < 2; i++)
        e.per_mm[i] = (double)h.pixels[i] / h.mm[i];
    e.to_picture = meta_fit(box);
    map(&e);
    play(&e, b);
    return true;
}
