/* SPDX-License-Identifier: MIT */
/* Writer files (ODF 1.3 text documents, .odt packages and flat .fodt) as a tree of our own.
 *
 * A node never changes once it is built and has no pointer to its parent, so that a filled
 * document shares by reference every part of its template that holds no tag. */
#ifndef SKRYBA_ODF_H
#define SKRYBA_ODF_H

#include "base/base.h"

/* ---- names ----------------------------------------------------------------------------------
 * Known names of elements and attributes are constants (ODF_TEXT_P is text:p); others get numbers
 * from ODF_KNOWN up when first met, in one table of the process. */
#define N(constant, prefix, local) ODF_##constant,
enum {
    ODF_CHARACTERS,             /* not an element: a piece of text */
#include "names.def"
    ODF_KNOWN
};
#undef N
typedef uint16_t OdfName;
/* The qualified name with the usual prefix, "text:p". */
const char *odf_name_text(OdfName name);
OdfName odf_name(const char *qualified);        /* by the usual prefixes; adds an unknown one */

/* ---- the tree ---------------------------------------------------------------------------- */
typedef struct OdfStyle OdfStyle;
typedef struct OdfFile OdfFile;

/* Where a block of the file stands, for messages: counted from 1; page 0: not known. */
typedef struct {
    const OdfFile *file;
    const char *part;           /* NULL: the body; else "header", "footer" ... of the master */
    const char *master;
    unsigned page, paragraph;   /* page by the file's soft page breaks */
} OdfOrigin;

typedef struct { OdfName name; const char *value; } OdfAttr;

typedef struct OdfNode OdfNode;
struct OdfNode {
    OdfName name;
    uint16_t n_attr;
    uint32_t n_kid;             /* of ODF_CHARACTERS: bytes of text */
    const OdfAttr *attr;
    union {
        OdfNode *const *kid;
        const char *text;       /* UTF-8, NUL-terminated; white space as in the file */
    };
    const OdfStyle *style;      /* that it names, or that Writer takes without a name */
    const OdfOrigin *origin;    /* of the block it is or is in */
};

const char *odf_attr(const OdfNode *n, OdfName name);           /* NULL: absent; borrowed */
const OdfNode *odf_kid(const OdfNode *n, OdfName name);         /* first child element, or NULL */
/* Its arrays are to be filled in. */
OdfNode *odf_element(Arena *a, OdfName name, size_t n_attr, size_t n_kid);
OdfNode *odf_characters(Arena *a, const char *text, size_t len);
OdfNode *odf_copy(Arena *a, const OdfNode *n);  /* itself, not its children: same arrays */
/* For building: the arrays of a node made by odf_element, writable until it is shared. */
OdfAttr *odf_attrs(OdfNode *n);
OdfNode **odf_kids(OdfNode *n);
/* The text inside n as a reader sees it: text:s, text:tab and text:line-break as space, tab and
 * line feed; white space collapsed as ODF 1.3 part 3 section 6.1.2 says. */
void odf_plain_text(const OdfNode *n, Buf *out);

/* ---- pictures ---------------------------------------------------------------------------- */
typedef enum {
    PICTURE_OTHER,
    PICTURE_PNG,
    PICTURE_JPEG,
    PICTURE_SVG,
    PICTURE_METAFILE            /* WMF, EMF, SVM: odf_metafile() tells what it shows */
} OdfPictureKind;
typedef struct OdfPicture OdfPicture;
struct OdfPicture {
    const char *path;           /* in the package: Pictures/...; made from the content */
    const void *data;
    size_t len;
    OdfPictureKind kind;        /* by its first bytes */
    uint32_t width, height;     /* pixels (of a metafile: twips); 0: not known */
    uint32_t dpi_x, dpi_y;      /* 0: not said */
    uint8_t components;         /* of a JPEG: 1, 3 or 4 */
    const OdfPicture *drawn;    /* what is painted in its place; NULL: itself */
};
/* Looks at the bytes of a picture; copies neither data nor path.  False: no picture we know, or
 * its header lies. */
bool odf_picture_read(OdfPicture *p, const void *data, size_t len);
/* The same as a PNG, of those kinds that can be one and have to (GIF, BMP, TIFF, SVG, JPEG of four
 * components); a owns it.  NULL: it is of another kind, or damaged. */
