/* SPDX-License-Identifier: MIT */
/* Pictures of the project's folder, and QR codes, in the frames of a template. */
#include "internal.h"

#include <errno.h>
#include <fcntl.h>
#include <png.h>
#include <qrencode.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { QR_QUIET = 4, QR_MODULE = 8 };   /* modules of white around; pixels of a module */

/* ---- opening: step by step, so that no link and no .. leads out ---- */

static int open_below(const char *folder, const char *path)
{
    int at = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    while (at >= 0) {
        size_t n = strcspn(path, "/");
        char name[256];
        int next = -1;
        if (!n || n >= sizeof name || (n <= 2 && !strncmp(path, "..", n))) {
            errno = EACCES;
        } else {
            memcpy(name, path, n);
            name[n] = 0;
            bool last = !path[n];
            next = openat(at, name,
                          O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK |
                              (last ? 0 : O_DIRECTORY));
        }
        int failed = errno;
        close(at);
        errno = failed;
        if (next < 0 || !path[n])
            return next;
        at = next;
        path += n + 1;
    }
    return -1;
}

/* All of an ordinary file; NULL: errno tells. */
static void *read_all(Fill *f, int fd, size_t *len)
{
    struct stat s;
    if (fstat(fd, &s))
        return NULL;
    if (!S_ISREG(s.st_mode) || s.st_size > TEMPLATE_PICTURE) {
        errno = S_ISREG(s.st_mode) ? EFBIG : EINVAL;
        return NULL;
    }
    size_t size = (size_t)s.st_size;
    char *data = arena_get(f->a, size + 1);
    for (*len = 0; *len < size; ) {
        ssize_t n = read(fd, data + *len, size - *len);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return NULL;
        if (!n)
            break;
        *len += (size_t)n;
    }
    return data;
}

/* ---- the pictures of the document ---- */

static const OdfPicture *add_picture(Fill *f, const void *data, size_t len)
{
    OdfPicture *p = ARENA_NEW(f->a, OdfPicture);
    if (!odf_picture_read(p, data, len))
        return NULL;
    p->path = odf_picture_path(f->a, data, len);
    if (!f->pictures)
        f->pictures = map_new(f->a);
    const OdfPicture *known = map_get(f->pictures, p->path, strlen(p->path));
    if (known)
        return known;
    p->drawn = odf_picture_raster(f->a, p);
    map_put(f->pictures, p->path, strlen(p->path), p);
    return p;
}

static const OdfPicture *file_picture(Fill *f, const Tag *tag, const char *path)
{
    const char *folder = f->t->options.project_folder;
    int fd = folder ? open_below(folder, path) : -1;
    if (!folder)
        errno = EACCES;
    size_t len;
    void *data = fd < 0 ? NULL : read_all(f, fd, &len);
    int failed = errno;
    if (fd >= 0)
        close(fd);
    if (!data) {
        bool outside = failed == EACCES || failed == ELOOP || failed == ENOTDIR;
        fill_tell(f, tag, outside ? DIAG_template_picture_outside : DIAG_template_picture_open,
                  path, strerror(failed));
        return NULL;
    }
    const OdfPicture *p = add_picture(f, data, len);
    if (!p)
        fill_tell(f, tag, DIAG_template_picture_kind, path, NULL);
    return p;
}

/* ---- QR codes ---- */

static void png_put(png_structp png, png_bytep data, png_size_t len)
{
    buf_put(png_get_io_ptr(png), data, len);
}

static void png_done(png_structp png)
{
    (void)png;
}

/* One bit a pixel; black is 0. */
static void draw_row(const QRcode *qr, int y, png_bytep row, size_t size)
{
    memset(row, 0xFF, size);
    for (int x = 0; y >= 0 && y < qr->width && x < qr->width; x++)
        if (qr->data[y * qr->width + x] & 1)
            for (int i = (x + QR_QUIET) * QR_MODULE; i < (x + QR_QUIET + 1) * QR_MODULE; i++)
                row[i / 8] &= (png_byte)~(0x80 >> i % 8);
}

static bool write_png(const QRcode *qr, Buf *out)
{
    int side = (qr->width + 2 * QR_QUIET) * QR_MODULE;
    size_t size = (size_t)(side + 7) / 8;
    png_structp png = png_create_write_struct(PNG_LIBPNG_VER_STRING, NULL, NULL, NULL);
    png_infop info = png ? png_create_info_struct(png) : NULL;
    png_bytep row = mem_new(size);
    if (!info || setjmp(png_jmpbuf(png))) {
        png_destroy_write_struct(&png, &info);
        free(row);
        return false;
    }
    png_set_write_fn(png, out, png_put, png_done);
    png_set_compression_level(png, 9);
    png_set_IHDR(png, info, (png_uint_32)side, (png_uint_32)side, 1, PNG_COLOR_TYPE_GRAY,
                 PNG_INTERLACE_NONE, PNG_COMPRESSION_TYPE_DEFAULT, PNG_FILTER_TYPE_DEFAULT);
    png_write_info(png, info);
    for (int y = 0; y < side; y++) {
        draw_row(qr, y / QR_MODULE - QR_QUIET, row, size);
        png_write_row(png, row);
    }
    png_write_end(png, NULL);
    png_destroy_write_struct(&png, &info);
    free(row);
    return true;
}

