/* SPDX-License-Identifier: MIT */
/* Compiling and evaluating: where an expression ends, what is refused and where the caret goes,
 * variables, namespaces, limits, languages, and that nothing leaks into messages or stderr. */
#include "test_expr.h"

#include <fcntl.h>
#include <unistd.h>

/* ---- where it ends ---- */

static void the_longest_whole_expression_is_compiled(void **state)
{
    (void)state;
    static const struct { const char *text, *expression; } cases[] = {
        { "course sort @name", "course" },
        { "sort sort sort", "sort" },
        { "group group by by row", "group" },
        { "course[@a sort]", NULL },
        { "course[sort] sort sort desc", "course[sort]" },
        { "@name desc, @id", "@name" },
        { "@name, @id", "@name" },
        { "concat(@a, @b), @c", "concat(@a, @b)" },
        { "a div b mod c", "a div b mod c" },
        { "div div div by row", "div div div" },
        { "div div div div", NULL },    /* the last one is an operator without operand */
        { "and and and by row", "and and and" },
        { "count(course) > 1", "count(course) > 1" },
        { "course group substring(@start, 1, 4) sort @a", "course" },
        { "a 'b'", "a" },
        { "a 5", "a" },
        { "'a' 'b'", "'a'" },
        { "5 by row", "5" },
        { ". by row", "." },
        { ".. with x", ".." },
        { "* * * by", "* * *" },
        { "@* sort @*", "@*" },
        { "a/* by row", "a/*" },
        { "$x sort @n", "$x" },
        { "$sort sort @n", "$sort" },
        { "a)", "a" },
        { "a]", "a" },
        { "a @b", "a" },
        { "a $b", "a" },
        { "a (b)", NULL },      /* a() is no function */
        { "(a) (b)", "(a)" },
        { " a ", "a" },
        { "ancestor::a by row", "ancestor::a" },
        { "attribute::a by row", "attribute::a" },
        { "text() by row", "text()" },
        { "a/text()[1] by row", "a/text()[1]" },
        { "processing-instruction('x') by row", "processing-instruction('x')" },
        { "'a sort b' sort c", "'a sort b'" },
        { "/ ", "/" },
        { "//a | //b sort @c", "//a | //b" },
        { "-1 - -1", "-1 - -1" },
        { "1.5.", "1.5" },
        { ".5 x", ".5" },
        { "źródło sort @ą", "źródło" },
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        ExprError error;
        size_t used = 999;
        Expr *x = expr_compile(env, cases[i].text, strlen(cases[i].text), &used, &error);
        if (!x != !cases[i].expression)
            fail_msg("%s: %s", cases[i].text, x ? expr_text(x) : diag_text(error.id)->id);
        if (x) {
            const char *start = cases[i].text + strspn(cases[i].text, " ");
            assert_string_equal(expr_text(x) + strspn(expr_text(x), " "), cases[i].expression);
            assert_true(used >= (size_t)(start - cases[i].text) + strlen(cases[i].expression));
            assert_true(used == strlen(cases[i].text) || cases[i].text[used] != ' ');
        }
        expr_free(x);
    }
}

