/* SPDX-License-Identifier: MIT */
/* The batch: names of folders and templates, the line that marks drafts. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "batch/internal.h"

typedef struct { ProjectSchema *schema; Diags *d; Project *p; Arena *a; } Fixture;

static int open_fixture(void **state)
{
    Fixture *f = mem_new(sizeof *f);
    char path[] = "/tmp/test-batch-XXXXXX";
    int fd = mkstemp(path);
    static const char text[] = "<p id='p1' up='../../etc' slash='a/b' dots='..' empty=''>"
                               "<n>x y</n></p>";
    assert_int_equal(write(fd, text, sizeof text - 1), sizeof text - 1);
    close(fd);
    f->d = diags_new(LANG_EN);
    f->a = arena_new();
    f->schema = project_schema_open("none", f->d);
    f->p = project_load(path, &(ProjectOptions){ f->schema }, f->d);
    remove(path);
    *state = f;
    return f->p ? 0 : -1;
}

static int close_fixture(void **state)
{
    Fixture *f = *state;
    project_free(f->p);
    project_schema_free(f->schema);
    diags_free(f->d);
    arena_free(f->a);
    free(f);
    return 0;
}

static const char *folder(Fixture *f, const char *text)
{
    return batch_folder(f->a, text, f->p, "2011-12-16", f->d);
}

static void a_folder_without_tags_stays_as_it_is(void **state)
{
    assert_string_equal(folder(*state, "../out/a b//c"), "../out/a b//c");
    assert_string_equal(folder(*state, "out/}}"), "out/}}");
    assert_string_equal(folder(*state, ""), "");
}

static void tags_of_a_folder_are_filled_from_the_root(void **state)
{
    assert_string_equal(folder(*state, "out/{{ @id }}/{{ n }}"), "out/p1/x y");
    assert_string_equal(folder(*state, "{{ concat('}}', @id) }}"), "}}p1");
    assert_string_equal(folder(*state, "{{ date(today(), 'yyyy') }}"), "2011");
}

static void a_value_is_one_step_of_the_path_at_most(void **state)
{
    const char *up = folder(*state, "out/{{ @up }}"), *slash = folder(*state, "out/{{ @slash }}");
    assert_non_null(up);
    assert_null(strstr(up, ".."));
    assert_null(strchr(up + 4, '/'));
    assert_null(strchr(slash + 4, '/'));
    assert_int_equal(diags_count(((Fixture *)*state)->d, SEV_ERROR), 0);
}

static void a_tag_that_gives_no_name_is_an_error(void **state)
{
    static const char *const bad[] = { "out/{{ @dots }}", "out/{{ @empty }}", "out/{{ @missing }}",
                                       "out/{{ @id", "out/{{ @ }}", "out/{{ '}} }}", "{{}}" };
    Fixture *f = *state;
    for (size_t i = 0; i < COUNT(bad); i++) {
        assert_null(folder(f, bad[i]));
        assert_int_equal(diags_count(f->d, SEV_ERROR), i + 1);
    }
}

static void a_template_is_a_file_or_a_shipped_name(void **state)
{
    Arena *a = ((Fixture *)*state)->a;
    assert_null(batch_template_path(a, "no-such-template"));
    assert_null(batch_template_path(a, "/nowhere/a.fodt"));
    assert_null(batch_template_path(a, ""));
    size_t n;
    const char *const *shipped = batch_shipped(a, &n);
    for (size_t i = 0; i < n; i++) {
        const char *base = strrchr(shipped[i], '/') + 1;
        const char *name = arena_dup(a, base, strcspn(base, "."));
        assert_string_equal(batch_template_path(a, name), shipped[i]);
        assert_string_equal(batch_template_path(a, shipped[i]), shipped[i]);
        assert_true(!i || strcmp(shipped[i - 1], shipped[i]) < 0);
    }
}

static OdfNode *block(Arena *a, const char *name)
{
    return odf_element(a, odf_name(name), 0, 0);
}

/* The names of a body's children after marking, separated by spaces. */
static const char *marked(Arena *a, const char *const *names, size_t n)
{
    OdfNode *body = odf_element(a, ODF_OFFICE_TEXT, 0, n);
    for (size_t i = 0; i < n; i++)
        odf_kids(body)[i] = block(a, names[i]);
    OdfDoc doc = { .body = body };
    mark_document(&doc, "PROJEKT", a);
    const char *r = "";
    for (size_t i = 0; i < doc.body->n_kid; i++) {
        const OdfNode *k = doc.body->kid[i];
        Buf text = {0};
        odf_plain_text(k, &text);
        r = arena_format(a, "%s%s%s", r, *r ? " " : "",
                         text.n ? text.p : odf_name_text(k->name));
        buf_free(&text);
    }
    assert_int_equal(body->n_kid, n);           /* the template's own tree is left alone */
    return r;
}

static void the_mark_stands_at_the_start_of_the_text(void **state)
{
    Arena *a = ((Fixture *)*state)->a;
    static const char *const table[] = { "text:sequence-decls", "table:table", "text:p" };
    static const char *const paragraph[] = { "office:forms", "text:h", "text:p" };
    assert_string_equal(marked(a, table, 3), "text:sequence-decls PROJEKT table:table text:p");
    assert_string_equal(marked(a, paragraph, 3), "office:forms text:h PROJEKT text:p");
    assert_string_equal(marked(a, table, 1), "text:sequence-decls PROJEKT");
    assert_string_equal(marked(a, table, 0), "PROJEKT");
}

int main(void)
{
#define T(f) cmocka_unit_test_setup_teardown(f, open_fixture, close_fixture)
    const struct CMUnitTest tests[] = {
        T(a_folder_without_tags_stays_as_it_is),
        T(tags_of_a_folder_are_filled_from_the_root),
        T(a_value_is_one_step_of_the_path_at_most),
        T(a_tag_that_gives_no_name_is_an_error),
        T(a_template_is_a_file_or_a_shipped_name),
        T(the_mark_stands_at_the_start_of_the_text),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
