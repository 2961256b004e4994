/* SPDX-License-Identifier: MIT */
/* Font dictionaries and programs, written when all use is known (ISO 32000-1, 9.7-9.10).
 *
 * A program follows from the face and its set of glyphs alone, so that the cache can keep it for
 * the next file with the same set. */
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

/* A font's entries by CID. */
typedef struct { const TextFace *base; bool cff; const PdfEntry *entry; size_t n; } Glyphs;

/* ---- programs ---- */

static hb_subset_plan_t *plan(PdfCache *cache, const Glyphs *g)
{
    hb_subset_input_t *in = hb_subset_input_create_or_fail();
    if (!in)
        return NULL;
    hb_set_t *glyphs = hb_subset_input_glyph_set(in);
    hb_set_t *drop = hb_subset_input_set(in, HB_SUBSET_SETS_DROP_TABLE_TAG);
    for (size_t i = 0; i < g->n; i++)
        hb_set_add(glyphs, g->entry[i].glyph);
    for (size_t i = 0; i < COUNT(dropped); i++)
        hb_set_add(drop, dropped[i]);
    hb_subset_input_set_flags(in, HB_SUBSET_FLAGS_NO_HINTING
                                      | (g->cff ? HB_SUBSET_FLAGS_RETAIN_GIDS : 0));
    hb_subset_plan_t *p = hb_subset_plan_create_or_fail(pdf_cache_face(cache, g->base), in);
    hb_subset_input_destroy(in);
    return p;
}

/* CIDToGIDMap: two bytes for each CID (9.7.4.2). */
static void cid_map(PdfCache *cache, const Glyphs *g, const hb_map_t *to, Buf *out)
{
    Buf map = {0};
    size_t len = ((size_t)g->entry[g->n - 1].cid + 1) * 2;
    char *p = buf_room(&map, len);
    if (!p)
        mem_fail();
    memset(p, 0, len);
    for (size_t i = 0; i < g->n; i++) {
        uint32_t glyph = hb_map_get(to, g->entry[i].glyph);
        p[g->entry[i].cid * 2] = (char)(glyph >> 8);
        p[g->entry[i].cid * 2 + 1] = (char)glyph;
    }
    pdf_deflate(cache, p, len, out);
    buf_free(&map);
}

/* /W: widths of CIDs that follow each other in one bracket; in thousandths of the em.  A width for
 * one or two that are not used is shorter than a new bracket. */
static void widths(const Glyphs *g, Buf *b)
{
    enum { GAP = 3 };
    pdf_str(b, "/W[");
    for (size_t i = 0; i < g->n; i++) {
        int step = i ? g->entry[i].cid - g->entry[i - 1].cid : GAP + 1;
        if (step > GAP) {
            pdf_str(b, i ? "]" : "");
            pdf_int(b, g->entry[i].cid);
            pdf_chr(b, '[');
        } else {
            for (int k = 1; k < step; k++)
                pdf_str(b, " 0");
            pdf_chr(b, ' ');
        }
        pdf_number(b, g->entry[i].width);
    }
    pdf_str(b, g->n ? "]]" : "]");
}

/* Of CFF the glyphs keep their numbers, which are the CIDs; only the CFF table goes in. */
static void make(PdfCache *cache, const Glyphs *g, PdfKept *k)
{
    hb_subset_plan_t *p = plan(cache, g);
    hb_face_t *face = p ? hb_subset_plan_execute_or_fail(p) : NULL;
    if (face) {
        hb_blob_t *blob = g->cff ? hb_face_reference_table(face, HB_TAG('C', 'F', 'F', ' '))
                                 : hb_face_reference_blob(face);
        const char *data = hb_blob_get_data(blob, &k->length);
        if (k->length)
            pdf_deflate(cache, data, k->length, &k->part[0]);
        hb_blob_destroy(blob);
        if (!g->cff)
            cid_map(cache, g, hb_subset_plan_old_to_new_glyph_mapping(p), &k->part[1]);
        widths(g, &k->part[2]);
    }
    hb_face_destroy(face);
    hb_subset_plan_destroy(p);
}