const OdfPicture *odf_picture_raster(Arena *a, const OdfPicture *p);
/* Can it be painted, as it is or by another? */
bool odf_picture_paints(const OdfPicture *p);
/* The path that a picture gets in a package, Pictures/DIGEST.EXTENSION: the same for the same
 * bytes. */
const char *odf_picture_path(Arena *a, const void *data, size_t len);

/* ---- a file and a document ---------------------------------------------------------------- */
/* What a Writer file holds apart from its text; shared by all documents made from it. */
struct OdfFile {
    Arena *arena;
    const char *path;           /* as given */
    bool flat;
    const OdfNode *font_faces, *styles, *automatic, *automatic_styles_xml, *settings, *meta;
    struct OdfStyles *by_name;  /* internal */
    const struct OdfSettings *compat;
    Map *pictures;              /* path in the package -> OdfPicture* */
    bool formulas;              /* the prefix of Writer's formulas is bound: they can be computed */
    const OdfAttr *namespaces;  /* prefix and URI of foreign namespaces the tree uses */
    size_t n_namespaces;
};

typedef struct { const char *name, *value; } OdfProperty;

/* A document: a file's own text (as loaded), or a record's (as filled). */
typedef struct {
    const OdfFile *file;
    const OdfNode *body;        /* office:text */
    const OdfNode *masters;     /* office:master-styles */
    const char *title, *subject, *description, *language;       /* NULL: none; as "pl-PL" */
    const char *date;           /* xs:dateTime for created and modified, or NULL */
    const OdfProperty *properties;      /* user-defined metadata (of a file: all, with skryba.*) */
    size_t n_properties;
    Map *pictures;              /* those that the record brought, or NULL */
} OdfDoc;

/* Reads an .odt, .ott, .fodt: kind by content, not by name.  NULL: findings were added.  The
 * document and its file are freed by odf_free(). */
OdfDoc *odf_load(const char *path, Diags *d) MUST_CHECK;
void odf_free(OdfDoc *doc);
/* The place of a block for messages; the label is kept in a static buffer until the next call. */
Place odf_place(const OdfOrigin *o, Lang lang);
const OdfPicture *odf_picture(const OdfDoc *doc, const char *href);
/* The picture that a draw:frame shows, as it is painted, or NULL: the best of several draw:image,
 * those first that can be drawn.  Of a picture that is missing or outside of the file nothing is
 * found. */
const OdfPicture *odf_frame_picture(const OdfDoc *doc, const OdfNode *frame);

/* The content of an embedded object (a chart: office:document-content) that a draw:object of a
 * package names or of a flat file holds, or NULL.  Its styles are its own: nodes in it have no
 * style bound. */
const OdfNode *odf_object(const OdfDoc *doc, const OdfNode *object);

/* Gives another file the object of this name, in a folder of its own: what names it there, or NULL.
 * Its tree is still that of the first file, which must live as long. */
const char *odf_object_share(const OdfFile *from, const char *href, const OdfFile *to);

/* Writes an ODF 1.3 package: same document, same bytes.  The caller frees *out.  Left out:
 * comments, the history of changes (insertions are kept), hidden text, scripts, soft page breaks,
 * what names authors, printers and editing sessions, links that load something from outside. */
typedef struct { const char *generator; } OdfWriteOptions;
bool odf_write_package(const OdfDoc *doc, const OdfWriteOptions *o, Buf *out, Diags *d) MUST_CHECK;
/* Writes a flat file that leaves nothing out: a copy of a template with notes added to its tree. */
bool odf_write_flat(const OdfDoc *doc, const OdfWriteOptions *o, Buf *out, Diags *d) MUST_CHECK;

/* The bytes of one part of a package of any kind (content.xml of a spreadsheet), followed by a NUL
 * and freed by the caller; bytes stay the caller's.  It may be larger than a Writer file's parts.
 * NULL: a finding was added. */
char *odf_part(const char *path, char *bytes, size_t n_bytes, const char *part, size_t *len,
               Diags *d) MUST_CHECK;
/* Makes a package of parts that are XML; type is its media type.  False: too large. */
typedef struct { const char *name; const void *data; size_t len; } OdfPart;
bool odf_write_parts(const char *type, const OdfPart *part, size_t n, Buf *out) MUST_CHECK;
/* The tree as indented text, for tests. */
void odf_dump(const OdfNode *n, Buf *out);

