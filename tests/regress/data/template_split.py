#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""template_split.py HOW FILE: the flat Writer file with every tag of its text cut into pieces, or
corrected, as Writer might have done it; on standard output.  What comes of it is the same.

  spans       each character in a span of its own
  marks       a bookmark or a soft page break between every two characters
  corrected   curly quotation marks, dashes, non-breaking spaces, a capital behind the braces where
              a word of ours stands, as at the start of a sentence; and all of it in spans"""
import re
import sys

TAG = re.compile(r'\{\{(?:[^\'"„”’}]|\'[^\']*\'|"[^"]*"|„[^”]*”|\}(?!\}))*\}\}')
PIECE = re.compile(r'&[a-z]+;|.', re.S)
LITERAL = re.compile(r'(\'[^\']*\'|"[^"]*"|&quot;.*?&quot;|„[^”]*”)')
COUNT = [0]


def mark():
    COUNT[0] += 1
    return '<text:bookmark text:name="split%d"/>' % COUNT[0] if COUNT[0] % 2 else \
        '<text:soft-page-break/>'


def corrected(tag):
    def one(s):
        if LITERAL.fullmatch(s):
            return ('‚%s’' if s[0] == "'" else '„%s”') % s[1:-1] if s[0] in '\'"' else s
        return s.replace(' ', '\u00a0').replace('-', '–')
    if tag.startswith('{{!'):
        return tag
    tag = re.sub(r'^(\{\{ ?)(#[a-z]|/[a-z](?=ach\}|f\})|[a-z](?=[a-z-]*\())',
                 lambda m: m.group(1) + m.group(2).upper(), tag)
    return ''.join(one(s) for s in LITERAL.split(tag))


def one(tag, how):
    if how == 'marks':
        return ''.join((mark() if i else '') + s for i, s in enumerate(PIECE.findall(tag)))
    tag = corrected(tag) if how == 'corrected' else tag
    return ''.join('<text:span>%s</text:span>' % s for s in PIECE.findall(tag))


def split(text, how):
    return TAG.sub(lambda m: one(m.group(), how), text)


# Titles, descriptions, properties and attributes hold text alone.
PLAIN = re.compile(r'(<(?:svg:title|svg:desc|dc:[a-z]+|meta:user-defined)[^>]*>[^<]*|<[^>]*>)')


def main():
    with open(sys.argv[2], encoding='utf-8') as f:
        parts = PLAIN.split(f.read())
    sys.stdout.reconfigure(encoding='utf-8')
    sys.stdout.write(''.join(s if PLAIN.fullmatch(s) else split(s, sys.argv[1]) for s in parts))


if __name__ == '__main__':
    main()