/* NULL: HarfBuzz cannot make it. */
static const PdfKept *program(PdfCache *cache, const Glyphs *g)
{
    Buf key = {0};
    pdf_put(&key, &g->base->hb, sizeof g->base->hb);
    pdf_put(&key, g->entry, g->n * sizeof *g->entry);
    PdfKept *k = pdf_cache_find(cache, PDF_KEPT_PROGRAM, key.p, key.n);
    if (!k) {
        k = pdf_cache_make(cache, PDF_KEPT_PROGRAM, key.p, key.n);
        make(cache, g, k);
    }
    buf_free(&key);
    return k->length ? k : NULL;
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
    pdf_chr(b, '<');
    pdf_hex(b, cid, 4);
    pdf_str(b, "><");
    if (!len)
        pdf_utf16(b, 0x2060);
    for (int n; text < end; text += n)
        pdf_utf16(b, allowed(utf8_get(text, end, &n)));
    pdf_str(b, ">\n");
}

static void to_unicode_start(Buf *b)
{
    pdf_str(b, "/CIDInit/ProcSet findresource begin\n12 dict begin\nbegincmap\n"
               "/CIDSystemInfo<</Registry(Adobe)/Ordering(UCS)/Supplement 0>>def\n"
               "/CMapName/Adobe-Identity-UCS def\n/CMapType 2 def\n"
               "1 begincodespacerange\n<0000><FFFF>\nendcodespacerange\n");
}

static void to_unicode_end(PdfFile *f, uint32_t object, Buf *b)
{
    pdf_str(b, "endcmap\nCMapName currentdict/CMap defineresource pop\nend\nend\n");
    buf_clear(&f->dict);
    pdf_stream(f, object, &f->dict, b->p, b->n, PDF_DEFLATE);
}

/* Blocks of at most 100. */
static void block_of(Buf *b, size_t i, size_t n)
{
    if (i % 100)
        return;
    if (i)
        pdf_str(b, "endbfchar\n");
    pdf_int(b, (n - i > 100 ? 100 : n - i));
    pdf_str(b, " beginbfchar\n");
}

static void write_codes(PdfFile *f, const PdfCodes *c)
{
    Buf *b = &f->content;
    buf_clear(b);
    to_unicode_start(b);
    /* pdf_cid(); a range ends where the first byte does */
    pdf_str(b, "3 beginbfrange\n<0020><00FF><0020>\n<0100><017F><0100>\n<0180><01EF><2000>\n"
               "endbfrange\n");
    for (size_t i = 0; i < c->code.n; i++) {
        block_of(b, i, c->code.n);
        bfchar(b, CID_OTHER + (uint32_t)i, c->text.p + c->code.p[i].text, c->code.p[i].len);
    }
    if (c->code.n)
        pdf_str(b, "endbfchar\n");
    to_unicode_end(f, c->object, b);
}

/* Of CFF: the font's own. */
static void write_meanings(PdfFile *f, const PdfFont *font, uint32_t object)
{
    Buf *b = &f->content;
    buf_clear(b);
    to_unicode_start(b);
    for (size_t i = 0; i < font->entry.n; i++) {
        const PdfMeaning *m = &font->meaning.p[i];
        block_of(b, i, font->entry.n);
        bfchar(b, font->entry.p[i].cid, font->text.p + m->text, m->len);
    }
    pdf_str(b, "endbfchar\n");
    to_unicode_end(f, object, b);
}

/* ---- the dictionaries ---- */

/* ABCDEF+Name: the tag tells subsets of one face apart (9.6.4). */
static void base_font(const Glyphs *g, Buf *b)
{
    uint32_t crc = libdeflate_crc32(0, g->entry, g->n * sizeof *g->entry);
    pdf_chr(b, '/');
    for (int i = 0; i < 6; i++, crc /= 26)
        pdf_chr(b, 'A' + (int)(crc % 26));
    pdf_chr(b, '+');
    for (const char *s = g->base->postscript; s && *s; s++)
        if ((*s >= '0' && *s <= '9') || (*s >= 'A' && *s <= 'Z') || (*s >= 'a' && *s <= 'z')
            || *s == '-')
            pdf_chr(b, *s);
}

static int64_t per_mille(const TextFace *t, int64_t units)
{
    return units * 1000 / t->upem;
}

