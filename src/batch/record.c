/* SPDX-License-Identifier: MIT */
/* One record: filled, laid out, written under a temporary name. */
#include "internal.h"

#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const char producer[] = "skryba";
const char *const out_ending[OUT_COUNT] = { ".pdf", ".odt" };

/* ---- PDF ---- */

static bool write_pdf(Output *out, const LayoutDoc *l, PdfCache *cache, const char *title,
                      bool beside, Diags *d)
{
    const PdfOptions o = {
        .cache = cache, .producer = producer, .title = title ? title : l->title,
        .language = l->language, .subject = l->subject, .date = l->date, .beside = beside,
    };
    PdfFile *f = pdf_begin(out, &o);
    if (pdf_add(f, l, d))
        return pdf_end(f, d);
    pdf_abort(f);
    return false;
}

bool batch_write_pdf(const LayoutDoc *l, PdfCache *cache, const char *title, const char *path,
                     Diags *d)
{
    Output *out = output_open(path, d);
    if (!out)
        return false;
    if (write_pdf(out, l, cache, title, true, d))
        return output_commit(out, d);
    output_abort(out);
    return false;
}

static bool stage_pdf(const Batch *b, const LayoutDoc *l, const char *path, OutputSum *sum,
                      Diags *d)
{
    Output *out = output_open_staged(path, d);
    if (!out)
        return false;
    if (write_pdf(out, l, b->cache, NULL, !b->o.workers, d))
        return output_stage(out, sum, d);
    output_abort(out);
    return false;
}

/* ---- pages of a print file ---- */

MergeOptions merge_options(const BatchOptions *o)
{
    return (MergeOptions){ .duplex = o->duplex, .overwrite = o->overwrite,
                           .pages = o->merge_pages, .date = o->date, .fonts = o->fonts };
}

/* A blank back, so that the next record begins on a right-hand page. */
static void add_back(LayoutDoc *l)
{
    LayoutPage *back = ARENA_NEW(l->arena, LayoutPage);
    back->width = l->page.p[l->page.n - 1]->width;
    back->height = l->page.p[l->page.n - 1]->height;
    back->label = "";
    vec_push(&l->page, back);
}

/* Labels and bookmarks go by the record's number: "12-1" is its first page. */
static bool make_piece(const Batch *b, const Task *task, LayoutDoc *l, Made *made, Buf *piece,
                       Diags *d)
{
    const PdfOptions o = { .cache = b->cache, .parts = true,
                           .language = template_language(task->job->template) };
    made->pages = (uint32_t)l->page.n;
    made->wide = l->page.n && l->page.p[0]->width > l->page.p[0]->height;
    for (size_t i = 0; i < l->page.n; i++)
        l->page.p[i]->label = arena_format(l->arena, "%u-%zu", task->number, i + 1);
    l->title = arena_format(l->arena, "%u. %s", task->number, l->title ? l->title : "");
    if (b->o.duplex && l->page.n % 2)
        add_back(l);
    return pdf_piece(&o, l, piece, d);
}

/* ---- ODT ---- */

static bool stage_odt(const Task *task, OdfDoc *doc, const char *path, Arena *a, OutputSum *sum,
                      Diags *d)
{
    Buf bytes = {0};
    const OdfWriteOptions o = { .generator = producer };
    if (task->job->mark)
        mark_document(doc, task->job->mark, a);
    bool good = odf_write_package(doc, &o, &bytes, d);
    Output *out = good ? output_open_staged(path, d) : NULL;
    good = out != NULL;
    if (good) {
        output_put(out, bytes.p, bytes.n);
        good = output_stage(out, sum, d);
    }
    buf_free(&bytes);
    return good;
}

/* ---- dumps ---- */

static void print_dump(const Batch *b, const char *name, Buf *text)
{
    FILE *out = b->o.dump_to;
    fprintf(out, "# %s\n", name);
    fwrite(text->p, 1, text->n, out);
    buf_free(text);
}

void record_dump_template(const Batch *b, const Job *job)
{
    Buf text = {0};
    if (b->o.dump == BATCH_DUMP_DOCUMENT)
        odf_dump(template_document(job->template)->body, &text);
    else
        template_dump(job->template, &text);
    print_dump(b, template_name(job->template), &text);
}

static void dump_record(const Batch *b, const Task *task, const OdfDoc *doc, const LayoutDoc *l)
{
    Buf text = {0};
    if (b->o.dump == BATCH_DUMP_FILLED)
        odf_dump(doc->body, &text);
    else if (b->o.dump == BATCH_DUMP_BOXES)
        layout_dump(l, &text);
    else
        layout_dump_structure(l, &text);
    print_dump(b, task->path, &text);
}

/* ---- what is there already ---- */

static const xmlNode *node_of(const Task *task)
{
    const xmlNode *node = task->job->records.item[task->record - 1].node;
    return node->type == XML_ELEMENT_NODE ? node : NULL;
}

const char *task_issue_number(const Task *task)
{
    const xmlNode *node = node_of(task);
    const char *number = node ? xml_attr(node, "number") : NULL;
    return number || !node ? number : xml_attr(node, "id");
}

/* The data call a paper issued by its state, or because somebody has received it. */
static bool is_issued(const Task *task)
{
    const xmlNode *node = node_of(task);
    return node && (str_equal(xml_attr(node, "status"), "issued") || xml_attr(node, "received"));
}

