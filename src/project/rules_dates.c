/* SPDX-License-Identifier: MIT */
/* Dates: how old somebody is, how long a period is, what is out of order. */
#include "rules_internal.h"

#include <libxml/xpathInternals.h>
#include <math.h>
#include <string.h>

/* ---- reckoning ---- */

typedef struct { int64_t year, month, day; } Day;

static bool read_day(const char *s, Day *d)
{
    return strlen(s) >= 10 && number_parse(s, 4, 0, &d->year) &&
           number_parse(s + 5, 2, 0, &d->month) && number_parse(s + 8, 2, 0, &d->day);
}

/* Days since a fixed one, in the Gregorian calendar; years begin in March. */
static int64_t day_number(Day d)
{
    int64_t y = d.month <= 2 ? d.year - 1 : d.year, m = d.month <= 2 ? d.month + 9 : d.month - 3;
    return y * 365 + y / 4 - y / 100 + y / 400 + (m * 153 + 2) / 5 + d.day;
}

static int64_t month_days(int64_t year, int64_t month)
{
    Day first = { year, month, 1 }, next = { year + month / 12, month % 12 + 1, 1 };
    return day_number(next) - day_number(first);
}

/* 27 April and 6 months end with 26 October; a day that the last month lacks, with the month. */
xmlXPathObject *rule_months_off(void *data, xmlXPathObject *const *arg, int n)
{
    Run *r = data;
    Day first, last;
    double months = xmlXPathCastToNumber(arg[2]);
    (void)n;
    if (!read_day(argument_text(r, arg[0]), &first) || !read_day(argument_text(r, arg[1]), &last) ||
        !(months >= 0 && months <= 1200))
        return xmlXPathNewFloat((double)NAN);
    int64_t month = first.month - 1 + (int64_t)months;
    Day end = { first.year + month / 12, month % 12 + 1, first.day };
    int64_t length = month_days(end.year, end.month);
    int64_t stop = day_number(end) - 1;
    if (first.day > length)
        stop = day_number((Day){ end.year, end.month, length });
    return xmlXPathNewFloat((double)(day_number(last) - stop));
}

/* ---- people ---- */

xmlXPathObject *rule_birth(void *data, xmlXPathObject *const *arg, int n)
{
    const xmlNodeSet *set = arg[0]->type == XPATH_NODESET ? arg[0]->nodesetval : NULL;
    const xmlNode *person = set && set->nodeNr ? set->nodeTab[0] : NULL;
    const char *date = NULL, *pesel = NULL;
    char iso[11] = "";
    (void)data;
    (void)n;
    if (person && person->type == XML_ELEMENT_NODE) {
        date = xml_attr(person, "birthDate");
        pesel = xml_attr(person, "pesel");
    }
    if (!date && pesel && expr_pesel_check(pesel, strlen(pesel)) &&
        expr_pesel_date(pesel, strlen(pesel), iso))
        date = iso;
    return xmlXPathNewCString(date ? date : "");
}

/* As age() of tags: born on 29 February, a year older on 1 March in common years. */
xmlXPathObject *rule_years(void *data, xmlXPathObject *const *arg, int n)
{
    Day birth, on;
    (void)n;
    if (!read_day(argument_text(data, arg[0]), &birth) ||
        !read_day(argument_text(data, arg[1]), &on))
        return xmlXPathNewFloat((double)NAN);
    bool before = on.month < birth.month || (on.month == birth.month && on.day < birth.day);
    return xmlXPathNewFloat((double)(on.year - birth.year - before));
}

/* ---- order ---- */

/* Dates as in XML: they compare as texts. */
xmlXPathObject *rule_unordered(void *data, xmlXPathObject *const *arg, int n)
{
    const xmlNodeSet *set = arg[0]->type == XPATH_NODESET ? arg[0]->nodesetval : NULL;
    xmlNodeSet *found = xmlXPathNodeSetCreate(NULL);
    (void)n;
    for (int i = 1; set && i < set->nodeNr; i++)
        if (strcmp(node_value(data, set->nodeTab[i]), node_value(data, set->nodeTab[i - 1])) < 0 &&
            xmlXPathNodeSetAddUnique(found, set->nodeTab[i]))
            mem_fail();
    return xmlXPathWrapNodeSet(found);
}
