/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "sc-broadcast.h"
#include "sc-origin.h"
#include "sc-segment-reader.h"
#include "sc-viewers.h"

#include <libsoup/soup.h>
#include <string.h>

/* The origin over real HTTP on loopback, fed by hand. */

static const ScMediaInfo INFO = { 1280, 720, 30, 0, "avc1.4D401F", "mp4a.40.2" };

typedef struct {
  ScOrigin *origin;
  SoupSession *http;
  char *base;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  fixture->origin = sc_origin_new ("");
  guint16 port = sc_origin_listen_loopback (fixture->origin, 0, &error);
  g_assert_no_error (error);
  fixture->base = g_strdup_printf ("http://127.0.0.1:%u", port);
  sc_origin_set_base_url (fixture->origin, fixture->base);
  fixture->http = soup_session_new_with_options ("max-conns", 64, "max-conns-per-host", 64, NULL);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  sc_origin_close (fixture->origin);
  g_object_unref (fixture->origin);
  g_object_unref (fixture->http);
  g_free (fixture->base);
}

/* --- feeding --- */

static void
append (Fixture *fixture, guint size, guint8 fill)
{
  guint8 *bytes = g_malloc (size);
  memset (bytes, fill, size);
  g_autoptr (GBytes) data = g_bytes_new_take (bytes, size);
  g_assert_true (sc_origin_append (fixture->origin, "one", SC_BROADCAST_SOURCE, data));
}

static void
add_segment (Fixture *fixture, guint number)
{
  sc_origin_begin_segment (fixture->origin,
                           "one",
                           SC_BROADCAST_SOURCE,
                           (1700000000 + (gint64) number * 2) * G_USEC_PER_SEC + 89000,
                           FALSE);
  append (fixture, 1000, (guint8) number);
  append (fixture, 880, (guint8) number);
  sc_origin_end_segment (fixture->origin, "one", SC_BROADCAST_SOURCE, 2 * G_USEC_PER_SEC);
}

/* --- asking --- */

typedef struct {
  SoupMessage *message;
  GInputStream *stream;
  GByteArray *body;
  guint8 buffer[4096];
  gboolean has_headers;
  gboolean is_done;
  gboolean is_broken;
} Request;

static void read_on (Request *request);

static void
on_body (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Request *request = user_data;
  gssize count = g_input_stream_read_finish (G_INPUT_STREAM (source), result, NULL);
  if (count > 0)
    g_byte_array_append (request->body, request->buffer, (guint) count);
  request->is_done = count <= 0;
  request->is_broken = count < 0;
  if (count > 0)
    read_on (request);
}

static void
read_on (Request *request)
{
  g_input_stream_read_async (request->stream,
                             request->buffer,
                             sizeof request->buffer,
                             G_PRIORITY_DEFAULT,
                             NULL,
                             on_body,
                             request);
}

static void
on_headers (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Request *request = user_data;
  request->stream = soup_session_send_finish (SOUP_SESSION (source), result, NULL);
  request->has_headers = request->stream != NULL;
  request->is_done = request->is_broken = !request->stream;
  if (request->stream)
    read_on (request);
}

static void
ask (Fixture *fixture, Request *request, const char *method, const char *url, const char *range)
{
  *request = (Request) { .body = g_byte_array_new () };
  request->message = soup_message_new (method, url);
  if (range)
    soup_message_headers_replace (soup_message_get_request_headers (request->message),
                                  "Range",
                                  range);
  soup_session_send_async (fixture->http,
                           request->message,
                           G_PRIORITY_DEFAULT,
                           NULL,
                           on_headers,
                           request);
}

