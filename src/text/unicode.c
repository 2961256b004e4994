/* SPDX-License-Identifier: MIT */
/* What ICU knows of characters: directions, scripts, letter cases. */
#include "internal.h"

#include <stdlib.h>
#include <string.h>
#include <unicode/ubidi.h>
#include <unicode/ucasemap.h>
#include <unicode/uscript.h>
#include <unicode/ustring.h>

TextScript text_script(uint32_t c)
{
    if (c < 0x2e80) {
        if (c < 0x250)
            return (c | 32) - 'a' < 26 || c >= 0xc0 ? SCRIPT_WESTERN : SCRIPT_WEAK;
        if ((c >= 0x590 && c < 0x10a0) || (c >= 0x1780 && c < 0x18b0))
            return SCRIPT_COMPLEX;
        return c >= 0x1100 && c < 0x1200 ? SCRIPT_ASIAN
               : c >= 0x2000             ? SCRIPT_WEAK
                                         : SCRIPT_WESTERN;
    }
    if ((c >= 0xfb1d && c < 0xfe00) || (c >= 0xfe70 && c < 0xff00))
        return SCRIPT_COMPLEX;
    if (c < 0xa4d0 || (c >= 0xac00 && c < 0xd7b0) || (c >= 0xf900 && c < 0xfb00) ||
        (c >= 0xfe30 && c < 0xfe50) || (c >= 0xff00 && c < 0xfff0) || (c >= 0x20000 && c < 0x32000))
        return SCRIPT_ASIAN;
    return SCRIPT_WEAK;
}

static bool right_to_left(uint32_t c)
{
    return (c >= 0x590 && c < 0x900) || (c >= 0xfb1d && c < 0xfe00) ||
           (c >= 0xfe70 && c < 0xff00) || (c >= 0x200e && c <= 0x200f) ||
           (c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069) ||
           (c >= 0x10800 && c < 0x11000) || (c >= 0x1e800 && c < 0x1f000);
}

void text_bidi(const char *text, size_t len, bool rtl_paragraph, uint8_t *level)
{
    bool any = rtl_paragraph;
    const char *end = text + len;
    int n;
    memset(level, 0, len);
    for (const char *p = text; p < end && !any; p += n)
        any = (unsigned char)*p < 0xd6 ? (n = 1, false) : right_to_left(utf8_get(p, end, &n));
    if (!any || len > INT32_MAX / 4)
        return;
    UChar *u = mem_new((len + 1) * sizeof *u);
    int32_t units = 0;
    UErrorCode e = U_ZERO_ERROR;
    u_strFromUTF8WithSub(u, (int32_t)len + 1, &units, text, (int32_t)len, 0xfffd, NULL, &e);
    UBiDi *b = ubidi_openSized(units, 0, &e);
    ubidi_setPara(b, u, units, rtl_paragraph ? 1 : 0, NULL, &e);
    const UBiDiLevel *found = U_SUCCESS(e) && units ? ubidi_getLevels(b, &e) : NULL;
    if (found) {
        int32_t at = 0;
        for (const char *p = text; p < end; p += n) {
            uint32_t c = utf8_get(p, end, &n);
            memset(level + (p - text), found[at], (size_t)n);
            at += c > 0xffff ? 2 : 1;
        }
    }
    if (b)
        ubidi_close(b);
    free(u);
}

void text_case(Buf *out, const char *text, size_t len, bool upper, const char *language)
{
    UErrorCode e = U_ZERO_ERROR;
    UCaseMap *m = ucasemap_open(language, 0, &e);
    int32_t room = (int32_t)(len < (1 << 28) ? len : 1 << 28), need = room * 3 + 16;
    char *t = mem_new((size_t)need);
    int32_t n = 0;
    if (U_SUCCESS(e))
        n = upper ? ucasemap_utf8ToUpper(m, t, need, text, room, &e)
                  : ucasemap_utf8ToLower(m, t, need, text, room, &e);
    if (U_SUCCESS(e))
        buf_put(out, t, (size_t)n);
    else
        buf_put(out, text, len);
    if (m)
        ucasemap_close(m);
    free(t);
}
