/* SPDX-License-Identifier: MIT */
/* A PDF with every kind of structure: what veraPDF does not see (pdf-recipes.md, 12) holds too. */
#include "pdf_reader.h"

#include "pdf_everything.h"

static Reader *all;
static const PdfOptions options = { .producer = "test",
                                    .title = "Zażółć <gęślą> & jaźń",
                                    .language = "pl-PL",
                                    .subject = "próba",
                                    .date = "2011-12-16T10:00:00+01:00" };

static int set_up(void **state)
{
    if (folder_set_up(state))
        return -1;
    Diags *d = diags_new(LANG_EN);
    Sample s = sample_everything();
    bool ok = write_pdf("everything.pdf", &options, &s, 1, d);
    diags_print(d, stderr, &(DiagStyle){0});
    sample_free(&s);
    diags_free(d);
    all = ok ? reader_open("everything.pdf") : NULL;
    return ok ? 0 : -1;
}

static int tear_down(void **state)
{
    if (all)
        reader_free(all);
    return folder_tear_down(state);
}

static bool is_element(const char *object)
{
    return object && value(object, "S") && value(object, "P") && !value(object, "Type");
}

/* ---- the file ---- */

static void catalog_says_what_the_standards_ask(void **state)
{
    (void)state;
    const char *catalog = catalog_of(all);
    assert_string_equal(value(catalog, "Lang"), "(pl-PL)");
    assert_non_null(strstr(value(catalog, "MarkInfo"), "/Marked true"));
    assert_non_null(strstr(value(catalog, "ViewerPreferences"), "/DisplayDocTitle true"));
    assert_non_null(strstr(value(catalog, "OutputIntents"), "/OutputConditionIdentifier (sRGB)"));
    assert_non_null(strstr(value(catalog, "OutputIntents"), "/S /GTS_PDFA1"));
    const char *xmp = stream_of(follow(all, catalog, "Metadata"));
    assert_non_null(strstr(xmp, "<?xpacket begin=\"\xef\xbb\xbf\" id="));
    assert_non_null(strstr(xmp, "<?xpacket end=\"w\"?>"));
    assert_non_null(strstr(xmp, "x-default\">Zażółć &lt;gęślą&gt; &amp; jaźń</rdf:li>"));
}

static void file_is_of_version_1_7_and_names_itself_by_its_content(void **state)
{
    (void)state;
    size_t len;
    char *p = slurp(in_folder("everything.pdf"), &len);
    assert_memory_equal(p, "%PDF-1.7\n%", 10);
    const char *id = NULL;
    for (size_t i = 0; i + 4 < len; i++)
        if (!memcmp(p + i, "/ID[", 4))
            id = p + i + 4;
    assert_non_null(id);
    assert_memory_equal(id, id + 34, 34);       /* two equal strings of 16 bytes */
    assert_memory_equal(p + len - 6, "%%EOF\n", 6);
    free(p);
}

static void same_document_gives_the_same_bytes_with_and_without_a_cache(void **state)
{
    (void)state;
    Diags *d = diags_new(LANG_EN);
    PdfOptions o = options;
    o.cache = pdf_cache_new();
    for (int i = 0; i < 25; i++) {      /* long enough for the cache to prepare its faces */
        Sample s = sample_everything();
        assert_true(write_pdf("again.pdf", &o, &s, 1, d));
        sample_free(&s);
        char a[300];
        snprintf(a, sizeof a, "%s", in_folder("again.pdf"));
        assert_int_equal(run("cmp %s %s", a, in_folder("everything.pdf")), 0);
    }
    pdf_cache_free(o.cache);
    diags_free(d);
}

static const char certificate_name[] = "certificate.pdf";

static char *certificate_bytes(unsigned number, const PdfOptions *o, size_t *len)
{
    Diags *d = diags_new(LANG_EN);
    Sample s = sample_certificate(number, NULL);
    assert_true(write_pdf(certificate_name, o, &s, 1, d));
    sample_free(&s);
    diags_free(d);
    return slurp(in_folder(certificate_name), len);
}

