/* SPDX-License-Identifier: MIT */
/* Hyphenation by libhyphen and the patterns of Debian's hyphen-* packages. */
#include "internal.h"

#include <iconv.h>
#include <stdlib.h>
#include <string.h>

static const struct { const char *language, *file; } patterns[] = {
    { "pl", "/usr/share/hyphen/hyph_pl_PL.dic" },
};

typedef struct {
    HyphenDict *dict;
    iconv_t convert;
} Patterns; /* UTF-8 to that of the patterns */

static Patterns *patterns_for(TextFonts *f, const char *language)
{
    size_t n = strcspn(language, "-");
    Patterns *p = map_get(f->hyphens, language, n);
    if (p)
        return p;
    p = ARENA_NEW(f->hyphens_arena, Patterns);
    for (size_t i = 0; i < COUNT(patterns); i++)
        if (strlen(patterns[i].language) == n && !memcmp(patterns[i].language, language, n))
            p->dict = hnj_hyphen_load(patterns[i].file);
    if (p->dict)
        p->convert = iconv_open(p->dict->cset, "UTF-8");
    if (p->dict && p->convert == (iconv_t)-1) {
        hnj_hyphen_free(p->dict);
        p->dict = NULL;
    }
    map_put(f->hyphens, language, n, p);
    return p;
}

void hyphens_free(TextFonts *f)
{
    for (size_t i = 0; i < COUNT(patterns); i++) {
        Patterns *p = map_get(f->hyphens, patterns[i].language, strlen(patterns[i].language));
        if (p && p->dict) {
            iconv_close(p->convert);
            hnj_hyphen_free(p->dict);
        }
    }
}

enum { WORD = 100 };            /* characters; longer words are not hyphenated */

/* The word in small letters and the encoding of the patterns: one byte a character, or UTF-8, of
 * which libhyphen counts characters too.  False: it has a character that they do not know. */
static bool encode(const Patterns *p, const char *language, const char *word, size_t len, Buf *out)
{
    Buf small = {0};
    text_case(&small, word, len, false, language);
    char *in = small.p, *to = buf_room(out, small.n);
    size_t left = small.n, room = small.n;
    bool good = iconv(p->convert, &in, &left, &to, &room) != (size_t)-1 && !left;
    out->n = small.n - room;
    out->p[out->n] = 0;
    buf_free(&small);
    return good;
}

/* The byte offsets of the characters of a word; their number, or 0 when it is too long. */
static size_t characters(const char *word, size_t len, size_t start[WORD])
{
    size_t n = 0;
    int k;
    for (const char *s = word, *end = word + len; s < end; s += k) {
        if (n == WORD)
            return 0;
        start[n++] = (size_t)(s - word);
        utf8_get(s, end, &k);
    }
    return n;
}

bool text_hyphenates(TextFonts *f, const char *language)
{
    return patterns_for(f, language)->dict != NULL;
}

bool text_hyphenate(TextFonts *f, const char *language, const char *word, size_t len, int before,
                    int after, uint8_t *can)
{
    const Patterns *p = patterns_for(f, language);
    size_t start[WORD], n = characters(word, len, start);
    Buf bytes = {0};
    memset(can, 0, len + 1);
    if (!p->dict)
        return false;
    if (n && encode(p, language, word, len, &bytes)) {
        char marks[4 * WORD + 5] = "";
        char **rep = NULL;
        int *pos = NULL, *cut = NULL;
        if (bytes.n < sizeof marks - 5 &&
            !hnj_hyphen_hyphenate2(p->dict, bytes.p, (int)bytes.n, marks, NULL, &rep, &pos, &cut))
            for (size_t i = 1; i < n; i++)
                if (marks[i - 1] & 1 && i >= (size_t)before && n - i >= (size_t)after)
                    can[start[i]] = 1;
        for (size_t i = 0; rep && i < bytes.n; i++)
            free(rep[i]);
        free(rep);
        free(pos);
        free(cut);
    }
    buf_free(&bytes);
    return true;
}
