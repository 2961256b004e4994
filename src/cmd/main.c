/* SPDX-License-Identifier: MIT */
/* Which command is meant; help and version. */
#include "internal.h"

#include <signal.h>
#include <string.h>


static void overview(const Command *table, Lang lang, FILE *out)
{
    fputs(lang ? "Użycie: skryba POLECENIE [OPCJE] PLIK...\n\n"
                 "Sprawdza opis projektu i drukuje jego dokumenty: PDF i ODT.\n\n"
               : "Usage: skryba COMMAND [OPTIONS] FILE...\n\n"
                 "Checks the description of a project and prints its documents: PDF and ODT.\n\n",
          out);
    for (; table->name; table++)
        fprintf(out, "  %-11s %s\n", table->name, table->summary[lang]);
    fputs(lang ? "\nskryba help POLECENIE opisuje polecenie; skryba --version podaje wersję.\n"
               : "\nskryba help COMMAND tells about one; skryba --version gives the version.\n",
          out);
}

static const Command *find(const Command *table, const char *name)
{
    for (; table->name; table++)
        if (!strcmp(table->name, name))
            return table;
    return NULL;
}

static int unknown(Cmd *c, const char *name)
{
    diag_add(c->d, DIAG_usage_command, NULL, name, (char *)NULL);
    cmd_end(c);
    return EXIT_USAGE;
}

/* help, help COMMAND */
static int help(const Command *table, Cmd *c, int argc, char **argv)
{
    if (argc < 3 || argv[2][0] == '-') {
        overview(table, c->lang, stdout);
        return cmd_end(c);
    }
    const Command *k = find(table, argv[2]);
    if (!k)
        return unknown(c, argv[2]);
    char option[] = "--help", lang[] = "--lang=en", *args[] = { argv[2], option, lang, NULL };
    if (c->lang == LANG_PL)
        memcpy(lang + 7, "pl", 2);
    diags_free(c->d);
    return k->run(3, args);
}

int cmd_main(const Command *table, int argc, char **argv)
{
    signal(SIGPIPE, SIG_IGN);           /* writing fails instead, and outputs are cleaned up */
    const char *name = argc > 1 ? argv[1] : "";
    const Command *k = find(table, name);
    if (k)
        return k->run(argc - 1, argv + 1);
    Cmd c = { .lang = cmd_language(argc, argv) };
    c.d = diags_new(c.lang);
    if (!strcmp(name, "help") || !strcmp(name, "--help") || !strcmp(name, "-h"))
        return help(table, &c, argc, argv);
    if (!strcmp(name, "--version")) {
        puts("skryba " SKRYBA_VERSION);
        return cmd_end(&c);
    }
    if (*name)
        return unknown(&c, name);
    overview(table, c.lang, stderr);
    cmd_end(&c);
    return EXIT_USAGE;
}
