/* SPDX-License-Identifier: MIT */
/* Answers the simple part of a test (rules_quick.c) as XPath 1.0 would (3.4), without it. */
#include "rules_internal.h"

#include <math.h>
#include <string.h>

static const Value unknown = { .kind = VALUE_UNKNOWN };

/* The parser keeps one copy of each name: pointers tell names apart. */
const xmlNode *attribute_node(const Run *r, const xmlNode *n, size_t name)
{
    const xmlChar *wanted = r->name[name];
    if (!n || n->type != XML_ELEMENT_NODE || !wanted)
        return NULL;
    for (const xmlAttr *a = n->properties; a; a = a->next)
        if (a->name == wanted && !a->ns)
            return (const xmlNode *)a;
    return NULL;
}

static void add_node(Value *v, const xmlNode *n)
{
    for (size_t i = 0; i < v->n; i++)
        if (v->node[i] == n)
            return;
    if (!n)
        return;
    if (v->n == VALUE_MOST)
        v->many = true;
    else
        v->node[v->n++] = n;
}

static Value attribute_value(const Run *r, const xmlNode *n, size_t name)
{
    const xmlNode *a = attribute_node(r, n, name);
    return (Value){ .kind = VALUE_NODES, .n = a != NULL, .node = { a } };
}

Value value_of(const xmlXPathObject *o)
{
    Value v = { .kind = VALUE_UNKNOWN };
    if (!o)
        return v;
    switch (o->type) {
    case XPATH_NODESET:
        v.kind = VALUE_NODES;
        for (int i = 0; o->nodesetval && i < o->nodesetval->nodeNr && !v.many; i++)
            add_node(&v, o->nodesetval->nodeTab[i]);
        break;
    case XPATH_STRING:
        v.kind = VALUE_TEXT;
        v.text = o->stringval ? (const char *)o->stringval : "";
        break;
    case XPATH_NUMBER:
        v.kind = VALUE_NUMBER;
        v.number = o->floatval;
        break;
    case XPATH_BOOLEAN:
        v.kind = VALUE_BOOLEAN;
        v.yes = o->boolval;
        break;
    default:
        break;
    }
    return v;
}

/* The attributes of some nodes; of no name, the nodes themselves. */
static Value step(const Run *run, Value v, size_t attribute)
{
    Value r = { .kind = VALUE_NODES, .many = v.many };
    if (!attribute || v.kind == VALUE_UNKNOWN)
        return v;
    if (v.kind != VALUE_NODES || v.many)
        return unknown;
    for (size_t i = 0; i < v.n; i++)
        add_node(&r, attribute_node(run, v.node[i], attribute));
    return r;
}

/* ---- texts and numbers ---- */

/* The one text of a value; NULL: it has none, or several.  Lives until the next one of the run. */
static const char *text_of(Run *r, const Value *v)
{
    if (v->kind == VALUE_TEXT || v->kind == VALUE_SMALL)
        return v->kind == VALUE_TEXT ? v->text : v->small;
    return v->kind == VALUE_NODES && v->n == 1 && !v->many ? node_value(r, v->node[0]) : NULL;
}

/* The texts of both arguments; false: one has none, or several. */
static bool two_texts(Run *r, const Operand *o, const xmlNode *node, Value v[2],
                      const char *text[2])
{
    for (int i = 0; i < 2; i++) {
        v[i] = operand_value(r, o->part[i], node);
        text[i] = text_of(r, &v[i]);
        if (!text[i])
            return false;
    }
    return true;
}

static Value concat(Run *r, const Operand *o, const xmlNode *node)
{
    Buf b = {0};
    Value v = { .kind = VALUE_TEXT };
    for (size_t i = 0; i < o->n; i++) {
        Value part = operand_value(r, o->part[i], node);
        const char *text = text_of(r, &part);
        if (!text && !(part.kind == VALUE_NODES && !part.n)) {
            buf_free(&b);
            return unknown;
        }
        buf_str(&b, text ? text : "");
    }
    buf_clear(&r->text);
    buf_put(&r->text, b.p, b.n);
    buf_free(&b);
    v.text = r->text.p;
    return v;
}

static Value days(Run *r, const Operand *o, const xmlNode *node)
{
    int64_t day[2];
    const char *text[2];
    Value v[2];
    if (!two_texts(r, o, node, v, text))
        return unknown;
    for (int i = 0; i < 2; i++)
        if (strlen(text[i]) != 10 || !day_of(text[i], &day[i]))
            return unknown;
    int64_t n = day[1] - day[0];
    return (Value){ .kind = VALUE_NUMBER, .number = (double)(n >= 0 ? n + 1 : n) };
}

