/* SPDX-License-Identifier: MIT */
/* haru files|merged DATA.xml LOGO.png FOLDER: the bench's certificate as a C programmer writes it
 * after the examples of libharu: its public functions, positions built in, no tags, no kerning.
 * REGULAR and BOLD are the font files. */
#include <hpdf.h>
#include <libxml/parser.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MODULES = 11 };
static const float left = 56.7F, width = 481.9F, columns[] = { 0, 28.3F, 323.1F, 402.5F, 481.9F };
static const char *const titles[] = { "Lp.", "Temat zajęć", "Liczba godzin", "Forma" };
static const char *const fields[] = { "lp", "nazwa", "godz", "forma" };

typedef struct { HPDF_Doc doc; HPDF_Font regular, bold; HPDF_Image logo; } File;

static void failed(HPDF_STATUS error, HPDF_STATUS detail, void *data)
{
    (void)data;
    fprintf(stderr, "haru: error %04lx %ld\n", error, (long)detail);
    exit(1);
}

static const char *value(xmlNode *node, const char *name)
{
    xmlAttr *a = xmlHasProp(node, (const xmlChar *)name);
    return a && a->children ? (const char *)a->children->content : "";
}

static xmlNode *child(xmlNode *node, const char *name)
{
    xmlNode *n = node->children;
    while (n && (n->type != XML_ELEMENT_NODE || strcmp((const char *)n->name, name)))
        n = n->next;
    return n;
}

static File begin(const char *logo)
{
    File f = { .doc = HPDF_New(failed, NULL) };
    HPDF_UseUTFEncodings(f.doc);
    HPDF_SetCompressionMode(f.doc, HPDF_COMP_ALL);
    const char *regular = HPDF_LoadTTFontFromFile(f.doc, getenv("REGULAR"), HPDF_TRUE);
    const char *bold = HPDF_LoadTTFontFromFile(f.doc, getenv("BOLD"), HPDF_TRUE);
    f.regular = HPDF_GetFont(f.doc, regular, "UTF-8");
    f.bold = HPDF_GetFont(f.doc, bold, "UTF-8");
    f.logo = HPDF_LoadPngImageFromFile(f.doc, logo);
    return f;
}

static void say(HPDF_Page p, HPDF_Font font, float size, float y, float height, const char *text,
                HPDF_TextAlignment align)
{
    HPDF_Page_SetFontAndSize(p, font, size);
    HPDF_Page_SetTextLeading(p, size * 1.2F);
    HPDF_Page_TextRect(p, left, y, left + width, y - height, text, align, NULL);
}

static void lines(HPDF_Page p)
{
    const float bottom = 502 - (MODULES + 1) * 16.5F;
    HPDF_Page_SetLineWidth(p, 0.5F);
    for (int r = 0; r <= MODULES + 1; r++) {
        HPDF_Page_MoveTo(p, left, 502 - (float)r * 16.5F);
        HPDF_Page_LineTo(p, left + width, 502 - (float)r * 16.5F);
    }
    for (int i = 0; i < 5; i++) {
        HPDF_Page_MoveTo(p, left + columns[i], 502);
        HPDF_Page_LineTo(p, left + columns[i], bottom);
    }
    HPDF_Page_MoveTo(p, left, bottom - 75);
    HPDF_Page_LineTo(p, left + 170, bottom - 75);
    HPDF_Page_MoveTo(p, left + width - 170, bottom - 75);
    HPDF_Page_LineTo(p, left + width, bottom - 75);
    HPDF_Page_Stroke(p);
}

static void table(const File *f, HPDF_Page p, xmlNode *module)
{
    for (int r = 0; r <= MODULES; r++) {
        HPDF_Page_SetFontAndSize(p, r ? f->regular : f->bold, 10);
        for (int i = 0; i < 4; i++)
            HPDF_Page_TextOut(p, left + columns[i] + 3.5F, 490.5F - (float)r * 16.5F,
                              r ? value(module, fields[i]) : titles[i]);
        for (module = r ? module->next : module; module && module->type != XML_ELEMENT_NODE; )
            module = module->next;
    }
}

