/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-hls-playlist.h"

#include <gst/gst.h>

G_BEGIN_DECLS

/**
 * ScLiveReport:
 * @latency: from the making of the picture to its showing, microseconds; -1 while unknown
 * @server_offset: how far the server's time of day is ahead of ours, microseconds; 0 while unknown
 * @target: what @latency shall be, microseconds
 * @buffer: how long what arrived lasts, microseconds
 * @behind: how much of @latency is the viewer's own pause, microseconds
 * @bitrate: of the rendition, bits a second
 * @bandwidth: what the network seems to carry, bits a second, 0 while unknown
 * @rate: how fast it plays, 1 at rest
 * @n_stalls: how often playback ran dry
 * @quality: (nullable): name of the rendition
 * @trouble: a #ScLiveTrouble
 */
typedef struct {
  gint64 latency;
  gint64 server_offset;
  gint64 target;
  gint64 buffer;
  gint64 behind;
  guint bitrate;
  guint bandwidth;
  double rate;
  guint n_stalls;
  const char *quality;
  guint trouble;
} ScLiveReport;

GstStructure *sc_live_message_of_qualities (const ScHlsPlaylist *master);
GstStructure *sc_live_message_of_report (const ScLiveReport *report);
GstStructure *sc_live_message_of_text (const char *owner, const char *text);
void sc_live_message_post_failure (GstElement *element, const GError *error, guint status);

G_END_DECLS
