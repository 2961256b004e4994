/* SPDX-License-Identifier: MIT */
/* What the PDF does not show: what layout/ draws, and no more. */
#include "lint_internal.h"

#include <string.h>

/* What of an element the rules below are for. */
enum { PARAGRAPH = 1, SPAN = 2, LETTERS = PARAGRAPH | SPAN, FRAME = 4, CELL = 8 };

typedef const char *const Words[2];     /* by Lang */

static Words relief = { "letters in relief", "litery wypukłe lub wklęsłe" };
static Words vertical = { "vertical text", "tekst pisany pionowo" };
static Words filled = { "a hatching, or a gradient that is not straight",
                        "kreskowanie albo gradient inny niż prostoliniowy" };
static Words colours = { "changed colours of a picture", "zmienione kolory obrazu" };

static void tell_unseen(Look *k, const char *const words[2])
{
    look_tell(k, DIAG_lint_feature, 0, 0, words[k->l->lang], NULL, NULL);
}

/* ---- elements ---- */

static const struct { OdfName name; Words text; } unseen[] = {
    { ODF_DRAW_MEASURE, { "a dimension line", "linia wymiarowa" } },
    { ODF_DRAW_FLOATING_FRAME, { "a floating frame", "pływająca ramka" } },
    { ODF_DRAW_PLUGIN, { "a plug-in", "wtyczka" } },
    { ODF_DRAW_APPLET, { "an applet", "aplet" } },
    { ODF_TEXT_RUBY_TEXT, { "ruby text above its base", "objaśnienie nad tekstem (ruby)" } },
};

/* ---- styles ---- */

/* Settings of a style, and their values that change nothing. */
static const struct { int of; const char *attr, *nothing; const char *const *text; } setting[] = {
    { LETTERS, "style:text-outline", "false", (Words){ "outlined letters", "kontur liter" } },
    { LETTERS, "fo:text-shadow", "none", (Words){ "shadows of letters", "cień liter" } },
    { LETTERS, "style:font-relief", "none", relief },
    { LETTERS, "style:text-emphasize", "none", (Words){ "marks over letters",
                                                        "znaki wyróżnienia nad literami" } },
    { LETTERS, "style:text-rotation-angle", "0 0deg", (Words){ "rotated letters",
                                                               "obrócone litery" } },
    { LETTERS, "style:text-combine", "none", (Words){ "two lines in one",
                                                      "dwa wiersze w jednym" } },
    { SPAN, "fo:border", "none", (Words){ "borders around letters", "obramowanie liter" } },
    { PARAGRAPH, "style:writing-mode", "lr-tb lr rl-tb rl page",
      (Words){ "the direction of the paragraph", "kierunek pisma akapitu" } },
    { CELL | FRAME, "style:writing-mode", "lr-tb lr rl-tb rl page", vertical },
    { FRAME, "draw:luminance", "0% 0", colours },
    { FRAME, "draw:contrast", "0% 0", colours },
    { FRAME, "draw:gamma", "100% 1 1.0", colours },
    { FRAME, "draw:red", "0% 0", colours },
    { FRAME, "draw:green", "0% 0", colours },
    { FRAME, "draw:blue", "0% 0", colours },
    { FRAME, "draw:color-inversion", "false", colours },
    { FRAME, "draw:color-mode", "standard greyscale", colours },
};

static Words drop_cap = { "a drop cap", "inicjał" };

static int part_of(OdfName name)
{
    switch (name) {
    case ODF_TEXT_P: case ODF_TEXT_H: return PARAGRAPH;
    case ODF_TEXT_SPAN: return SPAN;
    case ODF_DRAW_FRAME: return FRAME;
    case ODF_TABLE_TABLE_CELL: return CELL;
    default: return 0;
    }
}

static bool says(const char *value, const char *nothing)
{
    size_t n = value ? strlen(value) : 0;
    for (const char *s = nothing; n && *s; s += strcspn(s, " "), s += *s == ' ')
        if (!strncmp(s, value, n) && (!s[n] || s[n] == ' '))
            return false;
    return n > 0;
}

