/* SPDX-License-Identifier: MIT */
/* Pictures: JPEG data go in as they are, PNG data too where PDF has the same form (png.c). */
#include "internal.h"

#include <libdeflate.h>
#include <string.h>

bool pdf_image_same(const PdfImageKey *x, const PdfImageKey *y)
{
    return x->len == y->len && x->crc == y->crc && x->grey == y->grey
        && (x->data == y->data || (x->digest.a == y->digest.a && x->digest.b == y->digest.b));
}

void pdf_image_clear(PdfImage *image)
{
    buf_free(&image->dict);
    buf_free(&image->data);
    buf_free(&image->mask);
}

/* The frame header of a JPEG (ITU-T T.81, B.2.2): 8 bits, Huffman coded, 1 or 3 components. */
static bool jpeg_frame(const unsigned char *p, size_t len, int *components)
{
    size_t i = 2;
    while (i + 9 < len && p[i] == 0xff) {
        unsigned marker = p[i + 1], size = p[i + 2] << 8 | p[i + 3];
        if (marker == 0xff) {
            i++;
        } else if (marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8
                   && marker != 0xcc) {
            *components = p[i + 9];
            return marker <= 0xc2 && p[i + 4] == 8;
        } else {
            i += 2 + size;
        }
    }
    return false;
}

static bool jpeg(PdfAdd *a, const OdfPicture *p, bool grey, uint32_t page, PdfImage *out)
{
    int components = 0;
    if (!jpeg_frame(p->data, p->len, &components)) {
        pdf_finding(a, DIAG_pdf_picture, page, p->path);
        return false;
    }
    if (components != 1 && components != 3) {
        pdf_finding(a, DIAG_pdf_picture_cmyk, page, p->path);
        return false;
    }
    if (grey && components == 3)
        pdf_finding(a, DIAG_pdf_picture_grey, page, p->path);
    buf_format(&out->dict, "/ColorSpace/Device%s/BitsPerComponent 8/Filter/DCTDecode",
               components == 1 ? "Gray" : "RGB");
    return true;
}

static bool prepare(PdfAdd *a, const OdfPicture *p, bool grey, uint32_t page, PdfImage *out)
{
    out->width = p->width;
    out->height = p->height;
    if (!p->width || !p->height || p->width > PICTURE_PIXELS_MAX / p->height) {
        pdf_finding(a, DIAG_pdf_picture_large, page, p->path);
        return false;
    }
    if (p->kind == PICTURE_JPEG)
        return jpeg(a, p, grey, page, out);
    if (p->kind == PICTURE_PNG) {
        if (pdf_png(a->f->cache, p, grey, out))
            return true;
        pdf_finding(a, DIAG_pdf_picture, page, p->path);
        return false;
    }
    pdf_finding(a, DIAG_pdf_picture_kind, page, p->path);
    return false;
}

static uint32_t write_image(PdfFile *f, const PdfImage *m, const char *extra, const Buf *data,
                            const void *own, size_t own_len)
{
    uint32_t object = pdf_take(f, 1);
    Buf *b = &f->dict;
    buf_clear(b);
    buf_format(b, "/Type/XObject/Subtype/Image/Width %u/Height %u%s", m->width, m->height, extra);
    pdf_stream(f, object, b, data->n ? data->p : own, data->n ? data->n : own_len,
               data->n && !(m->plain && data == &m->data) ? PDF_DEFLATED : PDF_PLAIN);
    return object;
}

static uint32_t write_both(PdfFile *f, const PdfImage *m, const void *own, size_t len)
{
    Buf extra = {0};
    buf_put(&extra, m->dict.p, m->dict.n);
    if (m->mask.n) {
        uint32_t mask =
            write_image(f, m, "/ColorSpace/DeviceGray/BitsPerComponent 8", &m->mask, NULL, 0);
        buf_str(&extra, "/SMask ");
        pdf_ref(&extra, mask);
    }
    uint32_t object = write_image(f, m, extra.p, &m->data, own, len);
    buf_free(&extra);
    return object;
}

PdfImageUse *pdf_image_use(PdfFile *f, const PdfImage *m, const void *own, size_t len)
{
    PdfImageUse *u = ARENA_NEW(f->arena, PdfImageUse);
    u->key = m->key;
    u->object = f->piece ? pdf_take_shared(f) : write_both(f, m, own, len);
    u->ref = pdf_haru_ref(f, u->object);
    if (f->piece)
        pdf_piece_image(f, u->object, m, own, len);
    vec_push(&f->image, u);
    return u;
}

static PdfImageUse *used(PdfFile *f, const PdfImageKey *key)
{
    for (size_t i = 0; i < f->image.n; i++)
        if (pdf_image_same(&f->image.p[i]->key, key))
            return f->image.p[i];
    return NULL;
}

PdfImageUse *pdf_image(PdfAdd *a, const OdfPicture *p, bool grey, uint32_t page)
{
    PdfFile *f = a->f;
    PdfImageKey key = { p->data, p->len, libdeflate_crc32(0, p->data, p->len), grey, {0} };
    key.digest.a = p->len;      /* no picture's digest, so that only the address can match */
    PdfImageUse *u = used(f, &key);
    if (u)
        return u;
    const PdfImage *kept = pdf_cache_image(f->cache, &key);
    if (!kept) {
        key.digest = (Digest){0};
        digest_add(&key.digest, p->data, p->len);
        if ((u = used(f, &key)))
            return u;
        kept = pdf_cache_image(f->cache, &key);
    }
    if (kept)
        return pdf_image_use(f, kept, p->data, p->len);
    PdfImage m = { .key = key };
    if (prepare(a, p, grey, page, &m))
        u = pdf_image_use(f, &m, p->data, p->len);
    if (!u || !pdf_cache_keep(f->cache, &m))
        pdf_image_clear(&m);
    return u;
}
