/* SPDX-License-Identifier: MIT */
/* Values and blocks: what repeats, what is chosen, what vanishes (template-language.md). */
#include "test_template.h"

#define PEOPLE "<r><p n='Anna'/><p n='Jan'/><p n='Ewa'/></r>"

static void a_value_has_the_style_of_the_tags_first_character(void **state)
{
    (void)state;
    expect(P("Pani {{ @n }}."), "<r n='Anna'/>", "<p>Pani Anna.</p>");
    expect(P("x" SPAN("B", "{{ @") "n }}y"), "<r n='A'/>", "<p>x<span B>A</span>y</p>");
    expect(P("x{{ " SPAN("B", "@n }}y")), "<r n='A'/>", "<p>xA<span B>y</span></p>");
}

static void text_between_repeats_in_a_paragraph(void **state)
{
    (void)state;
    expect(P("{{#each p}}{{ @n }}, {{/each}}koniec"), PEOPLE, "<p>Anna, Jan, Ewa, koniec</p>");
    expect(P("{{#each p}}{{#if position() &gt; 1}}, {{/if}}{{ @n }}{{/each}}"), PEOPLE,
           "<p>Anna, Jan, Ewa</p>");
    expect(P("{{#each q}}x{{#else}}nikt{{/each}}"), PEOPLE, "<p>nikt</p>");
}

static void paragraphs_between_control_paragraphs_repeat(void **state)
{
    (void)state;
    expect(P("{{#each p}}") P("{{ @n }}") P("--") P("{{/each}}") P("koniec"), PEOPLE,
           "<p>Anna</p><p>--</p><p>Jan</p><p>--</p><p>Ewa</p><p>--</p><p>koniec</p>");
    expect(P("{{#each p}}{{ @n }}") P("--{{/each}}"), PEOPLE,
           "<p>Anna</p><p>--</p><p>Jan</p><p>--</p><p>Ewa</p><p>--</p>");
}

static void rows_repeat(void **state)
{
    (void)state;
    expect(TABLE(ROW(CELL(P("{{#each p}}{{ @n }}")) CELL(P("x{{/each}}")))), PEOPLE,
           "<table name=T><column><row><cell><p>Anna</p></cell><cell><p>x</p></cell></row>"
           "<row><cell><p>Jan</p></cell><cell><p>x</p></cell></row>"
           "<row><cell><p>Ewa</p></cell><cell><p>x</p></cell></row></table>");
}

static void rows_between_control_rows_repeat_and_control_rows_vanish(void **state)
{
    (void)state;
    expect(TABLE(HEADS(ROW(CELL(P("Kto")))) ROW(CELL(P("{{#each p}}"))) ROW(CELL(P("{{ @n }}")))
                 ROW(CELL(P("-"))) ROW(CELL(P("{{/each}}"))) ROW(CELL(P("razem")))),
           "<r><p n='A'/><p n='B'/></r>",
           "<table name=T><column><header-rows><row><cell><p>Kto</p></cell></row></header-rows>"
           "<row><cell><p>A</p></cell></row><row><cell><p>-</p></cell></row>"
           "<row><cell><p>B</p></cell></row><row><cell><p>-</p></cell></row>"
           "<row><cell><p>razem</p></cell></row></table>");
}

static void a_single_column_row_repeats_by_row(void **state)
{
    (void)state;
    expect(
        TABLE(ROW(CELL(P("{{#each p by row}}{{ @n }}{{/each}}")))), "<r><p n='A'/><p n='B'/></r>",
        "<table "
        "name=T><column><row><cell><p>A</p></cell></row><row><cell><p>B</p></cell></row></table>");
    /* docxtemplater 612: a row of one column cannot be dropped */
    expect(TABLE(ROW(CELL(P("x"))) ROW(CELL(P("{{#if p/@q by row}}y{{/if}}")))),
           "<r><p n='A'/></r>",
           "<table name=T><column><row><cell><p>x</p></cell></row></table>");
}

