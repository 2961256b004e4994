/* SPDX-License-Identifier: MIT */
/* Processes that share the work.
 *
 * They are forked when templates are compiled, fonts are open and the data are indexed, so all of
 * that exists once.  Slices of records are dealt to whoever has little left; each record's result
 * comes back through a pipe.  Of a worker that dies the record in hand is lost, and named; what it
 * had been dealt goes to a new one.  This process makes no document: it names finished files and
 * puts pieces into print files. */
#include "internal.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum {
    DEEP = 8,                   /* slices dealt to a worker at most */
    AHEAD = 32,                 /* slices of a worker that may wait for an earlier one */
    NAP = 2000000,              /* nanoseconds in which results gather */
};

typedef struct {
    pid_t pid;
    int to, from;
    Buf in;                     /* what came and is no whole reply yet */
    VEC(Deal) dealt;            /* not done: first is the task in hand */
    size_t head;                /* of dealt: those before are done */
} Worker;

typedef struct {
    Batch *b;
    Run *run;
    Diags *d;
    VEC(Worker *) worker;
    VEC(Deal) again;            /* what dead workers left */
    size_t next;                /* slice */
    size_t done;                /* tasks */
    bool stopping, killed;
    int signal_end;
} Crew;

/* ---- starting and ending ---- */

static void close_others(const Crew *c)
{
    for (size_t i = 0; i < c->worker.n; i++) {
        close(c->worker.p[i]->to);
        close(c->worker.p[i]->from);
    }
}

static bool start(Crew *c)
{
    int deal[2], reply[2];
    if (pipe(deal) < 0)
        return false;
    if (pipe(reply) < 0) {
        close(deal[0]);
        close(deal[1]);
        return false;
    }
    pid_t pid = fork();
    if (pid == 0) {
        close_others(c);
        close(deal[1]);
        close(reply[0]);
        worker_main(c->b, diags_lang(c->d), deal[0], reply[1]);
    }
    close(deal[0]);
    close(reply[1]);
    if (pid < 0) {
        close(deal[1]);
        close(reply[0]);
        return false;
    }
    Worker *w = mem_new(sizeof *w);
    w->pid = pid;
    w->to = deal[1];
    w->from = reply[0];
    vec_push(&c->worker, w);
    return true;
}

static int reap(Worker *w)
{
    int status = 0;
    while (waitpid(w->pid, &status, 0) < 0 && errno == EINTR)
        ;
    return status;
}

static void drop(Crew *c, size_t i)
{
    Worker *w = c->worker.p[i];
    close(w->to);
    close(w->from);
    buf_free(&w->in);
    vec_free(&w->dealt);
    free(w);
    c->worker.p[i] = c->worker.p[--c->worker.n];
}

/* ---- dealing ---- */

static size_t slices_left(const Crew *c)
{
    return c->b->slices.n - c->next + c->again.n;
}

static bool next_deal(Crew *c, Deal *deal)
{
    if (c->again.n) {
        *deal = c->again.p[--c->again.n];
        return true;
    }
    if (c->next == c->b->slices.n || run_open(c->run) >= AHEAD * c->worker.n)
        return false;
    const Slice *s = &c->b->slices.p[c->next++];
    *deal = (Deal){ (uint32_t)s->first, (uint32_t)s->n };
    return true;
}

/* The end is shared finely, so that no worker has much left when the others have nothing. */
static void deal_out(Crew *c)
{
    size_t deep = slices_left(c) / (2 * c->worker.n) + 1;
    deep = deep > DEEP ? DEEP : deep;
    for (size_t k = 1; k <= deep && !c->stopping; k++)
        for (size_t i = 0; i < c->worker.n; i++) {
            Worker *w = c->worker.p[i];
            Deal deal;
            if (w->dealt.n - w->head >= k || !next_deal(c, &deal))
                continue;
            vec_push(&w->dealt, deal);
            ssize_t n = write(w->to, &deal, sizeof deal);
            (void)n;            /* a dead worker is noticed by its other pipe */
        }
}

/* ---- results ---- */

static void done_one(Crew *c, Worker *w)
{
    Deal *d = &w->dealt.p[w->head];
    d->first++;
    if (!--d->n)
        w->head++;
    if (w->head == w->dealt.n)
        w->head = w->dealt.n = 0;
    c->done++;
}

/* Takes the whole replies out of what came.  False: nonsense, from a process gone wrong. */
static bool read_replies(Crew *c, Worker *w)
{
    size_t at = 0;
    Reply r;
    while (w->in.n - at >= sizeof r) {
        memcpy(&r, w->in.p + at, sizeof r);
        if (w->head == w->dealt.n || r.task != w->dealt.p[w->head].first)
            return false;
        if (w->in.n - at - sizeof r < (size_t)r.n_findings + r.n_piece)
            break;
        const char *p = w->in.p + at + sizeof r;
        const Said said = { p, p + r.n_findings, r.n_findings, r.n_piece };
        run_take(c->run, r.task, &r.made, &said, (long)w->pid);
        done_one(c, w);
        at += sizeof r + r.n_findings + r.n_piece;
    }
    memmove(w->in.p, w->in.p + at, w->in.n - at);
    w->in.n -= at;
    return true;
}

/* False: it has ended. */
static bool receive(Crew *c, Worker *w)
{
    enum { PIECE = 1 << 16 };
    char *room = buf_room(&w->in, PIECE);
    ssize_t n = room ? read(w->from, room, PIECE) : 0;
    if (n < 0 && (errno == EINTR || errno == EAGAIN))
        return true;
    if (n <= 0)
        return false;
    w->in.n += (size_t)n;
    if (read_replies(c, w))
        return true;
    kill(w->pid, SIGKILL);
    return false;
}

