/* SPDX-License-Identifier: MIT */
/* The life of a certificate: prepared, issued, received, made void, replaced, duplicated. */
#include "internal.h"

#include <string.h>

static Place place(Office *o)
{
    return (Place){ .file = o->path };
}

static bool refuse(Office *o, DiagId id, const char *number, const char *more)
{
    Place at = place(o);
    diag_add(o->d, id, &at, number, more, (char *)NULL);
    return false;
}

static xmlNode *certificates(Office *o)
{
    return elem_first(office_list(o, "certificates", false), "certificate");
}

static bool has_status(const xmlNode *n, const char *status)
{
    return !strcmp(elem_attr(n, "status"), status);
}

static bool is_issued(const xmlNode *n)         /* not to say anything means so too */
{
    return !has_status(n, "prepared") && !has_status(n, "void");
}

/* The original with a number, or with an id; NULL: a finding was added. */
static xmlNode *find(Office *o, const char *number)
{
    for (xmlNode *n = certificates(o); n; n = elem_next(n, "certificate"))
        if (!xml_attr(n, "duplicateOf") &&
            (!strcmp(elem_attr(n, "number"), number) || !strcmp(elem_attr(n, "id"), number)))
            return n;
    Nearest near;
    Arena *a = arena_new();
    nearest_start(&near, fold_new(a, number));
    for (xmlNode *n = certificates(o); n; n = elem_next(n, "certificate"))
        nearest_try(&near, fold_new(a, elem_attr(n, "number")), elem_attr(n, "number"));
    refuse(o, near.name ? DIAG_paper_none_near : DIAG_paper_none, number, near.name);
    arena_free(a);
    return NULL;
}

static void touch(Papers *p, const xmlNode *n)
{
    papers_touch(p, n, paper_name(p->office, n, elem_attr(n, "number")));
}

static bool dated(Office *o, const OfficePaper *x)
{
    return *x->date || refuse(o, DIAG_paper_no_date, "", NULL);
}

/* ---- issued ---- */

/* Without a day, on the one that is printed on it; *redated counts those that get another. */
static bool issue_one(Papers *p, xmlNode *n, const char *date, size_t *redated)
{
    Office *o = p->office;
    const char *number = elem_attr(n, "number");
    if (!has_status(n, "prepared"))
        return refuse(o, has_status(n, "void") ? DIAG_paper_void : DIAG_paper_issued, number, NULL);
    if (*date)
        *redated += edit_set(&o->edits, n, "issueDate", date);
    edit_set(&o->edits, n, "status", "issued");
    touch(p, n);
    return true;
}

bool office_issue(Office *o, const OfficePaper *x, size_t *count)
{
    Papers p;
    papers_start(&p, o);
    bool ok = true;
    size_t redated = 0;
    char number[24];
    *count = 0;
    for (size_t i = 0; i < x->n && ok; i++, *count += ok) {
        xmlNode *n = find(o, x->number[i]);
        ok = n && issue_one(&p, n, x->date, &redated);
    }
    for (xmlNode *n = x->n ? NULL : certificates(o); n && ok; n = elem_next(n, "certificate"))
        if (has_status(n, "prepared"))
            *count += ok = issue_one(&p, n, x->date, &redated);
    if (ok && !*count)
        ok = refuse(o, DIAG_paper_none_prepared, "", NULL);
    snprintf(number, sizeof number, "%zu", redated);
    if (ok && redated)
        refuse(o, DIAG_paper_redated, number, NULL);
    return ok && papers_save(&p, x->dry_run);
}

/* ---- void ---- */

