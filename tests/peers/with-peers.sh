#!/bin/sh
# SPDX-FileCopyrightText: 2026 The StreamCat contributors
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Runs a test that needs the peers, or says that there are none.

if [ ! -x /peers/node ]; then
  echo "1..0 # SKIP the peers are not here: run ./dev fetch peers"
  exit 0
fi
exec "$@"