static const OdfPicture *qr_picture(Fill *f, const Tag *tag, const char *text, size_t len)
{
    QRcode *qr = len && len < 3000
        ? QRcode_encodeData((int)len, (const unsigned char *)text, 0, QR_ECLEVEL_M) : NULL;
    Buf png = { 0 };
    const OdfPicture *p = NULL;
    if (qr && write_png(qr, &png)) {
        void *data = arena_get(f->a, png.n);
        memcpy(data, png.p, png.n);
        p = add_picture(f, data, png.n);
    }
    if (!p)
        fill_tell(f, tag, DIAG_template_qr, NULL, NULL);
    QRcode_free(qr);
    buf_free(&png);
    return p;
}

/* ---- the frame ---- */

static const char *length_text(Fill *f, int32_t twips)
{
    Buf b = { 0 };
    buf_fixed(&b, (int64_t)twips * 5, 2);
    buf_str(&b, "pt");
    const char *s = arena_dup(f->a, b.p, b.n);
    buf_free(&b);
    return s;
}

typedef struct { int32_t width, height, x, y; bool sized, placed_x, placed_y; } Box;

static bool read_length(const OdfNode *n, OdfName name, int32_t *out)
{
    const char *s = odf_attr(n, name);
    return s && odf_length(s, out);
}

/* The largest size of the picture's ratio in the frame's box; the same middle where the frame
 * stands at a position of its own. */
static Box fit(const OdfNode *frame, const OdfPicture *p)
{
    Box b = { 0 };
    if (!read_length(frame, ODF_SVG_WIDTH, &b.width) ||
        !read_length(frame, ODF_SVG_HEIGHT, &b.height) || b.width <= 0 || b.height <= 0 ||
        !p->width || !p->height)
        return b;
    b.sized = true;
    int32_t width = b.width, height = b.height;
    int64_t by_width = (int64_t)width * p->height, by_height = (int64_t)height * p->width;
    if (by_width > by_height)
        b.width = (int32_t)((by_height + p->height / 2) / p->height);
    else
        b.height = (int32_t)((by_width + p->width / 2) / p->width);
    b.placed_x = read_length(frame, ODF_SVG_X, &b.x);
    b.placed_y = frame_anchored(NULL, frame) && read_length(frame, ODF_SVG_Y, &b.y);
    b.x += (width - b.width) / 2;
    b.y += (height - b.height) / 2;
    return b;
}

static const char *box_value(Fill *f, const Box *b, OdfName name)
{
    switch (name) {
    case ODF_SVG_WIDTH: return b->sized ? length_text(f, b->width) : NULL;
    case ODF_SVG_HEIGHT: return b->sized ? length_text(f, b->height) : NULL;
    case ODF_SVG_X: return b->sized && b->placed_x ? length_text(f, b->x) : NULL;
    case ODF_SVG_Y: return b->sized && b->placed_y ? length_text(f, b->y) : NULL;
    default: return NULL;
    }
}

static void set_box(Fill *f, OdfNode *n, const Box *b)
{
    OdfAttr *attr = ARENA_ARRAY(f->a, OdfAttr, n->n_attr + 1);
    size_t kept = 0;
    for (size_t i = 0; i < n->n_attr; i++) {
        OdfAttr a = n->attr[i];
        if (b->sized && (a.name == ODF_STYLE_REL_WIDTH || a.name == ODF_STYLE_REL_HEIGHT))
            continue;
        const char *value = box_value(f, b, a.name);
        if (value)
            a.value = value;
        attr[kept++] = a;
    }
    n->attr = attr;
    n->n_attr = (uint16_t)kept;
}

static const OdfNode *image_element(Fill *f, const OdfPicture *p)
{
    static const char *const type[] = { "application/octet-stream", "image/png", "image/jpeg",
                                        "image/svg+xml" };
    OdfNode *n = odf_element(f->a, ODF_DRAW_IMAGE, 5, 0);
    OdfAttr *a = odf_attrs(n);
    a[0] = (OdfAttr){ ODF_XLINK_HREF, p->path };
    a[1] = (OdfAttr){ ODF_XLINK_TYPE, "simple" };
    a[2] = (OdfAttr){ ODF_XLINK_SHOW, "embed" };
    a[3] = (OdfAttr){ ODF_XLINK_ACTUATE, "onLoad" };
    a[4] = (OdfAttr){ ODF_DRAW_MIME_TYPE, type[p->kind] };
    return n;
}

static const OdfNode *text_element(Fill *f, OdfName name, const char *text)
{
    OdfNode *n = odf_element(f->a, name, 0, 1);
    odf_kids(n)[0] = odf_characters(f->a, text, strlen(text));
    return n;
}

const OdfNode *picture_frame(Fill *f, const Op *op, OdfNode *n, const char *desc)
{
    const Tag *tag = op->tag;
    Buf text = { 0 };
    if (!value_text(f, tag, &text)) {
        buf_free(&text);
        return NULL;
    }
    const OdfPicture *p = tag->kind == TAG_QR ? qr_picture(f, tag, text.p, text.n)
                                              : file_picture(f, tag, text.p);
    if (p) {
        Box box = fit(n, p);
        set_box(f, n, &box);
        if (tag->kind == TAG_QR && (!desc || !*desc))
            desc = arena_format(
                f->a, str_starts(f->t->language, "pl") ? "Kod QR: %s" : "QR code: %s", text.p);
        size_t base = f->out.n;
        vec_push(&f->out, image_element(f, p));
        fill_run(f, &op->body);
        if (desc && *desc)
            vec_push(&f->out, text_element(f, ODF_SVG_DESC, desc));
        fill_kids(f, n, base);
    }
    buf_free(&text);
    return p ? n : NULL;
}
