/* SPDX-License-Identifier: MIT */
/* What StarView metafiles paint: shapes, gradients, text, bitmaps. */
#include "svm.h"

#include <math.h>
#include <string.h>

Bytes svm_part(Bytes *b, unsigned *version)
{
    unsigned v = bytes_u16(b);
    Bytes r = bytes_take(b, bytes_u32(b));
    r.bad = b->bad;
    if (version)
        *version = v;
    return r;
}

/* ---- shapes ---- */

typedef enum { POINT_NORMAL, POINT_SMOOTH, POINT_CONTROL } PointFlag;

static void add_points(Metafile *m, Bytes xy, Bytes flag, bool close)
{
    Outline *o = meta_path(m);
    double x[3] = { 0 }, y[3] = { 0 };
    int control = 0;
    for (bool first = true; xy.n >= 8; first = false) {
        x[control] = bytes_i32(&xy);
        y[control] = bytes_i32(&xy);
        unsigned kind = flag.n ? bytes_u8(&flag) : POINT_NORMAL;
        if (kind == POINT_CONTROL && control < 2 && !first) {
            control++;
            continue;
        }
        if (first)
            outline_move(o, x[0], y[0]);
        else if (control == 2)
            outline_curve(o, x[0], y[0], x[1], y[1], x[2], y[2]);
        else
            outline_line(o, x[control], y[control]);
        control = 0;
    }
    if (control == 2) /* a curve that ends where it began */
        outline_curve(o, x[0], y[0], x[1], y[1], o->x0, o->y0);
    if (close)
        outline_close(o);
}

static Bytes read_points(Bytes *d)
{
    return bytes_take(d, 8 * (size_t)bytes_u16(d));
}

/* Points with flags: which of them control curves. */
static void add_curves(Metafile *m, Bytes *b, bool close)
{
    Bytes d = svm_part(b, NULL), xy = read_points(&d), flag = { 0 };
    if (bytes_u8(&d))
        flag = d;
    add_points(m, xy, flag, close);
}

static double line_width(Bytes *b)
{
    Bytes d = svm_part(b, NULL);
    bytes_u16(&d);
    return bytes_i32(&d);
}

static void polyline(Metafile *m, Bytes d, unsigned version)
{
    Bytes xy = read_points(&d);
    double was = m->now.pen.width;
    m->now.pen.width = version >= 2 ? fmax(line_width(&d), 0) : 0;
    if (version >= 3 && bytes_u8(&d))
        add_curves(m, &d, false);
    else
        add_points(m, xy, (Bytes){ 0 }, false);
    meta_paint(m, false, true);
    m->now.pen.width = was;
}

static void polygon(Metafile *m, Bytes d, unsigned version)
{
    Bytes xy = read_points(&d);
    if (version >= 2 && bytes_u8(&d))
        add_curves(m, &d, true);
    else
        add_points(m, xy, (Bytes){ 0 }, true);
    meta_paint(m, true, true);
}

/* Several polygons; in newer versions those with curves follow once more, by number. */
static void polypolygon(Metafile *m, Bytes *d, bool curves)
{
    unsigned n = bytes_u16(d);
    if (n > d->n / 2)
        n = (unsigned)(d->n / 2);
    Bytes *xy = mem_new((n ? n : 1) * sizeof *xy);
    for (unsigned i = 0; i < n; i++)
        xy[i] = read_points(d);
    for (unsigned k = curves ? bytes_u16(d) : 0; k && d->n; k--) {
        unsigned at = bytes_u16(d);
        add_curves(m, d, true);
        if (at < n)
            xy[at].n = 0;
    }
    for (unsigned i = 0; i < n; i++)
        if (xy[i].n)
            add_points(m, xy[i], (Bytes){ 0 }, true);
    free(xy);
}