static void
clear_request (Request *request)
{
  while (!request->is_done)
    g_main_context_iteration (NULL, TRUE);
  g_clear_object (&request->message);
  g_clear_object (&request->stream);
  g_clear_pointer (&request->body, g_byte_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Request, clear_request)

static void
wait_done (Request *request)
{
  while (!request->is_done)
    g_main_context_iteration (NULL, TRUE);
}

static void
wait_bytes (Request *request, guint count)
{
  while (request->body->len < count)
    g_main_context_iteration (NULL, TRUE);
}

static guint
status_of (const Request *request)
{
  return soup_message_get_status (request->message);
}

static const char *
header_of (const Request *request, const char *name)
{
  return soup_message_headers_get_one (soup_message_get_response_headers (request->message), name);
}

static char *
get_text (Fixture *fixture, const char *url)
{
  g_auto (Request) request;
  ask (fixture, &request, "GET", url, NULL);
  wait_done (&request);
  g_assert_cmpuint (status_of (&request), ==, 200);
  g_assert_cmpstr (header_of (&request, "Access-Control-Allow-Origin"), ==, "*");
  g_assert_cmpstr (header_of (&request, "Cache-Control"), ==, "no-cache");
  g_assert_cmpstr (header_of (&request, "Content-Type"), ==, "application/vnd.apple.mpegurl");
  return g_strndup ((const char *) request.body->data, request.body->len);
}

static char *
master_url (Fixture *fixture)
{
  return g_strconcat (fixture->base, "/api/video/v1/us-west-2.123456789012.channel.one.m3u8", NULL);
}

static char *
rendition_url (Fixture *fixture)
{
  g_autofree char *url = master_url (fixture);
  g_autofree char *master = get_text (fixture, url);
  g_auto (GStrv) lines = g_strsplit (master, "\n", -1);
  return g_strdup (lines[g_strv_length (lines) - 2]);
}

/* Returns the n-th line of @text that begins with @tag, without it. */
static char *
nth_line (const char *text, const char *tag, guint n)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  for (guint i = 0; lines[i]; i++)
    if (g_str_has_prefix (lines[i], tag) && n-- == 0)
      return g_strdup (lines[i] + strlen (tag));
  return NULL;
}

static guint
status_at (Fixture *fixture, const char *method, const char *url)
{
  g_auto (Request) request;
  ask (fixture, &request, method, url, NULL);
  wait_done (&request);
  return status_of (&request);
}

/* --- playlists --- */

static void
assert_lines (const char *text, const char *const *patterns, gsize count)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  for (gsize i = 0; i < count; i++) {
    g_assert_nonnull (lines[i]);
    if (!g_pattern_match_simple (patterns[i], lines[i]))
      g_error ("line %zu is '%s', not like '%s'", i, lines[i], patterns[i]);
  }
  g_assert_cmpstr (lines[count], ==, "");
  g_assert_null (lines[count + 1]);
}

static void
test_master (Fixture *fixture, gconstpointer data)
{
  static const char *const lines[] = {
    "#EXTM3U",
    "#EXT-X-SESSION-DATA:DATA-ID=\"NODE\",VALUE=\"local\"",
    "#EXT-X-SESSION-DATA:DATA-ID=\"SERVER-TIME\",VALUE=\"??????????.???\"",
    "#EXT-X-MEDIA:TYPE=VIDEO,GROUP-ID=\"720p30\",NAME=\"720p30\",AUTOSELECT=YES,DEFAULT=YES",
    "#EXT-X-STREAM-INF:BANDWIDTH=7520,RESOLUTION=1280x720,CODECS=\"avc1.4D401F,mp4a.40.2\","
    "VIDEO=\"720p30\",FRAME-RATE=30.000,STABLE-VARIANT-ID=\"720p30\",IVS-NAME=\"720p30\","
    "IVS-VARIANT-SOURCE=\"source\"",
    "http://127.0.0.1:*/v1/playlist/"
    "??????????????????????.m3u8?session=*",
  };
  g_autofree char *url = master_url (fixture);
  g_assert_cmpuint (status_at (fixture, "GET", url), ==, 404);
  sc_origin_begin_stream (fixture->origin, "one", &INFO);
  g_assert_cmpuint (status_at (fixture, "GET", url), ==, 404); /* nothing to see yet */
  add_segment (fixture, 0);
  g_autofree char *text = get_text (fixture, url);
  assert_lines (text, lines, G_N_ELEMENTS (lines));
  sc_origin_end_stream (fixture->origin, "one");
  g_assert_cmpuint (status_at (fixture, "GET", url), ==, 404);
}

