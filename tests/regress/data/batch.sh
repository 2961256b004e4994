# SPDX-License-Identifier: MIT
# For the cases batch-*: the bench's certificate with invented participants.
#     make_data N          $T/data.xml with N participants
#     batch OPTIONS        renders it
#     signalled ... FOLDER OPTIONS   the same under data/signalled.py
#     content FOLDER       checksums of the documents in it, as one
#     leavings FOLDER      what a run must never leave: temporary files, PDFs that are not whole
bench=../../../bench
make_data() {
    python3 $bench/data.py $T "$1" && mv $T/data-$1.xml $T/data.xml
}
batch() {
    "$SKRYBA" render $T/data.xml --schema none --rules none -t $bench/cert.fodt "$@"
}
signalled() {
    whom=$1 signal=$2 when=$3 folder=$4
    shift 4
    python3 ../../data/signalled.py $whom $signal $when $folder "$SKRYBA" render $T/data.xml \
        --schema none --rules none -t $bench/cert.fodt -o $folder "$@"
}
content() {
    (cd "$1" && find . -name '[a-z]*.*' | LC_ALL=C sort | xargs cksum | cksum)
}
leavings() {
    find "$1" -name '.skryba-[0-9r]*'
    find "$1" -name '[a-z]*.pdf' | while read -r f; do
        tail -c 6 "$f" | grep -q '%%EOF' || echo "cut: $f"
    done
}
