# SPDX-License-Identifier: MIT
# sh template-fodt.sh BODY: a flat Writer file with that body, on standard output.  From the
# environment: META (properties, title), STYLES (automatic styles), COMMON (common styles),
# MASTER (what the master page holds), MARGIN (of the page).  KEEP is a folder that gets a copy,
# named by the case and a number, and beside it what template-show.sh fills it with.
write() {
D='urn:oasis:names:tc:opendocument:xmlns'
cat <<EOF
<?xml version="1.0" encoding="UTF-8"?>
<office:document xmlns:office="$D:office:1.0" xmlns:style="$D:style:1.0" xmlns:text="$D:text:1.0"
 xmlns:table="$D:table:1.0" xmlns:draw="$D:drawing:1.0" xmlns:fo="$D:xsl-fo-compatible:1.0"
 xmlns:svg="$D:svg-compatible:1.0" xmlns:meta="$D:meta:1.0" xmlns:form="$D:form:1.0"
 xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xlink="http://www.w3.org/1999/xlink"
 xmlns:loext="urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0"
 office:version="1.3" office:mimetype="application/vnd.oasis.opendocument.text">
 <office:meta>${META-<dc:title>Szablon</dc:title>}</office:meta>
 <office:font-face-decls>
  <style:font-face style:name="Lato" svg:font-family="Lato"/>
 </office:font-face-decls>
 <office:styles>
  <style:default-style style:family="paragraph">
   <style:text-properties style:font-name="Lato" fo:font-size="11pt" fo:language="pl"
    fo:country="PL"/>
  </style:default-style>
  <style:style style:name="Standard" style:family="paragraph"/>
  <style:style style:name="Emphasis" style:family="text">
   <style:text-properties fo:font-style="italic"/>
  </style:style>
  <style:style style:name="Strong_20_Emphasis" style:display-name="Strong Emphasis"
   style:family="text">
   <style:text-properties fo:font-weight="bold"/>
  </style:style>
  <text:list-style style:name="Numbering_20_1" style:display-name="Numbering 1">
   <text:list-level-style-number text:level="1" style:num-format="1" style:num-suffix="."/>
   <text:list-level-style-number text:level="2" style:num-format="a" style:num-suffix=")"/>
  </text:list-style>
  <text:list-style style:name="List_20_1" style:display-name="List 1">
   <text:list-level-style-bullet text:level="1" text:bullet-char="–"/>
   <text:list-level-style-bullet text:level="2" text:bullet-char="·"/>
  </text:list-style>
  ${COMMON-}
 </office:styles>
 <office:automatic-styles>
  <style:style style:name="B" style:family="text">
   <style:text-properties fo:font-weight="bold"/>
  </style:style>
  <style:style style:name="Break" style:family="paragraph" style:parent-style-name="Standard">
   <style:paragraph-properties fo:break-before="page"/>
  </style:style>
  ${STYLES-}
  <style:page-layout style:name="A4">
   <style:page-layout-properties fo:page-width="210mm" fo:page-height="297mm"
    fo:margin="${MARGIN-20mm}"/>
  </style:page-layout>
 </office:automatic-styles>
 <office:master-styles>
  <style:master-page style:name="Standard"
   style:page-layout-name="A4">${MASTER-}</style:master-page>
 </office:master-styles>
 <office:body><office:text>$1</office:text></office:body>
</office:document>
EOF
}
if [ -n "${KEEP-}" ]; then
    n=$(find "$KEEP" -name "$(basename "$PWD")-*.fodt" | wc -l)
    write "$1" | tee "$KEEP/$(basename "$PWD")-$n.fodt"
else
    write "$1"
fi
