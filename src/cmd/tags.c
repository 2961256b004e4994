/* SPDX-License-Identifier: MIT */
/* skryba tags: the tags of a template and the data they read. */
#include "internal.h"

#include "office/office.h"

typedef struct { Lang lang; const char *file; } Show;

static bool same_read(const TemplateRead *a, const TemplateRead *b)
{
    return str_equal(a->name, b->name);
}

static void show_read(const TemplateUse *u, size_t i, Lang lang)
{
    for (size_t k = 0; k < i; k++)
        if (same_read(&u->read[k], &u->read[i]))
            return;
    printf("%s%s", i ? ", " : "", u->read[i].name);
    if (u->read[i].optional)
        fputs(lang == LANG_PL ? " (może brakować)" : " (may be missing)", stdout);
}

/* A line a tag: its place, the tag, what it reads; separated by tabs. */
static bool show(void *data, const TemplateUse *u)
{
    const Show *s = data;
    if (u->place.file && !str_equal(u->place.file, s->file))
        printf("%s: ", u->place.file);
    printf("%s\t%s\t", u->place.label ? u->place.label : "", u->typed);
    for (size_t i = 0; i < u->n; i++)
        show_read(u, i, s->lang);
    putchar('\n');
    return !ferror(stdout);
}

static void run(const char *name, const char *schema_file, Cmd *c)
{
    Arena *a = arena_new();
    ExprEnv *env = expr_env_new(NULL);
    char *shipped = data_file("templates");
    const char *include[] = { shipped }, *path = batch_template_path(a, name);
    TemplateColumns *columns = schema_file ? NULL : office_columns_new();
    const TemplateOptions o = { .include_folder = include, .n_include_folder = shipped ? 1 : 0,
                                .columns = columns };
    ProjectSchema *schema = project_schema_open(schema_file, c->d);
    const LintOptions lo = { .schema = schema, .schema_file = schema_file };
    Show s = { c->lang, path };
    Template *t = path && schema ? template_open(path, &o, env, c->d) : NULL;
    if (!path)
        diag_add(c->d, DIAG_batch_no_template, NULL, name, (char *)NULL);
    if (t) {
        template_report(t, c->d);
        template_uses(t, &lo, c->lang, show, &s);
    }
    template_free(t);
    office_columns_free(columns);
    project_schema_free(schema);
    free(shipped);
    expr_env_free(env);
    arena_free(a);
}

int cmd_tags(int argc, char **argv)
{
    const char *schema = NULL, *palette = NULL;
    const CmdOption option[] = {
        { 0, "schema", OPTION_TEXT, &schema, "FILE|none",
          { "another schema, or none", "inny schemat albo żaden (none)" } },
        { 0, "palette", OPTION_TEXT, &palette, "FILE.odt",
          { "write a Writer file to copy tags from",
            "zapisz plik Writera, z którego można kopiować znaczniki" } },
    };
    const CmdSpec spec = {
        "tags", "TEMPLATE", 0, 1,
        { "Lists the tags of a template that read data, in the order of the document: place, tag,\n"
          "what it reads, separated by tabs; and what of that may be missing by the schema.",
          "Wymienia znaczniki szablonu, które czytają dane, w kolejności dokumentu: miejsce,\n"
          "znacznik, dane, rozdzielone tabulatorami; i czego według schematu może nie być." },
        option, COUNT(option)
    };
    Cmd c;
    int status = cmd_start(&c, &spec, argc, argv);
    if (status != CMD_GO_ON)
        return status;
    if (palette)
        return cmd_palette(&c, palette);
    if (!c.n)
        return cmd_usage(&c, &spec, DIAG_usage_few, spec.operands);
    run(c.operand[0], schema, &c);
    return cmd_end(&c);
}
