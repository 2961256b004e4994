/* SPDX-License-Identifier: MIT */
/* Where tags are recognised, how they are read, and that no way of splitting or correcting them
 * changes what comes out. */
#include "test_template.h"

static void autocorrection_is_undone_outside_literals(void **state)
{
    (void)state;
    expect(P("{{ count© + 1 }}"), "<r><c/></r>", "<p>2</p>");
    expect(P("{{ 5 – 2 }} {{ 5 − 1 }}"), "<r/>", "<p>3 4</p>");
    expect(P("{{\xC2\xA0"
           "concat(\xE2\x80\xAF@a,<text:tab/>@b<text:line-break/>)<text:s text:c=\"3\"/>}}"),
           "<r a='1' b='2'/>", "<p>12</p>");
    expect(P("{{ concat('©', \"…–\") }}"), "<r/>", "<p>©…–</p>");
}

static void quotes_of_one_class_end_a_literal(void **state)
{
    (void)state;
    expect(P("{{ „a“ }}{{ “b” }}{{ »c« }}{{ ‘d’ }}{{ ‚e’ }}{{ 'f’ }}"), "<r/>", "<p>abcdef</p>");
    expect(P("{{ „it’s” }} {{ 'say „x”' }}"), "<r/>", "<p>it’s say „x”</p>");
}

static void braces_inside_a_literal_are_text(void **state)
{
    (void)state;
    expect(P("{{ '{{' }}{{ '}}' }} }} {"), "<r/>", "<p>{{}} }} {</p>");
    expect(P("{{! it's }}a"), "<r/>", "<p>a</p>");
}

static void bookmarks_inside_a_tag_stay(void **state)
{
    (void)state;
    expect(P("{{ <text:bookmark text:name=\"b\"/>@n }}x"), "<r n='A'/>",
           "<p>A<bookmark name=b>x</p>");
}

static void placeholders_and_input_fields_hold_tags(void **state)
{
    (void)state;
    expect(
        P("a<text:placeholder text:placeholder-type=\"text\">&lt;{{ @n }}&gt;</text:placeholder>"),
        "<r n='A'/>", "<p>aA</p>");
    expect(P("<text:text-input text:description=\"d\">{{ @n }}</text:text-input>!"), "<r n='A'/>",
           "<p>A!</p>");
    expect(
        P("<text:placeholder text:placeholder-type=\"text\">&lt;x&gt;</text:placeholder>{{ @n }}"),
        "<r n='A'/>", "<p><placeholder placeholder-type=text><x></placeholder>A</p>");
}

static void unknown_elements_around_tags_do_not_matter(void **state)
{
    (void)state;
    expect(P("<loext:content-control>{{ @n }}</loext:content-control>"), "<r n='A'/>",
           "<p><content-control>A</content-control></p>");
    expect(P("<loext:content-control>{{ @</loext:content-control>n }}"), "<r n='A'/>", "<p>A</p>");
    expect(P("<loext:content-control>{{#if 1}}a</loext:content-control>{{/if}}"), "<r/>",
           "<p>a</p>");
}

static void link_targets_are_decoded_and_filled(void **state)
{
    (void)state;
    expect(P("<text:a xlink:href=\"../../%7B%7B%20@u%20%7D%7D\">x</text:a>"),
           "<r u='https://a.pl/ą b'/>",
           "<p><a href=https://a.pl/ą%20b>x</a></p>");
    expect(P("<text:a xlink:href=\"https://a.pl/{{ @u }}?q={{ @u }}&amp;z=1\">{{ @u }}</text:a>"),
           "<r u='a&amp;b/c'/>",
           "<p><a href=https://a.pl/a&b/c?q=a%26b%2Fc&z=1>a&b/c</a></p>");
    expect_fault(P("<text:a xlink:href=\"{{ @u }}\">x</text:a>"), "<r u='javascript:x'/>",
        "neither http");
    expect(P("{{#each p}}<text:a xlink:href=\"mailto:{{ @m }}\">{{ @m }}</text:a> {{/each}}"),
           "<r><p m='a@b.pl'/><p m='c@d.pl'/></r>",
           "<p><a href=mailto:a@b.pl>a@b.pl</a> <a href=mailto:c@d.pl>c@d.pl</a> </p>");
}

