/* SPDX-License-Identifier: MIT */
/* Font dictionaries and programs, written when all use is known (ISO 32000-1, 9.7-9.10). */
#include "internal.h"

#include <hb-subset.h>
#include <libdeflate.h>
#include <stdlib.h>
#include <string.h>

/* What a viewer of PDF does not need: text was shaped, and its codes lead to glyphs. */
static const hb_tag_t dropped[] = {
    HB_TAG('G', 'S', 'U', 'B'), HB_TAG('G', 'P', 'O', 'S'), HB_TAG('G', 'D', 'E', 'F'),
    HB_TAG('k', 'e', 'r', 'n'), HB_TAG('n', 'a', 'm', 'e'), HB_TAG('p', 'o', 's', 't'),
    HB_TAG('O', 'S', '/', '2'), HB_TAG('g', 'a', 's', 'p'), HB_TAG('D', 'S', 'I', 'G'),
    HB_TAG('c', 'm', 'a', 'p'), HB_TAG('F', 'F', 'T', 'M'), HB_TAG('h', 'd', 'm', 'x'),
    HB_TAG('V', 'D', 'M', 'X'), HB_TAG('L', 'T', 'S', 'H'), HB_TAG('m', 'e', 't', 'a'),
};

typedef struct { hb_blob_t *blob; Buf map; bool ok; } Program;

/* Of CFF the glyphs keep their numbers, which are the CIDs; only the CFF table goes in. */
static Program subset(PdfFile *f, const PdfFont *font)
{
    Program p = {0};
    bool cff = font->face->cff;
    hb_subset_input_t *in = hb_subset_input_create_or_fail();
    if (!in)
        return p;
    hb_set_t *glyphs = hb_subset_input_glyph_set(in);
    hb_set_t *drop = hb_subset_input_set(in, HB_SUBSET_SETS_DROP_TABLE_TAG);
    for (size_t i = 0; i < font->cid.n; i++)
        hb_set_add(glyphs, font->cid.p[i].glyph);
    for (size_t i = 0; i < COUNT(dropped); i++)
        hb_set_add(drop, dropped[i]);
    hb_subset_input_set_flags(in, HB_SUBSET_FLAGS_NO_HINTING
                                  | (cff ? HB_SUBSET_FLAGS_RETAIN_GIDS : HB_SUBSET_FLAGS_DEFAULT));
    hb_subset_plan_t *plan =
        hb_subset_plan_create_or_fail(pdf_cache_face(f->cache, font->face->base), in);
    hb_face_t *face = plan ? hb_subset_plan_execute_or_fail(plan) : NULL;
    if (face) {
        const hb_map_t *map = hb_subset_plan_old_to_new_glyph_mapping(plan);
        p.blob = cff ? hb_face_reference_table(face, HB_TAG('C', 'F', 'F', ' '))
                     : hb_face_reference_blob(face);
        for (size_t i = 0; i < font->cid.n && !cff; i++) {
            uint32_t glyph = hb_map_get(map, font->cid.p[i].glyph);
            buf_chr(&p.map, (int)(glyph >> 8 & 255));
            buf_chr(&p.map, (int)(glyph & 255));
        }
        p.ok = hb_blob_get_length(p.blob) > 0;
    }
    hb_face_destroy(face);
    hb_subset_plan_destroy(plan);
    hb_subset_input_destroy(in);
    return p;
}

/* ---- ToUnicode (9.10.3) ---- */

/* Characters that the value of a bfchar may not hold are replaced (ISO 14289-1, 7.21.7). */
static uint32_t allowed(uint32_t c)
{
    if (c < ' ')
        return ' ';
    if (c == 0xfeff)
        return 0x2060;
    return c == 0xfffe || c == 0xffff ? 0xfffd : c;
}

static void bfchar(Buf *b, uint32_t cid, const char *text, uint32_t len)
{
    const char *end = text + len;
    buf_chr(b, '<');
    pdf_hex(b, cid, 4);
    buf_str(b, "><");
    if (!len)
        pdf_utf16(b, 0x2060);
    for (int n; text < end; text += n)
        pdf_utf16(b, allowed(utf8_get(text, end, &n)));
    buf_str(b, ">\n");
}

static uint32_t cid_of(const PdfFont *font, size_t index)
{
    return font->face->cff ? font->cid.p[index].glyph : (uint32_t)index;
}

/* The indexes of the used CIDs in the order of CID; the caller frees. */
typedef struct { uint32_t cid, index; } Entry;

static int by_cid(const void *a, const void *b)
{
    const Entry *x = a, *y = b;
    return (x->cid > y->cid) - (x->cid < y->cid);
}

static Entry *entries(const PdfFont *font)
{
    size_t n = font->cid.n - 1;
    Entry *e = mem_new(sizeof *e * (n + 1));
    for (size_t i = 0; i < n; i++)
        e[i] = (Entry){ cid_of(font, i + 1), (uint32_t)i + 1 };
    if (font->face->cff)
        qsort(e, n, sizeof *e, by_cid);
    return e;
}

static void to_unicode(const PdfFont *font, const Entry *e, Buf *b)
{
    size_t n = font->cid.n - 1;
    buf_str(b, "/CIDInit/ProcSet findresource begin\n12 dict begin\nbegincmap\n"
               "/CIDSystemInfo<</Registry(Adobe)/Ordering(UCS)/Supplement 0>>def\n"
               "/CMapName/Adobe-Identity-UCS def\n/CMapType 2 def\n"
               "1 begincodespacerange\n<0000><FFFF>\nendcodespacerange\n");
    for (size_t i = 0; i < n; ) {
        size_t block = n - i > 100 ? 100 : n - i;
        buf_int(b, (int64_t)block);
        buf_str(b, " beginbfchar\n");
        for (; block--; i++) {
            const PdfCid *c = &font->cid.p[e[i].index];
            bfchar(b, e[i].cid, font->text.p + c->text, c->len);
        }
        buf_str(b, "endbfchar\n");
    }
    buf_str(b, "endcmap\nCMapName currentdict/CMap defineresource pop\nend\nend\n");
}

