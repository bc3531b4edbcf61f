/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What a streamer makes of the own channel: other words about it, another type or latency mode. */

#include "config.h"

#include "sc-channel-change.h"

#include "sc-account-views.h"
#include "sc-channel-type.h"
#include "sc-chapter-store.h"
#include "sc-errands.h"
#include "sc-handlers.h"
#include "sc-stream-change.h"
#include "sc-text-fields.h"

/**
 * sc_answer_own_channel:
 * @call: a call about the own channel
 * @row: the channel
 *
 * Returns: (transfer full): 200 {channel}
 */
ScResponse *
sc_answer_own_channel (ScCall *call, ScChannelRow *row)
{
  ScProvisioner *provisioner = sc_service_get_quick_provisioner (call->service);
  g_autofree char *avatar_url = sc_service_dup_object_url (call->service, row->avatar);
  JsonObject *body = json_object_new ();
  sc_channel_set_avatar_url (row->channel, avatar_url);
  if (!sc_channel_get_channel_type (row->channel))
    sc_channel_set_channel_type (row->channel, sc_provisioner_get_channel_type (provisioner));
  if (!sc_channel_get_latency_mode (row->channel))
    sc_channel_set_latency_mode (row->channel, SC_PROVISION_LATENCY_MODE);
  json_object_set_object_member (body, "channel", sc_view_own_channel (row));
  return sc_response_new_json (200, body);
}

static gboolean
wants_settings (const ScErrand *settings)
{
  return settings->wanted_type || settings->wanted_latency_mode;
}

static ScChannelRow *
read_own (ScCall *call, GError **error)
{
  g_autoptr (ScStoreConnection) connection =
    sc_store_acquire (sc_service_get_store (call->service), error);
  return connection ? sc_channel_store_get_own (connection, call->user->id, error) : NULL;
}

static ScResponse *
refuse_settings (const ScErrand *settings)
{
  const char *mode = settings->wanted_latency_mode;
  if (settings->wanted_type && !sc_channel_type_is_known (settings->wanted_type))
    return sc_response_new_fault (SC_FAULT_BAD_REQUEST,
                                  "type",
                                  "A type is BASIC, STANDARD, ADVANCED_SD or ADVANCED_HD.");
  if (mode && !g_str_equal (mode, "LOW") && !g_str_equal (mode, "NORMAL"))
    return sc_response_new_fault (SC_FAULT_BAD_REQUEST,
                                  "latency_mode",
                                  "A latency mode is LOW or NORMAL.");
  return NULL;
}

/* Says whether there is a channel on Amazon IVS that can have other settings. */
static gboolean
check_ready (ScCall *call, const ScErrand *settings, ScResponse **ret_refusal, GError **error)
{
  if (!wants_settings (settings))
    return TRUE;
  g_autoptr (ScChannelRow) row = read_own (call, error);
  if (row && sc_channel_get_state (row->channel) != SC_CHANNEL_READY)
    *ret_refusal = sc_response_new_fault (SC_FAULT_CHANNEL_NOT_READY, NULL, NULL);
  return row != NULL;
}

/* Stores the words and orders that the room is told, and notes what Amazon IVS is to be told, all
 * or nothing; what is the same is no news. */
static gboolean
write_change (ScRoomOrders *orders,
              const ScChannelWords *words,
              const ScErrand *settings,
              GError **error)
{
  gboolean is_new = FALSE;
  ScStoreConnection *connection = orders->connection;
  return sc_store_begin (connection, error) &&
         sc_chapter_store_note (connection, orders->user_id, words, orders->now, error) &&
         sc_channel_store_set_words (connection, orders->user_id, words, &is_new, error) &&
         (!is_new || sc_stream_change_order (orders, "changed", NULL, error)) &&
         (!wants_settings (settings) ||
          sc_errand_store_begin_settings (connection, settings, error)) &&
         sc_store_commit (connection, error);
}

static gboolean
change (ScCall *call,
        const ScChannelWords *words,
        ScErrand *settings,
        ScRoomOrders *orders,
        GError **error)
{
  g_autoptr (ScStoreConnection) connection =
    sc_store_acquire (sc_service_get_store (call->service), error);
  if (!connection)
    return FALSE;
  sc_room_orders_init (orders, connection, call->user->id);
  orders->now = settings->next_at = sc_service_now (call->service);
  settings->user_id = call->user->id;
  return write_change (orders, words, settings, error);
}

static ScResponse *
perform (ScCall *call, ScErrand *settings, GError **error)
{
  g_autofree char *title = sc_text_fields_dup (call->body, "title");
  g_autofree char *category = sc_text_fields_dup (call->body, "category");
  g_autofree char *about = sc_text_fields_dup (call->body, "about");
  const ScChannelWords words = { title, category, about };
  guint pending = 0;
  g_auto (ScRoomOrders) orders = { 0 };
  if (!change (call, &words, settings, &orders, error))
    return NULL;
  sc_room_calls_make (call->service, &orders, &pending, NULL);
  if (wants_settings (settings))
    sc_errands_advance_for_a_while (call->service, call->user->id);
  g_autoptr (ScChannelRow) row = read_own (call, error);
  return row ? sc_answer_own_channel (call, row) : NULL;
}

/**
 * sc_handle_patch_own_channel:
 * @call: PATCH /v1/me/channel {title?, category?, about?, type?, latency_mode?}
 * @error: an error of a layer below
 *
 * Changes what is there, all or nothing, and tells the channel's room. What Amazon IVS has to be
 * told is told as soon as it listens, which it does not while the channel is live ("UpdateChannel",
 * Amazon IVS API Reference); until then it is "pending".
 *
 * Returns: (transfer full) (nullable): 200 {channel}, 400, or 409 for settings before the channel
 * is ready
 */
ScResponse *
sc_handle_patch_own_channel (ScCall *call, GError **error)
{
  ScResponse *refusal = sc_text_fields_refuse (call->body);
  if (refusal)
    return refusal;
  g_autoptr (ScErrand) settings = g_new0 (ScErrand, 1);
  settings->wanted_type = sc_text_fields_dup (call->body, "type");
  settings->wanted_latency_mode = sc_text_fields_dup (call->body, "latency_mode");
  refusal = refuse_settings (settings);
  if (refusal || !check_ready (call, settings, &refusal, error) || refusal)
    return refusal;
  return perform (call, settings, error);
}
