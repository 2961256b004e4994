#!/bin/sh
# SPDX-License-Identifier: MIT
# Time and memory of skryba check on large descriptions, beside xmllint --schema: a table.
# check.sh PROGRAM [PARTICIPANTS]
exec python3 "$(dirname "$0")/check.py" "$@"
