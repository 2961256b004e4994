/* SPDX-License-Identifier: MIT */
/* Faces, line measures and shaped segments (writer-layout, text sections 1 and 3.2). */
#include "internal.h"

#include <hb.h>
#include <stdlib.h>
#include <string.h>

int number_in(const char *s, int low, int high, int other)
{
    int64_t v;
    size_t n = s ? strspn(s, "-0123456789") : 0;
    if (!n || !number_parse(s, n, 0, &v))
        return other;
    return v < low ? low : v > high ? high : (int)v;
}

/* text.md 1.2: measures are rounded in sixths of a twip first; the gap is on top of the line. */
void font_measure(const TextFace *face, int32_t size, bool gap, int32_t *ascent, int32_t *height)
{
    int64_t k = (int64_t)size * 6;
    int32_t a = round_div(face->ascent * k, face->upem);
    int32_t d = round_div(face->descent * k, face->upem);
    int32_t g = gap ? round_div(face->gap * k, face->upem) : 0;
    *ascent = round_div(a, 6) + round_div(g, 6);
    *height = round_div(a + d, 6) + round_div(g, 6);
}

void warn_once(Ctx *c, DiagId id, const OdfOrigin *origin, const char *a, const char *b,
               const char *d)
{
    char key[300];
    int n =
        snprintf(key, sizeof key, "%d/%.90s/%.90s/%.90s", id, a ? a : "", b ? b : "", d ? d : "");
    if (n >= (int)sizeof key)
        n = sizeof key - 1;
    if (map_get(c->warned, key, (size_t)n))
        return;
    map_put(c->warned, key, (size_t)n, c);
    Place place = { .file = c->file->path };
    if (origin)
        place = odf_place(origin, diags_lang(c->diags));
    diag_add(c->diags, id, &place, a, b, d, (char *)NULL);
}

void warn_unseen(Ctx *c, const OdfOrigin *origin, Unseen what)
{
    static const char *const names[][2] = {
        [UNSEEN_PICTURE] = { "a picture that is missing, or of a kind that is not printed",
                             "obraz, którego brak albo którego rodzaju się nie drukuje" },
        [UNSEEN_OBJECT] = { "an object (a formula, a chart that cannot be read)",
                            "obiekt (wzór, wykres, którego nie da się odczytać)" },
        [UNSEEN_CHART_KIND] = { "the kind of a chart (in three dimensions, net, stock ...); it is "
                                "drawn flat, as columns, lines or points",
                                "rodzaj wykresu (przestrzenny, sieciowy, giełdowy ...); wykres "
                                "narysowano płasko, jako kolumny, linie lub punkty" },
        [UNSEEN_CHART_PART] = { "a part of a chart (trend lines, error bars, smooth lines)",
                                "część wykresu (linie trendu, słupki błędów, wygładzone linie)" },
        [UNSEEN_DRAWING] = { "a drawing", "rysunek" },
        [UNSEEN_METAFILE] = { "a part of a picture in WMF, EMF or SVM",
                              "część obrazu w formacie WMF, EMF lub SVM" },
        [UNSEEN_TURN] = { "the turn of text in a shape", "obrót tekstu w kształcie" },
        [UNSEEN_EFFECT] = { "effects of letters (outline, shadow, relief, emphasis marks)",
                            "efekty liter (kontur, cień, relief, znaki wyróżnienia)" },
        [UNSEEN_TURNED_LETTERS] = { "the rotation of letters", "obrót liter" },
        [UNSEEN_LETTER_BORDER] = { "borders of letters", "obramowanie znaków" },
        [UNSEEN_FILL] = { "a hatching, or a gradient that is not straight",
                          "kreskowanie albo gradient inny niż prostoliniowy" },
        [UNSEEN_BULLET] = { "pictures as bullets", "obrazy jako wypunktowanie" },
        [UNSEEN_RUBY] = { "ruby text above its base (it follows in brackets)",
                          "objaśnienie ruby nad tekstem (jest za nim w nawiasie)" },
        [UNSEEN_LINE_NUMBERS] = { "line numbers", "numery wierszy" },
        [UNSEEN_DROP_CAP] = { "a drop cap", "inicjał" },
    };
    warn_once(c, DIAG_layout_feature, origin, names[what][diags_lang(c->diags)], NULL, NULL);
}

