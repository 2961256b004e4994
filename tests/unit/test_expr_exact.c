/* SPDX-License-Identifier: MIT */
/* Results against the same thing computed another way: by counting day after day, by the grammar
 * of Polish numerals, by pushing digits about in text. */
#include "test_expr.h"

static uint32_t next_random(void)
{
    static uint32_t x = 88172645u;
    x ^= x << 13;
    x ^= x >> 17;
    x ^= x << 5;
    return x;
}

static __attribute__((format(printf, 1, 2))) const char *value_of(const char *format, ...)
{
    char text[512];
    va_list list;
    va_start(list, format);
    vsnprintf(text, sizeof text, format, list);
    va_end(list);
    return value(text);
}

/* ---- days, months ---- */

typedef struct { int y, m, d; } Date;

static int month_length(int y, int m)
{
    bool leap = (y % 4 == 0 && y % 100) || y % 400 == 0;
    return m == 2 ? 28 + leap : 30 + (m + m / 8) % 2;
}

static void step(Date *x)
{
    if (++x->d <= month_length(x->y, x->m))
        return;
    x->d = 1;
    if (++x->m <= 12)
        return;
    x->m = 1;
    x->y++;
}

static void days_agree_with_counting_each_day_of_two_centuries(void **state)
{
    (void)state;
    int n = 1;
    for (Date x = { 1899, 12, 31 }; x.y < 2101; step(&x), n++) {
        if (x.d > 2 && x.d < 27 && x.d != 15)   /* the ends of months are where it may go wrong */
            continue;
        const char *v = value_of("days('1899-12-31', '%04d-%02d-%02d')", x.y, x.m, x.d);
        assert_int_equal(atoi(v), n);
    }
}

/* The last day of a period of n months from a: the day before the same day of the n-th month, or
 * that month's end if it is too short to have such a day. */
static Date end_of_months(Date a, int n)
{
    int m = a.m - 1 + n;
    Date e = { a.y + m / 12, m % 12 + 1, a.d - 1 };
    if (e.d >= month_length(e.y, e.m))
        e.d = month_length(e.y, e.m);
    if (e.d)
        return e;
    m--;
    return (Date){ a.y + m / 12, m % 12 + 1, month_length(a.y + m / 12, m % 12 + 1) };
}

static long ordinal(Date x)
{
    return x.y * 10000L + x.m * 100 + x.d;
}

static void months_are_the_most_that_fit_into_the_period(void **state)
{
    (void)state;
    for (int k = 0; k < 5000; k++) {
        Date a = { 2008 + (int)(next_random() % 3), 1 + (int)(next_random() % 12), 1 };
        a.d = 1 + (int)(next_random() % (uint32_t)month_length(a.y, a.m));
        Date b = a;
        for (uint32_t i = next_random() % 500; i; i--)
            step(&b);
        int n = 0;
        while (ordinal(end_of_months(a, n + 1)) <= ordinal(b))
            n++;
        const char *v = value_of("months('%04d-%02d-%02d', '%04d-%02d-%02d')", a.y, a.m, a.d, b.y,
                                 b.m, b.d);
        assert_int_equal(atoi(v), n);
    }
}

/* ---- numerals ---- */

static void put_word(char *out, const char *word)
{
    if (*out)
        strcat(out, " ");
    strcat(out, word);
}

static void put_hundreds(char *out, int n, const char *one, const char *two)
{
    static const char *const units[] = {
        "", "", "", "trzy", "cztery", "pięć", "sześć", "siedem", "osiem", "dziewięć", "dziesięć",
        "jedenaście", "dwanaście", "trzynaście", "czternaście", "piętnaście", "szesnaście",
        "siedemnaście", "osiemnaście", "dziewiętnaście",
    };
    static const char *const tens[] = {
        "", "", "dwadzieścia", "trzydzieści", "czterdzieści", "pięćdziesiąt", "sześćdziesiąt",
        "siedemdziesiąt", "osiemdziesiąt", "dziewięćdziesiąt",
    };
    static const char *const hundreds[] = {
        "", "sto", "dwieście", "trzysta", "czterysta", "pięćset", "sześćset", "siedemset",
        "osiemset", "dziewięćset",
    };
    if (n >= 100)
        put_word(out, hundreds[n / 100]);
    n %= 100;
    if (n >= 20) {
        put_word(out, tens[n / 10]);
        n %= 10;
    }
    if (n)
        put_word(out, n == 1 ? one : n == 2 ? two : units[n]);
}

static int form(int64_t n)      /* 0 one, 1 few, 2 many: domain.md 7 */
{
    bool few = n % 10 >= 2 && n % 10 <= 4 && !(n % 100 >= 12 && n % 100 <= 14);
    return n == 1 ? 0 : few ? 1 : 2;
}

