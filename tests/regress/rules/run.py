#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Runs the cases of the rules: run.py PROGRAM [NAME...]

cases.txt changes base.xml, which has no findings, a little for each case:

    case R14 course ends before it begins       the id of the rule, and what the case shows
      set course#k1 end="2011-03-30"            attributes to give or change; x="" takes x away
      finds error R14 course#k1@end             exactly these findings, each as often
      near                                      the same with other changes finds nothing
      set course#k1 end="2011-04-01"

Other changes: remove ELEMENT · text ELEMENT words · add ELEMENT <xml/> (as its last child) ·
after ELEMENT <xml/> (beside it).  An element is name, name#id, name[n] (the n-th of its parent's or
the file's), or a path of these with /; a place ends with @attribute and :piece of its text.  It is
computed here from the changed text, not taken from the program.  "also" allows more findings of
these rules, which the same change brings.
"base FILE" begins cases with another base.

run.py --without PROGRAM PROJECT.SCH takes each assert and report out of the rules in turn and tells
for which of them no case fails: those are not tested.
"""
import os
import re
import shutil
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ET
from collections import Counter

RULES = 62
here = os.path.dirname(os.path.abspath(__file__))


def find(root, path):
    node = root
    for step in path.split('/'):
        name, wanted, number = re.fullmatch(r'([\w-]+)(?:#([\w.-]+))?(?:\[(\d+)\])?', step).groups()
        if name == root.tag and node is root and not wanted:
            continue
        every = node.iter(name) if node is root else node.findall(name)
        found = [n for n in every if not wanted or n.get('id') == wanted]
        if len(found) < int(number or 1):
            sys.exit('no element ' + path)
        node = found[int(number or 1) - 1]
    return node


def characters(s):
    """\\u00ad and the like: characters that a reader would not see."""
    return re.sub(r'\\u([0-9a-f]{4})', lambda m: chr(int(m[1], 16)), s)


def parent_of(root, node):
    return next(p for p in root.iter() if node in list(p))


def change(root, line):
    word, _, rest = line.partition(' ')
    path, _, rest = rest.partition(' ')
    node = find(root, path)
    if word == 'set':
        for name, value in re.findall(r'([\w:-]+)="([^"]*)"', rest):
            if value:
                node.set(name, characters(value))
            else:
                node.attrib.pop(name)
    elif word == 'remove':
        parent_of(root, node).remove(node)
    elif word == 'text':
        node.text = characters(rest)
    elif word == 'add':
        node.append(ET.fromstring(rest))
    elif word == 'after':
        parent = parent_of(root, node)
        parent.insert(list(parent).index(node) + 1, ET.fromstring(rest))
    else:
        sys.exit('no such change: ' + line)


def escape(s):
    return s.replace('&', '&amp;').replace('<', '&lt;')


def write(root):
    """One element a line.  The text, and the places of elements and attributes."""
    lines, places = [], {}

    def put(node, depth):
        at = len(lines) + 1
        line = '  ' * depth + '<' + node.tag
        places[node, None] = at, 2 * depth + 1
        for name, value in node.attrib.items():
            places[node, name] = at, len(line) + 2
            line += ' %s="%s"' % (name, escape(value).replace('"', '&quot;'))
        text = (node.text or '').strip()
        kids = list(node)
        if kids:
            lines.append(line + '>')
            for k in kids:
                put(k, depth + 1)
            lines.append('  ' * depth + '</%s>' % node.tag)
        else:
            lines.append(line + ('>%s</%s>' % (escape(text), node.tag) if text else '/>'))
    lines.append('<?xml version="1.0" encoding="UTF-8"?>')
    put(root, 0)
    return '\n'.join(lines) + '\n', places


class Case:
    def __init__(self, title, base):
        self.title, self.rule, self.base = title, title.split()[0], base
        self.changes, self.near, self.expected, self.also = [], None, [], []


def read(path):
    cases, base, now = [], 'base.xml', None
    for line in open(path, encoding='utf-8'):
        line = line.strip()
        word, _, rest = line.partition(' ')
        if not line or word == '--':
            continue
        if word == 'base':
            base = rest
        elif word == 'case':
            now = Case(rest, base)
            cases.append(now)
        elif word == 'finds':
            now.expected.append(tuple(rest.split(' ', 2)))
        elif word == 'also':
            now.also += rest.split()
        elif word == 'near':
            now.near = []
        else:
            (now.changes if now.near is None else now.near).append(line)
    return cases


def build(base, changes):
    root = ET.parse(os.path.join(here, base)).getroot()
    for line in changes:
        change(root, line)
    return root, *write(root)


def place_of(root, text, places, place):
    """Line and column of ELEMENT, ELEMENT@ATTRIBUTE, or of a piece of one's text after a colon."""
    path, _, piece = place.partition(':')
    path, _, attribute = path.partition('@')
    line, column = places[find(root, path), attribute or None]
    if piece:
        column = text.split('\n')[line - 1].index(characters(piece), column) + 1
    return line, column