static void titles_and_descriptions_of_frames_hold_tags(void **state)
{
    (void)state;
    expect(P("<draw:frame text:anchor-type=\"as-char\"><draw:text-box>" P(
               "{{ @n }}") "</draw:text-box>"
                           "<svg:title>T {{ @n }}</svg:title><svg:desc>D {{ @n "
                           "}}</svg:desc></draw:frame>"),
           "<r n='A'/>",
           "<p><frame anchor-type=as-char><text-box><p>A</p></text-box><title>T A</title><desc>D "
           "A</desc></frame></p>");
}

static void notes_text_boxes_and_sections_hold_tags(void **state)
{
    (void)state;
    expect(P("a<text:note text:id=\"n1\" "
             "text:note-class=\"footnote\"><text:note-citation>1</text:note-citation>"
             "<text:note-body>" P("{{#if @x}}") P("x") P("{{/if}}")
                 P("{{ @n }}") "</text:note-body></text:note>"),
           "<r n='A'/>",
           "<p>a<note id=n1 "
           "note-class=footnote><note-citation>1</note-citation><note-body><p>A</p></note-body></"
           "note></p>");
}

static void values_are_never_markup_and_never_expanded_again(void **state)
{
    (void)state;
    expect(P("{{ @v }}"), "<r v='{{ @w }} &lt;b> &amp;amp; ]]&gt; \"&#8238;x'/>",
           "<p>{{ @w }} <b> &amp; ]]> \"\xE2\x80\xAEx</p>");
}

static void white_space_of_values_is_kept(void **state)
{
    (void)state;
    expect(P("a {{ v }} b"), "<r><v>x\ny</v></r>", "<p>a x|y b</p>");
    expect(P("a {{ v }} b"), "<r><v> x  y\tz </v></r>", "<p>a _x__y>z_ b</p>");
    expect(P("{{ v }}"), "<r><v>a\n b</v></r>", "<p>a|_b</p>");
}

static bool all_collapse(void *data, const xmlNode *node)
{
    (void)data;
    (void)node;
    return true;
}

static void white_space_of_types_that_collapse_is_collapsed(void **state)
{
    (void)state;
    expect_case((Case){ .body = P("{{ v }}|"), .data = "<r><v>\n a \n b  </v></r>",
                .options = { .collapses = all_collapse } },
                "<p>a b|</p>");
}

static void the_tags_of_a_template_are_listed(void **state)
{
    (void)state;
    Result r = run_case((Case){ .body = P("{{#each p group @k sort @n, @m desc}}") P("x {{ @n }}")
                                        P("{{/each}}") });
    TemplateTag t;
    assert_true(template_tag(r.template, 0, LANG_EN, &t));
    assert_string_equal(t.what, "each");
    static const char *const expr[] = { "p", "@k", "@n", "@m" };
    for (size_t i = 0; i < COUNT(expr); i++)
        assert_string_equal(expr_text(t.expr[i]), expr[i]);
    assert_null(t.expr[4]);
    assert_true(template_tag(r.template, 1, LANG_EN, &t));
    assert_string_equal(t.typed, "{{ @n }}");
    assert_string_equal(t.place.label, "paragraph 2");
    assert_false(template_tag(r.template, 3, LANG_EN, &t));
    case_done(&r);
}

/* ---- every split of every tag ---- */