static void line(Metafile *m, Bytes d, unsigned version)
{
    double p[4];
    bytes_box(&d, p);
    double was = m->now.pen.width;
    m->now.pen.width = version >= 2 ? fmax(line_width(&d), 0) : 0;
    Outline *o = meta_path(m);
    outline_move(o, p[0], p[1]);
    outline_line(o, p[2], p[3]);
    meta_paint(m, false, true);
    m->now.pen.width = was;
}

static void box_shape(Metafile *m, unsigned action, Bytes d)
{
    double box[4];
    bytes_box(&d, box);
    if (action == RECT) {
        meta_rectangle(m, box[0], box[1], box[2], box[3]);
    } else if (action == ROUNDRECT) {
        double rx = bytes_u32(&d), ry = bytes_u32(&d);
        meta_round(m, box, rx, ry);
    } else if (action == ELLIPSE) {
        meta_ellipse(m, box);
    } else {
        double p[4];
        bytes_box(&d, p);
        meta_arc(m, box, p[0], p[1], p[2], p[3],
                 action == ARC   ? ARC_OPEN
                 : action == PIE ? ARC_PIE
                                 : ARC_CHORD);
    }
    meta_paint(m, action != ARC, true);
}

static void pixel(Metafile *m, Bytes d, bool colored)
{
    double x = bytes_i32(&d), y = bytes_i32(&d);
    meta_fill_color(m, (double[]){ x, y, x + 1, y + 1 },
                    colored ? (int32_t)(bytes_u32(&d) & 0xffffff) : m->now.pen.color);
}

/* ---- colours ---- */

int32_t svm_color(Bytes *d)
{
    return (int32_t)(bytes_u32(d) & 0xffffff);
}

int32_t svm_mean_color(Bytes *b)
{
    Bytes d = svm_part(b, NULL);
    int32_t r = 0, color[2];
    unsigned percent[2];
    bytes_u16(&d);
    for (int i = 0; i < 2; i++) { /* each channel is a u16, 255 as 0xff00 or 0xffff */
        color[i] = 0;
        bytes_u16(&d);
        for (int k = 0; k < 3; k++)
            color[i] = color[i] << 8 | (int32_t)(bytes_u16(&d) >> 8);
    }
    bytes_take(&d, 8);
    for (int i = 0; i < 2; i++)
        percent[i] = bytes_u16(&d);
    for (int shift = 0; shift < 24; shift += 8) {
        unsigned sum = 0;
        for (int i = 0; i < 2; i++)
            sum += ((unsigned)color[i] >> shift & 255) * (percent[i] <= 100 ? percent[i] : 100);
        r |= (int32_t)(sum / 200) << shift;
    }
    return r;
}

static void fill_with(Metafile *m, int32_t color)
{
    MetaTool was = m->now.brush;
    m->now.brush = (MetaTool){ .color = color };
    meta_paint(m, true, false);
    m->now.brush = was;
}

static void gradient(Metafile *m, Bytes d, bool polygons)
{
    double box[4];
    if (polygons) {
        polypolygon(m, &d, false);
    } else {
        bytes_box(&d, box);
        meta_rectangle(m, box[0], box[1], box[2], box[3]);
    }
    fill_with(m, svm_mean_color(&d));
}

static void hatch(Metafile *m, Bytes d)
{
    polypolygon(m, &d, false);
    Bytes h = svm_part(&d, NULL);
    bytes_u16(&h);
    fill_with(m, meta_brush(2, svm_color(&h)).color);
}

static void transparent(Metafile *m, Bytes d)
{
    polypolygon(m, &d, false);
    unsigned percent = bytes_u16(&d);
    uint8_t was = m->now.opacity;
    m->now.opacity = (uint8_t)(percent < 100 ? 100 - percent : 0);
    meta_paint(m, true, true);
    m->now.opacity = was;
}

/* ---- text ---- */

enum { CHARSET_UTF16 = 0xffff };

