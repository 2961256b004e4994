/* SPDX-License-Identifier: MIT */
/* pdf-check FILE...: is what a PDF of skryba says of itself true?  For files that other checkers
 * cannot hold: one pass learns of pages and annotations, a second looks at everything, and what is
 * kept is eight bytes an object and a few a page.
 *
 * Offsets and lengths, object streams against the cross-reference stream, references, page tree,
 * number trees; and that of each link between two objects both ends say the same: parent and kid,
 * marked content and element, parent tree and element, annotation and element, bookmark and next.
 * Each end adds a hash of what it says to a sum, the other end subtracts it: what is not zero in
 * the end was said by one only.  A group of objects that are near each other share a sum. */
#include <fcntl.h>
#include <inttypes.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

enum { GROUP = 512, MESSAGES = 20, DEPTH_OF_Q = 28, OBJECTS = 8388607, NO_INDEX = 0xffff };

typedef struct { const char *p, *end; } Span;
typedef struct { unsigned char kind; uint64_t where; unsigned index; } Row;
typedef enum { SAYS_KID, SAYS_CONTENT, SAYS_ROLE, SAYS_OWNER, SAYS_NEXT, SAYS_PAGE, SAYS } Says;

typedef struct {
    const char *name, *data;
    size_t len;
    unsigned problems;
    uint32_t size, root;        /* objects, catalog */
    uint64_t *row;              /* kind << 62 | index << 48 | where */
    uint64_t *sum[SAYS];        /* by group of objects */
    uint32_t *owner;            /* by key of the parent tree: the page or annotation */
    size_t n_owner, room_owner;
    uint32_t *page_of;          /* content streams: pairs of stream and page, as they come */
    size_t n_page_of, room_page_of, at_page_of;
    uint64_t pages, elements, marks, links, counted;    /* counted: of the page tree's root */
    uint64_t next_key;
    bool second;                /* the second pass */
} Check;

static FILE *messages;          /* NULL: standard error */

