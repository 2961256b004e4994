/* SPDX-License-Identifier: MIT */
/* A font file opened: HarfBuzz's view and the vertical measures by Writer's choice of tables. */
#include "internal.h"

#include <hb-ot.h>
#include <string.h>

/* Big-endian fields of font tables; 0 beyond the end. */
typedef struct { const unsigned char *p; unsigned len; hb_blob_t *blob; } Table;

static Table table_open(hb_face_t *face, hb_tag_t tag)
{
    Table t = { .blob = hb_face_reference_table(face, tag) };
    t.p = (const unsigned char *)hb_blob_get_data(t.blob, &t.len);
    return t;
}

static int get_u16(const Table *t, unsigned at)
{
    return at + 2 <= t->len ? t->p[at] << 8 | t->p[at + 1] : 0;
}

static int get_s16(const Table *t, unsigned at)
{
    return (int16_t)get_u16(t, at);
}

/* writer-layout, text 1.1: typo measures when OS/2 asks for them (bit 7 of fsSelection), else
 * hhea; where those are 0, the win measures.  OpenSymbol has no gap. */
static void vertical(TextFace *face)
{
    Table hhea = table_open(face->hb, HB_TAG('h', 'h', 'e', 'a'));
    Table os2 = table_open(face->hb, HB_TAG('O', 'S', '/', '2'));
    face->ascent = get_s16(&hhea, 4);
    face->descent = -get_s16(&hhea, 6);
    face->gap = get_s16(&hhea, 8);
    if (get_u16(&os2, 62) & 1 << 7) {
        face->ascent = get_s16(&os2, 68);
        face->descent = -get_s16(&os2, 70);
        face->gap = get_s16(&os2, 72);
    } else if (face->ascent + face->descent == 0) {
        face->ascent = get_u16(&os2, 74);
        face->descent = get_u16(&os2, 76);
        face->gap = 0;
    }
    face->cap_height = get_u16(&os2, 0) >= 2 ? get_s16(&os2, 88) : 0;
    if (!face->cap_height)
        face->cap_height = face->ascent * 7 / 10;
    if (!strcmp(face->family, "OpenSymbol"))
        face->gap = 0;
    face->size_descent = face->descent;
    hb_blob_destroy(hhea.blob);
    hb_blob_destroy(os2.blob);
}

static void measures(TextFace *face)
{
    Table head = table_open(face->hb, HB_TAG('h', 'e', 'a', 'd'));
    Table post = table_open(face->hb, HB_TAG('p', 'o', 's', 't'));
    for (unsigned i = 0; i < 4; i++)
        face->bbox[i] = get_s16(&head, 36 + 2 * i);
    face->italic_angle = (int32_t)((uint32_t)get_u16(&post, 4) << 16 | (uint32_t)get_u16(&post, 6));
    hb_blob_destroy(head.blob);
    hb_blob_destroy(post.blob);
    vertical(face);
}

static const char *name_of(TextFonts *f, const Installed *i, const char *object,
                           const char *otherwise)
{
    FcChar8 *name;
    if (FcPatternGetString(i->pattern, object, 0, &name) != FcResultMatch)
        return otherwise;
    char *copy = arena_str(f->arena, (const char *)name);
    return copy;
}

TextFace *face_load(TextFonts *f, Installed *i)
{
    if (i->face)
        return i->face;
    hb_blob_t *blob = hb_blob_create_from_file_or_fail(i->file);
    if (!blob)
        return NULL;
    hb_face_t *hb = hb_face_create(blob, (unsigned)i->index);
    hb_blob_destroy(blob);
    if (!hb_face_get_glyph_count(hb)) {
        hb_face_destroy(hb);
        return NULL;
    }
    TextFace *face = ARENA_NEW(f->arena, TextFace);
    hb_face_make_immutable(hb);
    face->hb = hb;
    face->upem = (int32_t)hb_face_get_upem(hb);
    face->font = hb_font_create(hb);            /* scaled to units of the em by default */
    face->file = i->file;
    face->family = name_of(f, i, FC_FAMILY, "Unknown");
    face->postscript = name_of(f, i, FC_POSTSCRIPT_NAME, "Unknown");
    face->weight = (uint16_t)i->weight;
    face->italic = i->italic;
    face->fixed_pitch = i->fixed_pitch;
    face->base = face;
    face->id = (unsigned)f->face.n;
    face->plain = text_has(face, 'a') && text_has(face, '0');
    measures(face);
    vec_push(&f->face, face);
    i->face = face;
    return face;
}

const TextFace *face_synthetic(TextFonts *f, const TextFace *face, bool bold, bool italic)
{
    if (!bold && !italic)
        return face;
    for (size_t i = 0; i < f->face.n; i++) {
        const TextFace *other = f->face.p[i];
        if (other->base == face && other->synthetic_bold == bold &&
            other->synthetic_italic == italic)
            return other;
    }
    TextFace *made = ARENA_NEW(f->arena, TextFace);
    *made = *face;
    made->synthetic_bold = bold;
    made->synthetic_italic = italic;
    made->id = (unsigned)f->face.n;
    vec_push(&f->face, made);
    return made;
}

void face_close(const TextFace *face)
{
    if (face->base == face)
        hb_font_destroy(face->font);
}

int32_t text_missing_advance(const TextFace *face)
{
    return hb_font_get_glyph_h_advance(face->font, 0);
}

uint32_t text_drawn(uint32_t c)
{
    return c == 0xa0 ? ' ' : c == 0x2011 ? '-' : c;
}

bool text_has(const TextFace *face, uint32_t c)
{
    hb_codepoint_t glyph;
    return hb_font_get_nominal_glyph(face->font, text_drawn(c), &glyph) && glyph;
}
