/* SPDX-License-Identifier: MIT */
/* Metafiles written here byte by byte; what they paint was worked out by hand.  The square of a
 * picture has S units on each side. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <zlib.h>

#include "odf/odf.h"

enum { S = METAFILE_SIDE };

static Arena *arena;
static Buf file;                /* the metafile that is being written */

/* ---- bytes ---- */

static void u8(unsigned v)
{
    char c = (char)v;
    buf_put(&file, &c, 1);
}

static void u16(unsigned v)
{
    u8(v);
    u8(v >> 8);
}

static void u32(uint32_t v)
{
    u16(v);
    u16(v >> 16);
}

static void f32(float v)
{
    uint32_t bits;
    memcpy(&bits, &v, sizeof bits);
    u32(bits);
}

static void poke32(size_t at, uint32_t v)
{
    for (size_t i = 0; i < 4; i++)
        file.p[at + i] = (char)(v >> 8 * i);
}

static void text8(const char *s)
{
    buf_str(&file, s);
}

static void text16(const char *s)
{
    for (; *s; s++)
        u16((unsigned char)*s);
}

/* ---- WMF: [MS-WMF] 2.3 ---- */

static void wmf(void)
{
    u16(1);
    u16(9);
    for (int i = 0; i < 7; i++)
        u16(0);
}

static void record_n(unsigned function, const int *v, size_t n)
{
    u32((uint32_t)(3 + n));
    u16(function);
    for (size_t i = 0; i < n; i++)
        u16((unsigned)v[i]);
}
#define RECORD(function, ...) \
    record_n(function, (int[]){ __VA_ARGS__ }, sizeof (int[]){ __VA_ARGS__ } / sizeof(int))
enum { END = 0, SAVE = 0x1e, RESTORE = 0x127, ORG = 0x20b, EXT = 0x20c, PEN = 0x2fa, BRUSH = 0x2fc,
       SELECT = 0x12d, DELETE = 0x1f0, POLYGON = 0x324, POLYLINE = 0x325, RECTANGLE = 0x41b,
       ELLIPSE = 0x418, PIE = 0x81a, CLIP = 0x416, ALIGN = 0x12e, TEXT_COLOR = 0x209 };

/* A placeable one of 1000 x 500 units, 1000 to the inch, whose window is that. */
static void wmf_placed(void)
{
    static const unsigned head[] = { 0xcdd7, 0x9ac6, 0, 0, 0, 1000, 500, 1000, 0, 0, 0 };
    for (size_t i = 0; i < COUNT(head); i++)
        u16(head[i]);
    wmf();
    RECORD(ORG, 0, 0);
    RECORD(EXT, 500, 1000);
}

static void brush(int rgb)
{
    int low = (rgb >> 16 & 255) | (rgb & 0xff00);       /* COLORREF: red, green, blue */
    RECORD(BRUSH, 0, low, rgb & 255, 0);
}

static void no_pen(void)
{
    RECORD(PEN, 5, 0, 0, 0, 0);
}

/* ---- what came out ---- */

static const OdfMetafile *play(void)
{
    OdfPicture p;
    assert_true(odf_picture_read(&p, file.p, file.n));
    assert_int_equal(p.kind, PICTURE_METAFILE);
    return odf_metafile(&p, arena);
}

static int hundredths(int32_t v)
{
    return (int)(((int64_t)v * 100 + S / 2) >> 20);
}

/* "fill #ff0000 M0,0 L10,0 Z" with the points in 1/100 of the picture's sides. */
static const char *step(const OdfMetafile *m, size_t i)
{
    static char out[1000];
    assert_true(i < m->n);
    const OdfStep *s = &m->step[i];
    assert_int_equal(s->kind, STEP_PATH);
    int n = sprintf(out, "%s #%06x", s->path.fill ? "fill" : "stroke", (unsigned)s->color);
    for (uint32_t k = 0; k < s->path.n && n < 900; k++) {
        const OdfPoint *p = &s->path.point[k];
        n += sprintf(out + n, p->kind == POINT_CLOSE ? " Z" : " %c%d,%d", "MLCZ"[p->kind],
                     hundredths(p->x), hundredths(p->y));
    }
    return out;
}

