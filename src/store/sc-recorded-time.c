/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* When what a recording shows took place, and in which streams. */

#include "config.h"

#include "sc-recorded-time.h"

#include "sc-recording-store.h"

static void
free_stream (ScRecordedStream *self)
{
  g_free (self->id);
  g_free (self);
}

/**
 * sc_recorded_time_free:
 * @self: (nullable): when what a recording shows took place
 */
void
sc_recorded_time_free (ScRecordedTime *self)
{
  if (!self)
    return;
  g_ptr_array_unref (self->streams);
  g_free (self);
}

static ScRecordedTime *
read_time (ScStoreResult *result)
{
  ScRecordedTime *self = g_new0 (ScRecordedTime, 1);
  self->started_at = sc_store_result_get_time (result, 0, 0);
  self->duration_ms = sc_store_result_get_int (result, 0, 1);
  self->streams = g_ptr_array_new_with_free_func ((GDestroyNotify) free_stream);
  for (guint i = 0; i < sc_store_result_count (result); i++) {
    if (sc_store_result_is_null (result, i, 2))
      continue;
    ScRecordedStream *stream = g_new0 (ScRecordedStream, 1);
    stream->id = g_strdup (sc_store_result_get_text (result, i, 2));
    stream->begins_at = sc_store_result_get_time (result, i, 3);
    stream->ended_at = sc_store_result_get_time (result, i, 4);
    g_ptr_array_add (self->streams, stream);
  }
  return self;
}

/**
 * sc_recorded_time_find:
 * @connection: a connection
 * @id: a recording
 * @asker_id: who asks, or 0: only its streamer is told of one that is hidden
 * @ret_time: (out) (transfer full) (nullable): when what it shows took place, or %NULL if there is
 *   no such recording to watch; untouched on failure
 * @error: an error of %SC_STORE_ERROR
 *
 * Streams of which nothing was reported are left out: nothing has a place in them.
 *
 * Returns: %FALSE if the database could not say
 */
gboolean
sc_recorded_time_find (ScStoreConnection *connection,
                       const char *id,
                       gint64 asker_id,
                       ScRecordedTime **ret_time,
                       GError **error)
{
  g_autoptr (ScStoreResult) result = sc_store_query (
    connection,
    "SELECT r.started_at, r.duration_ms, s.id, s.begins_at, t.ended_at FROM recordings r"
    " LEFT JOIN (recording_streams m JOIN streams s ON s.id = m.stream_id"
    " JOIN stream_states t ON t.id = s.id) ON m.recording_id = r.id AND s.user_id = r.user_id"
    " WHERE r.id = $1 AND " SC_RECORDING_IS_THERE " AND (NOT r.is_hidden OR r.user_id = $3)"
    " AND " SC_RECORDING_STREAMER_STAYS " ORDER BY s.begins_at, s.id LIMIT $2",
    SC_PARAMS (sc_text (id), sc_int (SC_RECORDED_STREAMS_MAX), sc_int (asker_id)),
    error);
  if (!result)
    return FALSE;
  *ret_time = sc_store_result_count (result) > 0 ? read_time (result) : NULL;
  return TRUE;
}
