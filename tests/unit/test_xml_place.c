/* SPDX-License-Identifier: MIT */
/* xml/: places of elements and attributes, and source lines with personal data masked. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>

#include "xml/internal.h"

static XmlDoc *parse(const char *text)
{
    Diags *d = diags_new(LANG_EN);
    XmlDoc *x = xml_parse("f.xml", mem_dup(text, strlen(text)), strlen(text), d);
    assert_non_null(x);
    assert_int_equal(diags_status(d, true), EXIT_DONE);
    diags_free(d);
    return x;
}

/* The first element of that name, in document order. */
static xmlNode *find(xmlNode *n, const char *name)
{
    for (; n; n = n->next) {
        if (n->type == XML_ELEMENT_NODE && !strcmp((const char *)n->name, name))
            return n;
        xmlNode *in = find(n->children, name);
        if (in)
            return in;
    }
    return NULL;
}

static void expect_place(Place p, unsigned line, unsigned column, unsigned width,
                         const char *source)
{
    assert_string_equal(p.file, "f.xml");
    assert_int_equal(p.line, line);
    assert_int_equal(p.column, column);
    assert_int_equal(p.width, width);
    if (source)
        assert_string_equal(p.source, source);
    else
        assert_null(p.source);
}

static void element_is_marked_from_its_bracket_to_the_end_of_its_name(void **state)
{
    (void)state;
    XmlDoc *x = parse("<?xml version='1.0' encoding='UTF-8'?>\n<root>\n  <a/><bcd "
                      "e='1'>t</bcd>\n\t<f\n g='1'/></root>");
    xmlNode *root = xml_root(x);
    expect_place(xml_place(x, root), 2, 1, 5, "<root>");
    expect_place(xml_place(x, find(root, "a")), 3, 3, 2, "  <a/><bcd e='1'>t</bcd>");
    expect_place(xml_place(x, find(root, "bcd")), 3, 7, 4, "  <a/><bcd e='1'>t</bcd>");
    expect_place(xml_place(x, find(root, "f")), 4, 2, 2, "\t<f");
    assert_int_equal(xml_offset(root), 39);
    /* the place of a text is that of its element */
    expect_place(xml_place(x, find(root, "bcd")->children), 3, 7, 4, "  <a/><bcd e='1'>t</bcd>");
    xml_free(x);
}

static void columns_count_characters(void **state)
{
    (void)state;
    XmlDoc *x = parse("<a>zażółć 😀 gęś<b ą='ę' c='1'/></a>");
    xmlNode *b = find(xml_root(x), "b");
    expect_place(xml_place(x, b), 1, 16, 2, "<a>zażółć 😀 gęś<b ą='ę' c='1'/></a>");
    expect_place(xml_attr_place(x, b, "ą"), 1, 19, 1, "<a>zażółć 😀 gęś<b ą='ę' c='1'/></a>");
    expect_place(xml_attr_place(x, b, "c"), 1, 25, 1, "<a>zażółć 😀 gęś<b ą='ę' c='1'/></a>");
    assert_int_equal(xml_offset(b), 24);
    xml_free(x);
}

static void attribute_is_found_by_its_whole_name(void **state)
{
    (void)state;
    XmlDoc *x = parse("<r xmlns:p='u'><a bc='b=1 c=2' c=' bc' b = 'x'\n  p:b='1' abc='1'/></r>");
    xmlNode *a = find(xml_root(x), "a");
    static const char line[] = "<r xmlns:p='u'><a bc='b=1 c=2' c=' bc' b = 'x'";
    expect_place(xml_attr_place(x, a, "bc"), 1, 19, 2, line);
    expect_place(xml_attr_place(x, a, "c"), 1, 32, 1, line);
    expect_place(xml_attr_place(x, a, "b"), 1, 40, 1, line);
    expect_place(xml_attr_place(x, a, "p:b"), 2, 3, 3, "  p:b='1' abc='1'/></r>");
    expect_place(xml_attr_place(x, a, "abc"), 2, 11, 3, "  p:b='1' abc='1'/></r>");
    expect_place(xml_attr_place(x, a, "d"), 1, 16, 2, line);    /* not there: the element */
    expect_place(xml_attr_place(x, a, "a"), 1, 16, 2, line);    /* nor is the element's own name */
    xml_free(x);
}

