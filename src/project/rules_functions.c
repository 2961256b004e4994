/* SPDX-License-Identifier: MIT */
/* The functions that rules have beside those of tags.  This table registers them; the manual is
 * made from it. */
#include "rules_internal.h"

#include <libxml/xpathInternals.h>
#include <string.h>

/* ---- values ---- */

const char *node_value(Run *r, const xmlNode *n)
{
    const xmlNode *child = n->children;
    if (n->type != XML_ELEMENT_NODE && n->type != XML_ATTRIBUTE_NODE)
        return n->content ? (const char *)n->content : "";
    if (!child)
        return "";
    if (!child->next && child->type == XML_TEXT_NODE)
        return child->content ? (const char *)child->content : "";
    xmlChar *s = xmlNodeGetContent(n);
    const char *copy = arena_str(r->arena, s ? (const char *)s : "");
    xmlFree(s);
    return copy;
}

const char *argument_text(Run *r, const xmlXPathObject *o)
{
    if (o->type == XPATH_NODESET || o->type == XPATH_XSLT_TREE)
        return o->nodesetval && o->nodesetval->nodeNr ? node_value(r, o->nodesetval->nodeTab[0])
                                                      : "";
    if (o->type == XPATH_STRING)
        return o->stringval ? (const char *)o->stringval : "";
    if (o->type == XPATH_BOOLEAN)
        return o->boolval ? "true" : "false";
    xmlChar *s = xmlXPathCastNumberToString(o->floatval);
    const char *copy = arena_str(r->arena, (const char *)s);
    xmlFree(s);
    return copy;
}

static xmlXPathObject *nodes_of(xmlNode *const *node, size_t n)
{
    xmlNodeSet *set = xmlXPathNodeSetCreate(NULL);
    for (size_t i = 0; set && i < n; i++)
        if (xmlXPathNodeSetAddUnique(set, node[i]))
            mem_fail();
    return xmlXPathWrapNodeSet(set);
}

/* ---- current(), key() ---- */

static xmlXPathObject *rule_current(void *data, xmlXPathObject *const *arg, int n)
{
    Run *r = data;
    (void)arg;
    (void)n;
    return nodes_of(&r->current, 1);
}

/* The groups of all values of an argument; all NULL after the last one. */
static const KeyGroup *group_at(Run *r, xmlXPathObject *const *arg, int i)
{
    const char *name = argument_text(r, arg[0]);
    const xmlXPathObject *o = arg[1];
    if (o->type != XPATH_NODESET)
        return i ? NULL : key_find(r, name, argument_text(r, o));
    return key_find(r, name, node_value(r, o->nodesetval->nodeTab[i]));
}

static int group_count(const xmlXPathObject *o)
{
    if (o->type != XPATH_NODESET)
        return 1;
    return o->nodesetval ? o->nodesetval->nodeNr : 0;
}

static xmlXPathObject *rule_key(void *data, xmlXPathObject *const *arg, int n)
{
    Run *r = data;
    xmlNodeSet *set = xmlXPathNodeSetCreate(NULL);
    int count = group_count(arg[1]);
    (void)n;
    for (int i = 0; i < count; i++) {
        const KeyGroup *g = group_at(r, arg, i);
        if (g && g->n > r->returned) {
            r->returned = 0;
            xmlXPathFreeNodeSet(set);
            return NULL;
        }
        r->returned -= g ? g->n : 0;
        for (size_t k = 0; g && k < g->n; k++)          /* of one value: no node twice */
            if (count > 1 ? xmlXPathNodeSetAdd(set, key_node(g, k))
                          : xmlXPathNodeSetAddUnique(set, key_node(g, k)))
                mem_fail();
    }
    return xmlXPathWrapNodeSet(set);
}

static xmlXPathObject *rule_key_first(void *data, xmlXPathObject *const *arg, int n)
{
    Run *r = data;
    (void)n;
    const KeyGroup *g = group_count(arg[1]) ? group_at(r, arg, 0) : NULL;
    xmlNode *first = g ? key_node(g, 0) : NULL;
    return nodes_of(&first, g ? 1 : 0);
}

static xmlXPathObject *rule_key_count(void *data, xmlXPathObject *const *arg, int n)
{
    Run *r = data;
    double count = 0;
    (void)n;
    for (int i = 0; i < group_count(arg[1]); i++) {
        const KeyGroup *g = group_at(r, arg, i);
        count += g ? (double)g->n : 0;
    }
    return xmlXPathNewFloat(count);
}

/* ---- the table ---- */

