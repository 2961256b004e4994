/* SPDX-License-Identifier: MIT */
/* The project description: what the schema says, ids, and that checking leaves the tree alone. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "project/internal.h"

static const char good[] =
    "<project schemaVersion='1.0' id='p1' lang='pl' status='finished' synthetic='true'>"
    "<title>Nowy\n start</title><period start='2011-01-01' end='2011-12-31'/>"
    "<organisations><organisation id='o1' role='realizer' name='OPS'>"
    "<address building='1' postalCode='00-001' city='P'/>"
    "</organisation></organisations>"
    "<documents><letterhead>OPS\nul. Polna 1</letterhead></documents>"
    "<participants listed='yes'>"
    "<participant id='u1' kind='adult' firstName='Anna' lastName='L' sex='F' entry='2011-02-01'>"
    "<address street='ul. Polna' building='1' postalCode='00-001' city='P'/></participant>"
    "<participant id='u2' kind='child' firstName='Jan' lastName='L' sex='M' entry='2011-02-01'"
    " householdRef='u1'/></participants></project>";

typedef struct { ProjectSchema *schema; Diags *d; Project *p; char path[32]; } Fixture;

static Project *load(Fixture *f, const char *text)
{
    strcpy(f->path, "/tmp/test-project-XXXXXX");
    int fd = mkstemp(f->path);
    assert_true(fd >= 0);
    FILE *out = fdopen(fd, "w");
    assert_int_equal(fwrite(text, 1, strlen(text), out), strlen(text));
    assert_int_equal(fclose(out), 0);
    f->p = project_load(f->path, &(ProjectOptions){ f->schema }, f->d);
    remove(f->path);
    return f->p;
}

static void open_fixture(Fixture *f, const char *schema)
{
    *f = (Fixture){ .d = diags_new(LANG_EN) };
    f->schema = project_schema_open(schema, f->d);
    assert_non_null(f->schema);
}

static void close_fixture(Fixture *f)
{
    project_free(f->p);
    project_schema_free(f->schema);
    diags_free(f->d);
}

/* The text with one piece changed. */
static char *changed(const char *from, const char *to)
{
    const char *at = strstr(good, from);
    Buf b = {0};
    assert_non_null(at);
    buf_put(&b, good, (size_t)(at - good));
    buf_str(&b, to);
    buf_str(&b, at + strlen(from));
    return b.p;
}

static size_t errors_after(const char *from, const char *to)
{
    Fixture f;
    char *text = changed(from, to);
    open_fixture(&f, NULL);
    assert_non_null(load(&f, text));
    size_t n = project_errors(f.p);
    assert_int_equal(n, diags_count(f.d, SEV_ERROR));
    close_fixture(&f);
    free(text);
    return n;
}

static const xmlNode *nth(const xmlNode *parent, const char *name, int n)
{
    for (const xmlNode *k = parent->children; k; k = k->next)
        if (k->type == XML_ELEMENT_NODE && !strcmp((const char *)k->name, name) && !n--)
            return k;
    return NULL;
}

static void our_schema_accepts_a_good_description(void **state)
{
    (void)state;
    Fixture f;
    open_fixture(&f, NULL);
    assert_non_null(load(&f, good));
    assert_int_equal(project_errors(f.p), 0);
    assert_int_equal(diags_status(f.d, true), EXIT_DONE);
    close_fixture(&f);
}

static void ids_are_found_and_only_ids(void **state)
{
    (void)state;
    Fixture f;
    open_fixture(&f, NULL);
    load(&f, good);
    assert_string_equal(xml_attr(project_find(f.p, "u2"), "firstName"), "Jan");
    assert_string_equal(project_find(f.p, "p1")->name, "project");
    assert_null(project_find(f.p, "adult"));
    assert_null(project_find(f.p, ""));
    assert_int_equal(project_ids(f.p), 4);
    close_fixture(&f);
}

static void a_field_is_judged_by_its_place_in_the_tree(void **state)
{
    (void)state;
    Fixture f;
    open_fixture(&f, NULL);
    load(&f, good);
    const xmlNode *root = project_root(f.p);
    const xmlNode *org = nth(nth(root, "organisations", 0), "organisation", 0);
    const xmlNode *person = nth(nth(root, "participants", 0), "participant", 0);
    assert_true(project_field(f.p, nth(person, "address", 0), "city")->personal);
    assert_false(project_field(f.p, nth(org, "address", 0), "city")->personal);
    assert_true(project_field(f.p, person, "id")->id);
    assert_false(project_field(f.p, person, "firstName")->optional);
    assert_true(project_field(f.p, person, "pesel")->optional);
    assert_string_equal(project_field(f.p, person, "groupRef")->target[0], "group");
    assert_null(project_field(f.p, person, "shoeSize"));
    /* by name alone the careful answer holds for both addresses */
    assert_true(project_schema_field(f.schema, "address", "city")->personal);
    assert_null(project_schema_field(f.schema, "address", "shoeSize"));
    assert_true(project_schema_knows(f.schema, "address"));
    assert_false(project_schema_knows(f.schema, "adress"));
    close_fixture(&f);
}

