/* SPDX-License-Identifier: MIT */
/* Pictures and QR codes in frames, file names, rich values. */
#include "test_template.h"

#include <sys/stat.h>

#define FRAME(attr, title, desc) "<draw:frame " \
    attr " svg:width=\"4cm\" svg:height=\"4cm\"><draw:image xlink:href=\"Pictures/x.png\"/>" \
    "<svg:title>" title "</svg:title><svg:desc>" desc "</svg:desc></draw:frame>"
#define AS_CHAR "text:anchor-type=\"as-char\""

/* 2 x 1 pixels, white; made with Python's zlib. */
static const unsigned char png[] = {
    0x89, 'P', 'N', 'G', 13, 10, 26, 10, 0, 0, 0, 13, 'I', 'H', 'D', 'R', 0, 0, 0, 2, 0, 0, 0, 1, 8,
        0, 0, 0, 0,
    0xD1, 0x49, 0x20, 0x05, 0, 0, 0, 11, 'I', 'D', 'A', 'T', 0x78, 0x9C, 0x63, 0xF8, 0xFF, 0x1F, 0,
        0x03, 0, 0x01, 0xFF,
    0, 0, 0, 0, 0, 0, 0, 0, 'I', 'E', 'N', 'D', 0xAE, 0x42, 0x60, 0x82
};

static void put_file(Result *r, const char *name)
{
    FILE *f = fopen(arena_format(r->arena, "%s/%s", r->folder, name), "wb");
    assert_non_null(f);
    fwrite(png, 1, sizeof png, f);
    fclose(f);
}

static void drop_file(Result *r, const char *name)
{
    unlink(arena_format(r->arena, "%s/%s", r->folder, name));
}

static Result run_picture(const char *body, const char *data)
{
    Case c = { .body = body, .data = data };
    Result r;
    case_open(&r, &c);
    c.options.project_folder = r.folder;
    mkdir(arena_format(r.arena, "%s/sub", r.folder), 0700);
    put_file(&r, "sub/a.png");
    assert_int_equal(symlink("sub/a.png", arena_format(r.arena, "%s/link.png", r.folder)), 0);
    assert_int_equal(symlink("sub", arena_format(r.arena, "%s/folder", r.folder)), 0);
    case_fill(&r, &c);
    if (r.filled)
        show_kids(r.doc.body, &r.text);
    else
        show_findings(r.diags, &r.text);
    drop_file(&r, "sub/a.png");
    drop_file(&r, "link.png");
    drop_file(&r, "folder");
    rmdir(arena_format(r.arena, "%s/sub", r.folder));
    return r;
}

static void a_picture_fills_its_box_and_keeps_its_ratio(void **state)
{
    (void)state;
    Result r = run_picture(P(FRAME(AS_CHAR, "{{#image @f}}", "Zdjęcie: {{ @n }}")),
        "<r f='sub/a.png' n='kurs'/>");
    /* 4 cm are 113.39 pt: 2268 twips, half of it 1134 */
    static const char start[] =
        "<p><frame anchor-type=as-char width=113.4pt height=56.7pt><image href=Pictures/";
    assert_memory_equal(r.text.p, start, sizeof start - 1);
    assert_non_null(strstr(r.text.p, "mime-type=image/png><desc>Zdjęcie: kurs</desc></frame></p>"));
    assert_null(strstr(r.text.p, "title"));
    assert_int_equal(map_count(r.doc.pictures), 1);
    assert_non_null(odf_frame_picture(&r.doc, r.doc.body->kid[0]->kid[0]));
    case_done(&r);
}

static void a_placed_picture_keeps_its_middle(void **state)
{
    (void)state;
    Result r = run_picture(P("x" FRAME("text:anchor-type=\"paragraph\" svg:x=\"1cm\" svg:y=\"1cm\"",
                           "{{#image @f}}", "")),
                           "<r f='sub/a.png'/>");
    assert_non_null(strstr(r.text.p, "x=28.35pt y=56.7pt width=113.4pt height=56.7pt"));
    case_done(&r);
}

