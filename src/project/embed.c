/* SPDX-License-Identifier: MIT */
/* Our schema and our rules as parts of the program: the assembler takes the files in, byte for
 * byte. */
#include "internal.h"

__asm__(".section .rodata\n"
        ".balign 16\n"
        ".globl project_xsd_start\n"
        ".hidden project_xsd_start\n"
        "project_xsd_start:\n"
        ".incbin \"schema/project.xsd\"\n"
        ".globl project_xsd_end\n"
        ".hidden project_xsd_end\n"
        "project_xsd_end:\n"
        ".byte 0\n"
        ".text\n");

extern const char project_xsd_start[], project_xsd_end[];

const char *project_schema_text(size_t *len)
{
    *len = (uintptr_t)project_xsd_end - (uintptr_t)project_xsd_start;
    return project_xsd_start;
}

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
    *len = (uintptr_t)project_sch_end - (uintptr_t)project_sch_start;
    return project_sch_start;
}
