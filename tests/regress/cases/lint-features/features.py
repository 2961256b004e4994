#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""features.py FOLDER: what Writer shows, the PDF shows, or lint says that it does not.

Each feature is a piece of a document, on a page of its own, beside the same piece without it.  Where
both pages look alike the PDF does not show the feature; then lint must say so, and only then.  With
--writer LibreOffice's pages are compared as well: it must show every feature of the list."""
import base64
import hashlib
import os
import re
import struct
import subprocess
import sys
import zlib

HERE = os.path.dirname(os.path.abspath(__file__))
FODT = os.path.join(HERE, '../../data/template-fodt.sh')


def png():
    def chunk(kind, data):
        return (struct.pack('>I', len(data)) + kind + data +
                struct.pack('>I', zlib.crc32(kind + data)))
    rows = (b'\0' + bytes((200, 30, 30)) * 10 + bytes(30)) * 20
    return (b'\x89PNG\r\n\x1a\n' + chunk(b'IHDR', struct.pack('>IIBBBBB', 20, 20, 8, 2, 0, 0, 0)) +
            chunk(b'IDAT', zlib.compress(rows)) + chunk(b'IEND', b''))


def data(content):
    return '<office:binary-data>%s</office:binary-data>' % base64.b64encode(content).decode()


TEXT = 'Abc def ghi jkl '
IMAGE = '<draw:image>%s</draw:image>' % data(png())
SVG = '<draw:image>%s</draw:image>' % data(
    b'<svg xmlns="http://www.w3.org/2000/svg" width="20" height="20"><rect width="20" height="20"'
    b' fill="#c00"/></svg>')
BEHIND = '<style:background-image xlink:type="simple" style:repeat="repeat">%s' \
         '</style:background-image>' % data(png())
BOX = '<draw:text-box><text:p>%s</text:p></draw:text-box>'
COLUMNS = '<style:columns fo:column-count="2" fo:column-gap="1cm">%s' \
          '<style:column style:rel-width="1*"/><style:column style:rel-width="1*"/></style:columns>'
SEPARATOR = '<style:column-sep style:width="1pt" style:color="#000000" style:height="100%"/>'


def p(text, style=''):
    return '<text:p%s>%s</text:p>' % (' text:style-name="%s"' % style if style else '', text)


def span(style):
    return p('<text:span text:style-name="%s">%s</text:span>' % (style, TEXT))


def frame(inner, style='', more=''):
    return p('<draw:frame draw:name="F" draw:style-name="%s" text:anchor-type="as-char" '
             'svg:width="4cm" svg:height="3cm" %s>%s<svg:desc>opis</svg:desc></draw:frame>' % (
                 style, more, inner))


def cells(table='', row='', cell=''):
    def named(s):
        return ' table:style-name="%s"' % s if s else ''
    return ('<table:table%s><table:table-column table:number-columns-repeated="2"/>'
            '<table:table-row%s><table:table-cell%s><text:p>a</text:p></table:table-cell>'
            '<table:table-cell><text:p>b</text:p></table:table-cell></table:table-row>'
            '</table:table>' % (named(table), named(row), named(cell))) + p('x')


def section(style):
    return '<text:section text:name="%s" text:style-name="%s">%s</text:section>' % (
        style, style, p(TEXT * 20))


def shape(tag, more='', inner=''):
    return p('<draw:%s text:anchor-type="as-char" draw:style-name="Red" svg:width="3cm" '
             'svg:height="2cm" %s>%s</draw:%s>' % (tag, more, inner, tag))


