/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* nginx in front of everything that a stranger can reach: the API, playback, chat and the
 * ingest, all over TLS on localhost.
 *
 * Lives in the main thread; the local cloud owns it. */

#include "config.h"

#include "sc-edge.h"

#include "sc-certificates.h"
#include "sc-edge-resources.h"
#include "sc-http-probe.h"
#include "sc-spawn.h"

#include <libsoup/soup.h>
#include <signal.h>

#define RESOURCES "/io/github/streamcat/local/"
#define TEMPLATE RESOURCES "nginx.conf.in"

/* What data/nginx has for a machine of one's own too. */
static const char *const shared_files[] = { "streamcat-zones.conf", "streamcat-api.conf" };

/* nginx opens it by itself, as the configuration says. */
#define ACCESS_LOG "edge-access.log"

struct _ScEdge {
  GObject parent_instance;

  ScStateDir *state;
  ScEdgePorts ports;
  char *directory;
  char *recordings_folder;
  char *ca_file;
  char *probe_url;
  SoupSession *session;
};

G_DEFINE_FINAL_TYPE (ScEdge, sc_edge, G_TYPE_OBJECT)

static void
replace_port (GString *text, const char *word, guint16 port)
{
  g_autofree char *number = g_strdup_printf ("%u", port);
  g_string_replace (text, word, number, 0);
}

static gboolean
write_shared_files (ScEdge *self, GError **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (shared_files); i++) {
    g_autofree char *resource = g_strconcat (RESOURCES, shared_files[i], NULL);
    g_autofree char *path = g_build_filename (self->directory, shared_files[i], NULL);
    g_autoptr (GBytes) bytes =
      g_resources_lookup_data (resource, G_RESOURCE_LOOKUP_FLAGS_NONE, error);
    if (!bytes || !sc_private_file_write (path, g_bytes_get_data (bytes, NULL), error))
      return FALSE;
  }
  return TRUE;
}

static gboolean
write_configuration (ScEdge *self, GError **error)
{
  g_autoptr (GBytes) bytes =
    g_resources_lookup_data (TEMPLATE, G_RESOURCE_LOOKUP_FLAGS_NONE, error);
  if (!bytes || !write_shared_files (self, error))
    return FALSE;

  g_autoptr (GString) text =
    g_string_new_len (g_bytes_get_data (bytes, NULL), (gssize) g_bytes_get_size (bytes));
  g_string_replace (text, "@EDGE@", self->directory, 0);
  g_string_replace (text, "@LOG@", sc_state_dir_get_log (self->state), 0);
  g_string_replace (text, "@RUN@", sc_state_dir_get_run (self->state), 0);
  replace_port (text, "@API_PORT@", self->ports.api);
  replace_port (text, "@PLAYBACK_PORT@", self->ports.playback);
  g_string_replace (text, "@RECORDINGS@", self->recordings_folder, 0);
  replace_port (text, "@RECORDINGS_PORT@", self->ports.recordings);
  replace_port (text, "@RTMPS_PORT@", self->ports.rtmps);
  replace_port (text, "@CHAT_PORT@", self->ports.chat);
  g_autofree char *path = g_build_filename (self->directory, "nginx.conf", NULL);
  return sc_private_file_write (path, text->str, error);
}

/* The session trusts our authority alone: the probe fails where a client's would. */
static gboolean
make_session (ScEdge *self, GError **error)
{
  g_autoptr (GTlsDatabase) trust = g_tls_file_database_new (self->ca_file, error);
  if (!trust)
    return FALSE;
  self->session = soup_session_new_with_options ("tls-database",
                                                 trust,
                                                 "timeout",
                                                 SC_HTTP_PROBE_TIMEOUT_SECONDS,
                                                 "idle-timeout",
                                                 1,
                                                 "proxy-resolver",
                                                 NULL,
                                                 NULL);
  return TRUE;
}

static void
sc_edge_finalize (GObject *object)
{
  ScEdge *self = SC_EDGE (object);
  g_clear_object (&self->state);
  g_clear_object (&self->session);
  g_clear_pointer (&self->directory, g_free);
  g_clear_pointer (&self->recordings_folder, g_free);
  g_clear_pointer (&self->ca_file, g_free);
  g_clear_pointer (&self->probe_url, g_free);
  G_OBJECT_CLASS (sc_edge_parent_class)->finalize (object);
}

static void
sc_edge_class_init (ScEdgeClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = sc_edge_finalize;
}

static void
sc_edge_init (ScEdge *self)
{
}

/**
 * sc_edge_new:
 * @state: the state directory
 * @ports: where to listen
 * @recordings_folder: the bucket of the recordings
 * @error: what openssl said, or %G_FILE_ERROR
 *
 * Makes the certificates where they are missing and writes nginx's configuration. Blocks.
 *
 * Returns: (transfer full) (nullable): the edge, not started
 */
ScEdge *
sc_edge_new (ScStateDir *state,
             const ScEdgePorts *ports,
             const char *recordings_folder,
             GError **error)
{
  g_autoptr (ScEdge) self = g_object_new (SC_TYPE_EDGE, NULL);
  self->state = g_object_ref (state);
  self->ports = *ports;
  self->recordings_folder = g_strdup (recordings_folder);
  self->directory = sc_state_dir_build (state, "edge");
  self->ca_file = g_build_filename (self->directory, "ca.pem", NULL);
  self->probe_url = g_strdup_printf ("https://localhost:%u" SC_HTTP_PROBE_PATH, ports->api);
  g_autofree char *access_log = g_build_filename (sc_state_dir_get_log (state), ACCESS_LOG, NULL);
  sc_log_set_aside (access_log);
  g_mkdir_with_parents (self->directory, 0700);
  g_resources_register (sc_edge_resources_get_resource ());
  if (!sc_certificates_ensure (self->directory, error) || !write_configuration (self, error) ||
      !make_session (self, error))
    return NULL;
  return g_steal_pointer (&self);
}

static void
probe_edge (gpointer data, GTask *task)
{
  ScEdge *self = data;
  sc_http_probe (self->session, self->probe_url, task);
}

/**
 * sc_edge_add_child:
 * @self: the edge
 * @supervisor: who keeps it running
 *
 * Returns: (transfer none): nginx, to be started; it is ready when the API answers through it
 */
ScChild *
sc_edge_add_child (ScEdge *self, ScSupervisor *supervisor)
{
  g_autofree char *program = sc_find_program ("nginx", "/usr/sbin");
  g_autofree char *configuration = g_build_filename (self->directory, "nginx.conf", NULL);
  const char *const argv[] = {
    program ? program : "nginx", "-p", self->directory, "-c", configuration, "-e", "stderr", NULL,
  };
  const ScChildSpec spec = {
    .name = "edge",
    .argv = argv,
    .stop_signal = SIGTERM,
    .death_signal = SIGKILL,
    .probe = probe_edge,
    .probe_data = self,
  };
  return sc_supervisor_add (supervisor, &spec);
}

/**
 * sc_edge_get_ca_file:
 * @self: the edge
 *
 * Returns: (transfer none): the authority's certificate, to be trusted by clients
 */
const char *
sc_edge_get_ca_file (ScEdge *self)
{
  return self->ca_file;
}
