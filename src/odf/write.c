/* SPDX-License-Identifier: MIT */
/* Documents written: the parts of a package (ODF 1.3 part 2 and part 3 section 3), or a flat file.
 */
#include "internal.h"

#include <stdlib.h>
#include <string.h>

/* Kept with the file from one document to the next: room, and the packed parts that repeat. */
struct OdfWriter {
    Arena *arena, *names;       /* names: of the entries of one package */
    OdfSerializer s;
    OdfUse use[2];              /* automatic styles of the text, of the masters */
    OdfZip *zip;
    Buf part, inner;
    OdfPacked styles, settings, manifest;
    const char *generator;
};

static const char head[] = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<";
static const char media_text[] = "application/vnd.oasis.opendocument.text";

static struct OdfWriter *writer(const OdfFile *f)
{
    struct OdfWriter *w = f->by_name->writer;
    if (w)
        return w;
    f->by_name->writer = w = mem_new(sizeof *w);
    w->arena = arena_new();
    w->names = arena_new();
    w->zip = odf_zip_new();
    odf_use_open(&w->use[0], w->arena, f->automatic);
    odf_use_open(&w->use[1], w->arena, f->flat ? f->automatic : f->automatic_styles_xml);
    return w;
}

void odf_write_forget(const OdfFile *f)
{
    struct OdfWriter *w = f->by_name->writer;
    if (!w)
        return;
    OdfPacked *packed[] = { &w->styles, &w->settings, &w->manifest };
    for (size_t i = 0; i < COUNT(packed); i++) {
        buf_free(&packed[i]->text);
        buf_free(&packed[i]->packed);
    }
    buf_free(&w->part);
    buf_free(&w->inner);
    vec_free(&w->s.picture);
    vec_free(&w->s.object);
    odf_zip_free(w->zip);
    arena_free(w->arena);
    arena_free(w->names);
    free(w);
    f->by_name->writer = NULL;
}

/* ---- styles ---- */

static void start_part(struct OdfWriter *w, const OdfDoc *doc, OdfUse *use)
{
    w->s.doc = doc;
    w->s.out = &w->inner;
    w->s.use = use;
    w->s.rename = NULL;
    memset(w->s.ns, 0, sizeof w->s.ns);
    buf_clear(&w->inner);
    buf_clear(&w->part);
    if (use)
        odf_use_clear(use);
}

static void put_node(OdfSerializer *s, const OdfNode *n)
{
    if (n)
        odf_serialize(s, n);
}

/* The used ones of a container, in its order.  They are written before what uses them, but known
 * only after it. */
static void put_automatic(struct OdfWriter *w, const OdfUse *use)
{
    buf_str(w->s.out, "<office:automatic-styles>");
    w->s.use = NULL;
    for (size_t i = 0; use->container && i < use->container->n_kid; i++)
        if (use->used[i])
            odf_serialize(&w->s, use->container->kid[i]);
    buf_str(w->s.out, "</office:automatic-styles>");
}

/* The finished part: its root with the namespaces that were met, fonts, styles, and the rest. */
static void finish_part(struct OdfWriter *w, const char *root, size_t split)
{
    Buf *out = &w->part;
    buf_str(out, head);
    buf_str(out, root);
    odf_put_namespaces(&w->s, out);
    buf_str(out, " office:version=\"1.3\">");
    buf_put(out, w->inner.p + split, w->inner.n - split);
    buf_put(out, w->inner.p, split);
    buf_str(out, "</");
    buf_str(out, root);
    buf_str(out, ">");
}

static void content_part(struct OdfWriter *w, const OdfDoc *doc)
{
    OdfUse *use = &w->use[0];
    start_part(w, doc, use);
    buf_str(&w->inner, "<office:body>");
    odf_serialize(&w->s, doc->body);
    buf_str(&w->inner, "</office:body>");
    size_t split = w->inner.n;
    put_node(&w->s, doc->file->font_faces);
    put_automatic(w, use);
    finish_part(w, "office:document-content", split);
}

static void styles_part(struct OdfWriter *w, const OdfDoc *doc)
{
    OdfUse *use = &w->use[1];
    start_part(w, doc, use);
    odf_serialize(&w->s, doc->masters);
    size_t split = w->inner.n;
    put_node(&w->s, doc->file->font_faces);
    put_node(&w->s, doc->file->styles);
    put_automatic(w, use);
    finish_part(w, "office:document-styles", split);
}

/* ---- settings ---- */

/* Where a document was edited and printed is nobody's business. */
static bool private_item(const OdfNode *n)
{
    static const char *const names[] = { "PrinterName", "PrinterSetup", "Rsid", "RsidRoot",
        "RedlineProtectionKey", "CurrentDatabaseDataSource", "CurrentDatabaseCommand",
        "CurrentDatabaseCommandType", "EmbeddedDatabaseName", "CharacterCompressionType", NULL };
    return n->name == ODF_CHARACTERS || odf_word(odf_attr(n, ODF_CONFIG_NAME), names, -1) >= 0;
}

