/* SPDX-License-Identifier: MIT */
/* Compares a description with its schema.  libxml2 validates; what it says is reworded, because its
 * messages quote values, which may be personal, and is put at the attribute it is about. */
#include "internal.h"

#include <stdlib.h>
#include <string.h>

typedef struct {
    Project *p;
    Diags *d;
    Arena *arena;
    Map *said;                  /* keys of what was said: a second pass must not repeat it */
    bool loose;                 /* the second pass */
    size_t content;             /* errors of order and number so far */
} Validation;

/* One error of libxml2, taken apart. */
typedef struct {
    const xmlNode *node;        /* the element */
    const char *element;        /* its name */
    const char *attribute;      /* as typed, or NULL: the element itself */
    const char *message;
    const ProjectField *field;  /* what the schema says of the attribute or the text, or NULL */
    const ModelElement *declared;
    Place place;
} Fault;

/* ---- reading libxml2's message: only its own words, never the value it quotes before them ---- */

/* What stands behind the last occurrence of phrase, up to the last occurrence of close after it. */
static char *tail(Arena *a, const char *message, const char *phrase, const char *close)
{
    const char *at = NULL, *end = NULL;
    for (const char *s = message; (s = strstr(s, phrase)); s++)
        at = s + strlen(phrase);
    for (const char *s = at; s && (s = strstr(s, close)); s++)
        end = s;
    return end ? arena_dup(a, at, (size_t)(end - at)) : NULL;
}

/* The names in "... Expected is one of ( a, b )." or NULL. */
static const char *expected(Arena *a, const char *message)
{
    const char *list = tail(a, message, " Expected is one of ( ", " )");
    return list ? list : tail(a, message, " Expected is ( ", " )");
}

static const xmlAttr *attribute_of(const xmlNode *node, const char *name, const char *uri)
{
    for (const xmlAttr *a = node->properties; a; a = a->next)
        if (str_equal((const char *)a->name, name) &&
            str_equal(a->ns ? (const char *)a->ns->href : NULL, uri))
            return a;
    return NULL;
}

/* Finds the attribute that "Element 'e', attribute '{uri}a': ..." names, as it was typed. */
static const char *find_attribute(Arena *a, const xmlNode *node, const char *message)
{
    static const char between[] = "', attribute '";
    const char *at = str_starts(message, "Element '") ? strstr(message, between) : NULL;
    const char *end = at ? strstr(at + sizeof between - 1, "': ") : NULL;
    const char *prefix = strstr(message, "': ");
    if (!end || prefix < at)
        return NULL;
    at += sizeof between - 1;
    char *name = arena_dup(a, at, (size_t)(end - at)), *uri = NULL, *brace = strrchr(name, '}');
    if (name[0] == '{' && brace) {
        *brace = 0;
        uri = name + 1;
        name = brace + 1;
    }
    const xmlAttr *found = attribute_of(node, name, uri);
    if (!found)
        return NULL;
    const char *p = found->ns ? (const char *)found->ns->prefix : NULL;
    return p ? arena_format(a, "%s:%s", p, name) : name;
}

/* ---- wording ---- */

static const struct { const char *name, *text[2]; } builtins[] = {
    { "date", { "a date, such as 2011-12-16", "data, np. 2011-12-16" } },
    { "time", { "a time, such as 09:30:00", "godzina, np. 09:30:00" } },
    { "dateTime", { "date and time, such as 2011-12-16T09:30:00",
                    "data i godzina, np. 2011-12-16T09:30:00" } },
    { "gYear", { "a year, such as 2011", "rok, np. 2011" } },
    { "decimal", { "a number with a point, such as 12.50", "liczba z kropką, np. 12.50" } },
    { "boolean", { "true or false", "true albo false (tak albo nie)" } },
    { "integer", { "a whole number", "liczba całkowita" } },
    { "int", { "a whole number", "liczba całkowita" } },
    { "nonNegativeInteger", { "0 or a whole number above it",
                              "zero albo liczba całkowita większa od zera" } },
    { "positiveInteger", { "a whole number above 0", "liczba całkowita większa od zera" } },
    { "NCName", { "a letter, then letters, digits, full stops, hyphens",
                  "litera, potem litery, cyfry, kropki, łączniki" } },
    { "NMTOKENS", { "names separated by spaces", "nazwy rozdzielone spacjami" } },
    { "language", { "a language code, such as pl", "kod języka, np. pl" } },
    { "anyURI", { "an address, such as https://example.org/", "adres, np. https://example.org/" } },
};

