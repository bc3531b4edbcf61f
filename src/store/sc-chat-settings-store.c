/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What streamers have set for their rooms, and how far the bucket knows it
 * (resources/migrations/0007-chat-moderation.sql, 0011-chat-rules.sql). A channel has its row from
 * the beginning. */

#include "config.h"

#include "sc-chat-settings-store.h"

#include "sc-json.h"

#include <string.h>

/* As sc_chat_settings_from_json() reads them. */
#define SETTINGS_JSON                                                                              \
  "jsonb_build_object('modes', jsonb_build_object('slow_seconds', s.slow_seconds,"                 \
  " 'followers_only', s.followers_only, 'read_only', s.read_only, 'emoji_only', s.emoji_only),"    \
  " 'rules', s.rules, 'languages', s.languages, 'terms', s.terms,"                                 \
  " 'allowed_links', s.allowed_links, 'moderators', COALESCE((SELECT jsonb_agg("                   \
  "jsonb_build_object('user_id', u.public_id, 'name', u.name) ORDER BY lower(u.name))"             \
  " FROM moderators m JOIN users u ON u.id = m.person_id WHERE m.user_id = s.user_id), '[]'))"

static ScChatSettings *
read_settings (const char *text, GError **error)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (text, strlen (text));
  g_autoptr (JsonObject) object = sc_json_parse (bytes, G_MAXSIZE, error);
  return object ? sc_chat_settings_from_json (object, error) : NULL;
}

/**
 * sc_chat_settings_store_get:
 * @connection: a connection
 * @user_id: a channel's owner
 * @ret_settings: (out) (transfer full): the room's settings; untouched on failure
 * @error: an error of %SC_STORE_ERROR or %SC_DATA_ERROR
 *
 * Inside a transaction nobody else changes them until its end.
 *
 * Returns: %FALSE if the database could not say
 */
gboolean
sc_chat_settings_store_get (ScStoreConnection *connection,
                            gint64 user_id,
                            ScChatSettings **ret_settings,
                            GError **error)
{
  g_autoptr (ScStoreResult) result =
    sc_store_query (connection,
                    "SELECT (" SETTINGS_JSON ")::text FROM chat_settings s WHERE s.user_id = $1"
                    " FOR NO KEY UPDATE",
                    SC_PARAMS (sc_int (user_id)),
                    error);
  ScChatSettings *settings =
    result ? read_settings (sc_store_result_get_text (result, 0, 0), error) : NULL;
  if (!settings)
    return FALSE;
  *ret_settings = settings;
  return TRUE;
}

/**
 * sc_chat_settings_store_set:
 * @connection: a connection inside the transaction that got them
 * @user_id: a channel's owner
 * @settings: what is to hold; its moderators are not looked at
 * @error: an error of %SC_STORE_ERROR
 *
 * Returns: %TRUE if they are written down, and a new version of the rules is wanted
 */
gboolean
sc_chat_settings_store_set (ScStoreConnection *connection,
                            gint64 user_id,
                            const ScChatSettings *settings,
                            GError **error)
{
  g_autoptr (JsonObject) object = json_object_new ();
  sc_chat_settings_write_rules (settings, object);
  g_autofree char *text = sc_json_to_string (object);
  return sc_store_execute (connection,
                           "UPDATE chat_settings SET slow_seconds = $2, followers_only = $3,"
                           " read_only = $4, emoji_only = $5, rules = $6::jsonb -> 'rules',"
                           " languages = $6::jsonb -> 'languages', terms = $6::jsonb -> 'terms',"
                           " allowed_links = $6::jsonb -> 'allowed_links',"
                           " wanted_version = wanted_version + 1 WHERE user_id = $1",
                           SC_PARAMS (sc_int (user_id),
                                      sc_int (settings->modes.slow_seconds),
                                      sc_bool (settings->modes.followers_only),
                                      sc_bool (settings->modes.read_only),
                                      sc_bool (settings->modes.emoji_only),
                                      sc_text (text)),
                           error) >= 0;
}

/**
 * sc_chat_settings_store_want:
 * @connection: a connection, inside the transaction that changed what the rules say
 * @user_id: a channel's owner
 * @error: an error of %SC_STORE_ERROR
 *
 * Returns: %TRUE if a new version of the rules is wanted
 */
gboolean
sc_chat_settings_store_want (ScStoreConnection *connection, gint64 user_id, GError **error)
{
  return sc_store_execute (connection,
                           "UPDATE chat_settings SET wanted_version = wanted_version + 1"
                           " WHERE user_id = $1",
                           SC_PARAMS (sc_int (user_id)),
                           error) >= 0;
}

/**
 * sc_chat_settings_store_take:
 * @connection: a connection
 * @lease: the lease wanted
 * @ret_version: (out): the version to write, 0 if there is nothing to write or another is at it, or
 *   the channel has no room; untouched on failure
 * @ret_room_id: (out) (transfer full): what follows ":room/" in the room's ARN; untouched where
 *   there is nothing to write
 * @error: an error of %SC_STORE_ERROR
 *
 * Returns: %FALSE if the database could not say
 */
