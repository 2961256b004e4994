/* SPDX-License-Identifier: MIT */
/* The office's work: edits that keep the rest of a file, cells and what is repaired in them,
 * lists as text, numbers of registers. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "office/internal.h"

/* ---- edits ---- */

#define HEAD "<project schemaVersion=\"1.0\" id=\"p\" lang=\"pl\" status=\"plan\" " \
             "synthetic=\"true\">\n  <title>T</title>\n" \
             "  <period start=\"2011-01-01\" end=\"2011-12-31\"/>\n  <organisations>\n" \
             "    <organisation id='o1' role='realizer' name=\"A &amp; B\"/>   <!-- own -->\n" \
             "  </organisations>\n"
#define TAIL "</project>\n"

typedef struct { char path[40]; Diags *d; Office *o; } Fixture;

static void put_file(const char *path, const char *text)
{
    FILE *out = fopen(path, "w");
    assert_non_null(out);
    assert_int_equal(fwrite(text, 1, strlen(text), out), strlen(text));
    assert_int_equal(fclose(out), 0);
}

static void start(Fixture *f, const char *text)
{
    strcpy(f->path, "/tmp/test-office-XXXXXX");
    int fd = mkstemp(f->path);
    assert_true(fd >= 0);
    close(fd);
    put_file(f->path, text);
    f->d = diags_new(LANG_PL);
    f->o = office_open(f->path, f->d);
}

static bool nobody(void *data, const xmlNode *n, const char *attribute, Place *place)
{
    (void)data, (void)n, (void)attribute, (void)place;
    return false;
}

static char *content(const Fixture *f)
{
    size_t len;
    char *text = file_read(f->path, XML_BYTES, &len, f->d);
    assert_non_null(text);
    return text;
}

/* Saves and compares; the expected text is written out, not computed. */
static void end(Fixture *f, const char *wanted)
{
    OfficeSave s = { .place = nobody };
    assert_true(office_save(f->o, &s));
    char *got = content(f);
    assert_string_equal(got, wanted);
    free(got);
    office_free(f->o);
    diags_free(f->d);
    remove(f->path);
}

static void nothing_changed_is_byte_equal(void **state)
{
    static const char text[] = "\xef\xbb\xbf<?xml version='1.0'?>\r\n" HEAD
                               "<!-- a\tb -->\t<participants   listed = 'no'></participants >\r\n"
                               TAIL;
    Fixture f;
    (void)state;
    start(&f, text);
    xmlNode *n = elem_first(f.o->root, "participants");
    assert_false(edit_set(&f.o->edits, n, "listed", "no"));
    end(&f, text);
}

static void attribute_is_replaced_in_place(void **state)
{
    Fixture f;
    (void)state;
    start(&f, HEAD "  <participants listed=\"no\"/>\n" TAIL);
    xmlNode *n = office_find(f.o, "o1");
    assert_true(edit_set(&f.o->edits, n, "role", "partner"));
    assert_true(edit_set(&f.o->edits, n, "role", "realizer"));
    assert_true(edit_set(&f.o->edits, n, "name", "\"C\" < D"));
    assert_true(edit_set(&f.o->edits, n, "phone", "1"));
    end(&f, "<project schemaVersion=\"1.0\" id=\"p\" lang=\"pl\" status=\"plan\" "
            "synthetic=\"true\">\n  <title>T</title>\n"
            "  <period start=\"2011-01-01\" end=\"2011-12-31\"/>\n  <organisations>\n"
            "    <organisation id='o1' role=\"realizer\" name=\"&quot;C&quot; &lt; D\" "
            "phone=\"1\"/>   <!-- own -->\n"
            "  </organisations>\n  <participants listed=\"no\"/>\n" TAIL);
}

static void attribute_is_removed_with_its_space(void **state)
{
    Fixture f;
    (void)state;
    start(&f, HEAD "  <participants listed=\"no\"\n      origin=\"text\" line=\"3\"/>\n" TAIL);
    xmlNode *n = elem_first(f.o->root, "participants");
    assert_true(edit_set(&f.o->edits, n, "origin", NULL));
    end(&f, HEAD "  <participants listed=\"no\" line=\"3\"/>\n" TAIL);
}