static void
test_rendition (Fixture *fixture, gconstpointer data)
{
  static const char *const lines[] = {
    "#EXTM3U",
    "#EXT-X-VERSION:3",
    "#EXT-X-TARGETDURATION:6",
    "#EXT-X-MEDIA-SEQUENCE:0",
    "#EXT-X-NET-LIVE-VIDEO-LIVE-SEQUENCE:0",
    "#EXT-X-NET-LIVE-VIDEO-ELAPSED-SECS:0.000",
    "#EXT-X-NET-LIVE-VIDEO-TOTAL-SECS:4.000",
    "#EXT-X-DATERANGE:ID=\"playlist-creation-*\",CLASS=\"timestamp\",START-DATE=\"20*T*:*:"
    "*.???Z\",END-ON-NEXT=YES,X-SERVER-TIME=\"??????????.???\"",
    "#EXT-X-DATERANGE:ID=\"source-*\",CLASS=\"live-video-net-stream-source\",START-DATE=\"*Z\","
    "END-ON-NEXT=YES,X-NET-LIVE-VIDEO-STREAM-SOURCE=\"live\"",
    "#EXT-X-PROGRAM-DATE-TIME:2023-11-14T22:13:20.089Z",
    "#EXTINF:2.000,live",
    "http://127.0.0.1:*/v1/segment/??????????????????????.ts",
    "#EXT-X-PROGRAM-DATE-TIME:2023-11-14T22:13:22.089Z",
    "#EXTINF:2.000,live",
    "http://127.0.0.1:*/v1/segment/??????????????????????.ts",
    "#EXT-X-PREFETCH:http://127.0.0.1:*/v1/segment/??????????????????????.ts",
    "#EXT-X-PREFETCH:http://127.0.0.1:*/v1/segment/??????????????????????.ts",
  };
  sc_origin_begin_stream (fixture->origin, "one", &INFO);
  add_segment (fixture, 0);
  add_segment (fixture, 1);
  g_autofree char *url = rendition_url (fixture);
  g_autofree char *text = get_text (fixture, url);
  assert_lines (text, lines, G_N_ELEMENTS (lines));

  g_autofree char *second_hint = nth_line (text, "#EXT-X-PREFETCH:", 1);
  add_segment (fixture, 2);
  g_autofree char *later = get_text (fixture, url);
  g_autofree char *first_hint = nth_line (later, "#EXT-X-PREFETCH:", 0);
  g_assert_cmpstr (first_hint, ==, second_hint); /* what is hinted at keeps its address */
}

/* Adds a segment of @size bytes to a rendition. */
static void
add_to (Fixture *fixture, guint rendition, guint number, gsize size)
{
  g_autoptr (GBytes) data = g_bytes_new_take (g_malloc0 (size), size);
  gint64 time = (1700000000 + (gint64) number * 2) * G_USEC_PER_SEC;
  sc_origin_begin_segment (fixture->origin, "one", rendition, time, FALSE);
  g_assert_true (sc_origin_append (fixture->origin, "one", rendition, data));
  sc_origin_end_segment (fixture->origin, "one", rendition, 2 * G_USEC_PER_SEC);
}

/* Returns the address of the n-th rendition of the master playlist, or NULL. */
static char *
nth_rendition (Fixture *fixture, guint n)
{
  g_autofree char *url = master_url (fixture);
  g_autofree char *master = get_text (fixture, url);
  g_autofree char *rest = nth_line (master, "http", n);
  return rest ? g_strconcat ("http", rest, NULL) : NULL;
}

/* A smaller rendition has the numbers of the source, is there from its first whole segment on, and
 * is gone when it is given up. */
static void
test_renditions (Fixture *fixture, gconstpointer data)
{
  const ScMediaInfo small = { 284, 160, 30, 0, "avc1.42C00C", "mp4a.40.2" };
  sc_origin_begin_stream (fixture->origin, "one", &INFO);
  add_segment (fixture, 0);
  sc_origin_set_info (fixture->origin, "one", 1, &small);
  g_autofree char *none = nth_rendition (fixture, 1);
  g_assert_null (none);
  add_segment (fixture, 1);
  add_to (fixture, 1, 0, 188);
  g_autofree char *source = nth_rendition (fixture, 0);
  g_autofree char *rendition = nth_rendition (fixture, 1);
  g_assert_nonnull (rendition);
  g_assert_cmpstr (rendition, !=, source);
  g_autofree char *text = get_text (fixture, rendition);
  g_assert_nonnull (strstr (text, "#EXT-X-MEDIA-SEQUENCE:0\n"));
  g_assert_cmpuint (sc_origin_get_memory (fixture->origin), ==, 2 * 1880 + 188);

  g_autofree char *segment = nth_line (text, "http", 0);
  g_autofree char *segment_url = g_strconcat ("http", segment, NULL);
  g_assert_cmpuint (status_at (fixture, "GET", segment_url), ==, 200);
  sc_origin_end_rendition (fixture->origin, "one", 1);
  g_assert_cmpuint (status_at (fixture, "GET", rendition), ==, 404);
  g_assert_cmpuint (status_at (fixture, "GET", segment_url), ==, 404);
  g_assert_cmpuint (status_at (fixture, "GET", source), ==, 200);
  g_autofree char *gone = nth_rendition (fixture, 1);
  g_assert_null (gone);
}

