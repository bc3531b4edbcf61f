/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-store-query.h"

G_BEGIN_DECLS

/* For a query on a few streams o: what is known of each, as s. OFFSET keeps PostgreSQL from working
 * out the state of every stream that ever was first. */
#define SC_STREAM_STATE_OF_O "LATERAL (SELECT * FROM stream_states t WHERE t.id = o.id OFFSET 0) s"

/**
 * ScStreamFact:
 *
 * What can be reported about a stream: once each, but that it starves and is fed again. What is
 * only noted says nothing about when it was on or how it is.
 */
typedef enum {
  SC_STREAM_CREATED,
  SC_STREAM_STARTED,
  SC_STREAM_ENDED,
  SC_STREAM_SESSION_ENDED,
  SC_STREAM_STARVED,
  SC_STREAM_FED,
  SC_STREAM_NOTED,
} ScStreamFact;

/**
 * ScStreamEvent:
 * @id: the event's id, by which a second delivery is known
 * @name: the event's name
 * @channel_arn: the channel
 * @stream_id: the stream
 * @fact: what it says
 * @happened_at: when that was, microseconds since the epoch
 */
typedef struct {
  const char *id;
  const char *name;
  const char *channel_arn;
  const char *stream_id;
  ScStreamFact fact;
  gint64 happened_at;
} ScStreamEvent;

/**
 * ScLiveStream:
 * @user_id: the channel's owner
 * @channel_arn: the channel
 * @stream_id: the stream
 * @started_at: when its picture began
 */
typedef struct {
  gint64 user_id;
  char *channel_arn;
  char *stream_id;
  gint64 started_at;
} ScLiveStream;

/**
 * ScStreamView:
 * @live_id: (nullable): the stream that is on
 * @is_starving: whether its media come too late
 *
 * What a channel's viewers see of its streams.
 */
typedef struct {
  char *live_id;
  gboolean is_starving;
} ScStreamView;

void sc_live_stream_free (ScLiveStream *self);
void sc_stream_view_clear (ScStreamView *self);

gboolean sc_stream_store_lock_channel (ScStoreConnection *connection,
                                       const char *channel_arn,
                                       gint64 *ret_user_id,
                                       GError **error);
gboolean sc_stream_store_read_view (ScStoreConnection *connection,
                                    gint64 user_id,
                                    ScStreamView *ret_view,
                                    GError **error);

gboolean sc_stream_store_apply (ScStoreConnection *connection,
                                const ScStreamEvent *event,
                                gint64 now,
                                gboolean *ret_new,
                                GError **error);

gboolean sc_stream_store_forget_events (ScStoreConnection *connection, gint64 now, GError **error);

GPtrArray *sc_stream_store_list_live (ScStoreConnection *connection, GError **error);
GPtrArray *
sc_stream_store_list_without_media (ScStoreConnection *connection, guint max, GError **error);
gboolean sc_stream_store_saw_live (ScStoreConnection *connection,
                                   const char *channel_arn,
                                   const char *stream_id,
                                   gint64 started_at,
                                   GError **error);
gboolean sc_stream_store_saw_health (ScStoreConnection *connection,
                                     const char *stream_id,
                                     gboolean is_starving,
                                     gint64 seen_at,
                                     GError **error);
gboolean sc_stream_store_saw_gone (ScStoreConnection *connection,
                                   const char *stream_id,
                                   gint64 now,
                                   GError **error);
gboolean sc_stream_store_set_media (ScStoreConnection *connection,
                                    const char *stream_id,
                                    gint64 width,
                                    gint64 height,
                                    double frame_rate,
                                    GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ScLiveStream, sc_live_stream_free)
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (ScStreamView, sc_stream_view_clear)

G_END_DECLS