def files_of(cases, folder):
    """Writes the files of the cases; what each of them must find, as {file: set or None}."""
    wanted = {}
    for i, case in enumerate(cases):
        root, text, places = build(case.base, case.changes)
        name = '%03d.xml' % i
        open(os.path.join(folder, name), 'w', encoding='utf-8').write(text)
        wanted[name] = Counter()
        for severity, rule, place in case.expected:
            wanted[name][(severity, rule) + place_of(root, text, places, place)] += 1
        if case.near is not None:
            name = '%03d-near.xml' % i
            open(os.path.join(folder, name), 'w', encoding='utf-8').write(
                build(case.base, case.near)[1])
            wanted[name] = Counter()
    return wanted


def run(program, folder, names, more=()):
    done = subprocess.run([program, 'check', '--lang', 'en', *more, *names], cwd=folder, text=True,
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    found = {}
    for line in done.stdout.splitlines():
        m = re.match(r'([\w.-]+\.xml):(\d+):(\d+): (\w+): .*\[([\w-]+)\]$', line)
        if m:
            found.setdefault(m[1], Counter())[m[4], m[5], int(m[2]), int(m[3])] += 1
        elif not m and re.match(r'\S*: (error|warning)', line):
            found.setdefault('?', []).append(line)
    return found


def photos(folder):
    os.mkdir(os.path.join(folder, 'photos'))
    for name, bytes_ in (('a.jpg', b'\xff\xd8\xff\xe0'), ('b.png', b'\x89PNG\r\n\x1a\n'),
                         ('c.txt', b'no image'), ('d.jpg', b'\xff\xd8\xff\xe0')):
        open(os.path.join(folder, 'photos', name), 'wb').write(bytes_)


def failures(cases, wanted, found):
    for name in sorted(wanted):
        case, got = cases[int(name[:3])], found.get(name, Counter())
        missing, more = wanted[name] - got, got - wanted[name]
        more = Counter({f: n for f, n in more.items() if f[1] not in case.also})
        if missing or more:
            yield name, case, missing, more


def show(f):
    return '%s %s at %d:%d' % f


def without(program, rules, cases, wanted, folder):
    """Takes each check out of the rules; True when some case failed each time."""
    text = open(rules, encoding='utf-8').read()
    checks = list(re.finditer(r'<(assert|report)\s.*?</\1>', text, re.S))
    missed = 0
    for m in checks:
        open(os.path.join(folder, 'rules.sch'), 'w', encoding='utf-8').write(
            text[:m.start()] + text[m.end():])
        found = run(program, folder, sorted(wanted), ('--rules', 'none', '--rules', 'rules.sch'))
        if not list(failures(cases, wanted, found)):
            missed += 1
            print('%s:%d: no case fails without this\n%s' %
                  (rules, text.count('\n', 0, m.start()) + 1, m[0][:200]), flush=True)
    print('%d checks, %d without a case' % (len(checks), missed))
    return not missed


def main(arguments):
    take_out = arguments[:1] == ['--without']
    program = os.path.abspath(arguments[1 if take_out else 0])
    names = arguments[3 if take_out else 1:]
    cases = [c for c in read(os.path.join(here, 'cases.txt'))
             if not names or any(n in c.title for n in names)]
    folder = tempfile.mkdtemp()
    try:
        photos(folder)
        wanted = files_of(cases, folder)
        if take_out:
            return not without(program, arguments[2], cases, wanted, folder)
        found = run(program, folder, sorted(wanted))
        bad = 0
        for line in sorted(set(found.pop('?', []))):
            bad += 1
            print(line)
        for name, case, missing, more in failures(cases, wanted, found):
            bad += 1
            print('FAILED %s%s (%s)' % (case.title, ', near miss' if '-near' in name else '', name))
            for f in sorted(missing.elements()):
                print('   not found: ' + show(f))
            for f in sorted(more.elements()):
                print('   too much:  ' + show(f))
        near = sum(c.near is not None for c in cases)
        rules = {c.rule for c in cases}
        for rule in ['R%02d' % i for i in range(1, RULES + 1)] if not names else []:
            if not any(c.rule == rule and c.near is not None for c in cases):
                bad += 1
                print('%s: no case, or no near miss' % rule)
        print('%d cases, %d near misses, %d rules, %d failed' % (len(cases), near, len(rules), bad))
        return bad > 0
    finally:
        shutil.rmtree(folder)


sys.exit(main(sys.argv[1:]))
