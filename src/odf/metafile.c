/* SPDX-License-Identifier: MIT */
/* The player of metafiles: state, objects, and what is painted, as steps. */
#include "metafile.h"

#include <math.h>
#include <string.h>

enum {
    STEPS_MOST = 1 << 18,
    SAVED_MOST = 256,
    OBJECTS_MOST = 4096,
};
static const uint64_t PIXELS_MOST = 1 << 24;

/* ---- state ---- */

void meta_clip_all(Metafile *m)
{
    const double whole[4] = { 0, 0, METAFILE_SIDE, METAFILE_SIDE };
    memcpy(m->now.clip, whole, sizeof whole);
}

void meta_open(Metafile *m, Arena *a)
{
    static const char usual[] = "Liberation Sans";
    *m = (Metafile){ .a = a, .pixels = PIXELS_MOST, .bounds = { 0, 0, -1, -1 } };
    m->now = (MetaState){ .to = { { 1, 0, 0, 1, 0, 0 } },
                          .world = { { 1, 0, 0, 1, 0, 0 } },
                          .brush = { .color = 0xffffff },
                          .opacity = 100,
                          .back_color = 0xffffff,
                          .font = { .weight = 400 },
                          .window = { 0, 0, 1, 1 },
                          .viewport = { 0, 0, 1, 1 },
                          .mode = 1 };
    memcpy(m->now.font.family, usual, sizeof usual);
    meta_clip_all(m);
}

void meta_close(Metafile *m)
{
    vec_free(&m->saved);
    vec_free(&m->object);
    vec_free(&m->step);
    vec_free(&m->path.point);
    vec_free(&m->path.contour);
    free(m->mask.rgba);
}

void meta_save(Metafile *m)
{
    if (m->saved.n < SAVED_MOST)
        vec_push(&m->saved, m->now);
}

void meta_restore(Metafile *m, int32_t which)
{
    size_t n = m->saved.n, at = which > 0 ? (size_t)which - 1 : n - (size_t) - (int64_t)which;
    if (!which || (which < 0 && -(int64_t)which > (int64_t)n) || at >= n)
        return;
    m->now = m->saved.p[at];
    m->saved.n = at;
}

static Matrix scaled(double sx, double sy, double x, double y)
{
    return (Matrix){ { sx, 0, 0, sy, x, y } };
}

Matrix meta_fit(const double box[4])
{
    double sx = METAFILE_SIDE / box[2], sy = METAFILE_SIDE / box[3];
    return scaled(sx, sy, -box[0] * sx, -box[1] * sy);
}

void meta_map(Metafile *m, Matrix to_picture)
{
    const double *w = m->now.window, *v = m->now.viewport;
    double sx = w[2] != 0 ? v[2] / w[2] : 1, sy = w[3] != 0 ? v[3] / w[3] : 1;
    Matrix page = scaled(sx, sy, v[0] - w[0] * sx, v[1] - w[1] * sy);
    m->now.to = matrix_then(matrix_then(m->now.world, page), to_picture);
    for (int i = 0; i < 6; i++)
        if (!(fabs(m->now.to.m[i]) < 1e12))
            m->now.to = scaled(0, 0, 0, 0);
}

/* ---- objects ---- */

MetaFont *meta_font(Metafile *m, double height, int32_t angle, int32_t weight, Bytes *d)
{
    MetaFont *f = ARENA_NEW(m->a, MetaFont);
    f->angle = angle;
    f->weight = weight > 0 && weight <= 900 ? (uint16_t)weight : 400;
    f->height = fabs(height);
    f->cell = height > 0;
    f->italic = bytes_u8(d);
    f->underline = bytes_u8(d);
    f->strike = bytes_u8(d);
    f->charset = bytes_u8(d);
    bytes_take(d, 4);
    return f;
}

void meta_put_font(Metafile *m, size_t at, MetaFont *f, const Buf *family)
{
    if (family->n && family->n < sizeof f->family)
        memcpy(f->family, family->p, family->n + 1);
    meta_put(m, at, (MetaObject){ META_FONT, { 0 }, f });
}

void meta_put(Metafile *m, size_t at, MetaObject o)
{
    if (at == SIZE_MAX)
        for (at = 0; at < m->object.n && m->object.p[at].kind;)
            at++;
    if (at >= OBJECTS_MOST)
        return;
    while (m->object.n <= at)
        vec_push(&m->object, (MetaObject){ 0 });
    m->object.p[at] = o;
}

