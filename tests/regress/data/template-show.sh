# SPDX-License-Identifier: MIT
# sh template-show.sh BODY DATA: fills the body with data (any XML) and shows the text of the ODT,
# then that of the PDF.  Its environment is that of template-fodt.sh; files stay in $T.
here=$(dirname "$0")
sh "$here/template-fodt.sh" "$1" >"$T/t.fodt"
printf '%s' "$2" >"$T/data.xml"
if [ -n "${KEEP-}" ]; then
    n=$(find "$KEEP" -name "$(basename "$PWD")-*.fodt" | wc -l)
    cp "$T/data.xml" "$KEEP/$(basename "$PWD")-$((n - 1)).xml"
    cp "$T"/*.png "$KEEP" 2>/dev/null
fi
"$SKRYBA" render "$T/data.xml" --schema none --rules none -t "$T/t.fodt" -f pdf,odt -o "$T/out" \
    2>"$T/said"
sed '/^[0-9]* documents\{0,1\}, /d' "$T/said"
for f in "$T"/out/*.odt; do
    [ -f "$f" ] || continue
    echo "odt:"
    python3 "$here/template_text.py" "$f"
    echo "pdf:"
    pdftotext -layout "${f%.odt}.pdf" - | tr '\f' '=' | sed -e 's/=$//' -e '/^ *$/d'
done