static const RuleFunction functions[] = {
    { "current", "current()", 0, 0,
      { "the node the rule is about", "węzeł, którego dotyczy reguła" }, rule_current },
    { "key", "key('name', value)", 2, 2,
      { "the nodes that xsl:key has under a value",
        "węzły, które xsl:key ma pod wartością" },
      rule_key },
    { "key-first", "key-first('name', value)", 2, 2,
      { "the first of them, without looking at the others",
        "pierwszy z nich, bez przeglądania pozostałych" },
      rule_key_first },
    { "key-count", "key-count('name', value)", 2, 2,
      { "how many there are, without looking at them",
        "ile ich jest, bez przeglądania" },
      rule_key_count },
    { "fold", "fold(text)", 1, 1,
      { "letters and digits only, in small letters: what differs in spelling alone becomes "
        "equal",
        "same litery i cyfry, małe: to, co różni tylko pisownia, staje się równe" },
      rule_fold },
    { "flaw", "flaw(text, kind)", 2, 2,
      { "the place in a text with a flaw of a kind: 'replacement', 'question', 'soft-hyphen', "
        "'control', 'full-stop', 'dots', 'twice', 'space', 'quotes', 'brackets', 'straight', "
        "'unfinished'; '' without one",
        "miejsce tekstu z usterką danego rodzaju (jak obok); '', gdy jej nie ma" },
      rule_flaw },
    { "mentions", "mentions(text, 'one|another')", 2, 2,
      { "the first of these words that stands in a text; '' for none",
        "pierwsze z tych słów, które jest w tekście; '', gdy żadne" },
      rule_mentions },
    { "name-like", "name-like(name)", 1, 1,
      { "whether it has only letters, spaces, hyphens, apostrophes and full stops",
        "czy ma tylko litery, spacje, łączniki, apostrofy i kropki" },
      rule_name_like },
    { "names-person", "names-person(text, 'key')", 2, 2,
      { "whether two neighbouring words of a text are a value of a key",
        "czy dwa sąsiednie słowa tekstu są wartością klucza" },
      rule_names_person },
    { "official", "official(text, 'code: name|code: name')", 2, 2,
      { "the official name for the code a text begins with, when the text differs from it; "
        "else ''",
        "urzędowa nazwa dla symbolu na początku tekstu, gdy tekst jest inny; inaczej ''" },
      rule_official },
    { "by-year", "by-year('2007:2 2014:3', day)", 2, 2,
      { "the number that holds from a year on, for a date; NaN before the first",
        "liczba obowiązująca od danego roku, dla daty; NaN przed pierwszym" },
      rule_by_year },
    { "tokens-within", "tokens-within(some, all)", 2, 2,
      { "whether each word of a list stands in another list",
        "czy każde słowo listy jest na drugiej liście" },
      rule_tokens_within },
    { "birth", "birth(person)", 1, 1,
      { "the date of birth: @birthDate, else by a valid @pesel; '' when there is neither",
        "data urodzenia: @birthDate albo z poprawnego @pesel; '', gdy brak obu" },
      rule_birth },
    { "years", "years(birth, day)", 2, 2,
      { "age in years as age(); NaN when one of the dates is missing",
        "wiek w latach jak age(); NaN, gdy brak którejś daty" },
      rule_years },
    { "unordered", "unordered(dates)", 1, 1,
      { "the nodes whose date comes before that of the node before",
        "węzły, których data jest wcześniejsza niż data poprzedniego" },
      rule_unordered },
    { "before", "before(dates, day)", 2, 2,
      { "the nodes whose date comes before a day",
        "węzły, których data jest przed danym dniem" },
      rule_before },
    { "months-off", "months-off(first, last, months)", 3, 3,
      { "days by which a period is longer than so many months; negative: shorter",
        "o ile dni okres jest dłuższy niż tyle miesięcy; ujemne: krótszy" },
      rule_months_off },
    { "image", "image(file)", 1, 1,
      { "'jpeg' or 'png' by the first bytes; 'missing', 'outside' (of the project's folder), "
        "'other'",
        "'jpeg' albo 'png' według pierwszych bajtów; 'missing', 'outside', 'other'" },
      rule_image },
    { "serial", "serial(number, pattern, course?, day?)", 2, 4,
      { "{n} of a number by the pattern of its register, for a course and the year of a day; "
        "NaN when it does not fit",
        "{n} numeru według wzoru rejestru, dla kursu i roku daty; NaN, gdy nie pasuje" },
      rule_serial },
    { "gaps", "gaps(numbers, pattern?, restart?, start?)", 1, 4,
      { "the whole numbers missing from the least, or from start, to the greatest: '14, 17'",
        "liczby całkowite, których brakuje od najmniejszej albo od start do największej" },
      rule_gaps },
};

const RuleFunction *rule_functions(size_t *n)
{
    *n = COUNT(functions);
    return functions;
}

void functions_register(ExprEnv *e, Run *r)
{
    for (size_t i = 0; i < COUNT(functions); i++)
        expr_env_function(e, functions[i].name, functions[i].min, functions[i].max,
                          functions[i].call, r);
}
