/* SPDX-License-Identifier: MIT */
/* Writer's own definitions of styles that a text uses but its file does not define
 * (shared/writer-layout, frames-styles.md 1.2.1, 2.5, 3.3, 3.5, 5.4). */
#include "internal.h"

#include <string.h>

typedef struct { OdfName name; const char *value; } Value;
typedef struct {
    OdfFamily family;
    const char *name;
    Value own[8], text[6];      /* up to a name of 0 */
} Builtin;

#define SANS { ODF_FO_FONT_FAMILY, "Liberation Sans" }
#define BOLD { ODF_FO_FONT_WEIGHT, "bold" }
#define ITALIC { ODF_FO_FONT_STYLE, "italic" }
#define SIZE(s) { ODF_FO_FONT_SIZE, s }
#define SPACE(above, below) { ODF_FO_MARGIN_TOP, above }, { ODF_FO_MARGIN_BOTTOM, below }
#define INDENT(left, first) { ODF_FO_MARGIN_LEFT, left }, { ODF_FO_TEXT_INDENT, first }
#define KEEP { ODF_FO_KEEP_WITH_NEXT, "always" }
#define CENTER { ODF_FO_TEXT_ALIGN, "center" }
#define NOTHING { { 0 } }

#define PARAGRAPH FAMILY_PARAGRAPH
#define HEADING(n, above, below, ...) \
    { PARAGRAPH, "Heading_20_" #n, { SPACE(above, below), KEEP }, { SANS, BOLD, __VA_ARGS__ } }
#define CONTENTS(n, left) \
    { PARAGRAPH, "Contents_20_" #n, { { ODF_FO_MARGIN_LEFT, left } }, NOTHING }
#define FRAME(name, wrap, area) \
    { FAMILY_GRAPHIC, name, { { ODF_TEXT_ANCHOR_TYPE, "as-char" }, { ODF_STYLE_WRAP, wrap }, \
      { ODF_STYLE_VERTICAL_POS, "top" }, { ODF_STYLE_VERTICAL_REL, area }, \
      { ODF_STYLE_HORIZONTAL_POS, "center" }, { ODF_STYLE_HORIZONTAL_REL, area } }, NOTHING }

/* As LibreOffice 7.4 writes them out. */
static const Builtin builtins[] = {
    { PARAGRAPH, "Heading", { SPACE("0.423cm", "0.212cm"), KEEP }, { SANS, SIZE("14pt") } },
    HEADING(1, "0.423cm", "0.212cm", SIZE("18pt")),
    HEADING(2, "0.353cm", "0.212cm", SIZE("16pt")),
    HEADING(3, "0.247cm", "0.212cm", SIZE("14pt")),
    HEADING(4, "0.212cm", "0.212cm", SIZE("13pt"), ITALIC),
    HEADING(5, "0.212cm", "0.106cm", SIZE("12pt")),
    HEADING(6, "0.106cm", "0.106cm", SIZE("12pt"), ITALIC),
    HEADING(7, "0.106cm", "0.106cm", SIZE("10pt")),
    HEADING(8, "0.106cm", "0.106cm", SIZE("10pt"), ITALIC),
    HEADING(9, "0.106cm", "0.106cm", SIZE("9pt")),
    HEADING(10, "0.106cm", "0.106cm", SIZE("9pt")),
    { PARAGRAPH, "Title", { CENTER, SPACE("0.423cm", "0.212cm"), KEEP },
      { SANS, BOLD, SIZE("28pt") } },
    { PARAGRAPH, "Subtitle", { CENTER, SPACE("0.106cm", "0.212cm"), KEEP },
      { SANS, SIZE("18pt") } },
    { PARAGRAPH, "Caption", { SPACE("0.212cm", "0.212cm") }, { ITALIC, SIZE("12pt") } },
    { PARAGRAPH, "Footnote", { INDENT("0.6cm", "-0.6cm") }, { SIZE("10pt") } },
    { PARAGRAPH, "Quotations",
      { INDENT("1cm", "0cm"), { ODF_FO_MARGIN_RIGHT, "1cm" }, SPACE("0cm", "0.499cm") }, NOTHING },
    { PARAGRAPH, "List", { SPACE("0cm", "0.247cm"), { ODF_FO_LINE_HEIGHT, "115%" } }, NOTHING },
    { PARAGRAPH, "Contents_20_Heading", { SPACE("0.423cm", "0.212cm"), KEEP },
      { SANS, BOLD, SIZE("16pt") } },
    CONTENTS(1, "0cm"), CONTENTS(2, "0.499cm"), CONTENTS(3, "0.998cm"), CONTENTS(4, "1.497cm"),
    CONTENTS(5, "1.996cm"), CONTENTS(6, "2.495cm"), CONTENTS(7, "2.994cm"), CONTENTS(8, "3.493cm"),
    CONTENTS(9, "3.992cm"), CONTENTS(10, "4.491cm"),
    { FAMILY_TEXT, "Internet_20_link",
      { { ODF_FO_COLOR, "#000080" }, { ODF_STYLE_TEXT_UNDERLINE_STYLE, "solid" } }, NOTHING },
    { FAMILY_TEXT, "Placeholder", { { ODF_FO_FONT_VARIANT, "small-caps" } }, NOTHING },
    FRAME("Graphics", "dynamic", "paragraph"),
    FRAME("Frame", "parallel", "paragraph-content"),
};

static OdfNode *properties(Arena *a, OdfName name, const Value *v, size_t most)
{
    size_t n = 0;
    while (n < most && v[n].name)
        n++;
    OdfNode *node = odf_element(a, name, n, 0);
    for (size_t i = 0; i < n; i++)
        odf_attrs(node)[i] = (OdfAttr){ v[i].name, v[i].value };
    return node;
}

const OdfNode *odf_builtin_style(const OdfFile *f, OdfFamily family, const char *name)
{
    for (size_t i = 0; i < COUNT(builtins); i++) {
        const Builtin *b = &builtins[i];
        if (b->family != family || strcmp(b->name, name))
            continue;
        OdfNode *n = odf_element(f->arena, ODF_STYLE_STYLE, 1, 2);
        odf_attrs(n)[0] = (OdfAttr){ ODF_STYLE_NAME, b->name };
        odf_kids(n)[0] = properties(f->arena, odf_family_properties(family), b->own, COUNT(b->own));
        odf_kids(n)[1] = properties(f->arena, ODF_STYLE_TEXT_PROPERTIES, b->text, COUNT(b->text));
        return n;
    }
    return NULL;
}
