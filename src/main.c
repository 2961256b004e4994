/* SPDX-License-Identifier: MIT */
/* The table of commands. */
#include "cmd/cmd.h"

static const Command table[] = {
    { "check", cmd_check,
      { "is a project description right?", "czy opis projektu jest poprawny?" } },
    { "render", cmd_render,
      { "documents of projects, as PDF and ODT", "dokumenty projektów: PDF i ODT" } },
    { "lint", cmd_lint, { "faults of a template", "usterki szablonu" } },
    { "tags", cmd_tags, { "tags of a template", "znaczniki szablonu" } },
    { "convert", cmd_convert,
      { "any Writer file to tagged PDF", "dowolny plik Writera na dostępny PDF" } },
    { "schema", cmd_schema,
      { "prints the schema of project descriptions", "wypisuje schemat opisu projektu" } },
    { "templates", cmd_templates,
      { "lists the templates installed", "wymienia zainstalowane szablony" } },
    { "fonts", cmd_fonts, { "lists the fonts that are used", "wymienia używane czcionki" } },
    { NULL, NULL, { NULL, NULL } },
};

int main(int argc, char **argv)
{
    return cmd_main(table, argc, argv);
}
