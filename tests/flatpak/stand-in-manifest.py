#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The StreamCat contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Prints a Flatpak manifest as JSON with the stand-in runtime in place of GNOME's, and without the
modules that the stand-in carries. Nothing else is changed: what it may do and how it is built stay.

    tests/flatpak/stand-in-manifest.py MANIFEST
"""

import json
import os
import sys

import yaml

RUNTIME, BRANCH = "io.github.streamcat.StandIn", "1"
CARRIED = {"libdex"}


def main():
    """Reads the manifest, whose paths count from its own folder."""
    path = sys.argv[1]
    with open(path, encoding="utf-8") as file:
        manifest = yaml.safe_load(file)
    manifest.update({"runtime": RUNTIME, "sdk": RUNTIME, "runtime-version": BRANCH})
    manifest["modules"] = [module for module in manifest["modules"] if module["name"] not in CARRIED]
    for module in manifest["modules"]:
        for source in module["sources"]:
            if source["type"] != "dir":
                sys.exit(f"{module['name']} would be downloaded: the stand-in has to carry it")
            source["path"] = os.path.abspath(os.path.join(os.path.dirname(path), source["path"]))
    json.dump(manifest, sys.stdout, indent=2)


main()
