/* SPDX-License-Identifier: MIT */
/* skryba number: papers get the numbers they lack. */
#include "internal.h"

#include "office/office.h"

static void show(const Cmd *c, const OfficeNumbered *r, bool dry)
{
    if (r->nothing) {
        puts(c->lang ? "Nie ma jeszcze czego numerować: brak kontraktów, umów i ukończeń.\n"
                       "Dalej: skryba import wczyta je z listy."
                     : "There is nothing to number yet: no contracts, agreements, completions.\n"
                       "Next: skryba import reads them from a list.");
        return;
    }
    if (!r->contracts && !r->agreements && !r->certificates) {
        puts(c->lang ? "Wszystko ma już numery. Dalej: skryba render wydrukuje dokumenty."
                     : "Everything has a number. Next: skryba render prints the documents.");
        return;
    }
    printf(c->lang ? "Nadano numery: kontrakty %zu, umowy %zu, zaświadczenia %zu.\n"
                   : "Numbers given: contracts %zu, agreements %zu, certificates %zu.\n",
           r->contracts, r->agreements, r->certificates);
    puts(c->lang ? "Kolejność: kontrakty i umowy według daty i nazwisk, zaświadczenia według "
                   "kursów i nazwisk."
                 : "Order: contracts and agreements by day and name, certificates by course and "
                   "name.");
    if (dry)
        puts(c->lang ? "Niczego nie zapisano (--dry-run)." : "Nothing was written (--dry-run).");
    else if (r->certificates)
        puts(c->lang ? "Dalej: skryba render wydrukuje dokumenty; po podpisaniu skryba issue "
                       "oznaczy zaświadczenia jako wydane."
                     : "Next: skryba render prints the documents; when they are signed, skryba "
                       "issue marks the certificates as issued.");
    else
        puts(c->lang ? "Dalej: skryba render wydrukuje dokumenty."
                     : "Next: skryba render prints the documents.");
}

int cmd_number(int argc, char **argv)
{
    OfficeNumberOptions o = {0};
    const char *given = NULL;
    const CmdOption option[] = {
        { 0, "date", OPTION_TEXT, &given, "DATE",
          { "date of the certificates, 2011-12-16", "data zaświadczeń, 2011-12-16" } },
        { 0, "dry-run", OPTION_FLAG, &o.dry_run, NULL,
          { "show what would change, write nothing",
            "pokaż, co by się zmieniło; nic nie zapisuj" } },
    };
    const CmdSpec spec = {
        "number", "PROJECT.xml", 1, 1,
        { "Gives contracts and agreements the numbers that they lack, and prepares a certificate\n"
          "for each completed course that has none. Numbers follow the pattern of their register\n"
          "and go on behind the last one: none is changed, no gap is filled.",
          "Nadaje brakujące numery kontraktom i umowom oraz przygotowuje zaświadczenie dla\n"
          "każdego ukończenia, które go jeszcze nie ma. Numery mają wzór swojego rejestru\n"
          "i biegną dalej za ostatnim: żaden się nie zmienia, żadna luka nie jest wypełniana." },
        option, COUNT(option)
    };
    Cmd c;
    char date[11];
    int status = cmd_start(&c, &spec, argc, argv);
    if (status != CMD_GO_ON)
        return status;
    if (!cmd_date(given, date))
        return cmd_usage(&c, &spec, DIAG_usage_value, "date");
    o.date = date;
    OfficeNumbered result;
    Office *office = office_open(c.operand[0], c.d);
    if (office && office_number(office, &o, &result))
        show(&c, &result, o.dry_run);
    office_free(office);
    return cmd_end(&c);
}
