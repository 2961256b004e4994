/* SPDX-License-Identifier: MIT */
#include "test_odf.h"

static const unsigned char png[] = {
    0x89, 'P', 'N',  'G', '\r', '\n', 0x1a, '\n', 0,   0,    0,    13, 'I', 'H',  'D',  'R', 0,
    0,    1,   0x2c, 0,   0,    0,    0x64, 8,    2,   0,    0,    0,  1,   2,    3,    4,   0,
    0,    0,   9,    'p', 'H',  'Y',  's',  0,    0,   0x2e, 0x23, 0,  0,   0x17, 0x12, 1,   1,
    2,    3,   4,    0,   0,    0,    0,    'I',  'D', 'A',  'T',  1,  2,   3,    4,
};
static const unsigned char jpeg[] = {
    0xff, 0xd8, 0xff, 0xe0, 0,    16,   'J',  'F', 'I', 'F',  0,    1,    1,    1, 0,    150,
    0,    75,   0,    0,    0xff, 0xfe, 0,    4,   'h', 'i',  0xff, 0xff, 0xc2, 0, 17,   8,
    0,    100,  1,    44,   3,    1,    0x22, 0,   2,   0x11, 1,    3,    0x11, 1, 0xff, 0xda,
};

static void the_header_of_a_png_is_read(void **state)
{
    (void)state;
    OdfPicture p;
    assert_true(odf_picture_read(&p, png, sizeof png));
    assert_true(p.kind == PICTURE_PNG && p.width == 300 && p.height == 100);
    assert_true(p.dpi_x == 300 && p.dpi_y == 150);      /* 11811 and 5906 pixels a metre */
}

static void the_header_of_a_jpeg_is_read(void **state)
{
    (void)state;
    OdfPicture p;
    assert_true(odf_picture_read(&p, jpeg, sizeof jpeg));
    assert_true(p.kind == PICTURE_JPEG && p.width == 300 && p.height == 100 && p.components == 3);
    assert_true(p.dpi_x == 150 && p.dpi_y == 75);
}

/* Each shortened copy stands in memory of its own, so that a sanitizer sees a read beyond. */
static void shortened_pictures_are_no_pictures(void **state)
{
    (void)state;
    OdfPicture p;
    for (size_t n = 0; n < sizeof jpeg - 2; n++) {
        unsigned char *copy = malloc(n + 1);
        memcpy(copy, jpeg, n);
        assert_false(odf_picture_read(&p, copy, n));
        free(copy);
    }
    for (size_t n = 0; n < 54; n++) {
        unsigned char *copy = malloc(n + 1);
        memcpy(copy, png, n);
        assert_false(odf_picture_read(&p, copy, n));
        free(copy);
    }
}

static void lying_pictures_are_no_pictures(void **state)
{
    (void)state;
    OdfPicture p;
    unsigned char copy[sizeof png];
    memcpy(copy, png, sizeof png);
    copy[16] = 0xff;                            /* width */
    assert_false(odf_picture_read(&p, copy, sizeof copy));
    memcpy(copy, png, sizeof png);
    memset(copy + 16, 0, 4);
    assert_false(odf_picture_read(&p, copy, sizeof copy));
    memcpy(copy, png, sizeof png);
    memset(copy + 33, 0xff, 4);                 /* the length of pHYs */
    assert_false(odf_picture_read(&p, copy, sizeof copy));
    memcpy(copy, png, sizeof png);
    copy[36] = sizeof png - 33 - 12 + 1;        /* one byte more than there is */
    assert_false(odf_picture_read(&p, copy, sizeof copy));
    unsigned char other[sizeof jpeg];
    memcpy(other, jpeg, sizeof jpeg);
    other[36] = 7;                              /* components */
    assert_false(odf_picture_read(&p, other, sizeof other));
    memcpy(other, jpeg, sizeof jpeg);
    other[4] = 0xff;                            /* the length of JFIF */
    assert_false(odf_picture_read(&p, other, sizeof other));
}

