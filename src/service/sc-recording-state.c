/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Events of Amazon IVS about recordings, facts as those of streams are; and the document that each
 * recording leaves in the bucket, which is read when its end was reported. */

#include "config.h"

#include "sc-recording-state.h"

#include "sc-error.h"
#include "sc-ivs-event.h"
#include "sc-json-members.h"
#include "sc-json.h"
#include "sc-recording-manifest.h"
#include "sc-recording-store.h"
#include "sc-s3.h"

/* "General purpose bucket naming rules" (Amazon S3 User Guide); Amazon IVS's prefixes have some 75
 * characters. */
#define BUCKET_MAX 63
#define PREFIX_MAX 512
#define REASON_MAX 256

/* Who was told of the end reads the document at once; tick does if that one died, or failed: after
 * 10, 20, 40 s and so on, then once an hour, for a day. */
#define FIRST_RETRY_US (10 * G_TIME_SPAN_SECOND)
#define LONGEST_RETRY_US G_TIME_SPAN_HOUR
#define DOUBLINGS_MAX 9
#define ATTEMPTS_MAX 32

/* A recording goes on if the next stream begins within 300 s at most ("Merge fragmented streams");
 * twice that without a stream, and it is over even where nobody said so. */
#define QUIET_US (10 * G_TIME_SPAN_MINUTE)

/* How many documents one tick reads. */
#define DUE_PER_TICK 10

/* Where nothing is said about why. */
#define NO_REASON "Amazon IVS gives no reason"

typedef struct {
  const char *status;
  gboolean ended;
  gboolean failed;
} Status;

/* "Amazon IVS Low-Latency User Guide, Using EventBridge". */
static const Status statuses[] = {
  { "Recording Start", FALSE, FALSE },
  { "Recording End", TRUE, FALSE },
  { "Recording Start Failure", FALSE, TRUE },
  { "Recording End Failure", FALSE, TRUE },
};

static const Status *
find_status (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (statuses); i++) {
    if (g_str_equal (statuses[i].status, name))
      return &statuses[i];
  }
  return NULL;
}

static const char *
read_reason (JsonObject *detail)
{
  const char *reason = sc_json_get_string (detail, "recording_status_reason", REASON_MAX, NULL);
  return reason && reason[0] ? reason : NO_REASON;
}

/* Which streams are in the recording, as JSON. That they are not there says nothing: Amazon's
 * sample of a start lacks them. */
static char *
read_stream_ids (JsonObject *detail)
{
  g_auto (GStrv) ids = NULL;
  g_autoptr (JsonArray) array = json_array_new ();
  if (!sc_json_read_texts (detail,
                           "recording_session_stream_ids",
                           SC_RECORDED_STREAMS_MAX,
                           SC_IVS_EVENT_ID_MAX,
                           &ids,
                           NULL))
    return NULL;
  for (guint i = 0; ids[i]; i++)
    json_array_add_string_element (array, ids[i]);
  g_autoptr (JsonNode) node = json_node_init_array (json_node_alloc (), array);
  return json_to_string (node, FALSE);
}

/* Reads an event. The strings stay the object's. */
static gboolean
read_event (JsonObject *object, ScRecordingEvent *ret_event, GError **error)
{
  ScIvsEvent event;
  if (!sc_ivs_event_read (object, &event, error))
    return FALSE;
  ret_event->id = event.id;
  ret_event->stream_id = event.stream_id;
  ret_event->channel_arn = event.channel_arn;
  ret_event->happened_at = event.happened_at;
  return (ret_event->name =
            sc_json_get_string (event.detail, "recording_status", SC_IVS_EVENT_ID_MAX, error)) &&
         (ret_event->recording_id = sc_json_get_string (event.detail,
                                                        "recording_session_id",
                                                        SC_IVS_EVENT_ID_MAX,
                                                        error)) &&
         (ret_event->bucket =
            sc_json_get_string (event.detail, "recording_s3_bucket_name", BUCKET_MAX, error)) &&
         (ret_event->prefix =
            sc_json_get_string (event.detail, "recording_s3_key_prefix", PREFIX_MAX, error));
}

static gint64
retry_at (ScService *service, gint64 attempts)
{
  gint64 delay = FIRST_RETRY_US << MIN (attempts, DOUBLINGS_MAX);
  return sc_service_now (service) + MIN (delay, LONGEST_RETRY_US);
}

static gboolean
write_event (ScService *service, const ScRecordingEvent *event, gboolean *ret_new, GError **error)
{
  g_autoptr (ScStoreConnection) connection =
    sc_store_acquire (sc_service_get_store (service), error);
  return connection && sc_recording_store_apply (connection,
                                                 event,
                                                 sc_service_now (service),
                                                 retry_at (service, 0),
                                                 ret_new,
                                                 error);
}

static gboolean
write_media (ScService *service, const char *id, const ScRecordingMedia *media, GError **error)
{
  g_autoptr (ScStoreConnection) connection =
    sc_store_acquire (sc_service_get_store (service), error);
  return connection && sc_recording_store_set_media (connection, id, media, error);
}

