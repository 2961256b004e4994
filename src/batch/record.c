/* SPDX-License-Identifier: MIT */
/* One record: filled, laid out, written. */
#include "internal.h"

#include <string.h>

static const char producer[] = "skryba";

bool batch_write_pdf(const LayoutDoc *l, PdfCache *cache, const char *title, const char *path,
                     Diags *d)
{
    Output *out = output_open(path, d);
    if (!out)
        return false;
    const PdfOptions o = {
        .cache = cache, .producer = producer, .title = title ? title : l->title,
        .language = l->language, .subject = l->subject, .date = l->date,
    };
    PdfFile *f = pdf_begin(out, &o);
    if (!pdf_add(f, l, d)) {
        pdf_abort(f);
        output_abort(out);
        return false;
    }
    if (!pdf_end(f, d)) {
        output_abort(out);
        return false;
    }
    return output_commit(out, d);
}

/* ---- dumps ---- */

static void print_dump(const Plan *plan, const char *name, Buf *text)
{
    FILE *out = plan->batch->o.dump_to;
    fprintf(out, "# %s\n", name);
    fwrite(text->p, 1, text->n, out);
    buf_free(text);
}

void record_dump_template(const Plan *plan, const Job *job)
{
    Buf text = {0};
    if (plan->batch->o.dump == BATCH_DUMP_DOCUMENT)
        odf_dump(template_document(job->template)->body, &text);
    else
        template_dump(job->template, &text);
    print_dump(plan, template_name(job->template), &text);
}

static void dump_record(const Plan *plan, const Task *task, const OdfDoc *doc, const LayoutDoc *l)
{
    Buf text = {0};
    if (plan->batch->o.dump == BATCH_DUMP_FILLED)
        odf_dump(doc->body, &text);
    else if (plan->batch->o.dump == BATCH_DUMP_BOXES)
        layout_dump(l, &text);
    else
        layout_dump_structure(l, &text);
    print_dump(plan, task->path, &text);
}

/* ---- files ---- */

static bool write_odt(Plan *plan, const Task *task, OdfDoc *doc, Arena *a)
{
    Buf bytes = {0};
    const OdfWriteOptions o = { .generator = producer };
    if (task->job->mark)
        mark_document(doc, task->job->mark, a);
    bool good = odf_write_package(doc, &o, &bytes, plan->d) &&
                output_write(arena_format(a, "%s.odt", task->path), bytes.p, bytes.n, plan->d);
    buf_free(&bytes);
    return good;
}

/* The PDF first: what cannot be laid out or printed leaves no ODT either. */
static bool write_files(Plan *plan, const Task *task, OdfDoc *doc, const LayoutDoc *l, Arena *a)
{
    Batch *b = plan->batch;
    if (b->o.pdf) {
        if (!batch_write_pdf(l, b->cache, NULL, arena_format(a, "%s.pdf", task->path), plan->d))
            return false;
        b->count.files++;
    }
    if (b->o.odt) {
        if (!write_odt(plan, task, doc, a))
            return false;
        b->count.files++;
    }
    return true;
}

bool record_make(Plan *plan, const Task *task, Arena *a)
{
    const BatchOptions *o = &plan->batch->o;
    Job *job = task->job;
    OdfDoc doc = {0};
    if (!template_fill(job->template, job->env, &job->records.item[task->number - 1],
                       (int)task->number, (int)job->records.n, a, &doc, plan->d))
        return false;
    if (o->dump == BATCH_TRY)
        return true;
    doc.date = o->date ? arena_format(a, "%sT00:00:00", o->date) : NULL;
    const LayoutOptions lo = {
        .fonts = o->fonts, .regenerate = true, .mark = job->mark, .date = o->date,
    };
    LayoutDoc *l = layout_run(&doc, &lo, plan->d);
    if (!l)
        return false;
    bool good = true;
    if (o->dump)
        dump_record(plan, task, &doc, l);
    else
        good = write_files(plan, task, &doc, l, a);
    layout_free(l);
    return good;
}
