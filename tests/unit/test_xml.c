/* SPDX-License-Identifier: MIT */
/* xml/: what is accepted, what is refused, and where it is said to be. */
#define _GNU_SOURCE             /* memmem() */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>

#include "xml/internal.h"

static char report[4000];

/* Parses a copy of the text; NULL: report holds the findings, "f:LINE:COLUMN: error: ... [ID]". */
static XmlDoc *parse(const char *text, size_t len)
{
    Diags *d = diags_new(LANG_EN);
    char *copy = mem_dup(text, len);
    XmlDoc *x = xml_parse("f", copy, len, d);
    report[0] = 0;
    FILE *f = fmemopen(report, sizeof report, "w");
    diags_print(d, f, &(DiagStyle){0});
    fclose(f);
    assert_true(x || diags_status(d, false) != EXIT_DONE);
    diags_free(d);
    return x;
}

static void accept_bytes(const char *text, size_t len)
{
    XmlDoc *x = parse(text, len);
    if (!x)
        fail_msg("%.60s is refused: %s", text, report);
    xml_free(x);
}

static void accept(const char *text)
{
    accept_bytes(text, strlen(text));
}

/* place: "f:2:5: " or as much of it as the test knows. */
static void refuse_bytes(const char *text, size_t len, const char *place, const char *id)
{
    XmlDoc *x = parse(text, len);
    if (x)
        fail_msg("%.60s is accepted", text);
    char want[64];
    snprintf(want, sizeof want, "[%s", id);
    if (!strstr(report, want) || !str_starts(report, place))
        fail_msg("%.60s: not %s %s but %s", text, place, want, report);
}

static void refuse(const char *text, const char *place, const char *id)
{
    refuse_bytes(text, strlen(text), place, id);
}

/* ---- what XML may be ---- */

static void plain_files_are_accepted(void **state)
{
    (void)state;
    accept("<a/>");
    accept("<?xml version=\"1.0\"?><a/>");
    accept("<?xml version='1.0' encoding='utf-8' standalone='yes'?>\n<a>\n</a>\n");
    accept("<?xml version=\"1.0\" encoding=\"UTF-8\"?><a/>");
    accept("\xef\xbb\xbf<a/>");
    accept("\xef\xbb\xbf<?xml version=\"1.0\" encoding=\"UTF-8\"?>\r\n<a/>\r\n");
    accept("<!-- c --><?p i?><a><![CDATA[<b>&]]></a><!-- c --><?p?>");
    accept("<ą ę='ż'>źdźbło</ą>");
}

/* XML 1.0, 2.8: Eq ::= S? '=' S? */
static void declaration_may_hold_white_space(void **state)
{
    (void)state;
    accept("<?xml version=\"1.0\" encoding = \"UTF-8\" ?><a/>");
    accept("<?xml version=\"1.0\" encoding\n=\t\"UTF-8\"?><a/>");
}

static void tree_holds_what_was_written(void **state)
{
    (void)state;
    static const char text[] = "<a x='1 &amp; 2' y=\"&#x105;&lt;'\" z=''>a&gt;<![CDATA[b<]]>c</a>";
    XmlDoc *x = parse(text, sizeof text - 1);
    assert_non_null(x);
    xmlNode *root = xml_root(x);
    assert_string_equal(xml_attr(root, "x"), "1 & 2");
    assert_string_equal(xml_attr(root, "y"), "ą<'");
    assert_string_equal(xml_attr(root, "z"), "");
    assert_null(xml_attr(root, "w"));
    xmlChar *content = xmlNodeGetContent(root);
    assert_string_equal((char *)content, "a>b<c");
    xmlFree(content);
    assert_string_equal(xml_name(x), "f");
    size_t len;
    assert_string_equal(xml_text(x, &len), text);
    assert_int_equal(len, sizeof text - 1);
    xml_free(x);
    xml_free(NULL);
}

static void attribute_with_a_namespace_is_another_one(void **state)
{
    (void)state;
    static const char text[] = "<a xmlns:p='u' p:x='no' x='yes'/>";
    XmlDoc *x = parse(text, sizeof text - 1);
    assert_string_equal(xml_attr(xml_root(x), "x"), "yes");
    assert_null(xml_attr(xml_root(x), "p"));
    xml_free(x);
}

/* ---- DOCTYPE ---- */

