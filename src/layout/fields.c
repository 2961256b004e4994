/* SPDX-License-Identifier: MIT */
/* What fields print (writer-layout, text section 10, frames-styles 3.3 and 3.4): most are computed
 * anew, as Writer does when it prints; conditions are those of Writer's formulas. */
#include "internal.h"

#include <stdlib.h>
#include <string.h>

/* Values that depend on what stands before in the text: variables and sequences, by the node. */
struct Fields {
    Map *at;                    /* field node -> its text */
    Map *variable;              /* name -> value, while walking */
    Map *user;                  /* declared user fields */
    Map *sequence;              /* text:ref-name of a sequence field -> its number */
    bool computes;              /* formulas can be read: the ooow prefix is bound */
};

static const char *value_of(const OdfNode *n)
{
    static const OdfName from[] = { ODF_OFFICE_STRING_VALUE, ODF_OFFICE_VALUE,
                                    ODF_OFFICE_BOOLEAN_VALUE, ODF_OFFICE_DATE_VALUE };
    for (size_t i = 0; i < COUNT(from); i++)
        if (odf_attr(n, from[i]))
            return odf_attr(n, from[i]);
    return NULL;
}

static const char *plain(Ctx *c, const OdfNode *n)
{
    Buf b = {0};
    odf_plain_text(n, &b);
    const char *r = arena_dup(c->arena, b.p ? b.p : "", b.n);
    buf_free(&b);
    return r;
}

static void put(Map *m, const char *name, const char *value)
{
    if (name)
        map_put(m, name, strlen(name), (void *)value);
}

static const char *get(const Map *m, const char *name)
{
    return name ? map_get(m, name, strlen(name)) : NULL;
}

static void note(struct Fields *f, const OdfNode *n, const char *text)
{
    map_put(f->at, (const char *)&n, sizeof n, (void *)text);
}


/* ---- conditions ---- */

typedef struct { Ctx *c; const char *p; bool bad; int depth; } Formula;
typedef struct { bool number; double n; char text[256]; } Value;

static void skip_white(Formula *f)
{
    while (*f->p == ' ')
        f->p++;
}

static bool take(Formula *f, const char *word)
{
    skip_white(f);
    size_t n = strlen(word);
    if (strncmp(f->p, word, n))
        return false;
    unsigned char next = (unsigned char)f->p[n];
    if ((word[0] | 32) >= 'a' && (word[0] | 32) <= 'z' &&
        ((next | 32) >= 'a' && (next | 32) <= 'z'))
        return false;
    f->p += n;
    return true;
}

/* A decimal number at the beginning of s, to a millionth, whatever the locale. */
static bool read_number(const char *s, double *n, size_t *len)
{
    int64_t v;
    *len = strspn(s, "0123456789.");
    size_t digits = strcspn(s, "."), used = *len - digits > 7 && *len > digits ? digits + 7 : *len;
    if (!*len || !number_parse(s, used, 6, &v))
        return false;
    *n = (double)v / 1e6;
    return true;
}

static Value text_value(const char *s)
{
    Value v = {0};
    size_t len;
    snprintf(v.text, sizeof v.text, "%s", s);
    v.number = read_number(v.text, &v.n, &len) && !v.text[len];
    return v;
}

static Value number_value(double n)
{
    Value v = { .number = true, .n = n };
    return v;
}

static bool condition(Formula *f);

static Value name_value(Formula *f)
{
    char name[200];
    size_t n = 0;
    while (*f->p && !strchr(" =!<>()+*/", *f->p) && n + 1 < sizeof name)
        name[n++] = *f->p++;
    name[n] = 0;
    const struct Fields *k = f->c->fields;
    if (!strcmp(name, "TRUE") || !strcmp(name, "true"))
        return number_value(1);
    if (!strcmp(name, "FALSE") || !strcmp(name, "false"))
        return number_value(0);
    if (!strcmp(name, "page"))
        return number_value(f->c->page);
    const char *value = get(k->user, name);
    if (!value)
        value = get(k->variable, name);
    f->bad |= !value;
    return text_value(value ? value : "");
}

