/* SPDX-License-Identifier: MIT */
/* Loops: Polish order, numbers by value, several keys, stable sorting, groups. */
#include "test_expr.h"

/* The turns of a loop over the root's participants, as the values of `shown` with spaces between.
 * keys: "KEY", "KEY desc", up to three, ended by NULL. */
static const char *turns(const char *nodes, const char *group, const char *const *keys,
                         const char *shown)
{
    static Buf out;
    ExprSort sort[3];
    size_t n = 0, used;
    ExprError error;
    ExprList list;
    Expr *of = expr_compile(env, nodes, strlen(nodes), NULL, &error);
    Expr *by = group ? expr_compile(env, group, strlen(group), NULL, &error) : NULL;
    Expr *what = expr_compile(env, shown, strlen(shown), NULL, &error);
    for (; keys[n]; n++) {
        sort[n].key = expr_compile(env, keys[n], strlen(keys[n]), &used, &error);
        sort[n].descending = !strcmp(keys[n] + used, "desc");
    }
    xmlXPathObject *v = expr_eval(env, of, xmlDocGetRootElement(document), 1, 1, &error);
    buf_clear(&out);
    buf_str(&out, "");
    if (!expr_list(env, v->nodesetval, by, sort, n, &list, &error))
        buf_format(&out, "!%s", diag_text(error.id)->id);
    for (size_t i = 0; i < list.n; i++) {
        xmlNodeSet *outer = expr_env_group(env, list.item[i].group);
        buf_str(&out, i ? " " : "");
        if (!expr_string(env, what, list.item[i].node, (int)i + 1, (int)list.n, &out, &error))
            buf_str(&out, "?");
        expr_env_group(env, outer);
    }
    expr_list_free(&list);
    xmlXPathFreeObject(v);
    while (n)
        expr_free((Expr *)sort[--n].key);
    expr_free(of);
    expr_free(by);
    expr_free(what);
    return out.p;
}

#define TURNS(nodes, group, shown, ...) \
    turns(nodes, group, (const char *const[]){ __VA_ARGS__, NULL }, shown)

static void without_keys_the_document_order_stays(void **state)
{
    (void)state;
    assert_string_equal(TURNS("participant", NULL, "@id", NULL), "u1 u2 u3 u4");
    assert_string_equal(TURNS("nobody", NULL, "@id", NULL), "");
}

static void polish_letters_stand_between_the_others(void **state)
{
    (void)state;
    /* domain.md 7: Czyż < Ćwik, Lis < Łaski, Zych < Źródlak < Żak */
    static const char *const order[] = {
        "Ala", "Ąg", "Baca", "Cyran", "Czyż", "Ćwik", "Duda", "Ew", "Ęg", "Hak", "Lis", "Łaski",
        "Mak", "Nowy", "Ńa", "Osa", "Óg", "Sowa", "Ślaz", "Tur", "Zych", "Źródlak", "Żak",
    };
    for (size_t i = 0; i < COUNT(order); i++)
        for (size_t k = 0; k < COUNT(order); k++)
            assert_int_equal(expr_collate(env, order[i], order[k]), (i > k) - (i < k));
}

static void case_counts_last_and_digits_by_value(void **state)
{
    (void)state;
    assert_true(expr_collate(env, "nowak", "Nowak") < 0);
    assert_true(expr_collate(env, "Nowak", "nowaka") < 0);
    assert_true(expr_collate(env, "g2", "g10") < 0);
    assert_true(expr_collate(env, "2/2011", "10/2011") < 0);
    assert_int_equal(expr_collate(env, "żółw", "żółw"), 0);
    assert_string_equal(TURNS("participant", NULL, "@last", "@last"), "Czyż Ćwik łąkowa Łąkowa");
    assert_string_equal(TURNS("participant", NULL, "@id", "@group"), "u2 u1 u3 u4");
}

static void numbers_are_sorted_by_value_when_all_keys_are_numbers(void **state)
{
    (void)state;
    assert_string_equal(TURNS("participant", NULL, "@hours", "@hours"), "3 20 20 100");
    assert_string_equal(TURNS("participant", NULL, "@hours", "@hours desc"), "100 20 20 3");
    assert_string_equal(TURNS("//source", NULL, "@id", "@amount desc"), "s2 s1");
    /* mixed: "100", "20", "3" are then texts with digits by value */
    assert_string_equal(TURNS("participant/@hours | participant/@sex", NULL, ".", "."),
                        "3 20 20 100 F F F M");
}

static void equal_keys_keep_the_order_of_the_document(void **state)
{
    (void)state;
    assert_string_equal(TURNS("participant", NULL, "@id", "@sex"), "u1 u3 u4 u2");
    assert_string_equal(TURNS("participant", NULL, "@id", "@sex desc"), "u2 u1 u3 u4");
    assert_string_equal(TURNS("participant", NULL, "@id", "'x'"), "u1 u2 u3 u4");
    assert_string_equal(TURNS("participant", NULL, "@id", "'x' desc"), "u1 u2 u3 u4");
}

