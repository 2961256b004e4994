/* SPDX-License-Identifier: MIT */
/* A piece: a document made ready for a merged file by another process than the one that writes it.
 *
 * The same code makes it that adds a document to a file, but what it writes is kept as events:
 * objects and streams in their order, ends of pages, pictures, fonts.  Numbers that only the file
 * can give are taken from ranges of their own (PIECE_...), which no other number reaches, and
 * place.c replaces them.  Content streams are packed already: they hold no such numbers. */
#include "internal.h"

#include <string.h>

static void put_int(Buf *b, uint32_t v)
{
    buf_put(b, &v, sizeof v);
}

static void put_bytes(Buf *b, const void *data, size_t len)
{
    put_int(b, (uint32_t)len);
    buf_put(b, data ? data : "", len);
}

static void put_text(Buf *b, const char *s)
{
    put_bytes(b, s ? s : "", s ? strlen(s) + 1 : 0);
}

/* ---- events ---- */

Buf *pdf_piece_object(PdfFile *f, uint32_t number)
{
    put_int(f->piece, PIECE_EVENT_OBJECT);
    put_int(f->piece, number);
    f->piece_length = f->piece->n;
    put_int(f->piece, 0);
    return f->piece;
}

void pdf_piece_object_end(PdfFile *f)
{
    uint32_t len = (uint32_t)(f->piece->n - f->piece_length - sizeof len);
    if (f->piece->p && !f->piece->failed)
        memcpy(f->piece->p + f->piece_length, &len, sizeof len);
}

void pdf_piece_stream(PdfFile *f, uint32_t number, const Buf *dict, const void *data, size_t len,
                      bool packed)
{
    put_int(f->piece, PIECE_EVENT_STREAM);
    put_int(f->piece, number);
    put_int(f->piece, packed);
    put_bytes(f->piece, dict->p, dict->n);
    put_bytes(f->piece, data, len);
}

void pdf_piece_page(PdfFile *f, uint32_t number, const char *label)
{
    put_int(f->piece, PIECE_EVENT_PAGE);
    put_int(f->piece, number);
    put_text(f->piece, label);
    f->n_pages++;
}

void pdf_piece_opacity(PdfFile *f, uint32_t number, uint8_t percent)
{
    put_int(f->piece, PIECE_EVENT_OPACITY);
    put_int(f->piece, number);
    put_int(f->piece, percent);
}

/* The bytes of a picture that stays in the cache go along once: the pieces of a process reach the
 * file in the order in which it made them, so the one that writes remembers it. */
void pdf_piece_image(PdfFile *f, uint32_t number, const PdfImage *m, const void *own, size_t len)
{
    Buf *b = f->piece;
    bool remember, sent = pdf_cache_sent(f->cache, m, &remember), plain = !m->data.n;
    put_int(b, PIECE_EVENT_IMAGE);
    put_int(b, number);
    buf_put(b, &m->key.digest, sizeof m->key.digest);
    put_int(b, (uint32_t)m->key.len);
    put_int(b, m->key.crc);
    put_int(b, m->key.grey);
    put_int(b, sent);
    if (sent)
        return;
    put_int(b, remember);
    put_int(b, m->width);
    put_int(b, m->height);
    put_bytes(b, m->dict.p, m->dict.n);
    put_int(b, plain);
    put_bytes(b, plain ? own : m->data.p, plain ? len : m->data.n);
    put_bytes(b, m->mask.p, m->mask.n);
}

/* ---- what comes after the pages ---- */

static uint32_t fixed_used(const PdfFont *font)
{
    uint32_t n = 0;
    for (uint32_t i = 0; !font->face->cff && i < CID_OTHER; i++)
        n += font->fixed[i].glyph != 0;
    return n;
}

static void put_font(Buf *b, const PdfFont *font)
{
    const TextFace *face = font->face->base;
    put_int(b, font->object);
    put_text(b, face->file);
    put_text(b, face->postscript);
    put_text(b, face->family);
    put_int(b, face->weight);
    put_int(b, face->italic);
    put_int(b, face->fixed_pitch);
    put_int(b, fixed_used(font));
    for (uint32_t i = 0; !font->face->cff && i < CID_OTHER; i++)
        if (font->fixed[i].glyph) {
            put_int(b, i);
            put_int(b, font->fixed[i].glyph);
        }
    put_int(b, (uint32_t)font->entry.n);
    for (size_t i = 0; i < font->entry.n; i++) {
        put_int(b, font->entry.p[i].cid);
        put_int(b, font->entry.p[i].glyph);
        put_bytes(b, font->text.p + font->meaning.p[i].text, font->meaning.p[i].len);
    }
}

static void put_fonts(PdfFile *f, Buf *b)
{
    uint32_t n = 0;
    for (size_t i = 0; i < f->face.n; i++)
        n += (uint32_t)f->face.p[i]->font.n;
    put_int(b, n);
    for (size_t i = 0; i < f->face.n; i++)
        for (size_t k = 0; k < f->face.p[i]->font.n; k++)
            put_font(b, f->face.p[i]->font.p[k]);
}

/* The head says what the file must give before anything is written. */
static void put_piece(PdfFile *f, const LayoutDoc *l, const Buf *events, Buf *out)
{
    put_int(out, f->next - PIECE_OBJECT);
    put_int(out, f->next_shared - PIECE_SHARED);
    put_int(out, f->next_key - PIECE_KEY);
    put_int(out, f->next_note - PIECE_NOTE);
    put_text(out, l->title);
    put_text(out, l->language);
    put_fonts(f, out);
    put_bytes(out, events->p, events->n);
    put_bytes(out, f->parents.leaf.p, f->parents.leaf.n);
    put_bytes(out, f->ids.leaf.p, f->ids.leaf.n);
    put_int(out, f->outline_last);
    put_bytes(out, f->outline_open.p, f->outline_open.n);
    put_int(out, f->parts.p[0]);
}

bool pdf_piece(const PdfOptions *o, const LayoutDoc *l, Buf *out, Diags *d)
{
    Buf events = {0};
    PdfFile *f = pdf_begin(NULL, o);
    f->piece = &events;
    f->o.parts = true;
    f->next = PIECE_OBJECT;
    f->next_shared = PIECE_SHARED;
    f->leaf = PIECE_LEAF;
    f->next_key = PIECE_KEY;
    f->next_note = PIECE_NOTE;
    bool good = pdf_add(f, l, d) && !events.failed;
    if (good)
        put_piece(f, l, &events, out);
    else
        pdf_piece_afresh(f->cache);     /* its pictures go nowhere */
    pdf_abort(f);
    buf_free(&events);
    return good && !out->failed;
}
