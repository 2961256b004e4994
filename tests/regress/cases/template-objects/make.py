#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""make.py FLAT WITHOUT WITH FORMULA: two packages of the flat file, each with an embedded formula, as Writer
writes them: beside it a picture of Writer's own kind, or a PNG."""
import base64
import re
import sys
import zipfile

PNG = base64.b64decode(
    'iVBORw0KGgoAAAANSUhEUgAAACgAAAAeCAAAAAB7tgMBAAAAHUlEQVR42mPoIRIw9DwjCowqHFU4qnBUIXUVEgkA'
    'wAMGjYof08YAAAAASUVORK5CYII=')
MATH = '<?xml version="1.0" encoding="UTF-8"?><math xmlns="http://www.w3.org/1998/Math/MathML">' \
       '<semantics><mi>x</mi><annotation encoding="StarMath 5.0">%s</annotation></semantics></math>'
OBJECT = 'application/vnd.oasis.opendocument.formula'
TEXT = 'application/vnd.oasis.opendocument.text'


def part(text, root, names):
    inside = ''.join(re.search('(?s)<%s[ >].*</%s>' % (n, n), text).group() for n in names)
    space = re.search('(?s)<office:document (.*?) office:version', text).group(1)
    return '<?xml version="1.0" encoding="UTF-8"?><office:%s %s office:version="1.3">%s' \
           '</office:%s>' % (root, space, inside, root)


def package(path, text, picture):
    parts = {'content.xml': part(text, 'document-content', ['office:automatic-styles',
                                                            'office:body']),
             'styles.xml': part(text, 'document-styles', ['office:font-face-decls', 'office:styles',
                                                          'office:automatic-styles',
                                                          'office:master-styles']),
             'meta.xml': part(text, 'document-meta', ['office:meta']),
             'Object 1/content.xml': MATH % sys.argv[4], 'ObjectReplacements/Object 1': picture}
    types = ''.join('<manifest:file-entry manifest:full-path="%s" manifest:media-type="%s"/>' % (
        name, 'text/xml' if name.endswith('.xml') else '') for name in parts)
    with zipfile.ZipFile(path, 'w') as z:
        z.writestr('mimetype', TEXT)
        for name, content in parts.items():
            z.writestr(name, content)
        z.writestr('META-INF/manifest.xml', '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:'
                   'opendocument:xmlns:manifest:1.0" manifest:version="1.3"><manifest:file-entry '
                   'manifest:full-path="/" manifest:media-type="%s"/><manifest:file-entry '
                   'manifest:full-path="Object 1/" manifest:media-type="%s"/>%s'
                   '</manifest:manifest>' % (TEXT, OBJECT, types))


def main():
    with open(sys.argv[1], encoding='utf-8') as f:
        text = f.read()
    package(sys.argv[2], text, b'VCLMTF\1\0' + bytes(32))
    package(sys.argv[3], text, PNG)


if __name__ == '__main__':
    main()
