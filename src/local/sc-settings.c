/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "sc-settings.h"

#include "sc-id.h"
#include "sc-json.h"

#include <glib/gstdio.h>
#include <netinet/in.h>
#include <sys/socket.h>

#define FILE_NAME "settings.json"

/* Below the range from which the kernel takes the ports of outgoing connections (32768 on), so that
 * no passing connection holds ours while the cloud is down. */
#define PORT_FIRST 20000
#define PORT_LAST 32767

/* A run that was killed a moment ago may still hold a port; what holds it longer stays. */
#define PORT_WAIT_US (2 * G_USEC_PER_SEC)
#define PORT_WAIT_STEP_US (20 * 1000)

/* So many tries find a handful of free ports among 12,768 unless the machine is full. */
#define PORT_TRIES 1000

typedef struct {
  const char *member;
  gsize offset;
} Field;

#define FIELD(name, member) { name, G_STRUCT_OFFSET (ScSettings, member) }

static const Field port_fields[] = {
  FIELD ("control_port", control_port),   FIELD ("api_port", api_port),
  FIELD ("playback_port", playback_port), FIELD ("rtmps_port", rtmps_port),
  FIELD ("rtmp_port", rtmp_port),         FIELD ("srt_port", srt_port),
  FIELD ("chat_port", chat_port),         FIELD ("recordings_port", recordings_port),
};

static const Field text_fields[] = {
  FIELD ("access_key_id", access_key_id),
  FIELD ("secret_access_key", secret_access_key),
};

static guint16 *
port_at (ScSettings *self, guint i)
{
  return G_STRUCT_MEMBER_P (self, port_fields[i].offset);
}

static char **
text_at (ScSettings *self, guint i)
{
  return G_STRUCT_MEMBER_P (self, text_fields[i].offset);
}

/* Says whether a port can be taken. Of TCP, connections that ended lately do not count. */
static gboolean
can_bind (guint16 port, int type)
{
  const int reuse = type == SOCK_STREAM;
  g_autofd int fd = socket (AF_INET, type | SOCK_CLOEXEC, 0);
  const struct sockaddr_in address = {
    .sin_family = AF_INET,
    .sin_port = htons (port),
    .sin_addr.s_addr = htonl (INADDR_LOOPBACK),
  };
  setsockopt (fd, SOL_SOCKET, SO_REUSEADDR, &reuse, sizeof reuse);
  return fd >= 0 && bind (fd, (const struct sockaddr *) &address, sizeof address) == 0;
}

/* Says whether nobody listens on a port, be it of TCP or of UDP. */
static gboolean
is_free (guint16 port)
{
  return can_bind (port, SOCK_STREAM) && can_bind (port, SOCK_DGRAM);
}

static gboolean
is_taken (ScSettings *self, guint16 port)
{
  for (guint i = 0; i < G_N_ELEMENTS (port_fields); i++) {
    if (*port_at (self, i) == port)
      return TRUE;
  }
  return FALSE;
}

static guint16
choose_port (ScSettings *self)
{
  for (guint i = 0; i < PORT_TRIES; i++) {
    guint16 port = (guint16) g_random_int_range (PORT_FIRST, PORT_LAST + 1);
    if (!is_taken (self, port) && is_free (port))
      return port;
  }
  return 0;
}

/* Chooses the ports that are not known yet. */
static gboolean
choose_ports (ScSettings *self, gboolean *ret_chosen, GError **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (port_fields); i++) {
    if (*port_at (self, i) != 0)
      continue;
    *port_at (self, i) = choose_port (self);
    *ret_chosen = TRUE;
    if (*port_at (self, i) == 0) {
      g_set_error (error,
                   G_IO_ERROR,
                   G_IO_ERROR_ADDRESS_IN_USE,
                   "No port between %u and %u is free on 127.0.0.1",
                   PORT_FIRST,
                   PORT_LAST);
      return FALSE;
    }
  }
  return TRUE;
}

static gboolean
choose (ScSettings *self, GError **error)
{
  gboolean chosen = FALSE;
  if (!choose_ports (self, &chosen, error))
    return FALSE;
  self->access_key_id = sc_id_new ("AKIALOCAL", 11);
  self->secret_access_key = sc_id_new ("", 40);
  return TRUE;
}

