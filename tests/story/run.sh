#!/bin/sh
# SPDX-License-Identifier: MIT
# The story of an office for each sample's town: sh run.sh PROGRAM
# The lists are written as LibreOffice saves them; saved/NAME.ods are lists that LibreOffice saved
# itself (sh run.sh PROGRAM --save makes them anew: it needs LibreOffice Calc, as $SOFFICE).  Where
# LibreOffice Calc and python3-uno are, the story is told once more with lists that Calc fills.
set -u
top=$(cd "$(dirname "$0")/../.." && pwd)
[ $# -ge 1 ] || { echo "usage: run.sh PROGRAM [--save]" >&2; exit 2; }
program=$(cd "$(dirname "$1")" && pwd)/$(basename "$1")
here=$top/tests/story
work=$(mktemp -d) || exit 2
trap 'rm -rf "$work"' EXIT
trap 'exit 1' HUP INT TERM
LC_ALL=C NO_COLOR=1 TZ=UTC
export LC_ALL NO_COLOR TZ
unset SOURCE_DATE_EPOCH LANG LC_MESSAGES

if [ "${2:-}" = --save ]; then
    mkdir -p "$here/saved"
    python3 "$here/save.py" "$work" || exit 1
    for f in "$work"/*.ods; do
        "${SOFFICE:-soffice}" -env:UserInstallation="file://$work/profile" --headless \
            --convert-to ods --outdir "$here/saved" "$f" >/dev/null || exit 1
    done
    exit 0
fi
failed=0 passed=0
calc=calc
missing=$(python3 -c "import sys; sys.dont_write_bytecode = True; sys.path.insert(0, '$here')
import calc; print(calc.missing() or '')")
if [ -n "$missing" ]; then
    calc=
    echo "story: LibreOffice's own part is left out: $missing is not installed"
fi
for with in "" $calc; do
    if python3 "$here/afternoon.py" "$program" "$work/afternoon$with" $with; then
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
    fi
done
for s in "$top"/samples/*/project.xml; do
    name=$(basename "$(dirname "$s")")
    for list in "" "$here/saved/$name.ods" $calc; do
        [ "$list" != "$here/saved/$name.ods" ] || [ -f "$list" ] || continue
        if python3 "$here/story.py" "$program" "$(dirname "$s")" "$work/$name" $list; then
            passed=$((passed + 1))
        else
            failed=$((failed + 1))
        fi
        rm -rf "$work/$name" "$work/$name-calc"
    done
done
if python3 "$here/kill.py" "$program" "$top/samples/rumia-2008" "$work/kill" "${STEP:-40}"; then
    passed=$((passed + 1))
else
    failed=$((failed + 1))
fi
echo "story: $passed passed, $failed failed"
[ "$failed" = 0 ]
