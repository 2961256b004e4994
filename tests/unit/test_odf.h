/* SPDX-License-Identifier: MIT */
/* What the tests of odf/ share: documents from text, packages from parts. */
#ifndef TEST_ODF_H
#define TEST_ODF_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>
#include <zlib.h>

#include "odf/odf.h"

#define OASIS "urn:oasis:names:tc:opendocument:xmlns:"
#define XMLNS \
    " xmlns:office='" OASIS "office:1.0' xmlns:style='" OASIS "style:1.0' xmlns:text='" OASIS \
    "text:1.0'" \
    " xmlns:table='" OASIS "table:1.0' xmlns:draw='" OASIS "drawing:1.0' xmlns:fo='" OASIS \
    "xsl-fo-compatible:1.0' xmlns:svg='" OASIS "svg-compatible:1.0' xmlns:number='" OASIS \
    "datastyle:1.0'" \
    " xmlns:config='" OASIS "config:1.0' xmlns:meta='" OASIS "meta:1.0' xmlns:script='" OASIS \
    "script:1.0'" \
    " xmlns:dc='http://purl.org/dc/elements/1.1/' xmlns:xlink='http://www.w3.org/1999/xlink'" \
    " xmlns:ooo='http://openoffice.org/2004/office' office:version='1.3'"

typedef struct {
    const char *meta, *settings, *fonts, *styles, *automatic, *masters, *body;
} Source;

typedef struct { const char *name; const void *data; size_t len; } TestPart;

static Diags *diags;
static OdfDoc *document;

/* Writes bytes to a new file and loads it; the file is gone afterwards. */
static inline OdfDoc *load_bytes(const void *data, size_t len)
{
    char path[] = "/tmp/skryba-test-XXXXXX";
    int fd = mkstemp(path);
    assert_true(fd >= 0);
    assert_int_equal(write(fd, data, len), (ssize_t)len);
    close(fd);
    OdfDoc *doc = odf_load(path, diags);
    unlink(path);
    return doc;
}

static inline void put_container(Buf *b, const char *name, const char *content)
{
    if (content)
        buf_format(b, "<office:%s>%s</office:%s>", name, content, name);
}

static inline OdfDoc *load_flat(const Source *s)
{
    Buf b = {0};
    buf_str(&b,
            "<office:document" XMLNS " office:mimetype='application/vnd.oasis.opendocument.text'>");
    put_container(&b, "meta", s->meta);
    put_container(&b, "settings", s->settings);
    put_container(&b, "font-face-decls", s->fonts);
    put_container(&b, "styles", s->styles);
    put_container(&b, "automatic-styles", s->automatic);
    put_container(&b, "master-styles", s->masters);
    buf_format(&b, "<office:body><office:text>%s</office:text></office:body></office:document>",
               s->body ? s->body : "");
    document = load_bytes(b.p, b.n);
    buf_free(&b);
    return document;
}
#define FLAT(...) load_flat(&(Source){ __VA_ARGS__ })

static inline void le(Buf *b, uint32_t v, int bytes)
{
    for (int i = 0; i < bytes; i++, v >>= 8)
        buf_chr(b, (int)(v & 0xff));
}

/* A package of stored entries. */
static inline void make_package(Buf *b, const TestPart *part, size_t n)
{
    Buf directory = {0};
    for (size_t i = 0; i < n; i++) {
        uint32_t crc = (uint32_t)crc32(0, part[i].data, (unsigned)part[i].len);
        uint32_t offset = (uint32_t)b->n, name = (uint32_t)strlen(part[i].name);
        Buf common = {0};
        le(&common, 20, 2);
        le(&common, 0, 4);
        le(&common, 0x28210001, 4);
        le(&common, crc, 4);
        le(&common, (uint32_t)part[i].len, 4);
        le(&common, (uint32_t)part[i].len, 4);
        le(&common, name, 4);
        le(b, 0x04034b50, 4);
        buf_put(b, common.p, common.n);
        buf_str(b, part[i].name);
        buf_put(b, part[i].data, part[i].len);
        le(&directory, 0x02014b50, 4);
        le(&directory, 20, 2);
        buf_put(&directory, common.p, common.n);
        le(&directory, 0, 10);
        le(&directory, offset, 4);
        buf_str(&directory, part[i].name);
        buf_free(&common);
    }
    uint32_t start = (uint32_t)b->n;
    buf_put(b, directory.p, directory.n);
    le(b, 0x06054b50, 4);
    le(b, 0, 4);
    le(b, (uint32_t)n, 2);
    le(b, (uint32_t)n, 2);
    le(b, (uint32_t)directory.n, 4);
    le(b, start, 4);
    le(b, 0, 2);
    buf_free(&directory);
}

#define CONTENT(body) \
    "<office:document-content" XMLNS "><office:body><office:text>" body \
    "</office:text></office:body></office:document-content>"
#define PART(name, text) { name, text, strlen(text) }

static inline OdfDoc *load_package(const TestPart *part, size_t n)
{
    Buf b = {0};
    make_package(&b, part, n);
    document = load_bytes(b.p, b.n);
    buf_free(&b);
    return document;
}

static inline int setup(void **state)
{
    (void)state;
    diags = diags_new(LANG_EN);
    document = NULL;
    return 0;
}

static inline int teardown(void **state)
{
    (void)state;
    odf_free(document);
    diags_free(diags);
    return 0;
}

/* The findings so far as text. */
static inline char *findings(void)
{
    static char text[4096];
    FILE *f = tmpfile();
    assert_non_null(f);
    diags_print(diags, f, &(DiagStyle){0});
    rewind(f);
    text[fread(text, 1, sizeof text - 1, f)] = 0;
    fclose(f);
    return text;
}

/* The n-th (from 0) element of that name, in the order of the text. */
static inline const OdfNode *nth(const OdfNode *n, OdfName name, int *i)
{
    if (n->name == name && (*i)-- == 0)
        return n;
    for (size_t k = 0; n->name != ODF_CHARACTERS && k < n->n_kid; k++) {
        const OdfNode *found = nth(n->kid[k], name, i);
        if (found)
            return found;
    }
    return NULL;
}

static inline const OdfNode *at(OdfName name, int i)
{
    const OdfNode *n = nth(document->body, name, &i);
    assert_non_null(n);
    return n;
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

#endif
