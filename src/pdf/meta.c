/* SPDX-License-Identifier: MIT */
/* What a file says of itself: catalog, XMP (ISO 19005-2, 6.6), information dictionary, profile. */
#include "internal.h"

#include <string.h>

/* ---- the colour profile: sRGB, made here; ICC.1:2010 ---- */

static void big_endian(Buf *b, uint32_t v)
{
    for (int i = 24; i >= 0; i -= 8)
        buf_chr(b, (int)(v >> i & 255));
}

static void big_endians(Buf *b, const uint32_t *v, size_t n)
{
    for (size_t i = 0; i < n; i++)
        big_endian(b, v[i]);
}

/* mluc with one string */
static void profile_text(Buf *b, const char *s)
{
    size_t n = strlen(s);
    buf_str(b, "mluc");
    big_endians(b, (uint32_t[]){ 0, 1, 12 }, 3);
    buf_str(b, "enUS");
    big_endians(b, (uint32_t[]){ (uint32_t)n * 2, 28 }, 2);
    for (; *s; s++) {
        buf_chr(b, 0);
        buf_chr(b, *s);
    }
    while (b->n & 3)
        buf_chr(b, 0);
}

/* Numbers are fixed point, 16 bits after the point: primaries adapted to D50, the matrix that does
 * it, and the curve of IEC 61966-2-1 (type 3) shared by the three colours. */
static const uint32_t white[] = { 0xf6d6, 0x10000, 0xd32d };
static const uint32_t red[] = { 0x6fa2, 0x38f5, 0x390 }, green[] = { 0x6299, 0xb785, 0x18da },
                      blue[] = { 0x24a0, 0xf84, 0xb6cf };
static const uint32_t adaptation[] = { 0x10c42,    0x5de,      0xfffff325, 0x794, 0xfd90,
                                       0xfffffba1, 0xfffffda2, 0x3dc,      0xc06e };
static const uint32_t curve[] = { 3u << 16, 0x26666, 0xf2a7, 0xd59, 0x13d0, 0xa5b };

typedef struct { const char *tag, *type; const uint32_t *v; uint32_t n; const char *text; } Tag;

void pdf_profile(Buf *b)
{
    static const Tag tag[] = {
        { "desc", NULL, NULL, 0, "sRGB IEC61966-2.1" },
        { "cprt", NULL, NULL, 0, "No copyright, use freely" },
        { "wtpt", "XYZ ", white, 3, NULL },
        { "chad", "sf32", adaptation, 9, NULL },
        { "rXYZ", "XYZ ", red, 3, NULL },
        { "gXYZ", "XYZ ", green, 3, NULL },
        { "bXYZ", "XYZ ", blue, 3, NULL },
        { "rTRC", "para", curve, 6, NULL },
        { "gTRC", "para", curve, 6, NULL },
        { "bTRC", "para", curve, 6, NULL },
    };
    uint32_t start = 128 + 4 + 12 * COUNT(tag), at = 0, len = 0;
    Buf table = {0}, data = {0};
    for (size_t i = 0; i < COUNT(tag); i++) {
        if (!i || tag[i].v != tag[i - 1].v || tag[i].text) {
            at = start + (uint32_t)data.n;
            if (tag[i].text) {
                profile_text(&data, tag[i].text);
            } else {
                buf_str(&data, tag[i].type);
                big_endian(&data, 0);
                big_endians(&data, tag[i].v, tag[i].n);
            }
            len = start + (uint32_t)data.n - at;
        }
        buf_str(&table, tag[i].tag);
        big_endians(&table, (uint32_t[]){ at, len }, 2);
    }
    big_endians(b, (uint32_t[]){ start + (uint32_t)data.n, 0, 0x04200000 }, 3);
    buf_str(b, "mntrRGB XYZ ");
    big_endians(b, (uint32_t[]){ 2026u << 16 | 1, 1u << 16, 0 }, 3);    /* a fixed day */
    buf_str(b, "acsp");
    big_endians(b, (uint32_t[7]){0}, 7);
    big_endians(b, white, 3);
    while (b->n < 128)
        buf_chr(b, 0);
    big_endian(b, COUNT(tag));
    buf_put(b, table.p, table.n);
    buf_put(b, data.p, data.n);
    buf_free(&table);
    buf_free(&data);
}

