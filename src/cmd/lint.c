/* SPDX-License-Identifier: MIT */
/* skryba lint: every fault of a template; with data, of filling it. */
#include "internal.h"

#include "office/office.h"

typedef struct { const char *data, *schema, *date, *annotate, *font_dir; } Wanted;

/* The family that is printed where one is not installed. */
static const char *other_font(void *data, const OdfTextProps *p)
{
    bool substituted = false;
    const TextFace *face =
        text_face(data, p->family, p->weight, p->italic, p->fixed_pitch, &substituted);
    return substituted ? face->family : NULL;
}

/* Fills the template with all its records and keeps nothing. */
static void fill_all(const Wanted *w, const char *path, ProjectSchema *schema,
                     const TemplateColumns *columns, Diags *d)
{
    const BatchOptions o = { .dump = BATCH_TRY, .template = &path, .n_template = 1,
                             .date = w->date, .columns = columns };
    const ProjectOptions po = { .schema = schema };
    Project *p = project_load(w->data, &po, d);
    Batch *b = batch_new(&o);
    if (p)
        batch_render(b, p, d);
    batch_free(b);
    project_free(p);
}

static void lint(const Wanted *w, const char *path, ProjectSchema *schema, TextFonts *fonts,
                 Diags *d)
{
    Arena *a = arena_new();
    ExprEnv *env = expr_env_new(NULL);
    char *shipped = data_file("templates");
    const char *include[] = { shipped };
    TemplateColumns *columns = w->schema ? NULL : office_columns_new();
    const TemplateOptions o = { .include_folder = include, .n_include_folder = shipped ? 1 : 0,
                                .columns = columns };
    const LintOptions lo = { .schema = schema, .schema_file = w->schema, .font = other_font,
                             .data = fonts };
    Template *t = template_open(path, &o, env, d);
    if (t)
        template_lint(t, &lo, d);
    bool sound = t && template_sound(t);
    if (t && w->annotate && !template_annotate(t, w->annotate, d))
        diag_add(d, DIAG_batch_failed, NULL, w->annotate, (char *)NULL);
    template_free(t);
    expr_env_free(env);
    free(shipped);
    arena_free(a);
    if (w->data && sound)
        fill_all(w, path, schema, columns, d);
    office_columns_free(columns);
}

static void run(const Wanted *w, const char *name, Diags *d)
{
    Arena *a = arena_new();
    const char *path = batch_template_path(a, name);
    ProjectSchema *schema = project_schema_open(w->schema, d);
    TextFonts *fonts = text_fonts_open(w->font_dir, d);
    if (!path)
        diag_add(d, DIAG_batch_no_template, NULL, name, (char *)NULL);
    else if (schema && fonts)
        lint(w, path, schema, fonts, d);
    text_fonts_free(fonts);
    project_schema_free(schema);
    arena_free(a);
}

int cmd_lint(int argc, char **argv)
{
    Wanted w = {0};
    const char *given = NULL;
    const CmdOption option[] = {
        { 0, "data", OPTION_TEXT, &w.data, "PROJECT.xml",
          { "fills the template with these data too", "wypełnia też szablon tymi danymi" } },
        { 0, "annotate", OPTION_TEXT, &w.annotate, "OUT.fodt",
          { "writes a copy with the findings as comments",
            "zapisuje kopię z uwagami w komentarzach" } },
        { 0, "schema", OPTION_TEXT, &w.schema, "FILE|none",
          { "another schema, or none", "inny schemat albo żaden (none)" } },
        { 0, "font-dir", OPTION_TEXT, &w.font_dir, "DIR",
          { "a folder with more fonts", "folder z dodatkowymi czcionkami" } },
        { 0, "date", OPTION_TEXT, &given, "DATE", { "date of issue", "data wydania" } },
    };
    const CmdSpec spec = {
        "lint", "TEMPLATE", 1, 1,
        { "Finds every fault of a template, with page and paragraph: tags, names that the schema\n"
          "does not have, and what makes a document hard to read or print.",
          "Znajduje wszystkie usterki szablonu i podaje stronę i akapit: złe znaczniki, nazwy\n"
          "spoza schematu i to, co utrudnia czytanie lub druk dokumentu." },
        option, COUNT(option)
    };
    Cmd c;
    char date[11];
    int status = cmd_start(&c, &spec, argc, argv);
    if (status != CMD_GO_ON)
        return status;
    if (!cmd_date(given, date))
        return cmd_usage(&c, &spec, DIAG_usage_value, "date");
    w.date = date[0] ? date : NULL;
    run(&w, c.operand[0], c.d);
    return cmd_end(&c);
}
