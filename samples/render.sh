#!/bin/sh
# SPDX-License-Identifier: MIT
# Checks the five samples and renders them: sh samples/render.sh PROGRAM FOLDER
set -u
[ $# = 2 ] || { echo "usage: render.sh PROGRAM FOLDER" >&2; exit 2; }
skryba=$1 out=$2
samples=$(dirname "$0")
# Debian's own Python has python3-pil; another one earlier in PATH may not.
python=/usr/bin/python3
[ -x "$python" ] || python=python3
# The papers of finished projects have no date of today: the same bytes on every run.
unset SOURCE_DATE_EPOCH
failed=0 documents=0 started=$(date +%s)

if [ "$(find "$samples/sierpc-2017/photos" -name '*.jpg' 2>/dev/null | wc -l)" -lt 28 ]; then
    echo "Drawing the 28 photos of Sierpc (invented, no real people)."
    "$python" "$samples/draw-photos.py" "$samples/sierpc-2017/project.xml" || exit 1
fi

for project in "$samples"/*/project.xml; do
    folder=$(dirname "$project")
    name=$(basename "$folder")
    echo
    echo "$name: checking the description."
    "$skryba" check "$project" || failed=$((failed + 1))
    if [ -f "$folder/as-published.xml" ]; then
        echo "$name: checking the figures as published: their mistakes must be found."
        "$skryba" check "$folder/as-published.xml"
        [ $? -le 1 ] || failed=$((failed + 1))
    fi
    echo "$name: making its documents in $out/$name."
    rm -f "$out/$name"/*.pdf "$out/$name"/*.odt
    "$skryba" render "$project" -f pdf,odt -o "$out/$name" || failed=$((failed + 1))
    made=$(find "$out/$name" -name '*.pdf' 2>/dev/null | wc -l)
    documents=$((documents + made))
done

echo
echo "$documents documents, each as PDF and as ODT, in $(($(date +%s) - started)) seconds:"
for folder in "$out"/*/; do
    [ -d "$folder" ] && printf '  %4d  %s\n' "$(find "$folder" -name '*.pdf' | wc -l)" "$folder"
done
if [ "$failed" -gt 0 ]; then
    echo "$failed of these steps ended with errors; they are named above." >&2
    exit 1
fi
