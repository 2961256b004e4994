# SPDX-License-Identifier: MIT
"""Packages that are no lists, or more than one."""
import os
import sys
import zipfile

NS = ''.join(' xmlns:%s="urn:oasis:names:tc:opendocument:xmlns:%s:1.0"' % (n, n)
             for n in ('office', 'table', 'text'))
BODY = '<office:document-content%s><office:body><office:spreadsheet>%s</office:spreadsheet>' \
       '</office:body></office:document-content>'
CELL = '<table:table-cell%s><text:p>x</text:p></table:table-cell>'


def put(name, parts):
    with zipfile.ZipFile(os.path.join(sys.argv[1], name), 'w', zipfile.ZIP_DEFLATED) as z:
        for part, text in parts:
            z.writestr(zipfile.ZipInfo(part), text, zipfile.ZIP_DEFLATED)


put('excel.xlsx', [('xl/workbook.xml', '<workbook/>')])
put('text.odt', [('content.xml', '<office:document-content%s><office:body><office:text/>'
                  '</office:body></office:document-content>' % NS)])
put('doctype.ods', [('content.xml', '<!DOCTYPE x [<!ENTITY e SYSTEM "/etc/passwd">]>' + BODY % (
    NS, '<table:table table:name="uczestnicy"/>'))])
put('bomb.ods', [('content.xml', ' ' * (64 << 20))])
put('rows.ods', [('content.xml', BODY % (
    NS, '<table:table table:name="uczestnicy"><table:table-row '
    'table:number-rows-repeated="1048576">' + CELL % ' table:number-columns-repeated="1024"' +
    '</table:table-row></table:table>'))])
put('locked.ods', [('content.xml', 'secret'), ('META-INF/manifest.xml', '<manifest:manifest '
                    'xmlns:manifest="x"><manifest:encryption-data/></manifest:manifest>')])
put('twice.ods', [('content.xml', BODY % (NS, ''.join(
    '<table:table table:name="%s"><table:table-row>%s</table:table-row></table:table>' % (
        name, CELL % '') for name in ('uczestnicy', 'Uczestnicy'))))])
