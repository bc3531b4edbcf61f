#!/usr/bin/env bash
# SPDX-FileCopyrightText: 2026 The StreamCat contributors
# SPDX-License-Identifier: GPL-3.0-or-later
#
# What ./dev says when it cannot go on: one sentence, and a failure. The programs that unpack and
# enter a root are stand-ins on PATH, as are a full disk and a network that is not there.

set -u

here=$(cd "$(dirname "$0")" && pwd -P)
dev=$here/../../dev
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
n=0

# Puts a program of that name on the PATH of the next case; its text is standard input.
stand_in() {
  { echo '#!/bin/bash'; cat; } >"$work/bin/$1"
  chmod +x "$work/bin/$1"
}

# A machine on which everything goes well; the case takes away what it is about.
fresh_machine() {
  rm -rf "$work/bin" "$work/cache"
  mkdir -p "$work/bin" "$work/cache"
  stand_in mmdebstrap <<<'tar -c -T /dev/null'
  stand_in bwrap <<<'exit 0'
  stand_in newuidmap <<<'exit 0'
}

run_dev() {
  PATH="$work/bin:/usr/bin:/bin" XDG_CACHE_HOME=${cache:-$work/cache} XDG_STATE_HOME=$work/state \
    STREAMCAT_MIRROR=http://mirror.invalid/debian "$dev" "$@" >"$work/out" 2>&1 </dev/null
}

# $1 is the case's name, $2 what the last line must match; then ./dev's arguments.
expect() {
  local name=$1 sentence=$2
  shift 2
  n=$((n + 1))
  if run_dev "$@"; then
    echo "not ok $n - $name: it succeeded"
  elif ! tail -n 1 "$work/out" | grep -qE "^dev: .*$sentence"; then
    echo "not ok $n - $name"
    sed 's/^/# /' "$work/out"
  else
    echo "ok $n - $name"
  fi
}

# Whether the last case left nothing that could be taken for a root.
expect_no_root() {
  n=$((n + 1))
  if compgen -G "$work/cache/streamcat/root-*" >/dev/null || [ -e "$work/cache/streamcat/.unpack" ]; then
    echo "not ok $n - $1"
  else
    echo "ok $n - $1"
  fi
}

fresh_machine
expect 'an unknown subcommand' "'dance'" dance

fresh_machine
expect 'a suite that is none' "no suite 'sid' here: --suite knows forky" --suite sid test
expect 'no suite at all' "no suite '' here" --suite
expect 'what --suite is not for' '--suite is for build, test and shell' --suite forky run

fresh_machine
rm "$work"/bin/*
# Where tests run, bubblewrap may be there, for those who load pictures.
expect 'missing programs' 'sudo apt-get install (bubblewrap )?mmdebstrap uidmap' build

fresh_machine
stand_in mmdebstrap <<<'echo "Could not resolve mirror.invalid" >&2; exit 1'
expect 'no network' 'no network' build

fresh_machine
stand_in mmdebstrap <<<'echo "tar: write error: No space left on device" >&2; exit 1'
expect 'a disk that fills up' 'disk is full' build

fresh_machine
stand_in df <<<'printf "h\nx 1 1 10 1%% /\n"'
expect 'a small disk' 'which has 10 MB left' build

fresh_machine
stand_in mmdebstrap <<<'tar -c -C / etc/hostname 2>/dev/null; exit 1'
expect 'an unpacking that breaks off' 'unpacking Debian 13 failed' build
expect_no_root 'it leaves no half root'

fresh_machine
stand_in mmdebstrap <<<'echo "$@" >&2; exit 1'
expect 'a suite of its own' 'unpacking Debian testing failed' --suite forky build
n=$((n + 1))
if grep -q ' forky ' "$work/out" && ! grep -q 'postgresql-17' "$work/out"; then
  echo "ok $n - it is unpacked with the packages that it has"
else
  echo "not ok $n - it is unpacked with the packages that it has"
fi

fresh_machine
expect 'everything on a suite of its own' '--all and lint are for Debian 13' --suite forky test --all

fresh_machine
stand_in bwrap <<<'exit 1'
expect 'no user namespaces' 'user namespaces' build

fresh_machine
cache=/proc/nowhere expect 'a cache that cannot be written' 'cannot write to' build

# A machine whose libraries are all of one version.
machine_of() {
  fresh_machine
  stand_in pkg-config <<<"echo $1"
  stand_in meson <<<"echo $1"
  for name in cc ninja msgfmt blueprint-compiler; do stand_in "$name" <<<'exit 0'; done
}

machine_of 0.0.1
expect 'an old machine' 'packages are missing or too old' --host build
n=$((n + 1))
if grep -q 'gtk4 0.0.1; needed is 4.18' "$work/out"; then
  echo "ok $n - it says what is too old, and what is needed"
else
  echo "not ok $n - it says what is too old, and what is needed"
fi

machine_of 999
expect 'what --host is not for' '--host is for build, test and shell' --host run
n=$((n + 1))
if run_dev --host shell pkg-config && [ "$(cat "$work/out")" = 999 ]; then
  echo "ok $n - a machine that reaches the floor needs no root"
else
  echo "not ok $n - a machine that reaches the floor needs no root"
fi

echo "1..$n"
