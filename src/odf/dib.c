/* SPDX-License-Identifier: MIT */
/* Device-independent bitmaps ([MS-WMF] 2.2.2.9) of metafiles, made into PNG. */
#include "metafile.h"

#include <libdeflate.h>
#include <png.h>
#include <string.h>

enum { BI_RGB, BI_RLE8, BI_RLE4, BI_BITFIELDS };
static const uint32_t PACKED = 0x01004453; /* "SD": zlib, as LibreOffice writes it */
enum { SIDE_MOST = 1 << 15 };              /* pixels */

typedef struct {
    uint32_t width, height, compression, mask[4];
    unsigned bits;
    bool top_down;
    unsigned colors;
    uint32_t palette[256]; /* 0xRRGGBB */
} Header;

static unsigned palette_size(const Header *h, uint32_t used)
{
    unsigned most = h->bits <= 8 ? 1u << h->bits : 0;
    return used && used < most ? used : most;
}

/* The header up to the palette; *entry: bytes of a colour in it. */
static bool read_header(Bytes *b, Header *h, unsigned *entry)
{
    uint32_t size = bytes_u32(b), used = 0;
    *h = (Header){ .compression = BI_RGB };
    *entry = size == 12 ? 3 : 4;
    int32_t width, height;
    if (size == 12) {
        width = (int32_t)bytes_u16(b);
        height = bytes_i16(b);
    } else {
        width = bytes_i32(b);
        height = bytes_i32(b);
    }
    bytes_u16(b);
    h->bits = bytes_u16(b);
    if (size >= 40) {
        h->compression = bytes_u32(b);
        bytes_take(b, 12);
        used = bytes_u32(b);
        bytes_u32(b);
        size_t more = size - 40;
        Bytes masks = *b;
        bytes_take(b, more);
        if (h->compression == BI_BITFIELDS) {
            for (int i = 0; i < 3; i++)
                h->mask[i] = bytes_u32(&masks);
            if (more >= 16)
                h->mask[3] = bytes_u32(&masks);
            if (!more)
                bytes_take(b, 12);
        }
    }
    h->top_down = height < 0;
    h->width = (uint32_t)width;
    h->height = height < 0 ? -(uint32_t)height : (uint32_t)height;
    h->colors = palette_size(h, used);
    return !b->bad && (size == 12 || size >= 40) && width > 0 && h->width <= SIDE_MOST &&
           h->height && h->height <= SIDE_MOST &&
           (h->bits == 1 || h->bits == 4 || h->bits == 8 || h->bits == 16 || h->bits == 24 ||
            h->bits == 32);
}

static void read_palette(Bytes *b, Header *h, unsigned entry)
{
    for (unsigned i = 0; i < h->colors; i++) {
        Bytes c = bytes_take(b, entry);
        if (c.n == entry)
            h->palette[i] = (uint32_t)c.p[2] << 16 | (uint32_t)c.p[1] << 8 | c.p[0];
    }
}

static size_t stride_of(const Header *h)
{
    return ((size_t)h->width * h->bits + 31) / 32 * 4;
}

/* ---- pixels ---- */

static unsigned index_at(const unsigned char *row, uint32_t x, unsigned bits)
{
    unsigned byte = row[(size_t)x * bits / 8];
    return bits == 8 ? byte : bits == 4 ? byte >> (x % 2 ? 0 : 4) & 15 : byte >> (7 - x % 8) & 1;
}

/* The part of v that mask holds, as 0 to 255. */
static unsigned char channel(uint32_t v, uint32_t mask)
{
    if (!mask)
        return 0;
    unsigned shift = 0;
    while (!(mask >> shift & 1))
        shift++;
    uint64_t most = mask >> shift;
    return (unsigned char)((uint64_t)((v & mask) >> shift) * 255 / most);
}

static void put_pixel(unsigned char *to, uint32_t rgb)
{
    to[0] = (unsigned char)(rgb >> 16);
    to[1] = (unsigned char)(rgb >> 8);
    to[2] = (unsigned char)rgb;
    to[3] = 255;
}

