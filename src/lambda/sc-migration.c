/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The function `migrate`: called by hand, or as a custom resource of AWS CloudFormation, which
 * waits for an hour unless it is answered ("AWS CloudFormation User Guide, Custom resource response
 * objects"). So it is answered in time, whatever becomes of the migration. */

#include "config.h"

#include "sc-migration.h"

#include "sc-error.h"
#include "sc-http.h"
#include "sc-json.h"

#define EVENT_MAX (256 * 1024)
#define TEXT_MAX 8192

/* What the answer itself may take before the event's deadline. */
#define ANSWER_SECONDS 5

/* CloudFormation's bound on an answer is 4,096 bytes. */
#define REASON_MAX 1000

/* What the thread that migrates and the one that answers share; the last one lets go. */
typedef struct {
  gatomicrefcount references;
  ScMigrationFunc migrate;
  gpointer user_data;
  GMutex lock;
  GCond finished;
  gboolean done;
  guint applied;
  GError *error;
} Migration;

static void
migration_unref (Migration *self)
{
  if (!g_atomic_ref_count_dec (&self->references))
    return;
  g_clear_error (&self->error);
  g_mutex_clear (&self->lock);
  g_cond_clear (&self->finished);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Migration, migration_unref)

static gpointer
run_migration (gpointer data)
{
  g_autoptr (Migration) self = data;
  guint applied = 0;
  GError *error = NULL;
  self->migrate (self->user_data, &applied, &error);
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);
  self->applied = applied;
  self->error = error;
  self->done = TRUE;
  g_cond_signal (&self->finished);
  return NULL;
}

static Migration *
start_migration (ScMigrationFunc migrate, gpointer user_data)
{
  Migration *self = g_new0 (Migration, 1);
  g_atomic_ref_count_init (&self->references);
  g_atomic_ref_count_inc (&self->references);
  g_mutex_init (&self->lock);
  g_cond_init (&self->finished);
  self->migrate = migrate;
  self->user_data = user_data;
  g_thread_unref (g_thread_new ("migrate", run_migration, self));
  return self;
}

/* Waits for the end of the migration, or for the last moment to answer. */
static gboolean
wait_for_migration (Migration *self, gint64 deadline_us, guint *ret_applied, GError **error)
{
  gint64 left_us = deadline_us - g_get_real_time () - ANSWER_SECONDS * G_USEC_PER_SEC;
  gint64 until =
    deadline_us == G_MAXINT64 ? G_MAXINT64 : g_get_monotonic_time () + MAX (left_us, 0);
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);
  while (!self->done && g_cond_wait_until (&self->finished, &self->lock, until))
    ;
  if (!self->done)
    g_set_error_literal (error,
                         SC_NET_ERROR,
                         SC_NET_ERROR_TIMEOUT,
                         "The migration takes longer than the function may");
  else if (self->error)
    g_propagate_error (error, g_error_copy (self->error));
  *ret_applied = self->applied;
  return self->done && !self->error;
}

static JsonObject *
describe_outcome (JsonObject *event, const GError *failure)
{
  static const char *const echoed[] = { "StackId", "RequestId", "LogicalResourceId" };
  g_autofree char *reason =
    failure ? g_utf8_substring (failure->message,
                                0,
                                MIN (g_utf8_strlen (failure->message, -1), REASON_MAX))
            : NULL;
  JsonObject *answer = json_object_new ();
  json_object_set_string_member (answer, "Status", failure ? "FAILED" : "SUCCESS");
  json_object_set_string_member (answer, "PhysicalResourceId", "streamcat-migration");
  for (guint i = 0; i < G_N_ELEMENTS (echoed); i++)
    sc_json_set_string (answer, echoed[i], sc_json_get_string_or (event, echoed[i], ""));
  if (failure)
    json_object_set_string_member (answer, "Reason", reason);
  return answer;
}

/* The address is signed for a PUT without a type. */
static gboolean
answer_stack (const char *url, JsonObject *answer, GError **error)
{
  g_autoptr (ScHttp) http = sc_http_new (ANSWER_SECONDS);
  g_autoptr (GBytes) body = sc_json_to_bytes (answer);
  ScHttpRequest request = { .method = "PUT", .url = url, .body = body, .is_idempotent = TRUE };
  g_autoptr (ScHttpResponse) response = sc_http_send (http, &request, NULL, error);
  if (!response)
    return FALSE;
  if (response->status < 300)
    return TRUE;
  g_set_error (error,
               SC_NET_ERROR,
               SC_NET_ERROR_PROTOCOL,
               "AWS CloudFormation takes no answer (status %u)",
               response->status);
  return FALSE;
}

/**
 * sc_migration_handle:
 * @event: of a custom resource, or any other
 * @deadline_us: when the event has to be answered, microseconds since the epoch; %G_MAXINT64 for
 * never
 * @migrate: brings the database up to date; may still run when this returns
 * @user_data: for @migrate
 * @error: why the database is not up to date, or CloudFormation could not be told
 *
 * Migrates, but for a resource that is deleted, and tells CloudFormation if it asks. Blocks.
 *
 * Returns: (transfer full) (nullable): the answer to the event
 */
GBytes *
sc_migration_handle (GBytes *event,
                     gint64 deadline_us,
                     ScMigrationFunc migrate,
                     gpointer user_data,
                     GError **error)
{
  g_autoptr (JsonObject) object = sc_json_parse (event, EVENT_MAX, error);
  if (!object)
    return NULL;
  guint applied = 0;
  g_autoptr (GError) failure = NULL;
  const char *url = sc_json_get_string (object, "ResponseURL", TEXT_MAX, NULL);
  if (!g_str_equal (sc_json_get_string_or (object, "RequestType", ""), "Delete")) {
    g_autoptr (Migration) migration = start_migration (migrate, user_data);
    wait_for_migration (migration, deadline_us, &applied, &failure);
  }
  g_autoptr (JsonObject) outcome = describe_outcome (object, failure);
  if (url && !answer_stack (url, outcome, error))
    return NULL;
  if (failure && !url) {
    g_propagate_error (error, g_steal_pointer (&failure));
    return NULL;
  }
  g_autoptr (JsonObject) answer = json_object_new ();
  json_object_set_int_member (answer, "applied", applied);
  return sc_json_to_bytes (answer);
}
