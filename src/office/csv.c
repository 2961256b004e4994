/* SPDX-License-Identifier: MIT */
/* Lists as text, RFC 4180 and what spreadsheets make of it: the encoding and the separator are
 * found out and said. */
#include "internal.h"

#include <stdlib.h>
#include <string.h>
#include <unicode/ucnv.h>

/* ---- encoding ---- */

/* Letters that only one of the two old Polish encodings has at its place. */
static const char *old_encoding(const unsigned char *s, size_t len)
{
    size_t iso = 0, windows = 0;
    for (size_t i = 0; i < len; i++) {
        windows += (s[i] >= 0x80 && s[i] < 0xA0) || s[i] == 0xB9 || s[i] == 0xA5;
        iso += s[i] && strchr("\xA1\xA6\xAC\xB1\xB6\xBC", s[i]) != NULL;
    }
    return iso > windows ? "ISO-8859-2" : "windows-1250";
}

/* Whether a text that is not UTF-8 is all but a few bytes of it: letters beyond ASCII in UTF-8 are
 * by chance hardly ever found in another encoding.  *row is where it fails first. */
static bool spoilt_utf8(const char *bytes, size_t len, unsigned *row)
{
    size_t good = 0, bad = 0;
    unsigned line = 1;
    int n;
    for (const char *s = bytes, *end = bytes + len; s < end; s += n) {
        bool ascii = !(*s & 0x80);
        uint32_t c = utf8_get(s, end, &n);
        bool wrong = !ascii && (c == 0xFFFD || !utf8_valid(s, (size_t)n));
        if (wrong && !bad++)
            *row = line;
        good += !ascii && !wrong;
        line += *s == '\n';
    }
    return good > bad;
}

static const char *encoding(const char *bytes, size_t len)
{
    if (len >= 2 && (!memcmp(bytes, "\xff\xfe", 2) || (bytes[0] && !bytes[1])))
        return "UTF-16LE";
    if (len >= 2 && (!memcmp(bytes, "\xfe\xff", 2) || (!bytes[0] && bytes[1])))
        return "UTF-16BE";
    return utf8_valid(bytes, len) ? "UTF-8" : old_encoding((const unsigned char *)bytes, len);
}

/* The text in UTF-8 without a byte order mark; NULL: it cannot be converted, or is no text. */
static char *to_utf8(const char *bytes, size_t len, const char *from, Arena *a)
{
    UErrorCode error = U_ZERO_ERROR;
    size_t room = len * 3 + 4;          /* no character of these encodings needs more */
    char *text = mem_new(room);
    int32_t n = ucnv_convert("UTF-8", from, text, (int32_t)room, bytes, (int32_t)len, &error);
    char *r = NULL;
    if (U_SUCCESS(error) && n >= 0 && !memchr(text, 0, (size_t)n) && !memchr(text, 1, (size_t)n)) {
        int mark = str_starts(text, "\xef\xbb\xbf") ? 3 : 0;
        r = arena_dup(a, text + mark, (size_t)(n - mark));
    }
    free(text);
    return r;
}

/* ---- records ---- */

typedef struct {
    const char *s;
    char separator;
    Buf *value;
    bool last;                  /* a record ends with the value */
    bool open;                  /* the text ended inside of quotation marks */
} Reader;

static void read_value(Reader *r)
{
    buf_clear(r->value);
    buf_str(r->value, "");
    bool quoted = *r->s == '"';
    r->s += quoted;
    for (; *r->s; r->s++) {
        if (quoted && *r->s == '"') {
            if (r->s[1] != '"') {
                quoted = false;
                continue;
            }
            r->s++;
        } else if (!quoted && (*r->s == r->separator || *r->s == '\n' || *r->s == '\r')) {
            break;
        }
        if (*r->s != '\r')
            buf_chr(r->value, *r->s);
    }
    r->open = quoted;
    r->last = *r->s != r->separator || !*r->s;
    if (r->s[0] == '\r' && r->s[1] == '\n')
        r->s++;
    r->s += *r->s != 0;
}

