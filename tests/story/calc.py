# SPDX-License-Identifier: MIT
"""LibreOffice Calc fills a list as a clerk does: it opens the file, cells are typed into, it saves.

Needs LibreOffice with Calc (SOFFICE, or soffice) and its Python module uno: on Debian the packages
libreoffice-calc and python3-uno."""
import os
import shutil
import subprocess
import time
import xml.etree.ElementTree as ET
import zipfile

try:
    import uno
    from com.sun.star.beans import PropertyValue
    from com.sun.star.connection import NoConnectException
except ImportError:
    uno = None

TABLE = '{urn:oasis:names:tc:opendocument:xmlns:table:1.0}'
TEXT = '{urn:oasis:names:tc:opendocument:xmlns:text:1.0}'
EVERYTHING = 23         # CellFlags: values, dates, texts, formulas


def missing():
    """What is needed and not there, or None."""
    if not shutil.which(os.environ.get('SOFFICE', 'soffice')):
        return 'LibreOffice'
    return None if uno else "LibreOffice's Python module uno (python3-uno)"


class Calc:
    """A LibreOffice of its own, with its profile in a folder."""

    def __init__(self, folder):
        profile = os.path.join(os.path.abspath(folder), 'profile')
        # Debian's uno.py sets this for itself; a LibreOffice elsewhere cannot start with it.
        env = {k: v for k, v in os.environ.items() if k != 'URE_BOOTSTRAP'}
        pipe = 'pipe,name=skryba%d;urp;StarOffice.ComponentContext' % os.getpid()
        self.process = subprocess.Popen(
            [os.environ.get('SOFFICE', 'soffice'), '-env:UserInstallation=file://' + profile,
             '--headless', '--norestore', '--accept=' + pipe], stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=env)
        local = uno.getComponentContext()
        resolver = local.ServiceManager.createInstanceWithContext(
            'com.sun.star.bridge.UnoUrlResolver', local)
        for attempt in range(120):
            try:
                context = resolver.resolve('uno:' + pipe)
                break
            except NoConnectException:
                time.sleep(0.25)
        else:
            raise RuntimeError('LibreOffice does not answer')
        self.desktop = context.ServiceManager.createInstanceWithContext(
            'com.sun.star.frame.Desktop', context)

    def close(self):
        self.desktop.terminate()
        self.process.wait(60)

    def load(self, path):
        hidden = PropertyValue(Name='Hidden', Value=True)
        book = self.desktop.loadComponentFromURL('file://' + os.path.abspath(path), '_blank', 0,
                                                 (hidden,))
        if book is None or not book.supportsService('com.sun.star.sheet.SpreadsheetDocument'):
            raise RuntimeError('LibreOffice cannot open spreadsheets: libreoffice-calc is needed')
        return book

    def fill(self, path, sheets):
        """Types sheets into a list that `skryba init` made: under its headings, which stand in the
        second row; headings that it does not have come behind them."""
        have = headings(path)
        book = self.load(path)
        for name, rows in sheets:
            sheet = book.Sheets.getByName(name)
            sheet.getCellRangeByPosition(0, 2, 60, 3000).clearContents(EVERYTHING)
            top = 1 if len(rows[0]) == 1 else 0
            for heading in rows[top]:
                if heading not in have[name]:
                    sheet.getCellByPosition(len(have[name]), 1).FormulaLocal = heading
                    have[name].append(heading)
            for y, row in enumerate(rows[top + 1:], 2):
                for heading, value in zip(rows[top], row):
                    if value is not None and value != '':
                        put(sheet.getCellByPosition(have[name].index(heading), y), value)
        book.store()
        book.close(True)


def put(cell, value):
    if isinstance(value, (int, float)):
        cell.Value = value
    else:
        cell.FormulaLocal = value           # as typed: 2011-12-16 becomes a date


def headings(path):
    """Sheet -> headings, of a list as init makes it or as it was saved."""
    with zipfile.ZipFile(path) as z:
        root = ET.fromstring(z.read('content.xml'))
    found = {}
    for sheet in root.iter(TABLE + 'table'):
        row = list(sheet.iter(TABLE + 'table-row'))[1]
        found[sheet.get(TABLE + 'name')] = [
            ''.join(c.itertext()) for c in row if c.find(TEXT + 'p') is not None]
    return found