static void child_of_an_empty_element_opens_it(void **state)
{
    Fixture f;
    (void)state;
    start(&f, HEAD "  <participants listed=\"no\" />\n" TAIL);
    xmlNode *n = office_add(f.o, elem_first(f.o->root, "participants"), "participant", "u", NULL);
    edit_set(&f.o->edits, n, "kind", "adult");
    edit_set(&f.o->edits, n, "firstName", "A");
    edit_set(&f.o->edits, n, "lastName", "B");
    edit_set(&f.o->edits, n, "sex", "F");
    edit_set(&f.o->edits, n, "entry", "2011-01-01");
    end(&f, HEAD "  <participants listed=\"no\">\n"
            "    <participant id=\"u1\" kind=\"adult\" firstName=\"A\" lastName=\"B\" sex=\"F\" "
            "entry=\"2011-01-01\"/>\n  </participants>\n" TAIL);
}

static void sibling_stands_behind_the_comment_of_its_line(void **state)
{
    Fixture f;
    (void)state;
    start(&f, HEAD "  <participants listed=\"no\"/>\n" TAIL);
    xmlNode *n = office_add(f.o, elem_first(f.o->root, "organisations"), "organisation", "o", NULL);
    edit_set(&f.o->edits, n, "role", "partner");
    edit_set(&f.o->edits, n, "name", "C");
    end(&f, "<project schemaVersion=\"1.0\" id=\"p\" lang=\"pl\" status=\"plan\" "
            "synthetic=\"true\">\n  <title>T</title>\n"
            "  <period start=\"2011-01-01\" end=\"2011-12-31\"/>\n  <organisations>\n"
            "    <organisation id='o1' role='realizer' name=\"A &amp; B\"/>   <!-- own -->\n"
            "    <organisation id=\"o2\" role=\"partner\" name=\"C\"/>\n"
            "  </organisations>\n  <participants listed=\"no\"/>\n" TAIL);
}

static void list_is_made_where_the_schema_wants_it(void **state)
{
    Fixture f;
    (void)state;
    start(&f, HEAD "  <participants listed=\"no\"/>\n" TAIL);
    xmlNode *list = office_list(f.o, "courses", true);
    edit_set(&f.o->edits, office_add(f.o, list, "course", "k", "k-a"), "name", "Kurs");
    end(&f, HEAD "  <courses>\n    <course id=\"k-a\" name=\"Kurs\"/>\n  </courses>\n"
            "  <participants listed=\"no\"/>\n" TAIL);
}

static void element_is_removed_with_its_line(void **state)
{
    Fixture f;
    (void)state;
    start(&f, HEAD "  <courses>\n    <course id=\"a\" name=\"A\"><topic name=\"x\" theory=\"1\" "
              "practice=\"0\"/></course>\n    <!-- kept -->\n    <course id=\"b\" name=\"B\"/>\n"
              "  </courses>\n  <participants listed=\"no\"/>\n" TAIL);
    edit_remove(&f.o->edits, office_find(f.o, "a"));
    end(&f, HEAD "  <courses>\n    <!-- kept -->\n    <course id=\"b\" name=\"B\"/>\n"
            "  </courses>\n  <participants listed=\"no\"/>\n" TAIL);
}

static void changed_file_is_not_written_over(void **state)
{
    Fixture f;
    OfficeSave s = { .place = nobody };
    (void)state;
    start(&f, HEAD "  <participants listed=\"no\"/>\n" TAIL);
    edit_set(&f.o->edits, office_find(f.o, "o1"), "name", "X");
    put_file(f.path, HEAD "  <participants listed=\"yes\"/>\n" TAIL);
    assert_false(office_save(f.o, &s));
    char *got = content(&f);
    assert_string_equal(got, HEAD "  <participants listed=\"yes\"/>\n" TAIL);
    free(got);
    office_free(f.o);
    diags_free(f.d);
    remove(f.path);
}

static void invalid_result_is_not_written(void **state)
{
    static const char text[] = HEAD "  <participants listed=\"no\"/>\n" TAIL;
    Fixture f;
    OfficeSave s = { .place = nobody };
    (void)state;
    start(&f, text);
    edit_set(&f.o->edits, office_find(f.o, "o1"), "role", "nobody");
    assert_false(office_save(f.o, &s));
    char *got = content(&f);
    assert_string_equal(got, text);
    free(got);
    office_free(f.o);
    diags_free(f.d);
    remove(f.path);
}

/* ---- cells ---- */

typedef struct { CellKind kind; const char *text, *value, *field, *wanted; unsigned repairs; } Case;