/* Polish numerals of the nominative; "tysiąc" stands alone for one thousand. */
static void numeral(char *out, int64_t n, bool feminine)
{
    static const struct { int64_t value; const char *form[3]; } powers[] = {
        { 1000000000000, { "bilion", "biliony", "bilionów" } },
        { 1000000000, { "miliard", "miliardy", "miliardów" } },
        { 1000000, { "milion", "miliony", "milionów" } },
        { 1000, { "tysiąc", "tysiące", "tysięcy" } },
    };
    bool alone = n == 1;
    *out = '\0';
    if (!n)
        put_word(out, "zero");
    for (size_t i = 0; i < COUNT(powers); i++) {
        int group = (int)(n / powers[i].value);
        n %= powers[i].value;
        if (group > 1)
            put_hundreds(out, group, "jeden", "dwa");
        if (group)
            put_word(out, powers[i].form[form(group)]);
    }
    /* jedna is only the number one itself: dwadzieścia jeden, sto jeden for all genders */
    put_hundreds(out, (int)n, alone && feminine ? "jedna" : "jeden", feminine ? "dwie" : "dwa");
}

/* Numbers near each other and of every size up to 999 999 999 999. */
static int64_t some_number(int k)
{
    static const int64_t size[] = { 1000, 100000, 10000000, 1000000000, 1000000000000 };
    if (k < 1200)
        return k;
    uint64_t r = (uint64_t)next_random() << 32 | next_random();
    return (int64_t)(r % (uint64_t)size[k % 5]);
}

static void numbers_in_words_follow_polish_grammar(void **state)
{
    (void)state;
    char words[1024];
    for (int k = 0; k < 6000; k++) {
        int64_t n = k == 5999 ? 999999999999 : some_number(k);
        numeral(words, n, false);
        assert_string_equal(value_of("words(%lld)", (long long)n), words);
        numeral(words, n, true);
        assert_string_equal(value_of("words(%lld, 'f')", (long long)n), words);
    }
}

static void amounts_in_words_follow_polish_grammar(void **state)
{
    (void)state;
    static const char *const zloty[] = { "złoty", "złote", "złotych" };
    char words[1024], whole[1000];
    for (int k = 0; k < 3000; k++) {
        int64_t n = some_number(k);
        numeral(whole, n, false);
        snprintf(words, sizeof words, "%s %s %02d/100", whole, zloty[form(n)], k % 100);
        assert_string_equal(value_of("money-words('%lld.%02d')", (long long)n, k % 100), words);
    }
}

static void plural_forms_follow_the_rule_of_cldr(void **state)
{
    (void)state;
    static const char *const names[] = { "osoba", "osoby", "osób" };
    for (int n = 0; n < 2500; n++)
        assert_string_equal(value_of("plural(%d, 'osoba', 'osoby', 'osób')", n), names[form(n)]);
    for (int n = 1; n < 100; n++)
        if (n % 10)
            assert_string_equal(value_of("plural('%d.%d', 'a', 'b', 'c')", n / 10, n % 10), "b");
}

/* ---- money ---- */

/* Groups of three from the right, by inserting into the text of the number. */
static void group_digits(char *out, const char *digits)
{
    size_t n = strlen(digits);
    char *end = out;
    for (size_t i = 0; i < n; i++) {
        if (i && (n - i) % 3 == 0)
            end += sprintf(end, N);
        *end++ = digits[i];
    }
    *end = '\0';
}

static void amounts_are_the_digits_of_the_data_in_groups(void **state)
{
    (void)state;
    char digits[32], grouped[64], shown[96];
    for (int k = 0; k < 4000; k++) {
        snprintf(digits, sizeof digits, "%lld", (long long)some_number(k));
        group_digits(grouped, digits);
        snprintf(shown, sizeof shown, "%s,%02d" N "zł", grouped, k % 100);
        assert_string_equal(value_of("money('%s.%02d')", digits, k % 100), shown);
    }
}

/* 0.01 to 99.99 as XPath numbers: doubles, of which few are exact. */
static void every_amount_survives_as_an_xpath_number(void **state)
{
    (void)state;
    char shown[32];
    for (int n = 0; n < 10000; n++) {
        snprintf(shown, sizeof shown, "%d,%02d" N "zł", n / 100, n % 100);
        assert_string_equal(value_of("money(%d.%02d)", n / 100, n % 100), shown);
        assert_string_equal(value_of("money(%d div 100)", n), shown);
    }
}

/* part / whole by schoolbook rounding in whole numbers: hundredths of a percent. */
static void percents_are_rounded_half_up(void **state)
{
    (void)state;
    char shown[32];
    for (int k = 0; k < 3000; k++) {
        int whole = 1 + (int)(next_random() % 5000), part = (int)(next_random() % 5000);
        int hundredths = (int)((20000LL * part + whole) / (2LL * whole));
        if (hundredths >= 100000)
            continue;
        snprintf(shown, sizeof shown, "%d,%02d" N "%%", hundredths / 100, hundredths % 100);
        assert_string_equal(value_of("percent(%d, %d, 2)", part, whole), shown);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(days_agree_with_counting_each_day_of_two_centuries),
        cmocka_unit_test(months_are_the_most_that_fit_into_the_period),
        cmocka_unit_test(numbers_in_words_follow_polish_grammar),
        cmocka_unit_test(amounts_in_words_follow_polish_grammar),
        cmocka_unit_test(plural_forms_follow_the_rule_of_cldr),
        cmocka_unit_test(amounts_are_the_digits_of_the_data_in_groups),
        cmocka_unit_test(every_amount_survives_as_an_xpath_number),
        cmocka_unit_test(percents_are_rounded_half_up),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