# family: (its properties' element, body of a style, body of the same without it)
FAMILIES = {
    'text': ('text', span, span),
    'paragraph': ('paragraph', lambda s: p(TEXT * 20, s), lambda s: p(TEXT * 20, s)),
    'picture': ('graphic', lambda s: frame(IMAGE, s), lambda s: frame(IMAGE, s)),
    'box': ('graphic', lambda s: frame(BOX % (TEXT * 6), s), lambda s: frame(BOX % (TEXT * 6), s)),
    'table': ('table', lambda s: cells(table=s), lambda s: cells(table=s)),
    'row': ('table-row', lambda s: cells(row=s), lambda s: cells(row=s)),
    'cell': ('table-cell', lambda s: cells(cell=s), lambda s: cells(cell=s)),
    'section': ('section', section, section),
}
# family, what, properties, elements in them
STYLES = [
    ('text', 'outline', 'style:text-outline="true"', ''),
    ('text', 'shadow', 'fo:text-shadow="1pt 1pt"', ''),
    ('text', 'embossed', 'style:font-relief="embossed"', ''),
    ('text', 'engraved', 'style:font-relief="engraved"', ''),
    ('text', 'underline', 'style:text-underline-style="solid"', ''),
    ('text', 'wave', 'style:text-underline-style="wave"', ''),
    ('text', 'double underline', 'style:text-underline-style="solid" '
     'style:text-underline-type="double"', ''),
    ('text', 'strike', 'style:text-line-through-style="solid"', ''),
    ('text', 'overline', 'style:text-overline-style="solid"', ''),
    ('text', 'emphasis marks', 'style:text-emphasize="dot above"', ''),
    ('text', 'rotation', 'style:text-rotation-angle="90"', ''),
    ('text', 'scale', 'style:text-scale="150%"', ''),
    ('text', 'colour', 'fo:color="#ff0000"', ''),
    ('text', 'highlight', 'fo:background-color="#ffff00"', ''),
    ('text', 'spacing', 'fo:letter-spacing="3pt"', ''),
    ('text', 'small capitals', 'fo:font-variant="small-caps"', ''),
    ('text', 'superscript', 'style:text-position="super 58%"', ''),
    ('text', 'border', 'fo:border="1pt solid #000000"', ''),
    ('text', 'two lines in one', 'style:text-combine="lines"', ''),
    ('paragraph', 'drop cap', '', '<style:drop-cap style:length="1" style:lines="3"/>'),
    ('paragraph', 'background', 'fo:background-color="#ffff00"', ''),
    ('paragraph', 'background picture', '', BEHIND),
    ('paragraph', 'border', 'fo:border="1pt solid #000000" fo:padding="2mm"', ''),
    ('paragraph', 'shadow', 'fo:border="1pt solid #000000" style:shadow="#808080 2mm 2mm"', ''),
    ('paragraph', 'centred', 'fo:text-align="center"', ''),
    ('paragraph', 'direction', 'style:writing-mode="rl-tb"', ''),
    ('picture', 'crop', 'fo:clip="rect(0.1cm, 0.1cm, 0.1cm, 0.1cm)"', ''),
    ('picture', 'mirror', 'style:mirror="horizontal"', ''),
    ('picture', 'greyscale', 'draw:color-mode="greyscale"', ''),
    ('picture', 'luminance', 'draw:luminance="40%"', ''),
    ('picture', 'opacity', 'draw:image-opacity="40%"', ''),
    ('box', 'columns', '', COLUMNS % ''),
    ('box', 'gradient', 'draw:fill="gradient" draw:fill-gradient-name="Gr"', ''),
    ('box', 'hatching', 'draw:fill="hatch" draw:fill-hatch-name="Ha"', ''),
    ('box', 'bitmap', 'draw:fill="bitmap" draw:fill-image-name="Bi"', ''),
    ('box', 'colour', 'draw:fill="solid" draw:fill-color="#ffff00"', ''),
    ('table', 'background', 'fo:background-color="#ffff00"', ''),
    ('table', 'background picture', '', BEHIND),
    ('table', 'shadow', 'style:shadow="#808080 2mm 2mm"', ''),
    ('row', 'background', 'fo:background-color="#ffff00"', ''),
    ('row', 'background picture', '', BEHIND),
    ('cell', 'background', 'fo:background-color="#ffff00"', ''),
    ('cell', 'background picture', '', BEHIND),
    ('cell', 'border', 'fo:border="1pt solid #000000"', ''),
    ('cell', 'vertical text up', 'style:writing-mode="bt-lr"', ''),
    ('cell', 'vertical text', 'style:writing-mode="tb-rl"', ''),
    ('section', 'background', 'fo:background-color="#ffff00"', ''),
    ('section', 'background picture', '', BEHIND),
    ('section', 'columns', '', COLUMNS % ''),
    ('section', 'columns with a line', '', COLUMNS % SEPARATOR),
]
LINE = 'svg:x1="0cm" svg:y1="0cm" svg:x2="3cm" svg:y2="1cm"'
POINTS = 'svg:viewBox="0 0 100 100" draw:points="0,0 100,0 50,100"'
RECTANGLE = '<draw:enhanced-geometry svg:viewBox="0 0 21600 21600" draw:type="rectangle" ' \
            'draw:enhanced-path="M 0 0 L 21600 0 21600 21600 0 21600 0 0 Z N"/>'
NOTE = 'a<text:note text:id="%s" text:note-class="%s"><text:note-citation>1</text:note-citation>' \
       '<text:note-body><text:p>przypis</text:p></text:note-body></text:note>'
