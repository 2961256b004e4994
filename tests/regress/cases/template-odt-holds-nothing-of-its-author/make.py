#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Writes a package as Writer would leave it after a year of work by several people."""
import base64
import sys
import zipfile

D = 'urn:oasis:names:tc:opendocument:xmlns:'
NS = ' '.join('xmlns:%s="%s"' % n for n in (
    ('office', D + 'office:1.0'), ('style', D + 'style:1.0'), ('text', D + 'text:1.0'),
    ('table', D + 'table:1.0'), ('draw', D + 'drawing:1.0'), ('meta', D + 'meta:1.0'),
    ('fo', D + 'xsl-fo-compatible:1.0'), ('svg', D + 'svg-compatible:1.0'),
    ('config', D + 'config:1.0'), ('script', D + 'script:1.0'),
    ('ooo', 'http://openoffice.org/2004/office'),
    ('dc', 'http://purl.org/dc/elements/1.1/'), ('xlink', 'http://www.w3.org/1999/xlink'),
    ('officeooo', 'http://openoffice.org/2009/office'),
    ('loext', 'urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0')))
HEAD = '<?xml version="1.0" encoding="UTF-8"?>'
PNG = base64.b64decode(
    'iVBORw0KGgoAAAANSUhEUgAAACgAAAAeCAAAAAB7tgMBAAAAHUlEQVR42mPoIRIw9DwjCowqHFU4qnBUIXUVEgkA'
    'wAMGjYof08YAAAAASUVORK5CYII=')
FRAME = ('<draw:frame draw:name="Z%d" text:anchor-type="as-char" svg:width="1cm" '
         'svg:height="5mm" loext:decorative="true"><draw:image xlink:href="Pictures/z.png" '
         'xlink:type="simple" xlink:show="embed" xlink:actuate="onLoad"/></draw:frame>')
CHANGE = ('<text:changed-region text:id="c%d"><text:%s><office:change-info><dc:creator>Autor'
          '</dc:creator><dc:date>2011-01-01T00:00:00</dc:date></office:change-info>%s</text:%s>'
          '</text:changed-region>')
CONTENT = HEAD + '<office:document-content %s office:version="1.3">' % NS + """
<office:scripts><office:event-listeners><script:event-listener script:event-name="dom:load"
 script:language="ooo:script" xlink:href="vnd.sun.star.script:SEKRET" xlink:type="simple"/>
</office:event-listeners></office:scripts>
<office:automatic-styles>
<style:style style:name="H" style:family="text"><style:text-properties text:display="none"/></style:style>
<style:style style:name="R" style:family="text"><style:text-properties officeooo:rsid="0012ab"/></style:style>
<style:style style:name="S" style:family="text">
<style:text-properties fo:text-shadow="1pt 1pt"/></style:style>
</office:automatic-styles>
<office:body><office:text text:use-soft-page-breaks="true">
<text:tracked-changes>""" + CHANGE % (1, 'insertion', '', 'insertion') + CHANGE % (
    2, 'deletion', '<text:p>SEKRET usunięty</text:p>', 'deletion') + """</text:tracked-changes>
<text:p>Pani<text:change text:change-id="c2"/> {{ @n }}<office:annotation><dc:creator>Autor</dc:creator>
<dc:date>2011-01-01T00:00:00</dc:date><text:p>SEKRET w komentarzu</text:p></office:annotation>
<text:change-start text:change-id="c1"/>wpisano<text:change-end text:change-id="c1"/>.</text:p>
<text:p><text:span text:style-name="H">SEKRET ukryty</text:span><text:soft-page-break/>widać
<text:span text:style-name="R">to</text:span> <text:span text:style-name="S">cień</text:span></text:p>
<text:p><text:hidden-text text:condition="ooow:1" text:string-value="SEKRET" text:is-hidden="true"/>i to
<text:script script:language="x">SEKRET</text:script></text:p>
<text:section text:name="U" text:display="none"><text:p>SEKRET w sekcji</text:p></text:section>
<text:p>{{! SEKRET w uwadze }}{{#each p}}""" + FRAME % 1 + FRAME % 2 + """{{/each}}</text:p>
<text:p><text:drop-down text:name="wybór"><text:label text:value="a"/>a</text:drop-down></text:p>
</office:text></office:body></office:document-content>"""
STYLES = HEAD + '<office:document-styles %s office:version="1.3">' % NS + """
<office:styles><style:style style:name="Standard" style:family="paragraph"/>
<style:style style:name="Nieznany" style:family="presentation"/></office:styles>
<office:automatic-styles><style:page-layout style:name="A"/></office:automatic-styles>
<office:master-styles><style:master-page style:name="Standard" style:page-layout-name="A"/>
</office:master-styles></office:document-styles>"""
META = HEAD + '<office:document-meta %s office:version="1.3">' % NS + """<office:meta>
<meta:generator>LibreOffice/Autor</meta:generator><dc:title>Karta {{ @n }}</dc:title>
<dc:description>Opis szablonu</dc:description><dc:subject>Temat</dc:subject>
<meta:initial-creator>Autor</meta:initial-creator><dc:creator>Autor</dc:creator>
<meta:printed-by>Autor</meta:printed-by><meta:editing-duration>P1Y</meta:editing-duration>
<meta:editing-cycles>99</meta:editing-cycles><dc:language>pl-PL</dc:language>
<meta:user-defined meta:name="skryba.each">/r</meta:user-defined>
<meta:user-defined meta:name="podstawa">Dz.U. 2023 poz. 2175</meta:user-defined>
</office:meta></office:document-meta>"""
SETTINGS = HEAD + '<office:document-settings %s office:version="1.3">' % NS + """<office:settings>
<config:config-item-set config:name="ooo:configuration-settings">
<config:config-item config:name="PrinterName" config:type="string">Drukarka SEKRET</config:config-item>
<config:config-item config:name="AddParaTableSpacing" config:type="boolean">true</config:config-item>
</config:config-item-set></office:settings></office:document-settings>"""
PARTS = [('content.xml', CONTENT), ('styles.xml', STYLES), ('meta.xml', META),
         ('settings.xml', SETTINGS), ('Pictures/z.png', PNG), ('Thumbnails/thumbnail.png', PNG),
         ('Versions/Version1', b'SEKRET'), ('VersionList.xml', '<VersionList>Autor</VersionList>'),
         ('Basic/script-lc.xml', '<SEKRET/>'), ('manifest.rdf', '<rdf/>'),
         ('Configurations2/accelerator/current.xml', '')]
MANIFEST = HEAD + ('<manifest:manifest xmlns:manifest="%smanifest:1.0" manifest:version="1.3">'
                   '<manifest:file-entry manifest:full-path="/" manifest:media-type='
                   '"application/vnd.oasis.opendocument.text"/></manifest:manifest>' % D)

with zipfile.ZipFile(sys.argv[1], 'w') as z:
    z.writestr(zipfile.ZipInfo('mimetype'), 'application/vnd.oasis.opendocument.text')
    for name, data in PARTS + [('META-INF/manifest.xml', MANIFEST)]:
        z.writestr(zipfile.ZipInfo(name), data)
