/* SPDX-License-Identifier: MIT */
/* Points, lines and curves of shapes. */
#include "outline.h"

#include <math.h>
#include <string.h>

enum { POINTS_MOST = 100000 };

/* ---- transformations ---- */

Matrix matrix_then(Matrix a, Matrix b)
{
    return (Matrix){ { b.m[0] * a.m[0] + b.m[2] * a.m[1], b.m[1] * a.m[0] + b.m[3] * a.m[1],
                       b.m[0] * a.m[2] + b.m[2] * a.m[3], b.m[1] * a.m[2] + b.m[3] * a.m[3],
                       b.m[0] * a.m[4] + b.m[2] * a.m[5] + b.m[4],
                       b.m[1] * a.m[4] + b.m[3] * a.m[5] + b.m[5] } };
}

static Matrix turned(double angle)
{
    return (Matrix){ { cos(angle), sin(angle), -sin(angle), cos(angle), 0, 0 } };
}

/* A number or a length, which becomes twips. */
static bool argument(const char **s, double *v)
{
    char word[32];
    int32_t twips;
    *s += strspn(*s, " ,\t\r\n");
    size_t n = strcspn(*s, " ,\t\r\n)");
    if (!n || n >= sizeof word)
        return false;
    memcpy(word, *s, n);
    word[n] = 0;
    const char *p = word;
    if (outline_number(&p, v) && !*p) {
        *s += n;
        return true;
    }
    *s += n;
    *v = odf_length(word, &twips) ? twips : 0;
    return true;
}

/* Writer turns against the clock: y grows upwards where its angles come from. */
static bool operation(const char *name, const double *v, int n, Matrix *m)
{
    *m = (Matrix){ { 1, 0, 0, 1, 0, 0 } };
    if (!strcmp(name, "rotate") && n == 1)
        *m = turned(-v[0]);
    else if (!strcmp(name, "translate") && n)
        *m = (Matrix){ { 1, 0, 0, 1, v[0], n > 1 ? v[1] : 0 } };
    else if (!strcmp(name, "scale") && n)
        *m = (Matrix){ { v[0], 0, 0, n > 1 ? v[1] : v[0], 0, 0 } };
    else if (!strcmp(name, "skewX") && n == 1)
        *m = (Matrix){ { 1, 0, -tan(v[0]), 1, 0, 0 } };
    else if (!strcmp(name, "skewY") && n == 1)
        *m = (Matrix){ { 1, -tan(v[0]), 0, 1, 0, 0 } };
    else if (!strcmp(name, "matrix") && n == 6)
        memcpy(m->m, v, sizeof m->m);
    else
        return false;
    return true;
}

bool matrix_read(const char *s, Matrix *out)
{
    bool any = false;
    *out = (Matrix){ { 1, 0, 0, 1, 0, 0 } };
    for (s += strspn(s, " ,\t\r\n"); *s; s += strspn(s, " ,\t\r\n)")) {
        char name[12];
        double v[6];
        int k = 0;
        Matrix m;
        size_t n = strcspn(s, " (");
        if (n >= sizeof name)
            return false;
        memcpy(name, s, n);
        name[n] = 0;
        s += n;
        s += strspn(s, " (");
        while (k < 6 && *s && *s != ')' && argument(&s, &v[k])) {
            k++;
            s += strspn(s, " ,\t\r\n");
        }
        if (!operation(name, v, k, &m))
            return false;
        *out = matrix_then(*out, m);
        any = true;
    }
    return any;
}

/* ---- points ---- */

static int32_t rounded(double v)
{
    enum { MOST = 1 << 24 };    /* as of lengths */
    return !(v < MOST) ? MOST : !(v > -MOST) ? -MOST : (int32_t)floor(v + 0.5);
}

static void add(Outline *o, unsigned kind, double x, double y)
{
    const double *m = o->to.m;
    if (o->point.n < POINTS_MOST)
        vec_push(&o->point, (OdfPoint){ kind, rounded(m[0] * x + m[2] * y + m[4]),
                                        rounded(m[1] * x + m[3] * y + m[5]) });
    o->x = x;
    o->y = y;
}

void outline_move(Outline *o, double x, double y)
{
    add(o, POINT_MOVE, x, y);
    o->x0 = x;
    o->y0 = y;
}

