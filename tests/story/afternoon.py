# SPDX-License-Identifier: MIT
"""afternoon.py PROGRAM FOLDER [calc]: the first afternoon of an office, by the README.txt that
`skryba init` puts into its folder: every command of it, in its order, must do what it says."""
import os
import re
import shlex
import subprocess
import sys

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import calc  # noqa: E402
import lists  # noqa: E402

PROGRAM, FOLDER = (os.path.abspath(p) for p in sys.argv[1:3])
NUMBERS = {'void': '1/OOS/2025', 'replace': '1/OOS/2025', 'duplicate': '2/OOS/2025',
           'receive': '3/OOS/2025'}
PEOPLE = (('Anna', 'Łąkowa', '68051200428'), ('Jan', 'Ćwik', '71113000537'),
          ('Ewa', 'Zmyślona', '84022900775'))
DAY = lists.Date('2025-06-16')
SHEETS = [
    ('uczestnicy', [['Objaśnienie'], ['Imię', 'Nazwisko', 'PESEL', 'Przystąpienie']] +
     [[first, last, pesel, lists.Date('2025-02-03')] for first, last, pesel in PEOPLE]),
    ('kursy', [['Objaśnienie'],
               ['Nazwa kursu', 'Symbol', 'Instrument', 'Początek', 'Koniec', 'Godzina, min',
                'Godziny teorii', 'Godziny praktyki', 'Godziny razem', 'Wykonawca'],
               ['Opiekun osób starszych', 'OOS', 'Kursy zawodowe', lists.Date('2025-03-03'),
                lists.Date('2025-06-13'), 45, 40, 42, 82, 'Zmyślone']]),
    ('ukończenia', [['Objaśnienie'], ['Imię', 'Nazwisko', 'Kurs', 'Wynik', 'Data ukończenia']] +
     [[first, last, 'OOS', 'ukończono', DAY] for first, last, _ in PEOPLE]),
    ('zespół', [['Objaśnienie'], ['Rola', 'Imię', 'Nazwisko', 'Płeć'],
                ['pracownik socjalny', 'Maria', 'Wzorowa', 'kobieta']]),
    ('kontrakty', [['Objaśnienie'],
                   ['Imię', 'Nazwisko', 'Wzór', 'Pracownik socjalny', 'Data zawarcia',
                    'Obowiązuje od', 'Obowiązuje do', 'Przyczyna', 'Możliwość', 'Ograniczenie',
                    'Cel główny', 'Działanie uczestnika', 'Działanie pracownika', 'Instrument'],
                   ['Anna', 'Łąkowa', 'A', 'Maria Wzorowa', lists.Date('2025-02-10'),
                    lists.Date('2025-02-10'), lists.Date('2025-06-30'), 'Brak pracy',
                    'Chęć nauki', 'Brak kwalifikacji', 'Podjęcie pracy',
                    '13.06.2025 – Ukończenie kursu', '30.06.2025 – Pomoc w szukaniu ofert',
                    'Kursy zawodowe\nDoradztwo zawodowe']]),
]


def run(line):
    words = shlex.split(line.replace('DZIEŃ', '2025-07-15'))
    words = [NUMBERS[words[1]] if w == 'NUMER' else w for w in words]
    r = subprocess.run([PROGRAM] + words[1:] + ['--lang=pl'], capture_output=True, text=True,
                       stdin=subprocess.DEVNULL)
    if r.returncode:
        print('FAILED afternoon: %s\n%s%s' % (line, r.stdout, r.stderr))
        sys.exit(1)
    return r.stdout


def fill(path):
    if sys.argv[3:] == ['calc']:
        c = calc.Calc(FOLDER + '-calc')
        try:
            c.fill(path, SHEETS)
        finally:
            c.close()
    else:
        lists.write(path, SHEETS)


def expect(what, got, wanted):
    if got != wanted:
        print('FAILED afternoon: %s: %r instead of %r' % (what, got, wanted))
        sys.exit(1)


def main():
    os.makedirs(FOLDER)
    os.chdir(FOLDER)
    run('skryba init biuro')
    os.chdir('biuro')
    with open('project.xml', encoding='utf-8') as f:
        text = f.read()
    with open('project.xml', 'w', encoding='utf-8') as f:
        f.write(re.sub('UZUPEŁNIJ(: [^"<]*|(?="))', 'Zmyślone', text))
    fill('lista.ods')
    with open('README.txt', encoding='utf-8') as f:
        commands = re.findall(r'skryba [a-z]+ .*', f.read())
    for line in commands:
        run(line)
    expect('commands of README.txt', len(commands), 16)
    root = lists.load('project.xml')
    life = [(c.get('number'), c.get('status'), c.get('received'), bool(c.get('replaces')),
             bool(c.get('duplicateOf'))) for c in root.findall('certificates/certificate')]
    expect('the register', life, [
        ('1/OOS/2025', 'void', None, False, False),
        ('2/OOS/2025', 'issued', None, False, False),
        ('3/OOS/2025', 'issued', '2025-07-15', False, False),
        ('4/OOS/2025', 'issued', None, True, False),
        ('2/OOS/2025', None, None, False, True)])
    made = {n for n in os.listdir('dokumenty') if re.match('zaswiadczenie|kontrakt', n)}
    expect('papers', made, {'zaswiadczenie-%s.pdf' % n for n in (
        '1-OOS-2025', '2-OOS-2025', '2-OOS-2025-duplikat', '3-OOS-2025', '4-OOS-2025')} |
        {'kontrakt-socjalny-1-KS-2025.pdf'})
    print('afternoon: %d commands' % len(commands))


main()