static void expect(const OdfMetafile *m, size_t i, const char *text)
{
    assert_string_equal(step(m, i), text);
}

static void text_is(const OdfStep *s, const char *text, int x, int y)
{
    assert_int_equal(s->kind, STEP_TEXT);
    assert_string_equal(s->text.text, text);
    assert_int_equal(hundredths(s->text.x), x);
    assert_int_equal(hundredths(s->text.y), y);
}

/* ---- WMF ---- */

static void a_polygon_is_filled_and_stroked_in_its_window(void **state)
{
    (void)state;
    wmf_placed();
    brush(0xff0000);
    RECORD(SELECT, 0);
    RECORD(PEN, 0, 20, 0, 0x1000, 0x00);
    RECORD(SELECT, 1);
    RECORD(POLYGON, 3, 0, 0, 1000, 0, 500, 500);
    const OdfMetafile *m = play();
    assert_int_equal(m->n, 2);
    expect(m, 0, "fill #ff0000 M0,0 L100,0 L50,100 Z");
    expect(m, 1, "stroke #001000 M0,0 L100,0 L50,100 Z");
    assert_int_equal(hundredths(m->step[1].path.width), 2);
    assert_false(m->partial);
}

static void a_placeable_file_tells_its_size(void **state)
{
    (void)state;
    OdfPicture p;
    wmf_placed();
    assert_true(odf_picture_read(&p, file.p, file.n));
    assert_int_equal(p.width, 1440);            /* 1000 of 1000 units to the inch, in twips */
    assert_int_equal(p.height, 720);
}

static void the_window_may_begin_anywhere_and_be_turned(void **state)
{
    (void)state;
    wmf();
    RECORD(ORG, 300, 100);                      /* y, x: upper left corner, y upwards */
    RECORD(EXT, -200, 400);
    no_pen();
    RECORD(SELECT, 0);
    RECORD(RECTANGLE, 100, 300, 200, 100);      /* bottom, right, top, left */
    expect(play(), 0, "fill #ffffff M0,50 L50,50 L50,100 L0,100 Z");
}

static void without_a_window_the_picture_is_what_is_drawn(void **state)
{
    (void)state;
    wmf();
    RECORD(RECTANGLE, 300, 500, 100, 300);
    RECORD(0x214, 100, 300);                    /* move to y, x; line to */
    RECORD(0x213, 200, 400);
    const OdfMetafile *m = play();
    expect(m, 0, "fill #ffffff M0,0 L100,0 L100,100 L0,100 Z");
    expect(m, 2, "stroke #000000 M0,0 L50,50");
}

static void a_viewport_has_no_origin_without_an_extent(void **state)
{
    (void)state;
    wmf_placed();
    no_pen();
    RECORD(SELECT, 0);
    RECORD(0x20d, 100, 200);
    RECORD(RECTANGLE, 500, 1000, 0, 0);
    RECORD(0x20e, 1000, 2000);                  /* from now on in these units */
    RECORD(RECTANGLE, 250, 500, 0, 0);
    const OdfMetafile *m = play();
    expect(m, 0, "fill #ffffff M0,0 L100,0 L100,100 L0,100 Z");
    expect(m, 1, "fill #ffffff M10,10 L60,10 L60,60 L10,60 Z");
}

static void what_is_drawn_counts_even_in_a_placeable_file(void **state)
{
    (void)state;
    static const unsigned head[] = { 0xcdd7, 0x9ac6, 0, 0, 0, 1000, 500, 1000, 0, 0, 0 };
    for (size_t i = 0; i < COUNT(head); i++)
        u16(head[i]);
    wmf();
    RECORD(POLYGON, 3, 100, 400, 300, 400, 200, 100);
    expect(play(), 0, "fill #ffffff M0,100 L100,100 L50,0 Z");
}