/* What a value of this field must look like, in words. */
static const char *describe(const Validation *v, const Fault *f)
{
    const char *type = f->field ? f->field->type : NULL, *colon = type ? strchr(type, ':') : NULL;
    Lang lang = diags_lang(v->d);
    const char *text = type ? model_type_text(v->p->schema->model, type, lang) : NULL;
    for (size_t i = 0; type && !text && i < COUNT(builtins); i++)
        if (str_equal(colon ? colon + 1 : type, builtins[i].name))
            text = builtins[i].text[lang];
    if (!text)
        text = tail(v->arena, f->message, "is not accepted by the pattern '", "'.");
    return text ? text : type ? type : "?";
}

/* wrong: the names of what the error is about, see project_error(). */
static void say_about(Validation *v, const Fault *f, DiagId id, const char *first,
                      const char *second, const char *wrong)
{
    diag_add(v->d, id, &f->place, first, second ? second : (char *)NULL, (char *)NULL);
    project_error(v->p, wrong);
}

static const char *subject(const Fault *f)
{
    return f->attribute ? f->attribute : f->element;
}

static void say(Validation *v, const Fault *f, DiagId id, const char *first, const char *second)
{
    say_about(v, f, id, first, second, subject(f));
}

static void say_enumeration(Validation *v, const Fault *f)
{
    char *list = tail(v->arena, f->message, "is not an element of the set {", "}."), *to = list;
    for (const char *s = list; s && *s; s++)
        if (*s != '\'')
            *to++ = *s;
    if (to)
        *to = 0;
    say(v, f, list ? DIAG_schema_enumeration : DIAG_schema_value, subject(f),
        list ? list : describe(v, f));
}

static void say_length(Validation *v, const Fault *f, int code)
{
    bool few = code == XML_SCHEMAV_CVC_MINLENGTH_VALID;
    const char *n = tail(v->arena, f->message, "length of '", "'.");
    if (few && str_equal(n, "1"))
        say(v, f, DIAG_schema_blank, subject(f), NULL);
    else
        say(v, f, few ? DIAG_schema_short : code == XML_SCHEMAV_CVC_MAXLENGTH_VALID
                                                ? DIAG_schema_long : DIAG_schema_length,
            subject(f), n ? n : "?");
}

/* Facets whose message ends in the limit: ('12'). */
static const struct { int code; DiagId id; const char *phrase; } limits[] = {
    { XML_SCHEMAV_CVC_MININCLUSIVE_VALID, DIAG_schema_least, "minimum value allowed ('" },
    { XML_SCHEMAV_CVC_MAXINCLUSIVE_VALID, DIAG_schema_most, "maximum value allowed ('" },
    { XML_SCHEMAV_CVC_MINEXCLUSIVE_VALID, DIAG_schema_above, "must be greater than '" },
    { XML_SCHEMAV_CVC_MAXEXCLUSIVE_VALID, DIAG_schema_below, "must be less than '" },
    { XML_SCHEMAV_CVC_TOTALDIGITS_VALID, DIAG_schema_digits, "than are allowed ('" },
    { XML_SCHEMAV_CVC_FRACTIONDIGITS_VALID, DIAG_schema_decimals, "than are allowed ('" },
};

static bool say_limit(Validation *v, const Fault *f, int code)
{
    for (size_t i = 0; i < COUNT(limits); i++)
        if (limits[i].code == code) {
            const char *n = tail(v->arena, f->message, limits[i].phrase, "'");
            say(v, f, limits[i].id, subject(f), n ? n : "?");
            return true;
        }
    return false;
}