static Value operand(Formula *f)
{
    skip_white(f);
    if (*f->p == '"') {
        const char *end = strchr(f->p + 1, '"');
        char text[256];
        f->bad |= !end;
        snprintf(text, sizeof text, "%.*s", end ? (int)(end - f->p - 1) : 0, f->p + 1);
        f->p = end ? end + 1 : f->p + strlen(f->p);
        Value v = text_value(text);
        v.number = false;
        return v;
    }
    if (*f->p == '(' && f->depth < 20) {
        f->p++;
        f->depth++;
        bool r = condition(f);
        f->depth--;
        f->bad |= !take(f, ")");
        return number_value(r);
    }
    size_t len;
    double n;
    if (read_number(f->p, &n, &len)) {
        f->p += len;
        return number_value(n);
    }
    return name_value(f);
}

static Value product(Formula *f)
{
    Value a = operand(f);
    for (;;) {
        if (take(f, "*")) {
            a = number_value(a.n * operand(f).n);
        } else if (take(f, "/")) {
            double b = operand(f).n;
            f->bad |= b == 0;
            a = number_value(b != 0 ? a.n / b : 0);
        } else {
            return a;
        }
    }
}

static Value sum(Formula *f)
{
    Value a = product(f);
    for (;;) {
        if (take(f, "+"))
            a = number_value(a.n + product(f).n);
        else if (take(f, "-"))
            a = number_value(a.n - product(f).n);
        else
            return a;
    }
}

static bool compare(Formula *f)
{
    static const struct { const char *sign; int kind;
    } operators[] = {
        { "==", 0 }, { "!=", 1 }, { "<=", 2 }, { ">=", 3 },
        { "<", 4 },  { ">", 5 },  { "eq", 0 }, { "neq", 1 },
    };
    Value a = sum(f);
    for (size_t i = 0; i < COUNT(operators); i++) {
        if (!take(f, operators[i].sign))
            continue;
        Value b = sum(f);
        double d = a.number && b.number ? a.n - b.n : strcmp(a.text, b.text);
        switch (operators[i].kind) {
        case 0: return d == 0;
        case 1: return d != 0;
        case 2: return d <= 0;
        case 3: return d >= 0;
        case 4: return d < 0;
        default: return d > 0;
        }
    }
    return a.number ? a.n != 0 : *a.text != 0;
}

static bool condition(Formula *f)
{
    bool r = compare(f);
    for (;;) {
        if (take(f, "and") || take(f, "AND")) {
            bool b = compare(f);
            r = r && b;
        } else if (take(f, "or") || take(f, "OR")) {
            bool b = compare(f);
            r = r || b;
        } else {
            return r;
        }
    }
}

bool field_condition(Ctx *c, const char *formula, bool *result)
{
    if (!formula || !c->fields->computes || strncmp(formula, "ooow:", 5))
        return false;
    Formula f = { .c = c, .p = formula + 5 };
    skip_white(&f);
    *result = *f.p && condition(&f);
    skip_white(&f);
    return !f.bad && !*f.p;
}

/* The value of a formula as Writer prints it without a data style; NULL: it cannot be computed. */
static const char *computed(Ctx *c, const char *formula)
{
    if (!formula || !c->fields->computes || strncmp(formula, "ooow:", 5))
        return NULL;
    Formula f = { .c = c, .p = formula + 5 };
    Value v = sum(&f);
    skip_white(&f);
    if (f.bad || *f.p)
        return NULL;
    Buf b = {0};
    if (v.n > -1e12 && v.n < 1e12)
        buf_fixed(&b, (int64_t)(v.n * 1e6 + (v.n < 0 ? -0.5 : 0.5)), 6);
    const char *r = b.p ? arena_str(c->arena, b.p) : NULL;
    buf_free(&b);
    return r;
}

/* Its formula counts on from the last one; without one it is what it stores.  A formula whose
 * prefix is not bound is lost on Writer: the stored text stays. */
static void next_in_sequence(Ctx *c, struct Fields *f, const OdfNode *n)
{
    char text[32];
    const char *name = odf_attr(n, ODF_TEXT_NAME), *formula = odf_attr(n, ODF_TEXT_FORMULA);
    const char *format = odf_attr(n, ODF_STYLE_NUM_FORMAT), *ref = odf_attr(n, ODF_TEXT_REF_NAME);
    if (!name || (formula && !f->computes))
        return;
    if (!get(f->variable, name))
        put(f->variable, name, "0");
    const char *value = formula ? computed(c, formula) : plain(c, n);
    int k = number_in(value, 0, 999999, number_in(get(f->variable, name), 0, 999999, 0) + 1);
    put(f->variable, name, arena_format(c->arena, "%d", k));
    odf_number_format(format ? format : "1", false, k, text, sizeof text);
    note(f, n, arena_str(c->arena, text));
    put(f->sequence, ref, arena_str(c->arena, text));
}

