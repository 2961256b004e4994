/* SPDX-License-Identifier: MIT */
/* What lint sees without data, and what it keeps silent about: a finding on a right template would
 * teach people not to read them. */
#include "test_template.h"

#include "project/project.h"

typedef struct { const char *schema; bool fonts; } With;

static int fonts_asked;

static const char *no_font(void *data, const OdfTextProps *text)
{
    (void)data;
    fonts_asked++;
    return str_equal(text->family, "Arial") ? "Liberation Sans" : NULL;
}

/* The findings of a template's lint; the result is freed by case_done(). */
static Result lint_case(Case c, With w)
{
    Result r;
    case_open(&r, &c);
    LintOptions o = { .schema = project_schema_open(w.schema, r.diags), .schema_file = w.schema,
                      .font = w.fonts ? no_font : NULL };
    r.template = template_open(r.path, &c.options, r.env, r.diags);
    assert_non_null(r.template);
    template_lint(r.template, &o, r.diags);
    show_findings(r.diags, &r.text);
    buf_str(&r.text, "");
    project_schema_free((ProjectSchema *)(uintptr_t)o.schema);
    return r;
}

#define TITLE "<dc:title>T</dc:title>"

static void expect_silence(const char *body)
{
    Result r = lint_case((Case){ .body = body, .properties = TITLE }, (With){ 0 });
    assert_string_equal(r.text.p, "");
    case_done(&r);
}

static void expect_finding(const char *body, const char *part)
{
    Result r = lint_case((Case){ .body = body, .properties = TITLE }, (With){ 0 });
    if (!strstr(r.text.p, part))
        assert_string_equal(r.text.p, part);
    case_done(&r);
}

#define PEOPLE "participants/participant"

static const char *const silent[] = {
    P("{{ title }} {{ @status }} {{ period/@start }} {{ /project/title }} {{ //course/@id }}"),
    /* contexts: blocks in blocks, upwards, by reference, in keys, in branches */
    P("{{#each " PEOPLE "}}{{ @firstName }}{{#each address}}{{ @city }} {{ ../@lastName }}{{/each}}"
      "{{/each}}{{ title }}"),
    P("{{#each completions/completion}}{{ ref(@participantRef)/@lastName }}{{/each}}"),
    P("{{#each " PEOPLE " group @sex sort @lastName desc, @firstName}}{{ count(group()) }} "
      "{{ group()[1]/@id }}{{/each}}"),
    P("{{#each " PEOPLE "}}{{ @id }}{{#else}}{{ title }}{{/each}}"),
    /* a block of a row: the text of its other cells goes with it */
    TABLE(HEADS(ROW(CELL(P("a")) CELL(P("b")) CELL(P("c"))))
          ROW(CELL(P("{{ @lastName }}")) CELL(P("{{#each " PEOPLE "}}")) CELL(P("{{/each}}")))),
    TABLE(HEADS(ROW(CELL(P("a")) CELL(P("b"))))
          ROW(CELL(P("{{ @lastName }}")) CELL(P("{{#each " PEOPLE " by row}}x{{/each}}")))),
    /* what cannot be known */
    P("{{ *[1]/@name }} {{ id('x')/@name }} {{#each *}}{{ @id }}{{ title }}{{/each}}"),
    P("{{ ancestor::project/title }} {{ organisations/*/@name }} {{ courses/course[1]/@* }}"),
    P("{{#each courses/course}}{{ following-sibling::course[1]/@name }}{{/each}}"),
    P("{{#each organisations/organisation | courses/course}}{{ @name }}{{/each}}"),
    P("{{ @xml:lang }} {{ title/text() }} {{ count(//node()) }} {{ name(..) }}"),
    /* names of all kinds of blocks */
    P("{{#let a = title}}{{#if $a}}{{#let b = $a}}{{ $b }}{{/if}}{{ $a }}"),
    P("{{#each " PEOPLE "}}{{#let p = .}}") P("{{ $p/@firstName }}") P("{{/each}}"),
    /* money without fractions; what is asked for before it is put together */
    P("{{ money(budget/@total) }} {{#if grosze(budget/source/@amount) = grosze(budget/@total)}}x"
      "{{/if}}{{#if budget/@total &gt; 0}}y{{/if}}{{ percent(budget/@total, budget/@total) }}"),
    P("{{#each " PEOPLE "}}{{#if not(@phone)}}-{{#else}}{{ concat(@phone, '') }}{{/if}}{{/each}}"),
    P("{{#let a = " PEOPLE "[1]}}{{#if $a/@phone}}{{#each courses/course}}"
      "{{ string($a/@phone) }}{{/each}}{{/if}}"),
    /* text that only looks like what is looked for */
    P("i tak dalej... Ala i Ola w domu o A B C") P("2007–2013; z o.o.; nr 1.2.3.4.5"),
    P("{{ default(title, '..........') }} {{ default(title, 'U M O W A') }}"),
    TABLE(ROW(CELL(P("")) CELL(P("x"))) ROW(CELL(P("Data")) CELL(P("")))) P(""),
    P("<office:annotation>" P("{{ bad } U M O W A ........") "</office:annotation>x"),
    SECTION(P("a")) "<text:section text:name=\"H\" text:display=\"none\">" P("") P("..........")
        "</text:section>" P("b"),
};