static void white_space_collapses_where_the_type_says_so(void **state)
{
    (void)state;
    Fixture f;
    open_fixture(&f, NULL);
    load(&f, good);
    const xmlNode *root = project_root(f.p);
    const xmlNode *org = nth(nth(root, "organisations", 0), "organisation", 0);
    const xmlNode *title = nth(root, "title", 0);
    const xmlNode *letterhead = nth(nth(root, "documents", 0), "letterhead", 0);
    assert_true(project_collapses(f.p, title));
    assert_true(project_collapses(f.p, title->children));               /* its text node */
    assert_non_null(project_field(f.p, letterhead, NULL));
    assert_false(project_collapses(f.p, letterhead));
    assert_false(project_collapses(f.p, letterhead->children));
    assert_true(project_collapses(f.p, (const xmlNode *)org->properties));
    close_fixture(&f);
}

static void every_error_is_counted_behind_a_stray_and_a_misplaced_element(void **state)
{
    (void)state;
    /* a stray in front must not hide the wrong sex behind it, nor a child out of order */
    assert_int_equal(errors_after("sex='M'", "sex='K'"), 1);
    assert_int_equal(errors_after("<participant id='u1'", "<x/><participant id='u1'"), 1);
    Fixture f;
    open_fixture(&f, NULL);
    load(&f, "<project schemaVersion='1.0' id='p' lang='pl' status='plan' synthetic='true'>"
             "<title>A</title><stray/><period start='2011-01-01' end='2011-12-31'/>"
             "<participants listed='maybe'><participant id='u1' kind='adult' firstName='A'"
             " lastName='B' sex='K' entry='2011-02-01'/></participants></project>");
    assert_int_equal(project_errors(f.p), 4);   /* stray, order, listed, sex */
    close_fixture(&f);
    /* what stands before the misplaced one is not said twice */
    open_fixture(&f, NULL);
    load(&f, "<project schemaVersion='9' id='p' lang='pl' status='plan' synthetic='true'>"
             "<title>A</title><participants listed='yes'/>"
             "<period start='2011-01-01' end='2011-12-31'/></project>");
    assert_int_equal(project_errors(f.p), 2);   /* version, order */
    close_fixture(&f);
}

static void a_schema_of_the_user_says_what_collapses(void **state)
{
    (void)state;
    char path[] = "/tmp/test-schema-XXXXXX";
    FILE *out = fdopen(mkstemp(path), "w");
    fputs("<xs:schema xmlns:xs='http://www.w3.org/2001/XMLSchema'>"
          "<xs:simpleType name='tight'><xs:restriction base='xs:string'>"
          "<xs:whiteSpace value='collapse'/></xs:restriction></xs:simpleType>"
          "<xs:simpleType name='tighter'><xs:restriction base='tight'/></xs:simpleType>"
          "<xs:element name='a'><xs:complexType>"
          "<xs:attribute name='plain' type='xs:string'/><xs:attribute name='tight' type='tight'/>"
          "<xs:attribute name='derived' type='tighter'/>"
          "<xs:attribute name='token' type='xs:token'/>"
          "<xs:attribute name='normal' type='xs:normalizedString'/>"
          "<xs:attribute name='list'><xs:simpleType><xs:list itemType='xs:string'/></xs:simpleType>"
          "</xs:attribute></xs:complexType></xs:element></xs:schema>", out);
    assert_int_equal(fclose(out), 0);
    Fixture f;
    open_fixture(&f, path);
    remove(path);
    assert_false(project_schema_field(f.schema, "a", "plain")->collapse);
    assert_true(project_schema_field(f.schema, "a", "tight")->collapse);
    assert_true(project_schema_field(f.schema, "a", "derived")->collapse);
    assert_true(project_schema_field(f.schema, "a", "token")->collapse);
    assert_false(project_schema_field(f.schema, "a", "normal")->collapse);
    assert_true(project_schema_field(f.schema, "a", "list")->collapse);
    close_fixture(&f);
}

static void ids_and_references_are_checked(void **state)
{
    (void)state;
    assert_int_equal(errors_after("id='u2'", "id='u1'"), 1);
    assert_int_equal(errors_after("id='u2'", "id='o1'"), 1);
    assert_int_equal(errors_after("householdRef='u1'", "householdRef='u3'"), 1);
    assert_int_equal(errors_after("householdRef='u1'", "householdRef='o1'"), 1);
    assert_int_equal(errors_after("sex='M'", "sex='M' pathRefs='a b c'"), 3);
}