static void bytes_do_not_depend_on_what_was_written_before(void **state)
{
    (void)state;
    enum { RECORDS = 300 };             /* more sets of glyphs than the cache keeps */
    PdfOptions o = options;
    o.cache = pdf_cache_new();
    for (unsigned i = 0; i < RECORDS; i++)
        free(certificate_bytes(i * 977 + 1, &o, &(size_t){0}));
    for (unsigned i = 0; i < 20; i++) {
        size_t len[2];
        char *alone = certificate_bytes(i * 977 + 1, &options, &len[0]);
        char *after = certificate_bytes(i * 977 + 1, &o, &len[1]);
        assert_int_equal(len[0], len[1]);
        assert_memory_equal(alone, after, len[0]);
        free(alone);
        free(after);
    }
    pdf_cache_free(o.cache);
}

/* Pages of different length, a picture on some, so that streams of all kinds follow each other. */
static Sample long_document(Arena *a, unsigned pages)
{
    Sample s = sample_new("Raport");
    OdfPicture *picture = ARENA_ARRAY(a, OdfPicture, pages);
    for (unsigned i = 0; i < pages; i++) {
        sample_page(&s);
        LayoutNode *p = sample_root(&s, ROLE_P);
        char text[40];
        for (unsigned k = 0; k < i * 37 % 100 + 1; k++) {
            snprintf(text, sizeof text, "wiersz %u strony %u", k, i);
            sample_say(&s, p, 1000, 1000 + 120 * (int)k, text);
        }
        if (i % 10 == 3) {
            picture[i] = sample_png(a, 2 + i % 2, true);
            LayoutNode *figure = sample_root(&s, ROLE_FIGURE);
            figure->alt = "obraz";
            sample_image(&s, figure, &picture[i], 5000, 1000, 800, 800);
        }
    }
    return s;
}

static void a_thread_beside_changes_no_byte(void **state)
{
    (void)state;
    static const unsigned pages[] = { 15, 16, 17, 40, 150 };
    Diags *d = diags_new(LANG_EN);
    for (size_t i = 0; i < COUNT(pages); i++) {
        char *bytes[2];
        size_t len[2];
        for (int beside = 0; beside < 2; beside++) {
            Arena *a = arena_new();
            Sample s = long_document(a, pages[i]);
            PdfOptions o = options;
            o.beside = beside;
            assert_true(write_pdf("long.pdf", &o, &s, 1, d));
            bytes[beside] = slurp(in_folder("long.pdf"), &len[beside]);
            sample_free(&s);
            arena_free(a);
        }
        assert_int_equal(len[0], len[1]);
        assert_memory_equal(bytes[0], bytes[1], len[0]);
        free(bytes[0]);
        free(bytes[1]);
        assert_int_equal(run("qpdf --check %s >/dev/null", in_folder("long.pdf")), 0);
    }
    diags_free(d);
}

/* What the thread still holds is forgotten. */
static void a_long_document_can_be_given_up(void **state)
{
    (void)state;
    Diags *d = diags_new(LANG_EN);
    Arena *a = arena_new();
    Sample s = long_document(a, 60);
    PdfOptions o = options;
    o.beside = true;
    Output *out = output_open(in_folder("given-up.pdf"), d);
    PdfFile *f = pdf_begin(out, &o);
    assert_true(pdf_add(f, s.l, d));
    pdf_abort(f);
    output_abort(out);
    assert_int_equal(run("test ! -e %s", in_folder("given-up.pdf")), 0);
    sample_free(&s);
    arena_free(a);
    diags_free(d);
}

