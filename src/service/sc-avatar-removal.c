/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Pictures that nobody shows any more go from the bucket: those that were replaced, those whose
 * account is gone, and those that somebody stored and died before they were shown. Each is in the
 * database until Amazon S3 has said that it is gone.
 *
 * Blocking, any thread; no connection to the database is held while AWS is called. */

#include "config.h"

#include "sc-avatar-removal.h"

#include "sc-avatar-store.h"
#include "sc-errands.h"
#include "sc-s3-objects.h"

/* Longer than a DeleteObjects takes, tried again. */
#define CLAIM_US (60 * G_TIME_SPAN_SECOND)

static gboolean
claim (ScService *service, ScAvatarRemoval **ret_removal, GError **error)
{
  gint64 now = sc_service_now (service);
  g_autoptr (ScStoreConnection) connection =
    sc_store_acquire (sc_service_get_store (service), error);
  return connection && sc_avatar_store_claim (connection, now, now + CLAIM_US, ret_removal, error);
}

static gboolean
remove_object (ScService *service, const ScAvatarRemoval *removal, GError **error)
{
  g_autoptr (GPtrArray) keys = g_ptr_array_new ();
  const char *bucket = sc_service_get_rules_bucket (service);
  g_ptr_array_add (keys, removal->key);
  if (bucket)
    return sc_s3_delete_objects (sc_service_get_aws (service), bucket, keys, error);
  g_set_error_literal (error, SC_AWS_ERROR, SC_AWS_ERROR_INVALID, "No bucket is set");
  return FALSE;
}

/* Makes a step, and writes down what came of it. */
static gboolean
advance (ScService *service, ScAvatarRemoval *removal, GError **error)
{
  g_autoptr (GError) cause = NULL;
  gint64 delay = 0;
  gboolean is_gone = remove_object (service, removal, &cause);
  if (!is_gone) {
    delay = sc_errands_delay (removal->attempts++, cause);
    g_debug ("Removing %s: %s", removal->key, cause->message);
  }
  g_autoptr (ScStoreConnection) connection =
    sc_store_acquire (sc_service_get_store (service), error);
  if (!connection)
    return FALSE;
  return is_gone
           ? sc_avatar_store_finish (connection, removal->key, error)
           : sc_avatar_store_put_off (connection, removal, sc_service_now (service) + delay, error);
}

/**
 * sc_avatar_removal_resume:
 * @service: a service
 * @until_us: start no step after this time, microseconds since the epoch
 * @error: any %SC_STORE_ERROR
 *
 * Removes all pictures that are due, one after the other. What Amazon S3 refuses is tried again
 * later.
 *
 * Returns: %FALSE if the database failed
 */
gboolean
sc_avatar_removal_resume (ScService *service, gint64 until_us, GError **error)
{
  while (sc_service_now (service) < until_us) {
    g_autoptr (ScAvatarRemoval) removal = NULL;
    if (!claim (service, &removal, error))
      return FALSE;
    if (!removal)
      return TRUE;
    if (!advance (service, removal, error))
      return FALSE;
  }
  return TRUE;
}
