/* SPDX-License-Identifier: MIT */
/* The file: object numbers, object streams, the cross-reference stream (ISO 32000-1, 7.5).
 *
 * Objects other than streams are gathered in object streams.  Of each object only its place is
 * kept, and of objects that lie side by side only one record: 16 bytes for a run. */
#include "internal.h"

#include <libdeflate.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

enum { STREAM_BYTES = 48 << 10, STREAM_OBJECTS = 4000 };
enum { KEEP_LEAST = 100, KEEP_MOST = 32 << 10 };       /* bytes of a stream */
enum { ROW_FREE = 0, ROW_PLAIN = 1, ROW_IN_STREAM = 2 };        /* first field of a row */
#define IN_STREAM (UINT64_C(1) << 63)   /* PdfRun.where: an object stream's number, not an offset */

/* What goes out is also what the file's /ID is made of; a checksum of each piece will do. */
static void put(PdfFile *f, const void *data, size_t len)
{
    uint32_t piece[2] = { libdeflate_crc32(0, data, len), (uint32_t)len };
    digest_add(&f->digest, piece, sizeof piece);
    output_put(f->out, data, len);
}

uint32_t pdf_take(PdfFile *f, uint32_t n)
{
    uint32_t first = f->next;
    f->next += n;
    return first;
}

uint32_t pdf_take_shared(PdfFile *f)
{
    return f->piece ? f->next_shared++ : pdf_take(f, 1);
}

uint32_t pdf_objects(const PdfFile *f)
{
    return f->next;
}

static void placed(PdfFile *f, uint32_t number, uint64_t offset)
{
    vec_push(&f->run, (PdfRun){ offset, number, 1, 0 });
}

/* An object in the object stream being filled: often the run of the one before it goes on. */
static void placed_in_stream(PdfFile *f, uint32_t number, uint16_t index)
{
    uint64_t where = IN_STREAM | f->body_number;
    PdfRun *last = index ? &f->run.p[f->body_run] : NULL;
    if (last && last->first + last->n == number) {
        last->n++;
        return;
    }
    f->body_run = f->run.n;
    vec_push(&f->run, (PdfRun){ where, number, 1, index });
}

static bool is_fast(PdfPacking packing, size_t len)
{
    return packing == PDF_DEFLATE_ONCE || len >= KEEP_MOST;
}

/* The same data come again in files of one template: the structure, the font dictionaries, pages
 * that no record changes. */
static const Buf *deflated(PdfFile *f, const void *data, size_t len, PdfPacking packing)
{
    bool keep = len > KEEP_LEAST && len < KEEP_MOST;
    PdfKind kind = packing == PDF_DEFLATE_ONCE ? PDF_KEPT_ONCE : PDF_KEPT_STREAM;
    PdfKept *k = keep ? pdf_cache_find(f->cache, kind, data, len) : NULL;
    if (k)
        return &k->part[0];
    (is_fast(packing, len) ? pdf_deflate_fast : pdf_deflate)(f->cache, data, len, &f->packed);
    if (keep) {
        k = pdf_cache_make(f->cache, kind, data, len);
        pdf_put(&k->part[0], f->packed.p, f->packed.n);
    }
    return &f->packed;
}

static void write_stream(PdfFile *f, uint32_t number, const Buf *dict, const void *data, size_t len,
                         PdfPacking packing)
{
    Buf *b = &f->start;
    placed(f, number, output_tell(f->out));
    buf_clear(b);
    pdf_int(b, number);
    pdf_str(b, " 0 obj\n<<");
    if (dict->n)
        pdf_put(b, dict->p, dict->n);
    if (packing != PDF_PLAIN)
        pdf_str(b, "/Filter/FlateDecode");
    pdf_str(b, "/Length ");
    pdf_int(b, len);
    pdf_str(b, ">>\nstream\n");
    put(f, b->p, b->n);
    put(f, data, len);
    put(f, "\nendstream\nendobj\n", 18);
}

static bool write_next(PdfFile *f)
{
    const PdfJob *j = pdf_packer_take(f->packer);
    if (!j)
        return false;
    const Buf *data = j->pack ? &j->out : &j->data;
    write_stream(f, j->number, &j->dict, data->p, data->n, j->packing);
    return true;
}

/* Those that a thread packs, all. */
static void write_streams(PdfFile *f)
{
    while (f->packer && write_next(f))
        ;
}

