/* SPDX-License-Identifier: MIT */
/* Which face a style gets: the installed family of its name, else the one LibreOffice takes
 * (writer-layout, frames-styles 4.1); and who helps out for a missing character. */
#include "internal.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* What LibreOffice 7.4 takes for families that are not installed; all others: DejaVu Sans. */
static const struct { const char *asked, *got; } twins[] = {
    { "Albany", "Liberation Sans" },          { "Albany AMT", "Liberation Sans" },
    { "Arial", "Liberation Sans" },           { "Helvetica", "Liberation Sans" },
    { "Nimbus Sans L", "Liberation Sans" },   { "Times New Roman", "Liberation Serif" },
    { "Times", "Liberation Serif" },          { "Thorndale", "Liberation Serif" },
    { "Thorndale AMT", "Liberation Serif" },  { "Nimbus Roman No9 L", "Liberation Serif" },
    { "Courier New", "Liberation Mono" },     { "Courier", "Liberation Mono" },
    { "Cumberland", "Liberation Mono" },      { "Cumberland AMT", "Liberation Mono" },
    { "Calibri", "Carlito" },                 { "Cambria", "Caladea" },
    { "Symbol", "OpenSymbol" },               { "Wingdings", "OpenSymbol" },
    { "Webdings", "OpenSymbol" },             { "StarSymbol", "OpenSymbol" },
    { "Wingdings 2", "OpenSymbol" },          { "Wingdings 3", "OpenSymbol" },
    { "ZapfDingbats", "OpenSymbol" },         { "ITC Zapf Dingbats", "OpenSymbol" },
    { "Monotype Sorts", "OpenSymbol" },       { "Zapf Dingbats", "OpenSymbol" },
    { "Georgia", "DejaVu Serif" },            { "Garamond", "DejaVu Serif" },
    { "Palatino Linotype", "DejaVu Serif" },  { "Constantia", "DejaVu Serif" },
    { "FreeSerif", "DejaVu Serif" },          { "SimSun", "DejaVu Serif" },
    { "Bitstream Vera Serif", "DejaVu Serif" }, { "serif", "DejaVu Serif" },
    { "Consolas", "DejaVu Sans Mono" },       { "FreeMono", "DejaVu Sans Mono" },
    { "Andale Mono", "DejaVu Sans Mono" },    { "Monospace", "DejaVu Sans Mono" },
    { "Bitstream Vera Sans Mono", "DejaVu Sans Mono" }, { "Cambria Math", "DejaVu Math TeX Gyre" },
};

static void list_installed(TextFonts *f, FcFontSet *set)
{
    for (int i = 0; set && i < set->nfont; i++) {
        Installed n = { .pattern = set->fonts[i] };
        FcChar8 *file;
        FcCharSet *characters;
        FcBool variable = FcFalse, scalable = FcTrue;
        double weight = FC_WEIGHT_REGULAR;
        int slant = FC_SLANT_ROMAN, spacing = FC_PROPORTIONAL;
        FcPatternGetBool(n.pattern, FC_VARIABLE, 0, &variable);
        FcPatternGetBool(n.pattern, FC_SCALABLE, 0, &scalable);
        if (variable || !scalable || FcPatternGetString(n.pattern, FC_FILE, 0, &file) ||
            FcPatternGetCharSet(n.pattern, FC_CHARSET, 0, &characters))
            continue;
        FcPatternGetInteger(n.pattern, FC_INDEX, 0, &n.index);
        FcPatternGetDouble(n.pattern, FC_WEIGHT, 0, &weight);
        FcPatternGetInteger(n.pattern, FC_SLANT, 0, &slant);
        FcPatternGetInteger(n.pattern, FC_SPACING, 0, &spacing);
        n.file = (const char *)file;
        n.characters = characters;
        n.weight = (unsigned)(FcWeightToOpenTypeDouble(weight) + 0.5);
        n.italic = slant != FC_SLANT_ROMAN;
        n.fixed_pitch = spacing >= FC_DUAL;
        vec_push(&f->installed, n);
    }
}

static int by_file(const void *a, const void *b)
{
    const Installed *x = a, *y = b;
    int c = strcmp(x->file, y->file);
    return c ? c : x->index - y->index;
}

TextFonts *text_fonts_open(const char *dir, Diags *d)
{
    char *conf = data_file("fonts/fonts.conf");
    FcConfig *config = FcConfigCreate();
    if (!conf || !config || !FcConfigParseAndLoad(config, (const FcChar8 *)conf, FcTrue)) {
        diag_add(d, DIAG_font_config, NULL, (char *)NULL);
        free(conf);
        if (config)
            FcConfigDestroy(config);
        return NULL;
    }
    free(conf);
    if (dir)
        FcConfigAppFontAddDir(config, (const FcChar8 *)dir);
    TextFonts *f = mem_new(sizeof *f);
    f->arena = arena_new();
    f->shaped_arena = arena_new();
    f->hyphens_arena = arena_new();
    f->asked = map_new(f->arena);
    f->shapers = map_new(f->shaped_arena);
    f->hyphens = map_new(f->hyphens_arena);
    f->config = config;
    f->buffer = hb_buffer_create();
    FcConfigBuildFonts(config);
    list_installed(f, FcConfigGetFonts(config, FcSetSystem));
    list_installed(f, FcConfigGetFonts(config, FcSetApplication));
    if (f->installed.n)
        qsort(f->installed.p, f->installed.n, sizeof *f->installed.p, by_file);
    if (f->installed.n && hb_buffer_allocation_successful(f->buffer))
        return f;
    diag_add(d, DIAG_font_none, NULL, (char *)NULL);
    text_fonts_free(f);
    return NULL;
}

