/* SPDX-License-Identifier: MIT */
/* Memory: checked allocation, arenas, growing buffers and arrays. */
#define _DEFAULT_SOURCE         /* madvise(), MAP_ANONYMOUS */
#include "internal.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

void mem_fail(void)
{
    static const char text[] = "skryba: error: out of memory [memory]\n";
    output_remove_all();
    ssize_t ignored = write(STDERR_FILENO, text, sizeof text - 1);
    (void)ignored;
    _exit(EXIT_SYSTEM);
}

void *mem_new(size_t size)
{
    void *p = calloc(1, size ? size : 1);
    if (!p)
        mem_fail();
    return p;
}

void *mem_grow(void *p, size_t size)
{
    p = realloc(p, size ? size : 1);
    if (!p)
        mem_fail();
    return p;
}

char *mem_dup(const char *s, size_t len)
{
    char *p = mem_new(len + 1);
    memcpy(p, s, len);
    return p;
}

size_t vec_next_cap(size_t *cap)
{
    *cap = *cap ? *cap * 2 : 8;
    return *cap;
}

/* ---- arena ---- */

typedef struct Block Block;
struct Block {
    Block *next;
    size_t size;                /* of room */
    size_t dirty;               /* handed out at some time: what is behind it is still zero */
    size_t mapped;              /* bytes to be unmapped; 0: of malloc() */
    _Alignas(8) char room[];
};

struct Arena {
    Block *first, *current;
    size_t used;                /* of current */
    size_t total;
};

enum { BLOCK_FIRST = 16 << 10, HUGE_PAGE = 2 << 20 };

Arena *arena_new(void)
{
    return mem_new(sizeof(Arena));
}

/* Whole huge pages, if the system has them: a page fault for each 4 KB takes a tenth of the time
 * of a long document. */
