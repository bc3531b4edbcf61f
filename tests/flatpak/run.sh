#!/usr/bin/env bash
# SPDX-FileCopyrightText: 2026 The StreamCat contributors
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Builds the Flatpak against the stand-in runtime and lets the tour use the app inside its sandbox.
# What is installed goes to build/flatpak; the runtime is in $FLATPAK_SYSTEM_DIR.
#
#   tests/flatpak/run.sh BUILD

set -euo pipefail

# Before an app is installed or run, Flatpak asks a system bus whose child may not: an empty one will do.
if [ -z "${DBUS_SYSTEM_BUS_ADDRESS:-}" ]; then
  exec dbus-run-session -- sh -c \
    'DBUS_SYSTEM_BUS_ADDRESS=$DBUS_SESSION_BUS_ADDRESS exec "$@"' sh "$0" "$@"
fi

readonly BUILD=$1 FOLDER=build/flatpak ID=io.github.streamcat.StreamCat
readonly MANIFEST=flatpak/$ID.yaml LOG=$FOLDER/build.log
export FLATPAK_USER_DIR=$PWD/$FOLDER/installation

# Prints whether the last command was good, as a line of its own.
report() {
  local good=$1 name=$2 start=$3
  [ "$good" = 0 ] && echo "ok - $name, $((SECONDS - start)) s" && return
  echo "not ok - $name, $((SECONDS - start)) s"
  tail -n 20 "$LOG"
  exit 1
}

# flatpak-builder names what it does not know, and goes on: here that is a failure.
show_manifest() {
  flatpak-builder --show-manifest "$MANIFEST" >"$FOLDER/shown.json" 2>"$LOG" && [ ! -s "$LOG" ]
}

build() {
  tests/flatpak/stand-in-manifest.py "$MANIFEST" >"$FOLDER/manifest.json" &&
    flatpak-builder --user --install --disable-rofiles-fuse --disable-download --disable-updates \
      --force-clean --state-dir="$FOLDER/state" --repo="$FOLDER/repo" "$FOLDER/app" \
      "$FOLDER/manifest.json" >"$LOG" 2>&1
}

rm -rf "$FOLDER"
mkdir -p "$FOLDER"
start=$SECONDS
status=0
show_manifest || status=$?
report "$status" show-manifest "$start"
start=$SECONDS
build || status=$?
report "$status" build "$start"
# The manifest has the tests run while it is built; a build that ran none is not one.
passed=$(sed -nE 's/^Ok: +([0-9]+).*/\1/p' "$LOG")
[ "${passed:-0}" -gt 0 ] || status=1
report "$status" "tests, ${passed:-0} programs" "$start"

# GNOME is the desktop whose keyring answers for the secret portal.
export XDG_CURRENT_DESKTOP=GNOME DESKTOP_SIZE=1290x800
status=0
tests/desktop.sh "$BUILD/tests/tour/tour" --flatpak "$FLATPAK_USER_DIR/exports/bin/$ID" \
  --build "$BUILD" --pictures "$FOLDER/pictures" 2>"$FOLDER/desktop.log" || status=$?
[ "$status" = 0 ] || cat "$FOLDER/desktop.log" >&2
exit "$status"
