/* SPDX-License-Identifier: MIT */
/* Faults of templates and of records: all at once, each with its place, the tag as typed and the
 * words around it (users.md 3.4). */
#include "test_template.h"

static const struct { const char *body, *message; } faults[] = {
    { P("a {{ @n"), "{{ without }} in the same paragraph [template-open]" },
    { P("a {{ @n {{ @m }}"), "{{ without }}" },
    { P("{{ @n") P("}}"), "{{ without }}" },
    { P("{{ 'a }}"), "a quotation mark without its end: {{ 'a }}" },
    { P("{{ }}"), "nothing to compute in {{ }}" },
    { P("{{#each}}x{{/each}}"), "nothing to compute in {{#each}}" },
    { P("{{#for x}}"), "unknown tag {{#for x}}" },
    { P("{{ a b }}"), "not an XPath expression" },
    { P("{{ particulate( }}"), "[expr-" },
    { P("{{each p}}"), "is {{#each}} meant?" },
    { P("{{ nofunction(@a) }}"), "unknown function nofunction()" },
    { P("{{ x:y }}"), "unknown namespace prefix x" },
    { P("{{#each p soort @n}}{{/each}}"), "this is too much: soort @n" },
    { P("{{#each p sort}}{{/each}}"), "nothing to compute" },
    { P("{{#each p by line}}{{/each}}"), "behind by must stand" },
    { P("{{#if a by}}{{/if}}"), "behind by must stand" },
    { P("{{#let 1 = 2}}"), "must read {{#let NAME = XPATH}}" },
    { P("{{#let x}}"), "must read {{#let NAME = XPATH}}" },
    { P("{{> }}"), "names no file" },
    { P("{{#each p}}"), "{{#each p}} has no {{/each}}" },
    { P("{{#if p}}x{{/each}}"), "{{/each}} without {{#each}}" },
    { P("{{/if}}"), "{{/if}} without {{#if}}" },
    { P("{{#each p}}{{#if p}}x{{/each}}"), "{{#if p}} has no {{/if}}" },
    { P("{{#else}}"), "{{#else}} does not belong here" },
    { P("{{#each p}}{{#elif p}}{{/each}}"), "{{#elif p}} does not belong here" },
    { P("{{#if p}}{{#else}}{{#else}}{{/if}}"), "{{#else}} does not belong here" },
    { P("{{#if p by paragraph}}a{{#else}}b{{/if}}"),
        "{{#else}} cannot stand where {{#if p by paragraph}} chooses" },
    { P("{{#if p}}") LIST(ITEM(P("{{/if}}"))), "cannot be repeated together" },
    { TABLE(ROW(CELL(P("{{#if p}}")))) P("{{/if}}"), "cannot be repeated together" },
    { P("a {{#each p}}") P("b") P("{{/each}}"), "there is text before {{#each p}}" },
    { P("{{#each p}}") P("b") P("{{/each}} c"), "there is text behind {{/each}}" },
    { P("{{#if p}}") P("a {{#else}} b") P("{{/if}}"), "{{#else}} stands in the middle" },
    { TABLE(HEADS(ROW(CELL(P("{{#each p}}")))) ROW(CELL(P("{{/each}}")))),
        "begins in the header rows" },
    { TABLE(ROW("<table:table-cell table:number-rows-spanned=\"2\">" P("a") "</table:table-cell>"
            CELL(P("b")))
            ROW("<table:covered-table-cell/>" CELL(P("{{#each p}}")))
            ROW(CELL(P("x")) CELL(P("{{/each}}")))), "a cell spanning several rows crosses" },
    { P("{{#each p by row}}x{{/each}}"), "has no such unit around it" },
    { P("{{#if a}}x{{#each p by paragraph}}{{/each}}{{/if}}"), "reaches out of {{#if a}}" },
    { TABLE(ROW(CELL(P("{{#each p}}"))) ROW(CELL(P("{{/each}}{{#each q}}x")))
        ROW(CELL(P("{{/each}}")))), "want the same row" },
    { P("x {{#text p}}"), "must be alone in its paragraph" },
    { P("{{#image @f}}"), "belongs in the title of a frame" },
    { P("<draw:frame><svg:title>x {{#image @f}}</svg:title></draw:frame>"),
        "belongs in the title of a frame" },
    { "<table:table><table:table-row table:number-rows-repeated=\"99999\">" CELL(P(""))
      "</table:table-row></table:table>",
      "repeated more than 4096 times" },
};

static void each_fault_is_named(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(faults); i++)
        expect_fault(faults[i].body, "<r/>", faults[i].message);
}

