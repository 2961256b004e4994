/* SPDX-License-Identifier: MIT */
/* Packages written: ODF 1.3 part 2, and the .ZIP application note 6.3.9 sections 4.3 and 4.4.
 *
 * Not with libzip, which reads our packages: a batch writes thousands of packages whose parts are
 * mostly the same, and libzip packs every one anew, and through zlib, at several times the cost.
 * What a package needs of the format is the little below. */
#include "internal.h"

#include <libdeflate.h>
#include <stdlib.h>
#include <string.h>

/* 2000-01-01 00:00:02, always: the first moment of 1980 makes the ODF validator err. */
enum { DOS_DATE = 20 << 9 | 1 << 5 | 1, DOS_TIME = 1, VERSION = 20, UTF8_NAME = 1 << 11,
       STORED = 0, DEFLATED = 8, LEVEL = 6 };

typedef struct {
    const char *name;
    uint32_t offset, crc, packed, size;
    uint16_t flags, method;
} Entry;

struct OdfZip {
    struct libdeflate_compressor *compressor;
    Buf *out;
    Buf packed;
    VEC(Entry) entry;
    bool failed;
};

OdfZip *odf_zip_new(void)
{
    OdfZip *z = mem_new(sizeof *z);
    z->compressor = libdeflate_alloc_compressor(LEVEL);
    if (!z->compressor)
        mem_fail();
    return z;
}

void odf_zip_free(OdfZip *z)
{
    if (!z)
        return;
    libdeflate_free_compressor(z->compressor);
    buf_free(&z->packed);
    vec_free(&z->entry);
    free(z);
}

void odf_zip_start(OdfZip *z, Buf *out)
{
    z->out = out;
    z->entry.n = 0;
    z->failed = false;
}

static void put16(Buf *b, unsigned v)
{
    char t[2] = { (char)(v & 0xff), (char)(v >> 8 & 0xff) };
    buf_put(b, t, 2);
}

static void put32(Buf *b, uint32_t v)
{
    put16(b, v & 0xffff);
    put16(b, v >> 16);
}

/* What the local header and the central directory have in common. */
static void put_common(Buf *b, const Entry *e)
{
    put16(b, VERSION);
    put16(b, e->flags);
    put16(b, e->method);
    put16(b, DOS_TIME);
    put16(b, DOS_DATE);
    put32(b, e->crc);
    put32(b, e->packed);
    put32(b, e->size);
    put16(b, (unsigned)strlen(e->name));
    put16(b, 0);                        /* no extra field */
}

static void deflate_part(OdfZip *z, const void *data, size_t len, Buf *packed)
{
    buf_clear(packed);
    size_t bound = libdeflate_deflate_compress_bound(z->compressor, len);
    char *room = buf_room(packed, bound);
    packed->n = room ? libdeflate_deflate_compress(z->compressor, data, len, room, bound) : 0;
    z->failed |= !packed->n;
}

static bool same(const OdfPacked *last, const void *data, size_t len)
{
    return last && last->packed.n && last->text.n == len && !memcmp(last->text.p, data, len);
}

void odf_zip_add(OdfZip *z, const char *name, const void *data, size_t len, bool deflate,
                 OdfPacked *last)
{
    Entry e = {
        .name = name, .offset = (uint32_t)z->out->n, .size = (uint32_t)len, .method = STORED
    };
    Buf *packed = last ? &last->packed : &z->packed;
    for (const char *p = name; *p; p++)
        if (*p & 0x80)
            e.flags = UTF8_NAME;
    if (len >= BUF_MAX || strlen(name) > 0xffff) {
        z->failed = true;
        return;
    }
    if (same(last, data, len)) {
        e.crc = last->crc;
    } else {
        e.crc = libdeflate_crc32(0, data, len);
        if (deflate)
            deflate_part(z, data, len, packed);
        if (last) {
            buf_clear(&last->text);
            buf_put(&last->text, data, len);
            last->crc = e.crc;
        }
    }
    if (deflate) {
        e.method = DEFLATED;
        data = packed->p;
        len = packed->n;
    }
    e.packed = (uint32_t)len;
    put32(z->out, 0x04034b50);
    put_common(z->out, &e);
    buf_str(z->out, name);
    buf_put(z->out, data, len);
    vec_push(&z->entry, e);
}

bool odf_zip_end(OdfZip *z)
{
    size_t start = z->out->n;
    for (size_t i = 0; i < z->entry.n; i++) {
        const Entry *e = &z->entry.p[i];
        put32(z->out, 0x02014b50);
        put16(z->out, VERSION);         /* made by: no file system, no attributes */
        put_common(z->out, e);
        put16(z->out, 0);               /* no comment */
        put16(z->out, 0);               /* disk */
        put16(z->out, 0);
        put32(z->out, 0);
        put32(z->out, e->offset);
        buf_str(z->out, e->name);
    }
    size_t size = z->out->n - start;
    put32(z->out, 0x06054b50);
    put32(z->out, 0);
    put16(z->out, (unsigned)z->entry.n);
    put16(z->out, (unsigned)z->entry.n);
    put32(z->out, (uint32_t)size);
    put32(z->out, (uint32_t)start);
    put16(z->out, 0);
    return !z->failed && !z->out->failed && z->entry.n <= 0xffff;
}
