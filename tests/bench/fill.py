#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""fill.py PROGRAM: what filling costs, without layout: microseconds for a certificate of a sample,
and for a row of a table with five values, among them a date and an amount.

A file of many records (rows) is filled and thrown away by `lint --data`; the time for one record is
taken off.  Twice as many must take twice as long: the last column says how much longer they took,
and more than three times is a failure."""
import os
import re
import resource
import subprocess
import sys
import tempfile

TOP = os.path.join(os.path.dirname(os.path.abspath(__file__)), '../..')


def spent():
    """Seconds that the processors gave to children."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def seconds(program, template, data, tries=5):
    best = None
    for _ in range(tries):
        start = spent()
        run = subprocess.run([program, 'lint', template, '--data', data, '--schema', 'none'],
                             capture_output=True)
        took = spent() - start
        if run.returncode:
            sys.exit(run.stderr.decode())
        best = took if best is None else min(best, took)
    return best


def certificates(path, n):
    with open(os.path.join(TOP, 'samples/lubartow-2011/project.xml'), encoding='utf-8') as f:
        text = f.read()
    one = re.search(r'<certificate .*?(?:/>|</certificate>)', text, re.S).group()
    many = ''.join(re.sub(r'number="[^"]*"', 'number="%d/2011"' % i,
                          re.sub(r' id="[^"]*"', ' id="cert%d"' % i, one, count=1), count=1)
                   for i in range(n))
    with open(path, 'w', encoding='utf-8') as f:
        f.write(re.sub(r'(<certificates[^>]*>).*(</certificates>)',
                       lambda m: m.group(1) + many + m.group(2), text, flags=re.S))


def rows(path, n):
    with open(path, 'w', encoding='utf-8') as f:
        f.write('<r>%s</r>' % ''.join(
            '<p a="Jan %d" b="Kowalski" c="2011-12-16" d="%d.50"/>' % (i, i) for i in range(n)))


def table(path):
    def row(*cells):
        return '<table:table-row>%s</table:table-row>' % ''.join(
            '<table:table-cell><text:p>%s</text:p></table:table-cell>' % c for c in cells)
    body = '<table:table table:name="T"><table:table-column ' \
           'table:number-columns-repeated="5"/><table:table-header-rows>%s' \
           '</table:table-header-rows>%s</table:table>' % (
               row(*'abcde'), row('{{#each p}}{{ position() }}', '{{ @a }}', '{{ @b }}',
                                  '{{ date(@c) }}', '{{ money(@d) }}{{/each}}'))
    with open(path, 'wb') as f:
        subprocess.run(['sh', os.path.join(TOP, 'tests/regress/data/template-fodt.sh'), body],
                       stdout=f, check=True)


def report(what, program, template, make, n, folder):
    took = []
    for count in (1, n, 2 * n):
        data = os.path.join(folder, 'data.xml')
        make(data, count)
        took.append(seconds(program, template, data))
    once, twice = took[1] - took[0], took[2] - took[0]
    print('%-12s %6d: %8.1f ms, %7.1f us each; %d: x %.2f' % (
        what, n, once * 1e3, once * 1e6 / n, 2 * n, twice / once))
    return twice / once < 3


def main():
    program = os.path.abspath(sys.argv[1])
    with tempfile.TemporaryDirectory() as folder:
        table(os.path.join(folder, 't.fodt'))
        linear = report('certificates', program, os.path.join(TOP, 'templates/certificate.fodt'),
                        certificates, 2000, folder)
        linear &= report('rows', program, os.path.join(folder, 't.fodt'), rows, 5000, folder)
    sys.exit(not linear)


if __name__ == '__main__':
    main()