/* The next stream's rendition goes on where this one's was as far as the source, else anew. */
static void
test_renditions_of_the_next_stream (Fixture *fixture, gconstpointer data)
{
  const ScMediaInfo small = { 284, 160, 30, 0, "avc1.42C00C", "mp4a.40.2" };
  for (guint behind = 0; behind < 2; behind++) {
    sc_origin_begin_stream (fixture->origin, "one", &INFO);
    sc_origin_set_info (fixture->origin, "one", 1, &small);
    add_segment (fixture, 0);
    add_segment (fixture, 1);
    add_to (fixture, 1, 0, 188);
    if (behind == 0)
      add_to (fixture, 1, 1, 188);
    g_autofree char *rendition = nth_rendition (fixture, 1);
    sc_origin_end_stream (fixture->origin, "one");
    g_assert_cmpuint (status_at (fixture, "GET", rendition), ==, 200);

    sc_origin_begin_stream (fixture->origin, "one", &INFO);
    sc_origin_set_info (fixture->origin, "one", 1, &small);
    add_segment (fixture, 2);
    add_to (fixture, 1, 2, 188);
    g_assert_cmpuint (status_at (fixture, "GET", rendition), ==, behind ? 404 : 200);
    g_autofree char *source = nth_rendition (fixture, 0);
    g_autofree char *next = nth_rendition (fixture, 1);
    g_autofree char *source_text = get_text (fixture, source);
    g_autofree char *text = get_text (fixture, next);
    g_autofree char *expected = nth_line (source_text, "#EXT-X-MEDIA-SEQUENCE:", 0);
    g_autofree char *sequence = nth_line (text, "#EXT-X-MEDIA-SEQUENCE:", 0);
    g_assert_cmpstr (sequence, ==, expected);
    sc_origin_end_stream (fixture->origin, "one");
  }
}

static void
test_window (Fixture *fixture, gconstpointer data)
{
  sc_origin_begin_stream (fixture->origin, "one", &INFO);
  add_segment (fixture, 0);
  g_autofree char *url = rendition_url (fixture);
  g_autofree char *early = get_text (fixture, url);
  g_autofree char *oldest = nth_line (early, "http", 0);
  g_autofree char *oldest_url = g_strconcat ("http", oldest, NULL);
  gsize most = 0;
  for (guint i = 1; i < 200; i++) {
    add_segment (fixture, i);
    most = MAX (most, sc_origin_get_memory (fixture->origin));
    if (i == SC_RENDITION_WINDOW + SC_RENDITION_KEPT - 1)
      g_assert_cmpuint (status_at (fixture, "GET", oldest_url), ==, 200);
  }
  g_assert_cmpuint (most, ==, 1880 * (SC_RENDITION_WINDOW + SC_RENDITION_KEPT));
  g_assert_cmpuint (status_at (fixture, "GET", oldest_url), ==, 404);
  g_autofree char *late = get_text (fixture, url);
  g_assert_nonnull (strstr (late, "#EXT-X-MEDIA-SEQUENCE:185\n"));
  g_assert_nonnull (strstr (late, "ELAPSED-SECS:370.000\n"));
  g_autofree char *last = nth_line (late, "http", SC_RENDITION_WINDOW - 1);
  g_autofree char *none = nth_line (late, "http", SC_RENDITION_WINDOW);
  g_assert_nonnull (last);
  g_assert_null (none);
}

/* A channel that is written with fat segments is bounded by bytes. */
static void
test_window_bytes (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GBytes) block = g_bytes_new_take (g_malloc0 (1024 * 1024), 1024 * 1024);
  sc_origin_begin_stream (fixture->origin, "one", &INFO);
  for (guint i = 0; i < 12; i++) {
    sc_origin_begin_segment (fixture->origin, "one", SC_BROADCAST_SOURCE, 1, FALSE);
    for (guint j = 0; j < SC_SEGMENT_MAX_BYTES / (1024 * 1024); j++)
      g_assert_true (sc_origin_append (fixture->origin, "one", SC_BROADCAST_SOURCE, block));
    g_assert_false (sc_origin_append (fixture->origin, "one", SC_BROADCAST_SOURCE, block));
    sc_origin_end_segment (fixture->origin, "one", SC_BROADCAST_SOURCE, 2 * G_USEC_PER_SEC);
    g_assert_cmpuint (sc_origin_get_memory (fixture->origin), <=, SC_RENDITION_MAX_BYTES);
  }
}