void meta_select(Metafile *m, size_t at)
{
    if (at >= m->object.n)
        return;
    const MetaObject *o = &m->object.p[at];
    if (o->kind == META_PEN)
        m->now.pen = o->tool;
    else if (o->kind == META_BRUSH)
        m->now.brush = o->tool;
    else if (o->kind == META_FONT)
        m->now.font = *o->font;
}

void meta_delete(Metafile *m, size_t at)
{
    if (at < m->object.n)
        m->object.p[at] = (MetaObject){ 0 };
}

static int32_t mixed(int32_t color, int32_t with, int part, int of)
{
    int32_t r = 0;
    for (int shift = 0; shift < 24; shift += 8)
        r |= ((color >> shift & 255) * part + (with >> shift & 255) * (of - part)) / of << shift;
    return r;
}

MetaTool meta_pen(unsigned style, double width, int32_t color)
{
    enum { STYLE = 15, NOTHING = 5 };
    return (MetaTool){ .color = (style & STYLE) == NOTHING ? COLOR_NONE : color,
                       .width = fabs(width) };
}

/* Lines of a hatch cover about a quarter of what lies behind them. */
MetaTool meta_brush(unsigned style, int32_t color)
{
    enum { SOLID, NOTHING, HATCHED };
    return (MetaTool){ .color = style == NOTHING   ? COLOR_NONE
                                : style == HATCHED ? mixed(color, 0xffffff, 1, 4)
                                                   : color };
}

/* The mean of its pixels. */
MetaTool meta_pattern(Metafile *m, Bytes info, Bytes bits)
{
    Dib d = dib_read(info, bits, &m->pixels);
    uint64_t sum[3] = { 0 }, n = (uint64_t)d.width * d.height;
    for (uint64_t i = 0; d.rgba && i < n; i++)
        for (int k = 0; k < 3; k++)
            sum[k] += d.rgba[4 * i + (unsigned)k];
    free(d.rgba);
    if (!d.rgba)
        return (MetaTool){ .color = 0x808080 };
    return (MetaTool){ .color = (int32_t)(sum[0] / n << 16 | sum[1] / n << 8 | sum[2] / n) };
}

/* [MS-WMF] 2.1.2.3 */
void meta_align(MetaState *s, unsigned bits)
{
    s->moves = bits & 1;
    s->align.across = (bits & 6) == 6 ? META_CENTER : bits & 2 ? META_RIGHT : META_LEFT;
    s->align.down = (bits & 24) == 24 ? META_BASELINE : bits & 8 ? META_BOTTOM : META_TOP;
}

/* ---- steps ---- */

static int32_t units(double v)
{
    enum { MOST = 1 << 24 };
    return !(v < MOST) ? MOST : !(v > -MOST) ? -MOST : (int32_t)floor(v + 0.5);
}

static double across(const Matrix *t)
{
    return hypot(t->m[0], t->m[1]);
}

static double down(const Matrix *t)
{
    return hypot(t->m[2], t->m[3]);
}

static void note_bounds(Metafile *m, double x, double y)
{
    double *b = m->bounds;
    bool first = b[2] < b[0];
    b[0] = first || x < b[0] ? x : b[0];
    b[1] = first || y < b[1] ? y : b[1];
    b[2] = first || x > b[2] ? x : b[2];
    b[3] = first || y > b[3] ? y : b[3];
}

typedef enum { SEEN_NOT, SEEN_PART, SEEN_ALL } Seen;

/* What of a box is inside the clip, that then goes into the step. */
static Seen seen(const Metafile *m, const double box[4], OdfStep *s)
{
    const double *c = m->now.clip;
    if (box[2] < c[0] || box[0] > c[2] || box[3] < c[1] || box[1] > c[3])
        return SEEN_NOT;
    s->clipped = box[0] < c[0] || box[1] < c[1] || box[2] > c[2] || box[3] > c[3];
    for (int i = 0; i < 4; i++)
        s->clip[i] = units(c[i]);
    return s->clipped ? SEEN_PART : SEEN_ALL;
}

static void add_step(Metafile *m, OdfStep s)
{
    s.opacity = m->now.opacity;
    if (m->step.n < STEPS_MOST)
        vec_push(&m->step, s);
    else
        m->partial = true;
}

Outline *meta_path(Metafile *m)
{
    m->path.to = m->now.to;
    return &m->path;
}

static OdfPoint *take_path(Metafile *m, uint32_t *n, double box[4])
{
    *n = (uint32_t)m->path.point.n;
    OdfPoint *p = ARENA_ARRAY(m->a, OdfPoint, *n);
    memcpy(p, m->path.point.p, *n * sizeof *p);
    double x0 = p[0].x, y0 = p[0].y, x1 = x0, y1 = y0;
    for (uint32_t i = 0; i < *n; i++) {
        x0 = fmin(x0, p[i].x);
        y0 = fmin(y0, p[i].y);
        x1 = fmax(x1, p[i].x);
        y1 = fmax(y1, p[i].y);
    }
    memcpy(box, (double[4]){ x0, y0, x1, y1 }, 4 * sizeof *box);
    return p;
}

