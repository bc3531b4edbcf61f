/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The objects of recordings that their streamers deleted go from the bucket, a page at a time. A
 * removal is in the database until a List has found nothing: whoever dies at it is replaced when
 * its claim has run out, and what was done twice was done once.
 *
 * Blocking, any thread; no connection to the database is held while AWS is called. */

#include "config.h"

#include "sc-recording-removal.h"

#include "sc-errands.h"
#include "sc-objects.h"
#include "sc-recording-shelf-store.h"

#include <string.h>

/* Longer than a List and a DeleteObjects of 250 keys take, each tried again. */
#define CLAIM_US (60 * G_TIME_SPAN_SECOND)

static gboolean
claim (ScService *service, ScRecordingRemoval **ret_removal, GError **error)
{
  gint64 now = sc_service_now (service);
  g_autoptr (ScStoreConnection) connection =
    sc_store_acquire (sc_service_get_store (service), error);
  return connection &&
         sc_recording_shelf_store_claim (connection, now, now + CLAIM_US, ret_removal, error);
}

/* Where the objects are. What a report said of it is no reason to remove what is not of the
 * channel: an empty prefix would be the whole bucket. */
static char *
dup_prefix (const ScRecordingRemoval *removal, GError **error)
{
  g_autofree char *channel = sc_objects_dup_channel_prefix (removal->channel_arn);
  if (channel && removal->bucket[0] && g_str_has_prefix (removal->prefix, channel) &&
      removal->prefix[strlen (channel)])
    return g_strconcat (removal->prefix, "/", NULL);
  g_set_error (error,
               SC_AWS_ERROR,
               SC_AWS_ERROR_INVALID,
               "The objects of recording %s are not where its channel's are",
               removal->id);
  return NULL;
}

static gboolean
remove_page (ScService *service,
             const ScRecordingRemoval *removal,
             gboolean *ret_empty,
             GError **error)
{
  g_autofree char *prefix = dup_prefix (removal, error);
  *ret_empty = TRUE;
  return prefix && sc_objects_remove_page (sc_service_get_aws (service),
                                           removal->bucket,
                                           prefix,
                                           ret_empty,
                                           error);
}

/* Makes a step, and writes down what came of it. */
static gboolean
advance (ScService *service, ScRecordingRemoval *removal, GError **error)
{
  g_autoptr (GError) cause = NULL;
  gboolean is_empty = FALSE;
  gint64 delay = 0;
  if (remove_page (service, removal, &is_empty, &cause)) {
    removal->attempts = 0;
  } else {
    delay = sc_errands_delay (removal->attempts++, cause);
    is_empty = FALSE;
    g_debug ("Removing recording %s: %s", removal->id, cause->message);
  }
  g_autoptr (ScStoreConnection) connection =
    sc_store_acquire (sc_service_get_store (service), error);
  if (!connection)
    return FALSE;
  return is_empty ? sc_recording_shelf_store_finish (connection, removal->id, error)
                  : sc_recording_shelf_store_put_off (connection,
                                                      removal,
                                                      sc_service_now (service) + delay,
                                                      error);
}

/**
 * sc_recording_removal_resume:
 * @service: a service
 * @until_us: start no step after this time, microseconds since the epoch
 * @error: any %SC_STORE_ERROR
 *
 * Goes on with all removals that are due, one page after the other. What Amazon S3 refuses is tried
 * again later.
 *
 * Returns: %FALSE if the database failed
 */
gboolean
sc_recording_removal_resume (ScService *service, gint64 until_us, GError **error)
{
  while (sc_service_now (service) < until_us) {
    g_autoptr (ScRecordingRemoval) removal = NULL;
    if (!claim (service, &removal, error))
      return FALSE;
    if (!removal)
      return TRUE;
    if (!advance (service, removal, error))
      return FALSE;
  }
  return TRUE;
}
