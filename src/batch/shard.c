/* SPDX-License-Identifier: MIT */
/* A shard's account of its work (--shard), for `skryba join`: what became of each record, and the
 * pages of print files.  It stands in the folder as .skryba-shard-K-of-N, and only `join` of the
 * same program reads it. */
#include "internal.h"

#include <stdlib.h>
#include <string.h>

static const char magic[16] = "skryba-shard 1\n";

typedef struct {
    char magic[16];
    ShardHead head;
    uint32_t n_date;            /* bytes that follow */
} Start;
typedef struct { uint32_t order, number; Made made; uint32_t length[SHARD_TEXTS], n_piece; } Record;

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
    shard_path(&path, folder, head->shard, head->shards);
    Output *out = output_open(path.p, d);
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
    output_put(out, &w, sizeof w);
    for (int i = 0; i < SHARD_TEXTS; i++)
        output_put(out, r->text[i] ? r->text[i] : "", w.length[i]);
    output_put(out, r->piece ? r->piece : "", r->n_piece);
}

/* ---- reading ---- */

struct Shard {
    Input *in;
    Arena *arena;               /* of the record */
    ShardHead head;
    char *date;
    bool have;                  /* a record was read */
    Record next;
};

static void read_next(Shard *s)
{
    s->have = input_read(s->in, &s->next, sizeof s->next);
}

Shard *shard_open(const char *path, Diags *d)
{
    enum { DATE_MAX = 64 };
    Input *in = input_open(path, d);
    if (!in)
        return NULL;
    Shard *s = mem_new(sizeof *s);
    Start start;
    s->in = in;
    s->arena = arena_new();
    bool good = input_read(in, &start, sizeof start) &&
                !memcmp(start.magic, magic, sizeof magic) && start.n_date < DATE_MAX;
    if (good) {
        s->head = start.head;
        s->date = mem_new(start.n_date + 1);
        good = input_read(in, s->date, start.n_date);
    }
    if (good) {
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

bool shard_at(const Shard *s, uint32_t order)
{
    return s->have && s->next.order == order;
}

bool shard_skip(Shard *s)
{
    size_t len = s->next.n_piece;
    for (int i = 0; i < SHARD_TEXTS; i++)
        len += s->next.length[i];
    bool good = input_skip(s->in, len);
    read_next(s);
    return good;
}

bool shard_get(Shard *s, ShardRecord *r)
{
    const Record *n = &s->next;
    bool good = true;
    arena_reset(s->arena);
    *r = (ShardRecord){ .order = n->order, .number = n->number, .made = n->made,
                        .n_piece = n->n_piece };
    for (int i = 0; i < SHARD_TEXTS && good; i++) {
        char *text = arena_get(s->arena, (size_t)n->length[i] + 1);
        good = input_read(s->in, text, n->length[i]);
        r->text[i] = n->length[i] ? text : NULL;
    }
    char *piece = good ? arena_get(s->arena, (size_t)n->n_piece + 1) : NULL;
    good = good && input_read(s->in, piece, n->n_piece);
    r->piece = piece;
    read_next(s);
    return good;
}
