#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""report.py FILE.fodt: the long report of the bench: 30 chapters of 20 paragraphs, then a table of
5,000 rows whose head is repeated on each page; some 200 pages.  The same on every machine."""
import sys

from data import numbers

WORDS = ('uczestnik szkolenie moduł kwalifikacje wskaźnik rezultat projekt realizacja harmonogram '
         'źródło środki świadczenie umowa beneficjent województwo zajęcia ćwiczenia warsztaty '
         'ankieta ocena wzrost kompetencje cyfrowe dostępność budżet koszty rozliczenie termin '
         'sprawozdanie okres działanie zadanie partner lider ewaluacja wniosek załącznik').split()
TITLES = ('Lp.', 'Uczestnik', 'Moduł', 'Godziny', 'Wynik')
WIDTHS = (15, 55, 55, 20, 25)
HEAD = '''<?xml version="1.0" encoding="UTF-8"?>
<office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"
 xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0"
 xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0"
 xmlns:dc="http://purl.org/dc/elements/1.1/" office:version="1.3"
 office:mimetype="application/vnd.oasis.opendocument.text">
<office:meta><dc:title>Raport końcowy</dc:title><dc:language>pl-PL</dc:language></office:meta>
<office:font-face-decls><style:font-face style:name="LS" svg:font-family="'Liberation Serif'"/>
</office:font-face-decls>
<office:styles><style:default-style style:family="paragraph"><style:text-properties
 style:font-name="LS" fo:font-size="11pt" fo:language="pl" fo:country="PL"/></style:default-style>
<style:style style:name="Standard" style:family="paragraph"/>
<style:style style:name="Heading_20_1" style:display-name="Heading 1" style:family="paragraph"
 style:parent-style-name="Standard" style:default-outline-level="1"><style:paragraph-properties
 fo:margin-top="14pt" fo:margin-bottom="8pt" fo:keep-with-next="always"/><style:text-properties
 fo:font-weight="bold" fo:font-size="16pt"/></style:style></office:styles>
<office:automatic-styles><style:page-layout style:name="A4"><style:page-layout-properties
 fo:page-width="210mm" fo:page-height="297mm" fo:margin="20mm"/><style:footer-style>
<style:header-footer-properties fo:min-height="8mm"/></style:footer-style></style:page-layout>
<style:style style:name="P" style:family="paragraph" style:parent-style-name="Standard">
<style:paragraph-properties fo:text-align="justify" fo:margin-bottom="6pt"/></style:style>
<style:style style:name="C" style:family="paragraph" style:parent-style-name="Standard">
<style:text-properties fo:font-weight="bold"/></style:style>
<style:style style:name="F" style:family="paragraph" style:parent-style-name="Standard">
<style:paragraph-properties fo:text-align="center"/></style:style>
<style:style style:name="T" style:family="table"><style:table-properties style:width="170mm"
 table:align="left"/></style:style>
<style:style style:name="B" style:family="table-cell"><style:table-cell-properties
 fo:border="0.5pt solid #000000" fo:padding="2pt"/></style:style>
'''
MIDDLE = '''</office:automatic-styles>
<office:master-styles><style:master-page style:name="Standard" style:page-layout-name="A4">
<style:footer><text:p text:style-name="F"><text:page-number text:select-page="current">1
</text:page-number></text:p></style:footer></style:master-page></office:master-styles>
<office:body><office:text>
'''
END = '</office:text></office:body></office:document>\n'


def sentence(g, n):
    text = ' '.join(WORDS[next(g) % len(WORDS)] for _ in range(n))
    return text[0].upper() + text[1:]


def row(cells, style):
    return '<table:table-row>%s</table:table-row>' % ''.join(
        '<table:table-cell table:style-name="B"><text:p text:style-name="%s">%s</text:p>'
        '</table:table-cell>' % (style, c) for c in cells)


def table(g):
    yield '<table:table table:name="Wyniki" table:style-name="T">'
    for i in range(len(WIDTHS)):
        yield '<table:table-column table:style-name="c%d"/>' % i
    yield '<table:table-header-rows>%s</table:table-header-rows>' % row(TITLES, 'C')
    for i in range(1, 5001):
        yield row((i, 'Uczestnik %d %s' % (next(g) % 900 + 100, WORDS[next(g) % len(WORDS)]),
                   sentence(g, 2).lower(), next(g) % 60 + 1,
                   '%d,%d %%' % (next(g) % 100, next(g) % 10)), 'Standard')
    yield '</table:table>'


def main():
    g = numbers(12345)
    with open(sys.argv[1], 'w', encoding='utf-8') as f:
        f.write(HEAD)
        for i, width in enumerate(WIDTHS):
            f.write('<style:style style:name="c%d" style:family="table-column">'
                    '<style:table-column-properties style:column-width="%dmm"/></style:style>\n'
                    % (i, width))
        f.write(MIDDLE)
        for i in range(1, 31):
            f.write('<text:h text:style-name="Heading_20_1" text:outline-level="1">Rozdział %d. %s'
                    '</text:h>\n' % (i, sentence(g, 4)))
            for _ in range(20):
                f.write('<text:p text:style-name="P">%s.</text:p>\n' % sentence(g, 95))
        f.writelines(table(g))
        f.write(END)


if __name__ == '__main__':
    main()