static void cells_repeat_and_the_columns_follow(void **state)
{
    (void)state;
    const char *body =
        "<table:table><table:table-column table:style-name=\"a\"/><table:table-column "
        "table:style-name=\"b\"/>" ROW(CELL(P("k")) CELL(P("{{#each p by cell}}{{ @n }}{{/each}}")))
            ROW(CELL(P("l")) CELL(P("{{#each p by cell}}x{{/each}}"))) "</table:table>";
    expect(body, PEOPLE,
           "<table><column a><column b><column b><column b>"
           "<row><cell><p>k</p></cell><cell><p>Anna</p></cell><cell><p>Jan</p></cell><cell><p>Ewa</"
           "p></cell></row>"
           "<row><cell><p>l</p></cell><cell><p>x</p></cell><cell><p>x</p></cell><cell><p>x</p></"
           "cell></row></table>");
    expect(body, "<r/>",
           "<table><column "
           "a><row><cell><p>k</p></cell></row><row><cell><p>l</p></cell></row></table>");
}

static void rows_are_chosen_by_if_and_else(void **state)
{
    (void)state;
    const char *body = TABLE(ROW(CELL(P("{{#if @a}}"))) ROW(CELL(P("a")))
                             ROW(CELL(P("{{#elif @b}}")))
                             ROW(CELL(P("b"))) ROW(CELL(P("{{#else}}"))) ROW(CELL(P("c")))
                             ROW(CELL(P("{{/if}}"))));
    expect(body, "<r a='1'/>", "<table name=T><column><row><cell><p>a</p></cell></row></table>");
    expect(body, "<r b='1'/>", "<table name=T><column><row><cell><p>b</p></cell></row></table>");
    expect(body, "<r/>", "<table name=T><column><row><cell><p>c</p></cell></row></table>");
}

static void a_row_whose_cells_lost_all_vanishes_and_so_does_an_empty_table(void **state)
{
    (void)state;
    expect(TABLE(ROW(CELL(P("{{#if @a}}x{{/if}}")) CELL(P(""))) ROW(CELL(P("k")) CELL(P("")))),
           "<r/>",
           "<table name=T><column><row><cell><p>k</p></cell><cell><p></cell></row></table>");
    expect(P("a") TABLE(ROW(CELL(P("{{#each p}}{{ @n }}")) CELL(P("{{/each}}")))) P("b"), "<r/>",
           "<p>a</p><p>b</p>");
}

static void a_cell_keeps_one_paragraph(void **state)
{
    (void)state;
    expect(TABLE(ROW(CELL(P("{{#if @a}}") P("x") P("{{/if}}")) CELL(P("k")))), "<r/>",
           "<table name=T><column><row><cell><p></cell><cell><p>k</p></cell></row></table>");
    expect("<text:section text:name=\"S\">" P("{{#if @a}}x{{/if}}") "</text:section>", "<r/>",
           "<p>");
}

static void items_repeat_and_sublists_belong_to_their_item(void **state)
{
    (void)state;
    expect(LIST(ITEM(P("{{#each p}}")) ITEM(P("{{ @n }}")) ITEM(P("{{/each}}")) ITEM(P("z"))),
           "<r><p n='A'/><p n='B'/></r>",
           "<list L1><item><p>A</p></item><item><p>B</p></item><item><p>z</p></item></list>");
    expect(LIST(ITEM(P("{{#each p by item}}{{ @n }}{{/each}}"))), "<r><p n='A'/><p n='B'/></r>",
           "<list L1><item><p>A</p></item><item><p>B</p></item></list>");
    expect(
        LIST(ITEM(P("{{#each p}}{{ @n }}") LIST(ITEM(P("s")))) ITEM(P("t{{/each}}"))),
        "<r><p n='A'/><p n='B'/></r>",
        "<list L1><item><p>A</p><list L1><item><p>s</p></item></list></item><item><p>t</p></item>"
        "<item><p>B</p><list L1><item><p>s</p></item></list></item><item><p>t</p></item></list>");
}

static void an_empty_list_vanishes(void **state)
{
    (void)state;
    expect(P("a") LIST(ITEM(P("{{#each p}}")) ITEM(P("{{ @n }}")) ITEM(P("{{/each}}"))), "<r/>",
           "<p>a</p>");
    expect(P("a") LIST(ITEM(P("{{#if @x}}x{{/if}}"))), "<r/>", "<p>a</p>");
}

