/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Streams as Amazon IVS has them, compared with streams as the database has them. Amazon says that
 * an event may never come; a lost start would hide a stream, a lost end would show one for ever. No
 * connection of the pool is held while AWS is asked, and the client's gate keeps the quota. */

#include "config.h"

#include "sc-reconcile.h"

#include "sc-aws-error.h"
#include "sc-ivs.h"
#include "sc-stream-change.h"
#include "sc-viewer-store.h"

/* A younger stream may not be in the list yet, and its events are still on their way. */
#define SETTLED_US (30 * G_TIME_SPAN_SECOND)

/* 100 streams a page, more than the quota on concurrent streams by far. */
#define PAGES_MAX 10

/* Calls about single streams in one run: at 4 a second, half of a tick's 20 s. */
#define CALLS_MAX 40

typedef struct {
  ScService *service;
  ScAws *aws;
  GHashTable *live; /* stream ids that Amazon IVS lists */
  gint64 asked_at;
  guint calls; /* that may still be made about single streams */
} Comparison;

static void
clear_comparison (Comparison *comparison)
{
  g_clear_pointer (&comparison->live, g_hash_table_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Comparison, clear_comparison)

static gboolean
write_live (ScStoreConnection *connection,
            const ScIvsStream *stream,
            gint64 asked_at,
            GError **error)
{
  gboolean has_health = stream->health && !g_str_equal (stream->health, "UNKNOWN");
  return sc_stream_store_saw_live (connection,
                                   stream->channel_arn,
                                   stream->stream_id,
                                   stream->started_at,
                                   error) &&
         (!has_health || sc_stream_store_saw_health (connection,
                                                     stream->stream_id,
                                                     g_str_equal (stream->health, "STARVING"),
                                                     asked_at,
                                                     error)) &&
         (stream->viewer_count < 0 || sc_viewer_store_add (connection,
                                                           stream->stream_id,
                                                           stream->viewer_count,
                                                           asked_at,
                                                           error));
}

/* Takes note that a stream is live, how it is, and how many watch; viewers hear of what is new. */
static gboolean
note_live (Comparison *comparison, const ScIvsStream *stream, GError **error)
{
  g_auto (ScStreamChange) change = { 0 };
  if (!sc_stream_change_begin (&change, comparison->service, stream->channel_arn, error))
    return FALSE;
  return change.user_id == 0 ||
         (write_live (change.connection, stream, comparison->asked_at, error) &&
          sc_stream_change_commit (&change, error));
}

static gboolean
note_gone (Comparison *comparison, const ScLiveStream *known, gint64 gone_at, GError **error)
{
  g_auto (ScStreamChange) change = { 0 };
  return sc_stream_change_begin (&change, comparison->service, known->channel_arn, error) &&
         (change.user_id == 0 ||
          (sc_stream_store_saw_gone (change.connection, known->stream_id, gone_at, error) &&
           sc_stream_change_commit (&change, error)));
}

/* Amazon IVS says -1 where it could not count in time, and wants to be asked again. */
static gboolean
is_counted (Comparison *comparison, const ScIvsStream *stream)
{
  if (stream->viewer_count >= 0 || comparison->calls == 0)
    return TRUE;
  comparison->calls--;
  return FALSE;
}

static gboolean
count_and_note (Comparison *comparison, const ScIvsStream *listed, GError **error)
{
  g_autoptr (ScIvsStream) asked =
    is_counted (comparison, listed)
      ? NULL
      : sc_ivs_get_stream (comparison->aws, listed->channel_arn, NULL);
  gboolean is_same = asked && g_strcmp0 (asked->stream_id, listed->stream_id) == 0;
  return note_live (comparison, is_same ? asked : listed, error);
}

/* Asks for all live streams and takes note of each: a start that was lost is repaired here. */
static gboolean
note_all_live (Comparison *comparison, GError **error)
{
  g_autofree char *token = NULL;
  for (guint i = 0; i < PAGES_MAX; i++) {
    g_autoptr (GPtrArray) page = sc_ivs_list_streams (comparison->aws, &token, error);
    if (!page)
      return FALSE;
    for (guint j = 0; j < page->len; j++) {
      const ScIvsStream *stream = g_ptr_array_index (page, j);
      g_hash_table_add (comparison->live, g_strdup (stream->stream_id));
      if (!count_and_note (comparison, stream, error))
        return FALSE;
    }
    if (!token)
      return TRUE;
  }
  return TRUE;
}

/* When a stream that is over ended: Amazon IVS remembers, else it is now. */
static gint64
ask_end (Comparison *comparison, const ScLiveStream *known)
{
  g_autoptr (ScIvsStreamSession) session =
    sc_ivs_get_stream_session (comparison->aws, known->channel_arn, known->stream_id, NULL);
  return session && session->ended_at > 0 ? session->ended_at
                                          : sc_service_now (comparison->service);
}

/* A stream that is not in the list. The list may lag: only GetStream's word ends a stream, and
 * where there is no turn for it the next run asks. */
static gboolean
check_missing (Comparison *comparison, const ScLiveStream *known, GError **error)
{
  g_autoptr (GError) cause = NULL;
  g_autoptr (ScIvsStream) stream = sc_ivs_get_stream (comparison->aws, known->channel_arn, &cause);
  if (stream && g_strcmp0 (stream->stream_id, known->stream_id) == 0)
    return note_live (comparison, stream, error);
  if (g_error_matches (cause, SC_AWS_ERROR, SC_AWS_ERROR_THROTTLED))
    return TRUE;
  if (!stream && !g_error_matches (cause, SC_AWS_ERROR, SC_AWS_ERROR_NOT_BROADCASTING) &&
      !g_error_matches (cause, SC_AWS_ERROR, SC_AWS_ERROR_NOT_FOUND)) {
    g_propagate_error (error, g_steal_pointer (&cause));
    return FALSE;
  }
  return (!stream || note_live (comparison, stream, error)) &&
         note_gone (comparison, known, ask_end (comparison, known), error);
}

static gboolean
check_stream (Comparison *comparison, const ScLiveStream *known, GError **error)
{
  gboolean settled = known->started_at <= sc_service_now (comparison->service) - SETTLED_US;
  if (!settled || comparison->calls == 0 ||
      g_hash_table_contains (comparison->live, known->stream_id))
    return TRUE;
  comparison->calls--;
  return check_missing (comparison, known, error);
}

static GPtrArray *
list_known (ScService *service, GError **error)
{
  g_autoptr (ScStoreConnection) connection =
    sc_store_acquire (sc_service_get_store (service), error);
  return connection ? sc_stream_store_list_live (connection, error) : NULL;
}

static Comparison
begin (ScService *service, ScAws *aws, guint calls)
{
  return (Comparison) {
    .service = service,
    .aws = aws,
    .live = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL),
    .asked_at = sc_service_now (service),
    .calls = calls,
  };
}

