#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""signalled.py WHOM SIGNAL WHEN FOLDER COMMAND...: runs a command and sends it a signal.

WHOM is run (the process), worker (its first child) or twice (the process, two times); WHEN is the
number of documents in FOLDER to wait for, or a time as 0.05s.  Prints how the command ended."""
import os
import signal
import subprocess
import sys
import time


def documents(folder):
    try:
        return sum(n.endswith('.pdf') for n in os.listdir(folder))
    except OSError:
        return 0


def first_child(pid):
    with open('/proc/%d/task/%d/children' % (pid, pid)) as f:
        found = f.read().split()
    return int(found[0]) if found else None


def main():
    whom, name, when, folder = sys.argv[1:5]
    number = signal.Signals['SIG' + name]
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    run = subprocess.Popen(sys.argv[5:])
    if when.endswith('s'):
        time.sleep(float(when[:-1]))
    while not when.endswith('s') and documents(folder) < int(when) and run.poll() is None:
        time.sleep(0.001)
    if run.poll() is None:
        pid = first_child(run.pid) if whom == 'worker' else run.pid
        os.kill(pid, number)
        if whom == 'twice':
            time.sleep(0.002)
            os.kill(pid, number)
    status = run.wait()
    print('ended by signal %d' % -status if status < 0 else 'status %d' % status)


if __name__ == '__main__':
    main()
