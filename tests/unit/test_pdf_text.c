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
    double a[6], line[6];       /* text matrix, line matrix */
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

static const char *literal_end(const char *p)
{
    int depth = 0;
    for (;; p++) {
        if (*p == '\\')
            p++;
        else if (*p == '(')
            depth++;
        else if (*p == ')' && !--depth)
            return p + 1;
    }
}

/* A token of a content stream: its start; *end is behind it.  A string is one token. */
static const char *token(const char *p, const char **end)
{
    p += strspn(p, " \n");
    if (*p == '(')
        *end = literal_end(p);
    else if (*p == '<' && p[1] != '<')
        *end = strchr(p, '>') + 1;
    else if (*p == '[' || *p == ']')
        *end = p + 1;
    else if (*p == '<' || *p == '>')
        *end = p + 2;
    else
        *end = p + 1 + strcspn(p + 1, " \n<>[]()/");
    return p;
}

/* The bytes of a string, written in either way. */
static size_t string_bytes(const char *p, const char *end, unsigned char *out)
{
    size_t n = 0;
    unsigned byte;
    if (*p == '<') {
        for (p++; p < end - 1; p += 2) {
            assert_int_equal(sscanf(p, "%2x", &byte), 1);
            out[n++] = (unsigned char)byte;
        }
        return n;
    }
    for (p++; p < end - 1; p++) {
        static const char letter[] = "nrtbf", meant[] = "\n\r\t\b\f";
        if (*p == '\\' && p[1] >= '0' && p[1] <= '7') {
            assert_int_equal(sscanf(p + 1, "%3o", &byte), 1);
            out[n++] = (unsigned char)byte;
            p += 3;
        } else if (*p == '\\') {
            const char *known = strchr(letter, *++p);
            out[n++] = (unsigned char)(known ? meant[known - letter] : *p);
        } else {
            out[n++] = (unsigned char)*p;
        }
    }
    return n;
}

static void along(Viewer *v, double by)
{
    v->a[4] += by * v->a[0];
    v->a[5] += by * v->a[1];
}

static void show_string(Viewer *v, const char *p, const char *end)
{
    static unsigned char bytes[1 << 17];
    assert_true((size_t)(end - p) < sizeof bytes);
    size_t n = string_bytes(p, end, bytes);
    assert_int_equal(n % 2, 0);
    for (size_t i = 0; i < n; i += 2) {
        unsigned cid = (unsigned)bytes[i] << 8 | bytes[i + 1];
        assert_true(v->n < v->room);
        v->seen[v->n++] = (Seen){ v->a[4] + v->rise * v->a[2], v->a[5] + v->rise * v->a[3], cid,
                                  v->font };
        along(v, (v->width[cid] / 1000 * v->size + v->spacing) * v->scale);
    }
}

static void show_array(Viewer *v, const char *p)
{
    const char *end;
    for (p = token(p + 1, &end); *p != ']'; p = token(end, &end)) {
        if (*p == '<' || *p == '(')
            show_string(v, p, end);
        else
            along(v, -strtod(p, NULL) / 1000 * v->size * v->scale);
    }
}

static void move_line(Viewer *v, double x, double y)
{
    v->line[4] += x;
    v->line[5] += y;
    memcpy(v->a, v->line, sizeof v->a);
}