static void lists_of_one_item_that_continue_count_as_one(void **state)
{
    (void)state;
    expect("<text:list xml:id=\"l1\" text:style-name=\"L1\">" ITEM(P("{{#each p}}{{ @n }}"))
           "</text:list>"
           "<text:list text:continue-list=\"l1\" text:style-name=\"L1\">" ITEM(P("x"))
           "</text:list>"
           "<text:list text:continue-numbering=\"true\" text:style-name=\"L1\">"
           ITEM(P("{{/each}}")) "</text:list>",
           "<r><p n='A'/><p n='B'/></r>",
           "<list id=l1 L1><item><p>A</p></item><item><p>x</p></item><item><p>B</p></item>"
           "<item><p>x</p></item></list>");
}

static void a_list_in_a_loop_starts_anew_in_each_turn(void **state)
{
    (void)state;
    /* docxtpl 425, docxtemplater 217: numbering continues across turns */
    expect(P("{{#each p}}") "<text:list xml:id=\"l1\" text:style-name=\"L1\">" ITEM(P("{{ @n }}"))
           "</text:list>"
           P("-") "<text:list xml:id=\"l2\" text:continue-list=\"l1\" text:style-name=\"L1\">"
           ITEM(P("y")) "</text:list>"
           P("{{/each}}"), "<r><p n='A'/><p n='B'/></r>",
           "<list id=l1 L1><item><p>A</p></item></list><p>-</p>"
           "<list id=l2 continue-list=l1 L1><item><p>y</p></item></list>"
           "<list id=l1_2 L1><item><p>B</p></item></list><p>-</p>"
           "<list id=l2_2 continue-list=l1_2 L1><item><p>y</p></item></list>");
}

static void sections_tables_and_paragraphs_repeat_between_paragraphs(void **state)
{
    (void)state;
    expect(P("{{#each p}}") SECTION(P("{{ @n }}")) TABLE(ROW(CELL(P("c")))) P("{{/each}}"),
           "<r><p n='A'/><p n='B'/></r>",
           "<section name=S><p>A</p></section><table "
           "name=T><column><row><cell><p>c</p></cell></row></table>"
           "<section name=S_2><p>B</p></section><table "
           "name=T_2><column><row><cell><p>c</p></cell></row></table>");
    expect(SECTION(P("{{#if @x by section}}a{{/if}}")) P("b"), "<r/>", "<p>b</p>");
    expect(TABLE(ROW(CELL(P("{{#each p by table}}{{ @n }}{{/each}}")))),
           "<r><p n='A'/><p n='B'/></r>",
           "<table name=T><column><row><cell><p>A</p></cell></row></table>"
           "<table name=T_2><column><row><cell><p>B</p></cell></row></table>");
}

static void blocks_nest_in_any_unit(void **state)
{
    (void)state;
    const char *data = "<r><g n='X'><p n='A'/><p n='B'/></g><g n='Y'/></r>";
    expect(P("{{#each g}}") P("{{ @n }}: {{#each p}}{{ @n }}{{#if position() != last()}}, "
                              "{{/if}}{{#else}}nikt{{/each}}") P("{{/each}}"),
           data, "<p>X: A, B</p><p>Y: nikt</p>");
    expect(TABLE(ROW(CELL(P("{{#each g}}{{#each p}}"))) ROW(CELL(P("{{ ../@n }}{{ @n }}")))
                     ROW(CELL(P("{{/each}}{{/each}}")))),
           data,
           "<table "
           "name=T><column><row><cell><p>XA</p></cell></row><row><cell><p>XB</p></cell></row></"
           "table>");
    expect(TABLE(ROW(CELL(P("{{#each g}}"))) ROW(CELL(P("{{ @n }}{{#each p}}")))
                 ROW(CELL(P("{{ @n }}")))
                 ROW(CELL(P("{{/each}}{{/each}}")))), data,
           "<table name=T><column><row><cell><p>A</p></cell></row><row><cell><p>A</p></cell></row>"
           "<row><cell><p>B</p></cell></row><row><cell><p>B</p></cell></row></table>");
    expect(P("{{#each g by paragraph}}{{ @n }}{{#if p}}: {{ count(p) }}{{/if}}{{/each}}"), data,
           "<p>X: 2</p><p>Y</p>");
}

