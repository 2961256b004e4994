/* SPDX-License-Identifier: MIT */
#ifndef ODF_INTERNAL_H
#define ODF_INTERNAL_H

#include "odf.h"
#include "xml/xml.h"

/* Limits beside those of xml.h; real packages stay far below them (shared/security.md). */
enum {
    ODF_DEPTH = 4096,           /* of elements: a file's 256, sixteen includes */
    ODF_PARENTS = 64,           /* styles above a style */
    ODF_NAMESPACES = 512,       /* met by the process */
    ODF_ENTRIES = 16384,        /* in a package */
    ODF_ENTRY_BYTES = 128 << 20,
    ODF_TOTAL_BYTES = 256 << 20,
    ODF_SHEET_BYTES = 512 << 20,        /* a spreadsheet's content: 100,000 rows and more */
    ODF_RATIO = 200,            /* inflated to packed, above 4 MB */
};

/* ---- names.c ---- */
typedef uint16_t OdfNs;
typedef struct {
    const char *text;
    uint16_t len;
    OdfNs ns;
    bool style_reference;       /* an attribute that may name an automatic style */
} OdfNameInfo;
const OdfNameInfo *odf_name_info(OdfName name);
/* The number of a namespace, recognised by URI (older URIs count as today's).  A foreign one keeps
 * the prefix it has in its file.  0: too many. */
OdfNs odf_namespace(const char *prefix, const char *uri);
const char *odf_ns_prefix(OdfNs ns);
const char *odf_ns_uri(OdfNs ns);
bool odf_ns_standard(OdfNs ns);                 /* of ODF 1.3 itself */
OdfName odf_name_in(OdfNs ns, const char *local);       /* ODF_CHARACTERS: too many names */

/* ---- parse.c, read.c: from XML to the tree ---- */
typedef struct OdfPackage OdfPackage;
typedef struct {
    OdfFile *file;
    Diags *d;
    OdfPackage *package;        /* NULL: a flat file */
    const OdfNode *manifest;    /* its root, or NULL */
    bool object;                /* inside an embedded object */
    Map *values;                /* attribute values, each kept once */
    Map *hrefs;                 /* links seen: where the picture is now, or "" for none */
    bool masters;               /* inside office:master-styles */
    bool counting;              /* paragraphs here have numbers of their own */
    bool pages_known;
    int tables;                 /* open ones */
    const char *part, *master;  /* of origins */
    unsigned page, paragraph;
    const OdfOrigin *origin;
    bool failed;
} OdfReader;
/* The nodes that XML holds, as they stand there; name is for findings.  NULL: r->failed. */
OdfNode *odf_parse(OdfReader *r, const char *name, char *text, size_t len);
/* The same of an entry of the package; NULL and not r->failed: there is none. */
OdfNode *odf_parse_part(OdfReader *r, const char *name);
/* Makes nodes part of the document: styles are bound, places counted, pictures taken out of the
 * text, objects read.  False: r->failed. */
bool odf_read_tree(OdfReader *r, OdfNode *n);

/* ---- pictures.c ---- */
/* What an element of that name shows or loads by xlink:href. */
typedef enum { LINK_NONE, LINK_PICTURE, LINK_OTHER } OdfLink;
OdfLink odf_link_kind(OdfName element);
/* Takes the picture of an element into the file: that of its href, or what is inside, an
 * office:binary-data (else NULL).  The path in a package; NULL: there is none (findings were
 * added). */
const char *odf_read_picture(OdfReader *r, const OdfNode *n, const OdfNode *inside);
/* Does a link lead to a part of the package?  Syntax only. */
bool odf_link_relative(const char *href);
/* False: it leads out of the file; a finding was added when it was met first. */
bool odf_link_inside(OdfReader *r, const char *href);
const char *odf_picture_media(const OdfPicture *p);
/* ---- metafile.c ---- */
bool odf_metafile_size(OdfPicture *p);          /* false: it is none that could be drawn */

/* ---- object.c: documents inside a document (charts, formulas) ---- */
typedef struct {
    const char *folder;         /* "Object 1" */
    const char *media;
    const OdfNode *content, *styles;    /* roots of its parts; styles may be NULL */
} OdfObject;
/* Reads what a draw:object of a package names, once. */
void odf_object_read(OdfReader *r, const char *href);
const OdfObject *odf_object_find(const OdfFile *f, const char *href);
/* What a draw:object of a flat file holds, as parts for a folder; NULL: no document. */
const OdfObject *odf_object_inline(const OdfNode *object, const char *folder, Arena *a);

