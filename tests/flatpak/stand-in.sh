#!/usr/bin/env bash
# SPDX-FileCopyrightText: 2026 The StreamCat contributors
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Makes the runtime that stands in for GNOME's: exports /runtime/usr, which is that of the root that
# this runs in, into a repository in FOLDER, and installs it from there into FOLDER/installation.
#
#   tests/flatpak/stand-in.sh FOLDER

set -euo pipefail

readonly FOLDER=$1 NAME=io.github.streamcat.StandIn BRANCH=1
arch=$(flatpak --default-arch)

cat >/runtime/metadata <<END
[Runtime]
name=$NAME
runtime=$NAME/$arch/$BRANCH
sdk=$NAME/$arch/$BRANCH
END

# Not an archive: nothing is packed, and what is installed is the same files once more.
ostree --repo="$FOLDER/repo" init --mode=bare-user-only
export FLATPAK_USER_DIR="$FOLDER/installation"
echo "exporting the runtime"
flatpak build-export --runtime --files=usr "$FOLDER/repo" /runtime "$BRANCH"
flatpak build-update-repo "$FOLDER/repo"
echo "installing the runtime"
flatpak --user remote-add --no-gpg-verify stand-in "file://$FOLDER/repo"
flatpak --user install --noninteractive stand-in "runtime/$NAME/$arch/$BRANCH"
