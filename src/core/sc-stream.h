/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib-object.h>
#include <json-glib/json-glib.h>

G_BEGIN_DECLS

#define SC_STREAM_VIEWERS_UNKNOWN (-1)

/**
 * ScStream:
 * @id: Amazon IVS's stream id, "st-" and letters
 * @started_at: when the picture began, microseconds since the epoch; 0 while only the session is
 * there
 * @ended_at: when it ended; 0 while live
 * @width: width of the picture that arrives in pixels, or 0 while unknown
 * @height: height of the picture that arrives in pixels, or 0 while unknown
 * @frame_rate: frames a second that arrive, or 0 while unknown
 * @is_starving: what arrives is too late to be shown in time
 * @viewers: how many watch it, as was last known, or %SC_STREAM_VIEWERS_UNKNOWN
 *
 * One stream of a channel, from the encoder's connection to its end.
 */
typedef struct {
  char *id;
  gint64 started_at;
  gint64 ended_at;
  guint width;
  guint height;
  double frame_rate;
  gboolean is_starving;
  gint64 viewers;
} ScStream;

ScStream *sc_stream_new (const char *id);
ScStream *sc_stream_copy (const ScStream *self);
void sc_stream_free (ScStream *self);
gboolean sc_stream_is_live (const ScStream *self);

JsonObject *sc_stream_to_json (const ScStream *self);
ScStream *sc_stream_from_json (JsonObject *object, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ScStream, sc_stream_free)

G_END_DECLS
