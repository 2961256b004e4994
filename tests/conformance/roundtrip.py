#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""roundtrip.py PROGRAM [FOLDER]: what LibreOffice makes of the templates and of the documents.

Each shipped template, each example of skryba-template(7) and each template of the regress cases is
opened and saved by LibreOffice, .fodt to .odt to .fodt.  What comes back must lint as the original
does and give documents of the same text, ODT and PDF.  Then LibreOffice prints one ODT of each:
its PDF must have the words of ours.  These documents are left in FOLDER.  Without LibreOffice
nothing is tested, and this says so."""
import difflib
import glob
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time

TOP = os.path.normpath(os.path.join(os.path.dirname(os.path.abspath(__file__)), '../..'))
DATA = os.path.join(TOP, 'tests/regress/data')
CASES = os.path.join(TOP, 'tests/regress/cases')
MANUAL = os.path.join(TOP, 'man/skryba-template.7')
SCHEMA = os.path.join(TOP, 'schema/project.xsd')
sys.dont_write_bytecode = True
sys.path.insert(0, DATA)
import template_text                # noqa: E402

# What differs for a reason: of findings, of what the template gives, of what LibreOffice prints.
LINT = {
    'lint-faults-of-looks-10': 'LibreOffice gives each shape a paragraph, and those are counted',
    'lint-faults-of-looks-13': 'LibreOffice fixes the content of the field with the author',
    'template-objects-0': 'this is half of a package: its object is not in it',
}
TEXT = {
    'template-long-names-0': 'a frame without a style gets one with other distances',
}
PRINT = {
    'template-long-names-0': 'the same frame: the name breaks elsewhere',
    'template-values-are-never-markup-1': 'text from right to left stands in another order',
}


class Failures(list):
    def add(self, what, lines=()):
        self.append(what)
        print('FAILED roundtrip: ' + what)
        for line in list(lines)[:12]:
            print('  ' + line)


def soffice(work, to, folder, files):
    """LibreOffice sometimes hangs at its start, so it gets three chances."""
    os.makedirs(folder, exist_ok=True)
    for attempt in range(3):
        profile = '-env:UserInstallation=file://%s/profile%d' % (work, attempt)
        try:
            subprocess.run(['soffice', profile, '--headless', '--convert-to', to, '--outdir',
                            folder] + files, check=True, capture_output=True, timeout=300)
            return
        except subprocess.SubprocessError:
            continue
    sys.exit('roundtrip: LibreOffice does not convert')


def collect(work, program):
    """Copies all templates into work/from: {name: [data files], or [] where none are kept}."""
    folder = work + '/from'
    os.makedirs(folder)
    data = {}
    samples = sorted(glob.glob(TOP + '/samples/*/project.xml'))
    for path in sorted(glob.glob(TOP + '/templates/*.fodt')):
        shutil.copy(path, folder)
        data[os.path.basename(path)[:-5]] = samples
    shutil.copy(DATA + '/card.fodt', folder)
    data['card'] = [DATA + '/two.xml']
    subprocess.run([sys.executable, DATA + '/template-manual.py', MANUAL, work + '/examples'],
                   env={k: v for k, v in os.environ.items() if k != 'SKRYBA'}, check=True)
    for path in sorted(glob.glob(work + '/examples/*/*.fodt')):
        number, name = path.split('/')[-2:]
        own = 'example-' + number if name == 't.fodt' else name[:-5]
        shutil.copy(path, '%s/%s.fodt' % (folder, own))
        data[own] = [work + '/examples/data.xml'] if name == 't.fodt' else []
    cases = [c for c in sorted(os.listdir(CASES)) if re.match('template-|lint-faults-', c) and
             c not in ('template-manual', 'template-split-tags-of-templates')]
    os.makedirs(work + '/kept')
    subprocess.run(['sh', TOP + '/tests/regress/run.sh', program] + cases,
                   env=dict(os.environ, KEEP=work + '/kept'), check=True, capture_output=True)
    for path in sorted(glob.glob(work + '/kept/*.fodt')):
        shutil.copy(path, folder)
        data[os.path.basename(path)[:-5]] = glob.glob(path[:-5] + '.xml')
    return data


def schema(name):
    return SCHEMA if os.path.exists('%s/templates/%s.fodt' % (TOP, name)) or \
        name == 'card' or name.startswith('lint-') else 'none'


def lint(program, path, name):
    said = subprocess.run([program, 'lint', path, '--schema', schema(name)], capture_output=True)
    return [re.sub(r'^.*?\.fodt: (page \d+, )?', '', s)
            for s in said.stderr.decode().split('\n')]


def words(pdf):
    """Without what depends on lines: hyphens at their ends, leaders, marks of direction."""
    text = subprocess.run(['pdftotext', pdf, '-'], capture_output=True, check=True).stdout.decode()
    text = re.sub('\u00ad\n|[\u200b-\u200f\u202a-\u202e\u2060-\u2069]', '', text)
    return sorted(re.sub(r'\.{4,}', ' ', text).split())


def without_blanks(lines):
    """LibreOffice puts an empty paragraph behind a table at the end of a text, and writes the space
    behind a field as text:s."""
    return [s.replace('[1 space]', ' ') for s in lines if s]


def documents(program, path, name, data, out):
    """[lines of text] of the first record of each data file, and [their files]."""
    text, made = [], []
    for i, project in enumerate(data):
        folder = '%s/%d' % (out, i)
        run = subprocess.run(
            [program, 'render', project, '--schema', schema(name), '--rules', 'none', '-t', path,
             '-f', 'odt,pdf', '--range', '1-1', '--date', '2011-12-16', '-o', folder],
            capture_output=True)
        text += [s.split(': error: ')[1] for s in run.stderr.decode().split('\n')
                 if ': error: ' in s and 'was not made' not in s]
        for odt in sorted(glob.glob(folder + '/*.odt')):
            text.append(os.path.basename(odt))
            text += without_blanks(template_text.lines(odt))
            text += words(odt[:-4] + '.pdf')
            made.append(odt)
    return text, made


def differences(a, b):
    return [s for s in difflib.unified_diff(a, b, 'before', 'after', '', '', 0, '')][2:]


def compare(program, work, name, data, failures):
    """Whether the template came back the same; the first document it makes."""
    paths = ['%s/%s/%s.fodt' % (work, kind, name) for kind in ('from', 'to')]
    told = [lint(program, path, name) for path in paths]
    if (told[0] != told[1]) != (name in LINT):
        failures.add(name + ' lints differently', differences(*told))
    made = [documents(program, path, name, data, '%s/out-%s/%s' % (work, kind, name))
            for path, kind in zip(paths, ('from', 'to'))]
    if (made[0][0] != made[1][0]) != (name in TEXT):
        failures.add(name + ' gives another text', differences(made[0][0], made[1][0]))
    return [(name, odt) for odt in made[0][1][:1]]


def print_documents(work, odts, failures):
    """LibreOffice's PDF of each document, of (template, path), has the words of ours."""
    folder = work + '/printed'
    os.makedirs(folder)
    for name, odt in odts:
        shutil.copy(odt, '%s/%s.odt' % (folder, name))
    soffice(work, 'pdf', folder + '/pdf', sorted(glob.glob(folder + '/*.odt')))
    for name, odt in odts:
        pdf = '%s/pdf/%s.pdf' % (folder, name)
        if not os.path.exists(pdf):
            failures.add('LibreOffice does not open what %s gives' % name)
            continue
        ours, theirs = words(odt[:-4] + '.pdf'), words(pdf)
        if (ours != theirs) != (name in PRINT):
            failures.add('LibreOffice prints other words of what %s gives' % name,
                         differences(ours, theirs))


