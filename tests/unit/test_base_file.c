/* SPDX-License-Identifier: MIT */
/* base/: files read whole, outputs that appear whole or not at all. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <dirent.h>
#include <errno.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/base.h"

static char folder[] = "/tmp/skryba-file-XXXXXX";
static char path[4][512];
static Diags *d;

static const char *in(int slot, const char *name)
{
    snprintf(path[slot], sizeof path[slot], "%s/%s", folder, name);
    return path[slot];
}

static int set_up(void **state)
{
    (void)state;
    strcpy(folder + sizeof folder - 7, "XXXXXX");
    umask(022);
    d = diags_new(LANG_EN);
    return mkdtemp(folder) ? 0 : -1;
}

static void empty_folder(const char *at)
{
    DIR *dir = opendir(at);
    for (struct dirent *e; dir && (e = readdir(dir)); ) {
        char name[1024];
        snprintf(name, sizeof name, "%s/%s", at, e->d_name);
        if (!strcmp(e->d_name, ".") || !strcmp(e->d_name, ".."))
            continue;
        if (unlink(name) < 0) {
            empty_folder(name);
            rmdir(name);
        }
    }
    if (dir)
        closedir(dir);
}

static int tear_down(void **state)
{
    (void)state;
    diags_free(d);
    file_mode(0600);
    empty_folder(folder);
    return rmdir(folder);
}

static int entries(void)
{
    int n = 0;
    DIR *dir = opendir(folder);
    while (readdir(dir))
        n++;
    closedir(dir);
    return n - 2;
}

static void put_file(const char *name, const void *data, size_t len)
{
    FILE *f = fopen(name, "wb");
    assert_non_null(f);
    assert_int_equal(fwrite(data, 1, len, f), len);
    assert_int_equal(fclose(f), 0);
}

/* The findings so far, as printed. */
static const char *findings(void)
{
    static char text[2000];
    text[0] = 0;
    FILE *f = fmemopen(text, sizeof text, "w");
    diags_print(d, f, &(DiagStyle){0});
    fclose(f);
    return text;
}

static void expect_finding(const char *id)
{
    const char *t = findings();
    if (!strstr(t, id))
        fail_msg("no %s in: %s", id, t);
}

static void expect_content(const char *name, const void *want, size_t len)
{
    size_t n;
    char *p = file_read(name, 1 << 20, &n, d);
    assert_non_null(p);
    assert_int_equal(n, len);
    assert_memory_equal(p, want, len);
    free(p);
}

/* ---- reading ---- */

static void file_is_read_with_a_nul_after_it(void **state)
{
    (void)state;
    static const size_t sizes[] = { 1, 100, 65535, 65536, 65537, 131072, 300000 };
    char *data = mem_new(300000);
    for (size_t i = 0; i < 300000; i++)
        data[i] = (char)(i * 7 % 251);
    for (size_t i = 0; i < COUNT(sizes); i++) {
        size_t len;
        put_file(in(0, "f"), data, sizes[i]);
        char *p = file_read(path[0], 1 << 20, &len, d);
        assert_non_null(p);
        assert_int_equal(len, sizes[i]);
        assert_memory_equal(p, data, len);
        assert_int_equal(p[len], 0);
        free(p);
    }
    free(data);
}

/* base.h: "files above max bytes are refused". */
static void file_of_exactly_the_limit_is_read(void **state)
{
    (void)state;
    static const size_t limits[] = { 1, 100, 65536, 100000, 131072 };
    char *data = mem_new(131073);
    for (size_t i = 0; i < COUNT(limits); i++) {
        size_t len = 0;
        put_file(in(0, "f"), data, limits[i]);
        char *p = file_read(path[0], limits[i], &len, d);
        if (!p)
            fail_msg("%zu bytes with a limit of %zu: %s", limits[i], limits[i], findings());
        assert_int_equal(len, limits[i]);
        free(p);
    }
    free(data);
}

static void file_above_the_limit_is_refused(void **state)
{
    (void)state;
    static const size_t limits[] = { 1, 100, 65535, 65536, 100000, 131071, 131072 };
    char *data = mem_new(131074);
    for (size_t i = 0; i < COUNT(limits); i++) {
        size_t len;
        put_file(in(0, "f"), data, limits[i] + 1);
        assert_null(file_read(path[0], limits[i], &len, d));
        expect_finding("[file-large]");
    }
    free(data);
}

static void what_is_no_file_is_refused(void **state)
{
    (void)state;
    size_t len;
    assert_null(file_read(in(0, "missing"), 100, &len, d));
    expect_finding("[file-missing]");
    assert_null(file_read(in(0, "missing/deeper"), 100, &len, d));
    expect_finding("[file-missing]");
    assert_null(file_read(folder, 100, &len, d));
    expect_finding("[file-kind]");
    assert_null(file_read("/dev/zero", 100, &len, d));
    expect_finding("[file-kind]");
    put_file(in(0, "empty"), "", 0);
    assert_null(file_read(path[0], 100, &len, d));
    expect_finding("[file-empty]");
    assert_int_equal(mkfifo(in(0, "fifo"), 0600), 0);
    assert_null(file_read(path[0], 100, &len, d));      /* and does not wait for a writer */
    expect_finding("[file-kind]");
}

