/* SPDX-License-Identifier: MIT */
/* base/: arenas, growing buffers, UTF-8, exact numbers, digests, the map. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>

#include "base/base.h"

/* ---- memory ---- */

static void memory_comes_zeroed(void **state)
{
    (void)state;
    unsigned char *p = mem_new(1000);
    for (int i = 0; i < 1000; i++)
        assert_int_equal(p[i], 0);
    free(p);
    assert_non_null(p = mem_new(0));
    free(p);
    char *s = mem_dup("ab\0cd", 5);
    assert_memory_equal(s, "ab\0cd", 6);
    free(s);
}

static void arena_objects_are_zeroed_aligned_and_apart(void **state)
{
    (void)state;
    static const size_t sizes[] = { 1, 15, 16, 17, 1000, 16384, 3000000, 1, 70000, 0, 5 };
    Arena *a = arena_new();
    unsigned char *p[COUNT(sizes)];
    for (size_t i = 0; i < COUNT(sizes); i++) {
        p[i] = arena_get(a, sizes[i]);
        assert_int_equal((uintptr_t)p[i] % 8, 0);
        for (size_t k = 0; k < sizes[i]; k++)
            assert_int_equal(p[i][k], 0);
        memset(p[i], (int)i + 1, sizes[i]);
    }
    for (size_t i = 0; i < COUNT(sizes); i++)
        for (size_t k = 0; k < sizes[i]; k++)
            assert_int_equal(p[i][k], (int)i + 1);
    arena_free(a);
}

static void arena_reset_keeps_the_room_and_zeroes_it_again(void **state)
{
    (void)state;
    static const size_t sizes[] = { 100, 20000, 7, 500000, 33, 2000000, 16000 };
    Arena *a = arena_new();
    void *first[COUNT(sizes)];
    for (int round = 0; round < 20; round++) {
        for (size_t i = 0; i < COUNT(sizes); i++) {
            unsigned char *p = arena_get(a, sizes[i]);
            if (!round)
                first[i] = p;
            assert_ptr_equal(p, first[i]);
            assert_int_equal(p[0], 0);
            assert_int_equal(p[sizes[i] - 1], 0);
            memset(p, 0xaa, sizes[i]);
        }
        assert_true(arena_size(a) >= 2536140);
        arena_reset(a);
        assert_int_equal(arena_size(a), 0);
    }
    arena_free(a);
    arena_free(NULL);
}

/* Objects of other sizes each time, so that old bytes lie anywhere in new objects. */
static void arena_objects_are_zeroed_however_far_it_was_used(void **state)
{
    (void)state;
    Arena *a = arena_new();
    uint32_t random = 1;
    for (int round = 0; round < 50; round++) {
        for (int i = 0; i < 200; i++) {
            random = random * 1664525 + 1013904223;
            size_t size = (random >> 8) % (i % 50 ? 3000 : 200000);
            unsigned char *p = arena_get(a, size);
            for (size_t k = 0; k < size; k++)
                assert_true(!p[k]);
            memset(p, 0xaa, size);
        }
        arena_reset(a);
    }
    arena_free(a);
}

static void arena_strings_are_copies(void **state)
{
    (void)state;
    char source[] = "żółw";
    Arena *a = arena_new();
    char *s = arena_str(a, source), *d = arena_dup(a, source, 2);
    source[0] = 'x';
    assert_string_equal(s, "żółw");
    assert_string_equal(d, "ż");
    assert_string_equal(arena_format(a, "%d-%s", 5, "x"), "5-x");
    char *long_one = arena_format(a, "%5000d", 1);
    assert_int_equal(strlen(long_one), 5000);
    arena_free(a);
}

static void vec_keeps_what_is_pushed(void **state)
{
    (void)state;
    VEC(int) v = {0};
    for (int i = 0; i < 1000; i++)
        vec_push(&v, i * 3);
    assert_int_equal(v.n, 1000);
    for (int i = 0; i < 1000; i++)
        assert_int_equal(v.p[i], i * 3);
    vec_free(&v);
    assert_null(v.p);
    assert_int_equal(v.n + v.cap, 0);
}

/* ---- buffers ---- */

static void buffer_is_followed_by_a_nul(void **state)
{
    (void)state;
    Buf b = {0};
    buf_str(&b, "");
    assert_string_equal(b.p, "");
    buf_str(&b, "ab");
    buf_chr(&b, 'c');
    buf_put(&b, "d\0e", 3);
    assert_int_equal(b.n, 6);
    assert_memory_equal(b.p, "abcd\0e", 7);
    buf_clear(&b);
    assert_string_equal(b.p, "");
    buf_format(&b, "%s%3000d", "x", 7);
    assert_int_equal(b.n, 3001);
    assert_int_equal(b.p[3000], '7');
    buf_free(&b);
    assert_null(b.p);
}

