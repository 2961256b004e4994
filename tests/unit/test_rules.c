/* SPDX-License-Identifier: MIT */
/* The interpreter of rules files: what fires, what is said and where, what is refused, what errors
 * block.  The rules themselves are tested by tests/regress/rules. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "project/rules_internal.h"

#define SCHEMA_START \
    "<schema xmlns='http://purl.oclc.org/dsdl/schematron' queryBinding='xslt'" \
    " xmlns:xsl='http://www.w3.org/1999/XSL/Transform' xmlns:skryba='urn:skryba:rules'>"

static char *temporary(const char *text, char path[32])
{
    strcpy(path, "/tmp/test-rules-XXXXXX");
    int fd = mkstemp(path);
    assert_true(fd >= 0);
    FILE *out = fdopen(fd, "w");
    assert_int_equal(fwrite(text, 1, strlen(text), out), strlen(text));
    assert_int_equal(fclose(out), 0);
    return path;
}

static char *printed(Diags *d)
{
    char *text = NULL;
    size_t len;
    FILE *out = open_memstream(&text, &len);
    diags_print(d, out, &(DiagStyle){0});
    fclose(out);
    return text;
}

typedef struct { Diags *d; ProjectSchema *schema; ProjectRules *rules; Project *p; } Fixture;

/* Runs rules (NULL: ours) over a document of any vocabulary (ours: with our schema). */
static void run(Fixture *f, Lang lang, const char *rules, const char *document)
{
    char path[32], data[32];
    const char *files[] = { "none", rules ? temporary(rules, path) : NULL };
    *f = (Fixture){ .d = diags_new(lang) };
    f->schema = project_schema_open(rules ? "none" : NULL, f->d);
    f->rules = project_rules_open(files, rules ? 2 : 0, f->d);
    if (rules)
        remove(path);
    f->p = project_load(temporary(document, data), &(ProjectOptions){ f->schema }, f->d);
    remove(data);
    assert_non_null(f->p);
    if (f->rules)
        project_check_rules(f->p, f->rules, &(RulesOptions){0}, f->d);
}

static void end(Fixture *f)
{
    project_free(f->p);
    project_rules_free(f->rules);
    project_schema_free(f->schema);
    diags_free(f->d);
}

/* What rules say of a document, without paths of files. */
static char *said(Lang lang, const char *rules, const char *document)
{
    Fixture f;
    run(&f, lang, rules, document);
    char *text = printed(f.d), *to = text;
    end(&f);
    for (char *s = text; *s; )
        if (!strncmp(s, "/tmp/test-rules-", 16))
            s += 22;
        else
            *to++ = *s++;
    *to = 0;
    return text;
}

static void expect_in(Lang lang, const char *rules, const char *document, const char *expected)
{
    char *text = said(lang, rules, document);
    assert_string_equal(text, expected);
    free(text);
}

static void expect(const char *rules, const char *document, const char *expected)
{
    expect_in(LANG_EN, rules, document, expected);
}

/* ---- what fires ---- */

static void only_the_first_rule_of_a_pattern_fires(void **state)
{
    (void)state;
    expect(SCHEMA_START
           "<pattern id='P'><rule context='b[@x]'><report test='true()'>one</report></rule>"
           "<rule context='b'><report test='true()'>two</report></rule></pattern>"
           "<pattern id='Q'><rule context='*'><report test='@x'>any</report></rule></pattern>"
           "</schema>",
           "<a><b x='1'/><b/></a>",
           ":1:4: error: one [P]\n  <a><b x='1'/><b/></a>\n     ^~\n"
           ":1:4: error: any [Q]\n  <a><b x='1'/><b/></a>\n     ^~\n"
           ":1:14: error: two [P]\n  <a><b x='1'/><b/></a>\n               ^~\n");
}

