#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""print-file.py FILE.pdf: what a viewer shows of a print file, as qpdf and poppler find it: a line
for each page (label, way of lying, marked contents, text), the bookmarks, the printer's setting."""
import json
import subprocess
import sys


def output(*command):
    run = subprocess.run(command, capture_output=True, check=True)
    return run.stdout.decode('utf-8', 'replace')


def main():
    path = sys.argv[1]
    data = json.loads(output('qpdf', '--json=1', path))
    objects = data['objects']
    root = objects[objects['trailer']['/Root']]
    for label, page in enumerate(data['pages']):
        n = str(page['pageposfrom1'])
        here = objects[page['object']]
        box = here['/MediaBox']
        content = output('qpdf', '--show-object=' + page['contents'][0].split()[0],
                         '--filtered-stream-data', path) if page['contents'] else ''
        print('%s: label %s, %s, %d marked%s: %s' % (
            n, page['label'].get('/P', '') if page['label'] else '-',
            'wide' if box[2] > box[0] + box[3] - box[1] else 'high', content.count('MCID'),
            '' if '/StructParents' in here else ', untagged',
            ' '.join(output('pdftotext', '-f', n, '-l', n, path, '-').split())))
    for mark in data['outlines']:
        print('%s -> %s' % (mark['title'], mark['destpageposfrom1']))
    view = root.get('/ViewerPreferences')
    print('duplex', (objects[view] if isinstance(view, str) else view or {}).get('/Duplex'))


main()