static void walk(Ctx *c, struct Fields *f, const OdfNode *n, int depth)
{
    if (n->name == ODF_CHARACTERS || depth > 200)
        return;
    const char *name;
    switch (n->name) {
    case ODF_TEXT_VARIABLE_SET:
        name = str_equal(odf_attr(n, ODF_OFFICE_VALUE_TYPE), "string")
                   ? NULL
                   : computed(c, odf_attr(n, ODF_TEXT_FORMULA));
        if (!name)
            name = value_of(n);
        if (name)
            note(f, n, name);
        put(f->variable, odf_attr(n, ODF_TEXT_NAME), name ? name : plain(c, n));
        return;
    case ODF_TEXT_EXPRESSION:
        name = computed(c, odf_attr(n, ODF_TEXT_FORMULA));
        if (name)
            note(f, n, name);
        return;
    case ODF_TEXT_VARIABLE_GET:
        name = get(f->variable, odf_attr(n, ODF_TEXT_NAME));
        if (name)
            note(f, n, name);
        return;
    case ODF_TEXT_SEQUENCE:
        next_in_sequence(c, f, n);
        return;
    case ODF_TEXT_USER_FIELD_DECL:
        name = value_of(n);
        put(f->user, odf_attr(n, ODF_TEXT_NAME), name ? name : "");
        return;
    }
    for (uint32_t i = 0; i < n->n_kid; i++)
        walk(c, f, n->kid[i], depth + 1);
}

/* The text is walked only if something in it can depend on what stands before. */
static bool declares(const OdfNode *body)
{
    for (uint32_t i = 0; i < body->n_kid && i < 40; i++) {
        OdfName name = body->kid[i]->name;
        if ((name == ODF_TEXT_VARIABLE_DECLS || name == ODF_TEXT_SEQUENCE_DECLS ||
             name == ODF_TEXT_USER_FIELD_DECLS) && body->kid[i]->n_kid)
            return true;
    }
    return false;
}

void fields_begin(Ctx *c)
{
    struct Fields *f = ARENA_NEW(c->arena, struct Fields);
    f->at = map_new(c->arena);
    f->variable = map_new(c->arena);
    f->user = map_new(c->arena);
    f->sequence = map_new(c->arena);
    f->computes = c->file->formulas;
    c->fields = f;
    if (declares(c->doc->body))
        walk(c, f, c->doc->body, 0);
}

/* ---- texts ---- */

/* A text in quotation marks stands for what is between them. */
static void put_unquoted(Buf *out, const char *s)
{
    size_t n = s ? strlen(s) : 0;
    if (n >= 2 && s[0] == '"' && s[n - 1] == '"')
        buf_put(out, s + 1, n - 2);
    else
        buf_put(out, s, n);
}

static FieldKind put_condition(Ctx *c, const OdfNode *n, Buf *out)
{
    bool is;
    if (!field_condition(c, odf_attr(n, ODF_TEXT_CONDITION), &is))
        return FIELD_CONTENT;
    const char *s =
        odf_attr(n, is ? ODF_TEXT_STRING_VALUE_IF_TRUE : ODF_TEXT_STRING_VALUE_IF_FALSE);
    put_unquoted(out, s);
    return FIELD_TEXT;
}

/* 3.4.6: a condition that is true hides; one that cannot be computed is decided by is-hidden, the
 * wrong way round. */
static FieldKind put_hidden(Ctx *c, const OdfNode *n, Buf *out)
{
    bool hide;
    const char *s = odf_attr(n, ODF_TEXT_STRING_VALUE);
    if (!c->fields->computes)
        return FIELD_CONTENT;
    if (!field_condition(c, odf_attr(n, ODF_TEXT_CONDITION), &hide))
        hide = !str_equal(odf_attr(n, ODF_TEXT_IS_HIDDEN), "true");
    if (!hide)
        put_unquoted(out, s);
    return FIELD_TEXT;
}

