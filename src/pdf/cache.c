/* SPDX-License-Identifier: MIT */
/* What files made one after another share; see pdf.h. */
#include "internal.h"

#include <hb-subset.h>
#include <libdeflate.h>
#include <stdlib.h>
#include <string.h>

/* Preparing a face takes as long as making twenty subsets of it without. */
enum { PREPARE_AT_USE = 20, IMAGES_MAX = 256, IMAGE_BYTES_MAX = 16 << 20 };

typedef struct { hb_face_t *face, *prepared; unsigned uses; } Prepared;

/* What is kept of a kind: so many, none of them larger. */
static const struct { size_t count, size; } most[] = {
    [PDF_KEPT_STREAM] = { 32, 64 << 10 },
    [PDF_KEPT_ONCE] = { 16, 64 << 10 },
    [PDF_KEPT_PROGRAM] = { 256, 64 << 10 },
};

struct PdfCache {
    struct libdeflate_compressor *compressor, *fast;
    Buf profile, metadata;
    VEC(Prepared) face;
    VEC(PdfImage) image, remembered;
    size_t image_bytes;
    VEC(PdfKept) kept[COUNT(most)];
    uint64_t age;
};

PdfCache *pdf_cache_new(void)
{
    PdfCache *c = mem_new(sizeof *c);
    c->compressor = libdeflate_alloc_compressor(PDF_LEVEL);
    c->fast = libdeflate_alloc_compressor(PDF_LEVEL_FAST);
    if (!c->compressor || !c->fast)
        mem_fail();
    return c;
}

static void kept_clear(PdfKept *k)
{
    buf_free(&k->key);
    for (size_t i = 0; i < COUNT(k->part); i++)
        buf_free(&k->part[i]);
}

void pdf_cache_free(PdfCache *c)
{
    if (!c)
        return;
    libdeflate_free_compressor(c->compressor);
    libdeflate_free_compressor(c->fast);
    for (size_t i = 0; i < c->face.n; i++) {
        hb_face_destroy(c->face.p[i].prepared);
        hb_face_destroy(c->face.p[i].face);
    }
    for (size_t i = 0; i < c->image.n; i++)
        pdf_image_clear(&c->image.p[i]);
    for (size_t i = 0; i < COUNT(most); i++) {
        for (size_t k = 0; k < c->kept[i].n; k++)
            kept_clear(&c->kept[i].p[k]);
        vec_free(&c->kept[i]);
    }
    vec_free(&c->face);
    for (size_t i = 0; i < c->remembered.n; i++)
        pdf_image_clear(&c->remembered.p[i]);
    vec_free(&c->remembered);
    vec_free(&c->image);
    buf_free(&c->profile);
    buf_free(&c->metadata);
    free(c);
}

struct libdeflate_compressor *pdf_cache_compressor(PdfCache *c, bool fast)
{
    return fast ? c->fast : c->compressor;
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

Buf *pdf_cache_metadata(PdfCache *c)
{
    return &c->metadata;
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

bool pdf_cache_sent(PdfCache *c, const PdfImage *image, bool *remember)
{
    *remember = false;
    for (size_t i = 0; i < c->image.n; i++) {
        PdfImage *m = &c->image.p[i];
        if (m != image)
            continue;
        bool sent = m->sent;
        m->sent = *remember = true;
        return sent;
    }
    return false;
}

void pdf_piece_afresh(PdfCache *c)
{
    for (size_t i = 0; i < c->image.n; i++)
        c->image.p[i].sent = false;
}

static void copy(Buf *to, const Buf *from)
{
    *to = (Buf){0};
    buf_put(to, from->p, from->n);
}

const PdfImage *pdf_cache_remember(PdfCache *c, const PdfImage *image)
{
    PdfImage m = *image;
    copy(&m.dict, &image->dict);
    copy(&m.data, &image->data);
    copy(&m.mask, &image->mask);
    vec_push(&c->remembered, m);
    return &c->remembered.p[c->remembered.n - 1];
}

const PdfImage *pdf_cache_remembered(PdfCache *c, const PdfImageKey *key)
{
    for (size_t i = 0; i < c->remembered.n; i++) {
        const PdfImageKey *k = &c->remembered.p[i].key;
        if (k->len == key->len && k->crc == key->crc && k->grey == key->grey
            && k->digest.a == key->digest.a && k->digest.b == key->digest.b)
            return &c->remembered.p[i];
    }
    return NULL;
}

/* ---- results by key ---- */

static uint64_t key_hash(const void *key, size_t len)
{
    return (uint64_t)len << 32 | libdeflate_crc32(0, key, len);
}

PdfKept *pdf_cache_find(PdfCache *c, PdfKind kind, const void *key, size_t len)
{
    uint64_t hash = key_hash(key, len);
    for (size_t i = 0; i < c->kept[kind].n; i++) {
        PdfKept *k = &c->kept[kind].p[i];
        if (k->hash == hash && !memcmp(k->key.p, key, len)) {
            k->age = ++c->age;
            return k;
        }
    }
    return NULL;
}

/* The place of the one that was not asked for the longest; one that is too large goes first. */
static PdfKept *place_for(PdfCache *c, PdfKind kind)
{
    PdfKept *oldest = NULL;
    for (size_t i = 0; i < c->kept[kind].n; i++) {
        PdfKept *k = &c->kept[kind].p[i];
        if (k->key.n + k->part[0].n > most[kind].size)
            k->age = 0;
        if (!oldest || k->age < oldest->age)
            oldest = k;
    }
    if (!oldest || (oldest->age && c->kept[kind].n < most[kind].count)) {
        vec_push(&c->kept[kind], (PdfKept){ .age = 0 });
        return &c->kept[kind].p[c->kept[kind].n - 1];
    }
    return oldest;
}

PdfKept *pdf_cache_make(PdfCache *c, PdfKind kind, const void *key, size_t len)
{
    PdfKept *k = place_for(c, kind);
    buf_clear(&k->key);
    for (size_t i = 0; i < COUNT(k->part); i++)
        buf_clear(&k->part[i]);
    buf_put(&k->key, key, len);
    k->hash = key_hash(key, len);
    k->age = ++c->age;
    k->length = 0;
    return k;
}
