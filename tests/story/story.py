# SPDX-License-Identifier: MIT
"""The story of an office: from an empty folder and a filled list to numbered papers, then a slip
of the pen after issue, a duplicate, a newcomer, a void certificate.  At each step exactly the
papers that must change do.

story.py PROGRAM SAMPLE FOLDER [LIST.ods|calc]: SAMPLE is a folder with project.xml; with LIST.ods,
which LibreOffice saved from the lists of that sample, this is read instead of one written here;
with the word calc, LibreOffice is started and fills the list of `skryba init` at each step."""
import atexit
import hashlib
import os
import re
import shutil
import subprocess
import sys
import zipfile
import xml.etree.ElementTree as ET

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import calc  # noqa: E402
import lists  # noqa: E402

TOP = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
PROGRAM, SAMPLE, FOLDER = (os.path.abspath(p) for p in sys.argv[1:4])
CALC = None if sys.argv[4:] != ['calc'] else FOLDER + '-calc'
SAVED = os.path.abspath(sys.argv[4]) if len(sys.argv) > 4 and not CALC else None
SCHEMA = lists.load(os.path.join(TOP, 'schema/project.xsd'))
PROJECT, LIST = 'project.xml', 'lista.ods'
checks = 0


def fail(text):
    print('FAILED story %s: %s' % (os.path.basename(SAMPLE), text))
    sys.exit(1)


def expect(what, got, wanted):
    global checks
    checks += 1
    if got != wanted:
        fail('%s: %.2000r instead of %.2000r' % (what, got, wanted))


def skryba(*arguments, status=0):
    run = subprocess.run([PROGRAM] + list(arguments) + ['--lang=pl'], capture_output=True,
                         text=True, stdin=subprocess.DEVNULL)
    if run.returncode != status:
        fail('skryba %s: status %d\n%s%s' % (' '.join(arguments), run.returncode, run.stdout,
                                             run.stderr[-3000:]))
    return run.stdout + run.stderr


def digest(path):
    with open(path, 'rb') as f:
        return hashlib.sha256(f.read()).hexdigest()


def unchanged(what, *arguments, status=0):
    before = digest(PROJECT)
    said = skryba(*arguments, status=status)
    expect(what + ' leaves the file', digest(PROJECT), before)
    return said


def papers():
    """File name -> digest of all certificates and contracts, as ODT: the PDF says the same."""
    out = 'out-%d' % len([n for n in os.listdir('.') if n.startswith('out-')])
    root = ET.parse(PROJECT).getroot()
    templates = [t for t, path in (('certificate', 'certificates/certificate'),
                                   ('social-contract', 'contracts/contract'))
                 if root.find(path) is not None]
    for t in templates:
        skryba('render', PROJECT, '-t', t, '-f', 'odt', '-o', out, '--date', DAY)
    return {n: digest(os.path.join(out, n)) for n in sorted(os.listdir(out))
            if not n.startswith('.')} if templates else {}


def changed(before, after):
    """(added, gone, changed) names of files."""
    return (sorted(set(after) - set(before)), sorted(set(before) - set(after)),
            sorted(n for n in before if n in after and before[n] != after[n]))


def paper(number, kind='zaswiadczenie', end=''):
    return '%s-%s%s.odt' % (kind, number.replace('/', '-'), end)


def find(path, **attributes):
    return [e for e in ET.parse(PROJECT).getroot().findall(path)
            if all(e.get(k) == v for k, v in attributes.items())]


def save_list(sheets):
    if not CALC:
        lists.write(LIST, sheets)
        return
    if not os.path.exists(LIST):
        shutil.copy('start/lista.ods', LIST)
    CALC.fill(LIST, sheets)


def data(root):
    """What a list carries, without numbers and remarks, for comparison with the sample."""
    leave = {'number', 'origin', 'invented', 'corrected', 'published', 'line', 'done'}
    found = {}
    for path in ('team/member', 'courses/course', 'participants/participant',
                 'completions/completion', 'contracts/contract'):
        for e in root.findall(path):
            found[e.get('id')] = [{k: v for k, v in e.items() if k not in leave}] + [
                (c.tag, {k: v for k, v in c.items() if k not in leave and k != 'id' and
                         k != 'goalRef'}, lists.text_of(c))
                for c in e if c.tag in ('address', 'problem', 'resource', 'limitation', 'goal',
                                        'expectedEffect', 'instrumentRef', 'topic')]
    return found


def replace_cell(sheets, sheet, heading, row, value):
    for name, rows in sheets:
        if name == sheet:
            rows[row][rows[1].index(heading)] = value


def cell_of(sheets, sheet, heading, row):
    for name, rows in sheets:
        if name == sheet:
            return rows[row][rows[1].index(heading)]


# ---- the steps ----

