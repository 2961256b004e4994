/* SPDX-License-Identifier: MIT */
/* PNG: its compressed rows are what PDF's Predictor 15 reads, so they go in untouched when there is
 * neither interlacing nor transparency nor 16 bits.  Everything else is decoded by libpng. */
#include "internal.h"

#include <png.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

typedef struct {
    uint32_t width, height;
    int bits, kind, interlaced;
    bool transparent;           /* has tRNS */
    const unsigned char *palette;
    uint32_t n_palette;         /* bytes */
    Buf rows;                   /* all IDAT together */
} Chunks;

static uint32_t big_endian(const unsigned char *p)
{
    return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 | p[3];
}

static void header(Chunks *c, const unsigned char *p)
{
    c->width = big_endian(p);
    c->height = big_endian(p + 4);
    c->bits = p[8];
    c->kind = p[9];
    c->interlaced = p[12];
}

/* False: not well formed; checksums are compared. */
static bool read_chunks(Chunks *c, const unsigned char *p, size_t len)
{
    for (size_t i = 8; len >= 12 && i <= len - 12; ) {
        uint32_t n = big_endian(p + i);
        const unsigned char *type = p + i + 4, *data = type + 4;
        if (n > len - 12 - i || crc32(0, type, n + 4) != big_endian(data + n))
            return false;
        if (!memcmp(type, "IHDR", 4) && n == 13)
            header(c, data);
        else if (!memcmp(type, "tRNS", 4))
            c->transparent = true;
        else if (!memcmp(type, "IDAT", 4))
            buf_put(&c->rows, data, n);
        else if (!memcmp(type, "IEND", 4))
            return c->width && c->height && c->rows.n && !c->rows.failed;
        if (!memcmp(type, "PLTE", 4)) {
            c->palette = data;
            c->n_palette = n;
        }
        i += 12 + n;
    }
    return false;
}

/* True if the rows unpack to exactly what width and height promise, each with a known filter. */
static bool rows_sound(const Chunks *c, int colors)
{
    size_t row = ((size_t)c->width * (size_t)(colors * c->bits) + 7) / 8 + 1, at = 0, total = 0;
    unsigned char piece[16384] = {0};
    z_stream z = { .next_in = (unsigned char *)c->rows.p, .avail_in = (uInt)c->rows.n };
    bool sound = true;
    int result = Z_OK;
    if (inflateInit(&z) != Z_OK)
        return false;
    while (result == Z_OK && sound) {
        z.next_out = piece;
        z.avail_out = sizeof piece;
        result = inflate(&z, Z_NO_FLUSH);
        size_t n = sizeof piece - z.avail_out;
        for (; at < n; at += row)
            sound &= piece[at] <= 4;
        at -= n;
        total += n;
        sound &= total <= row * c->height && (n || result != Z_OK);
    }
    sound &= result == Z_STREAM_END && total == row * c->height && !z.avail_in;
    inflateEnd(&z);
    return sound;
}

static void color_space(const Chunks *c, Buf *b)
{
    if (c->kind == PNG_COLOR_TYPE_PALETTE) {
        buf_format(b, "/ColorSpace[/Indexed/DeviceRGB %u<", c->n_palette / 3 - 1);
        for (uint32_t i = 0; i < c->n_palette; i++)
            pdf_hex(b, c->palette[i], 2);
        buf_str(b, ">]");
    } else {
        buf_format(b, "/ColorSpace/Device%s", c->kind == PNG_COLOR_TYPE_RGB ? "RGB" : "Gray");
    }
}

/* The rows as they are, if PDF can read them. */
static bool pass_through(Chunks *c, bool grey, PdfImage *out)
{
    bool palette = c->kind == PNG_COLOR_TYPE_PALETTE, rgb = c->kind == PNG_COLOR_TYPE_RGB;
    int colors = rgb ? 3 : 1;
    if (c->interlaced || c->transparent || c->bits > 8 || (grey && c->kind != PNG_COLOR_TYPE_GRAY))
        return false;
    if ((c->kind != PNG_COLOR_TYPE_GRAY && !rgb && !palette) || (rgb && c->bits != 8)
        || (c->bits != 1 && c->bits != 2 && c->bits != 4 && c->bits != 8))
        return false;
    if (palette && (!c->palette || !c->n_palette || c->n_palette % 3 || c->n_palette > 768))
        return false;
    if (c->width != out->width || c->height != out->height || !rows_sound(c, colors))
        return false;
    color_space(c, &out->dict);
    buf_format(&out->dict,
               "/BitsPerComponent %d/DecodeParms<</Predictor 15/Colors %d/BitsPerComponent %d"
               "/Columns %u>>",
               c->bits, colors, c->bits, c->width);
    out->data = c->rows;
    c->rows = (Buf){0};
    return true;
}

