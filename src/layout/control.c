/* SPDX-License-Identifier: MIT */
/* Controls of forms (ODF 1.3 part 3, section 13) as they print: what is typed in them, their
 * labels, boxes and ticks. */
#include "internal.h"

#include <string.h>

enum { BOX = 180 };             /* side of a check box, at most; twips */

/* ---- which one ---- */

static void collect(Ctx *c, const OdfNode *n, int depth)
{
    enum { DEEPEST = 20 };
    for (uint32_t i = 0; n->name != ODF_CHARACTERS && depth < DEEPEST && i < n->n_kid; i++) {
        const OdfNode *k = n->kid[i];
        const char *id = k->name == ODF_CHARACTERS ? NULL : odf_attr(k, ODF_FORM_ID);
        if (k->name != ODF_CHARACTERS && !id)
            id = odf_attr(k, ODF_XML_ID);
        if (id)
            map_put(c->controls, id, strlen(id), (void *)(uintptr_t)k);
        collect(c, k, depth + 1);
    }
}

const OdfNode *control_find(Ctx *c, const OdfNode *n)
{
    const char *id = odf_attr(n, ODF_DRAW_CONTROL);
    if (!c->controls) {
        const OdfNode *forms = odf_kid(c->doc->body, ODF_OFFICE_FORMS);
        c->controls = map_new(c->arena);
        if (forms)
            collect(c, forms, 0);
    }
    const OdfNode *k = id ? map_get(c->controls, id, strlen(id)) : NULL;
    return k && k->name != ODF_FORM_HIDDEN ? k : NULL;
}

/* ---- what it says ---- */

static bool ticks(const OdfNode *control)
{
    return control->name == ODF_FORM_CHECKBOX || control->name == ODF_FORM_RADIO;
}

static bool is_on(const OdfNode *control)
{
    const char *state = odf_attr(control, ODF_FORM_CURRENT_STATE);
    const char *chosen = odf_attr(control, ODF_FORM_CURRENT_SELECTED);
    state = state ? state : odf_attr(control, ODF_FORM_STATE);
    chosen = chosen ? chosen : odf_attr(control, ODF_FORM_SELECTED);
    return str_equal(state, "checked") || str_equal(chosen, "true");
}

static const char *value_of(const OdfNode *control)
{
    const char *v = odf_attr(control, ODF_FORM_CURRENT_VALUE);
    for (uint32_t i = 0; !v && i < control->n_kid; i++)
        if (control->kid[i]->name == ODF_FORM_OPTION && is_on(control->kid[i]))
            v = odf_attr(control->kid[i], ODF_FORM_LABEL);
    return v || control->name == ODF_FORM_LISTBOX ? v : odf_attr(control, ODF_FORM_VALUE);
}

static bool is_labelled(const OdfNode *control)
{
    switch (control->name) {
    case ODF_FORM_CHECKBOX: case ODF_FORM_RADIO: case ODF_FORM_BUTTON: case ODF_FORM_FIXED_TEXT:
    case ODF_FORM_FRAME:
        return true;
    default:
        return false;
    }
}

const OdfNode *control_text(Ctx *c, const Frame *f)
{
    const char *text =
        is_labelled(f->control) ? odf_attr(f->control, ODF_FORM_LABEL) : value_of(f->control);
    const char *style = odf_attr(f->node, ODF_DRAW_TEXT_STYLE_NAME);
    if (!text || !*text)
        return NULL;
    OdfNode *holder = odf_element(c->pass, ODF_DRAW_TEXT_BOX, 0, 1);
    OdfNode *p = odf_kids(holder)[0] = odf_element(c->pass, ODF_TEXT_P, 0, 1);
    odf_kids(p)[0] = odf_characters(c->pass, text, strlen(text));
    odf_kids(p)[0]->origin = p->origin = f->node->origin;
    p->style = style ? odf_style(c->file, FAMILY_PARAGRAPH, style, c->masters) : NULL;
    return holder;
}

static int32_t side_of(const Frame *f)
{
    int32_t side = f->width < f->height ? f->width : f->height;
    return side < BOX ? side : BOX;
}

int32_t control_inset(const Frame *f)
{
    return ticks(f->control) ? side_of(f) + 60 : 40;
}

/* ---- what it is ---- */

void control_meaning(const Frame *f, LayoutNode *node)
{
    const OdfNode *k = f->control;
    const char *says = odf_attr(k, ODF_FORM_TITLE);
    says = says ? says : odf_attr(k, ODF_FORM_LABEL);
    node->alt = says && *says ? says : odf_attr(k, ODF_FORM_NAME);
    node->field = k->name == ODF_FORM_CHECKBOX ? PRINT_CHECK_BOX
                  : k->name == ODF_FORM_RADIO  ? PRINT_RADIO_BUTTON
                  : k->name == ODF_FORM_BUTTON ? PRINT_PUSH_BUTTON
                                               : PRINT_TEXT;
    node->checked = ticks(k) && is_on(k);
}

/* ---- how it looks ---- */

static size_t circle(OdfPoint *p, int32_t x, int32_t y, int32_t r)
{
    const int32_t k = r * 552 / 1000;
    const OdfPoint all[] = {
        { POINT_MOVE, x + r, y },     { POINT_CURVE, x + r, y + k }, { POINT_CURVE, x + k, y + r },
        { POINT_CURVE, x, y + r },    { POINT_CURVE, x - k, y + r }, { POINT_CURVE, x - r, y + k },
        { POINT_CURVE, x - r, y },    { POINT_CURVE, x - r, y - k }, { POINT_CURVE, x - k, y - r },
        { POINT_CURVE, x, y - r },    { POINT_CURVE, x + k, y - r }, { POINT_CURVE, x + r, y - k },
        { POINT_CURVE, x + r, y },    { POINT_CLOSE, x + r, y },
    };
    memcpy(p, all, sizeof all);
    return COUNT(all);
}

static size_t square(OdfPoint *p, int32_t w, int32_t h, int32_t y)
{
    const OdfPoint all[] = { { POINT_MOVE, 0, y }, { POINT_LINE, w, y }, { POINT_LINE, w, y + h },
                             { POINT_LINE, 0, y + h }, { POINT_CLOSE, 0, y } };
    memcpy(p, all, sizeof all);
    return COUNT(all);
}

void emit_control(Emit *e, const Frame *f, int32_t x, int32_t y, LayoutNode *node)
{
    const Paint thin = { 0, 100, false, 10 }, thick = { 0, 100, false, 24 },
                full = { 0, 100, true, 0 };
    OdfPoint p[14];
    int32_t side = side_of(f), top = (f->height - side) / 2;
    bool on = is_on(f->control);
    if (f->control->name == ODF_FORM_RADIO) {
        emit_path(e, node, p, circle(p, side / 2, top + side / 2, side / 2), x, y, thin);
        if (on)
            emit_path(e, node, p, circle(p, side / 2, top + side / 2, side / 4), x, y, full);
    } else if (f->control->name == ODF_FORM_CHECKBOX) {
        const OdfPoint tick[] = { { POINT_MOVE, side / 5, top + side / 2 },
                                  { POINT_LINE, side * 2 / 5, top + side * 3 / 4 },
                                  { POINT_LINE, side * 4 / 5, top + side / 4 } };
        emit_path(e, node, p, square(p, side, side, top), x, y, thin);
        if (on)
            emit_path(e, node, tick, COUNT(tick), x, y, thick);
    } else if (f->control->name != ODF_FORM_FIXED_TEXT) {
        emit_path(e, NULL, p, square(p, f->width, f->height, 0), x, y, thin);
    }
}
