/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Moves channels and rooms to what was deployed after they were made: another recording
 * configuration, logging configuration or review function. Amazon IVS can change none of these, so
 * that a deployment that wants another one makes a new one beside the old.
 *
 * A channel's step or a room's that is done says what it was last told to refer to. */

#include "config.h"

#include "sc-backoff.h"
#include "sc-ivs.h"
#include "sc-ivschat.h"
#include "sc-provision-private.h"

/* A live channel cannot be changed ("UpdateChannel", Amazon IVS API Reference). A stream may go on
 * for hours, and one call in five minutes for each that does is nothing of the quota. */
#define LIVE_US (5 * G_TIME_SPAN_MINUTE)

/* After other errors. */
#define PAUSE_BASE_US (1 * G_TIME_SPAN_SECOND)
#define PAUSE_CAP_US (1 * G_TIME_SPAN_HOUR)

static gboolean
update_channel (ScProvisioner *self, const ScProvisionStep *step, GError **error)
{
  return sc_ivs_update_channel_recording (self->aws, step->arn, self->recording_arn, error);
}

static gboolean
update_room (ScProvisioner *self, const ScProvisionStep *step, GError **error)
{
  char *logging[] = { self->chat_logging_arn, NULL };
  const ScIvsRoom changed = { .arn = step->arn,
                              .review_uri = self->chat_review_arn,
                              .review_fallback = (char *) "DENY",
                              .logging_configuration_arns = logging };
  return sc_ivschat_update_room (self->aws, &changed, error);
}

static gint64
find_pause (const ScProvisionStep *step, const GError *error)
{
  if (g_error_matches (error, SC_AWS_ERROR, SC_AWS_ERROR_CONFLICT))
    return LIVE_US;
  guint before = step->attempts > 0 ? step->attempts - 1 : 0;
  return sc_backoff_delay (before, PAUSE_BASE_US, PAUSE_CAP_US, 0.5 + g_random_double () / 2);
}

static gboolean
take (ScProvisioner *self, ScProvisionStep **ret_step, GError **error)
{
  g_autofree char *channel = sc_provision_refers_to (self, SC_PROVISION_CHANNEL);
  g_autofree char *room = sc_provision_refers_to (self, SC_PROVISION_ROOM);
  const ScProvisionWanted wanted = { channel, room, sc_provisioner_now (self) };
  g_autoptr (ScStoreConnection) connection = sc_store_acquire (self->store, error);
  return connection && sc_provision_steps_take_outdated (connection, &wanted, ret_step, error);
}

static gboolean
put (ScProvisioner *self, const ScProvisionStep *step, GError **error)
{
  g_autoptr (ScStoreConnection) connection = sc_store_acquire (self->store, error);
  return connection && sc_provision_steps_put_refreshed (connection, step, error);
}

static gboolean
refresh_one (ScProvisioner *self, ScProvisionStep *step, GError **error)
{
  g_autoptr (GError) cause = NULL;
  gboolean done = step->kind == SC_PROVISION_CHANNEL ? update_channel (self, step, &cause)
                                                     : update_room (self, step, &cause);
  step->next_at = sc_provisioner_now (self);
  if (done) {
    g_free (step->refers_to);
    step->refers_to = sc_provision_refers_to (self, step->kind);
    step->attempts = 0;
  } else {
    g_debug ("%s stays as it was: %s", step->arn, cause->message);
    step->next_at += find_pause (step, cause);
  }
  return put (self, step, error);
}

/**
 * sc_provision_refers_to:
 * @self: a provisioner
 * @kind: a channel or a room
 *
 * Returns: (transfer full) (nullable): what new ones refer to, as it is written down; %NULL where
 *   that is nothing, and old ones keep what they have
 */
char *
sc_provision_refers_to (ScProvisioner *self, ScProvisionKind kind)
{
  if (kind == SC_PROVISION_CHANNEL)
    return g_strdup (self->recording_arn);
  if (kind != SC_PROVISION_ROOM || !self->chat_review_arn || !self->chat_logging_arn)
    return NULL;
  return g_strconcat (self->chat_logging_arn, " ", self->chat_review_arn, NULL);
}

/**
 * sc_provision_refresh:
 * @self: a provisioner
 * @until_us: start no call after this time, microseconds since the epoch
 * @error: any %SC_STORE_ERROR
 *
 * Moves channels and rooms to what is deployed now, one call after the other within the quota.
 * Those of live channels wait.
 *
 * Returns: %FALSE if the database failed
 */
gboolean
sc_provision_refresh (ScProvisioner *self, gint64 until_us, GError **error)
{
  while (sc_provisioner_now (self) < until_us) {
    g_autoptr (ScProvisionStep) step = NULL;
    if (!take (self, &step, error))
      return FALSE;
    if (!step)
      return TRUE;
    if (!refresh_one (self, step, error))
      return FALSE;
  }
  return TRUE;
}
