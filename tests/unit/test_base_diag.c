/* SPDX-License-Identifier: MIT */
/* base/: findings, their order, their look, what they count to. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>

#include "base/base.h"

static char *printed;
static size_t printed_len;

/* What diags_print() writes; valid until the next call. */
static const char *print(Diags *d, DiagStyle style)
{
    free(printed);
    FILE *f = open_memstream(&printed, &printed_len);
    diags_print(d, f, &style);
    fclose(f);
    return printed;
}

static const char *summary(const Diags *d)
{
    free(printed);
    FILE *f = open_memstream(&printed, &printed_len);
    diags_summary(d, f);
    fclose(f);
    return printed;
}

static Place at(const char *file, unsigned line, unsigned column)
{
    return (Place){ .file = file, .line = line, .column = column };
}

static void rule(Diags *d, Severity sev, Place place, const char *text)
{
    diag_add_rule(d, sev, "R", &place, text, NULL);
}

static void findings_come_in_order_of_place(void **state)
{
    (void)state;
    Diags *d = diags_new(LANG_EN);
    rule(d, SEV_ERROR, at("b.xml", 1, 1), "seven");
    rule(d, SEV_ERROR, at("a.xml", 10, 1), "five");
    rule(d, SEV_WARNING, at("a.xml", 10, 12), "six");
    rule(d, SEV_ERROR, at("a.xml", 9, 2), "three");
    rule(d, SEV_INFO, at("a.xml", 9, 2), "four");
    rule(d, SEV_ERROR, at("a.xml", 0, 0), "two");
    diag_add_rule(d, SEV_ERROR, "R", NULL, "one", NULL);
    assert_string_equal(print(d, (DiagStyle){0}),
                        "skryba: error: one [R]\n"
                        "a.xml: error: two [R]\n"
                        "a.xml:9:2: error: three [R]\n"
                        "a.xml:9:2: info: four [R]\n"
                        "a.xml:10:1: error: five [R]\n"
                        "a.xml:10:12: warning: six [R]\n"
                        "b.xml:1:1: error: seven [R]\n");
    assert_string_equal(print(d, (DiagStyle){0}), "");  /* forgotten */
    assert_int_equal(diags_count(d, SEV_ERROR), 5);     /* but counted */
    diags_free(d);
}

static void equal_places_keep_the_order_of_arrival(void **state)
{
    (void)state;
    Diags *d = diags_new(LANG_EN);
    char want[20000] = "";
    for (int i = 0; i < 300; i++) {
        char text[8];
        snprintf(text, sizeof text, "%d", i);
        rule(d, SEV_ERROR, at("f", 3, 0), text);
        snprintf(want + strlen(want), sizeof want - strlen(want), "f:3: error: %d [R]\n", i);
    }
    assert_string_equal(print(d, (DiagStyle){0}), want);
    diags_free(d);
}

static void messages_are_filled_in_both_languages(void **state)
{
    (void)state;
    Diags *d = diags_new(LANG_EN);
    diag_add(d, DIAG_file_missing, NULL, "50%1", "%2 and %", (char *)NULL);
    assert_string_equal(print(d, (DiagStyle){0}),
                        "skryba: error: cannot open 50%1: %2 and % [file-missing]\n");
    diags_free(d);
    d = diags_new(LANG_PL);
    diag_add(d, DIAG_file_missing, NULL, "a", "b", (char *)NULL);
    diag_add(d, DIAG_file_write, NULL, "a", "b", (char *)NULL);
    assert_string_equal(print(d, (DiagStyle){0}),
                        "skryba: błąd: nie można otworzyć a: b [file-missing]\n"
                        "skryba: błąd: nie można zapisać a: b [file-write]\n"
                        "uwaga: po tym pliku nic nie zostało\n");
    diags_free(d);
}

/* An argument that is missing leaves its mark: better seen than a crash. */
static void missing_argument_stays_a_mark(void **state)
{
    (void)state;
    Diags *d = diags_new(LANG_EN);
    diag_add(d, DIAG_file_missing, NULL, "a", (char *)NULL);
    assert_string_equal(print(d, (DiagStyle){ 0 }),
                        "skryba: error: cannot open a: %2 [file-missing]\n");
    diags_free(d);
}

