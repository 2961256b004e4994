/* SPDX-License-Identifier: MIT */
/* A worker: a process that makes the records it is dealt and says what came of each. */
#include "internal.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static volatile sig_atomic_t stopped;

static void on_stop(int signal)
{
    (void)signal;
    stopped = 1;
}

/* The terminal's interrupt reaches all processes of the group: only the parent acts on it, and
 * tells its workers by SIGTERM. */
static void set_signals(void)
{
    struct sigaction stop = { .sa_handler = on_stop }, ignore = { .sa_handler = SIG_IGN };
    sigemptyset(&stop.sa_mask);
    sigemptyset(&ignore.sa_mask);
    sigaction(SIGTERM, &stop, NULL);
    sigaction(SIGINT, &ignore, NULL);
    sigaction(SIGPIPE, &ignore, NULL);
    sigaction(SIGXFSZ, &ignore, NULL);  /* ulimit -f: an error of write() */
}

static bool read_deal(int in, Deal *deal)
{
    size_t n = 0;
    while (n < sizeof *deal && !stopped) {
        ssize_t got = read(in, (char *)deal + n, sizeof *deal - n);
        if (got == 0 || (got < 0 && errno != EINTR))
            return false;       /* the parent has no more, or is gone */
        n += got > 0 ? (size_t)got : 0;
    }
    return !stopped;
}

static bool send_reply(int out, const Buf *b)
{
    for (size_t n = 0; n < b->n; ) {
        ssize_t put = write(out, b->p + n, b->n - n);
        if (put < 0 && errno != EINTR)
            return false;
        n += put > 0 ? (size_t)put : 0;
    }
    return true;
}

/* The result of one record, as the parent reads it. */
static void make_reply(Batch *b, uint32_t task, Arena *a, Diags *d, Buf *out)
{
    Reply reply = { .task = task };
    Buf findings = {0};
    buf_clear(out);
    buf_put(out, &reply, sizeof reply);         /* its place; the piece follows the findings */
    Buf piece = {0};
    reply.made = record_make(b, &b->tasks.p[task], a, &piece, d);
    diags_pack(d, &findings);
    reply.n_findings = (uint32_t)findings.n;
    reply.n_piece = (uint32_t)piece.n;
    buf_put(out, findings.p ? findings.p : "", findings.n);
    buf_put(out, piece.p ? piece.p : "", piece.n);
    memcpy(out->p, &reply, sizeof reply);
    buf_free(&findings);
    buf_free(&piece);
}

void worker_main(Batch *b, Lang lang, int in, int out)
{
    Arena *a = arena_new();
    Diags *d = diags_new(lang);
    Buf reply = {0};
    Deal deal;
    uint32_t next = 0;
    bool good = true;
    set_signals();
    while (good && read_deal(in, &deal)) {
        if (deal.first < next)          /* of a worker that died */
            pdf_piece_afresh(b->cache);
        next = deal.first + deal.n;
        for (uint32_t i = deal.first; good && !stopped && i < deal.first + deal.n; i++) {
            Severity sev;
            Place place;
            make_reply(b, i, a, d, &reply);
            good = send_reply(out, &reply);
            if (diags_get(d, 0, &sev, &place)) {
                diags_free(d);
                d = diags_new(lang);
            }
            arena_reset(a);
            record_trim(b);
        }
    }
    _exit(0);
}