/* Hands a stream to the thread; what it holds is copied. */
static void hand_over(PdfFile *f, uint32_t number, const Buf *dict, const void *data, size_t len,
                      PdfPacking packing)
{
    PdfJob *j;
    while (!(j = pdf_packer_job(f->packer)))
        write_next(f);
    j->number = number;
    j->packing = packing;
    j->pack = packing == PDF_DEFLATE || packing == PDF_DEFLATE_ONCE;
    j->fast = is_fast(packing, len);
    buf_clear(&j->dict);
    buf_put(&j->dict, dict->p, dict->n);
    buf_clear(&j->data);
    buf_put(&j->data, data, len);
    pdf_packer_give(f->packer);
}

void pdf_stream(PdfFile *f, uint32_t number, const Buf *dict, const void *data, size_t len,
                PdfPacking packing)
{
    if (f->packer) {
        hand_over(f, number, dict, data, len, packing);
        return;
    }
    if (packing == PDF_DEFLATE || packing == PDF_DEFLATE_ONCE) {
        const Buf *packed = deflated(f, data, len, packing);
        data = packed->p;
        len = packed->n;
    }
    if (f->piece)
        pdf_piece_stream(f, number, dict, data, len, packing != PDF_PLAIN);
    else
        write_stream(f, number, dict, data, len, packing);
}

/* ---- object streams ---- */

void pdf_objects_flush(PdfFile *f, PdfPacking packing)
{
    if (!f->in_body)
        return;
    size_t first = f->head.n;
    pdf_put(&f->head, f->body.p, f->body.n);
    buf_clear(&f->dict);
    pdf_str(&f->dict, "/Type/ObjStm/N ");
    pdf_int(&f->dict, f->in_body);
    pdf_str(&f->dict, "/First ");
    pdf_int(&f->dict, first);
    pdf_stream(f, f->body_number, &f->dict, f->head.p, f->head.n, packing);
    f->in_body = 0;
    buf_clear(&f->head);
    buf_clear(&f->body);
}

Buf *pdf_object(PdfFile *f, uint32_t number)
{
    if (f->piece)
        return pdf_piece_object(f, number);
    if (!f->in_body)
        f->body_number = pdf_take(f, 1);
    pdf_int(&f->head, number);
    pdf_chr(&f->head, ' ');
    pdf_int(&f->head, f->body.n);
    pdf_chr(&f->head, ' ');
    placed_in_stream(f, number, (uint16_t)f->in_body++);
    return &f->body;
}

void pdf_object_end(PdfFile *f)
{
    if (f->piece) {
        pdf_piece_object_end(f);
        return;
    }
    pdf_chr(&f->body, '\n');
    if (f->body.n >= STREAM_BYTES || f->in_body >= STREAM_OBJECTS)
        pdf_objects_flush(f, PDF_DEFLATE);
}

/* ---- number and name trees (7.9.6, 7.9.7): leaves now, the root at the end ---- */

void pdf_tree_key(PdfTree *t, const char *key)
{
    if (!t->leaf.n)
        snprintf(t->first, sizeof t->first, "%s", key);
    snprintf(t->last, sizeof t->last, "%s", key);
    pdf_str(&t->leaf, key);
    pdf_chr(&t->leaf, ' ');
}

void pdf_tree_flush(PdfFile *f, PdfTree *t)
{
    if (!t->leaf.n)
        return;
    uint32_t number = pdf_take(f, 1);
    Buf *b = pdf_object(f, number);
    buf_format(b, "<</Limits[%s %s]/%s[", t->first, t->last, t->kind);
    pdf_put(b, t->leaf.p, t->leaf.n);
    pdf_str(b, "]>>");
    pdf_object_end(f);
    vec_push(&t->kids, number);
    buf_clear(&t->leaf);
}

void pdf_tree_root(const PdfTree *t, Buf *b)
{
    pdf_str(b, "<</Kids[");
    for (size_t i = 0; i < t->kids.n; i++) {
        pdf_ref(b, t->kids.p[i]);
        pdf_chr(b, ' ');
    }
    pdf_str(b, "]>>");
}

/* ---- beginning and end ---- */

void pdf_header(PdfFile *f)
{
    put(f, "%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", 15);
}

static int by_number(const void *a, const void *b)
{
    const PdfRun *x = a, *y = b;
    return (x->first > y->first) - (x->first < y->first);
}

/* Rows go through a predictor (up, 12), which turns all but a few bytes to zero.  Of eight million
 * objects they would be too large to hold: from some size on they are packed as they are made. */
