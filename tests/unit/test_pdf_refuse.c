/* SPDX-License-Identifier: MIT */
/* What cannot become a correct PDF is refused with a finding; the file goes on without it. */
#include "pdf_reader.h"

#include <zlib.h>

#include "pdf_everything.h"

static const PdfOptions options = {
    .producer = "test", .title = "próba", .language = "pl", .parts = true
};

static const char *first_id(Diags *d)
{
    static char line[4096];
    FILE *f = tmpfile();
    assert_non_null(f);
    diags_print(d, f, &(DiagStyle){0});
    rewind(f);
    char *p = fgets(line, sizeof line, f) ? strrchr(line, '[') : NULL;
    fclose(f);
    if (!p)
        return "none";
    p[strcspn(p, "]")] = 0;
    return p + 1;
}

/* Adds a good document, this one, and a good one.  The file must be sound, and if the document was
 * refused the finding's id is given, else NULL. */
static const char *refused(Sample *s)
{
    Diags *d = diags_new(LANG_PL);
    Output *out = output_open(in_folder("refuse.pdf"), d);
    PdfFile *f = pdf_begin(out, &options);
    Sample good = sample_certificate(1, NULL);
    assert_true(pdf_add(f, good.l, d));
    bool ok = pdf_add(f, s->l, d);
    const char *id = ok ? NULL : first_id(d);
    assert_true(ok || diags_count(d, SEV_ERROR));
    assert_true(pdf_add(f, good.l, d));
    assert_true(pdf_end(f, d));
    assert_true(output_commit(out, d));
    assert_int_equal(run("qpdf --check %s 2>&1", in_folder("refuse.pdf")), 0);
    sample_free(&good);
    diags_free(d);
    return id;
}

static Sample one_line(void)
{
    Sample s = sample_new("próba");
    sample_page(&s);
    sample_say(&s, sample_root(&s, ROLE_P), LEFT, 2000, "Tekst.");
    return s;
}