static void later_keys_decide_between_equals(void **state)
{
    (void)state;
    assert_string_equal(TURNS("participant", NULL, "@id", "@hours", "@last desc"), "u3 u4 u2 u1");
    assert_string_equal(TURNS("participant", NULL, "@id", "@sex", "@group desc", "@last"),
                        "u4 u3 u1 u2");
    assert_string_equal(TURNS("participant", NULL, "@id", "position() desc"), "u4 u3 u2 u1");
    assert_string_equal(TURNS("participant", NULL, "@id", "last() - position()"), "u4 u3 u2 u1");
}

static void missing_keys_come_first(void **state)
{
    (void)state;
    assert_string_equal(TURNS("course", NULL, "@id", "@leaders"), "k1 k2 k3 k4");
    assert_string_equal(TURNS("course", NULL, "@id", "@name"), "k2 k1 k4 k3");
    assert_string_equal(TURNS("course", NULL, "@id", "@name desc"), "k3 k1 k4 k2");
}

static void groups_have_one_turn_for_each_key(void **state)
{
    (void)state;
    assert_string_equal(TURNS("participant", "@group", "@group", NULL), "g2 g1 g10");
    assert_string_equal(TURNS("participant", "@group", "count(group())", NULL), "2 1 1");
    assert_string_equal(TURNS("participant", "@group", "@group", "@group"), "g1 g2 g10");
    assert_string_equal(TURNS("participant", "@group", "@group", "count(group()) desc"),
                        "g2 g1 g10");
    assert_string_equal(TURNS("participant", "@group", "join(group()/@first, '+')", "@group"),
                        "Jan Anna+Ewa Ola");
    assert_string_equal(TURNS("participant", "@group", "concat(position(), '/', last())", "@group"),
                        "1/3 2/3 3/3");
    assert_string_equal(TURNS("course", "@leaders", "count(group())", NULL), "2 1 1");
}

static void a_failing_key_is_an_error(void **state)
{
    (void)state;
    assert_string_equal(TURNS("participant", "date(@last)", "@id", NULL), "!expr_date");
    assert_string_equal(TURNS("participant", NULL, "@id", "date(@last)"), "!expr_date");
    assert_string_equal(value("group()"), "!expr_group");       /* nothing is left set */
}

/* 20,000 nodes with as many keys: seconds if anything were quadratic. */
static void large_lists_are_grouped_and_sorted(void **state)
{
    (void)state;
    enum { MANY = 20000 };
    Buf b = { 0 };
    ExprError error;
    ExprList list;
    buf_str(&b, "<r>");
    for (int i = 0; i < MANY; i++)
        buf_format(&b, "<a k='%d' t='x%d'/>", i * 7919 % MANY, i);
    buf_str(&b, "</r>");
    xmlDoc *d = xmlReadMemory(b.p, (int)b.n, "x", NULL, 0);
    ExprEnv *e = expr_env_new(d);
    Expr *of = expr_compile(e, "a", 1, NULL, &error), *k = expr_compile(e, "@k", 2, NULL, &error);
    Expr *t = expr_compile(e, "@t", 2, NULL, &error);
    xmlXPathObject *v = expr_eval(e, of, xmlDocGetRootElement(d), 1, 1, &error);
    ExprSort sort[] = { { k, false }, { t, false } };
    assert_true(expr_list(e, v->nodesetval, t, sort, 2, &list, &error));
    assert_int_equal(list.n, MANY);
    for (int i = 0; i < MANY; i++) {
        char number[16];
        snprintf(number, sizeof number, "%d", i);
        assert_string_equal(list.item[i].node->properties->children->content, number);
    }
    expr_list_free(&list);
    xmlXPathFreeObject(v);
    expr_free(of);
    expr_free(k);
    expr_free(t);
    expr_env_free(e);
    xmlFreeDoc(d);
    buf_free(&b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(without_keys_the_document_order_stays),
        cmocka_unit_test(polish_letters_stand_between_the_others),
        cmocka_unit_test(case_counts_last_and_digits_by_value),
        cmocka_unit_test(numbers_are_sorted_by_value_when_all_keys_are_numbers),
        cmocka_unit_test(equal_keys_keep_the_order_of_the_document),
        cmocka_unit_test(later_keys_decide_between_equals),
        cmocka_unit_test(missing_keys_come_first),
        cmocka_unit_test(groups_have_one_turn_for_each_key),
        cmocka_unit_test(a_failing_key_is_an_error),
        cmocka_unit_test(large_lists_are_grouped_and_sorted),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
