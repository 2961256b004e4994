/* SPDX-License-Identifier: MIT */
#ifndef BASE_INTERNAL_H
#define BASE_INTERNAL_H
#include "base.h"
/* Removes the temporary files of all open outputs; safe in a dying program. */
void output_remove_all(void);
#endif
