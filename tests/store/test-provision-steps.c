/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "sc-leases.h"
#include "sc-migrate.h"
#include "sc-provision-steps.h"
#include "sct-cluster.h"

#define NOW G_GINT64_CONSTANT (1760000000000000)
#define MINUTE G_TIME_SPAN_MINUTE

static SctCluster *cluster;

typedef struct {
  ScStore *store;
  ScStoreConnection *connection;
  gint64 user_id;
} Fixture;

static gint64
make_user (ScStoreConnection *connection, const char *name)
{
  g_autoptr (GError) error = NULL;
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
  g_assert_true (sc_provision_steps_insert (connection, id, NOW, &error));
  g_assert_no_error (error);
  return id;
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  static guint n_databases;
  g_autoptr (GError) error = NULL;
  g_autofree char *name = g_strdup_printf ("steps%u", n_databases++);
  g_autofree char *conninfo = sct_cluster_create_database (cluster, name, NULL);
  fixture->store = sc_store_new (conninfo, 4);
  g_assert_true (sc_migrate (fixture->store, NULL, &error));
  g_assert_no_error (error);
  fixture->connection = sc_store_acquire (fixture->store, &error);
  g_assert_no_error (error);
  fixture->user_id = make_user (fixture->connection, "ada");
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  sc_store_connection_release (fixture->connection);
  sc_store_free (fixture->store);
}

static ScProvisionStep *
take (Fixture *fixture, gint64 now_us)
{
  g_autoptr (GError) error = NULL;
  ScProvisionStep *step = NULL;
  g_assert_true (
    sc_provision_steps_take (fixture->connection, fixture->user_id, now_us, &step, &error));
  g_assert_no_error (error);
  return step;
}

static void
put (Fixture *fixture, ScProvisionStep *step, const ScProvisionDetails *details)
{
  g_autoptr (GError) error = NULL;
  const ScProvisionDetails nothing = { NULL };
  g_assert_true (
    sc_provision_steps_put (fixture->connection, step, details ? details : &nothing, &error));
  g_assert_no_error (error);
}

static void
assert_channel (Fixture *fixture, const char *state, const char *reason)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ScStoreResult) result =
    sc_store_query (fixture->connection,
                    "SELECT state, reason FROM channels WHERE user_id = $1",
                    SC_PARAMS (sc_int (fixture->user_id)),
                    &error);
  g_assert_no_error (error);
  g_assert_cmpstr (sc_store_result_get_text (result, 0, 0), ==, state);
  g_assert_cmpstr (sc_store_result_get_text (result, 0, 1), ==, reason);
}

static void
finish (Fixture *fixture, ScProvisionKind kind, const char *arn)
{
  const ScProvisionDetails details = { (char *) "https://p",
                                       (char *) "ingest",
                                       (char *) "key-arn" };
  g_autoptr (ScProvisionStep) step = take (fixture, NOW);
  g_assert_nonnull (step);
  g_assert_cmpint (step->kind, ==, kind);
  g_assert_cmpint (step->state, ==, SC_PROVISION_CALLING);
  g_assert_cmpstr (step->name, ==, "ada");
  g_assert_true (g_uuid_string_is_valid (step->token));
  step->state = SC_PROVISION_DONE;
  g_set_str (&step->arn, arn);
  step->next_at = NOW;
  put (fixture, step, kind == SC_PROVISION_CHANNEL ? &details : NULL);
}

static void
test_three_steps_make_a_channel_ready (Fixture *fixture, gconstpointer data)
{
  finish (fixture, SC_PROVISION_CHANNEL, "arn:channel");
  finish (fixture, SC_PROVISION_ROOM, "arn:room");
  assert_channel (fixture, "provisioning", NULL);
  finish (fixture, SC_PROVISION_STAGE, "arn:stage");
  assert_channel (fixture, "ready", NULL);
  g_assert_null (take (fixture, NOW + 60 * MINUTE));
}

static void
test_a_step_has_one_holder (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ScProvisionStep) first = take (fixture, NOW);
  g_autoptr (ScProvisionStep) second = take (fixture, NOW);
  g_autoptr (ScProvisionStep) third = take (fixture, NOW);
  g_assert_cmpint (first->kind, ==, SC_PROVISION_CHANNEL);
  g_assert_cmpint (second->kind, ==, SC_PROVISION_ROOM);
  g_assert_cmpint (third->kind, ==, SC_PROVISION_STAGE);
  g_assert_null (take (fixture, NOW));
}

