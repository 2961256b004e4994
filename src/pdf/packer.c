/* SPDX-License-Identifier: MIT */
/* A thread that packs the streams of a long document while its next pages are drawn.  Streams go
 * round in a ring: filled in, packed, written, each in the order in which they came; so the file is
 * the same, byte for byte, as without the thread. */
#include "internal.h"

#include <libdeflate.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>

enum { RING = 8, WAKE = 2 };   /* streams; so many are waited for before the thread is woken */

struct PdfPacker {
    pthread_t thread;
    pthread_mutex_t lock;
    pthread_cond_t work, done;
    struct libdeflate_compressor *small, *fast;
    PdfJob job[RING];
    size_t given, packed, taken;        /* so many were; never more than RING apart */
    bool hurry, stop;
};

/* Waits until there is something to pack; false: no more. */
static bool wait_for_work(PdfPacker *p)
{
    pthread_mutex_lock(&p->lock);
    while (!p->stop && (p->given == p->packed || (!p->hurry && p->given - p->packed < WAKE)))
        pthread_cond_wait(&p->work, &p->lock);
    bool go_on = !p->stop;
    pthread_mutex_unlock(&p->lock);
    return go_on;
}

static void *run(void *data)
{
    PdfPacker *p = data;
    while (wait_for_work(p)) {
        bool more = true;
        while (more) {
            PdfJob *j = &p->job[p->packed % RING];
            if (j->pack)
                pdf_pack(j->fast ? p->fast : p->small, j->data.p, j->data.n, &j->out);
            pthread_mutex_lock(&p->lock);
            p->packed++;
            more = !p->stop && p->given != p->packed;
            if (p->hurry)
                pthread_cond_signal(&p->done);
            pthread_mutex_unlock(&p->lock);
        }
    }
    return NULL;
}

/* Signals are for the thread that knows what to do with them. */
static bool start(PdfPacker *p)
{
    sigset_t all, before;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    bool good = !pthread_create(&p->thread, NULL, run, p);
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    return good;
}

static void discard(PdfPacker *p)
{
    for (size_t i = 0; i < RING; i++) {
        buf_free(&p->job[i].dict);
        buf_free(&p->job[i].data);
        buf_free(&p->job[i].out);
    }
    libdeflate_free_compressor(p->small);
    libdeflate_free_compressor(p->fast);
    pthread_cond_destroy(&p->work);
    pthread_cond_destroy(&p->done);
    pthread_mutex_destroy(&p->lock);
    free(p);
}

PdfPacker *pdf_packer_new(void)
{
    PdfPacker *p = mem_new(sizeof *p);
    p->small = libdeflate_alloc_compressor(PDF_LEVEL);
    p->fast = libdeflate_alloc_compressor(PDF_LEVEL_FAST);
    pthread_mutex_init(&p->lock, NULL);
    pthread_cond_init(&p->work, NULL);
    pthread_cond_init(&p->done, NULL);
    if (p->small && p->fast && start(p))
        return p;
    discard(p);
    return NULL;
}

PdfJob *pdf_packer_job(PdfPacker *p)
{
    return p->given - p->taken < RING ? &p->job[p->given % RING] : NULL;
}

void pdf_packer_give(PdfPacker *p)
{
    pthread_mutex_lock(&p->lock);
    if (++p->given - p->packed == WAKE)
        pthread_cond_signal(&p->work);
    pthread_mutex_unlock(&p->lock);
}

PdfJob *pdf_packer_take(PdfPacker *p)
{
    if (p->taken == p->given)
        return NULL;
    pthread_mutex_lock(&p->lock);
    if (p->packed == p->taken) {
        p->hurry = true;
        pthread_cond_signal(&p->work);
        while (p->packed == p->taken)
            pthread_cond_wait(&p->done, &p->lock);
        p->hurry = false;
    }
    pthread_mutex_unlock(&p->lock);
    return &p->job[p->taken++ % RING];
}

void pdf_packer_free(PdfPacker *p)
{
    if (!p)
        return;
    pthread_mutex_lock(&p->lock);
    p->stop = true;
    pthread_cond_signal(&p->work);
    pthread_mutex_unlock(&p->lock);
    pthread_join(p->thread, NULL);
    discard(p);
}
