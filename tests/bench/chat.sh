#!/bin/sh
# SPDX-FileCopyrightText: 2026 The StreamCat contributors
# SPDX-License-Identifier: GPL-3.0-or-later
# A busy chat, ours beside a web page: chat.sh BUILD [--quick]

set -eu
build=$(realpath "$1")
shift
export DESKTOP_SIZE=360x720 GTK_A11Y=none GSETTINGS_SCHEMA_DIR="$build/data"
exec "$(dirname "$0")/../desktop.sh" env NO_AT_BRIDGE=1 python3 "$(dirname "$0")/chat.py" "$build" "$@"
