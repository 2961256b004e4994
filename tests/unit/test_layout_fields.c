/* SPDX-License-Identifier: MIT */
/* layout/: what fields print by their data style (writer-layout, text section 10).  The expected
 * texts are those that LibreOffice 7.4 prints for the same fields. */
#include "test_layout.h"

#define DATE_STYLE(more, inside) \
    "<number:date-style style:name=\"D\" " more ">" inside "</number:date-style>"
#define DAY(style) "<number:day number:style=\"" style "\"/>"
#define MONTH(style) "<number:month number:style=\"" style "\"/>"
#define NAME(style) "<number:month number:textual=\"true\" number:style=\"" style "\"/>"
#define YEAR(style) "<number:year number:style=\"" style "\"/>"
#define SIGN(text) "<number:text>" text "</number:text>"
#define PL "number:language=\"pl\" number:country=\"PL\""
#define EN "number:language=\"en\" number:country=\"US\""
#define AUTO " number:automatic-order=\"true\""
#define FIXED_DATE \
    P("<text:date style:data-style-name=\"D\" text:fixed=\"true\" " \
      "text:date-value=\"2020-02-03T15:07:09.25\">stored</text:date>")

static void expect(const char *body, const char *automatic, const char *want)
{
    Laid r = lay((Source){ body, automatic });
    const LayoutPage *page = r.l->page.p[0];
    Buf all = {0};
    for (size_t i = 0; i < page->item.n; i++)
        if (page->item.p[i].kind == ITEM_TEXT)
            buf_put(&all, page->item.p[i].text.text, page->item.p[i].text.len);
    assert_string_equal(all.p, want);
    buf_free(&all);
    done(&r);
}

static void fixed_dates_are_written_by_their_data_style(void **state)
{
    (void)state;
    static const struct { const char *style, *want; } cases[] = {
        { DATE_STYLE("", DAY("long") SIGN(".") MONTH("long") SIGN(".") YEAR("long")),
          "03.02.2020" },
        { DATE_STYLE(PL, DAY("short") SIGN(" ") NAME("long") SIGN(" ") YEAR("long") SIGN(" r.")),
          "3 lutego 2020 r." },
        { DATE_STYLE(PL, NAME("long") SIGN(" ") YEAR("long")), "luty 2020" },
        { DATE_STYLE(PL, "<number:day-of-week number:style=\"long\"/>" SIGN(", ") DAY("short")
                             SIGN(" ") NAME("short") SIGN(" ") YEAR("short")),
          "poniedzia\u0142ek, 3 II 20" },
        { DATE_STYLE(EN, NAME("long") SIGN(" ") DAY("short") SIGN(", ") YEAR("long")),
          "February 3, 2020" },
        { DATE_STYLE(PL AUTO, DAY("long") SIGN(".") MONTH("long") SIGN(".") YEAR("short")),
          "3.02.20" },
        { DATE_STYLE(EN AUTO, DAY("long") SIGN(".") MONTH("long") SIGN(".") YEAR("short")),
          "02/03/20" },
        { DATE_STYLE(EN, "<number:hours/>" SIGN(":") "<number:minutes number:style=\"long\"/>"
                         SIGN(" ") "<number:am-pm/>"), "3:07 PM" },
        { DATE_STYLE(EN, YEAR("long") SIGN("'") SIGN("y")), "2020'y" },
        { DATE_STYLE(PL, YEAR("long") "<number:quarter/>"), "stored" },     /* not known */
        { "", "20-2-3" },       /* no such style: as the language, which is Polish here */
    };
    for (size_t i = 0; i < COUNT(cases); i++)
        expect(FIXED_DATE, cases[i].style, cases[i].want);
}

static void dates_that_are_not_fixed_or_wrong_stay_as_stored(void **state)
{
    (void)state;
    static const char style[] = DATE_STYLE(PL, YEAR("long"));
    static const char *const fields[] = {
        "text:date-value=\"2020-02-03\"",
        "text:fixed=\"true\"",
        "text:fixed=\"true\" text:date-value=\"hello\"",
        "text:fixed=\"true\" text:date-value=\"2020-13-03\"",
        "text:fixed=\"true\" text:date-value=\"2020-02-03\" text:date-adjust=\"P3D\"",
    };
    for (size_t i = 0; i < COUNT(fields); i++) {
        char body[300];
        snprintf(body, sizeof body,
                 P("<text:date style:data-style-name=\"D\" %s>stored</text:date>"), fields[i]);
        expect(body, style, "stored");
    }
}

static void numbers_are_written_by_their_data_style(void **state)
{
    (void)state;
#define USER(value) \
    "<text:user-field-decls><text:user-field-decl text:name=\"u\" office:value-type=\"float\" " \
    "office:value=\"" value \
    "\"/></text:user-field-decls>" P("<text:user-field-get text:name=\"u\" " \
                                     "style:data-style-name=\"N\">stored</text:user-field-get>")
#define NUMBER_STYLE(more, inside) \
    "<number:number-style style:name=\"N\" " more ">" inside "</number:number-style>"
#define TWO "<number:number number:decimal-places=\"2\" number:grouping=\"true\"/>"
    expect(USER("1234.5"), NUMBER_STYLE(EN, TWO SIGN(" zl")), "1,234.50 zl");
    expect(USER("1234.5"), NUMBER_STYLE(PL, TWO), "1\u00a0234,50");
    expect(USER("-7"), NUMBER_STYLE(EN, TWO), "-7.00");
    expect(USER("x7"), NUMBER_STYLE(EN, TWO), "x7");
    expect(USER("0.25"),
           "<number:percentage-style style:name=\"N\"><number:number number:decimal-places=\"0\"/>"
           SIGN("%") "</number:percentage-style>", "25%");
}

