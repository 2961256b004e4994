#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""template_text.py FILE...: the text of Writer files (.odt, .fodt), a line a paragraph: cells
between bars, list items after their depth in asterisks, page breaks as ---- page ----, and in
brackets what cannot be seen or is not fixed: [tab], [line], [nbsp], [3 spaces],
[picture: description], [page]."""
import re
import sys
import zipfile
from xml.etree import ElementTree as E


def parts(path):
    if zipfile.is_zipfile(path):
        z = zipfile.ZipFile(path)
        return [E.fromstring(z.read(n)) for n in ('content.xml', 'styles.xml')]
    return [E.parse(path).getroot()]


def local(e):
    return e.tag.split('}')[1]


def attr(e, name):
    return next((v for k, v in e.attrib.items() if k.endswith('}' + name)), None)


def characters(s):
    """White space as a reader of the file takes it; non-breaking and invisible characters named."""
    s = re.sub(r'[ \t\r\n]+', ' ', s or '').replace('\u00a0', '[nbsp]')
    return re.sub('[\u200b-\u200f\u202a-\u202e\u2060-\u2069]',
                  lambda m: '[U+%04X]' % ord(m.group()), s)


SIGNS = {'tab': '[tab]', 'line-break': '[line]', 'page-number': '[page]', 'page-count': '[pages]'}
SILENT = {'annotation', 'note-citation', 'tracked-changes', 'soft-page-break'}


def inline(e):
    out = characters(e.text)
    for k in e:
        name = local(k)
        if name == 's':
            n = int(attr(k, 'c') or 1)
            out += '[%d space%s]' % (n, 's' * (n > 1))
        elif name == 'frame':
            out += frame(k)
        elif name not in SILENT:
            out += SIGNS.get(name) or inline(k)
        out += characters(k.tail)
    return out


def frame(e):
    desc = ''.join(k.text or '' for k in e if local(k) == 'desc')
    box = [k for k in e if local(k) == 'text-box']
    return '[box: %s]' % ' / '.join(inline(p) for p in box[0]) if box else '[picture: %s]' % desc


class Text:
    def __init__(self, roots):
        styles = [s for r in roots for s in r.iter() if local(s) == 'style']
        self.breaks = {attr(s, 'name') for s in styles
                       if any(attr(p, 'break-before') == 'page' for p in s)}

    def blocks(self, e, depth=0):
        for k in e:
            name = local(k)
            if name in ('p', 'h'):
                if attr(k, 'style-name') in self.breaks:
                    yield '---- page ----'
                yield '*' * depth + ' ' * (depth > 0) + '#' * (name == 'h') + inline(k)
            elif name == 'table-row':
                yield '| ' + ' | '.join(' / '.join(self.blocks(c)) for c in k
                                        if local(c) == 'table-cell') + ' |'
            elif name not in SILENT:
                yield from self.blocks(k, depth + (name == 'list'))


def lines(path):
    roots = parts(path)
    text = Text(roots)
    for root in roots:
        for part in root.iter():
            if part.tag.endswith('office:1.0}text'):
                yield from text.blocks(part)
            elif local(part) in ('header', 'footer') and 'style' in part.tag:
                for line in text.blocks(part):
                    yield '%s: %s' % (local(part), line)


def main():
    for path in sys.argv[1:]:
        for line in lines(path):
            print(line)


if __name__ == '__main__':
    main()
