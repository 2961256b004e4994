/* SPDX-License-Identifier: MIT */
/* UTF-8, exact numbers, digests and the string map. */
#include "base.h"

#include <string.h>

uint32_t utf8_get(const char *s, const char *end, int *len)
{
    const unsigned char *p = (const unsigned char *)s;
    size_t left = (size_t)(end - s);
    *len = 1;
    if (p[0] < 0x80)
        return p[0];
    int n = p[0] >= 0xf0 ? 4 : p[0] >= 0xe0 ? 3 : 2;
    if (p[0] < 0xc2 || p[0] > 0xf4 || left < (size_t)n)
        return 0xfffd;
    uint32_t c = p[0] & (0xffu >> (n + 1));
    for (int i = 1; i < n; i++) {
        if ((p[i] & 0xc0) != 0x80)
            return 0xfffd;
        c = c << 6 | (p[i] & 0x3f);
    }
    static const uint32_t least[] = { 0, 0, 0x80, 0x800, 0x10000 };
    if (c < least[n] || c > 0x10ffff || (c >= 0xd800 && c < 0xe000))
        return 0xfffd;
    *len = n;
    return c;
}

int utf8_put(char out[4], uint32_t c)
{
    if (c < 0x80) {
        out[0] = (char)c;
        return 1;
    }
    int n = c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
    for (int i = n - 1; i; i--, c >>= 6)
        out[i] = (char)(0x80 | (c & 0x3f));
    out[0] = (char)(0xf00 >> n | c);
    return n;
}

bool utf8_valid(const char *s, size_t len)
{
    const char *end = s + len;
    while (s < end) {
        int n;
        if (utf8_get(s, end, &n) == 0xfffd && !(n == 3))
            return false;
        s += n;
    }
    return true;
}

size_t utf8_count(const char *s, size_t len)
{
    size_t n = 0;
    for (size_t i = 0; i < len; i++)
        n += ((unsigned char)s[i] & 0xc0) != 0x80;
    return n;
}

void buf_utf8(Buf *b, uint32_t c)
{
    char t[4];
    buf_put(b, t, (size_t)utf8_put(t, c));
}

bool str_equal(const char *a, const char *b)
{
    return a == b || (a && b && !strcmp(a, b));
}

bool str_starts(const char *s, const char *prefix)
{
    return !strncmp(s, prefix, strlen(prefix));
}

void digest_add(Digest *d, const void *data, size_t len)
{
    const unsigned char *p = data;
    uint64_t a = d->a ? d->a : 0xcbf29ce484222325u, b = d->b ? d->b : 0x9ae16a3b2f90404fu;
    for (size_t i = 0; i < len; i++) {
        a = (a ^ p[i]) * 0x100000001b3u;
        b = (b ^ p[i] ^ a >> 56) * 0x9e3779b97f4a7c15u;
        b ^= b >> 29;
    }
    d->a = a;
    d->b = b;
}

bool number_parse(const char *s, size_t len, int decimals, int64_t *out)
{
    size_t i = 0;
    bool negative = false, digit = false, point = false;
    int64_t v = 0;
    int seen = 0;
    if (i < len && (s[i] == '-' || s[i] == '+'))
        negative = s[i++] == '-';
    for (; i < len; i++) {
        if (s[i] == '.' && !point) {
            point = true;
            continue;
        }
        if (s[i] < '0' || s[i] > '9')
            return false;
        digit = true;
        if (point && seen == decimals) {
            if (s[i] != '0')
                return false;
            continue;
        }
        if (v > (INT64_MAX - 9) / 10)
            return false;
        v = v * 10 + (s[i] - '0');
        seen += point;
    }
    for (; seen < decimals; seen++) {
        if (v > INT64_MAX / 10)
            return false;
        v *= 10;
    }
    *out = negative ? -v : v;
    return digit;
}

/* Counts in eras of 400 years that begin on 1 March, so that the leap day is a year's last. */
int64_t days_since_1970(int year, int month, int day)
{
    int64_t y = (int64_t)year - (month <= 2), era = (y >= 0 ? y : y - 399) / 400;
    int64_t of_era = y - era * 400;
    int64_t of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719468;
}

/* ---- map: open addressing, at most seven eighths full ---- */

typedef struct { const char *key; void *value; uint32_t len, hash; } Slot;
struct Map { Arena *arena; Slot *slot; size_t size, count; };

/* Eight bytes at a time; the multiplier is 2^64 by the golden ratio. */
static uint32_t hash(const char *key, size_t len)
{
    uint64_t h = len, eight;
    for (; len >= sizeof eight; key += sizeof eight, len -= sizeof eight) {
        memcpy(&eight, key, sizeof eight);
        h = (h ^ eight) * UINT64_C(0x9e3779b97f4a7c15);
        h ^= h >> 32;
    }
    eight = 0;
    for (size_t i = 0; i < len; i++)
        eight = eight << 8 | (unsigned char)key[i];
    h = (h ^ eight) * UINT64_C(0x9e3779b97f4a7c15);
    return (uint32_t)(h >> 32);
}

Map *map_new(Arena *a)
{
    Map *m = ARENA_NEW(a, Map);
    m->arena = a;
    m->size = 16;
    m->slot = ARENA_ARRAY(a, Slot, m->size);
    return m;
}

static Slot *find(const Map *m, const char *key, size_t len, uint32_t h)
{
    for (size_t i = h & (m->size - 1);; i = (i + 1) & (m->size - 1)) {
        Slot *s = &m->slot[i];
        if (!s->key || (s->hash == h && s->len == len && !memcmp(s->key, key, len)))
            return s;
    }
}

static void grow(Map *m)
{
    Slot *old = m->slot;
    size_t n = m->size;
    m->size *= 2;
    m->slot = ARENA_ARRAY(m->arena, Slot, m->size);
    for (size_t i = 0; i < n; i++)
        if (old[i].key)
            *find(m, old[i].key, old[i].len, old[i].hash) = old[i];
}

static Slot *insert(Map *m, const char *key, size_t len)
{
    uint32_t h = hash(key, len);
    Slot *s = find(m, key, len, h);
    if (s->key)
        return s;
    if ((m->count + 1) * 8 > m->size * 7) {
        grow(m);
        s = find(m, key, len, h);
    }
    m->count++;
    *s = (Slot){ arena_dup(m->arena, key, len), NULL, (uint32_t)len, h };
    return s;
}

void *map_get(const Map *m, const char *key, size_t len)
{
    return find(m, key, len, hash(key, len))->value;
}

void map_put(Map *m, const char *key, size_t len, void *value)
{
    insert(m, key, len)->value = value;
}

const char *map_intern(Map *m, const char *key, size_t len)
{
    return insert(m, key, len)->key;
}

size_t map_count(const Map *m)
{
    return m->count;
}
