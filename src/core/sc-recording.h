/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib-object.h>
#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* Amazon IVS merges streams into a recording of less than 48 hours ("Record to Amazon S3"). */
#define SC_RECORDING_MAX_MS (48 * G_GINT64_CONSTANT (3600000))

/* A picture of more pixels a side is none that Amazon IVS takes. */
#define SC_RECORDING_MAX_PIXELS 16384

/**
 * ScRecordingFields:
 * @id: what names it
 * @channel: the name of the channel that was recorded
 * @title: what the channel was about
 * @category: (nullable): what kind of thing that was; %NULL or empty for none
 * @started_at: when the picture began, microseconds since the epoch
 * @duration_ms: how long it is, milliseconds
 * @playback_url: the URL of the HLS multivariant playlist
 * @thumbnail_url: (nullable): the URL of a picture
 * @thumbnails_url: (nullable): where its pictures of all the time are: thumb0.jpg and so on
 * @avatar_url: (nullable): the URL of the channel's picture
 * @width: the picture's width in pixels, or 0 while unknown
 * @height: the picture's height in pixels, or 0 while unknown
 * @is_own: whether what only its streamer is told is known, which follows
 * @is_hidden: whether nobody else sees it
 * @views: in how many sessions others watched it
 * @streams: (nullable): the ids of the streams that it is of, the first one first, with spaces
 *
 * All that is said of a recording.
 */
typedef struct {
  const char *id;
  const char *channel;
  const char *title;
  const char *category;
  gint64 started_at;
  gint64 duration_ms;
  const char *playback_url;
  const char *thumbnail_url;
  const char *thumbnails_url;
  const char *avatar_url;
  guint width;
  guint height;
  gboolean is_own;
  gboolean is_hidden;
  gint64 views;
  const char *streams;
} ScRecordingFields;

#define SC_TYPE_RECORDING (sc_recording_get_type ())
G_DECLARE_FINAL_TYPE (ScRecording, sc_recording, SC, RECORDING, GObject)

ScRecording *sc_recording_new (const ScRecordingFields *fields);
ScRecording *sc_recording_from_json (JsonObject *object, GError **error);
JsonObject *sc_recording_to_json (ScRecording *self);
const ScRecordingFields *sc_recording_get_fields (ScRecording *self);

G_END_DECLS
