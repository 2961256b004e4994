/* SPDX-License-Identifier: MIT */
/* tests/tools/pdf-check.c finds what is wrong: a sound merged file, taken apart, changed in one
 * place and put together again, is told from a sound one. */
#include "pdf_reader.h"

#include "pdf_everything.h"

#define PDF_CHECK_NO_MAIN
#include "../tools/pdf-check.c"

enum { DOCUMENTS = 70 };        /* more than a slice */

static int set_up(void **state)
{
    if (folder_set_up(state))
        return -1;
    const PdfOptions options = {
        .producer = "test", .title = "Zaświadczenia", .language = "pl", .parts = true
    };
    Diags *d = diags_new(LANG_EN);
    Sample s[DOCUMENTS];
    OdfPicture logo = sample_jpeg(jpeg_rgb, sizeof jpeg_rgb, 3);
    for (int i = 0; i < DOCUMENTS; i++)
        s[i] = i == 60 ? sample_everything() : sample_certificate((unsigned)i + 1, &logo);
    bool ok = write_pdf("sound.pdf", &options, s, DOCUMENTS, d);
    for (int i = 0; i < DOCUMENTS; i++)
        sample_free(&s[i]);
    diags_free(d);
    return ok ? 0 : -1;
}

/* ---- a file taken apart and put together ---- */

/* Replaces the n-th occurrence, in all that is packed, of a text by one of the same length. */
typedef struct { const char *from, *to; int n; int moved; } Change;

static void change_text(Change *change, char *p, size_t len)
{
    size_t n = change->from ? strlen(change->from) : 0;
    for (size_t i = 0; n && i + n <= len; i++)
        if (!memcmp(p + i, change->from, n) && !change->n--)
            memcpy(p + i, change->to, n);
}

static void put_stream(Buf *out, const Stream *s, const char *text, size_t len)
{
    uLongf packed = compressBound(len);
    unsigned char *room_for = mem_new(packed);
    assert_int_equal(compress(room_for, &packed, (const unsigned char *)text, len), Z_OK);
    Span length = get(s->dict, "/Length");
    buf_format(out, "%u 0 obj\n", s->number);
    buf_put(out, s->dict.p, (size_t)(length.p - s->dict.p));
    buf_format(out, "%lu", packed);
    buf_put(out, length.end, (size_t)(s->dict.end - length.end));
    buf_str(out, "\nstream\n");
    buf_put(out, room_for, packed);
    buf_str(out, "\nendstream\nendobj\n");
    free(room_for);
}

/* The cross-references again, with the predictor, fields of 1, wide and 2 bytes. */
static void put_rows(Buf *out, const Check *c, const Stream *s, const uint64_t *offset)
{
    Span widths = get(s->dict, "/W");
    uint64_t wide;
    next(&widths);
    next(&widths);
    assert_true(number(next(&widths), &wide));
    Buf rows = {0};
    unsigned char before[16] = {0};
    for (uint32_t i = 0; i < c->size; i++) {
        Row row = row_at(c, i);
        unsigned char now[16] = { row.kind };
        uint64_t where = row.kind == 1 ? offset[i] : row.where;
        size_t n = 1;
        for (uint64_t k = wide; k--; )
            now[n++] = (unsigned char)(where >> 8 * k);
        now[n++] = (unsigned char)(row.index >> 8);
        now[n++] = (unsigned char)row.index;
        buf_chr(&rows, 2);
        for (size_t k = 0; k < n; k++)
            buf_chr(&rows, now[k] - before[k]);
        memcpy(before, now, n);
    }
    put_stream(out, s, rows.p, rows.n);
    buf_free(&rows);
}

