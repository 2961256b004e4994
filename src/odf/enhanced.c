/* SPDX-License-Identifier: MIT */
/* Outlines of Writer's own shapes: draw:enhanced-path (ODF 1.3 part 3, 19.145). */
#include "outline.h"

#include <math.h>
#include <string.h>

static const double DEGREE = M_PI / 180;
enum { PARAMETERS_MOST = 8 };

typedef struct {
    Outline *o;
    Formulas *f;
} Path;

/* Angles from the centre of the box to both points, then the way between them. */
static void arc(Path *p, const double *v, bool clockwise, bool join)
{
    double rx = fabs(v[2] - v[0]) / 2, ry = fabs(v[3] - v[1]) / 2;
    double cx = (v[0] + v[2]) / 2, cy = (v[1] + v[3]) / 2;
    if (rx == 0 || ry == 0)
        return;
    double a = atan2((v[5] - cy) / ry, (v[4] - cx) / rx),
           b = atan2((v[7] - cy) / ry, (v[6] - cx) / rx), sweep = b - a;
    if (clockwise && sweep <= 0)
        sweep += 360 * DEGREE;
    if (!clockwise && sweep >= 0)
        sweep -= 360 * DEGREE;
    outline_arc(p->o, cx, cy, rx, ry, a, sweep, join);
}

static void ellipse(Path *p, const double *v, bool join)
{
    double sweep = fmod(v[5] - v[4], 360);
    if (sweep <= 0)
        sweep += 360;
    outline_arc(p->o, v[0], v[1], v[2], v[3], v[4] * DEGREE, sweep * DEGREE, join);
}

static void quadrant(Path *p, const double *v, bool along_x)
{
    static const double k = 0.5522847498;
    Outline *o = p->o;
    double x = o->x, y = o->y, dx = (v[0] - x) * k, dy = (v[1] - y) * k;
    if (along_x)
        outline_curve(o, x + dx, y, v[0], v[1] - dy, v[0], v[1]);
    else
        outline_curve(o, x, y + dy, v[0] - dx, v[1], v[0], v[1]);
}

static void quadratic(Outline *o, const double *v)
{
    double x = o->x, y = o->y;
    outline_curve(o, x + (v[0] - x) * 2 / 3, y + (v[1] - y) * 2 / 3, v[2] + (v[0] - v[2]) * 2 / 3,
                  v[3] + (v[1] - v[3]) * 2 / 3, v[2], v[3]);
}

static void draw(Path *p, char c, const double *v, int turn)
{
    Outline *o = p->o;
    switch (c) {
    case 'M':
        if (turn)
            outline_line(o, v[0], v[1]);
        else
            outline_move(o, v[0], v[1]);
        break;
    case 'L':
        outline_line(o, v[0], v[1]);
        break;
    case 'C':
        outline_curve(o, v[0], v[1], v[2], v[3], v[4], v[5]);
        break;
    case 'Q':
        quadratic(o, v);
        break;
    case 'T': case 'U':
        ellipse(p, v, c == 'T');
        break;
    case 'A': case 'B':
        arc(p, v, false, c == 'A');
        break;
    case 'W': case 'V':
        arc(p, v, true, c == 'W');
        break;
    case 'X': case 'Y':
        quadrant(p, v, (c == 'X') == !(turn % 2));
        break;
    case 'G':                   /* radii, start, sweep: the pen is at the start */
        outline_arc(o, o->x - v[0] * cos(v[2] * DEGREE), o->y - v[1] * sin(v[2] * DEGREE), v[0],
                    v[1], v[2] * DEGREE, fmod(v[3], 361) * DEGREE, true);
        break;
    }
}

static int parameters(char c)
{
    static const char *const of[] = { "ZNFS", "", "MLXY", "", "QG", "", "CTU", "", "ABWV" };
    for (int i = 0; i < (int)COUNT(of); i++)
        if (c && strchr(of[i], c))
            return i;
    return -1;
}

static void draw_path(Path *p, const char *s)
{
    bool fill = true, stroke = true;
    for (s += strspn(s, " ,\t\r\n"); *s; s += strspn(s, " ,\t\r\n")) {
        char c = *s++;
        int n = parameters(c);
        if (c == 'Z')
            outline_close(p->o);
        fill &= c != 'F';
        stroke &= c != 'S';
        if (c == 'N') {
            outline_contour(p->o, fill, stroke);
            fill = stroke = true;
        }
        for (int turn = 0; n > 0; turn++) {
            double v[PARAMETERS_MOST];
            int k = 0;
            s += strspn(s, " ,\t\r\n");
            if (*s >= 'A' && *s <= 'Z')
                break;
            while (k < n && formulas_value(p->f, &s, &v[k])) {
                k++;
                s += strspn(s, " ,\t\r\n");
            }
            if (k < n)
                break;
            draw(p, c, v, turn);
        }
    }
    outline_contour(p->o, fill, stroke);
}

void enhanced_outline(Outline *o, Formulas *f, const OdfNode *geometry, double text[4])
{
    Path p = { o, f };
    const double *view = formulas_view(f);
    const char *path = odf_attr(geometry, ODF_DRAW_ENHANCED_PATH),
               *areas = odf_attr(geometry, ODF_DRAW_TEXT_AREAS);
    const double whole[4] = { view[0], view[1], view[0] + view[2], view[1] + view[3] };
    if (path)
        draw_path(&p, path);
    memcpy(text, whole, sizeof whole);
    for (int i = 0; areas && i < 4; i++)
        if (!formulas_value(f, &areas, &text[i])) {
            memcpy(text, whole, sizeof whole);
            return;
        }
}
