/* SPDX-License-Identifier: MIT */
/* PDF 1.7: pages and structure tree become a file that is PDF/UA-1 and PDF/A-2a at once. */
#ifndef SKRYBA_PDF_H
#define SKRYBA_PDF_H

#include "layout/layout.h"

/* What files made one after another need only once: prepared faces, pictures made ready, the
 * colour profile; and the results that are likely to come again, such as the font program for a set
 * of glyphs and the packed structure of a certificate, the last used ones, a few MB in all.  Keeps
 * pointers to faces: free it before the fonts.  It never changes what is written, and is filled as
 * files are made: a font holds the glyphs that its own file shows, and no others. */
typedef struct PdfCache PdfCache;
PdfCache *pdf_cache_new(void);
void pdf_cache_free(PdfCache *c);

typedef struct PdfFile PdfFile;
typedef struct {
    PdfCache *cache;                    /* NULL: one of its own */
    const char *producer;
    const char *title, *language;       /* "pl-PL"; NULL: the first document's */
    const char *subject;                /* or NULL */
    const char *date;                   /* ISO date or dateTime for created and modified, or NULL */
    /* Several documents in one file: each becomes a Part, with a bookmark of its title above those
     * of its headings.  Else exactly one document is added. */
    bool parts;
    bool beside;                /* a thread may help with a long document: there is a processor */
    enum { PDF_SIMPLEX, PDF_DUPLEX_LONG, PDF_DUPLEX_SHORT } duplex;     /* for the printer */
} PdfOptions;

/* A file is begun, takes documents one after another (their pages follow each other), and is
 * finished.  The writer streams into out, which it does not own.  What is in *l is no longer
 * needed after pdf_add(); only the numbers in its nodes are used in between. */
PdfFile *pdf_begin(Output *out, const PdfOptions *o);
/* False: findings were added and the document is not in the file, to which others may be added.
 * Pages with sides outside of 3-14400 pt, pictures that cannot be shown, glyphs that a face lacks,
 * links other than http, https and mailto are refused. */
bool pdf_add(PdfFile *f, const LayoutDoc *l, Diags *d) MUST_CHECK;
/* The same in two steps, so that many processes can make documents for one file: pdf_piece() adds a
 * document's bytes to out, pdf_place() puts them into a file that was begun with the same options;
 * fonts finds the faces.  A picture goes along once: the pieces of a process must be placed in the
 * order of their making, or pdf_piece_afresh() called before one that is not. */
bool pdf_piece(const PdfOptions *o, const LayoutDoc *l, Buf *out, Diags *d) MUST_CHECK;
bool pdf_place(PdfFile *f, TextFonts *fonts, const void *piece, size_t len, Diags *d) MUST_CHECK;
void pdf_piece_afresh(PdfCache *c);
bool pdf_end(PdfFile *f, Diags *d) MUST_CHECK;                  /* frees f */
void pdf_abort(PdfFile *f);                                     /* frees f, which may be NULL */

/* ISO 19005-2, 6.1.13 allows 8,388,607 objects in a file.  A merged file should be ended, and
 * another begun, when the next document would bring it above PDF_OBJECTS_MAX: pdf_add() refuses
 * it. */
enum { PDF_OBJECTS_MAX = 8300000 };
uint32_t pdf_objects(const PdfFile *f);

#endif