#define PEOPLE "<r a='1'><p n='A' g='x'>q</p><p n='B' g='y'/><t><b>c</b></t></r>"
static const struct { const char *before, *tag, *after, *data, *expected; } split_cases[] = {
    { "x", "{{ concat(@a, 'ą') }}", "y", "<r a='1'/>", "<p>x1ąy</p>" },
    { "x", "{{default(@b, \"it's } - ... (c)\")}}", "y", "<r/>", "<p>xit's } - ... (c)y</p>" },
    { "", "{{ count-of(count(p) - 1, 'a', 'b', 'c') }}", "", PEOPLE, "<p>1~a</p>" },
    { "", "{{ 5 * count(.//*[@n = 'A']/..) }}", "", PEOPLE, "<p>5</p>" },
    { "{{#let c = 7}}", "{{ concat($c, count(c) + 1, '(c)') }}", "", "<r><c/></r>",
        "<p>72(c)</p>" },
    { "", "{{#each p sort @n desc}}", "{{ @n }};{{/each}}", "<r><p n='A'/><p n='B'/></r>",
        "<p>B;A;</p>" },
    { "", "{{#each p group @g sort @g desc, @n}}", "{{ @n }}{{/each}}", PEOPLE, "<p>BA</p>" },
    { "", "{{#each p by paragraph}}", "{{ @n }}{{/each}}", PEOPLE, "<p>A</p><p>B</p>" },
    { "{{#each p}}{{ @n }}", "{{/each}}", "", PEOPLE, "<p>AB</p>" },
    { "", "{{#if @a and not(@b)}}", "tak{{/if}}", "<r a='1'/>", "<p>tak</p>" },
    { "{{#if @a}}tak", "{{#else}}", "nie{{/if}}", "<r/>", "<p>nie</p>" },
    { "{{#if @a}}tak", "{{#elif @b = 'x'}}", "b{{/if}}", "<r b='x'/>", "<p>b</p>" },
    { "{{#if @a}}tak{{#else}}nie", "{{/if}}", "", "<r a=''/>", "<p>tak</p>" },
    { "", "{{#let x = @a}}", "{{ $x }}", "<r a='1'/>", "<p>1</p>" },
    { "", "{{#text t}}", "", PEOPLE, "<p><span Strong_20_Emphasis>c</span></p>" },
    { "a", "{{! komentarz: 'jeden }}", "b", "<r/>", "<p>ab</p>" },
};

/* The case with another text in place of its tag; bookmarks in it stay, and are not compared. */
static void check_tag(size_t i, const char *tag)
{
    Buf b = { 0 }, shown = { 0 };
    buf_format(&b, "<text:p>%s%s%s</text:p>", split_cases[i].before, tag, split_cases[i].after);
    Result r = run_case((Case){ .body = b.p, .data = split_cases[i].data });
    for (const char *s = r.text.p ? r.text.p : ""; *s; s++) {
        if (str_starts(s, "<bookmark "))
            s = strchr(s, '>');
        else
            buf_chr(&shown, *s);
    }
    if (!shown.p || strcmp(shown.p, split_cases[i].expected) != 0)
        print_error("%s\n", b.p);
    assert_string_equal(shown.p ? shown.p : "", split_cases[i].expected);
    case_done(&r);
    buf_free(&b);
    buf_free(&shown);
}

static bool boundary(const char *s, size_t at)
{
    return ((unsigned char)s[at] & 0xC0) != 0x80;
}

/* The tag with something at one place, or everywhere: SIZE_MAX. */
static void check_split(size_t i, const char *tag, const char *middle, size_t at)
{
    Buf b = { 0 };
    for (size_t k = 0; tag[k]; k++) {
        if (k && boundary(tag, k) && (k == at || at == SIZE_MAX))
            buf_str(&b, middle);
        buf_chr(&b, tag[k]);
    }
    check_tag(i, b.p);
    buf_free(&b);
}

/* A span from one character of the tag to another; only where it starts at the first one may the
 * style show. */
static void check_span(size_t i, const char *tag, size_t from, size_t to)
{
    Buf b = { 0 };
    buf_format(&b, "%.*s<text:span text:style-name=\"B\">%.*s</text:span>%s", (int)from, tag,
               (int)(to - from), tag + from, tag + to);
    check_tag(i, b.p);
    buf_free(&b);
}

static const char *const middles[] = {
    "<text:soft-page-break/>", "<loext:mark/>", "<text:span/>", "<text:bookmark text:name=\"b\"/>",
    "<text:span text:style-name=\"B\"><text:soft-page-break/></text:span>",
    "<office:annotation><text:p>x</text:p></office:annotation>",
    "<text:change text:change-id=\"c\"/>",
};

/* Split between all of its characters, by each of them. */
static void check_everywhere(size_t i, const char *tag)
{
    for (size_t k = 0; k < COUNT(middles); k++)
        check_split(i, tag, middles[k], SIZE_MAX);
}

static void check_splits(size_t i, const char *tag)
{
    size_t len = strlen(tag);
    for (size_t at = 1; at < len; at++) {
        if (!boundary(tag, at))
            continue;
        for (size_t k = 0; k < COUNT(middles); k++)
            check_split(i, tag, middles[k], at);
        check_span(i, tag, at, len);
        if (at + 1 < len && boundary(tag, at + 1))
            check_span(i, tag, at, at + 1);
    }
}

