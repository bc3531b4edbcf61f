#!/bin/sh
# SPDX-FileCopyrightText: 2026 The StreamCat contributors
# SPDX-License-Identifier: GPL-3.0-or-later
# Hours of watching: soak.sh BUILD [--quick | --hours HOURS]

set -eu
build=$(realpath "$1")
shift
export GSETTINGS_SCHEMA_DIR="$build/data"
exec "$(dirname "$0")/../desktop.sh" python3 "$(dirname "$0")/soak.py" "$build" "$@"
