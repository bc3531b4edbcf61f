/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The local cloud as a whole: what it promises to whoever starts it. */

#include "config.h"

#include "sct-core-file.h"
#include "sct-files.h"
#include "sct-local.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <libsoup/soup.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>

/* What takes longer than this does not come. */
#define WAIT_SECONDS 30

/* Between two questions over HTTP, which has no way to tell: less would be the machine's whole
 * work. */
#define ASK_INTERVAL_US (50 * 1000)

#define PERSON "{\"name\":\"maria\",\"password\":\"correct horse\"}"

typedef struct {
  SctLocal *cloud;
  SoupSession *session;
} Fixture;

static void
trust_authority (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GTlsDatabase) trust =
    g_tls_file_database_new (sct_local_get (fixture->cloud, "ca_file"), &error);
  g_assert_no_error (error);
  g_clear_object (&fixture->session);
  fixture->session =
    soup_session_new_with_options ("tls-database", trust, "timeout", WAIT_SECONDS, NULL);
}

static void
start (Fixture *fixture, const char *option)
{
  const char *const extra[] = { option, NULL };
  sct_local_start (fixture->cloud, extra);
  sct_local_wait_ready (fixture->cloud);
  trust_authority (fixture);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->cloud = sct_local_new ();
  start (fixture, NULL);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_clear_object (&fixture->session);
  sct_local_free (fixture->cloud);
}

static SoupMessage *
make_message (Fixture *fixture, const char *method, const char *path, const char *body)
{
  g_autofree char *url = sct_local_url (fixture->cloud, path);
  SoupMessage *message = soup_message_new (method, url);
  if (body) {
    g_autoptr (GBytes) bytes = g_bytes_new (body, strlen (body));
    soup_message_set_request_body_from_bytes (message, "application/json", bytes);
  }
  return message;
}

/* Sends and returns the status; 0 where there was no answer. */
static guint
send_message (Fixture *fixture, SoupMessage *message, JsonObject **ret_body)
{
  g_autoptr (GBytes) bytes = soup_session_send_and_read (fixture->session, message, NULL, NULL);
  if (!bytes)
    return 0;
  if (ret_body) {
    g_autoptr (JsonParser) parser = json_parser_new ();
    g_autoptr (GError) error = NULL;
    gsize size = 0;
    const char *text = g_bytes_get_data (bytes, &size);
    json_parser_load_from_data (parser, text, (gssize) size, &error);
    g_assert_no_error (error);
    *ret_body = json_object_ref (json_node_get_object (json_parser_get_root (parser)));
  }
  return soup_message_get_status (message);
}

static guint
call (Fixture *fixture,
      const char *method,
      const char *path,
      const char *body,
      JsonObject **ret_body)
{
  g_autoptr (SoupMessage) message = make_message (fixture, method, path, body);
  return send_message (fixture, message, ret_body);
}

static void
assert_error (Fixture *fixture, SoupMessage *message, guint status, const char *code)
{
  g_autoptr (JsonObject) body = NULL;
  g_assert_cmpuint (send_message (fixture, message, &body), ==, status);
  JsonObject *error = json_object_get_object_member (body, "error");
  g_assert_cmpstr (json_object_get_string_member (error, "code"), ==, code);
  g_assert_true (json_object_has_member (error, "field"));
}

static void
test_ready_file (Fixture *fixture, gconstpointer data)
{
  static const char *const members[] = {
    "aws_endpoint_url", "region",   "access_key_id", "secret_access_key", "api_url",
    "rtmps_url",        "rtmp_url", "srt_url",       "chat_url",          "ca_file",
  };
  struct stat info;
  g_assert_cmpint (stat (fixture->cloud->ready_file, &info), ==, 0);
  g_assert_cmpuint (info.st_mode & 0777, ==, 0600);
  g_assert_cmpint (stat (fixture->cloud->state_dir, &info), ==, 0);
  g_assert_cmpuint (info.st_mode & 0777, ==, 0700);
  for (guint i = 0; i < G_N_ELEMENTS (members); i++)
    g_assert_cmpstr (sct_local_get (fixture->cloud, members[i]), !=, "");
  g_assert_cmpuint (call (fixture, "GET", "/v1/channels?live=1", NULL, NULL), ==, 200);
}

static JsonObject *
ask_as (Fixture *fixture, const char *bearer, const char *path)
{
  JsonObject *body = NULL;
  g_autoptr (SoupMessage) message = make_message (fixture, "GET", path, NULL);
  soup_message_headers_append (soup_message_get_request_headers (message), "Authorization", bearer);
  g_assert_cmpuint (send_message (fixture, message, &body), ==, 200);
  return body;
}

