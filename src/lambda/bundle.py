#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The StreamCat contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Makes the zip of a function for AWS Lambda's runtime provided.al2023.

It has all that the program needs beyond the kernel: its loader and libraries, GIO's module for TLS,
and the certificate authorities. The same input makes the same bytes.

  bootstrap            what Lambda starts (bootstrap.c)
  bin/PROGRAM          the function's program
  lib/                 loader and libraries
  lib/gio/             GIO modules
  certificates.pem     the public authorities, and Amazon RDS's if they were given
"""

import argparse
import pathlib
import re
import subprocess
import tempfile
import zipfile

# The earliest time that a zip can hold: every file has it.
EPOCH = (1980, 1, 1, 0, 0, 0)

GIO_MODULE = "libgiognutls.so"

# AWS Lambda takes 250 MB at most, unpacked ("Lambda quotas").
UNPACKED_MAX = 250 * 1000 * 1000


def list_libraries(path):
    """Returns the libraries that a program or library loads, its loader among them, by name."""
    said = subprocess.run(["ldd", path], check=True, capture_output=True, text=True).stdout
    if "not found" in said:
        raise SystemExit(f"bundle: {path} misses libraries:\n{said}")
    paths = re.findall(r"(/\S+) \(0x", said)
    return {pathlib.Path(found).name: pathlib.Path(found) for found in paths}


def read_stripped(path):
    """Returns a program or library without what only debuggers read."""
    with tempfile.NamedTemporaryFile() as stripped:
        subprocess.run(["strip", "--strip-unneeded", "-o", stripped.name, path], check=True)
        return pathlib.Path(stripped.name).read_bytes()


def find_gio_module():
    """Returns where GIO's module for TLS is."""
    question = ["pkg-config", "--variable=giomoduledir", "gio-2.0"]
    folder = subprocess.run(question, check=True, capture_output=True, text=True).stdout.strip()
    return pathlib.Path(folder) / GIO_MODULE


def collect(options):
    """Returns what the zip holds: {name: (bytes, is_executable)}."""
    module = find_gio_module()
    libraries = list_libraries(options.program) | list_libraries(module)
    certificates = b"".join(pathlib.Path(path).read_bytes() for path in options.certificates)
    name = pathlib.Path(options.program).name
    files = {
        "bootstrap": (read_stripped(options.bootstrap), True),
        f"bin/{name}": (read_stripped(options.program), True),
        f"lib/gio/{GIO_MODULE}": (read_stripped(module), False),
        "certificates.pem": (certificates, False),
    }
    for library, path in libraries.items():
        files[f"lib/{library}"] = (read_stripped(path), library.startswith("ld-"))
    return files


def write_zip(path, files):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        for name in sorted(files):
            data, is_executable = files[name]
            entry = zipfile.ZipInfo(name, EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 3  # Unix, whose modes follow
            entry.external_attr = (0o100755 if is_executable else 0o100644) << 16
            archive.writestr(entry, data)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--program", required=True)
    parser.add_argument("--bootstrap", required=True)
    parser.add_argument("--certificates", required=True, action="append", help="PEM; again for more")
    parser.add_argument("--output", required=True)
    options = parser.parse_args()
    files = collect(options)
    unpacked = sum(len(data) for data, _ in files.values())
    if unpacked > UNPACKED_MAX:
        raise SystemExit(f"bundle: {unpacked} bytes unpacked are more than AWS Lambda takes")
    write_zip(options.output, files)
    packed = pathlib.Path(options.output).stat().st_size
    print(f"{pathlib.Path(options.output).name}: {packed / 1e6:.1f} MB, {unpacked / 1e6:.1f} MB"
          f" unpacked, {len(files)} files")


if __name__ == "__main__":
    main()
