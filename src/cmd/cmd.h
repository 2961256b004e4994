/* SPDX-License-Identifier: MIT */
/* The commands: each reads its options, does its work and returns the exit status. */
#ifndef SKRYBA_CMD_H
#define SKRYBA_CMD_H

#include "base/base.h"

#define SKRYBA_VERSION "0.1"

typedef struct {
    const char *name;
    int (*run)(int argc, char **argv);  /* argv[0] is the command's name */
    const char *summary[2];             /* one line, by Lang */
} Command;

/* Runs the command that argv[1] names, or help, --help, --version.  table ends with name NULL. */
int cmd_main(const Command *table, int argc, char **argv);

int cmd_check(int argc, char **argv);
int cmd_render(int argc, char **argv);
int cmd_join(int argc, char **argv);
int cmd_convert(int argc, char **argv);
int cmd_lint(int argc, char **argv);
int cmd_tags(int argc, char **argv);
int cmd_schema(int argc, char **argv);
int cmd_templates(int argc, char **argv);
int cmd_fonts(int argc, char **argv);
int cmd_init(int argc, char **argv);
int cmd_import(int argc, char **argv);
int cmd_number(int argc, char **argv);
int cmd_issue(int argc, char **argv);
int cmd_void(int argc, char **argv);
int cmd_replace(int argc, char **argv);
int cmd_duplicate(int argc, char **argv);
int cmd_receive(int argc, char **argv);
int cmd_diff(int argc, char **argv);

#endif
