#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Changes one figure, date, reference or check digit of the samples at a time and looks whether
the program finds it: mutate.py PROGRAM [CHANGES [SEED]]

CHANGES in all (3000 when not given), the same for the same SEED (1).  A change counts as seen when
the check of the changed file finds something that the check of the sample does not, at the line of
the change or with a note there, or at what it has to agree with; otherwise its attribute must be in
UNSEEN, with the reason.  Exit status 1: a change went unseen that should not."""
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
from collections import Counter, defaultdict

top = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
NAMES = ('lubartow-2011', 'przasnysz-2010', 'pultusk-2009', 'rumia-2008', 'sierpc-2017')
BATCH = 60

DATE, FIGURE, REFERENCE, DIGIT = 'date', 'figure', 'reference', 'digit'
KINDS = {}
for kind, attributes in {
        DATE: 'start end date entry exit issueDate received examDate due decisionDate birthDate',
        FIGURE: 'declaredTotal declaredWomen declaredMen declaredChildren declaredBoys '
                'declaredGirls declaredCount declaredParticipants declaredMonths declaredHours '
                'theoryHours practiceHours theory practice declaredCompletions declaredEnrolled '
                'groupHours groupCount individualHoursPerPerson participantsCount '
                'declaredIndividualHours declaredTotalHours declared value women men total amount '
                'percent ageMin ageMax minDisabledPercent pupProfile hours minutes number',
        REFERENCE: 'participantRef courseRef completionRef socialWorkerRef signatoryRef '
                   'secondSignatoryRef instrumentRef providerRef leaderRef groupRef editionRef '
                   'organiserRef organisationRef goalRef householdRef ref',
        DIGIT: 'pesel nip regon postalCode krs bankAccount'}.items():
    KINDS.update((a, kind) for a in attributes.split())

# What cannot be seen, and why: nothing in the description depends on it.
INSIDE = 'another day inside the period is as good'
NOWHERE = 'nothing else in the description depends on it'
UNSEEN = {
    'action@due': 'another day inside the contract, before its final review, is as good',
    'action@goalRef': 'another goal of the same contract, or of the project, is as good',
    'address@postalCode': 'postal areas are not compared with places (R11); the form is',
    'certificate@issueDate': 'any day between completion and receipt is as good',
    'certificate@received': 'any day after issue is as good',
    'certificate@secondSignatoryRef': NOWHERE,
    'class@end': INSIDE,
    'class@start': INSIDE,
    'class@groupRef': 'a class without dates and counts may be for either group',
    'class@individualHoursPerPerson': 'Sierpc states no total of these hours',
    'class@instrumentRef': 'the instrument may have it, and keeps other activities',
    'class@leaderRef': 'the role of the leader is stated in words that no role of the team has',
    'class@participantsCount': 'Sierpc: some of an edition, perhaps with children',
    'completion@date': 'another day after the end of the course is as good',
    'completion@participantRef': 'anybody may complete a course that is for no group',
    'contract@date': 'another day near entry is as good',
    'contract@end': INSIDE,
    'contract@start': INSIDE,
    'contract@socialWorkerRef': 'another social worker of the team is as good',
    'course@end': INSIDE,
    'course@start': INSIDE,
    'course@examDate': 'another day between the classes and the completions is as good',
    'course@instrumentRef': 'the contracts of all who completed it have that instrument too',
    'edition@start': INSIDE,
    'event@date': INSIDE,
    'event@end': INSIDE,
    'event@organiserRef': NOWHERE,
    'goal@number': NOWHERE,
    'group@end': INSIDE,
    'group@start': INSIDE,
    'group@ageMin': 'everybody in the group is old enough for the changed age too',
    'instrument@groupRef': NOWHERE,
    'instrument@providerRef': 'an instrument whose activities state no provider',
    'instrumentRef@ref': 'a contract may use another instrument, if the courses agree',
    'member@organisationRef': 'who leads no classes with a provider, and is no coordinator',
    'participant@birthDate': 'without PESEL it stands alone; ages stay inside the limits',
    'participant@entry': 'another day before the courses, after recruitment began, is as good',
    'participant@householdRef': NOWHERE,
    'participant@pupProfile': 'another profile of the three; paths name theirs in words',
    'period@end': 'a longer project holds all dates; Sierpc ends long after its last one',
    'period@start': 'a project that begins earlier, or later but before its first date',
    'photo@number': 'a number that is no whole number takes part in no sequence',
    'result@value': 'the sentence has no figures',
    'review@date': 'another day of the contract, or soon after, is as good',
    'signatory@ref': 'anybody of the realizer may sign, and lists anybody',
    'targetGroup@minDisabledPercent': 'Sierpc is not finished and states no count',
}


def changed_date(value, pick):
    year, month, day = map(int, value.split('-'))
    how = pick.randrange(3)
    if how == 0:
        year += pick.choice((-1, 1))
    elif how == 1:
        month = (month + pick.randrange(1, 12) - 1) % 12 + 1
    else:
        day = (day + pick.randrange(1, 28) - 1) % 28 + 1
    return '%04d-%02d-%02d' % (year, month, min(day, 28))


def changed_figure(value, pick):
    digits = [i for i, c in enumerate(value) if c.isdigit()]
    i = pick.choice(digits)
    return value[:i] + pick.choice([d for d in '0123456789' if d != value[i]]) + value[i + 1:]


def places(text):
    """(offset of the value, its length, element, attribute) of what may be changed."""
    for tag in re.finditer(r'<([A-Za-z]+)((?:\s+[\w:-]+="[^"]*")*)\s*/?>', text):
        for a in re.finditer(r'([\w:-]+)="([^"]*)"', tag[2]):
            if a[1] in KINDS and tag[1] != 'note' and \
                    (KINDS[a[1]] != DATE or re.fullmatch(r'\d{4}-\d\d-\d\d', a[2])):
                yield tag.start(2) + a.start(2), len(a[2]), tag[1], a[1]


def kinds_of_ids(text):
    ids = defaultdict(list)
    for m in re.finditer(r'<([A-Za-z]+)\s[^>]*?\bid="([^"]*)"', text):
        ids[m[1]].append(m[2])
    return ids


def mutant(text, place, ids, pick):
    at, length, element, attribute = place
    value = text[at:at + length]
    kind = KINDS[attribute]
    if kind == DATE:
        new = changed_date(value, pick)
    elif kind == REFERENCE:
        same = next((v for v in ids.values() if value in v), [])
        others = [v for v in same if v != value]
        if not others:
            return None
        new = pick.choice(others)
    elif not any(c.isdigit() for c in value):
        return None
    else:
        new = changed_figure(value, pick)
    if new == value:
        return None
    return text[:at] + new + text[at + length:], value, new


def check(program, folder, files):
    """What is said of each file: {file: Counter of (line, text)}, and the lines of its notes."""
    done = subprocess.run([program, 'check', '--lang', 'en', *files], cwd=folder, text=True,
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    said, notes = defaultdict(Counter), defaultdict(lambda: defaultdict(set))
    last = None
    for line in done.stdout.splitlines():
        m = re.match(r'([\w.-]+\.xml):(\d+)(?::\d+)?: (\w+): (.*)', line)
        if m and m[3] == 'note':
            notes[last[0]][last[1]].add(int(m[2]))
        elif m:
            last = m[1], (int(m[2]), m[3] + ': ' + m[4])
            said[m[1]][last[1]] += 1
    return said, notes


def main(program, changes=3000, seed=1):
    pick = random.Random(seed)
    work = tempfile.mkdtemp()
    totals, unseen, seen = Counter(), defaultdict(list), Counter()
    try:
        for name in NAMES:
            folder = os.path.join(work, name)
            os.mkdir(folder)
            os.mkdir(os.path.join(folder, 'photos'))
            text = open(os.path.join(top, 'samples', name, 'project.xml'), encoding='utf-8').read()
            for f in re.findall(r'\sfile="([^"]*)"', text):
                open(os.path.join(folder, f), 'wb').write(b'\xff\xd8\xff')
            ids, every = kinds_of_ids(text), list(places(text))
            by_field = defaultdict(list)        # rare fields as often as common ones
            for p in every:
                by_field[p[2], p[3]].append(p)
            fields = sorted(by_field)
            left = changes // len(NAMES)
            plain = check_one(program, folder, text)
            while left > 0:
                batch = []
                while len(batch) < min(BATCH, left):
                    place = pick.choice(by_field[pick.choice(fields)])
                    m = mutant(text, place, ids, pick)
                    if m:
                        batch.append((place,) + m)
                left -= len(batch)
                names = []
                for i, (_, changed, _, _) in enumerate(batch):
                    names.append('%03d.xml' % i)
                    open(os.path.join(folder, names[-1]), 'w', encoding='utf-8').write(changed)
                said, notes = check(program, folder, names)
                for file, (place, changed, old, new) in zip(names, batch):
                    field = '%s@%s' % place[2:]
                    line = text.count('\n', 0, place[0]) + 1
                    more = said[file] - plain
                    totals[field] += 1
                    if not more:
                        unseen[field].append('%s:%d: %s -> %s' % (name, line, old, new))
                    elif any(l == line or line in notes[file][l, t] for l, t in more):
                        seen['at the place, or with a note there'] += 1
                    else:
                        seen['at its counterpart'] += 1
    finally:
        shutil.rmtree(work)
    return report(totals, unseen, seen)


def check_one(program, folder, text):
    open(os.path.join(folder, '000.xml'), 'w', encoding='utf-8').write(text)
    return check(program, folder, ['000.xml'])[0]['000.xml']


def report(totals, unseen, seen):
    bad = 0
    print('%d changes of %d fields: %s' % (sum(totals.values()), len(totals),
          ', '.join('%d %s' % (n, how) for how, n in sorted(seen.items()))))
    for field in sorted(unseen):
        n, reason = len(unseen[field]), UNSEEN.get(field)
        print('%4d of %4d unseen  %s: %s' % (n, totals[field], field, reason or 'NO REASON KNOWN'))
        if not reason:
            bad += n
            for example in unseen[field][:4]:
                print('        ' + example)
    print('%d unseen without a reason' % bad)
    return bad > 0


sys.exit(main(os.path.abspath(sys.argv[1]), *map(int, sys.argv[2:4])))
