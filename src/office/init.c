/* SPDX-License-Identifier: MIT */
/* A folder to start a project from. */
#include "internal.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

typedef struct { const char *name, *path; char *bytes; size_t len; } Made;

static const char *path_in(Arena *a, const char *folder, const char *name)
{
    size_t n = strlen(folder);
    return arena_format(a, "%s%s%s", folder, n && folder[n - 1] == '/' ? "" : "/", name);
}

/* The path of a file that came with the program; NULL: a finding was added. */
static char *shipped(Arena *a, const char *name, Diags *d)
{
    const char *relative = arena_format(a, "templates/start/%s", name);
    char *path = data_file(relative);
    if (!path)
        diag_add(d, DIAG_file_missing, NULL, relative, "", (char *)NULL);
    return path;
}

static bool read_shipped(Made *m, Arena *a, Diags *d)
{
    char *path = shipped(a, m->name, d);
    m->bytes = path ? file_read(path, XML_BYTES, &m->len, d) : NULL;
    free(path);
    return m->bytes != NULL;
}

static bool make_list(Made *m, Arena *a, Diags *d)
{
    char *path = shipped(a, "project.xml", d);
    Office *o = path ? office_open(path, d) : NULL;
    Buf list = {0};
    bool ok = o && list_write(o, &list);
    m->bytes = ok ? mem_dup(list.p, list.n) : NULL;
    m->len = list.n;
    buf_free(&list);
    office_free(o);
    free(path);
    return ok;
}

/* What is there already is not written over; a part that a stopped run has made is no hindrance. */
static bool is_free(const Made *m, Diags *d)
{
    struct stat st;
    size_t n = 0;
    if (lstat(m->path, &st))
        return true;
    char *there = S_ISREG(st.st_mode) ? file_read(m->path, BOOK_BYTES, &n, d) : NULL;
    bool same = there && n == m->len && !memcmp(there, m->bytes, n);
    free(there);
    if (!same)
        diag_add(d, DIAG_init_exists, NULL, m->path, (char *)NULL);
    return same;
}

bool office_init(const char *folder, Diags *d)
{
    Arena *a = arena_new();
    Made made[] = { { .name = "README.txt" }, { .name = "lista.ods" }, { .name = "project.xml" } };
    bool ok = folder_make(folder, d) && read_shipped(&made[0], a, d) && make_list(&made[1], a, d) &&
              read_shipped(&made[2], a, d);
    for (size_t i = 0; i < COUNT(made) && ok; i++) {
        made[i].path = path_in(a, folder, made[i].name);
        ok = is_free(&made[i], d);
    }
    for (size_t i = 0; i < COUNT(made) && ok; i++)
        ok = output_write(made[i].path, made[i].bytes, made[i].len, d);
    for (size_t i = 0; i < COUNT(made); i++)
        free(made[i].bytes);
    arena_free(a);
    return ok;
}
