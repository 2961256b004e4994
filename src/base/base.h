/* SPDX-License-Identifier: MIT */
/* What every stage stands on: memory, growing buffers, names, findings, files written whole. */
#ifndef SKRYBA_BASE_H
#define SKRYBA_BASE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

/* Exit statuses of the program; skryba(1). */
enum { EXIT_DONE = 0, EXIT_INPUT = 1, EXIT_USAGE = 2, EXIT_SYSTEM = 3 };

#define COUNT(a) (sizeof(a) / sizeof *(a))
#define MUST_CHECK __attribute__((warn_unused_result))
#define NORETURN __attribute__((noreturn))

/* ---- memory ---------------------------------------------------------------------------------
 * Allocation never returns NULL: when memory ends, the program says so, removes the unfinished
 * outputs and ends with EXIT_SYSTEM.  A batch survives this because each worker is a process. */
void *mem_new(size_t size);                     /* zeroed; the caller frees with free() */
void *mem_grow(void *p, size_t size);           /* as realloc() */
char *mem_dup(const char *s, size_t len);       /* len bytes and a NUL */
NORETURN void mem_fail(void);

/* An arena: objects that die together. */
typedef struct Arena Arena;
Arena *arena_new(void);
void *arena_get(Arena *a, size_t size); /* zeroed, aligned to 8; owned by a */
char *arena_dup(Arena *a, const char *s, size_t len);           /* len bytes and a NUL */
char *arena_str(Arena *a, const char *s);
char *arena_format(Arena *a, const char *format, ...) __attribute__((format(printf, 2, 3)));
void arena_reset(Arena *a); /* forgets the objects, keeps the room */
size_t arena_size(const Arena *a);                              /* bytes handed out */
void arena_free(Arena *a);
#define ARENA_NEW(a, type) ((type *)arena_get((a), sizeof(type)))
#define ARENA_ARRAY(a, type, n) ((type *)arena_get((a), sizeof(type) * (size_t)(n)))

/* A growing array: VEC(int) v = {0}; vec_push(&v, 3); v.p[i], v.n; vec_free(&v). */
#define VEC(type) struct { type *p; size_t n, cap; }
#define vec_push(v, ...) \
    ((v)->n == (v)->cap \
         ? (void)((v)->p = mem_grow((v)->p, vec_next_cap(&(v)->cap) * sizeof *(v)->p)) : (void)0, \
     (v)->p[(v)->n++] = (__VA_ARGS__))
#define vec_reserve(v, count) /* makes room for so many in all */ \
    ((v)->cap < (count) \
         ? (void)((v)->p = mem_grow((v)->p, ((v)->cap = (count)) * sizeof *(v)->p)) : (void)0)
#define vec_fit(v) /* gives back the room that is not used */ \
    ((v)->p = (v)->n < (v)->cap ? mem_grow((v)->p, (v)->n * sizeof *(v)->p) : (v)->p, \
     (v)->cap = (v)->n)
#define vec_free(v) (free((v)->p), (v)->p = NULL, (v)->n = (v)->cap = 0)
size_t vec_next_cap(size_t *cap);               /* doubles *cap and returns it */

/* A growing string of bytes, always followed by a NUL once something was put.  Start from {0}.
 * Above max bytes (0: BUF_MAX) it stops growing and sets failed: test once, at the end. */
#define BUF_MAX ((size_t)1 << 31)
typedef struct { char *p; size_t n, cap, max; bool failed; } Buf;
void buf_put(Buf *b, const void *data, size_t len);
void buf_str(Buf *b, const char *s);
void buf_chr(Buf *b, int c);
void buf_int(Buf *b, int64_t v);
/* Writes v / 10^digits with at most that many decimals and no trailing zeros: 12500, 3 -> 12.5 */
void buf_fixed(Buf *b, int64_t v, int digits);
/* A string of JSON with its quotes; NULL: null. */
void buf_json(Buf *b, const char *s);
void buf_format(Buf *b, const char *format, ...) __attribute__((format(printf, 2, 3)));
char *buf_room(Buf *b, size_t len);             /* room for len more bytes; NULL when failed */
void buf_clear(Buf *b);
void buf_free(Buf *b);