/* --- segments --- */

static char *
hint (Fixture *fixture, const char *rendition, guint n)
{
  g_autofree char *text = get_text (fixture, rendition);
  return nth_line (text, "#EXT-X-PREFETCH:", n);
}

static void
test_segment_while_written (Fixture *fixture, gconstpointer data)
{
  sc_origin_begin_stream (fixture->origin, "one", &INFO);
  add_segment (fixture, 0);
  g_autofree char *url = rendition_url (fixture);
  g_autofree char *current = hint (fixture, url, 0);
  sc_origin_begin_segment (fixture->origin, "one", SC_BROADCAST_SOURCE, 1, FALSE);
  append (fixture, 500, 'a');

  g_auto (Request) request;
  ask (fixture, &request, "GET", current, NULL);
  wait_bytes (&request, 500); /* the backlog */
  g_assert_false (request.is_done);
  append (fixture, 100, 'b');
  wait_bytes (&request, 600); /* then each byte as it comes */
  g_assert_false (request.is_done);
  for (guint i = 0; i < 50; i++)
    append (fixture, 10, 'c');
  sc_origin_end_segment (fixture->origin, "one", SC_BROADCAST_SOURCE, 2 * G_USEC_PER_SEC);
  wait_done (&request);
  g_assert_cmpuint (status_of (&request), ==, 200);
  g_assert_false (request.is_broken);
  g_assert_cmpuint (request.body->len, ==, 1100);
  g_assert_cmpuint (request.body->data[499], ==, 'a');
  g_assert_cmpuint (request.body->data[599], ==, 'b');
  g_assert_cmpuint (request.body->data[1099], ==, 'c');
}

/* Bytes that are held back come together, and at the latest with the end of their segment. */
static void
test_segment_in_chunks (Fixture *fixture, gconstpointer data)
{
  sc_origin_set_chunk_interval (fixture->origin, 60000);
  sc_origin_begin_stream (fixture->origin, "one", &INFO);
  add_segment (fixture, 0);
  g_autofree char *url = rendition_url (fixture);
  g_autofree char *current = hint (fixture, url, 0);
  sc_origin_begin_segment (fixture->origin, "one", SC_BROADCAST_SOURCE, 1, FALSE);
  append (fixture, 500, 'a');
  append (fixture, 100, 'b');
  g_assert_cmpuint (sc_origin_get_memory (fixture->origin), ==, 1880 + 600);
  g_auto (Request) request;
  ask (fixture, &request, "GET", current, NULL);
  g_assert_cmpuint (status_at (fixture, "GET", url), ==, 200); /* time enough for the other */
  g_assert_false (request.has_headers);
  ScSegment *newest = sc_origin_get_newest_segment (fixture->origin, "one");
  g_assert_cmpuint (newest->size, ==, 600); /* a recording wants all there is */
  wait_bytes (&request, 600);
  append (fixture, 10, 'c');
  sc_origin_end_segment (fixture->origin, "one", SC_BROADCAST_SOURCE, 2 * G_USEC_PER_SEC);
  wait_done (&request);
  g_assert_cmpuint (request.body->len, ==, 610);
}

static void
test_segment_held (Fixture *fixture, gconstpointer data)
{
  sc_origin_begin_stream (fixture->origin, "one", &INFO);
  add_segment (fixture, 0);
  g_autofree char *url = rendition_url (fixture);
  g_autofree char *next = hint (fixture, url, 1);
  Request requests[20];
  for (guint i = 0; i < G_N_ELEMENTS (requests); i++)
    ask (fixture, &requests[i], "GET", next, NULL);
  add_segment (fixture, 1); /* the one before it */
  g_autofree char *again = hint (fixture, url, 0);
  g_assert_cmpstr (again, ==, next);
  for (guint i = 0; i < G_N_ELEMENTS (requests); i++)
    g_assert_false (requests[i].has_headers);
  sc_origin_begin_segment (fixture->origin, "one", SC_BROADCAST_SOURCE, 1, FALSE);
  append (fixture, 7, 'x');
  for (guint i = 0; i < G_N_ELEMENTS (requests); i++)
    wait_bytes (&requests[i], 7); /* the first byte wakes them all */
  sc_origin_end_segment (fixture->origin, "one", SC_BROADCAST_SOURCE, 2 * G_USEC_PER_SEC);
  for (guint i = 0; i < G_N_ELEMENTS (requests); i++) {
    wait_done (&requests[i]);
    g_assert_cmpuint (requests[i].body->len, ==, 7);
    clear_request (&requests[i]);
  }
}