static void contexts_are_patterns_of_xslt(void **state)
{
    static const struct { const char *context, *hits; } cases[] = {
        { "/", "0" }, { "/a", "1" }, { "a", "16" }, { "a/b", "2" }, { "/a/b", "2" }, { "a//b", "25" },
        { "//b", "25" }, { "b | c", "245" }, { "c[@x = '1']", "4" }, { "c[b]", "4" },
        { "a/@x", "x" }, { "@*", "xx" }, { "c//a", "6" }, { "b/a", "6" }, { "/b", "" }, { "*/b", "25" },
    };
    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        char rules[600];
        snprintf(rules, sizeof rules, SCHEMA_START "<pattern><rule context=\"%s\">"
                 "<report test='true()'>hit</report></rule></pattern></schema>", cases[i].context);
        char *text = said(LANG_EN, rules, "<a x='0'>\n<b/>\n<!-- 3 -->\n<c x='1'>\n<b>\n<a/></b></c></a>");
        Buf hits = {0};
        for (const char *s = text; *s; s += strcspn(s, "\n"), s += *s == '\n')
            if (strstr(s, "error: hit") && strstr(s, "error: hit") < s + strcspn(s, "\n"))
                buf_chr(&hits, s[1] == ' ' ? '0' : s[3] == '1' && s[4] == ':' ? s[1] : 'x');
        assert_string_equal(hits.p ? hits.p : "", cases[i].hits);
        buf_free(&hits);
        free(text);
    }
}

static void lets_keys_and_current_are_known(void **state)
{
    (void)state;
    expect(SCHEMA_START
           "<let name='least' value='2'/><xsl:key name='k' match='b' use='@k'/>"
           "<pattern id='P'><let name='all' value='count(//b)'/><rule context='c'>"
           "<let name='mine' value=\"key('k', @k)\"/><let name='n' value='count($mine)'/>"
           "<assert test='$n &gt;= $least' role='warning' subject='@k'>"
           "<name/> has <value-of select='$n'/> of <value-of select='$all'/>, not"
           " <value-of select=\"count(key('k', 'x')[@k = current()/@k])\"/></assert>"
           "</rule></pattern></schema>",
           "<a><b k='x'/><b k='x'/><b k='y'/><c k='x'/><c k='y'/></a>",
           ":1:47: warning: c has 1 of 3, not 0 [P]\n"
           "  <a><b k='x'/><b k='x'/><b k='y'/><c k='x'/><c k='y'/></a>\n"
           "                                                ^\n");
}

static void abstract_patterns_take_parameters(void **state)
{
    (void)state;
    expect(SCHEMA_START
           "<pattern abstract='true' id='pair'><rule context='$node'>"
           "<assert test='$first &lt; $second'><value-of select='$first'/></assert></rule></pattern>"
           "<pattern is-a='pair' id='P'><param name='node' value='b'/><param name='first' value='@x'/>"
           "<param name='second' value='@y'/></pattern></schema>",
           "<a><b x='1' y='2'/><b x='4' y='3'/></a>",
           ":1:20: error: 4 [P]\n  <a><b x='1' y='2'/><b x='4' y='3'/></a>\n"
           "                     ^~\n");
}

/* ---- what is said ---- */

static void abstract_rules_are_extended(void **state)
{
    (void)state;
    expect(SCHEMA_START
           "<pattern id='P'><rule abstract='true' id='named'><let name='n' value='@name'/>"
           "<assert test='$n'>no name</assert></rule>"
           "<rule abstract='true' id='both'><extends rule='named'/><assert test='@id'>no id</assert>"
           "</rule>"
           "<rule context='b'><extends rule='both'/></rule>"
           "<rule context='c' subject='..'><extends rule='named'/></rule></pattern></schema>",
           "<a><b name='x'/><b/><c/></a>",
           ":1:4: error: no id [P]\n  <a><b name='x'/><b/><c/></a>\n     ^~\n"
           ":1:17: error: no name [P]\n  <a><b name='x'/><b/><c/></a>\n                  ^~\n"
           ":1:17: error: no id [P]\n  <a><b name='x'/><b/><c/></a>\n                  ^~\n"
           ":1:21: error: no name [P]\n  <a><b name='x'/><b/><c/></a>\n                      ^~\n");
}

static void a_rule_may_name_the_subject_of_its_checks(void **state)
{
    (void)state;
    expect(SCHEMA_START
           "<pattern id='P'><rule context='b' subject='@x'><assert test='@y'>no y</assert>"
           "<assert test='@z' subject='..'>no z</assert></rule></pattern></schema>",
           "<a><b x='1'/></a>",
           ":1:1: error: no z [P]\n  <a><b x='1'/></a>\n  ^~\n"
           ":1:7: error: no y [P]\n  <a><b x='1'/></a>\n        ^\n");
}