static void right_templates_are_passed_in_silence(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(silent); i++)
        expect_silence(silent[i]);
}

static void each_step_is_looked_up(void **state)
{
    (void)state;
    expect_finding(P("{{#each courses/course[@nam = 'x']}}{{/each}}"),
                   "course has no attribute nam");
    expect_finding(P("{{ count(courses/course/topik) }}"), "there is no element topik in course");
    expect_finding(P("{{ default(courses/@nam, 1) }}"), "courses has no attribute nam");
    expect_finding(P("{{ join(" PEOPLE "[@sex = 'F']/@fristName, ', ') }}"), "mean @firstName?");
    expect_finding(P("{{#text opis}}"), "there is no element opis in project");
    expect_finding(P("{{#each " PEOPLE "}}{{#let a = address}}{{ $a/@cityy }}{{/each}}"),
                   "address has no attribute cityy");
    expect_finding(P("{{ self::projekt }} {{ child::titel }} {{ attribute::stat }}"),
                   "there is no element titel in project");
    expect_finding(P("{{ -(budget/@totall) }}"), "budget has no attribute totall");
}

static void a_template_with_faults_is_looked_at_all_the_same(void **state)
{
    (void)state;
    Result r = lint_case((Case){ .body = P("{{ nie( }}") P("{{#each courses/course}}{{ @nam }}")
                                         P("......"), .properties = TITLE }, (With){ 0 });
    assert_false(template_sound(r.template));
    assert_int_equal(diags_count(r.diags, SEV_ERROR), 3);
    assert_int_equal(diags_count(r.diags, SEV_WARNING), 1);
    case_done(&r);
}

static void findings_come_in_the_order_of_the_document(void **state)
{
    (void)state;
    Result r = lint_case((Case){
        .body = P("......") P("{{ nie() }}") P("{{ @a1 }} {{ nie() }} {{ @a2 }}") P("U M O W A"),
        .properties = TITLE }, (With){ 0 });
    const char *last = r.text.p;
    static const char *const order[] = { "paragraph 1", "paragraph 2", "attribute a1",
                                         "paragraph 3: error: unknown function", "attribute a2",
                                         "paragraph 4" };
    for (size_t i = 0; i < COUNT(order); i++) {
        const char *at = strstr(last, order[i]);
        assert_non_null(at);
        last = at + 1;
    }
    case_done(&r);
}

static void without_a_schema_no_name_is_wrong(void **state)
{
    (void)state;
    Result r = lint_case((Case){ .body = P("{{ a/b/@c }} {{ //d }} {{ sum(e) }} {{ ref(f)/g }}"),
                                 .properties = TITLE }, (With){ .schema = "none" });
    assert_string_equal(r.text.p, "");
    case_done(&r);
}

static void a_font_is_asked_for_once_and_told_where_it_is_used_first(void **state)
{
    (void)state;
    fonts_asked = 0;
    Result r = lint_case((Case){
        .body = P("a") P("b " SPAN("A", "c") " " SPAN("A", "d")) P(SPAN("A", "{{ title }}")),
        .automatic = "<style:style style:name=\"A\" style:family=\"text\"><style:text-properties "
                     "fo:font-family=\"Arial\"/></style:style>",
        .properties = TITLE }, (With){ .fonts = true });
    assert_int_equal(fonts_asked, 2);
    assert_int_equal(diags_count(r.diags, SEV_WARNING), 1);
    assert_non_null(strstr(r.text.p, "paragraph 2: warning: the font Arial is not available, "
                                     "Liberation Sans is used"));
    case_done(&r);
}