/* ---- the dictionaries ---- */

/* /W: widths of CIDs that follow each other in one bracket; in thousandths of the em. */
static void widths(const PdfFont *font, const Entry *e, Buf *b)
{
    size_t n = font->cid.n - 1;
    buf_str(b, "/W[");
    for (size_t i = 0; i < n; i++) {
        bool next = i && e[i].cid == e[i - 1].cid + 1;
        if (!next) {
            buf_str(b, i ? "]" : "");
            buf_int(b, e[i].cid);
        }
        buf_chr(b, next ? ' ' : '[');
        pdf_number(b, font->cid.p[e[i].index].width);
    }
    buf_str(b, n ? "]]" : "]");
}

/* ABCDEF+Name: the tag tells subsets of one face apart (9.6.4). */
static void base_font(const PdfFont *font, Buf *b)
{
    uint32_t crc = libdeflate_crc32(font->object, font->text.p, font->text.n);
    for (size_t i = 0; i < font->cid.n; i++)
        crc = libdeflate_crc32(crc, &font->cid.p[i].glyph, sizeof font->cid.p[i].glyph);
    buf_chr(b, '/');
    for (int i = 0; i < 6; i++, crc /= 26)
        buf_chr(b, 'A' + (int)(crc % 26));
    buf_chr(b, '+');
    for (const char *s = font->face->base->postscript; s && *s; s++)
        if ((*s >= '0' && *s <= '9') || (*s >= 'A' && *s <= 'Z') || (*s >= 'a' && *s <= 'z')
            || *s == '-')
            buf_chr(b, *s);
}

static int64_t per_mille(const TextFace *t, int64_t units)
{
    return units * 1000 / t->upem;
}

static void descriptor(const PdfFont *font, const char *name, uint32_t file, Buf *b)
{
    const TextFace *t = font->face->base;
    /* flags, 9.8.2: 1 all of one width, 4 not the Adobe Latin set, 64 slanted */
    int flags = 4 + (t->fixed_pitch ? 1 : 0) + (t->italic ? 64 : 0);
    buf_format(b, "/FontDescriptor<</Type/FontDescriptor/FontName%s/Flags %d/FontBBox[", name,
               flags);
    for (int i = 0; i < 4; i++) {
        if (i)
            buf_chr(b, ' ');
        buf_int(b, per_mille(t, t->bbox[i]));
    }
    buf_str(b, "]/ItalicAngle ");
    pdf_number(b, (int64_t)t->italic_angle * 1000 / 65536);
    buf_format(b, "/Ascent %d/Descent %d/CapHeight %d/StemV %d/FontFile%s",
               (int)per_mille(t, t->ascent), (int)-per_mille(t, t->descent),
               (int)per_mille(t, t->cap_height), t->weight / 5, font->face->cff ? "3 " : "2 ");
    pdf_ref(b, file);
    buf_str(b, ">>");
}

static void dictionaries(PdfFile *f, const PdfFont *font, const Entry *e, uint32_t file,
                         uint32_t map, uint32_t unicode)
{
    Buf name = {0};
    bool cff = font->face->cff;
    base_font(font, &name);
    Buf *b = pdf_object(f, font->object);
    buf_format(b, "<</Type/Font/Subtype/Type0/BaseFont%s/Encoding/Identity-H/ToUnicode ", name.p);
    pdf_ref(b, unicode);
    buf_format(b,
               "/DescendantFonts[<</Type/Font/Subtype/CIDFontType%d/BaseFont%s"
               "/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>",
               cff ? 0 : 2, name.p);
    widths(font, e, b);
    if (!cff) {
        buf_str(b, "/CIDToGIDMap ");
        pdf_ref(b, map);
    }
    descriptor(font, name.p, file, b);
    buf_str(b, ">>]>>");
    pdf_object_end(f);
    buf_free(&name);
}

bool pdf_font_write(PdfFile *f, PdfFont *font, Diags *d)
{
    Program p = subset(f, font);
    if (!p.ok) {
        diag_add(d, DIAG_pdf_font, NULL, font->face->base->family, (char *)NULL);
        hb_blob_destroy(p.blob);
        buf_free(&p.map);
        return false;
    }
    uint32_t object = pdf_take(f, 3);
    unsigned len;
    const char *data = hb_blob_get_data(p.blob, &len);
    buf_clear(&f->dict);
    if (font->face->cff)
        buf_str(&f->dict, "/Subtype/CIDFontType0C");
    else
        buf_format(&f->dict, "/Length1 %u", len);
    pdf_stream(f, object, &f->dict, data, len, PDF_DEFLATE);
    buf_clear(&f->dict);
    if (!font->face->cff)
        pdf_stream(f, object + 1, &f->dict, p.map.p, p.map.n, PDF_DEFLATE);
    Entry *e = entries(font);
    buf_clear(&f->content);
    to_unicode(font, e, &f->content);
    pdf_stream(f, object + 2, &f->dict, f->content.p, f->content.n, PDF_DEFLATE);
    dictionaries(f, font, e, object, object + 1, object + 2);
    free(e);
    hb_blob_destroy(p.blob);
    buf_free(&p.map);
    return true;
}
