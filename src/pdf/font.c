/* SPDX-License-Identifier: MIT */
/* Fonts as they are used: which CID stands for which glyph and text.
 *
 * A CID is keyed by glyph and text, so that a hyphen and a soft hyphen, a space and a no-break
 * space differ though they share a glyph.  Of TrueType outlines CIDs count up in the order of first
 * use and CIDToGIDMap leads to the glyph.  Of CFF outlines the CID is the glyph (ISO 32000-1,
 * 9.7.4.2: not CID-keyed), so another text for the same glyph needs another font dictionary. */
#include "internal.h"

#include <hb-ot.h>
#include <stdlib.h>
#include <string.h>

enum { CFF_FONTS_MAX = 100 };

static bool has_table(hb_face_t *face, hb_tag_t tag)
{
    hb_blob_t *blob = hb_face_reference_table(face, tag);
    bool is = hb_blob_get_length(blob) > 0;
    hb_blob_destroy(blob);
    return is;
}

PdfFace *pdf_face(PdfFile *f, const TextFace *face)
{
    const TextFace *base = face->base ? face->base : face;
    for (size_t i = 0; i < f->face.n; i++)
        if (f->face.p[i]->base == base)
            return f->face.p[i];
    PdfFace *p = mem_new(sizeof *p);
    p->base = base;
    p->cff = has_table(base->hb, HB_TAG('C', 'F', 'F', ' '));
    p->n_glyphs = hb_face_get_glyph_count(base->hb);
    vec_push(&f->face, p);
    return p;
}

static PdfFont *font_new(PdfFile *f, PdfFace *face)
{
    PdfFont *font = mem_new(sizeof *font);
    font->face = face;
    font->object = pdf_take(f, 1);
    font->ref = pdf_haru_ref(f, font->object);
    if (face->cff)
        font->used = mem_new(face->n_glyphs + 1);
    vec_push(&font->cid, (PdfCid){ .width = 0 });
    vec_push(&face->font, font);
    return font;
}

static uint32_t hash(uint32_t glyph, const char *text, size_t len)
{
    uint32_t h = 2166136261u ^ glyph * 2654435761u;
    for (size_t i = 0; i < len; i++)
        h = (h ^ (unsigned char)text[i]) * 16777619u;
    return h ^ h >> 15;
}

static const PdfCid *cid_at(const PdfFace *face, const PdfSlot *s)
{
    return &face->font.p[s->font]->cid.p[s->cid];
}

/* The slot of a pair, empty if the face has no such pair. */
static PdfSlot *find(const PdfFace *face, uint32_t glyph, const char *text, size_t len)
{
    for (size_t i = hash(glyph, text, len);; i++) {
        PdfSlot *s = &face->slot[i & (face->n_slots - 1)];
        const PdfCid *c = s->cid ? cid_at(face, s) : NULL;
        if (!c || (c->glyph == glyph && c->len == len
                   && !memcmp(face->font.p[s->font]->text.p + c->text, text, len)))
            return s;
    }
}

static void grow(PdfFace *face)
{
    PdfSlot *old = face->slot;
    size_t n = face->n_slots;
    face->n_slots = n ? n * 2 : 512;
    face->slot = mem_new(sizeof *face->slot * face->n_slots);
    for (size_t i = 0; i < n; i++) {
        if (!old[i].cid)
            continue;
        const PdfCid *c = cid_at(face, &old[i]);
        *find(face, c->glyph, face->font.p[old[i].font]->text.p + c->text, c->len) = old[i];
    }
    free(old);
}

/* The index of a font that can take another text for a glyph. */
static uint32_t font_with_room(PdfFile *f, PdfFace *face, uint32_t glyph)
{
    uint32_t n = (uint32_t)face->font.n;
    if (!face->cff && n && face->font.p[n - 1]->cid.n < CID_MAX)
        return n - 1;
    for (uint32_t i = 0; face->cff && i < n; i++)
        if (!face->font.p[i]->used[glyph])
            return i;
    font_new(f, face);
    return (uint32_t)face->font.n - 1;
}

static PdfSlot enter(PdfFile *f, PdfFace *face, uint32_t glyph, const char *text, size_t len)
{
    const TextFace *base = face->base;
    uint32_t i = font_with_room(f, face, glyph);
    PdfFont *font = face->font.p[i];
    PdfCid c = { .glyph = glyph, .len = (uint32_t)len, .text = (uint32_t)font->text.n };
    c.width = hb_font_get_glyph_h_advance(base->font, glyph) * INT64_C(1000000) / base->upem;
    if (face->cff)
        font->used[glyph] = true;
    buf_put(&font->text, text, len);
    vec_push(&font->cid, c);
    face->n_pairs++;
    return (PdfSlot){ i, (uint32_t)font->cid.n - 1 };
}

PdfGlyph pdf_glyph(PdfFile *f, PdfFace *face, uint32_t glyph, const char *text, size_t len)
{
    if (face->n_pairs * 4 >= face->n_slots * 3)
        grow(face);
    PdfSlot *s = find(face, glyph, text, len);
    if (!s->cid && face->cff && face->font.n >= CFF_FONTS_MAX) {
        s = find(face, glyph, "\ufffd", 3);     /* absurd: give up telling the texts apart */
        text = "\ufffd";
        len = 3;
    }
    if (!s->cid)
        *s = enter(f, face, glyph, text, len);
    return (PdfGlyph){ face->font.p[s->font], face->cff ? glyph : s->cid, cid_at(face, s)->width };
}

void pdf_fonts_free(PdfFile *f)
{
    for (size_t i = 0; i < f->face.n; i++) {
        PdfFace *face = f->face.p[i];
        for (size_t k = 0; k < face->font.n; k++) {
            PdfFont *font = face->font.p[k];
            vec_free(&font->cid);
            buf_free(&font->text);
            free(font->used);
            free(font);
        }
        vec_free(&face->font);
        free(face->slot);
        free(face);
    }
    vec_free(&f->face);
}
