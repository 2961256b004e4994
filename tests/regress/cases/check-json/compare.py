# SPDX-License-Identifier: MIT
"""Writes out what --format json says as the text would say it, and compares: compare.py PROGRAM FILE..."""
import json
import re
import subprocess
import sys

KEYS = ['severity', 'id', 'file', 'line', 'column', 'place', 'width', 'text', 'remedy', 'notes']


def run(lang, *more):
    done = subprocess.run([sys.argv[1], 'check', '--lang', lang, *more, *sys.argv[2:]], text=True,
                          stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    return done.stdout, done.stderr


def place(f):
    return ':'.join(str(f[k]) for k in ('file', 'line', 'column') if f[k] is not None)


for lang, note, names in (('en', 'note', {}),
                          ('pl', 'uwaga', {'error': 'błąd', 'warning': 'ostrzeżenie',
                                           'info': 'informacja', 'accepted': 'przyjęte'})):
    out, err = run(lang, '--format', 'json')
    lines, counted = [json.loads(line) for line in out.splitlines()], None
    *found, counted = lines
    text = []
    for f in found:
        assert list(f) == KEYS, f
        text.append('%s: %s: %s [%s]' % (place(f), names.get(f['severity'], f['severity']),
                                         f['text'], f['id']))
        for n in f['notes']:
            text.append('%s: %s: %s' % (place(n), note, n['text']))
        if f['remedy']:
            text.append('%s: %s' % (note, f['remedy']))
    shown = [line for line in run(lang)[1].splitlines() if not re.match(r'  |\d+ ', line)]
    assert not err, err
    assert sum(counted.values()) == len(found)
    print('%s: %s' % (lang, 'the same' if text == shown else 'DIFFERENT'))