static void put_row(const Header *h, const unsigned char *row, unsigned char *to)
{
    static const uint32_t usual[2][4] = { { 0x7c00, 0x3e0, 0x1f, 0 },
                                          { 0xff0000, 0xff00, 0xff, 0 } };
    const uint32_t *mask = h->compression == BI_BITFIELDS ? h->mask : usual[h->bits == 32];
    for (uint32_t x = 0; x < h->width; x++, to += 4) {
        if (h->bits <= 8) {
            put_pixel(to, h->palette[index_at(row, x, h->bits)]);
        } else if (h->bits == 24) {
            const unsigned char *p = row + 3 * (size_t)x;
            put_pixel(to, (uint32_t)p[2] << 16 | (uint32_t)p[1] << 8 | p[0]);
        } else {
            Bytes p = { row + (size_t)x * h->bits / 8, 4, false };
            uint32_t v = h->bits == 16 ? bytes_u16(&p) : bytes_u32(&p);
            for (int i = 0; i < 3; i++)
                to[i] = channel(v, mask[i]);
            to[3] = mask[3] ? channel(v, mask[3]) : 255;
        }
    }
}

/* Run lengths ([MS-WMF] 3.1.6) into rows of indices, each one byte. */
static void unpack_runs(const Header *h, Bytes b, unsigned char *out)
{
    uint32_t x = 0, y = 0;
    while (b.n >= 2 && y < h->height) {
        unsigned n = bytes_u8(&b), v = bytes_u8(&b);
        bool literal = !n && v > 2;
        Bytes data = { 0 };
        if (literal) {
            size_t size = h->compression == BI_RLE8 ? v : (v + 1) / 2;
            data = bytes_take(&b, size);
            bytes_take(&b, size % 2);
            n = v;
        } else if (!n) {
            if (v == 1)
                return;
            unsigned dx = v == 2 ? bytes_u8(&b) : 0, dy = v == 2 ? bytes_u8(&b) : 1;
            x = v == 2 ? x + dx : 0;
            y += dy;
            continue;
        }
        for (unsigned i = 0; i < n && x < h->width; i++, x++) {
            unsigned byte = v;
            if (literal) {
                size_t at = h->compression == BI_RLE8 ? i : i / 2;
                byte = at < data.n ? data.p[at] : 0;
            }
            out[(size_t)y * h->width + x] = (unsigned char)(h->compression == BI_RLE8 ? byte
                                                            : i % 2                   ? byte & 15
                                                                                      : byte >> 4);
        }
    }
}

static Dib make(Header *h, Bytes bits, uint64_t *budget)
{
    Dib d = { .one_bit = h->bits == 1, .bottom_up = !h->top_down };
    uint64_t area = (uint64_t)h->width * h->height;
    bool runs =
        (h->compression == BI_RLE8 && h->bits == 8) || (h->compression == BI_RLE4 && h->bits == 4);
    bool masks = h->compression == BI_BITFIELDS && (h->bits == 16 || h->bits == 32);
    size_t stride = stride_of(h);
    if ((h->compression != BI_RGB && !runs && !masks) || area > *budget ||
        (!runs && bits.n / stride < h->height))
        return d;
    *budget -= area;
    unsigned char *indices = NULL;
    if (runs) {
        indices = mem_new((size_t)area);
        unpack_runs(h, bits, indices);
        bits = (Bytes){ indices, (size_t)area, false };
        h->bits = 8;
        stride = h->width;
    }
    d.width = h->width;
    d.height = h->height;
    d.rgba = mem_new((size_t)area * 4);
    for (uint32_t y = 0; y < h->height; y++)
        put_row(h, bits.p + y * stride,
                d.rgba + (size_t)(h->top_down ? y : h->height - 1 - y) * h->width * 4);
    free(indices);
    return d;
}

Dib dib_read(Bytes info, Bytes bits, uint64_t *budget)
{
    Header h;
    unsigned entry;
    if (!read_header(&info, &h, &entry))
        return (Dib){ 0 };
    read_palette(&info, &h, entry);
    return make(&h, bits.n ? bits : info, budget);
}

/* ---- LibreOffice's own ---- */

/* Sizes of the packed and the unpacked data, the real compression; palette and pixels. */
static Dib unpack(Bytes *b, Header *h, unsigned entry, uint64_t *budget)
{
    uint32_t packed = bytes_u32(b), size = bytes_u32(b);
    h->compression = bytes_u32(b);
    Bytes data = bytes_take(b, packed);
    Dib d = { 0 };
    size_t most = 1024 + (size_t)h->height * stride_of(h);
    if (data.bad || size > most || (uint64_t)h->width * h->height > *budget ||
        h->compression != BI_RGB)
        return d;
    uint64_t area = (uint64_t)h->width * h->height;
    *budget -= area;
    unsigned char *raw = mem_new(size ? size : 1);
    size_t got = 0;
    struct libdeflate_decompressor *z = libdeflate_alloc_decompressor();
    if (!z)
        mem_fail();
    bool ok = libdeflate_zlib_decompress(z, data.p, data.n, raw, size, &got) == LIBDEFLATE_SUCCESS;
    libdeflate_free_decompressor(z);
    if (ok) {
        Bytes in = { raw, got, false };
        read_palette(&in, h, entry);
        d = make(h, in, &area);
    }
    free(raw);
    return d;
}

