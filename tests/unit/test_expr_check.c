/* SPDX-License-Identifier: MIT */
/* Check digits against 10,000 generated numbers each, with every change of one digit and every
 * swap of two neighbours: what the scheme cannot detect is worked out in a comment and counted,
 * and the code must accept exactly that many. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "expr/expr.h"

#define N "\xc2\xa0"            /* U+00A0 */

enum { NUMBERS = 10000, MOST = 26 };

typedef bool Check(const char *s, size_t len);
typedef struct { int changes, swaps; } Missed;

static uint32_t next_random(void)
{
    static uint32_t x = 2463534242u;        /* xorshift32: the same numbers every time */
    x ^= x << 13;
    x ^= x >> 17;
    x ^= x << 5;
    return x;
}

static void random_digits(char *s, int n)
{
    for (int i = 0; i < n; i++)
        s[i] = (char)('0' + next_random() % 10);
    s[n] = '\0';
}

/* Sum of digits by weights, as the rules R03, R08 and R09 write them. */
static int sum(const char *s, const int *weight, int n)
{
    int total = 0;
    for (int i = 0; i < n; i++)
        total += (s[i] - '0') * weight[i];
    return total;
}

static int accepted_changes(char *s, int n, Check *check)
{
    int count = 0;
    for (int i = 0; i < n; i++) {
        char kept = s[i];
        for (s[i] = '0'; s[i] <= '9'; s[i]++)
            count += s[i] != kept && check(s, (size_t)n);
        s[i] = kept;
    }
    return count;
}

static void swap(char *s, int i)
{
    char c = s[i];
    s[i] = s[i + 1];
    s[i + 1] = c;
}

static int accepted_swaps(char *s, int n, Check *check)
{
    int count = 0;
    for (int i = 0; i + 1 < n; i++) {
        swap(s, i);
        count += s[i] != s[i + 1] && check(s, (size_t)n);
        swap(s, i);
    }
    return count;
}

static void count_accepted(Missed *m, char *s, int n, Check *check)
{
    assert_true(check(s, (size_t)n));
    m->changes += accepted_changes(s, n, check);
    m->swaps += accepted_swaps(s, n, check);
}

/* ---- PESEL ---- */

static const int pesel_weight[] = { 1, 3, 7, 9, 1, 3, 7, 9, 1, 3 };

/* A number with a date that exists, 1800 to 2299; days to 28, so that no calendar is needed. */
static void make_pesel(char *s)
{
    static const int century[] = { 80, 0, 20, 40, 60 };
    int month = 1 + (int)(next_random() % 12) + century[next_random() % 5];
    int day = 1 + (int)(next_random() % 28);
    random_digits(s, 11);
    s[2] = (char)('0' + month / 10);
    s[3] = (char)('0' + month % 10);
    s[4] = (char)('0' + day / 10);
    s[5] = (char)('0' + day % 10);
    s[10] = (char)('0' + (10 - sum(s, pesel_weight, 10) % 10) % 10);
}

/* All weights (1, 3, 7, 9, and 1 of the check digit) have no factor in common with 10, so one
 * changed digit always changes the sum modulo 10.  Neighbouring weights differ by 2, 4, 2 or 8
 * (the last two by 2): swapping a and b shifts the sum by an even multiple of a - b, which is 0
 * modulo 10 exactly when a and b differ by 5. */
static void pesel_misses_only_swaps_of_digits_five_apart(void **state)
{
    (void)state;
    Missed m = { 0, 0 };
    int five_apart = 0;
    char s[MOST + 1];
    for (int k = 0; k < NUMBERS; k++) {
        make_pesel(s);
        count_accepted(&m, s, 11, expr_pesel_check);
        for (int i = 0; i < 10; i++)
            five_apart += abs(s[i] - s[i + 1]) == 5;
    }
    assert_int_equal(m.changes, 0);
    assert_int_equal(m.swaps, five_apart);
    assert_true(five_apart > NUMBERS / 2);      /* about a tenth of ten pairs each */
}