static void descriptor(const TextFace *t, const char *name, Buf *b)
{
    /* flags, 9.8.2: 1 all of one width, 4 not the Adobe Latin set, 64 slanted */
    int flags = 4 + (t->fixed_pitch ? 1 : 0) + (t->italic ? 64 : 0);
    buf_format(b, "/FontDescriptor<</Type/FontDescriptor/FontName%s/Flags %d/FontBBox[", name,
               flags);
    for (int i = 0; i < 4; i++) {
        if (i)
            pdf_chr(b, ' ');
        buf_int(b, per_mille(t, t->bbox[i]));
    }
    pdf_str(b, "]/ItalicAngle ");
    pdf_number(b, (int64_t)t->italic_angle * 1000 / 65536);
    buf_format(b, "/Ascent %d/Descent %d/CapHeight %d/StemV %d", (int)per_mille(t, t->ascent),
               (int)-per_mille(t, t->descent), (int)per_mille(t, t->cap_height), t->weight / 5);
}

typedef struct { uint32_t font, unicode, file, map; } Objects;

static void dictionary(PdfFile *f, const Glyphs *g, const PdfKept *k, const Objects *o)
{
    Buf name = {0};
    base_font(g, &name);
    Buf *b = pdf_object(f, o->font);
    buf_format(b, "<</Type/Font/Subtype/Type0/BaseFont%s/Encoding/Identity-H/ToUnicode ", name.p);
    pdf_ref(b, o->unicode);
    buf_format(b,
               "/DescendantFonts[<</Type/Font/Subtype/CIDFontType%d/BaseFont%s"
               "/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>",
               g->cff ? 0 : 2, name.p);
    pdf_put(b, k->part[2].p, k->part[2].n);
    if (!g->cff) {
        pdf_str(b, "/CIDToGIDMap ");
        pdf_ref(b, o->map);
    }
    descriptor(g->base, name.p, b);
    pdf_str(b, g->cff ? "/FontFile3 " : "/FontFile2 ");
    pdf_ref(b, o->file);
    pdf_str(b, ">>>>]>>");
    pdf_object_end(f);
    buf_free(&name);
}

static bool font_write(PdfFile *f, const PdfFont *font, const Glyphs *g)
{
    const PdfKept *k = program(f->cache, g);
    if (!k)
        return false;
    Objects o = { .font = font->object, .file = pdf_take(f, 1) };
    buf_clear(&f->dict);
    if (g->cff) {
        pdf_str(&f->dict, "/Subtype/CIDFontType0C");
    } else {
        pdf_str(&f->dict, "/Length1 ");
        pdf_int(&f->dict, k->length);
    }
    pdf_stream(f, o.file, &f->dict, k->part[0].p, k->part[0].n, PDF_DEFLATED);
    buf_clear(&f->dict);
    if (!g->cff) {
        o.map = pdf_take(f, 1);
        pdf_stream(f, o.map, &f->dict, k->part[1].p, k->part[1].n, PDF_DEFLATED);
    }
    o.unicode = g->cff ? pdf_take(f, 1) : font->codes->object;
    dictionary(f, g, k, &o);
    if (g->cff)
        write_meanings(f, font, o.unicode);
    return true;
}

static int by_cid(const void *a, const void *b)
{
    const PdfEntry *x = a, *y = b;
    return (x->cid > y->cid) - (x->cid < y->cid);
}

static bool font_end(PdfFile *f, PdfFont *font)
{
    VEC(PdfEntry) all = {0};
    for (uint32_t i = 0; i < CID_OTHER; i++)
        if (font->fixed[i].glyph)
            vec_push(&all, font->fixed[i]);
    size_t others = all.n;
    for (size_t i = 0; i < font->entry.n; i++)
        vec_push(&all, font->entry.p[i]);
    qsort(all.p + others, all.n - others, sizeof *all.p, by_cid);
    Glyphs g = { font->face->base, font->face->cff, all.p, all.n };
    bool ok = !all.n || font_write(f, font, &g);
    vec_free(&all);
    return ok;
}

bool pdf_fonts_write(PdfFile *f, Diags *d)
{
    bool ok = true;
    for (size_t i = 0; i < f->face.n; i++)
        for (size_t k = 0; k < f->face.p[i]->font.n; k++)
            if (!font_end(f, f->face.p[i]->font.p[k])) {
                diag_add(d, DIAG_pdf_font, NULL, f->face.p[i]->base->family, (char *)NULL);
                ok = false;
            }
    for (size_t i = 0; i < f->codes.n; i++)
        write_codes(f, f->codes.p[i]);
    return ok;
}
