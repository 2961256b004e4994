/* SPDX-License-Identifier: MIT */
/* What a cell says, as the schema writes it.  What spreadsheets spoil is repaired only when there
 * is no doubt what was meant, and each kind of repair is reported. */
#include "internal.h"

#include <string.h>

/* ---- spaces ---- */

static bool is_space(uint32_t c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n' || c == 0xA0 || c == 0x202F ||
           (c >= 0x2000 && c <= 0x200A) || c == 0x3000;
}

static bool is_nothing(uint32_t c)              /* soft hyphens, marks without width */
{
    return c == 0xAD || c == 0xFEFF || (c >= 0x200B && c <= 0x200F) ||
           (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
}

/* One space where several were, none at the ends. */
static void clean(Value *v, const char *s, bool keep_lines)
{
    bool space = false, line = false;
    int n;
    for (const char *end = s + strlen(s); s < end; s += n) {
        uint32_t c = utf8_get(s, end, &n);
        if (is_space(c)) {
            v->repairs |= c != ' ' && c != '\n' ? REPAIR_SPACES : 0;
            v->repairs |= space || !v->text.n ? REPAIR_SPACES : 0;
            line |= c == '\n';
            space = true;
        } else if (is_nothing(c)) {
            v->repairs |= REPAIR_SPACES;
        } else {
            if (space && v->text.n)
                buf_chr(&v->text, line && keep_lines ? '\n' : ' ');
            buf_put(&v->text, s, (size_t)n);
            space = line = false;
        }
    }
    v->repairs |= space ? REPAIR_SPACES : 0;
}

/* ---- numbers ---- */

static void drop(Buf *b, const char *what)
{
    size_t n = 0;
    for (size_t i = 0; i < b->n; i++)
        if (!strchr(what, b->p[i]))
            b->p[n++] = b->p[i];
    b->p[b->n = n] = 0;
}

/* "12" of "12.000"; false: it is no whole number. */
static bool whole(const char *s, Buf *out)
{
    size_t n = strspn(s, "0123456789");
    if (!n || (s[n] && (s[n] != '.' || s[n + 1 + strspn(s + n + 1, "0")])))
        return false;
    buf_clear(out);
    buf_put(out, s, n);
    return true;
}

/* What a number in a text column looked like when it was typed. */
static void number_as_text(Value *v, const Cell *c)
{
    if (!c->value || !whole(c->value, &v->text)) {
        buf_clear(&v->text);
        clean(v, c->text, false);
    }
}

static void strip_word(Buf *b)                  /* "40 godz.", "1 234,50 zł", "10 %" */
{
    static const char *const words[] = { "godz.", "godz", "h", "zł", "PLN", "%", "osób", "os." };
    for (size_t i = 0; i < COUNT(words); i++) {
        size_t n = strlen(words[i]);
        if (b->n > n && !strcmp(b->p + b->n - n, words[i])) {
            b->p[b->n -= n] = 0;
            while (b->n && b->p[b->n - 1] == ' ')
                b->p[--b->n] = 0;
            return;
        }
    }
}

static bool read_decimal(Value *v, const Cell *c, int decimals, bool negative)
{
    int64_t n;
    clean(v, c->text, false);
    if (c->kind == CELL_NUMBER) {
        buf_clear(&v->text);
        buf_str(&v->text, c->value);
        v->repairs = 0;
    } else {
        strip_word(&v->text);
        drop(&v->text, " ");
        char *comma = strchr(v->text.p, ',');
        if (comma && !strchr(v->text.p, '.')) {
            *comma = '.';
            v->repairs |= REPAIR_COMMA;
        } else {
            v->repairs |= REPAIR_TEXT_NUMBER;
        }
    }
    bool parsed = v->text.n && number_parse(v->text.p, v->text.n, decimals, &n);
    if (!parsed || (n < 0 && !negative)) {
        v->fault = parsed ? DIAG_cell_negative : decimals ? DIAG_cell_number : DIAG_cell_count;
        return false;
    }
    buf_clear(&v->text);
    buf_fixed(&v->text, n, decimals);
    return true;
}

static bool read_count(Value *v, const Cell *c)
{
    if (c->kind != CELL_NUMBER)
        return read_decimal(v, c, 0, false);
    if (whole(c->value, &v->text))
        return true;
    v->fault = DIAG_cell_count;
    return false;
}

/* ---- dates ---- */

static bool give(Value *v, const char *text, unsigned repairs)
{
    buf_clear(&v->text);
    buf_str(&v->text, text);
    v->repairs = repairs;
    return true;
}

static bool date_of_number(Value *v, const char *number, bool since_1904)
{
    char iso[11];
    int64_t n;
    Buf digits = {0};
    bool ok = whole(number, &digits) && number_parse(digits.p, digits.n, 0, &n) &&
              date_from_number(n, since_1904, iso);
    buf_free(&digits);
    if (ok)
        return give(v, iso, REPAIR_DATE_NUMBER);
    v->fault = DIAG_cell_date;
    return false;
}

static bool read_date(Value *v, const Cell *c, bool since_1904)
{
    char iso[11] = "";
    if (c->kind == CELL_DATE) {
        char *day = mem_dup(c->value, strcspn(c->value, "T"));
        DateKind kind = date_read(day, iso);
        free(day);
        bool zero = kind == DATE_ISO && strcmp(iso, "1901") < 0;
        v->fault = zero ? DIAG_cell_date_zero : DIAG_cell_date;
        return kind == DATE_ISO && !zero && give(v, iso, 0);
    }
    if (c->kind == CELL_NUMBER)
        return date_of_number(v, c->value, since_1904);
    clean(v, c->text, false);
    switch (date_read(v->text.p ? v->text.p : "", iso)) {
    case DATE_ISO:
    case DATE_POLISH:
        if (strcmp(iso, "1901") < 0) {
            v->fault = DIAG_cell_date_zero;
            return false;
        }
        return give(v, iso, strcmp(iso, c->text) ? REPAIR_DATE_TEXT : 0);
    case DATE_DOUBTFUL:
        v->fault = DIAG_cell_date_doubtful;
        return false;
    case DATE_NONE:
        break;
    }
    return date_of_number(v, v->text.p ? v->text.p : "", since_1904);
}

/* ---- identifiers ---- */

typedef struct { const char *name; size_t digits; bool (*valid)(const char *, size_t); } Checked;
static const Checked checked[] = {
    { "pesel", 11, expr_pesel_valid }, { "nip", 10, expr_nip_valid },
    { "regon", 9, expr_regon_valid },
};

/* Zeros that a spreadsheet took away come back only if the check digit then fits. */
static void read_checked(Value *v, const Cell *c, const Checked *x)
{
    number_as_text(v, c);
    size_t before = v->text.n;
    drop(&v->text, x->valid == expr_pesel_valid ? " -" : " ");
    if (before != v->text.n)
        v->repairs |= REPAIR_SPACES;
    size_t n = v->text.n;
    if (n >= x->digits || n + 4 < x->digits || strspn(v->text.p, "0123456789") != n)
        return;
    char padded[16];
    snprintf(padded, sizeof padded, "%0*d%s", (int)(x->digits - n), 0, v->text.p);
    if (x->valid(padded, x->digits))
        give(v, padded, REPAIR_ZEROS);
}

/* "06100" and "06 - 100" are no doubt 06-100; "6100" may be anything. */
static void read_postal(Value *v, const Cell *c)
{
    number_as_text(v, c);
    Buf b = {0};
    buf_put(&b, v->text.p, v->text.n);
    drop(&b, " -");
    if (b.n == 5 && strspn(b.p, "0123456789") == 5 &&
        (v->text.n != 6 || v->text.p[2] != '-')) {
        char code[8];
        snprintf(code, sizeof code, "%.2s-%.3s", b.p, b.p + 2);
        give(v, code, REPAIR_DASH);
    }
    buf_free(&b);
}

/* ---- */

static bool read_text(Value *v, const Cell *c, const char *name, bool lines)
{
    for (size_t i = 0; i < COUNT(checked); i++)
        if (!strcmp(name, checked[i].name) && c->kind != CELL_DATE) {
            read_checked(v, c, &checked[i]);
            return true;
        }
    if (c->kind == CELL_DATE || c->kind == CELL_TIME) {
        v->fault = DIAG_cell_date_in_text;      /* "5/7" became the fifth of July */
        return false;
    }
    if (!strcmp(name, "postalCode"))
        read_postal(v, c);
    else if (c->kind == CELL_NUMBER)
        number_as_text(v, c);
    else
        clean(v, c->text, lines);
    return true;
}

static bool read_word(Value *v, const Cell *c, const char *type)
{
    const char *value = NULL;
    if (c->kind == CELL_NUMBER)
        number_as_text(v, c);
    else
        clean(v, c->kind == CELL_BOOLEAN && c->value ? c->value : c->text, false);
    if (v->text.p)
        value = words_value(type, v->text.p);
    if (value)
        return give(v, value, 0);
    v->fault = DIAG_cell_word;
    return false;
}

static bool read_typed(Value *v, const Cell *c, const SchemaField *f, bool since_1904)
{
    static const struct { const char *type; int decimals; } decimal[] = {
        { "money", 2 }, { "hours", 2 }, { "percent", 4 }, { "xs:decimal", 6 },
    };
    if (!strcmp(f->type, "date"))
        return read_date(v, c, since_1904);
    if (!strcmp(f->type, "count"))
        return read_count(v, c);
    for (size_t i = 0; i < COUNT(decimal); i++)
        if (!strcmp(f->type, decimal[i].type))
            return read_decimal(v, c, decimal[i].decimals, i == COUNT(decimal) - 1);
    if (words_known(f->type))
        return read_word(v, c, f->type);
    return read_text(v, c, f->name, !strcmp(f->type, "lines"));
}

bool value_read(Value *v, const Cell *c, const SchemaField *f, bool since_1904)
{
    v->repairs = 0;
    v->fault = DIAG_COUNT;
    buf_clear(&v->text);
    buf_str(&v->text, "");
    if (c->kind == CELL_ERROR)
        v->fault = DIAG_cell_error;
    else if (c->merged)
        v->fault = DIAG_cell_merged;
    else
        return read_typed(v, c, f, since_1904);
    return false;
}
