#!/usr/bin/env bash
# SPDX-FileCopyrightText: 2026 The StreamCat contributors
# SPDX-License-Identifier: GPL-3.0-or-later
#
# The product on the desktop that is there: a local cloud, a demo streamer who is live on it, and the
# app. It all ends when the app is closed. What the cloud and the app keep is in the state folder.
#
#   tests/demo.sh BUILD

set -euo pipefail

readonly BUILD=$1
readonly STATE="${XDG_STATE_HOME:-$HOME/.local/state}/streamcat"
readonly READY_SECONDS=120 # a first start makes a database cluster and certificates

if [ -z "${DBUS_SESSION_BUS_ADDRESS:-}" ]; then
  exec dbus-run-session -- "$0" "$@" # without a keyring the app signs in for this session only
fi

folder=$(mktemp -d)
ready=$folder/ready.json
cloud=
streamer=
end_all() {
  trap - EXIT TERM INT
  [ -z "$streamer" ] || kill "$streamer" 2>/dev/null || true
  [ -z "$cloud" ] || kill "$cloud" 2>/dev/null || true
  wait || true
  rm -rf "$folder" # the secret key of the cloud was in it
}
trap end_all EXIT
trap 'exit 143' TERM INT

mkdir -p "$STATE/app"
"$BUILD/src/local/streamcat-local" --state-dir "$STATE/local" --ready-file "$ready" &
cloud=$!
echo "run: starting the local cloud" >&2
until [ -e "$ready" ]; do
  kill -0 "$cloud" 2>/dev/null || { echo "run: the local cloud did not start" >&2; exit 1; }
  [ "$SECONDS" -lt "$READY_SECONDS" ] || { echo "run: the local cloud is not ready" >&2; exit 1; }
  sleep 0.2
done

python3 tests/demo-streamer.py "$ready" "$STATE/demo-streamer" &
streamer=$!

member() { python3 -c 'import json, sys; print(json.load(open(sys.argv[1]))[sys.argv[2]])' "$ready" "$1"; }
STREAMCAT_SERVER=$(member api_url)
SSL_CERT_FILE=$(member ca_file)
export STREAMCAT_SERVER SSL_CERT_FILE GSETTINGS_SCHEMA_DIR="$BUILD/data" GSETTINGS_BACKEND=keyfile
export STREAMCAT_LOCALEDIR="$BUILD/po"
export XDG_CONFIG_HOME="$STATE/app/config" XDG_DATA_HOME="$STATE/app/data"
export XDG_CACHE_HOME="$STATE/app/cache" XDG_STATE_HOME="$STATE/app/state"
echo "run: the app is starting; your server is $STREAMCAT_SERVER" >&2
"$BUILD/src/app/streamcat" &
wait $!