static const OdfNode *configuration(const OdfFile *f)
{
    for (size_t i = 0; f->settings && i < f->settings->n_kid; i++)
        if (str_equal(odf_attr(f->settings->kid[i], ODF_CONFIG_NAME), "ooo:configuration-settings"))
            return f->settings->kid[i];
    return NULL;
}

/* The compatibility items, so that Writer lays the document out as the template. */
static void settings_part(struct OdfWriter *w, const OdfDoc *doc, const OdfNode *set)
{
    start_part(w, doc, NULL);
    buf_str(&w->inner,
            "<office:settings><config:config-item-set config:name=\"ooo:configuration-settings\">");
    for (size_t i = 0; i < set->n_kid; i++)
        if (!private_item(set->kid[i]))
            odf_serialize(&w->s, set->kid[i]);
    buf_str(&w->inner, "</config:config-item-set></office:settings>");
    w->s.ns[odf_name_info(ODF_CONFIG_NAME)->ns] = true;
    finish_part(w, "office:document-settings", w->inner.n);
}

/* ---- metadata ---- */

static void put_meta(struct OdfWriter *w, OdfName name, const char *value)
{
    if (!value)
        return;
    const OdfNameInfo *info = odf_name_info(name);
    w->s.ns[info->ns] = true;
    buf_format(w->s.out, "<%s>", info->text);
    odf_put_escaped(w->s.out, value, strlen(value));
    buf_format(w->s.out, "</%s>", info->text);
}

static void put_metadata(struct OdfWriter *w, const OdfDoc *doc)
{
    put_meta(w, ODF_META_GENERATOR, w->generator);
    put_meta(w, ODF_DC_TITLE, doc->title);
    put_meta(w, ODF_DC_DESCRIPTION, doc->description);
    put_meta(w, ODF_DC_SUBJECT, doc->subject);
    put_meta(w, ODF_META_CREATION_DATE, doc->date);
    put_meta(w, ODF_DC_DATE, doc->date);
    put_meta(w, ODF_DC_LANGUAGE, doc->language);
    for (size_t i = 0; i < doc->n_properties; i++) {
        const OdfProperty *p = &doc->properties[i];
        if (str_starts(p->name, "skryba.") && !w->s.everything)
            continue;
        w->s.ns[odf_name_info(ODF_META_NAME)->ns] = true;
        buf_str(w->s.out, "<meta:user-defined meta:name=\"");
        odf_put_escaped(w->s.out, p->name, strlen(p->name));
        buf_str(w->s.out, "\">");
        odf_put_escaped(w->s.out, p->value, strlen(p->value));
        buf_str(w->s.out, "</meta:user-defined>");
    }
}

static void meta_part(struct OdfWriter *w, const OdfDoc *doc)
{
    start_part(w, doc, NULL);
    buf_str(&w->inner, "<office:meta>");
    put_metadata(w, doc);
    buf_str(&w->inner, "</office:meta>");
    finish_part(w, "office:document-meta", w->inner.n);
}

/* ---- the package ---- */

static void add_entry(Buf *out, const char *path, const char *media)
{
    buf_str(out, "<manifest:file-entry manifest:full-path=\"");
    odf_put_escaped(out, path, strlen(path));
    buf_format(out, "\" manifest:media-type=\"%s\"%s/>", media,
               str_equal(path, "/") ? " manifest:version=\"1.3\"" : "");
}

static void add_object_entries(Buf *out, const OdfObject *o)
{
    static const char *const parts[] = { "", "content.xml", "styles.xml" };
    for (size_t i = 0; i < COUNT(parts); i++) {
        char path[XML_NAME + 16];
        snprintf(path, sizeof path, "%s/%s", o->folder, parts[i]);
        if (i < 2 || o->styles)
            add_entry(out, path, i ? "text/xml" : o->media);
    }
}

/* ODF 1.3 part 2 section 3. */
static void manifest_part(struct OdfWriter *w, bool settings)
{
    Buf *out = &w->part;
    buf_clear(out);
    buf_str(out,
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<manifest:manifest xmlns:manifest="
            "\"urn:oasis:names:tc:opendocument:xmlns:manifest:1.0\" manifest:version=\"1.3\">");
    add_entry(out, "/", media_text);
    add_entry(out, "content.xml", "text/xml");
    add_entry(out, "styles.xml", "text/xml");
    add_entry(out, "meta.xml", "text/xml");
    if (settings)
        add_entry(out, "settings.xml", "text/xml");
    for (size_t i = 0; i < w->s.picture.n; i++)
        add_entry(out, w->s.picture.p[i]->path, odf_picture_media(w->s.picture.p[i]));
    for (size_t i = 0; i < w->s.object.n; i++)
        add_object_entries(out, w->s.object.p[i]);
    buf_str(out, "</manifest:manifest>");
}

static void add_part(struct OdfWriter *w, const char *name, OdfPacked *last)
{
    odf_zip_add(w->zip, name, w->part.p, w->part.n, true, last);
}