static void buffer_above_its_ceiling_stops_and_says_so(void **state)
{
    (void)state;
    Buf b = { .max = 8 };
    buf_str(&b, "1234567");
    assert_false(b.failed);
    buf_str(&b, "xyz");
    assert_true(b.failed);
    assert_string_equal(b.p, "1234567");
    buf_chr(&b, 'x');                   /* would fit, but something before is missing */
    assert_string_equal(b.p, "1234567");
    buf_format(&b, "%d", 1);
    buf_fixed(&b, 15, 1);
    assert_null(buf_room(&b, 1));
    assert_int_equal(b.n, 7);
    buf_clear(&b);
    assert_false(b.failed);
    buf_put(&b, "x", SIZE_MAX);         /* no overflow of the sum */
    assert_true(b.failed);
    buf_free(&b);
}

/* base.h: "Above max bytes it stops growing". */
static void buffer_of_exactly_its_ceiling_is_whole(void **state)
{
    (void)state;
    Buf b = { .max = 8 };
    buf_str(&b, "12345678");
    assert_false(b.failed);
    assert_string_equal(b.p ? b.p : "", "12345678");
    buf_free(&b);
}

static const char *of_int(Buf *b, int64_t v)
{
    buf_clear(b);
    buf_int(b, v);
    return b->p;
}

static void integers_are_printed_up_to_their_limits(void **state)
{
    (void)state;
    Buf b = {0};
    assert_string_equal(of_int(&b, 0), "0");
    assert_string_equal(of_int(&b, -7), "-7");
    assert_string_equal(of_int(&b, INT64_MAX), "9223372036854775807");
    assert_string_equal(of_int(&b, INT64_MIN), "-9223372036854775808");
    buf_free(&b);
}

static const char *fixed(Buf *b, int64_t v, int digits)
{
    buf_clear(b);
    buf_fixed(b, v, digits);
    return b->p;
}

static void fixed_numbers_have_no_trailing_zeros(void **state)
{
    (void)state;
    Buf b = {0};
    assert_string_equal(fixed(&b, 0, 0), "0");
    assert_string_equal(fixed(&b, 0, 5), "0");
    assert_string_equal(fixed(&b, -0, 3), "0");
    assert_string_equal(fixed(&b, -5, 1), "-0.5");
    assert_string_equal(fixed(&b, 5, 1), "0.5");
    assert_string_equal(fixed(&b, 12500, 3), "12.5");
    assert_string_equal(fixed(&b, 12000, 3), "12");
    assert_string_equal(fixed(&b, -12000, 3), "-12");
    assert_string_equal(fixed(&b, 100, 0), "100");
    assert_string_equal(fixed(&b, -1, 4), "-0.0001");
    assert_string_equal(fixed(&b, 10001, 4), "1.0001");
    assert_string_equal(fixed(&b, 1010, 2), "10.1");
    assert_string_equal(fixed(&b, INT64_MAX, 2), "92233720368547758.07");
    assert_string_equal(fixed(&b, INT64_MIN, 2), "-92233720368547758.08");
    assert_string_equal(fixed(&b, INT64_MAX, 19), "0.9223372036854775807");
    buf_free(&b);
}

static void fixed_prints_the_least_number_too(void **state)
{
    (void)state;
    Buf b = {0};
    assert_string_equal(fixed(&b, INT64_MIN, 0), "-9223372036854775808");
    buf_free(&b);
}

/* ---- UTF-8 ---- */

static void every_character_survives_utf8(void **state)
{
    (void)state;
    for (uint32_t c = 0; c <= 0x10ffff; c++) {
        char t[4];
        int n = utf8_put(t, c), len;
        uint32_t back = utf8_get(t, t + n, &len);
        if (c >= 0xd800 && c < 0xe000) {
            assert_int_equal(back, 0xfffd);
            continue;
        }
        if (back != c || len != n)
            fail_msg("U+%04X comes back as U+%04X, %d bytes of %d", c, back, len, n);
    }
}

static void broken_utf8_is_one_replacement_a_byte(void **state)
{
    (void)state;
    static const struct { const char *bytes; size_t len; } broken[] = {
        { "\x80", 1 }, { "\xbf", 1 },                           /* a continuation alone */
        { "\xc0\x80", 2 }, { "\xc1\xbf", 2 }, { "\xe0\x80\x80", 3 }, { "\xe0\x9f\xbf", 3 },
        { "\xf0\x80\x80\x80", 4 }, { "\xf0\x8f\xbf\xbf", 4 },   /* overlong */
        { "\xed\xa0\x80", 3 }, { "\xed\xbf\xbf", 3 },           /* surrogates */
        { "\xf4\x90\x80\x80", 4 }, { "\xf5\x80\x80\x80", 4 }, { "\xff", 1 }, { "\xfe", 1 },
        { "\xc5", 1 }, { "\xe2\x82", 2 }, { "\xf0\x9f\x98", 3 },        /* cut short */
        { "\xc5""a", 2 }, { "\xe2\x82""a", 3 }, { "\xf0\x9f""aa", 4 },
    };
    for (size_t i = 0; i < COUNT(broken); i++) {
        int n = 0;
        const char *s = broken[i].bytes;
        assert_int_equal(utf8_get(s, s + broken[i].len, &n), 0xfffd);
        assert_int_equal(n, 1);
        assert_false(utf8_valid(s, broken[i].len));
    }
}

