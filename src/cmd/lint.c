/* SPDX-License-Identifier: MIT */
/* skryba lint: every fault of a template; with data, of filling it. */
#include "internal.h"

#include "template/template.h"

static void lint_alone(const char *path, Diags *d)
{
    ExprEnv *env = expr_env_new(NULL);
    const TemplateOptions o = {0};
    Arena *a = arena_new();
    const char *file = batch_template_path(a, path);
    if (file)
        template_free(template_load(file, &o, env, d));
    else
        diag_add(d, DIAG_batch_no_template, NULL, path, (char *)NULL);
    arena_free(a);
    expr_env_free(env);
}

/* Fills it with all its records and keeps nothing. */
static void lint_with_data(const char *path, const char *data, const char *schema, const char *date,
                           Diags *d)
{
    const BatchOptions o = { .dump = BATCH_TRY, .template = &path, .n_template = 1, .date = date };
    ProjectOptions po = { .schema = project_schema_open(schema, d) };
    Project *p = po.schema ? project_load(data, &po, d) : NULL;
    Batch *b = batch_new(&o);
    if (p)
        batch_render(b, p, d);
    batch_free(b);
    project_free(p);
    project_schema_free(po.schema);
}

int cmd_lint(int argc, char **argv)
{
    const char *data = NULL, *schema = NULL, *given = NULL;
    const CmdOption option[] = {
        { 0, "data", OPTION_TEXT, &data, "PROJECT.xml",
          { "fills the template with these data too", "wypełnia też szablon tymi danymi" } },
        { 0, "schema", OPTION_TEXT, &schema, "FILE|none",
          { "another schema, or none", "inny schemat albo żaden (none)" } },
        { 0, "date", OPTION_TEXT, &given, "DATE", { "date of issue", "data wydania" } },
    };
    const CmdSpec spec = {
        "lint", "TEMPLATE", 1, 1,
        { "Finds every fault of a template, with page and paragraph.",
          "Znajduje wszystkie usterki szablonu i podaje stronę i akapit." },
        option, COUNT(option)
    };
    Cmd c;
    char date[11];
    int status = cmd_start(&c, &spec, argc, argv);
    if (status != CMD_GO_ON)
        return status;
    if (!cmd_date(given, date))
        return cmd_usage(&c, &spec, DIAG_usage_value, "date");
    if (data)
        lint_with_data(c.operand[0], data, schema, date[0] ? date : NULL, c.d);
    else
        lint_alone(c.operand[0], c.d);
    return cmd_end(&c);
}