def begin():
    os.makedirs(FOLDER)
    os.chdir(FOLDER)
    said = skryba('init', 'start')
    expect('init says what to do next', 'skryba import start/project.xml' in said, True)
    expect('init makes three files', sorted(os.listdir('start')),
           ['README.txt', 'lista.ods', 'project.xml'])
    skryba('check', 'start/project.xml')
    before = digest('start/project.xml')
    skryba('import', 'start/project.xml', 'start/lista.ods')
    expect('an empty list changes nothing', digest('start/project.xml'), before)
    os.rename('start/README.txt', 'start/project.xml')
    skryba('init', 'start', status=1)
    shutil.rmtree('start')
    skryba('init', 'start')


def fill_in(sample, sheets):
    with open(os.path.join(SAMPLE, PROJECT), encoding='utf-8') as f, \
            open(PROJECT, 'w', encoding='utf-8') as out:
        out.write(lists.without_lists(f.read()))
    if SAVED:
        with open(SAVED, 'rb') as f, open(LIST, 'wb') as out:
            out.write(f.read())
    else:
        save_list(sheets)
    unchanged('--dry-run', 'import', PROJECT, LIST, '--dry-run')
    said = skryba('import', PROJECT, LIST)
    expect('participants are counted', 'uczestnicy: dodano %d,' % len(
        sample.findall('participants/participant')) in said, True)
    unchanged('the same list', 'import', PROJECT, LIST)
    got, wanted = data(ET.parse(PROJECT).getroot()), data(sample)
    for key in wanted:
        expect('data of ' + key, got.get(key), wanted[key])


def number():
    said = skryba('number', PROJECT, '--date', DAY)
    expect('the next step is said', 'Dalej: skryba render' in said, True)
    said = unchanged('numbering again', 'number', PROJECT, '--date', DAY)
    expect('nothing is left to number', 'Wszystko ma już numery' in said, True)
    numbers = [e.get('number') for e in find('contracts/contract')]
    expect('contracts have numbers', all(numbers) and len(set(numbers)) == len(numbers), True)
    serials = sorted(int(n.split('/')[0]) for n in numbers)
    expect('no number is left out', serials, list(range(1, len(serials) + 1)))
    skryba('check', PROJECT)


def correct_a_slip(sheets, before):
    """A surname was misspelt; its certificate was issued."""
    certificates = find('certificates/certificate')
    by_person = {}
    for c in certificates:
        done = find('completions/completion', id=c.get('completionRef'))[0]
        by_person.setdefault(done.get('participantRef'), []).append(c)
    person = min(by_person, key=lambda p: (len(by_person[p]), p))
    issued = by_person[person]
    rows = [r for n, r in sheets if n == 'uczestnicy'][0]
    row = [i for i, r in enumerate(rows) if person in r][0]
    replace_cell(sheets, 'uczestnicy', 'Nazwisko', row,
                 cell_of(sheets, 'uczestnicy', 'Nazwisko', row) + '-Poprawna')
    save_list(sheets)
    said = unchanged('a frozen name', 'import', PROJECT, LIST, status=1)
    place = 'lista.ods, arkusz uczestnicy, wiersz %d, kolumna Nazwisko: błąd' % (row + 1)
    expect('the cell is named', place in said, True)
    unchanged('replacing what is not void', 'replace', PROJECT, issued[0].get('number'), '--date',
              DAY, status=1)
    for c in issued:
        skryba('void', PROJECT, c.get('number'), '--why', 'literówka w nazwisku', '--date', DAY)
    skryba('import', PROJECT, LIST)
    made = []
    for c in issued:
        said = skryba('replace', PROJECT, c.get('number'), '--date', DAY)
        made.append(re.search(r'Przygotowano zaświadczenie (.*)\.', said).group(1))
    skryba('issue', PROJECT, '--date', DAY)
    after = papers()
    contracts = [paper(c.get('number'), 'kontrakt-socjalny')
                 for c in find('contracts/contract', participantRef=person)]
    expect('papers after the correction', changed(before, after),
           (sorted(map(paper, made)), sorted(paper(c.get('number')) for c in issued),
            sorted(contracts)))
    unchanged('replacing twice', 'replace', PROJECT, issued[0].get('number'), '--date', DAY,
              status=1)
    return after


def duplicate(before):
    number = find('certificates/certificate')[0].get('number')
    number = [c.get('number') for c in find('certificates/certificate') if c.get('status') ==
              'issued'][0] or number
    skryba('duplicate', PROJECT, number, '--date', LATER)
    after = papers()
    expect('papers after the duplicate', changed(before, after),
           ([paper(number, end='-duplikat')], [], []))
    skryba('receive', PROJECT, number, '--date', LATER)
    expect('the duplicate was received', [c.get('received') for c in find(
        'certificates/certificate', number=number)], [None, LATER])
    expect('a receipt is on no certificate', papers(), after)
    return after