typedef struct {
    Buf raw, *out;
    z_stream z;
    bool started;
    unsigned char before[16];
    int wide;
} Rows;
enum { ROWS_BYTES = 64 << 10 };

static void rows_pack(Rows *r, int flush)
{
    if (!r->started && deflateInit2(&r->z, 6, Z_DEFLATED, 12, 6, Z_DEFAULT_STRATEGY) != Z_OK)
        mem_fail();
    r->started = true;
    r->z.next_in = (unsigned char *)r->raw.p;
    r->z.avail_in = (unsigned)r->raw.n;
    do {
        enum { PIECE = 4096 };
        char *room = buf_room(r->out, PIECE);
        if (!room)
            break;
        r->z.next_out = (unsigned char *)room;
        r->z.avail_out = PIECE;
        deflate(&r->z, flush);
        r->out->n += PIECE - r->z.avail_out;
    } while (!r->z.avail_out);
    buf_clear(&r->raw);
}

static void rows_end(PdfFile *f, Rows *r)
{
    if (r->started) {
        rows_pack(r, Z_FINISH);
        deflateEnd(&r->z);
    } else {
        pdf_deflate_fast(f->cache, r->raw.p, r->raw.n, r->out);
    }
    buf_free(&r->raw);
}

static void row(Rows *r, int kind, uint64_t where, uint32_t index)
{
    unsigned char now[16], filtered[17], *p = now;
    *p++ = (unsigned char)kind;
    for (int i = r->wide; i--; )
        *p++ = (unsigned char)(where >> 8 * i);
    *p++ = (unsigned char)(index >> 8);
    *p++ = (unsigned char)index;
    size_t n = (size_t)(p - now);
    filtered[0] = 2;
    for (size_t i = 0; i < n; i++)
        filtered[i + 1] = (unsigned char)(now[i] - r->before[i]);
    memcpy(r->before, now, n);
    pdf_put(&r->raw, filtered, n + 1);
    if (r->raw.n >= ROWS_BYTES)
        rows_pack(r, Z_NO_FLUSH);
}

/* Numbers never used are free; all in one section from 0 to the cross-reference stream itself. */
static void all_rows(PdfFile *f, Rows *r, uint32_t size)
{
    uint32_t number = 0;
    for (size_t i = 0; i < f->run.n; i++) {
        const PdfRun *run = &f->run.p[i];
        for (; number < run->first; number++)
            row(r, ROW_FREE, 0, number ? 0 : 65535);
        for (uint32_t k = 0; k < run->n; k++, number++)
            row(r, run->where & IN_STREAM ? ROW_IN_STREAM : ROW_PLAIN, run->where & ~IN_STREAM,
                run->where & IN_STREAM ? run->index + k : 0);
    }
    for (; number < size; number++)
        row(r, ROW_FREE, 0, 0);
    rows_end(f, r);
}

static void identifier(Buf *b, const Digest *d)
{
    pdf_chr(b, '<');
    for (int i = 0; i < 4; i++)
        pdf_hex(b, (uint32_t)((i < 2 ? d->a : d->b) >> (i & 1 ? 0 : 32)), 8);
    pdf_chr(b, '>');
}

void pdf_trailer(PdfFile *f)
{
    pdf_objects_flush(f, PDF_DEFLATE_ONCE);
    write_streams(f);
    uint32_t number = pdf_take(f, 1), size = number + 1;
    uint64_t start = output_tell(f->out);
    Buf *b = &f->content;
    Rows r = { .out = b, .wide = 1 };
    placed(f, number, start);
    qsort(f->run.p, f->run.n, sizeof *f->run.p, by_number);
    while (r.wide < 7 && (start | size) >> 8 * r.wide)
        r.wide++;
    buf_clear(b);
    all_rows(f, &r, size);

    Digest id = f->digest;
    buf_clear(&f->dict);
    buf_format(&f->dict, "/Type/XRef/Size %u/W[1 %d 2]/Root %d 0 R/Info %d 0 R/ID[", size, r.wide,
               OBJ_CATALOG, OBJ_INFO);
    identifier(&f->dict, &id);
    identifier(&f->dict, &id);
    buf_format(&f->dict, "]/DecodeParms<</Predictor 12/Columns %d>>", r.wide + 3);
    write_stream(f, number, &f->dict, b->p, b->n, PDF_DEFLATED);
    buf_clear(b);
    buf_format(b, "startxref\n%llu\n%%%%EOF\n", (unsigned long long)start);
    put(f, b->p, b->n);
}
