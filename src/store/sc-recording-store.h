/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-store-query.h"

G_BEGIN_DECLS

/* Amazon IVS merges at most 20 streams ("Record to Amazon S3"). */
#define SC_RECORDED_STREAMS_MAX 20

/* Of a row "r" of recordings: whether there is anything to watch, and whether its streamer stays.
 */
#define SC_RECORDING_IS_THERE                                                                      \
  "r.playlist IS NOT NULL AND r.failure IS NULL AND r.deleted_at IS NULL"
#define SC_RECORDING_STREAMER_STAYS                                                                \
  "NOT EXISTS (SELECT 1 FROM errands d WHERE d.user_id = r.user_id AND d.kind = 'deletion')"

/**
 * ScRecordingEvent:
 * @id: the event's id, by which a second delivery is known
 * @name: the event's name
 * @channel_arn: the channel
 * @stream_id: the stream
 * @recording_id: the recording session
 * @bucket: where the recording is, or is to be
 * @prefix: how its keys begin; empty where it could not start
 * @happened_at: when that was, microseconds since the epoch
 * @ended: whether it says that the recording is complete
 * @failure: (nullable): why there is no recording, where it says so
 * @stream_ids: (nullable): all streams in it, as a JSON array of strings
 */
typedef struct {
  const char *id;
  const char *name;
  const char *channel_arn;
  const char *stream_id;
  const char *recording_id;
  const char *bucket;
  const char *prefix;
  gint64 happened_at;
  gboolean ended;
  const char *failure;
  const char *stream_ids;
} ScRecordingEvent;

/**
 * ScRecordingPlace:
 * @id: a recording that is over
 * @bucket: where it is
 * @prefix: how its keys begin
 * @attempts: how often its document could not be read
 */
typedef struct {
  char *id;
  char *bucket;
  char *prefix;
  gint64 attempts;
} ScRecordingPlace;

/**
 * ScRecordingMedia:
 * @started_at: when the picture began, microseconds since the epoch
 * @duration_ms: how long it is, milliseconds
 * @playlist: the multivariant playlist's path after the prefix
 * @thumbnail: (nullable): a picture's path after the prefix
 * @thumbnails: (nullable): where the pictures of all the time are, after the prefix
 * @width: of the largest picture, pixels
 * @height: of the largest picture, pixels
 *
 * What there is to watch.
 */
typedef struct {
  gint64 started_at;
  gint64 duration_ms;
  char *playlist;
  char *thumbnail;
  char *thumbnails;
  gint64 width;
  gint64 height;
} ScRecordingMedia;

/**
 * ScRecordingRow:
 * @id: the recording
 * @channel: the channel's name
 * @title: what it was about
 * @category: what kind of thing that is, or empty
 * @prefix: how its keys begin
 * @is_hidden: whether nobody but the streamer sees it
 * @views: in how many sessions others watched it
 * @avatar: (nullable): the key of the channel's picture in the bucket
 * @streams: (nullable): the ids of its streams, the first one first, with spaces
 * @media: what there is to watch
 */
typedef struct {
  char *id;
  char *channel;
  char *title;
  char *category;
  char *prefix;
  gboolean is_hidden;
  gint64 views;
  char *avatar;
  char *streams;
  ScRecordingMedia media;
} ScRecordingRow;

/**
 * ScRecordingsWanted:
 * @before_at: after which place, microseconds since the epoch; 0 for from the newest
 * @before_id: (nullable): the recording at that place
 * @limit: how many at most
 *
 * Which page of a list of recordings.
 */
typedef struct {
  gint64 before_at;
  const char *before_id;
  guint limit;
} ScRecordingsWanted;

void sc_recording_place_free (ScRecordingPlace *self);
void sc_recording_media_clear (ScRecordingMedia *self);
void sc_recording_row_free (ScRecordingRow *self);

gboolean sc_recording_store_apply (ScStoreConnection *connection,
                                   const ScRecordingEvent *event,
                                   gint64 now,
                                   gint64 read_at,
                                   gboolean *ret_new,
                                   GError **error);
GPtrArray *
sc_recording_store_list_due (ScStoreConnection *connection, gint64 now, guint max, GError **error);
gboolean sc_recording_store_expect_ends (ScStoreConnection *connection,
                                         gint64 quiet_since,
                                         gint64 now,
                                         GError **error);
gboolean sc_recording_store_set_media (ScStoreConnection *connection,
                                       const char *id,
                                       const ScRecordingMedia *media,
                                       GError **error);
gboolean sc_recording_store_set_unread (ScStoreConnection *connection,
                                        const char *id,
                                        gint64 next_at,
                                        const char *failure,
                                        GError **error);
GPtrArray *sc_recording_store_list (ScStoreConnection *connection,
                                    const ScRecordingsWanted *wanted,
                                    GError **error);
GPtrArray *sc_recording_store_list_of (ScStoreConnection *connection,
                                       const char *channel,
                                       const ScRecordingsWanted *wanted,
                                       GError **error);
GPtrArray *sc_recording_store_list_own (ScStoreConnection *connection,
                                        gint64 user_id,
                                        const ScRecordingsWanted *wanted,
                                        GError **error);
gboolean sc_recording_store_find (ScStoreConnection *connection,
                                  gint64 asker_id,
                                  const char *id,
                                  ScRecordingRow **ret_row,
                                  GError **error);
gboolean sc_recording_store_find_own (ScStoreConnection *connection,
                                      gint64 user_id,
                                      const char *id,
                                      ScRecordingRow **ret_row,
                                      GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ScRecordingRow, sc_recording_row_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ScRecordingPlace, sc_recording_place_free)
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (ScRecordingMedia, sc_recording_media_clear)

G_END_DECLS