static void attribute_of_another_element_is_not_taken(void **state)
{
    (void)state;
    XmlDoc *x = parse("<a b='>'><c d='1'/></a>");
    expect_place(xml_attr_place(x, xml_root(x), "d"), 1, 1, 2, "<a b='>'><c d='1'/></a>");
    expect_place(xml_attr_place(x, find(xml_root(x), "c"), "d"), 1, 13, 1,
                 "<a b='>'><c d='1'/></a>");
    xml_free(x);
}

static void attribute_in_the_middle_of_a_long_line(void **state)
{
    (void)state;
    Buf b = {0};
    buf_str(&b, "<a>\n<b ");
    for (int i = 0; i < 40; i++)
        buf_format(&b, "x%d='ąęść%d' ", i, i);
    size_t at = b.n;
    buf_str(&b, "here='1' ");
    for (int i = 40; i < 200; i++)
        buf_format(&b, "x%d='%d' ", i, i);
    buf_str(&b, "/></a>");
    XmlDoc *x = parse(b.p);
    Place p = xml_attr_place(x, find(xml_root(x), "b"), "here");
    assert_int_equal(p.line, 2);
    assert_int_equal(p.column, utf8_count(b.p + 4, at - 4) + 1);
    assert_int_equal(p.width, 4);
    assert_non_null(p.source);
    assert_non_null(strstr(p.source, "here='1'"));
    xml_free(x);
    buf_free(&b);
}

/* A whole file on one line is common; the place must be right, the line need not be shown. */
static void place_far_out_in_a_line(void **state)
{
    (void)state;
    Buf b = {0};
    buf_str(&b, "<a>");
    for (int i = 0; i < 50000; i++)
        buf_str(&b, "ą");
    buf_str(&b, "<b/></a>");
    XmlDoc *x = parse(b.p);
    Place p = xml_place(x, find(xml_root(x), "b"));
    assert_int_equal(p.line, 1);
    assert_int_equal(p.column, 50004);
    assert_null(p.source);
    xml_free(x);
    buf_free(&b);
}

static void shown_part_of_a_long_line_is_whole_characters(void **state)
{
    (void)state;
    for (int shift = 0; shift < 2; shift++) {
        Buf b = {0};
        buf_str(&b, shift ? "<a>" : "<ab>");
        for (int i = 0; i < 5000; i++)
            buf_str(&b, "ą");
        buf_str(&b, shift ? "</a>" : "</ab>");
        XmlDoc *x = parse(b.p);
        Place p = xml_place(x, xml_root(x));
        assert_non_null(p.source);
        assert_true(utf8_valid(p.source, strlen(p.source)));
        xml_free(x);
        buf_free(&b);
    }
}

static void crlf_is_one_end_of_line(void **state)
{
    (void)state;
    XmlDoc *x = parse("<a>\r\n  <b c='1'\r\n     d='2'/>\r\n</a>\r\n");
    xmlNode *b = find(xml_root(x), "b");
    expect_place(xml_place(x, b), 2, 3, 2, "  <b c='1'");
    expect_place(xml_attr_place(x, b, "d"), 3, 6, 1, "     d='2'/>");
    xml_free(x);
}

/* The mark at the beginning takes no column: an editor does not show it. */
static void byte_order_mark_is_no_character(void **state)
{
    (void)state;
    XmlDoc *x = parse("\xef\xbb\xbf<a><b/></a>");
    Place p = xml_place(x, find(xml_root(x), "b"));
    assert_int_equal(p.line, 1);
    assert_int_equal(p.column, 4);
    assert_string_equal(p.source, "<a><b/></a>");
    xml_free(x);
}