static void the_default_phase_tells_which_patterns_run(void **state)
{
    static const char patterns[] = "<pattern id='A'><rule context='a'><assert test='@x'>x</assert>"
                                   "</rule></pattern><pattern id='B'><rule context='a'>"
                                   "<assert test='@y'>y</assert></rule></pattern></schema>";
    char rules[1000];
    (void)state;
    snprintf(rules, sizeof rules, "%s<phase id='p'><active pattern='B'/></phase>%s",
             "<schema xmlns='http://purl.oclc.org/dsdl/schematron' defaultPhase='p'>", patterns);
    expect(rules, "<a/>", ":1:1: error: y [B]\n  <a/>\n  ^~\n");
    snprintf(rules, sizeof rules, "%s<phase id='p'><active pattern='B'/></phase>%s",
             "<schema xmlns='http://purl.oclc.org/dsdl/schematron' defaultPhase='#ALL'>", patterns);
    expect(rules, "<a/>", ":1:1: error: x [A]\n  <a/>\n  ^~\n:1:1: error: y [B]\n  <a/>\n  ^~\n");
}

static void diagnostics_give_languages_remedies_and_notes(void **state)
{
    static const char rules[] = SCHEMA_START
        "<pattern id='R1.more'><rule context='b'><report test='true()' xml:lang='pl'"
        " diagnostics='fix-pl en fix-en at'>polski <value-of select='@x'/></report></rule></pattern>"
        "<diagnostics><diagnostic id='fix-pl' xml:lang='pl'>rada</diagnostic>"
        "<diagnostic id='en' xml:lang='en'>English <value-of select='@x'/></diagnostic>"
        "<diagnostic id='fix-en' xml:lang='en'>advice</diagnostic>"
        "<diagnostic id='at' skryba:at='../@y'>here</diagnostic></diagnostics></schema>";
    (void)state;
    expect(rules, "<a y='2'><b x='1'/></a>",
           ":1:10: error: English 1 [R1]\n  <a y='2'><b x='1'/></a>\n           ^~\n"
           ":1:4: note: here\nnote: advice\n");
    expect_in(LANG_PL, rules, "<a y='2'><b x='1'/></a>",
              ":1:10: błąd: polski 1 [R1]\n  <a y='2'><b x='1'/></a>\n           ^~\n"
              ":1:4: uwaga: here\nuwaga: rada\n");
}

static void same_values_in(const Words *a, const Words *b, const char *id)
{
    size_t n = 0, m = 0;
    for (size_t i = 0; i < a->n; i++) {
        bool found = !a->piece[i].select;
        n += !found;
        for (size_t k = 0; k < b->n && !found; k++)
            found = b->piece[k].select && str_equal(a->piece[i].select->text,
                                                    b->piece[k].select->text);
        if (!found)
            fail_msg("%s: {%s} is in one language only", id, a->piece[i].select->text);
    }
    for (size_t k = 0; k < b->n; k++)
        m += b->piece[k].select != NULL;
    if (n != m)
        fail_msg("%s: %zu values and %zu in the other language", id, n, m);
}

static bool same_words(const Words *a, const Words *b)
{
    bool same = a->n == b->n;
    for (size_t i = 0; same && i < a->n; i++)
        same = str_equal(a->piece[i].text, b->piece[i].text);
    return same;
}

static void our_rules_say_the_same_in_both_languages(void **state)
{
    Diags *d = diags_new(LANG_EN);
    ProjectRules *r = project_rules_open(NULL, 0, d);
    size_t checks = 0;
    (void)state;
    assert_non_null(r);
    for (size_t i = 0; i < r->rules.n; i++)
        for (size_t k = 0; k < r->rules.p[i].n_check; k++, checks++) {
            const Check *c = &r->rules.p[i].check[k];
            same_values_in(&c->message[0], &c->message[1], c->id);
            same_values_in(&c->hint[0], &c->hint[1], c->id);
            assert_int_equal(c->n_note[0], c->n_note[1]);
            assert_false(same_words(&c->message[0], &c->message[1]));
            assert_true(!c->hint[0].n == !c->hint[1].n);
            for (size_t n = 0; n < c->n_note[0]; n++)
                assert_string_equal(c->note[0][n].at->text, c->note[1][n].at->text);
        }
    assert_true(checks > 250);
    project_rules_free(r);
    diags_free(d);
}

