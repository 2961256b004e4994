/* SPDX-License-Identifier: MIT */
/* The words of an XPath expression (XPath 1.0, 3.7), and where the longest expression ends. */
#include "internal.h"

#include <string.h>

void expr_lexer(ExprLexer *l, const char *text, size_t len)
{
    *l = (ExprLexer){ .text = text, .len = len, .last = { EXPR_OPERATOR, 0, 0 } };
}

static bool is_space(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* Which characters beyond ASCII may stand in a name is left to libxml2. */
static bool is_name_start(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || (unsigned char)c >= 0x80;
}

static bool is_name(char c)
{
    return is_name_start(c) || is_digit(c) || c == '-' || c == '.';
}

static char at(const ExprLexer *l, size_t i)
{
    return i < l->len ? l->text[i] : '\0';
}

static size_t skip_space(const ExprLexer *l, size_t i)
{
    while (is_space(at(l, i)))
        i++;
    return i;
}

static bool token_is(const ExprLexer *l, ExprToken t, const char *s)
{
    return t.len == strlen(s) && !memcmp(l->text + t.offset, s, t.len);
}

static bool token_among(const ExprLexer *l, ExprToken t, const char *const *list, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (token_is(l, t, list[i]))
            return true;
    return false;
}

/* Whether an operand has just ended, so that an operator, not an operand, must follow. */
static bool after_operand(const ExprLexer *l)
{
    static const char *const ends[] = { ")", "]", ".", ".." };
    switch (l->last.kind) {
    case EXPR_NAME: case EXPR_ATTRIBUTE: case EXPR_VARIABLE: case EXPR_LITERAL: case EXPR_NUMBER:
        return true;
    case EXPR_MARK:
        return token_among(l, l->last, ends, COUNT(ends));
    default:
        return false;
    }
}

/* The length of the name at i, with its prefix: a, p:a, p:* */
static size_t name_length(const ExprLexer *l, size_t i)
{
    size_t start = i;
    while (is_name(at(l, i)))
        i++;
    if (at(l, i) == ':' && at(l, i + 1) == '*')
        return i + 2 - start;
    if (at(l, i) == ':' && is_name_start(at(l, i + 1)))
        for (i++; is_name(at(l, i));)
            i++;
    return i - start;
}

static ExprToken name_token(ExprLexer *l)
{
    static const char *const operators[] = { "and", "or", "div", "mod" };
    static const char *const types[] = { "node", "text", "comment", "processing-instruction" };
    ExprToken t = { EXPR_NAME, l->at, name_length(l, l->at) };
    size_t next = skip_space(l, t.offset + t.len);
    if (after_operand(l))
        t.kind = token_among(l, t, operators, COUNT(operators)) ? EXPR_OPERATOR : EXPR_END;
    else if (token_is(l, l->last, "$"))
        t.kind = EXPR_VARIABLE;
    else if (at(l, next) == ':' && at(l, next + 1) == ':')
        t.kind = EXPR_AXIS;
    else if (at(l, next) == '(')
        t.kind = token_among(l, t, types, COUNT(types)) ? EXPR_NODE_TYPE : EXPR_FUNCTION;
    else if (l->attribute)
        t.kind = EXPR_ATTRIBUTE;
    return t;
}

static ExprToken literal_token(const ExprLexer *l)
{
    const char *start = l->text + l->at;
    const char *end = memchr(start + 1, *start, l->len - l->at - 1);
    if (!end)
        return (ExprToken){ EXPR_BAD, l->at, l->len - l->at };
    return (ExprToken){ EXPR_LITERAL, l->at, (size_t)(end + 1 - start) };
}

static ExprToken number_token(const ExprLexer *l)
{
    size_t i = l->at;
    while (is_digit(at(l, i)))
        i++;
    if (at(l, i) == '.')
        for (i++; is_digit(at(l, i));)
            i++;
    return (ExprToken){ EXPR_NUMBER, l->at, i - l->at };
}

/* A sign of one or two characters. */
static ExprToken sign_token(const ExprLexer *l)
{
    static const char *const pairs[] = { "//", "::", "..", "!=", "<=", ">=" };
    char c = at(l, l->at);
    ExprToken t = { EXPR_MARK, l->at, 2 };
    if (l->len - l->at < 2 || !token_among(l, t, pairs, COUNT(pairs)))
        t.len = 1;
    if (strchr("+-=<>|", c) || (c == '!' && t.len == 2))
        t.kind = EXPR_OPERATOR;
    else if (c == '*')
        t.kind = after_operand(l) ? EXPR_OPERATOR : l->attribute ? EXPR_ATTRIBUTE : EXPR_NAME;
    else if (!strchr("()[],.@$/:", c) || (c == ':' && t.len == 1))
        t.kind = EXPR_BAD;
    return t;
}

static bool starts_operand(ExprToken t, char c)
{
    return t.kind == EXPR_LITERAL || t.kind == EXPR_NUMBER || t.kind == EXPR_NAME ||
           t.kind == EXPR_ATTRIBUTE || (t.kind == EXPR_MARK && strchr("(.@$", c));
}

static ExprToken read_token(ExprLexer *l)
{
    char c = at(l, l->at);
    if (is_name_start(c))
        return name_token(l);
    ExprToken t = c == '"' || c == '\''                               ? literal_token(l)
                : is_digit(c) || (c == '.' && is_digit(at(l, l->at + 1))) ? number_token(l)
                                                                      : sign_token(l);
    if (after_operand(l) && starts_operand(t, c))
        t.kind = EXPR_END;
    return t;
}

/* Counts brackets; one that closes nothing, or a comma outside of them, ends the expression. */
static void count_brackets(ExprLexer *l, ExprToken *t, char c)
{
    if (t->kind != EXPR_MARK)
        return;
    if (c == '(' || c == '[')
        l->depth++;
    else if ((c == ')' || c == ']' || c == ',') && !l->depth)
        t->kind = EXPR_END;
    else if (c == ')' || c == ']')
        l->depth--;
}

ExprToken expr_token(ExprLexer *l)
{
    l->at = skip_space(l, l->at);
    ExprToken t = { EXPR_END, l->at, 0 };
    if (l->at < l->len)
        t = read_token(l);
    count_brackets(l, &t, at(l, t.offset));
    if (t.kind == EXPR_END) {
        t.len = 0;
        if (l->depth)
            t.kind = EXPR_BAD;          /* not closed, or two operands side by side */
    }
    if (token_is(l, t, "@") || (t.kind == EXPR_AXIS && token_is(l, t, "attribute")))
        l->attribute = true;
    else if (!token_is(l, t, "::"))
        l->attribute = false;
    l->at = t.offset + t.len;
    l->last = t;
    return t;
}