/* ---- package.c: a zip file opened for reading ---- */
OdfPackage *odf_package_open(const char *path, char *bytes, size_t len, Diags *d);
void odf_package_free(OdfPackage *p);
void odf_package_limit(OdfPackage *p, size_t most);     /* bytes of an entry, inflated */
/* The bytes of the entry of exactly that name, followed by a NUL, freed by the caller.  NULL and no
 * finding: there is none. */
char *odf_package_get(OdfPackage *p, const char *name, size_t *len, Diags *d, bool *failed);

/* ---- styles.c ---- */
typedef struct OdfComputed {    /* filled when first asked for */
    const OdfParaProps *para;
    const OdfTextProps *text;
    const void *other;          /* of its family's kind */
    bool busy;                  /* being computed: a parent that is its own descendant */
    int8_t empty;               /* odf_style_empty(): 0 not known, 1 yes, -1 no */
    int8_t hides;               /* text:display="none": as empty */
} OdfComputed;

struct OdfStyle {
    const char *name, *display;
    const OdfFile *file;
    const OdfNode *node;        /* style:style */
    const OdfStyle *parent;     /* a common style, or NULL; never a cycle */
    OdfFamily family;
    bool automatic;
    OdfComputed *computed;
};

typedef struct { const OdfNode *node; OdfListLevel *level[10]; } OdfListStyle;

typedef enum { SCOPE_AUTOMATIC, SCOPE_MASTERS, SCOPE_COMMON, SCOPE_COUNT } OdfScope;
struct OdfWriter;
struct OdfStyles {
    Map *style[SCOPE_COUNT][FAMILY_COUNT];
    Map *list[SCOPE_COUNT];     /* text:list-style -> OdfListStyle */
    Map *data[SCOPE_COUNT];     /* number:...-style */
    Map *display[FAMILY_COUNT]; /* common styles by display name */
    Map *builtin;               /* Writer's own definitions, made when first used */
    const OdfNode *defaults[FAMILY_COUNT];
    Map *font;                  /* style:font-face */
    Map *page_layout;           /* name -> OdfPageProps */
    Map *page_layout_node;
    Map *spans;                 /* (outer, style) -> OdfTextProps */
    OdfListStyle outline_levels, no_list;
    const OdfParaProps *para;   /* of a paragraph without style and without Standard */
    const OdfTextProps *text;
    const void *none[FAMILY_COUNT];     /* properties without a style */
    const OdfNode *masters;     /* as loaded */
    OdfMaster *master;          /* slots that odf_master() fills */
    size_t n_master;
    OdfPageProps after_text;    /* of pages for notes, when the file has none */
    Map *objects;               /* folder -> OdfObject */
    struct OdfWriter *writer;   /* made when first written */
    bool ns_used[ODF_NAMESPACES];
    bool ready;                 /* all styles are known: elements can be bound to them */
};
/* Puts the defaults of flat files into office:styles. */
void odf_flat_defaults(OdfFile *f);
/* Collects the styles of a file whose containers are set. */
void odf_styles_open(OdfFile *f);
/* The style that an element of the text names; also where it names none. */
const OdfStyle *odf_style_bind(const OdfFile *f, const OdfNode *n, bool masters);
const OdfNode *odf_style_part(const OdfStyle *s, OdfName properties);
const OdfNode *odf_builtin_style(const OdfFile *f, OdfFamily family, const char *name);
/* A draw:gradient, draw:fill-image … of office:styles by its draw:name (ODF 1.3 part 3, 16.42);
 * NULL: there is none, or name is NULL. */
const OdfNode *odf_drawing_style(const OdfFile *f, OdfName element, const char *name);
OdfScope odf_scope(const OdfFile *f, bool masters);
OdfFamily odf_family(const char *name);         /* FAMILY_COUNT: another one */
OdfName odf_family_properties(OdfFamily family);
/* Reading of properties, shared by families; n may be NULL. */
typedef struct { int32_t value[4]; bool set[4]; } OdfSides;
void odf_read_sides(const OdfNode *n, OdfName all, const OdfName side[4], OdfSides *out);
bool odf_read_borders(const OdfNode *n, OdfBorder border[4]);   /* true: something was set */
bool odf_read_padding(const OdfNode *n, int32_t padding[4]);
/* back.c: the picture behind something, of its element, of its style, or as the fill of a frame;
 * NULL: none. */