bool too_deep(Ctx *c, const OdfNode *n)
{
    if (c->depth < DEPTH_MOST && c->nested <= NESTED_MOST)
        return false;
    char most[16];
    snprintf(most, sizeof most, "%d", NESTED_MOST);
    warn_once(c, DIAG_layout_depth, n->origin, most, NULL, NULL);
    return true;
}

static const TextFace *find_face(Ctx *c, const OdfTextProps *p)
{
    bool substituted;
    const TextFace *face =
        text_face(c->fonts, p->family, p->weight, p->italic, p->fixed_pitch, &substituted);
    if (substituted)
        warn_once(c, DIAG_font_substituted, NULL, p->family ? p->family : "?", face->family, NULL);
    if (face->synthetic_bold || face->synthetic_italic)
        warn_once(c, DIAG_font_synthetic, NULL, face->family,
                  !face->synthetic_italic ? "bold"
                  : face->synthetic_bold  ? "bold italic"
                                          : "italic",
                  NULL);
    return face;
}

const TextFace *face_of(Ctx *c, const OdfTextProps *p)
{
    if (c->last_face && c->last_props == p)
        return c->last_face;
    const TextFace *face = map_get(c->faces, (const char *)&p, sizeof p);
    if (!face) {
        face = find_face(c, p);
        map_put(c->faces, (const char *)&p, sizeof p, (void *)face);
    }
    c->last_props = p;
    return c->last_face = face;
}

/* ---- segments: runs cut by face, script and direction ---- */

typedef struct {
    Ctx *c;
    const Content *content;
    Segments out;
} Cutter;

/* Small capitals, and text that is raised or lowered, ask for the height of their full size, and
 * more if they stick out (7.1). */
static void line_share(Ctx *c, Segment *s, const TextFace *face)
{
    const Run *run = s->run;
    int32_t ascent, height, rise = run->props->rise;
    s->line_ascent = s->ascent;
    s->line_height = s->height;
    if (!run->rise && !rise && run->props->text_case != CASE_SMALL_CAPS)
        return;
    font_measure(face, run->props->size, c->compat->AddExternalLeading, &ascent, &height);
    int32_t descent = height - ascent;
    if (rise != RISE_SUPER && rise != RISE_SUB) {
        int32_t up = s->ascent + run->rise, down = s->height - s->ascent - run->rise;
        ascent = up > ascent ? up : ascent;
        descent = down > descent ? down : descent;
    }
    s->line_ascent = ascent;
    s->line_height = ascent + descent;
}

/* main: of the style, for the script; a fallback glyph does not change the line (text.md 7.9). */
static void shape_segment(Cutter *k, const Run *run, const TextFace *face, const TextFace *main,
                          uint32_t start, uint32_t end, uint8_t level)
{
    Segment s = { .run = run, .start = start, .end = end, .face = face, .level = level };
    TextFeatures f = { .kerning = run->props->kerning, .rtl = level & 1 };
    memcpy(f.language, run->props->language, sizeof f.language);
    if (end > start)
        s.piece = text_shape(k->c->fonts, face, &f, k->content->text + start, end - start);
    font_measure(main, run->size, k->c->compat->AddExternalLeading, &s.ascent, &s.height);
    line_share(k->c, &s, main);
    vec_push(&k->out, s);
}

/* Characters without a look of their own need no glyph. */
static bool invisible(uint32_t ch)
{
    return ch < 0x20 || ch == 0xad || (ch >= 0x200b && ch <= 0x200f) ||
           (ch >= 0x2028 && ch <= 0x202e) || (ch >= 0x2060 && ch <= 0x206f) || ch == 0xfeff ||
           ch == 0x3000 || (ch >= 0xfe00 && ch <= 0xfe0f);
}

static void missing_glyph(Ctx *c, const OdfOrigin *origin, const TextFace *face, uint32_t ch,
                          const TextFace *other)
{
    char name[16];
    snprintf(name, sizeof name, "U+%04X", ch);
    if (other)
        warn_once(c, DIAG_font_fallback, origin, face->family, name, other->family);
    else
        warn_once(c, DIAG_font_glyph, origin, name, face->family, NULL);
}

/* A character that no face has is shown as a box, a private one as what it is read as; both as wide
 * as the face's own glyph for missing ones, which Writer prints and PDF/A does not allow (ISO
 * 19005-2, 6.2.11.8).  What is read is still the character. */
