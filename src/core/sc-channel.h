/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-channel-pending.h"
#include "sc-stream.h"

#include <glib-object.h>
#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/**
 * ScChannelState:
 * @SC_CHANNEL_PROVISIONING: its resources are being made
 * @SC_CHANNEL_READY: it can be streamed to
 * @SC_CHANNEL_FAILED: it waits; sc_channel_get_reason() says for what
 */
typedef enum {
  SC_CHANNEL_PROVISIONING,
  SC_CHANNEL_READY,
  SC_CHANNEL_FAILED,
} ScChannelState;

#define SC_TYPE_CHANNEL (sc_channel_get_type ())
G_DECLARE_FINAL_TYPE (ScChannel, sc_channel, SC, CHANNEL, GObject)

ScChannel *sc_channel_new (const char *name, const char *title);
ScChannel *sc_channel_from_json (JsonObject *object, GError **error);
JsonObject *sc_channel_to_json (ScChannel *self, gboolean for_owner);

const char *sc_channel_get_name (ScChannel *self);
const char *sc_channel_get_title (ScChannel *self);
const char *sc_channel_get_category (ScChannel *self);
const char *sc_channel_get_about (ScChannel *self);
ScChannelState sc_channel_get_state (ScChannel *self);
const char *sc_channel_get_reason (ScChannel *self);
const char *sc_channel_get_ingest_server (ScChannel *self);
const char *sc_channel_get_channel_type (ScChannel *self);
const char *sc_channel_get_latency_mode (ScChannel *self);
const ScChannelPending *sc_channel_get_pending (ScChannel *self);
const char *sc_channel_get_playback_url (ScChannel *self);
const char *sc_channel_get_avatar_url (ScChannel *self);
const char *sc_channel_get_thumbnail_url (ScChannel *self);
const ScStream *sc_channel_get_stream (ScChannel *self);
gboolean sc_channel_get_live (ScChannel *self);
gboolean sc_channel_get_key_resetting (ScChannel *self);
gint64 sc_channel_get_started_at (ScChannel *self);
gint64 sc_channel_get_ended_at (ScChannel *self);
gint64 sc_channel_get_viewers (ScChannel *self);

void sc_channel_set_title (ScChannel *self, const char *title);
void sc_channel_set_words (ScChannel *self, const char *category, const char *about);
void sc_channel_set_state (ScChannel *self, ScChannelState state, const char *reason);
void sc_channel_set_ingest_server (ScChannel *self, const char *server);
void sc_channel_set_channel_type (ScChannel *self, const char *type);
void sc_channel_set_latency_mode (ScChannel *self, const char *mode);
void sc_channel_set_pending (ScChannel *self, const ScChannelPending *pending);
void sc_channel_set_playback_url (ScChannel *self, const char *url);
void sc_channel_set_avatar_url (ScChannel *self, const char *url);
void sc_channel_set_thumbnail_url (ScChannel *self, const char *url);
void sc_channel_set_key_resetting (ScChannel *self, gboolean resetting);
void sc_channel_set_stream (ScChannel *self, const ScStream *stream);
void sc_channel_update (ScChannel *self, ScChannel *newer);

G_END_DECLS