const OdfBack *odf_back(const OdfFile *f, const OdfNode *image);
const OdfBack *odf_style_back(const OdfFile *f, const OdfStyle *s);
const OdfBack *odf_fill_back(const OdfFile *f, const OdfStyle *s);
/* The gradient of that name; *mean: what it looks like as one colour, COLOR_NONE: there is none.
 * NULL: it is not drawn. */
const OdfGradient *odf_gradient(const OdfFile *f, const char *name, int32_t *mean);
/* dash.c: by the name of a draw:stroke-dash; after the stroke's width is known. */
void odf_read_dash(const OdfFile *f, const char *name, OdfFrameProps *p);
bool odf_read_shadow(const char *s, int32_t *x, int32_t *y, int32_t *color);
int32_t odf_relative(const char *s);             /* "12*" as 12; 0: none */
void odf_read_columns(const OdfNode *properties, OdfColumns *out);
OdfBreak odf_read_break(const char *s, OdfBreak other);
void odf_read_font(const OdfFile *f, const OdfNode *n, const char **family, bool *fixed,
                   bool *symbol);
void odf_read_text(const OdfFile *f, const OdfNode *n, OdfTextProps *p, int32_t percent_of);
extern const OdfName odf_margin_names[4];

/* ---- values.c ---- */
bool odf_bool(const char *s, bool other);       /* other: absent or neither true nor false */
int odf_int(const char *s, int other);
/* The index of s in a NULL-ended list of words, or other. */
int odf_word(const char *s, const char *const *words, int other);
void odf_settings_read(OdfFile *f);
/* ---- zip.c: packages written ---- */
typedef struct { Buf text, packed; uint32_t crc; } OdfPacked;   /* the last contents of a part */
typedef struct OdfZip OdfZip;
OdfZip *odf_zip_new(void);      /* kept and used again: odf_zip_start() begins a package in out */
void odf_zip_free(OdfZip *z);
void odf_zip_start(OdfZip *z, Buf *out);
/* last: NULL, or what is compared with, to be packed only once.  name lives until the end. */
void odf_zip_add(OdfZip *z, const char *name, const void *data, size_t len, bool deflate,
                 OdfPacked *last);
bool odf_zip_end(OdfZip *z);    /* false: too many or too large */

/* ---- use.c: which automatic styles a part uses ---- */
typedef struct {
    const OdfNode *container;   /* office:automatic-styles, or NULL */
    Map *first;                 /* name -> number of the first style so called, + 1 */
    uint32_t *next;             /* number + 1 of the next one of that name */
    bool *used;                 /* by the part being written */
    uint32_t *queue;            /* used ones whose own references are still to be marked */
    size_t n_queue;
} OdfUse;
void odf_use_open(OdfUse *u, Arena *a, const OdfNode *container);
void odf_use_clear(OdfUse *u);
void odf_use_mark(OdfUse *u, const char *name);

/* ---- serialize.c: the tree as XML ---- */
typedef struct {
    const OdfDoc *doc;
    Buf *out;
    OdfUse *use;                /* styles named are marked here; NULL: not */
    const OdfUse *rename;       /* two: styles named in both get another name; NULL: none do */
    bool naming;                /* style:name is such a name */
    bool everything;            /* leave nothing out; pictures inside the text */
    bool ns[ODF_NAMESPACES];    /* met */
    VEC(const OdfPicture *) picture;    /* met, each once */
    VEC(const OdfObject *) object;
    Map *seen;                  /* pictures by path, objects by folder */
    Arena *made;                /* objects that were inside the text; as long as seen */
    bool too_deep;
} OdfSerializer;
void odf_serialize(OdfSerializer *s, const OdfNode *n);
void odf_put_escaped(Buf *out, const char *s, size_t len);
/* xmlns attributes for what was met, office included. */
void odf_put_namespaces(OdfSerializer *s, Buf *out);

/* ---- write.c ---- */
void odf_write_forget(const OdfFile *f);

#endif
