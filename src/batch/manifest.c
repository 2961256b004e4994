/* SPDX-License-Identifier: MIT */
/* The manifest of a print file: which record is on which sheets of which part (CSV, RFC 4180).
 *
 * It is an output like any other: whole or not there.  While the print file grows its rows are in
 * .skryba-sheets-FILE, where a part's are before the part has its name: so --resume has the rows of
 * every part that it leaves. */
#include "internal.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char head[] = "file,first sheet,last sheet,record,document\r\n";

const char *manifest_path(Arena *a, const char *base)
{
    const char *dot = strrchr(base, '.'), *slash = strrchr(base, '/');
    size_t stem = dot && (!slash || dot > slash) ? (size_t)(dot - base) : strlen(base);
    return arena_format(a, "%.*s.csv", (int)stem, base);
}

static const char *draft_path(Arena *a, const Folder *f, const char *base)
{
    return arena_format(a, "%s/.skryba-sheets-%s", f->name, base + f->prefix);
}

/* ---- rows ---- */

static void put_field(Buf *b, const char *s)
{
    if (!strpbrk(s, ",\"\r\n")) {
        buf_str(b, s);
        return;
    }
    buf_chr(b, '"');
    for (; *s; s++) {
        if (*s == '"')
            buf_chr(b, '"');
        buf_chr(b, *s);
    }
    buf_chr(b, '"');
}

void manifest_add(Manifest *m, const char *file, const ManifestRow *row)
{
    put_field(&m->rows, file);
    buf_format(&m->rows, ",%u,%u,%u,", row->first, row->last, row->record);
    put_field(&m->rows, row->document);
    buf_str(&m->rows, "\r\n");
}

/* Where the rows of a file begin in text; len: it has none. */
static size_t rows_of(const char *text, size_t len, const char *file)
{
    Buf field = {0};
    size_t at = 0;
    put_field(&field, file);
    buf_chr(&field, ',');
    while (at < len && (len - at < field.n || memcmp(text + at, field.p, field.n))) {
        const char *end = memchr(text + at, '\n', len - at);
        at = end ? (size_t)(end - text) + 1 : len;
    }
    buf_free(&field);
    return at;
}

/* ---- of an earlier run ---- */

char *manifest_read(const Folder *f, const char *base, size_t *len, bool *finished)
{
    enum { MANIFEST_MAX = 1 << 30 };
    Arena *a = arena_new();
    Diags *unwanted = diags_new(LANG_EN);
    const char *draft = draft_path(a, f, base), *path = manifest_path(a, base);
    *finished = access(draft, F_OK) && journal_sound(f, path);
    char *text = file_read(*finished ? path : draft, MANIFEST_MAX, len, unwanted);
    *len = text ? *len : 0;
    diags_free(unwanted);
    arena_free(a);
    return text;
}

bool manifest_knows(const char *text, size_t len, const char *file)
{
    return rows_of(text, len, file) < len;
}

/* ---- of this run ---- */

int manifest_begin(Manifest *m, const Folder *f, const char *base, const char *next)
{
    bool finished;
    size_t len = 0;
    char *text = next ? manifest_read(f, base, &len, &finished) : NULL;
    m->arena = arena_new();
    m->draft = draft_path(m->arena, f, base);
    if (text)
        buf_put(&m->rows, text, rows_of(text, len, next));
    else
        buf_str(&m->rows, head);
    free(text);
    unlink(m->draft);
    m->saved = 0;
    return manifest_save(m);
}

int manifest_save(Manifest *m)
{
    int error = disk_append(m->draft, m->rows.p + m->saved, m->rows.n - m->saved);
    m->saved = m->rows.n;
    return error;
}

void manifest_end(Manifest *m, bool named)
{
    if (named)
        unlink(m->draft);
    arena_free(m->arena);
    buf_free(&m->rows);
    *m = (Manifest){0};
}
