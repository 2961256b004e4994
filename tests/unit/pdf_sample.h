/* SPDX-License-Identifier: MIT */
/* Documents for the tests of pdf/, laid out by hand and shaped with HarfBuzz here, so that neither
 * text/ nor layout/ is needed.  Lengths are twips. */
#ifndef PDF_SAMPLE_H
#define PDF_SAMPLE_H

#include <hb-ot.h>
#include <png.h>
#include <stdlib.h>
#include <string.h>

#include "pdf/pdf.h"
#include "pdf_jpeg.h"

#define LIBERATION "/usr/share/fonts/truetype/liberation2/Liberation"
#define SERIF LIBERATION "Serif-Regular.ttf"
#define SERIF_BOLD LIBERATION "Serif-Bold.ttf"
#define LATO "/usr/share/fonts/truetype/lato/Lato-Regular.ttf"
#define LIBERTINE "/usr/share/fonts/opentype/linux-libertine/LinLibertine_R.otf"

typedef struct {
    LayoutDoc *l;
    LayoutPage *p;
    uint32_t page;              /* of p */
    const TextFace *face;
    int32_t size, color, space_extra, spacing, scale;
    bool rtl;
    const char *language;
} Sample;

/* ---- faces ---- */

static inline TextFace *face_open(const char *path)
{
    static struct { const char *path; TextFace *face; } known[16];
    int k = 0;
    for (; known[k].path; k++)
        if (!strcmp(known[k].path, path))
            return known[k].face;
    hb_blob_t *blob = hb_blob_create_from_file_or_fail(path);
    if (!blob)
        return NULL;
    TextFace *t = calloc(1, sizeof *t);
    char name[128];
    unsigned len = sizeof name;
    hb_position_t v = 0;
    t->hb = hb_face_create(blob, 0);
    hb_blob_destroy(blob);
    t->font = hb_font_create(t->hb);
    t->upem = (int32_t)hb_face_get_upem(t->hb);
    hb_font_set_scale(t->font, t->upem, t->upem);
    hb_ot_name_get_utf8(t->hb, HB_OT_NAME_ID_FULL_NAME, HB_LANGUAGE_INVALID, &len, name);
    t->family = strdup(name);
    len = sizeof name;
    hb_ot_name_get_utf8(t->hb, HB_OT_NAME_ID_POSTSCRIPT_NAME, HB_LANGUAGE_INVALID, &len, name);
    t->postscript = strdup(name);
    t->file = path;
    hb_ot_metrics_get_position(t->font, HB_OT_METRICS_TAG_HORIZONTAL_ASCENDER, &v);
    t->ascent = v;
    hb_ot_metrics_get_position(t->font, HB_OT_METRICS_TAG_HORIZONTAL_DESCENDER, &v);
    t->descent = -v;
    hb_ot_metrics_get_position(t->font, HB_OT_METRICS_TAG_CAP_HEIGHT, &v);
    t->cap_height = v;
    hb_blob_t *head = hb_face_reference_table(t->hb, HB_TAG('h', 'e', 'a', 'd'));
    const unsigned char *d = (const unsigned char *)hb_blob_get_data(head, &len);
    for (int i = 0; i < 4; i++)
        t->bbox[i] = (int16_t)(d[36 + 2 * i] << 8 | d[37 + 2 * i]);
    hb_blob_destroy(head);
    t->weight = strstr(path, "Bold") ? 700 : 400;
    t->base = t;
    t->id = (unsigned)k;
    known[k].path = path;
    known[k].face = t;
    return t;
}

static inline TextFace *face_synthetic(Arena *a, const TextFace *base, bool bold, bool italic)
{
    TextFace *t = ARENA_NEW(a, TextFace);
    *t = *base;
    t->synthetic_bold = bold;
    t->synthetic_italic = italic;
    t->base = base;
    return t;
}

/* ---- documents ---- */

static inline Sample sample_new(const char *title)
{
    Arena *a = arena_new();
    LayoutDoc *l = ARENA_NEW(a, LayoutDoc);
    l->arena = a;
    l->title = title;
    l->language = "pl-PL";
    l->root = ARENA_NEW(a, LayoutNode);
    l->root->role = ROLE_DOCUMENT;
    return (
        Sample){ .l = l, .face = face_open(SERIF), .size = 240, .scale = 100, .language = "pl" };
}