static void
test_segment_that_never_comes (Fixture *fixture, gconstpointer data)
{
  sc_origin_begin_stream (fixture->origin, "one", &INFO);
  add_segment (fixture, 0);
  g_autofree char *url = rendition_url (fixture);
  g_autofree char *current = hint (fixture, url, 0);
  g_autofree char *next = hint (fixture, url, 1);
  sc_origin_begin_segment (fixture->origin, "one", SC_BROADCAST_SOURCE, 1, FALSE);
  append (fixture, 500, 'a');
  g_auto (Request) half;
  g_auto (Request) none;
  ask (fixture, &half, "GET", current, NULL);
  ask (fixture, &none, "GET", next, NULL);
  wait_bytes (&half, 500);
  sc_origin_end_stream (fixture->origin, "one");
  wait_done (&half);
  wait_done (&none);
  g_assert_true (half.is_broken); /* it must not pass for the whole */
  g_assert_cmpuint (status_of (&none), ==, 404);
}

static void
test_segment_range (Fixture *fixture, gconstpointer data)
{
  sc_origin_begin_stream (fixture->origin, "one", &INFO);
  add_segment (fixture, 7);
  g_autofree char *url = rendition_url (fixture);
  g_autofree char *text = get_text (fixture, url);
  g_autofree char *rest = nth_line (text, "http", 0);
  g_autofree char *segment = g_strconcat ("http", rest, NULL);
  g_auto (Request) part;
  ask (fixture, &part, "GET", segment, "bytes=0-99");
  wait_done (&part);
  g_assert_cmpuint (status_of (&part), ==, 206);
  g_assert_cmpstr (header_of (&part, "Content-Range"), ==, "bytes 0-99/1880");
  g_assert_cmpuint (part.body->len, ==, 100);
  g_auto (Request) whole;
  ask (fixture, &whole, "GET", segment, NULL);
  wait_done (&whole);
  g_assert_cmpstr (header_of (&whole, "Content-Length"), ==, "1880");
  g_assert_cmpstr (header_of (&whole, "Content-Type"), ==, "video/MP2T");
  g_assert_cmpuint (whole.body->len, ==, 1880);
  g_assert_cmpuint (status_at (fixture, "HEAD", segment), ==, 200);
  g_assert_cmpuint (status_at (fixture, "POST", segment), ==, 405);
  g_assert_cmpuint (status_at (fixture, "OPTIONS", segment), ==, 204);
}

static void
test_not_found (Fixture *fixture, gconstpointer data)
{
  static const char *const paths[] = {
    "/",
    "/v1/segment/.ts",
    "/v1/segment/x.ts",
    "/v1/playlist/x.m3u8",
    "/v1/playlist/.m3u8",
    "/api/video/v1/one.m3u8",
    "/api/video/v1/.channel..m3u8",
    "/api/video/v1/a.channel.two.m3u8",
    "/v1/segment/../../etc/passwd.ts",
  };
  sc_origin_begin_stream (fixture->origin, "one", &INFO);
  add_segment (fixture, 0);
  for (guint i = 0; i < G_N_ELEMENTS (paths); i++) {
    g_autofree char *url = g_strconcat (fixture->base, paths[i], NULL);
    g_assert_cmpuint (status_at (fixture, "GET", url), ==, 404);
  }
}

