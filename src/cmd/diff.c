/* SPDX-License-Identifier: MIT */
/* skryba diff: what changed, in words. */
#include "internal.h"

#include "office/office.h"

int cmd_diff(int argc, char **argv)
{
    const CmdSpec spec = {
        "diff", "OLD.xml NEW.xml", 2, 2,
        { "Says in words what changed between two descriptions, and which papers that touches.\n"
          "Personal data are named, not shown.",
          "Mówi słowami, co się zmieniło między dwoma opisami projektu i których dokumentów to\n"
          "dotyczy. Dane osobowe są nazwane, ale nie pokazane." },
        NULL, 0
    };
    Cmd c;
    Buf out = {0};
    int status = cmd_start(&c, &spec, argc, argv);
    if (status != CMD_GO_ON)
        return status;
    if (office_diff(c.operand[0], c.operand[1], &out, c.d) && out.n)
        fwrite(out.p, 1, out.n, stdout);
    buf_free(&out);
    return cmd_end(&c);
}
