/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* How a user comes to a channel, a chat room and a stage: a saga whose next move is always in the
 * database before it is made.
 *
 * Creates of Amazon IVS have no client token and names are not unique, so that a second Create
 * after an unclear answer would make a second resource. Each step therefore commits a token, puts
 * it into the resource's name, and calls. Where the outcome is unclear, because the answer was lost
 * or this process died, a List for that name settles it before another Create, which gets another
 * token. What still comes into being behind our back is removed by the janitor:
 * sc-provision-janitor.c.
 *
 * Blocking, any thread; no connection to the database is held while AWS is called.
 */

#include "config.h"

#include "sc-backoff.h"
#include "sc-provision-private.h"

/* A Create whose answer was lost may still be at work: look for its effect only after that. */
#define SETTLE_US (2 * G_TIME_SPAN_SECOND)

/* After errors that pass by themselves. */
#define PASSING_BASE_US (1 * G_TIME_SPAN_SECOND)
#define PASSING_CAP_US (1 * G_TIME_SPAN_MINUTE)

/* After errors that somebody has to do something about. */
#define LASTING_BASE_US (1 * G_TIME_SPAN_MINUTE)
#define LASTING_CAP_US (1 * G_TIME_SPAN_HOUR)

/* So many tries in a row, some 30 s, and the owner is told that Amazon IVS is out of reach. */
#define PATIENCE 5

static gint64
read_system_clock (gpointer user_data)
{
  return g_get_real_time ();
}

/* Lets a call out when its operation's bucket has a turn. */
static gint64
take_turn (const char *operation, gpointer user_data, GError **error)
{
  ScProvisioner *self = user_data;
  gint64 wait_us = 0;
  g_autoptr (GError) cause = NULL;
  g_autoptr (ScStoreConnection) connection = sc_store_acquire (self->store, &cause);
  if (connection && sc_call_buckets_take (connection, operation, &wait_us, &cause) && wait_us >= 0)
    return wait_us;
  g_set_error (error,
               SC_AWS_ERROR,
               SC_AWS_ERROR_THROTTLED,
               "%s has no turn: %s",
               operation,
               cause ? cause->message : "too many calls wait");
  return -1;
}

/**
 * sc_provisioner_new:
 * @store: the database, not owned
 * @aws: the client, not owned; all its calls are kept within the quota from now on
 * @config: what the resources refer to
 *
 * Returns: (transfer full): a provisioner
 */
ScProvisioner *
sc_provisioner_new (ScStore *store, ScAws *aws, const ScProvisionConfig *config)
{
  ScProvisioner *self = g_new0 (ScProvisioner, 1);
  self->store = store;
  self->aws = aws;
  self->channel_type = g_strdup (config->channel_type ? config->channel_type : "BASIC");
  self->recording_arn = g_strdup (config->recording_arn);
  self->chat_logging_arn = g_strdup (config->chat_logging_arn);
  self->chat_review_arn = g_strdup (config->chat_review_arn);
  self->clock = read_system_clock;
  sc_aws_set_gate (aws, take_turn, self);
  return self;
}

/**
 * sc_provisioner_set_clock:
 * @self: a provisioner that is not in use yet
 * @clock: tells the time
 * @user_data: for @clock
 *
 * Sets the clock that leases, pauses and ages go by.
 */
void
sc_provisioner_set_clock (ScProvisioner *self, ScProvisionClock clock, gpointer user_data)
{
  self->clock = clock;
  self->clock_data = user_data;
}

/**
 * sc_provisioner_free:
 * @self: (nullable) (transfer full): a provisioner
 *
 * Frees it. No call may be under way.
 */
void
sc_provisioner_free (ScProvisioner *self)
{
  if (!self)
    return;
  sc_aws_set_gate (self->aws, NULL, NULL);
  g_free (self->channel_type);
  g_free (self->recording_arn);
  g_free (self->chat_logging_arn);
  g_free (self->chat_review_arn);
  g_free (self);
}

/**
 * sc_provisioner_get_channel_type:
 * @self: a provisioner
 *
 * Returns: (transfer none): the type of the channels that it makes, as "BASIC"; any thread
 */
const char *
sc_provisioner_get_channel_type (ScProvisioner *self)
{
  return self->channel_type;
}

/**
 * sc_provisioner_now:
 * @self: a provisioner
 *
 * Returns: the time, microseconds since the epoch
 */
gint64
sc_provisioner_now (ScProvisioner *self)
{
  return self->clock (self->clock_data);
}

/**
 * sc_provision_begin:
 * @connection: a connection, in the transaction that makes the user and the channel's row
 * @user_id: the user
 * @now_us: the time, microseconds since the epoch
 * @error: any %SC_STORE_ERROR
 *
 * Notes that the user is to have a channel. Nothing is called.
 *
 * Returns: %TRUE if it is noted
 */
gboolean
sc_provision_begin (ScStoreConnection *connection, gint64 user_id, gint64 now_us, GError **error)
{
  return sc_provision_steps_insert (connection, user_id, now_us, error);
}

static gint64
delay_after (const ScProvisionStep *step, gint64 base_us, gint64 cap_us)
{
  guint before = step->attempts > 0 ? step->attempts - 1 : 0;
  return sc_backoff_delay (before, base_us, cap_us, 0.5 + g_random_double () / 2);
}