static Block *map_block(size_t size)
{
    size_t len = (size + HUGE_PAGE - 1) / HUGE_PAGE * HUGE_PAGE;
    char *p =
        mmap(NULL, len + HUGE_PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (p == MAP_FAILED)
        mem_fail();
    size_t before = HUGE_PAGE - (uintptr_t)p % HUGE_PAGE;
    munmap(p, before);
    if (before < HUGE_PAGE)
        munmap(p + before + len, HUGE_PAGE - before);
    Block *b = (Block *)(void *)(p + before);
#ifdef MADV_HUGEPAGE
    madvise(b, len, MADV_HUGEPAGE);
#endif
    b->mapped = len;
    b->size = len - sizeof *b;
    return b;
}

static Block *block_new(size_t room)
{
    if (room > SIZE_MAX / 4)
        mem_fail();
    if (sizeof(Block) + room > HUGE_PAGE / 2)
        return map_block(sizeof(Block) + room);
    Block *b = mem_new(sizeof *b + room);
    b->size = room;
    return b;
}

/* Goes to the next block that has room for size bytes, making it if there is none. */
static void arena_next(Arena *a, size_t size)
{
    Block *next = a->current ? a->current->next : a->first;
    if (!next || next->size < size) {
        size_t room = a->current ? a->current->size * 2 : BLOCK_FIRST;
        if (room > HUGE_PAGE - sizeof(Block))
            room = HUGE_PAGE - sizeof(Block);
        Block *b = block_new(room < size ? size : room);
        b->next = next;
        if (a->current)
            a->current->next = b;
        else
            a->first = b;
        next = b;
    }
    a->current = next;
    a->used = 0;
}

void *arena_get(Arena *a, size_t size)
{
    if (size > SIZE_MAX / 2)
        mem_fail();
    size = (size + 7) & ~(size_t)7;
    if (!a->current || a->current->size - a->used < size)
        arena_next(a, size);
    Block *b = a->current;
    void *p = b->room + a->used;
    size_t old = b->dirty > a->used ? b->dirty - a->used : 0;
    a->used += size;
    a->total += size;
    if (a->used > b->dirty)
        b->dirty = a->used;
    return old ? memset(p, 0, old < size ? old : size) : p;
}

char *arena_dup(Arena *a, const char *s, size_t len)
{
    char *p = arena_get(a, len + 1);
    memcpy(p, s, len);
    return p;
}

char *arena_str(Arena *a, const char *s)
{
    return arena_dup(a, s, strlen(s));
}

char *arena_format(Arena *a, const char *format, ...)
{
    va_list ap;
    va_start(ap, format);
    int len = vsnprintf(NULL, 0, format, ap);
    va_end(ap);
    if (len < 0)
        mem_fail();
    char *p = arena_get(a, (size_t)len + 1);
    va_start(ap, format);
    vsnprintf(p, (size_t)len + 1, format, ap);
    va_end(ap);
    return p;
}

void arena_reset(Arena *a)
{
    a->current = NULL;
    a->used = a->total = 0;
}

size_t arena_size(const Arena *a)
{
    return a->total;
}

void arena_free(Arena *a)
{
    if (!a)
        return;
    for (Block *b = a->first, *next; b; b = next) {
        next = b->next;
        if (b->mapped)
            munmap(b, b->mapped);
        else
            free(b);
    }
    free(a);
}

/* ---- buffer ---- */

char *buf_room(Buf *b, size_t len)
{
    size_t max = b->max ? b->max : BUF_MAX;
    if (b->failed || len > max - b->n) {
        b->failed = true;
        return NULL;
    }
    if (b->n + len + 1 > b->cap) {
        b->cap = (b->n + len + 1) * 2;
        b->p = mem_grow(b->p, b->cap);
    }
    return b->p + b->n;
}

void buf_put(Buf *b, const void *data, size_t len)
{
    char *p = buf_room(b, len);
    if (!p)
        return;
    if (len)
        memcpy(p, data, len);
    b->n += len;
    b->p[b->n] = 0;
}

void buf_str(Buf *b, const char *s)
{
    buf_put(b, s, strlen(s));
}

void buf_chr(Buf *b, int c)
{
    char t = (char)c;
    buf_put(b, &t, 1);
}

static void put_digits(Buf *b, uint64_t u)
{
    char t[24];
    size_t i = sizeof t;
    do
        t[--i] = (char)('0' + u % 10);
    while (u /= 10);
    buf_put(b, t + i, sizeof t - i);
}

void buf_int(Buf *b, int64_t v)
{
    if (v < 0)
        buf_chr(b, '-');
    put_digits(b, v < 0 ? -(uint64_t)v : (uint64_t)v);
}

void buf_fixed(Buf *b, int64_t v, int digits)
{
    char t[24];
    int n = digits;
    uint64_t u = v < 0 ? -(uint64_t)v : (uint64_t)v;
    for (int i = digits; i--; u /= 10)
        t[i] = (char)('0' + u % 10);
    while (n && t[n - 1] == '0')
        n--;
    if (v < 0 && (u || n))
        buf_chr(b, '-');
    put_digits(b, u);
    if (n) {
        buf_chr(b, '.');
        buf_put(b, t, (size_t)n);
    }
}

void buf_format(Buf *b, const char *format, ...)
{
    va_list ap;
    va_start(ap, format);
    int len = vsnprintf(NULL, 0, format, ap);
    va_end(ap);
    if (len < 0)
        mem_fail();
    char *p = buf_room(b, (size_t)len);
    if (!p)
        return;
    va_start(ap, format);
    vsnprintf(p, (size_t)len + 1, format, ap);
    va_end(ap);
    b->n += (size_t)len;
}

void buf_json(Buf *b, const char *s)
{
    const char *end = s ? s + strlen(s) : NULL;
    if (!s) {
        buf_str(b, "null");
        return;
    }
    buf_chr(b, '"');
    for (int n; s < end; s += n) {
        uint32_t c = utf8_get(s, end, &n);
        if (c == '"' || c == '\\')
            buf_chr(b, '\\');
        if (c < 0x20 || (c >= 0x7f && c < 0xa0))
            buf_format(b, "\\u%04x", c);
        else
            buf_utf8(b, c);
    }
    buf_chr(b, '"');
}

void buf_clear(Buf *b)
{
    b->n = 0;
    b->failed = false;
    if (b->p)
        b->p[0] = 0;
}

void buf_free(Buf *b)
{
    free(b->p);
    *b = (Buf){0};
}