static void objects_take_the_first_free_handle(void **state)
{
    (void)state;
    wmf_placed();
    no_pen();
    brush(0x00ff00);
    RECORD(DELETE, 0);
    brush(0x0000ff);
    RECORD(SELECT, 0);
    RECORD(RECTANGLE, 500, 1000, 0, 0);
    RECORD(SELECT, 7);                          /* there is none */
    RECORD(SELECT, 1);
    RECORD(RECTANGLE, 500, 1000, 0, 0);
    const OdfMetafile *m = play();
    assert_true(!strncmp(step(m, 0), "fill #0000ff", 12));
    assert_true(!strncmp(step(m, 2), "fill #00ff00", 12));
}

static void restore_brings_back_what_was_saved(void **state)
{
    (void)state;
    wmf_placed();
    no_pen();
    brush(0x112233);
    brush(0x445566);
    RECORD(SELECT, 0);
    RECORD(SELECT, 1);
    RECORD(SAVE);
    RECORD(SELECT, 2);
    RECORD(RESTORE, -1);
    RECORD(RESTORE, -1);                        /* nothing is left */
    RECORD(RECTANGLE, 500, 1000, 0, 0);
    expect(play(), 0, "fill #112233 M0,0 L100,0 L100,100 L0,100 Z");
}

static void rounds_are_curves_from_where_they_begin(void **state)
{
    (void)state;
    wmf_placed();
    no_pen();
    RECORD(SELECT, 0);
    RECORD(ELLIPSE, 500, 1000, 0, 0);
    /* end y, x; beginning y, x; the box: from the right against the clock to the top */
    RECORD(PIE, 0, 500, 250, 1000, 500, 1000, 0, 0);
    const OdfMetafile *m = play();
    assert_int_equal(m->step[0].path.n, 14);    /* a move, four curves, an end */
    assert_int_equal(m->step[0].path.point[0].x, S);
    assert_int_equal(m->step[0].path.point[0].y, S / 2);
    expect(m, 1, "fill #ffffff M50,50 L100,50 C100,22 C78,0 C50,0 Z");
}

static void a_clip_cuts_and_hides(void **state)
{
    (void)state;
    wmf_placed();
    no_pen();
    RECORD(SELECT, 0);
    RECORD(CLIP, 250, 500, 0, 250);
    RECORD(RECTANGLE, 500, 1000, 0, 0);
    RECORD(RECTANGLE, 500, 1000, 300, 0);       /* below it */
    RECORD(RECTANGLE, 200, 400, 100, 300);      /* wholly inside */
    const OdfMetafile *m = play();
    assert_int_equal(m->n, 2);
    assert_true(m->step[0].clipped);
    assert_int_equal(m->step[0].clip[0], S / 4);
    assert_int_equal(m->step[0].clip[1], 0);
    assert_int_equal(m->step[0].clip[2], S / 2);
    assert_int_equal(m->step[0].clip[3], S / 2);
    assert_false(m->step[1].clipped);
}

static void font(int height, int angle, int charset, const char *name)
{
    size_t words = (strlen(name) + 2) / 2;
    u32((uint32_t)(3 + 9 + words));
    u16(0x2fb);
    u16((unsigned)height);
    u16(0);
    u16((unsigned)angle);
    u16(0);
    u16(700);
    u8(1);                      /* italic */
    u8(0);
    u8(0);
    u8((unsigned)charset);
    u32(0);
    text8(name);
    for (size_t i = strlen(name); i < 2 * words; i++)
        u8(0);
}

static void text_has_the_font_and_the_letters_of_its_charset(void **state)
{
    (void)state;
    wmf_placed();
    font(-50, 0, 238, "Lato");
    RECORD(SELECT, 0);
    RECORD(TEXT_COLOR, 0x3300, 0);
    RECORD(ALIGN, 24 + 6);                      /* baseline, middle */
    RECORD(0x521, 2, 0xea9f, 250, 500);         /* in windows-1250: U+017A U+0119 */
    const OdfStep *s = &play()->step[0];
    text_is(s, "\xc5\xba\xc4\x99", 50, 50);
    assert_string_equal(s->text.family, "Lato");
    assert_int_equal(hundredths(s->text.size), 10);     /* 50 of 500 */
    assert_int_equal(s->text.weight, 700);
    assert_true(s->text.italic && !s->text.cell);
    assert_int_equal(s->color, 0x003300);
    assert_int_equal(s->text.align.across, META_CENTER);
    assert_int_equal(s->text.align.down, META_BASELINE);
}

