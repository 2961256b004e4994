#!/bin/sh
# SPDX-License-Identifier: MIT
# sh tests/fidelity/run.sh PROGRAM: how near our pages are to LibreOffice's, in figures.
#
# Converts the Writer files of the corpus and of the layout experiments, which are no part of this
# repository (../shared, or SHARED=DIR), and compares words and lines with LibreOffice's positions
# stored there; then the documents that the shipped templates make of the samples, compared with
# LibreOffice's PDF of the same ODT, where LibreOffice is installed.
#
#   FILES=DIR            these Writer files instead
#   REFERENCE=soffice    fresh references instead of the stored ones
#
# The PDFs stay in build/fidelity/ours and build/fidelity/theirs to be looked at.
# Exit status 1: a file could not be converted.  The figures themselves pass no judgement.
set -u
[ $# = 1 ] || { echo "usage: run.sh PROGRAM" >&2; exit 2; }
top=$(cd "$(dirname "$0")/../.." && pwd)
skryba=$(cd "$(dirname "$1")" && pwd)/$(basename "$1")
shared=${SHARED:-$top/../shared}
diff=$shared/tools/layoutdiff pixdiff=$shared/tools/pixdiff
if [ ! -f "$diff" ]; then
    echo "fidelity: skipped: $shared is absent (SHARED=DIR names another place)"
    exit 0
fi
command -v mutool >/dev/null || sh "$top/tests/tools/deps.sh" mupdf-tools ||
    echo "fidelity: without mutool baselines are not compared" >&2
work=$top/build/fidelity
rm -rf "$work"
mkdir -p "$work/ours" "$work/theirs" || exit 3
work=$(cd "$work" && pwd)
LC_ALL=C.UTF-8 TZ=UTC
export LC_ALL TZ skryba work pixdiff
unset SOURCE_DATE_EPOCH
failed=0 tab=$(printf '\t')

# lost NAME: says why there is no PDF of it.
lost() {
    echo "fidelity: $1: no PDF"
    grep -m 1 error "$work/$1.log"
}

# Lists of "name<TAB>source<TAB>stored reference or -".
stored() {
    for reference in "$1.words.tsv.gz" "$1.words.tsv" "$1.pdf"; do
        [ -f "$reference" ] && { echo "$reference"; return; }
    done
    echo -
}

list_corpus() {
    for f in "$shared"/corpus/*.odt "$shared"/corpus/*.fodt; do
        name=$(basename "${f%.*}")
        printf '%s\t%s\t%s\n' "$name" "$f" "$(stored "$shared/corpus/reference/$name")"
    done
}

list_experiments() {
    for f in "$shared"/writer-layout/*/*.fodt; do
        name=$(basename "$(dirname "$f")")-$(basename "${f%.*}")
        printf '%s\t%s\t%s\n' "$name" "$f" "$(stored "${f%.*}")"
    done
}

list_files() {
    find "$1" \( -name '*.odt' -o -name '*.ott' -o -name '*.fodt' \) -type f | sort |
        while read -r f; do
            name=$(echo "${f#"$1"/}" | tr '/ ' '--')
            printf '%s\t%s\t%s\n' "${name%.*}" "$f" "$(stored "${f%.*}")"
        done
}

# The first document of each template and sample; its PDF is made by the same run.
list_templates() {
    for template in "$top"/templates/*.fodt; do
        for project in "$top"/samples/*/project.xml; do
            name=$(basename "$template" .fodt)-$(basename "$(dirname "$project")")
            folder=$work/made/$name
            "$skryba" render "$project" -t "$template" --range 1 -f pdf,odt -o "$folder" \
                >"$work/$name.log" 2>&1 || { failed=1; lost "$name" >&2; }
            odt=$(find "$folder" -name '*.odt' 2>/dev/null | head -n 1)
            [ -n "$odt" ] || continue
            cp "${odt%.odt}.pdf" "$work/ours/$name.pdf"
            printf '%s\t%s\t-\n' "$name" "$odt"
        done
    done
}

# theirs LIST: LibreOffice's PDF of what has no stored reference, in one call; it has to start once.
theirs() {
    mkdir -p "$work/source"
    awk -F '\t' '$3 == "-"' "$1" | while IFS=$tab read -r name source _; do
        cp "$source" "$work/source/$name.${source##*.}"
    done
    set -- "$work"/source/*
    [ -f "$1" ] || return 0
    command -v soffice >/dev/null || { echo "fidelity: LibreOffice (soffice) is absent"; return 1; }
    timeout 900 soffice "-env:UserInstallation=file://$work/profile" --headless --convert-to pdf \
        --outdir "$work/theirs" "$@" >"$work/soffice.log" 2>&1
    rm -rf "$work/source"
}

convert() {
    awk -F '\t' '{ printf "%s%c%s%c", $1, 0, $2, 0 }' "$1" | xargs -0 -n 2 -P "$(nproc)" sh -c '
        [ -f "$work/ours/$0.pdf" ] ||
            timeout 60 "$skryba" convert "$1" -o "$work/ours/$0.pdf" >"$work/$0.log" 2>&1'
    while IFS=$tab read -r name _; do
        [ -f "$work/ours/$name.pdf" ] || { failed=1; lost "$name"; }
    done <"$1"
}

# pictures LIST: how much of each page looks different
pictures() {
    awk -F '\t' '{ printf "%s%c", $1, 0 }' "$1" | xargs -0 -n 1 -P "$(nproc)" sh -c '
        figures=$("$pixdiff" "$work/ours/$0.pdf" "$work/theirs/$0.pdf")
        printf "   %-40s %s\n" "$0" "$figures"' |
        sort
}

# measure TITLE LIST [pictures]
measure() {
    [ -s "$2" ] || { echo "fidelity: $1: no files"; return; }
    [ "${REFERENCE:-}" != soffice ] || sed -i 's/\t[^\t]*$/\t-/' "$2"
    echo
    echo "$1"
    theirs "$2" || return
    convert "$2"
    awk -F '\t' -v w="$work" '{ printf "%s\t%s/ours/%s.pdf\t%s\n", $1, w, $1,
                                ($3 == "-" ? w "/theirs/" $1 ".pdf" : $3) }' "$2" >"$2.jobs"
    python3 "$top/tests/fidelity/compare.py" "$diff" "$2.jobs" || failed=1
    [ "${3:-}" != pictures ] || pictures "$2"
}

if [ -n "${FILES:-}" ]; then
    list_files "$FILES" >"$work/files"
    measure "Files of $FILES" "$work/files"
else
    list_corpus >"$work/corpus"
    measure "Corpus of real templates" "$work/corpus"
    list_experiments >"$work/experiments"
    measure "Layout experiments" "$work/experiments"
    list_templates >"$work/templates"
    measure "Shipped templates: the first document of each sample" "$work/templates" pictures
fi
[ "$failed" = 0 ]