static const Case cells[] = {
    { CELL_TEXT, "16.12.2011", NULL, "date", "2011-12-16", REPAIR_DATE_TEXT },
    { CELL_TEXT, "16 grudnia 2011 r.", NULL, "date", "2011-12-16", REPAIR_DATE_TEXT },
    { CELL_TEXT, "16 XII 2011", NULL, "date", "2011-12-16", REPAIR_DATE_TEXT },
    { CELL_TEXT, "1-2-2011", NULL, "date", "2011-02-01", REPAIR_DATE_TEXT },
    { CELL_TEXT, "2011-12-16", NULL, "date", "2011-12-16", 0 },
    { CELL_TEXT, "2011.12.16", NULL, "date", "2011-12-16", REPAIR_DATE_TEXT },
    { CELL_TEXT, "16/12/2011", NULL, "date", "2011-12-16", REPAIR_DATE_TEXT },
    { CELL_TEXT, "04/05/2011", NULL, "date", NULL, 0 },
    { CELL_TEXT, "04/04/2011", NULL, "date", "2011-04-04", REPAIR_DATE_TEXT },
    { CELL_TEXT, "29.02.2011", NULL, "date", NULL, 0 },
    { CELL_TEXT, "29.02.2012", NULL, "date", "2012-02-29", REPAIR_DATE_TEXT },
    { CELL_TEXT, "1.2.11", NULL, "date", NULL, 0 },
    { CELL_DATE, "16.12.11", "2011-12-16", "date", "2011-12-16", 0 },
    { CELL_DATE, "16.12.11", "2011-12-16T00:00:00", "date", "2011-12-16", 0 },
    { CELL_DATE, "30.12.99", "1899-12-30", "date", NULL, 0 },
    /* 2011-12-16 is day 40893 of spreadsheets: 40179 for 2010-01-01, 365 + 349 more. */
    { CELL_NUMBER, "40893", "40893", "date", "2011-12-16", REPAIR_DATE_NUMBER },
    { CELL_TEXT, "40893", NULL, "date", "2011-12-16", REPAIR_DATE_NUMBER },
    { CELL_NUMBER, "20111216", "20111216", "date", "2011-12-16", REPAIR_DATE_NUMBER },
    { CELL_NUMBER, "7", "7", "date", NULL, 0 },
    { CELL_TEXT, "1,5", NULL, "hours", "1.5", REPAIR_COMMA },
    { CELL_TEXT, "40 godz.", NULL, "hours", "40", REPAIR_TEXT_NUMBER },
    { CELL_NUMBER, "1,50", "1.5", "hours", "1.5", 0 },
    { CELL_NUMBER, "-1", "-1", "hours", NULL, 0 },
    { CELL_TEXT, "1\u00a0234,50 zł", NULL, "money", "1234.5", REPAIR_COMMA | REPAIR_SPACES },
    { CELL_NUMBER, "12", "12", "count", "12", 0 },
    { CELL_NUMBER, "2,5", "2.5", "count", NULL, 0 },
    { CELL_TEXT, "TAK", NULL, "xs:boolean", "true", 0 },
    { CELL_BOOLEAN, "FAŁSZ", "false", "xs:boolean", "false", 0 },
    { CELL_TEXT, "Długotrwale  Bezrobotna", NULL, "participantStatus", "longTermUnemployed", 0 },
    { CELL_TEXT, "dlugotrwale bezrobotny", NULL, "participantStatus", "longTermUnemployed", 0 },
    { CELL_TEXT, "  Anna\u00a0 Maria ", NULL, "line", "Anna Maria", REPAIR_SPACES },
    { CELL_NUMBER, "12", "12", "line", "12", 0 },
    { CELL_DATE, "05.07.2009", "2009-07-05", "line", NULL, 0 },
    { CELL_TEXT, "a\nb", NULL, "lines", "a\nb", 0 },
    { CELL_ERROR, "#N/D!", NULL, "line", NULL, 0 },
};

static void cell_becomes_what_the_schema_wants(void **state)
{
    Value v = {0};
    (void)state;
    for (size_t i = 0; i < COUNT(cells); i++) {
        const Case *c = &cells[i];
        const SchemaField f = { .name = "x", .type = c->field };
        const Cell cell = { .kind = c->kind, .text = c->text, .value = c->value };
        bool ok = value_read(&v, &cell, &f, false);
        if (ok != (c->wanted != NULL) || (ok && strcmp(v.text.p, c->wanted)))
            fail_msg("%s as %s gives %s", c->text, c->field, ok ? v.text.p : "nothing");
        if (ok)
            assert_int_equal(v.repairs, c->repairs);
    }
    buf_free(&v.text);
}

