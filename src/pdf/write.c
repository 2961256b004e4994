/* SPDX-License-Identifier: MIT */
/* How numbers, strings and addresses are spelled in a PDF (ISO 32000-1, 7.3). */
#include "internal.h"

#include <string.h>
#include <unicode/uidna.h>

static const char digits[] = "0123456789ABCDEF";

/* Up to three decimals, no exponent, no zero before the point. */
void pdf_number(Buf *b, int64_t thousandths)
{
    char t[28];
    size_t i = sizeof t;
    uint64_t u = thousandths < 0 ? -(uint64_t)thousandths : (uint64_t)thousandths;
    unsigned part = (unsigned)(u % 1000);
    uint64_t whole = u / 1000;
    if (part) {
        int skip = part % 10 ? 0 : part % 100 ? 1 : 2;
        for (int k = 0; k < skip; k++)
            part /= 10;
        for (int k = skip; k < 3; k++, part /= 10)
            t[--i] = digits[part % 10];
        t[--i] = '.';
    }
    if (whole || !(u % 1000))
        do
            t[--i] = digits[whole % 10];
        while (whole /= 10);
    if (thousandths < 0)
        t[--i] = '-';
    pdf_put(b, t + i, sizeof t - i);
}

void pdf_int(Buf *b, uint64_t v)
{
    char t[20];
    size_t i = sizeof t;
    do
        t[--i] = digits[v % 10];
    while (v /= 10);
    pdf_put(b, t + i, sizeof t - i);
}

void pdf_numbers(Buf *b, const int64_t *v, int n)
{
    for (int i = 0; i < n; i++) {
        if (i)
            pdf_chr(b, ' ');
        pdf_number(b, v[i]);
    }
}

void pdf_ref(Buf *b, uint32_t object)
{
    pdf_int(b, object);
    pdf_str(b, " 0 R");
}

void pdf_hex(Buf *b, uint32_t v, int n)
{
    char t[8];
    for (int i = n; i--; v >>= 4)
        t[i] = digits[v & 15];
    pdf_put(b, t, (size_t)n);
}

void pdf_utf16(Buf *b, uint32_t c)
{
    if (c > 0xffff) {
        pdf_hex(b, 0xd800 + ((c - 0x10000) >> 10), 4);
        c = 0xdc00 + (c & 0x3ff);
    }
    pdf_hex(b, c, 4);
}

void pdf_byte(Buf *b, int byte)
{
    if (byte == '(' || byte == ')' || byte == '\\' || byte == '\r')
        pdf_chr(b, '\\');
    pdf_chr(b, byte == '\r' ? 'r' : byte);
}

static void utf16_unit(Buf *b, uint32_t unit)
{
    pdf_byte(b, (int)(unit >> 8));
    pdf_byte(b, (int)(unit & 255));
}

void pdf_text(Buf *b, const char *utf8)
{
    const char *end = utf8 + strlen(utf8);
    bool ascii = true;
    int units = 0;
    for (const char *s = utf8; s < end; s++)
        ascii &= *s >= ' ' && *s <= '~';
    pdf_str(b, ascii ? "(" : "(\xfe\xff");
    for (int n; utf8 < end && units < STRING_MAX; utf8 += n) {
        uint32_t c = utf8_get(utf8, end, &n);
        units += c > 0xffff ? 2 : 1;
        if (ascii) {
            pdf_byte(b, (int)c);
            continue;
        }
        if (c > 0xffff) {
            utf16_unit(b, 0xd800 + ((c - 0x10000) >> 10));
            c = 0xdc00 + (c & 0x3ff);
        }
        utf16_unit(b, c);
    }
    pdf_chr(b, ')');
}

void pdf_ascii(Buf *b, const char *s)
{
    pdf_chr(b, '(');
    for (; *s; s++) {
        if (*s < ' ' || *s > '~')
            continue;
        pdf_byte(b, *s);
    }
    pdf_chr(b, ')');
}

bool pdf_language_valid(const char *s)
{
    if (!s)
        return false;
    for (int part = 0; ; part++) {
        size_t n = 0;
        for (; (*s >= 'a' && *s <= 'z') || (*s >= 'A' && *s <= 'Z')
               || (part && *s >= '0' && *s <= '9');
             s++)
            n++;
        if (n < (part ? 1 : 2) || n > 8)
            return false;
        if (!*s)
            return true;
        if (*s++ != '-')
            return false;
    }
}

static void percent(Buf *out, const char *s, const char *end)
{
    for (; s < end; s++) {
        unsigned char c = (unsigned char)*s;
        if (c <= ' ' || c > '~' || strchr("\"<>\\^`{|}", c)) {
            pdf_chr(out, '%');
            pdf_hex(out, c, 2);
        } else {
            pdf_chr(out, c);
        }
    }
}

/* A host name in ASCII (UTS 46).  False: it cannot be one. */
static bool host_ascii(Buf *out, const char *s, size_t len)
{
    bool ascii = true;
    for (size_t i = 0; i < len; i++)
        ascii &= (unsigned char)s[i] < 0x80;
    if (ascii) {
        percent(out, s, s + len);
        return len > 0;
    }
    char host[256];
    UErrorCode error = U_ZERO_ERROR;
    UIDNAInfo info = UIDNA_INFO_INITIALIZER;
    UIDNA *idna = uidna_openUTS46(UIDNA_NONTRANSITIONAL_TO_ASCII, &error);
    int32_t n = U_FAILURE(error) || len > 1000 ? -1
        : uidna_nameToASCII_UTF8(idna, s, (int32_t)len, host, sizeof host, &info, &error);
    uidna_close(idna);
    if (n <= 0 || n >= (int32_t)sizeof host || U_FAILURE(error) || info.errors)
        return false;
    percent(out, host, host + n);
    return true;
}

static bool scheme_is(const char *s, const char *scheme)
{
    for (; *scheme; s++, scheme++)
        if ((*s >= 'A' && *s <= 'Z' ? *s + 32 : *s) != *scheme)
            return false;
    return true;
}

bool pdf_uri(Buf *out, const char *iri)
{
    const char *end = iri + strlen(iri);
    if (end - iri > STRING_MAX / 3)
        return false;
    if (scheme_is(iri, "mailto:")) {
        percent(out, iri, end);
        return end - iri > 7;
    }
    int scheme = scheme_is(iri, "https://") ? 8 : scheme_is(iri, "http://") ? 7 : 0;
    if (!scheme)
        return false;
    const char *host = iri + scheme, *rest = host + strcspn(host, "/?#");
    for (const char *s = host; s < rest; s++)
        if (*s == '@')
            host = s + 1;
    const char *port = memchr(host, ':', (size_t)(rest - host));
    percent(out, iri, host);
    if (!host_ascii(out, host, (size_t)((port && *host != '[' ? port : rest) - host)))
        return false;
    if (port && *host != '[')
        percent(out, port, rest);
    percent(out, rest, end);
    return true;
}
