/* SPDX-License-Identifier: MIT */
/* Images, and the numbers of registers. */
#include "rules_internal.h"

#include <libxml/xpathInternals.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* ---- images ---- */

/* The file's path below the folder of the description; NULL: it leads out of it. */
static const char *path_of(Run *r, const char *file)
{
    const char *name = xml_name(project_xml(r->p)), *slash = strrchr(name, '/');
    size_t folder = slash ? (size_t)(slash + 1 - name) : 0;
    if (*file == '/')
        return NULL;
    for (const char *s = file; *s; s += strcspn(s, "/"), s += *s == '/')
        if (strcspn(s, "/") == 2 && s[0] == '.' && s[1] == '.')
            return NULL;
    return arena_format(r->arena, "%.*s%s", (int)folder, name, file);
}

/* Links that lead out are no better than .. */
static bool inside(Run *r, const char *path)
{
    const char *name = xml_name(project_xml(r->p)), *slash = strrchr(name, '/');
    char *folder = realpath(slash ? arena_dup(r->arena, name, (size_t)(slash - name) + 1) : ".",
                            NULL);
    char *real = realpath(path, NULL);
    size_t n = folder ? strlen(folder) : 0;
    bool good = folder && real && !strncmp(real, folder, n) && (real[n] == '/' || n == 1);
    free(folder);
    free(real);
    return good;
}

static const char *kind_of(const char *path)
{
    enum { LARGEST = 256 << 20 };
    Diags *unheard = diags_new(LANG_EN);
    size_t len = 0;
    char *bytes = file_read(path, LARGEST, &len, unheard);
    const char *kind = "other";
    if (len >= 3 && !memcmp(bytes, "\xff\xd8\xff", 3))
        kind = "jpeg";
    else if (len >= 8 && !memcmp(bytes, "\x89PNG\r\n\x1a\n", 8))
        kind = "png";
    free(bytes);
    diags_free(unheard);
    return kind;
}

xmlXPathObject *rule_image(void *data, xmlXPathObject *const *arg, int n)
{
    Run *r = data;
    const char *path = path_of(r, argument_text(r, arg[0])), *kind = "outside";
    (void)n;
    if (path) {
        char *real = realpath(path, NULL);
        kind = !real ? "missing" : !inside(r, path) ? "outside" : kind_of(path);
        free(real);
    }
    return xmlXPathNewCString(kind);
}

/* ---- numbers of registers ---- */

typedef struct { int64_t n; const char *series; } Serial;

static const char *literal_end(const char *pattern)
{
    return pattern + strcspn(pattern, "{");
}

/* Whether a value that was read is the one wanted; NULL or "": any is. */
static bool wanted(const char *value, size_t len, const char *want)
{
    return !want || !*want || (strlen(want) == len && !memcmp(want, value, len));
}

/* The length of the value of {n}, {n:3}, {year} or {course} at s; after is what follows the }. */
static size_t value_length(Run *r, const char *s, char kind, const char *after)
{
    size_t literal = (size_t)(literal_end(after) - after);
    if (kind != 'c')
        return strspn(s, "0123456789");
    const char *stop = literal ? strstr(s, arena_dup(r->arena, after, literal)) : s + strlen(s);
    return stop ? (size_t)(stop - s) : 0;
}

/* Reads a number by its pattern: {n} or {n:3} digits, {year} four digits, {course} what stands to
 * the next literal.  Of restart, 'year' or 'course', the value becomes the series. */
static bool read_serial(Run *r, const char *s, const char *p, const char *course, const char *year,
                        const char *restart, Serial *out)
{
    out->series = "";
    out->n = -1;
    for (;;) {
        size_t literal = (size_t)(literal_end(p) - p);
        if (strncmp(s, p, literal))
            return false;
        s += literal;
        p += literal;
        const char *close = *p ? strchr(p, '}') : NULL;
        if (!close)
            return !*p && !*s && out->n >= 0;
        char kind = p[1];
        size_t len = value_length(r, s, kind, close + 1);
        if (!len || (kind == 'y' && (len != 4 || !wanted(s, len, year))) ||
            (kind == 'c' && !wanted(s, len, course)) ||
            (kind == 'n' && !number_parse(s, len, 0, &out->n)))
            return false;
        if (restart && kind != 'n' && kind == restart[0])
            out->series = arena_dup(r->arena, s, len);
        s += len;
        p = close + 1;
    }
}

double serial_of(Run *r, const char *number, const char *pattern, const char *course,
                 const char *day)
{
    Serial s;
    char year[5] = "";
    if (strlen(day) >= 4)
        memcpy(year, day, 4);
    return read_serial(r, number, pattern, course, year, NULL, &s) ? (double)s.n : (double)NAN;
}

xmlXPathObject *rule_serial(void *data, xmlXPathObject *const *arg, int n)
{
    const char *text[4];
    for (int i = 0; i < 4; i++)
        text[i] = i < n ? argument_text(data, arg[i]) : "";
    return xmlXPathNewFloat(serial_of(data, text[0], text[1], text[2], text[3]));
}

static int by_series(const void *a, const void *b)
{
    const Serial *x = a, *y = b;
    int c = strcmp(x->series, y->series);
    return c ? c : (x->n > y->n) - (x->n < y->n);
}

/* Adds what is missing from a to b: 14, or 14–16. */
static void put_gap(Buf *out, int64_t a, int64_t b, const char *series)
{
    enum { LONGEST = 100 };
    if (out->n > LONGEST)
        return;
    buf_str(out, out->n ? ", " : "");
    buf_int(out, a);
    if (b > a) {
        buf_str(out, "\u2013");
        buf_int(out, b);
    }
    if (*series)
        buf_format(out, " (%s)", series);
    if (out->n > LONGEST)
        buf_str(out, " …");
}

xmlXPathObject *rule_gaps(void *data, xmlXPathObject *const *arg, int n)
{
    Run *r = data;
    const xmlNodeSet *set = arg[0]->type == XPATH_NODESET ? arg[0]->nodesetval : NULL;
    const char *pattern = n > 1 ? argument_text(r, arg[1]) : "{n}";
    const char *restart = n > 2 ? argument_text(r, arg[2]) : NULL;
    double start = n > 3 ? xmlXPathCastToNumber(arg[3]) : (double)NAN;
    VEC(Serial) all = {0};
    Buf out = {0};
    for (int i = 0; set && i < set->nodeNr; i++) {
        Serial s;
        if (read_serial(r, node_value(r, set->nodeTab[i]), pattern, NULL, NULL, restart, &s))
            vec_push(&all, s);
    }
    if (all.n)
        qsort(all.p, all.n, sizeof *all.p, by_series);
    for (size_t i = 0; i < all.n; i++) {
        bool first = !i || !str_equal(all.p[i].series, all.p[i - 1].series);
        int64_t next = !first ? all.p[i - 1].n + 1 : start >= 0 && start < 1e9 ? (int64_t)start
                                                                               : all.p[i].n;
        if (all.p[i].n > next)
            put_gap(&out, next, all.p[i].n - 1, all.p[i].series);
    }
    xmlXPathObject *o = xmlXPathNewCString(out.p ? out.p : "");
    vec_free(&all);
    buf_free(&out);
    return o;
}
