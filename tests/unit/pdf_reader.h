/* SPDX-License-Identifier: MIT */
/* Reads a PDF by way of qpdf --qdf, which unpacks all and puts each key on a line of its own,
 * indented by its depth.  Also writes the test's files. */
#ifndef PDF_READER_H
#define PDF_READER_H

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <unistd.h>

#include <cmocka.h>

#include "pdf_sample.h"

static char folder[] = "/tmp/skryba-pdf-XXXXXX";

static inline int folder_set_up(void **state)
{
    (void)state;
    return mkdtemp(folder) ? 0 : -1;
}

static inline int run(const char *format, ...)
{
    char command[1024];
    va_list ap;
    va_start(ap, format);
    vsnprintf(command, sizeof command, format, ap);
    va_end(ap);
    FILE *p = popen(command, "r");
    if (!p)
        return -1;
    while (fgetc(p) != EOF)
        ;
    return pclose(p);
}

static inline int folder_tear_down(void **state)
{
    (void)state;
    const char *keep = getenv("SKRYBA_KEEP");   /* make conformance looks at what the tests made */
    if (keep)
        run("cp %s/*.pdf '%s'/", folder, keep);
    return run("rm -rf %s", folder);
}

static inline const char *in_folder(const char *name)
{
    static char path[256];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    return path;
}

static inline char *slurp(const char *path, size_t *len)
{
    Diags *d = diags_new(LANG_EN);
    char *p = file_read(path, (size_t)1 << 30, len, d);
    diags_free(d);
    return p;
}

/* Writes the documents; returns whether it worked.  Findings go to d. */
static inline bool write_pdf(const char *name, const PdfOptions *o, Sample *s, size_t n, Diags *d)
{
    Output *out = output_open(in_folder(name), d);
    PdfFile *f = pdf_begin(out, o);
    bool ok = true;
    for (size_t i = 0; i < n && ok; i++)
        ok = pdf_add(f, s[i].l, d);
    if (!ok) {
        pdf_abort(f);
        output_abort(out);
        return false;
    }
    ok = pdf_end(f, d);
    if (ok)
        return output_commit(out, d);
    output_abort(out);
    return false;
}

/* ---- objects ---- */

typedef struct { char *text; const char *object[200000]; uint32_t n; } Reader;

static inline Reader *reader_open(const char *name)
{
    size_t len;
    char path[300];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    assert_int_equal(run("qpdf --check %s 2>&1", path), 0);
    assert_int_equal(
        run("qpdf --qdf --object-streams=disable --no-original-object-ids %s %s.qdf 2>&1", path,
            path),
        0);
    snprintf(path, sizeof path, "%s/%s.qdf", folder, name);
    Reader *r = mem_new(sizeof *r);
    r->text = slurp(path, &len);
    assert_non_null(r->text);
    for (char *p = r->text, *end = p + len, *eol; p < end; p = eol + 1) {
        unsigned number;
        int used = 0;
        if (!(eol = memchr(p, '\n', (size_t)(end - p))))
            break;
        if (*p >= '1' && *p <= '9' && sscanf(p, "%u 0 obj\n%n", &number, &used) == 1 && used
            && number < COUNT(r->object)) {
            r->object[number] = p + used;
            if (number >= r->n)
                r->n = number + 1;
        }
        /* ends each object with a NUL, and each stream's dictionary */
        if (!strncmp(p, "endobj", 6) || !strncmp(p, "stream\n", 7))
            p[0] = 0;
    }
    return r;
}

static inline void reader_free(Reader *r)
{
    free(r->text);
    free(r);
}

/* The value of a key of an object's own dictionary, NULL if it has none.  A few results live at a
 * time. */
static inline const char *value(const char *object, const char *key)
{
    static char room[8][1 << 16];
    static int turn;
    char start[64];
    snprintf(start, sizeof start, "\n  /%s ", key);
    const char *p = object ? strstr(object, start) : NULL;
    if (!p)
        return NULL;
    p += strlen(start);
    const char *end = p;
    while ((end = strchr(end, '\n')) && strncmp(end, "\n  /", 4) && strncmp(end, "\n>>", 3))
        end++;
    size_t len = end ? (size_t)(end - p) : strlen(p);
    char *out = room[turn = (turn + 1) % 8];
    if (len >= sizeof room[0])
        len = sizeof room[0] - 1;
    memcpy(out, p, len);
    out[len] = 0;
    return out;
}

static inline uint32_t number_of(const char *text)
{
    return text ? (uint32_t)strtoul(text, NULL, 10) : 0;
}

/* The object a key refers to, or its own text when it is direct. */
static inline const char *follow(const Reader *r, const char *object, const char *key)
{
    const char *v = value(object, key);
    unsigned number;
    char end;
    if (v && sscanf(v, "%u 0 %c", &number, &end) == 2 && end == 'R')
        return number < r->n ? r->object[number] : NULL;
    return v;
}

static inline const char *catalog_of(const Reader *r)
{
    for (uint32_t i = 1; i < r->n; i++)
        if (r->object[i] && str_equal(value(r->object[i], "Type"), "/Catalog"))
            return r->object[i];
    return NULL;
}

/* The stream of an object, which ends at "endstream". */
static inline const char *stream_of(const char *object)
{
    const char *p = object + strlen(object) + 1;
    return !strncmp(p, "tream\n", 6) ? p + 6 : NULL;
}

/* The number of the n-th page's object; 0: there are not so many. */
static inline uint32_t page_number(const Reader *r, const char *node, uint32_t *n)
{
    const char *kids = value(node, "Kids");
    if (!kids)
        return 0;
    char *list = strdup(kids), *p = list;
    uint32_t found = 0;
    for (unsigned number;
         !found && (p = strpbrk(p, "0123456789")) && sscanf(p, "%u 0 R", &number) == 1;) {
        const char *kid = r->object[number];
        if (str_equal(value(kid, "Type"), "/Pages"))
            found = page_number(r, kid, n);
        else if (!(*n)--)
            found = number;
        p = strchr(p, 'R');
    }
    free(list);
    return found;
}

static inline uint32_t page_at(const Reader *r, uint32_t n)
{
    return page_number(r, follow(r, catalog_of(r), "Pages"), &n);
}

#endif