/* ---- styles --------------------------------------------------------------------------------
 * Lengths are twips (1/20 pt), rounded half up; shared/writer-layout has the rules. */
typedef enum {
    FAMILY_PARAGRAPH,
    FAMILY_TEXT,
    FAMILY_SECTION,
    FAMILY_TABLE,
    FAMILY_COLUMN,
    FAMILY_ROW,
    FAMILY_CELL,
    FAMILY_GRAPHIC,
    FAMILY_COUNT
} OdfFamily;

/* A style by name, NULL if there is none; automatic ones first.  In headers and footers of a
 * package (scope_masters) its styles.xml has automatic styles of its own. */
const OdfStyle *odf_style(const OdfFile *f, OdfFamily family, const char *name, bool scope_masters);
const char *odf_style_name(const OdfStyle *s);
/* The number:...-style of that name, or NULL. */
const OdfNode *odf_data_style(const OdfFile *f, const char *name, bool scope_masters);
/* The style that an element has in the text of this file, also where it names none. */
const OdfStyle *odf_bind(const OdfFile *f, const OdfNode *n);
/* Adds elements, which live as long as the file, to one of its containers: ODF_OFFICE_STYLES,
 * ODF_OFFICE_AUTOMATIC_STYLES (those of the text) or ODF_OFFICE_FONT_FACE_DECLS.  Their names must
 * be new in it; the parents of common styles come before or with them. */
void odf_add_styles(const OdfFile *f, OdfName container, const OdfNode *const *n, size_t count);
/* An attribute of the style itself (style:list-style-name, style:master-page-name ...), inherited
 * from parents where ODF says so. */
const char *odf_style_attr(const OdfStyle *s, OdfName name);
const char *odf_style_own(const OdfStyle *s, OdfName name);     /* the same, not inherited */
/* An element among its properties (style:drop-cap, style:background-image), inherited. */
const OdfNode *odf_style_kid(const OdfStyle *s, OdfName name);
bool odf_style_automatic(const OdfStyle *s);
/* Itself, or the parent of an automatic one. */
const OdfStyle *odf_style_common(const OdfStyle *s);

typedef enum {
    LINE_NONE,
    LINE_SINGLE,
    LINE_DOUBLE,
    LINE_DOTTED,
    LINE_DASH,
    LINE_LONG_DASH,
    LINE_DOT_DASH,
    LINE_DOT_DOT_DASH,
    LINE_WAVE
} OdfLineStyle;
typedef enum { ALIGN_LEFT, ALIGN_RIGHT, ALIGN_CENTER, ALIGN_JUSTIFY } OdfAlign;
typedef enum { BREAK_NONE, BREAK_COLUMN, BREAK_PAGE } OdfBreak;
enum { COLOR_AUTO = -1, COLOR_NONE = -2 };      /* colours are 0xRRGGBB or one of these */

typedef enum {
    BORDER_NONE,
    BORDER_SOLID,
    BORDER_DOUBLE,
    BORDER_DOTTED,
    BORDER_DASHED,
    BORDER_FINE_DASHED,
    BORDER_DASH_DOT,
    BORDER_DASH_DOT_DOT,
    BORDER_DOUBLE_THIN,
    BORDER_GROOVE,
    BORDER_RIDGE,
    BORDER_INSET,
    BORDER_OUTSET
} OdfBorderStyle;
typedef struct {
    OdfBorderStyle style;
    int32_t width;              /* total; 0: no border */
    int32_t inner, gap, outer;  /* of a double one; sum = width */
    int32_t color;
} OdfBorder;
typedef enum { SIDE_TOP, SIDE_RIGHT, SIDE_BOTTOM, SIDE_LEFT } OdfSide;

