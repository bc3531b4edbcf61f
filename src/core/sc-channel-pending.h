/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/**
 * ScChannelPending:
 * @type: (nullable): the type that the channel is to have
 * @latency_mode: (nullable): the latency mode that it is to have
 * @waits_for: "stream" for the stream's end, "ivs" for Amazon IVS, which is being asked, or
 *   "another-try" after it refused more than once
 *
 * What was asked of a channel and is not so yet.
 */
typedef struct {
  char *type;
  char *latency_mode;
  char *waits_for;
} ScChannelPending;

#define SC_PENDING_STREAM "stream"
#define SC_PENDING_IVS "ivs"
#define SC_PENDING_ANOTHER_TRY "another-try"

ScChannelPending *sc_channel_pending_copy (const ScChannelPending *self);
void sc_channel_pending_free (ScChannelPending *self);
JsonObject *sc_channel_pending_to_json (const ScChannelPending *self);
ScChannelPending *sc_channel_pending_from_json (JsonObject *object);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ScChannelPending, sc_channel_pending_free)

G_END_DECLS
