/* SPDX-License-Identifier: MIT */
/* How pdf/ spells numbers, strings and addresses. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "pdf/internal.h"

static const char *number(int64_t v)
{
    static Buf b;
    buf_clear(&b);
    pdf_number(&b, v);
    return b.p;
}

static void numbers_are_short_and_exact(void **state)
{
    (void)state;
    assert_string_equal(number(0), "0");
    assert_string_equal(number(12500), "12.5");
    assert_string_equal(number(-12500), "-12.5");
    assert_string_equal(number(7), ".007");
    assert_string_equal(number(-70), "-.07");
    assert_string_equal(number(700), ".7");
    assert_string_equal(number(100000), "100");
    assert_string_equal(number(1010), "1.01");
}

static void numbers_read_back_as_they_were(void **state)
{
    (void)state;
    for (int64_t v = -3000000; v < 3000000; v += 371)
        assert_true(llround(strtod(number(v), NULL) * 1000) == v);
    assert_true(strlen(number(INT64_MAX)) > 10);
    assert_int_equal(number(INT64_MIN)[0], '-');
}

static void text_is_utf16_with_surrogates(void **state)
{
    (void)state;
    Buf b = {0};
    pdf_text(&b, "Aż\U0001d504");
    assert_int_equal(b.n, 12);
    assert_memory_equal(b.p, "(\xfe\xff\0A\1\x7c\xd8\x35\xdd\4)", 12);
    buf_clear(&b);
    pdf_text(&b, "a (b) \\");
    assert_string_equal(b.p, "(a \\(b\\) \\\\)");
    buf_clear(&b);
    pdf_text(&b, "\u010d\u280d");           /* bytes that are parentheses and line ends */
    assert_memory_equal(b.p, "(\xfe\xff\1\\r\\(\\r)", 11);
    buf_free(&b);
}

static void long_text_is_cut_below_the_limit_of_pdf_a(void **state)
{
    (void)state;
    Buf b = {0};
    char *s = mem_new(100001);
    memset(s, 'a', 100000);
    pdf_text(&b, s);
    assert_true(b.n - 2 <= 32767);
    buf_clear(&b);
    for (int i = 0; i < 100000; i += 2)
        memcpy(s + i, "\u017c", 2);
    pdf_text(&b, s);
    assert_true(b.n - 2 <= 32767);
    assert_int_equal(b.n % 2, 0);
    free(s);
    buf_free(&b);
}

static void languages_have_the_form_of_bcp_47(void **state)
{
    (void)state;
    assert_true(pdf_language_valid("pl"));
    assert_true(pdf_language_valid("pl-PL"));
    assert_true(pdf_language_valid("sr-Latn-RS"));
    assert_true(pdf_language_valid("es-419"));
    assert_false(pdf_language_valid(""));
    assert_false(pdf_language_valid(NULL));
    assert_false(pdf_language_valid("polski jezyk"));
    assert_false(pdf_language_valid("p"));
    assert_false(pdf_language_valid("pl-"));
    assert_false(pdf_language_valid("pl_PL"));
}

static const char *uri(const char *s)
{
    static Buf b;
    buf_clear(&b);
    return pdf_uri(&b, s) ? b.p : NULL;
}

static void addresses_become_ascii(void **state)
{
    (void)state;
    assert_string_equal(uri("https://example.org/a b?x=ł#ż"),
                        "https://example.org/a%20b?x=%C5%82#%C5%BC");
    assert_string_equal(uri("http://źródło.pl:8080/"), "http://xn--rdo-gna01bwk.pl:8080/");
    assert_string_equal(uri("HTTP://example.org"), "HTTP://example.org");
    assert_string_equal(uri("mailto:a@example.org"), "mailto:a@example.org");
    assert_string_equal(uri("https://[::1]:8/"), "https://[::1]:8/");
    assert_string_equal(uri("http://example.org/%20"), "http://example.org/%20");
}

static void other_schemes_are_refused(void **state)
{
    (void)state;
    static const char *const bad[] = { "javascript:alert(1)",
                                       "file:///etc/passwd",
                                       "ftp://a",
                                       "http://",
                                       "mailto:",
                                       "",
                                       "https",
                                       "//host/a",
                                       "http://a\xcc\x88\xff.pl/",
                                       "data:text/html,x" };
    for (size_t i = 0; i < COUNT(bad); i++)
        assert_null(uri(bad[i]));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(numbers_are_short_and_exact),
        cmocka_unit_test(numbers_read_back_as_they_were),
        cmocka_unit_test(text_is_utf16_with_surrogates),
        cmocka_unit_test(long_text_is_cut_below_the_limit_of_pdf_a),
        cmocka_unit_test(languages_have_the_form_of_bcp_47),
        cmocka_unit_test(addresses_become_ascii),
        cmocka_unit_test(other_schemes_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