static void information_has_title_and_dates(void **state)
{
    (void)state;
    size_t len;
    assert_int_equal(
        run("pdfinfo %s > %s.info", in_folder("everything.pdf"), in_folder("everything.pdf")), 0);
    char *p = slurp(in_folder("everything.pdf.info"), &len);
    assert_non_null(strstr(p, "Title:           Zażółć <gęślą> & jaźń\n"));
    assert_non_null(strstr(p, "Tagged:          yes\n"));
    assert_non_null(strstr(p, "Fri Dec 16"));
    free(p);
}

static void page_labels_follow_the_layout(void **state)
{
    (void)state;
    const char *labels = follow(all, catalog_of(all), "PageLabels");
    assert_non_null(labels);
    bool found = false;
    for (uint32_t i = 1; i < all->n; i++) {
        const char *nums = value(all->object[i], "Nums");
        if (nums && strstr(nums, "/P (i)")) {
            found = true;
            assert_non_null(strstr(nums, "/S /D"));
            assert_non_null(strstr(nums, "/St 1"));
        }
    }
    assert_true(found);
}

/* ---- marked content against the structure tree ---- */

typedef struct { uint32_t number; char tag[16]; } Mark;

/* Reads the marks of a content stream; nesting of BT and BDC is checked on the way. */
static size_t read_marks(const char *p, Mark *mark, size_t room)
{
    int open = 0, text = 0, open_in_text = 0;
    size_t n = 0;
    bool artifact = false;
    for (; strncmp(p, "endstream", 9); p = strchr(p, '\n') + 1) {
        size_t len = strcspn(p, "\n");
        if (len >= 3 && !strncmp(p + len - 3, "BDC", 3)) {
            assert_int_equal(open++, 0); /* never one in another: no tagged content in artifacts */
            open_in_text = text;
            artifact = !strncmp(p, "/Artifact<<", 11);
            if (!artifact) {
                assert_true(n < room);
                assert_int_equal(
                    sscanf(p, "/%15[A-Za-z0-9]<</MCID %u", mark[n].tag, &mark[n].number), 2);
                n++;
            }
        } else if (!strncmp(p, "EMC\n", 4)) {
            assert_int_equal(open--, 1);
            assert_int_equal(open_in_text, text);
        } else if (!strncmp(p, "BT\n", 3)) {
            assert_int_equal(text++, 0);
        } else if (!strncmp(p, "ET\n", 3)) {
            assert_int_equal(text--, 1);
            assert_true(!open || !open_in_text);
        } else if (len >= 2 && (!strncmp(p + len - 2, "TJ", 2) || !strncmp(p + len - 2, "Do", 2)
                                || !strncmp(p + len - 2, "re", 2))) {
            assert_int_equal(open, 1);          /* nothing outside of both */
        }
    }
    assert_int_equal(open, 0);
    assert_int_equal(text, 0);
    return n;
}

/* The value of a key in the parent tree: an array or a reference. */
static const char *parent_entry(const Reader *r, uint32_t key)
{
    char start[32];
    snprintf(start, sizeof start, "\n    %u\n    ", key);
    for (uint32_t i = 1; i < r->n; i++) {
        const char *nums = value(r->object[i], "Nums");
        const char *p = nums && value(r->object[i], "Limits") ? strstr(nums, start) : NULL;
        if (p && strncmp(p + strlen(start), "<<", 2))
            return p + strlen(start);
    }
    return NULL;
}

static bool holds_number(const char *element, uint32_t page, uint32_t number)
{
    char plain[40], one[40], other[80];
    const char *kids = value(element, "K");
    snprintf(one, sizeof one, "%u", number);
    snprintf(plain, sizeof plain, "\n    %u\n", number);
    snprintf(other, sizeof other, "/MCID %u\n      /Pg %u 0 R\n", number, page);
    if (!kids)
        return false;
    return ((str_equal(kids, one) || strstr(kids, plain))
            && number_of(value(element, "Pg")) == page)
           || strstr(kids, other);
}