static void every_diagnostic_has_both_languages_and_the_same_marks(void **state)
{
    (void)state;
    for (int i = 0; i < DIAG_COUNT; i++) {
        const DiagText *t = diag_text((DiagId)i);
        assert_true(t->text[LANG_EN] && *t->text[LANG_EN]);
        assert_true(t->text[LANG_PL] && *t->text[LANG_PL]);
        if (!t->hint[LANG_EN] != !t->hint[LANG_PL])
            fail_msg("%s has a hint in one language only", t->id);
        for (int lang = 0; lang < 2; lang++)
            assert_true(utf8_valid(t->text[lang], strlen(t->text[lang])));
        for (char k = '1'; k <= '9'; k++) {
            char mark[3] = { '%', k, 0 };
            bool en = strstr(t->text[0], mark) || (t->hint[0] && strstr(t->hint[0], mark));
            bool pl = strstr(t->text[1], mark) || (t->hint[1] && strstr(t->hint[1], mark));
            if (en != pl)
                fail_msg("%s: %s stands in one language only", t->id, mark);
        }
    }
}

static void notes_follow_their_finding(void **state)
{
    (void)state;
    Diags *d = diags_new(LANG_EN);
    Place here = at("a.xml", 4, 2), there = at("a.xml", 1, 7);
    Finding *f = diag_add_rule(d, SEV_ERROR, "R07", &here, "text", "do this");
    diag_note(f, &there, "the first one");
    diag_note(f, NULL, "and more");
    Place label = { .file = "t.fodt", .label = "page 2, paragraph 5" };
    diag_add_rule(d, SEV_WARNING, "R08", &label, "look", NULL);
    assert_string_equal(print(d, (DiagStyle){0}),
                        "a.xml:4:2: error: text [R07]\n"
                        "a.xml:1:7: note: the first one\n"
                        "note: and more\n"
                        "note: do this\n"
                        "t.fodt: page 2, paragraph 5: warning: look [R08]\n");
    diags_free(d);
}

/* ---- the source line ---- */

static void caret_stands_under_the_column_by_characters(void **state)
{
    (void)state;
    Diags *d = diags_new(LANG_EN);
    Place p = { .file = "f", .line = 1, .column = 5, .width = 3, .source = "żół kot lasu" };
    rule(d, SEV_ERROR, p, "x");
    p.column = 1;
    p.width = 0;
    rule(d, SEV_ERROR, (p.line = 2, p), "y");
    p.column = 0;
    rule(d, SEV_ERROR, (p.line = 3, p), "z");
    assert_string_equal(print(d, (DiagStyle){0}),
                        "f:1:5: error: x [R]\n  żół kot lasu\n      ^~~\n"
                        "f:2:1: error: y [R]\n  żół kot lasu\n  ^\n"
                        "f:3: error: z [R]\n  żół kot lasu\n");
    diags_free(d);
}

/* The window of a long line holds the column; the caret is under the character it means. */
static void caret_hits_its_character_in_a_long_line(void **state)
{
    (void)state;
    static const unsigned columns[] = { 1, 2, 69, 70, 71, 72, 99, 100, 101, 500, 999, 1000 };
    char source[2001] = "";
    for (int i = 0; i < 1000; i++)
        memcpy(source + 2 * i, i % 2 ? "ą" : "ę", 2);
    for (size_t i = 0; i < COUNT(columns); i++) {
        Diags *d = diags_new(LANG_EN);
        char marked[2001];
        memcpy(marked, source, sizeof marked);
        memcpy(marked + 2 * (columns[i] - 1), "Ż", 2);
        Place p = { .file = "f", .line = 1, .column = columns[i], .source = marked };
        rule(d, SEV_ERROR, p, "x");
        const char *line = strchr(print(d, (DiagStyle){0}), '\n') + 1;
        const char *below = strchr(line, '\n') + 1, *caret = strchr(below, '^'),
                   *hit = strstr(line, "Ż");
        assert_non_null(hit);
        assert_non_null(caret);
        assert_int_equal(utf8_count(line, (size_t)(hit - line)), caret - below);
        assert_true(utf8_count(line, (size_t)(below - line)) < 120);
        assert_true(utf8_valid(line, strlen(line)));
        diags_free(d);
    }
}

static void long_mark_ends_with_the_window(void **state)
{
    (void)state;
    char source[301];
    memset(source, 'a', 300);
    source[300] = 0;
    Diags *d = diags_new(LANG_EN);
    Place p = { .file = "f", .line = 1, .column = 3, .width = 250, .source = source };
    rule(d, SEV_ERROR, p, "x");
    const char *t = print(d, (DiagStyle){ 0 }), *line = strchr(t, '\n') + 1,
               *below = strchr(line, '\n') + 1;
    assert_true(strlen(below) <= utf8_count(line, (size_t)(below - line)));
    diags_free(d);
}

