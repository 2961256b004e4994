/* SPDX-License-Identifier: MIT */
/* Files: read whole, written whole or not at all. */
#include "internal.h"

#include <errno.h>
#include <fcntl.h>
#include <libdeflate.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static unsigned mode = 0600;

void file_mode(unsigned m)
{
    mode = m;
}

static char *read_all(int fd, size_t max, size_t *len, int *error)
{
    char *p = NULL;
    size_t n = 0, room = 0;
    for (;;) {
        if (room - n < 2) {                     /* for a byte and the NUL */
            room = room ? room * 2 : 1 << 16;
            p = mem_grow(p, room);
        }
        ssize_t got = read(fd, p + n, room - n - 1);
        if (got < 0 && errno == EINTR)
            continue;
        n += got > 0 ? (size_t)got : 0;
        *error = got < 0 ? errno : n > max ? EFBIG : 0;
        if (got <= 0 || *error)
            break;
    }
    if (*error) {
        free(p);
        return NULL;
    }
    p[n] = 0;
    *len = n;
    return p;
}

char *file_read(const char *path, size_t max, size_t *len, Diags *d)
{
    bool standard = str_equal(path, "-");
    Place place = { .file = standard ? "<stdin>" : path };
    int fd = standard ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
    struct stat st;
    int error = 0;
    char *p = NULL, megabytes[24];
    if (fd < 0 || fstat(fd, &st) < 0) {
        diag_add(d, DIAG_file_missing, NULL, path, strerror(errno), (char *)NULL);
    } else if (!standard && !S_ISREG(st.st_mode)) {
        diag_add(d, DIAG_file_kind, NULL, path, (char *)NULL);
    } else {
        p = read_all(fd, max, len, &error);
        snprintf(megabytes, sizeof megabytes, "%zu", max >> 20);
        if (error == EFBIG)
            diag_add(d, DIAG_file_large, NULL, place.file, megabytes, (char *)NULL);
        else if (error)
            diag_add(d, DIAG_file_read, NULL, place.file, strerror(error), (char *)NULL);
        else if (!*len)
            diag_add(d, DIAG_file_empty, NULL, place.file, (char *)NULL);
        if (p && !*len) {
            free(p);
            p = NULL;
        }
    }
    if (fd > STDERR_FILENO)
        close(fd);
    return p;
}

/* ---- inputs ---- */

enum { BUFFERED = 1 << 16 };

struct Input {
    int fd;
    uint64_t size, given;
    size_t at, n;
    char buffer[BUFFERED];
};

Input *input_open(const char *path, Diags *d)
{
    Input *in = mem_new(sizeof *in);
    in->fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
    struct stat st;
    if (in->fd >= 0 && !fstat(in->fd, &st)) {
        in->size = (uint64_t)st.st_size;
        return in;
    }
    diag_add(d, DIAG_file_missing, NULL, path, strerror(errno), (char *)NULL);
    if (in->fd >= 0)
        close(in->fd);
    free(in);
    return NULL;
}

uint64_t input_left(const Input *in)
{
    return in->size - in->given;
}

/* The next bytes, at most len of them; 0: there are none. */
static size_t input_more(Input *in, size_t len)
{
    while (in->at == in->n) {
        ssize_t got = read(in->fd, in->buffer, BUFFERED);
        if (got < 0 && errno == EINTR)
            continue;
        if (got <= 0)
            return 0;
        in->at = 0;
        in->n = (size_t)got;
    }
    return in->n - in->at < len ? in->n - in->at : len;
}

bool input_read(Input *in, void *data, size_t len)
{
    if (len > input_left(in))
        return false;
    in->given += len;
    for (char *p = data; len; ) {
        size_t n = input_more(in, len);
        if (!n)
            return false;
        memcpy(p, in->buffer + in->at, n);
        in->at += n;
        p += n;
        len -= n;
    }
    return true;
}