static void every_mark_is_held_by_an_element_of_its_name(void **state)
{
    (void)state;
    for (uint32_t i = 0, page; (page = page_at(all, i)); i++) {
        Mark mark[500];
        const char *object = all->object[page];
        size_t n = read_marks(stream_of(follow(all, object, "Contents")), mark, COUNT(mark));
        const char *entry = parent_entry(all, number_of(value(object, "StructParents")));
        assert_non_null(entry);
        assert_int_equal(*entry, '[');
        for (size_t k = 0; k < n; k++) {
            const char *p = entry + 2;
            for (uint32_t at = 0; at < mark[k].number; at++)
                p = strchr(p, '\n') + 1;
            const char *element = all->object[number_of(p)];
            assert_true(is_element(element));
            assert_string_equal(value(element, "S") + 1, mark[k].tag);
            assert_true(holds_number(element, page, mark[k].number));
        }
        assert_true(n > 3);
    }
}

static void parents_and_kids_name_each_other(void **state)
{
    (void)state;
    size_t elements = 0;
    for (uint32_t i = 1; i < all->n; i++) {
        if (!is_element(all->object[i]))
            continue;
        char own[24];
        const char *parent = all->object[number_of(value(all->object[i], "P"))];
        snprintf(own, sizeof own, "%u 0 R", i);
        assert_non_null(strstr(value(parent, "K"), own));
        elements++;
    }
    assert_true(elements > 100);
}

static void div_that_says_nothing_gets_no_element(void **state)
{
    (void)state;
    Diags *d = diags_new(LANG_EN);
    Sample s = sample_new("próba");
    sample_page(&s);
    LayoutNode *outer = sample_root(&s, ROLE_DIV), *inner = sample_node(&s, outer, ROLE_DIV);
    sample_say(&s, sample_node(&s, inner, ROLE_P), LEFT, 2000, "raz");
    sample_say(&s, sample_node(&s, inner, ROLE_P), LEFT, 2300, "dwa");
    LayoutNode *other = sample_node(&s, outer, ROLE_DIV);
    other->language = "en";
    sample_say(&s, sample_node(&s, other, ROLE_P), LEFT, 2600, "three");
    sample_say(&s, sample_node(&s, outer, ROLE_H1), LEFT, 2900, "cztery");
    assert_true(write_pdf("div.pdf", &options, &s, 1, d));
    sample_free(&s);
    diags_free(d);
    char path[300];
    snprintf(path, sizeof path, "%s", in_folder("div.pdf"));
    assert_int_equal(run("qpdf --check %s", path), 0);
    assert_int_equal(run("pdfinfo -struct-text %s | tr -d ' \n' | grep -q 'DocumentP(block)\"raz\"P"
                         "(block)\"dwa\"DivP(block)\"three\"H1(block)\"cztery\"'",
                         path),
                     0);
}

static void repeated_rows_are_artifacts_of_pagination(void **state)
{
    (void)state;
    Diags *d = diags_new(LANG_EN);
    Sample s = sample_new("próba");
    sample_page(&s);
    sample_text(&s, NULL, ARTIFACT_PAGINATION, LEFT, 2000, "Lp. Nazwa");
    sample_say(&s, sample_root(&s, ROLE_P), LEFT, 2300, "a");
    assert_true(write_pdf("again-rows.pdf", &options, &s, 1, d));
    sample_free(&s);
    diags_free(d);
    Reader *r = reader_open("again-rows.pdf");
    const char *p = stream_of(follow(r, r->object[page_at(r, 0)], "Contents"));
    assert_non_null(strstr(p, "/Artifact<</Type/Pagination>>BDC\n"));
    reader_free(r);
}

/* A triangle of 50 pt at 50, 741.9 (A4 is 841.9 pt high), three times: red, blue and cut to half,
 * red; what is set for the cut one does not hold after it. */
