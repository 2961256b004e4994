#!/bin/sh
# SPDX-License-Identifier: MIT
# Runs the regress cases: sh run.sh PROGRAM [--update] [CASE...]
#
# A case is a folder of cases/ with
#   cmd      shell commands that use $SKRYBA, run in the case's folder; $T is an empty folder
#            (without this file: "$SKRYBA" check input.xml, in English and in Polish)
#   expect   what they print, standard output and error together, and the status; $T reads TMP, the
#            folder of the sources ROOT
# --update writes expect anew: read the diff before it is committed.
set -u
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
[ $# -ge 1 ] || { echo "usage: run.sh PROGRAM [--update] [CASE...]" >&2; exit 2; }
SKRYBA=$(cd "$(dirname "$1")" && pwd)/$(basename "$1")
shift
update=no
[ "${1:-}" = --update ] && { update=yes; shift; }
[ -x "$SKRYBA" ] || { echo "run.sh: $SKRYBA is not a program" >&2; exit 2; }
export SKRYBA here
LC_ALL=C NO_COLOR=1 TZ=UTC
export LC_ALL NO_COLOR TZ
unset SOURCE_DATE_EPOCH LANG LC_MESSAGES

work=$(mktemp -d) || exit 2
trap 'rm -rf "$work"' EXIT
trap 'exit 1' HUP INT TERM
default='"$SKRYBA" check input.xml; echo "status $?"
"$SKRYBA" check --lang pl input.xml'
passed=0 failed=0
cd "$here/cases" || exit 2
[ $# -gt 0 ] || set -- *

for name; do
    [ -d "$name" ] || { echo "no case $name"; failed=$((failed + 1)); continue; }
    T=$work/t
    rm -rf "$T" && mkdir "$T"
    export T
    if [ -f "$name/cmd" ]; then commands=$(cat "$name/cmd"); else commands=$default; fi
    (cd "$name" && sh -c "$commands
echo \"status \$?\"") >"$work/raw" 2>&1 </dev/null
    # what changes from run to run: the folders, and figures of time
    sed -e "s|$T|TMP|g" -e "s|$root/|ROOT/|g" -e 's/[0-9][0-9.,]* s, [0-9.,]* ms/TIME/' \
        -e 's/; [0-9][0-9.,]* s$/; TIME/' \
        "$work/raw" >"$work/got"
    if [ $update = yes ]; then
        cmp -s "$work/got" "$name/expect" ||
            { cp "$work/got" "$name/expect"; echo "updated $name"; }
        passed=$((passed + 1))
    elif diff -u "$name/expect" "$work/got" >"$work/diff" 2>&1; then
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
        echo "FAILED $name"
        head -40 "$work/diff"
    fi
done
echo "$passed passed, $failed failed"
[ $failed = 0 ]