static void words_stand_where_their_letters_say(void **state)
{
    (void)state;
    wmf_placed();
    font(50, 0, 0, "Lato");
    RECORD(SELECT, 0);
    /* y, x, 4 letters, no box; "a bc" with their widths */
    RECORD(0xa32, 0, 100, 4, 0, 0x2061, 0x6362, 100, 50, 80, 70);
    const OdfMetafile *m = play();
    assert_int_equal(m->n, 2);
    text_is(&m->step[0], "a ", 10, 0);
    text_is(&m->step[1], "bc", 25, 0);
    assert_int_equal(hundredths(m->step[0].text.width), 15);
    assert_int_equal(hundredths(m->step[1].text.width), 15);
    assert_true(m->step[0].text.cell);          /* a positive height is that of the line */
}

/* 2 x 2 pixels of 24 bits, the lower row first, each padded to 8 bytes. */
static void dib(void)
{
    static const uint32_t head[] = { 40, 2, 2, 24 << 16 | 1, 0, 0, 0, 0, 0, 0 };
    static const unsigned char rows[] = { 0, 0, 255, 0, 255, 0, 0, 0, 255, 0, 0, 9, 9, 9, 0, 0 };
    for (size_t i = 0; i < COUNT(head); i++)
        u32(head[i]);
    buf_put(&file, rows, sizeof rows);
}

static void bitmaps_become_png(void **state)
{
    (void)state;
    wmf_placed();
    u32(3 + 11 + 28);
    u16(0xf43);                                 /* StretchDIB: copy; source, target last first */
    u32(0xcc0020);
    static const int v[] = { 0, 2, 2, 0, 0, -250, 500, 250, 0 };
    for (size_t i = 0; i < COUNT(v); i++)
        u16((unsigned)v[i]);
    dib();
    const OdfStep *s = &play()->step[0];
    assert_int_equal(s->kind, STEP_IMAGE);
    assert_int_equal(s->image.picture->kind, PICTURE_PNG);
    assert_int_equal(s->image.picture->width, 2);
    assert_int_equal(s->image.x, 0);
    assert_int_equal(s->image.y, 0);            /* from 250 upwards: turned upside down */
    assert_int_equal(s->image.width, S / 2);
    assert_int_equal(s->image.height, S / 2);
    assert_true(s->image.mirror_v && !s->image.mirror_h);
}

/* ---- EMF: [MS-EMF] 2.3 ---- */

/* 100 x 100 pixels of a device with 100 to the inch. */
static void emf(void)
{
    u32(1);
    u32(88);
    for (int i = 0; i < 4; i++)
        u32(0);
    u32(0);
    u32(0);
    u32(2540);                  /* the frame, hundredths of a millimetre */
    u32(2540);
    text8(" EMF");
    for (int i = 0; i < 7; i++)
        u32(0);
    u32(1000);
    u32(1000);
    u32(254);
    u32(254);
}

static void emf_n(uint32_t type, const int *v, size_t n)
{
    u32(type);
    u32((uint32_t)(8 + 4 * n));
    for (size_t i = 0; i < n; i++)
        u32((uint32_t)v[i]);
}
#define EMF(type, ...) \
    emf_n(type, (int[]){ __VA_ARGS__ }, sizeof (int[]){ __VA_ARGS__ } / sizeof(int))

static void polygons_of_both_widths_are_the_same(void **state)
{
    (void)state;
    OdfPicture p;
    emf();
    EMF(37, (int)0x80000004);                   /* the black brush, no pen */
    EMF(37, (int)0x80000008);
    EMF(3, 0, 0, 0, 0, 3, 0, 0, 100, 0, 50, 100);
    EMF(86, 0, 0, 0, 0, 3, 0, 100, 100 << 16 | 50);
    EMF(14, 0, 0, 0);
    const OdfMetafile *m = play();
    assert_int_equal(m->n, 2);
    expect(m, 0, "fill #000000 M0,0 L100,0 L50,100 Z");
    expect(m, 1, "fill #000000 M0,0 L100,0 L50,100 Z");
    assert_true(odf_picture_read(&p, file.p, file.n));
    assert_int_equal(p.width, 1440);
}

