/* SPDX-License-Identifier: MIT */
/* skryba join: the parts of a run on several machines become one. */
#include "internal.h"

int cmd_join(int argc, char **argv)
{
    const char *font_dir = NULL, *mode = NULL;
    BatchOptions o = {0};
    const CmdOption option[] = {
        { 0, "report", OPTION_TEXT, &o.report, "FILE",
          { "what was made of each record, as JSON", "co powstało z każdej pozycji, jako JSON" } },
        { 0, "overwrite", OPTION_FLAG, &o.overwrite, NULL,
          { "files that skryba did not make may be replaced",
            "wolno zastąpić pliki, których nie zapisała skryba" } },
        { 0, "font-dir", OPTION_TEXT, &font_dir, "DIR",
          { "a folder with more fonts, as given to render",
            "folder z dodatkowymi czcionkami, jak dla render" } },
        { 0, "mode", OPTION_TEXT, &mode, "0640",
          { "permissions of the files; 0600 when not given", "prawa plików; bez podania: 0600" } },
    };
    const CmdSpec spec = {
        "join", "DIR", 1, 1,
        { "Puts together what render --shard has made in a folder: print files, the journal, the\n"
          "report. Says what is missing.",
          "Składa w całość to, co render --shard sporządził w folderze: pliki do druku, dziennik,\n"
          "raport. Mówi, czego brakuje." },
        option, COUNT(option)
    };
    Cmd c;
    int status = cmd_start(&c, &spec, argc, argv);
    if (status != CMD_GO_ON)
        return status;
    if (mode && !cmd_mode(mode))
        return cmd_usage(&c, &spec, DIAG_usage_value, "mode");
    o.folder = c.operand[0];
    o.fonts = text_fonts_open(font_dir, c.d);
    if (o.fonts) {
        BatchCount n = batch_join(&o, c.d);
        cmd_print(&c);
        cmd_made(c.lang, n);
    }
    text_fonts_free(o.fonts);
    return cmd_end(&c);
}
