/* SPDX-License-Identifier: MIT */
/* The names of folders and print files, which may hold tags. */
#include "internal.h"

#include <libxml/xpathInternals.h>
#include <string.h>

/* The end of a tag's expression: }} outside of its literals. */
static const char *tag_end(const char *p)
{
    for (char quote = 0; *p; p++) {
        if (quote)
            quote = *p == quote ? 0 : quote;
        else if (*p == '"' || *p == '\'')
            quote = *p;
        else if (p[0] == '}' && p[1] == '}')
            return p;
    }
    return NULL;
}

/* One tag's value, as a single step of a path. */
static bool put_tag(Arena *a, ExprEnv *env, const Project *p, const char *text, size_t len,
                    Buf *out, ExprError *error)
{
    Expr *x = expr_compile(env, text, len, NULL, error);
    Buf value = {0};
    bool good = x && expr_string(env, x, project_root(p), 1, 1, &value, error);
    const char *name = good ? template_safe_name(a, value.p ? value.p : "", value.n) : NULL;
    if (name)
        buf_str(out, name);
    buf_free(&value);
    expr_free(x);
    return good && name;
}

static const char *fill_tags(Arena *a, ExprEnv *env, const char *text, const Project *p, Diags *d)
{
    ExprError error = {0};
    Place here = { .label = text };
    Buf out = {0};
    bool good = true;
    for (const char *s = text, *tag; *s && good; ) {
        tag = strstr(s, "{{");
        const char *end = tag ? tag_end(tag + 2) : NULL;
        buf_put(&out, s, tag ? (size_t)(tag - s) : strlen(s));
        if (!tag)
            break;
        good = end && put_tag(a, env, p, tag + 2, (size_t)(end - tag - 2), &out, &error);
        s = end ? end + 2 : s;
    }
    if (!good && error.arg[0][0])
        expr_report(d, &error, &here);
    else if (!good)
        diag_add(d, DIAG_batch_folder, &here, (char *)NULL);
    const char *r = good ? arena_dup(a, out.p ? out.p : "", out.n) : NULL;
    buf_free(&out);
    return r;
}

const char *batch_folder(Arena *a, const char *folder, const Project *p, const char *date, Diags *d)
{
    ExprEnv *env = plan_env(p, date);
    const char *r = fill_tags(a, env, folder, p, d);
    expr_env_free(env);
    return r;
}

size_t batch_split(const char *path)
{
    size_t name = 0;
    for (const char *s = path; *s; s++) {
        const char *end = s[0] == '{' && s[1] == '{' ? tag_end(s + 2) : NULL;
        if (end)
            s = end + 1;
        else if (*s == '/')
            name = (size_t)(s - path) + 1;
    }
    return name;
}

/* One file for each template: its name is $template, and is put before the ending where the data
 * feed several templates and the file's name does not ask for it. */
const char *merge_name(Plan *plan, const Job *job)
{
    const char *text = plan->batch->o.merge, *template = template_name(job->template);
    ExprEnv *env = plan_env(plan->project, plan->batch->o.date);
    expr_env_variable(env, "template", xmlXPathNewString((const xmlChar *)template));
    const char *name = fill_tags(plan->arena, env, text, plan->project, plan->d);
    expr_env_free(env);
    if (!name || plan->jobs.n < 2 || strstr(text, "$template"))
        return name;
    const char *dot = strrchr(name, '.');
    size_t base = dot ? (size_t)(dot - name) : strlen(name);
    return arena_format(plan->arena, "%.*s-%s%s", (int)base, name, template, dot ? dot : "");
}