static void other_formats_are_known_by_their_first_bytes(void **state)
{
    (void)state;
    OdfPicture p;
    static const char svg[] = "\xef\xbb\xbf<?xml version='1.0'?>\n<!-- x --><svg xmlns='y'/>";
    static const char gif[] = "GIF89a\x02\x01\x03\0abc";
    assert_true(odf_picture_read(&p, svg, sizeof svg - 1));
    assert_int_equal(p.kind, PICTURE_SVG);
    assert_true(odf_picture_read(&p, gif, sizeof gif - 1));
    assert_true(p.kind == PICTURE_OTHER && p.width == 258 && p.height == 3);
    assert_false(odf_picture_read(&p, "<html>", 6));
    assert_false(odf_picture_read(&p, "", 0));
}

static void the_path_follows_from_the_content(void **state)
{
    (void)state;
    Arena *a = arena_new();
    const char *one = odf_picture_path(a, png, sizeof png),
               *two = odf_picture_path(a, png, sizeof png - 1);
    assert_string_equal(one, odf_picture_path(a, png, sizeof png));
    assert_string_not_equal(one, two);
    assert_true(str_starts(one, "Pictures/"));
    assert_string_equal(one + strlen(one) - 4, ".png");
    assert_string_equal(strrchr(odf_picture_path(a, "x", 1), '.'), ".bin");
    arena_free(a);
}

static void damaged_data_are_told_with_their_place(void **state)
{
    (void)state;
    FLAT(.body = "<text:p/><text:p><draw:frame><draw:image><office:binary-data>!!</"
                 "office:binary-data></draw:image>"
                 "</draw:frame><draw:frame><draw:image><office:binary-data>YWJj</"
                 "office:binary-data></draw:image>"
                 "</draw:frame></text:p>");
    assert_non_null(document);
    assert_int_equal(diags_count(diags, SEV_WARNING), 2);
    assert_null(odf_frame_picture(document, at(ODF_DRAW_FRAME, 0)));
    const OdfPicture *p = odf_frame_picture(document, at(ODF_DRAW_FRAME, 1));
    assert_int_equal(p->len, 3);
    assert_memory_equal(p->data, "abc", 3);
    char *all = findings();
    assert_non_null(strstr(all, "paragraph 2"));
    assert_non_null(strstr(all, "odf-base64"));
}

#define IMAGE(name) "<draw:image xlink:href='" name "'/>"

static void a_frame_shows_the_best_picture_that_can_be_drawn(void **state)
{
    (void)state;
    static const char body[] =
        CONTENT("<text:p><draw:frame>" IMAGE("./a.emf") IMAGE("a.jpg")
                    IMAGE("a.png") "</draw:frame>"
                                   "<draw:frame>" IMAGE("a.emf") "</draw:frame><draw:frame>" IMAGE(
                                       "no.png") "</draw:frame></text:p>");
    char emf[48] = {0};
    memcpy(emf + 40, " EMF", 4);
    load_package((TestPart[]){ PART("content.xml", body),
                               { "a.png", png, sizeof png },
                               { "a.jpg", jpeg, sizeof jpeg },
                               { "a.emf", emf, sizeof emf } },
                 4);
    assert_non_null(document);
    assert_int_equal(odf_frame_picture(document, at(ODF_DRAW_FRAME, 0))->kind, PICTURE_PNG);
    assert_int_equal(odf_frame_picture(document, at(ODF_DRAW_FRAME, 1))->kind, PICTURE_OTHER);
    assert_null(odf_frame_picture(document, at(ODF_DRAW_FRAME, 2)));
    assert_non_null(strstr(findings(), "no.png"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(the_header_of_a_png_is_read),
        TEST(the_header_of_a_jpeg_is_read),
        TEST(shortened_pictures_are_no_pictures),
        TEST(lying_pictures_are_no_pictures),
        TEST(other_formats_are_known_by_their_first_bytes),
        TEST(the_path_follows_from_the_content),
        TEST(damaged_data_are_told_with_their_place),
        TEST(a_frame_shows_the_best_picture_that_can_be_drawn),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
