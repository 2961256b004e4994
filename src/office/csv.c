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

static const char *encoding(const char *bytes, size_t len)
{
    if (len >= 2 && (!memcmp(bytes, "\xff\xfe", 2) || (bytes[0] && !bytes[1])))
        return "UTF-16LE";
    if (len >= 2 && (!memcmp(bytes, "\xfe\xff", 2) || (!bytes[0] && bytes[1])))
        return "UTF-16BE";
    return utf8_valid(bytes, len) ? "UTF-8" : old_encoding((const unsigned char *)bytes, len);
}

/* The text in UTF-8 without a byte order mark; NULL: it cannot be converted. */
static char *to_utf8(const char *bytes, size_t len, const char *from, Arena *a)
{
    UErrorCode error = U_ZERO_ERROR;
    size_t room = len * 3 + 4;          /* no character of these encodings needs more */
    char *text = mem_new(room);
    int32_t n = ucnv_convert("UTF-8", from, text, (int32_t)room, bytes, (int32_t)len, &error);
    char *r = NULL;
    if (U_SUCCESS(error) && n >= 0) {
        int mark = str_starts(text, "\xef\xbb\xbf") ? 3 : 0;
        r = arena_dup(a, text + mark, (size_t)(n - mark));
    }
    free(text);
    return r;
}

/* ---- records ---- */

typedef struct { const char *s; char separator; Buf *value; bool last; } Reader;

/* One value; last: a record ends with it. */
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
    Reader r = { text, separator, &value, false };
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

static bool read_records(Book *b, Sheet *s, const char *text, char separator)
{
    Buf value = {0};
    Reader r = { text, separator, &value, false };
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

bool csv_read(Book *b, const char *bytes, size_t len, Diags *d)
{
    const char *name = encoding(bytes, len);
    char *text = len < INT32_MAX / 3 ? to_utf8(bytes, len, name, b->arena) : NULL;
    if (!text || strlen(text) < len / 4 || memchr(text, 1, strlen(text))) {
        diag_add(d, DIAG_list_kind, &(Place){ .file = b->path }, (char *)NULL);
        return false;
    }
    b->csv = true;
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
    if (read_records(b, book_sheet(b, stem), text, separator))
        return true;
    diag_add(d, DIAG_list_large, &(Place){ .file = b->path }, (char *)NULL);
    return false;
}
