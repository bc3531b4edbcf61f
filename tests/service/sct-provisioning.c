/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "sct-provisioning.h"

/* Longer than any answer takes on a busy machine: no call is given up but one that hangs. */
#define TIMEOUT_SECONDS 20

/* So that a call that hangs costs a test little. */
#define HASTY_TIMEOUT_SECONDS 1

/* More than any fault that a test orders can cost. */
#define MAX_ROUNDS 40

static gint64
read_clock (gpointer user_data)
{
  const SctProvisioning *self = user_data;
  return g_get_real_time () + self->ahead_us;
}

static void
wait_for_turn (gint64 time_us, gpointer data)
{
  sct_provisioning_pass (data, time_us);
}

static SctProvisioning *
make (const char *conninfo, const char *url, guint timeout_seconds)
{
  const ScProvisionConfig config = {
    .chat_logging_arn = SCT_LOGGING_ARN,
    .chat_review_arn = SCT_REVIEW_ARN,
  };
  SctProvisioning *self = g_new0 (SctProvisioning, 1);
  self->store = sc_store_new (conninfo, 8);
  self->aws = sct_control_new_aws (url, timeout_seconds);
  self->provisioner = sc_provisioner_new (self->store, self->aws, &config);
  sc_provisioner_set_clock (self->provisioner, read_clock, self);
  return self;
}

/**
 * sct_provisioning_pass:
 * @self: what provisions
 * @time_us: how much time passes at once, microseconds
 *
 * Lets time pass for the provisioner, for the database's turns and for the control planes, and has
 * no more real time pass from now on where the provisioner waits for a turn.
 */
void
sct_provisioning_pass (SctProvisioning *self, gint64 time_us)
{
  g_autoptr (GError) error = NULL;
  self->ahead_us += time_us;
  if (!self->control)
    return;
  sc_aws_set_wait (self->aws, wait_for_turn, self);
  sct_control_pass (self->control, time_us);
  g_autoptr (ScStoreConnection) connection = sc_store_acquire (self->store, &error);
  g_assert_no_error (error);
  sc_store_execute (connection,
                    "UPDATE call_buckets SET free_at = free_at - $1 * interval '1 microsecond'",
                    SC_PARAMS (sc_int (time_us)),
                    &error);
  g_assert_no_error (error);
}

/**
 * sct_provisioning_new:
 * @conninfo: a migrated database
 * @url: where the control planes are
 *
 * Returns: (transfer full): what provisions there
 */
SctProvisioning *
sct_provisioning_new (const char *conninfo, const char *url)
{
  return make (conninfo, url, TIMEOUT_SECONDS);
}

/**
 * sct_provisioning_new_hasty:
 * @conninfo: a migrated database
 * @url: where the control planes are
 *
 * Returns: (transfer full): what provisions there and soon gives up a call that hangs
 */
SctProvisioning *
sct_provisioning_new_hasty (const char *conninfo, const char *url)
{
  return make (conninfo, url, HASTY_TIMEOUT_SECONDS);
}

/**
 * sct_provisioning_free:
 * @self: (transfer full): what provisions
 *
 * Frees it.
 */
void
sct_provisioning_free (SctProvisioning *self)
{
  sc_provisioner_free (self->provisioner);
  sc_aws_free (self->aws);
  sc_store_free (self->store);
  g_free (self);
}

/**
 * sct_provisioning_add_user:
 * @self: what provisions
 * @name: a name that no user has
 *
 * Returns: the id of a new user whose provisioning has begun
 */
gint64
sct_provisioning_add_user (SctProvisioning *self, const char *name)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ScStoreConnection) connection = sc_store_acquire (self->store, &error);
  g_assert_no_error (error);
  g_assert_true (sc_store_begin (connection, &error));
  g_autoptr (ScStoreResult) result =
    sc_store_query (connection,
                    "WITH u AS (INSERT INTO users (name, password_hash) VALUES ($1, '-')"
                    " RETURNING id, name)"
                    " INSERT INTO channels (user_id, name, title) SELECT id, name, 't' FROM u"
                    " RETURNING user_id",
                    SC_PARAMS (sc_text (name)),
                    &error);
  g_assert_no_error (error);
  gint64 id = sc_store_result_get_int (result, 0, 0);
  sc_provision_begin (connection, id, read_clock (self), &error);
  g_assert_no_error (error);
  g_assert_true (sc_store_commit (connection, &error));
  return id;
}