def look_at_features(program, work, failures):
    """Writer shows what the list of features says that it shows."""
    os.makedirs(work + '/features')
    run = subprocess.run(
        [sys.executable, CASES + '/lint-features/features.py', '--writer', work + '/features'],
        env=dict(os.environ, SKRYBA=program), capture_output=True)
    if run.returncode:
        failures.add('features', run.stdout.decode().split('\n') + [run.stderr.decode()])


def keep(odts, folder):
    shutil.rmtree(folder, ignore_errors=True)
    os.makedirs(folder)
    for name, odt in odts:
        for ending in ('odt', 'pdf'):
            shutil.copy(odt[:-3] + ending, '%s/%s.%s' % (folder, name, ending))


def main():
    program = os.path.abspath(sys.argv[1])
    if not shutil.which('soffice'):
        print('roundtrip: soffice (Debian: libreoffice-writer) is not installed: '
              'nothing was tested')
        return
    failures, odts, started = Failures(), [], time.time()
    with tempfile.TemporaryDirectory() as work:
        data = collect(work, program)
        soffice(work, 'odt', work + '/odt', sorted(glob.glob(work + '/from/*.fodt')))
        soffice(work, 'fodt', work + '/to', sorted(glob.glob(work + '/odt/*.odt')))
        for name in sorted(data):
            odts += compare(program, work, name, data[name], failures)
        print_documents(work, odts, failures)
        look_at_features(program, work, failures)
        if len(sys.argv) > 2:
            keep(odts, sys.argv[2])
    print('roundtrip: %d templates came back, %d documents printed by LibreOffice, %d failures, '
          '%d s' % (len(data), len(odts), len(failures), time.time() - started))
    sys.exit(len(failures) > 0)


if __name__ == '__main__':
    main()
