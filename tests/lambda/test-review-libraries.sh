#!/bin/sh
# SPDX-FileCopyrightText: 2026 The StreamCat contributors
# SPDX-License-Identifier: GPL-3.0-or-later
# usage: test-review-libraries.sh STREAMCAT-REVIEW
# What the program loads has nothing of the database, of passwords and of media.

echo 1..2
libraries=$(ldd "$1") || { echo "Bail out! ldd $1"; exit 1; }
case $libraries in
  *libglib-2.0*) echo "ok 1 - it is linked dynamically" ;;
  *) echo "not ok 1 - it is linked dynamically" ;;
esac
if echo "$libraries" | grep -E "libpq|libsodium|libgst|libgtk|libyaml"; then
  echo "not ok 2 - it loads only what it needs"
else
  echo "ok 2 - it loads only what it needs"
fi
