/* SPDX-License-Identifier: MIT */
#ifndef CMD_INTERNAL_H
#define CMD_INTERNAL_H

#include "cmd.h"

#include "batch/batch.h"

typedef VEC(const char *) CmdList;

typedef struct {
    int letter;                 /* 0: none */
    const char *name;
    enum { OPTION_FLAG, OPTION_TEXT, OPTION_LIST, OPTION_NUMBER, OPTION_WORD } kind;
    void *target;               /* bool *, const char **, CmdList *, long *, const char ** */
    const char *argument;       /* as help shows it; of a word: the words allowed, "auto|never" */
    const char *help[2];        /* NULL: hidden */
} CmdOption;

typedef struct {
    const char *name;
    const char *operands;       /* as help shows them, "PROJECT.xml..." */
    int least, most;            /* how many operands; most -1: any */
    const char *text[2];        /* what the command does, a few lines */
    const CmdOption *option;
    size_t n_option;
} CmdSpec;

/* What all commands have. */
typedef struct {
    Lang lang;
    Diags *d;
    DiagStyle style;
    bool strict, terminal;      /* standard error is one */
    char **operand;
    int n;
} Cmd;

enum { CMD_GO_ON = -1 };
/* Reads the options.  CMD_GO_ON, or the exit status: then nothing is left to do. */
int cmd_start(Cmd *c, const CmdSpec *s, int argc, char **argv) MUST_CHECK;
/* Prints the findings and their number, flushes standard output, frees; gives the exit status. */
int cmd_end(Cmd *c);
/* Prints the findings so far, before a line of another kind. */
void cmd_print(Cmd *c);
/* A wrong use that only the command can see: a finding with EXIT_USAGE to return. */
int cmd_usage(Cmd *c, const CmdSpec *s, DiagId id, const char *argument);

/* The language for people: --lang in argv, else the locale's variables. */
Lang cmd_language(int argc, char **argv);

/* progress.c.  cmd_progress is for BatchOptions and RulesOptions, with a CmdProgress that starts
 * from { .lang, .wait }: seconds before the line is shown for the first time. */
typedef struct { Lang lang; double wait, start, shown; bool open; } CmdProgress;
void cmd_progress(void *data, size_t done, size_t total);
void cmd_progress_end(CmdProgress *p);
/* "25 documents, 50 files; 1.2 s, 48.0 ms a document" */
void cmd_made(Lang lang, BatchCount n);
/* The same for programs: one line of JSON. */
void cmd_log(const Cmd *c, BatchCount n);
/* The date of issue as "2011-12-16": what was given (may be NULL), else SOURCE_DATE_EPOCH, else
 * "".  False: it is no date. */
bool cmd_date(const char *given, char date[11]);
/* Sets the permissions of files from "0640"; false: that is none. */
bool cmd_mode(const char *s);

/* palette.c: writes the palette of tags, ends as cmd_end(). */
int cmd_palette(Cmd *c, const char *path);

#endif