/* Who has a master playlist of its own is a viewer, however often it fetches what that names. */
static void
test_viewers (Fixture *fixture, gconstpointer data)
{
  sc_origin_begin_stream (fixture->origin, "one", &INFO);
  add_segment (fixture, 0);
  g_autofree char *first = rendition_url (fixture), *second = rendition_url (fixture);
  g_assert_cmpuint (sc_origin_count_viewers (fixture->origin, "one"), ==, 0);
  g_assert_cmpuint (status_at (fixture, "GET", first), ==, 200);
  g_assert_cmpuint (status_at (fixture, "GET", first), ==, 200);
  g_assert_cmpuint (sc_origin_count_viewers (fixture->origin, "one"), ==, 1);
  g_assert_cmpuint (status_at (fixture, "GET", second), ==, 200);
  g_assert_cmpuint (sc_origin_count_viewers (fixture->origin, "one"), ==, 2);
  g_assert_cmpuint (sc_origin_count_viewers (fixture->origin, "two"), ==, 0);
}

/* They are gone some time after they last asked. */
static void
test_viewers_leave (void)
{
  g_autoptr (ScViewers) viewers = sc_viewers_new ();
  sc_viewers_see (viewers, "a", 0);
  sc_viewers_see (viewers, "b", 10 * G_USEC_PER_SEC);
  g_assert_cmpuint (sc_viewers_count (viewers, 29 * G_USEC_PER_SEC), ==, 2);
  g_assert_cmpuint (sc_viewers_count (viewers, 31 * G_USEC_PER_SEC), ==, 1);
  g_assert_cmpuint (sc_viewers_count (viewers, 60 * G_USEC_PER_SEC), ==, 0);
}

/* A reader that takes nothing is cut when its segment leaves the window, and costs no memory. */
static void
test_slow_reader (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GBytes) block = g_bytes_new_take (g_malloc0 (1024 * 1024), 1024 * 1024);
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_autoptr (GUri) uri = g_uri_parse (fixture->base, 0, NULL);
  sc_origin_begin_stream (fixture->origin, "one", &INFO);
  add_segment (fixture, 0);
  g_autofree char *url = rendition_url (fixture);
  g_autofree char *current = hint (fixture, url, 0);
  g_autofree char *ask_for =
    g_strdup_printf ("GET %s HTTP/1.1\r\nHost: localhost\r\n\r\n", strstr (current, "/v1/"));
  g_autoptr (GSocketConnection) reader =
    g_socket_client_connect_to_host (client,
                                     "127.0.0.1",
                                     (guint16) g_uri_get_port (uri),
                                     NULL,
                                     NULL);
  g_output_stream_write_all (g_io_stream_get_output_stream (G_IO_STREAM (reader)),
                             ask_for,
                             strlen (ask_for),
                             NULL,
                             NULL,
                             NULL);
  for (guint i = 0; i < 30; i++) {
    sc_origin_begin_segment (fixture->origin, "one", SC_BROADCAST_SOURCE, 1, FALSE);
    for (guint j = 0; j < 4; j++) {
      g_assert_true (sc_origin_append (fixture->origin, "one", SC_BROADCAST_SOURCE, block));
      while (g_main_context_iteration (NULL, FALSE))
        continue;
    }
    sc_origin_end_segment (fixture->origin, "one", SC_BROADCAST_SOURCE, 2 * G_USEC_PER_SEC);
  }
  GInputStream *input = g_io_stream_get_input_stream (G_IO_STREAM (reader));
  gsize total = 0;
  gssize count = 1;
  g_autofree guint8 *buffer = g_malloc (1024 * 1024);
  while (count > 0) {
    g_main_context_iteration (NULL, FALSE);
    count = g_input_stream_read (input, buffer, 1024 * 1024, NULL, NULL);
    total += (gsize) MAX (count, 0);
  }
  g_assert_cmpuint (total, <, 4 * 1024 * 1024);
}

#define ADD(path, func) g_test_add ("/local/origin/" path, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("master", test_master);
  ADD ("rendition", test_rendition);
  ADD ("renditions", test_renditions);
  ADD ("renditions-of-the-next-stream", test_renditions_of_the_next_stream);
  ADD ("window", test_window);
  ADD ("window-bytes", test_window_bytes);
  ADD ("segment-while-written", test_segment_while_written);
  ADD ("segment-in-chunks", test_segment_in_chunks);
  ADD ("segment-held", test_segment_held);
  ADD ("segment-that-never-comes", test_segment_that_never_comes);
  ADD ("segment-range", test_segment_range);
  ADD ("not-found", test_not_found);
  ADD ("slow-reader", test_slow_reader);
  ADD ("viewers", test_viewers);
  g_test_add_func ("/local/origin/viewers-leave", test_viewers_leave);
  return g_test_run ();
}
