# SPDX-License-Identifier: MIT
"""faults.py LIST.ods: writes a list with planted faults.
faults.py LIST.ods OUTPUT: were all of them named, each at its cell?"""
import os
import sys

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), '../../../story'))
from lists import Cell, Date, write  # noqa: E402

planted = []                            # (sheet, row, heading or None, what)
WEIGHTS = (1, 3, 7, 9, 1, 3, 7, 9, 1, 3)


def pesel(n, woman=True):
    digits = '6805%02d%03d%d' % (n % 28 + 1, n, n % 5 * 2 + (not woman))
    return digits + str(-sum(int(d) * w for d, w in zip(digits, WEIGHTS)) % 10)


class Sheet:
    def __init__(self, name, headings):
        self.name, self.headings, self.rows = name, headings, [headings]

    def add(self, row, heading=None, value=None, what=None, also=None):
        row = dict(row)
        row.update(also or {})
        if heading:
            row[heading] = value
        self.rows.append([row.get(h) for h in self.headings])
        if what:
            planted.append((self.name, len(self.rows), heading, what))


people = Sheet('uczestnicy', ['Identyfikator', 'Imię', 'Nazwisko', 'Płeć', 'PESEL', 'Telefon',
                              'E-mail', 'Ulica', 'Numer domu', 'Kod pocztowy', 'Miejscowość',
                              'Status', 'Przystąpienie', 'Zakończenie udziału', 'Rodzaj uczestnika',
                              'Grupa', 'Kolor oczu', 'Grupa '])
count = 0


