/* SPDX-License-Identifier: MIT */
/* What the tests of expr/ share: a small synthetic project and the value of an expression in it. */
#ifndef TEST_EXPR_H
#define TEST_EXPR_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <libxml/parser.h>
#include <libxml/xpathInternals.h>
#include <unicode/uclean.h>

#include "expr/expr.h"

#define N "\xc2\xa0"            /* U+00A0 */
#define D "\xe2\x80\x93"        /* U+2013, between dates */
#define M "\xe2\x88\x92"        /* U+2212, minus */

static const char project[] =
    "<project id='p1' empty='' blank=' ' zero='0' bad='12,5' long='0.005'>"
    "<period start='2011-01-01' end='2011-12-31'/>"
    "<budget total='200146.96'>"
    "<source id='s1' kind='own' amount='21015.43'/><source id='s2' kind='eu' amount=' 179131.53 '/>"
    "</budget>"
    "<big v='60000000000000'/><big v='60000000000000'/>"
    "<scan place='c' invented='places pla'/>"
    "<huge amount='90071992547409.93'/>"
    "<participant id='u1' first='Anna' last='Łąkowa' sex='F' pesel='68051200428'"
    " group='g2' hours='100'/>"
    "<participant id='u2' first='Jan' last='Ćwik' sex='M' pesel='71113000537'"
    " group='g1' hours='20'/>"
    "<participant id='u3' first='Ewa' last='Czyż' sex='F' pesel='84022900775'"
    " group='g2' hours='3'/>"
    "<participant id='u4' first='Ola' last='łąkowa' sex='F' pesel='01222800603'"
    " group='g10' hours='20'/>"
    "<course id='k1' name='Fryzjer' start='2011-03-01'/>"
    "<course id='k2' name='' start='2010-12-01'/>"
    "<course id='k3' name='Magazynier' start='2012-02-29' leaders='u2 u1'/>"
    "<course id='k4' name='Fryzjer' start='2011-03-02' leaders='u9'/>"
    "<photo file='a' caption='b' invented='place  caption' place='c'/>"
    "<event origin='invented' name='d'><part name='e'/></event>"
    "<text>raz <b>dwa</b></text>"
    "</project>";

static ExprEnv *env;
static xmlDoc *document;

static xmlNode *find_element(void *data, const char *id)
{
    for (xmlNode *n = data; n; n = n->next ? n->next : n->children) {
        xmlChar *s = n->type == XML_ELEMENT_NODE ? xmlGetProp(n, (const xmlChar *)"id") : NULL;
        bool found = s && !strcmp((const char *)s, id);
        xmlFree(s);
        if (found)
            return n;
    }
    return NULL;
}

static int set_up(void **state)
{
    (void)state;
    document = xmlReadMemory(project, sizeof project - 1, "project.xml", "UTF-8", 0);
    env = expr_env_new(document);
    expr_env_resolver(env, find_element, xmlDocGetRootElement(document)->children);
    return document == NULL;
}

static int tear_down(void **state)
{
    (void)state;
    expr_env_free(env);
    xmlFreeDoc(document);
    u_cleanup();                /* ICU's caches, so that leak checkers see only ours */
    return 0;
}

/* The value of an expression at the root element, or "!" and the id of the error.  The last of
 * two texts is overwritten by the next but one call. */
static const char *value_in(ExprEnv *e, const char *text)
{
    static char kept[2][4096];
    static int turn;
    char *out = kept[turn++ & 1];
    ExprError error;
    Buf b = { 0 };
    Expr *x = expr_compile(e, text, strlen(text), NULL, &error);
    xmlNode *root = document ? xmlDocGetRootElement(document) : NULL;
    if (x && expr_string(e, x, root, 1, 1, &b, &error))
        snprintf(out, sizeof kept[0], "%s", b.p ? b.p : "");
    else
        snprintf(out, sizeof kept[0], "!%s", diag_text(error.id)->id);
    expr_free(x);
    buf_free(&b);
    return out;
}

static inline const char *value(const char *text)
{
    return value_in(env, text);
}

/* An expression and its value as value() gives it. */
typedef struct { const char *expression, *value; } Case;

static inline void check_cases(const Case *cases, size_t n)
{
    size_t wrong = 0;
    for (size_t i = 0; i < n; i++) {
        const char *v = value(cases[i].expression);
        if (strcmp(v, cases[i].value)) {
            print_error("%s\n  is       %s\n  must be  %s\n", cases[i].expression, v,
                        cases[i].value);
            wrong++;
        }
    }
    assert_int_equal(wrong, 0);
}

#endif
