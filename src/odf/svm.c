/* SPDX-License-Identifier: MIT */
/* StarView metafiles, LibreOffice's own: actions, each with a version and a length. */
#include "svm.h"

#include <string.h>

enum { FILES_MOST = 8 }; /* metafiles in each other */

typedef struct {
    Metafile *m;
    int depth;          /* of files */
    bool real_gradient; /* the actions here paint a gradient strip by strip */
} Svm;

/* ---- mapping ---- */

typedef struct {
    unsigned unit;
    double x, y, sx, sy;
} MapMode;
enum { UNIT_RELATIVE = 13 };

/* Twips of a unit; 0: it has no length. */
static double unit_twips(unsigned unit)
{
    static const double mm = 1440 / 25.4;
    const double twips[] = { mm / 100, mm / 10, mm, 10 * mm, 1.44, 14.4, 144, 1440, 20, 1, 15 };
    return unit < COUNT(twips) ? twips[unit] : 0;
}

static MapMode read_map_mode(Bytes *b)
{
    Bytes d = svm_part(b, NULL);
    MapMode m = { .unit = bytes_u16(&d) };
    m.x = bytes_i32(&d);
    m.y = bytes_i32(&d);
    for (int i = 0; i < 2; i++) {
        double over = bytes_i32(&d), under = bytes_i32(&d), s = under != 0 ? over / under : 1;
        *(i ? &m.sy : &m.sx) = s != 0 ? s : 1;
    }
    return m;
}

static void map_mode(Metafile *m, Bytes d)
{
    MapMode to = read_map_mode(&d);
    double sx = to.sx, sy = to.sy, from = unit_twips((unsigned)m->now.mode),
           now = unit_twips(to.unit);
    if (to.unit != UNIT_RELATIVE) {
        if (from > 0 && now > 0) {
            sx *= now / from;
            sy *= now / from;
        }
        m->now.mode = (int)to.unit;
    }
    m->now.world = matrix_then((Matrix){ { sx, 0, 0, sy, to.x * sx, to.y * sy } }, m->now.world);
    meta_map(m, (Matrix){ { 1, 0, 0, 1, 0, 0 } });
}

/* ---- state ---- */

static MetaTool tool_color(MetaTool t, Bytes d)
{
    int32_t color = svm_color(&d);
    t.color = bytes_u8(&d) ? color : COLOR_NONE;
    return t;
}

enum {
    KEEP_LINE = 1,
    KEEP_FILL = 2,
    KEEP_FONT = 4,
    KEEP_TEXT_COLOR = 8,
    KEEP_MAP = 16,
    KEEP_CLIP = 32,
    KEEP_ALIGN = 256
};

static void push(Metafile *m, Bytes d)
{
    unsigned flags = m->now.flags;
    m->now.flags = bytes_u16(&d);
    meta_save(m);
    m->now.flags = flags;
}

/* What was not kept stays as it is. */
static void pop(Metafile *m)
{
    MetaState now = m->now;
    size_t depth = m->saved.n;
    meta_restore(m, -1);
    if (m->saved.n == depth)
        return;
    unsigned flags = m->now.flags;
    m->now.flags = now.flags;
    if (!(flags & KEEP_LINE))
        m->now.pen = now.pen;
    if (!(flags & KEEP_FILL))
        m->now.brush = now.brush;
    if (!(flags & KEEP_FONT))
        m->now.font = now.font;
    if (!(flags & KEEP_TEXT_COLOR))
        m->now.text_color = now.text_color;
    if (!(flags & KEEP_ALIGN))
        m->now.align = now.align;
    if (!(flags & KEEP_CLIP))
        memcpy(m->now.clip, now.clip, sizeof now.clip);
    if (!(flags & KEEP_MAP)) {
        m->now.to = now.to;
        m->now.world = now.world;
        m->now.mode = now.mode;
    }
}

static void comment(Svm *s, Bytes d)
{
    static const char begin[] = "XGRAD_SEQ_BEGIN", end[] = "XGRAD_SEQ_END";
    Bytes name = bytes_take(&d, bytes_u16(&d));
    if (name.n == sizeof begin - 1 && !memcmp(name.p, begin, name.n))
        s->real_gradient = true;
    if (name.n == sizeof end - 1 && !memcmp(name.p, end, name.n))
        s->real_gradient = false;
}

static void text_align(Metafile *m, Bytes d)
{
    unsigned how = bytes_u16(&d);
    m->now.align.down = how == 1 ? META_BASELINE : how == 2 ? META_BOTTOM : META_TOP;
}

