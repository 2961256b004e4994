/* SPDX-License-Identifier: MIT */
/* skryba init: a folder to start a project from. */
#include "internal.h"

#include "office/office.h"

int cmd_init(int argc, char **argv)
{
    const CmdSpec spec = {
        "init", "FOLDER", 1, 1,
        { "Makes a folder with a description to complete, project.xml, a list to fill in,\n"
          "lista.ods, and README.txt, which tells the way from there to printed papers.",
          "Tworzy folder z opisem projektu do uzupełnienia (project.xml), listą do wypełnienia\n"
          "(lista.ods) i plikiem README.txt, który prowadzi dalej aż do gotowych dokumentów." },
        NULL, 0
    };
    Cmd c;
    int status = cmd_start(&c, &spec, argc, argv);
    if (status != CMD_GO_ON)
        return status;
    const char *folder = c.operand[0];
    if (office_init(folder, c.d)) {
        printf(c.lang ? "Przygotowano folder %s: project.xml, lista.ods, README.txt.\n"
                      : "The folder %s is prepared: project.xml, lista.ods, README.txt.\n", folder);
        printf(c.lang ? "Dalej: proszę uzupełnić project.xml i wypełnić lista.ods, potem\n"
                        "  skryba import %s/project.xml %s/lista.ods\n"
                      : "Next: complete project.xml, fill in lista.ods, then\n"
                        "  skryba import %s/project.xml %s/lista.ods\n", folder, folder);
    }
    return cmd_end(&c);
}