static void one_block_may_end_where_the_next_begins(void **state)
{
    (void)state;
    /* docxtemplater 201: close and open tag in one cell */
    expect(P("{{#each p}}") P("{{ @n }}") P("{{/each}}{{#each q}}") P("{{ @n }}") P("{{/each}}"),
           "<r><p n='A'/><q n='B'/></r>", "<p>A</p><p>B</p>");
}

static void groups_and_sorting(void **state)
{
    (void)state;
    const char *data = "<r><p n='Łucja' m='x'/><p n='Lech' m='y'/><p n='Zofia' m='x'/></r>";
    expect(P("{{#each p sort @n}}{{ @n }} {{/each}}"), data, "<p>Lech Łucja Zofia </p>");
    expect(P("{{#each p sort @n desc}}{{ position() }}{{ @n }} {{/each}}"), data,
           "<p>1Zofia 2Łucja 3Lech </p>");
    expect(P("{{#each p group @m sort @m desc}}{{ @m }}: {{#each group() sort @n}}{{ @n }} "
             "{{/each}}{{/each}}"),
           data, "<p>y: Lech x: Łucja Zofia </p>");
}

static void let_lasts_to_the_end_of_its_block(void **state)
{
    (void)state;
    expect(P("{{#let x = p[2]}}") P("{{ $x/@n }}")
           P("{{#each p}}{{#let x = @n}}{{ $x }}{{/each}} {{ $x/@n }}"), PEOPLE,
           "<p>Jan</p><p>AnnaJanEwa Jan</p>");
    expect_fault(P("{{#if p}}{{#let y = 1}}{{/if}}") P("{{ $y }}"), PEOPLE, "$y has no value here");
}

static void paragraphs_of_control_tags_and_empty_conditions_leave_no_blank(void **state)
{
    (void)state;
    /* docxtemplater 119, 280, 745, 762; carbone 121, 130: an address line without a flat */
    expect(P("ul. Polna 1") P("{{#if @flat}}m. {{ @flat }}{{/if}}") P("09-100"), "<r/>",
           "<p>ul. Polna 1</p><p>09-100</p>");
    expect(P("{{! uwaga }}") P("a") P("{{#let q = 1}}") P("b") P("") P("c"), "<r/>",
           "<p>a</p><p>b</p><p><p>c</p>");
    expect(P("a {{#if @x}}b {{/if}}c"), "<r/>", "<p>a c</p>");
}

static void a_paragraph_of_an_empty_value_stays(void **state)
{
    (void)state;
    expect(P("a") P("{{ @e }}") P("b"), "<r e=''/>", "<p>a</p><p><p>b</p>");
}

static void blocks_cut_through_spans(void **state)
{
    (void)state;
    const char *body = P(SPAN("B", "a{{#if @x}}b") "c{{/if}}d" SPAN("B", "{{#if @x}}e{{/if}}"));
    expect(body, "<r x='1'/>", "<p><span B>a</span><span B>b</span>cd<span B>e</span></p>");
    expect(body, "<r/>", "<p><span B>a</span>d</p>");
}

static void a_bookmark_on_a_vanishing_paragraph_moves_to_the_next_block(void **state)
{
    (void)state;
    expect(P("<text:bookmark text:name=\"m\"/>{{#if 1}}") P("a") P("{{/if}}"), "<r/>",
           "<p><bookmark name=m>a</p>");
    expect(P("a") P("{{#if 1}}<text:bookmark text:name=\"m\"/>{{/if}}"), "<r/>",
           "<p><bookmark name=m>a</p>");
    expect(P("<draw:frame text:anchor-type=\"paragraph\"/>{{! x }}") TABLE(ROW(CELL(P("a")))),
           "<r/>",
           "<table name=T><column><row><cell><p><frame "
           "anchor-type=paragraph>a</p></cell></row></table>");
}