void input_close(Input *in)
{
    if (!in)
        return;
    close(in->fd);
    free(in);
}

/* ---- outputs ---- */

#ifndef SKRYBA_DATADIR
#define SKRYBA_DATADIR "/usr/local/share/skryba"
#endif

struct Output {
    Output *next;               /* all open ones, for output_remove_all() */
    char *path, *temporary;
    int fd, error;
    uint32_t crc;               /* of what was written so far */
    bool patched;               /* crc is no longer true */
    uint64_t written;
    size_t n;
    char buffer[BUFFERED];
};

static Output *open_outputs;

void output_remove_all(void)
{
    for (Output *o = open_outputs; o; o = o->next)
        unlink(o->temporary);
}

static void forget(Output *o)
{
    for (Output **p = &open_outputs; *p; p = &(*p)->next)
        if (*p == o) {
            *p = o->next;
            break;
        }
    free(o->path);
    free(o->temporary);
    free(o);
}

static void temporary(Buf *b, const char *prefix, const char *path, long pid)
{
    const char *slash = strrchr(path, '/');
    int folder = slash ? (int)(slash - path) + 1 : 0;
    buf_clear(b);
    buf_format(b, "%.*s%s%ld-%s", folder, path, prefix, pid, path + folder);
    if (b->n - (size_t)folder > 250) {  /* NAME_MAX, also for a long target */
        buf_clear(b);
        buf_format(b, "%.*s%s%ld-%08x", folder, path, prefix, pid,
                   libdeflate_crc32(0, path, strlen(path)));
    }
}

void output_temporary(Buf *b, const char *path, long pid)
{
    temporary(b, OUTPUT_STAGED, path, pid);
}

/* A device would be replaced by a file: for root even /dev/null.  A link to one is only a link. */
static bool is_device(const char *path)
{
    struct stat s;
    return lstat(path, &s) == 0 && (S_ISCHR(s.st_mode) || S_ISBLK(s.st_mode));
}

static Output *open_output(const char *path, const char *prefix, Diags *d)
{
    if (is_device(path)) {
        diag_add(d, DIAG_file_kind, NULL, path, (char *)NULL);
        return NULL;
    }
    Output *o = mem_grow(NULL, sizeof *o);      /* its buffer need not be cleared */
    memset(o, 0, offsetof(Output, buffer));
    Buf b = {0};
    temporary(&b, prefix, path, (long)getpid());
    o->path = mem_dup(path, strlen(path));
    o->temporary = b.p;
    o->next = open_outputs;
    open_outputs = o;
    unlink(o->temporary);               /* left by a killed process of the same number */
    o->fd = open(o->temporary, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, mode);
    if (o->fd >= 0 && fchmod(o->fd, mode) == 0)         /* whatever the umask */
        return o;
    diag_add(d, DIAG_file_write, NULL, path, strerror(errno), (char *)NULL);
    if (o->fd >= 0) {
        close(o->fd);
        unlink(o->temporary);
    }
    forget(o);
    return NULL;
}

Output *output_open(const char *path, Diags *d)
{
    return open_output(path, ".skryba-", d);
}

Output *output_open_staged(const char *path, Diags *d)
{
    return open_output(path, OUTPUT_STAGED, d);
}

static void write_all(Output *o, const char *p, size_t len)
{
    o->crc = libdeflate_crc32(o->crc, p, len);
    while (len && !o->error) {
        ssize_t n = write(o->fd, p, len);
        if (n < 0 && errno != EINTR)
            o->error = errno;
        if (n > 0) {
            p += n;
            len -= (size_t)n;
        }
    }
}

static void flush(Output *o)
{
    write_all(o, o->buffer, o->n);
    o->n = 0;
}

void output_put(Output *o, const void *data, size_t len)
{
    o->written += len;
    if (len > BUFFERED - o->n)
        flush(o);
    if (len >= BUFFERED) {
        write_all(o, data, len);
        return;
    }
    memcpy(o->buffer + o->n, data, len);
    o->n += len;
}

