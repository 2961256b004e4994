# SPDX-License-Identifier: MIT
"""The parts of skryba-project(5) that have their source elsewhere: elements and values from
schema/project.xsd, the table of rules from schema/project.sch and the code it calls, the functions
of rules from src/project/rules_functions.c.  manual.py puts them into the manual."""
import glob
import re
import xml.etree.ElementTree as ET

SCHEMA, RULES = 'schema/project.xsd', 'schema/project.sch'
FUNCTIONS = 'src/project/rules_functions.c', 'src/expr/table.c'
XS = '{http://www.w3.org/2001/XMLSchema}'
MARK = '{urn:skryba:schema}'
SCH = '{http://purl.oclc.org/dsdl/schematron}'
LANG = '{http://www.w3.org/XML/1998/namespace}lang'
WORDS = {'xs:boolean': 'true or false', 'xs:positiveInteger': 'a whole number above 0',
         'xs:NMTOKENS': 'names separated by spaces', 'xs:date': 'date', 'xs:anyURI': 'address',
         'xs:gYear': 'a year', 'xs:time': 'a time', 'xs:decimal': 'a number'}
COMMON = 'provenance'           # a group of attributes that every element has
SHORT = 50                      # characters of values that fit beside the name


def words(text):
    return ' '.join((text or '').split())


def doc(node, lang):
    for d in node.findall('%sannotation/%sdocumentation' % (XS, XS)):
        if d.get(LANG) == lang:
            return words(d.text)
    return ''


def sentences(text, roff):
    """A line for each, as mdoc wants it."""
    return sum((roff(s) for s in re.split(r'(?<=[^ .]{2}[.?]) +(?=[A-Z„“])', text)), [])


def label(text):
    """The part that may stand as a heading: up to the first full stop."""
    return re.split(r'[.:](?: |$)', text)[0]


class Schema:
    def __init__(self):
        self.root = ET.parse(SCHEMA).getroot()
        self.named = {(n.tag, n.get('name')): n for n in self.root}

    def get(self, kind, name):
        return self.named.get((XS + kind, name))

    def type_of(self, element):
        return self.get('complexType', element.get('type'))

    def content(self, node, wanted):
        """Elements (wanted) or attributes declared in a type, through groups and bases."""
        found = []
        for n in node:
            if n.tag == XS + wanted:
                found.append(n)
            elif n.tag == XS + 'attributeGroup' and n.get('ref') != COMMON:
                found += self.content(self.get('attributeGroup', n.get('ref')), wanted)
            elif n.tag in (XS + 'extension', XS + 'restriction'):
                base = self.get('complexType', n.get('base'))
                found += self.content(base, wanted) if base is not None else []
                found += self.content(n, wanted)
            elif n.tag in (XS + 'sequence', XS + 'choice', XS + 'all', XS + 'simpleContent',
                           XS + 'complexContent'):
                found += self.content(n, wanted)
        return found

    def elements(self):
        """(names of the parents, declaration), each name and type once, in the order of a file."""
        parents, out = {}, []

        def go(element, parent):
            key = element.get('name'), element.get('type')
            if key in parents:
                parents[key].append(parent)
                return
            parents[key] = [parent] if parent else []
            out.append((parents[key], element))
            t = self.type_of(element)
            for kid in self.content(t, 'element') if t is not None else []:
                go(kid, element.get('name'))
        go(self.get('element', 'project'), None)
        return out

    def value(self, name):
        """What a value of a simple type is, in words."""
        t = self.get('simpleType', name)
        if t is None:
            return WORDS.get(name, name)
        values = [e.get('value') for e in t.iter(XS + 'enumeration')]
        return ' | '.join(values) if values else name


def often(element):
    least, most = element.get('minOccurs', '1'), element.get('maxOccurs', '1')
    return {('0', '1'): ' (optional)', ('0', 'unbounded'): ' (any number)',
            ('1', 'unbounded'): ' (one or more)'}.get((least, most), '')


def marks(node):
    out = []
    for n in node.findall('%sannotation/%sappinfo/*' % (XS, XS)):
        if n.tag == MARK + 'id':
            out.append('names the element')
        elif n.tag == MARK + 'personal':
            out.append('personal')
    targets = [n.get('target') for n in node.iter(MARK + 'ref')]
    if targets:
        out.append('points to ' + ('any element' if '*' in targets else ' or '.join(targets)))
    return out


def attribute(schema, a, roff):
    use = 'required' if a.get('use') == 'required' else 'optional'
    what = marks(a)
    if not any(w.startswith(('points', 'names')) for w in what):
        what.insert(0, schema.value(a.get('type')))
    text = '%s (%s).' % (doc(a, 'en').rstrip('.'), label(doc(a, 'pl')))
    if len(what[0]) > SHORT:
        text += ' One of: %s.' % what[0].replace(' | ', ', ')
        what[0] = a.get('type')
    head = '.It Va %s : %s ; %s' % (a.get('name'), escape(', '.join(what), roff), use)
    return [head] + sentences(text, roff)


def attribute_list(schema, attributes, roff):
    return ['.Bl -tag -width Ds'] + sum((attribute(schema, a, roff) for a in attributes), []) + \
        ['.El']


def escape(text, roff):
    """As a part of a macro's line."""
    text = ' '.join(roff(text + '.'))[:-1].replace(' | ', ' \\*(Ba ')
    return '"%s"' % text.replace('"', '\\(dq')


