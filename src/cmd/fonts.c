/* SPDX-License-Identifier: MIT */
/* skryba fonts: the faces that documents may use. */
#include "internal.h"

#include <fontconfig/fontconfig.h>
#include <stdlib.h>
#include <string.h>

static int by_text(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

/* "Lato\tBold\t/usr/share/..." of each face, in order. */
static void show(const FcFontSet *set)
{
    VEC(char *) lines = {0};
    for (int i = 0; set && i < set->nfont; i++) {
        FcChar8 *family, *style, *file;
        Buf b = {0};
        if (FcPatternGetString(set->fonts[i], FC_FAMILY, 0, &family) ||
            FcPatternGetString(set->fonts[i], FC_FILE, 0, &file))
            continue;
        if (FcPatternGetString(set->fonts[i], FC_STYLE, 0, &style))
            style = (FcChar8 *)"";
        buf_format(&b, "%s\t%s\t%s", (char *)family, (char *)style, (char *)file);
        vec_push(&lines, b.p);
    }
    if (lines.n)
        qsort(lines.p, lines.n, sizeof *lines.p, by_text);
    for (size_t i = 0; i < lines.n; i++) {
        puts(lines.p[i]);
        free(lines.p[i]);
    }
    vec_free(&lines);
}

int cmd_fonts(int argc, char **argv)
{
    const char *dir = NULL;
    const CmdOption option[] = {
        { 0, "font-dir", OPTION_TEXT, &dir, "DIR",
          { "a folder with more fonts", "folder z dodatkowymi czcionkami" } },
    };
    const CmdSpec spec = {
        "fonts", "", 0, 0,
        { "Lists the faces that documents may use: family, style, file. Other fonts of the\n"
          "machine are left aside, so that they cannot change a document.",
          "Wymienia kroje, z których korzystają dokumenty: rodzina, odmiana, plik. Inne czcionki\n"
          "komputera są pomijane, żeby nie mogły zmienić dokumentu." },
        option, COUNT(option)
    };
    Cmd c;
    int status = cmd_start(&c, &spec, argc, argv);
    if (status != CMD_GO_ON)
        return status;
    char *conf = data_file("fonts/fonts.conf");
    FcConfig *config = FcConfigCreate();
    if (conf && config && FcConfigParseAndLoad(config, (const FcChar8 *)conf, FcTrue)) {
        FcConfigBuildFonts(config);
        if (dir)
            FcConfigAppFontAddDir(config, (const FcChar8 *)dir);
        show(FcConfigGetFonts(config, FcSetSystem));
        show(FcConfigGetFonts(config, FcSetApplication));
    } else {
        diag_add(c.d, DIAG_font_config, NULL, (char *)NULL);
    }
    if (config)
        FcConfigDestroy(config);
    free(conf);
    return cmd_end(&c);
}
