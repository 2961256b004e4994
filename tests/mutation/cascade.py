#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Puts one error of schema, id or reference at a time into the samples, which have no findings; the
rules must be silent on all that follows from it: cascade.py PROGRAM [CHANGES [SEED]]

CHANGES in all (3000 when not given), by SEED (1 when not given).  Exit status 1: a rule spoke."""
import os
import random
import re
import subprocess
import sys
import tempfile
from collections import Counter

top = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
NAMES = ('lubartow-2011', 'przasnysz-2010', 'pultusk-2009', 'rumia-2008', 'sierpc-2017')
BATCH = 60


def attributes(text):
    """(start of the name, name, start of the value, value, element) of all attributes."""
    for tag in re.finditer(r'<([A-Za-z]+)((?:\s+[\w:-]+="[^"]*")*)\s*/?>', text):
        for a in re.finditer(r'([\w:-]+)="([^"]*)"', tag[2]):
            if ':' not in a[1]:
                yield tag.start(2) + a.start(1), a[1], tag.start(2) + a.start(2), a[2], tag[1]


def elements(text):
    every = re.finditer(r'<([A-Za-z]+)(?=[\s/>])', text)
    return [m for m in every if m[1] not in ('project', 'note', 'notes')]


def wrong_reference(text, pick, every, ids):
    a = pick.choice([a for a in every if re.search('[rR]efs?$', a[1]) and a[3] in ids])
    return text[:a[2]] + pick.choice(('nobody', a[3] + 'x')) + text[a[2] + len(a[3]):]


def id_twice(text, pick, every, ids):
    a = pick.choice([a for a in every if a[1] == 'id' and a[4] != 'project'])
    return text[:a[2]] + pick.choice(sorted(ids - {a[3]})) + text[a[2] + len(a[3]):]


def not_a_value(text, pick, every, ids):
    typed = [a for a in every if re.fullmatch(r'[\d.-]+|true|false|yes|no', a[3]) and
             a[1] not in ('phone', 'krs', 'nip', 'regon', 'pesel', 'bankAccount', 'postalCode',
                          'building', 'flat', 'teryt', 'number', 'code', 'version')]
    a = pick.choice(typed)
    return text[:a[2]] + '??' + text[a[2] + len(a[3]):]


def attribute_misspelt(text, pick, every, ids):
    a = pick.choice(every)
    name = a[1][:-1] + a[1][-1] * 2 if len(a[1]) > 4 else 'other'
    return text[:a[0]] + name + text[a[0] + len(a[1]):]


def attribute_gone(text, pick, every, ids):
    required = {'kind', 'firstName', 'lastName', 'sex', 'entry', 'start', 'end', 'participantRef',
                'courseRef', 'result', 'status', 'role', 'name', 'amount', 'date', 'by'}
    a = pick.choice([a for a in every if a[1] in required])
    return text[:a[0]] + text[a[2] + len(a[3]) + 1:]


def element_misspelt(text, pick, every, ids):
    m = pick.choice(elements(text))
    new = m[1] + 'x'
    rest = text[m.end():]
    tag = re.match(r'[^>]*>', rest)
    if not tag[0].endswith('/>'):
        rest = rest.replace('</%s>' % m[1], '</%s>' % new, 1)
    return text[:m.start(1)] + new + rest


CHANGES = (wrong_reference, id_twice, not_a_value, attribute_misspelt, attribute_gone,
           element_misspelt)


def main(program, changes=3000, seed=1):
    pick, done, bad = random.Random(seed), Counter(), 0
    with tempfile.TemporaryDirectory() as folder:
        os.mkdir(os.path.join(folder, 'photos'))
        for name in NAMES:
            text = open(os.path.join(top, 'samples', name, 'project.xml'), encoding='utf-8').read()
            text = re.sub(r'<!--.*?-->', lambda m: ' ' * len(m[0]), text, flags=re.S)
            for f in re.findall(r'\sfile="([^"]*)"', text):
                open(os.path.join(folder, f), 'wb').write(b'\xff\xd8\xff')
            every = [a for a in attributes(text) if a[4] != 'note']
            accepted = set(re.findall(r'<note [^>]*ref="([^"]*)"', text))   # their ids must stay
            every = [a for a in every if a[1] != 'id' or a[3] not in accepted]
            ids = {a[3] for a in every if a[1] == 'id'}
            left = changes // len(NAMES)
            while left > 0:
                made = []
                for i in range(min(BATCH, left)):
                    how = pick.choice(CHANGES)
                    made.append((how.__name__, how(text, pick, every, ids)))
                    with open(os.path.join(folder, '%03d.xml' % i), 'w', encoding='utf-8') as f:
                        f.write(made[-1][1])
                left -= len(made)
                bad += judge(program, folder, name, text, made, done)
    print('%d changes (%s): %d of them wrong' %
          (sum(done.values()), ', '.join('%s %d' % i for i in sorted(done.items())), bad))
    return bad > 0


def judge(program, folder, name, text, made, done):
    files = ['%03d.xml' % i for i in range(len(made))]
    out = subprocess.run([program, 'check', '--lang', 'en', *files], cwd=folder, text=True,
                         stdout=subprocess.PIPE, stderr=subprocess.STDOUT).stdout
    found = {}
    for m in re.finditer(r'^(\d+\.xml)(?::\d+)*: (error|warning): (.*) \[([\w-]+)\]$', out, re.M):
        found.setdefault(m[1], []).append((m[4], m[0]))
    bad = 0
    for file, (how, changed) in zip(files, made):
        got = found.get(file, [])
        rules = [line for rule, line in got if re.match(r'R\d\d|note-', rule)]
        seen = [line for rule, line in got if re.match(r'schema-|id-|ref-', rule)]
        if not seen:            # an attribute that may be absent
            continue
        done[how] += 1
        if rules:
            bad += 1
            print('%s %s' % (name, how))
            for line in seen[:2] + rules[:4]:
                print('    ' + line)
    return bad


sys.exit(main(os.path.abspath(sys.argv[1]), *map(int, sys.argv[2:4])))