static Value of_two_texts(Run *r, const Operand *o, const xmlNode *node)
{
    const char *text[2];
    Value v[2];
    if (!two_texts(r, o, node, v, text))
        return unknown;
    switch (o->kind) {
    case OPERAND_YEARS:
        return (Value){ .kind = VALUE_NUMBER, .number = years_between(text[0], text[1]) };
    case OPERAND_BY_YEAR:
        return (Value){ .kind = VALUE_NUMBER, .number = number_by_year(text[0], text[1]) };
    default:
        return (Value){ .kind = VALUE_BOOLEAN, .yes = tokens_within(text[0], text[1]) };
    }
}

static Value before(Run *r, const Operand *o, const xmlNode *node)
{
    Value v = operand_value(r, o->part[0], node), w = operand_value(r, o->part[1], node);
    Value found = { .kind = VALUE_NODES };
    const char *day = text_of(r, &w);
    if (v.kind != VALUE_NODES || v.many || !day)
        return unknown;
    for (size_t i = 0; i < v.n; i++)
        if (strcmp(node_value(r, v.node[i]), day) < 0)
            add_node(&found, v.node[i]);
    return found;
}

static void add_group(Value *v, const KeyGroup *g, bool first_only)
{
    size_t n = g ? g->n : 0;
    for (size_t i = 0; i < n && !v->many && !(i && first_only); i++)
        add_node(v, key_node(g, i));
}

static Value keyed(Run *r, const Operand *o, const xmlNode *node)
{
    Value v = { .kind = VALUE_NODES }, by = operand_value(r, o->part[0], node);
    const char *text = text_of(r, &by);
    const KeyGroup *g = text ? key_look_up(r, o->index, text) : NULL;
    if (!text && (by.kind != VALUE_NODES || by.many || (by.n && o->kind != OPERAND_KEY)))
        return unknown;
    if (o->kind == OPERAND_KEY_COUNT)
        return (Value){ .kind = VALUE_NUMBER, .number = g ? (double)g->n : 0 };
    for (size_t i = 0; !text && i < by.n; i++)
        add_group(&v, key_look_up(r, o->index, node_value(r, by.node[i])), false);
    add_group(&v, g, o->kind == OPERAND_KEY_FIRST);
    return step(r, v, o->attribute);
}

/* The functions of tags trim their arguments: only what has nothing to be trimmed is answered. */
static Value of_text(Run *r, const Operand *o, const xmlNode *node)
{
    Value v = operand_value(r, o->part[0], node), found = { .kind = VALUE_SMALL, .small = "" };
    const char *text = text_of(r, &v);
    size_t len = text ? strlen(text) : 0;
    if (o->kind == OPERAND_PREDICATE) {
        bool yes = text && o->predicate(text, len);
        return text && (yes || !strpbrk(text, " \t\r\n"))
                   ? (Value){ .kind = VALUE_BOOLEAN, .yes = yes } : unknown;
    }
    if (len != 11 || !expr_pesel_valid(text, len))
        return unknown;
    if (o->kind == OPERAND_PESEL_SEX)
        found.small[0] = expr_pesel_sex(text, len);
    else
        expr_pesel_date(text, len, found.small);
    return found;
}

/* Missing texts are empty ones here. */
static Value serial(Run *r, const Operand *o, const xmlNode *node)
{
    Value v[4];
    const char *text[4];
    for (int i = 0; i < 4; i++) {
        v[i] = operand_value(r, o->part[i], node);
        text[i] = text_of(r, &v[i]);
        if (!text[i] && (v[i].kind != VALUE_NODES || v[i].n))
            return unknown;
        if (!text[i])
            text[i] = "";
    }
    return (Value){ .kind = VALUE_NUMBER,
                    .number = serial_of(r, text[0], text[1], text[2], text[3]) };
}

static Value joined(Run *r, const Operand *o, const xmlNode *node)
{
    Value v = operand_value(r, o->part[0], node), w = operand_value(r, o->part[1], node);
    if (v.kind != VALUE_NODES || w.kind != VALUE_NODES)
        return unknown;
    for (size_t i = 0; i < w.n; i++)
        add_node(&v, w.node[i]);
    v.many = v.many || w.many;
    return v;
}

