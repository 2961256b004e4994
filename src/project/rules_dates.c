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

bool day_of(const char *iso, int64_t *day)
{
    Day d;
    if (!read_day(iso, &d) || d.month < 1 || d.month > 12 || d.day < 1)
        return false;
    *day = day_number(d);
    return true;
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

void birth_of(const xmlNode *person, char iso[11])
{
    const char *date = NULL, *pesel = NULL;
    iso[0] = 0;
    if (person && person->type == XML_ELEMENT_NODE) {
        date = xml_attr(person, "birthDate");
        pesel = xml_attr(person, "pesel");
    }
    if (date && strlen(date) == 10)
        memcpy(iso, date, 11);
    else if (pesel && expr_pesel_check(pesel, strlen(pesel)) &&
             !expr_pesel_date(pesel, strlen(pesel), iso))
        iso[0] = 0;
}

xmlXPathObject *rule_birth(void *data, xmlXPathObject *const *arg, int n)
{
    const xmlNodeSet *set = arg[0]->type == XPATH_NODESET ? arg[0]->nodesetval : NULL;
    char iso[11];
    (void)data;
    (void)n;
    birth_of(set && set->nodeNr ? set->nodeTab[0] : NULL, iso);
    return xmlXPathNewCString(iso);
}

/* As age() of tags: born on 29 February, a year older on 1 March in common years. */
double years_between(const char *birth, const char *day)
{
    Day a, b;
    if (!read_day(birth, &a) || !read_day(day, &b))
        return (double)NAN;
    bool before = b.month < a.month || (b.month == a.month && b.day < a.day);
    return (double)(b.year - a.year - before);
}

xmlXPathObject *rule_years(void *data, xmlXPathObject *const *arg, int n)
{
    (void)n;
    const char *birth = argument_text(data, arg[0]);
    return xmlXPathNewFloat(years_between(birth, argument_text(data, arg[1])));
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

xmlXPathObject *rule_before(void *data, xmlXPathObject *const *arg, int n)
{
    const xmlNodeSet *set = arg[0]->type == XPATH_NODESET ? arg[0]->nodesetval : NULL;
    xmlNodeSet *found = xmlXPathNodeSetCreate(NULL);
    const char *day = argument_text(data, arg[1]);
    (void)n;
    for (int i = 0; set && i < set->nodeNr; i++)
        if (strcmp(node_value(data, set->nodeTab[i]), day) < 0 &&
            xmlXPathNodeSetAddUnique(found, set->nodeTab[i]))
            mem_fail();
    return xmlXPathWrapNodeSet(found);
}
