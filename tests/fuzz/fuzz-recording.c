/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "sc-recording-manifest.h"
#include "sct-fuzz.h"

#include <string.h>

/* The document in which a recording says what it is, as it lies in the bucket. */

GByteArray *
sct_fuzz_seed (void)
{
  static const char seed[] =
    "{\"version\":\"v1\",\"recording_status\":\"RECORDING_ENDED\","
    "\"recording_started_at\":\"2026-10-24T12:26:32Z\",\"media\":{\"hls\":{\"path\":\"media/hls\","
    "\"playlist\":\"master.m3u8\",\"duration_ms\":754321,\"renditions\":[{\"path\":\"720p30\","
    "\"playlist\":\"playlist.m3u8\",\"resolution_height\":720,\"resolution_width\":1280}]},"
    "\"latest_thumbnail\":{\"path\":\"media/latest_thumbnail/thumb.jpg\"}}}";
  GByteArray *bytes = g_byte_array_new ();
  return g_byte_array_append (bytes, (const guint8 *) seed, sizeof seed - 1);
}

/* A path goes on from the recording's prefix and never leaves it. */
static void
check_path (const char *path)
{
  g_autofree char *framed = g_strconcat ("/", path, "/", NULL);
  g_assert_null (strstr (framed, "/../"));
  g_assert_null (strstr (framed, "//"));
  g_assert_null (strpbrk (framed, "\\%:?#\n"));
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autoptr (GBytes) bytes = g_bytes_new (data, size);
  g_auto (ScRecordingMedia) media = { 0 };
  if (!sc_recording_manifest_read (bytes, &media, NULL))
    return 0;
  check_path (media.playlist);
  if (media.thumbnail)
    check_path (media.thumbnail);
  return 0;
}