static void a_cut_path_leaves_no_traces(void **state)
{
    (void)state;
    static const LayoutPoint point[] = {
        { POINT_MOVE, 1000, 2000 }, { POINT_LINE, 2000, 2000 }, { POINT_LINE, 2000, 3000 }
    };
    static const int32_t cut[4] = { 1000, 2000, 1500, 2500 };
    Diags *d = diags_new(LANG_EN);
    Sample s = sample_new("a");
    sample_page(&s);
    for (int i = 0; i < 3; i++) {
        LayoutItem *it = sample_box(&s, NULL, ARTIFACT_LAYOUT, 1000, 2000, 1000, 1000);
        it->kind = ITEM_PATH;
        it->color = i == 1 ? 0x0000ff : 0xff0000;
        it->path.point = point;
        it->path.n = COUNT(point);
        it->path.fill = true;
        it->path.cut = i == 1 ? cut : NULL;
    }
    sample_say(&s, sample_root(&s, ROLE_P), LEFT, 5000, "a");
    assert_true(write_pdf("cut.pdf", &options, &s, 1, d));
    sample_free(&s);
    diags_free(d);
    Reader *r = reader_open("cut.pdf");
    const char *p = stream_of(follow(r, r->object[page_at(r, 0)], "Contents"));
#define TRIANGLE "50 741.9 m\n100 741.9 l\n100 691.9 l\nf*\n"
    assert_non_null(strstr(p, "1 0 0 rg\n" TRIANGLE "q\n50 716.9 25 25 re W n\n0 0 1 rg\n" TRIANGLE
                              "Q\n" TRIANGLE));
    reader_free(r);
}

/* A4 is 841.9 pt high: a rule of half a point from 100 down to 100.5 has its middle at 741.65. */
static void thin_boxes_are_strokes_through_their_middle(void **state)
{
    (void)state;
    Diags *d = diags_new(LANG_EN);
    Sample s = sample_new("próba");
    sample_page(&s);
    sample_box(&s, NULL, ARTIFACT_LAYOUT, 1000, 2000, 4000, 10);
    sample_box(&s, NULL, ARTIFACT_LAYOUT, 1000, 2000, 10, 400);
    sample_box(&s, NULL, ARTIFACT_LAYOUT, 1000, 3000, 400, 41);
    sample_say(&s, sample_root(&s, ROLE_P), LEFT, 5000, "a");
    assert_true(write_pdf("thin.pdf", &options, &s, 1, d));
    sample_free(&s);
    diags_free(d);
    Reader *r = reader_open("thin.pdf");
    const char *p = stream_of(follow(r, r->object[page_at(r, 0)], "Contents"));
    assert_non_null(strstr(p, ".5 w\n50 741.65 m\n250 741.65 l\n50.25 741.9 m\n50.25 721.9 l S\n"));
    assert_non_null(strstr(p, "50 689.85 20 2.05 re\nf\n"));
    reader_free(r);
}

/* ---- attributes ---- */

static void check_element(const char *object, const char *role)
{
    const char *a = value(object, "A");
    if (str_equal(role, "/Figure")) {
        assert_non_null(strstr(a, "/BBox"));
        assert_non_null(strstr(a, "/Placement /Block"));
        assert_non_null(value(object, "Alt"));
    } else if (str_equal(role, "/L")) {
        assert_non_null(strstr(a, "/ListNumbering /"));
    } else if (str_equal(role, "/LI")) {
        assert_non_null(strchr(value(object, "K"), '['));       /* Lbl and LBody */
    } else if (str_equal(role, "/TH")) {
        assert_non_null(strstr(a, "/Scope /"));
    } else if (str_equal(role, "/Note")) {
        assert_non_null(value(object, "ID"));
    } else if (str_equal(role, "/P")) {
        assert_non_null(value(object, "K"));
    } else if (str_equal(role, "/Link")) {
        assert_non_null(strstr(value(object, "K"), "/OBJR"));
    }
}