static void valid_utf8_is_told_from_broken(void **state)
{
    (void)state;
    static const char good[] = "Zażółć \xef\xbf\xbd \xf0\x9f\x98\x80 gęślą jaźń";
    assert_true(utf8_valid("", 0));
    assert_true(utf8_valid(good, sizeof good - 1));
    assert_true(utf8_valid("\xf4\x8f\xbf\xbf", 4));
    assert_true(utf8_valid("a\0b", 3));
    assert_false(utf8_valid(good, 3));          /* in the middle of a letter */
    assert_int_equal(utf8_count(good, sizeof good - 1), 21);
    assert_int_equal(utf8_count("", 0), 0);
    Buf b = {0};
    buf_utf8(&b, 'a');
    buf_utf8(&b, 0x142);
    buf_utf8(&b, 0x20ac);
    buf_utf8(&b, 0x1f600);
    assert_string_equal(b.p, "ał€😀");
    buf_free(&b);
}

static void strings_are_compared(void **state)
{
    (void)state;
    assert_true(str_equal(NULL, NULL));
    assert_false(str_equal(NULL, ""));
    assert_false(str_equal("", NULL));
    assert_true(str_equal("ab", "ab"));
    assert_false(str_equal("ab", "abc"));
    assert_true(str_starts("abc", "ab"));
    assert_true(str_starts("abc", ""));
    assert_false(str_starts("ab", "abc"));
}

/* ---- numbers ---- */

static void check_number(const char *s, int decimals, int64_t want)
{
    int64_t v = 42;
    if (!number_parse(s, strlen(s), decimals, &v))
        fail_msg("%s is refused", s);
    assert_int_equal(v, want);
}

static void refuse_number(const char *s, size_t len, int decimals)
{
    int64_t v;
    if (number_parse(s, len, decimals, &v))
        fail_msg("\"%.*s\" is read as a number", (int)len, s);
}

static void decimal_numbers_are_read_exactly(void **state)
{
    (void)state;
    check_number("0", 2, 0);
    check_number("-0", 2, 0);
    check_number("-0.00", 2, 0);
    check_number("-12.34", 2, -1234);
    check_number("+12.34", 2, 1234);
    check_number("12.3", 2, 1230);
    check_number("12", 2, 1200);
    check_number("0.01", 2, 1);
    check_number("-0.01", 2, -1);
    check_number("1.50000", 2, 150);            /* zeros add no decimals */
    check_number("7", 0, 7);
    check_number("7.000", 0, 7);
    check_number("00000000000000000000000000000000000000012", 0, 12);
    check_number("9007199254740992", 0, MONEY_MAX);
    check_number("90071992547409.92", 2, MONEY_MAX);
    check_number("-9007199254740993", 0, -MONEY_MAX - 1);
    check_number("1000000000000000000", 0, INT64_C(1000000000000000000));
}

static void what_is_no_number_is_refused(void **state)
{
    (void)state;
    static const char *const bad[] = {
        "", "-", "+", ".", "-.", "1.2.3", "1,5", "1e3", "0x10", " 1", "1 ", "--1", "1-", "NaN",
        ("1\xc2\xa0" "000"), "١", "1.234", "1.001", "inf",
    };
    for (size_t i = 0; i < COUNT(bad); i++)
        refuse_number(bad[i], strlen(bad[i]), 2);
    refuse_number("1.5", 3, 0);
    refuse_number("1\0", 2, 2);
    refuse_number("9223372036854775808", 19, 0);
    refuse_number("-9223372036854775809", 20, 0);
    refuse_number("92233720368547758.08", 20, 2);
    refuse_number("922337203685477581", 18, 2);         /* too large once it has its decimals */
    refuse_number("99999999999999999999999999", 26, 0);
    refuse_number("12345", 0, 0);
}

/* ---- digest ---- */

/* The published vectors of FNV-1a, 64 bits (Fowler, Noll, Vo). */
static void digest_holds_fnv1a(void **state)
{
    (void)state;
    static const struct { const char *text; uint64_t a;
    } vector[] = {
        { "a", 0xaf63dc4c8601ec8cu },
        { "b", 0xaf63df4c8601f1a5u },
        { "foobar", 0x85944171f73967e8u },
    };
    for (size_t i = 0; i < COUNT(vector); i++) {
        Digest d = {0};
        digest_add(&d, vector[i].text, strlen(vector[i].text));
        assert_true(d.a == vector[i].a);
    }
}

