#!/bin/sh
# SPDX-License-Identifier: MIT
# sh tests/bench/run.sh PROGRAM [OPTIONS]: how fast, how large, how steady; some six minutes.
#
#   --quick      1,000 records at most, one round: a minute
#   --rounds N   alternating runs of which the median is told; 3
#
# What is beside skryba is run when it is installed, and named when it is not; nothing is installed.
# The peers in Python (PEER_PYTHON, python3) need the scripts of ../shared/peers (SHARED=DIR), which
# are no part of this repository.
set -u
[ $# -ge 1 ] || { echo "usage: run.sh PROGRAM [OPTIONS]" >&2; exit 2; }
here=$(cd "$(dirname "$0")" && pwd)
top=$here/../..
skryba=$(cd "$(dirname "$1")" && pwd)/$(basename "$1")
shift
LC_ALL=C.UTF-8 TZ=UTC
export LC_ALL TZ
unset SOURCE_DATE_EPOCH
memory=${TMPDIR:-/tmp}
[ -w /dev/shm ] && memory=/dev/shm
work=$(mktemp -d "$memory/skryba-bench.XXXXXX") || exit 3
trap 'rm -rf "$work"' EXIT
trap 'exit 1' HUP INT TERM

font() {
    fc-match -f '%{file}' "Liberation Serif:style=$1"
}
REGULAR=$(font Regular) BOLD=$(font Bold)
FONT_R=$REGULAR FONT_B=$BOLD
export REGULAR BOLD FONT_R FONT_B
# shellcheck disable=SC2046  # options, to be split
${CC:-cc} -O2 -o "$work/haru" "$here/haru.c" $(pkg-config --cflags --libs libxml-2.0) -lhpdf ||
    exit 3
${CC:-cc} -O2 -o "$work/floor" "$here/floor.c" -ldeflate || exit 3
PYTHONDONTWRITEBYTECODE=1 python3 "$here/bench.py" "$skryba" "$work" \
    --checker "$top/build/pdf-check" --peers "${SHARED:-$top/../shared}/peers" "$@"
