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

static const struct { const char *before, *tag, *after, *data, *expected; } split_cases[] = {
    { "x", "{{ concat(@a, 'ą') }}", "y", "<r a='1'/>", "<p>x1ąy</p>" },
    { "", "{{#each p sort @n desc}}", "{{ @n }};{{/each}}", "<r><p n='A'/><p n='B'/></r>",
        "<p>B;A;</p>" },
    { "{{#if @a}}tak", "{{#else}}", "nie{{/if}}", "<r/>", "<p>nie</p>" },
    { "{{#if @a}}tak{{#else}}nie", "{{/if}}", "", "<r a=''/>", "<p>tak</p>" },
    { "", "{{#let x = @a}}", "{{ $x }}", "<r a='1'/>", "<p>1</p>" },
    { "a", "{{! komentarz }}", "b", "<r/>", "<p>ab</p>" },
};

static void check_split(size_t i, const char *middle, size_t at)
{
    Buf b = { 0 };
    const char *tag = split_cases[i].tag;
    buf_format(&b, "<text:p>%s%.*s%s%s%s</text:p>", split_cases[i].before, (int)at, tag, middle,
        tag + at, split_cases[i].after);
    expect(b.p, split_cases[i].data, split_cases[i].expected);
    buf_free(&b);
}

/* A span from one character of the tag to another; only where it starts at the first one may the
 * style show. */
static void check_span(size_t i, size_t from, size_t to)
{
    Buf b = { 0 };
    const char *tag = split_cases[i].tag;
    buf_format(&b, "<text:p>%s%.*s<text:span text:style-name=\"B\">%.*s</text:span>%s%s</text:p>",
               split_cases[i].before,
               (int)from, tag, (int)(to - from), tag + from, tag + to, split_cases[i].after);
    expect(b.p, split_cases[i].data, split_cases[i].expected);
    buf_free(&b);
}

static bool boundary(const char *s, size_t at)
{
    return ((unsigned char)s[at] & 0xC0) != 0x80;
}

static void no_split_of_a_tag_changes_the_result(void **state)
{
    (void)state;
    static const char *const middles[] = {
        "<text:soft-page-break/>", "<loext:mark/>", "<text:span/>",
        "<text:span text:style-name=\"B\"><text:soft-page-break/></text:span>",
        "<office:annotation><text:p>x</text:p></office:annotation>",
        "<text:change text:change-id=\"c\"/>",
    };
    for (size_t i = 0; i < COUNT(split_cases); i++) {
        size_t len = strlen(split_cases[i].tag);
        for (size_t at = 1; at < len; at++) {
            if (!boundary(split_cases[i].tag, at))
                continue;
            for (size_t k = 0; k < COUNT(middles); k++)
                check_split(i, middles[k], at);
            check_span(i, at, len);
            if (at + 1 < len && boundary(split_cases[i].tag, at + 1))
                check_span(i, at, at + 1);
        }
    }
}

static void no_space_that_writer_makes_changes_the_result(void **state)
{
    (void)state;
    static const char *const spaces[] = { "\xC2\xA0", "\xE2\x80\xAF", "<text:s/>", "<text:tab/>",
                                          "<text:line-break/>",
                                          "\n  ", "<text:s text:c=\"4\"/>" };
    for (size_t i = 0; i < COUNT(split_cases); i++) {
        const char *tag = split_cases[i].tag;
        for (const char *s = strchr(tag, ' '); s; s = strchr(s + 1, ' ')) {
            for (size_t k = 0; k < COUNT(spaces); k++) {
                Buf b = { 0 };
                buf_format(&b, "<text:p>%s%.*s%s%s%s</text:p>", split_cases[i].before,
                           (int)(s - tag), tag, spaces[k], s + 1,
                           split_cases[i].after);
                expect(b.p, split_cases[i].data, split_cases[i].expected);
                buf_free(&b);
            }
        }
    }
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
        cmocka_unit_test(no_space_that_writer_makes_changes_the_result),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
