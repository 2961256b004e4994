/* SPDX-License-Identifier: MIT */
/* Names of elements and attributes as numbers, in one table of the process.
 *
 * A namespace is what its URI says, whatever the prefix.  Foreign namespaces keep the prefix of
 * their file, so that what is written does not depend on what was read before; only where one means
 * two things it is made longer. */
#include "internal.h"

#include <stdlib.h>
#include <string.h>

#define OASIS "urn:oasis:names:tc:opendocument:xmlns:"
typedef struct { const char *prefix, *uri, *older; bool standard; const char *asked; } Namespace;

/* ODF 1.3 part 3 section 2.2.1; the older URIs are of OpenOffice.org 1.x, and some are still
 * written by programs of today. */
static const Namespace known_spaces[] = {
    { "", "", NULL, true, NULL },
    { "office", OASIS "office:1.0", "http://openoffice.org/2000/office", true, NULL },
    { "meta", OASIS "meta:1.0", "http://openoffice.org/2000/meta", true, NULL },
    { "config", OASIS "config:1.0", "http://openoffice.org/2001/config", true, NULL },
    { "text", OASIS "text:1.0", "http://openoffice.org/2000/text", true, NULL },
    { "table", OASIS "table:1.0", "http://openoffice.org/2000/table", true, NULL },
    { "draw", OASIS "drawing:1.0", "http://openoffice.org/2000/drawing", true, NULL },
    { "presentation", OASIS "presentation:1.0", "http://openoffice.org/2000/presentation", true,
      NULL },
    { "dr3d", OASIS "dr3d:1.0", "http://openoffice.org/2000/dr3d", true, NULL },
    { "anim", OASIS "animation:1.0", NULL, true, NULL },
    { "chart", OASIS "chart:1.0", "http://openoffice.org/2000/chart", true, NULL },
    { "form", OASIS "form:1.0", "http://openoffice.org/2000/form", true, NULL },
    { "script", OASIS "script:1.0", "http://openoffice.org/2000/script", true, NULL },
    { "style", OASIS "style:1.0", "http://openoffice.org/2000/style", true, NULL },
    { "number", OASIS "datastyle:1.0", "http://openoffice.org/2000/datastyle", true, NULL },
    { "db", OASIS "database:1.0", NULL, true, NULL },
    { "manifest", OASIS "manifest:1.0", "http://openoffice.org/2001/manifest", true, NULL },
    { "fo", OASIS "xsl-fo-compatible:1.0", "http://www.w3.org/1999/XSL/Format", true, NULL },
    { "svg", OASIS "svg-compatible:1.0", "http://www.w3.org/2000/svg", true, NULL },
    { "smil", OASIS "smil-compatible:1.0", NULL, true, NULL },
    { "xlink", "http://www.w3.org/1999/xlink", NULL, true, NULL },
    { "dc", "http://purl.org/dc/elements/1.1/", NULL, true, NULL },
    { "math", "http://www.w3.org/1998/Math/MathML", NULL, true, NULL },
    { "xforms", "http://www.w3.org/2002/xforms", NULL, true, NULL },
    { "xhtml", "http://www.w3.org/1999/xhtml", NULL, true, NULL },
    { "grddl", "http://www.w3.org/2003/g/data-view#", NULL, true, NULL },
    { "xml", "http://www.w3.org/XML/1998/namespace", NULL, true, NULL },
    { "loext", "urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0", NULL, false,
      NULL },
    { "officeooo", "http://openoffice.org/2009/office", NULL, false, NULL },
    { "field", "urn:openoffice:names:experimental:ooo-ms-interop:xmlns:field:1.0", NULL, false,
      NULL },
};

static struct { const char *prefix, *local; } known[] = {
    { "", "" },
#define N(constant, prefix, local) { prefix, local },
#include "names.def"
#undef N
};

static Arena *arena;            /* of the process: never freed */
static VEC(OdfNameInfo) names;
static VEC(Namespace) spaces;
static Map *by_key;             /* namespace number and local name -> number of the name */

