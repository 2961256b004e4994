/* SPDX-License-Identifier: MIT */
/* Text in a PDF: every glyph stands where layout put it, and reads as what it means. */
#include "pdf_reader.h"

#include <math.h>

#include "pdf_everything.h"

static const PdfOptions options = { .producer = "test", .title = "próba", .language = "pl" };

static Reader *write_and_read(const char *name, Sample *s)
{
    Diags *d = diags_new(LANG_EN);
    bool ok = write_pdf(name, &options, s, 1, d);
    diags_print(d, stderr, &(DiagStyle){0});
    diags_free(d);
    assert_true(ok);
    return reader_open(name);
}

/* ---- a viewer: where each glyph of a content stream lands (ISO 32000-1, 9.4.4) ---- */

typedef struct { double x, y; unsigned cid; uint32_t font; } Seen;
typedef struct {
    const Reader *r;
    const char *page;           /* its object */
    double a[6], line[6]; /* text matrix, line matrix: only e, f and the slant differ from 1 */
    double size, scale, spacing, rise;
    uint32_t font;
    double width[65536];        /* of the current font */
    Seen *seen;
    size_t n, room;
} Viewer;

static void set_font(Viewer *v, const char *name)
{
    char key[40];
    snprintf(key, sizeof key, "/%s ", name);
    const char *p = strstr(v->page, key);
    assert_non_null(p);
    v->font = number_of(p + strlen(key));
    const char *kid = value(v->r->object[v->font], "DescendantFonts");
    p = strstr(kid, "/W [");
    assert_non_null(p);
    p += 4;
    for (char *end; *(p += strspn(p, " \n")) != ']'; ) {
        unsigned long cid = strtoul(p, &end, 10);
        for (p = end + strspn(end, " \n["); *(p += strspn(p, " \n")) != ']'; p = end)
            v->width[cid++] = strtod(p, &end);
        p++;
    }
}

static void show_hex(Viewer *v, const char *p)
{
    for (; *p != '>'; p += 4) {
        unsigned cid;
        assert_int_equal(sscanf(p, "%4x", &cid), 1);
        assert_true(v->n < v->room);
        v->seen[v->n++] = (Seen){ v->a[4] + v->rise * v->a[2], v->a[5] + v->rise, cid, v->font };
        v->a[4] += (v->width[cid] / 1000 * v->size + v->spacing) * v->scale;
    }
}

static void show_array(Viewer *v, const char *p)
{
    for (p++; *p != ']'; ) {
        char *end;
        if (*p == '<') {
            show_hex(v, p + 1);
            p = strchr(p, '>') + 1;
        } else {
            v->a[4] -= strtod(p, &end) / 1000 * v->size * v->scale;
            assert_ptr_not_equal(p, end);
            p = end;
        }
    }
}

static void move_line(Viewer *v, double x, double y)
{
    v->line[4] += x;
    v->line[5] += y;
    memcpy(v->a, v->line, sizeof v->a);
}

static void operate(Viewer *v, const char *p, size_t len)
{
    const char *op = p + len;
    double n[6] = {0};
    char name[32];
    while (op > p && op[-1] != ' ' && op[-1] != ']')
        op--;
    len -= (size_t)(op - p);
    if (!strncmp(op, "BT", len)) {
        memcpy(v->line, (double[6]){ 1, 0, 0, 1, 0, 0 }, sizeof v->line);
        memcpy(v->a, v->line, sizeof v->a);
    } else if (!strncmp(op, "TJ", len)) {
        show_array(v, p);
    } else if (!strncmp(op, "Tf", len)) {
        assert_int_equal(sscanf(p, "/%31s %lf", name, &v->size), 2);
        set_font(v, name);
    } else if (!strncmp(op, "Td", len)) {
        assert_int_equal(sscanf(p, "%lf %lf", &n[0], &n[1]), 2);
        assert_true(v->line[2] == 0);
        move_line(v, n[0], n[1]);
    } else if (!strncmp(op, "Tm", len)) {
        assert_int_equal(sscanf(p, "%lf %lf %lf %lf %lf %lf", n, n + 1, n + 2, n + 3, n + 4, n + 5),
                         6);
        memcpy(v->line, n, sizeof n);
        memcpy(v->a, n, sizeof n);
    } else if (!strncmp(op, "Tz", len)) {
        v->scale = strtod(p, NULL) / 100;
    } else if (!strncmp(op, "Tc", len)) {
        v->spacing = strtod(p, NULL);
    } else if (!strncmp(op, "Ts", len)) {
        v->rise = strtod(p, NULL);
    }
}

