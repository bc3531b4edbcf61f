/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What the local cloud tells whoever started it: that it is ready, and where everything is. */

#include "config.h"

#include "sc-ready-file.h"

#include "sc-json.h"
#include "sc-state-dir.h"

static void
set_url (JsonObject *object, const char *member, const char *base, guint16 port, const char *path)
{
  g_autofree char *url = g_strdup_printf ("%s:%u%s", base, port, path);
  sc_json_set_string (object, member, url);
}

/**
 * sc_ready_file_write:
 * @path: where
 * @settings: ports and keys
 * @chat_url: where chat is
 * @ca_file: the certificate that a client has to trust
 * @error: %G_FILE_ERROR
 *
 * Writes the ready file at once, for its owner alone.
 *
 * Returns: %FALSE when it could not be written
 */
gboolean
sc_ready_file_write (const char *path,
                     const ScSettings *settings,
                     const char *chat_url,
                     const char *ca_file,
                     GError **error)
{
  g_autoptr (JsonObject) object = json_object_new ();
  set_url (object, "aws_endpoint_url", "http://127.0.0.1", settings->control_port, "");
  sc_json_set_string (object, "region", SC_LOCAL_REGION);
  sc_json_set_string (object, "access_key_id", settings->access_key_id);
  sc_json_set_string (object, "secret_access_key", settings->secret_access_key);
  set_url (object, "api_url", "https://localhost", settings->api_port, "");
  set_url (object, "recordings_url", "https://localhost", settings->recordings_port, "");
  set_url (object, "rtmps_url", "rtmps://localhost", settings->rtmps_port, "/app/");
  set_url (object, "rtmp_url", "rtmp://localhost", settings->rtmp_port, "/app/");
  set_url (object, "srt_url", "srt://127.0.0.1", settings->srt_port, "");
  sc_json_set_string (object, "chat_url", chat_url);
  sc_json_set_string (object, "ca_file", ca_file);
  return sc_private_json_write (path, object, error);
}
