# SPDX-License-Identifier: MIT
# sample NAME FILE: goes to a folder with a copy of a sample's file and images for its gallery.
sample() {
    cp "$here/../../samples/$1/$2" "$T/" && cd "$T" && mkdir photos || exit 1
    sed -n 's/.* file="\([^"]*\)".*/\1/p' "$2" | while read -r f; do
        printf '\377\330\377' >"$f"
    done
}
