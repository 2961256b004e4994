/* SPDX-License-Identifier: MIT */
/* Symbol fonts that are not installed: their codes in OpenSymbol, as LibreOffice recodes them
 * (writer-layout, frames-styles 4.4), and what a private character means for a reader. */
#include "internal.h"

#include <strings.h>

typedef struct { uint16_t from, to; } Recode;

static const Recode wingdings[] = {
    { 0xf06c, 0xe437 }, { 0xf06e, 0xe439 }, { 0xf06f, 0xe43a }, { 0xf071, 0xe43c },
    { 0xf076, 0xe441 }, { 0xf0a7, 0xe46f }, { 0xf0a8, 0xe470 }, { 0xf0b7, 0xe47f },
    { 0xf0d8, 0xe49e }, { 0xf0e0, 0xe4a6 }, { 0xf0f0, 0xe4b6 }, { 0xf0fc, 0xe4c2 },
    { 0xf0fe, 0xe4c4 }, { 0xf020, 0x0020 },
};
static const Recode symbol[] = {
    { 0xf0b7, 0xe12c }, { 0xf0ae, 0xe124 }, { 0xf0a8, 0x2666 }, { 0xf061, 0x03b1 },
    { 0xf0de, 0xe14c }, { 0xf0d8, 0xe147 }, { 0xf0b0, 0xe126 }, { 0xf02d, 0xe10b },
    { 0xf0b1, 0xe127 }, { 0xf020, 0x0020 },
};

static uint32_t recode(const Recode *table, size_t n, uint32_t c)
{
    for (size_t i = 0; i < n; i++)
        if (table[i].from == c)
            return table[i].to;
    return c;
}

bool text_symbol_family(const char *family)
{
    static const char *const names[] = { "Symbol", "Wingdings", "Webdings", "Monotype Sorts",
                                         "Zapf Dingbats", "StarSymbol" };
    for (size_t i = 0; family && i < COUNT(names); i++)
        if (!strcasecmp(family, names[i]))
            return true;
    return false;
}

uint32_t text_symbol(const char *family, uint32_t c)
{
    if (c < 0x100 && strcasecmp(family, "StarSymbol"))
        c += 0xf000;
    if (!strcasecmp(family, "Symbol"))
        return recode(symbol, COUNT(symbol), c);
    if (!strcasecmp(family, "Wingdings"))
        return recode(wingdings, COUNT(wingdings), c);
    return c;
}

/* ISO 19005-2, 6.2.11.7.3: text may not consist of private characters.  All of these have three
 * bytes in UTF-8, so that offsets stay. */
uint32_t text_meaning(uint32_t c)
{
    static const Recode meaning[] = {
        { 0xe4c2, 0x2713 }, { 0xe4c4, 0x2611 }, { 0xe4a6, 0x2192 }, { 0xe4b6, 0x21e8 },
        { 0xe49e, 0x27a2 }, { 0xe439, 0x25a0 }, { 0xe43a, 0x25a1 }, { 0xe46f, 0x25aa },
        { 0xe470, 0x25fb }, { 0xe437, 0x25cf }, { 0xe43c, 0x2751 }, { 0xe441, 0x2756 },
        { 0xe14c, 0x21d2 }, { 0xe124, 0x2192 },
    };
    if (c < 0xe000 || c > 0xf8ff)
        return c;
    uint32_t m = recode(meaning, COUNT(meaning), c);
    return m == c ? 0x2022 : m;
}