static void begun(Outline *o)
{
    uint32_t from = o->contour.n ? o->contour.p[o->contour.n - 1].end : 0;
    if (o->point.n == from || o->point.p[o->point.n - 1].kind == POINT_CLOSE)
        outline_move(o, o->x, o->y);
}

void outline_line(Outline *o, double x, double y)
{
    begun(o);
    add(o, POINT_LINE, x, y);
}

void outline_curve(Outline *o, double x1, double y1, double x2, double y2, double x, double y)
{
    begun(o);
    if (o->point.n + 3 > POINTS_MOST)
        return;
    add(o, POINT_CURVE, x1, y1);
    add(o, POINT_CURVE, x2, y2);
    add(o, POINT_CURVE, x, y);
}

void outline_close(Outline *o)
{
    if (!o->point.n || o->point.p[o->point.n - 1].kind == POINT_CLOSE)
        return;
    add(o, POINT_CLOSE, o->x0, o->y0);
}

void outline_contour(Outline *o, bool fill, bool stroke)
{
    uint32_t from = o->contour.n ? o->contour.p[o->contour.n - 1].end : 0;
    if (o->point.n > from)
        vec_push(&o->contour, (struct OdfContour){ (uint32_t)o->point.n, fill, stroke });
}

/* Quarters and what is left, each a cubic curve. */
void outline_arc(Outline *o, double cx, double cy, double rx, double ry, double start,
                 double sweep, bool join)
{
    int n = (int)ceil(fabs(sweep) / (M_PI / 2) - 1e-9);
    if (!isfinite(sweep) || n > 64)
        return;
    double step = n ? sweep / n : 0, k = 4.0 / 3 * tan(step / 4), a = start;
    double x = cx + rx * cos(a), y = cy + ry * sin(a);
    if (join)
        outline_line(o, x, y);
    else
        outline_move(o, x, y);
    for (int i = 0; i < n; i++, a += step) {
        double b = a + step;
        outline_curve(o, cx + rx * (cos(a) - k * sin(a)), cy + ry * (sin(a) + k * cos(a)),
                      cx + rx * (cos(b) + k * sin(b)), cy + ry * (sin(b) - k * cos(b)),
                      cx + rx * cos(b), cy + ry * sin(b));
    }
}

/* ---- lists of numbers ---- */

bool outline_number(const char **s, double *v)
{
    const char *p = *s + strspn(*s, " ,\t\r\n"), *start = p;
    int64_t n;
    int32_t ten = 0;
    bool minus = *p == '-', dot = false;
    p += *p == '-' || *p == '+';
    const char *digits = p;
    for (; (*p >= '0' && *p <= '9') || (*p == '.' && !dot); p++)
        dot |= *p == '.';
    size_t len = (size_t)(p - digits);
    const char *point = memchr(digits, '.', len);
    if (point && len > (size_t)(point - digits) + 7)
        len = (size_t)(point - digits) + 7;
    if (p == start || !number_parse(digits, len, 6, &n))
        return false;
    if ((*p == 'e' || *p == 'E') && (p[1] == '-' || (p[1] >= '0' && p[1] <= '9'))) {
        bool less = p[1] == '-';
        for (p += less ? 2 : 1; *p >= '0' && *p <= '9'; p++)
            ten = ten < 100 ? ten * 10 + (*p - '0') : ten;
        ten = less ? -ten : ten;
    }
    *v = (minus ? -1 : 1) * (double)n / 1e6 * (ten ? pow(10, ten) : 1);
    *s = p;
    return true;
}

void outline_points(Outline *o, const char *s, bool close)
{
    double x, y;
    for (bool first = true; outline_number(&s, &x) && outline_number(&s, &y); first = false)
        if (first)
            outline_move(o, x, y);
        else
            outline_line(o, x, y);
    if (close)
        outline_close(o);
}

/* ---- svg:d ---- */

typedef struct {
    Outline *o;
    double cx, cy;              /* the last control point, for S and T */
    char last;
} Svg;

static int arguments_of(char c)
{
    switch (c | 0x20) {
    case 'm': case 'l': case 't':
        return 2;
    case 'h': case 'v':
        return 1;
    case 'c':
        return 6;
    case 's': case 'q':
        return 4;
    case 'a':
        return 7;
    default:
        return c == 'z' || c == 'Z' ? 0 : -1;
    }
}