/* ---- XMP ---- */

static void escaped(Buf *b, const char *s)
{
    for (; *s; s++) {
        if (*s == '&')
            buf_str(b, "&amp;");
        else if (*s == '<')
            buf_str(b, "&lt;");
        else if (*s == '>')
            buf_str(b, "&gt;");
        else
            buf_chr(b, (unsigned char)*s < ' ' ? ' ' : *s);
    }
}

static void element(Buf *b, const char *open, const char *text, const char *close)
{
    if (!text)
        return;
    buf_str(b, open);
    escaped(b, text);
    buf_str(b, close);
}

/* The two claims in one file need the extension schema that describes pdfuaid (6.6.2.3.3). */
static const char claims[] =
    "<pdfaid:part>2</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance>"
    "<pdfuaid:part>1</pdfuaid:part>\n"
    "<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType=\"Resource\">"
    "<pdfaSchema:schema>PDF/UA identification</pdfaSchema:schema>"
    "<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>"
    "<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>"
    "<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType=\"Resource\">"
    "<pdfaProperty:name>part</pdfaProperty:name>"
    "<pdfaProperty:valueType>Integer</pdfaProperty:valueType>"
    "<pdfaProperty:category>internal</pdfaProperty:category>"
    "<pdfaProperty:description>Part of ISO 14289</pdfaProperty:description>"
    "</rdf:li></rdf:Seq></pdfaSchema:property></rdf:li></rdf:Bag></pdfaExtension:schemas>\n";

/* What all files have in common comes first, for pdf_pack_after(). */
static void xmp_head(Buf *b)
{
    buf_str(b,
    "<?xpacket begin=\"\xef\xbb\xbf\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n"
    "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\">"
    "<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">"
    "<rdf:Description rdf:about=\"\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\""
    " xmlns:pdf=\"http://ns.adobe.com/pdf/1.3/\" xmlns:xmp=\"http://ns.adobe.com/xap/1.0/\""
    " xmlns:pdfaid=\"http://www.aiim.org/pdfa/ns/id/\""
    " xmlns:pdfuaid=\"http://www.aiim.org/pdfua/ns/id/\""
    " xmlns:pdfaExtension=\"http://www.aiim.org/pdfa/ns/extension/\""
    " xmlns:pdfaSchema=\"http://www.aiim.org/pdfa/ns/schema#\""
    " xmlns:pdfaProperty=\"http://www.aiim.org/pdfa/ns/property#\">\n");
    buf_str(b, claims);
}

static void xmp_tail(const PdfOptions *o, Buf *b)
{
    element(b, "<dc:title><rdf:Alt><rdf:li xml:lang=\"x-default\">", o->title,
            "</rdf:li></rdf:Alt></dc:title>\n");
    element(b, "<dc:description><rdf:Alt><rdf:li xml:lang=\"x-default\">", o->subject,
            "</rdf:li></rdf:Alt></dc:description>\n");
    element(b, "<dc:language><rdf:Bag><rdf:li>", o->language,
            "</rdf:li></rdf:Bag></dc:language>\n");
    element(b, "<pdf:Producer>", o->producer, "</pdf:Producer>\n");
    element(b, "<xmp:CreateDate>", o->date, "</xmp:CreateDate>");
    element(b, "<xmp:ModifyDate>", o->date, "</xmp:ModifyDate>\n");
    buf_str(b, "</rdf:Description></rdf:RDF></x:xmpmeta>\n<?xpacket end=\"w\"?>");
}

/* ---- information dictionary ---- */

