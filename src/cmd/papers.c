/* SPDX-License-Identifier: MIT */
/* skryba issue, void, replace, duplicate, receive: the life of a certificate, one edit each. */
#include "internal.h"

#include "office/office.h"

typedef struct {
    Cmd c;
    OfficePaper paper;
    char date[11];
    Office *office;
} Paper;

/* What the five have in common; CMD_GO_ON, or the status. */
static int start(Paper *p, const CmdSpec *about, int argc, char **argv, const CmdOption *own)
{
    const char *given = NULL;
    CmdOption option[3] = {
        { 0, "date", OPTION_TEXT, &given, "DATE", { "the day, 2011-12-16", "dzień, 2011-12-16" } },
        { 0, "dry-run", OPTION_FLAG, &p->paper.dry_run, NULL,
          { "check only, write nothing", "tylko sprawdź; nic nie zapisuj" } },
    };
    CmdSpec spec = *about;
    spec.option = option;
    spec.n_option = own ? 3 : 2;
    if (own)
        option[2] = *own;
    int status = cmd_start(&p->c, &spec, argc, argv);
    if (status != CMD_GO_ON)
        return status;
    if (!cmd_date(given, p->date))
        return cmd_usage(&p->c, &spec, DIAG_usage_value, "date");
    p->paper.date = p->date;
    p->paper.number = (const char *const *)p->c.operand + 1;
    p->paper.n = (size_t)p->c.n - 1;
    p->office = office_open(p->c.operand[0], p->c.d);
    return CMD_GO_ON;
}

static int end(Paper *p)
{
    office_free(p->office);
    return cmd_end(&p->c);
}

static void say(const Paper *p, const char *en, const char *pl)
{
    puts(p->c.lang ? pl : en);
    if (p->paper.dry_run)
        puts(p->c.lang ? "Niczego nie zapisano (--dry-run)." : "Nothing was written (--dry-run).");
}

int cmd_issue(int argc, char **argv)
{
    const CmdSpec spec = {
        "issue", "PROJECT.xml [NUMBER...]", 1, -1,
        { "Marks prepared certificates as issued: those with the numbers given, or all. What is\n"
          "printed on them cannot be changed by an import from then on. Without --date they are\n"
          "issued on the day that is printed on them.",
          "Oznacza przygotowane zaświadczenia jako wydane: o podanych numerach albo wszystkie. Od\n"
          "tej chwili import nie zmieni tego, co na nich wydrukowano. Bez --date dniem wydania\n"
          "jest dzień, który na nich wydrukowano." }, NULL, 0
    };
    Paper p = {0};
    size_t count;
    int status = start(&p, &spec, argc, argv, NULL);
    if (status != CMD_GO_ON)
        return status;
    if (p.office && office_issue(p.office, &p.paper, &count)) {
        printf(p.c.lang ? "Wydano zaświadczenia: %zu.\n" : "Certificates issued: %zu.\n", count);
        say(&p, "Next: skryba receive when they are handed over.",
            "Dalej: skryba receive zapisze odbiór.");
    }
    return end(&p);
}

int cmd_void(int argc, char **argv)
{
    Paper p = {0};
    const CmdOption why = { 0, "why", OPTION_TEXT, &p.paper.text, "TEXT",
                            { "the reason, for the register", "powód, do ewidencji" } };
    const CmdSpec spec = {
        "void", "PROJECT.xml NUMBER", 2, 2,
        { "Makes a certificate void, with its duplicates. It stays in the register, its number is\n"
          "never used again.",
          "Unieważnia zaświadczenie razem z duplikatami. Zostaje ono w ewidencji, a jego numer\n"
          "nie będzie już użyty." }, NULL, 0
    };
    int status = start(&p, &spec, argc, argv, &why);
    if (status != CMD_GO_ON)
        return status;
    if (!p.paper.text || !*p.paper.text) {
        office_free(p.office);
        return cmd_usage(&p.c, &spec, DIAG_usage_needed, "why");
    }
    if (p.office && office_void(p.office, &p.paper))
        say(&p, "The certificate is void. Next: correct the data, then skryba replace.",
            "Zaświadczenie unieważniono. Dalej: proszę poprawić dane, potem skryba replace.");
    return end(&p);
}

int cmd_replace(int argc, char **argv)
{
    const CmdSpec spec = {
        "replace", "PROJECT.xml NUMBER", 2, 2,
        { "Prepares a certificate in place of a void one. It gets the next number of the register\n"
          "and names the one that it replaces.",
          "Przygotowuje zaświadczenie w miejsce unieważnionego. Dostaje ono kolejny numer\n"
          "ewidencji i wskazuje to, które zastępuje." }, NULL, 0
    };
    Paper p = {0};
    const char *number;
    int status = start(&p, &spec, argc, argv, NULL);
    if (status != CMD_GO_ON)
        return status;
    if (p.office && office_replace(p.office, &p.paper, &number)) {
        printf(p.c.lang ? "Przygotowano zaświadczenie %s.\n" : "Certificate %s is prepared.\n",
               number);
        say(&p, "Next: skryba render, then skryba issue.",
            "Dalej: skryba render, potem skryba issue.");
    }
    return end(&p);
}

int cmd_duplicate(int argc, char **argv)
{
    const CmdSpec spec = {
        "duplicate", "PROJECT.xml NUMBER", 2, 2,
        { "Adds a duplicate of a certificate that was lost: same number and day of issue, the\n"
          "word DUPLIKAT and its own day. It is printed to a file of its own.",
          "Dodaje duplikat utraconego zaświadczenia: ten sam numer i data wydania, napis DUPLIKAT\n"
          "i własna data. Powstaje w osobnym pliku." }, NULL, 0
    };
    Paper p = {0};
    int status = start(&p, &spec, argc, argv, NULL);
    if (status != CMD_GO_ON)
        return status;
    if (p.office && office_duplicate(p.office, &p.paper))
        say(&p, "The duplicate was added. Next: skryba render.",
            "Duplikat dodano. Dalej: skryba render.");
    return end(&p);
}

int cmd_receive(int argc, char **argv)
{
    Paper p = {0};
    const CmdOption by = { 0, "by", OPTION_TEXT, &p.paper.text, "TEXT",
                           { "who received it, if not the participant",
                             "kto odebrał, jeśli nie uczestnik" } };
    const CmdSpec spec = {
        "receive", "PROJECT.xml NUMBER...", 2, -1,
        { "Notes the day on which certificates were received; of duplicates, the last one.",
          "Zapisuje dzień odbioru zaświadczeń; jeśli są duplikaty, ostatniego z nich." }, NULL, 0
    };
    int status = start(&p, &spec, argc, argv, &by);
    if (status != CMD_GO_ON)
        return status;
    if (p.office && office_receive(p.office, &p.paper))
        say(&p, "The receipt was noted. Next: skryba render -t register prints the register.",
            "Odbiór zapisano. Dalej: skryba render -t register wydrukuje ewidencję.");
    return end(&p);
}
