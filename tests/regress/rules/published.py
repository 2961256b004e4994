#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Are the known mistakes of the published texts found, each on its line? published.py PROGRAM

published.txt lists them; the line is that of the words given there, which stand on one only."""
import json
import os
import re
import subprocess
import sys

here = os.path.dirname(os.path.abspath(__file__))
samples = os.path.join(here, '../../../samples')


def expected():
    """(sample, rule, severity, words, remark)"""
    sample = None
    for line in open(os.path.join(here, 'published.txt'), encoding='utf-8'):
        line = line.rstrip()
        if line.startswith('sample '):
            sample = line[7:]
        elif line.startswith('  '):
            rule, severity, rest = line.split(None, 2)
            words, remark = re.split(r'  +', rest, maxsplit=1)
            yield sample, rule, severity, words, remark


def found(program, path):
    done = subprocess.run([program, 'check', '--format', 'json', path], text=True,
                          stdout=subprocess.PIPE)
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    return {(f['id'], f['severity'], f['line']) for f in lines if 'id' in f}


def stands(words, line):
    return line.strip().startswith(words[1:]) if words[0] == '^' else words in line


def main(program):
    bad, n, said = 0, 0, {}
    for sample, rule, severity, words, remark in expected():
        path = os.path.join(samples, sample, 'as-published.xml')
        if sample not in said:
            said[sample] = found(program, path)
        with open(path, encoding='utf-8') as f:
            at = [i for i, line in enumerate(f, 1) if stands(words, line)]
        n += 1
        if not any((rule, severity, i) in said[sample] for i in at[:1]) or len(at) != 1:
            bad += 1
            print('%s: %s %s not at %s: %s (%s)' % (sample, severity, rule, at, words, remark))
    print('%d known mistakes in %d texts, %d not found at their line' % (n, len(said), bad))
    return bad > 0 or n == 0


sys.exit(main(os.path.abspath(sys.argv[1])))