/* ---- decoding ---- */

typedef struct {
    png_structp png;
    png_infop info;
    const unsigned char *p;
    size_t left;
    bool grey;
    uint32_t width, height;
    int channels;
    unsigned char *pixels;
    png_bytep *rows;
} Decode;

static void on_error(png_structp png, png_const_charp text)
{
    (void)text;
    png_longjmp(png, 1);
}

static void on_warning(png_structp png, png_const_charp text)
{
    (void)png;
    (void)text;
}

static void on_read(png_structp png, png_bytep out, size_t len)
{
    Decode *d = png_get_io_ptr(png);
    if (len > d->left)
        png_error(png, "end");
    memcpy(out, d->p, len);
    d->p += len;
    d->left -= len;
}

/* To 8 bits grey or RGB, with or without alpha. */
static void set_form(Decode *d)
{
    png_set_expand(d->png);
    png_set_scale_16(d->png);
    if (d->grey && png_get_color_type(d->png, d->info) & PNG_COLOR_MASK_COLOR)
        png_set_rgb_to_gray(d->png, PNG_ERROR_ACTION_NONE, PNG_RGB_TO_GRAY_DEFAULT,
                            PNG_RGB_TO_GRAY_DEFAULT);
    png_set_interlace_handling(d->png);
    png_read_update_info(d->png, d->info);
    d->channels = png_get_channels(d->png, d->info);
}

static bool decode_steps(Decode *d)
{
    png_set_read_fn(d->png, d, on_read);
    png_read_info(d->png, d->info);
    uint32_t width = png_get_image_width(d->png, d->info),
             height = png_get_image_height(d->png, d->info);
    if (width != d->width || height != d->height)
        return false;
    set_form(d);
    size_t row = png_get_rowbytes(d->png, d->info);
    if (row != (size_t)width * (size_t)d->channels)
        return false;
    d->pixels = mem_grow(NULL, row * height);
    d->rows = mem_grow(NULL, sizeof *d->rows * height);
    for (uint32_t y = 0; y < height; y++)
        d->rows[y] = d->pixels + row * y;
    png_read_image(d->png, d->rows);
    return true;
}

/* libpng leaves by longjmp on an error; what was made by then hangs on *d. */
static bool decode(Decode *d)
{
    if (setjmp(png_jmpbuf(d->png)))
        return false;
    return decode_steps(d);
}

/* Colours into their own bytes, alpha into others; the pixels are overwritten. */
static void split(PdfCache *cache, Decode *d, PdfImage *out)
{
    size_t n = (size_t)d->width * d->height, colors = d->channels > 2 ? 3 : 1;
    bool alpha = d->channels == 2 || d->channels == 4, opaque = true;
    if (alpha) {
        unsigned char *mask = mem_grow(NULL, n), *to = d->pixels;
        for (size_t i = 0; i < n; i++) {
            const unsigned char *from = d->pixels + i * (colors + 1);
            unsigned char a = from[colors];
            for (size_t k = 0; k < colors; k++)
                *to++ = from[k];
            mask[i] = a;
            opaque &= a == 255;
        }
        if (!opaque)
            pdf_deflate(cache, mask, n, &out->mask);
        free(mask);
    }
    pdf_deflate(cache, d->pixels, n * colors, &out->data);
    buf_format(&out->dict, "/ColorSpace/Device%s/BitsPerComponent 8", colors == 3 ? "RGB" : "Gray");
}

bool pdf_png(PdfCache *cache, const OdfPicture *p, bool grey, PdfImage *out)
{
    Chunks c = {0};
    bool ok = read_chunks(&c, p->data, p->len) && pass_through(&c, grey, out);
    buf_free(&c.rows);
    if (ok)
        return true;
    Decode d = {
        .p = p->data, .left = p->len, .grey = grey, .width = p->width, .height = p->height
    };
    d.png = png_create_read_struct(PNG_LIBPNG_VER_STRING, NULL, on_error, on_warning);
    d.info = d.png ? png_create_info_struct(d.png) : NULL;
    if (d.info && decode(&d)) {
        split(cache, &d, out);
        ok = true;
    }
    png_destroy_read_struct(&d.png, &d.info, NULL);
    free(d.pixels);
    free(d.rows);
    return ok;
}