static void doctype_is_refused_wherever_it_stands(void **state)
{
    (void)state;
    refuse("<!DOCTYPE a><a/>", "f:1:1: ", "xml-doctype");
    refuse("<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>", "f:1:1: ", "xml-doctype");
    refuse("<?xml version='1.0'?>\n<!-- c -->\n  <!DOCTYPE a SYSTEM 'file:///etc/passwd'><a/>",
           "f:3:3: ", "xml-doctype");
    refuse("\xef\xbb\xbf<!DOCTYPE a><a/>", "f:1:", "xml-doctype");
    refuse("<a><!DOCTYPE a></a>", "f:1:4: ", "xml-doctype");
    refuse("<a/>\n<!DOCTYPE a>", "f:2:1: ", "xml-doctype");
    refuse("<a><!ENTITY b 'c'></a>", "f:1:4: ", "xml-doctype");
    refuse("<!doctype html><a/>", "f:1:1: ", "xml-doctype");
    refuse("<a b='>'><!DOCTYPE a></a>", "f:1:10: ", "xml-doctype");
    refuse("<a b='\"'><!DOCTYPE a></a>", "f:1:10: ", "xml-doctype");
    refuse("<a><!-- - -- ><!DOCTYPE a>--><!DOCTYPE b></a>", "f:1:30: ", "xml-doctype");
    refuse("<?p <!DOCTYPE a> ?><!DOCTYPE b><a/>", "f:1:20: ", "xml-doctype");
}

static void doctype_that_is_only_text_is_accepted(void **state)
{
    (void)state;
    accept("<a><!-- <!DOCTYPE a> --></a>");
    accept("<a><![CDATA[<!DOCTYPE a>]]></a>");
    accept("<?p <!DOCTYPE a> ?><a/>");
    accept("<a b='DOCTYPE'>&lt;!DOCTYPE a></a>");
}

/* ---- encodings ---- */

static void only_utf8_is_accepted(void **state)
{
    (void)state;
    refuse("<?xml version='1.0' encoding='ISO-8859-2'?><a/>", "f:1:", "xml-encoding");
    refuse("<?xml version='1.0' encoding='windows-1250'?><a/>", "f:1:", "xml-encoding");
    refuse("<?xml version='1.0' encoding='UTF-7'?><a/>", "f:1:", "xml-encoding");
    refuse("<?xml version='1.0' encoding='UTF-16'?><a/>", "f:1:", "xml-encoding");
    refuse("<a>\n  \xb1</a>", "f:2:3: ", "xml-encoding");
    refuse("<a>\xc0\xbc""b/></a>", "f:1:4: ", "xml-encoding");          /* an overlong < */
    refuse("<a>\xed\xa0\x80</a>", "f:1:4: ", "xml-encoding");
    refuse_bytes("<\0a\0/\0>\0", 8, "f:1:", "xml-encoding");
    refuse_bytes("\xff\xfe<\0a\0/\0>\0", 10, "f:1:", "xml-encoding");
    refuse_bytes("\0\0\0<\0\0\0a", 8, "f:1:", "xml-encoding");
    refuse_bytes("<a>x\0y</a>", 10, "f:1:", "xml-encoding");
    accept("<a>encoding='ISO-8859-2'</a>");
    accept("<?xml version='1.0'?><a encoding='ISO-8859-2'/>");
}

/* ---- limits, each at its value and above ---- */

static void put_deep(Buf *b, int depth)
{
    buf_clear(b);
    for (int i = 0; i < depth; i++)
        buf_str(b, "<a>");
    for (int i = 0; i < depth; i++)
        buf_str(b, "</a>");
}

static void depth_is_limited(void **state)
{
    (void)state;
    Buf b = {0};
    put_deep(&b, XML_DEPTH);
    accept(b.p);
    put_deep(&b, XML_DEPTH + 1);
    refuse(b.p, "f:1:769: ", "xml-depth");
    buf_clear(&b);
    buf_str(&b, "<a>");
    for (int i = 0; i < 2000; i++)
        buf_str(&b, i % 2 ? "<b x='/'></b>" : "<c/>");          /* side by side is not deep */
    buf_str(&b, "</a>");
    accept(b.p);
    buf_free(&b);
}

static void put_attributes(Buf *b, int n)
{
    buf_clear(b);
    buf_str(b, "<r>\n <a");
    for (int i = 0; i < n; i++)
        buf_format(b, i < 3 ? " xmlns:n%d='urn:x'" : " a%d='>'", i);
    buf_str(b, "/></r>");
}

static void attributes_of_an_element_are_limited(void **state)
{
    (void)state;
    Buf b = {0};
    put_attributes(&b, XML_ATTRIBUTES);
    accept(b.p);
    put_attributes(&b, XML_ATTRIBUTES + 1);
    refuse(b.p, "f:2:2: ", "xml-attributes");
    buf_free(&b);
}

static void put_names(Buf *b, int element, int attribute)
{
    buf_clear(b);
    buf_chr(b, '<');
    for (int i = 0; i < element; i++)
        buf_chr(b, 'e');
    buf_chr(b, ' ');
    for (int i = 0; i < attribute; i++)
        buf_chr(b, 'a');
    buf_str(b, "='1'/>");
}

static void names_are_limited(void **state)
{
    (void)state;
    Buf b = {0};
    put_names(&b, XML_NAME, XML_NAME);
    accept(b.p);
    put_names(&b, XML_NAME + 1, 1);
    refuse(b.p, "f:1:2: ", "xml-name");
    put_names(&b, 1, XML_NAME + 1);
    refuse(b.p, "f:1:4: ", "xml-name");
    buf_free(&b);
}

