/* SPDX-License-Identifier: MIT */
/* What a person sees of a long run: a line on the terminal, a summary at the end.  Clock time is
 * read for these only. */
#include "internal.h"

#include <stdlib.h>
#include <time.h>

static double now(void)
{
    struct timespec t;
    return clock_gettime(CLOCK_MONOTONIC, &t) ? 0 : (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

void cmd_progress(void *data, size_t done, size_t total)
{
    CmdProgress *p = data;
    double t = now();
    if (!done || !(p->start > 0))
        p->start = p->shown = t;
    if (t - p->start < p->wait || (done && done < total && t - p->shown < 0.1))
        return;
    double rate = t > p->start ? (double)done / (t - p->start) : 0;
    double left = rate > 0 ? (double)(total - done) / rate : 0;
    fprintf(stderr, p->lang ? "\r%zu/%zu, %.0f na sekundę, zostało %.0f s\33[K"
                            : "\r%zu/%zu, %.0f a second, %.0f s left\33[K",
            done, total, rate, left);
    fflush(stderr);
    p->shown = t;
    p->open = true;
}

void cmd_progress_end(CmdProgress *p)
{
    if (p->open)
        fputs("\r\33[K", stderr);
    p->open = false;
}

/* A number with one decimal, a comma in Polish; no locale is asked. */
static void put_number(double v, Lang lang)
{
    char t[40];
    snprintf(t, sizeof t, "%.1f", v);
    for (char *s = t; *s; s++)
        fputc(*s == '.' && lang ? ',' : *s, stderr);
}

/* The Polish forms for one, two to four, and more (CLDR plural rules, pl). */
static const char *form(size_t n, const char *one, const char *few, const char *many)
{
    size_t tens = n % 100;
    return n == 1 ? one : n % 10 >= 2 && n % 10 <= 4 && (tens < 12 || tens > 14) ? few : many;
}

void cmd_made(Lang lang, BatchCount n)
{
    if (lang)
        fprintf(stderr, "%zu %s, %zu %s", n.documents,
                form(n.documents, "dokument", "dokumenty", "dokumentów"), n.files,
                form(n.files, "plik", "pliki", "plików"));
    else
        fprintf(stderr, "%zu document%s, %zu file%s", n.documents, n.documents == 1 ? "" : "s",
                n.files, n.files == 1 ? "" : "s");
    if (n.left)
        fprintf(stderr, lang ? "; bez zmian: %zu" : "; unchanged: %zu", n.left);
    if (n.frozen)
        fprintf(stderr, lang ? "; wydane, pozostawione: %zu" : "; issued and left: %zu", n.frozen);
    if (n.failed)
        fprintf(stderr, lang ? "; nie powstało: %zu" : "; not made: %zu", n.failed);
    fputs("; ", stderr);
    put_number(n.seconds, lang);
    fputs(" s", stderr);
    if (n.documents) {
        fputs(", ", stderr);
        put_number(n.seconds * 1000 / (double)n.documents, lang);
        fputs(lang ? " ms na dokument" : " ms a document", stderr);
    }
    fputc('\n', stderr);
}

void cmd_log(const Cmd *c, BatchCount n)
{
    fprintf(stderr, "{\"program\":\"skryba %s\",\"made\":%zu,\"unchanged\":%zu,\"frozen\":%zu,"
            "\"failed\":%zu,\"notBegun\":%zu,\"files\":%zu,\"pages\":%zu,\"bytes\":%llu,"
            "\"errors\":%zu,\"warnings\":%zu,\"signal\":%d,\"seconds\":%.3f,\"status\":%d}\n",
            SKRYBA_VERSION, n.documents, n.left, n.frozen, n.failed, n.not_begun, n.files, n.pages,
            (unsigned long long)n.bytes,
            diags_count(c->d, SEV_ERROR) + diags_count(c->d, SEV_SYSTEM),
            diags_count(c->d, SEV_WARNING), n.signal, n.seconds, diags_status(c->d, c->strict));
}

/* ---- the date of issue ---- */

static bool real_date(const char *s)
{
    static const int days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
    int64_t y, m, d;
    size_t n = 0;
    while (n < 11 && s[n])
        n++;
    if (n != 10 || s[4] != '-' || s[7] != '-' || !number_parse(s, 4, 0, &y) ||
        !number_parse(s + 5, 2, 0, &m) || !number_parse(s + 8, 2, 0, &d) || y < 1 || m < 1 ||
        m > 12)
        return false;
    bool leap = (y % 4 == 0 && y % 100 != 0) || y % 400 == 0;
    return d >= 1 && d <= days[m - 1] + (m == 2 && leap);
}

bool cmd_date(const char *given, char date[11])
{
    const char *epoch = getenv("SOURCE_DATE_EPOCH");
    struct tm tm;
    char *end;
    date[0] = 0;
    if (given) {
        snprintf(date, 11, "%s", given);
        return real_date(given);
    }
    if (!epoch || !*epoch)
        return true;
    time_t t = (time_t)strtoll(epoch, &end, 10);
    if (*end || !gmtime_r(&t, &tm))
        return false;
    return strftime(date, 11, "%Y-%m-%d", &tm) == 10;
}

/* ---- permissions ---- */

bool cmd_mode(const char *s)
{
    char *end;
    unsigned long mode = strtoul(s, &end, 8);
    if (!*s || *end || mode > 0777 || (mode & 0600) != 0600)
        return false;
    file_mode((unsigned)mode);
    return true;
}