typedef struct {
    const char *family;         /* as the style names it (font-face resolved to svg:font-family) */
    bool fixed_pitch, symbol;   /* style:font-pitch="fixed"; style:font-charset="x-symbol" */
    int32_t size;
    uint16_t weight;            /* 100-900 */
    bool italic, kerning, hyphenate, hidden, outline, shadow, relief, emphasis, turned,
        underline_words, hyphenate_caps, hyphenate_last;
    int32_t color, background;
    OdfLineStyle underline, strike, overline;
    bool underline_bold, strike_bold;   /* bold or thick */
    bool underline_double, strike_double;
    int32_t underline_color;    /* COLOR_AUTO: as the text */
    int32_t rise;               /* percent of the full-size line height; RISE_SUPER, RISE_SUB */
    int32_t rise_size;          /* percent, 100: full size */
    int32_t letter_spacing;
    int32_t scale;              /* percent */
    enum { CASE_NONE, CASE_UPPER, CASE_LOWER, CASE_CAPITALS, CASE_SMALL_CAPS } text_case;
    char language[12], country[4];      /* "pl", "PL"; empty: none */
    const char *asian_family, *complex_family;
    uint16_t complex_weight;
    bool complex_italic;
    int32_t asian_size, complex_size, hyphen_before, hyphen_after;
    int32_t hyphen_word;        /* shorter words are not hyphenated */
    OdfBorder border[4];
    int32_t padding[4];
} OdfTextProps;
enum { RISE_SUPER = 1000, RISE_SUB = -1000 };

typedef struct {
    int32_t position;
    enum { TAB_LEFT, TAB_CENTER, TAB_RIGHT, TAB_CHAR } type;
    uint32_t character, leader; /* leader 0: none */
} OdfTab;

/* A picture behind something (style:background-image, draw:fill="bitmap"). */
typedef struct {
    const char *href;           /* of odf_picture() */
    enum { BACK_REPEAT, BACK_ONCE, BACK_STRETCH } repeat;
    int32_t width, height;      /* 0: its own */
    int32_t at_x, at_y;         /* where it stands once: percent of the room to the left, above */
    int32_t opacity;            /* percent */
} OdfBack;

/* A gradient of straight lines (draw:gradient of the styles linear and axial). */
typedef struct {
    bool axial;                 /* from the middle to both sides */
    int32_t start, end;         /* colours */
    int32_t angle;              /* tenths of a degree */
    int32_t border;             /* percent of its length that has the start colour */
} OdfGradient;

typedef struct {
    int32_t margin[4], indent;  /* indent of the first line */
    bool auto_indent, contextual, join_border, keep_together, keep_with_next, justify_single_word,
        snap_to_grid;
    /* Which indents hold in a list (text.md 6.6): the paragraph's own when own_margins (its
     * automatic style sets one), or when style_margins and the list's style is the one that the
     * paragraph's style names as style:list-style-name; else those of the list level. */
    bool own_margins, style_margins;
    OdfAlign align, align_last; /* align_last: ALIGN_LEFT, or as given */
    enum { LINE_HEIGHT_NORMAL, LINE_HEIGHT_PERCENT, LINE_HEIGHT_FIXED, LINE_HEIGHT_LEAST,
           LINE_HEIGHT_LEADING } line_kind;
    int32_t line_height;        /* percent or twips */
    uint16_t widows, orphans, hyphen_ladder;
    OdfBreak break_before, break_after;
    int32_t background;         /* COLOR_NONE */
    const OdfBack *back;        /* NULL: none, here and below */
    OdfBorder border[4];
    int32_t padding[4], shadow_x, shadow_y, shadow_color;
    const OdfTab *tab;
    size_t n_tab;
    int32_t tab_distance;       /* of default stops */
    bool right_to_left, hyphenate;
    enum { VALIGN_AUTO, VALIGN_BASELINE, VALIGN_TOP, VALIGN_MIDDLE, VALIGN_BOTTOM } vertical_align;
} OdfParaProps;

/* Computed once for a style (NULL: a paragraph without style) and kept. */
const OdfParaProps *odf_para_props(const OdfFile *f, const OdfStyle *style);
/* Whether its paragraphs begin with a letter of several lines (ODF 1.3 part 3, 17.9). */
bool odf_drops_cap(const OdfStyle *style);
const OdfTextProps *odf_para_text_props(const OdfFile *f, const OdfStyle *style);
/* The properties of text in a span of that style inside text of the given properties. */
const OdfTextProps *odf_text_props(const OdfFile *f, const OdfTextProps *outer,
                                   const OdfStyle *span);
/* True when a span of this style sets nothing: kerning and ligatures go on across it. */
bool odf_style_empty(const OdfStyle *span);
int odf_outline_level(const OdfFile *f, const OdfNode *block);  /* 1-10 of text:h, 0: no heading */