static void paint(Metafile *m, bool fill, bool stroke)
{
    const MetaState *s = &m->now;
    fill = fill && s->brush.color != COLOR_NONE;
    stroke = stroke && s->pen.color != COLOR_NONE;
    if (!m->path.point.n)
        return;
    OdfStep step = { .kind = STEP_PATH };
    double box[4];
    uint32_t n;
    OdfPoint *p = take_path(m, &n, box);
    m->path.point.n = 0;
    note_bounds(m, box[0], box[1]);
    note_bounds(m, box[2], box[3]);
    step.path.point = p;
    step.path.n = n;
    step.path.fill = true;
    step.color = s->brush.color;
    if (fill && seen(m, box, &step))
        add_step(m, step);
    step.path.fill = false;
    step.path.width = units(s->pen.width * (s->pen.device ? 1 : across(&s->to)));
    step.color = s->pen.color;
    for (int i = 0; i < 4; i++)
        box[i] += (i < 2 ? -0.5 : 0.5) * step.path.width;
    if (stroke && seen(m, box, &step))
        add_step(m, step);
}

void meta_paint(Metafile *m, bool fill, bool stroke)
{
    if (!m->bracket)
        paint(m, fill, stroke);
}

void meta_paint_bracket(Metafile *m, bool fill, bool stroke)
{
    m->bracket = false;
    paint(m, fill, stroke);
    m->path.point.n = 0;
}

void meta_clip(Metafile *m, double x0, double y0, double x1, double y1)
{
    const double *t = m->now.to.m, x[2] = { x0, x1 }, y[2] = { y0, y1 };
    double c[4] = { INFINITY, INFINITY, -INFINITY, -INFINITY };
    for (int i = 0; i < 4; i++) {
        double px = t[0] * x[i / 2] + t[2] * y[i % 2] + t[4];
        double py = t[1] * x[i / 2] + t[3] * y[i % 2] + t[5];
        c[0] = fmin(c[0], px);
        c[1] = fmin(c[1], py);
        c[2] = fmax(c[2], px);
        c[3] = fmax(c[3], py);
    }
    for (int i = 0; i < 4; i++)
        m->now.clip[i] = i < 2 ? fmax(m->now.clip[i], c[i]) : fmin(m->now.clip[i], c[i]);
}

/* ---- outlines ---- */

void meta_rectangle(Metafile *m, double x0, double y0, double x1, double y1)
{
    Outline *o = meta_path(m);
    outline_move(o, x0, y0);
    outline_line(o, x1, y0);
    outline_line(o, x1, y1);
    outline_line(o, x0, y1);
    outline_close(o);
}

void meta_round(Metafile *m, const double box[4], double rx, double ry)
{
    double x0 = fmin(box[0], box[2]), x1 = fmax(box[0], box[2]);
    double y0 = fmin(box[1], box[3]), y1 = fmax(box[1], box[3]);
    rx = fmin(fabs(rx), (x1 - x0) / 2);
    ry = fmin(fabs(ry), (y1 - y0) / 2);
    if (rx == 0 || ry == 0) {
        meta_rectangle(m, x0, y0, x1, y1);
        return;
    }
    Outline *o = meta_path(m);
    outline_arc(o, x1 - rx, y0 + ry, rx, ry, -M_PI / 2, M_PI / 2, false);
    outline_arc(o, x1 - rx, y1 - ry, rx, ry, 0, M_PI / 2, true);
    outline_arc(o, x0 + rx, y1 - ry, rx, ry, M_PI / 2, M_PI / 2, true);
    outline_arc(o, x0 + rx, y0 + ry, rx, ry, M_PI, M_PI / 2, true);
    outline_close(o);
}

void meta_ellipse(Metafile *m, const double box[4])
{
    Outline *o = meta_path(m);
    outline_arc(o, (box[0] + box[2]) / 2, (box[1] + box[3]) / 2, fabs(box[2] - box[0]) / 2,
                fabs(box[3] - box[1]) / 2, 0, 2 * M_PI, false);
    outline_close(o);
}