/* Leading zeros come back only if the check digit then fits: 01222800603 and 0... (R03). */
static void zeros_come_back_only_when_they_fit(void **state)
{
    static const struct { const char *name, *typed, *wanted; } some[] = {
        { "pesel", "1222800603", "01222800603" }, { "pesel", "1222800604", "1222800604" },
        { "pesel", "68051200428", "68051200428" }, { "pesel", "680 512 00428", "68051200428" },
        { "postalCode", "06100", "06-100" }, { "postalCode", "6100", "6100" },
        { "postalCode", "06-100", "06-100" }, { "phone", "0223456789", "0223456789" },
    };
    Value v = {0};
    (void)state;
    for (size_t i = 0; i < COUNT(some); i++) {
        const SchemaField f = { .name = some[i].name, .type = "line" };
        const Cell cell = { .kind = CELL_TEXT, .text = some[i].typed };
        assert_true(value_read(&v, &cell, &f, false));
        assert_string_equal(v.text.p, some[i].wanted);
    }
    buf_free(&v.text);
}

static void dates_count_from_1904_where_the_list_says_so(void **state)
{
    char iso[11];
    (void)state;
    assert_true(date_from_number(39431, true, iso));    /* 40893 - 1462 */
    assert_string_equal(iso, "2011-12-16");
    assert_false(date_from_number(4999, false, iso));
}

/* ---- lists as text ---- */

static Book *csv(Diags *d, const char *bytes, size_t len)
{
    Book *b = mem_new(sizeof *b);
    b->arena = arena_new();
    b->path = b->file = "lista.csv";
    assert_true(csv_read(b, bytes, len, d));
    return b;
}

static void text_is_read_in_every_encoding(void **state)
{
    static const struct { const char *bytes; size_t len; } same[] = {
        { "Imi\xc4\x99;x\nG\xc5\xbc", 11 }, { "\xef\xbb\xbfImi\xc4\x99,x\nG\xc5\xbc", 14 },
        { "Imi\xea\tx\nG\xbf\t\xb9\x9c", 12 }, { "Imi\xea;x\r\nG\xbf;\xb1\xb6", 13 },
        { "\xff\xfeI\0m\0i\0\x19\x01;\0x\0\n\0G\0\x7c\x01", 20 },
        { "\xfe\xff\0I\0m\0i\x01\x19\0;\0x\0\n\0G\x01\x7c", 20 },
    };
    (void)state;
    for (size_t i = 0; i < COUNT(same); i++) {
        Diags *d = diags_new(LANG_PL);
        Book *b = csv(d, same[i].bytes, same[i].len);
        assert_string_equal(b->sheet.p[0]->row.p[0].cell[0].text, "Imię");
        assert_string_equal(b->sheet.p[0]->row.p[0].cell[1].text, "x");
        assert_string_equal(b->sheet.p[0]->row.p[1].cell[0].text, "Gż");
        book_free(b);
        diags_free(d);
    }
}

static void quotes_hold_separators_and_lines(void **state)
{
    static const char text[] = "a,b\n\"x, \"\"y\"\"\nz\",\"\"\n,q\n";
    Diags *d = diags_new(LANG_PL);
    Book *b = csv(d, text, sizeof text - 1);
    (void)state;
    const Sheet *s = b->sheet.p[0];
    assert_int_equal(s->row.n, 3);
    assert_string_equal(s->row.p[1].cell[0].text, "x, \"y\"\nz");
    assert_int_equal(s->row.p[1].n, 1);
    assert_int_equal(s->row.p[2].cell[0].column, 1);
    book_free(b);
    diags_free(d);
}

/* ---- headings and numbers ---- */

static void names_are_compared_forgivingly(void **state)
{
    (void)state;
    assert_true(fold_same("Data przystąpienia", "DATA  PRZYSTAPIENIA:"));
    assert_true(fold_same("Ukończenia", "ukonczenia"));
    assert_false(fold_same("Grupa 1", "Grupa 2"));
    assert_false(fold_same("", ""));
}

static void pattern_makes_numbers_and_reads_them(void **state)
{
    Arena *a = arena_new();
    (void)state;
    assert_string_equal(register_format(a, "{n}/{course}/{year}", 7, "FRS", "2011"), "7/FRS/2011");
    assert_int_equal(register_serial("7/FRS/2011", "{n}/{course}/{year}", "FRS", "2011"), 7);
    assert_int_equal(register_serial("7/FRS/2011", "{n}/{course}/{year}", "FRS", "2012"), 0);
    assert_int_equal(register_serial("7/FRS/2011a", "{n}/{course}/{year}", "FRS", "2011"), 0);
    assert_int_equal(register_serial("x", "{n}", "", ""), 0);
    arena_free(a);
}