/* Signs up and waits until the channel is ready. Returns the header that shows who asks. */
static char *
sign_up (Fixture *fixture, char **ret_playback_url)
{
  g_autoptr (JsonObject) session = NULL;
  g_assert_cmpuint (call (fixture, "POST", "/v1/users", PERSON, &session), ==, 201);
  g_autofree char *bearer =
    g_strconcat ("Bearer ", json_object_get_string_member (session, "token"), NULL);

  g_autofree char *state = NULL;
  gint64 until = g_get_monotonic_time () + WAIT_SECONDS * G_USEC_PER_SEC;
  while (g_strcmp0 (state, "ready") != 0 && g_get_monotonic_time () < until) {
    g_autoptr (JsonObject) body = ask_as (fixture, bearer, "/v1/me/channel");
    JsonObject *channel = json_object_get_object_member (body, "channel");
    g_set_str (&state, json_object_get_string_member (channel, "state"));
    g_set_str (ret_playback_url,
               json_object_get_string_member_with_default (channel, "playback_url", NULL));
  }
  g_assert_cmpstr (state, ==, "ready");
  return g_steal_pointer (&bearer);
}

/* The product's first promise, through every part of the local cloud. */
static void
test_sign_up_makes_a_channel (Fixture *fixture, gconstpointer data)
{
  g_autofree char *playback_url = NULL;
  g_autofree char *bearer = sign_up (fixture, &playback_url);
  g_assert_true (g_str_has_prefix (playback_url, "https://localhost:"));
}

static GSubprocess *
start_encoder (Fixture *fixture, const char *bearer)
{
  g_autoptr (JsonObject) body = ask_as (fixture, bearer, "/v1/me/channel/key");
  g_autofree char *url = g_strconcat (sct_local_get (fixture->cloud, "rtmps_url"),
                                      json_object_get_string_member (body, "key"),
                                      NULL);
  const char *const argv[] = {
    "ffmpeg",      "-loglevel",
    "error",       "-re",
    "-f",          "lavfi",
    "-i",          "testsrc2=size=320x180:rate=30",
    "-f",          "lavfi",
    "-i",          "sine=frequency=440",
    "-c:v",        "libx264",
    "-preset",     "ultrafast",
    "-g",          "30",
    "-pix_fmt",    "yuv420p",
    "-c:a",        "aac",
    "-tls_verify", "1",
    "-ca_file",    sct_local_get (fixture->cloud, "ca_file"),
    "-f",          "flv",
    url,           NULL,
  };
  g_autoptr (GError) error = NULL;
  GSubprocess *encoder = g_subprocess_newv (argv, G_SUBPROCESS_FLAGS_NONE, &error);
  g_assert_no_error (error);
  return encoder;
}

/* Returns the stream of the only live channel once it has a picture, or NULL while there is none.
 */
static JsonObject *
find_live_stream (Fixture *fixture)
{
  g_autoptr (JsonObject) body = NULL;
  g_assert_cmpuint (call (fixture, "GET", "/v1/channels?live=1", NULL, &body), ==, 200);
  JsonArray *channels = json_object_get_array_member (body, "channels");
  if (json_array_get_length (channels) == 0)
    return NULL;
  JsonObject *channel = json_array_get_object_element (channels, 0);
  JsonObject *stream = json_object_get_object_member (channel, "stream");
  return json_object_get_int_member (stream, "width") > 0 ? json_object_ref (stream) : NULL;
}

/* Returns the first line of a playlist that is no tag, fetched over the edge. */
static char *
fetch_first_uri (Fixture *fixture, const char *url)
{
  g_autoptr (SoupMessage) message = soup_message_new ("GET", url);
  g_autoptr (GBytes) bytes = soup_session_send_and_read (fixture->session, message, NULL, NULL);
  g_assert_nonnull (bytes);
  g_assert_cmpuint (soup_message_get_status (message), ==, 200);
  g_autofree char *text = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  for (guint i = 0; lines[i]; i++) {
    if (*lines[i] && *lines[i] != '#')
      return g_strdup (lines[i]);
  }
  g_assert_not_reached ();
}