static void copies_get_new_names_and_references_follow(void **state)
{
    (void)state;
    expect(P("{{#each p}}")
           P("<text:bookmark-start text:name=\"b\"/>{{ @n }}<text:bookmark-end text:name=\"b\"/>")
           P("<text:bookmark-ref text:ref-name=\"b\"/><text:a xlink:href=\"#b\">x</text:a>")
           P("{{/each}}")
           P("<text:bookmark-ref text:ref-name=\"b\"/>"), "<r><p n='A'/><p n='B'/></r>",
           "<p><bookmark-start name=b>A<bookmark-end name=b></p>"
           "<p><bookmark-ref ref-name=b><a href=#b>x</a></p>"
           "<p><bookmark-start name=b_2>B<bookmark-end name=b_2></p>"
           "<p><bookmark-ref ref-name=b_2><a href=#b_2>x</a></p><p><bookmark-ref ref-name=b></p>");
    /* a name that the numbered ones would meet */
    expect(P("<text:bookmark text:name=\"b_2\"/>{{#each p}}<text:bookmark text:name=\"b\"/>{{ @n }}"
             "<text:bookmark text:name=\"b_2\"/>{{/each}}"),
           "<r><p n='A'/><p n='B'/></r>",
           "<p><bookmark name=b_2><bookmark name=b>A<bookmark name=b_2><bookmark "
           "name=b__2>B<bookmark name=b_2_2></p>");
}

static void repeated_rows_of_the_file_are_written_out_first(void **state)
{
    (void)state;
    expect(
        TABLE("<table:table-row table:number-rows-repeated=\"2\">" CELL(
            P("{{ @n }}")) "</table:table-row>"),
        "<r n='A'/>",
        "<table "
        "name=T><column><row><cell><p>A</p></cell></row><row><cell><p>A</p></cell></row></table>");
}

static void headers_see_the_lets_of_the_body(void **state)
{
    (void)state;
    Result r = run_case(
        (Case){ .body = P("{{#let x = @n}}") P("a"),
                .data = "<r n='A'/>",
                .masters = "<style:master-page style:name=\"Standard\" "
                           "style:page-layout-name=\"pm1\"><style:header>" P("{{ $x }} {{ @n }}")
                               P("{{#if 0}}x{{/if}}") "</style:header></style:master-page>",
                .properties = "<dc:title>Pismo {{ $x }}</dc:title>" });
    assert_true(r.filled);
    Buf b = { 0 };
    show_kids(odf_kid(r.doc.masters->kid[0], ODF_STYLE_HEADER), &b);
    assert_string_equal(b.p, "<p>A A</p>");
    assert_string_equal(r.doc.title, "Pismo A");
    buf_free(&b);
    case_done(&r);
}

static void a_field_with_the_title_repeats_no_tag(void **state)
{
    (void)state;
    expect_case((Case){ .body = P("<text:title>Pismo {{ @n }}</text:title>"), .data = "<r n='A'/>",
                        .properties = "<dc:title>Pismo {{ @n }}</dc:title>" }, "<p><title></p>");
}

static void what_holds_no_tag_is_shared(void **state)
{
    (void)state;
    Result r = run_case((Case){ .body = P("a") TABLE(ROW(CELL(P("b")))) P("{{ @n }}"),
        .data = "<r n='A'/>" });
    const OdfNode *own = template_document(r.template)->body;
    assert_true(r.filled);
    assert_ptr_equal(r.doc.body->kid[0], own->kid[0]);
    assert_ptr_equal(r.doc.body->kid[1], own->kid[1]);
    assert_ptr_not_equal(r.doc.body->kid[2], own->kid[2]);
    assert_ptr_equal(r.doc.masters, template_document(r.template)->masters);
    case_done(&r);
}

static void stored_entries_of_a_table_of_contents_are_no_tags(void **state)
{
    (void)state;
    expect("<text:table-of-content "
           "text:name=\"TOC\"><text:table-of-content-source/><text:index-body><text:index-title "
           "text:name=\"x\">" P("Spis {{ @n }}") "</text:index-title>" P(
               "{{#each p}}{{ @n }}\t1") "</text:index-body></text:table-of-content>"
                                         "<text:h>{{ @n }}</text:h>",
           "<r n='A'/>",
           "<of-content name=TOC><of-content-source><index-body><index-title name=x><p>Spis "
           "A</p></index-title>"
           "</index-body></of-content><h>A</h>");
}

