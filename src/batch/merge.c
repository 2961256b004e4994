/* SPDX-License-Identifier: MIT */
/* Print files (--merge): the documents of a template one after another, ready for the printer.
 *
 * They come as pieces that workers have made (pdf.h) and are placed in the order of the records.
 * A file ends at a record's border when --merge-pages or the limits of PDF/A ask for it, and gets
 * its name only when it is whole.  Beside it stands a manifest: which record is on which sheets. */
#include "internal.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { OBJECTS_SPARE = 100000 };        /* of a document at most; pdf_place() refuses larger ones */

struct Merge {
    MergeOptions o;
    PdfCache *cache;
    Folder *folder;             /* of the file */
    Arena *job_arena, *arena;   /* of the print file's names, of a part's */
    const char *base;           /* path of the print file, or NULL: none was begun */
    const char *template;
    uint32_t part;              /* from 1 */
    const char *path;           /* of the part */
    Output *out;                /* NULL: none is open */
    PdfFile *pdf;
    uint32_t pages;             /* of the part, blank backs included */
    Entry entry;
    Buf manifest;               /* of all parts */
    size_t files;               /* made */
    uint64_t bytes;
};

Merge *merge_new(const MergeOptions *o)
{
    Merge *m = mem_new(sizeof *m);
    m->o = *o;
    m->cache = pdf_cache_new();
    m->job_arena = arena_new();
    m->arena = arena_new();
    return m;
}

const char *merge_path(Arena *a, const char *base, uint32_t part)
{
    const char *dot = strrchr(base, '.'), *slash = strrchr(base, '/');
    size_t stem = dot && (!slash || dot > slash) ? (size_t)(dot - base) : strlen(base);
    if (part == 1)
        return arena_str(a, base);
    return arena_format(a, "%.*s-%u%s", (int)stem, base, part, base + stem);
}

const char *merge_manifest_path(Arena *a, const char *base)
{
    const char *dot = strrchr(base, '.'), *slash = strrchr(base, '/');
    size_t stem = dot && (!slash || dot > slash) ? (size_t)(dot - base) : strlen(base);
    return arena_format(a, "%.*s.csv", (int)stem, base);
}

Digest merge_digest(const MergeOptions *o)
{
    const uint64_t v[] = { o->duplex, o->pages };
    Digest d = {0};
    digest_add(&d, v, sizeof v);
    return d;
}

/* ---- a part ---- */

static bool begin_part(Merge *m, const MergeItem *it, Diags *d)
{
    arena_reset(m->arena);
    m->path = merge_path(m->arena, m->base, ++m->part);
    m->out = output_open_staged(m->path, d);
    if (!m->out)
        return false;
    const PdfOptions o = {
        .cache = m->cache, .producer = "skryba", .title = it->title, .language = it->language,
        .date = m->o.date, .parts = true,
        .duplex = !m->o.duplex ? PDF_SIMPLEX : it->made->wide ? PDF_DUPLEX_SHORT : PDF_DUPLEX_LONG,
    };
    m->pdf = pdf_begin(m->out, &o);
    m->pages = 0;
    m->entry = (Entry){ .first = it->number, .digest = merge_digest(&m->o) };
    return true;
}

static void tell_error(const char *path, int error, Diags *d)
{
    if (error == EEXIST)
        diag_add(d, DIAG_batch_foreign, NULL, path, (char *)NULL);
    else
        diag_add(d, DIAG_file_write, NULL, path, strerror(error), (char *)NULL);
}

/* Flushes, names, tells the journal. */
static bool settle_part(Merge *m, Diags *d)
{
    const char *name = m->path + m->folder->prefix;
    Buf temporary = {0};
    output_temporary(&temporary, m->path, (long)getpid());
    int error = disk_flush(m->folder->name, &temporary.p, 1);
    if (!error)
        error = commit_name(m->o.overwrite, m->folder, temporary.p, m->path, name, &m->entry.sum);
    if (!error)
        error = disk_flush_folder(m->folder->name);
    if (error) {
        unlink(temporary.p);
        tell_error(m->path, error, d);
    } else {
        m->entry.pages = m->pages;
        journal_add(m->folder->journal, name, m->template, &m->entry);
        m->files++;
        m->bytes += m->entry.sum.size;
        int journal = journal_flush(m->folder->journal);
        if (journal)
            diag_add(d, DIAG_batch_journal_write, NULL, m->folder->name, strerror(journal),
                     (char *)NULL);
    }
    buf_free(&temporary);
    return !error;
}

