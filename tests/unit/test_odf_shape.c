/* SPDX-License-Identifier: MIT */
/* Outlines of shapes; what is expected was worked out by hand. */
#include "test_odf.h"

static Arena *arena;

typedef struct { OdfName name; const char *value; } Pair;

static OdfNode *node(OdfName name, const Pair *attr, size_t n, OdfNode *kid)
{
    OdfNode *x = odf_element(arena, name, n, kid ? 1 : 0);
    for (size_t i = 0; i < n; i++)
        odf_attrs(x)[i] = (OdfAttr){ attr[i].name, attr[i].value };
    if (kid)
        odf_kids(x)[0] = kid;
    return x;
}

#define NODE(name, kid, ...) \
    node(name, (Pair[]){ __VA_ARGS__ }, sizeof (Pair[]){ __VA_ARGS__ } / sizeof(Pair), kid)
/* 20 x 10 pt at (5 pt, 2 pt), that is 400 x 200 twips at (100, 40) */
#define BOX { ODF_SVG_X, "5pt" }, { ODF_SVG_Y, "2pt" }, { ODF_SVG_WIDTH, "20pt" }, \
            { ODF_SVG_HEIGHT, "10pt" }

/* "M0,0 L400,0 ... Z" of a shape, contours divided by |; "-" when there is none. */
static const char *outline(const OdfNode *n)
{
    static char text[4096];
    OdfShape s;
    size_t len = 0;
    if (!odf_shape(n, arena, &s))
        return "-";
    text[0] = 0;
    for (uint32_t i = 0, k = 0; i < s.n_point && len < sizeof text - 40; i++) {
        if (i == s.contour[k].end) {
            k++;
            len += (size_t)snprintf(text + len, sizeof text - len, "| ");
        }
        const OdfPoint *p = &s.point[i];
        len += (size_t)(p->kind == POINT_CLOSE
                            ? snprintf(text + len, sizeof text - len, "Z ")
                            : snprintf(text + len, sizeof text - len, "%c%d,%d ", "MLC"[p->kind],
                                       p->x, p->y));
    }
    if (len)
        text[len - 1] = 0;
    return text;
}

static const char *custom(const char *path, const char *modifiers, const char *f0, const char *f1)
{
    OdfNode *g = odf_element(arena, ODF_DRAW_ENHANCED_GEOMETRY, 3, 2);
    odf_attrs(g)[0] = (OdfAttr){ ODF_SVG_VIEWBOX, "0 0 200 100" };
    odf_attrs(g)[1] = (OdfAttr){ ODF_DRAW_ENHANCED_PATH, path };
    odf_attrs(g)[2] = (OdfAttr){ ODF_DRAW_MODIFIERS, modifiers };
    odf_kids(g)[0] = NODE(ODF_DRAW_EQUATION, NULL, { ODF_DRAW_NAME, "f0" },
                          { ODF_DRAW_FORMULA, f0 });
    odf_kids(g)[1] = NODE(ODF_DRAW_EQUATION, NULL, { ODF_DRAW_NAME, "f1" },
                          { ODF_DRAW_FORMULA, f1 });
    return outline(NODE(ODF_DRAW_CUSTOM_SHAPE, g, BOX));
}

static void rectangles_begin_at_their_corner(void **state)
{
    (void)state;
    assert_string_equal(outline(NODE(ODF_DRAW_RECT, NULL, BOX)),
                        "M0,0 L400,0 L400,200 L0,200 Z");
}

static void an_ellipse_is_four_curves(void **state)
{
    (void)state;
    /* k = 4/3 (sqrt 2 - 1) = 0.55228 of the radii 200 and 100, from the right, clockwise */
    assert_string_equal(outline(NODE(ODF_DRAW_ELLIPSE, NULL, BOX)),
                        "M400,100 C400,155 C310,200 C200,200 C90,200 C0,155 C0,100 "
                        "C0,45 C90,0 C200,0 C310,0 C400,45 C400,100 Z");
}

static void a_line_has_the_box_of_its_ends(void **state)
{
    (void)state;
    OdfNode *n = NODE(ODF_DRAW_LINE, NULL, { ODF_SVG_X1, "30pt" }, { ODF_SVG_Y1, "1pt" },
                      { ODF_SVG_X2, "10pt" }, { ODF_SVG_Y2, "6pt" });
    OdfShape s;
    assert_true(odf_shape(n, arena, &s));
    assert_int_equal(s.x, 200);
    assert_int_equal(s.y, 20);
    assert_int_equal(s.width, 400);
    assert_int_equal(s.height, 100);
    assert_true(s.open);
    assert_string_equal(outline(n), "M400,0 L0,100");
}

static void a_turn_is_against_the_clock(void **state)
{
    (void)state;
    /* a quarter turn of 400 x 200: the upper right corner comes to the top left; 20 pt further */
    OdfNode *n = NODE(ODF_DRAW_RECT, NULL, { ODF_SVG_WIDTH, "20pt" }, { ODF_SVG_HEIGHT, "10pt" },
                      { ODF_DRAW_TRANSFORM, "rotate (1.5707963267949) translate (20pt 30pt)" });
    OdfShape s;
    assert_true(odf_shape(n, arena, &s));
    assert_int_equal(s.width, 200);
    assert_int_equal(s.height, 400);
    assert_int_equal(s.x, 400);
    assert_int_equal(s.y, 600 - 400);
    assert_string_equal(outline(n), "M0,400 L0,0 L200,0 L200,400 Z");
}