/**
 * sct_provisioning_advance:
 * @self: what provisions
 * @user_id: a user
 *
 * Goes on until nothing is due now or the database fails, as sign-up does.
 */
void
sct_provisioning_advance (SctProvisioning *self, gint64 user_id)
{
  ScProvisionOutcome outcome = SC_PROVISION_MOVED;
  while (outcome == SC_PROVISION_MOVED) {
    if (!sc_provision_advance (self->provisioner, user_id, &outcome, NULL))
      return;
  }
}

/* How long until something of the user's channel is due, microseconds. */
static gint64
ask_pause (SctProvisioning *self, gint64 user_id)
{
  gint64 due = sct_provisioning_ask (
    self,
    "SELECT (extract (epoch FROM min (greatest (next_at, lease_until))) * 1000000)::bigint"
    " FROM provision_steps WHERE state <> 'done' AND user_id = $1",
    user_id);
  return MAX (0, due - read_clock (self)) + 1;
}

/**
 * sct_provisioning_finish:
 * @self: what provisions
 * @user_id: a user
 *
 * Lets time pass until the next step is due, and goes on then, until the user's channel is ready.
 */
void
sct_provisioning_finish (SctProvisioning *self, gint64 user_id)
{
  for (int i = 0; i < MAX_ROUNDS; i++) {
    sct_provisioning_advance (self, user_id);
    g_autofree char *state = sct_provisioning_dup_state (self, user_id);
    if (g_str_equal (state, "ready"))
      return;
    sct_provisioning_pass (self, ask_pause (self, user_id));
  }
  g_error ("The channel of user %" G_GINT64_FORMAT " never got ready", user_id);
}

/**
 * sct_provisioning_sweep:
 * @self: what provisions
 * @dry_run: %TRUE to remove nothing
 *
 * Lets the janitor look, a quarter of an hour later.
 *
 * Returns: how many resources it removed, or would remove
 */
guint
sct_provisioning_sweep (SctProvisioning *self, gboolean dry_run)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) arns = NULL;
  sct_provisioning_pass (self, 16 * G_TIME_SPAN_MINUTE);
  sc_provision_janitor (self->provisioner, dry_run, &arns, &error);
  g_assert_no_error (error);
  return arns->len;
}

/**
 * sct_provisioning_dup_state:
 * @self: what provisions
 * @user_id: a user
 *
 * Returns: (transfer full): the channel's state, and where it failed the reason after a space
 */
char *
sct_provisioning_dup_state (SctProvisioning *self, gint64 user_id)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ScStoreConnection) connection = sc_store_acquire (self->store, &error);
  g_assert_no_error (error);
  g_autoptr (ScStoreResult) result =
    sc_store_query (connection,
                    "SELECT concat_ws (' ', state, reason) FROM channels WHERE user_id = $1",
                    SC_PARAMS (sc_int (user_id)),
                    &error);
  g_assert_no_error (error);
  return g_strdup (sc_store_result_get_text (result, 0, 0));
}

/**
 * sct_provisioning_ask:
 * @self: what provisions
 * @sql: a statement with $1 that gives a number
 * @user_id: $1
 *
 * Returns: the number
 */
gint64
sct_provisioning_ask (SctProvisioning *self, const char *sql, gint64 user_id)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ScStoreConnection) connection = sc_store_acquire (self->store, &error);
  g_assert_no_error (error);
  g_autoptr (ScStoreResult) result =
    sc_store_query (connection, sql, SC_PARAMS (sc_int (user_id)), &error);
  g_assert_no_error (error);
  return sc_store_result_get_int (result, 0, 0);
}
