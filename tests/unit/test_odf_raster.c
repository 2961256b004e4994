/* SPDX-License-Identifier: MIT */
/* Pictures that become PNG; the pixels are read back by libpng. */
#include "test_odf.h"

#include <png.h>

/* Two pixels, red and blue: the table of colours, then LZW codes of 3 bits - clear 4, 0, 1, end 5 -
 * from the lowest bit up (GIF89a, appendix F). */
static const unsigned char gif[] = {
    'G', 'I', 'F', '8', '9', 'a', 2, 0, 1, 0, 0x80, 0, 0, 255, 0, 0, 0, 0, 255,
    0x2c, 0, 0, 0, 0, 2, 0, 1, 0, 0, 2, 2, 0x44, 0x0a, 0, 0x3b,
};
/* The same: 24 bits, bottom up, blue first, rows of whole words. */
static const unsigned char bmp[] = {
    'B', 'M', 62, 0, 0, 0, 0, 0, 0, 0, 54, 0, 0, 0, 40, 0, 0, 0, 2, 0, 0, 0, 1, 0, 0, 0, 1, 0, 24,
    0, 0, 0, 0, 0, 8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
    0, 0, 255, 255, 0, 0, 0, 0,
};
static const char svg[] =
    "<svg xmlns='http://www.w3.org/2000/svg' width='20' height='10'>"
    "<rect width='10' height='10' fill='#f00'/><rect x='10' width='10' height='10' fill='#00f'/>"
    "<image xmlns:xlink='http://www.w3.org/1999/xlink' xlink:href='file:///etc/passwd'/></svg>";

static Arena *arena;

static int set_up(void **state)
{
    (void)state;
    arena = arena_new();
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    arena_free(arena);
    return 0;
}

static const OdfPicture *raster(const void *data, size_t len)
{
    OdfPicture p;
    assert_true(odf_picture_read(&p, data, len));
    p.path = "Pictures/x";
    return odf_picture_raster(arena, &p);
}

/* The colour of a pixel, 0xRRGGBB. */
static unsigned pixel(const OdfPicture *p, uint32_t x, uint32_t y)
{
    png_image i = { .version = PNG_IMAGE_VERSION };
    assert_int_not_equal(png_image_begin_read_from_memory(&i, p->data, p->len), 0);
    i.format = PNG_FORMAT_RGB;
    unsigned char *rows = malloc(PNG_IMAGE_SIZE(i));
    assert_int_not_equal(png_image_finish_read(&i, NULL, rows, 0, NULL), 0);
    const unsigned char *at = rows + 3 * ((size_t)y * i.width + x);
    unsigned color = (unsigned)at[0] << 16 | (unsigned)at[1] << 8 | at[2];
    free(rows);
    return color;
}

static void gif_and_bmp_keep_their_pixels(void **state)
{
    (void)state;
    const OdfPicture *two[] = { raster(gif, sizeof gif), raster(bmp, sizeof bmp) };
    for (size_t i = 0; i < COUNT(two); i++) {
        assert_non_null(two[i]);
        assert_int_equal(two[i]->kind, PICTURE_PNG);
        assert_true(two[i]->width == 2 && two[i]->height == 1);
        assert_true(two[i]->dpi_x == 96 && two[i]->dpi_y == 96);
        assert_string_equal(two[i]->path, "Pictures/x");
        assert_int_equal(pixel(two[i], 0, 0), 0xff0000);
        assert_int_equal(pixel(two[i], 1, 0), 0x0000ff);
    }
}

/* 20 pixels become 1,200, so that an inch, 96 of them, has 5,760. */
static void svg_is_drawn_fine_enough_to_print(void **state)
{
    (void)state;
    const OdfPicture *p = raster(svg, sizeof svg - 1);
    assert_non_null(p);
    assert_true(p->width == 1200 && p->height == 600 && p->dpi_x == 5760 && p->dpi_y == 5760);
    assert_int_equal(pixel(p, 300, 300), 0xff0000);
    assert_int_equal(pixel(p, 900, 300), 0x0000ff);
}

static void others_and_damaged_ones_are_left_alone(void **state)
{
    (void)state;
    static const char emf[48] = { [40] = ' ', 'E', 'M', 'F' };
    assert_null(raster(emf, sizeof emf));
    assert_null(raster("<svg xmlns='http://www.w3.org/2000/svg' width='5' height='5'><g></svg>", 70));
    unsigned char copy[sizeof gif];
    memcpy(copy, gif, sizeof gif);
    memset(copy + 6, 0xff, 4);                  /* 65,535 x 65,535 */
    memset(copy + 24, 0xff, 4);
    assert_null(raster(copy, sizeof copy));
    for (size_t n = 10; n < sizeof bmp; n++) {
        unsigned char *part = malloc(n);        /* a sanitizer sees a read beyond */
        memcpy(part, bmp, n);
        raster(part, n);
        free(part);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(gif_and_bmp_keep_their_pixels),
        cmocka_unit_test(svg_is_drawn_fine_enough_to_print),
        cmocka_unit_test(others_and_damaged_ones_are_left_alone),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