/* LibreOffice's numbers of character sets ([rtl/textenc.h]) as those of Windows. */
static unsigned windows_charset(unsigned encoding)
{
    static const struct {
        uint8_t encoding, charset;
    } known[] = {
        { 2, 77 },   { 10, 2 },   { 33, 238 }, { 34, 204 }, { 35, 161 },
        { 36, 162 }, { 37, 177 }, { 38, 178 }, { 39, 186 }, { 40, 163 },
    };
    for (size_t i = 0; i < COUNT(known); i++)
        if (known[i].encoding == encoding)
            return known[i].charset;
    return encoding == CHARSET_UTF16 ? CHARSET_UTF16 : 0;
}

static void read_string(Bytes *d, unsigned charset, Buf *out)
{
    if (charset == CHARSET_UTF16)
        bytes_utf16(d, bytes_u32(d), out);
    else
        bytes_charset(bytes_take(d, bytes_u16(d)), charset, out);
}

void svm_font(Metafile *m, Bytes b)
{
    static const uint16_t weights[] = { 400, 100, 200, 300, 350, 400, 500, 600, 700, 800, 900 };
    MetaFont *f = &m->now.font;
    Bytes d = svm_part(&b, NULL);
    Buf name = { 0 };
    read_string(&d, 0, &name);
    size_t first = name.n ? strcspn(name.p, ";") : 0;
    if (first && first < sizeof f->family) {
        memcpy(f->family, name.p, first);
        f->family[first] = 0;
    }
    buf_free(&name);
    bytes_take(&d, bytes_u16(&d)); /* the name of its style */
    bytes_i32(&d);
    double height = bytes_i32(&d);
    f->height = fabs(height);
    f->charset = windows_charset(bytes_u16(&d));
    bytes_u16(&d);
    bytes_u16(&d);
    unsigned weight = bytes_u16(&d);
    f->weight = weights[weight < COUNT(weights) ? weight : 0];
    f->underline = bytes_u16(&d) - 1u < 17; /* 0: none; 18: not known */
    f->strike = bytes_u16(&d) - 1u < 6;
    unsigned italic = bytes_u16(&d);
    f->italic = italic == 1 || italic == 2;
    bytes_u16(&d);
    bytes_u16(&d);
    f->angle = bytes_i16(&d);
}

/* Characters [from, from + n) of the text; dx: where each of them ends, as 32-bit numbers. */
static void put_text(Metafile *m, double x, double y, const Buf *t, unsigned from, unsigned n,
                     Bytes dx, double width)
{
    const char *s = t->p ? t->p : "", *end = s + t->n, *p = s;
    int len;
    for (; from && p < end; from--, p += len)
        utf8_get(p, end, &len);
    const char *last = p;
    unsigned count = 0;
    for (; count < n && last < end; count++, last += len)
        utf8_get(last, end, &len);
    double *ends = NULL;
    if (count && (dx.n >= 4 * (size_t)count || width > 0)) {
        ends = mem_new(count * sizeof *ends);
        for (unsigned i = 0; i < count; i++)
            ends[i] = dx.n ? bytes_i32(&dx) : width * (i + 1) / count;
    }
    if (ends && !(ends[count - 1] > 0)) {
        free(ends);
        ends = NULL;
    }
    meta_text(m, x, y, p, (size_t)(last - p), ends);
    free(ends);
}

static void text(Metafile *m, unsigned action, Bytes d, unsigned version)
{
    double x = bytes_i32(&d), y = bytes_i32(&d), width = 0;
    Buf t = { 0 };
    Bytes dx = { 0 };
    read_string(&d, m->now.font.charset, &t);
    if (action == STRETCHTEXT)
        width = bytes_u32(&d);
    unsigned from = bytes_u16(&d), n = bytes_u16(&d);
    if (action == TEXTARRAY) {
        uint32_t count = bytes_u32(&d);
        dx = bytes_take(&d, count < d.n / 4 ? 4 * (size_t)count : d.n);
    }
    if (version >= 2) {
        buf_clear(&t);
        bytes_utf16(&d, bytes_u16(&d), &t);
    }
    put_text(m, x, y, &t, from, n, dx, width);
    buf_free(&t);
}