static const TextPiece *box_piece(Ctx *c, const TextFace *face, const char *text, size_t len)
{
    enum { BOX = 0x25af };
    char shown[5] = "";
    int n;
    uint32_t ch = utf8_get(text, text + len, &n), meaning = text_meaning(ch);
    uint32_t sign = meaning == ch ? BOX : meaning;
    const TextFace *other = text_has(face, sign) ? face : text_fallback(c->fonts, face, sign);
    TextPiece *p = ARENA_NEW(c->arena, TextPiece);
    TextGlyph *g = ARENA_NEW(c->arena, TextGlyph);
    *p = *text_shape(c->fonts, other ? other : face, &(TextFeatures){0}, shown,
                     (size_t)utf8_put(shown, sign));
    *g = p->glyph[0];
    g->advance = (int16_t)((int64_t)text_missing_advance(face) * p->face->upem / face->upem);
    p->glyph = g;
    p->n_glyph = 1;
    char *copy = arena_dup(c->arena, text, len);
    if (n == 3)
        utf8_put(copy, meaning);
    p->text = copy;
    p->len = (uint32_t)len;
    return p;
}

static void put_box(Cutter *k, const Run *run, const TextFace *face, uint32_t start, uint32_t end)
{
    Segment s = { .run = run, .start = start, .end = end };
    s.piece = box_piece(k->c, face, k->content->text + start, end - start);
    s.face = s.piece->face;
    font_measure(face, run->size, k->c->compat->AddExternalLeading, &s.ascent, &s.height);
    line_share(k->c, &s, face);
    vec_push(&k->out, s);
}

static const TextFace *script_face(Ctx *c, const Run *run, TextScript s, const TextFace *main)
{
    const OdfTextProps *p = run->props;
    if (s == SCRIPT_COMPLEX)
        return text_face(c->fonts, p->complex_family ? p->complex_family : "DejaVu Sans",
                         p->complex_weight, p->complex_italic, p->fixed_pitch, NULL);
    return s == SCRIPT_ASIAN && p->asian_family
               ? text_face(c->fonts, p->asian_family, p->weight, p->italic, p->fixed_pitch, NULL)
               : main;
}

/* Spaces, signs and digits go with the text before; among text from right to left they are set in
 * its font. */
static TextScript script_of(uint32_t ch, TextScript before, uint8_t level)
{
    TextScript s = text_script(ch);
    if (s != SCRIPT_WEAK)
        return s;
    return level & 1 || (level && before == SCRIPT_COMPLEX) ? SCRIPT_COMPLEX : SCRIPT_WEAK;
}

static void warn_looks(Ctx *c, const OdfTextProps *p, const OdfOrigin *origin)
{
    if (p->outline || p->shadow || p->relief || p->emphasis)
        warn_unseen(c, origin, UNSEEN_EFFECT);
    if (p->turned)
        warn_unseen(c, origin, UNSEEN_TURNED_LETTERS);
    for (int side = 0; side < 4; side++)
        if (p->border[side].width)
            warn_unseen(c, origin, UNSEEN_LETTER_BORDER);
}

/* The bytes of ASCII, without control characters, that are read from the left. */
static size_t plain_run(const char *text, const char *end, const uint8_t *level)
{
    const char *p = text;
    while (p < end && (unsigned char)*p >= 0x20 && (unsigned char)*p < 0x80 && !level[p - text])
        p++;
    return (size_t)(p - text);
}

/* Letters of Latin beyond ASCII: of Polish text one in fifteen. */
static bool is_latin(uint32_t ch)
{
    return ch >= 0xc0 && ch < 0x250 && ch != 0xd7 && ch != 0xf7;
}

