#!/bin/sh
# SPDX-FileCopyrightText: 2026 The StreamCat contributors
# SPDX-License-Identifier: GPL-3.0-or-later
# What the API costs, and how that grows with the channels there are: backend.sh BUILD [--quick]

set -eu
build=$(realpath "$1")
shift
exec python3 "$(dirname "$0")/backend.py" "$build" "$@"