Dib dib_read_file(Bytes *b, uint64_t *budget)
{
    Bytes file = bytes_take(b, 14);
    Header h;
    unsigned entry;
    if (file.bad || memcmp(file.p, "BM", 2) || !read_header(b, &h, &entry)) {
        b->bad = true;
        return (Dib){ 0 };
    }
    if (h.compression == PACKED)
        return unpack(b, &h, entry, budget);
    read_palette(b, &h, entry);
    size_t whole = stride_of(&h) * h.height;
    return make(&h, bytes_take(b, whole), budget);
}

/* ---- PNG ---- */

static uint32_t within(double v, uint32_t most)
{
    return v > 0 ? v < most ? (uint32_t)v : most : 0;
}

void dib_crop(Dib *d, bool turned, double x, double y, double width, double height)
{
    if (turned && d->bottom_up)
        y = d->height - y - height;
    uint32_t x0 = within(x, d->width), y0 = within(y, d->height);
    uint32_t x1 = within(x + width, d->width), y1 = within(y + height, d->height);
    if (!d->rgba || x1 <= x0 || y1 <= y0 || (x1 - x0 == d->width && y1 - y0 == d->height))
        return;
    for (uint32_t i = y0; i < y1; i++)
        memmove(d->rgba + (size_t)(i - y0) * (x1 - x0) * 4,
                d->rgba + ((size_t)i * d->width + x0) * 4, (size_t)(x1 - x0) * 4);
    d->width = x1 - x0;
    d->height = y1 - y0;
}

static void png_put(png_structp png, png_bytep data, png_size_t len)
{
    buf_put(png_get_io_ptr(png), data, len);
}

static void png_done(png_structp png)
{
    (void)png;
}

/* The fewest channels that say it all; takes away the others. */
static int reduce(unsigned char *p, size_t n)
{
    bool grey = true, solid = true;
    for (size_t i = 0; i < n; i++) {
        grey &= p[4 * i] == p[4 * i + 1] && p[4 * i] == p[4 * i + 2];
        solid &= p[4 * i + 3] == 255;
    }
    int channels = (grey ? 1 : 3) + !solid, k = 0;
    for (size_t i = 0; i < n; i++, k = 0) {
        unsigned char pixel[4] = { p[4 * i] };
        if (!grey)
            for (k = 1; k < 3; k++)
                pixel[k] = p[4 * i + (size_t)k];
        pixel[channels - 1] = solid ? pixel[channels - 1] : p[4 * i + 3];
        memcpy(p + i * (size_t)channels, pixel, (size_t)channels);
    }
    return channels;
}

static bool write_png(const Dib *d, int channels, Buf *out)
{
    static const int kind[] = { 0, PNG_COLOR_TYPE_GRAY, PNG_COLOR_TYPE_GRAY_ALPHA,
                                PNG_COLOR_TYPE_RGB, PNG_COLOR_TYPE_RGB_ALPHA };
    png_structp png = png_create_write_struct(PNG_LIBPNG_VER_STRING, NULL, NULL, NULL);
    png_infop info = png ? png_create_info_struct(png) : NULL;
    if (!info || setjmp(png_jmpbuf(png))) {
        png_destroy_write_struct(&png, &info);
        return false;
    }
    png_set_write_fn(png, out, png_put, png_done);
    png_set_IHDR(png, info, d->width, d->height, 8, kind[channels], PNG_INTERLACE_NONE,
                 PNG_COMPRESSION_TYPE_DEFAULT, PNG_FILTER_TYPE_DEFAULT);
    png_write_info(png, info);
    for (uint32_t y = 0; y < d->height; y++)
        png_write_row(png, d->rgba + (size_t)y * d->width * (size_t)channels);
    png_write_end(png, NULL);
    png_destroy_write_struct(&png, &info);
    return true;
}

const OdfPicture *dib_picture(const Dib *d, Arena *a)
{
    Buf png = { 0 };
    OdfPicture *p = ARENA_NEW(a, OdfPicture);
    bool ok = d->rgba && write_png(d, reduce(d->rgba, (size_t)d->width * d->height), &png);
    if (ok) {
        char *data = arena_dup(a, png.p, png.n);
        ok = odf_picture_read(p, data, png.n);
        p->path = odf_picture_path(a, data, png.n);
    }
    buf_free(&png);
    return ok ? p : NULL;
}