static void errors_have_an_offset(void **state)
{
    (void)state;
    static const struct { const char *text; DiagId id; size_t offset; } cases[] = {
        { "", DIAG_expr_syntax, 0 },
        { "   ", DIAG_expr_syntax, 3 },
        { "a sort b", DIAG_expr_syntax, 2 },
        { "a + )", DIAG_expr_syntax, 4 },
        { "a[", DIAG_expr_syntax, 2 },
        { "a[1", DIAG_expr_syntax, 3 },
        { "a[1)", DIAG_expr_syntax, 3 },
        { "count(", DIAG_expr_syntax, 6 },
        { "count(a", DIAG_expr_syntax, 7 },
        { "concat(,'a')", DIAG_expr_syntax, 7 },
        { "concat('a',)", DIAG_expr_syntax, 11 },
        { "(a, b)", DIAG_expr_syntax, 2 },
        { "a[b c]", DIAG_expr_syntax, 4 },
        { "'abc", DIAG_expr_syntax, 0 },
        { "a = \"abc", DIAG_expr_syntax, 4 },
        { "a//", DIAG_expr_syntax, 3 },
        { "1 +", DIAG_expr_syntax, 3 },
        { "a # b", DIAG_expr_syntax, 2 },
        { "a ! b", DIAG_expr_syntax, 2 },
        { "a : b", DIAG_expr_syntax, 2 },
        { "a; b", DIAG_expr_syntax, 1 },
        { "a + foo(1)", DIAG_expr_function, 4 },
        { "document('/etc/passwd')", DIAG_expr_function, 0 },
        { "p:count(a)", DIAG_expr_function, 0 },
        { "a[money()]", DIAG_expr_arity, 2 },
        { "count(a, b)", DIAG_expr_arity, 0 },
        { "concat('a')", DIAG_expr_arity, 0 },
        { "a/x:b", DIAG_expr_prefix, 2 },
        { "@x:b", DIAG_expr_prefix, 1 },
        { "a/x:*", DIAG_expr_prefix, 2 },
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        ExprError error;
        Expr *x = expr_compile(env, cases[i].text, strlen(cases[i].text), NULL, &error);
        if (x || error.id != cases[i].id || error.offset != cases[i].offset)
            fail_msg("%s: %s at %zu", cases[i].text, x ? "compiled" : diag_text(error.id)->id,
                     error.offset);
    }
}

/* What the lexer says of each word, one letter a kind. */
static void the_words_of_an_expression_are_told_apart(void **state)
{
    (void)state;
    static const struct { const char *text, *kinds; } cases[] = {
        { "a/@b = $c + 1", "NMMAOMVO#" },
        { "count(//course[@name != 'x'])", "FMMNMMAOLMM" },
        { "child::a/attribute::b", "XMNMXMA" },
        { "text() | node()", "TMMOTMM" },
        { "* * *", "NON" },
        { "p:a/@p:*", "NMMA" },
        { "div div mod", "NON" },
        { "a sort", "N." },
        { "a[", "NM!" },
        { "a'", "N!" },
    };
    static const char signs[] = ".!NAFVXTOL#M";
    for (size_t i = 0; i < COUNT(cases); i++) {
        ExprLexer l;
        char kinds[64] = "";
        expr_lexer(&l, cases[i].text, strlen(cases[i].text));
        for (size_t n = 0; n < 60; n++) {
            ExprToken t = expr_token(&l);
            kinds[n] = signs[t.kind];
            if (t.kind == EXPR_BAD || (t.kind == EXPR_END && t.offset == l.len))
                break;
            if (t.kind == EXPR_END)
                break;
        }
        size_t n = strlen(kinds);
        if (cases[i].kinds[strlen(cases[i].kinds) - 1] != '.' && n && kinds[n - 1] == '.')
            kinds[n - 1] = '\0';
        assert_string_equal(kinds, cases[i].kinds);
    }
}

/* ---- what is refused when it runs ---- */

static void missing_and_empty_are_not_the_same(void **state)
{
    (void)state;
    assert_string_equal(value("@none"), "!expr_missing");
    assert_string_equal(value("@empty"), "");
    assert_string_equal(value("string(@none)"), "");
    assert_string_equal(value("course[2]/@name"), "");
    assert_string_equal(value("1 = 1"), "true");
    assert_string_equal(value("3 div 2"), "1.5");
    assert_string_equal(value("sum(course)"), "NaN");
    assert_string_equal(value("-1 div 0"), "-Infinity");
    assert_string_equal(value("-1234567890.25"), "-1234567890.25");
    assert_string_equal(value("1000000000"), "1000000000");
    assert_string_equal(value("9007199254740992"), "9007199254740992");
    assert_string_equal(value("upper(6000000000000000)"), "6000000000000000");
}