typedef struct {
    int32_t width;              /* 0: none */
    int32_t rel_width;          /* percent, 0: none */
    int32_t margin[4];
    enum { TABLE_FULL, TABLE_MARGINS, TABLE_LEFT, TABLE_CENTER, TABLE_RIGHT } align;
    bool separating, keep_with_next, no_break_between_rows;
    OdfBreak break_before, break_after;
    int32_t background, shadow_x, shadow_y, shadow_color;
    const OdfBack *back;
} OdfTableProps;
typedef struct { int32_t width, rel_width; } OdfColumnProps;    /* 0: not given */
typedef struct {
    int32_t height, min_height, background;
    const OdfBack *back;
    bool keep_together;
} OdfRowProps;
typedef struct {
    OdfBorder border[4];
    int32_t padding[4], background;
    const OdfBack *back;
    enum { CELL_TOP, CELL_MIDDLE, CELL_BOTTOM } align;
    bool right_to_left;
} OdfCellProps;
const OdfTableProps *odf_table_props(const OdfFile *f, const OdfStyle *s);
const OdfColumnProps *odf_column_props(const OdfFile *f, const OdfStyle *s);
const OdfRowProps *odf_row_props(const OdfFile *f, const OdfStyle *s);
const OdfCellProps *odf_cell_props(const OdfFile *f, const OdfStyle *s);

typedef struct { int32_t rel, start, end; } OdfColumnShare;
typedef struct {
    int n;                      /* 1: no columns */
    int32_t gap;                /* -1: not given, then by share */
    OdfColumnShare share[16];
    int32_t line_width, line_height, line_color;        /* height in percent; width 0: no line */
    enum { LINE_TOP, LINE_MIDDLE, LINE_BOTTOM } line_align;
    bool dont_balance;
} OdfColumns;
typedef struct {
    int32_t margin_left, margin_right, background;
    const OdfBack *back;
    OdfColumns columns;
    const OdfNode *footnotes, *endnotes;        /* text:notes-configuration, or NULL */
} OdfSectionProps;
const OdfSectionProps *odf_section_props(const OdfFile *f, const OdfStyle *s);

typedef enum { ANCHOR_CHAR_AS, ANCHOR_CHAR, ANCHOR_PARAGRAPH, ANCHOR_PAGE, ANCHOR_FRAME } OdfAnchor;
typedef enum {
    WRAP_NONE,
    WRAP_LEFT,
    WRAP_RIGHT,
    WRAP_PARALLEL,
    WRAP_DYNAMIC,
    WRAP_THROUGH
} OdfWrap;
typedef enum { HPOS_LEFT, HPOS_CENTER, HPOS_RIGHT, HPOS_FROM_LEFT, HPOS_INSIDE, HPOS_OUTSIDE,
               HPOS_FROM_INSIDE } OdfHPos;
typedef enum {
    HREL_PARAGRAPH,
    HREL_PARAGRAPH_CONTENT,
    HREL_PAGE,
    HREL_PAGE_CONTENT,
    HREL_PAGE_START_MARGIN,
    HREL_PAGE_END_MARGIN,
    HREL_PARAGRAPH_START_MARGIN,
    HREL_PARAGRAPH_END_MARGIN,
    HREL_CHAR
} OdfHRel;
typedef enum { VPOS_TOP, VPOS_MIDDLE, VPOS_BOTTOM, VPOS_FROM_TOP, VPOS_BELOW } OdfVPos;
typedef enum {
    VREL_PARAGRAPH,
    VREL_PARAGRAPH_CONTENT,
    VREL_PAGE,
    VREL_PAGE_CONTENT,
    VREL_CHAR,
    VREL_LINE,
    VREL_BASELINE,
    VREL_TEXT
} OdfVRel;
typedef struct {                /* of a frame: its style and its own attributes together */
    OdfAnchor anchor;
    int32_t anchor_page;
    OdfWrap wrap;
    bool background;            /* run-through="background" */
    bool contour, wrap_one_paragraph, flow_with_text, no_overlap, decorative;
    OdfHPos hpos; OdfHRel hrel; OdfVPos vpos; OdfVRel vrel;
    int32_t x, y, width, height, min_width, min_height;         /* 0: not given */
    int32_t rel_width, rel_height;      /* percent; -1: scale; 0: none */
    bool rel_width_page;
    int32_t margin[4], padding[4];
    OdfBorder border[4];
    int32_t fill;               /* colour or COLOR_NONE */
    const OdfBack *back;
    const OdfGradient *gradient;        /* NULL: none, or one we do not draw */
    bool other_fill;            /* a hatching, a gradient not drawn: fill is like it, or none */
    int32_t fill_opacity;       /* percent */
    int32_t stroke, stroke_width, stroke_opacity;
    int32_t dash[12];           /* of the stroke: hundredths of a point on, off, on ... */
    uint8_t n_dash;             /* 0: it is solid */
    int32_t shadow_x, shadow_y, shadow_color;
    int32_t clip[4];            /* natural units, twips */
    bool mirror_h, mirror_v, greyscale;
    int32_t image_opacity;      /* percent */
    enum { FRAME_TOP, FRAME_MIDDLE, FRAME_BOTTOM } text_align;
    OdfColumns columns;
    int32_t z;                  /* order; equal: document order */
} OdfFrameProps;
/* Reads the frame's style and attributes; kept by the caller. */
void odf_frame_props(const OdfFile *f, const OdfNode *frame, OdfFrameProps *out);

