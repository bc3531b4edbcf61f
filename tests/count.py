#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The StreamCat contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Counts what tests said, in TAP files and in Meson's testlog.json, and closes with one line.

A TAP program counts by its subtests, any other by its exit status. A program that broke off, or
that Meson calls failed although no subtest did, is one failure more.
"""

import json
import re
import sys

N_SLOWEST = 5
N_LAST_LINES = 12  # of a program that failed, from each of its two outputs
MAX_COLUMNS = 200

TAP_LINE = re.compile(r"^(not )?ok\b[^#]*(#\s*(skip|todo))?", re.IGNORECASE)
GOOD = {"OK", "EXPECTEDFAIL"}


def count_tap(text):
    """Returns how many subtests passed, failed and were skipped."""
    passed = failed = skipped = 0
    for line in text.splitlines():
        match = TAP_LINE.match(line)
        if not match:
            continue
        if match.group(3):
            skipped += 1
        elif match.group(1):
            failed += 1
        else:
            passed += 1
    return passed, failed, skipped


def count_program(entry):
    """Counts one program of a testlog.json."""
    if entry["result"] == "SKIP":
        return 0, 0, 1
    passed, failed, skipped = count_tap(entry.get("stdout", ""))
    if entry["result"] not in GOOD and not failed:
        failed = 1
    if entry["result"] in GOOD and not passed + skipped:
        passed = 1
    if failed:
        print(f"failed: {entry['name']} ({entry['result']}, {entry['duration']:.1f} s)")
        print_last_lines(entry.get("stdout", ""))
        print_last_lines(entry.get("stderr", ""))
    return passed, failed, skipped


def print_last_lines(text):
    """Shows where a program that failed was; of what went well before it the last is told, and what
    libraries say for their own debugging is not."""
    lines = [line for line in text.splitlines() if "-DEBUG: " not in line]
    good = [i for i, line in enumerate(lines) if line.startswith("ok ")]
    told = [line for i, line in enumerate(lines) if i not in good[:-1]]
    for line in told[-N_LAST_LINES:]:
        print(f"  {line[:MAX_COLUMNS]}")


def print_slowest(entries):
    """Says which programs took longest, and what all took one after the other."""
    entries.sort(key=lambda entry: entry["duration"], reverse=True)
    slowest = [f"{entry['name'].split()[-1]} {entry['duration']:.0f} s" for entry in entries[:N_SLOWEST]]
    total = sum(entry["duration"] for entry in entries)
    print(f"longest of {total:.0f} s: {', '.join(slowest)}")


def count_file(path):
    """Counts one file; one that is not there or is empty is a failure."""
    try:
        with open(path, encoding="utf-8") as file:
            text = file.read()
    except OSError as error:
        print(f"failed: no test was run: {error}")
        return 0, 1, 0
    if path.endswith(".tap"):
        rows = [count_tap(text)]
    else:
        entries = [json.loads(line) for line in text.splitlines() if line.strip()]
        rows = [count_program(entry) for entry in entries]
        print_slowest(entries)
    total = tuple(map(sum, zip(*rows))) if rows else (0, 0, 0)
    if not any(total):
        print(f"failed: {path} names no test")
        return 0, 1, 0
    return total


def main():
    """Prints the sum over all files; the exit status says whether all is well."""
    passed, failed, skipped = map(sum, zip(*map(count_file, sys.argv[1:])))
    if skipped:
        print(f"{skipped} skipped")
    print(f"{passed} passed, {failed} failed")
    return 1 if failed else 0


sys.exit(main())
