/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Events of Amazon IVS about streams. They are facts, not commands: each is written down once, and
 * what a channel shows follows from all that is written (resources/migrations/0003-streams.sql). */

#include "config.h"

#include "sc-stream-state.h"

#include "sc-aws-error.h"
#include "sc-ivs-event.h"
#include "sc-ivs.h"
#include "sc-json.h"
#include "sc-recording-state.h"
#include "sc-stream-change.h"
#include "sc-stream-report-store.h"
#include "sc-stream-reports.h"

/* How many pictures' sizes one tick asks for: GetStreamSession takes 5 calls a second. */
#define MEDIA_PER_TICK 10

/* Amazon IVS has no limit on what it gives as a reason, and we need no more of it. */
#define REASON_MAX 256

typedef struct {
  const char *name;
  ScStreamFact fact;
  const char *report; /* what it is to whoever streams, if anything */
} Meaning;

/* "Amazon IVS Low-Latency User Guide, Using EventBridge". A failure ends the stream. A takeover
 * goes on with it; one that fails says nothing about it. */
static const Meaning meanings[] = {
  { "Session Created", SC_STREAM_CREATED, NULL },
  { "Stream Start", SC_STREAM_STARTED, NULL },
  { "Stream End", SC_STREAM_ENDED, NULL },
  { "Stream Failure", SC_STREAM_ENDED, "stream_failure" },
  { "Session Ended", SC_STREAM_SESSION_ENDED, NULL },
  { "Stream Takeover Failure", SC_STREAM_NOTED, "takeover_failure" },
  { "Starvation Start", SC_STREAM_STARVED, "starvation_start" },
  { "Starvation End", SC_STREAM_FED, "starvation_end" },
};

static const Meaning *
find_meaning (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (meanings); i++) {
    if (g_str_equal (name, meanings[i].name))
      return &meanings[i];
  }
  return NULL;
}

/* Reads what every event of a stream has. The strings stay the object's. */
static gboolean
read_event (JsonObject *object, ScStreamEvent *ret_event, GError **error)
{
  ScIvsEvent event;
  if (!sc_ivs_event_read (object, &event, error))
    return FALSE;
  ret_event->id = event.id;
  ret_event->stream_id = event.stream_id;
  ret_event->channel_arn = event.channel_arn;
  ret_event->happened_at = event.happened_at;
  ret_event->name = sc_json_get_string (event.detail, "event_name", SC_IVS_EVENT_ID_MAX, error);
  return ret_event->name != NULL;
}

/* Why: a stream fails for a "reason", a session ends with a "code" if it was refused. */
static const char *
read_reason (JsonObject *detail)
{
  static const char *const members[] = { "reason", "code" };
  for (guint i = 0; i < G_N_ELEMENTS (members); i++) {
    const char *text = sc_json_get_string (detail, members[i], REASON_MAX, NULL);
    if (text && text[0])
      return text;
  }
  return NULL;
}

static gboolean
keep_report (ScStoreConnection *connection,
             const ScStreamEvent *event,
             const Meaning *meaning,
             const char *reason,
             GError **error)
{
  gboolean is_refused = event->fact == SC_STREAM_SESSION_ENDED && reason;
  const ScNewStreamReport report = { .id = event->id,
                                     .channel_arn = event->channel_arn,
                                     .stream_id = event->stream_id,
                                     .kind = is_refused ? "stream_failure" : meaning->report,
                                     .at = event->happened_at,
                                     .reason = reason };
  return !report.kind || sc_stream_report_store_insert (connection, &report, error);
}

static gboolean
write_event (ScService *service,
             const ScStreamEvent *event,
             const Meaning *meaning,
             const char *reason,
             gboolean *ret_new,
             GError **error)
{
  g_auto (ScStreamChange) change = { 0 };
  if (!sc_stream_change_begin (&change, service, event->channel_arn, error))
    return FALSE;
  if (change.user_id == 0)
    return TRUE;
  return sc_stream_store_apply (change.connection,
                                event,
                                sc_service_now (service),
                                ret_new,
                                error) &&
         (!*ret_new || keep_report (change.connection, event, meaning, reason, error)) &&
         sc_stream_change_commit (&change, error);
}

