/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* A channel as our API writes it, and as the app reads it. */

#include "config.h"

#include "sc-channel.h"
#include "sc-error.h"
#include "sc-json-members.h"
#include "sc-json.h"
#include "sc-validate.h"

/* Of the stream key, "key_state". */
#define KEY_READY "ready"
#define KEY_RESETTING "resetting"

static const char *const state_names[] = { "provisioning", "ready", "failed" };

static ScChannelState
state_from_string (const char *text)
{
  for (guint i = 0; i < G_N_ELEMENTS (state_names); i++)
    if (g_strcmp0 (text, state_names[i]) == 0)
      return (ScChannelState) i;
  return SC_CHANNEL_PROVISIONING;
}

/* A server of before has no words, and what is longer than it may be is not shown. */
static const char *
read_text (JsonObject *object, const char *member, ScInvalid (*validate) (const char *text))
{
  const char *text = sc_json_get_string_or (object, member, "");
  return validate (text) == SC_VALID ? text : "";
}

static void
read_words (ScChannel *self, JsonObject *object)
{
  sc_channel_set_words (self,
                        read_text (object, "category", sc_validate_category),
                        read_text (object, "about", sc_validate_about));
}

static void
read_own (ScChannel *self, JsonObject *object)
{
  const char *state = sc_json_get_string_or (object, "state", state_names[SC_CHANNEL_READY]);
  const char *key_state = sc_json_get_string_or (object, "key_state", KEY_READY);
  sc_channel_set_state (self,
                        state_from_string (state),
                        sc_json_get_string_or (object, "reason", NULL));
  sc_channel_set_ingest_server (self, sc_json_get_string_or (object, "ingest_server", NULL));
  sc_channel_set_key_resetting (self, g_str_equal (key_state, KEY_RESETTING));
  sc_channel_set_channel_type (self, sc_json_get_string_or (object, "channel_type", NULL));
  sc_channel_set_latency_mode (self, sc_json_get_string_or (object, "latency_mode", NULL));
}

static void
read_pending (ScChannel *self, JsonObject *object)
{
  JsonObject *member = sc_json_get_object_or_null (object, "pending");
  g_autoptr (ScChannelPending) pending = member ? sc_channel_pending_from_json (member) : NULL;
  sc_channel_set_pending (self, pending);
}

static gboolean
read_stream (ScChannel *self, JsonObject *object, GError **error)
{
  JsonObject *member = sc_json_get_object_or_null (object, "stream");
  g_autoptr (ScStream) stream = member ? sc_stream_from_json (member, error) : NULL;
  sc_channel_set_stream (self, stream);
  return stream || !member;
}

/**
 * sc_channel_from_json:
 * @object: a channel as our API writes it, for anyone or for its owner
 * @error: an error of %SC_DATA_ERROR
 *
 * Returns: (transfer full) (nullable): the channel
 */
ScChannel *
sc_channel_from_json (JsonObject *object, GError **error)
{
  const char *name = sc_json_get_string (object, "name", SC_NAME_MAX, error);
  const char *title = name ? sc_json_get_string (object, "title", SC_TITLE_MAX, error) : NULL;
  if (!title)
    return NULL;

  g_autoptr (ScChannel) self = sc_channel_new (name, title);
  read_words (self, object);
  read_own (self, object);
  read_pending (self, object);
  g_autofree char *playback_url = NULL;
  g_autofree char *avatar_url = NULL;
  g_autofree char *thumbnail_url = NULL;
  if (!sc_json_read_web_url (object, "playback_url", &playback_url, error) ||
      !sc_json_read_web_url (object, "avatar_url", &avatar_url, error) ||
      !sc_json_read_web_url (object, "thumbnail_url", &thumbnail_url, error) ||
      !read_stream (self, object, error))
    return NULL;
  sc_channel_set_playback_url (self, playback_url);
  sc_channel_set_avatar_url (self, avatar_url);
  sc_channel_set_thumbnail_url (self, thumbnail_url);
  return g_steal_pointer (&self);
}

static void
add_own (ScChannel *self, JsonObject *object)
{
  const char *key_state = sc_channel_get_key_resetting (self) ? KEY_RESETTING : KEY_READY;
  json_object_set_string_member (object, "state", state_names[sc_channel_get_state (self)]);
  sc_json_set_string (object, "reason", sc_channel_get_reason (self));
  sc_json_set_string (object, "ingest_server", sc_channel_get_ingest_server (self));
  sc_json_set_string (object, "key_state", key_state);
  sc_json_set_string (object, "channel_type", sc_channel_get_channel_type (self));
  sc_json_set_string (object, "latency_mode", sc_channel_get_latency_mode (self));
  const ScChannelPending *pending = sc_channel_get_pending (self);
  if (pending)
    json_object_set_object_member (object, "pending", sc_channel_pending_to_json (pending));
  else
    json_object_set_null_member (object, "pending");
}

/**
 * sc_channel_to_json:
 * @self: a channel
 * @for_owner: whether to write what only the owner may see
 *
 * Returns: (transfer full): the channel as our API writes it
 */
JsonObject *
sc_channel_to_json (ScChannel *self, gboolean for_owner)
{
  const ScStream *stream = sc_channel_get_stream (self);
  JsonObject *object = json_object_new ();
  json_object_set_string_member (object, "name", sc_channel_get_name (self));
  json_object_set_string_member (object, "title", sc_channel_get_title (self));
  json_object_set_string_member (object, "category", sc_channel_get_category (self));
  json_object_set_string_member (object, "about", sc_channel_get_about (self));
  json_object_set_boolean_member (object, "live", sc_channel_get_live (self));
  sc_json_set_string (object, "playback_url", sc_channel_get_playback_url (self));
  sc_json_set_string (object, "avatar_url", sc_channel_get_avatar_url (self));
  sc_json_set_string (object, "thumbnail_url", sc_channel_get_thumbnail_url (self));
  if (stream)
    json_object_set_object_member (object, "stream", sc_stream_to_json (stream));
  else
    json_object_set_null_member (object, "stream");
  if (for_owner)
    add_own (self, object);
  return object;
}
