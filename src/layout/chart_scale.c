/* SPDX-License-Identifier: MIT */
/* What the axes of a chart reach, and in which steps (writer-layout, frames-styles 6.4). */
#include "chart.h"

#include <math.h>

double scale_at(const Scale *s, double v)
{
    double at;
    if (s->logarithmic)
        at = v > 0 ? (log10(v) - log10(s->min)) / (log10(s->max) - log10(s->min)) : NAN;
    else
        at = (v - s->min) / (s->max - s->min);
    return s->reversed ? 1 - at : at;
}

bool scale_has(double at)
{
    return at > -1e-6 && at < 1 + 1e-6;
}

/* The next of 1, 2, 5, 10, 20 ... not below v; after: above it. */
static double round_step(double v, bool after)
{
    double ten = pow(10, floor(log10(v))), part = v / ten;
    const double steps[] = { 1, 2, 5, 10, 20 };
    for (size_t i = 0; i < COUNT(steps); i++)
        if (after ? part < steps[i] * (1 - 1e-9) : part <= steps[i] * (1 + 1e-9))
            return steps[i] * ten;
    return 20 * ten;
}

double scale_down(double v, double step)
{
    return floor(v / step + 1e-9) * step;
}

/* A value nearer to the end than a twenty-first of the whole gets one step more room. */
static void widen(Scale *s, double low, double high, const ScaleRule *rule)
{
    double min = s->min, max = s->max;
    if (isnan(rule->axis->min)) {
        s->min = scale_down(min, s->step);
        if (!rule->percent && s->min != 0 && (max - low) / (max - s->min) > 20. / 21)
            s->min -= s->step;
    }
    if (isnan(rule->axis->max)) {
        s->max = 0 - scale_down(-max, s->step);
        if (!rule->percent && s->max != 0 && (high - s->min) / (s->max - s->min) > 20. / 21)
            s->max += s->step;
    }
}

static void linear(Scale *s, double low, double high, const ScaleRule *rule)
{
    enum { STEPS_MOST = 1000 };
    bool given = rule->axis->step > 0;
    const Scale from = *s;
    s->step = given ? rule->axis->step : round_step((s->max - s->min) / rule->steps_most, false);
    for (int i = 0; i < 50; i++) {
        double step = s->step;
        *s = from;
        s->step = step;
        widen(s, low, high, rule);
        double n = (s->max - s->min) / step;
        if (n <= (given ? STEPS_MOST : rule->steps_most) + 1e-9)
            return;
        s->step = round_step(step, true);
    }
}

static void tens(Scale *s)
{
    if (!(s->max > 0))
        s->max = 10;
    if (!(s->min > 0))
        s->min = s->max < 1 ? s->max / 10 : 1;
    s->min = pow(10, floor(log10(s->min) + 1e-9));
    s->max = pow(10, ceil(log10(s->max) - 1e-9));
    if (!(s->max > s->min))
        s->max = s->min * 10;
    s->step = 10;
}

/* From zero, unless the lowest is above five sixths of the highest. */
static void from_zero(Scale *s, const OdfChartAxis *axis)
{
    if (isnan(axis->min) && s->min > 0)
        s->min = s->min == s->max || s->min / s->max < 5. / 6 ? 0 : s->min - (s->max - s->min) / 2;
    if (isnan(axis->max) && s->max < 0)
        s->max = s->min == s->max || s->max / s->min < 5. / 6 ? 0 : s->max + (s->max - s->min) / 2;
}

Scale scale_make(double low, double high, ScaleRule rule)
{
    const OdfChartAxis *axis = rule.axis;
    Scale s = { .logarithmic = axis->logarithmic,
                .reversed = axis->reversed,
                .percent = rule.percent };
    if (isnan(low))
        low = high = 0;
    s.min = isnan(axis->min) ? low : axis->min;
    s.max = isnan(axis->max) ? high : axis->max;
    if (s.logarithmic) {
        tens(&s);
        return s;
    }
    if (rule.from_zero)
        from_zero(&s, axis);
    if (!(s.max > s.min)) {
        if (isnan(axis->max) || !isnan(axis->min))
            s.max = s.min + (s.min == 0 ? 1 : fabs(s.min) / 2);
        else
            s.min = s.max - (s.max == 0 ? 1 : fabs(s.max) / 2);
    }
    linear(&s, low, high, &rule);
    return s;
}

/* ---- what there is to show ---- */

typedef struct {
    double low, high;
} Range;

static void take(Range *r, double v)
{
    if (isnan(v))
        return;
    r->low = isnan(r->low) || v < r->low ? v : r->low;
    r->high = isnan(r->high) || v > r->high ? v : r->high;
}

static bool has(const OdfChart *c, OdfChartKind kind)
{
    for (size_t i = 0; i < c->n_series; i++)
        if (c->series[i].kind == kind)
            return true;
    return false;
}

/* Stacked things reach what they sum up to; bars with a sign each on its side. */
static Range stacked_range(const OdfChart *c, bool secondary)
{
    Range r = { NAN, NAN };
    for (size_t i = 0; i < c->n; i++) {
        double up = 0, under = 0;
        for (size_t k = 0; k < c->n_series; k++) {
            const OdfChartSeries *s = &c->series[k];
            double v = s->value[i];
            if (s->secondary != secondary || isnan(v))
                continue;
            if (s->kind == CHART_BAR && v < 0)
                take(&r, under += v);
            else
                take(&r, up += v);
        }
    }
    return r;
}

static Range value_range(const OdfChart *c, bool secondary)
{
    Range r = { NAN, NAN };
    if (c->stacked && c->kind != CHART_SCATTER)
        return stacked_range(c, secondary);
    for (size_t k = 0; k < c->n_series; k++)
        for (size_t i = 0; i < c->n && c->series[k].secondary == secondary; i++)
            take(&r, c->series[k].value[i]);
    return r;
}

static Range x_range(const OdfChart *c)
{
    Range r = { NAN, NAN };
    for (size_t k = 0; k < c->n_series; k++)
        for (size_t i = 0; c->series[k].x && i < c->n; i++)
            if (!isnan(c->series[k].value[i]))
                take(&r, c->series[k].x[i]);
    return r;
}

static Scale y_scale(const OdfChart *c, const OdfChartAxis *axis, bool secondary, int steps)
{
    Range r = value_range(c, secondary);
    ScaleRule rule = { axis, true, c->percent, steps };
    if (c->percent)
        r = (Range){ r.low < 0 ? -1 : 0, isnan(r.high) || r.high > 0 ? 1 : 0 };
    return scale_make(r.low, r.high, rule);
}

void plot_scales(const OdfChart *c, Plot *p, const int steps[AXES])
{
    p->categories = !has(c, CHART_SCATTER);
    p->shifted = has(c, CHART_BAR);
    if (p->categories) {
        p->x = (Scale){ .min = 0, .max = 1, .step = 1, .reversed = c->x.reversed };
    } else {
        Range r = x_range(c);
        p->x = scale_make(r.low, r.high, (ScaleRule){ &c->x, false, false, steps[AXIS_X] });
    }
    p->y = y_scale(c, &c->y, false, steps[AXIS_Y]);
    p->y2 = c->y2.given ? y_scale(c, &c->y2, true, steps[AXIS_Y2]) : p->y;
}
