/* SPDX-License-Identifier: MIT */
/* Options, GNU style, and what all commands share: language, findings, help. */
#include "internal.h"

#include <errno.h>
#include <getopt.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* ---- language ---- */

static const char *locale_language(void)
{
    static const char *const names[] = { "LC_ALL", "LC_MESSAGES", "LANG" };
    for (size_t i = 0; i < COUNT(names); i++) {
        const char *v = getenv(names[i]);
        if (v && *v)
            return v;
    }
    return "C";
}

/* Looked for before the options are read, so that their faults are told in it too. */
Lang cmd_language(int argc, char **argv)
{
    const char *l = locale_language();
    for (int i = 1; i < argc && strcmp(argv[i], "--"); i++) {
        if (str_starts(argv[i], "--lang="))
            l = argv[i] + 7;
        else if (!strcmp(argv[i], "--lang") && i + 1 < argc)
            l = argv[i + 1];
    }
    return str_starts(l, "pl") ? LANG_PL : LANG_EN;
}

/* ---- the options of all commands ---- */

typedef struct { const char *lang; bool help; long max; } Shared;

enum { MOST_OPTIONS = 40, SHARED = 4 };

static size_t all_options(CmdOption *all, const CmdSpec *s, Cmd *c, Shared *shared)
{
    const CmdOption common[SHARED] = {
        { 0, "strict", OPTION_FLAG, &c->strict, NULL,
          { "warnings count as errors", "ostrzeżenia liczą się jak błędy" } },
        { 0, "max", OPTION_NUMBER, &shared->max, "N",
          { "show at most N findings", "pokaż najwyżej N uwag" } },
        { 0, "lang", OPTION_WORD, &shared->lang, "pl|en",
          { "language of messages", "język komunikatów" } },
        { 'h', "help", OPTION_FLAG, &shared->help, NULL, { "this help", "ta pomoc" } },
    };
    size_t n = s->n_option < MOST_OPTIONS - SHARED ? s->n_option : MOST_OPTIONS - SHARED;
    if (n)
        memcpy(all, s->option, n * sizeof *all);
    memcpy(all + n, common, sizeof common);
    return n + SHARED;
}

/* ---- help ---- */

static void show_option(const CmdOption *o, Lang lang)
{
    char left[64];
    int n = o->letter ? snprintf(left, sizeof left, "  -%c, --%s", o->letter, o->name)
                      : snprintf(left, sizeof left, "      --%s", o->name);
    if (o->argument)
        snprintf(left + n, sizeof left - (size_t)n, "=%s", o->argument);
    printf(strlen(left) < 28 ? "%-28s%s\n" : "%s\n%28s%s\n", left,
           strlen(left) < 28 ? o->help[lang] : "", o->help[lang]);
}

static void show_help(const CmdSpec *s, const CmdOption *all, size_t n, Lang lang)
{
    printf(lang ? "Użycie: skryba %s [OPCJE] %s\n\n" : "Usage: skryba %s [OPTIONS] %s\n\n", s->name,
           s->operands);
    printf("%s\n\n", s->text[lang]);
    for (size_t i = 0; i < n; i++)
        if (all[i].help[0])
            show_option(&all[i], lang);
}

/* ---- reading ---- */

int cmd_usage(Cmd *c, const CmdSpec *s, DiagId id, const char *argument)
{
    diag_add(c->d, id, NULL, argument, s->name, (char *)NULL);
    cmd_end(c);
    return EXIT_USAGE;
}

static bool word_allowed(const char *words, const char *word)
{
    size_t n = strlen(word);
    for (const char *w = words; *w; w += strcspn(w, "|"), w += *w == '|')
        if (n == strcspn(w, "|") && !memcmp(w, word, n))
            return true;
    return false;
}