/* Our own expressions are compiled when they are needed; as a user's file, all at once. */
static void our_rules_pass_as_a_users_file(void **state)
{
    Diags *d = diags_new(LANG_EN);
    size_t len;
    char path[32];
    const char *files[] = { "none", temporary(project_rules_text(&len), path) };
    ProjectRules *r = project_rules_open(files, 2, d);
    (void)state;
    remove(path);
    if (!r) {
        char *text = printed(d);
        fail_msg("%s", text);
    }
    project_rules_free(r);
    diags_free(d);
}

/* ---- faults of rules files ---- */

static void faults_are_found_at_their_place(void **state)
{
    static const struct { const char *rules, *id; int line, column; } cases[] = {
        { "<pattern><rule context='a'><assert test='@x +'>t</assert></rule></pattern>", "expr-syntax", 2, 46 },
        { "<pattern><rule context='a'><assert test='foo(@x)'>t</assert></rule></pattern>", "expr-function", 2, 42 },
        { "<pattern><rule context='a'><assert\n  test='@x &lt;\n foo()'>t</assert></rule></pattern>", "expr-function", 4, 2 },
        { "<pattern><rule context='a'><assert test='@x &lt; $y'>t</assert></rule></pattern>", "rules-variable", 2, 51 },
        { "<pattern><rule context='a'><assert test=\"key('k', 1)\">t</assert></rule></pattern>", "rules-key", 2, 46 },
        { "<pattern><rule context='a'><assert test='key(@k, 1)'>t</assert></rule></pattern>", "rules-key-name", 2, 46 },
        { "<pattern><rule context='a'><assert test='1' role='fatal'>t</assert></rule></pattern>", "rules-role", 2, 45 },
        { "<pattern><rule context='a'><assert test='1' diagnostics='d'>t</assert></rule></pattern>", "rules-reference", 2, 45 },
        { "<pattern><rule context='a'><assert test='1'></assert></rule></pattern>", "schema-blank", 2, 28 },
        { "<pattern><rule context='a'><assert>t</assert></rule></pattern>", "schema-attribute-missing", 2, 28 },
        { "<pattern><rule><assert test='1'>t</assert></rule></pattern>", "schema-attribute-missing", 2, 10 },
        { "<pattern><rule context='a[1]'><assert test='1'>t</assert></rule></pattern>", "rules-context", 2, 16 },
        { "<pattern><rule context='id(\"x\")'><assert test='1'>t</assert></rule></pattern>", "rules-context", 2, 16 },
        { "<pattern><rule context='a/text()'><assert test='1'>t</assert></rule></pattern>", "rules-context", 2, 16 },
        { "<pattern><ruel context='a'/></pattern>", "schema-stray", 2, 10 },
        { "<pattern is-a='none'/>", "rules-reference", 2, 10 },
        { "<pattern><rule context='a'><extends rule='r'/></rule></pattern>", "rules-reference", 2, 37 },
        { "<pattern><rule context='a'><extends href='r.sch'/></rule></pattern>", "rules-include", 2, 28 },
        { "<pattern><rule abstract='true'><assert test='1'>t</assert></rule></pattern>", "schema-attribute-missing", 2, 10 },
        { "<pattern><rule abstract='true' id='r'><extends rule='r'/></rule><rule context='a'><extends rule='r'/></rule></pattern>", "rules-extends", 2, 48 },
        { "<include href='r.sch'/>", "rules-include", 2, 1 },
        { "<pattern documents='@d'/>", "schema-attribute", 2, 10 },
        { "<phase id='p'><active/></phase>", "schema-attribute-missing", 2, 15 },
        { "<phase id='p'><let name='x' value='1'/></phase>", "schema-stray", 2, 15 },
        { "<let name='x' value='1'/><let name='x' value='2'/>", "rules-let-taken", 2, 31 },
        { "<ns prefix='p' uri='u'/><ns prefix='p' uri='v'/>", "rules-prefix", 2, 29 },
        { "<pattern><rule context='p:a'><assert test='1'>t</assert></rule></pattern>", "rules-context", 2, 16 },
        { "<pattern><rule context='a'><assert test='preceding::b'>t</assert></rule></pattern>", "rules-slow", 2, 42 },
        { "<pattern><rule context='a'><assert test='following::b'>t</assert></rule></pattern>", "rules-slow", 2, 42 },
        { "<pattern><rule context='a'><assert test='count(preceding-sibling::b)'>t</assert></rule></pattern>", "rules-slow", 2, 48 },
        { "<pattern><rule context='a'><assert test='//b'>t</assert></rule></pattern>", "rules-slow", 2, 42 },
        { "<pattern><rule context='/a'><assert test='b[//c]'>t</assert></rule></pattern>", "rules-slow", 2, 45 },
    };
    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        char rules[1000], place[40];
        snprintf(rules, sizeof rules, SCHEMA_START "\n%s</schema>", cases[i].rules);
        char *text = said(LANG_EN, rules, "<a/>");
        snprintf(place, sizeof place, ":%d:%d: error:", cases[i].line, cases[i].column);
        if (strncmp(text, place, strlen(place)) || !strstr(text, cases[i].id))
            fail_msg("%s\nis not [%s] at %s:\n%s", cases[i].rules, cases[i].id, place, text);
        free(text);
    }
}