/* Text in a box: one line in its upper left corner. */
static void text_rect(Metafile *m, Bytes d, unsigned version)
{
    double box[4];
    Buf t = { 0 };
    bytes_box(&d, box);
    read_string(&d, m->now.font.charset, &t);
    bytes_u16(&d);
    if (version >= 2) {
        buf_clear(&t);
        bytes_utf16(&d, bytes_u16(&d), &t);
    }
    OdfStepAlign was = m->now.align;
    m->now.align = (OdfStepAlign){ META_LEFT, META_TOP };
    if (t.n)
        meta_text(m, box[0], box[1], t.p, t.n, NULL);
    m->now.align = was;
    buf_free(&t);
}

/* ---- bitmaps ---- */

/* What is not seen of a bitmap follows it: a mask in which white lets through, or a colour. */
static void read_transparency(Metafile *m, Bytes *d, Dib *dib)
{
    Bytes head = *d;
    if (bytes_u32(&head) != 0x25091962 || bytes_u32(&head) != 0xacb20201)
        return;
    unsigned kind = bytes_u8(&head);
    *d = head;
    if (kind != 2)
        return;
    Dib mask = dib_read_file(d, &m->pixels);
    if (mask.rgba && dib->rgba && mask.width == dib->width && mask.height == dib->height)
        for (size_t i = 0; i < (size_t)dib->width * dib->height; i++)
            dib->rgba[4 * i + 3] = (unsigned char)(255 - mask.rgba[4 * i]);
    else
        m->partial = true;
    free(mask.rgba);
}

static void bitmap(Metafile *m, unsigned action, Bytes d)
{
    bool ex = action >= BMPEX;
    unsigned how = (action - BMP) % 3; /* as it is, scaled, a part scaled */
    double to[4] = { 0 }, from[4];
    Dib dib = dib_read_file(&d, &m->pixels);
    if (ex)
        read_transparency(m, &d, &dib);
    to[0] = bytes_i32(&d);
    to[1] = bytes_i32(&d);
    to[2] = how ? bytes_i32(&d) : (double)dib.width;
    to[3] = how ? bytes_i32(&d) : (double)dib.height;
    if (how == 2) {
        bytes_box(&d, from);
        dib_crop(&dib, false, from[0], from[1], from[2], from[3]);
    }
    meta_image(m, &dib, to[0], to[1], to[2], to[3], ROP_COPY);
}

bool svm_draw(Metafile *m, unsigned action, Bytes d, unsigned version)
{
    switch (action) {
    case PIXEL:
    case POINT_ACTION:
        pixel(m, d, action == PIXEL);
        return true;
    case LINE:
        line(m, d, version);
        return true;
    case RECT:
    case ROUNDRECT:
    case ELLIPSE:
    case ARC:
    case PIE:
    case CHORD:
        box_shape(m, action, d);
        return true;
    case POLYLINE:
        polyline(m, d, version);
        return true;
    case POLYGON:
        polygon(m, d, version);
        return true;
    case POLYPOLYGON:
        polypolygon(m, &d, version >= 2);
        meta_paint(m, true, true);
        return true;
    case TRANSPARENT:
        transparent(m, d);
        return true;
    case TEXT:
    case TEXTARRAY:
    case STRETCHTEXT:
        text(m, action, d, version);
        return true;
    case TEXTRECT:
        text_rect(m, d, version);
        return true;
    case BMP:
    case BMPSCALE:
    case BMPSCALEPART:
    case BMPEX:
    case BMPEXSCALE:
    case BMPEXSCALEPART:
        bitmap(m, action, d);
        return true;
    case GRADIENT:
    case GRADIENTEX:
        gradient(m, d, action == GRADIENTEX);
        return true;
    case HATCH:
        hatch(m, d);
        return true;
    default:
        return false;
    }
}
