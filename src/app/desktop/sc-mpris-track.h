/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * ScMprisTrack:
 * @path: which one it is, a D-Bus object path
 * @title: what it is called
 * @artist: whose it is
 * @link: (nullable): the address of a page about it
 * @picture: (nullable): the address of a picture
 * @length: how long it is, microseconds; 0 while unknown and for what has no end
 *
 * What is said of something that is played.
 */
typedef struct {
  const char *path;
  const char *title;
  const char *artist;
  const char *link;
  const char *picture;
  gint64 length;
} ScMprisTrack;

char *sc_mpris_track_dup_path (const char *kind, const char *id);
GVariant *sc_mpris_track_to_metadata (const ScMprisTrack *self);

G_END_DECLS
