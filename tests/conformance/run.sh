#!/bin/sh
# SPDX-License-Identifier: MIT
# sh tests/conformance/run.sh PROGRAM FOLDER...: what others say of the documents in the folders.
#
# Each PDF claims PDF/A-2a and PDF/UA-1: veraPDF, left to read the claims itself, must find both
# and pass both, so that a lost claim fails too.  Each ODT is checked by the ODF validator against
# the schema of its version, without foreign markup.  qpdf reads each PDF.
#
# tests/conformance/extra, when it is there, names more files, one a line from the top of the
# repository: Writer files are converted first, PDFs are taken as they are.  A print file of 2,000
# pages is made and checked too.
#
# The validators come from Maven Central by coordinates and checksum, once, into
# $XDG_CACHE_HOME/skryba-tools.  Without them this fails.
set -u
VERAPDF_JAR=verapdf-cli-1.30.2.jar
VERAPDF=org.verapdf.apps:cli:1.30.2
VERAPDF_SUM=287cc9c9757f99dcff4a2d39b68268245b48103fb6af443162d5a29df2afa332
ODF_JAR=odfvalidator-0.12.0-jar-with-dependencies.jar
ODF=org.odftoolkit:odfvalidator:0.12.0:jar:jar-with-dependencies
ODF_SUM=6809677e5f5d7f8a9f8bbfb70514d725308cf0ae316cd529d3bf550da3211c9b
LC_ALL=C.UTF-8
export LC_ALL

[ $# -ge 2 ] || { echo "usage: run.sh PROGRAM FOLDER..." >&2; exit 2; }
here=$(cd "$(dirname "$0")" && pwd)
skryba=$(cd "$(dirname "$1")" && pwd)/$(basename "$1")
shift
cache=${XDG_CACHE_HOME:-$HOME/.cache}/skryba-tools
work=$(mktemp -d) || exit 2
trap 'rm -rf "$work"' EXIT
trap 'exit 1' HUP INT TERM
failed=0

bad() {
    echo "FAILED conformance: $*"
    failed=$((failed + 1))
}

stop() {
    echo "conformance: $*" >&2
    exit 1
}

# need COMMAND PACKAGE
need() {
    command -v "$1" >/dev/null || sh "$here/../tools/deps.sh" "$2" || stop "$1 is needed"
}

sum_is() {
    echo "$2  $1" | sha256sum --check --status 2>/dev/null
}

# fetch COORDINATES MAVEN-NAME NAME SHA-256: then the jar, and no other, is in the cache.
fetch() {
    ! sum_is "$cache/$3" "$4" || return 0
    need mvn maven
    echo "conformance: fetching $1"
    mvn -q -B -Dstyle.color=never dependency:get -Dartifact="$1" -Dtransitive=false >&2 &&
        mvn -q -B -Dstyle.color=never dependency:copy -Dartifact="$1" \
            -DoutputDirectory="$work" >&2 ||
        stop "Maven could not fetch $1"
    sum_is "$work/$2" "$4" || stop "the checksum of $1 is not the one recorded here"
    mkdir -p "$cache" && mv "$work/$2" "$cache/$3" || stop "cannot write into $cache"
}

java_run() {
    java -XX:TieredStopAtLevel=1 -XX:+UseSerialGC "$@"
}

# lacking FILE WHAT: names the documents of the list that the sorted list FILE lacks
lacking() {
    comm -23 "$work/list" "$1" >"$work/lack"
    [ -s "$work/lack" ] || return 0
    bad "$2 of $(wc -l <"$work/lack") of $n files:"
    sed 's/^/  /' "$work/lack" | head -20
}

check_pdf() {
    while read -r pdf; do
        qpdf --check "$pdf" >"$work/qpdf" 2>&1 || { bad "qpdf --check $pdf"; cat "$work/qpdf"; }
    done <"$work/list"
    java_run -cp "$cache/$VERAPDF_JAR" org.verapdf.apps.GreenfieldCliWrapper --format text -v \
        -r "$@" >"$work/vera" 2>"$work/vera.err" || bad "veraPDF: status $?"
    for flavour in 2a ua1; do
        sed -n "s/^PASS \(.*\) $flavour\$/\1/p" "$work/vera" | sort -u >"$work/pass"
        lacking "$work/pass" "veraPDF does not say PASS $flavour"
    done
    grep -v '^PASS ' "$work/vera" | head -40 >"$work/more"
    [ ! -s "$work/more" ] || { bad "veraPDF also says:"; cat "$work/more"; head "$work/vera.err"; }
}

check_odt() {
    java_run -jar "$cache/$ODF_JAR" -c -v -r "$@" >"$work/odf" 2>"$work/odf.err" ||
        bad "ODF validator: status $?"
    sed -n 's/^\(.*\.odt\):  Info: no errors, no warnings$/\1/p' "$work/odf" | sort -u >"$work/pass"
    lacking "$work/pass" "the ODF validator does not say 'no errors, no warnings'"
    { grep -v '  Info: ' "$work/odf"; cat "$work/odf.err"; } | head -40 >"$work/more"
    [ ! -s "$work/more" ] || { bad "the ODF validator says:"; cat "$work/more"; }
}

# each ENDING CHECK FOLDER...: lists the documents, runs the check; there must be some.
each() {
    ending=$1 check=$2
    shift 2
    find "$@" -name "*.$ending" -type f | sort >"$work/list"
    n=$(wc -l <"$work/list")
    [ "$n" -gt 0 ] || { bad "no .$ending in $*"; return; }
    before=$failed
    started=$(date +%s)
    $check "$@"
    [ "$failed" != "$before" ] ||
        echo "conformance: $n .$ending files valid, $(($(date +%s) - started)) s"
}

convert_extra() {
    while read -r file; do
        case $file in
        '' | '#'*) continue ;;
        *.pdf) cp "$file" "$work/extra/" || bad "$file" ;;
        *) "$skryba" convert "$file" -o "$work/extra/$(basename "${file%.*}").pdf" ||
            bad "skryba convert $file" ;;
        esac
    done <"$here/extra"
    [ "$failed" = 0 ]
}

# A print file of 2,000 pages, every other one a blank back.
make_large() {
    mkdir "$work/large" && python3 "$here/../bench/data.py" "$work/large" 1000 &&
        "$skryba" render "$work/large/data-1000.xml" --schema none --rules none --duplex \
            -t "$here/../bench/cert.fodt" --merge "$work/large/large.pdf" &&
        [ "$(qpdf --show-npages "$work/large/large.pdf")" = 2000 ] || bad "the large print file"
    [ "$failed" = 0 ]
}

need java default-jre-headless
need qpdf qpdf
fetch "$VERAPDF" cli-1.30.2.jar "$VERAPDF_JAR" "$VERAPDF_SUM"
fetch "$ODF" "$ODF_JAR" "$ODF_JAR" "$ODF_SUM"

# Folders by their full names: the validators print those.
for folder; do
    shift
    [ -d "$folder" ] || stop "there is no folder $folder"
    set -- "$@" "$(cd "$folder" && pwd -P)"
done
each odt check_odt "$@"
if [ -f "$here/extra" ]; then
    mkdir "$work/extra"
    (cd "$here/../.." && convert_extra) || failed=$((failed + 1))
    set -- "$@" "$work/extra"
fi
make_large || failed=$((failed + 1))
each pdf check_pdf "$@" "$work/large"
[ "$failed" = 0 ]
