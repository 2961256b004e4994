/* SPDX-License-Identifier: MIT */
/* Polish typography (domain.md section 7) in template text and in values. */
#include "test_template.h"

static void expect_set(const char *body, const char *data, const char *expected)
{
    expect_case((Case){ .body = body, .data = data, .typography = true }, expected);
}

static const struct { const char *text, *expected; } texts[] = {
    { "i w tym a także o tym z nim u was", "<p>i~w~tym a~także o~tym z~nim u~was</p>" },
    { "W domu (i w ogrodzie) „o tym”", "<p>W~domu (i~w~ogrodzie) „o~tym”</p>" },
    { "ma i, potem w", "<p>ma i, potem w</p>" },
    { "EU i 5 z. a-b x a", "<p>EU i~5 z. a-b x a</p>" },
    { "200 146,96 zł oraz 21 015,43 zł", "<p>200~146,96~zł oraz 21~015,43~zł</p>" },
    { "w 2009 200 osób", "<p>w~2009 200 osób</p>" },
    { "16 grudnia 2011 r. i 16 XII 2011 r.", "<p>16~grudnia 2011~r. i~16~XII 2011~r.</p>" },
    { "12 godzin, 5 km, 3 kmx, 10,5 % i 7 szt.", "<p>12~godzin, 5~km, 3 kmx, 10,5~% i~7~szt.</p>" },
    { "ul. Polna 1, al. Jana Pawła II, nr 5, nr konta, § 23, art. 108 ust. 4 pkt 1",
      "<p>ul.~Polna 1, al.~Jana Pawła II, "
      "nr~5, nr konta, §~23, art.~108 ust.~4 pkt~1</p>" },
    { "Art. 5 Ul. Długa Nr 7", "<p>Art.~5 Ul.~Długa Nr~7</p>" },
    { "Pani Anna Nowak, pani Anna, Pan dr A. J. Nowak, tzw. grupa",
        "<p>Pani~Anna Nowak, pani Anna, Pan dr~A.~J.~Nowak, tzw.~grupa</p>" },
    { "kurs \"Prawo jazdy\" i \"b \"c\" d\" 15\" x", "<p>kurs „Prawo jazdy” i~„b «c» d” 15\" x</p>"
        },
    { "d'Artagnan 'a'", "<p>d’Artagnan 'a'</p>" },
};

static void static_text_is_set_by_the_rules(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(texts); i++) {
        Buf b = { 0 };
        buf_format(&b, P("%s"), texts[i].text);
        expect_set(b.p, NULL, texts[i].expected);
        buf_free(&b);
    }
}

static void values_are_set_by_the_same_rules(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(texts); i++) {
        Buf b = { 0 };
        buf_str(&b, "<r><v>");
        buf_str(&b, texts[i].text);
        buf_str(&b, "</v></r>");
        expect_set(P("{{ v }}"), b.p, texts[i].expected);
        buf_free(&b);
    }
}

static void values_and_their_neighbours_hold_together(void **state)
{
    (void)state;
    expect_set(P("w {{ @m }}, nr {{ @n }}, {{ @n }} zł, \"{{ @m }}\""), "<r m='Sierpcu' n='12'/>",
               "<p>w~Sierpcu, nr~12, 12~zł, „Sierpcu”</p>");
    expect_set(P("x {{ @l }} {{ @m }}"), "<r l='z' m='nimi'/>", "<p>x z~nimi</p>");
}

static void styles_keep_their_borders(void **state)
{
    (void)state;
    expect_set(P("w" SPAN("B", " {{ @m }}")), "<r m='A'/>", "<p>w<span B>~A</span></p>");
    expect_set(P(SPAN("B", "w ") "A"), "<r/>", "<p><span B>w~</span>A</p>");
    expect_set(P("5 <text:bookmark text:name=\"b\"/>zł"), "<r/>", "<p>5~<bookmark name=b>zł</p>");
}

static void it_can_be_switched_off_and_leaves_other_languages_alone(void **state)
{
    (void)state;
    expect(P("w domu \"x\""), NULL, "<p>w domu \"x\"</p>");
    expect_case(
        (Case){
            .body = "<text:p text:style-name=\"E\">w domu \"{{ @a }}\"</text:p>",
            .typography = true,
            .data = "<r a='1'/>",
            .automatic =
                "<style:style style:name=\"E\" style:family=\"paragraph\"><style:text-properties "
                "fo:language=\"en\" fo:country=\"GB\"/></style:style>" },
        "<p E>w domu \"1\"</p>");
}

static void text_boxes_are_set_on_their_own(void **state)
{
    (void)state;
    expect_set(P("w<draw:frame text:anchor-type=\"as-char\"><draw:text-box>" P("i w")
                     P("w domu") "</draw:text-box></draw:frame> x"),
               NULL,
               "<p>w<frame "
               "anchor-type=as-char><text-box><p>i~w</p><p>w~domu</p></text-box></frame> x</p>");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(static_text_is_set_by_the_rules),
        cmocka_unit_test(values_are_set_by_the_same_rules),
        cmocka_unit_test(values_and_their_neighbours_hold_together),
        cmocka_unit_test(styles_keep_their_borders),
        cmocka_unit_test(it_can_be_switched_off_and_leaves_other_languages_alone),
        cmocka_unit_test(text_boxes_are_set_on_their_own),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
