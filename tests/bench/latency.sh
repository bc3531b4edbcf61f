#!/bin/sh
# SPDX-FileCopyrightText: 2026 The StreamCat contributors
# SPDX-License-Identifier: GPL-3.0-or-later
# From a streamer's clock to a viewer's eye, ours beside other players: latency.sh BUILD [--quick]

set -eu
build=$(realpath "$1")
shift
export STREAMCAT_PUBLISHER="$build/src/local/ingest/publisher/streamcat-publisher"
export DESKTOP_SIZE=640x360 GTK_A11Y=none
exec "$(dirname "$0")/../desktop.sh" env NO_AT_BRIDGE=1 python3 "$(dirname "$0")/latency.py" "$build" "$@"