/* Only scanned, not parsed: the tree would take a gigabyte. */
static void elements_are_limited(void **state)
{
    (void)state;
    Diags *d = diags_new(LANG_EN);
    Buf b = {0};
    buf_str(&b, "<a>");
    for (size_t i = 1; i < XML_ELEMENTS; i++)
        buf_put(&b, "<b/>", 4);
    XmlDoc x = { .name = "f", .text = b.p, .len = b.n };
    assert_true(xml_scan(&x, d));
    buf_str(&b, "<b/>");
    x = (XmlDoc){ .name = "f", .text = b.p, .len = b.n };
    assert_false(xml_scan(&x, d));
    assert_int_equal(diags_count(d, SEV_ERROR), 1);
    vec_free(&x.lines);
    free(x.shown);
    buf_free(&b);
    diags_free(d);
}

/* ---- errors of syntax and their places ---- */

static void syntax_errors_are_named_with_their_line(void **state)
{
    (void)state;
    refuse("<a>\n<b>\n</c>\n</a>", "f:3:", "xml-mismatch");
    refuse("<a>\n<b>\n", "f:", "xml-unfinished");
    refuse("<a/>\n<b/>", "f:2:", "xml-after-end");
    refuse("<a>\n<b x='1' x='2'/></a>", "f:2:", "xml-twice");
    refuse("<a>\n\n&nbsp;</a>", "f:3:", "xml-entity");
    refuse("<a>\n<b x='<'/></a>", "f:2:", "xml-less-than");
    refuse("<a>\n\x01</a>", "f:2:", "xml-character");
    refuse("<a>\n&#0;</a>", "f:2:", "xml-character");
    refuse("<a>\n<b x=1/></a>", "f:2:", "xml-quote");
    refuse("<a>\nR & D</a>", "f:2:", "xml-ampersand");
    refuse("<a>\n<p:b/></a>", "f:2:", "xml-prefix");
    refuse("nothing", "f:1:", "xml-none");
    refuse("   \n", "f:", "xml-none");
    refuse("<", "f:1:", "xml");
    refuse("<a", "f:1:", "xml");
    refuse("<a b", "f:1:", "xml");
    refuse("<a b='", "f:1:", "xml");
    refuse("<a><!--", "f:1:", "xml");
    refuse("<a><![CDATA[", "f:1:", "xml");
    refuse("<?xml", "f:1:", "xml");
}

/* Only the first one: the others follow from it. */
static void one_error_is_reported_for_a_file(void **state)
{
    (void)state;
    refuse("<a>&x;<b></c>&y;</d>", "f:1:", "xml-entity");
    const char *first = strstr(report, "error:");
    assert_null(strstr(first + 1, "error:"));
}

static void messages_of_libxml2_with_values_are_not_shown(void **state)
{
    (void)state;
    refuse("<a>&Kowalski85010112345;</a>", "f:1:", "xml-entity");
    const char *end = strchr(report, '\n');
    assert_true(end && !memmem(report, (size_t)(end - report), "Kowalski", 8));
}

static void long_files_have_their_line_numbers(void **state)
{
    (void)state;
    Buf b = {0};
    buf_str(&b, "<a>");
    for (int i = 0; i < 70000; i++)
        buf_chr(&b, '\n');
    size_t good = b.n;
    buf_str(&b, "<b/></a>");
    XmlDoc *x = parse(b.p, b.n);
    assert_non_null(x);
    Place p = xml_place(x, xml_root(x)->children->next);
    assert_int_equal(p.line, 70001);
    assert_int_equal(p.column, 1);
    assert_int_equal(xml_line(x, xml_root(x)->children->next), 70001);
    assert_int_equal(xml_offset(xml_root(x)->children->next), good);
    xml_free(x);
    b.n = good;
    buf_str(&b, "</b></a>");
    refuse_bytes(b.p, b.n, "f:70001:", "xml-mismatch");
    buf_free(&b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(plain_files_are_accepted),
        cmocka_unit_test(declaration_may_hold_white_space),
        cmocka_unit_test(tree_holds_what_was_written),
        cmocka_unit_test(attribute_with_a_namespace_is_another_one),
        cmocka_unit_test(doctype_is_refused_wherever_it_stands),
        cmocka_unit_test(doctype_that_is_only_text_is_accepted),
        cmocka_unit_test(only_utf8_is_accepted),
        cmocka_unit_test(depth_is_limited),
        cmocka_unit_test(attributes_of_an_element_are_limited),
        cmocka_unit_test(names_are_limited),
        cmocka_unit_test(elements_are_limited),
        cmocka_unit_test(syntax_errors_are_named_with_their_line),
        cmocka_unit_test(one_error_is_reported_for_a_file),
        cmocka_unit_test(messages_of_libxml2_with_values_are_not_shown),
        cmocka_unit_test(long_files_have_their_line_numbers),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