static inline void sample_free(Sample *s)
{
    for (size_t i = 0; i < s->l->page.n; i++) {
        vec_free(&s->l->page.p[i]->item);
        vec_free(&s->l->page.p[i]->content);
        vec_free(&s->l->page.p[i]->link);
    }
    vec_free(&s->l->page);
    vec_free(&s->l->heading);
    arena_free(s->l->arena);
}

static inline void sample_page(Sample *s)
{
    s->p = ARENA_NEW(s->l->arena, LayoutPage);
    s->p->width = 11906;
    s->p->height = 16838;
    s->page = (uint32_t)s->l->page.n;
    vec_push(&s->l->page, s->p);
}

static inline LayoutKid *sample_kid(Sample *s, LayoutNode *n)
{
    LayoutKid *k = ARENA_NEW(s->l->arena, LayoutKid);
    if (n->last)
        n->last->next = k;
    else
        n->first = k;
    n->last = k;
    n->n_kids++;
    return k;
}

static inline LayoutNode *sample_node(Sample *s, LayoutNode *parent, LayoutRole role)
{
    LayoutNode *n = ARENA_NEW(s->l->arena, LayoutNode);
    LayoutKid *k = sample_kid(s, parent);
    n->role = role;
    n->parent = parent;
    k->kind = KID_NODE;
    k->node = n;
    return n;
}

static inline LayoutNode *sample_root(Sample *s, LayoutRole role)
{
    return sample_node(s, s->l->root, role);
}

/* An item of a node, or of artifact when node is NULL.  It goes on with the last marked content if
 * that is of the same node and nothing came in between. */
static inline LayoutItem *sample_item(Sample *s, LayoutNode *node, LayoutArtifact artifact)
{
    const LayoutItem *before = s->p->item.n ? &s->p->item.p[s->p->item.n - 1] : NULL;
    LayoutItem it = {
        .node = node, .artifact = (uint8_t)artifact, .color = s->color, .opacity = 100
    };
    if (node && before && before->node == node) {
        it.content = before->content;
    } else if (node) {
        LayoutKid *k = sample_kid(s, node);
        k->kind = KID_CONTENT;
        k->page = s->page;
        k->number = it.content = (uint32_t)s->p->content.n;
        vec_push(&s->p->content, node);
    }
    vec_push(&s->p->item, it);
    return &s->p->item.p[s->p->item.n - 1];
}

/* Shapes and places a text; returns its width. */
static inline int32_t sample_text(Sample *s, LayoutNode *node, LayoutArtifact artifact, int32_t x,
                                  int32_t y, const char *text)
{
    static hb_buffer_t *buffer;
    if (!buffer)
        buffer = hb_buffer_create();
    LayoutItem *it = sample_item(s, node, artifact);
    unsigned n;
    hb_buffer_clear_contents(buffer);
    hb_buffer_add_utf8(buffer, text, -1, 0, -1);
    hb_buffer_guess_segment_properties(buffer);
    hb_buffer_set_language(buffer, hb_language_from_string(s->language, -1));
    hb_shape(s->face->font, buffer, NULL, 0);
    hb_glyph_info_t *info = hb_buffer_get_glyph_infos(buffer, &n);
    hb_glyph_position_t *pos = hb_buffer_get_glyph_positions(buffer, &n);
    TextGlyph *g = ARENA_ARRAY(s->l->arena, TextGlyph, n);
    TextOffset *o = ARENA_ARRAY(s->l->arena, TextOffset, n);
    int64_t width = 0, extra = 0;
    for (unsigned i = 0; i < n; i++) {
        g[i] = (TextGlyph){ info[i].cluster, (uint16_t)info[i].codepoint,
                            (int16_t)pos[i].x_advance };
        o[i] = (TextOffset){ (int16_t)pos[i].x_offset, (int16_t)pos[i].y_offset };
        width += pos[i].x_advance;
        extra += s->spacing * 100 + (text[info[i].cluster] == ' ' ? s->space_extra : 0);
    }
    it->kind = ITEM_TEXT;
    it->x = x;
    it->y = y;
    it->text = (LayoutText){ .face = s->face,
                             .size = s->size,
                             .glyph = g,
                             .offset = o,
                             .n_glyph = n,
                             .text = arena_str(s->l->arena, text),
                             .len = (uint32_t)strlen(text),
                             .spacing = s->spacing,
                             .space_extra = s->space_extra,
                             .scale = s->scale,
                             .rtl = hb_buffer_get_direction(buffer) == HB_DIRECTION_RTL };
    return (int32_t)(width * s->size * s->scale / s->face->upem / 100 + extra / 100);
}