static void the_program_can_be_read(void **state)
{
    (void)state;
    Result r = run_case((Case){ .body = P("a") P("{{#each p}}") P("x{{ @n }}") P("{{#else}}") P("b")
        P("{{/each}}") });
    Buf b = { 0 };
    template_dump(r.template, &b);
    assert_string_equal(
        b.p, "holder office:text\n  static text:p\n  paragraph text:p\n  each {{#each p}}\n    "
             "paragraph text:p\n"
             "      static \"x\"\n      value {{ @n }}\n  {{#else}}\n    paragraph text:p\n    "
             "static text:p\n  paragraph text:p\nstatic office:master-styles\n");
    buf_free(&b);
    case_done(&r);
}

static void private_things_of_the_template_are_left_out(void **state)
{
    (void)state;
    expect(
        "<text:tracked-changes><text:changed-region text:id=\"c\"/></text:tracked-changes>" P(
            "a<text:change-start text:change-id=\"c\"/>b<text:change-end text:change-id=\"c\"/>"
            "<office:annotation><text:p>{{ bad bad "
            "}}</text:p></office:annotation><text:soft-page-break/>")
        "<text:section text:name=\"H\" text:display=\"none\">" P("ukryte") "</text:section>",
        "<r/>", "<p>ab</p>");
    expect(P("a<text:author-name>x</text:author-name><text:creator>x</text:creator><text:file-name>"
             "/home/x.odt</text:file-name><text:initial-creator text:fixed=\"true\">y"
             "</text:initial-creator>"),
           "<r/>", "<p>a<initial-creator fixed=true>y</initial-creator></p>");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_value_has_the_style_of_the_tags_first_character),
        cmocka_unit_test(text_between_repeats_in_a_paragraph),
        cmocka_unit_test(paragraphs_between_control_paragraphs_repeat),
        cmocka_unit_test(rows_repeat),
        cmocka_unit_test(rows_between_control_rows_repeat_and_control_rows_vanish),
        cmocka_unit_test(a_single_column_row_repeats_by_row),
        cmocka_unit_test(cells_repeat_and_the_columns_follow),
        cmocka_unit_test(rows_are_chosen_by_if_and_else),
        cmocka_unit_test(a_row_whose_cells_lost_all_vanishes_and_so_does_an_empty_table),
        cmocka_unit_test(a_cell_keeps_one_paragraph),
        cmocka_unit_test(items_repeat_and_sublists_belong_to_their_item),
        cmocka_unit_test(an_empty_list_vanishes),
        cmocka_unit_test(lists_of_one_item_that_continue_count_as_one),
        cmocka_unit_test(a_list_in_a_loop_starts_anew_in_each_turn),
        cmocka_unit_test(sections_tables_and_paragraphs_repeat_between_paragraphs),
        cmocka_unit_test(blocks_nest_in_any_unit),
        cmocka_unit_test(one_block_may_end_where_the_next_begins),
        cmocka_unit_test(groups_and_sorting),
        cmocka_unit_test(let_lasts_to_the_end_of_its_block),
        cmocka_unit_test(paragraphs_of_control_tags_and_empty_conditions_leave_no_blank),
        cmocka_unit_test(a_paragraph_of_an_empty_value_stays),
        cmocka_unit_test(blocks_cut_through_spans),
        cmocka_unit_test(a_bookmark_on_a_vanishing_paragraph_moves_to_the_next_block),
        cmocka_unit_test(copies_get_new_names_and_references_follow),
        cmocka_unit_test(repeated_rows_of_the_file_are_written_out_first),
        cmocka_unit_test(headers_see_the_lets_of_the_body),
        cmocka_unit_test(a_field_with_the_title_repeats_no_tag),
        cmocka_unit_test(what_holds_no_tag_is_shared),
        cmocka_unit_test(stored_entries_of_a_table_of_contents_are_no_tags),
        cmocka_unit_test(the_program_can_be_read),
        cmocka_unit_test(private_things_of_the_template_are_left_out),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
