/* SPDX-License-Identifier: MIT */
/* Loading a Writer file: which kind it is, its parts, what it holds apart from its text. */
#include "internal.h"

#include <stdlib.h>
#include <string.h>

typedef struct {
    OdfReader r;
    OdfDoc *doc;
    VEC(OdfProperty) properties;
} Loader;

static void tell(Loader *l, DiagId id, const char *argument)
{
    diag_add(l->r.d, id, &(Place){ .file = l->r.file->path }, argument, (char *)NULL);
    l->r.failed = true;
}

static OdfNode *kid(const OdfNode *n, OdfName name)
{
    if (!n || n->name == ODF_CHARACTERS)
        return NULL;
    for (uint32_t i = 0; i < n->n_kid; i++)
        if (n->kid[i]->name == name)
            return n->kid[i];
    return NULL;
}

/* Reads one of the containers of root, NULL if it is not there. */
static const OdfNode *container(Loader *l, const OdfNode *root, OdfName name)
{
    OdfNode *n = kid(root, name);
    return n && !l->r.failed && odf_read_tree(&l->r, n) ? n : NULL;
}

/* ---- metadata ---- */

static const char *text_of(Arena *a, const OdfNode *n)
{
    Buf b = {0};
    for (size_t i = 0; i < n->n_kid; i++)
        if (n->kid[i]->name == ODF_CHARACTERS)
            buf_put(&b, n->kid[i]->text, n->kid[i]->n_kid);
    const char *s = arena_dup(a, b.p ? b.p : "", b.n);
    buf_free(&b);
    return s;
}

static void read_meta(Loader *l)
{
    OdfFile *f = l->r.file;
    for (size_t i = 0; f->meta && i < f->meta->n_kid; i++) {
        const OdfNode *n = f->meta->kid[i];
        if (n->name == ODF_CHARACTERS)
            continue;
        const char *text = text_of(f->arena, n);
        const char *name = odf_attr(n, ODF_META_NAME);
        if (n->name == ODF_DC_TITLE)
            l->doc->title = text;
        else if (n->name == ODF_DC_SUBJECT)
            l->doc->subject = text;
        else if (n->name == ODF_DC_DESCRIPTION)
            l->doc->description = text;
        else if (n->name == ODF_DC_LANGUAGE)
            l->doc->language = text;
        else if (n->name == ODF_META_USER_DEFINED && name)
            vec_push(&l->properties, (OdfProperty){ name, text });
    }
    size_t n = l->properties.n;
    OdfProperty *p = ARENA_ARRAY(f->arena, OdfProperty, n);
    if (n)
        memcpy(p, l->properties.p, n * sizeof *p);
    l->doc->properties = p;
    l->doc->n_properties = n;
}

/* The language of the text where the metadata have none: that of the default paragraph style. */
static void default_language(Loader *l)
{
    const OdfTextProps *p = odf_para_text_props(l->r.file, NULL);
    if ((l->doc->language && *l->doc->language) || !p->language[0])
        return;
    l->doc->language = p->country[0]
                           ? arena_format(l->r.file->arena, "%s-%s", p->language, p->country)
                           : arena_str(l->r.file->arena, p->language);
}

/* ---- text ---- */

static void read_masters(Loader *l, const OdfNode *root)
{
    l->r.masters = true;
    l->doc->masters = container(l, root, ODF_OFFICE_MASTER_STYLES);
    l->r.masters = false;
    l->r.master = l->r.part = NULL;
    l->r.paragraph = 0;
    if (!l->doc->masters)
        l->doc->masters = odf_element(l->r.file->arena, ODF_OFFICE_MASTER_STYLES, 0, 0);
    l->r.file->by_name->masters = l->doc->masters;
}

/* Real templates of nothing but styles have no content.xml: their text is an empty paragraph. */
static const OdfNode *empty_text(Arena *a)
{
    OdfNode *n = odf_element(a, ODF_OFFICE_TEXT, 0, 1);
    odf_kids(n)[0] = odf_element(a, ODF_TEXT_P, 0, 0);
    return n;
}

static void read_body(Loader *l, const OdfNode *root)
{
    if (!root) {
        l->doc->body = empty_text(l->r.file->arena);
        return;
    }
    OdfNode *text = kid(kid(root, ODF_OFFICE_BODY), ODF_OFFICE_TEXT);
    if (!text) {
        tell(l, DIAG_odf_kind, NULL);
        return;
    }
    /* pages are known when the file says where they ended */
    l->r.page = 1;
    l->r.pages_known = str_equal(odf_attr(text, ODF_TEXT_USE_SOFT_PAGE_BREAKS), "true");
    if (odf_read_tree(&l->r, text))
        l->doc->body = text;
}

static bool declares(const OdfNode *faces, const char *name)
{
    for (size_t i = 0; i < faces->n_kid; i++)
        if (faces->kid[i]->name == ODF_STYLE_FONT_FACE &&
            str_equal(odf_attr(faces->kid[i], ODF_STYLE_NAME), name))
            return true;
    return false;
}

