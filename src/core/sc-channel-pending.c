/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What was asked of a channel and is not so yet. Any thread. */

#include "config.h"

#include "sc-channel-pending.h"

#include "sc-json.h"

/**
 * sc_channel_pending_copy:
 * @self: (nullable): what is pending
 *
 * Returns: (transfer full) (nullable): a copy
 */
ScChannelPending *
sc_channel_pending_copy (const ScChannelPending *self)
{
  if (!self)
    return NULL;
  ScChannelPending *copy = g_new0 (ScChannelPending, 1);
  copy->type = g_strdup (self->type);
  copy->latency_mode = g_strdup (self->latency_mode);
  copy->waits_for = g_strdup (self->waits_for);
  return copy;
}

/**
 * sc_channel_pending_free:
 * @self: (nullable) (transfer full): what was pending
 */
void
sc_channel_pending_free (ScChannelPending *self)
{
  if (!self)
    return;
  g_free (self->type);
  g_free (self->latency_mode);
  g_free (self->waits_for);
  g_free (self);
}

/**
 * sc_channel_pending_to_json:
 * @self: what is pending
 *
 * Returns: (transfer full): {channel_type, latency_mode, waits_for}
 */
JsonObject *
sc_channel_pending_to_json (const ScChannelPending *self)
{
  JsonObject *object = json_object_new ();
  sc_json_set_string (object, "channel_type", self->type);
  sc_json_set_string (object, "latency_mode", self->latency_mode);
  sc_json_set_string (object, "waits_for", self->waits_for);
  return object;
}

/**
 * sc_channel_pending_from_json:
 * @object: what our API says is pending
 *
 * Returns: (transfer full): the same
 */
ScChannelPending *
sc_channel_pending_from_json (JsonObject *object)
{
  ScChannelPending *self = g_new0 (ScChannelPending, 1);
  self->type = g_strdup (sc_json_get_string_or (object, "channel_type", NULL));
  self->latency_mode = g_strdup (sc_json_get_string_or (object, "latency_mode", NULL));
  self->waits_for = g_strdup (sc_json_get_string_or (object, "waits_for", SC_PENDING_IVS));
  return self;
}
