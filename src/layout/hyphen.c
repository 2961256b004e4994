/* SPDX-License-Identifier: MIT */
/* Words cut at the end of a line (writer-layout, text 3.12). */
#include "internal.h"

#include <hb.h>
#include <string.h>

enum { WORD_MOST = 400 };       /* bytes of a word that is hyphenated */

int32_t hyphen_width(Ctx *c, const Portion *p)
{
    return portion_text(c, p->props, p->size, "-").width;
}

/* The character that begins at, or the one that ends before, a byte of the text is a letter. */
static bool letter_at(const Content *t, uint32_t at, bool before)
{
    int n;
    if (before)
        while (at && ((unsigned char)t->text[--at] & 0xc0) == 0x80)
            ;
    uint32_t c = utf8_get(t->text + at, t->text + t->len, &n);
    hb_unicode_general_category_t g =
        hb_unicode_general_category(hb_unicode_funcs_get_default(), c);
    return g >= HB_UNICODE_GENERAL_CATEGORY_LOWERCASE_LETTER &&
           g <= HB_UNICODE_GENERAL_CATEGORY_UPPERCASE_LETTER;
}

static bool in_capitals(const char *word, size_t len, const char *language)
{
    Buf up = {0};
    text_case(&up, word, len, true, language);
    bool same = up.n == len && !memcmp(up.p, word, len);
    buf_free(&up);
    return same;
}

typedef struct { uint32_t from, to; } Word;

/* The letters round a byte, of one portion and segment. */
static Word word_at(const Content *t, const Portion *p, uint32_t at)
{
    uint32_t from = at, to = at, end = p->segment->end;
    while (from > p->start && letter_at(t, from, true))
        do
            from--;
        while (((unsigned char)t->text[from] & 0xc0) == 0x80);
    while (to < end && to - from < WORD_MOST && letter_at(t, to, false))
        do
            to++;
        while (to < end && ((unsigned char)t->text[to] & 0xc0) == 0x80);
    return (Word){ from, to };
}

/* Whether the style lets this word be cut: a long one, not the last, not in capitals. */
static bool may_be_cut(const Content *t, const OdfTextProps *props, Word w)
{
    const char *word = t->text + w.from;
    uint32_t rest = w.to, len = w.to - w.from;
    while (rest < t->len && !letter_at(t, rest, false))
        rest++;
    return len < WORD_MOST && (rest < t->len || props->hyphenate_last) &&
           (props->hyphenate_caps || !in_capitals(word, len, props->language)) &&
           utf8_count(word, len) >= (size_t)props->hyphen_word;
}

/* The width of the line when it ends before byte `end` of the portion, without the hyphen. */
static int32_t width_until(const Portion *p, uint32_t end)
{
    const Segment *s = p->segment;
    int64_t sum = 0;
    for (uint32_t i = glyph_from(s, p->start), to = glyph_from(s, end); i < to; i++)
        sum += glyph_sixths(s, piece_glyph(s->piece, i));
    return p->x + round_div(sum, 6);
}

uint32_t hyphen_place(Liner *l, uint32_t over, uint32_t behind)
{
    const Content *t = l->content;
    const Portion *p = l->portion.n ? &l->portion.p[l->portion.n - 1] : NULL;
    size_t ladder = l->b->props->hyphen_ladder;
    if (!p || p->kind != PORTION_TEXT || !p->props->hyphenate || (ladder && l->ladder >= ladder))
        return 0;
    const OdfTextProps *props = p->props;
    Word w = word_at(t, p, over);
    int before = props->hyphen_before > 2 ? props->hyphen_before : 2;
    int after = props->hyphen_after > 2 ? props->hyphen_after : 2;
    if (!may_be_cut(t, props, w))
        return 0;
    uint8_t *can = arena_get(l->c->pass, w.to - w.from + 1);
    if (!text_hyphenate(l->c->fonts, props->language, t->text + w.from, w.to - w.from, before,
                        after, can))
        return 0;
    int32_t hyphen = hyphen_width(l->c, p);
    for (uint32_t end = w.to; end-- > w.from && end > behind; )
        if (can[end - w.from] && end <= over && width_until(p, end) + hyphen <= l->room)
            return end;
    return 0;
}