static void what_is_linear_is_not_refused(void **state)
{
    (void)state;
    expect(SCHEMA_START "<let name='n' value='count(//b)'/>"
           "<pattern id='P'><rule context='b'>"
           "<report test='preceding-sibling::*[1]/@x &gt; @x'>less</report>"
           "<report test='.//c'>deep</report></rule>"
           "<rule context='/a'><report test='count(//b) != $n'>never</report></rule>"
           "</pattern></schema>",
           "<a><b x='2'/><b x='1'/></a>",
           ":1:14: error: less [P]\n  <a><b x='2'/><b x='1'/></a>\n               ^~\n");
}

static void a_rule_that_takes_too_long_is_given_up(void **state)
{
    Buf b = {0};
    (void)state;
    buf_str(&b, "<a>");
    for (int i = 0; i < 60000; i++)
        buf_str(&b, "<b/>");
    buf_str(&b, "</a>");
    char *text = said(LANG_EN, SCHEMA_START "<pattern id='P'><rule context='b'>"
                      "<report test='count(/a/b) = 1'>t</report></rule>"
                      "<rule context='a'><report test='not(b)'>t</report></rule></pattern></schema>",
                      b.p);
    assert_non_null(strstr(text, "[rules-too-slow]"));
    assert_null(strstr(text + strlen("x"), "[P]"));
    free(text);
    buf_free(&b);
}

static void what_cannot_be_evaluated_is_said_once(void **state)
{
    (void)state;
    char *text = said(LANG_EN, SCHEMA_START "<pattern id='P'><rule context='b'>\n"
                      "<assert test='days(@x, @y) &gt; 0'>never</assert>"
                      "<assert test='@x'>no x</assert></rule></pattern></schema>",
                      "<a><b x='2011-01-01' y='soon'/>\n<b x='2011-01-02' y='later'/><b/></a>");
    const char *first = strstr(text, ":2:9: error: days(): last is not a date like 2011-12-16: @y");
    assert_non_null(first);
    assert_null(strstr(first + strlen(":2:9: error: days():"), "days():"));
    assert_non_null(strstr(text, ":1:4: note: when it was evaluated here\n"));
    assert_non_null(strstr(text, ":2:30: error: no x [P]\n"));
    free(text);
}

/* ---- the quick part against XPath ---- */

