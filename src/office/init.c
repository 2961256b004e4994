/* SPDX-License-Identifier: MIT */
/* A folder to start a project from. */
#include "internal.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static char *path_in(Arena *a, const char *folder, const char *name)
{
    size_t n = strlen(folder);
    return arena_format(a, "%s%s%s", folder, n && folder[n - 1] == '/' ? "" : "/", name);
}

/* Nothing that is there already is written over. */
static bool is_free(Arena *a, const char *folder, Diags *d)
{
    static const char *const names[] = { "project.xml", "lista.ods", "README.txt" };
    struct stat st;
    for (size_t i = 0; i < COUNT(names); i++) {
        const char *path = path_in(a, folder, names[i]);
        if (!lstat(path, &st)) {
            diag_add(d, DIAG_init_exists, NULL, path, (char *)NULL);
            return false;
        }
    }
    return true;
}

static bool copy(Arena *a, const char *name, const char *folder, Diags *d)
{
    const char *relative = arena_format(a, "templates/start/%s", name);
    char *from = data_file(relative), *bytes = NULL;
    size_t len = 0;
    if (!from)
        diag_add(d, DIAG_file_missing, NULL, relative, "", (char *)NULL);
    else
        bytes = file_read(from, XML_BYTES, &len, d);
    bool ok = bytes && output_write(path_in(a, folder, name), bytes, len, d);
    free(bytes);
    free(from);
    return ok;
}

bool office_init(const char *folder, Diags *d)
{
    Arena *a = arena_new();
    Buf list = {0};
    bool ok = folder_make(folder, d) && is_free(a, folder, d) &&
              copy(a, "project.xml", folder, d) && copy(a, "README.txt", folder, d);
    Office *o = ok ? office_open(path_in(a, folder, "project.xml"), d) : NULL;
    ok = o && list_write(o, &list) &&
         output_write(path_in(a, folder, "lista.ods"), list.p, list.n, d);
    office_free(o);
    buf_free(&list);
    arena_free(a);
    return ok;
}
