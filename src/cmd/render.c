/* SPDX-License-Identifier: MIT */
/* skryba render: the documents of projects. */
#include "internal.h"

#include "office/office.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* What the command line says, before it is understood. */
typedef struct {
    const char *folder, *formats, *range, *date, *schema, *font_dir, *progress, *dump, *mode,
        *shard, *log, *merge;
    long workers, merge_pages;
    CmdList templates, rules, reissue;
    BatchOptions o;
} Wanted;

static bool read_formats(const char *list, BatchOptions *o)
{
    for (const char *s = list; *s; s += strcspn(s, ","), s += *s == ',') {
        size_t n = strcspn(s, ",");
        if (n == 3 && !memcmp(s, "pdf", 3))
            o->pdf = true;
        else if (n == 3 && !memcmp(s, "odt", 3))
            o->odt = true;
        else
            return false;
    }
    return o->pdf || o->odt;
}

/* N, N-M, N- */
static bool read_range(const char *s, BatchOptions *o)
{
    char *end;
    if (*s < '1' || *s > '9')
        return false;
    o->first = o->last = strtoul(s, &end, 10);
    if (*end == '-' && !end[1]) {
        o->last = 0;
        return true;
    }
    if (*end == '-' && end[1] >= '1' && end[1] <= '9')
        o->last = strtoul(end + 1, &end, 10);
    return !*end && o->last >= o->first;
}

/* K/N */
static bool read_shard(const char *s, BatchOptions *o)
{
    const char *slash = strchr(s, '/');
    int64_t k, n;
    if (!slash || !number_parse(s, (size_t)(slash - s), 0, &k) ||
        !number_parse(slash + 1, strlen(slash + 1), 0, &n) || k < 1 || k > n || n > 100000)
        return false;
    o->shard = (size_t)k;
    o->shards = (size_t)n;
    return true;
}

static bool read_workers(long given, BatchOptions *o)
{
    enum { MOST = 1024 };
    long processors = sysconf(_SC_NPROCESSORS_ONLN);
    o->workers = (unsigned)(given > 0 ? given : processors > 0 ? processors : 1);
    return given >= 0 && given <= MOST;
}

/* DIR is the folder of the print files too; without it FILE tells the folder. */
static void place_merge(Wanted *w, Buf *room)
{
    if (!w->merge)
        return;
    buf_format(room, "%s%s%s", w->folder && *w->merge != '/' ? w->folder : "",
               w->folder && *w->merge != '/' ? "/" : "", w->merge);
    size_t name = batch_split(room->p);
    w->o.merge = room->p + name;
    w->o.merge_pages = (size_t)w->merge_pages;
    if (name)
        room->p[name - 1] = 0;
    w->folder = name > 1 ? room->p : name ? "/" : ".";
}

static void read_dump(Wanted *w)
{
    static const char *const names[] = { "document", "program", "filled", "boxes", "structure" };
    for (size_t i = 0; w->dump && i < COUNT(names); i++)
        if (!strcmp(w->dump, names[i]))
            w->o.dump = (BatchDump)(BATCH_DUMP_DOCUMENT + i);
    w->o.dump_to = stdout;
}

/* False: *bad names the option that is wrong. */
static bool understand(Wanted *w, char date[11], Buf *room, const char **bad)
{
    read_dump(w);
    place_merge(w, room);
    *bad = NULL;
    if (!w->folder && !w->o.dump)
        *bad = "output";
    else if (!read_formats(w->formats ? w->formats : "pdf", &w->o))
        *bad = "format";
    else if (w->range && !read_range(w->range, &w->o))
        *bad = "range";
    else if (w->mode && !cmd_mode(w->mode))
        *bad = "mode";
    else if (w->shard && !read_shard(w->shard, &w->o))
        *bad = "shard";
    else if (!read_workers(w->workers, &w->o))
        *bad = "jobs";
    else if (!cmd_date(w->date, date))
        *bad = "date";
    w->o.date = date[0] ? date : NULL;
    w->o.folder = w->folder;
    w->o.template = w->templates.p;
    w->o.n_template = w->templates.n;
    w->o.reissue = w->reissue.p;
    w->o.n_reissue = w->reissue.n;
    return !*bad;
}

