/* SPDX-License-Identifier: MIT */
/* Page breaks and changes of master page around blocks; files that are included. */
#include "test_template.h"

#include "template/internal.h"

#define BREAK(x) "<text:p text:style-name=\"Break\">" x "</text:p>"
#define TWO "<r><p n='A'/><p n='B'/></r>"

static const char plain_style[] =
    "<style:style style:name=\"P1\" style:family=\"paragraph\" "
    "style:parent-style-name=\"Standard\">"
    "<style:paragraph-properties fo:text-align=\"center\"/></style:style>"
    "<style:style style:name=\"M\" style:family=\"paragraph\" style:master-page-name=\"First\"/>"
    "<style:style style:name=\"Tb\" style:family=\"table\"><style:table-properties "
    "style:width=\"5cm\"/></style:style>";

/* What each block of the body begins with: its text, after a slash if it begins a page, and the
 * master page in brackets. */
static void show_breaks(const Result *r, Buf *b)
{
    for (size_t i = 0; i < r->doc.body->n_kid; i++) {
        const OdfNode *n = r->doc.body->kid[i];
        Break k = break_of(r->doc.file, n);
        if (k.master)
            buf_format(b, "[%s]", k.master);
        else if (k.page)
            buf_chr(b, '/');
        odf_plain_text(n, b);
        buf_chr(b, ' ');
    }
}

static void expect_breaks(const char *body, const char *data, const char *expected)
{
    Result r = run_case((Case){ .body = body, .data = data, .automatic = plain_style,
        .masters = "<style:master-page style:name=\"Standard\" style:page-layout-name=\"pm1\"/>"
                   "<style:master-page style:name=\"First\" style:page-layout-name=\"pm1\"/>" });
    if (!r.filled)
        assert_string_equal(r.text.p, "");
    Buf b = { 0 };
    show_breaks(&r, &b);
    assert_string_equal(b.p, expected);
    buf_free(&b);
    case_done(&r);
}

static void a_break_before_the_end_tag_stands_between_the_turns(void **state)
{
    (void)state;
    /* stencil 123, docxtemplater 182: a break between, none after the last */
    expect_breaks(P("x") P("{{#each p}}") P("{{ @n }}") P("z") BREAK("{{/each}}") P("k"), TWO,
        "x A z /B z k ");
    expect_breaks(P("{{#each p}}") "<table:table table:name=\"T\" table:style-name=\"Tb\">"
                  ROW(CELL(P("{{ @n }}"))) "</table:table>"
                  BREAK("{{/each}}"), TWO, "A /B ");
    expect_breaks(P("{{#each p}}") LIST(ITEM("<text:p text:style-name=\"P1\">{{ @n }}</text:p>"))
        BREAK("{{/each}}"), "<r><p n='A'/></r>", "A ");
}

static void a_break_before_the_opening_tag_stands_once_before_the_loop(void **state)
{
    (void)state;
    expect_breaks(P("x") BREAK("{{#each p}}") "<text:p text:style-name=\"P1\">{{ @n }}</text:p>"
        P("{{/each}}"), TWO, "x /A B ");
    expect_breaks(P("x") BREAK("{{#each q}}") P("{{ @n }}") P("{{/each}}") P("y"), TWO, "x y ");
    expect_breaks(P("x") BREAK("{{#if q}}") P("a") P("{{/if}}") P("y"), TWO, "x y ");
    expect_breaks(P("x") BREAK("{{#if p}}") P("a") P("{{/if}}") P("y"), TWO, "x /a y ");
}

static void a_break_before_the_first_content_stands_at_every_turn(void **state)
{
    (void)state;
    expect_breaks(P("x") P("{{#each p}}") BREAK("{{ @n }}") P("{{/each}}") P("y"), TWO,
        "x /A /B y ");
}

static void a_change_of_master_page_moves_to_the_next_block(void **state)
{
    (void)state;
    expect_breaks(P("x") "<text:p text:style-name=\"M\">{{#let a = 1}}</text:p>" P("y"), TWO,
        "x [First]y ");
    expect_breaks(P("x") "<text:p text:style-name=\"M\">{{#if q}}</text:p>" P("y") P("{{/if}}")
        P("z"), TWO, "x [First]z ");
    expect_breaks(P("{{#each p}}") P("{{ @n }}") "<text:p text:style-name=\"M\">{{/each}}</text:p>"
        P("z"), TWO, "A [First]B z ");
}

static void only_the_first_paragraph_of_a_rich_value_begins_a_page(void **state)
{
    (void)state;
    Result r = run_case((Case){
        .body = P("x") "<text:p text:style-name=\"PB\">{{#text v}}</text:p>",
        .data = "<r><v>a\n\nb\n\nc</v></r>",
        .automatic = "<style:style style:name=\"PB\" style:family=\"paragraph\" "
                     "style:parent-style-name=\"Standard\">"
                     "<style:paragraph-properties fo:break-before=\"page\"/></style:style>" });
    Buf b = { 0 };
    show_breaks(&r, &b);
    assert_string_equal(b.p, "x /a b c ");
    buf_free(&b);
    case_done(&r);
}

