/* SPDX-License-Identifier: MIT */
/* The tags in the text of one paragraph.  The text is read flat, over spans, links, bookmarks and
 * unknown elements; each tag becomes a node where its first character stood and has its style. */
#include "internal.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* A node of the text, and where its text is in the flat one; NULL: it was taken out. */
typedef struct { Work *node; size_t start, len; } Piece;
/* An element that groups text, and the part of the flat text inside. */
typedef struct { Work *node; size_t start, end; } Group;
typedef struct { Tag *tag; size_t start, end; Work *work; } Found;

typedef struct {
    Compile *c;
    Work *paragraph;
    Buf flat;
    bool space;                 /* white space now would collapse */
    VEC(Piece) piece;
    VEC(Group) group;
    VEC(Found) found;
} Text;

static bool is_white(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/* Adds characters with their white space collapsed (ODF 1.3 part 3, 6.1.2). */
static void collect_characters(Text *t, Work *w)
{
    size_t start = t->flat.n;
    for (const char *s = w->node->text, *end = s + w->node->n_kid; s < end; s++) {
        bool white = is_white(*s);
        if (!white || !t->space)
            buf_chr(&t->flat, white ? ' ' : *s);
        t->space = white;
    }
    size_t len = t->flat.n - start;
    if (len != w->node->n_kid || (len && memcmp(w->node->text, t->flat.p + start, len))) {
        w->node = odf_characters(t->c->t->arena, len ? t->flat.p + start : "", len);
        w->parent->changed = true;
    }
    vec_push(&t->piece, (Piece){ w, start, len });
}

static void collect(Text *t, Work *w)
{
    for (size_t i = 0; i < w->kid.n; i++) {
        Work *k = w->kid.p[i];
        OdfName name = k->node->name;
        char as = name == ODF_TEXT_S ? ' ' : name == ODF_TEXT_TAB ? '\t'
                : name == ODF_TEXT_LINE_BREAK ? '\n' : 0;
        if (name == ODF_CHARACTERS) {
            collect_characters(t, k);
        } else if (as) {
            vec_push(&t->piece, (Piece){ k, t->flat.n, 1 });
            buf_chr(&t->flat, as);
            t->space = false;
        } else if (is_inline_group(name)) {
            size_t at = t->group.n;
            vec_push(&t->group, (Group){ k, t->flat.n, 0 });
            collect(t, k);
            t->group.p[at].end = t->flat.n;
        } else if (!is_mark(name)) {
            t->space = false;
        }
    }
}

/* ---- fields ---- */

/* Its kids take its place. */
static void unwrap(Work *w)
{
    Work *parent = w->parent;
    size_t at = work_find(parent, w);
    work_remove(parent, at);
    for (size_t i = 0; i < w->kid.n; i++)
        work_insert(parent, at + i, w->kid.p[i]);
    w->kid.n = 0;
}

/* The characters at one end of a placeholder without its bracket. */
static void strip_bracket(Compile *c, Work *w, bool first)
{
    while (w->kid.n && is_inline_group(w->kid.p[first ? 0 : w->kid.n - 1]->node->name))
        w = w->kid.p[first ? 0 : w->kid.n - 1];
    Work *k = w->kid.n ? w->kid.p[first ? 0 : w->kid.n - 1] : NULL;
    if (!k || k->node->name != ODF_CHARACTERS || !k->node->n_kid)
        return;
    size_t len = k->node->n_kid;
    if (k->node->text[first ? 0 : len - 1] == (first ? '<' : '>')) {
        k->node = odf_characters(c->t->arena, k->node->text + first, len - 1);
        w->changed = true;
    }
}

/* Placeholders and input fields that hold a tag become plain text; columns of a mail merge become
 * tags. */
static void unwrap_fields(Compile *c, Work *w, const Spot *base)
{
    for (size_t i = 0; i < w->kid.n; i++) {
        Work *k = w->kid.p[i];
        column_read(c, k, base);
        if (!is_inline_group(k->node->name))
            continue;
        unwrap_fields(c, k, base);
        bool placeholder = k->node->name == ODF_TEXT_PLACEHOLDER;
        if (!placeholder && k->node->name != ODF_TEXT_TEXT_INPUT)
            continue;
        Buf text = { 0 };
        odf_plain_text(k->node, &text);
        bool tagged = text.p && (strstr(text.p, "{{") || strstr(text.p, "}}"));
        buf_free(&text);
        if (!tagged)
            continue;
        if (placeholder) {
            strip_bracket(c, k, true);
            strip_bracket(c, k, false);
        }
        unwrap(k);
        i--;
    }
}

/* ---- tags ---- */

static Tag *new_tag(Text *t, const Spot *base, size_t start, size_t end)
{
    Compile *c = t->c;
    Tag *tag = ARENA_NEW(c->t->arena, Tag);
    Buf typed = { 0 };
    put_line(&typed, t->flat.p + start, end - start);
    tag->typed = arena_dup(c->t->arena, typed.p, typed.n);
    buf_free(&typed);
    tag->text = lex_plain(c->t->arena, t->flat.p + start, end - start);
    tag->spot = *base;
    spot_around(c->t->arena, t->flat.p, t->flat.n, start, end, &tag->spot);
    tag->order = (uint32_t)c->t->tags.n;
    vec_push(&c->t->tags, tag);
    return tag;
}

static void complain(Text *t, const Spot *base, DiagId id, size_t start, size_t end)
{
    Spot spot = *base;
    spot_around(t->c->t->arena, t->flat.p, t->flat.n, start, end, &spot);
    Buf typed = { 0 };
    put_line(&typed, t->flat.p + start, end - start);
    fault(t->c, &spot, id, typed.p, NULL, NULL);
    buf_free(&typed);
}

static void find_tags(Text *t, const Spot *base)
{
    size_t start = 0, end = 0;
    for (LexKind k; (k = lex_find(t->flat.p, t->flat.n, &start, &end)) != LEX_NONE; start = end) {
        if (k != LEX_TAG) {
            complain(t, base, k == LEX_OPEN ? DIAG_template_open : DIAG_template_quote, start,
                     k == LEX_OPEN ? start + 2 : end);
            continue;
        }
        Tag *tag = new_tag(t, base, start, end);
        /* A faulty tag that opens a block has its end all the same. */
        if (tag_read(t->c, tag) || tag->kind == TAG_EACH || tag->kind == TAG_IF ||
            tag->kind == TAG_ELIF || (tag->kind == TAG_LET && tag->name))
            vec_push(&t->found, (Found){ tag, start, end, NULL });
    }
}

/* Takes a node out, and the groups that are empty without it. */
static void take_out(Text *t, Work *w)
{
    Work *parent = w->parent;
    work_remove(parent, work_find(parent, w));
    if (!parent->kid.n && parent != t->paragraph)
        take_out(t, parent);
}

static Work *new_characters(Text *t, const char *s, size_t len, Work *parent)
{
    return work_new(t->c, odf_characters(t->c->t->arena, s, len), parent);
}

/* Cuts off the part of a piece before `to`. */
static void cut_head(Text *t, Piece *p, size_t to)
{
    if (to >= p->start + p->len) {
        take_out(t, p->node);
        p->node = NULL;
        return;
    }
    p->node->node = odf_characters(t->c->t->arena, t->flat.p + to, p->start + p->len - to);
    p->node->parent->changed = true;
}

/* Puts the tag where its first character is and takes its text out. */
static void place_tag(Text *t, Found *f)
{
    size_t i = 0;
    while (t->piece.p[i].start + t->piece.p[i].len <= f->start)
        i++;
    Piece *p = &t->piece.p[i];
    Work *node = p->node, *parent = node->parent, *tag = work_new(t->c, NULL, parent);
    tag->tag = f->tag;
    f->work = tag;
    size_t at = work_find(parent, node) + 1, end = p->start + p->len;
    work_insert(parent, at, tag);
    if (f->end < end)
        work_insert(parent, at + 1, new_characters(t, t->flat.p + f->end, end - f->end, parent));
    p->len = f->start - p->start;
    if (p->len) {
        node->node = odf_characters(t->c->t->arena, t->flat.p + p->start, p->len);
    } else {
        take_out(t, node);
        p->node = NULL;
    }
    for (i++; i < t->piece.n && t->piece.p[i].start < f->end; i++)
        if (t->piece.p[i].node)
            cut_head(t, &t->piece.p[i], f->end);
}

/* Control tags, includes and rich values stand directly in their paragraph: the spans around them
 * are split, which nobody sees.  Elements that cannot be split are taken away. */
static void lift(Text *t, Work *tag)
{
    while (tag->parent != t->paragraph) {
        Work *group = tag->parent, *outer = group->parent;
        size_t at = work_find(group, tag), in_outer = work_find(outer, group) + 1;
        Work *rest = work_new(t->c, group->node, outer);
        for (size_t i = at + 1; i < group->kid.n; i++) {
            vec_push(&rest->kid, group->kid.p[i]);
            group->kid.p[i]->parent = rest;
        }
        group->kid.n = at;
        group->changed = rest->changed = true;
        rest->filled = group->filled;
        work_insert(outer, in_outer, tag);
        if (rest->kid.n)
            work_insert(outer, in_outer + 1, rest);
        if (!at)
            work_remove(outer, in_outer - 1);
    }
}

static bool stands_alone(TagKind kind)
{
    return is_control(kind) || kind == TAG_INCLUDE || kind == TAG_TEXT;
}

/* Unknown elements around a part of a tag, or around a control tag. */
static void unwrap_groups(Text *t)
{
    for (size_t i = t->group.n; i--;) {
        const Group *g = &t->group.p[i];
        OdfName name = g->node->node->name;
        bool away = false;
        for (size_t k = 0; k < t->found.n && name != ODF_TEXT_SPAN && name != ODF_TEXT_A; k++) {
            const Found *f = &t->found.p[k];
            bool meets = f->start < g->end && g->start < f->end;
            bool inside = g->start <= f->start && f->end <= g->end;
            away |= meets && (!inside || stands_alone(f->tag->kind));
        }
        if (away)
            unwrap(g->node);
    }
}

static void place_tags(Text *t)
{
    unwrap_groups(t);
    for (size_t i = t->found.n; i--;)
        place_tag(t, &t->found.p[i]);
    for (size_t i = 0; i < t->found.n; i++) {
        const Found *f = &t->found.p[i];
        t->paragraph->controls |= is_control(f->tag->kind);
        if (f->tag->kind == TAG_COMMENT)
            take_out(t, f->work);
        else if (stands_alone(f->tag->kind))
            lift(t, f->work);
    }
}

static void read_text(Compile *c, Work *paragraph, const Spot *base)
{
    Text t = { .c = c, .paragraph = paragraph, .space = true };
    unwrap_fields(c, paragraph, base);
    collect(&t, paragraph);
    if (t.flat.n && strstr(t.flat.p, "{{")) {
        find_tags(&t, base);
        place_tags(&t);
    }
    buf_free(&t.flat);
    vec_free(&t.piece);
    vec_free(&t.group);
    vec_free(&t.found);
}

void paragraph_tags(Compile *c, Work *paragraph)
{
    Spot base = { .origin = paragraph->node->origin, .file = c->doc->file->path,
                  .included = c->included };
    read_text(c, paragraph, &base);
}

/* ---- tags in attributes ---- */

Tag *frame_tag(Compile *c, const char *title, const Spot *spot)
{
    size_t len = strlen(title), start = 0, end = 0;
    while (len && is_white(title[len - 1]))
        len--;
    if (lex_find(title, len, &start, &end) != LEX_TAG || end != len ||
        start != strspn(title, " \t\r\n"))
        return NULL;
    char *plain = lex_plain(c->scratch->arena, title + start, end - start);
    plain += strspn(plain, " ");
    if (strncasecmp(plain, "#image", 6) && strncasecmp(plain, "#qr", 3))
        return NULL;
    Text t = { .c = c };
    buf_put(&t.flat, title, len);
    Tag *tag = new_tag(&t, spot, start, end);
    if (!tag_read(c, tag))
        c->failed = true;
    buf_free(&t.flat);
    return tag;
}

static int hex(char c)
{
    return c >= '0' && c <= '9'                 ? c - '0'
           : (c | 32) >= 'a' && (c | 32) <= 'f' ? (c | 32) - 'a' + 10
                                                : -1;
}

static void percent_decode(const char *s, size_t len, Buf *out)
{
    for (size_t i = 0; i < len; i++) {
        int high = i + 2 < len && s[i] == '%' ? hex(s[i + 1]) : -1,
            low = high < 0 ? -1 : hex(s[i + 2]);
        buf_chr(out, low < 0 ? s[i] : high << 4 | low);
        i += low < 0 ? 0 : 2;
    }
}

/* The length of an escaped or plain {{ or }} here, or 0. */
static size_t braces(const char *s, const char *plain, const char *upper)
{
    size_t at = 0;
    for (int i = 0; i < 2; i++) {
        if (s[at] == plain[0])
            at++;
        else if (!strncasecmp(s + at, upper, 3))
            at += 3;
        else
            return 0;
    }
    return at;
}

const char *href_decode(Arena *a, const char *href)
{
    Buf b = { 0 };
    bool tagged = false;
    for (const char *s = href; *s; ) {
        if (!braces(s, "{", "%7b")) {
            buf_chr(&b, *s++);
            continue;
        }
        const char *end = s;
        size_t n = 0;
        while (*end && !(n = braces(end, "}", "%7d")))
            end++;
        if (!tagged) {          /* what LibreOffice puts before an address it takes for a file */
            size_t up = 0;
            while (up + 3 <= b.n && !memcmp(b.p + up, "../", 3))
                up += 3;
            if (up == b.n)
                buf_clear(&b);
        }
        percent_decode(s, (size_t)(end - s) + n, &b);
        s = end + n;
        tagged = true;
    }
    const char *result = tagged ? arena_dup(a, b.p, b.n) : NULL;
    buf_free(&b);
    return result;
}

/* Values behind a ? or # are components of an address. */
static void mark_components(Work *w)
{
    bool component = false;
    for (size_t i = 0; i < w->kid.n; i++) {
        Work *k = w->kid.p[i];
        if (k->tag)
            k->tag->component = component;
        else if (k->node->name == ODF_CHARACTERS && strpbrk(k->node->text, "?#"))
            component = true;
    }
}

const Ops *compile_string(Compile *c, const char *text, const Spot *spot, bool href)
{
    OdfNode *p = odf_element(c->t->arena, ODF_TEXT_P, 0, 1);
    odf_kids(p)[0] = odf_characters(c->t->arena, text, strlen(text));
    size_t before = c->t->tags.n;
    Work *w = work_build(c, p, NULL);
    read_text(c, w, spot);
    if (c->t->tags.n == before)
        return NULL;
    if (href)
        mark_components(w);
    blocks_find(c, w);
    return ops_keep(c, compile_kids(c, w));
}