static void wrong_kinds_and_unknown_variables_are_errors(void **state)
{
    (void)state;
    assert_string_equal(value("count('a')"), "!expr_type");
    assert_string_equal(value("'a'/b"), "!expr_type");
    assert_string_equal(value("$nobody"), "!expr_variable");
    assert_string_equal(value("concat($nobody, 'a')"), "!expr_variable");
}

static void messages_name_function_parameter_and_argument(void **state)
{
    (void)state;
    ExprError error;
    Buf b = { 0 };
    const char *text = "dates('2011-12-01', participant/@pesel)";
    Expr *x = expr_compile(env, text, strlen(text), NULL, &error);
    assert_false(expr_string(env, x, xmlDocGetRootElement(document), 1, 1, &b, &error));
    assert_int_equal(error.id, DIAG_expr_date);
    assert_string_equal(error.arg[0], "dates");
    assert_string_equal(error.arg[1], "last");
    assert_string_equal(error.arg[2], "@pesel");
    assert_string_equal((const char *)error.node->name, "pesel");
    expr_free(x);
    Diags *d = diags_new(LANG_EN);
    expr_report(d, &error, NULL);
    assert_int_equal(diags_count(d, SEV_ERROR), 1);
    diags_free(d);
}

/* A PESEL that an expression computed must not be quoted; what the author typed may be. */
static void values_of_the_data_are_never_quoted(void **state)
{
    (void)state;
    static const char *const texts[] = {
        "date(string(participant/@pesel))", "money(concat(participant/@pesel, 'x'))",
        "nip(participant/@pesel)", "date(number(participant/@pesel))",
        "min(participant/@last)", "words(participant/@last)",
    };
    for (size_t i = 0; i < COUNT(texts); i++) {
        ExprError error;
        Expr *x = expr_compile(env, texts[i], strlen(texts[i]), NULL, &error);
        xmlXPathObject *v = expr_eval(env, x, xmlDocGetRootElement(document), 1, 1, &error);
        assert_null(v);
        for (int k = 0; k < 3; k++) {
            assert_null(strstr(error.arg[k], "6805"));
            assert_null(strstr(error.arg[k], "kowa"));
        }
        expr_free(x);
    }
    ExprError error;
    Expr *x = expr_compile(env, "date('16.12.2011')", 18, NULL, &error);
    assert_null(expr_eval(env, x, NULL, 1, 1, &error));
    assert_string_equal(error.arg[2], "'16.12.2011'");
    expr_free(x);
}

/* ---- limits ---- */

static void runaway_expressions_are_stopped(void **state)
{
    (void)state;
    Buf b = { 0 };
    ExprError error;
    for (int i = 0; i < 200; i++)
        buf_str(&b, "(");
    assert_null(expr_compile(env, b.p, b.n, NULL, &error));
    assert_int_equal(error.id, DIAG_expr_large);
    buf_clear(&b);
    for (int i = 0; i < 9000; i++)
        buf_str(&b, "1 + ");
    assert_null(expr_compile(env, b.p, b.n, NULL, &error));
    assert_int_equal(error.id, DIAG_expr_large);
    buf_clear(&b);
    buf_str(&b, "true()");
    for (int i = 0; i < 8; i++) {       /* 33 elements to the power of 8 */
        Buf inner = b;
        b = (Buf){ 0 };
        buf_format(&b, "count(//*[%s]) > 0", inner.p);
        buf_free(&inner);
    }
    expr_env_limit(env, 1000000);
    assert_string_equal(value(b.p), "!expr_limit");
    assert_string_equal(value("count(//*) > 10"), "true");
    expr_env_limit(env, 100000000);
    buf_free(&b);
}