/* Each part of a package declares the fonts that it uses. */
static const OdfNode *both_fonts(Arena *arena, const OdfNode *a, const OdfNode *b)
{
    if (!a || !b)
        return a ? a : b;
    OdfNode *n = odf_element(arena, ODF_OFFICE_FONT_FACE_DECLS, 0, a->n_kid + b->n_kid);
    size_t at = 0;
    for (size_t i = 0; i < a->n_kid; i++)
        odf_kids(n)[at++] = a->kid[i];
    for (size_t i = 0; i < b->n_kid; i++)
        if (b->kid[i]->name == ODF_STYLE_FONT_FACE &&
            !declares(a, odf_attr(b->kid[i], ODF_STYLE_NAME)))
            odf_kids(n)[at++] = b->kid[i];
    n->n_kid = (uint32_t)at;
    return n;
}

/* What may stand in content.xml as well as in styles.xml of a package; a flat file has it once. */
static void read_styles(Loader *l, const OdfNode *content, const OdfNode *styles)
{
    OdfFile *f = l->r.file;
    f->font_faces = container(l, content, ODF_OFFICE_FONT_FACE_DECLS);
    f->automatic = container(l, content, ODF_OFFICE_AUTOMATIC_STYLES);
    f->styles = container(l, styles, ODF_OFFICE_STYLES);
    if (styles != content) {
        f->font_faces =
            both_fonts(f->arena, f->font_faces, container(l, styles, ODF_OFFICE_FONT_FACE_DECLS));
        f->automatic_styles_xml = container(l, styles, ODF_OFFICE_AUTOMATIC_STYLES);
    }
    if (f->flat)
        odf_flat_defaults(f);
    if (!l->r.failed) {
        odf_styles_open(f);
        read_masters(l, styles);
    }
}

static void list_namespaces(OdfFile *f)
{
    size_t n = 0;
    const bool *used = f->by_name->ns_used;
    for (OdfNs i = 1; i < ODF_NAMESPACES; i++)
        n += used[i] && !odf_ns_standard(i);
    OdfAttr *a = ARENA_ARRAY(f->arena, OdfAttr, n);
    f->namespaces = a;
    f->n_namespaces = n;
    for (OdfNs i = 1; i < ODF_NAMESPACES; i++)
        if (used[i] && !odf_ns_standard(i)) {
            a->name = odf_name_in(0, odf_ns_prefix(i));
            a++->value = odf_ns_uri(i);
        }
}

static void read_all(Loader *l, const OdfNode *content, const OdfNode *styles,
                     const OdfNode *settings, const OdfNode *meta)
{
    l->r.file->settings = container(l, settings, ODF_OFFICE_SETTINGS);
    odf_settings_read(l->r.file);
    read_styles(l, content, styles);
    l->r.file->meta = container(l, meta, ODF_OFFICE_META);
    if (l->r.failed)
        return;
    read_meta(l);
    read_body(l, content);
    if (l->r.failed)
        return;
    list_namespaces(l->r.file);
    default_language(l);
}

/* ---- flat files ---- */

static void load_flat(Loader *l, char *text, size_t len)
{
    const OdfNode *root = odf_parse(&l->r, l->r.file->path, text, len);
    free(text);
    if (!root)
        return;
    l->r.file->flat = true;
    if (root->name == ODF_OFFICE_DOCUMENT)
        read_all(l, root, root, root, root);
    else
        tell(l, DIAG_odf_kind, NULL);
}

/* ---- packages ---- */

/* Old OpenOffice wrote a DOCTYPE that names a DTD: it becomes spaces, so that nothing follows it.
 * One that declares anything itself stays, and is refused. */
static void drop_doctype(char *text, size_t len)
{
    char *p = len > 9 ? strstr(text, "<!DOCTYPE") : NULL;
    const char *root = text;
    while ((root = strchr(root, '<')) && (root[1] == '?' || !strncmp(root, "<!--", 4)))
        root++;
    size_t n = p ? strcspn(p, "[>") : 0;
    if (p != root || !p || p[n] != '>')
        return;
    for (size_t i = 0; i <= n; i++)
        if (p[i] != '\n')
            p[i] = ' ';
}

OdfNode *odf_parse_part(OdfReader *r, const char *name)
{
    size_t len = 0;
    bool failed = false;
    char *text = odf_package_get(r->package, name, &len, r->d, &failed);
    r->failed |= failed;
    OdfNode *root = NULL;
    if (text && len) {
        drop_doctype(text, len);
        root = odf_parse(r, arena_format(r->file->arena, "%s/%s", r->file->path, name), text, len);
    }
    free(text);
    return root;
}

static void check_kind(Loader *l)
{
    static const char text[] = "application/vnd.oasis.opendocument.text";
    size_t len = 0;
    char *type = odf_package_get(l->r.package, "mimetype", &len, l->r.d, &l->r.failed);
    /* Real files lack it, pad it, or say text-template; another kind of document is another thing.
     */
    if (type && str_starts(type, "application/vnd.oasis.opendocument.") &&
        !str_starts(type, text)) {
        type[strcspn(type, "\r\n ")] = 0;
        tell(l, DIAG_odf_other_kind, type);
    }
    free(type);
}