static void quick_answers_are_those_of_xpath(void **state)
{
    static const char *const tests[] = {
        "@x", "not(@x)", "@x = '1'", "@x != '1'", "@x = 1", "@x &lt; 2", "@x &gt;= @y", "@x and @y",
        "@x or @y", "@x or foo", "foo and @x", "not(@x or @y) and not(@z)", "(@x | @y) = '2'",
        "@x | @y", "$g", "$g = @x", "$g/@x = @x", "$t = @x", "$t != @x", "$n &lt; @x", "$b or @x", "not($b)",
        "key('k', @x)", "key('k', @x)/@y = @y", "key-count('k', @x) &gt; 1", "key-first('k', @x)/@y = @y",
        "key('k', @x | @y)", "key('p', concat(@x, ' ', @y))", "concat(@x, @y) = '12'",
        "@e and days(@d, @e) &gt; 0", "@e and days(@d, @e) &lt; 0",
        "@d and days(@d, '2011-06-01') = 1", "@d = @e", "@p and pesel-check(@p)",
        "@p and pesel-valid(@p)", "@p and pesel-valid(@p) and pesel-sex(@p) = 'F'",
        "@p and pesel-valid(@p) and pesel-date(@p) = '1968-05-12'",
        "years(birth(.), @d) &gt;= 18", "by-year('2010:3', @d) = 3", "before(@d | @e, '2011-06-01')",
        "tokens-within(@w, 'one two')", "serial(@s, '{n}/{year}', '', @d) = 7", "../@x = @x",
        "@c and postal-valid(@c)", "name-like(@w)", "@missing", "$empty", "$empty = @x", "$empty/@x",
        "@x = @y and (@d = @e or not(@p))", "not(key('k', @x)) or @y != '2'", "'' or @x", "0 or @y",
    };
    static const char document[] =
        "<a x='9'><n/><n x='1'/><n x='2' y='2'/><n x='1' y='2' d='2011-06-01' e='2011-05-31'/>"
        "<n y='1' d='2011-05-31' e='2011-06-01' p='68051200428'/><n x=' 1' p='68051200429'/>"
        "<n x='' y='' d='2011-06-01' e='2011-06-01'/><n p='71113000537' d='1980-01-01' w='two one'/>"
        "<n w='three' c='00-001' s='7/2011' d='2011-01-01'/><n x='9' c='1' s='7/2010' d='2011-01-01'/>"
        "<n x='b' y='a' p=' 68051200428 '/><n x='1' y='1'/><n x='1.0' y='01'/></a>";
    size_t known = 0, total = 0;
    (void)state;
    for (size_t i = 0; i < COUNT(tests); i++) {
        char rules[1200];
        Fixture f;
        snprintf(rules, sizeof rules, SCHEMA_START
                 "<xsl:key name='k' match='n' use='@x'/><xsl:key name='p' match='n' use=\"concat(@x, ' ', @y)\"/>"
                 "<let name='g' value='/a'/><let name='t' value=\"'1'\"/><let name='n' value='1'/>"
                 "<let name='b' value='false()'/><let name='empty' value='/zzz'/>"
                 "<pattern><rule context='n'><report test=\"%s\">t</report></rule></pattern></schema>", tests[i]);
        run(&f, LANG_EN, rules, document);
        assert_non_null(f.rules);
        size_t quick_hits = diags_count(f.d, SEV_ERROR);
        Rule *rule = &f.rules->rules.p[0];
        known += rule->check[0].test.quick != NULL;
        total++;
        rule->check[0].test.quick = NULL;
        Diags *d = diags_new(LANG_EN);
        project_check_rules(f.p, f.rules, &(RulesOptions){0}, d);
        if (diags_count(d, SEV_ERROR) != quick_hits)
            fail_msg("%s: %zu hits at once, %zu by XPath", tests[i], quick_hits, diags_count(d, SEV_ERROR));
        diags_free(d);
        end(&f);
    }
    assert_true(known > total - 3);
}

/* ---- what errors block ---- */

static const char project_start[] =
    "<project schemaVersion='1.0' id='p' lang='pl' status='finished' synthetic='true'><title>T</title>"
    "<period start='2011-01-01' end='2011-12-31'/><organisations><organisation id='o1' role='realizer'"
    " name='O'><representative id='r1' firstName='A' lastName='B' function='D'/></organisation>"
    "</organisations><courses><course id='k1' name='K' participantRefs='u1 u2'/>"
    "<course id='k2' name='L' %s/></courses><participants listed='no'>"
    "<participant id='u1' kind='adult' firstName='A' lastName='B' sex='F' pesel='68051200428' entry='2011-02-01'/>"
    "<participant id='u2' kind='adult' firstName='C' lastName='D' sex='M' pesel='%s' entry='2011-02-01'/>"
    "</participants><completions><completion id='z1' participantRef='u1' courseRef='k1' result='passed'"
    " date='2011-06-01'/><completion id='z2' participantRef='u2' courseRef='k1' result='passed'"
    " date='2011-06-01'/></completions><certificates><certificate id='q1' number='1' completionRef='z1'"
    " issueDate='2011-06-02' issuePlace='P' signatoryRef='r1'/><certificate id='q2' number='2'"
    " completionRef='z2' issueDate='2011-06-02' issuePlace='P' signatoryRef='r1'/></certificates></project>";

