# SPDX-License-Identifier: MIT
"""Spreadsheets as LibreOffice saves them, and the lists of a sample's project.

A sheet is (name, rows); a cell is None, a text, a number, a Cell, or a date: Date('2011-12-16')."""
import re
import xml.etree.ElementTree as ET
import zipfile
from xml.sax.saxutils import escape, quoteattr

KIND = 'application/vnd.oasis.opendocument.spreadsheet'
NS = ''.join(' xmlns:%s="urn:oasis:names:tc:opendocument:xmlns:%s:1.0"' % (p, n) for p, n in (
    ('office', 'office'), ('table', 'table'), ('text', 'text'), ('style', 'style'),
    ('number', 'datastyle'), ('fo', 'xsl-fo-compatible'))) + (
    ' xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"')


class Date(str):
    """A cell that the spreadsheet knows to be a date."""


class Cell(str):
    """A cell whose attributes and text are given as they stand: Cell('attributes|text')."""


def cell(v):
    if v is None or v == '':
        return '<table:table-cell/>'
    if isinstance(v, Cell):
        attributes, _, text = v.partition('|')
        paragraphs = ''.join('<text:p>%s</text:p>' % escape(t) for t in text.split('\n') if t)
        return '<table:table-cell %s>%s</table:table-cell>' % (attributes, paragraphs)
    if isinstance(v, Date):
        return ('<table:table-cell table:style-name="ce2" office:value-type="date" '
                'office:date-value="%s" calcext:value-type="date"><text:p>%s</text:p>'
                '</table:table-cell>' % (v, '.'.join(reversed(v[:10].split('-')))))
    if isinstance(v, (int, float)):
        return ('<table:table-cell office:value-type="float" office:value="%s" '
                'calcext:value-type="float"><text:p>%s</text:p></table:table-cell>' % (
                    v, str(v).replace('.', ',')))
    paragraphs = ''.join('<text:p>%s</text:p>' % re.sub(
        '  +', lambda m: ' <text:s text:c="%d"/>' % (len(m.group()) - 1), escape(t))
        for t in v.split('\n'))
    return ('<table:table-cell office:value-type="string" calcext:value-type="string">%s'
            '</table:table-cell>' % paragraphs)


def content(sheets, hidden=()):
    out = ['<?xml version="1.0" encoding="UTF-8"?>\n<office:document-content%s '
           'office:version="1.3"><office:automatic-styles><style:style style:name="ta1" '
           'style:family="table"><style:table-properties table:display="true"/></style:style>'
           '<style:style style:name="ta2" style:family="table"><style:table-properties '
           'table:display="false"/></style:style><style:style style:name="ce2" '
           'style:family="table-cell"/></office:automatic-styles><office:body>'
           '<office:spreadsheet>' % NS]
    for name, rows in sheets:
        width = max([len(r) for r in rows] + [1])
        out.append('<table:table table:name=%s table:style-name="%s"><table:table-column '
                   'table:number-columns-repeated="%d"/>' % (
                       quoteattr(name), 'ta2' if name in hidden else 'ta1', width))
        for r in rows:
            out.append('<table:table-row>%s<table:table-cell table:number-columns-repeated="%d"/>'
                       '</table:table-row>' % (''.join(map(cell, r)), 1024 - len(r)))
        out.append('<table:table-row table:number-rows-repeated="%d"><table:table-cell '
                   'table:number-columns-repeated="1024"/></table:table-row></table:table>' % (
                       1048576 - len(rows)))
    out.append('</office:spreadsheet></office:body></office:document-content>')
    return ''.join(out)


def write(path, sheets, hidden=()):
    manifest = ('<?xml version="1.0" encoding="UTF-8"?>\n<manifest:manifest xmlns:manifest='
                '"urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.3">'
                '<manifest:file-entry manifest:full-path="/" manifest:media-type="%s"/>'
                '<manifest:file-entry manifest:full-path="content.xml" '
                'manifest:media-type="text/xml"/></manifest:manifest>' % KIND)
    with zipfile.ZipFile(path, 'w', zipfile.ZIP_DEFLATED) as z:
        z.writestr(zipfile.ZipInfo('mimetype'), KIND)
        for name, text in (('content.xml', content(sheets, hidden)),
                           ('META-INF/manifest.xml', manifest)):
            info = zipfile.ZipInfo(name)
            info.compress_type = zipfile.ZIP_DEFLATED
            z.writestr(info, text)


# ---- the lists of a project ----

WORDS = {
    'sex': {'F': 'K', 'M': 'M'},
    'result': {'completed': 'ukończyła', 'passed': 'zdał', 'failed': 'nie zdał',
               'dropped': 'przerwał'},
    'status': {'unemployed': 'bezrobotna', 'longTermUnemployed': 'długotrwale bezrobotny',
               'inactive': 'bierny zawodowo', 'employed': 'zatrudniony', 'student': 'uczący się'},
    'kind': {'adult': 'dorosły', 'child': 'dziecko', 'environment': 'osoba z otoczenia',
             'own': 'własny', 'licence': 'przed egzaminem państwowym', 'art117': 'art. 117',
             'group': 'grupowe', 'individual': 'indywidualne', 'mixed': 'mieszane',
             'away': 'wyjazdowe', 'PUP': 'urząd pracy'},
    'education': {'none': 'brak', 'primary': 'podstawowe', 'lowerSecondary': 'gimnazjalne',
                  'vocational': 'zasadnicze zawodowe', 'secondary': 'średnie',
                  'postSecondary': 'policealne', 'higher': 'wyższe'},
    'disability': {'true': 'tak', 'false': 'nie'}, 'usesBenefits': {'true': 'tak', 'false': 'nie'},
    'forAll': {'true': 'TAK', 'false': 'NIE'}, 'pupReferral': {'true': 'tak', 'false': 'nie'},
    'examKind': {'none': 'bez egzaminu', 'test': 'test', 'written': 'pisemny', 'oral': 'ustny',
                 'practical': 'praktyczny', 'mixed': 'mieszany', 'external': 'zewnętrzny'},
    'role': {'manager': 'kierownik projektu', 'coordinator': 'koordynator',
             'accountant': 'główna księgowa', 'socialWorker': 'pracownik socjalny',
             'psychologist': 'psycholog', 'careerAdviser': 'doradca zawodowy',
             'trainer': 'trener', 'lawyer': 'prawnik', 'educator': 'pedagog', 'coach': 'coach',
             'instructor': 'instruktor', 'director': 'dyrektor', 'other': 'inna'},
}
NUMBERS = ('theoryHours', 'practiceHours', 'declaredHours', 'theory', 'practice', 'hourUnit',
           'declaredCompletions', 'hoursAttended', 'pupProfile')