# a portion ends at a bookmark, as at the brackets that stand for the place above the base
MARK = '<text:bookmark text:name="m"/>'
RUBY = '<text:ruby text:style-name="Ruby"><text:ruby-base>podstawa</text:ruby-base>' \
       '<text:ruby-text>objaśnienie</text:ruby-text></text:ruby>'
# what, body with it, body without
PIECES = [
    ('picture PNG', frame(IMAGE), frame('')),
    ('picture SVG', frame(SVG), frame('')),
    ('picture SVG and PNG', frame(SVG + IMAGE), frame('')),
    ('text box', frame(BOX % 'W ramce'), frame('')),
    ('rotated frame', frame(IMAGE, '', 'draw:transform="rotate(0.5) translate(3cm 3cm)"'),
     frame(IMAGE)),
    ('footnote', p(NOTE % ('n1', 'footnote')), p('a')),
    ('rectangle', shape('rect'), p('')),
    ('ellipse', shape('ellipse'), p('')),
    ('circle', shape('circle'), p('')),
    ('line', shape('line', LINE), p('')),
    ('dimension line', shape('measure', LINE), p('')),
    ('connector', shape('connector', LINE), p('')),
    ('polygon', shape('polygon', POINTS), p('')),
    ('polyline', shape('polyline', POINTS), p('')),
    ('path', shape('path', 'svg:viewBox="0 0 100 100" svg:d="M0 0 L100 100 L0 100 Z"'), p('')),
    ('custom shape', shape('custom-shape', '', RECTANGLE), p('')),
    ('callout', shape('caption'), p('')),
    ('group of shapes', shape('g', '', '<draw:rect draw:style-name="Red" svg:width="3cm" '
                              'svg:height="2cm" svg:x="0cm" svg:y="0cm"/>'), p('')),
    ('form control', shape('control', 'draw:control="c1"'), p('')),
    ('ruby above its base', p(RUBY), p('podstawa%s (%sobjaśnienie%s)' % (MARK, MARK, MARK))),
]
HEADER = '<style:header><text:p>nagłówek</text:p></style:header>'
IN_HEADER = '<style:header-style><style:header-footer-properties fo:min-height="1cm" %s>%s' \
            '</style:header-footer-properties></style:header-style>'
# what, properties of the page layout, elements in them, elements behind them
PAGES = [
    ('page background', 'fo:background-color="#ffff00"', '', ''),
    ('page background picture', '', BEHIND, ''),
    ('page border', 'fo:border="1pt solid #000000"', '', ''),
    ('page columns', '', COLUMNS % '', ''),
    ('page vertical text', 'style:writing-mode="tb-rl"', '', ''),
    ('header background', '', '', IN_HEADER % ('fo:background-color="#ffff00"', '')),
    ('header background picture', '', '', IN_HEADER % ('', BEHIND)),
    ('header border', '', '', IN_HEADER % ('fo:border="1pt solid #000000"', '')),
]
COMMON = ('<draw:gradient draw:name="Gr" draw:style="linear" draw:start-color="#ff0000" '
          'draw:end-color="#0000ff"/><draw:hatch draw:name="Ha" draw:style="single" '
          'draw:color="#ff0000" draw:distance="2mm"/><draw:fill-image draw:name="Bi">%s'
          '</draw:fill-image>' % data(png()))
FORMS = '<office:forms><form:form form:name="f"><form:checkbox form:name="c" form:id="c1" ' \
        'xml:id="c1" form:label="tak"/></form:form></office:forms>'
ALWAYS = ('<style:style style:name="Red" style:family="graphic"><style:graphic-properties '
          'draw:fill="solid" draw:fill-color="#ff0000"/></style:style>'
          '<style:style style:name="Ruby" style:family="ruby"><style:ruby-properties '
          'style:ruby-position="above"/></style:style>')


def style(name, family, properties, kids):
    kind = FAMILIES[family][0]
    parent = ' style:parent-style-name="Standard"' if family == 'paragraph' else ''
    if family == 'table':
        properties += ' style:width="10cm" table:align="left"'
    return '<style:style style:name="%s" style:family="%s"%s><style:%s-properties %s>%s' \
           '</style:%s-properties></style:style>' % (name, kind, parent, kind, properties, kids,
                                                     kind)


def page_layout(name, properties, kids, behind):
    return '<style:page-layout style:name="L%s"><style:page-layout-properties ' \
           'fo:page-width="210mm" fo:page-height="297mm" fo:margin="20mm" %s>%s' \
           '</style:page-layout-properties>%s</style:page-layout>' % (name, properties, kids, behind)