/* ---- nothing of the input may steer a terminal ---- */

static bool steers(const char *t)
{
    const char *end = t + strlen(t);
    for (int n; t < end; t += n) {
        uint32_t c = utf8_get(t, end, &n);
        if ((c < 0x20 && c != '\n') || (c >= 0x7f && c < 0xa0) || (c == 0xfffd && n == 1))
            return true;
    }
    return false;
}

static const char *with_text(const char *text)
{
    Diags *d = diags_new(LANG_EN);
    Place p = { .file = text, .line = 1, .column = 2, .source = text }, label = { .label = text };
    Finding *f = diag_add_rule(d, SEV_ERROR, "R", &p, text, text);
    diag_note(f, &p, text);
    diag_add(d, DIAG_file_missing, &label, text, text, (char *)NULL);
    const char *r = print(d, (DiagStyle){0});
    diags_free(d);
    return r;
}

static void control_characters_do_not_reach_the_terminal(void **state)
{
    (void)state;
    assert_false(steers(with_text("a\33[31mb\rc\bd\te\7\x7f")));
    assert_false(steers(with_text("two\nlines")));
    const char *t = with_text("two\nlines");
    for (const char *s = t; (s = strstr(s, "two")); s++)
        assert_true(str_starts(s, "two lines"));
}

/* U+009B begins a control sequence, as ESC [ does (ECMA-48 5.4). */
static void second_set_of_control_characters_does_not_reach_it_either(void **state)
{
    (void)state;
    assert_false(steers(with_text("a\xc2\x9b""31mb")));
}

static void broken_utf8_does_not_reach_the_terminal(void **state)
{
    (void)state;
    assert_false(steers(with_text("a\x9b""31mb\xff")));
}

static void json_has_all_keys_and_escapes_what_it_must(void **state)
{
    (void)state;
    Diags *d = diags_new(LANG_PL);
    Place place = at("a\"b.xml", 3, 2);
    place.width = 4;
    Finding *f = diag_add_rule(d, SEV_WARNING, "R1", &place, "tab\t \\ \xff \302\205 ż", NULL);
    diag_note(f, &(Place){ .label = "strona 2" }, "tu");
    assert_string_equal(print(d, (DiagStyle){ .json = true }),
                        "{\"severity\":\"warning\",\"id\":\"R1\",\"file\":\"a\\\"b.xml\",\"line\":3,"
                        "\"column\":2,\"place\":null,\"width\":4,"
                        "\"text\":\"tab\\u0009 \\\\ \uFFFD \\u0085 ż\",\"remedy\":null,"
                        "\"notes\":[{\"file\":null,\"line\":null,\"column\":null,"
                        "\"place\":\"strona 2\",\"text\":\"tu\"}]}\n");
    diags_free(d);
}

static void colour_only_where_it_is_asked_for(void **state)
{
    (void)state;
    Diags *d = diags_new(LANG_EN);
    Place p = { .file = "f", .line = 1, .column = 1, .source = "abc" };
    rule(d, SEV_ERROR, p, "x");
    assert_string_equal(print(d, (DiagStyle){ .color = true }),
                        "f:1:1: \33[31merror:\33[0m x [R]\n  abc\n  \33[32m^\33[0m\n");
    diags_free(d);
}

/* ---- counts ---- */

static void first_findings_are_shown_and_the_others_counted(void **state)
{
    (void)state;
    static const char *const more[2] = { "skryba: 3 more left out (--max)\n",
                                         "skryba: pominięto 3 dalszych (--max)\n" };
    for (int lang = 0; lang < 2; lang++) {
        Diags *d = diags_new((Lang)lang);
        for (unsigned i = 5; i; i--)
            rule(d, SEV_ERROR, at("f", i, 0), "x");
        const char *t = print(d, (DiagStyle){ .max = 2 });
        assert_non_null(strstr(t, "f:1:"));
        assert_non_null(strstr(t, "f:2:"));
        assert_null(strstr(t, "f:3:"));
        assert_non_null(strstr(t, more[lang]));
        assert_int_equal(diags_count(d, SEV_ERROR), 5);
        diags_free(d);
    }
}