/* The date refuses some of those swaps: month codes end at 92 with gaps, days at 31. */
static bool date_exists(const char *s)
{
    static const int length[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
    static const int hundreds[] = { 19, 20, 21, 22, 18 };
    int month = (s[2] - '0') * 10 + s[3] - '0', day = (s[4] - '0') * 10 + s[5] - '0';
    int year = hundreds[month / 20] * 100 + (s[0] - '0') * 10 + s[1] - '0';
    bool leap = year % 400 == 0 || (year % 4 == 0 && year % 100 != 0);
    month %= 20;
    return month >= 1 && month <= 12 && day >= 1 &&
           day <= length[month - 1] + (month == 2 && leap ? 1 : 0);
}

static void pesel_with_its_date_misses_fewer_swaps(void **state)
{
    (void)state;
    Missed m = { 0, 0 };
    int possible = 0;
    char s[MOST + 1];
    for (int k = 0; k < NUMBERS; k++) {
        make_pesel(s);
        count_accepted(&m, s, 11, expr_pesel_valid);
        for (int i = 0; i < 10; i++) {
            swap(s, i);
            possible += abs(s[i] - s[i + 1]) == 5 && date_exists(s);
            swap(s, i);
        }
    }
    assert_int_equal(m.changes, 0);
    assert_int_equal(m.swaps, possible);
}

static void pesel_knows_dates_of_five_centuries(void **state)
{
    (void)state;
    static const struct { const char *pesel, *date; } dates[] = {
        { "00810100000", "1800-01-01" }, { "99923100000", "1899-12-31" },
        { "00010100000", "1900-01-01" }, { "00222900000", "2000-02-29" },
        { "99323100000", "2099-12-31" }, { "00410100000", "2100-01-01" },
        { "99723100000", "2299-12-31" }, { "04622900000", "2204-02-29" },
    };
    static const char *const wrong[] = {
        "00022900000", "00000000000", "00130100000", "00200100000", "00330100000", "00010000000",
        "00013200000", "00933100000", "01022900000", "0001010000", "000101000000", "0001010000a",
    };
    char iso[11];
    for (size_t i = 0; i < COUNT(dates); i++) {
        assert_true(expr_pesel_date(dates[i].pesel, 11, iso));
        assert_string_equal(iso, dates[i].date);
    }
    for (size_t i = 0; i < COUNT(wrong); i++)
        assert_false(expr_pesel_date(wrong[i], strlen(wrong[i]), iso));
}

/* Some pages leave out the second modulo and refuse a check digit 0 (domain.md R03). */
static void pesel_with_a_sum_divisible_by_ten_has_check_digit_zero(void **state)
{
    (void)state;
    /* 0*1+0*3+0*7+1*9+0*1+1*3+0*7+0*9+8*1+0*3 = 20 */
    assert_true(expr_pesel_valid("00010100800", 11));
}

/* ---- NIP ---- */

/* Modulo 11 is prime and no weight (6 5 7 2 3 4 5 6 7) is a multiple of it, so a changed digit
 * always changes the remainder; a changed check digit too.  Neighbouring weights differ by 1, 2 or
 * 5, so do swapped digits.  Swapping the ninth digit a (weight 7) with the check digit c makes
 * the remainder c + 7(c - a), which would have to be a: 8(c - a) = 0 modulo 11, so c = a. */
static void nip_misses_no_change_and_no_swap(void **state)
{
    (void)state;
    static const int weight[] = { 6, 5, 7, 2, 3, 4, 5, 6, 7 };
    Missed m = { 0, 0 };
    char s[MOST + 1];
    for (int k = 0; k < NUMBERS;) {
        random_digits(s, 10);
        int rest = sum(s, weight, 9) % 11;
        if (rest == 10)         /* such numbers are not given out */
            continue;
        s[9] = (char)('0' + rest);
        count_accepted(&m, s, 10, expr_nip_valid);
        k++;
    }
    assert_int_equal(m.changes, 0);
    assert_int_equal(m.swaps, 0);
}

static void nip_with_remainder_ten_is_refused_whatever_its_last_digit(void **state)
{
    (void)state;
    char s[] = "0200000000";            /* 2 * 5 = 10 */
    for (s[9] = '0'; s[9] <= '9'; s[9]++)
        assert_false(expr_nip_valid(s, 10));
}

/* ---- REGON ---- */

static const int regon_weight[] = { 8, 9, 2, 3, 4, 5, 6, 7 };
static const int long_weight[] = { 2, 4, 8, 5, 0, 9, 7, 3, 6, 1, 2, 4, 8 };

/* Remainders 0 and 10 have the same check digit 0.  So what moves the remainder from one to the
 * other stays unseen.  A digit d with weight w becomes d' with w(d' - d) = shift modulo 11, where
 * shift is 10 from 0 and 1 from 10: there is one class of d' - d modulo 11 for each w, and d' may
 * fall outside 0-9.  Weight 0 (fifth digit of the long form) lets all nine changes pass. */
static int unseen_changes(const char *s, const int *weight, int i, int rest)
{
    if (!weight[i])
        return 9;
    if (rest != 0 && rest != 10)
        return 0;
    int shift = rest ? 1 : 10, by = 1;
    while (weight[i] * by % 11 != shift)
        by++;
    int d = s[i] - '0';                 /* d + by or d + by - 11 is a digit, or neither */
    return (d + by <= 9) + (d + by - 11 >= 0);
}

/* Swapping a (weight v) with b (weight w) shifts the remainder by (v - w)(b - a). */
static int unseen_swap(const char *s, const int *weight, int i, int rest)
{
    int shift = (weight[i] - weight[i + 1]) * (s[i + 1] - s[i]);
    shift = (shift % 11 + 11) % 11;
    return s[i] != s[i + 1] && (!shift || (rest == 0 && shift == 10) || (rest == 10 && shift == 1));
}

/* Swapping the last digit a, weight 7, with the check digit c.  The remainder r becomes
 * r + 7(c - a), of which a must be the check digit.  For r < 10, c = r: 8r - 7a = a has only
 * a = r; or the new remainder is 10 and a is 0: 8r = 10, r = 4.  For r = 10, c = 0: 10 - 7a = a,
 * a = 4.  So exactly the pairs 0,4 and 4,0 (the latter with r = 10). */
static int unseen_last_swap(const char *s, int rest)
{
    return (s[7] == '0' && rest == 4) || (s[7] == '4' && rest == 10);
}

static int make_regon(char *s)
{
    random_digits(s, 9);
    int rest = sum(s, regon_weight, 8) % 11;
    s[8] = (char)('0' + rest % 10);
    return rest;
}

static void regon_misses_what_moves_its_remainder_between_0_and_10(void **state)
{
    (void)state;
    Missed m = { 0, 0 }, unseen = { 0, 0 };
    char s[MOST + 1];
    for (int k = 0; k < NUMBERS; k++) {
        int rest = make_regon(s);
        count_accepted(&m, s, 9, expr_regon_valid);
        for (int i = 0; i < 8; i++)
            unseen.changes += unseen_changes(s, regon_weight, i, rest);
        for (int i = 0; i < 7; i++)
            unseen.swaps += unseen_swap(s, regon_weight, i, rest);
        unseen.swaps += unseen_last_swap(s, rest);
    }
    assert_int_equal(m.changes, unseen.changes);
    assert_int_equal(m.swaps, unseen.swaps);
    /* Remainders 0 and 10 have a chance of 2 in 11, and the class that passes holds a digit for
     * nine of ten digits: about 8 * 2/11 * 9/10 = 1.3 changes a number. */
    assert_in_range(unseen.changes, NUMBERS * 12 / 10, NUMBERS * 14 / 10);
}

/* The classes of changes of the two schemes are told apart by trying: a change of the first eight
 * digits must stay unseen by both, of the ninth digit by both (where it is check digit and
 * weighted), of the later ones by the long scheme alone. */
static bool seen_by_neither(const char *s)
{
    return sum(s, regon_weight, 8) % 11 % 10 == s[8] - '0' &&
           sum(s, long_weight, 13) % 11 % 10 == s[13] - '0';
}

static bool either(const char *s, size_t len)
{
    return len == 14 && seen_by_neither(s);
}

/* In the five digits after the ninth only the long scheme counts, and its law is the one above:
 * weights 1 2 4 8 for digits ten to thirteen. */
static int late_changes(const char *s, int rest)
{
    int count = 0;
    for (int i = 9; i < 13; i++)
        count += unseen_changes(s, long_weight, i, rest);
    return count;
}

static int accepted_late(char *s, Check *check)
{
    int count = 0;
    for (int i = 9; i < 14; i++) {
        char kept = s[i];
        for (s[i] = '0'; s[i] <= '9'; s[i]++)
            count += s[i] != kept && check(s, 14);
        s[i] = kept;
    }
    return count;
}

static void long_regon_misses_only_what_both_of_its_check_digits_miss(void **state)
{
    (void)state;
    Missed m = { 0, 0 }, unseen = { 0, 0 };
    int late = 0, late_unseen = 0;
    char s[MOST + 1];
    for (int k = 0; k < NUMBERS; k++) {
        make_regon(s);
        random_digits(s + 9, 5);
        int rest = sum(s, long_weight, 13) % 11;
        s[13] = (char)('0' + rest % 10);
        count_accepted(&m, s, 14, expr_regon_valid);
        unseen.changes += accepted_changes(s, 14, either);
        unseen.swaps += accepted_swaps(s, 14, either);
        late += accepted_late(s, expr_regon_valid);
        late_unseen += late_changes(s, rest);
    }
    assert_int_equal(m.changes, unseen.changes);
    assert_int_equal(m.swaps, unseen.swaps);
    assert_int_equal(late, late_unseen);
    /* the fifth digit has weight 0 in the long scheme: the short one must see it */
    assert_true(m.changes - late < late);
}

/* ---- NRB ---- */

static int remainder_97(const char *digits)
{
    int r = 0;
    for (; *digits; digits++)
        r = (r * 10 + *digits - '0') % 97;
    return r;
}

static void make_nrb(char *s)
{
    static const int weight[] = { 3, 9, 7, 1, 3, 9, 7 };
    char turned[31];
    random_digits(s, 26);
    s[9] = (char)('0' + (10 - sum(s + 2, weight, 7) % 10) % 10);
    memcpy(turned, s + 2, 24);
    memcpy(turned + 24, "252100", 7);
    int check = 98 - remainder_97(turned);
    s[0] = (char)('0' + check / 10);
    s[1] = (char)('0' + check % 10);
}

/* The number is taken modulo the prime 97 after the first two digits moved to its end.  A change
 * is d * 10^k with 0 < |d| < 10, never a multiple of 97.  A swap is (a - b) * 9 * 10^k; that of
 * the second digit with the third, which stand far apart after the move, (a - b)(10^29 - 1), and
 * 10^29 is not 1 modulo 97, since the order of 10 there is 96. */
static void nrb_misses_no_change_and_no_swap(void **state)
{
    (void)state;
    Missed m = { 0, 0 };
    char s[MOST + 1];
    for (int k = 0; k < NUMBERS; k++) {
        make_nrb(s);
        count_accepted(&m, s, 26, expr_nrb_valid);
    }
    assert_int_equal(m.changes, 0);
    assert_int_equal(m.swaps, 0);
}

/* 00, 01 and 99 leave the same remainder as 97, 98 and 02, but 98 - remainder never gives them. */
static void nrb_check_digits_run_from_02_to_98(void **state)
{
    (void)state;
    int tried = 0;
    char s[MOST + 1];
    while (tried < 30) {
        make_nrb(s);
        const char *twin = !memcmp(s, "97", 2) ? "00" : !memcmp(s, "98", 2) ? "01"
                         : !memcmp(s, "02", 2) ? "99" : NULL;
        if (!twin)
            continue;
        memcpy(s, twin, 2);
        assert_false(expr_nrb_valid(s, 26));
        tried++;
    }
}

static void nrb_with_a_wrong_sort_code_is_refused(void **state)
{
    (void)state;
    char s[MOST + 1], turned[31];
    make_nrb(s);
    s[9] = s[9] == '9' ? '0' : (char)(s[9] + 1);
    memcpy(turned, s + 2, 24);
    memcpy(turned + 24, "252100", 7);
    int check = 98 - remainder_97(turned);
    s[0] = (char)('0' + check / 10);
    s[1] = (char)('0' + check % 10);
    assert_false(expr_nrb_valid(s, 26));
}

/* ---- shapes ---- */

static void separators_are_allowed_only_where_people_write_them(void **state)
{
    (void)state;
    assert_true(expr_nip_valid("PL1234563218", 12));
    assert_true(expr_nip_valid("123 456 32 18", 13));
    assert_true(expr_nrb_valid("PL61" N "1090" N "1014" N "0000" N "0712" N "1981" N "2874", 40));
    assert_false(expr_nip_valid("123.456.32.18", 13));
    assert_false(expr_nip_valid("1234563218\0", 11));
    assert_false(expr_nip_valid("", 0));
    assert_false(expr_regon_valid("123-456-785", 11));
    assert_false(expr_regon_valid("PL123456785", 11));
    assert_false(expr_pesel_valid("680512 00428", 12));
    assert_false(expr_nrb_valid("61 1090 1014 0000 0712 1981 28740", 33));
    assert_false(expr_krs_valid("00001234567", 11));
    assert_false(expr_krs_valid("000012345x", 10));
    assert_false(expr_postal_valid("09-2001", 7));
    assert_false(expr_postal_valid("", 0));
    assert_int_equal(expr_pesel_sex("6805120042", 10), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pesel_misses_only_swaps_of_digits_five_apart),
        cmocka_unit_test(pesel_with_its_date_misses_fewer_swaps),
        cmocka_unit_test(pesel_knows_dates_of_five_centuries),
        cmocka_unit_test(pesel_with_a_sum_divisible_by_ten_has_check_digit_zero),
        cmocka_unit_test(nip_misses_no_change_and_no_swap),
        cmocka_unit_test(nip_with_remainder_ten_is_refused_whatever_its_last_digit),
        cmocka_unit_test(regon_misses_what_moves_its_remainder_between_0_and_10),
        cmocka_unit_test(long_regon_misses_only_what_both_of_its_check_digits_miss),
        cmocka_unit_test(nrb_misses_no_change_and_no_swap),
        cmocka_unit_test(nrb_check_digits_run_from_02_to_98),
        cmocka_unit_test(nrb_with_a_wrong_sort_code_is_refused),
        cmocka_unit_test(separators_are_allowed_only_where_people_write_them),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