static gboolean
save (ScSettings *self, const char *path, GError **error)
{
  g_autoptr (JsonObject) object = json_object_new ();
  for (guint i = 0; i < G_N_ELEMENTS (port_fields); i++)
    json_object_set_int_member (object, port_fields[i].member, *port_at (self, i));
  for (guint i = 0; i < G_N_ELEMENTS (text_fields); i++)
    sc_json_set_string (object, text_fields[i].member, *text_at (self, i));
  return sc_private_json_write (path, object, error);
}

static gboolean
read_fields (ScSettings *self, JsonObject *object, GError **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (port_fields); i++) {
    gint64 port = 0;
    if (json_object_has_member (object, port_fields[i].member) &&
        !sc_json_get_int (object, port_fields[i].member, 1, G_MAXUINT16, &port, error))
      return FALSE;
    *port_at (self, i) = (guint16) port;
  }
  for (guint i = 0; i < G_N_ELEMENTS (text_fields); i++) {
    const char *text = sc_json_get_string (object, text_fields[i].member, 128, error);
    if (!text)
      return FALSE;
    *text_at (self, i) = g_strdup (text);
  }
  return TRUE;
}

/* Checks that the ports kept from an earlier start are still ours to take. */
static gboolean
check_ports (ScSettings *self, GError **error)
{
  gint64 until = g_get_monotonic_time () + PORT_WAIT_US;
  for (guint i = 0; i < G_N_ELEMENTS (port_fields); i++) {
    while (!is_free (*port_at (self, i)) && g_get_monotonic_time () < until)
      g_usleep (PORT_WAIT_STEP_US);
    if (is_free (*port_at (self, i)))
      continue;
    g_set_error (error,
                 G_IO_ERROR,
                 G_IO_ERROR_ADDRESS_IN_USE,
                 "Another program took port %u, which this local cloud keeps: end that program, or "
                 "start with --fresh",
                 *port_at (self, i));
    return FALSE;
  }
  return TRUE;
}

/* Goes on with what an earlier start kept. One of an earlier version knew fewer ports. */
static gboolean
take_up (ScSettings *self, JsonObject *object, const char *path, GError **error)
{
  gboolean chosen = FALSE;
  return read_fields (self, object, error) && check_ports (self, error) &&
         choose_ports (self, &chosen, error) && (!chosen || save (self, path, error));
}

/**
 * sc_settings_load:
 * @state: the state directory
 * @error: %G_FILE_ERROR, %SC_DATA_ERROR or %G_IO_ERROR_ADDRESS_IN_USE
 *
 * Reads what the first start chose, or chooses it.
 *
 * Returns: (transfer full) (nullable): the settings
 */
ScSettings *
sc_settings_load (ScStateDir *state, GError **error)
{
  g_autoptr (ScSettings) self = g_new0 (ScSettings, 1);
  g_autofree char *path = sc_state_dir_build (state, FILE_NAME);
  g_autoptr (GError) local_error = NULL;
  g_autoptr (JsonObject) object = sc_private_json_read (path, SC_JSON_MAX_BYTES, &local_error);
  if (object)
    return take_up (self, object, path, error) ? g_steal_pointer (&self) : NULL;
  if (!g_error_matches (local_error, G_FILE_ERROR, G_FILE_ERROR_NOENT)) {
    g_propagate_error (error, g_steal_pointer (&local_error));
    return NULL;
  }
  return choose (self, error) && save (self, path, error) ? g_steal_pointer (&self) : NULL;
}

/**
 * sc_settings_free:
 * @self: (transfer full): settings
 *
 * Frees them.
 */
void
sc_settings_free (ScSettings *self)
{
  for (guint i = 0; i < G_N_ELEMENTS (text_fields); i++)
    g_free (*text_at (self, i));
  g_free (self);
}

/**
 * sc_settings_dup_chat_url:
 * @self: settings
 *
 * Returns: (transfer full): where chat rooms are, as "wss://localhost:1"
 */
char *
sc_settings_dup_chat_url (const ScSettings *self)
{
  return g_strdup_printf ("wss://localhost:%u", self->chat_port);
}

/**
 * sc_settings_dup_recordings_host:
 * @self: settings
 *
 * Returns: (transfer full): host and port where recordings are
 */
char *
sc_settings_dup_recordings_host (const ScSettings *self)
{
  return g_strdup_printf ("localhost:%u", self->recordings_port);
}