static void the_style_with_a_break_keeps_the_rest(void **state)
{
    (void)state;
    Result r = run_case((Case){ .body = BREAK("{{! x }}")
        "<text:p text:style-name=\"P1\">a</text:p>", .automatic = plain_style });
    assert_true(r.filled);
    const OdfParaProps *p = odf_para_props(r.doc.file, r.doc.body->kid[0]->style);
    assert_int_equal(p->align, ALIGN_CENTER);
    assert_int_equal(p->break_before, BREAK_PAGE);
    Buf out = { 0 };
    assert_true(odf_write_flat(&r.doc, &(OdfWriteOptions){ "skryba" }, &out, r.diags));
    assert_non_null(strstr(out.p, "P1_break1"));
    buf_free(&out);
    case_done(&r);
}

/* ---- includes ---- */

static void write_part(Result *r, const char *name, const char *body, const char *automatic)
{
    char *path = arena_format(r->arena, "%s/%s", r->folder, name);
    write_flat(path, &(Case){ .body = body, .automatic = automatic });
}

static void remove_part(Result *r, const char *name)
{
    unlink(arena_format(r->arena, "%s/%s", r->folder, name));
}

static void an_included_body_sees_context_and_lets(void **state)
{
    (void)state;
    Case c = { .body = P("a") P("{{#let x = 7}}") P("{{> part}}") P("{{#each p}}")
               P("{{> part with .}}") P("{{/each}}") P("b"),
               .data = "<r n='R'><p n='A'/><p n='B'/></r>" };
    Result r;
    case_open(&r, &c);
    write_part(&r, "part.fodt", P("<text:bookmark text:name=\"m\"/>{{ @n }}{{ $x }}") P("s"), NULL);
    case_fill(&r, &c);
    if (r.filled)
        show_kids(r.doc.body, &r.text);
    else
        show_findings(r.diags, &r.text);
    assert_string_equal(
        r.text.p, "<p>a</p><p><bookmark name=m>R7</p><p>s</p><p><bookmark name=m_2>A7</p><p>s</p>"
                  "<p><bookmark name=m_3>B7</p><p>s</p><p>b</p>");
    remove_part(&r, "part.fodt");
    case_done(&r);
}

static void an_included_file_brings_its_styles(void **state)
{
    (void)state;
    Case c = { .body = "<text:p text:style-name=\"P1\">a</text:p>" P("{{> part}}"),
        .automatic = plain_style };
    Result r;
    case_open(&r, &c);
    write_part(&r, "part.fodt", "<text:p text:style-name=\"P1\">b</text:p>",
               "<style:style style:name=\"P1\" style:family=\"paragraph\" "
               "style:parent-style-name=\"Standard\">"
               "<style:paragraph-properties fo:text-align=\"end\"/></style:style>");
    case_fill(&r, &c);
    assert_true(r.filled);
    assert_int_equal(odf_para_props(r.doc.file, r.doc.body->kid[0]->style)->align, ALIGN_CENTER);
    assert_int_equal(odf_para_props(r.doc.file, r.doc.body->kid[1]->style)->align, ALIGN_RIGHT);
    assert_string_equal(odf_attr(r.doc.body->kid[1], ODF_TEXT_STYLE_NAME), "P1_2");
    Buf out = { 0 };
    assert_true(odf_write_flat(&r.doc, &(OdfWriteOptions){ "skryba" }, &out, r.diags));
    assert_non_null(strstr(out.p, "style:name=\"P1_2\""));
    buf_free(&out);
    remove_part(&r, "part.fodt");
    case_done(&r);
}

static void faults_of_includes_name_the_way(void **state)
{
    (void)state;
    expect_fault(P("{{> nichts}}"), NULL, "no Writer file nichts");
    expect_fault(P("{{> ../x}}"), NULL, "no Writer file ../x");
    expect_fault(P("a {{> x}}"), NULL, "must be alone");
    Case c = { .body = P("{{> part}}") };
    Result r;
    case_open(&r, &c);
    write_part(&r, "part.fodt", P("{{> part}}") P("{{ ( }}"), NULL);
    case_fill(&r, &c);
    assert_null(r.template);
    show_findings(r.diags, &r.text);
    assert_non_null(strstr(r.text.p, "includes itself"));
    assert_non_null(strstr(r.text.p, "note: this file is included here"));
    remove_part(&r, "part.fodt");
    case_done(&r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_break_before_the_end_tag_stands_between_the_turns),
        cmocka_unit_test(a_break_before_the_opening_tag_stands_once_before_the_loop),
        cmocka_unit_test(a_break_before_the_first_content_stands_at_every_turn),
        cmocka_unit_test(a_change_of_master_page_moves_to_the_next_block),
        cmocka_unit_test(only_the_first_paragraph_of_a_rich_value_begins_a_page),
        cmocka_unit_test(the_style_with_a_break_keeps_the_rest),
        cmocka_unit_test(an_included_body_sees_context_and_lets),
        cmocka_unit_test(an_included_file_brings_its_styles),
        cmocka_unit_test(faults_of_includes_name_the_way),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