static void a_path_is_painted_when_it_is_whole(void **state)
{
    (void)state;
    emf();
    EMF(27, 10, 10);
    EMF(59, 0);
    EMF(54, 90, 10);                            /* goes on from where the pen was */
    EMF(54, 90, 90);
    EMF(61, 0);
    EMF(60, 0);
    EMF(63, 0, 0, 0, 0);
    EMF(64, 0, 0, 0, 0);                        /* there is no path any more */
    const OdfMetafile *m = play();
    assert_int_equal(m->n, 2);
    expect(m, 0, "fill #ffffff M10,10 L90,10 L90,90 Z");
    expect(m, 1, "stroke #000000 M10,10 L90,10 L90,90 Z");
}

static void windows_and_worlds_follow_each_other(void **state)
{
    (void)state;
    emf();
    EMF(37, (int)0x80000008);
    EMF(17, 8);                                 /* anisotropic: 10 x 10 units in 50 x 100 pixels */
    EMF(9, 10, 10);
    EMF(11, 50, 100);
    EMF(12, 50, 0);
    u32(35);
    u32(32);                                    /* the world: twice as large, 1 to the right */
    f32(2);
    f32(0);
    f32(0);
    f32(2);
    f32(1);
    f32(0);
    EMF(43, 0, 0, 2, 2);                        /* 1..5, 0..4 units */
    expect(play(), 0, "fill #ffffff M55,0 L75,0 L75,40 L55,40 Z");
}

static void text_of_16_bits_is_read(void **state)
{
    (void)state;
    emf();
    EMF(22, 24);
    u32(84);
    u32(8 + 28 + 40 + 4 + 8);
    for (int i = 0; i < 7; i++)
        u32(0);
    static const uint32_t v[] = { 20, 30, 2, 76, 0, 0, 0, 0, 0, 80 };
    for (size_t i = 0; i < COUNT(v); i++)
        u32(v[i]);
    text16("ab");
    u32(5);
    u32(6);
    const OdfStep *s = &play()->step[0];
    text_is(s, "ab", 20, 30);
    assert_int_equal(hundredths(s->text.width), 11);
}

static void emf_plus(unsigned flags)
{
    file.n = 0;
    emf();
    u32(70);
    u32(12 + 4 + 12);
    u32(16);
    text8("EMF+");
    u16(0x4001);
    u16(flags);
    u32(12);
    u32(0);
    EMF(43, 0, 0, 50, 50);
}

static void emf_plus_needs_its_emf(void **state)
{
    (void)state;
    OdfPicture p;
    emf_plus(0);
    assert_true(odf_picture_read(&p, file.p, file.n));
    assert_int_equal(p.kind, PICTURE_OTHER);
    emf_plus(1);                                /* dual */
    assert_int_equal(play()->n, 2);
}

/* ---- SVM ---- */

static void part(unsigned version, uint32_t len)
{
    u16(version);
    u32(len);
}

/* 1000 x 1000 of these units; 7 is the inch. */
static void svm(unsigned unit, uint32_t scale)
{
    text8("VCLMTF");
    part(1, 4 + 33 + 12);
    u32(0);
    part(1, 27);
    u16(unit);
    u32(0);
    u32(0);
    u32(1);
    u32(scale);
    u32(1);
    u32(scale);
    u8(0);
    u32(1000);
    u32(1000);
    u32(1000000);               /* actions: more than there are */
}

static void action_n(unsigned action, const int *v, size_t n)
{
    u16(action);
    part(1, (uint32_t)(4 * n));
    for (size_t i = 0; i < n; i++)
        u32((uint32_t)v[i]);
}
#define ACTION(action, ...) \
    action_n(action, (int[]){ __VA_ARGS__ }, sizeof (int[]){ __VA_ARGS__ } / sizeof(int))