/* As many signs as fit must neither overflow the stack nor print. */
static void long_flat_expressions_are_refused_or_computed(void **state)
{
    (void)state;
    Buf b = { 0 };
    buf_str(&b, "1");
    for (int i = 0; i < 16000; i++)
        buf_str(&b, "+1");
    const char *v = value(b.p);
    assert_true(!strcmp(v, "16001") || *v == '!');
    buf_clear(&b);
    for (int i = 0; i < 32000; i++)
        buf_str(&b, "-");
    buf_str(&b, "1");
    v = value(b.p);
    assert_true(!strcmp(v, "1") || *v == '!');
    buf_free(&b);
}

static void nothing_is_printed_on_standard_error(void **state)
{
    (void)state;
    static const char *const texts[] = {
        "foo(", "a[", "count('a')", "$x", "x:a", "'a'/b", "id()", "a//", "1 +", "$x:y",
    };
    char name[] = "/tmp/test_expr_XXXXXX";
    int file = mkstemp(name), kept = dup(2);
    dup2(file, 2);
    for (size_t i = 0; i < COUNT(texts); i++)
        value(texts[i]);
    dup2(kept, 2);
    assert_int_equal(lseek(file, 0, SEEK_END), 0);
    close(file);
    close(kept);
    unlink(name);
}

/* ---- the environment ---- */

static void variables_last_until_their_mark_is_released(void **state)
{
    (void)state;
    size_t outer = expr_env_mark(env);
    expr_env_variable(env, "x", xmlXPathNewFloat(1));
    size_t inner = expr_env_mark(env);
    expr_env_variable(env, "x", xmlXPathNewCString("two"));
    expr_env_variable(env, "y", xmlXPathNewFloat(3));
    assert_string_equal(value("concat($x, $y)"), "two3");
    expr_env_release(env, inner);
    assert_string_equal(value("$x"), "1");
    assert_string_equal(value("$y"), "!expr_variable");
    expr_env_variable(env, "x", NULL);
    assert_string_equal(value("$x"), "!expr_variable");
    expr_env_release(env, outer);
    assert_null(expr_env_find(env, "x"));
}

static void a_variable_may_hold_nodes(void **state)
{
    (void)state;
    ExprError error;
    Expr *x = expr_compile(env, "participant[2]", 14, NULL, &error);
    xmlXPathObject *v = expr_eval(env, x, xmlDocGetRootElement(document), 1, 1, &error);
    expr_env_variable(env, "person", v);
    assert_string_equal(value("$person/@first"), "Jan");
    expr_env_release(env, 0);
    expr_free(x);
}

static void position_and_size_are_given(void **state)
{
    (void)state;
    ExprError error;
    bool is = false;
    const char *text = "position() = 3 and last() = 7";
    Expr *x = expr_compile(env, text, strlen(text), NULL, &error);
    assert_true(expr_boolean(env, x, NULL, 3, 7, &is, &error));
    assert_true(is);
    assert_true(expr_boolean(env, x, NULL, 3, 6, &is, &error));
    assert_false(is);
    expr_free(x);
}

static void today_is_only_what_was_given(void **state)
{
    (void)state;
    assert_string_equal(value("today()"), "!expr_today");
    expr_env_today(env, "2011-12-16");
    assert_string_equal(value("date(today())"), "16" N "grudnia 2011" N "r.");
    expr_env_today(env, NULL);
    assert_string_equal(value("today()"), "!expr_today");
}

