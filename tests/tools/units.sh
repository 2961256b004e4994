#!/bin/sh
# SPDX-License-Identifier: MIT
# units.sh TEST...: runs the cmocka programs and adds up their closing lines.
set -u
passed=0 failed=0 log=$(mktemp)
trap 'rm -f "$log"' EXIT
for t in "$@"; do
    if "$t" >"$log" 2>&1; then status=0; else status=$?; fi
    p=$(grep -c '^\[       OK \]' "$log")
    f=$(grep -c '^\[  FAILED  \] [a-z]' "$log")
    [ "$status" = 0 ] || [ "$f" -gt 0 ] || f=1
    passed=$((passed + p)) failed=$((failed + f))
    if [ "$status" != 0 ] || [ "$p" = 0 ]; then
        echo "FAIL $t (status $status)"
        cat "$log"
        [ "$status" != 0 ] || failed=$((failed + 1))
    fi
done
echo "unit: $passed passed, $failed failed"
[ "$failed" = 0 ]
