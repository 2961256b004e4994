/* SPDX-License-Identifier: MIT */
/* skryba tags --palette: a Writer file to copy tags from. */
#include "internal.h"

#include "office/office.h"

int cmd_palette(Cmd *c, const char *path)
{
    if (office_palette(path, c->d))
        printf(c->lang ? "Powstał plik %s. Dalej: proszę otworzyć go w Writerze i kopiować "
                         "znaczniki do własnych szablonów.\n"
                       : "%s was written. Next: open it in Writer and copy tags into your "
                         "templates.\n", path);
    return cmd_end(c);
}
