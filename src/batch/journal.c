/* SPDX-License-Identifier: MIT */
/* The journal of a folder: one line for each file that was made in it, added when the file is on
 * disk under its name.  A later line of a name replaces an earlier one.  Lines that a crash cut or
 * a disk spoiled do not fit their checksum and count as not written.
 *
 *     skryba-journal 1
 *     FILE  DIGEST  BYTES  CRC-32  PAGES  RECORDS  made|issued  TEMPLATE  CHECKSUM
 *
 * The fields are separated by tabs.  DIGEST is of what decided the content; CRC-32 of the file;
 * RECORDS is the record's number, of a print file FIRST-LAST, of its manifest 0; CHECKSUM is the
 * CRC-32 of the line before its last tab. */
#include "internal.h"

#include <errno.h>
#include <libdeflate.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const char first_line[] = "skryba-journal 1\n";
enum { FIELDS = 9, JOURNAL_MAX = 1 << 30 };

struct Journal {
    Arena *arena;
    Map *entries;               /* name -> Entry* */
    char *path;
    Buf added;
    bool begun;                 /* the first line is there */
    bool torn;                  /* the last line was not written to its end */
};

/* ---- reading ---- */

/* Cuts a line at its tabs; false: not as many as there should be. */
static bool cut(char *line, char *field[FIELDS])
{
    for (int i = 0; i < FIELDS; i++) {
        field[i] = line;
        line += strcspn(line, "\t");
        if ((i < FIELDS - 1) != (*line == '\t'))
            return false;
        if (*line)
            *line++ = 0;
    }
    return true;
}

static bool read_hex(const char *s, size_t digits, uint64_t *out)
{
    char *end;
    char t[17] = "";
    if (strlen(s) < digits)
        return false;
    memcpy(t, s, digits);
    *out = strtoull(t, &end, 16);
    return !*end;
}

static bool read_number(const char *s, uint64_t most, uint64_t *out)
{
    int64_t v;
    if (!number_parse(s, strlen(s), 0, &v) || v < 0 || (uint64_t)v > most)
        return false;
    *out = (uint64_t)v;
    return true;
}

/* N, or N-M */
static bool read_records(char *s, Entry *e)
{
    char *dash = strchr(s, '-');
    uint64_t first, last;
    if (dash)
        *dash++ = 0;
    if (!read_number(s, UINT32_MAX, &first) || !read_number(dash ? dash : s, UINT32_MAX, &last))
        return false;
    e->first = (uint32_t)first;
    e->last = (uint32_t)last;
    return true;
}

static bool read_line(Journal *j, char *line, size_t len)
{
    char *field[FIELDS];
    const char *last = strrchr(line, '\t');
    uint64_t sum, crc, pages;
    Entry e = {0};
    if (!last || !read_hex(last + 1, 8, &sum) || strlen(last + 1) != 8 || strlen(line) != len ||
        sum != libdeflate_crc32(0, line, (size_t)(last - line)) || !cut(line, field))
        return false;
    if (!read_hex(field[1], 16, &e.digest.a) || strlen(field[1]) != 32 ||
        !read_hex(field[1] + 16, 16, &e.digest.b) ||
        !read_number(field[2], INT64_MAX, &e.sum.size) || !read_hex(field[3], 8, &crc) ||
        !read_number(field[4], UINT32_MAX, &pages) || !read_records(field[5], &e))
        return false;
    e.sum.crc = (uint32_t)crc;
    e.pages = (uint32_t)pages;
    e.issued = str_equal(field[6], "issued");
    Entry *kept = ARENA_NEW(j->arena, Entry);
    *kept = e;
    map_put(j->entries, field[0], strlen(field[0]), kept);
    return true;
}

/* False: it is no journal at all. */
static bool read_lines(Journal *j, const char *path, bool own, char *text, size_t len,
                       size_t *bad)
{
    size_t head = sizeof first_line - 1;
    if (len < head && !memcmp(text, first_line, len))
        return !own || !remove(path);   /* a crash cut even the first line */
    if (len < head || memcmp(text, first_line, head))
        return false;
    for (char *line = text + head, *end; line < text + len; line = end + 1) {
        end = memchr(line, '\n', (size_t)(text + len - line));
        if (!end) {
            j->torn = own;
            break;
        }
        *end = 0;
        if (end > line)
            *bad += !read_line(j, line, (size_t)(end - line));
    }
    j->begun = own;
    return true;
}

/* own: what is added goes to this one. */
static bool read_journal(Journal *j, const char *path, bool own, Diags *d)
{
    size_t len, bad = 0;
    struct stat st;
    if (stat(path, &st) ? errno == ENOENT : !st.st_size)
        return true;            /* empty: a run was killed before it wrote */
    char *text = file_read(path, JOURNAL_MAX, &len, d);
    bool good = text && read_lines(j, path, own, text, len, &bad);
    free(text);
    if (text && !good)
        diag_add(d, DIAG_batch_journal, NULL, path, (char *)NULL);
    if (bad) {
        char n[24];
        snprintf(n, sizeof n, "%zu", bad);
        diag_add(d, DIAG_batch_journal_lines, NULL, path, n, (char *)NULL);
    }
    return good;
}

Journal *journal_open(const char *folder, size_t shard, size_t shards, Diags *d)
{
    Journal *j = mem_new(sizeof *j);
    Buf whole = {0}, part = {0};
    buf_format(&whole, "%s/.skryba-journal", folder);
    buf_format(&part, "%s-%zu-of-%zu", whole.p, shard, shards);
    j->arena = arena_new();
    j->entries = map_new(j->arena);
    j->path = shards ? part.p : whole.p;
    bool good = read_journal(j, whole.p, !shards, d) &&
                (!shards || read_journal(j, part.p, true, d));
    buf_free(shards ? &whole : &part);
    if (good)
        return j;
    journal_free(j);
    return NULL;
}

const Entry *journal_find(const Journal *j, const char *name)
{
    return map_get(j->entries, name, strlen(name));
}

/* ---- writing ---- */

void journal_add(Journal *j, const char *name, const char *template, const Entry *e)
{
    Buf *b = &j->added;
    if (!j->begun)
        buf_str(b, first_line);
    else if (j->torn)
        buf_chr(b, '\n');
    j->begun = true;
    j->torn = false;
    size_t start = b->n;
    buf_format(b, "%s\t%016llx%016llx\t%llu\t%08x\t%u\t%u", name,
               (unsigned long long)e->digest.a, (unsigned long long)e->digest.b,
               (unsigned long long)e->sum.size, e->sum.crc, e->pages, e->first);
    if (e->last != e->first)
        buf_format(b, "-%u", e->last);
    buf_format(b, "\t%s\t%s", e->issued ? "issued" : "made", template);
    buf_format(b, "\t%08x\n", libdeflate_crc32(0, b->p + start, b->n - start));
}

int journal_flush(Journal *j)
{
    if (!j->added.n)
        return 0;
    int error = disk_append(j->path, j->added.p, j->added.n);
    j->torn = error != 0;
    buf_clear(&j->added);
    return error;
}

void journal_free(Journal *j)
{
    if (!j)
        return;
    buf_free(&j->added);
    free(j->path);
    arena_free(j->arena);
    free(j);
}