/**
 * sc_reconcile_look:
 * @service: a service
 * @error: an error of %SC_STORE_ERROR or %SC_AWS_ERROR
 *
 * Takes note of all live streams at once: how each is and how many watch, by ListStreams alone, of
 * which one call has a hundred. Ends no stream. For somebody who waits; blocks for one exchange
 * with AWS for each hundred streams.
 *
 * Returns: %TRUE if all live streams are noted
 */
gboolean
sc_reconcile_look (ScService *service, GError **error)
{
  g_auto (Comparison) comparison = begin (service, sc_service_get_quick_aws (service), 0);
  return note_all_live (&comparison, error);
}

/**
 * sc_reconcile_run:
 * @service: a service
 * @error: an error of %SC_STORE_ERROR or %SC_AWS_ERROR
 *
 * Repairs what lost events left wrong: a stream that is live and was not known to be, one that was
 * taken for live and is not. Blocks; at most %CALLS_MAX calls about single streams, the rest waits
 * for the next run.
 *
 * Returns: %TRUE if all streams were compared
 */
gboolean
sc_reconcile_run (ScService *service, GError **error)
{
  g_auto (Comparison) comparison = begin (service, sc_service_get_aws (service), CALLS_MAX);
  if (!note_all_live (&comparison, error))
    return FALSE;
  g_autoptr (GPtrArray) known = list_known (service, error);
  for (guint i = 0; known && i < known->len; i++) {
    if (!check_stream (&comparison, g_ptr_array_index (known, i), error))
      return FALSE;
  }
  return known != NULL;
}
