/* SPDX-License-Identifier: MIT */
/* A folder of documents: one run at a time, what a killed run left is removed. */
#include "internal.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const char lock_name[] = ".skryba-lock";

/* Nobody else writes such files while the folder is locked.  Shards lock a part each, perhaps on
 * other machines: they leave what is not theirs alone. */
static void remove_stale(const char *folder)
{
    Buf path = {0};
    DIR *dir = opendir(folder);
    for (struct dirent *e; dir && (e = readdir(dir)); ) {
        if (!str_starts(e->d_name, OUTPUT_STAGED))
            continue;
        buf_clear(&path);
        buf_format(&path, "%s/%s", folder, e->d_name);
        unlink(path.p);
    }
    if (dir)
        closedir(dir);
    buf_free(&path);
}

static bool lock(Folder *f, size_t shard, Diags *d)
{
    Buf path = {0}, holder = {0};
    buf_format(&path, "%s/%s", f->name, lock_name);
    int error = disk_lock(path.p, shard, &f->lock, &holder);
    if (error == EBUSY)
        diag_add(d, DIAG_batch_locked, NULL, f->name, holder.p, (char *)NULL);
    else if (error)
        diag_add(d, DIAG_file_write, NULL, f->name, strerror(error), (char *)NULL);
    if (error)
        f->lock = -1;
    buf_free(&path);
    buf_free(&holder);
    return !error;
}

/* One that another plan has opened, perhaps by another path: a lock is not taken twice. */
static Folder *opened(const Batch *b, const struct stat *st)
{
    for (size_t i = 0; i < b->folders.n; i++) {
        Folder *f = b->folders.p[i];
        if (f->device == (uint64_t)st->st_dev && f->inode == (uint64_t)st->st_ino)
            return f;
    }
    return NULL;
}

static Folder *folder_new(const char *name, const struct stat *st, size_t shard)
{
    Folder *f = mem_new(sizeof *f);
    *f = (Folder){ .name = name, .prefix = strlen(name) + 1, .shard = shard, .lock = -1,
                   .device = (uint64_t)st->st_dev, .inode = (uint64_t)st->st_ino };
    return f;
}

/* Locks it and reads its journal. */
static bool folder_take(Folder *f, size_t shards, Diags *d)
{
    if (!lock(f, f->shard, d))
        return false;
    if (!f->shard)
        remove_stale(f->name);
    f->journal = journal_open(f->name, f->shard, shards, d);
    return f->journal != NULL;
}

static bool look(const char *name, struct stat *st, Diags *d)
{
    if (!stat(name, st))
        return true;
    diag_add(d, DIAG_file_write, NULL, name, strerror(errno), (char *)NULL);
    return false;
}

static Folder *folder_open(Batch *b, const char *name, Diags *d)
{
    struct stat st;
    if (!folder_make(name, d) || !look(name, &st, d))
        return NULL;
    Folder *f = opened(b, &st);
    if (f)
        return f;
    f = folder_new(name, &st, b->o.shards ? b->o.shard : 0);
    vec_push(&b->folders, f);
    return folder_take(f, b->o.shards, d) ? f : NULL;
}

bool folders_open(Batch *b, Diags *d)
{
    bool good = true;
    for (size_t i = 0; i < b->plans.n && good; i++) {
        Plan *plan = b->plans.p[i];
        plan->folder = folder_open(b, plan->name, d);
        good = plan->folder != NULL;
    }
    if (good && b->o.shards && b->folders.n > 1) {
        diag_add(d, DIAG_batch_shard_folders, NULL, (char *)NULL);
        good = false;
    }
    return good;
}

static void folder_free(Folder *f)
{
    if (f->lock >= 0) {
        Buf path = {0};
        buf_format(&path, "%s/%s", f->name, lock_name);
        disk_unlock(path.p, f->shard, f->lock);
        buf_free(&path);
    }
    journal_free(f->journal);
    free(f);
}

Folder *folder_lock(const char *name, Diags *d)
{
    struct stat st;
    if (!look(name, &st, d))
        return NULL;
    Folder *f = folder_new(name, &st, 0);
    if (folder_take(f, 0, d))
        return f;
    folder_free(f);
    return NULL;
}

void folder_unlock(Folder *f)
{
    if (f)
        folder_free(f);
}

void folders_close(Batch *b)
{
    for (size_t i = 0; i < b->folders.n; i++)
        folder_free(b->folders.p[i]);
    vec_free(&b->folders);
}
