#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""run.py PROGRAM FOLDER [SECONDS [SEED]]: is a batch the same whatever happens to it?  Runs are
killed at random moments (the process, a worker), interrupted, short of disk, cut into parts, begun
elsewhere, and gone on with; what stands in the folder is whole at any moment, and in the end it is
byte for byte what an undisturbed run makes.  The seed is printed, so that a run can be repeated."""
import filecmp
import os
import random
import shutil
import signal
import subprocess
import sys
import time

HERE = os.path.dirname(os.path.abspath(__file__))
BENCH = os.path.join(HERE, '../bench')
RECORDS, PAGES = 400, 60


class Case:
    """What is made: files or print files, in one run or in parts."""

    def __init__(self, program, folder, options):
        self.program, self.options = program, options
        self.folder = os.path.abspath(folder)
        self.data = os.path.join(self.folder, 'data-%d.xml' % RECORDS)
        self.whole = os.path.join(self.folder, 'whole-' + ''.join(c for c in '-'.join(options)
                                                                   if c.isalnum()))
        self.out = os.path.join(self.folder, 'out')
        shutil.rmtree(self.whole, ignore_errors=True)
        self.start(self.whole, ['-j', '1']).wait()
        self.seconds = 0.3

    def command(self, out, more):
        return [self.program, 'render', self.data, '--schema', 'none', '--rules', 'none', '-t',
                os.path.join(BENCH, 'cert.fodt'), '-o', out, *self.options, *more]

    def start(self, out, more, **how):
        return subprocess.Popen(self.command(out, more), stdout=subprocess.DEVNULL,
                                stderr=subprocess.DEVNULL, **how)

    def same(self, name, lost):
        """Whether a file is as in the undisturbed run.  lost: records may be missing from it."""
        path = os.path.join(self.out, name)
        if lost and '--merge' in self.options:
            with open(path, 'rb') as f:
                return name.endswith('.csv') or f.read().endswith(b'%%EOF\n')
        return filecmp.cmp(path, os.path.join(self.whole, name), shallow=False)

    def differences(self, complete, lost=False):
        """What in the folder is not as in the undisturbed run's."""
        wrong = []
        for name in sorted(os.listdir(self.out)):
            if name.startswith('.skryba'):
                if complete and name != '.skryba-journal':
                    wrong.append('left over: ' + name)
            elif not self.same(name, lost):
                wrong.append('not whole: ' + name)
        if complete:
            wrong += ['missing: ' + n for n in os.listdir(self.whole)
                      if not os.path.exists(os.path.join(self.out, n))]
        return wrong


def children(pid):
    try:
        with open('/proc/%d/task/%d/children' % (pid, pid)) as f:
            return [int(n) for n in f.read().split()]
    except OSError:
        return []


def disturb(case, dice, more):
    """One run with a mishap; says which."""
    how = dice.choice(['kill', 'kill', 'worker', 'interrupt', 'twice', 'terminate', 'disk'])
    limit = dice.choice([8, 64, 2000]) * 1024 if how == 'disk' else None
    p = case.start(case.out, more, preexec_fn=(lambda: limited(limit)) if limit else None)
    if not limit:
        time.sleep(dice.random() * case.seconds)
        send(p, how, dice)
    p.wait()
    return how


def limited(size):
    import resource
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))


def send(p, how, dice):
    workers = children(p.pid)
    if p.poll() is not None:
        return
    if how == 'worker' and workers:
        try:
            os.kill(dice.choice(workers), signal.SIGKILL)
        except ProcessLookupError:
            pass
    elif how == 'kill':
        p.kill()
    elif how == 'terminate':
        p.terminate()
    elif how != 'worker':
        p.send_signal(signal.SIGINT)
        if how == 'twice':
            time.sleep(0.003)
            p.send_signal(signal.SIGINT)


def elsewhere(dice):
    """Options that must change nothing."""
    return ['-j', str(dice.choice([1, 2, 3, 4, 7]))]


def whole_run(case, dice):
    """Disturbed several times, gone on with each time."""
    story, lost = [], False
    for _ in range(dice.randrange(1, 5)):
        resume = ['--resume'] if dice.random() < 0.8 else []
        story.append(disturb(case, dice, elsewhere(dice) + resume))
        time.sleep(0.02)        # the workers of a killed run notice that it is gone
        lost |= story[-1] in ('worker', 'disk')
        wrong = case.differences(False, lost) if os.path.isdir(case.out) else []
        if wrong:
            return story, wrong
    last = case.start(case.out, elsewhere(dice) + ['--resume'])
    if last.wait():
        return story, ['status %d' % last.returncode]
    return story, case.differences(True)


def in_parts(case, dice):
    """Cut into parts, each disturbed, then joined; also a part that is missing is found out."""
    n = dice.choice([2, 3, 5, 30])
    story = ['%d parts' % n]
    for done, k in enumerate(dice.sample(range(1, n + 1), n), 1):
        shard = ['--shard', '%d/%d' % (k, n)]
        if dice.random() < 0.4:
            story.append(disturb(case, dice, elsewhere(dice) + shard))
        p = case.start(case.out, elsewhere(dice) + shard + ['--resume'])
        if p.wait():
            return story, ['part %d: status %d' % (k, p.returncode)]
        if done < n and dice.random() < 0.1 and join(case) == 0:
            return story, ['joined without all parts']
    status = join(case)
    return story, ['join: status %d' % status] if status else case.differences(True)


def join(case):
    return subprocess.run([case.program, 'join', case.out], stderr=subprocess.DEVNULL,
                          stdout=subprocess.DEVNULL).returncode


def main():
    program, folder = os.path.abspath(sys.argv[1]), sys.argv[2]
    seconds = float(sys.argv[3]) if len(sys.argv) > 3 else 60
    seed = int(sys.argv[4]) if len(sys.argv) > 4 else random.randrange(1000000)
    dice = random.Random(seed)
    subprocess.run([sys.executable, os.path.join(BENCH, 'data.py'), folder, str(RECORDS)],
                   check=True)
    cases = [Case(program, folder, o) for o in (
        ['-f', 'pdf,odt'], ['--merge', 'm.pdf', '--merge-pages', str(PAGES)],
        ['--merge', 'm.pdf', '--duplex'])]
    print('seed %d' % seed, flush=True)
    end, rounds, failed, met = time.monotonic() + seconds, 0, 0, {}
    while time.monotonic() < end:
        case = dice.choice(cases)
        shutil.rmtree(case.out, ignore_errors=True)
        story, wrong = dice.choice([whole_run, whole_run, in_parts])(case, dice)
        rounds += 1
        for what in story:
            met[what] = met.get(what, 0) + 1
        if wrong:
            failed += 1
            print('FAILED round %d, %s, %s: %s' % (rounds, ' '.join(case.options),
                                                   ', '.join(story), '; '.join(wrong[:5])))
    print('%d rounds, %d failed (%s)' % (rounds, failed, ', '.join(
        '%s %d' % item for item in sorted(met.items()))))
    return 1 if failed else 0


if __name__ == '__main__':
    sys.exit(main())