static void color_action(unsigned action, uint32_t color, bool set)
{
    u16(action);
    part(1, 5);
    u32(color);
    u8(set);
}

static void push(unsigned flags)
{
    u16(139);
    part(1, 2);
    u16(flags);
}

static void pop_gives_back_what_the_push_named(void **state)
{
    (void)state;
    OdfPicture p;
    svm(7, 1000);
    color_action(132, 0, false);
    color_action(133, 0xaabbcc, true);
    push(1);                                    /* the line's colour only */
    color_action(132, 0xff, true);
    color_action(133, 0x112233, true);
    ACTION(140);
    ACTION(103, 0, 0, 500, 250);
    const OdfMetafile *m = play();
    assert_int_equal(m->n, 1);
    expect(m, 0, "fill #112233 M0,0 L50,0 L50,25 L0,25 Z");
    assert_true(odf_picture_read(&p, file.p, file.n));
    assert_int_equal(p.width, 1440);            /* 1000 thousandths of an inch */
}

static void svm_paints_nothing_before_it_has_colours(void **state)
{
    (void)state;
    svm(0, 1);
    ACTION(103, 0, 0, 1000, 1000);
    assert_int_equal(play()->n, 0);
}

static void mappings_of_svm_are_relative(void **state)
{
    (void)state;
    svm(0, 1);
    color_action(133, 0xffffff, true);
    u16(137);
    part(1, 33);
    part(1, 27);
    u16(13);                                    /* relative: first the origin, then the scale */
    u32(100);
    u32(0);
    u32(1);
    u32(2);
    u32(1);
    u32(1);
    u8(0);
    ACTION(103, 0, 0, 200, 100);
    expect(play(), 0, "fill #ffffff M5,0 L15,0 L15,10 L5,10 Z");
}

static void points_that_control_make_curves(void **state)
{
    (void)state;
    static const unsigned char flag[] = { 0, 2, 2, 0 };
    svm(0, 1);
    color_action(132, 0, true);
    u16(110);
    part(2, 2 + 1 + 6 + 2 + 32 + 1 + 4);
    u16(0);                                     /* no plain points; once more with flags */
    u8(1);
    part(1, 2 + 32 + 1 + 4);
    u16(4);
    for (uint32_t i = 0; i < 4; i++) {
        u32(i * 250);
        u32(i * 100);
    }
    u8(1);
    buf_put(&file, flag, sizeof flag);
    expect(play(), 0, "stroke #000000 M0,0 C25,10 C50,20 C75,30 Z");
}

static void a_gradient_has_its_mean_colour(void **state)
{
    (void)state;
    static const unsigned v[] = { 0, 0, 0xffff, 0, 0, 0, 0, 0, 0xffff, 0, 0, 0, 0, 100, 100, 0 };
    svm(0, 1);
    u16(125);
    part(1, 16 + 6 + sizeof v / 2);
    for (uint32_t i = 0; i < 4; i++)
        u32(i / 2 * 1000);
    part(1, sizeof v / 2);
    for (size_t i = 0; i < COUNT(v); i++)
        u16(v[i]);
    expect(play(), 0, "fill #7f007f M0,0 L100,0 L100,100 L0,100 Z");
}

static void the_strips_of_a_gradient_are_not_drawn_too(void **state)
{
    (void)state;
    static const char *const mark[] = { "XGRAD_SEQ_BEGIN", "XGRAD_SEQ_END" };
    svm(0, 1);
    color_action(132, 0, true);
    color_action(133, 0, true);
    for (int i = 0; i < 2; i++) {
        u16(512);
        part(1, (uint32_t)(2 + strlen(mark[i]) + 8));
        u16((unsigned)strlen(mark[i]));
        text8(mark[i]);
        u32(0);
        u32(0);
        ACTION(103, 0, 0, 500, 500);
    }
    assert_int_equal(play()->n, 2);             /* the second rectangle, filled and stroked */
}

