#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""compare.py LAYOUTDIFF LIST: reads lines "name<TAB>ours.pdf<TAB>reference" and prints the figures
of each and the totals, in the order of the list.

A line is equal when it has the same text; a word is near when its ends and its baseline are within
1 pt on the same page.  What a missing PDF should have held counts as missed."""
import collections
import importlib.machinery
import importlib.util
import multiprocessing
import os
import sys

sys.dont_write_bytecode = True
NEAR = 1.0              # pt, of 95 % of the words where a file is ok
LEAST = 99.0            # % of lines and of characters where a file is ok
Figures = collections.namedtuple(
    'Figures', 'name pages ref_pages lines ref_lines near words ok why')


def load(path):
    loader = importlib.machinery.SourceFileLoader('layoutdiff', path)
    module = importlib.util.module_from_spec(importlib.util.spec_from_loader('layoutdiff', loader))
    loader.exec_module(module)
    return module


def is_near(a, b):
    return (a.page == b.page and a.dir == b.dir and
            max(abs(a.x0 - b.x0), abs(a.x1 - b.x1), abs(a.y - b.y)) <= NEAR)


def measure(job):
    tool, name, ours, reference = job
    diff = load(tool)
    try:
        ref = diff.read(reference, 'auto')
        own = diff.read(ours, 'auto') if os.path.exists(ours) else diff.Doc()
        r, pairs, _, _ = diff.compare(own, ref)
    except diff.Trouble as e:
        return Figures(name, 0, 0, 0, 0, 0, 0, False, str(e))
    near = sum(is_near(a, b) for a, b in pairs)
    if not own.pages:
        return Figures(name, 0, len(ref.pages), 0, r['ref_lines'], 0, len(ref.words), False,
                       'no PDF')
    ok = (len(own.pages) == len(ref.pages) and r['sizes'] and min(r['text'], r['lines']) >= LEAST
          and max(r['dx95'], r['dy95']) <= NEAR)
    why = '' if ok else 'text %.1f %%, dx %s, dy %s; worst page %d' % (
        r['text'], diff.num(r['dx95']), diff.num(r['dy95']), r['worst'])
    return Figures(name, len(own.pages), len(ref.pages), r['lines_hit'], r['ref_lines'], near,
                   len(ref.words), ok, why)


def share(part, whole):
    return '%5.1f %%' % (100.0 * part / whole if whole else 100.0)


def main():
    tool, path = sys.argv[1:3]
    with open(path, encoding='utf-8') as f:
        jobs = [(tool, *line.rstrip('\n').split('\t')) for line in f]
    total = collections.Counter()
    with multiprocessing.Pool() as pool:
        for r in pool.imap(measure, jobs):
            print('%-2s %-40s pages %d/%d  lines %s (%d)  words within %g pt %s (%d)  %s' % (
                'ok' if r.ok else '-', r.name, r.pages, r.ref_pages, share(r.lines, r.ref_lines),
                r.ref_lines, NEAR, share(r.near, r.words), r.words, r.why), flush=True)
            total.update(ok=r.ok, pages=r.pages == r.ref_pages != 0, lines=r.lines,
                         ref_lines=r.ref_lines, near=r.near, words=r.words)
    print('fidelity: %d of %d files ok, pages equal in %d; lines equal %s of %d; words within '
          '%g pt %s of %d' % (total['ok'], len(jobs), total['pages'],
                        share(total['lines'], total['ref_lines']).strip(), total['ref_lines'], NEAR,
                        share(total['near'], total['words']).strip(), total['words']))
    return 0


if __name__ == '__main__':
    sys.exit(main())
