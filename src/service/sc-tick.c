/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What has to happen without anybody asking. Called by a timer of streamcat-backend and by a
 * schedule on AWS; leases in the database make one of all these callers do it at a time. */

#include "config.h"

#include "sc-tick.h"

#include "sc-account-removal.h"
#include "sc-avatar-removal.h"
#include "sc-ban-store.h"
#include "sc-chat-store.h"
#include "sc-errands.h"
#include "sc-held-store.h"
#include "sc-leases.h"
#include "sc-limit-store.h"
#include "sc-reconcile.h"
#include "sc-recording-removal.h"
#include "sc-recording-shelf-store.h"
#include "sc-recording-state.h"
#include "sc-repeat-store.h"
#include "sc-room-call-store.h"
#include "sc-room-calls.h"
#include "sc-room-rules.h"
#include "sc-session-store.h"
#include "sc-stream-report-store.h"
#include "sc-stream-state.h"
#include "sc-stream-store.h"
#include "sc-viewer-store.h"

/* How long one call of tick starts steps of provisioning, and how long its lease shuts others out:
 * a holder that died in it is replaced after that. One that is still at it then does no harm:
 * steps, reconciler and janitor have leases of their own. */
#define TICK_BUDGET_US (20 * G_TIME_SPAN_SECOND)
#define TICK_LEASE_US (30 * G_TIME_SPAN_SECOND)

/* A long recording has more objects than one tick removes, and nobody waits for that. */
#define REMOVAL_BUDGET_US (5 * G_TIME_SPAN_SECOND)

/* The lease of these is their period: whoever takes it does the work, and nobody else before it
 * ends. A little under the minute of the schedule on AWS, or every second one would find it held.
 */
#define RECONCILE_PERIOD_US (50 * G_TIME_SPAN_SECOND)
#define JANITOR_PERIOD_US (590 * G_TIME_SPAN_SECOND)

static gboolean
take_lease (ScService *service,
            const char *name,
            const char *holder,
            gint64 length_us,
            gboolean *ret_taken,
            GError **error)
{
  gint64 now = sc_service_now (service);
  ScLease lease = { name, holder, now + length_us };
  g_autoptr (ScStoreConnection) connection =
    sc_store_acquire (sc_service_get_store (service), error);
  return connection && sc_leases_take (connection, &lease, now, ret_taken, error);
}

/* Removes rows that nothing asks for any more. */
static gboolean
forget_old_rows (ScService *service, GError **error)
{
  gint64 now = sc_service_now (service);
  g_autoptr (ScStoreConnection) connection =
    sc_store_acquire (sc_service_get_store (service), error);
  return connection && sc_session_store_forget_expired (connection, now, error) &&
         sc_stream_store_forget_events (connection, now, error) &&
         sc_stream_report_store_forget (connection, now, error) &&
         sc_viewer_store_forget (connection, now, error) &&
         sc_recording_shelf_store_forget (connection, now, error) &&
         sc_chat_store_forget_lines (connection, now, error) &&
         sc_ban_store_forget_over (connection, now, error) &&
         sc_held_store_forget (connection, now, error) &&
         sc_room_call_store_forget (connection, now, error) &&
         sc_account_removal_free_names (connection, now, error) &&
         sc_limit_store_forget (connection, now, error) &&
         sc_repeat_store_forget (connection, now, error);
}

static gboolean
clean_when_due (ScService *service, const char *holder, GError **error)
{
  gboolean due = FALSE;
  if (!take_lease (service, "janitor", holder, JANITOR_PERIOD_US, &due, error))
    return FALSE;
  return !due || (forget_old_rows (service, error) &&
                  sc_provision_janitor (sc_service_get_provisioner (service), FALSE, NULL, error));
}

static gboolean
reconcile_when_due (ScService *service, const char *holder, GError **error)
{
  gboolean due = FALSE;
  if (!take_lease (service, "reconcile", holder, RECONCILE_PERIOD_US, &due, error))
    return FALSE;
  return !due || sc_reconcile_run (service, error);
}

/**
 * sc_tick_rooms:
 * @service: a service
 * @error: the first thing that went wrong; the next tick tries again
 *
 * The part of sc_tick_run() that people in rooms wait for: tells them what they were not told yet,
 * and writes rules that are not written yet. Many may do so at once. Blocks for some seconds at
 * most where Amazon IVS Chat hangs.
 *
 * Returns: %TRUE if nothing went wrong
 */
gboolean
sc_tick_rooms (ScService *service, GError **error)
{
  g_autoptr (GError) calls = NULL, rules = NULL;
  sc_room_calls_run_due (service, &calls);
  sc_room_rules_run_due (service, &rules);
  if (!calls && !rules)
    return TRUE;
  g_propagate_error (error, calls ? g_steal_pointer (&calls) : g_steal_pointer (&rules));
  return FALSE;
}

/* Each part runs whether or not the one before it could; the first error is told. */
static gboolean
run_parts (ScService *service, const char *holder, GError **error)
{
  gint64 until = sc_service_now (service) + TICK_BUDGET_US;
  g_autoptr (GError) resume = NULL, reconcile = NULL, media = NULL, recordings = NULL, clean = NULL;
  g_autoptr (GError) rooms = NULL, errands = NULL, refresh = NULL, removals = NULL;
  g_autoptr (GError) avatars = NULL;
  sc_tick_rooms (service, &rooms);
  sc_provision_resume (sc_service_get_provisioner (service), until, &resume);
  sc_errands_resume (service, until, &errands);
  sc_provision_refresh (sc_service_get_provisioner (service), until, &refresh);
  reconcile_when_due (service, holder, &reconcile);
  sc_recording_removal_resume (service,
                               MIN (until, sc_service_now (service) + REMOVAL_BUDGET_US),
                               &removals);
  sc_avatar_removal_resume (service,
                            MIN (until, sc_service_now (service) + REMOVAL_BUDGET_US),
                            &avatars);
  sc_stream_media_fill (service, &media);
  sc_recording_state_read_due (service, &recordings);
  clean_when_due (service, holder, &clean);
  GError **parts[] = {
    &rooms,    &resume,  &errands, &refresh,    &reconcile,
    &removals, &avatars, &media,   &recordings, &clean,
  };
  for (guint i = 0; i < G_N_ELEMENTS (parts); i++) {
    if (*parts[i]) {
      g_propagate_error (error, g_steal_pointer (parts[i]));
      return FALSE;
    }
  }
  return TRUE;
}

/**
 * sc_tick_run:
 * @service: a service
 * @error: the first thing that went wrong; the next tick tries again
 *
 * Goes on with channels that wait, repairs what lost events left wrong, and cleans up. Does nothing
 * where another process is at it. Blocks for 20 s of provisioning and as long as the rest takes;
 * holds no connection while AWS is asked.
 *
 * Returns: %TRUE if nothing went wrong
 */
gboolean
sc_tick_run (ScService *service, GError **error)
{
  g_autofree char *holder = g_uuid_string_random ();
  gboolean taken = FALSE;
  if (!take_lease (service, "tick", holder, TICK_LEASE_US, &taken, error))
    return FALSE;
  if (!taken)
    return TRUE;
  gboolean well = run_parts (service, holder, error);
  gboolean freed = FALSE;
  return take_lease (service, "tick", holder, 0, &freed, well ? error : NULL) && well;
}