/* The product's second promise: encoder, edge, ingest, origin, events, function, database, API. */
static void
test_a_stream_is_live_and_ends (Fixture *fixture, gconstpointer data)
{
  g_autofree char *playback_url = NULL;
  g_autofree char *bearer = sign_up (fixture, &playback_url);
  g_autoptr (GSubprocess) encoder = start_encoder (fixture, bearer);
  gint64 until = g_get_monotonic_time () + WAIT_SECONDS * G_USEC_PER_SEC;
  g_autoptr (JsonObject) stream = NULL;
  while (!stream && g_get_monotonic_time () < until)
    stream = find_live_stream (fixture);
  g_assert_nonnull (stream);
  g_assert_cmpint (json_object_get_int_member (stream, "width"), ==, 320);
  g_assert_cmpint (json_object_get_int_member (stream, "height"), ==, 180);

  g_autofree char *playlist = fetch_first_uri (fixture, playback_url);
  g_autofree char *segment = fetch_first_uri (fixture, playlist);
  g_autoptr (SoupMessage) message = soup_message_new ("GET", segment);
  g_autoptr (GBytes) bytes = soup_session_send_and_read (fixture->session, message, NULL, NULL);
  g_assert_cmpuint (g_bytes_get_size (bytes) % 188, ==, 0);
  g_assert_cmpuint (((const guint8 *) g_bytes_get_data (bytes, NULL))[0], ==, 0x47);

  g_subprocess_send_signal (encoder, SIGINT);
  g_subprocess_wait (encoder, NULL, NULL);
  until = g_get_monotonic_time () + WAIT_SECONDS * G_USEC_PER_SEC;
  while (stream && g_get_monotonic_time () < until) {
    g_clear_pointer (&stream, json_object_unref);
    stream = find_live_stream (fixture);
  }
  g_assert_null (stream);
}

static void
test_starts_again_what_dies (Fixture *fixture, gconstpointer program)
{
  if (!sct_has_proc ())
    return;
  pid_t before = sct_local_find_child (fixture->cloud, program);
  g_assert_cmpint (before, >, 0);
  g_assert_cmpint (kill (before, SIGKILL), ==, 0);

  gint64 until = g_get_monotonic_time () + WAIT_SECONDS * G_USEC_PER_SEC;
  pid_t after = before;
  guint status = 0;
  while ((after == before || after == 0 || status != 200) && g_get_monotonic_time () < until) {
    g_usleep (ASK_INTERVAL_US);
    after = sct_local_find_child (fixture->cloud, program);
    status = call (fixture, "GET", "/v1/channels?live=1", NULL, NULL);
  }
  g_assert_cmpint (after, !=, before);
  g_assert_cmpuint (status, ==, 200);
  g_assert_cmpuint (call (fixture, "POST", "/v1/users", PERSON, NULL), ==, 201);
}

/* SIGKILL gives no chance to tidy up: the kernel ends the children, and they theirs. */
static void
test_nothing_is_left (Fixture *fixture, gconstpointer data)
{
  if (!sct_has_proc ())
    return;
  prctl (PR_SET_CHILD_SUBREAPER, 1);
  g_assert_cmpint (sct_local_find_child (fixture->cloud, "/postgres"), >, 0);
  g_autoptr (GSubprocess) process = g_steal_pointer (&fixture->cloud->process);
  g_subprocess_force_exit (process);
  g_subprocess_wait (process, NULL, NULL);
  alarm (WAIT_SECONDS); /* an orphan that goes on ends this test */
  while (waitpid (-1, NULL, 0) > 0 || errno == EINTR)
    ;
  g_assert_cmpint (errno, ==, ECHILD);
  alarm (0);
}

/* Ports are in URLs that the database keeps: they stay, and people stay. */
static void
test_second_start_keeps_all (Fixture *fixture, gconstpointer data)
{
  g_autofree char *api_url = g_strdup (sct_local_get (fixture->cloud, "api_url"));
  g_autofree char *rtmps_url = g_strdup (sct_local_get (fixture->cloud, "rtmps_url"));
  g_autofree char *key_id = g_strdup (sct_local_get (fixture->cloud, "access_key_id"));
  g_assert_cmpuint (call (fixture, "POST", "/v1/users", PERSON, NULL), ==, 201);
  sct_local_stop (fixture->cloud);
  g_assert_false (g_file_test (fixture->cloud->ready_file, G_FILE_TEST_EXISTS));

  start (fixture, NULL);
  g_assert_cmpstr (sct_local_get (fixture->cloud, "api_url"), ==, api_url);
  g_assert_cmpstr (sct_local_get (fixture->cloud, "rtmps_url"), ==, rtmps_url);
  g_assert_cmpstr (sct_local_get (fixture->cloud, "access_key_id"), ==, key_id);
  g_assert_cmpuint (call (fixture, "POST", "/v1/sessions", PERSON, NULL), ==, 201);

  sct_local_stop (fixture->cloud);
  start (fixture, "--fresh");
  g_assert_cmpstr (sct_local_get (fixture->cloud, "access_key_id"), !=, key_id);
  g_assert_cmpuint (call (fixture, "POST", "/v1/sessions", PERSON, NULL), ==, 401);
}

