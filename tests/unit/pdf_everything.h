/* SPDX-License-Identifier: MIT */
/* A document with every kind of structure and item, and one like a certificate. */
#ifndef PDF_EVERYTHING_H
#define PDF_EVERYTHING_H

#include "pdf_sample.h"

enum { LEFT = 1134, RIGHT = 10772 };

static const char *const course_topics[] = {
    "Komunikacja w zespole", "Obsługa komputera", "Źródła finansowania", "Rozmowa kwalifikacyjna",
    "Prawo pracy", "Budżet domowy", "Gęślą jaźń", "Pierwsza pomoc", "Zażółć gęślą", "Kasa fiskalna",
    "Dokumenty aplikacyjne", "Indywidualny plan działania",
};

static inline void margins(Sample *s)
{
    char text[32];
    int32_t size = s->size;
    s->size = 160;
    sample_text(s, NULL, ARTIFACT_HEADER, LEFT, 700, "Projekt „Nowa szansa”");
    sample_box(s, NULL, ARTIFACT_HEADER, LEFT, 760, RIGHT - LEFT, 10);
    snprintf(text, sizeof text, "Strona %u z 3", s->page + 1);
    sample_text(s, NULL, ARTIFACT_FOOTER, LEFT, 16200, text);
    s->size = size;
}

static inline void everything_toc(Sample *s)
{
    static const char *const title[] = { "1. Listy i łącza", "2. Tabela", "3. Obrazy" };
    static const uint32_t page[] = { 0, 1, 2 };
    LayoutNode *toc = sample_root(s, ROLE_TOC);
    for (int i = 0; i < 3; i++) {
        LayoutNode *item = sample_node(s, toc, ROLE_TOCI),
                   *ref = sample_node(s, item, ROLE_REFERENCE);
        LayoutNode *link = sample_node(s, ref, ROLE_LINK);
        char number[4];
        int32_t y = 2200 + 300 * i, w = sample_say(s, link, LEFT, y, title[i]);
        sample_text(s, NULL, ARTIFACT_LAYOUT, LEFT + w + 60, y, "...................");
        snprintf(number, sizeof number, "%u", page[i] + 1);
        sample_say(s, link, 9000, y, number);
        sample_link(s, link, LEFT, y - 200, 9000 - LEFT, 260, NULL, page[i], 900, title[i]);
    }
}

static inline void everything_lists(Sample *s)
{
    LayoutNode *list = sample_root(s, ROLE_L), *inner = NULL;
    list->numbering = LIST_DISC;
    for (int i = 0; i < 4; i++) {
        if (i == 2) {
            LayoutNode *body = list->last->node->last->node;
            inner = sample_node(s, body, ROLE_L);
            inner->numbering = LIST_DECIMAL;
        }
        LayoutNode *item = sample_node(s, inner ? inner : list, ROLE_LI);
        LayoutNode *label = sample_node(s, item, ROLE_LBL),
                   *body = sample_node(s, item, ROLE_LBODY);
        int32_t x = LEFT + (inner ? 600 : 0), y = 3800 + i * 290;
        sample_say(s, label, x, y, inner ? (i == 2 ? "1. " : "2. ") : "• ");
        sample_say(s, body, x + 300, y, i ? "kolejny punkt" : "pierwszy punkt");
    }
}

/* A language, an URI link over two lines with a character of a far plane in it, a note, marks. */
static inline void everything_inline(Sample *s)
{
    LayoutNode *p = sample_root(s, ROLE_P);
    int32_t x = LEFT, y = 5300;
    x += sample_say(s, p, x, y, "Wyrażenie ");
    LayoutNode *span = sample_node(s, p, ROLE_SPAN);
    span->language = "en-GB";
    x += sample_say(s, span, x, y, "state of the art ");
    LayoutNode *link = sample_node(s, p, ROLE_LINK);
    int32_t w = sample_say(s, link, x, y, "i łącze do ");
    sample_link(s, link, x, y - 200, w, 260, "https://źródło.example.org/a b?ł=1", 0, 0,
                "Strona projektu");
    y += 290;
    s->color = 0x0000c0;
    w = sample_say(s, link, LEFT, y, "strony projektu");
    s->color = 0;
    sample_link(s, link, LEFT, y - 200, w, 260, "https://źródło.example.org/a b?ł=1", 0, 0,
                "Strona projektu");
    sample_line(s, LEFT, y + 30, w, 0)->color = 0x0000c0;
    LayoutNode *ref = sample_node(s, p, ROLE_REFERENCE);
    s->size = 140;
    x = LEFT + w + sample_say(s, ref, LEFT + w, y - 80, "1");
    s->size = 240;
    sample_say(s, p, x, y, ", po nim przypis.");
    LayoutNode *note = sample_root(s, ROLE_NOTE);
    note->id = 1;
    sample_say(s, sample_node(s, note, ROLE_LBL), LEFT, 15800, "1 ");
    sample_say(s, sample_node(s, note, ROLE_P), LEFT + 150, 15800, "Treść przypisu.");
}