static void no_split_of_a_tag_changes_the_result(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(split_cases); i++) {
        check_everywhere(i, split_cases[i].tag);
        check_splits(i, split_cases[i].tag);
    }
}

/* What Writer makes of what is typed: each pair, wherever its first stands outside of literals;
 * quotation marks around them; capitals behind the braces. */
static const struct { const char *typed, *made; } corrected[] = {
    { " ", "\xC2\xA0" }, { " ", "\xE2\x80\xAF" }, { " ", "<text:s/>" }, { " ", "<text:tab/>" },
    { " ", "<text:line-break/>" }, { " ", "\n  " }, { " ", "<text:s text:c=\"4\"/>" },
    { "-", "–" }, { "-", "−" }, { "(c)", "©" },
    { "'", "‘’" }, { "'", "‚’" }, { "'", "’’" }, { "\"", "„”" }, { "\"", "“”" }, { "\"", "»«" },
};

/* Writes the tag with a correction; mark: the first or second of a pair of quotation marks. */
static void correct(Buf *b, const char *tag, const char *typed, const char *made)
{
    bool quote = *typed == '\'' || *typed == '"';
    char open = 0;
    for (const char *s = tag; *s; s++) {
        bool mark = (*s == '\'' || *s == '"') && (!open || open == *s);
        if (quote && mark && *s == *typed)
            buf_put(b, made + (open ? strlen(made) / 2 : 0), strlen(made) / 2);
        else if (!quote && !open && str_starts(s, typed))
            buf_str(b, made), s += strlen(typed) - 1;
        else
            buf_chr(b, *s);
        if (mark)
            open = open ? 0 : *s;
    }
}

static void no_correction_of_writer_changes_the_result(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(split_cases); i++) {
        const char *tag = split_cases[i].tag;
        for (size_t k = 0; k < COUNT(corrected) && tag[2] != '!'; k++) {
            Buf b = { 0 };
            correct(&b, tag, corrected[k].typed, corrected[k].made);
            check_tag(i, b.p);
            if (!strchr(b.p, '<'))
                check_everywhere(i, b.p);
            buf_free(&b);
        }
    }
}

/* At the start of a sentence, {{#Each and {{Default(; in names of the data a capital counts. */
static void no_capital_of_writer_changes_the_result(void **state)
{
    (void)state;
    size_t tried = 0;
    for (size_t i = 0; i < COUNT(split_cases); i++) {
        char tag[80];
        snprintf(tag, sizeof tag, "%s", split_cases[i].tag);
        char *first = tag + 2 + strspn(tag + 2, "#/ ");
        if (*first < 'a' || *first > 'z')
            continue;
        *first = (char)(*first - 32);
        check_tag(i, tag);
        check_everywhere(i, tag);
        tried++;
    }
    assert_true(tried > 10);
    expect_fault(P("{{ N }}"), "<r><n/></r>", "no value: N");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(autocorrection_is_undone_outside_literals),
        cmocka_unit_test(quotes_of_one_class_end_a_literal),
        cmocka_unit_test(braces_inside_a_literal_are_text),
        cmocka_unit_test(bookmarks_inside_a_tag_stay),
        cmocka_unit_test(placeholders_and_input_fields_hold_tags),
        cmocka_unit_test(unknown_elements_around_tags_do_not_matter),
        cmocka_unit_test(link_targets_are_decoded_and_filled),
        cmocka_unit_test(titles_and_descriptions_of_frames_hold_tags),
        cmocka_unit_test(notes_text_boxes_and_sections_hold_tags),
        cmocka_unit_test(values_are_never_markup_and_never_expanded_again),
        cmocka_unit_test(white_space_of_values_is_kept),
        cmocka_unit_test(white_space_of_types_that_collapse_is_collapsed),
        cmocka_unit_test(the_tags_of_a_template_are_listed),
        cmocka_unit_test(no_split_of_a_tag_changes_the_result),
        cmocka_unit_test(no_correction_of_writer_changes_the_result),
        cmocka_unit_test(no_capital_of_writer_changes_the_result),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
