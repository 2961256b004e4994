/* SPDX-License-Identifier: MIT */
/* Fonts as they are used: which CID stands for which glyph and text.
 *
 * A CID is keyed by glyph and text, so that a hyphen and a soft hyphen, a space and a no-break
 * space differ though they share a glyph.  Of TrueType outlines the CID of a letter is its Unicode
 * number, other texts take the next free one, the same in all faces: so the faces of a file share
 * one ToUnicode, and what a font is depends on its set of glyphs and not on the order in which they
 * come.  CIDToGIDMap leads to the glyph.  Of CFF outlines the CID is the glyph (ISO 32000-1,
 * 9.7.4.2: not CID-keyed), so another text for the same glyph needs another font dictionary. */
#include "internal.h"

#include <hb-ot.h>
#include <stdlib.h>
#include <string.h>

enum { CFF_FONTS_MAX = 100, WIDTH_MOST = 100 * 1000000 };

uint32_t pdf_cid(uint32_t c)
{
    if ((c >= ' ' && c <= '~') || (c >= 0xa0 && c < CID_PUNCTUATION))
        return c;
    if (c >= 0x2000 && c < 0x2000 + CID_OTHER - CID_PUNCTUATION)
        return c - 0x2000 + CID_PUNCTUATION;
    return 0;
}

uint32_t pdf_cid_character(uint32_t cid)
{
    return cid < CID_PUNCTUATION ? cid : cid - CID_PUNCTUATION + 0x2000;
}

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

int32_t pdf_glyph_width(const TextFace *face, uint32_t glyph)
{
    int64_t w = hb_font_get_glyph_h_advance(face->font, glyph) * INT64_C(1000000) / face->upem;
    return w < 0 ? 0 : w > WIDTH_MOST ? WIDTH_MOST : (int32_t)w;
}

/* ---- codes ---- */

static PdfCodes *codes_with_room(PdfFile *f)
{
    PdfCodes *last = f->codes.n ? f->codes.p[f->codes.n - 1] : NULL;
    if (last && last->code.n < CID_MAX - CID_OTHER)
        return last;
    PdfCodes *c = mem_new(sizeof *c);
    c->object = pdf_take_shared(f);
    c->first = map_new(f->arena);
    vec_push(&f->codes, c);
    return c;
}

static uint32_t new_code(PdfCodes *c, const char *text, size_t len)
{
    vec_push(&c->code, (PdfCode){ (uint32_t)c->text.n, (uint32_t)len });
    buf_put(&c->text, text, len);
    return CID_OTHER + (uint32_t)c->code.n - 1;
}

static bool is_used(const PdfFont *font, uint32_t cid)
{
    return cid < font->used.n && font->used.p[cid];
}

/* The CID of a text in a font: the one that other faces have for it, unless another glyph of this
 * face has it. */
static uint32_t code_of(PdfFont *font, const char *text, size_t len)
{
    PdfCodes *c = font->codes;
    uint32_t cid = (uint32_t)(uintptr_t)map_get(c->first, text, len);
    if (cid && !is_used(font, cid))
        return cid;
    uint32_t made = new_code(c, text, len);
    if (!cid)
        map_put(c->first, text, len, (void *)(uintptr_t)made);
    return made;
}

/* ---- pairs of glyph and text ---- */