static void drop_part(Merge *m)
{
    pdf_abort(m->pdf);
    output_abort(m->out);
    m->pdf = NULL;
    m->out = NULL;
}

static bool end_part(Merge *m, Diags *d)
{
    PdfFile *pdf = m->pdf;
    Output *out = m->out;
    if (!m->pages) {
        drop_part(m);
        return true;
    }
    m->pdf = NULL;
    m->out = NULL;
    if (!out)
        return true;
    if (!pdf_end(pdf, d)) {
        output_abort(out);
        return false;
    }
    return output_stage(out, &m->entry.sum, d) && settle_part(m, d);
}

/* ---- the manifest (RFC 4180) ---- */

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

static uint32_t sheet_of(const Merge *m, uint32_t page)
{
    return m->o.duplex ? (page + 1) / 2 : page;
}

static void put_row(Merge *m, const MergeItem *it)
{
    Buf *b = &m->manifest;
    if (!b->n)
        buf_str(b, "file,first sheet,last sheet,record,document\r\n");
    put_field(b, m->path + m->folder->prefix);
    buf_format(b, ",%u,%u,%u,", sheet_of(m, it->made->first_page),
               sheet_of(m, it->made->first_page + it->made->pages - 1), it->number);
    put_field(b, it->document);
    buf_str(b, "\r\n");
}

/* The rows of the parts that are left, from the manifest of the run that made them. */
static void keep_rows(Merge *m)
{
    enum { MANIFEST_MAX = 1 << 28 };
    Diags *unwanted = diags_new(LANG_EN);
    size_t len;
    Buf first = {0};
    char *text = file_read(merge_manifest_path(m->arena, m->base), MANIFEST_MAX, &len, unwanted);
    put_field(&first, merge_path(m->arena, m->base, m->part + 1) + m->folder->prefix);
    buf_chr(&first, ',');
    char *end = text ? text + len : NULL;
    for (char *line = text, *next; line && line < end; line = next) {
        next = memchr(line, '\n', (size_t)(end - line));
        next = next ? next + 1 : end;
        if ((size_t)(next - line) >= first.n && !memcmp(line, first.p, first.n))
            break;
        buf_put(&m->manifest, line, (size_t)(next - line));
    }
    free(text);
    buf_free(&first);
    diags_free(unwanted);
}

/* ---- a print file ---- */

static void end_base(Merge *m, Diags *d)
{
    if (m->base && m->manifest.n)
        m->files += output_write(merge_manifest_path(m->arena, m->base), m->manifest.p,
                                 m->manifest.n, d);
    buf_clear(&m->manifest);
    m->base = NULL;
}

static void begin_base(Merge *m, const MergeItem *it)
{
    arena_reset(m->job_arena);
    m->folder = it->folder;
    m->base = arena_str(m->job_arena, it->base);
    m->template = arena_str(m->job_arena, it->template);
    m->part = it->parts_left;
    if (m->part)
        keep_rows(m);
}

static bool is_full(const Merge *m, uint32_t more)
{
    return m->out && m->pages && ((m->o.pages && m->pages + more > m->o.pages) ||
                                  pdf_objects(m->pdf) > PDF_OBJECTS_MAX - OBJECTS_SPARE);
}

bool merge_add(Merge *m, const MergeItem *it, Diags *d)
{
    uint32_t pages = it->made->pages + (m->o.duplex && it->made->pages % 2);
    if (!str_equal(m->base, it->base)) {
        if (!end_part(m, d))
            return false;
        end_base(m, d);
        begin_base(m, it);
    } else if (is_full(m, pages) && !end_part(m, d)) {
        return false;
    }
    if (!m->out && !begin_part(m, it, d))
        return false;
    if (!pdf_place(m->pdf, m->o.fonts, it->piece, it->len, d))
        return false;
    it->made->part = m->part;
    it->made->first_page = m->pages + 1;
    m->pages += pages;
    m->entry.last = it->number;
    digest_add(&m->entry.digest, &it->made->digest, sizeof it->made->digest);
    put_row(m, it);
    return true;
}

void merge_end(Merge *m, bool stopped, BatchCount *count, Diags *d)
{
    if (!m)
        return;
    if (stopped)
        drop_part(m);
    else if (end_part(m, d))
        end_base(m, d);
    count->files += m->files;
    count->bytes += m->bytes;
    pdf_cache_free(m->cache);
    buf_free(&m->manifest);
    arena_free(m->job_arena);
    arena_free(m->arena);
    free(m);
}
