#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""bench.py PROGRAM FOLDER: the measurements of run.sh, as tables with the commands behind them.

Times are CPU time, user and system, of a program and all it started, the median of alternating
runs; wall-clock time where workers share the work.  Memory is proportional set size: pages that
processes share count once."""
import argparse
import glob
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time

FOLDER = ''
HERE = os.path.dirname(os.path.abspath(__file__))
UA = ('pdf:writer_pdf_Export:{"PDFUACompliance":{"type":"boolean","value":"true"},'
      '"SelectPdfVersion":{"type":"long","value":"2"},'
      '"UseTaggedPDF":{"type":"boolean","value":"true"}}')


class Run:
    """A command that was run to its end."""

    def __init__(self, cpu, wall, memory, files, size, first):
        self.cpu, self.wall, self.memory = cpu, wall, memory
        self.files, self.size, self.first = files, size, first


def processes(pid):
    found = [pid]
    try:
        with open('/proc/%d/task/%d/children' % (pid, pid)) as f:
            for kid in f.read().split():
                found += processes(int(kid))
    except OSError:
        pass
    return found


def memory(pid):
    """KB of all processes below one."""
    total = 0
    for p in processes(pid):
        try:
            with open('/proc/%d/smaps_rollup' % p) as f:
                total += int(re.search(r'^Pss:\s+(\d+)', f.read(), re.M).group(1))
        except (OSError, AttributeError):
            pass                # it has just ended
    return total


class Watch(threading.Thread):
    """Samples memory, or waits for the first document, while a process runs."""

    def __init__(self, pid, folder, what):
        super().__init__(daemon=True)
        self.pid, self.folder, self.what = pid, folder, what
        self.most, self.first, self.over, self.start_time = 0, None, False, time.monotonic()

    def run(self):
        while not self.over and self.what == 'memory':
            self.most = max(self.most, memory(self.pid))
            time.sleep(0.005)
        while not self.over and self.what == 'first' and self.first is None:
            if any(n.endswith('.pdf') and n[0] != '.' for n in os.listdir(self.folder)):
                self.first = time.monotonic() - self.start_time
            time.sleep(0.0005)


def run(command, folder, what=None, expected=1):
    """None: it failed, or did not make as many PDFs as were expected."""
    shutil.rmtree(folder, ignore_errors=True)
    os.makedirs(folder)
    said = tempfile.TemporaryFile()
    start = time.monotonic()
    p = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=said,
                         shell=isinstance(command, str))
    watch = Watch(p.pid, folder, what)
    if what:
        watch.start()
    _, status, used = os.wait4(p.pid, 0)
    wall = time.monotonic() - start
    p.returncode = status
    watch.over = True
    if what:
        watch.join()
    made = glob.glob(os.path.join(glob.escape(folder), '*.pdf'))
    if status or (expected and len(made) != expected):
        said.seek(0)
        print('FAILED %s: status %d, %d PDFs of %s\n%s' % (
            shown(command), status, len(made), expected,
            said.read()[-500:].decode('utf-8', 'replace')))
        return None
    return Run(used.ru_utime + used.ru_stime, wall, watch.most, len(made),
               sum(map(os.path.getsize, made)), watch.first)


def shown(command):
    """As one would type it in the folder of the bench's files."""
    text = command if isinstance(command, str) else ' '.join(command)
    for long, short in ((UA, 'UA'), (FOLDER + '/', ''), (os.getcwd() + '/', '')):
        text = text.replace(long, short)
    return text


def alternate(rounds, commands, folder, expected):
    """The runs of each command: {name: [Run]}."""
    found = {name: [] for name in commands}
    for _ in range(rounds):
        for name, command in commands.items():
            r = run(command, folder, None, expected.get(name, expected['']))
            if r:
                found[name].append(r)
    return found


def median(runs, of):
    return statistics.median(of(r) for r in runs)