static void cut_run(Cutter *k, const Run *run, const uint8_t *level, const OdfOrigin *origin)
{
    const char *text = k->content->text, *end = text + run->end;
    const TextFace *main = face_of(k->c, run->props), *face = main, *measured = main;
    TextScript letters = SCRIPT_WEAK;
    hb_unicode_funcs_t *u = hb_unicode_funcs_get_default();
    hb_script_t script = HB_SCRIPT_COMMON;
    uint32_t start = run->start;
    bool after_hard = false;
    int n;
    warn_looks(k->c, run->props, origin);
    for (const char *p = text + run->start; p < end; p += n) {
        bool plain = main->plain && face == main && !after_hard && !level[start];
        if (plain && (n = (int)plain_run(p, end, level + (p - text))))
            continue;                           /* the common case needs no look-ups */
        uint32_t ch = utf8_get(p, end, &n), at = (uint32_t)(p - text);
        if (plain && !level[at] && is_latin(ch) && text_has(main, ch) &&
            (script == HB_SCRIPT_COMMON || script == HB_SCRIPT_LATIN)) {
            script = HB_SCRIPT_LATIN;
            letters = SCRIPT_WESTERN;
            measured = main;
            continue;
        }
        hb_script_t now = hb_unicode_script(u, ch);
        letters = script_of(ch, letters, level[at]);
        const TextFace *own = script_face(k->c, run, letters, main), *want = own;
        if (now == HB_SCRIPT_INHERITED || invisible(ch))
            want = face;
        else if (!text_has(want, ch)) {
            const TextFace *other = text_fallback(k->c->fonts, want, ch);
            missing_glyph(k->c, origin, want, ch, other);
            if (!other) {
                if (at > start)
                    shape_segment(k, run, face, measured, start, at, level[start]);
                put_box(k, run, want, at, at + (uint32_t)n);
                start = at + (uint32_t)n;
                continue;
            }
            want = other;
        }
        /* Writer makes a portion of its own of each no-break space, hyphen and soft hyphen: widths
         * are rounded there, and kerning ends */
        bool hard = ch == 0xa0 || ch == 0x2011 || ch == 0xad;
        bool same_script = now == script || now == HB_SCRIPT_COMMON || now == HB_SCRIPT_INHERITED ||
                           script == HB_SCRIPT_COMMON;
        if (at > start && (hard || after_hard || want != face || !same_script ||
                           level[at] != level[at - 1])) {
            shape_segment(k, run, face, measured, start, at, level[start]);
            start = at;
            script = HB_SCRIPT_COMMON;
        }
        measured = letters == SCRIPT_COMPLEX ? own : main;
        after_hard = hard;
        face = want;
        if (now != HB_SCRIPT_COMMON && now != HB_SCRIPT_INHERITED)
            script = now;
    }
    if (run->end > start)
        shape_segment(k, run, face, measured, start, run->end, level[start]);
}

const Segment *segments_make(Ctx *c, const Content *content, const OdfOrigin *origin, uint32_t *n)
{
    Cutter k = { .c = c, .content = content, .out = c->segment_room };
    uint8_t few[256], *level = content->len < sizeof few ? few : mem_new(content->len + 1);
    text_bidi(content->text, content->len, content->rtl, level);
    level[content->len] = content->rtl;
    for (size_t i = 0; i < content->n_run; i++) {
        const Run *run = &content->run[i];
        const TextFace *face = face_of(c, run->props);
        if (run->kind == RUN_TEXT)
            cut_run(&k, run, level, origin);
        else
            shape_segment(&k, run, face, face, run->start, run->start, level[run->start]);
        if (run->kind != RUN_TEXT)
            k.out.p[k.out.n - 1].end = run->end;
    }
    if (level != few)
        free(level);
    Segment *copy = ARENA_ARRAY(c->pass, Segment, k.out.n);
    if (k.out.n)
        memcpy(copy, k.out.p, k.out.n * sizeof *copy);
    *n = (uint32_t)k.out.n;
    c->segment_room = k.out;
    c->segment_room.n = 0;
    return copy;
}

Portion portion_text(Ctx *c, const OdfTextProps *props, int32_t size, const char *text)
{
    const TextFace *face = face_of(c, props);
    int n;
    uint32_t ch = utf8_get(text, text + strlen(text), &n);
    const TextFace *other = face;
    if (*text && !text_has(face, ch) && !(other = text_fallback(c->fonts, face, ch)))
        missing_glyph(c, NULL, face, ch, NULL);
    TextFeatures f = { .kerning = props->kerning };
    memcpy(f.language, props->language, sizeof f.language);
    Portion p = { .props = props, .size = size };
    p.piece = other ? text_shape(c->fonts, other, &f, text, strlen(text))
                    : box_piece(c, face, text, strlen(text));
    face = p.piece->face;
    p.n_glyph = p.piece->n_glyph;
    p.end = p.piece->len;
    Run run = { .props = props, .size = size };
    Segment s = { .run = &run, .face = face };
    int32_t sum = 0;
    for (uint32_t i = 0; i < p.n_glyph; i++)
        sum += glyph_sixths(&s, &p.piece->glyph[i]);
    p.width = round_div(sum, 6);
    font_measure(face_of(c, props), size, c->compat->AddExternalLeading, &p.ascent, &p.height);
    p.line_ascent = p.ascent;
    p.line_height = p.height;
    return p;
}