/* ---- outputs ---- */

static void output_appears_only_when_it_is_whole(void **state)
{
    (void)state;
    put_file(in(0, "target"), "old", 3);
    Output *o = output_open(path[0], d);
    assert_non_null(o);
    output_put(o, "new content", 11);
    expect_content(path[0], "old", 3);
    assert_true(output_commit(o, d));
    expect_content(path[0], "new content", 11);
    assert_int_equal(entries(), 1);
    assert_string_equal(findings(), "");
}

static void aborted_output_leaves_nothing(void **state)
{
    (void)state;
    Output *o = output_open(in(0, "target"), d);
    output_put(o, "x", 1);
    output_abort(o);
    assert_int_equal(entries(), 0);
    put_file(path[0], "old", 3);
    o = output_open(path[0], d);
    output_put(o, "x", 1);
    output_abort(o);
    output_abort(NULL);
    expect_content(path[0], "old", 3);
    assert_int_equal(entries(), 1);
}

static void devices_are_not_replaced(void **state)
{
    (void)state;
    Output *o = output_open("/dev/null", d);
    output_abort(o);
    assert_null(o);
    assert_non_null(strstr(findings(), "file-kind"));
}

static void pieces_of_all_sizes_come_in_order_and_are_patched(void **state)
{
    (void)state;
    static const size_t sizes[] = { 1, 10, 65535, 1, 65536, 70000, 3, 65534, 2, 200000, 0, 5 };
    Buf want = {0};
    Output *o = output_open(in(0, "f"), d);
    unsigned seed = 1;
    for (size_t i = 0; i < COUNT(sizes); i++) {
        char *p = mem_new(sizes[i]);
        for (size_t k = 0; k < sizes[i]; k++)
            p[k] = (char)(seed = seed * 1103515245 + 12345);
        assert_int_equal(output_tell(o), want.n);
        output_put(o, p, sizes[i]);
        buf_put(&want, p, sizes[i]);
        free(p);
    }
    output_patch(o, 0, "AB", 2);
    output_patch(o, 65535, "CD", 2);
    output_patch(o, want.n - 1, "E", 1);
    assert_int_equal(output_tell(o), want.n);
    output_put(o, "end", 3);
    memcpy(want.p, "AB", 2);
    memcpy(want.p + 65535, "CD", 2);
    want.p[want.n - 1] = 'E';
    buf_str(&want, "end");
    assert_true(output_commit(o, d));
    expect_content(path[0], want.p, want.n);
    buf_free(&want);
}

static mode_t mode_of(const char *name)
{
    struct stat st;
    assert_int_equal(stat(name, &st), 0);
    return st.st_mode & 0777;
}

static void outputs_are_private_unless_asked(void **state)
{
    (void)state;
    assert_true(output_write(in(0, "a"), "x", 1, d));
    assert_int_equal(mode_of(path[0]), 0600);
    file_mode(0640);
    assert_true(output_write(in(0, "b"), "x", 1, d));
    assert_int_equal(mode_of(path[0]), 0640);
    put_file(in(0, "c"), "x", 1);
    assert_int_equal(chmod(path[0], 0644), 0);
    file_mode(0600);
    assert_true(output_write(path[0], "x", 1, d));      /* a file with data of people replaces it */
    assert_int_equal(mode_of(path[0]), 0600);
}

/* base.h: "Mode 0600, or as file_mode() set"; a --mode that was asked for is not narrowed. */
static void asked_mode_holds_under_any_umask(void **state)
{
    (void)state;
    file_mode(0640);
    umask(077);
    assert_true(output_write(in(0, "a"), "x", 1, d));
    umask(022);
    assert_int_equal(mode_of(path[0]), 0640);
}

/* A limit on the size of files stands for a full disk: write() fails in the middle. */
static void full_disk_leaves_the_old_file(void **state)
{
    (void)state;
    struct rlimit was, small = { 100000, 100000 };
    char *data = mem_new(300000);
    put_file(in(0, "target"), "old", 3);
    assert_int_equal(getrlimit(RLIMIT_FSIZE, &was), 0);
    small.rlim_max = was.rlim_max;
    void (*old)(int) = signal(SIGXFSZ, SIG_IGN);
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &small), 0);
    Output *o = output_open(path[0], d);
    for (int i = 0; i < 3; i++)
        output_put(o, data, 90000);
    bool big = output_commit(o, d);
    o = output_open(path[0], d);
    for (int i = 0; i < 3000; i++)
        output_put(o, data, 90);
    bool pieces = output_commit(o, d);
    setrlimit(RLIMIT_FSIZE, &was);
    signal(SIGXFSZ, old);
    assert_false(big);
    assert_false(pieces);
    expect_content(path[0], "old", 3);
    assert_int_equal(entries(), 1);
    expect_finding("[file-write]");
    assert_int_equal(diags_status(d, false), EXIT_SYSTEM);
    free(data);
}