#define LAST(s) ((s).p->item.p[(s).p->item.n - 1])
/* Spoils a document of one line by a statement about s, and expects a finding. */
#define refuse(statement, id) \
    do { \
        Sample s = one_line(); \
        statement; \
        const char *found = refused(&s); \
        if (!str_equal(found, id)) \
            fail_msg("%s: %s", #statement, found ? found : "accepted"); \
        sample_free(&s); \
    } while (0)

static void sound_document_is_taken(void **state)
{
    (void)state;
    refuse((void)0, NULL);
}

static void pages_outside_of_the_limits_are_refused(void **state)
{
    (void)state;
    refuse(s.p->width = 59, "pdf-page-size");
    refuse(s.p->height = 288001, "pdf-page-size");
    refuse(s.p->height = -5, "pdf-page-size");
    refuse(s.p->width = 60, NULL);
    refuse(s.p->height = 288000, NULL);
}

static void missing_glyph_is_refused(void **state)
{
    (void)state;
    refuse(((TextGlyph *)LAST(s).text.glyph)[2].glyph = 0, "pdf-glyph");
    refuse(((TextGlyph *)LAST(s).text.glyph)[2].glyph = 65535, "pdf-internal");
}

static void links_that_run_or_open_something_are_refused(void **state)
{
    (void)state;
    static const char *const bad[] = { "javascript:app.alert(1)", "file:///etc/passwd", "relative",
                                       "" };
    for (size_t i = 0; i < COUNT(bad); i++)
        refuse(LayoutNode *link = sample_root(&s, ROLE_LINK);
               sample_say(&s, link, LEFT, 3000, "łącze");
               sample_link(&s, link, LEFT, 2800, 500, 240, bad[i], 0, 0, "łącze"), "pdf-link");
    refuse(LayoutNode *link = sample_root(&s, ROLE_LINK); sample_say(&s, link, LEFT, 3000, "łącze");
           sample_link(&s, link, LEFT, 2800, 500, 240, NULL, 7, 0, "łącze"), "pdf-internal");
}

static void broken_structure_is_refused(void **state)
{
    (void)state;
    refuse(s.l->root->first->node->first->number = 9, "pdf-internal");
    refuse(s.l->root->first->node->first->page = 9, "pdf-internal");
    refuse(s.l->root->first->node->parent = NULL, "pdf-internal");
    refuse(s.l->root->first->node->role = ROLE_COUNT, "pdf-internal");
    refuse(sample_kid(&s, s.l->root)->node = s.l->root->first->node,
           "pdf-internal"); /* met twice */
    refuse(sample_kid(&s, s.l->root->first->node)->node = s.l->root, "pdf-internal"); /* a circle */
    refuse(sample_kid(&s, s.l->root->first->node)->kind = KID_CONTENT,
           "pdf-internal"); /* held twice */
    refuse(s.l->root->first = NULL, "pdf-internal");            /* content without an element */
    refuse(s.l->root = NULL, "pdf-internal");
    Sample s = sample_new("bez stron");
    assert_string_equal(refused(&s), "pdf-internal");
    sample_free(&s);
}

static void too_deep_a_structure_is_refused(void **state)
{
    (void)state;
    refuse(LayoutNode *n = s.l->root;
           for (int i = 0; i < 100000; i++) n = sample_node(&s, n, ROLE_DIV), "pdf-internal");
}

static void marked_content_opened_twice_is_refused(void **state)
{
    (void)state;
    refuse(sample_line(&s, 0, 0, 9, 9); vec_push(&s.p->item, s.p->item.p[0]), "pdf-internal");
    refuse(LAST(s).content = 5, "pdf-internal");
}

static void numbers_that_would_overflow_are_refused(void **state)
{
    (void)state;
    refuse(LAST(s).text.size = 0, "pdf-internal");
    refuse(LAST(s).text.size = INT32_MAX, "pdf-internal");
    refuse(LAST(s).text.scale = 0, "pdf-internal");
    refuse(LAST(s).text.spacing = INT32_MIN, "pdf-internal");
    refuse(LAST(s).text.space_extra = INT32_MAX, "pdf-internal");
    refuse(LAST(s).text.len = 2, "pdf-internal");
    refuse(LAST(s).x = INT32_MIN, NULL);
    refuse(LAST(s).y = INT32_MAX, NULL);
    refuse(sample_box(&s, NULL, ARTIFACT_HEADER, INT32_MAX, INT32_MIN, INT32_MAX, INT32_MIN), NULL);
}

/* ---- pictures ---- */

static const char *with_picture(const OdfPicture *p)
{
    Sample s = one_line();
    LayoutNode *figure = sample_root(&s, ROLE_FIGURE);
    figure->alt = "obraz";
    sample_image(&s, figure, p, LEFT, 3000, 1000, 1000);
    Diags *d = diags_new(LANG_EN);
    static char id[64];
    Output *out = output_open(in_folder("picture.pdf"), d);
    PdfFile *f = pdf_begin(out, &options);
    bool ok = pdf_add(f, s.l, d);
    snprintf(id, sizeof id, "%s", ok ? "" : first_id(d));
    if (ok)
        assert_true(pdf_end(f, d));
    else
        pdf_abort(f);
    if (ok)
        assert_true(output_commit(out, d));
    else
        output_abort(out);
    diags_free(d);
    sample_free(&s);
    return ok ? NULL : id;
}

static void pictures_of_other_kinds_are_refused(void **state)
{
    (void)state;
    OdfPicture cmyk = sample_jpeg(jpeg_cmyk, sizeof jpeg_cmyk, 4),
               svg = { .path = "a.svg",
                       .data = "<svg/>",
                       .len = 6,
                       .kind = PICTURE_SVG,
                       .width = 1,
                       .height = 1 },
               large = svg;
    large.kind = PICTURE_PNG;
    large.width = large.height = 65535;
    assert_string_equal(with_picture(&cmyk), "pdf-picture-cmyk");
    assert_string_equal(with_picture(&svg), "pdf-picture-kind");
    assert_string_equal(with_picture(&large), "pdf-picture-large");
}

static void damaged_png_is_refused_and_nothing_breaks(void **state)
{
    (void)state;
    static const uint32_t format[] = { PNG_FORMAT_RGB, PNG_FORMAT_RGBA, PNG_FORMAT_RGBA_COLORMAP };
    Arena *a = arena_new();
    for (size_t k = 0; k < COUNT(format); k++) {
        OdfPicture p = sample_png(a, format[k], false);
        unsigned char *copy = mem_new(p.len);
        const void *sound = p.data;
        size_t len = p.len, refusals = 0;
        assert_null(with_picture(&p));
        p.data = copy;
        for (size_t i = 8; i < len; i++) {
            memcpy(copy, sound, len);
            copy[i] ^= (unsigned char)(1u << i % 8);
            p.len = i % 3 ? len : i;            /* and cut off there */
            const char *id = with_picture(&p);
            assert_true(!id || str_equal(id, "pdf-picture"));
            refusals += id != NULL;
        }
        /* some chunks do not matter; those cut off are always refused */
        assert_true(refusals > len / 2);
        free(copy);
    }
    arena_free(a);
}

static void put_chunk(Buf *b, const char *type, const void *data, size_t len)
{
    Buf body = {0};
    buf_str(&body, type);
    buf_put(&body, data, len);
    unsigned long crc = crc32(0, (const unsigned char *)body.p, (unsigned)body.n);
    for (int i = 24; i >= 0; i -= 8)
        buf_chr(b, (int)(len >> i & 255));
    buf_put(b, body.p, body.n);
    for (int i = 24; i >= 0; i -= 8)
        buf_chr(b, (int)(crc >> i & 255));
    buf_free(&body);
}

/* A grey PNG of 1 x 1 pixel whose chunks and checksums are right, with these unpacked bytes. */
static const char *with_rows(const unsigned char *rows, size_t n)
{
    unsigned char packed[64];
    unsigned long len = sizeof packed;
    Buf b = {0};
    buf_put(&b, "\x89PNG\r\n\x1a\n", 8);
    put_chunk(&b, "IHDR", "\0\0\0\1\0\0\0\1\10\0\0\0\0", 13);
    compress(packed, &len, rows, n);
    put_chunk(&b, "IDAT", packed, len);
    put_chunk(&b, "IEND", "", 0);
    OdfPicture p = {
        .path = "a.png", .data = b.p, .len = b.n, .kind = PICTURE_PNG, .width = 1, .height = 1
    };
    const char *id = with_picture(&p);
    buf_free(&b);
    return id;
}

static void png_rows_that_are_not_what_they_promise_are_refused(void **state)
{
    (void)state;
    assert_null(with_rows((const unsigned char[]){ 4, 7 }, 2));
    assert_string_equal(with_rows((const unsigned char[]){ 5, 7 }, 2),
                        "pdf-picture"); /* no such filter */
    assert_string_equal(with_rows((const unsigned char[]){ 0 }, 1), "pdf-picture");
}

static void damaged_jpeg_is_refused_and_nothing_breaks(void **state)
{
    (void)state;
    unsigned char copy[sizeof jpeg_rgb];
    for (size_t i = 0; i < sizeof copy; i++) {
        memcpy(copy, jpeg_rgb, sizeof copy);
        copy[i] ^= 0xff;
        OdfPicture p = sample_jpeg(copy, i % 2 ? sizeof copy : i, 3);
        const char *id = p.len ? with_picture(&p) : NULL;
        assert_true(!id || str_starts(id, "pdf-picture"));
    }
}

static void nothing_is_written_without_pages(void **state)
{
    (void)state;
    Diags *d = diags_new(LANG_EN);
    Output *out = output_open(in_folder("empty.pdf"), d);
    assert_false(pdf_end(pdf_begin(out, &options), d));
    assert_string_equal(first_id(d), "pdf-empty");
    output_abort(out);
    diags_free(d);
}

static void picture_without_description_gets_a_warning(void **state)
{
    (void)state;
    Diags *d = diags_new(LANG_PL);
    Sample s = one_line();
    OdfPicture p = sample_jpeg(jpeg_rgb, sizeof jpeg_rgb, 3);
    sample_image(&s, sample_root(&s, ROLE_FIGURE), &p, LEFT, 3000, 1000, 1000)->image.greyscale =
        true;
    assert_true(write_pdf("alt.pdf", &options, &s, 1, d));
    assert_int_equal(diags_count(d, SEV_WARNING), 2); /* and that it is not printed in grey */
    assert_int_equal(diags_count(d, SEV_ERROR), 0);
    sample_free(&s);
    diags_free(d);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sound_document_is_taken),
        cmocka_unit_test(pages_outside_of_the_limits_are_refused),
        cmocka_unit_test(missing_glyph_is_refused),
        cmocka_unit_test(links_that_run_or_open_something_are_refused),
        cmocka_unit_test(broken_structure_is_refused),
        cmocka_unit_test(too_deep_a_structure_is_refused),
        cmocka_unit_test(marked_content_opened_twice_is_refused),
        cmocka_unit_test(numbers_that_would_overflow_are_refused),
        cmocka_unit_test(pictures_of_other_kinds_are_refused),
        cmocka_unit_test(damaged_png_is_refused_and_nothing_breaks),
        cmocka_unit_test(png_rows_that_are_not_what_they_promise_are_refused),
        cmocka_unit_test(damaged_jpeg_is_refused_and_nothing_breaks),
        cmocka_unit_test(nothing_is_written_without_pages),
        cmocka_unit_test(picture_without_description_gets_a_warning),
    };
    return cmocka_run_group_tests(tests, folder_set_up, folder_tear_down);
}
