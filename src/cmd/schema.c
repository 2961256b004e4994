/* SPDX-License-Identifier: MIT */
/* skryba schema: prints the schema of project descriptions. */
#include "internal.h"

#include "project/project.h"

int cmd_schema(int argc, char **argv)
{
    const CmdSpec spec = {
        "schema", "", 0, 0,
        { "Prints the schema of project descriptions (XSD 1.0), documented in Polish and English.",
          "Wypisuje schemat opisu projektu (XSD 1.0), objaśniony po polsku i po angielsku." },
        NULL, 0
    };
    Cmd c;
    int status = cmd_start(&c, &spec, argc, argv);
    if (status != CMD_GO_ON)
        return status;
    size_t len;
    const char *text = project_schema_text(&len);
    fwrite(text, 1, len, stdout);
    return cmd_end(&c);
}
