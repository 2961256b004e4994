/* SPDX-License-Identifier: MIT */
/* The habits of mail merge: Writer's database fields (ODF 1.3 part 3, 7.6) are read as tags, by the
 * name of their column. */
#include "internal.h"

#include <string.h>

static bool in_name(char c)
{
    return (c & 0x80) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
           (c >= '0' && c <= '9') || c == '_' || c == '-' || c == '.';
}

/* What the records are: the last name of the path, "certificate" of
 * "/project/certificates/certificate[@status = 'issued'] sort @number". */
static char *record_element(Arena *a, const char *path)
{
    const char *name = path;
    int depth = 0;
    for (const char *s = path; *s && (depth || *s != ' '); s++) {
        depth += (*s == '[') - (*s == ']');
        if (!depth && *s == '/')
            name = s + 1;
    }
    size_t n = 0;
    while (in_name(name[n]))
        n++;
    return arena_dup(a, name, n);
}

/* Without skryba.each the records are those of the first field's table. */
static const char *records(Compile *c, const OdfNode *field)
{
    const TemplateColumns *x = c->t->options.columns;
    const char *table = odf_attr(field, ODF_TEXT_TABLE_NAME);
    if (!c->t->records && table && x->records(x->data, table))
        records_set(c, x->records(x->data, table));
    return c->t->records ? c->t->records->typed : NULL;
}

static void display(Compile *c, Work *field, const Spot *base)
{
    const TemplateColumns *x = c->t->options.columns;
    const char *column = odf_attr(field->node, ODF_TEXT_COLUMN_NAME);
    const char *path = records(c, field->node);
    Buf tag = { 0 }, near = { 0 };
    column = column ? column : "";
    if (!path) {
        fault(c, base, DIAG_template_column_table, column, NULL, NULL);
    } else if (!x->tag(x->data, record_element(c->scratch->arena, path), column, &tag, &near)) {
        fault(c, base, near.n ? DIAG_template_column_near : DIAG_template_column, column, near.p,
              NULL);
    } else {
        field->node = odf_characters(c->t->arena, tag.p, tag.n);
        field->kid.n = 0;
        field->parent->changed = true;
    }
    buf_free(&tag);
    buf_free(&near);
}

void column_read(Compile *c, Work *field, const Spot *base)
{
    if (!c->t->options.columns)
        return;
    switch (field->node->name) {
    case ODF_TEXT_DATABASE_DISPLAY:
        display(c, field, base);
        break;
    case ODF_TEXT_DATABASE_NEXT:
    case ODF_TEXT_DATABASE_ROW_SELECT:
        fault(c, base, DIAG_template_column_next, NULL, NULL, NULL);
        break;
    default:
        break;
    }
}