bool office_void(Office *o, const OfficePaper *x)
{
    Papers p;
    xmlNode *original = find(o, x->number[0]);
    if (!original || !dated(o, x))
        return false;
    if (has_status(original, "void"))
        return refuse(o, DIAG_paper_void, elem_attr(original, "number"), NULL);
    papers_start(&p, o);
    const char *id = elem_attr(original, "id");
    for (xmlNode *n = certificates(o); n; n = elem_next(n, "certificate")) {
        bool same = n == original || !strcmp(elem_attr(n, "duplicateOf"), id);
        if (!same || has_status(n, "void"))
            continue;
        edit_set(&o->edits, n, "status", "void");
        edit_set(&o->edits, n, "voidReason", x->text);
        edit_set(&o->edits, n, "voidDate", x->date);
        touch(&p, n);
    }
    return papers_save(&p, x->dry_run);
}

/* ---- replaced ---- */

bool office_replace(Office *o, const OfficePaper *x, const char **number)
{
    Papers p;
    xmlNode *old = find(o, x->number[0]);
    if (!old || !dated(o, x))
        return false;
    if (!has_status(old, "void"))
        return refuse(o, DIAG_paper_not_void, elem_attr(old, "number"), NULL);
    for (xmlNode *n = certificates(o); n; n = elem_next(n, "certificate"))
        if (!strcmp(elem_attr(n, "replaces"), elem_attr(old, "id")))
            return refuse(o, DIAG_paper_replaced, elem_attr(old, "number"),
                          elem_attr(n, "number"));
    papers_start(&p, o);
    const xmlNode *made = certificate_replacing(&p, old, x->date);
    *number = elem_attr(made, "number");
    return made && papers_save(&p, x->dry_run);
}

/* ---- duplicated ---- */

bool office_duplicate(Office *o, const OfficePaper *x)
{
    static const char *const same[] = { "number", "completionRef", "issueDate", "issuePlace",
                                        "signatoryRef", "secondSignatoryRef", "legalBasis" };
    Papers p;
    xmlNode *original = find(o, x->number[0]);
    if (!original || !dated(o, x))
        return false;
    const char *number = elem_attr(original, "number");
    if (!is_issued(original))
        return refuse(o, has_status(original, "void") ? DIAG_paper_void : DIAG_paper_not_issued,
                      number, NULL);
    papers_start(&p, o);
    xmlNode *n = office_add(o, original->parent, "certificate", "zs", NULL);
    for (size_t i = 0; i < COUNT(same); i++)
        edit_set(&o->edits, n, same[i], xml_attr(original, same[i]));
    edit_set(&o->edits, n, "duplicateOf", elem_attr(original, "id"));
    edit_set(&o->edits, n, "duplicateDate", x->date);
    touch(&p, n);
    return papers_save(&p, x->dry_run);
}

/* ---- received ---- */

/* What was handed over last: a duplicate, if there is one. */
static xmlNode *latest(Office *o, xmlNode *original)
{
    xmlNode *found = original;
    for (xmlNode *n = certificates(o); n; n = elem_next(n, "certificate"))
        if (!strcmp(elem_attr(n, "duplicateOf"), elem_attr(original, "id")))
            found = n;
    return found;
}

static bool receive_one(Papers *p, const char *number, const OfficePaper *x)
{
    Office *o = p->office;
    xmlNode *n = find(o, number);
    if (!n)
        return false;
    n = latest(o, n);
    number = elem_attr(n, "number");
    if (!is_issued(n))
        return refuse(o, has_status(n, "void") ? DIAG_paper_void : DIAG_paper_not_issued, number,
                      NULL);
    if (xml_attr(n, "received"))
        return refuse(o, DIAG_paper_received, number, elem_attr(n, "received"));
    edit_set(&o->edits, n, "received", x->date);
    if (x->text)
        edit_set(&o->edits, n, "receivedBy", x->text);
    touch(p, n);
    return true;
}

bool office_receive(Office *o, const OfficePaper *x)
{
    Papers p;
    papers_start(&p, o);
    bool ok = dated(o, x);
    for (size_t i = 0; i < x->n && ok; i++)
        ok = receive_one(&p, x->number[i], x);
    return ok && papers_save(&p, x->dry_run);
}
