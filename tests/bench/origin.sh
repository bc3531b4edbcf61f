#!/bin/sh
# SPDX-FileCopyrightText: 2026 The StreamCat contributors
# SPDX-License-Identifier: GPL-3.0-or-later
# What the ingest and the origin of the local cloud cost, with nginx beside it: origin.sh BUILD

set -eu
build=$(realpath "$1")
export STREAMCAT_PUBLISHER="$build/src/local/ingest/publisher/streamcat-publisher"
echo "origin: from an encoder to what a player reads"
"$build/tests/bench/bench-ingest" | grep --line-buffered -v '^# '
echo
echo "origin: what players ask for, from one process here and from one process of nginx"
exec "$build/tests/bench/bench-origin" "$build/tests/bench/bench-load"