static FieldKind put_page(Ctx *c, const OdfNode *n, Buf *out)
{
    char text[32];
    const char *format = odf_attr(n, ODF_STYLE_NUM_FORMAT);
    const char *adjust = odf_attr(n, ODF_TEXT_PAGE_ADJUST),
               *select = odf_attr(n, ODF_TEXT_SELECT_PAGE);
    long page = (long)c->page + (number_in(adjust, -999999, 999999, 0));
    bool next = str_equal(select, "next"), other = next || (adjust && page != (long)c->page);
    page += str_equal(select, "previous") ? -1 : next ? 1 : 0;
    if (page <= 0) {
        buf_str(out, "0");
    } else if (!other || page <= (long)c->page_count) {
        odf_number_format(format ? format : c->page_format, false, (int)page, text, sizeof text);
        buf_str(out, text);
    }
    c->uses_count |= other;
    return FIELD_PAGE;
}

static FieldKind put_count(Ctx *c, const OdfNode *n, Buf *out)
{
    char text[32];
    const char *format = odf_attr(n, ODF_STYLE_NUM_FORMAT);
    c->uses_count = true;
    odf_number_format(format ? format : "1", false, (int)c->page_count, text, sizeof text);
    buf_str(out, text);
    return FIELD_COUNT;
}

static FieldKind put_string(const char *s, Buf *out)
{
    buf_str(out, s ? s : "");
    return FIELD_TEXT;
}

/* The room of a placeholder is that of "<text>"; nothing is painted. */
static FieldKind put_placeholder(const OdfNode *n, Buf *out)
{
    Buf t = {0};
    for (uint32_t i = 0; i < n->n_kid; i++)
        if (n->kid[i]->name == ODF_CHARACTERS)
            buf_put(&t, n->kid[i]->text, n->kid[i]->n_kid);
    bool bracket = t.n && t.p[0] == '<';
    if (!bracket)
        buf_chr(out, '<');
    buf_put(out, t.p ? t.p : "", t.n);
    if (!bracket)
        buf_chr(out, '>');
    buf_free(&t);
    return FIELD_BLANK;
}

/* ---- form fields of Word (LibreOffice's extension) ---- */

/* The value of the at-th parameter of that name, counted from 0; NULL: there is none. */
static const char *mark_param(const OdfNode *n, const char *name, int at)
{
    for (uint32_t i = 0; i < n->n_kid; i++) {
        const OdfNode *k = n->kid[i];
        if (k->name == ODF_FIELD_PARAM && str_equal(odf_attr(k, ODF_FIELD_NAME), name) && !at--)
            return odf_attr(k, ODF_FIELD_VALUE);
    }
    return NULL;
}

/* A check box, or what a list has chosen; text fields have their text between two marks. */
static FieldKind put_mark_of_form(const OdfNode *n, Buf *out)
{
    const char *type = odf_attr(n, ODF_FIELD_TYPE), *kind = type ? strrchr(type, '.') : NULL;
    if (str_equal(kind, ".FORMCHECKBOX")) {
        bool on = str_equal(mark_param(n, "Checkbox_Checked", 0), "true");
        buf_str(out, on ? "\xe2\x98\x92" : "\xe2\x98\x90");
        return FIELD_TEXT;
    }
    int chosen = number_in(mark_param(n, "Dropdown_Selected", 0), 0, 10000, 0);
    const char *entry = mark_param(n, "Dropdown_ListEntry", chosen);
    buf_str(out, entry ? entry : "");
    return FIELD_TEXT;
}

/* A value by the data style of its field, if it has one. */
static FieldKind put_value(Ctx *c, const OdfNode *n, const OdfTextProps *props, const char *value,
                           Buf *out)
{
    const OdfNode *style =
        odf_data_style(c->file, odf_attr(n, ODF_STYLE_DATA_STYLE_NAME), c->masters);
    if (!value)
        return FIELD_CONTENT;
    if (style && (style->name == ODF_NUMBER_DATE_STYLE || style->name == ODF_NUMBER_TIME_STYLE)
            ? data_moment(style, false, props, value, out)
            : style && data_number(c, style, props, value, out))
        return FIELD_TEXT;
    return put_string(value, out);
}

