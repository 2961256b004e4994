# SPDX-License-Identifier: MIT
"""Writes a description in which every field that the schema marks as personal holds MARKER.

python3 generate.py SCHEMA KIND >project.xml

Every type of the schema gets one element with all its attributes.  KIND says what is wrong with
each element, so that each start tag is shown in a finding: attribute (one that is unknown beside
the personal ones), name (the personal attributes are misspelt), element (the element holding them is
misspelt).  The number of personal fields goes to standard error."""
import sys
import xml.etree.ElementTree as ET

XS = "{http://www.w3.org/2001/XMLSchema}"
MARK = "{urn:skryba:schema}"
schema = ET.parse(sys.argv[1]).getroot()
kind = sys.argv[2]
named = {}
for n in schema:
    named.setdefault((n.tag, n.get("name")), n)
fields = 0


def personal(n):
    return n.find(f"{XS}annotation/{XS}appinfo/{MARK}personal") is not None


def attributes(n):
    for k in n:
        if k.tag == XS + "attribute":
            yield k
        elif k.tag == XS + "attributeGroup":
            yield from attributes(named[(k.tag, k.get("ref"))])
        elif k.tag in (XS + "simpleContent", XS + "complexContent", XS + "extension"):
            yield from attributes(k)
            base = k.get("base")
            if base and (XS + "complexType", base) in named:
                yield from attributes(named[(XS + "complexType", base)])


def elements(n):
    for k in n:
        if k.tag == XS + "element":
            yield k
        elif k.tag in (XS + "sequence", XS + "choice", XS + "complexContent", XS + "extension"):
            yield from elements(k)


def write(e, depth, seen):
    global fields
    t = named.get((XS + "complexType", e.get("type")))
    name = e.get("name")
    if t is None or depth > 12 or seen.count(e.get("type")) > 1:
        t = ET.Element("none")
    out, own = [], 0
    for a in attributes(t):
        if personal(a):
            own += 1
            spelt = a.get("name")
            out.append(f'{spelt + "x" if kind == "name" else spelt}="MARKER{fields + own}"')
        else:
            out.append(f'{a.get("name")}="1"')
    text = ""
    if personal(e):
        own += 1
        text = f"MARKER{fields + own}"
    fields += own
    tag = name + "x" if kind == "element" and own else name
    extra = ' zzz="1"' if kind == "attribute" else ""
    kids = "".join("\n" + write(k, depth + 1, seen + [e.get("type")]) for k in elements(t))
    return f"<{tag} {' '.join(out)}{extra}>{text}{kids}</{tag}>"


print(write(named[(XS + "element", "project")], 0, []))
print(f"{fields} fields", file=sys.stderr)
