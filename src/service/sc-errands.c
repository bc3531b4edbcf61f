/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What is done for a user at Amazon IVS besides making the channel: another stream key, and the
 * account's end. Sagas like the one in sc-provision.c: the next call is in the database before it
 * is made, one process at a time holds an errand by a lease, and whoever comes after one that died
 * goes on. Each step but the Create of a key may be made twice.
 *
 * Blocking, any thread; no connection to the database is held while AWS is called. */

#include "config.h"

#include "sc-errands.h"

#include "sc-account-removal.h"
#include "sc-backoff.h"

/* How long whoever asks for something waits for it. */
#define PATIENCE_US (2 * G_TIME_SPAN_SECOND)

/* After errors that pass by themselves. */
#define PASSING_BASE_US (1 * G_TIME_SPAN_SECOND)
#define PASSING_CAP_US (1 * G_TIME_SPAN_MINUTE)

/* After errors that somebody has to do something about. */
#define LASTING_BASE_US (1 * G_TIME_SPAN_MINUTE)
#define LASTING_CAP_US (1 * G_TIME_SPAN_HOUR)

/**
 * sc_errands_is_gone:
 * @error: (inout): what a Delete or a Stop said; cleared if there is nothing to delete or to stop
 *
 * Returns: %TRUE if it was cleared, or was no error
 */
gboolean
sc_errands_is_gone (GError **error)
{
  if (*error && !g_error_matches (*error, SC_AWS_ERROR, SC_AWS_ERROR_NOT_FOUND) &&
      !g_error_matches (*error, SC_AWS_ERROR, SC_AWS_ERROR_NOT_BROADCASTING))
    return FALSE;
  g_clear_error (error);
  return TRUE;
}

static gboolean
is_passing (const GError *error)
{
  return error->domain != SC_AWS_ERROR || sc_aws_error_is_passing (error) ||
         g_error_matches (error, SC_AWS_ERROR, SC_AWS_ERROR_CONFLICT) ||
         g_error_matches (error, SC_AWS_ERROR, SC_AWS_ERROR_QUOTA);
}

/**
 * sc_errands_delay:
 * @before: how often it failed before
 * @error: why it failed now
 *
 * Returns: after how long to try again, microseconds: some seconds or a minute after what passes by
 *   itself, up to an hour after what somebody has to do something about
 */
gint64
sc_errands_delay (guint before, const GError *error)
{
  gboolean passing = is_passing (error);
  return sc_backoff_delay (before,
                           passing ? PASSING_BASE_US : LASTING_BASE_US,
                           passing ? PASSING_CAP_US : LASTING_CAP_US,
                           0.5 + g_random_double () / 2);
}

static void
note_failure (ScService *service, ScErrand *errand, const GError *error)
{
  gint64 delay = sc_errands_delay (errand->attempts > 0 ? errand->attempts - 1 : 0, error);
  errand->next_at = MAX (errand->next_at, sc_service_now (service) + delay);
  g_debug ("An errand for user %" G_GINT64_FORMAT ": %s", errand->user_id, error->message);
}

/* A List that found no key is neither progress nor a failure, so that a Create that fails again and
 * again with a List between comes to its pauses all the same. */
static void
note_success (ScService *service, ScErrand *errand)
{
  if (errand->step == SC_ERRAND_CREATE)
    errand->attempts -= errand->attempts > 0;
  else
    errand->attempts = 0;
  errand->next_at = MAX (errand->next_at, sc_service_now (service));
}

static gboolean
take (ScService *service, gint64 user_id, ScErrand **ret_errand, GError **error)
{
  const ScErrandWish wish = { user_id, sc_service_now (service) };
  g_autoptr (ScStoreConnection) connection =
    sc_store_acquire (sc_service_get_store (service), error);
  return connection && sc_errand_store_take (connection, &wish, ret_errand, error);
}

static gboolean
put (ScService *service, const ScErrand *errand, GError **error)
{
  g_autoptr (ScStoreConnection) connection =
    sc_store_acquire (sc_service_get_store (service), error);
  return connection && sc_errand_store_put (connection, errand, error);
}

static gboolean
remove_account (ScService *service, const ScErrand *errand, GError **error)
{
  g_autoptr (ScStoreConnection) connection =
    sc_store_acquire (sc_service_get_store (service), error);
  return connection && sc_account_removal_run (connection, errand, sc_service_now (service), error);
}

static gboolean
perform (ScErrandCall *call, GError **error)
{
  switch (call->errand->kind) {
  case SC_ERRAND_KEY:
    return sc_key_reset_perform (call, error);
  case SC_ERRAND_DELETION:
    return sc_account_deletion_perform (call, error);
  case SC_ERRAND_SETTINGS:
    return sc_channel_settings_perform (call, error);
  default:
    g_return_val_if_reached (FALSE);
  }
}

/**
 * sc_errands_advance:
 * @service: a service
 * @aws: the client of AWS, as patient as whoever waits
 * @user_id: whose errand, or 0 for anybody's that is due
 * @ret_moved: (out): whether something was due; untouched on failure
 * @error: any %SC_STORE_ERROR
 *
 * Takes an errand that is due, makes its next step, and writes what came of it, good or bad. The
 * calling thread must hold no connection to the database.
 *
 * Returns: %FALSE only if the database failed; the errand then goes on when its lease has run out
 */
gboolean
sc_errands_advance (ScService *service,
                    ScAws *aws,
                    gint64 user_id,
                    gboolean *ret_moved,
                    GError **error)
{
  g_autoptr (ScErrand) errand = NULL;
  if (!take (service, user_id, &errand, error))
    return FALSE;
  gboolean done = TRUE;
  if (errand && errand->step == SC_ERRAND_ROWS) {
    done = remove_account (service, errand, error);
  } else if (errand) {
    g_autoptr (GError) cause = NULL;
    ScErrandCall call = { service, aws, errand };
    if (perform (&call, &cause))
      note_success (service, errand);
    else
      note_failure (service, errand, cause);
    done = put (service, errand, error);
  }
  if (done)
    *ret_moved = errand != NULL;
  return done;
}

/**
 * sc_errands_advance_for_a_while:
 * @service: a service
 * @user_id: whose errands
 *
 * Goes on with a user's errands while somebody waits for it, mostly one or two calls of some 300
 * ms. What goes wrong is in the errand, and tick goes on from there.
 */
void
sc_errands_advance_for_a_while (ScService *service, gint64 user_id)
{
  gint64 deadline = g_get_monotonic_time () + PATIENCE_US;
  gboolean moved = TRUE;
  while (moved && g_get_monotonic_time () < deadline)
    if (!sc_errands_advance (service, sc_service_get_quick_aws (service), user_id, &moved, NULL))
      return;
}

/**
 * sc_errands_resume:
 * @service: a service
 * @until_us: start no step after this time, microseconds since the epoch
 * @error: any %SC_STORE_ERROR
 *
 * Goes on with all that is due, for all users, one step after the other.
 *
 * Returns: %FALSE if the database failed
 */
gboolean
sc_errands_resume (ScService *service, gint64 until_us, GError **error)
{
  gboolean moved = TRUE;
  while (moved && sc_service_now (service) < until_us) {
    if (!sc_errands_advance (service, sc_service_get_aws (service), 0, &moved, error))
      return FALSE;
  }
  return TRUE;
}
