/* SPDX-License-Identifier: MIT */
/* Our rules as a part of the program. */
#include "internal.h"

__asm__(".section .rodata\n"
        ".balign 16\n"
        ".globl project_sch_start\n"
        ".hidden project_sch_start\n"
        "project_sch_start:\n"
        ".incbin \"schema/project.sch\"\n"
        ".globl project_sch_end\n"
        ".hidden project_sch_end\n"
        "project_sch_end:\n"
        ".byte 0\n"
        ".text\n");

extern const char project_sch_start[], project_sch_end[];

const char *project_rules_text(size_t *len)
{
    *len = (size_t)(project_sch_end - project_sch_start);
    return project_sch_start;
}