static void add_picture(struct OdfWriter *w, const OdfPicture *p)
{
    bool packed_already = p->kind == PICTURE_PNG || p->kind == PICTURE_JPEG;
    odf_zip_add(w->zip, p->path, p->data, p->len, !packed_already, NULL);
}

/* One part of an embedded object; its root comes with a version of its own. */
static void add_object_part(struct OdfWriter *w, const OdfDoc *doc, const OdfObject *o,
                            const OdfNode *n, const char *part)
{
    start_part(w, doc, NULL);
    w->s.out = &w->inner;
    odf_serialize(&w->s, n);
    size_t name = 1 + odf_name_info(n->name)->len;      /* "<office:document-content" */
    buf_str(&w->part, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    if (w->inner.n > name) {
        buf_put(&w->part, w->inner.p, name);
        odf_put_namespaces(&w->s, &w->part);
        buf_put(&w->part, w->inner.p + name, w->inner.n - name);
    }
    add_part(w, arena_format(w->names, "%s/%s", o->folder, part), NULL);
}

static void add_object(struct OdfWriter *w, const OdfDoc *doc, const OdfObject *o)
{
    add_object_part(w, doc, o, o->content, "content.xml");
    if (o->styles)
        add_object_part(w, doc, o, o->styles, "styles.xml");
}

static bool finish(struct OdfWriter *w, const OdfDoc *doc, Buf *out, bool good, Diags *d)
{
    if (good && !w->s.too_deep && !w->inner.failed && !w->part.failed && !out->failed)
        return true;
    diag_add(d, DIAG_odf_large, &(Place){ .file = doc->file->path }, (char *)NULL);
    buf_free(out);
    return false;
}

bool odf_write_package(const OdfDoc *doc, const OdfWriteOptions *o, Buf *out, Diags *d)
{
    struct OdfWriter *w = writer(doc->file);
    const OdfNode *set = configuration(doc->file);
    w->generator = o->generator;
    w->s.everything = w->s.too_deep = false;
    w->s.picture.n = w->s.object.n = 0;
    arena_reset(w->names);
    w->s.seen = map_new(w->names);
    w->s.made = w->names;
    odf_zip_start(w->zip, out);
    odf_zip_add(w->zip, "mimetype", media_text, strlen(media_text), false, NULL);
    content_part(w, doc);
    add_part(w, "content.xml", NULL);
    styles_part(w, doc);
    add_part(w, "styles.xml", &w->styles);
    meta_part(w, doc);
    add_part(w, "meta.xml", NULL);
    if (set) {
        settings_part(w, doc, set);
        add_part(w, "settings.xml", &w->settings);
    }
    for (size_t i = 0; i < w->s.object.n; i++)
        add_object(w, doc, w->s.object.p[i]);
    for (size_t i = 0; i < w->s.picture.n; i++)
        add_picture(w, w->s.picture.p[i]);
    manifest_part(w, set != NULL);
    add_part(w, "META-INF/manifest.xml", &w->manifest);
    return finish(w, doc, out, odf_zip_end(w->zip), d);
}

/* ---- flat files ---- */

/* Automatic styles of a package's styles.xml come after those of content.xml; those whose names
 * both have are renamed, with what names them in the masters. */
static void put_all_automatic(struct OdfWriter *w, const OdfDoc *doc)
{
    const OdfNode *both[2] = { doc->file->automatic, doc->file->automatic_styles_xml };
    buf_str(w->s.out, "<office:automatic-styles>");
    for (int i = 0; i < 2; i++) {
        w->s.rename = i && both[1] ? w->use : NULL;
        w->s.naming = true;
        for (size_t k = 0; both[i] && k < both[i]->n_kid; k++)
            odf_serialize(&w->s, both[i]->kid[k]);
    }
    w->s.naming = false;
    buf_str(w->s.out, "</office:automatic-styles>");
}

bool odf_write_flat(const OdfDoc *doc, const OdfWriteOptions *o, Buf *out, Diags *d)
{
    struct OdfWriter *w = writer(doc->file);
    w->generator = o->generator;
    w->s.everything = true;
    w->s.too_deep = false;
    start_part(w, doc, NULL);
    buf_str(&w->inner, "<office:meta>");
    put_metadata(w, doc);
    buf_str(&w->inner, "</office:meta>");
    put_node(&w->s, doc->file->settings);
    put_node(&w->s, doc->file->font_faces);
    put_node(&w->s, doc->file->styles);
    put_all_automatic(w, doc);
    odf_serialize(&w->s, doc->masters);
    w->s.rename = NULL;
    buf_str(&w->inner, "<office:body>");
    odf_serialize(&w->s, doc->body);
    buf_str(&w->inner, "</office:body>");
    buf_str(out, head);
    buf_str(out, "office:document");
    odf_put_namespaces(&w->s, out);
    buf_format(out, " office:version=\"1.3\" office:mimetype=\"%s\">", media_text);
    buf_put(out, w->inner.p, w->inner.n);
    buf_str(out, "</office:document>\n");
    return finish(w, doc, out, true, d);
}