static void view(Viewer *v, uint32_t page, Seen *seen, size_t room)
{
    v->page = v->r->object[page_at(v->r, page)];
    v->scale = 1;
    v->spacing = v->rise = 0;
    v->seen = seen;
    v->room = room;
    v->n = 0;
    for (const char *p = stream_of(follow(v->r, v->page, "Contents")); strncmp(p, "endstream", 9);
         p = strchr(p, '\n') + 1)
        operate(v, p, strcspn(p, "\n"));
}

/* Where a glyph should be, from the item alone, in points. */
static void expected(const LayoutPage *p, const LayoutItem *it, uint32_t glyph, double *x,
                     double *y)
{
    const LayoutText *t = &it->text;
    double em = t->size / 20.0 / t->face->upem, at = 0;
    for (uint32_t i = 0; i < glyph; i++) {
        at += t->glyph[i].advance * em * t->scale / 100 + t->spacing / 20.0;
        at += t->text[t->glyph[i].cluster] == ' ' ? t->space_extra / 2000.0 : 0;
    }
    *x = it->x / 20.0 + at + t->glyph[glyph].dx * em * t->scale / 100;
    *y = (p->height - it->y) / 20.0 + t->glyph[glyph].dy * em;
}

static void compare_page(Viewer *v, const LayoutDoc *l, uint32_t page)
{
    static Seen seen[20000];
    const LayoutPage *p = l->page.p[page];
    size_t n = 0;
    view(v, page, seen, COUNT(seen));
    for (size_t i = 0; i < p->item.n; i++) {
        if (p->item.p[i].kind != ITEM_TEXT)
            continue;
        for (uint32_t k = 0; k < p->item.p[i].text.n_glyph; k++, n++) {
            double x, y;
            expected(p, &p->item.p[i], k, &x, &y);
            assert_true(n < v->n);
            if (fabs(seen[n].x - x) > 0.0011 || fabs(seen[n].y - y) > 0.0011)
                fail_msg("page %u, item %zu, glyph %u: %.4f %.4f, not %.4f %.4f", page, i, k,
                         seen[n].x, seen[n].y, x, y);
        }
    }
    assert_int_equal(n, v->n);
}

static void every_glyph_stands_where_layout_put_it(void **state)
{
    (void)state;
    Sample s = sample_everything();
    Viewer *v = mem_new(sizeof *v);
    v->r = write_and_read("places.pdf", &s);
    for (uint32_t i = 0; i < s.l->page.n; i++)
        compare_page(v, s.l, i);
    reader_free((Reader *)v->r);
    free(v);
    sample_free(&s);
}

static void long_lines_do_not_drift(void **state)
{
    (void)state;
    static const int32_t size[] = { 80, 113, 240, 397, 960 };
    char *text = mem_new(4001);
    for (int i = 0; i < 4000; i++)
        text[i] = "AVATAR nn nn "[i % 13];
    for (int k = 0; k < 5; k++) {
        Sample s = sample_new("próba");
        sample_page(&s);
        s.size = size[k];
        s.space_extra = k == 3 ? 13 : 777;      /* the one cannot be seen at a single space */
        s.spacing = k == 1 ? 7 : 0;
        s.scale = k == 2 ? 83 : 100;
        s.face = face_open(LATO);               /* 2000 units to the em, others 2048 */
        sample_say(&s, sample_root(&s, ROLE_P), LEFT, 2000, text);
        Viewer *v = mem_new(sizeof *v);
        v->r = write_and_read("long.pdf", &s);
        compare_page(v, s.l, 0);
        reader_free((Reader *)v->r);
        free(v);
        sample_free(&s);
    }
    free(text);
}

/* ---- meaning ---- */

static char *text_of(const char *name)
{
    char path[300];
    size_t len;
    snprintf(path, sizeof path, "%s", in_folder(name));
    assert_int_equal(run("pdftotext -raw %s %s.txt", path, path), 0);
    snprintf(path + strlen(path), sizeof path - strlen(path), ".txt");
    return slurp(path, &len);
}

