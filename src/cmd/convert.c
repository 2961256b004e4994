/* SPDX-License-Identifier: MIT */
/* skryba convert: any Writer file to tagged PDF, as it stands. */
#include "internal.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

typedef struct { const char *output, *font_dir, *dump, *date; } Wanted;

/* The file's name without folder and ending. */
static char *base_name(const char *path)
{
    const char *slash = strrchr(path, '/'), *name = slash ? slash + 1 : path;
    const char *dot = strrchr(name, '.');
    return mem_dup(name, dot && dot > name ? (size_t)(dot - name) : strlen(name));
}

/* PDF/UA wants a title.  The caller frees the result; NULL: the document has one. */
static char *find_title(const LayoutDoc *l, const char *path, Diags *d)
{
    if (l->title && *l->title)
        return NULL;
    Place place = { .file = path };
    char *title = l->heading.n && *l->heading.p[0].title
                      ? mem_dup(l->heading.p[0].title, strlen(l->heading.p[0].title))
                      : base_name(str_equal(path, "-") ? "dokument" : path);
    diag_add(d, DIAG_convert_title, &place, title, (char *)NULL);
    return title;
}

static bool copy_out(const char *path, Diags *d)
{
    size_t len;
    char *bytes = file_read(path, (size_t)1 << 32, &len, d);
    if (bytes)
        fwrite(bytes, 1, len, stdout);
    free(bytes);
    return bytes != NULL;
}

/* A file is patched while it is written, so standard output gets it from a temporary one. */
static void write_standard_output(const LayoutDoc *l, const char *title, Diags *d)
{
    const char *folder = getenv("TMPDIR");
    Buf path = {0};
    buf_format(&path, "%s/skryba-XXXXXX", folder && *folder ? folder : "/tmp");
    int fd = mkstemp(path.p);
    if (fd < 0)
        diag_add(d, DIAG_file_write, NULL, path.p, strerror(errno), (char *)NULL);
    else if (batch_write_pdf(l, NULL, title, path.p, d))
        copy_out(path.p, d);
    if (fd >= 0) {
        close(fd);
        unlink(path.p);
    }
    buf_free(&path);
}

static void dump(const char *what, const OdfDoc *doc, const LayoutDoc *l)
{
    Buf text = {0};
    if (str_equal(what, "boxes"))
        layout_dump(l, &text);
    else if (str_equal(what, "structure"))
        layout_dump_structure(l, &text);
    else
        odf_dump(doc->body, &text);
    fwrite(text.p, 1, text.n, stdout);
    buf_free(&text);
}

static void finish(const Wanted *w, const char *path, const OdfDoc *doc, const LayoutDoc *l,
                   Diags *d)
{
    if (w->dump) {
        dump(w->dump, doc, l);
        return;
    }
    char *title = find_title(l, path, d);
    if (str_equal(w->output, "-"))
        write_standard_output(l, title, d);
    else if (!batch_write_pdf(l, NULL, title, w->output, d))
        diag_add(d, DIAG_batch_failed, NULL, w->output, (char *)NULL);
    free(title);
}

static void convert(const Wanted *w, const char *path, Diags *d)
{
    TextFonts *fonts = text_fonts_open(w->font_dir, d);
    OdfDoc *doc = fonts ? odf_load(path, d) : NULL;
    if (doc) {
        const LayoutOptions o = { .fonts = fonts, .date = w->date };
        OdfDoc copy = *doc;             /* the layout puts a body of its own arena into it */
        copy.date = w->date;
        LayoutDoc *l = layout_run(&copy, &o, d);
        if (l)
            finish(w, path, &copy, l, d);
        layout_free(l);
    }
    odf_free(doc);
    text_fonts_free(fonts);
}

int cmd_convert(int argc, char **argv)
{
    Wanted w = {0};
    const char *given = NULL;
    const CmdOption option[] = {
        { 'o', "output", OPTION_TEXT, &w.output, "FILE.pdf",
          { "the PDF; - is standard output", "plik PDF; - oznacza standardowe wyjście" } },
        { 0, "date", OPTION_TEXT, &given, "DATE",
          { "date of the file, 2011-12-16; else SOURCE_DATE_EPOCH, else none",
            "data pliku, 2011-12-16; inaczej SOURCE_DATE_EPOCH albo żadna" } },
        { 0, "font-dir", OPTION_TEXT, &w.font_dir, "DIR",
          { "a folder with more fonts", "folder z dodatkowymi czcionkami" } },
        { 0, "dump", OPTION_WORD, &w.dump, "document|filled|boxes|structure", { NULL, NULL } },
    };
    const CmdSpec spec = {
        "convert", "FILE.odt -o FILE.pdf", 1, 1,
        { "Prints any Writer file (.odt, .ott, .fodt) as it stands to a tagged PDF: PDF/UA-1 and\n"
          "PDF/A-2a in one.",
          "Drukuje dowolny plik Writera (.odt, .ott, .fodt) bez zmian jako dostępny PDF: PDF/UA-1\n"
          "i PDF/A-2a zarazem." },
        option, COUNT(option)
    };
    Cmd c;
    char date[11];
    int status = cmd_start(&c, &spec, argc, argv);
    if (status != CMD_GO_ON)
        return status;
    if (!w.output && !w.dump)
        return cmd_usage(&c, &spec, DIAG_usage_needed, "output");
    if (!cmd_date(given, date))
        return cmd_usage(&c, &spec, DIAG_usage_value, "date");
    w.date = date[0] ? date : NULL;
    convert(&w, c.operand[0], c.d);
    return cmd_end(&c);
}
