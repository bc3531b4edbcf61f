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

#include <string.h>

#define EVENT_MAX (256 * 1024)
#define TEXT_MAX 8192

/* What the answer itself may take before the event's deadline: three tries and the waits between.
 */
#define ANSWER_SECONDS 6
#define ANSWER_TRIES 3
#define ANSWER_TRY_MS 1500
#define ANSWER_WAIT_US (200 * G_TIME_SPAN_MILLISECOND)

/* CloudFormation's bound on an answer is 4,096 bytes, and JSON makes six of some. */
#define REASON_MAX_BYTES 500

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

/* Returns the beginning of a text that is short enough, in whole characters. */
static char *
shorten (const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text, -1);
  if (strlen (valid) > REASON_MAX_BYTES)
    *g_utf8_find_prev_char (valid, valid + REASON_MAX_BYTES + 1) = '\0';
  return g_steal_pointer (&valid);
}

static JsonObject *
describe_outcome (JsonObject *event, const GError *failure)
{
  static const char *const echoed[] = { "StackId", "RequestId", "LogicalResourceId" };
  g_autofree char *reason = failure ? shorten (failure->message) : NULL;
  JsonObject *answer = json_object_new ();
  json_object_set_string_member (answer, "Status", failure ? "FAILED" : "SUCCESS");
  json_object_set_string_member (answer, "PhysicalResourceId", "streamcat-migration");
  for (guint i = 0; i < G_N_ELEMENTS (echoed); i++)
    sc_json_set_string (answer, echoed[i], sc_json_get_string_or (event, echoed[i], ""));
  if (failure)
    json_object_set_string_member (answer, "Reason", reason);
  return answer;
}

/* Puts the answer where it is asked for, once. Returns whether another try may do better. The
 * address is signed for a PUT without a type. */
static gboolean
try_to_answer (ScHttp *http, const char *url, GBytes *body, GError **error)
{
  ScHttpRequest request = { .method = "PUT", .url = url, .body = body, .is_idempotent = TRUE };
  g_autoptr (ScHttpResponse) response = sc_http_send (http, &request, NULL, error);
  if (!response)
    return TRUE;
  if (response->status >= 300)
    g_set_error (error,
                 SC_NET_ERROR,
                 SC_NET_ERROR_PROTOCOL,
                 "AWS CloudFormation takes no answer (status %u)",
                 response->status);
  return response->status >= 500;
}

static gboolean
answer_stack (const char *url, JsonObject *answer, GError **error)
{
  g_autoptr (ScHttp) http = sc_http_new_ms (ANSWER_TRY_MS);
  g_autoptr (GBytes) body = sc_json_to_bytes (answer);
  g_autoptr (GError) failure = NULL;
  for (guint i = 0; i < ANSWER_TRIES; i++) {
    g_clear_error (&failure);
    gboolean is_passing = try_to_answer (http, url, body, &failure);
    if (!failure)
      return TRUE;
    if (!is_passing)
      break;
    if (i + 1 < ANSWER_TRIES)
      g_usleep (ANSWER_WAIT_US << i);
  }
  g_propagate_error (error, g_steal_pointer (&failure));
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