static void letters_of_svm_end_where_told(void **state)
{
    (void)state;
    svm(0, 1);
    u16(113);
    part(2, 8 + 2 + 4 + 4 + 12 + 2 + 6);
    u32(100);
    u32(200);
    u16(0);                                     /* in the font's charset: nothing */
    u16(0);
    u16(3);
    u32(3);
    u32(50);
    u32(100);
    u32(180);
    u16(3);
    text16("a b");
    const OdfMetafile *m = play();
    text_is(&m->step[0], "a ", 10, 20);
    text_is(&m->step[1], "b", 20, 20);
    assert_int_equal(hundredths(m->step[1].text.width), 8);
}

static void pixels_packed_by_libreoffice_are_read(void **state)
{
    (void)state;
    static const unsigned char rows[] = { 0, 0, 255, 0, 255, 0, 0, 0, 255, 0, 0, 9, 9, 9, 0, 0 };
    unsigned char packed[64];
    uLongf n = sizeof packed;
    assert_int_equal(compress(packed, &n, rows, sizeof rows), Z_OK);
    svm(0, 1);
    u16(117);
    part(1, (uint32_t)(14 + 40 + 12 + n + 16));
    text8("BM");
    for (int i = 0; i < 3; i++)
        u32(0);
    static const uint32_t head[] = { 40, 2, 2, 24 << 16 | 1, 0x01004453, 0, 0, 0, 0, 0 };
    for (size_t i = 0; i < COUNT(head); i++)
        u32(head[i]);
    u32((uint32_t)n);
    u32(sizeof rows);
    u32(0);
    buf_put(&file, packed, n);
    for (uint32_t i = 1; i <= 4; i++)
        u32(i * 100);
    const OdfStep *s = &play()->step[0];
    assert_int_equal(s->kind, STEP_IMAGE);
    assert_int_equal(s->image.picture->height, 2);
    assert_int_equal(hundredths(s->image.y), 20);
    assert_int_equal(hundredths(s->image.height), 40);
}

/* ---- nonsense ---- */

static void a_file_may_end_anywhere(void **state)
{
    void (*const write[])(void **) = {
        words_stand_where_their_letters_say, bitmaps_become_png,
        windows_and_worlds_follow_each_other, text_of_16_bits_is_read,
        points_that_control_make_curves, letters_of_svm_end_where_told,
        pixels_packed_by_libreoffice_are_read, a_gradient_has_its_mean_colour
    };
    for (size_t i = 0; i < COUNT(write); i++) {
        file.n = 0;
        write[i](state);
        for (size_t n = file.n; n-- > 0; ) {
            char *copy = malloc(n ? n : 1);     /* so that the sanitizer sees its end */
            memcpy(copy, file.p, n);
            OdfPicture p;
            if (odf_picture_read(&p, copy, n))
                odf_metafile(&p, arena);
            free(copy);
        }
    }
}

static void counts_that_lie_cost_nothing(void **state)
{
    (void)state;
    size_t before = arena_size(arena);
    wmf_placed();
    for (int i = 0; i < 1000; i++) {
        RECORD(0x538, 0xffff, 0xffff, 1, 2);    /* polygons */
        RECORD(POLYGON, 0xffff, 1, 2);
    }
    assert_true(play()->n <= 4000);
    assert_true(arena_size(arena) - before < 4 << 20);
}

/* Bitmaps of nothing but their size: they may not unpack to more than one budget. */
static void bitmaps_share_one_budget(void **state)
{
    (void)state;
    static const uint32_t head[] = { 40, 4000, 4000, 8 << 16 | 1, 1, 0, 0, 0, 1, 0, 0, 0x100 };
    static const int v[] = { 0, 4000, 4000, 0, 0, 500, 1000, 0, 0 };
    wmf_placed();
    for (int k = 0; k < 50; k++) {
        u32(3 + 11 + 2 * COUNT(head));
        u16(0xf43);
        u32(0xcc0020);
        for (size_t i = 0; i < COUNT(v); i++)
            u16((unsigned)v[i]);
        for (size_t i = 0; i < COUNT(head); i++)
            u32(head[i]);
    }
    const OdfMetafile *m = play();
    assert_int_equal(m->n, 1);                  /* 16 million pixels, once */
    assert_true(m->partial);
}