static void quadratic(Svg *g, double x1, double y1, double x, double y)
{
    double px = g->o->x, py = g->o->y;
    outline_curve(g->o, px + (x1 - px) * 2 / 3, py + (y1 - py) * 2 / 3, x + (x1 - x) * 2 / 3,
                  y + (y1 - y) * 2 / 3, x, y);
    g->cx = x1;
    g->cy = y1;
}

/* From the end points to the centre, SVG 1.1 F.6.5; turned ellipses are taken as unturned. */
static void elliptical(Outline *o, const double *v)
{
    double rx = fabs(v[0]), ry = fabs(v[1]), x = v[5], y = v[6];
    double dx = (o->x - x) / 2, dy = (o->y - y) / 2;
    if (rx == 0 || ry == 0 || (dx == 0 && dy == 0)) {
        outline_line(o, x, y);
        return;
    }
    double far = dx * dx / (rx * rx) + dy * dy / (ry * ry);
    if (far > 1) {
        rx *= sqrt(far);
        ry *= sqrt(far);
        far = 1;
    }
    double k = ((v[3] != 0) == (v[4] != 0) ? -1 : 1) * sqrt(1 / far - 1);
    double ux = k * rx * dy / ry, uy = -k * ry * dx / rx;
    double a = atan2((dy - uy) / ry, (dx - ux) / rx), b = atan2((-dy - uy) / ry, (-dx - ux) / rx);
    double sweep = b - a;
    if (v[4] != 0 && sweep < 0)
        sweep += 2 * M_PI;
    if (v[4] == 0 && sweep > 0)
        sweep -= 2 * M_PI;
    outline_arc(o, (o->x + x) / 2 + ux, (o->y + y) / 2 + uy, rx, ry, a, sweep, true);
}

static void smooth(Svg *g, char c, const double *v)
{
    Outline *o = g->o;
    bool follows = c == 's' ? g->last == 'c' || g->last == 's' : g->last == 'q' || g->last == 't';
    double x1 = follows ? 2 * o->x - g->cx : o->x, y1 = follows ? 2 * o->y - g->cy : o->y;
    if (c == 't') {
        quadratic(g, x1, y1, v[0], v[1]);
        return;
    }
    g->cx = v[0];
    g->cy = v[1];
    outline_curve(o, x1, y1, v[0], v[1], v[2], v[3]);
}

static void absolute(const Outline *o, char c, double *v, int n)
{
    if (c == 'h')
        v[0] += o->x;
    else if (c == 'v')
        v[0] += o->y;
    else
        for (int i = c == 'a' ? 5 : 0; i < n; i++)
            v[i] += (i - (c == 'a')) % 2 ? o->y : o->x;
}

static void command(Svg *g, char c, const double *v)
{
    Outline *o = g->o;
    switch (c) {
    case 'm':
        outline_move(o, v[0], v[1]);
        break;
    case 'l':
        outline_line(o, v[0], v[1]);
        break;
    case 'h':
        outline_line(o, v[0], o->y);
        break;
    case 'v':
        outline_line(o, o->x, v[0]);
        break;
    case 'c':
        g->cx = v[2];
        g->cy = v[3];
        outline_curve(o, v[0], v[1], v[2], v[3], v[4], v[5]);
        break;
    case 'q':
        quadratic(g, v[0], v[1], v[2], v[3]);
        break;
    case 's': case 't':
        smooth(g, c, v);
        break;
    case 'a':
        elliptical(o, v);
        break;
    default:
        outline_close(o);
    }
    g->last = c;
}

void outline_svg(Outline *o, const char *d)
{
    Svg g = { .o = o };
    char c = 0;
    for (;;) {
        double v[7];
        d += strspn(d, " ,\t\r\n");
        bool letter = (*d | 0x20) >= 'a' && (*d | 0x20) <= 'z';
        if (letter)
            c = *d++;
        else if (c == 'm' || c == 'M')
            c = (char)(c - 'm' + 'l');
        int n = arguments_of(c);
        if (n < 0 || (!letter && !n))
            return;
        for (int i = 0; i < n; i++)
            if (!outline_number(&d, &v[i]))
                return;
        if (c >= 'a')
            absolute(o, c, v, n);
        command(&g, (char)(c | 0x20), v);
    }
}