static void digest_is_the_same_in_pieces(void **state)
{
    (void)state;
    Digest whole = {0}, pieces = {0}, other = {0};
    digest_add(&whole, "one two", 7);
    digest_add(&pieces, "one", 3);
    digest_add(&pieces, "", 0);
    digest_add(&pieces, " two", 4);
    digest_add(&other, "one twp", 7);
    assert_true(whole.a == pieces.a && whole.b == pieces.b);
    assert_true(whole.a != other.a && whole.b != other.b);
}

/* ---- map ---- */

static void map_finds_ten_thousand_keys(void **state)
{
    (void)state;
    enum { N = 10000 };
    static int value[N];
    Arena *a = arena_new();
    Map *m = map_new(a);
    char key[32];
    for (int i = 0; i < N; i++) {
        int n = snprintf(key, sizeof key, "key%d", i);
        map_put(m, key, (size_t)n, &value[i]);
    }
    assert_int_equal(map_count(m), N);
    for (int i = 0; i < N; i++) {
        int n = snprintf(key, sizeof key, "key%d", i);
        assert_ptr_equal(map_get(m, key, (size_t)n), &value[i]);
    }
    assert_null(map_get(m, "key10000", 8));
    assert_null(map_get(m, "key", 3));
    assert_ptr_equal(map_get(m, "key12", 4), &value[1]);        /* the length counts */
    map_put(m, "key7", 4, &value[8]);
    assert_ptr_equal(map_get(m, "key7", 4), &value[8]);
    assert_int_equal(map_count(m), N);
    arena_free(a);
}

static void map_keys_may_hold_any_bytes(void **state)
{
    (void)state;
    int x, y, z;
    Arena *a = arena_new();
    Map *m = map_new(a);
    assert_null(map_get(m, "", 0));
    map_put(m, "", 0, &x);
    map_put(m, "a\0b", 3, &y);
    map_put(m, "a\0c", 3, &z);
    assert_ptr_equal(map_get(m, "", 0), &x);
    assert_ptr_equal(map_get(m, "a\0b", 3), &y);
    assert_ptr_equal(map_get(m, "a\0c", 3), &z);
    assert_null(map_get(m, "a", 1));
    arena_free(a);
}

static void interned_keys_keep_their_address(void **state)
{
    (void)state;
    Arena *a = arena_new();
    Map *m = map_new(a);
    char text[] = "name";
    const char *kept = map_intern(m, text, 4);
    assert_ptr_not_equal(kept, text);
    text[0] = 'x';
    assert_string_equal(kept, "name");
    for (int i = 0; i < 5000; i++) {
        char key[16];
        int n = snprintf(key, sizeof key, "%d", i);
        map_intern(m, key, (size_t)n);
    }
    assert_ptr_equal(map_intern(m, "name", 4), kept);
    assert_int_equal(map_count(m), 5001);
    arena_free(a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(memory_comes_zeroed),
        cmocka_unit_test(arena_objects_are_zeroed_aligned_and_apart),
        cmocka_unit_test(arena_reset_keeps_the_room_and_zeroes_it_again),
        cmocka_unit_test(arena_objects_are_zeroed_however_far_it_was_used),
        cmocka_unit_test(arena_strings_are_copies),
        cmocka_unit_test(vec_keeps_what_is_pushed),
        cmocka_unit_test(buffer_is_followed_by_a_nul),
        cmocka_unit_test(buffer_above_its_ceiling_stops_and_says_so),
        cmocka_unit_test(buffer_of_exactly_its_ceiling_is_whole),
        cmocka_unit_test(integers_are_printed_up_to_their_limits),
        cmocka_unit_test(fixed_numbers_have_no_trailing_zeros),
        cmocka_unit_test(fixed_prints_the_least_number_too),
        cmocka_unit_test(every_character_survives_utf8),
        cmocka_unit_test(broken_utf8_is_one_replacement_a_byte),
        cmocka_unit_test(valid_utf8_is_told_from_broken),
        cmocka_unit_test(strings_are_compared),
        cmocka_unit_test(decimal_numbers_are_read_exactly),
        cmocka_unit_test(what_is_no_number_is_refused),
        cmocka_unit_test(digest_holds_fnv1a),
        cmocka_unit_test(digest_is_the_same_in_pieces),
        cmocka_unit_test(map_finds_ten_thousand_keys),
        cmocka_unit_test(map_keys_may_hold_any_bytes),
        cmocka_unit_test(interned_keys_keep_their_address),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