void meta_arc(Metafile *m, const double box[4], double x0, double y0, double x1, double y1,
              MetaArc how)
{
    double cx = (box[0] + box[2]) / 2, cy = (box[1] + box[3]) / 2;
    double rx = fabs(box[2] - box[0]) / 2, ry = fabs(box[3] - box[1]) / 2;
    Outline *o = meta_path(m);
    if (rx == 0 || ry == 0)
        return;
    double a = atan2((y0 - cy) / ry, (x0 - cx) / rx), b = atan2((y1 - cy) / ry, (x1 - cx) / rx);
    double sweep = b - a;
    if (m->clockwise && sweep <= 0)
        sweep += 2 * M_PI;
    if (!m->clockwise && sweep >= 0)
        sweep -= 2 * M_PI;
    if (how == ARC_PIE)
        outline_move(o, cx, cy);
    outline_arc(o, cx, cy, rx, ry, a, sweep, how == ARC_PIE || how == ARC_TO);
    if (how == ARC_PIE || how == ARC_CHORD)
        outline_close(o);
}

/* ---- text and bitmaps ---- */

static OdfStep text_step(const Metafile *m)
{
    const MetaFont *f = &m->now.font;
    OdfStep s = { .kind = STEP_TEXT, .color = m->now.text_color };
    double size = f->height * down(&m->now.to);
    s.text.family = arena_str(m->a, f->family);
    s.text.size = size > 0 ? units(size) : METAFILE_SIDE / 40;
    s.text.weight = f->weight;
    const double *t = m->now.to.m;
    bool flipped = t[0] * t[3] - t[1] * t[2] < 0; /* y grows upwards: so do angles */
    s.text.angle = (int16_t)fmod(flipped ? -f->angle : f->angle, 3600);
    s.text.cell = f->cell;
    s.text.italic = f->italic;
    s.text.underline = f->underline;
    s.text.strike = f->strike;
    s.text.align = m->now.align;
    return s;
}

/* A piece of a line that begins at (x, y) of the picture, from the character that ends at `from` to
 * the one that ends at `to`, in units across. */
static void put_piece(Metafile *m, OdfStep s, double x, double y, double from, double to)
{
    double angle = s.text.angle * M_PI / 1800, turn = down(&m->now.to) / across(&m->now.to);
    s.text.x = units(x + cos(angle) * from);
    s.text.y = units(y - sin(angle) * from * (isfinite(turn) ? turn : 1));
    s.text.width = units(to - from);
    double wide = (double)s.text.size * (double)strlen(s.text.text);
    double box[4] = { s.text.x - wide, s.text.y - wide, s.text.x + wide, s.text.y + wide };
    note_bounds(m, s.text.x, s.text.y);
    if (seen(m, box, &s))
        add_step(m, s);
}

/* Each word where its characters' places say, so that other fonts do not shift what follows. */
static void put_words(Metafile *m, OdfStep s, double x, double y, const char *text, size_t len,
                      const double *dx)
{
    const char *end = text + len, *word = text;
    double k = across(&m->now.to), from = 0;
    size_t i = 0;
    for (const char *p = text; p < end; i++) {
        int n;
        uint32_t c = utf8_get(p, end, &n);
        p += n;
        if (p < end && (c != ' ' || *p == ' '))
            continue;
        s.text.text = arena_dup(m->a, word, (size_t)(p - word));
        put_piece(m, s, x, y, from, dx[i] * k);
        from = dx[i] * k;
        word = p;
    }
}

void meta_text(Metafile *m, double x, double y, const char *text, size_t len, const double *dx)
{
    MetaState *n = &m->now;
    const double *t = n->to.m;
    size_t count = utf8_count(text, len);
    if (!count)
        return;
    if (n->moves) {
        x = n->x;
        y = n->y;
    }
    OdfStep s = text_step(m);
    double px = t[0] * x + t[2] * y + t[4], py = t[1] * x + t[3] * y + t[5];
    double whole = dx ? dx[count - 1] : 0.5 * n->font.height * (double)count;
    if (n->moves)
        n->x += n->align.across == META_RIGHT ? -whole : whole;
    if (dx) {
        double angle = s.text.angle * M_PI / 1800;
        double back = s.text.align.across == META_LEFT    ? 0
                      : s.text.align.across == META_RIGHT ? whole
                                                          : whole / 2;
        px -= cos(angle) * back * across(&n->to);
        py += sin(angle) * back * down(&n->to);
        s.text.align.across = META_LEFT;
        put_words(m, s, px, py, text, len, dx);
    } else {
        s.text.text = arena_dup(m->a, text, len);
        put_piece(m, s, px, py, 0, 0);
    }
}

