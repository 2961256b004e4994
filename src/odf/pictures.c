/* SPDX-License-Identifier: MIT */
/* Pictures: what their first bytes say, where they are in a file, links that lead out of it. */
#include "internal.h"

#include <stdlib.h>
#include <string.h>

static uint32_t be16(const unsigned char *p)
{
    return (uint32_t)p[0] << 8 | p[1];
}

static uint32_t be32(const unsigned char *p)
{
    return be16(p) << 16 | be16(p + 2);
}

enum { SIDE_MOST = 65500 };     /* pixels; JPEG's own limit, and no PNG of an office has more */

static bool size_ok(const OdfPicture *p)
{
    return p->width && p->height && p->width <= SIDE_MOST && p->height <= SIDE_MOST &&
           (uint64_t)p->width * p->height <= UINT64_C(1) << 28;
}

/* PNG (ISO/IEC 15948) 11.2.2 IHDR, 11.3.5.3 pHYs; the data must begin at least. */
static bool read_png(OdfPicture *p, const unsigned char *d, size_t len)
{
    bool data = false;
    if (len < 45 || be32(d + 8) != 13 || memcmp(d + 12, "IHDR", 4))
        return false;
    p->kind = PICTURE_PNG;
    p->width = be32(d + 16);
    p->height = be32(d + 20);
    for (size_t at = 33; len - at >= 12 && !data; ) {
        uint32_t n = be32(d + at);
        if (!memcmp(d + at + 4, "pHYs", 4) && n == 9 && len - at >= 21 && d[at + 16] == 1) {
            uint64_t x = be32(d + at + 8), y = be32(d + at + 12);
            p->dpi_x = (uint32_t)((x * 254 + 5000) / 10000);
            p->dpi_y = (uint32_t)((y * 254 + 5000) / 10000);
        }
        data = !memcmp(d + at + 4, "IDAT", 4);
        if (n > len - at - 12)
            break;
        at += n + 12;
    }
    return data && size_ok(p);
}

static void jfif_density(OdfPicture *p, const unsigned char *d)
{
    uint32_t x = be16(d + 8), y = be16(d + 10);
    if (d[7] == 1) {
        p->dpi_x = x;
        p->dpi_y = y;
    } else if (d[7] == 2) {
        p->dpi_x = (x * 254 + 50) / 100;
        p->dpi_y = (y * 254 + 50) / 100;
    }
}

/* JPEG (ISO/IEC 10918-1) B.2.2: the segments up to the frame header. */
static bool read_jpeg(OdfPicture *p, const unsigned char *d, size_t len)
{
    p->kind = PICTURE_JPEG;
    for (size_t at = 2; at + 4 <= len; ) {
        if (d[at] != 0xff)
            return false;
        unsigned marker = d[at + 1];
        if (marker == 0xff) {           /* fill bytes */
            at++;
            continue;
        }
        if (marker == 0x01 || (marker >= 0xd0 && marker <= 0xd8)) {
            at += 2;                    /* without a length */
            continue;
        }
        const unsigned char *segment = d + at + 2;
        uint32_t n = be16(segment);
        if (n < 2 || n > len - at - 2 || marker == 0xda || marker == 0xd9)
            return false;
        if (marker == 0xe0 && n >= 14 && !memcmp(segment + 2, "JFIF", 5))
            jfif_density(p, segment + 2);
        if (marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 &&
            marker != 0xcc) {
            if (n < 8 || segment[2] != 8)
                return false;
            p->height = be16(segment + 3);
            p->width = be16(segment + 5);
            p->components = segment[7];
            return size_ok(p) && (p->components == 1 || p->components == 3 || p->components == 4) &&
                   n >= 8u + 3u * p->components;
        }
        at += n + 2u;
    }
    return false;
}

static bool looks_like_svg(const char *d, size_t len)
{
    size_t most = len < 4096 ? len : 4096, i = 0;
    if (len >= 3 && !memcmp(d, "\xef\xbb\xbf", 3))
        i = 3;
    while (i < most && strchr(" \t\r\n", d[i]) && d[i])
        i++;
    if (i == most || d[i] != '<')
        return false;
    for (; i + 5 < most; i++)
        if (!memcmp(d + i, "<svg", 4) && strchr(" \t\r\n>", d[i + 4]))
            return true;
    return false;
}

typedef struct { const char *magic; uint8_t len, at; char extension[5], media[20]; } Kind;