static void pictures_in_loops_are_kept_once(void **state)
{
    (void)state;
    /* docxtemplater-image-module 75, 76 */
    Result r = run_picture(TABLE(ROW(CELL(P("{{#each p by row}}" FRAME(AS_CHAR " draw:name=\"O\"",
                           "{{#image @f}}", "") "{{/each}}")))),
                           "<r><p f='sub/a.png'/><p f='sub/a.png'/></r>");
    assert_true(r.filled);
    assert_non_null(strstr(r.text.p, "name=O_2"));
    assert_int_equal(map_count(r.doc.pictures), 1);
    case_done(&r);
}

static void nothing_outside_the_projects_folder_is_opened(void **state)
{
    (void)state;
    static const char *const paths[] = { "/etc/passwd", "../x.png", "sub/../sub/a.png", "link.png",
        "folder/a.png", "sub//a.png", "" };
    for (size_t i = 0; i < COUNT(paths); i++) {
        Buf b = { 0 };
        buf_format(&b, "<r f='%s'/>", paths[i]);
        Result r = run_picture(P(FRAME(AS_CHAR, "{{#image @f}}", "")), b.p);
        assert_false(r.filled);
        assert_non_null(strstr(r.text.p, "[template-picture-outside]"));
        case_done(&r);
        buf_free(&b);
    }
    Result r = run_picture(P(FRAME(AS_CHAR, "{{#image @f}}", "")), "<r f='sub/b.png'/>");
    assert_non_null(strstr(r.text.p, "cannot open the picture sub/b.png"));
    case_done(&r);
    r = run_picture(P(FRAME(AS_CHAR, "{{#image @f}}", "")), "<r f='t.fodt'/>");
    assert_non_null(strstr(r.text.p, "is no picture"));
    case_done(&r);
}

static void a_qr_code_says_what_it_holds(void **state)
{
    (void)state;
    Result r = run_picture(P(FRAME(AS_CHAR, "{{#qr @u}}", "")), "<r u='https://a.pl'/>");
    assert_non_null(strstr(r.text.p, "width=113.4pt height=113.4pt"));
    assert_non_null(strstr(r.text.p, "<desc>Kod QR: https://a.pl</desc>"));
    const OdfPicture *p = odf_frame_picture(&r.doc, r.doc.body->kid[0]->kid[0]);
    assert_int_equal(p->kind, PICTURE_PNG);
    /* version 1 has 21 modules; 4 of white on each side; 8 pixels each */
    assert_int_equal(p->width, (21 + 8) * 8);
    case_done(&r);
}

static void pictures_in_headers_are_filled(void **state)
{
    (void)state;
    /* docx-stamper 38, docassemble 181 */
    Result r = run_case((Case){ .body = P("a"), .data = "<r u='x'/>",
        .masters = "<style:master-page style:name=\"Standard\" style:page-layout-name=\"pm1\">"
                   "<style:header>" P(FRAME(AS_CHAR, "{{#qr @u}}", "Kod {{ @u }}"))
                   "</style:header></style:master-page>" });
    Buf b = { 0 };
    show_kids(r.doc.masters, &b);
    assert_non_null(strstr(b.p, "<image href=Pictures/"));
    assert_non_null(strstr(b.p, "<desc>Kod x</desc>"));
    buf_free(&b);
    case_done(&r);
}

static void an_anchored_picture_on_a_vanishing_paragraph_moves(void **state)
{
    (void)state;
    Result r = run_picture(P("{{! x }}" FRAME("text:anchor-type=\"paragraph\"", "{{#image @f}}",
        "")) P("a"), "<r f='sub/a.png'/>");
    assert_memory_equal(r.text.p, "<p><frame", 9);
    assert_non_null(strstr(r.text.p, "</frame>a</p>"));
    case_done(&r);
}

/* ---- file names ---- */