/* A mask says where the bitmap after it is seen: where the mask is black. */
static void apply_mask(Metafile *m, Dib *d, const double at[4])
{
    Dib *k = &m->mask;
    if (!k->rgba)
        return;
    if (k->width == d->width && k->height == d->height && !memcmp(m->mask_at, at, 4 * sizeof *at))
        for (size_t i = 0; i < (size_t)d->width * d->height; i++)
            d->rgba[4 * i + 3] = (unsigned char)(255 - k->rgba[4 * i]);
    else
        m->partial = true;
    free(k->rgba);
    *k = (Dib){ 0 };
}

static OdfStep image_step(const Metafile *m, double x, double y, double w, double h, double box[4])
{
    const double *t = m->now.to.m;
    double x0 = t[0] * x + t[2] * y + t[4], y0 = t[1] * x + t[3] * y + t[5];
    double x1 = x0 + t[0] * w + t[2] * h, y1 = y0 + t[1] * w + t[3] * h;
    OdfStep s = { .kind = STEP_IMAGE };
    memcpy(box, (double[4]){ fmin(x0, x1), fmin(y0, y1), fmax(x0, x1), fmax(y0, y1) },
           4 * sizeof *box);
    s.image.mirror_h = x1 < x0;
    s.image.mirror_v = y1 < y0;
    s.image.x = units(box[0]);
    s.image.y = units(box[1]);
    s.image.width = units(box[2]) - s.image.x;
    s.image.height = units(box[3]) - s.image.y;
    return s;
}

void meta_image(Metafile *m, Dib *d, double x, double y, double w, double h, uint32_t operation)
{
    double box[4], at[4] = { x, y, w, h };
    OdfStep s = image_step(m, x, y, w, h, box);
    bool mask = operation == ROP_AND && d->one_bit && d->rgba;
    if (mask) {
        free(m->mask.rgba);
        m->mask = *d;
        memcpy(m->mask_at, at, sizeof at);
        *d = (Dib){ 0 };
        return;
    }
    note_bounds(m, box[0], box[1]);
    note_bounds(m, box[2], box[3]);
    if (d->rgba && operation != ROP_NOTHING && s.image.width > 0 && s.image.height > 0 &&
        seen(m, box, &s)) {
        apply_mask(m, d, at);
        s.image.picture = dib_picture(d, m->a);
        if (s.image.picture)
            add_step(m, s);
    }
    m->partial |= !d->rgba;
    free(d->rgba);
    *d = (Dib){ 0 };
}

void meta_fill(Metafile *m, double x, double y, double w, double h, uint32_t operation)
{
    MetaTool brush = m->now.brush;
    if (operation != ROP_PATTERN && operation != ROP_BLACK && operation != ROP_WHITE)
        return;
    if (operation != ROP_PATTERN)
        m->now.brush = (MetaTool){ .color = operation == ROP_BLACK ? 0 : 0xffffff };
    bool was = m->bracket;
    m->bracket = false;
    meta_rectangle(m, x, y, x + w, y + h);
    meta_paint(m, true, false);
    m->bracket = was;
    m->now.brush = brush;
}

void meta_fill_color(Metafile *m, const double box[4], int32_t color)
{
    MetaTool was = m->now.brush;
    m->now.brush = (MetaTool){ .color = color };
    meta_fill(m, box[0], box[1], box[2] - box[0], box[3] - box[1], ROP_PATTERN);
    m->now.brush = was;
}

/* ---- the result ---- */

bool odf_metafile_size(OdfPicture *p)
{
    static bool (*const read[])(Bytes, int32_t *) = { emf_size, wmf_size, svm_size };
    int32_t size[2];
    for (size_t i = 0; i < COUNT(read); i++)
        if (read[i]((Bytes){ p->data, p->len, false }, size)) {
            p->width = (uint32_t)size[0];
            p->height = (uint32_t)size[1];
            p->dpi_x = p->dpi_y = 1440;
            return true;
        }
    return false;
}

const OdfMetafile *odf_metafile(const OdfPicture *p, Arena *a)
{
    static bool (*const play[])(Metafile *, Bytes) = { emf_play, wmf_play, svm_play };
    OdfMetafile *r = ARENA_NEW(a, OdfMetafile);
    for (size_t i = 0; i < COUNT(play) && !r->n; i++) {
        Metafile m;
        meta_open(&m, a);
        if (play[i](&m, (Bytes){ p->data, p->len, false }) && m.step.n) {
            OdfStep *step = ARENA_ARRAY(a, OdfStep, m.step.n);
            memcpy(step, m.step.p, m.step.n * sizeof *step);
            *r = (OdfMetafile){ step, m.step.n, m.partial };
        }
        meta_close(&m);
    }
    return r;
}