/* Asks how large the picture is. Amazon IVS may not know yet; then the next tick asks again. */
static gboolean
fill_media (ScService *service, const char *channel_arn, const char *stream_id, GError **error)
{
  g_autoptr (ScIvsStreamSession) session =
    sc_ivs_get_stream_session (sc_service_get_aws (service), channel_arn, stream_id, error);
  if (!session)
    return FALSE;
  if (session->video_width <= 0 || session->video_height <= 0)
    return TRUE;
  g_autoptr (ScStoreConnection) connection =
    sc_store_acquire (sc_service_get_store (service), error);
  return connection && sc_stream_store_set_media (connection,
                                                  stream_id,
                                                  session->video_width,
                                                  session->video_height,
                                                  (double) session->video_frame_rate,
                                                  error);
}

/**
 * sc_stream_state_apply:
 * @service: a service
 * @event: an event as EventBridge delivers it
 * @error: an error of %SC_DATA_ERROR if it is not such an event, or of %SC_STORE_ERROR, after which
 *   it shall be delivered again
 *
 * Takes note of what happened to a stream or to its recording, and tells the channel's room what
 * viewers see differently now. Events of other kinds and of channels that are not ours are let
 * pass. A start is followed by the question how large the picture is, whose failure is left to
 * tick.
 *
 * Returns: %TRUE if the event needs no more attention
 */
gboolean
sc_stream_state_apply (ScService *service, JsonObject *event, GError **error)
{
  const char *type = sc_json_get_string_or (event, "detail-type", NULL);
  if (g_strcmp0 (type, "IVS Recording State Change") == 0)
    return sc_recording_state_apply (service, event, error);
  if (g_strcmp0 (type, "IVS Limit Breach") == 0)
    return sc_stream_reports_apply_limit (service, event, error);
  if (g_strcmp0 (type, "IVS Stream State Change") != 0 &&
      g_strcmp0 (type, "IVS Stream Health Change") != 0)
    return TRUE;

  ScStreamEvent report = { 0 };
  if (!read_event (event, &report, error))
    return FALSE;
  const Meaning *meaning = find_meaning (report.name);
  if (!meaning)
    return TRUE;
  gboolean is_new = FALSE;
  const char *reason = read_reason (json_object_get_object_member (event, "detail"));
  report.fact = meaning->fact;
  if (!write_event (service, &report, meaning, reason, &is_new, error))
    return FALSE;
  if (is_new && report.fact == SC_STREAM_STARTED)
    fill_media (service, report.channel_arn, report.stream_id, NULL);
  return TRUE;
}

/* A stream that Amazon IVS no longer knows is the reconciler's, and keeps nobody else waiting. */
static gboolean
is_gone (const GError *error)
{
  return g_error_matches (error, SC_AWS_ERROR, SC_AWS_ERROR_NOT_FOUND);
}

/**
 * sc_stream_media_fill:
 * @service: a service
 * @error: an error of %SC_STORE_ERROR or %SC_AWS_ERROR
 *
 * Asks for the size of the pictures that are not known yet, of a few streams.
 *
 * Returns: %TRUE if all of them were asked
 */
gboolean
sc_stream_media_fill (ScService *service, GError **error)
{
  g_autoptr (GPtrArray) streams = NULL;
  {
    g_autoptr (ScStoreConnection) connection =
      sc_store_acquire (sc_service_get_store (service), error);
    if (connection)
      streams = sc_stream_store_list_without_media (connection, MEDIA_PER_TICK, error);
  }
  if (!streams)
    return FALSE;
  for (guint i = 0; i < streams->len; i++) {
    ScLiveStream *stream = g_ptr_array_index (streams, i);
    g_autoptr (GError) cause = NULL;
    if (!fill_media (service, stream->channel_arn, stream->stream_id, &cause) && !is_gone (cause)) {
      g_propagate_error (error, g_steal_pointer (&cause));
      return FALSE;
    }
  }
  return TRUE;
}
