/* SPDX-License-Identifier: MIT */
/* skryba check: is the description of a project as it should be? */
#include "internal.h"

#include "project/project.h"

static void check(Cmd *c, const char *path, const ProjectOptions *o, const ProjectRules *rules)
{
    CmdProgress progress = { .lang = c->lang, .wait = 1 };
    const RulesOptions ro = { .strict = c->strict,
                              .progress = c->terminal ? cmd_progress : NULL, .data = &progress };
    Project *p = project_load(path, o, c->d);
    if (p && rules)
        project_check_rules(p, rules, &ro, c->d);
    cmd_progress_end(&progress);
    project_free(p);
}

int cmd_check(int argc, char **argv)
{
    const char *schema = NULL, *format = "text";
    CmdList rule_files = {0};
    const CmdOption option[] = {
        { 0, "schema", OPTION_TEXT, &schema, "FILE|none",
          { "another schema than skryba's own, or none",
            "inny schemat niż własny skryby, albo żaden (none)" } },
        { 0, "rules", OPTION_LIST, &rule_files, "FILE|none",
          { "more rules (again for more files), or none of skryba's own",
            "dalsze reguły (można powtórzyć) albo bez własnych reguł skryby (none)" } },
        { 0, "format", OPTION_WORD, &format, "text|json",
          { "findings for people, or for programs: an object a line, on standard output",
            "uwagi dla ludzi albo dla programów: obiekt w wierszu, na standardowym wyjściu" } },
    };
    const CmdSpec spec = {
        "check", "PROJECT.xml...", 1, -1,
        { "Compares descriptions of projects with the schema; looks whether ids are unique and\n"
          "references lead somewhere; then applies the rules. All findings go to standard error.",
          "Porównuje opisy projektów ze schematem; sprawdza, czy identyfikatory się nie\n"
          "powtarzają i czy wskazania dokądś prowadzą; potem stosuje reguły. Wszystkie uwagi\n"
          "trafiają na standardowe wyjście błędów." },
        option, COUNT(option)
    };
    Cmd c;
    int status = cmd_start(&c, &spec, argc, argv);
    if (status != CMD_GO_ON)
        return status;
    c.style.json = str_equal(format, "json");
    ProjectOptions o = { .schema = project_schema_open(schema, c.d) };
    ProjectRules *rules = project_rules_open(rule_files.p, rule_files.n, c.d);
    for (int i = 0; o.schema && i < c.n; i++)
        check(&c, c.operand[i], &o, rules);
    project_rules_free(rules);
    project_schema_free(o.schema);
    vec_free(&rule_files);
    return cmd_end(&c);
}
