# SPDX-License-Identifier: MIT
# display MANUAL NAME: the display of a manual behind the comment NAME
display() {
    sed -n "/^\.\\\\\" $2\$/,/^\.Ed/p" "$1" | sed -e '1,2d' -e '$d' -e 's/\\e/\\/g' -e 's/^\\&//'
}