void text_fonts_free(TextFonts *f)
{
    if (!f)
        return;
    for (size_t i = 0; i < f->face.n; i++)
        face_close(f->face.p[i]);
    for (size_t i = 0; i < f->installed.n; i++)
        if (f->installed.p[i].face)
            hb_face_destroy(f->installed.p[i].face->hb);
    hyphens_free(f);
    vec_free(&f->face);
    vec_free(&f->installed);
    vec_free(&f->glyph);
    vec_free(&f->offset);
    vec_free(&f->word);
    hb_buffer_destroy(f->buffer);
    FcConfigDestroy(f->config);
    arena_free(f->arena);
    arena_free(f->shaped_arena);
    arena_free(f->hyphens_arena);
    free(f);
}

static bool has_family(const Installed *n, const char *family)
{
    FcChar8 *name;
    for (int i = 0; FcPatternGetString(n->pattern, FC_FAMILY, i, &name) == FcResultMatch; i++)
        if (!strcasecmp((const char *)name, family))
            return true;
    return false;
}

/* The installed face of a family nearest to a slant and weight; NULL: no such family. */
static Installed *nearest(TextFonts *f, const char *family, unsigned weight, bool italic)
{
    Installed *best = NULL;
    unsigned least = UINT32_MAX;
    for (size_t i = 0; i < f->installed.n; i++) {
        Installed *n = &f->installed.p[i];
        if (!has_family(n, family))
            continue;
        unsigned away = n->weight > weight ? n->weight - weight : weight - n->weight;
        away += n->italic != italic ? 10000 : 0;
        if (away < least) {
            least = away;
            best = n;
        }
    }
    return best;
}

/* Asked for with fixed pitch, only these do not become DejaVu Sans Mono. */
static bool keeps_pitch(const char *family)
{
    static const char *const names[] = { "Arial", "Times New Roman", "Courier New", "Calibri",
                                         "Cambria" };
    for (size_t i = 0; i < COUNT(names); i++)
        if (!strcasecmp(names[i], family))
            return true;
    return false;
}

static const char *twin(const char *family, bool fixed_pitch)
{
    for (size_t i = 0; i < COUNT(twins); i++)
        if (!strcasecmp(twins[i].asked, family) && (!fixed_pitch || keeps_pitch(family)))
            return twins[i].got;
    return fixed_pitch ? "DejaVu Sans Mono" : "DejaVu Sans";
}

typedef struct { const TextFace *face; bool substituted; } Choice;

const TextFace *text_face(TextFonts *f, const char *family, unsigned weight, bool italic,
                          bool fixed_pitch, bool *substituted)
{
    char key[300];
    unsigned want = weight >= 600 ? 700 : 400;
    int n = snprintf(key, sizeof key, "%.250s/%u/%d/%d", family ? family : "", want, italic,
                     fixed_pitch);
    Choice *c = map_get(f->asked, key, (size_t)n);
    if (!c) {
        c = ARENA_NEW(f->arena, Choice);
        Installed *i = family ? nearest(f, family, want, italic) : NULL;
        c->substituted = !i;
        if (!i)
            i = nearest(f, twin(family ? family : "", fixed_pitch), want, italic);
        if (!i)
            i = &f->installed.p[0];
        const TextFace *face = face_load(f, i);
        for (size_t k = 0; !face && k < f->installed.n; k++)    /* a broken file: any other face */
            face = face_load(f, &f->installed.p[k]);
        if (!face)
            mem_fail();
        c->face =
            face_synthetic(f, face, want >= 600 && face->weight < 600, italic && !face->italic);
        map_put(f->asked, key, (size_t)n, c);
    }
    if (substituted)
        *substituted = c->substituted;
    return c->face;
}

static bool serif(const char *family)
{
    return strstr(family, "Serif") || strstr(family, "Caladea") || strstr(family, "Libertine");
}

const TextFace *text_fallback(TextFonts *f, const TextFace *face, uint32_t c)
{
    const char *first[] = { "DejaVu Serif", "DejaVu Math TeX Gyre", "DejaVu Sans", "OpenSymbol" };
    unsigned want = face->weight >= 600 || face->synthetic_bold ? 700 : 400;
    bool italic = face->italic || face->synthetic_italic;
    Installed *found = NULL;
    for (size_t i = serif(face->family) ? 0 : 2; i < COUNT(first) && !found; i++) {
        found = nearest(f, first[i], want, italic);
        if (found && !FcCharSetHasChar(found->characters, c))
            found = NULL;
    }
    for (size_t i = 0; i < f->installed.n && !found; i++)
        if (FcCharSetHasChar(f->installed.p[i].characters, c))
            found = &f->installed.p[i];
    const TextFace *r = found ? face_load(f, found) : NULL;
    return r ? face_synthetic(f, r, want >= 600 && r->weight < 600, italic && !r->italic) : NULL;
}

size_t text_face_count(const TextFonts *f)
{
    return f->face.n;
}

const TextFace *text_face_at(const TextFonts *f, unsigned id)
{
    return f->face.p[id];
}
