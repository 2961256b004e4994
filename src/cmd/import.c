/* SPDX-License-Identifier: MIT */
/* skryba import: the office's list becomes part of the description. */
#include "internal.h"

#include "office/office.h"

static void show(const Cmd *c, const OfficeImported *r, bool dry)
{
    size_t changes = 0;
    for (size_t i = 0; i < r->n; i++) {
        const OfficeSheet *s = &r->sheet[i];
        printf(c->lang ? "%s: dodano %zu, zmieniono %zu, bez zmian %zu, poza listą %zu\n"
                       : "%s: added %zu, changed %zu, unchanged %zu, not on the list %zu\n",
               s->name, s->added, s->changed, s->same, s->gone);
        changes += s->added + s->changed;
    }
    if (r->elsewhere)
        printf(c->lang ? "Poza listą opis ma jeszcze błędy: %zu. Pokaże je skryba check.\n"
                       : "Beside the list the description has %zu errors: see skryba check.\n",
               r->elsewhere);
    if (dry)
        puts(c->lang ? "Niczego nie zapisano (--dry-run)." : "Nothing was written (--dry-run).");
    else if (changes)
        puts(c->lang ? "Dalej: skryba number nada brakujące numery."
                     : "Next: skryba number gives the missing numbers.");
}

int cmd_import(int argc, char **argv)
{
    OfficeImportOptions o = {0};
    const CmdOption option[] = {
        { 0, "dry-run", OPTION_FLAG, &o.dry_run, NULL,
          { "show what would change, write nothing",
            "pokaż, co by się zmieniło; nic nie zapisuj" } },
        { 0, "delete", OPTION_FLAG, &o.remove, NULL,
          { "delete what the list no longer has", "usuń to, czego na liście już nie ma" } },
        { 0, "sheet", OPTION_TEXT, &o.sheet, "NAME",
          { "what a .csv file holds: uczestnicy, kursy...",
            "co zawiera plik .csv: uczestnicy, kursy..." } },
    };
    const CmdSpec spec = {
        "import", "PROJECT.xml LIST.ods|.csv", 2, 2,
        { "Reads a list into the description: participants, courses, completions, classes,\n"
          "contracts, agreements, the team. What is there already is changed, the rest is added;\n"
          "nothing is deleted unless --delete says so. One fault, and nothing is written.",
          "Wczytuje listę do opisu projektu: uczestników, kursy, ukończenia, zajęcia, kontrakty,\n"
          "umowy, zespół. Co już jest, zostaje zmienione, reszta dodana; nic nie jest usuwane bez\n"
          "--delete. Jeśli lista ma choć jeden błąd, nic nie zostaje zapisane." },
        option, COUNT(option)
    };
    Cmd c;
    int status = cmd_start(&c, &spec, argc, argv);
    if (status != CMD_GO_ON)
        return status;
    OfficeImported result = {0};
    Office *office = office_open(c.operand[0], c.d);
    if (office && office_import(office, c.operand[1], &o, &result)) {
        Buf changes = {0};
        if (o.dry_run)
            office_changes(office, &changes);
        if (changes.n)
            fwrite(changes.p, 1, changes.n, stdout);
        buf_free(&changes);
        show(&c, &result, o.dry_run);
    }
    office_free(office);
    return cmd_end(&c);
}