def person(**other):
    global count
    count += 1
    letters = 'abcdefghijklmnoprstuw'
    name = 'Wz' + letters[count // 20] + letters[count % 20]
    row = {'Identyfikator': 'u%d' % count, 'Imię': 'Anna', 'Nazwisko': name, 'Płeć': 'K',
           'PESEL': pesel(count), 'Telefon': '+48 99 000 00 01', 'Status': 'bezrobotna',
           'Przystąpienie': Date('2011-02-01'), 'Rodzaj uczestnika': 'dorosły', 'Grupa': 'Grupa I'}
    row.update(other)
    return row


planted.append(('uczestnicy', 1, 'Kolor oczu', 'a heading that is not known'))
planted.append(('uczestnicy', 1, 'Grupa ', 'a heading that stands twice'))
people.add(person())
people.add(person())
for heading, value, what in (
        ('PESEL', '68051200429', 'wrong check digit'),
        ('PESEL', '68023100427', 'no such day'),
        ('PESEL', '68051', 'too short'),
        ('PESEL', pesel(1), 'the number of another person'),
        ('PESEL', '6805120042A', 'a letter'),
        ('PESEL', Cell('table:formula="of:=[.X1]" office:value-type="string" '
                       'office:string-value="" calcext:value-type="error"|#N/D!'), 'a formula'),
        ('PESEL', Cell('table:number-columns-spanned="2" table:number-rows-spanned="1" '
                       'office:value-type="string"|68051200428'), 'merged cells'),
        ('PESEL', Cell('table:number-columns-spanned="1" table:number-rows-spanned="2" '
                       'office:value-type="string"|68051200428'), 'cells merged downwards'),
        ('PESEL', Date('1968-05-12'), 'a date'),
        ('Imię', None, 'empty'),
        ('Nazwisko', None, 'empty'),
        ('Nazwisko', 'Nowak2', 'a digit in a name'),
        ('Płeć', 'Z', 'a letter that means nothing'),
        ('Płeć', 'M', 'not what the PESEL number says'),
        ('E-mail', 'anna.przyklad.pl', 'no @'),
        ('Telefon', '12', 'too short'),
        ('Numer domu', Date('2011-07-05'), '5/7 became a date'),
        ('Status', 'bezrobotnia', 'a slip of the pen'),
        ('Przystąpienie', 'wkrótce', 'no date'),
        ('Przystąpienie', '30.02.2011', 'no such day'),
        ('Przystąpienie', Cell('office:value-type="date" office:date-value="1899-12-30"|30.12.99'),
         'nought as a date'),
        ('Przystąpienie', Cell('office:value-type="date" office:date-value="1900-01-05"|05.01.00'),
         'a number as a date'),
        ('Przystąpienie', '04/05/2011', 'day or month first?'),
        ('Przystąpienie', '1.2.11', 'which century?'),
        ('Przystąpienie', 7, 'a number that is no day'),
        ('Przystąpienie', None, 'empty'),
        ('Zakończenie udziału', Date('2011-01-15'), 'before the beginning'),
        ('Rodzaj uczestnika', 'dorsoły', 'a slip of the pen'),
        ('Grupa', 'Grupa 2', 'no such group'),
        ('Identyfikator', 'u1', 'the id of another row'),
        ('Identyfikator', 'g1', 'the id of a group')):
    people.add(person(), heading, value, what)
people.add(person(Telefon=pesel(90)), 'PESEL', '990000001', 'columns exchanged')
where = {'Ulica': 'ul. Polna', 'Numer domu': '5', 'Miejscowość': 'Zmyślona'}
people.add(person(**where), 'Kod pocztowy', 6100, 'a zero is missing, and no check digit')
people.add(person(**where), 'Kod pocztowy', '06-10', 'too short')
people.add(person(**where), 'Miejscowość', None, 'a street, but no place')
people.rows.append([])
planted.append(('uczestnicy', len(people.rows), None, 'an empty row'))
people.add(person())
people.rows[-1] += [None, 'zob. akta']
planted.append(('uczestnicy', len(people.rows), None, 'something beside the table'))
people.add(person(Nazwisko='Bliźniak'))
people.add(person(Nazwisko='Bliźniak'))

courses = Sheet('kursy', ['Nazwa kursu', 'Symobl', 'Rodzaj kursu', 'Instrument', 'Wykonawca',
                          'Początek', 'Koniec', 'Godzina, min', 'Godziny teorii',
                          'Godziny praktyki', 'Godziny razem', 'Liczba skierowanych'])
planted.append(('kursy', 1, 'Symobl', 'a misspelt heading'))


def course(name):
    return {'Nazwa kursu': name, 'Początek': Date('2011-03-01'), 'Koniec': Date('2011-04-29'),
            'Instrument': 'Kursy zawodowe', 'Godzina, min': 45, 'Godziny teorii': 40,
            'Godziny praktyki': 60, 'Godziny razem': 100}


courses.add(course('Opiekun'))
for name, heading, value, what in (
        ('Kucharz', 'Koniec', Date('2011-02-01'), 'before the beginning'),
        ('Murarz', 'Godziny razem', 99, 'a wrong sum'),
        ('Malarz', 'Godziny teorii', -5, 'less than nothing'),
        ('Kelner', 'Godziny teorii', 'Bliźniak', 'a name, no number'),
        ('Fryzjer', 'Instrument', 'Kursy zawodwe', 'a slip of the pen'),
        ('Krawiec', 'Wykonawca', 'Bliźniak Anna', 'a person, no firm'),
        ('Stolarz', 'Godzina, min', 50, 'neither 45 nor 60'),
        ('opiekun', 'Nazwa kursu', 'opiekun', 'the same course again'),
        ('Piekarz', 'Liczba skierowanych', 2.5, 'half a person'),
        ('Szewc', 'Rodzaj kursu', 'nieznany', 'a word that is not known')):
    courses.add(course(name), heading, value, what)

done = Sheet('ukończenia', ['Uczestnik', 'Imię', 'Nazwisko', 'PESEL', 'Kurs', 'Wynik',
                            'Data ukończenia'])


def completion(n, **other):
    row = {'Uczestnik': 'u%d' % n, 'Kurs': 'Opiekun', 'Wynik': 'zdała',
           'Data ukończenia': Date('2011-05-06')}
    row.update(other)
    return row


done.add(completion(1))
done.add(completion(2), 'Kurs', 'Opiekum', 'no such course')
done.add(completion(2), 'Kurs', 'Bliźniak', 'a name, no course near')
done.add(completion(2), 'Uczestnik', 'u999', 'no such person')
done.add(completion(2), 'Wynik', 'może', 'a word that is not known')
done.add(completion(12), 'Data ukończenia', Date('2011-04-01'), 'before the course ended')
done.add(completion(13), 'Data ukończenia', None, 'empty')
done.add(completion(1), 'Uczestnik', 'u1', 'the same completion again')
done.add(completion(1, Uczestnik=None, **{'Imię': 'Anna'}), 'Nazwisko', 'Bliźniak',
         'two have this name')
done.add(completion(1, Uczestnik=None, **{'Imię': 'Anna', 'PESEL': pesel(1)}), 'Nazwisko', 'Obca',
         'a PESEL number of somebody else')

papers = Sheet('kontrakty', ['Uczestnik', 'Wzór', 'Pracownik socjalny', 'Data zawarcia',
                             'Obowiązuje od', 'Obowiązuje do', 'Przyczyna', 'Cel główny',
                             'Działanie uczestnika', 'Działanie pracownika', 'Instrument'])


def contract(n):
    return {'Uczestnik': 'u%d' % n, 'Wzór': 'A', 'Pracownik socjalny': 'Jan Próbny',
            'Data zawarcia': Date('2011-02-01'), 'Obowiązuje od': Date('2011-02-01'),
            'Obowiązuje do': Date('2011-12-31'), 'Przyczyna': 'Brak pracy',
            'Cel główny': 'Podjęcie pracy', 'Działanie uczestnika': '30.06.2011 – kurs',
            'Działanie pracownika': 'do 30.06.2011: pomoc', 'Instrument': 'i1; i2'}


papers.add(contract(1))
for n, heading, value, what in (
        (2, 'Działanie uczestnika', 'kurs', 'no date'),
        (12, 'Instrument', 'i1; i7', 'no such instrument'),
        (13, 'Pracownik socjalny', 'Ktoś', 'nobody'),
        (14, 'Przyczyna', None, 'empty'),
        (15, 'Obowiązuje do', Date('2012-06-30'), 'after the end of the project'),
        (16, 'Wzór', 'C', 'no such form')):
    papers.add(contract(n), heading, value, what)

team = Sheet('zespół', ['Rola', 'Imię', 'Nazwisko', 'Płeć'])
team.add({'Rola': 'pracownik socjalny', 'Imię': 'Jan', 'Nazwisko': 'Próbny', 'Płeć': 'M'})
team.add({'Imię': 'Ewa', 'Nazwisko': 'Próbna'}, 'Rola', 'wróżka', 'a word that is not known')
team.add({'Imię': 'Ewa', 'Nazwisko': 'Wzorowa'}, 'Rola', None, 'empty')

SHEETS = [(s.name, s.rows) for s in (people, courses, done, papers, team)] + [
    ('zajecie', [['Nazwa zajęć', 'Instrument'], ['Trening', 'i2']]),
    ('umowy', [['Uczestnik', 'Data zawarcia'], ['u1', Date('2011-02-01')]]),
    ('Arkusz7', [['notatki']])]
for name, what in (('zajecie', 'a sheet with a misspelt name'), ('umowy', 'a hidden sheet'),
                   ('Arkusz7', 'a sheet that is not known')):
    planted.append((name, 0, None, what))


def place(sheet, row, heading):
    text = 'arkusz ' + sheet
    text += ', wiersz %d' % row if row else ''
    return text + (', kolumna %s' % heading if heading else '')


write(sys.argv[1], SHEETS, hidden=('umowy',))
if len(sys.argv) > 2:
    with open(sys.argv[2], encoding='utf-8') as f:
        said = f.read()
    missed = [p for p in planted if 'lista.ods, %s: ' % place(*p[:3]) not in said]
    for p in missed:
        print('not named: %s (%s)' % (place(*p[:3]), p[3]))
    print('%d planted, %d not named' % (len(planted), len(missed)))
