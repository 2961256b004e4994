#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Writes the parts of the manuals that have their source in the program: the diagnostics of
skryba(1) from src/base/diag.def, the functions of skryba-template(7) from src/expr/table.c,
elements, values, rules and their functions of skryba-project(5) by project_manual.py.

manual.py rewrites them; manual.py --check says, by its exit status too, which are out of date.
Run from the top of the repository."""
import re
import sys
import textwrap

import project_manual

DIAGNOSTICS, FUNCTIONS = 'src/base/diag.def', 'src/expr/table.c'
SEVERITY = {'INFO': 'info', 'ACCEPTED': 'accepted', 'WARNING': 'warning', 'ERROR': 'error',
            'SYSTEM': 'system'}
LITERAL = r'(?:"(?:\\.|[^"\\])*"\s*)+'


def joined(part):
    """The value of a C string literal in pieces; None for NULL."""
    if part.strip() == 'NULL':
        return None
    return re.sub(r'\\(.)', r'\1', ''.join(re.findall(r'"((?:\\.|[^"\\])*)"', part)))


def read_diagnostics():
    """[(stage, line, id, severity, [English, Polish, hint, hint in Polish])], in order."""
    with open(DIAGNOSTICS, encoding='utf-8') as f:
        text = f.read()
    found, stage = [], 'other'
    entry = re.compile(r'^/\* -- (.*?) \*/$|^DIAG\((\w+), (\w+),(.*?)\)$', re.M | re.S)
    for m in entry.finditer(text):
        if m.group(1):
            stage = re.sub(r' \([a-z, ]+\)$', '', m.group(1))
            continue
        parts = re.findall(LITERAL + r'|\bNULL\b', m.group(4))
        found.append((stage, text.count('\n', 0, m.start()) + 1, m.group(2), m.group(3),
                      [joined(p) for p in parts]))
    return found


def read_functions():
    """[(group, signature, English)], in order."""
    with open(FUNCTIONS, encoding='utf-8') as f:
        text = f.read()
    found, group = [], 'other'
    row = r'\{ "[\w-]+",\s*(%s),[^{]*\{\s*(%s),' % (LITERAL, LITERAL)
    entry = re.compile(r'^    /\* (.*?) \*/$|' + row, re.M)
    for m in entry.finditer(text):
        if m.group(1):
            group = m.group(1)
        else:
            found.append((group, joined(m.group(2)), joined(m.group(3))))
    return found


def roff(text):
    """A sentence for mdoc, wrapped, with roff's characters escaped."""
    if not text.endswith(('.', '?')):
        text += '.'
    for sign, escape in (('\\', '\\e'), ('“', '\\(lq'), ('”', '\\(rq'), ('–', '\\(en'),
                         ("'", '\\(aq'), ('-', '\\-'), ('~', '\\(ti'), ('^', '\\(ha')):
        text = text.replace(sign, escape)
    lines = textwrap.wrap(text, 78, break_long_words=False, break_on_hyphens=False)
    return ['\\&' + line if line.startswith('.') else line for line in lines]


def diagnostics():
    """(heading, head of the item, its lines); arguments become an ellipsis."""
    for stage, _, name, severity, text in read_diagnostics():
        body = roff(re.sub(r'%\d', '...', text[0]))
        if text[2]:
            body += roff('Note: ' + re.sub(r'%\d', '...', text[2]))
        yield stage, 'Sy %s Pq %s' % (name.replace('_', '-'), SEVERITY[severity]), body


def functions():
    for group, signature, text in read_functions():
        yield group, 'Ic ' + signature.replace('-', '\\-').replace(', ', ',\\ '), roff(text)


def section(entries):
    out, last = [], None
    for heading, item, body in entries:
        if heading != last:
            out += (['.El'] if last else []) + ['.Ss ' + heading[0].upper() + heading[1:],
                                                '.Bl -tag -width Ds']
            last = heading
        out += ['.It ' + item] + body
    return out + (['.El'] if last else [])


def project():
    parts = (project_manual.functions, project_manual.rule_table, project_manual.elements,
             project_manual.values)
    return sum((part(roff) for part in parts), [])


def refresh(manual, lines, check):
    """False: the manual was (check: is) not as the program has it."""
    with open(manual, encoding='utf-8') as f:
        old = f.read()
    begin, end = '.\\" begin: make man writes this\n', '.\\" end\n'
    before, found, rest = old.partition(begin)
    if not found or end not in rest:
        sys.exit('%s: the lines round the generated part are missing' % manual)
    new = before + begin + '\n'.join(lines + ['']) + end + rest.partition(end)[2]
    if new == old:
        return True
    if check:
        print('%s: out of date; make man' % manual)
    else:
        with open(manual, 'w', encoding='utf-8') as f:
            f.write(new)
    return False


def main():
    check = '--check' in sys.argv[1:]
    good = [refresh('man/skryba.1', section(diagnostics()), check),
            refresh('man/skryba-template.7', section(functions()), check),
            refresh('man/skryba-project.5', project(), check)]
    return 1 if check and not all(good) else 0


if __name__ == '__main__':
    sys.exit(main())