/* What errors stop: design.md.  The project, to be freed when the batch has run; or NULL. */
static Project *add_one(Cmd *c, Batch *b, const char *path, const ProjectOptions *po,
                        const ProjectRules *rules, bool draft)
{
    const RulesOptions ro = { .strict = c->strict };
    Project *p = project_load(path, po, c->d);
    if (p)
        project_check_rules(p, rules, &ro, c->d);
    bool good = p && !project_errors(p) && !project_blocked(p, NULL);
    if (p && !good && !draft)
        diag_add(c->d, DIAG_batch_stopped, NULL, path, (char *)NULL);
    else if (p)
        batch_add(b, p, c->d);
    return p;
}

/* All descriptions first, so that two documents of one name are known before one is made. */
static void make_all(Cmd *c, Batch *b, Wanted *w, const ProjectOptions *po,
                     const ProjectRules *rules)
{
    Project **p = mem_new((size_t)c->n * sizeof *p);
    for (int i = 0; i < c->n; i++)
        p[i] = add_one(c, b, c->operand[i], po, rules, w->o.draft);
    batch_run(b, c->d);
    for (int i = 0; i < c->n; i++)
        project_free(p[i]);
    free(p);
}

/* The signal that stopped the run, or 0. */
static int render(Cmd *c, Wanted *w)
{
    ProjectOptions po = { .schema = project_schema_open(w->schema, c->d) };
    ProjectRules *rules = project_rules_open(w->rules.p, w->rules.n, c->d);
    CmdProgress progress = { .lang = c->lang };
    BatchCount count = {0};
    if (po.schema && rules)
        w->o.fonts = text_fonts_open(w->font_dir, c->d);
    if (w->o.fonts) {
        if (!str_equal(w->progress, "never") && (c->terminal || str_equal(w->progress, "always"))) {
            w->o.progress = cmd_progress;
            w->o.data = &progress;
        }
        TemplateColumns *columns = w->schema ? NULL : office_columns_new();
        w->o.columns = columns;
        Batch *b = batch_new(&w->o);
        make_all(c, b, w, &po, rules);
        count = batch_count(b);
        cmd_progress_end(&progress);
        cmd_print(c);
        if (!w->o.dump && w->log)
            cmd_log(c, count);
        else if (!w->o.dump)
            cmd_made(c->lang, count);
        batch_free(b);
        office_columns_free(columns);
    }
    text_fonts_free(w->o.fonts);
    project_rules_free(rules);
    project_schema_free(po.schema);
    return count.signal;
}

/* Who started us must see that it was the signal: a loop in a shell ends then too. */
static void end_by(int number)
{
    struct sigaction a = { .sa_handler = SIG_DFL };
    sigemptyset(&a.sa_mask);
    sigaction(number, &a, NULL);
    raise(number);
}