static bool ends(const char *s, const char *end)
{
    size_t n = strlen(s), m = strlen(end);
    return n >= m && !strcmp(s + n - m, end);
}

static OdfName add_name(OdfNs ns, const char *local)
{
    size_t len = strlen(local);
    char key[2 + XML_NAME];
    if (len > XML_NAME)
        return ODF_CHARACTERS;
    memcpy(key, &ns, 2);
    memcpy(key + 2, local, len);
    void *found = map_get(by_key, key, len + 2);
    if (found)
        return (OdfName)(uintptr_t)found;
    if (names.n > UINT16_MAX)
        return ODF_CHARACTERS;
    const char *prefix = spaces.p[ns].prefix;
    const char *text =
        *prefix ? arena_format(arena, "%s:%s", prefix, local) : arena_str(arena, local);
    bool reference = ends(local, "style-name") || !strcmp(local, "page-layout-name");
    OdfNameInfo info = { text, (uint16_t)strlen(text), ns, reference };
    vec_push(&names, info);
    map_put(by_key, key, len + 2, (void *)(uintptr_t)(names.n - 1));
    return (OdfName)(names.n - 1);
}

static OdfNs space_by_prefix(const char *prefix, size_t len)
{
    for (size_t i = 1; i < spaces.n; i++)
        if (!strncmp(spaces.p[i].prefix, prefix, len) && !spaces.p[i].prefix[len])
            return (OdfNs)i;
    return 0;
}

static void start(void)
{
    if (arena)
        return;
    arena = arena_new();
    by_key = map_new(arena);
    for (size_t i = 0; i < COUNT(known_spaces); i++)
        vec_push(&spaces, known_spaces[i]);
    vec_push(&names, (OdfNameInfo){ .text = "" });
    for (size_t i = 1; i < COUNT(known); i++)
        add_name(space_by_prefix(known[i].prefix, strlen(known[i].prefix)), known[i].local);
}

OdfNs odf_namespace(const char *prefix, const char *uri)
{
    start();
    for (size_t i = 1; i < spaces.n; i++) {
        const Namespace *s = &spaces.p[i];
        bool same = !strcmp(s->uri, uri) || (s->older && !strcmp(s->older, uri));
        if (same && (i < COUNT(known_spaces) || str_equal(s->asked, prefix)))
            return (OdfNs)i;
    }
    if (spaces.n == ODF_NAMESPACES)
        return 0;
    Namespace s = { .prefix = arena_str(arena, prefix), .uri = arena_str(arena, uri) };
    s.asked = s.prefix;
    if (space_by_prefix(prefix, strlen(prefix))) {
        Digest d = {0};
        digest_add(&d, uri, strlen(uri));
        s.prefix = arena_format(arena, "%s-%08x", prefix, (unsigned)(d.a >> 32));
    }
    vec_push(&spaces, s);
    return (OdfNs)(spaces.n - 1);
}

const char *odf_ns_prefix(OdfNs ns)
{
    return spaces.p[ns].prefix;
}

const char *odf_ns_uri(OdfNs ns)
{
    return spaces.p[ns].uri;
}

bool odf_ns_standard(OdfNs ns)
{
    return spaces.p[ns].standard;
}

OdfName odf_name_in(OdfNs ns, const char *local)
{
    start();
    return add_name(ns, local);
}

const OdfNameInfo *odf_name_info(OdfName name)
{
    start();
    return &names.p[name < names.n ? name : 0];
}

const char *odf_name_text(OdfName name)
{
    return odf_name_info(name)->text;
}

OdfName odf_name(const char *qualified)
{
    start();
    const char *colon = strchr(qualified, ':');
    if (!colon)
        return add_name(0, qualified);
    OdfNs ns = space_by_prefix(qualified, (size_t)(colon - qualified));
    if (!ns) {                  /* a prefix of nobody stands for itself */
        const char *prefix = arena_dup(arena, qualified, (size_t)(colon - qualified));
        ns = odf_namespace(prefix, prefix);
    }
    return add_name(ns, colon + 1);
}