class Bench:
    def __init__(self, o):
        self.o = o
        self.out = os.path.join(o.folder, 'out')
        self.has = {'LibreOffice': shutil.which('soffice') is not None}
        for name in ('typst', 'reportlab', 'weasyprint'):
            self.has[name] = os.path.isdir(o.peers) and subprocess.run(
                [o.python, '-c', 'import ' + name], capture_output=True).returncode == 0
        self.has['FOP'] = False         # needs a run of its own: ../shared/peers/run.sh
        most = 1000 if o.quick else 100000
        self.sizes = [n for n in (1, 100, 1000, 2000, 10000, 100000) if n <= most]
        subprocess.run([sys.executable, os.path.join(HERE, 'data.py'), o.folder] +
                       [str(n) for n in self.sizes], check=True)
        subprocess.run([sys.executable, os.path.join(HERE, 'report.py'), self.path('report.fodt')],
                       check=True)

    def path(self, name):
        return os.path.join(self.o.folder, name)

    def data(self, n):
        return self.path('data-%d.xml' % n)

    def skryba(self, n, workers, *more):
        return [self.o.program, 'render', self.data(n), '--schema', 'none', '--rules', 'none',
                '-t', os.path.join(HERE, 'cert.fodt'), '-j', str(workers), '-o', self.out, *more]

    def merged(self, n, workers):
        return self.skryba(n, workers, '--merge', 'm.pdf')

    def python_peer(self, script, mode, n, *more):
        return [self.o.python, os.path.join(self.o.peers, script), mode, self.data(n), self.out,
                *more]

    def office(self, n, mode):
        """The ODT that skryba fills, printed by LibreOffice, 200 at a time: it loses some of
        more, and ends with status 0."""
        source = self.path('odt-%d' % n)
        if not os.path.isdir(source):
            subprocess.run(self.skryba(n, 1, '-f', 'odt', '-o', source), check=True,
                           stderr=subprocess.DEVNULL)
        return ("find %s -name '*.odt' | sort | xargs -r -n 200 timeout 200 soffice "
                "-env:UserInstallation=file://%s --headless --convert-to '%s' --outdir %s" % (
                    source, self.path('profile'), UA, self.out))

    def peers(self, mode, n):
        found = {'plain libharu, untagged': [self.path('haru'), mode, self.data(n),
                                             self.path('logo.png'), self.out]}
        if self.has['typst']:
            found['Typst ua-1'] = self.python_peer('typst_cert.py', mode, n, 'ua1')
        if self.has['reportlab']:
            found['ReportLab, untagged'] = self.python_peer('reportlab_cert.py', mode, n)
        if self.has['weasyprint']:
            found['WeasyPrint ua-1'] = self.python_peer('weasy_cert.py', mode, n, 'ua1')
        if self.has['LibreOffice'] and mode == 'files':
            found['LibreOffice UA+A-2'] = self.office(n, mode)
        return found

    # ---- tables ----

    def table(self, title, commands, n, expected, by='cpu'):
        """Times are of CPU, or by the clock: by='wall'."""
        print('\n%s\n%-26s %10s %10s %10s %8s' % (
            title, '', 'CPU ms', 'wall ms', 'bytes', 'times'))
        found = alternate(self.o.rounds, commands, self.out, expected)
        first = None
        for name, runs in found.items():
            if not runs:
                continue
            cpu = median(runs, lambda r: r.cpu) * 1000 / n
            wall = median(runs, lambda r: r.wall) * 1000 / n
            used = cpu if by == 'cpu' else wall
            first = first or used
            print('%-26s %10.3f %10.3f %10.0f %8.1f' % (
                name, cpu, wall, runs[0].size / n, used / first))
        for name, command in commands.items():
            print('  %s: %s' % (name, shown(command)))
        sys.stdout.flush()
        return found

    def files(self):
        n = 100
        print('== files (aim: 0.35 ms CPU, 22,000 bytes a file)')
        self.table('A hundred certificates, per file; what differs from one to the next',
                   {'skryba': self.skryba(n, 1), **self.peers('files', n)}, n, {'': n})
        n = self.sizes[-2] if self.o.quick else 10000
        one = self.skryba(1, 1)
        run(one, self.out)
        shutil.copy(glob.glob(self.out + '/*.pdf')[0], self.path('one.pdf'))
        self.table('%d certificates, per file' % n, {
            'skryba -j1': self.skryba(n, 1), 'skryba -j2': self.skryba(n, 2),
            'deflate and write': [self.path('floor'), str(n), self.path('one.pdf'), self.out],
        }, n, {'': n, 'deflate and write': 0})

    def prints(self):
        n = 1000 if self.o.quick else 2000
        print('\n== print files (aim: 0.3 ms CPU, 4,000 bytes a page)')
        peers = self.peers('merged', n)
        self.table('%d certificates in one file, per page' % n, {
            'skryba -j1': self.merged(n, 1), 'skryba -j2': self.merged(n, 2), **peers,
        }, n, {'': 1})

    def cold(self):
        print('\n== one document, cold start (aim: 25 ms; the report: 64 MB, LibreOffice 50 '
              'times as long, Typst 12 times)')
        self.table('One certificate', {'skryba': self.skryba(1, 1), **self.peers('files', 1)}, 1,
                   {'': 1})
        report = {'skryba': [self.o.program, 'convert', self.path('report.fodt'), '-o',
                             self.out + '/r.pdf']}
        if self.has['LibreOffice'] and not self.o.quick:
            for name, kind in (('LibreOffice', 'pdf'), ('LibreOffice UA+A-2', UA)):
                report[name] = (
                    "timeout 200 soffice -env:UserInstallation=file://%s --headless --convert-to "
                    "'%s' --outdir %s %s" % (self.path('profile'), kind, self.out,
                                             self.path('report.fodt')))
        if self.has['typst'] and not self.o.quick:
            subprocess.run([self.o.python, os.path.join(self.o.peers, 'report.py'), self.o.folder,
                            '--only', '^$'], capture_output=True, check=True)
            report['Typst'] = [
                self.o.python, '-c', 'import sys, typst\ntypst.compile(sys.argv[1], '
                'output=sys.argv[2])', self.path('report.typ'), self.out + '/r.pdf']
        self.table('The report: 230 pages, 5,000 rows; times by the clock', report, 1, {'': 1},
                   'wall')
        r = run(report['skryba'], self.out, 'memory')
        print('skryba, memory of the report: %.1f MB' % (r.memory / 1024))

    def steady(self):
        print('\n== memory of all processes, 2 workers (aim: 64 MB beside the tree of the '
              'description, which may take 16 times its size)')
        print('%10s %12s %12s %14s %16s %14s' % ('records', 'description', 'files', 'print file',
                                                 'one record of it', 'beside it'))
        for n in self.sizes:
            if n < 1000 or n == 2000:
                continue
            size = os.path.getsize(self.data(n)) / 2**20
            files = run(self.skryba(n, 2), self.out, 'memory', n)
            merged = run(self.merged(n, 2), self.out, 'memory', 0)
            one = run(self.skryba(n, 1, '--range', '1'), self.out, 'memory')
            print('%10d %9.1f MB %9.1f MB %11.1f MB %13.1f MB %11.1f MB' % (
                n, size, files.memory / 1024, merged.memory / 1024, one.memory / 1024,
                max(files.memory, merged.memory) / 1024 - one.memory / 1024))
            sys.stdout.flush()

    def first(self):
        n = self.sizes[-1]
        r = run(self.skryba(n, 2), self.out, 'first', n)
        print('\n== %d certificates, 2 workers\nthe first file has its name after %.0f ms; all '
              'after %.1f s, %.0f a second' % (n, r.first * 1000, r.wall, n / r.wall))

    def large(self):
        n = self.sizes[-1]
        command = self.merged(n, 2)
        r = run(command, self.out, None, 0)
        print('\n== %d certificates as print files, 2 workers\n%.3f ms CPU a page, %.0f bytes a '
              'page, %.1f s\n  %s' % (n, r.cpu * 1000 / n, r.size / n, r.wall, shown(command)))
        sys.stdout.flush()
        made = sorted(glob.glob(self.out + '/*.pdf'))
        return subprocess.run([self.o.checker, *made]).returncode == 0

    def missing(self):
        for name, there in self.has.items():
            if not there:
                print('not measured: %s' % name)


def options():
    p = argparse.ArgumentParser()
    p.add_argument('program')
    p.add_argument('folder')
    p.add_argument('--checker', required=True)
    p.add_argument('--peers', default='')
    p.add_argument('--rounds', type=int, default=3)
    p.add_argument('--quick', action='store_true')
    o = p.parse_args()
    o.rounds = 1 if o.quick else o.rounds
    o.python = os.environ.get('PEER_PYTHON', sys.executable)
    return o


def main():
    global FOLDER
    o = options()
    FOLDER = o.folder
    b = Bench(o)
    b.missing()
    b.cold()
    b.files()
    b.prints()
    b.steady()
    b.first()
    return 0 if b.large() else 1


if __name__ == '__main__':
    sys.exit(main())
