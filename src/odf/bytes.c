/* SPDX-License-Identifier: MIT */
/* Little-endian numbers and texts of Windows, out of data that may end anywhere. */
#include "metafile.h"

#include <string.h>
#include <unicode/ucnv.h>

Bytes bytes_take(Bytes *b, size_t n)
{
    Bytes r = { b->p, n < b->n ? n : b->n, n > b->n };
    b->bad |= r.bad;
    b->p += r.n;
    b->n -= r.n;
    return r;
}

Bytes bytes_at(Bytes b, size_t from, size_t n)
{
    if (from > b.n || n > b.n - from)
        return (Bytes){ b.p, 0, true };
    return (Bytes){ b.p + from, n, false };
}

unsigned bytes_u8(Bytes *b)
{
    Bytes r = bytes_take(b, 1);
    return r.bad ? 0 : r.p[0];
}

unsigned bytes_u16(Bytes *b)
{
    Bytes r = bytes_take(b, 2);
    return r.bad ? 0 : r.p[0] | (unsigned)r.p[1] << 8;
}

int32_t bytes_i16(Bytes *b)
{
    unsigned v = bytes_u16(b);
    return (int32_t)v - (v & 0x8000 ? 0x10000 : 0);
}

uint32_t bytes_u32(Bytes *b)
{
    Bytes r = bytes_take(b, 4);
    return r.bad ? 0
                 : r.p[0] | (uint32_t)r.p[1] << 8 | (uint32_t)r.p[2] << 16 | (uint32_t)r.p[3] << 24;
}

int32_t bytes_i32(Bytes *b)
{
    uint32_t v = bytes_u32(b);
    return v & 0x80000000 ? (int32_t)(v - 0x80000000) + INT32_MIN : (int32_t)v;
}

double bytes_f32(Bytes *b)
{
    uint32_t v = bytes_u32(b);
    float f;
    memcpy(&f, &v, sizeof f);
    return f > -1e9f && f < 1e9f ? f : 0; /* not a number: 0 */
}

int32_t bytes_colorref(Bytes *b)
{
    uint32_t v = bytes_u32(b);
    return (int32_t)((v & 0xff) << 16 | (v & 0xff00) | (v >> 16 & 0xff));
}

void bytes_box(Bytes *b, double box[4])
{
    for (int i = 0; i < 4; i++)
        box[i] = bytes_i32(b);
}

static void put_character(Buf *out, uint32_t c)
{
    if (c >= 0x20 || c == '\t')
        buf_utf8(out, c == '\t' ? ' ' : c);
}

void bytes_utf16(Bytes *b, size_t n, Buf *out)
{
    uint32_t high = 0;
    for (Bytes s = bytes_take(b, n < b->n / 2 ? 2 * n : b->n); s.n >= 2;) {
        uint32_t c = bytes_u16(&s);
        bool low = c >= 0xdc00 && c <= 0xdfff;
        if (high)
            put_character(out, low ? 0x10000 + ((high & 0x3ff) << 10) + (c & 0x3ff) : 0xfffd);
        else if (low)
            put_character(out, 0xfffd);
        bool paired = high && low;
        high = c >= 0xd800 && c <= 0xdbff ? c : 0;
        if (!high && !low && !paired)
            put_character(out, c);
    }
    if (high)
        put_character(out, 0xfffd);
}

/* [MS-WMF] 2.1.1.5, the character sets of Windows. */
static const char *codepage(unsigned charset)
{
    static const struct {
        uint8_t charset;
        const char *name;
    } known[] = {
        { 77, "macintosh" },     { 128, "windows-932" },  { 129, "windows-949" },
        { 134, "windows-936" },  { 136, "windows-950" },  { 161, "windows-1253" },
        { 162, "windows-1254" }, { 163, "windows-1258" }, { 177, "windows-1255" },
        { 178, "windows-1256" }, { 186, "windows-1257" }, { 204, "windows-1251" },
        { 222, "windows-874" },  { 238, "windows-1250" }, { 255, "ibm-850" },
    };
    for (size_t i = 0; i < COUNT(known); i++)
        if (known[i].charset == charset)
            return known[i].name;
    return "windows-1252";
}

enum { CHARSET_SYMBOL = 2 };

void bytes_charset(Bytes b, unsigned charset, Buf *out)
{
    if (charset == CHARSET_SYMBOL) { /* as fonts of symbols are addressed everywhere */
        while (b.n) {
            unsigned c = bytes_u8(&b);
            if (c >= 0x20)
                buf_utf8(out, 0xf000 + c);
        }
        return;
    }
    UErrorCode error = U_ZERO_ERROR;
    int32_t room = b.n < 100000 ? (int32_t)b.n * 4 : 400000;
    char *to = mem_new((size_t)room + 1);
    int32_t n = ucnv_convert("UTF-8", codepage(charset), to, room, (const char *)b.p,
                             b.n < 100000 ? (int32_t)b.n : 100000, &error);
    if (U_SUCCESS(error))
        for (const char *s = to, *end = to + n; s < end;) {
            int len;
            put_character(out, utf8_get(s, end, &len));
            s += len;
        }
    free(to);
}
