/* SPDX-License-Identifier: MIT */
/* The part that libharu plays: dictionaries of pages, annotations and bookmarks.
 *
 * A libharu document lives for a slice of pages.  Its cross-reference table is moved so that what
 * it makes gets our numbers; what it made is printed by HPDF_Obj_WriteValue() and freed with the
 * document.  libharu prints numbers as float, exact to a few digits only: boxes are printed by us,
 * by way of a dictionary's write_fn.  Its fonts, pictures, PDF/A metadata and saving are not used:
 * they write wrong files or crash on bad ones, as `make style` knows. */
#include "internal.h"

#include <hpdf.h>
#include <hpdf_annotation.h>
#include <hpdf_objects.h>
#include <hpdf_outline.h>
#include <hpdf_pages.h>
#include <stdlib.h>
#include <string.h>

struct PdfHaru {
    HPDF_Doc doc;
    HPDF_Stream stream;
    HPDF_STATUS error;
    const Buf *tail;            /* what print_tail() adds to the dictionary being printed */
};

static void on_error(HPDF_STATUS error, HPDF_STATUS detail, void *user)
{
    PdfHaru *h = user;
    (void)detail;
    if (!h->error)
        h->error = error;
}

static void *get_memory(HPDF_UINT size)
{
    return mem_grow(NULL, size);
}

static HPDF_STATUS to_buf(HPDF_Stream stream, const HPDF_BYTE *data, HPDF_UINT len)
{
    buf_put(stream->attr, data, len);
    return HPDF_OK;
}

static PdfHaru *haru(PdfFile *f)
{
    if (f->haru)
        return f->haru;
    PdfHaru *h = mem_new(sizeof *h);
    h->doc = HPDF_NewEx(on_error, get_memory, free, 0, h);
    if (h->doc)
        h->stream = HPDF_CallbackWriter_New(h->doc->mmgr, to_buf, NULL);
    if (!h->stream && !h->error)
        h->error = HPDF_FAILD_TO_ALLOC_MEM;
    return f->haru = h;
}

void pdf_haru_close(PdfFile *f)
{
    PdfHaru *h = f->haru;
    if (!h)
        return;
    if (h->stream)
        HPDF_Stream_Free(h->stream);
    if (h->doc)
        HPDF_Free(h->doc);
    free(h);
    f->haru = NULL;
}

bool pdf_haru_ok(PdfFile *f, Diags *d)
{
    PdfHaru *h = f->haru;
    if (h && !h->error && h->doc)
        h->error = HPDF_GetError(h->doc);
    if (!h || !h->error)
        return true;
    char code[24];
    snprintf(code, sizeof code, "0x%04lX", (unsigned long)h->error);
    diag_add(d, DIAG_pdf_library, NULL, code, (char *)NULL);
    return false;
}

/* libharu looks at the head of what is added to a dictionary, and nothing else. */
void *pdf_haru_ref(PdfFile *f, uint32_t object)
{
    HPDF_Obj_Header *header = ARENA_NEW(f->arena, HPDF_Obj_Header);
    header->obj_id = object | HPDF_OTYPE_INDIRECT;
    header->obj_class = HPDF_OCLASS_DICT;
    return header;
}

static void check(PdfHaru *h, HPDF_STATUS status)
{
    if (status != HPDF_OK && !h->error)
        h->error = status;
}

/* The next object that libharu numbers becomes this one. */
static void number_next(PdfHaru *h, uint32_t object)
{
    h->doc->xref->start_offset = object - h->doc->xref->entries->count;
}

static HPDF_STATUS print_tail(HPDF_Dict dict, HPDF_Stream stream)
{
    PdfHaru *h = dict->error->user_data;
    if (!h->tail->n)
        return HPDF_OK;
    return HPDF_Stream_Write(stream, (const HPDF_BYTE *)h->tail->p, (HPDF_UINT)h->tail->n);
}

void pdf_haru_print(PdfFile *f, void *object, const Buf *tail, Buf *out)
{
    PdfHaru *h = f->haru;
    HPDF_Dict dict = object;
    if (h->error || !dict) {
        buf_str(out, "null");
        return;
    }
    h->tail = tail;
    h->stream->attr = out;
    dict->write_fn = print_tail;
    check(h, HPDF_Obj_WriteValue(dict, h->stream, NULL));
}

uint32_t pdf_haru_number(const void *dict)
{
    return dict ? ((const HPDF_Obj_Header *)dict)->obj_id & 0xffffff : 0;
}

/* ---- pages ---- */

void *pdf_haru_page(PdfFile *f, uint32_t object)
{
    PdfHaru *h = haru(f);
    if (h->error)
        return NULL;
    number_next(h, object);
    HPDF_Page page = HPDF_Page_New(h->doc->mmgr, h->doc->xref);
    if (!page) {
        check(h, HPDF_FAILD_TO_ALLOC_MEM);
        return NULL;
    }
    check(h, HPDF_Dict_RemoveElement(page, "MediaBox"));
    check(h, HPDF_Dict_RemoveElement(page, "Contents"));
    return page;
}

