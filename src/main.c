/* SPDX-License-Identifier: MIT */
/* The table of commands. */
#include "cmd/cmd.h"

static const Command table[] = {
    { "check", cmd_check,
      { "is a project description right?", "czy opis projektu jest poprawny?" } },
    { "render", cmd_render,
      { "documents of projects, as PDF and ODT", "dokumenty projektów: PDF i ODT" } },
    { "join", cmd_join,
      { "parts of a run on several machines", "części pracy kilku maszyn" } },
    { "lint", cmd_lint, { "faults of a template", "usterki szablonu" } },
    { "tags", cmd_tags, { "tags of a template", "znaczniki szablonu" } },
    { "convert", cmd_convert,
      { "any Writer file to tagged PDF", "dowolny plik Writera na dostępny PDF" } },
    { "schema", cmd_schema,
      { "prints the schema of project descriptions", "wypisuje schemat opisu projektu" } },
    { "templates", cmd_templates,
      { "lists the templates installed", "wymienia zainstalowane szablony" } },
    { "fonts", cmd_fonts, { "lists the fonts that are used", "wymienia używane czcionki" } },
    { "init", cmd_init, { "a folder to start from", "folder na początek pracy" } },
    { "import", cmd_import,
      { "a list into the description", "wczytuje listę do opisu projektu" } },
    { "number", cmd_number, { "gives papers their numbers", "nadaje dokumentom numery" } },
    { "issue", cmd_issue,
      { "marks certificates as issued", "oznacza zaświadczenia jako wydane" } },
    { "void", cmd_void, { "makes a certificate void", "unieważnia zaświadczenie" } },
    { "replace", cmd_replace,
      { "a certificate in place of a void one", "zaświadczenie w miejsce unieważnionego" } },
    { "duplicate", cmd_duplicate,
      { "a duplicate of a certificate", "duplikat zaświadczenia" } },
    { "receive", cmd_receive,
      { "notes that certificates were received", "zapisuje odbiór zaświadczeń" } },
    { "diff", cmd_diff, { "what changed, in words", "co się zmieniło, słowami" } },
    { NULL, NULL, { NULL, NULL } },
};

int main(int argc, char **argv)
{
    return cmd_main(table, argc, argv);
}
