/* SPDX-License-Identifier: MIT */
/* An empty list for an office to fill in: a spreadsheet whose columns are those that an import
 * reads, ODF 1.3 part 3 chapter 9. */
#include "internal.h"

#include <string.h>

/* What stands in the sheets of a new list: fewer columns than an import knows. */
static const struct { const char *sheet, *headings, *text; } sheets[] = {
    { "uczestnicy",
      "Imię|Drugie imię|Nazwisko|PESEL|Ulica|Numer domu|Numer mieszkania|Kod pocztowy|"
      "Miejscowość|Telefon|Status|Wykształcenie|Przystąpienie|Zakończenie udziału|"
      "Powód zakończenia",
      "Każda osoba w jednym wierszu. Przystąpienie to dzień wejścia do projektu." },
    { "kursy",
      "Nazwa kursu|Symbol|Rodzaj kursu|Instrument|Wykonawca|Początek|Koniec|Godzina, min|"
      "Godziny teorii|Godziny praktyki|Godziny razem|Zakończenie",
      "Każdy kurs w jednym wierszu. Symbol wchodzi do numeru zaświadczenia, np. FRS." },
    { "programy", "Kurs|Temat|Teoria|Praktyka",
      "Tematy kursów, drukowane na odwrocie zaświadczenia. Kurs: nazwa albo symbol." },
    { "ukończenia", "Imię|Nazwisko|PESEL|Kurs|Wynik|Data ukończenia|Ocena",
      "Każde ukończenie w jednym wierszu. PESEL jest potrzebny tylko przy tym samym nazwisku." },
    { "zajęcia",
      "Nazwa zajęć|Instrument|Forma zajęć|Osoba prowadząca|Miejsce|Początek|Koniec|Godzina, min|"
      "Godziny grupowe|Liczba grup|Godziny na osobę|Liczba uczestników",
      "Treningi, warsztaty, doradztwo. Osoba prowadząca: z arkusza zespół." },
    { "kontrakty",
      "Imię|Nazwisko|PESEL|Wzór|Pracownik socjalny|Data zawarcia|Obowiązuje od|Obowiązuje do|"
      "Przyczyna|Możliwość|Ograniczenie|Cel główny|Cel szczegółowy|Działanie uczestnika|"
      "Działanie pracownika|Instrument",
      "Kilka wpisów w komórce: każdy w nowym wierszu (Ctrl+Enter). Działanie zaczyna się od "
      "terminu, np. 30.06.2025 – udział w kursie." },
    { "umowy", "Imię|Nazwisko|PESEL|Data zawarcia|Miejsce zawarcia|Zestaw klauzul",
      "Umowy uczestnictwa. Numery nada polecenie skryba number." },
    { "zespół", "Rola|Stanowisko|Tytuł|Imię|Nazwisko|Płeć|Telefon|Organizacja",
      "Osoby prowadzące projekt i zajęcia." },
};

#define NS(prefix, name) " xmlns:" prefix "=\"urn:oasis:names:tc:opendocument:xmlns:" name ":1.0\""
static const char head[] =
    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
    "<office:document-content office:version=\"1.3\"" NS("office", "office") NS("style", "style")
    NS("text", "text") NS("table", "table") NS("number", "datastyle")
    NS("fo", "xsl-fo-compatible") NS("of", "of") ">\n"
    "<office:automatic-styles>\n"
    "<number:text-style style:name=\"N1\"><number:text-content/></number:text-style>\n"
    "<number:date-style style:name=\"N2\"><number:day number:style=\"long\"/><number:text>."
    "</number:text><number:month number:style=\"long\"/><number:text>.</number:text>"
    "<number:year number:style=\"long\"/></number:date-style>\n"
    "<style:style style:name=\"co1\" style:family=\"table-column\">"
    "<style:table-column-properties style:column-width=\"38mm\"/></style:style>\n"
    "<style:style style:name=\"text\" style:family=\"table-cell\" style:data-style-name=\"N1\"/>\n"
    "<style:style style:name=\"date\" style:family=\"table-cell\" style:data-style-name=\"N2\"/>\n"
    "<style:style style:name=\"plain\" style:family=\"table-cell\"/>\n"
    "<style:style style:name=\"about\" style:family=\"table-cell\"><style:text-properties "
    "fo:font-style=\"italic\" fo:color=\"#404040\"/></style:style>\n"
    "<style:style style:name=\"heading\" style:family=\"table-cell\"><style:table-cell-properties "
    "fo:background-color=\"#dde6f0\" fo:wrap-option=\"wrap\"/><style:text-properties "
    "fo:font-weight=\"bold\"/></style:style>\n"
    "</office:automatic-styles>\n<office:body>\n<office:spreadsheet>\n";

/* "Imię|Nazwisko": cuts off the first. */
static const char *next_heading(Arena *a, const char **list)
{
    size_t n = strcspn(*list, "|");
    const char *h = arena_dup(a, *list, n);
    *list += n + ((*list)[n] == '|');
    return h;
}

static const char *style_of(const Column *c)
{
    if (c->field && !strcmp(c->field->type, "date"))
        return "date";
    bool number = c->field && (!strcmp(c->field->type, "hours") ||
                               !strcmp(c->field->type, "count") ||
                               !strcmp(c->field->type, "money"));
    return number ? "plain" : "text";
}