static void where_nothing_can_be_written_a_finding_says_so(void **state)
{
    (void)state;
    assert_null(output_open(in(0, "missing/f"), d));
    expect_finding("[file-write]");
    put_file(in(0, "file"), "x", 1);
    assert_null(output_open(in(1, "file/f"), d));
    expect_finding("[file-write]");
    mkdir(in(0, "target"), 0700);
    assert_false(output_write(path[0], "x", 1, d));     /* a folder is not replaced */
    expect_finding("[file-write]");
    assert_int_equal(entries(), 2);
}

static void folder_without_permission_is_refused(void **state)
{
    (void)state;
    bool root = geteuid() == 0;
    assert_int_equal(mkdir(in(0, "closed"), 0755), 0);
    assert_int_equal(chmod(path[0], 0555), 0);
    assert_int_equal(chmod(folder, 0755), 0);
    if (root)
        assert_int_equal(seteuid(65534), 0);
    bool written = output_write(in(1, "closed/f"), "x", 1, d);
    bool made = folder_make(in(1, "closed/g"), d);
    if (root)
        assert_int_equal(seteuid(0), 0);
    assert_false(written);
    assert_false(made);
    const char *t = findings();
    assert_non_null(strstr(t, "[file-write]"));
    assert_non_null(strstr(t, "[folder-make]"));
}

static void two_outputs_at_once_do_not_meet(void **state)
{
    (void)state;
    Output *a = output_open(in(0, "a"), d), *b = output_open(in(1, "b"), d);
    output_put(a, "first", 5);
    output_put(b, "second", 6);
    assert_true(output_commit(a, d));
    assert_true(output_commit(b, d));
    expect_content(path[0], "first", 5);
    expect_content(path[1], "second", 6);
}

/* NAME_MAX is 255 bytes: the temporary file of a long name must fit too. */
static void target_with_the_longest_name_is_written(void **state)
{
    (void)state;
    char name[256];
    memset(name, 'n', 255);
    name[255] = 0;
    assert_true(output_write(in(0, name), "x", 1, d));
    expect_content(path[0], "x", 1);
}

/* ---- folders ---- */

static void folders_are_made_with_their_parents(void **state)
{
    (void)state;
    assert_true(folder_make(in(0, "a/b/c"), d));
    assert_int_equal(mode_of(path[0]), 0700);
    assert_int_equal(mode_of(in(0, "a/b")), 0700);
    assert_true(folder_make(in(0, "a/b/c"), d));        /* again: nothing to do */
    assert_true(folder_make(in(0, "d/e/"), d));
    assert_int_equal(mode_of(in(0, "d/e")), 0700);
    assert_true(folder_make(in(0, "f//g"), d));
    assert_int_equal(mode_of(in(0, "f/g")), 0700);
    assert_true(folder_make("/", d));
    assert_true(folder_make(".", d));
    assert_int_equal(chmod(in(0, "a"), 0755), 0);
    assert_true(folder_make(in(1, "a/x"), d));
    assert_int_equal(mode_of(path[0]), 0755);           /* what is there stays as it is */
    assert_string_equal(findings(), "");
}

static void file_in_the_way_of_a_folder_is_named(void **state)
{
    (void)state;
    put_file(in(0, "file"), "x", 1);
    assert_false(folder_make(path[0], d));
    assert_false(folder_make(in(1, "file/deeper"), d));
    expect_finding("[folder-make]");
    expect_content(path[0], "x", 1);
}

static void own_files_are_found_beside_the_program(void **state)
{
    (void)state;
    char *conf = data_file("fonts/fonts.conf");
    assert_non_null(conf);
    assert_int_equal(access(conf, R_OK), 0);
    free(conf);
    assert_null(data_file("fonts/no such file"));
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(file_is_read_with_a_nul_after_it),
        TEST(file_of_exactly_the_limit_is_read),
        TEST(file_above_the_limit_is_refused),
        TEST(what_is_no_file_is_refused),
        TEST(output_appears_only_when_it_is_whole),
        TEST(devices_are_not_replaced),
        TEST(aborted_output_leaves_nothing),
        TEST(pieces_of_all_sizes_come_in_order_and_are_patched),
        TEST(outputs_are_private_unless_asked),
        TEST(asked_mode_holds_under_any_umask),
        TEST(full_disk_leaves_the_old_file),
        TEST(where_nothing_can_be_written_a_finding_says_so),
        TEST(folder_without_permission_is_refused),
        TEST(two_outputs_at_once_do_not_meet),
        TEST(target_with_the_longest_name_is_written),
        TEST(folders_are_made_with_their_parents),
        TEST(file_in_the_way_of_a_folder_is_named),
        TEST(own_files_are_found_beside_the_program),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
