/* SPDX-License-Identifier: MIT */
/* Text: fonts, shaping, places where a line may break.  Knows nothing of documents. */
#ifndef SKRYBA_TEXT_H
#define SKRYBA_TEXT_H

#include <hb.h>

#include "base/base.h"

/* A face as used: the file's, or the same with made-up bold or slant. */
typedef struct TextFace {
    const char *family;         /* its own name */
    const char *file;
    const char *postscript;     /* PostScript name, without spaces */
    hb_face_t *hb;              /* shared by the synthetic variants */
    hb_font_t *font;            /* scaled to units of the em */
    int32_t upem;
    int32_t ascent, descent, gap; /* font units, by Writer's choice of tables; descent positive */
    int32_t size_descent;       /* hhea or typo descent as the underline rule wants it */
    int32_t bbox[4], cap_height, italic_angle;  /* italic_angle in 1/65536 degrees */
    uint16_t weight;
    bool italic, fixed_pitch;
    bool plain;                 /* has the letters and digits of ASCII */
    bool synthetic_bold, synthetic_italic;
    const struct TextFace *base;        /* the face of the file; itself if not synthetic */
    unsigned id;                /* 0, 1, 2 ... in the order first used */
} TextFace;

typedef struct TextFonts TextFonts;
/* Opens the fonts in the folders of fonts/fonts.conf (found beside the program or installed) and in
 * dir (may be NULL).  NULL: findings were added. */
TextFonts *text_fonts_open(const char *dir, Diags *d) MUST_CHECK;
void text_fonts_free(TextFonts *f);
/* The face that Writer would take; never NULL.  *substituted says that it is another family than
 * asked for (a metric twin such as Liberation Sans for Arial is one too). */
const TextFace *text_face(TextFonts *f, const char *family, unsigned weight, bool italic,
                          bool fixed_pitch, bool *substituted);
/* A face for a character that face lacks, in the same weight and slant; NULL: no face has it. */
const TextFace *text_fallback(TextFonts *f, const TextFace *face, uint32_t c);
bool text_has(const TextFace *face, uint32_t c);
int32_t text_missing_advance(const TextFace *face);     /* of .notdef */
size_t text_face_count(const TextFonts *f);
const TextFace *text_face_at(const TextFonts *f, unsigned id);

/* One glyph of a shaped piece; measures are font units. */
typedef struct {
    uint32_t cluster;           /* byte offset into the piece's text */
    uint16_t glyph;
    int16_t advance;            /* kerning included */
} TextGlyph;
typedef struct { int16_t dx, dy; } TextOffset;  /* of a glyph from the pen */

typedef struct {
    const TextFace *face;
    const TextGlyph *glyph;     /* in visual order; of right-to-left text clusters fall */
    const TextOffset *offset;   /* of each; NULL: none has one, as in most texts */
    uint32_t n_glyph, len;
    const char *text;           /* UTF-8 */
    bool rtl;
} TextPiece;

typedef struct { bool kerning, rtl; char language[12]; } TextFeatures;
/* Shapes text, which must be all of one face, script and direction.  The result is kept with the
 * fonts, shared by equal calls, and never changes. */
const TextPiece *text_shape(TextFonts *f, const TextFace *face, const TextFeatures *features,
                            const char *text, size_t len);
/* Forgets shaped texts when they have grown large; call it between documents: no piece that was
 * given out is valid afterwards. */
void text_trim(TextFonts *f);

/* Whether a line may begin somewhere; the last: when the space before does not fit into the line
 * any more. */
enum { TEXT_BREAK_NEVER, TEXT_BREAK_HERE, TEXT_BREAK_IF_SPACE_ENDS };
/* Marks in can[i], for each byte offset i of a paragraph's text (0..len), whether a line may begin
 * there: Writer's rules, see breaks.c.  can has len + 1 entries. */
void text_breaks(const char *text, size_t len, bool hyphenate, uint8_t *can);
/* Bidirectional levels, one for each byte; all 0 for text without right-to-left characters. */
void text_bidi(const char *text, size_t len, bool rtl_paragraph, uint8_t *level);
/* Whether there are patterns for a language ("pl"). */
bool text_hyphenates(TextFonts *f, const char *language);
/* Marks in can[i] the offsets inside a word (UTF-8) where it may be hyphenated: at least before and
 * after characters on each side.  False: no patterns for that language. */
bool text_hyphenate(TextFonts *f, const char *language, const char *word, size_t len, int before,
                    int after, uint8_t *can);
/* Characters of other scripts take Writer's asian or complex font. */
typedef enum { SCRIPT_WESTERN, SCRIPT_ASIAN, SCRIPT_COMPLEX, SCRIPT_WEAK } TextScript;
TextScript text_script(uint32_t c);
/* Symbol fonts of other systems (Symbol, Wingdings ...): the character of OpenSymbol that stands
 * for one of theirs.  text_meaning() is what a private character says to a reader. */
bool text_symbol_family(const char *family);
uint32_t text_symbol(const char *family, uint32_t c);
uint32_t text_meaning(uint32_t c);
typedef struct { int year, month, day, hour, minute, second, hundredths; } TextMoment;
/* A moment by a pattern of ICU's, with the names of a language; false: not that many letters. */
bool text_moment(Buf *out, const char *language, const char *country, const char *pattern,
                 const TextMoment *m);
/* A number with the signs of a language; decimals -1: as many as it has. */
bool text_number(Buf *out, const char *language, const char *country, double value, int decimals,
                 int integers, bool grouping);
/* The text in capitals or small letters of a language, by ICU. */
void text_case(Buf *out, const char *text, size_t len, bool upper, const char *language);

#endif
