#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""template-manual.py MANUAL FOLDER [SPLIT]: runs the examples of skryba-template(7) with $SKRYBA;
without it only writes them, FOLDER/N/t.fodt and FOLDER/data.xml.  With SPLIT, one of
template_split.py, all tags of the text are cut into pieces or corrected as Writer might.

Each display behind the comment "example" is a template: a line is a paragraph, bars part the cells
of a row, an asterisk stands before the item of a list, ---- page ---- breaks the page before the
next paragraph, [title: T; description: D] is a frame, "header: ", "skryba.NAME: " and
"file NAME: " begin the header, a property, another file.  Behind => stands what it gives, as
template_text.py shows it; "file: " and "title: " are those of the document.  The display behind
the comment "data" is what all are filled with."""
import os
import re
import subprocess
import sys
from xml.sax.saxutils import escape

sys.dont_write_bytecode = True
import template_split               # noqa: E402
import template_text                # noqa: E402

HERE = os.path.dirname(os.path.abspath(__file__))
SPLIT = sys.argv[3] if len(sys.argv) > 3 else None
FRAME = ('<draw:frame draw:name="F%d" text:anchor-type="as-char" svg:width="2cm" svg:height="2cm">'
         '<draw:text-box/><svg:title>%s</svg:title><svg:desc>%s</svg:desc></draw:frame>')


def displays(path):
    """[(kind, [lines])] of the displays that a comment marks."""
    with open(path, encoding='utf-8') as f:
        lines = f.read().split('\n')
    found = []
    for i, line in enumerate(lines):
        if line in ('.\\" example', '.\\" data'):
            end = lines.index('.Ed', i)
            found.append((line[4:], [s.replace('\\e', '\\').replace('\\&', '')
                                     for s in lines[i + 2:end]]))
    return found


def typed(text):
    return template_split.split(escape(text), SPLIT) if SPLIT else escape(text)


def inline(text):
    def frame(m):
        title, _, desc = m.group(1).partition('; description: ')
        return FRAME % (m.start(), escape(title), escape(desc))
    out, at = '', 0
    for m in re.finditer(r'\[title: ([^]]*)\]', text):
        out += typed(text[at:m.start()]) + frame(m)
        at = m.end()
    return out + typed(text[at:])


def paragraph(text, style='Standard'):
    return '<text:p text:style-name="%s">%s</text:p>' % (style, inline(text))


def row(line):
    cells = line.strip('|').split(' | ')
    return '<table:table-row>%s</table:table-row>' % ''.join(
        '<table:table-cell>%s</table:table-cell>' % paragraph(c.strip()) for c in cells)


def body(lines):
    """The blocks; lines of one kind that follow each other are one table or list."""
    out, style, tables = '', 'Standard', 0
    for i, line in enumerate(lines):
        kind, last = line[:2], lines[i - 1][:2] if i else ''
        if last == '| ' and kind != '| ':
            out += '</table:table>'
        if last == '* ' and kind != '* ':
            out += '</text:list>'
        if kind == '| ':
            if last != '| ':
                tables += 1
                out += '<table:table table:name="T%d"><table:table-column ' \
                       'table:number-columns-repeated="%d"/>' % (tables, line.count(' | ') + 1)
            out += row(line)
        elif kind == '* ':
            out += '' if last == '* ' else '<text:list text:style-name="List_20_1">'
            out += '<text:list-item>%s</text:list-item>' % paragraph(line[2:])
        elif line == '---- page ----':
            style = 'Break'
        else:
            out += paragraph(line, style)
            style = 'Standard'
    return out + {'| ': '</table:table>', '* ': '</text:list>'}.get(lines[-1][:2], '')


def write(path, lines, meta='', master=''):
    env = dict(os.environ, META=meta, MASTER=master)
    text = subprocess.run(['sh', os.path.join(HERE, 'template-fodt.sh'), body(lines)], env=env,
                          check=True, capture_output=True).stdout
    with open(path, 'wb') as f:
        f.write(text)


def template(folder, lines):
    meta, master, rest = '', '', []
    for line in lines:
        head, _, tail = line.partition(': ')
        if head.startswith('skryba.'):
            meta += '<meta:user-defined meta:name="%s">%s</meta:user-defined>' % (
                head, escape(tail))
        elif head == 'header':
            master = '<style:header>%s</style:header>' % paragraph(tail)
        elif head.startswith('file '):
            write(os.path.join(folder, head[5:] + '.fodt'), [tail])
        else:
            rest.append(line)
    write(os.path.join(folder, 't.fodt'), rest, meta, master)


def title_of(path):
    meta = subprocess.run(['unzip', '-p', path, 'meta.xml'], capture_output=True, check=True)
    return re.search('<dc:title>(.*)</dc:title>', meta.stdout.decode()).group(1)


def shown(path, expected):
    text = list(template_text.lines(path))
    head = []
    if any(e.startswith('file: ') for e in expected):
        head.append('file: ' + os.path.basename(path)[:-4])
    if any(e.startswith('title: ') for e in expected):
        head.append('title: ' + title_of(path))
    return head + [s.rstrip() for s in text]


def run(folder, lines):
    """What is wrong with an example, or None."""
    typed = [s for s in lines if not s.startswith('=>')]
    expected = [s[3:] for s in lines if s.startswith('=>')]
    os.makedirs(folder)
    template(folder, typed)
    if 'SKRYBA' not in os.environ:
        return None
    made = subprocess.run(
        [os.environ['SKRYBA'], 'render', os.path.join(folder, '../data.xml'), '--schema', 'none',
         '--rules', 'none', '-t', os.path.join(folder, 't.fodt'), '-f', 'odt', '-o',
         os.path.join(folder, 'out')], capture_output=True)
    if made.returncode:
        return made.stderr.decode()
    names = sorted(os.listdir(os.path.join(folder, 'out')), reverse=True)
    got = [s for n in names if n.endswith('.odt')
           for s in shown(os.path.join(folder, 'out', n), expected)]
    return None if got == expected else 'gives\n  ' + '\n  '.join(got)


def main():
    manual, top = sys.argv[1:3]
    os.makedirs(top, exist_ok=True)
    good = 0
    for i, (kind, lines) in enumerate(displays(manual)):
        if kind == 'data':
            with open(os.path.join(top, 'data.xml'), 'w', encoding='utf-8') as f:
                f.write('\n'.join(lines))
            continue
        wrong = run(os.path.join(top, str(i)), lines)
        good += not wrong
        if wrong:
            print('\n'.join(lines) + '\n' + wrong)
    if 'SKRYBA' in os.environ:
        print('%d examples hold' % good)


if __name__ == '__main__':
    main()