/* Line-end hyphen, no-break space, kerning, letter-spacing, justified, narrow, made-up bold and
 * slant, marks that HarfBuzz places, right to left, a letter that a face has only in two glyphs. */
static inline void everything_text(Sample *s)
{
    LayoutNode *p = sample_root(s, ROLE_P);
    const TextFace *face = s->face;
    int32_t y = 6200, x = LEFT + sample_say(s, p, LEFT, y, "Konstantynopolitań");
    sample_say(s, p, x, y, "-");
    s->p->item.p[s->p->item.n - 1].text.soft_hyphen = true;
    sample_say(s, p, LEFT, y + 290, "czykowianeczka, AVATAR To\u00a0jest.");
    s->space_extra = 12345;
    sample_say(s, p, LEFT, y + 580, "Tekst wyjustowany z odstępami ");
    s->space_extra = 0;
    s->spacing = 40;
    x = LEFT + sample_say(s, p, LEFT, y + 870, "R o z s t r z e l o n y ");
    s->spacing = 0;
    s->scale = 70;
    sample_say(s, p, x, y + 870, "wąski AVATAR ");
    s->scale = 100;
    s->face = face_synthetic(s->l->arena, face, true, false);
    x = LEFT + sample_say(s, p, LEFT, y + 1160, "pogrubiony ");
    s->face = face_synthetic(s->l->arena, face, true, true);
    x += sample_say(s, p, x, y + 1160, "i pochylony ");
    s->face = face_synthetic(s->l->arena, face, false, true);
    x += sample_say(s, p, x, y + 1160, "pochylony ");
    s->face = face;
    sample_say(s, p, x, y + 1160, "zwykły, x\u0323\u0302 i \u03b1\u0328\u0313 ");
    LayoutNode *h = sample_root(s, ROLE_P);
    h->language = "he";
    s->face = face_open("/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf");
    s->language = "he";
    sample_say(s, h, LEFT, y + 1500, "שָׁלוֹם עולם ");
    s->language = "pl";
    if ((s->face = face_open(LIBERTINE)))
        sample_say(s, sample_root(s, ROLE_P), LEFT, y + 1800,
                   "Linux Libertine, office-\u00a0fi AV\u2010 ");
    s->face = face;
}

static inline LayoutNode *cell(Sample *s, LayoutNode *row, LayoutRole role, int32_t x, int32_t y,
                               const char *text)
{
    LayoutNode *n = sample_node(s, row, role);
    n->row_span = n->col_span = 1;
    n->scope = role == ROLE_TH ? SCOPE_COLUMN : SCOPE_NONE;
    if (*text)
        sample_say(s, n, x, y, text);
    return n;
}