/* A list to choose from, for columns that allow certain words only. */
static const char *validation(const Column *c)
{
    return c->field && c->spec.kind == COLUMN_VALUE && words_known(c->field->type) ? c->field->type
                                                                                   : NULL;
}

static void put_validation(Buf *out, const char *type)
{
    Buf words = {0};
    words_list(type, &words);
    buf_format(out, "<table:content-validation table:name=\"%s\" table:condition=\""
               "of:cell-content-is-in-list(", type + (str_starts(type, "xs:") ? 3 : 0));
    for (const char *w = words.p; *w; ) {
        size_t n = strcspn(w, ",");
        buf_format(out, "%s&quot;%.*s&quot;", w == words.p ? "" : ";", (int)n, w);
        w += n;
        w += strspn(w, ", ");
    }
    buf_str(out, ")\" table:allow-empty-cell=\"true\" table:display-list=\"unsorted\"/>\n");
    buf_free(&words);
}

static void put_validations(Buf *out, const Office *o, Arena *a)
{
    Map *done = map_new(a);
    buf_str(out, "<table:content-validations>\n");
    for (size_t i = 0; i < COUNT(sheets); i++) {
        Columns c;
        columns_start(&c, kinds_find(sheets[i].sheet), &o->words, o->schema, a);
        for (const char *list = sheets[i].headings; *list; ) {
            int k = columns_find(&c, next_heading(a, &list));
            const char *type = k >= 0 ? validation(&c.column.p[k]) : NULL;
            if (type && !map_get(done, type, strlen(type))) {
                map_put(done, type, strlen(type), done);
                put_validation(out, type);
            }
        }
        columns_end(&c);
    }
    buf_str(out, "</table:content-validations>\n");
}

enum { ROWS = 1000 };                   /* with words to choose from */

static void put_cells(Buf *out, const Columns *c, Arena *a, const char *headings)
{
    buf_format(out, "<table:table-row table:number-rows-repeated=\"%d\">", ROWS);
    for (const char *list = headings; *list; ) {
        int k = columns_find(c, next_heading(a, &list));
        const char *type = k >= 0 ? validation(&c->column.p[k]) : NULL;
        if (type)
            buf_format(out, "<table:table-cell table:style-name=\"%s\" "
                       "table:content-validation-name=\"%s\"/>", style_of(&c->column.p[k]),
                       type + (str_starts(type, "xs:") ? 3 : 0));
        else
            buf_format(out, "<table:table-cell table:style-name=\"%s\"/>",
                       k >= 0 ? style_of(&c->column.p[k]) : "plain");
    }
    buf_str(out, "</table:table-row>\n");
}

static void put_sheet(Buf *out, const Office *o, Arena *a, size_t i)
{
    Columns c;
    columns_start(&c, kinds_find(sheets[i].sheet), &o->words, o->schema, a);
    buf_format(out, "<table:table table:name=\"%s\">\n", sheets[i].sheet);
    for (const char *list = sheets[i].headings; *list; ) {
        int k = columns_find(&c, next_heading(a, &list));
        buf_format(out, "<table:table-column table:style-name=\"co1\" "
                   "table:default-cell-style-name=\"%s\"/>\n",
                   k >= 0 ? style_of(&c.column.p[k]) : "plain");
    }
    buf_format(out, "<table:table-row><table:table-cell table:style-name=\"about\" "
               "office:value-type=\"string\"><text:p>%s</text:p></table:table-cell>"
               "</table:table-row>\n<table:table-row>", sheets[i].text);
    for (const char *list = sheets[i].headings; *list; )
        buf_format(out, "<table:table-cell table:style-name=\"heading\" "
                   "office:value-type=\"string\"><text:p>%s</text:p></table:table-cell>",
                   next_heading(a, &list));
    buf_str(out, "</table:table-row>\n");
    put_cells(out, &c, a, sheets[i].headings);
    buf_str(out, "</table:table>\n");
    columns_end(&c);
}

bool list_write(const Office *o, Buf *out)
{
    static const char styles[] =
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<office:document-styles office:version=\"1.3\""
        NS("office", "office") NS("style", "style") NS("fo", "xsl-fo-compatible")
        "><office:styles><style:default-style style:family=\"table-cell\"><style:text-properties "
        "fo:language=\"pl\" fo:country=\"PL\"/></style:default-style></office:styles>"
        "</office:document-styles>\n";
    Arena *a = arena_new();
    Buf b = {0};
    buf_str(&b, head);
    put_validations(&b, o, a);
    for (size_t i = 0; i < COUNT(sheets); i++)
        put_sheet(&b, o, a, i);
    buf_str(&b, "</office:spreadsheet>\n</office:body>\n</office:document-content>\n");
    const OdfPart parts[] = { { "content.xml", b.p, b.n },
                              { "styles.xml", styles, sizeof styles - 1 } };
    bool ok = odf_write_parts("application/vnd.oasis.opendocument.spreadsheet", parts,
                              COUNT(parts), out);
    buf_free(&b);
    arena_free(a);
    return ok;
}