static void names_without_prefix_may_have_a_namespace(void **state)
{
    (void)state;
    static const char text[] = "<a xmlns='urn:x' xmlns:p='urn:p' i='1'><b p:j='2'>t</b><p:c/></a>";
    xmlDoc *kept = document;
    document = xmlReadMemory(text, sizeof text - 1, "x", NULL, 0);
    ExprEnv *e = expr_env_new(document);
    assert_string_equal(value_in(e, "b"), "!expr_missing");
    expr_env_namespace(e, "", "urn:x");
    expr_env_namespace(e, "q", "urn:p");
    assert_string_equal(value_in(e, "b"), "t");
    assert_string_equal(value_in(e, "@i"), "1");
    assert_string_equal(value_in(e, "b/@q:j"), "2");
    assert_string_equal(value_in(e, "count(*)"), "2");
    assert_string_equal(value_in(e, "count(q:*)"), "1");
    assert_string_equal(value_in(e, "count(child::b[self::b]/parent::a)"), "1");
    assert_string_equal(value_in(e, "string(//b/text())"), "t");
    ExprError error;
    assert_null(expr_compile(e, "b/b/b/", 6, NULL, &error));
    assert_int_equal(error.offset, 6);
    size_t used;
    Expr *x = expr_compile(e, "b sort b", 8, &used, &error);
    assert_int_equal(used, 2);
    assert_string_equal(expr_text(x), "b");
    expr_free(x);
    expr_env_free(e);
    xmlFreeDoc(document);
    document = kept;
}

static xmlXPathObject *add_up(void *data, xmlXPathObject *const *arg, int n)
{
    double sum = *(double *)data;
    for (int i = 0; i < n; i++)
        sum += xmlXPathCastToNumber(arg[i]);
    return sum < 0 ? NULL : xmlXPathNewFloat(sum);
}

static void callers_may_add_functions(void **state)
{
    (void)state;
    double start = 100;
    ExprError error;
    assert_string_equal(value("key('a')"), "!expr_function");
    expr_env_function(env, "key", 1, -1, add_up, &start);
    assert_string_equal(value("key(1, 2, 3)"), "106");
    assert_string_equal(value("key(-200)"), "!expr_call");
    assert_null(expr_compile(env, "key()", 5, NULL, &error));
    assert_int_equal(error.id, DIAG_expr_arity);
}

/* A function of the caller may evaluate in the same env; the outer context stays. */
static xmlXPathObject *evaluate_inside(void *data, xmlXPathObject *const *arg, int n)
{
    ExprError error;
    Buf b = { 0 };
    (void)arg;
    (void)n;
    xmlNode *period = xmlDocGetRootElement(document)->children;
    bool good = expr_string(env, data, period, 5, 9, &b, &error);
    xmlXPathObject *v = good ? xmlXPathNewCString(b.p) : xmlXPathNewCString("none");
    buf_free(&b);
    return v;
}

static void evaluations_nest(void **state)
{
    (void)state;
    ExprError error;
    Expr *x = expr_compile(env, "concat(position(), @end)", 24, NULL, &error);
    expr_env_function(env, "inside", 0, 0, evaluate_inside, x);
    assert_string_equal(value("concat(inside(), ' ', position(), ' ', @id)"), "52011-12-31 1 p1");
    Expr *missing = expr_compile(env, "@none", 5, NULL, &error);
    expr_env_function(env, "inside", 0, 0, evaluate_inside, missing);
    assert_string_equal(value("concat(inside(), date('x'))"), "!expr_date");
    assert_string_equal(value("inside()"), "none");
    expr_free(x);
    expr_free(missing);
}

static void compiled_expressions_serve_other_documents(void **state)
{
    (void)state;
    ExprError error;
    Buf b = { 0 };
    Expr *x = expr_compile(env, "upper(a/@b)", 11, NULL, &error);
    for (int i = 0; i < 3; i++) {
        char text[] = "<r><a b='x'/></r>";
        text[9] = (char)('x' + i);
        xmlDoc *d = xmlReadMemory(text, (int)strlen(text), "x", NULL, 0);
        ExprEnv *e = expr_env_new(d);
        assert_true(expr_string(e, x, xmlDocGetRootElement(d), 1, 1, &b, &error));
        expr_env_free(e);
        xmlFreeDoc(d);
    }
    assert_string_equal(b.p, "XYZ");
    buf_free(&b);
    expr_free(x);
}

