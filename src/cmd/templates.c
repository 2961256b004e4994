/* SPDX-License-Identifier: MIT */
/* skryba templates: those that came with the program. */
#include "internal.h"

#include <string.h>

int cmd_templates(int argc, char **argv)
{
    const CmdSpec spec = {
        "templates", "", 0, 0,
        { "Lists the templates that came with the program: name and file.",
          "Wymienia szablony dołączone do programu: nazwę i plik." },
        NULL, 0
    };
    Cmd c;
    int status = cmd_start(&c, &spec, argc, argv);
    if (status != CMD_GO_ON)
        return status;
    Arena *a = arena_new();
    size_t n;
    const char *const *path = batch_shipped(a, &n);
    for (size_t i = 0; i < n; i++) {
        const char *name = strrchr(path[i], '/') + 1;
        printf("%.*s\t%s\n", (int)strcspn(name, "."), name, path[i]);
    }
    arena_free(a);
    return cmd_end(&c);
}