static bool store(const CmdOption *o, const char *value)
{
    char *end;
    switch (o->kind) {
    case OPTION_FLAG:
        *(bool *)o->target = true;
        return true;
    case OPTION_NUMBER:
        errno = 0;
        *(long *)o->target = strtol(value, &end, 10);
        return !errno && *value && !*end && *(long *)o->target >= 0;
    case OPTION_LIST:
        vec_push((CmdList *)o->target, value);
        return true;
    case OPTION_WORD:
        if (!word_allowed(o->argument, value))
            return false;
        break;
    case OPTION_TEXT:
        break;
    }
    *(const char **)o->target = value;
    return true;
}

/* Goes through argv; EXIT_USAGE when something is wrong. */
static int read_options(Cmd *c, const CmdSpec *s, const CmdOption *all, size_t n, int argc,
                        char **argv)
{
    struct option option[MOST_OPTIONS + 1] = {{0}};
    char letters[2 * MOST_OPTIONS + 2] = ":";
    for (size_t i = 0; i < n; i++) {
        int has = all[i].kind != OPTION_FLAG;
        option[i] = (struct option){ all[i].name, has, NULL, 256 + (int)i };
        size_t at = strlen(letters);
        if (all[i].letter) {
            letters[at++] = (char)all[i].letter;
            letters[at] = has ? ':' : 0;
        }
    }
    opterr = 0;
    optind = 1;
    for (int k; (k = getopt_long(argc, argv, letters, option, NULL)) != -1; ) {
        size_t i = k >= 256 ? (size_t)k - 256 : 0;
        while (k < 256 && i < n && all[i].letter != k)
            i++;
        char letter[3] = { '-', (char)optopt, 0 };
        const char *typed = optopt && optopt < 256 ? letter : argv[optind - 1];
        if (k == '?' || k == ':')
            return cmd_usage(c, s, k == '?' ? DIAG_usage_option : DIAG_usage_argument, typed);
        if (i < n && !store(&all[i], optarg))
            return cmd_usage(c, s, DIAG_usage_value, all[i].name);
    }
    return CMD_GO_ON;
}

int cmd_start(Cmd *c, const CmdSpec *s, int argc, char **argv)
{
    CmdOption all[MOST_OPTIONS];
    Shared shared = {0};
    *c = (Cmd){ .lang = cmd_language(argc, argv) };
    c->d = diags_new(c->lang);
    c->terminal = isatty(STDERR_FILENO);
    const char *no_color = getenv("NO_COLOR");
    c->style.color = c->terminal && !(no_color && *no_color);
    size_t n = all_options(all, s, c, &shared);
    int status = read_options(c, s, all, n, argc, argv);
    if (status != CMD_GO_ON)
        return status;
    c->style.max = (size_t)shared.max;
    c->operand = argv + optind;
    c->n = argc - optind;
    if (shared.help) {
        show_help(s, all, n, c->lang);
        return cmd_end(c);
    }
    if (c->n < s->least)
        return cmd_usage(c, s, DIAG_usage_few, s->operands);
    if (s->most >= 0 && c->n > s->most)
        return cmd_usage(c, s, DIAG_usage_many, c->operand[s->most]);
    return CMD_GO_ON;
}

/* ---- the end ---- */

void cmd_print(Cmd *c)
{
    fflush(stdout);
    diags_print(c->d, stderr, &c->style);
}

/* Findings as JSON are what was asked for: they go to standard output. */
static void print_json(Cmd *c)
{
    diags_print(c->d, stdout, &c->style);
    diags_summary_json(c->d, stdout);
    c->style.json = false;
}

int cmd_end(Cmd *c)
{
    bool json = c->style.json;
    if (json)
        print_json(c);
    /* A reader that went away (`| head`) needs no message. */
    if ((fflush(stdout) || ferror(stdout)) && errno != EPIPE)
        diag_add(c->d, DIAG_file_write, NULL, "<stdout>", strerror(errno), (char *)NULL);
    cmd_print(c);
    if (!json)
        diags_summary(c->d, stderr);
    int status = diags_status(c->d, c->strict);
    if (ferror(stdout) && status == EXIT_DONE)
        status = EXIT_SYSTEM;
    diags_free(c->d);
    return status;
}