static bool value_code(int code)
{
    return code >= XML_SCHEMAV_CVC_DATATYPE_VALID_1_2_1 &&
           code <= XML_SCHEMAV_CVC_ENUMERATION_VALID;
}

static void say_value(Validation *v, const Fault *f, int code)
{
    if (code == XML_SCHEMAV_CVC_ENUMERATION_VALID)
        say_enumeration(v, f);
    else if (code == XML_SCHEMAV_CVC_MINLENGTH_VALID || code == XML_SCHEMAV_CVC_MAXLENGTH_VALID ||
             code == XML_SCHEMAV_CVC_LENGTH_VALID)
        say_length(v, f, code);
    else if (!say_limit(v, f, code))
        say(v, f, DIAG_schema_value, subject(f), describe(v, f));
}

static void say_content(Validation *v, const Fault *f)
{
    const char *names = expected(v->arena, f->message);
    if (strstr(f->message, "Missing child element"))
        say_about(v, f, DIAG_schema_missing, f->element, names ? names : "?", names ? names : "");
    else if (names)
        say_about(v, f, DIAG_schema_order, f->element, names,
                  arena_format(v->arena, "%s, %s", f->element, names));
    else
        say(v, f, DIAG_schema_too_many, f->element, NULL);
}

static void say_unknown_attribute(Validation *v, const Fault *f)
{
    const char *near = f->declared && f->attribute
                           ? model_near_attribute(f->declared->type, f->attribute) : NULL;
    diag_add(v->d, near ? DIAG_schema_attribute_near : DIAG_schema_attribute, &f->place, f->element,
             f->attribute ? f->attribute : "?", near, (char *)NULL);
    project_error(v->p, near ? near : f->element);
}

static void say_root(Validation *v, const Fault *f)
{
    Buf names = {0};
    model_kid_names(v->p->schema->model, NULL, &names);
    say(v, f, DIAG_schema_root, f->element, names.p ? names.p : "?");
    buf_free(&names);
}

static void say_other(Validation *v, const Fault *f, int code)
{
    char number[16];
    snprintf(number, sizeof number, "%d", code);
    say(v, f, DIAG_schema_other, f->element, number);
}

static void say_fault(Validation *v, const Fault *f, int code)
{
    const char *name;
    if (value_code(code)) {
        say_value(v, f, code);
        return;
    }
    switch (code) {
    case XML_SCHEMAV_ELEMENT_CONTENT:
        say_content(v, f);
        break;
    case XML_SCHEMAV_CVC_COMPLEX_TYPE_4:
        name = tail(v->arena, f->message, ": The attribute '", "' is required");
        say_about(v, f, DIAG_schema_attribute_missing, f->element, name ? name : "?",
                  name ? name : f->element);
        break;
    case XML_SCHEMAV_CVC_COMPLEX_TYPE_3_2_1:
    case XML_SCHEMAV_CVC_COMPLEX_TYPE_3_2_2:
        say_unknown_attribute(v, f);
        break;
    case XML_SCHEMAV_CVC_ELT_1:
        say_root(v, f);
        break;
    case XML_SCHEMAV_CVC_COMPLEX_TYPE_2_3:
        say(v, f, DIAG_schema_text, f->element, NULL);
        break;
    case XML_SCHEMAV_CVC_COMPLEX_TYPE_2_1:
        say(v, f, DIAG_schema_empty, f->element, NULL);
        break;
    default:
        say_other(v, f, code);
    }
}

/* ---- receiving ---- */

static bool said_before(Validation *v, const Fault *f, int code)
{
    const char *key = arena_format(v->arena, "%zu %s %d", xml_offset(f->node),
                                   f->attribute ? f->attribute : "", value_code(code) ? 0 : code);
    if (code == XML_SCHEMAV_CVC_COMPLEX_TYPE_4)         /* several may be missing */
        key = arena_format(v->arena, "%s %s", key, f->message);
    bool before = map_get(v->said, key, strlen(key)) != NULL;
    map_put(v->said, key, strlen(key), v);
    return before;
}

