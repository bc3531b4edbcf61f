/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-channel.h"
#include "sc-store-query.h"

G_BEGIN_DECLS

/* What one page of live channels shows at most. */
#define SC_LIVE_CHANNELS_MAX 100

/**
 * ScChannelRow:
 * @channel: the channel with its newest stream; the ingest server is the caller's to fill
 * @ingest_endpoint: (nullable): Amazon IVS's ingest host, perhaps with a port
 * @stream_key_arn: (nullable): where the key can be asked for
 * @is_key_resetting: whether another key is being made
 * @arn: (nullable): the channel on Amazon IVS
 * @avatar: (nullable): the key of its picture in the bucket
 * @recorded_at: (nullable): while it is live and recorded, the prefix of the recording
 * @wanted_type: (nullable): of an own channel, the type that it is to have
 * @wanted_latency_mode: (nullable): of an own channel, the latency mode that it is to have
 * @attempts: how often it was to get these and did not
 * @followed_at: of a followed channel, since when, microseconds since the epoch
 */
typedef struct {
  ScChannel *channel;
  char *ingest_endpoint;
  char *stream_key_arn;
  gboolean is_key_resetting;
  char *arn;
  char *avatar;
  char *recorded_at;
  char *wanted_type;
  char *wanted_latency_mode;
  guint attempts;
  gint64 followed_at;
} ScChannelRow;

/**
 * ScFollowedPage:
 * @person_id: who follows
 * @live: the channels that are live, or those that are not
 * @before_at: only what was followed before, microseconds since the epoch; %SC_TIME_MAX_US for all
 * @after_name: at just that time, only channels after this name; empty for none
 * @limit: how many at most
 *
 * Which of the channels that somebody follows are wanted.
 */
typedef struct {
  gint64 person_id;
  gboolean live;
  gint64 before_at;
  const char *after_name;
  guint limit;
} ScFollowedPage;

/**
 * ScLiveWanted:
 * @category: (nullable): only those that stream this, however it is written
 * @before_at: only streams after this place, that began then, microseconds since the epoch; 0 for
 *   from the newest
 * @before_id: (nullable): the stream at that place
 * @limit: how many at most
 *
 * Which live channels are wanted.
 */
typedef struct {
  const char *category;
  gint64 before_at;
  const char *before_id;
  guint limit;
} ScLiveWanted;

/**
 * ScChannelWords:
 * @title: (nullable): what it is about from now on
 * @category: (nullable): what kind of thing that is, or empty
 * @about: (nullable): what it says about itself, or empty
 *
 * What an owner writes about a channel; what is %NULL stays.
 */
typedef struct {
  const char *title;
  const char *category;
  const char *about;
} ScChannelWords;

void sc_channel_row_free (ScChannelRow *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ScChannelRow, sc_channel_row_free)

gboolean sc_channel_store_insert (ScStoreConnection *connection,
                                  gint64 user_id,
                                  const char *name,
                                  const char *title,
                                  GError **error);
ScChannelRow *
sc_channel_store_get_own (ScStoreConnection *connection, gint64 user_id, GError **error);
gboolean sc_channel_store_find (ScStoreConnection *connection,
                                const char *name,
                                ScChannelRow **ret_row,
                                GError **error);
GPtrArray *sc_channel_store_list_live (ScStoreConnection *connection,
                                       const ScLiveWanted *wanted,
                                       GError **error);
GPtrArray *
sc_channel_store_list_these (ScStoreConnection *connection, const GArray *user_ids, GError **error);
GPtrArray *sc_channel_store_list_to_tell (ScStoreConnection *connection,
                                          gint64 person_id,
                                          guint limit,
                                          GError **error);
GPtrArray *sc_channel_store_list_followed (ScStoreConnection *connection,
                                           const ScFollowedPage *page,
                                           GError **error);
gboolean sc_channel_store_set_words (ScStoreConnection *connection,
                                     gint64 user_id,
                                     const ScChannelWords *words,
                                     gboolean *ret_new,
                                     GError **error);

G_END_DECLS
