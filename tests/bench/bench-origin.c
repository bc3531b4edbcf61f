/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "sct-studio.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Requests a second: a live channel's playlist and a segment of it, asked of the origin, which is
 * one thread, and of an nginx of one process that has the same bytes as files. Each in turn, three
 * times, and the median of what bench-load says counts. Prints a table; asserts nothing. */

#define SECONDS "3"
#define ROUNDS 3
#define SEGMENTS 12
#define SEGMENT_BYTES (188 * 6000)

typedef struct {
  double requests;
  double megabytes;
  double median_ms;
  double late_ms;
} Load;

static const char *load_program;

static void
on_said (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_subprocess_communicate_utf8_finish (G_SUBPROCESS (source), result, user_data, NULL, &error);
  g_assert_no_error (error);
}

/* The origin works meanwhile: it lives in this thread. */
static Load
ask (guint port, const char *path, const char *connections)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *port_text = g_strdup_printf ("%u", port);
  g_autofree char *text = NULL;
  g_autoptr (GSubprocess) process = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE,
                                                      &error,
                                                      load_program,
                                                      port_text,
                                                      path,
                                                      connections,
                                                      SECONDS,
                                                      NULL);
  g_assert_no_error (error);
  g_subprocess_communicate_utf8_async (process, NULL, NULL, on_said, &text);
  while (!text)
    g_main_context_iteration (NULL, TRUE);
  Load load = { 0 };
  if (sscanf (text,
              "%lf %lf %lf %lf",
              &load.requests,
              &load.megabytes,
              &load.median_ms,
              &load.late_ms) != 4)
    g_error ("The load ended badly");
  return load;
}

static int
compare (gconstpointer a, gconstpointer b)
{
  double left = ((const Load *) a)->requests, right = ((const Load *) b)->requests;
  return left < right ? -1 : left > right;
}

static Load
take_median (Load *loads)
{
  qsort (loads, ROUNDS, sizeof (Load), compare);
  return loads[ROUNDS / 2];
}

typedef struct {
  const char *name;
  char *path;
  char *file; /* as nginx has it */
  gsize size;
} Thing;

static void
print_row (const Thing *thing, const char *connections, const Load *origin, const Load *nginx)
{
  printf ("%-9s %8.1f %11s %9.0f %9.0f %7.2f %9.0f %9.0f %8.2f %8.2f\n",
          thing->name,
          (double) thing->size / 1000,
          connections,
          origin->requests,
          nginx->requests,
          origin->requests / nginx->requests,
          origin->megabytes,
          nginx->megabytes,
          origin->late_ms,
          nginx->late_ms);
  fflush (stdout);
}

static void
compare_both (SctStudio *studio, guint nginx_port, const Thing *thing, const char *connections)
{
  Load origin[ROUNDS], nginx[ROUNDS];
  for (guint i = 0; i < ROUNDS; i++) {
    origin[i] = ask (studio->http_port, thing->path, connections);
    nginx[i] = ask (nginx_port, thing->file, connections);
  }
  Load origin_median = take_median (origin), nginx_median = take_median (nginx);
  print_row (thing, connections, &origin_median, &nginx_median);
}

/* Fetches @url once, for its size and as nginx's file @name in @folder. */
static Thing
keep (SctStudio *studio, const char *url, const char *folder, const char *name)
{
  g_autoptr (GError) error = NULL;
  guint status;
  g_autoptr (GBytes) bytes = sct_studio_get (studio, url, &status);
  g_assert_cmpuint (status, ==, 200);
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_file_set_contents (path,
                       g_bytes_get_data (bytes, NULL),
                       (gssize) g_bytes_get_size (bytes),
                       &error);
  g_assert_no_error (error);
  g_autofree char *base = sct_studio_url (studio, "");
  return (Thing) { .name = name,
                   .path = g_strdup (url + strlen (base)),
                   .file = g_strconcat ("/", name, NULL),
                   .size = g_bytes_get_size (bytes) };
}

/* Returns a port that nobody has. */
static guint16
find_port (void)
{
  g_autoptr (GSocketListener) listener = g_socket_listener_new ();
  guint16 port = g_socket_listener_add_any_inet_port (listener, NULL, NULL);
  g_socket_listener_close (listener);
  return port;
}