static inline int32_t sample_say(Sample *s, LayoutNode *node, int32_t x, int32_t y,
                                 const char *text)
{
    return sample_text(s, node, ARTIFACT_LAYOUT, x, y, text);
}

static inline void sample_heading(Sample *s, LayoutNode *node, int level, int32_t y,
                                  const char *text)
{
    sample_say(s, node, 1134, y, text);
    vec_push(&s->l->heading,
             (LayoutHeading){ arena_str(s->l->arena, text), level, s->page, y - 300, node });
}

static inline LayoutItem *sample_box(Sample *s, LayoutNode *node, LayoutArtifact artifact,
                                     int32_t x, int32_t y, int32_t w, int32_t h)
{
    LayoutItem *it = sample_item(s, node, artifact);
    it->kind = ITEM_FILL;
    it->x = x;
    it->y = y;
    it->w = w;
    it->h = h;
    return it;
}

static inline LayoutItem *sample_line(Sample *s, int32_t x, int32_t y, int32_t w, int32_t h)
{
    LayoutItem *it = sample_box(s, NULL, ARTIFACT_LAYOUT, x, y, w, h);
    it->kind = ITEM_LINE;
    it->line.width = 10;
    return it;
}

static inline LayoutItem *sample_image(Sample *s, LayoutNode *node, const OdfPicture *p, int32_t x,
                                       int32_t y, int32_t w, int32_t h)
{
    LayoutItem *it = sample_box(s, node, ARTIFACT_LAYOUT, x, y, w, h);
    it->kind = ITEM_IMAGE;
    it->image.picture = p;
    if (node)
        memcpy(node->box, (int32_t[]){ x, y, x + w, y + h }, sizeof node->box);
    return it;
}

static inline void sample_link(Sample *s, LayoutNode *node, int32_t x, int32_t y, int32_t w,
                               int32_t h, const char *uri, uint32_t to_page, int32_t to_y,
                               const char *text)
{
    LayoutKid *k = sample_kid(s, node);
    k->kind = KID_LINK;
    k->page = s->page;
    k->number = (uint32_t)s->p->link.n;
    vec_push(&s->p->link, (LayoutLink){ .node = node, .x = x, .y = y, .w = w, .h = h, .uri = uri,
                                        .to_page = to_page, .to_y = to_y, .text = text });
}

/* ---- pictures ---- */

/* A PNG of 24 x 16 pixels; format as in png_image, bits 8 or 16. */
static inline OdfPicture sample_png(Arena *a, uint32_t format, bool opaque)
{
    enum { W = 24, H = 16 };
    png_image image = { .version = PNG_IMAGE_VERSION, .width = W, .height = H, .format = format };
    unsigned channels = PNG_IMAGE_PIXEL_CHANNELS(format),
             size = PNG_IMAGE_PIXEL_COMPONENT_SIZE(format);
    bool map = format & PNG_FORMAT_FLAG_COLORMAP;
    unsigned char pixels[W * H * 8],
        colors[4 * 4] = { 255, 0, 0, 255, 0, 255, 0, 255, 0, 0, 255, 128, 9, 9, 9, 255 };
    if (map)
        channels = size = 1;
    for (unsigned i = 0; i < W * H; i++)
        for (unsigned k = 0; k < channels; k++) {
            bool alpha = format & PNG_FORMAT_FLAG_ALPHA && k == channels - 1 && !map;
            unsigned v = map     ? i / 7 % 4
                         : alpha ? (opaque ? 255 : i % 256)
                                 : (i * (k + 1) * 5) % 256;
            pixels[(i * channels + k) * size] = (unsigned char)v;
            if (size == 2)
                pixels[(i * channels + k) * 2 + 1] = (unsigned char)v;
        }
    image.colormap_entries = map ? 4 : 0;
    png_alloc_size_t len = 1 << 16;
    unsigned char *data = arena_get(a, len);
    if (!png_image_write_to_memory(&image, data, &len, 0, pixels, 0, map ? colors : NULL))
        abort();
    return (OdfPicture){ .path = "Pictures/sample.png",
                         .data = data,
                         .len = len,
                         .kind = PICTURE_PNG,
                         .width = W,
                         .height = H };
}

static inline OdfPicture sample_jpeg(const unsigned char *data, size_t len, uint8_t components)
{
    return (OdfPicture){ .path = "Pictures/sample.jpg",
                         .data = data,
                         .len = len,
                         .kind = PICTURE_JPEG,
                         .width = components == 4 ? 8 : 32,
                         .height = components == 4 ? 4 : 16,
                         .components = components };
}

#endif