/* ---- mail merge ---- */

static void column_of_a_mail_merge_is_found_through_references(void **state)
{
    static const struct { const char *element, *label, *tag; } some[] = {
        { "participant", "imie", "{{ @firstName }}" },
        { "participant", "Miejscowość", "{{#if address/@city}}{{ address/@city }}{{/if}}" },
        { "participant", "PRZYSTĄPIENIE", "{{ date(@entry) }}" },
        { "certificate", "Numer zaświadczenia", "{{ @number }}" },
        { "certificate", "Nazwisko",
          "{{ ref(ref(@completionRef)/@participantRef)/@lastName }}" },
        { "certificate", "Nazwa kursu", "{{ ref(ref(@completionRef)/@courseRef)/@name }}" },
        { "contract", "Miejscowość", "{{#if ref(@participantRef)/address/@city}}"
          "{{ ref(@participantRef)/address/@city }}{{/if}}" },
        { "participant", "Drugie imię", "{{#if @secondName}}{{ @secondName }}{{/if}}" },
        { "completion", "Kurs", "{{ ref(@courseRef)/@name }}" },
        { "completion", "Uczestnik",
          "{{ ref(@participantRef)/@firstName }} {{ ref(@participantRef)/@lastName }}" },
        { "participant", "Płeć",
          "{{#if @sex = 'F'}}kobieta{{#elif @sex = 'M'}}mężczyzna{{/if}}" },
        { "contract", "Kolor", NULL }, { "nothing", "Imię", NULL },
    };
    (void)state;
    TemplateColumns *c = office_columns_new();
    for (size_t i = 0; i < COUNT(some); i++) {
        Buf tag = {0}, near = {0};
        assert_int_equal(c->tag(c->data, some[i].element, some[i].label, &tag, &near),
                         some[i].tag != NULL);
        if (some[i].tag)
            assert_string_equal(tag.p, some[i].tag);
        buf_free(&tag);
        buf_free(&near);
    }
    office_columns_free(c);
}

static void unknown_column_is_told_with_the_nearest(void **state)
{
    Buf tag = {0}, near = {0};
    (void)state;
    TemplateColumns *c = office_columns_new();
    assert_false(c->tag(c->data, "participant", "Nazwsko", &tag, &near));
    assert_string_equal(near.p, "Nazwisko");
    buf_free(&near);
    office_columns_free(c);
}

static void table_of_a_mail_merge_is_a_sheet_of_the_list(void **state)
{
    (void)state;
    TemplateColumns *c = office_columns_new();
    assert_string_equal(c->records(c->data, "Uczestnicy"), "/project/participants/participant");
    assert_string_equal(c->records(c->data, "ukończenia"), "/project/completions/completion");
    assert_string_equal(c->records(c->data, "programy"), "/project/courses/course/topic");
    assert_null(c->records(c->data, "biblio"));
    office_columns_free(c);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nothing_changed_is_byte_equal),
        cmocka_unit_test(attribute_is_replaced_in_place),
        cmocka_unit_test(attribute_is_removed_with_its_space),
        cmocka_unit_test(child_of_an_empty_element_opens_it),
        cmocka_unit_test(sibling_stands_behind_the_comment_of_its_line),
        cmocka_unit_test(list_is_made_where_the_schema_wants_it),
        cmocka_unit_test(element_is_removed_with_its_line),
        cmocka_unit_test(changed_file_is_not_written_over),
        cmocka_unit_test(invalid_result_is_not_written),
        cmocka_unit_test(cell_becomes_what_the_schema_wants),
        cmocka_unit_test(zeros_come_back_only_when_they_fit),
        cmocka_unit_test(dates_count_from_1904_where_the_list_says_so),
        cmocka_unit_test(text_is_read_in_every_encoding),
        cmocka_unit_test(quotes_hold_separators_and_lines),
        cmocka_unit_test(names_are_compared_forgivingly),
        cmocka_unit_test(pattern_makes_numbers_and_reads_them),
        cmocka_unit_test(column_of_a_mail_merge_is_found_through_references),
        cmocka_unit_test(unknown_column_is_told_with_the_nearest),
        cmocka_unit_test(table_of_a_mail_merge_is_a_sheet_of_the_list),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
