#!/bin/sh
# SPDX-FileCopyrightText: 2026 The StreamCat contributors
# SPDX-License-Identifier: GPL-3.0-or-later
# How far the latency strays from what it should be: drift.sh BUILD [--hour]

set -eu
build=$(realpath "$1")
shift
export STREAMCAT_PUBLISHER="$build/src/local/ingest/publisher/streamcat-publisher"
export DESKTOP_SIZE=640x360 GTK_A11Y=none
exec "$(dirname "$0")/../desktop.sh" "$build/tests/bench/bench-drift" "$build/tests/bench" "$@"
