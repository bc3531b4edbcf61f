/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The document in which a recording says what it is ("Record to Amazon S3: JSON metadata files").
 * Nothing else is taken for granted about where its parts are. Pure functions, any thread. */

#include "config.h"

#include "sc-recording-manifest.h"

#include "sc-error.h"
#include "sc-json.h"
#include "sc-recording.h"
#include "sc-time.h"

#include <string.h>

/* "media/latest_thumbnail/thumb.jpg" has 32 characters. */
#define PATH_MAX_CHARACTERS 200

/* Amazon IVS makes five renditions and the source's at most. */
#define RENDITIONS_MAX 16

static gboolean
is_part (const char *part)
{
  if (!part[0] || g_str_equal (part, ".") || g_str_equal (part, ".."))
    return FALSE;
  for (const char *at = part; *at; at++) {
    if (!g_ascii_isalnum (*at) && !strchr ("._-", *at))
      return FALSE;
  }
  return TRUE;
}

/* A path goes on from the prefix and stays below it: no "..", no root, no host, no escapes. */
static gboolean
is_path (const char *path)
{
  g_auto (GStrv) parts = g_strsplit (path, "/", -1);
  for (gsize i = 0; parts[i]; i++) {
    if (!is_part (parts[i]))
      return FALSE;
  }
  return parts[0] != NULL;
}

static const char *
read_path (JsonObject *object, const char *member, GError **error)
{
  const char *path = sc_json_get_string (object, member, PATH_MAX_CHARACTERS, error);
  if (!path || is_path (path))
    return path;
  g_set_error (error,
               SC_DATA_ERROR,
               SC_DATA_ERROR_RANGE,
               "“%s” is no path below the recording",
               member);
  return NULL;
}

static gboolean
read_playlist (JsonObject *hls, ScRecordingMedia *media, GError **error)
{
  const char *folder = read_path (hls, "path", error);
  const char *playlist = folder ? read_path (hls, "playlist", error) : NULL;
  if (!playlist ||
      !sc_json_get_int (hls, "duration_ms", 1, SC_RECORDING_MAX_MS, &media->duration_ms, error))
    return FALSE;
  media->playlist = g_strconcat (folder, "/", playlist, NULL);
  return TRUE;
}

static gboolean
read_rendition (JsonNode *node, ScRecordingMedia *media, GError **error)
{
  gint64 width = 0, height = 0;
  if (!JSON_NODE_HOLDS_OBJECT (node)) {
    g_set_error (error, SC_DATA_ERROR, SC_DATA_ERROR_TYPE, "“renditions” holds no objects");
    return FALSE;
  }
  JsonObject *object = json_node_get_object (node);
  const gint64 most = SC_RECORDING_MAX_PIXELS;
  if (!sc_json_get_int (object, "resolution_width", 1, most, &width, error) ||
      !sc_json_get_int (object, "resolution_height", 1, most, &height, error))
    return FALSE;
  if (width * height > media->width * media->height) {
    media->width = width;
    media->height = height;
  }
  return TRUE;
}

/* The size of the recording is that of its largest picture. */
static gboolean
read_renditions (JsonObject *hls, ScRecordingMedia *media, GError **error)
{
  JsonArray *renditions = sc_json_get_array (hls, "renditions", error);
  if (!renditions)
    return FALSE;
  guint count = json_array_get_length (renditions);
  if (count == 0 || count > RENDITIONS_MAX) {
    g_set_error (error, SC_DATA_ERROR, SC_DATA_ERROR_RANGE, "“renditions” has %u", count);
    return FALSE;
  }
  for (guint i = 0; i < count; i++) {
    if (!read_rendition (json_array_get_element (renditions, i), media, error))
      return FALSE;
  }
  return TRUE;
}

/* The only picture whose whole path is told; a recording may be without it. */
static gboolean
read_thumbnail (JsonObject *media_object, ScRecordingMedia *media, GError **error)
{
  JsonObject *latest = sc_json_get_object_or_null (media_object, "latest_thumbnail");
  if (!latest)
    return TRUE;
  media->thumbnail = g_strdup (read_path (latest, "path", error));
  return media->thumbnail != NULL;
}

/* Of the others only the folder is told. */
static gboolean
read_thumbnails (JsonObject *media_object, ScRecordingMedia *media, GError **error)
{
  JsonObject *thumbnails = sc_json_get_object_or_null (media_object, "thumbnails");
  if (!thumbnails)
    return TRUE;
  media->thumbnails = g_strdup (read_path (thumbnails, "path", error));
  return media->thumbnails != NULL;
}

static gboolean
read_status (JsonObject *object, ScRecordingMedia *media, GError **error)
{
  const char *status = sc_json_get_string (object, "recording_status", PATH_MAX_CHARACTERS, error);
  if (status && !g_str_equal (status, "RECORDING_ENDED")) {
    g_set_error (error,
                 SC_DATA_ERROR,
                 SC_DATA_ERROR_RANGE,
                 "“recording_status” is not RECORDING_ENDED");
    return FALSE;
  }
  const char *time =
    status ? sc_json_get_string (object, "recording_started_at", PATH_MAX_CHARACTERS, error) : NULL;
  return time && sc_time_from_string (time, &media->started_at, error);
}

/**
 * sc_recording_manifest_read:
 * @bytes: a document, from the bucket
 * @ret_media: (out caller-allocates): what there is to watch; untouched on failure
 * @error: an error of %SC_DATA_ERROR, also where it says that the recording failed
 *
 * Returns: %TRUE if it describes a recording that can be watched
 */
gboolean
sc_recording_manifest_read (GBytes *bytes, ScRecordingMedia *ret_media, GError **error)
{
  g_auto (ScRecordingMedia) media = { 0 };
  g_autoptr (JsonObject) object = sc_json_parse (bytes, SC_RECORDING_MANIFEST_MAX, error);
  if (!object || !read_status (object, &media, error))
    return FALSE;
  JsonObject *media_object = sc_json_get_object (object, "media", error);
  JsonObject *hls = media_object ? sc_json_get_object (media_object, "hls", error) : NULL;
  if (!hls || !read_playlist (hls, &media, error) || !read_renditions (hls, &media, error) ||
      !read_thumbnail (media_object, &media, error) ||
      !read_thumbnails (media_object, &media, error))
    return FALSE;
  *ret_media = media;
  media = (ScRecordingMedia) { 0 };
  return TRUE;
}
