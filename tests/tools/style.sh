#!/bin/sh
# SPDX-License-Identifier: MIT
# What CONTRIBUTING.md asks for and a machine can measure: sources, manuals, scripts.
set -u
cd "$(dirname "$0")/../.." || exit 2
passed=0 failed=0

check() {
    name=$1
    shift
    if "$@"; then
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
        echo "FAILED style: $name"
    fi
}

manuals() {
    for m in man/*.[157]; do mandoc -Tlint -W warning "$m" || return 1; done
}

scripts() {
    for s in tests/*/*.sh samples/*.sh; do sh -n "$s" || return 1; done
    bash -n .ci/run
}

check "the sources" python3 tests/tools/style.py
check "manuals say what the program does" python3 tests/tools/manual.py --check
check "mandoc -Tlint" manuals
check "scripts can be read" scripts
echo "style: $passed checks passed, $failed failed"
[ "$failed" = 0 ]