static void expect_name(const char *property, const char *data, const char *expected)
{
    Buf b = { 0 };
    if (property)
        buf_format(&b, "<meta:user-defined meta:name=\"skryba.file\">%s</meta:user-defined>",
        property);
    Case c = { .body = P("{{#let x = @n}}"), .data = data, .properties = b.p };
    Result r = run_case(c);
    ExprList list = { 0 };
    assert_true(template_records(r.template, r.env, &list, r.diags));
    const char *name = template_file_name(r.template, r.env, &list.item[0], 3, 9, r.arena, r.diags);
    if (!expected)
        assert_null(name);
    else
        assert_string_equal(name, expected);
    expr_list_free(&list);
    case_done(&r);
    buf_free(&b);
}

static void file_names_are_safe(void **state)
{
    (void)state;
    expect_name(NULL, "<r n='1'/>", "t-3");
    expect_name("zaświadczenie-{{ @n }}", "<r n='7/2011'/>", "zaświadczenie-7-2011");
    expect_name("{{ $x }}", "<r n='a'/>", "a");
    expect_name("{{ @n }}", "<r n='../../etc/passwd'/>", "etc-passwd");
    expect_name("{{ @n }}", "<r n='-rf .'/>", "rf");
    expect_name("{{ @n }}", "<r n='a&#10;b&#8238;c  d'/>", "a bc d");
    expect_name("{{ @n }}", "<r n='CON'/>", "CON_");
    expect_name("{{ @n }}", "<r n='...'/>", NULL);
    expect_name("{{ @n }}", "<r n=''/>", NULL);
}

static void long_names_are_cut_between_characters(void **state)
{
    (void)state;
    Arena *a = arena_new();
    Buf b = { 0 };
    for (int i = 0; i < 300; i++)
        buf_str(&b, "ż");
    const char *name = template_safe_name(a, b.p, b.n);
    assert_int_equal(strlen(name), TEMPLATE_NAME - 2);
    assert_true(utf8_valid(name, strlen(name)));
    buf_free(&b);
    arena_free(a);
}

/* ---- rich values ---- */

static void rich_values_become_paragraphs_lists_and_emphasis(void **state)
{
    (void)state;
    expect("<text:p text:style-name=\"Break\">{{#text v}}</text:p>", "<r><v>a\nb\n\n c</v></r>",
           "<p Break>a|b</p><p Standard>c</p>");
    expect(P("{{#text v}}"),
           "<r><v>\n<p>a <em>b</em> c</p>\n<ul><li>x</li><li>y</li></ul><p/></v></r>",
           "<p>a <span Emphasis>b</span> "
           "c</p><list List_20_1><item><p>x</p></item><item><p>y</p></item></list>");
    expect(P("x") P("{{#if v}}{{#text v}}{{/if}}") P("y"), "<r/>", "<p>x</p><p>y</p>");
    expect(P("{{#text v}}"), "<r><v>{{ @x }} &lt;p></v></r>", "<p>{{ @x }} <p></p>");
    expect(TABLE(ROW(CELL(P("{{#text v}}")) CELL(P("k")))), "<r><v/></r>",
           "<table name=T><column><row><cell><p></cell><cell><p>k</p></cell></row></table>");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_picture_fills_its_box_and_keeps_its_ratio),
        cmocka_unit_test(a_placed_picture_keeps_its_middle),
        cmocka_unit_test(pictures_in_loops_are_kept_once),
        cmocka_unit_test(nothing_outside_the_projects_folder_is_opened),
        cmocka_unit_test(a_qr_code_says_what_it_holds),
        cmocka_unit_test(pictures_in_headers_are_filled),
        cmocka_unit_test(an_anchored_picture_on_a_vanishing_paragraph_moves),
        cmocka_unit_test(file_names_are_safe),
        cmocka_unit_test(long_names_are_cut_between_characters),
        cmocka_unit_test(rich_values_become_paragraphs_lists_and_emphasis),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