/* p: its operands. */
static void operate(Viewer *v, const char *p, const char *op, size_t len)
{
    double n[6] = {0};
    char name[32];
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
        assert_true(v->line[0] == 1 && v->line[1] == 0 && v->line[2] == 0);
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
    const char *p = stream_of(follow(v->r, v->page, "Contents")), *operands = NULL, *end;
    for (p = token(p, &end); strncmp(p, "endstream", 9); p = token(end, &end)) {
        if (!operands)
            operands = p;
        if ((*p < 'A' || *p > 'Z') && (*p < 'a' || *p > 'z'))
            continue;
        operate(v, operands, p, (size_t)(end - p));
        operands = NULL;
    }
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
    double turn = t->turn * 3.14159265358979 / 180, dy = 0;
    if (t->offset) {
        dy = t->offset[glyph].dy * em;
        at += t->offset[glyph].dx * em * t->scale / 100;
    }
    *x = it->x / 20.0 + at * cos(turn) - dy * sin(turn);
    *y = (p->height - it->y) / 20.0 + at * sin(turn) + dy * cos(turn);
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
        const LayoutText *t = &p->item.p[i].text;
        for (uint32_t j = 0; j < t->n_glyph; j++, n++) {
            double x, y;
            uint32_t k = t->rtl ? t->n_glyph - 1 - j : j;       /* in the order of reading */
            expected(p, &p->item.p[i], k, &x, &y);
            assert_true(n < v->n);
            /* the numbers of a matrix have three decimals */
            double near = t->turn % 90 ? 0.02 : 0.0011;
            if (fabs(seen[n].x - x) > near || fabs(seen[n].y - y) > near)
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

static void turned_text_stands_on_its_own_line(void **state)
{
    (void)state;
    static const int16_t turn[] = { 0, 90, 0, 45, 45, 270, 0 };
    Sample s = sample_new("próba");
    sample_page(&s);
    LayoutNode *p = sample_root(&s, ROLE_P);
    for (size_t i = 0; i < COUNT(turn); i++) {
        sample_say(&s, p, LEFT + 1000, 5000, "AVATAR dwa");
        s.p->item.p[s.p->item.n - 1].text.turn = turn[i];
    }
    Viewer *v = mem_new(sizeof *v);
    v->r = write_and_read("turned.pdf", &s);
    compare_page(v, s.l, 0);
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
    sample_say(&s, q, LEFT, 3600, "fgh");       /* and from right to left */
    pretend(&s, "\u1e9e");
    s.p->item.p[s.p->item.n - 1].text.rtl = true;
    Reader *r = write_and_read("span.pdf", &s);
    size_t n = 0;
    for (uint32_t i = 1; i < r->n; i++)
        if (r->object[i] && value(r->object[i], "ActualText")) {
            assert_string_equal(value(r->object[i], "ActualText"), "<feff1e9e>");
            assert_string_equal(value(r->object[i], "S"), "/Span");
            n++;
        }
    assert_int_equal(n, 3);
    reader_free(r);
    char path[300];
    snprintf(path, sizeof path, "%s", in_folder("span.pdf"));
    assert_int_equal(
        run("pdfinfo -struct-text %s | tr -d '\\n ' | grep -q 'P(block)\"przed\"Span(inline)'",
            path),
        0);
    sample_free(&s);
}

static void right_to_left_text_is_in_the_order_of_reading(void **state)
{
    (void)state;
    Sample s = sample_new("próba");
    sample_page(&s);
    s.face = face_open("/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf");
    s.language = "he";
    LayoutNode *p = sample_root(&s, ROLE_P);
    sample_say(&s, p, LEFT, 2000, "שלום עולם");
    reader_free(write_and_read("rtl.pdf", &s));
    char path[300];
    snprintf(path, sizeof path, "%s", in_folder("rtl.pdf"));
    assert_int_equal(run("pdfinfo -struct-text %s | grep -q '\"שלום עולם\"'", path), 0);
    assert_int_equal(run("pdftotext %s - | grep -q 'שלום עולם'", path), 0);
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
        assert_non_null(strstr(stream_of(unicode), "<01F0><2060>\n<01F1><0020>\n"));
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
        cmocka_unit_test(turned_text_stands_on_its_own_line),
        cmocka_unit_test(long_lines_do_not_drift),
        cmocka_unit_test(glyphs_of_a_decomposed_letter_read_as_letter_and_mark),
        cmocka_unit_test(ligature_reads_as_its_letters),
        cmocka_unit_test(cluster_that_no_code_can_express_becomes_a_span),
        cmocka_unit_test(right_to_left_text_is_in_the_order_of_reading),
        cmocka_unit_test(characters_forbidden_in_to_unicode_are_replaced),
        cmocka_unit_test(private_codes_never_reach_the_file),
        cmocka_unit_test(cff_face_keeps_two_meanings_of_one_glyph_apart),
        cmocka_unit_test(more_codes_than_a_font_has_go_on_in_another),
    };
    return cmocka_run_group_tests(tests, folder_set_up, folder_tear_down);
}
