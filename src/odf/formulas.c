/* SPDX-License-Identifier: MIT */
/* Numbers of draw:enhanced-geometry: modifiers, equations (ODF 1.3 part 3, 19.171 and 19.172). */
#include "outline.h"

#include <ctype.h>
#include <math.h>
#include <string.h>

enum { EQUATIONS_MOST = 512, NESTED_MOST = 64, MODIFIERS_MOST = 64 };

typedef struct {
    const char *name, *text;
    double value;
    enum { UNKNOWN, RUNNING, KNOWN } state;
} Equation;

struct Formulas {
    double view[4];
    double width, height;       /* hundredths of a millimetre */
    double modifier[MODIFIERS_MOST];
    size_t n_modifier;
    Equation *equation;
    size_t n_equation;
    int depth;
};

Formulas *formulas_new(const OdfNode *geometry, double width, double height, Arena *a)
{
    Formulas *f = ARENA_NEW(a, Formulas);
    const char *view = odf_attr(geometry, ODF_SVG_VIEWBOX),
               *modifiers = odf_attr(geometry, ODF_DRAW_MODIFIERS);
    f->width = width * 127 / 72;
    f->height = height * 127 / 72;
    for (int i = 0; i < 4; i++)
        if (!view || !outline_number(&view, &f->view[i]))
            f->view[i] = i < 2 ? 0 : 21600;
    if (f->view[2] <= 0 || f->view[3] <= 0) {
        f->view[2] = f->width;
        f->view[3] = f->height;
    }
    while (modifiers && f->n_modifier < MODIFIERS_MOST &&
           outline_number(&modifiers, &f->modifier[f->n_modifier]))
        f->n_modifier++;
    f->equation = ARENA_ARRAY(a, Equation, geometry->n_kid ? geometry->n_kid : 1);
    for (uint32_t i = 0; i < geometry->n_kid && f->n_equation < EQUATIONS_MOST; i++) {
        const OdfNode *n = geometry->kid[i];
        const char *name = n->name == ODF_DRAW_EQUATION ? odf_attr(n, ODF_DRAW_NAME) : NULL;
        const char *text = name ? odf_attr(n, ODF_DRAW_FORMULA) : NULL;
        if (text)
            f->equation[f->n_equation++] = (Equation){ name, text, 0, UNKNOWN };
    }
    return f;
}

const double *formulas_view(const Formulas *f)
{
    return f->view;
}

static double expression(Formulas *f, const char **s);

static void skip(const char **s)
{
    *s += strspn(*s, " \t\r\n");
}

/* An equation that asks for itself is 0. */
static double equation(Formulas *f, const char *name, size_t len)
{
    for (size_t i = 0; i < f->n_equation; i++) {
        Equation *e = &f->equation[i];
        if (strncmp(e->name, name, len) || e->name[len])
            continue;
        if (e->state == UNKNOWN) {
            const char *text = e->text;
            e->state = RUNNING;
            e->value = expression(f, &text);
            e->state = KNOWN;
        }
        return e->state == KNOWN && isfinite(e->value) ? e->value : 0;
    }
    return 0;
}

static bool named(const Formulas *f, const char *name, size_t len, double *v)
{
    const struct { const char *name; double value; } names[] = {
        { "pi", M_PI }, { "left", f->view[0] }, { "top", f->view[1] },
        { "right", f->view[0] + f->view[2] }, { "bottom", f->view[1] + f->view[3] },
        { "width", f->view[2] }, { "height", f->view[3] }, { "xstretch", 0 }, { "ystretch", 0 },
        { "hasstroke", 1 }, { "hasfill", 1 }, { "logwidth", f->width }, { "logheight", f->height },
    };
    for (size_t i = 0; i < COUNT(names); i++)
        if (strlen(names[i].name) == len && !strncmp(names[i].name, name, len)) {
            *v = names[i].value;
            return true;
        }
    return false;
}

static double applied(const char *name, size_t len, const double *v)
{
    static const char *const names[] = { "abs", "sqrt", "sin", "cos", "tan", "atan", "atan2", "min",
                                         "max", "if" };
    size_t i = 0;
    while (i < COUNT(names) && (strlen(names[i]) != len || strncmp(names[i], name, len)))
        i++;
    switch (i) {
    case 0:
        return fabs(v[0]);
    case 1:
        return v[0] > 0 ? sqrt(v[0]) : 0;
    case 2:
        return sin(v[0]);
    case 3:
        return cos(v[0]);
    case 4:
        return tan(v[0]);
    case 5:
        return atan(v[0]);
    case 6:
        return atan2(v[0], v[1]);
    case 7:
        return v[0] < v[1] ? v[0] : v[1];
    case 8:
        return v[0] > v[1] ? v[0] : v[1];
    case 9:
        return v[0] > 0 ? v[1] : v[2];
    default:
        return 0;
    }
}

static double call(Formulas *f, const char *name, size_t len, const char **s)
{
    double v[3] = {0};
    ++*s;
    for (int i = 0; i < 3; i++) {
        v[i] = expression(f, s);
        skip(s);
        if (**s != ',')
            break;
        ++*s;
    }
    *s += **s == ')';
    return applied(name, len, v);
}

bool formulas_value(Formulas *f, const char **s, double *v)
{
    skip(s);
    if (**s == '$') {
        char *end;
        unsigned long i = strtoul(*s + 1, &end, 10);
        *v = i < f->n_modifier ? f->modifier[i] : 0;
        *s = end;
        return true;
    }
    bool asked = **s == '?';
    const char *name = *s + asked;
    size_t len = 0;
    while (isalnum((unsigned char)name[len]) || name[len] == '_')
        len++;
    if (asked) {
        *v = equation(f, name, len);
        *s = name + len;
        return true;
    }
    if (len && named(f, name, len, v)) {
        *s = name + len;
        return true;
    }
    return outline_number(s, v);
}

static double operand(Formulas *f, const char **s)
{
    double v = 0;
    skip(s);
    if (**s == '-' || **s == '+') {
        bool minus = *(*s)++ == '-';
        v = operand(f, s);
        return minus ? -v : v;
    }
    if (**s == '(') {
        ++*s;
        v = expression(f, s);
        skip(s);
        *s += **s == ')';
        return v;
    }
    size_t len = 0;
    while (isalnum((unsigned char)(*s)[len]))
        len++;
    const char *name = *s;
    if (len && isalpha((unsigned char)*name) && name[len] == '(') {
        *s += len;
        return call(f, name, len, s);
    }
    if (!formulas_value(f, s, &v) && **s)
        ++*s;                   /* what is not understood counts as 0 */
    return v;
}

static double product(Formulas *f, const char **s)
{
    double v = operand(f, s);
    for (skip(s); **s == '*' || **s == '/'; skip(s)) {
        bool times = *(*s)++ == '*';
        double w = operand(f, s);
        v = times ? v * w : w != 0 ? v / w : 0;
    }
    return v;
}

static double expression(Formulas *f, const char **s)
{
    if (f->depth >= NESTED_MOST) {
        *s += strlen(*s);
        return 0;
    }
    f->depth++;
    double v = product(f, s);
    for (skip(s); **s == '+' || **s == '-'; skip(s)) {
        bool plus = *(*s)++ == '+';
        double w = product(f, s);
        v = plus ? v + w : v - w;
    }
    f->depth--;
    return v;
}