uint64_t output_tell(const Output *o)
{
    return o->written;
}

int output_error(const Output *o)
{
    return o->error;
}

const char *output_draft(Output *o)
{
    flush(o);
    return o->temporary;
}

void output_patch(Output *o, uint64_t at, const void *data, size_t len)
{
    flush(o);
    if (o->error)
        return;
    ssize_t n = pwrite(o->fd, data, len, (off_t)at);
    o->patched = true;
    if (n != (ssize_t)len)
        o->error = n < 0 ? errno : EIO;
}

bool output_commit(Output *o, Diags *d)
{
    flush(o);
    if (!o->error && fsync(o->fd) < 0 && errno != EINVAL)
        o->error = errno;
    if (close(o->fd) < 0 && !o->error)
        o->error = errno;
    if (!o->error && rename(o->temporary, o->path) < 0)
        o->error = errno;
    bool ok = !o->error;
    if (!ok) {
        unlink(o->temporary);
        diag_add(d, DIAG_file_write, NULL, o->path, strerror(o->error), (char *)NULL);
    }
    forget(o);
    return ok;
}

static void sum_again(Output *o)
{
    char piece[4096];
    ssize_t n = 0;
    o->crc = 0;
    for (off_t at = 0; (n = pread(o->fd, piece, sizeof piece, at)) > 0; at += n)
        o->crc = libdeflate_crc32(o->crc, piece, (size_t)n);
    if (n < 0 && !o->error)
        o->error = errno;
}

bool output_stage(Output *o, OutputSum *sum, Diags *d)
{
    flush(o);
    if (o->patched && !o->error)
        sum_again(o);
    if (close(o->fd) < 0 && !o->error)
        o->error = errno;
    *sum = (OutputSum){ o->written, o->crc };
    bool ok = !o->error;
    if (!ok) {
        unlink(o->temporary);
        diag_add(d, DIAG_file_write, NULL, o->path, strerror(o->error), (char *)NULL);
    }
    forget(o);
    return ok;
}

void output_abort(Output *o)
{
    if (!o)
        return;
    close(o->fd);
    unlink(o->temporary);
    forget(o);
}

bool output_write(const char *path, const void *data, size_t len, Diags *d)
{
    Output *o = output_open(path, d);
    if (!o)
        return false;
    output_put(o, data, len);
    return output_commit(o, d);
}

bool folder_make(const char *path, Diags *d)
{
    char *p = mem_dup(path, strlen(path));
    bool ok = true;
    for (char *s = p + 1; ok; s++) {
        if (*s && *s != '/')
            continue;
        char c = *s;
        *s = 0;
        struct stat st;
        if (mkdir(p, 0700) < 0 && (errno != EEXIST || stat(p, &st) < 0 || !S_ISDIR(st.st_mode))) {
            int error = errno == EEXIST ? ENOTDIR : errno;
            diag_add(d, DIAG_folder_make, NULL, p, strerror(error), (char *)NULL);
            ok = false;
        }
        *s = c;
        if (!c)
            break;
    }
    free(p);
    return ok;
}

char *data_file(const char *relative)
{
    static const char *const up[] = { "", "../", "../../" };
    char self[4096];
    ssize_t n = readlink("/proc/self/exe", self, sizeof self - 1);
    Buf b = {0};
    if (n > 0) {
        self[n] = 0;
        *(strrchr(self, '/') + 1) = 0;
        for (size_t i = 0; i < COUNT(up); i++) {
            buf_clear(&b);
            buf_format(&b, "%s%s%s", self, up[i], relative);
            if (!access(b.p, R_OK))
                return b.p;
        }
    }
    buf_clear(&b);
    buf_format(&b, "%s/%s", SKRYBA_DATADIR, relative);
    if (!access(b.p, R_OK))
        return b.p;
    buf_free(&b);
    return NULL;
}