static bool play_state(Svm *s, unsigned action, Bytes d)
{
    Metafile *m = s->m;
    double box[4];
    switch (action) {
    case LINECOLOR:
        m->now.pen = tool_color(m->now.pen, d);
        return true;
    case FILLCOLOR:
        m->now.brush = tool_color(m->now.brush, d);
        return true;
    case TEXTCOLOR:
        m->now.text_color = svm_color(&d);
        return true;
    case TEXTALIGN:
        text_align(m, d);
        return true;
    case FONT:
        svm_font(m, d);
        return true;
    case MAPMODE:
        map_mode(m, d);
        return true;
    case PUSH:
        push(m, d);
        return true;
    case POP:
        pop(m);
        return true;
    case ISECTRECT:
        bytes_box(&d, box);
        meta_clip(m, box[0], box[1], box[2], box[3]);
        return true;
    case CLIPREGION:
        meta_clip_all(m);
        return true;
    case COMMENT:
        comment(s, d);
        return true;
    default:
        return false;
    }
}

/* ---- files ---- */

typedef struct {
    unsigned unit;
    double size[2], twips[2];
    uint32_t actions;
} File;

static bool read_file(Bytes *b, File *f)
{
    Bytes name = bytes_take(b, 6);
    if (name.bad || memcmp(name.p, "VCLMTF", 6))
        return false;
    Bytes head = svm_part(b, NULL);
    bytes_u32(&head); /* the compression of old versions */
    MapMode mode = read_map_mode(&head);
    f->unit = mode.unit;
    double twips[2] = { unit_twips(mode.unit) * mode.sx, unit_twips(mode.unit) * mode.sy };
    for (int i = 0; i < 2; i++)
        f->size[i] = bytes_i32(&head);
    f->actions = bytes_u32(&head);
    f->twips[0] = f->size[0] * twips[0];
    f->twips[1] = f->size[1] * twips[1];
    return !head.bad && f->size[0] > 0 && f->size[1] > 0;
}

static void play(Svm *s, Bytes *b, uint32_t actions);

static void skip(Bytes *b, uint32_t actions)
{
    for (; actions && b->n >= 8; actions--) {
        bytes_u16(b);
        svm_part(b, NULL);
    }
}

/* A file in a file, painted into a box, as transparent as a gradient says. */
static void nested(Svm *s, Bytes d, bool transparent)
{
    Metafile *m = s->m;
    MetaState was = m->now;
    File f;
    Bytes rest = d, inside = d;
    if (s->depth >= FILES_MOST || !read_file(&rest, &f)) {
        m->partial = true;
        return;
    }
    skip(&rest, f.actions);
    double at[4], grey = 0;
    bytes_box(&rest, at);
    if (transparent)
        grey = svm_mean_color(&rest) & 255;
    m->now.opacity = (uint8_t)(m->now.opacity * (1 - grey / 255));
    m->now.world =
        matrix_then((Matrix){ { at[2] / f.size[0], 0, 0, at[3] / f.size[1], at[0], at[1] } },
                    m->now.world);
    m->now.mode = (int)f.unit;
    meta_map(m, (Matrix){ { 1, 0, 0, 1, 0, 0 } });
    size_t saved = m->saved.n;
    s->depth++;
    if (read_file(&inside, &f))
        play(s, &inside, f.actions);
    s->depth--;
    m->saved.n = m->saved.n < saved ? m->saved.n : saved;
    m->now = was;
}

static void play(Svm *s, Bytes *b, uint32_t actions)
{
    for (; actions && b->n >= 8; actions--) {
        unsigned action = bytes_u16(b), version;
        Bytes d = svm_part(b, &version);
        d.bad = false;
        if (s->real_gradient && action != COMMENT && action != GRADIENTEX)
            continue;
        if (play_state(s, action, d) || svm_draw(s->m, action, d, version))
            continue;
        if (action == FLOATTRANSPARENT)
            nested(s, d, true);
        s->m->partial |=
            action == EPS || action == WALLPAPER || (action >= MASK && action <= MASKSCALEPART);
    }
}

bool svm_size(Bytes b, int32_t size[2])
{
    File f;
    if (!read_file(&b, &f))
        return false;
    for (int i = 0; i < 2; i++)
        size[i] = f.twips[i] > 0 && f.twips[i] < 1 << 24 ? (int32_t)f.twips[i] : 0;
    return true;
}

/* The size that a file prefers is that of the picture; the origin of its mapping does not count. */
bool svm_play(Metafile *m, Bytes b)
{
    File f;
    Svm s = { .m = m };
    if (!read_file(&b, &f))
        return false;
    m->now.world = meta_fit((double[4]){ 0, 0, f.size[0], f.size[1] });
    m->now.mode = (int)f.unit;
    m->now.pen.color = m->now.brush.color = COLOR_NONE;
    meta_map(m, (Matrix){ { 1, 0, 0, 1, 0, 0 } });
    play(&s, &b, f.actions);
    return true;
}