/* One process, without a log, and with what its manual says for static files. */
static GSubprocess *
start_nginx (const char *folder, guint16 port)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = g_build_filename (folder, "nginx.conf", NULL);
  g_autofree char *text = g_strdup_printf (
    "daemon off; master_process off; pid %s/pid; error_log stderr crit;\n"
    "events { worker_connections 1024; }\n"
    "http { access_log off; sendfile on; tcp_nopush on; open_file_cache max=100;\n"
    "  keepalive_requests 100000000; client_body_temp_path %s/body; proxy_temp_path %s/proxy;\n"
    "  fastcgi_temp_path %s/fastcgi; uwsgi_temp_path %s/uwsgi; scgi_temp_path %s/scgi;\n"
    "  server { listen 127.0.0.1:%u; root %s; } }\n",
    folder,
    folder,
    folder,
    folder,
    folder,
    folder,
    port,
    folder);
  g_file_set_contents (path, text, -1, &error);
  g_assert_no_error (error);
  GSubprocess *process =
    g_subprocess_new (G_SUBPROCESS_FLAGS_NONE, &error, "nginx", "-c", path, "-e", "stderr", NULL);
  g_assert_no_error (error);
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_autoptr (GSocketConnection) connection = NULL;
  while (!connection) {
    connection = g_socket_client_connect_to_host (client, "127.0.0.1", port, NULL, NULL);
    g_thread_yield ();
  }
  return process;
}

/* A live stream in the midst of a segment, of 4.5 Mb/s. */
static void
feed (ScOrigin *origin)
{
  const ScMediaInfo info = { 1280, 720, 30, 0, "avc1.4D401F", "mp4a.40.2" };
  const gint64 begin = G_GINT64_CONSTANT (1700000000) * G_USEC_PER_SEC;
  sc_origin_begin_stream (origin, "one", &info);
  for (guint i = 0; i < SEGMENTS; i++) {
    guint8 *bytes = g_malloc (SEGMENT_BYTES);
    memset (bytes, (int) i, SEGMENT_BYTES);
    g_autoptr (GBytes) data = g_bytes_new_take (bytes, SEGMENT_BYTES);
    sc_origin_begin_segment (origin,
                             "one",
                             SC_BROADCAST_SOURCE,
                             begin + i * 2 * G_USEC_PER_SEC,
                             FALSE);
    sc_origin_append (origin, "one", SC_BROADCAST_SOURCE, data);
    if (i + 1 < SEGMENTS)
      sc_origin_end_segment (origin, "one", SC_BROADCAST_SOURCE, 2 * G_USEC_PER_SEC);
  }
}

static void
compare_all (SctStudio *studio, const char *folder)
{
  feed (studio->origin);
  g_autofree char *url = sct_studio_rendition (studio, "one");
  g_autofree char *playlist = sct_studio_get_text (studio, url, NULL);
  g_autoptr (GPtrArray) segments = sct_studio_segments (playlist, "");
  Thing things[] = {
    keep (studio, url, folder, "playlist"),
    keep (studio, g_ptr_array_index (segments, 0), folder, "segment"),
  };
  guint16 port = find_port ();
  g_autoptr (GSubprocess) nginx = start_nginx (folder, port);
  static const char *const connections[] = { "1", "32" };
  for (guint i = 0; i < G_N_ELEMENTS (things); i++)
    for (guint j = 0; j < G_N_ELEMENTS (connections); j++)
      compare_both (studio, port, &things[i], connections[j]);
  g_subprocess_force_exit (nginx);
  for (guint i = 0; i < G_N_ELEMENTS (things); i++) {
    g_free (things[i].path);
    g_free (things[i].file);
  }
}

int
main (int argc, char **argv)
{
  g_autoptr (SctStudio) studio = sct_studio_new ();
  g_autofree char *folder = g_dir_make_tmp ("bench-origin-XXXXXX", NULL);
  g_assert (argc == 2 && folder);
  load_program = argv[1];
  printf (
    "                              requests a second              megabytes a second   95 "
    "%% within, ms\n"
    "what            kB connections    origin     nginx   ratio    origin     nginx   origin  "
    "  nginx\n");
  compare_all (studio, folder);
  return 0;
}
