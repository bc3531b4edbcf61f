# SPDX-FileCopyrightText: 2026 The StreamCat contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the checks in Python share: the files of the tree, and C files cut into functions."""

import os
import re
from dataclasses import dataclass

SKIPPED = {"build", ".git", "__pycache__", "node_modules"}


def files():
    """Yields the path of every file of the tree, from the top folder."""
    for folder, folders, names in os.walk("."):
        folders[:] = sorted(set(folders) - SKIPPED)
        for name in sorted(names):
            yield os.path.relpath(os.path.join(folder, name))


@dataclass
class Function:
    """A function definition: its lines are those between its braces."""

    name: str
    line: int
    static: bool
    parameters: list
    lines: list
    documented: bool


NOISE = re.compile(r'/\*.*?\*/|//[^\n]*|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])*\'', re.DOTALL)
HEAD = re.compile(
    r"^(?P<type>[A-Za-z_][^\n;{}#=]*)\n(?P<name>[A-Za-z_]\w*) \((?P<parameters>[^{};]*)\)[^{};]*\n\{\n",
    re.MULTILINE,
)


def without_noise(text):
    """Returns C text with comments and literals blanked, line by line as long as before."""
    return NOISE.sub(lambda match: re.sub(r"[^\n]", " ", match.group()), text)


def split_parameters(text):
    """Returns the parameters of a function, those of function pointers kept together."""
    parts, depth = [""], 0
    for character in text:
        depth += (character == "(") - (character == ")")
        if character == "," and depth == 0:
            parts.append("")
        else:
            parts[-1] += character
    return [part for part in (part.strip() for part in parts) if part not in ("", "void")]


def functions(text):
    """Yields the functions of a C file that the formatter has been over."""
    clean = without_noise(text)
    for match in HEAD.finditer(clean):
        end = clean.find("\n}\n", match.end() - 1)
        before = text[: match.start()].rstrip()
        yield Function(
            name=match["name"],
            line=clean.count("\n", 0, match.start("name")) + 1,
            static="static" in match["type"].split(),
            parameters=split_parameters(match["parameters"]),
            lines=clean[match.end() : end].split("\n") if end > match.end() else [],
            documented=before.endswith("*/"),
        )