def element_lines(schema, parents, element, roff):
    t = schema.type_of(element)
    out = ['.Ss ' + element.get('name')]
    out += sentences('%s (%s).' % (doc(element, 'en').rstrip('.'), label(doc(element, 'pl'))), roff)
    if parents:
        out += ['Stands in', '.Vt %s .' % ' , '.join(parents)]
    if t is None:
        return out + roff('Holds text: %s.' % schema.value(element.get('type')))
    kids = schema.content(t, 'element')
    simple = t.find(XS + 'simpleContent')
    if kids:
        out += ['.Pp', 'Holds, in this order:'] if len(kids) > 1 else ['Holds']
        for i, k in enumerate(kids):
            end = ',' if i + 1 < len(kids) else '.'
            out.append('.Vt %s%s %s' % (k.get('name'), often(k), end))
    elif simple is not None:
        out += ['Holds text.']
    attributes = schema.content(t, 'attribute')
    if attributes:
        out += attribute_list(schema, attributes, roff)
    return out


def elements(roff):
    schema = Schema()
    out = ['.Sh ELEMENTS']
    group = schema.get('attributeGroup', COMMON)
    out += ['Every element may have these attributes:']
    out += attribute_list(schema, schema.content(group, 'attribute'), roff)
    for parents, element in schema.elements():
        out += element_lines(schema, parents, element, roff)
    return out


def values(roff):
    """Simple types and what their values mean."""
    schema = Schema()
    out = ['.Sh VALUES', '.Bl -tag -width Ds']
    for n in schema.root:
        if n.tag == XS + 'simpleType':
            out += ['.It Va ' + n.get('name')] + sentences(doc(n, 'en').rstrip('.') + '.', roff)
            listed = schema.value(n.get('name'))
            if listed != n.get('name') and ' | ' in listed:
                out += ['.br'] + roff('One of: %s.' % listed.replace(' | ', ', '))
    return out + ['.El']


# ---- rules ----

def function_rows(path):
    with open(path, encoding='utf-8') as f:
        text = f.read()
    literal = r'(?:"(?:\\.|[^"\\])*"\s*)+'
    row = r'\{ "([\w-]+)",\s*(%s),[^{]*\{\s*(%s),\s*%s\s*\},\s*(\w+)' % (literal, literal, literal)
    join = lambda s: re.sub(r'\\(.)', r'\1', ''.join(re.findall(r'"((?:\\.|[^"\\])*)"', s)))
    return [(m[1], join(m[2]), join(m[3]), m[4]) for m in re.finditer(row, text)]


def files_of_functions():
    """{function of rules: the file of src that has it}"""
    defined = {}
    for path in sorted(glob.glob('src/project/*.c') + glob.glob('src/expr/*.c')):
        with open(path, encoding='utf-8') as f:
            for m in re.finditer(r'^\w[\w ]*[ *](\w+)\([^;{]*\)\n\{', f.read(), re.M):
                defined[m[1]] = path
    return {name: defined.get(c, '') for path in FUNCTIONS for name, _, _, c in function_rows(path)}


def elsewhere():
    """{rule: (title, where)} from the comment at the head of the rules."""
    with open(RULES, encoding='utf-8') as f:
        text = f.read()
    part = text[text.index('  Rules that live elsewhere'):text.index('  Findings about notes')]
    out = {}
    for m in re.finditer(r'^    (R\d\d)  (.*?)(?=^    R\d\d|\Z)', part, re.M | re.S):
        title, _, where = words(m[2]).partition(' | ')
        out[m[1]] = title, where
    return out


CODE = ('src/expr/ident.c', 'src/project/rules_text.c', 'src/project/rules_names.c',
        'src/project/rules_data.c', 'src/project/rules_dates.c')


def rules():
    """[(id, severities, titles, where)] of all rules, in order."""
    found, where = {}, files_of_functions()
    for p in ET.parse(RULES).getroot().findall(SCH + 'pattern'):
        name = p.get('id').split('.')[0]
        _, severities, titles, files = found.setdefault(name, (name, set(), [], {RULES: 1}))
        titles.append(words(p.find(SCH + 'title').text))
        for c in list(p.iter(SCH + 'assert')) + list(p.iter(SCH + 'report')):
            severities.add(c.get('role', 'error'))
        for n in p.iter():
            for text in n.attrib.values():
                for f in re.findall(r'([\w-]+)\(', text):
                    if where.get(f) in CODE:
                        files[where[f]] = 1
    for name, (title, place) in elsewhere().items():
        _, severities, titles, files = found.setdefault(name, (name, set(), [], {}))
        severities.add('error')
        titles.insert(0, title)
        found[name] = name, severities, titles, {place: 1, **files}
    return [found[k] for k in sorted(found)]


def rule_table(roff):
    out = ['.Ss The rules of skryba', '.Bl -tag -width Ds']
    order = ['error', 'warning', 'info']
    for name, severities, titles, files in rules():
        out.append('.It Sy %s Pq %s' % (name, ', '.join(s for s in order if s in severities)))
        for t in titles:
            out += sentences(t, roff)
        out += ['.br'] + roff('Lives in ' + ', '.join(files))
    return out + ['.El']


def functions(roff):
    out = ['.Ss Functions of rules',
           'Beside those of', '.Xr skryba-template 7 :', '.Bl -tag -width Ds']
    for _, signature, text, _ in function_rows(FUNCTIONS[0]):
        for sign, escaped in (('-', '\\-'), (', ', ',\\ '), ("'", '\\(aq')):
            signature = signature.replace(sign, escaped)
        out.append('.It Ic ' + signature)
        out += sentences(text, roff)
    return out + ['.El']