static void offsets_hold_in_large_files(void **state)
{
    (void)state;
    Buf b = {0};
    size_t want[3000];
    buf_str(&b, "<r>");
    for (int i = 0; i < 3000; i++) {
        if (i % 7 == 0)
            buf_str(&b, "<!-- <e> --><![CDATA[<e>]]>\n");
        want[i] = b.n;
        buf_format(&b, "<e n='%d &lt;e&gt; ż'>%s</e>", i, i % 3 ? "tekst &#x105;&amp;" : "");
    }
    buf_str(&b, "</r>");
    XmlDoc *x = parse(b.p);
    int i = 0;
    for (xmlNode *n = xml_root(x)->children; n; n = n->next)
        if (n->type == XML_ELEMENT_NODE)
            assert_int_equal(xml_offset(n), want[i++]);
    assert_int_equal(i, 3000);
    xml_free(x);
    buf_free(&b);
}

/* ---- masks ---- */

/* Hidden: the text of <pesel>, the attribute nr of any element. */
static bool hidden(void *data, const char *element, const char *attribute)
{
    (void)data;
    return attribute ? !strcmp(attribute, "nr") : !strcmp(element, "pesel");
}

static void expect_shown(const char *text, const char *element, const char *attribute,
                         const char *want)
{
    XmlDoc *x = parse(text);
    x->mask = hidden;
    xmlNode *n = find(xml_root(x), element);
    Place p = attribute ? xml_attr_place(x, n, attribute) : xml_place(x, n);
    assert_string_equal(p.source, want);
    xml_free(x);
}

/* The source line of a place that lies `into` bytes into the text. */
static void expect_line(const char *text, const char *into, const char *want)
{
    XmlDoc *x = parse(text);
    x->mask = hidden;
    const char *at = strstr(text, into);
    Place p = xml_place_at(x, (size_t)(at - text), 0);
    assert_string_equal(p.source, want);
    xml_free(x);
}

/* No source line of the text may hold one of the secrets, whatever place is shown. */
static void expect_hidden(const char *text, const char *secret)
{
    XmlDoc *x = parse(text);
    x->mask = hidden;
    for (size_t i = 0; text[i]; i++) {
        Place p = xml_place_at(x, i, 0);
        if (strstr(p.source, secret))
            fail_msg("%s is shown in: %s", secret, p.source);
    }
    xml_free(x);
}

static void hidden_attributes_are_asterisks_of_equal_width(void **state)
{
    (void)state;
    expect_shown("<a nr='85010112345' x='1'><b>ok</b></a>", "b", NULL,
                 "<a nr='***********' x='1'><b>ok</b></a>");
    expect_shown("<a><b nr=\"a'b>c\" m='1'/></a>", "b", "m", "<a><b nr=\"*****\" m='1'/></a>");
    expect_shown("<a><b nr='ąę 1'/></a>", "b", NULL, "<a><b nr='** *'/></a>");
    expect_shown("<a><b nr=''/></a>", "b", NULL, "<a><b nr=''/></a>");
    expect_shown("<a><b nr = 'x'/></a>", "b", NULL, "<a><b nr = '*'/></a>");
}

static void hidden_text_is_asterisks_and_the_markup_stays(void **state)
{
    (void)state;
    expect_shown("<a><pesel>ąę 12</pesel><b>ok</b></a>", "b", NULL,
                 "<a><pesel>** **</pesel><b>ok</b></a>");
    expect_shown("<a><pesel>&#x31;&amp;</pesel></a>", "pesel", NULL,
                 "<a><pesel>***********</pesel></a>");
    expect_shown("<a><b>ok</b><pesel/><b nr='1'/></a>", "pesel", NULL,
                 "<a><b>ok</b><pesel/><b nr='*'/></a>");
}

static void masks_reach_over_several_lines(void **state)
{
    (void)state;
    static const char tag[] = "<a>\n<b\n nr='first\nsecond\nthird' m='1'/></a>";
    expect_line(tag, "first", " nr='*****");
    expect_line(tag, "second", "******");
    expect_line(tag, "third", "*****' m='1'/></a>");
    static const char text[] = "<a><pesel>\n850101\n12345\n</pesel>\nopen</a>";
    expect_line(text, "850101", "******");
    expect_line(text, "12345", "*****");
    expect_line(text, "open", "open</a>");
    expect_line("<a>\r\n<pesel>85\r\n01</pesel></a>", "01", "**</pesel></a>");
}

