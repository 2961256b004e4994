#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Measures what CONTRIBUTING.md asks of the sources and can be measured.

Run from the top of the repository; prints file:line: what is wrong, then the counts of the checks.
Exit status 1 when something is wrong.  Warnings are counted; -v lists them."""
import os
import re
import sys

sys.dont_write_bytecode = True
import manual  # noqa: E402

# Who may include whom: a folder uses only those behind it.
ORDER = ['cmd', 'office', 'batch', 'pdf', 'layout', 'text', 'template', 'odf', 'project', 'expr',
         'xml', 'base']
# Folders that stand above another and still know nothing of it.
STRANGERS = {'pdf': {'odf', 'template', 'project', 'expr', 'xml'},
             'layout': {'template', 'project', 'expr', 'xml'},
             'text': {'template', 'project', 'expr'}, 'odf': {'project', 'expr'}}
# Libraries that one folder hides from the others.
LIBRARIES = [(r'hpdf', {'pdf'}), (r'zip\.h', {'odf'}), (r'hyphen\.h', {'text'}),
             (r'qrencode\.h', {'template'}), (r'libxml/(parser|SAX2|xmlreader)', {'xml'}),
             (r'libxml/xmlschemas', {'project'})]

MUST_WIDTH, MUST_FUNCTION, MUST_FILE = 100, 100, 1000
GOOD_FUNCTION, GOOD_FILE = 60, 600
# Flat tables of cases that may be longer than MUST_FUNCTION, each with its reason.
LONG_FUNCTIONS = {}

C_BANS = [
    (r'\b(strcpy|strcat|sprintf|vsprintf|gets|stpcpy)\s*\(', 'no bound: Buf or snprintf()'),
    (r'\b(atof|atoi|atol|strtod|strtof)\s*\(', 'locale, hidden errors: number_parse()'),
    (r'\b(system|popen|exec[lv]p?e?)\s*\(', 'skryba starts no other program'),
    (r'\bsetlocale\s*\(', 'the locale must not change a document'),
    (r'\b(strtok|localtime|gmtime|asctime|ctime|rand|random|srand)\s*\(', 'hidden state'),
    (r'\b(alloca)\s*\(', 'a stack without a bound'),
    (r'\bassert\s*\(', 'input ends in a finding, not in abort()'),
    (r'\bHPDF_LoadTTFont|\bHPDF_UseUTFEncodings|\bHPDF_Page_(TextOut|ShowText|TextRect)',
     'libharu: fonts and text are ours, pdf/font.c'),
    (r'\bHPDF_Load(Png|Jpeg|Raw)', 'libharu: images are ours, pdf/image.c'),
    (r'\bHPDF_\w*PDFA', 'libharu: metadata is ours, pdf/meta.c'),
    (r'\bHPDF_SaveTo', 'libharu: says OK on a full disk; Output'),
    (r'\bHPDF_Page_(Ellipse|Circle|Arc|SetDash|Concat)|\bHPDF_FToA',
     'libharu: prototypes and rounding differ by version; pdf/content.c'),
    (r'\bHPDF_NewEx\s*\((?![^;]*,\s*0,)', 'libharu: its pool is misaligned; give 0'),
]
# Not everywhere: (what, why, files that may).
C_LIMITED = [
    (r'\b(malloc|calloc|realloc|strdup|strndup)\s*\(', 'mem_new(), mem_grow(), mem_dup()',
     ('src/base/memory.c',)),
    (r'\b(abort|_?exit)\s*\(', 'only base/ ends the program; batch/ its workers',
     ('src/base/', 'src/batch/')),
    (r'\b(printf|puts|putchar|perror)\s*\(', 'findings, or the output of a command', ('src/cmd/',)),
    (r'\b(time|clock_gettime|gettimeofday)\s*\(', 'no clock in an output',
     ('src/cmd/progress.c', 'src/batch/batch.c')),
    (r'\bgetenv\s*\(', 'the environment is read by commands', ('src/cmd/', 'src/base/')),
    (r'\b(fopen|creat|open)\s*\(', 'file_read(), output_open()',
     ('src/base/', 'src/template/picture.c')),
]
FIXTURE = re.compile(r'"(?:\\.|[^"\\]){40,}')      # a piece of a document inside a test
FLOAT_FORMAT = re.compile(r'%[-+ #0]*[0-9*]*(\.[0-9*]+)?(l|L)?[aefgAEFG]')
FLOAT_ALLOWED = ('src/cmd/progress.c',)

problems, warnings = [], []


def fail(path, line, text):
    problems.append('%s:%d: %s' % (path, line, text))


def warn(path, line, text):
    warnings.append('%s:%d: %s' % (path, line, text))


def files(top, *endings):
    found = []
    for folder, below, names in os.walk(top):
        below[:] = sorted(d for d in below if d not in ('.git', 'cases', '__pycache__', 'photos'))
        found += [os.path.join(folder, n) for n in names if n.endswith(endings)]
    return sorted(found)


def read(path):
    if not os.path.exists(path):
        return ''
    with open(path, encoding='utf-8') as f:
        return f.read()


TOKEN = re.compile(r'/\*.*?\*/|//[^\n]*|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])*\'', re.S)


def blank(text, what):
    """The text with comments, or comments and strings, replaced by blanks; lines stay."""
    def repl(m):
        keep = m.group()[0] in '"\'' and what == 'comments'
        return m.group() if keep else re.sub(r'[^\n]', ' ', m.group())
    return TOKEN.sub(repl, text)


def line_of(text, at):
    return text.count('\n', 0, at) + 1


def folder_of(path):
    parts = path.split('/')
    return parts[1] if parts[0] == 'src' and len(parts) > 2 else None


def check_includes(sources):
    for path in sources:
        own = folder_of(path)
        for n, line in enumerate(blank(read(path), 'comments').splitlines(), 1):
            m = re.match(r'\s*#\s*include\s*(["<])([^">]+)', line)
            if not m:
                continue
            name = m.group(2)
            if m.group(1) == '<':
                for pattern, allowed in LIBRARIES:
                    if re.match(pattern, name) and own not in allowed:
                        fail(path, n, '<%s> belongs to %s/' % (name, ' and '.join(sorted(allowed))))
                continue
            if '/' not in name:
                if own and not os.path.exists(os.path.join('src', own, name)):
                    fail(path, n, '"%s" is no file of this folder: write "folder/file.h"' % name)
                continue
            other = name.split('/')[0]
            if name != '%s/%s.h' % (other, other) or other not in ORDER:
                fail(path, n, '"%s" is not the public header of a folder' % name)
            elif own is None:
                if other != 'cmd':
                    fail(path, n, 'main.c knows cmd/ only')
            elif own not in ORDER:
                fail(path, n, 'the folder %s/ has no place in the order' % own)
            elif other != own and (ORDER.index(other) < ORDER.index(own) or
                                   other in STRANGERS.get(own, ())):
                fail(path, n, '%s/ may not use %s/' % (own, other))


def check_bans(sources):
    for path in sources:
        raw = read(path)
        code, strings = blank(raw, 'all'), blank(raw, 'comments')
        for pattern, why in C_BANS:
            for m in re.finditer(pattern, code):
                fail(path, line_of(code, m.start()), '%s: %s' % (m.group().strip(' ('), why))
        for pattern, why, where in C_LIMITED:
            if path.startswith(where):
                continue
            for m in re.finditer(pattern, code):
                if code[max(0, m.start() - 1)] not in '.>':
                    fail(path, line_of(code, m.start()), '%s: %s' % (m.group().strip(' ('), why))
        if path in FLOAT_ALLOWED:
            continue
        for m in re.finditer(r'"(?:\\.|[^"\\\n])*"', strings):
            if FLOAT_FORMAT.search(m.group().replace('%%', '')) and re.search(
                    r'(printf|format)\s*\([^;]*$', strings[max(0, m.start() - 200):m.start()]):
                fail(path, line_of(strings, m.start()), 'a float by printf: buf_fixed()')


def check_functions(sources):
    """A function opens with a brace in the first column and ends with one."""
    lengths = []
    for path in sources:
        start, name = 0, ''
        lines = blank(read(path), 'all').splitlines()
        for n, line in enumerate(lines, 1):
            if line.startswith('{'):
                start = n
                head = ' '.join(lines[max(0, n - 6):n - 1])
                found = re.findall(r'(\w+)\s*\(', head.rsplit('}', 1)[-1].rsplit(';', 1)[-1])
                name = found[0] if found else '?'
            elif line.startswith('}') and start:
                size = n - start + 1
                lengths.append(size)
                if size > MUST_FUNCTION and name not in LONG_FUNCTIONS:
                    fail(path, start, '%s() has %d lines, at most %d' % (name, size, MUST_FUNCTION))
                elif size > GOOD_FUNCTION:
                    warn(path, start, '%s() has %d lines; a seam may be near' % (name, size))
                start = 0
    lengths.sort()
    return lengths


def check_files(texts, sources):
    for path in texts:
        text = read(path)
        lines = text.splitlines()
        wide = not path.endswith('.md')
        for n, line in enumerate(lines, 1):
            table = path.endswith('.md') and line.lstrip().startswith('|')
            fixture = path.startswith('tests/unit/') and (FIXTURE.search(line) or '"' in line)
            if len(line) > MUST_WIDTH and not table:
                (warn if fixture else fail)(path, n, '%d characters, at most %d' % (
                    len(line), MUST_WIDTH))
            if line != line.rstrip():
                fail(path, n, 'blanks at the end of the line')
            if '\t' in line and not path.endswith('Makefile'):
                fail(path, n, 'a tab')
            if wide and re.search(r'\b(TODO|FIXME|XXX)\b(?!\s*[(\[][^)\]]{4,}[)\]])', line) and \
                    'style.' not in path:
                fail(path, n, 'TODO without a reason in brackets')
        if not text:
            fail(path, 1, 'is missing or empty')
        elif not text.endswith('\n'):
            fail(path, len(lines), 'no newline at the end')
        if path in sources:
            if len(lines) > MUST_FILE:
                fail(path, 1, '%d lines, at most %d' % (len(lines), MUST_FILE))
            elif len(lines) > GOOD_FILE:
                warn(path, 1, '%d lines, better at most %d' % (len(lines), GOOD_FILE))


def check_licence(paths):
    for path in paths:
        head = read(path).split('\n', 5)[:5]
        if 'SPDX-License-Identifier: MIT' not in ' '.join(head):
            fail(path, 1, 'no SPDX line: SPDX-License-Identifier: MIT')


def check_guards(headers):
    seen = {}
    for path in headers:
        code = blank(read(path), 'all')
        m = re.match(r'\s*#ifndef (\w+)\n#define \1\n', code)
        if not m or not code.rstrip().endswith('#endif'):
            fail(path, 1, 'no header guard')
        elif m.group(1) in seen:
            fail(path, 1, 'the header guard of %s' % seen[m.group(1)])
        else:
            seen[m.group(1)] = path


def check_diagnostics(sources):
    """Each is declared once and used; its two languages take the same arguments."""
    code = '\n'.join(blank(read(p), 'comments') for p in sources)
    ids = set()
    for _, n, name, severity, texts in manual.read_diagnostics():
        if name in ids:
            fail(manual.DIAGNOSTICS, n, '%s stands here twice' % name)
        ids.add(name)
        if len(texts) != 4 or severity not in manual.SEVERITY:
            fail(manual.DIAGNOSTICS, n, '%s: id, severity, English, Polish, two hints' % name)
            continue
        for en, pl in (texts[:2], texts[2:]):
            if (en is None) != (pl is None) or \
                    sorted(re.findall(r'%\d', en or '')) != sorted(re.findall(r'%\d', pl or '')):
                fail(manual.DIAGNOSTICS, n, '%s: its two languages take different arguments' % name)
        if not re.search(r'\bDIAG_%s\b' % name, code):
            fail(manual.DIAGNOSTICS, n, '%s is used nowhere' % name)
    if len(re.findall(r'^DIAG\(', read(manual.DIAGNOSTICS), re.M)) != len(ids):
        fail(manual.DIAGNOSTICS, 1, 'an entry that cannot be read: ")" ends its last line')
    return len(ids)


def check_manual():
    """Each command and each option that help shows stands in skryba(1)."""
    page = read('man/skryba.1')
    synopsis = page.partition('.Sh DESCRIPTION')[0]
    commands = blank(read('src/main.c'), 'comments')
    for m in re.finditer(r'^\s*\{ "(\w+)", cmd_', commands, re.M):
        if not re.search(r'^\.Cm %s$' % m.group(1), synopsis, re.M):
            fail('src/main.c', line_of(commands, m.start()), '%s is not in skryba(1)' % m.group(1))
    for path in files('src/cmd', '.c'):
        text = blank(read(path), 'comments')
        for m in re.finditer(r'"([\w-]+)", OPTION_\w+, [^{}]*\{\s*(NULL|")', text):
            if m.group(2) != 'NULL' and not re.search(r'\bFl -%s\b' % m.group(1), page):
                fail(path, line_of(text, m.start()), '--%s is not in skryba(1)' % m.group(1))


def check_special_cases(sources):
    """No name of a shipped template, of a sample or of a file that layout is measured with."""
    names = [os.path.splitext(os.path.basename(p))[0] for p in files('templates', '.fodt')]
    samples = [d for d in sorted(os.listdir('samples')) if os.path.isdir('samples/' + d)]
    towns = [s.split('-')[0] for s in samples]
    # A name of one word is an element's name too: only as a file it is a special case.
    pattern = re.compile(r'"(?:[^"\n]*/)?(?:(?:%s)\.f?odt|%s)"|\b(?:%s)\b|["/](?:biz|qa)-[a-z]' % (
        '|'.join(names), '|'.join(n for n in names + samples if '-' in n), '|'.join(towns)))
    for path in sources:
        text = blank(read(path), 'comments')
        for m in pattern.finditer(text):
            fail(path, line_of(text, m.start()), 'a special case: %s' % m.group())


def main():
    program, tables = files('src', '.c', '.h'), files('src', '.def')
    c_files = program + files('tests', '.c', '.h')
    scripts = files('tests', '.sh', '.py') + files('samples', '.sh', '.py')
    scripts += ['.ci/run', 'Makefile']
    manuals = files('man', '.1', '.5', '.7')
    data = files('schema', '.xsd', '.sch') + files('templates', '.fodt') + files('samples', '.xml')

    check_includes(program)
    check_bans(program)
    lengths = check_functions(c_files)
    check_files(c_files + tables + scripts + manuals + ['README.md', 'CONTRIBUTING.md'],
                set(c_files))
    check_licence(c_files + tables + scripts + manuals + data + ['fonts/fonts.conf'])
    check_guards([p for p in c_files if p.endswith('.h')])
    ids = check_diagnostics(program)
    check_manual()
    check_special_cases(program)

    for line in (warnings if '-v' in sys.argv[1:] else []) + problems:
        print(line)
    n = len(lengths)
    print('style: %d functions, median %d lines, p90 %d, longest %d; %d diagnostics; %d problems, '
          '%d warnings (tests/tools/style.py -v)' % (
              n, lengths[n // 2], lengths[n * 9 // 10], lengths[-1], ids, len(problems),
              len(warnings)))
    return 1 if problems else 0


if __name__ == '__main__':
    sys.exit(main())