static void sequences_count_by_their_formula(void **state)
{
    (void)state;
#define SEQUENCE(more) \
    "<text:sequence text:name=\"T\" style:num-format=\"1\" " more ">7</text:sequence> "
#define NEXT "text:formula=\"ooow:T+1\""
    expect("<text:sequence-decls><text:sequence-decl text:name=\"T\"/></text:sequence-decls>"
           P(SEQUENCE(NEXT " text:ref-name=\"r\"") SEQUENCE(NEXT) SEQUENCE("")
             SEQUENCE("text:formula=\"ooow:T+5\"")
             "<text:sequence-ref text:ref-name=\"r\">77</text:sequence-ref>"),
           "", "1 2 7 12 1");
}

/* text.md 8.4: a plain break sets the number, and no blank page is counted for its parity. */
static void plain_break_sets_the_page_number(void **state)
{
    (void)state;
    Laid r = lay((Source){ .body = P("a") PS("B", "b") PS("C", "c"),
                           .automatic = PARA("B", "fo:break-before=\"page\" "
                                                  "style:page-number=\"21\"")
                               PARA("C", "fo:break-before=\"page\""),
                           .master = FOOTER(P(NUMBER "/<text:page-count/>")) });
    assert_int_equal(r.l->page.n, 3);
    static const char *const want[] = { "1", "21", "22" };
    for (size_t i = 0; i < 3; i++) {
        bool number = false, count = false;
        for (size_t k = 0; k < r.l->page.p[i]->item.n; k++) {
            const LayoutItem *item = &r.l->page.p[i]->item.p[k];
            number |= item->kind == ITEM_TEXT && item->text.len == strlen(want[i]) &&
                      !memcmp(item->text.text, want[i], item->text.len);
            count |= item->kind == ITEM_TEXT && item->text.len == 1 && item->text.text[0] == '3';
        }
        assert_true(number && count);
    }
    done(&r);
}

/* LibreOffice 7.4: line feeds in a field are line breaks, tabs are tabs, no space goes. */
static void white_space_of_a_field_is_kept(void **state)
{
    (void)state;
    static const char *const field[] = {
        P("<text:text-input>a\nb  c\td</text:text-input>"),
        P("<text:conditional-text text:condition=\"ooow:1==1\""
          " text:string-value-if-true=\"a&#10;b  c&#9;d\" text:string-value-if-false=\"\"/>"),
    };
    for (size_t i = 0; i < COUNT(field); i++)
        expect_texts((Source){ field[i] }, "1000 1167 a\n1000 1394 b  c\n1600 1394 d\n");
    expect_texts((Source){ P("<text:span>a\nb  c</text:span>") }, "1000 1167 a b c\n");
}

/* The text above a base is not lost. */
static void ruby_text_follows_its_base(void **state)
{
    (void)state;
    expect(P("<text:ruby><text:ruby-base>base</text:ruby-base><text:ruby-text>rt</text:ruby-text>"
             "</text:ruby> x"), "", "base (rt) x");
}

#define FIELDMARK(type, params) \
    "<field:fieldmark xmlns:field=\"urn:openoffice:names:experimental:ooo-ms-interop:xmlns:field:1.0\"" \
    " field:type=\"vnd.oasis.opendocument.field." type "\">" params "</field:fieldmark>"
#define PARAM(name, value) "<field:param field:name=\"" name "\" field:value=\"" value "\"/>"

/* Form fields of Word print what they hold; of a list the entry that is chosen, counted from 0. */
static void form_fields_of_word_print_what_they_hold(void **state)
{
    (void)state;
    expect_texts((Source){ P(FIELDMARK("FORMDROPDOWN", PARAM("Dropdown_Selected", "1")
                                       PARAM("Dropdown_ListEntry", "nie")
                                       PARAM("Dropdown_ListEntry", "tak"))) }, "1000 1167 tak\n");
    Laid r = lay((Source){ P(FIELDMARK("FORMCHECKBOX", PARAM("Checkbox_Checked", "true"))
                             FIELDMARK("FORMCHECKBOX", "")) });
    assert_true(find(&r, "\u2612", NULL)->x < find(&r, "\u2610", NULL)->x);
    done(&r);
}

/* What is laid out in another way than in Writer is told by name; the text is there. */
static void a_drop_cap_is_told_of(void **state)
{
    (void)state;
    static const char styles[] =
        "<style:style style:name=\"D\" style:family=\"paragraph\"><style:paragraph-properties>"
        "<style:drop-cap style:length=\"1\" style:lines=\"3\"/></style:paragraph-properties>"
        "</style:style>" PARA("O", "");
    Laid r = lay((Source){ PS("D", "abc"), styles });
    assert_non_null(find(&r, "abc", NULL));
    assert_non_null(strstr(r.findings.p, "a drop cap"));
    done(&r);
    r = lay((Source){ PS("O", "abc"), styles });
    assert_true(!r.findings.p || !strstr(r.findings.p, "a drop cap"));
    done(&r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(fixed_dates_are_written_by_their_data_style),
        cmocka_unit_test(dates_that_are_not_fixed_or_wrong_stay_as_stored),
        cmocka_unit_test(numbers_are_written_by_their_data_style),
        cmocka_unit_test(sequences_count_by_their_formula),
        cmocka_unit_test(plain_break_sets_the_page_number),
        cmocka_unit_test(white_space_of_a_field_is_kept),
        cmocka_unit_test(ruby_text_follows_its_base),
        cmocka_unit_test(form_fields_of_word_print_what_they_hold),
        cmocka_unit_test(a_drop_cap_is_told_of),
    };
    return cmocka_run_group_tests(tests, fonts_open, fonts_close);
}