/* In the order in which Writer prefers them in a frame, best first (frames-styles.md 1.7.5). */
static const Kind kinds[] = {
    { "<svg", 0, 0, "svg", "image/svg+xml" },   /* told apart by looks_like_svg() */
    { "%PDF-", 5, 0, "pdf", "application/pdf" },
    { "%!PS", 4, 0, "eps", "image/x-eps" },
    { " EMF", 4, 40, "emf", "image/x-emf" },
    { "\xd7\xcd\xc6\x9a", 4, 0, "wmf", "image/x-wmf" },
    { "\1\0\x09\0", 4, 0, "wmf", "image/x-wmf" },
    { "\2\0\x09\0", 4, 0, "wmf", "image/x-wmf" },
    { "VCLMTF", 6, 0, "svm", "image/x-svm" },
    { "\x89PNG\r\n\x1a\n", 8, 0, "png", "image/png" },
    { "\xff\xd8\xff", 3, 0, "jpg", "image/jpeg" },
    { "GIF8", 4, 0, "gif", "image/gif" },
    { "BM", 2, 0, "bmp", "image/bmp" },
    { "II*\0", 4, 0, "tif", "image/tiff" },
    { "MM\0*", 4, 0, "tif", "image/tiff" },
    { "WEBP", 4, 8, "webp", "image/webp" },
};

static const Kind *kind_of(const void *data, size_t len)
{
    for (size_t i = 0; i < COUNT(kinds); i++) {
        const Kind *k = &kinds[i];
        if (k->len ? len >= (size_t)k->at + k->len &&
                         !memcmp((const char *)data + k->at, k->magic, k->len)
                   : looks_like_svg(data, len))
            return k;
    }
    return NULL;
}

bool odf_picture_read(OdfPicture *p, const void *data, size_t len)
{
    const unsigned char *d = data;
    const Kind *k = kind_of(data, len);
    *p = (OdfPicture){ .data = data, .len = len };
    if (!k)
        return false;
    if (str_equal(k->extension, "png"))
        return read_png(p, d, len);
    if (str_equal(k->extension, "jpg"))
        return read_jpeg(p, d, len);
    if (str_equal(k->extension, "svg"))
        p->kind = PICTURE_SVG;
    if (odf_metafile_size(p))
        p->kind = PICTURE_METAFILE;
    if (str_equal(k->extension, "gif") && len >= 10) {
        p->width = (uint32_t)d[7] << 8 | d[6];
        p->height = (uint32_t)d[9] << 8 | d[8];
    }
    return true;
}

bool odf_picture_paints(const OdfPicture *p)
{
    return p->drawn || p->kind == PICTURE_PNG || p->kind == PICTURE_JPEG ||
           p->kind == PICTURE_METAFILE;
}

const char *odf_picture_path(Arena *a, const void *data, size_t len)
{
    const Kind *k = kind_of(data, len);
    Digest digest = {0};
    digest_add(&digest, data, len);
    return arena_format(a, "Pictures/%016llx%016llx.%s", (unsigned long long)digest.a,
                        (unsigned long long)digest.b, k ? k->extension : "bin");
}

const char *odf_picture_media(const OdfPicture *p)
{
    const Kind *k = kind_of(p->data, p->len);
    return k ? k->media : "";
}

const OdfPicture *odf_picture(const OdfDoc *doc, const char *href)
{
    if (!href)
        return NULL;
    size_t len = strlen(href);
    const OdfPicture *p = doc->pictures ? map_get(doc->pictures, href, len) : NULL;
    return p ? p : map_get(doc->file->pictures, href, len);
}

/* Greater is better.  Of a flat file the last one counts (frames-styles.md 1.7.5). */
static int worth(const OdfDoc *doc, const OdfPicture *p, size_t position)
{
    const Kind *k = kind_of(p->data, p->len);
    int drawable = odf_picture_paints(p) ? 1 << 20 : 0;
    int rank = k ? (int)(COUNT(kinds) - (size_t)(k - kinds)) : 0;
    return drawable + (doc->file->flat ? (int)(position & 0xffff) : rank);
}

const OdfPicture *odf_frame_picture(const OdfDoc *doc, const OdfNode *frame)
{
    const OdfPicture *best = NULL;
    int most = -1;
    for (size_t i = 0; frame->name != ODF_CHARACTERS && i < frame->n_kid; i++) {
        const OdfNode *n = frame->kid[i];
        const OdfPicture *p =
            n->name == ODF_DRAW_IMAGE ? odf_picture(doc, odf_attr(n, ODF_XLINK_HREF)) : NULL;
        if (p && worth(doc, p, i) > most) {
            most = worth(doc, p, i);
            best = p->drawn ? p->drawn : p;
        }
    }
    return best;
}