static char *printed(const Project *p)
{
    xmlChar *text;
    int len;
    xmlDocDumpMemory(xml_tree(project_xml(p)), &text, &len);
    char *r = mem_dup((char *)text, (size_t)len);
    xmlFree(text);
    return r;
}

static void checking_leaves_the_tree_as_it_was(void **state)
{
    (void)state;
    static const char text[] =
        "<?xml version=\"1.0\"?>\n<project id=\"p1\"><a/><title>A<b/><c/></title>"
        " <d><e/></d><f/></project>\n";
    Fixture f;
    open_fixture(&f, NULL);
    load(&f, text);
    char *after = printed(f.p);
    assert_string_equal(after, text);
    for (const xmlNode *n = project_root(f.p)->last; n; n = n->prev)
        assert_ptr_equal(n->parent, project_root(f.p));
    free(after);
    close_fixture(&f);
}

static void without_a_schema_attributes_named_id_are_found(void **state)
{
    (void)state;
    Fixture f;
    open_fixture(&f, "none");
    load(&f, "<a><b id='x' n='1'/><b id='x' n='2'/><c key='y'/></a>");
    assert_int_equal(project_errors(f.p), 0);
    assert_string_equal(xml_attr(project_find(f.p, "x"), "n"), "1");
    assert_null(project_find(f.p, "y"));
    assert_null(project_field(f.p, project_root(f.p), "id"));
    close_fixture(&f);
}

static void what_cannot_be_read_gives_no_project(void **state)
{
    (void)state;
    Fixture f;
    open_fixture(&f, NULL);
    assert_null(load(&f, "<project"));
    assert_int_equal(diags_count(f.d, SEV_ERROR), 1);
    assert_null(project_load("/nowhere/project.xml", &(ProjectOptions){ f.schema }, f.d));
    assert_int_equal(diags_count(f.d, SEV_ERROR), 2);
    close_fixture(&f);
}

static void one_schema_serves_many_descriptions(void **state)
{
    (void)state;
    Fixture f;
    open_fixture(&f, NULL);
    for (int i = 0; i < 3; i++) {
        load(&f, i == 1 ? "<project/>" : good);
        assert_int_equal(project_errors(f.p) > 0, i == 1);
        project_free(f.p);
        f.p = NULL;
    }
    close_fixture(&f);
}

static void the_compiled_in_schema_is_the_published_file(void **state)
{
    (void)state;
    size_t len, n;
    const char *text = project_schema_text(&len);
    Diags *d = diags_new(LANG_EN);
    char *file = file_read("schema/project.xsd", 1 << 24, &n, d);
    if (file) {                         /* the tests are run in the repository */
        assert_int_equal(n, len);
        assert_memory_equal(file, text, len);
    }
    assert_int_equal(text[len], 0);
    free(file);
    diags_free(d);
}

static void near_names_are_near(void **state)
{
    (void)state;
    assert_int_equal(near_distance("participant", "participant"), 0);
    assert_int_equal(near_distance("participant", "particpant"), 1);
    assert_int_equal(near_distance("firstName", "fristName"), 1);       /* neighbours swapped */
    assert_int_equal(near_distance("code", "kode"), 1);
    assert_int_equal(near_distance("participant", "partycypant"), 2);
    assert_int_equal(near_distance("sex", "sek"), 1);
    assert_true(near_distance("id", "to") > NEAR_MOST);         /* too short to be a slip */
    assert_true(near_distance("title", "table") > NEAR_MOST);
    assert_true(near_distance("a", "participants") > NEAR_MOST);
    char longer[200];
    memset(longer, 'a', sizeof longer - 1);
    longer[sizeof longer - 1] = 0;
    assert_true(near_distance(longer, longer) > NEAR_MOST);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(our_schema_accepts_a_good_description),
        cmocka_unit_test(ids_are_found_and_only_ids),
        cmocka_unit_test(a_field_is_judged_by_its_place_in_the_tree),
        cmocka_unit_test(white_space_collapses_where_the_type_says_so),
        cmocka_unit_test(every_error_is_counted_behind_a_stray_and_a_misplaced_element),
        cmocka_unit_test(a_schema_of_the_user_says_what_collapses),
        cmocka_unit_test(ids_and_references_are_checked),
        cmocka_unit_test(checking_leaves_the_tree_as_it_was),
        cmocka_unit_test(without_a_schema_attributes_named_id_are_found),
        cmocka_unit_test(what_cannot_be_read_gives_no_project),
        cmocka_unit_test(one_schema_serves_many_descriptions),
        cmocka_unit_test(the_compiled_in_schema_is_the_published_file),
        cmocka_unit_test(near_names_are_near),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
