/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-store-query.h"

G_BEGIN_DECLS

/* For how long a session of a viewer is known, and counts once. */
#define SC_RECORDING_VIEWER_KEPT_US G_TIME_SPAN_DAY

/**
 * ScRecordingChange:
 * @title: (nullable): what it is about
 * @category: (nullable): what kind of thing that is; empty for none
 * @changes_hidden: whether @is_hidden is to be stored
 * @is_hidden: whether nobody but the streamer sees it
 *
 * What of a recording is to be another; what is %NULL stays.
 */
typedef struct {
  const char *title;
  const char *category;
  gboolean changes_hidden;
  gboolean is_hidden;
} ScRecordingChange;

/**
 * ScRecordingRemoval:
 * @id: a recording that its streamer deleted
 * @bucket: where its objects are
 * @prefix: how their keys begin
 * @channel_arn: (nullable): the channel it was of
 * @attempts: how often this was tried before without success
 *
 * Objects that are to go, as whoever claimed them works on them.
 */
typedef struct {
  char *id;
  char *bucket;
  char *prefix;
  char *channel_arn;
  guint attempts;
} ScRecordingRemoval;

/**
 * ScRecordingView:
 * @id: a recording
 * @session: a uuid that the viewer's app made when it started
 * @asker_id: who watches, or 0
 * @at: when, microseconds since the epoch
 *
 * Somebody watches a recording.
 */
typedef struct {
  const char *id;
  const char *session;
  gint64 asker_id;
  gint64 at;
} ScRecordingView;

void sc_recording_removal_free (ScRecordingRemoval *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ScRecordingRemoval, sc_recording_removal_free)

gboolean sc_recording_shelf_store_change (ScStoreConnection *connection,
                                          gint64 user_id,
                                          const char *id,
                                          const ScRecordingChange *change,
                                          GError **error);
gboolean sc_recording_shelf_store_remove (ScStoreConnection *connection,
                                          gint64 user_id,
                                          const char *id,
                                          gint64 now,
                                          gboolean *ret_found,
                                          GError **error);
gboolean sc_recording_shelf_store_claim (ScStoreConnection *connection,
                                         gint64 now,
                                         gint64 until,
                                         ScRecordingRemoval **ret_removal,
                                         GError **error);
gboolean sc_recording_shelf_store_put_off (ScStoreConnection *connection,
                                           const ScRecordingRemoval *removal,
                                           gint64 next_at,
                                           GError **error);
gboolean
sc_recording_shelf_store_finish (ScStoreConnection *connection, const char *id, GError **error);
gboolean sc_recording_shelf_store_is_shown (ScStoreConnection *connection,
                                            const ScRecordingView *view,
                                            gboolean *ret_shown,
                                            GError **error);
gboolean sc_recording_shelf_store_count (ScStoreConnection *connection,
                                         const ScRecordingView *view,
                                         GError **error);
gboolean
sc_recording_shelf_store_forget (ScStoreConnection *connection, gint64 now, GError **error);

G_END_DECLS
