/* SPDX-License-Identifier: MIT */
/* skryba import: the office's list becomes part of the description. */
#include "internal.h"

#include "office/office.h"

static bool empty(const OfficeSheet *s)
{
    return !s->added && !s->changed && !s->same && !s->gone;
}

static void show_next(const Cmd *c, size_t changes, bool dry)
{
    if (!changes)
        puts(c->lang ? "Lista nie wnosi nic nowego: opis pozostał bez zmian."
                     : "The list brings nothing new: the description is as it was.");
    else if (dry)
        puts(c->lang ? "Niczego nie zapisano (--dry-run). Dalej: to samo polecenie bez --dry-run."
                     : "Nothing was written (--dry-run). Next: the same without --dry-run.");
    else
        puts(c->lang ? "Dalej: skryba number nada brakujące numery."
                     : "Next: skryba number gives the missing numbers.");
}

static void show(const Cmd *c, const OfficeImported *r, const OfficeImportOptions *o)
{
    size_t changes = 0;
    const char *gone = o->remove ? c->lang ? "usunięto" : "deleted"
                                 : c->lang ? "poza listą" : "not on the list";
    for (size_t i = 0; i < r->n; i++) {
        const OfficeSheet *s = &r->sheet[i];
        if (!empty(s))
            printf(c->lang ? "%s: dodano %zu, zmieniono %zu, bez zmian %zu, %s %zu\n"
                           : "%s: added %zu, changed %zu, unchanged %zu, %s %zu\n",
                   s->name, s->added, s->changed, s->same, gone, s->gone);
        changes += s->added + s->changed + (o->remove ? s->gone : 0);
    }
    if (r->elsewhere)
        printf(c->lang ? "Poza listą opis ma jeszcze błędy: %zu. Pokaże je skryba check.\n"
                       : "Beside the list the description has %zu errors: see skryba check.\n",
               r->elsewhere);
    show_next(c, changes, o->dry_run);
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
        show(&c, &result, &o);
    }
    office_free(office);
    return cmd_end(&c);
}
