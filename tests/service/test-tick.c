/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Tick, and what a process makes of its environment. */

#include "config.h"

#include "sc-deployment.h"
#include "sc-error.h"
#include "sc-leases.h"
#include "sc-tick.h"
#include "sct-service.h"

static void
hold_lease (SctService *self, const char *name, gint64 until)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ScStoreConnection) connection = sc_store_acquire (self->store, &error);
  ScLease lease = { name, "another process", until };
  gboolean taken = FALSE;
  g_assert_true (sc_leases_take (connection, &lease, self->now, &taken, &error));
  g_assert_true (taken);
}

#define LEASES "SELECT count(*) FROM leases WHERE name IN ('reconcile', 'janitor')"

/* While another process ticks, nothing is done; when it is over or dead, all of it. */
static void
test_one_at_a_time (void)
{
  g_autoptr (SctService) self = sct_service_new (NULL);
  g_autoptr (GError) error = NULL;
  hold_lease (self, "tick", self->now + G_USEC_PER_SEC);
  g_assert_true (sc_tick_run (self->service, &error));
  g_assert_cmpint (sct_service_ask_number (self, LEASES), ==, 0);

  self->now += 2 * G_USEC_PER_SEC;
  sc_tick_run (self->service, NULL);
  g_assert_cmpint (sct_service_ask_number (self, LEASES), ==, 2);
}

/* Tick gives its lease back, and AWS out of reach is told without stopping the other parts. */
static void
test_aws_out_of_reach (void)
{
  g_autoptr (SctService) self = sct_service_new (NULL);
  g_autoptr (GError) error = NULL;
  g_assert_false (sc_tick_run (self->service, &error));
  g_assert_cmpuint (error->domain, ==, SC_AWS_ERROR);
  g_assert_cmpint (sct_service_ask_number (self, LEASES), ==, 2);
  hold_lease (self, "tick", self->now + G_USEC_PER_SEC);
}

static void
test_forgets (void)
{
  g_autoptr (SctService) self = sct_service_new (NULL);
  g_autofree char *token = sct_service_sign_up (self, "ada");
  sct_service_run (
    self,
    "INSERT INTO stream_events VALUES ('old', 's', 'n', '2026-10-01Z', '2026-10-01Z'),"
    " ('new', 's', 'n', '2026-10-01Z', '2026-10-23Z')");
  sc_tick_run (self->service, NULL);
  g_assert_cmpint (sct_service_ask_number (self, "SELECT count(*) FROM sessions"), ==, 1);
  g_assert_cmpint (sct_service_ask_number (self, "SELECT count(*) FROM stream_events"), ==, 1);
  self->now += 15 * G_TIME_SPAN_DAY;
  sc_tick_run (self->service, NULL);
  g_assert_cmpint (sct_service_ask_number (self, "SELECT count(*) FROM sessions"), ==, 0);
}

static void
test_no_database (void)
{
  g_autoptr (SctService) self = sct_service_new (NULL);
  g_autoptr (GError) error = NULL;
  sct_service_run (self, "ALTER TABLE leases RENAME TO gone");
  g_assert_false (sc_tick_run (self->service, &error));
  g_assert_error (error, SC_STORE_ERROR, SC_STORE_ERROR_PROTOCOL);
}

static void
test_secret (void)
{
  static const struct {
    const char *secret, *conninfo;
  } cases[] = {
    { "{\"host\":\"/run/x\",\"port\":5433,\"dbname\":\"d\",\"username\":\"u\",\"password\":\"p\"}",
      "host='/run/x' dbname='d' user='u' password='p' port='5433' " },
    { "{\"host\":\"db.example\",\"port\":\"5432\",\"dbname\":\"d\",\"username\":\"u\","
      "\"password\":\"it's a \\\\ sslmode=disable\",\"engine\":\"postgres\"}",
      "host='db.example' dbname='d' user='u' password='it\\'s a \\\\ sslmode=disable' port='5432' "
      "sslmode='verify-full' " },
    { "{\"host\":\"/run/x\",\"dbname\":\"d\",\"username\":\"u\",\"password\":\"\"}",
      "host='/run/x' dbname='d' user='u' password='' " },
    { "{\"host\":\"/run/x\",\"dbname\":\"d\",\"username\":\"u\"}", NULL },
    { "{}", NULL },
    { "password", NULL },
  };
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GError) error = NULL;
    g_autofree char *conninfo = sc_database_conninfo_from_secret (cases[i].secret, &error);
    g_assert_cmpstr (conninfo, ==, cases[i].conninfo);
    g_assert_true (conninfo || error->domain == SC_DATA_ERROR);
  }
}

static void
test_environment (void)
{
  char *nothing[] = { NULL };
  char *no_aws[] = { "STREAMCAT_DATABASE=host=/nowhere", NULL };
  char *no_url[] = { "STREAMCAT_RECORDINGS_URL=recordings.example.org", NULL };
  g_autoptr (GError) error = NULL;
  g_assert_null (sc_deployment_open_store (nothing, &error));
  g_assert_error (error, SC_DATA_ERROR, SC_DATA_ERROR_MISSING);
  g_clear_error (&error);
  g_assert_null (sc_deployment_new (no_aws, &error));
  g_assert_error (error, SC_AWS_ERROR, SC_AWS_ERROR_INVALID);
  g_clear_error (&error);
  g_assert_null (sc_deployment_new (no_url, &error));
  g_assert_error (error, SC_DATA_ERROR, SC_DATA_ERROR_RANGE);
  g_clear_error (&error);
  g_autoptr (ScStore) store = sc_deployment_open_store (no_aws, &error);
  g_assert_no_error (error);
  g_assert_null (sc_store_acquire (store, &error));
  g_assert_error (error, SC_STORE_ERROR, SC_STORE_ERROR_UNAVAILABLE);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  sct_service_set_up ();
  g_test_add_func ("/service/tick/one-at-a-time", test_one_at_a_time);
  g_test_add_func ("/service/tick/aws-out-of-reach", test_aws_out_of_reach);
  g_test_add_func ("/service/tick/forgets", test_forgets);
  g_test_add_func ("/service/tick/no-database", test_no_database);
  g_test_add_func ("/service/deployment/secret", test_secret);
  g_test_add_func ("/service/deployment/environment", test_environment);
  int status = g_test_run ();
  sct_service_tear_down ();
  return status;
}