static void texts(const File *f, HPDF_Page p, xmlNode *course, xmlNode *one)
{
    char t[2048];
    HPDF_Font r = f->regular, b = f->bold;
    snprintf(t, sizeof t, "Nr %s", value(one, "nr"));
    say(p, r, 11, 785, 14, t, HPDF_TALIGN_RIGHT);
    say(p, b, 18, 740, 24, "ZAŚWIADCZENIE O UKOŃCZENIU KURSU", HPDF_TALIGN_CENTER);
    snprintf(t, sizeof t, "%s zaświadcza, że", value(course, "firma"));
    say(p, r, 11, 708, 14, t, HPDF_TALIGN_LEFT);
    snprintf(t, sizeof t, "%s %s", value(one, "imie"), value(one, "nazwisko"));
    say(p, b, 14, 688, 18, t, HPDF_TALIGN_CENTER);
    snprintf(t, sizeof t, "numer PESEL %s, data urodzenia %s r., miejsce urodzenia: %s",
             value(one, "pesel"), value(one, "ur"), value(one, "mur"));
    say(p, r, 11, 664, 14, t, HPDF_TALIGN_LEFT);
    snprintf(t, sizeof t, "ukończył(a) kurs „%s” w wymiarze %s godzin dydaktycznych, prowadzony w "
             "okresie od %s r. do %s r. w miejscowości %s w ramach projektu „Nowe umiejętności – "
             "lepsza praca” (nr umowy %s), współfinansowanego ze środków Unii Europejskiej w "
             "ramach programu Fundusze Europejskie dla Dolnego Śląska 2021–2027.",
             value(course, "tytul"), value(course, "godziny"), value(course, "od"),
             value(course, "do"), value(course, "miejsce"), value(course, "umowa"));
    say(p, r, 11, 644, 56, t, HPDF_TALIGN_LEFT);
    snprintf(t, sizeof t, "Egzamin końcowy zdał(a) w dniu %s r. z wynikiem: %s.",
             value(course, "do"), value(one, "ocena"));
    say(p, r, 11, 584, 14, t, HPDF_TALIGN_LEFT);
    say(p, r, 11, 564, 43, "Zaświadczenie wydano na podstawie § 18 ust. 2 rozporządzenia Ministra "
        "Edukacji i Nauki z dnia 6 października 2023 r. w sprawie kształcenia ustawicznego w "
        "formach pozaszkolnych (Dz. U. z 2023 r. poz. 2175). Dokument jest ważny bezterminowo na "
        "terenie Rzeczypospolitej Polskiej.", HPDF_TALIGN_LEFT);
    say(p, b, 12, 521, 16, "Program kursu", HPDF_TALIGN_LEFT);
    table(f, p, child(course, "modul"));
    snprintf(t, sizeof t, "%s, dnia %s r.", value(course, "miejsce"), value(course, "do"));
    say(p, r, 11, 294, 14, t, HPDF_TALIGN_LEFT);
    say(p, r, 11, 225, 14, "kierownik kursu", HPDF_TALIGN_LEFT);
    say(p, r, 11, 225, 14, "dyrektor ośrodka", HPDF_TALIGN_RIGHT);
}

static void page(const File *f, xmlNode *course, xmlNode *one)
{
    HPDF_Page p = HPDF_AddPage(f->doc);
    HPDF_Page_SetSize(p, HPDF_PAGE_SIZE_A4, HPDF_PAGE_PORTRAIT);
    HPDF_Page_DrawImage(p, f->logo, left, 755, 100, 30);
    lines(p);
    HPDF_Page_BeginText(p);
    texts(f, p, course, one);
    HPDF_Page_EndText(p);
}

static void end(const File *f, const char *folder, int number)
{
    char path[4096];
    snprintf(path, sizeof path, "%s/c%05d.pdf", folder, number);
    HPDF_SaveToFile(f->doc, path);
    HPDF_Free(f->doc);
}

int main(int argc, char **argv)
{
    xmlDoc *doc = argc == 5 ? xmlReadFile(argv[2], NULL, XML_PARSE_NONET) : NULL;
    if (!doc || !getenv("REGULAR") || !getenv("BOLD"))
        return 2;
    xmlNode *root = xmlDocGetRootElement(doc), *course = child(root, "kurs");
    int files = !strcmp(argv[1], "files"), number = 0;
    File f = {0};
    for (xmlNode *n = root->children; n; n = n->next) {
        if (n->type != XML_ELEMENT_NODE || n == course)
            continue;
        if (files || !number)
            f = begin(argv[3]);
        page(&f, course, n);
        number++;
        if (files)
            end(&f, argv[4], number);
    }
    if (!files)
        end(&f, argv[4], 0);
    xmlFreeDoc(doc);
    return 0;
}
