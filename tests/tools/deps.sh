#!/bin/sh
# SPDX-License-Identifier: MIT
# deps.sh PACKAGE...: installs the Debian packages that are missing, as root or through sudo.
# INSTALL=no, or no way to become root: prints the list and stops.
set -u
command -v dpkg-query >/dev/null || {
    echo "deps: this is not Debian; skryba needs what these packages hold: $*" >&2
    exit 0
}
missing=
for p in "$@"; do
    dpkg-query -W -f '${Status}' "$p" 2>/dev/null | grep -q '^install ok installed' ||
        missing="$missing $p"
done
[ -n "$missing" ] || exit 0
if [ "${INSTALL-yes}" = no ]; then
    echo "deps: missing Debian packages:$missing" >&2
    echo "deps: 'make deps' installs them" >&2
    exit 1
fi
if [ "$(id -u)" = 0 ]; then
    root=
elif command -v sudo >/dev/null; then
    root=sudo
else
    echo "deps: missing Debian packages, and neither root nor sudo to install them:$missing" >&2
    exit 1
fi
echo "deps: installing$missing"
export DEBIAN_FRONTEND=noninteractive
$root apt-get update -q >/dev/null || echo "deps: apt-get update failed; going on" >&2
# shellcheck disable=SC2086
$root apt-get install -y -q --no-install-recommends $missing >/dev/null || {
    echo "deps: apt-get could not install$missing" >&2
    exit 1
}