static bool encrypted(const OdfNode *manifest)
{
    for (uint32_t i = 0; manifest && i < manifest->n_kid; i++)
        if (kid(manifest->kid[i], ODF_MANIFEST_ENCRYPTION_DATA))
            return true;
    return false;
}

static void load_parts(Loader *l)
{
    static const char *const names[] = { "content.xml", "styles.xml", "settings.xml", "meta.xml" };
    static const OdfName roots[] = { ODF_OFFICE_DOCUMENT_CONTENT, ODF_OFFICE_DOCUMENT_STYLES,
                                     ODF_OFFICE_DOCUMENT_SETTINGS, ODF_OFFICE_DOCUMENT_META };
    const OdfNode *x[4] = {0}, *root[4] = {0};
    for (int i = 0; i < 4 && !l->r.failed; i++) {
        x[i] = odf_parse_part(&l->r, names[i]);
        if (x[i] && x[i]->name == roots[i])
            root[i] = x[i];
    }
    if (!l->r.failed && (x[0] || !root[1]) && !root[0])
        tell(l, DIAG_odf_no_content, NULL);
    if (!l->r.failed)
        read_all(l, root[0], root[1], root[2], root[3]);
}

static void load_package(Loader *l, char *bytes, size_t len)
{
    l->r.package = odf_package_open(l->r.file->path, bytes, len, l->r.d);
    l->r.failed = !l->r.package;
    if (!l->r.failed)
        check_kind(l);
    if (!l->r.failed)
        l->r.manifest = odf_parse_part(&l->r, "META-INF/manifest.xml");
    if (encrypted(l->r.manifest))
        tell(l, DIAG_odf_encrypted, NULL);
    if (!l->r.failed)
        load_parts(l);
    odf_package_free(l->r.package);
    free(bytes);
}

/* ---- */

static bool looks_flat(const char *bytes, size_t len)
{
    size_t i = len >= 3 && !memcmp(bytes, "\xef\xbb\xbf", 3) ? 3 : 0;
    while (i < len && strchr(" \t\r\n", bytes[i]) && bytes[i])
        i++;
    return i < len && bytes[i] == '<';
}

static void start(Loader *l, const char *path, Diags *d)
{
    Arena *a = arena_new();
    OdfFile *f = ARENA_NEW(a, OdfFile);
    f->arena = a;
    f->path = arena_str(a, str_equal(path, "-") ? "<stdin>" : path);
    f->pictures = map_new(a);
    f->by_name = ARENA_NEW(a, struct OdfStyles);
    l->doc = ARENA_NEW(a, OdfDoc);
    l->doc->file = f;
    l->r = (OdfReader){ .file = f, .d = d, .counting = true };
    l->r.values = map_new(a);
    l->r.hrefs = map_new(a);
}

OdfDoc *odf_load(const char *path, Diags *d)
{
    size_t len;
    char *bytes = file_read(path, XML_BYTES, &len, d);
    if (!bytes)
        return NULL;
    Loader l = {0};
    start(&l, path, d);
    if (looks_flat(bytes, len))
        load_flat(&l, bytes, len);
    else
        load_package(&l, bytes, len);
    vec_free(&l.properties);
    if (!l.r.failed && l.doc->body)
        return l.doc;
    odf_free(l.doc);
    return NULL;
}

void odf_free(OdfDoc *doc)
{
    if (!doc)
        return;
    odf_write_forget(doc->file);
    arena_free(doc->file->arena);
}

Place odf_place(const OdfOrigin *o, Lang lang)
{
    static const char *const parts[][3] = {
        { "header", "header", "nagłówek" },
        { "header-left", "header of left pages", "nagłówek stron parzystych" },
        { "header-first", "header of the first page", "nagłówek pierwszej strony" },
        { "footer", "footer", "stopka" },
        { "footer-left", "footer of left pages", "stopka stron parzystych" },
        { "footer-first", "footer of the first page", "stopka pierwszej strony" },
    };
    static char label[256];
    bool pl = lang == LANG_PL;
    label[0] = 0;
    int n = 0;
    if (o->part) {
        const char *part = o->part;
        for (size_t i = 0; i < COUNT(parts); i++)
            if (str_equal(part, parts[i][0]))
                part = parts[i][pl ? 2 : 1];
        n = snprintf(label, sizeof label,
                     pl ? "%.60s (styl strony „%.120s”), " : "%.60s (page style %.120s), ", part,
                     o->master ? o->master : "");
    } else if (o->page) {
        n = snprintf(label, sizeof label, pl ? "strona %u, " : "page %u, ", o->page);
    }
    if (n >= 0 && (size_t)n < sizeof label)
        snprintf(label + n, sizeof label - (size_t)n, pl ? "akapit %u" : "paragraph %u",
                 o->paragraph);
    return (Place){ .file = o->file->path, .label = label };
}
