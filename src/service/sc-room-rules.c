/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The rules of a room as the review function reads them: one JSON object in the bucket, written
 * whenever what it says changes. A review that cannot read it lets nothing pass. */

#include "config.h"

#include "sc-room-rules.h"

#include "sc-ban-store.h"
#include "sc-chat-settings-store.h"
#include "sc-json-members.h"
#include "sc-json.h"
#include "sc-s3.h"

/* Longer than a PutObject takes: nobody writes an older version over what another has written. */
#define LEASE_US (10 * G_TIME_SPAN_SECOND)

/* Where the bucket does not answer, the next one asks after this. */
#define RETRY_US G_TIME_SPAN_SECOND

#define ROOMS_PER_TICK 50

/* What is changed while it is being written is written at once; a room that never comes to rest
 * is left to the next one. */
#define ROUNDS 3

/* How long who enters a room that never had rules waits for who is writing them, in steps: tick is
 * at a new room just when its owner comes. */
#define WAIT_US (2 * G_TIME_SPAN_SECOND)
#define WAIT_STEP_US (50 * G_TIME_SPAN_MILLISECOND)

typedef struct {
  char *key;
  GBytes *object;
} RulesObject;

static void
clear_object (RulesObject *self)
{
  g_clear_pointer (&self->key, g_free);
  g_clear_pointer (&self->object, g_bytes_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (RulesObject, clear_object)

static void
add_muted (const char *user_id, gint64 until, gpointer user_data)
{
  JsonObject *person = json_object_new ();
  json_object_set_string_member (person, "user_id", user_id);
  sc_json_set_time (person, "until", until);
  json_array_add_object_element (user_data, person);
}

static JsonObject *
make_rules (ScStoreConnection *connection, const ScChatRulesLease *lease, GError **error)
{
  g_autoptr (ScChatSettings) settings = NULL;
  g_autoptr (JsonArray) muted = json_array_new ();
  if (!sc_chat_settings_store_get (connection, lease->user_id, &settings, error) ||
      !sc_ban_store_list_muted (connection, lease->user_id, lease->now, add_muted, muted, error))
    return NULL;
  JsonObject *object = json_object_new ();
  sc_json_set_time (object, "written_at", lease->now);
  json_object_set_object_member (object, "modes", sc_chat_modes_to_json (&settings->modes));
  sc_chat_settings_write_rules (settings, object);
  json_object_set_array_member (object, "muted", g_steal_pointer (&muted));
  return object;
}

/* Takes the lease and reads what is to be written; nothing, where another is at it. */
static gboolean
begin (ScService *service,
       const ScChatRulesLease *lease,
       gint64 *version,
       RulesObject *made,
       GError **error)
{
  g_autofree char *room_id = NULL;
  g_autoptr (ScStoreConnection) connection =
    sc_store_acquire (sc_service_get_store (service), error);
  if (!connection || !sc_chat_settings_store_take (connection, lease, version, &room_id, error))
    return FALSE;
  if (*version == 0)
    return TRUE;
  g_autoptr (JsonObject) object = make_rules (connection, lease, error);
  if (!object)
    return FALSE;
  json_object_set_int_member (object, "version", *version);
  made->key = g_strdup_printf ("rules/%s.json", room_id);
  made->object = sc_json_to_bytes (object);
  return TRUE;
}

static gboolean
put (ScService *service, const RulesObject *made, GError **error)
{
  const ScS3Put object = { .bucket = sc_service_get_rules_bucket (service),
                           .key = made->key,
                           .content_type = "application/json",
                           .object = made->object };
  return sc_s3_put_object (sc_service_get_chat_aws (service), &object, error);
}

static gboolean
end (ScService *service,
     const ScChatRulesLease *lease,
     gint64 version,
     gboolean is_written,
     GError **error)
{
  g_autoptr (ScStoreConnection) connection =
    sc_store_acquire (sc_service_get_store (service), error);
  if (!connection)
    return FALSE;
  return is_written
           ? sc_chat_settings_store_finish (connection, lease, version, error)
           : sc_chat_settings_store_give_up (connection, lease, lease->now + RETRY_US, error);
}

/* Writes one version. Returns FALSE with @error if that failed; @ret_version is 0 if there was
 * nothing to do, or another is at it. */
static gboolean
write_once (ScService *service, gint64 user_id, gint64 *ret_version, GError **error)
{
  g_auto (RulesObject) made = { 0 };
  g_autofree char *uuid = g_uuid_string_random ();
  gint64 now = sc_service_now (service);
  const ScChatRulesLease lease = { user_id, uuid, now, now + LEASE_US };
  gint64 version = 0;
  if (!begin (service, &lease, &version, &made, error))
    return FALSE;
  *ret_version = version;
  if (version == 0)
    return TRUE;
  gboolean is_written = put (service, &made, error);
  return end (service, &lease, version, is_written, is_written ? error : NULL) && is_written;
}

/* Writes until the wanted version is there, unless another is at it. */
static gboolean
write_wanted (ScService *service, gint64 user_id, GError **error)
{
  gint64 version = 1;
  for (guint i = 0; i < ROUNDS && version != 0; i++) {
    if (!write_once (service, user_id, &version, error))
      return FALSE;
  }
  return TRUE;
}

static gboolean
has_rules (ScService *service, gint64 user_id, gboolean *ret_has_rules, GError **error)
{
  g_autoptr (ScStoreConnection) connection =
    sc_store_acquire (sc_service_get_store (service), error);
  return connection &&
         sc_chat_settings_store_has_written (connection, user_id, ret_has_rules, error);
}

/* Waits for another who is writing a room's first rules, and writes them where that one fails. */
static gboolean
wait_for_rules (ScService *service, gint64 user_id, GError **error)
{
  for (gint64 waited = 0; waited < WAIT_US; waited += WAIT_STEP_US) {
    gboolean is_there = FALSE;
    gint64 version = 0;
    if (!has_rules (service, user_id, &is_there, error))
      return FALSE;
    if (!is_there && !write_once (service, user_id, &version, error))
      return FALSE;
    if (is_there || version != 0)
      return TRUE;
    g_usleep (WAIT_STEP_US);
  }
  g_set_error_literal (error, SC_AWS_ERROR, SC_AWS_ERROR_THROTTLED, "The rules are being written");
  return FALSE;
}

/**
 * sc_room_rules_ensure:
 * @service: a service
 * @room: a room that somebody is to enter
 * @error: an error of %SC_STORE_ERROR or %SC_AWS_ERROR
 *
 * Sees that the review function knows a room's rules before somebody speaks there. Where another
 * is writing them, a version of before has to do; the first is waited for. Blocks for some seconds
 * at most; holds no connection while Amazon S3 is asked.
 *
 * Returns: %TRUE if the rules are there
 */
gboolean
sc_room_rules_ensure (ScService *service, const ScRoomRow *room, GError **error)
{
  if (!sc_service_get_rules_bucket (service) || room->rules_written >= room->rules_wanted)
    return TRUE;
  gint64 version = 0;
  if (!write_once (service, room->owner_id, &version, error))
    return FALSE;
  return version != 0 || room->rules_written > 0 || wait_for_rules (service, room->owner_id, error);
}

/**
 * sc_room_rules_publish:
 * @service: a service
 * @user_id: a channel's owner, whose rules want a new version
 *
 * Writes the rules of a room, and leaves them to tick where that fails. Blocks for some seconds at
 * most; holds no connection while Amazon S3 is asked.
 *
 * Returns: 1 if tick has to try again, else 0
 */
guint
sc_room_rules_publish (ScService *service, gint64 user_id)
{
  g_autoptr (GError) error = NULL;
  if (!sc_service_get_rules_bucket (service) || write_wanted (service, user_id, &error))
    return 0;
  g_message ("The rules of a room were not written: %s", error->message);
  return 1;
}

static GArray *
list_behind (ScService *service, GError **error)
{
  g_autoptr (ScStoreConnection) connection =
    sc_store_acquire (sc_service_get_store (service), error);
  return connection ? sc_chat_settings_store_list_behind (connection,
                                                          sc_service_now (service),
                                                          ROOMS_PER_TICK,
                                                          error)
                    : NULL;
}

/**
 * sc_room_rules_run_due:
 * @service: a service
 * @error: the first thing that went wrong, after which the next tick tries again
 *
 * Writes the rules of the rooms where the bucket does not have the wanted ones, those of new rooms
 * among them. Where Amazon S3 does not take one it is not asked for the others.
 *
 * Returns: %TRUE if nothing went wrong
 */
gboolean
sc_room_rules_run_due (ScService *service, GError **error)
{
  if (!sc_service_get_rules_bucket (service))
    return TRUE;
  g_autoptr (GArray) owners = list_behind (service, error);
  if (!owners)
    return FALSE;
  for (guint i = 0; i < owners->len; i++) {
    if (!write_wanted (service, g_array_index (owners, gint64, i), error))
      return FALSE;
  }
  return TRUE;
}
