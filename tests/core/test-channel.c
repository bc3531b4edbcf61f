/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "sc-channel.h"
#include "sc-error.h"

static ScChannel *
make_channel (void)
{
  ScChannel *channel = sc_channel_new ("ada", "Engines");
  g_autoptr (ScStream) stream = sc_stream_new ("st-1A2b3c4D5e6F");
  stream->started_at = G_GINT64_CONSTANT (1760000000123000);
  stream->width = 1280;
  stream->height = 720;
  stream->frame_rate = 29.97;
  stream->is_starving = TRUE;
  stream->viewers = 12;
  sc_channel_set_stream (channel, stream);
  sc_channel_set_state (channel, SC_CHANNEL_READY, NULL);
  sc_channel_set_ingest_server (channel, "rtmps://localhost:443/app/");
  sc_channel_set_channel_type (channel, "STANDARD");
  sc_channel_set_latency_mode (channel, "NORMAL");
  sc_channel_set_words (channel, "Science", "Notes\non engines");
  sc_channel_set_playback_url (channel, "https://localhost/a.m3u8");
  sc_channel_set_thumbnail_url (channel, "https://localhost/thumb.jpg");
  return channel;
}

static void
test_round_trip (void)
{
  g_autoptr (ScChannel) channel = make_channel ();
  g_autoptr (JsonObject) object = sc_channel_to_json (channel, TRUE);
  g_autoptr (GError) error = NULL;
  g_autoptr (ScChannel) back = sc_channel_from_json (object, &error);
  g_assert_no_error (error);

  g_assert_cmpstr (sc_channel_get_name (back), ==, "ada");
  g_assert_cmpstr (sc_channel_get_title (back), ==, "Engines");
  g_assert_cmpint (sc_channel_get_state (back), ==, SC_CHANNEL_READY);
  g_assert_cmpstr (sc_channel_get_ingest_server (back), ==, "rtmps://localhost:443/app/");
  g_assert_cmpstr (sc_channel_get_channel_type (back), ==, "STANDARD");
  g_assert_cmpstr (sc_channel_get_latency_mode (back), ==, "NORMAL");
  g_assert_cmpstr (sc_channel_get_category (back), ==, "Science");
  g_assert_cmpstr (sc_channel_get_about (back), ==, "Notes\non engines");
  g_assert_true (sc_channel_get_live (back));
  g_assert_cmpint (sc_channel_get_started_at (back), ==, G_GINT64_CONSTANT (1760000000123000));
  g_assert_cmpint (sc_channel_get_stream (back)->height, ==, 720);
  g_assert_true (sc_channel_get_stream (back)->is_starving);
  g_assert_cmpint (sc_channel_get_viewers (back), ==, 12);
  g_assert_cmpstr (sc_channel_get_thumbnail_url (back), ==, "https://localhost/thumb.jpg");
}

/* A server of before says nothing of them, and one that does not know says so. */
static void
test_unknown_viewers (void)
{
  g_autoptr (ScChannel) channel = make_channel ();
  g_autoptr (JsonObject) object = sc_channel_to_json (channel, FALSE);
  JsonObject *stream = json_object_get_object_member (object, "stream");
  json_object_set_null_member (stream, "viewers");
  g_autoptr (ScChannel) unknown = sc_channel_from_json (object, NULL);
  g_assert_cmpint (sc_channel_get_viewers (unknown), ==, SC_STREAM_VIEWERS_UNKNOWN);
  json_object_remove_member (stream, "viewers");
  json_object_remove_member (object, "thumbnail_url");
  g_autoptr (ScChannel) before = sc_channel_from_json (object, NULL);
  g_assert_cmpint (sc_channel_get_viewers (before), ==, SC_STREAM_VIEWERS_UNKNOWN);
  g_assert_null (sc_channel_get_thumbnail_url (before));
}

static void
test_the_public_sees_no_ingest (void)
{
  g_autoptr (ScChannel) channel = make_channel ();
  g_autoptr (JsonObject) object = sc_channel_to_json (channel, FALSE);
  g_assert_false (json_object_has_member (object, "ingest_server"));
  g_assert_false (json_object_has_member (object, "channel_type"));
  g_assert_false (json_object_has_member (object, "latency_mode"));
  g_assert_cmpstr (json_object_get_string_member (object, "category"), ==, "Science");
  g_assert_cmpstr (json_object_get_string_member (object, "about"), ==, "Notes\non engines");
  g_assert_false (json_object_has_member (object, "state"));
}

/* What a server could have a player open. */
static void
test_playback_is_on_the_web (void)
{
  static const char *const urls[] = { "file:///etc/passwd", "v4l2:///dev/video0", "", "a.m3u8" };
  for (guint i = 0; i < G_N_ELEMENTS (urls); i++) {
    g_autoptr (ScChannel) channel = make_channel ();
    sc_channel_set_playback_url (channel, urls[i]);
    g_autoptr (JsonObject) object = sc_channel_to_json (channel, FALSE);
    g_autoptr (GError) error = NULL;
    g_assert_null (sc_channel_from_json (object, &error));
    g_assert_error (error, SC_DATA_ERROR, SC_DATA_ERROR_RANGE);
  }
}

static void
count_notify (GObject *object, GParamSpec *pspec, guint *count)
{
  (*count)++;
}

static void
test_update_notifies_only_changes (void)
{
  g_autoptr (ScChannel) shown = make_channel ();
  g_autoptr (ScChannel) same = make_channel ();
  g_autoptr (ScChannel) ended = make_channel ();
  g_autoptr (ScStream) stream = sc_stream_copy (sc_channel_get_stream (ended));
  stream->ended_at = stream->started_at + 1;
  sc_channel_set_stream (ended, stream);

  guint count = 0;
  g_signal_connect (shown, "notify", G_CALLBACK (count_notify), &count);
  sc_channel_update (shown, same);
  g_assert_cmpuint (count, ==, 0);
  g_autoptr (ScStream) watched = sc_stream_copy (sc_channel_get_stream (same));
  watched->viewers = 13;
  sc_channel_set_stream (same, watched);
  sc_channel_update (shown, same);
  g_assert_cmpuint (count, ==, 1); /* viewers */
  stream->viewers = 13;
  sc_channel_set_stream (ended, stream);
  sc_channel_update (shown, ended);
  g_assert_cmpuint (count, ==, 3); /* live, ended-at */
  g_assert_false (sc_channel_get_live (shown));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/channel/round-trip", test_round_trip);
  g_test_add_func ("/channel/unknown-viewers", test_unknown_viewers);
  g_test_add_func ("/channel/the-public-sees-no-ingest", test_the_public_sees_no_ingest);
  g_test_add_func ("/channel/playback-is-on-the-web", test_playback_is_on_the_web);
  g_test_add_func ("/channel/update-notifies-only-changes", test_update_notifies_only_changes);
  return g_test_run ();
}
