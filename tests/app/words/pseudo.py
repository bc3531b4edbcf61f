#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The StreamCat contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Makes a catalogue in which every text of ours is in brackets, and longer by a part of its length.

    pseudo.py PART <TEMPLATE.pot >LANGUAGE.po

What lacks the brackets on screen is not translatable, and what is cut would be cut in a language of
long words. The words themselves stay, and what is added is in marks, so that sct_words_strip() can
take it away and a test still finds what it looks for.
"""

import re
import sys

FILLER = "éåüñöß"
ENTRY = re.compile(r'^(msgid|msgid_plural|msgstr(?:\[\d\])?|msgctxt) "(.*)"$')


def pseudo(text, part):
    """The text in brackets; a line break at its end stays there, as msgfmt wants it."""
    body = text[:-2] if text.endswith("\\n") else text
    length = round(len(body) * part)
    filler = "".join(FILLER[i % len(FILLER)] if i % 8 else " " for i in range(length))
    added = f"⟪{filler.rstrip()}⟫" if filler else ""
    return f"⟦{body}{added}⟧{text[len(body):]}"


def entry_lines(lines, part):
    """The entry with its translations filled in."""
    texts = {}
    key = None
    for line in lines:
        found = ENTRY.match(line)
        if found:
            key = found[1]
            texts[key] = found[2]
        elif line.startswith('"') and key:
            texts[key] += line[1:-1]
    if not texts.get("msgid"):
        return []
    out = [f'{name} "{texts[name]}"' for name in ("msgctxt", "msgid", "msgid_plural") if name in texts]
    if "msgid_plural" in texts:
        out.append(f'msgstr[0] "{pseudo(texts["msgid"], part)}"')
        out.append(f'msgstr[1] "{pseudo(texts["msgid_plural"], part)}"')
    else:
        out.append(f'msgstr "{pseudo(texts["msgid"], part)}"')
    return out


def main():
    part = float(sys.argv[1])
    print('msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"')
    print('"Plural-Forms: nplurals=2; plural=(n != 1);\\n"\n')
    for entry in sys.stdin.read().split("\n\n"):
        print("\n".join(entry_lines(entry.split("\n"), part)), end="\n\n")


main()