gboolean
sc_chat_settings_store_take (ScStoreConnection *connection,
                             const ScChatRulesLease *lease,
                             gint64 *ret_version,
                             char **ret_room_id,
                             GError **error)
{
  g_autoptr (ScStoreResult) result =
    sc_store_query (connection,
                    "UPDATE chat_settings s SET lease = $2::uuid, lease_until = $4"
                    " FROM channels c WHERE s.user_id = $1 AND c.user_id = s.user_id"
                    " AND c.room_arn IS NOT NULL AND s.written_version < s.wanted_version"
                    " AND (s.lease_until IS NULL OR s.lease_until <= $3)"
                    " RETURNING s.wanted_version, split_part(c.room_arn, ':room/', 2)",
                    SC_PARAMS (sc_int (lease->user_id),
                               sc_text (lease->lease),
                               sc_time (lease->now),
                               sc_time (lease->until)),
                    error);
  if (!result)
    return FALSE;
  *ret_version = 0;
  if (sc_store_result_count (result) == 1) {
    *ret_version = sc_store_result_get_int (result, 0, 0);
    *ret_room_id = g_strdup (sc_store_result_get_text (result, 0, 1));
  }
  return TRUE;
}

/**
 * sc_chat_settings_store_finish:
 * @connection: a connection
 * @lease: the lease held
 * @version: the version that is in the bucket now
 * @error: an error of %SC_STORE_ERROR
 *
 * Gives the lease back. Whose lease has ended has written nothing for sure: another may have
 * written before and after them.
 *
 * Returns: %TRUE if it is written down
 */
gboolean
sc_chat_settings_store_finish (ScStoreConnection *connection,
                               const ScChatRulesLease *lease,
                               gint64 version,
                               GError **error)
{
  return sc_store_execute (
           connection,
           "UPDATE chat_settings SET written_version = $3, lease = NULL, lease_until = NULL"
           " WHERE user_id = $1 AND lease = $2::uuid",
           SC_PARAMS (sc_int (lease->user_id), sc_text (lease->lease), sc_int (version)),
           error) >= 0;
}

/**
 * sc_chat_settings_store_give_up:
 * @connection: a connection
 * @lease: the lease held
 * @next_at: when somebody may try again, microseconds since the epoch
 * @error: an error of %SC_STORE_ERROR
 *
 * Returns: %TRUE if it is written down
 */
gboolean
sc_chat_settings_store_give_up (ScStoreConnection *connection,
                                const ScChatRulesLease *lease,
                                gint64 next_at,
                                GError **error)
{
  return sc_store_execute (connection,
                           "UPDATE chat_settings SET lease = NULL, lease_until = $3"
                           " WHERE user_id = $1 AND lease = $2::uuid",
                           SC_PARAMS (sc_int (lease->user_id),
                                      sc_text (lease->lease),
                                      sc_time (next_at)),
                           error) >= 0;
}

/**
 * sc_chat_settings_store_has_written:
 * @connection: a connection
 * @user_id: a channel's owner
 * @ret_has_written: (out): whether some version of the rules is in the bucket; untouched on failure
 * @error: an error of %SC_STORE_ERROR
 *
 * Returns: %FALSE if the database could not say
 */
gboolean
sc_chat_settings_store_has_written (ScStoreConnection *connection,
                                    gint64 user_id,
                                    gboolean *ret_has_written,
                                    GError **error)
{
  g_autoptr (ScStoreResult) result =
    sc_store_query (connection,
                    "SELECT FROM chat_settings WHERE user_id = $1 AND written_version > 0",
                    SC_PARAMS (sc_int (user_id)),
                    error);
  if (!result)
    return FALSE;
  *ret_has_written = sc_store_result_count (result) > 0;
  return TRUE;
}

/**
 * sc_chat_settings_store_list_behind:
 * @connection: a connection
 * @now: microseconds since the epoch
 * @max: how many at most
 * @error: an error of %SC_STORE_ERROR
 *
 * Returns: (transfer full) (nullable) (element-type gint64): the owners of the channels that have a
 *   room whose rules in the bucket are not the wanted ones, and that nobody is at
 */
GArray *
sc_chat_settings_store_list_behind (ScStoreConnection *connection,
                                    gint64 now,
                                    guint max,
                                    GError **error)
{
  g_autoptr (ScStoreResult) result =
    sc_store_query (connection,
                    "SELECT s.user_id FROM chat_settings s JOIN channels c"
                    " ON c.user_id = s.user_id WHERE s.written_version < s.wanted_version"
                    " AND c.room_arn IS NOT NULL AND (s.lease_until IS NULL OR s.lease_until <= $1)"
                    " ORDER BY s.lease_until NULLS FIRST LIMIT $2",
                    SC_PARAMS (sc_time (now), sc_int (max)),
                    error);
  return sc_store_result_read_ints (result);
}
