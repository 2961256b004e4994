#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Time and memory of checking large descriptions: check.py PROGRAM [PARTICIPANTS]

For so many participants (100,000 when not given), with three completions each, and for a tenth of
them: good data; data in which every rule that can fail does; data in which all ids are double and
all references lead nowhere.  Beside it xmllint --schema with the same schema.  Ten times the data
should take about ten times the time."""
import os
import shutil
import subprocess
import sys
import tempfile

COURSES = 40


def pesel(n):
    day, serial = n % 9408, n // 9408       # 28 years of 12 months of 28 days
    s = '%02d%02d%02d%04d' % (55 + day // 336, day // 28 % 12 + 1, day % 28 + 1, serial * 2)
    check = sum(int(d) * w for d, w in zip(s, (1, 3, 7, 9, 1, 3, 7, 9, 1, 3)))
    return s + str(-check % 10)


def write(path, n, kind):
    bad, lost = kind == 'bad', kind == 'lost'
    with open(path, 'w', encoding='utf-8') as f:
        put = f.write
        put('<?xml version="1.0" encoding="UTF-8"?>\n<project schemaVersion="1.0" id="p" lang="pl"'
            ' status="finished" synthetic="true">\n<title>Duży projekt</title>\n'
            '<period start="2011-01-01" end="2011-12-31"/>\n<organisations><organisation id="o"'
            ' role="realizer" name="Ośrodek"><representative id="r" firstName="A" lastName="B"'
            ' function="Dyrektor"/></organisation></organisations>\n'
            '<targetGroup declaredTotal="%d" declaredWomen="%d" declaredMen="0"/>\n'
            '<groups>\n' % (n, n))
        for g in range(20):
            put('<group id="g%d" name="Grupa %d" declaredCount="%d" declaredWomen="%d"'
                ' declaredMen="0" ageMin="18"/>\n' % (g, g, n // 20, n // 20))
        put('</groups>\n<courses>\n')
        for c in range(COURSES):
            put('<course id="k%d" code="K%d" name="Kurs %d" start="2011-03-01" end="2011-06-30"'
                ' hourUnit="45" declaredHours="30" declaredCompletions="%d" examKind="test">'
                '<topic name="Temat" theory="10" practice="20"/></course>\n'
                % (c, c, c, 3 * n // COURSES))
        put('</courses>\n<documents><register kind="certificate" pattern="{n}/{course}/{year}"/>'
            '</documents>\n<participants listed="yes">\n')
        for i in range(n):
            put('<participant id="u%d" kind="adult" firstName="Anna" lastName="Zmyślona" sex="%s"'
                ' pesel="%s" status="unemployed" entry="%s" groupRef="g%d">\n<address'
                ' street="ul. Próbna" building="%d" postalCode="00-001" city="Przykładowo"/>\n'
                '</participant>\n' % (0 if lost else i, 'M' if bad else 'F', pesel(0 if bad else i),
                                      '2011-07-01' if bad else '2011-02-01', i % 20, i % 90 + 1))
        put('</participants>\n<completions>\n')
        for i in range(3 * n):
            person, course = (0, 0) if bad else (i // 3, i % 3 + i // 3 * 3 % COURSES)
            person += n if lost else 0
            put('<completion id="z%d" participantRef="u%d" courseRef="k%d" result="passed"'
                ' date="%s"/>\n' % (0 if lost else i, person, course % COURSES, '2011-06-29' if bad
                                    else '2011-07-04'))
        put('</completions>\n<certificates>\n')
        for i in range(n):
            course = i * 3 % COURSES
            put('<certificate id="q%d" number="%d/K%d/2011" completionRef="z%d"'
                ' issueDate="2011-07-%s" issuePlace="Przykładowo" signatoryRef="r"'
                ' received="2011-07-08"/>\n'
                % (0 if lost else i, 1 if bad else i + 1, 0 if bad else course,
                   0 if bad else 3 * i + (3 * n if lost else 0), '01' if bad else '05'))
        put('</certificates>\n</project>\n')


def measure(command):
    """Seconds of processor time and megabytes of one run, and the last it said."""
    child = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    tail = b''
    for block in iter(lambda: child.stderr.read(65536), b''):
        tail = (tail + block)[-400:]
    usage = os.wait4(child.pid, 0)[2]
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024, tail.decode(errors='replace')


def main(program, n=100000):
    folder = tempfile.mkdtemp()
    schema = os.path.join(folder, 'project.xsd')
    with open(schema, 'wb') as f:
        f.write(subprocess.run([program, 'schema'], stdout=subprocess.PIPE).stdout)
    try:
        print('| data | people   | MB    | s      | no rules | xmllint | ratio | MB used | '
              'MB xmllint | found |')
        for kind in ('good', 'bad', 'lost'):
            times = []
            for size in (n // 10, n):
                path = os.path.join(folder, 'p.xml')
                write(path, size, kind)
                plain = measure(['xmllint', '--noout', '--huge', '--schema', schema, path])
                if 'validates' not in plain[2]:
                    sys.exit('the generated file does not fit the schema')
                alone = measure([program, 'check', '--max', '1', '--rules', 'none', path])
                full = measure([program, 'check', '--max', '1', path])
                times.append(full[0])
                print('| %-4s | %8d | %5.0f | %6.2f | %8.2f | %7.2f | %5.2f | %7.0f | %10.0f | %s |'
                      % (kind, size, os.path.getsize(path) / 1e6, full[0], alone[0], plain[0],
                         full[0] / plain[0], full[1], plain[1], full[2].strip().split('\n')[-1]))
            print('%s: ten times the data, %.1f times the time' % (kind, times[1] / times[0]))
    finally:
        shutil.rmtree(folder)


main(os.path.abspath(sys.argv[1]), *map(int, sys.argv[2:3]))