/* Two header rows with spans, 20 rows, a page break in the middle with the header again. */
static inline void everything_table(Sample *s)
{
    LayoutNode *table = sample_root(s, ROLE_TABLE);
    sample_say(s, sample_node(s, table, ROLE_CAPTION), LEFT, 1500, "Tabela 1. Zestawienie");
    LayoutNode *head = sample_node(s, table, ROLE_THEAD), *body = sample_node(s, table, ROLE_TBODY);
    LayoutNode *row = sample_node(s, head, ROLE_TR);
    cell(s, row, ROLE_TH, LEFT, 1900, "Grupa")->row_span = 2;
    cell(s, row, ROLE_TH, 4000, 1900, "Kwoty")->col_span = 2;
    row = sample_node(s, head, ROLE_TR);
    cell(s, row, ROLE_TH, 4000, 2200, "netto");
    cell(s, row, ROLE_TH, 7000, 2200, "brutto");
    int32_t y = 2500;
    for (int i = 0; i < 20; i++, y += 300) {
        char text[32];
        if (i == 10) {
            sample_page(s);
            margins(s);
            y = 1500;
            sample_text(s, NULL, ARTIFACT_LAYOUT, LEFT, y, "Grupa netto brutto");
            y += 300;
        }
        row = sample_node(s, body, ROLE_TR);
        snprintf(text, sizeof text, "Grupa %d", i / 2 + 1);
        if (i % 2 == 0) {
            LayoutNode *th = cell(s, row, ROLE_TH, LEFT, y, text);
            th->scope = SCOPE_ROW;
            th->row_span = 2;
        }
        snprintf(text, sizeof text, "%d,00 zł", i * 7);
        cell(s, row, ROLE_TD, 4000, y, text)->col_span = i % 5 ? 1 : 2;
        if (i % 5)
            cell(s, row, ROLE_TD, 7000, y, i % 3 ? text : "");
        sample_line(s, LEFT, y + 80, RIGHT - LEFT, 0);
        sample_line(s, LEFT, y - 220, 0, 300)->line.dash[0] = 200;
        s->p->item.p[s->p->item.n - 1].line.dash[1] = 100;
    }
}

static inline void everything_break(Sample *s)
{
    LayoutNode *p = sample_root(s, ROLE_P);
    sample_say(s, p, LEFT, 15000, "Akapit zaczyna się na pierwszej stronie ");
    sample_page(s);
    margins(s);
    sample_box(s, p, ARTIFACT_LAYOUT, LEFT, 900, 2000, 260)->color = 0xffff80;
    sample_say(s, p, LEFT, 1100, "i kończy na drugiej.");
}

static inline void everything_pictures(Sample *s, OdfPicture *p, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        LayoutNode *figure = sample_root(s, ROLE_FIGURE);
        figure->alt = "Barwny wzór próbny";
        int32_t x = LEFT + (int32_t)(i % 5) * 1900, y = 5600 + (int32_t)(i / 5) * 1500;
        LayoutItem *it = sample_image(s, figure, &p[i], x, y, 1800, 1200);
        it->image.mirror_h = i == 1;
        it->image.mirror_v = i == 2;
        if (i == 3)
            it->image.clip[0] = it->image.clip[3] = 250;
        it->opacity = i == 4 ? 50 : 100;
        it->image.greyscale = i == 5;
    }
    LayoutNode *figure = sample_root(s, ROLE_FIGURE);
    figure->alt = "Kwadrat z trójkątem";
    LayoutItem *it = sample_box(s, figure, ARTIFACT_LAYOUT, 0, 0, 0, 0);
    static const LayoutPoint point[] = {
        { POINT_MOVE, 1200, 12500 }, { POINT_LINE, 2200, 12500 }, { POINT_LINE, 2200, 13500 },
        { POINT_LINE, 1200, 13500 }, { POINT_CLOSE, 0, 0 }, { POINT_MOVE, 1400, 12700 },
        { POINT_CURVE, 1400, 13000 }, { POINT_CURVE, 1700, 13300 }, { POINT_CURVE, 2000, 13300 },
        { POINT_CLOSE, 0, 0 },
    };
    it->kind = ITEM_PATH;
    it->color = 0x336699;
    it->path.point = point;
    it->path.n = COUNT(point);
    it->path.width = 20;
    static const int32_t dash[] = { 600, 300, 100, 300, 100, 300 };
    it->path.dash = dash;
    it->path.n_dash = COUNT(dash);
    memcpy(figure->box, (int32_t[]){ 1200, 12500, 2200, 13500 }, sizeof figure->box);
    sample_say(s, sample_node(s, figure, ROLE_CAPTION), LEFT, 13900, "Rysunek 1. Kwadrat");
    sample_box(s, NULL, ARTIFACT_BACKGROUND, 6000, 12500, 2000, 1000)->color = 0xe0f0ff;
}

