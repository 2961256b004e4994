/* SPDX-License-Identifier: MIT */
/* Controls of forms (ODF 1.3 part 3, section 13) as they print: what is typed in them, their
 * labels, boxes and ticks. */
#include "emit.h"

#include <string.h>

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

static const OdfTextProps *text_props(Ctx *c, const Frame *f)
{
    const char *style = odf_attr(f->node, ODF_DRAW_TEXT_STYLE_NAME);
    return odf_para_text_props(
        c->file, style ? odf_style(c->file, FAMILY_PARAGRAPH, style, c->masters) : NULL);
}

int32_t control_inset(Ctx *c, const Frame *f)
{
    return ticks(f->control) ? text_props(c, f)->size * 3 / 2 : 40;
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

static size_t square(OdfPoint *p, int32_t w, int32_t h)
{
    const OdfPoint all[] = { { POINT_MOVE, 0, 0 }, { POINT_LINE, w, 0 }, { POINT_LINE, w, h },
                             { POINT_LINE, 0, h }, { POINT_CLOSE, 0, 0 } };
    memcpy(p, all, sizeof all);
    return COUNT(all);
}

/* The tick is a character, so that it is found and copied as one. */
static void put_tick(Emit *e, const OdfTextProps *text, int32_t side, int32_t x, int32_t y,
                     LayoutNode *node)
{
    OdfTextProps *props = ARENA_NEW(e->c->arena, OdfTextProps);
    *props = *text;
    props->family = "OpenSymbol";
    props->symbol = true;
    props->size = side;
    props->weight = 400;
    props->scale = 100;
    props->letter_spacing = props->rise = 0;
    props->italic = false;
    Portion tick = portion_text(e->c, props, side, "\xe2\x9c\x93");
    emit_text(e, &tick, x + side * 213 / 2000, y + side - side * 323 / 2000, node);
}

/* A box is as high as its text, where the control has the room (measured in LibreOffice 7.4). */
void emit_control(Emit *e, const Frame *f, int32_t x, int32_t y, LayoutNode *node)
{
    const OdfTextProps *text = text_props(e->c, f);
    int32_t side = text->size, left = side / 10;
    const Paint line = { 0, 100, false, left }, full = { 0, 100, true, 0 };
    const Paint thin = { 0, 100, false, 10 };
    OdfPoint p[14];
    side = side < f->width ? side : f->width;
    side = side < f->height ? side : f->height;
    int32_t top = y + (f->height - side) / 2, half = side / 2;
    bool on = is_on(f->control);
    if (f->control->name == ODF_FORM_RADIO) {
        emit_path(e, node, p, circle(p, half, half, half), x + left, top, line);
        if (on)
            emit_path(e, node, p, circle(p, half, half, half / 2), x + left, top, full);
    } else if (f->control->name == ODF_FORM_CHECKBOX) {
        emit_path(e, node, p, square(p, side, side), x + left, top, line);
        if (on)
            put_tick(e, text, side, x + left, top, node);
    } else if (f->control->name != ODF_FORM_FIXED_TEXT) {
        emit_path(e, NULL, p, square(p, f->width, f->height), x, y, thin);
    }
}