static bool blocked(const Fixture *f, const char *id)
{
    return project_blocked(f->p, project_find(f->p, id));
}

static void an_error_blocks_its_record_and_those_that_refer_to_it(void **state)
{
    char text[3000];
    Fixture f;
    (void)state;
    snprintf(text, sizeof text, project_start, "", "71113000538");
    run(&f, LANG_EN, NULL, text);
    assert_int_equal(diags_count(f.d, SEV_ERROR), 1);
    assert_false(project_blocked(f.p, NULL));
    assert_true(blocked(&f, "u2"));
    assert_true(blocked(&f, "z2"));
    assert_true(blocked(&f, "q2"));
    assert_false(blocked(&f, "u1"));
    assert_false(blocked(&f, "q1"));            /* its course lists u2, which is no matter of q1 */
    assert_true(blocked(&f, "k1"));             /* a list of the course prints u2 */
    assert_false(blocked(&f, "k2"));
    assert_true(project_blocked(f.p, project_root(f.p)));
    end(&f);
}

static void warnings_block_nothing_unless_strict(void **state)
{
    char text[3000];
    Fixture f;
    (void)state;
    snprintf(text, sizeof text, project_start, "declaredHours='5'", "71113000537");
    run(&f, LANG_EN, NULL, text);
    assert_int_equal(diags_count(f.d, SEV_ERROR), 0);
    assert_int_equal(diags_count(f.d, SEV_WARNING), 1);
    assert_false(blocked(&f, "k2"));
    project_check_rules(f.p, f.rules, &(RulesOptions){ .strict = true }, f.d);
    assert_true(blocked(&f, "k2"));
    assert_false(blocked(&f, "q1"));
    end(&f);
}

static void an_error_in_no_record_blocks_everything(void **state)
{
    char text[3000];
    Fixture f;
    (void)state;
    snprintf(text, sizeof text, project_start, "", "71113000537");
    memcpy(strstr(text, "start='2011-01-01'"), "start='2012-01-01'", 18);
    run(&f, LANG_EN, NULL, text);
    assert_true(project_blocked(f.p, NULL));
    assert_true(blocked(&f, "q1"));
    end(&f);
}

static void our_rules_leave_other_vocabularies_alone(void **state)
{
    Diags *d = diags_new(LANG_EN);
    char path[32];
    ProjectSchema *s = project_schema_open("none", d);
    ProjectRules *r = project_rules_open(NULL, 0, d);
    Project *p = project_load(temporary("<x><participant pesel='1'/></x>", path),
                              &(ProjectOptions){ s }, d);
    (void)state;
    remove(path);
    project_check_rules(p, r, &(RulesOptions){0}, d);
    for (Severity v = SEV_INFO; v < SEV_COUNT; v++)
        assert_int_equal(diags_count(d, v), 0);
    project_free(p);
    project_rules_free(r);
    project_schema_free(s);
    diags_free(d);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(only_the_first_rule_of_a_pattern_fires),
        cmocka_unit_test(contexts_are_patterns_of_xslt),
        cmocka_unit_test(lets_keys_and_current_are_known),
        cmocka_unit_test(abstract_patterns_take_parameters),
        cmocka_unit_test(abstract_rules_are_extended),
        cmocka_unit_test(a_rule_may_name_the_subject_of_its_checks),
        cmocka_unit_test(the_default_phase_tells_which_patterns_run),
        cmocka_unit_test(diagnostics_give_languages_remedies_and_notes),
        cmocka_unit_test(our_rules_say_the_same_in_both_languages),
        cmocka_unit_test(our_rules_pass_as_a_users_file),
        cmocka_unit_test(faults_are_found_at_their_place),
        cmocka_unit_test(what_is_linear_is_not_refused),
        cmocka_unit_test(a_rule_that_takes_too_long_is_given_up),
        cmocka_unit_test(what_cannot_be_evaluated_is_said_once),
        cmocka_unit_test(quick_answers_are_those_of_xpath),
        cmocka_unit_test(an_error_blocks_its_record_and_those_that_refer_to_it),
        cmocka_unit_test(warnings_block_nothing_unless_strict),
        cmocka_unit_test(an_error_in_no_record_blocks_everything),
        cmocka_unit_test(our_rules_leave_other_vocabularies_alone),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
