/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Where pictures come in and go out: the ingest and the origin, each on a unix socket behind the
 * edge, and the ingest on RTMP and SRT besides. Main thread. */

#include "config.h"

#include "sc-local-media.h"

#include "sc-own-files.h"
#include "sc-secret.h"
#include "sc-srt-ingest.h"

#include <gio/gunixsocketaddress.h>
#include <glib/gstdio.h>

struct _ScLocalMedia {
  ScOrigin *origin;
  ScIngest *ingest;
  ScSrtIngest *srt;
  ScLocalStreams *streams;
};

static gboolean
on_stop_stream (const char *channel_id, gpointer user_data)
{
  ScLocalMedia *self = user_data;
  return sc_ingest_stop (self->ingest, channel_id);
}

static gboolean
on_put_metadata (const char *channel_id, const char *text, gpointer user_data)
{
  ScLocalMedia *self = user_data;
  return sc_ingest_put_metadata (self->ingest, channel_id, text);
}

static guint
on_count_viewers (const char *channel_id, gpointer user_data)
{
  ScLocalMedia *self = user_data;
  return sc_origin_count_viewers (self->origin, channel_id);
}

/* Returns the address of a socket in run/. One that a killed run left there is in the way, and
 * nobody's: the state directory is locked. */
static GSocketAddress *
make_address (ScStateDir *state, const char *name)
{
  g_autofree char *path = g_build_filename (sc_state_dir_get_run (state), name, NULL);
  g_unlink (path);
  return g_unix_socket_address_new (path);
}

static gboolean
listen_to_encoders (ScLocalMedia *self, ScStateDir *state, guint16 port, GError **error)
{
  g_autoptr (GSocketAddress) edge = make_address (state, "ingest.sock");
  if (!sc_ingest_listen (self->ingest, edge, SC_INGEST_PROXIED, error))
    return FALSE;
  if (sc_ingest_listen_loopback (self->ingest, port, SC_INGEST_RTMP, error) != 0)
    return TRUE;
  g_prefix_error (error, "The ingest cannot listen on 127.0.0.1:%u: ", port);
  return FALSE;
}

/* "Streaming Configuration", Amazon IVS Low-Latency Streaming User Guide: the stream id is the
 * stream key, the passphrase the channel's. */
static ScSrtVerdict
on_admit (const char *key, char **ret_passphrase, gpointer user_data)
{
  ScLocalMedia *self = user_data;
  g_autofree char *channel_id = NULL;
  char *passphrase = sc_local_streams_find_passphrase (self->streams, key, &channel_id);
  if (!passphrase)
    return SC_SRT_DENY;
  if (sc_ingest_refuse_second (self->ingest, channel_id)) {
    sc_secret_free (passphrase);
    return SC_SRT_BUSY;
  }
  *ret_passphrase = passphrase;
  return SC_SRT_ACCEPT;
}

static gboolean
listen_to_srt (ScLocalMedia *self,
               const ScSettings *settings,
               const char *libexec_dir,
               GError **error)
{
  g_autofree char *listener =
    sc_find_own_program (libexec_dir, "local/ingest/srt", "streamcat-srt-listener", error);
  g_autofree char *bridge =
    listener ? sc_find_own_program (libexec_dir, "local/ingest/srt", "streamcat-srt-bridge", error)
             : NULL;
  if (!bridge)
    return FALSE;
  const ScSrtIngestConfig config = { listener, bridge, settings->rtmp_port, on_admit, self };
  self->srt = sc_srt_ingest_new (&config, settings->srt_port, error);
  if (!self->srt)
    g_prefix_error (error, "The ingest cannot take SRT on 127.0.0.1:%u: ", settings->srt_port);
  return self->srt != NULL;
}

/**
 * sc_local_media_new:
 * @state: the state directory
 * @settings: ports
 * @streams: who knows keys and is told of streams; outlives the object
 * @libexec_dir: where our programs are
 * @chunk_ms: how often players get the bytes of a segment that is being made, 0 for as they come
 * @error: %G_IO_ERROR: another program is there; or one of ours is not there
 *
 * Starts to take encoders and players.
 *
 * Returns: (transfer full) (nullable): the ingest and the origin
 */
ScLocalMedia *
sc_local_media_new (ScStateDir *state,
                    const ScSettings *settings,
                    ScLocalStreams *streams,
                    const char *libexec_dir,
                    guint chunk_ms,
                    GError **error)
{
  g_autofree char *publisher =
    sc_find_own_program (libexec_dir, "local/ingest/publisher", "streamcat-publisher", error);
  if (!publisher)
    return NULL;
  g_autoptr (ScLocalMedia) self = g_new0 (ScLocalMedia, 1);
  g_autofree char *base_url = g_strdup_printf ("https://localhost:%u", settings->playback_port);
  g_autoptr (GSocketAddress) edge = make_address (state, "origin.sock");
  self->streams = streams;
  self->origin = sc_origin_new (base_url);
  sc_origin_set_chunk_interval (self->origin, chunk_ms);
  self->ingest = sc_ingest_new (self->origin, publisher, &sc_local_streams_delegate, streams);
  const ScLocalEncoders encoders = { on_stop_stream, on_put_metadata, on_count_viewers, self };
  sc_local_streams_set_encoders (streams, &encoders);
  if (!sc_origin_listen (self->origin, edge, error) ||
      !listen_to_encoders (self, state, settings->rtmp_port, error) ||
      !listen_to_srt (self, settings, libexec_dir, error))
    return NULL;
  return g_steal_pointer (&self);
}

/**
 * sc_local_media_free:
 * @self: (transfer full): the ingest and the origin
 *
 * Ends every stream and closes both.
 */
void
sc_local_media_free (ScLocalMedia *self)
{
  g_clear_pointer (&self->srt, sc_srt_ingest_free);
  sc_ingest_close (self->ingest);
  sc_origin_close (self->origin);
  sc_local_streams_set_encoders (self->streams, NULL);
  g_clear_object (&self->ingest);
  g_clear_object (&self->origin);
  g_free (self);
}