static void assert_text(const char *name, const char *expected_text)
{
    char *p = text_of(name);
    assert_non_null(p);
    if (!strstr(p, expected_text))
        fail_msg("%s lacks \"%s\": %s", name, expected_text, p);
    free(p);
}

/* Replaces the glyphs of the last item by those of another text, all in one cluster. */
static void pretend(Sample *s, const char *text)
{
    LayoutText *t = &s->p->item.p[s->p->item.n - 1].text;
    TextGlyph *g = (TextGlyph *)t->glyph;
    for (uint32_t i = 0; i < t->n_glyph; i++)
        g[i].cluster = 0;
    t->text = text;
    t->len = (uint32_t)strlen(text);
}

static void glyphs_of_a_decomposed_letter_read_as_letter_and_mark(void **state)
{
    (void)state;
    Sample s = sample_new("próba");
    LayoutNode *p;
    sample_page(&s);
    p = sample_root(&s, ROLE_P);
    sample_say(&s, p, LEFT, 2000, "ab");
    pretend(&s, "\u017a");              /* ź in two glyphs */
    Reader *r = write_and_read("decomposed.pdf", &s);
    for (uint32_t i = 1; i < r->n; i++)
        assert_null(r->object[i] ? value(r->object[i], "ActualText") : NULL);
    assert_text("decomposed.pdf", "z\u0301");
    reader_free(r);
    sample_free(&s);
}

static void ligature_reads_as_its_letters(void **state)
{
    (void)state;
    Sample s = sample_new("próba");
    sample_page(&s);
    sample_say(&s, sample_root(&s, ROLE_P), LEFT, 2000, "a");
    pretend(&s, "ffi");
    reader_free(write_and_read("ligature.pdf", &s));
    assert_text("ligature.pdf", "ffi");
    sample_free(&s);
}

static void cluster_that_no_code_can_express_becomes_a_span(void **state)
{
    (void)state;
    Sample s = sample_new("próba");
    sample_page(&s);
    LayoutNode *p = sample_root(&s, ROLE_P);
    int32_t x = LEFT + sample_say(&s, p, LEFT, 2000, "przed ");
    x += sample_say(&s, p, x, 2000, "abc");
    pretend(&s, "\u1e9e");                      /* one letter in three glyphs, that has no parts */
    sample_say(&s, p, x, 2000, " po");
    LayoutNode *q = sample_root(&s, ROLE_P);
    sample_box(&s, q, ARTIFACT_LAYOUT, LEFT, 3000, 100, 100);
    sample_say(&s, q, LEFT, 3300, "de"); /* the same where text and graphics share the content */
    pretend(&s, "\u1e9e");
    Reader *r = write_and_read("span.pdf", &s);
    size_t n = 0;
    for (uint32_t i = 1; i < r->n; i++)
        if (r->object[i] && value(r->object[i], "ActualText")) {
            assert_string_equal(value(r->object[i], "ActualText"), "<feff1e9e>");
            assert_string_equal(value(r->object[i], "S"), "/Span");
            n++;
        }
    assert_int_equal(n, 2);
    reader_free(r);
    char path[300];
    snprintf(path, sizeof path, "%s", in_folder("span.pdf"));
    assert_int_equal(
        run("pdfinfo -struct-text %s | tr -d '\\n ' | grep -q 'P(block)\"przed\"Span(inline)'",
            path),
        0);
    sample_free(&s);
}

static void characters_forbidden_in_to_unicode_are_replaced(void **state)
{
    (void)state;
    Sample s = sample_new("próba");
    sample_page(&s);
    LayoutNode *p = sample_root(&s, ROLE_P);
    sample_say(&s, p, LEFT, 2000, "a");
    pretend(&s, "\ufeff");
    sample_say(&s, p, 3000, 2000, "b");
    pretend(&s, "\t");
    Reader *r = write_and_read("forbidden.pdf", &s);
    bool found = false;
    for (uint32_t i = 1; i < r->n; i++) {
        const char *unicode = r->object[i] ? follow(r, r->object[i], "ToUnicode") : NULL;
        if (!unicode)
            continue;
        found = true;
        assert_non_null(strstr(stream_of(unicode), "<0001><2060>\n<0002><0020>\n"));
    }
    assert_true(found);
    reader_free(r);
    sample_free(&s);
}

