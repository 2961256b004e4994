/* SPDX-License-Identifier: MIT */
/* Pictures that a PDF cannot hold as they are - GIF, BMP, TIFF, SVG, and JPEG in the colours of a
 * press, of which PDF/A wants a profile - as PNG, by gdk-pixbuf.  Only
 * the loaders named here run, on bytes in memory; librsvg loads nothing that an SVG links to. */
#include "internal.h"

#include <gdk-pixbuf/gdk-pixbuf.h>
#include <string.h>

enum {
    PIXELS_MOST = 1 << 26,
    SVG_LEAST = 1200,           /* pixels of the longer side: an SVG is drawn as large as print */
    SVG_MOST = 2400,            /* may need it, four pixels for each of its own (384 dpi), but no */
    SVG_FINER = 4               /* larger than 20 cm at 300 dpi */
};

typedef struct { bool svg, refused; int width, height; } Size;

/* Told what size the picture says it has, before its pixels are made. */
static void size_known(GdkPixbufLoader *l, int width, int height, void *size)
{
    Size *s = size;
    s->width = width;
    s->height = height;
    s->refused = width <= 0 || height <= 0 || (int64_t)width * height > PIXELS_MOST;
    if (s->refused) {
        gdk_pixbuf_loader_set_size(l, 1, 1);
    } else if (s->svg) {
        int64_t longer = width > height ? width : height, want = longer * SVG_FINER;
        want = want < SVG_LEAST ? SVG_LEAST : want > SVG_MOST ? SVG_MOST : want;
        int w = (int)(width * want / longer), h = (int)(height * want / longer);
        gdk_pixbuf_loader_set_size(l, w ? w : 1, h ? h : 1);
    }
}

static void quiet(const char *domain, GLogLevelFlags level, const char *message, void *data)
{
    (void)domain, (void)level, (void)message, (void)data;
}

/* NULL: no loader, or no such picture; else the caller's. */
static GdkPixbuf *decode(const OdfPicture *p, const char *type, Size *size)
{
    GdkPixbufLoader *l = gdk_pixbuf_loader_new_with_type(type, NULL);
    if (!l)
        return NULL;
    g_signal_connect(l, "size-prepared", G_CALLBACK(size_known), size);
    bool ok = gdk_pixbuf_loader_write(l, p->data, p->len, NULL);
    ok = gdk_pixbuf_loader_close(l, NULL) && ok && !size->refused;
    GdkPixbuf *b = ok ? gdk_pixbuf_loader_get_pixbuf(l) : NULL;
    if (b)
        g_object_ref(b);
    g_object_unref(l);
    return b;
}

static uint32_t resolution(uint32_t dpi, int pixels, int own)
{
    return (uint32_t)((int64_t)(dpi ? dpi : 96) * pixels / (own > 0 ? own : 1));
}

static const OdfPicture *as_png(Arena *a, const OdfPicture *p, GdkPixbuf *b, const Size *s)
{
    gchar *data;
    gsize len;
    if (!gdk_pixbuf_save_to_buffer(b, &data, &len, "png", NULL, "compression", "6", NULL))
        return NULL;
    OdfPicture *png = ARENA_NEW(a, OdfPicture);
    bool ok = odf_picture_read(png, arena_dup(a, data, len), len);
    g_free(data);
    png->path = p->path;
    png->dpi_x = resolution(p->dpi_x, gdk_pixbuf_get_width(b), s->width);
    png->dpi_y = resolution(p->dpi_y, gdk_pixbuf_get_height(b), s->height);
    return ok ? png : NULL;
}

const OdfPicture *odf_picture_raster(Arena *a, const OdfPicture *p)
{
    static const struct { char media[16], type[8]; } types[] = {
        { "image/gif", "gif" }, { "image/bmp", "bmp" }, { "image/tiff", "tiff" },
        { "image/svg+xml", "svg" },
    };
    const char *media = odf_picture_media(p), *type = NULL;
    for (size_t i = 0; i < COUNT(types); i++)
        if (str_equal(media, types[i].media))
            type = types[i].type;
    if (p->kind == PICTURE_JPEG && p->components == 4)
        type = "jpeg";
    if (!type)
        return NULL;
    Size size = { .svg = p->kind == PICTURE_SVG };
    GLogFunc before = g_log_set_default_handler(quiet, NULL);
    GdkPixbuf *b = decode(p, type, &size);
    const OdfPicture *png = b ? as_png(a, p, b, &size) : NULL;
    if (b)
        g_object_unref(b);
    g_log_set_default_handler(before, NULL);
    return png;
}
