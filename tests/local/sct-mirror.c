/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "sct-mirror.h"

#include <libsoup/soup.h>
#include <string.h>

typedef struct {
  SoupSession *session;
  const char *directory;
  guint n_files;
} Mirror;

static char *save (Mirror *self, const char *url);

/* Names files instead of addresses. */
static GBytes *
mirror_playlist (Mirror *self, const char *url, GBytes *playlist)
{
  gsize size = 0;
  const char *text = g_bytes_get_data (playlist, &size);
  g_autofree char *copy = g_strndup (text, size);
  g_auto (GStrv) lines = g_strsplit (copy, "\n", -1);
  for (guint i = 0; lines[i]; i++) {
    if (*lines[i] == '#' || *g_strchomp (lines[i]) == '\0')
      continue;
    g_autoptr (GError) error = NULL;
    g_autofree char *named = g_uri_resolve_relative (url, lines[i], G_URI_FLAGS_NONE, &error);
    g_assert_no_error (error);
    g_free (lines[i]);
    lines[i] = save (self, named);
  }
  char *mirrored = g_strjoinv ("\n", lines);
  return g_bytes_new_take (mirrored, strlen (mirrored));
}

static char *
save (Mirror *self, const char *url)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SoupMessage) message = soup_message_new ("GET", url);
  g_autoptr (GBytes) bytes = soup_session_send_and_read (self->session, message, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (soup_message_get_status (message), ==, 200);

  const char *path = g_uri_get_path (soup_message_get_uri (message));
  const char *dot = strrchr (path, '.');
  if (g_strcmp0 (dot, ".m3u8") == 0) {
    g_autoptr (GBytes) fetched = g_steal_pointer (&bytes);
    bytes = mirror_playlist (self, url, fetched);
  }
  g_autofree char *name = g_strdup_printf ("%u%s", self->n_files++, dot ? dot : "");
  char *file = g_build_filename (self->directory, name, NULL);
  gsize size = 0;
  const char *data = g_bytes_get_data (bytes, &size);
  g_file_set_contents (file, data, (gssize) size, &error);
  g_assert_no_error (error);
  return file;
}

/**
 * sct_mirror:
 * @cloud: a cloud that is ready
 * @url: of a playlist or of a picture that it serves
 *
 * Fetches it with all that it names, as it is now, through the cloud's certificate: FFmpeg 9 checks
 * certificates where FFmpeg 7 did not, and has no way to trust another for what a playlist names.
 *
 * Returns: (transfer full): a file, in the cloud's folder
 */
char *
sct_mirror (SctLocal *cloud, const char *url)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GTlsDatabase) trust =
    g_tls_file_database_new (sct_local_get (cloud, "ca_file"), &error);
  g_assert_no_error (error);
  g_autofree char *directory = g_build_filename (cloud->folder, "mirror-XXXXXX", NULL);
  g_assert_nonnull (g_mkdtemp (directory));
  g_autoptr (SoupSession) session = soup_session_new_with_options ("tls-database", trust, NULL);
  Mirror self = { .session = session, .directory = directory };
  return save (&self, url);
}