static FieldKind put_noted(Ctx *c, const OdfNode *n, const OdfTextProps *props, Buf *out)
{
    return put_value(c, n, props, map_get(c->fields->at, (const char *)&n, sizeof n), out);
}

/* A fixed date or time is written anew by its data style; today's only when the day is given:
 * the same input gives the same bytes. */
static FieldKind put_date(Ctx *c, const OdfNode *n, const OdfTextProps *props, Buf *out)
{
    bool time = n->name == ODF_TEXT_TIME;
    const char *value = odf_attr(n, time ? ODF_TEXT_TIME_VALUE : ODF_TEXT_DATE_VALUE);
    const char *style = odf_attr(n, ODF_STYLE_DATA_STYLE_NAME);
    if (odf_attr(n, ODF_TEXT_DATE_ADJUST) || odf_attr(n, ODF_TEXT_TIME_ADJUST))
        return FIELD_CONTENT;
    if (!str_equal(odf_attr(n, ODF_TEXT_FIXED), "true"))
        value = time ? NULL : c->options->date;
    return data_moment(odf_data_style(c->file, style, c->masters), time, props, value, out)
               ? FIELD_TEXT : FIELD_CONTENT;
}

FieldKind field_text(Ctx *c, const OdfNode *n, const OdfTextProps *props, Buf *out)
{
    const OdfDoc *d = c->doc;
    const char *s;
    switch (n->name) {
    case ODF_TEXT_PAGE_NUMBER:
        return put_page(c, n, out);
    case ODF_TEXT_PAGE_COUNT:
        return put_count(c, n, out);
    case ODF_TEXT_PLACEHOLDER:
        return put_placeholder(n, out);
    case ODF_FIELD_FIELDMARK:
        return put_mark_of_form(n, out);
    case ODF_TEXT_CONDITIONAL_TEXT:
        return put_condition(c, n, out);
    case ODF_TEXT_HIDDEN_TEXT:
        return put_hidden(c, n, out);
    case ODF_TEXT_VARIABLE_SET:
        if (str_equal(odf_attr(n, ODF_TEXT_DISPLAY), "none"))
            return FIELD_NOTHING;
        return put_noted(c, n, props, out);
    case ODF_TEXT_VARIABLE_GET: case ODF_TEXT_SEQUENCE: case ODF_TEXT_EXPRESSION:
        return put_noted(c, n, props, out);
    case ODF_TEXT_USER_FIELD_GET: case ODF_TEXT_USER_FIELD_INPUT:
        return put_value(c, n, props, get(c->fields->user, odf_attr(n, ODF_TEXT_NAME)), out);
    case ODF_TEXT_TITLE:
        return put_string(d->title, out);
    case ODF_TEXT_SUBJECT:
        return put_string(d->subject, out);
    case ODF_TEXT_DESCRIPTION:
        return put_string(d->description, out);
    case ODF_TEXT_TEMPLATE_NAME: case ODF_TEXT_HIDDEN_PARAGRAPH: case ODF_TEXT_CHAPTER:
    case ODF_TEXT_PAGE_VARIABLE_SET:
        return FIELD_NOTHING;
    case ODF_TEXT_DROP_DOWN: case ODF_TEXT_TEXT_INPUT: case ODF_TEXT_DATABASE_DISPLAY:
    case ODF_TEXT_AUTHOR_NAME:
    case ODF_TEXT_AUTHOR_INITIALS:
        return FIELD_CONTENT;
    case ODF_TEXT_DATE: case ODF_TEXT_TIME:
        return put_date(c, n, props, out);
    case ODF_TEXT_BOOKMARK_REF: case ODF_TEXT_REFERENCE_REF:
        return refs_put(c, n, out) ? FIELD_TEXT : FIELD_CONTENT;
    case ODF_TEXT_SEQUENCE_REF:
        s = odf_attr(n, ODF_TEXT_REFERENCE_FORMAT);
        if (s && strcmp(s, "value"))
            return FIELD_CONTENT;
        s = get(c->fields->sequence, odf_attr(n, ODF_TEXT_REF_NAME));
        return s ? put_string(s, out) : FIELD_CONTENT;
    case ODF_TEXT_NOTE_REF: case ODF_TEXT_FILE_NAME:
        return FIELD_CONTENT;
    }
    return FIELD_NONE;
}