/* ---- shapes (ODF 1.3 part 3, 10.3) ----------------------------------------------------------- */
/* Frames, shapes and controls: what has an anchor. */
bool odf_is_drawing(OdfName name);
/* An outline: parts that begin with POINT_MOVE; a curve is three points, the last on it. */
typedef struct {
    enum { POINT_MOVE, POINT_LINE, POINT_CURVE, POINT_CLOSE } kind;
    int32_t x, y;
} OdfPoint;
typedef struct {
    int32_t x, y, width, height;        /* its box, from the corner of what it is anchored to */
    const OdfPoint *point;      /* from the corner of the box */
    uint32_t n_point;
    const struct OdfContour { uint32_t end; bool fill, stroke; } *contour;     /* painted each */
    uint32_t n_contour;         /* for itself; end: of its points */
    bool open;                  /* a line: it has no inside */
    bool turned;                /* by draw:transform; its text is not */
    int32_t text[4];            /* area of its text: left, top, right, bottom in the box */
} OdfShape;
/* The outline of a shape; false: it is a frame, a group, a control, or nothing we know.  In a. */
bool odf_shape(const OdfNode *n, Arena *a, OdfShape *out);

/* ---- charts (ODF 1.3 part 3, section 11) ----------------------------------------------------- */
typedef enum { CHART_BAR, CHART_LINE, CHART_AREA, CHART_CIRCLE, CHART_RING,
               CHART_SCATTER } OdfChartKind;
typedef struct {
    int32_t fill, stroke;       /* colours or COLOR_NONE */
    int32_t fill_opacity, stroke_opacity;       /* percent */
    int32_t stroke_width;       /* 0: as thin as can be */
    bool dashed;
} OdfChartLook;
enum { ANGLE_AUTO = 1000 };
typedef struct {
    const char *text;           /* its lines parted by \n; NULL: there is none */
    const OdfTextProps *props;
    OdfChartLook look;
    int32_t angle;              /* degrees, against the clock; ANGLE_AUTO: not said */
    bool placed;                /* its upper left corner is at x, y; else where there is room */
    int32_t x, y;
} OdfChartText;
typedef struct {
    bool given, shown, labels, grid, logarithmic, reversed, outer_ticks, inner_ticks;
    bool wraps, staggers, overlaps;     /* its labels */
    enum { CROSS_VALUE, CROSS_START, CROSS_END } position;      /* on the other axis */
    double cross;
    double min, max, step;      /* NAN: automatic */
    OdfChartText title;
    const OdfTextProps *props;  /* of the labels */
    int32_t angle;
    OdfChartLook look, grid_look;
    const OdfNode *format;      /* the style of its numbers, or NULL */
} OdfChartAxis;
enum { LABEL_VALUE = 1, LABEL_PERCENT = 2, LABEL_CATEGORY = 4, LABEL_SERIES = 8 };
typedef enum { PLACE_AUTO, PLACE_CENTER, PLACE_INSIDE, PLACE_OUTSIDE, PLACE_ORIGIN, PLACE_ABOVE,
               PLACE_BELOW, PLACE_LEFT, PLACE_RIGHT } OdfChartPlace;