/* ---- text -------------------------------------------------------------------------------- */
/* Decodes the character at s (s < end), stores its length; U+FFFD and 1 for a broken one. */
uint32_t utf8_get(const char *s, const char *end, int *len);
int utf8_put(char out[4], uint32_t c);          /* returns the number of bytes, 1-4 */
bool utf8_valid(const char *s, size_t len);
size_t utf8_count(const char *s, size_t len);   /* characters */
void buf_utf8(Buf *b, uint32_t c);
bool str_equal(const char *a, const char *b);   /* NULL equals only NULL */
bool str_starts(const char *s, const char *prefix);
/* Digest for identifiers and journals, not for security: 128 bits of FNV-1a. */
typedef struct { uint64_t a, b; } Digest;
void digest_add(Digest *d, const void *data, size_t len);       /* start from {0} */

/* ---- numbers, exact ----------------------------------------------------------------------- */
#define MONEY_MAX INT64_C(9007199254740992)     /* 2^53: above it a sum in grosze is refused */
/* Reads "-12.34" as 1234 for decimals 2; false if not a number, too many decimals, or too large. */
bool number_parse(const char *s, size_t len, int decimals, int64_t *out) MUST_CHECK;

/* Days from 1970-01-01 to a date of the Gregorian calendar, before it too. */
int64_t days_since_1970(int year, int month, int day);

/* ---- a map from strings to pointers; keys are copied into the arena -------------------------- */
typedef struct Map Map;
Map *map_new(Arena *a);                                         /* lives as long as a */
void *map_get(const Map *m, const char *key, size_t len);       /* NULL: not there */
void map_put(Map *m, const char *key, size_t len, void *value); /* replaces */
/* The key as the map keeps it: the same pointer for equal keys, for as long as the arena. */
const char *map_intern(Map *m, const char *key, size_t len);
size_t map_count(const Map *m);

/* ---- findings ------------------------------------------------------------------------------ */
/* SYSTEM: the machine failed, not the input; it ends with EXIT_SYSTEM. */
typedef enum { SEV_INFO, SEV_ACCEPTED, SEV_WARNING, SEV_ERROR, SEV_SYSTEM, SEV_COUNT } Severity;

/* Where something is.  line 0: the whole file; column 0: the whole line.  Columns count
 * characters from 1.  label stands for a place that has no line: "page 2, paragraph 5".  Without
 * a file line and column only order the labels: the rows and columns of a spreadsheet. */
typedef struct {
    const char *file;
    unsigned line, column;
    const char *label;
    const char *source;         /* the source line to show, already masked, or NULL */
    unsigned width;             /* characters to mark from column; 0: one caret */
} Place;

#define DIAG(id, severity, en, pl, hint_en, hint_pl) DIAG_##id,
typedef enum {
#include "diag.def"
    DIAG_COUNT
} DiagId;
#undef DIAG

typedef enum { LANG_EN, LANG_PL } Lang;
typedef struct Diags Diags;
typedef struct Finding Finding;

Diags *diags_new(Lang lang);
void diags_free(Diags *d);
Lang diags_lang(const Diags *d);
/* Adds the finding id at a place (NULL: none), copying all it is given.  The arguments, up to a
 * NULL, replace %1, %2, ... of the message and the hint.  The result lives as long as d. */
Finding *diag_add(Diags *d, DiagId id, const Place *place, ...) __attribute__((sentinel));
/* Adds a finding whose text comes from a rules file: rule is its id, hint may be NULL. */
Finding *diag_add_rule(Diags *d, Severity sev, const char *rule, const Place *place,
                       const char *message, const char *hint);
void diag_note(Finding *f, const Place *place, const char *text); /* another place or remedy */
void diag_severity(Finding *f, Severity sev);                           /* accepted, or --strict */
size_t diags_count(const Diags *d, Severity sev);
typedef struct { bool color, json; size_t max; } DiagStyle;             /* max 0: all */
/* The i-th finding not yet printed, in order of arrival; NULL: no more.  For who knows a better
 * place for it: diag_copy() adds it to another list, without its notes. */
const Finding *diags_get(const Diags *d, size_t i, Severity *sev, Place *place);
Finding *diag_copy(Diags *d, const Finding *f, const Place *place);
const char *diag_id(const Finding *f);          /* as printed in brackets */
const char *diag_message(const Finding *f);
/* The findings not yet printed as bytes added to out, for another process of the same program,
 * where diags_unpack() adds them to a list.  False: these are no such bytes. */
void diags_pack(const Diags *d, Buf *out);
bool diags_unpack(Diags *d, const char *data, size_t len) MUST_CHECK;
/* Prints the findings in order of file and place, then forgets them; counts stay.  As JSON: an
 * object a line, with the keys that skryba(1) lists. */
