#!/usr/bin/env bash
# SPDX-FileCopyrightText: 2026 The StreamCat contributors
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Runs a command on a desktop of its own: a virtual X display, a private session bus, an unlocked
# keyring, and a sound server whose only output is a null sink called "streamcat". Nothing of the
# desktop that is already there is used or changed, and all of it ends with the command.
#
#   ./dev shell tests/desktop.sh COMMAND [ARGUMENTS...]
#
# DESKTOP_SIZE is the screen, 1280x900 when unset. Inside, a picture of the screen is
#   ffmpeg -loglevel error -f x11grab -i "$DISPLAY" -frames:v 1 -y build/shot.png

set -euo pipefail

# The part that runs on the new session bus.
on_bus() {
  printf '\n' | gnome-keyring-daemon --unlock --components=secrets >/dev/null 2>&1
  pulseaudio --daemonize=yes --exit-idle-time=-1 -n --disallow-module-loading \
    --log-target="file:$DESKTOP_DIR/pulseaudio.log" \
    --load=module-native-protocol-unix \
    --load='module-null-sink sink_name=streamcat rate=48000 channels=2'
  local status=0
  "$@" || status=$?
  kill "$(cat "$XDG_RUNTIME_DIR/pulse/pid")" # pulseaudio --kill needs /proc
  return "$status"
}

if [ "${1:-}" = --on-bus ]; then
  shift
  exec >&4 4>&- # the command's own output, which the bus and what it starts do not write to
  on_bus "$@"
  exit
fi
[ $# -gt 0 ] || { echo "usage: tests/desktop.sh COMMAND [ARGUMENTS...]" >&2; exit 2; }

DESKTOP_DIR=$(mktemp -d "${TMPDIR:-/tmp}/streamcat-desktop-XXXXXX")
export DESKTOP_DIR
end_desktop() {
  [ -z "${display_pid:-}" ] || kill "$display_pid" 2>/dev/null || true
  rm -rf "$DESKTOP_DIR"
}
trap end_desktop EXIT

mkdir -m 700 "$DESKTOP_DIR"/{run,data,config,cache,state}
export XDG_RUNTIME_DIR="$DESKTOP_DIR/run" XDG_DATA_HOME="$DESKTOP_DIR/data"
export XDG_CONFIG_HOME="$DESKTOP_DIR/config" XDG_CACHE_HOME="$DESKTOP_DIR/cache"
export XDG_STATE_HOME="$DESKTOP_DIR/state"
# What GNOME sets: its font, and a close button alone in title bars.
mkdir -p "$XDG_CONFIG_HOME/gtk-4.0"
printf '[Settings]\ngtk-font-name=Cantarell 11\ngtk-decoration-layout=appmenu:close\n' \
  >"$XDG_CONFIG_HOME/gtk-4.0/settings.ini"
export GSETTINGS_BACKEND=keyfile # a file, so that settings outlive the app and need no service
export GDK_BACKEND=x11 GSK_RENDERER=cairo GDK_DISABLE=vulkan LIBGL_ALWAYS_SOFTWARE=1
export NO_AT_BRIDGE=0
unset WAYLAND_DISPLAY DBUS_SESSION_BUS_ADDRESS PULSE_SERVER XAUTHORITY

# The server writes the display it chose, and only when it takes clients.
mkfifo "$DESKTOP_DIR/display"
Xvfb -displayfd 3 -screen 0 "${DESKTOP_SIZE:-1280x900}x24" -nolisten tcp -noreset \
  3<>"$DESKTOP_DIR/display" >"$DESKTOP_DIR/xvfb.log" 2>&1 &
display_pid=$!
read -r -t 30 number <"$DESKTOP_DIR/display" || { cat "$DESKTOP_DIR/xvfb.log" >&2; exit 1; }
export DISPLAY=":$number"

status=0
dbus-run-session -- "$0" --on-bus "$@" 4>&1 >&2 || status=$?
exit "$status"