static void lint_needs_no_document(void **state)
{
    (void)state;
    ExprError error;
    ExprEnv *e = expr_env_new(NULL);
    Expr *x = expr_compile(e, "/a/b[@c]", 8, NULL, &error);
    assert_non_null(x);
    xmlXPathObject *v = expr_eval(e, x, NULL, 1, 1, &error);
    assert_true(!v || xmlXPathNodeSetIsEmpty(v->nodesetval));
    xmlXPathFreeObject(v);
    expr_free(x);
    expr_env_free(e);
}

/* ---- languages ---- */

static void english_uses_the_forms_of_icu(void **state)
{
    (void)state;
    expr_env_language(env, "en");
    static const Case cases[] = {
        { "date('2011-12-16')", "December 16, 2011" },
        { "month('2011-12-16')", "December 2011" },
        { "money('200146.96')", "PLN" N "200,146.96" },
        { "decimal('1234.5', 2)", "1,234.50" },
        { "percent('21015.43', '200146.96')", "10.5%" },
        { "percent(1, 3)", "33.33%" },
        { "words(25)", "twenty-five" },
        { "plural(1, 'person', 'people')", "person" },
        { "plural(0, 'person', 'people')", "people" },
        { "count-of(1200, 'person', 'people')", "1,200" N "people" },
        { "join(participant[position() < 4]/@first)", "Anna, Jan, and Ewa" },
        { "money-words('2.50')", "two PLN 50/100" },
        { "dates('2011-12-16', '2011-12-16')", "December 16, 2011" },
    };
    check_cases(cases, COUNT(cases));
    assert_non_null(strstr(value("dates('2011-11-01', '2011-12-30')"), "November 1"));
    assert_non_null(strstr(value("dates('2011-11-01', '2011-12-30')"), "December 30, 2011"));
    expr_env_language(env, "pl-PL");
    assert_string_equal(value("date('2011-12-16')"), "16" N "grudnia 2011" N "r.");
    assert_string_equal(value("words(25)"), "dwadzieścia pięć");
}

/* ICU would take the default of the machine. */
static void an_unknown_language_is_an_error_not_the_machines_default(void **state)
{
    (void)state;
    expr_env_language(env, "xx");
    static const Case cases[] = {
        { "date('2011-12-16')", "!expr_language" },
        { "words(25)", "!expr_language" },
        { "plural(1, 'a', 'b')", "!expr_language" },
        { "join(participant/@first)", "!expr_language" },
        { "upper('a')", "!expr_language" },
        { "decimal('1234.5')", "!expr_language" },
        { "1 + 1", "2" },
    };
    check_cases(cases, COUNT(cases));
    expr_env_language(env, "pl");
    assert_string_equal(value("words(25)"), "dwadzieścia pięć");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_longest_whole_expression_is_compiled),
        cmocka_unit_test(errors_have_an_offset),
        cmocka_unit_test(the_words_of_an_expression_are_told_apart),
        cmocka_unit_test(missing_and_empty_are_not_the_same),
        cmocka_unit_test(wrong_kinds_and_unknown_variables_are_errors),
        cmocka_unit_test(messages_name_function_parameter_and_argument),
        cmocka_unit_test(values_of_the_data_are_never_quoted),
        cmocka_unit_test(runaway_expressions_are_stopped),
        cmocka_unit_test(long_flat_expressions_are_refused_or_computed),
        cmocka_unit_test(nothing_is_printed_on_standard_error),
        cmocka_unit_test(variables_last_until_their_mark_is_released),
        cmocka_unit_test(a_variable_may_hold_nodes),
        cmocka_unit_test(position_and_size_are_given),
        cmocka_unit_test(today_is_only_what_was_given),
        cmocka_unit_test(names_without_prefix_may_have_a_namespace),
        cmocka_unit_test(callers_may_add_functions),
        cmocka_unit_test(evaluations_nest),
        cmocka_unit_test(compiled_expressions_serve_other_documents),
        cmocka_unit_test(lint_needs_no_document),
        cmocka_unit_test(english_uses_the_forms_of_icu),
        cmocka_unit_test(an_unknown_language_is_an_error_not_the_machines_default),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