static void status_is_that_of_the_gravest_finding(void **state)
{
    (void)state;
    Diags *d = diags_new(LANG_EN);
    assert_int_equal(diags_status(d, true), EXIT_DONE);
    rule(d, SEV_INFO, at("f", 1, 1), "x");
    rule(d, SEV_ACCEPTED, at("f", 1, 1), "x");
    assert_int_equal(diags_status(d, true), EXIT_DONE);
    Finding *f = diag_add_rule(d, SEV_WARNING, "R", NULL, "x", NULL);
    assert_int_equal(diags_status(d, false), EXIT_DONE);
    assert_int_equal(diags_status(d, true), EXIT_INPUT);
    diag_severity(f, SEV_ERROR);
    assert_int_equal(diags_status(d, false), EXIT_INPUT);
    assert_int_equal(diags_count(d, SEV_WARNING), 0);
    diag_severity(f, SEV_ACCEPTED);
    assert_int_equal(diags_status(d, true), EXIT_DONE);
    rule(d, SEV_SYSTEM, at("f", 1, 1), "x");
    rule(d, SEV_ERROR, at("f", 1, 1), "x");
    assert_int_equal(diags_status(d, false), EXIT_SYSTEM);
    diags_free(d);
}

static void count_of(Lang lang, size_t errors, const char *want)
{
    Diags *d = diags_new(lang);
    for (size_t i = 0; i < errors; i++)
        diag_add_rule(d, SEV_ERROR, "R", NULL, "x", NULL);
    assert_string_equal(summary(d), want);
    diags_free(d);
}

/* Plural forms of CLDR for Polish: one 1; few 2-4, 22-24 ...; many the others, 12-14 and 21 too. */
static void summary_has_the_polish_plurals(void **state)
{
    (void)state;
    count_of(LANG_PL, 0, "");
    count_of(LANG_PL, 1, "1 błąd\n");
    count_of(LANG_PL, 2, "2 błędy\n");
    count_of(LANG_PL, 4, "4 błędy\n");
    count_of(LANG_PL, 5, "5 błędów\n");
    count_of(LANG_PL, 11, "11 błędów\n");
    count_of(LANG_PL, 12, "12 błędów\n");
    count_of(LANG_PL, 14, "14 błędów\n");
    count_of(LANG_PL, 21, "21 błędów\n");
    count_of(LANG_PL, 22, "22 błędy\n");
    count_of(LANG_PL, 101, "101 błędów\n");
    count_of(LANG_PL, 103, "103 błędy\n");
    count_of(LANG_PL, 112, "112 błędów\n");
    count_of(LANG_EN, 1, "1 error\n");
    count_of(LANG_EN, 2, "2 errors\n");
}

static void summary_names_all_kinds(void **state)
{
    (void)state;
    static const char *const want[2] = {
        "3 errors, 1 warning, 2 infos, 1 accepted\n",
        "3 błędy, 1 ostrzeżenie, 2 informacje, 1 przyjęte\n",
    };
    for (int lang = 0; lang < 2; lang++) {
        Diags *d = diags_new((Lang)lang);
        static const Severity all[] = { SEV_ERROR, SEV_SYSTEM, SEV_ERROR, SEV_WARNING, SEV_INFO,
                                        SEV_INFO, SEV_ACCEPTED };
        for (size_t i = 0; i < COUNT(all); i++)
            diag_add_rule(d, all[i], "R", NULL, "x", NULL);
        print(d, (DiagStyle){0});
        assert_string_equal(summary(d), want[lang]);
        diags_free(d);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(findings_come_in_order_of_place),
        cmocka_unit_test(equal_places_keep_the_order_of_arrival),
        cmocka_unit_test(messages_are_filled_in_both_languages),
        cmocka_unit_test(missing_argument_stays_a_mark),
        cmocka_unit_test(every_diagnostic_has_both_languages_and_the_same_marks),
        cmocka_unit_test(notes_follow_their_finding),
        cmocka_unit_test(caret_stands_under_the_column_by_characters),
        cmocka_unit_test(caret_hits_its_character_in_a_long_line),
        cmocka_unit_test(long_mark_ends_with_the_window),
        cmocka_unit_test(control_characters_do_not_reach_the_terminal),
        cmocka_unit_test(second_set_of_control_characters_does_not_reach_it_either),
        cmocka_unit_test(broken_utf8_does_not_reach_the_terminal),
        cmocka_unit_test(json_has_all_keys_and_escapes_what_it_must),
        cmocka_unit_test(colour_only_where_it_is_asked_for),
        cmocka_unit_test(first_findings_are_shown_and_the_others_counted),
        cmocka_unit_test(status_is_that_of_the_gravest_finding),
        cmocka_unit_test(summary_has_the_polish_plurals),
        cmocka_unit_test(summary_names_all_kinds),
    };
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    free(printed);
    return failed;
}