/* How many of the first records have as many values as the first one, times that number. */
static size_t fitness(const char *text, char separator)
{
    enum { LOOKED_AT = 20 };
    Buf value = {0};
    Reader r = { text, separator, &value, false, false };
    size_t first = 0, same = 0;
    for (int i = 0; i < LOOKED_AT && *r.s; i++) {
        size_t n = 0;
        do {
            read_value(&r);
            n++;
        } while (!r.last);
        first = n > first ? n : first;
        same += n == first && n > 1;
    }
    buf_free(&value);
    return same * first;
}

static char find_separator(const char *text)
{
    static const char known[] = { ';', ',', '\t' };
    char best = ';';
    size_t most = 0;
    for (size_t i = 0; i < COUNT(known); i++) {
        size_t n = fitness(text, known[i]);
        if (n > most) {
            most = n;
            best = known[i];
        }
    }
    return best;
}

/* False: too large.  *open is the row in which a quotation mark begins that has no end. */
static bool read_records(Book *b, Sheet *s, const char *text, char separator, unsigned *open)
{
    Buf value = {0};
    Reader r = { text, separator, &value, false, false };
    VEC(Cell) cells = {0};
    bool ok = true;
    for (unsigned row = 1; *r.s && ok; row++) {
        cells.n = 0;
        for (unsigned column = 0; ; column++) {
            read_value(&r);
            if (value.n)
                vec_push(&cells, (Cell){ .kind = CELL_TEXT, .column = column,
                                         .text = arena_dup(b->arena, value.p, value.n) });
            if (r.last)
                break;
        }
        ok = book_row(b, s, row, cells.p, cells.n);
        *open = r.open ? row : 0;
    }
    vec_free(&cells);
    buf_free(&value);
    return ok;
}

/* ---- */

static void say(const Book *b, const char *name, char separator, Diags *d)
{
    static const char *const words[3][2] = { { "semicolons", "średnik" }, { "commas", "przecinek" },
                                             { "tabs", "tabulator" } };
    Buf label = {0};
    Place place = book_place(b, NULL, 0, 0, NULL, diags_lang(d), &label);
    const char *const *word = words[separator == ';' ? 0 : separator == ',' ? 1 : 2];
    diag_add(d, DIAG_list_csv, &place, name, word[diags_lang(d)], (char *)NULL);
    buf_free(&label);
}

/* row 0: the list as a whole */
static bool refuse(const Book *b, DiagId id, unsigned row, Diags *d)
{
    Buf label = {0};
    Place place = book_place(b, NULL, row, 0, NULL, diags_lang(d), &label);
    diag_add(d, id, row ? &place : &(Place){ .file = b->path }, (char *)NULL);
    buf_free(&label);
    return false;
}

bool csv_read(Book *b, const char *bytes, size_t len, Diags *d)
{
    const char *name = encoding(bytes, len);
    char *text = len < INT32_MAX / 3 ? to_utf8(bytes, len, name, b->arena) : NULL;
    unsigned row = 0;
    b->csv = true;
    if (!text)
        return refuse(b, DIAG_list_kind, 0, d);
    if (!str_starts(name, "UTF") && spoilt_utf8(bytes, len, &row))
        return refuse(b, DIAG_list_encoding, row, d);
    char separator = 0;
    if (str_starts(text, "sep=") && text[4]) {  /* Excel's own first line */
        separator = text[4];
        text += strcspn(text, "\n");
        text += *text == '\n';
    }
    char *stem = arena_str(b->arena, b->file);
    stem[strcspn(stem, ".")] = 0;
    if (!separator)
        separator = find_separator(text);
    say(b, name, separator, d);
    if (!read_records(b, book_sheet(b, stem), text, separator, &row))
        return refuse(b, DIAG_list_large, 0, d);
    return !row || refuse(b, DIAG_list_quote, row, d);
}