static PdfFont *font_new(PdfFile *f, PdfFace *face)
{
    PdfFont *font = mem_new(sizeof *font);
    font->face = face;
    font->codes = face->cff ? NULL : codes_with_room(f);
    font->object = pdf_take_shared(f);
    font->ref = pdf_haru_ref(f, font->object);
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

static const PdfEntry *entry_at(const PdfFace *face, const PdfSlot *s)
{
    return &face->font.p[s->font]->entry.p[s->entry - 1];
}

/* The slot of a pair, empty if the face has no such pair. */
static PdfSlot *find(const PdfFace *face, uint32_t glyph, const char *text, size_t len)
{
    for (size_t i = hash(glyph, text, len);; i++) {
        PdfSlot *s = &face->slot[i & (face->n_slots - 1)];
        if (!s->entry)
            return s;
        const PdfFont *font = face->font.p[s->font];
        const PdfMeaning *m = &font->meaning.p[s->entry - 1];
        if (entry_at(face, s)->glyph == glyph && m->len == len
            && !memcmp(font->text.p + m->text, text, len))
            return s;
    }
}

static void grow(PdfFace *face)
{
    PdfSlot *old = face->slot;
    size_t n = face->n_slots;
    face->n_slots = n ? n * 2 : 64;
    face->slot = mem_new(sizeof *face->slot * face->n_slots);
    for (size_t i = 0; i < n; i++) {
        if (!old[i].entry)
            continue;
        const PdfFont *font = face->font.p[old[i].font];
        const PdfMeaning *m = &font->meaning.p[old[i].entry - 1];
        *find(face, entry_at(face, &old[i])->glyph, font->text.p + m->text, m->len) = old[i];
    }
    free(old);
}

/* The index of a font that can take another text for a glyph. */
static uint32_t font_with_room(PdfFile *f, PdfFace *face, uint32_t glyph)
{
    uint32_t n = (uint32_t)face->font.n;
    if (!face->cff && n && face->font.p[n - 1]->codes == codes_with_room(f))
        return n - 1;
    for (uint32_t i = 0; face->cff && i < n; i++)
        if (!is_used(face->font.p[i], glyph))
            return i;
    font_new(f, face);
    return (uint32_t)face->font.n - 1;
}

static PdfSlot enter(PdfFile *f, PdfFace *face, uint32_t glyph, const char *text, size_t len)
{
    uint32_t i = font_with_room(f, face, glyph);
    PdfFont *font = face->font.p[i];
    uint32_t cid = face->cff ? glyph : code_of(font, text, len);
    while (font->used.n <= cid)
        vec_push(&font->used, false);
    font->used.p[cid] = true;
    vec_push(&font->entry, (PdfEntry){ (uint16_t)cid, (uint16_t)glyph,
                                       pdf_glyph_width(face->base, glyph) });
    vec_push(&font->meaning, (PdfMeaning){ (uint32_t)font->text.n, (uint32_t)len });
    buf_put(&font->text, text, len);
    face->n_pairs++;
    return (PdfSlot){ i, (uint32_t)font->entry.n };
}

/* The entry with a fixed CID for a single character; NULL: there is none, or another glyph has
 * it. */
static const PdfEntry *fixed(PdfFile *f, PdfFace *face, uint32_t glyph, const char *text,
                             size_t len)
{
    int n = 1;
    uint32_t c = len == 1 ? (unsigned char)*text : len > 3 ? 0 : utf8_get(text, text + len, &n);
    uint32_t cid = (size_t)n == len ? pdf_cid(c) : 0;
    if (!cid || face->cff)
        return NULL;
    PdfFont *font = face->font.n ? face->font.p[0] : font_new(f, face);
    PdfEntry *e = &font->fixed[cid];
    if (!e->glyph)
        *e = (PdfEntry){ (uint16_t)cid, (uint16_t)glyph, pdf_glyph_width(face->base, glyph) };
    return e->glyph == glyph ? e : NULL;
}

PdfGlyph pdf_glyph(PdfFile *f, PdfFace *face, uint32_t glyph, const char *text, size_t len)
{
    const PdfEntry *e = fixed(f, face, glyph, text, len);
    if (e)
        return (PdfGlyph){ face->font.p[0], e->cid, e->width };
    if (face->n_pairs * 4 >= face->n_slots * 3)
        grow(face);
    PdfSlot *s = find(face, glyph, text, len);
    if (!s->entry && face->cff && face->font.n >= CFF_FONTS_MAX) {
        s = find(face, glyph, "\ufffd", 3);     /* absurd: give up telling the texts apart */
        text = "\ufffd";
        len = 3;
    }
    if (!s->entry)
        *s = enter(f, face, glyph, text, len);
    e = entry_at(face, s);
    return (PdfGlyph){ face->font.p[s->font], e->cid, e->width };
}

void pdf_fonts_free(PdfFile *f)
{
    for (size_t i = 0; i < f->face.n; i++) {
        PdfFace *face = f->face.p[i];
        for (size_t k = 0; k < face->font.n; k++) {
            PdfFont *font = face->font.p[k];
            vec_free(&font->entry);
            vec_free(&font->meaning);
            vec_free(&font->used);
            buf_free(&font->text);
            free(font);
        }
        vec_free(&face->font);
        free(face->slot);
        free(face);
    }
    for (size_t i = 0; i < f->codes.n; i++) {
        vec_free(&f->codes.p[i]->code);
        buf_free(&f->codes.p[i]->text);
        free(f->codes.p[i]);
    }
    vec_free(&f->codes);
    vec_free(&f->face);
}