static bool may_reissue(const Batch *b, const Task *task)
{
    const char *number = task_issue_number(task);
    for (size_t i = 0; number && i < b->o.n_reissue; i++)
        if (!strcmp(b->o.reissue[i], number))
            return true;
    return false;
}

static Place place_of(const Task *task)
{
    const Job *job = task->job;
    Place p = project_place(job->plan->project, job->records.item[task->record - 1].node);
    p.source = NULL;
    return p;
}

/* Whether a record's file may stay as it is.  *made->state is LEFT or FROZEN then; FAILED with a
 * finding when the paper was issued, is gone, and would now be another one. */
static bool stays(const Batch *b, const Task *task, int out, Arena *a, Made *made, Diags *d)
{
    const Plan *plan = task->job->plan;
    const char *path = arena_format(a, "%s%s", task->path, out_ending[out]);
    const Entry *e = journal_find(plan->folder->journal, path + strlen(plan->name) + 1);
    struct stat st;
    if (!e)
        return false;
    bool same = e->digest.a == made->digest.a && e->digest.b == made->digest.b;
    bool there = !lstat(path, &st) && S_ISREG(st.st_mode) && (uint64_t)st.st_size == e->sum.size;
    bool issued = e->issued && !may_reissue(b, task);
    if (same)
        return there && (issued || b->o.resume);
    if (!issued)
        return false;
    Place place = place_of(task);
    made->state = there ? FROZEN : FAILED;
    diag_add(d, there ? DIAG_batch_frozen : DIAG_batch_frozen_missing, &place, path,
             task_issue_number(task), (char *)NULL);
    return true;
}

/* ---- making ---- */

/* The PDF first: what cannot be laid out or printed leaves no ODT either. */
static bool stage(Batch *b, const Task *task, OdfDoc *doc, const LayoutDoc *l, Arena *a,
                  Made *made, Diags *d)
{
    const char *pdf = arena_format(a, "%s.pdf", task->path);
    const char *odt = arena_format(a, "%s.odt", task->path);
    made->pages = (uint32_t)l->page.n;
    made->has[OUT_PDF] = b->o.pdf && stage_pdf(b, l, pdf, &made->sum[OUT_PDF], d);
    if (b->o.pdf && !made->has[OUT_PDF])
        return false;
    made->has[OUT_ODT] = b->o.odt && stage_odt(task, doc, odt, a, &made->sum[OUT_ODT], d);
    return !b->o.odt || made->has[OUT_ODT];
}

static void make(Batch *b, const Task *task, OdfDoc *doc, Arena *a, Made *made, Buf *piece,
                 Diags *d)
{
    const LayoutOptions lo = {
        .fonts = b->o.fonts, .regenerate = true, .mark = task->job->mark, .date = b->o.date,
    };
    LayoutDoc *l = layout_run(doc, &lo, d);
    if (!l)
        return;
    bool good = true;
    if (b->o.dump)
        dump_record(b, task, doc, l);
    else if (b->o.merge)
        good = make_piece(b, task, l, made, piece, d);
    else
        good = stage(b, task, doc, l, a, made, d);
    layout_free(l);
    if (good)
        made->state = MADE;
    else
        commit_drop(task, made, (long)getpid());
}

/* True: all its files stay as they are, or one of them forbids to make it. */
static bool left(const Batch *b, const Task *task, Arena *a, Made *made, Diags *d)
{
    const bool wanted[OUT_COUNT] = { b->o.pdf, b->o.odt };
    bool all = true;
    made->state = LEFT;
    for (int i = 0; i < OUT_COUNT && made->state == LEFT; i++)
        if (wanted[i])
            all &= stays(b, task, i, a, made, d);
    return all || made->state != LEFT;
}

/* The filled document, and the digest of all that decides what is in it. */
static bool fill(Batch *b, const Task *task, Arena *a, OdfDoc *doc, Digest *digest, Diags *d)
{
    const char *date = b->o.date, *mark = task->job->mark;
    Job *job = task->job;
    *digest = job->style;
    if (!template_fill(job->template, job->env, &job->records.item[task->record - 1],
                       (int)task->record, (int)job->records.n, a, doc, d))
        return false;
    doc->date = date ? arena_format(a, "%sT00:00:00", date) : NULL;
    if (b->o.dump)
        return true;
    digest_document(digest, doc);
    digest_add(digest, mark ? mark : "", mark ? strlen(mark) : 0);
    return true;
}

bool record_digest(Batch *b, const Task *task, Arena *a, Digest *digest)
{
    Diags *d = diags_new(LANG_EN);
    OdfDoc doc = {0};
    bool good = fill(b, task, a, &doc, digest, d);
    diags_free(d);
    return good;
}

Made record_make(Batch *b, const Task *task, Arena *a, Buf *piece, Diags *d)
{
    const BatchOptions *o = &b->o;
    OdfDoc doc = {0};
    Made made = { .state = FAILED };
    double start = batch_now();
    if (!fill(b, task, a, &doc, &made.digest, d))
        return made;
    if (o->dump == BATCH_TRY) {
        made.state = MADE;
        return made;
    }
    made.issued = !o->draft && !o->merge && is_issued(task);
    if (o->dump || o->merge || !left(b, task, a, &made, d)) {
        made.state = FAILED;
        make(b, task, &doc, a, &made, piece, d);
    }
    made.microseconds = (uint64_t)((batch_now() - start) * 1e6);
    return made;
}

void record_trim(Batch *b)
{
    if (b->o.fonts)
        text_trim(b->o.fonts);
}