/* A document that says what is no use says so for ever. One that cannot be fetched may come: it is
 * written before the end is reported, but who may not list the bucket is also denied what is not
 * there yet. */
static gboolean
write_unread (ScService *service,
              const ScRecordingPlace *place,
              const GError *cause,
              GError **error)
{
  gboolean is_final = cause->domain == SC_DATA_ERROR || place->attempts + 1 >= ATTEMPTS_MAX;
  g_autoptr (ScStoreConnection) connection =
    sc_store_acquire (sc_service_get_store (service), error);
  return connection &&
         sc_recording_store_set_unread (connection,
                                        place->id,
                                        is_final ? 0 : retry_at (service, place->attempts + 1),
                                        is_final ? cause->message : NULL,
                                        error);
}

/* Reads what a recording says of itself, and writes down what came of it. No connection is held
 * meanwhile. */
static gboolean
read_manifest (ScService *service, const ScRecordingPlace *place, GError **error)
{
  g_autoptr (GError) cause = NULL;
  g_auto (ScRecordingMedia) media = { 0 };
  g_autofree char *key = g_strconcat (place->prefix, "/" SC_RECORDING_MANIFEST, NULL);
  g_autoptr (GBytes) bytes = sc_s3_get_object (sc_service_get_aws (service),
                                               place->bucket,
                                               key,
                                               SC_RECORDING_MANIFEST_MAX,
                                               &cause);
  if (bytes && sc_recording_manifest_read (bytes, &media, &cause))
    return write_media (service, place->id, &media, error);
  if (!write_unread (service, place, cause, error))
    return FALSE;
  g_propagate_error (error, g_steal_pointer (&cause));
  return FALSE;
}

/**
 * sc_recording_state_apply:
 * @service: a service
 * @event: an event "IVS Recording State Change" as EventBridge delivers it
 * @error: an error of %SC_DATA_ERROR if it is not such an event, or of %SC_STORE_ERROR, after which
 *   it shall be delivered again
 *
 * Takes note of what happened to a recording. An end is followed by reading what the recording says
 * of itself, whose failure is left to tick.
 *
 * Returns: %TRUE if the event needs no more attention
 */
gboolean
sc_recording_state_apply (ScService *service, JsonObject *event, GError **error)
{
  ScRecordingEvent report = { 0 };
  gboolean is_new = FALSE;
  if (!read_event (event, &report, error))
    return FALSE;
  const Status *status = find_status (report.name);
  if (!status)
    return TRUE;
  report.ended = status->ended;
  report.failure =
    status->failed ? read_reason (json_object_get_object_member (event, "detail")) : NULL;
  g_autofree char *stream_ids = read_stream_ids (json_object_get_object_member (event, "detail"));
  report.stream_ids = stream_ids;
  if (!write_event (service, &report, &is_new, error))
    return FALSE;
  if (!is_new || !report.ended)
    return TRUE;
  const ScRecordingPlace place = { .id = (char *) report.recording_id,
                                   .bucket = (char *) report.bucket,
                                   .prefix = (char *) report.prefix };
  read_manifest (service, &place, NULL);
  return TRUE;
}

/* What is wrong with one recording keeps no other one waiting. */
static gboolean
is_of_one (const GError *error)
{
  return error->domain == SC_DATA_ERROR ||
         g_error_matches (error, SC_AWS_ERROR, SC_AWS_ERROR_NOT_FOUND) ||
         g_error_matches (error, SC_AWS_ERROR, SC_AWS_ERROR_DENIED) ||
         g_error_matches (error, SC_AWS_ERROR, SC_AWS_ERROR_INVALID);
}

static GPtrArray *
list_due (ScService *service, GError **error)
{
  gint64 now = sc_service_now (service);
  g_autoptr (ScStoreConnection) connection =
    sc_store_acquire (sc_service_get_store (service), error);
  if (!connection || !sc_recording_store_expect_ends (connection, now - QUIET_US, now, error))
    return NULL;
  return sc_recording_store_list_due (connection, now, DUE_PER_TICK, error);
}

/**
 * sc_recording_state_read_due:
 * @service: a service
 * @error: an error of %SC_STORE_ERROR or %SC_AWS_ERROR
 *
 * Reads what some recordings say of themselves that are over and could not be read yet, or whose
 * end was never reported.
 *
 * Returns: %TRUE if all of them were asked
 */
gboolean
sc_recording_state_read_due (ScService *service, GError **error)
{
  g_autoptr (GPtrArray) places = list_due (service, error);
  if (!places)
    return FALSE;
  for (guint i = 0; i < places->len; i++) {
    g_autoptr (GError) cause = NULL;
    if (!read_manifest (service, places->pdata[i], &cause) && !is_of_one (cause)) {
      g_propagate_error (error, g_steal_pointer (&cause));
      return FALSE;
    }
  }
  return TRUE;
}