/* A port that another program took in between is named, not waited for. */
static void
test_says_which_port_is_taken (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GUri) uri = g_uri_parse (sct_local_get (fixture->cloud, "api_url"), 0, NULL);
  guint16 port = (guint16) g_uri_get_port (uri);
  sct_local_stop (fixture->cloud);

  g_autoptr (GError) error = NULL;
  g_autoptr (GSocketListener) other = g_socket_listener_new ();
  g_autoptr (GSocketAddress) address = g_inet_socket_address_new_from_string ("127.0.0.1", port);
  g_socket_listener_add_address (other,
                                 address,
                                 G_SOCKET_TYPE_STREAM,
                                 G_SOCKET_PROTOCOL_TCP,
                                 NULL,
                                 NULL,
                                 &error);
  g_assert_no_error (error);

  sct_local_start (fixture->cloud, NULL);
  g_autoptr (GSubprocess) process = g_steal_pointer (&fixture->cloud->process);
  g_subprocess_wait (process, NULL, NULL);
  g_assert_false (g_subprocess_get_successful (process));
  g_autofree char *sentence = g_strdup_printf ("port %u", port);
  g_autofree char *words = NULL;
  g_assert_true (g_file_get_contents (fixture->cloud->log_file, &words, NULL, NULL));
  g_assert_nonnull (strstr (words, sentence));
}

/* What nginx keeps from libsoup, answered in the API's own form. */
static void
test_edge_bounds_requests (Fixture *fixture, gconstpointer data)
{
  g_autofree char *large = g_strnfill (64 * 1024 + 1, 'x');
  g_autoptr (SoupMessage) body = make_message (fixture, "POST", "/v1/users", large);
  assert_error (fixture, body, 413, "body_too_large");

  g_autoptr (SoupMessage) method = make_message (fixture, "PUT", "/v1/users", NULL);
  assert_error (fixture, method, 405, "method_not_allowed");

  g_autofree char *header = g_strnfill (9 * 1024, 'x');
  g_autoptr (SoupMessage) headers = make_message (fixture, "GET", "/v1/channels?live=1", NULL);
  soup_message_headers_append (soup_message_get_request_headers (headers), "X-Long", header);
  assert_error (fixture, headers, 400, "bad_request");

  /* Reaching libsoup it would be answered 206 or 416. */
  g_autoptr (SoupMessage) range = make_message (fixture, "GET", "/v1/channels?live=1", NULL);
  soup_message_headers_append (soup_message_get_request_headers (range),
                               "Range",
                               "bytes=-18446744073709551615");
  g_assert_cmpuint (send_message (fixture, range, NULL), ==, 200);
}

/* Far more tries than a person makes, however slowly this machine answers them. */
#define GUESSES 400

/* Whoever guesses passwords is told to come again, and only there. */
static void
test_edge_slows_guesses (Fixture *fixture, gconstpointer path)
{
  guint passed = 0;
  g_autoptr (SoupMessage) guess = make_message (fixture, "POST", path, "{}");
  while (passed < GUESSES && send_message (fixture, guess, NULL) != 429) {
    g_object_unref (guess);
    guess = make_message (fixture, "POST", path, "{}");
    passed++;
  }
  g_test_message ("refused after %u", passed);
  g_assert_cmpuint (passed, >, 20);
  g_assert_cmpuint (soup_message_get_status (guess), ==, 429);
  SoupMessageHeaders *headers = soup_message_get_response_headers (guess);
  g_assert_cmpstr (soup_message_headers_get_one (headers, "Retry-After"), ==, "1");
  const char *type = soup_message_headers_get_content_type (headers, NULL);
  g_assert_cmpstr (type, ==, "application/json");
  g_assert_cmpuint (call (fixture, "GET", "/v1/channels?live=1", NULL, NULL), ==, 200);
}

