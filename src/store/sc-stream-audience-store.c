/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What those who watched made of a stream: how much they said, and who follows since. */

#include "config.h"

#include "sc-stream-audience-store.h"

/* Of a stream of up to four hours each minute is told, of a longer one so many times. */
#define PACES_MAX SC_STREAM_STATUS_SAMPLES_MAX

#define MINUTE_US (60 * G_USEC_PER_SEC)

/* Returns how long each of the times is, a whole number of minutes, in seconds. */
static gint64
choose_step (gint64 length_us)
{
  gint64 minutes = length_us / MINUTE_US + 1;
  return 60 * ((minutes + PACES_MAX - 1) / PACES_MAX);
}

static gboolean
read_chat (ScStoreConnection *connection,
           gint64 until,
           ScStreamStatusFields *fields,
           GError **error)
{
  gint64 step = choose_step (until - fields->started_at);
  gint64 last = (until - fields->started_at) / (step * G_USEC_PER_SEC);
  g_autoptr (ScStoreResult) result = sc_store_query (
    connection,
    "WITH said AS (SELECT floor(extract(epoch FROM sent_at - $2) / $3)::bigint AS n,"
    "  count(*) AS lines FROM chat_lines"
    "  WHERE stream_id = $1 AND is_shown AND sent_at >= $2 GROUP BY 1)"
    " SELECT $2 + t.n * $3 * interval '1 second', COALESCE(said.lines, 0) * 60.0 / $3"
    " FROM generate_series(0, $4::bigint) AS t(n) LEFT JOIN said USING (n) ORDER BY n",
    SC_PARAMS (sc_text (fields->id), sc_time (fields->started_at), sc_int (step), sc_int (last)),
    error);
  for (guint i = 0; result && i < sc_store_result_count (result); i++) {
    const ScChatPace pace = {
      .at = sc_store_result_get_time (result, i, 0),
      .lines = sc_store_result_get_real (result, i, 1),
    };
    g_array_append_val (fields->chat, pace);
  }
  return result != NULL;
}

/* Whoever has left again since does not count. */
static gboolean
count_followers (ScStoreConnection *connection,
                 gint64 user_id,
                 gint64 until,
                 ScStreamStatusFields *fields,
                 GError **error)
{
  g_autoptr (ScStoreResult) result =
    sc_store_query (connection,
                    "SELECT count(*) FROM follows WHERE user_id = $1 AND at >= $2 AND at < $3",
                    SC_PARAMS (sc_int (user_id), sc_time (fields->started_at), sc_time (until)),
                    error);
  if (result)
    fields->new_followers = sc_store_result_get_int (result, 0, 0);
  return result != NULL;
}

/**
 * sc_stream_audience_store_read:
 * @connection: a connection
 * @user_id: the channel's owner
 * @now: microseconds since the epoch
 * @fields: of a stream of theirs, to be filled further
 * @error: an error of %SC_STORE_ERROR
 *
 * Reads what was said a minute and how many began to follow, until the stream's end or @now. A
 * stream whose picture never began has neither.
 *
 * Returns: %TRUE if the database answered
 */
gboolean
sc_stream_audience_store_read (ScStoreConnection *connection,
                               gint64 user_id,
                               gint64 now,
                               ScStreamStatusFields *fields,
                               GError **error)
{
  gint64 until = fields->ended_at ? fields->ended_at : now;
  if (fields->started_at == 0 || until < fields->started_at)
    return TRUE;
  return read_chat (connection, until, fields, error) &&
         count_followers (connection, user_id, until, fields, error);
}