static void elements_have_the_attributes_that_readers_need(void **state)
{
    (void)state;
    for (uint32_t i = 1; i < all->n; i++) {
        char role[24];
        if (!is_element(all->object[i]))
            continue;
        snprintf(role, sizeof role, "%s", value(all->object[i], "S"));
        check_element(all->object[i], role);
    }
    const char *root = follow(all, catalog_of(all), "StructTreeRoot");
    assert_non_null(strstr(value(root, "IDTree"), "/Kids"));
    assert_true(number_of(value(root, "ParentTreeNextKey")) > 5);
    assert_null(parent_entry(all, number_of(value(root, "ParentTreeNextKey"))));
    assert_non_null(parent_entry(all, number_of(value(root, "ParentTreeNextKey")) - 1));
}

static void figure_box_is_where_the_picture_is(void **state)
{
    (void)state;
    /* the first figure: x 1134, y 5600, 1800 x 1200 twips on a page of 16838 */
    for (uint32_t i = 1; i < all->n; i++) {
        const char *a = value(all->object[i], "A");
        if (!a || !strstr(a, "/BBox"))
            continue;
        double x0, y0, x1, y1;
        assert_int_equal(sscanf(strchr(a, '['), "[ %lf %lf %lf %lf", &x0, &y0, &x1, &y1), 4);
        assert_true(x0 == 56.7 && y0 == 501.9 && x1 == 146.7 && y1 == 561.9);
        return;
    }
    fail();
}

/* ---- links, bookmarks, fonts ---- */

static void links_are_printed_named_and_tied_to_their_element(void **state)
{
    (void)state;
    size_t n = 0, outside = 0;
    for (uint32_t i = 1; i < all->n; i++) {
        const char *object = all->object[i], *rect = object ? value(object, "Rect") : NULL;
        double x0, y0, x1, y1;
        char own[32];
        if (!rect)
            continue;
        assert_int_equal(sscanf(rect, "[ %lf %lf %lf %lf", &x0, &y0, &x1, &y1), 4);
        assert_true(x1 - x0 > 10 && y1 - y0 > 10);
        assert_string_equal(value(object, "F"), "4");
        assert_true(strlen(value(object, "Contents")) > 3);
        uint32_t element = number_of(parent_entry(all, number_of(value(object, "StructParent"))));
        assert_string_equal(value(all->object[element], "S"), "/Link");
        snprintf(own, sizeof own, "/Obj %u 0 R", i);
        assert_non_null(strstr(value(all->object[element], "K"), own));
        const char *dest = value(object, "Dest"), *action = value(object, "A");
        assert_true(!dest != !action);
        if (dest)
            assert_non_null(
                strstr(dest, "/XYZ\n    0\n    796.9\n    0\n")); /* 0: the reader's zoom */
        else
            outside +=
                strstr(action, "(https://xn--rdo-gna01bwk.example.org/a%20b?%C5%82=1)") != NULL;
        n++;
    }
    assert_int_equal(n, 5);
    assert_int_equal(outside, 2);
}

static void bookmarks_follow_the_levels_of_the_headings(void **state)
{
    (void)state;
    const char *root = follow(all, catalog_of(all), "Outlines");
    assert_string_equal(value(root, "Count"), "4");
    const char *top = follow(all, root, "First"), *second = follow(all, top, "First");
    const char *third = follow(all, second, "Next");
    assert_null(value(top, "Next"));
    assert_non_null(second);
    assert_non_null(third);             /* of level 3 after 1: a kid of level 1 all the same */
    assert_null(value(third, "Next"));
    assert_ptr_equal(follow(all, third, "Parent"), top);
    assert_non_null(value(top, "Dest"));
}