static bool count_use(void *data, const TemplateUse *use)
{
    Buf *b = data;
    buf_format(b, "%s:", use->typed);
    for (size_t i = 0; i < use->n; i++)
        buf_format(b, " %s%s%s", use->read[i].name, use->read[i].optional ? "?" : "",
                   use->read[i].personal ? "!" : "");
    buf_chr(b, '\n');
    return true;
}

static void tags_are_listed_with_what_they_read(void **state)
{
    (void)state;
    Case c = { .body = P("{{! no }}{{#each " PEOPLE " sort @lastName}}{{ @firstName }}"
                         "{{#if @phone}}{{ default(@phone, @id) }}{{/if}}{{/each}}{{ 1 + 1 }}") };
    Result r;
    case_open(&r, &c);
    LintOptions o = { .schema = project_schema_open(NULL, r.diags) };
    r.template = template_open(r.path, &c.options, r.env, r.diags);
    template_uses(r.template, &o, LANG_EN, count_use, &r.text);
    assert_string_equal(r.text.p,
        "{{#each participants/participant sort @lastName}}: participants/participant? "
        "participant/@lastName!\n"
        "{{ @firstName }}: participant/@firstName!\n"
        "{{#if @phone}}: participant/@phone?!\n"
        "{{ default(@phone, @id) }}: participant/@phone?! participant/@id\n"
        "{{ 1 + 1 }}:\n");
    project_schema_free((ProjectSchema *)(uintptr_t)o.schema);
    case_done(&r);
}

static void a_comment_is_put_before_the_character_it_is_about(void **state)
{
    (void)state;
    Result r = lint_case((Case){
        .body = P("Żółć  w " SPAN("B", "ą {{ @a1 }} ę") "<text:s/>{{ @b1 }}"),
        .properties = TITLE }, (With){ 0 });
    const char *out = arena_format(r.arena, "%s/n.fodt", r.folder);
    assert_true(template_annotate(r.template, out, r.diags));
    OdfDoc *doc = odf_load(out, r.diags);
    assert_non_null(doc);
    Buf b = { 0 };
    show_kids(doc->body, &b);
    assert_string_equal(b.p,
        "<p>Żółć  w <span B>ą <annotation><creator>skryba lint</creator><p>error: project has no "
        "attribute a1</p></annotation>{{ @a1 }} ę</span>_<annotation><creator>skryba lint</creator>"
        "<p>error: project has no attribute b1</p></annotation>{{ @b1 }}</p>");
    buf_free(&b);
    odf_free(doc);
    unlink(out);
    case_done(&r);
}

static void any_bytes_as_expressions_end_in_findings(void **state)
{
    (void)state;
    static const char *const odd[] = {
        "a[", "a]", "((((((((", "a/b/", "@", "$", "..", "//", "/", "*", "a|", "-", "a[b[c[d]]]",
        "f(,)", "ref()", "ref(ref(ref(@x)))", "a::b", "self::node()", "@*[1]",
        "processing-instruction('x')", "count(", "''", "1 div 0", "a or b and c or", "$a$b",
        "group()", "concat()", "key('a', b)" };
    for (size_t i = 0; i < COUNT(odd); i++) {
        char body[200];
        snprintf(body, sizeof body, P("{{ %s }}{{#each %s}}{{/each}}{{#let x = %s}}{{ $x/a }}"),
                 odd[i], odd[i], odd[i]);
        Result r = lint_case((Case){ .body = body, .properties = TITLE }, (With){ 0 });
        case_done(&r);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(right_templates_are_passed_in_silence),
        cmocka_unit_test(each_step_is_looked_up),
        cmocka_unit_test(a_template_with_faults_is_looked_at_all_the_same),
        cmocka_unit_test(findings_come_in_the_order_of_the_document),
        cmocka_unit_test(without_a_schema_no_name_is_wrong),
        cmocka_unit_test(a_font_is_asked_for_once_and_told_where_it_is_used_first),
        cmocka_unit_test(tags_are_listed_with_what_they_read),
        cmocka_unit_test(a_comment_is_put_before_the_character_it_is_about),
        cmocka_unit_test(any_bytes_as_expressions_end_in_findings),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