/* A style is told of once, where it is used first. */
static void look_style(Look *k, const OdfNode *n, int part)
{
    const char *const *last = NULL;
    if (map_get(k->styles, (const char *)&n->style, sizeof n->style))
        return;
    map_put(k->styles, (const char *)&n->style, sizeof n->style, k);
    for (size_t i = 0; i < COUNT(setting); i++)
        if ((setting[i].of & part) && setting[i].text != last &&
            says(odf_style_attr(n->style, odf_name(setting[i].attr)), setting[i].nothing)) {
            tell_unseen(k, setting[i].text);
            last = setting[i].text;
        }
    if (part == PARAGRAPH && odf_drops_cap(n->style))
        tell_unseen(k, drop_cap);
}

/* ---- frames ---- */

/* What cannot be drawn of it is told when it is. */
static bool is_chart(const Look *k, const OdfNode *frame)
{
    Arena *a = arena_new();
    bool found = odf_chart(k->doc, frame, a) != NULL;
    arena_free(a);
    return found;
}

static void look_picture(Look *k, const OdfNode *frame)
{
    bool object = odf_kid(frame, ODF_DRAW_OBJECT) || odf_kid(frame, ODF_DRAW_OBJECT_OLE);
    if (look_picture_tag(frame) || (!object && !odf_kid(frame, ODF_DRAW_IMAGE)))
        return;
    const OdfPicture *p = odf_frame_picture(k->doc, frame);
    if ((p && odf_picture_paints(p)) || is_chart(k, frame))
        return;
    tell_unseen(k, object ? (Words){ "an object (a formula, a chart that cannot be read)",
                                     "obiekt (wzór, wykres, którego nie da się odczytać)" }
                          : (Words){ "a picture of a kind that is not printed",
                                     "obraz rodzaju, którego się nie drukuje" });
}

static void look_frame(Look *k, const OdfNode *frame)
{
    const char *turned = odf_attr(frame, ODF_DRAW_TRANSFORM);
    OdfFrameProps p;
    odf_frame_props(k->doc->file, frame, &p);
    if (!odf_kid(frame, ODF_DRAW_TEXT_BOX))
        look_picture(k, frame);
    if (p.other_fill || (p.gradient && p.fill_opacity < 100))
        tell_unseen(k, filled);
    if (turned && strstr(turned, "rotate"))
        tell_unseen(k, (Words){ "the rotation of a frame", "obrót ramki" });
}

void look_feature(Look *k, const OdfNode *n)
{
    int part = part_of(n->name);
    if (n->style && part)
        look_style(k, n, part);
    if (part == FRAME)
        look_frame(k, n);
    for (size_t i = 0; i < COUNT(unseen); i++)
        if (unseen[i].name == n->name)
            tell_unseen(k, unseen[i].text);
}

/* ---- pages ---- */

static const OdfNode *page_layout(const OdfFile *f, const char *name)
{
    const OdfNode *in = f->flat ? f->automatic : f->automatic_styles_xml;
    for (size_t i = 0; name && in && i < in->n_kid; i++)
        if (in->kid[i]->name == ODF_STYLE_PAGE_LAYOUT &&
            str_equal(odf_attr(in->kid[i], ODF_STYLE_NAME), name))
            return in->kid[i];
    return NULL;
}

void look_page_feature(Look *k, const OdfNode *master)
{
    const OdfNode *n = page_layout(k->doc->file, odf_attr(master, ODF_STYLE_PAGE_LAYOUT_NAME));
    Spot s = look_page_spot(k, master);
    for (size_t i = 0; n && i < n->n_kid; i++) {
        const OdfNode *kid = n->kid[i];
        bool page = kid->name == ODF_STYLE_PAGE_LAYOUT_PROPERTIES;
        const char *mode = page ? odf_attr(kid, ODF_STYLE_WRITING_MODE) : NULL;
        if (says(mode, "lr-tb lr rl-tb rl page"))
            tell(k->l->t, k->l->d, &s, DIAG_lint_feature, vertical[k->l->lang], NULL, NULL);
    }
}