static void problem(Check *c, uint32_t object, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
static void problem(Check *c, uint32_t object, const char *format, ...)
{
    va_list ap;
    FILE *out = messages ? messages : stderr;
    if (++c->problems > MESSAGES)
        return;
    fprintf(out, "%s: object %u: ", c->name, object);
    va_start(ap, format);
    vfprintf(out, format, ap);
    va_end(ap);
    fputc('\n', out);
}

static void *room(void *p, size_t size)
{
    p = realloc(p, size ? size : 1);
    if (!p) {
        fputs("pdf-check: out of memory\n", stderr);
        exit(3);
    }
    return p;
}

/* ---- tokens (ISO 32000-1, 7.2) ---- */

static bool is_white(int c)
{
    return c == ' ' || c == '\n' || c == '\r' || c == '\t' || c == '\f' || !c;
}

static bool is_delimiter(int c)
{
    return c && strchr("()<>[]{}/%", c);
}

static const char *string_end(const char *p, const char *end)
{
    int depth = 0;
    for (; p < end; p++) {
        if (*p == '\\')
            p++;
        else if (*p == '(')
            depth++;
        else if (*p == ')' && !--depth)
            return p + 1;
    }
    return end;
}

/* The next token of *s, empty at the end. */
static Span next(Span *s)
{
    const char *p = s->p, *end = s->end;
    while (p < end && is_white(*p))
        p++;
    Span t = { p, p };
    if (p < end) {
        if (*p == '(') {
            t.end = string_end(p, end);
        } else if ((*p == '<' || *p == '>') && p + 1 < end && p[1] == *p) {
            t.end = p + 2;
        } else if (*p == '<') {
            const char *close = memchr(p, '>', (size_t)(end - p));
            t.end = close ? close + 1 : end;
        } else {
            t.end = p + 1;
            if (*p == '/' || !is_delimiter(*p))
                while (t.end < end && !is_white(*t.end) && !is_delimiter(*t.end))
                    t.end++;
        }
    }
    s->p = t.end;
    return t;
}

static bool is(Span t, const char *text)
{
    size_t n = strlen(text);
    return (size_t)(t.end - t.p) == n && !memcmp(t.p, text, n);
}

static bool number(Span t, uint64_t *v)
{
    *v = 0;
    for (const char *p = t.p; p < t.end; p++) {
        if (*p < '0' || *p > '9' || *v > UINT64_MAX / 100)
            return false;
        *v = *v * 10 + (uint64_t)(*p - '0');
    }
    return t.p < t.end;
}

/* A value: one token, a reference, or all between brackets. */
static Span whole_value(Span *s)
{
    Span t = next(s), all = t;
    int depth = 0;
    uint64_t v;
    for (;; t = next(s)) {
        depth += is(t, "<<") || is(t, "[") ? 1 : is(t, ">>") || is(t, "]") ? -1 : 0;
        if (depth <= 0 || t.p == t.end)
            break;
    }
    all.end = t.end;
    Span ahead = *s;
    if (number(all, &v) && number(next(&ahead), &v)) {
        Span r = next(&ahead);
        if (is(r, "R")) {
            all.end = r.end;
            *s = ahead;
        }
    }
    return all;
}

/* The next value; false: there is none. */
static bool take(Span *s, Span *v)
{
    *v = whole_value(s);
    return v->p < v->end;
}

/* What is between the brackets of an array; anything else as it is. */
static Span inside(Span v)
{
    return v.p < v.end && *v.p == '[' ? (Span){ v.p + 1, v.end - 1 } : v;
}

/* The value of a key of a dictionary; empty: it has none. */
static Span get(Span dict, const char *key)
{
    Span none = { NULL, NULL };
    if (!is(next(&dict), "<<"))
        return none;
    for (;;) {
        Span k = next(&dict);
        if (k.p == k.end || is(k, ">>"))
            return none;
        Span v = whole_value(&dict);
        if (is(k, key))
            return v;
    }
}

static uint64_t get_number(Span dict, const char *key)
{
    Span v = get(dict, key);
    uint64_t n = 0;
    return number(next(&v), &n) ? n : 0;
}

static uint32_t get_ref(Span dict, const char *key)
{
    return (uint32_t)get_number(dict, key);
}

/* ---- sums ---- */

static uint64_t mixed(uint64_t x)
{
    x = (x ^ x >> 30) * 0xbf58476d1ce4e5b9u;
    x = (x ^ x >> 27) * 0x94d049bb133111ebu;
    return x ^ x >> 31;
}

/* One end (sign 1) or the other (-1) says that a and b belong together, in the way of detail. */
static void say(Check *c, Says what, int sign, uint64_t a, uint64_t b, uint64_t detail)
{
    uint64_t h = mixed(mixed(mixed(a + 1) + b) + detail);
    if (a < c->size)
        c->sum[what][a / GROUP] += sign > 0 ? h : -h;
    else
        problem(c, (uint32_t)a, "no such object");
}

static uint64_t name_hash(Span t)
{
    uint64_t h = 0;
    while (t.p < t.end)
        h = h * 131 + (unsigned char)*t.p++;
    return h;
}

static void sums_are_zero(Check *c)
{
    static const char *const text[] = {
        [SAYS_KID] = "an element and its parent",
        [SAYS_CONTENT] = "the parent tree and an element's content",
        [SAYS_ROLE] = "marked content on a page and its element",
        [SAYS_OWNER] = "an annotation and its Link element",
        [SAYS_NEXT] = "bookmarks that follow each other",
        [SAYS_PAGE] = "a page and its parent",
    };
    for (int i = 0; i < SAYS; i++)
        for (size_t k = 0; k <= c->size / GROUP; k++)
            if (c->sum[i][k])
                problem(c, (uint32_t)(k * GROUP), "in the %d objects from here: %s disagree", GROUP,
                        text[i]);
}

/* ---- the file ---- */

static Row row_at(const Check *c, uint32_t object)
{
    uint64_t v = object < c->size ? c->row[object] : 0;
    return (Row){ (unsigned char)(v >> 62), v & ((UINT64_C(1) << 48) - 1), v >> 48 & 0x3fff };
}

typedef struct { uint32_t number; Span dict, data; const char *end; } Stream;

/* The stream object at p: all objects outside of object streams are streams. */
static bool stream_at(Check *c, const char *p, Stream *s)
{
    const char *end = c->data + c->len;
    Span t = { p, end };
    uint64_t v, generation;
    if (!number(next(&t), &v) || !number(next(&t), &generation) || generation
        || !is(next(&t), "obj"))
        return false;
    s->number = (uint32_t)v;
    s->dict = whole_value(&t);
    uint64_t len = get_number(s->dict, "/Length");
    if (!is(next(&t), "stream") || t.p >= end || *t.p != '\n' || len > (uint64_t)(end - t.p - 1))
        return false;
    s->data = (Span){ t.p + 1, t.p + 1 + len };
    t.p = s->data.end;
    if (t.p >= end || *t.p != '\n' || !is(next(&t), "endstream") || !is(next(&t), "endobj"))
        return false;
    s->end = t.p < end && *t.p == '\n' ? t.p + 1 : t.p;
    return true;
}

/* The data of a stream unpacked into *buffer, which grows; false: broken. */
static bool unpack(const Stream *s, char **buffer, size_t *size, size_t *len)
{
    z_stream z = {0};
    int status;
    if (inflateInit(&z) != Z_OK)
        return false;
    z.next_in = (unsigned char *)s->data.p;
    z.avail_in = (unsigned)(s->data.end - s->data.p);
    do {
        if (*size - z.total_out < 4096)
            *buffer = room(*buffer, *size = *size * 2 + 65536);
        z.next_out = (unsigned char *)*buffer + z.total_out;
        z.avail_out = (unsigned)(*size - z.total_out);
        status = inflate(&z, Z_NO_FLUSH);
    } while (status == Z_OK && (z.avail_in || !z.avail_out));
    *len = z.total_out;
    bool whole = status == Z_STREAM_END && !z.avail_in;
    inflateEnd(&z);
    return whole;
}

static bool read_rows(Check *c, const Stream *s)
{
    char *raw = NULL;
    size_t size = 0, len;
    uint64_t w[3] = {0};
    Span widths = get(s->dict, "/W"), id = get(s->dict, "/ID");
    next(&widths);
    for (int i = 0; i < 3; i++)
        number(next(&widths), &w[i]);
    next(&id);
    Span first = next(&id), second = next(&id);
    size_t wide = w[0] + w[1] + w[2] + 1;
    c->size = (uint32_t)get_number(s->dict, "/Size");
    c->root = get_ref(s->dict, "/Root");
    bool ok = unpack(s, &raw, &size, &len) && w[0] == 1 && w[1] < 8 && w[2] == 2
        && len == wide * c->size && c->size <= OBJECTS && first.p < first.end
        && first.end - first.p == second.end - second.p
        && !memcmp(first.p, second.p, (size_t)(first.end - first.p));
    c->row = ok ? room(NULL, c->size * sizeof *c->row) : NULL;
    unsigned char now[16] = {0};
    for (uint32_t i = 0; ok && i < c->size; i++) {
        const unsigned char *p = (unsigned char *)raw + wide * i;
        ok = p[0] == 2;         /* predictor: up */
        uint64_t where = 0;
        for (size_t k = 0; k + 1 < wide; k++)
            now[k] = (unsigned char)(now[k] + p[k + 1]);
        for (uint64_t k = 1; k <= w[1]; k++)
            where = where << 8 | now[k];
        uint64_t index = (uint64_t)now[wide - 3] << 8 | now[wide - 2];
        ok = ok && now[0] <= 2 && (now[0] == 0 || index < 1 << 14);
        c->row[i] = now[0] ? (uint64_t)now[0] << 62 | index << 48 | where : 0;
    }
    free(raw);
    return ok;
}

static bool open_file(Check *c, const char *path)
{
    struct stat st;
    int fd = open(path, O_RDONLY);
    bool ok = fd >= 0 && !fstat(fd, &st) && st.st_size > 64;
    c->name = path;
    c->len = ok ? (size_t)st.st_size : 0;
    void *p = ok ? mmap(NULL, c->len, PROT_READ, MAP_PRIVATE, fd, 0) : MAP_FAILED;
    if (fd >= 0)
        close(fd);
    c->data = p == MAP_FAILED ? NULL : p;
    return c->data != NULL;
}

static bool read_end(Check *c)
{
    static const char start[] = "startxref\n";
    Stream s;
    uint64_t at = 0;
    const char *p = c->data + c->len - 7, *lowest = p - 40;
    if (memcmp(c->data, "%PDF-1.7\n%", 10) || memcmp(p + 1, "%%EOF\n", 6))
        return false;
    while (p > lowest && memcmp(p, start, strlen(start)))
        p--;
    Span tail = { p + strlen(start), c->data + c->len };
    if (p == lowest || !number(next(&tail), &at) || at >= c->len)
        return false;
    if (!stream_at(c, c->data + at, &s) || !is(get(s.dict, "/Type"), "/XRef") || !read_rows(c, &s))
        return false;
    Row own = row_at(c, s.number);
    return own.kind == 1 && own.where == at;
}

/* ---- the first pass: who has which key of the parent tree, whose the contents are ---- */

static void own_key(Check *c, uint64_t key, uint32_t object)
{
    if (key > c->size) {
        problem(c, object, "key %" PRIu64 " is out of all bounds", key);
        return;
    }
    if (key >= c->room_owner) {
        size_t old = c->room_owner;
        c->room_owner = key * 2 + 64;
        c->owner = room(c->owner, c->room_owner * sizeof *c->owner);
        memset(c->owner + old, 0, (c->room_owner - old) * sizeof *c->owner);
    }
    if (c->owner[key])
        problem(c, object, "has the key of object %u", c->owner[key]);
    c->owner[key] = object;
    if (key >= c->n_owner)
        c->n_owner = key + 1;
}

static void learn(Check *c, uint32_t object, Span o)
{
    Span type = get(o, "/Type");
    if (is(type, "/Page")) {
        if (c->n_page_of == c->room_page_of)
            c->page_of = room(c->page_of,
                              (c->room_page_of = c->room_page_of * 2 + 64) * sizeof *c->page_of);
        c->page_of[c->n_page_of++] = get_ref(o, "/Contents");
        c->page_of[c->n_page_of++] = object;
        own_key(c, get_number(o, "/StructParents"), object);
        c->pages++;
    } else if (is(type, "/Annot")) {
        own_key(c, get_number(o, "/StructParent"), object);
        c->links++;
    }
}

/* ---- the second pass ---- */

static void references(Check *c, uint32_t object, Span o)
{
    uint64_t a, b;
    Span before[2] = {{0}};
    for (Span t = next(&o); t.p < t.end; t = next(&o)) {
        if (is(t, "R") && number(before[0], &a) && number(before[1], &b)
            && (b || !row_at(c, (uint32_t)a).kind))
            problem(c, object, "refers to object %" PRIu64 ", which is not there", a);
        before[0] = before[1];
        before[1] = t;
    }
}

/* The kids of an element: references, numbers of marked content, MCR and OBJR. */
static void element(Check *c, uint32_t object, Span o)
{
    Span list = inside(get(o, "/K")), kid, role = get(o, "/S");
    uint32_t page = get_ref(o, "/Pg");
    uint64_t v;
    c->elements++;
    say(c, SAYS_KID, -1, get_ref(o, "/P"), object, 0);
    while (take(&list, &kid)) {
        if (*kid.p == '<') {
            uint32_t annotation = get_ref(kid, "/Obj"), own = get_ref(kid, "/Pg");
            if (annotation) {
                say(c, SAYS_OWNER, 1, annotation, object, 0);
                say(c, SAYS_CONTENT, -1, annotation, object, 0);
            } else {
                say(c, SAYS_CONTENT, -1, own, object, get_number(kid, "/MCID") + 1);
                say(c, SAYS_ROLE, -1, own, get_number(kid, "/MCID"), name_hash(role));
            }
        } else if (kid.end[-1] == 'R') {
            number(next(&kid), &v);
            say(c, SAYS_KID, 1, object, v, 0);
        } else if (number(kid, &v)) {
            say(c, SAYS_CONTENT, -1, page, object, v + 1);
            say(c, SAYS_ROLE, -1, page, v, name_hash(role));
        }
    }
}

static void tree_root(Check *c, uint32_t object, Span o)
{
    Span kids = inside(get(o, "/K"));
    uint64_t v = 0;
    number(next(&kids), &v);
    say(c, SAYS_KID, 1, object, v, 0);
    if (get_number(o, "/ParentTreeNextKey") != c->n_owner)
        problem(c, object, "ParentTreeNextKey is not %zu", c->n_owner);
}

/* A leaf of the parent tree: keys go up; a page's value is an array, an annotation's an element. */
static void parent_leaf(Check *c, uint32_t object, Span nums, Span limits)
{
    uint64_t low = 0, high = 0, key = 0, v;
    Span list = inside(nums), entry;
    next(&limits);
    if (!number(next(&limits), &low) || !number(next(&limits), &high))
        problem(c, object, "limits");
    for (bool first = true;; first = false) {
        Span k = next(&list), e;
        uint64_t before = key, at = 0;
        if (!take(&list, &entry))
            break;
        if (!number(k, &key) || key != (first ? low : before + 1) || key >= c->n_owner)
            problem(c, object, "key %.*s", (int)(k.end - k.p), k.p);
        uint32_t owner = key < c->n_owner ? c->owner[key] : 0;
        bool array = entry.p < entry.end && *entry.p == '[';
        for (Span all = inside(entry); take(&all, &e); at++) {
            number(next(&e), &v);
            say(c, SAYS_CONTENT, 1, owner, v, array ? at + 1 : 0);
            if (!array)
                say(c, SAYS_OWNER, -1, owner, v, 0);
        }
        c->marks += array ? at : 0;
    }
    if (key != high)
        problem(c, object, "its highest key is %" PRIu64 ", not %" PRIu64, key, high);
    if (low != c->next_key)
        problem(c, object, "begins with key %" PRIu64 " after %" PRIu64, low, c->next_key - 1);
    c->next_key = high + 1;
}

static void page_node(Check *c, uint32_t object, Span o)
{
    Span kids = inside(get(o, "/Kids")), kid;
    uint32_t parent = get_ref(o, "/Parent");
    uint64_t v, n = 0;
    for (; take(&kids, &kid); n++) {
        number(next(&kid), &v);
        say(c, SAYS_PAGE, 1, object, v, 0);
    }
    if (!parent)
        c->counted = get_number(o, "/Count");
    else if (get_number(o, "/Count") != n)
        problem(c, object, "counts %" PRIu64 " pages, not %" PRIu64, get_number(o, "/Count"), n);
    if (parent)
        say(c, SAYS_PAGE, -1, parent, object, 0);
}

static void bookmark(Check *c, uint32_t object, Span o)
{
    uint32_t after = get_ref(o, "/Next"), before = get_ref(o, "/Prev");
    if (after)
        say(c, SAYS_NEXT, 1, object, after, 0);
    if (before)
        say(c, SAYS_NEXT, -1, before, object, 0);
}

static void look_at(Check *c, uint32_t object, Span o)
{
    Span type = get(o, "/Type"), nums = get(o, "/Nums");
    references(c, object, o);
    if (is(type, "/Page"))
        say(c, SAYS_PAGE, -1, get_ref(o, "/Parent"), object, 0);
    else if (is(type, "/Pages"))
        page_node(c, object, o);
    else if (is(type, "/StructTreeRoot"))
        tree_root(c, object, o);
    else if (get(o, "/Title").p && get(o, "/Parent").p)
        bookmark(c, object, o);
    else if (get(o, "/S").p && get(o, "/P").p && !type.p)
        element(c, object, o);
    /* a number tree of page labels has dictionaries for values */
    if (nums.p && memchr(nums.p, 'R', (size_t)(nums.end - nums.p)))
        parent_leaf(c, object, nums, get(o, "/Limits"));
}

/* ---- content streams ---- */

typedef struct { int marks, texts, saved; } Nest;

static void mark_begin(Check *c, uint32_t stream, uint32_t page, Nest *n, Span tag, Span properties)
{
    if (n->marks++)
        problem(c, stream, "marked content in marked content");
    if (is(tag, "/Artifact"))
        return;
    if (!get(properties, "/MCID").p)
        problem(c, stream, "marked content without a number");
    say(c, SAYS_ROLE, 1, page, get_number(properties, "/MCID"), name_hash(tag));
}

static void operate(Check *c, uint32_t stream, uint32_t page, Nest *n, Span op, const Span *operand)
{
    static const char *const paints[] = { "TJ", "Tj", "Do", "f", "S", "re" };
    if (is(op, "BDC"))
        mark_begin(c, stream, page, n, operand[0], operand[1]);
    else if (is(op, "EMC"))
        n->marks--;
    else if (is(op, "BT"))
        n->texts++;
    else if (is(op, "ET"))
        n->texts--;
    else if (is(op, "q"))
        n->saved++;
    else if (is(op, "Q"))
        n->saved--;
    for (size_t i = 0; i < sizeof paints / sizeof *paints; i++)
        if (is(op, paints[i]) && !n->marks)
            problem(c, stream, "paints outside of marked content");
    if (n->marks < 0 || n->texts < 0 || n->texts > 1 || n->saved < 0 || n->saved > DEPTH_OF_Q)
        problem(c, stream, "%.*s: nesting", (int)(op.end - op.p), op.p);
}

static void content(Check *c, uint32_t stream, uint32_t page, Span s)
{
    Nest n = {0};
    Span operand[2] = {{0}};
    for (Span t = whole_value(&s); t.p < t.end; t = whole_value(&s)) {
        if ((*t.p >= 'A' && *t.p <= 'Z') || (*t.p >= 'a' && *t.p <= 'z')) {
            operate(c, stream, page, &n, t, operand);
        } else {
            operand[0] = operand[1];
            operand[1] = t;
        }
    }
    if (n.marks || n.texts || n.saved)
        problem(c, stream, "ends inside of marked content, text or q");
}

/* ---- a pass ---- */

static void object_stream(Check *c, const Stream *s, Span text)
{
    uint64_t n = get_number(s->dict, "/N"), first = get_number(s->dict, "/First"), object, at;
    Span head = { text.p, text.p + first };
    if (first > (uint64_t)(text.end - text.p)) {
        problem(c, s->number, "is shorter than its head");
        return;
    }
    for (uint64_t i = 0; i < n; i++) {
        if (!number(next(&head), &object) || !number(next(&head), &at)
            || at >= (uint64_t)(text.end - text.p) - first) {
            problem(c, s->number, "entry %" PRIu64, i);
            return;
        }
        Row row = row_at(c, (uint32_t)object);
        if (row.kind != 2 || row.where != s->number || row.index != i)
            problem(c, (uint32_t)object, "is not where the cross-references say");
        Span rest = { text.p + first + at, text.end };
        Span o = whole_value(&rest);
        (c->second ? look_at : learn)(c, (uint32_t)object, o);
    }
}

static void one_stream(Check *c, const Stream *s)
{
    static char *buffer;
    static size_t size;
    size_t len;
    bool objects = is(get(s->dict, "/Type"), "/ObjStm");
    bool contents = c->second && c->at_page_of < c->n_page_of
        && c->page_of[c->at_page_of] == s->number;
    if (!objects && !c->second)
        return;
    if (c->second)
        references(c, s->number, s->dict);
    if (is(get(s->dict, "/Filter"), "/FlateDecode") && !unpack(s, &buffer, &size, &len)) {
        problem(c, s->number, "cannot be unpacked");
        return;
    }
    if (objects) {
        object_stream(c, s, (Span){ buffer, buffer + len });
    } else if (contents) {      /* pages and their contents come in the same order */
        content(c, s->number, c->page_of[c->at_page_of + 1], (Span){ buffer, buffer + len });
        c->at_page_of += 2;
    }
}

/* Stream after stream, without a gap; each where the cross-references say. */
static void pass(Check *c)
{
    const char *p = memchr(c->data + 10, '\n', c->len - 10) + 1, *end = c->data + c->len;
    uint64_t plain = 0, known = 0;
    while (p < end && memcmp(p, "startxref", 9)) {
        Stream s;
        if (!stream_at(c, p, &s)) {
            problem(c, 0, "no sound stream object at byte %td", p - c->data);
            return;
        }
        Row row = row_at(c, s.number);
        if (row.kind != 1 || row.where != (uint64_t)(p - c->data))
            problem(c, s.number, "is at byte %td, not %" PRIu64, p - c->data, row.where);
        one_stream(c, &s);
        plain++;
        p = s.end;
    }
    for (uint32_t i = 0; i < c->size; i++)
        known += row_at(c, i).kind == 1;
    if (plain != known)
        problem(c, 0, "%" PRIu64 " streams, %" PRIu64 " in the cross-references", plain, known);
}

static void check_all(Check *c)
{
    for (int i = 0; i < SAYS; i++) {
        c->sum[i] = room(NULL, (c->size / GROUP + 1) * sizeof **c->sum);
        memset(c->sum[i], 0, (c->size / GROUP + 1) * sizeof **c->sum);
    }
    pass(c);
    c->second = true;
    pass(c);
    sums_are_zero(c);
    if (c->at_page_of != c->n_page_of)
        problem(c, 0, "contents of pages are missing or in another order");
    if (c->counted != c->pages)
        problem(c, 0, "%" PRIu64 " pages, the tree counts %" PRIu64, c->pages, c->counted);
    if (c->next_key != c->n_owner)
        problem(c, 0, "the parent tree ends at key %" PRIu64 ", not %zu", c->next_key, c->n_owner);
    if (row_at(c, c->root).kind != 2)
        problem(c, c->root, "is no catalog");
}

static bool pdf_check_file(const char *path, bool quiet)
{
    Check c = { .name = path };
    if (!open_file(&c, path) || !read_end(&c))
        problem(&c, 0, "no PDF with a cross-reference stream at its end");
    else
        check_all(&c);
    if (!quiet && !c.problems)
        printf("%s: %" PRIu64 " pages, %u objects, %" PRIu64 " elements, %" PRIu64
               " marked contents, %" PRIu64 " links: sound\n",
               path, c.pages, c.size, c.elements, c.marks, c.links);
    if (c.problems > MESSAGES)
        fprintf(messages ? messages : stderr, "%s: and %u more\n", path, c.problems - MESSAGES);
    for (int i = 0; i < SAYS; i++)
        free(c.sum[i]);
    free(c.row);
    free(c.owner);
    free(c.page_of);
    if (c.data)
        munmap((void *)c.data, c.len);
    return !c.problems;
}

#ifndef PDF_CHECK_NO_MAIN
int main(int argc, char **argv)
{
    int failed = 0;
    for (int i = 1; i < argc; i++)
        failed += !pdf_check_file(argv[i], false);
    if (argc < 2)
        fputs("usage: pdf-check FILE...\n", stderr);
    return argc < 2 ? 2 : failed ? 1 : 0;
}
#endif