static void all_faults_are_found_at_once_with_their_places(void **state)
{
    (void)state;
    Result r = run_case((Case){
        .body = P("Zaświadcza się, że Pani {{ concat(@a }} ukończyła kurs prawa jazdy kategorii B")
            P("ok") TABLE(ROW(CELL(P("{{#each p}}"))) ROW(CELL(P("{{ nie() }}")))),
        .masters = "<style:master-page style:name=\"Standard\" "
                   "style:page-layout-name=\"pm1\"><style:header>" P(
                       "{{/if}}") "</style:header></style:master-page>",
        .properties = "<dc:title>{{ x y }}</dc:title><meta:user-defined "
                      "meta:name=\"skryba.file\">{{ 1 + }}</meta:user-defined>" });
    assert_null(r.template);
    static const char *const parts[] = {
        "paragraph 1: error: not an XPath expression",
            "Zaświadcza się, że Pani {{ concat(@a }} ukończyła kurs prawa jazdy ka…",
        "{{#each p}} has no {{/each}}", "unknown function nie()", "header",
        "{{/if}} without {{#if}}",
        "document title: error: ", "property skryba.file: error: " };
    for (size_t i = 0; i < COUNT(parts); i++)
        if (!strstr(r.text.p, parts[i]))
            assert_string_equal(r.text.p, parts[i]);
    assert_int_equal(diags_count(r.diags, SEV_ERROR), 6);
    case_done(&r);
}

static void both_ends_are_named(void **state)
{
    (void)state;
    /* M2Doc 410: which loop has no end? */
    expect_fault(P("{{#each p}}") P("{{#if a}}") P("x") P("{{/each}}"), NULL,
        "before this tag: {{/each}}");
    expect_fault(P("{{#if p}}") LIST(ITEM(P("{{/if}}"))), NULL, "the other end is here: {{/if}}");
}

static void the_caret_stands_under_the_fault(void **state)
{
    (void)state;
    expect_fault(P("Ala {{ @a + nie(1) }} ma"), NULL,
        "\n  Ala {{ @a + nie(1) }} ma\n              ^\n");
}

static void errors_of_a_record_come_all_at_once_and_name_it(void **state)
{
    (void)state;
    Result r = run_case((Case){ .body = P("{{ @a }}") P("x {{ @b }} {{ @n }}")
                                P("{{#each p}}{{ @m }}{{/each}}"),
                                .data = "<r id='r7' n='1'><p id='p1'/><p m='x'/></r>" });
    assert_false(r.filled);
    assert_int_equal(diags_count(r.diags, SEV_ERROR), 3);
    assert_non_null(strstr(r.text.p, "paragraph 1: error: no value: @a"));
    assert_non_null(strstr(r.text.p, "paragraph 2: error: no value: @b"));
    assert_non_null(strstr(r.text.p, "record 1 of 1: r r7"));
    assert_non_null(strstr(r.text.p, "in p p1"));
    case_done(&r);
}

static void an_empty_value_is_not_missing_and_default_helps(void **state)
{
    (void)state;
    expect(P("[{{ @a }}{{ default(@b, '-') }}]"), "<r a=''/>", "<p>[-]</p>");
}

static void what_uses_a_let_that_failed_is_not_told_again(void **state)
{
    (void)state;
    Result r = run_case((Case){ .body = P("{{#let x = ref(@a)}}") P("{{ $x/@b }} {{ @c }}"),
        .data = "<r a='u'/>" });
    assert_false(r.filled);
    assert_int_equal(diags_count(r.diags, SEV_ERROR), 2);
    case_done(&r);
}

static void one_tag_does_not_fill_the_report(void **state)
{
    (void)state;
    Buf b = { 0 };
    buf_str(&b, "<r>");
    for (int i = 0; i < 100; i++)
        buf_str(&b, "<p/>");
    buf_str(&b, "</r>");
    Result r = run_case((Case){ .body = P("{{#each p}}{{ @m }}{{/each}}"), .data = b.p });
    assert_int_equal(diags_count(r.diags, SEV_ERROR), 5);
    buf_free(&b);
    case_done(&r);
}

static void an_endless_work_is_stopped(void **state)
{
    (void)state;
    Buf b = { 0 };
    buf_str(&b, "<r>");
    for (int i = 0; i < 100; i++)
        buf_str(&b, "<p/>");
    buf_str(&b, "</r>");
    Result r = run_case((Case){
        .body =
            P("{{#each p}}{{#each ../p}}{{#each ../p}}{{#each ../p}}{{#each ../p}}{{#if 0}}{{/if}}"
              "{{/each}}{{/each}}{{/each}}{{/each}}{{/each}}"),
        .data = b.p });
    assert_false(r.filled);
    assert_non_null(strstr(r.text.p, "takes more than"));
    buf_free(&b);
    case_done(&r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_fault_is_named),
        cmocka_unit_test(all_faults_are_found_at_once_with_their_places),
        cmocka_unit_test(both_ends_are_named),
        cmocka_unit_test(the_caret_stands_under_the_fault),
        cmocka_unit_test(errors_of_a_record_come_all_at_once_and_name_it),
        cmocka_unit_test(an_empty_value_is_not_missing_and_default_helps),
        cmocka_unit_test(what_uses_a_let_that_failed_is_not_told_again),
        cmocka_unit_test(one_tag_does_not_fill_the_report),
        cmocka_unit_test(an_endless_work_is_stopped),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