Value operand_value(Run *r, const Operand *o, const xmlNode *node)
{
    switch (o->kind) {
    case OPERAND_TEXT:
        return (Value){ .kind = VALUE_TEXT, .text = o->text };
    case OPERAND_NUMBER:
        return (Value){ .kind = VALUE_NUMBER, .number = o->number };
    case OPERAND_ATTRIBUTE:
        return attribute_value(r, node, o->attribute);
    case OPERAND_PARENT:
        return attribute_value(r, node->parent, o->attribute);
    case OPERAND_GLOBAL:
        return step(r, r->global[o->index], o->attribute);
    case OPERAND_LOCAL:
        return step(r, run_local(r, o->index), o->attribute);
    case OPERAND_KEY: case OPERAND_KEY_FIRST: case OPERAND_KEY_COUNT:
        return keyed(r, o, node);
    case OPERAND_CONCAT:
        return concat(r, o, node);
    case OPERAND_DAYS:
        return days(r, o, node);
    case OPERAND_PREDICATE: case OPERAND_PESEL_SEX: case OPERAND_PESEL_DATE:
        return of_text(r, o, node);
    case OPERAND_BIRTH: {
        Value v = { .kind = VALUE_SMALL };
        birth_of(node, v.small);
        return v;
    }
    case OPERAND_YEARS: case OPERAND_BY_YEAR: case OPERAND_WITHIN:
        return of_two_texts(r, o, node);
    case OPERAND_BEFORE:
        return before(r, o, node);
    case OPERAND_SERIAL:
        return serial(r, o, node);
    case OPERAND_UNION:
        return joined(r, o, node);
    }
    return unknown;
}

/* ---- comparing ---- */

static Answer exists(const Value *v)
{
    switch (v->kind) {
    case VALUE_NODES:
        return v->n ? YES : NO;
    case VALUE_TEXT:
        return *v->text ? YES : NO;
    case VALUE_SMALL:
        return *v->small ? YES : NO;
    case VALUE_NUMBER:
        return v->number != 0 && !isnan(v->number) ? YES : NO;
    case VALUE_BOOLEAN:
        return v->yes ? YES : NO;
    default:
        return PERHAPS;
    }
}

static bool compare_numbers(Comparison c, double a, double b)
{
    switch (c) {
    case COMPARE_EQUAL: return a == b;
    case COMPARE_OTHER: return a != b;
    case COMPARE_LESS: return a < b;
    case COMPARE_MOST: return a <= b;
    case COMPARE_GREATER: return a > b;
    default: return a >= b;
    }
}

/* One side of a comparison: the i-th text, or the number. */
static const char *item(Run *r, const Value *v, size_t i)
{
    if (v->kind == VALUE_NODES)
        return node_value(r, v->node[i]);
    return v->kind == VALUE_TEXT ? v->text : v->small;
}

static double item_number(Run *r, const Value *v, size_t i)
{
    return v->kind == VALUE_NUMBER ? v->number
                                   : xmlXPathCastStringToNumber((const xmlChar *)item(r, v, i));
}

/* Node-sets compare by any of their nodes. */
static Answer compare(Run *r, Comparison c, const Value *a, const Value *b)
{
    if (a->kind == VALUE_UNKNOWN || b->kind == VALUE_UNKNOWN || a->kind == VALUE_BOOLEAN ||
        b->kind == VALUE_BOOLEAN || a->many || b->many)
        return PERHAPS;
    bool numbers = a->kind == VALUE_NUMBER || b->kind == VALUE_NUMBER || c > COMPARE_OTHER;
    size_t n = a->kind == VALUE_NODES ? a->n : 1, m = b->kind == VALUE_NODES ? b->n : 1;
    for (size_t i = 0; i < n; i++)
        for (size_t k = 0; k < m; k++) {
            bool yes = numbers
                ? compare_numbers(c, item_number(r, a, i), item_number(r, b, k))
                : !strcmp(item(r, a, i), item(r, b, k)) == (c == COMPARE_EQUAL);
            if (yes)
                return YES;
        }
    return NO;
}

static Answer of_two(Run *r, const Quick *q, const xmlNode *node)
{
    Answer decides = q->kind == QUICK_OR ? YES : NO;
    Answer a = quick_answer(r, q->a, node);
    if (a == decides)
        return a;
    Answer b = quick_answer(r, q->b, node);
    return b == decides || a != PERHAPS ? b : PERHAPS;
}

Answer quick_answer(Run *r, const Quick *q, const xmlNode *node)
{
    if (!q)
        return PERHAPS;
    switch (q->kind) {
    case QUICK_AND: case QUICK_OR:
        return of_two(r, q, node);
    case QUICK_NOT: {
        Answer a = quick_answer(r, q->a, node);
        return a == PERHAPS ? a : a == YES ? NO : YES;
    }
    case QUICK_EXISTS: {
        if (q->left->kind == OPERAND_ATTRIBUTE)
            return attribute_node(r, node, q->left->attribute) ? YES : NO;
        Value v = operand_value(r, q->left, node);
        return exists(&v);
    }
    case QUICK_COMPARE: {
        if (q->left->kind == OPERAND_CONCAT && q->right->kind == OPERAND_CONCAT)
            return PERHAPS;             /* one buffer for both */
        Value a = operand_value(r, q->left, node), b = operand_value(r, q->right, node);
        return compare(r, q->comparison, &a, &b);
    }
    default:
        return PERHAPS;
    }
}
