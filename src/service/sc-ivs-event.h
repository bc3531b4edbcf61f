/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* Ids of EventBridge are UUIDs, of streams 26 characters ("Amazon IVS API Reference"); the bound is
 * for what is none of that. */
#define SC_IVS_EVENT_ID_MAX 128

/**
 * ScIvsEvent:
 * @id: the event's id
 * @channel_arn: the one channel that it is about
 * @stream_id: the stream
 * @happened_at: when that was, microseconds since the epoch
 * @detail: what it says
 *
 * What every event of Amazon IVS about a channel has; borrowed from the event.
 */
typedef struct {
  const char *id;
  const char *channel_arn;
  const char *stream_id;
  gint64 happened_at;
  JsonObject *detail;
} ScIvsEvent;

gboolean sc_ivs_event_read_account (JsonObject *object, ScIvsEvent *ret_event, GError **error);
gboolean sc_ivs_event_read (JsonObject *object, ScIvsEvent *ret_event, GError **error);

G_END_DECLS