static void on_error(void *data, xmlErrorPtr e)
{
    Validation *v = data;
    const Model *m = v->p->schema->model;
    Fault f = { .node = e->node, .message = e->message ? e->message : "" };
    if (!f.node || f.node->type != XML_ELEMENT_NODE)
        f.node = project_root(v->p);
    f.element = (const char *)f.node->name;
    f.attribute = find_attribute(v->arena, f.node, f.message);
    if (e->code == XML_SCHEMAV_ELEMENT_CONTENT) {
        v->content++;
        if (v->loose)
            return;
    }
    if (said_before(v, &f, e->code))
        return;
    f.declared = model_find(m, f.node);
    if (f.declared)
        f.field = f.attribute ? model_attribute(f.declared->type, f.attribute) : f.declared->text;
    f.place = f.attribute ? xml_attr_place(v->p->xml, f.node, f.attribute)
                          : xml_place(v->p->xml, f.node);
    say_fault(v, &f, e->code);
}

/* ---- strays: elements that are not known where they stand ----
 * They are found first and taken out of the tree for a while: libxml2 looks at nothing that
 * follows one. */

typedef struct { xmlNode *node, *parent, *prev, *next; } Stray;
typedef VEC(Stray) Strays;

static void say_stray(Validation *v, const xmlNode *node, const ModelElement *parent)
{
    const char *name = (const char *)node->name;
    const char *near = model_near_kid(v->p->schema->model, parent->type, name);
    Place place = xml_place(v->p->xml, node);
    Buf names = {0};
    model_kid_names(v->p->schema->model, parent->type, &names);
    diag_add(v->d, near ? DIAG_schema_stray_near : names.n ? DIAG_schema_stray
                                                          : DIAG_schema_stray_none,
             &place, name, parent->name, near ? near : names.p, (char *)NULL);
    buf_free(&names);
    project_error(v->p, near ? near : parent->name);
}

static void take_out(Strays *strays, xmlNode *n)
{
    vec_push(strays, (Stray){ n, n->parent, n->prev, n->next });
    *(n->prev ? &n->prev->next : &n->parent->children) = n->next;
    *(n->next ? &n->next->prev : &n->parent->last) = n->prev;
}

static void put_back(Strays *strays)
{
    while (strays->n) {
        const Stray *s = &strays->p[--strays->n];
        *(s->prev ? &s->prev->next : &s->parent->children) = s->node;
        *(s->next ? &s->next->prev : &s->parent->last) = s->node;
    }
    vec_free(strays);
}

typedef struct { Validation *v; Strays *strays; } Search;

static bool visit(void *data, xmlNode *n, const ModelElement *e, const ModelElement *parent)
{
    const Search *s = data;
    if (!e && parent && parent->type && !model_open(parent->type)) {
        say_stray(s->v, n, parent);
        take_out(s->strays, n);
    }
    return e != NULL;
}

/* ---- the passes ---- */

static void validate(Validation *v, xmlSchema *schema)
{
    xmlSchemaValidCtxt *c = xmlSchemaNewValidCtxt(schema);
    if (!c)
        mem_fail();
    xmlSchemaSetValidStructuredErrors(c, on_error, v);
    xmlSchemaValidateDoc(c, xml_tree(v->p->xml));
    xmlSchemaFreeValidCtxt(c);
}

void project_validate(Project *p, Diags *d)
{
    Validation v = { .p = p, .d = d, .arena = arena_new() };
    Strays strays = {0};
    v.said = map_new(v.arena);
    model_walk(p->schema->model, project_root(p), visit, &(Search){ &v, &strays });
    validate(&v, p->schema->strict);
    xmlSchema *loose = v.content ? project_schema_loose(p->schema) : NULL;
    if (loose) {
        v.loose = true;
        validate(&v, loose);
    }
    put_back(&strays);
    arena_free(v.arena);
}
