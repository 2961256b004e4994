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

/* Reads a number by its pattern: {n} or {n:3} digits, {year} four digits, {course} what stands to
 * the next literal.  Values that are not wanted (NULL or "") may be any.  *series is what numbering
 * begins anew with: 'year', 'course', else "". */
static bool read_serial(Run *r, const char *s, const char *p, const char *course, const char *year,
                        const char *restart, Serial *out)
{
    out->series = "";
    out->n = -1;
    while (*p) {
        size_t literal = (size_t)(literal_end(p) - p);
        if (strncmp(s, p, literal))
            return false;
        s += literal;
        p += literal;
        if (!*p)
            break;
        const char *close = strchr(p, '}');
        if (!close)
            return false;
        const char *after = close + 1, *stop = NULL;
        size_t lit = (size_t)(literal_end(after) - after);
        size_t len = strspn(s, "0123456789");
        if (p[1] == 'c') {
            stop = lit ? strstr(s, arena_dup(r->arena, after, lit)) : s + strlen(s);
            len = stop ? (size_t)(stop - s) : 0;
        }
        const char *value = arena_dup(r->arena, s, len);
        if (!len || (p[1] == 'y' && len != 4) ||
            (p[1] == 'c' && course && *course && !str_equal(course, value)) ||
            (p[1] == 'y' && year && *year && !str_equal(year, value)) ||
            (p[1] == 'n' && !number_parse(value, len, 0, &out->n)))
            return false;
        if (restart && p[1] == restart[0] && p[1] != 'n')
            out->series = value;
        s += len;
        p = after;
    }
    return !*s && out->n >= 0;
}

xmlXPathObject *rule_serial(void *data, xmlXPathObject *const *arg, int n)
{
    Run *r = data;
    Serial s;
    bool good = read_serial(r, argument_text(r, arg[0]), argument_text(r, arg[1]),
                            n > 2 ? argument_text(r, arg[2]) : NULL,
                            n > 3 ? argument_text(r, arg[3]) : NULL, NULL, &s);
    return xmlXPathNewFloat(good ? (double)s.n : (double)NAN);
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
    VEC(Serial) all = {0};
    Buf out = {0};
    for (int i = 0; set && i < set->nodeNr; i++) {
        Serial s;
        if (read_serial(r, node_value(r, set->nodeTab[i]), pattern, NULL, NULL, restart, &s))
            vec_push(&all, s);
    }
    if (all.n)
        qsort(all.p, all.n, sizeof *all.p, by_series);
    for (size_t i = 1; i < all.n; i++)
        if (str_equal(all.p[i].series, all.p[i - 1].series) && all.p[i].n > all.p[i - 1].n + 1)
            put_gap(&out, all.p[i - 1].n + 1, all.p[i].n - 1, all.p[i].series);
    xmlXPathObject *o = xmlXPathNewCString(out.p ? out.p : "");
    vec_free(&all);
    buf_free(&out);
    return o;
}
