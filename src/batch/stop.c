/* SPDX-License-Identifier: MIT */
/* SIGINT and SIGTERM: the first ends a run after the records in hand, a second one at once. */
#include "internal.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <unistd.h>

static volatile sig_atomic_t came, first;
static int pipe_end[2] = { -1, -1 };
static struct sigaction before[2];
static const int caught[2] = { SIGINT, SIGTERM };

static void on_signal(int signal)
{
    int error = errno;
    if (!came)
        first = signal;
    came++;
    ssize_t ignored = write(pipe_end[1], "", 1);        /* wakes poll() */
    (void)ignored;
    errno = error;
}

int stop_begin(void)
{
    struct sigaction a = { .sa_handler = on_signal };
    sigemptyset(&a.sa_mask);
    came = first = 0;
    if (pipe(pipe_end) < 0) {
        pipe_end[0] = pipe_end[1] = -1;
        return -1;
    }
    for (int i = 0; i < 2; i++)
        fcntl(pipe_end[i], F_SETFL, O_NONBLOCK);
    for (int i = 0; i < 2; i++) {
        sigaction(caught[i], NULL, &before[i]);
        if (before[i].sa_handler != SIG_IGN)    /* nohup */
            sigaction(caught[i], &a, NULL);
    }
    return pipe_end[0];
}

void stop_end(void)
{
    if (pipe_end[0] < 0)
        return;
    for (int i = 0; i < 2; i++)
        sigaction(caught[i], &before[i], NULL);
    for (int i = 0; i < 2; i++)
        close(pipe_end[i]);
    pipe_end[0] = pipe_end[1] = -1;
}

int stop_count(void)
{
    return (int)came;
}

int stop_signal(void)
{
    return (int)first;
}