/* Everything that the programs of the cloud were started with; none leaves a core file. */
static char *
read_command_lines (Fixture *fixture)
{
  g_auto (GStrv) pids = sct_local_list_children (fixture->cloud);
  g_autoptr (GString) lines = g_string_new (NULL);
  for (guint i = 0; pids[i]; i++) {
    g_autofree char *line_path = g_strdup_printf ("/proc/%s/cmdline", pids[i]);
    g_autofree char *line = NULL;
    gsize size = 0;
    g_assert_true (sct_core_file_is_forbidden (pids[i]));
    if (g_file_get_contents (line_path, &line, &size, NULL))
      g_string_append_len (lines, line, (gssize) size);
  }
  for (gsize i = 0; i < lines->len; i++)
    if (lines->str[i] == '\0')
      lines->str[i] = ' ';
  g_assert_nonnull (strstr (lines->str, "streamcat-backend"));
  return g_string_free (g_steal_pointer (&lines), FALSE);
}

/* Sends what the edge refuses, which is when it writes about a request. */
static void
ask_too_much (Fixture *fixture, const char *address, const char *query)
{
  g_autofree char *url = g_strconcat (address, query, NULL);
  g_autofree char *large = g_strnfill (4 * 1024, 'x');
  g_autoptr (GBytes) bytes = g_bytes_new (large, strlen (large));
  g_autoptr (SoupMessage) message = soup_message_new ("POST", url);
  soup_message_set_request_body_from_bytes (message, "text/plain", bytes);
  g_assert_cmpuint (send_message (fixture, message, NULL), ==, 413);
}

/* No secret is where others can read it: in arguments, in logs, in core files. */
static void
test_keeps_secrets (Fixture *fixture, gconstpointer data)
{
  if (!sct_has_proc ())
    return;
  static const char *const logs[] = { "backend", "database", "edge", "edge-access" };
  g_autofree char *playback_url = NULL;
  g_autofree char *bearer = sign_up (fixture, &playback_url);
  g_autoptr (JsonObject) key = ask_as (fixture, bearer, "/v1/me/channel/key");
  g_autofree char *pass_file = g_build_filename (fixture->cloud->state_dir, "database.pass", NULL);
  g_autofree char *pass = NULL;
  g_assert_true (g_file_get_contents (pass_file, &pass, NULL, NULL));
  const char *const secrets[] = {
    sct_local_get (fixture->cloud, "secret_access_key"),
    g_strstrip (pass) + strlen ("*:*:*:*:"),
    bearer + strlen ("Bearer "),
    json_object_get_string_member (key, "key"),
    "correct horse",
    "token-of-a-viewer",
  };
  ask_too_much (fixture, playback_url, "?token=token-of-a-viewer");
  g_autofree char *lines = read_command_lines (fixture);
  for (guint i = 0; i < G_N_ELEMENTS (secrets); i++) {
    g_assert_cmpuint (strlen (secrets[i]), >, 12);
    g_assert_null (strstr (lines, secrets[i]));
    for (guint j = 0; j < G_N_ELEMENTS (logs); j++) {
      g_autofree char *text = sct_local_read_log (fixture->cloud, logs[j]);
      g_assert_nonnull (text);
      g_assert_null (strstr (text, secrets[i]));
    }
  }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, data, function) g_test_add (path, Fixture, data, set_up, function, tear_down)
  ADD ("/local/ready-file", NULL, test_ready_file);
  ADD ("/local/sign-up-makes-a-channel", NULL, test_sign_up_makes_a_channel);
  ADD ("/local/a-stream-is-live-and-ends", NULL, test_a_stream_is_live_and_ends);
  ADD ("/local/starts-again/database", "/postgres", test_starts_again_what_dies);
  ADD ("/local/starts-again/backend", "/streamcat-backend", test_starts_again_what_dies);
  ADD ("/local/starts-again/edge", "/nginx", test_starts_again_what_dies);
  ADD ("/local/nothing-is-left", NULL, test_nothing_is_left);
  ADD ("/local/second-start-keeps-all", NULL, test_second_start_keeps_all);
  ADD ("/local/says-which-port-is-taken", NULL, test_says_which_port_is_taken);
  ADD ("/local/edge-bounds-requests", NULL, test_edge_bounds_requests);
  ADD ("/local/edge-slows-guesses/sign-in", "/v1/sessions", test_edge_slows_guesses);
  ADD ("/local/edge-slows-guesses/sign-up", "/v1/users", test_edge_slows_guesses);
  ADD ("/local/edge-slows-guesses/recovery", "/v1/recovery", test_edge_slows_guesses);
  ADD ("/local/edge-slows-guesses/password", "/v1/me/password", test_edge_slows_guesses);
  ADD ("/local/keeps-secrets", NULL, test_keeps_secrets);
  return g_test_run ();
}
