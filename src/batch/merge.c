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
    uint32_t part, named;       /* from 1; how many have their names */
    const char *path;           /* of the part */
    Output *out;                /* NULL: none is open */
    PdfFile *pdf;
    uint32_t pages;             /* of the part, blank backs included */
    Entry entry;
    Manifest manifest;
    bool any;                   /* record of this run is in it */
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

/* Flushes a staged file, names it, tells the journal. */
static bool settle(Merge *m, const char *path, const Entry *e, Diags *d)
{
    Buf temporary = {0};
    output_temporary(&temporary, path, (long)getpid());
    int error = disk_flush(m->folder->name, &temporary.p, 1);
    if (!error)
        error = commit_name(m->o.overwrite, m->folder, temporary.p, path, &e->sum);
    if (!error)
        error = disk_flush_folder(m->folder->name);
    if (error) {
        unlink(temporary.p);
        tell_error(path, error, d);
    } else {
        journal_add(m->folder->journal, path + m->folder->prefix, m->template, e);
        m->files++;
        m->bytes += e->sum.size;
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

bool merge_failed(const Merge *m)
{
    return m && m->out && output_error(m->out);
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
    m->entry.pages = m->pages;
    if (!output_stage(out, &m->entry.sum, d))
        return false;
    int error = manifest_save(&m->manifest);
    if (error)
        tell_error(m->path, error, d);
    bool good = !error && settle(m, m->path, &m->entry, d);
    m->named += good;
    return good;
}

/* ---- a print file ---- */

static uint32_t sheet_of(const Merge *m, uint32_t page)
{
    return m->o.duplex ? (page + 1) / 2 : page;
}

static void put_row(Merge *m, const MergeItem *it)
{
    const ManifestRow row = {
        sheet_of(m, it->made->first_page),
        sheet_of(m, it->made->first_page + it->made->pages - 1), it->number, it->document
    };
    manifest_add(&m->manifest, m->path + m->folder->prefix, &row);
    m->any = true;
}

static bool write_manifest(Merge *m, Diags *d)
{
    const char *path = manifest_path(m->job_arena, m->base);
    Entry e = {0};
    Output *out = output_open_staged(path, d);
    if (!out)
        return false;
    output_put(out, m->manifest.rows.p, m->manifest.rows.n);
    return output_stage(out, &e.sum, d) && settle(m, path, &e, d);
}

/* An earlier run needed more parts: they would be printed with these. */
static void tell_surplus(const Merge *m, Diags *d)
{
    const char *path = merge_path(m->job_arena, m->base, m->part + 1);
    if (journal_find(m->folder->journal, path + m->folder->prefix) && !access(path, F_OK))
        diag_add(d, DIAG_batch_surplus, NULL, path, (char *)NULL);
}

static void end_base(Merge *m, Diags *d)
{
    if (!m->base)
        return;
    manifest_end(&m->manifest, !m->any || write_manifest(m, d));
    tell_surplus(m, d);
    m->base = NULL;
}

static bool begin_base(Merge *m, const MergeItem *it, Diags *d)
{
    arena_reset(m->job_arena);
    m->folder = it->folder;
    m->base = arena_str(m->job_arena, it->base);
    m->template = arena_str(m->job_arena, it->template);
    m->part = m->named = it->parts_left;
    m->any = false;
    const char *next = merge_path(m->job_arena, m->base, m->part + 1) + m->folder->prefix;
    int error = manifest_begin(&m->manifest, m->folder, m->base, m->part ? next : NULL);
    if (error)
        tell_error(manifest_path(m->job_arena, m->base), error, d);
    return !error;
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
        if (!begin_base(m, it, d))
            return false;
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
    if (merge_failed(m))
        tell_error(m->path, output_error(m->out), d);
    if (stopped || merge_failed(m))
        drop_part(m);
    else if (end_part(m, d))
        end_base(m, d);
    if (m->base)
        manifest_end(&m->manifest, !m->named);
    count->files += m->files;
    count->bytes += m->bytes;
    pdf_cache_free(m->cache);
    arena_free(m->job_arena);
    arena_free(m->arena);
    free(m);
}