/* Says why the channel cannot be had, or NULL where trying again will do. */
static const char *
find_reason (const ScProvisionStep *step, const GError *error)
{
  if (g_error_matches (error, SC_AWS_ERROR, SC_AWS_ERROR_QUOTA))
    return "quota";
  if (g_error_matches (error, SC_AWS_ERROR, SC_AWS_ERROR_DENIED) ||
      g_error_matches (error, SC_AWS_ERROR, SC_AWS_ERROR_PENDING_VERIFICATION))
    return "denied";
  if (g_error_matches (error, SC_AWS_ERROR, SC_AWS_ERROR_THROTTLED))
    return step->reason;
  if (sc_aws_error_is_passing (error))
    return step->attempts >= PATIENCE ? "unavailable" : step->reason;
  return "invalid";
}

/* Where the step goes on after a call that brought an error. */
static ScProvisionState
find_state_after (const ScProvisionStep *step, const GError *error)
{
  if (step->state == SC_PROVISION_CALLING)
    return sc_aws_error_is_unclear (error) ? SC_PROVISION_UNCLEAR : SC_PROVISION_WANTED;
  if (g_error_matches (error, SC_AWS_ERROR, SC_AWS_ERROR_NOT_FOUND))
    return SC_PROVISION_WANTED; /* what a List found is gone */
  return step->state;
}

static void
note_failure (ScProvisioner *self, ScProvisionStep *step, const GError *error)
{
  gboolean settles = step->state == SC_PROVISION_CALLING && sc_aws_error_is_unclear (error);
  g_debug ("Provisioning for user %" G_GINT64_FORMAT ": %s", step->user_id, error->message);
  step->reason = find_reason (step, error);
  step->state = find_state_after (step, error);
  g_clear_pointer (&step->page, g_free); /* a List starts anew */
  if (step->state == SC_PROVISION_WANTED)
    g_clear_pointer (&step->arn, g_free);

  gint64 delay = sc_aws_error_is_passing (error)
                   ? delay_after (step, PASSING_BASE_US, PASSING_CAP_US)
                   : delay_after (step, LASTING_BASE_US, LASTING_CAP_US);
  step->next_at = sc_provisioner_now (self) + (settles ? MAX (delay, SETTLE_US) : delay);
}

/* A List that found nothing is neither progress nor a failure: a Create that fails again and again
 * with a List between must come to its pauses and its reason all the same. */
static void
note_success (ScProvisioner *self, ScProvisionStep *step)
{
  gboolean found_nothing =
    step->state == SC_PROVISION_WANTED || step->state == SC_PROVISION_UNCLEAR;
  if (found_nothing) {
    step->attempts -= step->attempts > 0;
  } else {
    step->attempts = 0;
    step->reason = NULL;
  }
  step->next_at = sc_provisioner_now (self);
}

static gboolean
take_step (ScProvisioner *self, gint64 user_id, ScProvisionStep **ret_step, GError **error)
{
  g_autoptr (ScStoreConnection) connection = sc_store_acquire (self->store, error);
  if (!connection)
    return FALSE;
  gint64 now = sc_provisioner_now (self);
  return sc_provision_steps_take (connection, user_id, now, ret_step, error);
}

static gboolean
put_step (ScProvisioner *self,
          const ScProvisionStep *step,
          const ScProvisionDetails *details,
          GError **error)
{
  g_autoptr (ScStoreConnection) connection = sc_store_acquire (self->store, error);
  return connection && sc_provision_steps_put (connection, step, details, error);
}

static void
clear_details (ScProvisionDetails *details)
{
  g_free (details->playback_url);
  g_free (details->ingest_endpoint);
  g_free (details->stream_key_arn);
  g_free (details->channel_type);
  g_free (details->latency_mode);
}

/**
 * sc_provision_advance:
 * @self: a provisioner
 * @user_id: whose channel, or 0 for anybody's that is due
 * @ret_outcome: (out): whether a call was made; untouched on failure
 * @error: any %SC_STORE_ERROR
 *
 * Takes a step that is due, makes its one call of AWS, and writes what came of it, good or bad, to
 * the step and the channel. The calling thread must hold no connection to the database.
 *
 * Returns: %FALSE only if the database failed; the step then goes on when its lease has run out
 */
gboolean
sc_provision_advance (ScProvisioner *self,
                      gint64 user_id,
                      ScProvisionOutcome *ret_outcome,
                      GError **error)
{
  g_autoptr (ScProvisionStep) step = NULL;
  if (!take_step (self, user_id, &step, error))
    return FALSE;
  if (!step) {
    *ret_outcome = SC_PROVISION_IDLE;
    return TRUE;
  }

  ScProvisionDetails details = { NULL };
  g_autoptr (GError) cause = NULL;
  if (sc_provision_perform (self, step, &details, &cause))
    note_success (self, step);
  else
    note_failure (self, step, cause);
  gboolean written = put_step (self, step, &details, error);
  clear_details (&details);
  if (written)
    *ret_outcome = SC_PROVISION_MOVED;
  return written;
}

/**
 * sc_provision_resume:
 * @self: a provisioner
 * @until_us: start no call after this time, microseconds since the epoch
 * @error: any %SC_STORE_ERROR
 *
 * Goes on with all that is due, for all users, one call after the other.
 *
 * Returns: %FALSE if the database failed
 */
gboolean
sc_provision_resume (ScProvisioner *self, gint64 until_us, GError **error)
{
  ScProvisionOutcome outcome = SC_PROVISION_MOVED;
  while (outcome == SC_PROVISION_MOVED && sc_provisioner_now (self) < until_us) {
    if (!sc_provision_advance (self, 0, &outcome, error))
      return FALSE;
  }
  return TRUE;
}