/* 2011-12-16T10:00:00+01:00 becomes D:20111216100000+01'00' (7.9.4). */
static void date(Buf *b, const char *key, const char *iso)
{
    if (!iso)
        return;
    buf_format(b, "/%s(D:", key);
    const char *s = iso;
    for (; *s && *s != '+' && *s != 'Z' && *s != '.' && !(*s == '-' && s - iso > 10); s++)
        if (*s >= '0' && *s <= '9')
            buf_chr(b, *s);
    if (*s == '.')
        s += 1 + strspn(s + 1, "0123456789");
    if (*s == 'Z')
        buf_chr(b, 'Z');
    else if ((*s == '+' || *s == '-') && strlen(s) >= 6)
        buf_format(b, "%c%.2s'%.2s'", *s, s + 1, s + 4);
    buf_chr(b, ')');
}

static void text_entry(Buf *b, const char *key, const char *text)
{
    if (!text)
        return;
    buf_format(b, "/%s", key);
    pdf_text(b, text);
}

static void information(PdfFile *f)
{
    Buf *b = pdf_object(f, OBJ_INFO);
    buf_str(b, "<<");
    text_entry(b, "Title", f->o.title);
    text_entry(b, "Subject", f->o.subject);
    text_entry(b, "Producer", f->o.producer);
    date(b, "CreationDate", f->o.date);
    date(b, "ModDate", f->o.date);
    buf_str(b, ">>");
    pdf_object_end(f);
}

void pdf_catalog(PdfFile *f)
{
    static const char *const duplex[] = { "", "/Duplex/DuplexFlipLongEdge",
                                          "/Duplex/DuplexFlipShortEdge" };
    Buf *b = pdf_object(f, OBJ_CATALOG);
    buf_format(b, "<</Type/Catalog/Pages %d 0 R/Lang", OBJ_PAGES);
    pdf_ascii(b, f->o.language);
    buf_format(b, "/MarkInfo<</Marked true>>/ViewerPreferences<</DisplayDocTitle true%s>>"
                  "/StructTreeRoot %d 0 R/Metadata %d 0 R"
                  "/OutputIntents[<</Type/OutputIntent/S/GTS_PDFA1/OutputConditionIdentifier(sRGB)"
                  "/Info(sRGB IEC61966-2.1)/DestOutputProfile %d 0 R>>]",
               duplex[f->o.duplex], OBJ_STRUCT_ROOT, OBJ_METADATA, OBJ_PROFILE);
    if (f->outline_first)
        buf_format(b, "/Outlines %d 0 R", OBJ_OUTLINES);
    if (f->outline_count > 1)
        buf_str(b, "/PageMode/UseOutlines");
    if (f->labels.kids.n) {
        buf_str(b, "/PageLabels");
        pdf_tree_root(&f->labels, b);
    }
    buf_str(b, ">>");
    pdf_object_end(f);
}

static const Buf *metadata_head(PdfCache *c)
{
    Buf *head = pdf_cache_metadata(c);
    if (!head->n) {
        Buf plain = {0};
        xmp_head(&plain);
        pdf_pack_head(&plain, head);
        buf_free(&plain);
    }
    return head;
}

void pdf_metadata(PdfFile *f)
{
    const Buf *profile = pdf_cache_profile(f->cache);
    buf_clear(&f->content);
    xmp_tail(&f->o, &f->content);
    pdf_pack_after(metadata_head(f->cache), &f->content, &f->packed);
    buf_clear(&f->dict);
    buf_str(&f->dict, "/Type/Metadata/Subtype/XML");
    pdf_stream(f, OBJ_METADATA, &f->dict, f->packed.p, f->packed.n, PDF_DEFLATED);
    buf_clear(&f->dict);
    buf_str(&f->dict, "/N 3");
    pdf_stream(f, OBJ_PROFILE, &f->dict, profile->p, profile->n, PDF_DEFLATED);
    information(f);
}
