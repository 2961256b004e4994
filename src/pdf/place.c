/* SPDX-License-Identifier: MIT */
/* A piece is put into a file: its numbers become the file's, its fonts and pictures are shared. */
#include "internal.h"

#include <stdlib.h>
#include <string.h>

typedef struct { const char *p, *end; bool bad; } In;

/* A code of a font that means something else in the file's font. */
typedef struct { uint32_t font, from, to; } Recode;

typedef struct {
    PdfFile *f;
    TextFonts *fonts;
    Diags *d;
    uint32_t n_objects, n_shared, n_keys, n_notes;
    uint32_t object, key, note; /* what the piece's first ones become */
    uint32_t *shared;           /* what the shared numbers become */
    VEC(Recode) recode;
    Buf text;                   /* scratch */
} Placing;

/* ---- reading ---- */

static uint32_t get_int(In *in)
{
    uint32_t v = 0;
    if (in->bad || (size_t)(in->end - in->p) < sizeof v) {
        in->bad = true;
        return 0;
    }
    memcpy(&v, in->p, sizeof v);
    in->p += sizeof v;
    return v;
}

/* Borrowed: only to be looked at. */
static Buf get_bytes(In *in)
{
    uint32_t len = get_int(in);
    Buf b = {0};
    if (in->bad || len > (size_t)(in->end - in->p)) {
        in->bad = true;
        return b;
    }
    b.p = (char *)in->p;
    b.n = len;
    in->p += len;
    return b;
}

static const char *get_text(In *in)
{
    Buf b = get_bytes(in);
    if (b.n && b.p[b.n - 1])
        in->bad = true;
    return b.n && !in->bad ? b.p : NULL;
}

/* ---- numbers ---- */

static uint32_t new_number(const Placing *p, uint32_t n)
{
    if (n >= PIECE_NOTE)
        return n - PIECE_NOTE + p->note;
    if (n >= PIECE_KEY)
        return n - PIECE_KEY + p->key;
    if (n >= PIECE_OBJECT)
        return n - PIECE_OBJECT + p->object;
    if (n == PIECE_LEAF)
        return p->f->leaf;
    return n - PIECE_SHARED < p->n_shared ? p->shared[n - PIECE_SHARED] : 0;
}