typedef struct {                /* how a point of a series looks; many share one */
    OdfChartLook look;
    int32_t color;              /* of its symbol */
    int32_t symbol;             /* 0 square, 1 diamond ...; -1: none */
    int32_t symbol_size;
    unsigned label;             /* LABEL_... */
    OdfChartPlace place;
    const char *separator;      /* between the parts of a label */
    const OdfTextProps *props;
    const OdfNode *format, *percent_format;
    int32_t offset;             /* of a piece of a pie, percent of the radius */
} OdfChartPoint;
typedef struct {
    const char *name;           /* NULL: none */
    OdfChartKind kind;
    const double *value, *x;    /* NAN: there is none; x of CHART_SCATTER, else NULL */
    const OdfChartPoint *const *point;
    const OdfChartPoint *own;   /* of the series */
    bool secondary;             /* it belongs to the other axis of values */
} OdfChartSeries;
typedef struct {
    OdfChartKind kind;
    bool altered;               /* drawn flat, or as another kind: what it is cannot be drawn */
    bool lacks;                 /* trend lines, error bars, smooth lines are not read */
    bool sideways;              /* bars lie */
    bool stacked, percent;
    int32_t gap, overlap, angle;        /* percent; of a pie, where it begins, degrees */
    int32_t width, height;      /* that places are given in; 0: not said */
    OdfChartLook look, wall;
    OdfChartText title, subtitle, legend;       /* text of a legend: "" */
    enum { LEGEND_END, LEGEND_START, LEGEND_TOP, LEGEND_BOTTOM } legend_side;
    bool legend_wide;
    OdfChartAxis x, y, y2;
    enum { PLOT_AUTO, PLOT_OUTER, PLOT_INNER } plot;    /* plot_box: with the axes' labels or not */
    int32_t plot_box[4];        /* x, y, width, height */
    const char *const *category;
    const OdfChartSeries *series;
    size_t n_series, n;         /* points of each series, and categories */
} OdfChart;
/* The chart that a draw:frame shows, in a; NULL: it shows none, or too large a one. */
const OdfChart *odf_chart(const OdfDoc *doc, const OdfNode *frame, Arena *a);
int32_t odf_chart_color(size_t i);      /* that Writer gives to the i-th thing without one */
/* ---- metafiles: pictures that are painted step by step --------------------------------------
 * Measures count in the picture's own square: METAFILE_SIDE units to the right and down, whatever
 * its shape is. */
enum { METAFILE_SIDE = 1 << 20 };
typedef struct {
    enum { META_LEFT, META_CENTER, META_RIGHT } across;
    enum { META_TOP, META_BASELINE, META_BOTTOM } down;
} OdfStepAlign;
typedef struct {
    enum { STEP_PATH, STEP_TEXT, STEP_IMAGE } kind;
    bool clipped;               /* only what lies in clip is seen */
    uint8_t opacity;            /* percent */
    int32_t color;
    int32_t clip[4];            /* left, top, right, bottom */
    union {
        struct {
            const OdfPoint *point;
            uint32_t n;
            bool fill;          /* by the even-odd rule; else a stroke, */
            int32_t width;      /* in units across; 0: as thin as can be */
        } path;
        struct {
            const char *text, *family;
            int32_t x, y, size; /* size: units down */
            int32_t width;      /* units across; 0: its own */
            uint16_t weight;
            int16_t angle;      /* tenths of degrees, against the clock */
            bool cell;          /* size is ascent and descent, not the em */
            bool italic, underline, strike;
            OdfStepAlign align;
        } text;
        struct {
            const OdfPicture *picture;
            int32_t x, y, width, height;
            bool mirror_h, mirror_v;
        } image;
    };
} OdfStep;
typedef struct {
    const OdfStep *step;
    size_t n;
    bool partial;               /* something that it shows is not among the steps */
} OdfMetafile;
/* What a picture of that kind paints, made in a; no steps: it cannot be read. */
const OdfMetafile *odf_metafile(const OdfPicture *p, Arena *a);

