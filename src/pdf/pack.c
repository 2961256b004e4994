/* SPDX-License-Identifier: MIT */
/* Packing: whole streams by libdeflate, those that are made bit by bit by zlib. */
#include "internal.h"

#include <libdeflate.h>
#include <string.h>
#include <zlib.h>

void pdf_pack(struct libdeflate_compressor *z, const void *data, size_t len, Buf *out)
{
    size_t bound = libdeflate_zlib_compress_bound(z, len);
    buf_clear(out);
    char *room = buf_room(out, bound);
    if (room)
        out->n = libdeflate_zlib_compress(z, data, len, room, bound);
}

void pdf_deflate(PdfCache *c, const void *data, size_t len, Buf *out)
{
    pdf_pack(pdf_cache_compressor(c, false), data, len, out);
}

void pdf_deflate_fast(PdfCache *c, const void *data, size_t len, Buf *out)
{
    pdf_pack(pdf_cache_compressor(c, true), data, len, out);
}

bool pdf_inflate(const void *data, size_t len, Buf *out)
{
    enum { PIECE = 1 << 16 };
    z_stream z = { .next_in = (unsigned char *)data, .avail_in = (unsigned)len };
    int status = inflateInit(&z);
    while (status == Z_OK) {
        char *room = buf_room(out, PIECE);
        if (!room)
            break;
        z.next_out = (unsigned char *)room;
        z.avail_out = PIECE;
        status = inflate(&z, Z_NO_FLUSH);
        out->n += PIECE - z.avail_out;
    }
    inflateEnd(&z);
    return status == Z_STREAM_END;
}

/* ---- a stream in two parts (RFC 1950, 1951) ---- */

void pdf_pack_head(const Buf *plain, Buf *head)
{
    z_stream z = {0};
    if (deflateInit(&z, 9) != Z_OK)
        mem_fail();
    size_t bound = deflateBound(&z, plain->n) + 16;
    char *room = buf_room(head, bound + sizeof(uint32_t));
    if (!room)
        mem_fail();
    z.next_in = (unsigned char *)plain->p;
    z.avail_in = (unsigned)plain->n;
    z.next_out = (unsigned char *)room;
    z.avail_out = (unsigned)bound;
    deflate(&z, Z_FULL_FLUSH);          /* ends at a whole byte */
    head->n = bound - z.avail_out;
    uint32_t sum = (uint32_t)z.adler;
    deflateEnd(&z);
    buf_put(head, &sum, sizeof sum);    /* behind the packed bytes */
}

void pdf_pack_after(const Buf *head, const Buf *tail, Buf *out)
{
    enum { STORED_MOST = 65535 };
    uint32_t sum;
    size_t n = head->n - sizeof sum;
    memcpy(&sum, head->p + n, sizeof sum);
    buf_clear(out);
    buf_put(out, head->p, n);
    for (size_t at = 0, len; at < tail->n; at += len) {
        len = tail->n - at > STORED_MOST ? STORED_MOST : tail->n - at;
        unsigned char start[5] = { at + len == tail->n, (unsigned char)len,
                                   (unsigned char)(len >> 8) };
        start[3] = (unsigned char)~start[1];
        start[4] = (unsigned char)~start[2];
        buf_put(out, start, sizeof start);
        buf_put(out, tail->p + at, len);
    }
    uint32_t own = libdeflate_adler32(1, tail->p, tail->n);
    sum = (uint32_t)adler32_combine(sum, own, (z_off_t)tail->n);
    for (int i = 24; i >= 0; i -= 8)
        buf_chr(out, (int)(sum >> i & 255));
}