static void
test_a_lease_that_ran_out_is_unclear (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ScProvisionStep) dead = take (fixture, NOW);
  g_autoptr (ScProvisionStep) heir = NULL;
  for (int i = 0; i < 3 && (!heir || heir->kind != SC_PROVISION_CHANNEL); i++) {
    g_clear_pointer (&heir, sc_provision_step_free);
    heir = take (fixture, NOW + MINUTE);
  }
  g_assert_cmpint (heir->kind, ==, SC_PROVISION_CHANNEL);
  g_assert_cmpint (heir->state, ==, SC_PROVISION_UNCLEAR);
  g_assert_cmpstr (heir->token, ==, dead->token);
  g_assert_cmpuint (heir->attempts, ==, 2);

  /* The dead one comes back and may not write any more. */
  dead->state = SC_PROVISION_DONE;
  g_set_str (&dead->arn, "arn:late");
  dead->next_at = NOW;
  put (fixture, dead, NULL);
  gboolean known = TRUE;
  g_autoptr (GError) error = NULL;
  g_assert_true (sc_provision_steps_know (fixture->connection,
                                          "arn:late",
                                          "00000000-0000-4000-8000-000000000000",
                                          &known,
                                          &error));
  g_assert_no_error (error);
  g_assert_false (known);
  g_assert_true (
    sc_provision_steps_know (fixture->connection, "arn:x", heir->token, &known, &error));
  g_assert_true (known);
}

static void
test_a_reason_fails_the_channel_until_it_passes (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ScProvisionStep) step = take (fixture, NOW);
  step->state = SC_PROVISION_WANTED;
  step->reason = "quota";
  step->next_at = NOW + MINUTE;
  put (fixture, step, NULL);
  assert_channel (fixture, "failed", "quota");
  finish (fixture, SC_PROVISION_ROOM, "arn:room");
  finish (fixture, SC_PROVISION_STAGE, "arn:stage");
  assert_channel (fixture, "failed", "quota");
  g_assert_null (take (fixture, NOW + MINUTE - 1));

  g_autoptr (ScProvisionStep) again = take (fixture, NOW + MINUTE);
  g_assert_cmpint (again->state, ==, SC_PROVISION_CALLING);
  g_assert_cmpstr (again->token, !=, step->token);
  const ScProvisionDetails details = { (char *) "https://p",
                                       (char *) "ingest",
                                       (char *) "key-arn" };
  again->state = SC_PROVISION_DONE;
  again->reason = NULL;
  g_set_str (&again->arn, "arn:channel");
  again->next_at = NOW;
  put (fixture, again, &details);
  assert_channel (fixture, "ready", NULL);
}

static void
test_buckets_let_four_a_second_out (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  gint64 waits[7];
  for (gsize i = 0; i < G_N_ELEMENTS (waits); i++) {
    g_assert_true (sc_call_buckets_take (fixture->connection, "CreateRoom", &waits[i], &error));
    g_assert_no_error (error);
  }
  g_assert_cmpint (waits[0], ==, 0);
  for (gsize i = 1; i < 4; i++)
    g_assert_cmpint (waits[i], >, waits[i - 1]);
  g_assert_cmpint (waits[3], <, G_USEC_PER_SEC);
  g_assert_cmpint (waits[6], ==, -1);
  g_assert_true (sc_call_buckets_take (fixture->connection, "CreateStage", &waits[0], &error));
  g_assert_cmpint (waits[0], ==, 0);
}

static void
test_a_lease_is_one_holders (Fixture *fixture, gconstpointer data)
{
  const ScLease ours = { "tick", "us", NOW + MINUTE };
  const ScLease theirs = { "tick", "them", NOW + 2 * MINUTE };
  const struct {
    const ScLease *lease;
    gint64 now;
    gboolean expected;
  } rows[] = {
    { &ours, NOW, TRUE },           { &theirs, NOW + 1, FALSE },
    { &ours, NOW + 2, TRUE },       { &theirs, NOW + MINUTE, TRUE },
    { &ours, NOW + MINUTE, FALSE },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (GError) error = NULL;
    gboolean taken = !rows[i].expected;
    g_assert_true (
      sc_leases_take (fixture->connection, rows[i].lease, rows[i].now, &taken, &error));
    g_assert_no_error (error);
    g_assert_cmpint (taken, ==, rows[i].expected);
  }
}

#define ADD(path, function) g_test_add (path, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  cluster = sct_cluster_new ();
  ADD ("/provision-steps/three-steps-make-a-channel-ready", test_three_steps_make_a_channel_ready);
  ADD ("/provision-steps/a-step-has-one-holder", test_a_step_has_one_holder);
  ADD ("/provision-steps/a-lease-that-ran-out-is-unclear", test_a_lease_that_ran_out_is_unclear);
  ADD ("/provision-steps/a-reason-fails-the-channel-until-it-passes",
       test_a_reason_fails_the_channel_until_it_passes);
  ADD ("/provision-steps/buckets-let-four-a-second-out", test_buckets_let_four_a_second_out);
  ADD ("/provision-steps/a-lease-is-one-holders", test_a_lease_is_one_holders);
  int result = g_test_run ();
  sct_cluster_free (cluster);
  return result;
}
