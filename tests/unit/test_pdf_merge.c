/* SPDX-License-Identifier: MIT */
/* Many documents in one file, and the bounds that a file must keep. */
#include "pdf_reader.h"

#include "pdf_everything.h"

#if defined __SANITIZE_ADDRESS__
#define SANITIZED true          /* which keeps what was freed */
#else
#define SANITIZED false
#endif

enum { DOCUMENTS = 150 };       /* more than two slices */
static const PdfOptions options = {
    .producer = "test", .title = "Zaświadczenia", .language = "pl", .parts = true
};
static Reader *merged;

static int set_up(void **state)
{
    if (folder_set_up(state))
        return -1;
    Diags *d = diags_new(LANG_EN);
    Sample s[DOCUMENTS];
    char title[DOCUMENTS][24];
    OdfPicture logo = sample_jpeg(jpeg_rgb, sizeof jpeg_rgb, 3);
    for (int i = 0; i < DOCUMENTS; i++) {
        s[i] = i == 70 ? sample_everything() : sample_certificate((unsigned)i + 1, &logo);
        snprintf(title[i], sizeof title[i], "%d/2011", i + 1);
        s[i].l->title = title[i];
        s[i].l->page.p[0]->label = "1";
    }
    bool ok = write_pdf("merged.pdf", &options, s, DOCUMENTS, d);
    diags_print(d, stderr, &(DiagStyle){0});
    diags_free(d);
    for (int i = 0; i < DOCUMENTS; i++)
        sample_free(&s[i]);
    merged = ok ? reader_open("merged.pdf") : NULL;
    return ok ? 0 : -1;
}

static int tear_down(void **state)
{
    if (merged)
        reader_free(merged);
    return folder_tear_down(state);
}

static void all_pages_are_there_in_order(void **state)
{
    (void)state;
    uint32_t n = 0;
    for (uint32_t page, key, next = 0; (page = page_at(merged, n)); n++, next = key + 1) {
        key = number_of(value(merged->object[page], "StructParents"));
        assert_true(n == 71 ? key > next
                            : key == next); /* the links of the page before are between */
    }
    assert_int_equal(n, DOCUMENTS + 2);
    assert_string_equal(value(follow(merged, catalog_of(merged), "Pages"), "Count"), "152");
}

static void each_document_is_a_part(void **state)
{
    (void)state;
    size_t parts = 0, documents = 0;
    for (uint32_t i = 1; i < merged->n; i++) {
        const char *role = merged->object[i] ? value(merged->object[i], "S") : NULL;
        parts += str_equal(role, "/Part");
        documents += str_equal(role, "/Document");
    }
    assert_int_equal(parts, DOCUMENTS);
    assert_int_equal(documents, 1);
}

static void bookmarks_are_one_chain_over_all_documents(void **state)
{
    (void)state;
    const char *root = follow(merged, catalog_of(merged), "Outlines"), *before = NULL;
    int n = 0;
    for (const char *o = follow(merged, root, "First"); o;
         before = o, o = follow(merged, o, "Next"), n++) {
        assert_ptr_equal(follow(merged, o, "Prev"), before);
        assert_ptr_equal(follow(merged, o, "Parent"), root);
        assert_non_null(value(o, "Dest"));
        assert_int_equal(*value(o, "Count"), '-');      /* closed */
    }
    assert_int_equal(n, DOCUMENTS);
    assert_ptr_equal(follow(merged, root, "Last"), before);
    assert_string_equal(value(root, "Count"), "150");
}

static void faces_and_pictures_are_shared(void **state)
{
    (void)state;
    size_t fonts = 0, images = 0;
    for (uint32_t i = 1; i < merged->n; i++) {
        const char *kind = merged->object[i] ? value(merged->object[i], "Subtype") : NULL;
        fonts += str_equal(kind, "/Type0");
        images += str_equal(kind, "/Image");
    }
    assert_int_equal(fonts, 4);
    assert_int_equal(images, 14);
}

