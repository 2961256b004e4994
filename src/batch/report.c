/* SPDX-License-Identifier: MIT */
/* The report of a run (--report): JSON, an entry for each record in their order; skryba(1) has the
 * fields.  Values of the data are not in it. */
#include "internal.h"


struct Report {
    Output *out;
    Buf line;
    size_t n;
};

static const char *const state_name[] = {
    [MADE] = "made", [LEFT] = "unchanged", [FROZEN] = "frozen", [FAILED] = "failed",
};
static const char *const severity_name[SEV_COUNT] = {
    [SEV_INFO] = "info", [SEV_ACCEPTED] = "accepted", [SEV_WARNING] = "warning",
    [SEV_ERROR] = "error", [SEV_SYSTEM] = "error",
};

static void put_line(Report *r)
{
    output_put(r->out, r->line.p, r->line.n);
    buf_clear(&r->line);
}

Report *report_new(const char *path, size_t shard, size_t shards, Diags *d)
{
    Output *out = path ? output_open(path, d) : NULL;
    if (!out)
        return NULL;
    Report *r = mem_new(sizeof *r);
    r->out = out;
    buf_str(&r->line, "{\"format\":\"skryba-report 1\",\n");
    if (shards)
        buf_format(&r->line, "\"shard\":%zu,\"shards\":%zu,\n", shard, shards);
    buf_str(&r->line, "\"records\":[");
    put_line(r);
    return r;
}

static void put_files(Buf *b, const Task *task, const Made *made)
{
    const char *sep = "";
    buf_str(b, ",\"files\":[");
    for (int i = 0; i < OUT_COUNT; i++) {
        if (!made->has[i])
            continue;
        Buf path = {0};
        buf_format(&path, "%s%s", task->path, out_ending[i]);
        buf_format(b, "%s{\"path\":", sep);
        buf_json(b, path.p);
        buf_format(b, ",\"bytes\":%llu,\"crc32\":\"%08x\"}",
                   (unsigned long long)made->sum[i].size, made->sum[i].crc);
        buf_free(&path);
        sep = ",";
    }
    buf_chr(b, ']');
}

static void put_finding(Buf *b, const Finding *f, Severity sev, const Place *place)
{
    buf_format(b, "{\"severity\":\"%s\",\"id\":", severity_name[sev]);
    buf_json(b, diag_id(f));
    buf_str(b, ",\"text\":");
    buf_json(b, diag_message(f));
    if (place->file) {
        buf_str(b, ",\"file\":");
        buf_json(b, place->file);
    }
    if (place->line)
        buf_format(b, ",\"line\":%u,\"column\":%u", place->line, place->column);
    if (place->label) {
        buf_str(b, ",\"place\":");
        buf_json(b, place->label);
    }
    buf_chr(b, '}');
}

static void put_findings(Buf *b, const Diags *found)
{
    Severity sev;
    Place place;
    const Finding *f;
    buf_str(b, ",\"findings\":[");
    for (size_t i = 0; found && (f = diags_get(found, i, &sev, &place)); i++) {
        if (i)
            buf_chr(b, ',');
        put_finding(b, f, sev, &place);
    }
    buf_chr(b, ']');
}

void report_entry(Buf *b, const Task *task, const Made *made, const Diags *found)
{
    const Job *job = task->job;
    buf_str(b, "{\"project\":");
    buf_json(b, xml_name(project_xml(job->plan->project)));
    buf_str(b, ",\"template\":");
    buf_json(b, template_name(job->template));
    buf_format(b, ",\"record\":%u,\"state\":\"%s\"", task->number, state_name[made->state]);
    put_files(b, task, made);
    buf_format(b, ",\"pages\":%u,\"digest\":\"%016llx%016llx\",\"microseconds\":%llu", made->pages,
               (unsigned long long)made->digest.a, (unsigned long long)made->digest.b,
               (unsigned long long)made->microseconds);
    put_findings(b, found);
}

void report_put(Report *r, const char *entry, const char *base, const Made *made)
{
    Buf *b = &r->line;
    buf_str(b, r->n++ ? ",\n" : "\n");
    buf_str(b, entry);
    if (base && made->part) {
        Arena *a = arena_new();
        buf_str(b, ",\"print\":{\"path\":");
        buf_json(b, merge_path(a, base, made->part));
        buf_format(b, ",\"firstPage\":%u}", made->first_page);
        arena_free(a);
    }
    buf_chr(b, '}');
    put_line(r);
}

void report_end(Report *r, const BatchCount *c, size_t refused, Diags *d)
{
    if (!r)
        return;
    buf_format(&r->line, "\n],\n\"made\":%zu,\"unchanged\":%zu,\"frozen\":%zu,\"failed\":%zu,"
               "\"notBegun\":%zu,\"files\":%zu,\"pages\":%zu,\"bytes\":%llu}\n", c->documents,
               c->left, c->frozen, c->failed + refused, c->not_begun, c->files, c->pages,
               (unsigned long long)c->bytes);
    put_line(r);
    bool good = output_commit(r->out, d);
    (void)good;                 /* else a finding says so */
    buf_free(&r->line);
    free(r);
}
