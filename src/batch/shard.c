/* SPDX-License-Identifier: MIT */
/* A shard's account of its work (--shard), for `skryba join`: what became of each record, and the
 * pages of print files.  It stands in the folder as .skryba-shard-K-of-N, and only `join` of the
 * same program reads it.  It has travelled by then: each record has a checksum, and the last one
 * says how many there are. */
#include "internal.h"

#include <libdeflate.h>
#include <stdlib.h>
#include <string.h>

static const char magic[16] = "skryba-shard 1\n";

typedef struct {
    char magic[16];
    ShardHead head;
    uint32_t n_date;            /* bytes that follow */
    uint32_t crc;               /* of this, with 0 here, and the date */
} Start;
typedef struct {                /* the texts and the piece follow */
    uint32_t crc;               /* of all, with 0 here */
    uint32_t order, number;
    Made made;
    uint32_t length[SHARD_TEXTS], n_piece;
} Record;
enum { THE_END = UINT32_MAX };  /* order of a last record, whose number is that of the others */

void shard_path(Buf *b, const char *folder, size_t shard, size_t shards)
{
    buf_clear(b);
    buf_format(b, "%s/.skryba-shard-%zu-of-%zu", folder, shard, shards);
}

/* ---- writing ---- */

Output *shard_begin(const char *folder, const ShardHead *head, const char *date, Diags *d)
{
    Buf path = {0};
    Start s = { .head = *head, .n_date = date ? (uint32_t)strlen(date) : 0 };
    memcpy(s.magic, magic, sizeof s.magic);
    s.crc = libdeflate_crc32(libdeflate_crc32(0, &s, sizeof s), date ? date : "", s.n_date);
    shard_path(&path, folder, head->shard, head->shards);
    Output *out = output_open_staged(path.p, d);
    if (out) {
        output_put(out, &s, sizeof s);
        output_put(out, date ? date : "", s.n_date);
    }
    buf_free(&path);
    return out;
}

void shard_put(Output *out, const ShardRecord *r)
{
    Record w;
    memset(&w, 0, sizeof w);    /* with its gaps: the file is the same each time */
    w.order = r->order;
    w.number = r->number;
    w.made = r->made;
    w.n_piece = (uint32_t)r->n_piece;
    for (int i = 0; i < SHARD_TEXTS; i++)
        w.length[i] = r->text[i] ? (uint32_t)strlen(r->text[i]) : 0;
    w.crc = libdeflate_crc32(0, &w, sizeof w);
    for (int i = 0; i < SHARD_TEXTS; i++)
        w.crc = libdeflate_crc32(w.crc, r->text[i] ? r->text[i] : "", w.length[i]);
    w.crc = libdeflate_crc32(w.crc, r->piece ? r->piece : "", r->n_piece);
    output_put(out, &w, sizeof w);
    for (int i = 0; i < SHARD_TEXTS; i++)
        output_put(out, r->text[i] ? r->text[i] : "", w.length[i]);
    output_put(out, r->piece ? r->piece : "", r->n_piece);
}

bool shard_end(Output *out, size_t n, Diags *d)
{
    shard_put(out, &(ShardRecord){ .order = THE_END, .number = (uint32_t)n });
    return output_commit(out, d);
}

/* ---- reading ---- */

struct Shard {
    Input *in;
    Arena *arena;               /* of the record */
    ShardHead head;
    char *date;
    bool broken;
    uint32_t count;             /* records before the next */
    Record next;
};

static void read_next(Shard *s)
{
    uint64_t len = 0;
    if (!input_read(s->in, &s->next, sizeof s->next))
        s->broken = true;
    for (int i = 0; i < SHARD_TEXTS && !s->broken; i++)
        len += s->next.length[i];
    s->broken |= len + s->next.n_piece > input_left(s->in);
}

static bool read_start(Shard *s)
{
    enum { DATE_MAX = 64 };
    Start start;
    if (!input_read(s->in, &start, sizeof start) || memcmp(start.magic, magic, sizeof magic) ||
        start.n_date >= DATE_MAX)
        return false;
    uint32_t crc = start.crc;
    start.crc = 0;
    s->head = start.head;
    s->date = mem_new(start.n_date + 1);
    if (!input_read(s->in, s->date, start.n_date))
        return false;
    uint32_t sum = libdeflate_crc32(0, &start, sizeof start);
    return libdeflate_crc32(sum, s->date, start.n_date) == crc;
}

Shard *shard_open(const char *path, Diags *d)
{
    Input *in = input_open(path, d);
    if (!in)
        return NULL;
    Shard *s = mem_new(sizeof *s);
    s->in = in;
    s->arena = arena_new();
    if (read_start(s)) {
        read_next(s);
        return s;
    }
    diag_add(d, DIAG_join_broken, NULL, path, (char *)NULL);
    shard_close(s);
    return NULL;
}

void shard_close(Shard *s)
{
    if (!s)
        return;
    input_close(s->in);
    arena_free(s->arena);
    free(s->date);
    free(s);
}

const ShardHead *shard_head(const Shard *s, const char **date)
{
    *date = *s->date ? s->date : NULL;
    return &s->head;
}

/* The checksum of the record to be read next, up to its texts; gives the one it should have. */
static uint32_t head_crc(Shard *s, uint32_t *crc)
{
    uint32_t wanted = s->next.crc;
    s->next.crc = 0;
    *crc = libdeflate_crc32(0, &s->next, sizeof s->next);
    return s->next.crc = wanted;
}

bool shard_at(const Shard *s, uint32_t order)
{
    return !s->broken && s->next.order == order;
}

bool shard_whole(Shard *s)
{
    uint32_t crc = 0, wanted = head_crc(s, &crc);
    return shard_at(s, THE_END) && s->next.number == s->count && !input_left(s->in) &&
           crc == wanted;
}

/* Reads what follows the record's head; *crc goes on. */
static char *read_bytes(Shard *s, size_t len, uint32_t *crc)
{
    char *p = arena_get(s->arena, len + 1);
    p[len] = 0;
    s->broken |= !input_read(s->in, p, len);
    *crc = s->broken ? 0 : libdeflate_crc32(*crc, p, len);
    return p;
}

bool shard_get(Shard *s, ShardRecord *r)
{
    const Record *n = &s->next;
    uint32_t crc, wanted = head_crc(s, &crc);
    arena_reset(s->arena);
    *r = (ShardRecord){ .order = n->order, .number = n->number, .n_piece = n->n_piece };
    for (int i = 0; i < SHARD_TEXTS && !s->broken; i++) {
        char *text = read_bytes(s, n->length[i], &crc);
        r->text[i] = n->length[i] ? text : NULL;
    }
    if (!s->broken)
        r->piece = read_bytes(s, n->n_piece, &crc);
    s->broken |= crc != wanted;
    if (s->broken)
        return false;
    r->made = n->made;
    s->count++;
    read_next(s);
    return true;
}