static void comment_does_not_end_a_mask(void **state)
{
    (void)state;
    expect_hidden("<a><pesel>8501<!-- c -->0112345</pesel></a>", "0112345");
    expect_hidden("<a><pesel><!-- c -->\n85010112345</pesel></a>", "85010112345");
}

static void processing_instruction_does_not_end_a_mask(void **state)
{
    (void)state;
    expect_hidden("<a><pesel><?p i?>85010112345</pesel></a>", "85010112345");
    expect_hidden("<a><pesel><?p i?>\n85010112345</pesel></a>", "85010112345");
}

static void element_inside_does_not_end_a_mask(void **state)
{
    (void)state;
    expect_hidden("<a><pesel>85<b/>0101<b>x</b>12345</pesel></a>", "12345");
    expect_hidden("<a><pesel>85<b/>0101<b>x</b>12345</pesel></a>", "0101");
    expect_hidden("<a><pesel><b>x</b>\n85010112345</pesel></a>", "85010112345");
}

static void cdata_is_masked_as_text(void **state)
{
    (void)state;
    expect_hidden("<a><pesel><![CDATA[85010112345]]></pesel></a>", "85010112345");
    expect_hidden("<a><pesel><![CDATA[8501>\n0112345]]></pesel></a>", "0112345");
}

/* What looks like markup inside of a comment or CDATA must not mislead. */
static void markup_in_comments_does_not_open_a_mask_for_the_rest(void **state)
{
    (void)state;
    expect_hidden("<a><!-- <b> --><pesel>85010112345</pesel></a>", "85010112345");
    expect_hidden("<a><!-- <b nr='\n --><pesel>85010112345</pesel></a>", "85010112345");
    expect_hidden("<a><!-- > <b\n --><pesel>85010112345</pesel></a>", "85010112345");
}

static void text_after_a_masked_element_is_shown(void **state)
{
    (void)state;
    expect_line("<a><b nr='1'></b>end</a>", "end", "<a><b nr='*'></b>end</a>");
    expect_line("<a><pesel>85\n</pesel> and <b nr='1'/> more</a>", "and",
                "</pesel> and <b nr='*'/> more</a>");
}

static void without_a_mask_all_is_shown(void **state)
{
    (void)state;
    XmlDoc *x = parse("<a nr='1'>text</a>");
    assert_string_equal(xml_place(x, xml_root(x)).source, "<a nr='1'>text</a>");
    xml_free(x);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(element_is_marked_from_its_bracket_to_the_end_of_its_name),
        cmocka_unit_test(columns_count_characters),
        cmocka_unit_test(attribute_is_found_by_its_whole_name),
        cmocka_unit_test(attribute_of_another_element_is_not_taken),
        cmocka_unit_test(attribute_in_the_middle_of_a_long_line),
        cmocka_unit_test(place_far_out_in_a_line),
        cmocka_unit_test(shown_part_of_a_long_line_is_whole_characters),
        cmocka_unit_test(crlf_is_one_end_of_line),
        cmocka_unit_test(byte_order_mark_is_no_character),
        cmocka_unit_test(offsets_hold_in_large_files),
        cmocka_unit_test(hidden_attributes_are_asterisks_of_equal_width),
        cmocka_unit_test(hidden_text_is_asterisks_and_the_markup_stays),
        cmocka_unit_test(masks_reach_over_several_lines),
        cmocka_unit_test(comment_does_not_end_a_mask),
        cmocka_unit_test(processing_instruction_does_not_end_a_mask),
        cmocka_unit_test(element_inside_does_not_end_a_mask),
        cmocka_unit_test(cdata_is_masked_as_text),
        cmocka_unit_test(markup_in_comments_does_not_open_a_mask_for_the_rest),
        cmocka_unit_test(text_after_a_masked_element_is_shown),
        cmocka_unit_test(without_a_mask_all_is_shown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
