/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What the answers about accounts and channels are made of. Pure functions, any thread. */

#include "config.h"

#include "sc-account-views.h"

#include "sc-json-members.h"
#include "sc-json.h"
#include "sc-time.h"

#include <string.h>

/* An UpdateChannel under way counts as the first; one that failed once is not worth a word. */
#define ATTEMPTS_UNSAID 2

/**
 * sc_view_user:
 * @name: a user's name
 *
 * Returns: (transfer full): {name}
 */
JsonObject *
sc_view_user (const char *name)
{
  JsonObject *user = json_object_new ();
  json_object_set_string_member (user, "name", name);
  return user;
}

/**
 * sc_view_session:
 * @token: a new token
 * @name: whose it is
 * @now: when it was made, microseconds since the epoch
 *
 * Returns: (transfer full): {token, expires_at, user}
 */
JsonObject *
sc_view_session (const char *token, const char *name, gint64 now)
{
  g_autofree char *expires_at = sc_time_to_string (now + SC_SESSION_AGE_US);
  JsonObject *session = json_object_new ();
  json_object_set_string_member (session, "token", token);
  json_object_set_string_member (session, "expires_at", expires_at);
  json_object_set_object_member (session, "user", sc_view_user (name));
  return session;
}

/**
 * sc_view_session_row:
 * @row: a session
 *
 * Returns: (transfer full): {id, device, created_at, used_at, expires_at, current}, without what
 *   opens it
 */
JsonObject *
sc_view_session_row (const ScSessionRow *row)
{
  JsonObject *session = json_object_new ();
  json_object_set_string_member (session, "id", row->id);
  sc_json_set_string (session, "device", row->device);
  sc_json_set_time (session, "created_at", row->created_at);
  sc_json_set_time (session, "used_at", row->used_at);
  sc_json_set_time (session, "expires_at", row->expires_at);
  json_object_set_boolean_member (session, "current", row->is_current);
  return session;
}

/**
 * sc_ingest_server:
 * @endpoint: (nullable): an ingest endpoint of Amazon IVS, a host; one that names its port keeps it
 *
 * Returns: (transfer full) (nullable): what goes into the "server" field of an encoder
 */
char *
sc_ingest_server (const char *endpoint)
{
  if (!endpoint)
    return NULL;
  return g_strdup_printf ("rtmps://%s%s/app/", endpoint, strchr (endpoint, ':') ? "" : ":443");
}

/* Whoever asks again for what there is wants nothing more. */
static char *
dup_other (const char *wanted, const char *current)
{
  return g_strcmp0 (wanted, current) == 0 ? NULL : g_strdup (wanted);
}

static const char *
say_what_it_waits_for (ScChannelRow *row)
{
  if (sc_channel_get_live (row->channel))
    return SC_PENDING_STREAM;
  return row->attempts >= ATTEMPTS_UNSAID ? SC_PENDING_ANOTHER_TRY : SC_PENDING_IVS;
}

static void
set_pending (ScChannelRow *row)
{
  ScChannel *channel = row->channel;
  g_autoptr (ScChannelPending) pending = g_new0 (ScChannelPending, 1);
  pending->type = dup_other (row->wanted_type, sc_channel_get_channel_type (channel));
  pending->latency_mode =
    dup_other (row->wanted_latency_mode, sc_channel_get_latency_mode (channel));
  pending->waits_for = g_strdup (say_what_it_waits_for (row));
  sc_channel_set_pending (channel, pending->type || pending->latency_mode ? pending : NULL);
}

/**
 * sc_ingest_srt_server:
 * @endpoint: an SRT endpoint of Amazon IVS, a host; one that names its port keeps it
 *
 * "Amazon IVS Low-Latency Streaming User Guide, Streaming Configuration": port 9000 of UDP, the
 * stream key as the stream id, and the channel's passphrase.
 *
 * Returns: (transfer full): where an encoder connects to, without stream id and passphrase
 */
char *
sc_ingest_srt_server (const char *endpoint)
{
  return g_strdup_printf ("srt://%s%s", endpoint, strchr (endpoint, ':') ? "" : ":9000");
}

/**
 * sc_view_own_channel:
 * @row: a channel
 *
 * Returns: (transfer full): the channel as its owner sees it, with the ingest server once it is
 *   ready, whether its stream key is "ready" or "resetting", and what was asked of it and is not so
 *   yet
 */
JsonObject *
sc_view_own_channel (ScChannelRow *row)
{
  g_autofree char *server = sc_ingest_server (row->ingest_endpoint);
  if (sc_channel_get_state (row->channel) == SC_CHANNEL_READY)
    sc_channel_set_ingest_server (row->channel, server);
  sc_channel_set_key_resetting (row->channel, row->is_key_resetting);
  set_pending (row);
  return sc_channel_to_json (row->channel, TRUE);
}
