/* SPDX-License-Identifier: MIT */
/* floor N FILE.pdf FOLDER: what no program can go below that packs each file anew: the streams of
 * a PDF deflated N times, and N files of its size written under a temporary name and renamed. */
#include <fcntl.h>
#include <libdeflate.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { STREAMS = 64, PLAIN_MAX = 1 << 20, LEVEL = 6 };

static struct { char *p; size_t n; } stream[STREAMS];
static size_t n_streams;

static char *find(char *from, const char *end, const char *what)
{
    size_t n = strlen(what);
    for (; from + n <= end; from++)
        if (!memcmp(from, what, n))
            return from;
    return NULL;
}

static void unpack(char *p, char *end)
{
    struct libdeflate_decompressor *d = libdeflate_alloc_decompressor();
    while (n_streams < STREAMS && (p = find(p, end, "stream\n"))) {
        char *last = find(p += 7, end, "endstream"), *plain = malloc(PLAIN_MAX);
        if (!last || !plain)
            break;
        if (!libdeflate_zlib_decompress(d, p, (size_t)(last - p), plain, PLAIN_MAX,
                                        &stream[n_streams].n))
            stream[n_streams++].p = plain;
        else if (libdeflate_zlib_decompress_ex(d, p, (size_t)(last - p), plain, PLAIN_MAX, NULL,
                                               &stream[n_streams].n) == LIBDEFLATE_SUCCESS)
            stream[n_streams++].p = plain;
        else
            free(plain);        /* a picture that is packed otherwise */
        p = last + 9;
    }
    libdeflate_free_decompressor(d);
}

static int write_one(const char *folder, int number, const char *data, size_t len)
{
    char path[4096], temporary[4100];
    snprintf(path, sizeof path, "%s/f%05d", folder, number);
    snprintf(temporary, sizeof temporary, "%s.tmp", path);
    int fd = open(temporary, O_WRONLY | O_CREAT | O_TRUNC, 0600);
    return fd >= 0 && write(fd, data, len) == (ssize_t)len && !close(fd) &&
           !rename(temporary, path);
}

int main(int argc, char **argv)
{
    FILE *f = argc == 4 ? fopen(argv[2], "rb") : NULL;
    char *data = malloc(PLAIN_MAX), *packed = malloc(2 * PLAIN_MAX);
    size_t len = f && data && packed ? fread(data, 1, PLAIN_MAX, f) : 0;
    if (!len)
        return 2;
    fclose(f);
    unpack(data, data + len);
    struct libdeflate_compressor *c = libdeflate_alloc_compressor(LEVEL);
    for (int i = 0; i < atoi(argv[1]); i++) {
        for (size_t k = 0; k < n_streams; k++)
            libdeflate_zlib_compress(c, stream[k].p, stream[k].n, packed, 2 * PLAIN_MAX);
        if (!write_one(argv[3], i, data, len))
            return 1;
    }
    libdeflate_free_compressor(c);
    return 0;
}
