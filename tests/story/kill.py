# SPDX-License-Identifier: MIT
"""kill.py PROGRAM SAMPLE FOLDER [STEP]: kill -9 at moments spread over the run of each command that
changes a description: the file is then the old or the new one, never a half; `init`, killed, is
completed by another run.  With strace the moments are system calls, each STEP-th of them (1: all);
without it, points of time.  And of many runs at once none undoes what another has done."""
import hashlib
import os
import re
import shutil
import subprocess
import sys
import time

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import lists  # noqa: E402

TOP = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
PROGRAM, SAMPLE, FOLDER = (os.path.abspath(p) for p in sys.argv[1:4])
STEP = int(sys.argv[4]) if len(sys.argv) > 4 else 25
PROJECT, LIST, DAY = 'project.xml', 'lista.ods', '2008-12-20'
STRACE = shutil.which('strace')


def digest():
    with open(PROJECT, 'rb') as f:
        return hashlib.sha256(f.read()).hexdigest()


def run(arguments):
    subprocess.run([PROGRAM] + arguments, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                   check=True)


def calls(arguments):
    """The system calls of a run: (name, which of that name), in order."""
    subprocess.run([STRACE, '-f', '-qq', '-o', 'trace', PROGRAM] + arguments,
                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    seen, found = {}, []
    with open('trace', encoding='utf-8', errors='replace') as f:
        for name in re.findall(r'^\d+ +(\w+)\(', f.read(), re.M):
            seen[name] = seen.get(name, 0) + 1
            found.append((name, seen[name]))
    return found


def killed_at_call(arguments, name, n):
    subprocess.run([STRACE, '-f', '-qq', '-o', 'trace', '-e',
                    'inject=%s:signal=KILL:when=%d' % (name, n), PROGRAM] + arguments,
                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def killed_after(arguments, seconds):
    p = subprocess.Popen([PROGRAM] + arguments, stdout=subprocess.DEVNULL,
                         stderr=subprocess.DEVNULL)
    time.sleep(seconds)
    p.kill()
    p.wait()


def moments(arguments, prepare=lambda: None):
    """Functions that run the command and kill it."""
    prepare()
    if STRACE:
        return [lambda c=c: killed_at_call(arguments, *c) for c in calls(arguments)[::STEP]]
    start = time.monotonic()
    run(arguments)
    whole = time.monotonic() - start
    return [lambda k=k: killed_after(arguments, whole * k / 40) for k in range(1, 41)]


def loop(name, arguments):
    """old and new: the two contents that are allowed."""
    shutil.copy(PROJECT, 'before.xml')
    old = digest()
    run(arguments)
    new = digest()
    shutil.copy(PROJECT, 'after.xml')
    assert old != new, name
    shutil.copy('before.xml', PROJECT)
    all_moments = moments(arguments)
    found = {old: 0, new: 0}
    for kill in all_moments:
        shutil.copy('before.xml', PROJECT)
        kill()
        d = digest()
        if d not in found:
            print('FAILED kill: %s left half a file' % name)
            sys.exit(1)
        found[d] += 1
    shutil.copy('after.xml', PROJECT)
    return len(all_moments), found[new]


def init_loop():
    """A file of the new folder is whole or not there, and the next run makes what is missing."""
    arguments = ['init', 'start']
    run(arguments)
    whole = contents('start')
    all_moments = moments(arguments, lambda: shutil.rmtree('start', ignore_errors=True))
    for kill in all_moments:
        shutil.rmtree('start', ignore_errors=True)
        kill()
        left = contents('start')
        if any(left[n] != whole.get(n) for n in left):
            print('FAILED kill: init left half a file')
            sys.exit(1)
        run(arguments)
        assert contents('start') == whole
    return len(all_moments)


def contents(folder):
    found = {}
    for name in os.listdir(folder) if os.path.isdir(folder) else ():
        if not name.startswith('.'):
            with open(os.path.join(folder, name), 'rb') as f:
                found[name] = f.read()
    return found


def race(numbers):
    """One run for each number, all at once: each that says it is done is in the file."""
    runs = [subprocess.Popen([PROGRAM, 'receive', PROJECT, n, '--date', '2008-12-31'],
                             stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            for n in numbers]
    done = sum(p.wait() == 0 for p in runs)
    root = lists.load(PROJECT)
    received = sum(c.get('received') == '2008-12-31' and c.get('id') in numbers
                   for c in root.findall('certificates/certificate'))
    if received != done or not done:
        print('FAILED kill: %d of %d runs say they are done, %d are in the file' % (
            done, len(runs), received))
        sys.exit(1)
    return len(runs), done


def main():
    os.makedirs(FOLDER)
    os.chdir(FOLDER)
    root = lists.load(os.path.join(SAMPLE, PROJECT))
    schema = lists.load(os.path.join(TOP, 'schema/project.xsd'))
    lists.write(LIST, lists.project_sheets(root, schema) + [lists.topics_sheet(root)])
    with open(os.path.join(SAMPLE, PROJECT), encoding='utf-8') as f, \
            open(PROJECT, 'w', encoding='utf-8') as out:
        out.write(lists.without_lists(f.read()))
    killed = done = 0
    for name, arguments in (
            ('import', ['import', PROJECT, LIST]),
            ('number', ['number', PROJECT, '--date', DAY]),
            ('issue', ['issue', PROJECT, '--date', DAY]),
            ('receive', ['receive', PROJECT, 'zs1', '--date', DAY]),
            ('duplicate', ['duplicate', PROJECT, 'zs1', '--date', '2008-12-31']),
            ('void', ['void', PROJECT, 'zs2', '--why', 'próba', '--date', DAY]),
            ('replace', ['replace', PROJECT, 'zs2', '--date', DAY])):
        n, new = loop(name, arguments)
        killed += n
        done += new
    print('kill: %d kills over 7 commands, by %s: %d times the old file, %d times the new one, '
          'never a half; %d of init' % (killed, 'system call' if STRACE else 'time', killed - done,
                                        done, init_loop()))
    print('race: %d runs at once, %d done, none undone' % race(['zs%d' % i for i in range(3, 13)]))


main()
