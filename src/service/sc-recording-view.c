/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What the answers about recordings are made of. Pure functions, any thread. */

#include "config.h"

#include "sc-recording-view.h"

#include "sc-recording.h"

/* Makes the address of what lies at a path of the bucket. */
static char *
make_url (const char *base, const ScRecordingRow *row, const char *path)
{
  if (!path)
    return NULL;
  g_autofree char *key = g_strconcat (row->prefix, "/", path, NULL);
  g_autofree char *escaped = g_uri_escape_string (key, "/", FALSE);
  return g_strconcat (base, "/", escaped, NULL);
}

/**
 * sc_view_recording:
 * @base: where recordings are served
 * @row: a recording that can be watched
 * @is_own: whether its streamer asks, who is also told whether it is hidden, and its views
 *
 * Returns: (transfer full): the recording as our API writes it
 */
JsonObject *
sc_view_recording (const char *base, const ScRecordingRow *row, gboolean is_own)
{
  g_autofree char *playback_url = make_url (base, row, row->media.playlist);
  g_autofree char *thumbnail_url = make_url (base, row, row->media.thumbnail);
  g_autofree char *thumbnails_url = make_url (base, row, row->media.thumbnails);
  g_autofree char *avatar_url = row->avatar ? g_strconcat (base, "/", row->avatar, NULL) : NULL;
  const ScRecordingFields fields = {
    .id = row->id,
    .channel = row->channel,
    .title = row->title,
    .category = row->category,
    .started_at = row->media.started_at,
    .duration_ms = row->media.duration_ms,
    .playback_url = playback_url,
    .thumbnail_url = thumbnail_url,
    .thumbnails_url = thumbnails_url,
    .avatar_url = avatar_url,
    .width = (guint) row->media.width,
    .height = (guint) row->media.height,
    .is_own = is_own,
    .is_hidden = row->is_hidden,
    .views = row->views,
    .streams = row->streams,
  };
  g_autoptr (ScRecording) recording = sc_recording_new (&fields);
  return sc_recording_to_json (recording);
}