static const char *string_end(const char *s, const char *end)
{
    for (int depth = 0; s < end; s++) {
        if (*s == '\\')
            s++;
        else if (*s == '(')
            depth++;
        else if (*s == ')' && !--depth)
            return s + 1;
    }
    return end;
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* The number at s; *after is behind it.  0: it is no whole number. */
static uint32_t read_number(const char *s, const char *end, const char **after)
{
    uint64_t n = 0;
    for (; s < end && is_digit(*s); s++)
        n = n > UINT32_MAX ? n : n * 10 + (uint64_t)(*s - '0');
    if (s < end && (*s == '.' || *s == '-')) {
        n = 0;
        for (s++; s < end && (is_digit(*s) || *s == '.'); s++)
            ;
    }
    *after = s;
    return n <= UINT32_MAX ? (uint32_t)n : 0;
}

/* A note's /ID in text: (n33554433).  *after is behind the number. */
static uint32_t note_number(const char *s, const char *end, const char **after)
{
    if (end - s < 5 || s[1] != 'n' || !is_digit(s[2]))
        return 0;
    uint32_t n = read_number(s + 2, end, after);
    return n >= PIECE_NOTE && *after < end && **after == ')' ? n : 0;
}

static const char *name_end(const char *s, const char *end)
{
    while (s < end && *s != '/' && *s != ' ' && *s != '[' && *s != '<' && *s != '(' && *s != '>'
           && *s != ']' && *s != '\n')
        s++;
    return s;
}

static const char *hex_end(const char *s, const char *end)
{
    const char *close = memchr(s, '>', (size_t)(end - s));
    return s + 1 < end && s[1] == '<' ? s + 2 : close ? close : end;
}

/* Prints text with the piece's numbers replaced. */
static void put_text(const Placing *p, const char *s, size_t len, Buf *out)
{
    const char *end = s + len, *from = s, *after;
    for (; s < end; s = after) {
        uint32_t n = 0;
        bool note = false;
        after = s + 1;
        if (*s == '(') {
            n = note_number(s, end, &after);
            note = n != 0;
            after = note ? after : string_end(s, end);
        } else if (*s == '<') {
            after = hex_end(s, end);
        } else if (*s == '/') {
            after = name_end(after, end);
        } else if (is_digit(*s) || *s == '-' || *s == '.') {
            n = read_number(s, end, &after);
        }
        if (n < PIECE_SHARED)
            continue;
        pdf_put(out, from, (size_t)(s - from));
        if (note)
            buf_format(out, "(n%08u", new_number(p, n));
        else
            pdf_int(out, new_number(p, n));
        from = after;
    }
    pdf_put(out, from, (size_t)(end - from));
}

/* ---- fonts ---- */

static const TextFace *find_face(Placing *p, In *in)
{
    const char *file = get_text(in), *postscript = get_text(in), *family = get_text(in);
    uint32_t weight = get_int(in), italic = get_int(in), fixed_pitch = get_int(in);
    for (unsigned i = 0; !in->bad && i < text_face_count(p->fonts); i++) {
        const TextFace *face = text_face_at(p->fonts, i);
        if (face->base == face && str_equal(face->file, file)
            && str_equal(face->postscript, postscript))
            return face;
    }
    if (in->bad)
        return NULL;
    const TextFace *face = text_face(p->fonts, family, weight, italic, fixed_pitch, NULL)->base;
    return str_equal(face->file, file) && str_equal(face->postscript, postscript) ? face : NULL;
}

/* False: not in the font that the others of the piece's font are in. */
static bool put_code(Placing *p, PdfFace *face, PdfFont **font, uint32_t number, uint32_t cid,
                     uint32_t glyph, const char *text, size_t len)
{
    PdfGlyph g = pdf_glyph(p->f, face, glyph, text, len);
    if (*font && g.font != *font)
        return false;
    *font = g.font;
    if (g.cid != cid)
        vec_push(&p->recode, (Recode){ number, cid, g.cid });
    return true;
}

static bool put_font(Placing *p, In *in)
{
    uint32_t number = get_int(in);
    const TextFace *base = find_face(p, in);
    PdfFace *face = base ? pdf_face(p->f, base) : NULL;
    PdfFont *font = NULL;
    bool good = face && number - PIECE_SHARED < p->n_shared;
    for (uint32_t n = get_int(in); n && good; n--) {
        uint32_t cid = get_int(in), glyph = get_int(in);
        char text[4];
        int len = utf8_put(text, pdf_cid_character(cid));
        good = put_code(p, face, &font, number, cid, glyph, text, (size_t)len);
    }
    for (uint32_t n = get_int(in); n && good; n--) {
        uint32_t cid = get_int(in), glyph = get_int(in);
        Buf text = get_bytes(in);
        good = put_code(p, face, &font, number, cid, glyph, text.p, text.n);
    }
    if (good && font)
        p->shared[number - PIECE_SHARED] = font->object;
    return good && font && !in->bad;
}

/* ---- content whose codes differ ---- */

static uint32_t new_code(const Placing *p, uint32_t font, uint32_t cid)
{
    for (size_t i = 0; i < p->recode.n; i++)
        if (p->recode.p[i].font == font && p->recode.p[i].from == cid)
            return p->recode.p[i].to;
    return cid;
}

/* A shown string: two bytes a code. */
static void recode_string(const Placing *p, uint32_t font, const char *s, const char *end, Buf *out)
{
    int high = -1;
    pdf_chr(out, '(');
    for (s++; s < end - 1; s++) {
        int c = (unsigned char)*s;
        if (c == '\\' && s + 1 < end - 1)
            c = *++s == 'r' ? '\r' : (unsigned char)*s;
        if (high < 0) {
            high = c;
            continue;
        }
        uint32_t cid = new_code(p, font, (uint32_t)(high << 8 | c));
        pdf_byte(out, (int)(cid >> 8));
        pdf_byte(out, (int)(cid & 255));
        high = -1;
    }
    pdf_chr(out, ')');
}

/* The shared number of the font that a page's dictionary calls by a name, which libharu begins
 * with F; 0: there is none. */
static uint32_t font_named(const Buf *dict, const char *name, size_t len)
{
    for (const char *s = dict->p, *end = s + dict->n; s + len + 2 < end; s++)
        if (*s == '/' && !memcmp(s + 1, name, len) && s[len + 1] == ' ' && is_digit(s[len + 2])) {
            const char *after;
            return read_number(s + len + 2, end, &after);
        }
    return 0;
}

static void recode_content(const Placing *p, const Buf *dict, const Buf *plain, Buf *out)
{
    const char *s = plain->p, *end = s + plain->n;
    uint32_t font = 0;
    bool shown = false;         /* in the array of a TJ */
    while (s < end) {
        const char *after = s + 1;
        if (*s == '(') {
            after = string_end(s, end);
            if (shown)
                recode_string(p, font, s, after, out);
            else
                pdf_put(out, s, (size_t)(after - s));
        } else {
            if (*s == '/') {
                while (after < end && !strchr(" /[(<\n", *after))
                    after++;
                uint32_t n = s[1] == 'F' ? font_named(dict, s + 1, (size_t)(after - s) - 1) : 0;
                font = n ? n : font;
            }
            shown = *s == '[' || (shown && *s != ']');
            pdf_put(out, s, (size_t)(after - s));
        }
        s = after;
    }
}

/* The dictionary of the page whose content comes next: the object before the end of the page. */
static Buf page_dict(In in)
{
    Buf last = {0}, other;
    while (in.p < in.end && !in.bad) {
        switch (get_int(&in)) {
        case PIECE_EVENT_OBJECT:
            get_int(&in);
            last = get_bytes(&in);
            break;
        case PIECE_EVENT_STREAM:
            get_int(&in);
            get_int(&in);
            other = get_bytes(&in);
            other = get_bytes(&in);
            (void)other;
            break;
        case PIECE_EVENT_PAGE:
            return last;
        default:
            return (Buf){0};    /* pictures and such come before the page's content */
        }
    }
    return (Buf){0};
}

/* ---- events ---- */

static PdfImageUse *image_used(const PdfFile *f, const PdfImageKey *key)
{
    for (size_t i = 0; i < f->image.n; i++) {
        const PdfImageKey *k = &f->image.p[i]->key;
        if (k->len == key->len && k->crc == key->crc && k->grey == key->grey
            && k->digest.a == key->digest.a && k->digest.b == key->digest.b)
            return f->image.p[i];
    }
    return NULL;
}

static bool get_image(In *in, PdfImage *m, bool *remember)
{
    *remember = get_int(in);
    m->width = get_int(in);
    m->height = get_int(in);
    m->dict = get_bytes(in);
    m->plain = get_int(in);
    m->data = get_bytes(in);
    m->mask = get_bytes(in);
    return !in->bad;
}

static bool place_image(Placing *p, In *in)
{
    PdfFile *f = p->f;
    uint32_t number = get_int(in);
    PdfImage m = {0};
    bool remember = false;
    if ((size_t)(in->end - in->p) < sizeof m.key.digest || number - PIECE_SHARED >= p->n_shared)
        return false;
    memcpy(&m.key.digest, in->p, sizeof m.key.digest);
    in->p += sizeof m.key.digest;
    m.key.len = get_int(in);
    m.key.crc = get_int(in);
    m.key.grey = get_int(in);
    bool sent = get_int(in);
    if (!sent && !get_image(in, &m, &remember))
        return false;
    const PdfImage *known = pdf_cache_remembered(f->cache, &m.key);
    if (!known && remember)
        known = pdf_cache_remember(f->cache, &m);
    PdfImageUse *u = image_used(f, &m.key);
    if (!u && (known || !sent))
        u = pdf_image_use(f, known ? known : &m, NULL, 0);
    if (u)
        p->shared[number - PIECE_SHARED] = u->object;
    return u && !in->bad;
}

static bool place_stream(Placing *p, In *in)
{
    PdfFile *f = p->f;
    uint32_t number = get_int(in);
    bool packed = get_int(in);
    Buf dict = get_bytes(in), data = get_bytes(in), plain = {0}, recoded = {0};
    Buf page = p->recode.n && packed ? page_dict(*in) : (Buf){0};
    if (in->bad)
        return false;
    if (page.n && pdf_inflate(data.p, data.n, &plain)) {
        recode_content(p, &page, &plain, &recoded);
        pdf_stream(f, new_number(p, number), &dict, recoded.p, recoded.n, PDF_DEFLATE_ONCE);
    } else {
        pdf_stream(f, new_number(p, number), &dict, data.p, data.n,
                   packed ? PDF_DEFLATED : PDF_PLAIN);
    }
    buf_free(&plain);
    buf_free(&recoded);
    return true;
}

static bool place_event(Placing *p, In *in)
{
    PdfFile *f = p->f;
    uint32_t number, event = get_int(in);
    Buf text;
    switch (event) {
    case PIECE_EVENT_OBJECT:
        number = get_int(in);
        text = get_bytes(in);
        if (!text.n)
            return false;
        put_text(p, text.p, text.n, pdf_object(f, new_number(p, number)));
        pdf_object_end(f);
        return true;
    case PIECE_EVENT_STREAM:
        return place_stream(p, in);
    case PIECE_EVENT_PAGE:
        number = get_int(in);
        pdf_page_done(f, new_number(p, number), get_text(in));
        pdf_leaf(f);
        return !in->bad;
    case PIECE_EVENT_IMAGE:
        return place_image(p, in);
    case PIECE_EVENT_OPACITY:
        number = get_int(in);
        if (number - PIECE_SHARED < p->n_shared)
            p->shared[number - PIECE_SHARED] = pdf_opacity(f, (uint8_t)get_int(in));
        return !in->bad;
    default:
        return false;
    }
}

static void place_tree(Placing *p, PdfTree *t, const Buf *leaf, const char *first, const char *last)
{
    if (!leaf->n)
        return;
    if (!t->leaf.n)
        snprintf(t->first, sizeof t->first, "%s", first);
    snprintf(t->last, sizeof t->last, "%s", last);
    put_text(p, leaf->p, leaf->n, &t->leaf);
}

/* ---- a piece ---- */

static bool get_head(Placing *p, In *in)
{
    PdfFile *f = p->f;
    p->n_objects = get_int(in);
    p->n_shared = get_int(in);
    p->n_keys = get_int(in);
    p->n_notes = get_int(in);
    const char *title = get_text(in), *language = get_text(in);
    if (in->bad || p->n_shared >= PIECE_LEAF - PIECE_SHARED)
        return false;
    pdf_defaults(f, title, language);
    p->shared = mem_new((p->n_shared + 1) * sizeof *p->shared);
    return true;
}

static bool place_trees(Placing *p, In *in)
{
    PdfFile *f = p->f;
    char first[2][24], last[2][24];
    Buf keys = get_bytes(in), notes = get_bytes(in);
    snprintf(first[0], sizeof first[0], "%u", p->key);
    snprintf(last[0], sizeof last[0], "%u", p->key + p->n_keys - 1);
    snprintf(first[1], sizeof first[1], "(n%08u)", p->note + 1);
    snprintf(last[1], sizeof last[1], "(n%08u)", p->note + p->n_notes);
    place_tree(p, &f->parents, &keys, first[0], last[0]);
    place_tree(p, &f->ids, &notes, first[1], last[1]);
    uint32_t outline = get_int(in);
    Buf item = get_bytes(in);
    uint32_t part = get_int(in);
    if (in->bad)
        return false;
    if (item.n) {
        put_text(p, item.p, item.n, &p->text);
        pdf_outline_place(f, new_number(p, outline), &p->text);
    }
    vec_push(&f->parts, new_number(p, part));
    return true;
}

static bool place(Placing *p, In *in)
{
    PdfFile *f = p->f;
    bool good = get_head(p, in);
    for (uint32_t n = good ? get_int(in) : 0; n && good; n--)
        good = put_font(p, in);
    if (!good)
        return false;
    if ((uint64_t)f->next + p->n_objects + 1000 >= PDF_OBJECTS_MAX) {
        diag_add(p->d, DIAG_pdf_objects, NULL, (char *)NULL);
        return false;
    }
    p->object = pdf_take(f, p->n_objects);
    p->key = f->next_key;
    p->note = f->next_note;
    Buf events = get_bytes(in);
    In at = { events.p, events.p + events.n, false };
    pdf_leaf(f);
    while (good && at.p < at.end)
        good = place_event(p, &at);
    good = good && place_trees(p, in) && !in->bad;
    f->next_key += p->n_keys;
    f->next_note += p->n_notes;
    f->n_docs++;
    f->failed |= !good;         /* half of it is in the file */
    return good;
}

bool pdf_place(PdfFile *f, TextFonts *fonts, const void *piece, size_t len, Diags *d)
{
    Placing p = { .f = f, .fonts = fonts, .d = d };
    In in = { piece, (const char *)piece + len, false };
    size_t found = diags_count(d, SEV_ERROR);
    bool good = !f->failed && place(&p, &in);
    if (!good && diags_count(d, SEV_ERROR) == found)
        diag_add(d, DIAG_pdf_internal, NULL, "1", "piece", (char *)NULL);
    vec_free(&p.recode);
    buf_free(&p.text);
    free(p.shared);
    return good;
}
