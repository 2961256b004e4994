/* SPDX-License-Identifier: MIT */
/* What is typed where a style should do it: lines of dots, letters apart, empty paragraphs. */
#include "lint_internal.h"

#include <string.h>
#include <unicode/uchar.h>

/* ---- lines of dots or underscores ---- */

enum { DOTS = 5, UNDERSCORES = 3, ELLIPSIS = 3 };

/* How much line a character draws; 0: none. */
static unsigned drawn(uint32_t c)
{
    switch (c) {
    case '.': case '_': case 0xB7:
        return 1;
    case 0x2025:
        return 2;
    case 0x2026:
        return ELLIPSIS;
    default:
        return 0;
    }
}

void look_leader(Look *k, const OdfNode *paragraph)
{
    const char *s = k->plain.p, *end = s + k->plain.n;
    size_t start = 0, after = 0;
    unsigned line = 0;
    bool under = false;
    (void)paragraph;
    for (int n; s < end; s += n) {
        size_t at = (size_t)(s - k->plain.p);
        uint32_t c = utf8_get(s, end, &n);
        unsigned more = drawn(c);
        if (more && !line)
            start = at;
        if (more) {
            line += more;
            under |= c == '_';
            after = at + (size_t)n;
        } else if (c != ' ' || at != after) {
            if (line >= DOTS || (under && line >= UNDERSCORES))
                break;
            line = 0;
            under = false;
        }
    }
    if (line >= DOTS || (under && line >= UNDERSCORES))
        look_tell(k, DIAG_lint_leader, start, after, NULL, NULL, NULL);
}

/* ---- letters apart ---- */

enum { LETTERS = 4 };           /* no four words of one letter follow each other in Polish */

static bool is_letter(uint32_t c)
{
    return u_isalpha((UChar32)c);
}

static bool is_space(uint32_t c)
{
    return c == ' ' || c == 0xA0 || c == 0x202F;
}

typedef enum { NO_LETTER, SMALL_LETTER, CAPITAL } Letter;

/* The length of the word at s, up to a space, and the kind of letter that is all of it. */
static size_t word_length(const char *s, const char *end, Letter *letter)
{
    const char *from = s;
    size_t count = 0;
    uint32_t last = 0;
    for (int n; s < end; s += n, count++) {
        uint32_t c = utf8_get(s, end, &n);
        if (is_space(c))
            break;
        last = c;
    }
    bool alone = count == 1 && is_letter(last);
    *letter = !alone ? NO_LETTER : u_isupper((UChar32)last) ? CAPITAL : SMALL_LETTER;
    return (size_t)(s - from);
}

/* Letters that follow each other; a capital behind a small one begins another word. */
void look_spaced(Look *k, const OdfNode *paragraph)
{
    const char *text = k->plain.p, *s = text, *end = s + k->plain.n;
    size_t start = 0, after = 0;
    unsigned letters = 0;
    Letter last = NO_LETTER;
    (void)paragraph;
    while (s < end) {
        Letter letter;
        int n;
        size_t len = word_length(s, end, &letter);
        bool goes_on = letter && !(last == SMALL_LETTER && letter == CAPITAL);
        if (!goes_on && letters >= LETTERS)
            break;
        if (!goes_on)
            letters = 0;
        if (letter && !letters++)
            start = (size_t)(s - text);
        after = letter ? (size_t)(s - text) + len : after;
        last = letter;
        s += len;
        if (s < end) {
            utf8_get(s, end, &n);
            s += n;
        }
    }
    if (letters >= LETTERS)
        look_tell(k, DIAG_lint_spaced, start, after, NULL, NULL, NULL);
}

/* ---- empty paragraphs ---- */

static bool holds_something(const OdfNode *n)
{
    if (n->name == ODF_CHARACTERS)
        return node_visible(NULL, n);
    if (is_mark(n->name) || is_shape(n->name))
        return true;
    if (node_visible(NULL, n))
        return true;
    for (size_t i = 0; i < n->n_kid; i++)
        if (holds_something(n->kid[i]))
            return true;
    return false;
}

/* Nothing to see, no page break, no border that draws a line. */
static bool is_empty(const Look *k, const OdfNode *n)
{
    if (!is_paragraph(n->name) || holds_something(n))
        return false;
    Break b = break_of(k->doc->file, n);
    const OdfParaProps *p = odf_para_props(k->doc->file, n->style);
    bool line = false;
    for (size_t i = 0; i < COUNT(p->border); i++)
        line |= p->border[i].width > 0;
    return break_none(&b) && !line && !odf_para_text_props(k->doc->file, n->style)->hidden;
}

static bool is_block(const OdfNode *n)
{
    return n->name != ODF_CHARACTERS && compile_is_block(n->name);
}

/* Writer itself puts an empty paragraph behind a table that ends a text, and between tables; a
 * cell or a header that holds nothing has one. */
static bool needed(const OdfNode *before, size_t count, const OdfNode *behind)
{
    if (count > 1)
        return false;
    bool table = before && before->name == ODF_TABLE_TABLE;
    bool section = before && before->name == ODF_TEXT_SECTION;
    return behind ? table && behind->name == ODF_TABLE_TABLE : !before || table || section;
}

static void tell_empty(Look *k, const OdfNode *first, size_t count)
{
    char number[24];
    const OdfOrigin *origin = k->origin;
    const OdfNode *paragraph = k->paragraph;
    snprintf(number, sizeof number, "%zu", count);
    k->origin = first->origin ? first->origin : origin;
    k->paragraph = NULL;
    look_tell(k, DIAG_lint_empty, 0, 0, number, NULL, NULL);
    k->origin = origin;
    k->paragraph = paragraph;
}

void look_empty(Look *k, const OdfNode *blocks)
{
    const OdfNode *before = NULL, *first = NULL;
    size_t count = 0;
    for (size_t i = 0; i <= blocks->n_kid; i++) {
        const OdfNode *n = i < blocks->n_kid ? blocks->kid[i] : NULL;
        if (n && is_block(n) && is_empty(k, n)) {
            if (!count++)
                first = n;
        } else if (!n || is_block(n)) {
            if (count && !needed(before, count, n))
                tell_empty(k, first, count);
            before = n;
            count = 0;
        }
    }
}