static void paths_follow_svg(void **state)
{
    (void)state;
    OdfNode *n = NODE(ODF_DRAW_PATH, NULL, BOX, { ODF_SVG_VIEWBOX, "0 0 40 20" },
                      { ODF_SVG_D, "M10 5h20v10H10z m0 0 5,5-5,5M0-1e1L.5.5" });
    assert_string_equal(outline(n), "M100,50 L300,50 L300,150 L100,150 Z "
                                    "M100,50 L150,100 L100,150 M0,-100 L5,5");
    n = NODE(ODF_DRAW_PATH, NULL, BOX, { ODF_SVG_VIEWBOX, "0 0 40 20" },
             { ODF_SVG_D, "M0 0c1 2 3 4 5 6s1 1 2 2" });
    assert_string_equal(outline(n), "M0,0 C10,20 C30,40 C50,60 C70,80 C60,70 C70,80");
    n = NODE(ODF_DRAW_PATH, NULL, BOX, { ODF_SVG_VIEWBOX, "0 0 40 20" },
             { ODF_SVG_D, "M0 10A10 10 0 0 1 20 10" });
    assert_string_equal(outline(n), "M0,100 L0,100 C0,45 C45,0 C100,0 C155,0 C200,45 C200,100");
}

static void points_are_joined(void **state)
{
    (void)state;
    assert_string_equal(outline(NODE(ODF_DRAW_POLYGON, NULL, BOX, { ODF_SVG_VIEWBOX, "0 0 4 2" },
                                     { ODF_DRAW_POINTS, "0,2 2,0 4,2" })),
                        "M0,200 L200,0 L400,200 Z");
    assert_string_equal(outline(NODE(ODF_DRAW_POLYLINE, NULL, BOX, { ODF_SVG_VIEWBOX, "0 0 4 2" },
                                     { ODF_DRAW_POINTS, "0,2 2,0" })),
                        "M0,200 L200,0");
}

static void writers_shapes_are_computed(void **state)
{
    (void)state;
    assert_string_equal(custom("M 0 0 L ?f0 ?f1 $0 $1 Z N", "20 30", "left+width/4", "max(1, $1)*2"),
                        "M0,0 L100,120 L40,60 Z");
    assert_string_equal(custom("M ?f0 ?f1 L 0 0", "", "if(-1, 5, 7)", "2*(3+4)-sqrt(16)"),
                        "M14,20 L0,0");
    assert_string_equal(custom("M 0 0 L 1 0 N F M 2 2 3 3 N", "", "0", "0"),
                        "M0,0 L2,0 | M4,4 L6,6");
    assert_string_equal(custom("M 0 50 X 100 0 200 50", "", "0", "0"),
                        "M0,100 C110,100 C200,55 C200,0 C200,55 C290,100 C400,100");
    /* two quarters of the ellipse in the box, against the clock, from the right over the top */
    assert_string_equal(custom("B 0 0 200 100 200 50 0 50", "", "0", "0"),
                        "M400,100 C400,45 C310,0 C200,0 C90,0 C0,45 C0,100");
}

static void what_turns_in_a_circle_is_nothing(void **state)
{
    (void)state;
    assert_string_equal(custom("M ?f0 ?f1 L 1 1", "", "?f1 +1", "?f0 +1"), "M4,2 L2,2");
    assert_string_equal(custom("M ?none $77 L 1/0 1", "", "0", "0"), "M0,0");
}

static void deep_and_long_paths_end(void **state)
{
    (void)state;
    enum { MANY = 300000 };
    char *deep = malloc(2 * MANY + 1), *path = malloc(8 * MANY + 1), *p = path;
    memset(deep, '(', MANY);
    memset(deep + MANY, ')', MANY);
    deep[2 * MANY] = 0;
    custom("M ?f0 0 L 1 1", "", deep, "0");
    for (int i = 0; i < MANY; i++)
        p += sprintf(p, "M1 1L2 2");
    *p = 0;
    OdfShape s;
    assert_true(odf_shape(NODE(ODF_DRAW_PATH, NULL, BOX, { ODF_SVG_D, path }), arena, &s));
    assert_true(s.n_point <= 100000);
    free(deep);
    free(path);
}

static void frames_and_groups_are_no_shapes(void **state)
{
    (void)state;
    assert_string_equal(outline(NODE(ODF_DRAW_FRAME, NULL, BOX)), "-");
    assert_string_equal(outline(NODE(ODF_DRAW_G, NULL, BOX)), "-");
    assert_true(odf_is_drawing(ODF_DRAW_G));
    assert_false(odf_is_drawing(ODF_DRAW_IMAGE));
}

static int start(void **state)
{
    (void)state;
    arena = arena_new();
    return 0;
}

static int end(void **state)
{
    (void)state;
    arena_free(arena);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rectangles_begin_at_their_corner),
        cmocka_unit_test(an_ellipse_is_four_curves),
        cmocka_unit_test(a_line_has_the_box_of_its_ends),
        cmocka_unit_test(a_turn_is_against_the_clock),
        cmocka_unit_test(paths_follow_svg),
        cmocka_unit_test(points_are_joined),
        cmocka_unit_test(writers_shapes_are_computed),
        cmocka_unit_test(what_turns_in_a_circle_is_nothing),
        cmocka_unit_test(deep_and_long_paths_end),
        cmocka_unit_test(frames_and_groups_are_no_shapes),
    };
    return cmocka_run_group_tests(tests, start, end);
}