static void lose(Crew *c, Worker *w, int status)
{
    Deal *hand = &w->dealt.p[w->head];
    const Task *t = &c->b->tasks.p[hand->first];
    Made made = { .state = FAILED, .has = { true, true } };
    commit_drop(t, &made, (long)w->pid);
    if (c->killed)
        return;
    Diags *d = diags_new(diags_lang(c->d));
    Buf findings = {0};
    char why[40];
    Place place = project_place(t->job->plan->project, t->job->records.item[t->record - 1].node);
    if (WIFSIGNALED(status))
        snprintf(why, sizeof why, "signal %d", WTERMSIG(status));
    else
        snprintf(why, sizeof why, "status %d", WEXITSTATUS(status));
    diag_add(d, DIAG_batch_worker, &place, t->path, why, (char *)NULL);
    diags_pack(d, &findings);
    const Said said = { .findings = findings.p, .n_findings = findings.n };
    run_take(c->run, hand->first, &made, &said, (long)w->pid);
    done_one(c, w);
    buf_free(&findings);
    diags_free(d);
}

/* A worker has ended: as it was told to, or it has died. */
static void ended(Crew *c, size_t i)
{
    Worker *w = c->worker.p[i];
    int status = reap(w);
    bool died = WIFSIGNALED(status) || WEXITSTATUS(status);
    if (died && w->head < w->dealt.n)
        lose(c, w, status);
    for (size_t k = w->dealt.n; k-- > w->head; )
        vec_push(&c->again, w->dealt.p[k]);
    drop(c, i);
    if (c->stopping || !slices_left(c) || start(c) || c->worker.n)
        return;
    diag_add(c->d, DIAG_batch_no_worker, NULL, strerror(errno), (char *)NULL);
    c->stopping = true;
}

static void stop(Crew *c, int signal)
{
    c->stopping = true;
    for (size_t i = 0; i < c->worker.n; i++) {
        kill(c->worker.p[i]->pid, signal);
        if (c->worker.p[i]->to >= 0)
            close(c->worker.p[i]->to);
        c->worker.p[i]->to = -1;
    }
}

/* ---- the loop ---- */

static void heed_signals(Crew *c)
{
    if (stop_count() && !c->stopping)
        stop(c, SIGTERM);
    if (stop_count() > 1 && !c->killed) {
        c->killed = true;
        stop(c, SIGKILL);
    }
    if (run_hopeless(c->run) && !c->stopping)
        stop(c, SIGTERM);
}

/* Waits until something comes; a little longer so that more does, since each wake costs time.
 * Pages fill a pipe so fast that a worker would have to wait. */
static void listen(Crew *c)
{
    struct pollfd *p = mem_new((c->worker.n + 1) * sizeof *p);
    size_t n = c->worker.n;
    const struct timespec nap = { 0, NAP };
    for (size_t i = 0; i < n; i++)
        p[i] = (struct pollfd){ .fd = c->worker.p[i]->from, .events = POLLIN };
    p[n] = (struct pollfd){ .fd = c->signal_end, .events = POLLIN };
    bool gather = !c->b->o.merge && slices_left(c) > n;
    if (poll(p, n + 1, 1000) > 0 && gather && !stop_count())
        nanosleep(&nap, NULL);
    poll(p, n + 1, 0);
    if (p[n].revents) {
        char seen[16];
        ssize_t ignored = read(c->signal_end, seen, sizeof seen);
        (void)ignored;
    }
    for (size_t i = n; i--; )
        if (p[i].revents && !receive(c, c->worker.p[i]))
            ended(c, i);
    free(p);
}

static void make_here(Batch *b, Run *run, Diags *d)
{
    Arena *a = arena_new();
    Buf findings = {0}, piece = {0};
    for (size_t i = 0; i < b->tasks.n && !stop_count() && !run_hopeless(run); i++) {
        Diags *own = diags_new(diags_lang(d));
        buf_clear(&piece);
        buf_clear(&findings);
        Made made = record_make(b, &b->tasks.p[i], a, &piece, own);
        diags_pack(own, &findings);
        diags_free(own);
        const Said said = { findings.p, piece.p, findings.n, piece.n };
        run_take(run, i, &made, &said, (long)getpid());
        run_settle(run, false);
        arena_reset(a);
        record_trim(b);
    }
    buf_free(&findings);
    buf_free(&piece);
    arena_free(a);
}

void workers_run(Batch *b, Run *run, Diags *d)
{
    Crew c = { .b = b, .run = run, .d = d, .signal_end = stop_begin() };
    struct sigaction ignore = { .sa_handler = SIG_IGN }, before[2];
    size_t n = b->o.workers < b->slices.n ? b->o.workers : b->slices.n;
    sigemptyset(&ignore.sa_mask);
    sigaction(SIGPIPE, &ignore, &before[0]);
    sigaction(SIGXFSZ, &ignore, &before[1]);    /* ulimit -f: an error of write() */
    while (b->tasks.n > 1 && c.worker.n < n && start(&c))
        ;
    if (!c.worker.n)
        make_here(b, run, d);
    while (c.worker.n && c.done < b->tasks.n) {
        heed_signals(&c);
        deal_out(&c);
        listen(&c);
        run_settle(run, false);
    }
    stop(&c, 0);
    while (c.worker.n) {
        reap(c.worker.p[0]);
        drop(&c, 0);
    }
    run_settle(run, true);
    b->count.signal = stop_signal();
    vec_free(&c.worker);
    vec_free(&c.again);
    sigaction(SIGPIPE, &before[0], NULL);
    sigaction(SIGXFSZ, &before[1], NULL);
    stop_end();
}