def newcomer(sheets, before):
    rows = [r for n, r in sheets if n == 'uczestnicy'][0]
    old = rows[2]
    new = [None] * len(rows[1])
    for heading, value in (('Imię', 'Nowina'), ('Nazwisko', 'Przybylska'), ('PESEL', '68051200428'),
                           ('Przystąpienie', old[rows[1].index('Przystąpienie')]),
                           ('Status', old[rows[1].index('Status')])):
        new[rows[1].index(heading)] = value
    for heading in ('Grupa', 'Edycja'):
        if heading in rows[1]:
            new[rows[1].index(heading)] = old[rows[1].index(heading)]
    rows.append(new)
    save_list(sheets)
    with open(PROJECT, encoding='utf-8') as f:
        text = f.read()
    said = skryba('import', PROJECT, LIST)
    expect('one is added', 'uczestnicy: dodano 1, zmieniono 0,' in said, True)
    with open(PROJECT, encoding='utf-8') as f:
        lines = f.read().splitlines()
    gone = [x for x in text.splitlines() if x not in lines]
    expect('nothing else is touched', gone, [])
    expect('papers after the newcomer', changed(before, papers()), ([], [], []))


def make_void(before):
    number = [c.get('number') for c in find('certificates/certificate')
              if c.get('status') == 'issued' and not c.get('replaces') and
              len(find('certificates/certificate', number=c.get('number'))) == 1][-1]
    unchanged('no reason', 'void', PROJECT, number, '--date', DAY, status=2)
    unchanged('no such number', 'void', PROJECT, '999/X/1999', '--why', 'x', '--date', DAY,
              status=1)
    skryba('void', PROJECT, number, '--why', 'wydane omyłkowo', '--date', LATER)
    unchanged('void twice', 'void', PROJECT, number, '--why', 'x', '--date', LATER, status=1)
    unchanged('receiving a void one', 'receive', PROJECT, number, '--date', LATER, status=1)
    expect('papers after the void one', changed(before, papers()), ([], [paper(number)], []))
    expect('it stays in the register', len(find('certificates/certificate', number=number)), 1)


def text_of_paper(template, pattern):
    out = 'list-%s' % template
    skryba('render', PROJECT, '-t', template, '-f', 'odt', '-o', out, '--date', LATER)
    text = ''
    for n in sorted(os.listdir(out)):
        if re.match(pattern, n):
            with zipfile.ZipFile(os.path.join(out, n)) as z:
                text += re.sub('<[^>]*>', ' ', z.read('content.xml').decode())
    return ' '.join(text.split())


def lists_and_report():
    certificates = find('certificates/certificate')
    sheet = text_of_paper('proof-sheet', 'arkusz')
    expect('identifiers are masked on the proof', re.findall(r'\d{11}', sheet), [])
    expect('the report is printed', text_of_paper('final-report', 'sprawozdanie') != '', True)
    if not certificates:
        return
    register = text_of_paper('register', 'ewidencja')
    for c in certificates:
        expect('%s is in the register' % c.get('number'), c.get('number') in register, True)
    expect('what happened is in the register',
           [w in register for w in ('UNIEWAŻNIONE', 'literówka w nazwisku', 'DUPLIKAT z dnia',
                                    'zastępuje nr')], [True] * 4)
    receipt = text_of_paper('receipt-list', 'lista')
    expect('receipt lists have no PESEL', re.findall(r'\d{11}', receipt), [])
    for c in certificates:
        expect('%s on a receipt list' % c.get('number'), c.get('number') in receipt,
               c.get('status') != 'void')


def start_calc():
    global CALC
    CALC = calc.Calc(CALC)
    atexit.register(CALC.close)


def main():
    sample = lists.load(os.path.join(SAMPLE, PROJECT))
    sheets = lists.project_sheets(sample, SCHEMA) + [lists.topics_sheet(sample)]
    begin()
    if CALC:
        start_calc()
    fill_in(sample, sheets)
    number()
    printed = papers()
    if find('certificates/certificate'):
        unchanged('a receipt before issue', 'receive', PROJECT,
                  find('certificates/certificate')[0].get('number'), '--date', DAY, status=1)
        said = skryba('issue', PROJECT, '--dry-run', '--date', LATER)
        expect('another day is said to be printed anew', 'paper-redated' in said, DAY != LATER)
        skryba('issue', PROJECT)
        expect('issuing changes no paper', papers(), printed)
        printed = correct_a_slip(sheets, printed)
        printed = duplicate(printed)
    newcomer(sheets, printed)
    if find('certificates/certificate'):
        make_void(printed)
    lists_and_report()
    print('story %s: %d checks' % (os.path.basename(SAMPLE), checks))


END = lists.load(os.path.join(SAMPLE, PROJECT)).find('period').get('end')
DAY = END[:5] + '12-%s' % ('20' if END[5:7] == '12' else '01')
if END[5:7] != '12':
    DAY = END
LATER = END
main()