static void fonts_are_embedded_subsets_with_one_name(void **state)
{
    (void)state;
    size_t n = 0;
    for (uint32_t i = 1; i < all->n; i++) {
        const char *object = all->object[i];
        if (!object || !str_equal(value(object, "Subtype"), "/Type0"))
            continue;
        const char *name = value(object, "BaseFont"), *kid = value(object, "DescendantFonts");
        unsigned prefix = 0;
        while (name[1 + prefix] >= 'A' && name[1 + prefix] <= 'Z')
            prefix++;
        assert_int_equal(prefix, 6);
        assert_int_equal(name[7], '+');
        const char *first = strstr(kid, name), *second = first ? strstr(first + 1, name) : NULL;
        assert_non_null(second);        /* BaseFont of the CIDFont and FontName */
        assert_non_null(follow(all, object, "ToUnicode"));
        assert_null(strstr(kid, "CIDSet"));
        n++;
    }
    assert_int_equal(n, 4);
}

static void pictures_are_written_once_and_never_smoothed(void **state)
{
    (void)state;
    size_t n = 0, masks = 0;
    for (uint32_t i = 1; i < all->n; i++) {
        const char *object = all->object[i];
        if (!object || !str_equal(value(object, "Subtype"), "/Image"))
            continue;
        n++;
        masks += value(object, "SMask") != NULL;
        assert_null(value(object, "Interpolate"));
    }
    assert_int_equal(masks, 4);
    assert_int_equal(n, 10 + 4);
}

static void text_comes_out_in_reading_order_with_real_spaces(void **state)
{
    (void)state;
    size_t len;
    char path[300];
    snprintf(path, sizeof path, "%s", in_folder("everything.pdf"));
    assert_int_equal(run("pdfinfo -struct-text %s > %s.txt", path, path), 0);
    char *p = slurp(in_folder("everything.pdf.txt"), &len);
    static const char *const in_order[] = {
        "Zażółć gęślą jaźń",
        "1. Listy i łącza",
        "\"• \"",
        "pierwszy punkt",
        "state of the art ",
        "Treść przypisu.",
        "Konstantynopolitańczykowianeczka, AVATAR To\u00a0jest.",
        "Linux Libertine, office-\u00a0fi",
        "Akapit zaczyna się na pierwszej stronie",
        "i kończy na drugiej.",
        "Tabela 1. Zestawienie",
        "/Scope /Row",
        "133,00 zł",
        "Rysunek 1. Kwadrat",
    };
    const char *at = p;
    for (size_t i = 0; i < COUNT(in_order); i++) {
        at = strstr(at, in_order[i]);
        if (!at)
            fail_msg("missing or out of order: %s", in_order[i]);
    }
    assert_null(strstr(p, "Strona 1"));         /* artifacts are not read */
    free(p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(catalog_says_what_the_standards_ask),
        cmocka_unit_test(file_is_of_version_1_7_and_names_itself_by_its_content),
        cmocka_unit_test(same_document_gives_the_same_bytes_with_and_without_a_cache),
        cmocka_unit_test(bytes_do_not_depend_on_what_was_written_before),
        cmocka_unit_test(a_thread_beside_changes_no_byte),
        cmocka_unit_test(a_long_document_can_be_given_up),
        cmocka_unit_test(information_has_title_and_dates),
        cmocka_unit_test(page_labels_follow_the_layout),
        cmocka_unit_test(every_mark_is_held_by_an_element_of_its_name),
        cmocka_unit_test(parents_and_kids_name_each_other),
        cmocka_unit_test(div_that_says_nothing_gets_no_element),
        cmocka_unit_test(repeated_rows_are_artifacts_of_pagination),
        cmocka_unit_test(a_cut_path_leaves_no_traces),
        cmocka_unit_test(thin_boxes_are_strokes_through_their_middle),
        cmocka_unit_test(elements_have_the_attributes_that_readers_need),
        cmocka_unit_test(figure_box_is_where_the_picture_is),
        cmocka_unit_test(links_are_printed_named_and_tied_to_their_element),
        cmocka_unit_test(bookmarks_follow_the_levels_of_the_headings),
        cmocka_unit_test(fonts_are_embedded_subsets_with_one_name),
        cmocka_unit_test(pictures_are_written_once_and_never_smoothed),
        cmocka_unit_test(text_comes_out_in_reading_order_with_real_spaces),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