static void private_codes_never_reach_the_file(void **state)
{
    (void)state;
    Diags *d = diags_new(LANG_EN);
    Sample s = sample_new("próba");
    sample_page(&s);
    LayoutNode *item = sample_node(&s, sample_root(&s, ROLE_L), ROLE_LI);
    sample_say(&s, sample_node(&s, item, ROLE_LBL), LEFT, 2000, "x");
    pretend(&s, "\uf0b7");
    sample_say(&s, sample_node(&s, item, ROLE_LBODY), LEFT + 300, 2000, "punkt");
    sample_say(&s, sample_root(&s, ROLE_P), LEFT, 2300, "y");
    pretend(&s, "\U000f0001");
    assert_true(write_pdf("private.pdf", &options, &s, 1, d));
    assert_int_equal(diags_count(d, SEV_WARNING), 1); /* for the paragraph, not for the bullet */
    assert_text("private.pdf", "• punkt\n\ufffd");
    sample_free(&s);
    diags_free(d);
}

static void cff_face_keeps_two_meanings_of_one_glyph_apart(void **state)
{
    (void)state;
    Sample s = sample_new("próba");
    sample_page(&s);
    if (!(s.face = face_open(LIBERTINE)))
        skip();
    LayoutNode *p = sample_root(&s, ROLE_P);
    sample_say(&s, p, LEFT, 2000, "biało-czerwony Konstan-");
    sample_say(&s, p, 6000, 2000, "-");
    s.p->item.p[s.p->item.n - 1].text.soft_hyphen = true;
    sample_say(&s, p, LEFT, 2300, "Zażółć");    /* new glyphs, after the second font was begun */
    Reader *r = write_and_read("cff.pdf", &s);
    size_t fonts = 0;
    for (uint32_t i = 1; i < r->n; i++)
        fonts += r->object[i] && str_equal(value(r->object[i], "Subtype"), "/Type0");
    assert_int_equal(fonts, 2);
    assert_int_equal(run("test $(pdffonts %s | wc -l) = 4", in_folder("cff.pdf")), 0);
    assert_text("cff.pdf", "biało-czerwony Konstan-");
    assert_text("cff.pdf", "\u00ad");
    reader_free(r);
    sample_free(&s);
}

static void more_codes_than_a_font_has_go_on_in_another(void **state)
{
    (void)state;
    enum { PAIRS = 70000, RUN = 700 };
    Sample s = sample_new("próba");
    sample_page(&s);
    LayoutNode *p = sample_root(&s, ROLE_P);
    char letters[RUN + 1];
    memset(letters, 'x', RUN);
    letters[RUN] = 0;
    for (int i = 0; i < PAIRS / RUN; i++) {
        Buf b = {0};
        sample_say(&s, p, LEFT, 2000, letters);
        LayoutText *t = &s.p->item.p[s.p->item.n - 1].text;
        for (int k = 0; k < RUN; k++) {         /* another text for each glyph */
            ((TextGlyph *)t->glyph)[k].cluster = (uint32_t)b.n;
            buf_utf8(&b, 0x10000 + (uint32_t)(i * RUN + k));
        }
        t->text = arena_dup(s.l->arena, b.p, b.n);
        t->len = (uint32_t)b.n;
        buf_free(&b);
    }
    Reader *r = write_and_read("codes.pdf", &s);
    size_t fonts = 0;
    for (uint32_t i = 1; i < r->n; i++)
        fonts += r->object[i] && str_equal(value(r->object[i], "Subtype"), "/Type0");
    assert_int_equal(fonts, 2);
    reader_free(r);
    sample_free(&s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_glyph_stands_where_layout_put_it),
        cmocka_unit_test(long_lines_do_not_drift),
        cmocka_unit_test(glyphs_of_a_decomposed_letter_read_as_letter_and_mark),
        cmocka_unit_test(ligature_reads_as_its_letters),
        cmocka_unit_test(cluster_that_no_code_can_express_becomes_a_span),
        cmocka_unit_test(characters_forbidden_in_to_unicode_are_replaced),
        cmocka_unit_test(private_codes_never_reach_the_file),
        cmocka_unit_test(cff_face_keeps_two_meanings_of_one_glyph_apart),
        cmocka_unit_test(more_codes_than_a_font_has_go_on_in_another),
    };
    return cmocka_run_group_tests(tests, folder_set_up, folder_tear_down);
}