int cmd_render(int argc, char **argv)
{
    Wanted w = {0};
    const CmdOption option[] = {
        { 'o', "output", OPTION_TEXT, &w.folder, "DIR",
          { "folder of the documents; tags allowed: out/{{ @id }}",
            "folder na dokumenty; wolno użyć znaczników: out/{{ @id }}" } },
        { 't', "template", OPTION_LIST, &w.templates, "NAME|FILE",
          { "only this template (again for more)", "tylko ten szablon (można powtórzyć)" } },
        { 'f', "format", OPTION_TEXT, &w.formats, "pdf,odt",
          { "formats; pdf when not given", "formaty; bez podania: pdf" } },
        { 0, "select", OPTION_TEXT, &w.o.select, "XPATH",
          { "only records for which this is true", "tylko dane, dla których to prawda" } },
        { 0, "range", OPTION_TEXT, &w.range, "N-M",
          { "only records N to M of each template",
            "tylko pozycje od N do M z każdego szablonu" } },
        { 0, "date", OPTION_TEXT, &w.date, "DATE",
          { "date of issue, 2011-12-16; else SOURCE_DATE_EPOCH, else none",
            "data wydania, 2011-12-16; inaczej SOURCE_DATE_EPOCH albo żadna" } },
        { 0, "sort", OPTION_TEXT, &w.o.sort, "XPATH",
          { "order of the records, by this key; desc may follow",
            "kolejność według tego klucza; może po nim stać desc" } },
        { 'j', "jobs", OPTION_NUMBER, &w.workers, "N",
          { "worker processes; as many as processors when not given",
            "liczba procesów; bez podania: tyle, ile procesorów" } },
        { 0, "resume", OPTION_FLAG, &w.o.resume, NULL,
          { "only what is missing or has changed since", "tylko brakujące albo zmienione" } },
        { 0, "reissue", OPTION_LIST, &w.reissue, "NUMBER",
          { "an issued document that may be made anew (again for more)",
            "wydany dokument, który wolno sporządzić na nowo (można powtórzyć)" } },
        { 0, "overwrite", OPTION_FLAG, &w.o.overwrite, NULL,
          { "files that skryba did not make may be replaced",
            "wolno zastąpić pliki, których nie zapisała skryba" } },
        { 0, "merge", OPTION_TEXT, &w.merge, "FILE",
          { "print files instead: one PDF for each template; tags allowed",
            "zamiast tego pliki do druku: jeden PDF dla szablonu; wolno użyć znaczników" } },
        { 0, "duplex", OPTION_FLAG, &w.o.duplex, NULL,
          { "for two-sided printing: each record begins on a new sheet",
            "do druku dwustronnego: każda pozycja od nowej kartki" } },
        { 0, "merge-pages", OPTION_NUMBER, &w.merge_pages, "N",
          { "at most N pages in a print file", "najwyżej N stron w pliku do druku" } },
        { 0, "shard", OPTION_TEXT, &w.shard, "K/N",
          { "only part K of N, for several machines", "tylko część K z N, dla kilku maszyn" } },
        { 0, "report", OPTION_TEXT, &w.o.report, "FILE",
          { "what was made of each record, as JSON", "co powstało z każdej pozycji, jako JSON" } },
        { 0, "log", OPTION_WORD, &w.log, "json",
          { "the summary as one line of JSON", "podsumowanie jako jeden wiersz JSON" } },
        { 0, "draft", OPTION_FLAG, &w.o.draft, NULL,
          { "despite errors, with PROJEKT on every page",
            "mimo błędów, z napisem PROJEKT na każdej stronie" } },
        { 0, "schema", OPTION_TEXT, &w.schema, "FILE|none",
          { "another schema, or none", "inny schemat albo żaden (none)" } },
        { 0, "rules", OPTION_LIST, &w.rules, "FILE|none",
          { "more rules (again for more files), or none of skryba's own",
            "dalsze reguły (można powtórzyć) albo bez własnych reguł skryby (none)" } },
        { 0, "font-dir", OPTION_TEXT, &w.font_dir, "DIR",
          { "a folder with more fonts", "folder z dodatkowymi czcionkami" } },
        { 0, "mode", OPTION_TEXT, &w.mode, "0640",
          { "permissions of the files; 0600 when not given", "prawa plików; bez podania: 0600" } },
        { 0, "progress", OPTION_WORD, &w.progress, "auto|never|always",
          { "the line that tells how far it is", "wiersz o postępie pracy" } },
        { 0, "dump", OPTION_WORD, &w.dump, "document|program|filled|boxes|structure",
          { NULL, NULL } },
    };
    const CmdSpec spec = {
        "render", "PROJECT.xml... -o DIR", 1, -1,
        { "Checks descriptions of projects and makes their documents: all that the data feed.",
          "Sprawdza opisy projektów i sporządza ich dokumenty: wszystkie, do których są dane." },
        option, COUNT(option)
    };
    Cmd c;
    char date[11];
    const char *bad;
    Buf room = {0};
    int status = cmd_start(&c, &spec, argc, argv);
    if (status != CMD_GO_ON)
        return status;
    if (!understand(&w, date, &room, &bad))
        status = cmd_usage(&c, &spec,
                           w.folder || w.o.dump ? DIAG_usage_value : DIAG_usage_needed, bad);
    else {
        int number = render(&c, &w);
        status = cmd_end(&c);
        if (number)
            end_by(number);
    }
    buf_free(&room);
    vec_free(&w.templates);
    vec_free(&w.reissue);
    vec_free(&w.rules);
    return status;
}
