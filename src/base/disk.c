/* SPDX-License-Identifier: MIT */
/* Files flushed in groups and named without overwriting: the calls of Linux that POSIX lacks, each
 * with what does the same elsewhere.  One flush for each file costs more than a document does. */
#define _GNU_SOURCE
#include "base.h"

#include <errno.h>
#include <fcntl.h>
#include <libdeflate.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static int flush_path(const char *path, int flags)
{
    int fd = open(path, flags | O_CLOEXEC);
    if (fd < 0)
        return errno;
    int error = fsync(fd) < 0 && errno != EINVAL ? errno : 0;
    if (close(fd) < 0 && !error)
        error = errno;
    return error;
}

/* An error that writing back met is told to the first who asks after it, also by another
 * descriptor (Linux 4.17). */
static int flush_each(char *const *file, size_t n)
{
    int error = 0;
    for (size_t i = 0; i < n && !error; i++)
        error = flush_path(file[i], O_RDONLY);
    return error;
}

int disk_flush(const char *folder, char *const *file, size_t n)
{
#ifdef __linux__
    enum { FEW = 3 };           /* a flush of everything may wait for what others write */
    if (n > FEW) {
        int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
        if (fd < 0)
            return errno;
        int error = syncfs(fd) < 0 ? errno : 0;
        close(fd);
        if (!error)
            return 0;
    }
#else
    (void)folder;
#endif
    return flush_each(file, n);
}

int disk_flush_folder(const char *folder)
{
    return flush_path(folder, O_RDONLY | O_DIRECTORY);
}

int disk_place(const char *temporary, const char *path, bool replace)
{
    if (replace)
        return rename(temporary, path) < 0 ? errno : 0;
#if defined __linux__ && defined RENAME_NOREPLACE
    if (!renameat2(AT_FDCWD, temporary, AT_FDCWD, path, RENAME_NOREPLACE))
        return 0;
    if (errno != EINVAL && errno != ENOSYS)
        return errno;
#endif
    if (!link(temporary, path))
        return unlink(temporary) < 0 ? errno : 0;
    struct stat st;
    if (errno != EPERM && errno != EOPNOTSUPP)
        return errno;
    if (!lstat(path, &st))      /* a file system without hard links: as good as it gets */
        return EEXIST;
    return rename(temporary, path) < 0 ? errno : 0;
}

int file_sum(const char *path, OutputSum *sum)
{
    char piece[1 << 15];
    struct stat st;
    int fd = open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC), error = 0;
    *sum = (OutputSum){0};
    if (fd < 0)
        return errno;
    if (fstat(fd, &st) || !S_ISREG(st.st_mode))
        error = EINVAL;
    for (ssize_t n; !error && (n = read(fd, piece, sizeof piece)); ) {
        if (n < 0 && errno != EINTR)
            error = errno;
        if (n > 0) {
            sum->crc = libdeflate_crc32(sum->crc, piece, (size_t)n);
            sum->size += (size_t)n;
        }
    }
    close(fd);
    return error;
}

int disk_append(const char *path, const void *data, size_t len)
{
    int fd = open(path, O_WRONLY | O_CREAT | O_APPEND | O_NOFOLLOW | O_CLOEXEC, 0600), error = 0;
    if (fd < 0)
        return errno;
    for (const char *p = data; len && !error; ) {
        ssize_t n = write(fd, p, len);
        if (n < 0 && errno != EINTR)
            error = errno;
        p += n > 0 ? n : 0;
        len -= n > 0 ? (size_t)n : 0;
    }
    if (!error && fsync(fd) < 0 && errno != EINVAL)
        error = errno;
    if (close(fd) < 0 && !error)
        error = errno;
    return error;
}

/* ---- locks: POSIX record locks end with their process, also on network file systems ---- */

enum { SLOT = 256 };            /* bytes of the lock's file for each holder */

static struct flock range(size_t slot, short type)
{
    return (struct flock){ .l_type = type, .l_whence = SEEK_SET,
                           .l_start = slot ? (off_t)(slot * SLOT) : 0, .l_len = slot ? SLOT : 0 };
}

static void read_holder(int fd, size_t slot, Buf *holder)
{
    struct flock l = range(slot, F_WRLCK);
    char text[SLOT + 1] = "";
    ssize_t n = 0;
    if (!fcntl(fd, F_GETLK, &l) && l.l_type != F_UNLCK)
        n = pread(fd, text, SLOT, l.l_start);
    text[n > 0 ? n : 0] = 0;
    text[strcspn(text, "\n")] = 0;
    buf_clear(holder);
    if (*text)
        buf_str(holder, text);
    else
        buf_format(holder, "%ld", (long)l.l_pid);
}

static int lock_once(const char *path, size_t slot, int *fd, Buf *holder)
{
    struct flock l = range(slot, F_WRLCK);
    struct stat here, there;
    *fd = open(path, O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0600);
    if (*fd < 0)
        return errno;
    int error = fcntl(*fd, F_SETLK, &l) < 0 ? errno : 0;
    if (error == EACCES || error == EAGAIN) {
        read_holder(*fd, slot, holder);
        error = EBUSY;
    }
    /* The last holder may have removed the file in between. */
    if (!error && (fstat(*fd, &here) || stat(path, &there) || here.st_ino != there.st_ino))
        error = EAGAIN;
    if (error)
        close(*fd);
    return error;
}

int disk_lock(const char *path, size_t slot, int *fd, Buf *holder)
{
    int error = EAGAIN;
    char host[128] = "", text[SLOT];
    for (int i = 0; i < 100 && error == EAGAIN; i++)
        error = lock_once(path, slot, fd, holder);
    if (error)
        return error;
    gethostname(host, sizeof host - 1);
    memset(text, ' ', sizeof text);
    int n = snprintf(text, sizeof text, "%ld, %s", (long)getpid(), host);
    text[n > 0 ? n : 0] = '\n';
    ssize_t written = pwrite(*fd, text, sizeof text, (off_t)(slot * SLOT));
    return written == sizeof text ? 0 : errno ? errno : EIO;
}

void disk_unlock(const char *path, size_t slot, int fd)
{
    if (!slot)
        unlink(path);
    close(fd);
}
