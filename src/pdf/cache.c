/* SPDX-License-Identifier: MIT */
/* What files made one after another share; see pdf.h. */
#include "internal.h"

#include <hb-subset.h>
#include <libdeflate.h>
#include <stdlib.h>

/* A higher level gains one byte in a hundred and costs a third more time.  Preparing a face takes
 * as long as making twenty subsets of it without. */
enum { COMPRESSION = 5, PREPARE_AT_USE = 20, IMAGES_MAX = 256, IMAGE_BYTES_MAX = 16 << 20 };

typedef struct { hb_face_t *face, *prepared; unsigned uses; } Prepared;

struct PdfCache {
    struct libdeflate_compressor *compressor;
    Buf profile;
    VEC(Prepared) face;
    VEC(PdfImage) image;
    size_t image_bytes;
};

PdfCache *pdf_cache_new(void)
{
    PdfCache *c = mem_new(sizeof *c);
    c->compressor = libdeflate_alloc_compressor(COMPRESSION);
    if (!c->compressor)
        mem_fail();
    return c;
}

void pdf_cache_free(PdfCache *c)
{
    if (!c)
        return;
    libdeflate_free_compressor(c->compressor);
    for (size_t i = 0; i < c->face.n; i++) {
        hb_face_destroy(c->face.p[i].prepared);
        hb_face_destroy(c->face.p[i].face);
    }
    for (size_t i = 0; i < c->image.n; i++)
        pdf_image_clear(&c->image.p[i]);
    vec_free(&c->face);
    vec_free(&c->image);
    buf_free(&c->profile);
    free(c);
}

struct libdeflate_compressor *pdf_cache_compressor(PdfCache *c)
{
    return c->compressor;
}

const Buf *pdf_cache_profile(PdfCache *c)
{
    if (!c->profile.n) {
        Buf plain = {0};
        pdf_profile(&plain);
        pdf_deflate(c, plain.p, plain.n, &c->profile);
        buf_free(&plain);
    }
    return &c->profile;
}

hb_face_t *pdf_cache_face(PdfCache *c, const TextFace *base)
{
    Prepared *p = NULL;
    for (size_t i = 0; i < c->face.n && !p; i++)
        if (c->face.p[i].face == base->hb)
            p = &c->face.p[i];
    if (!p) {
        vec_push(&c->face, (Prepared){ .face = hb_face_reference(base->hb) });
        p = &c->face.p[c->face.n - 1];
    }
    if (++p->uses == PREPARE_AT_USE)
        p->prepared = hb_subset_preprocess(base->hb);
    return p->prepared ? p->prepared : p->face;
}

const PdfImage *pdf_cache_image(PdfCache *c, const PdfImageKey *key)
{
    for (size_t i = 0; i < c->image.n; i++)
        if (pdf_image_same(&c->image.p[i].key, key))
            return &c->image.p[i];
    return NULL;
}

bool pdf_cache_keep(PdfCache *c, const PdfImage *image)
{
    size_t size = image->data.n + image->mask.n;
    if (c->image.n >= IMAGES_MAX || size > IMAGE_BYTES_MAX - c->image_bytes)
        return false;
    c->image_bytes += size;
    vec_push(&c->image, *image);
    return true;
}