typedef struct {
    bool given;
    int32_t min_height, height, spacing;        /* min_height -1: not given */
    bool dynamic_spacing;
    int32_t margin_left, margin_right, background;
    const OdfBack *back;
    OdfBorder border[4];
    int32_t padding[4];
} OdfHeaderProps;
typedef struct {
    int32_t width, height, margin[4];
    OdfBorder border[4];
    int32_t padding[4], background;
    enum { USAGE_ALL, USAGE_LEFT, USAGE_RIGHT, USAGE_MIRRORED } usage;
    const char *num_format;     /* "1", "i" ... */
    int32_t first_page;         /* 0: continue */
    OdfColumns columns;
    OdfHeaderProps header, footer;
    int32_t footnote_max, footnote_before, footnote_after, footnote_line, footnote_color;
    int32_t footnote_rel_width; /* percent */
    OdfAlign footnote_adjust;
    const OdfBack *back;
} OdfPageProps;
typedef struct {
    const char *name, *next;    /* next: NULL as itself */
    const OdfPageProps *page;
    const OdfNode *header, *header_left, *header_first, *footer, *footer_left, *footer_first;
    bool header_shown, footer_shown;
} OdfMaster;
/* The master page of a document; NULL: unknown name.  NULL name: the one a document starts with.
 * Good until the next call for another document of the same file. */
const OdfMaster *odf_master(const OdfDoc *doc, const char *name);

/* ---- lists, outline, notes ---- */
typedef struct {
    enum { LABEL_NONE, LABEL_NUMBER, LABEL_BULLET, LABEL_IMAGE } kind;
    const char *format;         /* "1", "a", "A", "i", "I", "" */
    bool letter_sync;
    bool consecutive;           /* all levels count on together */
    const char *prefix, *suffix, *template;     /* template: loext:num-list-format */
    uint32_t bullet;
    const char *bullet_family;  /* NULL: the paragraph's font */
    bool bullet_symbol;
    const OdfStyle *label_style;
    int start, display_levels;
    bool label_alignment;       /* else the older mode */
    int32_t margin_left, indent, tab_position;  /* tab_position -1: none */
    enum { FOLLOW_TAB, FOLLOW_SPACE, FOLLOW_NOTHING } follow;
    int32_t space_before, min_label_width, min_label_distance;
    OdfAlign align;
} OdfListLevel;
/* Level 1-10 of a list style; never NULL: an unknown style has Writer's built-in bullets. */
const OdfListLevel *odf_list_level(const OdfFile *f, const char *style, int level,
                                   bool scope_masters);
const OdfListLevel *odf_outline_style(const OdfFile *f, int level);     /* NULL: not numbered */
/* Formats a number: "1" 12, "a" l, "I" XII; into out, NUL-terminated, cut to room. */
void odf_number_format(const char *format, bool letter_sync, int n, char *out, size_t room);

/* Compatibility items of office:settings as they hold (text.md section 0). */
typedef struct OdfSettings {
    bool AddExternalLeading, PropLineSpacingShrinksFirstLine, UseFormerLineSpacing,
        UseFormerTextWrapping, InvertBorderSpacing, AddParaTableSpacing,
        AddParaTableSpacingAtStart, AddParaSpacingToTableCells, AddParaLineSpacingToTableCells,
        TabsRelativeToIndent, TabOverMargin, TabOverSpacing,
        DoNotJustifyLinesWithManualBreak, IgnoreFirstLineIndentInNumbering, SmallCapsPercentage66,
        AutoFirstLineIndentDisregardLineSpace, CollapseEmptyCellPara, MsWordCompTrailingBlanks,
        IgnoreTabsAndBlanksForLineCalculation, TabAtLeftIndentForParagraphsInList, TableRowKeep,
        HeaderSpacingBelowLastPara, FootnoteInColumnToPageEnd, ContinuousEndnotes,
        TreatSingleColumnBreakAsPageBreak, SurroundTextWrapSmall, ShowRedlineChanges;
} OdfSettings;

/* Reads a length ("2.5cm", "12pt", "-0.1in") as twips; false if it is none. */
bool odf_length(const char *s, int32_t *twips) MUST_CHECK;
/* The same of a drawing: Writer keeps it in whole hundredths of a millimetre and cuts these to
 * twips.  Not below 0. */
bool odf_length_drawn(const char *s, int32_t *twips) MUST_CHECK;
bool odf_percent(const char *s, int32_t *percent) MUST_CHECK;
int32_t odf_color(const char *s);       /* "#aabbcc"; "transparent" and unknown: COLOR_NONE */

#endif