static void keys_of_the_parent_tree_grow_within_their_limits(void **state)
{
    (void)state;
    long last = -1;
    const char *root = follow(merged, catalog_of(merged), "StructTreeRoot");
    char *tree = strdup(follow(merged, root, "ParentTree")), *p = tree;
    int leaves = 0;
    for (unsigned number; (p = strpbrk(p, "0123456789")) && sscanf(p, "%u 0 R", &number) == 1;
         p = strchr(p, 'R')) {
        unsigned low, high;
        assert_int_equal(sscanf(value(merged->object[number], "Limits"), "[ %u %u", &low, &high),
                         2);
        assert_int_equal(low, last + 1);
        assert_true(high >= low);
        last = high;
        leaves++;
    }
    assert_int_equal(leaves, 3);
    assert_int_equal(number_of(value(root, "ParentTreeNextKey")), last + 1);
    free(tree);
}

static long size_of(const char *name)
{
    FILE *f = fopen(in_folder(name), "rb");
    assert_non_null(f);
    fseek(f, 0, SEEK_END);
    long n = ftell(f);
    fclose(f);
    return n;
}

static void files_stay_small(void **state)
{
    (void)state;
    Diags *d = diags_new(LANG_EN);
    Sample s = sample_certificate(1, NULL);
    PdfOptions single = options;
    single.parts = false;
    assert_true(write_pdf("one.pdf", &single, &s, 1, d));
    assert_true(size_of("one.pdf") <= 22000);
    assert_true(size_of("merged.pdf") / (DOCUMENTS + 2) <= 4000);
    sample_free(&s);
    diags_free(d);
}

static void second_document_of_a_single_file_is_refused(void **state)
{
    (void)state;
    Diags *d = diags_new(LANG_EN);
    Sample s[2] = { sample_certificate(1, NULL), sample_certificate(2, NULL) };
    PdfOptions single = options;
    single.parts = false;
    assert_false(write_pdf("two.pdf", &single, s, 2, d));
    assert_int_equal(diags_count(d, SEV_ERROR), 1);
    sample_free(&s[0]);
    sample_free(&s[1]);
    diags_free(d);
}

/* Memory must not grow with the pages: what is kept for each is a few numbers. */
static void memory_for_a_page_is_a_few_numbers(void **state)
{
    (void)state;
    if (SANITIZED)
        skip();
    Diags *d = diags_new(LANG_EN);
    PdfOptions o = options;
    o.cache = pdf_cache_new();
    Output *out = output_open(in_folder("large.pdf"), d);
    PdfFile *f = pdf_begin(out, &o);
    long before = 0, after = 0;
    for (unsigned i = 0; i < 4000; i++) {
        Sample s = sample_certificate(i, NULL);
        assert_true(pdf_add(f, s.l, d));
        sample_free(&s);
        long *to = i == 1000 ? &before : i == 3999 ? &after : NULL;
        FILE *m = to ? fopen("/proc/self/statm", "r") : NULL;
        if (m) {
            assert_int_equal(fscanf(m, "%*d %ld", to), 1);
            fclose(m);
        }
    }
    assert_true(pdf_end(f, d));
    assert_true(output_commit(out, d));
    assert_true(after - before < 500);          /* pages of memory: 2 MB for 3,000 */
    assert_int_equal(run("qpdf --show-npages %s", in_folder("large.pdf")), 0);
    unlink(in_folder("large.pdf"));
    pdf_cache_free(o.cache);
    diags_free(d);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(all_pages_are_there_in_order),
        cmocka_unit_test(each_document_is_a_part),
        cmocka_unit_test(bookmarks_are_one_chain_over_all_documents),
        cmocka_unit_test(faces_and_pictures_are_shared),
        cmocka_unit_test(keys_of_the_parent_tree_grow_within_their_limits),
        cmocka_unit_test(files_stay_small),
        cmocka_unit_test(second_document_of_a_single_file_is_refused),
        cmocka_unit_test(memory_for_a_page_is_a_few_numbers),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