static const char *name(PdfHaru *h, const char *s)
{
    if (!s)
        check(h, HPDF_PAGE_CANNOT_FIND_OBJECT);
    return s ? s : "";
}

const char *pdf_haru_font(PdfFile *f, void *page, void *ref)
{
    return page ? name(f->haru, HPDF_Page_GetLocalFontName(page, ref)) : "";
}

const char *pdf_haru_image(PdfFile *f, void *page, void *ref)
{
    return page ? name(f->haru, HPDF_Page_GetXObjectName(page, ref)) : "";
}

const char *pdf_haru_opacity(PdfFile *f, void *page, void *ref)
{
    return page ? name(f->haru, HPDF_Page_GetExtGStateName(page, ref)) : "";
}

void pdf_haru_page_end(PdfFile *f, void *page, uint32_t key, const Buf *tail)
{
    PdfHaru *h = f->haru;
    uint32_t object = pdf_haru_number(page);
    if (!page)
        return;
    check(h, HPDF_Dict_AddNumber(page, "StructParents", (HPDF_INT32)key));
    check(h, HPDF_Dict_AddName(page, "Tabs", "S"));
    pdf_haru_print(f, page, tail, pdf_object(f, object));
    pdf_object_end(f);
}

/* ---- annotations ---- */

static void add_to_page(PdfHaru *h, HPDF_Page page, HPDF_Annotation link)
{
    HPDF_Array all = HPDF_Dict_GetItem(page, "Annots", HPDF_OCLASS_ARRAY);
    if (!all) {
        all = HPDF_Array_New(page->mmgr);
        check(h, HPDF_Dict_Add(page, "Annots", all));
    }
    check(h, HPDF_Array_Add(all, link));
    check(h, HPDF_Dict_Add(link, "P", page));
}

void pdf_haru_link(PdfFile *f, void *page, uint32_t object, uint32_t key, const char *uri,
                   const Buf *tail)
{
    PdfHaru *h = f->haru;
    HPDF_Rect box = { 0, 0, 1, 1 };
    if (!page)
        return;
    number_next(h, object);
    HPDF_Annotation link =
        uri ? HPDF_URILinkAnnot_New(h->doc->mmgr, h->doc->xref, box, uri)
            : HPDF_Annotation_New(h->doc->mmgr, h->doc->xref, HPDF_ANNOT_LINK, box);
    if (!link) {
        check(h, HPDF_INVALID_ANNOTATION);
        return;
    }
    check(h, HPDF_Dict_RemoveElement(link, "Rect"));
    check(h, HPDF_LinkAnnot_SetBorderStyle(link, 0, 0, 0));
    check(h, HPDF_Dict_AddNumber(link, "F", 4));        /* 12.5.3: printed, not hidden */
    check(h, HPDF_Dict_AddNumber(link, "StructParent", (HPDF_INT32)key));
    add_to_page(h, page, link);
    pdf_haru_print(f, link, tail, pdf_object(f, object));
    pdf_object_end(f);
}

/* ---- bookmarks ---- */

void *pdf_haru_outline_root(PdfFile *f)
{
    PdfHaru *h = haru(f);
    if (h->error)
        return NULL;
    number_next(h, OBJ_OUTLINES);
    return HPDF_OutlineRoot_New(h->doc->mmgr, h->doc->xref);
}

static HPDF_Binary utf16(HPDF_Doc doc, const char *s)
{
    const char *end = s + strlen(s);
    Buf b = {0};
    buf_put(&b, "\xfe\xff", 2);
    for (int n; s < end && b.n < STRING_MAX * 2; s += n) {
        uint32_t c = utf8_get(s, end, &n);
        uint32_t unit[2] = { c, 0 };
        if (c > 0xffff) {
            unit[0] = 0xd800 + ((c - 0x10000) >> 10);
            unit[1] = 0xdc00 + (c & 0x3ff);
        }
        for (int i = 0; i < (c > 0xffff ? 2 : 1); i++) {
            buf_chr(&b, (int)(unit[i] >> 8));
            buf_chr(&b, (int)(unit[i] & 255));
        }
    }
    HPDF_Binary binary = HPDF_Binary_New(doc->mmgr, (HPDF_BYTE *)b.p, (HPDF_UINT)b.n);
    buf_free(&b);
    return binary;
}

void *pdf_haru_outline(PdfFile *f, void *parent, const char *title, bool open)
{
    PdfHaru *h = f->haru;
    if (h->error || !parent)
        return NULL;
    number_next(h, pdf_take(f, 1));
    HPDF_Outline o = HPDF_Outline_New(h->doc->mmgr, parent, "", NULL, h->doc->xref);
    if (!o) {
        check(h, HPDF_INVALID_OUTLINE);
        return NULL;
    }
    check(h, HPDF_Dict_Add(o, "Title", utf16(h->doc, title)));
    check(h, HPDF_Outline_SetOpened(o, open));
    return o;
}