def typed(name, value):
    """A value as an office types it."""
    if value is None:
        return None
    if name in WORDS:
        return WORDS[name].get(value, value)
    if re.fullmatch(r'\d{4}-\d\d-\d\d', value):
        return Date(value)
    if name in NUMBERS:
        return float(value) if '.' in value else int(value)
    return value


def labels(schema, kind):
    """attribute -> Polish label, in the schema's order."""
    x = '{http://www.w3.org/2001/XMLSchema}'
    found = {}
    for t in schema.findall(x + 'complexType'):
        if t.get('name') == kind:
            for a in t.iter(x + 'attribute'):
                for d in a.iter(x + 'documentation'):
                    if d.get('{http://www.w3.org/XML/1998/namespace}lang') == 'pl':
                        found[a.get('name')] = re.split(r'\.(?: |$)', d.text)[0]
    return found


def text_of(e):
    return ' '.join((e.text or '').split())


SHEETS = (('zespół', 'member', 'team/member'), ('kursy', 'course', 'courses/course'),
          ('uczestnicy', 'participant', 'participants/participant'),
          ('ukończenia', 'completion', 'completions/completion'),
          ('kontrakty', 'contract', 'contracts/contract'))
TEXTS = (('Przyczyna', 'problem', None), ('Możliwość', 'resource', None),
         ('Ograniczenie', 'limitation', None), ('Cel główny', 'goal', ('kind', 'main')),
         ('Cel szczegółowy', 'goal', ('kind', 'specific')),
         ('Oczekiwany efekt', 'expectedEffect', None),
         ('Działanie uczestnika', 'action', ('by', 'person')),
         ('Działanie pracownika', 'action', ('by', 'worker')),
         ('Działanie ośrodka', 'action', ('by', 'centre')))


def child_lines(e, element, fixed):
    lines = []
    for c in e.findall(element):
        if fixed and c.get(fixed[0]) != fixed[1]:
            continue
        due = c.get('due')
        head = '%s – ' % '.'.join(reversed(due.split('-'))) if due else ''
        lines.append(head + text_of(c))
    return '\n'.join(lines)


def contract_row(e):
    row = {h: child_lines(e, element, fixed) for h, element, fixed in TEXTS}
    row['Instrument'] = '\n'.join(i.get('ref') for i in e.findall('instrumentRef'))
    return row


def project_sheets(root, schema, leave=('number', 'origin')):
    """The sheets of a project, with the ids of the description; nobody's numbers."""
    sheets = []
    for sheet, kind, path in SHEETS:
        names = labels(schema, kind)
        address = labels(schema, 'personAddress')
        rows = []
        for e in root.findall(path):
            row = {names[n]: typed(n, e.get(n)) for n in names if e.get(n) and n not in leave}
            a = e.find('address')
            for n in address if a is not None else ():
                if a.get(n):
                    row[address[n]] = a.get(n)
            if kind == 'contract':
                row.update(contract_row(e))
            rows.append(row)
        if not rows:
            continue
        headings = [h for h in list(names.values()) + list(address.values()) +
                    [t[0] for t in TEXTS] + ['Instrument'] if any(h in r for r in rows)]
        headings = list(dict.fromkeys(headings))
        sheets.append((sheet, [['Objaśnienie: %s.' % sheet], headings] +
                       [[r.get(h) for h in headings] for r in rows]))
    return sheets


def topics_sheet(root):
    rows = [[c.get('name'), t.get('name'), typed('theory', t.get('theory')),
             typed('practice', t.get('practice'))]
            for c in root.findall('courses/course') for t in c.findall('topic')]
    return ('programy', [['Kurs', 'Temat', 'Teoria', 'Praktyka']] + rows)


def without_lists(text):
    """The description before anybody was entered: the lists are gone, comments stay, the project
    runs and its list of participants is open."""
    text = text.replace('status="finished"', 'status="running"', 1)
    text = text.replace('<participants listed="yes"', '<participants listed="no"')
    for name in ('completions', 'certificates', 'contracts', 'gallery'):
        text = re.sub(r'\n  <%s\b.*?</%s>' % (name, name), '', text, flags=re.S)
    text = re.sub(r'(\n  <participants\b[^>]*>).*?(\n  </participants>)', r'\1\2', text,
                  flags=re.S)
    ids = set(re.findall(r'\bid="([^"]*)"', text))
    return re.sub(r'\n    <note\b[^>]*\bref="([^"]*)".*?</note>',
                  lambda m: m.group() if m.group(1) in ids else '', text, flags=re.S)


def load(path):
    return ET.parse(path).getroot()
