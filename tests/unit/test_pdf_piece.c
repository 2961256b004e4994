/* SPDX-License-Identifier: MIT */
/* Documents made by one process for the file of another. */
#include "pdf_reader.h"

#include "pdf_everything.h"

static const PdfOptions options = {
    .producer = "test", .title = "Zaświadczenia", .language = "pl", .parts = true
};
static TextFonts *fonts;
static OdfPicture logo;

static int set_up(void **state)
{
    Diags *d = diags_new(LANG_EN);
    fonts = text_fonts_open(NULL, d);
    static const char *const family[] = { "Liberation Serif", "DejaVu Sans", "Linux Libertine O" };
    for (size_t i = 0; fonts && i < COUNT(family); i++)
        for (unsigned weight = 400; weight <= 700; weight += 300)
            text_face(fonts, family[i], weight, false, false, NULL);
    diags_free(d);
    logo = sample_jpeg(jpeg_rgb, sizeof jpeg_rgb, 3);
    return fonts ? folder_set_up(state) : -1;
}

static int tear_down(void **state)
{
    text_fonts_free(fonts);
    return folder_tear_down(state);
}

typedef struct { PdfCache *worker; Output *out; PdfFile *f; Diags *d; } Two;

static Two two_open(const char *name)
{
    Two t = { .worker = pdf_cache_new(), .d = diags_new(LANG_EN) };
    t.out = output_open(in_folder(name), t.d);
    t.f = pdf_begin(t.out, &options);
    return t;
}

static bool make(Two *t, const LayoutDoc *l, Buf *piece)
{
    PdfOptions o = options;
    o.cache = t->worker;
    return pdf_piece(&o, l, piece, t->d);
}

static bool place(Two *t, Buf *piece)
{
    bool good = pdf_place(t->f, fonts, piece->p, piece->n, t->d);
    buf_free(piece);
    return good;
}

static void two_close(Two *t, bool sound)
{
    if (sound) {
        assert_true(pdf_end(t->f, t->d));
        assert_true(output_commit(t->out, t->d));
    } else {
        pdf_abort(t->f);
        output_abort(t->out);
    }
    pdf_cache_free(t->worker);
    diags_free(t->d);
}

static void pieces_and_documents_say_the_same(void **state)
{
    (void)state;
    Two t = two_open("pieces.pdf");
    Sample s[3] = { sample_certificate(1, &logo), sample_everything(),
                    sample_certificate(2, &logo) };
    for (int i = 0; i < 3; i++) {
        Buf piece = {0};
        assert_true(make(&t, s[i].l, &piece));
        assert_true(place(&t, &piece));
    }
    two_close(&t, true);
    Diags *d = diags_new(LANG_EN);
    assert_true(write_pdf("documents.pdf", &options, s, 3, d));
    diags_free(d);
    assert_int_equal(run("cd %s; qpdf --check pieces.pdf >check; for f in pieces documents; do"
                         " pdftotext $f.pdf $f.text; pdfinfo -struct-text $f.pdf >$f.tree;"
                         " pdftoppm -r 40 $f.pdf $f; done;"
                         " for x in .text .tree -1.ppm -4.ppm; do cmp pieces$x documents$x; done",
                         in_folder("")), 0);
    for (int i = 0; i < 3; i++)
        sample_free(&s[i]);
}

/* A picture goes along until the file is sure to keep it.  When the piece that was to take it came
 * to nothing, the next one must. */
static void a_document_that_fails_takes_no_picture_away(void **state)
{
    (void)state;
    Two t = two_open("failed.pdf");
    Sample bad = sample_certificate(1, &logo), good = sample_certificate(2, &logo);
    Buf piece = {0};
    sample_page(&bad);
    sample_say(&bad, sample_root(&bad, ROLE_P), LEFT, 2000, "Tekst.");
    ((TextGlyph *)bad.p->item.p[bad.p->item.n - 1].text.glyph)[2].glyph = 0;
    assert_true(make(&t, good.l, &piece));
    assert_true(place(&t, &piece));
    assert_false(make(&t, bad.l, &piece));
    buf_free(&piece);
    assert_true(make(&t, good.l, &piece));
    assert_true(pdf_end(t.f, t.d));
    t.f = pdf_begin(t.out, &options);           /* knows no picture yet */
    assert_true(place(&t, &piece));
    two_close(&t, true);
    sample_free(&bad);
    sample_free(&good);
}

/* What a dead process was to make goes to another, whose later pieces were made before. */
static void pieces_out_of_their_order_are_made_afresh(void **state)
{
    (void)state;
    Two t = two_open("order.pdf");
    Sample s = sample_certificate(2, &logo);
    Buf later[2] = {{0}}, earlier = {0}, last = {0};
    assert_true(make(&t, s.l, &later[0]));
    assert_true(make(&t, s.l, &later[1]));
    pdf_piece_afresh(t.worker);
    assert_true(make(&t, s.l, &earlier));
    assert_true(make(&t, s.l, &last));
    assert_true(last.n < earlier.n);
    assert_true(place(&t, &earlier));
    assert_true(place(&t, &later[0]));
    assert_true(place(&t, &later[1]));
    assert_true(place(&t, &last));
    two_close(&t, true);
    assert_int_equal(run("test $(qpdf --json %s | grep -c '\"/Subtype\": \"/Image\"') = 1",
                         in_folder("order.pdf")), 0);
    sample_free(&s);
}

static void damaged_pieces_are_refused_and_nothing_breaks(void **state)
{
    (void)state;
    Two t = two_open("unused.pdf");
    Sample s = sample_certificate(1, &logo);
    Buf piece = {0};
    assert_true(make(&t, s.l, &piece));
    two_close(&t, false);
    for (size_t n = 0; n < piece.n; n += n < 400 ? 1 : 97) {
        Buf cut = {0};
        t = two_open("cut.pdf");
        buf_put(&cut, piece.p, n);
        assert_false(place(&t, &cut));
        two_close(&t, false);
    }
    for (size_t n = 0; n < piece.n; n += 13) {
        Buf other = {0};
        t = two_open("other.pdf");
        buf_put(&other, piece.p, piece.n);
        other.p[n] = (char)(other.p[n] ^ (n & 1 ? 0x80 : 1));
        bool taken = place(&t, &other);
        (void)taken;            /* a changed colour is not to be noticed here */
        two_close(&t, false);
    }
    buf_free(&piece);
    sample_free(&s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pieces_and_documents_say_the_same),
        cmocka_unit_test(a_document_that_fails_takes_no_picture_away),
        cmocka_unit_test(pieces_out_of_their_order_are_made_afresh),
        cmocka_unit_test(damaged_pieces_are_refused_and_nothing_breaks),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