static void rebuild(const char *name, Change change)
{
    Check c = {0};
    Buf out = {0};
    char *text = NULL;
    size_t size = 0, len;
    assert_true(open_file(&c, in_folder("sound.pdf")));
    assert_true(read_end(&c));
    uint64_t *offset = mem_new(c.size * sizeof *offset), start = 0;
    const char *p = memchr(c.data + 10, '\n', c.len - 10) + 1;
    buf_put(&out, c.data, (size_t)(p - c.data));
    while (memcmp(p, "startxref", 9)) {
        Stream s;
        assert_true(stream_at(&c, p, &s));
        offset[s.number] = out.n;
        if (is(get(s.dict, "/Type"), "/XRef")) {
            start = out.n;
            offset[change.moved] += change.moved != 0;
            put_rows(&out, &c, &s, offset);
        } else if (is(get(s.dict, "/Filter"), "/FlateDecode")) {
            assert_true(unpack(&s, &text, &size, &len));
            change_text(&change, text, len);
            put_stream(&out, &s, text, len);
        } else {
            buf_put(&out, p, (size_t)(s.end - p));
        }
        p = s.end;
    }
    assert_true(!change.from || change.n < 0);  /* it was there */
    buf_format(&out, "startxref\n%" PRIu64 "\n%%%%EOF\n", start);
    Diags *d = diags_new(LANG_EN);
    assert_true(output_write(in_folder(name), out.p, out.n, d));
    diags_free(d);
    buf_free(&out);
    free(text);
    free(offset);
    free(c.row);
    munmap((void *)c.data, c.len);
}

static bool sound_after(const char *from, const char *to, int n)
{
    rebuild("changed.pdf", (Change){ .from = from, .to = to, .n = n });
    assert_true(!from || strlen(from) == strlen(to));
    return pdf_check_file(in_folder("changed.pdf"), true);
}

/* ---- tests ---- */

static void what_is_written_is_sound(void **state)
{
    (void)state;
    assert_true(pdf_check_file(in_folder("sound.pdf"), true));
    assert_true(sound_after(NULL, NULL, 0));    /* also when put together here */
}

static void content_in_another_element_is_found(void **state)
{
    (void)state;
    assert_false(sound_after("/K 3>>", "/K 4>>", 20));
    assert_false(sound_after("/MCID 5>>", "/MCID 6>>", 65));
    assert_false(sound_after("/TD<</MCID", "/TH<</MCID", 30));
    assert_false(sound_after("/S/TD/P", "/S/TH/P", 300));
}

static void broken_tree_is_found(void **state)
{
    (void)state;
    assert_false(sound_after("0 R/K[", "1 R/K[", 12));
    assert_false(sound_after("/Limits[0 ", "/Limits[1 ", 0));
    assert_false(sound_after("/Count 64/", "/Count 63/", 0));
    assert_false(sound_after("/StructParents 9\n", "/StructParents 8\n", 0));
    assert_false(sound_after("/StructParent ", "/StructPareXt ", 2));
    assert_false(sound_after("/Next ", "/Nexd ", 3));
}

static void broken_content_is_found(void **state)
{
    (void)state;
    assert_false(sound_after("\nET\n", "\nBT\n", 1));
    assert_false(sound_after("EMC\n", "q q\n", 40));
    assert_false(sound_after("/Artifact<<", "/Artefact<<", 3));
}

static void wrong_offset_is_found(void **state)
{
    (void)state;
    Check c = {0};
    assert_true(open_file(&c, in_folder("sound.pdf")));
    assert_true(read_end(&c));
    uint32_t moved = c.size - 20;
    while (row_at(&c, moved).kind != 1)
        moved--;
    rebuild("moved.pdf", (Change){ .moved = (int)moved });
    assert_false(pdf_check_file(in_folder("moved.pdf"), true));
    free(c.row);
    munmap((void *)c.data, c.len);
}

static void other_files_are_refused(void **state)
{
    (void)state;
    Diags *d = diags_new(LANG_EN);
    char zeros[200] = "%PDF-1.7\n%";
    assert_true(output_write(in_folder("other.pdf"), zeros, sizeof zeros, d));
    assert_false(pdf_check_file(in_folder("other.pdf"), true));
    assert_false(pdf_check_file(in_folder("absent.pdf"), true));
    diags_free(d);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_written_is_sound),
        cmocka_unit_test(content_in_another_element_is_found),
        cmocka_unit_test(broken_tree_is_found),
        cmocka_unit_test(broken_content_is_found),
        cmocka_unit_test(wrong_offset_is_found),
        cmocka_unit_test(other_files_are_refused),
    };
    messages = fopen("/dev/null", "w"); /* its findings are what is asked for here */
    return cmocka_run_group_tests(tests, set_up, folder_tear_down);
}
