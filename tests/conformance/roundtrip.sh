#!/bin/sh
# SPDX-License-Identifier: MIT
# sh tests/conformance/roundtrip.sh PROGRAM: what LibreOffice makes of the templates.
#
# Each shipped template, each of the regress tests and each example of skryba-template(7) is opened
# and saved by LibreOffice, .fodt to .odt to .fodt.  The result must lint as the original does, and
# give documents of the same text, but for an empty paragraph that Writer puts behind a table at the
# end.  Without LibreOffice nothing is tested, and this says so.
set -u
[ $# = 1 ] || { echo "usage: roundtrip.sh PROGRAM" >&2; exit 2; }
top=$(cd "$(dirname "$0")/../.." && pwd)
SKRYBA=$(cd "$(dirname "$1")" && pwd)/$(basename "$1")
data=$top/tests/regress/data
if ! command -v soffice >/dev/null; then
    echo "roundtrip: soffice (Debian: libreoffice-writer) is not installed: nothing was tested"
    exit 0
fi
work=$(mktemp -d) || exit 2
trap 'rm -rf "$work"' EXIT
trap 'exit 1' HUP INT TERM
mkdir "$work/from" "$work/odt" "$work/to" "$work/examples"
passed=0 failed=0

bad() {
    echo "FAILED roundtrip: $*"
    failed=$((failed + 1))
}

# convert ENDING FOLDER FILE...: LibreOffice sometimes hangs at its start, so it gets three chances
convert() {
    ending=$1 folder=$2
    shift 2
    for try in 1 2 3; do
        timeout 120 soffice -env:UserInstallation="file://$work/profile$try" --headless \
            --convert-to "$ending" --outdir "$folder" "$@" </dev/null >"$work/soffice" 2>&1 &&
            return
    done
    cat "$work/soffice"
    exit 1
}

# lint FILE: the findings without the file's name
lint() {
    "$SKRYBA" lint "$1" --schema "$schema" 2>&1 | sed "s|$1|T|g"
}

# text FILE OUT DATA...: of all documents that the template makes of the data; LibreOffice writes
# the space behind a field as text:s
text() {
    template=$1 out=$2
    shift 2
    for project; do
        rm -rf "$work/out"
        "$SKRYBA" render "$project" --schema "$schema" --rules none -t "$template" -f odt \
            --date 2011-12-16 -o "$work/out" 2>&1 | grep -e error -e 'not made'
        for f in "$work"/out/*.odt; do
            [ ! -f "$f" ] || { basename "$f"; python3 "$data/template_text.py" "$f" >"$work/one"
                sed -e 's/\[1 space\]/ /g' -e :a -e '/^\n*$/{$d;N;ba' -e '}' "$work/one"; }
        done
    done >"$out"
}

# compare NAME DATA...: what came back with what was there
compare() {
    name=$1
    shift
    lint "$work/from/$name.fodt" >"$work/lint-from"
    lint "$work/to/$name.fodt" >"$work/lint-to"
    text "$work/from/$name.fodt" "$work/text-from" "$@"
    text "$work/to/$name.fodt" "$work/text-to" "$@"
    before=$failed
    diff "$work/lint-from" "$work/lint-to" >"$work/diff" || { bad "$name lints differently";
        head -20 "$work/diff"; }
    diff "$work/text-from" "$work/text-to" >"$work/diff" || { bad "$name gives another text";
        head -20 "$work/diff"; }
    [ -s "$work/text-from" ] || bad "$name gives no text at all"
    [ "$failed" != "$before" ] || passed=$((passed + 1))
}

cp "$top"/templates/*.fodt "$data"/card.fodt "$work/from/"
(unset SKRYBA; python3 "$data/template-manual.py" "$top/man/skryba-template.7" "$work/examples")
for example in "$work"/examples/*/; do
    name=example-$(basename "$example")
    cp "$example/t.fodt" "$work/from/$name.fodt"
    for other in "$example"*.fodt; do
        [ "$(basename "$other")" = t.fodt ] || cp "$other" "$work/from/"
    done
done
convert odt "$work/odt" "$work"/from/*.fodt
convert fodt "$work/to" "$work"/odt/*.odt

schema=none
for f in "$work"/from/example-*.fodt; do
    compare "$(basename "$f" .fodt)" "$work/examples/data.xml"
done
schema=$top/schema/project.xsd
compare card "$data/two.xml"
for f in "$top"/templates/*.fodt; do
    compare "$(basename "$f" .fodt)" "$top"/samples/*/project.xml
done
echo "roundtrip: $passed templates came back the same, $failed failures"
[ "$failed" = 0 ]
