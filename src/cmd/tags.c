/* SPDX-License-Identifier: MIT */
/* skryba tags: the tags of a template, in reading order. */
#include "internal.h"

#include "template/template.h"

static void show(const Template *t, Lang lang)
{
    TemplateTag tag;
    for (size_t i = 0; template_tag(t, i, lang, &tag); i++)
        printf("%s: %s: %s\n", tag.place.label ? tag.place.label : template_name(t), tag.what,
               tag.typed);
}

int cmd_tags(int argc, char **argv)
{
    const CmdSpec spec = {
        "tags", "TEMPLATE", 1, 1,
        { "Lists the tags of a template, each with its place and its kind.",
          "Wymienia znaczniki szablonu: każdy z miejscem i rodzajem." },
        NULL, 0
    };
    Cmd c;
    int status = cmd_start(&c, &spec, argc, argv);
    if (status != CMD_GO_ON)
        return status;
    Arena *a = arena_new();
    ExprEnv *env = expr_env_new(NULL);
    const TemplateOptions o = {0};
    const char *path = batch_template_path(a, c.operand[0]);
    Template *t = path ? template_load(path, &o, env, c.d) : NULL;
    if (!path)
        diag_add(c.d, DIAG_batch_no_template, NULL, c.operand[0], (char *)NULL);
    if (t)
        show(t, c.lang);
    template_free(t);
    expr_env_free(env);
    arena_free(a);
    return cmd_end(&c);
}