void diags_print(Diags *d, FILE *out, const DiagStyle *style);
/* One line "3 errors, 1 warning" of all that was counted; nothing when there was nothing. */
void diags_summary(const Diags *d, FILE *out);
void diags_summary_json(const Diags *d, FILE *out);                     /* always */
/* EXIT_DONE, EXIT_INPUT or EXIT_SYSTEM by the gravest finding so far. */
int diags_status(const Diags *d, bool strict);
/* The message of id in English or Polish, for the manual and the tests. */
typedef struct { const char *id; Severity sev; const char *text[2], *hint[2]; } DiagText;
const DiagText *diag_text(DiagId id);

/* ---- files ---------------------------------------------------------------------------------- */
/* Reads a whole file; the result is followed by a NUL and freed by the caller.  NULL: a finding
 * was added.  "-" is standard input.  Folders, devices and files above max bytes are refused. */
char *file_read(const char *path, size_t max, size_t *len, Diags *d) MUST_CHECK;

/* A file read piece by piece. */
typedef struct Input Input;
Input *input_open(const char *path, Diags *d) MUST_CHECK;       /* NULL: a finding was added */
bool input_read(Input *in, void *data, size_t len) MUST_CHECK;  /* false: not so many are left */
uint64_t input_left(const Input *in);                           /* bytes that it had when opened */
void input_close(Input *in);                                    /* in may be NULL */

/* An output that appears whole or not at all: a temporary file beside the target, renamed when
 * all was written, checked and flushed to disk.  Mode 0600, or as file_mode() set. */
typedef struct Output Output;
Output *output_open(const char *path, Diags *d) MUST_CHECK;     /* NULL: a finding was added */
void output_put(Output *o, const void *data, size_t len);       /* errors are kept until the end */
uint64_t output_tell(const Output *o);
int output_error(const Output *o);              /* an errno, or 0: all went well so far */
/* The path under which all that was put can be read before it is committed. */
const char *output_draft(Output *o);
/* Overwrites len bytes at an earlier place. */
void output_patch(Output *o, uint64_t at, const void *data, size_t len);
bool output_commit(Output *o,
                   Diags *d) MUST_CHECK; /* frees o; false: finding added, nothing left */
void output_abort(Output *o);            /* frees o, leaves nothing; o may be NULL */
void file_mode(unsigned mode);

/* Outputs in groups: written by one process, then flushed and renamed by another, many at once.
 * output_stage() ends an output (frees o) that stays under its temporary name; *sum tells what is
 * in it.  False: a finding was added and nothing is left.  The other functions give an errno. */
typedef struct { uint64_t size; uint32_t crc; } OutputSum;      /* CRC-32 as in zip and PNG */
Output *output_open_staged(const char *path, Diags *d) MUST_CHECK;
bool output_stage(Output *o, OutputSum *sum, Diags *d) MUST_CHECK;
/* The name it has until then, of path in the process pid; replaces what is in b. */
void output_temporary(Buf *b, const char *path, long pid);
#define OUTPUT_STAGED ".skryba-run-"            /* how these names begin */
/* Flushes to disk what was written into the file system of a folder: all, or these files. */
int disk_flush(const char *folder, char *const *file, size_t n) MUST_CHECK;
/* Gives a flushed file its name.  Unless it may replace, a file of that name is EEXIST. */
int disk_place(const char *temporary, const char *path, bool replace) MUST_CHECK;
int disk_flush_folder(const char *folder) MUST_CHECK;
/* The size and checksum of an ordinary file; links are not followed. */
int file_sum(const char *path, OutputSum *sum) MUST_CHECK;
/* Adds to the end of a file, which is made if need be, and flushes. */
int disk_append(const char *path, const void *data, size_t len) MUST_CHECK;
/* Locks a file, or with slot > 0 only that part of it, for this process until it ends or
 * disk_unlock(); the file tells who holds it.  EBUSY: *holder (freed by the caller) says who. */
int disk_lock(const char *path, size_t slot, int *fd, Buf *holder) MUST_CHECK;
void disk_unlock(const char *path, size_t slot, int fd);

bool folder_make(const char *path, Diags *d) MUST_CHECK;        /* with its parents, mode 0700 */
bool output_write(const char *path, const void *data, size_t len, Diags *d) MUST_CHECK;
/* The path of a file of the program's own (fonts/fonts.conf, templates): in the folder of the
 * program or up to two above it, else in the installed data folder.  The caller frees it; NULL:
 * nowhere. */
char *data_file(const char *relative);

#endif