static void files_in_files_end(void **state)
{
    (void)state;
    enum { DEEP = 200 };
    size_t at[DEEP];
    svm(0, 1);
    color_action(132, 0, true);
    ACTION(103, 0, 0, 1000, 1000);
    for (int i = 0; i < DEEP; i++) {
        u16(147);
        part(1, 0);
        at[i] = file.n;
        svm(0, 1);
    }
    ACTION(103, 0, 0, 1000, 1000);
    for (int i = 0; i < DEEP; i++)
        poke32(at[i] - 4, (uint32_t)(file.n - at[i]));
    const OdfMetafile *m = play();
    assert_true(m->partial);
    assert_int_equal(m->n, 1);                  /* of the outermost */
}

static void numbers_without_meaning_are_harmless(void **state)
{
    (void)state;
    emf();
    EMF(17, 8);
    EMF(9, 0, 0);
    EMF(11, INT32_MAX, INT32_MIN);
    EMF(31, 1, 0, 0, 1);
    EMF(32, INT32_MIN, 1, INT32_MAX, -1);
    EMF(35, 0x7fc00000, 0x7f800000, (int)0xff800000, 0x7f7fffff, 1, 1);
    EMF(43, INT32_MIN, INT32_MIN, INT32_MAX, INT32_MAX);
    EMF(42, 5, 5, 5, 5);
    EMF(45, INT32_MIN, 0, INT32_MAX, 1, 0, 0, 0, 0);
    EMF(41, 1, 1, -1, 0x7fc00000, 0x7f7fffff);
    EMF(82, 1, INT32_MIN, 0, INT32_MIN, 0, 0x7fffffff);
    EMF(37, 1);
    EMF(34, INT32_MIN);
    EMF(34, INT32_MAX);
    const OdfMetafile *m = play();
    for (size_t i = 0; i < m->n; i++)
        for (uint32_t k = 0; k < m->step[i].path.n; k++)
            assert_true(abs(m->step[i].path.point[k].x) <= 1 << 24);
}

static int start(void **state)
{
    (void)state;
    arena = arena_new();
    file = (Buf){ 0 };
    return 0;
}

static int end(void **state)
{
    (void)state;
    buf_free(&file);
    arena_free(arena);
    return 0;
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, start, end)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_polygon_is_filled_and_stroked_in_its_window),
        TEST(a_placeable_file_tells_its_size),
        TEST(the_window_may_begin_anywhere_and_be_turned),
        TEST(without_a_window_the_picture_is_what_is_drawn),
        TEST(a_viewport_has_no_origin_without_an_extent),
        TEST(what_is_drawn_counts_even_in_a_placeable_file),
        TEST(objects_take_the_first_free_handle),
        TEST(restore_brings_back_what_was_saved),
        TEST(rounds_are_curves_from_where_they_begin),
        TEST(a_clip_cuts_and_hides),
        TEST(text_has_the_font_and_the_letters_of_its_charset),
        TEST(words_stand_where_their_letters_say),
        TEST(bitmaps_become_png),
        TEST(polygons_of_both_widths_are_the_same),
        TEST(a_path_is_painted_when_it_is_whole),
        TEST(windows_and_worlds_follow_each_other),
        TEST(text_of_16_bits_is_read),
        TEST(emf_plus_needs_its_emf),
        TEST(pop_gives_back_what_the_push_named),
        TEST(svm_paints_nothing_before_it_has_colours),
        TEST(mappings_of_svm_are_relative),
        TEST(points_that_control_make_curves),
        TEST(a_gradient_has_its_mean_colour),
        TEST(the_strips_of_a_gradient_are_not_drawn_too),
        TEST(letters_of_svm_end_where_told),
        TEST(pixels_packed_by_libreoffice_are_read),
        TEST(a_file_may_end_anywhere),
        TEST(counts_that_lie_cost_nothing),
        TEST(bitmaps_share_one_budget),
        TEST(files_in_files_end),
        TEST(numbers_without_meaning_are_harmless),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