static inline Sample sample_everything(void)
{
    Sample s = sample_new("Zażółć gęślą jaźń – wszystko 𝔄");
    OdfPicture *p = ARENA_ARRAY(s.l->arena, OdfPicture, 10);
    static const struct { uint32_t format; bool opaque;
    } png[] = {
        { PNG_FORMAT_RGB, true },
        { PNG_FORMAT_RGBA, false },
        { PNG_FORMAT_GRAY, true },
        { PNG_FORMAT_GA, false },
        { PNG_FORMAT_RGB_COLORMAP, true },
        { PNG_FORMAT_RGBA_COLORMAP, false },
        { PNG_FORMAT_LINEAR_RGB_ALPHA, false },
        { PNG_FORMAT_LINEAR_Y, true },
    };
    for (size_t i = 0; i < COUNT(png); i++)
        p[i] = sample_png(s.l->arena, png[i].format, png[i].opaque);
    p[8] = sample_jpeg(jpeg_rgb, sizeof jpeg_rgb, 3);
    p[9] = sample_jpeg(jpeg_progressive, sizeof jpeg_progressive, 3);
    sample_page(&s);
    margins(&s);
    s.size = 360;
    s.face = face_open(SERIF_BOLD);
    sample_heading(&s, sample_root(&s, ROLE_H1), 1, 1500, "Zażółć gęślą jaźń");
    s.size = 240;
    s.face = face_open(SERIF);
    everything_toc(&s);
    sample_heading(&s, sample_root(&s, ROLE_H2), 2, 3400, "1. Listy i łącza");
    everything_lists(&s);
    everything_inline(&s);
    everything_text(&s);
    everything_break(&s);
    sample_heading(&s, sample_root(&s, ROLE_H2), 3, 1300, "2. Tabela");
    everything_table(&s);
    sample_heading(&s, sample_root(&s, ROLE_H2), 2, 5300, "3. Obrazy");
    everything_pictures(&s, p, 10);
    s.l->page.p[0]->label = "i";
    s.l->page.p[1]->label = "1";
    s.l->page.p[2]->label = "2";
    return s;
}

/* One A4 page: logo, 12 lines, a table of 12 rows by 4 columns, two faces. */
static inline Sample sample_certificate(unsigned number, const OdfPicture *logo)
{
    static const char *const line[] = {
        "o ukończeniu szkolenia",
        "Pani Anna Przykładowa",
        "urodzona 1 stycznia 1970 r. w Pułtusku",
        "uczestniczyła w okresie od 1 marca do 30 listopada 2011 r.",
        "w projekcie „Nowa szansa – aktywna integracja”",
        "współfinansowanym ze środków Unii Europejskiej",
        "w ramach Europejskiego Funduszu Społecznego",
        "i ukończyła kurs „Obsługa komputera i kasy fiskalnej”",
        "w wymiarze 120 godzin dydaktycznych",
        "z wynikiem bardzo dobrym",
        "Ośrodek Pomocy Społecznej w Pułtusku, ul. Żółta 5",
        "kierownik Józef Źródłowski",
    };
    Sample s = sample_new("Zaświadczenie");
    char text[64];
    sample_page(&s);
    if (logo) {
        LayoutNode *figure = sample_root(&s, ROLE_FIGURE);
        figure->alt = "Znak ośrodka";
        sample_image(&s, figure, logo, LEFT, 700, 1200, 800);
    }
    s.face = face_open(SERIF_BOLD);
    s.size = 360;
    snprintf(text, sizeof text, "Zaświadczenie nr %u/2011", number);
    sample_heading(&s, sample_root(&s, ROLE_H1), 1, 2200, text);
    s.face = face_open(SERIF);
    s.size = 240;
    for (int i = 0; i < 12; i++)
        sample_say(&s, sample_root(&s, ROLE_P), LEFT, 2800 + i * 320, line[i]);
    LayoutNode *table = sample_root(&s, ROLE_TABLE), *row = NULL;
    for (int r = 0; r < 12; r++) {
        row = sample_node(&s, table, ROLE_TR);
        for (int c = 0; c < 4; c++) {
            s.face = face_open(r ? SERIF : SERIF_BOLD);
            snprintf(text, sizeof text, c == 2 ? "%d godz." : "%d.03.2011", (r * 7 + c) % 20 + 1);
            cell(&s, row, r ? ROLE_TD : ROLE_TH, LEFT + c * 2400, 7200 + r * 300,
                 c % 2 ? course_topics[r] : text);
        }
    }
    for (int r = 0; r <= 12; r++)
        sample_line(&s, LEFT, 6960 + r * 300, RIGHT - LEFT, 0);
    return s;
}

#endif
