/* SPDX-License-Identifier: MIT */
/* Reading of packages with libzip.  Entries are asked for by exact name and nothing is done with
 * other names; what is inflated is counted, whatever the sizes in the file say. */
#include "internal.h"

#include <stdlib.h>
#include <string.h>
#include <zip.h>

struct OdfPackage {
    const char *path;
    zip_t *zip;
    char *bytes;
    size_t size, inflated, most;        /* most: of one entry */
    Arena *arena;
    Map *index;                 /* name -> its number + 1: of several the last, as in Writer */
    Map *twice;                 /* names of which there are several */
};

static void tell(const char *path, DiagId id, const char *a, const char *b, Diags *d)
{
    diag_add(d, id, &(Place){ .file = path }, a, b, (char *)NULL);
}

/* Names of which there are two are no fault of 36 real files: only what is read must be single. */
static bool index_names(OdfPackage *p, Diags *d)
{
    zip_int64_t n = zip_get_num_entries(p->zip, 0);
    if (n > ODF_ENTRIES) {
        tell(p->path, DIAG_odf_entries, "16384", NULL, d);
        return false;
    }
    for (zip_int64_t i = 0; i < n; i++) {
        const char *name = zip_get_name(p->zip, (zip_uint64_t)i, ZIP_FL_ENC_RAW);
        if (!name || strlen(name) > XML_NAME)
            continue;
        if (map_get(p->index, name, strlen(name)))
            map_put(p->twice, name, strlen(name), p);
        map_put(p->index, name, strlen(name), (void *)(uintptr_t)(i + 1));
    }
    return true;
}

OdfPackage *odf_package_open(const char *path, char *bytes, size_t len, Diags *d)
{
    zip_error_t error;
    zip_error_init(&error);
    zip_source_t *source = zip_source_buffer_create(bytes, len, 0, &error);
    zip_t *zip = source ? zip_open_from_source(source, ZIP_RDONLY, &error) : NULL;
    if (!zip) {
        tell(path, len > 4 && !memcmp(bytes, "PK", 2) ? DIAG_odf_damaged : DIAG_odf_kind, NULL,
             NULL, d);
        if (source)
            zip_source_free(source);
        zip_error_fini(&error);
        return NULL;
    }
    OdfPackage *p = mem_new(sizeof *p);
    p->path = path;
    p->zip = zip;
    p->bytes = bytes;
    p->size = len;
    p->most = ODF_ENTRY_BYTES;
    p->arena = arena_new();
    p->index = map_new(p->arena);
    p->twice = map_new(p->arena);
    if (index_names(p, d))
        return p;
    odf_package_free(p);
    return NULL;
}

void odf_package_limit(OdfPackage *p, size_t most)
{
    p->most = most;
}

void odf_package_free(OdfPackage *p)
{
    if (!p)
        return;
    zip_discard(p->zip);
    arena_free(p->arena);
    free(p);
}

static bool within(const OdfPackage *p, size_t n, size_t packed)
{
    return n <= p->most && p->inflated + n <= ODF_TOTAL_BYTES / ODF_ENTRY_BYTES * p->most &&
           (n <= 4 << 20 || n / ODF_RATIO <= packed);
}

/* Inflates an opened entry; NULL: a finding was added. */
static char *inflate_entry(OdfPackage *p, zip_file_t *file, const zip_stat_t *st, size_t *len,
                           Diags *d)
{
    enum { PIECE = 1 << 16 };
    Buf b = { .max = p->most + 2 * PIECE };
    for (;;) {
        char *room = buf_room(&b, PIECE);
        zip_int64_t n = room ? zip_fread(file, room, PIECE) : -1;
        if (n < 0) {
            tell(p->path, DIAG_odf_entry, st->name, NULL, d);
            break;
        }
        b.n += (size_t)n;
        if (!within(p, b.n, (size_t)st->comp_size)) {
            tell(p->path, DIAG_odf_bomb, st->name, NULL, d);
            break;
        }
        if (n == 0) {
            room[0] = 0;
            *len = b.n;
            p->inflated += b.n;
            return b.p;
        }
    }
    buf_free(&b);
    return NULL;
}

char *odf_package_get(OdfPackage *p, const char *name, size_t *len, Diags *d, bool *failed)
{
    void *found = map_get(p->index, name, strlen(name));
    if (!found)
        return NULL;
    zip_stat_t st;
    zip_uint64_t i = (zip_uint64_t)(uintptr_t)found - 1;
    *failed = true;
    if (map_get(p->twice, name, strlen(name)))
        tell(p->path, DIAG_odf_twice, name, NULL, d);
    zip_stat_init(&st);
    if (zip_stat_index(p->zip, i, 0, &st) < 0 || !(st.valid & ZIP_STAT_COMP_SIZE)) {
        tell(p->path, DIAG_odf_entry, name, NULL, d);
        return NULL;
    }
    st.name = name;
    if ((st.valid & ZIP_STAT_ENCRYPTION_METHOD) && st.encryption_method != ZIP_EM_NONE) {
        tell(p->path, DIAG_odf_encrypted, NULL, NULL, d);
        return NULL;
    }
    zip_file_t *file = zip_fopen_index(p->zip, i, 0);
    char *bytes = NULL;
    if (file) {
        bytes = inflate_entry(p, file, &st, len, d);
        zip_fclose(file);
    } else {
        tell(p->path, DIAG_odf_entry, name, NULL, d);
    }
    *failed = !bytes;
    return bytes;
}