def master(name, header):
    return '<style:master-page style:name="M%s" style:page-layout-name="L%s">%s' \
           '</style:master-page>' % (name, name, header)


def features():
    """[(name, (styles, body, masters) with it, the same without it)]"""
    found = []
    for i, (family, what, properties, kids) in enumerate(STYLES):
        name, (_, with_it, without) = 'S%d' % i, FAMILIES[family]
        found.append((family + ' ' + what,
                      (style(name, family, properties, kids), with_it(name), ''),
                      (style(name, family, '', ''), without(name), '')))
    for what, with_it, without in PIECES:
        found.append((what, ('', with_it, ''), ('', without, '')))
    for i, (what, properties, kids, behind) in enumerate(PAGES):
        header = HEADER if behind else ''
        plain = IN_HEADER % ('', '') if behind else ''
        found.append((what, (page_layout(i, properties, kids, behind), p(TEXT * 20), master(i, header)),
                      (page_layout(i, '', '', plain), p(TEXT * 20), master(i, header))))
    return found


def write(path, pieces):
    """A page for each piece: a title that begins the page, with the master page of the piece."""
    styles, body, masters = ALWAYS, FORMS, ''
    for i, (own, text, page) in enumerate(pieces):
        name = re.search('style:name="(M[0-9]+)"', page)
        styles += own + '<style:style style:name="T%d" style:family="paragraph" ' \
            'style:parent-style-name="Standard" style:master-page-name="%s"/>' % (
                i, name.group(1) if name else 'Standard')
        body += p(str(i), 'T%d' % i) + text
        masters += page
    env = dict(os.environ, STYLES=styles, COMMON=COMMON,
               MASTER='</style:master-page>' + masters + '<style:master-page style:name="Last" '
               'style:page-layout-name="A4">')
    with open(path, 'wb') as f:
        f.write(subprocess.run(['sh', FODT, body], env=env, check=True,
                               capture_output=True).stdout)


def pictures(pdf):
    stem = pdf[:-4]
    subprocess.run(['pdftoppm', '-r', '50', pdf, stem], check=True)
    made = sorted(f for f in os.listdir(os.path.dirname(pdf))
                  if f.startswith(os.path.basename(stem) + '-') and f.endswith('.ppm'))
    found = []
    for f in made:
        with open(os.path.join(os.path.dirname(pdf), f), 'rb') as page:
            found.append(hashlib.sha256(page.read()).hexdigest())
        os.remove(os.path.join(os.path.dirname(pdf), f))
    return found


def by_writer(folder):
    subprocess.run(['soffice', '-env:UserInstallation=file://%s/profile' % folder, '--headless',
                    '--convert-to', 'pdf', '--outdir', folder + '/writer', folder + '/with.fodt',
                    folder + '/without.fodt'], check=True, capture_output=True)
    return [pictures('%s/writer/%s.pdf' % (folder, kind)) for kind in ('with', 'without')]


def by_skryba(folder):
    for kind in ('with', 'without'):
        subprocess.run([os.environ['SKRYBA'], 'convert', '%s/%s.fodt' % (folder, kind), '-o',
                        '%s/%s.pdf' % (folder, kind)], check=True, capture_output=True)
    return [pictures('%s/%s.pdf' % (folder, kind)) for kind in ('with', 'without')]


def warnings(folder, piece):
    write(folder + '/one.fodt', [piece])
    said = subprocess.run([os.environ['SKRYBA'], 'lint', folder + '/one.fodt', '--schema', 'none'],
                          capture_output=True).stderr.decode()
    return sorted(set(re.findall(r'the PDF does not show (.*?) \[lint-feature\]', said)))


def main():
    folder = sys.argv[-1]
    found = features()
    write(folder + '/with.fodt', [f[1] for f in found])
    write(folder + '/without.fodt', [f[2] for f in found])
    ours = by_skryba(folder)
    writers = by_writer(folder) if '--writer' in sys.argv else None
    for pages in ours + (writers or []):
        if len(pages) != len(found):
            sys.exit('%d pages for %d features' % (len(pages), len(found)))
    wrong = False
    for i, (name, piece, _) in enumerate(found):
        shown, said = ours[0][i] != ours[1][i], warnings(folder, piece)
        if shown == bool(said):
            print('WRONG:', end=' ')
            wrong = True
        if writers and writers[0][i] == writers[1][i]:
            print('Writer does not show:', end=' ')
            wrong = True
        print('%s: %s' % (name, ', '.join(said) or 'shown'))
    sys.exit(wrong)


if __name__ == '__main__':
    main()
