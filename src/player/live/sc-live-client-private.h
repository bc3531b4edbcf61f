/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-live-client.h"
#include "sc-live-plan.h"
#include "sc-live-reader.h"

/* What the two halves of the client share: sc-live-client.c reads segments, sc-live-playlists.c
 * says where they are. All on the client's thread. */

#define PLAYLIST_PATIENCE_US (3 * G_USEC_PER_SEC)
/* Waits between attempts on what failed. */
#define RETRY_BASE_US (250 * G_TIME_SPAN_MILLISECOND)
#define RETRY_CAP_US (2 * G_USEC_PER_SEC)

struct _ScLiveClient {
  ScLiveClientFuncs funcs;
  gpointer user_data;
  GThread *thread;
  GMainContext *context;
  GMainLoop *loop;

  /* All of the thread's. */
  SoupSession *session;
  ScLiveFeed *feed;
  ScLiveReader *reader;
  GSource *timer; /* calls look() */
  GSource *ticker;
  char *uri;
  ScLiveFetch *playlist_fetch;
  gboolean fetches_master;
  guint fetched_variant;
  ScLiveFetch *probe;
  ScHlsPlaylist *master; /* NULL while unknown */
  gboolean is_single;    /* @uri is a media playlist */
  ScHlsPlaylist *media;  /* of @variant */
  ScHlsPlaylist *ahead;  /* of @ahead_variant, to switch to at the segment's end */
  guint ahead_variant;
  guint variant;
  gboolean has_variant;
  ScLivePlan plan;
  gboolean held;
  gboolean switched;   /* the next segment is of another rendition than the one before */
  gboolean was_opened; /* a segment was begun */
  gint64 poll_at;      /* when the playlist is to be read, monotonic; G_MAXINT64 for not */
  gint64 begin_at;     /* when the next segment may be begun */
  guint failures;      /* in a row, of playlists */
  guint segment_failures;
  gsize fed_before;      /* bytes of the segment at its last failure */
  guint bad_runs;        /* in a row */
  gboolean has_frames;   /* whether there ever was one */
  gboolean has_pictures; /* likewise, of a picture */
  gint64 whole_until;    /* only whole segments until then */
  guint whole_times;     /* how often that was so */
  gint64 ended_at;       /* when the playlist said that it ended, or 0 */
  gint64 refused_at;    /* since when the server refuses the address, monotonic; 0 if it does not */
  gboolean asks_master; /* whether the stream is still there */
  gboolean is_over;
};

void sc_live_client_look_at (ScLiveClient *self, gint64 when);
void sc_live_client_poll_after (ScLiveClient *self, gint64 delay);
gint64 sc_live_client_retry_delay (guint failures);

void sc_live_playlists_poll (ScLiveClient *self);
void sc_live_playlists_give_up (ScLiveClient *self, const GError *error, guint status);
